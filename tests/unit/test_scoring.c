/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scorings: which rows there are, how far each is behind, and that nothing else changes them. */
#include "plenary/scoring.h"

#include <math.h>
#include <signal.h>
#include <string.h>

#include "made_cells.h"
#include "plenary/error.h"
#include "suite.h"

enum { STATES = 40, CALLS = 150 };

static PlnEstimateOptions options_of(PlnFitKind kind, guint dimensions) {
  PlnEstimateOptions o = pln_estimate_options();
  o.fit = pln_fit_options(kind);
  o.fit.space.dimensions = dimensions;
  o.fit.space.period = o.fit.space.width_dimensions = 0;
  o.fit.space.penalty = 2;
  o.fit.space.threads = o.fit.posterior.threads = 1;
  o.fit.posterior.draws = o.fit.posterior.burn_in = 100;
  o.fit.posterior.thin = 1;
  return o;
}

static PlnVoteMatrix *votes_of(guint d) {
  MadeVotes how = {.n_states = STATES,
                   .n_calls = CALLS,
                   .d = d,
                   .n_sessions = 3,
                   .size = 1.8,
                   .absent = 0.1,
                   .replicate = 6};
  PlnVoteMatrix *matrix = made_votes(&how, NULL);
  for (guint i = 0; i < STATES; i++)
    matrix->voter[i].group = i % 5 == 4 ? "" : i % 2 ? "odd" : "even";
  return matrix;
}

static PlnScoring *scoring_of(const PlnVoteMatrix *matrix, const PlnEstimateOptions *options) {
  g_autoptr(GError) error = NULL;
  guint8 *hide = pln_holdout_draw(matrix, 0.15, 2);
  PlnScoring *s = pln_scoring_new(matrix, options, hide, NULL, &error);
  CU_ASSERT_PTR_NULL(error);
  CU_ASSERT_PTR_NOT_NULL_FATAL(s);
  return s;
}

static const PlnScoringRow *row_of(const PlnScoring *s, guint k) {
  return &g_array_index(s->rows, PlnScoringRow, k);
}

static gboolean names_are(const PlnScoring *s, const char *const *names) {
  for (guint k = 0; k < s->rows->len; k++)
    if (!names[k] || strcmp(row_of(s, k)->name, names[k]) != 0)
      return FALSE;
  return names[s->rows->len] == NULL;
}

/* The model asked for, the scale unless it is that one, and what needs no positions. */
static void test_rows(void) {
  static const char *const shares[] = {"shares within the group", "shares of the roll call"};
  static const char *const models[] = {"scale, 1 dimension", "drift, 1 dimension",
                                       "posterior, 1 dimension", "space, 2 dimensions"};
  g_autoptr(PlnVoteMatrix) matrix = votes_of(1);
  for (guint kind = PLN_FIT_SCALE; kind <= PLN_FIT_SPACE; kind++) {
    const char *const line[] = {models[0], shares[0], shares[1], NULL};
    const char *const others[] = {models[kind], models[0], shares[0], shares[1], NULL};
    PlnEstimateOptions o = options_of(kind, 2);
    g_autoptr(PlnScoring) s = scoring_of(matrix, &o);
    CU_ASSERT_TRUE(names_are(s, kind == PLN_FIT_SCALE ? line : others));
    for (guint k = 0; k < s->rows->len; k++) {
      CU_ASSERT_EQUAL(row_of(s, k)->score.n, s->holdout->n_hidden); /* all see the same cells */
      CU_ASSERT_TRUE(isfinite(row_of(s, k)->score.log_score));
    }
    CU_ASSERT_TRUE(row_of(s, s->rows->len - 1)->score.log_score > row_of(s, 0)->score.log_score);
  }
}

static void test_behind(void) {
  g_autoptr(PlnVoteMatrix) matrix = votes_of(2);
  PlnEstimateOptions o = options_of(PLN_FIT_SPACE, 2);
  g_autoptr(PlnScoring) s = scoring_of(matrix, &o);
  const PlnCells *truth = s->holdout->truth;
  g_autofree float *chance = g_new(float, (gsize)truth->n_calls * truth->n_states * 3);
  pln_holdout_shares(s->holdout, NULL, chance);
  double sum = 0;
  for (gsize c = 0; c < (gsize)truth->n_calls * truth->n_states; c++)
    if (s->holdout->hidden[c])
      sum -= log(chance[c * 3 + truth->answer[c]]) - log(s->asked[c * 3 + truth->answer[c]]);
  const PlnScoringRow *last = row_of(s, 3);
  CU_ASSERT_TRUE(row_of(s, 0)->behind == 0 && row_of(s, 0)->error == 0);
  CU_ASSERT_DOUBLE_EQUAL(last->behind, sum / (double)s->holdout->n_hidden, 1e-6);
  CU_ASSERT_EQUAL(last->behind, last->score.log_score - row_of(s, 0)->score.log_score);
  CU_ASSERT_EQUAL(last->error, pln_holdout_error(s->holdout, chance, s->asked));
  CU_ASSERT_TRUE(last->behind > 3 * last->error);
  CU_ASSERT_TRUE(row_of(s, 1)->behind > 2 * row_of(s, 1)->error); /* two dimensions beat one */
}

