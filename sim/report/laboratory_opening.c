/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The state in which the laboratory opens: what the command was asked. */
#include <string.h>

#include "plenary/compose.h"
#include "plenary/laboratory_part.h"
#include "plenary/whatif.h"

/* Whether @item's what-if moves votes that have no names: of them no address can tell. */
static gboolean moves_unnamed(const PlnReplay *replay, const PlnReplayItem *item, guint place) {
  guint32 before[PLN_VOTE_KINDS], after[PLN_VOTE_KINDS];
  if (!item->whatif)
    return FALSE;
  g_autofree PlnVote *vote = pln_proposal_votes(item->proposal, before);
  memcpy(after, before, sizeof after);
  return !pln_whatif_apply(replay->asked, replay->scenario, place, vote, after, NULL) ||
         memcmp(before, after, sizeof before) != 0;
}

/* A rule that was asked for: of the record, of the projection, or of both. */
static void add_rule(GString *out, const PlnReplayItem *item, const PlnProject *project,
                     guint place) {
  const PlnProjectItem *projected = pln_lab_item(project, place);
  const PlnRuleEntry *rule = NULL;
  if (item->whatif && item->whatif->rule != item->rule)
    rule = item->whatif->rule;
  else if (projected && projected->rule != pln_lab_own_rule(project, item->proposal))
    rule = projected->rule;
  if (rule)
    g_string_append_printf(out, "&rule.%s=%s", item->proposal->id, rule->id);
}

/* Votes that are others than on record: RUS.N,DEU.A */
static void add_votes(GString *out, const PlnReplayItem *item) {
  const PlnProposal *p = item->proposal;
  const PlnPoll *whatif = item->whatif;
  gboolean first = TRUE;
  for (guint i = 0; i < p->roster->n; i++) {
    PlnVote was = p->ballot[i].vote, now = whatif->vote[i];
    gboolean by_nobody = was == PLN_VOTE_UNKNOWN && (!whatif->by_state || now == PLN_VOTE_X);
    if (was == now || by_nobody)
      continue;
    if (first)
      g_string_append_printf(out, "&votes.%s=", p->id);
    g_string_append_printf(out, "%s%s.%s", first ? "" : ",", p->roster->state[i]->code,
                           pln_vote_letter(now));
    first = FALSE;
  }
}

/* What the first proposal is compared with: the same in the second scenario, or its first. */
static void add_compared(GString *out, const PlnReplay *replay, const PlnReplay *against) {
  if (!against)
    return;
  int same = pln_scenario_find(against->scenario, pln_replay_item(replay, 0)->proposal->id);
  const PlnReplayItem *with = pln_replay_item(against, same >= 0 ? (guint)same : 0);
  g_string_append_printf(out, "&compare=against.%s", with->proposal->id);
}

json_t *pln_lab_opening(const PlnReplay *replay, const PlnLaboratoryOptions *options) {
  g_autoptr(GString) out = g_string_new(NULL);
  for (guint k = 0; k < replay->items->len; k++) {
    const PlnReplayItem *item = pln_replay_item(replay, k);
    add_rule(out, item, options->project, k);
    if (item->whatif && !moves_unnamed(replay, item, k)) /* half of it would be another what-if */
      add_votes(out, item);
  }
  add_compared(out, replay, options->against);
  return pln_lab_text(out->len > 0 ? out->str + 1 : "");
}

json_t *pln_lab_opening_note(const PlnReplay *replay) {
  g_autoptr(GString) ids = g_string_new(NULL);
  for (guint k = 0; k < replay->items->len; k++) {
    const PlnReplayItem *item = pln_replay_item(replay, k);
    if (moves_unnamed(replay, item, k))
      g_string_append_printf(ids, "%s%s", ids->len > 0 ? ", " : "", item->proposal->id);
  }
  if (ids->len == 0)
    return pln_lab_text("");
  g_autofree char *note = g_strdup_printf(
      "The what-if that was asked for moves votes of which nobody knows whose they are (%s): what "
      "comes of it stands in the document; the laboratory begins with the record.",
      ids->str);
  return pln_lab_text(note);
}
