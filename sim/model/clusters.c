/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/clusters.h"

#include <math.h>
#include <string.h>

#include "plenary/draw.h"

enum { DRAW_STUDY = 0x636c7573 }; /* "clus": a stream of draws of its own */

/* Clusters being joined; each bears the number of its first state. */
typedef struct {
  guint n;
  double *distance; /* n x n; of a pair that is alive */
  guint *size;      /* 0: joined to another */
  guint *nearest;   /* among those that come later; n: there is none */
  guint *into;      /* n: at each join, the one that stays */
  guint *gone;      /* and the one that is joined to it */
} Tree;

static Tree *tree_new(guint n) {
  Tree *tree = g_new0(Tree, 1);
  tree->n = n;
  tree->distance = g_new(double, (gsize)n * n);
  tree->size = g_new(guint, n);
  tree->nearest = g_new(guint, n);
  tree->into = g_new(guint, n);
  tree->gone = g_new(guint, n);
  return tree;
}

static void tree_free(Tree *tree) {
  g_free(tree->distance);
  g_free(tree->size);
  g_free(tree->nearest);
  g_free(tree->into);
  g_free(tree->gone);
  g_free(tree);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Tree, tree_free)

static void find_nearest(Tree *tree, guint a) {
  const double *row = tree->distance + (gsize)a * tree->n;
  guint nearest = tree->n;
  for (guint b = a + 1; b < tree->n; b++)
    if (tree->size[b] > 0 && (nearest == tree->n || row[b] < row[nearest]))
      nearest = b;
  tree->nearest[a] = nearest;
}

static guint closest_pair(const Tree *tree) {
  guint best = tree->n;
  double least = 0;
  for (guint a = 0; a < tree->n; a++) {
    if (tree->size[a] == 0 || tree->nearest[a] == tree->n)
      continue;
    double distance = tree->distance[(gsize)a * tree->n + tree->nearest[a]];
    if (best == tree->n || distance < least) {
      best = a;
      least = distance;
    }
  }
  return best;
}

/* Ward's distance of what a and b are joined to.  It is nowhere less than the lesser of theirs,
 * so whoever had another nearest one keeps it. */
static void join(Tree *tree, guint a, guint b) {
  gsize n = tree->n;
  double *d = tree->distance, size_a = tree->size[a], size_b = tree->size[b], ab = d[a * n + b];
  for (guint c = 0; c < n; c++) {
    double size = tree->size[c], all = size_a + size_b + size;
    if (size == 0 || c == a || c == b)
      continue;
    d[a * n + c] = d[c * n + a] =
        ((size_a + size) * d[a * n + c] + (size_b + size) * d[b * n + c] - size * ab) / all;
  }
  tree->size[a] += tree->size[b];
  tree->size[b] = 0;
  for (guint c = 0; c < n; c++)
    if (tree->size[c] > 0 && (c == a || tree->nearest[c] == a || tree->nearest[c] == b))
      find_nearest(tree, c);
}

static void grow(Tree *tree, const double *distance) {
  gsize n = tree->n;
  if (n == 0)
    return;
  memcpy(tree->distance, distance, n * n * sizeof *distance);
  for (guint a = 0; a < n; a++)
    tree->size[a] = 1;
  for (guint a = 0; a < n; a++)
    find_nearest(tree, a);
  for (guint joined = 0; joined + 1 < n; joined++) {
    guint a = closest_pair(tree), b = tree->nearest[a];
    tree->into[joined] = a;
    tree->gone[joined] = b;
    join(tree, a, b);
  }
}

/* The k clusters that the first n - k joins leave, numbered by their first state.  As the one
 * that stays comes first, a state's is known when its turn comes. */
static void cut(const Tree *tree, guint k, guint *of) {
  guint n = tree->n, next = 0;
  for (guint i = 0; i < n; i++)
    of[i] = i;
  for (guint joined = 0; joined + k < n; joined++)
    of[tree->gone[joined]] = tree->into[joined];
  for (guint i = 0; i < n; i++)
    of[i] = of[i] == i ? next++ : of[of[i]];
}

