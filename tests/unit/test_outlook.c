/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A proposal seat by seat before the vote: what each seat's chances rest on, and that what is
 * known of one tells of the others. */
#include "plenary/outlook.h"

#include <math.h>

#include "plenary/electorate_file.h"
#include "plenary/error.h"
#include "plenary/normal.h"
#include "scene.h"
#include "suite.h"

#define OWN "key,value\nformat,1\ntitle,It\nas_of,2026-01-15\nbody,model-un\n"
#define SEATS "state,name\nANA,Ana\nBEA,Bea\nCAI,Cai\nDAN,Dan\nEVA,Eva\n"
#define BLOCS "bloc,member\nFRONT,ANA\nFRONT,BEA\n"
#define ONE "id,title\np1,A\n"

enum { ANA, BEA, CAI, DAN, EVA, SEATS_ALL };

/* ANA and BEA on one side, CAI and DAN on the other; EVA is not known to it. */
static PlnElectorate *made_electorate(void) {
  static const char *const code[] = {"ANA", "BEA", "CAI", "DAN"};
  static const double at[] = {1.5, 1.4, -1.4, -1.5};
  PlnElectorate *e = pln_electorate_new(4, 1, 0);
  for (guint i = 0; i < 4; i++) {
    e->code[i] = g_strdup(code[i]);
    e->position[i] = at[i];
    e->absent_a[i] = 1;
    e->absent_b[i] = 9;
  }
  e->slope_covariance[0] = 1;
  e->centre_sd = 1;
  e->width_mean = -1;
  e->width_sd = 0.3;
  e->lapse = 0.003;
  e->from_day = 20200101;
  e->to_day = 20251231;
  return e;
}

typedef struct {
  PlnScenario *scenario;
  PlnElectorate *electorate;
  PlnPredictor *predictor;
  PlnOutlookOptions options;
} Setting;

static Setting setting(PlnScenario *scenario, PlnElectorate *electorate) {
  GError *error = NULL;
  Setting s = {scenario, electorate, pln_predictor_new(electorate, NULL, &error), {0}};
  CU_ASSERT_PTR_NOT_NULL_FATAL(s.predictor);
  s.options = (PlnOutlookOptions){.electorate = electorate, .predictor = s.predictor,
                                  .stances = TRUE, .pledges = TRUE, .record = TRUE};
  return s;
}

static PlnOutlook *look(const Setting *s) {
  GError *error = NULL;
  PlnOutlook *o = pln_outlook_new(s->scenario, 0, NULL, PLN_DAY_NONE, &s->options, &error);
  CU_ASSERT_PTR_NOT_NULL_FATAL(o);
  return o;
}

static void leave(Setting *s) {
  pln_predictor_free(s->predictor);
  pln_electorate_free(s->electorate);
  pln_scenario_free(s->scenario);
}

/* Chances are ones, and the forecast's cutpoints give them back. */
static void holds_together(const PlnOutlook *o) {
  for (guint i = 0; i < o->n; i++) {
    const double *c = o->chance + 3 * (gsize)i;
    double tied = 0;
    CU_ASSERT_DOUBLE_EQUAL(c[0] + c[1] + c[2], 1, 1e-12);
    CU_ASSERT_TRUE(o->forecast.below[i] <= o->forecast.above[i]);
    CU_ASSERT_DOUBLE_EQUAL(pln_normal(o->forecast.below[i]), c[0], 1e-9);
    CU_ASSERT_DOUBLE_EQUAL(pln_normal(-o->forecast.above[i]), c[2], 1e-9);
    for (guint k = 0; k < o->forecast.f; k++)
      tied += pow(o->forecast.loading[k * o->forecast.n_pad + i], 2);
    CU_ASSERT_DOUBLE_EQUAL(tied + pow(o->forecast.own[i], 2), 1, 1e-9);
  }
}

