/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scenario discovery: a planted box in the words of its dials. */
#include "plenary/discovery.h"

#include <math.h>
#include <string.h>

#include "plenary/compose_discovery.h"
#include "plenary/draw.h"
#include "plenary/error.h"
#include "plenary/write.h"
#include "suite.h"

enum { N = 1500, D = 4 };

typedef struct {
  GPtrArray *dials;
  double x[N * D], y[N];
  char *const *title;
  const char *unit;
  guint64 cells;
} Made;

static void add_dial(GPtrArray *dials, const char *what, const char *range) {
  PlnDial *dial = pln_dial_read(what, range, NULL);
  CU_ASSERT_PTR_NOT_NULL_FATAL(dial);
  g_ptr_array_add(dials, dial);
}

/* The chance is low where EU27 stands below 40 and the rule is one of the last two. */
static Made *made(void) {
  Made *made = g_new0(Made, 1);
  PlnDraw draw = pln_draw_stream(1, 0x54455354, 1);
  made->dials = g_ptr_array_new_with_free_func(pln_dial_free);
  add_dial(made->dials, "position EU27", "0..100");
  add_dial(made->dials, "position USA", "50±20");
  add_dial(made->dials, "rule", "as-is|two-thirds-present-voting|consensus");
  add_dial(made->dials, "presence RUS", "50..100");
  for (guint i = 0; i < N; i++) {
    double *x = made->x + i * D;
    for (guint j = 0; j < D; j++)
      x[j] = pln_dial_value(g_ptr_array_index(made->dials, j), pln_draw_uniform(&draw));
    gboolean low = x[0] < 40 && x[2] >= 1;
    made->y[i] = (low ? 0.3 : 0.7) + 0.3 * (pln_draw_uniform(&draw) - 0.5);
    if (i % 100 == 99)
      made->y[i] = NAN;
  }
  return made;
}

static void free_made(Made *made) {
  g_ptr_array_unref(made->dials);
  g_free(made);
}

static PlnDiscovery *find(const Made *made, const double *stated, const char *interest,
                          const char *lead) {
  PlnDiscoveryRuns runs = {.dials = made->dials,
                           .stated = stated,
                           .rows = N,
                           .x = made->x,
                           .y = made->y,
                           .outcome = "chance of adoption",
                           .lead = lead,
                           .title = made->title,
                           .unit = made->unit,
                           .cells = made->cells};
  PlnPrimOptions options = pln_prim_options();
  PlnInterest of;
  CU_ASSERT_TRUE_FATAL(pln_interest_read(interest, &of, NULL));
  return pln_discovery_find(&runs, &of, &options);
}

static void test_words(void) {
  const double stated[D] = {55, 50, 1, NAN};
  Made *runs = made();
  g_autoptr(PlnDiscovery) found = find(runs, stated, "below 0.5", NULL);
  CU_ASSERT_EQUAL(found->known, N - N / 100);
  CU_ASSERT_STRING_EQUAL(found->said, "chance of adoption below 0.5");
  CU_ASSERT_EQUAL_FATAL(found->boxes->len, 1);
  const PlnDiscoveryBox *box = &g_array_index(found->boxes, PlnDiscoveryBox, 0);
  CU_ASSERT_EQUAL_FATAL(box->sides->len, 2);
  CU_ASSERT_FALSE(box->holds_stated);
  CU_ASSERT_PTR_NOT_NULL(strstr(box->words, "EU27 stands below "));
  CU_ASSERT_PTR_NOT_NULL(strstr(box->words, "the rule is two-thirds-present-voting or consensus"));
  CU_ASSERT_PTR_NOT_NULL(strstr(box->words, " and "));
  for (guint k = 0; k < 2; k++) {
    const PlnDiscoverySide *side = &g_array_index(box->sides, PlnDiscoverySide, k);
    if (side->dial == 0) {
      CU_ASSERT_EQUAL(side->from, 0);
      CU_ASSERT_DOUBLE_EQUAL(side->to, 0.40, 0.03);
      CU_ASSERT_DOUBLE_EQUAL(side->stated, 0.55, 1e-12);
      CU_ASSERT_DOUBLE_EQUAL(side->away, 15, 3);
      CU_ASSERT_STRING_EQUAL(side->from_word, "0");
      CU_ASSERT_FALSE(side->holds_stated);
    } else {
      CU_ASSERT_EQUAL_FATAL(side->dial, 2);
      CU_ASSERT_DOUBLE_EQUAL(side->from, 1 / 3., 1e-12);
      CU_ASSERT_EQUAL(side->to, 1);
      CU_ASSERT_TRUE(side->holds_stated);
      CU_ASSERT_EQUAL(side->away, 0);
    }
  }
  free_made(runs);
}

