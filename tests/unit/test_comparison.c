/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A comparison: paired errors against numbers worked out by hand and against independent draws; the
 * record under other rules and votes, counted by hand; who is named and who is filled in. */
#include "plenary/comparison_part.h"

#include <math.h>
#include <string.h>

#include "plenary/electorate_file.h"
#include "plenary/error.h"
#include "plenary/runner_part.h"
#include "scene.h"
#include "suite.h"

static gboolean near(double a, double b, double within) {
  return fabs(a - b) <= within;
}

/* ---- Pairs ---- */

/* 20,000 draws, 100 gained, 500 lost: sqrt(600 - 400²/20000) = sqrt(592) = 24.33105; 1.959964 of
 * that over 20,000 is 0.00238440. */
static void test_pairs(void) {
  PlnComparisonOutcome o = pln_comparison_pairs(0.4, 100, 500, 20000);
  CU_ASSERT_DOUBLE_EQUAL(o.value, 0.4, 0);
  CU_ASSERT_DOUBLE_EQUAL(o.change, -0.02, 1e-15);
  CU_ASSERT_DOUBLE_EQUAL(o.low, -0.02 - 0.00238440, 5e-8);
  CU_ASSERT_DOUBLE_EQUAL(o.high, -0.02 + 0.00238440, 5e-8);
  o = pln_comparison_pairs(0.4, 0, 0, 20000); /* none differs: less than 3 of n */
  CU_ASSERT_DOUBLE_EQUAL(o.change, 0, 0);
  CU_ASSERT_DOUBLE_EQUAL(o.low, -0.00015, 1e-15);
  CU_ASSERT_DOUBLE_EQUAL(o.high, 0.00015, 1e-15);
  o = pln_comparison_pairs(1, 300, 0, 300); /* every one does: never beyond the whole */
  CU_ASSERT_DOUBLE_EQUAL(o.low, 0.99, 1e-15);
  CU_ASSERT_DOUBLE_EQUAL(o.high, 1, 0);
}

static void test_likeliest(void) {
  CU_ASSERT_EQUAL(pln_comparison_likeliest((double[]){.2, .5, .3, 0}), PLN_VOTE_N);
  CU_ASSERT_EQUAL(pln_comparison_likeliest((double[]){.4, .1, .1, .4}), PLN_VOTE_Y);
  CU_ASSERT_EQUAL(pln_comparison_likeliest((double[]){0, 0, 0, 0}), PLN_VOTE_UNKNOWN);
}

/* ---- The record ---- */

/* Bundles from words, ended by NULL. */
static GPtrArray *bundles_of(const char *text, ...) {
  GPtrArray *bundles = g_ptr_array_new_with_free_func(pln_bundle_free);
  va_list more;
  va_start(more, text);
  for (; text; text = va_arg(more, const char *))
    g_ptr_array_add(bundles, pln_bundle_read(text, NULL));
  va_end(more);
  return bundles;
}

static PlnComparison *compare(const PlnScenario *s, const PlnElectorate *e, const GPtrArray *bundles,
                              int proposal, guint threads, GError **error) {
  PlnComparisonOptions o = {.run = pln_runner_options(), .bundles = bundles};
  o.run.electorate = e;
  o.run.proposal = proposal;
  o.run.draws = 1990; /* rounded up */
  o.run.threads = threads;
  return pln_comparison_new(s, &o, error);
}

static double value_of(const PlnComparisonItem *item, const PlnComparisonCase *one, const char *id) {
  int k = pln_runner_find(item->runner, id);
  return k < 0 ? NAN : one ? one->outcome[k].value : item->base.value[k];
}

/* 79 yes, 60 no, 33 abstaining of 193: 70 needed of 139, two-thirds 93; with the 28 of the EU
 * abstaining 111 vote, and 56 are needed. */
