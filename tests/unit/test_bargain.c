/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The talks of a scenario: distributions against what can be said of them on paper, the same draws
 * whatever else is edited and however many threads there are, losses, and support by hand. */
#include "plenary/bargain.h"

#include <math.h>
#include <string.h>

#include "plenary/bargain_part.h"
#include "plenary/error.h"
#include "plenary/normal.h"
#include "scene.h"
#include "suite.h"

#define KEYS "key,value\nformat,1\ntitle,It\nas_of,2026-01-15\nbody,model-un\n"
#define SEATS "state,name\nANA,Ana\nBEA,Bea\nCAI,Cai\nDAN,Dan\n"
#define BLOCS "bloc,member\nFRONT,ANA\nFRONT,BEA\nSIDE,CAI\nSIDE,DAN\n"
#define ONE "id,title\np1,A\n"
#define SCOPE "issue,from,to,reference,proposal\nscope,0,100,20,p1\n"
/* Emission standards, 1994: reference F2. */
#define EMISSION                                                                               \
  "issue,who,position,salience,capability\nyears,NLD,4,80,.08\nyears,BEL,7,40,.08\n"           \
  "years,LUX,4,20,.03\nyears,DEU,4,80,.16\nyears,FRA,10,60,.16\nyears,ITA,10,60,.16\n"         \
  "years,GBR,10,90,.16\nyears,IRL,7,10,.05\nyears,DNK,4,100,.05\nyears,GRC,7,70,.08\n"
#define TEN "state,name\nNLD,a\nBEL,b\nLUX,c\nDEU,d\nFRA,e\nITA,f\nGBR,g\nIRL,h\nDNK,i\nGRC,j\n"

static PlnScenario *scene(const char *proposals, const char *issues, const char *actors) {
  return scene_read("scenario.csv", KEYS, "members.csv", SEATS, "blocs.csv", BLOCS,
                    "proposals.csv", proposals, "issues.csv", issues, "actors.csv", actors, NULL);
}

static PlnScenario *emission(void) {
  return scene_read("scenario.csv", KEYS, "members.csv", TEN, "proposals.csv", ONE, "issues.csv",
                    "issue,from,to\nyears,4,10\n", "actors.csv", EMISSION, NULL);
}

static PlnBargainOptions asking(const char *method, guint draws) {
  PlnBargainOptions options = pln_bargain_options();
  options.method = pln_method_find(method);
  options.draws = draws;
  return options;
}

static PlnBargain *bargain(const PlnScenario *s, const PlnBargainOptions *options) {
  g_autoptr(GError) error = NULL;
  PlnBargain *b = pln_bargain_new(s, options, &error);
  CU_ASSERT_PTR_NOT_NULL_FATAL(b);
  return b;
}

static void edit(GArray *edits, const PlnScenario *s, PlnTalksEditKind kind, const char *text) {
  PlnTalksEdit it = {0};
  g_autoptr(GError) error = NULL;
  CU_ASSERT_TRUE_FATAL(pln_talks_edit_read(s, kind, text, &it, &error));
  g_array_append_val(edits, it);
}

static GArray *edits_new(void) {
  GArray *edits = g_array_new(FALSE, FALSE, sizeof(PlnTalksEdit));
  g_array_set_clear_func(edits, pln_talks_edit_clear);
  return edits;
}

static gboolean near(double a, double b, double most) {
  if (fabs(a - b) <= most)
    return TRUE;
  printf("\n  %.17g is not %.17g\n", a, b);
  return FALSE;
}

/* ---- Distributions ---- */

static void test_sum_up(void) {
  double value[] = {3, NAN, 1, 4, 2}, weight[] = {1, 5, 1, 1, 1};
  PlnBargainSpread s;
  CU_ASSERT_TRUE(pln_bargain_sum_up(5, value, weight, 0, 4, &s));
  CU_ASSERT(near(s.mean, 2.5, 1e-15) && near(s.sd, sqrt(1.25), 1e-15));
  CU_ASSERT_EQUAL(s.quantile[0], 1);
  CU_ASSERT_EQUAL(s.quantile[1], 1);
  CU_ASSERT_EQUAL(s.quantile[2], 2);
  CU_ASSERT_EQUAL(s.quantile[3], 3);
  CU_ASSERT_EQUAL(s.quantile[4], 4);
  CU_ASSERT_EQUAL(s.share[5], .25);
  CU_ASSERT_EQUAL(s.share[19], .25); /* the end belongs to the last part */
  weight[0] = 7;
  CU_ASSERT_TRUE(pln_bargain_sum_up(5, value, weight, 0, 4, &s));
  CU_ASSERT_EQUAL(s.quantile[1], 3);
  CU_ASSERT_FALSE(pln_bargain_sum_up(1, value + 1, NULL, 0, 4, &s));
}

