/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A change from its parts, and what it says of itself; its words are taken apart by
 * change_read.c. */
#include "plenary/change.h"

#include <math.h>
#include <string.h>

#include "plenary/refuse.h"
#include "plenary/text.h"

const char *const pln_change_words[] = {"position", "salience", "capability", "vote",
                                        "presence", "member",   "rule",       "split",
                                        "join",     "deposit",  "assume",     NULL};

static const char *const vote_words[] = {"Y", "N", "A", "X", NULL};
static const char *const seat_words[] = {"in", "out", NULL};
static const char *const assumptions[] = {"tie", "reluctance", "asks", NULL};

/* ---- Refusals ---- */

static gboolean refuse(GError **error, const char *what, const char *text, const char *expected,
                       const char *const *candidates) {
  return pln_refuse(error, what, text, expected, candidates ? pln_text_near(text, candidates) : NULL);
}

/* ---- Numbers ---- */

gboolean pln_change_number(const char *text, double *value) {
  char *end = NULL;
  if (!*text || text[strspn(text, "0123456789+-.eE")])
    return FALSE;
  double read = g_ascii_strtod(text, &end);
  if (*end || !isfinite(read))
    return FALSE;
  *value = read + 0.0; /* minus nothing is nothing */
  return TRUE;
}

gboolean pln_change_bounds(PlnChangeKind kind, const char *who, double *least, double *most) {
  gboolean tie = kind == PLN_CHANGE_ASSUME && strcmp(who, "tie") == 0;
  gboolean reluctance = kind == PLN_CHANGE_ASSUME && strcmp(who, "reluctance") == 0;
  *least = kind == PLN_CHANGE_POSITION ? -1e9 : tie ? -1 : 0;
  *most = kind == PLN_CHANGE_POSITION     ? 1e9
          : kind == PLN_CHANGE_CAPABILITY ? 1e12
          : tie || reluctance             ? 1
                                          : 100;
  return kind <= PLN_CHANGE_CAPABILITY || kind == PLN_CHANGE_PRESENCE || kind == PLN_CHANGE_ASSUME;
}

/* What a person may have meant that wrote 0,5 or 30%. */
static char *number_meant(const char *text) {
  g_autofree char *meant = g_strdelimit(g_strdup(text), ",", '.');
  double value;
  if (g_str_has_suffix(meant, "%"))
    meant[strlen(meant) - 1] = '\0';
  return strcmp(meant, text) != 0 && pln_change_number(g_strchomp(meant), &value)
             ? g_strdup_printf("; did you mean %s?", meant)
             : g_strdup("");
}

static gboolean read_number(PlnChange *c, const char *text, PlnChangePart *at, GError **error) {
  double least, most, value;
  pln_change_bounds(c->kind, c->who, &least, &most);
  *at = PLN_CHANGE_AT_VALUE;
  if (pln_change_number(text, &value) && value >= least && value <= most) {
    c->value = value;
    return TRUE;
  }
  g_autofree char *meant = number_meant(text), *shown = pln_text_visible(text);
  g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE, "%s%s%s is \"%s\"; expected a number from %g to %g%s",
              pln_change_words[c->kind], c->kind == PLN_CHANGE_ASSUME ? " " : "",
              c->kind == PLN_CHANGE_ASSUME ? c->who : "", shown, least, most, meant);
  return FALSE;
}

/* Of talks 0 is a deviation as well: known for certain.  A position has none that is 0, as votes
 * are drawn around it. */
static gboolean read_sd(PlnChange *c, const char *text, PlnChangePart *at, GError **error) {
  double least, most, sd;
  gboolean drawn = c->kind == PLN_CHANGE_POSITION;
  if (!*text)
    return TRUE;
  *at = PLN_CHANGE_AT_SD;
  pln_change_bounds(c->kind, c->who, &least, &most);
  if (c->kind > PLN_CHANGE_CAPABILITY)
    return refuse(error, "the standard deviation is", text,
                  "none: position, salience and capability have one", NULL);
  if (!pln_change_number(text, &sd) || sd < 0 || sd > most || (drawn && sd == 0))
    return refuse(error, "the standard deviation is", text,
                  drawn ? "a number above 0" : "a number from 0", NULL);
  c->sd = sd;
  return TRUE;
}

