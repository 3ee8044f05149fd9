/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The laboratory's data, the narration and the report: what is known stands there, what is not
 * stays unknown, and the arrays are those that the predictor starts from. */
#include <CUnit/Basic.h>
#include <jansson.h>
#include <string.h>

#include "plenary/compose_report.h"
#include "plenary/electorate_file.h"
#include "plenary/laboratory.h"
#include "plenary/load.h"
#include "plenary/narration.h"
#include "plenary/write.h"
#include "scene.h"
#include "suite.h"

static json_t *lab_of(const PlnReplay *replay, const PlnProject *project, const PlnReplay *against) {
  PlnLaboratoryOptions options = {
      .command = "plenary report x", .project = project, .against = against};
  g_autofree char *text = pln_compose_laboratory(replay, &options);
  g_autofree char *again = pln_compose_laboratory(replay, &options);
  CU_ASSERT_STRING_EQUAL(text, again);
  CU_ASSERT_PTR_NULL(strchr(text, '\n'));
  json_t *root = json_loads(text, 0, NULL);
  CU_ASSERT_PTR_NOT_NULL_FATAL(root);
  return root;
}

static const json_t *proposal(const json_t *root, gsize i) {
  return json_array_get(json_object_get(root, "proposals"), i);
}

static const char *string(const json_t *object, const char *key) {
  const char *text = json_string_value(json_object_get(object, key));
  return text ? text : "(none)";
}

static int number(const json_t *object, const char *key, gsize i) {
  const json_t *value = json_object_get(object, key);
  return (int)json_integer_value(json_is_array(value) ? json_array_get(value, i) : value);
}

/* The sentence of @kind, or "". */
static const char *narrated(const json_t *object, const char *kind) {
  const json_t *all = json_object_get(object, "narration");
  for (gsize k = 0; k < json_array_size(all); k++)
    if (strcmp(string(json_array_get(all, k), "kind"), kind) == 0)
      return string(json_array_get(all, k), "text");
  return "";
}

static void test_record(void) {
  g_autoptr(PlnScenario) s = scene_shipped("res-74-247");
  g_autoptr(PlnReplay) replay = scene_replay(s, NULL);
  json_t *root = lab_of(replay, NULL, NULL);
  const json_t *p = proposal(root, 0), *rule;
  const char *vote = string(p, "vote"), *before = string(json_object_get(p, "earlier"), "vote");
  CU_ASSERT_STRING_EQUAL(string(root, "id"), "res-74-247");
  CU_ASSERT_STRING_EQUAL(string(root, "opening"), "");
  CU_ASSERT_EQUAL(strlen(vote), 193);
  CU_ASSERT_EQUAL(strlen(before), 193);
  CU_ASSERT_EQUAL(json_array_size(json_object_get(root, "states")), 195); /* with two observers */
  int yes = 0;
  for (gsize i = 0; i < 193; i++) {
    const json_t *state =
        json_array_get(json_object_get(root, "states"), (gsize)number(p, "roster", i));
    int seat = pln_roster_find(pln_scenario_proposal(s, 0)->roster, string(state, "code"));
    CU_ASSERT_EQUAL(seat, (int)i);
    yes += vote[i] == 'Y';
  }
  CU_ASSERT_EQUAL(yes, 79);
  CU_ASSERT_EQUAL(number(p, "total", 1), 60);
  rule = json_array_get(json_object_get(root, "rules"), (gsize)number(p, "rule", 0));
  CU_ASSERT_STRING_EQUAL(string(rule, "id"), "ga-simple-majority");
  CU_ASSERT_TRUE(json_is_true(json_object_get(json_object_get(rule, "rule"), "strict")));
  CU_ASSERT_PTR_NOT_NULL(strstr(narrated(p, "answer"), "adopted: 79 yes, 60 no, 33 abstaining"));
  CU_ASSERT_PTR_NOT_NULL(strstr(narrated(p, "moved"), "A/RES/73/187"));
  CU_ASSERT_TRUE(json_is_null(json_object_get(p, "projection")));
  CU_ASSERT_TRUE(json_is_null(json_object_get(root, "electorate")));
  json_decref(root);
}

