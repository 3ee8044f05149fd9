/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Limbs: whole numbers of a fixed width, side by side in one array.
 *
 *  Counts of coalitions of n members are below 2^n, so that the width is known beforehand, and a
 *  million of them need not be a million allocations.  One limb, up to some sixty members, is
 *  added in place.  What would overflow is lost: sums and differences are right as long as the
 *  result fits.
 *
 *  Checked by way of tests/unit/test_critical.c and test_unions.c. */
#pragma once
#include <glib.h>
#include <gmp.h>

/** Limbs that numbers below 2^@bits take. */
static inline guint pln_limbs_of_bits(guint bits) {
  return (bits + GMP_NUMB_BITS - 1) / GMP_NUMB_BITS + (bits == 0);
}

static inline void pln_limbs_add(mp_limb_t *to, const mp_limb_t *x, guint limbs) {
  if (limbs == 1)
    *to += *x;
  else
    mpn_add_n(to, to, x, limbs);
}

static inline void pln_limbs_take(mp_limb_t *from, const mp_limb_t *x, guint limbs) {
  if (limbs == 1)
    *from -= *x;
  else
    mpn_sub_n(from, from, x, limbs);
}

static inline void pln_limbs_add_times(mp_limb_t *to, const mp_limb_t *x, mp_limb_t times,
                                       guint limbs) {
  if (limbs == 1)
    *to += *x * times;
  else
    mpn_addmul_1(to, x, limbs, times);
}

static inline void pln_limbs_add_product(mp_limb_t *to, const mp_limb_t *x, const mp_limb_t *y,
                                         guint limbs) {
  if (limbs == 1) {
    *to += *x * *y;
    return;
  }
  for (guint k = 0; k < limbs; k++)
    if (y[k])
      mpn_addmul_1(to + k, x, limbs - k, y[k]);
}

/** @to = @x - @y */
static inline void pln_limbs_difference(mp_limb_t *to, const mp_limb_t *x, const mp_limb_t *y,
                                        guint limbs) {
  if (limbs == 1)
    *to = *x - *y;
  else
    mpn_sub_n(to, x, y, limbs);
}

static inline gboolean pln_limbs_is_zero(const mp_limb_t *x, guint limbs) {
  if (limbs == 1)
    return *x == 0;
  return mpn_zero_p(x, limbs);
}

static inline void pln_limbs_clear(mp_limb_t *x, guint limbs) {
  if (limbs == 1)
    *x = 0;
  else
    mpn_zero(x, limbs);
}

static inline void pln_limbs_set(mp_limb_t *to, const mpz_t from, guint limbs) {
  for (guint k = 0; k < limbs; k++)
    to[k] = mpz_getlimbn(from, k);
}

/** A number seen as GMP sees it, as long as @x stays. */
static inline void pln_limbs_see(mpz_t as, const mp_limb_t *x, guint limbs) {
  mpz_roinit_n(as, x, (mp_size_t)limbs);
}

/** @n fractions of 0. */
static inline mpq_t *pln_fractions_new(guint n) {
  mpq_t *fraction = g_new(mpq_t, n + 1);
  for (guint k = 0; k < n; k++)
    mpq_init(fraction[k]);
  return fraction;
}

static inline void pln_fractions_free(mpq_t *fraction, guint n) {
  for (guint k = 0; k < n; k++)
    mpq_clear(fraction[k]);
  g_free(fraction);
}
