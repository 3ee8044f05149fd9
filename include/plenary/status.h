/* SPDX-License-Identifier: GPL-3.0-or-later */
/** How sure a fact is, from the surest to the weakest.
 *
 *  Every fact carries a status and a source; an output shows the weakest status
 *  that it rests on. */
#pragma once
#include "plenary/api.h"

typedef enum {
  PLN_STATUS_VERIFIED,
  PLN_STATUS_REPORTED,      /* one secondary source */
  PLN_STATUS_INFERRED,
  PLN_STATUS_RECALLED,      /* the text was not at hand */
  PLN_STATUS_DISPUTED,
  PLN_STATUS_RECONSTRUCTED, /* by the model */
  PLN_STATUS_ASSUMED,       /* by the analyst */
  PLN_STATUS_UNKNOWN,
  PLN_STATUS_KINDS
} PlnStatus;

/** The words of the tables, in the order of PlnStatus, NULL-terminated. */
PLN_API extern const char *const pln_status_words[];
