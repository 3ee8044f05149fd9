/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sensitivity: numbers typed in, dials read off a scenario written here, runs made another way, what
 * must be all of the variance, and the same bytes for any number of threads. */
#include "plenary/sensitivity.h"

#include <math.h>
#include <string.h>

#include "plenary/compose_sensitivity.h"
#include "plenary/dials.h"
#include "plenary/electorate_file.h"
#include "plenary/error.h"
#include "plenary/write.h"
#include "scene.h"
#include "suite.h"

static PlnElectorate *electorate;

static gboolean near(double a, double b, double within) {
  return fabs(a - b) <= within;
}

/* ---- Numbers ---- */

/* Student's .975 quantile with 19 degrees of freedom is 2.0930. */
static void test_mean(void) {
  double value[20], sum = 0;
  for (guint i = 0; i < 20; i++)
    value[i] = i % 2 == 0 ? 1 : 3;
  PlnSense3 m = pln_sensitivity_mean(20, value, 0.95);
  for (guint i = 0; i < 20; i++)
    sum += 1; /* squared distance of each from 2 */
  CU_ASSERT_EQUAL(m.value, 2);
  CU_ASSERT(near(m.high - m.value, 2.0930 * sqrt(sum / 19 / 20), 2e-4));
  CU_ASSERT(near(m.high - m.value, m.value - m.low, 1e-12));
  m = pln_sensitivity_mean(1, value, 0.95);
  CU_ASSERT(m.value == 1 && isnan(m.low) && isnan(m.high));
}

/* A textbook's ten pairs: -29/165; ties share their mean rank. */
static void test_rank(void) {
  double x[] = {86, 97, 99, 100, 101, 103, 106, 110, 112, 113};
  double y[] = {2, 20, 28, 27, 50, 29, 7, 17, 6, 12};
  double tied[] = {1, 2, 2, 3}, up[] = {1, 2, 3, 4}, flat[] = {5, 5, 5, 5};
  PlnSense3 r = pln_sensitivity_rank(10, x, 1, y, 0.95);
  CU_ASSERT(near(r.value, -29.0 / 165, 1e-12));
  /* tanh(atanh(-0.175758) ± 1.959964 sqrt(1.06 / 7)) */
  CU_ASSERT(near(r.low, -0.735359, 1e-5) && near(r.high, 0.526359, 1e-5));
  CU_ASSERT(near(pln_sensitivity_rank(4, tied, 1, up, 0.95).value, 4.5 / sqrt(4.5 * 5), 1e-12));
  CU_ASSERT(isnan(pln_sensitivity_rank(4, flat, 1, up, 0.95).value));
  CU_ASSERT(isnan(pln_sensitivity_rank(3, tied, 1, up, 0.95).value));
}

static void test_fails(void) {
  CU_ASSERT_EQUAL(pln_sensitivity_fails("adopted", 0.9).level, 0.5);
  CU_ASSERT_EQUAL(pln_sensitivity_fails("margin", 12).level, 0);
  CU_ASSERT_EQUAL(pln_sensitivity_fails("position scope", 4.2009).level, 4.2);
  CU_ASSERT_EQUAL(pln_sensitivity_fails("position scope", 4.2).kind, PLN_INTEREST_BELOW);
  CU_ASSERT_EQUAL(pln_sensitivity_fails("force", 2030.5).kind, PLN_INTEREST_ABOVE);
  CU_ASSERT(near(pln_sensitivity_fails("force", 2030.52).level, 2030 + 7.0 / 12, 1e-9)); /* July */
}

/* ---- Dials ---- */

static PlnScenario *made(void) {
  return scene_read(
      "scenario.csv",
      "key,value\nformat,1\ntitle,T\nas_of,2026-12-24\nbody,general-assembly\nelectorate,s70-74\n"
      "session,81\nstatus,assumed\nsource,made\n",
      "proposals.csv", "id,title,kind,status,source\none,One,text,assumed,made\ntwo,Two,text,assumed,made\n",
      "positions.csv",
      "proposal,who,position,sd,status,source\n,NAM,60,12,inferred,made\none,EU,30,10,reported,made\n"
      "one,RUS,90,5,assumed,made\ntwo,USA,10,5,assumed,made\n",
      NULL);
}

