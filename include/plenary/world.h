/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The world: every noun that has a name (states, blocs, rules, bodies, roll calls,
 *  treaty acts, how far an answer is to be trusted), found by that name.
 *
 *  A world may lie over another: a scenario's own states and rules over the
 *  shipped ones.  A look-up asks the upper world first.  Filled by the loaders,
 *  then not modified any more and shared between threads.
 *  Checked by tests/unit/test_world.c. */
#pragma once
#include <glib.h>

#include "plenary/bloc.h"
#include "plenary/input.h"
#include "plenary/pledge.h"
#include "plenary/rollcall.h"
#include "plenary/rulebook.h"
#include "plenary/state.h"
#include "plenary/treaty.h"

typedef struct PlnWorld PlnWorld;

/** @below: (nullable): a world that is kept as long as this one. */
PLN_API PlnWorld *pln_world_new(PlnWorld *below);
PLN_API PlnWorld *pln_world_ref(PlnWorld *world);
PLN_API void pln_world_unref(PlnWorld *world);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlnWorld, pln_world_unref)

/** A copy of @text that lives as long as the world; equal texts are one. */
const char *pln_world_keep(PlnWorld *world, const char *text);

/** Each adds a copy; the strings inside must have been kept by this world.  A name
 *  that this world has already is replaced: the loaders refuse it beforehand. */
void pln_world_add_state(PlnWorld *world, const PlnState *state);
void pln_world_add_rule(PlnWorld *world, const PlnRuleEntry *rule);
void pln_world_add_body(PlnWorld *world, const PlnBody *body);
void pln_world_add_act(PlnWorld *world, const PlnTreatyAct *act);
void pln_world_add_term(PlnWorld *world, const PlnTreatyTerm *term);
void pln_world_add_milestone(PlnWorld *world, const PlnTreatyMilestone *milestone);
void pln_world_add_reservation(PlnWorld *world, const PlnReservation *reservation);
void pln_world_add_reliability(PlnWorld *world, const PlnPledgeReliability *reliability);
PlnRollCall *pln_world_add_roll_call(PlnWorld *world, const PlnRollCall *roll_call);
PlnBloc *pln_world_add_bloc(PlnWorld *world, const PlnBloc *bloc);

/** The files that this world was read from: PlnInput, for its loader to fill. */
PLN_API GArray *pln_world_inputs(const PlnWorld *world);

/** (nullable) */
PLN_API const PlnState *pln_world_state(const PlnWorld *world, const char *code);
PLN_API const PlnRuleEntry *pln_world_rule(const PlnWorld *world, const char *id);
PLN_API const PlnBody *pln_world_body(const PlnWorld *world, const char *id);
PLN_API const PlnBloc *pln_world_bloc(const PlnWorld *world, const char *id);
PLN_API const PlnRollCall *pln_world_roll_call(const PlnWorld *world, const char *symbol);
PLN_API const PlnPledgeReliability *pln_world_reliability(const PlnWorld *world,
                                                          const char *answer);

/** All of a kind, this world's and those below, by name.
 *  Returns: (transfer container): const PlnState * and so on */
PLN_API GPtrArray *pln_world_states(const PlnWorld *world);
PLN_API GPtrArray *pln_world_rules(const PlnWorld *world);
PLN_API GPtrArray *pln_world_bodies(const PlnWorld *world);
PLN_API GPtrArray *pln_world_blocs(const PlnWorld *world);
PLN_API GPtrArray *pln_world_roll_calls(const PlnWorld *world);
PLN_API GPtrArray *pln_world_reliabilities(const PlnWorld *world);

/** In the order of the table: const PlnTreatyAct *, of @treaty, or of all for NULL. */
PLN_API GPtrArray *pln_world_acts(const PlnWorld *world, const char *treaty);

/** The term @key of @treaty, or NULL. */
PLN_API const PlnTreatyTerm *pln_world_term(const PlnWorld *world, const char *treaty,
                                            const char *key);

/** In the order of their tables, of @treaty or of all for NULL: const PlnTreatyTerm * and so on.
 *  Returns: (transfer container) */
PLN_API GPtrArray *pln_world_terms(const PlnWorld *world, const char *treaty);
PLN_API GPtrArray *pln_world_milestones(const PlnWorld *world, const char *treaty);
PLN_API GPtrArray *pln_world_reservations(const PlnWorld *world, const char *treaty);

/** Who is in @bloc, or in a bloc in it, on @day: codes of states and ids of blocs.
 *  Returns: (transfer container): a set of const char *.  Cost: its rows, each once. */
GHashTable *pln_world_bloc_members(const PlnWorld *world, const PlnBloc *bloc, PlnDay day);

/** Whether @bloc, or a bloc in it, has @state on @day.  For many states at once take
 *  pln_world_bloc_members(). */
PLN_API gboolean pln_world_in_bloc(const PlnWorld *world, const PlnBloc *bloc, const char *state,
                                   PlnDay day);
