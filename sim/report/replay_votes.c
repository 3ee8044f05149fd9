/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who voted how, bloc by bloc and state by state, and who moved. */
#include <string.h>

#include "plenary/compose.h"

const char *pln_vote_letter(PlnVote vote) {
  static const char *const letters[] = {"Y", "N", "A", "X"};
  return vote < PLN_VOTE_KINDS ? letters[vote] : "?";
}

PlnValue pln_vote_value(PlnVote vote) {
  return pln_text(pln_vote_letter(vote));
}

/* The part of a bloc that gave @vote, or all that broke ranks, as codes. */
static char *codes_of(const PlnReplayItem *item, const PlnBlocPart *part) {
  GString *out = g_string_new(NULL);
  const PlnPoll *poll = item->record;
  for (guint i = 0; i < poll->n; i++)
    if (part->in[i] && pln_cohesion_breaks(part->record.line, poll->vote[i]))
      g_string_append_printf(out, "%s%s", out->len > 0 ? " " : "", item->proposal->roster->state[i]->code);
  return g_string_free(out, FALSE);
}

/* By default the regional groups, the scenario's own blocs and the large ones; fixed
 * lists stand for what-ifs, their blocs are there already. */
static gboolean shown(const PlnBlocPart *part, const char *option) {
  const char *kind = part->bloc->kind;
  if (!option)
    return strcmp(kind, "regional-group") == 0 || !*kind ||
           (part->members >= 25 && strcmp(kind, "fixed-list") != 0);
  g_auto(GStrv) ids = g_strsplit(option, ",", -1);
  return strcmp(option, "all") == 0 || g_strv_contains((const char *const *)ids, part->bloc->id);
}

static void bloc_cells(PlnDoc *doc, const PlnReplayItem *item, const PlnBlocPart *part) {
  const PlnCohesion *c = &part->record;
  g_autofree char *broke = codes_of(item, part);
  for (PlnVote k = 0; k < PLN_VOTE_KINDS; k++)
    pln_doc_cell(doc, pln_int(c->count[k]));
  pln_doc_cell(doc, pln_real(c->rice, 2));
  pln_doc_cell(doc, pln_real(c->agreement, 2));
  pln_doc_cell(doc, c->line == PLN_VOTE_UNKNOWN ? pln_text("split") : pln_vote_value(c->line));
  pln_doc_cell(doc, part->turn_by > 0 ? pln_int(part->turn_by) : pln_none());
  pln_doc_cell(doc, pln_words(broke));
}

static void add_blocs_data(PlnDoc *doc, const PlnReplayItem *item) {
  static const PlnDocColumn columns[] = {
      {"bloc", NULL}, {"name", NULL}, {"members", NULL},   {"yes", NULL},       {"no", NULL},
      {"abstain", NULL}, {"not_voting", NULL}, {"rice", NULL}, {"agreement", NULL}, {"line", NULL},
      {"turn_by", NULL}, {"broke_ranks", NULL}, {NULL, NULL}};
  pln_doc_table(doc, "blocs", PLN_FOR_PROGRAMS, NULL, columns);
  for (guint i = 0; i < item->blocs->len; i++) {
    const PlnBlocPart *part = &g_array_index(item->blocs, PlnBlocPart, i);
    pln_doc_cell(doc, pln_text(part->bloc->id));
    pln_doc_cell(doc, pln_text(part->bloc->name));
    pln_doc_cell(doc, pln_int(part->members));
    bloc_cells(doc, item, part);
  }
}

void pln_compose_blocs_of(PlnDoc *doc, const PlnReplayItem *item, const PlnComposeOptions *options) {
  static const PlnDocColumn columns[] = {
      {"-", "Bloc"}, {"-", "Y"},    {"-", "N"},     {"-", "A"},           {"-", "X"}, {"-", "Rice"},
      {"-", "Agr."}, {"-", "Line"}, {"-", "Turns"}, {"-", "Broke ranks"}, {NULL, NULL}};
  guint hidden = 0;
  add_blocs_data(doc, item);
  pln_doc_table(doc, NULL, PLN_FOR_PEOPLE, NULL, columns);
  for (guint i = 0; i < item->blocs->len; i++) {
    const PlnBlocPart *part = &g_array_index(item->blocs, PlnBlocPart, i);
    if (!shown(part, options->blocs)) {
      hidden++;
      continue;
    }
    g_autofree char *name = g_strdup_printf("%s (%u)", part->bloc->id, part->members);
    pln_doc_cell(doc, pln_text(name));
    bloc_cells(doc, item, part);
  }
  if (item->blocs->len > 0)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE,
                "Rice: cohesion over yes and no; Agr.: over yes, no and abstaining; Turns: how many "
                "of its members could have turned it by themselves%s.",
                hidden > 0 ? "; more blocs with --blocs all" : "");
}

