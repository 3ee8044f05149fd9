/* SPDX-License-Identifier: GPL-3.0-or-later */
/* actors.csv: who sits at the table, where it stands, how much it cares, what it can do.
 * Rows are read first, each by itself; then what holds of each actor on each issue is looked at,
 * where no row had a fault: half of what follows from one would be faults as well. */
#include <math.h>
#include <string.h>

#include "plenary/actor.h"
#include "plenary/tables.h"

enum {
  ISSUE, WHO, POSITION, SD, SALIENCE, SALIENCE_SD, CAPABILITY, CAPABILITY_SD, ALONE, STATUS, SOURCE,
  NOTE
};

const PlnColumn pln_actors_columns[] = {
    {"issue", FALSE},      {"who", TRUE},            {"position", FALSE}, {"sd", FALSE},
    {"salience", FALSE},   {"salience_sd", FALSE},   {"capability", FALSE},
    {"capability_sd", FALSE}, {"alone", FALSE},      {"status", FALSE},   {"source", FALSE},
    {"note", FALSE},       {NULL, FALSE}};

static const char *const yes_no[] = {"no", "yes", NULL};
static const PlnBounds widest = {-1e9, 1e9, "from -1e9 to 1e9"},
                       deviations = {0, 2e9, "from 0 to 2e9"},
                       capabilities = {0, 1e12, "from 0 to 1e12"};

/* Memberships of all blocs at the table together: what is hostile must not take long. */
enum { MOST_MEMBERSHIPS = 2000000 };

typedef struct {
  const PlnTable *table;
  PlnScenario *s;
  PlnWithin *within;
  PlnRoster *roster;  /* (nullable): the scenario's body on as_of */
  GHashTable *issue;  /* id -> place + 1 */
  GHashTable *first;  /* "place:who" -> row + 1 */
  GHashTable *actors; /* whom a row is of -> itself */
  GHashTable *row;    /* const PlnActor * -> row + 1 */
  gint64 memberships; /* that may still be gone through */
  guint16 *told;      /* of each row the columns that have a fault already, as bits */
  PlnFaults *faults;
} Reading;

/* ---- Rows ---- */

static const PlnIssue *issue_at(const Reading *r, int place) {
  return &g_array_index(r->s->issues, PlnIssue, (guint)place);
}

/* The place of the row's issue, -1 for all; FALSE and a fault where there is none. */
static gboolean read_issue(const Reading *r, guint row, PlnActor *actor) {
  const char *id = pln_table_text(r->table, row, ISSUE);
  actor->issue = GPOINTER_TO_INT(g_hash_table_lookup(r->issue, id)) - 1;
  if (!*id || actor->issue >= 0)
    return TRUE;
  guint n = pln_faults_seeks(r->faults) ? r->s->issues->len : 0;
  g_autofree const char **ids = g_new0(const char *, n + 1);
  for (guint k = 0; k < n; k++)
    ids[k] = issue_at(r, (int)k)->id;
  g_autofree char *hint = pln_faults_hint(r->faults, id, ids);
  pln_table_fault(r->table, row, ISSUE, r->faults,
                  "unknown issue \"%s\"; expected an id of issues.csv%s", id, hint);
  return FALSE;
}

static GPtrArray *anybody(const PlnWorld *world) {
  GPtrArray *all = pln_world_states(world);
  g_ptr_array_extend_and_steal(all, pln_world_blocs(world));
  return all;
}

static gboolean read_who(const Reading *r, guint row, PlnActor *actor) {
  const char *who = pln_table_needed(r->table, row, WHO, r->faults);
  actor->state = pln_world_state(r->s->world, who);
  actor->bloc = actor->state ? NULL : pln_world_bloc(r->s->world, who);
  if (*who && !actor->state && !actor->bloc)
    pln_cell_unknown(r->table, row, WHO, "state or bloc", who,
                     "an ISO alpha-3 code, or a bloc of data/blocs.csv or of the scenario's",
                     anybody, r->s->world, r->faults);
  return actor->state || actor->bloc;
}

static void check_once(const Reading *r, guint row, const PlnActor *actor) {
  char *key = g_strdup_printf("%d:%s", actor->issue, pln_actor_name(actor));
  guint before = GPOINTER_TO_UINT(g_hash_table_lookup(r->first, key));
  if (before > 0)
    pln_table_fault(r->table, row, WHO, r->faults,
                    "%s stands twice%s (first on line %u); expected one row",
                    pln_actor_name(actor), actor->issue < 0 ? " for every issue" : " on the issue",
                    pln_table_line(r->table, before - 1));
  g_hash_table_insert(r->first, key, GUINT_TO_POINTER(before > 0 ? before : row + 1));
}

