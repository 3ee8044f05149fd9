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

static void ways_are_the_rule(PlnDraw *draw, const PlnRule *rule, gboolean aside) {
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
    PlnVote against = end == PLN_COALITION_WINS ? PLN_VOTE_N : PLN_VOTE_Y;
    PlnVote to = aside ? PLN_VOTE_A : end == PLN_COALITION_WINS ? PLN_VOTE_Y : PLN_VOTE_N;
    guint ways =
        pln_coalitions_ways(rule, (PlnCoalitionEnd)end, to, n, others, weight, veto, TRUE, way);
    for (guint code = 0; code < 1u << n; code++) {
      gboolean met = FALSE;
      for (guint i = 0; i < n; i++)
        vote[i] = code >> i & 1 && (!aside || others[i] == against) ? to : others[i];
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
    ways_are_the_rule(&draw, &rule, FALSE);
    ways_are_the_rule(&draw, &rule, TRUE); /* abstaining instead of voting against it */
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

/* In a bloc all of whose members go with smaller ones, these are meant. */
static void a_bloc_of_others(void) {
  PlnScenario *s = scene_shipped("res-74-247");
  PlnCoalitionsOptions o = pln_coalitions_options();
  g_autoptr(GPtrArray) blocs = g_ptr_array_new(), with = g_ptr_array_new();
  g_ptr_array_add(blocs, (gpointer) "A=RUS,CHN");
  g_ptr_array_add(blocs, (gpointer) "B=USA,GBR");
  g_ptr_array_add(blocs, (gpointer) "ALL=USA,GBR,RUS,CHN");
  g_ptr_array_add(with, (gpointer) "ALL");
  o.blocs = blocs;
  o.with = with;
  g_autoptr(PlnCoalitions) c = coalitions_of(s, NULL, o);
  CU_ASSERT_EQUAL(c->units->len, 193 - 2);
  for (guint u = 0; u < c->units->len; u++)
    CU_ASSERT_EQUAL(pln_coalitions_unit(c, u)->must, u < 2 ? 1 : 0);
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

/* Of those that would vote against it the cheapest that abstain instead: two-thirds of 74/247 is
 * missing 2 x 60 - 79 = 41, of which an abstention takes 2; as it passed, 19 of the 79; under
 * consensus all 60; a veto holder that abstains does not veto. */
static void standing_aside(void) {
  PlnScenario *s = scene_shipped("res-74-247");
  g_autoptr(PlnCoalitions) two =
      coalitions_of(s, "two-thirds-present-voting", pln_coalitions_options());
  const PlnCoalition *aside = two->aside[PLN_COALITION_WINS].found;
  CU_ASSERT_PTR_NOT_NULL_FATAL(aside);
  CU_ASSERT(aside->proved && aside->size == 21 && aside->price == 21 * PLN_PRICE_UNIT);
  g_autoptr(PlnCoalitions) own = coalitions_of(s, NULL, pln_coalitions_options());
  CU_ASSERT_EQUAL(own->aside[PLN_COALITION_BLOCKS].found->size, 19);
  CU_ASSERT_EQUAL(own->aside[PLN_COALITION_WINS].found->size, 0);
  g_autoptr(PlnCoalitions) all = coalitions_of(s, "consensus", pln_coalitions_options());
  CU_ASSERT_EQUAL(all->aside[PLN_COALITION_WINS].found->price, 60 * PLN_PRICE_UNIT);
  PlnCoalitionsOptions o = pln_coalitions_options();
  g_autoptr(GPtrArray) blocs = g_ptr_array_new(), with = g_ptr_array_new(), out = g_ptr_array_new();
  g_ptr_array_add(blocs, (gpointer) "SIX=USA,GBR,FRA,DEU,ITA,RUS"); /* RUS voted yes: five */
  g_ptr_array_add(out, (gpointer) "CAN");
  o.blocs = blocs;
  o.without = out;
  g_autoptr(PlnCoalitions) as_one = coalitions_of(s, "two-thirds-present-voting", o);
  CU_ASSERT_EQUAL(pln_coalitions_unit(as_one, 0)->aside_change[PLN_COALITION_WINS], 5);
  for (guint k = 0; k < as_one->aside[PLN_COALITION_WINS].found->sets->len; k++) {
    const guint8 *in = as_one->aside[PLN_COALITION_WINS].found->sets->pdata[k];
    for (guint u = 0; u < as_one->units->len; u++)
      CU_ASSERT(!in[u] || strcmp(pln_coalitions_unit(as_one, u)->name, "CAN") != 0);
  }
  g_ptr_array_add(with, (gpointer) "AUS"); /* it is to vote yes: abstaining is not enough then */
  o.with = with;
  g_autoptr(PlnCoalitions) sure = coalitions_of(s, "two-thirds-present-voting", o);
  CU_ASSERT_PTR_NULL(sure->aside[PLN_COALITION_WINS].found);
  pln_scenario_free(s);
}

/* @weight: of QBZ. */
static PlnScenario *council(const char *rule, guint weight, const char *votes) {
  g_autofree char *members =
      g_strdup_printf("state,name,weight\nQAZ,A,1\nQBZ,B,%u\nQCZ,C,10\nQDZ,D,1\n", weight);
  return scene_read("scenario.csv", "key,value\nformat,1\ntitle,T\nas_of,2026-01-01\nbody,model-un\n",
                    "proposals.csv", "id,title,rule,record\np,A text,own,complete\n",
                    "members.csv", members,
                    "blocs.csv", "bloc,member,name,kind\nVETOS,QAZ,V,x\nVETOS,QCZ,V,x\n",
                    "rules.csv", rule, "votes.csv", votes, NULL);
}

static const char rule_head[] =
    "rule,name,method,basis,majority,min_yes,tie,abstain,absent,veto,weight_basis,weight_majority,"
    "citation,status,source\n";

/* QAZ blocks by its veto, QBZ by its weight, at no price both: two as good, by two ways. */
static void ties_of_two_ways(void) {
  g_autofree char *rule = g_strconcat(
      rule_head, "own,R,consensus-first,voting,,3,rejected,,,VETOS,voting,>=13/20,c,assumed,s\n", NULL);
  PlnScenario *s = council(rule, 7, "state,vote\nQAZ,N\nQBZ,N\nQCZ,Y\nQDZ,N\n");
  g_autoptr(PlnCoalitions) c = coalitions_of(s, NULL, pln_coalitions_options());
  const PlnCoalition *block =
      found_of(c, PLN_OTHERS_NO, PLN_COALITION_BLOCKS, PLN_COALITION_CHEAPEST);
  CU_ASSERT(block->price == 0 && block->size == 1 && block->sets->len == 2 && !block->more);
  CU_ASSERT_STRING_EQUAL(block->alike, "2");
  PlnCoalitionsOptions o = pln_coalitions_options();
  o.ties = 1;
  g_autoptr(PlnCoalitions) one = coalitions_of(s, NULL, o);
  block = found_of(one, PLN_OTHERS_NO, PLN_COALITION_BLOCKS, PLN_COALITION_CHEAPEST);
  CU_ASSERT(block->sets->len == 1 && block->more);
  pln_scenario_free(s);
}

/* The least price of any set that abstains instead; -1: none leads there. */
static gint64 cheapest_aside(const PlnCoalitions *c, PlnCoalitionEnd end) {
  PlnVote against = end == PLN_COALITION_WINS ? PLN_VOTE_N : PLN_VOTE_Y;
  guint n = c->roster->n;
  gint64 best = -1;
  for (guint code = 0; code < 1u << n; code++) {
    PlnVote vote[FEW];
    gint64 price = 0;
    for (guint i = 0; i < n; i++) {
      gboolean aside = code >> i & 1 && c->seat[i].expected == against;
      vote[i] = aside ? PLN_VOTE_A : c->seat[i].expected;
      price += aside ? c->seat[i].aside[end] : 0;
    }
    if (pln_coalitions_leads(c, end, vote) && (best < 0 || price < best))
      best = price;
  }
  return best;
}

/* Every vote of four under weights and vetoes, against every set. */
static void every_set_aside(void) {
  static const char *const rules[] = {
      "own,R,vote,voting,>=2/3,,rejected,,,VETOS,voting,>=13/20,c,assumed,s\n",
      "own,R,vote,present,>1/2,2,rejected,,,,,,c,assumed,s\n",
      "own,R,vote,members,>=1/2,,rejected,yes,,VETOS,members,>1/2,c,assumed,s\n",
      "own,R,consensus,,,,,,,,,,c,assumed,s\n"};
  static const char letter[] = "YNAX";
  for (guint k = 0; k < 4 * 256; k += suite_is_quick() ? 7 : 1) {
    g_autofree char *rule = g_strconcat(rule_head, rules[k / 256], NULL);
    g_autofree char *votes =
        g_strdup_printf("state,vote\nQAZ,%c\nQBZ,%c\nQCZ,%c\nQDZ,%c\n", letter[k % 4],
                        letter[k / 4 % 4], letter[k / 16 % 4], letter[k / 64 % 4]);
    PlnScenario *s = council(rule, 7, votes);
    g_autoptr(PlnCoalitions) c = coalitions_of(s, NULL, pln_coalitions_options());
    for (guint end = 0; end < PLN_COALITION_ENDS; end++) {
      const PlnCoalition *found = c->aside[end].found;
      gint64 best = cheapest_aside(c, (PlnCoalitionEnd)end);
      CU_ASSERT_EQUAL(found ? found->price : -1, best);
      CU_ASSERT(!found || found->proved);
    }
    pln_scenario_free(s);
  }
}

/* Where abstaining counts as yes: QCZ, whose no alone would take the weight, is to abstain; then it
 * takes the three others. */
static void who_abstains_does_not_block(void) {
  g_autofree char *rule = g_strconcat(
      rule_head, "own,R,vote,voting,>=1/2,,rejected,yes,,,voting,>=2/3,c,assumed,s\n", NULL);
  PlnScenario *s = council(rule, 1, "state,vote\nQAZ,Y\nQBZ,Y\nQCZ,A\nQDZ,N\n");
  g_autoptr(PlnCoalitions) c = coalitions_of(s, NULL, pln_coalitions_options());
  const PlnBlockingMinority *own = &g_array_index(c->minorities, PlnBlockingMinority, 0);
  CU_ASSERT_EQUAL(own->all, 1);
  CU_ASSERT_EQUAL(own->expected, 3);
  pln_scenario_free(s);
}

/* What is on record is what is expected, whatever the price; not of what if they stood elsewhere. */
static void record_first(void) {
  PlnScenario *s = scene_of("general-assembly", "id,title,record\np,A text,partial\n",
                            "proposal,state,vote\np,FRA,Y\np,CHN,N\n", NULL);
  PlnStance stance;
  GError *error = NULL;
  CU_ASSERT_FATAL(pln_project_position(s, "FRA=0±1", &stance, &error));
  g_autoptr(GPtrArray) positions = g_ptr_array_new();
  PlnProjectOptions project = pln_project_options();
  PlnCoalitionsOptions o = pln_coalitions_options();
  o.price = PLN_PRICE_RECORD;
  o.project = &project;
  g_autoptr(PlnCoalitions) c = coalitions_of(s, NULL, o);
  CU_ASSERT_EQUAL(c->on_record, 2);
  CU_ASSERT_EQUAL(c->expected[PLN_VOTE_Y], 1);
  g_ptr_array_add(positions, &stance);
  project.positions = positions;
  CU_ASSERT_PTR_NULL(pln_coalitions_new(s, &o, &error));
  CU_ASSERT(scene_error(&error, PLN_ERROR_USAGE, "the record does not change with --position"));
  o.price = PLN_PRICES;
  g_autoptr(PlnCoalitions) moved = coalitions_of(s, NULL, o);
  CU_ASSERT_EQUAL(moved->options.price, PLN_PRICE_POSITION);
  CU_ASSERT(moved->on_record == 0 && moved->expected[PLN_VOTE_N] == 1);
  pln_scenario_free(s);
}

static void no_price(void) {
  PlnScenario *s = scene_of("general-assembly", "id,title\np,A text\n", NULL, NULL);
  PlnCoalitionsOptions o = pln_coalitions_options();
  GError *error = NULL;
  for (guint price = 0; price <= PLN_PRICES; price++) {
    o.price = (PlnPrice)price;
    CU_ASSERT_PTR_NULL(pln_coalitions_new(s, &o, &error));
    g_autofree char *again =
        price < PLN_PRICES ? g_strdup_printf("(%s,", pln_price_words[price]) : g_strdup("?");
    CU_ASSERT(strstr(error->message, again) == NULL); /* it is not what to ask instead */
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
                         {"a bloc of others", a_bloc_of_others},
                         {"vetoes", vetoes},
                         {"standing aside", standing_aside},
                         {"every set aside", every_set_aside},
                         {"ties of two ways", ties_of_two_ways},
                         {"who abstains does not block", who_abstains_does_not_block},
                         {"the record first", record_first},
                         {"no price", no_price},
                         {"by talks", by_talks},
                         CU_TEST_INFO_NULL};
  int status = suite_run("coalitions", tests);
  scene_end();
  return status;
}
