/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/placing.h"

#include <math.h>
#include <string.h>

#include "plenary/error.h"
#include "plenary/normal.h"
#include "plenary/outlook.h"

enum { K = PLN_VOTE_KINDS, LANES = 8, CLASSES = 3 };

/* The answers of a prediction by vote. */
static const guint answer_of[CLASSES] = {[PLN_VOTE_Y] = 2, [PLN_VOTE_N] = 0, [PLN_VOTE_A] = 1};

/* A forecast and its arrays. */
typedef struct {
  PlnForecast forecast;
  double *below, *above, *loading, *own, *absent;
} Joint;

static void joint_clear(Joint *j) {
  double *all[] = {j->below, j->above, j->loading, j->own, j->absent};
  for (gsize k = 0; k < G_N_ELEMENTS(all); k++)
    g_free(all[k]);
}

static PlnPrediction *predict(const PlnPlacingCase *known, gboolean told) {
  const PlnElectorate *e = known->electorate;
  g_autofree PlnEvidence *evidence = g_new0(PlnEvidence, e->n + 1);
  for (guint i = 0; told && i < known->n; i++)
    if (known->place[i] >= 0 && known->vote[i] < CLASSES)
      evidence[known->place[i]] = pln_evidence_vote(answer_of[known->vote[i]]);
  PlnQuestion question = known->question;
  question.evidence = evidence;
  return pln_predictor_ask(known->predictor, &question);
}

static double absence(const PlnElectorate *e, guint state) {
  return e->absent_a[state] / (e->absent_a[state] + e->absent_b[state]);
}

/* Chances of Y, N, A among those that vote, then of absence, of one of the electorate. */
static void chances_of(const PlnElectorate *e, const PlnPrediction *p, guint state, double out[K]) {
  for (guint k = 0; k < CLASSES; k++)
    out[k] = p->chance[(gsize)state * CLASSES + answer_of[k]];
  out[PLN_VOTE_X] = absence(e, state);
}

/* The mean of the voters that the electorate knows, of @group (all: -2), named or not. */
static guint mean_of(const PlnPlacingCase *known, const PlnPrediction *p, int group, double out[K]) {
  guint count = 0;
  memset(out, 0, K * sizeof *out);
  for (guint i = 0; i < known->n; i++) {
    double own[K];
    if (known->place[i] < 0 || (group > -2 && known->group[i] != group))
      continue;
    chances_of(known->electorate, p, (guint)known->place[i], own);
    for (guint k = 0; k < K; k++)
      out[k] += own[k];
    count++;
  }
  for (guint k = 0; k < K && count > 0; k++)
    out[k] /= count;
  return count;
}

static void with_absence(double p[K]) {
  for (guint k = 0; k < CLASSES; k++)
    p[k] *= 1 - p[PLN_VOTE_X];
}

void pln_placing_shares(const PlnPlacingCase *known, double *share) {
  g_autoptr(PlnPrediction) p = predict(known, FALSE);
  for (guint g = 0; g <= known->n_groups; g++) {
    double *out = share + (gsize)g * K;
    if (mean_of(known, p, g < known->n_groups ? (int)g : -1, out) == 0 &&
        mean_of(known, p, -2, out) == 0)
      for (guint k = 0; k < K; k++)
        out[k] = k == PLN_VOTE_X ? 0.1 : 1.0 / CLASSES;
    with_absence(out);
  }
}

static double *padded(guint n) {
  return g_new0(double, n + 1);
}

static Joint joint_of(const PlnPlacingCase *known, const PlnPlacing *p) {
  guint n = p->unnamed, pad = (n + LANES - 1) / LANES * LANES, f = p->prediction->f;
  Joint j = {.below = padded(pad),
             .above = padded(pad),
             .loading = padded(pad * f),
             .own = padded(pad),
             .absent = padded(pad)};
  double mean[K];
  if (mean_of(known, p->prediction, -2, mean) == 0)
    for (guint k = 0; k < K; k++)
      mean[k] = k == PLN_VOTE_X ? 0.1 : 1.0 / CLASSES;
  for (guint i = 0; i < n; i++) {
    int place = known->place[p->seat[i]];
    double c[K], squares = 0;
    memcpy(c, mean, sizeof c);
    if (place >= 0)
      chances_of(known->electorate, p->prediction, (guint)place, c);
    j.below[i] = pln_normal_inverse(c[PLN_VOTE_N]);
    j.above[i] = MAX(-pln_normal_inverse(c[PLN_VOTE_Y]), j.below[i]);
    j.absent[i] = pln_normal_inverse(c[PLN_VOTE_X]);
    for (guint k = 0; k < f && place >= 0; k++) {
      double l = p->prediction->loading[(gsize)place * f + k];
      j.loading[(gsize)k * pad + i] = l;
      squares += l * l;
    }
    j.own[i] = sqrt(MAX(1 - squares, 1e-6));
  }
  j.forecast =
      (PlnForecast){n,     pad,      f, j.below, j.above, j.loading, j.own, j.absent,
                    PLN_OUTLOOK_TURNOUT, 0};
  return j;
}

