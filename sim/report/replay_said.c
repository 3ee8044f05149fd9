/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was stated about a proposal, and what is wrongly claimed of it. */
#include "plenary/compose.h"

void pln_compose_statements(PlnDoc *doc, const PlnReplay *replay, int place) {
  static const PlnDocColumn columns[] = {
      {"state", "State"}, {"kind", "Said as"}, {"date", NULL}, {"status", "Status"},
      {"source", NULL},   {"summary", "What"}, {NULL, NULL}};
  const PlnScenario *s = replay->scenario;
  pln_doc_table(doc, "statements", PLN_FOR_BOTH, NULL, columns);
  for (guint i = 0; i < s->statements->len; i++) {
    const PlnStatement *st = &g_array_index(s->statements, PlnStatement, i);
    if (st->proposal != place)
      continue;
    g_autofree char *day = pln_day_text(st->day);
    pln_doc_cell(doc, pln_text(st->state));
    pln_doc_cell(doc, pln_text(pln_statement_words[st->kind]));
    pln_doc_cell(doc, *day ? pln_text(day) : pln_none());
    pln_doc_cell(doc, pln_text(pln_status_words[st->status]));
    pln_doc_cell(doc, pln_text(st->source));
    pln_doc_cell(doc, pln_text(st->summary));
  }
}

void pln_compose_claims(PlnDoc *doc, const PlnReplay *replay, guint place) {
  const PlnScenario *s = replay->scenario;
  for (guint i = 0; i < s->claims->len; i++) {
    const PlnClaim *claim = &g_array_index(s->claims, PlnClaim, i);
    if (claim->proposal != (int)place)
      continue;
    pln_doc_open_each(doc, "claims", claim->claim);
    pln_doc_text(doc, "claim", claim->claim);
    pln_doc_text(doc, "answer", claim->answer);
    pln_doc_text(doc, "status", pln_status_words[claim->status]);
    pln_doc_text(doc, "source", claim->source);
    pln_doc_text(doc, "refers_to", claim->refers_to ? claim->refers_to->symbol : "");
    pln_doc_say(doc, NULL, PLN_SAY_LEAD, "Claimed, %s: %s", pln_status_words[claim->status],
                claim->claim);
    pln_doc_say(doc, NULL, PLN_SAY_PLAIN, "%s", claim->answer);
    if (claim->refers_to) {
      const PlnRollCall *call = claim->refers_to;
      g_autofree char *day = pln_day_words(call->day);
      pln_doc_say(doc, NULL, PLN_SAY_NOTE,
                  "%s, %s, %s: %" G_GINT64_FORMAT "-%" G_GINT64_FORMAT "-%" G_GINT64_FORMAT " (%s).",
                  call->symbol, call->title, day, call->total[PLN_VOTE_Y], call->total[PLN_VOTE_N],
                  call->total[PLN_VOTE_A], call->source);
    }
    pln_doc_close(doc);
  }
}
