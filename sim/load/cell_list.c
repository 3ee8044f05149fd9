/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/cell_list.h"

#include <string.h>

#include "plenary/csv.h"

typedef struct {
  const char *file;
  const PlnVoteMatrix *matrix;
  PlnFaults *faults;
  GHashTable *row_of;        /* id -> row + 1 */
  GHashTable *told;          /* names that are not there, each told once */
  int call, voter, revealed; /* columns; -1: not there */
  gboolean wants_revealed;
  guint8 *listed;
} Reading;

/* The end of a fault: the voter that may have been meant.  Returns: (transfer full) */
static char *hint_of_voter(const Reading *r, const char *code) {
  g_autoptr(GPtrArray) codes = g_ptr_array_new();
  for (guint i = 0; pln_faults_seeks(r->faults) && i < r->matrix->n_voters; i++)
    g_ptr_array_add(codes, (gpointer)r->matrix->voter[i].code);
  g_ptr_array_add(codes, NULL);
  return pln_faults_hint(r->faults, code, (const char *const *)codes->pdata);
}

static gboolean is_one_of(const char *text, const char *const *words) {
  for (; *words; words++)
    if (strcmp(text, *words) == 0)
      return TRUE;
  return FALSE;
}

static gboolean read_header(Reading *r, const PlnField *field, guint n) {
  static const char *const calls[] = {"rcid", "roll_call", "id", NULL};
  static const char *const voters[] = {"iso3", "state", "voter", "country_code", NULL};
  r->call = r->voter = r->revealed = -1;
  for (guint k = 0; k < n; k++) {
    if (r->call < 0 && is_one_of(field[k].text, calls))
      r->call = (int)k;
    if (r->voter < 0 && is_one_of(field[k].text, voters))
      r->voter = (int)k;
    if (r->revealed < 0 && strcmp(field[k].text, "revealed") == 0)
      r->revealed = (int)k;
  }
  if (r->call >= 0 && r->voter >= 0 && (r->revealed >= 0 || !r->wants_revealed))
    return TRUE;
  if (r->call >= 0 && r->voter >= 0)
    pln_faults_add(r->faults, r->file, field[0].line, field[0].column,
                   "no column says what is revealed; expected one called revealed, with 1 or 0");
  else
    pln_faults_add(r->faults, r->file, field[0].line, field[0].column,
                   "no column for the %s; expected rcid, roll_call or id, and iso3, state or voter",
                   r->call < 0 ? "roll call" : "voter");
  return FALSE;
}

/* What the row says of its cell: 1, or of a list of what is revealed 1 or 2 (0 in the column);
 * 0 and a fault where it says neither. */
static guint8 read_mark(const Reading *r, const PlnField *field) {
  if (!r->wants_revealed)
    return 1;
  const PlnField *said = &field[r->revealed];
  if (strcmp(said->text, "1") == 0)
    return PLN_CELL_REVEALED;
  if (strcmp(said->text, "0") == 0)
    return PLN_CELL_HIDDEN;
  pln_faults_add(r->faults, r->file, said->line, said->column,
                 "revealed is \"%s\"; expected 1 or 0", said->text);
  return PLN_CELL_NOT_LISTED;
}

