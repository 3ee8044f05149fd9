/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Outcomes: five states, one factor: every assignment summed over a grid of the factor.  Then
 * errors that cover, threads, ways by trying every set, and sittings. */
#include "plenary/outcome.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "plenary/normal.h"
#include "suite.h"

enum { N = 5, N_PAD = 8, SETS = 1024, GRID = 161 };

typedef struct {
  PlnForecast forecast;
  double below[N_PAD], above[N_PAD], loading[2 * N_PAD], own[N_PAD], absent[N_PAD];
} Made;

/* The second factor, where there is one, moves nobody. */
static void make(Made *m, double shift, guint factors) {
  static const double below[N] = {-0.9, -0.5, 0.2, 0.4, -0.1}, width[N] = {0.4, 0.2, 0.5, 0, 0.3};
  static const double loading[N] = {0.7, 0.5, 0.6, -0.3, 0.8}, absent[N] = {-1, -2, -0.7, -1.5, -3};
  memset(m, 0, sizeof *m);
  for (int i = 0; i < N; i++) {
    m->below[i] = below[i] + shift;
    m->above[i] = m->below[i] + width[i];
    m->loading[i] = loading[i];
    m->own[i] = sqrt(1 - loading[i] * loading[i]);
    m->absent[i] = absent[i];
  }
  m->forecast = (PlnForecast){N, N_PAD, factors, m->below, m->above, m->loading, m->own,
                              m->absent, 0, 0};
}

/* ---- The truth ---- */

static const guint8 bloc[N] = {1, 0, 1, 0, 0};

typedef struct {
  double all, adopted, consensus, voted, decides[N], yes[N + 1], margin;
  double answer[PLN_VOTE_KINDS][N], with[PLN_VOTE_KINDS][N];
  double bloc_all[2], bloc_with[2], bloc_decides;
} Truth;

typedef struct {
  double adopted, consensus, margin;
} Fate;

static Fate fate_of(const PlnOutcomeCase *q, const PlnVote *vote) {
  PlnTally t = pln_tally(&(PlnBallots){N, vote, q->weight, q->veto});
  PlnVerdict v = pln_rule_decide(q->rule, &t, PLN_STAGE_VOTE);
  Fate f = {v.outcome == PLN_OUTCOME_ADOPTED, 0, (double)v.yes - v.needed};
  if (q->rule->method == PLN_METHOD_CONSENSUS_FIRST)
    f.consensus = pow(1 - q->asks, t.count[PLN_VOTE_N]);
  f.adopted = f.consensus + (1 - f.consensus) * f.adopted;
  return f;
}

/* What is adopted if @who say yes and not if they say no. */
static double gain_of(const PlnOutcomeCase *q, const PlnVote *vote, const guint8 *who) {
  PlnVote yes[N], no[N];
  for (int i = 0; i < N; i++) {
    yes[i] = who[i] ? PLN_VOTE_Y : vote[i];
    no[i] = who[i] ? PLN_VOTE_N : vote[i];
  }
  return fmax(fate_of(q, yes).adopted - fate_of(q, no).adopted, 0);
}

static void add_truth(const PlnOutcomeCase *q, const PlnVote *vote, double w, Truth *t) {
  Fate f = fate_of(q, vote);
  guint yes = 0;
  t->all += w;
  t->adopted += w * f.adopted;
  t->consensus += w * f.consensus;
  t->voted += w * (f.adopted - f.consensus);
  t->margin += w * f.margin;
  for (int i = 0; i < N; i++) {
    guint8 who[N] = {0};
    who[i] = 1;
    yes += vote[i] == PLN_VOTE_Y;
    t->answer[vote[i]][i] += w;
    t->with[vote[i]][i] += w * f.adopted;
    t->decides[i] += w * gain_of(q, vote, who);
  }
  t->yes[yes] += w;
  t->bloc_decides += w * gain_of(q, vote, bloc);
  for (int side = 0; side < 2; side++)
    if (vote[0] == side && vote[2] == side) {
      t->bloc_all[side] += w;
      t->bloc_with[side] += w * f.adopted;
    }
}

static Truth truth_of(const PlnOutcomeCase *q) {
  Truth t = {0};
  for (int g = 0; g < GRID; g++) {
    double z[3] = {0, (g - GRID / 2) / 10.0, 0}, p[PLN_VOTE_KINDS][N_PAD];
    pln_forecast_given(q->forecast, z, p[0], p[1], p[2]);
    for (int i = 0; i < N; i++)
      p[PLN_VOTE_X][i] = fmax(1 - p[0][i] - p[1][i] - p[2][i], 0);
    for (int set = 0; set < SETS; set++) {
      PlnVote vote[N];
      double w = pln_phi(z[1]) / 10;
      for (int i = 0; i < N; i++) {
        vote[i] = set >> 2 * i & 3;
        w *= q->known && q->known[i] != PLN_VOTE_UNKNOWN && q->known[i] != vote[i]
                 ? 0
                 : p[vote[i]][i];
      }
      if (w > 0)
        add_truth(q, vote, w, &t);
    }
  }
  return t;
}

