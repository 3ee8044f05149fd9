/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Absences: counted by hand, the prior against its likelihood, and where nobody was there. */
#include "plenary/presence.h"

#include <math.h>
#include <string.h>

#include "plenary/draw.h"
#include "made_cells.h"
#include "suite.h"

static gboolean is_near(double a, double b, double within) {
  return fabs(a - b) <= within || (isnan(a) && isnan(b));
}

static const char *const rows[] = {"YX-A", "XXYN", "NXYY", "XX-Y", "YY-A"};
static const int sessions[] = {60, 60, 61, 61, 63};

static void test_counts(void) {
  g_autoptr(PlnVoteMatrix) matrix = made_matrix(rows, sessions, 5);
  g_autoptr(PlnPresence) p = pln_presence_new(matrix, NULL);
  static const guint eligible[] = {5, 5, 2, 5}, absent[] = {2, 4, 0, 0};
  static const guint by_eligible[] = {2, 2, 1, 2, 2, 2, 1, 2, 1, 1, 0, 1};
  static const guint by_absent[] = {1, 2, 0, 0, 1, 2, 0, 0, 0, 0, 0, 0};
  for (guint i = 0; i < 4; i++)
    CU_ASSERT_TRUE(p->state[i].eligible == eligible[i] && p->state[i].absent == absent[i]);
  CU_ASSERT_TRUE(p->n_sessions == 3 && p->session_name[2] == 63 && p->n_calls == 5);
  CU_ASSERT_EQUAL(memcmp(p->eligible, by_eligible, sizeof by_eligible), 0);
  CU_ASSERT_EQUAL(memcmp(p->absent, by_absent, sizeof by_absent), 0);
  CU_ASSERT_TRUE(p->fitted && p->a > 0 && p->b > 0);
  for (guint i = 0; i < 4; i++) {
    const PlnAbsence *s = &p->state[i];
    CU_ASSERT_TRUE(is_near(s->a, p->a + absent[i], 0));
    CU_ASSERT_TRUE(is_near(s->b, p->b + eligible[i] - absent[i], 1e-12));
    CU_ASSERT_TRUE(is_near(s->chance, s->a / (s->a + s->b), 0));
    CU_ASSERT_TRUE(0 <= s->low && s->low < s->high && s->high <= 1);
    CU_ASSERT_TRUE(0 <= s->session_low && s->session_low < s->session_high);
  }
}

/* Sessions outside, weights of 0 and hidden cells are as if they were not there. */
static void test_window(void) {
  g_autoptr(PlnVoteMatrix) matrix = made_matrix(rows, sessions, 5);
  g_autoptr(PlnVoteMatrix) part = made_matrix(rows + 2, sessions + 2, 2);
  static const double weight[] = {0, 0, 1, 1, 0};
  guint8 hide[20] = {1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1};
  PlnPresenceOptions options[] = {{NULL, NULL, 61, 62}, {weight, NULL, -1, -1},
                                  {NULL, hide, -1, -1}};
  g_autoptr(PlnPresence) expected = pln_presence_new(part, NULL);
  for (guint o = 0; o < 3; o++) {
    g_autoptr(PlnPresence) got = pln_presence_new(matrix, &options[o]);
    CU_ASSERT_EQUAL(memcmp(got->state, expected->state, 4 * sizeof *got->state), 0);
    CU_ASSERT_TRUE(got->bunching == expected->bunching);
  }
}

/* Of one state alone the prior is Jeffreys'; Beta(1/2, 1/2) is the arcsine's distribution. */
static void test_jeffreys(void) {
  static const char *const one[] = {"-", "-"}, *const two[] = {"X", "Y"};
  static const double weight[] = {2, 0.5};
  const double pi = 3.14159265358979323846;
  g_autoptr(PlnVoteMatrix) never = made_matrix(one, sessions, 2), both = made_matrix(two, sessions, 2);
  g_autoptr(PlnPresence) p = pln_presence_new(never, NULL);
  CU_ASSERT_TRUE(!p->fitted && p->a == 0.5 && p->b == 0.5);
  CU_ASSERT_TRUE(p->state[0].chance == 0.5);
  CU_ASSERT_TRUE(is_near(p->state[0].low, pow(sin(0.05 * pi / 2), 2), 1e-12));
  CU_ASSERT_TRUE(is_near(p->state[0].high, pow(sin(0.95 * pi / 2), 2), 1e-12));
  CU_ASSERT_TRUE(isnan(p->bunching));
  g_autoptr(PlnPresence) w = pln_presence_new(both, &(PlnPresenceOptions){weight, NULL, -1, -1});
  CU_ASSERT_TRUE(w->state[0].a == 2.5 && w->state[0].b == 1 && w->state[0].absent == 1);
  /* Beta(5/2, 1) has the distribution function x^(5/2). */
  CU_ASSERT_TRUE(is_near(w->state[0].low, pow(0.05, 0.4), 1e-12));
}

