/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A scenario from a stranger, all the way through: read, replayed with and without a
 * what-if, composed and written in every format; who stands where on each proposal, in its own
 * body and before each stage; what is said ahead of a vote; who sits at the table of its talks.
 * No forecast is made: it would take the time of thousands of inputs.
 *
 * The input is a bundle of files.  A file begins after a line "=== NAME" and ends before
 * the line end that is followed by the next such line; the file "what-if" holds a line an
 * edit ("set RUS=N", "rule …", "abstain-as …", "absent …"; of forecasts "position …",
 * "pressed …", "say …"; of talks "talks split …" and so on).  bundle.sh writes them. */
#include <jansson.h>
#include <math.h>
#include <string.h>

#include "fuzz.h"
#include "plenary/compose.h"
#include "plenary/csv.h"
#include "plenary/delegation.h"
#include "plenary/load.h"
#include "plenary/project.h"
#include "plenary/whip.h"
#include "plenary/write.h"

enum { MOST_FILES = 32 };

static PlnWorld *world;

int LLVMFuzzerInitialize(int *argc, char ***argv) {
  (void)argc, (void)argv;
  stop_at_complaints();
  g_autofree char *folder = pln_data_folder(NULL);
  world = folder ? pln_world_load(folder, NULL) : NULL;
  MUST(world); /* else set PLENARY_DATA */
  return 0;
}

static const char *find(const char *from, const char *end, const char *what) {
  return from < end ? g_strstr_len(from, end - from, what) : NULL;
}

/* Name -> GBytes, of each file in the bundle. */
static GHashTable *unbundle(const char *data, gsize size) {
  GHashTable *files = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_bytes_unref);
  const char *end = data + size, *head = size > 4 && memcmp(data, "=== ", 4) == 0 ? data + 4 : NULL;
  while (head && g_hash_table_size(files) < MOST_FILES) {
    const char *line = memchr(head, '\n', (gsize)(end - head));
    if (!line)
      break;
    const char *next = find(line, end, "\n=== ");
    const char *stop = next ? next : end;
    gsize length = stop > line ? (gsize)(stop - line - 1) : 0;
    g_hash_table_insert(files, g_strndup(head, (gsize)(line - head)), g_bytes_new(line + 1, length));
    head = next ? next + 5 : NULL;
  }
  return files;
}

static gboolean look_at_csv(const PlnField *field, guint n, gpointer data) {
  guint *columns = data;
  MUST(*columns == 0 || *columns == n);
  *columns = n;
  MUST(field[0].text);
  return TRUE;
}

static void write_all(const PlnReplay *replay, const PlnScenario *s, guint width) {
  static const char *const tables[] = {"summary", "votes", "blocs", "no such table"};
  g_autofree char *citations = pln_compose_citations(replay);
  PlnProvenance provenance = {"0", "plenary replay bundle", pln_status_words[replay->weakest], citations,
                              s->inputs, pln_world_inputs(world)};
  g_autoptr(PlnDoc) doc = pln_doc_new();
  pln_compose_replay(doc, replay, &(PlnComposeOptions){width % 2 ? "all" : NULL, FALSE});
  g_autofree char *text = pln_write_text(doc, &provenance, width, FALSE);
  g_autofree char *coloured = pln_write_text(doc, &provenance, 80, TRUE);
  g_autofree char *json = pln_write_json(doc, &provenance);
  must_be_harmless(text, FALSE);
  must_be_harmless(coloured, TRUE);
  json_t *read = json_loads(json, JSON_REJECT_DUPLICATES, NULL);
  MUST(json_is_object(read));
  json_decref(read);
  for (gsize i = 0; i < G_N_ELEMENTS(tables); i++) {
    g_autoptr(GError) error = NULL;
    g_autoptr(PlnFaults) faults = pln_faults_new();
    g_autofree char *csv = pln_write_csv(doc, &provenance, tables[i], &error);
    guint columns = 0;
    MUST(!csv == !!error);
    if (csv)
      MUST(pln_csv_read("out.csv", csv, strlen(csv), look_at_csv, &columns, faults));
  }
}

static gboolean add_edit(PlnWhatIf *whatif, const PlnScenario *s, const char *line, GError **error) {
  if (g_str_has_prefix(line, "set "))
    return pln_whatif_set(whatif, s, line + 4, error);
  if (g_str_has_prefix(line, "rule "))
    return pln_whatif_rule(whatif, s, line + 5, error);
  if (g_str_has_prefix(line, "abstain-as "))
    return pln_whatif_abstain_as(whatif, line + 11, error);
  return !g_str_has_prefix(line, "absent ") || pln_whatif_absent(whatif, line + 7, error);
}

