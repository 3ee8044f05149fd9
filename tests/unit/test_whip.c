/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whip counts: bins, what is said and what is redacted, whom to call, the board. */
#include "plenary/whip.h"

#include <math.h>
#include <string.h>

#include "plenary/error.h"
#include "plenary/simulate.h"
#include "scene.h"
#include "suite.h"

/* Ten delegations of our own: a made-up electorate knows them by its codes. */
static const char members[] =
    "state,name\nS001,Congo\nS002,Zambia\nS003,Côte d'Ivoire\nS004,Croatia\n"
    "S005,Åland\nS006,Guinea-Bissau\nS007,Guinea\nS008,Peru\nS009,Chad\n"
    "S010,Fiji\n";
static const char keys[] = "key,value\nformat,1\ntitle,A scene\nas_of,2026-01-15\nbody,model-un\n"
                           "session,81\nstatus,verified\n";
static const char one[] = "id,title,record\np,P,partial\n";
static const char votes[] = "state,vote\nS001,Y\nS002,X\n";
static const char head[] = "proposal,state,answer,heard,ask,sponsor,private\n";

typedef struct {
  PlnScenario *scenario;
  PlnElectorate *electorate;
  PlnPredictor *predictor;
  PlnWhipCountOptions options;
} Scene;

static Scene scene_new(const char *proposals, const char *ballots, const char *rows) {
  Scene s = {0};
  g_autofree char *whip = g_strconcat(head, rows, NULL);
  s.scenario = ballots ? scene_read("scenario.csv", keys, "proposals.csv", proposals, "members.csv",
                                    members, "whip.csv", whip, "votes.csv", ballots, NULL)
                       : scene_read("scenario.csv", keys, "proposals.csv", proposals, "members.csv",
                                    members, "whip.csv", whip, NULL);
  s.electorate = pln_electorate_made_up(10, 2, 0, 7);
  s.predictor = pln_predictor_new(s.electorate, NULL, NULL);
  s.options = (PlnWhipCountOptions){.outcome = pln_outcome_options(), .proposal = -1, .left_out = -1};
  s.options.outcome.draws = 4000;
  s.options.outlook = (PlnOutlookOptions){.electorate = s.electorate,
                                          .predictor = s.predictor,
                                          .stances = TRUE,
                                          .pledges = TRUE,
                                          .record = TRUE};
  return s;
}

static void scene_clear(Scene *s) {
  pln_predictor_free(s->predictor);
  pln_electorate_free(s->electorate);
  pln_scenario_free(s->scenario);
}

static PlnWhip *count(const Scene *s) {
  g_autoptr(GError) error = NULL;
  PlnWhip *w = pln_whip_new(s->scenario, &s->options, &error);
  if (!w)
    printf("\n  %s\n", error->message);
  CU_ASSERT_PTR_NOT_NULL_FATAL(w);
  return w;
}

static const char heard[] =
    "p,S001,no,2026-01-10,,,\np,S003,yes,2026-01-10,,,\n"
    "p,S004,leans-yes,2025-11-01,,,\np,S005,,,,yes,\n"
    "p,S006,undecided,2026-01-14,call,,yes\np,S007,leans-abstain,2026-01-14,,,\n"
    "p,S008,no,2026-01-14,,,\np,S009,no-instructions,,,,\n";

