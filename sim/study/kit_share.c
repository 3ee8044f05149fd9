/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who sits at which table: the members shared out, or some of them chosen. */
#include <string.h>

#include "plenary/kit.h"

int pln_kit_alphabet(const char *a, const char *b) {
  g_autofree char *x = g_str_to_ascii(a, "C"), *y = g_str_to_ascii(b, "C");
  int order = g_ascii_strcasecmp(x, y);
  return order != 0 ? order : strcmp(a, b);
}

static int by_alphabet(gconstpointer a, gconstpointer b) {
  const PlnKitDelegation *const *x = a, *const *y = b;
  return pln_kit_alphabet((*x)->name, (*y)->name);
}

/* The members one by one: there are no more of them than places. */
static void seat_each(PlnKit *kit) {
  const PlnRoster *roster = kit->item->proposal->roster;
  for (guint i = 0; i < roster->n; i++)
    pln_kit_seat(kit, pln_kit_add(kit, roster->state[i]->name), i);
  g_ptr_array_sort(kit->delegations, by_alphabet);
}

static void mark_any(const PlnKit *kit, const char *ids, guint8 *in) {
  const PlnRoster *roster = kit->item->proposal->roster;
  g_auto(GStrv) id = g_strsplit(ids, " ", -1);
  g_autofree guint8 *one = g_new0(guint8, roster->n + 1);
  for (guint k = 0; id[k]; k++) {
    const PlnBloc *bloc = pln_world_bloc(kit->scenario->world, id[k]);
    if (!bloc)
      continue;
    pln_roster_mark(roster, kit->scenario->world, bloc, one);
    for (guint i = 0; i < roster->n; i++)
      in[i] |= one[i];
  }
}

/* Whether the shipped delegations fit: they cover nine members of ten. */
static gboolean has_regions(const PlnKit *kit, const PlnClassroom *classroom, guint size) {
  guint n = kit->item->proposal->roster->n, known = 0;
  g_autofree guint8 *in = g_new0(guint8, n + 1);
  for (guint i = 0; i < classroom->delegations->len; i++) {
    const PlnClassDelegation *row = &g_array_index(classroom->delegations, PlnClassDelegation, i);
    if (row->size == size && !*row->within)
      mark_any(kit, row->blocs, in);
  }
  for (guint i = 0; i < n; i++)
    known += in[i];
  return known * 10 >= n * 9;
}

/* Takes what is still free; a delegation without a member is none. */
static void take(PlnKit *kit, const PlnClassDelegation *row, guint8 *taken) {
  const PlnRoster *roster = kit->item->proposal->roster;
  g_autofree guint8 *in = g_new0(guint8, roster->n + 1), *within = g_new0(guint8, roster->n + 1);
  PlnKitDelegation *d = NULL;
  mark_any(kit, row->blocs, in);
  mark_any(kit, row->within, within);
  for (guint i = 0; i < roster->n; i++) {
    if (taken[i] || !in[i] || (*row->within && !within[i]))
      continue;
    d = d ? d : pln_kit_add(kit, row->name);
    d->made = row;
    pln_kit_seat(kit, d, i);
    taken[i] = 1;
  }
}

static void share_by_table(PlnKit *kit, const PlnClassroom *classroom, guint size) {
  guint n = kit->item->proposal->roster->n;
  g_autofree guint8 *taken = g_new0(guint8, n + 1);
  PlnKitDelegation *rest = NULL;
  for (guint i = 0; i < classroom->delegations->len; i++) {
    const PlnClassDelegation *row = &g_array_index(classroom->delegations, PlnClassDelegation, i);
    if (row->size == size)
      take(kit, row, taken);
  }
  for (guint i = 0; i < n; i++)
    if (!taken[i]) {
      rest = rest ? rest : pln_kit_add(kit, "Members of no group");
      pln_kit_seat(kit, rest, i);
    }
}

static int by_group(gconstpointer a, gconstpointer b, gpointer data) {
  const PlnRoster *roster = data;
  guint x = *(const guint *)a, y = *(const guint *)b;
  int order = strcmp(roster->state[x]->group, roster->state[y]->group);
  return order != 0 ? order : (int)x - (int)y;
}

static guint *in_order_of_group(const PlnRoster *roster, guint *groups) {
  guint *order = g_new(guint, roster->n + 1);
  for (guint i = 0; i < roster->n; i++)
    order[i] = i;
  g_qsort_with_data(order, (int)roster->n, sizeof(guint), by_group, (gpointer)roster);
  *groups = roster->n > 0;
  for (guint i = 1; i < roster->n; i++)
    *groups += strcmp(roster->state[order[i]]->group, roster->state[order[i - 1]]->group) != 0;
  return order;
}