static const PlnDial *dial_named(const GPtrArray *dials, const char *name) {
  for (guint k = 0; k < dials->len; k++)
    if (strcmp(((PlnDial *)dials->pdata[k])->name, name) == 0)
      return dials->pdata[k];
  return NULL;
}

/* A row of another proposal turns nothing; one for all turns all; the rule has its other. */
static void test_stated(void) {
  g_autoptr(PlnScenario) s = made();
  const PlnRuleEntry *rule = pln_world_rule(s->world, "two-thirds-present-voting");
  PlnStated of = {.scenario = s, .study = PLN_RUN_PROJECT, .proposal = 0, .stage = -1, .rule = rule};
  g_autoptr(GPtrArray) dials = pln_stated_dials(&of);
  CU_ASSERT_EQUAL(dials->len, 4);
  const PlnDial *eu = dial_named(dials, "position one:EU"), *all = dial_named(dials, "position NAM");
  const PlnDial *of_rule = dial_named(dials, "rule");
  CU_ASSERT(eu && eu->kind == PLN_RANGE_NORMAL && eu->mean == 30 && eu->sd == 10);
  CU_ASSERT(eu && eu->status == PLN_STATUS_REPORTED && eu->stated && eu->from == 0 && eu->to == 100);
  CU_ASSERT(all && all->mean == 60);
  CU_ASSERT_PTR_NULL(dial_named(dials, "position two:USA"));
  CU_ASSERT(of_rule && of_rule->n == 2 && strcmp(of_rule->word[0], rule->id) == 0);
  CU_ASSERT(of_rule && strcmp(of_rule->word[1], "simple-majority-present-voting") == 0);
  PlnDial *whole = pln_stated_whole(&of, eu);
  CU_ASSERT(whole->kind == PLN_RANGE_EVEN && whole->from == 0 && whole->to == 100);
  pln_dial_free(whole);
  whole = pln_stated_whole(&of, of_rule);
  CU_ASSERT(whole->kind == PLN_RANGE_LIST && whole->n == 2);
  pln_dial_free(whole);
  g_autofree char *title = pln_stated_title(eu);
  CU_ASSERT_STRING_EQUAL(title, "EU's position");
}

/* A deviation wider than the scale is one as wide as it, not none. */
static void test_stated_wide(void) {
  g_autoptr(PlnScenario) s = made();
  PlnStance *row = s->stances->pdata[1];
  row->sd = 250;
  PlnStated of = {.scenario = s, .study = PLN_RUN_PROJECT, .proposal = 0, .stage = -1};
  g_autoptr(GPtrArray) dials = pln_stated_dials(&of);
  const PlnDial *eu = dial_named(dials, "position one:EU");
  CU_ASSERT(eu && eu->mean == 30 && eu->sd == 100);
}

/* Talks: the issue's own scale, and no rule where a position is asked for; ratify: assumptions. */
static void test_stated_talks(void) {
  g_autoptr(PlnScenario) s = scene_shipped("protocol-package");
  PlnStated of = {.scenario = s, .study = PLN_RUN_BARGAIN, .proposal = 0, .stage = -1,
                  .method = pln_method_find("condorcet"), .outcome = "position scope"};
  g_autoptr(GPtrArray) dials = pln_stated_dials(&of);
  const PlnDial *list = dial_named(dials, "position scope:WIDE_LIST");
  CU_ASSERT_EQUAL(dials->len, 10); /* of eleven at the table one has no position on it */
  CU_ASSERT(list && list->from == 0 && list->to == 10);
  PlnDial *whole = list ? pln_stated_whole(&of, list) : NULL;
  CU_ASSERT(whole && whole->from == 0 && whole->to == 10);
  pln_dial_free(whole);
  of.study = PLN_RUN_RATIFY;
  of.outcome = NULL;
  g_autoptr(GPtrArray) dates = pln_stated_dials(&of);
  const PlnDial *tie = dial_named(dates, "assume tie");
  CU_ASSERT(tie && tie->to == 0.95 && tie->status == PLN_STATUS_ASSUMED);
  of.study = PLN_RUN_REPLAY;
  g_autoptr(GPtrArray) none = pln_stated_dials(&of);
  CU_ASSERT_EQUAL(none->len, 0);
}

