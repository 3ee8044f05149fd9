/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What bargaining is said to have come to: a course made by hand, so that each end, and each
 * number in a sentence, is known; and that the whole is composed whatever cannot be said. */
#include <CUnit/Basic.h>
#include <math.h>
#include <string.h>

#include "plenary/compose_bargain.h"
#include "plenary/page.h"
#include "plenary/write.h"
#include "suite.h"

enum { N = 4, M = 2, ROUNDS = 2 };

/* Four delegations on two issues, two rounds; one takes part in the first issue alone. */
typedef struct {
  PlnScenario scenario;
  PlnIssue issues[M];
  PlnDelegation who[N];
  PlnDelegations table;
  PlnCourse course;
  PlnBargainIssue item[M];
  PlnBargainSide side[N];
  PlnBargain bargain;
  double cells[N * M], ones[N * M], noughts[N * M], lever[N * M], reference[M], from[M], to[M];
  double position[(ROUNDS + 1) * N * M], outcome[(ROUNDS + 1) * M], chance[N * M], externality[N];
  PlnStatus status[N * M];
  const char *words[M];
} Talks;

static const double starts[N * M] = {10, 4, 85, 7, 40, 10, 55, NAN};
static const double ends[N * M] = {90, 4, 21.9, 7, 40, 8.5, 55, NAN};

static void make_issues(Talks *t) {
  t->issues[0] = (PlnIssue){.id = "extra", .title = "Extra", .low = "none", .high = "all of it",
                            .unit = "", .source = "", .note = "", .from = 0, .to = 100,
                            .reference = 20, .outcome = 61.5, .proposal = -1};
  t->issues[1] = (PlnIssue){.id = "delay", .title = "Delay", .low = "", .high = "", .unit = "years",
                            .source = "", .note = "", .from = 4, .to = 10, .reference = NAN,
                            .outcome = NAN, .proposal = -1};
  for (guint k = 0; k < M; k++) {
    PlnBargainIssue *item = &t->item[k];
    *item = (PlnBargainIssue){.issue = &t->issues[k], .taking_part = k == 0 ? N : N - 1,
                              .mean = 7.25, .plain_mean = 7, .median = 7, .before = 7.39,
                              .outcome = k == 0 ? 62.04 : 9.5299};
    t->from[k] = t->issues[k].from;
    t->to[k] = t->issues[k].to;
    t->reference[k] = t->issues[k].reference;
  }
}

static void make_table(Talks *t) {
  static const char *const names[N] = {"USA", "CHN", "AOSIS", "LDC"};
  t->table = (PlnDelegations){.n = N, .m = M, .position = t->cells, .salience = t->ones,
                              .capability = t->ones, .position_sd = t->noughts,
                              .salience_sd = t->noughts, .capability_sd = t->noughts,
                              .status = t->status, .from = t->from, .to = t->to,
                              .reference = t->reference, .equal_capability = TRUE};
  t->table.delegations = g_ptr_array_new();
  t->table.differing = g_array_new(FALSE, FALSE, sizeof(PlnDiffering));
  for (guint i = 0; i < N; i++) {
    t->who[i] = (PlnDelegation){.name = (char *)names[i], .title = (char *)names[i],
                                  .members = g_ptr_array_new()};
    g_ptr_array_add(t->table.delegations, &t->who[i]);
    t->side[i] = (PlnBargainSide){0.1 * i, 0.2, NAN, 0.5, i - 1.5};
  }
}

static void make_course(Talks *t, const PlnMethod *method) {
  t->course = (PlnCourse){.method = method, .n = N, .m = M, .rounds = ROUNDS,
                          .position = t->position, .outcome = t->outcome, .mean = t->outcome,
                          .words = t->words, .externality = t->externality, .exchanges = 1};
  t->course.deals = g_array_new(FALSE, FALSE, sizeof(PlnCourseDeal));
  for (guint r = 0; r <= ROUNDS; r++)
    memcpy(t->position + r * N * M, r == 0 ? starts : ends, sizeof starts);
  PlnCourseDeal deal = {1, {PLN_DEAL_EXCHANGE, 0, 1, 0, 10, 90, 3.2801, 3.2799, 1, 7, 4.5}, 0};
  g_array_append_val(t->course.deals, deal);
}

static Talks *talks_new(const char *method) {
  Talks *t = g_new0(Talks, 1);
  const double externality[N] = {3.28, 3.28, 1.2, -0.7};
  t->scenario = (PlnScenario){.id = (char *)"talks", .title = "Talks", .about = "", .source = ""};
  memcpy(t->cells, starts, sizeof starts);
  memcpy(t->externality, externality, sizeof externality);
  for (guint k = 0; k < N * M; k++)
    t->ones[k] = t->lever[k] = 1;
  make_issues(t);
  make_table(t);
  make_course(t, pln_method_find(method));
  t->bargain = (PlnBargain){.scenario = &t->scenario, .options = pln_bargain_options(),
                            .table = &t->table, .course = &t->course, .issue = t->item,
                            .side = t->side, .lever = t->lever};
  t->bargain.options.method = pln_method_find(method);
  return t;
}

