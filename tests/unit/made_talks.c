/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "made_talks.h"

#include <math.h>
#include <string.h>

void made_talks(MadeTalks *m, guint n, double from, double to) {
  m->from = from;
  m->to = to;
  m->reference = NAN;
  m->talks = (PlnTalks){n, 1, m->position, m->salience, m->capability, &m->from, &m->to,
                        &m->reference};
}

void made_emission(MadeTalks *m) {
  static const double capability[] = {.08, .08, .03, .16, .16, .16, .16, .05, .05, .08};
  static const double position[] = {4, 7, 4, 4, 10, 10, 10, 7, 4, 7};
  static const double salience[] = {.8, .4, .2, .8, .6, .6, .9, .1, 1, .7};
  made_talks(m, EMISSION, 4, 10);
  memcpy(m->capability, capability, sizeof capability);
  memcpy(m->position, position, sizeof position);
  memcpy(m->salience, salience, sizeof salience);
}

double made_next(guint32 *state) {
  *state = *state * 1664525u + 1013904223u;
  return (*state >> 8) / 16777216.0;
}

void made_scatter(MadeTalks *m, guint n, guint32 *state) {
  made_talks(m, n, 0, 100);
  for (guint i = 0; i < n; i++) {
    m->position[i] = 100 * made_next(state);
    m->salience[i] = 0.05 + 0.95 * made_next(state);
    m->capability[i] = 0.1 + made_next(state);
  }
  m->reference = 100 * made_next(state);
}

double made_mean_after(const MadeTalks *m, const PlnCourse *c, guint round) {
  double sum = 0, weight = 0;
  for (guint i = 0; i < c->n; i++) {
    weight += m->capability[i] * m->salience[i];
    sum += m->capability[i] * m->salience[i] * pln_course_at(c, round, i, 0);
  }
  return sum / weight;
}
