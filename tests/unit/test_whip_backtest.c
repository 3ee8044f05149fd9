/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Backtests of whip counts: what they may see, what they refuse, their scores counted again. */
#include "plenary/whip_backtest.h"

#include <math.h>
#include <string.h>

#include "made_cells.h"
#include "plenary/cell_list.h"
#include "plenary/error.h"
#include "scene.h"
#include "suite.h"

enum { STATES = 60, CALLS = 180, SESSIONS = 9, TESTED = 66, LAST = 68 };

/* Days that rise with the sessions: a year each. */
static PlnVoteMatrix *votes(void) {
  MadeVotes how = {.n_states = STATES,
                   .n_calls = CALLS,
                   .d = 2,
                   .n_sessions = SESSIONS,
                   .size = 1.6,
                   .absent = 0.05,
                   .replicate = 11};
  PlnVoteMatrix *matrix = made_votes(&how, NULL);
  for (guint j = 0; j < CALLS; j++)
    matrix->call[j].day = (guint)(1945 + matrix->call[j].session) * 10000 + 1101 + j % 20;
  for (guint i = 0; i < STATES; i++)
    matrix->voter[i].group = i % 3 ? "some" : "others";
  return matrix;
}

static PlnWhipTestOptions options_of(void) {
  PlnWhipTestOptions o = pln_whip_test_options();
  o.estimate.fit.space.dimensions = 3;
  o.estimate.fit.space.width_dimensions = 0;
  o.estimate.cells.from = TESTED;
  o.estimate.cells.to = LAST;
  o.resamples = 200;
  o.draws = 16;
  o.threads = 1;
  return o;
}

static PlnWhipBacktest *backtest_of(const PlnVoteMatrix *matrix, const PlnWhipTestOptions *options,
                                    const guint8 *mark) {
  g_autoptr(GError) error = NULL;
  PlnWhipBacktest *b = pln_whip_backtest_new(matrix, scene_world(), options, mark, NULL, &error);
  if (error)
    fprintf(stderr, "%s\n", error->message);
  CU_ASSERT_PTR_NOT_NULL_FATAL(b);
  return b;
}

static const PlnWhipTestSplit *split(const PlnWhipBacktest *b, guint k) {
  return &g_array_index(b->splits, PlnWhipTestSplit, k);
}

static void test_scores(void) {
  g_autoptr(PlnVoteMatrix) matrix = votes();
  PlnWhipTestOptions o = options_of();
  g_autofree guint8 *mark = pln_whip_test_draw(matrix, &o, 0.2);
  g_autoptr(PlnWhipBacktest) b = backtest_of(matrix, &o, mark);
  const PlnWhipTestRun *run = &b->run[0];
  gsize hidden = 0;
  for (gsize k = 0; k < CALLS * STATES; k++)
    hidden += mark[k] == PLN_WHIP_TEST_HIDDEN;
  CU_ASSERT_EQUAL(run->n_cells, hidden);
  CU_ASSERT_EQUAL(run->unknown, 0);
  for (guint m = 0; m < PLN_WHIP_TEST_METHODS; m++) {
    double log_loss = 0, brier = 0, rps = 0;
    for (gsize c = 0; c < hidden; c++) {
      const float *p = run->cell[c].chance[m];
      guint answer = run->cell[c].answer;
      log_loss -= log(p[answer]) / (double)hidden;
      for (guint k = 0; k < 3; k++)
        brier += pow(p[k] - (k == answer), 2) / (double)hidden;
      rps +=
          (pow(p[0] - (answer == 0), 2) + pow(p[0] + p[1] - (answer <= 1), 2)) / 2 / (double)hidden;
      CU_ASSERT_DOUBLE_EQUAL(p[0] + p[1] + p[2], 1, 1e-4);
    }
    CU_ASSERT_DOUBLE_EQUAL(split(b, 0)->score[m].log_loss, log_loss, 1e-6);
    CU_ASSERT_DOUBLE_EQUAL(split(b, 0)->score[m].brier, brier, 1e-6);
    CU_ASSERT_DOUBLE_EQUAL(split(b, 0)->score[m].rps, rps, 1e-4);
  }
  const PlnWhipTestScore *own = &split(b, 0)->score[0],
                         *plain = &split(b, 0)->score[PLN_WHIP_TEST_RIVAL];
  CU_ASSERT_TRUE(own->log_loss < plain->log_loss - 0.05);
  CU_ASSERT_TRUE(plain->low > 0 && plain->low < plain->behind && plain->behind < plain->high);
  CU_ASSERT_DOUBLE_EQUAL(plain->behind, plain->log_loss - own->log_loss, 1e-12);
  CU_ASSERT_TRUE(isnan(own->behind) && isnan(own->low));
}

