/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a space says of votes, and which way round it is. */
#include "plenary/normal.h"
#include "plenary/space.h"

static double support(const PlnSpace *s, guint state, guint call) {
  const double *x = s->position + ((gsize)s->period[call] * s->n_states + state) * s->d;
  const double *b = s->slope + (gsize)call * s->d;
  double u = s->lean[state] - s->centre[call];
  for (guint k = 0; k < s->d; k++)
    u += x[k] * b[k];
  int group = s->group ? s->group[state] : -1;
  return group < 0 ? u : u + s->deviation[(gsize)call * s->n_groups + (guint)group];
}

static double half_width(const PlnSpace *s, guint state, guint call) {
  if (s->classes == 2)
    return 0;
  double log = s->half[call] + s->width[state];
  for (guint k = 0; k < s->e; k++)
    log += s->width_position[state * s->e + k] * s->width_slope[(gsize)call * s->e + k];
  return pln_exp(pln_clamp(log, 6));
}

void pln_space_chance(const PlnSpace *s, guint state, guint call, double *chance) {
  double u = support(s, state, call), w = half_width(s, state, call);
  guint last = s->classes - 1;
  chance[0] = pln_normal(-w - u);
  chance[last] = pln_normal(u - w);
  if (last == 2)
    chance[1] = pln_exp(pln_normal_interval_log(-w - u, w - u));
  for (guint k = 0; k < s->classes; k++)
    chance[k] = (1 - s->lapse) * chance[k] + s->lapse / s->classes;
}

void pln_space_chances(const PlnSpace *s, float *chance) {
  for (guint j = 0; j < s->n_calls; j++)
    for (guint i = 0; i < s->n_states; i++) {
      double p[3];
      pln_space_chance(s, i, j, p);
      for (guint k = 0; k < s->classes; k++)
        *chance++ = (float)p[k];
    }
}

static void flip(PlnSpace *s, guint k) {
  for (guint i = 0; i < s->n_periods * s->n_states; i++)
    s->position[(gsize)i * s->d + k] *= -1;
  for (guint j = 0; j < s->n_calls; j++)
    s->slope[(gsize)j * s->d + k] *= -1;
  s->slope_mean[k] *= -1;
  for (guint l = 0; l < s->d; l++) {
    s->slope_covariance[k * s->d + l] *= -1; /* twice on the diagonal */
    s->slope_covariance[l * s->d + k] *= -1;
  }
}

void pln_space_orient(PlnSpace *s, guint n, const int *plus, const int *minus) {
  const double *last = s->position + (gsize)(s->n_periods - 1) * s->n_states * s->d;
  for (guint k = 0; k < n && k < s->d; k++) {
    double high = plus[k] >= 0 ? last[(guint)plus[k] * s->d + k] : 0;
    double low = minus[k] >= 0 ? last[(guint)minus[k] * s->d + k] : 0;
    if (high < low)
      flip(s, k);
  }
}