static double bits_of(const Truth *t, int i) {
  double bits = 0, in = t->adopted / t->all;
  for (int k = 0; k < PLN_VOTE_KINDS; k++) {
    double w = t->answer[k][i] / t->all, a = t->with[k][i] / t->all;
    bits += a > 0 ? a * log2(a / w / in) : 0;
    bits += w - a > 1e-14 ? (w - a) * log2((w - a) / w / (1 - in)) : 0;
  }
  return bits;
}

/* ---- Held against it ---- */

static gboolean is_near(PlnOutcomeChance got, double truth) {
  gboolean near = fabs(got.value - truth) < 5 * got.error + 1e-5;
  if (!near)
    printf("\n    %g, error %g, is %g", got.value, got.error, truth);
  return near;
}

static void check_seats(const PlnOutcomeResult *r, const Truth *t) {
  double draws = r->effective;
  for (int i = 0; i < N; i++) {
    const PlnOutcomeSeat *s = &r->seat[i];
    double d = t->decides[i] / t->all, y = t->answer[0][i], n = t->answer[1][i];
    CU_ASSERT(fabs(s->decides - d) < 5 * sqrt(d * (1 - d) / draws) + 1e-5);
    CU_ASSERT(fabs(s->bits - bits_of(t, i)) < 4 / sqrt(draws));
    for (int k = 0; k < PLN_VOTE_KINDS; k++) {
      double p = t->answer[k][i] / t->all;
      CU_ASSERT(fabs(s->answer[k] - p) < 5 * sqrt(p * (1 - p) / draws) + 1e-5);
    }
    if (y > 1e-6 && n > 1e-6) {
      PlnOutcomeChance swing = {s->swing, s->swing_error};
      CU_ASSERT(is_near(swing, t->with[0][i] / y - t->with[1][i] / n));
    } else {
      CU_ASSERT(isnan(s->swing));
    }
  }
}

static void check(const PlnOutcomeCase *q, gboolean counted) {
  PlnOutcomeOptions o = pln_outcome_options();
  o.n_blocs = 1;
  o.member = bloc;
  g_autoptr(PlnOutcomeResult) r = pln_outcome_new(q, &o);
  Truth t = truth_of(q);
  double mean = 0, yes_mean = 0;
  CU_ASSERT_EQUAL(r->counted, counted);
  CU_ASSERT(is_near(r->adopted, t.adopted / t.all));
  CU_ASSERT(counted || r->adopted.error < 0.001);
  CU_ASSERT(is_near(r->drawn, t.adopted / t.all));
  CU_ASSERT(is_near(r->consensus, t.consensus / t.all));
  CU_ASSERT(is_near(r->by_vote, t.voted / (t.all - t.consensus)));
  for (int j = 0; j <= N; j++) {
    double p = t.yes[j] / t.all;
    CU_ASSERT(fabs(r->yes[j] - p) < 5 * sqrt(p * (1 - p) / r->effective) + 1e-5);
    mean += j * p;
    yes_mean += j * r->yes[j];
  }
  CU_ASSERT_DOUBLE_EQUAL(r->count[PLN_VOTE_Y].mean, yes_mean, 1e-9);
  CU_ASSERT_DOUBLE_EQUAL(r->count[PLN_VOTE_Y].mean, mean, 5 * 1.5 / sqrt(r->effective));
  CU_ASSERT_DOUBLE_EQUAL(r->margin.mean, t.margin / t.all, 5 * 2 / sqrt(r->effective));
  check_seats(r, &t);
  double d = t.bloc_decides / t.all;
  CU_ASSERT(fabs(r->bloc->decides - d) <
            5 * sqrt(d * (1 - d) * PLN_OUTCOME_EVERY / r->effective) + 1e-5);
  PlnOutcomeChance swing = {r->bloc->swing, r->bloc->swing_error};
  CU_ASSERT(is_near(swing, t.bloc_with[0] / t.bloc_all[0] - t.bloc_with[1] / t.bloc_all[1]));
}

static const PlnRule simple = {.basis = PLN_BASIS_VOTING, .majority = {1, 2, true}};

