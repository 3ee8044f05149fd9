/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Challenges: the published rounds, what there is to say where nothing can be told, ties, and the
 * same bytes.  The equations: test_challenge_equations.c. */
#include "plenary/challenge.h"

#include <CUnit/CUnit.h>
#include <math.h>
#include <string.h>

#include "made_talks.h"
#include "suite.h"

enum { NL, BE, LU, DE, FR, IT, UK, IE, DK, GR };

static const PlnDeal *deal_of(const PlnCourse *c, guint round, guint actor) {
  for (guint k = 0; k < c->deals->len; k++) {
    const PlnCourseDeal *kept = &g_array_index(c->deals, PlnCourseDeal, k);
    if (kept->round == round && kept->deal.actor == actor && kept->deal.kind != PLN_DEAL_CONFLICT)
      return &kept->deal;
  }
  return NULL;
}

static guint moves(const PlnCourse *c, guint round) {
  guint count = 0;
  for (guint i = 0; i < c->n; i++)
    count += deal_of(c, round, i) != NULL;
  return count;
}

static PlnCourse *play(const PlnMethod *method, const MadeTalks *m, guint rounds) {
  PlnMethodOptions options = pln_method_options();
  return pln_course_new(method, &m->talks, &options, rounds);
}

/* ---- The check numbers ---- */

static void check_move(const PlnCourse *c, guint round, guint actor, guint other,
                       PlnDealKind kind, double to) {
  const PlnDeal *deal = deal_of(c, round, actor);
  CU_ASSERT_PTR_NOT_NULL_FATAL(deal);
  CU_ASSERT_EQUAL(deal->kind, kind);
  CU_ASSERT_EQUAL(deal->other, other);
  CU_ASSERT_DOUBLE_EQUAL(deal->to, to, 1e-12);
  CU_ASSERT_DOUBLE_EQUAL(pln_course_at(c, round, actor, 0), to, 1e-12);
}

static void check_expected(const PlnCourse *c, guint actor, double own, double others) {
  const PlnDeal *deal = deal_of(c, 1, actor);
  CU_ASSERT_DOUBLE_EQUAL(deal->own, own, 5.1e-7);
  CU_ASSERT_DOUBLE_EQUAL(deal->others, others, 5.1e-7);
}

static void test_scholz_rounds(void) {
  static const double median[] = {7, 8.415932315426764, 9.610859134120188, 9.961979590401311};
  static const double mean[] = {7.389955686853767, 7.461314378277189, 7.552500865855845,
                                7.590144997451547};
  static const double printed[] = {9.9, 9.9, 7.4, 8.8, 9.6}; /* rounds 4 to 8, truncated */
  MadeTalks m;
  made_emission(&m);
  g_autoptr(PlnCourse) c = play(&pln_method_challenge_scholz, &m, 0);
  CU_ASSERT_EQUAL(c->rounds, 8);
  for (guint round = 0; round <= 3; round++) {
    CU_ASSERT_DOUBLE_EQUAL(c->outcome[round], median[round], 1e-12);
    CU_ASSERT_DOUBLE_EQUAL(made_mean_after(&m, c, round), mean[round], 1e-12);
  }
  for (guint round = 4; round <= 8; round++)
    CU_ASSERT_DOUBLE_EQUAL(trunc(10 * c->outcome[round]) / 10, printed[round - 4], 1e-12);
  for (guint round = 1; round <= 3; round++) {
    CU_ASSERT_EQUAL(moves(c, round), 3);
    check_move(c, round, BE, FR, PLN_DEAL_COMPROMISE, median[round]);
    check_move(c, round, LU, BE, PLN_DEAL_CONFRONTATION, median[round - 1]);
    check_move(c, round, IE, LU, PLN_DEAL_CONFRONTATION, round == 1 ? 4 : median[round - 2]);
  }
  check_expected(c, BE, -.114831, .243297);
  check_expected(c, LU, .245509, .542246);
  check_expected(c, IE, .538238, .682478);
}

