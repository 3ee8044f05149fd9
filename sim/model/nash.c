/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Nash's solution, issue by issue: the greatest product of the gains, each to the power of the
 * actor's weight.  reference F5. */
#include "plenary/disagreement.h"

#include <math.h>

/* The sign of the derivative of sum w log gain at @x; to the right of it, or to the left, where a
 * position is there.  Who gains nothing at x pulls with all force. */
static int slope(const PlnDisagreement *d, double x, gboolean right) {
  double up = 0, down = 0;
  for (guint k = 0; k < d->n; k++) {
    gboolean above = right ? d->x[k] > x : d->x[k] >= x;
    double gain = d->far[k] - fabs(x - d->x[k]);
    double pull = gain > 0 ? d->w[k] / gain : INFINITY;
    up += above ? pull : 0;
    down += above ? 0 : pull;
  }
  gboolean even = isfinite(up) && isfinite(down) && pln_floor_tie(up, down);
  return even ? 0 : up > down ? 1 : -1;
}

/* The sum is concave, and smooth between positions: first the two positions, or the one, that it is
 * greatest at, then halves, to the last digit. */
static double solve(const PlnDisagreement *d) {
  guint k = 0;
  while (k + 1 < d->n && slope(d, d->x[k], TRUE) > 0)
    k++;
  double high = d->x[k];
  if (k == 0 || slope(d, high, FALSE) >= 0)
    return high;
  double low = d->x[k - 1];
  for (double middle = low + (high - low) / 2; middle > low && middle < high;
       middle = low + (high - low) / 2) {
    int sign = slope(d, middle, TRUE);
    if (sign == 0)
      return middle;
    low = sign > 0 ? middle : low;
    high = sign > 0 ? high : middle;
  }
  return low;
}

static PlnRun *set_up(guint n, guint m, const PlnMethodOptions *options) {
  return pln_disagreement_run(n, m, options, solve);
}

const PlnMethod pln_method_nash = {
    .name = "nash",
    .title = "Nash's solution: the greatest product of gains over disagreement",
    .source = "Nash 1950",
    .set_up = set_up,
    PLN_ONCE,
};
