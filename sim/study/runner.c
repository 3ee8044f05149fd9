/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/runner.h"

#include <math.h>
#include <string.h>

#include "plenary/asked.h"
#include "plenary/runner_part.h"
#include "plenary/text.h"

const char *const pln_run_study_words[] = {"replay", "project", "bargain", "ratify", NULL};

PlnRunnerOptions pln_runner_options(void) {
  return (PlnRunnerOptions){.study = PLN_RUN_PROJECT,
                            .proposal = -1,
                            .stage = -1,
                            .as_of = PLN_DAY_NONE,
                            .draws = 1000,
                            .seed = 1,
                            .threads = 1};
}

/* ---- Which study ---- */

static gboolean of_ratify(const PlnChange *c) {
  return c->kind == PLN_CHANGE_DEPOSIT ||
         (c->kind == PLN_CHANGE_ASSUME && strcmp(c->who, "asks") != 0);
}

/* Neither a proposal nor an issue: a slip, of an issue's name where it is not nearer to a
 * proposal's; then the talks say which issues there are. */
static gboolean is_slip_of_issue(const PlnScenario *s, const char *where) {
  g_autoptr(GPtrArray) names = g_ptr_array_new();
  for (guint k = 0; k < s->proposals->len; k++)
    g_ptr_array_add(names, (gpointer)pln_scenario_proposal(s, k)->id);
  g_ptr_array_add(names, NULL);
  return s->issues->len > 0 && pln_scenario_find(s, where) < 0 &&
         !pln_text_near(where, (const char *const *)names->pdata);
}

static gboolean of_talks(const PlnScenario *s, const PlnChange *c) {
  if (c->kind == PLN_CHANGE_SALIENCE || c->kind == PLN_CHANGE_CAPABILITY)
    return TRUE;
  if (c->kind == PLN_CHANGE_JOIN && s->issues->len > 0 && !pln_world_bloc(s->world, c->who))
    return TRUE; /* a delegation that is made there */
  if (!c->where || pln_scenario_find(s, c->where) >= 0)
    return FALSE;
  return pln_scenario_find_issue(s, c->where) >= 0 ||
         (c->kind == PLN_CHANGE_POSITION && is_slip_of_issue(s, c->where));
}

PlnRunStudy pln_runner_study_for(const PlnScenario *s, int proposal, const GPtrArray *changes) {
  const PlnProposal *p = (guint)MAX(proposal, 0) < s->proposals->len
                             ? pln_scenario_proposal(s, (guint)MAX(proposal, 0))
                             : NULL;
  gboolean recorded = p && p->record != PLN_RECORD_NONE && pln_proposal_counted(p);
  for (guint k = 0; changes && k < changes->len; k++)
    if (of_talks(s, changes->pdata[k]))
      return PLN_RUN_BARGAIN;
  for (guint k = 0; changes && k < changes->len; k++)
    if (of_ratify(changes->pdata[k]))
      return PLN_RUN_RATIFY;
  for (guint k = 0; changes && k < changes->len; k++) {
    PlnChangeKind kind = ((const PlnChange *)changes->pdata[k])->kind;
    recorded &= kind == PLN_CHANGE_VOTE || kind == PLN_CHANGE_RULE;
  }
  return recorded ? PLN_RUN_REPLAY : PLN_RUN_PROJECT;
}

/* ---- Outcomes ---- */

void pln_run_outcome(PlnRunner *runner, const char *id, const char *title, const char *unit,
                     gboolean counted) {
  PlnRunOutcome it = {id, title, unit, counted};
  if (runner->outcome->len < PLN_RUN_OUTCOMES)
    g_array_append_val(runner->outcome, it);
}

