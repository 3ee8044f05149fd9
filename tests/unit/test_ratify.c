/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ratification: known days, what an edit may and may not change, thresholds in their order, votes
 * and protocols whose end is known, the same bytes for any number of threads. */
#include "plenary/ratify.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "plenary/draw.h"
#include "plenary/electorate_file.h"
#include "plenary/error.h"
#include "plenary/ratify_part.h"
#include "scene.h"
#include "suite.h"

enum { DRAWS = 3000 };

static PlnScenario *scenario;
static PlnElectorate *electorate;
static PlnPredictor *predictor;

static PlnRatifyOptions few(void) {
  PlnRatifyOptions options = pln_ratify_options();
  options.draws = DRAWS;
  return options;
}

static PlnRatify *ratify_of(const PlnRatifyOptions *options) {
  GError *error = NULL;
  PlnRatify *r = pln_ratify_new(scenario, options, &error);
  if (!r)
    g_error("%s", error->message);
  return r;
}

/* Edits, ended by NULL. */
static GArray *edits_of(const char *text, ...) {
  GArray *edits = g_array_new(FALSE, FALSE, sizeof(PlnRatifyEdit));
  va_list args;
  g_array_set_clear_func(edits, pln_ratify_edit_clear);
  va_start(args, text);
  for (; text; text = va_arg(args, const char *)) {
    PlnRatifyEdit edit;
    GError *error = NULL;
    if (!pln_ratify_edit_read(scenario, text, &edit, &error))
      g_error("%s", error->message);
    g_array_append_val(edits, edit);
  }
  va_end(args);
  return edits;
}

static const PlnRatifyState *state_of(const PlnRatify *r, const char *code) {
  for (guint i = 0; i < r->n; i++)
    if (strcmp(r->state[i].state->code, code) == 0)
      return &r->state[i];
  return NULL;
}

static PlnDayNumber number(const char *text) {
  PlnDay day;
  g_assert(pln_day_parse(text, &day));
  return pln_day_number(day);
}

/* ---- Days and places ---- */

static void test_days(void) {
  CU_ASSERT_EQUAL(number("2003-07-01") + 90, number("2003-09-29")); /* Palermo's day of force */
  CU_ASSERT_EQUAL(number("2026-02"), number("2026-02-28"));
  CU_ASSERT_EQUAL(number("2024-02"), number("2024-02-29"));
  CU_ASSERT_EQUAL(number("2025"), number("2025-12-31"));
  CU_ASSERT_EQUAL(pln_day_number(PLN_DAY_UNKNOWN), -1);
  CU_ASSERT_EQUAL(pln_day_of_number(number("2031-05-06")), 20310506);
  CU_ASSERT_EQUAL(pln_day_of_number(-1), PLN_DAY_NONE);
}

static int by_day(gconstpointer a, gconstpointer b) {
  PlnDayNumber x = *(const PlnDayNumber *)a, y = *(const PlnDayNumber *)b;
  return x < y ? -1 : x > y;
}

static void test_nth(void) {
  PlnDraw draw = pln_draw_stream(1, 1, 1);
  for (guint round = 0; round < 200; round++) {
    PlnDayNumber day[64], sorted[64];
    guint n = 1 + (guint)pln_draw_below(&draw, 64);
    for (guint i = 0; i < n; i++)
      sorted[i] = (PlnDayNumber)pln_draw_below(&draw, 30);
    memcpy(day, sorted, sizeof day);
    qsort(sorted, n, sizeof *sorted, by_day);
    for (guint k = 1; k <= n; k++)
      CU_ASSERT_EQUAL(pln_ratify_nth(day, n, k), sorted[k - 1]);
    CU_ASSERT_EQUAL(pln_ratify_nth(day, n, n + 1), PLN_RATIFY_NEVER);
  }
  const guint32 count[] = {5, 0, 90, 5};
  CU_ASSERT_EQUAL(pln_ratify_quantile(count, 4, 100, 0.05), 0);
  CU_ASSERT_EQUAL(pln_ratify_quantile(count, 4, 100, 0.06), 2);
  CU_ASSERT_EQUAL(pln_ratify_quantile(count, 4, 100, 0.95), 2);
  CU_ASSERT_EQUAL(pln_ratify_quantile(count, 4, 110, 0.99), 4); /* ten never */
}

