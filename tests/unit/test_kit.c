/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Kits: who carries whose votes, who is chosen, what a card may hold, and that nothing of a
 * scenario becomes markup. */
#include "plenary/kit.h"

#include <string.h>

#include "plenary/classroom.h"
#include "plenary/compose_kit.h"
#include "plenary/error.h"
#include "scene.h"
#include "suite.h"

static PlnClassroom *classroom;

static PlnKit *kit_of(const PlnScenario *s, guint size, gboolean states, const char *proposal) {
  g_autoptr(GError) error = NULL;
  if (!classroom)
    classroom = pln_classroom_load(scene_world(), &error);
  CU_ASSERT_PTR_NOT_NULL_FATAL(classroom);
  PlnKitOptions options = {size, states, proposal};
  return pln_kit_new(s, classroom, &options, &error);
}

/* Every member sits at one table, and at one only. */
static gboolean is_partition(const PlnKit *kit) {
  guint n = kit->item->proposal->roster->n;
  g_autofree guint *seated = g_new0(guint, n + 1);
  for (guint i = 0; i < kit->delegations->len; i++) {
    const PlnKitDelegation *d = pln_kit_delegation(kit, i);
    for (guint k = 0; k < d->seats->len; k++)
      seated[g_array_index(d->seats, guint, k)]++;
  }
  for (guint i = 0; i < n; i++)
    if (seated[i] != 1)
      return FALSE;
  return TRUE;
}

static const PlnKitDelegation *named(const PlnKit *kit, const char *name) {
  for (guint i = 0; i < kit->delegations->len; i++)
    if (strcmp(pln_kit_delegation(kit, i)->name, name) == 0)
      return pln_kit_delegation(kit, i);
  printf("\n  no delegation %s\n", name);
  return NULL;
}

static void test_tables(void) {
  g_autoptr(PlnScenario) s = scene_shipped("res-74-247");
  static const guint sizes[] = {3, 6, 12};
  for (gsize i = 0; i < G_N_ELEMENTS(sizes); i++) {
    g_autoptr(PlnKit) kit = kit_of(s, sizes[i], FALSE, NULL);
    CU_ASSERT_EQUAL(kit->delegations->len, sizes[i]);
    CU_ASSERT_TRUE(is_partition(kit));
    CU_ASSERT_FALSE(kit->states);
    CU_ASSERT_TRUE(kit->played);
  }
}

/* The record of 74/247 by hand: the Union of the day had 28 members, all against. */
static void test_facts(void) {
  g_autoptr(PlnScenario) s = scene_shipped("res-74-247");
  g_autoptr(PlnKit) kit = kit_of(s, 6, FALSE, NULL);
  const PlnKitDelegation *eu = named(kit, "European Union"),
                         *east = named(kit, "Eastern European States");
  CU_ASSERT_EQUAL(eu->seats->len, 28);
  CU_ASSERT_TRUE(scene_counts(eu->record.count, 0, 28, 0, 0));
  CU_ASSERT_EQUAL(pln_kit_line(eu), PLN_VOTE_N);
  CU_ASSERT_EQUAL(eu->sponsors->len, 0);
  CU_ASSERT_EQUAL(east->sponsors->len, 2); /* BLR, RUS */
  CU_ASSERT_STRING_EQUAL(kit->earlier, "A/RES/73/187");
  CU_ASSERT_EQUAL(kit->tally.count[PLN_VOTE_Y] + kit->tally.count[PLN_VOTE_N] +
                      kit->tally.count[PLN_VOTE_A] + kit->tally.count[PLN_VOTE_X],
                  193);
}

/* 79-60-33-21 of 193 in thirty places is 12.3, 9.3, 5.1 and 3.3. */
static void test_states(void) {
  g_autoptr(PlnScenario) s = scene_shipped("res-74-247");
  for (guint size = PLN_KIT_STATES_LEAST; size <= PLN_KIT_STATES_MOST; size++) {
    g_autoptr(PlnKit) kit = kit_of(s, size, TRUE, NULL);
    CU_ASSERT_EQUAL(kit->delegations->len, size);
    CU_ASSERT_TRUE(kit->states);
    CU_ASSERT_PTR_NOT_NULL(named(kit, "Russian Federation"));
    CU_ASSERT_EQUAL(kit->verdict.outcome, PLN_OUTCOME_ADOPTED);
    if (size == 30)
      CU_ASSERT_TRUE(scene_counts(kit->tally.count, 13, 9, 5, 3));
  }
}

