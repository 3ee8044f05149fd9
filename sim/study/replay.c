/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/replay.h"

#include <string.h>

#include "plenary/error.h"
#include "plenary/table.h"

const char *pln_end_word(PlnEnd end) {
  static const char *const words[] = {"unknown", "adopted", "adopted-without-vote", "rejected",
                                      "tied",    "not-put", "withdrawn"};
  return words[end];
}

static void part_clear(gpointer data) {
  g_free(((PlnBlocPart *)data)->in);
}

static void item_free(gpointer data) {
  PlnReplayItem *item = data;
  pln_poll_free(item->record);
  pln_poll_free(item->whatif);
  pln_poll_free(item->other);
  g_array_unref(item->blocs);
  g_array_unref(item->changes);
  if (item->shift)
    g_free(item->shift->before);
  g_free(item->shift);
  g_free(item);
}

/* The named votes of the record, and how many more of each kind its totals hold. */
static PlnVote *recorded_votes(const PlnProposal *p, guint32 unnamed[PLN_VOTE_KINDS]) {
  guint n = p->roster->n, named[PLN_VOTE_KINDS] = {0}, known = 0;
  PlnVote *vote = g_new(PlnVote, n + 1);
  for (guint i = 0; i < n; i++) {
    vote[i] = p->record == PLN_RECORD_NONE ? PLN_VOTE_X : p->ballot[i].vote;
    if (vote[i] == PLN_VOTE_UNKNOWN)
      continue;
    named[vote[i]]++;
    known++;
  }
  guint left = n - known;
  for (PlnVote k = 0; k < PLN_VOTE_X; k++) {
    unnamed[k] = p->total[k] >= 0 ? (guint32)p->total[k] - named[k] : 0;
    left -= unnamed[k];
  }
  unnamed[PLN_VOTE_X] = left; /* the members less those that voted or abstained */
  return vote;
}

