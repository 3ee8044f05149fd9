/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The talks of a scenario as other programs hold them: who stands where, cell by cell, and what
 * of the scenario has no place there. */
#include <math.h>
#include <string.h>

#include "plenary/actor.h"
#include "plenary/error.h"
#include "plenary/talks_part.h"

/* A row of a file: an actor of the scenario, or -1: a member that takes part in nothing. */
typedef struct {
  int actor;
  const char *code;
} Seat;

typedef struct {
  const PlnScenario *scenario;
  PlnActors *actors;
  GArray *seats; /* Seat */
} Table;

static const PlnIssue *issue_of(const PlnScenario *scenario, guint k) {
  return &g_array_index(scenario->issues, PlnIssue, k);
}

static const Seat *seat_at(const Table *t, guint i) {
  return &g_array_index(t->seats, Seat, i);
}

/* ---- Who is there ---- */

/* Where all are members of the scenario's own roster: in its order, those that take no part in
 * anything too, as a file may list them.  Returns: whether it is so */
static gboolean seat_roster(Table *t) {
  const GPtrArray *own = t->scenario->own;
  g_autoptr(GHashTable) actor = g_hash_table_new(g_str_hash, g_str_equal); /* code -> place + 1 */
  guint seated = 0;
  for (guint i = 0; i < t->actors->n; i++) {
    const PlnState *state = pln_actors_who(t->actors, i)->state;
    if (!state)
      return FALSE;
    g_hash_table_insert(actor, (gpointer)state->code, GUINT_TO_POINTER(i + 1));
  }
  for (guint i = 0; own && i < own->len; i++) {
    Seat seat = {GPOINTER_TO_INT(g_hash_table_lookup(actor, own->pdata[i])) - 1, own->pdata[i]};
    g_array_append_val(t->seats, seat);
    seated += seat.actor >= 0;
  }
  return seated == t->actors->n;
}

/* Not a member whose bloc negotiates for it everywhere. */
static gboolean sits(const PlnActors *actors, guint i) {
  for (guint k = 0; k < actors->m; k++)
    if (pln_actors_negotiates(actors, i, k))
      return TRUE;
  return FALSE;
}

static void set_table(Table *t) {
  t->actors = pln_actors_new(t->scenario);
  t->seats = g_array_new(FALSE, FALSE, sizeof(Seat));
  if (seat_roster(t))
    return;
  g_array_set_size(t->seats, 0);
  for (guint i = 0; i < t->actors->n; i++) {
    Seat seat = {(int)i, pln_actor_name(pln_actors_who(t->actors, i))};
    if (sits(t->actors, i))
      g_array_append_val(t->seats, seat);
  }
}

static void clear_table(Table *t) {
  pln_actors_free(t->actors);
  g_array_unref(t->seats);
}

/* ---- Actors and issues ---- */

/* The name that the file had where it came from one: "SOURCE, actor NAME", or issue. */
static const char *name_in_file(const PlnScenario *scenario, const char *source,
                                const char *what) {
  g_autofree char *prefix = g_strdup_printf("%s, %s ", scenario->source, what);
  return source && g_str_has_prefix(source, prefix) ? source + strlen(prefix) : NULL;
}

/* What is said of it on every issue; "" */
static const char *note_of(const Table *t, guint actor) {
  const PlnActor *all = t->actors->row[(gsize)actor * (t->actors->m + 1) + t->actors->m];
  return all && all->note ? all->note : "";
}

static void add_actor(const Table *t, const Seat *seat, PlnTalksFile *talks) {
  const PlnActor *who = seat->actor >= 0 ? pln_actors_who(t->actors, (guint)seat->actor) : NULL;
  const PlnState *state = who ? who->state : pln_world_state(t->scenario->world, seat->code);
  const char *given = state ? name_in_file(t->scenario, state->source, "actor") : NULL;
  const char *full = state ? state->name : who->bloc->name;
  PlnTalksActor actor = {.name = pln_talks_tidy(given ? given : seat->code),
                         .title = pln_talks_tidy(full),
                         .note = pln_talks_tidy(who ? note_of(t, (guint)seat->actor) : ""),
                         .code = g_strdup(seat->code)};
  if (strcmp(actor.title, actor.name) == 0)
    *actor.title = '\0';
  g_array_append_val(talks->actors, actor);
}

/* What the file called it; else, where a format has one name alone and the id was made of the
 * title, that; else the id. */
static const char *name_of(const PlnScenario *s, const char *format, const PlnIssue *issue) {
  const char *given = name_in_file(s, issue->source, "issue");
  g_autofree char *made = pln_talks_id(issue->title);
  gboolean again = strcmp(format, "decide") != 0 && strcmp(made, issue->id) == 0;
  return given ? given : again ? issue->title : issue->id;
}

