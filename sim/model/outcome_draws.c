/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "plenary/normal.h"
#include "plenary/outcome_part.h"
#include "plenary/workers.h"

enum { CHUNK = 1000 }; /* draws of a task: fixed, so that sums have one order */

/* Weighted zeros and ones, or what lies between, and what their error takes. */
typedef struct {
  double w, wa, ww, wwa, wwaa;
} Moment;

static void add(Moment *m, double w, double a) {
  m->w += w;
  m->wa += w * a;
  m->ww += w * w;
  m->wwa += w * w * a;
  m->wwaa += w * w * a * a;
}

static void join(Moment *m, const Moment *other) {
  m->w += other->w;
  m->wa += other->wa;
  m->ww += other->ww;
  m->wwa += other->wwa;
  m->wwaa += other->wwaa;
}

static PlnOutcomeChance chance_of(const Moment *m) {
  if (!(m->w > 0))
    return (PlnOutcomeChance){NAN, NAN};
  double r = m->wa / m->w, square = m->wwaa - 2 * r * m->wwa + r * r * m->ww;
  return (PlnOutcomeChance){r, sqrt(MAX(square, 0)) / m->w};
}

typedef struct {
  Moment yes, no;
  double weight, decides, answer[PLN_VOTE_KINDS];
} BlocSums;

/* A task's sums; in the end of all. */
typedef struct {
  Moment adopted, consensus, voted;
  double *count;  /* PLN_VOTE_KINDS x (n + 1): weight of so many */
  double *margin; /* 2 n + 2, from -n - 1 on */
  double *answer; /* PLN_VOTE_KINDS x n: weight of each seat's answer */
  double *with;   /* the same, adopted as well */
  double *decides; /* n */
  BlocSums *bloc;
  gsize size; /* of all from count on */
} Tallied;

static void tallied_init(Tallied *t, guint n, guint n_blocs) {
  gsize kinds = PLN_VOTE_KINDS;
  t->size = kinds * (n + 1) + 2 * (gsize)n + 2 + 2 * kinds * n + n;
  t->count = g_new0(double, t->size);
  t->margin = t->count + kinds * (n + 1);
  t->answer = t->margin + 2 * (gsize)n + 2;
  t->with = t->answer + kinds * n;
  t->decides = t->with + kinds * n;
  t->bloc = g_new0(BlocSums, n_blocs + 1);
}

static void tallied_clear(Tallied *t) {
  g_free(t->count);
  g_free(t->bloc);
}

static void tallied_join(Tallied *t, const Tallied *other, guint n_blocs) {
  join(&t->adopted, &other->adopted);
  join(&t->consensus, &other->consensus);
  join(&t->voted, &other->voted);
  for (gsize i = 0; i < t->size; i++)
    t->count[i] += other->count[i];
  for (guint b = 0; b < n_blocs; b++) {
    BlocSums *to = &t->bloc[b];
    const BlocSums *from = &other->bloc[b];
    join(&to->yes, &from->yes);
    join(&to->no, &from->no);
    to->weight += from->weight;
    to->decides += from->decides;
    for (guint k = 0; k < PLN_VOTE_KINDS; k++)
      to->answer[k] += from->answer[k];
  }
}

typedef struct {
  const PlnOutcomeCase *question;
  const PlnOutcomeOptions *options;
  const double *silent;
  gboolean alike; /* no seat counts for more than another */
  guint *bloc_at, *bloc_seat; /* bloc b's seats are from bloc_at[b] to bloc_at[b + 1] */
  Tallied *task;
} Draws;

/* ---- Of one tally ---- */

double *pln_outcome_silent(const PlnOutcomeCase *question) {
  if (question->rule->method != PLN_METHOD_CONSENSUS_FIRST)
    return NULL;
  guint n = question->forecast->n;
  double *silent = g_new(double, n + 1);
  silent[0] = 1;
  for (guint i = 0; i < n; i++)
    silent[i + 1] = silent[i] * (1 - question->asks);
  return silent;
}

double pln_outcome_of_tally(const PlnOutcomeCase *question, const double *silent,
                            const PlnTally *tally, PlnVerdict *verdict) {
  *verdict = pln_rule_decide(question->rule, tally, PLN_STAGE_VOTE);
  double vote = verdict->outcome == PLN_OUTCOME_ADOPTED;
  double quiet = silent ? silent[tally->count[PLN_VOTE_N]] : 0;
  return quiet + (1 - quiet) * vote;
}

