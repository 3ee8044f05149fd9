/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "plenary/outcome_part.h"

enum {
  POINTS = 128,   /* of the batch that ways are judged by */
  COUNTED = 2000, /* draws, where votes are counted */
  SWAPS = 64,     /* tries to put a cheaper state in a dearer one's place */
  BATCH = 0x7fffffff,
};

/* What ways are judged by: chances at points, or drawn votes. */
typedef struct {
  const PlnOutcomeCase *question;
  PlnOutcomeGiven *given;
  double *silent;
  guint n; /* points or draws */
  double *weight;
  double *chance; /* n x 3 x n_pad; or NULL */
  PlnVote *vote;  /* n x states; or NULL */
  PlnVote *spare; /* states */
  double *mean;   /* PLN_VOTE_KINDS x states: each one's chances */
} Pool;

/* One that may change: @gain to the expected margin, towards the turn. */
typedef struct {
  PlnOutcomeMove move;
  double gain, key;
} Candidate;

typedef struct {
  const Pool *pool;
  double level;
  gboolean up;
  guint n;
  Candidate *all; /* all moves that would help, up to two a state */
} Search;

/* ---- The pool ---- */

static void pool_points(Pool *p, const PlnOutcomeOptions *options) {
  const PlnForecast *f = p->question->forecast;
  guint size = 1 + f->f;
  gsize n_pad = f->n_pad;
  g_autofree double *direction = g_new(double, size), *z = g_new(double, POINTS * (gsize)size);
  p->n = POINTS;
  p->chance = g_new(double, POINTS * 3 * n_pad + 1);
  p->weight = g_new(double, POINTS);
  pln_outcome_direction(p->given, direction);
  PlnDraw stream = pln_draw_stream(options->seed, PLN_STUDY_OUTCOME_POINTS, BATCH);
  pln_outcome_batch(f->f, direction, stream, POINTS, z);
  for (guint k = 0; k < POINTS; k++) {
    p->weight[k] = pln_outcome_given_at(p->given, z + (gsize)k * size);
    memcpy(p->chance + k * 3 * n_pad, p->given->yes, 3 * n_pad * sizeof *p->chance);
  }
}

static void pool_votes(Pool *p, const PlnOutcomeOptions *options) {
  const PlnForecast *f = p->question->forecast;
  g_autofree double *room = g_new(double, PLN_FORECAST_ROOM(f->n_pad, f->f));
  g_autofree double *z = g_new(double, 1 + f->f);
  p->n = COUNTED;
  p->vote = g_new(PlnVote, COUNTED * (gsize)f->n + 1);
  p->weight = g_new(double, COUNTED);
  pln_forecast_draw(f, options->seed, PLN_STUDY_OUTCOME_DRAWS, 0, COUNTED, room, p->vote);
  for (guint k = 0; k < COUNTED; k++) {
    p->weight[k] = 1;
    if (!p->question->known)
      continue;
    PlnDraw stream = pln_draw_stream(options->seed, PLN_STUDY_OUTCOME_DRAWS, k);
    pln_draw_normals(&stream, 1 + f->f, z);
    p->weight[k] = pln_outcome_given_at(p->given, z);
    for (guint i = 0; i < f->n; i++)
      if (p->question->known[i] != PLN_VOTE_UNKNOWN)
        p->vote[(gsize)k * f->n + i] = p->question->known[i];
  }
}

static void pool_means(Pool *p) {
  guint n = p->question->forecast->n;
  gsize n_pad = p->question->forecast->n_pad;
  double all = 0;
  p->mean = g_new0(double, PLN_VOTE_KINDS * (gsize)n + 1);
  for (guint k = 0; k < p->n; k++) {
    all += p->weight[k];
    for (guint i = 0; i < n; i++)
      if (p->vote)
        p->mean[p->vote[(gsize)k * n + i] * n + i] += p->weight[k];
      else
        for (guint v = 0; v < PLN_VOTE_X; v++)
          p->mean[v * n + i] += p->weight[k] * p->chance[(k * 3 + v) * n_pad + i];
  }
  for (guint i = 0; i < n; i++) {
    double left = 1;
    for (guint v = 0; v < PLN_VOTE_X; v++)
      left -= p->mean[v * n + i] /= all > 0 ? all : 1;
    p->mean[PLN_VOTE_X * n + i] = MAX(left, 0);
  }
}