/* @width: (out) (nullable): n.  Returns: their mean */
static double silhouette(const double *distance, guint n, const guint *of, guint k, double *width) {
  g_autofree double *sum = g_new(double, k);
  g_autofree guint *size = g_new0(guint, k);
  double all = 0;
  for (guint i = 0; i < n; i++)
    size[of[i]]++;
  for (guint i = 0; i < n; i++) {
    double within = 0, other = INFINITY, w = 0;
    memset(sum, 0, k * sizeof *sum);
    for (guint j = 0; j < n; j++)
      sum[of[j]] += distance[(gsize)i * n + j];
    for (guint c = 0; c < k; c++)
      if (c != of[i])
        other = MIN(other, sum[c] / size[c]);
    if (size[of[i]] > 1) {
      within = sum[of[i]] / (size[of[i]] - 1);
      w = MAX(within, other) > 0 ? (other - within) / MAX(within, other) : 0;
    }
    all += w;
    if (width)
      width[i] = w;
  }
  return all / n;
}

/* @by_number: (out): PLN_CLUSTERS_MOST + 1
 * @of: room for n.  Returns: the number of clusters */
static guint choose(const Tree *tree, const double *distance, double *by_number, guint *of) {
  guint best = MIN(tree->n, 1);
  double most = 0;
  for (guint k = 0; k <= PLN_CLUSTERS_MOST; k++) {
    by_number[k] = NAN;
    if (k < PLN_CLUSTERS_LEAST || k >= tree->n)
      continue;
    cut(tree, k, of);
    by_number[k] = silhouette(distance, tree->n, of, k, NULL);
    if (by_number[k] > most) {
      most = by_number[k];
      best = k;
    }
  }
  return best;
}

/* The largest cluster first; an insertion, so that equal ones stay in order. */
static void number_by_size(PlnClusters *clusters) {
  guint k = clusters->k;
  g_autofree guint *size = g_new0(guint, k), *order = g_new(guint, k), *place = g_new(guint, k);
  for (guint i = 0; i < clusters->n; i++)
    size[clusters->of[i]]++;
  for (guint c = 0; c < k; c++) {
    guint at = c;
    for (; at > 0 && size[order[at - 1]] < size[c]; at--)
      order[at] = order[at - 1];
    order[at] = c;
  }
  for (guint at = 0; at < k; at++)
    place[order[at]] = at;
  for (guint i = 0; i < clusters->n; i++)
    clusters->of[i] = place[clusters->of[i]];
}

static void describe(PlnClusters *clusters, const double *distance) {
  guint n = clusters->n;
  g_autofree double *least = g_new(double, clusters->k);
  clusters->cluster = g_new0(PlnCluster, clusters->k);
  for (guint i = 0; i < n; i++) {
    PlnCluster *c = &clusters->cluster[clusters->of[i]];
    double sum = 0;
    for (guint j = 0; j < n; j++)
      if (clusters->of[j] == clusters->of[i])
        sum += distance[(gsize)i * n + j];
    if (c->size == 0 || sum < least[clusters->of[i]]) {
      least[clusters->of[i]] = sum;
      c->medoid = i;
    }
    c->size++;
    c->within += sum;
    c->silhouette += clusters->width[i];
  }
  for (guint c = 0; c < clusters->k; c++) {
    PlnCluster *it = &clusters->cluster[c];
    it->within = it->size > 1 ? it->within / ((double)it->size * (it->size - 1)) : (double)NAN;
    it->silhouette /= it->size;
    it->stability = NAN;
  }
}

PlnClusters *pln_clusters_new(const double *distance, guint n, guint k) {
  PlnClusters *clusters = g_new0(PlnClusters, 1);
  g_autoptr(Tree) tree = tree_new(n);
  clusters->n = n;
  clusters->chosen = k == 0;
  clusters->of = g_new0(guint, n);
  clusters->width = g_new(double, n);
  grow(tree, distance);
  guint chosen = choose(tree, distance, clusters->by_number, clusters->of);
  clusters->k = k == 0 ? chosen : MIN(k, n);
  cut(tree, clusters->k, clusters->of);
  number_by_size(clusters);
  clusters->silhouette = clusters->chosen_again = NAN;
  for (guint i = 0; i < n; i++)
    clusters->width[i] = NAN;
  if (clusters->k > 1)
    clusters->silhouette = silhouette(distance, n, clusters->of, clusters->k, clusters->width);
  describe(clusters, distance);
  return clusters;
}

void pln_clusters_free(PlnClusters *clusters) {
  if (!clusters)
    return;
  g_free(clusters->of);
  g_free(clusters->cluster);
  g_free(clusters->width);
  g_free(clusters);
}

