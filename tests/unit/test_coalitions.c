/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Coalitions of a vote: the ways to win and to block against the rule itself, over every set of a
 * few; the councils with vetoes and weights; prices, blocs, who must be in. */
#include "plenary/coalitions.h"

#include <string.h>

#include "plenary/coalitions_part.h"
#include "plenary/draw.h"
#include "plenary/error.h"
#include "scene.h"
#include "suite.h"

enum { FEW = 7, STUDY = 0x434f4102 };

/* ---- Ways ---- */

static guint below(PlnDraw *draw, guint n) {
  return (guint)(pln_draw_uniform(draw) * n) % n;
}

/* Rules of every kind, weights below 100. */
static PlnRule make_rule(PlnDraw *draw) {
  static const PlnMajority majorities[] = {{1, 2, true}, {2, 3, false}, {3, 5, false}, {0, 1, false},
                                           {11, 20, false}};
  PlnRule rule = {.basis = (PlnBasis)below(draw, 3), .majority = majorities[below(draw, 5)]};
  rule.min_yes = below(draw, 3) == 0 ? 1 + below(draw, 4) : 0;
  rule.abstain = (PlnCountAs)below(draw, 3);
  rule.absent = (PlnCountAs)below(draw, 3);
  rule.veto = below(draw, 2);
  rule.weighted = below(draw, 2);
  rule.weight_basis = (PlnBasis)below(draw, 3);
  rule.weight_majority = (PlnMajority){13, 20, false};
  rule.blocking = below(draw, 3) == 0 ? 3 : 0;
  rule.method = below(draw, 8) == 0 ? PLN_METHOD_CONSENSUS : PLN_METHOD_VOTE;
  return rule;
}

/* Whether the set @code of seats meets all that a way asks for. */
static gboolean meets(const PlnCoalitionWay *way, guint n, guint code) {
  for (guint k = 0; k < way->needs; k++) {
    gint64 sum = 0;
    for (guint i = 0; i < n; i++)
      sum += code >> i & 1 ? way->amount[k][i] : 0;
    if (sum < way->need[k])
      return FALSE;
  }
  for (guint i = 0; i < n && way->must; i++)
    if (way->must[i] && !(code >> i & 1))
      return FALSE;
  return TRUE;
}

static void ways_are_the_rule(PlnDraw *draw, const PlnRule *rule) {
  guint n = 1 + below(draw, FEW);
  PlnVote others[FEW], vote[FEW];
  guint32 weight[FEW];
  guint8 veto[FEW];
  for (guint i = 0; i < n; i++) {
    others[i] = (PlnVote)below(draw, PLN_VOTE_KINDS);
    weight[i] = 1 + below(draw, 99);
    veto[i] = below(draw, 3) == 0;
  }
  for (guint end = 0; end < PLN_COALITION_ENDS; end++) {
    PlnCoalitionWay way[PLN_COALITION_WAYS];
    guint ways = pln_coalitions_ways(rule, (PlnCoalitionEnd)end, n, others, weight, veto, TRUE, way);
    for (guint code = 0; code < 1u << n; code++) {
      gboolean met = FALSE;
      for (guint i = 0; i < n; i++)
        vote[i] = !(code >> i & 1) ? others[i] : end == PLN_COALITION_WINS ? PLN_VOTE_Y : PLN_VOTE_N;
      for (guint k = 0; k < ways; k++)
        met |= meets(&way[k], n, code);
      PlnTally tally = pln_tally(&(PlnBallots){n, vote, rule->weighted ? weight : NULL, veto});
      gboolean adopted =
          pln_rule_decide(rule, &tally, PLN_STAGE_VOTE).outcome == PLN_OUTCOME_ADOPTED;
      if (met != (adopted == (end == PLN_COALITION_WINS))) {
        CU_FAIL("a way is not the rule");
        return;
      }
    }
    for (guint k = 0; k < ways; k++)
      pln_coalitions_way_clear(&way[k]);
  }
}

static void every_rule(void) {
  guint cases = suite_is_quick() ? 200 : 4000;
  for (guint c = 0; c < cases; c++) {
    PlnDraw draw = pln_draw_stream(1, STUDY, c);
    PlnRule rule = make_rule(&draw);
    ways_are_the_rule(&draw, &rule);
  }
  CU_PASS("ways");
}

/* ---- Of a scenario ---- */

