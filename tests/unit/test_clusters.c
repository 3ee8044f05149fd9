/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Clusters: small ones by hand, planted ones found again, the order of states without effect,
 * and an answer where there is nothing to divide. */
#include "plenary/clusters.h"

#include <math.h>
#include <string.h>

#include "plenary/draw.h"
#include "suite.h"

enum { NONE = PLN_CLUSTER_NONE };

static gboolean is_near(double a, double b) {
  return fabs(a - b) < 1e-12 || (isnan(a) && isnan(b));
}

/* States at places on a line; the squared distances. */
static double *distances(const double *place, guint n) {
  double *d = g_new(double, (gsize)n * n);
  for (guint i = 0; i < n * n; i++)
    d[i] = (place[i / n] - place[i % n]) * (place[i / n] - place[i % n]);
  return d;
}

/* 10 0 11 1 12: the three and the two. */
static void test_by_hand(void) {
  static const double place[] = {10, 0, 11, 1, 12};
  g_autofree double *d = distances(place, 5);
  g_autoptr(PlnClusters) c = pln_clusters_new(d, 5, 0);
  static const guint of[] = {0, 1, 0, 1, 0};
  CU_ASSERT_TRUE(c->k == 2 && c->chosen && c->n == 5);
  CU_ASSERT_EQUAL(memcmp(c->of, of, sizeof of), 0);
  CU_ASSERT_TRUE(c->cluster[0].size == 3 && c->cluster[0].medoid == 2);
  CU_ASSERT_TRUE(c->cluster[1].size == 2 && c->cluster[1].medoid == 1);
  CU_ASSERT_TRUE(is_near(c->cluster[0].within, (1.0 + 1 + 4) / 3));
  CU_ASSERT_TRUE(is_near(c->cluster[1].within, 1));
  /* Of 10: within (1 + 4) / 2, to the others (100 + 81) / 2; and so on. */
  static const double width[] = {1 - 5 / 181.0, 1 - 3 / 365.0, 1 - 2 / 221.0, 1 - 3 / 302.0,
                                 1 - 5 / 265.0};
  double sum = 0;
  for (guint i = 0; i < 5; i++) {
    CU_ASSERT_TRUE(is_near(c->width[i], width[i]));
    sum += width[i];
  }
  CU_ASSERT_TRUE(is_near(c->silhouette, sum / 5) && is_near(c->by_number[2], sum / 5));
  CU_ASSERT_TRUE(isnan(c->by_number[1]) && isnan(c->by_number[5]) && !isnan(c->by_number[4]));
  CU_ASSERT_TRUE(is_near(c->cluster[1].silhouette, (width[1] + width[3]) / 2));
  CU_ASSERT_TRUE(isnan(c->cluster[0].stability));
}

/* At 0, 2, 5, 9: first 0 and 2 (4 apart); then 5 and 9 (16), as from 5 to the two it is
 * (2 x 25 + 2 x 9 - 4) / 3 = 21.3, though 5 lies nearer to 2 than to 9. */
static void test_ward(void) {
  static const double place[] = {0, 2, 5, 9};
  g_autofree double *d = distances(place, 4);
  g_autoptr(PlnClusters) two = pln_clusters_new(d, 4, 2), three = pln_clusters_new(d, 4, 3);
  g_autoptr(PlnClusters) one = pln_clusters_new(d, 4, 1), all = pln_clusters_new(d, 4, 9);
  CU_ASSERT_EQUAL(memcmp(two->of, (guint[]){0, 0, 1, 1}, 4 * sizeof(guint)), 0);
  CU_ASSERT_EQUAL(memcmp(three->of, (guint[]){0, 0, 1, 2}, 4 * sizeof(guint)), 0);
  CU_ASSERT_TRUE(one->k == 1 && !one->chosen && isnan(one->silhouette) && isnan(one->width[2]));
  CU_ASSERT_TRUE(all->k == 4 && isnan(all->cluster[3].within) && all->width[3] == 0);
}

