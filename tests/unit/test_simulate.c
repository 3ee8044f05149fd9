/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Simulations: what is drawn has the frequencies that the model says, and depends on the seed
 * and on nothing else. */
#include "plenary/simulate.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "plenary/electorate_file.h"
#include "plenary/normal.h"
#include "plenary/roll_calls.h"
#include "scene.h"
#include "suite.h"

enum { CALLS = 40000 };

/* Six states that differ in everything, two groups, a covariance that is not diagonal. */
static PlnElectorate *six(void) {
  static const double x[] = {0.5, 1, -1, 0.3, 2, -0.5, 0, 0, -1.5, -1, 0.8, 0.8};
  static const double covariance[] = {1.5, -0.4, -0.4, 0.7};
  PlnElectorate *e = pln_electorate_new(6, 2, 2);
  for (guint i = 0; i < 6; i++) {
    e->code[i] = g_strdup_printf("S%u", i);
    e->in_group[i] = (int)(i % 3) - 1;
    e->doubt[i] = 0.1 * i;
    e->absent_a[i] = 1 + i;
    e->absent_b[i] = 5;
  }
  e->group[0] = g_strdup("A");
  e->group[1] = g_strdup("B");
  e->group_spread[0] = 0.6;
  e->group_spread[1] = 1.1;
  memcpy(e->position, x, sizeof x);
  memcpy(e->slope_covariance, covariance, sizeof covariance);
  e->centre_sd = 0.8;
  return e;
}

/* The rest of it: everything that moves a mean. */
static PlnElectorate *six_askew(void) {
  PlnElectorate *e = six();
  for (guint i = 0; i < 6; i++) {
    e->lean[i] = 0.15 * i - 0.3;
    e->width[i] = 0.1 * i;
  }
  e->slope_mean[0] = 0.4;
  e->slope_mean[1] = -0.2;
  e->centre_mean = -0.25;
  e->width_mean = -0.7;
  e->width_sd = 0.4;
  e->lapse = 0.06;
  return e;
}

static PlnSimulation *drawn(const PlnElectorate *e, guint n, guint64 seed, gboolean absences) {
  PlnSimulateOptions options = pln_simulation_options(e);
  options.n_calls = n;
  options.seed = seed;
  options.absences = absences;
  return pln_simulate(e, &options);
}

/* The covariance of the support of two states, the noise aside for two that differ. */
static double covariance(const PlnElectorate *e, guint i, guint j) {
  double sum = e->centre_sd * e->centre_sd;
  for (guint k = 0; k < e->d; k++)
    for (guint m = 0; m < e->d; m++)
      sum += e->position[i * e->d + k] * e->slope_covariance[k * e->d + m] *
             e->position[j * e->d + m];
  if (e->in_group[i] >= 0 && e->in_group[i] == e->in_group[j])
    sum += pow(e->group_spread[e->in_group[i]], 2);
  return i == j ? sum + 1 + e->doubt[i] : sum;
}

/* Without a band two states agree with chance 1 - acos(rho) / pi. */
static void test_covariance(void) {
  g_autoptr(PlnElectorate) e = six();
  e->width_mean = -40;
  g_autoptr(PlnSimulation) s = drawn(e, CALLS, 1, FALSE);
  for (guint i = 0; i < e->n; i++)
    for (guint j = 0; j < i; j++) {
      double rho = covariance(e, i, j) / sqrt(covariance(e, i, i) * covariance(e, j, j));
      double chance = 1 - acos(rho) / G_PI, agree = 0;
      for (guint t = 0; t < CALLS; t++)
        agree += pln_vote_matrix_row(s->matrix, t)[i] == pln_vote_matrix_row(s->matrix, t)[j];
      CU_ASSERT_DOUBLE_EQUAL(agree / CALLS, chance, 4.5 * sqrt(chance * (1 - chance) / CALLS));
    }
}

