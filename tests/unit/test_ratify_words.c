/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What ratification is said to come to: structures made by hand, so that each number in a sentence is
 * known; and that the whole is composed whatever has not come, or cannot be said. */
#include <CUnit/Basic.h>
#include <math.h>
#include <string.h>

#include "plenary/compose_ratify.h"
#include "plenary/page.h"
#include "plenary/write.h"
#include "suite.h"

enum { N = 4, YEARS = 10, FIRST = 2026 };

typedef struct {
  PlnScenario scenario;
  PlnRuleEntry rule;
  PlnStageEntry stage;
  PlnState state[N];
  PlnTreatyAct act[2];
  PlnTreatyTerm term[3];
  PlnTreatyMilestone milestone;
  PlnReservation reservation;
  PlnRatifyState of[N];
  PlnRatifyComposition at_year[YEARS + 1];
  double by[PLN_RATIFY_EVENTS][YEARS + 1], state_by[N][YEARS + 1], mean[YEARS + 1];
  double fan[(YEARS + 1) * PLN_RATIFY_QUANTILES];
  GArray *edits;
  PlnRatify ratify;
} Made;

static PlnDayNumber day(guint year, guint month, guint d) {
  return pln_day_number(year * 10000 + month * 100 + d);
}

static void make_states(Made *m) {
  static const char *const codes[N] = {"FRA", "QAT", "RUS", "VNM"};
  static const double in_force[N] = {0.2, 1, 0.65, 1};
  m->act[0] = (PlnTreatyAct){"hanoi", "QAT", 20251025, 20260203, 0, PLN_STATUS_REPORTED, "a", ""};
  m->act[1] = (PlnTreatyAct){"hanoi", "VNM", 20251025, 20251201, 0, PLN_STATUS_VERIFIED, "a", ""};
  for (guint i = 0; i < N; i++) {
    m->state[i] = (PlnState){.code = codes[i], .name = codes[i], .status = PLN_STATUS_VERIFIED};
    m->of[i] = (PlnRatifyState){.state = &m->state[i], .act = i % 2 ? &m->act[i / 2] : NULL,
                                .began = PLN_VOTE_Y, .join_class = i % 2 ? 0 : PLN_JOIN_OTHER,
                                .kind = i == 0 ? PLN_PARTY_PAST : PLN_PARTY_OTHER,
                                .in_force = in_force[i], .conference = in_force[i],
                                .by = m->state_by[i], .median = -1, .bound = 0.25 * i,
                                .vote = {0.5, 0.25, 0.125, 0.125}};
    for (guint k = 0; k <= YEARS; k++)
      m->state_by[i][k] = i % 2 ? 1 : in_force[i] * k / YEARS;
  }
}

static void make_rests(Made *m) {
  const char *name = "United Nations Convention against Cybercrime";
  m->term[0] = (PlnTreatyTerm){"hanoi", "instruments", name, 40, 0, "", PLN_STATUS_VERIFIED,
                               "Art. 65(1)", "s", ""};
  m->term[1] = (PlnTreatyTerm){"hanoi", "parties_protocol", name, 60, 0, "", PLN_STATUS_RECALLED,
                               "Arts. 61, 62", "s", ""};
  m->term[2] = (PlnTreatyTerm){"budapest", "opened", "Convention on Cybercrime", -1, 20011123, "",
                               PLN_STATUS_VERIFIED, "Art. 36(1)", "s", ""};
  m->milestone = (PlnTreatyMilestone){"palermo", 40, 20030701, PLN_STATUS_VERIFIED, "s", ""};
  m->reservation = (PlnReservation){"hanoi", "QAT", "Articles 14-16 and 63", PLN_STATUS_REPORTED,
                                    "s", ""};
  m->ratify.terms = g_array_new(FALSE, FALSE, sizeof(PlnTreatyTerm *));
  for (guint k = 0; k < G_N_ELEMENTS(m->term); k++) {
    const PlnTreatyTerm *term = &m->term[k];
    g_array_append_val(m->ratify.terms, term);
  }
  m->ratify.milestones = g_ptr_array_new();
  g_ptr_array_add(m->ratify.milestones, &m->milestone);
  m->ratify.reservations = g_ptr_array_new();
  g_ptr_array_add(m->ratify.reservations, &m->reservation);
}