static void test_positions(void) {
  PlnProposal support = {.at = -1, .status_quo = -1}, issue = {.at = 80, .status_quo = 20};
  double c[3], u, sd;
  pln_outlook_position(&support, 100, 1e-6, c);
  CU_ASSERT_DOUBLE_EQUAL(c[2], 0.92, 0.001);
  pln_outlook_position(&support, 50, 1e-6, c);
  CU_ASSERT_DOUBLE_EQUAL(c[0], 0.25, 0.001);
  CU_ASSERT_DOUBLE_EQUAL(c[1], 0.5, 0.001);
  pln_outlook_position(&support, 0, 1e-6, c);
  CU_ASSERT_DOUBLE_EQUAL(c[0], 0.92, 0.001);
  pln_outlook_position(&support, 100, 30, c); /* less sure, less extreme */
  CU_ASSERT_TRUE(c[2] < 0.88 && c[2] > 0.7);
  pln_outlook_support(&issue, 80, 3, &u, &sd); /* the proposal is the ideal point */
  CU_ASSERT_DOUBLE_EQUAL(u, PLN_OUTLOOK_FIRM, 1e-12);
  CU_ASSERT_DOUBLE_EQUAL(sd, PLN_OUTLOOK_FIRM * 6 / 60, 1e-12);
  pln_outlook_support(&issue, 100, 3, &u, &sd); /* beyond it: as much nearer than what holds */
  CU_ASSERT_DOUBLE_EQUAL(u, PLN_OUTLOOK_FIRM, 1e-12);
  pln_outlook_support(&issue, 50, 3, &u, &sd);
  CU_ASSERT_DOUBLE_EQUAL(u, 0, 1e-12);
  pln_outlook_support(&issue, 0, 3, &u, &sd);
  CU_ASSERT_DOUBLE_EQUAL(u, -PLN_OUTLOOK_FIRM, 1e-12);
}

static void test_nothing_known(void) {
  Setting s = setting(scene_read("scenario.csv", OWN, "members.csv", SEATS, "proposals.csv", ONE,
                                 NULL), made_electorate());
  g_autoptr(PlnOutlook) o = look(&s);
  holds_together(o);
  CU_ASSERT_EQUAL(o->n, SEATS_ALL);
  CU_ASSERT_EQUAL(o->basis[ANA], PLN_SEAT_FILLED);
  CU_ASSERT_EQUAL(o->basis[EVA], PLN_SEAT_SHARES);
  CU_ASSERT_EQUAL(o->rows->len, 0);
  CU_ASSERT_DOUBLE_EQUAL(o->absent[ANA], 0.1, 1e-12);
  CU_ASSERT_DOUBLE_EQUAL(o->absent[EVA], 0.1, 1e-12);
  CU_ASSERT_DOUBLE_EQUAL(o->chance[3 * ANA + 2], o->chance[3 * ANA], 1e-9); /* either way round */
  CU_ASSERT_DOUBLE_EQUAL(o->gap, 15.0 / 365, 0.02);
  CU_ASSERT_EQUAL(o->age, 0);
  CU_ASSERT_EQUAL(o->weakest, PLN_STATUS_INFERRED);
  leave(&s);
}

static void test_stances(void) {
  Setting s = setting(
      scene_read("scenario.csv", OWN, "members.csv", SEATS, "blocs.csv", BLOCS, "proposals.csv", ONE,
                 "positions.csv", "who,position,sd,status\nFRONT,95,10,reported\n", NULL),
      made_electorate());
  g_autoptr(PlnOutlook) o = look(&s);
  holds_together(o);
  CU_ASSERT_EQUAL(o->basis[ANA], PLN_SEAT_STANCE);
  CU_ASSERT_EQUAL(o->basis[CAI], PLN_SEAT_FILLED);
  CU_ASSERT_EQUAL(o->status[BEA], PLN_STATUS_REPORTED);
  CU_ASSERT_TRUE(o->chance[3 * ANA + 2] > 0.85);
  CU_ASSERT_DOUBLE_EQUAL(o->chance[3 * ANA + 2], o->chance[3 * BEA + 2], 1e-12);
  /* Those on the other side are filled in against it, the stranger with the shares. */
  CU_ASSERT_TRUE(o->chance[3 * CAI] > o->chance[3 * CAI + 2] + 0.1);
  /* The bloc's error is common to its members, and to nobody else. */
  CU_ASSERT_EQUAL_FATAL(o->rows->len, 1);
  const double *row = o->forecast.loading + o->shared * o->forecast.n_pad;
  CU_ASSERT_TRUE(row[ANA] > 0.3);
  CU_ASSERT_DOUBLE_EQUAL(row[ANA], row[BEA], 1e-12);
  CU_ASSERT_EQUAL(row[CAI], 0);
  /* Left out when asked. */
  s.options.stances = FALSE;
  g_autoptr(PlnOutlook) without = look(&s);
  CU_ASSERT_EQUAL(without->basis[ANA], PLN_SEAT_FILLED);
  leave(&s);
}