static void pool_init(Pool *p, const PlnOutcomeCase *question, const PlnOutcomeOptions *options) {
  *p = (Pool){.question = question, .given = pln_outcome_given_new(question)};
  p->silent = pln_outcome_silent(question);
  p->spare = g_new(PlnVote, question->forecast->n + 1);
  if (p->given->exact)
    pool_points(p, options);
  else
    pool_votes(p, options);
  pool_means(p);
}

static void pool_clear(Pool *p) {
  pln_outcome_given_free(p->given);
  g_free(p->silent);
  g_free(p->weight);
  g_free(p->chance);
  g_free(p->vote);
  g_free(p->spare);
  g_free(p->mean);
}

static double at_point(const Pool *p, guint k, guint n, const Candidate *const *moves) {
  PlnOutcomeGiven *g = p->given;
  memcpy(g->yes, p->chance + k * 3 * g->n_pad, 3 * g->n_pad * sizeof *g->yes);
  for (guint m = 0; m < n; m++) {
    guint i = moves[m]->move.seat;
    g->yes[i] = moves[m]->move.to == PLN_VOTE_Y;
    g->no[i] = moves[m]->move.to == PLN_VOTE_N;
    g->abstain[i] = moves[m]->move.to == PLN_VOTE_A;
  }
  return pln_outcome_parts(g).adopted;
}

static double at_draw(const Pool *p, guint k, guint n, const Candidate *const *moves) {
  guint states = p->question->forecast->n;
  PlnVerdict verdict;
  memcpy(p->spare, p->vote + (gsize)k * states, states);
  for (guint m = 0; m < n; m++)
    p->spare[moves[m]->move.seat] = moves[m]->move.to;
  PlnTally tally = pln_outcome_tally(p->question, p->spare);
  return pln_outcome_of_tally(p->question, p->silent, &tally, &verdict);
}

static double chance_with(const Pool *p, guint n, const Candidate *const *moves) {
  double sum = 0, all = 0;
  for (guint k = 0; k < p->n; k++) {
    sum += p->weight[k] * (p->vote ? at_draw(p, k, n, moves) : at_point(p, k, n, moves));
    all += p->weight[k];
  }
  return all > 0 ? sum / all : NAN;
}

static gboolean turned(const Search *s, guint n, const Candidate *const *moves) {
  return (chance_with(s->pool, n, moves) >= s->level) == s->up;
}

/* ---- Who may move, and what it would do ---- */

/* The answer at the middle of a state's support. */
static PlnVote middle(const PlnForecast *f, guint i) {
  if (f->absent[i] > 0)
    return PLN_VOTE_X;
  return f->below[i] > 0 ? PLN_VOTE_N : f->above[i] < 0 ? PLN_VOTE_Y : PLN_VOTE_A;
}

/* A holder of a veto counts for more than everybody else. */
static double gain_of(const Search *s, guint i, PlnVote from, PlnVote to) {
  const PlnOutcomeCase *q = s->pool->question;
  const int32_t *add = s->pool->given->margin.add;
  guint n = q->forecast->n;
  double now = 0, weight = q->rule->weighted && q->weight ? q->weight[i] : 1;
  for (guint k = 0; k < PLN_VOTE_KINDS; k++)
    now += s->pool->mean[k * n + i] * add[k];
  double gain = weight * (add[to] - now), veto = 0;
  if (q->rule->veto && q->veto && q->veto[i] && (from == PLN_VOTE_N) != (to == PLN_VOTE_N))
    veto = 1e12;
  return (s->up ? gain : -gain) + veto;
}

static void offer(Search *s, guint i, PlnVote from, PlnVote to, double cost) {
  double gain = gain_of(s, i, from, to);
  if (gain > 1e-9 && isfinite(cost))
    s->all[s->n++] = (Candidate){{i, from, to, MAX(cost, 1e-9)}, gain, 0};
}

