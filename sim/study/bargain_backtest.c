/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/bargain_backtest.h"

#include <math.h>

#include "plenary/bargain_backtest_part.h"
#include "plenary/error.h"
#include "plenary/text.h"
#include "plenary/workers.h"

PlnBargainBacktestOptions pln_bargain_backtest_options(void) {
  return (PlnBargainBacktestOptions){.bootstrap = 1000, .seed = 1};
}

static const PlnDossierIssue *issue_at(const PlnBargainBacktest *b, guint j) {
  return b->dossiers->issues->pdata[j];
}

static PlnBargainRival *rival_at(const PlnBargainBacktest *b, guint r) {
  return &g_array_index(b->rivals, PlnBargainRival, r);
}

guint pln_bargain_backtest_size(const PlnDossier *dossier) {
  return MIN(dossier->issues->len, PLN_DOSSIER_SIZES) - 1;
}

/* ---- What the methods are given ---- */

/* Any day: of the rows that an actor has one is the nearest. */
static const PlnDay SOME_DAY = 20000101;

/* FALSE and an error for an actor that the table of capabilities does not know. */
static gboolean read_capability(PlnDossierJob *job, guint j, guint i, double *capability,
                                GError **error) {
  const PlnCapabilities *table = job->out->options.capabilities;
  const PlnDossierIssue *issue = issue_at(job->out, j);
  const char *actor = job->out->dossiers->actors->pdata[i];
  *capability = NAN;
  if (!pln_dossier_issue_has(issue, i))
    return TRUE;
  *capability = table ? pln_capabilities_at(table, actor, issue->procedure, issue->day) : 1;
  if (!isnan(*capability) ||
      !isnan(pln_capabilities_at(table, actor, issue->procedure, SOME_DAY)))
    return TRUE;
  g_autofree char *who = pln_text_visible(actor), *what = pln_text_visible(issue->id);
  g_autofree char *under = pln_text_visible(issue->procedure);
  g_autofree char *name = pln_text_visible(table->name);
  g_autofree char *actors = pln_capabilities_actors(table), *has = pln_text_visible(actors);
  g_set_error(error, PLN_ERROR, PLN_ERROR_DATA,
              "the table \"%s\" of capabilities says nothing of \"%s\", which takes part in issue "
              "%s%s%s; expected a row for it; it has %s",
              name, who, what, *under ? " under " : "", under, has);
  return FALSE;
}

static gboolean read_capabilities(PlnDossierJob *job, GError **error) {
  PlnBargainBacktest *b = job->out;
  guint n = b->dossiers->actors->len, m = b->dossiers->issues->len;
  job->capability = g_new(double, (gsize)n *m + 1);
  for (guint j = 0; j < m; j++) {
    double *row = job->capability + (gsize)j * n;
    gboolean known = TRUE;
    for (guint i = 0; i < n; i++) {
      if (!read_capability(job, j, i, &row[i], error))
        return FALSE;
      known &= !isnan(row[i]) || !pln_dossier_issue_has(issue_at(b, j), i);
    }
    for (guint i = 0; i < n && !known; i++)
      row[i] = NAN; /* some of them would be no floor to speak of */
    b->without_day += !known;
  }
  return TRUE;
}

/* Talks of @m issues, those that take part in any of them, and their arrays. */
typedef struct {
  PlnTalks talks;
  double *room;
} Table;

static void table_fill(const PlnDossierJob *job, const guint *issues, guint m, Table *table) {
  guint all = job->out->dossiers->actors->len, n = 0;
  gsize cells = (gsize)all * m;
  double *room = table->room = g_new(double, 3 * cells + 3 * m + 1);
  double *x = room, *s = x + cells, *c = s + cells, *scale = c + cells;
  for (guint i = 0; i < all; i++) {
    gboolean there = FALSE;
    for (guint k = 0; k < m; k++) {
      const PlnDossierIssue *issue = issue_at(job->out, issues[k]);
      double capability = job->capability[(gsize)issues[k] * all + i];
      gsize at = (gsize)n * m + k;
      gboolean in = !isnan(capability);
      x[at] = in ? issue->position[i] : NAN;
      s[at] = in ? issue->salience[i] : 0;
      c[at] = in ? capability : 0;
      there |= in;
    }
    n += there;
  }
  for (guint k = 0; k < m; k++) {
    scale[k] = 0;
    scale[m + k] = 100;
    scale[2 * m + k] = issue_at(job->out, issues[k])->reference;
  }
  table->talks = (PlnTalks){n, m, x, s, c, scale, scale + m, scale + 2 * m};
}

