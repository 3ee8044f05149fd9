/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/laboratory.h"

#include <stdlib.h>
#include <string.h>

#include "plenary/compose.h"
#include "plenary/laboratory_part.h"
#include "plenary/text.h"
#include "plenary/version.h"

json_t *pln_lab_text(const char *text) {
  g_autofree char *visible = pln_text_visible(text ? text : "");
  return json_string(visible);
}

json_t *pln_lab_day(PlnDay day) {
  g_autofree char *text = pln_day_text(day);
  return json_string(text);
}

/* ---- The list of states ---- */

static void add_state(GHashTable *all, const PlnState *state) {
  if (!g_hash_table_contains(all, state->code))
    g_hash_table_insert(all, (gpointer)state->code, (gpointer)state);
}

static void add_sitting(GHashTable *all, const PlnReplay *replay) {
  for (guint k = 0; replay && k < replay->items->len; k++) {
    const PlnRoster *roster = pln_replay_item(replay, k)->proposal->roster;
    for (guint i = 0; i < roster->n; i++)
      add_state(all, roster->state[i]);
  }
}

/* Members and observers of the day may be added by hand, but not to a made-up assembly. */
static void add_others(GHashTable *all, const PlnScenario *s, PlnDay day) {
  g_autoptr(GPtrArray) states = pln_world_states(s->world);
  for (guint k = 0; !s->own && k < states->len; k++) {
    const PlnState *state = states->pdata[k];
    if (state->kind != PLN_STATE_ORGANIZATION && pln_day_within(state->from, state->to, day))
      add_state(all, state);
  }
}

static void add_stages(GHashTable *all, const PlnProject *project) {
  for (guint k = 0; project && k < project->stages->len; k++) {
    const PlnRoster *roster = pln_project_stage(project, k)->roster;
    for (guint i = 0; i < roster->n; i++)
      add_state(all, roster->state[i]);
  }
}

static int by_code(gconstpointer a, gconstpointer b) {
  const PlnState *const *x = a, *const *y = b;
  return strcmp((*x)->code, (*y)->code);
}

