/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/comparison.h"

#include <math.h>
#include <string.h>

#include "plenary/comparison_part.h"
#include "plenary/error.h"
#include "plenary/workers.h"

enum { PARTS = PLN_COMPARISON_PARTS, LEFT_ALONE = 2 };

/* ---- Runs ---- */

typedef struct {
  guint8 *adopted;              /* draws, LEFT_ALONE where the study tells none */
  PlnRunResult part[PARTS], whole;
} Run;

/* One comparison's item while it is made. */
typedef struct {
  PlnComparison *c;
  const PlnComparisonOptions *options;
  PlnComparisonItem *item;
  guint parts;
  Run base;
  GError **errors; /* one a bundle */
} Work;

static void run_free(Run *run) {
  g_free(run->adopted);
}

/* All parts of one case.  FALSE without an error: interrupted */
static gboolean run_parts(const Work *w, guint thread, const GPtrArray *changes, Run *run,
                          GError **error) {
  guint32 draws = w->c->run.draws / w->parts;
  const PlnChange *const *list = changes ? (const PlnChange *const *)changes->pdata : NULL;
  run->adopted = g_malloc(w->c->run.draws);
  memset(run->adopted, LEFT_ALONE, w->c->run.draws);
  for (guint k = 0; k < w->parts; k++) {
    if (pln_progress_interrupted())
      return FALSE;
    if (!pln_runner_run(w->item->runner, thread, list, changes ? changes->len : 0, k,
                        run->adopted + (gsize)k * draws, &run->part[k], error))
      return FALSE;
    if (k == 0)
      run->whole = run->part[0];
    else
      pln_run_add(w->item->runner, &run->whole, &run->part[k]);
  }
  return TRUE;
}

/* ---- One case ---- */

static gboolean find_seats(const Work *w, const GPtrArray *changes, double **chance,
                           GError **error) {
  PlnRunner *runner = w->item->runner;
  if (w->item->seats == 0)
    return TRUE;
  *chance = g_new0(double, (gsize)w->item->seats * PLN_VOTE_KINDS);
  return pln_runner_chances(runner, changes ? (const PlnChange *const *)changes->pdata : NULL,
                            changes ? changes->len : 0, *chance, error);
}

static void count_pairs(const Work *w, const Run *run, PlnComparisonCase *one) {
  const guint8 *base = w->base.adopted;
  if (base[0] == LEFT_ALONE || run->adopted[0] == LEFT_ALONE)
    return;
  one->paired = TRUE;
  for (guint32 k = 0; k < w->c->run.draws; k++) {
    one->gained += !base[k] && run->adopted[k];
    one->lost += base[k] && !run->adopted[k];
  }
}

/* Whether some seat may vote otherwise: a rule counts the same votes. */
static gboolean may_move(const PlnComparisonCase *one) {
  for (guint k = 0; k < one->changes->len; k++) {
    PlnChangeKind kind = ((const PlnChange *)one->changes->pdata[k])->kind;
    if (kind != PLN_CHANGE_RULE && kind != PLN_CHANGE_ASSUME)
      return TRUE;
  }
  return FALSE;
}

static gboolean is_turned(double base, double value) {
  return !isnan(base) && !isnan(value) && (base > 0.5) != (value > 0.5);
}

static void compare(const Work *w, const Run *run, PlnComparisonCase *one) {
  const PlnComparisonItem *item = w->item;
  double least = may_move(one) ? 3 / (double)w->c->run.draws : 0;
  one->result = run->whole;
  count_pairs(w, run, one);
  one->same = one->gained + one->lost == 0;
  for (guint k = 0; k < pln_runner_outcomes(item->runner); k++) {
    double change[PARTS], base = w->base.whole.value[k], value = run->whole.value[k];
    for (guint p = 0; p < w->parts; p++)
      change[p] = run->part[p].value[k] - w->base.part[p].value[k];
    one->outcome[k] = pln_comparison_by_parts(value, base, change, w->parts, least);
    if (one->changes->len == 0) /* nothing touches it: certainly the same */
      one->outcome[k] = (PlnComparisonOutcome){value, value - base, value - base, value - base};
    else if ((int)k == item->adopted && one->paired)
      one->outcome[k] = pln_comparison_pairs(value, one->gained, one->lost, w->c->run.draws);
    else if ((int)k == item->adopted && w->c->run.study == PLN_RUN_RATIFY)
      one->outcome[k] = pln_comparison_apart(value, base, w->c->run.draws);
    one->same &= value == base || (isnan(value) && isnan(base));
  }
  if (item->adopted >= 0)
    one->turned = is_turned(item->base.value[item->adopted], run->whole.value[item->adopted]);
}

