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
  gboolean apart;    /* a second scenario has a list of states of its own */
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

/** {id, members} of the blocs that are others on @day than on the laboratory's; empty else. */
json_t *pln_lab_blocs_then(const PlnLab *lab, const PlnWorld *world, PlnDay day);

json_t *pln_lab_proposal(PlnLab *lab, const PlnReplay *replay, guint place);

/** The projection of the proposal at @place before the main stage, or null. */
json_t *pln_lab_projection(PlnLab *lab, const PlnProject *project, guint place);

/** What the main stage says of the proposal at @place, or NULL; and the rule that decides there
 *  where none is asked for. */
const PlnProjectItem *pln_lab_item(const PlnProject *project, guint place);
const PlnRuleEntry *pln_lab_own_rule(const PlnProject *project, const PlnProposal *proposal);

/** What was asked, as the page's address would hold it: "votes.ID=RUS.N,DEU.A". */
json_t *pln_lab_opening(const PlnReplay *replay, const PlnLaboratoryOptions *options);

/** A sentence where the what-if has votes without names, which no address holds; or "". */
json_t *pln_lab_opening_note(const PlnReplay *replay);

/** The arrays of which the kernel makes forecasts, or null. */
json_t *pln_lab_electorate(const PlnLab *lab, const PlnProject *project);