/* @edits: (nullable): of the bundle; else a usual what-if */
static PlnWhatIf *read_whatif(const PlnScenario *s, GBytes *edits) {
  static const char usual[] = "absent vote-with-bloc\nabstain-as no\nrule two-thirds-present-voting\nset ALL=Y\n";
  g_autoptr(PlnWhatIf) whatif = pln_whatif_new();
  gsize length = 0;
  const char *bytes = edits ? g_bytes_get_data(edits, &length) : usual;
  g_autofree char *text = edits ? g_strndup(bytes ? bytes : "", length) : g_strdup(usual);
  if (!g_utf8_validate(text, -1, NULL)) /* so does the command line refuse it */
    return NULL;
  g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
  for (gsize i = 0; lines[i]; i++) {
    g_autoptr(GError) error = NULL;
    gboolean added = add_edit(whatif, s, lines[i], &error);
    MUST(added == !error);
    if (!added)
      return NULL;
  }
  return g_steal_pointer(&whatif);
}

/* ---- Ahead of a vote ---- */

/* Of every seat a position and how sure it is, or nothing; conflicts are between two rows. */
static void look_at_stances(const PlnStances *x, const PlnRoster *roster) {
  MUST(x->n == roster->n);
  for (guint i = 0; i < x->n; i++) {
    MUST(x->status[i] <= PLN_STATUS_UNKNOWN);
    if (x->won[i])
      MUST(x->position[i] >= 0 && x->position[i] <= 100 && x->sd[i] > 0 && x->sd[i] <= 200);
    else
      MUST(x->position[i] == 0 && x->sd[i] == 0);
  }
  for (guint k = 0; k < x->conflicts->len; k++) {
    const PlnStanceConflict *clash = &g_array_index(x->conflicts, PlnStanceConflict, k);
    MUST(clash->won && clash->other && clash->won != clash->other && clash->seats->len > 0);
    for (guint i = 0; i < clash->seats->len; i++) {
      guint seat = g_array_index(clash->seats, guint, i);
      MUST(seat < x->n && x->won[seat]);
      MUST(i == 0 || g_array_index(clash->seats, guint, i - 1) < seat);
    }
  }
}

static void resolve_all(const PlnScenario *s) {
  for (guint i = 0; i < s->proposals->len; i++) {
    g_autoptr(PlnStances) own = pln_stances_resolve(s, i);
    look_at_stances(own, pln_scenario_proposal(s, i)->roster);
    for (guint k = 0; k < s->stages->len; k++) {
      const PlnRoster *roster = g_array_index(s->stages, PlnStageEntry, k).roster;
      g_autoptr(PlnStances) there = pln_stances_resolve_on(s, i, roster);
      look_at_stances(there, roster);
    }
  }
}

static void say_ahead(PlnScenario *s, const char *line) {
  g_autoptr(GError) error = NULL;
  PlnStance stance;
  double chance = -1;
  int place = -2, n = (int)s->proposals->len;
  gboolean said = TRUE;
  if (g_str_has_prefix(line, "position ")) {
    said = pln_project_position(s, line + 9, &stance, &error);
    MUST(!said || (stance.proposal < n && stance.position >= 0 && stance.position <= 100 && stance.sd > 0));
  } else if (g_str_has_prefix(line, "pressed ")) {
    said = pln_project_pressed(s, line + 8, &place, &chance, &error);
    MUST(!said || (place >= -1 && place < n && chance >= 0 && chance <= 1));
  } else if (g_str_has_prefix(line, "say ")) {
    said = pln_whip_say(s, line + 4, -1, &error);
  }
  MUST(said == !error);
  if (error)
    must_be_harmless(error->message, FALSE);
}

/* Last, as it changes @s: what is redacted stays out. */
static void ask_ahead(PlnScenario *s, GBytes *edits) {
  gsize length = 0;
  const char *bytes = edits ? g_bytes_get_data(edits, &length) : "";
  g_autofree char *text = g_strndup(bytes ? bytes : "", length);
  resolve_all(s);
  if (g_utf8_validate(text, -1, NULL)) {
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (gsize i = 0; lines[i]; i++)
      say_ahead(s, lines[i]);
  }
  guint rows = s->pledges->len, gone = pln_whip_redact(s);
  MUST(s->pledges->len + gone == rows);
  for (guint i = 0; i < s->pledges->len; i++)
    MUST(!g_array_index(s->pledges, PlnPledge, i).private);
}

/* ---- At the table ---- */