static void set_date(PlnRatifyDate *date, const PlnDayNumber *quantile, double never) {
  memcpy(date->quantile, quantile, sizeof date->quantile);
  date->never = never;
}

static void make_dates(Made *m) {
  PlnRatify *r = &m->ratify;
  const PlnDayNumber force[] = {day(2027, 3, 4), day(2028, 1, 1), day(2028, 9, 9), day(2029, 5, 5),
                                day(2031, 6, 30)};
  const PlnDayNumber conference[] = {day(2029, 2, 1), day(2031, 1, 1), day(2033, 7, 1),
                                     day(2036, 1, 1), -1};
  const PlnDayNumber protocol[] = {day(2034, 1, 1), day(2036, 5, 1), -1, -1, -1};
  set_date(&r->date[PLN_RATIFY_LAST_NEEDED], force, 0.004);
  set_date(&r->date[PLN_RATIFY_IN_FORCE], force, 0.004);
  set_date(&r->date[PLN_RATIFY_CONFERENCE], conference, 0.22);
  set_date(&r->date[PLN_RATIFY_PROTOCOL], protocol, 0.7);
  for (guint k = 0; k <= YEARS; k++) {
    for (guint e = 0; e < PLN_RATIFY_EVENTS; e++)
      m->by[e][k] = (double)k / (YEARS + e);
    for (guint q = 0; q < PLN_RATIFY_QUANTILES; q++)
      m->fan[k * PLN_RATIFY_QUANTILES + q] = 2 + k * (q + 1);
    m->mean[k] = 2 + 3 * k;
    m->at_year[k] = (PlnRatifyComposition){2 + 3 * k, 1, {k, k, 2 + k}, {0.5, 0, 1}, 0.5, 0.75};
  }
  for (guint e = 0; e < PLN_RATIFY_EVENTS; e++)
    r->date[e].by = m->by[e];
}

static Made *made_new(gboolean voted) {
  Made *m = g_new0(Made, 1);
  PlnRatify *r = &m->ratify;
  m->scenario = (PlnScenario){.id = (char *)"s", .title = "S", .about = "", .source = ""};
  m->scenario.proposals = g_ptr_array_new();
  m->rule = (PlnRuleEntry){.id = "two", .name = "Two-thirds", .citation = "rule 1",
                           .rule = {.majority = {2, 3, 0}}};
  *r = (PlnRatify){.scenario = &m->scenario, .opened = day(2025, 10, 25), .known = day(2026, 7, 31),
                   .first_year = FIRST, .threshold = 40, .days = 90, .parties = 60, .n = N,
                   .state = m->of, .deposits = 2, .signatories = 73, .fan = m->fan,
                   .mean = m->mean, .at_year = m->at_year, .voted = voted, .rule = &m->rule,
                   .weakest = PLN_STATUS_RECALLED, .stage = &m->stage};
  r->options = (PlnRatifyOptions){.treaty = "hanoi", .past = "budapest", .fast = "palermo",
                                  .began = "A/RES/74/247", .protocol = 40, .years = YEARS,
                                  .proposal = -1, .tie = 0.5, .reluctance = 0.25, .draws = 1000};
  r->at_conference = (PlnRatifyComposition){60, 0, {25.2, 7.6, 27.2}, {0.9, 0, 1}, 0.9, 0.97};
  r->at_force = (PlnRatifyComposition){40, 0, {4, 3, 33}, {0, 0, 1}, 0.01, 0.02};
  r->vote = (PlnRatifyVote){.adopted = 0.23, .error = 0.002, .apart = 0.3, .twice = 0.18,
                            .all = 0.41, .count = {30, 12, 10, 8}, .needed = 28,
                            .past_blocks = 0.5, .against_blocks = 0.6,
                            .bound = {20, 25, 35, 40, 60}};
  r->fit.has_fast = TRUE;
  make_states(m);
  make_rests(m);
  make_dates(m);
  return m;
}