/* Whether another issue has the name: rows may have been copied, and ids changed. */
static gboolean is_anothers(const PlnScenario *s, guint place, const char *name,
                            const PlnTalksFile *talks) {
  for (guint k = 0; k < s->issues->len; k++)
    if ((k < place && strcmp(pln_talks_issue(talks, k)->name, name) == 0) ||
        (k != place && strcmp(issue_of(s, k)->id, name) == 0))
      return TRUE;
  return FALSE;
}

static void add_issue(const PlnScenario *s, guint place, PlnTalksFile *talks) {
  const PlnIssue *issue = issue_of(s, place);
  g_autofree char *wanted = pln_talks_tidy(name_of(s, talks->format, issue));
  gboolean fits = *wanted && !is_anothers(s, place, wanted, talks);
  PlnTalksIssue to = {.name = fits ? g_strdup(wanted) : pln_talks_tidy(issue->id),
                      .title = pln_talks_tidy(issue->title),
                      .id = g_strdup(issue->id), .low = pln_talks_tidy(issue->low),
                      .high = pln_talks_tidy(issue->high), .note = pln_talks_tidy(issue->note),
                      .from = issue->from, .to = issue->to, .stated = TRUE};
  if (strcmp(to.title, to.name) == 0)
    *to.title = '\0';
  g_array_append_val(talks->issues, to);
}

/* ---- Cells ---- */

/* The note on every issue is the actor's, not the cell's. */
static void fill_cell(const PlnActor *from, guint k, PlnTalksCell *cell) {
  cell->position = from->position;
  cell->salience = from->salience;
  cell->capability = from->capability;
  if (from->issue == (int)k && from->note && *from->note)
    cell->note = pln_talks_tidy(from->note);
}

/* What nobody states is the same for all.  Returns: whether it was so anywhere */
static gboolean even_out(PlnTalksCell *cell, gsize n, gboolean salience) {
  gboolean any = FALSE;
  for (gsize c = 0; c < n; c++) {
    double *value = salience ? &cell[c].salience : &cell[c].capability;
    if (isnan(cell[c].position) || !isnan(*value))
      continue;
    *value = salience ? 100 : 1;
    any = TRUE;
  }
  return any;
}

static void fill_row(const Table *t, guint i, PlnTalksFile *talks) {
  int actor = seat_at(t, i)->actor;
  for (guint k = 0; actor >= 0 && k < t->actors->m; k++) {
    PlnActor cell = pln_actors_cell(t->actors, (guint)actor, k);
    if (pln_actors_negotiates(t->actors, (guint)actor, k))
      fill_cell(&cell, k, pln_talks_cell(talks, i, k));
  }
}

/* How many positions there are of members that do not negotiate. */
static guint count_apart(const PlnActors *actors) {
  guint apart = 0;
  for (guint i = 0; i < actors->n; i++)
    for (guint k = 0; k < actors->m; k++) {
      PlnActor cell = pln_actors_cell(actors, i, k);
      apart += !isnan(cell.position) && !pln_actors_negotiates(actors, i, k);
    }
  return apart;
}

static void fill_cells(const Table *t, PlnTalksFile *talks, GPtrArray *lost) {
  gsize n = (gsize)t->seats->len * t->actors->m;
  guint apart = count_apart(t->actors);
  for (guint i = 0; i < t->seats->len; i++)
    fill_row(t, i, talks);
  if (apart > 0)
    pln_talks_lose(lost, "%u position%s of members that differ from their bloc, which negotiates "
                   "for them", apart, apart == 1 ? "" : "s");
  if (even_out(talks->cell, n, TRUE))
    pln_talks_lose(lost, "that nobody states salience on some issue: it is written as the same "
                   "for all");
  if (even_out(talks->cell, n, FALSE))
    pln_talks_lose(lost, "that nobody states capability: it is written as 1 for all");
}

/* ---- What has no place ---- */

static gboolean is_own(const PlnScenario *scenario, PlnStatus status, const char *source) {
  return status == scenario->status && (!*source || strcmp(source, scenario->source) == 0);
}

static void lose_of_rows(const PlnScenario *s, GPtrArray *lost) {
  guint deviations = 0, sources = 0, blocs = 0;
  for (guint i = 0; i < s->actors->len; i++) {
    const PlnActor *row = s->actors->pdata[i];
    deviations += !isnan(row->sd) || !isnan(row->salience_sd) || !isnan(row->capability_sd);
    sources += !is_own(s, row->status, row->source ? row->source : "");
    blocs += row->bloc != NULL;
  }
  if (deviations > 0)
    pln_talks_lose(lost, "standard deviations, which %u row%s of actors.csv state%s", deviations,
                   deviations == 1 ? "" : "s", deviations == 1 ? "s" : "");
  if (sources > 0)
    pln_talks_lose(lost, "statuses and sources of %u row%s of actors.csv", sources,
                   sources == 1 ? "" : "s");
  if (blocs > 0)
    pln_talks_lose(lost, "which states a bloc speaks for (%u row%s of actors.csv)", blocs,
                   blocs == 1 ? "" : "s");
}