/* A table for each group where they are as many; else neighbours in the order of groups. */
static void share_by_group(PlnKit *kit, guint size) {
  const PlnRoster *roster = kit->item->proposal->roster;
  guint groups, n = roster->n;
  g_autofree guint *order = in_order_of_group(roster, &groups);
  PlnKitDelegation *d = NULL;
  for (guint i = 0, table = 0; i < n; i++) {
    const PlnState *state = roster->state[order[i]];
    gboolean begins =
        i == 0 || (groups == size ? strcmp(state->group, roster->state[order[i - 1]]->group) != 0
                                  : i * size / n != table);
    table = i * size / n;
    if (begins) {
      const PlnBloc *bloc = pln_world_bloc(kit->scenario->world, state->group);
      g_autofree char *joint = g_strdup_printf("Table of %s", state->name);
      d = pln_kit_add(kit, groups != size || !*state->group ? joint
                           : bloc                           ? bloc->name
                                                            : state->group);
    }
    pln_kit_seat(kit, d, order[i]);
  }
}

void pln_kit_share_out(PlnKit *kit, const PlnClassroom *classroom, guint size) {
  guint n = kit->item->proposal->roster->n;
  if (n > size && has_regions(kit, classroom, size))
    share_by_table(kit, classroom, size);
  if (kit->delegations->len * 4 >= size * 3)
    return;
  g_ptr_array_set_size(kit->delegations, 0); /* the table fits other bodies than this */
  if (n <= size)
    seat_each(kit);
  else
    share_by_group(kit, size);
}

/* A kind of members: a group, and a vote on record or none. */
typedef struct {
  const char *group;
  PlnVote vote;
  GArray *seats; /* guint, those to choose first in front */
  guint places, remainder;
} Cell;

static void cell_clear(gpointer data) {
  g_array_unref(((Cell *)data)->seats);
}

static Cell *cell_of(GArray *cells, const char *group, PlnVote vote) {
  for (guint i = 0; i < cells->len; i++) {
    Cell *cell = &g_array_index(cells, Cell, i);
    if (cell->vote == vote && strcmp(cell->group, group) == 0)
      return cell;
  }
  Cell cell = {group, vote, g_array_new(FALSE, FALSE, sizeof(guint)), 0, 0};
  g_array_append_val(cells, cell);
  return &g_array_index(cells, Cell, cells->len - 1);
}

static gboolean spoke(const PlnKit *kit, const char *code) {
  for (guint i = 0; i < kit->scenario->statements->len; i++) {
    const PlnStatement *s = &g_array_index(kit->scenario->statements, PlnStatement, i);
    if ((s->proposal < 0 || (guint)s->proposal == kit->place) && strcmp(s->state, code) == 0 &&
        s->status <= PLN_STATUS_INFERRED)
      return TRUE;
  }
  return FALSE;
}

static gboolean has_position(const PlnKit *kit, const PlnState *state) {
  GPtrArray *stances = kit->scenario->stances;
  for (guint i = 0; stances && i < stances->len; i++) {
    const PlnStance *s = stances->pdata[i];
    if (s->state == state && s->status <= PLN_STATUS_INFERRED &&
        (s->proposal < 0 || (guint)s->proposal == kit->place))
      return TRUE;
  }
  return FALSE;
}

static gboolean broke_ranks(const PlnKit *kit, guint seat) {
  const char *group = kit->item->proposal->roster->state[seat]->group;
  for (guint i = 0; i < kit->item->blocs->len; i++) {
    const PlnBlocPart *part = &g_array_index(kit->item->blocs, PlnBlocPart, i);
    if (strcmp(part->bloc->id, group) == 0)
      return pln_cohesion_breaks(part->record.line, kit->now[seat].vote);
  }
  return FALSE;
}

static guint why_chosen(const PlnKit *kit, guint seat) {
  const PlnProposal *p = kit->item->proposal;
  const PlnState *state = p->roster->state[seat];
  PlnVote now = kit->now[seat].vote, before = kit->before[seat].vote;
  gboolean moved = now <= PLN_VOTE_A && before <= PLN_VOTE_A && now != before;
  const PlnBloc *five = pln_world_bloc(kit->scenario->world, "P5");
  gboolean permanent =
      five && pln_world_in_bloc(kit->scenario->world, five, state->code, p->roster->day);
  return (pln_kit_is_sponsor(kit, seat) ? PLN_CHOSEN_SPONSOR : 0) |
         (permanent ? PLN_CHOSEN_PERMANENT : 0) | (moved ? PLN_CHOSEN_MOVED : 0) |
         (broke_ranks(kit, seat) ? PLN_CHOSEN_BROKE_RANKS : 0) |
         (spoke(kit, state->code) ? PLN_CHOSEN_SPOKE : 0) |
         (has_position(kit, state) ? PLN_CHOSEN_POSITION : 0);
}

