/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Joining a treaty: each state's hazard of depositing its instrument, fitted on a past treaty.
 *
 *  A state of class c (it has signed; it has not) that has not joined by t years after the opening
 *  joins in the next instant with the hazard  f w_i G_c'(t),  G_c(t) = a_c t^k_c  (Weibull).
 *
 *  *The past treaty* gives a_c and k_c: those that had not joined at its end are censored; who signs
 *  later counts with those that have not until it does.  Each class has a shape of its own,
 *  log k ~ N(0, 0.7^2) beforehand, and given the shape its rate has Jeffreys' prior: of n joined,
 *  a T^k ~ Gamma(n + 1/2) / E(k), E the exposure sum((b/T)^k - (a/T)^k) over the spans a … b.  The
 *  posterior is exact on a grid of shapes; every draw draws both, so a class of which none joined
 *  is not a class of which none ever will.  A class that nobody was ever in has the other's fit.
 *
 *  *The fast treaty* of which only milestones are known (N_j instruments at t_j) has
 *  S (1 - exp(-a t^k)) + (n - S)(1 - exp(-r a t^k)), S signatories of n states: a, k, r by least
 *  squares in log.  Between the two u = 0 … 1 leads evenly:  log G_c = (1 - u) log G_c,past +
 *  u log G_c,fast,  shape and rate alike.  u is even beforehand (assumed), and weighed by the
 *  likelihood of what has been joined so far.
 *
 *  *Together.*  f, common to the members of a union, is log-normal around 1; its deviation is the
 *  posterior root mean square (even on 0 … 1.5) given how many of them joined in each five years of
 *  the past treaty beside how many its hazards expect, each from the day on which it is a member to
 *  that on which it is none.
 *
 *  *Wandering.*  From the last day that is known on, the log of each class's pace does a random walk,
 *  a step a year: x_y = x_(y-1) + s_c z; the hazard of the year is e^x times as great.  s_c, even
 *  on 0 … 1.5 beforehand, has its posterior from the class's yearly numbers in the past treaty about
 *  what the fit expects (Poisson given the walk, summed on levels 0.1 apart to 12 on either side;
 *  what would leave them stays on the last: levels to 24 then give the mean of s to six digits
 *  alike; on levels that end at 3 it hangs on that end).  Every draw draws it.
 *  So where none joined little is known of s, and the fan is wide.
 *
 *  *Support.*  w_i = exp(b x_i) over its mean in the class.  b is fitted by the partial likelihood of
 *  those that joined the past treaty after x was known, each against those of its class at risk then
 *  (Cox 1972).  The caller gives x: where the past treaty is the rival of what was voted on, those
 *  against it have x = 1 there, and that those for it join its own treaty as they join the rival is
 *  the caller's assumption.  As nearly all of these had not signed, how far it reaches among
 *  signatories is not known: a share v of it, even on 0 … 1 (assumed).
 *
 *  Kernel: no names, no dates but years since the opening.  Nothing is allocated but in fits.
 *  Checked by tests/unit/test_joining.c: simulated treaties, closed forms, exact posteriors.
 *  Source: Cox and Oakes, Analysis of Survival Data, 1984; Cox, J. R. Stat. Soc. B 34:187, 1972. */
#pragma once
#include <glib.h>

#include "plenary/api.h"

#include "plenary/draw.h"

typedef enum { PLN_JOIN_SIGNATORY, PLN_JOIN_OTHER, PLN_JOIN_CLASSES } PlnJoinClass;
enum { PLN_JOIN_SHAPES = 49, PLN_JOIN_PACES = 101, PLN_JOIN_MILESTONES = 32 };
enum { PLN_JOIN_WANDERS = 16, PLN_JOIN_YEARS = 64 };

/** How many numbers of its stream a draw of the pace takes at the most: the rest starts here. */
enum { PLN_JOIN_NUMBERS = 4096 };

/** One state's history with a treaty, in years since its opening; NAN: never. */
typedef struct {
  double signed_at, joined_at;
  double together_from, together_to; /* a member of the union; NAN: never */
  double support;                    /* x */
} PlnJoinState;