static void test_record(void) {
  g_autoptr(PlnScenario) s = scene_shipped("res-74-247");
  g_autoptr(GPtrArray) bundles = bundles_of("rule two-thirds-present-voting", "Europe: vote EU=A",
                                            "Same: vote RUS=N; vote RUS=Y", NULL);
  g_autoptr(PlnComparison) c = compare(s, NULL, bundles, -1, 1, NULL);
  CU_ASSERT_PTR_NOT_NULL_FATAL(c);
  const PlnComparisonItem *item = pln_comparison_item(c, 0);
  const PlnComparisonCase *rule = pln_comparison_case(item, 0);
  const PlnComparisonCase *europe = pln_comparison_case(item, 1);
  const PlnComparisonCase *same = pln_comparison_case(item, 2);
  CU_ASSERT_EQUAL(c->run.study, PLN_RUN_REPLAY);
  CU_ASSERT_EQUAL(c->items->len, 1);
  CU_ASSERT(near(value_of(item, NULL, "margin"), 9, 0));
  CU_ASSERT(rule->turned && !rule->same && rule->moves->len == 0);
  CU_ASSERT(near(value_of(item, rule, "margin"), -14, 0));
  CU_ASSERT(!europe->turned && europe->seats_turned == 28 && europe->named == 28);
  CU_ASSERT(near(value_of(item, europe, "margin"), 79 - 56, 0));
  CU_ASSERT(near(value_of(item, europe, "abstain"), 33 + 28, 0));
  const PlnComparisonMove *first = &g_array_index(europe->moves, PlnComparisonMove, 0);
  CU_ASSERT(first->before == PLN_VOTE_N && first->after == PLN_VOTE_A && first->moved == 1);
  CU_ASSERT(same->same && !same->turned); /* the later holds: as it voted */
  CU_ASSERT_EQUAL(c->clashes->len, 1);
  CU_ASSERT_EQUAL(c->weakest, PLN_STATUS_ASSUMED);
  g_autoptr(GPtrArray) wrong = bundles_of("vote RUSS=N", NULL);
  g_autoptr(GError) error = NULL;
  CU_ASSERT_PTR_NULL(compare(s, NULL, wrong, -1, 1, &error));
  CU_ASSERT(scene_error(&error, PLN_ERROR_USAGE, "RUS"));
}

/* Without a record there is nothing that it is turned from, and nobody who has stopped voting. */
static void test_no_record(void) {
  g_autoptr(PlnScenario) s = scene_shipped("protocol-offences");
  g_autoptr(GPtrArray) bundles = bundles_of("vote EU=Y", NULL);
  PlnComparisonOptions o = {.run = pln_runner_options(), .study_asked = TRUE, .bundles = bundles};
  o.run.study = PLN_RUN_REPLAY;
  o.run.proposal = pln_scenario_find(s, "terrorism");
  g_autoptr(PlnComparison) c = pln_comparison_new(s, &o, NULL);
  CU_ASSERT_PTR_NOT_NULL_FATAL(c);
  const PlnComparisonItem *item = pln_comparison_item(c, 0);
  const PlnComparisonCase *one = pln_comparison_case(item, 0);
  CU_ASSERT(isnan(item->base.value[item->adopted]));
  CU_ASSERT(!one->turned && !one->same);
  CU_ASSERT_EQUAL(one->moves->len, 27);
  CU_ASSERT_EQUAL(one->named, 27);
  CU_ASSERT_EQUAL(one->seats_turned, 0);
  CU_ASSERT_EQUAL(g_array_index(one->moves, PlnComparisonMove, 0).before, PLN_VOTE_UNKNOWN);
}

/* What shows in no part may yet be: less than three in all draws. */
static void test_parts_alike(void) {
  double none[PLN_COMPARISON_PARTS] = {0}, some[PLN_COMPARISON_PARTS] = {1};
  PlnComparisonOutcome o = pln_comparison_by_parts(5, 5, none, PLN_COMPARISON_PARTS, 0.0075);
  CU_ASSERT(o.change == 0 && o.low == -0.0075 && o.high == 0.0075);
  o = pln_comparison_by_parts(5.05, 5, some, PLN_COMPARISON_PARTS, 0.0075); /* 1/20 ± 2.093/20 */
  CU_ASSERT_DOUBLE_EQUAL(o.low, 0.05 - 2.093024 / 20, 1e-6);
  CU_ASSERT(isnan(pln_comparison_by_parts(5, 4, none, 1, 0.0075).low));
}

/* ---- Draws ---- */

static PlnElectorate *shipped_electorate(void) {
  g_autofree char *path = g_build_filename(g_getenv("PLENARY_DATA"), "positions", "s70-74", NULL);
  return pln_electorate_load(scene_world(), path, NULL);
}

/* What must be so of every case that is drawn. */
static void holds_together(const PlnComparison *c, const PlnComparisonItem *item,
                           const PlnComparisonCase *one) {
  double n = c->run.draws, base = item->base.value[item->adopted];
  const PlnComparisonOutcome *o = &one->outcome[item->adopted];
  CU_ASSERT(one->paired);
  CU_ASSERT_DOUBLE_EQUAL(o->value - base, ((double)one->gained - (double)one->lost) / n, 1e-12);
  CU_ASSERT_DOUBLE_EQUAL(o->change, o->value - base, 1e-12);
  CU_ASSERT(o->low <= o->change && o->change <= o->high);
  CU_ASSERT_EQUAL(one->result.draws, c->run.draws);
  for (guint k = 1; k < one->moves->len; k++)
    CU_ASSERT(g_array_index(one->moves, PlnComparisonMove, k - 1).moved >=
              g_array_index(one->moves, PlnComparisonMove, k).moved);
}