static void test_unknown(void) {
  g_autoptr(PlnScenario) s = scene_shipped("deletions-2024");
  g_autoptr(PlnReplay) replay = scene_replay(s, NULL);
  json_t *root = lab_of(replay, NULL, NULL);
  const json_t *first = proposal(root, 0), *last = proposal(root, 6);
  CU_ASSERT_EQUAL(json_array_size(json_object_get(root, "proposals")), 7);
  CU_ASSERT_TRUE(json_is_true(json_object_get(first, "counted")));
  CU_ASSERT_EQUAL(number(first, "unnamed", 1), 102);
  CU_ASSERT_EQUAL(number(first, "unnamed", 0), 15);
  CU_ASSERT_STRING_EQUAL(string(last, "vote"), "");
  CU_ASSERT_TRUE(json_is_null(json_object_get(last, "total")));
  CU_ASSERT_PTR_NOT_NULL(strstr(string(last, "known"), "nothing is computed. Which provision"));
  CU_ASSERT_STRING_EQUAL(narrated(last, "margin"), "");
  CU_ASSERT_STRING_EQUAL(narrated(last, "blocs"), "");
  json_decref(root);
}

static void test_opening(void) {
  g_autoptr(PlnScenario) s = scene_shipped("res-74-247");
  g_autoptr(PlnScenario) other = scene_shipped("classroom");
  g_autoptr(PlnWhatIf) whatif =
      scene_whatif(s, "RUS=N", "--rule=two-thirds-present-voting", "FRA=N", NULL);
  g_autoptr(PlnReplay) replay = scene_replay(s, whatif), against = scene_replay(other, NULL);
  json_t *root = lab_of(replay, NULL, against);
  const json_t *beside = json_object_get(root, "against");
  CU_ASSERT_STRING_EQUAL(string(root, "opening"),
                         "rule.res-74-247=two-thirds-present-voting&votes.res-74-247=RUS.N"
                         "&compare=against.breaks");
  CU_ASSERT_EQUAL(string(proposal(root, 0), "vote")[0], 'X'); /* the record stands */
  CU_ASSERT_STRING_EQUAL(string(beside, "id"), "classroom");
  const json_t *theirs = proposal(beside, 0);
  const json_t *ana =
      json_array_get(json_object_get(root, "states"), (gsize)number(theirs, "roster", 0));
  CU_ASSERT_STRING_EQUAL(string(ana, "code"), "ANA");
  json_decref(root);
}

/* Of a vote that is known in part, those that were asked about, not those that nobody knows. */
static void test_opening_in_part(void) {
  g_autoptr(PlnScenario) s = scene_shipped("deletions-2024");
  g_autoptr(PlnWhatIf) whatif = scene_whatif(s, "RUS=N", NULL);
  g_autoptr(PlnReplay) replay = scene_replay(s, whatif);
  json_t *root = lab_of(replay, NULL, NULL);
  CU_ASSERT_STRING_EQUAL(string(root, "opening"), "votes.article-6-2=RUS.N");
  CU_ASSERT_STRING_EQUAL(string(root, "opening_note"), "");
  json_decref(root);
}

/* Votes without names cannot be opened: nothing is, and that is said. */
static void test_opening_without_names(void) {
  g_autoptr(PlnScenario) s = scene_shipped("deletions-2024");
  g_autoptr(PlnWhatIf) whatif = scene_whatif(s, "--abstain-as=no", NULL);
  g_autoptr(PlnReplay) replay = scene_replay(s, whatif);
  json_t *root = lab_of(replay, NULL, NULL);
  CU_ASSERT_STRING_EQUAL(string(root, "opening"), "");
  CU_ASSERT_PTR_NOT_NULL(strstr(string(root, "opening_note"), "(article-6-2)"));
  json_decref(root);
}

/* The same code may be somebody else in a second scenario, of another weight. */
static void test_against_others(void) {
  static const char PROPOSALS[] = "id,title,kind,question,record,yes,no,abstain,not_voting,outcome,"
                                  "status,source\np,P,text,Shall it be adopted?,complete,1,1,0,0,,"
                                  "assumed,made up\n";
  static const char VOTES[] = "proposal,state,vote\np,ANA,Y\np,BEA,N\n";
  g_autoptr(PlnScenario) s = scene_of("eu-council", PROPOSALS, VOTES,
                                      "state,name,group,weight\nANA,Ana,Door,50\nBEA,Bea,Door,1\n");
  g_autoptr(PlnScenario) t = scene_of("eu-council", PROPOSALS, VOTES,
                                      "state,name,group,weight\nANA,Ann,Door,7\nBEA,Bea,Door,1\n");
  g_autoptr(PlnReplay) replay = scene_replay(s, NULL), against = scene_replay(t, NULL);
  json_t *root = lab_of(replay, NULL, against), *twin = lab_of(replay, NULL, replay);
  const json_t *beside = json_object_get(root, "against");
  const json_t *here = json_array_get(json_object_get(root, "states"), 0);
  const json_t *there = json_array_get(json_object_get(beside, "states"), 0);
  CU_ASSERT_EQUAL(number(here, "weight", 0), 50);
  CU_ASSERT_STRING_EQUAL(string(there, "name"), "Ann");
  CU_ASSERT_EQUAL(number(there, "weight", 0), 7);
  CU_ASSERT_PTR_NOT_NULL(json_object_get(beside, "blocs"));
  CU_ASSERT_PTR_NULL(json_object_get(json_object_get(twin, "against"), "states"));
  CU_ASSERT_PTR_NULL(json_object_get(json_object_get(twin, "against"), "blocs"));
  json_decref(root);
  json_decref(twin);
}