void pln_compose_votes(PlnDoc *doc, const PlnReplayItem *item) {
  static const PlnDocColumn columns[] = {
      {"state", "State"},   {"name", "Name"},     {"group", "Group"},   {"vote", "Vote"},
      {"before", "Before"}, {"whatif", "What if"}, {"meant", "Meant"},  {"reason", "Reason"},
      {"status", "Status"}, {"source", "Source"}, {NULL, NULL}};
  const PlnProposal *p = item->proposal;
  pln_doc_table(doc, "votes", PLN_FOR_PROGRAMS, NULL, columns);
  for (guint i = 0; i < p->roster->n; i++) {
    const PlnBallot *b = &p->ballot[i];
    gboolean named = b->vote != PLN_VOTE_UNKNOWN;
    if (!named && !(item->whatif && item->whatif->by_state))
      continue;
    pln_doc_cell(doc, pln_text(p->roster->state[i]->code));
    pln_doc_cell(doc, pln_text(p->roster->state[i]->name));
    pln_doc_cell(doc, pln_text(p->roster->state[i]->group));
    pln_doc_cell(doc, named ? pln_vote_value(b->vote) : pln_none());
    pln_doc_cell(doc, item->shift && item->shift->before[i] != PLN_VOTE_UNKNOWN
                          ? pln_vote_value(item->shift->before[i])
                          : pln_none());
    pln_doc_cell(doc, item->whatif && item->whatif->by_state ? pln_vote_value(item->whatif->vote[i])
                                                             : pln_none());
    pln_doc_cell(doc, b->meant == PLN_VOTE_UNKNOWN ? pln_none() : pln_vote_value(b->meant));
    pln_doc_cell(doc, b->reason ? pln_text(pln_not_voting_words[b->reason]) : pln_none());
    pln_doc_cell(doc, pln_text(pln_status_words[b->status]));
    pln_doc_cell(doc, pln_text(b->source));
  }
}

/* The names of the record by vote; the weaker facts marked. */
void pln_compose_board(PlnDoc *doc, const PlnReplayItem *item) {
  static const PlnDocColumn columns[] = {{"-", "Vote"}, {"-", "n"}, {"-", "States"}, {NULL, NULL}};
  const PlnProposal *p = item->proposal;
  gboolean weak = FALSE;
  pln_doc_table(doc, NULL, PLN_FOR_PEOPLE, NULL, columns);
  for (PlnVote vote = 0; vote < PLN_VOTE_KINDS; vote++) {
    g_autoptr(GString) codes = g_string_new(NULL);
    guint n = 0;
    for (guint i = 0; i < p->roster->n; i++) {
      if (p->ballot[i].vote != vote)
        continue;
      gboolean marked = p->ballot[i].status > p->status;
      g_string_append_printf(codes, "%s%s%s", n++ > 0 ? " " : "", p->roster->state[i]->code, marked ? "*" : "");
      weak |= marked;
    }
    if (n == 0)
      continue;
    pln_doc_cell(doc, pln_vote_value(vote));
    pln_doc_cell(doc, pln_int(n));
    pln_doc_cell(doc, pln_text(codes->str));
  }
  if (weak)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE, "* less sure than the vote itself (inferred, say).");
  for (guint i = 0; i < p->roster->n; i++)
    if (p->ballot[i].meant != PLN_VOTE_UNKNOWN)
      pln_doc_say(doc, NULL, PLN_SAY_NOTE, "%s later said that it had meant %s; recorded: %s.",
                  p->roster->state[i]->name, pln_vote_letter(p->ballot[i].meant), pln_vote_letter(p->ballot[i].vote));
  for (guint i = 0; i < p->roster->n; i++)
    if (p->ballot[i].reason != PLN_REASON_NOT_STATED)
      pln_doc_say(doc, NULL, PLN_SAY_NOTE, "%s did not vote: %s.", p->roster->state[i]->name,
                  pln_not_voting_words[p->ballot[i].reason]);
}

void pln_compose_shift(PlnDoc *doc, const PlnReplayItem *item) {
  const PlnShift *shift = item->shift;
  if (!shift)
    return;
  g_autofree char *text = pln_say_shift(shift);
  static const PlnDocColumn columns[] = {{"before", NULL}, {"now", NULL}, {"-", "Moved"},
                                         {"n", "n"},       {"states", "States"}, {NULL, NULL}};
  pln_doc_say(doc, NULL, PLN_SAY_PLAIN, "%s", text);
  pln_doc_table(doc, "changes", PLN_FOR_BOTH, NULL, columns);
  for (PlnVote i = 0; i < PLN_VOTE_KINDS; i++)
    for (PlnVote j = 0; j < PLN_VOTE_KINDS; j++) {
      if (i == j || shift->moved[i][j] == 0)
        continue;
      g_autoptr(GString) codes = g_string_new(NULL);
      for (guint k = 0; k < item->proposal->roster->n; k++)
        if (shift->before[k] == i && item->record->vote[k] == j)
          g_string_append_printf(codes, "%s%s", codes->len > 0 ? " " : "",
                                 item->proposal->roster->state[k]->code);
      g_autofree char *arrow = g_strdup_printf("%s -> %s", pln_vote_letter(i), pln_vote_letter(j));
      pln_doc_cell(doc, pln_vote_value(i));
      pln_doc_cell(doc, pln_vote_value(j));
      pln_doc_cell(doc, pln_text(arrow));
      pln_doc_cell(doc, pln_int(shift->moved[i][j]));
      pln_doc_cell(doc, pln_words(codes->str));
    }
}