static void test_own_members(void) {
  g_autoptr(PlnScenario) s = scene_shipped("classroom");
  g_autoptr(PlnKit) each = kit_of(s, 0, FALSE, NULL), three = kit_of(s, 3, FALSE, NULL),
                    six = kit_of(s, 6, FALSE, "breaks");
  CU_ASSERT_EQUAL(each->delegations->len, 12);
  CU_ASSERT_TRUE(each->states);
  CU_ASSERT_STRING_EQUAL(each->item->proposal->id, "whole");
  CU_ASSERT_EQUAL(each->amendments->len, 2);
  CU_ASSERT_TRUE(scene_counts(each->tally.count, 6, 3, 2, 1)); /* as on record */
  CU_ASSERT_EQUAL(three->delegations->len, 3);
  CU_ASSERT_EQUAL(named(three, "Window")->seats->len, 4);
  CU_ASSERT_TRUE(is_partition(three));
  CU_ASSERT_EQUAL(six->delegations->len, 6);
  CU_ASSERT_TRUE(is_partition(six));
  CU_ASSERT_STRING_EQUAL(six->item->proposal->id, "breaks");
}

/* In the Council of the Union the shipped delegations would be one. */
static void test_union(void) {
  g_autoptr(PlnScenario) s = scene_of("eu-council", "id,title\np,A text\n", NULL, NULL);
  g_autoptr(PlnKit) six = kit_of(s, 6, FALSE, NULL), three = kit_of(s, 3, FALSE, NULL);
  CU_ASSERT_EQUAL(six->delegations->len, 6);
  CU_ASSERT_TRUE(is_partition(six));
  CU_ASSERT_EQUAL(three->delegations->len, 3);
  CU_ASSERT_PTR_NOT_NULL(named(three, "Eastern European States"));
}

/* What an analyst assumed is counted, never handed on. */
static void test_positions(void) {
  g_autoptr(PlnScenario) s = scene_shipped("protocol-offences");
  guint shown = 0, unstated = 0;
  for (guint p = 0; p < s->proposals->len; p++) {
    g_autoptr(PlnKit) kit = kit_of(s, 30, TRUE, pln_scenario_proposal(s, p)->id);
    CU_ASSERT_FALSE(kit->played);
    for (guint i = 0; i < kit->delegations->len; i++) {
      const PlnKitDelegation *d = pln_kit_delegation(kit, i);
      unstated += d->unstated;
      shown += d->stances->len;
      for (guint k = 0; k < d->stances->len; k++)
        CU_ASSERT_TRUE(g_array_index(d->stances, PlnKitStance, k).row->status <= PLN_STATUS_INFERRED);
    }
  }
  CU_ASSERT_TRUE(shown > 0);
  CU_ASSERT_TRUE(unstated > 0);
}

/* Of a country nothing that is assumed; of a member that the scenario made up it is its part. */
static void test_assumed(void) {
  g_autoptr(PlnScenario) s =
      scene_read("scenario.csv", "key,value\nformat,1\ntitle,T\nas_of,2026-01-15\nbody,model-un\n",
                 "proposals.csv", "id,title\np,P\n", "members.csv",
                 "state,name,group\nFRA,,G\nDEU,,G\nZZ1,Zed,G\n", "statements.csv",
                 "state,kind,summary,date,status\nFRA,position,f,2026-01-10,assumed\n"
                 "DEU,position,d,2026-01-10,reported\nZZ1,position,z,2026-01-10,assumed\n",
                 "positions.csv",
                 "who,position,status\nFRA,10,assumed\nDEU,20,inferred\nZZ1,30,assumed\n", NULL);
  g_autoptr(PlnKit) kit = kit_of(s, 0, FALSE, NULL);
  const PlnKitDelegation *fra = named(kit, "France"), *deu = named(kit, "Germany"),
                         *zed = named(kit, "Zed");
  CU_ASSERT_EQUAL(fra->statements->len + fra->stances->len, 0);
  CU_ASSERT_EQUAL(fra->unstated, 1);
  CU_ASSERT_EQUAL(deu->statements->len + deu->stances->len, 2);
  CU_ASSERT_EQUAL(zed->statements->len + zed->stances->len, 2);
}

/* Likewise votes and sponsors, of this proposal and of the earlier one: a vote is as sure as
 * its own row says, not as its proposal is. */
