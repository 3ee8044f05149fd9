/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "plenary/tables.h"

enum { BLOC, NAME, MEMBER, FROM, TO, KIND, MADE_FROM, STATUS, SOURCE, NOTE };

const PlnColumn pln_blocs_columns[] = {{"bloc", TRUE},       {"name", FALSE},   {"member", TRUE},
                                       {"from", FALSE},      {"to", FALSE},     {"kind", FALSE},
                                       {"made_from", FALSE}, {"status", FALSE}, {"source", FALSE},
                                       {"note", FALSE},      {NULL, FALSE}};

/* A bloc of this file, and its way through the search for circles. */
typedef struct {
  PlnBloc *bloc;
  GArray *rows; /* guint: the row of each membership */
  guint next;   /* member to look at */
  enum { UNSEEN, ON_PATH, DONE } seen;
} Own;

static void own_free(gpointer data) {
  g_array_unref(((Own *)data)->rows);
  g_free(data);
}

static gboolean is_id(const char *text) {
  gsize n = strlen(text);
  return n > 0 && n <= 32 &&
         strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-") == n;
}

/* Whether a new bloc may be called so; a name that the world has already is refused. */
static gboolean may_be_named(const PlnTable *table, guint row, const char *id,
                             const PlnWorld *world, PlnFaults *faults) {
  if (!is_id(id))
    pln_table_fault(table, row, BLOC, faults,
                    "the bloc is \"%s\"; expected up to 32 letters, digits, _ or -", id);
  else if (pln_world_bloc(world, id) || pln_world_state(world, id))
    pln_table_fault(table, row, BLOC, faults,
                    "%s is the name of a bloc or state already; expected a name of its own", id);
  else
    return TRUE;
  return FALSE;
}

static Own *bloc_of_row(const PlnTable *table, guint row, PlnWorld *world, GHashTable *mine,
                        PlnFaults *faults) {
  const char *id = pln_table_text(table, row, BLOC), *name = pln_table_text(table, row, NAME);
  Own *own = g_hash_table_lookup(mine, id);
  if (own || !may_be_named(table, row, id, world, faults))
    return own;
  PlnBloc fresh = {.id = pln_world_keep(world, id),
                   .name = pln_world_keep(world, *name ? name : id),
                   .kind = pln_cell_keep(table, row, KIND, world),
                   .made_from = pln_cell_keep(table, row, MADE_FROM, world)};
  own = g_new0(Own, 1);
  own->bloc = pln_world_add_bloc(world, &fresh);
  own->rows = g_array_new(FALSE, FALSE, sizeof(guint));
  g_hash_table_insert(mine, (gpointer)own->bloc->id, own);
  return own;
}

static void add_member(const PlnTable *table, guint row, Own *own, PlnWorld *world,
                       PlnFaults *faults) {
  PlnMembership m = {.member = pln_world_keep(world, pln_table_needed(table, row, MEMBER, faults)),
                     .status = pln_cell_status(table, row, STATUS, PLN_STATUS_ASSUMED, faults)};
  pln_cell_span(table, row, FROM, TO, &m.from, &m.to, faults);
  g_array_append_val(own->bloc->members, m);
  g_array_append_val(own->rows, row);
}

static GPtrArray *states_and_blocs(const PlnWorld *world) {
  GPtrArray *all = pln_world_states(world);
  g_ptr_array_extend_and_steal(all, pln_world_blocs(world));
  return all;
}

/* Members are looked up when all blocs are there: one may come before its parts. */
static void check_members(const PlnTable *table, PlnWorld *world, PlnFaults *faults) {
  for (guint i = 0; i < pln_table_rows(table); i++) {
    const char *member = pln_table_text(table, i, MEMBER);
    if (*member && !pln_world_state(world, member) && !pln_world_bloc(world, member))
      pln_cell_unknown(table, i, MEMBER, "member", member, "an ISO alpha-3 code or a bloc",
                       states_and_blocs, world, faults);
  }
}

