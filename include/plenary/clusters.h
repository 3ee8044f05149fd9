/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Clusters: blocs as the votes show them, found without asking what anybody declares.
 *
 *  States are joined by Ward's method (Ward 1963, Journal of the American Statistical
 *  Association 58:236-244) in the form of Lance and Williams, with 1 - agreement as the squared
 *  distance: the share of roll calls in which two states differ is the square of a Euclidean
 *  distance (it is a city-block distance, which is of negative type: Schoenberg 1938), so what
 *  each join adds least to is the mean disagreement within blocs.  Average linkage, the
 *  other way without positions, splits single states off after the first three blocs.
 *
 *  How many: between 2 and 12 the number with the greatest mean silhouette (Rousseeuw 1987,
 *  Journal of Computational and Applied Mathematics 20:53-65), the least of equal ones; one
 *  where none is above 0.  It finds the coarsest division that is clear: ask for a number to
 *  look closer.
 *
 *  How stable: roll calls are drawn anew, as many with replacement, the states joined again
 *  into as many clusters, and each cluster compared with the one most like it; the mean of
 *  these Jaccard indices is its stability (Hennig 2007, Computational Statistics and Data
 *  Analysis 52:258-271: below 0.5 it dissolves, from 0.75 it is real, from 0.85 firm).
 *  Clusters are of the votes looked at; that states vote alike is no proof that they agreed to.
 *
 *  Ties fall to the states that come first, as nothing else can depend on their order.
 *  Cost: about n^2 a clustering; 193 states, 1,172 roll calls and 20 samples: 0.06 s.
 *  Checked by tests/unit/test_clusters.c. */
#pragma once
#include "plenary/agreement.h"

enum {
  PLN_CLUSTERS_LEAST = 2,
  PLN_CLUSTERS_MOST = 12,
  PLN_CLUSTERS_SAMPLES = 20,
  PLN_CLUSTER_NONE = 0xffffff /* of a state that is in none */
};

typedef struct {
  guint size;
  guint medoid;     /* the state with the least mean distance to the others, the first of such */
  double within;    /* mean distance of two members; NAN where there is one */
  double silhouette; /* mean of the members'; NAN where there is one cluster */
  double stability; /* NAN until pln_clusters_resample */
} PlnCluster;

typedef struct {
  guint n, k;          /* states; clusters: 0 where there is no state */
  gboolean chosen;     /* k by silhouette, not asked for */
  guint *of;           /* n: the cluster of each state */
  PlnCluster *cluster; /* k, the largest first; equal ones by their first state */
  double *width;       /* n: silhouette of each state, 0 where it is alone; NAN where k is 1 */
  double silhouette;   /* mean width; NAN where k is 1 */
  double by_number[PLN_CLUSTERS_MOST + 1]; /* mean silhouette of so many; NAN: not possible */
  guint samples;       /* drawn by pln_clusters_resample */
  double chosen_again; /* share of these that choose as many; NAN where not chosen or none */
} PlnClusters;

/** @distance: n x n, symmetric, 0 on the diagonal, as of pln_agreement_distances
 *  @k: how many; 0: chosen.  More than @n are @n
 *  Returns: (transfer full) */
PLN_API PlnClusters *pln_clusters_new(const double *distance, guint n, guint k);
PLN_API void pln_clusters_free(PlnClusters *clusters);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlnClusters, pln_clusters_free)

/** Fills in the stability: @samples (PLN_CLUSTERS_SAMPLES) of the roll calls of @cells, which
 *  @clusters are of, at the agreement @kind.  The same for the same seed. */
PLN_API void pln_clusters_resample(PlnClusters *clusters, const PlnCells *cells,
                                   PlnAgreementKind kind, guint samples, guint64 seed);

/** Which of declared groups, which may overlap, a cluster is most like.
 *  @in: @n_groups x n, nonzero in the group
 *  @jaccard: (out) (nullable): states in both over states in either
 *  Returns: its number, the first of equal ones; -1 where none shares a state */
PLN_API int pln_clusters_like(const PlnClusters *clusters, guint cluster, const guint8 *in,
                              guint n_groups, double *jaccard);

/** The adjusted Rand index of two divisions (Hubert and Arabie 1985, Journal of
 *  Classification 2:193-218): 1 where they are the same, 0 as of chance.  States that have
 *  PLN_CLUSTER_NONE in either are left out; NAN where fewer than two are left.
 *  @a, @b: n, each a number below n */
PLN_API double pln_clusters_rand(const guint *a, const guint *b, guint n);