static void talks_free(Talks *t) {
  for (guint i = 0; i < N; i++)
    g_ptr_array_unref(t->who[i].members);
  g_ptr_array_unref(t->table.delegations);
  g_array_unref(t->table.differing);
  g_array_unref(t->course.deals);
  g_free(t);
}

static void says(char *said, const char *expected) {
  CU_ASSERT_STRING_EQUAL(said, expected);
  if (strcmp(said, expected) != 0)
    g_printerr("said: %s\n", said);
  g_free(said);
}

/* ---- Numbers ---- */

static void test_digits(void) {
  const struct {
    double from, to;
    int digits;
  } scales[] = {{0, 100, 1}, {4, 10, 2},       {0, 1, 3},      {30, 60, 1},
                {0, 1000, 0}, {-1e9, 1e9, 0}, {0, 1e-20, 12}};
  for (gsize k = 0; k < G_N_ELEMENTS(scales); k++) {
    PlnIssue issue = {.from = scales[k].from, .to = scales[k].to};
    CU_ASSERT_EQUAL(pln_bargain_digits(&issue), scales[k].digits);
  }
  PlnIssue issue = {.from = 4, .to = 10};
  says(pln_say_position(&issue, 9.529952), "9.53");
  says(pln_say_position(&issue, 9.9999), "10");
  says(pln_say_position(&issue, -0.001), "0");
  says(pln_say_position(&issue, NAN), "?");
}

/* ---- Sentences ---- */

static void test_issue(void) {
  Talks *t = talks_new("condorcet");
  says(pln_say_bargain_issue(&t->bargain, 0),
       "Extra: 62 on the scale from 0 (none) to 100 (all of it); without agreement 20.");
  says(pln_say_bargain_issue(&t->bargain, 1), "Delay: 9.53 years on the scale from 4 to 10.");
  t->item[0].has_spread = TRUE;
  t->item[0].spread = (PlnBargainSpread){60, 10, {48.04, 55, 60, 65, 71}, {0}};
  t->item[0].words = "a tie";
  says(pln_say_bargain_issue(&t->bargain, 0),
       "Extra: 62 on the scale from 0 (none) to 100 (all of it); 9 times of 10 from 48 to 71; "
       "without agreement 20 (a tie).");
  t->item[0].has_drawn = TRUE;
  t->item[0].drawn = (PlnBargainSpread){60, 10, {40.26, 55, 60, 65, 80}, {0}};
  t->item[0].without = 3;
  says(pln_say_bargain_issue(&t->bargain, 0),
       "Extra: 62 on the scale from 0 (none) to 100 (all of it); 90 % of draws 40.3 to 80, no "
       "answer in 3 of 1000 draws; without agreement 20 (a tie).");
  t->item[1].outcome = NAN;
  t->item[1].words = "nobody cares: every salience is 0";
  says(pln_say_bargain_issue(&t->bargain, 1),
       "Delay: no forecast: nobody cares: every salience is 0.");
  talks_free(t);
}

static void test_ends(void) {
  Talks *t = talks_new("challenge-scholz");
  const struct {
    PlnCourseWhy why;
    PlnEnd end;
    const char *said;
  } cases[] = {
      {PLN_COURSE_ENDED, PLN_END_STILL, "After 2 rounds nobody moves any more."},
      {PLN_COURSE_ENDED, PLN_END_SETTLED,
       "It settles: after 2 rounds moves have become too small to count."},
      {PLN_COURSE_ENDED, PLN_END_NOTHING, "There is nothing to bargain for."},
      {PLN_COURSE_ENDED, PLN_END_ONCE,
       "The method has no rounds: it forecasts from where the delegations stand."},
      {PLN_COURSE_ROUNDS, PLN_END_NOT_YET,
       "After 2 rounds, as many as are usual for this method, the talks have not come to rest."},
      {PLN_COURSE_CYCLE, PLN_END_NOT_YET,
       "It never comes to rest: after round 2 all stand where they stood after round 1, and would "
       "go round for ever."}};
  t->course.back = 1;
  for (gsize k = 0; k < G_N_ELEMENTS(cases); k++) {
    t->course.why = cases[k].why;
    t->course.end = cases[k].end;
    says(pln_say_bargain_end(&t->bargain), cases[k].said);
  }
  talks_free(t);
}

/* The literal reading ends by its median, whoever else moves. */
static void test_literal_end(void) {
  Talks *t = talks_new("challenge-literal");
  t->course.end = PLN_END_SETTLED;
  says(pln_say_bargain_end(&t->bargain),
       "After 2 rounds the median has moved less than half a percent of the range in two rounds "
       "running, which is where this method stops.");
  t->position[2 * N * M] = 91;
  says(pln_say_bargain_end(&t->bargain),
       "After 2 rounds the median has moved less than half a percent of the range in two rounds "
       "running, which is where this method stops, though 1 delegation still moved in the last.");
  talks_free(t);
}

