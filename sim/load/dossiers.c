/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/dossiers.h"

#include <math.h>
#include <string.h>

#include "plenary/csv.h"
#include "plenary/folder.h"
#include "plenary/tables.h"

/* A comma that is no separator, while the text passes through the reader of commas. */
#define COMMA '\x1f'

enum { ISNR, PRNR, OUT, RP, PROC, VOTE, TYPE, NAME, INTRO, FINACT, KINDS, NEEDED = RP };

static const char *const columns[KINDS + 1] = {
    "isnr", "prnr", "out", "rp", "proc", "counvte", "type", "prname", "intro", "finact", NULL};

/* Codes that a column without its pair is likely to mean. */
static const char *const codes[] = {
    "com", "ep", "at", "be", "bu", "cr", "cy", "cz", "dk", "ee", "fi", "fr", "de", "el", "hu", "ie",
    "it",  "lv", "lt", "lu", "mt", "nl", "pl", "pt", "ro", "si", "sk", "es", "se", "uk", NULL};

typedef struct {
  const char *file;
  PlnDossiers *out;
  PlnFaults *faults;
  GHashTable *dossier_of; /* id -> place + 1 */
  GHashTable *issues;     /* the set of their ids */
  GHashTable *rows;       /* the set of rows as text */
  int at[KINDS];
  GArray *position, *salience; /* int: columns of each actor */
  guint width, strange_days, twice, repeated, alone;
  guint strange_line, strange_column; /* of the first value out of range */
  gboolean commas; /* between decimals: the separator is another */
  gboolean begun, full;
} Reading;

/* ---- The parts ---- */

static void issue_free(gpointer data) {
  PlnDossierIssue *issue = data;
  g_free(issue->id);
  g_free(issue->procedure);
  g_free(issue->vote);
  g_free(issue->type);
  g_free(issue->position);
  g_free(issue->salience);
  g_free(issue);
}

static void dossier_free(gpointer data) {
  PlnDossier *dossier = data;
  g_free(dossier->id);
  g_free(dossier->name);
  g_array_unref(dossier->issues);
  g_free(dossier);
}

static PlnDossiers *dossiers_new(void) {
  PlnDossiers *d = g_new0(PlnDossiers, 1);
  d->actors = g_ptr_array_new_with_free_func(g_free);
  d->issues = g_ptr_array_new_with_free_func(issue_free);
  d->dossiers = g_ptr_array_new_with_free_func(dossier_free);
  d->notes = g_ptr_array_new_with_free_func(g_free);
  return d;
}

void pln_dossiers_free(PlnDossiers *d) {
  if (!d)
    return;
  g_ptr_array_unref(d->actors);
  g_ptr_array_unref(d->issues);
  g_ptr_array_unref(d->dossiers);
  g_ptr_array_unref(d->notes);
  g_free(d);
}

gboolean pln_dossier_issue_has(const PlnDossierIssue *issue, guint i) {
  return !isnan(issue->position[i]) && !isnan(issue->salience[i]);
}

gboolean pln_dossier_issue_scored(const PlnDossierIssue *issue) {
  return issue->taking_part >= PLN_DOSSIERS_LEAST && !isnan(issue->outcome);
}

/* ---- The separator ---- */

/* The one of , ; and tab that stands most often in the first line outside of quotes. */
static char separator_of(const char *text, gsize length) {
  gsize n[3] = {0};
  gboolean quoted = FALSE;
  for (gsize i = 0; i < length && (quoted || (text[i] != '\n' && text[i] != '\r')); i++) {
    quoted ^= text[i] == '"';
    for (guint k = 0; k < 3 && !quoted; k++)
      n[k] += text[i] == ",;\t"[k];
  }
  return n[1] > n[0] && n[1] >= n[2] ? ';' : n[2] > n[0] ? '\t' : ',';
}

/* The text with commas for its separators, byte for byte in the same places.  (transfer full) */
static char *with_commas(const char *text, gsize length, char separator) {
  char *out = g_malloc(length + 1);
  gboolean quoted = FALSE;
  for (gsize i = 0; i < length; i++) {
    quoted ^= text[i] == '"';
    out[i] = quoted || separator == ',' ? text[i]
             : text[i] == separator     ? ','
             : text[i] == ','           ? COMMA
                                        : text[i];
  }
  out[length] = '\0';
  return out;
}

/* (transfer full) */
static char *cell_text(const char *text) {
  return g_strdelimit(g_strdup(text), (const char[]){COMMA, '\0'}, ',');
}

/* ---- The header ---- */

