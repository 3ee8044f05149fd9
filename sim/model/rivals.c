/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/rivals.h"

#include <math.h>
#include <string.h>

#include "plenary/normal.h"
#include "plenary/scale.h"

/* Found on sessions 65-69, histories of the five sessions before. */
static const double KAPPA = 0.4;     /* of the earlier roll calls' log likelihood */
static const double FRESH = 0.06;    /* share of answers that are not as they were */
static const double FRIENDS = 20;    /* roll calls that the mean agreement counts for */
static const double NEIGHBOUR = 0.9; /* answers of the shares added to the neighbours' */
enum { NEIGHBOURS = 5 };
static const double POWER[PLN_RIVAL_POOL] = {-0.45, 0.1, 0.16, 0.28, 0.82};

const char *const pln_rival_names[PLN_RIVALS] = {
    "share of the revealed", "regional group",   "nearest neighbours",      "one dimension",
    "earlier roll calls",    "pool of the five", "one dimension, unordered"};

struct PlnRivals {
  guint n, m;               /* voters of the matrix; roll calls */
  guint8 *answer;           /* m x n */
  float *agreement;         /* n x n */
  double *position, *error; /* n; those without a vote: 0, 1 */
  gboolean *placed;         /* n: have a vote */
  int *group;               /* n */
  int groups;
};

void pln_rivals_free(PlnRivals *r) {
  if (!r)
    return;
  g_free(r->answer);
  g_free(r->agreement);
  g_free(r->position);
  g_free(r->error);
  g_free(r->placed);
  g_free(r->group);
  g_free(r);
}

/* How often each pair agreed, drawn towards the mean of all pairs. */
static void compare(PlnRivals *r) {
  gsize n = r->n;
  g_autofree guint16 *both = g_new0(guint16, n * n + 1), *same = g_new0(guint16, n * n + 1);
  for (guint t = 0; t < r->m; t++) {
    const guint8 *row = r->answer + t * n;
    for (gsize i = 0; i < n; i++)
      for (gsize k = 0; row[i] != PLN_ANSWER_NONE && k < i; k++) {
        both[i * n + k] += row[k] != PLN_ANSWER_NONE;
        same[i * n + k] += row[k] == row[i];
      }
  }
  double all = 0, agreed = 0;
  for (gsize k = 0; k < n * n; k++) {
    all += both[k];
    agreed += same[k];
  }
  double mean = all > 0 ? agreed / all : 0.5;
  for (gsize i = 0; i < n; i++)
    for (gsize k = 0; k < i; k++)
      r->agreement[i * n + k] = r->agreement[k * n + i] =
          (float)((same[i * n + k] + FRIENDS * mean) / (both[i * n + k] + FRIENDS));
}

static void place(PlnRivals *r, const PlnCells *cells) {
  PlnScaleOptions how = pln_scale_options();
  g_autoptr(PlnScale) scale = pln_scale_new(cells, &how);
  for (guint i = 0; i < r->n; i++)
    r->error[i] = 1;
  for (guint i = 0; i < cells->n_states; i++) {
    r->placed[cells->state[i]] = TRUE;
    r->position[cells->state[i]] = scale->position[i];
    r->error[cells->state[i]] = isfinite(scale->error[i]) ? scale->error[i] : 1;
  }
}

PlnRivals *pln_rivals_new(const PlnVoteMatrix *history, int from, int to, double lopsided,
                          const int *group) {
  PlnCellsOptions which = {.classes = 3, .lopsided = lopsided, .from = from, .to = to};
  g_autoptr(PlnCells) cells = pln_cells_new(history, &which);
  if (cells->n_calls == 0)
    return NULL;
  PlnRivals *r = g_new0(PlnRivals, 1);
  gsize n = r->n = history->n_voters;
  r->m = cells->n_calls;
  r->answer = g_malloc(r->m * n + 1);
  r->agreement = g_new0(float, n *n + 1);
  r->position = g_new0(double, n + 1);
  r->error = g_new0(double, n + 1);
  r->placed = g_new0(gboolean, n + 1);
  r->group = g_new(int, n + 1);
  memset(r->answer, PLN_ANSWER_NONE, r->m * n);
  for (guint t = 0; t < r->m; t++)
    for (guint i = 0; i < cells->n_states; i++)
      r->answer[t * n + cells->state[i]] = pln_cells_row(cells, t)[i];
  for (guint i = 0; i < n; i++) {
    r->group[i] = group ? group[i] : -1;
    r->groups = MAX(r->groups, r->group[i] + 1);
  }
  compare(r);
  place(r, cells);
  return r;
}

