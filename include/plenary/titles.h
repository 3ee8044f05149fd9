/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Titles of roll calls, compared word by word.
 *
 *  A title is the set of its words: letters and digits in small letters, cut to seven
 *  (registers cut titles short, and write plurals now so, now so), without those of the
 *  formula of every resolution.  Likeness is the cosine of the sets, each word weighing the
 *  square of log((n + 1) / titles that have it), half a title for a new word
 *  (Spärck Jones 1972, Journal of Documentation 28:11-21): 1 for the same words, 0 for none in common.
 *
 *  Cost: the words of all titles once; then those of one title.
 *  Checked by tests/unit/test_titles.c. */
#pragma once
#include <glib.h>

#include "plenary/api.h"

typedef struct PlnTitles PlnTitles;

/** @title: n, any of them "" or NULL.  Returns: (transfer full) */
PLN_API PlnTitles *pln_titles_new(guint n, const char *const *title);
PLN_API void pln_titles_free(PlnTitles *titles);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlnTitles, pln_titles_free)

/** @title: (nullable): where it has no words every likeness is 0
 *  @untitled: the likeness of a title to one that has no words
 *  @likeness: (out caller-allocates): n */
PLN_API void pln_titles_likeness(const PlnTitles *titles, const char *title, double untitled,
                                 double *likeness);