static void made_free(Made *m) {
  g_ptr_array_unref(m->scenario.proposals);
  g_array_unref(m->ratify.terms);
  g_ptr_array_unref(m->ratify.milestones);
  g_ptr_array_unref(m->ratify.reservations);
  g_clear_pointer(&m->edits, g_array_unref);
  g_free(m);
}

static void says(char *said, const char *expected) {
  CU_ASSERT_STRING_EQUAL(said, expected);
  if (g_strcmp0(said, expected) != 0)
    g_printerr("said: %s\n", said);
  g_free(said);
}

/* ---- Words ---- */

static void test_days(void) {
  says(pln_say_ratify_day(day(2028, 3, 17), FALSE), "March 2028");
  says(pln_say_ratify_day(day(2028, 3, 17), TRUE), "2028");
  says(pln_say_ratify_day(-1, FALSE), "later");
  says(pln_say_ratify_draws(0.049), "in fewer than 1 of 20 draws");
  says(pln_say_ratify_draws(0.05), "in 1 of 10 draws");
  says(pln_say_ratify_draws(0.951), "in more than 19 of 20 draws");
  says(pln_say_ratify_draws(0.95), "in 9 of 10 draws");
  says(pln_say_ratify_draws(0.449), "in 4 of 10 draws");
  says(pln_say_ratify_draws(NAN), "?");
  CU_ASSERT_STRING_EQUAL(pln_say_treaty("budapest"), "Budapest");
  CU_ASSERT_STRING_EQUAL(pln_say_resolution("A/RES/74/247"), "74/247");
  CU_ASSERT_STRING_EQUAL(pln_say_resolution("S/1"), "S/1");
}

static void test_dates(void) {
  Made *m = made_new(TRUE);
  PlnRatifyDate date = {.never = 0};
  const PlnDayNumber near[] = {day(2028, 1, 2), 0, day(2028, 9, 9), 0, day(2029, 12, 30)};
  const PlnDayNumber far[] = {day(2028, 1, 2), 0, day(2032, 9, 9), 0, day(2038, 1, 2)};
  const PlnDayNumber known[] = {day(2004, 7, 1), day(2004, 7, 1), day(2004, 7, 1), day(2004, 7, 1),
                                day(2004, 7, 1)};
  const PlnDayNumber none[] = {-1, -1, -1, -1, -1};
  set_date(&date, near, 0);
  says(pln_say_ratify_date(&m->ratify, &date),
       "about September 2028 (9 of 10: January 2028 to December 2029)");
  set_date(&date, far, 0);
  says(pln_say_ratify_date(&m->ratify, &date), "about 2032 (9 of 10: 2028 to 2038)");
  set_date(&date, known, 0);
  says(pln_say_ratify_date(&m->ratify, &date), "1 July 2004");
  for (guint q = 0; q < PLN_RATIFY_QUANTILES; q++)
    date.quantile[q] = m->ratify.known;
  says(pln_say_ratify_date(&m->ratify, &date), "31 July 2026 or before");
  set_date(&date, none, 0.98);
  says(pln_say_ratify_date(&m->ratify, &date),
       "not by the end of 2036 in 98% of the draws");
  made_free(m);
}