/* Every number a method is given is one it may be given. */
static void look_at_delegations(const PlnDelegations *d) {
  MUST(d->delegations->len == d->n && d->talks.n == d->n && d->talks.m == d->m);
  for (gsize at = 0; at < (gsize)d->n * d->m; at++) {
    guint p = (guint)(at % d->m);
    double x = d->position[at];
    MUST(isnan(x) || (x >= d->from[p] && x <= d->to[p]));
    MUST(d->salience[at] >= 0 && d->salience[at] <= 1 && isfinite(d->capability[at]));
    MUST(d->capability[at] >= 0 && d->position_sd[at] >= 0 && isfinite(d->position_sd[at]));
    MUST(d->salience_sd[at] >= 0 && d->capability_sd[at] >= 0 && d->status[at] <= PLN_STATUS_UNKNOWN);
  }
  for (guint k = 0; k < d->differing->len; k++) {
    const PlnDiffering *it = &g_array_index(d->differing, PlnDiffering, k);
    gsize at = (gsize)it->delegation * d->m + it->issue;
    MUST(it->row->state && it->delegation < d->n && it->issue < d->m);
    MUST(it->distance == it->position - d->position[at] && it->salience >= 0 && it->salience <= 1);
  }
  for (guint i = 0; i < d->n; i++)
    MUST(pln_delegations_find(d, pln_delegation(d, i)->name) == (int)i);
}

static void sit_down(const PlnScenario *s, const GArray *edits) {
  g_autoptr(GError) error = NULL;
  g_autoptr(PlnDelegations) d = pln_delegations_new(s, edits, &error);
  MUST(!d == !!error);
  if (d)
    look_at_delegations(d);
  else
    must_be_harmless(error->message, FALSE);
}

/* "split EU:FRA": done after those before it, where it can be read. */
static void edit_talks(const PlnScenario *s, const char *line, GArray *edits) {
  for (guint kind = 0; pln_talks_edit_words[kind]; kind++) {
    gsize n = strlen(pln_talks_edit_words[kind]);
    if (strncmp(line, pln_talks_edit_words[kind], n) != 0 || line[n] != ' ')
      continue;
    g_autoptr(GError) error = NULL;
    PlnTalksEdit edit;
    gboolean read = pln_talks_edit_read(s, (PlnTalksEditKind)kind, line + n + 1, &edit, &error);
    MUST(read == !error);
    if (read)
      g_array_append_val(edits, edit);
    else
      must_be_harmless(error->message, FALSE);
  }
}

static void ask_at_the_table(const PlnScenario *s, GBytes *text_of_edits) {
  gsize length = 0;
  const char *bytes = text_of_edits ? g_bytes_get_data(text_of_edits, &length) : "";
  g_autofree char *text = g_strndup(bytes ? bytes : "", length);
  g_autoptr(GArray) edits = g_array_new(FALSE, FALSE, sizeof(PlnTalksEdit));
  g_array_set_clear_func(edits, pln_talks_edit_clear);
  sit_down(s, NULL);
  if (!g_utf8_validate(text, -1, NULL))
    return;
  g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
  for (gsize i = 0; lines[i]; i++)
    if (g_str_has_prefix(lines[i], "talks ") && edits->len < 20)
      edit_talks(s, lines[i] + 6, edits);
  if (edits->len > 0)
    sit_down(s, edits);
}

static void look_at_faults(const PlnFaults *faults) {
  g_autofree char *text = pln_faults_text(faults);
  MUST(pln_faults_count(faults) > 0 && pln_faults_files(faults) > 0);
  must_be_harmless(text, FALSE);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  g_autoptr(GHashTable) files = unbundle((const char *)data, size);
  g_autoptr(PlnFolder) folder = pln_folder_in_memory("bundle", files);
  g_autoptr(PlnFaults) faults = pln_faults_new();
  g_autoptr(PlnScenario) s = pln_scenario_read(world, folder, faults);
  if (!s) {
    look_at_faults(faults);
    return 0;
  }
  MUST(pln_faults_count(faults) == 0);
  g_autoptr(PlnReplay) record = pln_replay_new(s, NULL, NULL);
  MUST(record);
  write_all(record, s, 80);
  g_autoptr(PlnWhatIf) whatif = read_whatif(s, g_hash_table_lookup(files, "what-if"));
  g_autoptr(GError) error = NULL;
  g_autoptr(PlnReplay) replay = whatif ? pln_replay_new(s, whatif, &error) : NULL;
  MUST(!whatif || !replay == !!error);
  if (replay)
    write_all(replay, s, 21);
  ask_at_the_table(s, g_hash_table_lookup(files, "what-if"));
  ask_ahead(s, g_hash_table_lookup(files, "what-if"));
  return 0;
}
