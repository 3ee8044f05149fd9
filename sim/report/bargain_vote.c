/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Then vote: what the outcome comes to when it is put. */
#include <math.h>

#include "plenary/bargain_vote_part.h"
#include "plenary/compose_project.h"

static const char *const places[PLN_BARGAIN_QUANTILES] = {"least far (5 %)", "less far (25 %)",
                                                          "the middle (50 %)", "further (75 %)",
                                                          "furthest (95 %)"};

static void percent_cell(PlnDoc *doc, double chance) {
  g_autofree char *percent = pln_say_percent(chance);
  g_autofree char *aligned = g_strdup_printf("%7s", percent);
  pln_doc_cell(doc, isnan(chance) ? pln_none() : pln_text(aligned));
}

/* Of each proposal that is put the chances, and how many states prefer what by distance and
 * salience. */
static void show_sides(PlnDoc *doc, const PlnBargainVote *vote, const PlnProjectStage *stage) {
  static const PlnDocColumn columns[] = {{"-put", "Put"},           {"-adopted", "Adopted"},
                                         {"-at", "At forecast"},    {"-outcome", "Prefer it"},
                                         {"-reference", "what holds"}, {"-alike", "neither"},
                                         {"-unknown", "not known"}, {NULL, NULL}};
  pln_doc_table(doc, NULL, PLN_FOR_PEOPLE, NULL, columns);
  for (guint k = 0; k < stage->items->len; k++) {
    const PlnProjectItem *item = pln_project_item(stage, k);
    double chance = pln_bargain_vote_chance(vote, item);
    guint n[PLN_SIDES];
    if (isnan(chance))
      continue;
    pln_bargain_vote_sides(item, n);
    pln_doc_cell(doc, pln_text(item->proposal->id));
    percent_cell(doc, chance);
    percent_cell(doc, vote->turned ? pln_bargain_vote_at(vote, item) : NAN);
    for (guint s = 0; s < PLN_SIDES; s++)
      pln_doc_cell(doc, isnan(pln_bargain_vote_at(vote, item)) ? pln_none() : pln_int(n[s]));
  }
}

static void say_sides(PlnDoc *doc, const PlnBargainVote *vote) {
  g_autofree char *doubt = pln_say_bargain_vote_doubt(vote);
  pln_doc_say(doc, NULL, PLN_SAY_NOTE,
              "%sPrefer it: states to which the outcome is nearer than what holds without agreement. "
              "How much nearer, and how much they care, is what the vote is told, not their "
              "position. Not known: no delegation speaks for them; their votes are filled in from "
              "past votes and the sides that are known.",
              vote->turned ? "Adopted: over all that the talks may come to, each place as often as "
                             "they end there. At forecast: if they end exactly there. "
                           : "");
  if (doubt)
    pln_doc_say(doc, "warning", PLN_SAY_PLAIN, "Caution: %s", doubt);
}

/* The yes votes at the forecast, drawn. */
static void draw_votes(PlnDoc *doc, const PlnBargainVote *vote, const PlnProjectStage *stage) {
  static const PlnDocColumn columns[] = {{"proposal", "Proposal"}, {"yes", "Yes expected"},
                                         {"low", "from"},          {"high", "to"},
                                         {"needed", "Needed"},     {NULL, NULL}};
  guint n = 0, reach = 0;
  for (guint k = 0; k < stage->items->len; k++) {
    const PlnProjectItem *item = pln_project_item(stage, k);
    gboolean put = !isnan(pln_bargain_vote_at(vote, item));
    n += put;
    reach += put && item->outcome->count[PLN_VOTE_Y].mean >= item->needed;
  }
  if (n == 0)
    return;
  pln_doc_chart(doc, "interval",
                "If the talks end at the forecast, %u of %u put to the vote %s expected to have the "
                "yes votes needed",
                reach, n, reach == 1 ? "is" : "are");
  pln_doc_table(doc, NULL, PLN_FOR_PROGRAMS, NULL, columns);
  for (guint k = 0; k < stage->items->len; k++) {
    const PlnProjectItem *item = pln_project_item(stage, k);
    const PlnOutcomeSpread *yes = &item->outcome->count[PLN_VOTE_Y];
    if (isnan(pln_bargain_vote_at(vote, item)))
      continue;
    pln_doc_cell(doc, pln_text(item->proposal->id));
    pln_doc_cell(doc, pln_number(yes->mean, 1));
    pln_doc_cell(doc, pln_int(yes->quantile[0]));
    pln_doc_cell(doc, pln_int(yes->quantile[PLN_OUTCOME_QUANTILES - 1]));
    pln_doc_cell(doc, pln_int(item->needed));
  }
}

