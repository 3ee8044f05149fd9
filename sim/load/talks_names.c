/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Codes and ids made of the names that talks have elsewhere, and the scales that nobody states. */
#include <math.h>
#include <string.h>

#include "plenary/talks_part.h"

/* A code has 2 to 8 letters and digits (members.csv); an id that is made is kept short enough to
 * type; of those that a file has few are longer than LEGAL. */
enum { CODE = 8, ID = 40, LEGAL = 80, SAID = 3 };

const char pln_talks_range[] =
    "The file states no scale: its ends are the least and the greatest position.";
const char pln_talks_stand_in[] =
    "The file states no scale and all stand at one position: the ends are stand-ins.";
const char pln_talks_no_day[] =
    "The file states no day: as_of is a stand-in, without effect on the talks.";
const char pln_talks_ones[] = "In the file saliences are 0 to 1.";
const char pln_talks_hundreds[] = "In the file saliences are 0 to 100.";

/* ---- Codes ---- */

/* The letters and digits of @words, or the first of each: China India, CI; but a number whole. */
static char *squeeze(char **words, gboolean initials) {
  GString *out = g_string_new(NULL);
  for (gsize i = 0; words[i]; i++)
    if (initials && !g_ascii_isdigit(*words[i]))
      g_string_append_c(out, *words[i]);
    else
      g_string_append(out, words[i]);
  g_string_ascii_up(out);
  return g_string_free(out, FALSE);
}

/* Words of letters and digits; where two or more begin with a capital, those alone: Alliance of
 * Small Island States without its "of". */
static char **words_of(const char *name, gboolean capitals) {
  g_autofree char *plain = g_str_to_ascii(name, "C");
  g_autoptr(GPtrArray) kept = g_ptr_array_new_with_free_func(g_free);
  g_strcanon(plain, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", ' ');
  g_auto(GStrv) words = g_strsplit(plain, " ", -1);
  for (gsize i = 0; words[i]; i++)
    if (*words[i] && (!capitals || !g_ascii_islower(*words[i])))
      g_ptr_array_add(kept, g_strdup(words[i]));
  g_ptr_array_add(kept, NULL);
  return (char **)g_ptr_array_free(g_steal_pointer(&kept), FALSE);
}

static gboolean is_in_capitals(const char *word) {
  gsize n = word ? strlen(word) : 0;
  return n >= 2 && n <= CODE && strcspn(word, "abcdefghijklmnopqrstuvwxyz") == n;
}

/* The code that @name would have, were it alone: itself where it is short, its first word where
 * that is in capitals (EU of "EU (incl Norway)"), its initials, its first letters. */
static char *code_of(const char *name) {
  g_auto(GStrv) words = words_of(name, FALSE), capitals = words_of(name, TRUE);
  g_autofree char *whole = squeeze(words, FALSE);
  g_autofree char *initials = squeeze(g_strv_length(capitals) > 1 ? capitals : words, TRUE);
  const char *best = strlen(whole) <= CODE           ? whole
                     : is_in_capitals(words[0])      ? words[0]
                     : g_strv_length(words) > 1      ? initials
                                                     : whole;
  char *code = g_strdup_printf("%s%.*s", g_ascii_isdigit(*best) ? "A" : "", CODE, best);
  if (!*code || strlen(code) > CODE)
    code[MIN(strlen(code), (gsize)CODE)] = '\0';
  return code;
}

static gboolean is_taken(const char *code, GHashTable *used, const PlnWorld *world) {
  return strlen(code) < 2 || strcmp(code, "ALL") == 0 || g_hash_table_contains(used, code) ||
         (world && (pln_world_state(world, code) || pln_world_bloc(world, code)));
}

/* @next: of each beginning, the number to try first: a thousand actors of one name cost no more. */
static char *unlike_others(const char *wanted, GHashTable *used, GHashTable *next,
                           const PlnWorld *world) {
  char *code = g_strdup(wanted);
  guint tried = GPOINTER_TO_UINT(g_hash_table_lookup(next, wanted));
  while (is_taken(code, used, world)) {
    g_autofree char *number = g_strdup_printf("%u", ++tried);
    g_free(code);
    code = g_strdup_printf("%.*s%s", (int)(CODE - strlen(number)), *wanted ? wanted : "A", number);
  }
  g_hash_table_insert(next, g_strdup(wanted), GUINT_TO_POINTER(tried));
  g_hash_table_add(used, code);
  return code;
}

static void name_actors(PlnTalksFile *talks, const PlnWorld *world) {
  g_autoptr(GHashTable) used = g_hash_table_new(g_str_hash, g_str_equal);
  g_autoptr(GHashTable) next = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < talks->actors->len; i++) {
    PlnTalksActor *actor = pln_talks_actor(talks, i);
    g_autofree char *wanted = code_of(actor->name);
    actor->code = unlike_others(wanted, used, next, world);
  }
}

/* ---- Ids ---- */

