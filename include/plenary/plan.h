/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A plan: which runs a sweep makes, of what, and what is drawn in each.
 *
 *  PLAN.csv has the columns key, value and, where wanted, range:
 *
 *      scenario  the folder, from where the plan lies, or a shipped name       once, needed
 *      study     replay, project, bargain or ratify (runner.h)                 default: as whatif
 *      proposal, stage, rule, as_of, electorate, method   as the study's command has them
 *      design    grid, sobol, latin or random (design.h)                       default grid
 *      runs      points of the design; of a grid the product of its levels, and may be left out
 *      draws     of each run (default 1000)
 *      replicates  each point run so often, each time on draws of its own that follow on those of
 *                the one before, so that their counts add up to one of draws x replicates (1)
 *      seed      default 1
 *      set       a change made in every run            (value: the change)
 *      vary      a dial                                (value: what, range: its range)
 *
 *  Run k is point k / replicates, replicate k % replicates.
 *  Described in scenarios/README.md.  Checked by tests/unit/test_plan.c and tests/bad. */
#pragma once
#include "plenary/change.h"
#include "plenary/dial.h"
#include "plenary/fault.h"
#include "plenary/input.h"

enum { PLN_PLAN_DIALS = 64 };

/** A row of the file, for faults that only the scenario shows. */
typedef struct {
  const char *key;
  guint line, value, range; /* the columns of these cells */
} PlnPlanRow;

typedef struct {
  char *path, *folder;  /* of the file; where it lies */
  char *scenario;       /* as written */
  char *study, *proposal, *stage, *rule, *as_of, *electorate, *method; /* "" where not stated */
  char *design;         /* one of pln_design_words */
  guint64 points;       /* of the design */
  guint32 draws, replicates;
  guint64 seed;
  GPtrArray *set;       /* PlnChange * */
  GPtrArray *dials;     /* PlnDial * */
  GArray *inputs;       /* PlnInput: the plan's own bytes */
  GArray *rows;         /* PlnPlanRow */
} PlnPlan;

/** Returns: (transfer full); NULL and PLN_ERROR_DATA, faults a line each, as file:line:column */
PLN_API PlnPlan *pln_plan_load(const char *path, GError **error);
/** The same of @bytes, which faults call @path. */
PlnPlan *pln_plan_parse(const char *path, GBytes *bytes, GError **error);
PLN_API void pln_plan_free(PlnPlan *plan);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlnPlan, pln_plan_free)

/** Adds to @faults what only the scenario shows, at the row of @line or, where that is 0, of @key.
 *  @range: the fault is the range's, not the value's */
void pln_plan_blame(const PlnPlan *plan, const char *key, guint line, gboolean range,
                    const char *what, PlnFaults *faults);

/** points x replicates. */
PLN_API guint64 pln_plan_runs(const PlnPlan *plan);
