/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The scores of forecasts, split by what was voted on and when. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "plenary/draw.h"
#include "plenary/normal.h"
#include "plenary/whip_backtest.h"

enum { STUDY_RESAMPLE = 0x5742 };

const char *const pln_whip_test_names[PLN_WHIP_TEST_METHODS] = {
    "model",         "share of the revealed", "regional group",   "nearest neighbours",
    "one dimension", "earlier roll calls",    "pool of the five", "one dimension, unordered"};

/* Those compared for the order of the answers. */
enum {
  ORDERED = PLN_WHIP_TEST_RIVAL + PLN_RIVAL_SCALE,
  UNORDERED = PLN_WHIP_TEST_RIVAL + PLN_RIVAL_UNORDERED
};

/* The sums of one roll call, method by method. */
typedef struct {
  double log_loss, brier, rps, right;
} Sums;

/* Whether a roll call is of a split; @which: of several like it. */
typedef gboolean (*Belongs)(const PlnWhipTestCall *call, int which);

static gboolean is_any(const PlnWhipTestCall *call G_GNUC_UNUSED, int which G_GNUC_UNUSED) {
  return TRUE;
}

static gboolean is_new(const PlnWhipTestCall *call, int which) {
  return call->is_new == (which == 1);
}

static gboolean is_kind(const PlnWhipTestCall *call, int which) {
  return (int)call->kind == which;
}

static gboolean is_session(const PlnWhipTestCall *call, int which) {
  return call->session == which;
}

static gboolean has_enough(const PlnWhipTestCall *call, int which G_GNUC_UNUSED) {
  return call->order.enough;
}

static gboolean is_outside(const PlnWhipTestCall *call, int which) {
  return call->order.enough && pln_whip_test_outside(&call->order) == (which == 1);
}

typedef struct {
  const char *key, *name;
  Belongs belongs;
  int which;
} Kind;

static const Kind kinds[] = {
    {"all", "all", is_any, 0},
    {"recurring", "recurring", is_new, 0},
    {"new", "new questions", is_new, 1},
    {"part", "amendments, paragraphs", is_kind, PLN_WHIP_TEST_SAID},
    {"shared", "several on one text", is_kind, PLN_WHIP_TEST_SHARED},
    {"alone", "one on its text", is_kind, PLN_WHIP_TEST_ALONE},
    {"unsaid", "not said", is_kind, PLN_WHIP_TEST_UNSAID},
};

static const Kind orders[] = {
    {"all", "all", is_any, 0},
    {"new", "new questions", is_new, 1},
    {"enough", "five of each answer", has_enough, 0},
    {"between", "abstainers between", is_outside, 0},
    {"outside", "abstainers outside", is_outside, 1},
};

static void add_cell(Sums *s, const float chance[3], guint8 answer) {
  double below = chance[0] - (answer == 0), above = chance[2] - (answer == 2);
  double between = chance[1] - (answer == 1);
  guint most = 0, ties = 1;
  for (guint k = 1; k < 3; k++) {
    ties = chance[k] > chance[most] ? 1 : ties + (chance[k] == chance[most]);
    most = chance[k] > chance[most] ? k : most;
  }
  s->log_loss -= pln_log(MAX((double)chance[answer], 0x1p-149));
  s->brier += below * below + between * between + above * above;
  s->rps += (below * below + above * above) / 2; /* of the two cumulated chances */
  s->right += chance[answer] == chance[most] ? 1.0 / ties : 0;
}

/* calls x methods */
static Sums *sum_calls(const PlnWhipTestRun *run) {
  Sums *sums = g_new0(Sums, (gsize)run->n_calls * PLN_WHIP_TEST_METHODS + 1);
  for (gsize j = 0; j < run->n_calls; j++)
    for (gsize c = 0; c < run->call[j].n; c++) {
      const PlnWhipTestCell *cell = &run->cell[run->call[j].first + c];
      for (guint m = 0; m < PLN_WHIP_TEST_METHODS; m++)
        add_cell(&sums[j * PLN_WHIP_TEST_METHODS + m], cell->chance[m], cell->answer);
    }
  return sums;
}

