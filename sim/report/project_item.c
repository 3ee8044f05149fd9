/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One proposal of a projection in full, for people. */
#include <math.h>
#include <string.h>

#include "plenary/compose_project.h"

enum { SWING = 10, MOVES = 8, CODES = 8 };

static const char *const answers[] = {"yes", "no", "abstaining", "absent"};

static void say_chance(PlnDoc *doc, const PlnProjectItem *item) {
  const PlnOutcomeResult *r = item->outcome;
  double chance = r->adopted.value;
  g_autofree char *percent = pln_say_percent(chance);
  g_autofree char *low = pln_say_percent(item->low), *high = pln_say_percent(item->high);
  g_autofree char *positions =
      isnan(item->low)
          ? g_strdup("")
          : g_strdup_printf(" Positions off by their own errors make it %s to %s (9 of 10).", low,
                            high);
  pln_doc_say(doc, NULL,
              chance >= 0.6  ? PLN_SAY_GOOD
              : chance < 0.4 ? PLN_SAY_BAD
                             : PLN_SAY_LEAD,
              "Given that it is put to a vote: %s, %s. Monte Carlo error %.2f points.%s",
              pln_say_likely(chance), percent, 100 * r->adopted.error, positions);
  if (item->rule->rule.method == PLN_METHOD_CONSENSUS_FIRST) {
    g_autofree char *quiet = pln_say_percent(r->consensus.value);
    g_autofree char *voted = pln_say_percent(r->by_vote.value);
    pln_doc_say(doc, NULL, PLN_SAY_PLAIN,
                "That nobody asks for a vote, and it passes by consensus: %s. Where it comes to a "
                "vote: %s.",
                quiet, voted);
  }
  if (!isnan(item->other.value)) {
    g_autofree char *other = pln_say_percent(item->other.value);
    gboolean half = item->other_rule->rule.majority.num * 2 == item->other_rule->rule.majority.den;
    pln_doc_say(doc, NULL, PLN_SAY_PLAIN, "Under %s of those voting: %s.",
                half ? "more than half" : "two-thirds", other);
  }
  if (!isnan(item->also.value)) {
    g_autofree char *also = pln_say_percent(item->also.value);
    pln_doc_say(doc, NULL, PLN_SAY_PLAIN, "By the second history: %s, %.0f yes.", also,
                item->also_yes.mean);
  }
  if (!isnan(item->pressed)) {
    g_autofree char *put = pln_say_percent(item->put), *in_all = pln_say_percent(item->adopted);
    pln_doc_say(doc, NULL, PLN_SAY_PLAIN, "That it is put at all: %s. Put and adopted: %s.", put,
                in_all);
  }
}

static void add_tally(PlnDoc *doc, const PlnProjectItem *item) {
  static const PlnDocColumn columns[] = {{"-of", ""},       {"-5", "5%"},   {"-25", "25%"},
                                         {"-50", "half"},   {"-75", "75%"}, {"-95", "95%"},
                                         {"-mean", "mean"}, {NULL, NULL}};
  const PlnOutcomeResult *r = item->outcome;
  pln_doc_table(doc, NULL, PLN_FOR_PEOPLE, NULL, columns);
  for (guint k = 0; k <= PLN_VOTE_KINDS; k++) {
    const PlnOutcomeSpread *s = k < PLN_VOTE_KINDS ? &r->count[k] : &r->margin;
    pln_doc_cell(doc, pln_text(k < PLN_VOTE_KINDS ? answers[k] : "to spare"));
    for (guint q = 0; q < PLN_OUTCOME_QUANTILES; q++)
      pln_doc_cell(doc, pln_int(s->quantile[q]));
    pln_doc_cell(doc, pln_number(s->mean, 1));
  }
}

static void say_ways(PlnDoc *doc, const PlnProjectItem *item) {
  static const char *const aims[] = {"Fewest states", "Least moved", "Within one bloc"};
  gboolean any = FALSE;
  for (guint w = 0; w < PLN_WAYS; w++) {
    const PlnOutcomeWay *way = &item->outcome->way[w];
    if (way->n == 0)
      continue;
    g_autoptr(GString) moves = g_string_new(NULL);
    for (guint m = 0; m < MIN(way->n, MOVES); m++)
      g_string_append_printf(moves, "%s%s %s to %s", m > 0 ? ", " : "",
                             item->outlook->roster->state[way->move[m].seat]->code,
                             answers[way->move[m].from], answers[way->move[m].to]);
    if (way->n > MOVES)
      g_string_append_printf(moves, " and %u more", way->n - MOVES);
    if (!any)
      pln_doc_say(doc, NULL, PLN_SAY_PLAIN, "%s", "");
    any = TRUE;
    const PlnProjectBloc *bloc =
        way->bloc >= 0 ? &g_array_index(item->blocs, PlnProjectBloc, way->bloc) : NULL;
    pln_doc_say(doc, NULL, PLN_SAY_NOTE,
                "To turn it (till it is as likely as not). %s%s%s%s, %u: %s.", aims[w],
                bloc ? " (" : "", bloc ? bloc->bloc->id : "", bloc ? ")" : "", way->n, moves->str);
  }
  if (!any)
    pln_doc_say(doc, NULL, PLN_SAY_PLAIN, "No way to turn it was found.");
}