#define BEGINS "+-@|%?" /* what a spreadsheet, or a table, takes otherwise */

static gboolean is_unfit(gunichar c) {
  return g_unichar_isspace(c) || (c < 0x80 && strchr(":=,;\"'\\{}", (int)c));
}

char *pln_talks_id(const char *name) {
  GString *id = g_string_new(NULL);
  guint n = 0;
  for (const char *at = name; *at && n < ID; at = g_utf8_next_char(at)) {
    gunichar c = g_utf8_get_char(at);
    gboolean unfit = is_unfit(c);
    if (unfit && (id->len == 0 || id->str[id->len - 1] == '-'))
      continue;
    n++;
    if (unfit)
      g_string_append_c(id, '-');
    else
      g_string_append_unichar(id, c);
  }
  while (id->len > 0 && id->str[id->len - 1] == '-')
    g_string_truncate(id, id->len - 1);
  gsize begins = strspn(id->str, BEGINS);
  g_string_erase(id, 0, (gssize)begins);
  if (id->len == 0)
    g_string_assign(id, "issue");
  return g_string_free(id, FALSE);
}

/* Whether the name can be an id as it stands. */
static gboolean is_legal(const char *name) {
  if (!*name || strchr(BEGINS, *name) || g_utf8_strlen(name, -1) > LEGAL)
    return FALSE;
  for (const char *at = name; *at; at = g_utf8_next_char(at))
    if (is_unfit(g_utf8_get_char(at)))
      return FALSE;
  return TRUE;
}

/* @next: of each id that was wanted, the number to try first. */
static char *free_id(const char *wanted, GHashTable *used, GHashTable *next) {
  char *id = g_strdup(wanted);
  guint tried = MAX(1, GPOINTER_TO_UINT(g_hash_table_lookup(next, wanted)));
  while (g_hash_table_contains(used, id)) {
    g_free(id);
    id = g_strdup_printf("%s-%u", wanted, ++tried);
  }
  g_hash_table_insert(next, g_strdup(wanted), GUINT_TO_POINTER(tried));
  g_hash_table_add(used, id);
  return id;
}

/* Which ids are not the file's names. */
static void say_ids(PlnTalksFile *talks) {
  guint made = 0;
  for (guint k = 0; k < talks->issues->len; k++) {
    const PlnTalksIssue *issue = pln_talks_issue(talks, k);
    if (strcmp(issue->id, issue->name) != 0 && made++ < SAID)
      pln_talks_lose(talks->notes, "The id of the issue \"%s\" is %s.", issue->name, issue->id);
  }
  if (made > SAID)
    pln_talks_lose(talks->notes, "The ids of %u more are made too: issues.csv has both.",
                   made - SAID);
}

/* What can be an id stays as it is; the others are made unlike these. */
static void name_issues(PlnTalksFile *talks) {
  g_autoptr(GHashTable) used = g_hash_table_new(g_str_hash, g_str_equal);
  g_autoptr(GHashTable) next = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  for (guint k = 0; k < talks->issues->len; k++) {
    PlnTalksIssue *issue = pln_talks_issue(talks, k);
    if (is_legal(issue->name) && g_hash_table_add(used, issue->name))
      issue->id = g_strdup(issue->name);
  }
  for (guint k = 0; k < talks->issues->len; k++) {
    PlnTalksIssue *issue = pln_talks_issue(talks, k);
    g_autofree char *wanted = issue->id ? NULL : pln_talks_id(issue->name);
    if (wanted)
      issue->id = free_id(wanted, used, next);
  }
  say_ids(talks);
}

void pln_talks_name(PlnTalksFile *talks, const PlnWorld *world) {
  name_actors(talks, world);
  name_issues(talks);
}

/* ---- Scales ---- */

gboolean pln_talks_mostly_one(const char *format) {
  return strcmp(format, "decide") == 0;
}

const char *pln_talks_scale_said(const PlnTalksFile *talks) {
  if (talks->salience_one == pln_talks_mostly_one(talks->format))
    return NULL;
  return talks->salience_one ? pln_talks_ones : pln_talks_hundreds;
}

const char *pln_talks_scale(const PlnTalksFile *talks, guint k, gboolean hundred, double *from,
                            double *to) {
  double least = INFINITY, most = -INFINITY;
  for (guint i = 0; i < talks->actors->len; i++) {
    double x = pln_talks_cell(talks, i, k)->position;
    least = x < least ? x : least;
    most = x > most ? x : most;
  }
  *from = 0;
  *to = 100;
  if (least > most || (hundred && least >= 0 && most <= 100))
    return "";
  *from = least < most ? least : least - 1;
  *to = least < most ? most : most + 1;
  if (*from < *to)
    return least < most ? pln_talks_range : pln_talks_stand_in;
  *from = -1e9; /* one less is the same number: it has more digits than a double */
  *to = 1e9;
  return pln_talks_stand_in;
}