/* The election's own chances on the emission standards, of reference F4. */
static void test_own(void) {
  g_autoptr(PlnScenario) s = emission();
  PlnBargainOptions options = asking("condorcet", 1000);
  g_autoptr(PlnBargain) b = bargain(s, &options);
  const PlnBargainIssue *it = &b->issue[0];
  CU_ASSERT_TRUE(it->has_spread && !it->has_drawn);
  CU_ASSERT(near(it->outcome, 7.34821934, 1e-8) && near(it->spread.mean, it->outcome, 1e-12));
  CU_ASSERT(near(it->spread.share[0], .24594033, 1e-8));
  CU_ASSERT(near(it->spread.share[10], .39204622, 1e-8));
  CU_ASSERT(near(it->spread.share[19], .36201345, 1e-8));
  CU_ASSERT(near(it->mean, 7.389955686853767, 1e-12));
  CU_ASSERT_EQUAL(it->median, 7);
  CU_ASSERT_EQUAL(it->spread.quantile[2], 7);
}

#define STATED "issue,who,position,sd,salience,capability,capability_sd\n"

/* A lognormal with mean 4 and deviation 2 has the median 4/sqrt(1.25) and the log's deviation
 * sqrt(log 1.25); the compromise between 100 and 0 is 100 c/(c + 1). */
static void test_capability(void) {
  g_autoptr(PlnScenario) s =
      scene(ONE, SCOPE, STATED "scope,ANA,100,,50,4,2\nscope,BEA,0,,50,1,\n");
  PlnBargainOptions options = asking("compromise", 20000);
  g_autoptr(PlnBargain) b = bargain(s, &options);
  const PlnBargainSpread *drawn = &b->issue[0].drawn;
  CU_ASSERT_TRUE_FATAL(b->issue[0].has_drawn);
  CU_ASSERT(near(b->issue[0].outcome, 80, 1e-12));
  for (guint q = 0; q < PLN_BARGAIN_QUANTILES; q++) {
    double c = 4 / sqrt(1.25) *
               pln_exp(sqrt(pln_log(1.25)) * pln_normal_inverse(pln_bargain_quantiles[q]));
    CU_ASSERT(near(drawn->quantile[q], 100 * c / (c + 1), .7));
  }
}

/* Half a normal at the end of the scale: mean sd sqrt(2/pi), variance sd^2 (1 - 2/pi). */
static void test_cut_off(void) {
  g_autoptr(PlnScenario) s = scene(ONE, SCOPE, STATED "scope,ANA,0,10,50,1,\nscope,BEA,0,,50,1,\n");
  PlnBargainOptions options = asking("compromise", 20000);
  g_autoptr(PlnBargain) b = bargain(s, &options);
  const PlnBargainSpread *drawn = &b->issue[0].drawn;
  CU_ASSERT(near(drawn->mean, 5 * sqrt(2 / G_PI), .1));
  CU_ASSERT(near(drawn->sd, 5 * sqrt(1 - 2 / G_PI), .1));
  CU_ASSERT(near(drawn->quantile[2], 5 * pln_normal_inverse(.75), .1));
}

/* With the method's own chances the draws' spread is theirs and that of the draws together. */
static void test_both(void) {
  g_autoptr(PlnScenario) s =
      scene(ONE, SCOPE, STATED "scope,ANA,20,.01,50,1,\nscope,BEA,60,,50,1,\n"
                               "scope,CAI,90,,50,2,\n");
  PlnBargainOptions options = asking("condorcet", 200);
  g_autoptr(PlnBargain) b = bargain(s, &options);
  const PlnBargainIssue *it = &b->issue[0];
  CU_ASSERT_TRUE_FATAL(it->has_spread && it->has_drawn);
  CU_ASSERT(near(it->drawn.mean, it->spread.mean, .01) && near(it->drawn.sd, it->spread.sd, .01));
  CU_ASSERT_EQUAL(it->without, 0);
}

