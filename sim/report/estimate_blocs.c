/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An estimate's blocs: those declared, and those that the votes show. */
#include <math.h>
#include <string.h>

#include "plenary/compose_estimate.h"

static void add_declared(PlnDoc *doc, const PlnEstimate *e) {
  static const PlnDocColumn columns[] = {{"bloc", "Bloc"},         {"members", "Members"},
                                         {"agreement", "Agree"},   {"half_way", NULL},
                                         {"cohesion", "Cohesion"}, {"rice", "Rice"},
                                         {"position", "Stand at"}, {"spread", "Spread"},
                                         {"name", NULL},           {NULL, NULL}};
  if (e->blocs->len == 0)
    return;
  pln_doc_table(doc, "blocs", PLN_FOR_BOTH,
                "Declared blocs: members on the day of the last roll call, over all of these",
                columns);
  for (guint b = 0; b < e->blocs->len; b++) {
    const PlnBlocFound *found = &g_array_index(e->blocs, PlnBlocFound, b);
    const PlnGroupAgreement *a = &found->agreement;
    pln_doc_cell(doc, pln_text(found->bloc->id));
    pln_doc_cell(doc, pln_int(a->members));
    pln_doc_cell(doc, pln_number(a->same, 3));
    pln_doc_cell(doc, pln_number(a->half_way, 3));
    pln_doc_cell(doc, pln_number(a->cohesion, 3));
    pln_doc_cell(doc, pln_number(a->rice, 3));
    pln_doc_cell(doc, pln_number(found->mean, 2));
    pln_doc_cell(doc, pln_number(found->spread, 2));
    pln_doc_cell(doc, pln_text(found->bloc->name));
  }
  pln_doc_say(doc, NULL, PLN_SAY_NOTE,
              "Agree: mean share of roll calls in which two members gave the same answer. Cohesion: mean "
              "agreement index over yes, no and abstain; Rice over yes and no.");
}

/* The declared bloc that has most in common with the cluster, with the share. */
static const char *most_like(const PlnEstimate *e, guint cluster, double *share) {
  guint n = e->cells->n_states;
  g_autofree guint8 *in = g_malloc0((gsize)e->blocs->len * n + 1);
  for (guint b = 0; b < e->blocs->len; b++)
    memcpy(in + (gsize)b * n, g_array_index(e->blocs, PlnBlocFound, b).in, n);
  int like = pln_clusters_like(e->clusters, cluster, in, e->blocs->len, share);
  return like < 0 || *share < 0.5 ? "" : g_array_index(e->blocs, PlnBlocFound, like).bloc->id;
}

static void add_found(PlnDoc *doc, const PlnEstimate *e) {
  static const PlnDocColumn columns[] = {
      {"cluster", "Cluster"}, {"size", "Size"},      {"stability", "Stability"},
      {"silhouette", NULL},   {"like", "Most like"}, {"share", "Share"},
      {"medoid", "Centre"},   {"states", "Who"},     {NULL, NULL}};
  const PlnClusters *found = e->clusters;
  if (!found)
    return;
  pln_doc_table(doc, "clusters", PLN_FOR_BOTH, "Blocs that the votes show", columns);
  for (guint c = 0; c < found->k; c++) {
    const PlnCluster *cluster = &found->cluster[c];
    double share = NAN;
    const char *like = most_like(e, c, &share);
    g_autoptr(GString) who = g_string_new(NULL);
    for (guint i = 0; i < found->n; i++)
      if (found->of[i] == c)
        g_string_append_printf(who, "%s%s", who->len > 0 ? " " : "",
                               e->matrix->voter[e->cells->state[i]].code);
    pln_doc_cell(doc, pln_int(c + 1));
    pln_doc_cell(doc, pln_int(cluster->size));
    pln_doc_cell(doc, pln_number(cluster->stability, 2));
    pln_doc_cell(doc, pln_number(cluster->silhouette, 2));
    pln_doc_cell(doc, pln_text(like));
    pln_doc_cell(doc, *like ? pln_number(share, 2) : pln_none());
    pln_doc_cell(doc, pln_text(e->matrix->voter[e->cells->state[cluster->medoid]].code));
    pln_doc_cell(doc, pln_words(who->str));
  }
  pln_doc_say(
      doc, NULL, PLN_SAY_NOTE,
      "By agreement alone. Stability: likeness to the nearest cluster when roll calls are drawn anew, "
      "%u times; below 0.5 it dissolves, from 0.75 it is stable. That states vote alike is no proof that "
      "they agreed to.",
      found->samples);
}

void pln_compose_estimate_blocs(PlnDoc *doc, const PlnEstimate *e) {
  add_declared(doc, e);
  add_found(doc, e);
}