/* ---- Facts ---- */

static void test_facts(void) {
  PlnRatifyOptions options = few();
  g_autoptr(PlnRatify) r = ratify_of(&options);
  CU_ASSERT_EQUAL(r->opened, number("2025-10-25"));
  CU_ASSERT_EQUAL(r->n, 195); /* 193 members, two observer States */
  CU_ASSERT_PTR_NULL(state_of(r, "EUE"));
  CU_ASSERT_EQUAL(r->signatories, 74); /* 75 rows, the European Union's left out */
  CU_ASSERT_EQUAL(r->deposits, 2);
  CU_ASSERT_EQUAL(r->threshold, 40);
  CU_ASSERT_EQUAL(r->days, 90);
  CU_ASSERT_EQUAL(r->parties, 60);
  CU_ASSERT_EQUAL(state_of(r, "QAT")->median, number("2026-02-28"));
  CU_ASSERT_EQUAL(state_of(r, "PSE")->join_class, PLN_JOIN_SIGNATORY);
  CU_ASSERT_EQUAL(state_of(r, "FJI")->join_class, PLN_JOIN_SIGNATORY); /* on a day not known */
  CU_ASSERT_EQUAL(state_of(r, "USA")->join_class, PLN_JOIN_OTHER);
  CU_ASSERT_EQUAL(state_of(r, "FRA")->kind, PLN_PARTY_PAST);
  CU_ASSERT_EQUAL(state_of(r, "IRL")->kind, PLN_PARTY_AGAINST);
  CU_ASSERT_EQUAL(state_of(r, "VNM")->kind, PLN_PARTY_OTHER);
  CU_ASSERT_EQUAL(state_of(r, "IRL")->support, -1);
  CU_ASSERT(state_of(r, "IRL")->in_union && !state_of(r, "GBR")->in_union);
  CU_ASSERT_EQUAL(r->reservations->len, 1);
  CU_ASSERT_EQUAL(r->fit.joiners, 81);
  CU_ASSERT_EQUAL(r->fit.support_joined, 17);
}

/* What each number must be beside the others. */
static void test_whole(void) {
  PlnRatifyOptions options = few();
  g_autoptr(PlnRatify) r = ratify_of(&options);
  const PlnRatifyDate *last = &r->date[PLN_RATIFY_LAST_NEEDED], *force = &r->date[PLN_RATIFY_IN_FORCE];
  for (guint q = 0; q < PLN_RATIFY_QUANTILES; q++)
    CU_ASSERT_EQUAL(force->quantile[q], last->quantile[q] + 90);
  for (guint y = 0; y <= options.years; y++) {
    const PlnRatifyComposition *c = &r->at_year[y];
    double sum = 0, states = 0;
    for (guint g = 0; g < PLN_PARTY_KINDS; g++)
      sum += c->kind[g];
    for (guint i = 0; i < r->n; i++)
      states += r->state[i].by[y];
    CU_ASSERT_DOUBLE_EQUAL(sum, c->parties, 1e-9);
    CU_ASSERT_DOUBLE_EQUAL(states, r->mean[y], 1e-9);
    CU_ASSERT(y == 0 || r->mean[y] >= r->mean[y - 1]);
    CU_ASSERT(last->by[y] >= force->by[y]);
    CU_ASSERT(force->by[y] >= r->date[PLN_RATIFY_CONFERENCE].by[y]);
  }
  CU_ASSERT_DOUBLE_EQUAL(last->by[options.years], 1 - last->never, 1e-12);
  CU_ASSERT(r->at_force.parties >= 40 && r->at_conference.parties >= 60);
  double parties = 0;
  for (guint i = 0; i < r->n; i++)
    parties += r->state[i].conference;
  CU_ASSERT_DOUBLE_EQUAL(parties, r->at_conference.parties, 1e-9);
}

/* ---- What an edit, a threshold, the threads change ---- */

