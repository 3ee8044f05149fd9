/* SPDX-License-Identifier: GPL-3.0-or-later */
/** What the files of sensitivity share: one way to make many runs.
 *
 *  A run is a row of dials' values, NAN where a dial is left as stated, and a replicate.  Runs are
 *  shared out among threads, each result in its own place. */
#pragma once
#include "plenary/sensitivity.h"

/** What a sensitivity needs while it is made. */
typedef struct {
  PlnSensitivity *s;
  const GPtrArray *dials; /* that are turned: those of s, or the whole ones */
  guint threads;
  PlnProgress *progress;
  int outcome;
  int adopted;                          /* of the day of a protocol: the outcome "adopted"; else -1 */
  double base[PLN_SENSITIVITY_TORNADO]; /* the outcome of each replicate, nothing turned */
} PlnSenseWork;

/** @value: n x dials; @replicate: (nullable): n, else all 0
 *  @y: (out): n: the outcome, NAN where the study had no answer, or the day of a protocol that is
 *  rarely adopted
 *  @adopted: (nullable) (out): n: the chance that it is, where work->adopted is known
 *  Returns: FALSE and PLN_ERROR_FAILED where interrupted, or the error of a run that says more than
 *  that there is no answer */
gboolean pln_sense_runs(PlnSenseWork *work, guint64 n, const double *value,
                        const guint32 *replicate, double *y, double *adopted, GError **error);

guint pln_sense_replicates(const PlnSenseWork *work);
guint64 pln_sense_tornado_runs(const PlnSenseWork *work);

/** Each fills its part of the result.  Sobol after morris. */
gboolean pln_sense_tornado(PlnSenseWork *work, GError **error);
gboolean pln_sense_morris(PlnSenseWork *work, GError **error);
gboolean pln_sense_sobol(PlnSenseWork *work, GError **error);
gboolean pln_sense_discover(PlnSenseWork *work, GError **error);

/** Finds boxes in s->x and s->y.  @progress: (nullable): pln_sense_find_steps of them
 *  Returns: FALSE and PLN_ERROR_FAILED where interrupted */
gboolean pln_sense_find(PlnSensitivity *s, guint64 rows, const GPtrArray *dials, guint threads,
                        PlnProgress *progress, GError **error);
guint64 pln_sense_find_steps(guint dials);

/** Whether the dial @b, as varied, turns what @a, as stated, turns: a position of the proposal asked
 *  about may be named with it or without. */
gboolean pln_sense_same_target(const PlnDial *a, const PlnDial *b);

/** What @dial stands at before it is turned: the mean of what @stated (nullable) says, the rule that
 *  decides, the word that leaves it as it is; NAN where that is not known. */
double pln_sense_stated_at(const PlnRuleEntry *rule, const PlnDial *stated, const PlnDial *dial);

/** Fills s->at of columns with what @of states of their dials. */
void pln_sense_place(PlnSensitivity *s, const PlnStated *of);

/** Correlates the dials of s->x with s->y. */
void pln_sense_rank(PlnSensitivity *s, guint64 rows);