/* ---- The forecasts: a task is a rival on a dossier ---- */

static void keep(const PlnDossierJob *job, PlnBargainRival *rival, const Table *table,
                 const guint *issues, const double *forecast, const double *place,
                 const double *chance) {
  guint n = table->talks.n, m = table->talks.m;
  g_autofree double *x = g_new(double, n + 1), *p = g_new(double, n + 1);
  for (guint k = 0; k < m; k++) {
    const PlnDossierIssue *issue = issue_at(job->out, issues[k]);
    double point = isfinite(forecast[k]) ? forecast[k] : NAN;
    rival->forecast[issues[k]] = point;
    if (isnan(point) || !pln_dossier_issue_scored(issue))
      continue;
    for (guint i = 0; i < n; i++) {
      x[i] = place[(gsize)i * m + k];
      p[i] = chance[(gsize)i * m + k];
    }
    rival->crps[issues[k]] = rival->distribution ? pln_score_crps(n, x, p, issue->outcome)
                                                 : fabs(point - issue->outcome);
  }
}

static gboolean forecast_talks(const PlnDossierJob *job, guint r, const guint *issues, guint m) {
  Table table;
  table_fill(job, issues, m, &table);
  gsize cells = (gsize)table.talks.n * m;
  g_autofree double *forecast = g_new(double, m + 1), *place = g_new(double, cells + 1);
  g_autofree double *chance = g_new(double, cells + 1);
  PlnBargainRival *rival = rival_at(job->out, r);
  if (table.talks.n > 0) {
    pln_bargain_rival_run(&job->spec[r], &table.talks, forecast, place, chance);
    keep(job, rival, &table, issues, forecast, place, chance);
  }
  g_free(table.room);
  return TRUE;
}

static void run_task(guint task, guint thread, gpointer data) {
  const PlnDossierJob *job = data;
  guint n = job->out->dossiers->dossiers->len, r = task / n;
  const PlnDossier *dossier = job->out->dossiers->dossiers->pdata[task % n];
  const guint *issues = (const guint *)(gconstpointer)dossier->issues->data;
  const PlnMethod *method = rival_at(job->out, r)->method;
  (void)thread;
  if (pln_progress_interrupted())
    return;
  if (method && method->together)
    forecast_talks(job, r, issues, dossier->issues->len);
  for (guint k = 0; k < dossier->issues->len && !(method && method->together); k++)
    forecast_talks(job, r, &issues[k], 1);
  if (job->out->options.progress)
    pln_progress_step(job->out->options.progress, 1);
}

/* ---- The whole ---- */

static void add_rivals(PlnDossierJob *job) {
  PlnBargainBacktest *b = job->out;
  guint n, m = b->dossiers->issues->len;
  job->spec = pln_bargain_rivals_new(&n);
  for (guint k = 0; k < n; k++) {
    const PlnBargainRivalSpec *spec = &job->spec[k];
    PlnBargainRival rival = {.name = spec->name,
                             .title = spec->title,
                             .method = spec->method,
                             .leading = spec->leading,
                             .replication = spec->method && spec->method->replication,
                             .distribution = pln_bargain_rival_spreads(spec)};
    double **rows[] = {&rival.forecast, &rival.crps, &rival.crps_spread};
    for (gsize c = 0; c < G_N_ELEMENTS(rows); c++) {
      *rows[c] = g_new(double, m + 1);
      for (guint j = 0; j < m; j++)
        (*rows[c])[j] = NAN;
    }
    rival.procedure = g_new0(PlnBargainScore, b->procedures->len + 1);
    g_array_append_val(b->rivals, rival);
  }
}

