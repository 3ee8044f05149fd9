/* SPDX-License-Identifier: GPL-3.0-or-later */
/** One axis on which positions and the curves of roll calls lie, and its penalised
 *  maximum likelihood: the engine under the static scale and the drifting one.
 *
 *  A node is a position to be found: a state, or a state in a session.  Positions have a
 *  normal prior whose precision is tridiagonal: nodes of one state follow each other in
 *  time, and a link ties each to the one before.  Roll calls have slope ~ N(0, slope_sd^2),
 *  each cut ~ N(0, cut_sd^2), and with three classes the gap between the cuts a gamma
 *  density (shape above 1, so that it stays open where nobody abstains).
 *
 *  The fit is Newton's method on everything at once.  Given the positions' step, that of
 *  each roll call's curve is a solve in 3 x 3; what is left, in the positions, goes by
 *  conjugate gradients preconditioned with the tridiagonal part.  The matrix is first the
 *  positive semidefinite one (the log likelihood is concave in slope x and the cuts), and
 *  near the top the observed one.  A step that does not rise is halved.  The result is a
 *  mode; polarity and unit are those of the start and the priors, and the caller settles
 *  them.  One thread, sums in a fixed order of eight lanes: same bytes everywhere.
 *
 *  Cost: a round is one evaluation of the curves and some ten passes of multiply and add
 *  over the cells; a fit takes 4 to 15 rounds.  Memory: 28 bytes a cell.
 *  Sources: reference F9; Steihaug 1983 (SIAM J. Numer. Anal. 20:626-637) for the truncated
 *  conjugate gradients; Clinton, Jackman, Rivers 2004 (APSR 98:355-370) for the model.
 *  Checked by tests/unit/test_scale.c and test_drift.c. */
#pragma once
#include "plenary/cells.h"
#include "plenary/curve.h"

#define PLN_AXIS_NO_NODE G_MAXUINT32

typedef struct {
  double slope_sd, cut_sd;     /* 5, 5: the customary precision of 0.04 */
  double gap_shape, gap_rate;  /* three classes: gap^(shape - 1) exp(-rate gap) */
} PlnAxisPrior;

typedef struct {
  guint n_nodes, n_calls, classes;
  gsize n_cells;          /* real ones */
  gsize *start;           /* n_calls x classes + 1: first cell of an answer in a roll call; a
                             multiple of the lanes, the filling at node n_nodes */
  guint32 *count;         /* n_calls x classes: real cells */
  guint32 *node;          /* start[last]: the cell's node */
  double *weight;         /* n_calls */
  double *own, *link;     /* n_nodes: the prior's precision about 0, and that of the step
                             from the node before (0: first of its chain) */
  PlnAxisPrior prior;
  double *variance;       /* n_nodes + 1: of the positions, or 0: see pln_axis_soften */
  double *softening;      /* n_calls: precision that they add to the slope's prior */
  double *x;              /* n_nodes + 1, the last 0 */
  PlnCurve *curve;        /* n_calls */

  /* At the parameters above, after pln_axis_derive or a fit: */
  double log_likelihood, objective; /* without and with the priors' logarithms (no constants) */
  double *cross[3];       /* per cell: minus d2/dx d(slope, own cut, high cut if between) */
  double *gradient_x;     /* n_nodes + 1, the prior included */
  double *diagonal;       /* n_nodes + 1: minus d2/dx2, without the prior */
  double *gradient_curve; /* n_calls x 3 */
  double *due;            /* n_calls: what softening comes to at the present curvature */
  double *factor;         /* n_calls x 6: Cholesky factor of minus d2/d(slope, low, high)2, by
                             rows 00 10 11 20 21 22 */
  guint rounds, solves;   /* done by the last fit; solves: passes of the conjugate gradients */
  gboolean converged, warm; /* warm: fitted before, so that a fit goes straight to Newton */
} PlnAxis;

/** Sorts the cells.  Positions and curves are 0, priors' own 1 and links 0.
 *  @node: n_sessions x n_states of @cells: the node of a state in a session; PLN_AXIS_NO_NODE
 *         only where it has no cell
 *  @weight: n_calls, at least 0; or NULL: all 1
 *  Returns: (transfer full) */
PlnAxis *pln_axis_new(const PlnCells *cells, const guint32 *node, guint n_nodes,
                      const double *weight, const PlnAxisPrior *prior);
void pln_axis_free(PlnAxis *axis);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlnAxis, pln_axis_free)

/** Positions from the votes' dominant singular vector (answers as numbers, centred within
 *  each roll call), and curves that fit them.
 *  @group: n_nodes: nodes of one group start at one place (a state's sessions)
 *  @n_groups: groups are 0..n_groups-1 */
void pln_axis_start(PlnAxis *axis, const guint32 *group, guint n_groups);

/** Newton from where the axis is.  @rounds at most; done when the next step would lift the
 *  objective by less than @tolerance. */
void pln_axis_fit(PlnAxis *axis, guint rounds, double tolerance);

/** Takes account of how unsure the positions are: the mean of a cell's log likelihood over
 *  its position's error is, to second order, lower by slope^2 variance / 2 times the cell's
 *  curvature.  Without that a joint mode takes each voter's errors for its position, and
 *  slopes come out too steep where voters have few answers.  To be called right
 *  after a fit, and a fit after it.  (One step of a variational EM, the second moment held.) */
void pln_axis_soften(PlnAxis *axis);

/** Everything at the present parameters.
 *  @observed: 1 for the observed curvature, 0 for the positive semidefinite part */
void pln_axis_derive(PlnAxis *axis, double observed);

/** @in through the inverse of a roll call's 3 x 3 block. */
void pln_axis_solve_call(const PlnAxis *axis, guint call, const double in[3], double out[3]);

/** The information that each position has by itself, less what the curves of its roll calls
 *  take up; without the prior.
 *  @out: n_nodes */
void pln_axis_own_information(const PlnAxis *axis, double *out);

/** The covariance of a roll call's slope, low and high once its positions are shift +
 *  stretch x, the errors of the positions taken as independent.
 *  @variance: n_nodes: of x
 *  @out: rows 00 10 11 20 21 22 */
void pln_axis_curve_covariance(const PlnAxis *axis, guint call, const double *variance,
                               double shift, double stretch, double out[6]);

/** The parameter (1 low, 2 high) whose cut a cell of @answer lies on; with three classes 1
 *  also has the high cut, in cross[2]. */
static inline guint pln_axis_cut(const PlnAxis *axis, guint answer) {
  return axis->classes == 3 && answer == 2 ? 2 : 1;
}
