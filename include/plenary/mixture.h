/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A mixture of normal densities, from which to draw by importance.
 *
 *  It is begun by parts about the modes of a density and then fitted to weighted draws: a step
 *  of expectation and maximisation (Cappé, Douc, Guillin, Marin and Robert 2008, Statistics and
 *  Computing 18:447), each part's moments drawn towards what they were by so many draws to a
 *  dimension, so that few draws cannot narrow it down.  Checked by
 *  tests/unit/test_reconstruct.c. */
#pragma once
#include <glib.h>

#include "plenary/draw.h"

enum { PLN_MIXTURE_MOST = 4 };

typedef struct {
  guint d, stride, parts;
  double weight[PLN_MIXTURE_MOST], *mean[PLN_MIXTURE_MOST], *root[PLN_MIXTURE_MOST];
} PlnMixture; /* root: d x stride, of the covariance */

PlnMixture *pln_mixture_new(guint d);
void pln_mixture_free(PlnMixture *mixture);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlnMixture, pln_mixture_free)

/** A part more, at the most PLN_MIXTURE_MOST.  @weight: above 0, beside those of the others;
 *  @precision: d x stride, positive definite; @wider: of the standard deviations */
void pln_mixture_add(PlnMixture *mixture, double weight, const double *mean,
                     const double *precision, double wider);

/** Draw @k of @n: parts take turns by their weights.  @z: (out): d */
void pln_mixture_draw(const PlnMixture *mixture, guint k, guint n, PlnDraw *stream, double *z);

/** The log density without the constant of (2 pi)^(d / 2).
 *  @share: (out): parts: of each in the density.  @room: d */
double pln_mixture_log(const PlnMixture *mixture, const double *z, double *share, double *room);

/** Fits it to @n draws.  @weight: n, summing to 1; @share: n x PLN_MIXTURE_MOST; @z: n x d */
void pln_mixture_fit(PlnMixture *mixture, guint n, const double *weight, const double *share,
                     const double *z, double wider);