static void test_scholz_risk(void) {
  static const double risk[] = {1.4057, .7542, .5089, 1.4057, 1.0465,
                                1.0465, 1.9649, .5,   2,      1.1121};
  PlnMethodOptions options = pln_method_options();
  const PlnMethod *method = &pln_method_challenge_scholz;
  MadeTalks m;
  made_emission(&m);
  PlnRun *run = method->set_up(EMISSION, 1, &options);
  method->start(run, &m.talks);
  method->step(run);
  for (guint i = 0; i < EMISSION; i++)
    CU_ASSERT_DOUBLE_EQUAL(((PlnChallengeRun *)run)->challenge->risk[i], risk[i], 5.1e-5);
  method->free(run);
}

static void test_literal_round(void) {
  MadeTalks m;
  made_emission(&m);
  g_autoptr(PlnCourse) c = play(&pln_method_challenge_literal, &m, 0);
  CU_ASSERT_DOUBLE_EQUAL(c->outcome[1], 9.529952167929899, 1e-9);
  CU_ASSERT_DOUBLE_EQUAL(made_mean_after(&m, c, 1), 7.606389647484527, 1e-9);
  CU_ASSERT_EQUAL(moves(c, 1), 2);
  check_move(c, 1, DK, GR, PLN_DEAL_COMPROMISE, 4.096969398859002);
  check_move(c, 1, GR, UK, PLN_DEAL_COMPROMISE, 9.529952167929899);
  /* The median stands still in rounds 2 and 3, though others go on: so the rule says. */
  CU_ASSERT_EQUAL(c->rounds, 3);
  CU_ASSERT_EQUAL(c->end, PLN_TALKS_END_SETTLED);
}

/* ---- Where nothing can be told ---- */

static const PlnMethod *const readings[] = {&pln_method_challenge_literal,
                                            &pln_method_challenge_scholz};

static void check_words(const MadeTalks *m, const PlnMethodOptions *options, const char *words,
                        double outcome) {
  for (guint which = 0; which < 2; which++) {
    g_autoptr(PlnCourse) c = pln_course_new(readings[which], &m->talks, options, 0);
    CU_ASSERT_EQUAL(c->end, PLN_TALKS_END_NOTHING);
    CU_ASSERT_PTR_NOT_NULL_FATAL(c->words[0]);
    CU_ASSERT_TRUE(g_str_has_prefix(c->words[0], words));
    CU_ASSERT_TRUE(isnan(outcome) ? isnan(c->outcome[c->rounds])
                                  : c->outcome[c->rounds] == outcome);
    for (guint i = 0; i < c->n; i++)
      CU_ASSERT_TRUE(pln_course_at(c, c->rounds, i, 0) == m->position[i]);
  }
}

static void test_words(void) {
  PlnMethodOptions plain = pln_method_options(), reference = plain;
  MadeTalks m;
  made_emission(&m);
  reference.reference = TRUE;
  check_words(&m, &reference, "no reference point", NAN);
  for (guint i = 0; i < EMISSION; i++)
    m.position[i] = 5;
  check_words(&m, &plain, "all stand at one position", 5);
  made_emission(&m);
  memset(m.salience, 0, sizeof m.salience);
  check_words(&m, &plain, "nobody cares", NAN);
  made_emission(&m);
  memset(m.capability, 0, sizeof m.capability);
  check_words(&m, &plain, "nobody can bring anything to bear", NAN);
  made_emission(&m);
  m.talks.n = 1;
  check_words(&m, &plain, "one actor alone", 4);
  made_talks(&m, 2, 0, 100);
  m.position[0] = 0;
  m.position[1] = 100;
  m.salience[0] = m.salience[1] = m.capability[0] = m.capability[1] = 1;
  check_words(&m, &plain, "all are equally secure", 0);
}