/* ---- What was asked ---- */

static void test_asked(void) {
  g_autoptr(PlnScenario) s = scene_shipped("res-74-247");
  g_autoptr(PlnReplay) replay = scene_replay(s, NULL);
  PlnLaboratoryOptions options = {.command = "plenary report x",
                                  .project_options = " --electorate s69-73",
                                  .draws = 5000,
                                  .left_out = 3};
  g_autofree char *text = pln_compose_laboratory(replay, &options);
  json_t *root = json_loads(text, 0, NULL), *usual = lab_of(replay, NULL, NULL);
  CU_ASSERT_STRING_EQUAL(string(root, "seed"), "1");
  CU_ASSERT_STRING_EQUAL(string(root, "project_options"), "--electorate s69-73");
  CU_ASSERT_EQUAL(number(root, "draws", 0), 5000);
  CU_ASSERT_EQUAL(number(root, "left_out", 0), 3);
  CU_ASSERT_STRING_EQUAL(string(usual, "project_options"), "");
  CU_ASSERT_EQUAL(number(usual, "draws", 0), PLN_LABORATORY_DRAWS);
  json_decref(root);
  json_decref(usual);
}

/* ---- A projection ---- */

static PlnProject *brief(const PlnScenario *s, PlnElectorate **electorate, PlnPredictor **predictor) {
  g_autofree char *data = pln_data_folder(NULL);
  g_autofree char *folder = g_build_filename(data, "positions", "s70-74", NULL);
  *electorate = pln_electorate_load(scene_world(), folder, NULL);
  *predictor = pln_predictor_new(*electorate, NULL, NULL);
  PlnProjectOptions options = pln_project_options();
  options.brief = TRUE;
  options.electorate = *electorate;
  options.predictor = *predictor;
  PlnProject *project = pln_project_new(s, &options, NULL);
  CU_ASSERT_PTR_NOT_NULL_FATAL(project);
  return project;
}

static double decoded(const json_t *electorate, const char *key, gsize at) {
  gsize size = 0;
  g_autofree guchar *bytes = g_base64_decode(string(electorate, key), &size);
  guint64 little;
  double value;
  CU_ASSERT_TRUE_FATAL(size >= (at + 1) * sizeof little);
  memcpy(&little, bytes + at * sizeof little, sizeof little);
  little = GUINT64_FROM_LE(little);
  memcpy(&value, &little, sizeof value);
  return value;
}

static void check_question(const json_t *p, const PlnProjectItem *item) {
  const json_t *asked = json_object_get(p, "projection");
  const PlnOutlook *o = item->outlook;
  guint seats = 0;
  CU_ASSERT_EQUAL(json_real_value(json_object_get(asked, "age")), o->age);
  for (guint i = 0; i < o->n; i++) {
    CU_ASSERT_EQUAL(number(asked, "place", i), o->place[i]);
    CU_ASSERT_EQUAL(json_real_value(json_array_get(json_object_get(asked, "absent"), i)),
                    o->absent[i]);
  }
  const json_t *rows = json_object_get(asked, "rows");
  for (gsize k = 0; k < json_array_size(rows); k++)
    seats += json_array_size(json_object_get(json_array_get(rows, k), "seats"));
  CU_ASSERT_TRUE(seats >= item->basis[PLN_SEAT_STANCE]);
  CU_ASSERT_EQUAL(json_real_value(json_object_get(asked, "chance")),
                  pln_outcome_shown(item->outcome->adopted.value, item->outcome->draws));
}

