/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/sensitivity.h"

#include <math.h>
#include <string.h>

#include "plenary/asked.h"
#include "plenary/dials.h"
#include "plenary/error.h"
#include "plenary/sensitivity_part.h"
#include "plenary/workers.h"

/* A date of an outcome is a year that treaties may come into force in. */
enum { YEAR_LEAST = 1900, YEAR_MOST = 2300 };

PlnSensitivityOptions pln_sensitivity_options(void) {
  return (PlnSensitivityOptions){.runner = pln_runner_options(),
                                 .methods = PLN_SENSE_ALL,
                                 .trajectories = 20,
                                 .rows = 256,
                                 .runs = 1000,
                                 .level = 0.95};
}

const char *pln_sensitivity_noun(const char *id) {
  static const char *const known[][2] = {{"adopted", "chance of adoption"},
                                         {"margin", "margin in votes"},
                                         {"yes", "number of yes votes"},
                                         {"no", "number of no votes"},
                                         {"abstain", "number of abstentions"},
                                         {"absent", "number of those absent"},
                                         {"force", "day of force"},
                                         {"comes", "chance to be in force"},
                                         {"conference", "day of parties enough"},
                                         {"protocol", "day of the protocol's force if adopted"},
                                         {"parties", "number of parties"}};
  for (gsize k = 0; k < G_N_ELEMENTS(known); k++)
    if (strcmp(known[k][0], id) == 0)
      return known[k][1];
  return NULL;
}

/* What @id is called: "forecast on scope". */
static char *noun_of(const char *id, const char *title) {
  const char *noun = pln_sensitivity_noun(id);
  if (g_str_has_prefix(id, "position "))
    return g_strdup_printf("forecast on %s", id + strlen("position "));
  return g_strdup(noun ? noun : title);
}

static PlnSensitivity *empty(const PlnSensitivityOptions *options) {
  PlnSensitivity *s = g_new0(PlnSensitivity, 1);
  s->options = *options;
  s->bars = g_array_new(FALSE, TRUE, sizeof(PlnSenseBar));
  s->effects = g_array_new(FALSE, TRUE, sizeof(PlnSenseEffect));
  s->indices = g_array_new(FALSE, TRUE, sizeof(PlnSenseIndex));
  s->ranks = g_array_new(FALSE, TRUE, sizeof(PlnSenseRank));
  s->base = (PlnSense3){NAN, NAN, NAN};
  s->adopted = NAN;
  s->first_sum = NAN;
  return s;
}

void pln_sensitivity_free(PlnSensitivity *s) {
  if (!s)
    return;
  pln_discovery_free(s->discovery);
  pln_runner_free(s->runner);
  g_clear_pointer(&s->changes, g_ptr_array_unref);
  g_clear_pointer(&s->dials, g_ptr_array_unref);
  g_clear_pointer(&s->whole, g_ptr_array_unref);
  g_array_unref(s->bars);
  g_array_unref(s->effects);
  g_array_unref(s->indices);
  g_array_unref(s->ranks);
  g_strfreev(s->title);
  g_free(s->outcome);
  g_free(s->outcome_title);
  g_free(s->unit);
  g_free(s->x);
  g_free(s->y);
  g_free(s->at);
  g_free(s);
}

/* ---- Dials ---- */

gboolean pln_sense_same_target(const PlnDial *a, const PlnDial *b) {
  const PlnChange *x = a->change, *y = b->change;
  if (x->kind == PLN_CHANGE_RULE || strcmp(a->name, b->name) == 0)
    return x->kind == y->kind;
  return x->kind == y->kind && x->kind == PLN_CHANGE_POSITION && g_strcmp0(x->who, y->who) == 0 &&
         !y->where;
}

/* What is set in all runs is not uncertain any more. */
static gboolean is_set(const PlnSensitivityOptions *o, const PlnDial *dial) {
  for (guint k = 0; o->set && k < o->set->len; k++) {
    const PlnChange *c = o->set->pdata[k];
    gboolean rule = c->kind == PLN_CHANGE_RULE;
    if (c->kind == dial->change->kind && (rule || g_strcmp0(c->who, dial->change->who) == 0) &&
        (rule || !c->where || g_strcmp0(c->where, dial->change->where) == 0))
      return TRUE;
  }
  return FALSE;
}