/* Whether there is a count at all: every vote named, or the totals stated. */
static gboolean has_count(const PlnProposal *p) {
  gboolean totals = p->total[PLN_VOTE_Y] >= 0 && p->total[PLN_VOTE_N] >= 0 && p->total[PLN_VOTE_A] >= 0;
  return p->record == PLN_RECORD_COMPLETE || totals;
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

static gboolean is_adopted(PlnEnd end) {
  return end == PLN_END_ADOPTED || end == PLN_END_WITHOUT_VOTE;
}

/* Whether the part of a text that @item put to the vote is out of it, or changed. */
static gboolean strikes(const PlnReplayItem *item, PlnEnd end) {
  if (item->proposal->kind == PLN_KIND_PARAGRAPH)
    return end == PLN_END_REJECTED || end == PLN_END_TIED;
  return item->proposal->kind == PLN_KIND_DELETION && is_adopted(end);
}

static PlnEnd end_of(const PlnReplayItem *item, gboolean whatif) {
  return whatif ? item->whatif_end : item->end;
}

/* Whether @item comes to be put, given what came of those before it. */
static PlnFate fate_of(const PlnReplay *replay, const PlnReplayItem *item, gboolean whatif) {
  const PlnProposal *p = item->proposal;
  for (guint k = 0; k < p->falls_if->len; k++) {
    PlnFallsIf falls = g_array_index(p->falls_if, PlnFallsIf, k);
    PlnEnd end = end_of(replay->items->pdata[falls.other], whatif);
    if (falls.adopted ? is_adopted(end) : end == PLN_END_REJECTED)
      return PLN_FATE_FALLS;
  }
  gint64 struck = 0;
  for (guint k = 0; k < replay->items->len; k++) {
    const PlnReplayItem *other = replay->items->pdata[k];
    struck += other->proposal->target >= 0 &&
              pln_scenario_proposal(replay->scenario, (guint)other->proposal->target) == p &&
              strikes(other, end_of(other, whatif));
  }
  return p->parts > 0 && struck >= p->parts ? PLN_FATE_EMPTY : PLN_FATE_PUT;
}

static void list_changes(const PlnReplay *replay, PlnReplayItem *item, guint place) {
  for (guint k = 0; k < place; k++) {
    const PlnReplayItem *other = pln_replay_item(replay, k);
    PlnEnd end = end_of(other, replay->whatif);
    gboolean amends = other->proposal->kind == PLN_KIND_AMENDMENT && is_adopted(end);
    if (other->proposal->target == (int)place && (amends || strikes(other, end)))
      g_array_append_val(item->changes, k);
  }
}

static gboolean poll_whatif(PlnReplayItem *item, const PlnScenario *s, const PlnWhatIf *w,
                            guint place, GError **error) {
  guint32 unnamed[PLN_VOTE_KINDS];
  PlnVote *vote = recorded_votes(item->proposal, unnamed);
  if (!pln_whatif_apply(w, s, place, vote, unnamed, error)) {
    g_free(vote);
    return FALSE;
  }
  item->whatif =
      pln_poll_new(s, item->proposal->roster, w->rule ? w->rule : item->rule, vote, unnamed);
  return TRUE;
}

/* Blocs drawn from this very vote say nothing about it; one with no member, neither. */
static void add_bloc(PlnReplayItem *item, const PlnScenario *s, const PlnBloc *bloc) {
  const PlnRoster *roster = item->proposal->roster;
  if (*bloc->made_from && strcmp(bloc->made_from, item->proposal->symbol) == 0)
    return;
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

static void add_blocs(PlnReplayItem *item, const PlnScenario *s) {
  if (!item->record || !item->record->by_state || item->proposal->record == PLN_RECORD_NONE)
    return;
  g_autoptr(GPtrArray) blocs = pln_world_blocs(s->world);
  for (int regional = 1; regional >= 0; regional--)
    for (guint i = 0; i < blocs->len; i++) {
      const PlnBloc *bloc = blocs->pdata[i];
      if ((strcmp(bloc->kind, "regional-group") == 0) == regional)
        add_bloc(item, s, bloc);
    }
}

/* The earlier vote of a state: in a shipped roll call, or in this scenario. */
static PlnVote earlier_vote(const PlnScenario *s, const PlnProposal *p, const char *code) {
  const PlnRollCall *call = pln_world_roll_call(s->world, p->earlier);
  if (call)
    return pln_roll_call_vote(call, code);
  const PlnProposal *other =
      pln_scenario_proposal(s, (guint)pln_scenario_find(s, p->earlier));
  int seat = pln_roster_find(other->roster, code);
  return seat < 0 ? PLN_VOTE_UNKNOWN : other->ballot[seat].vote;
}

static void add_shift(PlnReplayItem *item, const PlnScenario *s) {
  const PlnProposal *p = item->proposal;
  if (!*p->earlier || !item->record || !item->record->by_state)
    return;
  PlnShift *shift = item->shift = g_new0(PlnShift, 1);
  const PlnRollCall *call = pln_world_roll_call(s->world, p->earlier);
  int other = pln_scenario_find(s, p->earlier);
  shift->symbol = p->earlier;
  shift->day = call ? call->day : pln_scenario_proposal(s, (guint)other)->day;
  shift->before = g_new(PlnVote, p->roster->n + 1);
  for (guint i = 0; i < p->roster->n; i++) {
    PlnVote before = earlier_vote(s, p, p->roster->state[i]->code);
    shift->before[i] = before;
    if (before == PLN_VOTE_UNKNOWN)
      continue;
    shift->moved[before][item->record->vote[i]]++;
    shift->total[before]++;
  }
}

static void weaken(PlnStatus *weakest, PlnStatus status) {
  *weakest = MAX(*weakest, status);
}

/* What the question most often put comes to: and under two-thirds, or under one half? */
static void add_other(PlnReplayItem *item, const PlnScenario *s) {
  const PlnRule *rule = &item->rule->rule;
  gboolean half = rule->majority.num * 2 == rule->majority.den;
  const PlnRuleEntry *other = pln_world_rule(
      s->world, half ? "two-thirds-present-voting" : "simple-majority-present-voting");
  if (!other || rule->basis != PLN_BASIS_VOTING || rule->method == PLN_METHOD_CONSENSUS)
    return;
  guint32 unnamed[PLN_VOTE_KINDS];
  PlnVote *vote = recorded_votes(item->proposal, unnamed);
  item->other = pln_poll_new(s, item->proposal->roster, other, vote, unnamed);
}

static void add_record(PlnReplayItem *item, const PlnReplay *replay) {
  const PlnProposal *p = item->proposal;
  if (p->record == PLN_RECORD_OUTCOME || p->record == PLN_RECORD_NONE || !has_count(p))
    return;
  guint32 unnamed[PLN_VOTE_KINDS];
  PlnVote *vote = recorded_votes(p, unnamed);
  item->record = pln_poll_new(replay->scenario, p->roster, item->rule, vote, unnamed);
  add_other(item, replay->scenario);
}

/* What came of it on record: as stated, else as the rule has it. */
static void end_on_record(PlnReplayItem *item) {
  PlnEnd polled = polled_end(item->record), stated = recorded_end(item->proposal->result);
  item->end = item->proposal->result == PLN_RESULT_NOT_STATED ? polled : stated;
  item->disputed = polled != PLN_END_UNKNOWN && stated != PLN_END_UNKNOWN &&
                   is_adopted(polled) != is_adopted(stated);
}

static gboolean add_whatif(PlnReplayItem *item, const PlnReplay *replay, const PlnWhatIf *w,
                           guint place, GError **error) {
  gboolean votable = item->record || item->proposal->record == PLN_RECORD_NONE;
  item->whatif_end = item->end;
  if (votable && !poll_whatif(item, replay->scenario, w, place, error))
    return FALSE;
  if (item->whatif)
    item->whatif_end = polled_end(item->whatif);
  if (fate_of(replay, item, TRUE) != PLN_FATE_PUT)
    item->whatif_end = PLN_END_NOT_PUT;
  return TRUE;
}

static gboolean add_item(PlnReplay *replay, const PlnWhatIf *w, guint place, GError **error) {
  const PlnScenario *s = replay->scenario;
  PlnReplayItem *item = g_new0(PlnReplayItem, 1);
  item->proposal = pln_scenario_proposal(s, place);
  item->rule = pln_scenario_rule(s, item->proposal, &item->why_rule);
  item->blocs = g_array_new(FALSE, FALSE, sizeof(PlnBlocPart));
  item->changes = g_array_new(FALSE, FALSE, sizeof(guint));
  g_array_set_clear_func(item->blocs, part_clear);
  g_ptr_array_add(replay->items, item);
  add_record(item, replay);
  end_on_record(item);
  if (item->proposal->result == PLN_RESULT_NOT_STATED && fate_of(replay, item, FALSE) != PLN_FATE_PUT)
    item->end = PLN_END_NOT_PUT;
  if (replay->whatif && !add_whatif(item, replay, w, place, error))
    return FALSE;
  item->fate = fate_of(replay, item, replay->whatif);
  add_blocs(item, s);
  add_shift(item, s);
  list_changes(replay, item, place);
  weaken(&replay->weakest, item->proposal->status);
  weaken(&replay->weakest, item->record ? item->record->rule->status : PLN_STATUS_VERIFIED);
  for (guint i = 0; i < item->proposal->roster->n; i++)
    if (item->proposal->ballot[i].vote != PLN_VOTE_UNKNOWN)
      weaken(&replay->weakest, item->proposal->ballot[i].status);
  return TRUE;
}

/* An edit that changes no proposal would be lost without a word. */
static gboolean edits_land(const PlnReplay *replay, const PlnWhatIf *w, GError **error) {
  for (guint i = 0; i < w->edits->len; i++) {
    const PlnEdit *edit = &g_array_index(w->edits, PlnEdit, i);
    gboolean lands = FALSE;
    for (guint k = 0; k < replay->items->len; k++)
      lands |= (edit->proposal < 0 || (guint)edit->proposal == k) && pln_replay_item(replay, k)->whatif;
    if (lands)
      continue;
    g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE,
                "%s=%c: the record holds no votes that it could change; expected a proposal with votes "
                "or a tally",
                edit->who, "YNAX"[edit->vote]);
    return FALSE;
  }
  return TRUE;
}

PlnReplay *pln_replay_new(const PlnScenario *scenario, const PlnWhatIf *whatif, GError **error) {
  g_autoptr(PlnReplay) replay = g_new0(PlnReplay, 1);
  replay->scenario = scenario;
  replay->whatif = whatif && pln_whatif_any(whatif);
  replay->items = g_ptr_array_new_with_free_func(item_free);
  for (guint i = 0; i < scenario->proposals->len; i++)
    if (!add_item(replay, whatif, i, error))
      return NULL;
  if (replay->whatif && !edits_land(replay, whatif, error))
    return NULL;
  if (replay->whatif)
    weaken(&replay->weakest, PLN_STATUS_ASSUMED);
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
