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

/* The codes of those in the bloc that broke its ranks. */
static char *broke_ranks(const PlnReplayItem *item, const PlnBlocPart *part, const PlnPoll *poll,
                         PlnVote line) {
  GString *out = g_string_new(NULL);
  for (guint i = 0; i < poll->n; i++)
    if (part->in[i] && pln_cohesion_breaks(line, poll->vote[i]))
      g_string_append_printf(out, "%s%s", out->len > 0 ? " " : "",
                             item->proposal->roster->state[i]->code);
  return g_string_free(out, FALSE);
}

/* By default the regional groups, the scenario's own blocs and large organizations. */
static gboolean shown(const PlnBlocPart *part, const char *option) {
  const char *kind = part->bloc->kind;
  if (!option)
    return strcmp(kind, "regional-group") == 0 || !*kind ||
           (part->members >= 25 && strcmp(kind, "fixed-list") != 0 && !*part->bloc->made_from);
  g_auto(GStrv) ids = g_strsplit(option, ",", -1);
  return strcmp(option, "all") == 0 || g_strv_contains((const char *const *)ids, part->bloc->id);
}

static void bloc_cells(PlnDoc *doc, const PlnReplayItem *item, const PlnBlocPart *part,
                       gboolean whatif) {
  const PlnCohesion *c = whatif ? &part->whatif : &part->record;
  g_autofree char *broke = broke_ranks(item, part, whatif ? item->whatif : item->record, c->line);
  for (PlnVote k = 0; k < PLN_VOTE_KINDS; k++)
    pln_doc_cell(doc, pln_int(c->count[k]));
  pln_doc_cell(doc, pln_real(c->rice, 2));
  pln_doc_cell(doc, pln_real(c->agreement, 2));
  pln_doc_cell(doc, c->line == PLN_VOTE_UNKNOWN ? pln_text("split") : pln_vote_value(c->line));
  pln_doc_cell(doc, part->turn_by > 0 && !whatif ? pln_int(part->turn_by) : pln_none());
  pln_doc_cell(doc, pln_words(broke));
}

static void add_blocs_data(PlnDoc *doc, const PlnReplayItem *item, gboolean whatif) {
  static const PlnDocColumn columns[] = {
      {"bloc", NULL},      {"name", NULL},    {"members", NULL},    {"yes", NULL},
      {"no", NULL},        {"abstain", NULL}, {"not_voting", NULL}, {"rice", NULL},
      {"agreement", NULL}, {"line", NULL},    {"turn_by", NULL},    {"broke_ranks", NULL},
      {NULL, NULL}};
  pln_doc_table(doc, whatif ? "whatif_blocs" : "blocs", PLN_FOR_PROGRAMS, NULL, columns);
  for (guint i = 0; i < item->blocs->len; i++) {
    const PlnBlocPart *part = &g_array_index(item->blocs, PlnBlocPart, i);
    pln_doc_cell(doc, pln_text(part->bloc->id));
    pln_doc_cell(doc, pln_text(part->bloc->name));
    pln_doc_cell(doc, pln_int(part->members));
    bloc_cells(doc, item, part, whatif);
  }
}

/* Which of the blocs shown voted most alike, and which least. */
static void chart_blocs(PlnDoc *doc, const PlnReplayItem *item, gboolean whatif,
                        const char *option) {
  const PlnBlocPart *most = NULL, *least = NULL;
  double high = 0, low = 0;
  for (guint i = 0; i < item->blocs->len; i++) {
    const PlnBlocPart *part = &g_array_index(item->blocs, PlnBlocPart, i);
    double agreement = whatif ? part->whatif.agreement : part->record.agreement;
    if (!shown(part, option) || agreement < 0)
      continue;
    if (!most || agreement > high)
      most = part, high = agreement;
    if (!least || agreement < low)
      least = part, low = agreement;
  }
  if (most && high > low)
    pln_doc_chart(doc, "blocs", "%s voted most alike, %s least", most->bloc->name,
                  least->bloc->name);
  else if (most)
    pln_doc_chart(doc, "blocs", "%s", "How the blocs voted");
}

/* Returns: how many blocs are not shown */
static guint add_blocs_text(PlnDoc *doc, const PlnReplayItem *item, gboolean whatif,
                            const char *caption, const char *option) {
  static const PlnDocColumn columns[] = {{"-bloc", "Bloc"},
                                         {"-yes", "Y"},
                                         {"-no", "N"},
                                         {"-abstain", "A"},
                                         {"-not_voting", "X"},
                                         {"-rice", "Rice"},
                                         {"-agreement", "Agr."},
                                         {"-line", "Line"},
                                         {"-turns", "Turns"},
                                         {"-broke_ranks", "Broke ranks"},
                                         {NULL, NULL}};
  guint hidden = 0;
  chart_blocs(doc, item, whatif, option);
  pln_doc_table(doc, NULL, PLN_FOR_PEOPLE, caption, columns);
  for (guint i = 0; i < item->blocs->len; i++) {
    const PlnBlocPart *part = &g_array_index(item->blocs, PlnBlocPart, i);
    if (!shown(part, option)) {
      hidden++;
      continue;
    }
    g_autofree char *name = g_strdup_printf("%s (%u)", part->bloc->id, part->members);
    pln_doc_cell(doc, pln_text(name));
    bloc_cells(doc, item, part, whatif);
  }
  return hidden;
}

