/* SPDX-License-Identifier: GPL-3.0-or-later */
/* CSV from a stranger: rows, places and texts are sound whatever the bytes are. */

#include "fuzz.h"
#include "plenary/table.h"
#include "plenary/text.h"

typedef struct {
  guint line, column, rows;
  gsize bytes;
} Seen;

static gboolean look(const PlnField *field, guint n, gpointer data) {
  Seen *seen = data;
  MUST(n >= 1);
  for (guint i = 0; i < n; i++) {
    MUST(field[i].line > seen->line || (field[i].line == seen->line && field[i].column > seen->column));
    MUST(g_utf8_validate(field[i].text, -1, NULL));
    seen->line = field[i].line;
    seen->column = field[i].column;
    seen->bytes += strlen(field[i].text);
  }
  seen->rows++;
  return TRUE;
}

static void look_at_faults(const PlnFaults *faults) {
  g_autofree char *text = pln_faults_text(faults);
  guint lines = 0;
  must_be_harmless(text, FALSE);
  for (const char *p = text; *p; p++)
    lines += *p == '\n';
  guint count = pln_faults_count(faults);
  MUST(lines == (count > PLN_FAULTS_KEPT ? PLN_FAULTS_KEPT + 1 : count));
}

/* Every typed reader on every cell. */
static void look_at_table(const PlnTable *table, guint columns, PlnFaults *faults) {
  static const char *const words[] = {"Y", "N", "complete", NULL};
  guint line = 0;
  for (guint r = 0; r < pln_table_rows(table); r++) {
    MUST(pln_table_line(table, r) > line);
    line = pln_table_line(table, r);
    for (guint c = 0; c < columns; c++) {
      g_autofree char *inert = pln_text_inert(pln_table_text(table, r, c));
      MUST(!*inert || !strchr("=+-@\t\r", *inert));
      gint64 count = pln_table_count(table, r, c, 1000, faults);
      MUST(count >= PLN_UNKNOWN && count <= 1000);
      g_autofree char *day = pln_day_words(pln_table_day(table, r, c, faults));
      must_be_harmless(day, FALSE);
      int word = pln_table_word(table, r, c, words, -1, faults);
      MUST(word >= -1 && word < 3);
      pln_table_needed(table, r, c, faults);
    }
  }
}

int LLVMFuzzerInitialize(int *argc, char ***argv) {
  (void)argc, (void)argv;
  stop_at_complaints();
  return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static const PlnColumn columns[] = {{"proposal", FALSE}, {"state", TRUE}, {"vote", TRUE},
                                      {"status", FALSE},   {NULL, FALSE}};
  g_autoptr(PlnFaults) faults = pln_faults_new();
  Seen seen = {1, 0, 0, 0};
  gboolean whole = pln_csv_read("votes.csv", (const char *)data, size, look, &seen, faults);
  MUST(whole == (pln_faults_count(faults) == 0));
  MUST(seen.bytes <= size && seen.rows <= size);
  g_autoptr(GBytes) bytes = g_bytes_new(data, size);
  g_autoptr(PlnTable) table = pln_table_read("votes.csv", bytes, columns, faults);
  MUST(table || pln_faults_count(faults) > 0);
  if (table)
    look_at_table(table, 4, faults);
  look_at_faults(faults);
  return 0;
}