static void test_bins(void) {
  static const PlnWhipBin bins[] = {
      PLN_WHIP_RECORD,          PLN_WHIP_RECORD,    PLN_WHIP_YES,           PLN_WHIP_LEANS_YES,
      PLN_WHIP_SPONSOR,         PLN_WHIP_UNDECIDED, PLN_WHIP_LEANS_ABSTAIN, PLN_WHIP_NO,
      PLN_WHIP_NO_INSTRUCTIONS, PLN_WHIP_NOT_HEARD};
  Scene s = scene_new(one, votes, heard);
  g_autoptr(PlnWhip) w = count(&s);
  const PlnWhipList *l = pln_whip_list(w, 0);
  double sum = 0;
  for (guint i = 0; i < 10; i++) {
    CU_ASSERT_EQUAL(l->seat[i].bin, bins[i]);
    double all = 0;
    for (PlnVote v = 0; v < PLN_VOTE_KINDS; v++)
      all += l->seat[i].chance[v];
    CU_ASSERT_DOUBLE_EQUAL(all, 1, 1e-12);
  }
  for (PlnWhipBin b = 0; b < PLN_WHIP_BINS; b++)
    for (PlnVote v = 0; v < PLN_VOTE_KINDS; v++)
      sum += l->count[b].expected[v];
  CU_ASSERT_DOUBLE_EQUAL(sum, 10, 1e-9);
  CU_ASSERT_EQUAL(l->all.seats, 10);
  CU_ASSERT_DOUBLE_EQUAL(l->count[PLN_WHIP_RECORD].expected[PLN_VOTE_Y], 1, 0); /* a vote is a vote */
  CU_ASSERT_DOUBLE_EQUAL(l->count[PLN_WHIP_RECORD].expected[PLN_VOTE_X], 1, 0);
  CU_ASSERT_EQUAL(l->seat[2].days, 5);
  CU_ASSERT_EQUAL(l->seat[9].days, -1);
  CU_ASSERT_TRUE(isnan(l->seat[9].left));
  CU_ASSERT_EQUAL(w->weakest, PLN_STATUS_ASSUMED);
  scene_clear(&s);
}

/* Half of what a leaning yes tells is gone after 21 days (data/reliability.csv). */
static void test_stale(void) {
  Scene s = scene_new(one, NULL, "p,S003,leans-yes,2025-12-25,,,\np,S004,leans-yes,2025-12-24,,,\n");
  g_autoptr(PlnWhip) w = count(&s);
  const PlnWhipList *l = pln_whip_list(w, 0);
  CU_ASSERT_DOUBLE_EQUAL(l->seat[2].left, 0.5, 1e-12);
  CU_ASSERT_EQUAL(l->stale->len, 1);
  CU_ASSERT_EQUAL(g_array_index(l->stale, guint, 0), 3);
  scene_clear(&s);
}

/* The chance of a state that says yes is that of the others' forecast times what the answer
 * tells, and the answer it gives is what it is held against. */
static void test_expected(void) {
  Scene s = scene_new(one, NULL, heard);
  g_autoptr(PlnWhip) w = count(&s);
  const PlnWhipList *l = pln_whip_list(w, 0);
  CU_ASSERT_DOUBLE_EQUAL(l->seat[2].expected, l->outlook->without[3 * 2 + 2], 0);
  CU_ASSERT_DOUBLE_EQUAL(l->seat[7].expected, l->outlook->without[3 * 7], 0);
  CU_ASSERT_DOUBLE_EQUAL(l->seat[6].expected, l->outlook->without[3 * 6 + 1], 0);
  CU_ASSERT_TRUE(isnan(l->seat[5].expected)); /* undecided: no answer */
  for (guint k = 0; k < l->surprise->len; k++)
    CU_ASSERT_TRUE(l->seat[g_array_index(l->surprise, guint, k)].expected < PLN_WHIP_SURPRISE);
  scene_clear(&s);
}

static void test_calls(void) {
  Scene s = scene_new(one, votes, "p,S003,yes,2026-01-10,,,\n");
  g_autoptr(PlnWhip) w = count(&s);
  const PlnWhipList *l = pln_whip_list(w, 0);
  CU_ASSERT_TRUE(l->tell->len > 0);
  for (guint k = 0; k < l->tell->len; k++) {
    guint i = g_array_index(l->tell, guint, k);
    CU_ASSERT_NOT_EQUAL(l->seat[i].bin, PLN_WHIP_RECORD); /* nobody asks what is known */
    CU_ASSERT_TRUE(l->outcome->seat[i].bits > 12 / (2 * 0.693147 * 4000)); /* beyond chance */
    if (k > 0)
      CU_ASSERT_TRUE(l->outcome->seat[g_array_index(l->tell, guint, k - 1)].bits >=
                     l->outcome->seat[i].bits);
  }
  for (guint k = 0; k < l->change->len; k++) {
    guint i = g_array_index(l->change, guint, k);
    CU_ASSERT_TRUE(l->seat[i].chance[PLN_VOTE_Y] >= PLN_WHIP_EITHER);
    CU_ASSERT_TRUE(l->seat[i].chance[PLN_VOTE_N] >= PLN_WHIP_EITHER);
    CU_ASSERT_TRUE(l->outcome->seat[i].swing > 2 * l->outcome->seat[i].swing_error);
  }
  CU_ASSERT_TRUE(l->bits >= 0 && l->bits <= 1);
  CU_ASSERT_TRUE(isnan(l->before));
  scene_clear(&s);
}

