/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who sits at the table: blocs and members that differ, equal weights where none are stated,
 * and the edits, their numbers worked out by hand. */
#include "plenary/delegation.h"

#include <math.h>
#include <string.h>

#include "plenary/error.h"
#include "scene.h"
#include "suite.h"

#define KEYS "key,value\nformat,1\ntitle,It\nas_of,2026-01-15\nbody,model-un\n"
#define PROPOSALS "id,title\np1,A\n"
#define MEMBERS "state,name\nAA,Ada\nAB,Abe\nAC,Ace\nBA,Bob\nBB,Bea\nCC,Cy\nDD,Di\n"
#define BLOCS                                                                                      \
  "bloc,name,member\nA,All of A,AA\nA,All of A,AB\nA,All of A,AC\nB,All of B,BA\nB,All of B,BB\n"
#define ISSUES "issue,from,to,reference\nx,,,20\ny,4,10,?\n"

static PlnScenario *scene(const char *issues, const char *actors) {
  return scene_read("scenario.csv", KEYS, "proposals.csv", PROPOSALS, "members.csv", MEMBERS,
                    "blocs.csv", BLOCS, "issues.csv", issues, "actors.csv", actors, NULL);
}

/* Two blocs and a state, a member that differs, one that is alone. */
#define TABLE                                                                                      \
  "issue,who,position,sd,salience,capability,alone,status\n"                                       \
  "x,A,10,4,60,9,,reported\n"                                                                      \
  "x,CC,80,,20,2,,verified\n"                                                                      \
  "x,AB,30,,50,,,inferred\n"                                                                       \
  "x,AC,40,2,10,1,yes,inferred\n"                                                                  \
  ",B,6,1,90,4,,assumed\n"                                                                         \
  "y,CC,10,,70,2,,verified\n"

static gboolean near(double a, double b) {
  gboolean fits = fabs(a - b) <= 1e-12 * MAX(1, fabs(b));
  if (!fits)
    printf("\n  expected %.15g, got %.15g\n", b, a);
  return fits;
}

/* The delegation's place times m, plus the issue. */
static gsize at(const PlnDelegations *d, const char *name, guint issue) {
  int i = pln_delegations_find(d, name);
  CU_ASSERT_FATAL(i >= 0);
  return (gsize)i * d->m + issue;
}

static gboolean speaks_for(const PlnDelegations *d, const char *name, const char *codes) {
  const PlnDelegation *it = pln_delegation(d, (guint)pln_delegations_find(d, name));
  g_autoptr(GString) got = g_string_new("");
  for (guint k = 0; k < it->members->len; k++)
    g_string_append_printf(got, "%s%s", k > 0 ? " " : "",
                           ((const PlnState *)it->members->pdata[k])->code);
  if (strcmp(got->str, codes) != 0)
    printf("\n  %s: expected %s, got %s\n", name, codes, got->str);
  return strcmp(got->str, codes) == 0;
}

static gboolean are(const PlnDelegations *d, const char *names) {
  g_autoptr(GString) got = g_string_new("");
  for (guint i = 0; i < d->n; i++)
    g_string_append_printf(got, "%s%s", i > 0 ? " " : "", pln_delegation(d, i)->name);
  if (strcmp(got->str, names) != 0)
    printf("\n  expected %s, got %s\n", names, got->str);
  return strcmp(got->str, names) == 0;
}

/* "split A:AB", done one after the other; ended by NULL. */
static PlnDelegations *edited_va(const PlnScenario *s, GError **error, const char *edit,
                                 va_list args) {
  g_autoptr(GArray) edits = g_array_new(FALSE, FALSE, sizeof(PlnTalksEdit));
  g_array_set_clear_func(edits, pln_talks_edit_clear);
  for (; edit; edit = va_arg(args, const char *)) {
    PlnTalksEdit one;
    const char *blank = strchr(edit, ' ');
    PlnTalksEditKind kind = PLN_TALKS_POSITION;
    while (strncmp(pln_talks_edit_words[kind], edit, (gsize)(blank - edit)) != 0)
      kind++;
    if (!pln_talks_edit_read(s, kind, blank + 1, &one, error))
      return NULL;
    g_array_append_val(edits, one);
  }
  return pln_delegations_new(s, edits, error);
}