/* Adds to each cluster's stability its likeness to the one most like it among @of. */
static void add_likeness(PlnClusters *clusters, const guint *of) {
  guint k = clusters->k;
  g_autofree guint *both = g_new0(guint, (gsize)k * k), *size = g_new0(guint, k);
  for (guint i = 0; i < clusters->n; i++) {
    both[(gsize)clusters->of[i] * k + of[i]]++;
    size[of[i]]++;
  }
  for (guint c = 0; c < k; c++) {
    double most = 0;
    for (guint d = 0; d < k; d++) {
      guint shared = both[(gsize)c * k + d], either = clusters->cluster[c].size + size[d] - shared;
      most = MAX(most, (double)shared / either);
    }
    clusters->cluster[c].stability += most;
  }
}

void pln_clusters_resample(PlnClusters *clusters, const PlnCells *cells, PlnAgreementKind kind,
                           guint samples, guint64 seed) {
  guint n = clusters->n, again = 0, n_calls = cells->n_calls;
  g_return_if_fail(n == cells->n_states);
  g_autoptr(Tree) tree = tree_new(n);
  g_autofree double *distance = g_new(double, (gsize)n * n);
  g_autofree guint *calls = g_new(guint, MAX(n_calls, 1)), *of = g_new(guint, n);
  clusters->samples = samples;
  for (guint c = 0; c < clusters->k; c++)
    clusters->cluster[c].stability = samples ? 0 : (double)NAN;
  for (guint s = 0; s < samples; s++) {
    double by_number[PLN_CLUSTERS_MOST + 1];
    PlnDraw draw = pln_draw_stream(seed, DRAW_STUDY, s);
    for (guint j = 0; j < n_calls; j++)
      calls[j] = (guint)pln_draw_below(&draw, n_calls);
    g_autoptr(PlnAgreement) agreement = pln_agreement_new(cells, calls, n_calls);
    pln_agreement_distances(agreement, kind, distance);
    grow(tree, distance);
    again += clusters->chosen && choose(tree, distance, by_number, of) == clusters->k;
    cut(tree, clusters->k, of);
    add_likeness(clusters, of);
  }
  clusters->chosen_again = clusters->chosen && samples ? (double)again / samples : (double)NAN;
  for (guint c = 0; c < clusters->k; c++)
    clusters->cluster[c].stability /= MAX(samples, 1);
}

int pln_clusters_like(const PlnClusters *clusters, guint cluster, const guint8 *in, guint n_groups,
                      double *jaccard) {
  double most = 0;
  int best = -1;
  for (guint g = 0; g < n_groups; g++) {
    guint both = 0, either = 0;
    for (guint i = 0; i < clusters->n; i++) {
      gboolean here = clusters->of[i] == cluster, there = in[(gsize)g * clusters->n + i] != 0;
      both += here && there;
      either += here || there;
    }
    if (both > 0 && (double)both / either > most) {
      most = (double)both / either;
      best = (int)g;
    }
  }
  if (jaccard)
    *jaccard = most;
  return best;
}

static double pairs(guint n) {
  return (double)n * (n - 1.0) / 2;
}

double pln_clusters_rand(const guint *a, const guint *b, guint n) {
  g_autofree guint *both = g_new0(guint, (gsize)n * n), *in_a = g_new0(guint, n),
                   *in_b = g_new0(guint, n);
  guint left = 0;
  for (guint i = 0; i < n; i++) {
    if (a[i] == PLN_CLUSTER_NONE || b[i] == PLN_CLUSTER_NONE)
      continue;
    both[(gsize)a[i] * n + b[i]]++;
    in_a[a[i]]++;
    in_b[b[i]]++;
    left++;
  }
  double together = 0, of_a = 0, of_b = 0;
  for (gsize c = 0; c < (gsize)n * n; c++)
    together += pairs(both[c]);
  for (guint c = 0; c < n; c++) {
    of_a += pairs(in_a[c]);
    of_b += pairs(in_b[c]);
  }
  if (left < 2)
    return NAN;
  double expected = of_a * of_b / pairs(left), most = (of_a + of_b) / 2;
  /* Both put all together, or both each apart: the same. */
  return most == expected ? 1 : (together - expected) / (most - expected);
}
