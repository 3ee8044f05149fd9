/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <termios.h>
#include <unistd.h>

#include "plenary/output.h"
#include "plenary/request.h"

const PlnOption pln_replay_options[] = {
    {"set", 0, "WHO=VOTE", "what if a state, a bloc or ALL had voted Y, N, A or X; PROPOSAL:WHO=VOTE for one proposal; repeatable", NULL},
    {"set-file", 0, "FILE", "edits from a CSV file with the columns who, vote and, optionally, proposal", NULL},
    {"rule", 0, "RULE", "what if this rule had decided (plenary rules lists them)", NULL},
    {"abstain-as", 0, "VOTE", "what if those that abstained had voted yes or no, or been absent", "yes no absent"},
    {"absent", 0, "VOTE", "what if those that did not vote had voted yes, no, abstain, or vote-with-bloc: the line of their regional group", "yes no abstain vote-with-bloc"},
    {"blocs", 0, "BLOCS", "which blocs the text shows: all, or ids with commas", NULL},
    {"step", 0, NULL, "go proposal by proposal, with a key", NULL},
    PLN_OUTPUT_OPTIONS,
    {NULL, 0, NULL, NULL, NULL}};

/* One key, without waiting for the line to end.  FALSE for q, Escape or the end. */
static gboolean wait_for_key(void) {
  struct termios was, raw;
  fputs("\n-- a key goes on, q ends --", stderr);
  gboolean can = tcgetattr(STDIN_FILENO, &was) == 0;
  if (can) {
    raw = was;
    raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &raw);
  }
  char key = 0;
  gboolean got = read(STDIN_FILENO, &key, 1) == 1;
  if (can)
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &was);
  fputs("\r                           \r", stderr);
  return got && key != 'q' && key != 'Q' && key != 27 && key != 4;
}

static int step_through(const PlnRequest *r, const PlnArgs *args, const PlnComposeOptions *options,
                        GError **error) {
  guint n = r->replay->items->len;
  for (guint i = 0; i < n; i++) {
    g_autoptr(PlnDoc) doc = pln_doc_new();
    fputs(pln_output_colour() ? "\x1b[2J\x1b[H" : "", stdout);
    /* Without the summary, which would give away what comes. */
    pln_doc_say(doc, NULL, PLN_SAY_NOTE, "%s: %u of %u", r->scenario->title, i + 1, n);
    pln_compose_replay_item(doc, r->replay, i, options);
    int status = pln_output(doc, &r->provenance, args, "summary", error);
    if (status != 0)
      return status;
    if (i + 1 < n && !wait_for_key())
      break;
  }
  return 0;
}

int pln_run_replay(const PlnArgs *args, GError **error) {
  if (!pln_args_operands(args, 1, 1, error))
    return PLN_ERROR_USAGE;
  g_autoptr(PlnRequest) r = pln_request_new(args, args->rest[0], error);
  if (!r)
    return 0; /* the error's code is the status */
  PlnComposeOptions options = {pln_args_value(args, "blocs")};
  if (pln_args_flag(args, "step")) {
    if (isatty(STDIN_FILENO) && pln_output_is_terminal())
      return step_through(r, args, &options, error);
    fputs("plenary: --step needs a terminal; everything is shown at once\n", stderr);
  }
  g_autoptr(PlnDoc) doc = pln_doc_new();
  pln_compose_replay(doc, r->replay, &options);
  return pln_output(doc, &r->provenance, args, "summary", error);
}
