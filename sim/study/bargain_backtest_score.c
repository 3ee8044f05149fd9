/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The scores of the forecasts, and what they are compared by. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "plenary/bargain_backtest_part.h"
#include "plenary/workers.h"

/* Ten points, and what rounding adds to them. */
#define WITHIN (10 + 1e-9)

static const PlnDossierIssue *issue_at(const PlnBargainBacktest *b, guint j) {
  return b->dossiers->issues->pdata[j];
}

static const PlnDossier *dossier_of(const PlnBargainBacktest *b, guint j) {
  return b->dossiers->dossiers->pdata[issue_at(b, j)->dossier];
}

static PlnBargainRival *rival_at(const PlnBargainBacktest *b, guint r) {
  return &g_array_index(b->rivals, PlnBargainRival, r);
}

/* ---- A task is a rival ---- */

typedef struct {
  double error; /* truth less forecast */
  guint dossier;
} Missed;

static int by_error(const void *a, const void *b) {
  const Missed *x = a, *y = b;
  return x->error < y->error ? -1 : x->error > y->error;
}

static gboolean answers(const PlnBargainBacktest *b, const PlnBargainRival *rival, guint j) {
  return pln_dossier_issue_scored(issue_at(b, j)) && !isnan(rival->forecast[j]);
}

/* A spread of the errors that the rival made on the issues of other dossiers. */
static void spread_task(guint r, guint thread, gpointer data) {
  const PlnBargainBacktest *b = ((const PlnDossierJob *)data)->out;
  PlnBargainRival *rival = rival_at(b, r);
  guint m = b->dossiers->issues->len, n = 0;
  g_autofree Missed *missed = g_new(Missed, m + 1);
  g_autofree double *errors = g_new(double, m + 1), *room = g_new(double, m + 1);
  (void)thread;
  for (guint j = 0; j < m; j++)
    if (answers(b, rival, j))
      missed[n++] = (Missed){issue_at(b, j)->outcome - rival->forecast[j], issue_at(b, j)->dossier};
  qsort(missed, n, sizeof *missed, by_error);
  for (guint j = 0; j < m; j++) {
    guint others = 0;
    if (!answers(b, rival, j))
      continue;
    for (guint k = 0; k < n; k++)
      if (missed[k].dossier != issue_at(b, j)->dossier)
        errors[others++] = missed[k].error;
    rival->crps_spread[j] =
        pln_score_crps_spread(rival->forecast[j], others, errors, issue_at(b, j)->outcome, room);
  }
}

typedef gboolean (*Belongs)(const PlnBargainBacktest *b, guint j, guint which);

static gboolean is_any(const PlnBargainBacktest *b, guint j, guint which) {
  (void)b, (void)j, (void)which;
  return TRUE;
}

static gboolean is_procedure(const PlnBargainBacktest *b, guint j, guint which) {
  return strcmp(issue_at(b, j)->procedure, b->procedures->pdata[which]) == 0;
}

static gboolean is_size(const PlnBargainBacktest *b, guint j, guint which) {
  return pln_bargain_backtest_size(dossier_of(b, j)) == which;
}

static void score_alone(const PlnBargainBacktest *b, const PlnBargainRival *rival, Belongs belongs,
                        guint which, PlnBargainScore *s) {
  guint m = b->dossiers->issues->len;
  g_autofree double *error = g_new(double, m + 1);
  *s = (PlnBargainScore){0};
  for (guint j = 0; j < m; j++) {
    if (!answers(b, rival, j) || !belongs(b, j, which))
      continue;
    double off = fabs(rival->forecast[j] - issue_at(b, j)->outcome);
    error[s->n++] = off;
    s->mae += off;
    s->rmse += off * off;
    s->within += off <= WITHIN;
    s->crps += rival->crps[j];
    s->crps_spread += rival->crps_spread[j];
  }
  double n = s->n > 0 ? s->n : NAN;
  s->mae /= n;
  s->rmse = sqrt(s->rmse / n);
  s->within /= n;
  s->crps /= n;
  s->crps_spread /= n;
  s->median = pln_score_median(s->n, error);
}

