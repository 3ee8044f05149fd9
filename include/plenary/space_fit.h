/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The two half rounds of the fit of a space, and the arrays that they work on.
 *
 *  Every number stands in columns: of states (n_pad of them) and of slots, the roll calls
 *  in their order with each period beginning at a multiple of eight (m_pad).  Pads have no
 *  answer.  A unit's step reads the other side's columns and writes its own entries, so
 *  units may be stepped in any order and by any number of threads.
 *  Checked by tests/unit/test_space.c. */
#pragma once
#include "plenary/space.h"

typedef struct {
  const PlnCells *cells;
  const PlnSpaceOptions *options;
  guint d, e, fixed, widths; /* fixed: centre and groups; widths: 1 + e, or 0 with two classes */
  guint n_periods;
  guint *period, *slot;       /* n_calls */
  guint *slot_from;           /* n_periods + 1 */
  gsize n_pad, m_pad;
  guint8 *by_call, *by_state; /* n_calls x n_pad, n_states x m_pad: answers */
  double *one;                /* MAX(n_pad, m_pad) ones */
  double *member;             /* n_groups x n_pad: 1 in the group */
  double *x;                  /* n_periods x d x n_pad: positions */
  double *base;               /* d x n_pad: mean positions */
  double *lean, *width, *p;   /* n_pad, n_pad, e x n_pad */
  double *b;                  /* d x m_pad: slopes */
  double *effect;             /* fixed x m_pad: minus the centre, then the groups' deviations */
  double *half, *q;           /* m_pad, e x m_pad */
  double *offset;             /* (1 + n_groups) x m_pad: effect as a state of each group has it */
  double *weight;             /* m_pad, or NULL */
  double *shrink;             /* d: the priors' precisions of each dimension */
  double *error, *doubt;      /* n_states x d, n_states; filled by the last round */
  double *slope_error;        /* d x d, then fixed: sums over roll calls of the error covariance of the
                                 slopes, of the error variances of centre and groups */
  double *group_precision;    /* n_groups: of the prior on a group's deviations */
  guint threads;
} PlnSpaceFit;

PlnSpaceFit *pln_space_fit_new(const PlnCells *cells, const PlnSpaceOptions *options);
void pln_space_fit_free(PlnSpaceFit *fit);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlnSpaceFit, pln_space_fit_free)

/** A Newton step of every roll call; of every state.
 *  @errors: whether to keep the errors of the slopes as well
 *  Returns: what the steps promise to add to the log posterior, to second order */
double pln_space_fit_calls(PlnSpaceFit *fit, gboolean errors);

/** @moment: (nullable): d x d, E b b': then no state steps; errors and doubt are found */
double pln_space_fit_states(PlnSpaceFit *fit, const double *moment);

/** Turns the axes to the principal ones, the largest first, and sets what the priors shrink.
 *  @size: (out caller-allocates): d singular values */
void pln_space_fit_turn(PlnSpaceFit *fit, double *size);

/** The mean square of a group's deviations, their errors (of the last round that kept them)
 *  included; and the priors' precisions set by it: a step of expectation and maximisation. */
double pln_space_fit_group_square(const PlnSpaceFit *fit, guint group);
void pln_space_fit_weigh_groups(PlnSpaceFit *fit);

/** Multiplies dimension @k by -1. */
void pln_space_fit_flip(PlnSpaceFit *fit, guint k);