/* The other way round, and what is stated in the box. */
static void test_above(void) {
  const double stated[D] = {20, NAN, 2, 90};
  Made *runs = made();
  g_autoptr(PlnDiscovery) found = find(runs, stated, "at most 50%", NULL);
  CU_ASSERT_EQUAL_FATAL(found->boxes->len, 1);
  CU_ASSERT_TRUE(g_array_index(found->boxes, PlnDiscoveryBox, 0).holds_stated);
  g_autoptr(PlnDiscovery) above = find(runs, NULL, "above 0.5", NULL);
  CU_ASSERT_TRUE_FATAL(above->boxes->len >= 1);
  const PlnDiscoveryBox *box = &g_array_index(above->boxes, PlnDiscoveryBox, 0);
  CU_ASSERT_TRUE(strstr(box->words, "EU27 stands above 4") ||
                 strstr(box->words, "EU27 stands above 3") ||
                 strstr(box->words, "the rule is as it is"));
  CU_ASSERT_FALSE(box->holds_stated);
  free_made(runs);
}

static const char *said_in(const PlnDoc *doc, const char *words) {
  const PlnNode *section = g_ptr_array_index(pln_doc_root(doc)->nodes, 0);
  for (guint k = 0; k < section->nodes->len; k++) {
    const PlnNode *node = g_ptr_array_index(section->nodes, k);
    if (node->kind == PLN_NODE_SAY && strstr(node->text, words))
      return node->text;
  }
  return NULL;
}

static void test_nothing(void) {
  Made *runs = made();
  g_autoptr(PlnDiscovery) none = find(runs, NULL, "none", NULL);
  CU_ASSERT_EQUAL(none->known, N);
  CU_ASSERT_EQUAL(none->prim->interest, N / 100);
  CU_ASSERT_EQUAL(none->boxes->len, 0);
  CU_ASSERT_PTR_NOT_NULL(none->why);
  CU_ASSERT_STRING_EQUAL(none->said, "chance of adoption: none");
  g_autoptr(PlnDiscovery) never = find(runs, NULL, "below -3", NULL);
  CU_ASSERT_STRING_EQUAL(never->why, "no run is of interest");
  free_made(runs);
}

/* Of more runs than may be looked at a random part: the box is found in it, nothing else is, and
 * another seed looks at others. */
static void test_sample(void) {
  Made *runs = made();
  g_autoptr(PlnDiscovery) all = find(runs, NULL, "below 0.5", NULL);
  CU_ASSERT_EQUAL(all->looked, all->known);
  runs->cells = 600 * D;
  g_autoptr(PlnDiscovery) part = find(runs, NULL, "below 0.5", NULL);
  CU_ASSERT_EQUAL(part->known, all->known);
  CU_ASSERT_EQUAL(part->looked, 600);
  CU_ASSERT_EQUAL(part->prim->rows, 600);
  CU_ASSERT_EQUAL_FATAL(part->boxes->len, 1);
  CU_ASSERT_EQUAL(g_array_index(part->boxes, PlnDiscoveryBox, 0).sides->len, 2);
  double rate = (double)part->prim->interest / 600;
  CU_ASSERT_DOUBLE_EQUAL(rate, (double)all->prim->interest / (double)all->known, 0.05);
  runs->cells = all->known * D;
  g_autoptr(PlnDiscovery) same = find(runs, NULL, "below 0.5", NULL);
  CU_ASSERT_EQUAL(same->prim->interest, all->prim->interest);
  g_autoptr(PlnDoc) doc = pln_doc_new();
  pln_compose_discovery(doc, part, FALSE);
  CU_ASSERT_PTR_NOT_NULL_FATAL(said_in(doc, "Boxes are looked for in 600 of the 1485 runs"));
  free_made(runs);
}

/* Where the box has no bound a normal's word is where it is cut off, so that who counts again by
 * the words counts all that lie in the box. */
