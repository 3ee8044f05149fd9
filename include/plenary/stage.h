/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A stage: a body before which a package comes on a day, the next where it has passed.
 *
 *  An item may be stopped before it is put at all (it does not enter the Chair's text,
 *  nobody presses it): the chance that it is put is stated, as no record of votes tells
 *  it, and where it is not stated every forecast reads "given that it is put".  The roster
 *  is the body's on the stage's day.  A scenario without stages has one, its own: each
 *  proposal's body, day and rule.
 *  Owned by the scenario, the roster too.  Columns: scenarios/README.md, stages.csv.
 *  Which rule decides there: pln_scenario_rule_at.  Checked by tests/unit/test_stage.c. */
#pragma once
#include "plenary/roster.h"

/** (PlnStage is a step of a rule: consensus, vote, second vote.) */
typedef struct {
  const char *id, *title; /* title: the id where none is stated */
  const PlnBody *body;
  const PlnRuleEntry *rule; /* named by the row, or NULL: by kind and body */
  PlnDay day;               /* as_of where the row states none */
  double chance;            /* 0-100, that what came here is put; or PLN_NOT_STATED: it is */
  const PlnRoster *roster;
  PlnStatus status;
  const char *source, *note;
} PlnStageEntry;
