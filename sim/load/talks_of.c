/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The talks of a scenario as other programs hold them: who stands where, cell by cell, and what
 * of the scenario has no place there. */
#include <math.h>
#include <string.h>

#include "plenary/actor.h"
#include "plenary/error.h"
#include "plenary/talks_part.h"

/* Who is at the table, and which row speaks for it where. */
typedef struct {
  const PlnScenario *scenario;
  GPtrArray *who;    /* const PlnActor *: a row of each, or NULL: a member without one */
  GPtrArray *code;   /* const char * */
  GHashTable *place; /* name -> place + 1 */
  const PlnActor **row; /* who x (issues + 1): the last of them for every issue; or NULL */
  guint n, m;
} Table;

static const PlnActor *row_of(const PlnScenario *scenario, guint i) {
  return scenario->actors->pdata[i];
}

static const PlnIssue *issue_of(const PlnScenario *scenario, guint k) {
  return &g_array_index(scenario->issues, PlnIssue, k);
}

/* ---- Who is there ---- */

static void seat(Table *t, const char *code, const PlnActor *row) {
  if (g_hash_table_contains(t->place, code))
    return;
  g_ptr_array_add(t->who, (gpointer)row);
  g_ptr_array_add(t->code, (gpointer)code);
  g_hash_table_insert(t->place, (gpointer)code, GUINT_TO_POINTER(t->who->len));
}

/* Where all are members of the scenario's own roster: in its order, those that take no part in
 * anything too, as a file may list them. */
static void seat_roster(Table *t) {
  const GPtrArray *own = t->scenario->own;
  g_autoptr(GHashTable) row = g_hash_table_new(g_str_hash, g_str_equal);
  g_autoptr(GHashTable) members = g_hash_table_new(g_str_hash, g_str_equal);
  for (guint i = 0; own && i < own->len; i++)
    g_hash_table_add(members, own->pdata[i]);
  for (guint i = 0; i < t->scenario->actors->len; i++) {
    const PlnActor *actor = row_of(t->scenario, i);
    if (!actor->state || !g_hash_table_contains(members, actor->state->code))
      return;
    if (!g_hash_table_contains(row, actor->state->code))
      g_hash_table_insert(row, (gpointer)actor->state->code, (gpointer)actor);
  }
  for (guint i = 0; own && i < own->len; i++)
    seat(t, own->pdata[i], g_hash_table_lookup(row, own->pdata[i]));
}

static void set_table(Table *t) {
  t->who = g_ptr_array_new();
  t->code = g_ptr_array_new();
  t->place = g_hash_table_new(g_str_hash, g_str_equal);
  t->m = t->scenario->issues->len;
  seat_roster(t);
  for (guint i = 0; i < t->scenario->actors->len; i++)
    seat(t, pln_actor_name(row_of(t->scenario, i)), row_of(t->scenario, i));
  t->n = t->who->len;
  t->row = g_new0(const PlnActor *, (gsize)t->n * (t->m + 1));
  for (guint i = 0; i < t->scenario->actors->len; i++) {
    const PlnActor *row = row_of(t->scenario, i);
    guint place = GPOINTER_TO_UINT(g_hash_table_lookup(t->place, pln_actor_name(row))) - 1;
    t->row[(gsize)place * (t->m + 1) + (row->issue < 0 ? t->m : (guint)row->issue)] = row;
  }
}

static void clear_table(Table *t) {
  g_ptr_array_unref(t->who);
  g_ptr_array_unref(t->code);
  g_hash_table_unref(t->place);
  g_free(t->row);
}

/* What the issue's own row leaves empty is taken from the one for every issue. */
static double value_at(const Table *t, guint i, guint k, gsize offset) {
  const PlnActor *const *rows = &t->row[(gsize)i * (t->m + 1)];
  double own = rows[k] ? G_STRUCT_MEMBER(double, rows[k], offset) : NAN;
  return isnan(own) && rows[t->m] ? G_STRUCT_MEMBER(double, rows[t->m], offset) : own;
}

/* ---- Actors and issues ---- */

