/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A request for a report: what the command's words ask, done once for the command and again by
 *  verify: a replay, where it is called for a brief projection, and a second scenario.
 *
 *  A projection is made where the scenario has positions or a vote to come and an electorate is
 *  found; that there is none is an error only where one was asked for.  Private rows of whip.csv
 *  are left out, of the second scenario's too, unless --private keeps them.  A rule that is asked
 *  for and finds no vote on record holds for the projection alone, and is an error without one.
 *  Checked by tests/cli/report.sh. */
#pragma once
#include "plenary/document.h"
#include "plenary/forecast_request.h"
#include "plenary/project.h"
#include "plenary/request.h"

typedef struct {
  PlnRequest *record;
  PlnForecastRequest *forecast; /* or NULL, as the next */
  PlnProject *project;
  PlnScenario *against_scenario; /* or NULL */
  PlnReplay *against;
  char *not_projected; /* why not, or NULL */
  guint left_out;      /* private rows */
  guint draws;         /* that the page makes; 0: as usual */
  GString *command;
  char *citations;
  GArray *inputs;
  PlnProvenance provenance;
} PlnReportRequest;

/** @args: of the command report; @path: the scenario's folder
 *  Returns: NULL and the error whose code is the exit status */
PlnReportRequest *pln_report_request_new(const PlnArgs *args, const char *path, GError **error);
void pln_report_request_free(PlnReportRequest *request);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlnReportRequest, pln_report_request_free)

/** The document, and the laboratory's JSON.  Returns: (transfer full) */
PlnDoc *pln_report_document(const PlnReportRequest *request, const PlnArgs *args);
char *pln_report_laboratory(const PlnReportRequest *request);
