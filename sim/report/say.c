/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sentences of a replay. */
#include <string.h>

#include "plenary/compose.h"
#include "plenary/table.h"

static const char *const ends[] = {"OUTCOME NOT KNOWN",
                                   "ADOPTED",
                                   "ADOPTED WITHOUT A VOTE",
                                   "REJECTED",
                                   "TIED: a second vote is due within 48 hours",
                                   "NOT PUT",
                                   "WITHDRAWN"};

static const char *const voted[] = {"yes", "no", "abstaining", "not voting"};

char *pln_say_verdict(const PlnPoll *poll, PlnEnd end) {
  if (!poll)
    return g_strdup(ends[end]);
  const guint32 *c = poll->tally.count;
  return g_strdup_printf("%s  %u yes  %u no  %u abstaining  %u not voting", ends[end],
                         c[PLN_VOTE_Y], c[PLN_VOTE_N], c[PLN_VOTE_A], c[PLN_VOTE_X]);
}

static const char *basis(const PlnRule *rule) {
  static const char *const words[] = {"Present and voting", "Present", "All members"};
  return words[rule->basis];
}

/* Where the fraction decides. */
static char *say_fraction(const PlnPoll *poll) {
  const PlnVerdict *v = &poll->verdict;
  int spare = (int)v->yes - (int)v->needed;
  g_autofree char *margin =
      spare == 0 ? g_strdup("exactly enough")
                 : g_strdup_printf("%d %s", ABS(spare), spare < 0 ? "short" : "to spare");
  if (poll->rule->rule.majority.num == 0)
    return g_strdup_printf("It takes %u affirmative votes: %s.", v->needed, margin);
  return g_strdup_printf("%s: %u. Adoption takes %u yes: %s.", basis(&poll->rule->rule), v->base,
                         v->needed, margin);
}

char *pln_say_margin(const PlnPoll *poll) {
  const PlnVerdict *v = &poll->verdict;
  g_autofree char *fraction = say_fraction(poll);
  switch (v->reason) {
  case PLN_REASON_OBJECTION:
    return g_strdup_printf("%u against: each a formal objection, so there is no consensus.",
                           poll->tally.count[PLN_VOTE_N]);
  case PLN_REASON_NO_OBJECTION:
    return g_strdup("Nobody objects.");
  case PLN_REASON_NO_MEMBERS:
    return g_strdup("Nobody has a vote here.");
  case PLN_REASON_NO_YES:
    return g_strdup("Nobody voted for it, and without an affirmative vote nothing is adopted.");
  case PLN_REASON_VETO:
    return g_strdup_printf("Vetoed: %u of those that hold a veto voted against.", poll->tally.vetoes);
  case PLN_REASON_TIE:
    return g_strdup_printf("As many for as against. %s", fraction);
  case PLN_REASON_NO_BLOCK:
    return g_strdup_printf("%s Too few stand against it to block.", fraction);
  default:
    break;
  }
  if (!poll->rule->rule.weighted)
    return g_steal_pointer(&fraction);
  return g_strdup_printf("%s By weight %" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT
                         ", and it takes %" G_GUINT64_FORMAT ".",
                         fraction, v->weight_yes, v->weight_base, v->weight_needed);
}

typedef struct {
  guint32 least;
  PlnVote from, to;
} Turn;

static int by_least(gconstpointer a, gconstpointer b) {
  const Turn *x = a, *y = b;
  if (x->least != y->least)
    return x->least < y->least ? -1 : 1;
  if (x->from != y->from)
    return x->from < y->from ? -1 : 1;
  return (int)x->to - (int)y->to;
}

char *pln_say_turn(const PlnPoll *poll, const char *lead) {
  static const char *const to[] = {"yes", "no", "abstaining", "not voting"};
  g_autoptr(GArray) turns = g_array_new(FALSE, FALSE, sizeof(Turn));
  for (PlnVote i = 0; i < PLN_VOTE_KINDS; i++)
    for (PlnVote j = 0; j < PLN_VOTE_KINDS; j++) {
      Turn turn = {poll->turn[i][j], i, j};
      if (turn.least > 0)
        g_array_append_val(turns, turn);
    }
  if (turns->len == 0)
    return NULL;
  g_array_sort(turns, by_least);
  GString *out = g_string_new(lead);
  for (guint k = 0; k < turns->len; k++) {
    const Turn *turn = &g_array_index(turns, Turn, k);
    g_string_append_printf(out, "%s%u %sfrom %s to %s", k > 0 ? ", or " : "", turn->least,
                           k > 0              ? ""
                           : turn->least == 1 ? "state "
                                              : "states ",
                           voted[turn->from], to[turn->to]);
  }
  g_string_append_c(out, '.');
  return g_string_free(out, FALSE);
}

/* "yes lost 21 and gained 6" */
static char *say_balance(const PlnShift *shift, PlnVote vote) {
  guint32 lost = 0, gained = 0;
  for (PlnVote k = 0; k < PLN_VOTE_KINDS; k++) {
    lost += k != vote ? shift->moved[vote][k] : 0;
    gained += k != vote ? shift->moved[k][vote] : 0;
  }
  return g_strdup_printf("%s lost %u and gained %u", voted[vote], lost, gained);
}