static void make_case(guint i, guint thread, gpointer data) {
  Work *w = data;
  PlnComparisonCase *one = w->item->cases->pdata[i];
  Run *run = g_new0(Run, 1);
  if (run_parts(w, thread, one->changes, run, &w->errors[i]))
    compare(w, run, one);
  run_free(run);
  g_free(run);
  pln_progress_step(w->options->progress, 1);
}

static void case_free(gpointer data) {
  PlnComparisonCase *one = data;
  g_ptr_array_unref(one->changes);
  g_ptr_array_unref(one->elsewhere);
  g_array_unref(one->moves);
  g_free(one->refused);
  g_free(one->chance);
  g_free(one);
}

/* ---- One item ---- */

static void item_free(gpointer data) {
  PlnComparisonItem *item = data;
  g_clear_pointer(&item->cases, g_ptr_array_unref);
  pln_runner_free(item->runner);
  g_free(item->chance);
  g_free(item);
}

static GPtrArray *make_cases(const PlnComparison *c, const PlnProposal *p) {
  GPtrArray *cases = g_ptr_array_new_with_free_func(case_free);
  for (guint k = 0; k < c->bundles->len; k++) {
    PlnComparisonCase *one = g_new0(PlnComparisonCase, 1);
    one->bundle = c->bundles->pdata[k];
    one->changes = g_ptr_array_new();
    one->elsewhere = g_ptr_array_new();
    pln_comparison_sort_changes(c, p, one);
    one->moves = g_array_new(FALSE, FALSE, sizeof(PlnComparisonMove));
    g_ptr_array_add(cases, one);
  }
  return cases;
}

static PlnRunner *new_runner(const PlnComparison *c, const PlnRunnerOptions *run,
                             const GPtrArray *cases, GError **error) {
  g_autoptr(GPtrArray) all = g_ptr_array_new();
  for (guint k = 0; k < cases->len; k++)
    g_ptr_array_extend(all, ((const PlnComparisonCase *)cases->pdata[k])->changes, NULL, NULL);
  return pln_runner_new(c->scenario, run, all, error);
}

/* Whether it asks what a bloc says: of all bundles together another's position would answer. */
static gboolean moves_blocs(const PlnComparisonCase *one) {
  for (guint k = 0; k < one->changes->len; k++) {
    PlnChangeKind kind = ((const PlnChange *)one->changes->pdata[k])->kind;
    if (kind == PLN_CHANGE_SPLIT || kind == PLN_CHANGE_JOIN)
      return TRUE;
  }
  return FALSE;
}

/* Empties the bundles that this item has no use for: of @all, or of those that may be found out only
 * when they run.  Returns: whether some are */
static gboolean refuse(const PlnComparison *c, const PlnRunnerOptions *run, const GPtrArray *cases,
                       gboolean all) {
  gboolean any = FALSE;
  for (guint k = 0; k < cases->len; k++) {
    PlnComparisonCase *one = cases->pdata[k];
    g_autoptr(GError) why = NULL;
    if (!all && !moves_blocs(one))
      continue;
    g_autoptr(PlnRunner) runner = pln_runner_new(c->scenario, run, one->changes, &why);
    if (runner || why->code != PLN_ERROR_USAGE)
      continue;
    one->refused = g_strdup(why->message);
    g_ptr_array_set_size(one->changes, 0);
    any = TRUE;
  }
  return any;
}

