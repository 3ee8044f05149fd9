/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/titles.h"

#include <math.h>
#include <string.h>

#include "plenary/normal.h"

enum { LETTERS = 7 };

/* In nearly every title of the Assembly's register. */
static const char *const formula[] = {
    "the", "of",      "and", "in",      "to",      "for",   "on",     "a",       "by", "resolut",
    "un",  "adopted", "as",  "general", "assembl", "assem", "united", "nations", NULL};

struct PlnTitles {
  guint n;
  GHashTable *of_word; /* word: GArray of guint, the titles that have it, ascending */
  double *length;      /* n: the norm */
};

/* Each once. */
static GHashTable *words_of(const char *title) {
  GHashTable *words = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  for (const char *at = title ? title : ""; *at;) {
    gsize length = 0;
    while (g_ascii_isalnum(at[length]))
      length++;
    if (length > 0) {
      char *word = g_ascii_strdown(at, (gssize)MIN(length, LETTERS));
      if (g_strv_contains(formula, word))
        g_free(word);
      else
        g_hash_table_add(words, word);
    }
    at += length > 0 ? length : 1;
  }
  return words;
}

static double weight_of(const PlnTitles *t, const GArray *having) {
  double rare = pln_log((t->n + 1.0) / (having ? having->len : 0.5));
  return rare * rare;
}

/* The words in order, so that sums have one. */
static GList *sorted(GHashTable *words) {
  return g_list_sort(g_hash_table_get_keys(words), (GCompareFunc)strcmp);
}

static void add_title(PlnTitles *t, guint place, const char *title) {
  g_autoptr(GHashTable) words = words_of(title);
  GHashTableIter all;
  gpointer word;
  g_hash_table_iter_init(&all, words);
  while (g_hash_table_iter_next(&all, &word, NULL)) {
    GArray *having = g_hash_table_lookup(t->of_word, word);
    if (!having) {
      having = g_array_new(FALSE, FALSE, sizeof(guint));
      g_hash_table_insert(t->of_word, g_strdup(word), having);
    }
    g_array_append_val(having, place);
  }
}

PlnTitles *pln_titles_new(guint n, const char *const *title) {
  PlnTitles *t = g_new0(PlnTitles, 1);
  t->n = n;
  t->length = g_new0(double, n + 1);
  t->of_word = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_array_unref);
  for (guint i = 0; i < n; i++)
    add_title(t, i, title[i]);
  GList *words = sorted(t->of_word);
  for (GList *word = words; word; word = word->next) {
    const GArray *having = g_hash_table_lookup(t->of_word, word->data);
    for (guint k = 0; k < having->len; k++)
      t->length[g_array_index(having, guint, k)] += weight_of(t, having);
  }
  g_list_free(words);
  for (guint i = 0; i < n; i++)
    t->length[i] = sqrt(t->length[i]);
  return t;
}

void pln_titles_free(PlnTitles *t) {
  if (!t)
    return;
  g_hash_table_unref(t->of_word);
  g_free(t->length);
  g_free(t);
}

void pln_titles_likeness(const PlnTitles *t, const char *title, double untitled, double *likeness) {
  g_autoptr(GHashTable) set = words_of(title);
  GList *words = sorted(set);
  double length = 0;
  for (guint i = 0; i < t->n; i++)
    likeness[i] = 0;
  for (GList *word = words; word; word = word->next) {
    const GArray *having = g_hash_table_lookup(t->of_word, word->data);
    double weight = weight_of(t, having);
    length += weight;
    for (guint k = 0; having && k < having->len; k++)
      likeness[g_array_index(having, guint, k)] += weight;
  }
  for (guint i = 0; words && i < t->n; i++)
    likeness[i] = t->length[i] > 0 ? likeness[i] / (t->length[i] * sqrt(length)) : untitled;
  g_list_free(words);
}
