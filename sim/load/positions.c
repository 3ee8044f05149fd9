/* SPDX-License-Identifier: GPL-3.0-or-later */
/* positions.csv: where states and blocs are said to stand. */
#include <string.h>

#include "plenary/tables.h"

enum { PROPOSAL, WHO, POSITION, SD, STATUS, SOURCE, NOTE };

const PlnColumn pln_positions_columns[] = {{"proposal", FALSE}, {"who", TRUE},
                                           {"position", TRUE},  {"sd", FALSE},
                                           {"status", FALSE},   {"source", FALSE},
                                           {"note", FALSE},     {NULL, FALSE}};

static const PlnBounds deviations = {0.001, 100, "from 0.001 to 100"};

/* Memberships and seats that are looked through at the most to find blocs empty: what is
 * hostile must not take long, and a bloc beyond is taken to have members. */
enum { MOST_LOOKS = 10000000 };

/* A bloc, and what is in it at any time, by any way. */
typedef struct {
  GPtrArray *drawn; /* const PlnBloc *: those made from a roll call */
  guint memberships;
} Within;

typedef struct {
  const PlnTable *table;
  const PlnScenario *s;
  PlnPlaces *places;
  GHashTable *by_symbol; /* of a proposal -> its place + 1 */
  guint earliest;        /* the place of the proposal that is voted first */
  GHashTable *within;    /* const PlnBloc * -> Within * */
  GHashTable *first;     /* "place:who" -> row + 1 */
  gint64 looks;          /* that may still be had */
  PlnFaults *faults;
} Reading;

static void within_free(gpointer data) {
  g_ptr_array_unref(((Within *)data)->drawn);
  g_free(data);
}

/* Worked off as a list, each bloc once. */
static const Within *within(const Reading *r, const PlnBloc *bloc) {
  Within *it = g_hash_table_lookup(r->within, bloc);
  if (it)
    return it;
  it = g_new0(Within, 1);
  it->drawn = g_ptr_array_new();
  g_hash_table_insert(r->within, (gpointer)bloc, it);
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
      const PlnBloc *inner = pln_world_bloc(r->s->world, member);
      if (inner && g_hash_table_add(seen, (gpointer)inner))
        g_ptr_array_add(blocs, (gpointer)inner);
    }
  }
  return it;
}

/* The place of the proposal with that symbol or id, or -1. */
static int place_called(const Reading *r, const char *symbol) {
  guint place = GPOINTER_TO_UINT(g_hash_table_lookup(r->by_symbol, symbol));
  return place > 0 ? (int)place - 1 : pln_places_find(r->places, symbol);
}

/* The day of a roll call, PLN_DAY_NONE where it is on no record. */
static PlnDay day_of_roll_call(const Reading *r, const char *symbol) {
  const PlnRollCall *call = pln_world_roll_call(r->s->world, symbol);
  int place = place_called(r, symbol);
  return call ? call->day : place >= 0 ? pln_scenario_proposal(r->s, (guint)place)->day
                                       : PLN_DAY_NONE;
}

/* The proposal of the row, of all of them the first, that is that roll call itself or may
 * lie before it; or NULL. */
static const PlnProposal *foretold(const Reading *r, const PlnStance *stance, const char *symbol) {
  int itself = place_called(r, symbol);
  guint place = stance->proposal < 0 ? r->earliest : (guint)stance->proposal;
  const PlnProposal *p = pln_scenario_proposal(r->s, place);
  PlnDay day = day_of_roll_call(r, symbol);
  if (itself >= 0 && (stance->proposal < 0 || stance->proposal == itself))
    return pln_scenario_proposal(r->s, (guint)itself);
  if (p->day <= PLN_DAY_UNKNOWN) /* a fault that is told already */
    return NULL;
  return day <= PLN_DAY_UNKNOWN || pln_day_last(day) >= pln_day_first(p->day) ? p : NULL;
}

/* A group read off the votes foretells them only too well: nothing made from the vote, or
 * later than it, says where its members stand. */
static void check_drawn(const Reading *r, guint row, const PlnStance *stance) {
  const GPtrArray *drawn = within(r, stance->bloc)->drawn;
  for (guint d = 0; d < drawn->len; d++) {
    const PlnBloc *bloc = drawn->pdata[d];
    const PlnProposal *p = foretold(r, stance, bloc->made_from);
    if (!p)
      continue;
    pln_table_fault(r->table, row, WHO, r->faults,
                    "%s is drawn from the vote %s, which is not surely before that on %s; expected "
                    "nothing made from the vote, or later than it",
                    bloc->id, bloc->made_from, p->id);
    return;
  }
}

static gboolean has_member(Reading *r, const PlnRoster *roster, const PlnBloc *bloc) {
  r->looks -= within(r, bloc)->memberships + roster->n + 1;
  if (r->looks < 0)
    return TRUE;
  g_autofree guint8 *in = g_new(guint8, roster->n + 1);
  return pln_roster_mark(roster, r->s->world, bloc, in) > 0;
}

/* Of a row for every proposal there need be a member of some of the rosters. */
static void check_members(Reading *r, guint row, const PlnStance *stance) {
  const GPtrArray *rosters = r->s->rosters;
  if (stance->proposal >= 0) {
    const PlnProposal *p = pln_scenario_proposal(r->s, (guint)stance->proposal);
    g_autofree char *day = pln_day_text(p->day);
    if (p->roster && !has_member(r, p->roster, stance->bloc))
      pln_table_fault(r->table, row, WHO, r->faults,
                      "%s has no member with a vote in %s on %s; expected a bloc that has one",
                      stance->bloc->id, p->body->name, day);
    return;
  }
  for (guint k = 0; k < rosters->len; k++)
    if (has_member(r, rosters->pdata[k], stance->bloc))
      return;
  if (rosters->len > 0)
    pln_table_fault(r->table, row, WHO, r->faults,
                    "%s has no member with a vote on any proposal; expected a bloc that has one",
                    stance->bloc->id);
}