/* ---- The same draws ---- */

#define TWO_ISSUES                                                                            \
  "issue,from,to,reference,proposal\nscope,0,100,20,p1\nterm,0,10,0,p1\n"
#define THREE                                                                                  \
  STATED "scope,ANA,20,8,50,1,.3\nscope,BEA,50,5,80,1,\nscope,CAI,70,,60,2,\n"                  \
         "term,ANA,2,1,50,1,\nterm,BEA,5,1,30,1,\nterm,CAI,9,2,90,2,.5\n"

static void test_common(void) {
  g_autoptr(PlnScenario) s = scene(ONE, TWO_ISSUES, THREE);
  PlnBargainOptions options = asking("compromise", 500);
  g_autoptr(PlnBargain) b = bargain(s, &options);
  g_autoptr(GArray) edits = edits_new();
  edit(edits, s, PLN_TALKS_POSITION, "scope:CAI=80");
  options.edits = edits;
  g_autoptr(PlnBargain) moved = bargain(s, &options);
  double lever = 0; /* CAI's, in the mean of the draws: ANA's capability is drawn */
  lever = (moved->issue[0].drawn.mean - b->issue[0].drawn.mean) / 10;
  CU_ASSERT(near(lever, b->lever[2 * 2], .01));
  CU_ASSERT(memcmp(&b->issue[1].drawn, &moved->issue[1].drawn, sizeof b->issue[1].drawn) == 0);
  edit(edits, s, PLN_TALKS_LEAVE, "scope:ANA"); /* all others draw as before */
  options.edits = edits;
  g_autoptr(PlnBargain) left = bargain(s, &options);
  CU_ASSERT(memcmp(&b->issue[1].drawn, &left->issue[1].drawn, sizeof b->issue[1].drawn) == 0);
}

/* Others are drawn as before where two become one, and there are fewer delegations. */
static void test_merged(void) {
  g_autoptr(PlnScenario) s =
      scene(ONE, TWO_ISSUES, STATED "scope,ANA,20,8,50,1,.3\nscope,BEA,50,5,80,1,\n"
                                    "term,CAI,5,1,30,1,.2\nterm,DAN,9,2,90,2,.5\n");
  PlnBargainOptions options = asking("compromise", 100);
  g_autoptr(PlnBargain) b = bargain(s, &options);
  g_autoptr(GArray) edits = edits_new();
  edit(edits, s, PLN_TALKS_MERGE, "BOTH=ANA,BEA");
  options.edits = edits;
  g_autoptr(PlnBargain) merged = bargain(s, &options);
  CU_ASSERT_EQUAL(merged->table->n, 3);
  CU_ASSERT_TRUE(b->issue[1].has_drawn);
  CU_ASSERT(memcmp(&b->issue[1].drawn, &merged->issue[1].drawn, sizeof b->issue[1].drawn) == 0);
}

static void test_threads(void) {
  g_autoptr(PlnScenario) s = scene(ONE, TWO_ISSUES, THREE);
  for (gsize k = 0; pln_methods[k]; k++) {
    PlnBargainOptions options = asking(pln_methods[k]->name, 200);
    options.tie_orders = strcmp(pln_methods[k]->name, "exchange") == 0;
    g_autoptr(PlnBargain) one = bargain(s, &options);
    options.threads = 3;
    g_autoptr(PlnBargain) three = bargain(s, &options);
    for (guint i = 0; i < 2; i++) {
      CU_ASSERT_EQUAL(one->issue[i].has_drawn, three->issue[i].has_drawn);
      CU_ASSERT_EQUAL(one->issue[i].without, three->issue[i].without);
      CU_ASSERT(memcmp(&one->issue[i].drawn, &three->issue[i].drawn,
                       sizeof one->issue[i].drawn) == 0);
    }
  }
}

/* Every draw of what is so little uncertain that nothing moves ends where the talks themselves end,
 * however many rounds they take.  Returns: how many methods went round for ever */