/* ---- Runs ---- */

static PlnSensitivityOptions brief(guint methods) {
  PlnSensitivityOptions o = pln_sensitivity_options();
  o.runner.study = PLN_RUN_PROJECT;
  o.runner.electorate = electorate;
  o.runner.proposal = 0;
  o.runner.draws = 100;
  o.methods = methods;
  o.rows = 32;
  o.runs = 80;
  o.trajectories = 4;
  return o;
}

static PlnSensitivity *sense(const PlnScenario *s, const PlnSensitivityOptions *o) {
  GError *error = NULL;
  PlnSensitivity *made_of = pln_sensitivity_new(s, o, &error);
  if (!made_of)
    g_error("%s", error->message);
  return made_of;
}

static GPtrArray *one_dial(const char *what, const char *range) {
  GPtrArray *dials = g_ptr_array_new_with_free_func(pln_dial_free);
  g_ptr_array_add(dials, pln_dial_read(what, range, NULL));
  return dials;
}

/* The bar of EU's position against the runner asked by hand, replicate by replicate. */
static void test_tornado(void) {
  g_autoptr(PlnScenario) s = made();
  PlnSensitivityOptions o = brief(PLN_SENSE_TORNADO);
  g_autoptr(GPtrArray) vary = one_dial("position one:EU", "20..80");
  o.vary = vary;
  o.only = TRUE;
  g_autoptr(PlnSensitivity) r = sense(s, &o);
  const PlnSenseBar *bar = &g_array_index(r->bars, PlnSenseBar, 0);
  PlnChange change, *changes[] = {&change};
  double y[PLN_SENSITIVITY_TORNADO], sum = 0;
  pln_dial_turn(vary->pdata[0], 80, &change);
  for (guint i = 0; i < PLN_SENSITIVITY_TORNADO; i++) {
    PlnRunResult run;
    CU_ASSERT(pln_runner_run(r->runner, 0, (const PlnChange *const *)changes, 1, i, NULL, &run, NULL));
    y[i] = run.value[pln_runner_find(r->runner, "adopted")];
    sum += y[i];
  }
  CU_ASSERT_EQUAL(r->bars->len, 1);
  CU_ASSERT(bar->n == 2 && bar->at[0] == 20 && bar->at[1] == 80);
  CU_ASSERT(near(bar->y[1].value, sum / PLN_SENSITIVITY_TORNADO, 1e-12));
  CU_ASSERT(bar->y[1].value > bar->y[0].value && bar->change.low > 0);
  CU_ASSERT(near(bar->change.value, bar->y[1].value - bar->y[0].value, 1e-12));
  CU_ASSERT(near(bar->off[1].value, bar->y[1].value - r->base.value, 1e-12));
  CU_ASSERT(bar->off[1].high - bar->off[1].low < r->base.high - r->base.low + 0.1);
  CU_ASSERT(isnan(bar->adopted[0]) && !bar->rare && isnan(r->adopted));
  CU_ASSERT(r->base.low <= r->base.value && r->base.value <= r->base.high);
  CU_ASSERT_EQUAL(r->runs, 3 * PLN_SENSITIVITY_TORNADO);
}

/* Where one thing alone is turned, all of the variance is its own. */
static void test_all_of_it(void) {
  g_autoptr(PlnScenario) s = made();
  PlnSensitivityOptions o = brief(PLN_SENSE_SOBOL);
  g_autoptr(GPtrArray) vary = one_dial("position one:NAM", "10..90");
  o.vary = vary;
  o.only = TRUE;
  o.rows = 128;
  g_autoptr(PlnSensitivity) r = sense(s, &o);
  const PlnSaltelliIndex *i = &g_array_index(r->indices, PlnSenseIndex, 0).index;
  CU_ASSERT_EQUAL(r->indices->len, 1);
  CU_ASSERT(near(i->first, 1, 0.1) && near(i->total, 1, 0.1));
  CU_ASSERT(i->first_low < 1 && i->first_high > 0.9);
  CU_ASSERT(r->sum.variance > 0);
}

