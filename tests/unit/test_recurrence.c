/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Recurrence: made histories in which a roll call returns with known rates of change. */
#include "plenary/recurrence.h"

#include <CUnit/CUnit.h>
#include <math.h>
#include <string.h>

#include "made_cells.h"
#include "suite.h"

enum { N = 60, THEMES = 12, SESSIONS = 5, M = THEMES * SESSIONS };

static const double RESTLESS = 0.25, STEADY = 0.01; /* rates of change: of the first ten, of others */

/* The answers to each theme return every session; sessions 65 to 69. */
static PlnVoteMatrix *history(guint8 truth[THEMES][N]) {
  PlnVoteMatrix *h = pln_vote_matrix_new(N, M);
  PlnDraw draw = pln_draw_stream(11, 1, 0);
  for (guint i = 0; i < N; i++) {
    g_autofree char *code = g_strdup_printf("V%02u", i);
    h->voter[i].code = pln_vote_matrix_keep(h, code);
  }
  for (guint k = 0; k < THEMES; k++)
    for (guint i = 0; i < N; i++)
      truth[k][i] = (guint8)pln_draw_below(&draw, 3);
  for (guint j = 0; j < M; j++) {
    guint theme = j % THEMES;
    g_autofree char *title = g_strdup_printf("Theme%u question", theme);
    h->call[j].session = 65 + (int)(j / THEMES);
    h->call[j].day = 20101201 + 10000 * (j / THEMES) + theme;
    h->call[j].title = pln_vote_matrix_keep(h, title);
    for (guint i = 0; i < N; i++) {
      gboolean turned = pln_draw_uniform(&draw) < (i < 10 ? RESTLESS : STEADY);
      guint8 vote =
          turned ? (guint8)((truth[theme][i] + 1 + pln_draw_below(&draw, 2)) % 3) : truth[theme][i];
      pln_vote_matrix_row(h, j)[i] = i == N - 1 ? PLN_VOTE_X : vote;
    }
  }
  return h;
}

static const char **codes_of(const PlnVoteMatrix *h) {
  const char **code = g_new0(const char *, h->n_voters + 1);
  for (guint i = 0; i < h->n_voters; i++)
    code[i] = h->voter[i].code;
  return code;
}

static guint answer_of(guint8 vote) {
  static const guint answer[] = {2, 0, 1};
  return answer[vote];
}

/* Votes of the theme known of every third state. */
static void know(const guint8 truth[N], PlnEvidence evidence[N]) {
  memset(evidence, 0, N * sizeof *evidence);
  for (guint i = 0; i < N; i += 3)
    evidence[i] = pln_evidence_vote(answer_of(truth[i]));
}

static void what_returns_is_found(void) {
  guint8 truth[THEMES][N];
  g_autoptr(PlnVoteMatrix) h = history(truth);
  g_autofree const char **code = codes_of(h);
  g_autoptr(PlnRecurrence) r = pln_recurrence_new(h, 65, 69, N, code);
  double chance[N * 3], without[N * 3], steady = 0, restless = 0;
  for (guint k = 0; k < THEMES; k++) {
    PlnEvidence evidence[N];
    PlnLike like[PLN_LIKES];
    know(truth[k], evidence);
    g_autoptr(PlnFitting) fit = pln_recurrence_fit(r, NULL, PLN_DAY_NONE, 70, evidence);
    guint likes = pln_recurrence_chances(r, fit, evidence, 0.5, chance, without, like);
    CU_ASSERT(likes == PLN_LIKES);
    for (guint l = 0; l < SESSIONS; l++)
      CU_ASSERT(like[l].call % THEMES == k && like[l].weight >= like[l + 1].weight);
    for (guint i = 0; i + 1 < N; i++) {
      double sum = chance[3 * i] + chance[3 * i + 1] + chance[3 * i + 2];
      CU_ASSERT_DOUBLE_EQUAL(sum, 1, 1e-12);
      *(i < 10 ? &restless : &steady) += chance[3 * i + answer_of(truth[k][i])];
    }
  }
  /* Roll calls that changed are looked back at too: twice the rate, drawn to the mean. */
  CU_ASSERT(steady / (49 * THEMES) > 0.9);
  CU_ASSERT(restless / (10 * THEMES) < steady / (49 * THEMES) - 0.1);
  CU_ASSERT(restless / (10 * THEMES) > 0.5);
}