/* "62", "62±5" or "62 +- 5"; @beside: a cell of its own for the deviation, or "". */
static gboolean read_spread(PlnChange *c, const char *text, const char *beside, PlnChangePart *at,
                            GError **error) {
  const char *plus = strstr(text, "±"), *minus = strstr(text, "+-"), *mark = plus ? plus : minus;
  g_autofree char *number = g_strstrip(mark ? g_strndup(text, (gsize)(mark - text)) : g_strdup(text));
  g_autofree char *sd = g_strstrip(g_strdup(mark ? mark + strlen(plus ? "±" : "+-") : ""));
  if (mark && *beside) {
    *at = PLN_CHANGE_AT_SD;
    return refuse(error, "the standard deviation is", beside, "it once: the value has one", NULL);
  }
  if (!read_number(c, number, at, error))
    return FALSE;
  *at = PLN_CHANGE_AT_VALUE;
  if (mark && !*sd)
    return refuse(error, "the value is", text, "a standard deviation behind ±", NULL);
  gboolean read = read_sd(c, mark ? sd : beside, at, error);
  if (mark)
    *at = PLN_CHANGE_AT_VALUE;
  return read;
}

/* ---- Words ---- */

/* The place of @text among @words, or -1. */
static int place_of(const char *text, const char *const *words) {
  for (int k = 0; words[k]; k++)
    if (strcmp(text, words[k]) == 0)
      return k;
  return -1;
}

/* The word that @text says in other letters: "yes", "abstains"; for a near miss. */
static const char *vote_meant(const char *text) {
  static const char *const said[] = {"yes",      "no",         "abstain", "abstains", "abstained",
                                     "abstention", "absent",   "y",       "n",        "a",
                                     "x",        NULL};
  static const char *const meant[] = {"Y", "N", "A", "A", "A", "A", "X", "Y", "N", "A", "X"};
  g_autofree char *lower = g_ascii_strdown(text, -1);
  int place = place_of(lower, said);
  return place >= 0 ? meant[place] : NULL;
}

static gboolean read_vote(PlnChange *c, const char *text, GError **error) {
  int place = place_of(text, vote_words);
  const char *near[] = {vote_meant(text), NULL};
  if (place >= 0) {
    c->vote = (PlnVote)place;
    return TRUE;
  }
  g_autofree char *shown = pln_text_visible(text);
  g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE,
              "the vote is \"%s\"; expected Y (yes), N (no), A (abstains) or X (does not vote)%s%s%s",
              shown, *near ? "; did you mean " : "", *near ? *near : "", *near ? "?" : "");
  return FALSE;
}

static gboolean read_seat(PlnChange *c, const char *text, GError **error) {
  int place = place_of(text, seat_words);
  c->in = place == 0;
  return place >= 0 || refuse(error, "member is", text, "in or out", seat_words);
}

static gboolean read_deposit(PlnChange *c, const char *text, GError **error) {
  static const char *const never[] = {"never", NULL};
  if (strcmp(text, "never") == 0)
    return TRUE;
  return (pln_day_parse(text, &c->day) && c->day > PLN_DAY_UNKNOWN) ||
         refuse(error, "the deposit is", text, "a day, such as 2028-06-30, or never", never);
}

/* Blanks and the signs that part a change's words would not be read again. */
static gboolean is_name(const char *text) {
  return *text && strlen(text) <= 64 && !strpbrk(text, " \t\r\n:;=,|");
}

/* Names between commas or bars, each once.  There are not so many states: a cell of nothing but
 * commas is not compared each with each. */
static gboolean read_list(PlnChange *c, const char *text, GError **error) {
  c->list = g_strsplit_set(text, ",|", -1);
  if (g_strv_length(c->list) > 256)
    return refuse(error, "the members are", text, "at most 256", NULL);
  for (guint k = 0; k == 0 || c->list[k]; k++) {
    if (!c->list[k] || !is_name(g_strstrip(c->list[k])))
      return refuse(error, "the members are", text, "their codes between commas, such as HUN,POL",
                    NULL);
    for (guint j = 0; j < k; j++)
      if (strcmp(c->list[j], c->list[k]) == 0)
        return refuse(error, "named twice:", c->list[k], "each once", NULL);
  }
  return TRUE;
}

/* ---- Parts ---- */

static gboolean takes_where(PlnChangeKind kind) {
  return kind <= PLN_CHANGE_VOTE;
}

static gboolean read_names(PlnChange *c, const char *where, PlnChangePart *at, GError **error) {
  *at = PLN_CHANGE_AT_WHERE;
  if (*where && !takes_where(c->kind)) {
    g_autofree char *what = g_strdup_printf("%s has a proposal or an issue,", pln_change_words[c->kind]);
    return refuse(error, what, where,
                  "none: position, salience, capability and vote have one", NULL);
  }
  if (*where && !is_name(where))
    return refuse(error, "the proposal or issue is", where, "its id, without blanks", NULL);
  c->where = *where ? g_strdup(where) : NULL;
  *at = PLN_CHANGE_AT_WHO;
  if (c->kind == PLN_CHANGE_RULE)
    return is_name(c->who) || refuse(error, "the rule is", c->who, "its id, as `plenary rules` has it",
                                     NULL);
  if (!is_name(c->who))
    return refuse(error, c->kind == PLN_CHANGE_ASSUME ? "the assumption is" : "who is changed is",
                  c->who,
                  c->kind == PLN_CHANGE_ASSUME ? "tie, reluctance or asks"
                                               : "a state's code, a bloc's id or ALL",
                  NULL);
  return c->kind != PLN_CHANGE_ASSUME || place_of(c->who, assumptions) >= 0 ||
         refuse(error, "unknown assumption", c->who, "tie, reluctance or asks", assumptions);
}

