/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/predictor.h"

#include <math.h>
#include <string.h>

#include "plenary/error.h"
#include "plenary/normal.h"
#include "plenary/update.h"

/* How an expert starts, and how far the electorate may take it from there: the spread of the
 * question's centre and of the width of its band, and slopes and groups beside what the
 * electorate has seen.  Found, like the pool below, on sessions 60-69 (scripts/tune-whip). */
typedef struct {
  double kappa; /* of recurrence.h; 0: from the electorate itself */
  double slopes, groups, centre_sd, width_sd;
} PlnLeash;

static const PlnLeash leash[PLN_EXPERTS] = {
    {0.5, 0.1, 0.2, 0.3, 0.3}, {0.1, 0.8, 1.6, 1.0, 0.6}, {0, 1, 2, 0, 0}};

/* The pool: log powers at the start and by the log score of what was foretold; the log of all
 * powers together, where nothing is known and where much is, there by the best's mean score. */
typedef struct {
  double start[PLN_EXPERTS], by_score, unknown, known, by_mean;
  double ties;     /* loadings beside those of the update */
  double less_yes; /* by which the log of the chance of yes is lessened: it is said too often */
} PlnPool;

static const PlnPool pool_of_three = {{0, -0.568, -0.095}, 0.1111, 0.129, 0.444, 0.641, 1.3, 0.2},
                     pool_of_one = {{0, 0, 0}, 0, 0.009, 0.644, 0.341, 1, 0};
static const double HALFWAY = 10; /* pieces of evidence between nothing and much */
static const double LEAST = 1e-4, LEAST_TOTAL = -1, MOST_TOTAL = 1.5;
static const double NARROWEST = 0.02; /* half a band of indifference */
static const double NO_BAND = -6;     /* the log of its half with two answers: none to speak of */
static const double DRIFT = 0.05;     /* variance of support that a session more of age adds */

struct PlnPredictor {
  const PlnElectorate *electorate;
  const PlnRecurrence *recurrence;
  guint n, p;
  double *whitened; /* n x d: position times the root of the slopes' covariance */
  double *row;      /* n x p, of the expert at work */
  double *offset, *log_width, *seen_offset, *seen_log_width; /* n, likewise */
  double *chance, *without;                                  /* n x 3, of earlier roll calls */
  PlnUpdate *answer[PLN_EXPERTS];
};

void pln_predictor_free(PlnPredictor *p) {
  if (!p)
    return;
  double *all[] = {p->whitened,       p->row,    p->offset, p->log_width, p->seen_offset,
                   p->seen_log_width, p->chance, p->without};
  for (gsize k = 0; k < G_N_ELEMENTS(all); k++)
    g_free(all[k]);
  for (guint e = 0; e < PLN_EXPERTS; e++)
    pln_update_free(p->answer[e]);
  g_free(p);
}

static void whiten(PlnPredictor *p, const double *root) {
  const PlnElectorate *e = p->electorate;
  for (guint i = 0; i < e->n; i++)
    for (guint l = 0; l < e->d; l++) {
      double sum = 0;
      for (guint m = l; m < e->d; m++)
        sum += root[m * e->d + l] * e->position[(gsize)i * e->d + m];
      p->whitened[(gsize)i * e->d + l] = sum;
    }
}

static gboolean suits(const PlnElectorate *e, const PlnRecurrence *recurrence, double *root,
                      GError **error) {
  if (e->classes == 2 && recurrence)
    g_set_error(error, PLN_ERROR, PLN_ERROR_DATA,
                "the electorate knows two answers; expected one of three, no, abstain and yes, beside "
                "earlier roll calls");
  else if (1 + e->n_groups + e->d >= PLN_UPDATE_MOST)
    g_set_error(error, PLN_ERROR, PLN_ERROR_DATA,
                "the electorate has %u dimensions and %u groups; expected %d of both together at "
                "the most",
                e->d, e->n_groups, PLN_UPDATE_MOST - 2);
  else if (pln_electorate_root(e, root) >= 0)
    g_set_error(error, PLN_ERROR, PLN_ERROR_DATA,
                "the slopes' covariance is not positive semidefinite; expected that of an electorate");
  else
    return TRUE;
  return FALSE;
}

