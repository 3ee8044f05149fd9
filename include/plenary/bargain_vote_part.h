/* SPDX-License-Identifier: GPL-3.0-or-later */
/** What the composers of the vote on an outcome share: who prefers what, which proposals are put,
 *  the sentences.  Checked by tests/unit/test_bargain_words.c and tests/cli/bargain.sh. */
#pragma once
#include "plenary/compose_bargain.h"

/** What distance makes a state prefer: support off 50; or nothing is stated of it. */
enum { PLN_SIDE_OUTCOME, PLN_SIDE_REFERENCE, PLN_SIDE_INDIFFERENT, PLN_SIDE_NOT_KNOWN, PLN_SIDES };

/** @n: PLN_SIDES: seats */
void pln_bargain_vote_sides(const PlnProjectItem *item, guint *n);

/** The proposal's turn; NULL where no issue is put as it. */
const PlnBargainTurn *pln_bargain_vote_turn(const PlnBargainVote *vote, guint place);

/** The chance that leads: over the spread of the outcome where there is one, else at the forecast;
 *  NAN of a proposal that is not put. */
double pln_bargain_vote_chance(const PlnBargainVote *vote, const PlnProjectItem *item);

/** The chance if the talks end at the forecast; NAN where it is not put there. */
double pln_bargain_vote_at(const PlnBargainVote *vote, const PlnProjectItem *item);

/** The answer.  Returns: (transfer full) */
char *pln_say_bargain_vote(const PlnBargainVote *vote);

/** Whether of a proposal that is put more states are filled in than known. */
gboolean pln_bargain_vote_is_filled(const PlnBargainVote *vote);

/** The warning where more states are filled in than known.  Returns: (transfer full) (nullable) */
char *pln_say_bargain_vote_doubt(const PlnBargainVote *vote);