static void test_edit_moves_nobody(void) {
  PlnRatifyOptions options = few();
  g_autoptr(PlnRatify) before = ratify_of(&options);
  g_autoptr(GArray) edits = edits_of("CHN=never", "EU=2030-06-01", "FRA=Y", NULL);
  options.edits = edits;
  g_autoptr(PlnRatify) after = ratify_of(&options);
  guint moved = 0;
  for (guint i = 0; i < before->n; i++) {
    const PlnRatifyState *a = &before->state[i], *b = &after->state[i];
    if (b->edit)
      moved++;
    else
      CU_ASSERT(memcmp(a->by, b->by, (options.years + 1) * sizeof(double)) == 0 &&
                a->median == b->median);
  }
  CU_ASSERT_EQUAL(moved, 28);
  CU_ASSERT_EQUAL(state_of(after, "CHN")->by[options.years], 0);
  CU_ASSERT_EQUAL(state_of(after, "CHN")->median, -1);
  CU_ASSERT_EQUAL(state_of(after, "FRA")->median, number("2030-06-01"));
  CU_ASSERT_EQUAL(state_of(after, "FRA")->by[2030 - after->first_year], 1);
  CU_ASSERT_EQUAL(state_of(after, "FRA")->by[2029 - after->first_year], 0);
  CU_ASSERT_EQUAL(after->weakest, PLN_STATUS_ASSUMED);
}

static void test_thresholds(void) {
  const guint threshold[] = {30, 40, 60};
  PlnRatify *r[3];
  for (guint k = 0; k < 3; k++) {
    PlnRatifyOptions options = few();
    options.threshold = threshold[k];
    r[k] = ratify_of(&options);
  }
  for (guint k = 1; k < 3; k++) {
    const PlnRatifyDate *few_needed = &r[k - 1]->date[0], *more = &r[k]->date[0];
    for (guint q = 0; q < PLN_RATIFY_QUANTILES; q++)
      CU_ASSERT(few_needed->quantile[q] < more->quantile[q]);
    CU_ASSERT_EQUAL(memcmp(r[k - 1]->fan, r[k]->fan, 25 * sizeof(double)), 0);
  }
  for (guint k = 0; k < 3; k++)
    pln_ratify_free(r[k]);
}

static void test_certain(void) {
  PlnRatifyOptions options = few();
  g_autoptr(GArray) all = edits_of("ALL=2028-01-01", NULL), none = edits_of("ALL=never", NULL);
  options.edits = all;
  g_autoptr(PlnRatify) r = ratify_of(&options);
  for (guint q = 0; q < PLN_RATIFY_QUANTILES; q++) {
    CU_ASSERT_EQUAL(r->date[PLN_RATIFY_LAST_NEEDED].quantile[q], number("2028-01-01"));
    CU_ASSERT_EQUAL(r->date[PLN_RATIFY_IN_FORCE].quantile[q], number("2028-03-31"));
    CU_ASSERT_EQUAL(r->date[PLN_RATIFY_CONFERENCE].quantile[q], number("2028-03-31"));
  }
  CU_ASSERT_EQUAL(r->at_force.parties, 195);
  options.edits = none;
  g_autoptr(PlnRatify) never = ratify_of(&options);
  CU_ASSERT_EQUAL(never->date[PLN_RATIFY_IN_FORCE].never, 1);
  CU_ASSERT_EQUAL(never->date[PLN_RATIFY_IN_FORCE].quantile[0], -1);
  CU_ASSERT(isnan(never->at_force.parties));
}

/* ---- The vote ---- */

static PlnRatify *voted(PlnRatifyOptions *options, const GArray *edits) {
  PlnProjectOptions project = pln_project_options();
  project.electorate = electorate;
  project.predictor = predictor;
  options->project = &project;
  options->edits = edits;
  PlnRatify *r = ratify_of(options);
  options->project = NULL;
  return r;
}