static void test_recount(void) {
  Made *runs = made();
  for (guint i = 0; i < N; i++)
    if (!isnan(runs->y[i]))
      runs->y[i] = runs->x[i * D + 1] < 60 ? 0.3 : 0.7;
  g_autoptr(PlnDiscovery) found = find(runs, NULL, "below 0.5", NULL);
  CU_ASSERT_EQUAL_FATAL(found->boxes->len, 1);
  const PlnDiscoveryBox *box = &g_array_index(found->boxes, PlnDiscoveryBox, 0);
  CU_ASSERT_EQUAL_FATAL(box->sides->len, 1);
  const PlnDiscoverySide *side = &g_array_index(box->sides, PlnDiscoverySide, 0);
  CU_ASSERT_EQUAL(side->dial, 1);
  CU_ASSERT_STRING_EQUAL(side->from_word, "0");
  CU_ASSERT_EQUAL(side->from, 0);
  CU_ASSERT_FALSE(box->knows_stated || box->holds_stated);
  free_made(runs);
}

static void expect(const char *text, const char *canonical, double in, double out) {
  PlnInterest interest;
  CU_ASSERT_TRUE_FATAL(pln_interest_read(text, &interest, NULL));
  g_autofree char *said = pln_interest_text(&interest);
  CU_ASSERT_STRING_EQUAL(said, canonical);
  CU_ASSERT_TRUE(pln_interest_holds(&interest, in));
  CU_ASSERT_FALSE(pln_interest_holds(&interest, out));
}

static void test_interest(void) {
  expect("below 0.5", "below 0.5", 0.49, 0.5);
  expect(" below  50 % ", "below 0.5", 0.49, 0.5);
  expect("above -3", "above -3", -2, -3);
  expect("at most 2", "at most 2", 2, 2.5);
  expect("at least 60", "at least 60", 60, 59);
  expect("before 2030", "below 2030", 2029.9, 2030);
  expect("after 2032.5", "above 2032.5", 2033, NAN);
  expect("none", "none", NAN, 0);
  expect("<0.5", "below 0.5", 0, NAN);
  expect(">= 3", "at least 3", 3, 2);
  static const char *const wrong[] = {"",    "bellow 0.5", "below",     "below x", "belowish 3",
                                      "0.5", "at 3",       "below nan", "none 3"};
  for (guint k = 0; k < G_N_ELEMENTS(wrong); k++) {
    PlnInterest interest;
    GError *error = NULL;
    CU_ASSERT_FALSE(pln_interest_read(wrong[k], &interest, &error));
    CU_ASSERT_TRUE_FATAL(g_error_matches(error, PLN_ERROR, PLN_ERROR_USAGE));
    CU_ASSERT_PTR_NOT_NULL(strstr(error->message, "expected \"below 0.5\""));
    if (k == 1)
      CU_ASSERT_PTR_NOT_NULL(strstr(error->message, "did you mean below?"));
    g_clear_error(&error);
  }
}

static gboolean has_chart(const PlnNode *node, const char *kind) {
  if (node->kind == PLN_NODE_CHART && g_strcmp0(node->chart, kind) == 0)
    return TRUE;
  for (guint k = 0; node->kind == PLN_NODE_SECTION && k < node->nodes->len; k++)
    if (has_chart(g_ptr_array_index(node->nodes, k), kind))
      return TRUE;
  return FALSE;
}

/* The chart's columns are those that the page draws from. */
static void test_document(void) {
  static const char *const drawn[] = {"box",    "dial",     "from",    "to",      "from_word",
                                      "to_word", "stated",  "coverage", "density", "support",
                                      "-rate",  "-least",   "-most",   "-stated"};
  const double stated[D] = {55, NAN, 1, NAN};
  Made *runs = made();
  g_autoptr(PlnDiscovery) found = find(runs, stated, "below 0.5", "it fails");
  g_autoptr(PlnDoc) doc = pln_doc_new();
  pln_compose_discovery(doc, found, TRUE);
  const PlnNode *section = g_ptr_array_index(pln_doc_root(doc)->nodes, 0);
  CU_ASSERT_TRUE(has_chart(section, "boxes"));
  gboolean said = FALSE, means = FALSE;
  for (guint k = 0; k < section->nodes->len; k++) {
    const PlnNode *node = g_ptr_array_index(section->nodes, k);
    said |= node->kind == PLN_NODE_SAY && g_str_has_prefix(node->text, "It fails when ");
    means |= node->kind == PLN_NODE_SAY &&
             strstr(node->text, "To fail means: chance of adoption below 0.5.");
    if (node->kind != PLN_NODE_TABLE || g_strcmp0(node->key, "sides") != 0)
      continue;
    CU_ASSERT_EQUAL(pln_node_rows(node), 2);
    for (guint i = 0; i < G_N_ELEMENTS(drawn); i++) {
      gboolean there = FALSE;
      for (guint c = 0; c < node->n_columns; c++)
        there |= strcmp(node->columns[c].key, drawn[i]) == 0;
      CU_ASSERT_TRUE(there);
    }
  }
  CU_ASSERT_TRUE(said && means);
  free_made(runs);
}