/* On its first row. */
static void check_bloc(Reading *r, guint row, const PlnBloc *bloc) {
  guint memberships = pln_within_memberships(r->within, bloc);
  r->memberships -= memberships;
  if (r->memberships < 0)
    pln_table_fault(r->table, row, WHO, r->faults,
                    "the blocs up to %s have more than %d members; expected fewer", bloc->id,
                    MOST_MEMBERSHIPS);
  else if (r->roster && !pln_within_seated(r->within, r->roster, bloc))
    pln_table_fault(r->table, row, WHO, r->faults,
                    "%s has no member with a vote in %s on the scenario's day; expected a bloc "
                    "that has one",
                    bloc->id, r->s->body->name);
}

/* Votes that an issue is put to: a bloc drawn from one of them, or a later one, foretells it. */
static void check_drawn(const Reading *r, guint row, const PlnActor *actor) {
  guint before = pln_faults_count(r->faults);
  for (guint k = 0; k < r->s->issues->len && pln_faults_count(r->faults) == before; k++) {
    int proposal = issue_at(r, (int)k)->proposal;
    if (proposal >= 0 && (actor->issue < 0 || actor->issue == (int)k))
      pln_within_check(r->within, r->table, row, WHO, actor->bloc, proposal, r->faults);
  }
}

static void check_who(Reading *r, guint row, const PlnActor *actor) {
  guint before = pln_faults_count(r->faults);
  check_once(r, row, actor);
  gpointer who = actor->state ? (gpointer)actor->state : (gpointer)actor->bloc;
  gboolean fresh = g_hash_table_add(r->actors, who);
  if (fresh && g_hash_table_size(r->actors) == PLN_ACTORS_MOST + 1)
    pln_table_fault(r->table, row, WHO, r->faults,
                    "more than %d states and blocs at the table; expected fewer", PLN_ACTORS_MOST);
  if (actor->bloc && fresh && pln_faults_count(r->faults) == before)
    check_bloc(r, row, actor->bloc);
  if (actor->bloc && pln_faults_count(r->faults) == before)
    check_drawn(r, row, actor);
  if (actor->bloc && actor->alone)
    pln_table_fault(r->table, row, ALONE, r->faults,
                    "%s is a bloc; expected alone of a state that leaves its bloc to negotiate "
                    "for itself",
                    actor->bloc->id);
}

static void read_numbers(const Reading *r, guint row, PlnActor *actor) {
  const PlnTable *t = r->table;
  const PlnIssue *issue = actor->issue >= 0 ? issue_at(r, actor->issue) : NULL;
  g_autofree char *scale = issue ? pln_cell_range(issue->from, issue->to) : NULL;
  g_autofree char *length = issue ? pln_cell_range(0, issue->to - issue->from) : NULL;
  PlnBounds on_scale = issue ? (PlnBounds){issue->from, issue->to, scale} : widest;
  PlnBounds along = issue ? (PlnBounds){0, issue->to - issue->from, length} : deviations;
  actor->position = pln_cell_stated(t, row, POSITION, "position", &on_scale, r->faults);
  actor->sd = pln_cell_stated(t, row, SD, "sd", &along, r->faults);
  actor->salience = pln_cell_stated(t, row, SALIENCE, "salience", &pln_bounds_percent, r->faults);
  actor->salience_sd =
      pln_cell_stated(t, row, SALIENCE_SD, "salience_sd", &pln_bounds_percent, r->faults);
  actor->capability = pln_cell_stated(t, row, CAPABILITY, "capability", &capabilities, r->faults);
  actor->capability_sd =
      pln_cell_stated(t, row, CAPABILITY_SD, "capability_sd", &capabilities, r->faults);
}

static void read_row(Reading *r, guint row) {
  const PlnTable *t = r->table;
  PlnActor actor = {.alone = pln_table_word(t, row, ALONE, yes_no, 0, r->faults) == 1,
                    .status = pln_cell_status(t, row, STATUS, PLN_STATUS_ASSUMED, r->faults),
                    .source = pln_cell_keep(t, row, SOURCE, r->s->world),
                    .note = pln_cell_keep(t, row, NOTE, r->s->world),
                    .line = pln_table_line(t, row)};
  gboolean placed = read_issue(r, row, &actor);
  read_numbers(r, row, &actor);
  if (!read_who(r, row, &actor) || !placed)
    return;
  check_who(r, row, &actor);
  gpointer kept = g_memdup2(&actor, sizeof actor);
  g_hash_table_insert(r->row, kept, GUINT_TO_POINTER(row + 1));
  g_ptr_array_add(r->s->actors, kept);
}

/* ---- What holds of each on each issue ---- */