static void test_apart(void) {
  g_autoptr(PlnVoteMatrix) matrix = votes_of(1);
  PlnEstimateOptions o = options_of(PLN_FIT_SCALE, 1);
  g_autoptr(PlnScoring) s = scoring_of(matrix, &o);
  const PlnCells *truth = s->holdout->truth;
  gsize states = 0, calls = 0, sessions = 0, bins = 0, hits = 0;
  for (guint i = 0; i < truth->n_states; i++)
    states += s->by_state[i].n;
  for (guint j = 0; j < truth->n_calls; j++)
    calls += s->by_call[j].n;
  for (guint k = 0; k < truth->n_sessions; k++)
    sessions += s->by_session[k].n;
  for (guint k = 0; k < PLN_RELIABILITY_BINS; k++) {
    bins += s->reliability.n[k];
    hits += s->reliability.hits[k];
  }
  CU_ASSERT_TRUE(states == s->holdout->n_hidden && calls == states && sessions == states);
  CU_ASSERT_TRUE(bins == 3 * states && hits == states);
  CU_ASSERT_TRUE(s->n_surprises > 0 && s->surprise[0].chance <= s->surprise[1].chance);
  CU_ASSERT_EQUAL(
      s->holdout->hidden[(gsize)s->surprise[0].call * truth->n_states + s->surprise[0].state], 1);
}

static void test_groups(void) {
  g_autoptr(PlnVoteMatrix) matrix = votes_of(1);
  PlnEstimateOptions o = options_of(PLN_FIT_SPACE, 1);
  g_autoptr(PlnScoring) without = scoring_of(matrix, &o);
  o.groups = TRUE;
  g_autoptr(PlnScoring) with = scoring_of(matrix, &o);
  CU_ASSERT_EQUAL(with->n_groups, 2);
  CU_ASSERT_TRUE(with->group[0] == 0 && with->group[1] == 1 && with->group[4] == -1);
  CU_ASSERT_TRUE(row_of(with, 0)->score.log_score != row_of(without, 0)->score.log_score);
  CU_ASSERT_EQUAL(row_of(with, 2)->score.log_score, row_of(without, 2)->score.log_score);
}

/* A model that has not settled says so, in its row alone. */
static void test_words(void) {
  g_autoptr(PlnVoteMatrix) matrix = votes_of(1);
  PlnEstimateOptions o = options_of(PLN_FIT_SPACE, 2);
  o.fit.space.rounds = 1;
  g_autoptr(PlnScoring) s = scoring_of(matrix, &o);
  CU_ASSERT_PTR_NOT_NULL(row_of(s, 0)->words);
  CU_ASSERT_PTR_NULL(row_of(s, 3)->words);
}

/* Bytes of the chances: of threads and of what was voted in the hidden cells independent. */
static void test_independent(void) {
  g_autoptr(PlnVoteMatrix) matrix = votes_of(1), other = votes_of(1);
  g_autofree guint8 *hide = pln_holdout_draw(matrix, 0.15, 2);
  for (gsize k = 0; k < (gsize)STATES * CALLS; k++)
    if (hide[k])
      other->vote[k] = PLN_VOTE_A - matrix->vote[k]; /* yes for abstain */
  PlnEstimateOptions o = options_of(PLN_FIT_SPACE, 3);
  o.cells.lopsided = 0;
  g_autoptr(PlnScoring) one = scoring_of(matrix, &o), turned = scoring_of(other, &o);
  o.fit.space.threads = 3;
  g_autoptr(PlnScoring) three = scoring_of(matrix, &o);
  gsize bytes = sizeof(float) * STATES * CALLS * 3;
  CU_ASSERT_EQUAL(memcmp(one->asked, three->asked, bytes), 0);
  CU_ASSERT_EQUAL(memcmp(one->asked, turned->asked, bytes), 0);
  for (guint k = 0; k < one->rows->len; k++) {
    CU_ASSERT_EQUAL(memcmp(&row_of(one, k)->score, &row_of(three, k)->score, sizeof(PlnMeasures)), 0);
    CU_ASSERT_TRUE(row_of(one, k)->score.log_score != row_of(turned, k)->score.log_score);
  }
}