double pln_rivals_position(const PlnRivals *r, guint voter) {
  return r->placed[voter] ? r->position[voter] : NAN;
}

static void count(const PlnRivals *r, const guint8 *known, int group, double number[3]) {
  for (guint i = 0; i < r->n; i++)
    if (known[i] != PLN_ANSWER_NONE && (group < 0 || r->group[i] == group))
      number[known[i]]++;
}

/* @number of answers and @prior's one more, as shares. */
static void share_out(const double number[3], double weight, const double prior[3], double *chance) {
  double all = number[0] + number[1] + number[2] + weight;
  for (guint k = 0; k < 3; k++)
    chance[k] = (number[k] + weight * prior[k]) / all;
}

static void ask_shares(const PlnRivals *r, const guint8 *known, double share[3], double *of_all,
                       double *of_group) {
  static const double even[3] = {1.0 / 3, 1.0 / 3, 1.0 / 3};
  double number[3] = {0};
  count(r, known, -1, number);
  share_out(number, 1, even, share);
  for (gsize i = 0; i < r->n; i++)
    memcpy(of_all + 3 * i, share, sizeof(double) * 3);
  memcpy(of_group, of_all, sizeof(double) * 3 * r->n);
  for (int g = 0; g < r->groups; g++) {
    double own[3] = {0}, chance[3];
    count(r, known, g, own);
    share_out(own, 1, share, chance);
    for (gsize i = 0; i < r->n; i++)
      if (r->group[i] == g)
        memcpy(of_group + 3 * i, chance, sizeof chance);
  }
}

/* The nearest of the states with a known answer; of equals the first. */
static void ask_neighbours(const PlnRivals *r, const guint8 *known, const double share[3],
                           double *chance) {
  g_autofree guint *seen = g_new(guint, r->n + 1);
  guint n_seen = 0;
  for (guint i = 0; i < r->n; i++)
    if (known[i] != PLN_ANSWER_NONE)
      seen[n_seen++] = i;
  for (gsize i = 0; i < r->n; i++) {
    guint near[NEIGHBOURS], n = 0;
    const float *with = r->agreement + i * r->n;
    for (guint s = 0; s < n_seen; s++) {
      guint at = n, who = seen[s];
      while (at > 0 && with[near[at - 1]] < with[who])
        at--;
      if (at >= NEIGHBOURS || who == i)
        continue;
      n = MIN(n + 1, NEIGHBOURS);
      memmove(near + at + 1, near + at, sizeof *near * (n - at - 1));
      near[at] = who;
    }
    double number[3] = {0};
    for (guint k = 0; k < n; k++)
      number[known[near[k]]]++;
    share_out(number, NEIGHBOUR, share, chance + 3 * i);
  }
}

/* On the same positions with the order of the answers and without. */
static void ask_scale(const PlnRivals *r, const guint8 *known, const double share[3],
                      double *chance, double *unordered) {
  g_autofree double *x = g_new(double, r->n + 1);
  g_autofree guint8 *answer = g_malloc(r->n + 1);
  guint n = 0;
  for (guint i = 0; i < r->n; i++)
    if (known[i] != PLN_ANSWER_NONE) {
      x[n] = r->position[i];
      answer[n++] = known[i];
    }
  double covariance[6];
  PlnRivalChoice choice;
  PlnCurve curve = pln_rival_curve(n, x, answer, covariance);
  pln_rival_choice(n, x, answer, share, &choice);
  for (gsize i = 0; i < r->n; i++) {
    pln_curve_chance(&curve, covariance, 3, r->position[i], r->error[i], chance + 3 * i);
    pln_rival_choice_chance(&choice, r->position[i], r->error[i], unordered + 3 * i);
  }
}