void pln_run_vote_outcomes(PlnRunner *runner, gboolean counted) {
  pln_run_outcome(runner, "adopted", counted ? "chance of adoption" : "adopted", "share", counted);
  pln_run_outcome(runner, "margin", "votes beyond those needed", "votes", counted);
  pln_run_outcome(runner, "yes", "votes for", "votes", counted);
  pln_run_outcome(runner, "no", "votes against", "votes", counted);
  pln_run_outcome(runner, "abstain", "abstentions", "votes", counted);
  pln_run_outcome(runner, "absent", "members that do not vote", "votes", counted);
}

guint pln_runner_outcomes(const PlnRunner *runner) {
  return runner->outcome->len;
}

const PlnRunOutcome *pln_runner_outcome(const PlnRunner *runner, guint k) {
  return &g_array_index(runner->outcome, PlnRunOutcome, k);
}

int pln_runner_find(const PlnRunner *runner, const char *id) {
  for (guint k = 0; k < runner->outcome->len; k++)
    if (strcmp(pln_runner_outcome(runner, k)->id, id) == 0)
      return (int)k;
  return -1;
}

void pln_run_values(const PlnRunner *runner, PlnRunResult *run) {
  for (guint k = 0; k < runner->outcome->len; k++)
    if (pln_runner_outcome(runner, k)->counted)
      run->value[k] = run->draws > 0 ? (double)run->count[k] / (double)run->draws : NAN;
}

/* What is counted adds up; of the rest the mean by draws, or by parts that have none. */
void pln_run_add(const PlnRunner *runner, PlnRunResult *into, const PlnRunResult *more) {
  double a = (double)into->draws, b = (double)more->draws;
  if (a + b == 0)
    a = b = 1;
  for (guint k = 0; k < runner->outcome->len; k++) {
    into->count[k] += more->count[k];
    into->value[k] = (into->value[k] * a + more->value[k] * b) / (a + b);
  }
  into->draws += more->draws;
  into->unasked += more->unasked;
  into->unseen += more->unseen;
  for (guint k = 0; k < runner->outcome->len; k++)
    if (pln_runner_outcome(runner, k)->counted && !isnan(into->value[k]))
      into->value[k] = (double)into->count[k] / (double)into->draws;
}

/* ---- The runner ---- */

void pln_runner_rest(PlnRunner *runner) {
  for (guint t = 0; runner->room && t < runner->options.threads; t++)
    pln_run_room_free(runner->room[t]);
  for (guint t = 0; runner->predictor && t < runner->options.threads; t++)
    pln_predictor_free(runner->predictor[t]);
  g_clear_pointer(&runner->room, g_free);
  g_clear_pointer(&runner->predictor, g_free);
  if (runner->frame)
    g_clear_pointer(&runner->frame->outlook, pln_outlook_free);
}

void pln_runner_free(PlnRunner *runner) {
  if (!runner)
    return;
  pln_runner_rest(runner);
  pln_run_frame_free(runner->frame);
  g_array_unref(runner->outcome);
  g_ptr_array_unref(runner->texts);
  g_free(runner);
}

static gboolean check_options(const PlnScenario *s, PlnRunnerOptions *o, GError **error) {
  if (s->proposals->len == 0 && o->study != PLN_RUN_BARGAIN)
    return pln_asked_fail(error, "the scenario has no proposals; expected one to vote on");
  if (o->proposal >= (int)s->proposals->len || o->stage >= (int)MAX(s->stages->len, 1))
    return pln_asked_fail(error, "the scenario has no such proposal or stage");
  if (!o->electorate && o->study == PLN_RUN_PROJECT)
    return pln_asked_fail(error, "a projection rests on an electorate; expected one");
  if (o->study == PLN_RUN_PROJECT || o->study == PLN_RUN_REPLAY)
    o->proposal = MAX(o->proposal, 0);
  o->threads = MAX(o->threads, 1);
  o->draws = MAX(o->draws, 1);
  return TRUE;
}

