/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Progress: how far a long computation has come, and whether it is asked to end.
 *
 *  A model is handed a PlnProgress, or NULL, tells it the steps done, and asks it now and
 *  then whether to stop; it knows of no terminal.  Steps may be told from any thread.
 *
 *  The command line shows it on a terminal: one line on standard error, nothing in the first
 *  second, at most ten times a second, wiped out at the end; nothing at all where standard
 *  error is no terminal or TERM is dumb, or is not set.  The line has the label, a bar, the
 *  share and the time left, taken from the time so far; it fits the terminal's width (80
 *  where that is not known).
 *
 *  Control-C, SIGTERM (a scheduler's: scancel, a time limit, kill, a shutdown) and SIGHUP (a
 *  terminal that goes): once pln_progress_catch is called, by the command line alone, the first
 *  only sets a flag, so that a computation ends in good order and the program with status 130,
 *  whichever it was; a second Control-C, or SIGTERM, more than half a second after the first ends
 *  the program as it always did (of one cause, timeout or a scheduler, two may come at once).  A
 *  SIGTERM or SIGHUP that was ignored when the program began (nohup) stays so.
 *
 *  Checked by tests/unit/test_progress.c, also through a pseudo-terminal. */
#pragma once
#include <glib.h>

typedef struct PlnProgress PlnProgress;

/** Shown on the descriptor @fd (2 for standard error); it may be any, and is not owned.
 *  @label: a few words, copied: "fitting the electorate"
 *  @n_steps: in all; 0 where it is not known: then the label and the time so far are shown
 *  Returns: (transfer full): to be freed, which wipes the line, in the thread that made it */
PlnProgress *pln_progress_new(int fd, const char *label, guint64 n_steps);
void pln_progress_free(PlnProgress *progress);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlnProgress, pln_progress_free)

/** @n_steps more are done.  From any thread.  Cost: an atomic addition and a look at the
 *  clock, some 50 ns.  Returns: whether to go on: FALSE once there was an interrupt */
gboolean pln_progress_step(PlnProgress *progress, guint64 n_steps);

/** From here on an interrupt, of the three kinds above, only sets the flag. */
void pln_progress_catch(void);
gboolean pln_progress_interrupted(void);

/** The line as it is shown, without the carriage return, for @done of @n_steps after
 *  @seconds: at most @columns wide.  Returns: (transfer full) */
char *pln_progress_line(const char *label, guint64 done, guint64 n_steps, double seconds,
                        guint columns);
