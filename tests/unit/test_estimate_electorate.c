/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What of an estimate other commands load: the space's numbers, its window, its scores. */
#include <math.h>
#include <string.h>

#include "made_estimates.h"
#include "plenary/estimate.h"
#include "suite.h"

static void put_groups(PlnVoteMatrix *matrix, guint n) {
  for (guint i = 0; i < matrix->n_voters; i++) {
    g_autofree char *name = g_strdup_printf("group %u", (i + n - 1) % n);
    matrix->voter[i].group = i == 3 ? "" : pln_vote_matrix_keep(matrix, name);
  }
}

/* But for digits that are not kept. */
static gboolean are_near(const double *a, const double *b, gsize n) {
  for (gsize k = 0; k < n; k++)
    if (!(fabs(a[k] - b[k]) <= 0.51e-5))
      return FALSE;
  return TRUE;
}

static void test_electorate(void) {
  g_autoptr(PlnVoteMatrix) matrix = made_line(2, 3, NULL);
  put_groups(matrix, 2);
  PlnEstimateOptions o = made_options(PLN_FIT_SPACE, 2);
  o.hold_out = 0.1;
  o.groups = TRUE;
  g_autoptr(PlnEstimate) e = made_estimate(matrix, &o);
  g_autoptr(PlnElectorate) out = pln_estimate_electorate(e, "plenary estimate", "votes.csv", "abc");
  const PlnSpace *s = e->fit->space;
  CU_ASSERT_TRUE(out->n == 30 && out->d == 2 && out->n_groups == 2 && out->classes == 3);
  const double *same[][2] = {{out->position, s->position + 2 * 60}, /* the last period's */
                             {out->error, s->error},
                             {out->lean, s->lean},
                             {out->width, s->width},
                             {out->doubt, s->doubt},
                             {out->slope_mean, s->slope_mean},
                             {out->slope_covariance, s->slope_covariance},
                             {out->group_spread, s->group_spread},
                             {&out->centre_mean, &s->centre_mean},
                             {&out->centre_sd, &s->centre_sd},
                             {&out->width_mean, &s->width_mean},
                             {&out->width_sd, &s->width_sd},
                             {&out->lapse, &s->lapse},
                             {&out->held_out_log, &e->outside.log_score},
                             {&out->held_out_brier, &e->outside.brier},
                             {&out->held_out_right, &e->outside.right}};
  static const gsize many[] = {60, 60, 30, 30, 30, 2, 4, 2, 1, 1, 1, 1, 1, 1, 1, 1};
  for (gsize k = 0; k < G_N_ELEMENTS(many); k++)
    CU_ASSERT_TRUE(are_near(same[k][0], same[k][1], many[k]));
  for (guint i = 0; i < 30; i++) {
    CU_ASSERT_STRING_EQUAL(out->code[i], matrix->voter[i].code);
    CU_ASSERT_EQUAL(out->in_group[i], e->group[i]);
    CU_ASSERT_TRUE(are_near(&out->absent_a[i], &e->presence->state[i].a, 1));
    CU_ASSERT_TRUE(are_near(&out->absent_b[i], &e->presence->state[i].b, 1));
  }
  CU_ASSERT_STRING_EQUAL(out->group[1], "group 0");
  CU_ASSERT_TRUE(strcmp(out->command, "plenary estimate") == 0 &&
                 strcmp(out->source, "votes.csv") == 0 && strcmp(out->sha256, "abc") == 0);
}

/* With dimensions that are shrunk to nothing, and few votes, the covariance is still one. */
static void test_covariance(void) {
  for (guint d = 1; d <= 16; d *= 2) {
    g_autoptr(PlnVoteMatrix) matrix = made_line(1, 3, NULL);
    PlnEstimateOptions o = made_options(PLN_FIT_SPACE, d);
    o.fit.space.penalty = 7.5;
    g_autoptr(PlnEstimate) e = made_estimate(matrix, &o);
    g_autoptr(PlnElectorate) out = pln_estimate_electorate(e, "", "", "");
    g_autofree double *root = g_new(double, (gsize)d *d);
    CU_ASSERT_EQUAL(pln_electorate_root(out, root), -1);
  }
}

static void test_window(void) {
  g_autoptr(PlnVoteMatrix) matrix = made_line(1, 3, NULL);
  PlnEstimateOptions o = made_options(PLN_FIT_SPACE, 1);
  o.cells.to = 61;
  g_autoptr(PlnEstimate) e = made_estimate(matrix, &o);
  g_autoptr(PlnElectorate) out = pln_estimate_electorate(e, "", "", "");
  PlnDay last = matrix->call[e->cells->call[e->cells->n_calls - 1]].day;
  CU_ASSERT_TRUE(out->from_session == 60 && out->to_session == 61);
  CU_ASSERT_TRUE(out->from_day > 20200101 && out->from_day < 20200108 && out->to_day == last);
  CU_ASSERT_TRUE(out->n_calls == e->cells->n_calls && out->n_votes == (gint64)e->cells->seen);
  CU_ASSERT_TRUE(out->n_groups == 0 && out->in_group[0] == -1 && out->held_out_log < 0);
  CU_ASSERT_TRUE(pln_electorate_has_seen(out, last, 61) &&
                 pln_electorate_has_seen(out, PLN_DAY_NONE, 60));
  CU_ASSERT_FALSE(pln_electorate_has_seen(out, last + 1, 62) ||
                  pln_electorate_has_seen(out, PLN_DAY_NONE, 62));
}

/* The window is of the sessions that are stated; where none is, and no day, there is none. */
static void test_window_unstated(void) {
  g_autoptr(PlnVoteMatrix) some = made_line(1, 3, NULL), none = made_line(1, 0, NULL);
  for (guint j = 0; j < 90; j++)
    none->call[j].day = j % 2 ? PLN_DAY_UNKNOWN : PLN_DAY_NONE;
  for (guint j = 0; j < 5; j++)
    some->call[j].session = -1;
  PlnEstimateOptions o = made_options(PLN_FIT_SPACE, 1);
  g_autoptr(PlnEstimate) a = made_estimate(some, &o), b = made_estimate(none, &o);
  g_autoptr(PlnElectorate) of_some = pln_estimate_electorate(a, "", "", "");
  g_autoptr(PlnElectorate) of_none = pln_estimate_electorate(b, "", "", "");
  CU_ASSERT_TRUE(of_some->from_session == 60 && of_some->to_session == 62);
  CU_ASSERT_TRUE(pln_electorate_has_seen(of_some, PLN_DAY_NONE, 60));
  CU_ASSERT_TRUE(of_none->from_session == -1 && of_none->to_session == -1);
  CU_ASSERT_TRUE(of_none->from_day == PLN_DAY_NONE && of_none->to_day == PLN_DAY_NONE);
  CU_ASSERT_FALSE(pln_electorate_has_seen(of_none, 20200102, 60));
}

int main(void) {
  CU_TestInfo tests[] = {{"electorate", test_electorate},
                         {"covariance", test_covariance},
                         {"window", test_window},
                         {"window unstated", test_window_unstated},
                         CU_TEST_INFO_NULL};
  int status = suite_run("estimate_electorate", tests);
  made_estimate(NULL, NULL);
  return status;
}
