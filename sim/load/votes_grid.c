/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Votes in a matrix: a row a voter and a column a roll call, or the other way about. */
#include "plenary/gather.h"

static gboolean named(PlnGather *g, const PlnField *field, const char *what) {
  if (!*field->text)
    pln_gather_complain(g, field, "the %s has no name; expected one in the first cell", what);
  return *field->text != '\0';
}

static PlnGatheredCall *new_call(PlnGather *g, const PlnField *field, guint *number) {
  *number = pln_gather_call(g, field->text);
  PlnGatheredCall *call = pln_gather_at(g, *number);
  if (call->stated) {
    pln_gather_complain(g, field, "the roll call \"%s\" stands twice; expected it once",
                        field->text);
    return NULL;
  }
  pln_gather_row(g, call, field);
  pln_gather_settle(g, call);
  return call;
}

static gboolean new_key(PlnGather *g, const PlnField *field, guint *key) {
  if (!pln_gather_key(g, field->text, field, key))
    return FALSE;
  if (g_array_index(g->keys, PlnKey, *key).rows == 1)
    return TRUE;
  pln_gather_complain(g, field, "the voter \"%s\" stands twice; expected one row or column",
                      field->text);
  return FALSE;
}

gboolean pln_grid_header(PlnGrid *grid, PlnGather *g, const PlnField *field, guint n) {
  gboolean sound = TRUE;
  for (guint i = 1; i < n; i++) {
    guint number = 0;
    if (!*field[i].text) {
      pln_gather_complain(g, &field[i], "a column without a name; expected a %s in the header",
                          grid->by_vote ? "voter" : "roll call");
      sound = FALSE;
    } else {
      sound &= grid->by_vote ? new_key(g, &field[i], &number)
                             : new_call(g, &field[i], &number) != NULL;
    }
    g_array_append_val(grid->column, number);
  }
  return sound;
}

/* An empty cell says nothing: not a member then, or not known. */
static void read_cell(PlnGather *g, guint call, guint key, const PlnField *cell) {
  int vote = *cell->text ? pln_votes_word(cell->text) : PLN_SAID_NOTHING;
  if (vote == PLN_SAID_UNREADABLE)
    pln_gather_complain(g, cell, "the vote is \"%s\"; expected Y, N, A or X, or an empty cell",
                        cell->text);
  else if (!pln_gather_at(g, call)->kept)
    g->dropped_rows += vote != PLN_SAID_NOTHING;
  else
    pln_gather_vote(g, call, key, vote, cell);
}

void pln_grid_row(PlnGrid *grid, PlnGather *g, const PlnField *field, guint n) {
  guint number = 0;
  if (n != grid->column->len + 1) {
    pln_gather_complain(g, field, "the row has %u cells; expected %u as in the header", n,
                        grid->column->len + 1);
    return;
  }
  if (!named(g, field, grid->by_vote ? "roll call" : "voter"))
    return;
  if (grid->by_vote ? !new_call(g, field, &number) : !new_key(g, field, &number))
    return;
  for (guint i = 1; i < n; i++) {
    guint other = g_array_index(grid->column, guint, i - 1);
    read_cell(g, grid->by_vote ? number : other, grid->by_vote ? other : number, &field[i]);
  }
}
