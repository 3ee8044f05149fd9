/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which runs are of interest: words and numbers. */
#include <math.h>
#include <string.h>

#include "plenary/discovery.h"
#include "plenary/error.h"
#include "plenary/text.h"

static const char *const words[PLN_INTEREST_KINDS] = {"below", "above", "at most", "at least",
                                                      "none"};

typedef struct {
  const char *word;
  PlnInterestKind kind;
} Word;

static const Word taken[] = {{"below", PLN_INTEREST_BELOW},     {"before", PLN_INTEREST_BELOW},
                             {"above", PLN_INTEREST_ABOVE},     {"after", PLN_INTEREST_ABOVE},
                             {"at most", PLN_INTEREST_AT_MOST}, {"at least", PLN_INTEREST_AT_LEAST},
                             {"<=", PLN_INTEREST_AT_MOST},      {">=", PLN_INTEREST_AT_LEAST},
                             {"<", PLN_INTEREST_BELOW},         {">", PLN_INTEREST_ABOVE}};

static gboolean refuse(const char *text, GError **error) {
  static const char *const known[] = {"below", "above", "before", "after", "none", NULL};
  g_autofree char *shown = pln_text_visible(text);
  g_autofree char *word = g_strndup(text, strcspn(text, " "));
  const char *near = pln_text_near(word, known);
  gboolean miss = near && strcmp(near, word) != 0;
  g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE,
              "\"%s\" does not say which runs are of interest; expected \"below 0.5\", \"above 3\", "
              "\"at most 2\", \"at least 60\", \"before 2030\", \"after 2032.5\" or \"none\"%s%s%s",
              shown, miss ? "; did you mean " : "", miss ? near : "", miss ? "?" : "");
  return FALSE;
}

/* A number, or with % behind it hundredths. */
static gboolean read_level(const char *text, double *level) {
  g_autofree char *number = g_strstrip(g_strdup(text));
  gsize n = strlen(number);
  gboolean percent = n > 0 && number[n - 1] == '%';
  if (percent)
    number[n - 1] = '\0';
  if (!pln_change_number(g_strchomp(number), level))
    return FALSE;
  *level /= percent ? 100 : 1;
  return TRUE;
}

gboolean pln_interest_read(const char *text, PlnInterest *interest, GError **error) {
  g_autofree char *copy = g_strstrip(g_strdup(text));
  *interest = (PlnInterest){PLN_INTEREST_NONE, NAN};
  if (strcmp(copy, "none") == 0)
    return TRUE;
  for (guint k = 0; k < G_N_ELEMENTS(taken); k++) {
    if (!g_str_has_prefix(copy, taken[k].word))
      continue;
    const char *rest = copy + strlen(taken[k].word);
    gboolean apart = *rest == ' ' || !g_ascii_isalpha(taken[k].word[0]);
    interest->kind = taken[k].kind;
    return (apart && read_level(rest, &interest->level)) || refuse(text, error);
  }
  return refuse(text, error);
}

char *pln_interest_text(const PlnInterest *interest) {
  GString *out = g_string_new(words[interest->kind]);
  if (interest->kind != PLN_INTEREST_NONE) {
    g_string_append_c(out, ' ');
    pln_text_add_number(out, interest->level);
  }
  return g_string_free(out, FALSE);
}

gboolean pln_interest_holds(const PlnInterest *interest, double y) {
  switch (interest->kind) {
  case PLN_INTEREST_BELOW:
    return y < interest->level;
  case PLN_INTEREST_ABOVE:
    return y > interest->level;
  case PLN_INTEREST_AT_MOST:
    return y <= interest->level;
  case PLN_INTEREST_AT_LEAST:
    return y >= interest->level;
  default:
    return isnan(y);
  }
}