PlnTally pln_outcome_tally(const PlnOutcomeCase *q, const PlnVote *vote) {
  guint n = q->forecast->n;
  if (q->weight || q->veto)
    return pln_tally(&(PlnBallots){n, vote, q->weight, q->veto});
  guint no = 0, abstain = 0, absent = 0;
  for (guint i = 0; i < n; i++) {
    no += vote[i] == PLN_VOTE_N;
    abstain += vote[i] == PLN_VOTE_A;
    absent += vote[i] == PLN_VOTE_X;
  }
  PlnTally t = {.count = {n - no - abstain - absent, no, abstain, absent}};
  for (guint k = 0; k < PLN_VOTE_KINDS; k++)
    t.weight[k] = t.count[k];
  return t;
}

static void move(const PlnOutcomeCase *q, PlnTally *t, guint seat, PlnVote from, PlnVote to) {
  guint64 weight = q->weight ? q->weight[seat] : 1;
  t->count[from]--;
  t->weight[from] -= weight;
  t->count[to]++;
  t->weight[to] += weight;
  if (q->veto && q->veto[seat])
    t->vetoes = t->vetoes - (from == PLN_VOTE_N) + (to == PLN_VOTE_N);
}

/* What is adopted with this seat's yes and not with its no. */
static double decisive(const Draws *d, const PlnTally *tally, guint seat, PlnVote now) {
  PlnVerdict verdict;
  PlnTally yes = *tally, no = *tally;
  move(d->question, &yes, seat, now, PLN_VOTE_Y);
  move(d->question, &no, seat, now, PLN_VOTE_N);
  double gain = pln_outcome_of_tally(d->question, d->silent, &yes, &verdict) -
                pln_outcome_of_tally(d->question, d->silent, &no, &verdict);
  return MAX(gain, 0);
}

static void add_decisive(const Draws *d, const PlnVote *vote, const PlnTally *tally, double weight,
                         double *decides) {
  guint n = d->question->forecast->n;
  double by[PLN_VOTE_KINDS] = {0}, sum = 0;
  for (guint i = 0; !d->alike && i < n; i++)
    decides[i] += weight * decisive(d, tally, i, vote[i]);
  if (!d->alike)
    return;
  for (PlnVote v = 0; v < PLN_VOTE_KINDS; v++)
    if (tally->count[v] > 0)
      sum += by[v] = weight * decisive(d, tally, 0, v);
  for (guint i = 0; sum > 0 && i < n; i++)
    decides[i] += by[vote[i]];
}

static void add_draw(const Draws *d, const PlnVote *vote, const PlnTally *tally, double weight,
                     Tallied *t) {
  guint n = d->question->forecast->n;
  PlnVerdict v;
  double adopted = pln_outcome_of_tally(d->question, d->silent, tally, &v);
  double quiet = d->silent ? d->silent[tally->count[PLN_VOTE_N]] : 0;
  add(&t->adopted, weight, adopted);
  add(&t->consensus, weight, quiet);
  add(&t->voted, weight * (1 - quiet), v.outcome == PLN_OUTCOME_ADOPTED);
  for (guint k = 0; k < PLN_VOTE_KINDS; k++)
    t->count[k * (n + 1) + tally->count[k]] += weight;
  gint margin = CLAMP((gint)v.yes - (gint)v.needed, -(gint)n - 1, (gint)n);
  t->margin[margin + (gint)n + 1] += weight;
  for (guint i = 0; i < n; i++)
    t->answer[vote[i] * n + i] += weight;
  for (guint i = 0; adopted > 0 && i < n; i++)
    t->with[vote[i] * n + i] += weight * adopted;
  add_decisive(d, vote, tally, weight, t->decides);
}

/* ---- Blocs ---- */

typedef struct {
  guint n;
  const guint *seat;
} Bloc;

/* The chance that all of a bloc answer so, the others as they do. */
static double all_of(Bloc bloc, const double *chance) {
  double all = 1;
  for (guint m = 0; m < bloc.n; m++)
    all *= chance[bloc.seat[m]];
  return all;
}

static double adopted_with(const Draws *d, Bloc bloc, const PlnVote *vote, PlnVote as,
                           const PlnTally *tally) {
  PlnTally t = *tally;
  PlnVerdict verdict;
  for (guint m = 0; m < bloc.n; m++)
    move(d->question, &t, bloc.seat[m], vote[bloc.seat[m]], as);
  return pln_outcome_of_tally(d->question, d->silent, &t, &verdict);
}

