/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lists of what a world holds: rules, blocs, rosters. */
#include <string.h>

#include "plenary/compose.h"

static char *majority(PlnMajority m) {
  return m.num > 0 ? g_strdup_printf("%s%u/%u", m.strict ? ">" : ">=", m.num, m.den) : g_strdup("");
}

/* "consensus, else >=2/3 of voting", "9 yes, veto P5" */
static char *asks(const PlnRuleEntry *entry) {
  static const char *const bases[] = {"present and voting", "present", "all members"};
  const PlnRule *rule = &entry->rule;
  if (rule->method == PLN_METHOD_CONSENSUS)
    return g_strdup("no objection");
  g_autofree char *fraction = majority(rule->majority), *weight = majority(rule->weight_majority);
  GString *out = g_string_new(rule->method == PLN_METHOD_CONSENSUS_FIRST ? "consensus, else " : "");
  if (*fraction)
    g_string_append_printf(out, "%s of %s", fraction, bases[rule->basis]);
  if (rule->min_yes > 0)
    g_string_append_printf(out, "%u yes", rule->min_yes);
  if (*entry->veto)
    g_string_append_printf(out, ", no veto of %s", entry->veto);
  if (*weight)
    g_string_append_printf(out, " and %s by weight", weight);
  if (rule->abstain == PLN_COUNT_AS_NO)
    g_string_append(out, ", abstaining is no");
  if (rule->abstain == PLN_COUNT_AS_YES)
    g_string_append(out, ", silence is yes");
  return g_string_free(out, FALSE);
}

void pln_compose_rules(PlnDoc *doc, const PlnWorld *world) {
  static const PlnDocColumn columns[] = {{"rule", "Rule"}, {"status", "Status"}, {"asks", "Asks"},
                                         {"name", NULL},   {"citation", NULL},   {"source", NULL},
                                         {"note", NULL},   {NULL, NULL}};
  g_autoptr(GPtrArray) rules = pln_world_rules(world);
  pln_doc_say(doc, NULL, PLN_SAY_TITLE, "%u rules of decision", rules->len);
  pln_doc_table(doc, "rules", PLN_FOR_BOTH, NULL, columns);
  for (guint i = 0; i < rules->len; i++) {
    const PlnRuleEntry *rule = rules->pdata[i];
    g_autofree char *what = asks(rule);
    const char *cells[] = {
        rule->id,  pln_status_words[rule->status], what, rule->name, rule->citation, rule->source,
        rule->note};
    for (gsize c = 0; c < G_N_ELEMENTS(cells); c++)
      pln_doc_cell(doc, pln_text(cells[c]));
  }
}

void pln_compose_bodies(PlnDoc *doc, const PlnWorld *world) {
  static const PlnDocColumn columns[] = {{"body", "Body"},    {"substance", "Ordinary rule"},
                                         {"important", NULL}, {"name", "Name"},
                                         {"motion", NULL},    {"reconsideration", NULL},
                                         {"citation", NULL},  {"status", NULL},
                                         {"source", NULL},    {"note", NULL},
                                         {NULL, NULL}};
  g_autoptr(GPtrArray) bodies = pln_world_bodies(world);
  pln_doc_say(doc, NULL, PLN_SAY_TITLE, "%u bodies", bodies->len);
  pln_doc_table(doc, "bodies", PLN_FOR_BOTH, NULL, columns);
  for (guint i = 0; i < bodies->len; i++) {
    const PlnBody *b = bodies->pdata[i];
    const char *cells[] = {b->id,        b->substance,
                           b->important, b->name,
                           b->motion,    b->reconsideration,
                           b->citation,  pln_status_words[b->status],
                           b->source,    b->note};
    for (gsize c = 0; c < G_N_ELEMENTS(cells); c++)
      pln_doc_cell(doc, pln_text(cells[c]));
  }
}

void pln_compose_blocs(PlnDoc *doc, const PlnWorld *world, PlnDay day) {
  static const PlnDocColumn columns[] = {{"bloc", "Bloc"}, {"members", "Members"}, {"kind", "Kind"},
                                         {"name", "Name"}, {"states", NULL},       {NULL, NULL}};
  g_autoptr(GPtrArray) blocs = pln_world_blocs(world), states = pln_world_states(world);
  g_autofree char *words = pln_day_words(day);
  pln_doc_say(doc, NULL, PLN_SAY_TITLE, "%u blocs on %s", blocs->len, words);
  pln_doc_table(doc, "blocs", PLN_FOR_BOTH, NULL, columns);
  for (guint i = 0; i < blocs->len; i++) {
    const PlnBloc *bloc = blocs->pdata[i];
    g_autoptr(GHashTable) members = pln_world_bloc_members(world, bloc, day);
    g_autoptr(GString) codes = g_string_new(NULL);
    guint n = 0;
    for (guint k = 0; k < states->len; k++) {
      const PlnState *state = states->pdata[k];
      if (g_hash_table_contains(members, state->code))
        g_string_append_printf(codes, "%s%s", n++ > 0 ? " " : "", state->code);
    }
    pln_doc_cell(doc, pln_text(bloc->id));
    pln_doc_cell(doc, pln_int(n));
    pln_doc_cell(doc, pln_text(bloc->kind));
    pln_doc_cell(doc, pln_text(bloc->name));
    pln_doc_cell(doc, pln_words(codes->str));
  }
}

