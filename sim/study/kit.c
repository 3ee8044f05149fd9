/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/kit.h"

#include <string.h>

#include "plenary/asked.h"
#include "plenary/error.h"

static void delegation_free(gpointer data) {
  PlnKitDelegation *d = data;
  g_free(d->name);
  g_free(d->in);
  g_array_unref(d->seats);
  g_array_unref(d->sponsors);
  g_array_unref(d->statements);
  g_array_unref(d->stances);
  g_free(d);
}

PlnKitDelegation *pln_kit_add(PlnKit *kit, const char *name) {
  PlnKitDelegation *d = g_new0(PlnKitDelegation, 1);
  d->name = g_strdup(name);
  d->in = g_new0(guint8, kit->item->proposal->roster->n + 1);
  d->seats = g_array_new(FALSE, FALSE, sizeof(guint));
  d->sponsors = g_array_new(FALSE, FALSE, sizeof(guint));
  d->statements = g_array_new(FALSE, FALSE, sizeof(guint));
  d->stances = g_array_new(FALSE, FALSE, sizeof(PlnKitStance));
  g_ptr_array_add(kit->delegations, d);
  return d;
}

void pln_kit_seat(PlnKit *kit, PlnKitDelegation *d, guint seat) {
  const PlnRoster *roster = kit->item->proposal->roster;
  d->in[seat] = 1;
  d->weight += roster->weight ? roster->weight[seat] : 1;
  g_array_append_val(d->seats, seat);
}

gboolean pln_kit_is_made_up(const PlnState *state) {
  return state->kind == PLN_STATE_MEMBER && !*state->m49;
}

/* Only what somebody outside is the source of; the rest is the analyst's own. */
static gboolean may_be_shown(PlnStatus status, const PlnState *state) {
  return status <= PLN_STATUS_INFERRED || pln_kit_is_made_up(state);
}

static gboolean asked_for(const PlnProposal *p, guint seat) {
  g_auto(GStrv) codes = g_strsplit(p->asked_by, " ", -1);
  return g_strv_contains((const char *const *)codes, p->roster->state[seat]->code);
}

gboolean pln_kit_is_sponsor(const PlnKit *kit, guint seat) {
  const PlnProposal *p = kit->item->proposal;
  return asked_for(p, seat) && may_be_shown(p->status, p->roster->state[seat]);
}

gboolean pln_kit_may_name_sponsors(const PlnKit *kit) {
  const PlnProposal *p = kit->item->proposal;
  for (guint i = 0; i < p->roster->n; i++)
    if (asked_for(p, i) && !may_be_shown(p->status, p->roster->state[i]))
      return FALSE;
  return TRUE;
}

static gboolean is_text(const PlnProposal *p) {
  return p->kind == PLN_KIND_TEXT || p->kind == PLN_KIND_WHOLE;
}

static guint usual_proposal(const PlnReplay *replay) {
  for (guint i = 0; i < replay->items->len; i++) {
    const PlnReplayItem *item = pln_replay_item(replay, i);
    if (item->record && item->record->by_state && is_text(item->proposal))
      return i;
  }
  for (guint i = 0; i < replay->items->len; i++)
    if (pln_replay_item(replay, i)->record)
      return i;
  return 0;
}

static gboolean find_proposal(PlnKit *kit, const char *id, GError **error) {
  int place = (int)usual_proposal(kit->replay);
  if (kit->scenario->proposals->len == 0) {
    g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE,
                "the scenario has no proposal; expected one that a class can vote on");
    return FALSE;
  }
  if (id && !pln_asked_proposal(kit->scenario, id, &place, error))
    return FALSE;
  kit->place = (guint)place;
  kit->item = pln_replay_item(kit->replay, kit->place);
  if (kit->item->proposal->roster->n > 0)
    return TRUE;
  g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE,
              "nobody has a vote on %s; expected a proposal that a class can vote on",
              kit->item->proposal->id);
  return FALSE;
}

