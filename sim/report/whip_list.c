/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One list of a whip count: bins, the tally to expect, whom to call. */
#include <math.h>
#include <string.h>

#include "plenary/compose_whip.h"

enum { CALLS = 8, BRIEFLY = 4 }; /* how many calls are shown of one list, and of each of several */

static const char *const vote_names[] = {"Yes", "No", "Abstaining", "Not voting"};
static const char *const vote_keys[] = {"yes", "no", "abstain", "not_voting"};

/* ---- The question and the answer ---- */

/* The list of the proposal at @place, or NULL. */
static const PlnWhipList *list_at(const PlnWhip *w, guint place) {
  for (guint i = 0; i < w->lists->len; i++)
    if (pln_whip_list(w, i)->place == place)
      return pln_whip_list(w, i);
  return NULL;
}

/* "Not put where no-action is adopted (12 in 100)." */
static void say_falls(PlnDoc *doc, const PlnWhip *w, const PlnWhipList *l) {
  for (guint k = 0; k < l->proposal->falls_if->len; k++) {
    const PlnFallsIf *falls = &g_array_index(l->proposal->falls_if, PlnFallsIf, k);
    const PlnWhipList *other = list_at(w, falls->other);
    double chance = !other ? 0 : falls->adopted ? other->chance : 1 - other->chance;
    g_autofree char *percent = pln_whip_percent(chance);
    g_autofree char *known = other ? g_strdup_printf(" (%s in 100)", g_strstrip(percent)) : NULL;
    pln_doc_say(doc, NULL, PLN_SAY_NOTE, "Not put where %s is %sadopted%s.",
                pln_scenario_proposal(w->scenario, falls->other)->id, falls->adopted ? "" : "not ",
                known ? known : "");
  }
}

static void add_question(PlnDoc *doc, const PlnWhip *w, const PlnWhipList *l) {
  const PlnProposal *p = l->proposal;
  g_autofree char *question = pln_proposal_question(p), *day = pln_day_text(l->outlook->day);
  g_autofree char *heard = pln_whip_say_heard(l), *outcome = pln_whip_say_outcome(l);
  pln_doc_text(doc, "id", p->id);
  pln_doc_text(doc, "title", p->title);
  pln_doc_text(doc, "kind", pln_kind_words[p->kind]);
  pln_doc_text(doc, "question", question);
  pln_doc_text(doc, "yes_means", pln_kind_yes(p->kind));
  pln_doc_text(doc, "body", p->body->id);
  pln_doc_text(doc, "date", day);
  pln_doc_text(doc, "rule", l->rule->id);
  pln_doc_text(doc, "heard", heard);
  pln_doc_text(doc, "if_put", outcome);
  pln_doc_say(doc, NULL, PLN_SAY_PLAIN, "%s", "");
  pln_doc_say(doc, NULL, PLN_SAY_TITLE, "%s: %s", p->id, p->title);
  pln_doc_say(doc, NULL, PLN_SAY_PLAIN, "%s, %s. %s (yes %s)", p->body->name, day, question,
              pln_kind_yes(p->kind));
  if (w->lists->len > 1)
    pln_doc_say(doc, NULL, PLN_SAY_LEAD, "%s; if put: %s.", heard, outcome);
  pln_doc_say(doc, NULL, PLN_SAY_NOTE, "Rule: %s; %s.", l->rule->name, l->why_rule);
  say_falls(doc, w, l);
}

/* ---- Bins and tally ---- */

static void add_count(PlnDoc *doc, const char *bin, const char *name, const PlnWhipCount *c) {
  pln_doc_cell(doc, pln_text(bin));
  pln_doc_cell(doc, pln_text(name));
  pln_doc_cell(doc, pln_int(c->seats));
  for (PlnVote v = 0; v < PLN_VOTE_KINDS; v++)
    pln_doc_cell(doc, pln_real(c->expected[v], 1));
}

/* Of several lists people see the numbers in a sentence, of one, or with --full, in tables. */
static PlnAudience for_whom(gboolean brief) {
  return brief ? PLN_FOR_PROGRAMS : PLN_FOR_BOTH;
}

