/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/dial.h"

#include <math.h>
#include <string.h>

#include "plenary/normal.h"
#include "plenary/refuse.h"
#include "plenary/text.h"

/* Levels of one dial: a million are no grid any more. */
enum { LEVELS_MOST = 1000000 };

#define AS_IS "as-is"

/* ---- Reading ---- */

/* The change of @what with @word for its value. */
static PlnChange *change_of(const char *what, const char *word, GError **error) {
  gboolean split = g_str_has_prefix(what, "split ") || g_str_has_prefix(what, "split\t");
  gboolean all = split && strcmp(word, "all") == 0;
  g_autofree char *text = g_strconcat(what, all ? "" : split ? ":" : "=", all ? "" : word, NULL);
  return pln_change_read(text, error);
}

/* Whether its values are numbers, and so have a between. */
static gboolean has_number(const PlnChange *change) {
  double least, most;
  return pln_change_bounds(change->kind, change->who, &least, &most);
}

/* The change with the number @text; NULL where the kind has none, or not this one. */
static PlnChange *numbered(const char *what, const char *text, GError **error) {
  double value;
  if (!pln_change_number(text, &value)) {
    pln_refuse(error, "the range has", text, "a number, as in 20..60, 20..60/5 or 40±10", NULL);
    return NULL;
  }
  return change_of(what, text, error);
}

/* Takes the number of @change, the name and the kind from it. */
static gboolean take(PlnDial *dial, PlnChange *change, double *value, const char *range,
                     GError **error) {
  if (change && !has_number(change)) {
    pln_refuse(error, "the range is", range, "words with a bar between: no number is asked for here", NULL);
    g_clear_pointer(&change, pln_change_free);
  }
  if (!change)
    return FALSE;
  *value = change->value;
  pln_change_free(dial->change);
  dial->change = change;
  return TRUE;
}

/* "A..B" and "A..B/N" */
static gboolean read_even(PlnDial *dial, const char *what, const char *range, const char *dots,
                          GError **error) {
  const char *slash = strchr(dots, '/');
  gsize n = slash ? (gsize)(slash - dots) - 2 : strlen(dots + 2);
  g_autofree char *from = g_strstrip(g_strndup(range, (gsize)(dots - range)));
  g_autofree char *to = g_strstrip(g_strndup(dots + 2, n));
  g_autofree char *levels = g_strstrip(g_strdup(slash ? slash + 1 : ""));
  guint64 count = 0;
  dial->kind = PLN_RANGE_EVEN;
  if (slash && (!g_ascii_isdigit(*levels) ||
                !g_ascii_string_to_unsigned(levels, 10, 2, LEVELS_MOST, &count, NULL)))
    return pln_refuse(error, "the levels of the range are", levels, "a whole number from 2 to 1000000", NULL);
  dial->levels = (guint)count;
  if (!take(dial, numbered(what, from, error), &dial->from, range, error) ||
      !take(dial, numbered(what, to, error), &dial->to, range, error))
    return FALSE;
  dial->change->value = 0.5 * (dial->from + dial->to);
  return dial->from < dial->to || pln_refuse(error, "the range is", range, "its lower end first", NULL);
}

/* Where a normal of positions ends: a mean beyond 100 is on the scale of an issue. */
static void cut_off(PlnDial *dial) {
  pln_change_bounds(dial->change->kind, dial->change->who, &dial->from, &dial->to);
  if (dial->change->kind == PLN_CHANGE_POSITION && dial->mean >= 0 && dial->mean <= 100) {
    dial->from = 0;
    dial->to = 100;
  }
}

