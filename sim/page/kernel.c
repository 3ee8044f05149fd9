/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the page asks of the core: compiled to WebAssembly with it, called by kernel.js.  All
 * room is the caller's, who hands it out over __heap_base and keeps it in order; here nothing
 * is kept from one call to the next.  Numbers go in and out as arrays in one fixed order; a
 * structure that the script writes or reads has members of one size, and is such an array. */
#include "plenary/chamber.h"
#include "plenary/pool.h"
#include "plenary/prior.h"
#include "plenary/rule.h"
#include "plenary/spoken.h"

/* The plain draws of a forecast (outcome.h, PLN_STUDY_OUTCOME_DRAWS). */
enum { PLN_KERNEL_STUDY = 0x4f555401 };

#define EXPORT(name) __attribute__((export_name(name)))

/* A rule as numbers, in this order. */
enum {
  METHOD, BASIS, NUM, DEN, STRICT, MIN_YES, TIE, ABSTAIN, ABSENT, VETO, WEIGHTED, WEIGHT_BASIS,
  WEIGHT_NUM, WEIGHT_DEN, WEIGHT_STRICT, BLOCKING, QUORUM_NUM, QUORUM_DEN, QUORUM_STRICT
};

/* A verdict as numbers: counts and weights first, four each. */
enum {
  COUNT, WEIGHT = 4, OUTCOME = 8, REASON, YES, BASE, NEEDED, WEIGHT_YES, BASE_WEIGHT,
  WEIGHT_NEEDED, SEEN, QUORUM
};

EXPORT("decide")
void pln_kernel_decide(const uint32_t *rule, uint32_t stage, uint32_t n, PlnVote *vote,
                       const uint32_t *unnamed, const uint32_t *weight, const uint8_t *veto,
                       double *out);
EXPORT("turn")
void pln_kernel_turn(const uint32_t *rule, uint32_t stage, uint32_t n, PlnVote *vote,
                     const uint32_t *unnamed, const uint32_t *weight, const uint8_t *veto,
                     const uint8_t *who, uint8_t *scratch, uint32_t *out);

/* What was asked, and where its lists lie: words of 32 bits, addresses among them. */
typedef struct {
  uint32_t n, p, two;
  const double *row, *offset, *log_width;
} Electorate;

typedef struct {
  uint32_t n;
  const int32_t *place;
  const PlnVote *known;
  const double *likelihood; /* or 0 */
  const double *absent;
  uint32_t rows;
  const uint32_t *who, *names, *line, *size; /* rows */
  const double *position, *sd;               /* rows */
  const uint8_t *in;                         /* rows x n */
} Question;

/* The numbers beside. */
typedef struct {
  double width_sd, lapse, at, status_quo, age, turnout;
} Numbers;

/* What came of it; the lists lie in the room. */
typedef struct {
  uint32_t n, f;
  const double *chance, *below, *above, *position, *sd;
  const int32_t *won;
  const uint32_t *basis;
  PlnForecast *forecast;
} Answer;

/* Of draws. */
typedef struct {
  const uint32_t *rule;
  const uint32_t *weight; /* n, or 0 */
  const uint8_t *veto;    /* n, or 0 */
  uint32_t seed_low, seed_high, first, draws;
} Asked;

EXPORT("forecast_room") uint32_t pln_kernel_forecast_room(const Electorate *e, const Question *q);
EXPORT("forecast")
void pln_kernel_forecast(const Electorate *e, const Question *q, const Numbers *x, double *room,
                         Answer *out);
EXPORT("draws_room") uint32_t pln_kernel_draws_room(const Answer *answer, uint32_t draws);
EXPORT("tallies")
void pln_kernel_tallies(const Answer *answer, const Asked *asked, double *room, uint32_t *tally);
EXPORT("sums")
double pln_kernel_sums(const Answer *answer, const Asked *asked, double asks, double *room,
                       uint32_t *count, uint32_t *margin);