/* The weights of the roll calls, which sum to 1. */
static void weigh(const PlnRivals *r, const guint8 *known, const double share[3], double *weight) {
  double most = -INFINITY, sum = 0, stay[3], turn[3], fresh[3];
  for (guint k = 0; k < 3; k++) {
    stay[k] = KAPPA * pln_log(1 - FRESH + FRESH * share[k]);
    turn[k] = KAPPA * pln_log(FRESH * share[k]);
    fresh[k] = KAPPA * pln_log(share[k]);
  }
  for (guint t = 0; t < r->m; t++) {
    const guint8 *row = r->answer + (gsize)t * r->n;
    weight[t] = 0;
    for (guint i = 0; i < r->n; i++) {
      guint8 v = known[i];
      if (v != PLN_ANSWER_NONE)
        weight[t] += row[i] == v ? stay[v] : row[i] == PLN_ANSWER_NONE ? fresh[v] : turn[v];
    }
    most = MAX(most, weight[t]);
  }
  for (guint t = 0; t < r->m; t++)
    sum += weight[t] = pln_exp(weight[t] - most);
  for (guint t = 0; t < r->m; t++)
    weight[t] /= sum;
}

static void ask_earlier(const PlnRivals *r, const guint8 *known, const double share[3],
                        double *chance) {
  g_autofree double *weight = g_new(double, r->m);
  weigh(r, known, share, weight);
  for (gsize k = 0; k < 3 * (gsize)r->n; k++)
    chance[k] = FRESH * share[k % 3];
  for (guint t = 0; t < r->m; t++) {
    const guint8 *row = r->answer + (gsize)t * r->n;
    for (gsize i = 0; i < r->n; i++)
      for (guint k = 0; k < 3; k++)
        chance[3 * i + k] +=
            (1 - FRESH) * weight[t] * (row[i] == PLN_ANSWER_NONE ? share[k] : (double)(row[i] == k));
  }
}

static void pool(const PlnRivals *r, const double *of, double *chance) {
  gsize each = 3 * (gsize)r->n;
  g_autofree double *log = g_new(double, each + 1);
  memset(chance, 0, sizeof(double) * each);
  for (guint which = 0; which < PLN_RIVAL_POOL; which++) {
    if (POWER[which] == 0)
      continue;
    pln_logs(each, of + which * each, log);
    for (gsize k = 0; k < each; k++)
      chance[k] += POWER[which] * log[k];
  }
  pln_exps(each, chance, chance);
  for (gsize i = 0; i < r->n; i++) {
    double sum = chance[3 * i] + chance[3 * i + 1] + chance[3 * i + 2];
    for (guint k = 0; k < 3; k++)
      chance[3 * i + k] /= sum;
  }
}

void pln_rivals_ask(const PlnRivals *r, const guint8 *known, double *chance) {
  gsize each = 3 * (gsize)r->n;
  double share[3];
  ask_shares(r, known, share, chance + PLN_RIVAL_SHARES * each, chance + PLN_RIVAL_GROUPS * each);
  ask_neighbours(r, known, share, chance + PLN_RIVAL_NEIGHBOURS * each);
  ask_scale(r, known, share, chance + PLN_RIVAL_SCALE * each, chance + PLN_RIVAL_UNORDERED * each);
  ask_earlier(r, known, share, chance + PLN_RIVAL_EARLIER * each);
  for (gsize k = 0; k < PLN_RIVALS * each; k++) /* far out on a scale a chance can vanish */
    if (k / each != PLN_RIVAL_POOL)
      chance[k] = MAX(chance[k], 1e-6);
  pool(r, chance, chance + PLN_RIVAL_POOL * each);
}