static void test_always_or_never(void) {
  static const char *const never[] = {"YNA", "YYY"}, *const always[] = {"XXX", "XXX"};
  for (guint k = 0; k < 2; k++) {
    g_autoptr(PlnVoteMatrix) matrix = made_matrix(k ? always : never, sessions, 2);
    g_autoptr(PlnPresence) p = pln_presence_new(matrix, NULL);
    CU_ASSERT_TRUE(!p->fitted && isnan(p->bunching));
    CU_ASSERT_TRUE(is_near(p->state[1].chance, k ? 2.5 / 3 : 0.5 / 3, 1e-12));
  }
}

static void test_bunching(void) {
  static const char *const together[] = {"XX", "YY", "YY", "YY"};
  static const char *const apart[] = {"XY", "YX", "YX", "XY"};
  static const int one[] = {60, 60, 60, 60}, each[] = {60, 61, 62, 63};
  g_autoptr(PlnVoteMatrix) m = made_matrix(together, one, 4), n = made_matrix(apart, one, 4);
  g_autoptr(PlnVoteMatrix) s = made_matrix(together, each, 4);
  g_autoptr(PlnPresence) two = pln_presence_new(m, NULL), none = pln_presence_new(n, NULL);
  g_autoptr(PlnPresence) unsaid = pln_presence_new(s, NULL);
  CU_ASSERT_TRUE(is_near(two->bunching, 2, 1e-12)); /* 2.25 + 3 / 4 over 4 x 2 x 3 / 16 */
  CU_ASSERT_TRUE(is_near(none->bunching, 0, 1e-12));
  CU_ASSERT_TRUE(isnan(unsaid->bunching)); /* one roll call a session tells nothing */
}

/* Of two states one misses session 60 and half of 61, the other nothing: the shares change by
 * 1/2 and 0, their means are 3/4 and 0. */
static void test_clumping(void) {
  static const char *const by_session[] = {"XY", "XY", "XY", "YY"}, *const steady[] = {"XY", "YX"};
  static const int one[] = {60, 60, 61, 61}, all_or_none[] = {60, 60, 60, 63};
  g_autoptr(PlnVoteMatrix) m = made_matrix(by_session, one, 4), s = made_matrix(steady, one, 2);
  g_autoptr(PlnVoteMatrix) n = made_matrix(by_session, all_or_none, 4);
  g_autoptr(PlnPresence) p = pln_presence_new(m, NULL), once = pln_presence_new(s, NULL);
  g_autoptr(PlnPresence) most = pln_presence_new(n, NULL);
  CU_ASSERT_TRUE(is_near(p->clumping, (0.25 / 2) / (0.75 * 0.25), 1e-12));
  CU_ASSERT_TRUE(isnan(once->clumping));
  CU_ASSERT_TRUE(once->state[0].session_low == once->state[0].low);
  CU_ASSERT_TRUE(once->state[0].session_high == once->state[0].high);
  CU_ASSERT_TRUE(most->clumping == 1); /* then nearly all or nothing */
  CU_ASSERT_TRUE(most->state[0].session_low < 1e-9 && most->state[0].session_high > 1 - 1e-9);
}

enum { STATES = 300, CALLS = 60 };

/* States whose chances are uniform: Beta(1, 1). */
static PlnVoteMatrix *drawn(gboolean backwards) {
  PlnVoteMatrix *matrix = pln_vote_matrix_new(STATES, CALLS);
  PlnDraw draw = pln_draw_stream(4, 0, 0);
  for (guint i = 0; i < STATES; i++) {
    double chance = pln_draw_uniform(&draw);
    for (guint j = 0; j < CALLS; j++) {
      guint8 vote = pln_draw_uniform(&draw) < chance ? PLN_VOTE_X : PLN_VOTE_Y;
      guint cell = j * STATES + i;
      matrix->vote[backwards ? STATES * CALLS - 1 - cell : cell] = vote;
    }
  }
  return matrix;
}