static void test_vote(void) {
  PlnRatifyOptions options = few();
  g_autoptr(PlnRatify) without = ratify_of(&options), with = voted(&options, NULL);
  CU_ASSERT(with->voted && !without->voted);
  CU_ASSERT_EQUAL(memcmp(with->fan, without->fan, 130 * sizeof(double)), 0);
  double sum = 0;
  for (guint v = 0; v < PLN_VOTE_KINDS; v++)
    sum += with->vote.count[v];
  CU_ASSERT_DOUBLE_EQUAL(sum, with->at_conference.parties, 1e-9);
  CU_ASSERT(with->vote.twice >= with->vote.adopted && with->vote.adopted >= with->vote.apart);
  CU_ASSERT_EQUAL(with->rule, pln_world_rule(scenario->world, "cosp-protocol"));
  CU_ASSERT_EQUAL(with->weakest, PLN_STATUS_ASSUMED);
  const PlnRatifyDate *conference = &with->date[PLN_RATIFY_CONFERENCE];
  for (guint q = 0; q < PLN_RATIFY_QUANTILES; q++)
    CU_ASSERT(with->date[PLN_RATIFY_PROTOCOL].quantile[q] > conference->quantile[q]);
  options.tie = 0;
  g_autoptr(PlnRatify) apart = voted(&options, NULL);
  CU_ASSERT_EQUAL(apart->vote.adopted, with->vote.apart);
  CU_ASSERT_EQUAL(apart->vote.adopted, apart->vote.twice);
}

static void test_vote_fixed(void) {
  PlnRatifyOptions options = few();
  g_autoptr(GArray) yes = edits_of("ALL=Y", NULL), no = edits_of("ALL=N", NULL);
  g_autoptr(GArray) split = edits_of("ALL=Y", "EU=N", NULL);
  g_autoptr(PlnRatify) all = voted(&options, yes), none = voted(&options, no);
  CU_ASSERT_EQUAL(all->vote.adopted, 1);
  CU_ASSERT_EQUAL(all->vote.past_blocks, 0);
  CU_ASSERT_EQUAL(state_of(all, "FRA")->vote[PLN_VOTE_Y], 1);
  CU_ASSERT_EQUAL(none->vote.adopted, 0);
  CU_ASSERT_EQUAL(none->vote.count[PLN_VOTE_Y], 0);
  CU_ASSERT(isnan(none->date[PLN_RATIFY_PROTOCOL].never));
  options.reluctance = 0;
  g_autoptr(PlnRatify) apart = voted(&options, split);
  CU_ASSERT_EQUAL(state_of(apart, "FRA")->bound, 0);
  CU_ASSERT(state_of(apart, "CHN")->bound > 0.5);
  CU_ASSERT(apart->vote.bound[2] < all->vote.bound[2]);
}

/* A protocol that is in force in no draw binds nobody; one that is in some, only in these. */
static void test_bound(void) {
  PlnRatifyOptions options = few();
  g_autoptr(GArray) yes = edits_of("ALL=Y", NULL);
  options.protocol = 196;
  options.years = 12;
  g_autoptr(PlnRatify) none = voted(&options, yes);
  CU_ASSERT_EQUAL(none->vote.adopted, 1);
  CU_ASSERT_EQUAL(none->date[PLN_RATIFY_PROTOCOL].never, 1);
  CU_ASSERT_EQUAL(none->vote.bound[4], 0);
  for (guint i = 0; i < none->n; i++)
    CU_ASSERT_EQUAL(none->state[i].bound, 0);
  options.protocol = 60;
  g_autoptr(PlnRatify) some = voted(&options, yes);
  double never = some->date[PLN_RATIFY_PROTOCOL].never;
  CU_ASSERT(never > 0.3 && never < 0.95);
  CU_ASSERT_EQUAL(some->vote.bound[1], 0); /* in more than a quarter of the draws */
  CU_ASSERT(some->vote.bound[4] >= 60);
  for (guint i = 0; i < some->n; i++)
    CU_ASSERT(some->state[i].bound <= 1 - never + 1e-12);
}

/* All are parties and adopt it on one day: then each joins it by t with 1 - exp(-f a t^k), and the
 * first of all with 1 - exp(-sum of f a t^k), averaged over the draws of the pace. */