/* The table's row of actor @i on @issue (m: that for every issue), or -1. */
static int row_of(const Reading *r, const PlnActors *actors, guint i, guint issue) {
  const PlnActor *actor = actors->row[(gsize)i * (actors->m + 1) + issue];
  return GPOINTER_TO_INT(g_hash_table_lookup(r->row, actor)) - 1;
}

/* Where a fault of actor @i on @issue stands: its own row there, else that for every issue. */
static guint place_of(const Reading *r, const PlnActors *actors, guint i, guint issue) {
  int own = row_of(r, actors, i, issue);
  return (guint)(own >= 0 ? own : row_of(r, actors, i, actors->m));
}

static gboolean tell(const Reading *r, guint row, guint column) {
  gboolean fresh = !(r->told[row] & 1 << column);
  r->told[row] |= (guint16)(1 << column);
  return fresh;
}

/* What a row for every issue states must fit each issue on which it holds. */
static void check_scale(const Reading *r, const PlnActors *actors, guint i, guint issue) {
  PlnActor cell = pln_actors_cell(actors, i, issue);
  const PlnIssue *it = issue_at(r, (int)issue);
  g_autofree char *scale = pln_cell_range(it->from, it->to);
  int all = row_of(r, actors, i, actors->m);
  if (all < 0)
    return;
  if ((cell.position < it->from || cell.position > it->to) && tell(r, (guint)all, POSITION))
    pln_table_fault(r->table, (guint)all, POSITION, r->faults,
                    "position is \"%s\", which is not on the scale of %s; expected a number %s, or "
                    "rows of single issues",
                    pln_table_text(r->table, (guint)all, POSITION), it->id, scale);
  if (cell.sd > it->to - it->from && tell(r, (guint)all, SD))
    pln_table_fault(r->table, (guint)all, SD, r->faults,
                    "sd is \"%s\", more than the scale of %s is long; expected less, or rows of "
                    "single issues",
                    pln_table_text(r->table, (guint)all, SD), it->id);
}

/* How sure a number is says nothing where there is no number. */
static void check_deviation(const Reading *r, guint row, guint column, double value, double sd) {
  if (isnan(value) && !isnan(sd) && tell(r, row, column))
    pln_table_fault(r->table, row, column, r->faults,
                    "%s is stated without %s; expected both, or neither",
                    pln_actors_columns[column].name, pln_actors_columns[column - 1].name);
}

static void check_deviations(const Reading *r, const PlnActors *actors, guint i, guint issue) {
  PlnActor cell = pln_actors_cell(actors, i, issue);
  guint row = place_of(r, actors, i, issue);
  check_deviation(r, row, SALIENCE_SD, cell.salience, cell.salience_sd);
  check_deviation(r, row, CAPABILITY_SD, cell.capability, cell.capability_sd);
}

static void check_stands(const Reading *r, const PlnActors *actors, guint i) {
  gboolean somewhere = FALSE; /* or told already that it is not */
  for (guint p = 0; p < actors->m; p++) {
    int own = row_of(r, actors, i, p);
    gboolean stands = !isnan(pln_actors_cell(actors, i, p).position);
    somewhere |= stands || own >= 0;
    if (own >= 0 && !stands)
      pln_table_fault(r->table, (guint)own, POSITION, r->faults,
                      "the position of %s on %s is not stated; expected it here, or in a row for "
                      "every issue",
                      pln_actor_name(pln_actors_who(actors, i)), issue_at(r, (int)p)->id);
    if (own >= 0 || stands)
      check_scale(r, actors, i, p);
    if (stands)
      check_deviations(r, actors, i, p);
  }
  int all = row_of(r, actors, i, actors->m);
  if (!somewhere)
    pln_table_fault(r->table, (guint)all, POSITION, r->faults,
                    "%s has no position on any issue; expected one here, or a row of an issue",
                    pln_actor_name(pln_actors_who(actors, i)));
}

static double salience_of(const PlnActor *cell) {
  return cell->salience;
}

static double capability_of(const PlnActor *cell) {
  return cell->capability;
}

/* The line on which actor @i states it on @issue: its own row there, else that for every issue. */
static guint line_of(const PlnActors *actors, guint i, guint issue,
                     double (*value)(const PlnActor *)) {
  const PlnActor *const *row = &actors->row[(gsize)i * (actors->m + 1)];
  gboolean own = row[issue] && !isnan(value(row[issue]));
  return own ? row[issue]->line : row[actors->m]->line;
}

/* The first that negotiates on one of the issues from @issue up to @end and states it, as its
 * line; 0 where nobody does. */