/* The text of everything: the same for any number of threads. */
static char *text_of(const PlnScenario *s, PlnSensitivityOptions o, guint threads) {
  o.runner.threads = threads;
  g_autoptr(PlnSensitivity) r = sense(s, &o);
  g_autoptr(PlnDoc) doc = pln_doc_new();
  g_autoptr(GArray) none = pln_inputs_new();
  PlnProvenance provenance = {"", "", "assumed", "", none, none};
  pln_compose_sensitivity(doc, r, &(PlnComposeSensitivityOptions){.full = TRUE});
  return pln_write_json(doc, &provenance);
}

static void test_threads(void) {
  g_autoptr(PlnScenario) s = made();
  g_autofree char *one = text_of(s, brief(PLN_SENSE_ALL), 1);
  g_autofree char *three = text_of(s, brief(PLN_SENSE_ALL), 3);
  CU_ASSERT_STRING_EQUAL(one, three);
  CU_ASSERT_PTR_NOT_NULL(strstr(one, "EU's position"));
}

/* What is set in all runs is turned no more, and what is varied stands in for what is stated. */
static void test_set(void) {
  g_autoptr(PlnScenario) s = made();
  PlnSensitivityOptions o = brief(PLN_SENSE_TORNADO);
  g_autoptr(GPtrArray) set = g_ptr_array_new_with_free_func(pln_change_free);
  g_autoptr(GPtrArray) vary = one_dial("position EU", "10..20");
  g_ptr_array_add(set, pln_change_read("position one:RUS=50", NULL));
  o.set = set;
  o.vary = vary;
  g_autoptr(PlnSensitivity) r = sense(s, &o);
  CU_ASSERT_PTR_NULL(dial_named(r->dials, "position one:RUS"));
  CU_ASSERT_PTR_NULL(dial_named(r->dials, "position one:EU"));
  CU_ASSERT_PTR_NOT_NULL(dial_named(r->dials, "position EU"));
  CU_ASSERT_PTR_NOT_NULL(dial_named(r->dials, "position NAM"));
}

/* ---- Runs made before ---- */

/* Half of the cube is planted: it is found, and the dial that makes it goes with the outcome. */
static void test_columns(void) {
  enum { ROWS = 400 };
  GPtrArray *dials = one_dial("position EU", "0..100");
  g_ptr_array_add(dials, pln_dial_read("position RUS", "0..100", NULL));
  double *x = g_new(double, 2 * ROWS), *y = g_new(double, ROWS);
  for (guint k = 0; k < ROWS; k++) {
    x[2 * k] = (k * 37 % ROWS) * 100.0 / ROWS;
    x[2 * k + 1] = (k * 149 % ROWS) * 100.0 / ROWS;
    y[k] = x[2 * k] < 40 ? 0.2 + 0.001 * (k % 7) : 0.8 + 0.001 * (k % 5);
  }
  PlnSensitivityOptions o = pln_sensitivity_options();
  g_autoptr(PlnSensitivity) r = pln_sensitivity_of_columns(dials, ROWS, x, y, "adopted",
                                                           "share", NULL, &o, NULL);
  const PlnSenseRank *first = &g_array_index(r->ranks, PlnSenseRank, 0);
  g_autofree char *said = pln_say_sensitivity(r);
  CU_ASSERT_EQUAL(first->dial, 0);
  CU_ASSERT(near(first->rho.value, 3 * 0.4 * 0.6, 0.02)); /* of a step at 40 of 100 */
  CU_ASSERT(first->rho.low > 0.65 && first->rho.high < 0.79);
  CU_ASSERT(r->discovery && r->discovery->boxes->len > 0);
  CU_ASSERT_PTR_NOT_NULL(strstr(said, "EU's position"));
  CU_ASSERT_PTR_NOT_NULL(strstr(said, "It fails (less than an even chance) when EU"));
}