static guint draws_end_alike(const PlnScenario *s) {
  guint cycles = 0;
  for (gsize k = 0; pln_methods[k]; k++) {
    PlnBargainOptions options = asking(pln_methods[k]->name, 32);
    g_autoptr(PlnBargain) b = bargain(s, &options);
    CU_ASSERT_TRUE(b->table->uncertain);
    cycles += b->course->why == PLN_COURSE_CYCLE;
    for (guint i = 0; i < b->table->m; i++) {
      const PlnBargainIssue *it = &b->issue[i];
      CU_ASSERT_EQUAL(it->has_drawn, !isnan(it->outcome));
      CU_ASSERT_EQUAL(it->without, isnan(it->outcome) ? 32 : 0);
      CU_ASSERT(!it->has_drawn || near(it->drawn.mean, it->outcome, 1e-5));
    }
  }
  return cycles;
}

static void test_certain(void) {
  g_autoptr(PlnScenario) s = scene(ONE, TWO_ISSUES,
                                   STATED "scope,ANA,20,1e-9,50,1,\nscope,BEA,50,,80,1,\n"
                                          "scope,CAI,70,,60,2,\nterm,ANA,2,,50,1,\n"
                                          "term,BEA,5,,30,1,\nterm,CAI,9,,90,2,\n");
  CU_ASSERT(draws_end_alike(s) > 0); /* some method goes round here: it draws as it runs */
}

/* A value takes 8 bytes, of a distribution 16, and 24 while it is summed up. */
static void test_memory(void) {
  g_autoptr(PlnScenario) s =
      scene(ONE, SCOPE, STATED "scope,ANA,20,8,50,1,\nscope,BEA,50,5,80,1,\n");
  static const struct {
    const char *method, *most;
  } cases[] = {{"compromise", "expected at most 16777216 "}, {"condorcet", "expected at most 6710886 "}};
  for (gsize k = 0; k < G_N_ELEMENTS(cases); k++) {
    PlnBargainOptions options = asking(cases[k].method, 20000000);
    GError *error = NULL;
    CU_ASSERT_PTR_NULL(pln_bargain_new(s, &options, &error));
    CU_ASSERT_TRUE(scene_error(&error, PLN_ERROR_USAGE, cases[k].most));
  }
}

/* ---- Sides ---- */

static void test_losses(void) {
  g_autoptr(PlnScenario) s = scene(ONE, TWO_ISSUES, THREE);
  PlnBargainOptions options = asking("compromise", 0);
  g_autoptr(PlnBargain) b = bargain(s, &options);
  double scope = (.5 * 20 + .8 * 50 + 1.2 * 70) / 2.5, term = (.5 * 2 + .3 * 5 + 1.8 * 9) / 2.6;
  CU_ASSERT(near(b->issue[0].outcome, scope, 1e-12) && near(b->issue[1].outcome, term, 1e-12));
  double loss = (.5 * (scope - 20) / 100 + .5 * (term - 2) / 10) / 2;
  CU_ASSERT(near(b->side[0].loss, loss, 1e-12) && near(b->side[0].loss_before, loss, 1e-12));
  CU_ASSERT(near(b->side[0].loss_reference, (.5 * 0 + .5 * .2) / 2, 1e-12));
  CU_ASSERT_EQUAL(b->side[0].moved, 0);
  CU_ASSERT(near(b->lever[0], .2, 1e-12) && near(b->lever[1 * 2 + 1], .3 / 2.6, 1e-12));
  CU_ASSERT(isnan(b->side[0].externality));
}

/* What others' exchanges mean to a third one, summed anew from the positions before and after. */
static void test_externalities(void) {
  g_autoptr(PlnScenario) s =
      scene(ONE, TWO_ISSUES, STATED "scope,ANA,10,,90,1,\nscope,BEA,90,,20,1,\n"
                                    "scope,CAI,80,,50,1,\n"
                                    "term,ANA,1,,20,1,\nterm,BEA,9,,90,1,\nterm,CAI,2,,50,1,\n");
  PlnBargainOptions options = asking("exchange", 0);
  options.rounds = 1;
  g_autoptr(PlnBargain) b = bargain(s, &options);
  guint exchanges = 0;
  double sum = 0;
  for (guint d = 0; d < b->course->deals->len; d++) {
    const PlnCourseDeal *it = &g_array_index(b->course->deals, PlnCourseDeal, d);
    if (it->deal.kind != PLN_DEAL_EXCHANGE)
      continue;
    exchanges++;
    if (it->deal.actor != 2 && it->deal.other != 2)
      sum += b->course->externality[it->externality * 3 + 2];
  }
  CU_ASSERT(exchanges > 0);
  CU_ASSERT(near(b->side[2].externality, sum, 1e-12));
}