/* The first named of the sponsors speaks for the draft: it comes before all. */
static gboolean is_first_sponsor(const PlnKit *kit, guint seat) {
  const PlnProposal *p = kit->item->proposal;
  const char *code = p->roster->state[seat]->code;
  gsize n = strlen(code);
  return strncmp(p->asked_by, code, n) == 0 && (p->asked_by[n] == ' ' || !p->asked_by[n]) &&
         pln_kit_is_sponsor(kit, seat);
}

typedef struct {
  const PlnKit *kit;
  const guint *why;
} Order;

static guint rank(const Order *order, guint seat) {
  guint why = order->why[seat], n = 0;
  for (guint bit = 0; bit < 6; bit++)
    n += why & (1u << bit) ? 32u >> bit : 0;
  return n + (is_first_sponsor(order->kit, seat) ? 100 : 0);
}

static int by_rank(gconstpointer a, gconstpointer b, gpointer data) {
  guint x = *(const guint *)a, y = *(const guint *)b;
  guint p = rank(data, x), q = rank(data, y);
  return p != q ? (p > q ? -1 : 1) : (int)x - (int)y;
}

static GArray *cells_of(const PlnKit *kit, const Order *order) {
  const PlnProposal *p = kit->item->proposal;
  GArray *cells = g_array_new(FALSE, FALSE, sizeof(Cell));
  g_array_set_clear_func(cells, cell_clear);
  for (guint i = 0; i < p->roster->n; i++) {
    Cell *cell = cell_of(cells, p->roster->state[i]->group, kit->now[i].vote);
    g_array_append_val(cell->seats, i);
  }
  for (guint i = 0; i < cells->len; i++)
    g_array_sort_with_data(g_array_index(cells, Cell, i).seats, by_rank, (gpointer)order);
  return cells;
}

/* Largest remainders; of equal ones the first.  One place is kept for the first sponsor. */
static void allot(GArray *cells, guint size, guint n, const Order *order) {
  guint left = size;
  for (guint i = 0; i < cells->len; i++) {
    Cell *cell = &g_array_index(cells, Cell, i);
    guint first = g_array_index(cell->seats, guint, 0);
    cell->places = cell->seats->len * size / n;
    cell->remainder = cell->seats->len * size % n;
    if (cell->places == 0 && is_first_sponsor(order->kit, first))
      cell->remainder = n; /* above all others */
    left -= cell->places;
  }
  for (; left > 0; left--) {
    Cell *most = NULL;
    for (guint i = 0; i < cells->len; i++) {
      Cell *cell = &g_array_index(cells, Cell, i);
      if (cell->places < cell->seats->len && (!most || cell->remainder > most->remainder))
        most = cell;
    }
    most->places++;
    most->remainder = 0;
  }
}

/* Those that rank first; of equals, where not all have a place, some along their order. */
static void pick(const Cell *cell, const Order *order, guint8 *in) {
  guint left = cell->places, from = 0;
  while (left > 0) {
    guint first = g_array_index(cell->seats, guint, from), alike = 0;
    while (from + alike < cell->seats->len &&
           rank(order, g_array_index(cell->seats, guint, from + alike)) == rank(order, first))
      alike++;
    guint taken = MIN(left, alike);
    for (guint k = 0; k < taken; k++)
      in[g_array_index(cell->seats, guint, from + (2 * k + 1) * alike / (2 * taken))] = 1;
    left -= taken;
    from += alike;
  }
}

void pln_kit_choose_states(PlnKit *kit, guint size) {
  const PlnRoster *roster = kit->item->proposal->roster;
  if (roster->n <= size) {
    seat_each(kit);
    return;
  }
  g_autofree guint *why = g_new(guint, roster->n);
  g_autofree guint8 *in = g_new0(guint8, roster->n);
  for (guint i = 0; i < roster->n; i++)
    why[i] = why_chosen(kit, i);
  Order order = {kit, why};
  g_autoptr(GArray) cells = cells_of(kit, &order);
  allot(cells, size, roster->n, &order);
  for (guint i = 0; i < cells->len; i++)
    pick(&g_array_index(cells, Cell, i), &order, in);
  for (guint i = 0; i < roster->n; i++)
    if (in[i]) {
      PlnKitDelegation *d = pln_kit_add(kit, roster->state[i]->name);
      d->chosen = why[i];
      pln_kit_seat(kit, d, i);
    }
  g_ptr_array_sort(kit->delegations, by_alphabet);
}