/* A vote without a source of its own, as sure as its proposal, has the proposal's. */
static PlnBallot shown(const PlnProposal *p, guint seat) {
  PlnBallot ballot = p->ballot[seat];
  if (!may_be_shown(ballot.status, p->roster->state[seat]))
    ballot.vote = PLN_VOTE_UNKNOWN;
  if (ballot.vote != PLN_VOTE_UNKNOWN && !*ballot.source && ballot.status == p->status)
    ballot.source = p->source;
  return ballot;
}

static void find_votes(PlnKit *kit) {
  const PlnProposal *p = kit->item->proposal;
  kit->now = g_new(PlnBallot, p->roster->n + 1);
  for (guint i = 0; i < p->roster->n; i++)
    kit->now[i] = shown(p, i);
}

/* The earlier vote, read by itself: there may be one where this one has no record yet. */
static void find_earlier(PlnKit *kit) {
  const PlnProposal *p = kit->item->proposal;
  const PlnRoster *roster = p->roster;
  const PlnRollCall *call = pln_world_roll_call(kit->scenario->world, p->earlier);
  int place = *p->earlier && !call ? pln_scenario_find(kit->scenario, p->earlier) : -1;
  const PlnProposal *other = place >= 0 ? pln_scenario_proposal(kit->scenario, (guint)place) : NULL;
  kit->earlier = call ? call->symbol : other ? other->id : "";
  kit->earlier_day = call ? call->day : other ? other->day : PLN_DAY_NONE;
  kit->before = g_new(PlnBallot, roster->n + 1);
  for (guint i = 0; i < roster->n; i++) {
    const char *code = roster->state[i]->code;
    int seat = other ? pln_roster_find(other->roster, code) : -1;
    PlnBallot none = {.vote = PLN_VOTE_UNKNOWN, .meant = PLN_VOTE_UNKNOWN, .source = ""};
    kit->before[i] = seat >= 0 ? shown(other, (guint)seat) : none;
    if (call && may_be_shown(call->status, roster->state[i])) {
      kit->before[i].vote = pln_roll_call_vote(call, code);
      kit->before[i].status = call->status;
      kit->before[i].source = call->source;
    }
  }
}

static void find_amendments(PlnKit *kit) {
  for (guint i = 0; i < kit->scenario->proposals->len; i++)
    if (pln_scenario_proposal(kit->scenario, i)->target == (int)kit->place)
      g_array_append_val(kit->amendments, i);
}

gboolean pln_kit_said_before(const PlnKit *kit, const PlnStatement *s) {
  return s->kind == PLN_STATEMENT_POSITION && pln_day_reached(s->day, kit->item->proposal->day);
}

static gboolean speaks_of(const PlnKit *kit, const PlnStatement *s) {
  return s->proposal < 0 || (guint)s->proposal == kit->place;
}

static void add_statements(PlnKit *kit, PlnKitDelegation *d) {
  const PlnRoster *roster = kit->item->proposal->roster;
  for (guint i = 0; i < kit->scenario->statements->len; i++) {
    const PlnStatement *s = &g_array_index(kit->scenario->statements, PlnStatement, i);
    int seat = speaks_of(kit, s) ? pln_roster_find(roster, s->state) : -1;
    if (seat >= 0 && d->in[seat] && may_be_shown(s->status, roster->state[seat]))
      g_array_append_val(d->statements, i);
  }
}

static int by_line(gconstpointer a, gconstpointer b) {
  guint x = ((const PlnKitStance *)a)->row->line, y = ((const PlnKitStance *)b)->row->line;
  return x < y ? -1 : x > y;
}

static void add_stance(PlnKitDelegation *d, const PlnStance *row) {
  for (guint i = 0; i < d->stances->len; i++) {
    PlnKitStance *known = &g_array_index(d->stances, PlnKitStance, i);
    if (known->row == row) {
      known->members++;
      return;
    }
  }
  PlnKitStance stance = {row, 1};
  g_array_append_val(d->stances, stance);
}

