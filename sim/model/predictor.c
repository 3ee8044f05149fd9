/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/predictor.h"

#include <math.h>
#include <string.h>

#include "plenary/error.h"
#include "plenary/normal.h"
#include "plenary/pool.h"
#include "plenary/update.h"

/* How an expert starts from earlier roll calls, and how far the electorate may take it from
 * there: the spread of the question's centre and of the width of its band, and slopes and groups
 * beside what the electorate has seen.  Found, like the pool, on sessions 60-69
 * (scripts/tune-whip). */
typedef struct {
  double kappa; /* of recurrence.h */
  double slopes, groups, centre_sd, width_sd;
} PlnLeash;

static const PlnLeash leash[PLN_EXPERT_FRESH] = {{0.5, 0.1, 0.2, 0.3, 0.3},
                                                  {0.1, 0.8, 1.6, 1.0, 0.6}};

static const double RAREST = 1e-4;    /* chance */
static const double NARROWEST = 0.02; /* half a band of indifference */

struct PlnPredictor {
  const PlnElectorate *electorate;
  const PlnRecurrence *recurrence;
  guint n, p;
  double *whitened;                                  /* n x d: position times the root of the
                                                        slopes' covariance */
  double *prior_row, *prior_offset, *prior_log_width;
  PlnPrior prior;                                    /* the three above in it */
  double *room;                                      /* of the prior grown old */
  double *row;                                       /* n x p, of the expert at work */
  double *offset, *log_width, *seen_offset, *seen_log_width; /* n, likewise */
  double *chance, *without;                                  /* n x 3, of earlier roll calls */
  double *answers;                                           /* those of answer[] */
  PlnUpdate answer[PLN_EXPERTS];
};

