/* SPDX-License-Identifier: GPL-3.0-or-later */
/** What swings are made of: the light coalitions, those of less than so much weight, by size, all
 *  of them and those that a member is in.  Of members without a veto; the rest is binomials.
 *
 *  Of a member of weight w among the light below Q: with(s) = Σ_{k ≥ 1} (-1)^(k-1) B(s-k, Q-kw),
 *  B(s, x) being the number of all coalitions of size s and weight below x: it divides the member
 *  out of the generating function, read only where it is needed (formulas F7). */
#pragma once
#include "plenary/swings.h"

typedef struct {
  guint m;               /* members */
  const guint64 *weight; /* m */
  const guint *type;     /* m: below types; those of one type have one weight */
  guint types;
  guint64 below; /* light: less than this, at least 1 */
} PlnWeighing;

typedef struct {
  guint m, types;
  mpz_t *all;  /* m + 1 */
  mpz_t *with; /* types x (m + 1): that a member of the type is in; 0 for a type without members */
} PlnLight;

/** @n zeros; and what is freed of so many, or of none for NULL. */
mpz_t *pln_numbers_new(gsize n);
void pln_numbers_free(mpz_t *numbers, gsize n);

/** Estimates of seconds, without doing it; INFINITY where it cannot be done. */
double pln_light_generating_cost(const PlnWeighing *weighing);
double pln_light_halves_cost(const PlnWeighing *weighing);

/** @light: (inout): zeros
 *  Returns: FALSE where there is not the memory */
gboolean pln_light_generating(const PlnWeighing *weighing, PlnLight *light);
gboolean pln_light_halves(const PlnWeighing *weighing, PlnLight *light);
