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
  gboolean stated[M];
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
    t->stated[k] = TRUE;
  }
}

static void make_table(Talks *t) {
  static const char *const names[N] = {"USA", "CHN", "AOSIS", "LDC"};
  t->table = (PlnDelegations){.n = N, .m = M, .position = t->cells, .salience = t->ones,
                              .capability = t->ones, .position_sd = t->noughts,
                              .salience_sd = t->noughts, .capability_sd = t->noughts,
                              .status = t->status, .from = t->from, .to = t->to,
                              .reference = t->reference, .equal_capability = TRUE,
                              .salience_stated = t->stated};
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
  t->item[0].without = 3; /* the middle, 60, is near: not worth a word */
  says(pln_say_bargain_issue(&t->bargain, 0),
       "Extra: 62 on the scale from 0 (none) to 100 (all of it); 90 % of draws 40.3 to 80, no "
       "answer in 3 of 1000 draws; without agreement 20 (a tie).");
  t->item[0].without = 0;
  t->item[0].words = NULL;
  t->item[0].drawn.quantile[2] = 52;
  says(pln_say_bargain_issue(&t->bargain, 0),
       "Extra: 62 on the scale from 0 (none) to 100 (all of it); 90 % of draws 40.3 to 80, their "
       "middle 52 (the forecast is without draws); without agreement 20.");
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
    PlnTalksEnd end;
    const char *said;
  } cases[] = {
      {PLN_COURSE_ENDED, PLN_TALKS_END_STILL, "After 2 rounds nobody moves any more."},
      {PLN_COURSE_ENDED, PLN_TALKS_END_SETTLED,
       "It settles: after 2 rounds moves have become too small to count."},
      {PLN_COURSE_ENDED, PLN_TALKS_END_NOTHING, "Nobody bargains; why not, is said of each issue."},
      {PLN_COURSE_ENDED, PLN_TALKS_END_ONCE,
       "The method has no rounds: it forecasts from where the delegations stand."},
      {PLN_COURSE_ROUNDS, PLN_TALKS_END_NOT_YET,
       "After 2 rounds, as many as are usual for this method, the talks have not come to rest."},
      {PLN_COURSE_CYCLE, PLN_TALKS_END_NOT_YET,
       "They do not come to rest: from round 1 on they go round, every 3 rounds; the forecast is that "
       "of round 2."}};
  t->course.period = 3;
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
  t->course.end = PLN_TALKS_END_SETTLED;
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
       "USA votes on extra at 90 instead of 10, then stands at 90; CHN votes on delay at 4.50 instead "
       "of 7, then stands at 7; both gain 3.28; AOSIS gains 1.2, LDC loses 0.700");
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

/* ---- Two camps ---- */

/* Twentieths of 0 to 100. */
static gboolean camps(Talks *t, double outcome, const guint *bin, const double *share, guint n,
                      PlnBargainCamps *found) {
  PlnBargainSpread spread = {0};
  for (guint k = 0; k < n; k++)
    spread.share[bin[k]] = share[k];
  t->item[0].outcome = outcome;
  return pln_bargain_camps(&t->item[0], &spread, found);
}

static void test_camps(void) {
  Talks *t = talks_new("condorcet");
  const guint far[] = {3, 4, 15, 16}, near[] = {9, 10, 11};
  const double even[] = {.2, .3, .3, .2}, lean[] = {.1, .05, .5, .35}, peak[] = {.3, .4, .3};
  PlnBargainCamps found;
  CU_ASSERT_TRUE(camps(t, 50, far, even, 4, &found));
  const double at[4] = {15, 25, 75, 85};
  for (guint k = 0; k < 4; k++)
    CU_ASSERT_DOUBLE_EQUAL(found.at[k], at[k], 1e-9);
  CU_ASSERT_FALSE(camps(t, 50, far, lean, 4, &found)); /* a sixth is no camp */
  CU_ASSERT_FALSE(camps(t, 52, near, peak, 3, &found));
  CU_ASSERT_FALSE(camps(t, 20, far, even, 4, &found)); /* the forecast stands with one of them */
  CU_ASSERT_FALSE(camps(t, NAN, far, even, 4, &found));
  t->item[0].outcome = 50;
  t->item[0].has_drawn = TRUE;
  t->item[0].drawn = (PlnBargainSpread){50, 30, {15, 20, 50, 80, 85}, {0}};
  for (guint k = 0; k < 4; k++)
    t->item[0].drawn.share[far[k]] = even[k];
  says(pln_say_bargain_issue(&t->bargain, 0),
       "Extra: 50 on the scale from 0 (none) to 100 (all of it); 90 % of draws 15 to 85; without "
       "agreement 20. Two camps: most likely near 15 to 25 or 75 to 85; the forecast between them is "
       "unlikely itself.");
  talks_free(t);
}

/* ---- The vote over the spread ---- */

static void test_overall(void) {
  const double all[] = {.1, .2, .4, .6, 1}, some[] = {NAN, NAN, .4, NAN, 1},
               none[] = {NAN, NAN, NAN, NAN, NAN}, ones[] = {1, 1, 1, 1, 1};
  CU_ASSERT_DOUBLE_EQUAL(pln_bargain_overall(all), .015 + .045 + .1 + .135 + .15, 1e-12);
  CU_ASSERT_DOUBLE_EQUAL(pln_bargain_overall(some), .1 + .15, 1e-12); /* elsewhere nothing is put */
  CU_ASSERT_DOUBLE_EQUAL(pln_bargain_overall(ones), 1, 1e-12);
  CU_ASSERT_TRUE(isnan(pln_bargain_overall(none)));
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

/* The second issue has no reference point: the first alone is compared, from 10, 85, 40 and 55 with
 * 62.04 in place of 20. */
static void test_gains(void) {
  Talks *t = talks_new("exchange");
  g_autoptr(PlnDoc) doc = pln_doc_new();
  g_autoptr(GArray) none = g_array_new(FALSE, FALSE, sizeof(PlnInput));
  PlnProvenance from = {"0.1.0", "plenary bargain talks", "assumed", "none", none, none};
  PlnComposeBargainOptions options = {0};
  pln_compose_bargain(doc, &t->bargain, &options);
  g_autofree char *text = pln_write_text(doc, &from, 120, FALSE);
  CU_ASSERT_PTR_NOT_NULL(strstr(text, "Against no agreement 2 of 4 delegations gain, 2 lose (delay, "
                                      "without a reference point, not counted)."));
  CU_ASSERT_PTR_NOT_NULL(strstr(text, "An exchange is a plan of how two would vote."));
  CU_ASSERT_PTR_NOT_NULL(strstr(text, "no method by clearly less"));
  talks_free(t);
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
                         {"two camps", test_camps},
                         {"the vote over the spread", test_overall},
                         {"gains, of what can be compared", test_gains},
                         {"the whole, with nothing to say", test_whole},
                         CU_TEST_INFO_NULL};
  return suite_run("bargain_words", tests);
}