static PlnRule rule_of(const uint32_t *r) {
  return (PlnRule){.method = (PlnRuleMethod)r[METHOD],
                   .basis = (PlnBasis)r[BASIS],
                   .majority = {r[NUM], r[DEN], r[STRICT]},
                   .min_yes = r[MIN_YES],
                   .tie = (PlnTie)r[TIE],
                   .abstain = (PlnCountAs)r[ABSTAIN],
                   .absent = (PlnCountAs)r[ABSENT],
                   .veto = r[VETO],
                   .weighted = r[WEIGHTED],
                   .weight_basis = (PlnBasis)r[WEIGHT_BASIS],
                   .weight_majority = {r[WEIGHT_NUM], r[WEIGHT_DEN], r[WEIGHT_STRICT]},
                   .blocking = r[BLOCKING],
                   .quorum = {r[QUORUM_NUM], r[QUORUM_DEN], r[QUORUM_STRICT]}};
}

static void write_verdict(const PlnTally *tally, const PlnVerdict *v, double *out) {
  for (int k = 0; k < PLN_VOTE_KINDS; k++) {
    out[COUNT + k] = tally->count[k];
    out[WEIGHT + k] = (double)tally->weight[k];
  }
  out[OUTCOME] = v->outcome;
  out[REASON] = v->reason;
  out[YES] = v->yes;
  out[BASE] = v->base;
  out[NEEDED] = v->needed;
  out[WEIGHT_YES] = (double)v->weight_yes;
  out[BASE_WEIGHT] = (double)v->weight_base;
  out[WEIGHT_NEEDED] = (double)v->weight_needed;
  out[SEEN] = v->seen;
  out[QUORUM] = v->quorum;
}

/* @vote is spoilt: the unnamed votes are seated in it. */
void pln_kernel_decide(const uint32_t *rule, uint32_t stage, uint32_t n, PlnVote *vote,
                       const uint32_t *unnamed, const uint32_t *weight, const uint8_t *veto,
                       double *out) {
  PlnRule r = rule_of(rule);
  pln_vote_seat_unnamed(n, unnamed, vote);
  PlnTally tally = pln_tally(&(PlnBallots){n, vote, r.weighted ? weight : 0, veto});
  PlnVerdict verdict = pln_rule_decide(&r, &tally, (PlnStage)stage);
  write_verdict(&tally, &verdict, out);
}

/* @out: from each kind of vote to each other */
void pln_kernel_turn(const uint32_t *rule, uint32_t stage, uint32_t n, PlnVote *vote,
                     const uint32_t *unnamed, const uint32_t *weight, const uint8_t *veto,
                     const uint8_t *who, uint8_t *scratch, uint32_t *out) {
  PlnRule r = rule_of(rule);
  pln_vote_seat_unnamed(n, unnamed, vote);
  PlnBallots ballots = {n, vote, r.weighted ? weight : 0, veto};
  for (uint32_t from = 0; from < PLN_VOTE_KINDS; from++)
    for (uint32_t to = 0; to < PLN_VOTE_KINDS; to++)
      *out++ = from == to ? 0
                          : pln_rule_turn(&r, &ballots, (PlnStage)stage, (PlnVote)from,
                                          (PlnVote)to, who, scratch);
}

/* ---- The forecast ---- */

static double *take(double **room, size_t n) {
  double *at = *room;
  *room += n;
  return at;
}

/* Doubles that hold @n of @size bytes. */
static size_t doubles(size_t n, size_t size) {
  return (n * size + sizeof(double) - 1) / sizeof(double);
}

/* In bytes; what is taken below. */
uint32_t pln_kernel_forecast_room(const Electorate *e, const Question *q) {
  size_t n = q->n, seats = e->n, f = (size_t)e->p + 1 + q->rows;
  f = f < PLN_FORECAST_FACTORS ? f : PLN_FORECAST_FACTORS;
  size_t all = doubles(q->rows, sizeof(PlnSpoken)) + 2 * n + 3 * doubles(n, sizeof(uint32_t)) +
               doubles(n + seats, 2 * sizeof(PlnEvidence)) + PLN_PRIOR_ROOM(seats, e->p) +
               PLN_UPDATE_ROOM(seats, e->p) + seats * ((size_t)e->p + 7) + 6 * n +
               PLN_CHAMBER_ROOM(n, f) + doubles(1, sizeof(PlnForecast)) + 64;
  return (uint32_t)(all * sizeof(double));
}

