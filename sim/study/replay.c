/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/replay.h"

#include <string.h>

#include "plenary/error.h"
#include "plenary/table.h"

/* What a replay is made from, and how the proposals so far ended on record and in the
 * what-if. */
typedef struct {
  PlnReplay *replay;
  const PlnScenario *scenario;
  const PlnWhatIf *whatif; /* NULL where nothing is edited */
  PlnEnd *ends, *whatif_ends;
} Run;

static void part_clear(gpointer data) {
  g_free(((PlnBlocPart *)data)->in);
}

static void item_free(gpointer data) {
  PlnReplayItem *item = data;
  pln_poll_free(item->record);
  pln_poll_free(item->whatif);
  pln_poll_free(item->other);
  pln_shift_free(item->shift);
  g_array_unref(item->blocs);
  g_array_unref(item->changes);
  g_free(item);
}

static PlnPoll *poll_record(const PlnReplayItem *item, const PlnRuleEntry *rule,
                            const PlnScenario *s) {
  guint32 unnamed[PLN_VOTE_KINDS];
  PlnVote *vote = pln_proposal_votes(item->proposal, unnamed);
  return pln_poll_new(s, item->proposal->roster, rule, vote, unnamed);
}

/* What the question most often put comes to: and under two-thirds, or under one half? */
static const PlnRuleEntry *other_rule(const PlnRule *rule, const PlnScenario *s) {
  gboolean half = rule->majority.num * 2 == rule->majority.den;
  const char *id = half ? "two-thirds-present-voting" : "simple-majority-present-voting";
  if (rule->basis != PLN_BASIS_VOTING || rule->method == PLN_METHOD_CONSENSUS)
    return NULL;
  return pln_world_rule(s->world, id);
}

static void add_record(PlnReplayItem *item, const PlnScenario *s) {
  if (!pln_proposal_counted(item->proposal))
    return;
  item->record = poll_record(item, item->rule, s);
  const PlnRuleEntry *other = other_rule(&item->rule->rule, s);
  if (other)
    item->other = poll_record(item, other, s);
}

static PlnEnd recorded_end(PlnResult result) {
  static const PlnEnd ends[] = {PLN_END_UNKNOWN,      PLN_END_ADOPTED, PLN_END_REJECTED,
                                PLN_END_WITHOUT_VOTE, PLN_END_NOT_PUT, PLN_END_WITHDRAWN,
                                PLN_END_UNKNOWN};
  return ends[result];
}

static PlnEnd polled_end(const PlnPoll *poll) {
  static const PlnEnd ends[] = {PLN_END_REJECTED, PLN_END_ADOPTED, PLN_END_TIED};
  return !poll || poll->why_not ? PLN_END_UNKNOWN : ends[poll->verdict.outcome];
}

/* What came of it on record: as stated, else as procedure and rule have it. */
static void end_on_record(PlnReplayItem *item) {
  PlnEnd polled = polled_end(item->record), stated = recorded_end(item->proposal->result);
  item->disputed = polled != PLN_END_UNKNOWN && stated != PLN_END_UNKNOWN &&
                   pln_end_adopted(polled) != pln_end_adopted(stated);
  if (item->proposal->result != PLN_RESULT_NOT_STATED)
    item->end = stated;
  else
    item->end = item->fate == PLN_FATE_PUT ? polled : PLN_END_NOT_PUT;
}

/* Whether the rest of a vote may be made up: there is none as yet, or of all that it might
 * have come to only how some voted is said.  A total that is known would be contradicted. */
static gboolean is_open(const PlnProposal *p) {
  gboolean blank = p->record == PLN_RECORD_NONE || p->record == PLN_RECORD_PARTIAL;
  for (PlnVote k = 0; k < PLN_VOTE_KINDS; k++)
    blank &= p->total[k] == PLN_NOT_STATED;
  return blank && (p->result == PLN_RESULT_NOT_STATED || p->result == PLN_RESULT_NOT_PUT ||
                   p->result == PLN_RESULT_WITHDRAWN);
}

/* Whether there is something that edits can be laid over: votes on record; or none yet,
 * and an edit that says what they might be. */
static gboolean can_edit(const PlnReplayItem *item, const PlnWhatIf *w, guint place) {
  if (item->record)
    return TRUE;
  if (!is_open(item->proposal))
    return FALSE;
  for (guint i = 0; i < w->edits->len; i++) {
    int proposal = g_array_index(w->edits, PlnEdit, i).proposal;
    if (proposal < 0 || (guint)proposal == place)
      return TRUE;
  }
  return FALSE;
}