/* "M±S" */
static gboolean read_normal(PlnDial *dial, const char *what, const char *range, const char *mark,
                            gsize length, GError **error) {
  g_autofree char *mean = g_strstrip(g_strndup(range, (gsize)(mark - range)));
  g_autofree char *sd = g_strstrip(g_strdup(mark + length));
  dial->kind = PLN_RANGE_NORMAL;
  if (!take(dial, numbered(what, mean, error), &dial->mean, range, error))
    return FALSE;
  cut_off(dial);
  return (pln_change_number(sd, &dial->sd) && dial->sd > 0 && dial->sd <= dial->to - dial->from) ||
         pln_refuse(error, "the standard deviation of the range is", sd,
                "a number above 0, and no wider than what it may be at all", NULL);
}

static gboolean is_twice(const PlnDial *dial, guint k) {
  for (guint j = 0; j < k; j++)
    if (strcmp(dial->word[j], dial->word[k]) == 0)
      return TRUE;
  return FALSE;
}

/* "a|b|c" */
static gboolean read_list(PlnDial *dial, const char *what, const char *range, GError **error) {
  double value;
  dial->kind = PLN_RANGE_LIST;
  dial->word = g_strsplit(range, "|", -1);
  dial->n = dial->levels = g_strv_length(dial->word);
  dial->choice = g_new0(PlnChange *, dial->n);
  dial->numbers = TRUE;
  if (dial->n < 2)
    return pln_refuse(error, "the range is", range, "A..B, A..B/N, M±S or words with a bar between, a|b", NULL);
  for (guint k = 0; k < dial->n; k++) {
    if (!*g_strstrip(dial->word[k]) || is_twice(dial, k))
      return pln_refuse(error, "the range is", range,
                    *dial->word[k] ? "each word once" : "a word before and behind each bar", NULL);
    if (strcmp(dial->word[k], AS_IS) != 0 &&
        !(dial->choice[k] = change_of(what, dial->word[k], error)))
      return FALSE;
    if (dial->choice[k] && !dial->change)
      dial->change = pln_change_copy(dial->choice[k]);
    dial->numbers = dial->numbers && dial->choice[k] && has_number(dial->choice[k]) &&
                    pln_change_number(dial->word[k], &value);
  }
  for (guint k = 0; k < dial->n; k++) /* EU27=30|Y would be two dials in one */
    if (dial->choice[k] && dial->choice[k]->kind != dial->change->kind)
      return pln_refuse(error, "the range is", range, "numbers alone, or votes alone", NULL);
  return TRUE;
}

/* A dial of members is named without them: they are what is turned. */
static char *name_of(const PlnChange *change) {
  return change->kind == PLN_CHANGE_SPLIT || change->kind == PLN_CHANGE_JOIN
             ? g_strdup_printf("%s %s", pln_change_words[change->kind], change->who)
             : pln_change_target(change);
}

static gboolean read_range(PlnDial *dial, const char *what, const char *range, GError **error) {
  const char *dots = strstr(range, ".."), *plus = strstr(range, "±");
  const char *mark = plus ? plus : strstr(range, "+-");
  if (strpbrk(what, "=;"))
    return pln_refuse(error, "what is turned is", what, "it without a value, such as position EU27", NULL);
  if (strchr(range, '|'))
    return read_list(dial, what, range, error);
  if (dots)
    return read_even(dial, what, range, dots, error);
  if (mark)
    return read_normal(dial, what, range, mark, plus ? strlen("±") : strlen("+-"), error);
  return read_list(dial, what, range, error);
}

PlnDial *pln_dial_read(const char *what, const char *range, GError **error) {
  g_autofree char *of = g_strstrip(g_strdup(what)), *within = g_strstrip(g_strdup(range));
  PlnDial *dial = g_new0(PlnDial, 1);
  dial->status = PLN_STATUS_ASSUMED;
  if (!read_range(dial, of, within, error)) {
    pln_dial_free(dial);
    return NULL;
  }
  dial->name = name_of(dial->change);
  return dial;
}

