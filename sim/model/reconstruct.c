/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/reconstruct.h"

#include <math.h>
#include <string.h>

#include "plenary/cholesky.h"
#include "plenary/error.h"
#include "plenary/mixture.h"
#include "plenary/normal.h"
#include "plenary/saddle.h"
#include "plenary/workers.h"

enum {
  K = PLN_VOTE_KINDS,
  STUDY = 0x7265636f, /* "reco": streams of its own, one for each draw of each round */
  LEAST_ROUNDS = 2,
  MOST_ROUNDS = 12,  /* before the last, */
  LEAST_PILOT = 128, /* of so many draws at the least */
  CHUNK = 64,        /* draws to a task */
  STARTS = 6,
  STEPS = 40,
  HALVINGS = 12
};

/* What a draw is to be worth before the last round begins. */
static const double ENOUGH = 0.3;
/* Beyond this of the log, a mode weighs nothing beside the best. */
static const double FAR_BELOW = 7;
/* Standard deviations of the parts beside those of what they are for.  In 30 dimensions more
 * would cost: with 1.25 a draw was worth 0.17, with this 0.58 (sessions 65-69). */
static const double WIDER = 1.05;

/* The draws of one round. */
typedef struct {
  guint n, first;
  double *z, *log, *weight, *share; /* n x d, n, n, n x PLN_MIXTURE_MOST */
  double *sum;                      /* chunks x 3 x states x K: of w p, w^2 p, w^2 p^2 */
  double *most;                     /* chunks: of the logs; the sums are relative to it */
} Round;

typedef struct {
  const PlnForecast *forecast;
  const guint32 *total;
  const PlnReconstructOptions *options;
  PlnProgress *progress;
  guint d, threads;
  gboolean exact;
  gint stop; /* atomic */
  PlnMixture *mixture;
  PlnSaddle **saddle; /* of each thread, and what it needs */
  double **room, **given, **part;
  Round round;
  gboolean last;
} Job;

/* ---- The modes ---- */

static double height(PlnSaddle *s, guint d, const double *z) {
  double square = 0;
  for (guint i = 0; i < d; i++)
    square += z[i] * z[i];
  return pln_saddle_at(s, z) ? s->log - 0.5 * square : -PLN_INF;
}

/* The curvature by Gauss and Newton, I + spread precision spread', whole. */
static void curvature(const PlnSaddle *s, guint d, guint stride, const double *spread, double *out) {
  memset(out, 0, (gsize)d * stride * sizeof *out);
  for (guint i = 0; i < d; i++) {
    for (guint j = 0; j <= i; j++)
      for (guint a = 0; a < s->free; a++)
        for (guint b = 0; b < s->free; b++)
          out[i * stride + j] +=
              spread[i * PLN_SADDLE_MOST + a] * s->precision[a][b] * spread[j * PLN_SADDLE_MOST + b];
    out[i * stride + i] += 1;
  }
}

typedef struct {
  double *z, *slope, *spread, *curve, *step, *spare; /* curve: of the mode found */
  double height;
} Climb;

static void climb_clear(Climb *c) {
  double *all[] = {c->z, c->slope, c->spread, c->curve, c->step, c->spare};
  for (gsize k = 0; k < G_N_ELEMENTS(all); k++)
    g_free(all[k]);
}

/* From @c->z to a mode, by steps halved while they do not gain. */
static void climb(PlnSaddle *s, guint d, guint stride, Climb *c) {
  g_autofree double *factor = g_new(double, (gsize)d *stride), *next = g_new(double, d);
  c->height = height(s, d, c->z);
  for (guint round = 0; round < STEPS && c->height > -PLN_INF; round++) {
    pln_saddle_slope(s, c->z, c->slope, c->spread);
    curvature(s, d, stride, c->spread, c->curve);
    memcpy(factor, c->curve, (gsize)d * stride * sizeof *factor);
    pln_cholesky_ridge(factor, d, stride, c->spare);
    for (guint i = 0; i < d; i++)
      c->step[i] = c->slope[i] - c->z[i];
    pln_cholesky_forward(factor, d, stride, c->step);
    pln_cholesky_backward(factor, d, stride, c->step);
    double before = c->height, scale = 1;
    for (guint half = 0; half < HALVINGS; half++, scale *= 0.5) {
      for (guint i = 0; i < d; i++)
        next[i] = c->z[i] + scale * c->step[i];
      c->height = height(s, d, next);
      if (c->height > before)
        break;
    }
    if (!(c->height > before)) {
      c->height = height(s, d, c->z);
      return;
    }
    memcpy(c->z, next, d * sizeof *next);
    if (c->height - before < 1e-3)
      return;
  }
}