/* The splits part the roll calls: kinds and sessions each add up to all. */
static void test_splits(void) {
  g_autoptr(PlnVoteMatrix) matrix = votes();
  PlnWhipTestOptions o = options_of();
  g_autofree guint8 *mark = pln_whip_test_draw(matrix, &o, 0.2);
  for (guint j = 0; j < CALLS; j++)
    matrix->call[j].symbol = j % 2 ? "A/RES/1/1" : j % 4 ? "" : "R/1/1";
  g_autoptr(PlnWhipBacktest) b = backtest_of(matrix, &o, mark);
  guint kinds = 0, sessions = 0, ages = 0;
  for (guint k = 0; k < b->splits->len; k++) {
    const char *key = split(b, k)->key;
    sessions += g_str_has_prefix(key, "session-") ? split(b, k)->n_calls : 0;
    ages += strcmp(key, "new") == 0 || strcmp(key, "recurring") == 0 ? split(b, k)->n_calls : 0;
    kinds += strcmp(key, "shared") == 0 || strcmp(key, "unsaid") == 0 ? split(b, k)->n_calls : 0;
    CU_ASSERT_EQUAL(split(b, k)->n_calls, g_array_index(b->tallies, PlnWhipTestTally, k).n_calls);
  }
  CU_ASSERT_EQUAL(kinds, b->run[0].n_calls);
  CU_ASSERT_EQUAL(sessions, b->run[0].n_calls);
  CU_ASSERT_EQUAL(ages, b->run[0].n_calls);
  const PlnWhipTestTally *all = &g_array_index(b->tallies, PlnWhipTestTally, 0);
  CU_ASSERT_TRUE(all->covered > 0.6 && all->within >= 0.9);
  gsize given = 0;
  for (guint k = 0; k < PLN_RELIABILITY_BINS; k++)
    given += b->reliability[3].n[k];
  CU_ASSERT_EQUAL(given, 3 * b->run[0].n_cells);
}

/* Means counted again by hand from the rivals' positions; splits by them part the roll calls. */
static void check_order(const PlnWhipTestPast *past, const PlnVoteMatrix *matrix,
                        const guint8 *mark, const PlnWhipTestCall *call) {
  static const char letters[] = {PLN_VOTE_N, PLN_VOTE_A, PLN_VOTE_Y};
  const guint8 *row = pln_vote_matrix_row(matrix, call->call);
  const PlnWhipTestOrder *o = &call->order;
  double mean[3];
  for (guint k = 0; k < 3; k++) {
    double sum = 0, n = 0;
    for (guint i = 0; i < STATES; i++) {
      double x = pln_rivals_position(past->rivals, i);
      gboolean counts = row[i] == letters[k] && !isnan(x) && mark[call->call * STATES + i];
      sum += counts ? x : 0;
      n += counts;
    }
    mean[k] = sum / n;
    CU_ASSERT_EQUAL(o->n[k], (guint)n);
    if (n > 0)
      CU_ASSERT_DOUBLE_EQUAL(o->mean[k], mean[k], 1e-9);
  }
  CU_ASSERT_EQUAL(o->enough, o->n[0] >= 5 && o->n[1] >= 5 && o->n[2] >= 5);
  if (!o->enough)
    return;
  double least = MIN(mean[0], mean[2]), most = MAX(mean[0], mean[2]);
  CU_ASSERT_DOUBLE_EQUAL(o->beyond, MAX(least - mean[1], mean[1] - most), 1e-9);
  CU_ASSERT_EQUAL(pln_whip_test_outside(o), mean[1] < least || mean[1] > most);
  CU_ASSERT_TRUE(o->error > 0);
}

