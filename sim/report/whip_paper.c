/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The working paper: a row a state; the board. */
#include <math.h>

#include "plenary/compose.h"
#include "plenary/compose_whip.h"
#include "plenary/text.h"

static const PlnState *state_of(const PlnWhipList *l, guint i) {
  return l->outlook->roster->state[i];
}

static PlnValue text_or_none(const char *text) {
  return *text ? pln_text(text) : pln_none();
}

/* ---- For programs ---- */

/* A row of whip.csv, and what the forecast makes of it. */
static void list_cells(PlnDoc *doc, const PlnWhipList *l, guint i) {
  const PlnWhipSeat *seat = &l->seat[i];
  const PlnPledge *p = seat->pledge;
  g_autofree char *heard = pln_day_text(p->heard);
  const char *texts[] = {p->level, p->source, p->instruction, p->ask, p->caller, p->note};
  pln_doc_cell(doc, pln_text(state_of(l, i)->code));
  pln_doc_cell(doc, pln_text(state_of(l, i)->name));
  pln_doc_cell(doc, text_or_none(pln_pledge_words[p->answer]));
  pln_doc_cell(doc, text_or_none(heard));
  pln_doc_cell(doc, seat->days >= 0 ? pln_int(seat->days) : pln_none());
  pln_doc_cell(doc, pln_number(seat->left, 3));
  for (gsize k = 0; k < G_N_ELEMENTS(texts); k++)
    pln_doc_cell(doc, text_or_none(texts[k]));
  pln_doc_cell(doc, pln_bool(p->sponsor));
  pln_doc_cell(doc, pln_bool(p->private));
  pln_doc_cell(doc, pln_text(pln_status_words[p->status]));
  pln_doc_cell(doc, pln_number(seat->expected, 4));
  gboolean record = seat->bin == PLN_WHIP_RECORD;
  for (PlnVote v = 0; v < PLN_VOTE_KINDS; v++)
    pln_doc_cell(doc, record ? pln_none() : pln_real(seat->chance[v], 3));
}

static const PlnDocColumn list_columns[] = {
    {"state", NULL},       {"name", NULL},    {"answer", NULL},  {"heard", NULL},
    {"days", NULL},        {"left", NULL},    {"level", NULL},   {"source", NULL},
    {"instruction", NULL}, {"ask", NULL},     {"caller", NULL},  {"note", NULL},
    {"sponsor", NULL},     {"private", NULL}, {"status", NULL},  {"expected", NULL},
    {"yes", NULL},         {"no", NULL},      {"abstain", NULL}, {"not_voting", NULL},
    {NULL, NULL}};

/* Every seat. */
static void state_cells(PlnDoc *doc, const PlnWhipList *l, guint i) {
  const PlnWhipSeat *seat = &l->seat[i];
  const PlnOutcomeSeat *x = &l->outcome->seat[i];
  const PlnOutlook *o = l->outlook;
  gboolean record = seat->bin == PLN_WHIP_RECORD;
  pln_doc_cell(doc, pln_text(state_of(l, i)->code));
  pln_doc_cell(doc, pln_text(state_of(l, i)->name));
  pln_doc_cell(doc, pln_text(state_of(l, i)->group));
  pln_doc_cell(doc, pln_text(pln_whip_words[seat->bin]));
  pln_doc_cell(doc, pln_text(pln_seat_basis_words[o->basis[i]]));
  pln_doc_cell(doc, record ? pln_vote_value(o->known[i]) : pln_none());
  for (PlnVote v = 0; v < PLN_VOTE_KINDS; v++)
    pln_doc_cell(doc, record ? pln_none() : pln_real(seat->chance[v], 3));
  pln_doc_cell(doc, record ? pln_none() : pln_number(x->bits, 6));
  pln_doc_cell(doc, record ? pln_none() : pln_number(x->swing, 4));
  pln_doc_cell(doc, record ? pln_none() : pln_number(x->swing_error, 4));
  pln_doc_cell(doc, record ? pln_none() : pln_number(x->decides, 4));
  pln_doc_cell(doc, pln_text(pln_status_words[o->status[i]]));
}

