/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Then vote: what the outcome comes to when it is put. */
#include <math.h>

#include "plenary/compose_bargain.h"
#include "plenary/compose_project.h"

enum { PREFER_OUTCOME, PREFER_REFERENCE, INDIFFERENT, NOT_KNOWN, SIDES };

/* Seats by what distance makes them prefer: support off 50, or nothing stated. */
static void count_sides(const PlnProjectItem *item, guint *n) {
  const PlnStances *stances = item->outlook->stances;
  for (guint k = 0; k < SIDES; k++)
    n[k] = 0;
  for (guint seat = 0; seat < item->outlook->n; seat++) {
    double support = stances && stances->won[seat] ? stances->position[seat] : NAN;
    n[isnan(support)             ? NOT_KNOWN
      : pln_floor_tie(support, 50) ? INDIFFERENT
      : support > 50             ? PREFER_OUTCOME
                                 : PREFER_REFERENCE]++;
  }
}

static const PlnBargainTurn *turn_of(const PlnBargainVote *vote, guint place) {
  for (guint k = 0; k < vote->turns->len; k++)
    if (g_array_index(vote->turns, PlnBargainTurn, k).place == place)
      return &g_array_index(vote->turns, PlnBargainTurn, k);
  return NULL;
}

/* Of each proposal the chance, and how many states prefer what by distance and salience. */
static void show_sides(PlnDoc *doc, const PlnBargainVote *vote, const PlnProjectStage *stage) {
  static const PlnDocColumn columns[] = {{"-put", "Put"},          {"-adopted", "Adopted"},
                                         {"-outcome", "Prefer it"}, {"-reference", "what holds"},
                                         {"-alike", "neither"},    {"-unknown", "not known"},
                                         {"-words", "Not put, as"}, {NULL, NULL}};
  pln_doc_table(doc, NULL, PLN_FOR_PEOPLE, NULL, columns);
  for (guint k = 0; k < stage->items->len; k++) {
    const PlnProjectItem *item = pln_project_item(stage, k);
    const PlnBargainTurn *turn = turn_of(vote, item->place);
    guint n[SIDES];
    if (!turn)
      continue;
    g_autofree char *percent = pln_say_percent(item->outcome->adopted.value);
    g_autofree char *aligned = g_strdup_printf("%7s", percent);
    count_sides(item, n);
    pln_doc_cell(doc, pln_text(item->proposal->id));
    pln_doc_cell(doc, turn->words ? pln_none() : pln_text(aligned));
    for (guint s = 0; s < SIDES; s++)
      pln_doc_cell(doc, turn->words ? pln_none() : pln_int(n[s]));
    pln_doc_cell(doc, turn->words ? pln_text(turn->words) : pln_none());
  }
}

/* ---- Along the outcome's spread ---- */

static const char *const shares[PLN_BARGAIN_QUANTILES] = {"5 %", "25 %", "50 %", "75 %", "95 %"};

/* Where the issues of a proposal stand, together: "62.1", "62.1, 8". */
static char *say_outcomes(const PlnBargain *b, const PlnBargainVote *vote, guint q, guint place) {
  GString *out = g_string_new(NULL);
  for (guint k = 0; k < b->course->m; k++) {
    const PlnIssue *issue = b->issue[k].issue;
    if (issue->proposal != (int)place)
      continue;
    g_autofree char *at = pln_say_position(issue, vote->outcome[(gsize)q * b->course->m + k]);
    g_string_append_printf(out, "%s%s", out->len > 0 ? ", " : "", at);
  }
  return g_string_free(out, FALSE);
}

static void show_turns(PlnDoc *doc, const PlnBargain *b, const PlnBargainVote *vote) {
  static const PlnDocColumn columns[] = {{"-proposal", "Put"},   {"-at", "Change below"},
                                         {"-outcome", "Outcome"}, {"-chance", "Adopted"},
                                         {NULL, NULL}};
  pln_doc_table(doc, NULL, PLN_FOR_PEOPLE, NULL, columns);
  for (guint t = 0; t < vote->turns->len; t++) {
    const PlnBargainTurn *turn = &g_array_index(vote->turns, PlnBargainTurn, t);
    for (guint q = 0; q < PLN_BARGAIN_QUANTILES; q++) {
      g_autofree char *percent = pln_say_percent(turn->chance[q]);
      g_autofree char *aligned = g_strdup_printf("%7s", percent);
      g_autofree char *outcome = say_outcomes(b, vote, q, turn->place);
      if (isnan(turn->chance[q]))
        continue;
      pln_doc_cell(doc, pln_text(pln_scenario_proposal(b->scenario, turn->place)->id));
      pln_doc_cell(doc, pln_text(shares[q]));
      pln_doc_cell(doc, pln_text(outcome));
      pln_doc_cell(doc, pln_text(aligned));
    }
  }
  pln_doc_say(doc, NULL, PLN_SAY_NOTE,
              "Change below: how often the talks change less than this, counted from what holds "
              "without agreement; all issues of a package at once.");
}

/* ---- For programs ---- */