static PlnDelegations *edited(const PlnScenario *s, const char *edit, ...) G_GNUC_NULL_TERMINATED;

static PlnDelegations *edited(const PlnScenario *s, const char *edit, ...) {
  g_autoptr(GError) error = NULL;
  va_list args;
  va_start(args, edit);
  PlnDelegations *d = edited_va(s, &error, edit, args);
  va_end(args);
  if (error)
    printf("\n  %s\n", error->message);
  CU_ASSERT_PTR_NOT_NULL_FATAL(d);
  return d;
}

static PlnDelegations *unedited(const PlnScenario *s) {
  PlnDelegations *d = pln_delegations_new(s, NULL, NULL);
  CU_ASSERT_PTR_NOT_NULL_FATAL(d);
  return d;
}

static gboolean refused(const PlnScenario *s, const char *part, const char *edit,
                        ...) G_GNUC_NULL_TERMINATED;

static gboolean refused(const PlnScenario *s, const char *part, const char *edit, ...) {
  GError *error = NULL;
  va_list args;
  va_start(args, edit);
  g_autoptr(PlnDelegations) d = edited_va(s, &error, edit, args);
  va_end(args);
  gboolean fits = !d && error && strstr(error->message, part);
  if (!fits)
    printf("\n  %s: expected \"%s\", got \"%s\"\n", edit, part, error ? error->message : "none");
  return scene_error(&error, PLN_ERROR_USAGE, "") && fits;
}

/* ---- From rows ---- */

static void test_rows(void) {
  g_autoptr(PlnScenario) s = scene(ISSUES, TABLE);
  g_autoptr(PlnDelegations) d = unedited(s);
  CU_ASSERT_TRUE(are(d, "A CC AC B")); /* as first named; AB differs and is none */
  CU_ASSERT_TRUE(speaks_for(d, "A", "AA AB") && speaks_for(d, "B", "BA BB"));
  CU_ASSERT_TRUE(speaks_for(d, "CC", "CC") && speaks_for(d, "AC", "AC"));
  CU_ASSERT_TRUE(d->position[at(d, "A", 0)] == 10 && isnan(d->position[at(d, "A", 1)]));
  CU_ASSERT_TRUE(d->position[at(d, "B", 0)] == 6 && d->position[at(d, "B", 1)] == 6);
  CU_ASSERT_TRUE(near(d->salience[at(d, "A", 0)], .6) && near(d->salience[at(d, "CC", 1)], .7));
  CU_ASSERT_TRUE(d->capability[at(d, "A", 0)] == 9 && d->capability[at(d, "A", 1)] == 0);
  CU_ASSERT_TRUE(d->position_sd[at(d, "A", 0)] == 4 && d->position_sd[at(d, "CC", 0)] == 0);
  CU_ASSERT_TRUE(d->status[at(d, "A", 0)] == PLN_STATUS_REPORTED && d->weakest == PLN_STATUS_ASSUMED);
  CU_ASSERT_TRUE(d->from[1] == 4 && d->to[1] == 10 && d->reference[0] == 20 && isnan(d->reference[1]));
  CU_ASSERT_TRUE(d->uncertain && !d->equal_capability && !d->equal_salience);
  CU_ASSERT_TRUE(d->talks.n == 4 && d->talks.m == 2 && d->talks.position == d->position);
  CU_ASSERT_STRING_EQUAL(pln_delegation(d, 0)->title, "All of A");
  CU_ASSERT_FALSE(pln_delegation(d, 0)->edited);
  CU_ASSERT_EQUAL(pln_delegations_find(d, "AB"), -1);
}

static void test_differs(void) {
  g_autoptr(PlnScenario) s = scene(ISSUES, TABLE);
  g_autoptr(PlnDelegations) d = unedited(s);
  CU_ASSERT_EQUAL_FATAL(d->differing->len, 1);
  const PlnDiffering *it = &g_array_index(d->differing, PlnDiffering, 0);
  CU_ASSERT_STRING_EQUAL(it->row->state->code, "AB");
  CU_ASSERT_TRUE(it->delegation == 0 && it->issue == 0 && it->position == 30 && it->distance == 20);
  CU_ASSERT_TRUE(near(it->salience, .5) && it->sd == 4); /* its own; its bloc's */
  g_autoptr(PlnDelegations) moved = edited(s, "position x:A=25", NULL);
  CU_ASSERT_EQUAL(g_array_index(moved->differing, PlnDiffering, 0).distance, 5);
  g_autoptr(PlnDelegations) out = edited(s, "split A:AB", NULL);
  CU_ASSERT_EQUAL(out->differing->len, 0);
  g_autoptr(PlnDelegations) left = edited(s, "leave A", NULL);
  CU_ASSERT_EQUAL(left->differing->len, 0);
}