static PlnValue day_value(PlnDay day) {
  g_autofree char *text = pln_day_text(day);
  return *text ? pln_text(text) : pln_none();
}

/* What had happened by the day: a date to come is not shown, "?" is. */
static PlnValue act_value(PlnDay event, PlnDay day) {
  return event == PLN_DAY_UNKNOWN || pln_day_reached(event, day) ? day_value(event) : pln_none();
}

static gboolean acted(const PlnTreatyAct *act, PlnDay day) {
  return act->signature == PLN_DAY_UNKNOWN || pln_day_reached(act->signature, day) ||
         pln_day_reached(act->consent, day);
}

static void add_act(PlnDoc *doc, const PlnRoster *roster, const PlnTreatyAct *act,
                    const PlnWorld *world) {
  pln_doc_cell(doc, pln_text(act->state));
  pln_doc_cell(doc, pln_bool(pln_day_reached(act->consent, roster->day)));
  pln_doc_cell(doc, act_value(act->signature, roster->day));
  pln_doc_cell(doc, act_value(act->consent, roster->day));
  pln_doc_cell(doc, act_value(act->in_force, roster->day));
  pln_doc_cell(doc, pln_text(pln_status_words[act->status]));
  pln_doc_cell(doc, pln_text(pln_world_state(world, act->state)->name));
  pln_doc_cell(doc, pln_text(act->source));
  pln_doc_cell(doc, pln_text(act->note));
}

/* The parties first. */
static void add_acts(PlnDoc *doc, const PlnRoster *roster, const GPtrArray *acts,
                     const PlnWorld *world) {
  static const PlnDocColumn columns[] = {{"state", "State"},       {"party", "Party"},
                                         {"signature", "Signed"},  {"consent", "Consented"},
                                         {"in_force", "In force"}, {"status", "Status"},
                                         {"name", "Name"},         {"source", NULL},
                                         {"note", NULL},           {NULL, NULL}};
  pln_doc_table(doc, "acts", PLN_FOR_BOTH, NULL, columns);
  for (int party = 1; party >= 0; party--)
    for (guint i = 0; i < acts->len; i++) {
      const PlnTreatyAct *act = acts->pdata[i];
      if (acted(act, roster->day) && pln_day_reached(act->consent, roster->day) == party)
        add_act(doc, roster, act, world);
    }
  pln_doc_say(doc, NULL, PLN_SAY_NOTE,
              "Consented: deposited its ratification or accession. Notes and sources: --format csv.");
}

void pln_compose_roster(PlnDoc *doc, const char *what, const PlnRoster *roster,
                        const GPtrArray *acts, const PlnWorld *world) {
  static const PlnDocColumn columns[] = {
      {"state", "State"}, {"name", "Name"}, {"group", "Group"},      {"iso2", NULL},
      {"m49", NULL},      {"cow", NULL},    {"from", "Member from"}, {"column", NULL},
      {"row", NULL},      {"status", NULL}, {"source", NULL},        {NULL, NULL}};
  g_autofree char *words = pln_day_words(roster->day);
  const char *states = roster->n == 1 ? "state is a party" : "states are parties";
  guint signed_by = 0;
  for (guint i = 0; acts && i < acts->len; i++)
    signed_by += pln_day_reached(((const PlnTreatyAct *)acts->pdata[i])->signature, roster->day);
  if (acts)
    pln_doc_say(doc, "answer", PLN_SAY_TITLE, "%s on %s: %u %s, %u had signed", what, words,
                roster->n, states, signed_by);
  else
    pln_doc_say(doc, "answer", PLN_SAY_TITLE, "%s on %s: %u members", what, words, roster->n);
  if (acts)
    add_acts(doc, roster, acts, world);
  pln_doc_table(doc, "roster", acts ? PLN_FOR_PROGRAMS : PLN_FOR_BOTH, NULL, columns);
  for (guint i = 0; i < roster->n; i++) {
    const PlnState *s = roster->state[i];
    const char *cells[] = {s->code, s->name, s->group, s->iso2, s->m49, s->cow};
    for (gsize c = 0; c < G_N_ELEMENTS(cells); c++)
      pln_doc_cell(doc, pln_text(cells[c]));
    pln_doc_cell(doc, day_value(s->from));
    pln_doc_cell(doc, s->column >= 0 ? pln_int(s->column) : pln_none());
    pln_doc_cell(doc, s->row >= 0 ? pln_int(s->row) : pln_none());
    pln_doc_cell(doc, pln_text(pln_status_words[s->status]));
    pln_doc_cell(doc, pln_text(s->source));
  }
}