static void test_simple(void) {
  Made m;
  make(&m, 0, 1);
  check(&(PlnOutcomeCase){&m.forecast, &simple, NULL, NULL, NULL, 0}, FALSE);
}

static void test_consensus(void) {
  Made m;
  PlnRule rule = {.method = PLN_METHOD_CONSENSUS_FIRST, .majority = {2, 3, false}};
  make(&m, -0.3, 1);
  check(&(PlnOutcomeCase){&m.forecast, &rule, NULL, NULL, NULL, 0.3}, FALSE);
  check(&(PlnOutcomeCase){&m.forecast, &rule, NULL, NULL, NULL, 1}, FALSE);
  rule.min_yes = 3;
  check(&(PlnOutcomeCase){&m.forecast, &rule, NULL, NULL, NULL, 0.3}, TRUE);
}

static void test_weights(void) {
  static const guint32 weight[N] = {5, 1, 2, 1, 3};
  static const guint8 veto[N] = {1, 0, 0, 1, 0};
  Made m;
  PlnRule rule = {.majority = {1, 2, true}, .weighted = true, .weight_basis = PLN_BASIS_MEMBERS,
                  .weight_majority = {1, 3, true}};
  make(&m, -0.3, 1);
  check(&(PlnOutcomeCase){&m.forecast, &rule, weight, veto, NULL, 0}, TRUE);
  rule.veto = true;
  check(&(PlnOutcomeCase){&m.forecast, &rule, weight, veto, NULL, 0}, TRUE);
}

static void test_known(void) {
  static const PlnVote known[N] = {PLN_VOTE_UNKNOWN, PLN_VOTE_N, PLN_VOTE_UNKNOWN, PLN_VOTE_A,
                                   PLN_VOTE_UNKNOWN};
  static const PlnVote one[N] = {PLN_VOTE_Y, PLN_VOTE_UNKNOWN, PLN_VOTE_UNKNOWN, PLN_VOTE_UNKNOWN,
                                 PLN_VOTE_UNKNOWN};
  Made m;
  make(&m, 0, 1);
  m.above[3] += 0.5;
  check(&(PlnOutcomeCase){&m.forecast, &simple, NULL, NULL, known, 0}, FALSE);
  PlnOutcomeCase question = {&m.forecast, &simple, NULL, NULL, one, 0};
  PlnOutcomeOptions o = pln_outcome_options();
  g_autoptr(PlnOutcomeResult) r = pln_outcome_new(&question, &o);
  Truth t = truth_of(&question);
  CU_ASSERT(is_near(r->adopted, t.adopted / t.all));
  CU_ASSERT(r->effective < 20000 && r->effective > 2000);
}

/* ---- Errors, threads, ways, sittings ---- */

/* 2.13 errors either way are 95 % with 15 degrees of freedom. */
static void test_error(void) {
  enum { SEEDS = 200 };
  Made m;
  make(&m, 0.1, 2);
  PlnOutcomeCase question = {&m.forecast, &simple, NULL, NULL, NULL, 0};
  PlnOutcomeOptions o = pln_outcome_options();
  PlnOutcomeResult r = {0};
  o.points = 16;
  Truth t = truth_of(&question);
  int covers = 0;
  for (int s = 0; s < SEEDS; s++) {
    o.seed = 1000 + (guint)s;
    pln_outcome_chances(&question, &o, &r);
    covers += fabs(r.adopted.value - t.adopted / t.all) < 2.13 * r.adopted.error;
  }
  CU_ASSERT(covers >= 180 && covers <= 199);
}

static guint64 digest(guint64 sum, const void *bytes, gsize n) {
  for (gsize i = 0; i < n; i++)
    sum = (sum ^ ((const guint8 *)bytes)[i]) * 1099511628211u;
  return sum;
}

static guint64 digest_of(const PlnOutcomeResult *r) {
  guint64 sum = digest(14695981039346656037u, &r->adopted, 4 * sizeof r->adopted);
  sum = digest(sum, r->count, sizeof r->count);
  sum = digest(sum, r->yes, (r->n + 1) * sizeof *r->yes);
  sum = digest(sum, r->seat, r->n * sizeof *r->seat);
  sum = digest(sum, r->bloc, r->n_blocs * sizeof *r->bloc);
  return digest(sum, &r->now, sizeof r->now);
}