static void add_stances(PlnKitDelegation *d, const PlnStances *stances, const PlnRoster *roster) {
  for (guint i = 0; i < d->seats->len; i++) {
    guint seat = g_array_index(d->seats, guint, i);
    const PlnStance *row = stances->won[seat];
    const PlnState *state = roster->state[seat];
    if (row && may_be_shown(row->status, state) && may_be_shown(stances->status[seat], state))
      add_stance(d, row);
    else
      d->unstated++;
  }
  g_array_sort(d->stances, by_line);
}

static void add_facts(PlnKit *kit, PlnKitDelegation *d, const PlnStances *stances) {
  const PlnProposal *p = kit->item->proposal;
  guint n = p->roster->n;
  g_autofree PlnVote *now = g_new(PlnVote, n + 1), *before = g_new(PlnVote, n + 1);
  g_autofree guint8 *veto = g_new0(guint8, n + 1);
  const PlnBloc *holders = pln_world_bloc(kit->scenario->world, kit->item->rule->veto);
  if (holders && kit->item->rule->rule.veto)
    pln_roster_mark(p->roster, kit->scenario->world, holders, veto);
  for (guint i = 0; i < n; i++) {
    now[i] = kit->now[i].vote;
    before[i] = kit->before[i].vote;
    d->unknown += d->in[i] && now[i] == PLN_VOTE_UNKNOWN;
    d->unknown_before += d->in[i] && before[i] == PLN_VOTE_UNKNOWN;
    d->vetoes += d->in[i] && veto[i];
    if (d->in[i] && pln_kit_is_sponsor(kit, i))
      g_array_append_val(d->sponsors, i);
  }
  d->record = pln_cohesion(now, d->in, n);
  d->before = pln_cohesion(before, d->in, n);
  add_statements(kit, d);
  add_stances(d, stances, p->roster);
}

PlnVote pln_kit_line(const PlnKitDelegation *d) {
  const guint32 *count = d->record.count;
  PlnVote most = PLN_VOTE_Y;
  if (d->unknown > 0)
    return PLN_VOTE_UNKNOWN;
  if (count[PLN_VOTE_Y] + count[PLN_VOTE_N] + count[PLN_VOTE_A] == 0)
    return PLN_VOTE_X;
  for (PlnVote k = PLN_VOTE_N; k <= PLN_VOTE_A; k++)
    if (count[k] > count[most])
      most = k;
  for (PlnVote k = PLN_VOTE_Y; k <= PLN_VOTE_A; k++)
    if (k != most && count[k] == count[most])
      return PLN_VOTE_A;
  return most;
}

/* What the class would come to if each table kept to the record. */
static void play(PlnKit *kit) {
  kit->played = kit->delegations->len > 0;
  for (guint i = 0; i < kit->delegations->len; i++) {
    const PlnKitDelegation *d = pln_kit_delegation(kit, i);
    PlnVote line = pln_kit_line(d);
    if (line == PLN_VOTE_UNKNOWN) {
      kit->played = FALSE;
      return;
    }
    kit->tally.count[line] += d->seats->len;
    kit->tally.weight[line] += d->weight;
    kit->tally.vetoes += line == PLN_VOTE_N ? d->vetoes : 0;
  }
  kit->verdict = pln_rule_decide(&kit->item->rule->rule, &kit->tally, PLN_STAGE_VOTE);
}

void pln_kit_find_topics(const PlnClassroom *classroom, const char *text, GPtrArray *topics) {
  for (guint i = 0; i < classroom->topics->len; i++) {
    const PlnClassTopic *topic = &g_array_index(classroom->topics, PlnClassTopic, i);
    gboolean known = FALSE;
    for (guint k = 0; k < topics->len; k++)
      known |= strcmp(((const PlnClassTopic *)topics->pdata[k])->topic, topic->topic) == 0;
    if (!known && pln_classroom_has_word(text, topic->word))
      g_ptr_array_add(topics, (gpointer)topic);
  }
}