static const PlnDocColumn state_columns[] = {
    {"state", NULL},       {"name", NULL},       {"group", NULL},  {"heard", NULL},
    {"basis", NULL},       {"vote", NULL},       {"yes", NULL},    {"no", NULL},
    {"abstain", NULL},     {"not_voting", NULL}, {"bits", NULL},   {"swing", NULL},
    {"swing_error", NULL}, {"decides", NULL},    {"status", NULL}, {NULL, NULL}};

/* The seats in the order asked for: of codes, or of the board. */
static guint seat_at(const PlnWhipList *l, const PlnWhipShow *show, guint k) {
  return show->board ? g_array_index(l->board, guint, k) : k;
}

static void add_data(PlnDoc *doc, const PlnWhipList *l, const PlnWhipShow *show) {
  guint n = l->outlook->n;
  pln_doc_table(doc, "list", PLN_FOR_PROGRAMS, NULL, list_columns);
  for (guint k = 0; k < n; k++)
    if (l->seat[seat_at(l, show, k)].pledge)
      list_cells(doc, l, seat_at(l, show, k));
  pln_doc_table(doc, "states", PLN_FOR_PROGRAMS, NULL, state_columns);
  for (guint k = 0; k < n; k++)
    state_cells(doc, l, seat_at(l, show, k));
}

/* ---- For people: a row a state ---- */

static void add_part(GString *out, const char *lead, const char *text) {
  if (*text)
    g_string_append_printf(out, "; %s%s", lead, text);
}

static char *details_of(const PlnWhipList *l, guint i) {
  const PlnPledge *p = l->seat[i].pledge;
  GString *out = g_string_new(state_of(l, i)->name);
  if (!p)
    return g_string_free(out, FALSE);
  add_part(out, "", p->level);
  add_part(out, "source: ", p->source);
  add_part(out, "instruction: ", p->instruction);
  add_part(out, "ask: ", p->ask);
  add_part(out, "calls: ", p->caller);
  add_part(out, "", p->sponsor ? "sponsor" : "");
  add_part(out, "", p->private ? "PRIVATE" : "");
  add_part(out, "", p->note);
  return g_string_free(out, FALSE);
}

static void paper_cells(PlnDoc *doc, const PlnWhipList *l, guint i) {
  const PlnWhipSeat *seat = &l->seat[i];
  g_autofree char *details = details_of(l, i);
  gboolean record = seat->bin == PLN_WHIP_RECORD;
  pln_doc_cell(doc, pln_text(state_of(l, i)->code));
  pln_doc_cell(doc, pln_text(pln_whip_bin_name(seat->bin)));
  pln_doc_cell(doc, seat->days >= 0 ? pln_int(seat->days) : pln_none());
  for (PlnVote v = 0; v < PLN_VOTE_X; v++) {
    g_autofree char *percent = pln_whip_percent(seat->chance[v]);
    pln_doc_cell(doc, record ? pln_text(v == l->outlook->known[i] ? "  x" : "") : pln_text(percent));
  }
  pln_doc_cell(doc, pln_text(details));
}

/* Those that stand on the list or whose vote is known; all with --full. */
static void add_paper(PlnDoc *doc, const PlnWhipList *l, gboolean full) {
  static const PlnDocColumn columns[] = {{"-", "State"}, {"-", "Heard"}, {"-", "Days"},
                                         {"-", "  Y"},   {"-", "  N"},   {"-", "  A"},
                                         {"-", "Who"},   {NULL, NULL}};
  guint hidden = 0;
  pln_doc_table(doc, NULL, PLN_FOR_PEOPLE, "The working list", columns);
  for (guint i = 0; i < l->outlook->n; i++)
    if (full || l->seat[i].pledge || l->seat[i].bin == PLN_WHIP_RECORD)
      paper_cells(doc, l, i);
    else
      hidden++;
  if (hidden > 0)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE,
                "%u states that do not stand on the list: --full or --board.", hidden);
}