static void test_order(void) {
  g_autoptr(PlnVoteMatrix) matrix = votes();
  PlnWhipTestOptions o = options_of();
  o.estimate.cells.to = TESTED;
  g_autofree guint8 *mark = pln_whip_test_draw(matrix, &o, 0.2);
  for (guint j = 0, k = 0; j < CALLS; j++) /* planted: of one roll call abstainers are the yes */
    for (guint i = 0; i < STATES && matrix->call[j].session == TESTED && k < 3; i++) {
      guint8 *vote = pln_vote_matrix_row(matrix, j) + i;
      k += i == 0;
      *vote = *vote == PLN_VOTE_A ? PLN_VOTE_Y : *vote == PLN_VOTE_Y ? PLN_VOTE_A : *vote;
    }
  g_autoptr(PlnWhipBacktest) b = backtest_of(matrix, &o, mark);
  g_autoptr(GError) error = NULL;
  g_autoptr(PlnWhipTestPast) past =
      pln_whip_test_past_new(matrix, scene_world(), &o, mark, TESTED, 0, &error);
  CU_ASSERT_PTR_NOT_NULL_FATAL(past);
  guint enough = 0, outside = 0;
  for (guint j = 0; j < b->run[0].n_calls; j++) {
    check_order(past, matrix, mark, &b->run[0].call[j]);
    enough += b->run[0].call[j].order.enough;
    outside += pln_whip_test_outside(&b->run[0].call[j].order);
  }
  CU_ASSERT_TRUE(outside > 0 && enough > outside);
  guint of[3] = {0};
  for (guint k = 0; k < b->orders->len; k++) {
    const PlnWhipTestSplit *s = &g_array_index(b->orders, PlnWhipTestSplit, k);
    static const char *const keys[] = {"enough", "between", "outside"};
    double apart = s->score[PLN_WHIP_TEST_RIVAL + PLN_RIVAL_UNORDERED].log_loss -
                   s->score[PLN_WHIP_TEST_RIVAL + PLN_RIVAL_SCALE].log_loss;
    CU_ASSERT_DOUBLE_EQUAL(s->unordered, apart, 1e-12);
    if (s->n_calls > 1)
      CU_ASSERT_TRUE(s->unordered_low <= s->unordered_high);
    for (guint i = 0; i < 3; i++)
      of[i] += strcmp(s->key, keys[i]) == 0 ? s->n_calls : 0;
  }
  CU_ASSERT_EQUAL(of[0], enough);
  CU_ASSERT_EQUAL(of[1] + of[2], enough);
  CU_ASSERT_EQUAL(of[2], outside);
}

/* Of the first session tested: what comes later, and its own hidden votes, change no byte. */
static void test_only_the_past(void) {
  g_autoptr(PlnVoteMatrix) matrix = votes(), other = votes();
  PlnWhipTestOptions o = options_of();
  g_autofree guint8 *mark = pln_whip_test_draw(matrix, &o, 0.2);
  g_autoptr(PlnWhipBacktest) one = backtest_of(matrix, &o, mark);
  guint changed = 0;
  for (guint j = 0; j < CALLS; j++)
    for (guint i = 0; i < STATES && matrix->call[j].session >= TESTED; i++) {
      guint8 *vote = pln_vote_matrix_row(other, j) + i;
      if (*vote > PLN_VOTE_A ||
          (other->call[j].session == TESTED && mark[j * STATES + i] != PLN_WHIP_TEST_HIDDEN))
        continue;
      *vote = (guint8)((*vote + 1) % 3);
      changed++;
    }
  CU_ASSERT_TRUE(changed > 100);
  g_autoptr(PlnWhipBacktest) two = backtest_of(other, &o, mark);
  CU_ASSERT_EQUAL_FATAL(one->run[0].n_cells, two->run[0].n_cells);
  gsize same = 0, all = 0;
  for (guint j = 0; j < one->run[0].n_calls && one->run[0].call[j].session == TESTED; j++)
    for (gsize c = 0; c < one->run[0].call[j].n; c++, all++)
      same += memcmp(one->run[0].cell[all].chance, two->run[0].cell[all].chance,
                     sizeof one->run[0].cell[all].chance) == 0;
  CU_ASSERT_TRUE(all > 100);
  CU_ASSERT_EQUAL(same, all);
}