/* ---- Nothing to bargain for ---- */

static void test_degenerate(void) {
  static const char *const rows[] = {
      STATED "scope,ANA,40,,50,1,\n",
      STATED "scope,ANA,40,,50,1,\nscope,BEA,40,,20,3,\n",
      STATED "scope,ANA,40,,0,1,\nscope,BEA,70,,0,3,\n",
      STATED "scope,ANA,40,,50,0,\nscope,BEA,70,,20,0,\n",
  };
  for (gsize r = 0; r < G_N_ELEMENTS(rows); r++)
    for (gsize k = 0; pln_methods[k]; k++) {
      g_autoptr(PlnScenario) s = scene(ONE, SCOPE, rows[r]);
      PlnBargainOptions options = asking(pln_methods[k]->name, 10);
      g_autoptr(PlnBargain) b = bargain(s, &options);
      const PlnBargainIssue *it = &b->issue[0];
      CU_ASSERT_PTR_NOT_NULL(it->words);
      CU_ASSERT(isnan(it->outcome) || it->outcome == 40);
      CU_ASSERT(!isinf(b->side[0].loss) && !isinf(b->lever[0]));
    }
}

/* ---- Then vote ---- */

static const PlnStance *stance(GPtrArray *stances, const char *name, int proposal) {
  for (guint k = 0; k < stances->len; k++) {
    const PlnStance *it = stances->pdata[k];
    if (strcmp(pln_stance_name(it), name) == 0 && it->proposal == proposal)
      return it;
  }
  return NULL;
}

#define TALKS                                                                                   \
  "issue,who,position,sd,salience,capability,capability_sd\n"                                   \
  "scope,FRONT,80,10,50,3,\nscope,CAI,30,,100,1,\nscope,BEA,10,20,100,,\n"                       \
  "term,FRONT,6,,100,3,\nterm,CAI,0,,40,1,\n"

/* A package of two: (|x - reference| - |x - outcome|)/R weighted by salience, over what there is to
 * gain. */
static void test_stances(void) {
  g_autoptr(PlnScenario) s = scene(ONE, TWO_ISSUES, TALKS);
  PlnBargainOptions options = asking("compromise", 0);
  g_autoptr(PlnBargain) b = bargain(s, &options);
  double outcome[] = {60, 4};
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) stances = pln_bargain_stances(b, outcome, &error);
  CU_ASSERT_PTR_NOT_NULL_FATAL(stances);
  CU_ASSERT_EQUAL(stances->len, 3);
  double change = .4 + .4;
  const PlnStance *front = stance(stances, "FRONT", 0), *cai = stance(stances, "CAI", 0),
                  *bea = stance(stances, "BEA", 0);
  CU_ASSERT_FATAL(front && cai && bea);
  CU_ASSERT(near(front->position, 50 + 50 * (.5 * (.6 - .2) + 1 * (.6 - .2)) / change, 1e-12));
  CU_ASSERT_EQUAL(front->sd, PLN_STANCE_SD); /* 6.25 is less */
  CU_ASSERT(near(cai->position, 50 + 50 * (1 * (.1 - .3) + .4 * (0 - .4)) / change, 1e-12));
  CU_ASSERT_EQUAL(cai->sd, PLN_STANCE_SD);
  CU_ASSERT(near(bea->position, 50 + 50 * (1 * (.1 - .5) + 1 * (.6 - .2)) / change, 1e-12));
  CU_ASSERT(near(bea->sd, 50 * (2 * 1 * .2) / change, 1e-12));
  CU_ASSERT_EQUAL(front->who, PLN_STANCE_BLOC);
  CU_ASSERT_EQUAL(bea->who, PLN_STANCE_STATE);
}

#define PACKAGE "issue,from,to,reference,proposal\nx,0,100,20,p1\ny,0,100,10,p1\n"

static PlnScenario *overlapping(const char *blocs, const char *actors) {
  return scene_read("scenario.csv", KEYS, "members.csv", SEATS, "blocs.csv", blocs,
                    "proposals.csv", ONE, "issues.csv", PACKAGE, "actors.csv", actors, NULL);
}