PlnPredictor *pln_predictor_new(const PlnElectorate *electorate, const PlnRecurrence *recurrence,
                                GError **error) {
  g_autofree double *root = g_new(double, (gsize)electorate->d * electorate->d + 1);
  if (!suits(electorate, recurrence, root, error))
    return NULL;
  PlnPredictor *p = g_new0(PlnPredictor, 1);
  gsize n = electorate->n;
  p->electorate = electorate;
  p->recurrence = recurrence;
  p->n = electorate->n;
  p->p = 1 + electorate->n_groups + electorate->d;
  p->whitened = g_new(double, n * electorate->d + 1);
  p->row = g_new(double, n * p->p + 1);
  double **lists[] = {&p->offset, &p->log_width, &p->seen_offset, &p->seen_log_width};
  for (gsize k = 0; k < G_N_ELEMENTS(lists); k++)
    *lists[k] = g_new(double, n + 1);
  p->chance = g_new(double, 3 * n + 1);
  p->without = g_new(double, 3 * n + 1);
  for (guint e = 0; e < PLN_EXPERTS; e++)
    p->answer[e] = pln_update_new(p->n, p->p);
  whiten(p, root);
  return p;
}

/* Support and half width of which the chances are these. */
static void of_chances(const double chance[3], double shrink, double *offset, double *log_width) {
  double kept[3], sum = 0;
  for (guint k = 0; k < 3; k++)
    sum += kept[k] = CLAMP(chance[k], LEAST, 1);
  double high = pln_normal_inverse(kept[2] / sum), low = pln_normal_inverse(kept[0] / sum);
  *offset = (high - low) / 2 * shrink;
  *log_width = pln_log(MAX(-(high + low) / 2, NARROWEST) * shrink);
}

/* The electorate's own start; or that of earlier roll calls. */
static void start_fresh(PlnPredictor *p, double shrink) {
  const PlnElectorate *e = p->electorate;
  for (guint i = 0; i < p->n; i++) {
    double mean = e->lean[i] - e->centre_mean;
    for (guint l = 0; l < e->d; l++)
      mean += e->slope_mean[l] * e->position[(gsize)i * e->d + l];
    p->offset[i] = p->seen_offset[i] = mean * shrink;
    double width = e->classes == 2 ? NO_BAND : e->width_mean + e->width[i] + pln_log(shrink);
    p->log_width[i] = p->seen_log_width[i] = width;
  }
}

static guint start_from(PlnPredictor *p, const PlnFitting *fitting, const PlnEvidence *evidence,
                        double kappa, double shrink, PlnLike *like) {
  guint likes =
      pln_recurrence_chances(p->recurrence, fitting, evidence, kappa, p->chance, p->without, like);
  for (guint i = 0; i < p->n; i++) {
    of_chances(p->chance + 3 * (gsize)i, shrink, &p->offset[i], &p->log_width[i]);
    of_chances(p->without + 3 * (gsize)i, shrink, &p->seen_offset[i], &p->seen_log_width[i]);
  }
  return likes;
}

static void fill_rows(PlnPredictor *p, const PlnLeash *how, double shrink) {
  const PlnElectorate *e = p->electorate;
  double centre = how->kappa > 0 ? how->centre_sd : e->centre_sd;
  for (guint i = 0; i < p->n; i++) {
    double *row = p->row + (gsize)i * p->p;
    *row++ = centre * shrink;
    for (guint g = 0; g < e->n_groups; g++)
      *row++ = e->in_group[i] == (int)g ? how->groups * e->group_spread[g] * shrink : 0;
    for (guint l = 0; l < e->d; l++)
      *row++ = how->slopes * p->whitened[(gsize)i * e->d + l] * shrink;
  }
}