void pln_compose_blocs_of(PlnDoc *doc, const PlnReplay *replay, const PlnReplayItem *item,
                          const PlnComposeOptions *options) {
  gboolean whatif = item->whatif && item->record && item->blocs->len > 0 &&
                    memcmp(item->whatif->vote, item->record->vote, item->record->n) != 0;
  add_blocs_data(doc, item, FALSE);
  if (whatif)
    add_blocs_data(doc, item, TRUE);
  if (item->blocs->len == 0)
    return;
  if (whatif)
    add_blocs_text(doc, item, TRUE, "In the what-if", options->blocs);
  guint hidden =
      add_blocs_text(doc, item, FALSE, replay->whatif ? "On record" : NULL, options->blocs);
  pln_doc_say(doc, NULL, PLN_SAY_NOTE,
              "Rice: cohesion over yes and no; Agr.: over yes, no and abstaining; Line: how more than "
              "half of those that voted or abstained did; Broke ranks: voted the other way; Turns: how "
              "many of its members could have turned the vote by themselves%s.",
              hidden > 0 ? "; more blocs with --blocs all" : "");
}

void pln_compose_votes(PlnDoc *doc, const PlnReplayItem *item) {
  static const PlnDocColumn columns[] = {
      {"state", "State"},   {"name", "Name"},      {"group", "Group"}, {"vote", "Vote"},
      {"before", "Before"}, {"whatif", "What if"}, {"meant", "Meant"}, {"reason", "Reason"},
      {"status", "Status"}, {"source", "Source"},  {NULL, NULL}};
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

enum { NAMES_AT_MOST = 30 }; /* beyond it codes: names would fill the screen */

/* Those that gave @vote, by name in a small body, else by code. */
static PlnValue voters(const PlnProposal *p, PlnVote vote, guint *n) {
  gboolean names = p->roster->n <= NAMES_AT_MOST;
  g_autoptr(GString) out = g_string_new(NULL);
  *n = 0;
  for (guint i = 0; i < p->roster->n; i++)
    if (p->ballot[i].vote == vote)
      g_string_append_printf(out, "%s%s",
                             (*n)++ == 0 ? ""
                             : names     ? ", "
                                         : " ",
                             names ? p->roster->state[i]->name : p->roster->state[i]->code);
  return pln_text(out->str);
}

/* Votes that are less sure than the proposal's own record, by how sure. */
static void add_weaker(PlnDoc *doc, const PlnProposal *p) {
  for (PlnStatus status = p->status + 1; status < PLN_STATUS_KINDS; status++) {
    g_autoptr(GString) codes = g_string_new(NULL);
    for (guint i = 0; i < p->roster->n; i++)
      if (p->ballot[i].vote != PLN_VOTE_UNKNOWN && p->ballot[i].status == status)
        g_string_append_printf(codes, " %s", p->roster->state[i]->code);
    if (codes->len > 0)
      pln_doc_say(doc, NULL, PLN_SAY_NOTE, "Votes only %s:%s.", pln_status_words[status], codes->str);
  }
}

static void add_unnamed(PlnDoc *doc, const PlnReplayItem *item) {
  const PlnProposal *p = item->proposal;
  guint named[PLN_VOTE_KINDS] = {0};
  for (guint i = 0; i < p->roster->n; i++)
    if (p->ballot[i].vote != PLN_VOTE_UNKNOWN)
      named[p->ballot[i].vote]++;
  if (p->record == PLN_RECORD_PARTIAL && item->record)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE, "Not named: %u yes, %u no, %u abstaining.",
                item->record->tally.count[PLN_VOTE_Y] - named[PLN_VOTE_Y],
                item->record->tally.count[PLN_VOTE_N] - named[PLN_VOTE_N],
                item->record->tally.count[PLN_VOTE_A] - named[PLN_VOTE_A]);
}

static void add_gloss(PlnDoc *doc, const PlnProposal *p) {
  for (guint i = 0; i < p->roster->n; i++) {
    const PlnBallot *b = &p->ballot[i];
    const char *name = p->roster->state[i]->name;
    if (b->meant != PLN_VOTE_UNKNOWN)
      pln_doc_say(doc, NULL, PLN_SAY_NOTE, "%s later said that it had meant %s; recorded: %s.",
                  name, pln_vote_letter(b->meant), pln_vote_letter(b->vote));
    if (b->reason != PLN_REASON_NOT_STATED)
      pln_doc_say(doc, NULL, PLN_SAY_NOTE, "%s did not vote: %s.", name,
                  pln_not_voting_words[b->reason]);
  }
}

void pln_compose_board(PlnDoc *doc, const PlnReplay *replay, const PlnReplayItem *item) {
  static const PlnDocColumn columns[] = {{"-", "Vote"}, {"-", "n"}, {"-", "States"}, {NULL, NULL}};
  const PlnProposal *p = item->proposal;
  pln_doc_table(doc, NULL, PLN_FOR_PEOPLE, replay->whatif ? "On record" : NULL, columns);
  for (PlnVote vote = 0; vote < PLN_VOTE_KINDS; vote++) {
    guint n;
    PlnValue who = voters(p, vote, &n);
    if (n == 0) {
      g_free(who.text);
      continue;
    }
    pln_doc_cell(doc, pln_vote_value(vote));
    pln_doc_cell(doc, pln_int(n));
    pln_doc_cell(doc, who);
  }
  add_unnamed(doc, item);
  add_weaker(doc, p);
  add_gloss(doc, p);
}

void pln_compose_shift(PlnDoc *doc, const PlnReplayItem *item) {
  const PlnShift *shift = item->shift;
  if (!shift)
    return;
  g_autofree char *text = pln_say_shift(shift);
  static const PlnDocColumn columns[] = {{"before", NULL}, {"now", NULL},        {"-", "Moved"},
                                         {"n", "n"},       {"states", "States"}, {NULL, NULL}};
  pln_doc_say(doc, NULL, PLN_SAY_PLAIN, "%s", "");
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
