/* SPDX-License-Identifier: GPL-3.0-or-later */
/** What the files of a projection share: one proposal's forecast, what it rests on, the sitting.
 *  Checked by tests/unit/test_project.c. */
#pragma once
#include "plenary/outcome_part.h"
#include "plenary/project.h"

/** A question before a stage: the rule, weights and vetoes of its roster.
 *  @veto: (out) (transfer full) (nullable): that the case points to */
PlnOutcomeCase pln_project_case(const PlnProject *project, const PlnProjectStage *stage,
                                const PlnForecast *forecast, const PlnRuleEntry *rule, guint8 **veto);

PlnOutlookOptions pln_project_outlook(const PlnProject *project, const PlnProposal *proposal);
PlnOutlookOptions pln_project_outlook_of(const PlnProjectOptions *options,
                                         const PlnProposal *proposal);

/** Whether no row that holds (that of @bloc, nullable) is of a bloc drawn from the vote itself or
 *  from one that is not known to be earlier.  Returns: FALSE and PLN_ERROR_DATA */
gboolean pln_project_rows_unseen(const PlnScenario *scenario, const PlnOutlook *outlook,
                                 GError **error);
gboolean pln_project_bloc_unseen(const PlnScenario *scenario, const PlnBloc *bloc,
                                 const PlnOutlook *outlook, GError **error);

/** Whether @roster has the weights that @rule counts.  Returns: FALSE and PLN_ERROR_DATA */
gboolean pln_project_has_weights(const PlnRoster *roster, const PlnRuleEntry *rule, GError **error);

/** The proposal at @place before @stage, what it goes by: asks the predictor, so one at a time. */
PlnProjectItem *pln_project_item_new(PlnProject *project, const PlnProjectStage *stage, guint place,
                                     GError **error);

/** What follows from it, @full with blocs, ways and the positions' errors: several at once. */
void pln_project_item_run(const PlnProject *project, const PlnProjectStage *stage,
                          PlnProjectItem *item, gboolean full);
void pln_project_item_free(gpointer item);

/** Fills @item's rests: one at a time. */
void pln_project_rests(const PlnProject *project, const PlnProjectStage *stage, PlnProjectItem *item);

/** Fills low, middle, high. */
void pln_project_off(const PlnProject *project, const PlnProjectStage *stage, PlnProjectItem *item);

/** Draws the sittings and fills what rests on them, in all stages. */
void pln_project_sit(PlnProject *project);

/** The view of @scenario with @positions, and one over it without a row or with another in its
 *  place.  Rows are not copied.  Free with pln_project_view_free. */
PlnScenario *pln_project_view_new(const PlnScenario *scenario, const GPtrArray *positions);
PlnScenario *pln_project_view_but(const PlnScenario *view, const PlnStance *row,
                                  const PlnStance *instead);
void pln_project_view_free(PlnScenario *view);
