/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A whip count: the answer first, then the lists. */
#include "plenary/compose_whip.h"

#include <math.h>
#include <string.h>

#include "plenary/compose.h"

const char *pln_whip_bin_name(PlnWhipBin bin) {
  static const char *const names[] = {
      "vote on record", "firm yes", "leans yes", "sponsor only",    "undecided", "leans abstain",
      "abstains",       "leans no", "firm no",   "no instructions", "not heard"};
  return names[bin];
}

char *pln_whip_percent(double chance) {
  if (chance < 0.01)
    return g_strdup(" <1");
  if (chance > 0.99)
    return g_strdup(">99");
  return g_strdup_printf("%3d", (int)floor(100 * chance + 0.5));
}

static char *in_100(double chance) {
  if (chance > 0.99)
    return g_strdup("more than 99 in 100");
  return g_strdup_printf("%d in 100", (int)floor(100 * chance + 0.5));
}

char *pln_whip_say_outcome(const PlnWhipList *l) {
  gboolean adopted = l->chance >= 0.5;
  g_autofree char *chance = in_100(adopted ? l->chance : 1 - l->chance);
  return g_strdup_printf("%s, %s", adopted ? "adopted" : "not adopted", chance);
}

/* Votes on record count with those that say so. */
static void add_recorded(const PlnWhipList *l, PlnWhipHeard *h) {
  for (guint i = 0; i < l->outlook->n; i++) {
    PlnVote vote = l->outlook->known[i];
    h->yes += vote == PLN_VOTE_Y;
    h->no += vote == PLN_VOTE_N;
    h->abstain += vote == PLN_VOTE_A;
  }
}

PlnWhipHeard pln_whip_heard(const PlnWhipList *l) {
  const PlnWhipCount *c = l->count;
  PlnWhipHeard h = {0};
  h.yes = c[PLN_WHIP_YES].seats + c[PLN_WHIP_LEANS_YES].seats;
  h.no = c[PLN_WHIP_NO].seats + c[PLN_WHIP_LEANS_NO].seats;
  h.abstain = c[PLN_WHIP_ABSTAINS].seats + c[PLN_WHIP_LEANS_ABSTAIN].seats;
  h.open = c[PLN_WHIP_UNDECIDED].seats + c[PLN_WHIP_NO_INSTRUCTIONS].seats;
  h.silent = c[PLN_WHIP_NOT_HEARD].seats + c[PLN_WHIP_SPONSOR].seats;
  add_recorded(l, &h);
  return h;
}

char *pln_whip_say_heard(const PlnWhipList *l) {
  PlnWhipHeard h = pln_whip_heard(l);
  guint recorded = l->count[PLN_WHIP_RECORD].seats;
  guint without = l->count[PLN_WHIP_NO_INSTRUCTIONS].seats;
  g_autoptr(GString) out = g_string_new(NULL);
  g_string_append_printf(out, "%u firm or leaning yes, %u against, %u abstaining, %u undecided, ",
                         h.yes, h.no, h.abstain, h.open - without);
  if (without > 0)
    g_string_append_printf(out, "%u without instructions, ", without);
  g_string_append_printf(out, "%u not heard from", h.silent);
  if (recorded > 0)
    g_string_append_printf(out, " (%u of these votes are on record)", recorded);
  return g_string_free(g_steal_pointer(&out), FALSE);
}

/* ---- The head ---- */

enum { NAMED = 5 }; /* the answer names so many lists, and counts more */

static char *say_answer(const PlnWhip *w) {
  GString *out = g_string_new(NULL);
  if (w->lists->len == 1) {
    const PlnWhipList *l = pln_whip_list(w, 0);
    g_autofree char *heard = pln_whip_say_heard(l), *outcome = pln_whip_say_outcome(l);
    g_string_append_printf(out, "%s; if put today: %s.", heard, outcome);
    return g_string_free(out, FALSE);
  }
  if (w->lists->len > NAMED) {
    guint n = 0;
    for (guint i = 0; i < w->lists->len; i++)
      n += pln_whip_list(w, i)->chance >= 0.5;
    g_string_append_printf(out, "If put today %u of %u would more likely be adopted than not.", n,
                           w->lists->len);
    return g_string_free(out, FALSE);
  }
  g_string_append(out, "If put today: ");
  for (guint i = 0; i < w->lists->len; i++) {
    const PlnWhipList *l = pln_whip_list(w, i);
    g_autofree char *outcome = pln_whip_say_outcome(l);
    g_string_append_printf(out, "%s%s %s", i > 0 ? "; " : "", l->proposal->id, outcome);
  }
  g_string_append_c(out, '.');
  return g_string_free(out, FALSE);
}