/* The chances of yes, no, abstain: the band's width integrated over. */
static void chances(const PlnElectorate *e, guint i, double chance[3]) {
  double mean = e->lean[i] - e->centre_mean, sd = sqrt(covariance(e, i, i)), all = 0;
  double yes = 0, no = 0;
  for (guint k = 0; k < e->d; k++)
    mean += e->slope_mean[k] * e->position[i * e->d + k];
  for (double z = -6; z <= 6; z += 0.01) {
    double half = exp(e->width_mean + e->width[i] + e->width_sd * z), weight = exp(-z * z / 2);
    yes += weight * pln_normal((mean - half) / sd);
    no += weight * pln_normal((-half - mean) / sd);
    all += weight;
  }
  chance[PLN_VOTE_Y] = (1 - e->lapse) * yes / all + e->lapse / 3;
  chance[PLN_VOTE_N] = (1 - e->lapse) * no / all + e->lapse / 3;
  chance[PLN_VOTE_A] = 1 - chance[PLN_VOTE_Y] - chance[PLN_VOTE_N];
}

static void count(const PlnSimulation *s, guint state, double counted[PLN_VOTE_KINDS]) {
  memset(counted, 0, sizeof(double) * PLN_VOTE_KINDS);
  for (guint t = 0; t < s->matrix->n_calls; t++)
    counted[pln_vote_matrix_row(s->matrix, t)[state]]++;
}

static void test_frequencies(void) {
  g_autoptr(PlnElectorate) e = six_askew();
  g_autoptr(PlnSimulation) s = drawn(e, CALLS, 2, FALSE);
  for (guint i = 0; i < e->n; i++) {
    double chance[3], counted[PLN_VOTE_KINDS], chi_square = 0;
    chances(e, i, chance);
    count(s, i, counted);
    for (int k = 0; k < 3; k++)
      chi_square += pow(counted[k] - CALLS * chance[k], 2) / (CALLS * chance[k]);
    CU_ASSERT_TRUE(chi_square < 18.4); /* beyond it once in ten thousand */
    CU_ASSERT_EQUAL(counted[PLN_VOTE_X], 0);
  }
}

static double mean_of(const double *x, guint n, guint step) {
  double sum = 0;
  for (guint i = 0; i < n; i++)
    sum += x[i * step];
  return sum / n;
}

static double shared(const double *x, const double *y, guint n, guint step) {
  double sum = 0, x_mean = mean_of(x, n, step), y_mean = mean_of(y, n, step);
  for (guint i = 0; i < n; i++)
    sum += (x[i * step] - x_mean) * (y[i * step] - y_mean);
  return sum / n;
}

/* What truth.csv tells is of the distributions that it should be. */
static void test_items(void) {
  g_autoptr(PlnElectorate) e = six_askew();
  g_autoptr(PlnSimulation) s = drawn(e, CALLS, 3, TRUE);
  double root = sqrt(CALLS);
  CU_ASSERT_DOUBLE_EQUAL(mean_of(s->centre, CALLS, 1), e->centre_mean, 4.5 * e->centre_sd / root);
  CU_ASSERT_DOUBLE_EQUAL(sqrt(shared(s->centre, s->centre, CALLS, 1)), e->centre_sd,
                         4.5 * e->centre_sd / root);
  CU_ASSERT_DOUBLE_EQUAL(mean_of(s->width, CALLS, 1), e->width_mean, 4.5 * e->width_sd / root);
  CU_ASSERT_DOUBLE_EQUAL(sqrt(shared(s->width, s->width, CALLS, 1)), e->width_sd,
                         4.5 * e->width_sd / root);
  CU_ASSERT_DOUBLE_EQUAL(shared(s->centre, s->width, CALLS, 1), 0, 4.5 * 0.8 * 0.4 / root);
  for (guint j = 0; j < 2; j++) {
    CU_ASSERT_DOUBLE_EQUAL(mean_of(s->slope + j, CALLS, 2), e->slope_mean[j], 4.5 * 1.3 / root);
    for (guint k = 0; k < 2; k++)
      CU_ASSERT_DOUBLE_EQUAL(shared(s->slope + j, s->slope + k, CALLS, 2),
                             e->slope_covariance[2 * j + k], 4.5 * 1.5 * 1.5 / root);
  }
}

