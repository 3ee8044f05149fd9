/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ways in which a vote is won or blocked, as needs of whole amounts: the clauses of
 * pln_rule_decide one by one, each seat with what its change of vote does to it. */
#include "plenary/coalitions_part.h"
#include "plenary/margin.h"

/* The rule, where it votes, and what the others do. */
typedef struct {
  const PlnRule *rule;
  PlnCoalitionEnd end;
  PlnVote to;
  guint n;
  const PlnVote *vote;
  const guint32 *weight;
  const guint8 *veto;
} Ask;

void pln_coalitions_way_clear(PlnCoalitionWay *way) {
  for (guint k = 0; k < way->needs; k++)
    g_free(way->amount[k]);
  g_free(way->must);
  *way = (PlnCoalitionWay){0};
}

static gint64 *add_need(PlnCoalitionWay *way, guint n, gint64 need) {
  way->need[way->needs] = need;
  return way->amount[way->needs++] = g_new0(gint64, n + 1);
}

/* What each answer counts for, where so much of it must be had for the vote to be won. */
typedef struct {
  gint64 value[PLN_VOTE_KINDS], least;
  const guint32 *weight; /* or NULL: each 1 */
} Clause;

static gint64 weight_of(const Clause *c, guint i) {
  return c->weight ? c->weight[i] : 1;
}

/* Who abstains instead is one that would have voted against it. */
static gboolean can_change(const Ask *ask, guint i) {
  PlnVote against = ask->end == PLN_COALITION_WINS ? PLN_VOTE_N : PLN_VOTE_Y;
  return ask->to != PLN_VOTE_A || ask->vote[i] == against;
}

/* To win, what a yes adds until the least is had; to block, what a no takes until it is not. */
static void add_clause(PlnCoalitionWay *way, const Ask *ask, const Clause *c) {
  gboolean wins = ask->end == PLN_COALITION_WINS;
  gint64 sum = 0;
  for (guint i = 0; i < ask->n; i++)
    sum += c->value[ask->vote[i]] * weight_of(c, i);
  gint64 *amount = add_need(way, ask->n, wins ? c->least - sum : sum - c->least + 1);
  for (guint i = 0; i < ask->n; i++) {
    gint64 more = c->value[ask->to] - c->value[ask->vote[i]];
    amount[i] = can_change(ask, i) ? (wins ? more : -more) * weight_of(c, i) : 0;
  }
}

/* ---- The clauses of a rule ---- */

/* What is left of it is a margin; a fraction above one is never had. */
static Clause share_clause(const PlnRule *rule, PlnBasis basis, PlnMajority majority,
                           const guint32 *weight) {
  PlnRule plain = *rule;
  PlnMargin margin;
  Clause c = {.weight = weight, .least = 1};
  plain.method = PLN_METHOD_VOTE;
  plain.basis = basis;
  plain.majority = majority;
  plain.veto = plain.weighted = false;
  plain.blocking = plain.min_yes = 0;
  if (!pln_margin_of_rule(&plain, &margin))
    return c;
  for (guint k = 0; k < PLN_VOTE_KINDS; k++)
    c.value[k] = margin.add[k];
  c.least = margin.strict ? 1 : 0;
  return c;
}

static Clause count_clause(const Ask *ask) {
  return share_clause(ask->rule, ask->rule->basis, ask->rule->majority, NULL);
}

static Clause weight_clause(const Ask *ask) {
  return share_clause(ask->rule, ask->rule->weight_basis, ask->rule->weight_majority, ask->weight);
}

/* So many yes as are cast. */
static Clause floor_clause(gint64 least) {
  return (Clause){.value = {[PLN_VOTE_Y] = 1}, .least = least};
}

/* So many counted as yes that those left are too few to block. */
static Clause few_clause(const Ask *ask) {
  const PlnRule *r = ask->rule;
  return (Clause){.value = {[PLN_VOTE_Y] = 1,
                            [PLN_VOTE_A] = r->abstain == PLN_COUNT_AS_YES,
                            [PLN_VOTE_X] = r->absent == PLN_COUNT_AS_YES},
                  .least = (gint64)ask->n - r->blocking + 1};
}