static void test_equal(void) {
  g_autoptr(PlnScenario) s =
      scene(ISSUES, "issue,who,position,salience\nx,A,1,\nx,B,2,\ny,A,4,30\ny,B,5,60\n");
  g_autoptr(PlnDelegations) d = unedited(s);
  CU_ASSERT_TRUE(d->equal_capability && !d->equal_salience && !d->uncertain);
  CU_ASSERT_TRUE(!d->salience_stated[0] && d->salience_stated[1]);
  CU_ASSERT_TRUE(d->salience[0] == 1 && d->capability[0] == 1 && near(d->salience[1], .3));
  g_autoptr(PlnDelegations) set = edited(s, "salience x:A=50", "capability B=3±1", NULL);
  CU_ASSERT_TRUE(near(set->salience[0], .5) && set->salience[2] == 1); /* another's stays */
  CU_ASSERT_TRUE(set->capability[2] == 3 && set->capability_sd[3] == 1 && set->uncertain);
  CU_ASSERT_FALSE(set->equal_capability || set->equal_salience);
  CU_ASSERT_FALSE(set->capability_stated || set->salience_stated[0]); /* an edit is no row */
  g_autoptr(PlnDelegations) out = edited(s, "split A:AB", NULL);
  CU_ASSERT_FALSE(out->equal_capability || out->capability_stated); /* a third of one is not 1 */
}

/* The smaller of two blocs speaks; where it takes no part the larger one does. */
static void test_blocs_in_blocs(void) {
  g_autoptr(PlnScenario) s = scene_read(
      "scenario.csv", KEYS, "proposals.csv", PROPOSALS, "members.csv", MEMBERS, "blocs.csv",
      "bloc,name,member\nA,A,AA\nA,A,AB\nALL,ALL,A\nALL,ALL,CC\nALL,ALL,DD\n", "issues.csv",
      "issue\nx\ny\n", "actors.csv", "issue,who,position\n,ALL,50\nx,A,10\n,AB,70\n", NULL);
  g_autoptr(PlnDelegations) d = unedited(s);
  CU_ASSERT_TRUE(are(d, "ALL A") && speaks_for(d, "A", "AA AB"));
  CU_ASSERT_TRUE(speaks_for(d, "ALL", "AA AB CC DD")); /* for all of them on y */
  CU_ASSERT_EQUAL_FATAL(d->differing->len, 2);
  const PlnDiffering *x = &g_array_index(d->differing, PlnDiffering, 0), *y = x + 1;
  CU_ASSERT_TRUE(x->delegation == 1 && x->distance == 60);
  CU_ASSERT_TRUE(y->delegation == 0 && y->distance == 20);
}

static gboolean is_spoken_for(const PlnDelegations *d, const char *code, guint issue,
                              const char *name) {
  const PlnSpeakers *it =
      pln_delegations_speakers(d, pln_world_state(d->scenario->world, code));
  int place = it ? it->place[issue] : -2;
  gboolean fits = place == (name ? pln_delegations_find(d, name) : -1);
  if (!fits)
    printf("\n  %s on %u: expected %s, got %d\n", code, issue, name ? name : "nobody", place);
  return fits;
}

static double all_capability(const PlnDelegations *d, guint issue) {
  double sum = 0;
  for (guint i = 0; i < d->n; i++)
    sum += d->capability[(gsize)i * d->m + issue];
  return sum;
}