static void test_answer(void) {
  Made *m = made_new(TRUE);
  PlnRatify *r = &m->ratify;
  says(pln_say_ratify_force(r),
       "The Convention is expected to enter into force about 2028 (9 of 10: March 2027 to June "
       "2031): 2 of 40 instruments are deposited, 73 states have signed.");
  says(pln_say_ratify_conference(r),
       "60 parties, so that a protocol can be considered: about 2033 (19 of 20 after 2029; not by "
       "the end of 2036 in 22%).");
  says(pln_say_ratify_parties(r),
       "Where they come, of these 60, on average, 25 are Budapest parties, 8 others voted against "
       "74/247, 27 did neither: the Budapest parties alone hold a blocking third in 9 of 10 draws, "
       "all that voted against 74/247 in more than 19 of 20.");
  r->at_conference.past_third = r->at_conference.against_third = 0.01;
  r->at_conference.kind[PLN_PARTY_AGAINST] = 0.3;
  r->at_conference.kind[PLN_PARTY_OTHER] = 34.5;
  r->date[PLN_RATIFY_CONFERENCE].never = 0.05;
  says(pln_say_ratify_parties(r),
       "Of these 60, on average, 25 are Budapest parties, hardly any other voted against 74/247, "
       "35 did neither: neither the Budapest parties nor those that voted against 74/247 hold a blocking "
       "third.");
  says(pln_say_ratify_protocol(r),
       "Where it is adopted, its own force: not by the end of 2036 in 70% of the draws, before 2034 in "
       "1 of 20; by the end of 2036 it binds 35 states (9 of 10: 20 to 60). Adopting is not joining.");
  r->vote.bound[2] = 0; /* it binds nobody where it is not in force */
  says(pln_say_ratify_protocol(r),
       "Where it is adopted, its own force: not by the end of 2036 in 70% of the draws, before 2034 in "
       "1 of 20: in most draws it binds no state. Adopting is not joining.");
  r->date[PLN_RATIFY_IN_FORCE] = r->date[PLN_RATIFY_PROTOCOL];
  says(pln_say_ratify_force(r),
       "The Convention does not enter into force by the end of 2036 in 70% of the draws, before 2034 in "
       "1 of 20: 2 of 40 instruments are deposited, 73 states have signed.");
  r->at_conference.parties = NAN;
  CU_ASSERT_PTR_NULL(pln_say_ratify_parties(r));
  r->voted = FALSE;
  CU_ASSERT_PTR_NULL(pln_say_ratify_vote(r));
  CU_ASSERT_PTR_NULL(pln_say_ratify_protocol(r));
  made_free(m);
}

static void test_vote(void) {
  Made *m = made_new(TRUE);
  says(pln_say_ratify_vote(&m->ratify),
       "The protocol as projected, put to these parties, is unlikely to be adopted (23%; it takes "
       "two-thirds of those voting); were all that may join voting: 41%.");
  says(pln_say_ratify_assumed(&m->ratify),
       "Assumed most: who supports it joins sooner (correlation 0.5, --tie; at 0 30% adopt it, at 0.95 "
       "18%), and it is put to the vote on the very day of 60 parties.");
  m->ratify.options.no_support = TRUE; /* as a run of its own would be */
  char *apart = pln_say_ratify_apart(&m->ratify, &m->ratify);
  CU_ASSERT_PTR_NOT_NULL(strstr(apart, "turned round; were it not to: in force "));
  CU_ASSERT_PTR_NOT_NULL(strstr(apart, ", the protocol adopted 23% ("));
  g_free(apart);
  m->ratify.options.no_support = FALSE;
  m->ratify.options.tie = -1; /* closer than the closest that is tried */
  m->ratify.parties = 1;
  says(pln_say_ratify_assumed(&m->ratify),
       "Assumed most: who supports it joins later (correlation -1, --tie; at 0 30% adopt it), and it is "
       "put to the vote on the very day of 1 party.");
  m->ratify.options.tie = 0;
  says(pln_say_ratify_assumed(&m->ratify),
       "Assumed most: support and joining go apart (--tie 0), and it is put to the vote on the very "
       "day of 1 party.");
  m->ratify.vote.adopted = 0.5;
  m->ratify.vote.all = m->ratify.vote.apart = NAN;
  m->ratify.rule = NULL;
  says(pln_say_ratify_vote(&m->ratify),
       "The protocol as projected, put to these parties, is open (50%).");
  m->ratify.vote.adopted = NAN;
  says(pln_say_ratify_vote(&m->ratify), "No vote: in no draw is there 1 party by the end of 2036.");
  CU_ASSERT_PTR_NULL(pln_say_ratify_assumed(&m->ratify));
  m->ratify.vote.adopted = 0.5;
  m->ratify.stage = NULL;
  says(pln_say_ratify_vote(&m->ratify), "The scenario has no conference of the parties; its "
                                        "proposal, were it put to them, is open (50%).");
  made_free(m);
}