/* Which row holds for each seat, and what it says. */
static PlnChamber chamber_of(const Question *q, const Numbers *x, double **room) {
  PlnSpoken *spoken = (PlnSpoken *)take(room, doubles(q->rows, sizeof *spoken));
  double *position = take(room, q->n), *sd = take(room, q->n);
  int32_t *won = (int32_t *)take(room, doubles(q->n, sizeof *won));
  for (uint32_t k = 0; k < q->rows; k++)
    spoken[k] = (PlnSpoken){k, (PlnStanceWho)q->who[k], q->names[k], q->line[k], q->position[k],
                            q->sd[k], q->in + (size_t)k * q->n, q->size[k]};
  pln_spoken_sort(q->rows, spoken);
  for (uint32_t i = 0; i < q->n; i++) {
    uint32_t first = pln_spoken_first(q->rows, spoken, i);
    won[i] = first < q->rows ? (int32_t)spoken[first].row : -1;
    position[i] = sd[i] = 0;
    if (first < q->rows)
      pln_spoken_merge(q->rows, spoken, first, i, &position[i], &sd[i]);
  }
  return (PlnChamber){.n = q->n,
                      .place = q->place,
                      .known = q->known,
                      .likelihood = q->likelihood,
                      .won = won,
                      .position = position,
                      .sd = sd,
                      .at = x->at,
                      .status_quo = x->status_quo};
}

/* The electorate's answer to what is known of the seats, as predictor.c asks it alone. */
static PlnChamberAnswer ask(const Electorate *e, const Question *q, const Numbers *x,
                            const PlnEvidence *own, double **room) {
  PlnPrior prior = {e->n, e->p, e->row, e->offset, e->log_width, x->width_sd, x->lapse, e->two};
  size_t size = doubles(e->n, sizeof(PlnEvidence));
  PlnEvidence *known = (PlnEvidence *)take(room, size), *aged = (PlnEvidence *)take(room, size);
  for (uint32_t i = 0; i < e->n; i++)
    known[i] = (PlnEvidence){PLN_EVIDENCE_NONE, {0, 0, 0}, 0, 0};
  for (uint32_t i = 0; i < q->n; i++)
    if (q->place[i] >= 0)
      known[q->place[i]] = own[i];
  for (uint32_t i = 0; i < e->n; i++)
    aged[i] = pln_prior_evidence(&known[i], x->age);
  PlnUpdateCase update = pln_prior_case(&prior, x->age, take(room, PLN_PRIOR_ROOM(e->n, e->p)));
  PlnUpdate answer = pln_update_in(e->n, e->p, take(room, PLN_UPDATE_ROOM(e->n, e->p)));
  update.evidence = aged;
  pln_update_run(&update, &answer);
  PlnPoolCase pool = {e->n, e->p, 1, &answer, known, e->two};
  PlnPooled pooled = {.chance = take(room, 3 * (size_t)e->n),
                      .without = take(room, 3 * (size_t)e->n),
                      .loading = take(room, (size_t)e->n * (e->p + 1))};
  pln_pool_run(&pool, &pooled);
  return (PlnChamberAnswer){e->p + 1, pooled.chance, pooled.without, pooled.loading};
}

void pln_kernel_forecast(const Electorate *e, const Question *q, const Numbers *x, double *room,
                         Answer *out) {
  PlnChamber chamber = chamber_of(q, x, &room);
  PlnSeatBasis *basis = (PlnSeatBasis *)take(&room, doubles(q->n, sizeof *basis));
  PlnEvidence *own = (PlnEvidence *)take(&room, doubles(q->n, sizeof *own));
  pln_chamber_evidence(&chamber, basis, own);
  PlnChamberAnswer answer = ask(e, q, x, own, &room);
  double *chance = take(&room, 3 * (size_t)q->n), *without = take(&room, 3 * (size_t)q->n);
  pln_chamber_chances(&chamber, basis, own, &answer, chance, without);
  int32_t *row = (int32_t *)take(&room, doubles(q->n, sizeof *row));
  uint32_t rows = pln_chamber_rows(&chamber, basis, answer.f, row);
  PlnForecast *forecast = (PlnForecast *)take(&room, doubles(1, sizeof *forecast));
  *forecast = pln_chamber_forecast(&chamber, basis, &answer, chance, q->absent, x->turnout, rows,
                                   row, room);
  *out = (Answer){.n = q->n,
                  .f = forecast->f,
                  .chance = chance,
                  .below = forecast->below,
                  .above = forecast->above,
                  .position = chamber.position,
                  .sd = chamber.sd,
                  .won = chamber.won,
                  .basis = (const uint32_t *)basis,
                  .forecast = forecast};
}

/* ---- Draws ---- */