/* Everything of the scenario's own words that a page of the kit prints. */
static void find_topics(PlnKit *kit, const PlnClassroom *classroom) {
  const PlnProposal *p = kit->item->proposal;
  const char *texts[] = {kit->scenario->title, kit->scenario->about, p->title, p->question,
                         p->provision,         p->touches,           p->note,  p->matter};
  for (gsize i = 0; i < G_N_ELEMENTS(texts); i++)
    pln_kit_find_topics(classroom, texts[i], kit->topics);
  for (guint i = 0; i < kit->amendments->len; i++) {
    guint place = g_array_index(kit->amendments, guint, i);
    const PlnProposal *change = pln_scenario_proposal(kit->scenario, place);
    pln_kit_find_topics(classroom, change->title, kit->topics);
    pln_kit_find_topics(classroom, change->question, kit->topics);
  }
  for (guint i = 0; i < kit->scenario->statements->len; i++) {
    const PlnStatement *s = &g_array_index(kit->scenario->statements, PlnStatement, i);
    if (speaks_of(kit, s))
      pln_kit_find_topics(classroom, s->summary, kit->topics);
  }
}

/* A class of twelve is a class of twelve, not six tables of two. */
static guint size_of(const PlnKit *kit, const PlnKitOptions *options) {
  guint usual = kit->item->proposal->roster->n <= 12 ? 12 : 6;
  return options->size > 0 ? options->size : usual;
}

static gboolean is_size(const PlnKitOptions *options, GError **error) {
  guint size = options->size;
  if (options->states && size >= PLN_KIT_STATES_LEAST && size <= PLN_KIT_STATES_MOST)
    return TRUE;
  if (!options->states && (size == 0 || size == 3 || size == 6 || size == 12))
    return TRUE;
  g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE, "%u %s; expected %s", size,
              options->states ? "states" : "delegations",
              options->states ? "20 to 35 single states" : "3, 6 or 12");
  return FALSE;
}

PlnKit *pln_kit_new(const PlnScenario *scenario, const PlnClassroom *classroom,
                    const PlnKitOptions *options, GError **error) {
  g_autoptr(PlnKit) kit = g_new0(PlnKit, 1);
  kit->scenario = scenario;
  kit->delegations = g_ptr_array_new_with_free_func(delegation_free);
  kit->amendments = g_array_new(FALSE, FALSE, sizeof(guint));
  kit->topics = g_ptr_array_new();
  if (!is_size(options, error) || !(kit->replay = pln_replay_new(scenario, NULL, error)) ||
      !find_proposal(kit, options->proposal, error))
    return NULL;
  find_votes(kit);
  find_earlier(kit);
  find_amendments(kit);
  if (options->states)
    pln_kit_choose_states(kit, options->size);
  else
    pln_kit_share_out(kit, classroom, size_of(kit, options));
  g_autoptr(PlnStances) stances = pln_stances_resolve(scenario, kit->place);
  kit->states = TRUE;
  for (guint i = 0; i < kit->delegations->len; i++) {
    add_facts(kit, kit->delegations->pdata[i], stances);
    kit->states &= pln_kit_delegation(kit, i)->seats->len == 1;
  }
  play(kit);
  find_topics(kit, classroom);
  return g_steal_pointer(&kit);
}

void pln_kit_free(PlnKit *kit) {
  if (!kit)
    return;
  g_ptr_array_unref(kit->delegations);
  g_array_unref(kit->amendments);
  g_ptr_array_unref(kit->topics);
  pln_replay_free(kit->replay);
  g_free(kit->now);
  g_free(kit->before);
  g_free(kit);
}

const PlnKitDelegation *pln_kit_delegation(const PlnKit *kit, guint i) {
  return kit->delegations->pdata[i];
}
