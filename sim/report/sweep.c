/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "plenary/compose_sweep.h"
#include "plenary/sensitivity.h"
#include "plenary/store_part.h"

static const double LEVEL = 0.95; /* of an interval that is not shown */

/* ---- What came of it ---- */

enum { TITLE = 32 }; /* characters of it that people see */

static PlnValue number_of(const char *text) {
  return *text ? pln_number(g_ascii_strtod(text, NULL), 4) : pln_none();
}

static PlnValue short_title(const char *title) {
  g_autofree char *head = g_utf8_strlen(title, -1) > TITLE ? g_utf8_substring(title, 0, TITLE - 1) : NULL;
  g_autofree char *cut = head ? g_strconcat(head, "…", NULL) : g_strdup(title);
  return pln_text(cut);
}

/* A day is a month to people. */
static PlnValue seen(const char *text, const char *unit) {
  double number = g_ascii_strtod(text, NULL);
  if (!*text)
    return pln_none();
  if (strcmp(unit, "year") != 0)
    return pln_number(number, strcmp(unit, "share") == 0 ? 4 : 2);
  g_autofree char *word = pln_day_brief(pln_day_month(number));
  return pln_text(word);
}

/* That no draw of a run had it does not make it impossible. */
static void add_ends(PlnDoc *doc, const PlnStore *store, gboolean ends) {
  const char *draws = pln_store_meta(store, "draws");
  gint64 drawn = 0;
  if (ends && draws &&
      pln_store_number(store->db, store->path, "SELECT max(draws) FROM runs", &drawn, NULL) &&
      drawn > 0)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE,
                strcmp(draws, "1") == 0
                    ? "A chance of 0 or 1 was that of the single draw of a run.%.0s"
                    : "A chance of 0 or 1 was that of none, or all, of the %s draws of a run.", draws);
}

/* min, mean, max and count of each outcome, in one walk. */
static GPtrArray *ranges_of(PlnStore *store, const GPtrArray *outcome, GError **error) {
  g_autoptr(GString) sql = g_string_new(NULL);
  for (guint k = 0; k < outcome->len; k += 4) {
    g_autofree char *name = pln_store_quoted(outcome->pdata[k + 3]);
    g_string_append_printf(sql, "%s min(%s), avg(%s), max(%s), count(%s)", k ? "," : "SELECT", name,
                           name, name, name);
  }
  g_string_append(sql, outcome->len > 0 ? " FROM results" : "SELECT 1");
  return pln_store_texts(store->db, store->path, sql->str, error);
}

/* "over all runs", or over those that there are. */
static char *over_which(const PlnStore *store) {
  const char *runs = pln_store_meta(store, "runs");
  guint64 rows = pln_store_rows(store);
  if (!runs || g_ascii_strtoull(runs, NULL, 10) == rows)
    return g_strdup("over all runs");
  return g_strdup_printf("over the %" G_GUINT64_FORMAT " run%s of this part", rows,
                         rows == 1 ? "" : "s");
}

static gboolean add_outcomes(PlnDoc *doc, PlnStore *store, GError **error) {
  static const PlnDocColumn columns[] = {
      {"outcome", NULL},  {"title", NULL},  {"-title", "Outcome"}, {"unit", "in"},
      {"low", NULL},      {"mean", NULL},   {"high", NULL},        {"-low", "lowest"},
      {"-mean", "mean"},  {"-high", "highest"}, {"runs", "runs"},  {NULL, NULL}};
  g_autoptr(GPtrArray) outcome =
      pln_store_texts(store->db, store->path,
                      "SELECT id, title, unit, column_name FROM outcomes ORDER BY place", error);
  g_autoptr(GPtrArray) range = outcome ? ranges_of(store, outcome, error) : NULL;
  gboolean ends = FALSE;
  if (!range)
    return FALSE;
  g_autofree char *over = over_which(store), *caption = g_strconcat("What came of it, ", over, NULL);
  pln_doc_table(doc, "outcomes", PLN_FOR_BOTH, caption, columns);
  for (guint k = 0; k < outcome->len; k += 4) {
    const char *unit = outcome->pdata[k + 2];
    char **cell = (char **)range->pdata + k;
    ends |= strcmp(unit, "share") == 0 && (strcmp(cell[0], "0.0") == 0 || strcmp(cell[2], "1.0") == 0);
    pln_doc_cell(doc, pln_text(outcome->pdata[k]));
    pln_doc_cell(doc, pln_text(outcome->pdata[k + 1]));
    pln_doc_cell(doc, short_title(outcome->pdata[k + 1]));
    pln_doc_cell(doc, pln_text(unit));
    for (guint c = 0; c < 3; c++)
      pln_doc_cell(doc, number_of(cell[c]));
    for (guint c = 0; c < 3; c++)
      pln_doc_cell(doc, seen(cell[c], unit));
    pln_doc_cell(doc, pln_int(g_ascii_strtoll(cell[3], NULL, 10)));
  }
  add_ends(doc, store, ends);
  return TRUE;
}