/* An answer adds to the forecast in its own direction. */
static void test_say(void) {
  g_autoptr(GError) error = NULL;
  Scene s = scene_new(one, NULL, "p,S003,no,2026-01-10,come round,,yes\n");
  g_autoptr(PlnWhip) before = count(&s);
  double chance = pln_whip_list(before, 0)->seat[2].chance[PLN_VOTE_Y];
  CU_ASSERT_TRUE(pln_whip_say(s.scenario, "S003=yes", -1, &error));
  CU_ASSERT_TRUE(pln_whip_say(s.scenario, "p:S010=leans-no", -1, &error));
  CU_ASSERT_EQUAL(s.scenario->pledges->len, 2);
  g_autoptr(PlnWhip) after = count(&s);
  const PlnWhipList *l = pln_whip_list(after, 0);
  CU_ASSERT_TRUE(l->seat[2].chance[PLN_VOTE_Y] > chance);
  CU_ASSERT_STRING_EQUAL(l->seat[2].pledge->ask, "come round"); /* and stays private */
  CU_ASSERT_TRUE(l->seat[2].pledge->private);
  CU_ASSERT_EQUAL(l->seat[2].days, 0);
  CU_ASSERT_EQUAL(l->seat[9].bin, PLN_WHIP_LEANS_NO);
  scene_clear(&s);
}

static gboolean refused(PlnScenario *s, const char *text, const char *part) {
  g_autoptr(GError) error = NULL;
  return !pln_whip_say(s, text, -1, &error) && scene_error(&error, PLN_ERROR_USAGE, part);
}

static void test_say_refused(void) {
  Scene s = scene_new("id,title\np,P\nq,Q\n", NULL, "");
  CU_ASSERT_TRUE(refused(s.scenario, "S003", "unreadable answer"));
  CU_ASSERT_TRUE(refused(s.scenario, "=yes", "unreadable answer"));
  CU_ASSERT_TRUE(refused(s.scenario, "r:S003=yes", "unknown proposal \"r\""));
  CU_ASSERT_TRUE(refused(s.scenario, "p:S0O3=yes", "did you mean S003?"));
  CU_ASSERT_TRUE(refused(s.scenario, "p:S003=lean-yes", "did you mean leans-yes?"));
  CU_ASSERT_TRUE(refused(s.scenario, "p:S003=", "unknown answer"));
  CU_ASSERT_EQUAL(s.scenario->pledges->len, 0);
  CU_ASSERT_FALSE(pln_whip_say(s.scenario, "p:S003=yes", 1, NULL)); /* q alone is counted */
  CU_ASSERT_TRUE(pln_whip_say(s.scenario, "S003=yes", 1, NULL));
  CU_ASSERT_EQUAL(g_array_index(s.scenario->pledges, PlnPledge, 0).proposal, 1);
  CU_ASSERT_TRUE(pln_whip_say(s.scenario, "S003=no", -1, NULL)); /* on both */
  CU_ASSERT_EQUAL(s.scenario->pledges->len, 2);
  CU_ASSERT_EQUAL(g_array_index(s.scenario->pledges, PlnPledge, 0).answer, PLN_PLEDGE_NO);
  scene_clear(&s);
}

/* A vote on record is a vote, whatever is said. */
static void test_say_on_record(void) {
  Scene s = scene_new(one, votes, "");
  CU_ASSERT_TRUE(refused(s.scenario, "S002=yes", "the vote is on record"));
  CU_ASSERT_TRUE(pln_whip_say(s.scenario, "S003=yes", -1, NULL));
  scene_clear(&s);
  s = scene_new("id,title,outcome,record\np,P,adopted,outcome\n", NULL, "");
  CU_ASSERT_TRUE(refused(s.scenario, "S002=yes", "the vote is on record"));
  scene_clear(&s);
}