/* A state and a roll call of which every vote is hidden; and nearly everything. */
static void test_degenerate(void) {
  g_autoptr(PlnVoteMatrix) matrix = votes_of(1);
  for (guint kind = PLN_FIT_SCALE; kind <= PLN_FIT_SPACE; kind++)
    for (guint which = 0; which < 3; which++) {
      guint8 *hide = which == 0 ? g_new0(guint8, STATES * CALLS) : pln_holdout_draw(matrix, 0.95, 1);
      for (gsize k = 0; k < (gsize)STATES * CALLS; k++)
        hide[k] |= which == 2 || (which == 0 && (k % STATES == 3 || k / STATES == 50));
      PlnEstimateOptions o = options_of(kind, 2);
      o.cells.lopsided = 0;
      o.groups = TRUE;
      g_autoptr(GError) error = NULL;
      g_autoptr(PlnScoring) s = pln_scoring_new(matrix, &o, hide, NULL, &error);
      CU_ASSERT_PTR_NOT_NULL_FATAL(s);
      CU_ASSERT_TRUE(isfinite(row_of(s, 0)->score.log_score) && isfinite(row_of(s, 1)->behind));
    }
}

static gboolean refused(const PlnVoteMatrix *matrix, const PlnEstimateOptions *options,
                        guint8 *hide, const char *words) {
  g_autoptr(GError) error = NULL;
  g_autoptr(PlnScoring) s = pln_scoring_new(matrix, options, hide, NULL, &error);
  if (!s && g_error_matches(error, PLN_ERROR, PLN_ERROR_DATA) && strcmp(error->message, words) == 0)
    return TRUE;
  printf("\n  expected %s\n  got %s\n", words, error ? error->message : "a scoring");
  return FALSE;
}

/* No roll call that enters, or nothing hidden in one. */
static void test_nothing(void) {
  static const char *const rows[] = {"YYYY", "YNYN"};
  g_autoptr(PlnVoteMatrix) matrix = made_matrix(rows, NULL, 2), empty = pln_vote_matrix_new(0, 0);
  PlnEstimateOptions o = options_of(PLN_FIT_SCALE, 1);
  guint8 *none = g_new0(guint8, 8), *outside = g_new0(guint8, 8), *nobody = g_new0(guint8, 1);
  outside[1] = 1;
  const char *one =
      "nothing to score: no hidden vote lies in the 1 roll calls that enter (--sessions, "
      "--lopsided); expected at least one";
  CU_ASSERT_TRUE(refused(matrix, &o, none, one));
  CU_ASSERT_TRUE(refused(matrix, &o, outside, one));
  CU_ASSERT_TRUE(
      refused(empty, &o, nobody,
              "nothing to score: no hidden vote lies in the 0 roll calls that enter (--sessions, "
              "--lopsided); expected at least one"));
  pln_scoring_free(NULL);
}

/* An electorate of the first two sessions. */
static PlnElectorate *electorate_of(const PlnVoteMatrix *matrix) {
  g_autoptr(PlnWorld) world = pln_world_new(NULL);
  PlnEstimateOptions o = options_of(PLN_FIT_SPACE, 2);
  o.cells.to = 61;
  o.samples = 0;
  g_autoptr(PlnEstimate) e = pln_estimate_new(matrix, world, &o, NULL, NULL);
  CU_ASSERT_PTR_NOT_NULL_FATAL(e);
  return pln_estimate_electorate(e, "", "", "");
}

static PlnScoring *score(const PlnVoteMatrix *matrix, const PlnElectorate *electorate,
                         const PlnEstimateOptions *options, gboolean in_sample, GError **error) {
  guint8 *hide = pln_holdout_draw(matrix, 0.3, 2);
  return pln_scoring_of_electorate(matrix, electorate, options, hide, in_sample, error);
}

