/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "counted.h"

static guint count;

guint counted_allocations(void) {
  return count;
}

/* The linker's names for what is wrapped and what it was. */
#define WRAPPED(type, name, arguments, values)                                                     \
  type __wrap_##name arguments;                                                                    \
  type __real_##name arguments;                                                                    \
  type __wrap_##name arguments {                                                                   \
    count++;                                                                                       \
    return __real_##name values;                                                                   \
  }

WRAPPED(gpointer, g_malloc, (gsize size), (size))
WRAPPED(gpointer, g_malloc0, (gsize size), (size))
WRAPPED(gpointer, g_malloc_n, (gsize n, gsize size), (n, size))
WRAPPED(gpointer, g_malloc0_n, (gsize n, gsize size), (n, size))
WRAPPED(gpointer, g_realloc, (gpointer old, gsize size), (old, size))
WRAPPED(gpointer, g_realloc_n, (gpointer old, gsize n, gsize size), (old, n, size))
WRAPPED(gpointer, g_memdup2, (gconstpointer old, gsize size), (old, size))
WRAPPED(GArray *, g_array_sized_new, (gboolean zero, gboolean clear, guint size, guint n),
        (zero, clear, size, n))
WRAPPED(GArray *, g_array_new, (gboolean zero, gboolean clear, guint size), (zero, clear, size))