/* Whole numbers that add up, and a joint chance that is never above that of what it needs. */
static void test_whole_numbers(void) {
  const PlnRatifyComposition of = {.parties = 60.3, .kind = {21.4, 0.55, 38.35}};
  guint all, kind[PLN_PARTY_KINDS];
  pln_ratify_whole(&of, &all, kind);
  CU_ASSERT_EQUAL(all, 60);
  CU_ASSERT_EQUAL(kind[PLN_PARTY_PAST], 21);
  CU_ASSERT_EQUAL(kind[PLN_PARTY_AGAINST], 1);
  CU_ASSERT_EQUAL(kind[PLN_PARTY_OTHER], 38);
  Made *m = made_new(TRUE);
  m->ratify.date[PLN_RATIFY_CONFERENCE].never = 0.8;
  m->by[PLN_RATIFY_PROTOCOL][YEARS] = 0.85; /* of those that have adopted it */
  CU_ASSERT_DOUBLE_EQUAL(pln_ratify_protocol_by(&m->ratify, YEARS), 0.85 * 0.23 * 0.2, 1e-12);
  m->ratify.voted = FALSE;
  CU_ASSERT(isnan(pln_ratify_protocol_by(&m->ratify, YEARS)));
  made_free(m);
}

static void test_known(void) {
  Made *m = made_new(FALSE);
  for (guint q = 0; q < PLN_RATIFY_QUANTILES; q++)
    m->ratify.date[PLN_RATIFY_IN_FORCE].quantile[q] = day(2026, 5, 2);
  m->ratify.date[PLN_RATIFY_IN_FORCE].never = 0;
  m->ratify.deposits = 1;
  m->ratify.signatories = 1;
  m->ratify.threshold = 1;
  says(pln_say_ratify_force(&m->ratify), "The Convention has been in force since 2 May 2026: 1 of 1 "
                                         "instrument is deposited, 1 state has signed.");
  says(pln_say_ratify_event(&m->ratify, PLN_RATIFY_LAST_NEEDED), "1st instrument");
  m->ratify.parties = 1;
  says(pln_say_ratify_event(&m->ratify, PLN_RATIFY_CONFERENCE), "1 party");
  m->ratify.threshold = 112;
  says(pln_say_ratify_event(&m->ratify, PLN_RATIFY_LAST_NEEDED), "112th instrument");
  made_free(m);
}

/* ---- What was asked ---- */

static void test_against(void) {
  Made *m = made_new(TRUE), *base = made_new(TRUE);
  says(pln_say_ratify_asked(&m->ratify, &base->ratify), "");
  says(pln_say_ratify_against(&m->ratify, &base->ratify),
       "No date in the middle moves by as much as a month.");
  PlnRatifyEdit edit = {.text = (char *)"RUS=never", .kind = PLN_RATIFY_SET_NEVER};
  m->edits = g_array_new(FALSE, FALSE, sizeof(PlnRatifyEdit));
  g_array_append_val(m->edits, edit);
  m->ratify.options.edits = m->edits;
  m->ratify.threshold = 60;
  m->ratify.date[PLN_RATIFY_IN_FORCE].quantile[2] = day(2031, 2, 2);
  m->ratify.date[PLN_RATIFY_CONFERENCE].quantile[2] = day(2033, 12, 2);
  m->ratify.vote.adopted = 0.2;
  says(pln_say_ratify_asked(&m->ratify, &base->ratify), "60 instruments instead of 40; RUS=never");
  says(pln_say_ratify_asked(&m->ratify, NULL), "RUS=never");
  m->ratify.threshold = m->ratify.parties = 1;
  says(pln_say_ratify_asked(&m->ratify, &base->ratify),
       "1 instrument instead of 40; 1 party for a protocol instead of 60; RUS=never");
  m->ratify.threshold = m->ratify.parties = 60;
  says(pln_say_ratify_against(&m->ratify, &base->ratify),
       "In force 2031 instead of 2028; 60 parties December 2033 instead of July 2033; the protocol "
       "adopted 20% instead of 23%.");
  m->ratify.date[PLN_RATIFY_IN_FORCE].quantile[2] = -1;
  m->ratify.vote.adopted = NAN;
  says(pln_say_ratify_against(&m->ratify, &base->ratify),
       "In force not within the horizon instead of 2028; 60 parties December 2033 instead of July "
       "2033; no vote on the protocol.");
  m->ratify.voted = FALSE;
  says(pln_say_ratify_against(&m->ratify, &base->ratify),
       "In force not within the horizon instead of 2028; 60 parties December 2033 instead of July "
       "2033.");
  made_free(m);
  made_free(base);
}