static void test_votes_assumed(void) {
  g_autoptr(PlnScenario) s =
      scene_read("scenario.csv", "key,value\nformat,1\ntitle,T\nas_of,2026-01-15\nbody,model-un\n",
                 "proposals.csv",
                 "id,title,record,asked_by,earlier,status,source\n"
                 "first,F,partial,,,verified,the record\n"
                 "again,A,partial,FRA DEU ZZ1,first,assumed,my guess\n"
                 "sure,S,,FRA,first,reported,a paper\n",
                 "members.csv", "state,name,group\nFRA,,G\nDEU,,G\nITA,,G\nZZ1,Zed,G\n", "votes.csv",
                 "proposal,state,vote,status,source\nfirst,FRA,N,assumed,my guess\n"
                 "first,DEU,Y,inferred,a reading\nfirst,ITA,A,,\nfirst,ZZ1,N,assumed,the game\n"
                 "again,FRA,N,reconstructed,a model\nagain,DEU,Y,reported,a paper\n",
                 NULL);
  static const PlnVote before[] = {PLN_VOTE_Y, PLN_VOTE_UNKNOWN, PLN_VOTE_A, PLN_VOTE_N};
  g_autoptr(PlnKit) kit = kit_of(s, 0, FALSE, "again"), sure = kit_of(s, 0, FALSE, "sure");
  for (guint i = 0; i < G_N_ELEMENTS(before); i++) /* DEU, FRA, ITA, ZZ1 */
    CU_ASSERT_EQUAL(kit->before[i].vote, before[i]);
  CU_ASSERT_EQUAL(kit->before[0].status, PLN_STATUS_INFERRED);
  CU_ASSERT_STRING_EQUAL(kit->before[0].source, "a reading");
  CU_ASSERT_STRING_EQUAL(kit->before[2].source, "the record");
  CU_ASSERT_EQUAL(kit->now[0].vote, PLN_VOTE_Y);
  CU_ASSERT_EQUAL(kit->now[1].vote, PLN_VOTE_UNKNOWN);
  CU_ASSERT_EQUAL(named(kit, "France")->unknown_before, 1);
  CU_ASSERT_EQUAL(named(kit, "France")->unknown, 1);
  CU_ASSERT_EQUAL(named(kit, "France")->sponsors->len, 0);
  CU_ASSERT_EQUAL(named(kit, "Zed")->sponsors->len, 1);
  CU_ASSERT_FALSE(pln_kit_may_name_sponsors(kit));
  CU_ASSERT_EQUAL(named(sure, "France")->sponsors->len, 1);
  CU_ASSERT_TRUE(pln_kit_may_name_sponsors(sure));
}

static void test_statements(void) {
  g_autoptr(PlnScenario) s = scene_shipped("deletions-2024");
  g_autoptr(PlnKit) kit = kit_of(s, 6, FALSE, NULL);
  CU_ASSERT_STRING_EQUAL(kit->item->proposal->id, "article-6-2");
  CU_ASSERT_FALSE(kit->played); /* eight votes are named */
  for (guint i = 0; i < s->statements->len; i++) {
    const PlnStatement *said = &g_array_index(s->statements, PlnStatement, i);
    CU_ASSERT_EQUAL(pln_kit_said_before(kit, said), strcmp(said->state, "IND") == 0);
  }
  const PlnKitDelegation *africa = named(kit, "African States");
  CU_ASSERT_EQUAL(africa->unknown, 52); /* LBY and SDN are named */
  CU_ASSERT_EQUAL(pln_kit_line(africa), PLN_VOTE_UNKNOWN);
}

static gboolean touches(const PlnKit *kit, const char *topic) {
  for (guint i = 0; i < kit->topics->len; i++)
    if (strcmp(((const PlnClassTopic *)kit->topics->pdata[i])->topic, topic) == 0)
      return TRUE;
  return FALSE;
}