static void consult(PlnPredictor *p, PlnExpert expert, const PlnEvidence *evidence, double shrink) {
  const PlnElectorate *e = p->electorate;
  fill_rows(p, &leash[expert], shrink);
  PlnUpdateCase known = {.n = p->n,
                         .p = p->p,
                         .row = p->row,
                         .offset = p->offset,
                         .log_width = p->log_width,
                         .seen_offset = p->seen_offset,
                         .seen_log_width = p->seen_log_width,
                         .width_sd = e->classes == 2            ? 0
                                     : leash[expert].kappa > 0 ? leash[expert].width_sd
                                                               : e->width_sd,
                         .lapse = e->lapse,
                         .evidence = evidence};
  pln_update_run(&known, p->answer[expert]);
}

/* A stated support in the unit of a noise that has grown: it tells of what is common to states
 * no more surely than an answer of its own does. */
static PlnEvidence *in_unit(const PlnEvidence *evidence, guint n, double age, double shrink) {
  PlnEvidence *out = g_new(PlnEvidence, (gsize)n + 1);
  for (guint i = 0; i < n; i++) {
    out[i] = evidence[i];
    out[i].support *= shrink;
    out[i].variance = (out[i].variance + DRIFT * age) * shrink * shrink;
  }
  return out;
}

/* The log score of the pieces of evidence, each foretold from the others. */
static double score(const PlnUpdate *answer, const PlnEvidence *evidence, guint n, guint *pieces) {
  double sum = 0;
  *pieces = 0;
  for (guint i = 0; i < n; i++) {
    if (evidence[i].kind != PLN_EVIDENCE_ANSWER)
      continue;
    const double *p = answer->without + 3 * (gsize)i, *l = evidence[i].likelihood;
    double told = (p[0] * l[0] + p[1] * l[1] + p[2] * l[2]) / (l[0] + l[1] + l[2]);
    sum += pln_log(MAX(told, LEAST));
    (*pieces)++;
  }
  return sum;
}

static const PlnPool *pool_of(const PlnPrediction *out) {
  return out->experts > 1 ? &pool_of_three : &pool_of_one;
}

/* Each expert's power. */
static void weigh(const PlnPredictor *p, const PlnEvidence *evidence, PlnPrediction *out) {
  const PlnPool *pool = pool_of(out);
  double best = -INFINITY, sum = 0, most = -INFINITY;
  guint pieces = 0;
  for (guint k = PLN_EXPERTS - out->experts; k < PLN_EXPERTS; k++) {
    double own = score(p->answer[k], evidence, p->n, &pieces);
    out->foretold[k] = pieces > 0 ? own / pieces : 0;
    out->power[k] = pool->start[k] + pool->by_score * own;
    best = MAX(best, own);
    most = MAX(most, out->power[k]);
  }
  for (guint k = PLN_EXPERTS - out->experts; k < PLN_EXPERTS; k++)
    sum += out->power[k] = pln_exp(out->power[k] - most);
  double log = pool->unknown * HALFWAY + pool->known * pieces + pool->by_mean * best;
  double total = pln_exp(CLAMP(log / (pieces + HALFWAY), LEAST_TOTAL, MOST_TOTAL));
  for (guint k = 0; k < PLN_EXPERTS; k++)
    out->power[k] *= total / sum;
}

/* The product of the experts' chances, each to its power; of yes a little less. */
static void pool(const PlnPredictor *p, const PlnPrediction *out, gboolean without, guint i,
                 double chance[3]) {
  double log[3] = {0, 0, p->electorate->classes == 3 ? -pool_of(out)->less_yes : 0}, sum = 0;
  for (guint e = 0; e < PLN_EXPERTS; e++)
    for (guint k = 0; k < 3 && out->power[e] > 0; k++) {
      const PlnUpdate *answer = p->answer[e];
      double own = (without ? answer->without : answer->chance)[3 * (gsize)i + k];
      log[k] += out->power[e] * pln_log(MAX(own, LEAST));
    }
  double most = MAX(MAX(log[0], log[1]), log[2]);
  for (guint k = 0; k < 3; k++)
    sum += chance[k] = pln_exp(log[k] - most);
  for (guint k = 0; k < 3; k++)
    chance[k] /= sum;
}

