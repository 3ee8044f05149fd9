/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A predictor: on roll calls drawn from a made electorate, whose truth is known. */
#include "plenary/predictor.h"

#include <CUnit/CUnit.h>
#include <math.h>
#include <string.h>

#include "made_cells.h"
#include "plenary/error.h"
#include "plenary/normal.h"
#include "suite.h"

enum { N = 60, D = 2, CALLS = 60 };

static PlnElectorate *made_electorate(guint d, guint groups) {
  PlnElectorate *e = pln_electorate_new(N, d, groups);
  PlnDraw draw = pln_draw_stream(17, 1, 0);
  for (guint i = 0; i < N; i++) {
    e->code[i] = g_strdup_printf("V%02u", i);
    e->in_group[i] = groups > 0 ? (int)(i % groups) : -1;
    e->lean[i] = 0.2 * pln_draw_normal(&draw);
    e->width[i] = 0.2 * (i % 2);
    for (guint k = 0; k < d; k++)
      e->position[i * d + k] = pln_draw_normal(&draw);
  }
  for (guint g = 0; g < groups; g++) {
    e->group[g] = g_strdup_printf("G%u", g);
    e->group_spread[g] = 0.3;
  }
  for (guint k = 0; k < d; k++) {
    e->slope_mean[k] = k == 0 ? 0.5 : 0;
    e->slope_covariance[k * d + k] = 1.5;
  }
  e->centre_mean = -0.3;
  e->centre_sd = 0.6;
  e->width_mean = -0.9;
  e->width_sd = 0.3;
  e->lapse = 0.003;
  return e;
}

/* Answers of a roll call drawn from the electorate. */
static void draw_answers(const PlnElectorate *e, PlnDraw *draw, guint answer[N]) {
  double c = e->centre_mean + e->centre_sd * pln_draw_normal(draw), slope[D], group[3];
  double h = e->width_mean + e->width_sd * pln_draw_normal(draw);
  for (guint k = 0; k < D; k++)
    slope[k] = e->slope_mean[k] + sqrt(e->slope_covariance[k * D + k]) * pln_draw_normal(draw);
  for (guint g = 0; g < e->n_groups; g++)
    group[g] = e->group_spread[g] * pln_draw_normal(draw);
  for (guint i = 0; i < N; i++) {
    double u = e->lean[i] - c + pln_draw_normal(draw), w = exp(h + e->width[i]);
    for (guint k = 0; k < D; k++)
      u += slope[k] * e->position[i * D + k];
    u += e->in_group[i] >= 0 ? group[e->in_group[i]] : 0;
    answer[i] = u < -w ? 0 : u > w ? 2 : 1;
  }
}

/* Votes of every third state. */
static void know(const guint answer[N], PlnEvidence evidence[N]) {
  memset(evidence, 0, N * sizeof *evidence);
  for (guint i = 0; i < N; i += 3)
    evidence[i] = pln_evidence_vote(answer[i]);
}

/* The mean log score of the votes not known, and that of the shares of those known. */
static double score(const PlnPrediction *out, const guint answer[N], double *shares) {
  double own = 0, count[3] = {1, 1, 1};
  guint n = 0;
  *shares = 0;
  for (guint i = 0; i < N; i += 3)
    count[answer[i]]++;
  for (guint i = 0; i < N; i++)
    if (i % 3 != 0) {
      own -= log(out->chance[3 * i + answer[i]]);
      *shares -= log(count[answer[i]] / (3 + N / 3));
      n++;
    }
  *shares /= n;
  return own / n;
}