static void add_counts(PlnDoc *doc, const PlnWhipList *l, gboolean brief) {
  static const PlnDocColumn columns[] = {{"bin", NULL},       {"-", "Heard"}, {"states", "States"},
                                         {"yes", "Y"},        {"no", "N"},    {"abstain", "A"},
                                         {"not_voting", "X"}, {NULL, NULL}};
  pln_doc_table(doc, "counts", for_whom(brief), "What was heard, and what the forecast makes of it",
                columns);
  for (PlnWhipBin bin = 0; bin < PLN_WHIP_BINS; bin++)
    if (l->count[bin].seats > 0)
      add_count(doc, pln_whip_words[bin], pln_whip_bin_name(bin), &l->count[bin]);
  add_count(doc, "all", "all", &l->all);
}

static void say_tally(PlnDoc *doc, const PlnWhipList *l) {
  static const char *const names[] = {"yes", "no", "abstaining", "not voting"};
  g_autoptr(GString) out = g_string_new("To expect, with 90 % intervals:");
  for (PlnVote v = 0; v < PLN_VOTE_KINDS; v++) {
    const PlnOutcomeSpread *x = &l->outcome->count[v];
    g_string_append_printf(out, "%s %.0f %s (%d to %d)", v > 0 ? "," : "", l->all.expected[v],
                           names[v], x->quantile[0], x->quantile[4]);
  }
  pln_doc_say(doc, NULL, PLN_SAY_PLAIN, "%s.", out->str);
}

static guint32 rounded(double x) {
  return x > 0 ? (guint32)(x + 0.5) : 0;
}

/* What is needed is what it is on the average: the votes cast are not known. */
static void add_bar(PlnDoc *doc, const PlnWhipList *l) {
  const PlnOutcomeResult *r = l->outcome;
  pln_doc_bar(doc,
              (PlnBar){{rounded(l->all.expected[PLN_VOTE_Y]), rounded(l->all.expected[PLN_VOTE_N])},
                       rounded(r->count[PLN_VOTE_Y].mean - r->margin.mean)});
}

static void add_tally(PlnDoc *doc, const PlnWhipList *l, gboolean brief) {
  static const PlnDocColumn columns[] = {{"-", ""},      {"votes", NULL}, {"expected", "Expected"},
                                         {"-", "90 %"},  {"low", NULL},   {"median", NULL},
                                         {"high", NULL}, {"sd", NULL},    {NULL, NULL}};
  const PlnOutcomeResult *r = l->outcome;
  pln_doc_table(doc, "tally", for_whom(brief), "The tally to expect", columns);
  for (int k = 0; k <= PLN_VOTE_KINDS; k++) {
    gboolean margin = k == PLN_VOTE_KINDS;
    const PlnOutcomeSpread *x = margin ? &r->margin : &r->count[k];
    g_autofree char *range = g_strdup_printf("%d to %d", x->quantile[0], x->quantile[4]);
    double expected = margin ? x->mean : l->all.expected[k];
    pln_doc_cell(doc, pln_text(margin ? "Yes to spare" : vote_names[k]));
    pln_doc_cell(doc, pln_text(margin ? "margin" : vote_keys[k]));
    pln_doc_cell(doc, pln_number(expected, 1));
    pln_doc_cell(doc, pln_text(range));
    pln_doc_cell(doc, pln_int(x->quantile[0]));
    pln_doc_cell(doc, pln_int(x->quantile[2]));
    pln_doc_cell(doc, pln_int(x->quantile[4]));
    pln_doc_cell(doc, pln_real(x->sd, 2));
  }
}

/* The chance, and how far chance itself may have it off. */
static void say_chance(PlnDoc *doc, const PlnWhipList *l) {
  const PlnOutcomeResult *r = l->outcome;
  g_autofree char *percent = pln_whip_percent(l->chance);
  g_autofree char *error =
      100 * l->error < 0.05 ? g_strdup("under 0.1") : g_strdup_printf("%.1f", 100 * l->error);
  pln_doc_open(doc, "adoption");
  pln_doc_fact(doc, "chance", pln_real(pln_outcome_shown(l->chance, r->draws), 4));
  pln_doc_fact(doc, "error", pln_real(l->error, 6));
  pln_doc_fact(doc, "drawn", pln_real(pln_outcome_shown(r->drawn.value, r->draws), 4));
  pln_doc_fact(doc, "draws", pln_int(r->draws));
  pln_doc_fact(doc, "before",
               isnan(l->before) ? pln_none() : pln_real(pln_outcome_shown(l->before, r->draws), 4));
  pln_doc_close(doc);
  g_autofree char *before = isnan(l->before) ? NULL : pln_whip_percent(l->before);
  if (before)
    pln_doc_say(doc, NULL, PLN_SAY_PLAIN, "Without what is said: %s %%.", g_strstrip(before));
  pln_doc_say(doc, NULL, PLN_SAY_PLAIN,
              "Chance of adoption, given that it is put: %s %% (Monte Carlo error: %s points).",
              g_strstrip(percent), error);
}