static void add_blocs(const Draws *d, const PlnVote *vote, const PlnTally *tally, double weight,
                      const PlnOutcomeGiven *given, Tallied *t) {
  for (guint b = 0; b < d->options->n_blocs; b++) {
    Bloc bloc = {d->bloc_at[b + 1] - d->bloc_at[b], d->bloc_seat + d->bloc_at[b]};
    BlocSums *s = &t->bloc[b];
    double yes = adopted_with(d, bloc, vote, PLN_VOTE_Y, tally);
    double no = adopted_with(d, bloc, vote, PLN_VOTE_N, tally);
    add(&s->yes, weight * all_of(bloc, given->yes), yes);
    add(&s->no, weight * all_of(bloc, given->no), no);
    s->weight += weight;
    s->decides += weight * MAX(yes - no, 0);
    for (guint m = 0; m < bloc.n; m++)
      s->answer[vote[bloc.seat[m]]] += weight;
  }
}

/* The seats of each bloc, one after another. */
static void list_blocs(Draws *d) {
  guint n = d->question->forecast->n, n_blocs = d->options->n_blocs, all = 0;
  d->bloc_at = g_new0(guint, n_blocs + 1);
  d->bloc_seat = g_new(guint, (gsize)n_blocs * n + 1);
  for (guint b = 0; b < n_blocs; b++) {
    for (guint i = 0; i < n; i++)
      if (d->options->member[(gsize)b * n + i])
        d->bloc_seat[all++] = i;
    d->bloc_at[b + 1] = all;
  }
}

/* ---- The draws ---- */

static void hold(const PlnOutcomeCase *q, PlnVote *vote) {
  for (guint i = 0; q->known && i < q->forecast->n; i++)
    if (q->known[i] != PLN_VOTE_UNKNOWN)
      vote[i] = q->known[i];
}

static void run_chunk(guint task, guint thread, gpointer data) {
  (void)thread;
  Draws *d = data;
  const PlnOutcomeCase *q = d->question;
  const PlnForecast *f = q->forecast;
  guint first = task * CHUNK, n = MIN(CHUNK, d->options->draws - first);
  g_autofree PlnVote *votes = g_new(PlnVote, (gsize)n * f->n + 1);
  g_autofree double *room = g_new(double, PLN_FORECAST_ROOM(f->n_pad, f->f));
  g_autofree double *z = g_new(double, 1 + f->f);
  guint64 seed = d->options->seed;
  PlnOutcomeGiven *given = pln_outcome_given_new(q);
  pln_forecast_draw(f, seed, PLN_STUDY_OUTCOME_DRAWS, first, n, room, votes);
  Tallied *t = &d->task[task];
  tallied_init(t, f->n, d->options->n_blocs);
  for (guint k = 0; k < n; k++) {
    PlnVote *vote = votes + (gsize)k * f->n;
    gboolean blocs = d->options->n_blocs > 0 && (first + k) % PLN_OUTCOME_EVERY == 0;
    double weight = 1;
    if (q->known || blocs) { /* the factors of this draw once more */
      PlnDraw stream = pln_draw_stream(seed, PLN_STUDY_OUTCOME_DRAWS, first + k);
      pln_draw_normals(&stream, 1 + f->f, z);
      weight = pln_outcome_given_at(given, z);
      hold(q, vote);
    }
    PlnTally tally = pln_outcome_tally(q, vote);
    add_draw(d, vote, &tally, weight, t);
    if (blocs)
      add_blocs(d, vote, &tally, weight, given, t);
  }
  pln_outcome_given_free(given);
}

/* ---- What they say ---- */

static PlnOutcomeSpread spread_of(guint n, const double *weight, gint least) {
  static const double level[PLN_OUTCOME_QUANTILES] = {0.05, 0.25, 0.5, 0.75, 0.95};
  PlnOutcomeSpread s = {.mean = NAN, .sd = NAN};
  double all = 0, one = 0, two = 0, below = 0;
  for (guint j = 0; j < n; j++) {
    all += weight[j];
    one += weight[j] * (least + (gint)j);
  }
  if (!(all > 0))
    return s;
  s.mean = one / all;
  for (guint j = 0; j < n; j++)
    two += weight[j] * (least + (gint)j - s.mean) * (least + (gint)j - s.mean);
  s.sd = sqrt(two / all);
  for (guint j = 0, k = 0; j < n; j++)
    for (below += weight[j]; k < PLN_OUTCOME_QUANTILES &&
                             (below >= level[k] * all * (1 - 1e-12) || j == n - 1); k++)
      s.quantile[k] = least + (gint)j;
  return s;
}

