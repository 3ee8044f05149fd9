/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What turned, and who moved, for people. */
#include <math.h>
#include <string.h>

#include "plenary/compose.h"
#include "plenary/compose_comparison.h"
#include "plenary/compose_project.h"

enum { NAMED = 24, SHOWN = 5, CODES = 3, NAME_WIDTH = 40 };

/* Half a point, of the distance between answers. */
#define SEEN 0.005

/* Of a record: nothing is known of it; of draws: it has no seat. */
static const char *answer(const PlnComparisonItem *item, PlnVote vote) {
  static const char *const words[] = {"yes", "no", "abstaining", "not voting"};
  gboolean replay = pln_runner_asked(item->runner)->study == PLN_RUN_REPLAY;
  return vote < PLN_VOTE_KINDS ? words[vote] : replay ? "no vote" : "no seat";
}

/* Codes of those that turned from @before to @after, @most of them. */
static char *turned_codes(const PlnComparisonItem *item, const PlnComparisonCase *one,
                          PlnVote before, PlnVote after, guint most) {
  g_autoptr(GString) out = g_string_new(NULL);
  guint n = 0;
  for (guint i = 0; i < item->seats; i++)
    for (guint k = 0; k < one->moves->len; k++) {
      const PlnComparisonMove *m = &g_array_index(one->moves, PlnComparisonMove, k);
      if (m->seat != i || !m->turned || m->before != before || m->after != after)
        continue;
      if (n++ < most)
        g_string_append_printf(out, " %s", pln_runner_seat(item->runner, i)->code);
    }
  if (n > most)
    g_string_append_printf(out, " and %u more", n - most);
  return n > 0 ? g_strdup_printf("%u from %s to %s:%s", n, answer(item, before), answer(item, after),
                               out->str)
               : NULL;
}

/* "adoption, now unlikely; 12 seats: 8 from yes to no: …" */
static char *say_turned(const PlnComparison *c, const PlnComparisonItem *item,
                        const PlnComparisonCase *one, guint most) {
  static const PlnVote kinds[] = {PLN_VOTE_Y, PLN_VOTE_N, PLN_VOTE_A, PLN_VOTE_X, PLN_VOTE_UNKNOWN};
  g_autoptr(GString) out = g_string_new(NULL);
  gboolean replay = c->run.study == PLN_RUN_REPLAY;
  if (pln_comparison_turns(item, one))
    g_string_append_printf(out, "the %soutcome, %s", replay ? "" : "likelier ",
                           one->outcome[item->adopted].value > 0.5 ? "from not adopted to adopted"
                                                                   : "from adopted to not adopted");
  /* Without a record nobody has turned from anything. */
  gboolean none = replay && item->adopted >= 0 && isnan(item->base.value[item->adopted]);
  if (one->seats_turned > 0 && !none)
    g_string_append_printf(out, "%s%s of %u of %u seats (", out->len > 0 ? "; " : "",
                           replay ? "the vote" : "the likeliest answer", one->seats_turned,
                           item->seats);
  gsize start = out->len;
  for (gsize i = 0; !none && i < G_N_ELEMENTS(kinds); i++)
    for (gsize j = 0; j < G_N_ELEMENTS(kinds); j++) {
      g_autofree char *codes = turned_codes(item, one, kinds[i], kinds[j], most);
      if (codes)
        g_string_append_printf(out, "%s%s", out->len > start ? "; " : "", codes);
    }
  if (one->seats_turned > 0 && !none)
    g_string_append_c(out, ')');
  return g_string_free(g_steal_pointer(&out), FALSE);
}

/* A line apart from what stands above, before the first. */
static void say_apart(PlnDoc *doc, gboolean *said, const char *text) {
  if (!*said)
    pln_doc_say(doc, NULL, PLN_SAY_PLAIN, "%s", "");
  *said = TRUE;
  pln_doc_say(doc, NULL, PLN_SAY_PLAIN, "%s", text);
}

static void add_turned(PlnDoc *doc, const PlnComparison *c, const PlnComparisonItem *item,
                       gboolean full, gboolean *said) {
  gboolean several = c->items->len > 1;
  for (guint b = 0; b < item->cases->len; b++) {
    const PlnComparisonCase *one = pln_comparison_case(item, b);
    g_autofree char *name = pln_say_bundle(one->bundle, NAME_WIDTH);
    if (several && !full && !pln_comparison_turns(item, one))
      continue;
    g_autofree char *text = say_turned(c, item, one, full ? G_MAXUINT : NAMED);
    gboolean known = item->adopted >= 0 && !isnan(item->base.value[item->adopted]);
    if (!*text && (several || one->same || item->seats == 0 || !known))
      continue;
    g_autofree char *whole =
        *text ? g_strdup_printf("Turned by %s%s%s: %s.", name, several ? " on " : "",
                                several ? item->proposal->id : "", text)
              : g_strdup_printf("Turned by %s: neither the likelier outcome nor any seat's likeliest "
                                "answer.", name);
    say_apart(doc, said, whole);
  }
}

/* ---- Who moved ---- */

/* Seats of which all that is shown is the same stand in one row, as members of a bloc do. */
typedef struct {
  const PlnComparisonMove *first;
  char *chance[3], *turn;
  GString *codes;
  guint n;
} Row;

static void row_clear(gpointer data) {
  Row *row = data;
  for (guint v = 0; v < 3; v++)
    g_free(row->chance[v]);
  g_free(row->turn);
  g_string_free(row->codes, TRUE);
}