/* ---- Ways ---- */

/* Nobody objects; somebody does. */
static guint consensus_ways(const Ask *ask, PlnCoalitionWay *way) {
  Clause c = {.value = {[PLN_VOTE_N] = -1}, .least = 0};
  add_clause(way, ask, &c);
  way->words = ask->end == PLN_COALITION_WINS ? "nobody objects" : "one objection";
  return 1;
}

/* Every veto holder that would vote no has to be won. */
static void add_vetoes(PlnCoalitionWay *way, const Ask *ask) {
  way->must = g_new0(guint8, ask->n + 1);
  for (guint i = 0; i < ask->n && ask->veto; i++)
    way->must[i] = ask->veto[i] && ask->vote[i] == PLN_VOTE_N;
}

/* The count, the weight, and the floor, which is one yes where the rule has none. */
static guint winning_ways(const Ask *ask, PlnCoalitionWay *way) {
  const PlnRule *r = ask->rule;
  Clause count = count_clause(ask), floor = floor_clause(MAX(r->min_yes, 1)), one = floor_clause(1);
  guint n = 1;
  way[0].words = NULL;
  if (r->majority.num > 0)
    add_clause(&way[0], ask, &count);
  if (r->weighted) {
    Clause weight = weight_clause(ask);
    add_clause(&way[0], ask, &weight);
  }
  add_clause(&way[0], ask, &floor);
  add_vetoes(&way[0], ask);
  if (r->blocking > 0) {
    Clause few = few_clause(ask);
    way[n].words = "too few are left to block";
    add_clause(&way[n], ask, &few);
    add_clause(&way[n], ask, &one);
    add_vetoes(&way[n++], ask);
  }
  return n;
}

static void add_block(const Ask *ask, PlnCoalitionWay *way, guint *n, const char *words,
                      const Clause *clause) {
  way[*n].words = words;
  add_clause(&way[*n], ask, clause);
  if (ask->rule->blocking > 0) { /* and enough of them to block at all */
    Clause few = few_clause(ask);
    add_clause(&way[*n], ask, &few);
  }
  ++*n;
}

static guint blocking_ways(const Ask *ask, gboolean with_veto, PlnCoalitionWay *way) {
  const PlnRule *r = ask->rule;
  Clause count = count_clause(ask), floor = floor_clause(r->min_yes), one = floor_clause(1);
  guint n = 0;
  if (with_veto && r->veto && ask->veto) {
    gint64 noes = 0, *amount = add_need(&way[n], ask->n, 1);
    for (guint i = 0; i < ask->n; i++) {
      noes += ask->veto[i] && ask->vote[i] == PLN_VOTE_N;
      amount[i] = ask->to == PLN_VOTE_N && ask->veto[i] && ask->vote[i] != PLN_VOTE_N;
    }
    way[n].need[0] -= noes;
    way[n++].words = "a veto";
  }
  if (r->majority.num > 0)
    add_block(ask, way, &n, NULL, &count);
  if (r->weighted) {
    Clause weight = weight_clause(ask);
    add_block(ask, way, &n, "the weight", &weight);
  }
  if (r->min_yes > 1)
    add_block(ask, way, &n, "fewer yes than it takes", &floor);
  way[n].words = "no yes at all";
  add_clause(&way[n++], ask, &one);
  return n;
}

guint pln_coalitions_ways(const PlnRule *rule, PlnCoalitionEnd end, PlnVote to, guint n,
                          const PlnVote *vote, const guint32 *weight, const guint8 *veto,
                          gboolean with_veto, PlnCoalitionWay *way) {
  Ask ask = {rule, end, to, n, vote, rule->weighted ? weight : NULL, rule->veto ? veto : NULL};
  for (guint k = 0; k < PLN_COALITION_WAYS; k++)
    way[k] = (PlnCoalitionWay){0};
  if (rule->method == PLN_METHOD_CONSENSUS)
    return consensus_ways(&ask, way);
  if (end == PLN_COALITION_WINS)
    return winning_ways(&ask, way);
  return blocking_ways(&ask, with_veto, way);
}
