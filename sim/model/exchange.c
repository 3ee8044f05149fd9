/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Equal-gain exchange (Stokman and Van Oosten 1994; Stokman and Thomson 2004): reference F6.  A round
 * is a market of trades; then everybody goes part of the way to where it voted. */
#include <math.h>
#include <string.h>

#include "plenary/market.h"
#include "plenary/method.h"

/* A study number of its own for the order of ties: see draw.h. */
enum { PLN_STUDY_TIES = 0x42415203 };

static const double SALIENCE_WEIGHT = .4, FIXED_WEIGHT = .1;

typedef struct {
  PlnRun run;
  PlnMethodOptions options;
  PlnFloor *floor;
  PlnBook book;
  PlnMarket *market; /* NULL: too many trades */
  double *step;      /* m: 100 over the length of the scale */
  double *means;     /* m: of where everybody stands now, while trades are made */
  PlnDraw order;
  gsize row, rows; /* of externality: filled, allocated */
  PlnTalksEnd end;
} Exchange;

static PlnRun *set_up(guint n, guint m, const PlnMethodOptions *options) {
  Exchange *e = pln_run_new(sizeof *e, n, m, FALSE);
  gsize cells = (gsize)n * m + 1;
  e->options = *options;
  e->floor = pln_floor_set_up(n);
  e->book = (PlnBook){n,
                      m,
                      g_new(double, cells),
                      g_new(double, cells),
                      g_new(double, cells),
                      g_new(double, cells),
                      g_new(double, cells),
                      g_new(double, m + 1),
                      options->both_ways};
  e->market = pln_market_new(&e->book);
  e->step = g_new(double, m + 1);
  e->means = g_new(double, m + 1);
  return &e->run;
}

static void clear(PlnRun *run) {
  Exchange *e = (Exchange *)run;
  if (!e)
    return;
  pln_market_free(e->market);
  pln_floor_free(e->floor);
  g_free(e->book.x);
  g_free(e->book.y);
  g_free(e->book.s);
  g_free(e->book.share);
  g_free(e->book.told);
  g_free(e->book.mean);
  g_free(e->step);
  g_free(e->means);
  pln_run_clear(run);
  g_free(e);
}

/* ---- To and from scales of 0 to 100; a scale that is one stays as it is to the last bit ---- */

static double out_of(const Exchange *e, guint issue, double x) {
  return x / e->step[issue] + e->run.talks->from[issue];
}

/* The book of an issue, as its round begins; TRUE where it has a mean. */
static gboolean take_issue(Exchange *e, guint issue) {
  PlnRun *run = &e->run;
  PlnFloor *floor = e->floor;
  pln_floor_take(floor, run->talks, issue, run->position);
  double all = pln_floor_weight(floor), mean = 0;
  for (guint i = 0; i < run->n; i++)
    e->book.share[(gsize)i * run->m + issue] = 0;
  for (guint k = 0; k < floor->n; k++) {
    gsize at = (gsize)floor->actor[k] * run->m + issue;
    e->book.x[at] = (floor->x[k] - floor->from) * e->step[issue];
    e->book.s[at] = floor->s[k];
    e->book.share[at] = all > 0 ? floor->w[k] / all : 0;
    mean += floor->w[k] * e->book.x[at];
  }
  e->book.mean[issue] = all > 0 ? mean / all : NAN;
  return all > 0;
}

static PlnTalksEnd say(Exchange *e, guint open) {
  PlnRun *run = &e->run;
  const char *why = run->m == 1 ? "there is one issue: nothing to trade"
                    : open == 1 ? "no other issue is open: nothing to trade for"
                                : NULL;
  if (open > 1 && !e->market)
    why = "too many could trade: more than two million pairs of actors and issues";
  for (guint issue = 0; issue < run->m; issue++) {
    if (!run->words[issue])
      run->words[issue] = why;
    run->settled[issue] = run->words[issue] != NULL;
  }
  return open < 2 || !e->market ? PLN_TALKS_END_NOTHING : PLN_TALKS_END_NOT_YET;
}

static void start(PlnRun *run, const PlnTalks *talks) {
  Exchange *e = (Exchange *)run;
  guint open = 0;
  pln_run_start(run, talks);
  for (guint issue = 0; issue < run->m; issue++) {
    e->step[issue] = 100 / (talks->to[issue] - talks->from[issue]);
    if (take_issue(e, issue))
      run->outcome[issue] = pln_floor_mean(e->floor);
    run->words[issue] = pln_floor_words(e->floor);
    open += run->words[issue] == NULL;
  }
  e->order = pln_draw_stream(e->options.seed, PLN_STUDY_TIES, e->options.ties);
  e->end = say(e, open);
}