static double distance(const double *a, const double *b, guint d) {
  double square = 0;
  for (guint i = 0; i < d; i++)
    square += (a[i] - b[i]) * (a[i] - b[i]);
  return sqrt(square);
}

static Climb climb_from(Job *job, guint start) {
  gsize d = job->d, size = d * job->mixture->stride;
  Climb c = {g_new0(double, d),
             g_new0(double, d),
             g_new0(double, d *PLN_SADDLE_MOST),
             g_new0(double, size),
             g_new0(double, d),
             g_new0(double, size),
             0};
  PlnDraw stream = pln_draw_stream(job->options->seed, STUDY, G_MAXUINT32 - start);
  if (start > 0)
    pln_draw_normals(&stream, d, c.z);
  climb(job->saddle[0], job->d, job->mixture->stride, &c);
  return c;
}

static gboolean is_known(const PlnMixture *m, const double *z) {
  for (guint c = 0; c < m->parts; c++)
    if (distance(m->mean[c], z, m->d) < 0.5)
      return TRUE;
  return FALSE;
}

/* The modes become the parts of the mixture, each weighed by its height. */
static void find_modes(Job *job) {
  double best = -PLN_INF;
  Climb climbs[STARTS];
  for (guint s = 0; s < STARTS; s++) {
    climbs[s] = climb_from(job, s);
    best = MAX(best, climbs[s].height);
  }
  for (guint s = 0; s < STARTS; s++) {
    if (climbs[s].height > -PLN_INF && climbs[s].height > best - FAR_BELOW &&
        job->mixture->parts < PLN_MIXTURE_MOST && !is_known(job->mixture, climbs[s].z))
      pln_mixture_add(job->mixture, MAX(pln_exp(climbs[s].height - best), 0.02), climbs[s].z,
                      climbs[s].curve, WIDER);
    climb_clear(&climbs[s]);
  }
}

/* ---- The draws ---- */

static void round_clear(Round *r) {
  double *all[] = {r->z, r->log, r->weight, r->share, r->sum, r->most};
  for (gsize k = 0; k < G_N_ELEMENTS(all); k++)
    g_free(all[k]);
  memset(r, 0, sizeof *r);
}

static guint chunks(guint n) {
  return (n + CHUNK - 1) / CHUNK;
}

static Round round_new(const Job *job, guint n, guint first) {
  gsize states = (gsize)job->forecast->n * K;
  return (Round){.n = n,
                 .first = first,
                 .z = g_new(double, (gsize)n * job->d),
                 .log = g_new(double, n),
                 .weight = g_new(double, n),
                 .share = g_new0(double, (gsize)n *PLN_MIXTURE_MOST),
                 .sum = g_new0(double, chunks(n) * states * 3 + 1),
                 .most = g_new0(double, chunks(n))};
}

static PlnTallyCase case_of(const PlnSaddle *s) {
  PlnTallyCase tally = {.n = s->forecast->n, .chance = s->p};
  memcpy(tally.total, s->total, sizeof tally.total);
  return tally;
}

/* Of draw @k: its log weight, and the states' chances. */
static void weigh(Job *job, guint k, guint thread) {
  Round *r = &job->round;
  PlnSaddle *s = job->saddle[thread];
  double *z = r->z + (gsize)k * job->d;
  PlnDraw stream = pln_draw_stream(job->options->seed, STUDY, r->first + k);
  pln_mixture_draw(job->mixture, k, r->n, &stream, z);
  double drawn =
      pln_mixture_log(job->mixture, z, r->share + (gsize)k * PLN_MIXTURE_MOST, job->part[thread]);
  double high = height(s, job->d, z);
  if (job->exact && high > -PLN_INF) {
    PlnTallyCase tally = case_of(s);
    double log;
    PlnTallyResult result =
        job->last ? pln_tally_chances(&tally, job->room[thread], job->given[thread], &log)
                  : pln_tally_log(&tally, job->room[thread], &log);
    high = result == PLN_TALLY_DONE ? high - s->log + log : -PLN_INF;
  } else if (job->last && high > -PLN_INF)
    pln_saddle_chances(s, job->given[thread]);
  r->log[k] = high - drawn;
}