static gboolean run_cases(Work *w, GError **error) {
  guint n = w->item->cases->len;
  gboolean done = run_parts(w, 0, NULL, &w->base, error) &&
                  find_seats(w, NULL, &w->item->chance, error);
  pln_progress_step(w->options->progress, 1);
  if (!done)
    return FALSE;
  w->item->base = w->base.whole;
  w->errors = g_new0(GError *, n);
  pln_workers_run(w->options->run.threads, n, make_case, w);
  for (guint k = 0; k < n; k++) {
    PlnComparisonCase *one = w->item->cases->pdata[k];
    if (w->errors[k] && done)
      g_propagate_error(error, g_error_copy(w->errors[k]));
    done = done && !w->errors[k] && !pln_progress_interrupted() &&
           find_seats(w, one->changes, &one->chance, error);
    g_clear_error(&w->errors[k]);
    if (done && one->chance)
      pln_comparison_find_moves(w->c->scenario, w->item, one);
    one->same &= one->moves->len == 0;
  }
  g_free(w->errors);
  pln_runner_rest(w->item->runner); /* of many proposals the rooms would be most of the memory */
  return done;
}

static PlnComparisonItem *make_item(PlnComparison *c, const PlnComparisonOptions *options, int place,
                                    gboolean several, GError **error) {
  PlnComparisonItem *item = g_new0(PlnComparisonItem, 1);
  g_autoptr(GError) why = NULL;
  const PlnProposal *p = place >= 0 && (guint)place < c->scenario->proposals->len
                             ? pln_scenario_proposal(c->scenario, (guint)place)
                             : NULL;
  PlnRunnerOptions run = c->run;
  Work w = {c, options, item, c->run.study == PLN_RUN_PROJECT ? PARTS : 1, {0}, NULL};
  item->cases = make_cases(c, p);
  run.proposal = place;
  run.draws = c->run.draws / w.parts;
  run.threads = pln_workers_count(options->run.threads, c->bundles->len);
  item->runner = new_runner(c, &run, item->cases, &why);
  gboolean may = !why || why->code == PLN_ERROR_USAGE;
  if (may && several && refuse(c, &run, item->cases, why != NULL)) {
    g_clear_error(&why);
    g_clear_pointer(&item->runner, pln_runner_free);
    item->runner = new_runner(c, &run, item->cases, &why);
  }
  if (why)
    g_propagate_error(error, g_steal_pointer(&why));
  if (item->runner) {
    item->adopted = pln_runner_find(item->runner, "adopted");
    item->proposal = pln_runner_proposal(item->runner);
    for (guint k = 0; k < item->cases->len; k++) /* of which it is the study may have found itself */
      pln_comparison_sort_changes(c, item->proposal, item->cases->pdata[k]);
    gboolean votes = c->run.study == PLN_RUN_PROJECT || c->run.study == PLN_RUN_REPLAY;
    item->seats = votes ? pln_runner_seats(item->runner) : 0;
    item->draws = c->run.study == PLN_RUN_REPLAY ? 0 : c->run.draws;
  }
  gboolean done = item->runner && run_cases(&w, error);
  run_free(&w.base);
  if (done)
    return item;
  item_free(item);
  return NULL;
}

/* ---- All of them ---- */

typedef struct {
  PlnComparison *c;
  const PlnComparisonOptions *options;
  const GArray *places; /* int */
  PlnComparisonItem **items;
  GError **errors;
} Items;

static void make_one(guint i, guint thread, gpointer data) {
  Items *all = data;
  (void)thread;
  if (!pln_progress_interrupted())
    all->items[i] = make_item(all->c, all->options, g_array_index(all->places, int, i),
                              all->places->len > 1 || all->c->bundles->len > 1, &all->errors[i]);
}

/* What is asked of: -1 leaves it to the runner. */
static GArray *find_places(const PlnScenario *s, PlnRunStudy study, int asked) {
  GArray *places = g_array_new(FALSE, FALSE, sizeof(int));
  gboolean several = study == PLN_RUN_PROJECT || study == PLN_RUN_REPLAY;
  for (int k = 0; several && asked < 0 && k < (int)s->proposals->len; k++)
    if (study != PLN_RUN_REPLAY || pln_proposal_counted(pln_scenario_proposal(s, (guint)k)))
      g_array_append_val(places, k);
  if (places->len == 0)
    g_array_append_val(places, asked);
  return places;
}