/* The small bloc speaks on x, the large one, which takes no part in x, on y. */
static void test_issue_by_issue(void) {
  g_autoptr(PlnScenario) s = scene_read(
      "scenario.csv", KEYS, "proposals.csv", PROPOSALS, "members.csv", MEMBERS, "blocs.csv",
      "bloc,name,member\nSM,S,AA\nSM,S,AB\nLG,L,AA\nLG,L,AB\nLG,L,AC\n", "issues.csv",
      "issue\nx\ny\n", "actors.csv",
      "issue,who,position,capability\nx,SM,10,4\ny,LG,80,9\n,CC,30,1\n", NULL);
  g_autoptr(PlnDelegations) d = unedited(s);
  CU_ASSERT_TRUE(speaks_for(d, "SM", "AA AB") && speaks_for(d, "LG", "AA AB AC"));
  CU_ASSERT_TRUE(is_spoken_for(d, "AA", 0, "SM") && is_spoken_for(d, "AA", 1, "LG"));
  CU_ASSERT_TRUE(is_spoken_for(d, "AC", 0, NULL) && is_spoken_for(d, "AC", 1, "LG"));
  CU_ASSERT_TRUE(is_spoken_for(d, "CC", 0, "CC") && is_spoken_for(d, "DD", 0, NULL));
  g_autoptr(PlnDelegations) out = edited(s, "split LG:AA", NULL);
  CU_ASSERT_TRUE(speaks_for(out, "SM", "AA AB") && speaks_for(out, "LG", "AB AC"));
  CU_ASSERT_TRUE(is_spoken_for(out, "AA", 0, "SM") && is_spoken_for(out, "AA", 1, "AA"));
  CU_ASSERT_TRUE(isnan(out->position[at(out, "AA", 0)]) && out->position[at(out, "AA", 1)] == 80);
  CU_ASSERT_TRUE(near(out->capability[at(out, "AA", 1)], 3));
  CU_ASSERT_TRUE(near(all_capability(out, 0), 5) && near(all_capability(out, 1), 10));
  g_autoptr(PlnDelegations) joined = edited(s, "position x:LG=70", "leave x:SM", NULL);
  CU_ASSERT_TRUE(is_spoken_for(joined, "AA", 0, "LG") && is_spoken_for(joined, "AC", 0, "LG"));
  g_autoptr(PlnDelegations) parted = edited(s, "split SM:AA", "split LG:AA", NULL);
  CU_ASSERT_TRUE(is_spoken_for(parted, "AA", 0, "AA") && is_spoken_for(parted, "AA", 1, "AA"));
  CU_ASSERT_TRUE(speaks_for(parted, "SM", "AB") && speaks_for(parted, "LG", "AB AC"));
}

/* Of two blocs of one size the one that is named first speaks. */
static void test_tied(void) {
  g_autoptr(PlnScenario) s = scene_read(
      "scenario.csv", KEYS, "proposals.csv", PROPOSALS, "members.csv", MEMBERS, "blocs.csv",
      "bloc,name,member\nB1,B,AA\nB1,B,AB\nB2,B,AB\nB2,B,AC\n", "issues.csv", "issue\nx\n",
      "actors.csv", "issue,who,position\nx,B2,10\nx,B1,80\n", NULL);
  g_autoptr(PlnDelegations) d = unedited(s);
  CU_ASSERT_TRUE(is_spoken_for(d, "AB", 0, "B2") && is_spoken_for(d, "AA", 0, "B1"));
  CU_ASSERT_TRUE(pln_delegations_speakers(d, pln_world_state(s->world, "AB"))->tied);
  CU_ASSERT_FALSE(pln_delegations_speakers(d, pln_world_state(s->world, "AA"))->tied);
}

/* What a member that differs takes from its row for all is no surer than that. */
static void test_differing_status(void) {
  g_autoptr(PlnScenario) s =
      scene(ISSUES, "issue,who,position,salience,status\nx,A,10,60,verified\n"
                    "x,AB,,70,verified\n,AB,6,,disputed\nx,AA,30,50,verified\n"
                    "x,CC,20,60,verified\n");
  g_autoptr(PlnDelegations) d = unedited(s);
  CU_ASSERT_EQUAL_FATAL(d->differing->len, 2);
  const PlnDiffering *ab = &g_array_index(d->differing, PlnDiffering, 0), *aa = ab + 1;
  CU_ASSERT_TRUE(ab->position == 6 && ab->row->status == PLN_STATUS_VERIFIED);
  CU_ASSERT_EQUAL(ab->status, PLN_STATUS_DISPUTED);
  CU_ASSERT_EQUAL(aa->status, PLN_STATUS_VERIFIED);
}

