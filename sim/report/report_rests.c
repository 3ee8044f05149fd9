/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a report rests on, its weakest link by name, and how it was made. */
#include <math.h>
#include <string.h>

#include "plenary/compose_project.h"
#include "plenary/compose_report.h"
#include "plenary/pledge.h"

typedef struct {
  char *what;
  const char *source;
  PlnStatus status;
} Rest;

static void rest_clear(gpointer data) {
  g_free(((Rest *)data)->what);
}

/* Takes @what over; what rests on the same source is said once. */
static void add(GArray *rests, char *what, PlnStatus status, const char *source) {
  for (guint k = 0; k < rests->len; k++) {
    const Rest *rest = &g_array_index(rests, Rest, k);
    if (rest->status == status && *source && strcmp(rest->source, source) == 0) {
      g_free(what);
      return;
    }
  }
  Rest rest = {what, source, status};
  g_array_append_val(rests, rest);
}

static void add_votes(GArray *rests, const PlnReplay *replay) {
  for (guint k = 0; k < replay->items->len; k++) {
    const PlnProposal *p = pln_replay_item(replay, k)->proposal;
    PlnStatus weakest = p->status;
    for (guint i = 0; i < p->roster->n; i++)
      if (p->ballot[i].vote != PLN_VOTE_UNKNOWN)
        weakest = MAX(weakest, p->ballot[i].status);
    add(rests,
        g_strdup_printf("%s of %s", p->record == PLN_RECORD_NONE ? "The text" : "The record", p->id),
        p->status, p->source);
    if (weakest > p->status)
      add(rests, g_strdup_printf("Single votes on %s", p->id), weakest, "");
  }
}

static void add_rules(GArray *rests, const PlnReplay *replay) {
  for (guint k = 0; k < replay->items->len; k++) {
    const PlnReplayItem *item = pln_replay_item(replay, k);
    const PlnRuleEntry *rules[] = {item->rule, item->whatif ? item->whatif->rule : item->rule};
    for (guint i = 0; i < 2; i++)
      add(rests, g_strdup_printf("Rule: %s", rules[i]->name), rules[i]->status, rules[i]->citation);
  }
}

/* What was heard is somebody's word, whoever wrote it down. */
static void add_heard(GArray *rests, const GArray *pledges) {
  guint n[PLN_STATUS_KINDS] = {0};
  for (guint k = 0; k < pledges->len; k++)
    n[g_array_index(pledges, PlnPledge, k).status]++;
  for (PlnStatus status = 0; status < PLN_STATUS_KINDS; status++)
    if (n[status] > 0)
      add(rests,
          g_strdup_printf("%u entr%s of a working list", n[status], n[status] == 1 ? "y" : "ies"),
          status, "");
}

static void add_positions(GArray *rests, const PlnProject *project) {
  guint n[PLN_STATUS_KINDS] = {0};
  const GPtrArray *stances = project->view->stances;
  const PlnElectorate *e = project->options.electorate;
  for (guint k = 0; k < stances->len; k++)
    n[((const PlnStance *)stances->pdata[k])->status]++;
  for (PlnStatus status = 0; status < PLN_STATUS_KINDS; status++)
    if (n[status] > 0)
      add(rests, g_strdup_printf("%u stated position%s", n[status], n[status] == 1 ? "" : "s"),
          status, "");
  add_heard(rests, project->view->pledges);
  g_autofree char *to = pln_day_words(e->to_day);
  add(rests,
      g_strdup_printf("How states voted until %s: %u roll calls of %u states", to, e->n_calls, e->n),
      e->status, e->source ? e->source : "");
}

static int by_status(gconstpointer a, gconstpointer b) {
  const Rest *x = a, *y = b;
  return (int)y->status - (int)x->status;
}

static void add_table(PlnDoc *doc, const GArray *rests) {
  static const PlnDocColumn columns[] = {
      {"what", "What"}, {"status", "Status"}, {"source", "Source"}, {NULL, NULL}};
  pln_doc_table(doc, "sources", PLN_FOR_BOTH, "The weakest first", columns);
  for (guint k = 0; k < rests->len; k++) {
    const Rest *rest = &g_array_index(rests, Rest, k);
    pln_doc_cell(doc, pln_text(rest->what));
    pln_doc_cell(doc, pln_text(pln_status_words[rest->status]));
    pln_doc_cell(doc, *rest->source ? pln_text(rest->source) : pln_none());
  }
}

static void say_weakest(PlnDoc *doc, const GArray *rests) {
  const Rest *first = &g_array_index(rests, Rest, 0);
  guint same = 0;
  while (same < rests->len && g_array_index(rests, Rest, same).status == first->status)
    same++;
  if (first->status == PLN_STATUS_VERIFIED)
    pln_doc_say(doc, "weakest", PLN_SAY_PLAIN, "Everything that it rests on is verified.");
  else if (same == 1)
    pln_doc_say(doc, "weakest", PLN_SAY_PLAIN, "The weakest link: %s (%s).", first->what,
                pln_status_words[first->status]);
  else
    pln_doc_say(doc, "weakest", PLN_SAY_PLAIN, "The weakest link: %s and %u more (%s).",
                first->what, same - 1, pln_status_words[first->status]);
}

void pln_compose_report_rests(PlnDoc *doc, const PlnReport *r) {
  g_autoptr(GArray) rests = g_array_new(FALSE, FALSE, sizeof(Rest));
  g_array_set_clear_func(rests, rest_clear);
  if (r->project)
    add_positions(rests, r->project);
  add_votes(rests, r->replay);
  add_rules(rests, r->replay);
  if (r->against)
    add_votes(rests, r->against);
  g_array_sort(rests, by_status);
  pln_doc_open(doc, "rests");
  pln_doc_say(doc, NULL, PLN_SAY_PLAIN, "%s", "");
  pln_doc_say(doc, NULL, PLN_SAY_TITLE, "What it rests on");
  if (rests->len > 0)
    say_weakest(doc, rests);
  add_table(doc, rests);
  if (r->left_out > 0)
    pln_doc_say(doc, "left_out", PLN_SAY_NOTE,
                "%u private entr%s of whip.csv %s left out here; --private keeps them.",
                r->left_out, r->left_out == 1 ? "y" : "ies", r->left_out == 1 ? "is" : "are");
  pln_doc_close(doc);
}

/* ---- The method ---- */

void pln_compose_report_method(PlnDoc *doc, const PlnReport *r) {
  pln_doc_open(doc, "method");
  pln_doc_say(doc, NULL, PLN_SAY_PLAIN, "%s", "");
  pln_doc_say(doc, NULL, PLN_SAY_TITLE, "How it was made");
  g_autofree char *projected =
      r->project
          ? g_strdup_printf(
                " What is to come is projected: the stated positions, each with its doubt, and how "
                "states voted together before (%s) give each state its chances, states hang together "
                "in them, absence is drawn too, and the rule decides each of many draws.",
                r->project->options.electorate->command ? "recorded votes" : "an electorate")
          : g_strdup("");
  pln_doc_say(doc, "method", PLN_SAY_PLAIN,
              "The votes are counted as recorded, in whole numbers, under the rule that applied; what "
              "the record does not say stays unknown and is never filled in.%s%s The laboratory "
              "counts and draws with the same program as the command that is named below.",
              r->replay->whatif ? " A what-if changes a copy; the record stays as it is." : "",
              projected);
  pln_doc_close(doc);
}