/* ---- The whole ---- */

static const PlnNode *find(const PlnDoc *doc, const char *key) {
  const GPtrArray *nodes = pln_doc_root(doc)->nodes;
  for (guint i = 0; i < nodes->len; i++)
    if (g_strcmp0(((const PlnNode *)nodes->pdata[i])->key, key) == 0)
      return nodes->pdata[i];
  return NULL;
}

/* The cell of @row under @key, as text.  (transfer full) */
static char *cell(const PlnNode *table, guint row, const char *key) {
  for (guint c = 0; c < table->n_columns; c++)
    if (strcmp(table->columns[c].key, key) == 0)
      return pln_value_text(pln_node_cell(table, row, c));
  return NULL;
}

static gboolean fits(const char *text, guint width) {
  g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
  for (guint k = 0; lines[k]; k++)
    if (g_utf8_strlen(lines[k], -1) > width) {
      g_printerr("too wide: %s\n", lines[k]);
      return FALSE;
    }
  return TRUE;
}

/* Whether @text has @words, wherever its lines break. */
static gboolean has(const char *text, const char *words) {
  g_auto(GStrv) all = g_strsplit_set(text, " \n", -1);
  g_autoptr(GString) one = g_string_new(NULL);
  for (guint k = 0; all[k]; k++)
    if (*all[k])
      g_string_append_printf(one, "%s ", all[k]);
  return strstr(one->str, words) != NULL;
}

static char *as_text(const PlnDoc *doc) {
  g_autoptr(GArray) none = g_array_new(FALSE, FALSE, sizeof(PlnInput));
  PlnProvenance p = {.version = "0", .command = "c", .status = "recalled", .rules = "r",
                     .inputs = none, .data = none};
  return pln_write_text(doc, &p, 80, FALSE);
}

static void test_whole(void) {
  Made *m = made_new(TRUE), *base = made_new(TRUE);
  PlnComposeRatifyOptions options = {.full = TRUE, .base = &base->ratify};
  g_autoptr(PlnDoc) doc = pln_doc_new();
  pln_compose_ratify(doc, &m->ratify, &options);
  g_autofree char *text = as_text(doc);
  CU_ASSERT_PTR_NOT_NULL(strstr(text, "Hanoi: parties for a protocol 60 (recalled)"));
  CU_ASSERT_PTR_NOT_NULL(strstr(text, "QAT    reported  Articles 14-16 and 63"));
  CU_ASSERT_PTR_NOT_NULL(strstr(text, "Deposited already: QAT VNM."));
  CU_ASSERT_PTR_NOT_NULL(strstr(text, "One treaty is one path"));
  CU_ASSERT_PTR_NOT_NULL(strstr(text, "In 50% of the draws it fails and would not without the no of the"));
  CU_ASSERT(fits(text, 80));
  const PlnNode *years = find(doc, "years"), *dates = find(doc, "dates");
  CU_ASSERT_EQUAL(pln_node_rows(years), 1 + YEARS + 1);
  says(cell(years, 0, "year"), "2025");
  says(cell(years, 0, "parties"), "1");
  says(cell(years, 0, "q50"), "");
  says(cell(years, 1, "parties"), "");
  says(cell(years, 3, "marks"), "in force");
  says(cell(years, 3, "q50"), "8.00");
  CU_ASSERT_EQUAL(pln_node_rows(dates), PLN_RATIFY_EVENTS);
  says(cell(dates, 1, "q50"), "2028-09-09");
  says(cell(dates, 2, "q95"), "");
  says(cell(dates, 2, "base_q50"), "2033-07-01");
  says(cell(find(doc, "states"), 1, "in_force"), "1.000000");
  says(cell(find(doc, "states"), 1, "deposited"), "2026-02-03");
  says(cell(find(doc, "vote"), 0, "value"), "0.230000");
  m->ratify.fit.support = 1.117; /* of votes against: that it holds for those for it is assumed */
  m->ratify.fit.support_joined = 17;
  for (guint i = 0; i < N; i++)
    m->of[i].bound = NAN; /* it is adopted in no draw */
  g_autoptr(PlnDoc) unbound = pln_doc_new();
  pln_compose_ratify(unbound, &m->ratify, &options);
  g_autofree char *other = as_text(unbound);
  CU_ASSERT(!has(other, "Whom the protocol would bind"));
  CU_ASSERT(has(other, "those that voted against 74/247 joined Budapest 3.1 times as fast"));
  CU_ASSERT(has(other, "will join Hanoi so is assumed"));
  if (g_getenv("PLENARY_SHOW"))
    g_print("%s\n", text);
  made_free(m);
  made_free(base);
}