/* The name that the file had where it came from one: "SOURCE, actor NAME". */
static const char *name_in_file(const PlnScenario *scenario, const PlnState *state) {
  g_autofree char *prefix = g_strconcat(scenario->source, ", actor ", NULL);
  return g_str_has_prefix(state->source, prefix) ? state->source + strlen(prefix) : NULL;
}

static void add_actor(const Table *t, guint i, PlnTalksFile *talks) {
  const char *code = t->code->pdata[i];
  const PlnActor *row = t->who->pdata[i], *all = t->row[(gsize)i * (t->m + 1) + t->m];
  const PlnState *state = row ? row->state : pln_world_state(t->scenario->world, code);
  const char *given = state ? name_in_file(t->scenario, state) : NULL;
  const char *full = state ? state->name : row->bloc->name;
  PlnTalksActor actor = {.name = pln_talks_tidy(given ? given : code),
                         .title = pln_talks_tidy(full),
                         .note = pln_talks_tidy(all && all->note ? all->note : ""),
                         .code = g_strdup(code)};
  if (strcmp(actor.title, actor.name) == 0)
    *actor.title = '\0';
  g_array_append_val(talks->actors, actor);
}

/* An id that was made of the title is the title again. */
static void add_issue(const PlnIssue *issue, PlnTalksFile *talks) {
  g_autofree char *made = pln_talks_id(issue->title);
  gboolean again = strcmp(made, issue->id) == 0;
  PlnTalksIssue to = {.name = pln_talks_tidy(again ? issue->title : issue->id),
                      .title = pln_talks_tidy(again ? "" : issue->title),
                      .id = g_strdup(issue->id), .low = pln_talks_tidy(issue->low),
                      .high = pln_talks_tidy(issue->high), .note = pln_talks_tidy(issue->note),
                      .from = issue->from, .to = issue->to, .stated = TRUE};
  g_array_append_val(talks->issues, to);
}

/* ---- Cells ---- */

/* @in: for a bloc, the codes of those in it, else NULL */
static gboolean differs(const Table *t, guint i, guint k, GHashTable *const *in) {
  const PlnActor *own = t->row[(gsize)i * (t->m + 1) + k], *who = t->who->pdata[i];
  own = own ? own : t->row[(gsize)i * (t->m + 1) + t->m];
  if (!who || !who->state || !own || own->alone)
    return FALSE;
  for (guint b = 0; b < t->n; b++)
    if (in[b] && g_hash_table_contains(in[b], who->state->code) &&
        !isnan(value_at(t, b, k, G_STRUCT_OFFSET(PlnActor, position))))
      return TRUE;
  return FALSE;
}

