/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A request for a replay: what the command's words ask, done once for the command
 *  and again by verify. */
#pragma once
#include "plenary/command.h"
#include "plenary/compose.h"
#include "plenary/load.h"
#include "plenary/write.h"

/** What if: what pln_request_new reads. */
#define PLN_WHATIF_OPTIONS                                                                       \
  {"set", 0, "WHO=VOTE",                                                                         \
   "what if a state, a bloc or ALL had voted Y, N, A or X; PROPOSAL:WHO=VOTE for one proposal; " \
   "repeatable", NULL},                                                                          \
      {"set-file", 0, "FILE",                                                                    \
       "edits from a CSV file with the columns who, vote and, optionally, proposal", NULL},      \
      {"rule", 0, "RULE", "what if this rule had decided (plenary rules lists them)", NULL},     \
      {"abstain-as", 0, "VOTE",                                                                  \
       "what if those that abstained had voted yes or no, or been absent", "yes no absent"},     \
      {"absent", 0, "VOTE", "what if those that did not vote had voted yes, no, abstain, or "    \
       "vote-with-bloc: the line of their regional group", "yes no abstain vote-with-bloc"}

/** Of commands whose pages hold, or rest on, a delegation's working list. */
#define PLN_PRIVATE_OPTION                                                                        \
  {"private", 0, NULL,                                                                            \
   "keep the private entries of whip.csv in a page (--format html or pdf), which leaves them "    \
   "out else", NULL}

typedef struct {
  PlnWorld *world;
  PlnScenario *scenario;
  PlnWhatIf *whatif;
  PlnReplay *replay;
  char *command, *citations;
  char *options; /* the command without the scenario, for more of them */
  gboolean rule_alone; /* of a report: a rule was asked for, and no vote is on record that it
                          could decide: the replay is without it */
  guint left_out;      /* private rows of whip.csv: of a page, unless --private keeps them */
  PlnProvenance provenance;
} PlnRequest;

/** @args: of the command replay, or of report, which has its options; @path: the scenario's folder
 *  Returns: NULL and the error whose code is the exit status */
PlnRequest *pln_request_new(const PlnArgs *args, const char *path, GError **error);
void pln_request_free(PlnRequest *request);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlnRequest, pln_request_free)

/** The document, and the laboratory's JSON: for the command and again for verify.
 *  Returns: (transfer full) */
PlnDoc *pln_replay_document(const PlnRequest *request, const PlnArgs *args);
char *pln_replay_laboratory(const PlnRequest *request);

/** Walks through the replay in the terminal; see sim/cli/step.c. */
void pln_step_through(const PlnRequest *request, const PlnComposeOptions *options);