/* Beta(a, b), of shapes above and below 1. */
static void test_chance_of_absence(void) {
  static const double shapes[][2] = {{2, 38}, {0.3, 0.4}, {1, 1}, {200, 1800}, {1e-9, 1e-9}};
  enum { STATES = 20000 };
  for (gsize k = 0; k < G_N_ELEMENTS(shapes); k++) {
    double a = shapes[k][0], b = shapes[k][1];
    g_autoptr(PlnElectorate) e = pln_electorate_made_up(STATES, 1, 0, 1);
    for (guint i = 0; i < STATES; i++) {
      e->absent_a[i] = a;
      e->absent_b[i] = b;
    }
    g_autoptr(PlnSimulation) s = drawn(e, 1, 4, TRUE);
    double mean = a / (a + b), variance = mean * (1 - mean) / (a + b + 1);
    if (a < 1e-8) /* it is 0 or 1, and of so small shapes not even told which */
      mean = mean_of(s->absent, STATES, 1);
    CU_ASSERT_DOUBLE_EQUAL(mean_of(s->absent, STATES, 1), mean, 4.5 * sqrt(variance / STATES));
    if (a > 1e-8)
      CU_ASSERT_DOUBLE_EQUAL(shared(s->absent, s->absent, STATES, 1) / variance, 1, 0.08);
    for (guint i = 0; i < STATES; i++)
      CU_ASSERT_TRUE_FATAL(s->absent[i] >= 0 && s->absent[i] <= 1);
  }
}

/* Whoever is absent is so as often as drawn; all others answer as they would have. */
static void test_absences(void) {
  g_autoptr(PlnElectorate) e = six_askew();
  g_autoptr(PlnSimulation) s = drawn(e, CALLS, 5, TRUE), all = drawn(e, CALLS, 5, FALSE);
  gsize other = 0;
  for (guint i = 0; i < e->n; i++) {
    double counted[PLN_VOTE_KINDS], p = s->absent[i];
    count(s, i, counted);
    CU_ASSERT_TRUE(p > 0 && p < 1);
    CU_ASSERT_DOUBLE_EQUAL(counted[PLN_VOTE_X] / CALLS, p, 4.5 * sqrt(p * (1 - p) / CALLS));
  }
  for (gsize k = 0; k < (gsize)CALLS * e->n; k++)
    other += s->matrix->vote[k] != PLN_VOTE_X && s->matrix->vote[k] != all->matrix->vote[k];
  CU_ASSERT_EQUAL(other, 0);
  pln_simulation_free(NULL);
}

static void test_classes(void) {
  g_autoptr(PlnElectorate) e = six();
  double counted[PLN_VOTE_KINDS];
  e->classes = 2;
  e->width_mean = 3; /* of no account */
  g_autoptr(PlnSimulation) two = drawn(e, CALLS, 6, FALSE);
  count(two, 0, counted);
  CU_ASSERT_TRUE(counted[PLN_VOTE_A] == 0);
  CU_ASSERT_DOUBLE_EQUAL(counted[PLN_VOTE_Y] / CALLS, 0.5, 4.5 * 0.5 / sqrt(CALLS));
  e->lapse = 1;
  e->centre_mean = 1e6;
  g_autoptr(PlnSimulation) lapsed = drawn(e, CALLS, 6, FALSE);
  count(lapsed, 0, counted);
  CU_ASSERT_TRUE(counted[PLN_VOTE_A] == 0);
  CU_ASSERT_DOUBLE_EQUAL(counted[PLN_VOTE_Y] / CALLS, 0.5, 4.5 * 0.5 / sqrt(CALLS));
  e->classes = 3;
  g_autoptr(PlnSimulation) thrice = drawn(e, CALLS, 6, FALSE);
  count(thrice, 0, counted);
  for (int k = 0; k < 3; k++)
    CU_ASSERT_DOUBLE_EQUAL(counted[k] / CALLS, 1.0 / 3, 4.5 * 0.48 / sqrt(CALLS));
}

/* ---- The seed and nothing else ---- */