static void test_topics(void) {
  static const char *const expected[][2] = {
      {"suicide", "suicide"},     {"extremism", "extremism"}, {"nazism", "nazism and genocide"},
      {"terrorism", "terrorism"}, {"drugs", "drugs"},         {"minors", "children as victims"},
      {"arms", "war and weapons"}};
  g_autoptr(PlnScenario) s = scene_shipped("protocol-offences"), calm = scene_shipped("classroom");
  for (gsize i = 0; i < G_N_ELEMENTS(expected); i++) {
    g_autoptr(PlnKit) kit = kit_of(s, 6, FALSE, expected[i][0]);
    CU_ASSERT_TRUE(touches(kit, expected[i][1]));
  }
  g_autoptr(PlnKit) none = kit_of(calm, 3, FALSE, NULL);
  CU_ASSERT_EQUAL(none->topics->len, 0);
  CU_ASSERT_TRUE(pln_classroom_has_word("Counter-TERRORISM now", "terroris*"));
  CU_ASSERT_TRUE(pln_classroom_has_word("arms", "arms"));
  CU_ASSERT_FALSE(pln_classroom_has_word("alarms, armsful", "arms"));
  CU_ASSERT_FALSE(pln_classroom_has_word("", "arms"));
  CU_ASSERT_FALSE(pln_classroom_has_word("anything", "*"));
}

static void test_refused(void) {
  static const struct {
    PlnKitOptions options;
    const char *part;
  } cases[] = {{{5, FALSE, NULL}, "5 delegations; expected 3, 6 or 12"},
               {{19, TRUE, NULL}, "19 states; expected 20 to 35 single states"},
               {{36, TRUE, NULL}, "36 states; expected 20 to 35 single states"},
               {{6, FALSE, "article-62"}, "did you mean article-6-2?"}};
  g_autoptr(PlnScenario) s = scene_shipped("deletions-2024");
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    GError *error = NULL;
    CU_ASSERT_PTR_NULL(pln_kit_new(s, classroom, &cases[i].options, &error));
    CU_ASSERT_TRUE(scene_error(&error, PLN_ERROR_USAGE, cases[i].part));
  }
}

/* The treaty was not in force: its conference has no members. */
static void test_nobody(void) {
  GError *error = NULL;
  g_autoptr(PlnScenario) s =
      scene_of("conference-of-states-parties", "id,title\np,A text\n", NULL, NULL);
  PlnKitOptions options = {6, FALSE, NULL};
  CU_ASSERT_PTR_NULL(pln_kit_new(s, classroom, &options, &error));
  CU_ASSERT_TRUE(scene_error(&error, PLN_ERROR_USAGE, "nobody has a vote on p; expected"));
}

static GPtrArray *pages_of(const PlnKit *kit) {
  g_autoptr(GArray) none = pln_inputs_new();
  PlnProvenance provenance = {"0", "plenary kit <x>", "verified", "", none, none};
  return pln_compose_kit(kit, classroom, &provenance);
}

static const char *page(const GPtrArray *files, const char *name) {
  for (guint i = 0; i < files->len; i++) {
    const PlnKitFile *file = files->pdata[i];
    if (strcmp(file->name, name) == 0)
      return file->text;
  }
  return "";
}

static void test_pages(void) {
  g_autoptr(PlnScenario) s = scene_shipped("res-74-247");
  g_autoptr(PlnKit) kit = kit_of(s, 6, FALSE, NULL), again = kit_of(s, 6, FALSE, NULL);
  g_autoptr(GPtrArray) files = pages_of(kit), same = pages_of(again);
  static const char *const before[] = {"cards.html", "question.html", "chair.html", "ballots.html",
                                       "slips.html", "tally.html",    "plans.html", "neutral.html"};
  CU_ASSERT_PTR_NOT_NULL(
      strstr(page(files, "tally.html"), "<td>139<span class=\"unseen\"> need</span> <b>70</b>"));
  CU_ASSERT_PTR_NOT_NULL(strstr(page(files, "answers.html"), "ADOPTED  79 yes  60 no  33 abstaining"));
  CU_ASSERT_PTR_NOT_NULL(
      strstr(page(files, "answers.html"), "79 yes of 172, it would take 87: rejected"));
  CU_ASSERT_PTR_NOT_NULL(strstr(page(files, "answers.html"), "Adoption takes 93 yes: 14 short"));
  CU_ASSERT_PTR_NOT_NULL(
      strstr(page(files, "after.html"), "31 yes, 1 no, 8 abstaining, 14 not voting"));
  for (gsize i = 0; i < G_N_ELEMENTS(before); i++) {
    CU_ASSERT_TRUE(*page(files, before[i]));
    CU_ASSERT_PTR_NULL(strstr(page(files, before[i]), "79 yes"));
    CU_ASSERT_PTR_NULL(strstr(page(files, before[i]), "ADOPTED"));
    CU_ASSERT_PTR_NULL(strstr(page(files, before[i]), "31 yes, 1 no, 8"));
  }
  for (guint i = 0; i < files->len; i++)
    CU_ASSERT_STRING_EQUAL(((const PlnKitFile *)files->pdata[i])->text,
                           ((const PlnKitFile *)same->pdata[i])->text);
}

