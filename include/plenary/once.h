/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Once: what the run of a method without rounds is made of, one that forecasts each issue by
 *  itself from where actors stand.
 *
 *  A method says how it solves an issue; the rest, from packing the floor to the words of those
 *  who cannot bargain, is the same for all: set_up, its own, calls pln_once_new; then PLN_ONCE.
 *  Where all words come from the floor there was nothing to bargain for (PLN_TALKS_END_NOTHING);
 *  words that a method adds, and a forecast beside words, are its own.
 *  Checked by tests/unit/test_method.c. */
#pragma once
#include "plenary/method.h"

typedef struct PlnOnce PlnOnce;

struct PlnOnce {
  PlnRun run;
  PlnMethodOptions options;
  PlnFloor *floor; /* of the issue that is being solved */
  gboolean salience; /* asked about; else all are taken to care alike */
  gboolean nothing;  /* to bargain for, on any issue */
  double (*solve)(PlnOnce *once, guint issue); /* the forecast; may set words and chances */
  void (*clear)(PlnOnce *once); /* (nullable): frees what the method has beside */
};

/** A block of @size bytes that begins with PlnOnce; solve is the caller's to set.
 *  @chance: whether the method gives a distribution */
gpointer pln_once_new(gsize size, guint n, guint m, const PlnMethodOptions *options,
                      gboolean chance);
void pln_once_start(PlnRun *run, const PlnTalks *talks);
void pln_once_step(PlnRun *run);
PlnTalksEnd pln_once_converged(const PlnRun *run);
void pln_once_free(PlnRun *run);

/** The parts of such a PlnMethod that are the same for all. */
#define PLN_ONCE                                                                                   \
  .usual = 1, .start = pln_once_start, .step = pln_once_step, .converged = pln_once_converged,     \
  .free = pln_once_free