static void list_states(PlnLab *lab, const PlnReplay *replay, const PlnProject *project,
                        const PlnReplay *against) {
  g_autoptr(GHashTable) all = g_hash_table_new(g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer state;
  add_sitting(all, replay);
  add_stages(all, project);
  add_others(all, replay->scenario, lab->day);
  add_sitting(all, against);
  lab->states = g_ptr_array_new();
  lab->place = g_hash_table_new(g_str_hash, g_str_equal);
  g_hash_table_iter_init(&iter, all);
  while (g_hash_table_iter_next(&iter, NULL, &state))
    g_ptr_array_add(lab->states, state);
  g_ptr_array_sort(lab->states, by_code);
  for (guint i = 0; i < lab->states->len; i++)
    g_hash_table_insert(lab->place, (gpointer)((const PlnState *)lab->states->pdata[i])->code,
                        GUINT_TO_POINTER(i + 1));
}

static json_t *state_json(const PlnState *s) {
  json_t *state = json_pack("{s:o, s:o, s:o, s:i, s:i}", "code", pln_lab_text(s->code), "name",
                            pln_lab_text(s->name), "group", pln_lab_text(s->group), "column",
                            s->column, "row", s->row);
  if (s->weight > 0)
    json_object_set_new(state, "weight", json_integer(s->weight));
  if (s->kind == PLN_STATE_OBSERVER)
    json_object_set_new(state, "observer", json_true());
  return state;
}

static gboolean same_state(const PlnState *a, const PlnState *b) {
  json_t *x = state_json(a), *y = state_json(b);
  gboolean same = a == b || json_equal(x, y);
  json_decref(x);
  json_decref(y);
  return same;
}

static json_t *states_json(const PlnLab *lab) {
  json_t *array = json_array();
  for (guint i = 0; i < lab->states->len; i++)
    json_array_append_new(array, state_json(lab->states->pdata[i]));
  return array;
}

json_t *pln_lab_roster(const PlnLab *lab, const PlnRoster *roster) {
  json_t *array = json_array();
  for (guint i = 0; i < roster->n; i++) {
    gpointer at = g_hash_table_lookup(lab->place, roster->state[i]->code);
    json_array_append_new(array, json_integer(GPOINTER_TO_INT(at) - 1));
  }
  return array;
}

/* ---- Blocs ---- */

json_t *pln_lab_members(const PlnLab *lab, const PlnWorld *world, const PlnBloc *bloc, PlnDay day) {
  g_autoptr(GHashTable) members = pln_world_bloc_members(world, bloc, day);
  json_t *array = json_array();
  for (guint i = 0; i < lab->states->len; i++)
    if (g_hash_table_contains(members, ((const PlnState *)lab->states->pdata[i])->code))
      json_array_append_new(array, json_integer(i));
  return array;
}

static gboolean has_members(const PlnLab *lab, const PlnWorld *world, const PlnBloc *bloc,
                            PlnDay day) {
  json_t *members = pln_lab_members(lab, world, bloc, day);
  gboolean any = json_array_size(members) > 0;
  json_decref(members);
  return any;
}

/* Whether @bloc has a member on any day that something is voted. */
static gboolean ever_sits(const PlnLab *lab, const PlnReplay *replay, const PlnProject *project,
                          const PlnBloc *bloc) {
  const PlnWorld *world = replay->scenario->world;
  gboolean any = FALSE;
  for (guint k = 0; k < replay->items->len && !any; k++)
    any = has_members(lab, world, bloc, pln_replay_item(replay, k)->proposal->roster->day);
  for (guint k = 0; project && k < project->stages->len && !any; k++)
    any = has_members(lab, world, bloc, pln_project_stage(project, k)->roster->day);
  return any;
}

/* As of the scenario's day; one that is empty then may have members on another's. */
static json_t *blocs_json(const PlnLab *lab, const PlnReplay *replay, const PlnProject *project) {
  const PlnWorld *world = replay->scenario->world;
  g_autoptr(GPtrArray) blocs = pln_world_blocs(world);
  json_t *array = json_array();
  for (guint b = 0; b < blocs->len; b++) {
    const PlnBloc *bloc = blocs->pdata[b];
    json_t *members = pln_lab_members(lab, world, bloc, lab->day);
    if (json_array_size(members) > 0 || ever_sits(lab, replay, project, bloc))
      json_array_append_new(
          array, json_pack("{s:o, s:o, s:o, s:o, s:o}", "id", pln_lab_text(bloc->id), "name",
                           pln_lab_text(bloc->name), "kind", pln_lab_text(bloc->kind), "members",
                           members, "made_from", pln_lab_text(bloc->made_from)));
    else
      json_decref(members);
  }
  return array;
}

/* ---- Rules ---- */

static json_t *rule_json(const PlnRule *r) {
  static const char *const methods[] = {"vote", "consensus", "consensus-first"};
  static const char *const bases[] = {"voting", "present", "members"};
  static const char *const as[] = {"as-is", "yes", "no"};
  return json_pack(
      "{s:s, s:s, s:I, s:I, s:b, s:I, s:s, s:s, s:s, s:b, s:b, s:s, s:I, s:I, s:b, s:I, s:I, s:I, "
      "s:b}",
      "method", methods[r->method], "basis", bases[r->basis], "num", (json_int_t)r->majority.num,
      "den", (json_int_t)r->majority.den, "strict", r->majority.strict, "min_yes",
      (json_int_t)r->min_yes, "tie", r->tie == PLN_TIE_SECOND_VOTE ? "second-vote" : "rejected",
      "abstain", as[r->abstain], "absent", as[r->absent], "veto", r->veto, "weighted", r->weighted,
      "weight_basis", bases[r->weight_basis], "weight_num", (json_int_t)r->weight_majority.num,
      "weight_den", (json_int_t)r->weight_majority.den, "weight_strict", r->weight_majority.strict,
      "blocking", (json_int_t)r->blocking, "quorum_num", (json_int_t)r->quorum.num, "quorum_den",
      (json_int_t)r->quorum.den, "quorum_strict", r->quorum.strict);
}

/* The same rule, though it was read twice. */
static gboolean same_rule(const PlnRuleEntry *a, const PlnRuleEntry *b) {
  if (a == b || strcmp(a->id, b->id) != 0)
    return a == b;
  json_t *x = rule_json(&a->rule), *y = rule_json(&b->rule);
  gboolean same = json_equal(x, y);
  json_decref(x);
  json_decref(y);
  return same;
}

guint pln_lab_rule(PlnLab *lab, const PlnRuleEntry *rule) {
  for (guint k = 0; k < lab->rules->len; k++)
    if (same_rule(lab->rules->pdata[k], rule))
      return k;
  g_ptr_array_add(lab->rules, (gpointer)rule);
  return lab->rules->len - 1;
}

static json_t *rules_json(const PlnLab *lab) {
  json_t *array = json_array();
  for (guint k = 0; k < lab->rules->len; k++) {
    const PlnRuleEntry *r = lab->rules->pdata[k];
    json_array_append_new(array, json_pack("{s:o, s:o, s:o, s:s, s:o, s:o}", "id",
                                           pln_lab_text(r->id), "name", pln_lab_text(r->name),
                                           "citation", pln_lab_text(r->citation), "status",
                                           pln_status_words[r->status], "veto",
                                           pln_lab_text(r->veto), "rule", rule_json(&r->rule)));
  }
  return array;
}

/* ---- The whole ---- */

static json_t *proposals_json(PlnLab *lab, const PlnReplay *replay, const PlnProject *project) {
  json_t *array = json_array();
  for (guint k = 0; k < replay->items->len; k++) {
    json_t *proposal = pln_lab_proposal(lab, replay, k);
    json_object_set_new(proposal, "projection", pln_lab_projection(lab, project, k));
    json_array_append_new(array, proposal);
  }
  return array;
}

static PlnDay day_of(const PlnScenario *s) {
  return s->as_of > PLN_DAY_UNKNOWN || s->proposals->len == 0
             ? s->as_of
             : pln_scenario_proposal(s, 0)->roster->day;
}

static void lab_clear(PlnLab *lab) {
  g_ptr_array_unref(lab->states);
  g_hash_table_unref(lab->place);
}

/* Whether the lists may be one: no code means one member here and another there. */
static gboolean same_states(const PlnReplay *replay, const PlnLaboratoryOptions *options,
                            PlnDay day) {
  PlnLab here = {.day = day}, there = {.day = day};
  gboolean same = TRUE;
  list_states(&here, replay, options->project, NULL);
  list_states(&there, options->against, NULL, NULL);
  for (guint i = 0; i < there.states->len && same; i++) {
    const PlnState *state = there.states->pdata[i];
    gpointer at = g_hash_table_lookup(here.place, state->code);
    if (at)
      same = same_state(here.states->pdata[GPOINTER_TO_UINT(at) - 1], state);
  }
  lab_clear(&here);
  lab_clear(&there);
  return same;
}

/* Its own lists only where they are others; indices then refer to them. */
static json_t *against_json(PlnLab *lab, const PlnReplay *against, const json_t *states,
                            const json_t *blocs) {
  if (!against)
    return json_null();
  const PlnScenario *s = against->scenario;
  PlnLab there = {.day = lab->apart ? day_of(s) : lab->day, .rules = lab->rules};
  if (lab->apart) {
    list_states(&there, against, NULL, NULL);
  } else {
    there.states = g_ptr_array_ref(lab->states);
    there.place = g_hash_table_ref(lab->place);
  }
  json_t *to = json_pack("{s:o, s:o, s:o, s:s, s:o, s:o}", "id", pln_lab_text(s->id), "title",
                         pln_lab_text(s->title), "about", pln_lab_text(s->about), "status",
                         pln_status_words[s->status], "source", pln_lab_text(s->source),
                         "proposals", proposals_json(&there, against, NULL));
  json_t *own_states = states_json(&there), *own_blocs = blocs_json(&there, against, NULL);
  if (!json_equal(own_states, states))
    json_object_set(to, "states", own_states);
  if (lab->apart || !json_equal(own_blocs, blocs))
    json_object_set(to, "blocs", own_blocs);
  json_decref(own_states);
  json_decref(own_blocs);
  lab_clear(&there);
  return to;
}

/* What was asked of the page and of the projection. */
static void set_asked(json_t *root, const PlnReplay *replay, const PlnLaboratoryOptions *options) {
  g_autofree char *seed = g_strdup_printf("%" G_GUINT64_FORMAT,
                                          options->project ? options->project->options.seed : 1);
  const char *more = options->project_options;
  json_object_set_new(root, "seed", json_string(seed));
  json_object_set_new(root, "draws",
                      json_integer(options->draws > 0 ? options->draws : PLN_LABORATORY_DRAWS));
  json_object_set_new(root, "command", pln_lab_text(options->command));
  json_object_set_new(root, "project_options", pln_lab_text(more && *more ? more + 1 : ""));
  json_object_set_new(root, "left_out", json_integer(options->left_out));
  json_object_set_new(root, "opening", pln_lab_opening(replay, options));
  json_object_set_new(root, "opening_note", pln_lab_opening_note(replay));
}

static json_t *root_json(PlnLab *lab, const PlnReplay *replay,
                         const PlnLaboratoryOptions *options) {
  const PlnScenario *s = replay->scenario;
  json_t *proposals = proposals_json(lab, replay, options->project);
  json_t *states = states_json(lab), *blocs = blocs_json(lab, replay, options->project);
  json_t *against = against_json(lab, options->against, states, blocs); /* before the rules */
  json_t *root = json_pack("{s:i, s:o, s:o, s:o, s:s, s:o, s:o, s:s}", "format", 1, "id",
                           pln_lab_text(s->id), "title", pln_lab_text(s->title), "about",
                           pln_lab_text(s->about), "status", pln_status_words[s->status], "source",
                           pln_lab_text(s->source), "as_of", pln_lab_day(s->as_of), "version",
                           PLN_VERSION);
  set_asked(root, replay, options);
  json_object_set_new(root, "states", states);
  json_object_set_new(root, "blocs", blocs);
  json_object_set_new(root, "rules", rules_json(lab));
  json_object_set_new(root, "proposals", proposals);
  json_object_set_new(root, "electorate", pln_lab_electorate(lab, options->project));
  json_object_set_new(root, "against", against);
  return root;
}

char *pln_compose_laboratory(const PlnReplay *replay, const PlnLaboratoryOptions *options) {
  const PlnScenario *s = replay->scenario;
  PlnLab lab = {.rules = pln_world_rules(s->world), .day = day_of(s)};
  lab.apart = options->against && !same_states(replay, options, lab.day);
  list_states(&lab, replay, options->project, lab.apart ? NULL : options->against);
  json_t *root = root_json(&lab, replay, options);
  char *text = json_dumps(root, JSON_COMPACT | JSON_REAL_PRECISION(17));
  char *out = g_strdup(text);
  json_decref(root);
  free(text);
  g_ptr_array_unref(lab.rules);
  lab_clear(&lab);
  return out;
}
