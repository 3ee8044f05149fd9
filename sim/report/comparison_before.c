/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is to be known of a comparison before its answer: that it is no forecast, that the vote has
 * been taken. */
#include "plenary/compose_comparison.h"

enum { LISTED = 3 };

static gboolean is_voted(const PlnComparison *c, guint k) {
  const PlnProposal *p = pln_comparison_item(c, k)->proposal;
  return c->run.study == PLN_RUN_PROJECT && p &&
         (p->result != PLN_RESULT_NOT_STATED || p->total[PLN_VOTE_Y] >= 0);
}

/* "article-6-2 was rejected (23 yes, 102 no, 26 abstaining)" */
static void add_voted(GString *out, const PlnProposal *p) {
  static const char *const ends[] = {"was voted on", "was adopted", "was rejected",
                                     "was adopted without a vote", "was not put", "was withdrawn",
                                     "was voted on"};
  g_string_append_printf(out, "%s%s %s", out->len > 0 ? ", " : "", p->id, ends[p->result]);
  if (p->total[PLN_VOTE_Y] >= 0 && p->total[PLN_VOTE_N] >= 0 && p->total[PLN_VOTE_A] >= 0)
    g_string_append_printf(out, " (%d yes, %d no, %d abstaining)", (int)p->total[PLN_VOTE_Y],
                           (int)p->total[PLN_VOTE_N], (int)p->total[PLN_VOTE_A]);
}

/* A seat that is taken away is a question that one may as well have of the record. */
static const PlnChange *seat_taken(const PlnComparison *c) {
  for (guint b = 0; b < c->bundles->len; b++) {
    const GPtrArray *changes = ((const PlnBundle *)c->bundles->pdata[b])->changes;
    for (guint k = 0; k < changes->len; k++) {
      const PlnChange *change = changes->pdata[k];
      if (change->kind == PLN_CHANGE_MEMBER && !change->in)
        return change;
    }
  }
  return NULL;
}

char *pln_say_comparison_voted(const PlnComparison *c) {
  g_autoptr(GString) out = g_string_new(NULL);
  guint n = 0;
  for (guint k = 0; k < c->items->len; k++)
    if (is_voted(c, k) && n++ < LISTED)
      add_voted(out, pln_comparison_item(c, k)->proposal);
  if (n > LISTED)
    g_string_append_printf(out, " and %u more", n - LISTED);
  if (n == 0)
    return NULL;
  g_string_prepend(out, "On record: ");
  g_string_append(out, ". What follows is a projection, as if before the vote; the record stands.");
  const PlnChange *taken = seat_taken(c);
  if (taken)
    g_string_append_printf(out, " The record without the vote of %s: vote %s=X, alone or with a rule.",
                           taken->who, taken->who);
  return g_string_free(g_steal_pointer(&out), FALSE);
}

char *pln_say_comparison_stated(const PlnComparison *c) {
  g_autoptr(GString) ids = g_string_new(NULL);
  guint n = 0;
  for (guint k = 0; c->run.study == PLN_RUN_PROJECT && k < c->items->len; k++) {
    const PlnComparisonItem *item = pln_comparison_item(c, k);
    if (!pln_runner_is_stated(item->runner) && n++ < LISTED)
      g_string_append_printf(ids, "%s%s", ids->len > 0 ? ", " : "", item->proposal->id);
  }
  if (n > LISTED)
    g_string_append_printf(ids, " and %u more", n - LISTED);
  return n == 0 ? NULL
                : g_strdup_printf("As it is, nothing is stated of who stands where on %s: that is no "
                                  "forecast of the question, only the electorate's average vote.",
                                  ids->str);
}