static guint first_stating(const PlnActors *actors, guint issue, guint end,
                           double (*value)(const PlnActor *)) {
  for (guint p = issue; p < end; p++)
    for (guint i = 0; i < actors->n; i++) {
      PlnActor cell = pln_actors_cell(actors, i, p);
      if (!isnan(value(&cell)) && pln_actors_negotiates(actors, i, p))
        return line_of(actors, i, p, value);
    }
  return 0;
}

/* Where actor @i's lack of it on @issue is a fault: where it states it nowhere, in the row for
 * every issue, if there is one, once. */
static guint lacks_at(const Reading *r, const PlnActors *actors, guint i, guint issue,
                      double (*value)(const PlnActor *)) {
  int all = row_of(r, actors, i, actors->m);
  for (guint p = 0; p < actors->m && all >= 0; p++) {
    PlnActor cell = pln_actors_cell(actors, i, p);
    if (!isnan(value(&cell)))
      all = -1;
  }
  return all >= 0 ? (guint)all : place_of(r, actors, i, issue);
}

/* A weight that some have and others lack is no weight: what some state all must. */
static void check_all_state(const Reading *r, const PlnActors *actors, guint issue, guint end,
                            guint column, const char *name, double (*value)(const PlnActor *)) {
  guint line = first_stating(actors, issue, end, value);
  for (guint p = issue; p < end && line > 0; p++)
    for (guint i = 0; i < actors->n; i++) {
      PlnActor cell = pln_actors_cell(actors, i, p);
      if (!isnan(value(&cell)) || !pln_actors_negotiates(actors, i, p))
        continue;
      guint row = lacks_at(r, actors, i, p, value);
      if (tell(r, row, column))
        pln_table_fault(r->table, row, column, r->faults,
                        "the %s of %s on %s is not stated, but another's is (line %u); expected it "
                        "of all or of nobody",
                        name, pln_actor_name(&cell), issue_at(r, (int)p)->id, line);
    }
}

static void check_table(Reading *r) {
  g_autoptr(PlnActors) actors = pln_actors_new(r->s);
  g_autofree guint16 *told = g_new0(guint16, pln_table_rows(r->table) + 1);
  guint before = pln_faults_count(r->faults);
  r->told = told;
  for (guint i = 0; i < actors->n; i++)
    check_stands(r, actors, i);
  if (pln_faults_count(r->faults) > before)
    return;
  for (guint p = 0; p < actors->m; p++)
    check_all_state(r, actors, p, p + 1, SALIENCE, "salience", salience_of);
  check_all_state(r, actors, 0, actors->m, CAPABILITY, "capability", capability_of);
}

/* ---- The table ---- */

static void read_rows(Reading *r) {
  const PlnScenario *s = r->s;
  guint n = pln_table_rows(r->table), before = pln_faults_count(r->faults);
  if (n == 0 && pln_table_whole(r->table))
    pln_faults_add(r->faults, pln_table_file(r->table), 1, 1,
                   "no actor; expected at least one row under the first line");
  for (guint k = s->issues->len; k-- > 0;) /* of two by one id, a fault, the first */
    g_hash_table_insert(r->issue, (gpointer)issue_at(r, (int)k)->id, GUINT_TO_POINTER(k + 1));
  g_hash_table_remove(r->issue, "");
  if (n > PLN_ACTORS_ROWS)
    pln_table_fault(r->table, PLN_ACTORS_ROWS, WHO, r->faults,
                    "more than %d rows of actors; expected fewer", PLN_ACTORS_ROWS);
  for (guint i = 0; i < MIN(n, PLN_ACTORS_ROWS); i++)
    read_row(r, i);
  if (pln_faults_count(r->faults) == before && r->roster)
    check_table(r);
}

void pln_actors_read(const PlnTable *table, PlnScenario *s, PlnFaults *faults) {
  g_autoptr(PlnWithin) within = pln_within_new(s);
  g_autoptr(GHashTable) issue = g_hash_table_new(g_str_hash, g_str_equal);
  g_autoptr(GHashTable) first = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GHashTable) actors = g_hash_table_new(NULL, NULL);
  g_autoptr(GHashTable) row = g_hash_table_new(NULL, NULL);
  gboolean known = s->body && s->as_of > PLN_DAY_UNKNOWN &&
                   (s->own || s->body->roster != PLN_ROSTER_OWN);
  g_autoptr(PlnRoster) roster = known ? pln_roster_new(s->world, s->body, s->own, s->as_of) : NULL;
  Reading r = {.table = table, .s = s, .within = within, .roster = roster, .issue = issue,
               .first = first, .actors = actors, .row = row, .memberships = MOST_MEMBERSHIPS,
               .faults = faults};
  read_rows(&r);
}