static PlnDial *copy_of(const PlnDial *dial) {
  g_autofree char *range = pln_dial_range(dial);
  PlnDial *made = pln_dial_read(dial->name, range, NULL);
  if (made)
    made->status = dial->status;
  return made;
}

static GPtrArray *dials_of(const PlnSensitivity *s) {
  const PlnSensitivityOptions *o = &s->options;
  GPtrArray *dials = g_ptr_array_new_with_free_func(pln_dial_free);
  g_autoptr(GPtrArray) stated = o->only ? NULL : pln_stated_dials(&s->stated);
  for (guint j = 0; stated && j < stated->len; j++) {
    PlnDial *dial = stated->pdata[j];
    gboolean other = is_set(o, dial);
    for (guint k = 0; o->vary && k < o->vary->len; k++)
      other |= pln_sense_same_target(dial, o->vary->pdata[k]);
    if (!other) {
      g_ptr_array_add(dials, dial);
      stated->pdata[j] = NULL;
    }
  }
  for (guint k = 0; o->vary && k < o->vary->len; k++)
    g_ptr_array_add(dials, copy_of(o->vary->pdata[k]));
  return dials;
}

/* "AFRICA's position": where two are called the same, or the talks have issues, "on scope". */
static char **titles_of(const GPtrArray *dials) {
  char **title = g_new0(char *, dials->len + 1);
  g_autofree char **plain = g_new0(char *, dials->len + 1);
  for (guint j = 0; j < dials->len; j++)
    plain[j] = pln_stated_title(dials->pdata[j]);
  for (guint j = 0; j < dials->len; j++) {
    const PlnDial *dial = dials->pdata[j];
    gboolean alone = TRUE;
    for (guint k = 0; k < dials->len; k++)
      alone &= k == j || strcmp(plain[k], plain[j]) != 0;
    title[j] = alone || !dial->change->where
                   ? g_strdup(plain[j])
                   : g_strdup_printf("%s on %s", plain[j], dial->change->where);
  }
  for (guint j = 0; j < dials->len; j++)
    g_free(plain[j]);
  return title;
}

/* Somebody to give as an example: a bloc of the scenario, whose id is short. */
static const char *somebody(const PlnScenario *scenario) {
  g_autoptr(GPtrArray) blocs = pln_world_blocs(scenario->world);
  const char *found = pln_world_bloc(scenario->world, "EU") ? "EU" : NULL;
  for (guint k = 0; k < blocs->len && !found; k++)
    found = ((const PlnBloc *)blocs->pdata[k])->id;
  return found ? found : "FRA";
}

static gboolean check_dials(const PlnSensitivity *s, GError **error) {
  guint n = s->dials->len;
  if (n == 0 && s->stated.study == PLN_RUN_REPLAY)
    return pln_asked_fail(error, "a record states nothing that is uncertain; expected --vary "
                                 "\"WHAT=RANGE\", or --study project");
  if (n == 0)
    return pln_asked_fail(error,
                          "nothing is stated to be uncertain%s; expected --vary "
                          "\"WHAT=RANGE\", such as \"position %s=20..60\"",
                          s->options.only ? " (--only)" : "", somebody(s->scenario));
  return n <= PLN_SENSITIVITY_DIALS ||
         pln_asked_fail(error, "%u dials; expected at most %d: --only with some --vary", n,
                        PLN_SENSITIVITY_DIALS);
}

/* ---- The question ---- */

gboolean pln_sensitivity_check_fails(const PlnInterest *fails, const char *unit, GError **error) {
  gboolean share = g_strcmp0(unit, "share") == 0, year = g_strcmp0(unit, "year") == 0;
  if (!fails || fails->kind == PLN_INTEREST_NONE)
    return TRUE;
  g_autofree char *text = pln_interest_text(fails);
  if (share && !(fails->level >= 0 && fails->level <= 1))
    return pln_asked_fail(error, "--fails is \"%s\", of a chance; expected a number from 0 to 1, "
                                 "or a percentage, such as \"below 50%%\"", text);
  if (year && !(fails->level >= YEAR_LEAST && fails->level <= YEAR_MOST))
    return pln_asked_fail(error, "--fails is \"%s\", of a date; expected a year, such as "
                                 "\"after 2030\"", text);
  return TRUE;
}

