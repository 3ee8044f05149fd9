/* SPDX-License-Identifier: GPL-3.0-or-later */
/* issues.csv and actors.csv as what they mean: scales, rows for every issue, who speaks for whom. */
#include "plenary/actor.h"

#include <math.h>
#include <string.h>

#include "faulty.h"
#include "plenary/tables.h"
#include "scene.h"
#include "suite.h"

#define KEYS "key,value\nformat,1\ntitle,It\nas_of,2026-01-15\nbody,general-assembly\n"
#define PROPOSALS "id,title\np1,A\np2,B\n"

static PlnScenario *scene(const char *issues, const char *actors) {
  return scene_read("scenario.csv", KEYS, "proposals.csv", PROPOSALS, "issues.csv", issues,
                    "actors.csv", actors, NULL);
}

static const PlnIssue *issue(const PlnScenario *s, guint k) {
  return &g_array_index(s->issues, PlnIssue, k);
}

static void test_issues(void) {
  g_autoptr(PlnScenario) s =
      scene("issue,title,low,high,from,to,unit,reference,outcome,proposal,status,source,note\n"
            "x,,,,,,,,,,,,\n"
            "y,Years,soon,late,4,10,years,7,8.5,p2,reported,here,why\n"
            "z,,,,-2.5,-1,,?,,p2,,,\n",
            "issue,who,position\nx,FRA,5\n");
  CU_ASSERT_EQUAL_FATAL(s->issues->len, 3);
  const PlnIssue *x = issue(s, 0), *y = issue(s, 1), *z = issue(s, 2);
  CU_ASSERT_STRING_EQUAL(x->title, "x");
  CU_ASSERT_TRUE(x->from == 0 && x->to == 100 && isnan(x->reference) && isnan(x->outcome));
  CU_ASSERT_TRUE(!*x->low && !*x->high && !*x->unit && x->proposal == -1 && x->line == 2);
  CU_ASSERT_EQUAL(x->status, PLN_STATUS_ASSUMED);
  CU_ASSERT_STRING_EQUAL(y->title, "Years");
  CU_ASSERT_STRING_EQUAL(y->low, "soon");
  CU_ASSERT_STRING_EQUAL(y->high, "late");
  CU_ASSERT_STRING_EQUAL(y->unit, "years");
  CU_ASSERT_TRUE(y->from == 4 && y->to == 10 && y->reference == 7 && y->outcome == 8.5);
  CU_ASSERT_TRUE(y->proposal == 1 && y->status == PLN_STATUS_REPORTED);
  CU_ASSERT_STRING_EQUAL(y->source, "here");
  CU_ASSERT_STRING_EQUAL(y->note, "why");
  CU_ASSERT_TRUE(z->from == -2.5 && z->to == -1 && isnan(z->reference) && z->proposal == 1);
}

static void test_rows(void) {
  g_autoptr(PlnScenario) s = scene(
      "issue,from,to\nx,,\ny,4,10\n",
      "issue,who,position,sd,salience,salience_sd,capability,capability_sd,alone,status,source,note\n"
      "y,FRA,4.5,.5,60,5,2,1,yes,reported,here,why\n"
      "y,EU,?,,50,,3,,no,,,\n"
      ",EU,5,,70,,3,,,,,\n");
  CU_ASSERT_EQUAL_FATAL(s->actors->len, 3);
  const PlnActor *fra = s->actors->pdata[0], *eu = s->actors->pdata[1], *all = s->actors->pdata[2];
  CU_ASSERT_TRUE(fra->issue == 1 && fra->state && !fra->bloc && fra->alone && fra->line == 2);
  CU_ASSERT_TRUE(fra->position == 4.5 && fra->sd == .5 && fra->salience == 60 &&
                 fra->salience_sd == 5 && fra->capability == 2 && fra->capability_sd == 1);
  CU_ASSERT_TRUE(fra->status == PLN_STATUS_REPORTED && strcmp(fra->source, "here") == 0 &&
                 strcmp(fra->note, "why") == 0);
  CU_ASSERT_STRING_EQUAL(pln_actor_name(fra), "FRA");
  CU_ASSERT_STRING_EQUAL(pln_actor_name(eu), "EU");
  CU_ASSERT_TRUE(eu->bloc && !eu->state && !eu->alone && isnan(eu->position) && isnan(eu->sd));
  CU_ASSERT_TRUE(all->issue == -1 && all->salience == 70 && all->status == PLN_STATUS_ASSUMED);
}