static void test_protocol(void) {
  PlnRatifyOptions options = few();
  g_autoptr(GArray) edits = edits_of("ALL=Y", "ALL=2028-01-01", NULL);
  g_autoptr(PlnRatifyHistory) h = pln_ratify_history_new(scenario->world, "hanoi", -1, NULL);
  double lean[PLN_JOIN_PACES], apart = 0, together = 0, first = 0;
  options.protocol = 1;
  options.years = 5;
  g_autoptr(PlnRatify) r = voted(&options, edits);
  pln_join_lean(&r->fit, h->history, h->n, h->years, lean);
  PlnDayNumber from = number("2028-03-31"), median = r->date[PLN_RATIFY_PROTOCOL].quantile[2];
  double all = (number("2031-12-31") - from) / 365.25, half = (median - 90 - from) / 365.25;
  for (guint32 k = 0; k < DRAWS; k++) {
    PlnDraw stream = pln_draw_stream(options.seed, PLN_STUDY_RATIFY, k);
    PlnJoinPace pace;
    pln_join_draw(&r->fit, lean, h->years, 6, &stream, &pace);
    double a = exp(pace.log_rate[PLN_JOIN_SIGNATORY]), shape = pace.shape[PLN_JOIN_SIGNATORY];
    apart += (1 - exp(-a * pow(all, shape))) / DRAWS;
    together += (1 - exp(-pace.together * a * pow(all, shape))) / DRAWS;
    first += (1 - exp(-(168 + 27 * pace.together) * a * pow(half, shape))) / DRAWS;
  }
  double mean[2] = {0, 0};
  for (guint i = 0; i < r->n; i++)
    mean[r->state[i].in_union] += r->state[i].bound / (r->state[i].in_union ? 27 : 168);
  CU_ASSERT_DOUBLE_EQUAL(mean[0], apart, 0.004);
  CU_ASSERT_DOUBLE_EQUAL(mean[1], together, 0.008);
  CU_ASSERT_DOUBLE_EQUAL(first, 0.5, 0.04);
}

/* What is deposited stays, whatever is set for a bloc or all, and is not told away. */
static void test_deposits_stay(void) {
  PlnRatifyOptions options = few();
  g_autoptr(GArray) none = edits_of("ALL=never", "G77=2030-01-01", NULL);
  options.edits = none;
  g_autoptr(PlnRatify) r = ratify_of(&options);
  CU_ASSERT_EQUAL(state_of(r, "QAT")->median, number("2026-02-28"));
  CU_ASSERT_EQUAL(state_of(r, "VNM")->median, number("2026-04-30"));
  CU_ASSERT_PTR_NULL(state_of(r, "QAT")->edit);
  CU_ASSERT_EQUAL(r->mean[0], 2);
  CU_ASSERT_EQUAL(state_of(r, "BRA")->median, number("2030-01-01"));
}

/* A threshold below what is deposited: the day is that of the instrument in the tables. */
static void test_past_threshold(void) {
  PlnRatifyOptions options = few();
  options.threshold = 1;
  options.parties = 2;
  for (options.threads = 1; options.threads <= 2; options.threads++) {
    g_autoptr(PlnRatify) r = ratify_of(&options);
    for (guint q = 0; q < PLN_RATIFY_QUANTILES; q++) {
      CU_ASSERT_EQUAL(r->date[PLN_RATIFY_LAST_NEEDED].quantile[q], number("2026-02-28"));
      CU_ASSERT_EQUAL(r->date[PLN_RATIFY_IN_FORCE].quantile[q], number("2026-05-29"));
      CU_ASSERT_EQUAL(r->date[PLN_RATIFY_CONFERENCE].quantile[q], number("2026-05-30"));
    }
    CU_ASSERT_EQUAL(r->at_force.parties, 1); /* Viet Nam's thirty days end a day later */
    CU_ASSERT_EQUAL(r->at_conference.parties, 2);
  }
  g_autoptr(GArray) yes = edits_of("ALL=Y", NULL);
  options.protocol = 2; /* no protocol is of a day that is known already */
  g_autoptr(PlnRatify) soon = voted(&options, yes);
  CU_ASSERT(soon->date[PLN_RATIFY_PROTOCOL].quantile[0] > soon->known);
}

/* Those that a scenario made up are no states that may join. */
static void test_made_up(void) {
  g_autoptr(PlnScenario) class = scene_shipped("classroom");
  PlnRatifyOptions options = few();
  g_autoptr(PlnRatify) r = pln_ratify_new(class, &options, NULL);
  CU_ASSERT_EQUAL(r->n, 195);
  CU_ASSERT_EQUAL(r->fit.states, 195);
  CU_ASSERT_PTR_NULL(state_of(r, "ANA"));
}