static void add_distribution(PlnDoc *doc, const PlnWhipList *l) {
  static const PlnDocColumn columns[] = {{"yes", NULL}, {"chance", NULL}, {NULL, NULL}};
  pln_doc_table(doc, "yes", PLN_FOR_PROGRAMS, NULL, columns);
  for (guint k = 0; k <= l->outcome->n; k++)
    if (l->outcome->yes[k] > 0) {
      pln_doc_cell(doc, pln_int(k));
      pln_doc_cell(doc, pln_real(l->outcome->yes[k], 6));
    }
}

/* ---- Whom to call ---- */

static char *heard_of(const PlnWhipSeat *seat) {
  if (seat->days < 0)
    return g_strdup(pln_whip_bin_name(seat->bin));
  return g_strdup_printf("%s, %d d", pln_whip_bin_name(seat->bin), seat->days);
}

/* "Brazil; Ambassador asks for: a yes" */
static char *task_of(const PlnWhipList *l, guint i) {
  const PlnPledge *pledge = l->seat[i].pledge;
  GString *out = g_string_new(l->outlook->roster->state[i]->name);
  if (pledge && *pledge->caller)
    g_string_append_printf(out, "; %s calls", pledge->caller);
  if (pledge && *pledge->ask)
    g_string_append_printf(out, "; ask: %s", pledge->ask);
  return g_string_free(out, FALSE);
}

static void percent_cells(PlnDoc *doc, const PlnWhipSeat *seat) {
  for (PlnVote v = 0; v < PLN_VOTE_X; v++) {
    g_autofree char *percent = pln_whip_percent(seat->chance[v]);
    pln_doc_cell(doc, pln_text(percent));
  }
}

static void call_table(PlnDoc *doc, const PlnWhipList *l, const GArray *seats, gboolean tell,
                       guint most) {
  const PlnDocColumn columns[] = {{"-", "State"}, {"-", tell ? "Bits" : "Swing"},
                                  {"-", "Alone"}, {"-", "Heard"},
                                  {"-", "  Y"},   {"-", "  N"},
                                  {"-", "  A"},   {"-", "Who, and what is asked"},
                                  {NULL, NULL}};
  pln_doc_table(doc, NULL, PLN_FOR_PEOPLE,
                tell ? "To call first: whose answer would tell most of the outcome"
                     : "To win over first: whose change goes with the outcome most",
                columns);
  for (guint k = 0; k < MIN(most, seats->len); k++) {
    guint i = g_array_index(seats, guint, k);
    const PlnOutcomeSeat *seat = &l->outcome->seat[i];
    g_autofree char *heard = heard_of(&l->seat[i]), *task = task_of(l, i);
    pln_doc_cell(doc, pln_text(l->outlook->roster->state[i]->code));
    pln_doc_cell(doc, tell ? pln_number(seat->bits, 4) : pln_number(100 * seat->swing, 0));
    pln_doc_cell(doc, tell ? pln_none() : pln_number(100 * seat->decides, 1));
    pln_doc_cell(doc, pln_text(heard));
    percent_cells(doc, &l->seat[i]);
    pln_doc_cell(doc, pln_text(task));
  }
}

static void call_rows(PlnDoc *doc, const PlnWhipList *l, const GArray *seats, const char *why) {
  for (guint k = 0; k < seats->len; k++) {
    guint i = g_array_index(seats, guint, k);
    const PlnWhipSeat *seat = &l->seat[i];
    const PlnPledge *pledge = seat->pledge;
    const PlnOutcomeSeat *x = &l->outcome->seat[i];
    pln_doc_cell(doc, pln_text(why));
    pln_doc_cell(doc, pln_int(k + 1));
    pln_doc_cell(doc, pln_text(l->outlook->roster->state[i]->code));
    pln_doc_cell(doc, pln_text(l->outlook->roster->state[i]->name));
    pln_doc_cell(doc, pln_text(pln_whip_words[seat->bin]));
    pln_doc_cell(doc, seat->days >= 0 ? pln_int(seat->days) : pln_none());
    for (PlnVote v = 0; v < PLN_VOTE_KINDS; v++)
      pln_doc_cell(doc, pln_real(seat->chance[v], 3));
    pln_doc_cell(doc, pln_number(x->bits, 6));
    pln_doc_cell(doc, pln_number(x->swing, 4));
    pln_doc_cell(doc, pln_number(x->swing_error, 4));
    pln_doc_cell(doc, pln_number(x->decides, 4));
    pln_doc_cell(doc, pledge && *pledge->caller ? pln_text(pledge->caller) : pln_none());
    pln_doc_cell(doc, pledge && *pledge->ask ? pln_text(pledge->ask) : pln_none());
  }
}