/* Pairs are surer than draws of their own would be. */
static void is_surer(const PlnComparison *c, const PlnComparisonItem *item,
                     const PlnComparisonCase *one) {
  double p = item->base.value[item->adopted], q = one->outcome[item->adopted].value;
  double alone = sqrt((p * (1 - p) + q * (1 - q)) / c->run.draws) * 1.96;
  const PlnComparisonOutcome *o = &one->outcome[item->adopted];
  CU_ASSERT((o->high - o->low) / 2 < alone);
}

static gboolean same_case(const PlnComparisonItem *item, const PlnComparisonCase *a,
                          const PlnComparisonCase *b) {
  return memcmp(a->result.count, b->result.count, sizeof a->result.count) == 0 &&
         a->gained == b->gained && a->lost == b->lost && a->moves->len == b->moves->len &&
         memcmp(a->chance, b->chance, item->seats * PLN_VOTE_KINDS * sizeof(double)) == 0 &&
         memcmp(a->outcome, b->outcome, pln_runner_outcomes(item->runner) * sizeof *a->outcome) == 0;
}

static void test_drawn(void) {
  g_autoptr(PlnScenario) s = scene_shipped("protocol-offences");
  g_autoptr(PlnElectorate) e = shipped_electorate();
  CU_ASSERT_PTR_NOT_NULL_FATAL(e);
  int place = pln_scenario_find(s, "terrorism");
  g_autoptr(GPtrArray) bundles = bundles_of("Asia: position ASEAN=5±5", "vote CHN=Y; vote IND=Y",
                                            "elsewhere: position extremism:EU=90", NULL);
  g_autoptr(PlnComparison) c = compare(s, e, bundles, place, 1, NULL);
  g_autoptr(PlnComparison) again = compare(s, e, bundles, place, 3, NULL);
  CU_ASSERT(c && again);
  const PlnComparisonItem *item = pln_comparison_item(c, 0);
  const PlnComparisonItem *other = pln_comparison_item(again, 0);
  CU_ASSERT_EQUAL(c->run.study, PLN_RUN_PROJECT);
  CU_ASSERT_EQUAL(c->run.draws, 2000);
  for (guint k = 0; k < bundles->len; k++) {
    holds_together(c, item, pln_comparison_case(item, k));
    CU_ASSERT(same_case(item, pln_comparison_case(item, k), pln_comparison_case(other, k)));
  }
  const PlnComparisonCase *asia = pln_comparison_case(item, 0), *votes = pln_comparison_case(item, 1);
  is_surer(c, item, votes);
  CU_ASSERT(asia->named > 0 && asia->moves->len > asia->named); /* others are filled in */
  CU_ASSERT(g_array_index(asia->moves, PlnComparisonMove, 0).directly);
  CU_ASSERT(votes->named <= 2 && votes->moves->len == votes->named); /* nothing is inferred */
  CU_ASSERT(votes->lost == 0);                                      /* two more yes lose nothing */
  CU_ASSERT(pln_comparison_case(item, 2)->same);
  const PlnComparisonOutcome *untouched = pln_comparison_case(item, 2)->outcome;
  CU_ASSERT(untouched[item->adopted].low == 0 && untouched[item->adopted].high == 0);
  CU_ASSERT_PTR_NULL(item->runner->room); /* of many proposals most of the memory */
  CU_ASSERT_EQUAL(pln_comparison_case(item, 2)->changes->len, 0);
}

static PlnComparison *compare_all(const PlnScenario *s, const PlnElectorate *e,
                                  const GPtrArray *bundles, GError **error) {
  PlnComparisonOptions o = {.run = pln_runner_options(), .bundles = bundles};
  o.run.electorate = e;
  o.run.draws = 200;
  o.run.threads = 2;
  return pln_comparison_new(s, &o, error);
}

/* Of several proposals each has its own; one that is named is touched alone; a bundle that some have
 * no use for is refused there, and altogether where none has. */
static void test_several(void) {
  g_autoptr(PlnScenario) s = scene_shipped("protocol-offences");
  g_autoptr(PlnElectorate) e = shipped_electorate();
  CU_ASSERT_PTR_NOT_NULL_FATAL(e);
  g_autoptr(GPtrArray) bundles =
      bundles_of("vote terrorism:USA=Y; vote terrorism:GBR=Y", "split ARAB_LEAGUE", NULL);
  g_autoptr(PlnComparison) c = compare_all(s, e, bundles, NULL);
  CU_ASSERT_PTR_NOT_NULL_FATAL(c);
  CU_ASSERT_EQUAL(c->items->len, s->proposals->len);
  CU_ASSERT_EQUAL(c->left_out->len, 0);
  guint touched = 0, refused = 0;
  for (guint k = 0; k < c->items->len; k++) {
    const PlnComparisonItem *item = pln_comparison_item(c, k);
    const PlnComparisonCase *votes = pln_comparison_case(item, 0);
    const PlnComparisonCase *split = pln_comparison_case(item, 1);
    touched += !votes->same;
    CU_ASSERT(votes->same || strcmp(item->proposal->id, "terrorism") == 0);
    refused += split->refused != NULL;
    CU_ASSERT(!split->refused || split->same);
  }
  CU_ASSERT_EQUAL(touched, 1);
  CU_ASSERT(refused > 0 && refused < c->items->len);
  g_autoptr(GPtrArray) useless = bundles_of("split BRICS", NULL);
  g_autoptr(GError) error = NULL;
  CU_ASSERT_PTR_NULL(compare_all(s, e, useless, &error));
  CU_ASSERT(scene_error(&error, PLN_ERROR_USAGE, "BRICS"));
}

