/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names and values of a comparison, as people read them. */
#include <math.h>
#include <string.h>

#include "plenary/compose_bargain.h"
#include "plenary/compose_comparison.h"
#include "plenary/compose_project.h"
#include "plenary/text.h"

/* ---- Names ---- */

char *pln_say_bundle(const PlnBundle *bundle, guint most) {
  g_autofree char *name = pln_text_visible(bundle->name);
  g_autoptr(GString) out = g_string_new(NULL);
  if (pln_text_width(name) <= most)
    return g_steal_pointer(&name);
  for (const char *p = name; *p; p = g_utf8_next_char(p)) {
    gsize before = out->len;
    g_string_append_unichar(out, g_utf8_get_char(p));
    if (pln_text_width(out->str) + 1 > most) {
      g_string_truncate(out, before);
      break;
    }
  }
  return g_strdup_printf("%s…", g_strchomp(out->str));
}

/* ---- Values ---- */

static gboolean is_of(const PlnRunOutcome *o, const char *unit) {
  return strcmp(o->unit, unit) == 0;
}

/* Months since the year 0. */
static int month_of(double value) {
  PlnDay month = pln_day_month(value);
  return 12 * (month / 10000) + month / 100 % 100 - 1;
}

static const PlnIssue *issue_of(const PlnComparison *c, const PlnRunOutcome *o) {
  const GArray *issues = c->scenario->issues;
  for (guint k = 0; k < issues->len; k++) {
    const PlnIssue *issue = &g_array_index(issues, PlnIssue, k);
    if (g_str_has_prefix(o->id, "position ") && strcmp(o->id + strlen("position "), issue->id) == 0)
      return issue;
  }
  return NULL;
}

/* Minus nothing is nothing. */
static double no_minus(double value, double least) {
  return fabs(value) < least ? 0 : value;
}

char *pln_say_outcome(const PlnComparison *c, const PlnRunOutcome *o, double value) {
  const PlnIssue *issue = is_of(o, "scale") ? issue_of(c, o) : NULL;
  if (isnan(value))
    return g_strdup("?");
  if (is_of(o, "share"))
    return pln_say_percent(value);
  if (is_of(o, "year"))
    return pln_day_words(pln_day_month(value));
  return issue ? pln_say_position(issue, value) : g_strdup_printf("%.1f", no_minus(value, 0.05));
}

/* ---- Changes ---- */

/* Digits behind the point that tell a change from what is left to chance, at most two. */
static int digits_of(double reach) {
  return isnan(reach) || reach >= 0.15 ? 1 : 2;
}

/* What chance leaves either way; NAN: not known. */
static double reach_of(const PlnComparisonOutcome *c) {
  return MAX(c->high - c->change, c->change - c->low);
}

char *pln_say_outcome_change(const PlnRunOutcome *o, const PlnComparisonOutcome *c) {
  double scale = is_of(o, "share") ? 100 : 1;
  double change = scale * c->change, reach = scale * reach_of(c);
  if (isnan(change))
    return g_strdup("");
  int digits = digits_of(reach);
  double least = digits == 1 ? 0.05 : 0.005;
  if (change == 0)
    return g_strdup("0");
  if (isnan(reach) || reach == 0)
    return g_strdup_printf("%+.1f", no_minus(change, 0.05));
  return g_strdup_printf("%+.*f ±%.*f", digits, no_minus(change, least), digits, reach);
}

char *pln_say_points(const PlnComparisonOutcome *c) {
  double reach = 100 * reach_of(c);
  int digits = digits_of(reach);
  return g_strdup_printf("%.*f ±%.*f points %s", digits, 100 * fabs(c->change), digits, reach,
                         c->change < 0 ? "fewer" : "more");
}

char *pln_say_months(double base, double value) {
  int months = month_of(value) - month_of(base), n = ABS(months);
  return g_strdup_printf("%d month%s %s", n, n == 1 ? "" : "s", months > 0 ? "later" : "earlier");
}

char *pln_say_step(const PlnComparison *c, const PlnRunOutcome *o, double base, double value) {
  g_autofree char *now = pln_say_outcome(c, o, value), *was = pln_say_outcome(c, o, base);
  const PlnIssue *issue = is_of(o, "scale") ? issue_of(c, o) : NULL;
  if (isnan(base) || isnan(value) || strcmp(now, was) == 0)
    return g_strdup("");
  if (is_of(o, "year"))
    return g_strdup_printf("%+d", month_of(value) - month_of(base));
  return g_strdup_printf("%+.*f", issue ? pln_bargain_digits(issue) : 1,
                         g_ascii_strtod(now, NULL) - g_ascii_strtod(was, NULL));
}