static void test_hostile(void) {
  g_autoptr(PlnScenario) s = scene_read(
      "scenario.csv",
      "key,value\nformat,1\ntitle,</title><script>t()</script>\nas_of,2026-01-15\nbody,model-un\n"
      "about,<img src=x onerror=a()>\nsource,\"<!-- \"\"'>\"\n",
      "proposals.csv",
      "id,title,question,record,asked_by,touches,note,source\n"
      "p,<b onclick=b()>p</b>,<i>q</i>,complete,A1,<u>w</u>,<s>n</s>,javascript:c()\n",
      "members.csv", "state,name,group\nA1,<script>A</script>,<x>\nA2,\"B\"\" onload=\"\"d()\",<y>\n",
      "votes.csv", "state,vote\nA1,Y\nA2,N\n", "statements.csv",
      "state,kind,summary,date,source\nA1,position,</article><script>e()</script>,2026-01-10,<z>\n",
      NULL);
  static const char *const never[] = {"<script", "<img",  "<b ",       "<i>",
                                      "<u>",     "<s>",   "<x>",       "<y>",
                                      "<z>",     "<!-- ", "onload=\"", "href=\"javascript"};
  g_autoptr(PlnKit) kit = kit_of(s, 0, FALSE, NULL);
  g_autoptr(GPtrArray) files = pages_of(kit);
  CU_ASSERT_TRUE(files->len > 10);
  for (guint i = 0; i + 1 < files->len; i++) /* the last one is text */
    for (gsize k = 0; k < G_N_ELEMENTS(never); k++)
      CU_ASSERT_PTR_NULL(strstr(((const PlnKitFile *)files->pdata[i])->text, never[k]));
}

/* The tables as shipped are whole; of others each fault is told. */
static void test_tables_read(void) {
  static const char *const texts[][2] = {
      {"class_delegations.csv", "size,name,blocs,within,status,source\n7,x,NOBODY,,verified,\n"},
      {"class_rules.csv",
       "matter,assembly,citation,assembly_status,model_un,status,source\n,a,b,verified,c,verified,d\n"},
      {"class_topics.csv", "word,topic,status,source\nw,,verified,\n"}};
  g_autoptr(GHashTable) tables =
      g_hash_table_new_full(g_str_hash, g_str_equal, NULL, (GDestroyNotify)g_bytes_unref);
  for (gsize i = 0; i < G_N_ELEMENTS(texts); i++)
    g_hash_table_insert(tables, (gpointer)texts[i][0], g_bytes_new(texts[i][1], strlen(texts[i][1])));
  g_autoptr(PlnFolder) folder = pln_folder_in_memory("t", tables);
  g_autoptr(PlnFaults) faults = pln_faults_new();
  CU_ASSERT_PTR_NULL(pln_classroom_read(folder, scene_world(), faults));
  g_autofree char *text = pln_faults_text(faults);
  CU_ASSERT_PTR_NOT_NULL(
      strstr(text, "t/class_delegations.csv:2:5: unknown bloc \"NOBODY\"; expected blocs of "
                   "blocs.csv, with blanks between them"));
  CU_ASSERT_PTR_NOT_NULL(strstr(text, "t/class_delegations.csv:2:1:"));
  CU_ASSERT_PTR_NOT_NULL(strstr(text, "t/class_rules.csv:2:1:"));
  CU_ASSERT_PTR_NOT_NULL(strstr(text, "t/class_topics.csv:2:"));
}

int main(void) {
  CU_TestInfo tests[] = {{"members shared out among tables", test_tables},
                         {"facts of a delegation", test_facts},
                         {"single states chosen", test_states},
                         {"a scenario's own members", test_own_members},
                         {"a union's own council", test_union},
                         {"positions that may be shown", test_positions},
                         {"what is assumed", test_assumed},
                         {"votes and sponsors assumed", test_votes_assumed},
                         {"statements before and after", test_statements},
                         {"topics for older classes", test_topics},
                         {"what is refused", test_refused},
                         {"nobody votes", test_nobody},
                         {"pages", test_pages},
                         {"hostile texts", test_hostile},
                         {"tables for classes", test_tables_read},
                         CU_TEST_INFO_NULL};
  int status = suite_run("kit", tests);
  pln_classroom_free(classroom);
  scene_end();
  return status;
}