static void add_items(PlnDoc *doc, const PlnBargainVote *vote) {
  static const PlnDocColumn columns[] = {
      {"stage", NULL},       {"proposal", NULL},  {"adopted", NULL}, {"prefer_outcome", NULL},
      {"prefer_reference", NULL}, {"indifferent", NULL}, {"not_known", NULL}, {"not_put", NULL},
      {NULL, NULL}};
  const PlnProject *project = vote->project;
  pln_doc_table(doc, "vote", PLN_FOR_PROGRAMS, NULL, columns);
  for (guint t = 0; t < project->stages->len; t++) {
    const PlnProjectStage *stage = pln_project_stage(project, t);
    g_autofree char *name = pln_say_stage(stage);
    for (guint k = 0; k < stage->items->len; k++) {
      const PlnProjectItem *item = pln_project_item(stage, k);
      const PlnBargainTurn *turn = turn_of(vote, item->place);
      guint n[SIDES];
      if (!turn)
        continue;
      count_sides(item, n);
      pln_doc_cell(doc, pln_text(name));
      pln_doc_cell(doc, pln_text(item->proposal->id));
      pln_doc_cell(doc, turn->words ? pln_none()
                                    : pln_chance_value(item->outcome->adopted.value,
                                                       project->options.draws));
      for (guint s = 0; s < SIDES; s++)
        pln_doc_cell(doc, pln_int(n[s]));
      pln_doc_cell(doc, turn->words ? pln_text(turn->words) : pln_none());
    }
  }
}

static void add_turns(PlnDoc *doc, const PlnBargain *b, const PlnBargainVote *vote) {
  static const PlnDocColumn columns[] = {{"proposal", NULL}, {"change_below", NULL},
                                         {"adopted", NULL},  {"issue", NULL},
                                         {"outcome", NULL},  {NULL, NULL}};
  static const double below[PLN_BARGAIN_QUANTILES] = {0.05, 0.25, 0.5, 0.75, 0.95};
  pln_doc_table(doc, "vote_at", PLN_FOR_PROGRAMS, NULL, columns);
  for (guint t = 0; t < vote->turns->len && vote->turned; t++) {
    const PlnBargainTurn *turn = &g_array_index(vote->turns, PlnBargainTurn, t);
    for (guint q = 0; q < PLN_BARGAIN_QUANTILES; q++)
      for (guint k = 0; k < b->course->m; k++) {
        const PlnIssue *issue = b->issue[k].issue;
        if (issue->proposal != (int)turn->place)
          continue;
        pln_doc_cell(doc, pln_text(pln_scenario_proposal(b->scenario, turn->place)->id));
        pln_doc_cell(doc, pln_number(below[q], 2));
        pln_doc_cell(doc, pln_chance_value(turn->chance[q], vote->project->options.draws));
        pln_doc_cell(doc, pln_text(issue->id));
        pln_doc_cell(doc, pln_bargain_value(issue, vote->outcome[(gsize)q * b->course->m + k]));
      }
  }
}

static void add_support(PlnDoc *doc, const PlnBargain *b, const GPtrArray *stances) {
  static const PlnDocColumn columns[] = {{"proposal", NULL}, {"who", NULL},    {"support", NULL},
                                         {"sd", NULL},       {"status", NULL}, {NULL, NULL}};
  pln_doc_table(doc, "support", PLN_FOR_PROGRAMS, NULL, columns);
  for (guint k = 0; k < stances->len; k++) {
    const PlnStance *row = stances->pdata[k];
    pln_doc_cell(doc, row->proposal < 0
                          ? pln_none()
                          : pln_text(pln_scenario_proposal(b->scenario, (guint)row->proposal)->id));
    pln_doc_cell(doc, pln_text(pln_stance_name(row)));
    pln_doc_cell(doc, pln_number(row->position, 9));
    pln_doc_cell(doc, pln_number(row->sd, 9));
    pln_doc_cell(doc, pln_text(pln_status_words[row->status]));
  }
}

void pln_compose_bargain_vote(PlnDoc *doc, const PlnBargain *b,
                              const PlnComposeBargainOptions *options) {
  const PlnBargainVote *vote = options->vote;
  if (!vote)
    return;
  const PlnProjectStage *stage = pln_project_main_stage(vote->project);
  g_autofree char *answer = pln_say_project(vote->project);
  pln_doc_open(doc, "then_vote");
  pln_doc_say(doc, NULL, PLN_SAY_PLAIN, "%s", "");
  pln_doc_say(doc, NULL, PLN_SAY_TITLE, "Then vote");
  pln_doc_fact(doc, "answer", pln_text(answer)); /* people have read it at the top */
  if (stage)
    show_sides(doc, vote, stage);
  pln_doc_say(doc, NULL, PLN_SAY_NOTE,
              "Prefer it: states to which the outcome is nearer than what holds without agreement. "
              "How much nearer, and how much they care, is what the vote is told, not their "
              "position.");
  if (vote->turned)
    show_turns(doc, b, vote);
  pln_doc_fact(doc, "status", pln_text(pln_status_words[vote->project->weakest]));
  add_items(doc, vote);
  add_turns(doc, b, vote);
  add_support(doc, b, vote->stances);
  pln_doc_close(doc);
}