static void pool_all(const PlnPredictor *p, const PlnEvidence *evidence, PlnPrediction *out) {
  for (guint i = 0; i < p->n; i++) {
    double *chance = out->chance + 3 * (gsize)i, *without = out->without + 3 * (gsize)i, sum = 0;
    pool(p, out, TRUE, i, without);
    if (evidence[i].kind != PLN_EVIDENCE_ANSWER) {
      pool(p, out, FALSE, i, chance);
      continue;
    }
    for (guint k = 0; k < 3; k++)
      sum += chance[k] = without[k] * evidence[i].likelihood[k];
    for (guint k = 0; k < 3; k++)
      chance[k] /= sum;
  }
}

/* The loadings of the expert with the greatest power: those of the roll call's coefficients
 * that are still open. */
static void tie(const PlnPredictor *p, PlnPrediction *out) {
  guint first = PLN_EXPERTS - 1;
  for (guint e = 0; e < PLN_EXPERTS; e++)
    first = out->power[e] > out->power[first] ? e : first;
  const PlnUpdate *answer = p->answer[first];
  double ties = pool_of(out)->ties;
  for (guint i = 0; i < p->n; i++) {
    double scale = ties / sqrt(1 + ties * ties * answer->variance[i]);
    for (guint k = 0; k < out->f; k++)
      out->loading[(gsize)i * out->f + k] = scale * answer->tie[(gsize)i * out->f + k];
  }
}

static PlnPrediction *prediction_new(guint n, guint f) {
  PlnPrediction *out = g_new0(PlnPrediction, 1);
  out->n = n;
  out->f = f;
  out->chance = g_new(double, 3 * (gsize)n + 1);
  out->without = g_new(double, 3 * (gsize)n + 1);
  out->loading = g_new(double, (gsize)n *f + 1);
  return out;
}

void pln_prediction_free(PlnPrediction *out) {
  if (!out)
    return;
  g_free(out->chance);
  g_free(out->without);
  g_free(out->loading);
  g_free(out);
}

PlnPrediction *pln_predictor_ask(PlnPredictor *p, const PlnQuestion *q) {
  PlnPrediction *out = prediction_new(p->n, p->p + 1);
  double age = MAX(q->age, 0), shrink = 1 / sqrt(1 + DRIFT * age);
  g_autofree PlnEvidence *evidence = in_unit(q->evidence, p->n, age, shrink);
  out->experts = p->recurrence ? PLN_EXPERTS : 1;
  if (p->recurrence) {
    g_autoptr(PlnFitting) fitting =
        pln_recurrence_fit(p->recurrence, q->title, q->day, q->session, q->evidence);
    for (PlnExpert e = PLN_EXPERT_NEAR; e < PLN_EXPERT_FRESH; e++) {
      guint likes = start_from(p, fitting, q->evidence, leash[e].kappa, shrink,
                               e == PLN_EXPERT_NEAR ? out->like : NULL);
      out->n_likes = MAX(out->n_likes, likes);
      consult(p, e, evidence, shrink);
    }
  }
  start_fresh(p, shrink);
  consult(p, PLN_EXPERT_FRESH, evidence, shrink);
  weigh(p, q->evidence, out);
  pool_all(p, q->evidence, out);
  tie(p, out);
  out->at_rest = TRUE;
  for (guint e = PLN_EXPERTS - out->experts; e < PLN_EXPERTS; e++)
    out->at_rest &= p->answer[e]->at_rest;
  return out;
}