static void offer_all(Search *s) {
  const PlnOutcomeCase *q = s->pool->question;
  const PlnForecast *f = q->forecast;
  for (guint i = 0; i < f->n; i++) {
    PlnVote now = middle(f, i);
    if (q->known && q->known[i] != PLN_VOTE_UNKNOWN)
      continue;
    if (s->up && now == PLN_VOTE_N)
      offer(s, i, now, PLN_VOTE_A, f->below[i]);
    if (s->up && (now == PLN_VOTE_N || now == PLN_VOTE_A))
      offer(s, i, now, PLN_VOTE_Y, f->above[i]);
    if (!s->up && now == PLN_VOTE_Y)
      offer(s, i, now, PLN_VOTE_A, -f->above[i]);
    if (!s->up && (now == PLN_VOTE_Y || now == PLN_VOTE_A))
      offer(s, i, now, PLN_VOTE_N, -f->below[i]);
  }
}

/* ---- The search ---- */

typedef enum { BY_GAIN, BY_PRICE, BY_COST, ORDERS } Order;

static double key_of(const Candidate *c, Order order) {
  return order == BY_GAIN ? -c->gain : order == BY_PRICE ? c->move.cost / c->gain : c->move.cost;
}

static int by_key(const void *a, const void *b) {
  const Candidate *x = *(const Candidate *const *)a, *y = *(const Candidate *const *)b;
  if (x->key != y->key)
    return x->key < y->key ? -1 : 1;
  return (x->move.seat > y->move.seat) - (x->move.seat < y->move.seat);
}

/* One candidate a state, in @order.  By cost a state's greater move is as good as the lesser one
 * is cheap, so it is the price that picks.  @may: n, or NULL: all */
static guint line_up(const Search *s, Order order, const guint8 *may, gint barred,
                     const Candidate **line) {
  guint n = 0;
  Order pick = order == BY_GAIN ? BY_GAIN : BY_PRICE;
  for (guint k = 0; k < s->n; k++) {
    Candidate *c = &s->all[k];
    if ((may && !may[c->move.seat]) || (gint)c->move.seat == barred)
      continue;
    c->key = key_of(c, order);
    if (n == 0 || line[n - 1]->move.seat != c->move.seat)
      line[n++] = c;
    else if (key_of(c, pick) < key_of(line[n - 1], pick))
      line[n - 1] = c;
  }
  qsort(line, n, sizeof *line, by_key);
  return n;
}

/* As many from the front as turn it; 0 where all of them do not. */
static guint enough(const Search *s, guint n, const Candidate *const *line) {
  if (n == 0 || !turned(s, n, line))
    return 0;
  guint low = 0, high = n;
  while (high - low > 1) {
    guint half = low + (high - low) / 2;
    if (turned(s, half, line))
      high = half;
    else
      low = half;
  }
  return high;
}

/* Leaves out whoever is not needed, the dearest first.  Returns: how many are left */
static guint prune(const Search *s, guint n, const Candidate **line) {
  g_autofree const Candidate **without = g_new(const Candidate *, n + 1);
  g_autofree gboolean *tried = g_new0(gboolean, s->pool->question->forecast->n + 1);
  for (;;) {
    guint dearest = n;
    for (guint k = 0; k < n; k++)
      if (!tried[line[k]->move.seat] &&
          (dearest == n || line[k]->move.cost > line[dearest]->move.cost))
        dearest = k;
    if (dearest == n)
      return n;
    tried[line[dearest]->move.seat] = TRUE;
    memcpy(without, line, dearest * sizeof *line);
    memcpy(without + dearest, line + dearest + 1, (n - dearest - 1) * sizeof *line);
    if (n > 1 && turned(s, n - 1, without))
      memcpy(line, without, --n * sizeof *line);
  }
}

/* Cheaper states for dearer ones, as long as it turns. */
static void cheapen(const Search *s, guint n, guint all, const Candidate **line) {
  guint tries = 0;
  for (guint k = 0; k < n; k++)
    for (guint other = n; other < all && tries < SWAPS; other++) {
      const Candidate *was = line[k];
      if (line[other]->move.cost >= was->move.cost)
        continue;
      tries++;
      line[k] = line[other];
      line[other] = was;
      if (turned(s, n, line))
        continue;
      line[other] = line[k];
      line[k] = was;
    }
}

