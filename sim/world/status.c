/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/status.h"

#include <stddef.h>

const char *const pln_status_words[] = {"verified", "reported",      "inferred", "recalled",
                                        "disputed", "reconstructed", "assumed",  "unknown",
                                        NULL};