/* Whoever answered alike all five times is more likely to do so again if it seldom changes. */
static void a_rate_of_its_own(void) {
  guint8 truth[THEMES][N];
  g_autoptr(PlnVoteMatrix) h = history(truth);
  g_autofree const char **code = codes_of(h);
  g_autoptr(PlnRecurrence) r = pln_recurrence_new(h, 65, 69, N, code);
  double chance[N * 3], without[N * 3], sum[2] = {0}, n[2] = {0};
  for (guint k = 0; k < THEMES; k++) {
    PlnEvidence evidence[N];
    know(truth[k], evidence);
    g_autoptr(PlnFitting) fit = pln_recurrence_fit(r, NULL, PLN_DAY_NONE, 70, evidence);
    pln_recurrence_chances(r, fit, evidence, 0.5, chance, without, NULL);
    for (guint i = 0; i + 1 < N; i++) {
      gboolean alike = TRUE;
      for (guint j = k; j < M; j += THEMES)
        alike &= pln_vote_matrix_row(h, j)[i] == truth[k][i];
      sum[i < 10] += alike ? chance[3 * i + answer_of(truth[k][i])] : 0;
      n[i < 10] += alike;
    }
  }
  CU_ASSERT(n[0] > 100 && n[1] > 10);
  CU_ASSERT(sum[0] / n[0] > sum[1] / n[1] + 0.1);
}

static void who_never_voted_has_the_shares(void) {
  guint8 truth[THEMES][N];
  g_autoptr(PlnVoteMatrix) h = history(truth);
  g_autofree const char **code = codes_of(h);
  code[4] = "ZZZ"; /* not in the history */
  g_autoptr(PlnRecurrence) r = pln_recurrence_new(h, 65, 69, N, code);
  PlnEvidence evidence[N] = {{0}};
  double chance[N * 3], without[N * 3];
  for (guint i = 0; i < 8; i++)
    evidence[20 + i] = pln_evidence_vote(i < 5 ? 2 : i < 7 ? 0 : 1);
  g_autoptr(PlnFitting) fit = pln_recurrence_fit(r, "", PLN_DAY_NONE, 70, evidence);
  pln_recurrence_chances(r, fit, evidence, 0.5, chance, without, NULL);
  for (guint k = 0; k < 2; k++) {
    const double *c = chance + 3 * (k == 0 ? 4 : N - 1);
    CU_ASSERT_DOUBLE_EQUAL(c[0], 3.0 / 11, 1e-12);
    CU_ASSERT_DOUBLE_EQUAL(c[1], 2.0 / 11, 1e-12);
    CU_ASSERT_DOUBLE_EQUAL(c[2], 6.0 / 11, 1e-12);
  }
}

