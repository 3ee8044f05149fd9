/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A roster: who may vote in a body on a day, by code.
 *
 *  In the United Nations, and in its committees, the members; at a conference of
 *  parties those that have consented to be bound by then (it meets only once the
 *  treaty is in force), an observer State among them, while a regional organization
 *  adds no vote of its own; elsewhere the members of a bloc, or those that the
 *  scenario names.  Shared by the proposals of one body and day; immutable.
 *  Checked by tests/unit/test_roster.c. */
#pragma once
#include <glib.h>

#include "plenary/world.h"

typedef struct {
  guint n;
  const PlnState **state; /* n, sorted by code */
  guint32 *weight;        /* n, or NULL where no member has one */
  PlnDay day;
} PlnRoster;

/** @own: (nullable): codes (const char *) that the scenario names; where given they
 *  are the roster, whatever the body says. */
PLN_API PlnRoster *pln_roster_new(const PlnWorld *world, const PlnBody *body, const GPtrArray *own,
                                  PlnDay day);
PLN_API void pln_roster_free(PlnRoster *roster);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlnRoster, pln_roster_free)

/** The place of @code among @n states sorted by code, or -1.  Cost O(log n). */
int pln_states_find(const PlnState *const *state, guint n, const char *code);

/** The place of @code, or -1.  Cost O(log n). */
PLN_API int pln_roster_find(const PlnRoster *roster, const char *code);

/** Marks the roster's members of @bloc.
 *  @in: (out caller-allocates): n bytes, 1 in the bloc, else 0
 *  Returns: how many they are */
PLN_API guint pln_roster_mark(const PlnRoster *roster, const PlnWorld *world, const PlnBloc *bloc,
                              guint8 *in);
