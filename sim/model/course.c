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

/* The round whose positions are those of now, to the tie; or -1. */
static int round_before(const Keeping *k) {
  gsize cells = (gsize)k->run->n * k->run->m;
  const double *all = (const double *)k->position->data, *now = all + k->run->round * cells;
  for (guint r = 0; r < k->run->round; r++) {
    gsize at = 0;
    while (at < cells && (isnan(now[at]) || pln_floor_tie(all[r * cells + at], now[at])))
      at++;
    if (at == cells)
      return (int)r;
  }
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

static void go(Keeping *k, guint rounds) {
  PlnCourse *c = k->course;
  int before = -1;
  for (; (c->end = k->method->converged(k->run)) == PLN_END_NOT_YET; before = round_before(k)) {
    if (before >= 0 && (guint)before + 1 == k->run->round) {
      c->end = PLN_END_STILL;
      return;
    }
    if (before >= 0) {
      c->why = PLN_COURSE_CYCLE;
      c->back = (guint)before;
      return;
    }
    if (k->run->round >= rounds) {
      c->why = PLN_COURSE_ROUNDS;
      return;
    }
    k->method->step(k->run);
    keep_round(k);
    keep_deals(k);
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