static void test_electorate(void) {
  g_autoptr(PlnVoteMatrix) matrix = votes_of(1);
  g_autoptr(PlnElectorate) electorate = electorate_of(matrix);
  PlnEstimateOptions o = options_of(PLN_FIT_SPACE, 2);
  o.cells.from = 62;
  g_autoptr(GError) error = NULL;
  g_autoptr(PlnScoring) s = score(matrix, electorate, &o, FALSE, &error);
  CU_ASSERT_PTR_NOT_NULL_FATAL(s);
  static const char *const names[] = {"electorate, 2 dimensions", "shares within the group",
                                      "shares of the roll call", NULL};
  CU_ASSERT_TRUE(names_are(s, names));
  CU_ASSERT_EQUAL(s->unknown, 0);
  CU_ASSERT_TRUE(row_of(s, 2)->behind > 2 * row_of(s, 2)->error);
  o.cells.from = -1;
  g_autoptr(PlnScoring) inside = score(matrix, electorate, &o, TRUE, &error);
  CU_ASSERT_PTR_NOT_NULL_FATAL(inside);
  CU_ASSERT_TRUE(inside->holdout->n_hidden > s->holdout->n_hidden && !error);
}

/* A voter that it does not know has the shares of the roll call. */
static void test_electorate_unknown(void) {
  g_autoptr(PlnVoteMatrix) matrix = votes_of(1);
  g_autoptr(PlnElectorate) electorate = electorate_of(matrix);
  matrix->voter[STATES - 1].code = "W00";
  PlnEstimateOptions o = options_of(PLN_FIT_SPACE, 2);
  o.cells.from = 62;
  g_autoptr(PlnScoring) s = score(matrix, electorate, &o, FALSE, NULL);
  CU_ASSERT_PTR_NOT_NULL_FATAL(s);
  CU_ASSERT_EQUAL(s->unknown, 1);
  gsize cells = (gsize)s->holdout->seen->n_calls * STATES;
  g_autofree float *chance = g_new(float, cells * 3);
  pln_holdout_shares(s->holdout, NULL, chance);
  for (gsize c = STATES - 1; c < cells; c += STATES)
    CU_ASSERT_EQUAL(memcmp(chance + c * 3, s->asked + c * 3, sizeof(float) * 3), 0);
}

static void test_electorate_refused(void) {
  g_autoptr(PlnVoteMatrix) matrix = votes_of(1);
  g_autoptr(PlnElectorate) electorate = electorate_of(matrix);
  PlnEstimateOptions o = options_of(PLN_FIT_SPACE, 2);
  g_autoptr(GError) seen = NULL, classes = NULL, nothing = NULL;
  CU_ASSERT_PTR_NULL(score(matrix, electorate, &o, FALSE, &seen));
  CU_ASSERT_TRUE(g_error_matches(seen, PLN_ERROR, PLN_ERROR_DATA));
  CU_ASSERT_PTR_NOT_NULL(strstr(seen->message, "(sessions 60 to 61)"));
  o.cells.classes = 2;
  CU_ASSERT_PTR_NULL(score(matrix, electorate, &o, TRUE, &classes));
  CU_ASSERT_TRUE(g_error_matches(classes, PLN_ERROR, PLN_ERROR_USAGE));
  o.cells.from = 90;
  CU_ASSERT_PTR_NULL(score(matrix, electorate, &o, TRUE, &nothing));
  CU_ASSERT_TRUE(g_error_matches(nothing, PLN_ERROR, PLN_ERROR_DATA));
}

/* The last test: the flag stays. */
static void test_interrupted(void) {
  g_autoptr(PlnVoteMatrix) matrix = votes_of(1);
  g_autoptr(GError) error = NULL;
  PlnEstimateOptions o = options_of(PLN_FIT_SPACE, 1);
  pln_progress_catch();
  raise(SIGINT);
  CU_ASSERT_PTR_NULL(pln_scoring_new(matrix, &o, pln_holdout_draw(matrix, 0.1, 1), NULL, &error));
  CU_ASSERT_TRUE(g_error_matches(error, PLN_ERROR, PLN_ERROR_FAILED));
}

int main(void) {
  CU_TestInfo tests[] = {{"rows", test_rows},
                         {"behind", test_behind},
                         {"apart", test_apart},
                         {"groups", test_groups},
                         {"words", test_words},
                         {"independent", test_independent},
                         {"degenerate", test_degenerate},
                         {"nothing", test_nothing},
                         {"electorate", test_electorate},
                         {"electorate unknown", test_electorate_unknown},
                         {"electorate refused", test_electorate_refused},
                         {"interrupted", test_interrupted},
                         CU_TEST_INFO_NULL};
  return suite_run("scoring", tests);
}