typedef struct {
  guint joined;
  double years;                     /* at risk */
  double shape, shape_low, shape_high; /* posterior mean of log k as k; 5 and 95 % */
  double log_rate;                  /* log a at that shape, posterior mean of a */
  double ten;                       /* of those alike, the share that it has joined in ten years */
  double cumulated[PLN_JOIN_SHAPES], exposure[PLN_JOIN_SHAPES];
  double wander[PLN_JOIN_WANDERS]; /* s = 0, 0.1 …, cumulated; all 1: none */
  double wander_mean, wander_high; /* of s: posterior mean, 95 % */
} PlnJoinClassFit;

/** What a fit gives, all that a draw needs. */
typedef struct {
  double until; /* years that it saw */
  guint states, joiners;
  PlnJoinClassFit class_fit[PLN_JOIN_CLASSES];
  gboolean has_fast;
  double fast_shape, fast_log_rate[PLN_JOIN_CLASSES], fast_error; /* error: root mean square, log */
  double union_sd;                /* of log f */
  guint union_joined;             /* and what was expected of them */
  double union_expected;
  double support, support_error;  /* b, 0 and 0 where it is not fitted */
  guint support_joined;
} PlnJoinFit;

/** Fits on what was known @until years after the opening.
 *  Returns: FALSE where nobody joined by then */
PLN_API gboolean pln_join_fit(const PlnJoinState *state, guint n, double until, PlnJoinFit *fit);

/** The effect of support, from those that joined @since … @until; fills fit->support and error. */
PLN_API void pln_join_support(PlnJoinFit *fit, const PlnJoinState *state, guint n, double since,
                              double until);

/** The fast bound: @number[j] instruments at @years[j], of @n states of which @signatories signed.
 *  With fewer than four milestones r is the past treaty's; with one the shape too is; with none
 *  there is no fast bound. */
PLN_API void pln_join_fast(PlnJoinFit *fit, const double *years, const guint *number, guint milestones,
                           guint n, guint signatories);

/** How likely each u = k / (PLN_JOIN_PACES - 1) is, cumulated, given what @n states have done in
 *  @until years.  Without a fast bound u is 0. */
PLN_API void pln_join_lean(const PlnJoinFit *fit, const PlnJoinState *state, guint n, double until,
                           double cumulated[PLN_JOIN_PACES]);

/** One draw of all that is common to states. */
typedef struct {
  double u, shape[PLN_JOIN_CLASSES], log_rate[PLN_JOIN_CLASSES];
  double together, support[PLN_JOIN_CLASSES]; /* f; b and v b */
  /* The walk: years after `from`; of each t^k at its start, what has come by then in the same
   * unit, and 1/e^x.  No years: none. */
  guint years;
  double start[PLN_JOIN_CLASSES][PLN_JOIN_YEARS], come[PLN_JOIN_CLASSES][PLN_JOIN_YEARS],
      slow[PLN_JOIN_CLASSES][PLN_JOIN_YEARS];
} PlnJoinPace;

/** @from: years since the opening that are known; @years: how far ahead times will be asked
 *  for, at most PLN_JOIN_YEARS: later ones wander no more
 *  @pace: (out) */
PLN_API void pln_join_draw(const PlnJoinFit *fit, const double lean[PLN_JOIN_PACES], double from,
                           guint years, PlnDraw *stream, PlnJoinPace *pace);

/** Who may join. */
typedef struct {
  guint n;
  const guint8 *join_class, *together;
  const double *support;
} PlnJoinSeats;

/** The factors f w_i of all seats in one draw.  @factor: (out): n */
PLN_API void pln_join_factors(const PlnJoinPace *pace, const PlnJoinSeats *seats, double *factor);

/** When they join, in years since the opening: of @exponential[i], standard, the time at which
 *  f w_i (G(t) - G(from)) has come to it, the pace wandering from @from on.
 *  @time: (out): n, not @exponential */
PLN_API void pln_join_times(const PlnJoinPace *pace, const PlnJoinSeats *seats,
                            const double *factor, double from, const double *exponential,
                            double *time);
