/* SPDX-License-Identifier: GPL-3.0-or-later */
/** What the files of a comparison share.  Checked by tests/unit/test_comparison.c. */
#pragma once
#include "plenary/comparison.h"

/** The change of a share of @n draws that are not told one by one: as if the two were drawn apart,
 *  which for common numbers is too wide rather than too narrow. */
PlnComparisonOutcome pln_comparison_apart(double value, double base, guint64 n);

/** What was counted in @n parts, pair by pair: @change of each; no interval of fewer than
 *  PLN_COMPARISON_PARTS.  Where no part differs from another the interval reaches @least. */
PlnComparisonOutcome pln_comparison_by_parts(double value, double base, const double *change,
                                             guint n, double least);

/** Fills in who moved: @item and @one have their chances. */
void pln_comparison_find_moves(const PlnScenario *scenario, const PlnComparisonItem *item,
                               PlnComparisonCase *one);

/** Sorts the changes of @one's bundle into those about @p (nullable: all are) and those elsewhere. */
void pln_comparison_sort_changes(const PlnComparison *comparison, const PlnProposal *p,
                                 PlnComparisonCase *one);

/** Moves the bundles that no item has a use for to left_out.
 *  Returns: FALSE and PLN_ERROR_USAGE where there is no other, or one is a slip */
gboolean pln_comparison_drop_useless(PlnComparison *comparison, GError **error);

/** Fills in the clashes of all bundles. */
void pln_comparison_find_clashes(PlnComparison *comparison);
