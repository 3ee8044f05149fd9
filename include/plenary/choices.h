/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Choices: in how many ways some of a list of lots can be chosen, so that they win.
 *
 *  A lot is a union or a single member: it comes as a whole, with its members and its weight.  The
 *  generating function Π (1 + x^tokens y^members z^weight) over the lots is kept as the list of
 *  its terms; lots that are alike are multiplied in at once, by binomials.  Members are left out
 *  where the game asks for weight alone, weight where it asks for members alone, and weight beyond
 *  the quota is not told apart.  Where one list would be long there are two, each of half the
 *  lots: of every pair of sizes the terms, sorted by weight, are matched by two fingers.  Horowitz
 *  and Sahni 1974, Journal of the ACM 21:277-292, for the halves; Bilbao, Fernández, Jiménez-Losada
 *  and López 2000, TOP 8:191-213, for generating functions of voting games.
 *
 *  Checked by tests/unit/test_unions.c and test_ternary.c. */
#pragma once
#include "plenary/game.h"
#include "plenary/limbs.h"

typedef struct {
  guint tokens, members;
  guint64 weight;
} PlnLot;

/** Terms of a generating function, sorted by tokens, members, weight; none twice. */
typedef struct {
  guint n, limbs;
  PlnLot *lot;
  mp_limb_t *count; /* n x limbs */
} PlnTerms;

typedef struct PlnChoices PlnChoices;

/** All ways to choose among the @n lots.  @taken: in every choice.
 *  Returns: (transfer full), or NULL where there are more than @most terms */
PlnTerms *pln_terms_new(const PlnGame *game, const PlnLot *lot, guint n, PlnLot taken, guint limbs,
                        guint most);
void pln_terms_free(PlnTerms *terms);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlnTerms, pln_terms_free)

/** @game: whose veto holders are the caller's care
 *  Returns: (transfer full), or NULL where it is out of reach */
PlnChoices *pln_choices_new(const PlnGame *game, const PlnLot *lot, guint n, PlnLot taken,
                            guint limbs);
void pln_choices_free(PlnChoices *choices);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlnChoices, pln_choices_free)

/** At most so many terms. */
double pln_terms_bound(const PlnGame *game, const PlnLot *lot, guint n);

/** The steps that one count takes, of some 2 ns. */
double pln_choices_cost(const PlnChoices *choices);

/** Adds, by tokens, the choices that win together with @members more of @weight in all.
 *  @winning: limbs each, of 0 to the tokens of all lots */
void pln_choices_count(const PlnChoices *choices, guint members, guint64 weight,
                       mp_limb_t *winning);
