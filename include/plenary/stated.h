/* SPDX-License-Identifier: GPL-3.0-or-later */
/** What is stated to be uncertain: the uncertainties that a scenario itself writes down, as dials.
 *
 *  *project*: each row of positions.csv that holds for some seat of the proposal: normal, with the
 *  row's standard deviation.  *bargain*: of each delegation that negotiates on the issues asked
 *  about, what its rows give a standard deviation for: position (on the scale), salience,
 *  capability.  *ratify*: the rows as in project, and the assumptions: tie from 0 to 0.95,
 *  reluctance from 0 to 1.  *replay*: none: a record is a record.  Where the vote is by one of the
 *  two usual majorities, of those present and voting, the rule is a list of it and the other one.
 *
 *  A dial is named after what it turns ("position protocol:EU27"); a row for every proposal, or an
 *  actor's for every issue, is turned for all of them.  Rows that are as specific as one another,
 *  and so merged, are a dial each.  Order: rows in that of the file, then assumptions, the rule.
 *  Checked by tests/unit/test_sensitivity.c. */
#pragma once
#include "plenary/dial.h"
#include "plenary/runner.h"

typedef struct {
  const PlnScenario *scenario;
  PlnRunStudy study;
  int proposal, stage;      /* places; stage -1: the scenario's own */
  const PlnRuleEntry *rule; /* (nullable): that decides, nothing changed */
  const PlnMethod *method;  /* (nullable): of bargain */
  const char *outcome;      /* (nullable): "position ISSUE" asks about that issue alone */
} PlnStated;

/** Returns: (transfer full): PlnDial *, owned; as many as there are, maybe none */
PLN_API GPtrArray *pln_stated_dials(const PlnStated *of);

/** @dial over all that its quantity may be, evenly, for scenario discovery: a position over the
 *  whole scale (the in talks), salience 0 to 100, capability two standard deviations either
 *  way; other dials, and those that the scenario does not state, as they are.  (transfer full) */
PLN_API PlnDial *pln_stated_whole(const PlnStated *of, const PlnDial *dial);

/** The other usual majority: two-thirds where one half decides, else one half; NULL where the rule
 *  is no majority of those present and voting. */
PLN_API const PlnRuleEntry *pln_stated_other_rule(const PlnScenario *scenario,
                                                  const PlnRuleEntry *rule);

/** What a dial turns, as people say it: "EU27's position", "the rule".  (transfer full) */
PLN_API char *pln_stated_title(const PlnDial *dial);
