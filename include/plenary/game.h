/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A voting game: which sets of members win, where everybody votes yes or no.
 *
 *  What remains of a rule and a roster when nobody abstains or stays away.  A coalition, the set
 *  of those that vote yes, wins where every veto holder is in it and either it has at least
 *  `least` members with at least `least_weight` of weight, or at least `enough` members (those
 *  that are left are too few to block).  Every rule of rule.h becomes one: the games are monotone,
 *  the empty coalition loses.  Consensus asks for everybody; consensus first counts as the vote
 *  that follows it.
 *
 *  Checked by tests/unit/test_game.c: every coalition of up to eight against pln_rule_decide. */
#pragma once
#include <glib.h>

#include "plenary/rule.h"

typedef struct {
  guint n;
  const guint32 *weight; /* n, or NULL where there is no second count */
  const guint8 *veto;    /* n, nonzero: nothing wins without it; or NULL: none */
  guint least;           /* 1 to n + 1 (nothing wins) */
  guint64 least_weight;  /* 0: any */
  guint enough;          /* to n; n + 1: never enough by itself */
} PlnGame;

/** @weight, @veto: n, kept by the caller as long as the game; NULL: each 1, none.  Those that the
 *  rule does not use are left out of the game. */
PLN_API PlnGame pln_game_of_rule(const PlnRule *rule, guint n, const guint32 *weight,
                                 const guint8 *veto);

/** @in: n, nonzero: votes yes.  Cost O(n). */
PLN_API gboolean pln_game_wins(const PlnGame *game, const guint8 *in);

/** Members that no coalition can tell apart: the same weight, both or neither with a veto.
 *  @type: (out): n: numbered in the order in which they first come
 *  Returns: how many types there are.  Cost O(n log n) */
PLN_API guint pln_game_types(const PlnGame *game, guint *type);
