/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The searches; the order of prices; blocking minorities. */
#include <string.h>

#include "plenary/coalitions_part.h"

static PlnVote vote_for(PlnCoalitionEnd end) {
  return end == PLN_COALITION_WINS ? PLN_VOTE_Y : PLN_VOTE_N;
}

static PlnVote vote_against(PlnCoalitionEnd end) {
  return end == PLN_COALITION_WINS ? PLN_VOTE_N : PLN_VOTE_Y;
}

static guint seat_of(const PlnCoalitionUnit *unit, guint j) {
  return g_array_index(unit->seats, guint, j);
}

/* Who must be out goes against it where it was expected to come along. */
void pln_coalitions_others(const PlnCoalitions *c, PlnOthers others, PlnCoalitionEnd end,
                           PlnVote *vote) {
  for (guint u = 0; u < c->units->len; u++) {
    const PlnCoalitionUnit *unit = pln_coalitions_unit(c, u);
    for (guint j = 0; j < unit->seats->len; j++) {
      guint i = seat_of(unit, j);
      vote[i] = c->seat[i].expected == PLN_VOTE_UNKNOWN ? PLN_VOTE_X : c->seat[i].expected;
      if (others == PLN_OTHERS_NO || (unit->must < 0 && vote[i] == vote_for(end)))
        vote[i] = vote_against(end);
    }
  }
}

static const guint32 *weight_of(const PlnCoalitions *c) {
  return c->rule->rule.weighted ? c->roster->weight : NULL;
}

static gboolean adopts(const PlnCoalitions *c, const PlnRule *rule, const PlnVote *vote) {
  PlnBallots ballots = {.n = c->roster->n, .vote = vote, .weight = weight_of(c), .veto = c->veto};
  PlnTally tally = pln_tally(&ballots);
  return pln_rule_decide(rule, &tally, PLN_STAGE_VOTE).outcome == PLN_OUTCOME_ADOPTED;
}

gboolean pln_coalitions_leads(const PlnCoalitions *c, PlnCoalitionEnd end, const PlnVote *vote) {
  return adopts(c, &c->rule->rule, vote) == (end == PLN_COALITION_WINS);
}

/* ---- One way ---- */

/* The arrays of a case: of units. */
typedef struct {
  PlnCoalitionCase q;
  gint64 *price, *amount[PLN_COALITION_NEEDS];
  guint *size;
  gint8 *must;
} Case;

static void case_clear(Case *k) {
  g_free(k->price);
  g_free(k->size);
  g_free(k->must);
  for (guint j = 0; j < PLN_COALITION_NEEDS; j++)
    g_free(k->amount[j]);
}

/* What is searched: who changes to what. */
typedef struct {
  PlnOthers others;
  PlnCoalitionEnd end;
  PlnCoalitionAim aim;
  gboolean aside; /* abstains instead of voting against it; others as expected */
} Search;

/* Whoever would not have to change comes along; none stands aside that would not vote against. */
static gint8 must_of(const PlnCoalitionUnit *unit, const Search *s, gboolean needed) {
  if (s->aside)
    return (gint8)(unit->aside_change[s->end] == 0 || unit->must < 0 ? -1 : needed);
  needed |= unit->change[s->others][s->end] == 0 && unit->must == 0;
  return (gint8)(needed ? 1 : unit->must);
}

/* FALSE where somebody without whom it cannot be must be out. */
static gboolean fill_case(const PlnCoalitions *c, const PlnCoalitionWay *way, const Search *s,
                          Case *out) {
  guint n = c->units->len;
  gboolean possible = TRUE;
  out->price = g_new0(gint64, n + 1);
  out->size = g_new0(guint, n + 1);
  out->must = g_new0(gint8, n + 1);
  for (guint k = 0; k < way->needs; k++)
    out->amount[k] = g_new0(gint64, n + 1);
  for (guint u = 0; u < n; u++) {
    const PlnCoalitionUnit *unit = pln_coalitions_unit(c, u);
    gboolean needed = FALSE;
    for (guint j = 0; j < unit->seats->len; j++) {
      guint i = seat_of(unit, j);
      needed |= way->must && way->must[i];
      for (guint k = 0; k < way->needs; k++)
        out->amount[k][u] += way->amount[k][i];
    }
    possible &= !(needed && unit->must < 0);
    out->price[u] = s->aside ? unit->aside_price[s->end] : unit->price[s->others][s->end];
    out->size[u] = s->aside ? MAX(unit->aside_change[s->end], 1) : unit->change[s->others][s->end];
    out->must[u] = must_of(unit, s, needed);
  }
  out->q = (PlnCoalitionCase){.n = n, .price = out->price, .size = out->size,
                              .needs = way->needs, .must = out->must};
  for (guint k = 0; k < way->needs; k++) {
    out->q.amount[k] = out->amount[k];
    out->q.need[k] = way->need[k];
  }
  return possible;
}