static void add_summary(PlnDoc *doc, const PlnWhip *w) {
  static const PlnDocColumn columns[] = {{"proposal", "List"},
                                         {"kind", NULL},
                                         {"heard_yes", "Yes"},
                                         {"heard_no", "No"},
                                         {"heard_abstain", "Abs."},
                                         {"open", "Open"},
                                         {"not_heard", "Silent"},
                                         {"-", "Adopted"},
                                         {"chance", NULL},
                                         {"chance_error", NULL},
                                         {"expected_yes", "≈ Y"},
                                         {"expected_no", "≈ N"},
                                         {"expected_abstain", "≈ A"},
                                         {"expected_absent", NULL},
                                         {"rule", NULL},
                                         {"title", NULL},
                                         {NULL, NULL}};
  pln_doc_table(doc, "summary", w->lists->len > 1 ? PLN_FOR_BOTH : PLN_FOR_PROGRAMS, NULL, columns);
  for (guint i = 0; i < w->lists->len; i++) {
    const PlnWhipList *l = pln_whip_list(w, i);
    PlnWhipHeard h = pln_whip_heard(l);
    const guint counts[] = {h.yes, h.no, h.abstain, h.open, h.silent};
    g_autofree char *percent = pln_whip_percent(l->chance);
    g_autofree char *shown = g_strdup_printf("%s %%", percent);
    pln_doc_cell(doc, pln_text(l->proposal->id));
    pln_doc_cell(doc, pln_text(pln_kind_words[l->proposal->kind]));
    for (gsize k = 0; k < G_N_ELEMENTS(counts); k++)
      pln_doc_cell(doc, pln_int(counts[k]));
    pln_doc_cell(doc, pln_text(shown));
    pln_doc_cell(doc, pln_real(pln_outcome_shown(l->chance, l->outcome->draws), 3));
    pln_doc_cell(doc, pln_real(l->error, 4));
    for (PlnVote v = 0; v < PLN_VOTE_KINDS; v++)
      pln_doc_cell(doc, pln_real(l->all.expected[v], 0));
    pln_doc_cell(doc, pln_text(l->rule->id));
    pln_doc_cell(doc, pln_text(l->proposal->title));
  }
}

/* How many yes each list may get and what it takes on the average; for the page alone. */
static void chart_tallies(PlnDoc *doc, const PlnWhip *w) {
  static const PlnDocColumn columns[] = {{"-proposal", "List"}, {"-title", "Title"},
                                         {"-yes", "Yes"},       {"-low", "5 %"},
                                         {"-high", "95 %"},     {"-needed", "Needs about"},
                                         {NULL, NULL}};
  guint open = 0;
  if (w->lists->len < 2)
    return;
  for (guint i = 0; i < w->lists->len; i++) {
    const PlnOutcomeSpread *margin = &pln_whip_list(w, i)->outcome->margin;
    open += margin->quantile[0] < 0 && margin->quantile[PLN_OUTCOME_QUANTILES - 1] >= 0;
  }
  pln_doc_chart(doc, "interval",
                "%u of %u could go either way: the yes votes, 9 times of 10, and what is needed", open,
                w->lists->len);
  pln_doc_table(doc, NULL, PLN_FOR_PROGRAMS, NULL, columns);
  for (guint i = 0; i < w->lists->len; i++) {
    const PlnWhipList *l = pln_whip_list(w, i);
    const PlnOutcomeSpread *yes = &l->outcome->count[PLN_VOTE_Y];
    pln_doc_cell(doc, pln_text(l->proposal->id));
    pln_doc_cell(doc, pln_text(l->proposal->title));
    pln_doc_cell(doc, pln_number(l->all.expected[PLN_VOTE_Y], 1));
    pln_doc_cell(doc, pln_int(yes->quantile[0]));
    pln_doc_cell(doc, pln_int(yes->quantile[PLN_OUTCOME_QUANTILES - 1]));
    pln_doc_cell(doc, pln_number(yes->mean - l->outcome->margin.mean, 1));
  }
}

/* How many rows are private, of those that are in it. */
static guint private_rows(const PlnWhip *w) {
  guint n = 0;
  for (guint i = 0; i < w->lists->len; i++) {
    const PlnWhipList *l = pln_whip_list(w, i);
    for (guint k = 0; k < l->outlook->n; k++)
      n += l->seat[k].pledge && l->seat[k].pledge->private;
  }
  return n;
}