/* In talks an issue is meant, though the proposal that is asked about is another and one is called as
 * the issue is; of a vote the same is left out, and no other bundle is touched by that. */
static void test_issues_named_like_proposals(void) {
  g_autoptr(PlnScenario) s = scene_shipped("protocol-package");
  g_autoptr(PlnElectorate) e = shipped_electorate();
  CU_ASSERT_PTR_NOT_NULL_FATAL(e);
  int place = pln_scenario_find(s, "offences");
  g_autoptr(GPtrArray) bundles = bundles_of("First: salience safeguards:EU=100; vote entry:USA=Y",
                                            "position entry:EU=60", NULL);
  g_autoptr(PlnComparison) c = compare(s, e, bundles, place, 1, NULL);
  CU_ASSERT_PTR_NOT_NULL_FATAL(c);
  CU_ASSERT_EQUAL(c->run.study, PLN_RUN_BARGAIN);
  const PlnComparisonItem *item = pln_comparison_item(c, 0);
  const PlnComparisonCase *first = pln_comparison_case(item, 0), *entry = pln_comparison_case(item, 1);
  CU_ASSERT(value_of(item, first, "position safeguards") > value_of(item, NULL, "position safeguards"));
  CU_ASSERT(first->changes->len == 1 && first->elsewhere->len == 1);
  CU_ASSERT(value_of(item, entry, "position entry") > value_of(item, NULL, "position entry"));
  g_autoptr(GPtrArray) alone = bundles_of("position entry:EU=60", NULL);
  PlnComparisonOptions o = {.run = pln_runner_options(), .bundles = alone};
  o.run.proposal = place;
  CU_ASSERT_EQUAL(pln_comparison_study(s, &o), PLN_RUN_BARGAIN);
  o.run.proposal = pln_scenario_find(s, "entry");
  CU_ASSERT_EQUAL(pln_comparison_study(s, &o), PLN_RUN_PROJECT);
}

/* What nothing has a use for is left out beside others; a slip is an error all the same. */
static void test_useless(void) {
  g_autoptr(PlnScenario) s = scene_shipped("deletions-2024");
  int place = pln_scenario_find(s, "article-6-2");
  g_autoptr(GPtrArray) bundles = bundles_of("vote EU=A", "rule two-thirds-present-voting", NULL);
  g_autoptr(PlnComparison) c = compare(s, NULL, bundles, place, 1, NULL);
  CU_ASSERT_PTR_NOT_NULL_FATAL(c);
  CU_ASSERT(c->bundles->len == 1 && c->useless->len == 1 && c->left_out->len == 1);
  CU_ASSERT(bundles->len == 2 && c->bundles->pdata[0] == bundles->pdata[1]);
  CU_ASSERT_PTR_NOT_NULL(strstr(c->left_out->pdata[0], "vote EU=A: "));
  CU_ASSERT_EQUAL(pln_comparison_item(c, 0)->cases->len, 1);
  g_autoptr(GPtrArray) slip = bundles_of("vote EUX=A", "rule two-thirds-present-voting", NULL);
  g_autoptr(GError) error = NULL;
  CU_ASSERT_PTR_NULL(compare(s, NULL, slip, place, 1, &error));
  CU_ASSERT(scene_error(&error, PLN_ERROR_USAGE, "EUX"));
  g_autoptr(GPtrArray) alone = bundles_of("vote EU=A", NULL);
  CU_ASSERT_PTR_NULL(compare(s, NULL, alone, place, 1, &error));
  CU_ASSERT(scene_error(&error, PLN_ERROR_USAGE, "not public"));
}

int main(void) {
  CU_TestInfo tests[] = {{"pairs", test_pairs},       {"the likeliest", test_likeliest},
                         {"the record", test_record}, {"draws", test_drawn},
                         {"no record", test_no_record}, {"parts alike", test_parts_alike},
                         {"several", test_several},   {"of no use", test_useless},
                         {"issues named like proposals", test_issues_named_like_proposals},
                         CU_TEST_INFO_NULL};
  int status = suite_run("comparison", tests);
  scene_end();
  return status;
}