/* Returns: (nullable): nothing leads there this way; else it may be one that was not found. */
static PlnCoalition *search_way(const PlnCoalitions *c, const PlnCoalitionWay *way,
                                const Search *s) {
  Case k = {.price = NULL};
  PlnCoalition *found = NULL;
  if (fill_case(c, way, s, &k)) {
    PlnCoalitionOptions options = pln_coalition_options();
    options.ties = c->options.ties;
    k.q.smallest = s->aim == PLN_COALITION_SMALLEST;
    found = pln_coalition_new(&k.q, &options);
  }
  case_clear(&k);
  if (found && !found->exists)
    g_clear_pointer(&found, pln_coalition_free);
  return found;
}

/* ---- Several ways ---- */

static gboolean is_listed(const PlnCoalition *found, const guint8 *set, guint n) {
  for (guint k = 0; k < found->sets->len; k++) {
    const guint8 *other = found->sets->pdata[k];
    guint i = 0;
    while (i < n && (set[i] != 0) == (other[i] != 0))
      i++;
    if (i == n)
      return TRUE;
  }
  return FALSE;
}

/* As good by another way: its sets beside those listed, each once; counted where both lists are
 * whole. */
static void join(PlnCoalition *a, const PlnCoalition *b, guint n, guint ties) {
  gboolean whole = !a->more && !b->more;
  guint count = a->sets->len;
  for (guint k = 0; k < b->sets->len; k++) {
    const guint8 *set = b->sets->pdata[k];
    if (is_listed(a, set, n))
      continue;
    count++;
    if (a->sets->len < ties)
      g_ptr_array_add(a->sets, g_memdup2(set, n + 1));
  }
  a->nodes += b->nodes;
  a->more = !whole || count > a->sets->len;
  g_clear_pointer(&a->alike, g_free);
  if (whole)
    a->alike = g_strdup_printf("%u", count);
}

static gboolean is_better(const PlnCoalition *a, const PlnCoalition *b, PlnCoalitionAim aim) {
  gint64 first = (gint64)a->size - (gint64)b->size, second = a->price - b->price;
  gboolean smallest = aim == PLN_COALITION_SMALLEST;
  gint64 x = smallest ? first : second, y = smallest ? second : first;
  return x < 0 || (x == 0 && y < 0);
}

/* What a way not searched to its end leaves open holds for all of them. */
static void lower(PlnCoalition *best, const PlnCoalition *other) {
  best->bound = MIN(best->bound, other->bound);
  best->least = MIN(best->least, other->least);
  best->proved &= other->proved;
}

/* Keeps the better one of the two.  @found: (transfer full); Returns: whether it is @found */
static gboolean keep_better(PlnCoalitionAnswer *best, PlnCoalition *found, const Search *s, guint n,
                            guint ties) {
  PlnCoalition *had = best->found;
  gboolean better = !had || is_better(found, had, s->aim);
  PlnCoalition *kept = better ? found : had, *other = better ? had : found;
  if (other && !other->proved)
    lower(kept, other);
  if (other && other->price == kept->price && other->size == kept->size)
    join(kept, other, n, ties);
  pln_coalition_free(other);
  best->found = kept;
  return better;
}

/* ---- Ways in words ---- */

/* The fewest that a need takes where each adds the most that anybody does; all alike where there
 * is no weight. */
static guint fewest(const PlnCoalitionWay *way, guint k, guint n) {
  gint64 most = 0, need = MAX(way->need[k], 0);
  for (guint i = 0; i < n; i++)
    most = MAX(most, way->amount[k][i]);
  return most > 0 ? (guint)((need + most - 1) / most) : 0;
}

static const char *keep(PlnCoalitions *c, char *words) {
  g_ptr_array_add(c->words, words);
  return words;
}

