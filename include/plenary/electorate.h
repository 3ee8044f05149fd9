/* SPDX-License-Identifier: GPL-3.0-or-later */
/** An electorate: where states stand, how sure that is, and how they vary together.
 *
 *  One generative model of votes.  State i, roll call j: latent support
 *
 *    u_ij = b_j . x_i + lean_i - c_j + g_j,group(i) + e,   e ~ N(0, 1 + doubt_i)
 *
 *  b_j ~ N(slope_mean, slope_covariance), c_j ~ N(centre_mean, centre_sd^2), g ~ N(0,
 *  group_spread^2) for each group and roll call.  The answer is no below -w, yes above w and
 *  an abstention between, w = exp(h_j + width_i) half the width of the band of
 *  indifference, h_j ~ N(width_mean, width_sd^2).  So of a roll call yet to come u is a
 *  Gaussian vector, with covariance X slope_covariance X' + groups + 1 + doubt.
 *  An absence is another matter: state i is absent with chance ~ Beta(absent_a, absent_b).
 *
 *  It carries the window that it was fitted to.  As a folder of CSV files it is described
 *  in data/README.md.  Immutable once read.  Checked by tests/unit/test_electorate.c.
 *  Source: reference F9; Bailey, Strezhnev, Voeten 2017, J. Conflict Resolution 61:430. */
#pragma once
#include <glib.h>

#include "plenary/day.h"
#include "plenary/input.h"
#include "plenary/status.h"

/** What is rounding in a covariance, as a share of its largest variance. */
#define PLN_ELECTORATE_SLACK 1e-9

typedef struct {
  guint n, d, n_groups, classes; /* classes: 3, or 2 where abstaining is not told from no */
  char **code, **group;          /* n; n_groups names of groups */
  int *in_group;                 /* n: the group's place, or -1 */
  double *position, *error;      /* n x d: x and its standard errors */
  double *lean, *width;          /* n */
  double *doubt;                 /* n: variance that the error of x adds to u */
  double *absent_a, *absent_b;   /* n */
  double *slope_mean;            /* d */
  double *slope_covariance;      /* d x d */
  double *group_spread;          /* n_groups */
  double centre_mean, centre_sd, width_mean, width_sd;
  double lapse; /* the share of answers that are any of the classes alike */
  /* What it was fitted to. */
  PlnDay from_day, to_day; /* of the roll calls, or PLN_DAY_NONE */
  int from_session, to_session;
  guint n_calls;
  gint64 n_votes;
  char *command, *source, *sha256; /* how it was made; the file of votes and its hash */
  double held_out_log, held_out_brier, held_out_right; /* scores out of sample; < 0: not scored */
  PlnStatus status;
  char *note;
  GArray *inputs; /* PlnInput: the files that it was read from; none where it was made here */
} PlnElectorate;

/** All numbers 0, but: classes 3, no state in a group, no session, nothing scored, inferred.
 *  No strings.  Strings set later are owned by it (g_free). */
PLN_API PlnElectorate *pln_electorate_new(guint n, guint d, guint n_groups);
PLN_API void pln_electorate_free(PlnElectorate *electorate);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlnElectorate, pln_electorate_free)

/** The place of @code, or -1.  (Codes are sorted.)  Cost O(log n). */
PLN_API int pln_electorate_find(const PlnElectorate *electorate, const char *code);

/** Whether a vote on @day or, where a day is wanting on either side, in @session lies in
 *  the window that it was fitted to: to forecast it then is no forecast.  A partial day
 *  does where it may; where neither can be told, it does not. */
PLN_API gboolean pln_electorate_has_seen(const PlnElectorate *electorate, PlnDay day, int session);

/** The root of the covariance of the slopes, lower triangular: L L' = slope_covariance.
 *  @root: d x d
 *  Returns: -1, or the first dimension by which it is no covariance: not symmetric, or
 *  with a negative variance left by those before (beyond rounding) */
int pln_electorate_root(const PlnElectorate *electorate, double *root);