/* Adds draw @k to its chunk's sums, which are relative to the most of its weights so far. */
static void add_draw(Job *job, guint chunk, guint k, double *most, const double *given) {
  Round *r = &job->round;
  gsize states = (gsize)job->forecast->n * K;
  double *sum = r->sum + chunk * states * 3, *ones = sum + states, *squares = ones + states;
  if (r->log[k] == -PLN_INF)
    return;
  if (r->log[k] > *most) {
    double shrink = pln_exp(*most - r->log[k]);
    for (gsize i = 0; i < states; i++) {
      sum[i] *= shrink;
      ones[i] *= shrink * shrink;
      squares[i] *= shrink * shrink;
    }
    *most = r->log[k];
  }
  double w = pln_exp(r->log[k] - *most);
  for (gsize i = 0; i < states; i++) {
    sum[i] += w * given[i];
    ones[i] += w * w * given[i];
    squares[i] += w * w * given[i] * given[i];
  }
}

static void run_chunk(guint chunk, guint thread, gpointer data) {
  Job *job = data;
  Round *r = &job->round;
  guint end = MIN(r->n, (chunk + 1) * CHUNK);
  double most = -PLN_INF;
  if (g_atomic_int_get(&job->stop))
    return;
  for (guint k = chunk * CHUNK; k < end; k++) {
    weigh(job, k, thread);
    if (job->last)
      add_draw(job, chunk, k, &most, job->given[thread]);
  }
  r->most[chunk] = most;
  if (job->progress && !pln_progress_step(job->progress, end - chunk * CHUNK))
    g_atomic_int_set(&job->stop, 1);
}

/* Weights to the power @power that sum to 1.  Returns: the log of their mean before */
static double settle(Round *r, double power, double *effective) {
  double most = -PLN_INF, sum = 0, squares = 0;
  for (guint k = 0; k < r->n; k++)
    most = MAX(most, r->log[k]);
  for (guint k = 0; k < r->n; k++)
    sum += r->weight[k] = r->log[k] > -PLN_INF ? pln_exp(power * (r->log[k] - most)) : 0;
  for (guint k = 0; k < r->n; k++) {
    r->weight[k] = sum > 0 ? r->weight[k] / sum : 0;
    squares += r->weight[k] * r->weight[k];
  }
  *effective = squares > 0 ? 1 / squares : 0;
  return sum > 0 ? most + pln_log(sum / r->n) : -PLN_INF;
}

/* Fits the mixture to the draws, their weights flattened until they are worth ENOUGH of them:
 * else a few would decide alone. */
static void adapt(Job *job) {
  Round *r = &job->round;
  double effective;
  settle(r, 1, &effective);
  for (double power = 0.8; effective < ENOUGH * r->n && power > 0.01; power *= 0.8)
    settle(r, power, &effective);
  if (effective > 0)
    pln_mixture_fit(job->mixture, r->n, r->weight, r->share, r->z, WIDER);
}

/* ---- What they say ---- */

/* The chunks' sums, brought to one scale, in their order. */
static void gather(const Job *job, double effective, PlnReconstruct *out) {
  const Round *r = &job->round;
  gsize states = (gsize)job->forecast->n * K;
  g_autofree double *ones = g_new0(double, states + 1), *squares = g_new0(double, states + 1);
  double most = -PLN_INF, all = 0;
  for (guint k = 0; k < r->n; k++)
    most = MAX(most, r->log[k]);
  for (guint k = 0; k < r->n; k++)
    all += pln_exp(r->log[k] - most);
  for (guint c = 0; c < chunks(r->n); c++) {
    double scale = pln_exp(r->most[c] - most) / all;
    const double *sum = r->sum + c * states * 3;
    for (gsize i = 0; i < states && scale > 0; i++) {
      out->chance[i] += scale * sum[i];
      ones[i] += scale * scale * sum[states + i];
      squares[i] += scale * scale * sum[2 * states + i];
    }
  }
  for (gsize i = 0; i < states; i++) { /* sum of w^2 (p - mean)^2 */
    double p = out->chance[i], spread = squares[i] - 2 * p * ones[i] + p * p / effective;
    out->error[i] = sqrt(MAX(spread, 0));
    out->worst = MAX(out->worst, out->error[i]);
  }
}