static void test_nothing(void) {
  g_autoptr(PlnScenario) s =
      scene_read("scenario.csv", KEYS, "proposals.csv", PROPOSALS, "members.csv", MEMBERS, NULL);
  GError *error = NULL;
  CU_ASSERT_PTR_NULL(pln_delegations_new(s, NULL, &error));
  CU_ASSERT_TRUE(scene_error(&error, PLN_ERROR_DATA, "expected issues.csv and actors.csv"));
}

/* ---- Edits ---- */

static void test_numbers(void) {
  g_autoptr(PlnScenario) s = scene(ISSUES, TABLE);
  g_autoptr(PlnDelegations) d = edited(s, "position B=7+-2", "position x:CC=55", "position y:A=5",
                                       "salience y:A=40", "capability CC=0", NULL);
  CU_ASSERT_TRUE(d->position[at(d, "B", 0)] == 7 && d->position[at(d, "B", 1)] == 7);
  CU_ASSERT_EQUAL(d->position_sd[at(d, "B", 1)], 2);
  CU_ASSERT_TRUE(d->position[at(d, "CC", 0)] == 55 && d->position[at(d, "CC", 1)] == 10);
  CU_ASSERT_EQUAL(d->capability[at(d, "A", 1)], 9); /* what it has on x */
  CU_ASSERT_TRUE(near(d->salience[at(d, "A", 1)], .4));
  CU_ASSERT_TRUE(d->capability[at(d, "CC", 0)] == 0 && d->capability[at(d, "CC", 1)] == 0);
  CU_ASSERT_EQUAL(d->status[at(d, "CC", 0)], PLN_STATUS_ASSUMED);
  CU_ASSERT_TRUE(pln_delegation(d, 0)->edited && !pln_delegation(d, 2)->edited);
  g_autoptr(PlnDelegations) left = edited(s, "leave x:CC", NULL);
  CU_ASSERT_TRUE(isnan(left->position[at(left, "CC", 0)]) && left->position[at(left, "CC", 1)] == 10);
}

/* A has 9 among AA, AB: AB takes half of it, and its own position and salience. */
static void test_split(void) {
  g_autoptr(PlnScenario) s = scene(ISSUES, TABLE);
  g_autoptr(PlnDelegations) d = edited(s, "split A:AB", NULL);
  CU_ASSERT_TRUE(are(d, "A AB CC AC B") && speaks_for(d, "A", "AA") && speaks_for(d, "AB", "AB"));
  CU_ASSERT_TRUE(near(d->capability[at(d, "AB", 0)], 4.5) && near(d->capability[at(d, "A", 0)], 4.5));
  CU_ASSERT_TRUE(d->position[at(d, "AB", 0)] == 30 && d->position_sd[at(d, "AB", 0)] == 0);
  CU_ASSERT_TRUE(near(d->salience[at(d, "AB", 0)], .5) && isnan(d->position[at(d, "AB", 1)]));
  g_autoptr(PlnDelegations) both = edited(s, "split A", NULL);
  CU_ASSERT_TRUE(are(both, "AA AB CC AC B"));
  CU_ASSERT_TRUE(both->position[at(both, "AA", 0)] == 10 && both->position_sd[at(both, "AA", 0)] == 4);
  CU_ASSERT_TRUE(near(both->capability[at(both, "AA", 0)], 4.5));
  CU_ASSERT_TRUE(near(both->salience[at(both, "AA", 0)], .6));
}

/* AA sits for itself on x: what the bloc has there is AB's alone, and nothing is lost. */
static void test_split_beside(void) {
  g_autoptr(PlnScenario) s = scene_read(
      "scenario.csv", KEYS, "proposals.csv", PROPOSALS, "members.csv", MEMBERS, "blocs.csv",
      "bloc,name,member\nBL,B,AA\nBL,B,AB\n", "issues.csv", "issue\nx\ny\n", "actors.csv",
      "issue,who,position,capability,alone\n,BL,10,2,\nx,AA,30,1,yes\n,CC,5,1,\n", NULL);
  g_autoptr(PlnDelegations) d = unedited(s), out = edited(s, "split BL", NULL);
  CU_ASSERT_TRUE(are(out, "AB AA CC"));
  CU_ASSERT_TRUE(out->capability[at(out, "AB", 0)] == 2 && out->capability[at(out, "AA", 0)] == 1);
  CU_ASSERT_TRUE(out->capability[at(out, "AB", 1)] == 1 && out->capability[at(out, "AA", 1)] == 1);
  for (guint p = 0; p < 2; p++)
    CU_ASSERT_TRUE(near(all_capability(out, p), all_capability(d, p)));
}