/* The count in numbers where the others all do the same; with weight and vetoes named. */
static const char *say_way(PlnCoalitions *c, const PlnCoalitionWay *way, PlnOthers others,
                           PlnCoalitionEnd end) {
  const PlnRule *rule = &c->rule->rule;
  guint n = c->roster->n, count = 0;
  for (guint k = 0; k < way->needs && !(rule->weighted && k == 1); k++)
    count = MAX(count, fewest(way, k, n));
  gboolean wins = end == PLN_COALITION_WINS, vetoes = wins && c->veto && rule->veto;
  if (way->words && others == PLN_OTHERS_NO && wins && rule->method != PLN_METHOD_CONSENSUS)
    return keep(c, g_strdup_printf("%u of %u: %s", count, n, way->words));
  if (way->words)
    return way->words;
  if (others == PLN_OTHERS_EXPECTED)
    return wins && rule->weighted ? "the count and the weight"
           : vetoes               ? "the count, and no veto"
                                  : "the count";
  return keep(c, g_strdup_printf("%u of %u votes%s%s", count, n,
                                 wins && rule->weighted ? ", with the weight" : "",
                                 vetoes ? ", without a veto" : ""));
}

/* ---- The answers ---- */

static void answer(PlnCoalitions *c, const Search *s, PlnCoalitionAnswer *best) {
  PlnOthers others = s->others;
  PlnCoalitionEnd end = s->end;
  PlnCoalitionWay way[PLN_COALITION_WAYS];
  g_autofree PlnVote *vote = g_new(PlnVote, c->roster->n + 1);
  pln_coalitions_others(c, others, end, vote);
  guint ways = pln_coalitions_ways(&c->rule->rule, end, s->aside ? PLN_VOTE_A : vote_for(end),
                                   c->roster->n, vote, weight_of(c), c->veto, TRUE, way);
  for (guint k = 0; k < ways; k++) {
    PlnCoalition *found = search_way(c, &way[k], s);
    if (found && keep_better(best, found, s, c->units->len, c->options.ties))
      best->way = say_way(c, &way[k], others, end);
    pln_coalitions_way_clear(&way[k]);
  }
}

/* Who must be in votes for it: then there is nothing to be had by abstaining alone. */
static gboolean may_stand_aside(const PlnCoalitions *c, PlnCoalitionEnd end) {
  for (guint u = 0; u < c->units->len; u++) {
    const PlnCoalitionUnit *unit = pln_coalitions_unit(c, u);
    if (unit->must > 0 && unit->change[PLN_OTHERS_EXPECTED][end] > 0)
      return FALSE;
  }
  return TRUE;
}

void pln_coalitions_search(PlnCoalitions *c) {
  for (guint others = 0; others < PLN_OTHERS; others++)
    for (guint end = 0; end < PLN_COALITION_ENDS; end++)
      for (guint aim = 0; aim < PLN_COALITION_AIMS; aim++)
        answer(c, &(Search){(PlnOthers)others, (PlnCoalitionEnd)end, (PlnCoalitionAim)aim, FALSE},
               &c->answer[others][end][aim]);
  for (guint end = 0; end < PLN_COALITION_ENDS; end++)
    if (may_stand_aside(c, (PlnCoalitionEnd)end))
      answer(c, &(Search){PLN_OTHERS_EXPECTED, (PlnCoalitionEnd)end, PLN_COALITION_CHEAPEST, TRUE},
             &c->aside[end]);
}

/* ---- The order of prices ---- */

typedef struct {
  const PlnCoalitions *c;
  PlnCoalitionEnd end;
} Ordering;

/* Those that must be in first; then by price a state, seats that cost nothing counted too. */
static int by_price(gconstpointer a, gconstpointer b, gpointer data) {
  const Ordering *o = data;
  const PlnCoalitionStep *x = a, *y = b;
  const PlnCoalitionUnit *p = pln_coalitions_unit(o->c, x->unit);
  const PlnCoalitionUnit *q = pln_coalitions_unit(o->c, y->unit);
  if ((p->must > 0) != (q->must > 0))
    return p->must > 0 ? -1 : 1;
  gint64 left = x->price * q->seats->len, right = y->price * p->seats->len;
  if (left != right)
    return left < right ? -1 : 1;
  return (x->unit > y->unit) - (x->unit < y->unit);
}

static void order(PlnCoalitions *c, PlnCoalitionEnd end) {
  GArray *steps = g_array_new(FALSE, TRUE, sizeof(PlnCoalitionStep));
  Ordering ordering = {c, end};
  g_autofree PlnVote *vote = g_new(PlnVote, c->roster->n + 1);
  for (guint u = 0; u < c->units->len; u++) {
    const PlnCoalitionUnit *unit = pln_coalitions_unit(c, u);
    PlnCoalitionStep step = {.unit = u, .price = unit->price[c->options.others][end]};
    if (unit->must >= 0)
      g_array_append_val(steps, step);
  }
  g_array_sort_with_data(steps, by_price, &ordering);
  pln_coalitions_others(c, c->options.others, end, vote);
  gboolean already = pln_coalitions_leads(c, end, vote);
  c->pivot[end] = -1;
  gint64 sum = 0;
  guint states = 0;
  for (guint k = 0; k < steps->len; k++) {
    PlnCoalitionStep *step = &g_array_index(steps, PlnCoalitionStep, k);
    const PlnCoalitionUnit *unit = pln_coalitions_unit(c, step->unit);
    for (guint j = 0; j < unit->seats->len; j++)
      vote[seat_of(unit, j)] = vote_for(end);
    step->sum = sum += step->price;
    step->states = states += unit->seats->len;
    step->enough = pln_coalitions_leads(c, end, vote);
    if (step->enough && !already && c->pivot[end] < 0)
      c->pivot[end] = (int)k;
  }
  c->order[end] = steps;
}