/* The issues that count, their dossiers and procedures. */
static void count_issues(PlnDossierJob *job) {
  PlnBargainBacktest *b = job->out;
  guint m = b->dossiers->issues->len;
  g_autofree int *place = g_new(int, b->dossiers->dossiers->len + 1);
  for (guint d = 0; d < b->dossiers->dossiers->len; d++)
    place[d] = -1;
  job->unit = g_new0(guint, m + 1);
  for (guint j = 0; j < m; j++) {
    const PlnDossierIssue *issue = issue_at(b, j);
    if (!pln_dossier_issue_scored(issue))
      continue;
    b->scored++;
    b->with_reference += !isnan(issue->reference);
    if (place[issue->dossier] < 0)
      place[issue->dossier] = (int)b->n_dossiers++;
    job->unit[j] = (guint)place[issue->dossier];
    if (!g_ptr_array_find_with_equal_func(b->procedures, issue->procedure, g_str_equal, NULL))
      g_ptr_array_add(b->procedures, issue->procedure);
  }
}

static void run(PlnDossierJob *job) {
  PlnBargainBacktest *b = job->out;
  guint threads = b->options.threads, n = b->rivals->len;
  pln_workers_run(threads, n * b->dossiers->dossiers->len, run_task, job);
  if (pln_progress_interrupted())
    return;
  pln_dossier_job_score(job);
}

guint pln_bargain_backtest_steps(const PlnDossiers *dossiers) {
  guint n;
  g_free(pln_bargain_rivals_new(&n));
  return n * dossiers->dossiers->len;
}

/* All are compared with it. */
static void check_compromise(const PlnBargainBacktest *b, GError **error) {
  if (rival_at(b, 0)->all.n > 0)
    return;
  if (b->without_day > 0)
    g_set_error(error, PLN_ERROR, PLN_ERROR_DATA,
                "nothing can be scored: without a day the capabilities on %u issues are not known; "
                "expected days, or --capability equal",
                b->without_day);
  else
    g_set_error(error, PLN_ERROR, PLN_ERROR_DATA,
                "nothing can be scored: on no issue has anybody weight (every salience, or every "
                "capability, is 0), and all are compared with the mean by weight; expected some "
                "above 0");
}

PlnBargainBacktest *pln_bargain_backtest_new(const PlnDossiers *dossiers,
                                             const PlnBargainBacktestOptions *options,
                                             GError **error) {
  g_autoptr(PlnBargainBacktest) b = g_new0(PlnBargainBacktest, 1);
  PlnDossierJob job = {.out = b};
  GError *why = NULL;
  b->dossiers = dossiers;
  b->options = *options;
  b->rivals = g_array_new(FALSE, FALSE, sizeof(PlnBargainRival));
  b->procedures = g_ptr_array_new();
  count_issues(&job);
  if (b->scored == 0)
    g_set_error(&why, PLN_ERROR, PLN_ERROR_DATA,
                "nothing can be scored: no issue has an outcome and three actors with a position "
                "and a salience; expected some");
  if (!why && read_capabilities(&job, &why)) {
    add_rivals(&job);
    run(&job);
  }
  if (!why && pln_progress_interrupted())
    g_set_error(&why, PLN_ERROR, PLN_ERROR_FAILED, "interrupted");
  if (!why)
    check_compromise(b, &why);
  g_free(job.spec);
  g_free(job.capability);
  g_free(job.unit);
  pln_score_draws_free(job.draws);
  if (!why)
    return g_steal_pointer(&b);
  g_propagate_error(error, why);
  return NULL;
}

void pln_bargain_backtest_free(PlnBargainBacktest *b) {
  if (!b)
    return;
  for (guint r = 0; r < b->rivals->len; r++) {
    PlnBargainRival *rival = rival_at(b, r);
    g_free(rival->forecast);
    g_free(rival->crps);
    g_free(rival->crps_spread);
    g_free(rival->procedure);
  }
  g_array_unref(b->rivals);
  g_ptr_array_unref(b->procedures);
  g_free(b);
}
