/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/course.h"

#include <math.h>
#include <string.h>

/* What is kept of the rounds, growing. */
typedef struct {
  const PlnMethod *method;
  PlnRun *run;
  GArray *position, *outcome, *mean, *externality; /* double */
  PlnFloor *floor;
  PlnCourse *course;
} Keeping;

double pln_course_at(const PlnCourse *c, guint round, guint i, guint issue) {
  return c->position[((gsize)round * c->n + i) * c->m + issue];
}

void pln_course_free(PlnCourse *c) {
  if (!c)
    return;
  g_free(c->position);
  g_free(c->outcome);
  g_free(c->mean);
  g_free(c->chance);
  g_free(c->words);
  g_free(c->externality);
  g_clear_pointer(&c->deals, g_array_unref);
  g_free(c);
}

static void keep_round(Keeping *k) {
  const PlnRun *run = k->run;
  for (guint issue = 0; issue < run->m; issue++) {
    pln_floor_take(k->floor, run->talks, issue, run->position);
    double mean = pln_floor_mean(k->floor);
    g_array_append_val(k->mean, mean);
  }
  g_array_append_vals(k->position, run->position, run->n * run->m);
  g_array_append_vals(k->outcome, run->outcome, run->m);
}

static void keep_deals(Keeping *k) {
  PlnCourse *c = k->course;
  for (guint d = 0; d < k->run->deals->len; d++) {
    const PlnDeal *deal = &g_array_index(k->run->deals, PlnDeal, d);
    PlnCourseDeal kept = {k->run->round, *deal, 0};
    if (deal->kind == PLN_DEAL_EXCHANGE && k->run->externality) {
      kept.externality = c->exchanges++;
      g_array_append_vals(k->externality, k->run->externality + (gsize)d * c->n, c->n);
    }
    g_array_append_val(c->deals, kept);
  }
}

static GArray *numbers(void) {
  return g_array_new(FALSE, FALSE, sizeof(double));
}

static double *kept(GArray *array) {
  return (double *)(gpointer)g_array_free(array, FALSE);
}

/* Whether all stand in both rounds where they stand in either. */
static gboolean is_one(const PlnTalks *talks, const double *a, const double *b) {
  for (guint i = 0; i < talks->n; i++)
    for (guint issue = 0; issue < talks->m; issue++) {
      gsize at = (gsize)i * talks->m + issue;
      double apart = pln_floor_apart(talks->from[issue], talks->to[issue]);
      if (!isnan(b[at]) && !(fabs(a[at] - b[at]) <= apart))
        return FALSE;
    }
  return TRUE;
}

int pln_course_back(const PlnTalks *talks, const double *position, guint rounds) {
  gsize cells = (gsize)talks->n * talks->m;
  for (guint r = 0; r < rounds; r++)
    if (is_one(talks, position + r * cells, position + rounds * cells))
      return (int)r;
  return -1;
}

static void finish(Keeping *k) {
  PlnCourse *c = k->course;
  gsize cells = (gsize)c->n * c->m;
  c->rounds = k->run->round;
  c->ties = k->run->ties;
  c->chance = k->run->chance ? g_memdup2(k->run->chance, (cells + 1) * sizeof(double)) : NULL;
  c->words = g_memdup2(k->run->words, (c->m + 1) * sizeof *c->words);
  c->position = kept(k->position);
  c->outcome = kept(k->outcome);
  c->mean = kept(k->mean);
  c->externality = kept(k->externality);
}

/* Whether the last round moved nobody; notes where they begin to go round. */
static gboolean is_still(Keeping *k) {
  PlnCourse *c = k->course;
  guint round = k->run->round;
  const double *position = (const double *)(gpointer)k->position->data;
  int back = c->period > 0 ? -1 : pln_course_back(k->run->talks, position, round);
  if (back < 0 || (guint)back + 1 == round)
    return back >= 0;
  c->back = (guint)back;
  c->period = round - c->back;
  return FALSE;
}

static void go(Keeping *k, guint rounds) {
  PlnCourse *c = k->course;
  while ((c->end = k->method->converged(k->run)) == PLN_TALKS_END_NOT_YET) {
    guint before = k->run->round;
    if (before >= rounds) {
      c->why = c->period > 0 ? PLN_COURSE_CYCLE : PLN_COURSE_ROUNDS;
      return;
    }
    k->method->step(k->run);
    if (k->run->round == before)
      continue; /* found nothing to do, and says so */
    keep_round(k);
    keep_deals(k);
    if (k->method->converged(k->run) == PLN_TALKS_END_NOT_YET && is_still(k)) {
      c->end = PLN_TALKS_END_STILL;
      return;
    }
  }
}

PlnCourse *pln_course_new(const PlnMethod *method, const PlnTalks *talks,
                          const PlnMethodOptions *options, guint rounds) {
  PlnCourse *course = g_new0(PlnCourse, 1);
  Keeping k = {method,
               method->set_up(talks->n, talks->m, options),
               numbers(),
               numbers(),
               numbers(),
               numbers(),
               pln_floor_set_up(talks->n),
               course};
  course->method = method;
  course->n = talks->n;
  course->m = talks->m;
  course->deals = g_array_new(FALSE, FALSE, sizeof(PlnCourseDeal));
  k.run->deals = g_array_new(FALSE, FALSE, sizeof(PlnDeal));
  method->start(k.run, talks);
  keep_round(&k);
  go(&k, rounds > 0 ? rounds : method->usual);
  finish(&k);
  g_array_unref(k.run->deals);
  method->free(k.run);
  pln_floor_free(k.floor);
  return course;
}