/* Redacted, a list is what it would be without the private rows, to the last digit. */
static void test_redact(void) {
  Scene s = scene_new(one, votes, heard), t = scene_new(one, votes, "");
  CU_ASSERT_EQUAL(pln_whip_redact(s.scenario), 1);
  CU_ASSERT_EQUAL(pln_whip_redact(s.scenario), 0);
  for (guint i = 0; i < s.scenario->inputs->len; i++) {
    const PlnInput *input = &g_array_index(s.scenario->inputs, PlnInput, i);
    CU_ASSERT_EQUAL(strcmp(input->sha256, "redacted") == 0, strcmp(input->name, "whip.csv") == 0);
  }
  g_array_append_vals(t.scenario->pledges, s.scenario->pledges->data, s.scenario->pledges->len);
  g_autoptr(PlnWhip) redacted = count(&s), without = count(&t);
  const PlnWhipList *a = pln_whip_list(redacted, 0), *b = pln_whip_list(without, 0);
  CU_ASSERT_EQUAL(a->seat[5].bin, PLN_WHIP_NOT_HEARD);
  CU_ASSERT_PTR_NULL(a->seat[5].pledge);
  CU_ASSERT_EQUAL(memcmp(a->outlook->chance, b->outlook->chance, 30 * sizeof(double)), 0);
  CU_ASSERT_EQUAL(a->chance, b->chance);
  for (guint i = 0; i < 10; i++) /* pledges of two scenarios are two */
    CU_ASSERT_EQUAL(memcmp(a->seat[i].chance, b->seat[i].chance, sizeof a->seat[i].chance), 0);
  scene_clear(&s);
  scene_clear(&t);
}

/* The first row too. */
static void test_redact_all(void) {
  Scene s = scene_new(one, NULL, "p,S003,yes,2026-01-10,,,yes\np,S004,no,2026-01-10,,,yes\n");
  CU_ASSERT_EQUAL(pln_whip_redact(s.scenario), 2);
  CU_ASSERT_EQUAL(s.scenario->pledges->len, 0);
  scene_clear(&s);
}

/* However sure an answer, how far it is to be trusted is assumed. */
static void test_status(void) {
  Scene s = scene_new(one, NULL, "p,S003,yes,2026-01-10,,,\n");
  g_array_index(s.scenario->pledges, PlnPledge, 0).status = PLN_STATUS_VERIFIED;
  g_autoptr(PlnWhip) w = count(&s);
  CU_ASSERT_EQUAL(w->weakest, PLN_STATUS_ASSUMED);
  CU_ASSERT_EQUAL(w->assumed, 0);
  scene_clear(&s);
}

static void test_board(void) {
  static const guint board[] = {4, 8, 0, 2, 3, 9, 6, 5, 7, 1};
  Scene s = scene_new(one, NULL, "");
  g_autoptr(PlnWhip) w = count(&s);
  const PlnWhipList *l = pln_whip_list(w, 0);
  CU_ASSERT_EQUAL(l->board->len, 10);
  for (guint k = 0; k < 10; k++)
    CU_ASSERT_EQUAL(g_array_index(l->board, guint, k), board[k]);
  CU_ASSERT_TRUE(pln_whip_compare_names("Côte d'Ivoire", "Croatia") < 0);
  CU_ASSERT_TRUE(pln_whip_compare_names("Costa Rica", "Côte d'Ivoire") < 0);
  CU_ASSERT_TRUE(pln_whip_compare_names("Türkiye", "Turkmenistan") < 0);
  CU_ASSERT_TRUE(pln_whip_compare_names("eSwatini", "Ethiopia") < 0);
  CU_ASSERT_EQUAL(pln_whip_compare_names("Peru", "Peru"), 0);
  scene_clear(&s);
}

