/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether a distribution has two humps with the forecast in the valley between them. */
#include <math.h>

#include "plenary/compose_bargain.h"

/* A part of the scale with its neighbours: single positions leave every other part empty. */
static double around(const PlnBargainSpread *spread, int bin) {
  double sum = 0;
  for (int k = MAX(bin - 1, 0); k <= MIN(bin + 1, PLN_BARGAIN_BINS - 1); k++)
    sum += spread->share[k];
  return sum;
}

typedef struct {
  int top;
  double height, all;
} Hump;

static Hump find_hump(const PlnBargainSpread *spread, int from, int to) {
  Hump hump = {from, 0, 0};
  for (int k = from; k <= to; k++) {
    double height = around(spread, k);
    hump.all += spread->share[k];
    if (height > hump.height) {
      hump.height = height;
      hump.top = k;
    }
  }
  return hump;
}

/* The parts about the top that are half as likely as it, or more. */
static void find_ends(const PlnBargainSpread *spread, const Hump *hump, int from, int to, int *low,
                      int *high) {
  *low = *high = hump->top;
  while (*low > from && around(spread, *low - 1) >= hump->height / 2)
    (*low)--;
  while (*high < to && around(spread, *high + 1) >= hump->height / 2)
    (*high)++;
  while (*low < *high && spread->share[*low] <= 0)
    (*low)++;
  while (*high > *low && spread->share[*high] <= 0)
    (*high)--;
}

gboolean pln_bargain_camps(const PlnBargainIssue *item, const PlnBargainSpread *spread,
                           PlnBargainCamps *camps) {
  const PlnIssue *issue = item->issue;
  double part = (issue->to - issue->from) / PLN_BARGAIN_BINS;
  if (isnan(item->outcome))
    return FALSE;
  int at = (int)CLAMP((item->outcome - issue->from) / part, 0, PLN_BARGAIN_BINS - 1), end[4];
  if (at < 2 || at > PLN_BARGAIN_BINS - 3)
    return FALSE;
  Hump left = find_hump(spread, 0, at - 1);
  Hump right = find_hump(spread, at + 1, PLN_BARGAIN_BINS - 1);
  double valley = around(spread, at);
  if (left.all < PLN_BARGAIN_CAMP || right.all < PLN_BARGAIN_CAMP ||
      valley >= MIN(left.height, right.height) / 2)
    return FALSE;
  find_ends(spread, &left, 0, at - 1, &end[0], &end[1]);
  find_ends(spread, &right, at + 1, PLN_BARGAIN_BINS - 1, &end[2], &end[3]);
  for (guint k = 0; k < 4; k++)
    camps->at[k] = issue->from + (end[k] + (k % 2)) * part;
  return TRUE;
}