static void fill_cell(const Table *t, guint i, guint k, PlnTalksFile *talks) {
  const PlnActor *own = t->row[(gsize)i * (t->m + 1) + k];
  PlnTalksCell *cell = pln_talks_cell(talks, i, k);
  cell->position = value_at(t, i, k, G_STRUCT_OFFSET(PlnActor, position));
  cell->salience = value_at(t, i, k, G_STRUCT_OFFSET(PlnActor, salience));
  cell->capability = value_at(t, i, k, G_STRUCT_OFFSET(PlnActor, capability));
  cell->note = own && own->note && *own->note ? pln_talks_tidy(own->note) : NULL;
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

static void lose(GPtrArray *lost, const char *format, ...) G_GNUC_PRINTF(2, 3);

static void lose(GPtrArray *lost, const char *format, ...) {
  va_list args;
  va_start(args, format);
  g_ptr_array_add(lost, g_strdup_vprintf(format, args));
  va_end(args);
}

static void fill_cells(const Table *t, PlnTalksFile *talks, GPtrArray *lost) {
  g_autofree GHashTable **in = g_new0(GHashTable *, t->n);
  guint apart = 0;
  for (guint i = 0; i < t->n; i++) {
    const PlnActor *who = t->who->pdata[i];
    if (who && who->bloc)
      in[i] = pln_world_bloc_members(t->scenario->world, who->bloc, t->scenario->as_of);
  }
  for (guint i = 0; i < t->n; i++)
    for (guint k = 0; k < t->m; k++)
      if (!differs(t, i, k, in))
        fill_cell(t, i, k, talks);
      else
        apart++;
  for (guint i = 0; i < t->n; i++)
    g_clear_pointer(&in[i], g_hash_table_unref);
  if (apart > 0)
    lose(lost, "%u position%s of members that differ from their bloc, which negotiates for them",
         apart, apart == 1 ? "" : "s");
  if (even_out(talks->cell, (gsize)t->n * t->m, TRUE))
    lose(lost, "that nobody states salience on some issue: it is written as the same for all");
  if (even_out(talks->cell, (gsize)t->n * t->m, FALSE))
    lose(lost, "that nobody states capability: it is written as 1 for all");
}

/* ---- What has no place ---- */

static gboolean is_own(const PlnScenario *scenario, PlnStatus status, const char *source) {
  return status == scenario->status && (!*source || strcmp(source, scenario->source) == 0);
}

static void lose_of_rows(const PlnScenario *s, GPtrArray *lost) {
  guint deviations = 0, sources = 0, blocs = 0;
  for (guint i = 0; i < s->actors->len; i++) {
    const PlnActor *row = row_of(s, i);
    deviations += !isnan(row->sd) || !isnan(row->salience_sd) || !isnan(row->capability_sd);
    sources += !is_own(s, row->status, row->source ? row->source : "");
    blocs += row->bloc != NULL;
  }
  if (deviations > 0)
    lose(lost, "standard deviations, which %u row%s of actors.csv state%s", deviations,
         deviations == 1 ? "" : "s", deviations == 1 ? "s" : "");
  if (sources > 0)
    lose(lost, "statuses and sources of %u row%s of actors.csv", sources, sources == 1 ? "" : "s");
  if (blocs > 0)
    lose(lost, "which states a bloc speaks for (%u row%s of actors.csv)", blocs,
         blocs == 1 ? "" : "s");
}

static void lose_of_issues(const PlnScenario *s, GPtrArray *lost) {
  guint references = 0, outcomes = 0, units = 0, sources = 0;
  for (guint k = 0; k < s->issues->len; k++) {
    const PlnIssue *issue = issue_of(s, k);
    references += !isnan(issue->reference);
    outcomes += !isnan(issue->outcome);
    units += issue->unit && *issue->unit;
    sources += !is_own(s, issue->status, issue->source ? issue->source : "");
  }
  if (references > 0)
    lose(lost, "the reference point of %u issue%s", references, references == 1 ? "" : "s");
  if (outcomes > 0)
    lose(lost, "the known outcome of %u issue%s", outcomes, outcomes == 1 ? "" : "s");
  if (units > 0)
    lose(lost, "the unit of %u issue%s", units, units == 1 ? "" : "s");
  if (sources > 0)
    lose(lost, "statuses and sources of %u issue%s", sources, sources == 1 ? "" : "s");
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

/* The name of the file that it came from is no title of its own, where there need not be one. */
static void take_words(const PlnScenario *s, const char *format, PlnTalksFile *talks) {
  g_autofree char *stem = g_strdup(s->source);
  char *dot = strrchr(stem, '.');
  if (dot)
    *dot = '\0';
  talks->about = pln_talks_tidy(s->about);
  if (g_str_has_suffix(talks->about, pln_talks_no_day)) {
    talks->about[strlen(talks->about) - strlen(pln_talks_no_day)] = '\0';
    g_strchomp(talks->about);
  }
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
  take_words(scenario, format, talks);
  for (guint i = 0; i < t.n; i++)
    add_actor(&t, i, talks);
  for (guint k = 0; k < t.m; k++)
    add_issue(issue_of(scenario, k), talks);
  pln_talks_file_lay_out(talks);
  fill_cells(&t, talks, lost);
  lose_of_rows(scenario, lost);
  lose_of_issues(scenario, lost);
  if (!is_plain(scenario))
    lose(lost, "the body, its rules and members, proposals but for their issues, and what is on "
               "record of them");
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
