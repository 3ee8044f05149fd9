/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Runs for tests: a runner of a shipped scenario with the shipped electorate, and its changes.
 *
 *  What cannot be made ends the program: the test is then written wrongly. */
#pragma once
#include "plenary/runner.h"

/** That of sessions 70 to 74, loaded once; freed by runs_end(). */
const PlnElectorate *runs_electorate(void);
void runs_end(void);

typedef struct {
  PlnScenario *scenario;
  GPtrArray *changes; /* PlnChange * */
  PlnRunner *runner;
} Runs;

/** @words: changes between semicolons.  Returns: (transfer full) */
GPtrArray *runs_changes(const char *words);

/** The study, its draws, that electorate. */
PlnRunnerOptions runs_usual(PlnRunStudy study, guint draws);

/** @proposal: (nullable): its id */
Runs runs_setting(const char *name, const char *proposal, PlnRunnerOptions o, const char *words);
void runs_leave(Runs *runs);

/** A run with the changes from @first on, @n of them.  @adopted: (nullable) */
PlnRunResult runs_run(const Runs *runs, guint first, guint n, guint8 *adopted);

/** The chance of adoption, and yes votes, by the projection.  @positions, @rule: (nullable) */
double runs_projected(const PlnScenario *scenario, int proposal, GPtrArray *positions,
                      const PlnRuleEntry *rule, double *yes);