/* What is on record has no list; a scenario in which all is has none to count. */
static void test_on_record(void) {
  g_autoptr(GError) error = NULL;
  Scene s = scene_new("id,title,outcome,record\np,P,adopted,outcome\nq,Q,,\n", NULL, "");
  g_autoptr(PlnWhip) w = count(&s);
  CU_ASSERT_EQUAL(w->lists->len, 1);
  CU_ASSERT_EQUAL(w->without->len, 1);
  CU_ASSERT_EQUAL(pln_whip_list(w, 0)->place, 1);
  s.options.proposal = 0;
  CU_ASSERT_PTR_NULL(pln_whip_new(s.scenario, &s.options, &error));
  CU_ASSERT_TRUE(scene_error(&error, PLN_ERROR_DATA, "what came of p is on record"));
  s.options.proposal = 1;
  s.options.rule = pln_world_rule(s.scenario->world, "eu-council-qualified");
  CU_ASSERT_PTR_NULL(pln_whip_new(s.scenario, &s.options, &error));
  CU_ASSERT_TRUE(scene_error(&error, PLN_ERROR_USAGE, "counts weights"));
  pln_whip_free(NULL);
  scene_clear(&s);
}

static gboolean is_open(const char *proposals) {
  g_autoptr(PlnScenario) s =
      scene_read("scenario.csv", keys, "proposals.csv", proposals, "members.csv", members, NULL);
  return pln_whip_is_open(pln_scenario_proposal(s, 0));
}

static void test_open(void) {
  CU_ASSERT_TRUE(is_open("id,title\np,P\n"));
  CU_ASSERT_TRUE(is_open("id,title,record\np,P,partial\n"));
  CU_ASSERT_FALSE(is_open("id,title,record,yes,no,abstain\np,P,partial,4,3,2\n"));
  CU_ASSERT_FALSE(is_open("id,title,record,yes,no,abstain\np,P,tally,4,3,2\n"));
  CU_ASSERT_FALSE(is_open("id,title,outcome\np,P,not-put\n"));
}

/* A rule with a veto, one by consensus first: both are given that it is put to a vote. */
static void test_rules(void) {
  static const char *const rules[] = {"consensus-else-two-thirds", "two-thirds-present-voting",
                                      "security-council", "consensus"};
  Scene s = scene_new(one, NULL, heard);
  for (gsize k = 0; k < G_N_ELEMENTS(rules); k++) {
    s.options.rule = pln_world_rule(s.scenario->world, rules[k]);
    if (!s.options.rule)
      continue;
    g_autoptr(PlnWhip) w = count(&s);
    CU_ASSERT_TRUE(pln_whip_list(w, 0)->chance >= 0 && pln_whip_list(w, 0)->chance <= 1);
    CU_ASSERT_STRING_EQUAL(pln_whip_list(w, 0)->why_rule, "asked for");
  }
  scene_clear(&s);
}

static void test_threads(void) {
  Scene s = scene_new(one, votes, heard);
  g_autoptr(PlnWhip) a = count(&s);
  s.options.outcome.threads = 3;
  g_autoptr(PlnWhip) b = count(&s);
  CU_ASSERT_EQUAL(pln_whip_list(a, 0)->chance, pln_whip_list(b, 0)->chance);
  CU_ASSERT_EQUAL(pln_whip_list(a, 0)->tell->len, pln_whip_list(b, 0)->tell->len);
  scene_clear(&s);
}

int main(void) {
  CU_TestInfo tests[] = {{"bins", test_bins},
                         {"what is old", test_stale},
                         {"what was expected", test_expected},
                         {"whom to call", test_calls},
                         {"what is said", test_say},
                         {"what cannot be said", test_say_refused},
                         {"what is on record already", test_say_on_record},
                         {"redacted", test_redact},
                         {"redacted, all of it", test_redact_all},
                         {"how sure it is", test_status},
                         {"the board", test_board},
                         {"on record", test_on_record},
                         {"still to be voted", test_open},
                         {"rules", test_rules},
                         {"threads", test_threads},
                         CU_TEST_INFO_NULL};
  int status = suite_run("whip", tests);
  scene_end();
  return status;
}