static gboolean poll_whatif(PlnReplayItem *item, const Run *run, guint place, GError **error) {
  const PlnWhatIf *w = run->whatif;
  guint32 unnamed[PLN_VOTE_KINDS];
  g_autofree PlnVote *vote = pln_proposal_votes(item->proposal, unnamed);
  if (!pln_whatif_apply(w, run->scenario, place, vote, unnamed, error))
    return FALSE;
  item->whatif = pln_poll_new(run->scenario, item->proposal->roster, w->rule ? w->rule : item->rule,
                              g_steal_pointer(&vote), unnamed);
  return TRUE;
}

static gboolean same_poll(const PlnPoll *a, const PlnPoll *b) {
  return a->rule == b->rule && memcmp(a->vote, b->vote, a->n) == 0;
}

/* An outcome on record that the rule does not bear out is no more borne out, nor less, by
 * edits that leave the rule's answer as it was. */
static PlnEnd end_in_whatif(const PlnReplayItem *item, PlnFate on_record) {
  PlnEnd before = polled_end(item->record), after = polled_end(item->whatif);
  gboolean not_put = item->end == PLN_END_NOT_PUT;
  if (item->fate != PLN_FATE_PUT && (on_record == PLN_FATE_PUT || not_put))
    return PLN_END_NOT_PUT;
  if (on_record != PLN_FATE_PUT && not_put)
    return after; /* now it is put; unknown where there is no vote on it */
  if (!item->whatif || (item->record && same_poll(item->record, item->whatif)) ||
      (before == after && after != PLN_END_UNKNOWN))
    return item->end;
  return after;
}

static gboolean add_whatif(PlnReplayItem *item, Run *run, guint place, GError **error) {
  PlnFate on_record = item->fate;
  if (can_edit(item, run->whatif, place) && !poll_whatif(item, run, place, error))
    return FALSE;
  item->fate = pln_fate(run->scenario, place, run->whatif_ends);
  item->whatif_end = run->whatif_ends[place] = end_in_whatif(item, on_record);
  return TRUE;
}

/* Whether the vote that @name stands for is known to be earlier than that on @place. */
static gboolean came_before(const PlnScenario *s, const char *name, guint place) {
  const PlnProposal *p = pln_scenario_proposal(s, place);
  const PlnRollCall *call = pln_world_roll_call(s->world, name);
  if (strcmp(name, p->symbol) == 0)
    return FALSE;
  if (call)
    return pln_day_reached(call->day, p->day) && !pln_day_reached(p->day, call->day);
  for (guint k = 0; k < place; k++) {
    const PlnProposal *other = pln_scenario_proposal(s, k);
    if (strcmp(name, other->id) == 0 || strcmp(name, other->symbol) == 0)
      return TRUE;
  }
  return FALSE;
}

/* A bloc drawn from this very vote, or from a later one, would agree with itself. */
static gboolean is_evidence(const PlnScenario *s, const PlnBloc *bloc, guint place) {
  return !*bloc->made_from || came_before(s, bloc->made_from, place);
}

/* A bloc with fewer than two members has no line to keep to. */
static void add_bloc(PlnReplayItem *item, const PlnScenario *s, const PlnBloc *bloc) {
  const PlnRoster *roster = item->proposal->roster;
  PlnBlocPart part = {.bloc = bloc, .in = g_new(guint8, roster->n + 1)};
  part.members = pln_roster_mark(roster, s->world, bloc, part.in);
  if (part.members < 2) {
    g_free(part.in);
    return;
  }
  part.record = pln_cohesion(item->record->vote, part.in, roster->n);
  if (item->whatif)
    part.whatif = pln_cohesion(item->whatif->vote, part.in, roster->n);
  if (!item->record->why_not)
    part.turn_by = pln_poll_turn_by(item->record, part.in);
  g_array_append_val(item->blocs, part);
}

static void add_blocs(PlnReplayItem *item, const PlnScenario *s, guint place) {
  g_autoptr(GPtrArray) blocs = pln_world_blocs(s->world);
  for (int regional = 1; regional >= 0; regional--)
    for (guint i = 0; i < blocs->len; i++) {
      const PlnBloc *bloc = blocs->pdata[i];
      gboolean is_regional = strcmp(bloc->kind, "regional-group") == 0;
      if (is_regional == regional && is_evidence(s, bloc, place))
        add_bloc(item, s, bloc);
    }
}

