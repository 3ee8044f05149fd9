/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is in a bloc, for the tables that say something of one. */
#include "plenary/tables.h"

/* Memberships and seats that are looked through at the most to find blocs empty: what is
 * hostile must not take long, and a bloc beyond is taken to have members. */
enum { MOST_LOOKS = 10000000 };

/* A bloc, and what is in it at any time, by any way. */
typedef struct {
  GPtrArray *drawn; /* const PlnBloc *: those made from a roll call */
  guint memberships;
} Content;

struct PlnWithin {
  const PlnScenario *s;
  PlnPlaces *places;
  GHashTable *by_symbol; /* of a proposal -> its place + 1 */
  guint earliest;        /* the place of the proposal that is voted first */
  GHashTable *content;   /* const PlnBloc * -> Content * */
  gint64 looks;          /* that may still be had */
};

static void content_free(gpointer data) {
  g_ptr_array_unref(((Content *)data)->drawn);
  g_free(data);
}

static void note_votes(PlnWithin *within) {
  const PlnScenario *s = within->s;
  for (guint k = s->proposals->len; k-- > 0;) { /* of two by one symbol the first */
    const PlnProposal *p = pln_scenario_proposal(s, k);
    if (*p->symbol)
      g_hash_table_insert(within->by_symbol, (gpointer)p->symbol, GUINT_TO_POINTER(k + 1));
    if (pln_day_first(p->day) <= pln_day_first(pln_scenario_proposal(s, within->earliest)->day))
      within->earliest = k;
  }
}

PlnWithin *pln_within_new(const PlnScenario *s) {
  PlnWithin *within = g_new0(PlnWithin, 1);
  within->s = s;
  within->places = pln_places_new(s);
  within->by_symbol = g_hash_table_new(g_str_hash, g_str_equal);
  within->content = g_hash_table_new_full(NULL, NULL, NULL, content_free);
  within->looks = MOST_LOOKS;
  note_votes(within);
  return within;
}

void pln_within_free(PlnWithin *within) {
  pln_places_free(within->places);
  g_hash_table_unref(within->by_symbol);
  g_hash_table_unref(within->content);
  g_free(within);
}

/* Worked off as a list, each bloc once. */
static const Content *content_of(const PlnWithin *within, const PlnBloc *bloc) {
  Content *it = g_hash_table_lookup(within->content, bloc);
  if (it)
    return it;
  it = g_new0(Content, 1);
  it->drawn = g_ptr_array_new();
  g_hash_table_insert(within->content, (gpointer)bloc, it);
  g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);
  g_autoptr(GPtrArray) blocs = g_ptr_array_new();
  g_hash_table_add(seen, (gpointer)bloc);
  g_ptr_array_add(blocs, (gpointer)bloc);
  for (guint k = 0; k < blocs->len; k++) {
    const PlnBloc *one = blocs->pdata[k];
    if (*one->made_from)
      g_ptr_array_add(it->drawn, (gpointer)one);
    it->memberships += one->members->len;
    for (guint m = 0; m < one->members->len; m++) {
      const char *member = g_array_index(one->members, PlnMembership, m).member;
      const PlnBloc *inner = pln_world_bloc(within->s->world, member);
      if (inner && g_hash_table_add(seen, (gpointer)inner))
        g_ptr_array_add(blocs, (gpointer)inner);
    }
  }
  return it;
}

guint pln_within_memberships(const PlnWithin *within, const PlnBloc *bloc) {
  return content_of(within, bloc)->memberships;
}

gboolean pln_within_seated(PlnWithin *within, const PlnRoster *roster, const PlnBloc *bloc) {
  within->looks -= content_of(within, bloc)->memberships + roster->n + 1;
  if (within->looks < 0)
    return TRUE;
  g_autofree guint8 *in = g_new(guint8, roster->n + 1);
  return pln_roster_mark(roster, within->s->world, bloc, in) > 0;
}

/* The place of the proposal with that symbol or id, or -1. */
static int place_called(const PlnWithin *within, const char *symbol) {
  guint place = GPOINTER_TO_UINT(g_hash_table_lookup(within->by_symbol, symbol));
  return place > 0 ? (int)place - 1 : pln_places_find(within->places, symbol);
}

/* The day of a roll call, PLN_DAY_NONE where it is on no record. */
static PlnDay day_of_roll_call(const PlnWithin *within, const char *symbol) {
  const PlnRollCall *call = pln_world_roll_call(within->s->world, symbol);
  int place = place_called(within, symbol);
  return call         ? call->day
         : place >= 0 ? pln_scenario_proposal(within->s, (guint)place)->day
                      : PLN_DAY_NONE;
}

/* The proposal at @place, of all of them (-1) the first, that is that roll call itself or may
 * lie before it; or NULL. */
static const PlnProposal *foretold(const PlnWithin *within, int asked, const char *symbol) {
  int itself = place_called(within, symbol);
  guint place = asked < 0 ? within->earliest : (guint)asked;
  const PlnProposal *p = pln_scenario_proposal(within->s, place);
  PlnDay day = day_of_roll_call(within, symbol);
  if (itself >= 0 && (asked < 0 || asked == itself))
    return pln_scenario_proposal(within->s, (guint)itself);
  if (p->day <= PLN_DAY_UNKNOWN) /* a fault that is told already */
    return NULL;
  return day <= PLN_DAY_UNKNOWN || pln_day_last(day) >= pln_day_first(p->day) ? p : NULL;
}

void pln_within_check(const PlnWithin *within, const PlnTable *table, guint row, guint column,
                      const PlnBloc *bloc, int place, PlnFaults *faults) {
  const GPtrArray *drawn = content_of(within, bloc)->drawn;
  for (guint d = 0; d < drawn->len; d++) {
    const PlnBloc *one = drawn->pdata[d];
    const PlnProposal *p = foretold(within, place, one->made_from);
    if (!p)
      continue;
    pln_table_fault(table, row, column, faults,
                    "%s is drawn from the vote %s, which is not surely before that on %s; expected "
                    "nothing made from the vote, or later than it",
                    one->id, one->made_from, p->id);
    return;
  }
}