/* A member with a capability of its own takes that, whatever its share. */
static void test_split_own(void) {
  g_autoptr(PlnScenario) s = scene(ISSUES, "issue,who,position,capability,capability_sd\n"
                                           "x,A,10,12,3\nx,AB,30,10,1\nx,CC,5,1,\n");
  g_autoptr(PlnDelegations) d = edited(s, "split A:AB,AC", NULL);
  CU_ASSERT_TRUE(d->capability[at(d, "AB", 0)] == 10 && d->capability_sd[at(d, "AB", 0)] == 1);
  CU_ASSERT_TRUE(d->capability[at(d, "AC", 0)] == 4 && d->capability_sd[at(d, "AC", 0)] == 1);
  CU_ASSERT_EQUAL(d->capability[at(d, "A", 0)], 0); /* no less than nothing */
  CU_ASSERT_EQUAL(d->capability_sd[at(d, "A", 0)], 0);
}

/* Weights 9 x .6 = 5.4 and 2 x .2 = .4. */
static void test_merge(void) {
  g_autoptr(PlnScenario) s = scene(ISSUES, TABLE);
  g_autoptr(PlnDelegations) d = edited(s, "merge ONE=A,CC", NULL);
  double p = 5.4 / 5.8, q = .4 / 5.8, mean = p * 10 + q * 80;
  CU_ASSERT_TRUE(are(d, "ONE AC B") && speaks_for(d, "ONE", "AA AB AC CC"));
  CU_ASSERT_TRUE(is_spoken_for(d, "AC", 0, "AC") && is_spoken_for(d, "AC", 1, "ONE"));
  CU_ASSERT_TRUE(near(d->position[at(d, "ONE", 0)], mean));
  CU_ASSERT_TRUE(
      near(d->position_sd[at(d, "ONE", 0)],
           sqrt(p * p * 16 + p * (10 - mean) * (10 - mean) + q * (80 - mean) * (80 - mean))));
  CU_ASSERT_TRUE(near(d->salience[at(d, "ONE", 0)], (9 * .6 + 2 * .2) / 11));
  CU_ASSERT_EQUAL(d->capability[at(d, "ONE", 0)], 11);
  CU_ASSERT_TRUE(d->position[at(d, "ONE", 1)] == 10 && d->capability[at(d, "ONE", 1)] == 2);
  CU_ASSERT_STRING_EQUAL(pln_delegation(d, 0)->title, "All of A, Cy");
  CU_ASSERT_TRUE(!pln_delegation(d, 0)->state && !pln_delegation(d, 0)->bloc);
  CU_ASSERT_EQUAL_FATAL(d->differing->len, 1); /* AB, as before, from where ONE is */
  CU_ASSERT_TRUE(near(g_array_index(d->differing, PlnDiffering, 0).distance, 30 - mean));
  g_autoptr(PlnDelegations) more =
      edited(s, "merge ONE=A,CC", "merge TWO=B,ONE", "position x:TWO=3", NULL);
  CU_ASSERT_TRUE(are(more, "AC TWO") && more->position[at(more, "TWO", 0)] == 3);
}

/* Without any weight each counts alike; what two certain ones disagree about is uncertain. */
static void test_merge_without_weight(void) {
  g_autoptr(PlnScenario) s =
      scene(ISSUES, "issue,who,position,salience,capability\nx,A,10,50,0\nx,CC,30,0,0\nx,B,1,1,1\n");
  g_autoptr(PlnDelegations) d = edited(s, "merge ONE=A,CC", NULL);
  CU_ASSERT_TRUE(near(d->position[at(d, "ONE", 0)], 20) && near(d->position_sd[at(d, "ONE", 0)], 10));
  CU_ASSERT_TRUE(near(d->salience[at(d, "ONE", 0)], .25) && d->capability[at(d, "ONE", 0)] == 0);
}