static PlnCoalitions *coalitions_of(const PlnScenario *s, const char *rule, PlnCoalitionsOptions o) {
  GError *error = NULL;
  o.rule = rule ? pln_world_rule(s->world, rule) : NULL;
  PlnCoalitions *c = pln_coalitions_new(s, &o, &error);
  CU_ASSERT_PTR_NOT_NULL_FATAL(c);
  return c;
}

static const PlnCoalition *found_of(const PlnCoalitions *c, PlnOthers others, PlnCoalitionEnd end,
                                    PlnCoalitionAim aim) {
  const PlnCoalition *found = c->answer[others][end][aim].found;
  CU_ASSERT_PTR_NOT_NULL_FATAL(found);
  CU_ASSERT(found->proved);
  return found;
}

/* The record of 74/247: 79-60-33, 21 away.  97 of 193: 79 at no step and 18 at one; to block 60 at
 * none and 37 at one; as they voted it takes a margin of 19 gone: 9 of yes (2 steps, 2 of the
 * margin) and one of those that abstained, which is one step for one. */
static void by_record(void) {
  PlnScenario *s = scene_shipped("res-74-247");
  g_autoptr(PlnCoalitions) c = coalitions_of(s, NULL, pln_coalitions_options());
  CU_ASSERT_EQUAL(c->options.price, PLN_PRICE_RECORD);
  CU_ASSERT(c->passes && c->unknown == 0);
  CU_ASSERT_EQUAL(c->expected[PLN_VOTE_Y], 79);
  const PlnCoalition *win = found_of(c, PLN_OTHERS_NO, PLN_COALITION_WINS, PLN_COALITION_CHEAPEST);
  CU_ASSERT(win->size == 97 && win->price == 18 * PLN_PRICE_UNIT);
  const PlnCoalition *block =
      found_of(c, PLN_OTHERS_NO, PLN_COALITION_BLOCKS, PLN_COALITION_SMALLEST);
  CU_ASSERT(block->size == 97 && block->price == 37 * PLN_PRICE_UNIT);
  const PlnCoalition *turn =
      found_of(c, PLN_OTHERS_EXPECTED, PLN_COALITION_BLOCKS, PLN_COALITION_SMALLEST);
  CU_ASSERT(turn->size == 10 && turn->price == 19 * PLN_PRICE_UNIT);
  CU_ASSERT_EQUAL(
      found_of(c, PLN_OTHERS_EXPECTED, PLN_COALITION_WINS, PLN_COALITION_CHEAPEST)->size, 0);
  const PlnBlockingMinority *own = &g_array_index(c->minorities, PlnBlockingMinority, 0);
  CU_ASSERT(own->all == 97 && own->expected == 70); /* 139 cast a vote: 70 are not fewer */
  CU_ASSERT_EQUAL(c->pivot[PLN_COALITION_WINS], 96);
  pln_scenario_free(s);
}

/* Two-thirds: 129 of 193, and 65. */
static void by_another_rule(void) {
  PlnScenario *s = scene_shipped("res-74-247");
  g_autoptr(PlnCoalitions) c =
      coalitions_of(s, "two-thirds-present-voting", pln_coalitions_options());
  CU_ASSERT_EQUAL(found_of(c, PLN_OTHERS_NO, PLN_COALITION_WINS, PLN_COALITION_SMALLEST)->size, 129);
  CU_ASSERT_EQUAL(found_of(c, PLN_OTHERS_NO, PLN_COALITION_BLOCKS, PLN_COALITION_SMALLEST)->size, 65);
  CU_ASSERT(!c->passes);
  pln_scenario_free(s);
}

/* Blocs as one; who must be in is, and who may not is not. */
static void blocs_in_and_out(void) {
  PlnScenario *s = scene_shipped("res-74-247");
  PlnCoalitionsOptions o = pln_coalitions_options();
  g_autoptr(GPtrArray) blocs = g_ptr_array_new(), with = g_ptr_array_new(), out = g_ptr_array_new();
  g_ptr_array_add(blocs, (gpointer) "EU");
  g_ptr_array_add(blocs, (gpointer) "TWO=RUS,CHN");
  g_ptr_array_add(with, (gpointer) "USA");
  g_ptr_array_add(out, (gpointer) "TWO");
  o.blocs = blocs;
  o.with = with;
  o.without = out;
  g_autoptr(PlnCoalitions) c = coalitions_of(s, NULL, o);
  CU_ASSERT_EQUAL(pln_coalitions_unit(c, 1)->seats->len, 2);
  CU_ASSERT_EQUAL(c->units->len, 193 - (pln_coalitions_unit(c, 0)->seats->len - 1) - 1);
  const PlnCoalition *win = found_of(c, PLN_OTHERS_NO, PLN_COALITION_WINS, PLN_COALITION_CHEAPEST);
  const guint8 *in = win->sets->pdata[0];
  CU_ASSERT(!in[1]);
  for (guint u = 0; u < c->units->len; u++)
    if (strcmp(pln_coalitions_unit(c, u)->name, "USA") == 0)
      CU_ASSERT(in[u]);
  CU_ASSERT_EQUAL(win->price, (2 + 97 - 1 - 77) * PLN_PRICE_UNIT); /* two of the 79 are out */
  GError *error = NULL;
  g_ptr_array_add(with, (gpointer) "CHN");
  CU_ASSERT_PTR_NULL(pln_coalitions_new(s, &o, &error));
  CU_ASSERT(scene_error(&error, PLN_ERROR_USAGE, "both in and out"));
  g_ptr_array_add(blocs, (gpointer) "EUU");
  CU_ASSERT_PTR_NULL(pln_coalitions_new(s, &o, &error));
  CU_ASSERT(scene_error(&error, PLN_ERROR_USAGE, "did you mean"));
  pln_scenario_free(s);
}