/* Every join adds the least to the sum of squares: against trying all pairs, from places. */
static void test_ward_by_trying(void) {
  enum { N = 40 };
  double place[N], sum[N], size[N];
  guint of[N];
  PlnDraw draw = pln_draw_stream(5, 0, 0);
  for (guint i = 0; i < N; i++) {
    sum[i] = place[i] = pln_draw_normal(&draw);
    size[i] = 1;
    of[i] = i;
  }
  g_autofree double *d = distances(place, N);
  for (guint k = N - 1; k >= 1; k--) {
    guint best_a = 0, best_b = 0;
    double least = INFINITY;
    for (guint a = 0; a < N; a++)
      for (guint b = a + 1; b < N; b++) {
        double gap = sum[a] / size[a] - sum[b] / size[b];
        double added = gap * gap * size[a] * size[b] / (size[a] + size[b]);
        if (size[a] > 0 && size[b] > 0 && added < least) {
          least = added;
          best_a = a;
          best_b = b;
        }
      }
    sum[best_a] += sum[best_b];
    size[best_a] += size[best_b];
    size[best_b] = 0;
    for (guint i = 0; i < N; i++)
      of[i] = of[i] == best_b ? best_a : of[i];
    g_autoptr(PlnClusters) c = pln_clusters_new(d, N, k);
    CU_ASSERT_TRUE(c->k == k && is_near(pln_clusters_rand(c->of, of, N), 1));
  }
}

/* Three blocs of 12, 9 and 6 that vote with their bloc in nine roll calls of ten. */
enum { STATES = 27, CALLS = 120 };

static guint bloc_of(guint state) {
  return state % 9 < 4 ? 0 : state % 9 < 7 ? 1 : 2;
}

static void plant(guint8 *answer, gboolean backwards) {
  PlnDraw draw = pln_draw_stream(11, 0, 0);
  for (guint j = 0; j < CALLS; j++) {
    guint8 line[3];
    for (guint b = 0; b < 3; b++)
      line[b] = (guint8)pln_draw_below(&draw, 3);
    for (guint i = 0; i < STATES; i++) {
      guint8 it = pln_draw_below(&draw, 10) ? line[bloc_of(i)] : (guint8)pln_draw_below(&draw, 3);
      it = pln_draw_below(&draw, 8) ? it : PLN_ANSWER_NONE;
      answer[j * STATES + (backwards ? STATES - 1 - i : i)] = it;
    }
  }
}

static PlnClusters *planted(const PlnCells *cells, guint samples, guint64 seed) {
  g_autoptr(PlnAgreement) a = pln_agreement_new(cells, NULL, 0);
  double d[STATES * STATES];
  pln_agreement_distances(a, PLN_AGREEMENT_HALF_WAY, d);
  PlnClusters *c = pln_clusters_new(d, STATES, 0);
  pln_clusters_resample(c, cells, PLN_AGREEMENT_HALF_WAY, samples, seed);
  return c;
}

static void test_planted(void) {
  guint8 answer[STATES * CALLS], turned[STATES * CALLS];
  plant(answer, FALSE);
  plant(turned, TRUE);
  PlnCells cells = {.n_states = STATES, .n_calls = CALLS, .classes = 3, .answer = answer};
  PlnCells back = cells;
  back.answer = turned;
  g_autoptr(PlnClusters) c = planted(&cells, 20, 1), same = planted(&cells, 20, 1);
  g_autoptr(PlnClusters) t = planted(&back, 20, 1);
  CU_ASSERT_EQUAL(c->k, 3);
  for (guint i = 0; i < STATES; i++) {
    CU_ASSERT_EQUAL(c->of[i], bloc_of(i));
    CU_ASSERT_EQUAL(t->of[STATES - 1 - i], c->of[i]);
    CU_ASSERT_TRUE(is_near(t->width[STATES - 1 - i], c->width[i]));
  }
  for (guint b = 0; b < 3; b++) {
    CU_ASSERT_EQUAL(c->cluster[b].size, 12 - 3 * b);
    CU_ASSERT_TRUE(c->cluster[b].stability > 0.95 && c->cluster[b].stability <= 1);
    CU_ASSERT_EQUAL(t->cluster[b].medoid, STATES - 1 - c->cluster[b].medoid);
  }
  CU_ASSERT_TRUE(c->samples == 20 && c->chosen_again > 0.9);
  CU_ASSERT_EQUAL(memcmp(c->cluster, same->cluster, 3 * sizeof *c->cluster), 0);
}

/* Chance alone: clusters are found, and do not last. */
static void test_of_chance(void) {
  guint8 answer[STATES * CALLS];
  PlnDraw draw = pln_draw_stream(2, 0, 0);
  for (guint i = 0; i < STATES * CALLS; i++)
    answer[i] = (guint8)pln_draw_below(&draw, 3);
  PlnCells cells = {.n_states = STATES, .n_calls = CALLS, .classes = 3, .answer = answer};
  g_autoptr(PlnClusters) c = planted(&cells, 20, 1);
  CU_ASSERT_TRUE(c->silhouette < 0.1);
  CU_ASSERT_TRUE(c->cluster[c->k - 1].stability < 0.75);
}

