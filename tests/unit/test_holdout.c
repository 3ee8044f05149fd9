/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scores out of sample: what is hidden stays hidden, and the figures are as by hand. */
#include "plenary/holdout.h"

#include <math.h>
#include <signal.h>
#include <string.h>

#include "made_cells.h"
#include "plenary/error.h"
#include "suite.h"

static const PlnCellsOptions all_calls = {3, 0, -1, -1, NULL}, contested = {3, 0.025, -1, -1, NULL};

static PlnVoteMatrix *votes_of(guint d, guint replicate) {
  MadeVotes how = {.n_states = 40,
                   .n_calls = 150,
                   .d = d,
                   .n_sessions = 3,
                   .size = 1.8,
                   .absent = 0.1,
                   .replicate = replicate};
  return made_votes(&how, NULL);
}

static PlnFitOptions options_of(PlnFitKind kind, guint dimensions) {
  PlnFitOptions o = pln_fit_options(kind);
  o.space.dimensions = dimensions;
  o.space.period = 0;
  o.space.penalty = 2;
  o.space.width_dimensions = 0;
  o.space.threads = o.posterior.threads = 1;
  o.posterior.draws = o.posterior.burn_in = 50;
  o.posterior.thin = 1;
  return o;
}

static void test_draw(void) {
  g_autoptr(PlnVoteMatrix) matrix = votes_of(1, 1);
  gsize cells = (gsize)matrix->n_calls * matrix->n_voters, votes = 0, hidden = 0;
  g_autofree guint8 *hide = pln_holdout_draw(matrix, 0.2, 7),
                    *again = pln_holdout_draw(matrix, 0.2, 7),
                    *other = pln_holdout_draw(matrix, 0.2, 8),
                    *none = pln_holdout_draw(matrix, 0, 7), *every = pln_holdout_draw(matrix, 1, 7);
  for (gsize k = 0; k < cells; k++) {
    gboolean vote = matrix->vote[k] <= PLN_VOTE_A;
    votes += vote;
    hidden += hide[k];
    CU_ASSERT_TRUE(hide[k] <= vote && none[k] == 0 && every[k] == vote);
  }
  CU_ASSERT_DOUBLE_EQUAL((double)hidden / (double)votes, 0.2, 0.03); /* five standard errors */
  CU_ASSERT_EQUAL(memcmp(hide, again, cells), 0);
  CU_ASSERT_NOT_EQUAL(memcmp(hide, other, cells), 0);
  for (gsize k = 0; k < cells; k++) /* what was voted decides nothing */
    matrix->vote[k] = matrix->vote[k] <= PLN_VOTE_A ? PLN_VOTE_Y : matrix->vote[k];
  g_autofree guint8 *alike = pln_holdout_draw(matrix, 0.2, 7);
  CU_ASSERT_EQUAL(memcmp(hide, alike, cells), 0);
}