/* Who cares little has little to lose: both would challenge, and nobody moves. */
static void test_conflict(void) {
  MadeTalks m;
  made_talks(&m, 2, 0, 100);
  m.position[0] = 0;
  m.position[1] = 100;
  m.salience[0] = m.salience[1] = 0.2;
  m.capability[0] = 2;
  m.capability[1] = 1;
  g_autoptr(PlnCourse) c = play(&pln_method_challenge_literal, &m, 0);
  CU_ASSERT_EQUAL(c->end, PLN_TALKS_END_STILL);
  CU_ASSERT_EQUAL(c->rounds, 1);
  CU_ASSERT_EQUAL_FATAL(c->deals->len, 1);
  const PlnDeal *deal = &g_array_index(c->deals, PlnCourseDeal, 0).deal;
  CU_ASSERT_EQUAL(deal->kind, PLN_DEAL_CONFLICT);
  CU_ASSERT_TRUE(deal->own > 0 && deal->others > 0 && deal->from == deal->to);
}

/* Between two that are alike the first has it, and that it was a tie is counted. */
static void test_ties(void) {
  for (guint which = 0; which < 2; which++)
    for (guint turned = 0; turned < 2; turned++) {
      MadeTalks m;
      made_talks(&m, 3, 0, 100);
      m.position[turned] = 0;
      m.position[1 - turned] = 100;
      m.position[2] = 50;
      for (guint i = 0; i < 3; i++) {
        m.salience[i] = which == 1 ? 0.1 : i < 2 ? 0.8 : 0.7;
        m.capability[i] = which == 1 || i == 2 ? 0.1 : 1;
      }
      g_autoptr(PlnCourse) c = play(readings[which], &m, 1);
      double to = pln_course_at(c, 1, 2, 0);
      CU_ASSERT_EQUAL(c->ties, 1);
      CU_ASSERT_EQUAL(moves(c, 1), 1);
      CU_ASSERT_TRUE(turned ? to > 52 : to < 48);
    }
}

/* A run begun again knows nothing of the talks before. */
static void test_again(void) {
  PlnMethodOptions options = pln_method_options();
  MadeTalks m, agreed;
  made_emission(&m);
  made_emission(&agreed);
  for (guint i = 0; i < EMISSION; i++)
    agreed.position[i] = 5;
  for (guint which = 0; which < 2; which++) {
    PlnRun *run = readings[which]->set_up(EMISSION, 1, &options);
    readings[which]->start(run, &m.talks);
    readings[which]->step(run);
    readings[which]->start(run, &agreed.talks);
    CU_ASSERT_EQUAL(readings[which]->converged(run), PLN_TALKS_END_NOTHING);
    CU_ASSERT_EQUAL(run->round, 0);
    readings[which]->free(run);
  }
}

/* Whoever has weight stands halfway between the first two: each beats the other by chance. */
static void test_halfway(void) {
  static const double position[] = {0, 100, 50, 70}, capability[] = {0, 0, 1, 0};
  PlnMethodOptions options = pln_method_options();
  MadeTalks m;
  made_talks(&m, 4, 0, 100);
  for (guint i = 0; i < 4; i++) {
    m.position[i] = position[i];
    m.capability[i] = capability[i];
    m.salience[i] = 0.2 * (i + 1);
  }
  PlnRun *run = readings[0]->set_up(4, 1, &options);
  readings[0]->start(run, &m.talks);
  readings[0]->step(run);
  const PlnChallenge *c = ((PlnChallengeRun *)run)->challenge;
  CU_ASSERT_EQUAL(c->beats[1], 0.5);
  CU_ASSERT_EQUAL(c->beats[c->stride], 0.5);
  CU_ASSERT_EQUAL(c->beats[2], 0); /* the middle beats both ends for sure */
  CU_ASSERT_EQUAL(c->beats[2 * c->stride], 1);
  readings[0]->free(run);
}