/* A dial that the judging half hardly bears out is said to be doubtful, by what people call it;
 * programs are told null of what is stated where nothing is known. */
static void test_doubtful(void) {
  static char eu[] = "the EU's position", other[] = "other";
  char *title[] = {eu, other, other, other};
  Made *runs = made();
  runs->title = title;
  g_autoptr(PlnDiscovery) found = find(runs, NULL, "below 0.5", "it fails");
  g_autoptr(PlnDoc) sure = pln_doc_new(), unsure = pln_doc_new();
  pln_compose_discovery(sure, found, FALSE);
  CU_ASSERT_PTR_NULL(said_in(sure, "Perhaps "));
  GArray *sides = g_array_index(found->boxes, PlnDiscoveryBox, 0).sides;
  for (guint k = 0; k < sides->len; k++)
    if (g_array_index(sides, PlnDiscoverySide, k).dial == 0)
      g_array_index(sides, PlnDiscoverySide, k).p = 0.09;
  pln_compose_discovery(unsure, found, FALSE);
  CU_ASSERT_PTR_NOT_NULL(said_in(unsure, "(and perhaps EU27 stands below "));
  CU_ASSERT_PTR_NULL(said_in(sure, "perhaps"));
  CU_ASSERT_PTR_NOT_NULL(said_in(unsure, "Perhaps the EU's position has nothing to do with it"));
  g_autoptr(GArray) none = pln_inputs_new();
  PlnProvenance provenance = {"", "", "assumed", "", none, none};
  g_autofree char *json = pln_write_json(unsure, &provenance);
  CU_ASSERT_PTR_NOT_NULL(strstr(json, "\"holds_stated\": null"));
  CU_ASSERT_PTR_NOT_NULL(strstr(json, "\"dial\": \"position EU27\""));
  CU_ASSERT_PTR_NULL(strstr(json, "\"least\""));
  free_made(runs);
}

/* Levels of dates are days, and a share of a few runs is their number. */
static void test_said(void) {
  static const char *const said[][2] = {{"above 2037.25", " after March 2037"},
                                        {"below 2037.25", " before April 2037"},
                                        {"after 2040", " after the beginning of 2040"},
                                        {"before 2040", " before 2040"},
                                        {"after 2037.3", " after 18 April 2037"},
                                        {"none", ": none"}};
  Made *runs = made();
  runs->unit = "year";
  for (gsize k = 0; k < G_N_ELEMENTS(said); k++) {
    g_autoptr(PlnDiscovery) found = find(runs, NULL, said[k][0], NULL);
    CU_ASSERT_STRING_EQUAL(found->said + strlen("chance of adoption"), said[k][1]);
  }
  free_made(runs);
  g_autofree char *few = pln_say_part(6, 6), *many = pln_say_part(84, 100);
  CU_ASSERT_STRING_EQUAL(few, "6 of 6");
  CU_ASSERT_STRING_EQUAL(many, "84%");
}

static void test_nothing_said(void) {
  Made *runs = made();
  g_autoptr(PlnDiscovery) found = find(runs, NULL, "below -3", NULL);
  g_autoptr(PlnDoc) doc = pln_doc_new();
  pln_compose_discovery(doc, found, FALSE);
  CU_ASSERT_FALSE(has_chart(pln_doc_root(doc), "boxes"));
  free_made(runs);
}

int main(void) {
  CU_TestInfo tests[] = {{"a box in words", test_words},
                         {"what is stated lies in it; above", test_above},
                         {"nothing is found", test_nothing},
                         {"a part of many runs", test_sample},
                         {"an open side counted again", test_recount},
                         {"which runs are of interest", test_interest},
                         {"the document", test_document},
                         {"a doubtful dial", test_doubtful},
                         {"dates and few runs", test_said},
                         {"the document where nothing is found", test_nothing_said},
                         CU_TEST_INFO_NULL};
  return suite_run("discovery", tests);
}