static void sound(const PlnPrediction *out, const PlnEvidence *evidence) {
  gboolean known;
  for (guint i = 0; i < out->n; i++) {
    const double *c = out->chance + 3 * i, *w = out->without + 3 * i;
    known = evidence[i].kind == PLN_EVIDENCE_ANSWER;
    CU_ASSERT_DOUBLE_EQUAL(c[0] + c[1] + c[2], 1, 1e-9);
    CU_ASSERT_DOUBLE_EQUAL(w[0] + w[1] + w[2], 1, 1e-9);
    for (guint k = 0; k < 3; k++) {
      CU_ASSERT(w[k] > 0 && w[k] < 1);
      CU_ASSERT(known ? c[k] == evidence[i].likelihood[k] : c[k] > 0 && c[k] < 1);
    }
    double tied = 0;
    for (guint k = 0; k < out->f; k++)
      tied += out->loading[i * out->f + k] * out->loading[i * out->f + k];
    CU_ASSERT(tied >= 0 && tied < 1);
  }
}

static void better_than_shares(void) {
  for (guint groups = 0; groups <= 3; groups += 3) {
    g_autoptr(PlnElectorate) e = made_electorate(D, groups);
    g_autoptr(PlnPredictor) p = pln_predictor_new(e, NULL, NULL);
    PlnDraw draw = pln_draw_stream(18, 1, groups);
    double own = 0, shares = 0;
    for (guint j = 0; j < CALLS; j++) {
      guint answer[N];
      PlnEvidence evidence[N];
      double by_shares;
      draw_answers(e, &draw, answer);
      know(answer, evidence);
      g_autoptr(PlnPrediction) out =
          pln_predictor_ask(p, &(PlnQuestion){.session = -1, .evidence = evidence});
      CU_ASSERT(out->at_rest && out->experts == 1 && out->n_likes == 0);
      CU_ASSERT(out->power[PLN_EXPERT_NEAR] == 0 && out->power[PLN_EXPERT_FRESH] > 0);
      sound(out, evidence);
      own += score(out, answer, &by_shares) / CALLS;
      shares += by_shares / CALLS;
    }
    CU_ASSERT(own < shares - 0.15);
  }
}

/* With nothing known the chances are the electorate's to the power told. */
static void nothing_known(void) {
  g_autoptr(PlnElectorate) e = made_electorate(D, 0);
  g_autoptr(PlnPredictor) p = pln_predictor_new(e, NULL, NULL);
  PlnEvidence none[N] = {{0}};
  g_autoptr(PlnPrediction) out =
      pln_predictor_ask(p, &(PlnQuestion){.session = -1, .evidence = none});
  sound(out, none);
  for (guint i = 0; i < N; i++) {
    const double *x = e->position + D * i;
    double mean = e->lean[i] - e->centre_mean + 0.5 * x[0], tied = 0, own[3], sum = 0;
    double v = 0.36 + 1.5 * (x[0] * x[0] + x[1] * x[1]), w = exp(e->width_mean + e->width[i]);
    own[0] = pln_normal((-w - mean) / sqrt(1 + v));
    own[2] = pln_normal((mean - w) / sqrt(1 + v));
    own[1] = 1 - own[0] - own[2];
    for (guint k = 0; k < 3; k++)
      sum += own[k] = pow(0.997 * own[k] + 0.001, out->power[PLN_EXPERT_FRESH]);
    for (guint k = 0; k < 3; k++)
      CU_ASSERT_DOUBLE_EQUAL(out->chance[3 * i + k], own[k] / sum, 1e-6);
    for (guint k = 0; k < out->f; k++)
      tied += out->loading[i * out->f + k] * out->loading[i * out->f + k];
    CU_ASSERT_DOUBLE_EQUAL(tied, v / (1 + v), 1e-9);
  }
}

/* Sessions 65 to 68 of the same twelve questions, three in a hundred answers changed. */
static PlnVoteMatrix *history(const PlnElectorate *e, guint question[12][N]) {
  PlnVoteMatrix *h = pln_vote_matrix_new(N, 48);
  PlnDraw draw = pln_draw_stream(19, 1, 0);
  static const guint8 vote_of[] = {PLN_VOTE_N, PLN_VOTE_A, PLN_VOTE_Y};
  for (guint i = 0; i < N; i++)
    h->voter[i].code = pln_vote_matrix_keep(h, e->code[i]);
  for (guint k = 0; k < 12; k++)
    draw_answers(e, &draw, question[k]);
  for (guint j = 0; j < 48; j++) {
    h->call[j].session = 65 + (int)j / 12;
    for (guint i = 0; i < N; i++) {
      gboolean turned = pln_draw_uniform(&draw) < 0.03;
      pln_vote_matrix_row(h, j)[i] = vote_of[turned ? pln_draw_below(&draw, 3) : question[j % 12][i]];
    }
  }
  return h;
}