static gboolean same(const PlnSimulation *a, const PlnSimulation *b, guint n) {
  gsize n_voters = a->matrix->n_voters;
  return memcmp(a->matrix->vote, b->matrix->vote, n * n_voters) == 0 &&
         memcmp(a->slope, b->slope, sizeof(double) * n * a->d) == 0 &&
         memcmp(a->centre, b->centre, sizeof(double) * n) == 0 &&
         memcmp(a->width, b->width, sizeof(double) * n) == 0;
}

static void test_seed(void) {
  g_autoptr(PlnElectorate) e = six_askew();
  g_autoptr(PlnSimulation) a = drawn(e, 300, 7, TRUE), b = drawn(e, 300, 7, TRUE);
  g_autoptr(PlnSimulation) c = drawn(e, 300, 8, TRUE), longer = drawn(e, 1000, 7, TRUE);
  CU_ASSERT_TRUE(same(a, b, 300) && memcmp(a->absent, b->absent, sizeof(double) * 6) == 0);
  CU_ASSERT_TRUE(same(a, longer, 300));
  CU_ASSERT_FALSE(same(a, c, 1));
  CU_ASSERT_NOT_EQUAL(memcmp(a->matrix->vote, c->matrix->vote, 300 * 6), 0);
  CU_ASSERT_NOT_EQUAL(memcmp(a->matrix->vote, a->matrix->vote + 6, 6 * 200), 0);
}

typedef struct {
  PlnSimulation *simulation;
  guint first, step;
} Part;

/* From the last on. */
static gpointer draw_part(gpointer data) {
  const Part *part = data;
  for (guint j = part->simulation->matrix->n_calls; j-- > 0;)
    if (j % part->step == part->first)
      pln_simulation_draw(part->simulation, j);
  return NULL;
}

static void test_threads(void) {
  enum { THREADS = 4 };
  g_autoptr(PlnElectorate) e = six_askew();
  PlnSimulateOptions options = pln_simulation_options(e);
  g_autoptr(PlnSimulation) one = pln_simulate(e, &options), many = pln_simulation_new(e, &options);
  CU_ASSERT_EQUAL(many->matrix->vote[0], PLN_VOTE_UNKNOWN);
  GThread *thread[THREADS];
  Part part[THREADS];
  for (guint t = 0; t < THREADS; t++) {
    part[t] = (Part){many, t, THREADS};
    thread[t] = g_thread_new("draw", draw_part, &part[t]);
  }
  for (guint t = 0; t < THREADS; t++)
    g_thread_join(thread[t]);
  CU_ASSERT_TRUE(same(one, many, options.n_calls));
}

/* The bytes of any compiler, at any level, on any machine. */
static void test_bytes(void) {
  g_autoptr(PlnElectorate) e = pln_electorate_made_up(193, 3, 5, 1);
  g_autoptr(PlnSimulation) s = drawn(e, 200, 1, TRUE);
  g_autofree char *votes = pln_votes_text(s->matrix, PLN_VOTES_OWN);
  g_autofree char *truth = pln_simulation_truth(s);
  g_autofree char *states = pln_electorate_text(e, PLN_ELECTORATE_BY_STATE);
  g_autofree char *all = g_strconcat(votes, truth, states, NULL);
  g_autofree char *hash = g_compute_checksum_for_string(G_CHECKSUM_SHA256, all, -1);
  static const char expected[] = "db6190662660666e247f04e8c33df318a55bd6b9dd1394b3cdcebaed08a72e78";
  CU_ASSERT_STRING_EQUAL(hash, expected);
  if (strcmp(hash, expected) != 0)
    printf("\n  got %s\n", hash);
}

/* ---- Texts and the made-up electorate ---- */

