/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/election.h"

#include <math.h>
#include <string.h>

#include "plenary/normal.h"
#include "plenary/wide.h"

/* Below this a way out of a state of the chain is none: its inverse has to stay a number. */
#define NO_WAY_OUT 1e-200

PlnElection *pln_election_set_up(guint voters, guint options) {
  PlnElection *e = g_new0(PlnElection, 1);
  gsize square = (gsize)options * options + 1;
  e->utility = g_new0(double, (gsize)voters * options + 1);
  e->weight = g_new0(double, voters + 1);
  e->coalition = g_new(double, square);
  e->victory = g_new(double, square);
  e->chain = g_new(double, square);
  e->chance = g_new(double, options + 1);
  pln_election_shape(e, voters, options);
  return e;
}

void pln_election_free(PlnElection *e) {
  if (!e)
    return;
  g_free(e->utility);
  g_free(e->weight);
  g_free(e->coalition);
  g_free(e->victory);
  g_free(e->chain);
  g_free(e->chance);
  g_free(e);
}

void pln_election_shape(PlnElection *e, guint voters, guint options) {
  e->voters = voters;
  e->options = options;
}

/* The part of a vote that counts for the first: of a difference d below 0, nothing. */
PLN_WIDE_INLINE double vote(PlnLaw law, double d) {
  double some = d > PLN_TIE ? d : 0, yes = d > PLN_TIE ? 1 : 0;
  switch (law) {
  case PLN_LAW_BINARY:
    return yes;
  case PLN_LAW_MOSTLY:
    return 0.8 * some + 0.2 * yes;
  case PLN_LAW_MIXED:
    return 0.5 * some + 0.5 * (some * some * some);
  case PLN_LAW_CUBIC:
    return some * some * some;
  default:
    return some;
  }
}

/* Voters in the order of their numbers, so that each sum has one order whatever the registers. */
PLN_WIDE_INLINE void add_votes(PlnElection *e, PlnLaw law) {
  guint n = e->options;
  memset(e->coalition, 0, sizeof(double) * n * n);
  for (guint a = 0; a < n; a++) {
    double *restrict row = e->coalition + (gsize)a * n;
    for (guint k = 0; k < e->voters; k++) {
      const double *restrict u = e->utility + (gsize)k * n;
      double own = u[a], w = e->weight[k];
      for (guint b = 0; b < n; b++)
        row[b] += w * vote(law, own - u[b]);
    }
  }
}

PLN_WIDE static void coalitions(PlnElection *e, PlnLaw law) {
  if (law == PLN_LAW_BINARY)
    add_votes(e, PLN_LAW_BINARY);
  else if (law == PLN_LAW_MOSTLY)
    add_votes(e, PLN_LAW_MOSTLY);
  else if (law == PLN_LAW_MIXED)
    add_votes(e, PLN_LAW_MIXED);
  else if (law == PLN_LAW_CUBIC)
    add_votes(e, PLN_LAW_CUBIC);
  else
    add_votes(e, PLN_LAW_PROPORTIONAL);
}

/* By the ratio of the smaller to the larger, which no power can drive beyond a double. */
static void victories(PlnElection *e, guint exponent) {
  guint n = e->options;
  for (guint a = 0; a < n; a++) {
    e->victory[(gsize)a * n + a] = 0.5;
    for (guint b = a + 1; b < n; b++) {
      double ours = e->coalition[(gsize)a * n + b], theirs = e->coalition[(gsize)b * n + a];
      double least = MIN(ours, theirs), most = MAX(ours, theirs), power = 1;
      double ratio = most > 0 ? least / most : 1;
      for (guint q = 0; q < exponent; q++)
        power *= ratio;
      double wins = 1 / (1 + power), loses = power / (1 + power);
      e->victory[(gsize)a * n + b] = ours >= theirs ? wins : loses;
      e->victory[(gsize)b * n + a] = ours >= theirs ? loses : wins;
    }
  }
}

/* From the row's option to the column's; what is on the diagonal does not matter. */
static void fill_uniform(PlnElection *e) {
  guint n = e->options;
  for (guint b = 0; b < n; b++)
    for (guint a = 0; a < n; a++)
      e->chain[(gsize)b * n + a] = e->victory[(gsize)a * n + b] / n;
}