/* The draw at which the running sum of the weights passes @at. */
static guint draw_at(const Round *r, double at) {
  double sum = 0;
  for (guint k = 0; k < r->n; k++) {
    sum += r->weight[k];
    if (sum > at)
      return k;
  }
  return r->n - 1;
}

typedef struct {
  Job *job;
  double *exact, *fast; /* PLN_RECONSTRUCT_CHECKED x states */
} Checking;

static void check_one(guint c, guint thread, gpointer data) {
  Checking *check = data;
  Job *job = check->job;
  gsize states = (gsize)job->forecast->n * K;
  guint k = draw_at(&job->round, (c + 0.5) / PLN_RECONSTRUCT_CHECKED);
  PlnSaddle *s = job->saddle[thread];
  if (!pln_saddle_at(s, job->round.z + (gsize)k * job->d))
    return;
  PlnTallyCase tally = case_of(s);
  pln_saddle_chances(s, check->fast + c * states);
  if (pln_tally_chances(&tally, job->room[thread], check->exact + c * states, NULL) != PLN_TALLY_DONE)
    memcpy(check->exact + c * states, check->fast + c * states, states * sizeof(double));
}

/* What the exact count makes of some of the draws, beside the approximation. */
static void correct(Job *job, PlnReconstruct *out) {
  gsize states = (gsize)job->forecast->n * K, all = states * PLN_RECONSTRUCT_CHECKED;
  g_autofree double *exact = g_new0(double, all + 1), *fast = g_new0(double, all + 1);
  Checking check = {job, exact, fast};
  pln_workers_run(job->threads, PLN_RECONSTRUCT_CHECKED, check_one, &check);
  for (gsize i = 0; i < states; i++) {
    double a = 0, b = 0;
    for (guint c = 0; c < PLN_RECONSTRUCT_CHECKED; c++) {
      a += exact[c * states + i];
      b += fast[c * states + i];
    }
    double now = b > 0 && a > 0 ? out->chance[i] * (a / b) : out->chance[i];
    out->corrected = MAX(out->corrected, fabs(now - out->chance[i]));
    out->chance[i] = now;
  }
  out->checked = PLN_RECONSTRUCT_CHECKED;
}

/* Mixed with what is known of states all alike, then brought to the totals exactly. */
static void smooth(const Job *job, PlnReconstruct *out) {
  gsize states = (gsize)out->n * K;
  g_autofree double *alike = g_new(double, states + 1), *raked = g_new(double, states + 1);
  double share = 0.5 / MAX(out->effective, 1);
  PlnTallyCase tally = {.n = out->n, .chance = alike};
  memcpy(tally.total, job->total, sizeof tally.total);
  for (gsize i = 0; i < states; i++)
    alike[i] = i % K != PLN_VOTE_X || job->forecast->absent[i / K] != -PLN_INF;
  if (pln_tally_rake(&tally, raked) == PLN_TALLY_IMPOSSIBLE)
    return;
  for (gsize i = 0; i < states; i++)
    alike[i] = raked[i] > 0 ? (1 - share) * out->chance[i] + share * raked[i] : 0;
  pln_tally_rake(&tally, raked);
  memcpy(out->chance, raked, states * sizeof *raked);
}

/* ---- All of it ---- */

static double cost_of(const guint32 total[K], guint n, guint draws) {
  double box = 1;
  guint32 most = 0;
  for (guint k = 0; k < K; k++) {
    box *= total[k] + 1.0;
    most = MAX(most, total[k]);
  }
  return box / (most + 1.0) * n * draws;
}

