/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words of a projection. */
#include <math.h>
#include <string.h>

#include "plenary/compose_project.h"

PlnValue pln_chance_value(double chance, guint draws) {
  return isnan(chance) ? pln_none() : pln_number(pln_outcome_shown(chance, draws), 6);
}

char *pln_say_percent(double chance) {
  if (isnan(chance))
    return g_strdup("?");
  if (chance < 0.01)
    return g_strdup("<1%");
  if (chance > 0.99)
    return g_strdup(">99%");
  return g_strdup_printf("%d%%", (int)(100 * chance + 0.5));
}

const PlnLikely pln_likely_scale[] = {
    {0.05, "most unlikely"}, {0.2, "very unlikely"}, {0.4, "unlikely"},  {0.6, "open"},
    {0.8, "likely"},         {0.95, "very likely"},  {1, "almost sure"}, {0, NULL}};

const char *pln_say_likely(double chance) {
  const PlnLikely *at = pln_likely_scale;
  while (chance >= at->below && at[1].word)
    at++;
  return isnan(chance) ? "almost sure" : at->word;
}

char *pln_say_majority(const PlnRule *rule) {
  static const char *const of[] = {"of those voting", "of those present", "of all members"};
  if (rule->method == PLN_METHOD_CONSENSUS)
    return g_strdup("consensus");
  const PlnMajority *m = &rule->majority;
  g_autofree char *share =
      m->num == 0                         ? g_strdup_printf("%u yes", rule->min_yes)
      : m->num * 2 == m->den && m->strict ? g_strdup("more than half")
      : m->num == 2 && m->den == 3
          ? g_strdup("two-thirds")
          : g_strdup_printf("%s%u/%u", m->strict ? "more than " : "", m->num, m->den);
  return g_strdup_printf("%s%s%s%s",
                         rule->method == PLN_METHOD_CONSENSUS_FIRST ? "consensus, else " : "",
                         share, m->num == 0 ? "" : " ", m->num == 0 ? "" : of[rule->basis]);
}

const PlnProjectStage *pln_project_main_stage(const PlnProject *project) {
  for (guint t = 0; t < project->stages->len; t++)
    if (pln_project_stage(project, t)->items->len > 0)
      return pln_project_stage(project, t);
  return NULL;
}

char *pln_say_stage(const PlnProjectStage *stage) {
  const char *id = stage->entry ? stage->entry->id : stage->body->id;
  return g_strdup_printf("%s%s", id, stage->what_if ? "-if-signatories" : "");
}

char *pln_say_nearest(const PlnProjectItem *item, guint most) {
  const PlnOutcomeWay *way = &item->outcome->way[PLN_WAY_FEWEST];
  GString *out = g_string_new(NULL);
  for (guint m = 0; m < MIN(most, way->n); m++)
    g_string_append_printf(out, "%s%s", m > 0 ? " " : "",
                           item->outlook->roster->state[way->move[m].seat]->code);
  if (way->n > most)
    g_string_append_printf(out, " +%u", way->n - most);
  return g_string_free(out, FALSE);
}

/* ---- The answer ---- */

/* Those of the parts with chances from @least to below @below: " (ids)". */
static guint list_between(const PlnProjectStage *stage, double least, double below, GString *ids) {
  guint n = 0;
  g_string_truncate(ids, 0);
  for (guint i = 0; i < stage->k; i++) {
    const PlnProjectItem *item = pln_project_item(stage, stage->part[i]);
    double chance = item->outcome->adopted.value;
    if (!(chance >= least && chance < below))
      continue;
    g_autofree char *percent = pln_say_percent(chance);
    g_string_append_printf(ids, "%s%s %s", n++ > 0 ? ", " : "", item->proposal->id, percent);
  }
  return n;
}

static gboolean informed(const PlnProjectStage *stage) {
  for (guint i = 0; i < stage->k; i++)
    if (pln_project_item(stage, stage->part[i])->informed)
      return TRUE;
  return FALSE;
}