static int find(const PlnField *field, guint n, const char *name) {
  for (guint i = 0; i < n; i++)
    if (g_ascii_strcasecmp(field[i].text, name) == 0)
      return (int)i;
  return -1;
}

static gboolean is_code(const char *text) {
  for (gsize k = 0; codes[k]; k++)
    if (g_ascii_strcasecmp(text, codes[k]) == 0)
      return TRUE;
  return FALSE;
}

/* A column of an actor is told by its pair, as columns of other things begin with p or s too. */
static void read_actor(Reading *r, const PlnField *field, guint n, guint i) {
  char letter = g_ascii_tolower(field[i].text[0]);
  const char *code = field[i].text + 1;
  if ((letter != 'p' && letter != 's') || !*code)
    return;
  g_autofree char *pair = g_strconcat(letter == 'p' ? "s" : "p", code, NULL);
  int other = find(field, n, pair), first = find(field, n, field[i].text);
  if (other < 0 && is_code(code))
    pln_faults_add(r->faults, r->file, field[i].line, field[i].column,
                   "column \"%s\" has no \"%s\" beside it; expected of each actor a position p… "
                   "and a salience s…",
                   field[i].text, pair);
  if (first != (int)i)
    pln_faults_add(r->faults, r->file, field[i].line, field[i].column,
                   "column \"%s\" stands twice; expected it once", field[i].text);
  if (other < 0 || first != (int)i || letter == 's')
    return;
  g_ptr_array_add(r->out->actors, g_ascii_strdown(code, -1));
  g_array_append_val(r->position, first);
  g_array_append_val(r->salience, other);
}

static gboolean read_header(Reading *r, const PlnField *field, guint n) {
  guint before = pln_faults_count(r->faults);
  r->begun = TRUE;
  r->width = n;
  for (guint k = 0; k < KINDS; k++) {
    static const char *const what[NEEDED] = {"the issue's id", "the dossier that it is of",
                                             "the outcome"};
    r->at[k] = find(field, n, columns[k]);
    if (k < NEEDED && r->at[k] < 0)
      pln_faults_add(r->faults, r->file, field->line, field->column,
                     "column \"%s\" is missing; expected it in the first line: %s", columns[k],
                     what[k]);
  }
  for (guint i = 0; i < n; i++)
    read_actor(r, field, n, i);
  guint actors = r->out->actors->len;
  if (actors < 2 || actors > PLN_DOSSIERS_ACTORS)
    pln_faults_add(
        r->faults, r->file, field->line, field->column,
        "%u actors have a column p… for positions and one s… for saliences; expected 2 to "
        "%d, as pde and sde",
        actors, PLN_DOSSIERS_ACTORS);
  return pln_faults_count(r->faults) == before;
}

/* ---- The cells ---- */

static gboolean is_missing(const char *text) {
  return !*text || strcmp(text, ".") == 0 || strcmp(text, "?") == 0 ||
         g_ascii_strcasecmp(text, "NA") == 0;
}

/* A number of 0-100; NAN where it is missing. */
static double read_number(Reading *r, const PlnField *field, const char *column) {
  double value;
  if (is_missing(field->text))
    return NAN;
  /* In quotes a comma has stayed one. */
  g_autofree char *text = g_strdelimit(g_strdup(field->text),
                                       r->commas ? (const char[]){COMMA, ',', '\0'} : "", '.');
  if (!pln_cell_is_number(text, &value)) {
    g_autofree char *shown = cell_text(field->text), *hint = pln_cell_number_hint(shown);
    pln_faults_add(r->faults, r->file, field->line, field->column,
                   "%s is \"%s\"; expected a number from 0 to 100, or nothing%s", column, shown,
                   hint);
    return NAN;
  }
  if (value >= 0 && value <= 100)
    return value;
  if (r->out->out_of_range++ == 0) {
    r->strange_line = field->line;
    r->strange_column = field->column;
  }
  return NAN;
}

/* DD-MM-YY and its like.  FALSE where it is none. */
static gboolean read_short_day(const char *text, PlnDay *day) {
  guint part[3];
  g_auto(GStrv) parts = g_strsplit(text, "-", -1);
  if (g_strv_length(parts) != 3)
    return FALSE;
  for (guint k = 0; k < 3; k++) {
    guint64 value;
    if (!g_ascii_string_to_unsigned(parts[k], 10, 0, 9999, &value, NULL))
      return FALSE;
    part[k] = (guint)value;
  }
  guint y = part[2] >= 1000 ? part[2] : part[2] + (part[2] >= 50 ? 1900 : 2000);
  g_autofree char *whole = part[1] == 0   ? g_strdup_printf("%04u", y)
                           : part[0] == 0 ? g_strdup_printf("%04u-%02u", y, part[1])
                                          : g_strdup_printf("%04u-%02u-%02u", y, part[1], part[0]);
  return strlen(parts[2]) != 3 && pln_day_parse(whole, day);
}