static void job_open(Job *job) {
  guint n = job->forecast->n;
  PlnTallyCase tally = {.n = n};
  memcpy(tally.total, job->total, sizeof tally.total);
  gsize room = pln_tally_room(&tally, PLN_TALLY_FOR_CHANCES);
  job->saddle = g_new0(PlnSaddle *, job->threads);
  job->room = g_new0(double *, job->threads);
  job->given = g_new0(double *, job->threads);
  job->part = g_new0(double *, job->threads);
  for (guint t = 0; t < job->threads; t++) {
    job->saddle[t] = pln_saddle_new(job->forecast, job->total);
    job->room[t] = g_new(double, room);
    job->given[t] = g_new0(double, (gsize)n *K + 1);
    job->part[t] = g_new0(double, job->mixture->stride);
  }
}

static void job_close(Job *job) {
  round_clear(&job->round);
  for (guint t = 0; t < job->threads; t++) {
    pln_saddle_free(job->saddle[t]);
    g_free(job->room[t]);
    g_free(job->given[t]);
    g_free(job->part[t]);
  }
  g_free(job->saddle);
  g_free(job->room);
  g_free(job->given);
  g_free(job->part);
  pln_mixture_free(job->mixture);
}

/* Rounds of a quarter of the draws, until a draw is worth ENOUGH; then the last. */
static gboolean run_rounds(Job *job, guint draws, PlnReconstruct *out) {
  guint first = 0, pilot = MAX(draws / 4, LEAST_PILOT);
  job->last = FALSE;
  for (guint k = 0; !g_atomic_int_get(&job->stop); k++) {
    round_clear(&job->round);
    job->last = k >= MOST_ROUNDS || (k >= LEAST_ROUNDS && out->effective > ENOUGH * pilot);
    job->round = round_new(job, job->last ? draws : pilot, first);
    first += job->round.n;
    pln_workers_run(job->threads, chunks(job->round.n), run_chunk, job);
    out->log = settle(&job->round, 1, &out->effective);
    if (job->last)
      break;
    adapt(job);
  }
  return !g_atomic_int_get(&job->stop);
}

static gboolean reconstruct(Job *job, guint draws, PlnReconstruct *out, GError **error) {
  find_modes(job);
  out->modes = job->mixture->parts;
  if (out->modes > 0 && !run_rounds(job, draws, out)) {
    g_set_error(error, PLN_ERROR, PLN_ERROR_FAILED, "interrupted");
    return FALSE;
  }
  if (out->modes == 0 || out->effective == 0) {
    g_set_error(error, PLN_ERROR, PLN_ERROR_DATA,
                "these totals cannot be had from the states that are left");
    return FALSE;
  }
  gather(job, out->effective, out);
  if (!job->exact)
    correct(job, out);
  smooth(job, out);
  return TRUE;
}

PlnReconstruct *pln_reconstruct_new(const PlnForecast *forecast, const guint32 total[K],
                                    const PlnReconstructOptions *options, PlnProgress *progress,
                                    GError **error) {
  g_autoptr(PlnReconstruct) out = g_new0(PlnReconstruct, 1);
  guint draws = options->draws > 0 ? options->draws : PLN_RECONSTRUCT_DRAWS;
  Job job = {.forecast = forecast, .total = total, .options = options, .progress = progress};
  out->n = forecast->n;
  out->draws = draws;
  out->chance = g_new0(double, (gsize)out->n *K + 1);
  out->error = g_new0(double, (gsize)out->n *K + 1);
  job.exact = out->exact = cost_of(total, out->n, draws) <= PLN_RECONSTRUCT_EXACT;
  if (out->n == 0)
    return g_steal_pointer(&out);
  job.d = 1 + forecast->f;
  job.threads = pln_workers_count(options->threads, MAX(chunks(draws), PLN_RECONSTRUCT_CHECKED));
  job.mixture = pln_mixture_new(job.d);
  job_open(&job);
  gboolean done = reconstruct(&job, draws, out, error);
  job_close(&job);
  return done ? g_steal_pointer(&out) : NULL;
}

void pln_reconstruct_free(PlnReconstruct *reconstruct) {
  if (!reconstruct)
    return;
  g_free(reconstruct->chance);
  g_free(reconstruct->error);
  g_free(reconstruct);
}
