/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/chamber.h"

#include <stdbool.h>

#include "plenary/normal.h"
#include "plenary/update.h"

enum { NO, ABSTAIN, YES, ANSWERS };
static const double CERTAIN = 9;      /* a cutpoint so far out that nothing lies beyond it */
static const double LOST = 0.03;      /* how often the forecast of a state that was heard is taken
                                         to know nothing of it: its own word then stands alone */
static const double TIED_MOST = 0.98; /* of a seat's variance that may be common */

static double larger(double a, double b) {
  return a > b ? a : b;
}

static double smaller(double a, double b) {
  return a < b ? a : b;
}

/* ---- Positions ---- */

void pln_chamber_support(double at, double status_quo, double position, double sd, double *support,
                         double *support_sd) {
  if (at < 0) {
    *support = PLN_CHAMBER_FIRM * (position - 50) / 50;
    *support_sd = PLN_CHAMBER_FIRM * sd / 50;
    return;
  }
  /* Between the two the difference of the distances changes by two a step. */
  double apart = larger(pln_abs(at - status_quo), 1);
  double gain = pln_abs(position - status_quo) - pln_abs(position - at);
  *support = PLN_CHAMBER_FIRM * gain / apart;
  *support_sd = PLN_CHAMBER_FIRM * 2 * sd / apart;
}

void pln_chamber_position(double at, double status_quo, double position, double sd,
                          double chance[3]) {
  double u, u_sd;
  pln_chamber_support(at, status_quo, position, sd, &u, &u_sd);
  pln_update_chances(u, PLN_CHAMBER_BAND, u_sd * u_sd, 0, chance);
}

static void support_of(const PlnChamber *c, uint32_t i, double *u, double *sd) {
  pln_chamber_support(c->at, c->status_quo, c->position[i], c->sd[i], u, sd);
}

/* How many seats a row speaks for. */
static uint32_t seats_of(const PlnChamber *c, int32_t row) {
  uint32_t n = 0;
  for (uint32_t i = 0; i < c->n; i++)
    n += c->won[i] == row;
  return n;
}

/* ---- Evidence ---- */

static bool was_heard(const PlnChamber *c, uint32_t i) {
  const double *l = c->likelihood ? c->likelihood + ANSWERS * (size_t)i : 0;
  return l && (l[NO] != l[ABSTAIN] || l[ABSTAIN] != l[YES]);
}

static PlnSeatBasis basis_of(const PlnChamber *c, uint32_t i) {
  if (c->known[i] != PLN_VOTE_UNKNOWN)
    return PLN_SEAT_RECORD;
  if (was_heard(c, i))
    return PLN_SEAT_HEARD;
  if (c->won[i] >= 0)
    return PLN_SEAT_STANCE;
  return c->place[i] >= 0 ? PLN_SEAT_FILLED : PLN_SEAT_SHARES;
}

static PlnEvidence evidence_of(const PlnChamber *c, uint32_t i, PlnSeatBasis basis) {
  PlnEvidence e = {PLN_EVIDENCE_NONE, {1, 1, 1}, 0, 0};
  static const uint32_t answer[] = {YES, NO, ABSTAIN}; /* of Y N A */
  double sd;
  if (basis == PLN_SEAT_RECORD && c->known[i] < PLN_VOTE_X)
    return pln_evidence_vote(answer[c->known[i]]);
  if (basis == PLN_SEAT_HEARD) {
    e.kind = PLN_EVIDENCE_ANSWER;
    for (uint32_t k = 0; k < ANSWERS; k++)
      e.likelihood[k] = c->likelihood[ANSWERS * (size_t)i + k];
  } else if (basis == PLN_SEAT_STANCE) {
    e.kind = PLN_EVIDENCE_SUPPORT;
    support_of(c, i, &e.support, &sd);
    e.variance = 1 + sd * sd * seats_of(c, c->won[i]);
  }
  return e;
}

void pln_chamber_evidence(const PlnChamber *chamber, PlnSeatBasis *basis, PlnEvidence *own) {
  for (uint32_t i = 0; i < chamber->n; i++) {
    basis[i] = basis_of(chamber, i);
    own[i] = evidence_of(chamber, i, basis[i]);
  }
}

/* ---- Chances ---- */

/* Shares of the answers expected of the seats that the electorate knows. */
static void fill_shares(const PlnChamber *c, const PlnChamberAnswer *x, double share[3]) {
  double sum = ANSWERS;
  for (uint32_t k = 0; k < ANSWERS; k++)
    share[k] = 1;
  for (uint32_t i = 0; i < c->n; i++)
    for (uint32_t k = 0; k < ANSWERS && c->place[i] >= 0; k++) {
      share[k] += x->chance[ANSWERS * (size_t)c->place[i] + k];
      sum += x->chance[ANSWERS * (size_t)c->place[i] + k];
    }
  for (uint32_t k = 0; k < ANSWERS; k++)
    share[k] /= sum;
}

/* What seat @i would do for all that is known, but for what it said itself. */
static void chance_without(const PlnChamber *c, uint32_t i, PlnSeatBasis basis,
                           const PlnChamberAnswer *x, const double share[3], double chance[3]) {
  for (uint32_t k = 0; k < ANSWERS; k++)
    chance[k] = c->place[i] >= 0 ? x->without[ANSWERS * (size_t)c->place[i] + k] : share[k];
  if (basis != PLN_SEAT_RECORD && c->won[i] >= 0)
    pln_chamber_position(c->at, c->status_quo, c->position[i], c->sd[i], chance);
}

