/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Changes and bundles as they are typed. */
#include <string.h>

#include "plenary/change.h"
#include "plenary/refuse.h"
#include "plenary/text.h"

/* How each is written, for a refusal. */
static const char *const forms[] = {"position [WHERE:]WHO=P or P±SD",
                                    "salience [ISSUE:]WHO=0-100 or S±SD",
                                    "capability [ISSUE:]WHO=C or C±SD",
                                    "vote [PROPOSAL:]WHO=Y, N, A or X",
                                    "presence WHO=PERCENT",
                                    "member STATE=in or out",
                                    "rule RULE",
                                    "split BLOC or BLOC:A,B",
                                    "join BLOC=A,B",
                                    "deposit WHO=DAY or never",
                                    "assume NAME=NUMBER"};

/* What stands around @cut in @text, blanks aside; without a cut all of it, and "". */
static void part(const char *text, const char *cut, char **before, char **behind) {
  *before = g_strstrip(cut ? g_strndup(text, (gsize)(cut - text)) : g_strdup(text));
  *behind = g_strstrip(g_strdup(cut ? cut + 1 : ""));
}

/* What follows the kind: "[WHERE:]WHO=VALUE", of a split "BLOC:A,B", of a rule its name. */
static PlnChange *of_kind(PlnChangeKind kind, const char *rest, GError **error) {
  gboolean split = kind == PLN_CHANGE_SPLIT, rule = kind == PLN_CHANGE_RULE;
  const char *mark = strchr(rest, split ? ':' : '=');
  g_autofree char *before = NULL, *value = NULL, *where = NULL, *who = NULL;
  part(rest, mark, &before, &value);
  if ((!mark && !split && !rule) || (mark && !rule && !*value) || (rule && mark && *before)) {
    pln_refuse(error, "the change says", rest, forms[kind], NULL);
    return NULL;
  }
  if (rule)
    return pln_change_of(kind, "", mark ? value : before, "", "", NULL, error);
  part(before, strchr(before, ':'), &where, &who);
  gboolean colon = strchr(before, ':') != NULL;
  if (colon && !*where) {
    pln_refuse(error, "the change says", rest, forms[kind], NULL);
    return NULL;
  }
  return pln_change_of(kind, colon ? where : "", colon ? who : where, value, "", NULL, error);
}

static int kind_of(const char *word) {
  for (int k = 0; k < PLN_CHANGE_KINDS; k++)
    if (strcmp(word, pln_change_words[k]) == 0)
      return k;
  return -1;
}

/* The kind that a value without one is surely of, or -1: a letter or the word for a vote, or a
 * number. */
static int kind_of_value(const char *value) {
  static const char *const votes[] = {"yes", "no", "abstain", "abstains", "absent", NULL};
  for (guint k = 0; votes[k]; k++)
    if (g_ascii_strcasecmp(value, votes[k]) == 0)
      return PLN_CHANGE_VOTE;
  if (g_ascii_isalpha(*value) && !value[1])
    return PLN_CHANGE_VOTE;
  return *value && strchr("0123456789+-.", *value) ? PLN_CHANGE_POSITION : -1;
}

/* What the short form most likely lacks: the word before it, or NULL. */
static const char *kind_meant(const char *value) {
  PlnDay day;
  if (strcmp(value, "in") == 0 || strcmp(value, "out") == 0)
    return pln_change_words[PLN_CHANGE_MEMBER];
  if (strcmp(value, "never") == 0 || (strchr(value, '-') && pln_day_parse(value, &day)))
    return pln_change_words[PLN_CHANGE_DEPOSIT];
  return NULL;
}

/* WHO=Y, WHO=30 and rule=RULE: the kind is that of the value. */
static PlnChange *short_form(const char *text, const char *equals, GError **error) {
  g_autofree char *who = NULL, *value = NULL;
  part(text, equals, &who, &value);
  const char *meant = kind_meant(value);
  g_autofree char *near = meant ? g_strdup_printf("%s %s", meant, text) : NULL;
  int kind = kind_of(who), of_value = kind_of_value(value);
  if (kind == PLN_CHANGE_RULE)
    return of_kind(PLN_CHANGE_RULE, equals, error);
  if (kind < 0 && of_value >= 0 && !meant)
    return of_kind((PlnChangeKind)of_value, text, error);
  pln_refuse(error, "the change says", text,
         kind >= 0 ? forms[kind]
                   : "a vote (WHO=Y, N, A or X), a position (WHO=0-100), rule=RULE, or the kind of "
                     "the change before it",
         near);
  return NULL;
}

