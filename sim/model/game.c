/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/game.h"

#include <stdlib.h>

/* Least whole number that is more than, or at least, this part of @base; as rule.c has it. */
static guint64 least_of(PlnMajority majority, guint64 base) {
  if (majority.num == 0)
    return 0;
  guint64 part = majority.num * base;
  return majority.strict ? part / majority.den + 1 : (part + majority.den - 1) / majority.den;
}

static gboolean any_of(const guint8 *veto, guint n) {
  for (guint i = 0; veto && i < n; i++)
    if (veto[i])
      return TRUE;
  return FALSE;
}

static guint64 weight_asked(const PlnRule *rule, guint n, const guint32 *weight) {
  guint64 sum = 0;
  for (guint i = 0; i < n; i++)
    sum += weight ? weight[i] : 1;
  return rule->weighted ? least_of(rule->weight_majority, sum) : 0;
}

/* Where all vote yes or no every base is the whole body: all members, all weight. */
PlnGame pln_game_of_rule(const PlnRule *rule, guint n, const guint32 *weight, const guint8 *veto) {
  PlnGame game = {.n = n, .least = MAX(n, 1), .enough = n + 1};
  if (rule->method == PLN_METHOD_CONSENSUS)
    return game;
  guint64 least = MAX(MAX(1, least_of(rule->majority, n)), rule->min_yes);
  guint64 least_weight = weight_asked(rule, n, weight);
  if (!weight) {
    least = MAX(least, least_weight);
    least_weight = 0;
  }
  game.least = (guint)MIN(least, (guint64)n + 1);
  if (rule->blocking > 0)
    game.enough = rule->blocking >= n ? 1 : n + 1 - rule->blocking;
  if (game.enough <= game.least) {
    game.least = game.enough;
    game.enough = n + 1;
    least_weight = 0;
  }
  game.least_weight = least_weight;
  game.weight = least_weight > 0 ? weight : NULL;
  game.veto = rule->veto && any_of(veto, n) ? veto : NULL;
  return game;
}

gboolean pln_game_wins(const PlnGame *game, const guint8 *in) {
  guint64 weight = 0;
  guint size = 0;
  for (guint i = 0; i < game->n; i++) {
    if (!in[i] && game->veto && game->veto[i])
      return FALSE;
    size += in[i] != 0;
    weight += in[i] && game->weight ? game->weight[i] : 0;
  }
  return size >= game->enough || (size >= game->least && weight >= game->least_weight);
}

typedef struct {
  guint32 weight;
  guint8 veto;
  guint member;
} Kind;

static gint compare(gconstpointer a, gconstpointer b) {
  const Kind *x = a, *y = b;
  if (x->weight != y->weight)
    return x->weight < y->weight ? -1 : 1;
  if (x->veto != y->veto)
    return x->veto < y->veto ? -1 : 1;
  return x->member < y->member ? -1 : x->member > y->member;
}

guint pln_game_types(const PlnGame *game, guint *type) {
  g_autofree Kind *kind = g_new(Kind, game->n);
  g_autofree guint *first = g_new(guint, game->n);
  for (guint i = 0; i < game->n; i++)
    kind[i] = (Kind){game->weight ? game->weight[i] : 1, game->veto && game->veto[i] != 0, i};
  if (game->n > 1)
    qsort(kind, game->n, sizeof *kind, compare);
  for (guint k = 0; k < game->n; k++) {
    const Kind *last = k > 0 ? &kind[k - 1] : NULL;
    gboolean same = last && kind[k].weight == last->weight && kind[k].veto == last->veto;
    first[kind[k].member] = same ? first[last->member] : kind[k].member;
  }
  guint types = 0;
  for (guint i = 0; i < game->n; i++)
    type[i] = first[i] == i ? types++ : type[first[i]];
  return types;
}