static void add_swing(PlnDoc *doc, const PlnProjectItem *item) {
  static const PlnDocColumn columns[] = {{"-s", "Swing states"},
                                         {"-b", "Basis"},
                                         {"-y", "Yes"},
                                         {"-n", "No"},
                                         {"-a", "Abst."},
                                         {"-x", "Absent"},
                                         {"-w", "If yes, not no"},
                                         {"-d", "Decides"},
                                         {NULL, NULL}};
  if (item->swing->len == 0)
    return;
  pln_doc_table(doc, NULL, PLN_FOR_PEOPLE, NULL, columns);
  for (guint k = 0; k < MIN(item->swing->len, SWING); k++) {
    guint i = g_array_index(item->swing, guint, k);
    const PlnOutlook *o = item->outlook;
    const double *c = o->chance + 3 * (gsize)i;
    double here = 1 - o->absent[i], chances[] = {here * c[2], here * c[0], here * c[1], o->absent[i]};
    const PlnOutcomeSeat *seat = &item->outcome->seat[i];
    pln_doc_cell(doc, pln_text(o->roster->state[i]->code));
    pln_doc_cell(doc, pln_text(pln_seat_basis_words[o->basis[i]]));
    for (guint v = 0; v < PLN_VOTE_KINDS; v++) {
      g_autofree char *percent = pln_say_percent(chances[v]);
      pln_doc_cell(doc, pln_text(percent));
    }
    g_autofree char *swing = g_strdup_printf("%+.0f points", 100 * seat->swing);
    g_autofree char *decides = pln_say_percent(seat->decides);
    pln_doc_cell(doc, pln_text(swing));
    pln_doc_cell(doc, pln_text(decides));
  }
  pln_doc_say(doc, NULL, PLN_SAY_NOTE,
              "If yes, not no: points of chance between its yes and its no, with all that go with "
              "it. Decides: how often its vote alone does; of a bloc, all its members'.");
}

static void add_blocs(PlnDoc *doc, const PlnProjectItem *item) {
  static const PlnDocColumn columns[] = {
      {"-b", "Bloc"},   {"-m", "Members"},        {"-y", "Yes"}, {"-n", "No"}, {"-a", "Abst."},
      {"-x", "Absent"}, {"-d", "Decides as one"}, {NULL, NULL}};
  if (item->blocs->len == 0)
    return;
  pln_doc_table(doc, NULL, PLN_FOR_PEOPLE, NULL, columns);
  for (guint b = 0; b < item->blocs->len; b++) {
    const PlnProjectBloc *bloc = &g_array_index(item->blocs, PlnProjectBloc, b);
    const PlnOutcomeSeat *seat = &item->outcome->bloc[b];
    g_autofree char *decides = pln_say_percent(seat->decides);
    pln_doc_cell(doc, pln_text(bloc->bloc->id));
    pln_doc_cell(doc, pln_int(bloc->members));
    for (guint k = 0; k < PLN_VOTE_KINDS; k++)
      pln_doc_cell(doc, pln_number(seat->answer[k], 0));
    pln_doc_cell(doc, pln_text(decides));
  }
}

static void add_rests(PlnDoc *doc, const PlnProjectItem *item) {
  static const PlnDocColumn columns[] = {
      {"-w", "Rests most on"}, {"-n", "Seats"},  {"-p", "Position"}, {"-o", "Left out"},
      {"-d", "Lower"},         {"-u", "Higher"}, {"-s", "Status"},   {NULL, NULL}};
  if (item->rests->len == 0)
    return;
  pln_doc_table(doc, NULL, PLN_FOR_PEOPLE, NULL, columns);
  for (guint k = 0; k < MIN(item->rests->len, 6); k++) {
    const PlnProjectRest *r = &g_array_index(item->rests, PlnProjectRest, k);
    double chances[] = {r->without, r->down, r->up};
    g_autofree char *position = g_strdup_printf("%.0f ± %.0f", r->row->position, r->row->sd);
    pln_doc_cell(doc, pln_text(pln_stance_name(r->row)));
    pln_doc_cell(doc, pln_int(r->seats));
    pln_doc_cell(doc, pln_text(position));
    for (guint c = 0; c < 3; c++) {
      g_autofree char *percent = pln_say_percent(chances[c]);
      pln_doc_cell(doc, pln_text(percent));
    }
    pln_doc_cell(doc, pln_text(pln_status_words[r->row->status]));
  }
}

