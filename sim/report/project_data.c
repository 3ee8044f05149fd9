/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One proposal of a projection, everything, for programs. */
#include <math.h>
#include <string.h>

#include "plenary/compose_project.h"

static const char *const letters = "YNAX";

static void fact_chance(PlnDoc *doc, const char *key, double chance, guint draws) {
  pln_doc_fact(doc, key, pln_chance_value(chance, draws));
}

static void add_chance(PlnDoc *doc, const PlnProjectItem *item) {
  const PlnOutcomeResult *r = item->outcome;
  pln_doc_open(doc, "chance");
  fact_chance(doc, "adopted", r->adopted.value, r->draws);
  pln_doc_fact(doc, "monte_carlo_error", pln_number(r->adopted.error, 6));
  fact_chance(doc, "drawn", r->drawn.value, r->draws);
  pln_doc_fact(doc, "drawn_error", pln_number(r->drawn.error, 6));
  fact_chance(doc, "positions_5", item->low, r->draws);
  fact_chance(doc, "positions_50", item->middle, r->draws);
  fact_chance(doc, "positions_95", item->high, r->draws);
  gboolean first = item->rule->rule.method == PLN_METHOD_CONSENSUS_FIRST;
  fact_chance(doc, "consensus", first ? r->consensus.value : NAN, r->draws);
  fact_chance(doc, "by_vote", r->by_vote.value, r->draws);
  fact_chance(doc, "other_majority", item->other.value, r->draws);
  pln_doc_text(doc, "other_rule", item->other_rule ? item->other_rule->id : "");
  fact_chance(doc, "second_history", item->also.value, r->draws);
  fact_chance(doc, "pressed", item->pressed, r->draws);
  fact_chance(doc, "put", item->put, r->draws);
  fact_chance(doc, "adopted_in_all", item->adopted, r->draws);
  fact_chance(doc, "falls", item->falls, r->draws);
  pln_doc_fact(doc, "needed", pln_int(item->needed));
  pln_doc_fact(doc, "given",
               pln_text(isnan(item->pressed) ? "that it is put to a vote"
                                             : "that it is put; in_all with the chance "
                                               "of that"));
  pln_doc_close(doc);
}

static void spread_row(PlnDoc *doc, const char *of, const PlnOutcomeSpread *s) {
  pln_doc_cell(doc, pln_text(of));
  pln_doc_cell(doc, pln_number(s->mean, 3));
  pln_doc_cell(doc, pln_number(s->sd, 3));
  for (guint k = 0; k < PLN_OUTCOME_QUANTILES; k++)
    pln_doc_cell(doc, pln_int(s->quantile[k]));
}

static void add_tally(PlnDoc *doc, const PlnProjectItem *item) {
  static const PlnDocColumn columns[] = {{"of", ""},  {"mean", ""}, {"sd", ""},
                                         {"q5", ""},  {"q25", ""},  {"q50", ""},
                                         {"q75", ""}, {"q95", ""},  {NULL, NULL}};
  static const PlnDocColumn yes_columns[] = {{"yes", ""}, {"chance", ""}, {NULL, NULL}};
  static const char *const names[] = {"yes", "no", "abstain", "not_voting"};
  const PlnOutcomeResult *r = item->outcome;
  pln_doc_table(doc, "tally", PLN_FOR_PROGRAMS, NULL, columns);
  for (guint k = 0; k < PLN_VOTE_KINDS; k++)
    spread_row(doc, names[k], &r->count[k]);
  spread_row(doc, "margin", &r->margin);
  pln_doc_table(doc, "yes_distribution", PLN_FOR_PROGRAMS, NULL, yes_columns);
  for (guint j = 0; j <= r->n; j++)
    if (r->yes[j] > 0) {
      pln_doc_cell(doc, pln_int(j));
      pln_doc_cell(doc, pln_chance_value(r->yes[j], r->draws));
    }
}