/* A word that is wrong is wrong for all; what has no answer is left out, where another has. */
static gboolean gather(Items *all, GError **error) {
  guint n = all->places->len;
  GError *first = NULL;
  for (guint k = 0; k < n; k++) {
    GError *e = all->errors[k];
    if (e && (!first || (e->code == PLN_ERROR_USAGE && first->code != PLN_ERROR_USAGE)))
      first = e;
    if (all->items[k])
      g_ptr_array_add(all->c->items, g_steal_pointer(&all->items[k]));
  }
  gboolean done = all->c->items->len > 0 && !(first && first->code == PLN_ERROR_USAGE);
  if (!done && first)
    g_propagate_error(error, g_error_copy(first));
  for (guint k = 0; k < n; k++) {
    int place = g_array_index(all->places, int, k);
    if (all->errors[k] && place >= 0)
      g_ptr_array_add(all->c->left_out,
                      g_strdup_printf("%s: %s",
                                      pln_scenario_proposal(all->c->scenario, (guint)place)->id,
                                      all->errors[k]->message));
    g_clear_error(&all->errors[k]);
  }
  return done && !pln_progress_interrupted() && pln_comparison_drop_useless(all->c, error);
}

/* ---- What was asked ---- */

static PlnStatus weakest_of(const PlnComparison *c) {
  PlnStatus weakest = PLN_STATUS_VERIFIED;
  for (guint k = 0; k < c->items->len; k++)
    weakest = MAX(weakest, pln_runner_weakest(pln_comparison_item(c, k)->runner));
  for (guint b = 0; b < c->bundles->len; b++) {
    const PlnBundle *bundle = c->bundles->pdata[b];
    for (guint k = 0; k < bundle->changes->len; k++)
      weakest = MAX(weakest, ((const PlnChange *)bundle->changes->pdata[k])->status);
  }
  return weakest;
}

guint64 pln_comparison_steps(const PlnScenario *s, const PlnComparisonOptions *o) {
  g_autoptr(GArray) places = find_places(s, pln_comparison_study(s, o), o->run.proposal);
  return (guint64)places->len * (o->bundles->len + 1);
}

PlnComparison *pln_comparison_new(const PlnScenario *s, const PlnComparisonOptions *o,
                                  GError **error) {
  g_autoptr(PlnComparison) c = g_new0(PlnComparison, 1);
  c->scenario = s;
  c->run = o->run;
  c->run.study = pln_comparison_study(s, o);
  c->run.draws = (MAX(o->run.draws, 1) + PARTS - 1) / PARTS * PARTS;
  c->bundles = g_ptr_array_new(); /* the caller's, without those left out */
  g_ptr_array_extend(c->bundles, (GPtrArray *)o->bundles, NULL, NULL);
  c->items = g_ptr_array_new_with_free_func(item_free);
  c->useless = g_ptr_array_new();
  c->left_out = g_ptr_array_new_with_free_func(g_free);
  c->clashes = g_array_new(FALSE, FALSE, sizeof(PlnComparisonClash));
  g_autoptr(GArray) places = find_places(s, c->run.study, o->run.proposal);
  g_autofree PlnComparisonItem **items = g_new0(PlnComparisonItem *, places->len);
  g_autofree GError **errors = g_new0(GError *, places->len);
  Items all = {c, o, places, items, errors};
  if (places->len == 1) /* the bundles are shared out instead */
    make_one(0, 0, &all);
  else
    pln_workers_run(o->run.threads, places->len, make_one, &all);
  if (!gather(&all, error))
    return NULL;
  pln_comparison_find_clashes(c);
  c->weakest = weakest_of(c);
  return g_steal_pointer(&c);
}

void pln_comparison_free(PlnComparison *c) {
  if (!c)
    return;
  g_ptr_array_unref(c->items);
  g_ptr_array_unref(c->bundles);
  g_ptr_array_unref(c->left_out);
  g_ptr_array_unref(c->useless);
  g_array_unref(c->clashes);
  g_free(c);
}

const PlnComparisonItem *pln_comparison_item(const PlnComparison *c, guint i) {
  return c->items->pdata[i];
}

const PlnComparisonCase *pln_comparison_case(const PlnComparisonItem *item, guint i) {
  return item->cases->pdata[i];
}