static void test_moves(void) {
  Talks *t = talks_new("exchange");
  says(pln_say_bargain_moves(&t->bargain, 0),
       "2 of the 4 delegations on extra have moved: USA from 10 to 90, CHN from 85 to 21.9.");
  says(pln_say_bargain_moves(&t->bargain, 1),
       "1 of the 3 delegations on delay has moved: AOSIS from 10 to 8.50.");
  says(pln_say_bargain_exchange(&t->bargain, &g_array_index(t->course.deals, PlnCourseDeal, 0)),
       "USA moves on extra from 10 to 90, CHN on delay from 7 to 4.50; both gain 3.28; AOSIS gains "
       "1.2, LDC loses 0.700");
  talks_free(t);
}

static void test_edits(void) {
  Talks *t = talks_new("median");
  g_auto(GStrv) list = g_strsplit("EU,FRA", ",", -1);
  const PlnTalksEdit edits[] = {{PLN_TALKS_POSITION, 0, (char *)"USA", 20, 2.5, NULL},
                                {PLN_TALKS_SALIENCE, -1, (char *)"CHN", 90, NAN, NULL},
                                {PLN_TALKS_MERGE, -1, (char *)"BOTH", 0, NAN, list},
                                {PLN_TALKS_SPLIT, -1, (char *)"EU", 0, NAN, NULL},
                                {PLN_TALKS_LEAVE, 1, (char *)"LDC", 0, NAN, NULL}};
  g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(PlnTalksEdit));
  g_array_append_vals(all, edits, G_N_ELEMENTS(edits));
  says(pln_say_bargain_edits(&t->bargain), "");
  t->bargain.options.edits = all;
  says(pln_say_bargain_edits(&t->bargain),
       "position extra:USA=20±2.5; salience CHN=90; merge BOTH=EU,FRA; split EU; leave delay:LDC");
  talks_free(t);
}

/* ---- The whole ---- */

/* Nothing to say anywhere, or everything: each writer has an answer, and no chance is sure. */
static void compose(Talks *t, gboolean full) {
  g_autoptr(PlnDoc) doc = pln_doc_new();
  g_autoptr(GArray) none = g_array_new(FALSE, FALSE, sizeof(PlnInput));
  PlnProvenance from = {"0.1.0", "plenary bargain talks", "assumed", "none", none, none};
  PlnComposeBargainOptions options = {.full = full};
  pln_compose_bargain(doc, &t->bargain, &options);
  g_autofree char *narrow = pln_write_text(doc, &from, 40, FALSE);
  g_autofree char *wide = pln_write_text(doc, &from, 120, TRUE);
  g_autofree char *json = pln_write_json(doc, &from);
  g_autofree char *page = pln_write_page(doc, &from, NULL, NULL);
  g_autofree char *csv = pln_write_csv(doc, &from, "issues", NULL);
  CU_ASSERT_PTR_NOT_NULL(strstr(narrow, "Talks"));
  CU_ASSERT_PTR_NOT_NULL(strstr(json, "plenary-bargain/1"));
  CU_ASSERT_PTR_NOT_NULL(strstr(page, "trajectories"));
  CU_ASSERT_PTR_NOT_NULL(strstr(csv, "\nextra,"));
  CU_ASSERT_PTR_NULL(strstr(wide, " 100%"));
  CU_ASSERT_PTR_NULL(strstr(wide, " 0%"));
  CU_ASSERT_PTR_NULL(strstr(json, ": nan"));
  CU_ASSERT_PTR_NULL(strstr(wide, "nan"));
}

static void test_whole(void) {
  Talks *t = talks_new("condorcet");
  const double sure[N * M] = {1, 1, 0, 0, 0, 0, 0, NAN};
  memcpy(t->chance, sure, sizeof sure);
  t->course.chance = t->chance;
  compose(t, FALSE);
  compose(t, TRUE);
  for (guint k = 0; k < M; k++)
    t->item[k] = (PlnBargainIssue){.issue = &t->issues[k], .mean = NAN, .plain_mean = NAN,
                                   .median = NAN, .before = NAN, .outcome = NAN,
                                   .taking_part = 1};
  for (guint i = 0; i < N; i++)
    t->side[i] = (PlnBargainSide){NAN, NAN, NAN, NAN, NAN};
  for (guint k = 0; k < N * M; k++)
    t->lever[k] = NAN;
  for (guint k = 0; k < (ROUNDS + 1) * M; k++)
    t->outcome[k] = NAN;
  compose(t, TRUE);
  talks_free(t);
}

int main(void) {
  CU_TestInfo tests[] = {{"digits by the scale", test_digits},
                         {"an issue in a sentence", test_issue},
                         {"why it ended", test_ends},
                         {"why the literal reading ended", test_literal_end},
                         {"who moved, who traded", test_moves},
                         {"what was asked", test_edits},
                         {"the whole, with nothing to say", test_whole},
                         CU_TEST_INFO_NULL};
  return suite_run("bargain_words", tests);
}