/* ---- For people: the board ---- */

enum { BOARD_COLUMNS = 3, BOARD_NAME = 18 }; /* three columns of 25 in 80 */

static const char *const marks[] = {"==", "++", "+ ", "* ", "0 ", "~ ",
                                    "~~", "- ", "--", "? ", "  "};

/* As many columns of @text as fit. */
static char *cut(const char *text, guint width) {
  if (pln_text_width(text) <= width)
    return g_strdup(text);
  GString *out = g_string_new(NULL);
  for (const char *c = text; *c; c = g_utf8_next_char(c)) {
    gsize before = out->len;
    g_string_append_unichar(out, g_utf8_get_char(c));
    if (pln_text_width(out->str) > width - 1) {
      g_string_truncate(out, before);
      break;
    }
  }
  g_string_append(out, "…");
  return g_string_free(out, FALSE);
}

/* "++ Y97 Brazil": what was heard, the likeliest vote with its chance, who. */
static char *lamp_of(const PlnWhipList *l, guint i) {
  const PlnWhipSeat *seat = &l->seat[i];
  g_autofree char *visible = pln_text_visible(state_of(l, i)->name);
  g_autofree char *name = cut(visible, BOARD_NAME);
  if (seat->bin == PLN_WHIP_RECORD)
    return g_strdup_printf("%s %s   %s", marks[seat->bin], pln_vote_letter(l->outlook->known[i]),
                           name);
  PlnVote best = PLN_VOTE_Y;
  for (PlnVote v = PLN_VOTE_N; v < PLN_VOTE_KINDS; v++)
    if (seat->chance[v] > seat->chance[best])
      best = v;
  int percent = CLAMP((int)floor(100 * seat->chance[best] + 0.5), 1, 99);
  return g_strdup_printf("%s %s%02d %s", marks[seat->bin], pln_vote_letter(best), percent, name);
}

static void add_board(PlnDoc *doc, const PlnWhipList *l) {
  static const PlnDocColumn columns[] = {{"-", ""}, {"-", ""}, {"-", ""}, {NULL, NULL}};
  guint n = l->board->len, rows = (n + BOARD_COLUMNS - 1) / BOARD_COLUMNS;
  pln_doc_say(doc, NULL, PLN_SAY_PLAIN, "%s", "");
  pln_doc_table(doc, NULL, PLN_FOR_PEOPLE, NULL, columns);
  for (guint r = 0; r < rows; r++)
    for (guint c = 0; c < BOARD_COLUMNS; c++) {
      guint k = c * rows + r;
      g_autofree char *lamp = k < n ? lamp_of(l, g_array_index(l->board, guint, k)) : NULL;
      pln_doc_cell(doc, lamp ? pln_text(lamp) : pln_none());
    }
  pln_doc_say(doc, NULL, PLN_SAY_NOTE,
              "Heard: ++ firm yes, + leans yes, * sponsor, 0 undecided, ~ leans abstain, ~~ abstains, "
              "- leans no, -- firm no, ? no instructions, == vote on record. Then the likeliest vote "
              "and its chance in 100 (X: stays away).");
}

void pln_compose_whip_paper(PlnDoc *doc, const PlnWhip *w, const PlnWhipList *l,
                            const PlnWhipShow *show) {
  add_data(doc, l, show);
  if (show->board)
    add_board(doc, l);
  else if (show->full || w->lists->len == 1)
    add_paper(doc, l, show->full);
  else if (l->count[PLN_WHIP_NOT_HEARD].seats < l->all.seats)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE,
                "The working list, a row a state: --proposal %s, or --full.", l->proposal->id);
}