static void check_state(const Reading *r, guint row, const PlnStance *stance) {
  if (stance->proposal < 0)
    return;
  const PlnProposal *p = pln_scenario_proposal(r->s, (guint)stance->proposal);
  g_autofree char *day = pln_day_text(p->day);
  if (p->roster && pln_roster_find(p->roster, stance->state->code) < 0)
    pln_table_fault(r->table, row, WHO, r->faults,
                    "%s has no vote in %s on %s; expected a member of it, or a row for every "
                    "proposal",
                    stance->state->code, p->body->name, day);
}

/* All that a row may be of, for near misses. */
static GPtrArray *anybody(const PlnWorld *world) {
  static const char *const everybody = "ALL";
  GPtrArray *all = pln_world_states(world);
  g_ptr_array_extend_and_steal(all, pln_world_blocs(world));
  g_ptr_array_insert(all, 0, (gpointer)&everybody);
  return all;
}

/* Returns: FALSE and a fault where nobody is called so */
static gboolean read_who(const Reading *r, guint row, PlnStance *stance) {
  const char *who = pln_table_needed(r->table, row, WHO, r->faults);
  stance->state = pln_world_state(r->s->world, who);
  stance->bloc = stance->state ? NULL : pln_world_bloc(r->s->world, who);
  stance->who = stance->state  ? PLN_STANCE_STATE
                : stance->bloc ? PLN_STANCE_BLOC
                               : PLN_STANCE_ALL;
  if (stance->who != PLN_STANCE_ALL || strcmp(who, "ALL") == 0)
    return TRUE;
  if (*who)
    pln_cell_unknown(r->table, row, WHO, "state or bloc", who,
                     "an ISO alpha-3 code, a bloc of data/blocs.csv or of the scenario's, or ALL",
                     anybody, r->s->world, r->faults);
  return FALSE;
}

static void check_once(const Reading *r, guint row, const PlnStance *stance) {
  char *key = g_strdup_printf("%d:%s", stance->proposal, pln_stance_name(stance));
  guint before = GPOINTER_TO_UINT(g_hash_table_lookup(r->first, key));
  if (before > 0)
    pln_table_fault(r->table, row, WHO, r->faults,
                    "%s stands twice%s (first on line %u); expected one row",
                    pln_stance_name(stance),
                    stance->proposal < 0 ? " for every proposal" : " on the proposal",
                    pln_table_line(r->table, before - 1));
  g_hash_table_insert(r->first, key, GUINT_TO_POINTER(before > 0 ? before : row + 1));
}

static void check_who(Reading *r, guint row, const PlnStance *stance) {
  guint before = pln_faults_count(r->faults);
  check_once(r, row, stance);
  if (stance->state)
    check_state(r, row, stance);
  if (stance->bloc && pln_faults_count(r->faults) == before)
    check_members(r, row, stance);
  if (stance->bloc && pln_faults_count(r->faults) == before)
    check_drawn(r, row, stance);
}

static void read_row(Reading *r, guint row, GPtrArray *stances) {
  const PlnTable *t = r->table;
  const char *id = pln_table_text(t, row, PROPOSAL);
  PlnStance stance = {
      .position = pln_cell_number(t, row, POSITION, "position", &pln_bounds_percent, 50, r->faults),
      .sd = pln_cell_number(t, row, SD, "sd", &deviations, PLN_STANCE_SD, r->faults),
      .status = pln_cell_status(t, row, STATUS, PLN_STATUS_ASSUMED, r->faults),
      .source = pln_cell_keep(t, row, SOURCE, r->s->world),
      .note = pln_cell_keep(t, row, NOTE, r->s->world),
      .line = pln_table_line(t, row)};
  pln_table_needed(t, row, POSITION, r->faults);
  stance.proposal = *id ? pln_cell_place(t, row, PROPOSAL, id, r->places, r->faults) : -1;
  gboolean placed = !*id || stance.proposal >= 0;
  if (!read_who(r, row, &stance) || !placed)
    return;
  check_who(r, row, &stance);
  g_ptr_array_add(stances, g_memdup2(&stance, sizeof stance));
}

static void note_votes(Reading *r) {
  const PlnScenario *s = r->s;
  for (guint k = s->proposals->len; k-- > 0;) { /* of two by one symbol the first */
    const PlnProposal *p = pln_scenario_proposal(s, k);
    if (*p->symbol)
      g_hash_table_insert(r->by_symbol, (gpointer)p->symbol, GUINT_TO_POINTER(k + 1));
    if (pln_day_first(p->day) <= pln_day_first(pln_scenario_proposal(s, r->earliest)->day))
      r->earliest = k;
  }
}

void pln_positions_read(const PlnTable *table, PlnScenario *s, PlnFaults *faults) {
  g_autoptr(PlnPlaces) places = pln_places_new(s);
  g_autoptr(GHashTable) symbols = g_hash_table_new(g_str_hash, g_str_equal);
  g_autoptr(GHashTable) blocs = g_hash_table_new_full(NULL, NULL, NULL, within_free);
  g_autoptr(GHashTable) first = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  Reading r = {table, s, places, symbols, 0, blocs, first, MOST_LOOKS, faults};
  guint n = pln_table_rows(table);
  note_votes(&r);
  if (n > PLN_STANCES_MOST)
    pln_table_fault(table, PLN_STANCES_MOST, WHO, faults, "more than %d positions; expected fewer",
                    PLN_STANCES_MOST);
  for (guint i = 0; i < MIN(n, PLN_STANCES_MOST); i++)
    read_row(&r, i, s->stances);
}
