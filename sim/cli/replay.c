/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <unistd.h>

#include "plenary/output.h"
#include "plenary/request.h"

const PlnOption pln_replay_options[] = {
    {"set", 0, "WHO=VOTE",
     "what if a state, a bloc or ALL had voted Y, N, A or X; PROPOSAL:WHO=VOTE for one proposal; repeatable",
     NULL},
    {"set-file", 0, "FILE",
     "edits from a CSV file with the columns who, vote and, optionally, proposal", NULL},
    {"rule", 0, "RULE", "what if this rule had decided (plenary rules lists them)", NULL},
    {"abstain-as", 0, "VOTE", "what if those that abstained had voted yes or no, or been absent",
     "yes no absent"},
    {"absent", 0, "VOTE",
     "what if those that did not vote had voted yes, no, abstain, or vote-with-bloc: the line of their regional group",
     "yes no abstain vote-with-bloc"},
    {"blocs", 0, "BLOCS", "which blocs the text shows: all, or ids with commas", NULL},
    {"brief", 0, NULL, "the title and the answers, and no more", NULL},
    {"step", 0, NULL, "go step by step, with a key: the question, the answer, who voted how", NULL},
    PLN_OUTPUT_OPTIONS,
    {NULL, 0, NULL, NULL, NULL}};

static int put_brief(const PlnRequest *r, const PlnArgs *args, GError **error) {
  g_autoptr(PlnDoc) doc = pln_doc_new();
  pln_compose_replay_brief(doc, r->replay);
  g_autofree char *text = pln_write_text(doc, NULL, pln_output_width(), pln_output_colour());
  return pln_output_text(text, args, error);
}

int pln_run_replay(const PlnArgs *args, GError **error) {
  if (!pln_args_operands(args, 1, 1, error))
    return PLN_ERROR_USAGE;
  g_autoptr(PlnRequest) r = pln_request_new(args, args->rest[0], error);
  if (!r)
    return 0; /* the error's code is the status */
  PlnComposeOptions options = {pln_args_value(args, "blocs")};
  if (pln_args_flag(args, "brief"))
    return put_brief(r, args, error);
  if (pln_args_flag(args, "step")) {
    if (isatty(STDIN_FILENO) && pln_output_is_terminal()) {
      pln_step_through(r, &options);
      return 0;
    }
    fputs("plenary: --step needs a terminal; everything is shown at once\n", stderr);
  }
  g_autoptr(PlnDoc) doc = pln_doc_new();
  pln_compose_replay(doc, r->replay, &options);
  return pln_output(doc, &r->provenance, args, "summary", error);
}