/* A dial that does not vary is no list of words; what the scenario states is said of the boxes. */
static void test_columns_stated(void) {
  enum { ROWS = 100 };
  g_autoptr(PlnScenario) s = made();
  const PlnRuleEntry *rule = pln_world_rule(s->world, "two-thirds-present-voting");
  PlnStated of = {.scenario = s, .study = PLN_RUN_PROJECT, .proposal = 0, .stage = -1, .rule = rule};
  GPtrArray *dials = one_dial("position EU", "0..100");
  g_ptr_array_add(dials,
                  pln_dial_read("rule", "simple-majority-present-voting|two-thirds-present-voting", NULL));
  g_ptr_array_add(dials, pln_dial_read("position USA", "0..100", NULL));
  double *x = g_new0(double, 3 * ROWS), *y = g_new0(double, ROWS);
  for (guint k = 0; k < ROWS; k++) {
    x[3 * k] = k;
    y[k] = x[3 * k + 1] = k % 2; /* the rule alone decides */
  }
  PlnSensitivityOptions o = pln_sensitivity_options();
  g_autoptr(PlnSensitivity) r =
      pln_sensitivity_of_columns(dials, ROWS, x, y, "adopted", "share", &of, &o, NULL);
  CU_ASSERT(r->at && r->at[0] == 30 && r->at[1] == 1 && isnan(r->at[2]));
  g_autoptr(PlnDoc) doc = pln_doc_new();
  g_autoptr(GArray) none = pln_inputs_new();
  PlnProvenance provenance = {"", "", "assumed", "", none, none};
  pln_compose_sensitivity(doc, r, &(PlnComposeSensitivityOptions){.full = TRUE});
  g_autofree char *text = pln_write_text(doc, &provenance, 80, FALSE);
  CU_ASSERT_PTR_NOT_NULL(strstr(text, "(nothing varies)"));
  CU_ASSERT_PTR_NOT_NULL(strstr(text, "1.00, of words"));
  CU_ASSERT_PTR_NOT_NULL(strstr(text, "100% of"));
}

/* Of a few runs nothing is told, nor denied; those of a grid are no sample and have no interval. */
static void test_columns_few(void) {
  enum { ROWS = 60, FEW = 8 };
  PlnSensitivityOptions o = pln_sensitivity_options();
  o.grid = TRUE;
  for (guint rows = FEW; rows <= ROWS; rows += ROWS - FEW) {
    GPtrArray *dials = one_dial("position EU", "0..100");
    g_ptr_array_add(dials, pln_dial_read("vote IND", "Y|N|A|X", NULL));
    double *x = g_new0(double, 2 * rows), *y = g_new0(double, rows);
    for (guint k = 0; k < rows; k++) {
      y[k] = x[2 * k] = k;
      x[2 * k + 1] = k % 4;
    }
    g_autoptr(PlnSensitivity) r =
        pln_sensitivity_of_columns(dials, rows, x, y, "margin", "votes", NULL, &o, NULL);
    const PlnSenseRank *first = &g_array_index(r->ranks, PlnSenseRank, 0);
    g_autofree char *said = pln_say_sensitivity(r);
    CU_ASSERT_EQUAL(first->few, rows == FEW);
    CU_ASSERT(isnan(first->rho.low) && isnan(first->rho.high));
    CU_ASSERT_PTR_NOT_NULL(strstr(said, rows == FEW
                                            ? "8 runs are too few to tell what goes with the margin"
                                            : "EU's position: rank correlation 1.00 over 60 runs."));
  }
}

/* ---- What is said ---- */