static void test_pledges(void) {
  Setting s = setting(
      scene_read("scenario.csv", OWN, "members.csv", SEATS, "proposals.csv", ONE, "whip.csv",
                 "state,answer,heard,sponsor\nANA,yes,2026-01-14,yes\nDAN,no-instructions,,\n"
                 "CAI,leans-no,2026-01-01,\n", NULL),
      made_electorate());
  g_autoptr(PlnOutlook) o = look(&s);
  holds_together(o);
  CU_ASSERT_EQUAL(o->basis[ANA], PLN_SEAT_HEARD);
  CU_ASSERT_EQUAL(o->basis[CAI], PLN_SEAT_HEARD);
  CU_ASSERT_EQUAL(o->basis[DAN], PLN_SEAT_FILLED); /* which tells nothing */
  CU_ASSERT_TRUE(o->chance[3 * ANA + 2] > 0.9 && o->chance[3 * ANA + 2] < 1);
  CU_ASSERT_TRUE(o->chance[3 * BEA + 2] > 0.6);
  CU_ASSERT_TRUE(o->chance[3 * DAN] > 0.6);
  CU_ASSERT_TRUE(o->without[3 * ANA + 2] < o->chance[3 * ANA + 2]);
  CU_ASSERT_PTR_NOT_NULL(o->pledge->pdata[DAN]);
  CU_ASSERT_PTR_NULL(o->pledge->pdata[EVA]);
  leave(&s);
}

/* What a state said itself is not lost under what is stated of its bloc. */
static void test_heard_and_stated(void) {
  Setting s = setting(
      scene_read("scenario.csv", OWN, "members.csv", SEATS, "blocs.csv", BLOCS, "proposals.csv", ONE,
                 "positions.csv", "who,position,sd\nFRONT,5,10\n", "whip.csv",
                 "state,answer,heard\nANA,yes,2026-01-14\n", NULL),
      made_electorate());
  g_autoptr(PlnOutlook) o = look(&s);
  holds_together(o);
  CU_ASSERT_EQUAL(o->basis[ANA], PLN_SEAT_HEARD);
  CU_ASSERT_EQUAL(o->basis[BEA], PLN_SEAT_STANCE);
  CU_ASSERT_TRUE(o->chance[3 * ANA + 2] > o->chance[3 * BEA + 2] + 0.1);
  CU_ASSERT_DOUBLE_EQUAL(o->without[3 * ANA], o->chance[3 * BEA], 1e-12);
  s.options.pledges = FALSE;
  g_autoptr(PlnOutlook) unheard = look(&s);
  CU_ASSERT_EQUAL(unheard->basis[ANA], PLN_SEAT_STANCE);
  leave(&s);
}

static void test_record(void) {
  Setting s = setting(
      scene_read("scenario.csv", OWN, "members.csv", SEATS, "proposals.csv",
                 "id,title,record\np1,A,partial\n", "votes.csv", "state,vote,status\nANA,Y,verified\nDAN,X,verified\n", NULL),
      made_electorate());
  g_autoptr(PlnOutlook) o = look(&s);
  holds_together(o);
  CU_ASSERT_EQUAL(o->basis[ANA], PLN_SEAT_RECORD);
  CU_ASSERT_EQUAL(o->chance[3 * ANA + 2], 1);
  CU_ASSERT_EQUAL(o->absent[ANA], 0);
  CU_ASSERT_EQUAL(o->basis[DAN], PLN_SEAT_RECORD);
  CU_ASSERT_EQUAL(o->absent[DAN], 1);
  CU_ASSERT_TRUE(o->chance[3 * BEA + 2] > 0.6);
  s.options.record = FALSE;
  g_autoptr(PlnOutlook) forecast = look(&s);
  CU_ASSERT_EQUAL(forecast->basis[ANA], PLN_SEAT_FILLED);
  leave(&s);
}