/* ---- What it goes with ---- */

typedef struct {
  const PlnDial *dial;
  guint place;
  double rank, ratio; /* of numbers; of words; NAN else, and where nothing varies */
} Going;

static double weight_of(const Going *going) {
  double goes = isnan(going->rank) ? going->ratio : fabs(going->rank);
  return isnan(goes) ? -1 : goes;
}

static int by_weight(gconstpointer a, gconstpointer b) {
  const Going *l = a, *r = b;
  double left = weight_of(l), right = weight_of(r);
  if (left < right || left > right)
    return left < right ? 1 : -1;
  return (l->place > r->place) - (l->place < r->place);
}

/* The store's rows that are looked at. */
typedef struct {
  guint64 rows;
  double *x, *y; /* owned */
  GPtrArray *dials;
  const char *title; /* of the outcome */
} Looked;

static void looked_clear(Looked *looked) {
  g_free(looked->x);
  g_free(looked->y);
  g_clear_pointer(&looked->dials, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Looked, looked_clear)

static Going measure(const Looked *l, guint j) {
  Going going = {l->dials->pdata[j], j, NAN, NAN};
  if (pln_dial_is_words(going.dial))
    going.ratio = pln_sensitivity_ratio(l->rows, l->x + j, l->dials->len, going.dial->n, l->y);
  else
    going.rank = pln_sensitivity_rank(l->rows, l->x + j, l->dials->len, l->y, LEVEL).value;
  return going;
}

static void add_going(PlnDoc *doc, const Going *going, const Looked *l) {
  static const PlnDocColumn columns[] = {{"dial", "Dial"},
                                         {"range", NULL},
                                         {"-range", "turned through"},
                                         {"rank_correlation", "rank correlation"},
                                         {"ratio", NULL},
                                         {NULL, NULL}};
  g_autofree char *caption = g_strdup_printf("What goes most with \"%s\"", l->title);
  pln_doc_fact(doc, "sampled", pln_int((gint64)l->rows));
  pln_doc_table(doc, "dials", PLN_FOR_BOTH, caption, columns);
  for (guint j = 0; j < l->dials->len; j++) {
    g_autofree char *range = pln_dial_range(going[j].dial);
    pln_doc_cell(doc, pln_text(going[j].dial->name));
    pln_doc_cell(doc, pln_text(range));
    pln_doc_cell(doc, pln_text(pln_dial_is_words(going[j].dial) ? "words (below)" : range));
    pln_doc_cell(doc, pln_number(going[j].rank, 3));
    pln_doc_cell(doc, pln_number(going[j].ratio, 3));
  }
}

static void add_word(PlnDoc *doc, const Going *going, guint w, const Looked *l) {
  double sum = 0;
  guint64 runs = 0;
  for (guint64 k = 0; k < l->rows; k++)
    if ((guint)l->x[k * l->dials->len + going->place] == w) {
      sum += l->y[k];
      runs++;
    }
  pln_doc_cell(doc, pln_text(going->dial->name));
  pln_doc_cell(doc, pln_text(going->dial->word[w]));
  pln_doc_cell(doc, runs > 0 ? pln_number(sum / (double)runs, 4) : pln_none());
  pln_doc_cell(doc, pln_int((gint64)runs));
}

/* Words have no order, so what goes with them is said word by word. */
static void add_words(PlnDoc *doc, const Going *going, const Looked *l) {
  static const PlnDocColumn columns[] = {
      {"dial", "Dial"}, {"word", "set to"}, {"mean", "mean"}, {"runs", "runs"}, {NULL, NULL}};
  g_autofree char *caption = g_strdup_printf("\"%s\", word by word", l->title);
  gboolean open = FALSE;
  for (guint j = 0; j < l->dials->len; j++) {
    if (!pln_dial_is_words(going[j].dial))
      continue;
    if (!open)
      pln_doc_table(doc, "words", PLN_FOR_BOTH, caption, columns);
    open = TRUE;
    for (guint w = 0; w < going[j].dial->n; w++)
      add_word(doc, &going[j], w, l);
  }
}

static gboolean is_flat(const Looked *l) {
  guint64 k = 1;
  while (k < l->rows && !(l->y[k] < l->y[0] || l->y[k] > l->y[0]))
    k++;
  return k >= l->rows;
}

static gboolean add_dials(PlnDoc *doc, PlnStore *store, GError **error) {
  g_autoptr(GPtrArray) first = pln_store_texts(
      store->db, store->path, "SELECT id, title FROM outcomes ORDER BY place LIMIT 1", error);
  if (!first || first->len == 0)
    return first != NULL;
  g_auto(Looked) l = {.title = first->pdata[1]};
  guint64 every = pln_store_rows(store) / PLN_SWEEP_SAMPLE + 1;
  if (!pln_store_sample(store, first->pdata[0], every, &l.rows, &l.x, &l.y, &l.dials, error))
    return FALSE;
  guint d = l.dials->len;
  if (d == 0 || l.rows < 2)
    return TRUE;
  g_autofree Going *going = g_new0(Going, d);
  for (guint j = 0; j < d; j++)
    going[j] = measure(&l, j);
  qsort(going, d, sizeof *going, by_weight);
  add_going(doc, going, &l);
  if (is_flat(&l))
    pln_doc_say(doc, NULL, PLN_SAY_NOTE, "It is the same in all runs: nothing goes with it.");
  add_words(doc, going, &l);
  return TRUE;
}

/* ---- The whole ---- */

static const char *meta_of(const PlnStore *store, const char *key) {
  const char *value = pln_store_meta(store, key);
  return value ? value : "";
}

/* The shipped tables apart, as in every output. */
static gboolean add_provenance(PlnStore *store, PlnProvenance *provenance, GError **error) {
  g_autoptr(GPtrArray) input = pln_store_texts(
      store->db, store->path,
      "SELECT substr(key, 7), value FROM meta WHERE key LIKE 'input %' ORDER BY rowid", error);
  if (!input)
    return FALSE;
  GArray *inputs = pln_inputs_new(), *data = pln_inputs_new();
  for (guint k = 0; k < input->len; k += 2) {
    PlnInput one = {g_strdup(input->pdata[k]), g_strdup(input->pdata[k + 1])};
    g_array_append_val(g_str_has_prefix(one.name, "data/") ? data : inputs, one);
  }
  *provenance = (PlnProvenance){meta_of(store, "version"),
                                meta_of(store, "command"),
                                meta_of(store, "status"),
                                meta_of(store, "citation"),
                                inputs,
                                data};
  return TRUE;
}

static void add_head(PlnDoc *doc, PlnStore *store, const char *why, gint64 failed) {
  gint64 rows = (gint64)pln_store_rows(store);
  g_autofree char *name = g_path_get_basename(store->path);
  const char *scenario = pln_store_meta(store, "scenario"), *runs = pln_store_meta(store, "runs");
  pln_doc_text(doc, "format", pln_store_meta(store, "format"));
  pln_doc_fact(doc, "rows", pln_int(rows));
  pln_doc_fact(doc, "failed", pln_int(failed));
  pln_doc_fact(doc, "complete", pln_bool(pln_store_complete(store)));
  pln_doc_say(doc, NULL, PLN_SAY_LEAD, "%s%" G_GINT64_FORMAT " run%s%s%s of %s in %s",
              pln_store_complete(store) && rows > 1 ? "All " : "", rows, rows == 1 ? "" : "s",
              runs && g_ascii_strtoll(runs, NULL, 10) != rows ? " of its part of " : "",
              runs && g_ascii_strtoll(runs, NULL, 10) != rows ? runs : "",
              scenario ? scenario : "?", name);
  gboolean stated = g_strcmp0(pln_store_meta(store, "stated"), "no") != 0;
  pln_doc_fact(doc, "stated", pln_bool(stated));
  if (!stated)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE,
                "As it is, nothing is stated of who stands where: that is no forecast of the "
                "question, only the electorate's average vote.");
  if (failed > 0)
    pln_doc_say(doc, "no_answer", PLN_SAY_BAD, "%" G_GINT64_FORMAT " of them %s no answer%s%s",
                failed, failed == 1 ? "has" : "have", why ? "; one of them is " : "",
                why ? why : "");
}

gboolean pln_compose_sweep(PlnDoc *doc, PlnStore *store, const char *why, PlnProvenance *provenance,
                           GError **error) {
  gint64 failed = 0;
  g_autofree char *none = NULL;
  g_autoptr(GPtrArray) column = pln_store_texts(
      store->db, store->path, "SELECT column_name FROM outcomes ORDER BY place", error);
  if (!column)
    return FALSE;
  GString *sql = g_string_new("SELECT count(*) FROM runs WHERE draws = 0");
  for (guint k = 0; k < column->len; k++) {
    g_autofree char *name = pln_store_quoted(column->pdata[k]);
    g_string_append_printf(sql, " AND %s IS NULL", name);
  }
  none = g_string_free(sql, FALSE);
  if (!pln_store_number(store->db, store->path, none, &failed, error) ||
      !add_provenance(store, provenance, error))
    return FALSE;
  add_head(doc, store, why, failed);
  if (add_outcomes(doc, store, error) && add_dials(doc, store, error))
    return TRUE;
  g_array_unref((GArray *)provenance->inputs);
  g_array_unref((GArray *)provenance->data);
  return FALSE;
}