static gboolean read_row(const PlnField *field, guint n, gpointer data) {
  Reading *r = data;
  if (r->call < 0)
    return read_header(r, field, n);
  if (n <= (guint)MAX(MAX(r->call, r->voter), r->wants_revealed ? r->revealed : -1)) {
    pln_faults_add(r->faults, r->file, field[0].line, field[0].column,
                   "%u fields; expected a roll call and a voter%s", n,
                   r->wants_revealed ? " and whether it is revealed" : "");
    return TRUE;
  }
  const PlnField *call = &field[r->call], *voter = &field[r->voter];
  guint row = GPOINTER_TO_UINT(g_hash_table_lookup(r->row_of, call->text));
  int column = pln_vote_matrix_voter(r->matrix, voter->text);
  if (row == 0 && g_hash_table_add(r->told, g_strconcat("call ", call->text, NULL)))
    pln_faults_add(r->faults, r->file, call->line, call->column,
                   "no roll call \"%s\" among those read; expected one of them", call->text);
  if (column < 0 && g_hash_table_add(r->told, g_strconcat("voter ", voter->text, NULL))) {
    g_autofree char *hint = hint_of_voter(r, voter->text);
    pln_faults_add(r->faults, r->file, voter->line, voter->column,
                   "no voter \"%s\" among those read; expected one of them%s", voter->text, hint);
  }
  guint8 mark = read_mark(r, field);
  if (row == 0 || column < 0)
    return TRUE;
  guint8 *cell = &r->listed[(gsize)(row - 1) * r->matrix->n_voters + (guint)column];
  if (r->wants_revealed && *cell != PLN_CELL_NOT_LISTED && *cell != mark)
    pln_faults_add(r->faults, r->file, voter->line, voter->column,
                   "%s in roll call \"%s\" is revealed and hidden; expected one row", voter->text,
                   call->text);
  *cell = mark;
  return TRUE;
}

static guint8 *parse(const char *file, const char *bytes, gsize length, const PlnVoteMatrix *matrix,
                     gboolean revealed, PlnFaults *faults) {
  g_autoptr(GHashTable) row_of = g_hash_table_new(g_str_hash, g_str_equal);
  g_autoptr(GHashTable) told = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  for (guint j = 0; j < matrix->n_calls; j++)
    g_hash_table_insert(row_of, (gpointer)matrix->call[j].id, GUINT_TO_POINTER(j + 1));
  Reading r = {.file = file,
               .matrix = matrix,
               .faults = faults,
               .row_of = row_of,
               .told = told,
               .call = -1,
               .voter = -1,
               .revealed = -1,
               .wants_revealed = revealed};
  r.listed = g_malloc0((gsize)matrix->n_calls * matrix->n_voters + 1);
  guint before = pln_faults_count(faults);
  if (pln_csv_read(file, bytes, length, read_row, &r, faults) && r.call < 0)
    pln_faults_add(faults, file, 1, 1, "the file is empty; expected a header");
  if (pln_faults_count(faults) == before)
    return r.listed;
  g_free(r.listed);
  return NULL;
}

guint8 *pln_cell_list_parse(const char *file, const char *bytes, gsize length,
                            const PlnVoteMatrix *matrix, PlnFaults *faults) {
  return parse(file, bytes, length, matrix, FALSE, faults);
}

guint8 *pln_cell_list_parse_revealed(const char *file, const char *bytes, gsize length,
                                     const PlnVoteMatrix *matrix, PlnFaults *faults) {
  return parse(file, bytes, length, matrix, TRUE, faults);
}

static guint8 *load(const char *path, const PlnVoteMatrix *matrix, gboolean revealed,
                    GArray *inputs, PlnFaults *faults) {
  g_autofree char *file = g_path_get_basename(path), *text = NULL;
  g_autoptr(GError) why = NULL;
  gsize length;
  if (!g_file_get_contents(path, &text, &length, &why)) {
    pln_faults_add(faults, file, 0, 0, "%s; expected a file that can be read", why->message);
    return NULL;
  }
  if (inputs) {
    g_autoptr(GBytes) bytes = g_bytes_new_static(text, length);
    pln_inputs_add(inputs, file, bytes);
  }
  return parse(file, text, length, matrix, revealed, faults);
}

guint8 *pln_cell_list_load(const char *path, const PlnVoteMatrix *matrix, GArray *inputs,
                           PlnFaults *faults) {
  return load(path, matrix, FALSE, inputs, faults);
}

guint8 *pln_cell_list_load_revealed(const char *path, const PlnVoteMatrix *matrix, GArray *inputs,
                                    PlnFaults *faults) {
  return load(path, matrix, TRUE, inputs, faults);
}