static void say_parts(const PlnProjectStage *stage, GString *out) {
  static const struct {
    double least, below;
    const char *is;
  } bands[] = {{0.6, 2, "likely to be adopted"}, {0.4, 0.6, "open"}, {-1, 0.4, "unlikely to be"}};
  const PlnProjectItem *first = pln_project_item(stage, stage->part[0]);
  g_autofree char *majority = pln_say_majority(&first->rule->rule);
  g_autoptr(GString) ids = g_string_new(NULL);
  gboolean changes =
      first->proposal->kind != PLN_KIND_TEXT && first->proposal->kind != PLN_KIND_WHOLE;
  guint said = 0;
  if (!informed(stage))
    g_string_append(out, "Nothing is stated of who stands where, so this is no forecast of these "
                         "questions, only the electorate's average vote: ");
  g_string_append(out, out->len > 0 ? "given that they are put to a vote, "
                                    : "Given that they are put to a vote, ");
  for (gsize b = 0; b < G_N_ELEMENTS(bands); b++) {
    guint n = list_between(stage, bands[b].least, bands[b].below, ids);
    if (n == 0)
      continue;
    if (said++ == 0)
      g_string_append_printf(out, "%u of the %u %s %s %s (%s): %s", n, stage->k,
                             changes ? "changes" : "proposals", n == 1 ? "is" : "are",
                             b == 2 ? "unlikely to be adopted" : bands[b].is, majority, ids->str);
    else
      g_string_append_printf(out, "; %u %s %s: %s", n, n == 1 ? "is" : "are", bands[b].is, ids->str);
  }
  g_string_append(out, ".");
}

static void say_one(const PlnProjectItem *item, GString *out) {
  double chance = item->outcome->adopted.value;
  g_autofree char *percent = pln_say_percent(chance);
  g_autofree char *majority = pln_say_majority(&item->rule->rule);
  gboolean open = chance >= 0.4 && chance < 0.6;
  if (!item->informed)
    g_string_append(out, "Nothing is stated of who stands where, so this is no forecast of this "
                         "question, only the electorate's average vote: ");
  g_string_append_printf(out, "%s that it is put to a vote, %s is %s%s (%s, it takes %s).",
                         item->informed ? "Given" : "given", item->proposal->id,
                         pln_say_likely(chance), open ? "" : " to be adopted", percent, majority);
}

/* The text itself, where the parts are what changes it. */
static void say_whole(const PlnProjectStage *stage, GString *out) {
  const PlnProposal *part = pln_project_item(stage, stage->part[0])->proposal;
  for (guint k = 0; k < stage->items->len && part->target >= 0; k++) {
    const PlnProjectItem *item = pln_project_item(stage, k);
    if ((int)item->place != part->target)
      continue;
    g_autofree char *percent = pln_say_percent(item->outcome->adopted.value);
    g_string_append_printf(out, " The text as it then stands (%s): %s, %s.", item->proposal->id,
                           pln_say_likely(item->outcome->adopted.value), percent);
  }
}

static const PlnProjectItem *asked_about(const PlnProject *project, const PlnProjectStage *stage) {
  for (guint k = 0; k < stage->items->len; k++)
    if ((int)pln_project_item(stage, k)->place == project->options.proposal)
      return pln_project_item(stage, k);
  return stage->items->len == 1 ? pln_project_item(stage, 0) : NULL;
}

char *pln_say_project(const PlnProject *project) {
  const PlnProjectStage *stage = pln_project_main_stage(project);
  GString *out = g_string_new(NULL);
  if (!stage) {
    g_string_append(out, "Nobody sits in the body on that day: it cannot meet, and nothing is "
                         "projected.");
    return g_string_free(out, FALSE);
  }
  const PlnProjectItem *one = asked_about(project, stage);
  if (stage->roster->n < stage->parties)
    g_string_append_printf(out,
                           "The body has %u of the %u parties with which it may take up a protocol: "
                           "what so few would decide is no forecast. ",
                           stage->roster->n, stage->parties);
  if (one) {
    say_one(one, out);
  } else {
    say_parts(stage, out);
    say_whole(stage, out);
  }
  return g_string_free(out, FALSE);
}