static void add_left_out(PlnDoc *doc, const PlnWhip *w) {
  int n = w->options.left_out;
  guint kept = private_rows(w);
  if (kept > 0)
    pln_doc_say(doc, NULL, PLN_SAY_PLAIN,
                "Not to be sent around: %u row%s private; --redact leaves %s out.", kept,
                kept == 1 ? " is" : "s are", kept == 1 ? "it" : "them");
  pln_doc_fact(doc, "redacted", pln_bool(n >= 0));
  pln_doc_fact(doc, "rows_left_out", n >= 0 ? pln_int(n) : pln_none());
  if (n >= 0)
    pln_doc_say(doc, NULL, PLN_SAY_PLAIN,
                "Redacted: %d private row%s left out before anything was computed.", n,
                n == 1 ? " was" : "s were");
}

/* "What if IND=leans-yes were heard today?" */
static void add_said(PlnDoc *doc, const PlnWhipShow *show) {
  g_autofree char *said = g_strjoinv(", ", (char **)show->said),
                  *words = g_strjoinv(" ", (char **)show->said);
  pln_doc_fact(doc, "said", pln_words(words));
  if (*said)
    pln_doc_say(doc, NULL, PLN_SAY_LEAD, "What if today were heard: %s?", said);
}

static void add_notes(PlnDoc *doc, const PlnWhip *w, const PlnWhipShow *show) {
  for (guint i = 0; i < w->without->len; i++) {
    const PlnProposal *p = w->without->pdata[i];
    pln_doc_say(doc, NULL, PLN_SAY_NOTE, "%s has no list: what came of it is on record.", p->id);
  }
  for (guint i = 0; show->notes && i < show->notes->len; i++)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE, "%s", (const char *)show->notes->pdata[i]);
}

static void add_head(PlnDoc *doc, const PlnWhip *w, const PlnWhipShow *show) {
  static const char given[] = "Every chance is given that it is put to a vote, and that nothing more "
                              "is heard before.";
  const PlnScenario *s = w->scenario;
  g_autofree char *answer = say_answer(w), *day = pln_day_words(s->as_of);
  pln_doc_fact(doc, "format", pln_text("plenary-whip/1"));
  pln_doc_fact(doc, "answer", pln_text(answer));
  pln_doc_fact(doc, "given", pln_text(given));
  pln_say_scenario(doc, s);
  pln_doc_say(doc, NULL, PLN_SAY_TITLE, "%s", s->title);
  pln_doc_say(doc, NULL, PLN_SAY_PLAIN, "As heard by %s.", day);
  add_said(doc, show);
  pln_doc_say(doc, NULL, PLN_SAY_LEAD, "%s", answer);
  add_left_out(doc, w);
  add_summary(doc, w);
  chart_tallies(doc, w);
  if (w->lists->len > 1)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE,
                "Yes, No, Abs.: firm or leaning; Open: undecided or without instructions; Silent: not "
                "heard from; ≈: what to expect of all.");
  if (w->scenario->pledges->len == 0)
    pln_doc_say(doc, NULL, PLN_SAY_PLAIN, "Nothing was heard of anyone (whip.csv).");
  pln_doc_say(doc, NULL, PLN_SAY_NOTE, "%s", given);
}

void pln_compose_whip(PlnDoc *doc, const PlnWhip *w, const PlnWhipShow *show) {
  add_head(doc, w, show);
  add_notes(doc, w, show);
  for (guint i = 0; i < w->lists->len; i++)
    pln_compose_whip_list(doc, w, pln_whip_list(w, i), show);
  pln_compose_whip_basis(doc, w, show);
}

char *pln_compose_whip_citations(const PlnWhip *w) {
  g_autoptr(GPtrArray) seen = g_ptr_array_new_with_free_func(g_free);
  for (guint i = 0; i < w->lists->len; i++) {
    const PlnRuleEntry *rule = pln_whip_list(w, i)->rule;
    char *line = g_strdup_printf("%s (%s)", rule->citation, pln_status_words[rule->status]);
    if (g_ptr_array_find_with_equal_func(seen, line, g_str_equal, NULL))
      g_free(line);
    else
      g_ptr_array_add(seen, line);
  }
  g_ptr_array_add(seen, NULL);
  return g_strjoinv("; ", (char **)seen->pdata);
}
