/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A side of a box in the words of its dial. */
#include <math.h>
#include <string.h>

#include "plenary/day.h"
#include "plenary/discovery_part.h"

guint pln_discovery_words(const PlnDial *dial) {
  return pln_dial_is_words(dial) && dial->n <= PLN_PRIM_WORDS ? dial->n : 0;
}

void pln_discovery_ends(const PlnDial *dial, double *from, double *to) {
  *from = dial->from;
  *to = dial->to;
  if (dial->kind == PLN_RANGE_NORMAL) {
    *from = fmax(dial->from, dial->mean - 3 * dial->sd);
    *to = fmin(dial->to, dial->mean + 3 * dial->sd);
  } else if (dial->kind == PLN_RANGE_LIST) {
    *from = 0;
    *to = dial->n > 0 ? dial->n - 1 : 0;
    for (guint k = 0; dial->numbers && k < dial->n; k++) {
      double value = dial->choice[k]->value;
      *from = k == 0 ? value : fmin(*from, value);
      *to = k == 0 ? value : fmax(*to, value);
    }
  }
}

void pln_discovery_last(const PlnDial *dial, double *from, double *to) {
  pln_discovery_ends(dial, from, to);
  if (dial->kind == PLN_RANGE_NORMAL) {
    *from = dial->from;
    *to = dial->to;
  }
}

char *pln_discovery_number(const PlnDial *dial, double value) {
  double from, to, step = 1;
  int digits = 0;
  char text[64];
  pln_discovery_ends(dial, &from, &to);
  for (; digits < 9 && step * 100 > to - from && to > from; digits++)
    step /= 10;
  g_ascii_formatd(text, sizeof text, digits == 0 ? "%.0f" : "%.9f", value);
  if (digits > 0) {
    g_autofree char *format = g_strdup_printf("%%.%df", digits);
    g_ascii_formatd(text, sizeof text, format, value);
    for (gsize n = strlen(text); strchr(text, '.') && (text[n - 1] == '0' || text[n - 1] == '.');) {
      gboolean point = text[n - 1] == '.';
      text[--n] = '\0';
      if (point)
        break;
    }
  }
  return g_strdup(strcmp(text, "-0") == 0 ? "0" : text);
}

/* ---- Dates ---- */

/* A level is a year and a share of it.  At the beginning of a month the month before says all. */
char *pln_discovery_date(const PlnInterest *interest) {
  gboolean before = interest->kind == PLN_INTEREST_BELOW || interest->kind == PLN_INTEREST_AT_MOST;
  double months = 12 * interest->level, year = floor(interest->level + 1e-9);
  const char *word = before ? "before" : "after";
  if (fabs(interest->level - year) < 1e-6)
    return g_strdup_printf("%s %.0f", before ? "before" : "after the beginning of", year);
  gboolean edge = fabs(months - rint(months)) < 1e-6;
  int month = (int)(edge ? rint(months) - !before : floor(months));
  int day = edge ? 0 : 1 + (int)(30 * (months - floor(months)));
  g_autofree char *text =
      pln_day_words((PlnDay)(month / 12 * 10000 + (month % 12 + 1) * 100 + day));
  return g_strdup_printf("%s %s", word, text);
}

/* ---- Words ---- */

/* What tells the usual rules apart, in a word; NULL of others. */
static const char *rule_word(const char *id) {
  return strstr(id, "two-thirds") ? "two-thirds" : strstr(id, "simple") ? "simple" : NULL;
}

char *pln_discovery_short(const PlnDial *dial, double place) {
  char *id = pln_dial_word(dial, place);
  const char *word = dial->change->kind == PLN_CHANGE_RULE ? rule_word(id) : NULL;
  for (guint k = 0; word && k < dial->n; k++)
    if (k != (guint)place && g_strcmp0(rule_word(dial->word[k]), word) == 0)
      word = NULL;
  if (!word)
    return id;
  g_free(id);
  return g_strdup(word);
}

static const char *spoken(const char *word) {
  return strcmp(word, "as-is") == 0 ? "as it is" : word;
}

char *pln_discovery_list(const PlnDial *dial, guint64 in) {
  GString *out = g_string_new(NULL);
  guint n = (guint)__builtin_popcountll(in), k = 0;
  for (guint word = 0; word < dial->n; word++)
    if (in >> word & 1)
      g_string_append_printf(out, "%s%s",
                             k++ == 0 ? ""
                             : k == n ? " or "
                                      : ", ",
                             spoken(dial->word[word]));
  return g_string_free(out, FALSE);
}

/* What is turned: "the rule", "the vote of RUS". */
static char *subject(const PlnDial *dial) {
  const PlnChange *change = dial->change;
  const char *who = change && change->who ? change->who : "";
  g_autofree char *on =
      change && change->where ? g_strdup_printf(" on %s", change->where) : g_strdup("");
  switch (change ? change->kind : PLN_CHANGE_KINDS) {
  case PLN_CHANGE_SALIENCE:
    return g_strdup_printf("the salience of %s%s", who, on);
  case PLN_CHANGE_CAPABILITY:
    return g_strdup_printf("the capability of %s%s", who, on);
  case PLN_CHANGE_VOTE:
    return g_strdup_printf("the vote of %s%s", who, on);
  case PLN_CHANGE_PRESENCE:
    return g_strdup_printf("the presence of %s", who);
  case PLN_CHANGE_MEMBER:
    return g_strdup_printf("the seat of %s", who);
  case PLN_CHANGE_RULE:
    return g_strdup("the rule");
  case PLN_CHANGE_DEPOSIT:
    return g_strdup_printf("the deposit of %s", who);
  case PLN_CHANGE_ASSUME:
    return g_strdup(who);
  default:
    return g_strdup(dial->name);
  }
}

static char *say_words(const PlnDial *dial, guint64 in) {
  g_autofree char *what = subject(dial);
  guint64 out =
      ~in & (dial->n >= 64 ? ~G_GUINT64_CONSTANT(0) : (G_GUINT64_CONSTANT(1) << dial->n) - 1);
  gboolean but = dial->n > 3 && __builtin_popcountll(out) == 1;
  g_autofree char *list = pln_discovery_list(dial, but ? out : in);
  return g_strdup_printf("%s is %s%s", what, but ? "not " : "", list);
}

char *pln_discovery_side_words(const PlnDial *dial, const PlnPrimSide *side) {
  if (pln_discovery_words(dial) > 0)
    return say_words(dial, side->in);
  gboolean stands = dial->change && dial->change->kind == PLN_CHANGE_POSITION;
  g_autofree char *what = stands ? g_strdup(dial->change->who) : subject(dial);
  g_autofree char *on =
      stands && dial->change->where ? g_strdup_printf(" on %s", dial->change->where) : g_strdup("");
  const char *verb = stands ? "stands" : "is";
  g_autofree char *low = pln_discovery_number(dial, side->low);
  g_autofree char *high = pln_discovery_number(dial, side->high);
  if (side->low > -INFINITY && side->high < INFINITY)
    return g_strdup_printf("%s %s between %s and %s%s", what, verb, low, high, on);
  return g_strdup_printf("%s %s %s %s%s", what, verb, side->low > -INFINITY ? "above" : "below",
                         side->low > -INFINITY ? low : high, on);
}