static gboolean read_value(PlnChange *c, const char *value, const char *sd, PlnChangePart *at,
                           GError **error) {
  *at = PLN_CHANGE_AT_VALUE;
  switch (c->kind) {
  case PLN_CHANGE_VOTE:
    return read_vote(c, value, error);
  case PLN_CHANGE_MEMBER:
    return read_seat(c, value, error);
  case PLN_CHANGE_DEPOSIT:
    return read_deposit(c, value, error);
  case PLN_CHANGE_RULE:
    return TRUE;
  case PLN_CHANGE_SPLIT:
    return !*value || read_list(c, value, error);
  case PLN_CHANGE_JOIN:
    return read_list(c, value, error);
  default:
    return read_spread(c, value, sd, at, error);
  }
}

PlnChange *pln_change_of(PlnChangeKind kind, const char *where, const char *who, const char *value,
                         const char *sd, PlnChangePart *at, GError **error) {
  PlnChange *c = g_new(PlnChange, 1);
  PlnChangePart part = PLN_CHANGE_AT_VALUE;
  gboolean rule = kind == PLN_CHANGE_RULE, read = TRUE;
  double least, most;
  *c = (PlnChange){.kind = kind,
                   .who = g_strdup(rule && !*who ? value : who),
                   .value = NAN,
                   .sd = NAN,
                   .vote = PLN_VOTE_UNKNOWN,
                   .status = PLN_STATUS_ASSUMED};
  if (rule && *who && *value)
    read = refuse(error, "the rule is named a second time:", value, "its name once", NULL);
  if (read && *sd && !pln_change_bounds(kind, who, &least, &most))
    read = read_sd(c, sd, &part, error);
  read = read && read_names(c, where, &part, error) && read_value(c, value, sd, &part, error);
  if (at)
    *at = rule && part == PLN_CHANGE_AT_WHO && !*who ? PLN_CHANGE_AT_VALUE : part;
  if (!read)
    g_clear_pointer(&c, pln_change_free);
  return c;
}

PlnChange *pln_change_copy(const PlnChange *change) {
  PlnChange *copy = g_memdup2(change, sizeof *change);
  copy->where = g_strdup(change->where);
  copy->who = g_strdup(change->who);
  copy->list = g_strdupv(change->list);
  copy->source = g_strdup(change->source);
  return copy;
}

void pln_change_free(gpointer data) {
  PlnChange *change = data;
  if (!change)
    return;
  g_free(change->where);
  g_free(change->who);
  g_strfreev(change->list);
  g_free(change->source);
  g_free(change);
}

/* ---- Words again ---- */

static void add_value(GString *out, const PlnChange *c) {
  g_autofree char *day = c->kind == PLN_CHANGE_DEPOSIT ? pln_day_text(c->day) : NULL;
  g_string_append_c(out, '=');
  if (c->kind == PLN_CHANGE_VOTE)
    g_string_append(out, vote_words[c->vote]);
  else if (c->kind == PLN_CHANGE_MEMBER)
    g_string_append(out, seat_words[c->in ? 0 : 1]);
  else if (day)
    g_string_append(out, *day ? day : "never");
  else
    pln_text_add_number(out, c->value);
  if (!isnan(c->sd)) {
    g_string_append(out, "±");
    pln_text_add_number(out, c->sd);
  }
}

static GString *whom(const PlnChange *c) {
  GString *out = g_string_new(pln_change_words[c->kind]);
  g_string_append_printf(out, " %s%s%s", c->where ? c->where : "", c->where ? ":" : "", c->who);
  return out;
}

char *pln_change_text(const PlnChange *c) {
  GString *out = whom(c);
  g_autofree char *list = c->list ? g_strjoinv(",", c->list) : NULL;
  if (list)
    g_string_append_printf(out, "%s%s", c->kind == PLN_CHANGE_SPLIT ? ":" : "=", list);
  else if (c->kind != PLN_CHANGE_RULE && c->kind != PLN_CHANGE_SPLIT && c->kind != PLN_CHANGE_JOIN)
    add_value(out, c);
  return g_string_free(out, FALSE);
}

char *pln_change_target(const PlnChange *c) {
  if (c->kind == PLN_CHANGE_RULE)
    return g_strdup(pln_change_words[c->kind]);
  if (c->kind == PLN_CHANGE_SPLIT || c->kind == PLN_CHANGE_JOIN)
    return pln_change_text(c);
  return g_string_free(whom(c), FALSE);
}