/* What is no day (999, say) is not stated. */
static PlnDay read_day(Reading *r, const PlnField *field) {
  PlnDay day = PLN_DAY_NONE;
  if (is_missing(field->text) || strcmp(field->text, "999") == 0)
    return PLN_DAY_NONE;
  if (pln_day_parse(field->text, &day) || read_short_day(field->text, &day))
    return day;
  r->strange_days++;
  return PLN_DAY_NONE;
}

static const PlnField *cell(const Reading *r, const PlnField *field, guint kind) {
  static const PlnField none = {"", 0, 0};
  return r->at[kind] >= 0 ? &field[r->at[kind]] : &none;
}

/* ---- The rows ---- */

static void place_issue(Reading *r, PlnDossierIssue *issue, char *id, const char *name) {
  guint place = r->out->issues->len,
        known = GPOINTER_TO_UINT(g_hash_table_lookup(r->dossier_of, id));
  if (known == 0) {
    PlnDossier *dossier = g_new0(PlnDossier, 1);
    dossier->id = id;
    dossier->name = cell_text(name);
    dossier->issues = g_array_new(FALSE, FALSE, sizeof(guint));
    g_ptr_array_add(r->out->dossiers, dossier);
    known = r->out->dossiers->len;
    g_hash_table_insert(r->dossier_of, id, GUINT_TO_POINTER(known));
  } else {
    g_free(id);
  }
  issue->dossier = known - 1;
  PlnDossier *dossier = r->out->dossiers->pdata[known - 1];
  g_array_append_val(dossier->issues, place);
  g_ptr_array_add(r->out->issues, issue);
}

static void read_actors(Reading *r, const PlnField *field, PlnDossierIssue *issue) {
  guint n = r->out->actors->len;
  issue->position = g_new(double, n);
  issue->salience = g_new(double, n);
  for (guint i = 0; i < n; i++) {
    issue->position[i] = read_number(r, &field[g_array_index(r->position, int, i)], "a position");
    issue->salience[i] =
        read_number(r, &field[g_array_index(r->salience, int, i)], "a salience") / 100;
    issue->taking_part += pln_dossier_issue_has(issue, i);
    r->out->without_salience += !isnan(issue->position[i]) && isnan(issue->salience[i]);
  }
  r->out->without_outcome += isnan(issue->outcome);
  r->out->thin += !isnan(issue->outcome) && issue->taking_part < PLN_DOSSIERS_LEAST;
}

static void read_issue(Reading *r, const PlnField *field) {
  PlnDossierIssue *issue = g_new0(PlnDossierIssue, 1);
  const char *id = cell(r, field, ISNR)->text, *prnr = cell(r, field, PRNR)->text;
  issue->id = cell_text(id);
  issue->procedure = cell_text(cell(r, field, PROC)->text);
  issue->vote = cell_text(cell(r, field, VOTE)->text);
  issue->type = cell_text(cell(r, field, TYPE)->text);
  issue->reference = read_number(r, cell(r, field, RP), "a reference point");
  issue->outcome = read_number(r, cell(r, field, OUT), "an outcome");
  issue->day = read_day(r, cell(r, field, INTRO));
  if (issue->day == PLN_DAY_NONE)
    issue->day = read_day(r, cell(r, field, FINACT));
  read_actors(r, field, issue);
  r->alone += is_missing(prnr);
  place_issue(r, issue, is_missing(prnr) ? g_strconcat("issue ", issue->id, NULL) : cell_text(prnr),
              cell(r, field, NAME)->text);
  r->twice += !g_hash_table_add(r->issues, issue->id);
}

/* Whether an earlier row is this one. */
static gboolean is_repeated(Reading *r, const PlnField *field) {
  GString *row = g_string_new(NULL);
  for (guint i = 0; i < r->width; i++)
    g_string_append_printf(row, "%s%c", field[i].text, COMMA);
  gboolean repeated = !g_hash_table_add(r->rows, g_string_free(row, FALSE));
  r->repeated += repeated;
  return repeated;
}

