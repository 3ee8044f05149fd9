/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/fault.h"

#include "plenary/text.h"

typedef struct {
  char *file, *text;
  guint line, column, serial;
} Fault;

struct PlnFaults {
  GPtrArray *kept;
  guint count;
  gsize looked; /* words compared in search of near misses */
};

static void fault_free(gpointer data) {
  Fault *fault = data;
  g_free(fault->file);
  g_free(fault->text);
  g_free(fault);
}

PlnFaults *pln_faults_new(void) {
  PlnFaults *faults = g_new0(PlnFaults, 1);
  faults->kept = g_ptr_array_new_with_free_func(fault_free);
  return faults;
}

void pln_faults_free(PlnFaults *faults) {
  if (!faults)
    return;
  g_ptr_array_unref(faults->kept);
  g_free(faults);
}

/* What a fault quotes may be as long as a field: its beginning and end tell enough,
 * and the end says what was expected. */
static char *shortened(char *text) {
  glong n = g_utf8_strlen(text, -1), head = PLN_FAULT_LONGEST / 4, tail = PLN_FAULT_LONGEST - head;
  if (n <= PLN_FAULT_LONGEST)
    return text;
  const char *end = g_utf8_offset_to_pointer(text, n - tail);
  *g_utf8_offset_to_pointer(text, head) = '\0';
  char *both = g_strconcat(text, " … ", end, NULL);
  g_free(text);
  return both;
}

void pln_faults_add(PlnFaults *faults, const char *file, guint line, guint column,
                    const char *format, ...) {
  if (faults->count++ >= PLN_FAULTS_KEPT)
    return;
  va_list args;
  va_start(args, format);
  g_autofree char *said = g_strdup_vprintf(format, args);
  va_end(args);
  Fault *fault = g_new(Fault, 1);
  *fault = (Fault){pln_text_visible(file), shortened(pln_text_visible(said)), line, column,
                   faults->count};
  g_ptr_array_add(faults->kept, fault);
}

gboolean pln_faults_seeks(const PlnFaults *faults) {
  return faults->count < PLN_FAULTS_KEPT && faults->looked < PLN_FAULTS_LOOKED;
}

const char *pln_faults_near(PlnFaults *faults, const char *word, const char *const *candidates) {
  if (!pln_faults_seeks(faults))
    return NULL;
  faults->looked += g_strv_length((char **)candidates);
  return pln_text_near(word, candidates);
}

char *pln_faults_hint(PlnFaults *faults, const char *word, const char *const *candidates) {
  const char *near = pln_faults_near(faults, word, candidates);
  return near ? g_strdup_printf("; did you mean %s?", near) : g_strdup("");
}

guint pln_faults_count(const PlnFaults *faults) {
  return faults->count;
}

guint pln_faults_files(const PlnFaults *faults) {
  g_autoptr(GHashTable) files = g_hash_table_new(g_str_hash, g_str_equal);
  for (guint i = 0; i < faults->kept->len; i++)
    g_hash_table_add(files, ((Fault *)faults->kept->pdata[i])->file);
  return g_hash_table_size(files);
}

static int compare(gconstpointer a, gconstpointer b) {
  const Fault *x = *(Fault *const *)a, *y = *(Fault *const *)b;
  int by_file = g_strcmp0(x->file, y->file);
  if (by_file != 0)
    return by_file;
  if (x->line != y->line)
    return x->line < y->line ? -1 : 1;
  if (x->column != y->column)
    return x->column < y->column ? -1 : 1;
  return x->serial < y->serial ? -1 : 1;
}

char *pln_faults_text(const PlnFaults *faults) {
  g_autoptr(GPtrArray) sorted = g_ptr_array_copy(faults->kept, NULL, NULL);
  g_ptr_array_set_free_func(sorted, NULL);
  g_ptr_array_sort(sorted, compare);
  GString *out = g_string_new(NULL);
  for (guint i = 0; i < sorted->len; i++) {
    const Fault *fault = sorted->pdata[i];
    if (fault->line > 0)
      g_string_append_printf(out, "%s:%u:%u: %s\n", fault->file, fault->line, fault->column,
                             fault->text);
    else
      g_string_append_printf(out, "%s: %s\n", fault->file, fault->text);
  }
  guint more = faults->count - sorted->len;
  if (more > 0)
    g_string_append_printf(out, "and %u more fault%s\n", more, more == 1 ? "" : "s");
  return g_string_free(out, FALSE);
}