/* The states of each basis, the fewest of them by name. */
static void say_basis(PlnDoc *doc, const PlnProjectItem *item) {
  static const char *const words[] = {"vote on record", "a stated position", "what was heard",
                                      "filled in by the electorate",
                                      "shares of the others (unknown to the electorate)"};
  g_autoptr(GString) out = g_string_new("States by what they rest on: ");
  guint said = 0;
  for (guint b = 0; b <= PLN_SEAT_SHARES; b++)
    if (item->basis[b] > 0)
      g_string_append_printf(out, "%s%u %s", said++ > 0 ? ", " : "", item->basis[b], words[b]);
  g_string_append_printf(out, "; %u rest on an assumed position.", item->assumed);
  pln_doc_say(doc, NULL, PLN_SAY_NOTE, "%s", out->str);
}

/* Every state in a few letters; a star where it is filled in. */
static void say_states(PlnDoc *doc, const PlnProjectItem *item) {
  const PlnOutlook *o = item->outlook;
  g_autoptr(GString) out = g_string_new(NULL);
  for (guint i = 0; i < o->n; i++) {
    const double *c = o->chance + 3 * (gsize)i;
    double here = 1 - o->absent[i];
    double chances[] = {here * c[2], here * c[0], here * c[1], o->absent[i]};
    gboolean filled = o->basis[i] == PLN_SEAT_FILLED || o->basis[i] == PLN_SEAT_SHARES;
    g_string_append_printf(out, "%s %s%s", i > 0 ? "," : "", o->roster->state[i]->code,
                           filled ? "*" : "");
    for (guint k = 0; k < PLN_VOTE_KINDS; k++) {
      g_autofree char *percent = pln_say_percent(chances[k]);
      percent[strlen(percent) - 1] = '\0';
      g_string_append_printf(out, "%s%s", k > 0 ? "/" : "\302\240", percent);
    }
  }
  pln_doc_say(doc, NULL, PLN_SAY_NOTE,
              "Each state's chances in 100 of yes/no/abstaining/absent (* filled in):%s.", out->str);
}

static void say_conflicts(PlnDoc *doc, const PlnProjectItem *item) {
  const PlnStances *s = item->outlook->stances;
  for (guint k = 0; s && k < s->conflicts->len; k++) {
    const PlnStanceConflict *c = &g_array_index(s->conflicts, PlnStanceConflict, k);
    g_autoptr(GString) codes = g_string_new(NULL);
    for (guint i = 0; i < MIN(c->seats->len, CODES); i++)
      g_string_append_printf(codes, " %s",
                             item->outlook->roster->state[g_array_index(c->seats, guint, i)]->code);
    if (c->seats->len > CODES)
      g_string_append_printf(codes, " and %u more", c->seats->len - CODES);
    pln_doc_say(doc, NULL, PLN_SAY_NOTE,
                c->kind == PLN_STANCE_CONFLICT
                    ? "Conflict: %s (%.0f) and %s (%.0f) are as specific, and merged, for%s."
                    : "Overridden: %s (%.0f) holds instead of %s (%.0f) for%s.",
                pln_stance_name(c->won), c->won->position, pln_stance_name(c->other),
                c->other->position, codes->str);
  }
}

void pln_compose_project_item(PlnDoc *doc, const PlnProject *project, const PlnProjectStage *stage,
                              const PlnProjectItem *item) {
  const PlnProposal *p = item->proposal;
  g_autofree char *question = pln_proposal_question(p);
  g_autofree char *name = pln_say_stage(stage);
  g_autofree char *percent = pln_say_percent(item->outcome->adopted.value);
  pln_doc_say(doc, NULL, PLN_SAY_PLAIN, "%s", "");
  pln_doc_say(doc, NULL, PLN_SAY_TITLE, "%s: %s%s%s%s", p->id, p->title,
              project->stages->len > 1 ? " (" : "", project->stages->len > 1 ? name : "",
              project->stages->len > 1 ? ")" : "");
  pln_doc_say(doc, NULL, PLN_SAY_PLAIN, "Question: %s", question);
  say_chance(doc, item);
  if (*p->touches)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE, "Whom it touches (%s): %s. Source: %s", percent,
                p->touches, *p->touches_source ? p->touches_source : "none stated");
  add_tally(doc, item);
  pln_doc_say(doc, NULL, PLN_SAY_PLAIN, "At the tally expected it takes %u yes.", item->needed);
  say_ways(doc, item);
  add_swing(doc, item);
  add_blocs(doc, item);
  add_rests(doc, item);
  say_basis(doc, item);
  say_states(doc, item);
  say_conflicts(doc, item);
}