/* Where one answered is known by hand: weights, of title, day and age alone. */
static void title_day_and_age(void) {
  guint8 truth[THEMES][N];
  g_autoptr(PlnVoteMatrix) h = history(truth);
  g_autofree const char **code = codes_of(h);
  h->call[7].title = "";
  h->call[8].day = 20110101; /* a day after the 31st of December, and a month after the 1st */
  h->call[9].day = PLN_DAY_NONE;
  g_autoptr(PlnRecurrence) r = pln_recurrence_new(h, 65, 69, N, code);
  PlnEvidence none[N] = {{0}};
  g_autoptr(PlnFitting) named = pln_recurrence_fit(r, "Theme3 question", PLN_DAY_NONE, 70, none);
  g_autoptr(PlnFitting) bare = pln_recurrence_fit(r, NULL, PLN_DAY_NONE, 70, none);
  g_autoptr(PlnFitting) dated = pln_recurrence_fit(r, NULL, 20151231, 70, none);
  g_autoptr(PlnFitting) month = pln_recurrence_fit(r, NULL, 20151200, 70, none);
  g_autoptr(PlnFitting) timeless = pln_recurrence_fit(r, NULL, PLN_DAY_NONE, -1, none);
  double same = named->prior[3] - bare->prior[3], other = named->prior[4] - bare->prior[4];
  CU_ASSERT(named->m == M && same > other && other > 0);
  CU_ASSERT_DOUBLE_EQUAL(same, named->prior[15] - bare->prior[15], 1e-12);
  double untitled = named->prior[7] - bare->prior[7];
  CU_ASSERT(untitled > 0 && untitled < same);
  CU_ASSERT_DOUBLE_EQUAL(bare->prior[3 + THEMES] - bare->prior[3], 0.105, 1e-12);
  CU_ASSERT(timeless->prior[0] == timeless->prior[M - 1]);
  /* A day off costs a fifteenth of what fifteen days and more do; the year's turn is no gap. */
  double day_off = bare->prior[8] - dated->prior[8], far = bare->prior[0] - dated->prior[0];
  CU_ASSERT(far > 0);
  CU_ASSERT_DOUBLE_EQUAL(day_off, far / 15, 1e-12);
  CU_ASSERT(dated->prior[9] == bare->prior[9]);
  CU_ASSERT(memcmp(month->prior, bare->prior, sizeof(double) * M) == 0);
}

/* A piece of evidence told without itself is what a fit without it tells. */
static void leave_one_out(void) {
  guint8 truth[THEMES][N];
  g_autoptr(PlnVoteMatrix) h = history(truth);
  g_autofree const char **code = codes_of(h);
  g_autoptr(PlnRecurrence) r = pln_recurrence_new(h, 65, 69, N, code);
  PlnEvidence evidence[N];
  double chance[N * 3], without[N * 3], refit[N * 3], spare[N * 3];
  know(truth[2], evidence);
  evidence[9] = (PlnEvidence){PLN_EVIDENCE_ANSWER, {30, 60, 10}, 0, 0};
  evidence[10] = (PlnEvidence){PLN_EVIDENCE_SUPPORT, {0, 0, 0}, 3, 0.1}; /* none of its business */
  evidence[N - 1] = pln_evidence_vote(1);
  for (double kappa = 0.1; kappa < 1; kappa += 0.4) {
    g_autoptr(PlnFitting) fit = pln_recurrence_fit(r, "Theme2", PLN_DAY_NONE, 70, evidence);
    pln_recurrence_chances(r, fit, evidence, kappa, chance, without, NULL);
    for (guint i = 0; i < N; i++) {
      PlnEvidence kept = evidence[i];
      if (kept.kind != PLN_EVIDENCE_ANSWER) {
        CU_ASSERT(memcmp(chance + 3 * i, without + 3 * i, 3 * sizeof *chance) == 0);
        continue;
      }
      evidence[i].kind = PLN_EVIDENCE_NONE;
      g_autoptr(PlnFitting) less = pln_recurrence_fit(r, "Theme2", PLN_DAY_NONE, 70, evidence);
      pln_recurrence_chances(r, less, evidence, kappa, refit, spare, NULL);
      evidence[i] = kept;
      /* Exact, as nobody with evidence was absent now and then: whoever was then has the
       * shares, this piece among them. */
      for (guint k = 0; k < 3; k++)
        CU_ASSERT_DOUBLE_EQUAL(without[3 * i + k], refit[3 * i + k], 1e-9);
    }
  }
}

/* Neither sessions before the window nor after it are read: the question itself, planted there,
 * changes not a bit. */