static void weaken(PlnStatus *weakest, PlnStatus status) {
  *weakest = MAX(*weakest, status);
}

static void add_status(PlnReplay *replay, const PlnReplayItem *item) {
  const PlnProposal *p = item->proposal;
  weaken(&replay->weakest, p->status);
  if (item->record)
    weaken(&replay->weakest, item->record->rule->status);
  if (item->whatif)
    weaken(&replay->weakest, item->whatif->rule->status);
  for (guint i = 0; i < p->roster->n; i++)
    if (p->ballot[i].vote != PLN_VOTE_UNKNOWN)
      weaken(&replay->weakest, p->ballot[i].status);
}

static gboolean add_item(Run *run, guint place, GError **error) {
  const PlnScenario *s = run->scenario;
  PlnReplayItem *item = g_new0(PlnReplayItem, 1);
  item->proposal = pln_scenario_proposal(s, place);
  item->rule = pln_scenario_rule(s, item->proposal, &item->why_rule);
  item->blocs = g_array_new(FALSE, FALSE, sizeof(PlnBlocPart));
  item->changes = g_array_new(FALSE, FALSE, sizeof(guint));
  g_array_set_clear_func(item->blocs, part_clear);
  g_ptr_array_add(run->replay->items, item);
  add_record(item, s);
  item->fate = pln_fate(s, place, run->ends);
  end_on_record(item);
  run->ends[place] = item->end;
  if (run->whatif && !add_whatif(item, run, place, error))
    return FALSE;
  if (item->record && item->record->by_state) {
    add_blocs(item, s, place);
    item->shift = pln_shift_new(s, item->proposal, item->record->vote);
  }
  pln_fate_changes(s, place, run->whatif ? run->whatif_ends : run->ends, item->changes);
  add_status(run->replay, item);
  return TRUE;
}

/* Whether anything was polled anew: on @proposal, or on any for -1. */
static gboolean lands(const PlnReplay *replay, int proposal) {
  for (guint i = 0; i < replay->items->len; i++)
    if ((proposal < 0 || (guint)proposal == i) && pln_replay_item(replay, i)->whatif)
      return TRUE;
  return FALSE;
}

/* A what-if that changes nothing would be lost without a word. */
static gboolean all_land(const PlnReplay *replay, const PlnWhatIf *w, GError **error) {
  for (guint i = 0; i < w->edits->len; i++) {
    const PlnEdit *edit = &g_array_index(w->edits, PlnEdit, i);
    if (lands(replay, edit->proposal))
      continue;
    g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE,
                "%s=%c: the record holds no votes that it could change; expected a proposal with "
                "votes or a tally",
                edit->who, "YNAX"[edit->vote]);
    return FALSE;
  }
  if (lands(replay, -1))
    return TRUE;
  g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE,
              "the record holds no votes that the what-if could change; expected a proposal with "
              "votes or a tally");
  return FALSE;
}

PlnReplay *pln_replay_new(const PlnScenario *scenario, const PlnWhatIf *whatif, GError **error) {
  g_autoptr(PlnReplay) replay = g_new0(PlnReplay, 1);
  guint n = scenario->proposals->len;
  g_autofree PlnEnd *ends = g_new0(PlnEnd, n), *whatif_ends = g_new0(PlnEnd, n);
  Run run = {replay, scenario, whatif && pln_whatif_any(whatif) ? whatif : NULL, ends, whatif_ends};
  replay->scenario = scenario;
  replay->whatif = run.whatif != NULL;
  replay->asked = run.whatif;
  replay->items = g_ptr_array_new_with_free_func(item_free);
  for (guint i = 0; i < n; i++)
    if (!add_item(&run, i, error))
      return NULL;
  if (replay->whatif) {
    if (!all_land(replay, whatif, error))
      return NULL;
    weaken(&replay->weakest, PLN_STATUS_ASSUMED);
  }
  return g_steal_pointer(&replay);
}

void pln_replay_free(PlnReplay *replay) {
  if (!replay)
    return;
  g_ptr_array_unref(replay->items);
  g_free(replay);
}

const PlnReplayItem *pln_replay_item(const PlnReplay *replay, guint i) {
  return replay->items->pdata[i];
}