/* ---- Along the outcome's spread ---- */

/* Whether @at lies on the other side of what holds than the forecast. */
static gboolean is_back(const PlnBargainIssue *item, double at) {
  double reference = item->issue->reference;
  return (at - reference) * (item->outcome - reference) < 0;
}

/* Where the issues of a proposal stand, together: "scope 0.70, intent 27.2 back". */
static char *say_outcomes(const PlnBargain *b, const PlnBargainVote *vote, guint q, guint place) {
  GString *out = g_string_new(NULL);
  for (guint k = 0; k < b->course->m; k++) {
    const PlnIssue *issue = b->issue[k].issue;
    double position = vote->outcome[(gsize)q * b->course->m + k];
    if (issue->proposal != (int)place)
      continue;
    g_autofree char *at = pln_say_position(issue, position);
    g_string_append_printf(out, "%s%s %s%s", out->len > 0 ? ", " : "", issue->id, at,
                           is_back(&b->issue[k], position) ? " (back)" : "");
  }
  return g_string_free(out, FALSE);
}

static void show_turns(PlnDoc *doc, const PlnBargain *b, const PlnBargainVote *vote) {
  static const PlnDocColumn columns[] = {{"-proposal", "Put"},   {"-at", "The talks go"},
                                         {"-outcome", "Outcome"}, {"-chance", "Adopted"},
                                         {NULL, NULL}};
  pln_doc_table(doc, NULL, PLN_FOR_PEOPLE, NULL, columns);
  for (guint t = 0; t < vote->turns->len; t++) {
    const PlnBargainTurn *turn = &g_array_index(vote->turns, PlnBargainTurn, t);
    for (guint q = 0; q < PLN_BARGAIN_QUANTILES && !turn->words; q++) {
      g_autofree char *outcome = say_outcomes(b, vote, q, turn->place);
      if (isnan(turn->chance[q]))
        continue;
      pln_doc_cell(doc, pln_text(pln_scenario_proposal(b->scenario, turn->place)->id));
      pln_doc_cell(doc, pln_text(places[q]));
      pln_doc_cell(doc, pln_text(outcome));
      percent_cell(doc, turn->chance[q]);
    }
  }
  pln_doc_say(doc, NULL, PLN_SAY_NOTE,
              "5 %%: in so many cases they go less far than this, away from what holds without "
              "agreement towards the forecast; (back): past it the other way. All issues of a "
              "package go together.");
}

/* ---- For programs ---- */