void pln_chamber_chances(const PlnChamber *c, const PlnSeatBasis *basis, const PlnEvidence *own,
                         const PlnChamberAnswer *answer, double *chances, double *withouts) {
  double share[ANSWERS];
  fill_shares(c, answer, share);
  for (uint32_t i = 0; i < c->n; i++) {
    double *chance = chances + ANSWERS * (size_t)i, *without = withouts + ANSWERS * (size_t)i;
    bool heard = own[i].kind == PLN_EVIDENCE_ANSWER;
    double sum = 0, lost = basis[i] == PLN_SEAT_HEARD ? LOST : 0;
    chance_without(c, i, basis[i], answer, share, without);
    for (uint32_t k = 0; k < ANSWERS; k++) {
      chance[k] = (1 - lost) * without[k] + lost / ANSWERS;
      sum += chance[k] *= heard ? own[i].likelihood[k] : 1;
    }
    for (uint32_t k = 0; k < ANSWERS; k++)
      chance[k] /= sum;
  }
}

/* ---- Factors ---- */

static uint32_t find(const int32_t *row, uint32_t n, int32_t wanted) {
  uint32_t at = 0;
  while (at < n && row[at] != wanted)
    at++;
  return at;
}

/* Those that speak for most seats stay. */
static void drop_least(const PlnChamber *c, uint32_t n, int32_t *row) {
  uint32_t least = 0;
  for (uint32_t k = 1; k < n; k++)
    if (seats_of(c, row[k]) < seats_of(c, row[least]))
      least = k;
  for (uint32_t k = least; k + 1 < n; k++)
    row[k] = row[k + 1];
}

uint32_t pln_chamber_rows(const PlnChamber *c, const PlnSeatBasis *basis, uint32_t shared,
                          int32_t *row) {
  uint32_t n = 0;
  for (uint32_t i = 0; i < c->n; i++)
    if (basis[i] == PLN_SEAT_STANCE && find(row, n, c->won[i]) == n)
      row[n++] = c->won[i];
  for (; n > 0 && n + shared > PLN_FORECAST_FACTORS; n--)
    drop_least(c, n, row);
  return n;
}

typedef struct {
  const PlnChamber *chamber;
  const PlnSeatBasis *basis;
  const PlnChamberAnswer *answer;
  uint32_t rows;
  const int32_t *row;
} Tied;

static void tie_seat(const Tied *t, uint32_t i, double *loading, size_t n_pad) {
  const PlnChamber *c = t->chamber;
  const PlnChamberAnswer *x = t->answer;
  if (t->basis[i] == PLN_SEAT_RECORD)
    return;
  if (t->basis[i] == PLN_SEAT_STANCE) {
    double u, sd;
    support_of(c, i, &u, &sd);
    uint32_t at = find(t->row, t->rows, c->won[i]);
    if (at < t->rows)
      loading[(x->f + at) * n_pad + i] =
          smaller(sd / __builtin_sqrt(1 + sd * sd), __builtin_sqrt(TIED_MOST));
    return;
  }
  for (uint32_t k = 0; k < x->f && c->place[i] >= 0; k++)
    loading[k * n_pad + i] = x->loading[(size_t)c->place[i] * x->f + k];
}

static double own_part(const PlnForecast *f, double *loading, uint32_t i) {
  double sum = 0;
  for (uint32_t k = 0; k < f->f; k++)
    sum += loading[(size_t)k * f->n_pad + i] * loading[(size_t)k * f->n_pad + i];
  if (sum > TIED_MOST)
    for (uint32_t k = 0; k < f->f; k++)
      loading[(size_t)k * f->n_pad + i] *= __builtin_sqrt(TIED_MOST / sum);
  return __builtin_sqrt(1 - smaller(sum, TIED_MOST));
}

static double absence(double chance) {
  return chance <= 0 ? -PLN_INF : chance >= 1 ? PLN_INF : pln_normal_inverse(chance);
}

PlnForecast pln_chamber_forecast(const PlnChamber *c, const PlnSeatBasis *basis,
                                 const PlnChamberAnswer *answer, const double *chances,
                                 const double *absent, double turnout, uint32_t rows,
                                 const int32_t *row, double *room) {
  PlnForecast f = {.n = c->n, .n_pad = (c->n + 7) / 8 * 8, .f = answer->f + rows};
  Tied tied = {c, basis, answer, rows, row};
  size_t pad = f.n_pad;
  double *below = room, *above = room + pad, *own = room + 2 * pad, *away = room + 3 * pad;
  double *loading = room + 4 * pad;
  for (size_t k = 0; k < pad * (4 + (size_t)f.f); k++)
    room[k] = 0;
  for (size_t i = 0; i < pad; i++) {
    away[i] = -PLN_INF;
    own[i] = 1;
  }
  for (uint32_t i = 0; i < c->n; i++) {
    const double *chance = chances + ANSWERS * (size_t)i;
    below[i] = pln_clamp(pln_normal_inverse(chance[NO]), CERTAIN);
    above[i] = larger(pln_clamp(-pln_normal_inverse(chance[YES]), CERTAIN), below[i]);
    away[i] = absence(absent[i]);
    tie_seat(&tied, i, loading, pad);
    own[i] = own_part(&f, loading, i);
  }
  f.below = below;
  f.above = above;
  f.own = own;
  f.absent = away;
  f.loading = loading;
  f.turnout = turnout;
  return f;
}