/* A roll call of an earlier session with a later day is not the past: it stays out. */
static void test_late(void) {
  g_autoptr(PlnVoteMatrix) matrix = votes(), other = votes();
  PlnWhipTestOptions o = options_of();
  o.estimate.cells.to = TESTED;
  g_autofree guint8 *mark = pln_whip_test_draw(matrix, &o, 0.2);
  guint last = 0;
  while (matrix->call[last + 1].session < TESTED)
    last++;
  matrix->call[last].day = other->call[last].day = matrix->call[CALLS - 1].day;
  for (guint i = 0; i < STATES; i++)
    pln_vote_matrix_row(other, last)[i] = PLN_VOTE_X;
  g_autoptr(PlnWhipBacktest) one = backtest_of(matrix, &o, mark);
  g_autoptr(PlnWhipBacktest) two = backtest_of(other, &o, mark);
  CU_ASSERT_EQUAL(one->run[0].late, 1);
  CU_ASSERT_EQUAL(
      memcmp(one->run[0].cell, two->run[0].cell, sizeof(PlnWhipTestCell) * one->run[0].n_cells), 0);
}

/* A history that has seen the roll call is refused, whether by its day, session or id. */
static void test_refused(void) {
  g_autoptr(PlnVoteMatrix) matrix = votes();
  PlnWhipTestOptions o = options_of();
  g_autofree guint8 *mark = pln_whip_test_draw(matrix, &o, 0.2);
  g_autoptr(GError) error = NULL;
  g_autoptr(PlnWhipTestPast) past =
      pln_whip_test_past_new(matrix, scene_world(), &o, mark, TESTED, 0, &error);
  CU_ASSERT_PTR_NOT_NULL_FATAL(past);
  guint first = 0;
  while (matrix->call[first].session < TESTED)
    first++;
  CU_ASSERT_EQUAL(past->from, TESTED - 5);
  CU_ASSERT_EQUAL(past->electorate->to_session, TESTED - 1);
  CU_ASSERT_TRUE(pln_whip_test_past_unseen(past, matrix, first, &error));
  CU_ASSERT_FALSE(pln_whip_test_past_unseen(past, matrix, first - 1, &error));
  CU_ASSERT_TRUE(scene_error(&error, PLN_ERROR_DATA, "would be no forecast"));
  past->electorate->to_session = TESTED; /* planted: an electorate fitted to the session tested */
  past->electorate->to_day = matrix->call[first].day;
  CU_ASSERT_FALSE(pln_whip_test_past_unseen(past, matrix, first, &error));
  CU_ASSERT_TRUE(scene_error(&error, PLN_ERROR_DATA, "would be no forecast"));
  past->electorate->to_session = TESTED - 1;
  past->electorate->to_day = past->history->call[past->history->n_calls - 1].day;
  past->history->call[0].day = matrix->call[first].day; /* planted: a roll call of the same day */
  CU_ASSERT_FALSE(pln_whip_test_past_unseen(past, matrix, first, &error));
  CU_ASSERT_TRUE(scene_error(&error, PLN_ERROR_DATA, "would be no forecast"));
}

static void test_nothing(void) {
  g_autoptr(PlnVoteMatrix) matrix = votes();
  PlnWhipTestOptions o = options_of();
  g_autofree guint8 *none = g_malloc0(CALLS * STATES), *mark = pln_whip_test_draw(matrix, &o, 0.2);
  g_autoptr(GError) error = NULL;
  CU_ASSERT_PTR_NULL(pln_whip_backtest_new(matrix, scene_world(), &o, none, NULL, &error));
  CU_ASSERT_TRUE(scene_error(&error, PLN_ERROR_DATA, "nothing to forecast"));
  o.older[0] = 20;
  CU_ASSERT_PTR_NULL(pln_whip_backtest_new(matrix, scene_world(), &o, mark, NULL, &error));
  CU_ASSERT_TRUE(scene_error(&error, PLN_ERROR_DATA, "session 66 has no history"));
}

