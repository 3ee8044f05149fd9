/* SPDX-License-Identifier: GPL-3.0-or-later */
/** What the composers of power share: who stands in a row, and the words for small chances.
 *  Checked by tests/cli/power.sh. */
#pragma once
#include "plenary/compose_power.h"

/** Who has power: a bloc as one, members that are alike, or one member. */
typedef struct {
  int bloc;     /* its place in the game's, or -1 */
  guint seat;   /* the first of them */
  guint count;  /* members; 1: one alone */
  double share; /* of a bloc as a whole, else of one: of the members, or of the weight that counts */
  double value; /* by the index shown; NAN where it is out of reach */
  double error; /* its standard error; 0 where exact */
} PlnPowerRow;

/** The index that people are shown first. */
PlnPowerIndex pln_power_shown(const PlnComposePowerOptions *options);

/** Whether its values are shares that add up to one. */
gboolean pln_power_is_share(PlnPowerIndex index);

/** What @index says of @seat: of a game with blocs, between these.  @how: (out) */
double pln_power_of_seat(const PlnPowersGame *game, PlnPowerIndex index, guint seat,
                         PlnPowerHow *how, double *error);

/** Likewise of a bloc as one; NAN for an index that has no such player. */
double pln_power_of_bloc(const PlnPowersGame *game, PlnPowerIndex index, guint bloc, double *error);

/** From how many samples @index is, between blocs where there are any; 0: it is counted. */
guint pln_power_drawn(const PlnPowersGame *game, PlnPowerIndex index);

/** Whether all @rows are worth the same by @index, and at random too. */
gboolean pln_power_is_equal(const PlnPowersGame *game, PlnPowerIndex index, const GArray *rows);

/** Whether what was sampled does not tell who has more: no row is far enough from the mean. */
gboolean pln_power_is_noise(const PlnPowersGame *game, PlnPowerIndex index, const GArray *rows);

/** Whether votes are projected of any game. */
gboolean pln_power_any_votes(const PlnPowers *powers);

/** Of one member's vote: of the members, or of the weight where that counts. */
double pln_power_share(const PlnPowersGame *game, guint seat);

/** Blocs, then members, those with most first; alike ones in one row where there are few kinds.
 *  @full: each member in a row.  Returns: (transfer full): PlnPowerRow */
GArray *pln_power_rows(const PlnPowersGame *game, PlnPowerIndex index, gboolean full);

/** Kinds of members that no rule and no bloc tells apart. */
guint pln_power_kinds(const PlnPowersGame *game);

/** Whether it is a conference of fewer parties than it takes to take up a protocol. */
gboolean pln_power_is_too_few(const PlnPowersGame *game);

/** Whether weights are counted in the game. */
gboolean pln_power_weighted(const PlnPowersGame *game);

/* ---- Words.  All (transfer full) ---- */

/** "19.6%", "0.52%", "<0.01%"; "0%" for none, "?" for NAN. */
char *pln_say_share(double share);
/** The same of what was seen in so many @draws: where it was never seen, or always, "<1%", ">99%". */
char *pln_say_drawn(double share, guint draws);
/** For sentences, not for columns: "1 in 360,000"; "12%" where it is more than one in ten; "none". */
char *pln_say_one_in(double chance);
/** The same of what was seen in so many @draws: "<1 in 100,000" where it was never seen. */
char *pln_say_one_in_drawn(double chance, guint draws);
/** A value of @index, "<0.01%" where it was sampled and never seen. */
char *pln_say_power_value(const PlnPowersGame *game, PlnPowerIndex index, double value);
/** "1,234,567" */
char *pln_say_thousands(guint64 number);
/** "106/635" */
char *pln_say_fraction(mpq_srcptr fraction);
/** "two-thirds of those voting, no veto of P5" */
char *pln_say_power_rule(const PlnPowersGame *game);
/** "conference: Conference of the States Parties, 24 December 2026" */
char *pln_say_power_game(const PlnPowersGame *game);
/** A name for programs: "committee", with the rule behind it where there are several. */
char *pln_power_game_id(const PlnPowers *powers, const PlnPowersGame *game);
/** "CHN", "EU as one", "each of 188: AFG AGO ALB …" */
char *pln_say_power_who(const PlnPowersGame *game, const PlnPowerRow *row, guint most);
/** "each of 188" of these, a code or a bloc where it is one. */
char *pln_say_power_short(const PlnPowersGame *game, const PlnPowerRow *row);
/** Who has most, and who least, in a game that somebody sits in. */
char *pln_say_power_finding(const PlnPowersGame *game, PlnPowerIndex index);
/** The sentence that answers, of one game: before which body, by which rule, and the finding. */
char *pln_say_power_answer(const PlnPowersGame *game, PlnPowerIndex index);
/** A sentence on whose vote decides as projected, or NULL. */
char *pln_say_power_votes(const PlnPowersGame *game);
/** Why none of its votes is projected, or NULL. */
const char *pln_say_power_no_votes(const PlnPowersGame *game);
/** What an index asks. */
const char *pln_say_power_question(PlnPowerIndex index);

/* ---- Parts ---- */

/** A game for people. */
void pln_compose_power_game(PlnDoc *doc, const PlnPowers *powers, const PlnPowersGame *game,
                            const PlnComposePowerOptions *options);
/** What abstaining does, for people. */
void pln_compose_power_abstention(PlnDoc *doc, const PlnPowersGame *game, gboolean full);
/** Whose votes decide as they are projected, for people. */
void pln_compose_power_votes(PlnDoc *doc, const PlnPowers *powers, const PlnPowersGame *game,
                             const PlnComposePowerOptions *options);
/** What the page draws. */
void pln_compose_power_chart(PlnDoc *doc, const PlnPowersGame *game, PlnPowerIndex index);
/** Everything, for programs. */
void pln_compose_power_data(PlnDoc *doc, const PlnPowers *powers, PlnPowerIndex shown);

/** A seat's, or a bloc's (of `looked`), chance to decide, in the mean of the game's votes, those
 *  left out that have none; NAN where there are none.
 *  @most: (out): the vote where it is greatest */
double pln_power_decides(const PlnPowersGame *game, gboolean bloc, guint k, guint *most);
