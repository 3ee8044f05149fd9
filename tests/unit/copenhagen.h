/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The Copenhagen talks of tests/talks/copenhagen.csv: 11 actors, 7 issues, 0 to 100. */
#pragma once
#include "plenary/method.h"

enum { COPENHAGEN_ACTORS = 11, COPENHAGEN_ISSUES = 7 };

extern const char *const copenhagen_actors[], *const copenhagen_issues[];

/** In the order of the file; what it has no row for is NAN.  Kept for the life of the program. */
const PlnTalks *copenhagen(void);