static void test_projection(void) {
  g_autoptr(PlnScenario) s = scene_shipped("protocol-offences");
  g_autoptr(PlnReplay) replay = scene_replay(s, NULL);
  PlnElectorate *e = NULL;
  PlnPredictor *predictor = NULL;
  PlnProject *project = brief(s, &e, &predictor);
  json_t *root = lab_of(replay, project, NULL);
  const json_t *electorate = json_object_get(root, "electorate");
  gsize p = (gsize)number(electorate, "p", 0);
  CU_ASSERT_EQUAL(p, 1 + e->n_groups + e->d);
  CU_ASSERT_EQUAL(decoded(electorate, "row", p * 7), e->centre_sd);
  CU_ASSERT_EQUAL(decoded(electorate, "row", p * 7 + 1 + (gsize)e->in_group[7]),
                  2 * e->group_spread[e->in_group[7]]);
  CU_ASSERT_EQUAL(decoded(electorate, "log_width", 3), e->width_mean + e->width[3]);
  const PlnProjectStage *stage = pln_project_stage(project, 0);
  CU_ASSERT_EQUAL(project->stages->len, 1); /* of three: the first that meets */
  for (guint k = 0; k < stage->items->len; k++)
    check_question(proposal(root, pln_project_item(stage, k)->place), pln_project_item(stage, k));
  json_decref(root);
  pln_project_free(project);
  pln_predictor_free(predictor);
  pln_electorate_free(e);
}

/* ---- The document ---- */

static char *report_text(const PlnReport *report) {
  g_autoptr(PlnDoc) doc = pln_doc_new();
  pln_compose_report(doc, report);
  return pln_write_text(doc, NULL, 120, FALSE);
}

static void test_report(void) {
  g_autoptr(PlnScenario) s = scene_shipped("res-74-247");
  g_autoptr(PlnScenario) other = scene_shipped("res-73-187");
  g_autoptr(PlnReplay) replay = scene_replay(s, NULL), against = scene_replay(other, NULL);
  PlnReport report = {.replay = replay,
                      .against = against,
                      .left_out = 2,
                      .not_projected = "No projection is made: there is none."};
  g_autofree char *text = report_text(&report);
  const char *order[] = {"Adopted: 79 yes",       "40 of 193 moved; 9 to spare here",
                         "How sure this is",      "No projection is made",
                         "What it rests on",      "The weakest link",
                         "2 private entries",     "How it was made",
                         "17 to spare there",     "ADOPTED  79 yes"};
  const char *at = text;
  for (gsize k = 0; k < G_N_ELEMENTS(order) && at; k++) {
    at = strstr(at, order[k]);
    CU_ASSERT_PTR_NOT_NULL(at);
  }
}

static void test_report_projected(void) {
  g_autoptr(PlnScenario) s = scene_shipped("protocol-offences");
  g_autoptr(PlnReplay) replay = scene_replay(s, NULL);
  PlnElectorate *e = NULL;
  PlnPredictor *predictor = NULL;
  PlnProject *project = brief(s, &e, &predictor);
  PlnReport report = {.replay = replay, .project = project};
  g_autofree char *text = report_text(&report);
  CU_ASSERT_PTR_NOT_NULL(strstr(text, "Given that they are put to a vote"));
  CU_ASSERT_PTR_NOT_NULL(strstr(text, "<1%      most unlikely"));
  CU_ASSERT_PTR_NOT_NULL(strstr(text, "The words of likelihood"));
  CU_ASSERT_PTR_NOT_NULL(strstr(text, "95% and more"));
  CU_ASSERT_PTR_NOT_NULL(strstr(text, "This is a brief projection"));
  CU_ASSERT_PTR_NULL(strstr(text, " 0%"));
  CU_ASSERT_PTR_NULL(strstr(text, "100%"));
  pln_project_free(project);
  pln_predictor_free(predictor);
  pln_electorate_free(e);
}

int main(void) {
  CU_TestInfo tests[] = {{"the record", test_record},
                         {"what is not known", test_unknown},
                         {"the state it opens in", test_opening},
                         {"the same, known in part", test_opening_in_part},
                         {"the same, without names", test_opening_without_names},
                         {"others of the same codes", test_against_others},
                         {"what was asked", test_asked},
                         {"a projection", test_projection},
                         {"the report", test_report},
                         {"the report of a projection", test_report_projected},
                         CU_TEST_INFO_NULL};
  int failed = suite_run("laboratory", tests);
  scene_end();
  return failed;
}