/* A veto blocks; whoever wants to win needs every veto holder that would say no. */
static void vetoes(void) {
  PlnScenario *s = scene_of("general-assembly", "id,title,record\np,A text,partial\n",
                            "proposal,state,vote\np,FRA,Y\np,CHN,A\n", NULL);
  PlnCoalitionsOptions o = pln_coalitions_options();
  o.price = PLN_PRICE_RECORD;
  g_autoptr(PlnCoalitions) c = coalitions_of(s, "security-council", o);
  CU_ASSERT_EQUAL(found_of(c, PLN_OTHERS_NO, PLN_COALITION_BLOCKS, PLN_COALITION_SMALLEST)->size, 1);
  const PlnCoalition *win = found_of(c, PLN_OTHERS_NO, PLN_COALITION_WINS, PLN_COALITION_SMALLEST);
  CU_ASSERT_EQUAL(win->size, 9); /* five of them hold a veto */
  const guint8 *in = win->sets->pdata[0];
  for (guint u = 0; u < c->units->len; u++)
    if (c->veto[g_array_index(pln_coalitions_unit(c, u)->seats, guint, 0)])
      CU_ASSERT(in[u]);
  CU_ASSERT(g_array_index(c->minorities, PlnBlockingMinority, 0).veto);
  CU_ASSERT_EQUAL(c->unknown, 191);
  pln_scenario_free(s);
}

static void no_price(void) {
  PlnScenario *s = scene_of("general-assembly", "id,title\np,A text\n", NULL, NULL);
  PlnCoalitionsOptions o = pln_coalitions_options();
  GError *error = NULL;
  for (guint price = 0; price <= PLN_PRICES; price++) {
    o.price = (PlnPrice)price;
    CU_ASSERT_PTR_NULL(pln_coalitions_new(s, &o, &error));
    CU_ASSERT(scene_error(&error, PLN_ERROR_USAGE, "there is no price by"));
  }
  pln_scenario_free(s);
}

/* From the talks: who gains nothing is at 50, and the price by salience is the lower one. */
static void by_talks(void) {
  PlnScenario *s = scene_shipped("protocol-package");
  PlnCoalitionsOptions o = pln_coalitions_options();
  o.price = PLN_PRICE_POSITION;
  g_autoptr(PlnCoalitions) position = coalitions_of(s, NULL, o);
  o.price = PLN_PRICE_SALIENCE;
  g_autoptr(PlnCoalitions) salience = coalitions_of(s, NULL, o);
  CU_ASSERT(strstr(position->taken, "talks") != NULL);
  for (guint i = 0; i < position->roster->n; i++) {
    const PlnCoalitionSeat *a = &position->seat[i], *b = &salience->seat[i];
    CU_ASSERT_EQUAL(a->price[0] + a->price[1], 100 * (gint64)PLN_PRICE_UNIT);
    CU_ASSERT(b->price[0] <= a->price[0] && b->price[1] <= a->price[1]);
  }
  pln_scenario_free(s);
}

int main(void) {
  CU_TestInfo tests[] = {{"ways are the rule, over every set of a few", every_rule},
                         {"by record", by_record},
                         {"by another rule", by_another_rule},
                         {"blocs, in and out", blocs_in_and_out},
                         {"vetoes", vetoes},
                         {"no price", no_price},
                         {"by talks", by_talks},
                         CU_TEST_INFO_NULL};
  int status = suite_run("coalitions", tests);
  scene_end();
  return status;
}
