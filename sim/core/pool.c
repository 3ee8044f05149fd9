/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/pool.h"

#include "plenary/normal.h"

/* Log powers at the start and by the log score of what was foretold; the log of all powers
 * together, where nothing is known and where much is, there by the best's mean score. */
typedef struct {
  double start[PLN_POOL_MOST], by_score, unknown, known, by_mean;
  double ties;     /* loadings beside those of the update */
  double less_yes; /* by which the log of the chance of yes is lessened */
} Constants;

static const Constants of_three = {{0, -0.568, -0.095}, 0.1111, 0.129, 0.444, 0.641, 1.3, 0.2},
                       of_one = {{0, 0, 0}, 0, 0.009, 0.644, 0.341, 1, 0};
static const double HALFWAY = 10; /* pieces of evidence between nothing and much */
static const double LEAST = 1e-4, LEAST_TOTAL = -1, MOST_TOTAL = 1.5;

static const Constants *constants(const PlnPoolCase *pool) {
  return pool->experts > 1 ? &of_three : &of_one;
}

static double larger(double a, double b) {
  return a > b ? a : b;
}

/* The log score of the pieces of evidence, each foretold from the others. */
static double score(const PlnPoolCase *pool, uint32_t expert, uint32_t *pieces) {
  double sum = 0;
  *pieces = 0;
  for (uint32_t i = 0; i < pool->n; i++) {
    if (pool->evidence[i].kind != PLN_EVIDENCE_ANSWER)
      continue;
    const double *p = pool->answer[expert].without + 3 * (size_t)i;
    const double *l = pool->evidence[i].likelihood;
    double told = (p[0] * l[0] + p[1] * l[1] + p[2] * l[2]) / (l[0] + l[1] + l[2]);
    sum += pln_log(larger(told, LEAST));
    (*pieces)++;
  }
  return sum;
}

/* Each expert's power. */
static void weigh(const PlnPoolCase *pool, PlnPooled *out) {
  const Constants *c = constants(pool);
  double best = -PLN_INF, sum = 0, most = -PLN_INF;
  uint32_t pieces = 0;
  for (uint32_t k = 0; k < pool->experts; k++) {
    double own = score(pool, k, &pieces);
    out->foretold[k] = pieces > 0 ? own / pieces : 0;
    out->power[k] = c->start[k] + c->by_score * own;
    best = larger(best, own);
    most = larger(most, out->power[k]);
  }
  for (uint32_t k = 0; k < pool->experts; k++)
    sum += out->power[k] = pln_exp(out->power[k] - most);
  double log = c->unknown * HALFWAY + c->known * pieces + c->by_mean * best;
  double total = log / (pieces + HALFWAY);
  total = total > MOST_TOTAL ? MOST_TOTAL : larger(total, LEAST_TOTAL);
  total = pln_exp(total);
  for (uint32_t k = 0; k < pool->experts; k++)
    out->power[k] *= total / sum;
}

/* The product of the experts' chances, each to its power; of yes a little less. */
static void multiply(const PlnPoolCase *pool, const PlnPooled *out, bool without, uint32_t i,
                     double chance[3]) {
  double log[3] = {0, 0, pool->two ? 0 : -constants(pool)->less_yes}, sum = 0;
  for (uint32_t e = 0; e < pool->experts; e++)
    for (uint32_t k = 0; k < 3 && out->power[e] > 0; k++) {
      const PlnUpdate *answer = &pool->answer[e];
      double own = (without ? answer->without : answer->chance)[3 * (size_t)i + k];
      log[k] += out->power[e] * pln_log(larger(own, LEAST));
    }
  double most = larger(larger(log[0], log[1]), log[2]);
  for (uint32_t k = 0; k < 3; k++)
    sum += chance[k] = pln_exp(log[k] - most);
  for (uint32_t k = 0; k < 3; k++)
    chance[k] /= sum;
}

static void fill_chances(const PlnPoolCase *pool, PlnPooled *out) {
  for (uint32_t i = 0; i < pool->n; i++) {
    const PlnEvidence *e = &pool->evidence[i];
    double *chance = out->chance + 3 * (size_t)i, *without = out->without + 3 * (size_t)i, sum = 0;
    multiply(pool, out, true, i, without);
    if (e->kind != PLN_EVIDENCE_ANSWER) {
      multiply(pool, out, false, i, chance);
      continue;
    }
    for (uint32_t k = 0; k < 3; k++)
      sum += chance[k] = without[k] * e->likelihood[k];
    for (uint32_t k = 0; k < 3; k++)
      chance[k] /= sum;
  }
}

/* The loadings of the expert with the greatest power, the last where it is not outdone: those of
 * the roll call's coefficients that are still open. */
static void tie(const PlnPoolCase *pool, PlnPooled *out) {
  uint32_t first = pool->experts - 1, f = pool->p + 1;
  for (uint32_t e = 0; e < pool->experts; e++)
    first = out->power[e] > out->power[first] ? e : first;
  const PlnUpdate *answer = &pool->answer[first];
  double ties = constants(pool)->ties;
  for (uint32_t i = 0; i < pool->n; i++) {
    double scale = ties / __builtin_sqrt(1 + ties * ties * answer->variance[i]);
    for (uint32_t k = 0; k < f; k++)
      out->loading[(size_t)i * f + k] = scale * answer->tie[(size_t)i * f + k];
  }
}

void pln_pool_run(const PlnPoolCase *pool, PlnPooled *pooled) {
  weigh(pool, pooled);
  fill_chances(pool, pooled);
  tie(pool, pooled);
}