/* A sensitivity of two positions that were turned, one at a time. */
static PlnSensitivity *turned(const char *unit, const PlnSenseBar *a, const PlnSenseBar *b) {
  PlnSensitivity *s = g_new0(PlnSensitivity, 1);
  s->unit = g_strdup(unit);
  s->outcome = g_strdup("adopted");
  s->outcome_title = g_strdup("chance of adoption");
  s->adopted = NAN;
  s->dials = one_dial("position EU", "0..100");
  g_ptr_array_add(s->dials, pln_dial_read("position RUS", "0..100", NULL));
  s->title = g_strsplit("EU's position|RUS's position", "|", 0);
  s->effects = g_array_new(FALSE, TRUE, sizeof(PlnSenseEffect));
  s->indices = g_array_new(FALSE, TRUE, sizeof(PlnSenseIndex));
  s->ranks = g_array_new(FALSE, TRUE, sizeof(PlnSenseRank));
  s->bars = g_array_new(FALSE, TRUE, sizeof(PlnSenseBar));
  g_array_append_val(s->bars, *a);
  g_array_append_val(s->bars, *b);
  return s;
}

static PlnSenseBar bar_of(guint dial, double low, double high) {
  PlnSenseBar bar = {.dial = dial, .n = 2, .at = {20, 80}, .swing = 0.5, .adopted = {NAN, NAN}};
  bar.y[0] = (PlnSense3){low, NAN, NAN};
  bar.y[1] = (PlnSense3){high, NAN, NAN};
  bar.change = (PlnSense3){high - low, NAN, NAN};
  bar.least = high < low;
  bar.most = !bar.least;
  return bar;
}

/* From one end to the other, never from the least to the greatest; both beyond what is stated. */
static void test_ends(void) {
  PlnSenseBar up = bar_of(0, 0.26, 0.32), down = bar_of(1, 0.9, 0.4);
  up.beyond = -1;
  g_autoptr(PlnSensitivity) s = turned("share", &up, &down);
  s->base.value = 0.43;
  g_autofree char *said = pln_say_sensitivity(s);
  CU_ASSERT_STRING_EQUAL(said, "One at a time EU's position matters most: at 20 and at 80 the chance "
                               "of adoption is 26% and 32%, both lower than as stated (43%). Then "
                               "RUS's position (90% to 40%).");
}

/* Where a protocol is rarely adopted no day is said, and that is what matters. */
static void test_rare(void) {
  PlnSenseBar rare = bar_of(0, NAN, 2037.45), often = bar_of(1, 2037.45, 2036.95);
  rare.adopted[0] = 0.004;
  rare.adopted[1] = often.adopted[0] = often.adopted[1] = 0.96;
  rare.rare = TRUE;
  g_autoptr(PlnSensitivity) s = turned("year", &rare, &often);
  s->base.value = 2037.3;
  s->adopted = 0.81;
  g_autofree char *said = pln_say_sensitivity(s);
  CU_ASSERT_STRING_EQUAL(said, "One at a time EU's position matters most: at 20 the protocol is "
                               "adopted in <1% of the draws, too few for a day, at 80 in 96%, its "
                               "day being June 2037. Then RUS's position (June 2037 to December "
                               "2036).");
}

/* Where intervals overlap the first is not told apart from the next. */
static void test_apart(void) {
  PlnSenseBar none = bar_of(0, 0, 0);
  g_autoptr(PlnSensitivity) s = turned("share", &none, &none);
  PlnSenseIndex a = {0, {.total = 0.5, .total_low = 0.3, .total_high = 0.7}};
  PlnSenseIndex b = {1, {.total = 0.2, .total_low = 0.1, .total_high = 0.31}};
  g_array_set_size(s->bars, 0);
  g_array_append_val(s->indices, a);
  g_array_append_val(s->indices, b);
  g_autofree char *near_to = pln_say_sensitivity(s);
  CU_ASSERT_PTR_NOT_NULL(strstr(near_to, "EU's position (not told apart from RUS's position): about"));
  g_array_index(s->indices, PlnSenseIndex, 1).index.total_high = 0.29;
  g_autofree char *apart = pln_say_sensitivity(s);
  CU_ASSERT_PTR_NOT_NULL(strstr(apart, "What matters most: EU's position: about half"));
}