static void test_ages_and_threads(void) {
  g_autoptr(PlnVoteMatrix) matrix = votes();
  PlnWhipTestOptions o = options_of();
  o.history = 3;
  o.n_older = 2;
  o.older[1] = 3;
  g_autofree guint8 *mark = pln_whip_test_draw(matrix, &o, 0.2);
  g_autoptr(PlnWhipBacktest) one = backtest_of(matrix, &o, mark);
  o.threads = 3;
  g_autoptr(PlnWhipBacktest) three = backtest_of(matrix, &o, mark);
  for (guint r = 0; r < 2; r++) {
    CU_ASSERT_EQUAL(one->run[r].older, o.older[r]);
    CU_ASSERT_EQUAL(
        memcmp(one->run[r].cell, three->run[r].cell, sizeof(PlnWhipTestCell) * one->run[r].n_cells),
        0);
    for (guint j = 0; j < one->run[r].n_calls; j++)
      CU_ASSERT_TRUE(one->run[r].call[j].adoption == three->run[r].call[j].adoption &&
                     one->run[r].call[j].high == three->run[r].call[j].high);
  }
  CU_ASSERT_EQUAL(one->ages->len, 4); /* all and new, of each */
  CU_ASSERT_TRUE(memcmp(one->run[0].cell, one->run[1].cell,
                        sizeof(PlnWhipTestCell) * one->run[0].n_cells) != 0);
}

/* Independent states: the tally against every assignment of six votes. */
static void test_tally(void) {
  static const float chances[6][3] = {{0.5f, 0.25f, 0.25f}, {0.1f, 0.1f, 0.8f}, {0.3f, 0.5f, 0.2f},
                                      {0.6f, 0.1f, 0.3f},   {0.2f, 0.2f, 0.6f}, {0.4f, 0.2f, 0.4f}};
  PlnWhipTestCell cell[6] = {0};
  int place[6];
  PlnPrediction p = {.n = 6, .f = 0};
  PlnWhipTestOptions o = pln_whip_test_options();
  PlnWhipTestCall call = {.n = 6};
  double adopted = 0, by_count[7] = {0}, mean = 2;
  for (guint i = 0; i < 6; i++) {
    memcpy(cell[i].chance[PLN_WHIP_TEST_MODEL], chances[i], sizeof chances[i]);
    place[i] = i % 2 ? -1 : (int)i;
    mean += chances[i][2];
  }
  for (guint k = 0; k < 729; k++) {
    double chance = 1;
    guint yes = 0, no = 0, left = k;
    for (guint i = 0; i < 6; i++, left /= 3) {
      chance *= chances[i][left % 3];
      yes += left % 3 == 2;
      no += left % 3 == 0;
    }
    by_count[yes] += chance;
    adopted += 2 + yes > 3 + no ? chance : 0;
  }
  pln_whip_test_tally(&p, &o, cell, place, 2, 3, &call);
  CU_ASSERT_DOUBLE_EQUAL(call.adoption, adopted, 1e-6);
  CU_ASSERT_DOUBLE_EQUAL(call.mean, mean, 1e-6);
  double below = 0, within = 0;
  for (guint c = 0; c < 7; c++) {
    below += 2 + c < call.low ? by_count[c] : 0;
    within += 2 + c >= call.low && 2 + c <= call.high ? by_count[c] : 0;
  }
  CU_ASSERT_TRUE(below < 0.05 && below + by_count[call.low - 2] >= 0.05);
  CU_ASSERT_TRUE(within >= 0.9 && below + within >= 0.95);
  CU_ASSERT_DOUBLE_EQUAL(call.within, within, 1e-6);
}

/* Tied states widen the interval and leave the mean. */
static void test_ties(void) {
  enum { N = 50 };
  g_autofree PlnWhipTestCell *cell = g_new0(PlnWhipTestCell, N);
  int place[N];
  double loading[N];
  PlnPrediction p = {.n = N, .f = 1, .loading = loading};
  PlnWhipTestOptions o = pln_whip_test_options();
  PlnWhipTestCall apart = {.n = N}, tied = {.n = N};
  for (guint i = 0; i < N; i++) {
    cell[i].chance[PLN_WHIP_TEST_MODEL][0] = cell[i].chance[PLN_WHIP_TEST_MODEL][2] = 0.5f;
    place[i] = (int)i;
    loading[i] = 0;
  }
  pln_whip_test_tally(&p, &o, cell, place, 0, 0, &apart);
  for (guint i = 0; i < N; i++)
    loading[i] = 0.9;
  pln_whip_test_tally(&p, &o, cell, place, 0, 0, &tied);
  CU_ASSERT_EQUAL(apart.low, 19);
  CU_ASSERT_EQUAL(apart.high, 31);
  CU_ASSERT_TRUE(tied.high - tied.low > 40);
  CU_ASSERT_DOUBLE_EQUAL(tied.mean, apart.mean, 1e-9);
  CU_ASSERT_DOUBLE_EQUAL(tied.adoption, 0.5, 0.05);
}