static int by_size(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

/* The central 95 % of @n values, which are sorted; NAN where they are too few. */
static void central(guint n, double *values, double *low, double *high) {
  *low = *high = NAN;
  if (n < 40)
    return;
  qsort(values, n, sizeof *values, by_size);
  *low = values[n / 40];
  *high = values[n - 1 - n / 40];
}

/* The 95 % intervals of the rivals' log losses less the model's, and of the unordered less the
 * ordered: roll calls drawn anew, the same for all rivals. @place: of the split's calls */
static void resample(const PlnWhipTestRun *run, const Sums *sums, const guint *place,
                     const PlnWhipTestOptions *options, PlnWhipTestSplit *split) {
  guint n = split->n_calls, times = options->resamples;
  g_autofree double *behind = g_new0(double, (gsize)times *PLN_WHIP_TEST_METHODS + 1);
  double *order = behind; /* the model's own row, which nobody else needs */
  for (guint t = 0; t < times && n > 1; t++) {
    PlnDraw draw = pln_draw_stream(options->seed, STUDY_RESAMPLE, t);
    double cells = 0, sum[PLN_WHIP_TEST_METHODS] = {0};
    for (guint k = 0; k < n; k++) {
      gsize j = place[pln_draw_below(&draw, n)];
      cells += (double)run->call[j].n;
      for (guint m = 1; m < PLN_WHIP_TEST_METHODS; m++)
        sum[m] +=
            sums[j * PLN_WHIP_TEST_METHODS + m].log_loss - sums[j * PLN_WHIP_TEST_METHODS].log_loss;
    }
    order[t] = (sum[UNORDERED] - sum[ORDERED]) / cells;
    for (guint m = 1; m < PLN_WHIP_TEST_METHODS; m++)
      behind[(gsize)m * times + t] = sum[m] / cells;
  }
  guint enough = n < 2 ? 0 : times;
  split->score[0].low = split->score[0].high = NAN;
  for (guint m = 1; m < PLN_WHIP_TEST_METHODS; m++)
    central(enough, behind + (gsize)m * times, &split->score[m].low, &split->score[m].high);
  central(enough, order, &split->unordered_low, &split->unordered_high);
}

/* Returns: whether any roll call is in it, then added */
static gboolean add_split(GArray *out, const PlnWhipTestRun *run, const Sums *sums,
                          const Kind *kind, const PlnWhipTestOptions *options) {
  g_autofree guint *place = g_new(guint, run->n_calls + 1);
  PlnWhipTestSplit split = {0};
  for (guint j = 0; j < run->n_calls; j++) {
    if (!kind->belongs(&run->call[j], kind->which))
      continue;
    place[split.n_calls++] = j;
    split.n_cells += run->call[j].n;
    for (guint m = 0; m < PLN_WHIP_TEST_METHODS; m++) {
      const Sums *s = &sums[(gsize)j * PLN_WHIP_TEST_METHODS + m];
      split.score[m].log_loss += s->log_loss;
      split.score[m].brier += s->brier;
      split.score[m].rps += s->rps;
      split.score[m].right += s->right;
    }
  }
  if (split.n_calls == 0)
    return FALSE;
  for (guint m = 0; m < PLN_WHIP_TEST_METHODS; m++) {
    double *all[] = {&split.score[m].log_loss, &split.score[m].brier, &split.score[m].rps,
                     &split.score[m].right};
    for (gsize k = 0; k < G_N_ELEMENTS(all); k++)
      *all[k] /= (double)split.n_cells;
    split.score[m].behind = m == 0 ? NAN : split.score[m].log_loss - split.score[0].log_loss;
  }
  split.unordered = split.score[UNORDERED].log_loss - split.score[ORDERED].log_loss;
  resample(run, sums, place, options, &split);
  split.key = g_strdup(kind->key);
  split.name = g_strdup(kind->name);
  g_array_append_val(out, split);
  return TRUE;
}

/* The log loss and Brier score of the chance of what happened or did not. */
static void add_event(double chance, gboolean happened, double *log_loss, double *brier) {
  chance = CLAMP(chance, 1e-6, 1 - 1e-6);
  *log_loss -= pln_log(happened ? chance : 1 - chance);
  *brier += (chance - happened) * (chance - happened);
}

static void add_tally(GArray *out, const PlnWhipTestRun *run, const Kind *kind) {
  PlnWhipTestTally t = {.key = g_strdup(kind->key), .name = g_strdup(kind->name)};
  for (guint j = 0; j < run->n_calls; j++) {
    const PlnWhipTestCall *call = &run->call[j];
    if (!kind->belongs(call, kind->which))
      continue;
    double off = call->mean - call->yes;
    t.n_calls++;
    t.covered += call->yes >= call->low && call->yes <= call->high;
    t.within += call->within;
    t.width += call->high - call->low + 1;
    t.error += fabs(off);
    t.bias += off;
    t.adopted += call->adopted;
    add_event(call->adoption, call->adopted, &t.log_loss, &t.brier);
    t.right += (call->adoption >= 0.5) == call->adopted;
    add_event(call->usual, call->adopted, &t.usual_log_loss, &t.usual_brier);
  }
  t.always_right = t.adopted;
  t.always_brier = t.n_calls - t.adopted;
  double *means[] = {&t.covered,        &t.within,      &t.width,        &t.error,
                     &t.bias,           &t.log_loss,    &t.brier,        &t.right,
                     &t.usual_log_loss, &t.usual_brier, &t.always_brier, &t.always_right};
  for (gsize k = 0; k < G_N_ELEMENTS(means); k++)
    *means[k] /= t.n_calls;
  g_array_append_val(out, t);
}

static void clear_split(gpointer data) {
  PlnWhipTestSplit *split = data;
  g_free(split->key);
  g_free(split->name);
}

static void clear_tally(gpointer data) {
  PlnWhipTestTally *tally = data;
  g_free(tally->key);
  g_free(tally->name);
}

static void add_both(PlnWhipBacktest *b, const Sums *sums, const Kind *kind) {
  if (add_split(b->splits, &b->run[0], sums, kind, &b->options))
    add_tally(b->tallies, &b->run[0], kind);
}

static void add_sessions(PlnWhipBacktest *b, const Sums *sums) {
  const PlnWhipTestRun *run = &b->run[0];
  for (guint j = 0; j < run->n_calls; j++) {
    int session = run->call[j].session;
    if (j > 0 && run->call[j - 1].session == session)
      continue;
    g_autofree char *key = g_strdup_printf("session-%d", session);
    g_autofree char *name = g_strdup_printf("session %d", session);
    Kind kind = {key, name, is_session, session};
    add_both(b, sums, &kind);
  }
}

/* What is new is new to the history that ends last: the same roll calls in every row. */
static void add_ages(PlnWhipBacktest *b) {
  for (guint r = 0; r < b->options.n_older; r++) {
    PlnWhipTestRun *run = &b->run[r];
    for (guint j = 0; j < run->n_calls; j++)
      run->call[j].is_new = b->run[0].call[j].is_new;
    g_autofree Sums *sums = sum_calls(run);
    for (guint k = 0; k < 3; k++) {
      PlnWhipTestOptions plain = b->options;
      plain.resamples = 0;
      if (k != 1)
        add_split(b->ages, run, sums, &kinds[k], &plain);
    }
  }
}

static void add_reliability(PlnWhipBacktest *b) {
  const PlnWhipTestRun *run = &b->run[0];
  for (gsize c = 0; c < run->n_cells; c++)
    for (guint k = 0; k < 3; k++) {
      double chance = run->cell[c].chance[PLN_WHIP_TEST_MODEL][k];
      guint bin = MIN((guint)(chance * PLN_RELIABILITY_BINS), PLN_RELIABILITY_BINS - 1);
      PlnReliability *into[] = {&b->reliability[k], &b->reliability[3]};
      for (guint i = 0; i < 2; i++) {
        into[i]->n[bin]++;
        into[i]->hits[bin] += run->cell[c].answer == k;
        into[i]->sum[bin] += chance;
      }
    }
}

void pln_whip_test_score(PlnWhipBacktest *b) {
  g_autofree Sums *sums = sum_calls(&b->run[0]);
  b->splits = g_array_new(FALSE, FALSE, sizeof(PlnWhipTestSplit));
  b->ages = g_array_new(FALSE, FALSE, sizeof(PlnWhipTestSplit));
  b->orders = g_array_new(FALSE, FALSE, sizeof(PlnWhipTestSplit));
  b->tallies = g_array_new(FALSE, FALSE, sizeof(PlnWhipTestTally));
  g_array_set_clear_func(b->splits, clear_split);
  g_array_set_clear_func(b->ages, clear_split);
  g_array_set_clear_func(b->orders, clear_split);
  g_array_set_clear_func(b->tallies, clear_tally);
  for (gsize k = 0; k < G_N_ELEMENTS(kinds); k++)
    add_both(b, sums, &kinds[k]);
  add_sessions(b, sums);
  for (gsize k = 0; k < G_N_ELEMENTS(orders); k++)
    add_split(b->orders, &b->run[0], sums, &orders[k], &b->options);
  add_ages(b);
  add_reliability(b);
  for (guint j = 0; j < b->run[0].n_calls; j++)
    b->kinds[b->run[0].call[j].kind]++;
}