static gboolean read_row(const PlnField *field, guint n, gpointer data) {
  Reading *r = data;
  if (!r->begun)
    return read_header(r, field, n);
  while (n > r->width && !*field[n - 1].text)
    n--;
  gboolean blank = TRUE;
  for (guint i = 0; i < n && blank; i++)
    blank = !*field[i].text;
  if (blank)
    return TRUE;
  if (n != r->width) {
    pln_faults_add(r->faults, r->file, field->line, field->column,
                   "the row has %u cells; expected %u as in the header", n, r->width);
    return TRUE;
  }
  const PlnField *id = cell(r, field, ISNR);
  r->full = r->out->issues->len >= PLN_DOSSIERS_ISSUES;
  if (r->full)
    pln_faults_add(r->faults, r->file, id->line, id->column, "more than %d issues; expected fewer",
                   PLN_DOSSIERS_ISSUES);
  else if (!*id->text)
    pln_faults_add(r->faults, r->file, id->line, id->column, "the issue has no id; expected one");
  else if (!is_repeated(r, field))
    read_issue(r, field);
  return !r->full;
}

/* ---- The file ---- */

static void note(PlnDossiers *d, guint n, const char *one, const char *many) {
  if (n == 1)
    g_ptr_array_add(d->notes, g_strdup(one));
  else if (n > 1)
    g_ptr_array_add(d->notes, g_strdup_printf("%u %s", n, many));
}

static void note_out_of_range(const Reading *r) {
  guint n = r->out->out_of_range;
  if (n == 0)
    return;
  g_autofree char *count =
      n == 1 ? g_strdup("One value outside 0-100 counts as missing, in")
             : g_strdup_printf("%u values outside 0-100 count as missing, the first in", n);
  g_ptr_array_add(r->out->notes, g_strdup_printf("%s line %u, column %u.", count, r->strange_line,
                                                 r->strange_column));
}

static void add_notes(Reading *r) {
  PlnDossiers *d = r->out;
  note(d, d->without_outcome, "One issue has no outcome: it is not scored.",
       "issues have no outcome: they are not scored.");
  note(d, d->thin, "In one issue fewer than three take part: it is not scored.",
       "issues in which fewer than three take part are not scored.");
  note(d, d->without_salience, "One position has no salience: it takes no part.",
       "positions have no salience: they take no part.");
  note_out_of_range(r);
  note(d, r->strange_days, "One day is not understood and counts as not stated.",
       "days are not understood and count as not stated.");
  note(d, r->repeated, "One row is an earlier one again: it is read once.",
       "rows are earlier ones again: they are read once.");
  note(d, r->twice, "One issue has the id of another: both are read.",
       "issues have the id of another: all are read.");
  note(d, r->alone, "One issue names no dossier: it is one by itself.",
       "issues name no dossier: each is one by itself.");
}

PlnDossiers *pln_dossiers_parse(const char *name, GBytes *bytes, PlnFaults *faults) {
  gsize length;
  const char *given = g_bytes_get_data(bytes, &length);
  char separator = separator_of(given ? given : "", length);
  g_autofree char *text = with_commas(given ? given : "", length, separator);
  g_autoptr(PlnDossiers) out = dossiers_new();
  g_autoptr(GHashTable) dossier_of = g_hash_table_new(g_str_hash, g_str_equal);
  g_autoptr(GHashTable) issues = g_hash_table_new(g_str_hash, g_str_equal);
  g_autoptr(GHashTable) rows = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GArray) position = g_array_new(FALSE, FALSE, sizeof(int));
  g_autoptr(GArray) salience = g_array_new(FALSE, FALSE, sizeof(int));
  Reading r = {.file = name,
               .out = out,
               .faults = faults,
               .dossier_of = dossier_of,
               .issues = issues,
               .rows = rows,
               .commas = separator != ',',
               .position = position,
               .salience = salience};
  guint before = pln_faults_count(faults);
  if (pln_csv_read(name, text, length, read_row, &r, faults) && !r.begun)
    pln_faults_add(faults, name, 1, 1, "the file is empty; expected a header");
  else if (pln_faults_count(faults) == before && out->issues->len == 0)
    pln_faults_add(faults, name, 1, 1, "there is no issue; expected a row for each");
  if (pln_faults_count(faults) > before)
    return NULL;
  add_notes(&r);
  return g_steal_pointer(&out);
}

PlnDossiers *pln_dossiers_load(const char *path, GArray *inputs, PlnFaults *faults) {
  g_autoptr(GBytes) bytes = pln_file_read(path, faults);
  if (!bytes)
    return NULL;
  g_autofree char *name = g_path_get_basename(path);
  if (inputs)
    pln_inputs_add(inputs, name, bytes);
  return pln_dossiers_parse(name, bytes, faults);
}