static void test_none(void) {
  g_autoptr(PlnScenario) s = scene_read("scenario.csv", KEYS, "proposals.csv", PROPOSALS, NULL);
  CU_ASSERT_TRUE(s->issues->len == 0 && s->actors->len == 0);
}

/* Cell by cell: what the issue's row leaves empty is that of every issue. */
static void test_cells(void) {
  g_autoptr(PlnScenario) s =
      scene("issue\nx\ny\nz\n", "issue,who,position,sd,salience,capability,status\n"
                                "z,IND,70,,10,1,verified\n"
                                ",EU,40,3,50,,assumed\n"
                                "x,EU,10,,,5,reported\n"
                                ",IND,,2,20,1,assumed\n"
                                ",EU27,30,,1,7,verified\n"
                                "y,EU,,,60,6,verified\n"
                                "z,EU,1,1,1,4,verified\n");
  g_autoptr(PlnActors) actors = pln_actors_new(s);
  CU_ASSERT_TRUE_FATAL(actors->n == 3 && actors->m == 3);
  CU_ASSERT_STRING_EQUAL(pln_actor_name(pln_actors_who(actors, 0)), "IND");
  CU_ASSERT_STRING_EQUAL(pln_actor_name(pln_actors_who(actors, 1)), "EU");
  PlnActor x = pln_actors_cell(actors, 1, 0), y = pln_actors_cell(actors, 1, 1),
           z = pln_actors_cell(actors, 1, 2);
  CU_ASSERT_TRUE(x.position == 10 && x.sd == 3 && x.salience == 50 && x.capability == 5);
  CU_ASSERT_EQUAL(x.status, PLN_STATUS_ASSUMED); /* two cells rest on that row */
  CU_ASSERT_TRUE(y.position == 40 && y.salience == 60 && y.capability == 6 && y.issue == 1);
  CU_ASSERT_TRUE(z.status == PLN_STATUS_VERIFIED && z.sd == 1); /* nothing was taken */
  PlnActor nowhere = pln_actors_cell(actors, 0, 0);
  CU_ASSERT_TRUE(isnan(nowhere.position) && nowhere.salience == 20 && nowhere.sd == 2);
  CU_ASSERT_FALSE(pln_actors_negotiates(actors, 0, 0));
  CU_ASSERT_TRUE(pln_actors_negotiates(actors, 0, 2) && pln_actors_negotiates(actors, 1, 1));
}

/* France sits with the EU (27), not with all of the 193; alone it sits for itself. */
static void test_who_speaks(void) {
  g_autoptr(PlnScenario) s =
      scene_read("scenario.csv", KEYS, "proposals.csv", PROPOSALS, "blocs.csv",
                 "bloc,member,from,to\nBIG,EU,,\nBIG,GBR,,\nBIG,USA,,2025-12-31\n", "issues.csv",
                 "issue\nx\ny\n", "actors.csv",
                 "issue,who,position,alone\nx,BIG,10,\ny,BIG,20,\nx,EU,30,\nx,FRA,40,\ny,FRA,50,yes\n"
                 "x,GBR,60,\nx,USA,70,\n",
                 NULL);
  g_autoptr(PlnActors) actors = pln_actors_new(s);
  const PlnState *fra = pln_world_state(s->world, "FRA"), *gbr = pln_world_state(s->world, "GBR"),
                 *usa = pln_world_state(s->world, "USA");
  CU_ASSERT_TRUE(actors->size[0] == 28 && actors->size[1] == 27 && actors->size[2] == 0);
  CU_ASSERT_EQUAL(pln_actors_bloc(actors, fra, 0), 1);
  CU_ASSERT_EQUAL(pln_actors_bloc(actors, fra, 1), 0); /* the EU takes no part there */
  CU_ASSERT_EQUAL(pln_actors_bloc(actors, fra, -1), 1);
  CU_ASSERT_EQUAL(pln_actors_bloc(actors, gbr, 0), 0);
  CU_ASSERT_EQUAL(pln_actors_bloc(actors, usa, 0), -1); /* it has left */
  CU_ASSERT_FALSE(pln_actors_negotiates(actors, 2, 0));
  CU_ASSERT_TRUE(pln_actors_negotiates(actors, 2, 1)); /* alone */
  CU_ASSERT_FALSE(pln_actors_negotiates(actors, 3, 0));
  CU_ASSERT_TRUE(pln_actors_negotiates(actors, 4, 0));
}