PlnRunner *pln_runner_new(const PlnScenario *scenario, const PlnRunnerOptions *options,
                          const GPtrArray *changes, GError **error) {
  static gboolean (*const make[])(PlnRunner *, GError **) = {pln_run_replay_new, pln_run_vote_new,
                                                             pln_run_talks_new, pln_run_ratify_new};
  g_autoptr(PlnRunner) runner = g_new0(PlnRunner, 1);
  runner->options = *options;
  runner->scenario = scenario;
  runner->changes = changes;
  runner->outcome = g_array_new(FALSE, FALSE, sizeof(PlnRunOutcome));
  runner->texts = g_ptr_array_new_with_free_func(g_free);
  if (!check_options(scenario, &runner->options, error))
    return NULL;
  gboolean voted = options->study == PLN_RUN_REPLAY || options->electorate;
  for (guint k = 0; changes && k < changes->len; k++)
    if (!pln_runner_check(scenario, options->study, voted, changes->pdata[k], error))
      return NULL;
  return make[options->study](runner, error) ? g_steal_pointer(&runner) : NULL;
}

const PlnRunnerOptions *pln_runner_asked(const PlnRunner *runner) {
  return &runner->options;
}

const PlnProposal *pln_runner_proposal(const PlnRunner *runner) {
  return runner->proposal;
}

const PlnRuleEntry *pln_runner_rule(const PlnRunner *runner) {
  return runner->rule;
}

gboolean pln_runner_is_stated(const PlnRunner *runner) {
  return runner->options.study != PLN_RUN_PROJECT || runner->stated;
}

PlnStatus pln_runner_weakest(const PlnRunner *runner) {
  return runner->weakest;
}

gboolean pln_runner_run(PlnRunner *runner, guint thread, const PlnChange *const *changes, guint n,
                        guint32 replicate, guint8 *adopted, PlnRunResult *run, GError **error) {
  static gboolean (*const study[])(PlnRunner *, guint, const PlnChange *const *, guint, guint32,
                                   guint8 *, PlnRunResult *, GError **) = {
      pln_runner_replay, pln_runner_vote, pln_runner_talks, pln_runner_ratify};
  gboolean draws = runner->frame != NULL; /* ratify has streams of its own */
  g_return_val_if_fail(thread < runner->options.threads && (!draws || runner->room), FALSE);
  if (draws && ((guint64)replicate + 1) * runner->options.draws > (guint64)1 << 32)
    return pln_asked_fail(error, "%u runs of %u draws each are more than the 4294967296 draws that "
                                 "have numbers of their own; expected fewer",
                          replicate + 1, runner->options.draws);
  return study[runner->options.study](runner, thread, changes, n, replicate, adopted, run, error);
}

/* ---- Seat by seat ---- */

static const PlnRoster *seats_of(const PlnRunner *runner) {
  if (runner->options.study == PLN_RUN_PROJECT)
    return runner->frame->roster;
  return runner->options.study == PLN_RUN_REPLAY ? runner->proposal->roster : NULL;
}

guint pln_runner_seats(const PlnRunner *runner) {
  const PlnRoster *seats = seats_of(runner);
  return seats ? seats->n : 0;
}

const PlnState *pln_runner_seat(const PlnRunner *runner, guint i) {
  return seats_of(runner)->state[i];
}

gboolean pln_runner_chances(PlnRunner *runner, const PlnChange *const *changes, guint n,
                            double *chance, GError **error) {
  const PlnRunFrame *f = runner->frame;
  if (runner->options.study == PLN_RUN_REPLAY)
    return pln_run_replay_chances(runner, changes, n, chance, error);
  if (runner->options.study != PLN_RUN_PROJECT)
    return pln_asked_fail(error, "seat by seat there are chances of project and replay alone");
  if (!pln_run_ask(f, runner->room[0], f->row, changes, n, error) ||
      !pln_run_intervene(f, runner->room[0], changes, n, error))
    return FALSE;
  pln_run_chances(f, runner->room[0], chance);
  return TRUE;
}