static PlnRecurrence *recurrence_of(const PlnElectorate *e, const PlnVoteMatrix *h) {
  return pln_recurrence_new(h, 65, 68, e->n, (const char *const *)e->code);
}

static void better_with_earlier_roll_calls(void) {
  g_autoptr(PlnElectorate) e = made_electorate(D, 3);
  guint question[12][N];
  g_autoptr(PlnVoteMatrix) h = history(e, question);
  g_autoptr(PlnRecurrence) r = recurrence_of(e, h);
  g_autoptr(PlnPredictor) with = pln_predictor_new(e, r, NULL),
                          alone = pln_predictor_new(e, NULL, NULL);
  PlnDraw draw = pln_draw_stream(20, 1, 0);
  double returned[2] = {0}, fresh[2] = {0}, spare;
  for (guint j = 0; j < 24; j++) {
    guint anew[N], *answer = j < 12 ? question[j] : anew;
    PlnEvidence evidence[N];
    draw_answers(e, &draw, anew);
    know(answer, evidence);
    PlnQuestion q = {.session = 69, .evidence = evidence};
    g_autoptr(PlnPrediction) a = pln_predictor_ask(with, &q), b = pln_predictor_ask(alone, &q);
    sound(a, evidence);
    CU_ASSERT(a->experts == 3 && a->n_likes == PLN_LIKES);
    CU_ASSERT(a->power[0] > 0 && a->power[1] > 0 && a->power[2] > 0);
    if (j < 12)
      CU_ASSERT(a->like[0].call % 12 == j && a->foretold[0] > a->foretold[2]);
    double *sum = j < 12 ? returned : fresh;
    sum[0] += score(a, answer, &spare) / 12;
    sum[1] += score(b, answer, &spare) / 12;
  }
  CU_ASSERT(returned[0] < returned[1] - 0.3); /* what returns is told far better */
  CU_ASSERT(fresh[0] < fresh[1] + 0.1);       /* what does not is told hardly worse */
}

/* Of one piece of evidence alone: whatever it says, it is foretold without it, so that the chances
 * foretold of the three answers sum to 1. */
static void foretold_without_itself(void) {
  g_autoptr(PlnElectorate) e = made_electorate(D, 3);
  guint question[12][N];
  g_autoptr(PlnVoteMatrix) h = history(e, question);
  g_autoptr(PlnRecurrence) r = recurrence_of(e, h);
  g_autoptr(PlnPredictor) p = pln_predictor_new(e, r, NULL);
  for (guint i = 0; i < N; i++) {
    double sum[PLN_EXPERTS] = {0};
    for (guint k = 0; k < 3; k++) {
      PlnEvidence evidence[N] = {{0}};
      evidence[i] = pln_evidence_vote(k);
      PlnQuestion q = {.session = 69, .evidence = evidence};
      g_autoptr(PlnPrediction) out = pln_predictor_ask(p, &q);
      for (guint x = 0; x < PLN_EXPERTS; x++)
        sum[x] += exp(out->foretold[x]);
    }
    CU_ASSERT_DOUBLE_EQUAL(sum[PLN_EXPERT_NEAR], 1, 0.15); /* leaving out is of first order */
  }
}