static GPtrArray *stances_of(const PlnScenario *s, const double *outcome) {
  PlnBargainOptions options = asking("compromise", 0);
  g_autoptr(PlnBargain) b = bargain(s, &options);
  g_autoptr(GError) error = NULL;
  GPtrArray *stances = pln_bargain_stances(b, outcome, &error);
  CU_ASSERT_PTR_NOT_NULL_FATAL(stances);
  return stances;
}

/* The small bloc speaks for ANA and BEA on x, the large one on y: each of the two stands where the
 * small one would if it said itself what the large one says. */
static void test_several_speak(void) {
  static const double outcome[] = {60, 70};
  const char *blocs = "bloc,member\nSM,ANA\nSM,BEA\nLG,ANA\nLG,BEA\nLG,CAI\n";
  g_autoptr(PlnScenario) s = overlapping(
      blocs, "issue,who,position,salience,capability\nx,SM,30,50,1\ny,LG,90,80,1\nx,DAN,5,50,1\n");
  g_autoptr(PlnScenario) told = overlapping(
      blocs, "issue,who,position,salience,capability\nx,SM,30,50,1\ny,SM,90,80,1\n"
             "y,LG,90,80,1\nx,DAN,5,50,1\n");
  g_autoptr(GPtrArray) stances = stances_of(s, outcome), same = stances_of(told, outcome);
  const PlnStance *ana = stance(stances, "ANA", 0), *bea = stance(stances, "BEA", 0);
  CU_ASSERT_FATAL(ana && bea && stance(stances, "LG", 0));
  CU_ASSERT(near(ana->position, 50 + 50 * (.5 * (.1 - .3) + .8 * (.8 - .2)) / 1, 1e-12));
  CU_ASSERT_EQUAL(ana->position, bea->position);
  CU_ASSERT_EQUAL(ana->position, stance(same, "SM", 0)->position);
  CU_ASSERT_PTR_NULL(stance(stances, "SM", 0)); /* it would speak for nobody */
  CU_ASSERT(near(stance(stances, "LG", 0)->position, 50 + 50 * .8 * (.8 - .2) / 1, 1e-12));
}

/* BEA is in two blocs of one size: that which is named first speaks, in the vote too. */
static void test_tied_vote(void) {
  static const double outcome[] = {60, 70};
  g_autoptr(PlnScenario) s =
      overlapping("bloc,member\nB1,ANA\nB1,BEA\nB2,BEA\nB2,CAI\n",
                  "issue,who,position,salience\n,B2,70,50\n,B1,20,50\n");
  g_autoptr(GPtrArray) stances = stances_of(s, outcome);
  CU_ASSERT_EQUAL_FATAL(stances->len, 3);
  CU_ASSERT_EQUAL(stance(stances, "BEA", 0)->position, stance(stances, "B2", 0)->position);
}

/* A member that differs by a row of no weaker status than inferred, but a position that is not. */
static void test_differing_status(void) {
  static const double outcome[] = {60, 70};
  g_autoptr(PlnScenario) s =
      scene(ONE, TWO_ISSUES, "issue,who,position,salience,status\nscope,FRONT,80,50,verified\n"
                             "scope,BEA,,60,verified\n,BEA,7,,disputed\nscope,CAI,30,50,verified\n"
                             "term,FRONT,6,50,verified\n");
  g_autoptr(GPtrArray) stances = stances_of(s, outcome);
  CU_ASSERT_EQUAL(stance(stances, "BEA", 0)->status, PLN_STATUS_DISPUTED);
  CU_ASSERT_EQUAL(stance(stances, "FRONT", 0)->status, PLN_STATUS_INFERRED);
}

static gboolean refused(const char *issues, const char *part) {
  g_autoptr(PlnScenario) s =
      scene(ONE, issues, STATED "scope,ANA,20,,50,1,\nscope,BEA,20,,50,1,\n");
  PlnBargainOptions options = asking("compromise", 0);
  g_autoptr(PlnBargain) b = bargain(s, &options);
  GError *error = NULL;
  g_autoptr(GPtrArray) stances = pln_bargain_stances(b, NULL, &error);
  return !stances && scene_error(&error, PLN_ERROR_DATA, part);
}

