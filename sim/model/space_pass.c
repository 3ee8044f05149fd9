/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/space_pass.h"

#include "plenary/cells.h"
#include "plenary/wide.h"
#include "plenary/normal.h"

PLN_WIDE_INLINE void predict(const PlnPass *pass, const double *coefficient, double *mu,
                              double *log_width) {
  for (gsize i = 0; i < pass->n; i += PLN_WIDE_LANES) {
    PlnWide sum = pass->offset ? pln_wide_load(pass->offset + i) : pln_wide_all(0);
    for (guint k = 0; k < pass->nr; k++)
      sum += coefficient[k] * pln_wide_load(pass->column[k] + i);
    pln_wide_store(mu + i, sum);
    sum = pass->width_offset ? pln_wide_load(pass->width_offset + i) : pln_wide_all(0);
    for (guint k = pass->nr; k < pass->nr + pass->nw; k++)
      sum += coefficient[k] * pln_wide_load(pass->column[k] + i);
    pln_wide_store(log_width + i, sum);
  }
}

PLN_WIDE void pln_pass_predict(const PlnPass *pass, const double *coefficient, double *mu,
                                       double *log_width) {
  predict(pass, coefficient, mu, log_width);
}

/* Derivatives of one cell's log likelihood, n of each: by mu, by log w, and minus the
 * second ones. */
typedef struct {
  double *mu, *width, *mu_mu, *mu_width, *width_width;
} Slopes;

/* Yes and no lie beyond one side of the band: y = sign mu - w, log Phi(y). */
PLN_WIDE_INLINE void beyond(const PlnPass *pass, const double *mu, const double *width, Slopes d) {
  for (gsize i = 0; i < pass->n; i++) {
    double sign = pass->answer[i] == 0 ? -1 : 1;
    double counts = pass->answer[i] == 0 || pass->answer[i] == pass->classes - 1 ? 1 : 0;
    double y = sign * mu[i] - width[i], ratio = counts * pln_normal_ratio(y), w = width[i];
    double curve = ratio * (y + ratio);
    d.mu[i] = sign * ratio;
    d.width[i] = -w * ratio;
    d.mu_mu[i] = curve;
    d.mu_width[i] = -sign * w * curve;
    d.width_width[i] = w * w * curve + w * ratio;
  }
}

/* Between -w - mu and w - mu.  @list: the cells that lie there. */
PLN_WIDE_INLINE void between(gsize n, const guint16 *list, const double *mu, const double *width,
                              double *spare, Slopes d) {
  double *low = spare, *high = spare + n, *at_low = spare + 2 * n, *at_high = spare + 3 * n;
  for (gsize k = 0; k < n; k++) {
    low[k] = -width[list[k]] - mu[list[k]];
    high[k] = width[list[k]] - mu[list[k]];
  }
  for (gsize k = 0; k < n; k++) {
    double log, p, q;
    pln_normal_interval_ratio(low[k], high[k], &log, &p, &q);
    at_low[k] = p;
    at_high[k] = q;
  }
  for (gsize k = 0; k < n; k++) {
    gsize i = list[k];
    double w = width[i], p = at_low[k], q = at_high[k], by_mu = p - q, by_width = w * (p + q);
    double ends = high[k] * q - low[k] * p, sum = high[k] * q + low[k] * p;
    double curve = w * w * ends - by_width + by_width * by_width;
    d.mu[i] = by_mu;
    d.width[i] = by_width;
    d.mu_mu[i] = by_mu * by_mu + ends;
    d.mu_width[i] = by_mu * by_width - w * sum;
    d.width_width[i] = curve > 0 ? curve : 0; /* not concave in log w far out */
  }
}

/* The sums of a . b over the cells for four columns b at once, which keeps a in its register. */
PLN_WIDE_INLINE void dot4(gsize n, const double *a, const double *const *b, double *out) {
  PlnWide s0 = pln_wide_all(0), s1 = s0, s2 = s0, s3 = s0;
  for (gsize i = 0; i < n; i += PLN_WIDE_LANES) {
    PlnWide x = pln_wide_load(a + i);
    s0 += x * pln_wide_load(b[0] + i);
    s1 += x * pln_wide_load(b[1] + i);
    s2 += x * pln_wide_load(b[2] + i);
    s3 += x * pln_wide_load(b[3] + i);
  }
  out[0] += pln_wide_sum(s0);
  out[1] += pln_wide_sum(s1);
  out[2] += pln_wide_sum(s2);
  out[3] += pln_wide_sum(s3);
}

PLN_WIDE_INLINE double dot(gsize n, const double *a, const double *b) {
  PlnWide sum = pln_wide_all(0);
  for (gsize i = 0; i < n; i += PLN_WIDE_LANES)
    sum += pln_wide_load(a + i) * pln_wide_load(b + i);
  return pln_wide_sum(sum);
}

PLN_WIDE_INLINE void dots(gsize n, const double *a, const double *const *b, guint columns,
                           double *out) {
  guint k = 0;
  for (; k + 4 <= columns; k += 4)
    dot4(n, a, b + k, out + k);
  for (; k < columns; k++)
    out[k] += dot(n, a, b[k]);
}

PLN_WIDE_INLINE void multiply(gsize n, const double *a, const double *b, double *out) {
  for (gsize i = 0; i < n; i += PLN_WIDE_LANES)
    pln_wide_store(out + i, pln_wide_load(a + i) * pln_wide_load(b + i));
}

PLN_WIDE_INLINE void weigh(const PlnPass *pass, Slopes d) {
  double *const all[] = {d.mu, d.width, d.mu_mu, d.mu_width, d.width_width};
  for (guint k = 0; k < G_N_ELEMENTS(all); k++)
    multiply(pass->n, all[k], pass->weight, all[k]);
}

static gsize abstaining(const PlnPass *pass, guint16 *list) {
  gsize n = 0;
  for (gsize i = 0; pass->classes == 3 && i < pass->n; i++) {
    list[n] = (guint16)i;
    n += pass->answer[i] == 1;
  }
  return n;
}

PLN_WIDE void pln_pass(const PlnPass *pass, const double *coefficient, double *scratch,
                               double *gradient, double *curvature, guint stride) {
  gsize n = pass->n;
  double *mu = scratch, *width = scratch + n, *product = scratch + 7 * n;
  Slopes d = {scratch + 2 * n, scratch + 3 * n, scratch + 4 * n, scratch + 5 * n, scratch + 6 * n};
  predict(pass, coefficient, mu, width);
  for (gsize i = 0; i < n; i++)
    width[i] = pass->nw > 0 ? pln_exp(pln_clamp(width[i], 6)) : 0;
  beyond(pass, mu, width, d);
  guint16 list[PLN_PASS_CELLS];
  between(abstaining(pass, list), list, mu, width, product, d);
  if (pass->weight)
    weigh(pass, d);
  dots(n, d.mu, pass->column, pass->nr, gradient);
  dots(n, d.width, pass->column + pass->nr, pass->nw, gradient + pass->nr);
  for (guint k = 0; k < pass->nr; k++) {
    multiply(n, d.mu_mu, pass->column[k], product);
    dots(n, product, pass->column, k + 1, curvature + k * stride);
  }
  for (guint k = pass->nr; k < pass->nr + pass->nw; k++) {
    multiply(n, d.mu_width, pass->column[k], product);
    dots(n, product, pass->column, pass->nr, curvature + k * stride);
    multiply(n, d.width_width, pass->column[k], product);
    dots(n, product, pass->column + pass->nr, k - pass->nr + 1, curvature + k * stride + pass->nr);
  }
}