PlnChange *pln_change_read(const char *text, GError **error) {
  g_autofree char *line = g_strstrip(g_strdup(text));
  const char *equals = strchr(line, '='), *blank = strpbrk(line, " \t");
  g_autofree char *first = blank ? g_strndup(line, (gsize)(blank - line)) : NULL;
  const char *rest = blank ? blank + strspn(blank, " \t") : "";
  int kind = blank ? kind_of(first) : kind_of(line);
  if (kind >= 0 && *rest)
    return of_kind((PlnChangeKind)kind, rest, error);
  if (kind >= 0 && !*rest) {
    pln_refuse(error, "the change says", line, forms[kind], NULL);
    return NULL;
  }
  if (equals && (!blank || blank > equals || rest == equals))
    return short_form(line, equals, error);
  g_autofree char *all = g_strjoinv(", ", (char **)pln_change_words);
  const char *word = first ? first : line;
  pln_refuse(error, first ? "unknown change" : "the change says", word, all,
         pln_text_near(word, pln_change_words));
  return NULL;
}

/* ---- Bundles ---- */

PlnBundle *pln_bundle_new(const char *name) {
  PlnBundle *bundle = g_new0(PlnBundle, 1);
  bundle->name = g_strdup(name);
  bundle->changes = g_ptr_array_new_with_free_func(pln_change_free);
  return bundle;
}

void pln_bundle_free(gpointer data) {
  PlnBundle *bundle = data;
  if (!bundle)
    return;
  g_free(bundle->name);
  g_free(bundle->note);
  g_ptr_array_unref(bundle->changes);
  g_free(bundle);
}

char *pln_changes_text(const GPtrArray *changes) {
  GString *out = g_string_new(NULL);
  for (guint k = 0; k < changes->len; k++) {
    g_autofree char *text = pln_change_text(changes->pdata[k]);
    g_string_append_printf(out, "%s%s", k > 0 ? "; " : "", text);
  }
  return g_string_free(out, FALSE);
}

/* Where the name ends, or NULL: a colon and a blank, before the first change. */
static const char *name_end(const char *text) {
  const char *colon = strstr(text, ": "), *change = strpbrk(text, "=;");
  return colon && (!change || colon < change) ? colon : NULL;
}

static gboolean read_changes(PlnBundle *bundle, const char *text, GError **error) {
  g_auto(GStrv) parts = g_strsplit(text, ";", -1);
  for (guint k = 0; parts[k]; k++) {
    if (!*g_strstrip(parts[k]) && !parts[k + 1] && k > 0)
      break; /* a semicolon at the end */
    PlnChange *change = *parts[k] ? pln_change_read(parts[k], error) : NULL;
    if (!*parts[k])
      pln_refuse(error, "a change is empty in", text, "CHANGE; CHANGE, such as EU27=30; RUS=Y", NULL);
    if (!change)
      return FALSE;
    g_ptr_array_add(bundle->changes, change);
  }
  return bundle->changes->len > 0 || /* of "" alone */
         pln_refuse(error, "no change in", text, "CHANGE; CHANGE, such as EU27=30; RUS=Y", NULL);
}

PlnBundle *pln_bundle_read(const char *text, GError **error) {
  const char *end = name_end(text);
  g_autofree char *name = end ? g_strstrip(g_strndup(text, (gsize)(end - text))) : NULL;
  PlnBundle *bundle = pln_bundle_new(name ? name : "");
  gboolean read = (!name || *name || pln_refuse(error, "the bundle has no name:", text,
                                            "NAME: CHANGE; CHANGE", NULL)) &&
                  read_changes(bundle, end ? end + 2 : text, error);
  if (!read) {
    pln_bundle_free(bundle);
    return NULL;
  }
  if (!name) {
    g_free(bundle->name);
    bundle->name = pln_changes_text(bundle->changes);
  }
  return bundle;
}

char *pln_bundle_text(const PlnBundle *bundle) {
  g_autofree char *changes = pln_changes_text(bundle->changes);
  return strcmp(changes, bundle->name) == 0 ? g_strdup(changes)
                                            : g_strdup_printf("%s: %s", bundle->name, changes);
}