static void remembers_nothing(void) {
  g_autoptr(PlnElectorate) e = made_electorate(D, 3);
  guint question[12][N];
  g_autoptr(PlnVoteMatrix) h = history(e, question);
  g_autoptr(PlnRecurrence) r = recurrence_of(e, h);
  g_autoptr(PlnPredictor) p = pln_predictor_new(e, r, NULL);
  PlnEvidence one[N], other[N];
  know(question[0], one);
  know(question[5], other);
  PlnQuestion q = {.session = 69, .evidence = one},
              between = {.session = 69, .evidence = other, .age = 4};
  g_autoptr(PlnPrediction) a = pln_predictor_ask(p, &q), b = pln_predictor_ask(p, &between),
                           c = pln_predictor_ask(p, &q);
  CU_ASSERT(memcmp(a->chance, c->chance, sizeof(double) * 3 * N) == 0);
  CU_ASSERT(memcmp(a->without, c->without, sizeof(double) * 3 * N) == 0);
  CU_ASSERT(memcmp(a->loading, c->loading, sizeof(double) * a->f * N) == 0);
  CU_ASSERT(memcmp(a->chance, b->chance, sizeof(double) * 3 * N) != 0);
}

/* How far yes and no lie apart among those without evidence.  (Abstaining grows rarer with age:
 * the band stays as wide as it was.) */
static double sureness(const PlnPrediction *out, const PlnEvidence *evidence) {
  double sum = 0;
  for (guint i = 0; i < out->n; i++)
    if (evidence[i].kind == PLN_EVIDENCE_NONE)
      sum += fabs(out->chance[3 * i + 2] - out->chance[3 * i]);
  return sum / out->n;
}

static void age_widens(void) {
  g_autoptr(PlnElectorate) e = made_electorate(D, 0);
  guint question[12][N];
  g_autoptr(PlnVoteMatrix) h = history(e, question);
  g_autoptr(PlnRecurrence) r = recurrence_of(e, h);
  for (guint kind = 0; kind < 4; kind++) {
    g_autoptr(PlnPredictor) p = pln_predictor_new(e, kind % 2 ? r : NULL, NULL);
    PlnEvidence evidence[N] = {{0}};
    for (guint i = 0; i < N && kind > 1; i += 3) /* stated positions, along the first dimension */
      evidence[i] = (PlnEvidence){PLN_EVIDENCE_SUPPORT, {0, 0, 0}, 2 * e->position[D * i], 1.2};
    double before = 1;
    for (double age = 0; age <= 20; age += 5) {
      PlnQuestion q = {.session = 69, .evidence = evidence, .age = age};
      g_autoptr(PlnPrediction) out = pln_predictor_ask(p, &q);
      double now = sureness(out, evidence);
      CU_ASSERT(now < before);
      before = now;
      sound(out, evidence);
    }
    /* Less than no age is none. */
    g_autoptr(PlnPrediction) young =
        pln_predictor_ask(p, &(PlnQuestion){.evidence = evidence, .age = -40});
    sound(young, evidence);
  }
}

/* Positions stated along the electorate's first dimension tell of the other states. */
static void stated_positions_tell(void) {
  g_autoptr(PlnElectorate) e = made_electorate(D, 0);
  g_autoptr(PlnPredictor) p = pln_predictor_new(e, NULL, NULL);
  PlnEvidence evidence[N] = {{0}};
  double yes[N], x[N];
  for (guint i = 0; i < N; i++) {
    x[i] = -e->position[D * i];
    if (i % 3 == 0)
      evidence[i] = (PlnEvidence){PLN_EVIDENCE_SUPPORT, {0, 0, 0}, 2 * x[i], 1.2};
  }
  g_autoptr(PlnPrediction) out =
      pln_predictor_ask(p, &(PlnQuestion){.session = -1, .evidence = evidence});
  for (guint i = 0; i < N; i++)
    yes[i] = out->chance[3 * i + 2];
  CU_ASSERT(made_correlation(N, x, yes) > 0.9); /* against the mean slope, which is +0.5 */
}