/* The margin of a record, which has one outcome and no chance of it; else the adoption. */
static int usual_outcome(const PlnRunner *runner) {
  gboolean record = pln_runner_asked(runner)->study == PLN_RUN_REPLAY;
  return MAX(pln_runner_find(runner, record ? "margin" : "adopted"), 0);
}

static gboolean find_outcome(PlnSensitivity *s, const PlnRunner *runner, int *found,
                             GError **error) {
  const char *id = s->options.outcome;
  int place = id ? pln_runner_find(runner, id) : usual_outcome(runner);
  if (place < 0) {
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (guint k = 0; k < pln_runner_outcomes(runner); k++)
      g_ptr_array_add(names, (gpointer)pln_runner_outcome(runner, k)->id);
    g_ptr_array_add(names, NULL);
    g_autofree char *all = g_strjoinv(", ", (char **)names->pdata);
    g_autofree char *expected = g_strdup_printf("one of this study's: %s", all);
    return pln_asked_refuse(error, "unknown outcome", id, expected,
                            (const char *const *)names->pdata);
  }
  *found = place;
  return pln_sensitivity_check_fails(s->options.fails, pln_runner_outcome(runner, (guint)place)->unit,
                                     error);
}

/* ---- Making ---- */

/* What is asked about, by a runner that knows: its proposal, stage and rule. */
static gboolean read_stated(PlnSensitivity *s, GError **error) {
  PlnRunnerOptions o = s->options.runner;
  int place;
  o.threads = 1;
  g_autoptr(GPtrArray) changes = pln_dials_changes(s->options.set, s->options.vary);
  g_autoptr(PlnRunner) probe = pln_runner_new(s->scenario, &o, changes, error);
  if (!probe || !find_outcome(s, probe, &place, error))
    return FALSE;
  const PlnRunnerOptions *asked = pln_runner_asked(probe);
  s->stated = (PlnStated){.scenario = s->scenario,
                          .study = asked->study,
                          .proposal = asked->proposal,
                          .stage = asked->stage,
                          .rule = pln_runner_rule(probe),
                          .method = asked->method,
                          .outcome = s->options.outcome};
  s->dials = dials_of(s);
  s->stated.outcome = NULL;
  return check_dials(s, error) && pln_dials_fit(s->dials, s->scenario, s->stated.study, error);
}

static gboolean name_outcome(PlnSensitivity *s, PlnSenseWork *work, GError **error) {
  if (!find_outcome(s, s->runner, &work->outcome, error))
    return FALSE;
  const PlnRunOutcome *outcome = pln_runner_outcome(s->runner, (guint)work->outcome);
  work->adopted = strcmp(outcome->id, "protocol") == 0 ? pln_runner_find(s->runner, "adopted") : -1;
  s->outcome = g_strdup(outcome->id);
  s->outcome_title = noun_of(outcome->id, outcome->title);
  s->unit = g_strdup(outcome->unit);
  s->drawn = s->stated.study != PLN_RUN_REPLAY && !g_str_has_prefix(outcome->id, "position ");
  return TRUE;
}

static gboolean make_runner(PlnSensitivity *s, PlnSenseWork *work, GError **error) {
  PlnRunnerOptions o = s->options.runner;
  o.threads = work->threads;
  if (s->options.outcome && g_str_has_prefix(s->options.outcome, "position "))
    o.draws = 1; /* of the vote on what the talks end with, which is not asked about */
  s->changes = pln_dials_changes(s->options.set, s->dials);
  s->runner = pln_runner_new(s->scenario, &o, s->changes, error);
  if (!s->runner)
    return FALSE;
  s->stated.rule = pln_runner_rule(s->runner);
  s->stated.method = pln_runner_asked(s->runner)->method;
  s->weakest = pln_runner_weakest(s->runner);
  for (guint j = 0; j < s->dials->len; j++)
    s->weakest = MAX(s->weakest, ((PlnDial *)s->dials->pdata[j])->status);
  return name_outcome(s, work, error);
}