/* Bits that the answer tells of adoption, less (rows - 1)(columns - 1) / 2 N. */
static double information(const double *answer, const double *with, guint n, double all,
                          double effective) {
  double adopted = 0, nats = 0;
  guint rows = 0;
  for (guint k = 0; k < PLN_VOTE_KINDS; k++)
    adopted += with[k * n];
  if (!(adopted > 0) || !(adopted < all))
    return 0;
  for (guint k = 0; k < PLN_VOTE_KINDS; k++) {
    double w = answer[k * n], a = with[k * n], f = w - a;
    rows += w > 0;
    if (a > 0)
      nats += a / all * pln_log(a * all / (w * adopted));
    if (f > 1e-12 * w)
      nats += f / all * pln_log(f * all / (w * (all - adopted)));
  }
  nats -= rows > 0 ? (rows - 1) / (2 * effective) : 0;
  return MAX(nats, 0) / (PLN_LN2_HIGH + PLN_LN2_LOW);
}

/* @worth: effective draws a weight of 1 */
static PlnOutcomeSeat seat_of(const Tallied *t, guint i, guint n, double worth) {
  PlnOutcomeSeat s = {.swing = NAN, .swing_error = NAN};
  double all = t->adopted.w;
  gsize at_yes = PLN_VOTE_Y * (gsize)n + i, at_no = PLN_VOTE_N * (gsize)n + i;
  double yes = t->answer[at_yes], no = t->answer[at_no];
  for (guint k = 0; k < PLN_VOTE_KINDS; k++)
    s.answer[k] = t->answer[k * n + i] / all;
  s.decides = t->decides[i] / all;
  s.bits = information(t->answer + i, t->with + i, n, all, all * worth);
  if (yes > 0 && no > 0) {
    double p = MIN(t->with[at_yes] / yes, 1), q = MIN(t->with[at_no] / no, 1);
    s.swing = p - q;
    s.swing_error = sqrt((p * (1 - p) / yes + q * (1 - q) / no) / worth);
  }
  return s;
}

static PlnOutcomeSeat bloc_of(const BlocSums *b) {
  PlnOutcomeSeat s = {.bits = NAN};
  PlnOutcomeChance yes = chance_of(&b->yes), no = chance_of(&b->no);
  for (guint k = 0; k < PLN_VOTE_KINDS; k++)
    s.answer[k] = b->answer[k] / b->weight;
  s.decides = b->decides / b->weight;
  s.swing = yes.value - no.value;
  s.swing_error = sqrt(yes.error * yes.error + no.error * no.error);
  return s;
}

static void report(const Tallied *t, PlnOutcomeResult *r) {
  guint n = r->n;
  double all = t->adopted.w;
  r->effective = t->adopted.ww > 0 ? all * all / t->adopted.ww : 0;
  r->adopted = r->drawn = chance_of(&t->adopted);
  r->consensus = chance_of(&t->consensus);
  r->by_vote = chance_of(&t->voted);
  for (guint k = 0; k < PLN_VOTE_KINDS; k++)
    r->count[k] = spread_of(n + 1, t->count + k * (n + 1), 0);
  r->margin = spread_of(2 * n + 2, t->margin, -(gint)n - 1);
  r->yes = g_new(double, n + 1);
  for (guint j = 0; j <= n; j++)
    r->yes[j] = t->count[PLN_VOTE_Y * (n + 1) + j] / all;
  r->seat = g_new(PlnOutcomeSeat, n + 1);
  for (guint i = 0; i < n; i++)
    r->seat[i] = seat_of(t, i, n, r->effective / all);
  r->bloc = g_new(PlnOutcomeSeat, r->n_blocs + 1);
  for (guint b = 0; b < r->n_blocs; b++)
    r->bloc[b] = bloc_of(&t->bloc[b]);
}

void pln_outcome_draws(const PlnOutcomeCase *question, const PlnOutcomeOptions *options,
                       PlnOutcomeResult *result) {
  guint n_tasks = (options->draws + CHUNK - 1) / CHUNK, n = question->forecast->n;
  g_autofree double *silent = pln_outcome_silent(question);
  g_autofree Tallied *task = g_new0(Tallied, n_tasks + 1);
  gboolean alike = !(question->weight && question->rule->weighted) &&
                   !(question->veto && question->rule->veto);
  Draws draws = {question, options, silent, alike, NULL, NULL, task};
  list_blocs(&draws);
  pln_workers_run(options->threads, n_tasks, run_chunk, &draws);
  Tallied *all = &task[n_tasks];
  tallied_init(all, n, options->n_blocs);
  for (guint k = 0; k < n_tasks; k++) {
    tallied_join(all, &task[k], options->n_blocs);
    tallied_clear(&task[k]);
  }
  result->n = n;
  result->n_blocs = options->n_blocs;
  result->draws = options->draws;
  report(all, result);
  tallied_clear(all);
  g_free(draws.bloc_at);
  g_free(draws.bloc_seat);
}
