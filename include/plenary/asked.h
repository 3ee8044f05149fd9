/* SPDX-License-Identifier: GPL-3.0-or-later */
/** What a user's word names in a scenario; or, where it names nothing, a sentence that says what
 *  was expected, with a near miss.  Checked by tests/unit/test_whatif.c and tests/cli. */
#pragma once
#include "plenary/scenario.h"

/** @what "text"; expected …; did you mean …?
 *  @candidates: (nullable): NULL-terminated
 *  Returns: FALSE, and PLN_ERROR_USAGE */
gboolean pln_asked_refuse(GError **error, const char *what, const char *text, const char *expected,
                          const char *const *candidates);

/** The sentence alone, made visible.  Returns: FALSE, and PLN_ERROR_USAGE */
gboolean pln_asked_fail(GError **error, const char *format, ...) G_GNUC_PRINTF(2, 3);

/** The place of the proposal @id; FALSE and PLN_ERROR_USAGE where there is none. */
gboolean pln_asked_proposal(const PlnScenario *scenario, const char *id, int *place, GError **error);

/** The treaty @id, of which the tables say who has joined it, and to what day; owned by @world.
 *  NULL and PLN_ERROR_USAGE where it is none of them. */
const char *pln_asked_treaty(const PlnWorld *world, const char *id, GError **error);

/** The rule @id of the scenario's world, or NULL and PLN_ERROR_USAGE. */
const PlnRuleEntry *pln_asked_rule(const PlnScenario *scenario, const char *id, GError **error);

/** Adds the names of nouns that begin with their name; @nouns is taken over. */
void pln_asked_add_names(GPtrArray *names, GPtrArray *nouns);