static gboolean run_base(PlnSenseWork *work, GError **error) {
  guint n = pln_sense_replicates(work), d = work->dials->len;
  g_autofree double *value = g_new(double, (gsize)n *d);
  double adopted[PLN_SENSITIVITY_TORNADO];
  guint32 replicate[PLN_SENSITIVITY_TORNADO];
  for (guint i = 0; i < n * d; i++)
    value[i] = NAN;
  for (guint i = 0; i < n; i++)
    replicate[i] = i;
  if (!pln_sense_runs(work, n, value, replicate, work->base, adopted, error))
    return FALSE;
  work->s->base = pln_sensitivity_mean(n, work->base, work->s->options.level);
  work->s->adopted = pln_sensitivity_mean(n, adopted, work->s->options.level).value;
  return TRUE;
}

static guint64 steps_of(const PlnSenseWork *work) {
  const PlnSensitivityOptions *o = &work->s->options;
  guint64 d = work->dials->len, steps = pln_sense_replicates(work);
  guint64 k = MIN(d, PLN_SENSITIVITY_MOST);
  steps += o->methods & PLN_SENSE_TORNADO ? pln_sense_tornado_runs(work) : 0;
  steps += o->methods & PLN_SENSE_MORRIS ? o->trajectories * (d + 1) : 0;
  steps += o->methods & PLN_SENSE_SOBOL ? o->rows * (k + 2) : 0;
  return steps + (o->methods & PLN_SENSE_PRIM ? o->runs + pln_sense_find_steps((guint)d) : 0);
}

static gboolean make(PlnSenseWork *work, GError **error) {
  guint methods = work->s->options.methods;
  if (methods & PLN_SENSE_SOBOL && work->dials->len > PLN_SENSITIVITY_MOST)
    methods = work->s->options.methods |= PLN_SENSE_MORRIS; /* which are the weightiest */
  if (work->s->options.progress)
    work->progress = work->s->options.progress(steps_of(work), work->s->options.data);
  gboolean done = run_base(work, error) &&
                  (!(methods & PLN_SENSE_TORNADO) || pln_sense_tornado(work, error)) &&
                  (!(methods & PLN_SENSE_MORRIS) || pln_sense_morris(work, error)) &&
                  (!(methods & PLN_SENSE_SOBOL) || pln_sense_sobol(work, error)) &&
                  (!(methods & PLN_SENSE_PRIM) || pln_sense_discover(work, error));
  pln_progress_free(work->progress);
  return done;
}

PlnSensitivity *pln_sensitivity_new(const PlnScenario *scenario,
                                    const PlnSensitivityOptions *options, GError **error) {
  g_autoptr(PlnSensitivity) s = empty(options);
  s->scenario = scenario;
  if (!read_stated(s, error))
    return NULL;
  s->title = titles_of(s->dials);
  PlnSenseWork work = {
      .s = s, .dials = s->dials, .threads = pln_workers_count(options->runner.threads, 1024)};
  if (!make_runner(s, &work, error) || !make(&work, error))
    return NULL;
  return g_steal_pointer(&s);
}

PlnSensitivity *pln_sensitivity_of_columns(GPtrArray *dials, guint64 rows, double *x, double *y,
                                           const char *outcome, const char *unit,
                                           const PlnStated *stated,
                                           const PlnSensitivityOptions *options, GError **error) {
  g_autoptr(PlnSensitivity) s = empty(options);
  double sum = 0;
  s->dials = dials;
  s->title = titles_of(dials);
  s->x = x;
  s->y = y;
  s->outcome = g_strdup(outcome);
  s->outcome_title = noun_of(outcome, outcome);
  s->unit = g_strdup(unit);
  s->runs = rows;
  for (guint j = 0; j < dials->len; j++)
    s->weakest = MAX(s->weakest, ((const PlnDial *)dials->pdata[j])->status);
  for (guint64 k = 0; k < rows; k++)
    sum += y[k];
  s->base.value = rows > 0 ? sum / (double)rows : NAN; /* the mean of the runs */
  if (stated)
    pln_sense_place(s, stated);
  pln_sense_rank(s, rows);
  PlnProgress *progress =
      options->progress ? options->progress(pln_sense_find_steps(dials->len), options->data) : NULL;
  gboolean found = pln_sense_find(s, rows, dials, pln_workers_count(options->runner.threads, 1024),
                                  progress, error);
  pln_progress_free(progress);
  return found ? g_steal_pointer(&s) : NULL;
}
