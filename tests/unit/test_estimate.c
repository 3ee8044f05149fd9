/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Estimates: what was left out, which way round, who is with whom, who moved. */
#include "plenary/estimate.h"

#include <math.h>
#include <signal.h>
#include <string.h>

#include "made_estimates.h"
#include "plenary/error.h"
#include "suite.h"

static const int ALL = -1;

/* Whether it is refused with @code and these words. */
static gboolean refused(const PlnVoteMatrix *matrix, const PlnEstimateOptions *options, int code,
                        const char *words) {
  g_autoptr(PlnWorld) world = pln_world_new(NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(PlnEstimate) e = pln_estimate_new(matrix, world, options, NULL, &error);
  if (!e && g_error_matches(error, PLN_ERROR, code) && strcmp(error->message, words) == 0)
    return TRUE;
  printf("\n  expected %s\n  got %s\n", words, error ? error->message : "an estimate");
  return FALSE;
}

static const char *const five[] = {"YYYY", "YNYA", "XX-X", "NYYN", "NNAX", "YYNN"};
static const int five_sessions[] = {-1, 60, 60, 61, 61, 62};

static gboolean counts(int from, int to, guint called, guint lopsided, guint unanswered) {
  g_autoptr(PlnVoteMatrix) matrix = made_matrix(five, five_sessions, 6);
  PlnEstimateOptions o = made_options(PLN_FIT_SCALE, 1);
  o.cells.from = from, o.cells.to = to;
  g_autoptr(PlnEstimate) e = made_estimate(matrix, &o);
  return e->called == called && e->lopsided == lopsided && e->unanswered == unanswered &&
         e->cells->n_calls == called - lopsided - unanswered;
}

static void test_left_out(void) {
  CU_ASSERT_TRUE(counts(ALL, ALL, 6, 2, 1)); /* YYYY and NNAX; XX-X */
  CU_ASSERT_TRUE(counts(60, 61, 4, 1, 1));
  CU_ASSERT_TRUE(counts(ALL, 61, 4, 1, 1)); /* the one of no session is not among them */
  CU_ASSERT_TRUE(counts(61, ALL, 3, 1, 0));
}

static void test_nothing_left(void) {
  g_autoptr(PlnVoteMatrix) matrix = made_matrix(five, five_sessions, 6);
  PlnEstimateOptions o = made_options(PLN_FIT_SCALE, 1);
  o.cells.from = 70;
  CU_ASSERT_TRUE(
      refused(matrix, &o, PLN_ERROR_DATA,
              "nothing to fit: of 0 roll calls 0 were answered by nobody and 0 have a smaller side "
              "below 2.5 % (--lopsided); expected at least one that divides two voters"));
  static const char *const rows[] = {"YY", "XX", "NN"}, *const single[] = {"Y", "N"};
  g_autoptr(PlnVoteMatrix) alike = made_matrix(rows, NULL, 3), one = made_matrix(single, NULL, 2);
  o.cells.from = ALL;
  CU_ASSERT_TRUE(
      refused(alike, &o, PLN_ERROR_DATA,
              "nothing to fit: of 3 roll calls 1 were answered by nobody and 2 have a smaller side "
              "below 2.5 % (--lopsided); expected at least one that divides two voters"));
  o.cells.lopsided = 0;
  g_autoptr(PlnEstimate) e = made_estimate(alike, &o); /* all kept: an answer, with a warning */
  CU_ASSERT_TRUE(e->cells->n_calls == 2 && e->lopsided == 0 && e->fit->words);
  CU_ASSERT_TRUE(
      refused(one, &o, PLN_ERROR_DATA,
              "nothing to fit: of 2 roll calls 0 were answered by nobody and 0 have a smaller side "
              "below 0 % (--lopsided); expected at least one that divides two voters"));
  pln_estimate_free(NULL);
}

static guint extreme(const double *x, guint d, guint dimension, gboolean high) {
  guint best = 0;
  for (guint i = 1; i < 30; i++)
    if (high == (x[i * d + dimension] > x[best * d + dimension]))
      best = i;
  return best;
}

static void test_orient(void) {
  double x[30];
  g_autoptr(PlnVoteMatrix) matrix = made_line(1, 1, x);
  static const PlnFitKind kinds[] = {PLN_FIT_SCALE, PLN_FIT_DRIFT, PLN_FIT_POSTERIOR, PLN_FIT_SPACE};
  guint high = extreme(x, 1, 0, TRUE), low = extreme(x, 1, 0, FALSE);
  g_autofree char *high_up = g_strdup_printf("%s+", matrix->voter[high].code);
  g_autofree char *high_down = g_strdup_printf("%s-", matrix->voter[high].code);
  g_autofree char *low_up = g_strdup_printf("%s+", matrix->voter[low].code);
  g_autofree char *low_down = g_strdup_printf("%s-", matrix->voter[low].code);
  const char *const up[] = {high_up, low_down, NULL}, *const down[] = {high_down, low_up, NULL};
  for (guint k = 0; k < G_N_ELEMENTS(kinds); k++) {
    PlnEstimateOptions o = made_options(kinds[k], 1);
    o.orient = up;
    g_autoptr(PlnEstimate) a = made_estimate(matrix, &o);
    o.orient = down;
    g_autoptr(PlnEstimate) b = made_estimate(matrix, &o);
    CU_ASSERT_TRUE(a->fit->position[high] > a->fit->position[low]);
    CU_ASSERT_TRUE(b->fit->position[high] < b->fit->position[low]);
    CU_ASSERT_TRUE(a->options.fit.plus == NULL && a->options.fit.n_pairs == 0);
  }
}

/* A pair a dimension, in any order; one word of a pair is enough. */
static void test_orient_dimensions(void) {
  double x[60];
  g_autoptr(PlnVoteMatrix) matrix = made_line(2, 1, x);
  static const char *const words[][5] = {{"V03+", "V07-", "V11+", "V02-", NULL},
                                         {"V07-", "V03+", "V02-", "V11+", NULL},
                                         {"V03-", "V07+", "V11-", "V02+", NULL},
                                         {"V03+", "V11+", NULL},
                                         {"V07-", "V02-", NULL}};
  double apart[5][2];
  for (guint k = 0; k < 5; k++) {
    PlnEstimateOptions o = made_options(PLN_FIT_SPACE, 2);
    o.orient = words[k];
    g_autoptr(PlnEstimate) e = made_estimate(matrix, &o);
    const double *at = e->fit->position;
    apart[k][0] = k == 3 ? at[3 * 2] : k == 4 ? -at[7 * 2] : at[3 * 2] - at[7 * 2];
    apart[k][1] = k == 3   ? at[11 * 2 + 1]
                  : k == 4 ? -at[2 * 2 + 1]
                           : at[11 * 2 + 1] - at[2 * 2 + 1];
  }
  for (guint k = 0; k < 5; k++)
    CU_ASSERT_TRUE(k == 2 ? apart[k][0] < 0 && apart[k][1] < 0 : apart[k][0] > 0 && apart[k][1] > 0);
  CU_ASSERT_EQUAL(memcmp(apart[0], apart[1], sizeof apart[0]), 0);
}

static gboolean refuses_word(const char *word, const char *message) {
  g_autoptr(PlnVoteMatrix) matrix = made_matrix(five, five_sessions, 6);
  const char *const words[] = {"V00+", word, NULL};
  PlnEstimateOptions o = made_options(PLN_FIT_SCALE, 1);
  o.orient = words;
  return refused(matrix, &o, PLN_ERROR_USAGE, message);
}

static void test_orient_refused(void) {
  CU_ASSERT_TRUE(
      refuses_word("V01", "--orient has \"V01\"; expected a voter and its side, as USA+ or CUB-"));
  CU_ASSERT_TRUE(
      refuses_word("", "--orient has \"\"; expected a voter and its side, as USA+ or CUB-"));
  CU_ASSERT_TRUE(
      refuses_word("-", "--orient has \"-\"; expected a voter and its side, as USA+ or CUB-"));
  CU_ASSERT_TRUE(refuses_word("V0l-",
                              "--orient names \"V0l\", who has no vote in these roll calls; did you "
                              "mean V00?"));
  CU_ASSERT_TRUE(refuses_word("Winterland+",
                              "--orient names \"Winterland\", who has no vote in these roll calls"));
}

/* As many words as there is room for, and one more. */
static void test_orient_many(void) {
  g_autoptr(PlnVoteMatrix) matrix = made_matrix(five, five_sessions, 6);
  const char *words[2 * PLN_SPACE_MOST + 2];
  for (guint k = 0; k <= 2 * PLN_SPACE_MOST; k++)
    words[k] = k % 2 ? "V01-" : "V00+";
  words[2 * PLN_SPACE_MOST] = words[2 * PLN_SPACE_MOST + 1] = NULL;
  PlnEstimateOptions o = made_options(PLN_FIT_SCALE, 1);
  o.orient = words;
  g_autoptr(PlnEstimate) e = made_estimate(matrix, &o);
  CU_ASSERT_TRUE(e->fit->position[0] > e->fit->position[1]);
  words[2 * PLN_SPACE_MOST] = "V02+";
  CU_ASSERT_TRUE(refused(matrix, &o, PLN_ERROR_USAGE, "--orient has too many words"));
  for (guint k = 0; k <= PLN_SPACE_MOST; k++)
    words[k] = "V00+";
  words[PLN_SPACE_MOST + 1] = NULL;
  CU_ASSERT_TRUE(refused(matrix, &o, PLN_ERROR_USAGE, "--orient has too many words"));
}

static gsize sum_of(const PlnMeasures *m, guint n) {
  gsize sum = 0;
  for (guint k = 0; k < n; k++)
    sum += m[k].n;
  return sum;
}

/* By state, roll call and session: out of sample where there is one. */
static void test_scores(void) {
  g_autoptr(PlnVoteMatrix) matrix = made_line(1, 3, NULL);
  for (guint held = 0; held < 2; held++) {
    PlnEstimateOptions o = made_options(PLN_FIT_SCALE, 1);
    o.hold_out = held ? 0.2 : 0;
    g_autoptr(PlnEstimate) e = made_estimate(matrix, &o);
    gsize n = held ? e->outside.n : e->inside.n;
    CU_ASSERT_EQUAL(e->inside.n, e->cells->seen);
    CU_ASSERT_EQUAL(sum_of(e->by_state, e->cells->n_states), n);
    CU_ASSERT_EQUAL(sum_of(e->by_call, e->cells->n_calls), n);
    CU_ASSERT_EQUAL(sum_of(e->by_session, e->cells->n_sessions), n);
    CU_ASSERT_EQUAL(e->shares.n, e->outside.n);
    CU_ASSERT_EQUAL(e->group_shares.n, e->outside.n);
    CU_ASSERT_TRUE(!held || (e->outside.n > 0 && e->inside.log_score < e->outside.log_score &&
                             e->outside.log_score < e->shares.log_score));
    CU_ASSERT_PTR_NULL(e->rungs);
  }
}

/* The fit that is shown has seen all votes, whatever was held out to score it. */
static void test_held_out_is_back(void) {
  g_autoptr(PlnVoteMatrix) matrix = made_line(1, 3, NULL);
  PlnEstimateOptions o = made_options(PLN_FIT_SCALE, 1);
  g_autoptr(PlnEstimate) plain = made_estimate(matrix, &o);
  o.hold_out = 0.2;
  g_autoptr(PlnEstimate) scored = made_estimate(matrix, &o);
  CU_ASSERT_EQUAL(memcmp(plain->fit->position, scored->fit->position, sizeof(double) * 30), 0);
  CU_ASSERT_EQUAL(plain->inside.log_score, scored->inside.log_score);
}

static void test_chosen(void) {
  for (guint d = 1; d <= 2; d++) {
    MadeVotes how = {
        .n_states = 40, .n_calls = 200, .d = d, .n_sessions = 1, .size = 1.8, .replicate = 4};
    g_autoptr(PlnVoteMatrix) matrix = made_votes(&how, NULL);
    PlnEstimateOptions o = made_options(PLN_FIT_SPACE, 9);
    o.choose = TRUE;
    o.hold_out = 0.2;
    o.fit.space.period = o.fit.space.width_dimensions = 0;
    g_autoptr(PlnEstimate) e = made_estimate(matrix, &o);
    CU_ASSERT_PTR_NOT_NULL_FATAL(e->rungs);
    CU_ASSERT_EQUAL(e->fit->d, d);
    const PlnRung *rung = &g_array_index(e->rungs, PlnRung, d - 1);
    CU_ASSERT_EQUAL(rung->score.log_score, e->outside.log_score);
  }
}

static void put_groups(PlnVoteMatrix *matrix, guint n) {
  for (guint i = 0; i < matrix->n_voters; i++) {
    g_autofree char *name = g_strdup_printf("group %u", (i + n - 1) % n);
    matrix->voter[i].group = i == 3 ? "" : pln_vote_matrix_keep(matrix, name);
  }
}

static void test_groups(void) {
  g_autoptr(PlnVoteMatrix) matrix = made_line(1, 3, NULL);
  put_groups(matrix, 2);
  PlnEstimateOptions o = made_options(PLN_FIT_SPACE, 1);
  o.hold_out = 0.2;
  g_autoptr(PlnEstimate) without = made_estimate(matrix, &o);
  o.groups = TRUE;
  g_autoptr(PlnEstimate) with = made_estimate(matrix, &o);
  CU_ASSERT_EQUAL_FATAL(with->group_name->len, 2);
  CU_ASSERT_STRING_EQUAL(with->group_name->pdata[0], "group 1"); /* of the first voter */
  CU_ASSERT_TRUE(with->group[0] == 0 && with->group[1] == 1 && with->group[3] == -1 &&
                 with->group[4] == 0);
  CU_ASSERT_TRUE(without->fit->space->n_groups == 0 && with->fit->space->n_groups == 2);
  CU_ASSERT_EQUAL(without->group_name->len, 2);
  CU_ASSERT_TRUE(with->group_shares.log_score != with->shares.log_score);
  CU_ASSERT_EQUAL(with->group_shares.log_score, without->group_shares.log_score);
}

static void test_too_many_groups(void) {
  MadeVotes how = {.n_states = 99, .n_calls = 20, .d = 1, .n_sessions = 1, .size = 1};
  g_autoptr(PlnVoteMatrix) matrix = made_votes(&how, NULL);
  put_groups(matrix, 97);
  PlnEstimateOptions o = made_options(PLN_FIT_SPACE, 1);
  o.groups = TRUE;
  g_autoptr(PlnWorld) world = pln_world_new(NULL);
  g_autoptr(GError) error = NULL;
  CU_ASSERT_PTR_NULL(pln_estimate_new(matrix, world, &o, NULL, &error));
  CU_ASSERT_TRUE(g_error_matches(error, PLN_ERROR, PLN_ERROR_USAGE));
}

static void add_bloc(PlnWorld *world, const char *id, const char *made_from, guint from, guint to,
                     PlnDay until) {
  PlnBloc bloc = {.id = id, .name = "", .kind = "", .made_from = made_from};
  PlnBloc *added = pln_world_add_bloc(world, &bloc);
  for (guint i = from; i <= to; i++) {
    g_autofree char *code = g_strdup_printf("V%02u", i);
    PlnMembership m = {pln_world_keep(world, code), PLN_DAY_NONE, until, PLN_STATUS_VERIFIED};
    g_array_append_val(added->members, m);
  }
}

static PlnWorld *world_of_blocs(void) {
  PlnWorld *world = pln_world_new(NULL);
  add_bloc(world, "four", "", 0, 3, PLN_DAY_NONE);
  add_bloc(world, "made", "r3", 4, 9, PLN_DAY_NONE); /* of a roll call */
  add_bloc(world, "left", "", 10, 20, 20200115);     /* before the last one */
  add_bloc(world, "alone", "", 5, 5, PLN_DAY_NONE);
  add_bloc(world, "two", "", 29, 35, PLN_DAY_NONE); /* 29 alone has votes here */
  add_bloc(world, "few", "", 28, 40, PLN_DAY_NONE);
  return world;
}

static void test_blocs(void) {
  g_autoptr(PlnVoteMatrix) matrix = made_line(1, 3, NULL);
  g_autoptr(PlnWorld) world = world_of_blocs();
  PlnEstimateOptions o = made_options(PLN_FIT_SCALE, 1);
  g_autoptr(PlnEstimate) e = pln_estimate_new(matrix, world, &o, NULL, NULL);
  CU_ASSERT_PTR_NOT_NULL_FATAL(e);
  CU_ASSERT_EQUAL_FATAL(e->blocs->len, 2);
  const PlnBlocFound *few = &g_array_index(e->blocs, PlnBlocFound, 0);
  const PlnBlocFound *four = &g_array_index(e->blocs, PlnBlocFound, 1);
  CU_ASSERT_STRING_EQUAL(few->bloc->id, "few");
  CU_ASSERT_STRING_EQUAL(four->bloc->id, "four");
  CU_ASSERT_TRUE(four->agreement.members == 4 && four->agreement.pairs == 6);
  const double *x = e->fit->position;
  double mean = (x[0] + x[1] + x[2] + x[3]) / 4, squares = 0;
  for (guint i = 0; i < 4; i++)
    squares += (x[i] - mean) * (x[i] - mean);
  CU_ASSERT_DOUBLE_EQUAL(four->mean, mean, 1e-12);
  CU_ASSERT_DOUBLE_EQUAL(four->spread, sqrt(squares / 3), 1e-9);
  for (guint i = 0; i < 30; i++)
    CU_ASSERT_TRUE(four->in[i] == (i < 4) && few->in[i] == (i >= 28));
}

/* Without days nobody can say who was a member. */
static void test_blocs_without_days(void) {
  g_autoptr(PlnVoteMatrix) matrix = made_line(1, 3, NULL);
  g_autoptr(PlnWorld) world = world_of_blocs();
  for (guint j = 0; j < matrix->n_calls; j++)
    matrix->call[j].day = PLN_DAY_NONE;
  PlnEstimateOptions o = made_options(PLN_FIT_SCALE, 1);
  g_autoptr(PlnEstimate) e = pln_estimate_new(matrix, world, &o, NULL, NULL);
  CU_ASSERT_PTR_NOT_NULL_FATAL(e);
  CU_ASSERT_EQUAL(e->blocs->len, 0);
}

static void test_clusters(void) {
  static const char *const rows[] = {"YYYNNN", "YYYNNA", "NNNYYY", "NANYYY", "YYYNNN", "NNNYAY"};
  g_autoptr(PlnVoteMatrix) matrix = made_matrix(rows, NULL, 6);
  PlnEstimateOptions o = made_options(PLN_FIT_SCALE, 1);
  g_autoptr(PlnEstimate) without = made_estimate(matrix, &o);
  o.samples = 10;
  g_autoptr(PlnEstimate) e = made_estimate(matrix, &o);
  CU_ASSERT_PTR_NULL(without->clusters);
  CU_ASSERT_PTR_NOT_NULL_FATAL(e->clusters);
  CU_ASSERT_TRUE(e->clusters->k == 2 && e->clusters->samples == 10);
  CU_ASSERT_TRUE(e->clusters->of[0] == e->clusters->of[2] && e->clusters->of[0] != e->clusters->of[3]);
  CU_ASSERT_TRUE(e->clusters->cluster[0].stability > 0.9);
  CU_ASSERT_EQUAL(e->agreement->same[1], 5); /* of the first two, six roll calls but one */
}

static guint nearest(const double *x, double value) {
  guint best = 0;
  for (guint i = 1; i < 30; i++)
    if (fabs(x[i] - value) < fabs(x[best] - value))
      best = i;
  return best;
}

/* Two states cross over; the others stay. */
static void test_moves(void) {
  double move[30] = {0}, x[30];
  MadeVotes how = {.n_states = 30, .n_calls = 240, .d = 1, .n_sessions = 6, .size = 1.8, .move = move};
  g_autoptr(PlnVoteMatrix) still = made_votes(&how, x);
  guint riser = nearest(x, -0.8), faller = nearest(x, 0.8);
  move[riser] = 2.5, move[faller] = -2.5;
  g_autoptr(PlnVoteMatrix) matrix = made_votes(&how, NULL);
  CU_ASSERT_NOT_EQUAL(memcmp(still->vote, matrix->vote, 30 * 240), 0);
  guint high = extreme(x, 1, 0, TRUE);
  g_autofree char *up = g_strdup_printf("V%02u+", high);
  const char *const words[] = {up, NULL};
  PlnEstimateOptions o = made_options(PLN_FIT_DRIFT, 1);
  o.orient = words;
  g_autoptr(PlnEstimate) e = made_estimate(matrix, &o);
  static const int thirds[] = {60, 61, 64, 65};
  CU_ASSERT_PTR_NOT_NULL_FATAL(e->move);
  CU_ASSERT_EQUAL(memcmp(e->span, thirds, sizeof thirds), 0);
  for (guint i = 0; i < 30; i++) {
    const PlnMove *m = &e->move[i];
    CU_ASSERT_EQUAL(m->change, m->after - m->before);
    CU_ASSERT_TRUE(m->error > 0);
    CU_ASSERT_TRUE(i == riser    ? m->change > 1
                   : i == faller ? m->change < -1
                                 : fabs(m->change) < 0.8);
  }
  const PlnFit *fit = e->fit;
  double before = (pln_fit_position(fit, 0, 2, 0) + pln_fit_position(fit, 1, 2, 0)) / 2;
  double error = (pln_fit_error(fit, 0, 2, 0) + pln_fit_error(fit, 1, 2, 0)) / 2;
  double other = (pln_fit_error(fit, 4, 2, 0) + pln_fit_error(fit, 5, 2, 0)) / 2;
  CU_ASSERT_DOUBLE_EQUAL(e->move[2].before, before, 1e-12);
  CU_ASSERT_DOUBLE_EQUAL(e->move[2].error, sqrt(error * error + other * other), 1e-12);
}

static void test_moves_of_spans(void) {
  g_autoptr(PlnVoteMatrix) matrix = made_line(1, 6, NULL);
  PlnEstimateOptions o = made_options(PLN_FIT_DRIFT, 1);
  static const int span[] = {61, 61, 64, 80}, nowhere[] = {50, 51, 64, 64};
  memcpy(o.span, span, sizeof span);
  g_autoptr(PlnEstimate) e = made_estimate(matrix, &o);
  CU_ASSERT_EQUAL(memcmp(e->span, span, sizeof span), 0);
  CU_ASSERT_EQUAL(e->move[4].before, pln_fit_position(e->fit, 1, 4, 0));
  memcpy(o.span, nowhere, sizeof nowhere);
  g_autoptr(PlnEstimate) none = made_estimate(matrix, &o);
  CU_ASSERT_TRUE(isnan(none->move[4].before) && isnan(none->move[4].change) &&
                 isnan(none->move[4].error));
  CU_ASSERT_FALSE(isnan(none->move[4].after));
}

/* One that has gone, and sessions that are not stated. */
static void test_moves_of_some(void) {
  g_autoptr(PlnVoteMatrix) matrix = made_line(1, 3, NULL), single = made_line(1, 1, NULL);
  for (guint j = 0; j < matrix->n_calls; j++) {
    if (matrix->call[j].session == 62)
      pln_vote_matrix_row(matrix, j)[7] = PLN_VOTE_UNKNOWN;
    if (matrix->call[j].session == 60 && j < 10)
      matrix->call[j].session = -1;
  }
  PlnEstimateOptions o = made_options(PLN_FIT_DRIFT, 1);
  g_autoptr(PlnEstimate) e = made_estimate(matrix, &o), one = made_estimate(single, &o);
  o = made_options(PLN_FIT_SCALE, 1);
  g_autoptr(PlnEstimate) scale = made_estimate(matrix, &o);
  CU_ASSERT_PTR_NOT_NULL_FATAL(e->move);
  CU_ASSERT_TRUE(e->span[0] == 60 && e->span[1] == 60 && e->span[2] == 62 && e->span[3] == 62);
  CU_ASSERT_TRUE(isnan(e->move[7].after) && isnan(e->move[7].change) && !isnan(e->move[7].before));
  CU_ASSERT_PTR_NULL(one->move);
  CU_ASSERT_PTR_NULL(scale->move);
  CU_ASSERT_EQUAL(scale->span[0], -1);
}

/* Absences weigh from the last session that is looked at, not from the matrix's. */
static void test_absences(void) {
  g_autoptr(PlnVoteMatrix) matrix = made_line(1, 6, NULL), cut = made_line(1, 6, NULL);
  cut->n_calls = 45; /* sessions 60 to 62 */
  PlnEstimateOptions o = made_options(PLN_FIT_SCALE, 1);
  o.fit.decay = 0.5;
  o.cells.from = 60, o.cells.to = 62;
  g_autoptr(PlnEstimate) a = made_estimate(matrix, &o), b = made_estimate(cut, &o);
  CU_ASSERT_EQUAL(a->presence->n_calls, 45);
  for (guint i = 0; i < 30; i++) {
    CU_ASSERT_DOUBLE_EQUAL(a->presence->state[i].a, b->presence->state[i].a, 1e-9);
    CU_ASSERT_DOUBLE_EQUAL(a->presence->state[i].b, b->presence->state[i].b, 1e-9);
  }
}

static void test_surprises(void) {
  g_autoptr(PlnVoteMatrix) matrix = made_line(1, 3, NULL);
  PlnEstimateOptions o = made_options(PLN_FIT_SCALE, 1);
  o.surprises = 5;
  g_autoptr(PlnEstimate) e = made_estimate(matrix, &o);
  CU_ASSERT_EQUAL_FATAL(e->n_surprises, 5);
  for (guint k = 0; k < 5; k++) {
    const PlnSurprise *s = &e->surprise[k];
    gsize cell = (gsize)s->call * 30 + s->state;
    CU_ASSERT_EQUAL(s->answer, e->cells->answer[cell]);
    CU_ASSERT_DOUBLE_EQUAL(s->chance, e->fit->chance[cell * 3 + s->answer], 1e-7);
    CU_ASSERT_TRUE(k == 0 || s->chance >= e->surprise[k - 1].chance);
  }
  o.surprises = 0;
  g_autoptr(PlnEstimate) none = made_estimate(matrix, &o);
  CU_ASSERT_EQUAL(none->n_surprises, 0);
}

/* Of no session, no group and no day, with a twentieth of the votes left, by every model. */
static void test_bare(void) {
  g_autoptr(PlnVoteMatrix) matrix = made_line(1, 0, NULL);
  for (guint kind = PLN_FIT_SCALE; kind <= PLN_FIT_SPACE; kind++)
    for (guint few = 0; few < 2; few++) {
      PlnEstimateOptions o = made_options(kind, 2);
      o.hold_out = few ? 0.95 : 0.1;
      o.samples = 3;
      o.cells.lopsided = 0;
      o.fit.decay = 0.8;
      o.groups = TRUE;
      g_autoptr(PlnEstimate) e = made_estimate(matrix, &o);
      CU_ASSERT_TRUE(e->cells->n_sessions == 1 && e->cells->session_name[0] == -1);
      CU_ASSERT_EQUAL(e->called, 90);
      CU_ASSERT_TRUE(isfinite(e->outside.log_score) && isfinite(e->inside.log_score));
      CU_ASSERT_EQUAL(e->shares.log_score, e->group_shares.log_score); /* no groups */
      CU_ASSERT_PTR_NULL(e->move);
    }
}

static void test_again(void) {
  g_autoptr(PlnVoteMatrix) matrix = made_line(2, 3, NULL);
  PlnEstimateOptions o = made_options(PLN_FIT_SPACE, 2);
  o.hold_out = 0.1;
  o.samples = 5;
  g_autoptr(PlnEstimate) a = made_estimate(matrix, &o);
  o.fit.space.threads = 3;
  g_autoptr(PlnEstimate) b = made_estimate(matrix, &o);
  CU_ASSERT_EQUAL(memcmp(&a->outside, &b->outside, sizeof a->outside), 0);
  CU_ASSERT_EQUAL(memcmp(a->fit->position, b->fit->position, sizeof(double) * 3 * 60), 0);
  CU_ASSERT_EQUAL(memcmp(a->clusters->of, b->clusters->of, sizeof(guint) * 30), 0);
}

/* The last test: the flag stays.  It ends in the ladder, in the scoring and in the fit. */
static void test_interrupted(void) {
  g_autoptr(PlnVoteMatrix) matrix = made_line(1, 3, NULL);
  pln_progress_catch();
  raise(SIGINT);
  for (guint k = 0; k < 3; k++) {
    PlnEstimateOptions o = made_options(PLN_FIT_SPACE, 1);
    o.choose = k == 0;
    o.hold_out = k < 2 ? 0.1 : 0;
    CU_ASSERT_TRUE(refused(matrix, &o, PLN_ERROR_FAILED, "interrupted"));
  }
}

int main(void) {
  CU_TestInfo tests[] = {{"left out", test_left_out},
                         {"nothing left", test_nothing_left},
                         {"orient", test_orient},
                         {"orient dimensions", test_orient_dimensions},
                         {"orient refused", test_orient_refused},
                         {"orient many", test_orient_many},
                         {"scores", test_scores},
                         {"held out is back", test_held_out_is_back},
                         {"chosen", test_chosen},
                         {"groups", test_groups},
                         {"too many groups", test_too_many_groups},
                         {"blocs", test_blocs},
                         {"blocs without days", test_blocs_without_days},
                         {"clusters", test_clusters},
                         {"moves", test_moves},
                         {"moves of spans", test_moves_of_spans},
                         {"moves of some", test_moves_of_some},
                         {"absences", test_absences},
                         {"surprises", test_surprises},
                         {"bare", test_bare},
                         {"again", test_again},
                         {"interrupted", test_interrupted},
                         CU_TEST_INFO_NULL};
  int status = suite_run("estimate", tests);
  made_estimate(NULL, NULL);
  return status;
}
