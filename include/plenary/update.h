/* SPDX-License-Identifier: GPL-3.0-or-later */
/** An update: what evidence on some states' answers tells of a roll call, and so of the
 *  other states.
 *
 *  State i's support is u_i = offset_i + a_i . theta + e_i, its band's half width
 *  exp(log_width_i + h); theta and h are the roll call's, with independent standard normal
 *  priors (h with a standard deviation of its own).  The evidence moves them to the mode of their
 *  posterior, found by Newton's method; its curvature there says how sure they are (Laplace's
 *  approximation).  Where the support of a state with evidence should start from something
 *  else than that of others (a forecast made without this piece of evidence), it has an
 *  offset and a width of its own.
 *
 *  Each piece of evidence is also foretold from the others, to first order: the leverage
 *  v h, with v = a' C a its variance and h its curvature, is taken out (compare the leave-one-out
 *  of a linear smoother, Rasmussen and Williams 2006, section 5.4.2).
 *
 *  Nothing is allocated.  Cost: about ten passes over the states with evidence, p^2 each, and one
 *  over all.
 *  Source: reference F9; Rasmussen and Williams 2006, chapter 3.
 *  Checked by tests/unit/test_update.c. */
#pragma once
#include <stdbool.h>
#include <stddef.h>

#include "plenary/api.h"
#include "plenary/evidence.h"

/** Coefficients at the most, theta and h. */
enum { PLN_UPDATE_MOST = 96 };

/** Arrays are the caller's. */
typedef struct {
  uint32_t n, p;              /* states; coefficients theta */
  const double *row;       /* n x p: a */
  const double *offset, *log_width;             /* n: of all states */
  const double *seen_offset, *seen_log_width;   /* n: of those with evidence; may be the same */
  double width_sd;         /* of h; 0: h stays 0 */
  double lapse;            /* share of answers that are any, all as likely */
  const PlnEvidence *evidence; /* n */
} PlnUpdateCase;

typedef struct {
  double *support, *width, *variance; /* n: u, w, and what the roll call leaves open of u */
  double *tie;     /* n x (p + 1): L^-1 a: support's loadings on factors of unit variance */
  double *chance;  /* n x 3 */
  double *without; /* n x 3: of states with evidence, without it; of others as chance */
  double *step;    /* the steps' system, while it is solved */
  bool at_rest;
} PlnUpdate;

/** The doubles of an update, lists and steps. */
#define PLN_UPDATE_ROOM(n, p)                                                                  \
  ((size_t)(n) * ((size_t)(p) + 10) + 2 * ((size_t)(p) + 1) * ((size_t)(p) + 9))

/** An update whose arrays lie in @room, PLN_UPDATE_ROOM(n, p) doubles of the caller's. */
PLN_API PlnUpdate pln_update_in(uint32_t n, uint32_t p, double *room);

/** @known: p below PLN_UPDATE_MOST
 *  @update: (inout): of the same n and p; its arrays are overwritten */
PLN_API void pln_update_run(const PlnUpdateCase *known, PlnUpdate *update);

/** Chances of no, abstain, yes where support is @u with @variance around its noise, the band's
 *  half width @w. */
PLN_API void pln_update_chances(double u, double w, double variance, double lapse,
                                double chance[3]);
