/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The composers of power and of coalitions into a document: for people the answer in words first;
 *  for programs everything, fractions as texts beside their values.
 *  Checked by tests/cli/power.sh, tests/cli/coalition.sh and the published schemas. */
#pragma once
#include "plenary/coalitions.h"
#include "plenary/document.h"
#include "plenary/powers.h"

typedef struct {
  gboolean full;          /* people are shown every state, every index */
  const char *index;      /* (nullable): id of the one that people are shown first */
  const GPtrArray *notes; /* (nullable) char * */
  const PlnPowers *usual; /* (nullable): of power: under the rules that would decide, beside the one
                             asked for */
} PlnComposePowerOptions;

void pln_compose_power(PlnDoc *doc, const PlnPowers *powers, const PlnComposePowerOptions *options);
void pln_compose_coalition(PlnDoc *doc, const PlnCoalitions *coalitions,
                           const PlnComposePowerOptions *options);

/** The citations of the rules applied, "; " between.  Returns: (transfer full) */
char *pln_compose_power_citations(const PlnPowers *powers);