/* Without a vote, and where nothing comes within the horizon. */
static void test_bare(void) {
  Made *m = made_new(FALSE);
  PlnComposeRatifyOptions options = {0};
  const PlnDayNumber none[] = {-1, -1, -1, -1, -1};
  for (guint e = 0; e < PLN_RATIFY_EVENTS; e++)
    set_date(&m->ratify.date[e], none, 1);
  m->ratify.at_force.parties = m->ratify.at_conference.parties = NAN;
  m->ratify.fit.has_fast = FALSE;
  m->ratify.vote.adopted = NAN;
  g_autoptr(PlnDoc) doc = pln_doc_new();
  pln_compose_ratify(doc, &m->ratify, &options);
  g_autofree char *text = as_text(doc);
  CU_ASSERT_PTR_NOT_NULL(strstr(text, "does not enter into force by the end of 2036"));
  CU_ASSERT(!has(text, "on the day of")); /* force and so many parties: neither comes */
  CU_ASSERT_PTR_NULL(strstr(text, "nan"));
  CU_ASSERT_PTR_NULL(strstr(text, "Protocol"));
  CU_ASSERT_EQUAL(pln_node_rows(find(doc, "dates")), PLN_RATIFY_PROTOCOL);
  CU_ASSERT_EQUAL(pln_node_rows(find(doc, "vote")), 0);
  CU_ASSERT(fits(text, 80));
  made_free(m);
}

static void test_citations(void) {
  Made *m = made_new(TRUE);
  says(pln_compose_ratify_citations(&m->ratify),
       "United Nations Convention against Cybercrime, Art. 65(1), Arts. 61, 62; Convention on "
       "Cybercrime, Art. 36(1); rule 1");
  made_free(m);
}

/* ---- The backtest ---- */