/* ---- A round ---- */

/* What the two shifts of @after from e->means are worth to each actor that holds a position. */
static void note_externality(Exchange *e, const PlnTrade *t, const double *after) {
  PlnRun *run = &e->run;
  guint issue[] = {t->q, t->p};
  if (e->row == e->rows) {
    e->rows = MAX(64, 2 * e->rows);
    run->externality = g_renew(double, run->externality, e->rows * run->n);
  }
  double *row = run->externality + e->row++ * run->n;
  for (guint k = 0; k < run->n; k++) {
    row[k] = 0;
    for (guint side = 0; side < PLN_TRADE_SIDES; side++) {
      gsize at = (gsize)k * run->m + issue[side];
      if (!isnan(run->position[at]))
        row[k] += e->book.s[at] *
                  (fabs(e->means[issue[side]] - e->book.x[at]) - fabs(after[side] - e->book.x[at]));
    }
  }
}

static void note_deal(Exchange *e, const PlnTrade *t) {
  const PlnBook *book = &e->book;
  gsize i = (gsize)t->i * book->m + t->q, j = (gsize)t->j * book->m + t->p;
  double after[] = {e->means[t->q] + book->share[i] * (t->to[PLN_TRADE_I] - book->y[i]),
                    e->means[t->p] + book->share[j] * (t->to[PLN_TRADE_J] - book->y[j])};
  PlnDeal deal = {.kind = PLN_DEAL_EXCHANGE,
                  .actor = t->i,
                  .other = t->j,
                  .issue = t->q,
                  .from = out_of(e, t->q, book->y[i]),
                  .to = out_of(e, t->q, t->to[PLN_TRADE_I]),
                  .own = t->gain,
                  .others = t->gain,
                  .issue2 = (int)t->p,
                  .from2 = out_of(e, t->p, book->y[j]),
                  .to2 = out_of(e, t->p, t->to[PLN_TRADE_J])};
  if (e->run.deals) {
    pln_run_deal(&e->run, &deal);
    note_externality(e, t, after);
  }
  e->means[t->q] = after[PLN_TRADE_I];
  e->means[t->p] = after[PLN_TRADE_J];
}

/* The forecast is the mean of the votes; everybody then moves towards its own, the less the more it
 * cares. */
static void close_round(Exchange *e) {
  PlnRun *run = &e->run;
  const PlnBook *book = &e->book;
  for (guint issue = 0; issue < run->m; issue++) {
    double sum = 0, all = 0;
    for (guint i = 0; i < run->n; i++) {
      gsize at = (gsize)i * run->m + issue;
      double x = run->position[at], s = run->talks->salience[at];
      if (isnan(x))
        continue;
      double y = book->y[at] == book->x[at] ? x : out_of(e, issue, book->y[at]);
      double w = run->talks->capability[at] * s, part = (1 - s) * SALIENCE_WEIGHT + FIXED_WEIGHT;
      sum += w * y;
      all += w;
      if (y != x)
        run->position[at] = (1 - part) * x + part * y;
    }
    run->outcome[issue] = all > 0 ? sum / all : NAN;
  }
}

static void step(PlnRun *run) {
  Exchange *e = (Exchange *)run;
  const PlnTrade *trade;
  guint made = 0;
  if (run->deals)
    g_array_set_size(run->deals, 0);
  e->row = 0;
  for (guint issue = 0; issue < run->m; issue++) {
    take_issue(e, issue);
    e->means[issue] = e->book.mean[issue];
  }
  pln_market_open(e->market, e->options.ties ? &e->order : NULL);
  for (; (trade = pln_market_best(e->market, &run->ties)); made++) {
    note_deal(e, trade);
    pln_market_make(e->market, trade);
  }
  if (made > 0) {
    run->round++;
    close_round(e);
    return;
  }
  e->end = PLN_TALKS_END_STILL; /* no round: else the forecast fell back to half-moved positions */
  for (guint issue = 0; issue < run->m; issue++) {
    run->settled[issue] = TRUE;
    if (run->round == 0 && !run->words[issue])
      run->words[issue] = "no exchange would leave both sides better off";
  }
}

static PlnTalksEnd converged(const PlnRun *run) {
  return ((const Exchange *)run)->end;
}

const PlnMethod pln_method_exchange = {
    .name = "exchange",
    .title = "exchange: equal gains, issue for issue",
    .source = "Stokman and Van Oosten 1994; Stokman and Thomson 2004",
    .rounds = TRUE,
    .together = TRUE,
    .usual = 10,
    .set_up = set_up,
    .start = start,
    .step = step,
    .converged = converged,
    .free = clear,
};
