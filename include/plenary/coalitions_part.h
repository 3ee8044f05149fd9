/* SPDX-License-Identifier: GPL-3.0-or-later */
/** What the files of the coalitions share: prices, units, ways to win and to block.
 *  Checked by tests/unit/test_coalitions.c. */
#pragma once
#include "plenary/coalitions.h"

/** Fills the seats: prices, what is expected, and from what.  FALSE and an error where the price
 *  asked for is not to be had. */
gboolean pln_coalitions_price(PlnCoalitions *coalitions, GError **error);

/** Where states stand on the proposal, by what is stated or by the talks.
 *  @position: (out): n: 0-100, NAN where it is not known
 *  @status: (out): n
 *  Returns: what they were taken from, in words; NULL where nobody stands anywhere */
const char *pln_coalitions_positions(const PlnCoalitions *coalitions, double *position,
                                     PlnStatus *status);

/** How much each cares, 0-1; NAN where it is not known.  @salience: (out): n */
void pln_coalitions_salience(const PlnCoalitions *coalitions, double *salience, PlnStatus *status);

/** Fills the units: blocs asked for, states, who must be in or out. */
gboolean pln_coalitions_unite(PlnCoalitions *coalitions, GError **error);

/** What everybody does who is not in the coalition.  @vote: (out): n */
void pln_coalitions_others(const PlnCoalitions *coalitions, PlnOthers others, PlnCoalitionEnd end,
                           PlnVote *vote);

/** Whether these votes lead to @end. */
gboolean pln_coalitions_leads(const PlnCoalitions *coalitions, PlnCoalitionEnd end,
                              const PlnVote *vote);

/* ---- Ways ---- */

enum { PLN_COALITION_WAYS = 5 };

/** What a way asks for: of each seat what its change adds, and how much is needed in all. */
typedef struct {
  const char *words; /* static, or NULL: the count, said in numbers */
  guint needs;
  gint64 *amount[PLN_COALITION_NEEDS]; /* n each, owned */
  gint64 need[PLN_COALITION_NEEDS];
  guint8 *must; /* n, owned: seats without which nothing is won; or NULL */
} PlnCoalitionWay;

/** The ways to @end under @rule where those outside of the coalition cast @vote and those in it
 *  @to: yes to win, no to block; or abstain, which only those do that would vote against it.
 *  @veto: (nullable): n; @weight: (nullable): n
 *  @with_veto: whether a veto is among the ways to block
 *  @way: (out): PLN_COALITION_WAYS
 *  Returns: how many there are */
guint pln_coalitions_ways(const PlnRule *rule, PlnCoalitionEnd end, PlnVote to, guint n,
                          const PlnVote *vote, const guint32 *weight, const guint8 *veto,
                          gboolean with_veto, PlnCoalitionWay *way);
void pln_coalitions_way_clear(PlnCoalitionWay *way);

/** Fills the answers. */
void pln_coalitions_search(PlnCoalitions *coalitions);

/** Fills order and pivot; minorities. */
void pln_coalitions_order(PlnCoalitions *coalitions);
void pln_coalitions_minorities(PlnCoalitions *coalitions);