static void test_threads(void) {
  PlnRatifyOptions options = few();
  g_autoptr(PlnRatify) one = voted(&options, NULL);
  options.threads = 3;
  g_autoptr(PlnRatify) three = voted(&options, NULL);
  CU_ASSERT_EQUAL(memcmp(&one->vote, &three->vote, sizeof one->vote), 0);
  CU_ASSERT_EQUAL(memcmp(&one->at_conference, &three->at_conference, sizeof one->at_conference), 0);
  CU_ASSERT_EQUAL(memcmp(one->fan, three->fan, 130 * sizeof(double)), 0);
  for (guint e = 0; e < PLN_RATIFY_EVENTS; e++)
    CU_ASSERT_EQUAL(memcmp(one->date[e].quantile, three->date[e].quantile,
                           sizeof one->date[e].quantile), 0);
  for (guint i = 0; i < one->n; i++)
    CU_ASSERT(one->state[i].bound == three->state[i].bound &&
              one->state[i].median == three->state[i].median);
}

/* ---- What is refused ---- */

static gboolean refused(const char *text, const char *part) {
  GError *error = NULL;
  PlnRatifyEdit edit;
  gboolean read = pln_ratify_edit_read(scenario, text, &edit, &error);
  return !read && scene_error(&error, PLN_ERROR_USAGE, part);
}

static void test_refused(void) {
  GError *error = NULL;
  CU_ASSERT(refused("DEU", "expected WHO=DAY"));
  CU_ASSERT(refused("DEU=later", "expected WHO=DAY"));
  CU_ASSERT(refused("DEU=nevr", "did you mean never?"));
  CU_ASSERT(refused("DEU=y", "did you mean Y?"));
  CU_ASSERT(refused("DEX=never", "did you mean DEU"));
  CU_ASSERT(refused("EUE=never", "no state that may join"));
  CU_ASSERT(refused("DEU=2020-01-01", "before the treaty was opened"));
  CU_ASSERT(refused("QAT=never", "QAT has deposited its instrument already (February 2026)"));
  CU_ASSERT(refused("VNM=2028-01-01", "expected a state that has not"));
  PlnRatifyOptions options = few();
  options.tie = 2;
  CU_ASSERT_PTR_NULL(pln_ratify_new(scenario, &options, &error));
  CU_ASSERT(scene_error(&error, PLN_ERROR_USAGE, "expected -1 to 1"));
  options = few();
  options.treaty = "nowhere";
  CU_ASSERT_PTR_NULL(pln_ratify_new(scenario, &options, &error));
  CU_ASSERT(scene_error(&error, PLN_ERROR_DATA, "nowhere"));
  options = few();
  options.past = "palermo";
  CU_ASSERT_PTR_NULL(pln_ratify_new(scenario, &options, &error));
  CU_ASSERT(scene_error(&error, PLN_ERROR_DATA, "palermo"));
}

int main(void) {
  CU_TestInfo tests[] = {{"days", test_days},
                         {"the Nth, quantiles", test_nth},
                         {"facts of the tables", test_facts},
                         {"sums and orders", test_whole},
                         {"an edit moves nobody else", test_edit_moves_nobody},
                         {"30 before 40 before 60", test_thresholds},
                         {"days that are certain", test_certain},
                         {"the vote", test_vote},
                         {"votes that are certain", test_vote_fixed},
                         {"bound only by what is in force", test_bound},
                         {"a protocol's joining by closed form", test_protocol},
                         {"deposits stay", test_deposits_stay},
                         {"a threshold that is past", test_past_threshold},
                         {"made-up members do not join", test_made_up},
                         {"threads", test_threads},
                         {"what is refused", test_refused},
                         CU_TEST_INFO_NULL};
  scenario = scene_shipped("cosp-rules");
  g_autofree char *path = g_build_filename(g_getenv("PLENARY_DATA"), "positions", "s70-74", NULL);
  electorate = pln_electorate_load(scene_world(), path, NULL);
  predictor = pln_predictor_new(electorate, NULL, NULL);
  int status = suite_run("ratify", tests);
  pln_predictor_free(predictor);
  pln_electorate_free(electorate);
  pln_scenario_free(scenario);
  scene_end();
  return status;
}