static void test_not_put(void) {
  CU_ASSERT(refused("issue,from,to,reference,proposal\nscope,0,100,20,\n", "no issue is put"));
  CU_ASSERT(refused("issue,from,to,reference,proposal\nscope,0,100,,p1\n", "no reference point"));
  CU_ASSERT(refused("issue,from,to,reference,proposal\nscope,0,100,20,p1\n",
                    "end at the reference point"));
}

/* Half the chance at either end and a reference point between: the forecast lies there, the talks
 * do not end there. */
static void test_put_elsewhere(void) {
  g_autoptr(PlnScenario) s = scene(ONE, "issue,from,to,reference,proposal\nscope,0,100,50,p1\n",
                                   STATED "scope,ANA,0,,50,1,\nscope,BEA,100,,50,1,\n");
  PlnBargainOptions options = asking("condorcet", 0);
  g_autoptr(PlnBargain) b = bargain(s, &options);
  GError *error = NULL;
  CU_ASSERT_PTR_NULL(pln_bargain_stances(b, NULL, NULL));
  CU_ASSERT_TRUE(pln_bargain_can_put(b, NULL));
  options.method = pln_method_find("compromise"); /* a point: it is nowhere else */
  g_autoptr(PlnBargain) point = bargain(s, &options);
  CU_ASSERT_FALSE(pln_bargain_can_put(point, &error));
  CU_ASSERT_TRUE(scene_error(&error, PLN_ERROR_DATA, "end at the reference point"));
}

/* Positions on what is bargained for are gone, those on other proposals hold, one for every
 * proposal too. */
static void test_view(void) {
  g_autoptr(PlnScenario) s =
      scene_read("scenario.csv", KEYS, "members.csv", SEATS, "blocs.csv", BLOCS, "proposals.csv",
                 "id,title,at,status_quo\np1,A,80,20\np2,B,,\np3,C,,\n", "issues.csv", SCOPE,
                 "actors.csv", STATED "scope,ANA,60,,50,1,\nscope,BEA,80,,50,1,\n", "positions.csv",
                 "proposal,who,position\n,ALL,40\np1,ANA,10\np2,ANA,90\np3,ALL,70\n", NULL);
  PlnBargainOptions options = asking("compromise", 0);
  g_autoptr(PlnBargain) b = bargain(s, &options);
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) stances = pln_bargain_stances(b, NULL, &error);
  CU_ASSERT_PTR_NOT_NULL_FATAL(stances);
  PlnScenario *view = pln_bargain_view_new(b, NULL, stances);
  CU_ASSERT_EQUAL(view->stances->len, 5);
  CU_ASSERT_PTR_NOT_NULL(stance(view->stances, "ALL", 1));
  CU_ASSERT_EQUAL(stance(view->stances, "ALL", 2)->position, 70);
  CU_ASSERT_PTR_NULL(stance(view->stances, "ALL", -1));
  CU_ASSERT(near(stance(view->stances, "ANA", 0)->position, 50 + 50 * .5 * (40 - 10) / 50., 1e-12));
  CU_ASSERT_EQUAL(pln_scenario_proposal(view, 0)->at, -1);
  CU_ASSERT_EQUAL(pln_scenario_proposal(s, 0)->at, 80);
  CU_ASSERT_EQUAL(s->stances->len, 4);
  pln_bargain_view_free(view);
}

static CU_TestInfo tests[] = {{"values with weights, summed up", test_sum_up},
                              {"the election's own chances", test_own},
                              {"capability is lognormal", test_capability},
                              {"positions are cut off", test_cut_off},
                              {"both spreads together", test_both},
                              {"the same draws after an edit", test_common},
                              {"the same draws after a merger", test_merged},
                              {"the same for any number of threads", test_threads},
                              {"what is certain", test_certain},
                              {"what fits into memory", test_memory},
                              {"losses and levers", test_losses},
                              {"externalities", test_externalities},
                              {"nothing to bargain for", test_degenerate},
                              {"support for an outcome", test_stances},
                              {"support where several speak", test_several_speak},
                              {"support where blocs are tied", test_tied_vote},
                              {"the status of what differs", test_differing_status},
                              {"what cannot be put", test_not_put},
                              {"what is put elsewhere alone", test_put_elsewhere},
                              {"the view", test_view},
                              CU_TEST_INFO_NULL};

int main(void) {
  int status = suite_run("bargain", tests);
  scene_end();
  return status;
}
