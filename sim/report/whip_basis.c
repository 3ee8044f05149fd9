/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a whip count rests on. */
#include <math.h>

#include "plenary/compose_whip.h"

enum { BRIEFLY = 3 }; /* earlier roll calls shown of each of several lists */

/* How many years lie between what the electorate has seen and the day; what that does. */
static void say_gap(PlnDoc *doc, const PlnOutlook *o) {
  g_autofree char *day = pln_day_words(o->day);
  if (isnan(o->gap))
    pln_doc_say(doc, NULL, PLN_SAY_NOTE,
                "How long before the vote the electorate's last was is not known; nothing is added "
                "for its age.");
  else if (o->age > 0)
    pln_doc_say(
        doc, NULL, PLN_SAY_NOTE,
        "Its last vote was %.1f years before %s: support is widened as %.1f years of drift would.",
        o->gap, day, o->age);
  else
    pln_doc_say(doc, NULL, PLN_SAY_NOTE, "Its last vote was %.1f years before %s.", o->gap, day);
}

static void add_electorate(PlnDoc *doc, const PlnWhip *w) {
  const PlnElectorate *e = w->options.outlook.electorate;
  const PlnOutlook *o = pln_whip_list(w, 0)->outlook;
  g_autofree char *from = pln_day_text(e->from_day), *to = pln_day_text(e->to_day);
  pln_doc_open(doc, "electorate");
  pln_doc_fact(doc, "states", pln_int(e->n));
  pln_doc_fact(doc, "dimensions", pln_int(e->d));
  pln_doc_fact(doc, "roll_calls", pln_int(e->n_calls));
  pln_doc_fact(doc, "from_session", e->from_session >= 0 ? pln_int(e->from_session) : pln_none());
  pln_doc_fact(doc, "to_session", e->to_session >= 0 ? pln_int(e->to_session) : pln_none());
  pln_doc_text(doc, "from", from);
  pln_doc_text(doc, "to", to);
  pln_doc_fact(doc, "years_before", pln_number(o->gap, 2));
  pln_doc_fact(doc, "years_that_widen", pln_number(o->age, 2));
  pln_doc_fact(doc, "held_out_log", pln_real(e->held_out_log, 4));
  pln_doc_fact(doc, "held_out_right", pln_real(e->held_out_right, 4));
  pln_doc_text(doc, "note", e->note ? e->note : "");
  pln_doc_fact(doc, "in_sample", pln_bool(w->options.outlook.in_sample));
  pln_doc_fact(doc, "status", pln_text(pln_status_words[e->status]));
  pln_doc_close(doc);
  g_autofree char *scored =
      e->held_out_right >= 0
          ? g_strdup_printf("; of votes held out it got %.1f %% right", 100 * e->held_out_right)
          : g_strdup("");
  pln_doc_say(doc, NULL, PLN_SAY_NOTE,
              "Electorate: %u roll calls of sessions %d to %d%s%s, %u dimensions%s.", e->n_calls,
              e->from_session, e->to_session, *to ? ", the last on " : "", to, e->d, scored);
  say_gap(doc, o);
  if (w->options.outlook.in_sample)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE,
                "In sample: the electorate may have been fitted to these votes; no forecast.");
}

/* ---- Earlier roll calls ---- */

static void like_cells(PlnDoc *doc, const PlnVoteMatrix *m, const PlnLike *like) {
  const PlnCalled *call = &m->call[like->call];
  const guint8 *row = pln_vote_matrix_row(m, like->call);
  guint n[PLN_VOTE_KINDS] = {0};
  for (guint i = 0; i < m->n_voters; i++)
    if (row[i] < PLN_VOTE_KINDS)
      n[row[i]]++;
  g_autofree char *day = pln_day_text(call->day);
  g_autofree char *tally = g_strdup_printf("%u-%u-%u", n[PLN_VOTE_Y], n[PLN_VOTE_N], n[PLN_VOTE_A]);
  pln_doc_cell(doc, pln_real(like->weight, 2));
  pln_doc_cell(doc, pln_text(*call->symbol ? call->symbol : call->id));
  pln_doc_cell(doc, pln_text(day));
  pln_doc_cell(doc, call->session >= 0 ? pln_int(call->session) : pln_none());
  pln_doc_cell(doc, pln_text(tally));
  pln_doc_cell(doc, pln_int(n[PLN_VOTE_Y]));
  pln_doc_cell(doc, pln_int(n[PLN_VOTE_N]));
  pln_doc_cell(doc, pln_int(n[PLN_VOTE_A]));
  pln_doc_cell(doc, pln_text(call->title));
}