static void test_threads(void) {
  static const guint8 members[2 * N] = {1, 0, 1, 0, 0, 0, 1, 0, 1, 1};
  guint64 sum[3];
  Made m;
  make(&m, 0.1, 2);
  PlnRule rule = {.method = PLN_METHOD_CONSENSUS_FIRST, .majority = {2, 3, false}};
  PlnOutcomeCase question = {&m.forecast, &rule, NULL, NULL, NULL, 0.2};
  for (guint k = 0; k < 3; k++) {
    PlnOutcomeOptions o = pln_outcome_options();
    o.threads = k == 0 ? 1 : 4 * k - 2;
    o.draws = 4321;
    o.n_blocs = 2;
    o.member = members;
    o.ways = TRUE;
    g_autoptr(PlnOutcomeResult) r = pln_outcome_new(&question, &o);
    sum[k] = digest_of(r);
  }
  CU_ASSERT_EQUAL(sum[0], sum[1]);
  CU_ASSERT_EQUAL(sum[0], sum[2]);
}

/* The true chance once some are made to answer: @to, N, PLN_VOTE_UNKNOWN where as it likes. */
static double chance_if(const Made *m, const PlnVote *to) {
  Made changed = *m;
  for (guint i = 0; i < N; i++)
    if (to[i] != PLN_VOTE_UNKNOWN) {
      changed.below[i] = to[i] == PLN_VOTE_N ? INFINITY : -INFINITY;
      changed.above[i] = to[i] == PLN_VOTE_Y ? -INFINITY : INFINITY;
      changed.absent[i] = -INFINITY;
    }
  changed.forecast = (PlnForecast){N, N_PAD, 1, changed.below, changed.above, changed.loading,
                                   changed.own, changed.absent, 0, 0};
  Truth t = truth_of(&(PlnOutcomeCase){&changed.forecast, &simple, NULL, NULL, NULL, 0});
  return t.adopted / t.all;
}

typedef struct {
  guint fewest;
  double least;
} Best;

/* Of all sets: each state stays, or moves one answer on, or two. */
static Best best_of(const Made *m, gboolean up) {
  Best best = {N + 1, INFINITY};
  for (guint set = 1; set < 243; set++) {
    PlnVote to[N];
    guint size = 0, rest = set;
    gboolean may = TRUE;
    double cost = 0;
    for (guint i = 0; i < N; i++, rest /= 3) {
      to[i] = rest % 3 == 0 ? PLN_VOTE_UNKNOWN : rest % 3 == 1 ? PLN_VOTE_A : PLN_VOTE_Y;
      if (to[i] == PLN_VOTE_UNKNOWN)
        continue;
      if (!up && to[i] == PLN_VOTE_Y)
        to[i] = PLN_VOTE_N;
      gboolean half = to[i] == PLN_VOTE_A;
      double move = up ? (half ? m->below[i] : m->above[i]) : -(half ? m->above[i] : m->below[i]);
      may &= move >= 0; /* that was its answer, or beyond it */
      cost += move;
      size++;
    }
    if (!may || (size >= best.fewest && cost >= best.least))
      continue;
    double beyond = (chance_if(m, to) - 0.5) * (up ? 1 : -1);
    if (beyond < 0.005) /* what 128 points do not tell from the level */
      continue;
    best.fewest = MIN(best.fewest, size);
    best.least = MIN(best.least, cost);
  }
  return best;
}

static void check_ways(double shift) {
  static const guint8 members[2 * N] = {1, 1, 1, 0, 0, 0, 0, 1, 1, 1};
  Made m;
  make(&m, shift, 1);
  PlnOutcomeCase question = {&m.forecast, &simple, NULL, NULL, NULL, 0};
  PlnOutcomeOptions o = pln_outcome_options();
  o.draws = 1000;
  o.n_blocs = 2;
  o.member = members;
  o.ways = TRUE;
  g_autoptr(PlnOutcomeResult) r = pln_outcome_new(&question, &o);
  gboolean up = r->now < 0.5;
  Best best = best_of(&m, up);
  CU_ASSERT_EQUAL(r->way[PLN_WAY_FEWEST].n, best.fewest);
  double least = r->way[PLN_WAY_FEWEST].cost;
  for (int k = 0; k < PLN_WAYS; k++)
    least = r->way[k].n > 0 ? MIN(least, r->way[k].cost) : least;
  gboolean is_least = least > best.least - 1e-6 && least < 1.001 * best.least;
  CU_ASSERT(is_least);
  if (!is_least)
    printf("\n    the least total move is %g, found %g", best.least, least);
  for (int k = 0; k < PLN_WAYS; k++) {
    const PlnOutcomeWay *way = &r->way[k];
    double cost = 0;
    if (way->n == 0)
      continue;
    CU_ASSERT((way->chance >= 0.5) == up);
    for (guint j = 0; j < way->n; j++) {
      const PlnOutcomeMove *move = &way->move[j];
      CU_ASSERT(move->cost > 0 && move->from != move->to);
      CU_ASSERT(k != PLN_WAY_BLOC || members[way->bloc * N + (gint)move->seat]);
      cost += move->cost;
    }
    CU_ASSERT_DOUBLE_EQUAL(cost, way->cost, 1e-12);
    CU_ASSERT(way->n >= r->way[PLN_WAY_FEWEST].n);
  }
}