static void test_like(void) {
  static const double place[] = {10, 0, 11, 1, 12};
  static const guint8 in[] = {0, 0, 0, 0, 0, /**/ 1, 1, 1, 1, 1, /**/ 1, 0, 3, 0, 0};
  g_autofree double *d = distances(place, 5);
  g_autoptr(PlnClusters) c = pln_clusters_new(d, 5, 2);
  double jaccard;
  CU_ASSERT_EQUAL(pln_clusters_like(c, 0, in, 3, &jaccard), 2);
  CU_ASSERT_TRUE(is_near(jaccard, 2.0 / 3));
  CU_ASSERT_EQUAL(pln_clusters_like(c, 1, in, 3, &jaccard), 1);
  CU_ASSERT_TRUE(is_near(jaccard, 2.0 / 5));
  CU_ASSERT_EQUAL(pln_clusters_like(c, 0, in, 1, &jaccard), -1);
  CU_ASSERT_TRUE(jaccard == 0);
  CU_ASSERT_EQUAL(pln_clusters_like(c, 0, in, 0, NULL), -1);
}

static void test_rand(void) {
  static const guint a[] = {0, 0, 0, 1, 1, 1}, b[] = {0, 0, 1, 1, 2, 2};
  static const guint named[] = {5, 5, 5, 2, 2, 2};
  static const guint apart[] = {0, 1, 2, 3, 4, 5}, one[6] = {0};
  static const guint some[] = {0, NONE, 0, 1, NONE, 1};
  /* Pairs together in both 2, in a 6, in b 3, of 15: (2 - 1.2) / (4.5 - 1.2). */
  CU_ASSERT_TRUE(is_near(pln_clusters_rand(a, b, 6), 0.8 / 3.3));
  CU_ASSERT_TRUE(is_near(pln_clusters_rand(b, a, 6), 0.8 / 3.3));
  CU_ASSERT_TRUE(is_near(pln_clusters_rand(a, named, 6), 1));
  CU_ASSERT_TRUE(is_near(pln_clusters_rand(a, some, 6), 1));
  CU_ASSERT_TRUE(is_near(pln_clusters_rand(a, one, 6), 0));
  CU_ASSERT_TRUE(is_near(pln_clusters_rand(a, apart, 6), 0));
  CU_ASSERT_TRUE(is_near(pln_clusters_rand(one, one, 6), 1));
  CU_ASSERT_TRUE(is_near(pln_clusters_rand(apart, apart, 6), 1));
  CU_ASSERT_TRUE(isnan(pln_clusters_rand(a, b, 1)) && isnan(pln_clusters_rand(NULL, NULL, 0)));
}

static void test_nothing(void) {
  static const double zero[25] = {0};
  guint8 none[5] = {PLN_ANSWER_NONE, PLN_ANSWER_NONE, PLN_ANSWER_NONE, PLN_ANSWER_NONE,
                    PLN_ANSWER_NONE};
  for (guint n = 0; n <= 5; n++) {
    g_autoptr(PlnClusters) c = pln_clusters_new(zero, n, 0); /* all the same */
    CU_ASSERT_TRUE(c->k == MIN(n, 1) && isnan(c->silhouette));
    PlnCells cells = {.n_states = n, .n_calls = 1, .classes = 3, .answer = none};
    PlnCells no_calls = {.n_states = n, .classes = 3, .answer = none};
    pln_clusters_resample(c, &cells, PLN_AGREEMENT_SAME, 3, 1);
    CU_ASSERT_TRUE(n == 0 || c->cluster[0].stability == 1);
    pln_clusters_resample(c, &no_calls, PLN_AGREEMENT_SAME, 3, 1);
    CU_ASSERT_TRUE(n == 0 || (c->cluster[0].size == n && c->cluster[0].stability == 1));
    pln_clusters_resample(c, &cells, PLN_AGREEMENT_SAME, 0, 1);
    CU_ASSERT_TRUE(isnan(c->chosen_again) && (n == 0 || isnan(c->cluster[0].stability)));
  }
  pln_clusters_free(NULL);
}

int main(void) {
  CU_TestInfo tests[] = {{"by hand", test_by_hand},
                         {"ward", test_ward},
                         {"ward by trying", test_ward_by_trying},
                         {"planted", test_planted},
                         {"of chance", test_of_chance},
                         {"like", test_like},
                         {"rand", test_rand},
                         {"nothing", test_nothing},
                         CU_TEST_INFO_NULL};
  return suite_run("clusters", tests);
}