static void test_backtest(void) {
  PlnState states[3] = {{.code = "FRA", .name = "France"},
                        {.code = "TON", .name = "Tonga"},
                        {.code = "IRL", .name = "Ireland"}};
  PlnRatifyYear year = {.day = day(2012, 11, 23), .year = 2012, .parties = 37, .mean = 38.5,
                        .constant = 35, .quantile = {33, 35, 38, 41, 45}, .inside = TRUE,
                        .brier = 0.1, .brier_constant = 0.12, .brier_class = 0.11};
  PlnRatifyScored scored[] = {{&states[2], PLN_JOIN_SIGNATORY, 0.8, 0.3, PLN_DAY_NONE},
                              {&states[0], PLN_JOIN_SIGNATORY, 0.7, 0.3, 20130101},
                              {&states[1], PLN_JOIN_OTHER, 0.02, 0.3, 20170901}};
  PlnRatifyBacktest b = {.options = {.treaty = "budapest", .fast = "palermo", .split = 10,
                                     .years = 10, .draws = 1000, .bootstrap = 100},
                         .opened = day(2001, 11, 23), .split = day(2011, 11, 23),
                         .end = day(2021, 11, 23), .states = 195, .parties = 32, .at_risk = 163,
                         .inside = 1, .brier = 0.1234, .brier_constant = 0.15,
                         .brier_class = 0.13, .better = -0.0266, .better_low = -0.04,
                         .better_high = -0.01, .weakest = PLN_STATUS_REPORTED};
  b.years = g_array_new(FALSE, FALSE, sizeof year);
  g_array_append_val(b.years, year);
  PlnRatifyVariant variant = {"with the fast bound, as plenary ratify", 1, 34, 46, 0.12, -0.03, -0.05,
                              0.01};
  b.variants = g_array_new(FALSE, FALSE, sizeof variant);
  g_array_append_val(b.variants, variant);
  b.scored = g_array_new(FALSE, FALSE, sizeof *scored);
  g_array_append_vals(b.scored, scored, G_N_ELEMENTS(scored));
  g_autoptr(PlnDoc) doc = pln_doc_new();
  pln_compose_ratify_backtest(doc, &b);
  g_autofree char *text = as_text(doc);
  CU_ASSERT_PTR_NULL(find(doc, "worse")); /* 38.5 of 37, where the constant hazard says 35 */
  CU_ASSERT_STRING_EQUAL(find(doc, "counts")->text, "1 of 1 yearly count of parties lies inside the "
                                                    "fan (5 to 95 %).");
  CU_ASSERT(has(text, "foreseen 38 on average, 38 in the middle (9 of 10: 33 to 45)"));
  CU_ASSERT_STRING_EQUAL(
      find(doc, "states_score")->text,
      "Which states joined: Brier score 0.1234, a constant hazard's, the same for all, 0.1500: 0.0266 "
      "less (95 % interval over states: 0.0400 less to 0.0100 less, more than chance). A constant "
      "hazard of each class (signed, not signed): 0.1300.");
  CU_ASSERT_EQUAL(find(doc, "states_score")->say, PLN_SAY_GOOD);
  const char *unlikely = strstr(text, "Joined though"), *likely = strstr(text, "Did not join");
  CU_ASSERT_FATAL(unlikely && likely);
  CU_ASSERT_PTR_NOT_NULL(strstr(unlikely, "TON"));
  CU_ASSERT_PTR_NULL(strstr(text, "FRA")); /* likely, and it did */
  CU_ASSERT_PTR_NOT_NULL(strstr(likely, "IRL"));
  CU_ASSERT_PTR_NOT_NULL(strstr(text, "One treaty is one path"));
  says(cell(find(doc, "variants"), 0, "difference_high"), "0.0100");
  CU_ASSERT(fits(text, 80));
  if (g_getenv("PLENARY_SHOW"))
    g_print("%s\n", text);
  b.options.bootstrap = 1; /* of one sample there is no interval */
  g_autoptr(PlnDoc) once = pln_doc_new();
  pln_compose_ratify_backtest(once, &b);
  CU_ASSERT_PTR_NULL(strstr(find(once, "states_score")->text, "interval"));
  g_array_index(b.years, PlnRatifyYear, 0).mean = 39.5;
  g_autoptr(PlnDoc) worse = pln_doc_new();
  pln_compose_ratify_backtest(worse, &b);
  CU_ASSERT_STRING_EQUAL(
      find(worse, "worse")->text,
      "How many join is foreseen worse than by a constant hazard, the same for all: off by 2.5 parties on "
      "average over the years, the constant hazard by 2.0.");
  g_array_unref(b.years);
  g_array_unref(b.variants);
  g_array_unref(b.scored);
}

int main(void) {
  CU_TestInfo tests[] = {{"days, draws, names", test_days},
                         {"when it comes, in words", test_dates},
                         {"the answer", test_answer},
                         {"the vote of the conference", test_vote},
                         {"whole numbers, chances of both", test_whole_numbers},
                         {"what has come already", test_known},
                         {"what was asked, and what it changes", test_against},
                         {"the whole", test_whole},
                         {"the whole, with nothing to come", test_bare},
                         {"citations", test_citations},
                         {"the backtest", test_backtest},
                         CU_TEST_INFO_NULL};
  return suite_run("ratify_words", tests);
}