static double likelihood(const PlnPresence *p, double a, double b) {
  double sum = 0;
  for (guint i = 0; i < p->n_states; i++) {
    guint absent = p->state[i].absent, all = p->state[i].eligible;
    sum += lgamma(absent + a) - lgamma(a) + lgamma(all - absent + b) - lgamma(b) -
           lgamma(all + a + b) + lgamma(a + b);
  }
  return sum;
}

static void test_prior(void) {
  g_autoptr(PlnVoteMatrix) matrix = drawn(FALSE), back = drawn(TRUE);
  g_autoptr(PlnPresence) p = pln_presence_new(matrix, NULL), q = pln_presence_new(back, NULL);
  CU_ASSERT_TRUE(is_near(p->a, 1, 0.2) && is_near(p->b, 1, 0.2));
  double at_best = likelihood(p, p->a, p->b);
  static const double off[][2] = {{1.01, 1}, {1 / 1.01, 1}, {1, 1.01}, {1, 1 / 1.01},
                                  {1.01, 1.01}, {1 / 1.01, 1 / 1.01}, {1.01, 1 / 1.01}};
  for (guint k = 0; k < G_N_ELEMENTS(off); k++)
    CU_ASSERT_TRUE(likelihood(p, p->a * off[k][0], p->b * off[k][1]) < at_best);
  CU_ASSERT_TRUE(is_near(p->bunching, 1, 0.4));
  /* The order of states and roll calls does not matter. */
  CU_ASSERT_TRUE(is_near(p->a, q->a, 1e-8) && is_near(p->bunching, q->bunching, 1e-8));
  guint inside = 0;
  for (guint i = 0; i < STATES; i++) {
    CU_ASSERT_TRUE(is_near(p->state[i].chance, q->state[STATES - 1 - i].chance, 1e-8));
    double share = (double)p->state[i].absent / CALLS;
    inside += p->state[i].low <= share && share <= p->state[i].high;
  }
  CU_ASSERT_TRUE(inside > STATES * 0.9);
}

/* Shares that differ no more than chance has it: the prior ends at its bound, not beyond. */
static void test_all_alike(void) {
  static const char *const alike[] = {"XYXYXY", "YXYXYX"};
  g_autoptr(PlnVoteMatrix) matrix = made_matrix(alike, sessions, 2);
  g_autoptr(PlnPresence) p = pln_presence_new(matrix, NULL);
  CU_ASSERT_TRUE(p->fitted && p->a <= 1e5 && p->a > 1e3 && is_near(p->a / p->b, 1, 1e-6));
  CU_ASSERT_TRUE(is_near(p->state[0].chance, 0.5, 1e-6) && p->state[0].high < 0.55);
}

static void test_decay(void) {
  g_autoptr(PlnVoteMatrix) matrix = made_matrix(rows, (int[]){60, 61, -1, 63, 63}, 5);
  double weight[5];
  pln_presence_decay(matrix, 0.5, weight);
  CU_ASSERT_TRUE(weight[0] == 0.125 && weight[1] == 0.25 && weight[2] == 1 && weight[4] == 1);
  pln_presence_decay(matrix, 0, weight);
  CU_ASSERT_TRUE(weight[0] == 0 && weight[3] == 1);
}

static void test_nothing(void) {
  g_autoptr(PlnVoteMatrix) nobody = pln_vote_matrix_new(0, 2), nothing = pln_vote_matrix_new(2, 0);
  g_autoptr(PlnPresence) a = pln_presence_new(nobody, NULL), b = pln_presence_new(nothing, NULL);
  CU_ASSERT_TRUE(a->n_states == 0 && isnan(a->bunching));
  CU_ASSERT_TRUE(b->n_sessions == 0 && b->state[1].chance == 0.5);
  pln_presence_decay(nothing, 0.5, NULL);
  pln_presence_free(NULL);
}

int main(void) {
  CU_TestInfo tests[] = {{"counts", test_counts},
                         {"window", test_window},
                         {"jeffreys", test_jeffreys},
                         {"always or never", test_always_or_never},
                         {"bunching", test_bunching},
                         {"clumping", test_clumping},
                         {"prior", test_prior},
                         {"all alike", test_all_alike},
                         {"decay", test_decay},
                         {"nothing", test_nothing},
                         CU_TEST_INFO_NULL};
  return suite_run("presence", tests);
}