static void add_states(PlnDoc *doc, const PlnProjectItem *item) {
  static const PlnDocColumn columns[] = {
      {"state", ""},   {"basis", ""}, {"status", ""},      {"position", ""}, {"sd", ""},
      {"row", ""},     {"yes", ""},   {"no", ""},          {"abstain", ""},  {"absent", ""},
      {"decides", ""}, {"swing", ""}, {"swing_error", ""}, {"bits", ""},     {NULL, NULL}};
  const PlnOutlook *o = item->outlook;
  guint draws = item->outcome->draws;
  pln_doc_table(doc, "states", PLN_FOR_PROGRAMS, NULL, columns);
  for (guint i = 0; i < o->n; i++) {
    const PlnOutcomeSeat *seat = &item->outcome->seat[i];
    gboolean stated = o->basis[i] == PLN_SEAT_STANCE;
    const double *chance = o->chance + 3 * (gsize)i;
    double here = 1 - o->absent[i];
    pln_doc_cell(doc, pln_text(o->roster->state[i]->code));
    pln_doc_cell(doc, pln_text(pln_seat_basis_words[o->basis[i]]));
    pln_doc_cell(doc, pln_text(pln_status_words[o->status[i]]));
    pln_doc_cell(doc, stated ? pln_number(o->stances->position[i], 2) : pln_none());
    pln_doc_cell(doc, stated ? pln_number(o->stances->sd[i], 2) : pln_none());
    pln_doc_cell(doc, stated ? pln_text(pln_stance_name(o->stances->won[i])) : pln_none());
    pln_doc_cell(doc, pln_chance_value(here * chance[2], draws));
    pln_doc_cell(doc, pln_chance_value(here * chance[0], draws));
    pln_doc_cell(doc, pln_chance_value(here * chance[1], draws));
    pln_doc_cell(doc, pln_chance_value(o->absent[i], draws));
    pln_doc_cell(doc, pln_chance_value(seat->decides, draws));
    pln_doc_cell(doc, pln_number(seat->swing, 4));
    pln_doc_cell(doc, pln_number(seat->swing_error, 4));
    pln_doc_cell(doc, pln_number(seat->bits, 5));
  }
}

static void add_blocs(PlnDoc *doc, const PlnProjectItem *item) {
  static const PlnDocColumn columns[] = {{"bloc", ""},    {"members", ""}, {"yes", ""},
                                         {"no", ""},      {"abstain", ""}, {"absent", ""},
                                         {"decides", ""}, {"swing", ""},   {NULL, NULL}};
  pln_doc_table(doc, "blocs", PLN_FOR_PROGRAMS, NULL, columns);
  for (guint b = 0; b < item->blocs->len; b++) {
    const PlnProjectBloc *bloc = &g_array_index(item->blocs, PlnProjectBloc, b);
    const PlnOutcomeSeat *seat = &item->outcome->bloc[b];
    pln_doc_cell(doc, pln_text(bloc->bloc->id));
    pln_doc_cell(doc, pln_int(bloc->members));
    for (guint k = 0; k < PLN_VOTE_KINDS; k++)
      pln_doc_cell(doc, pln_number(seat->answer[k], 2));
    pln_doc_cell(doc, pln_chance_value(seat->decides, item->outcome->draws));
    pln_doc_cell(doc, pln_number(seat->swing, 4));
  }
}

static void add_ways(PlnDoc *doc, const PlnProjectItem *item) {
  static const PlnDocColumn columns[] = {{"way", ""},  {"states", ""}, {"cost", ""}, {"chance", ""},
                                         {"bloc", ""}, {"moves", ""},  {NULL, NULL}};
  static const char *const aims[] = {"fewest states", "least moved", "least within a bloc"};
  pln_doc_table(doc, "ways", PLN_FOR_PROGRAMS, NULL, columns);
  for (guint w = 0; w < PLN_WAYS; w++) {
    const PlnOutcomeWay *way = &item->outcome->way[w];
    if (way->n == 0)
      continue;
    g_autoptr(GString) moves = g_string_new(NULL);
    for (guint m = 0; m < way->n; m++)
      g_string_append_printf(moves, "%s%s:%c>%c", m > 0 ? " " : "",
                             item->outlook->roster->state[way->move[m].seat]->code,
                             letters[way->move[m].from], letters[way->move[m].to]);
    pln_doc_cell(doc, pln_text(aims[w]));
    pln_doc_cell(doc, pln_int(way->n));
    pln_doc_cell(doc, pln_number(way->cost, 3));
    pln_doc_cell(doc, pln_chance_value(way->chance, item->outcome->draws));
    pln_doc_cell(doc, way->bloc < 0
                          ? pln_none()
                          : pln_text(g_array_index(item->blocs, PlnProjectBloc, way->bloc).bloc->id));
    pln_doc_cell(doc, pln_words(moves->str));
  }
}

