/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One proposal of the laboratory: the question, the record, who may vote. */
#include <string.h>

#include "plenary/compose.h"
#include "plenary/laboratory_part.h"
#include "plenary/narration.h"
#include "plenary/table.h"

/* One letter a seat. */
static json_t *letters(const PlnVote *vote, guint n) {
  g_autofree char *text = g_new0(char, n + 1);
  for (guint i = 0; i < n; i++)
    text[i] = *pln_vote_letter(vote[i]);
  return json_string(text);
}

/* The votes with names, "" where the record names none at all, and those without. */
static void set_votes(json_t *to, const PlnProposal *p) {
  guint32 unnamed[PLN_VOTE_KINDS] = {0};
  guint n = p->roster->n, named = 0;
  gboolean counted = pln_proposal_counted(p);
  g_autofree PlnVote *vote = g_new(PlnVote, n + 1);
  for (guint i = 0; i < n; i++) {
    vote[i] = p->ballot[i].vote;
    named += vote[i] != PLN_VOTE_UNKNOWN;
  }
  if (counted)
    g_free(pln_proposal_votes(p, unnamed));
  gboolean any = named > 0 || counted;
  json_object_set_new(to, "vote", any ? letters(vote, n) : json_string(""));
  json_object_set_new(to, "counted", json_boolean(counted));
  json_object_set_new(
      to, "unnamed",
      json_pack("[i,i,i,i]", (int)unnamed[0], (int)unnamed[1], (int)unnamed[2], (int)unnamed[3]));
}

static json_t *total_json(const PlnProposal *p) {
  json_t *array = json_array();
  gboolean any = FALSE;
  for (PlnVote k = 0; k < PLN_VOTE_KINDS; k++) {
    any |= p->total[k] >= 0;
    json_array_append_new(array, p->total[k] >= 0 ? json_integer(p->total[k]) : json_null());
  }
  if (any)
    return array;
  json_decref(array);
  return json_null();
}

/* The last related vote: a roll call on file, or another proposal of the scenario. */
static json_t *earlier_json(const PlnScenario *s, const PlnProposal *p) {
  const PlnRollCall *call = *p->earlier ? pln_world_roll_call(s->world, p->earlier) : NULL;
  int place = *p->earlier && !call ? pln_scenario_find(s, p->earlier) : -1;
  const PlnProposal *other = place >= 0 ? pln_scenario_proposal(s, (guint)place) : NULL;
  if (!call && !other)
    return json_null();
  guint n = p->roster->n, named = 0;
  g_autofree PlnVote *vote = g_new(PlnVote, n + 1);
  for (guint i = 0; i < n; i++) {
    const char *code = p->roster->state[i]->code;
    int seat = other ? pln_roster_find(other->roster, code) : -1;
    vote[i] = call        ? pln_roll_call_vote(call, code)
              : seat >= 0 ? other->ballot[seat].vote
                          : PLN_VOTE_UNKNOWN;
    named += vote[i] != PLN_VOTE_UNKNOWN;
  }
  if (named == 0)
    return json_null();
  const char *title = call ? call->title : other->title;
  return json_pack("{s:o, s:o, s:o, s:s, s:o}", "symbol", pln_lab_text(p->earlier), "title",
                   pln_lab_text(title), "day", pln_lab_day(call ? call->day : other->day), "status",
                   pln_status_words[call ? call->status : other->status], "vote", letters(vote, n));
}

static json_t *narration_json(const PlnReplay *replay, guint place) {
  g_autoptr(GPtrArray) said = pln_narrate(replay, place);
  json_t *array = json_array();
  for (guint k = 0; k < said->len; k++) {
    const PlnNarrated *one = said->pdata[k];
    json_array_append_new(
        array, json_pack("{s:s, s:o}", "kind", one->kind, "text", pln_lab_text(one->text)));
  }
  return array;
}

/* The blocs of another day than the scenario's, where they differ; most do not. */
json_t *pln_lab_blocs_then(const PlnLab *lab, const PlnWorld *world, PlnDay day) {
  json_t *array = json_array();
  if (day == lab->day)
    return array;
  g_autoptr(GPtrArray) blocs = pln_world_blocs(world);
  for (guint b = 0; b < blocs->len; b++) {
    const PlnBloc *bloc = blocs->pdata[b];
    json_t *then = pln_lab_members(lab, world, bloc, day);
    json_t *now = pln_lab_members(lab, world, bloc, lab->day);
    if (!json_equal(then, now))
      json_array_append_new(array,
                            json_pack("{s:o, s:O}", "id", pln_lab_text(bloc->id), "members", then));
    json_decref(then);
    json_decref(now);
  }
  return array;
}

static void set_question(json_t *to, const PlnProposal *p) {
  g_autofree char *question = pln_proposal_question(p);
  g_autofree char *words = g_strdup_printf("yes %s", pln_kind_yes(p->kind));
  json_object_set_new(to, "id", pln_lab_text(p->id));
  json_object_set_new(to, "title", pln_lab_text(p->title));
  json_object_set_new(to, "symbol", pln_lab_text(p->symbol));
  json_object_set_new(to, "question", pln_lab_text(question));
  json_object_set_new(to, "question_words", json_string(words));
  json_object_set_new(to, "kind", json_string(pln_kind_words[p->kind]));
  json_object_set_new(to, "day", pln_lab_day(p->day));
  json_object_set_new(to, "body", pln_lab_text(p->body->name));
  json_object_set_new(to, "provision", pln_lab_text(p->provision));
  json_object_set_new(to, "status", json_string(pln_status_words[p->status]));
  json_object_set_new(to, "source", pln_lab_text(p->source));
  json_object_set_new(to, "note", pln_lab_text(p->note));
}

json_t *pln_lab_proposal(PlnLab *lab, const PlnReplay *replay, guint place) {
  const PlnReplayItem *item = pln_replay_item(replay, place);
  const PlnProposal *p = item->proposal;
  const PlnWorld *world = replay->scenario->world;
  g_autofree char *known = pln_say_known(replay, place);
  json_t *to = json_object();
  set_question(to, p);
  json_object_set_new(
      to, "record", json_string(p->record == PLN_RECORD_NONE ? "none" : pln_record_words[p->record]));
  json_object_set_new(to, "rule", json_integer(pln_lab_rule(lab, item->rule)));
  json_object_set_new(to, "why_rule", pln_lab_text(item->why_rule));
  json_object_set_new(to, "roster", pln_lab_roster(lab, p->roster));
  set_votes(to, p);
  json_object_set_new(to, "total", total_json(p));
  json_object_set_new(to, "result", json_string(pln_result_words[p->result]));
  json_object_set_new(to, "end", json_string(pln_end_word(item->end)));
  json_object_set_new(to, "disputed", json_boolean(item->disputed));
  json_object_set_new(to, "earlier", earlier_json(replay->scenario, p));
  json_t *blocs = pln_lab_blocs_then(lab, world, p->roster->day);
  if (json_array_size(blocs) > 0)
    json_object_set(to, "blocs", blocs);
  json_decref(blocs);
  json_object_set_new(to, "narration", narration_json(replay, place));
  json_object_set_new(to, "known", pln_lab_text(known));
  return to;
}