void pln_coalitions_order(PlnCoalitions *c) {
  for (guint end = 0; end < PLN_COALITION_ENDS; end++)
    order(c, (PlnCoalitionEnd)end);
}

/* ---- Blocking minorities ---- */

/* The fewest seats that would vote yes, each by itself; 0: it falls already; none: n + 1. */
static guint fewest_to_block(const PlnCoalitions *c, const PlnRule *rule, const PlnVote *vote,
                             const guint8 *veto) {
  guint n = c->roster->n, best = n + 1;
  PlnCoalitionWay way[PLN_COALITION_WAYS];
  g_autofree gint64 *price = g_new0(gint64, n + 1);
  g_autofree guint *size = g_new0(guint, n + 1);
  g_autofree gint8 *must = g_new0(gint8, n + 1);
  for (guint i = 0; i < n; i++) {
    size[i] = 1;
    must[i] = vote[i] == PLN_VOTE_Y ? 0 : -1;
  }
  guint ways = pln_coalitions_ways(rule, PLN_COALITION_BLOCKS, PLN_VOTE_N, n, vote,
                                   rule->weighted ? c->roster->weight : NULL, veto, FALSE, way);
  for (guint k = 0; k < ways; k++) {
    PlnCoalitionCase q = {
        .n = n, .price = price, .size = size, .needs = way[k].needs, .must = must};
    PlnCoalitionOptions options = pln_coalition_options();
    options.ties = 0;
    for (guint j = 0; j < way[k].needs; j++) {
      q.amount[j] = way[k].amount[j];
      q.need[j] = way[k].need[j];
    }
    g_autoptr(PlnCoalition) found = pln_coalition_new(&q, &options);
    best = found->exists ? MIN(best, found->size) : best;
    pln_coalitions_way_clear(&way[k]);
  }
  return best;
}

static void add_minority(PlnCoalitions *c, const PlnRuleEntry *rule) {
  guint n = c->roster->n;
  PlnBlockingMinority it = {.rule = rule};
  if (!rule || (rule->rule.weighted && !c->roster->weight))
    return;
  for (guint k = 0; k < c->minorities->len; k++)
    if (g_array_index(c->minorities, PlnBlockingMinority, k).rule == rule)
      return;
  g_autofree PlnVote *all = g_new(PlnVote, n + 1), *expected = g_new(PlnVote, n + 1);
  for (guint i = 0; i < n; i++) {
    PlnVote vote = c->seat[i].expected;
    all[i] = PLN_VOTE_Y;
    expected[i] = vote == PLN_VOTE_A || vote == PLN_VOTE_X ? vote : PLN_VOTE_Y;
  }
  g_autofree guint8 *veto = g_new0(guint8, n + 1);
  const PlnBloc *holders = *rule->veto ? pln_world_bloc(c->scenario->world, rule->veto) : NULL;
  it.veto = rule->rule.veto && holders && pln_roster_mark(c->roster, c->scenario->world, holders, veto);
  it.all = fewest_to_block(c, &rule->rule, all, veto);
  it.expected = fewest_to_block(c, &rule->rule, expected, veto);
  g_array_append_val(c->minorities, it);
}

void pln_coalitions_minorities(PlnCoalitions *c) {
  static const char *const usual[] = {"simple-majority-present-voting", "two-thirds-present-voting",
                                      "all-members-majority", "all-members-two-thirds"};
  const PlnWorld *world = c->scenario->world;
  const char *const of_body[] = {c->body->substance, c->body->important, c->body->motion,
                                 c->body->reconsideration};
  add_minority(c, c->rule);
  for (gsize k = 0; k < G_N_ELEMENTS(of_body); k++)
    if (of_body[k] && *of_body[k])
      add_minority(c, pln_world_rule(world, of_body[k]));
  for (gsize k = 0; k < G_N_ELEMENTS(usual); k++)
    add_minority(c, pln_world_rule(world, usual[k]));
}