/* In bytes: of the draws, their votes or tallies, and the chance that nobody asks. */
uint32_t pln_kernel_draws_room(const Answer *a, uint32_t draws) {
  size_t each = a->n > PLN_VOTE_KINDS * sizeof(uint32_t) ? a->n : PLN_VOTE_KINDS * sizeof(uint32_t);
  return (uint32_t)(sizeof(double) * (PLN_FORECAST_ROOM(a->forecast->n_pad, a->f) +
                                      doubles(draws, each) + a->n + 1));
}

static uint64_t seed_of(const Asked *asked) {
  return (uint64_t)asked->seed_high << 32 | asked->seed_low;
}

void pln_kernel_tallies(const Answer *a, const Asked *asked, double *room, uint32_t *tally) {
  pln_forecast_tallies(a->forecast, seed_of(asked), PLN_KERNEL_STUDY, asked->first, asked->draws,
                       room, tally);
}

/* The chance that nobody asks for a vote, by how many would vote no; where nobody is there
 * nothing is adopted by their silence. */
static double *silence(const PlnRule *rule, uint32_t n, double asks, double **room) {
  if (rule->method != PLN_METHOD_CONSENSUS_FIRST || n == 0)
    return 0;
  double *silent = take(room, (size_t)n + 1);
  silent[0] = 1;
  for (uint32_t i = 0; i < n; i++)
    silent[i + 1] = silent[i] * (1 - asks);
  return silent;
}

typedef struct {
  const PlnRule *rule;
  const double *silent;
  uint32_t n, *count, *margin;
} Sums;

/* Returns: how far it is adopted, by a vote or without one */
static double add(const Sums *s, const PlnTally *tally) {
  PlnVerdict v = pln_rule_decide(s->rule, tally, PLN_STAGE_VOTE);
  double quiet = s->silent ? s->silent[tally->count[PLN_VOTE_N]] : 0;
  int64_t n = s->n, margin = (int64_t)v.yes - (int64_t)v.needed;
  margin = margin > n ? n : margin < -n - 1 ? -n - 1 : margin;
  s->margin[margin + n + 1]++;
  for (uint32_t k = 0; k < PLN_VOTE_KINDS; k++)
    s->count[k * (s->n + 1) + tally->count[k]]++;
  return quiet + (1 - quiet) * (v.outcome == PLN_OUTCOME_ADOPTED);
}

static double add_votes(const Answer *a, const Asked *asked, const Sums *s, double *room) {
  PlnVote *vote = (PlnVote *)take(&room, doubles(asked->draws, a->n));
  double sum = 0;
  pln_forecast_draw(a->forecast, seed_of(asked), PLN_KERNEL_STUDY, asked->first, asked->draws,
                    room, vote);
  for (uint32_t d = 0; d < asked->draws; d++) {
    PlnBallots ballots = {a->n, vote + (size_t)d * a->n, s->rule->weighted ? asked->weight : 0,
                          asked->veto};
    PlnTally tally = pln_tally(&ballots);
    sum += add(s, &tally);
  }
  return sum;
}

static double add_tallies(const Answer *a, const Asked *asked, const Sums *s, double *room) {
  uint32_t *tally = (uint32_t *)take(
      &room, doubles(asked->draws, PLN_VOTE_KINDS * sizeof *tally));
  double sum = 0;
  pln_kernel_tallies(a, asked, room, tally);
  for (uint32_t d = 0; d < asked->draws; d++, tally += PLN_VOTE_KINDS) {
    PlnTally t = {.vetoes = 0};
    for (uint32_t k = 0; k < PLN_VOTE_KINDS; k++)
      t.weight[k] = t.count[k] = tally[k];
    sum += add(s, &t);
  }
  return sum;
}

/* @count: PLN_VOTE_KINDS x (n + 1) and @margin: 2 n + 2, from -n - 1 on, are added to.
 * Returns: how many were adopted, as expected */
double pln_kernel_sums(const Answer *a, const Asked *asked, double asks, double *room,
                       uint32_t *count, uint32_t *margin) {
  PlnRule rule = rule_of(asked->rule);
  Sums sums = {&rule, silence(&rule, a->n, asks, &room), a->n, count, margin};
  bool alike = !(rule.weighted && asked->weight) && !(rule.veto && asked->veto);
  return alike ? add_tallies(a, asked, &sums, room) : add_votes(a, asked, &sums, room);
}