/* A membership that surely holds from @begin to @end at least. */
typedef struct {
  const char *member;
  PlnDay begin, end;
  guint row;
} Span;

static int by_begin(gconstpointer a, gconstpointer b) {
  const Span *x = a, *y = b;
  int by_member = strcmp(x->member, y->member);
  if (by_member != 0)
    return by_member;
  if (x->begin != y->begin)
    return x->begin < y->begin ? -1 : 1;
  return x->row < y->row ? -1 : 1;
}

static void check_overlaps(const PlnTable *table, const Own *own, PlnFaults *faults) {
  g_autoptr(GArray) spans = g_array_new(FALSE, FALSE, sizeof(Span));
  for (guint i = 0; i < own->rows->len; i++) {
    const PlnMembership *m = &g_array_index(own->bloc->members, PlnMembership, i);
    Span span = {m->member, m->from > PLN_DAY_UNKNOWN ? pln_day_last(m->from) : 0,
                 m->to > PLN_DAY_UNKNOWN ? pln_day_first(m->to) : G_MAXUINT32,
                 g_array_index(own->rows, guint, i)};
    if (*m->member)
      g_array_append_val(spans, span);
  }
  g_array_sort(spans, by_begin);
  const Span *longest = NULL;
  for (guint i = 0; i < spans->len; i++) {
    const Span *span = &g_array_index(spans, Span, i);
    gboolean same = longest && strcmp(longest->member, span->member) == 0;
    if (same && span->begin <= longest->end)
      pln_table_fault(table, MAX(span->row, longest->row), MEMBER, faults,
                      "%s is in %s twice at one time (see line %u); expected one row, or days that "
                      "do not overlap",
                      span->member, own->bloc->id,
                      pln_table_line(table, MIN(span->row, longest->row)));
    if (!same || span->end > longest->end)
      longest = span;
  }
}

/* Goes down from @own, blocs that lie in one another by many ways once.  Without
 * recursion: they may be nested as deep as the file is long. */
static void check_circles(const PlnTable *table, Own *own, GHashTable *mine, PlnFaults *faults) {
  g_autoptr(GPtrArray) path = g_ptr_array_new();
  if (own->seen == UNSEEN)
    g_ptr_array_add(path, own);
  while (path->len > 0) {
    own = path->pdata[path->len - 1];
    own->seen = own->next < own->rows->len ? ON_PATH : DONE;
    if (own->seen == DONE) {
      g_ptr_array_set_size(path, (gint)path->len - 1);
      continue;
    }
    guint row = g_array_index(own->rows, guint, own->next);
    Own *inner = g_hash_table_lookup(
        mine, g_array_index(own->bloc->members, PlnMembership, own->next++).member);
    if (inner && inner->seen == UNSEEN)
      g_ptr_array_add(path, inner);
    else if (inner && inner->seen == ON_PATH)
      pln_table_fault(table, row, MEMBER, faults,
                      "%s is a member of itself%s%s; expected blocs without a circle",
                      inner->bloc->id, inner == own ? "" : ", through ",
                      inner == own ? "" : own->bloc->id);
  }
}

void pln_blocs_read(const PlnTable *table, PlnWorld *world, PlnFaults *faults) {
  g_autoptr(GHashTable) mine = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, own_free);
  g_autoptr(GPtrArray) in_order = g_ptr_array_new();
  for (guint i = 0; i < pln_table_rows(table); i++) {
    Own *own = bloc_of_row(table, i, world, mine, faults);
    if (own)
      add_member(table, i, own, world, faults);
    if (own && own->rows->len == 1)
      g_ptr_array_add(in_order, own);
    if (in_order->len > PLN_BLOCS_MOST) {
      pln_table_fault(table, i, BLOC, faults, "more than %d blocs; expected fewer", PLN_BLOCS_MOST);
      return;
    }
  }
  check_members(table, world, faults);
  for (guint i = 0; i < in_order->len; i++) {
    check_overlaps(table, in_order->pdata[i], faults);
    check_circles(table, in_order->pdata[i], mine, faults);
  }
}