static void only_the_window(void) {
  guint8 truth[THEMES][N];
  g_autoptr(PlnVoteMatrix) h = history(truth), planted = history(truth);
  g_autofree const char **code = codes_of(h);
  double chance[2][N * 3], without[2][N * 3];
  PlnLike like[2][PLN_LIKES];
  for (guint j = 0; j < M; j++)
    if (j < THEMES || j >= 4 * THEMES) {
      planted->call[j].title = "Planted question";
      for (guint i = 0; i < N; i++)
        pln_vote_matrix_row(planted, j)[i] = (guint8)((truth[0][i] + 1) % 3);
    }
  const PlnVoteMatrix *both[] = {h, planted};
  guint likes[2];
  for (guint k = 0; k < 2; k++) {
    g_autoptr(PlnRecurrence) r = pln_recurrence_new(both[k], 66, 68, N, code);
    PlnEvidence evidence[N];
    know(truth[0], evidence);
    for (guint i = 0; i < N; i += 3)
      evidence[i] = pln_evidence_vote(answer_of((guint8)((truth[0][i] + 1) % 3)));
    g_autoptr(PlnFitting) fit = pln_recurrence_fit(r, "Planted question", 20141201, 69, evidence);
    CU_ASSERT(fit->m == 3 * THEMES && pln_recurrence_history(r) == both[k]);
    likes[k] = pln_recurrence_chances(r, fit, evidence, 0.5, chance[k], without[k], like[k]);
    for (guint l = 0; l < likes[k]; l++)
      CU_ASSERT(like[k][l].call >= THEMES && like[k][l].call < 4 * THEMES);
  }
  CU_ASSERT(likes[0] == likes[1] && memcmp(chance[0], chance[1], sizeof chance[0]) == 0);
  CU_ASSERT(memcmp(without[0], without[1], sizeof without[0]) == 0);
  CU_ASSERT_PTR_NULL(pln_recurrence_new(h, 70, 74, N, code));
  CU_ASSERT_PTR_NULL(pln_recurrence_new(h, 68, 67, N, code));
}

static void one_roll_call_and_nobody(void) {
  static const char *const rows[] = {"YNA"};
  static const int session[] = {60};
  static const char *const code[] = {"V00", "V01", "V02"};
  g_autoptr(PlnVoteMatrix) h = made_matrix(rows, session, 1);
  g_autoptr(PlnRecurrence) one = pln_recurrence_new(h, 60, 60, 3, code);
  g_autoptr(PlnRecurrence) nobody = pln_recurrence_new(h, 60, 60, 0, NULL);
  PlnEvidence none[3] = {{0}};
  double chance[9], without[9];
  PlnLike like[PLN_LIKES];
  g_autoptr(PlnFitting) fit = pln_recurrence_fit(one, NULL, PLN_DAY_NONE, -1, none);
  CU_ASSERT(pln_recurrence_chances(one, fit, none, 0.5, chance, without, like) == 1);
  CU_ASSERT(like[0].call == 0 && like[0].weight == 1);
  CU_ASSERT(chance[2] > 0.6 && chance[3] > 0.6 && chance[7] > 0.6);
  for (guint k = 0; k < 9; k++)
    CU_ASSERT(chance[k] > 0);
  g_autoptr(PlnFitting) empty = pln_recurrence_fit(nobody, "x", 20200101, 61, none);
  CU_ASSERT(pln_recurrence_chances(nobody, empty, none, 0.5, chance, without, like) == 1);
}

int main(void) {
  CU_TestInfo tests[] = {{"what returns is found, and who changes", what_returns_is_found},
                         {"a state has its own rate of change", a_rate_of_its_own},
                         {"who never voted has the shares", who_never_voted_has_the_shares},
                         {"title, day and age", title_day_and_age},
                         {"leaving one out is fitting without it", leave_one_out},
                         {"only the window is read", only_the_window},
                         {"one roll call, and nobody", one_roll_call_and_nobody},
                         CU_TEST_INFO_NULL};
  return suite_run("recurrence", tests);
}