char *pln_say_shift(const PlnShift *shift) {
  guint32 moved = 0, stayed = 0;
  for (PlnVote i = 0; i < PLN_VOTE_KINDS; i++)
    for (PlnVote j = 0; j < PLN_VOTE_KINDS; j++)
      *(i == j ? &stayed : &moved) += shift->moved[i][j];
  g_autofree char *yes = say_balance(shift, PLN_VOTE_Y), *no = say_balance(shift, PLN_VOTE_N);
  return g_strdup_printf("Since %s (%u-%u-%u, %s): %u voted as before and %u moved; %s, %s.",
                         shift->symbol, shift->total[PLN_VOTE_Y], shift->total[PLN_VOTE_N],
                         shift->total[PLN_VOTE_A], pln_status_words[shift->status], stayed, moved,
                         yes, no);
}

char *pln_say_asked_by(const PlnProposal *p, const PlnWorld *world) {
  gboolean text =
      p->kind == PLN_KIND_TEXT || p->kind == PLN_KIND_AMENDMENT || p->kind == PLN_KIND_WHOLE;
  const char *verb = text ? "Submitted by" : "Asked for by";
  g_auto(GStrv) codes = g_strsplit(p->asked_by, " ", -1);
  guint n = g_strv_length(codes);
  const PlnState *first = n > 0 ? pln_world_state(world, codes[0]) : NULL;
  if (n == 0 || !*codes[0])
    return NULL;
  if (!first)
    return g_strdup_printf("%s: not known.", verb);
  if (n == 1)
    return g_strdup_printf("%s %s.", verb, first->name);
  g_autofree char *rest = g_strjoinv(" ", codes + 1);
  return g_strdup_printf("%s %s and %u other%s (%s).", verb, first->name, n - 1, n == 2 ? "" : "s",
                         rest);
}

char *pln_say_decisive_codes(const PlnRoster *roster, const PlnPoll *poll) {
  GString *codes = g_string_new(NULL);
  for (guint i = 0; i < poll->n; i++)
    if (poll->decisive[i])
      g_string_append_printf(codes, "%s%s", codes->len > 0 ? " " : "", roster->state[i]->code);
  return g_string_free(codes, FALSE);
}

char *pln_say_decisive(const PlnReplayItem *item) {
  g_autofree char *codes = pln_say_decisive_codes(item->proposal->roster, item->record);
  return *codes ? g_strdup_printf("Decisive, any one of them alone: %s.", codes) : NULL;
}

/* "RUS (Russian Federation) voted no" */
static void add_edit(GString *out, const PlnScenario *s, const PlnEdit *edit) {
  static const char *const done[] = {"voted yes", "voted no", "abstained", "not voted"};
  const PlnState *state = pln_world_state(s->world, edit->who);
  const PlnBloc *bloc = state ? NULL : pln_world_bloc(s->world, edit->who);
  const char *name = state ? state->name : bloc ? bloc->name : "every member";
  g_string_append_printf(out, "\n %s (%s) had %s", edit->who, name, done[edit->vote]);
  if (edit->proposal >= 0)
    g_string_append_printf(out, " on %s", pln_scenario_proposal(s, (guint)edit->proposal)->id);
}

char *pln_say_whatif(const PlnReplay *replay) {
  static const char *const as[] = {"voted yes", "voted no", "abstained", "stayed away"};
  const PlnWhatIf *w = replay->asked;
  g_autoptr(GString) out = g_string_new(NULL);
  if (w->rule)
    g_string_append_printf(out, "\n the rule were \"%s\"", w->rule->name);
  if (w->absent == PLN_ABSENT_WITH_BLOC)
    g_string_append(out, "\n those that did not vote had kept to the line of their regional group "
                         "(where it has one)");
  if (w->absent == PLN_ABSENT_VOTE)
    g_string_append_printf(out, "\n those that did not vote had %s", as[w->absent_vote]);
  if (w->abstain_as != PLN_VOTE_UNKNOWN)
    g_string_append_printf(out, "\n those that abstained had %s", as[w->abstain_as]);
  for (guint i = 0; i < w->edits->len; i++)
    add_edit(out, replay->scenario, &g_array_index(w->edits, PlnEdit, i));
  g_auto(GStrv) parts = g_strsplit(out->str + 2, "\n ", -1);
  guint n = g_strv_length(parts);
  g_autofree char *last = g_steal_pointer(&parts[n - 1]);
  g_autofree char *before = g_strjoinv(", ", parts);
  return g_strdup_printf("What if %s%s%s?", before, n > 1 ? " and " : "", last);
}

void pln_say_scenario(PlnDoc *doc, const PlnScenario *s) {
  g_autofree char *day = pln_day_text(s->as_of);
  pln_doc_open(doc, "scenario");
  pln_doc_fact(doc, "id", pln_text(s->id));
  pln_doc_fact(doc, "title", pln_text(s->title));
  pln_doc_fact(doc, "as_of", pln_text(day));
  pln_doc_fact(doc, "about", pln_text(s->about));
  pln_doc_fact(doc, "status", pln_text(pln_status_words[s->status]));
  pln_doc_fact(doc, "source", pln_text(s->source));
  pln_doc_close(doc);
}

const char *pln_say_end(PlnEnd end) {
  static const char *const said[] = {"with an outcome not known",
                                     "adopted",
                                     "adopted without a vote",
                                     "rejected",
                                     "tied",
                                     "not put",
                                     "withdrawn"};
  return said[end];
}

void pln_replay_count_ends(const PlnReplay *replay, guint *n) {
  memset(n, 0, (PLN_END_WITHDRAWN + 1) * sizeof *n);
  for (guint k = 0; k < replay->items->len; k++)
    n[pln_replay_item(replay, k)->end]++;
}