static void add_rests(PlnDoc *doc, const PlnProjectItem *item) {
  static const PlnDocColumn columns[] = {{"who", ""},        {"line", ""},     {"seats", ""},
                                         {"position", ""},   {"sd", ""},       {"without", ""},
                                         {"moved_down", ""}, {"moved_up", ""}, {"status", ""},
                                         {"source", ""},     {NULL, NULL}};
  guint draws = item->outcome->draws;
  pln_doc_table(doc, "rests_on", PLN_FOR_PROGRAMS, NULL, columns);
  for (guint k = 0; k < item->rests->len; k++) {
    const PlnProjectRest *r = &g_array_index(item->rests, PlnProjectRest, k);
    pln_doc_cell(doc, pln_text(pln_stance_name(r->row)));
    pln_doc_cell(doc, pln_int(r->row->line));
    pln_doc_cell(doc, pln_int(r->seats));
    pln_doc_cell(doc, pln_number(r->row->position, 2));
    pln_doc_cell(doc, pln_number(r->row->sd, 2));
    pln_doc_cell(doc, pln_chance_value(r->without, draws));
    pln_doc_cell(doc, pln_chance_value(r->down, draws));
    pln_doc_cell(doc, pln_chance_value(r->up, draws));
    pln_doc_cell(doc, pln_text(pln_status_words[r->row->status]));
    pln_doc_cell(doc, pln_text(r->row->source));
  }
}

static void add_conflicts(PlnDoc *doc, const PlnProjectItem *item) {
  static const PlnDocColumn columns[] = {{"kind", ""},  {"who", ""},        {"line", ""},
                                         {"other", ""}, {"other_line", ""}, {"states", ""},
                                         {NULL, NULL}};
  const PlnStances *s = item->outlook->stances;
  pln_doc_table(doc, "conflicts", PLN_FOR_PROGRAMS, NULL, columns);
  for (guint k = 0; s && k < s->conflicts->len; k++) {
    const PlnStanceConflict *c = &g_array_index(s->conflicts, PlnStanceConflict, k);
    g_autoptr(GString) codes = g_string_new(NULL);
    for (guint i = 0; i < c->seats->len; i++)
      g_string_append_printf(codes, " %s",
                             item->outlook->roster->state[g_array_index(c->seats, guint, i)]->code);
    pln_doc_cell(doc, pln_text(c->kind == PLN_STANCE_CONFLICT ? "merged" : "overridden"));
    pln_doc_cell(doc, pln_text(pln_stance_name(c->won)));
    pln_doc_cell(doc, pln_int(c->won->line));
    pln_doc_cell(doc, pln_text(pln_stance_name(c->other)));
    pln_doc_cell(doc, pln_int(c->other->line));
    pln_doc_cell(doc, pln_words(codes->str));
  }
}

static void add_basis(PlnDoc *doc, const PlnProjectItem *item) {
  pln_doc_open(doc, "seats");
  for (guint b = 0; b <= PLN_SEAT_SHARES; b++)
    pln_doc_fact(doc, pln_seat_basis_words[b], pln_int(item->basis[b]));
  pln_doc_fact(doc, "assumed", pln_int(item->assumed));
  pln_doc_close(doc);
}

void pln_compose_project_data(PlnDoc *doc, const PlnProject *project, const PlnProjectStage *stage,
                              const PlnProjectItem *item) {
  const PlnProposal *p = item->proposal;
  g_autofree char *name = pln_say_stage(stage);
  g_autofree char *id =
      project->stages->len > 1 ? g_strdup_printf("%s/%s", name, p->id) : g_strdup(p->id);
  g_autofree char *question = pln_proposal_question(p), *day = pln_day_text(item->outlook->day);
  pln_doc_open_each(doc, "proposals", id);
  pln_doc_hide(doc);
  pln_doc_text(doc, "id", p->id);
  pln_doc_text(doc, "stage", name);
  pln_doc_text(doc, "title", p->title);
  pln_doc_text(doc, "kind", pln_kind_words[p->kind]);
  pln_doc_text(doc, "family", p->family);
  pln_doc_text(doc, "question", question);
  pln_doc_text(doc, "touches", p->touches);
  pln_doc_text(doc, "touches_source", p->touches_source);
  pln_doc_text(doc, "date", day);
  pln_doc_text(doc, "rule", item->rule->id);
  pln_doc_text(doc, "why_rule", item->why_rule);
  pln_doc_text(doc, "status", pln_status_words[item->outlook->weakest]);
  pln_doc_text(doc, "recorded",
               p->result == PLN_RESULT_NOT_STATED ? "" : pln_result_words[p->result]);
  add_chance(doc, item);
  add_basis(doc, item);
  add_tally(doc, item);
  add_states(doc, item);
  add_blocs(doc, item);
  add_ways(doc, item);
  add_rests(doc, item);
  add_conflicts(doc, item);
  pln_doc_close(doc);
}
