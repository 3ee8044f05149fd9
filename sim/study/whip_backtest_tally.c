/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The number of yes and the chance of adoption: exact given the common factors, averaged over
 * draws of these. */
#include <math.h>
#include <string.h>

#include "plenary/draw.h"
#include "plenary/forecast.h"
#include "plenary/margin.h"
#include "plenary/normal.h"
#include "plenary/whip_backtest.h"

enum { STUDY_TALLY = 0x5754 };
static const double TAIL = 0.05;  /* on either side of the interval */
static const double LEAST = 1e-9; /* so that cutpoints are finite and in order */
static const double MOST_TIED = 0.999;

typedef struct {
  PlnForecast forecast;
  double *below, *above, *loading, *own, *absent;
} Joint;

static void fill_state(Joint *j, guint i, const float chance[3], const double *loading) {
  PlnForecast *f = &j->forecast;
  double no = CLAMP((double)chance[0], LEAST, 1 - 2 * LEAST);
  double yes = CLAMP((double)chance[2], LEAST, 1 - no - LEAST), tied = 0;
  j->below[i] = pln_normal_inverse(no);
  j->above[i] = MAX(-pln_normal_inverse(yes), j->below[i]);
  j->absent[i] = -INFINITY;
  for (guint k = 0; loading && k < f->f; k++) {
    j->loading[(gsize)k * f->n_pad + i] = loading[k];
    tied += loading[k] * loading[k];
  }
  double shrink = tied > MOST_TIED ? sqrt(MOST_TIED / tied) : 1;
  for (guint k = 0; tied > MOST_TIED && k < f->f; k++)
    j->loading[(gsize)k * f->n_pad + i] *= shrink;
  j->own[i] = sqrt(1 - MIN(tied, MOST_TIED));
}

static Joint joint_of(const PlnPrediction *p, const PlnWhipTestCell *cell, const int *place, guint n) {
  guint pad = (n + 7) / 8 * 8;
  Joint j = {.below = g_new0(double, pad + 1),
             .above = g_new0(double, pad + 1),
             .loading = g_new0(double, (gsize)p->f *pad + 1),
             .own = g_new0(double, pad + 1),
             .absent = g_new0(double, pad + 1)};
  j.forecast = (PlnForecast){n, pad, p->f, j.below, j.above, j.loading, j.own, j.absent, 0, 0};
  for (guint i = n; i < pad; i++)
    j.own[i] = 1;
  for (guint i = 0; i < n; i++)
    fill_state(&j, i, cell[i].chance[PLN_WHIP_TEST_MODEL],
               place[i] < 0 || p->f == 0 ? NULL : p->loading + (gsize)place[i] * p->f);
  return j;
}

static void joint_clear(Joint *j) {
  double *all[] = {j->below, j->above, j->loading, j->own, j->absent};
  for (gsize k = 0; k < G_N_ELEMENTS(all); k++)
    g_free(all[k]);
}

/* Of the distribution of yes among the hidden. */
static void take_interval(const double *share, guint n, guint yes, PlnWhipTestCall *call) {
  double sum = 0, before = 0, all = 0;
  guint low = 0;
  for (guint c = 0; c <= n; c++)
    all += share[c];
  while (low < n && (sum + share[low]) < TAIL * all)
    sum += share[low++];
  before = sum;
  guint high = low;
  while (high < n && sum + share[high] < (1 - TAIL) * all)
    sum += share[high++];
  call->low = yes + low;
  call->high = yes + high;
  call->within = (sum + share[high] - before) / all;
}

/* The chance that D of the hidden, and what is known, come to more yes than no. */
static double more_yes(const PlnMarginSpread *spread, int lead) {
  double sum = 0;
  for (gsize k = 0; k < spread->n; k++)
    sum += spread->least + (gint64)k + lead > 0 ? spread->chance[k] : 0;
  return sum;
}

void pln_whip_test_tally(const PlnPrediction *p, const PlnWhipTestOptions *options,
                         const PlnWhipTestCell *cell, const int *place, guint yes, guint no,
                         PlnWhipTestCall *call) {
  guint n = (guint)call->n, f = p->f;
  Joint joint = joint_of(p, cell, place, n);
  guint pad = joint.forecast.n_pad;
  PlnMargin count = pln_margin_count(PLN_VOTE_Y), lead = {.strict = true};
  lead.add[PLN_VOTE_Y] = 1;
  lead.add[PLN_VOTE_N] = -1;
  gsize room = MAX(pln_margin_room(&count, n), pln_margin_room(&lead, n));
  g_autofree double *space = g_new(double, room + 1), *share = g_new0(double, n + 2);
  g_autofree double *z = g_new0(double, f + 2), *given = g_new(double, 3 * (gsize)pad + 1);
  PlnMarginChances chances = {n, given, given + pad, given + 2 * (gsize)pad};
  PlnDraw draw = pln_draw_stream(options->seed, STUDY_TALLY, call->call);
  double adoption = 0;
  for (guint k = 0; k < options->draws; k++) {
    if (k % 2 == 0)
      pln_draw_normals(&draw, f, z + 1);
    for (guint l = 1; k % 2 == 1 && l <= f; l++) /* each draw and its mirror image */
      z[l] = -z[l];
    pln_forecast_given(&joint.forecast, z, given, given + pad, given + 2 * (gsize)pad);
    PlnMarginSpread spread = pln_margin_spread(&count, &chances, space);
    for (gsize c = 0; c < spread.n; c++)
      share[spread.least + (gint64)c] += spread.chance[c];
    spread = pln_margin_spread(&lead, &chances, space);
    adoption += more_yes(&spread, (int)yes - (int)no);
  }
  call->mean = yes;
  for (guint i = 0; i < n; i++)
    call->mean += cell[i].chance[PLN_WHIP_TEST_MODEL][2];
  call->adoption = adoption / options->draws;
  take_interval(share, n, yes, call);
  joint_clear(&joint);
}
