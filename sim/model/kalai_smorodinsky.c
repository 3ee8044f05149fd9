/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The solution of Kalai and Smorodinsky, issue by issue: each has the same share of what it could
 * gain at most, as far as that can be had.  reference F5. */
#include "plenary/disagreement.h"

/* The share of k is 1 - |x - x_k| / far_k: the least share is greatest where two cones cross, those
 * of the pair that comes off worst.  Weights play no part but in who is heard. */
static double solve(const PlnDisagreement *d) {
  double worst = 0, outcome = d->x[0];
  for (guint i = 0; i < d->n; i++)
    for (guint j = i + 1; j < d->n; j++) {
      double far = d->far[i] + d->far[j], lost = (d->x[j] - d->x[i]) / far;
      if (!(lost > worst))
        continue;
      worst = lost;
      outcome = d->x[i] + (d->x[j] - d->x[i]) * (d->far[i] / far);
    }
  return outcome;
}

static PlnRun *set_up(guint n, guint m, const PlnMethodOptions *options) {
  return pln_disagreement_run(n, m, options, solve);
}

const PlnMethod pln_method_kalai_smorodinsky = {
    .name = "kalai-smorodinsky",
    .title = "Kalai and Smorodinsky's solution: the same share of the greatest gain for each",
    .source = "Kalai and Smorodinsky 1975",
    .set_up = set_up,
    PLN_ONCE,
};