/* Two rules are never said by the same word. */
static void test_rules(void) {
  PlnSensitivity s = {.unit = (char *)"share"};
  s.dials = one_dial("rule", "ahc-two-thirds|simple-majority-present-voting");
  g_ptr_array_add(s.dials, pln_dial_read("rule", "ahc-two-thirds|two-thirds-present-voting", NULL));
  static const char *const said[] = {"two-thirds", "simple", "ahc-two-thirds",
                                     "two-thirds-present-voting"};
  for (guint k = 0; k < 4; k++) {
    g_autofree char *word = pln_say_sense_at(&s, k / 2, k % 2);
    CU_ASSERT_STRING_EQUAL(word, said[k]);
  }
  g_ptr_array_unref(s.dials);
}

/* One thing alone has nothing to act together with. */
static void test_alone(void) {
  PlnSaltelliIndex index = {.first = 0.55, .total = 1};
  PlnSenseIndex one[2] = {{0, index}, {1, index}};
  PlnSensitivity s = {.unit = (char *)"share", .outcome_title = (char *)"chance of adoption",
                      .first_sum = 0.55, .sum = {.variance = 0.003 * 0.003}};
  s.indices = g_array_new(FALSE, FALSE, sizeof(PlnSenseIndex));
  g_array_append_val(s.indices, one[0]);
  g_autofree char *alone = pln_say_sense_together(&s);
  CU_ASSERT_STRING_EQUAL(alone, "With this turned the chance of adoption has a standard deviation "
                                "of 0.3 points.");
  g_array_append_val(s.indices, one[1]);
  g_autofree char *both = pln_say_sense_together(&s);
  CU_ASSERT_PTR_NOT_NULL(strstr(both, "for 55% of the variance; about two fifths of it is interaction"));
  g_array_unref(s.indices);
}

/* Both ends of every range are looked at before the first run, and a normal is cut to its scale. */
static void test_fit(void) {
  g_autoptr(PlnScenario) s = scene_shipped("protocol-package");
  g_autoptr(GPtrArray) dials = one_dial("position scope:EU", "6±5");
  GError *error = NULL;
  const PlnDial *dial = dials->pdata[0];
  CU_ASSERT_EQUAL(dial->to, 100);
  CU_ASSERT(pln_dials_fit(dials, s, PLN_RUN_BARGAIN, NULL));
  CU_ASSERT(dial->from == 0 && dial->to == 10);
  g_autoptr(GPtrArray) beyond = one_dial("position scope:EU", "6..11");
  CU_ASSERT_FALSE(pln_dials_fit(beyond, s, PLN_RUN_BARGAIN, &error));
  CU_ASSERT(scene_error(&error, PLN_ERROR_USAGE, "expected values from 0 to 10"));
  g_array_index(s->issues, PlnIssue, 0).to = 1000; /* of scope */
  CU_ASSERT(pln_dials_fit(dials, s, PLN_RUN_BARGAIN, NULL) && dial->to == 1000);
  PlnStated of = {.scenario = s, .study = PLN_RUN_BARGAIN, .proposal = 0, .stage = -1,
                  .method = pln_method_find("condorcet"), .outcome = "position scope"};
  g_autoptr(GPtrArray) stated = pln_stated_dials(&of);
  const PlnDial *list = dial_named(stated, "position scope:WIDE_LIST");
  CU_ASSERT(list && list->from == 0 && list->to == 1000);
  g_autoptr(GPtrArray) vote = one_dial("position EU", "-1..20");
  CU_ASSERT_FALSE(pln_dials_fit(vote, s, PLN_RUN_PROJECT, &error));
  CU_ASSERT(scene_error(&error, PLN_ERROR_USAGE, "expected values from 0 to 100"));
  g_autoptr(GPtrArray) ends = pln_dials_changes(NULL, vote);
  CU_ASSERT(ends->len == 2 && ((PlnChange *)ends->pdata[0])->value == -1 &&
            ((PlnChange *)ends->pdata[1])->value == 20);
}

/* ---- What is refused ---- */