static void add_calls_data(PlnDoc *doc, const PlnWhipList *l) {
  static const PlnDocColumn columns[] = {
      {"why", NULL},         {"rank", NULL},       {"state", NULL},  {"name", NULL},
      {"heard", NULL},       {"days", NULL},       {"yes", NULL},    {"no", NULL},
      {"abstain", NULL},     {"not_voting", NULL}, {"bits", NULL},   {"swing", NULL},
      {"swing_error", NULL}, {"decides", NULL},    {"caller", NULL}, {"ask", NULL},
      {NULL, NULL}};
  pln_doc_table(doc, "calls", PLN_FOR_PROGRAMS, NULL, columns);
  call_rows(doc, l, l->tell, "tells");
  call_rows(doc, l, l->change, "changes");
}

static void add_calls(PlnDoc *doc, const PlnWhipList *l, guint most) {
  add_calls_data(doc, l);
  if (l->tell->len > 0)
    call_table(doc, l, l->tell, TRUE, most);
  else if (l->change->len > 0)
    pln_doc_say(doc, NULL, PLN_SAY_PLAIN, "No single state's answer would tell much of the outcome.");
  if (l->change->len > 0)
    call_table(doc, l, l->change, FALSE, most);
  else
    pln_doc_say(doc, NULL, PLN_SAY_PLAIN, "No single state's %s would be felt in the outcome.",
                l->tell->len > 0 ? "change" : "answer or change");
  if (l->tell->len + l->change->len > 0)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE,
                "Y, N, A: chances in 100, the rest that it stays away. Bits: what its vote tells of "
                "adoption, of %.2f that are open. Swing: points of chance between its yes and its no, "
                "with all that go with it. Alone: how often in 100 its vote alone decides.",
                l->bits);
}

/* ---- What does not fit, and what is old ---- */

static void say_seats(PlnDoc *doc, const PlnWhipList *l, const GArray *seats, gboolean stale,
                      guint most, const char *lead) {
  g_autoptr(GString) out = g_string_new(lead);
  for (guint k = 0; k < MIN(most, seats->len); k++) {
    guint i = g_array_index(seats, guint, k);
    const PlnWhipSeat *seat = &l->seat[i];
    g_autofree char *percent = stale ? NULL : pln_whip_percent(seat->expected);
    g_string_append_printf(out, "%s %s ", k > 0 ? "," : "", l->outlook->roster->state[i]->code);
    if (stale)
      g_string_append_printf(out, "%s %d days ago", pln_whip_bin_name(seat->bin), seat->days);
    else
      g_string_append_printf(out, "%s (%s in 100)", pln_whip_bin_name(seat->bin),
                             g_strstrip(percent));
  }
  if (seats->len > most)
    g_string_append_printf(out, " and %u more", seats->len - most);
  if (seats->len > 0)
    pln_doc_say(doc, NULL, PLN_SAY_PLAIN, "%s.", out->str);
}

void pln_compose_whip_list(PlnDoc *doc, const PlnWhip *w, const PlnWhipList *l,
                           const PlnWhipShow *show) {
  gboolean brief = w->lists->len > 1 && !show->full;
  pln_doc_open_each(doc, "lists", l->proposal->id);
  add_question(doc, w, l);
  say_chance(doc, l);
  if (brief)
    say_tally(doc, l);
  else
    add_bar(doc, l);
  add_counts(doc, l, brief);
  add_tally(doc, l, brief);
  add_distribution(doc, l);
  if (show->board)
    add_calls_data(doc, l);
  else
    add_calls(doc, l, show->calls > 0 ? show->calls : brief ? BRIEFLY : CALLS);
  pln_doc_say(doc, NULL, PLN_SAY_PLAIN, "%s", "");
  say_seats(doc, l, l->surprise, FALSE, CALLS,
            "Heard, but hardly expected by the rest of the forecast:");
  say_seats(doc, l, l->stale, TRUE, CALLS, "Heard so long ago that more than half of it is gone:");
  pln_compose_whip_paper(doc, w, l, show);
  pln_doc_close(doc);
}