void pln_dial_free(gpointer data) {
  PlnDial *dial = data;
  if (!dial)
    return;
  for (guint k = 0; dial->choice && k < dial->n; k++)
    pln_change_free(dial->choice[k]);
  g_free(dial->choice);
  g_strfreev(dial->word);
  pln_change_free(dial->change);
  g_free(dial->name);
  g_free(dial);
}

/* ---- Turning ---- */

static double within(const PlnDial *dial, double value) {
  return value < dial->from ? dial->from : value > dial->to ? dial->to : value;
}

double pln_dial_value(const PlnDial *dial, double u) {
  if (dial->kind == PLN_RANGE_EVEN)
    return within(dial, dial->from + (dial->to - dial->from) * u);
  if (dial->kind == PLN_RANGE_NORMAL) {
    double below = pln_normal((dial->from - dial->mean) / dial->sd);
    double above = pln_normal((dial->mean - dial->to) / dial->sd);
    double share = below + u * (1 - below - above);
    return within(dial, dial->mean + dial->sd * pln_normal_inverse(share));
  }
  double place = floor(u * dial->n);
  guint k = place < 0 ? 0 : place >= dial->n ? dial->n - 1 : (guint)place;
  return dial->numbers ? dial->choice[k]->value : k;
}

gboolean pln_dial_cut(PlnDial *dial, double least, double most) {
  if (dial->kind == PLN_RANGE_NORMAL) {
    dial->from = dial->from < least ? least : dial->from;
    dial->to = dial->to > most ? most : dial->to;
    return dial->mean >= dial->from && dial->mean <= dial->to;
  }
  if (dial->kind == PLN_RANGE_EVEN)
    return dial->from >= least && dial->to <= most;
  for (guint k = 0; k < dial->n; k++)
    if (dial->choice[k] && (dial->choice[k]->value < least || dial->choice[k]->value > most))
      return FALSE;
  return TRUE;
}

gboolean pln_dial_is_words(const PlnDial *dial) {
  return dial->kind == PLN_RANGE_LIST && !dial->numbers;
}

double pln_dial_level(const PlnDial *dial, guint k) {
  if (dial->kind == PLN_RANGE_LIST)
    return (k + 0.5) / dial->n;
  return k / (dial->levels - 1.0);
}

gboolean pln_dial_turn(const PlnDial *dial, double value, PlnChange *change) {
  if (!pln_dial_is_words(dial)) {
    *change = *dial->change;
    change->value = value;
  } else {
    const PlnChange *choice = dial->choice[(guint)value];
    if (!choice)
      return FALSE;
    *change = *choice;
  }
  if (change->kind == PLN_CHANGE_POSITION && isnan(change->sd))
    change->sd = PLN_DIAL_SD;
  return TRUE;
}

/* ---- Words ---- */

/* Four decimals, which more would only blur, and none where there are none. */
static char *decimal(double value) {
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  if (value != 0 && fabs(value) < 0.01)
    return g_strdup(g_ascii_formatd(text, sizeof text, "%.4g", value));
  g_ascii_formatd(text, sizeof text, "%.4f", value);
  gsize n = strlen(text);
  while (text[n - 1] == '0')
    n--;
  text[text[n - 1] == '.' ? n - 1 : n] = '\0';
  return g_strdup(text);
}

char *pln_dial_word(const PlnDial *dial, double value) {
  if (pln_dial_is_words(dial))
    return g_strdup(dial->word[(guint)value]);
  return decimal(value);
}

char *pln_dial_range(const PlnDial *dial) {
  gboolean even = dial->kind == PLN_RANGE_EVEN;
  if (dial->kind == PLN_RANGE_LIST)
    return g_strjoinv("|", dial->word);
  GString *out = g_string_new(NULL);
  pln_text_add_number(out, even ? dial->from : dial->mean);
  g_string_append(out, even ? ".." : "±");
  pln_text_add_number(out, even ? dial->to : dial->sd);
  if (dial->levels > 0)
    g_string_append_printf(out, "/%u", dial->levels);
  return g_string_free(out, FALSE);
}