/* A vote that the electorate was fitted to is refused, unless asked for. */
static void test_seen(void) {
  Setting s = setting(scene_read("scenario.csv", OWN, "members.csv", SEATS, "proposals.csv",
                                 "id,title,date\np1,A,2024-05-01\n", NULL), made_electorate());
  GError *error = NULL;
  CU_ASSERT_PTR_NULL(pln_outlook_new(s.scenario, 0, NULL, PLN_DAY_NONE, &s.options, &error));
  CU_ASSERT_TRUE(scene_error(&error, PLN_ERROR_DATA, "no forecast"));
  s.options.in_sample = TRUE;
  pln_outlook_free(look(&s));
  leave(&s);
}

static void test_age(void) {
  Setting s = setting(scene_read("scenario.csv", OWN, "members.csv", SEATS, "blocs.csv", BLOCS,
                                 "proposals.csv", "id,title,date\np1,A,2035-12-31\n", "whip.csv",
                                 "state,answer,heard\nANA,yes,2026-01-14\n", NULL),
                      made_electorate());
  g_autoptr(PlnOutlook) old = look(&s);
  CU_ASSERT_DOUBLE_EQUAL(old->gap, 10, 0.01);
  CU_ASSERT_DOUBLE_EQUAL(old->age, 9, 0.01);
  s.options.no_drift = TRUE;
  g_autoptr(PlnOutlook) young = look(&s);
  CU_ASSERT_EQUAL(young->age, 0);
  CU_ASSERT_TRUE(young->chance[3 * BEA + 2] > old->chance[3 * BEA + 2]);
  leave(&s);
}

static void test_many_rows(void) {
  GString *seats = g_string_new("state,name\n"), *rows = g_string_new("who,position\n");
  for (guint i = 0; i < 150; i++) {
    g_string_append_printf(seats, "S%03u,Seat %u\n", i, i);
    g_string_append_printf(rows, "S%03u,%u\n", i, i % 101);
  }
  Setting s = setting(scene_read("scenario.csv", OWN, "members.csv", seats->str, "proposals.csv",
                                 ONE, "positions.csv", rows->str, NULL), made_electorate());
  g_autoptr(PlnOutlook) o = look(&s);
  holds_together(o);
  CU_ASSERT_EQUAL(o->forecast.f, PLN_FORECAST_FACTORS);
  g_string_free(seats, TRUE);
  g_string_free(rows, TRUE);
  leave(&s);
}

/* The shipped electorate and flagship: every seat has an answer. */
static void test_flagship(void) {
  GError *error = NULL;
  g_autofree char *path = g_build_filename(g_getenv("PLENARY_DATA"), "positions", "s70-74", NULL);
  PlnElectorate *e = pln_electorate_load(scene_world(), path, &error);
  CU_ASSERT_PTR_NOT_NULL_FATAL(e);
  Setting s = setting(scene_shipped("protocol-offences"), e);
  guint of[5] = {0};
  g_autoptr(PlnOutlook) o = look(&s);
  holds_together(o);
  for (guint i = 0; i < o->n; i++)
    of[o->basis[i]]++;
  CU_ASSERT_EQUAL(o->n, 193);
  CU_ASSERT_TRUE(of[PLN_SEAT_STANCE] > 50 && of[PLN_SEAT_FILLED] > 20);
  CU_ASSERT_EQUAL(of[PLN_SEAT_SHARES], 0);
  CU_ASSERT_EQUAL(o->weakest, PLN_STATUS_ASSUMED);
  CU_ASSERT_TRUE(o->age > 4);
  leave(&s);
}

int main(void) {
  CU_TestInfo tests[] = {{"positions", test_positions}, {"nothing known", test_nothing_known},
                         {"stances", test_stances},     {"pledges", test_pledges},
                         {"record", test_record},  {"heard and stated", test_heard_and_stated},       {"seen", test_seen},
                         {"age", test_age},             {"many rows", test_many_rows},
                         {"flagship", test_flagship},   CU_TEST_INFO_NULL};
  int status = suite_run("outlook", tests);
  scene_end();
  return status;
}
