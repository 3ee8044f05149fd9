/* SPDX-License-Identifier: GPL-3.0-or-later */
/** What the files of bargaining share: a distribution summed up, and the draws. */
#pragma once
#include "plenary/bargain.h"

/** Bytes that summing up takes for each value. */
enum { PLN_BARGAIN_POINT = 24 };

/** Of @n values, those that are not NAN, each with its weight; the scale goes @from … @to, and
 *  what lies beyond counts to its end.
 *  @weight: (nullable): each alike
 *  Returns: FALSE where no value has weight.  Cost O(n log n) */
gboolean pln_bargain_sum_up(gsize n, const double *value, const double *weight, double from,
                            double to, PlnBargainSpread *spread);

/** Fills what is drawn of each issue of @bargain, whose table and course are there.
 *  Returns: FALSE and an error, as pln_bargain_new */
gboolean pln_bargain_draw(PlnBargain *bargain, GError **error);