static void test_sessions(void) {
  g_autoptr(PlnElectorate) e = six();
  PlnSimulateOptions options = pln_simulation_options(e);
  CU_ASSERT_TRUE(options.n_calls == 200 && options.first_session == 1 && options.absences);
  e->to_session = 74;
  options = pln_simulation_options(e);
  CU_ASSERT_EQUAL(options.first_session, 75);
  options.n_calls = 7;
  options.sessions = 3;
  g_autoptr(PlnSimulation) s = pln_simulate(e, &options);
  static const int expected[] = {75, 75, 75, 76, 76, 77, 77};
  for (int j = 0; j < 7; j++)
    CU_ASSERT_EQUAL(s->matrix->call[j].session, expected[j]);
  CU_ASSERT_STRING_EQUAL(s->matrix->call[6].id, "7");
  CU_ASSERT_STRING_EQUAL(s->matrix->voter[0].group, "");
  CU_ASSERT_STRING_EQUAL(s->matrix->voter[1].group, "A");
}

/* Three states of the world, two roll calls, every vote. */
static PlnVoteMatrix *small(void) {
  static const char *const codes[] = {"FRA", "RUS", "USA"};
  static const guint8 votes[] = {PLN_VOTE_Y, PLN_VOTE_N, PLN_VOTE_A, PLN_VOTE_X, PLN_VOTE_UNKNOWN,
                                 PLN_VOTE_Y};
  PlnVoteMatrix *m = pln_vote_matrix_new(3, 2);
  for (guint i = 0; i < 3; i++)
    m->voter[i].code = codes[i];
  m->call[0].id = "1";
  m->call[1].id = "2, \"b\"";
  m->call[0].session = 74;
  memcpy(m->vote, votes, sizeof votes);
  return m;
}

static void test_texts(void) {
  g_autoptr(PlnVoteMatrix) m = small();
  g_autofree char *own = pln_votes_text(m, PLN_VOTES_OWN);
  g_autofree char *tidy = pln_votes_text(m, PLN_VOTES_TIDY);
  g_autofree char *matrix = pln_votes_text(m, PLN_VOTES_MATRIX);
  CU_ASSERT_STRING_EQUAL(own, "roll_call,state,vote,session\n1,FRA,Y,74\n1,RUS,N,74\n1,USA,A,74\n"
                              "\"2, \"\"b\"\"\",FRA,X,\n\"2, \"\"b\"\"\",USA,Y,\n");
  CU_ASSERT_STRING_EQUAL(tidy, "rcid,country_code,vote\n1,FRA,yes\n1,RUS,no\n1,USA,abstain\n"
                               "\"2, \"\"b\"\"\",USA,yes\n");
  CU_ASSERT_STRING_EQUAL(matrix, "state,1,\"2, \"\"b\"\"\"\nFRA,Y,X\nRUS,N,\nUSA,A,Y\n");
}

static void test_truth(void) {
  g_autoptr(PlnElectorate) e = pln_electorate_new(1, 2, 0);
  e->code[0] = g_strdup("A");
  e->absent_a[0] = e->absent_b[0] = 1;
  e->slope_mean[1] = 0.5;
  e->centre_mean = -2;
  g_autoptr(PlnSimulation) s = drawn(e, 2, 1, FALSE);
  g_autofree char *truth = pln_simulation_truth(s);
  CU_ASSERT_STRING_EQUAL(truth, "roll_call,c,h,b1,b2\n1,-2,0,0,0.5\n2,-2,0,0,0.5\n");
}

static PlnVoteMatrix *read_back(const PlnSimulation *s, PlnVotesForm form) {
  g_autofree char *text = pln_votes_text(s->matrix, form);
  g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));
  g_autoptr(PlnFaults) faults = pln_faults_new();
  PlnRollCallsOptions options = {.votes = "votes.csv", .from = -1, .to = -1};
  PlnVoteMatrix *m = pln_roll_calls_parse(scene_world(), bytes, NULL, NULL, &options, faults);
  g_autofree char *said = pln_faults_text(faults);
  printf("%s", said);
  return m;
}