static void test_refused_forms(void) {
  g_autoptr(PlnScenario) s = scene(ISSUES, TABLE);
  CU_ASSERT_TRUE(refused(s, "expected [ISSUE:]WHO=P", "position A", NULL));
  CU_ASSERT_TRUE(refused(s, "--position is \"=4\"", "position =4", NULL));
  CU_ASSERT_TRUE(refused(s, "unknown issue \"xx\"; expected one of issues.csv; did you mean x?",
                         "position xx:A=4", NULL));
  CU_ASSERT_TRUE(refused(s, "--position of A on y is \"11\"; expected a position from 4 to 10, the scale of y",
                         "position y:A=11", NULL));
  CU_ASSERT_TRUE(refused(s, "does not fit the scale of y; expected a number from 4 to 10",
                         "position CC=50", NULL));
  CU_ASSERT_TRUE(refused(s, "expected a salience from 0 to 100", "salience A=101", NULL));
  CU_ASSERT_TRUE(refused(s, "is \"inf\"; expected a capability", "capability A=inf", NULL));
  CU_ASSERT_TRUE(refused(s, "the standard deviation is \"-1\"", "position x:A=5±-1", NULL));
  CU_ASSERT_TRUE(refused(s, "the standard deviation is \"7\"", "position y:CC=5±7", NULL));
  CU_ASSERT_TRUE(refused(s, "expected a deviation of capability from 0 to 1e12",
                         "capability A=5±-1", NULL));
  CU_ASSERT_TRUE(
      refused(s, "expected a deviation of salience from 0 to 100", "salience A=5±101", NULL));
  CU_ASSERT_TRUE(refused(s, "expected NAME=A,B", "merge ONE", NULL));
  CU_ASSERT_TRUE(refused(s, "expected NAME=A,B", "merge ONE=A,,B", NULL));
  CU_ASSERT_TRUE(refused(s, "named twice: \"A\"", "merge ONE=A,A", NULL));
  CU_ASSERT_TRUE(refused(s, "expected BLOC or BLOC:A,B", "split A:", NULL));
  CU_ASSERT_TRUE(refused(s, "expected [ISSUE:]WHO", "leave x:", NULL));
}

static void test_refused_names(void) {
  g_autoptr(PlnScenario) s = scene(ISSUES, TABLE);
  CU_ASSERT_TRUE(refused(s, "called \"CX\"; expected A, CC, AC or B; did you mean CC?",
                         "position x:CX=4", NULL));
  CU_ASSERT_TRUE(
      refused(s, "A speaks for \"AB\"; expected --split A:AB as well", "position x:AB=4", NULL));
  CU_ASSERT_TRUE(
      refused(s, "A does not speak for \"BB\"; expected the code of a member", "split A:BB", NULL));
  CU_ASSERT_TRUE(refused(s, "CC is a state, not a bloc; --split expects A", "split CC", NULL));
  CU_ASSERT_TRUE(refused(s, "nobody at the table is called \"A\"", "split A", "split A", NULL));
  CU_ASSERT_TRUE(refused(s, "the name is taken: \"DD\"", "merge DD=A,B", NULL));
  CU_ASSERT_TRUE(refused(s, "nobody at the table is called \"A\"", "merge ONE=A,CC", "leave A", NULL));
  CU_ASSERT_TRUE(refused(s, "A takes no part in y, so it cannot leave it", "leave y:A", NULL));
  CU_ASSERT_TRUE(refused(s, "AB is a state, not a bloc; --split expects A:AB", "split AB", NULL));
  CU_ASSERT_TRUE(refused(s, "expected --salience y:A=", "position y:A=5", NULL));
}

int main(void) {
  CU_TestInfo tests[] = {{"rows", test_rows},
                         {"members that differ", test_differs},
                         {"equal where nobody states any", test_equal},
                         {"blocs in blocs", test_blocs_in_blocs},
                         {"issue by issue", test_issue_by_issue},
                         {"blocs of one size", test_tied},
                         {"the status of what differs", test_differing_status},
                         {"nothing to bargain for", test_nothing},
                         {"numbers changed", test_numbers},
                         {"a bloc split", test_split},
                         {"split beside one that is alone", test_split_beside},
                         {"split with capabilities of their own", test_split_own},
                         {"delegations merged", test_merge},
                         {"merged without weight", test_merge_without_weight},
                         {"edits that cannot be read", test_refused_forms},
                         {"edits of nobody", test_refused_names},
                         CU_TEST_INFO_NULL};
  int status = suite_run("delegation", tests);
  scene_end();
  return status;
}