/* The pairs with the compromise.  They are NAN for itself. */
static void score_pairs(const PlnDossierJob *job, const PlnBargainRival *rival, Belongs belongs,
                        guint which, PlnBargainScore *s) {
  const PlnBargainBacktest *b = job->out;
  const PlnBargainRival *first = rival_at(b, 0);
  guint m = b->dossiers->issues->len;
  g_autofree double *error = g_new(double, m + 1), *crps = g_new(double, m + 1);
  for (guint j = 0; j < m; j++) {
    gboolean pair =
        rival != first && belongs(b, j, which) && answers(b, rival, j) && answers(b, first, j);
    double truth = issue_at(b, j)->outcome;
    error[j] = pair ? fabs(rival->forecast[j] - truth) - fabs(first->forecast[j] - truth) : NAN;
    crps[j] =
        pair ? (rival->distribution ? rival->crps : rival->crps_spread)[j] - first->crps_spread[j]
             : NAN;
  }
  pln_score_draws_interval(job->draws, m, error, job->unit, &s->behind, &s->low, &s->high);
  pln_score_draws_interval(job->draws, m, crps, job->unit, &s->crps_behind, &s->crps_low,
                           &s->crps_high);
}

static void score(const PlnDossierJob *job, const PlnBargainRival *rival, Belongs belongs,
                  guint which, PlnBargainScore *s) {
  score_alone(job->out, rival, belongs, which, s);
  score_pairs(job, rival, belongs, which, s);
}

static void score_task(guint r, guint thread, gpointer data) {
  const PlnDossierJob *job = data;
  PlnBargainRival *rival = rival_at(job->out, r);
  (void)thread;
  score(job, rival, is_any, 0, &rival->all);
  for (guint k = 0; k < job->out->procedures->len; k++)
    score(job, rival, is_procedure, k, &rival->procedure[k]);
  for (guint k = 0; k < PLN_DOSSIER_SIZES; k++)
    score(job, rival, is_size, k, &rival->size[k]);
}

const PlnBargainRival *pln_bargain_backtest_rival(const PlnBargainBacktest *b, const char *name) {
  for (guint r = 0; r < b->rivals->len; r++)
    if (strcmp(rival_at(b, r)->name, name) == 0)
      return rival_at(b, r);
  return NULL;
}

/* The election against the positions that it is held over, both as they are given. */
static void score_positions(const PlnDossierJob *job) {
  PlnBargainBacktest *b = job->out;
  const PlnBargainRival *election = pln_bargain_backtest_rival(b, "condorcet");
  const PlnBargainRival *positions = pln_bargain_backtest_rival(b, "positions");
  guint m = b->dossiers->issues->len, n = 0;
  g_assert(election && positions); /* both are in the list */
  g_autofree double *difference = g_new(double, m + 1), *alone = g_new(double, m + 1);
  g_autofree guint *own = g_new(guint, m + 1);
  for (guint j = 0; j < m; j++) {
    difference[j] = election->crps[j] - positions->crps[j];
    alone[n] = difference[j];
    own[n] = n;
    n += !isnan(difference[j]);
  }
  PlnBargainDifference *d = &b->against_positions, *e = &b->against_positions_by_issue;
  pln_score_draws_interval(job->draws, m, difference, job->unit, &d->mean, &d->low, &d->high);
  g_autoptr(PlnScoreDraws) draws =
      pln_score_draws_new(n, b->options.bootstrap, b->options.seed, PLN_STUDY_DOSSIERS_ISSUES);
  pln_score_draws_interval(draws, n, alone, own, &e->mean, &e->low, &e->high);
}

void pln_dossier_job_score(PlnDossierJob *job) {
  const PlnBargainBacktestOptions *o = &job->out->options;
  guint n = job->out->rivals->len;
  job->draws = pln_score_draws_new(job->out->n_dossiers, o->bootstrap, o->seed, PLN_STUDY_DOSSIERS);
  pln_workers_run(o->threads, n, spread_task, job);
  pln_workers_run(o->threads, n, score_task, job);
  score_positions(job);
}