/* Codes that the earlier roll calls do not know; answers heard, not known for certain. */
static void strangers(void) {
  g_autoptr(PlnElectorate) e = made_electorate(D, 0);
  guint question[12][N];
  g_autoptr(PlnVoteMatrix) h = history(e, question);
  for (guint i = 40; i < N; i++) {
    g_free(e->code[i]);
    e->code[i] = g_strdup_printf("W%02u", i);
  }
  g_autoptr(PlnRecurrence) r = recurrence_of(e, h);
  g_autoptr(PlnPredictor) p = pln_predictor_new(e, r, NULL);
  PlnEvidence evidence[N] = {{0}};
  evidence[50] = (PlnEvidence){PLN_EVIDENCE_ANSWER, {8, 1, 1}, 0, 0};
  g_autoptr(PlnPrediction) out =
      pln_predictor_ask(p, &(PlnQuestion){.session = 69, .evidence = evidence});
  const double *c = out->chance + 150, *w = out->without + 150;
  CU_ASSERT_DOUBLE_EQUAL(c[0] / c[2], 8 * w[0] / w[2], 1e-9);
  for (guint i = 0; i < 3 * N; i++)
    CU_ASSERT(out->chance[i] > 0 && out->chance[i] < 1);
}

static void without_dimensions(void) {
  g_autoptr(PlnElectorate) e = made_electorate(0, 0);
  g_autoptr(PlnPredictor) p = pln_predictor_new(e, NULL, NULL);
  PlnEvidence evidence[N] = {{0}};
  for (guint i = 0; i < N; i += 2)
    evidence[i] = pln_evidence_vote(2); /* all yes: the others too */
  g_autoptr(PlnPrediction) out =
      pln_predictor_ask(p, &(PlnQuestion){.session = -1, .evidence = evidence});
  sound(out, evidence);
  CU_ASSERT(out->chance[5] > 0.8);
}

/* Of two answers no is what is not yes: nothing to speak of is left between. */
static void two_answers(void) {
  g_autoptr(PlnElectorate) e = made_electorate(D, 0);
  e->classes = 2;
  g_autoptr(PlnPredictor) p = pln_predictor_new(e, NULL, NULL);
  PlnEvidence evidence[N] = {{0}};
  for (guint i = 0; i < N; i += 2)
    evidence[i] = pln_evidence_vote(e->position[(gsize)i * D] > 0 ? 2 : 0);
  g_autoptr(PlnPrediction) out =
      pln_predictor_ask(p, &(PlnQuestion){.session = -1, .evidence = evidence});
  for (guint i = 1; i < N; i += 2)
    CU_ASSERT(out->chance[3 * i + 1] < 0.01);
  CU_ASSERT(out->at_rest);
}

static void refuse(PlnElectorate *e, const PlnRecurrence *recurrence) {
  g_autoptr(GError) error = NULL;
  CU_ASSERT_PTR_NULL(pln_predictor_new(e, recurrence, &error));
  CU_ASSERT(g_error_matches(error, PLN_ERROR, PLN_ERROR_DATA));
}

static void refuses_what_does_not_suit(void) {
  g_autoptr(PlnElectorate) two = made_electorate(D, 0), bent = made_electorate(D, 0);
  g_autoptr(PlnElectorate) many = made_electorate(D, 110);
  guint question[12][N];
  g_autoptr(PlnVoteMatrix) h = history(two, question);
  g_autoptr(PlnRecurrence) recurrence = recurrence_of(two, h);
  two->classes = 2;
  bent->slope_covariance[0] = -1;
  refuse(two, recurrence);
  refuse(bent, NULL);
  refuse(many, NULL);
}

int main(void) {
  CU_TestInfo tests[] = {{"better than shares", better_than_shares},
                         {"two answers", two_answers},
                         {"with nothing known it is the electorate's", nothing_known},
                         {"better with earlier roll calls", better_with_earlier_roll_calls},
                         {"evidence is foretold without itself", foretold_without_itself},
                         {"it remembers nothing", remembers_nothing},
                         {"age widens", age_widens},
                         {"stated positions tell of others", stated_positions_tell},
                         {"states that are unknown", strangers},
                         {"no dimensions", without_dimensions},
                         {"what does not suit is refused", refuses_what_does_not_suit},
                         CU_TEST_INFO_NULL};
  return suite_run("predictor", tests);
}