/* Whoever need not go all the way goes half of it. */
static void soften(const Search *s, guint n, const Candidate **line) {
  for (guint k = 0; k < n; k++)
    for (guint c = 0; c < s->n; c++) {
      const Candidate *was = line[k], *other = &s->all[c];
      if (other->move.seat != was->move.seat || other->move.cost >= was->move.cost)
        continue;
      line[k] = other;
      if (!turned(s, n, line))
        line[k] = was;
    }
}

static double cost_of(guint n, const Candidate *const *line) {
  double cost = 0;
  for (guint k = 0; k < n; k++)
    cost += line[k]->move.cost;
  return cost;
}

static gboolean is_like(const PlnOutcomeWay *way, guint n, const Candidate *const *line) {
  guint same = 0;
  for (guint k = 0; k < n; k++)
    for (guint m = 0; m < way->n; m++)
      same += way->move[m].seat == line[k]->move.seat && way->move[m].to == line[k]->move.to;
  return way->n == n && same == n;
}

static void keep(const Search *s, guint n, const Candidate *const *line, gint bloc,
                 PlnOutcomeWay *way) {
  g_free(way->move);
  *way = (PlnOutcomeWay){.n = n, .bloc = bloc, .cost = cost_of(n, line)};
  way->move = g_new(PlnOutcomeMove, n);
  for (guint k = 0; k < n; k++)
    way->move[k] = line[k]->move;
  way->chance = chance_with(s->pool, n, line);
}

/* The best of several orders, no way like one of @before.  @aim: what is best; @way: replaced
 * where this one is better */
static void search(const Search *s, PlnOutcomeAim aim, const guint8 *may, gint bloc, gint barred,
                   const PlnOutcomeWay *before, PlnOutcomeWay *way) {
  g_autofree const Candidate **line = g_new(const Candidate *, s->n + 1);
  for (Order order = BY_GAIN; order < ORDERS; order++) {
    guint all = line_up(s, order, may, barred, line), n = enough(s, all, line), like = 0;
    if (n == 0)
      continue;
    if (order == BY_GAIN)
      cheapen(s, n, all, line);
    else
      soften(s, n, line);
    n = prune(s, n, line);
    if (order == BY_GAIN)
      soften(s, n, line);
    for (guint a = 0; a < (guint)aim; a++)
      like += is_like(&before[a], n, line);
    double cost = cost_of(n, line);
    gboolean better = aim == PLN_WAY_FEWEST ? n < way->n || (n == way->n && cost < way->cost)
                                            : cost < way->cost;
    if (like == 0 && (way->n == 0 || better))
      keep(s, n, line, bloc, way);
    if (aim == PLN_WAY_FEWEST)
      break; /* the greatest gains first is fewest */
  }
}

void pln_outcome_ways(const PlnOutcomeCase *question, const PlnOutcomeOptions *options,
                      PlnOutcomeResult *result) {
  Pool pool;
  guint n = question->forecast->n;
  PlnOutcomeWay *way = result->way;
  pool_init(&pool, question, options);
  result->now = chance_with(&pool, 0, NULL);
  Search s = {&pool, options->level, result->now < options->level, 0, NULL};
  s.all = g_new(Candidate, 2 * (gsize)n + 1);
  offer_all(&s);
  for (guint a = 0; a < PLN_WAYS; a++)
    way[a].bloc = -1;
  search(&s, PLN_WAY_FEWEST, NULL, -1, -1, way, &way[PLN_WAY_FEWEST]);
  search(&s, PLN_WAY_LEAST, NULL, -1, -1, way, &way[PLN_WAY_LEAST]);
  if (way[PLN_WAY_FEWEST].n > 0 && way[PLN_WAY_LEAST].n == 0)
    search(&s, PLN_WAY_LEAST, NULL, -1, (gint)way[PLN_WAY_FEWEST].move[0].seat, way,
           &way[PLN_WAY_LEAST]);
  for (guint b = 0; b < options->n_blocs; b++)
    search(&s, PLN_WAY_BLOC, options->member + (gsize)b * n, (gint)b, -1, way, &way[PLN_WAY_BLOC]);
  g_free(s.all);
  pool_clear(&pool);
}
