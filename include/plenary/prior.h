/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A prior: what an electorate says of one roll call before anything is known of it.
 *
 *  State i's support is offset_i + row_i . theta + e_i, theta independent standard normals: the
 *  question's centre, one for each group, the slopes.  The half width of its band is
 *  exp(log_width_i + width_sd h).  With two answers there is next to no band.  This is the
 *  electorate (electorate.h) with the roots of its covariances taken in, n (p + 2) numbers and
 *  no names: all that a forecast needs of it.
 *
 *  An electorate grows old: each session beyond the usual one adds PLN_PRIOR_DRIFT to the variance
 *  of support.  In the unit of the noise that has grown so, everything else shrinks.
 *
 *  Cost O(n p).  Source: reference F9; the drift was measured by `plenary backtest whip`.
 *  Checked by tests/unit/test_prior.c. */
#pragma once
#include <stdbool.h>
#include <stddef.h>

#include "plenary/api.h"
#include "plenary/evidence.h"
#include "plenary/update.h"

/** Variance of support that a session more of age adds. */
#define PLN_PRIOR_DRIFT 0.05

/** Slopes and groups beside what the electorate has seen, for a question come anew.  Found on
 *  sessions 60-69 (scripts/tune-whip). */
#define PLN_PRIOR_SLOPES 1.0
#define PLN_PRIOR_GROUPS 2.0

/** Arrays are the caller's. */
typedef struct {
  uint32_t n, p;
  const double *row;               /* n x p */
  const double *offset, *log_width; /* n */
  double width_sd, lapse;          /* as in update.h */
  bool two;                        /* answers, of which none is an abstention */
} PlnPrior;

/** By how much everything shrinks; 1 at the age 0 and below. */
PLN_API double pln_prior_shrink(double age);

/** The doubles of a prior grown old. */
#define PLN_PRIOR_ROOM(n, p) ((size_t)(n) * ((size_t)(p) + 2))

/** The prior @age sessions older than is usual, as a case to be updated; of the evidence
 *  nothing is said yet.  @room: PLN_PRIOR_ROOM(n, p) doubles, where its arrays will lie */
PLN_API PlnUpdateCase pln_prior_case(const PlnPrior *prior, double age, double *room);

/** Evidence in the unit of the noise that has grown: a stated support tells of what is common to
 *  states no more surely than an answer of its own does. */
PLN_API PlnEvidence pln_prior_evidence(const PlnEvidence *evidence, double age);
