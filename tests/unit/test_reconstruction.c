/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Votes that only a tally tells of, placed: made votes whose truth is known, what must hold of
 * any placing, and the shipped scenario of which no more is public. */
#include "plenary/reconstruction.h"

#include <math.h>
#include <string.h>

#include "plenary/electorate_file.h"
#include "plenary/error.h"
#include "plenary/load.h"
#include "plenary/reconstruct_backtest.h"
#include "plenary/simulate.h"
#include "scene.h"
#include "suite.h"

enum { K = PLN_VOTE_KINDS };

static PlnElectorate *shipped(const char *name) {
  g_autofree char *data = pln_data_folder(NULL);
  g_autofree char *path = g_build_filename(data, "positions", name, NULL);
  PlnElectorate *e = pln_electorate_load(scene_world(), path, NULL);
  CU_ASSERT_PTR_NOT_NULL_FATAL(e);
  return e;
}

static PlnReconstruction *rebuild(const PlnScenario *s, const PlnReconstructionOptions *options,
                                  GError **error) {
  g_autoptr(PlnElectorate) e = shipped("s70-74");
  g_autoptr(PlnPredictor) predictor = pln_predictor_new(e, NULL, NULL);
  PlnReconstruction *r = pln_reconstruction_new(s, e, predictor, options, NULL, error);
  if (r)
    r->electorate = NULL; /* not looked at below */
  return r;
}

static double chance_of(const PlnRebuiltItem *item, const char *code, PlnVote vote) {
  for (guint i = 0; i < item->placing->unnamed; i++)
    if (strcmp(item->proposal->roster->state[item->placing->seat[i]]->code, code) == 0)
      return item->placing->given->chance[i * K + vote];
  return -1;
}

/* The largest distance of the sums of @chance from the votes left. */
static double off(const PlnPlacing *p, const double *chance) {
  double sum[K] = {0}, worst = 0;
  for (guint i = 0; i < p->unnamed; i++)
    for (guint k = 0; k < K; k++)
      sum[k] += chance[i * K + k];
  for (guint k = 0; k < K; k++)
    worst = MAX(worst, fabs(sum[k] - p->left[k]));
  return worst;
}

static void test_deletions(void) {
  g_autoptr(PlnScenario) s = scene_shipped("deletions-2024");
  PlnReconstructionOptions options = {.proposal = -1, .draws = {.seed = 1, .draws = 512}};
  g_autoptr(PlnReconstruction) r = rebuild(s, &options, NULL);
  CU_ASSERT_PTR_NOT_NULL_FATAL(r);
  const PlnRebuiltItem *item = pln_reconstruction_item(r, 0);
  CU_ASSERT_TRUE(r->items->len == 7 && r->n_rebuilt == 1);
  CU_ASSERT_EQUAL(r->weakest, PLN_STATUS_RECONSTRUCTED);
  CU_ASSERT_TRUE(item->kind == PLN_REBUILT && item->names == 8 && item->named[PLN_VOTE_Y] == 8);
  CU_ASSERT_EQUAL(item->gap_days, 1686);
  CU_ASSERT_EQUAL(item->weakest, PLN_STATUS_INFERRED);
  const PlnPlacing *p = item->placing;
  static const guint32 left[K] = {15, 102, 26, 42};
  CU_ASSERT_TRUE(memcmp(p->left, left, sizeof left) == 0 && p->unnamed == 185);
  CU_ASSERT_TRUE(off(p, p->given->chance) < 1e-9 && off(p, p->scaled) < 1e-7);
  for (guint i = 0; i < p->unnamed * K; i++)
    CU_ASSERT_TRUE(p->given->chance[i] > 0 && p->given->chance[i] < 1);
  CU_ASSERT_EQUAL(chance_of(item, "RUS", PLN_VOTE_Y), -1); /* a name has no chance */
  CU_ASSERT_TRUE(chance_of(item, "CUB", PLN_VOTE_Y) > 0.4);
  CU_ASSERT_TRUE(chance_of(item, "USA", PLN_VOTE_N) > 0.9);
  for (guint k = 1; k < 7; k++) {
    const PlnRebuiltItem *other = pln_reconstruction_item(r, k);
    CU_ASSERT_TRUE(other->kind == PLN_REBUILT_UNTOLD && !other->placing && other->like == 0);
    CU_ASSERT_TRUE(memcmp(other->projected, item->projected, sizeof other->projected) == 0);
  }
  double all = 0;
  for (guint b = 0; b < item->blocs->len; b++) {
    const PlnRebuiltBloc *part = &g_array_index(item->blocs, PlnRebuiltBloc, b);
    for (guint k = 0; k < K && strcmp(part->bloc->kind, "regional-group") == 0; k++)
      all += part->expected[k];
  }
  CU_ASSERT_TRUE(fabs(all - 193) < 1e-6);
}