static void test_ways(void) {
  check_ways(0.6);
  check_ways(0.2);
  check_ways(0);
  check_ways(-0.3);
  check_ways(-0.45);
  check_ways(-0.7);
}

/* The chance of adoption at one place of the factor. */
static double chance_at(const PlnOutcomeCase *q, double factor) {
  double z[2] = {0, factor}, p[PLN_VOTE_KINDS][N_PAD], sum = 0;
  pln_forecast_given(q->forecast, z, p[0], p[1], p[2]);
  for (int i = 0; i < N; i++)
    p[PLN_VOTE_X][i] = fmax(1 - p[0][i] - p[1][i] - p[2][i], 0);
  for (int set = 0; set < SETS; set++) {
    PlnVote vote[N];
    double w = 1;
    for (int i = 0; i < N; i++) {
      vote[i] = set >> 2 * i & 3;
      w *= p[vote[i]][i];
    }
    sum += w > 0 ? w * fate_of(q, vote).adopted : 0;
  }
  return sum;
}

/* Two questions and one that cannot fail: given the factor they are apart. */
static void check_sitting(const PlnRule *rule, double within) {
  Made m[3];
  PlnOutcomeCase question[3];
  PlnOutcomeOptions o = pln_outcome_options();
  double p[3] = {0}, both = 0, sum = 0, mean = 0;
  for (int k = 0; k < 3; k++) {
    make(&m[k], k == 0 ? 0 : k == 1 ? 0.3 : -40, 1);
    question[k] = (PlnOutcomeCase){&m[k].forecast, rule, NULL, NULL, NULL, 0};
  }
  for (int g = 0; g < GRID; g++) {
    double z = (g - GRID / 2) / 10.0, given[3];
    for (int k = 0; k < 3; k++)
      p[k] += pln_phi(z) / 10 * (given[k] = chance_at(&question[k], z));
    both += pln_phi(z) / 10 * given[0] * given[1];
  }
  g_autoptr(PlnOutcomeSitting) s = pln_outcome_sitting_new(question, 3, &o);
  for (int k = 0; k < 3; k++)
    CU_ASSERT(fabs(s->adopted[k] - p[k]) < 5 * s->error[k] + 0.1 * within);
  CU_ASSERT_DOUBLE_EQUAL(s->both[1], both, within);
  CU_ASSERT_DOUBLE_EQUAL(s->fall[1], 1 - p[0] - p[1] + both, within);
  CU_ASSERT_DOUBLE_EQUAL(s->together[1],
                         (both - p[0] * p[1]) / sqrt(p[0] * (1 - p[0]) * p[1] * (1 - p[1])),
                         6 * within);
  CU_ASSERT_DOUBLE_EQUAL(s->together[0], 1, 1e-9);
  for (int k = 0; k <= 3; k++) {
    sum += s->passed[k];
    mean += k * s->passed[k];
  }
  CU_ASSERT_DOUBLE_EQUAL(sum, 1, 1e-9);
  CU_ASSERT_DOUBLE_EQUAL(mean, s->adopted[0] + s->adopted[1] + s->adopted[2], 1e-9);
  CU_ASSERT(s->n_pairs == 3 && s->pair[0][0] == 0 && s->pair[0][1] == 1);
}

static void test_sitting(void) {
  PlnRule floor = simple;
  floor.min_yes = 2;
  check_sitting(&simple, 0.001);
  check_sitting(&floor, 0.03);
}

static void test_shown(void) {
  CU_ASSERT_EQUAL(pln_outcome_shown(0, 20000), 0.000025);
  CU_ASSERT_EQUAL(pln_outcome_shown(1, 20000), 1 - 0.000025);
  CU_ASSERT_EQUAL(pln_outcome_shown(0.3, 20000), 0.3);
}

int main(void) {
  CU_TestInfo tests[] = {{"a simple majority", test_simple},
                         {"consensus first", test_consensus},
                         {"weights and vetoes", test_weights},
                         {"known votes", test_known},
                         {"errors cover", test_error},
                         {"the same for any threads", test_threads},
                         {"ways", test_ways},
                         {"a sitting", test_sitting},
                         {"never 0 or 1", test_shown},
                         CU_TEST_INFO_NULL};
  return suite_run("outcome", tests);
}