static void test_blocs_of(void) {
  g_autoptr(PlnScenario) s =
      scene_read("scenario.csv", KEYS, "proposals.csv", PROPOSALS, "blocs.csv",
                 "bloc,member\nTEN,FRA\nTEN,GBR\nTWO,FRA\nTWO,IND\n", "issues.csv", "issue\nx\n",
                 "actors.csv", "issue,who,position\nx,EU,10\nx,TEN,20\nx,IND,30\nx,TWO,40\n", NULL);
  g_autoptr(PlnActors) actors = pln_actors_new(s);
  g_autoptr(GArray) fra = pln_actors_blocs(actors, pln_world_state(s->world, "FRA"));
  g_autoptr(GArray) usa = pln_actors_blocs(actors, pln_world_state(s->world, "USA"));
  CU_ASSERT_TRUE_FATAL(fra->len == 3 && usa->len == 0);
  CU_ASSERT_EQUAL(g_array_index(fra, guint, 0), 1); /* of two of one size the one named first */
  CU_ASSERT_EQUAL(g_array_index(fra, guint, 1), 3);
  CU_ASSERT_EQUAL(g_array_index(fra, guint, 2), 0);
  pln_actors_free(NULL);
}

/* What a member that differs lacks is its bloc's: it need state nothing. */
static void test_members_need_no_weight(void) {
  g_autoptr(PlnScenario) s = scene("issue\nx\n", "issue,who,position,salience,capability\n"
                                                 "x,EU,10,50,3\nx,FRA,40,,\nx,IND,5,20,1\n");
  CU_ASSERT_EQUAL(s->actors->len, 3);
  CU_ASSERT_TRUE(faulty_is(
      faulty_scenario("scenario.csv", KEYS, "proposals.csv", PROPOSALS, "issues.csv", "issue\nx\n",
                      "actors.csv",
                      "issue,who,position,salience,alone\nx,EU,10,50,\nx,FRA,40,,yes\n", NULL),
      "it/actors.csv:3:10: the salience of FRA on x is not stated, but another's is (line 2); "
      "expected it of all or of nobody\n"));
}

/* What a row for every issue could say, and no row says, is one fault, there; it is held against the
 * row that has the number, be it one for every issue. */
static void test_weight_of_every_issue(void) {
  CU_ASSERT_TRUE(faulty_is(
      faulty_scenario("scenario.csv", KEYS, "proposals.csv", PROPOSALS, "issues.csv",
                      "issue\nx\ny\nz\n", "actors.csv",
                      "issue,who,position,salience,capability\nx,IND,5,,\ny,IND,5,,\n,IND,,40,3\n"
                      ",USA,,,\nx,USA,5,20,\ny,USA,6,,\nz,USA,7,30,\n", NULL),
      "it/actors.csv:5:8: the capability of USA on x is not stated, but another's is (line 4); "
      "expected it of all or of nobody\n"
      "it/actors.csv:7:9: the salience of USA on y is not stated, but another's is (line 4); "
      "expected it of all or of nobody\n"));
}

/* A first line alone is no table of talks. */
static void test_empty(void) {
  CU_ASSERT_TRUE(faulty_is(
      faulty_scenario("scenario.csv", KEYS, "proposals.csv", PROPOSALS, "issues.csv", "issue\nx\n",
                      "actors.csv", "issue,who\n", NULL),
      "it/actors.csv:1:1: no actor; expected at least one row under the first line\n"));
  CU_ASSERT_TRUE(faulty_is(
      faulty_scenario("scenario.csv", KEYS, "proposals.csv", PROPOSALS, "issues.csv", "issue\n",
                      "actors.csv", "issue,who\nx,IND\n", NULL),
      "it/issues.csv:1:1: no issue; expected at least one row under the first line\n"));
}