static PlnPlacing *placing_open(const PlnPlacingCase *known) {
  PlnPlacing *p = g_new0(PlnPlacing, 1);
  p->n = known->n;
  p->seat = g_new(guint, known->n + 1);
  for (guint i = 0; i < known->n; i++) {
    if (known->vote[i] != PLN_VOTE_UNKNOWN)
      continue;
    p->unknown += known->place[i] < 0;
    p->seat[p->unnamed++] = i;
  }
  p->before = g_new0(double, (gsize)p->unnamed *K + 1);
  p->scaled = g_new0(double, (gsize)p->unnamed *K + 1);
  p->prediction = predict(known, TRUE);
  return p;
}

/* Without a tally a state's chances are as the joint forecast has them by itself. */
static void fill_before(PlnPlacing *p, const Joint *j) {
  for (guint i = 0; i < p->unnamed; i++) {
    double *out = p->before + (gsize)i * K;
    out[PLN_VOTE_X] = pln_normal(j->absent[i]);
    out[PLN_VOTE_N] = pln_normal(j->below[i]);
    out[PLN_VOTE_Y] = pln_normal(-j->above[i]);
    out[PLN_VOTE_A] = MAX(1 - out[PLN_VOTE_N] - out[PLN_VOTE_Y], 1e-9);
    with_absence(out);
  }
}

static gboolean take_left(const PlnPlacingCase *known, PlnPlacing *p, GError **error) {
  gint64 left[K], sum = 0;
  for (guint k = 0; k < K; k++)
    left[k] = known->total[k];
  for (guint i = 0; i < known->n; i++)
    if (known->vote[i] < K)
      left[known->vote[i]]--;
  for (guint k = 0; k < K; k++) {
    if (left[k] < 0)
      sum = -1;
    if (sum >= 0)
      sum += left[k];
    p->left[k] = (guint32)MAX(left[k], 0);
  }
  if (sum == p->unnamed)
    return TRUE;
  g_set_error(error, PLN_ERROR, PLN_ERROR_DATA,
              "the totals do not agree with the votes named and the number of members");
  return FALSE;
}

/* Group majorities: the shares given, and the members named. */
static void scale_groups(const PlnPlacingCase *known, PlnPlacing *p) {
  guint groups = known->n_groups + 1;
  g_autofree double *weight = g_new(double, (gsize)groups *K);
  g_autofree double *chance = g_new(double, (gsize)p->unnamed *K + 1);
  for (gsize i = 0; i < (gsize)groups * K; i++)
    weight[i] = PLN_PLACING_SHARES * MAX(known->share[i], 1e-3);
  for (guint i = 0; i < known->n; i++) {
    guint g = known->group[i] >= 0 ? (guint)known->group[i] : known->n_groups;
    if (known->vote[i] < K)
      weight[g * K + known->vote[i]]++;
  }
  for (guint i = 0; i < p->unnamed; i++) {
    int group = known->group[p->seat[i]];
    guint g = group >= 0 ? (guint)group : known->n_groups;
    memcpy(chance + (gsize)i * K, weight + (gsize)g * K, K * sizeof(double));
  }
  PlnTallyCase tally = {.n = p->unnamed, .chance = chance};
  memcpy(tally.total, p->left, sizeof tally.total);
  pln_tally_rake(&tally, p->scaled);
}

PlnPlacing *pln_placing_untold(const PlnPlacingCase *known) {
  PlnPlacing *p = placing_open(known);
  Joint j = joint_of(known, p);
  fill_before(p, &j);
  memcpy(p->scaled, p->before, (gsize)p->unnamed * K * sizeof *p->before);
  joint_clear(&j);
  return p;
}

PlnPlacing *pln_placing_new(const PlnPlacingCase *known, PlnProgress *progress, GError **error) {
  g_autoptr(PlnPlacing) p = placing_open(known);
  if (!take_left(known, p, error))
    return NULL;
  Joint j = joint_of(known, p);
  fill_before(p, &j);
  scale_groups(known, p);
  p->given = pln_reconstruct_new(&j.forecast, p->left, &known->options, progress, error);
  joint_clear(&j);
  return p->given ? g_steal_pointer(&p) : NULL;
}

void pln_placing_free(PlnPlacing *p) {
  if (!p)
    return;
  g_free(p->seat);
  g_free(p->before);
  g_free(p->scaled);
  pln_reconstruct_free(p->given);
  pln_prediction_free(p->prediction);
  g_free(p);
}
