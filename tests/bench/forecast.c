/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Times of a forecast, on one thread: a whip count of the shipped electorate's 193 states, from a
 * fifth of the votes, with 420 earlier roll calls that were drawn from the electorate; a
 * million votes drawn; the chance of adoption, and how long it takes until it is known to
 * 0.001.  scripts/bench-forecast runs it.
 * Usage: bench_forecast DATA      the folder of the shipped tables
 * Prints a name, a blank and a number a line. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "plenary/electorate_file.h"
#include "plenary/load.h"
#include "plenary/outcome.h"
#include "plenary/outlook.h"
#include "plenary/simulate.h"

enum { CALLS = 420, SESSIONS = 5, ASKS = 200, DRAWS = 1000000, CHUNK = 1000, CHANCES = 40 };

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static PlnSimulation *drawn(const PlnElectorate *electorate, guint calls, int session, guint64 seed) {
  PlnSimulateOptions options = {calls, SESSIONS, session, seed, FALSE};
  PlnSimulation *simulation = pln_simulation_new(electorate, &options);
  for (guint j = 0; j < calls; j++)
    pln_simulation_draw(simulation, j);
  return simulation;
}

static void reveal(const PlnVoteMatrix *votes, guint call, guint n, PlnEvidence *evidence) {
  static const guint answer[] = {2, 0, 1};
  for (guint i = 0; i < n; i++) {
    guint8 vote = pln_vote_matrix_row(votes, call)[i];
    gboolean shown = (i + call) % 5 == 0 && vote < PLN_VOTE_X;
    evidence[i] = shown ? pln_evidence_vote(answer[vote]) : (PlnEvidence){.kind = PLN_EVIDENCE_NONE};
  }
}

static void time_asking(PlnPredictor *predictor, const PlnElectorate *e, const PlnVoteMatrix *votes) {
  g_autofree PlnEvidence *evidence = g_new0(PlnEvidence, e->n);
  double start = now();
  for (guint k = 0; k < ASKS; k++) {
    reveal(votes, k % votes->n_calls, e->n, evidence);
    PlnQuestion question = {NULL, PLN_DAY_NONE, 80, evidence, 0};
    pln_prediction_free(pln_predictor_ask(predictor, &question));
  }
  printf("whip_ms %.4f\n", 1e3 * (now() - start) / ASKS);
}

/* A proposal of which a fifth of the votes are known, as a forecast. */
static PlnOutlook *look(const PlnWorld *world, const char *data, PlnPredictor *predictor,
                        const PlnElectorate *e, PlnScenario **scenario) {
  GError *error = NULL;
  g_autofree char *path = g_build_filename(data, "..", "scenarios", "res-74-247", NULL);
  *scenario = pln_scenario_load((PlnWorld *)world, path, &error);
  if (!*scenario)
    g_error("%s", error->message);
  PlnOutlookOptions options = {.electorate = e, .predictor = predictor, .in_sample = TRUE};
  PlnOutlook *outlook = pln_outlook_new(*scenario, 0, NULL, PLN_DAY_NONE, &options, &error);
  if (!outlook)
    g_error("%s", error->message);
  return outlook;
}

static void time_draws(const PlnForecast *forecast) {
  g_autofree double *room = g_new(double, PLN_FORECAST_ROOM(forecast->n_pad, forecast->f));
  g_autofree PlnVote *vote = g_malloc((gsize)CHUNK * forecast->n);
  guint64 yes = 0;
  double start = now();
  for (guint k = 0; k < DRAWS; k += CHUNK) {
    pln_forecast_draw(forecast, 1, 1, k, CHUNK, room, vote);
    yes += vote[0] == PLN_VOTE_Y;
  }
  printf("draws_s %.4f\n", now() - start);
  printf("factors %u\n", forecast->f);
  if (yes > DRAWS)
    puts("impossible");
}

static void time_chance(const PlnOutcomeCase *question) {
  PlnOutcomeOptions options = pln_outcome_options();
  options.threads = 1;
  double error = 0, worst = 0, sum = 0, squares = 0, start = now();
  for (guint k = 0; k < CHANCES; k++) {
    PlnOutcomeResult result = {0};
    options.seed = k + 1;
    pln_outcome_chances(question, &options, &result);
    error += result.adopted.error / CHANCES;
    worst = MAX(worst, result.adopted.error);
    sum += result.adopted.value;
    squares += result.adopted.value * result.adopted.value;
  }
  double each = (now() - start) / CHANCES, mean = sum / CHANCES;
  printf("chance_ms %.3f\n", 1e3 * each);
  printf("chance_error %.5f\n", error);
  printf("chance_spread %.5f\n", sqrt(MAX(squares / CHANCES - mean * mean, 0)));
  printf("chance %.4f\n", mean);
}

int main(int argc, char **argv) {
  GError *error = NULL;
  if (argc != 2)
    return fputs("usage: bench_forecast DATA\n", stderr), 2;
  g_autoptr(PlnWorld) world = pln_world_load(argv[1], &error);
  g_autofree char *path = g_build_filename(argv[1], "positions", "s70-74", NULL);
  g_autoptr(PlnElectorate) e = world ? pln_electorate_load(world, path, &error) : NULL;
  if (!e)
    g_error("%s", error->message);
  PlnSimulation *past = drawn(e, CALLS, 75, 1), *now_on = drawn(e, 100, 80, 2);
  g_autoptr(PlnRecurrence) recurrence =
      pln_recurrence_new(past->matrix, 75, 79, e->n, (const char *const *)e->code);
  g_autoptr(PlnPredictor) predictor = pln_predictor_new(e, recurrence, &error);
  g_autoptr(PlnPredictor) alone = pln_predictor_new(e, NULL, &error);
  time_asking(predictor, e, now_on->matrix);
  PlnScenario *scenario = NULL;
  g_autoptr(PlnOutlook) outlook = look(world, argv[1], alone, e, &scenario);
  time_draws(&outlook->forecast);
  const PlnRuleEntry *rule = pln_world_rule(world, "ga-simple-majority");
  time_chance(&(PlnOutcomeCase){.forecast = &outlook->forecast, .rule = &rule->rule});
  pln_scenario_free(scenario);
  pln_simulation_free(past);
  pln_simulation_free(now_on);
  return 0;
}