static void lose_of_issues(const PlnScenario *s, GPtrArray *lost) {
  guint references = 0, outcomes = 0, units = 0, sources = 0;
  for (guint k = 0; k < s->issues->len; k++) {
    const PlnIssue *issue = issue_of(s, k);
    references += !isnan(issue->reference);
    outcomes += !isnan(issue->outcome);
    units += issue->unit && *issue->unit;
    gboolean named = name_in_file(s, issue->source, "issue") != NULL;
    sources += !is_own(s, issue->status, issue->source && !named ? issue->source : "");
  }
  if (references > 0)
    pln_talks_lose(lost, "the reference point of %u issue%s", references,
                   references == 1 ? "" : "s");
  if (outcomes > 0)
    pln_talks_lose(lost, "the known outcome of %u issue%s", outcomes, outcomes == 1 ? "" : "s");
  if (units > 0)
    pln_talks_lose(lost, "the unit of %u issue%s", units, units == 1 ? "" : "s");
  if (sources > 0)
    pln_talks_lose(lost, "statuses and sources of %u issue%s", sources, sources == 1 ? "" : "s");
}

/* Proposals as pln_talks_file_scenario makes them say no more than their issues do. */
static gboolean is_plain(const PlnScenario *s) {
  if (s->proposals->len != s->issues->len || !s->own || strcmp(s->body->id, "model-un") != 0)
    return FALSE;
  for (guint k = 0; k < s->issues->len; k++) {
    const PlnIssue *issue = issue_of(s, k);
    if (issue->proposal < 0 ||
        strcmp(pln_scenario_proposal(s, (guint)issue->proposal)->id, issue->id) != 0)
      return FALSE;
  }
  return s->statements->len + s->claims->len + s->stances->len + s->pledges->len +
             s->stages->len == 0;
}

/* ---- The whole ---- */

/* Takes the sentence out of what the talks are about, wherever it stands there.
 * Returns: whether it does */
static gboolean take_sentence(char **about, const char *sentence) {
  const char *at = strstr(*about, sentence);
  if (!at)
    return FALSE;
  g_autofree char *whole = *about, *before = g_strndup(whole, (gsize)(at - whole));
  g_autofree char *after = g_strdup(at + strlen(sentence));
  g_strchomp(before);
  g_strchug(after);
  *about = g_strjoin(*before && *after ? " " : "", before, after, NULL);
  return TRUE;
}

/* The name of the file that it came from is no title of its own, where there need not be one. */
static void take_words(const PlnScenario *s, PlnTalksFile *talks) {
  const char *format = talks->format;
  g_autofree char *stem = g_strdup(s->source);
  char *dot = strrchr(stem, '.');
  if (dot)
    *dot = '\0';
  talks->about = pln_talks_tidy(s->about);
  take_sentence(&talks->about, pln_talks_no_day);
  gboolean ones = take_sentence(&talks->about, pln_talks_ones);
  gboolean hundreds = take_sentence(&talks->about, pln_talks_hundreds);
  talks->salience_one = ones || (!hundreds && pln_talks_mostly_one(format));
  gboolean needed = strcmp(format, "ktab") == 0 || *talks->about || strcmp(stem, s->title) != 0;
  talks->title = pln_talks_tidy(needed ? s->title : "");
}

PlnTalksFile *pln_talks_file_of(const PlnScenario *scenario, const char *format, GPtrArray *lost,
                                GError **error) {
  if (scenario->issues->len == 0 || scenario->actors->len == 0) {
    g_set_error(error, PLN_ERROR, PLN_ERROR_DATA,
                "%s has no talks; expected issues.csv and actors.csv in its folder", scenario->id);
    return NULL;
  }
  Table t = {.scenario = scenario};
  PlnTalksFile *talks = pln_talks_file_new();
  set_table(&t);
  talks->format = g_intern_string(format);
  take_words(scenario, talks);
  for (guint i = 0; i < t.seats->len; i++)
    add_actor(&t, seat_at(&t, i), talks);
  for (guint k = 0; k < scenario->issues->len; k++)
    add_issue(scenario, k, talks);
  pln_talks_file_lay_out(talks);
  fill_cells(&t, talks, lost);
  lose_of_rows(scenario, lost);
  lose_of_issues(scenario, lost);
  if (!is_plain(scenario))
    pln_talks_lose(lost, "the body, its rules and members, proposals but for their issues, and "
                   "what is on record of them");
  clear_table(&t);
  pln_talks_fit(talks, format, lost);
  if (talks->actors->len > 0)
    return talks;
  g_set_error(error, PLN_ERROR, PLN_ERROR_DATA,
              "nobody in %s stands somewhere on every issue; expected the format decide, "
              "which holds that", scenario->id);
  pln_talks_file_free(talks);
  return NULL;
}