static void test_by_hand(void) {
  static const char *const rows[] = {"YNA-", "YYYX", "XXNA", "NYYY"};
  g_autoptr(PlnVoteMatrix) matrix = made_matrix(rows, NULL, 4);
  guint8 hide[16] = {0, 1, 0, 1, 1, 1, 1, 1,
                     1, 0, 1, 0, 0, 0, 0, 0}; /* also what is no vote, or not in */
  g_autoptr(PlnHoldout) h = pln_holdout_new(matrix, &contested, hide);
  static const guint8 hidden[] = {0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
  CU_ASSERT_EQUAL_FATAL(h->truth->n_calls, 2); /* the second is of one answer; the third has no yes */
  CU_ASSERT_EQUAL(h->seen->n_calls, 2);
  CU_ASSERT_EQUAL(memcmp(h->hidden, hidden, 8), 0);
  CU_ASSERT_EQUAL(h->n_hidden, 1);
  CU_ASSERT_EQUAL(h->seen->seen + h->n_hidden, h->truth->seen);
  CU_ASSERT_EQUAL(h->seen->answer[1], PLN_ANSWER_NONE);
  CU_ASSERT_EQUAL(h->truth->answer[1], 0);
  float chance[24] = {0};
  PlnScored scored = pln_holdout_scored(h, chance);
  CU_ASSERT_TRUE(scored.answer == h->truth->answer && scored.which == h->hidden &&
                 scored.chance == chance && scored.n_states == 4 && scored.n_calls == 2 &&
                 scored.classes == 3);
  pln_holdout_free(NULL);
}

/* Whatever the hidden answers are, every fit has the same bytes. */
static void test_nothing_enters(void) {
  static const PlnFitKind kinds[] = {PLN_FIT_SCALE, PLN_FIT_DRIFT, PLN_FIT_POSTERIOR, PLN_FIT_SPACE};
  g_autoptr(PlnVoteMatrix) matrix = votes_of(1, 2);
  g_autoptr(PlnVoteMatrix) other = votes_of(1, 2);
  g_autofree guint8 *hide = pln_holdout_draw(matrix, 0.2, 1);
  gsize cells = (gsize)matrix->n_calls * matrix->n_voters;
  for (gsize k = 0; k < cells; k++)
    if (hide[k])
      other->vote[k] = PLN_VOTE_A - matrix->vote[k]; /* yes for abstain; the rule keeps all */
  g_autoptr(PlnHoldout) a = pln_holdout_new(matrix, &all_calls, hide);
  g_autoptr(PlnHoldout) b = pln_holdout_new(other, &all_calls, hide);
  gsize in = (gsize)a->seen->n_calls * a->seen->n_states;
  CU_ASSERT_EQUAL_FATAL(b->seen->n_calls, a->seen->n_calls);
  CU_ASSERT_EQUAL(memcmp(a->seen->answer, b->seen->answer, in), 0);
  CU_ASSERT_NOT_EQUAL(memcmp(a->truth->answer, b->truth->answer, in), 0);
  g_autofree float *shares = g_new(float, in * 3), *others = g_new(float, in * 3);
  pln_holdout_shares(a, NULL, shares);
  pln_holdout_shares(b, NULL, others);
  CU_ASSERT_EQUAL(memcmp(shares, others, sizeof(float) * in * 3), 0);
  for (guint k = 0; k < G_N_ELEMENTS(kinds); k++) {
    PlnFitOptions o = options_of(kinds[k], 2);
    g_autoptr(PlnFit) one = pln_fit_new(a->seen, &o, NULL, NULL);
    g_autoptr(PlnFit) two = pln_fit_new(b->seen, &o, NULL, NULL);
    CU_ASSERT_EQUAL(memcmp(one->chance, two->chance, sizeof(float) * in * 3), 0);
  }
}

/* Which roll calls and states enter does not depend on what is hidden. */
static void test_what_enters(void) {
  g_autoptr(PlnVoteMatrix) matrix = votes_of(1, 3);
  memset(pln_vote_matrix_row(matrix, 4), PLN_VOTE_Y, matrix->n_voters);
  g_autoptr(PlnHoldout) plain = pln_holdout_new(matrix, &contested, NULL);
  CU_ASSERT_EQUAL(plain->n_hidden, 0);
  CU_ASSERT_TRUE(plain->truth->n_calls < matrix->n_calls);
  for (guint k = 1; k <= 5; k++) {
    g_autofree guint8 *hide = pln_holdout_draw(matrix, 0.2 * k, k); /* the last one: everything */
    g_autoptr(PlnHoldout) h = pln_holdout_new(matrix, &contested, hide);
    CU_ASSERT_EQUAL_FATAL(h->seen->n_calls, plain->truth->n_calls);
    CU_ASSERT_EQUAL_FATAL(h->seen->n_states, plain->truth->n_states);
    CU_ASSERT_EQUAL(memcmp(h->seen->call, plain->truth->call, sizeof(guint) * h->seen->n_calls), 0);
    CU_ASSERT_EQUAL(memcmp(h->seen->state, plain->truth->state, sizeof(guint) * h->seen->n_states),
                    0);
    CU_ASSERT_EQUAL(
        memcmp(h->truth->answer, plain->truth->answer, (gsize)h->seen->n_calls * h->seen->n_states),
        0);
    CU_ASSERT_TRUE(k < 5 || h->seen->seen == 0);
  }
}

static gboolean is_chance(const float *chance, double no, double abstain, double yes) {
  return fabs((double)chance[0] - no) < 1e-6 && fabs((double)chance[1] - abstain) < 1e-6 &&
         fabs((double)chance[2] - yes) < 1e-6;
}

static void test_shares(void) {
  static const char *const rows[] = {"YYNAN", "NAYYX"};
  static const int group[] = {0, 0, 1, 1, -1};
  g_autoptr(PlnVoteMatrix) matrix = made_matrix(rows, NULL, 2);
  guint8 hide[10] = {0, 1, 0, 0, 0, 1, 1, 1, 1, 0}; /* of the second roll call nothing is left */
  g_autoptr(PlnHoldout) h = pln_holdout_new(matrix, &contested, hide);
  float chance[30];
  pln_holdout_shares(h, NULL, chance); /* Y N A N and a third of each */
  for (guint i = 0; i < 5; i++) {
    CU_ASSERT_TRUE(is_chance(chance + 3 * i, 7.0 / 15, 4.0 / 15, 4.0 / 15));
    CU_ASSERT_TRUE(is_chance(chance + 15 + 3 * i, 1.0 / 3, 1.0 / 3, 1.0 / 3));
  }
  pln_holdout_shares(h, group, chance);
  CU_ASSERT_TRUE(is_chance(chance, 7.0 / 30, 4.0 / 30, 19.0 / 30)); /* Y and one of all */
  CU_ASSERT_TRUE(is_chance(chance + 3, 7.0 / 30, 4.0 / 30, 19.0 / 30));
  CU_ASSERT_TRUE(is_chance(chance + 6, 22.0 / 45, 19.0 / 45, 4.0 / 45)); /* N, A and one of all */
  CU_ASSERT_TRUE(is_chance(chance + 12, 7.0 / 15, 4.0 / 15, 4.0 / 15));  /* in none: of all */
  CU_ASSERT_TRUE(is_chance(chance + 15, 1.0 / 3, 1.0 / 3, 1.0 / 3));
}

static void test_shares_of_two(void) {
  static const char *const rows[] = {"YYNA"};
  g_autoptr(PlnVoteMatrix) matrix = made_matrix(rows, NULL, 1);
  PlnCellsOptions two = {2, 0, -1, -1, NULL};
  g_autoptr(PlnHoldout) h = pln_holdout_new(matrix, &two, NULL);
  float chance[8];
  pln_holdout_shares(h, NULL, chance);
  CU_ASSERT_DOUBLE_EQUAL(chance[0], 0.5, 1e-6);
  CU_ASSERT_DOUBLE_EQUAL(chance[7], 0.5, 1e-6);
}

static void test_groups(void) {
  static const char *const rows[] = {"YNYNX", "NYXXX"};
  static const char *const names[] = {"west", "", "east", "west", "south"};
  static const int expected[] = {0, -1, 1, 0};
  g_autoptr(PlnVoteMatrix) matrix = made_matrix(rows, NULL, 2);
  for (guint i = 0; i < 5; i++)
    matrix->voter[i].group = names[i];
  g_autoptr(PlnCells) cells = pln_cells_new(matrix, &contested);
  g_autoptr(GPtrArray) found = g_ptr_array_new();
  g_autofree int *group = pln_holdout_groups(matrix, cells, found);
  CU_ASSERT_EQUAL_FATAL(cells->n_states, 4); /* the south never answered */
  CU_ASSERT_EQUAL(memcmp(group, expected, sizeof expected), 0);
  CU_ASSERT_EQUAL_FATAL(found->len, 2);
  CU_ASSERT_STRING_EQUAL(found->pdata[1], "east");
}

static void test_reliability(void) {
  static const guint8 answer[] = {2, 0, PLN_ANSWER_NONE, 1}, which[] = {1, 1, 1, 0};
  static const float chance[] = {0, 0.25f, 0.75f, 0.5f, 0.25f, 0.25f, 1, 0, 0, 0, 1, 0};
  PlnScored scored = {4, 1, 3, answer, which, chance};
  PlnReliability r = pln_holdout_reliability(&scored);
  static const gsize n[] = {1, 0, 3, 0, 0, 1, 0, 1, 0, 0}, hits[] = {0, 0, 0, 0, 0, 1, 0, 1, 0, 0};
  CU_ASSERT_EQUAL(memcmp(r.n, n, sizeof n), 0);
  CU_ASSERT_EQUAL(memcmp(r.hits, hits, sizeof hits), 0);
  CU_ASSERT_EQUAL(r.sum[2], 0.75);
  CU_ASSERT_EQUAL(r.sum[7], 0.75);
  scored.which = NULL; /* the certain one comes in, in the last bin */
  r = pln_holdout_reliability(&scored);
  CU_ASSERT_TRUE(r.n[9] == 1 && r.hits[9] == 1 && r.sum[9] == 1 && r.n[0] == 3);
}

/* Two roll calls, two cells hidden in the one and one in the other; a third has none. */
static void test_error(void) {
  static const char *const rows[] = {"YNY", "NYY", "YNN"};
  g_autoptr(PlnVoteMatrix) matrix = made_matrix(rows, NULL, 3);
  guint8 hide[9] = {1, 1, 0, 1, 0, 0, 0, 0, 0};
  g_autoptr(PlnHoldout) h = pln_holdout_new(matrix, &contested, hide);
  float chance[27], even[27];
  for (guint k = 0; k < 27; k++)
    chance[k] = even[k] = 1.0f / 3;
  chance[2] = 0.5f;   /* yes */
  chance[3] = 0.25f;  /* no */
  chance[9] = 0.125f; /* no */
  double first = log(2) + log(4), second = log(8), mean = (first + second) / 3;
  double squares = pow(first - 2 * mean, 2) + pow(second - mean, 2);
  CU_ASSERT_DOUBLE_EQUAL(pln_holdout_error(h, chance, NULL), sqrt(squares * 2) / 3, 1e-7);
  CU_ASSERT_DOUBLE_EQUAL(pln_holdout_error(h, even, NULL), 0, 1e-7); /* they differ in number alone */
  CU_ASSERT_EQUAL(pln_holdout_error(h, chance, chance), 0);
  double less = first - 2 * log(3), least = second - log(3), apart = (less + least) / 3;
  squares = pow(less - 2 * apart, 2) + pow(least - apart, 2);
  CU_ASSERT_DOUBLE_EQUAL(pln_holdout_error(h, chance, even), sqrt(squares * 2) / 3, 1e-7);
  chance[9] = 0; /* ruled out, and yet finite: as in the score */
  PlnScored scored = pln_holdout_scored(h, chance);
  first += 149 * log(2);
  CU_ASSERT_DOUBLE_EQUAL(pln_measures(&scored).log_score, first / 3, 1e-6);
  first -= 149 * log(2), second = 149 * log(2), mean = (first + second) / 3;
  squares = pow(first - 2 * mean, 2) + pow(second - mean, 2);
  CU_ASSERT_DOUBLE_EQUAL(pln_holdout_error(h, chance, NULL), sqrt(squares * 2) / 3, 1e-5);
}

/* From one roll call, or none, no error is known. */
static void test_no_error(void) {
  static const char *const rows[] = {"YNY", "NYY"};
  g_autoptr(PlnVoteMatrix) matrix = made_matrix(rows, NULL, 2);
  guint8 hide[6] = {1, 1};
  float chance[18] = {0};
  g_autoptr(PlnHoldout) one = pln_holdout_new(matrix, &contested, hide);
  g_autoptr(PlnHoldout) none = pln_holdout_new(matrix, &contested, NULL);
  CU_ASSERT_TRUE(isnan(pln_holdout_error(one, chance, NULL)));
  CU_ASSERT_TRUE(isnan(pln_holdout_error(none, chance, NULL)));
}

static GArray *ladder_of(guint d, guint64 seed, guint *best) {
  g_autoptr(PlnVoteMatrix) matrix = votes_of(d, 4);
  g_autofree guint8 *hide = pln_holdout_draw(matrix, 0.2, 1);
  g_autoptr(PlnHoldout) h = pln_holdout_new(matrix, &contested, hide);
  PlnFitOptions o = options_of(PLN_FIT_SCALE, 50); /* neither is looked at */
  o.space.seed = seed;
  g_autoptr(PlnProgress) progress = pln_progress_new(-1, "fitting", PLN_LADDER_RUNGS);
  GArray *rungs = pln_holdout_ladder(h, &o, progress, best, NULL);
  CU_ASSERT_PTR_NOT_NULL_FATAL(rungs);
  return rungs;
}

static void test_ladder(void) {
  for (guint d = 1; d <= 3; d++) {
    guint best = 0, again = 0;
    g_autoptr(GArray) rungs = ladder_of(d, 1, &best), same = ladder_of(d, 1, &again);
    CU_ASSERT_EQUAL(best, d);
    CU_ASSERT_EQUAL(again, best);
    CU_ASSERT_EQUAL_FATAL(rungs->len, same->len);
    CU_ASSERT_TRUE(rungs->len >= d + 2 && rungs->len <= PLN_LADDER_RUNGS);
    guint least = 0;
    for (guint k = 0; k < rungs->len; k++) {
      const PlnRung *rung = &g_array_index(rungs, PlnRung, k),
                    *twin = &g_array_index(same, PlnRung, k);
      CU_ASSERT_EQUAL(memcmp(&rung->score, &twin->score, sizeof(PlnMeasures)), 0);
      CU_ASSERT_EQUAL(rung->error, twin->error);
      CU_ASSERT_TRUE(rung->error > 0 && rung->score.n > 0 && rung->score.log_score < 1.2);
      CU_ASSERT_TRUE(k > 3 || rung->dimensions == k + 1);
      if (rung->score.log_score < g_array_index(rungs, PlnRung, least).score.log_score)
        least = k;
    }
    CU_ASSERT_EQUAL(rungs->len, least + 3); /* two in a row were no better */
  }
}

/* Nothing hidden: nothing tells dimensions apart, and the fewest are enough. */
static void test_ladder_of_nothing(void) {
  g_autoptr(PlnVoteMatrix) matrix = votes_of(1, 5);
  g_autoptr(PlnHoldout) h = pln_holdout_new(matrix, &contested, NULL);
  PlnFitOptions o = options_of(PLN_FIT_SPACE, 1);
  guint best = 0;
  g_autoptr(GArray) rungs = pln_holdout_ladder(h, &o, NULL, &best, NULL);
  CU_ASSERT_TRUE(best == 1 && rungs->len == 2);
  CU_ASSERT_TRUE(isnan(g_array_index(rungs, PlnRung, 0).score.log_score));
}

/* The last test: the flag stays. */
static void test_interrupted(void) {
  g_autoptr(PlnVoteMatrix) matrix = votes_of(1, 5);
  g_autoptr(PlnHoldout) h = pln_holdout_new(matrix, &contested, NULL);
  g_autoptr(GError) error = NULL;
  PlnFitOptions o = options_of(PLN_FIT_SPACE, 1);
  guint best = 9;
  pln_progress_catch();
  raise(SIGINT);
  CU_ASSERT_PTR_NULL(pln_holdout_ladder(h, &o, NULL, &best, &error));
  CU_ASSERT_TRUE(g_error_matches(error, PLN_ERROR, PLN_ERROR_FAILED));
  CU_ASSERT_EQUAL(best, 9);
}

int main(void) {
  CU_TestInfo tests[] = {{"draw", test_draw},
                         {"by hand", test_by_hand},
                         {"nothing enters", test_nothing_enters},
                         {"what enters", test_what_enters},
                         {"shares", test_shares},
                         {"shares of two", test_shares_of_two},
                         {"groups", test_groups},
                         {"reliability", test_reliability},
                         {"error", test_error},
                         {"no error", test_no_error},
                         {"ladder", test_ladder},
                         {"ladder of nothing", test_ladder_of_nothing},
                         {"interrupted", test_interrupted},
                         CU_TEST_INFO_NULL};
  return suite_run("holdout", tests);
}
