/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/bargain.h"

#include <math.h>

#include "plenary/bargain_part.h"

PlnBargainOptions pln_bargain_options(void) {
  return (PlnBargainOptions){.method = pln_method_find("condorcet"),
                             .how = pln_method_options(),
                             .draws = 1000,
                             .seed = 1,
                             .threads = 1};
}

void pln_bargain_free(PlnBargain *b) {
  if (!b)
    return;
  pln_delegations_free(b->table);
  pln_course_free(b->course);
  g_free(b->issue);
  g_free(b->side);
  g_free(b->lever);
  g_free(b);
}

static double length_of(const PlnBargain *b, guint issue) {
  return b->table->to[issue] - b->table->from[issue];
}

/* ---- Issues ---- */

static PlnStatus weakest_on(const PlnBargain *b, guint issue) {
  const PlnDelegations *t = b->table;
  PlnStatus weakest = b->issue[issue].issue->status;
  for (guint i = 0; i < t->n; i++) {
    gsize cell = (gsize)i * t->m + issue;
    if (!isnan(t->position[cell]))
      weakest = MAX(weakest, t->status[cell]);
  }
  return weakest;
}

static void fill_levers(PlnBargain *b, guint issue, const PlnFloor *floor) {
  double all = pln_floor_weight(floor);
  for (guint k = 0; k < floor->n && all > 0; k++)
    b->lever[(gsize)floor->actor[k] * b->table->m + issue] = floor->w[k] / all;
}

/* The method's own distribution over where the actors stand at the end. */
static void fill_spread(PlnBargain *b, guint issue) {
  const PlnCourse *c = b->course;
  PlnBargainIssue *it = &b->issue[issue];
  g_autofree double *value = g_new(double, c->n + 1), *weight = g_new(double, c->n + 1);
  for (guint i = 0; i < c->n && c->chance; i++) {
    value[i] = pln_course_at(c, c->rounds, i, issue);
    weight[i] = c->chance[(gsize)i * c->m + issue];
  }
  it->has_spread = c->chance && pln_bargain_sum_up(c->n, value, weight, b->table->from[issue],
                                                   b->table->to[issue], &it->spread);
}

static void fill_issue(PlnBargain *b, guint issue, PlnFloor *floor) {
  const PlnCourse *c = b->course;
  PlnBargainIssue *it = &b->issue[issue];
  pln_floor_take(floor, &b->table->talks, issue, NULL);
  it->issue = &g_array_index(b->scenario->issues, PlnIssue, issue);
  it->taking_part = floor->n;
  it->mean = pln_floor_mean(floor);
  it->plain_mean = pln_floor_plain_mean(floor);
  it->median = pln_floor_median(floor);
  it->before = c->outcome[issue];
  it->outcome = c->outcome[(gsize)c->rounds * c->m + issue];
  it->words = c->words[issue];
  it->weakest = weakest_on(b, issue);
  b->weakest = MAX(b->weakest, it->weakest);
  fill_levers(b, issue, floor);
  fill_spread(b, issue);
}

/* ---- Sides ---- */

/* Of one cell, were @outcome the outcome. */
static double loss_of(const PlnBargain *b, guint i, guint issue, double outcome) {
  gsize cell = (gsize)i * b->table->m + issue;
  double away = fabs(b->table->position[cell] - outcome) / length_of(b, issue);
  return b->table->salience[cell] * away;
}

/* What exchanges between others meant to @i. */
static double externality_of(const PlnCourse *c, guint i) {
  double sum = 0;
  for (guint d = 0; d < c->deals->len; d++) {
    const PlnCourseDeal *it = &g_array_index(c->deals, PlnCourseDeal, d);
    if (it->deal.kind == PLN_DEAL_EXCHANGE && it->deal.actor != i && it->deal.other != i)
      sum += c->externality[(gsize)it->externality * c->n + i];
  }
  return c->exchanges > 0 ? sum : NAN;
}

static void fill_side(PlnBargain *b, guint i) {
  const PlnCourse *c = b->course;
  PlnBargainSide *side = &b->side[i];
  guint issues = 0;
  *side = (PlnBargainSide){.externality = externality_of(c, i)};
  for (guint issue = 0; issue < b->table->m; issue++) {
    const PlnBargainIssue *it = &b->issue[issue];
    double start = pln_course_at(c, 0, i, issue);
    if (isnan(start))
      continue;
    side->moved += fabs(pln_course_at(c, c->rounds, i, issue) - start) / length_of(b, issue);
    if (isnan(it->outcome))
      continue;
    issues++;
    side->loss += loss_of(b, i, issue, it->outcome);
    side->loss_before += loss_of(b, i, issue, it->before);
    side->loss_reference += loss_of(b, i, issue, b->table->reference[issue]);
  }
  double share = issues > 0 ? issues : NAN;
  side->loss /= share;
  side->loss_before /= share;
  side->loss_reference /= share;
}

static void fill_in(PlnBargain *b) {
  guint n = b->table->n, m = b->table->m;
  g_autoptr(PlnFloor) floor = pln_floor_set_up(n);
  b->issue = g_new0(PlnBargainIssue, m + 1);
  b->side = g_new0(PlnBargainSide, n + 1);
  b->lever = g_new(double, (gsize)n * m + 1);
  for (gsize cell = 0; cell < (gsize)n * m; cell++)
    b->lever[cell] = NAN;
  b->weakest = b->table->weakest;
  for (guint issue = 0; issue < m; issue++)
    fill_issue(b, issue, floor);
  for (guint i = 0; i < n; i++)
    fill_side(b, i);
}

PlnBargain *pln_bargain_new(const PlnScenario *scenario, const PlnBargainOptions *options,
                            GError **error) {
  g_autoptr(PlnBargain) b = g_new0(PlnBargain, 1);
  b->scenario = scenario;
  b->options = *options;
  b->options.how.seed = options->seed;
  b->table = pln_delegations_new(scenario, options->edits, error);
  if (!b->table)
    return NULL;
  b->course = pln_course_new(options->method, &b->table->talks, &b->options.how, options->rounds);
  fill_in(b);
  gboolean chance = b->table->uncertain || options->tie_orders;
  if (options->draws > 0 && chance && !pln_bargain_draw(b, error))
    return NULL;
  return g_steal_pointer(&b);
}