static void test_without(void) {
  if (suite_is_quick())
    return;
  static const char *const iran[] = {"IRN", NULL}, *const nobody[] = {"USA", NULL};
  g_autoptr(PlnScenario) s = scene_shipped("deletions-2024");
  PlnReconstructionOptions options = {
      .proposal = 0, .without = iran, .draws = {.seed = 1, .draws = 256}};
  GError *error = NULL;
  g_autoptr(PlnReconstruction) r = rebuild(s, &options, NULL);
  const PlnRebuiltItem *item = pln_reconstruction_item(r, 0);
  CU_ASSERT_TRUE(r->items->len == 1 && item->names == 7 && item->left_out->len == 1);
  CU_ASSERT_EQUAL(item->weakest, PLN_STATUS_REPORTED);
  CU_ASSERT_EQUAL(item->placing->left[PLN_VOTE_Y], 16);
  CU_ASSERT_TRUE(chance_of(item, "IRN", PLN_VOTE_Y) > 0.4); /* the inference is borne out */
  options.without = nobody;
  CU_ASSERT_PTR_NULL(rebuild(s, &options, &error));
  CU_ASSERT_TRUE(scene_error(&error, PLN_ERROR_USAGE, "USA"));
}

static void test_complete_and_seen(void) {
  g_autoptr(PlnScenario) s = scene_shipped("res-74-247");
  PlnReconstructionOptions options = {.proposal = -1, .draws = {.seed = 1, .draws = 64}};
  g_autoptr(PlnReconstruction) r = rebuild(s, &options, NULL);
  CU_ASSERT_TRUE(r->n_rebuilt == 0);
  CU_ASSERT_EQUAL(pln_reconstruction_item(r, 0)->kind, PLN_REBUILT_COMPLETE);
  GError *error = NULL;
  g_autoptr(PlnScenario) seen = scene_read(
      "scenario.csv", "key,value\nformat,1\ntitle,T\nas_of,2018-12-17\nbody,general-assembly\n",
      "proposals.csv",
      "id,title,kind,date,record,yes,no,abstain,status,source\n"
      "p,P,text,2018-12-17,tally,94,59,33,verified,s\n",
      NULL);
  CU_ASSERT_PTR_NULL(rebuild(seen, &options, &error));
  CU_ASSERT_TRUE(scene_error(&error, PLN_ERROR_DATA, "window"));
  options.in_sample = TRUE;
  g_autoptr(PlnReconstruction) again = rebuild(seen, &options, &error);
  CU_ASSERT_TRUE(again && again->n_rebuilt == 1);
}

/* Votes made by an electorate are placed better by it than by group majorities, and the
 * chances come true as often as they say. */
static void test_made_votes(void) {
  if (suite_is_quick())
    return;
  enum { CALLS = 12, SHOWN = 8 };
  g_autoptr(PlnElectorate) e = shipped("s70-74");
  g_autoptr(PlnPredictor) predictor = pln_predictor_new(e, NULL, NULL);
  PlnSimulateOptions how = pln_simulation_options(e);
  how.n_calls = CALLS;
  how.seed = 3;
  g_autoptr(PlnSimulation) made = pln_simulate(e, &how);
  g_autofree int *place = g_new(int, e->n);
  g_autofree double *share = g_new0(double, (e->n_groups + 1) * K);
  g_autofree PlnVote *vote = g_malloc(e->n);
  double own = 0, groups = 0, expected = 0, came = 0;
  for (guint i = 0; i < e->n; i++)
    place[i] = (int)i;
  for (guint j = 0; j < CALLS; j++) {
    const guint8 *row = pln_vote_matrix_row(made->matrix, j);
    PlnPlacingCase known = {.electorate = e,
                            .predictor = predictor,
                            .n = e->n,
                            .place = place,
                            .vote = vote,
                            .group = e->in_group,
                            .n_groups = e->n_groups,
                            .share = share,
                            .options = {.seed = 1, .draws = 256},
                            .question = {.session = -1}};
    for (guint i = 0; i < e->n; i++) {
      known.total[row[i]]++;
      vote[i] = i % (e->n / SHOWN) == 0 ? row[i] : PLN_VOTE_UNKNOWN;
    }
    pln_placing_shares(&known, share);
    GError *error = NULL;
    g_autoptr(PlnPlacing) p = pln_placing_new(&known, NULL, &error);
    CU_ASSERT_PTR_NOT_NULL_FATAL(p);
    for (guint i = 0; i < p->unnamed; i++) {
      PlnVote truth = row[p->seat[i]];
      own -= log(p->given->chance[i * K + truth]);
      groups -= log(p->scaled[i * K + truth]);
      for (guint k = 0; k < K; k++)
        if (p->given->chance[i * K + k] > PLN_REBUILT_PLACED) {
          expected += p->given->chance[i * K + k];
          came += truth == k;
        }
    }
    known.total[PLN_VOTE_Y]++;
    CU_ASSERT_PTR_NULL(pln_placing_new(&known, NULL, &error));
    CU_ASSERT_TRUE(scene_error(&error, PLN_ERROR_DATA, "totals"));
  }
  CU_ASSERT_TRUE(own < 0.92 * groups);
  CU_ASSERT_TRUE(fabs(came - expected) < 0.08 * expected);
}

int main(void) {
  CU_TestInfo tests[] = {{"deletions", test_deletions},
                         {"without", test_without},
                         {"complete and seen", test_complete_and_seen},
                         {"made votes", test_made_votes},
                         CU_TEST_INFO_NULL};
  int status = suite_run("reconstruction", tests);
  scene_end();
  return status;
}