static const PlnDocColumn like_columns[] = {
    {"weight", "Weight"}, {"roll_call", "Like"}, {"date", NULL}, {"session", "Session"},
    {"-", "Y-N-A"},       {"yes", NULL},         {"no", NULL},   {"abstain", NULL},
    {"title", "Title"},   {NULL, NULL}};

/* People are shown the first @most of them. */
static void like_table(PlnDoc *doc, const PlnPrediction *x, const PlnVoteMatrix *history,
                       guint most, PlnAudience audience, const char *caption) {
  pln_doc_table(doc, audience == PLN_FOR_PROGRAMS ? "likes" : NULL, audience, caption, like_columns);
  for (guint k = 0; history && k < MIN(most, x->n_likes); k++)
    if (x->like[k].weight >= 0.005)
      like_cells(doc, history, &x->like[k]);
}

static void add_likes(PlnDoc *doc, const PlnWhipList *l, const PlnWhipShow *show, gboolean several) {
  const PlnPrediction *x = l->outlook->prediction;
  static const char *const names[PLN_EXPERTS] = {"near", "far", "electorate"};
  g_autofree char *caption = several
                                 ? g_strdup_printf("%s resembles these roll calls", l->proposal->id)
                                 : g_strdup("Earlier roll calls that it resembles");
  pln_doc_open_each(doc, "mixture", l->proposal->id);
  pln_doc_text(doc, "id", l->proposal->id);
  for (guint k = 0; k < PLN_EXPERTS; k++)
    pln_doc_fact(doc, names[k], pln_real(x->power[k], 3));
  like_table(doc, x, show->history, PLN_LIKES, PLN_FOR_PROGRAMS, NULL);
  like_table(doc, x, show->history, several && !show->full ? BRIEFLY : PLN_LIKES, PLN_FOR_PEOPLE,
             caption);
  if (show->history)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE,
                "In the mixture the electorate has the power %.2f; \"this one again\" %.2f where a "
                "little corrected, %.2f where much.",
                x->power[PLN_EXPERT_FRESH], x->power[PLN_EXPERT_NEAR], x->power[PLN_EXPERT_FAR]);
  pln_doc_close(doc);
}

static void add_mixture(PlnDoc *doc, const PlnWhip *w, const PlnWhipShow *show) {
  if (!show->history)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE,
                "No earlier roll calls were given (--history, --roll-calls): what was heard and the "
                "electorate alone make the forecast.");
  for (guint i = 0; i < w->lists->len; i++)
    add_likes(doc, pln_whip_list(w, i), show, w->lists->len > 1);
}

/* ---- How far an answer is trusted ---- */

static void add_reliability(PlnDoc *doc, const PlnWhip *w) {
  static const PlnDocColumn columns[] = {{"answer", "Answer"},
                                         {"yes", "if Y"},
                                         {"abstain", "if A"},
                                         {"no", "if N"},
                                         {"half_life", "Half gone, days"},
                                         {"status", "Status"},
                                         {"source", NULL},
                                         {NULL, NULL}};
  pln_doc_table(doc, "reliability", PLN_FOR_BOTH,
                "What an answer tells: how likely it is from one that will vote so", columns);
  for (gsize k = 0; pln_reliability_words[k]; k++) {
    const PlnPledgeReliability *r =
        pln_world_reliability(w->scenario->world, pln_reliability_words[k]);
    if (!r)
      continue;
    pln_doc_cell(doc, pln_text(r->answer));
    pln_doc_cell(doc, pln_real(r->likelihood[PLN_TOLD_YES], 2));
    pln_doc_cell(doc, pln_real(r->likelihood[PLN_TOLD_ABSTAIN], 2));
    pln_doc_cell(doc, pln_real(r->likelihood[PLN_TOLD_NO], 2));
    pln_doc_cell(doc, r->half_life > 0 ? pln_real(r->half_life, 0) : pln_none());
    pln_doc_cell(doc, pln_text(pln_status_words[r->status]));
    pln_doc_cell(doc, pln_text(r->source));
  }
  pln_doc_say(doc, NULL, PLN_SAY_NOTE,
              "Only ratios within a row mean anything. After so many days half of what an answer told "
              "is gone, after twice as many three quarters.");
}

void pln_compose_whip_basis(PlnDoc *doc, const PlnWhip *w, const PlnWhipShow *show) {
  add_reliability(doc, w);
  pln_doc_say(doc, NULL, PLN_SAY_PLAIN, "%s", "");
  add_electorate(doc, w);
  add_mixture(doc, w, show);
  pln_doc_fact(doc, "answers_assumed", pln_int(w->assumed));
  pln_doc_fact(doc, "weakest", pln_text(pln_status_words[w->weakest]));
  if (w->assumed > 0)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE,
                "%u of the answers heard have no better status than assumed.", w->assumed);
}