static char *say_chance(const PlnComparisonItem *item, const PlnComparisonCase *one, guint seat,
                        PlnVote vote) {
  gsize at = (gsize)seat * PLN_VOTE_KINDS + vote;
  g_autofree char *before = pln_say_percent(item->chance[at]);
  g_autofree char *after = pln_say_percent(one->chance[at]);
  return strcmp(before, after) == 0 ? g_steal_pointer(&before)
                                    : g_strdup_printf("%s to %s", before, after);
}

static const char *letter(PlnVote vote) {
  return vote < PLN_VOTE_KINDS ? pln_vote_letter(vote) : "-";
}

static Row make_row(const PlnComparisonItem *item, const PlnComparisonCase *one,
                    const PlnComparisonMove *m) {
  static const PlnVote votes[] = {PLN_VOTE_Y, PLN_VOTE_N, PLN_VOTE_A};
  Row row = {.first = m, .codes = g_string_new(pln_runner_seat(item->runner, m->seat)->code), .n = 1};
  for (guint v = 0; v < 3; v++)
    row.chance[v] = say_chance(item, one, m->seat, votes[v]);
  row.turn = m->turned ? g_strdup_printf("%s to %s", letter(m->before), letter(m->after))
                       : g_strdup("");
  return row;
}

static gboolean alike(const Row *a, const Row *b) {
  for (guint v = 0; v < 3; v++)
    if (strcmp(a->chance[v], b->chance[v]) != 0)
      return FALSE;
  return strcmp(a->turn, b->turn) == 0;
}

/* Those set, or those filled in, the furthest first. */
static GArray *make_rows(const PlnComparisonItem *item, const PlnComparisonCase *one,
                         gboolean directly) {
  GArray *rows = g_array_new(FALSE, FALSE, sizeof(Row));
  g_array_set_clear_func(rows, row_clear);
  for (guint k = 0; k < one->moves->len; k++) {
    const PlnComparisonMove *m = &g_array_index(one->moves, PlnComparisonMove, k);
    Row row = make_row(item, one, m), *same = NULL;
    for (guint i = 0; i < rows->len && !same; i++)
      if (alike(&g_array_index(rows, Row, i), &row))
        same = &g_array_index(rows, Row, i);
    gboolean counts = m->directly == directly && m->moved >= SEEN;
    if (counts && !same) {
      g_array_append_val(rows, row);
      continue;
    }
    if (counts && same->n++ < CODES)
      g_string_append_printf(same->codes, " %s", row.codes->str);
    row_clear(&row);
  }
  return rows;
}

static void put_row(PlnDoc *doc, const Row *row) {
  if (row->n > CODES + 1)
    g_string_append_printf(row->codes, " +%u", row->n - CODES - 1);
  pln_doc_cell(doc, pln_text(row->codes->str));
  pln_doc_cell(doc, pln_text(row->first->directly ? "set" : "filled in"));
  for (guint v = 0; v < 3; v++)
    pln_doc_cell(doc, pln_text(row->chance[v]));
  pln_doc_cell(doc, *row->turn ? pln_text(row->turn) : pln_none());
}

/* Returns: how many seats are not shown */
static guint add_moves(PlnDoc *doc, const PlnComparison *c, const PlnComparisonItem *item,
                       const PlnComparisonCase *one, gboolean full) {
  static const PlnDocColumn columns[] = {{"-codes", "Who moved"}, {"-how", "How"},
                                         {"-yes", "Yes"},         {"-no", "No"},
                                         {"-abstain", "Abstaining"}, {"-turn", "Turned"},
                                         {NULL, NULL}};
  g_autofree char *name = pln_say_bundle(one->bundle, NAME_WIDTH);
  gboolean several = c->items->len > 1;
  g_autofree char *caption = g_strdup_printf("Moved furthest%s%s, %s", several ? " on " : "",
                                             several ? item->proposal->id : "", name);
  guint left = 0;
  pln_doc_table(doc, NULL, PLN_FOR_PEOPLE, caption, columns);
  for (int directly = 1; directly >= 0; directly--) {
    g_autoptr(GArray) rows = make_rows(item, one, directly);
    for (guint k = 0; k < rows->len; k++) {
      const Row *row = &g_array_index(rows, Row, k);
      if (k < SHOWN || full)
        put_row(doc, row);
      else
        left += row->n;
    }
  }
  return left;
}

static void add_item(PlnDoc *doc, const PlnComparison *c, const PlnComparisonItem *item,
                     gboolean full) {
  guint left = 0;
  for (guint b = 0; b < item->cases->len; b++)
    left += add_moves(doc, c, item, pln_comparison_case(item, b), full);
  if (left > 0)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE,
                "%u more moved by half a point or more; --full lists them, csv and json every one.",
                left);
}

void pln_compose_comparison_seats(PlnDoc *doc, const PlnComparison *c, gboolean full) {
  gboolean several = c->items->len > 1;
  gboolean said = FALSE;
  for (guint k = 0; k < c->items->len; k++)
    add_turned(doc, c, pln_comparison_item(c, k), full, &said);
  /* Of what is on record all that can be said of a seat is how it voted. */
  for (guint k = 0; c->run.study == PLN_RUN_PROJECT && k < c->items->len && (full || !several); k++)
    add_item(doc, c, pln_comparison_item(c, k), full);
}