/* Two that nobody distinguishes have a slight incentive, or there might be two ends of the chain. */
static void fill_incentive(PlnElection *e) {
  guint n = e->options;
  double all = 0;
  for (guint k = 0; k < e->voters; k++)
    all += e->weight[k];
  for (guint b = 0; b < n; b++) {
    double *row = e->chain + (gsize)b * n, sum = 0;
    for (guint a = 0; a < n; a++) {
      double ours = e->coalition[(gsize)a * n + b], theirs = e->coalition[(gsize)b * n + a];
      double victory = e->victory[(gsize)a * n + b];
      row[a] = ours + theirs > 0 ? ours * victory : all > 0 ? PLN_TIE * all : 1;
      row[a] = a == b ? 0 : row[a];
      sum += row[a];
    }
    for (guint a = 0; a < n; a++)
      row[a] = sum > 0 ? row[a] / sum * e->victory[(gsize)a * n + b] : 0;
  }
}

/* State k is taken out: the ways through it become ways past it.  Returns the ways out of k. */
PLN_WIDE static double take_out(double *chain, guint n, guint k) {
  const double *restrict from = chain + (gsize)k * n;
  double out = 0;
  for (guint j = 0; j < k; j++)
    out += from[j];
  if (!(out > NO_WAY_OUT))
    return 0;
  for (guint i = 0; i < k; i++) {
    double *restrict row = chain + (gsize)i * n, factor = row[k] / out;
    row[k] = factor;
    for (guint j = 0; j < k; j++)
      row[j] += factor * from[j];
  }
  return out;
}

/* The long run of the chain.  A state without a way to those before it keeps all that they would
 * have had: it is where they end. */
static void long_run(PlnElection *e) {
  guint n = e->options, first = 0;
  double *p = e->chance, sum = 0;
  for (guint k = n - 1; k > 0 && first == 0; k--)
    if (!(take_out(e->chain, n, k) > 0))
      first = k;
  for (guint k = 0; k < first; k++)
    p[k] = 0;
  p[first] = 1;
  for (guint k = first + 1; k < n; k++) {
    p[k] = 0;
    for (guint i = first; i < k; i++)
      p[k] += p[i] * e->chain[(gsize)i * n + k];
    double scale = p[k];
    for (guint i = first; scale > 1e50 && i <= k; i++) /* ratios may be wide */
      p[i] /= scale;
  }
  for (guint k = first; k < n; k++)
    sum += p[k];
  for (guint k = first; k < n; k++)
    p[k] /= sum;
}

/* The log of the product of a's victories; @defeats: how many of them are certain defeats. */
static double log_product(const PlnElection *e, guint a, guint *defeats) {
  const double *victory = e->victory + (gsize)a * e->options;
  double sum = 0;
  *defeats = 0;
  for (guint b = 0; b < e->options; b++) {
    *defeats += !(victory[b] > 0);
    sum += victory[b] > 0 ? pln_log(victory[b]) : 0;
  }
  return sum;
}

/* By logarithms: a product of 193 victories underflows.  A certain defeat outweighs everything but
 * another, as it would if it were nearly certain. */
static void conditional(PlnElection *e) {
  guint n = e->options, fewest = n, defeats;
  double *p = e->chance, most = -PLN_INF, sum = 0;
  for (guint a = 0; a < n; a++) {
    p[a] = log_product(e, a, &defeats);
    most = defeats < fewest || (defeats == fewest && p[a] > most) ? p[a] : most;
    fewest = MIN(fewest, defeats);
    e->chain[a] = defeats;
  }
  for (guint a = 0; a < n; a++) {
    p[a] = e->chain[a] <= fewest ? pln_exp(p[a] - most) : 0;
    sum += p[a];
  }
  for (guint a = 0; a < n; a++)
    p[a] /= sum;
}

void pln_election_hold(PlnElection *e, PlnLaw law, PlnChallengers challengers, guint exponent) {
  if (e->options == 0)
    return;
  coalitions(e, law);
  victories(e, exponent);
  if (challengers == PLN_CHALLENGERS_CONDITIONAL) {
    conditional(e);
    return;
  }
  if (challengers == PLN_CHALLENGERS_INCENTIVE)
    fill_incentive(e);
  else
    fill_uniform(e);
  long_run(e);
}

void pln_election_risk(const double *chance, guint n, double *risk) {
  double least = PLN_INF, most = -PLN_INF;
  for (guint k = 0; k < n; k++) {
    least = MIN(least, chance[k]);
    most = MAX(most, chance[k]);
  }
  for (guint k = 0; k < n; k++)
    risk[k] = most - least > PLN_TIE
                  ? (3 * chance[k] - most - 2 * least) / (2 * (most - least))
                  : 0;
}
