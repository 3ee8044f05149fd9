/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A pool: the answers of several forecasters made one.
 *
 *  Each forecaster is an update of the same states by the same evidence (update.h).  A state's
 *  chances are the product of the forecasters' chances, each to its power, that of yes a little
 *  lessened, as it is said too often.  The powers go by how well each foretells every piece of
 *  evidence from the others (leave one out); all together are raised or flattened by how well
 *  the best does.  A state with evidence of an answer has the chances without its own piece,
 *  times its likelihood.  What states have in common, their loadings, is that of the forecaster
 *  with the greatest power.
 *
 *  The numbers of a pool were found on sessions 60-69 alone (scripts/tune-whip).  Nothing is
 *  allocated.  Cost O(n (experts + p)).  Source: reference F9.
 *  Checked by tests/unit/test_pool.c and test_predictor.c. */
#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "plenary/api.h"
#include "plenary/update.h"

enum { PLN_POOL_MOST = 3 };

/** Arrays are the caller's. */
typedef struct {
  uint32_t n, p, experts;      /* experts: one alone, or PLN_POOL_MOST */
  const PlnUpdate *answer;     /* experts: each n states, p coefficients */
  const PlnEvidence *evidence; /* n */
  bool two;                    /* answers alone: none is an abstention */
} PlnPoolCase;

typedef struct {
  double power[PLN_POOL_MOST];    /* of each expert */
  double foretold[PLN_POOL_MOST]; /* mean log chance of a piece of evidence from the others */
  double *chance, *without;       /* n x 3: no, abstain, yes; without: of those with evidence
                                     without their own piece */
  double *loading;                /* n x (p + 1): of support on the factors, once standardised */
} PlnPooled;

/** @pooled: (inout): its arrays are the caller's, and are overwritten */
PLN_API void pln_pool_run(const PlnPoolCase *pool, PlnPooled *pooled);