/* What is written is read again as the same votes. */
static void test_read_back(void) {
  g_autoptr(PlnElectorate) e = pln_electorate_made_up(4, 2, 2, 1);
  static const char *const codes[] = {"EGY", "FRA", "IND", "USA"};
  for (guint i = 0; i < 4; i++) {
    g_free(e->code[i]);
    e->code[i] = g_strdup(codes[i]);
  }
  e->to_session = 74;
  g_autoptr(PlnSimulation) s = drawn(e, 300, 1, TRUE);
  g_autoptr(PlnVoteMatrix) own = read_back(s, PLN_VOTES_OWN);
  g_autoptr(PlnVoteMatrix) matrix = read_back(s, PLN_VOTES_MATRIX);
  CU_ASSERT_PTR_NOT_NULL_FATAL(own);
  CU_ASSERT_PTR_NOT_NULL_FATAL(matrix);
  CU_ASSERT_TRUE(own->n_voters == 4 && own->n_calls == 300 && own->call[0].session == 75);
  CU_ASSERT_EQUAL(memcmp(own->vote, s->matrix->vote, 1200), 0);
  CU_ASSERT_TRUE(matrix->n_voters == 4 && matrix->n_calls == 300);
  CU_ASSERT_EQUAL(memcmp(matrix->vote, s->matrix->vote, 1200), 0);
  g_autoptr(PlnVoteMatrix) tidy = read_back(s, PLN_VOTES_TIDY);
  CU_ASSERT_PTR_NOT_NULL_FATAL(tidy);
  gsize other = 0;
  for (guint j = 0; j < tidy->n_calls; j++) {
    int call = pln_vote_matrix_call(s->matrix, tidy->call[j].id);
    const guint8 *row = pln_vote_matrix_row(s->matrix, (guint)call);
    for (guint i = 0; i < 4; i++)
      other += row[i] != PLN_VOTE_X && pln_vote_matrix_row(tidy, j)[i] != row[i];
  }
  CU_ASSERT_EQUAL(other, 0);
}

static void test_made_up(void) {
  g_autoptr(PlnElectorate) e = pln_electorate_made_up(1000, 3, 4, 9);
  guint in[4] = {0};
  for (guint i = 0; i < e->n; i++) {
    CU_ASSERT_EQUAL_FATAL(pln_electorate_find(e, e->code[i]), (int)i); /* so they are sorted */
    in[e->in_group[i]]++;
  }
  CU_ASSERT_TRUE(in[0] == 250 && in[1] == 250 && in[2] == 250 && in[3] == 250);
  CU_ASSERT_STRING_EQUAL(e->code[0], "S0001");
  for (guint k = 0; k < 3; k++) {
    CU_ASSERT_DOUBLE_EQUAL(mean_of(e->position + k, 1000, 3), 0, 0.15);
    CU_ASSERT_DOUBLE_EQUAL(shared(e->position + k, e->position + k, 1000, 3), 1, 0.2);
    CU_ASSERT_DOUBLE_EQUAL(shared(e->position + k, e->position + (k + 1) % 3, 1000, 3), 0, 0.15);
  }
  g_autoptr(PlnSimulation) s = drawn(e, 100, 9, TRUE);
  double counted[PLN_VOTE_KINDS] = {0};
  for (guint k = 0; k < 100000; k++)
    counted[s->matrix->vote[k]]++;
  CU_ASSERT_DOUBLE_EQUAL(counted[PLN_VOTE_Y] / 1e5, 0.48, 0.07);
  CU_ASSERT_DOUBLE_EQUAL(counted[PLN_VOTE_A] / 1e5, 0.13, 0.05);
  CU_ASSERT_DOUBLE_EQUAL(counted[PLN_VOTE_X] / 1e5, 0.05, 0.01);
}

int main(void) {
  CU_TestInfo tests[] = {{"covariance", test_covariance},
                         {"frequencies", test_frequencies},
                         {"items", test_items},
                         {"chance of absence", test_chance_of_absence},
                         {"absences", test_absences},
                         {"classes", test_classes},
                         {"seed", test_seed},
                         {"threads", test_threads},
                         {"bytes", test_bytes},
                         {"sessions", test_sessions},
                         {"texts", test_texts},
                         {"truth", test_truth},
                         {"read back", test_read_back},
                         {"made up", test_made_up},
                         CU_TEST_INFO_NULL};
  int status = suite_run("simulate", tests);
  scene_end();
  return status;
}