static void test_kinds(void) {
  static const char *const rows[] = {"YN", "YN", "YN", "YN", "YN", "YN", "YN"};
  static const struct {
    const char *symbol, *title;
    PlnWhipTestKind kind;
  } said[] = {{"R/71/1", "Promotion of peace", PLN_WHIP_TEST_SHARED},
              {"A/RES/71/1", "", PLN_WHIP_TEST_SHARED},
              {"A/RES/71/2", "AMENDMENTS, RULES OF PROCEDURE", PLN_WHIP_TEST_SAID},
              {"A/RES/71/3", "Operative paragraph 4", PLN_WHIP_TEST_SAID},
              {"A/RES/71/4", "Demotion; commotion", PLN_WHIP_TEST_ALONE},
              {"", "Something", PLN_WHIP_TEST_UNSAID},
              {"", "Something else", PLN_WHIP_TEST_UNSAID}};
  g_autoptr(PlnVoteMatrix) matrix = made_matrix(rows, NULL, 7);
  for (guint j = 0; j < 7; j++) {
    matrix->call[j].symbol = said[j].symbol;
    matrix->call[j].title = said[j].title;
  }
  for (guint j = 0; j < 7; j++)
    CU_ASSERT_EQUAL(pln_whip_test_kind(matrix, j), said[j].kind);
}

static guint8 *listed(const char *text, PlnFaults *faults) {
  static const char *const rows[] = {"YNA", "NYY"};
  g_autoptr(PlnVoteMatrix) matrix = made_matrix(rows, NULL, 2);
  return pln_cell_list_parse_revealed("reveal.csv", text, strlen(text), matrix, faults);
}

static void test_list(void) {
  static const guint8 expected[] = {1, 0, 2, 0, 2, 0};
  g_autoptr(PlnFaults) faults = pln_faults_new();
  g_autofree guint8 *good =
      listed("rcid,session,iso3,vote,revealed\nr0,1,V00,Y,1\nr0,1,V02,,0\nr1,1,V01,N,0\n", faults);
  CU_ASSERT_PTR_NOT_NULL_FATAL(good);
  CU_ASSERT_EQUAL(memcmp(good, expected, sizeof expected), 0);
  CU_ASSERT_PTR_NULL(listed("rcid,iso3\nr0,V00\n", faults));
  CU_ASSERT_PTR_NULL(listed("rcid,iso3,revealed\nr0,V00,yes\n", faults));
  CU_ASSERT_PTR_NULL(listed("rcid,iso3,revealed\nr0,V00\n", faults));
  CU_ASSERT_PTR_NULL(listed("rcid,iso3,revealed\nr0,V00,1\nr0,V00,0\n", faults));
  g_autofree char *text = pln_faults_text(faults);
  CU_ASSERT_STRING_EQUAL(text,
                         "reveal.csv:1:1: no column says what is revealed; expected one called "
                         "revealed, with 1 or 0\n"
                         "reveal.csv:2:1: 2 fields; expected a roll call and a voter and whether it "
                         "is revealed\n"
                         "reveal.csv:2:8: revealed is \"yes\"; expected 1 or 0\n"
                         "reveal.csv:3:4: V00 in roll call \"r0\" is revealed and hidden; expected "
                         "one row\n");
}

int main(void) {
  CU_TestInfo tests[] = {{"scores", test_scores},   {"splits", test_splits},
                         {"order", test_order},     {"only the past", test_only_the_past},
                         {"late", test_late},       {"refused", test_refused},
                         {"nothing", test_nothing}, {"ages and threads", test_ages_and_threads},
                         {"tally", test_tally},     {"ties", test_ties},
                         {"kinds", test_kinds},     {"list", test_list},
                         CU_TEST_INFO_NULL};
  int status = suite_run("whip backtest", tests);
  scene_end();
  return status;
}