/* Two issues; actor 3 has no part in the first, and the second is agreed. */
static void test_issues_apart(void) {
  double position[] = {4, 50, 7, 50, 10, 50, NAN, 50}, salience[8], capability[8];
  double alone[] = {4, 7, 10}, from[] = {0, 0}, to[] = {12, 100}, reference[] = {NAN, NAN};
  for (guint k = 0; k < 8; k++) {
    salience[k] = 0.5 + 0.05 * (k / 2);
    capability[k] = 1 + k / 2;
  }
  double salience1[] = {salience[0], salience[2], salience[4]};
  double capability1[] = {capability[0], capability[2], capability[4]};
  PlnTalks both = {4, 2, position, salience, capability, from, to, reference};
  PlnTalks one = {3, 1, alone, salience1, capability1, from, to, reference};
  PlnMethodOptions options = pln_method_options();
  for (guint which = 0; which < 2; which++) {
    g_autoptr(PlnCourse) a = pln_course_new(readings[which], &both, &options, 3);
    g_autoptr(PlnCourse) b = pln_course_new(readings[which], &one, &options, 3);
    CU_ASSERT_EQUAL_FATAL(a->rounds, b->rounds);
    for (guint i = 0; i < 3; i++)
      CU_ASSERT_TRUE(pln_course_at(a, a->rounds, i, 0) == pln_course_at(b, b->rounds, i, 0));
    CU_ASSERT_TRUE(isnan(pln_course_at(a, a->rounds, 3, 0)));
    CU_ASSERT_TRUE(a->words[0] == NULL && a->words[1] != NULL);
    CU_ASSERT_TRUE(a->outcome[2 * a->rounds + 1] == 50);
  }
}

/* ---- The same bytes ---- */

static guint64 eat(guint64 digest, double x) {
  guint64 bits;
  memcpy(&bits, &x, sizeof bits);
  return (digest ^ bits) * G_GUINT64_CONSTANT(1099511628211);
}

#define DIGEST G_GUINT64_CONSTANT(0x21e5d3a4d5fbc378)

/* MadeTalks by gcc 12 and clang 14 at -O0 and -O2 alike; a run is used again for the next talks. */
static void test_bytes(void) {
  guint64 digest = G_GUINT64_CONSTANT(14695981039346656037);
  for (guint which = 0; which < 4; which++) {
    const PlnMethod *method = readings[which & 1];
    PlnMethodOptions options = pln_method_options();
    guint32 state = 77;
    options.q = which & 2 ? 0.6 : 1;
    options.reference = (which & 2) != 0;
    PlnRun *run = method->set_up(13, 1, &options);
    for (guint k = 0; k < 60; k++) {
      MadeTalks m;
      made_scatter(&m, 13, &state);
      m.position[k % 13] = m.position[(k + 1) % 13];
      method->start(run, &m.talks);
      for (guint round = 0; round < 4 && method->converged(run) == PLN_TALKS_END_NOT_YET; round++)
        method->step(run);
      for (guint i = 0; i < 13; i++)
        digest = eat(digest, run->position[i]);
      digest = eat(digest, run->outcome[0]);
    }
    method->free(run);
  }
  CU_ASSERT_EQUAL(digest, DIGEST);
  if (digest != DIGEST)
    printf("digest of now: 0x%016" G_GINT64_MODIFIER "x\n", digest);
}

int main(void) {
  CU_TestInfo tests[] = {{"scholz: the rounds of Table 2", test_scholz_rounds},
                         {"scholz: risk exponents", test_scholz_risk},
                         {"literal: the first round, and its end", test_literal_round},
                         {"words where nothing can be told", test_words},
                         {"a conflict moves nobody", test_conflict},
                         {"between two alike the first", test_ties},
                         {"a run begun again", test_again},
                         {"halfway between two", test_halfway},
                         {"issues apart, actors absent", test_issues_apart},
                         {"the same bytes", test_bytes},
                         CU_TEST_INFO_NULL};
  return suite_run("challenge", tests);
}
