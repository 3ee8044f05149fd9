/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A request for a replay: what the command's words ask, done once for the command
 *  and again by verify. */
#pragma once
#include "plenary/command.h"
#include "plenary/compose.h"
#include "plenary/load.h"
#include "plenary/write.h"

typedef struct {
  PlnWorld *world;
  PlnScenario *scenario;
  PlnWhatIf *whatif;
  PlnReplay *replay;
  char *command, *citations;
  char *options; /* the command without the scenario, for more of them */
  PlnProvenance provenance;
} PlnRequest;

/** @args: of the command replay, or of report, which has its options; @path: the scenario's folder
 *  Returns: NULL and the error whose code is the exit status */
PlnRequest *pln_request_new(const PlnArgs *args, const char *path, GError **error);
void pln_request_free(PlnRequest *request);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlnRequest, pln_request_free)

/** Walks through the replay in the terminal; see sim/cli/step.c. */
void pln_step_through(const PlnRequest *request, const PlnComposeOptions *options);