void pln_predictor_free(PlnPredictor *p) {
  if (!p)
    return;
  double *all[] = {p->whitened,  p->prior_row,      p->prior_offset, p->prior_log_width,
                   p->room,      p->row,            p->offset,       p->log_width,
                   p->seen_offset, p->seen_log_width, p->chance,     p->without, p->answers};
  for (gsize k = 0; k < G_N_ELEMENTS(all); k++)
    g_free(all[k]);
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

/* What expert @expert may take from the electorate: a row a state. */
static void fill_rows(const PlnPredictor *p, double centre, double groups, double slopes,
                      double shrink, double *row) {
  const PlnElectorate *e = p->electorate;
  for (guint i = 0; i < p->n; i++) {
    *row++ = centre * shrink;
    for (guint g = 0; g < e->n_groups; g++)
      *row++ = e->in_group[i] == (int)g ? groups * e->group_spread[g] * shrink : 0;
    for (guint l = 0; l < e->d; l++)
      *row++ = slopes * p->whitened[(gsize)i * e->d + l] * shrink;
  }
}

/* The electorate as such. */
static void fill_prior(PlnPredictor *p) {
  const PlnElectorate *e = p->electorate;
  fill_rows(p, e->centre_sd, PLN_PRIOR_GROUPS, PLN_PRIOR_SLOPES, 1, p->prior_row);
  for (guint i = 0; i < p->n; i++) {
    double mean = e->lean[i] - e->centre_mean;
    for (guint l = 0; l < e->d; l++)
      mean += e->slope_mean[l] * e->position[(gsize)i * e->d + l];
    p->prior_offset[i] = mean;
    p->prior_log_width[i] = e->width_mean + e->width[i];
  }
  p->prior = (PlnPrior){.n = p->n,
                        .p = p->p,
                        .row = p->prior_row,
                        .offset = p->prior_offset,
                        .log_width = p->prior_log_width,
                        .width_sd = e->width_sd,
                        .lapse = e->lapse,
                        .two = e->classes == 2};
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

const PlnPrior *pln_predictor_prior(const PlnPredictor *p) {
  return &p->prior;
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
  gsize each = PLN_UPDATE_ROOM(n, p->p);
  p->whitened = g_new(double, n * electorate->d + 1);
  p->prior_row = g_new(double, n * p->p + 1);
  p->room = g_new(double, PLN_PRIOR_ROOM(n, p->p) + 1);
  p->row = g_new(double, n * p->p + 1);
  double **lists[] = {&p->prior_offset, &p->prior_log_width, &p->offset,
                      &p->log_width,    &p->seen_offset,     &p->seen_log_width};
  for (gsize k = 0; k < G_N_ELEMENTS(lists); k++)
    *lists[k] = g_new(double, n + 1);
  p->chance = g_new(double, 3 * n + 1);
  p->without = g_new(double, 3 * n + 1);
  p->answers = g_new(double, PLN_EXPERTS * each + 1);
  for (guint e = 0; e < PLN_EXPERTS; e++)
    p->answer[e] = pln_update_in(p->n, p->p, p->answers + e * each);
  whiten(p, root);
  fill_prior(p);
  return p;
}

/* Support and half width of which the chances are these. */
static void of_chances(const double chance[3], double shrink, double *offset, double *log_width) {
  double kept[3], sum = 0;
  for (guint k = 0; k < 3; k++)
    sum += kept[k] = CLAMP(chance[k], RAREST, 1);
  double high = pln_normal_inverse(kept[2] / sum), low = pln_normal_inverse(kept[0] / sum);
  *offset = (high - low) / 2 * shrink;
  *log_width = pln_log(MAX(-(high + low) / 2, NARROWEST) * shrink);
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

/* An expert that starts from earlier roll calls. */
static guint consult_past(PlnPredictor *p, PlnExpert expert, const PlnFitting *fitting,
                          const PlnQuestion *q, const PlnEvidence *evidence, double shrink,
                          PlnLike *like) {
  const PlnLeash *how = &leash[expert];
  guint likes = start_from(p, fitting, q->evidence, how->kappa, shrink, like);
  fill_rows(p, how->centre_sd, how->groups, how->slopes, shrink, p->row);
  PlnUpdateCase known = {.n = p->n,
                         .p = p->p,
                         .row = p->row,
                         .offset = p->offset,
                         .log_width = p->log_width,
                         .seen_offset = p->seen_offset,
                         .seen_log_width = p->seen_log_width,
                         .width_sd = how->width_sd,
                         .lapse = p->electorate->lapse,
                         .evidence = evidence};
  pln_update_run(&known, &p->answer[expert]);
  return likes;
}

/* The electorate's own answer. */
static void consult_fresh(PlnPredictor *p, const PlnEvidence *evidence, double age) {
  PlnUpdateCase known = pln_prior_case(&p->prior, age, p->room);
  known.evidence = evidence;
  pln_update_run(&known, &p->answer[PLN_EXPERT_FRESH]);
}

static PlnEvidence *in_unit(const PlnEvidence *evidence, guint n, double age) {
  PlnEvidence *out = g_new(PlnEvidence, (gsize)n + 1);
  for (guint i = 0; i < n; i++)
    out[i] = pln_prior_evidence(&evidence[i], age);
  return out;
}

/* What the experts that answered say together. */
static void pool(const PlnPredictor *p, const PlnEvidence *evidence, PlnPrediction *out) {
  guint first = PLN_EXPERTS - out->experts;
  PlnPoolCase answers = {.n = p->n,
                         .p = p->p,
                         .experts = out->experts,
                         .answer = p->answer + first,
                         .evidence = evidence,
                         .two = p->prior.two};
  PlnPooled pooled = {.chance = out->chance, .without = out->without, .loading = out->loading};
  pln_pool_run(&answers, &pooled);
  out->at_rest = TRUE;
  for (guint k = 0; k < out->experts; k++) {
    out->power[first + k] = pooled.power[k];
    out->foretold[first + k] = pooled.foretold[k];
    out->at_rest &= answers.answer[k].at_rest;
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
  double shrink = pln_prior_shrink(q->age);
  g_autofree PlnEvidence *evidence = in_unit(q->evidence, p->n, q->age);
  out->experts = p->recurrence ? PLN_EXPERTS : 1;
  if (p->recurrence) {
    g_autoptr(PlnFitting) fitting =
        pln_recurrence_fit(p->recurrence, q->title, q->day, q->session, q->evidence);
    for (PlnExpert e = PLN_EXPERT_NEAR; e < PLN_EXPERT_FRESH; e++) {
      guint likes = consult_past(p, e, fitting, q, evidence, shrink,
                                 e == PLN_EXPERT_NEAR ? out->like : NULL);
      out->n_likes = MAX(out->n_likes, likes);
    }
  }
  consult_fresh(p, evidence, q->age);
  pool(p, q->evidence, out);
  return out;
}
