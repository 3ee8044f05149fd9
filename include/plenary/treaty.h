/* SPDX-License-Identifier: GPL-3.0-or-later */
/** What a state did about a treaty: signed it, consented to be bound, came under
 *  it.  Owned by its world. */
#pragma once
#include "plenary/day.h"
#include "plenary/status.h"

typedef struct {
  const char *treaty, *state;
  PlnDay signature, consent, in_force; /* consent: the instrument deposited */
  PlnStatus status;
  const char *source, *note;
} PlnTreatyAct;
