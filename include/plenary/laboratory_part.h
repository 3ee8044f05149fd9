/* SPDX-License-Identifier: GPL-3.0-or-later */
/** What the files of the laboratory's data share: one list of states and one of rules, to which
 *  every proposal refers by place.  Checked by tests/unit/test_laboratory.c. */
#pragma once
#include <jansson.h>

#include "plenary/laboratory.h"

typedef struct {
  GPtrArray *states; /* const PlnState *, by code */
  GHashTable *place; /* code -> place + 1 */
  GPtrArray *rules;  /* const PlnRuleEntry * */
  PlnDay day;        /* of the blocs */
} PlnLab;

/** All return a new reference. */

json_t *pln_lab_text(const char *text); /* made visible */
json_t *pln_lab_day(PlnDay day);

/** The place of @rule in the list, appended where it is new. */
guint pln_lab_rule(PlnLab *lab, const PlnRuleEntry *rule);

/** The states of @roster, by their places in the list. */
json_t *pln_lab_roster(const PlnLab *lab, const PlnRoster *roster);

/** The members of @bloc on @day, by their places in the list. */
json_t *pln_lab_members(const PlnLab *lab, const PlnWorld *world, const PlnBloc *bloc, PlnDay day);

json_t *pln_lab_proposal(PlnLab *lab, const PlnReplay *replay, guint place);

/** The projection of the proposal at @place before the main stage, or null. */
json_t *pln_lab_projection(PlnLab *lab, const PlnProject *project, guint place);

/** The arrays of which the kernel makes forecasts, or null. */
json_t *pln_lab_electorate(const PlnLab *lab, const PlnProject *project);