/* What follows from another fault is not told as one. */
static void test_no_fault_from_a_fault(void) {
  CU_ASSERT_TRUE(faulty_is(
      faulty_scenario("scenario.csv", KEYS, "proposals.csv", PROPOSALS, "issues.csv",
                      "issue,from,to\nx,10,4\n", "actors.csv", "issue,who,position\nx,EU,900\n", NULL),
      "it/issues.csv:2:6: the scale runs from 10 to 4; expected from below to\n"));
  CU_ASSERT_TRUE(faulty_is(
      faulty_scenario("scenario.csv", KEYS, "proposals.csv", PROPOSALS, "issues.csv", "issue\nx\n",
                      "actors.csv", "issue,who,position,salience\nq,EU,9,4\nx,FRA,4,\n", NULL),
      "it/actors.csv:2:1: unknown issue \"q\"; expected an id of issues.csv\n"));
  CU_ASSERT_TRUE(faulty_is(
      faulty_scenario("scenario.csv", KEYS, "proposals.csv", "id\np1\n", "issues.csv",
                      "issue,proposal\nx,p7\n", "actors.csv", "issue,who\nq,EU\n", NULL),
      "it/proposals.csv:1:1: column \"title\" is missing; expected it in the first line\n"));
}

static char *many(const char *head, const char *format, guint n) {
  GString *text = g_string_new(head);
  for (guint i = 0; i < n; i++)
    g_string_append_printf(text, format, i);
  return g_string_free(text, FALSE);
}

static void test_too_many(void) {
  g_autofree char *issues = many("issue\n", "i%u\n", PLN_ISSUES_MOST + 1);
  g_autofree char *rows = many("issue,who,position\n", "i%u,FRA,5\n", 200);
  g_autoptr(PlnScenario) s = NULL;
  CU_ASSERT_TRUE(faulty_is(faulty_scenario("scenario.csv", KEYS, "proposals.csv", PROPOSALS,
                                           "issues.csv", issues, "actors.csv", rows, NULL),
                           "it/issues.csv:202:1: more than 200 issues; expected fewer\n"));
  *strrchr(issues, 'i') = '\0';
  s = scene(issues, rows);
  CU_ASSERT_TRUE(s->issues->len == 200 && s->actors->len == 200);
}

static void test_shipped(void) {
  g_autoptr(PlnScenario) emission = scene_shipped("emission-1994");
  g_autoptr(PlnScenario) package = scene_shipped("protocol-package");
  g_autoptr(PlnActors) ten = pln_actors_new(emission);
  static const char *const order[] = {"NLD", "BEL", "LUX", "DEU", "FRA",
                                      "ITA", "GBR", "IRL", "DNK", "GRC"}; /* ties hang on it */
  double mean = 0, weight = 0;
  CU_ASSERT_TRUE_FATAL(ten->n == 10 && ten->m == 1);
  for (guint i = 0; i < ten->n; i++) {
    PlnActor cell = pln_actors_cell(ten, i, 0);
    CU_ASSERT_STRING_EQUAL(pln_actor_name(&cell), order[i]);
    mean += cell.capability * cell.salience * cell.position;
    weight += cell.capability * cell.salience;
  }
  CU_ASSERT_DOUBLE_EQUAL(mean / weight, 7.389955686853767, 1e-12);
  CU_ASSERT_TRUE(package->issues->len == 5 && package->actors->len == 66);
}

int main(void) {
  CU_TestInfo tests[] = {{"issues", test_issues},
                         {"rows", test_rows},
                         {"neither table", test_none},
                         {"cell by cell", test_cells},
                         {"who speaks for whom", test_who_speaks},
                         {"whose blocs", test_blocs_of},
                         {"members need no weight", test_members_need_no_weight},
                         {"a weight of every issue", test_weight_of_every_issue},
                         {"a first line alone", test_empty},
                         {"no fault from a fault", test_no_fault_from_a_fault},
                         {"too many", test_too_many},
                         {"the shipped scenarios", test_shipped},
                         CU_TEST_INFO_NULL};
  int status = suite_run("actor", tests);
  scene_end();
  return status;
}
