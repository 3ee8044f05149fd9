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

void pln_faults_add(PlnFaults *faults, const char *file, guint line, guint column,
                    const char *format, ...) {
  if (faults->count++ >= PLN_FAULTS_KEPT)
    return;
  va_list args;
  va_start(args, format);
  g_autofree char *said = g_strdup_vprintf(format, args);
  va_end(args);
  Fault *fault = g_new(Fault, 1);
  *fault = (Fault){pln_text_visible(file), pln_text_visible(said), line, column, faults->count};
  g_ptr_array_add(faults->kept, fault);
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
  if (faults->count > sorted->len)
    g_string_append_printf(out, "and %u more faults\n", faults->count - sorted->len);
  return g_string_free(out, FALSE);
}