static void test_refused(void) {
  g_autoptr(PlnScenario) s = made();
  GError *error = NULL;
  PlnSensitivityOptions o = brief(PLN_SENSE_TORNADO);
  o.only = TRUE;
  CU_ASSERT_PTR_NULL(pln_sensitivity_new(s, &o, &error));
  CU_ASSERT(scene_error(&error, PLN_ERROR_USAGE, "--vary"));
  o.only = FALSE;
  o.outcome = "adoptd";
  CU_ASSERT_PTR_NULL(pln_sensitivity_new(s, &o, &error));
  CU_ASSERT(scene_error(&error, PLN_ERROR_USAGE, "did you mean adopted?"));
  g_autoptr(PlnScenario) old = scene_shipped("res-74-247");
  PlnInterest year = {PLN_INTEREST_BELOW, 2030};
  o.outcome = NULL;
  o.fails = &year;
  CU_ASSERT_PTR_NULL(pln_sensitivity_new(s, &o, &error));
  CU_ASSERT(scene_error(&error, PLN_ERROR_USAGE, "of a chance; expected a number from 0 to 1"));
  CU_ASSERT(pln_sensitivity_check_fails(&year, "year", NULL));
  o.fails = NULL;
  g_autoptr(GPtrArray) vary = one_dial("position EU", "60..130");
  o.vary = vary;
  CU_ASSERT_PTR_NULL(pln_sensitivity_new(s, &o, &error));
  CU_ASSERT(scene_error(&error, PLN_ERROR_USAGE, "from 0 to 100"));
  o.vary = NULL;
  o.runner.study = PLN_RUN_REPLAY;
  CU_ASSERT_PTR_NULL(pln_sensitivity_new(old, &o, &error));
  CU_ASSERT(scene_error(&error, PLN_ERROR_USAGE, "a record states nothing"));
}

static void test_words(void) {
  CU_ASSERT_STRING_EQUAL(pln_say_share_of(0.2), "about a fifth");
  CU_ASSERT_STRING_EQUAL(pln_say_share_of(0), "next to nothing");
  CU_ASSERT_STRING_EQUAL(pln_say_share_of(0.5), "about half");
  CU_ASSERT_STRING_EQUAL(pln_say_share_of(1), "all");
  PlnSensitivity s = {.unit = (char *)"year"};
  g_autofree char *day = pln_say_sense_value(&s, 2030.42), *more = pln_say_sense_change(&s, -1.24);
  CU_ASSERT_STRING_EQUAL(day, "June 2030");
  CU_ASSERT_STRING_EQUAL(more, "-15 months");
  g_autofree char *brief = pln_say_sense_brief(&s, 2037.7), *less = pln_say_sense_change(&s, 0.05);
  CU_ASSERT_STRING_EQUAL(brief, "Sep 2037");
  CU_ASSERT_STRING_EQUAL(less, "+0.6 months");
  s.unit = (char *)"share";
  g_autofree char *chance = pln_say_sense_value(&s, 0.354);
  g_autofree char *points = pln_say_sense_change(&s, 0.36);
  CU_ASSERT_STRING_EQUAL(chance, "35%");
  CU_ASSERT_STRING_EQUAL(points, "+36 points");
}

int main(void) {
  g_autofree char *path = g_build_filename(g_getenv("PLENARY_DATA"), "positions", "s70-74", NULL);
  electorate = pln_electorate_load(scene_world(), path, NULL);
  CU_TestInfo tests[] = {{"mean", test_mean},
                         {"rank", test_rank},
                         {"fails", test_fails},
                         {"stated", test_stated},
                         {"stated wide", test_stated_wide},
                         {"stated in talks", test_stated_talks},
                         {"tornado", test_tornado},
                         {"all of it", test_all_of_it},
                         {"threads", test_threads},
                         {"set", test_set},
                         {"columns", test_columns},
                         {"columns and what is stated", test_columns_stated},
                         {"few columns, and a grid's", test_columns_few},
                         {"from one end to the other", test_ends},
                         {"a protocol that is rarely adopted", test_rare},
                         {"not told apart", test_apart},
                         {"one thing alone", test_alone},
                         {"rules", test_rules},
                         {"fit", test_fit},
                         {"refused", test_refused},
                         {"words", test_words},
                         CU_TEST_INFO_NULL};
  int status = suite_run("sensitivity", tests);
  pln_electorate_free(electorate);
  scene_end();
  return status;
}