static void add_items(PlnDoc *doc, const PlnBargainVote *vote) {
  static const PlnDocColumn columns[] = {
      {"stage", NULL},       {"proposal", NULL},  {"adopted", NULL}, {"prefer_outcome", NULL},
      {"prefer_reference", NULL}, {"indifferent", NULL}, {"not_known", NULL}, {"not_put", NULL},
      {"overall", NULL},     {NULL, NULL}};
  const PlnProject *project = vote ? vote->project : NULL;
  pln_doc_table(doc, "vote", PLN_FOR_PROGRAMS, NULL, columns);
  for (guint t = 0; vote && t < project->stages->len; t++) {
    const PlnProjectStage *stage = pln_project_stage(project, t);
    g_autofree char *name = pln_say_stage(stage);
    for (guint k = 0; k < stage->items->len; k++) {
      const PlnProjectItem *item = pln_project_item(stage, k);
      const PlnBargainTurn *turn = pln_bargain_vote_turn(vote, item->place);
      guint n[PLN_SIDES];
      if (!turn)
        continue;
      pln_bargain_vote_sides(item, n);
      pln_doc_cell(doc, pln_text(name));
      pln_doc_cell(doc, pln_text(item->proposal->id));
      pln_doc_cell(doc, turn->at ? pln_none()
                                 : pln_chance_value(item->outcome->adopted.value,
                                                    project->options.draws));
      for (guint s = 0; s < PLN_SIDES; s++)
        pln_doc_cell(doc, pln_int(n[s]));
      pln_doc_cell(doc, turn->at ? pln_text(turn->at) : pln_none());
      pln_doc_cell(doc, turn->words ? pln_none()
                                    : pln_chance_value(turn->overall, project->options.draws));
    }
  }
}

static void add_turns(PlnDoc *doc, const PlnBargain *b, const PlnBargainVote *vote) {
  static const PlnDocColumn columns[] = {{"proposal", NULL}, {"change_below", NULL},
                                         {"adopted", NULL},  {"issue", NULL},
                                         {"outcome", NULL},  {NULL, NULL}};
  static const double below[PLN_BARGAIN_QUANTILES] = {0.05, 0.25, 0.5, 0.75, 0.95};
  pln_doc_table(doc, "vote_at", PLN_FOR_PROGRAMS, NULL, columns);
  for (guint t = 0; vote && t < vote->turns->len && vote->turned; t++) {
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
  for (guint k = 0; stances && k < stances->len; k++) {
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

/* What is put elsewhere than at the forecast rests on what the talks do. */
static PlnStatus weakest_of(const PlnBargain *b, const PlnBargainVote *vote) {
  PlnStatus weakest = vote->project->weakest;
  for (guint k = 0; k < vote->turns->len; k++)
    if (g_array_index(vote->turns, PlnBargainTurn, k).at)
      weakest = MAX(weakest, b->weakest);
  return weakest;
}

/* It was asked for, and there is nothing to vote on: people have read so at the top. */
static void add_not_put(PlnDoc *doc, const PlnBargain *b, const char *why) {
  pln_doc_open(doc, "then_vote");
  pln_doc_fact(doc, "answer", pln_text(why));
  pln_doc_fact(doc, "status", pln_text(pln_status_words[b->weakest]));
  add_items(doc, NULL);
  add_turns(doc, b, NULL);
  add_support(doc, b, NULL);
  pln_doc_close(doc);
}

void pln_compose_bargain_vote(PlnDoc *doc, const PlnBargain *b,
                              const PlnComposeBargainOptions *options) {
  const PlnBargainVote *vote = options->vote;
  if (options->not_put)
    add_not_put(doc, b, options->not_put);
  if (!vote)
    return;
  const PlnProjectStage *stage = pln_project_main_stage(vote->project);
  g_autofree char *answer = pln_say_bargain_vote(vote);
  pln_doc_open(doc, "then_vote");
  pln_doc_say(doc, NULL, PLN_SAY_PLAIN, "%s", "");
  pln_doc_say(doc, NULL, PLN_SAY_TITLE, "Then vote");
  pln_doc_fact(doc, "answer", pln_text(answer)); /* people have read it at the top */
  if (stage) {
    show_sides(doc, vote, stage);
    say_sides(doc, vote);
    draw_votes(doc, vote, stage);
  }
  if (vote->turned)
    show_turns(doc, b, vote);
  pln_doc_fact(doc, "status", pln_text(pln_status_words[weakest_of(b, vote)]));
  add_items(doc, vote);
  add_turns(doc, b, vote);
  add_support(doc, b, vote->stances);
  pln_doc_close(doc);
}
