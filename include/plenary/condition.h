/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A roll call seen in part: what an electorate makes of the votes not known, given those
 *  that are.
 *
 *  The roll call's centre, slopes, half width and groups' deviations have the electorate's
 *  normal priors; the answers known move them to the mode of their posterior, found by
 *  Newton's method, and its curvature there says how sure they are.  An unknown answer's
 *  chance then is a normal integral over the noise, the state's own doubt and what the
 *  known answers leave open of the roll call.  With no answer known it is the
 *  electorate's chance of a roll call as such.
 *
 *  Cost: some ten passes over the states, (d + groups + 2)^2 each: 1 ms for 193 states in
 *  32 dimensions.  Source: reference F9 ("a whip count conditions u on the votes known");
 *  Laplace's approximation.  Checked by tests/unit/test_condition.c. */
#pragma once
#include "plenary/cells.h"
#include "plenary/electorate.h"

typedef struct PlnCondition PlnCondition;

/** What is the same for every roll call of @electorate, which is to outlive it.
 *  Returns: (transfer full), or NULL and PLN_ERROR_DATA where its covariance is none */
PLN_API PlnCondition *pln_condition_new(const PlnElectorate *electorate, GError **error);
PLN_API void pln_condition_free(PlnCondition *condition);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlnCondition, pln_condition_free)

/** @answer: n of the electorate, PLN_ANSWER_NONE where it is not known
 *  @chance: (out caller-allocates): n x classes, also of the states whose answer is known
 *  Returns: whether Newton's method came to rest */
PLN_API gboolean pln_condition_chances(PlnCondition *condition, const guint8 *answer, double *chance);
