/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The composers of estimates and of their scores into a document.
 *  Checked by tests/cli/estimate.sh. */
#pragma once
#include "plenary/document.h"
#include "plenary/estimate.h"
#include "plenary/scoring.h"

void pln_compose_estimate(PlnDoc *doc, const PlnEstimate *estimate, const GPtrArray *notes);

/** Parts of it, in the order in which they are shown. */
void pln_compose_estimate_fit(PlnDoc *doc, const PlnEstimate *estimate);
void pln_compose_estimate_states(PlnDoc *doc, const PlnEstimate *estimate);
void pln_compose_estimate_calls(PlnDoc *doc, const PlnEstimate *estimate);
void pln_compose_estimate_blocs(PlnDoc *doc, const PlnEstimate *estimate);

/** A row of measures: right, APRE, GMP, log score, Brier, votes. */
void pln_compose_measures(PlnDoc *doc, const PlnMeasures *measures);
#define PLN_MEASURE_COLUMNS                                                                        \
  {"right", "Right"}, {"apre", "APRE"}, {"gmp", "GMP"}, {"log_score", "Log score"},                \
      {"brier", "Brier"}, {"votes", "Votes"}

/** The chart of a reliability table, which comes next: its title says how far the chances were
 *  off, in points, each as often as it was given. */
void pln_compose_reliability_chart(PlnDoc *doc, const PlnReliability *reliability);

void pln_compose_scoring(PlnDoc *doc, const PlnScoring *scoring, const GPtrArray *notes);

/** How far apart the outermost are on the first dimension; 0 where there are none. */
double pln_compose_spread(const PlnEstimate *estimate);

/** A roll call as people know it: its symbol, else its id.  */
const char *pln_compose_called(const PlnEstimate *estimate, guint call);
