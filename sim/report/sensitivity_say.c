/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sensitivity in words. */
#include <math.h>
#include <string.h>

#include "plenary/compose_discovery.h"
#include "plenary/compose_project.h"
#include "plenary/compose_sensitivity.h"
#include "plenary/day.h"
#include "plenary/discovery_part.h"

/* ---- Numbers ---- */

static gboolean is(const PlnSensitivity *s, const char *unit) {
  return g_strcmp0(s->unit, unit) == 0;
}

const char *pln_sense_unit(const PlnSensitivity *s) {
  return is(s, "share") ? "chance" : is(s, "scale") ? "points" : s->unit ? s->unit : "";
}

char *pln_say_sense_value(const PlnSensitivity *s, double value) {
  if (isnan(value))
    return g_strdup("?");
  if (is(s, "share"))
    return pln_say_percent(value);
  if (is(s, "year"))
    return pln_day_words(pln_day_month(value));
  return g_strdup_printf("%.*f", fabs(value) < 10 ? 2 : fabs(value) < 1000 ? 1 : 0, value);
}

char *pln_say_sense_brief(const PlnSensitivity *s, double value) {
  return is(s, "year") && !isnan(value) ? pln_day_brief(pln_day_month(value))
                                        : pln_say_sense_value(s, value);
}

char *pln_say_sense_change(const PlnSensitivity *s, double change) {
  if (isnan(change))
    return g_strdup("?");
  if (is(s, "share")) {
    gboolean small = fabs(change) < 0.0995;
    return g_strdup_printf("%+.*f point%s", small ? 1 : 0, 100 * change,
                           !small && fabs(100 * change) < 1.5 ? "" : "s");
  }
  if (is(s, "year")) {
    double months = 12 * change;
    return g_strdup_printf("%+.*f months", fabs(months) < 9.95 ? 1 : 0,
                           fabs(months) < 0.05 ? 0 : months);
  }
  return g_strdup_printf("%+.*f", fabs(change) < 10 ? 2 : 1, change);
}

char *pln_say_sense_at(const PlnSensitivity *s, guint dial, double value) {
  const PlnDial *of = s->dials->pdata[dial];
  if (of->kind == PLN_RANGE_LIST)
    return pln_discovery_short(of, value);
  double width = of->to - of->from;
  char *word = g_strdup_printf("%.*f", width >= 50 ? 0 : width > 2 ? 1 : 2, value);
  if (g_str_has_suffix(word, ".0"))
    word[strlen(word) - 2] = '\0';
  return word;
}

const char *pln_say_share_of(double share) {
  static const struct {
    double below;
    const char *words;
  } known[] = {{0.02, "next to nothing"},
               {0.07, "about a twentieth"},
               {0.14, "about a tenth"},
               {0.225, "about a fifth"},
               {0.29, "about a quarter"},
               {0.365, "about a third"},
               {0.45, "about two fifths"},
               {0.55, "about half"},
               {0.635, "about three fifths"},
               {0.71, "about two thirds"},
               {0.85, "about three quarters"},
               {0.97, "most"},
               {INFINITY, "all"}};
  guint k = 0;
  while (share >= known[k].below)
    k++;
  return known[k].words;
}

PlnValue pln_sense_status(const PlnSensitivity *s, guint j) {
  return pln_text(pln_status_words[((const PlnDial *)s->dials->pdata[j])->status]);
}

/* ---- The answer ---- */

/* By @value, the places of the least and the greatest that are known. */
static void extremes(const PlnSenseBar *bar, const double *value, guint *least, guint *most) {
  *least = *most = 0;
  for (guint k = 1; k < bar->n; k++) {
    *least = value[k] < value[*least] ? k : *least;
    *most = value[k] > value[*most] ? k : *most;
  }
}

void pln_sense_ends(const PlnSensitivity *s, const PlnSenseBar *bar, guint *from, guint *to) {
  const PlnDial *dial = s->dials->pdata[bar->dial];
  gboolean differ = dial->kind == PLN_RANGE_LIST && bar->least != bar->most;
  *from = differ ? bar->least : 0;
  *to = differ ? bar->most : bar->n - 1;
  if (dial->kind == PLN_RANGE_LIST && bar->rare)
    extremes(bar, bar->adopted, from, to);
}

gboolean pln_sense_moves(const PlnSenseBar *bar) {
  gboolean sure = isnan(bar->change.low) || bar->change.low > 0 || bar->change.high < 0;
  return bar->rare || (bar->swing > 0 && (sure || bar->beyond != 0));
}

const char *pln_sense_side(const PlnSensitivity *s, const PlnSenseBar *bar) {
  gboolean date = is(s, "year");
  return bar->beyond > 0 ? date ? "later" : "higher" : date ? "earlier" : "lower";
}

/* "at 23 the protocol is adopted in <1% of the draws, too few for a day, at 93 in 96%, its day being
 * June 2037" */
static void say_rare(GString *out, const PlnSensitivity *s, const PlnSenseBar *bar, const guint *end) {
  for (guint i = 0; i < 2; i++) {
    guint k = end[i];
    g_autofree char *at = pln_say_sense_at(s, bar->dial, bar->at[k]);
    g_autofree char *chance = pln_say_percent(bar->adopted[k]);
    g_autofree char *day = pln_say_sense_value(s, bar->y[k].value);
    g_string_append_printf(out, "%s %s %sin %s%s", i == 0 ? ": at" : ", at", at,
                           i == 0 ? "the protocol is adopted " : "", chance,
                           i == 0 ? " of the draws" : "");
    if (isnan(bar->y[k].value))
      g_string_append(out, ", too few for a day");
    else
      g_string_append_printf(out, ", its day being %s", day);
  }
}

/* Both ends beyond what is stated; else from one to the other. */
static void say_range(GString *out, const PlnSensitivity *s, const PlnSenseBar *bar, const char *a,
                      const char *b, const char *x, const char *y) {
  g_autofree char *base = pln_say_sense_value(s, s->base.value);
  if (bar->beyond != 0)
    g_string_append_printf(out, ": at %s and at %s the %s is %s and %s, both %s than as stated (%s)",
                           a, b, s->outcome_title, x, y, pln_sense_side(s, bar), base);
  else
    g_string_append_printf(out, ": from %s to %s the %s runs from %s to %s", a, b, s->outcome_title,
                           x, y);
}

/* "EU27's position matters most: from 20 to 40 the chance of adoption runs from 35% to 71%" */
static void say_bar(GString *out, const PlnSensitivity *s, const PlnSenseBar *bar) {
  const PlnDial *dial = s->dials->pdata[bar->dial];
  guint end[2];
  pln_sense_ends(s, bar, &end[0], &end[1]);
  g_autofree char *a = pln_say_sense_at(s, bar->dial, bar->at[end[0]]);
  g_autofree char *b = pln_say_sense_at(s, bar->dial, bar->at[end[1]]);
  g_autofree char *x = pln_say_sense_value(s, bar->y[end[0]].value);
  g_autofree char *y = pln_say_sense_value(s, bar->y[end[1]].value);
  if (bar->rare) {
    say_rare(out, s, bar, end);
    return;
  }
  if (dial->kind == PLN_RANGE_LIST)
    g_string_append_printf(out, ": with %s the %s is %s, with %s %s", a, s->outcome_title, x, b, y);
  else
    say_range(out, s, bar, a, b, x, y);
  if (isnan(bar->adopted[end[0]]))
    return;
  g_autofree char *low = pln_say_percent(bar->adopted[end[0]]);
  g_autofree char *high = pln_say_percent(bar->adopted[end[1]]);
  g_string_append_printf(out, " (adopted in %s and %s of the draws)", low, high);
}

/* "35% to 71%", "26% and 32%, as stated 43%", "adopted in <1% to 96%" */
char *pln_say_sense_run(const PlnSensitivity *s, const PlnSenseBar *bar) {
  guint from, to;
  pln_sense_ends(s, bar, &from, &to);
  g_autofree char *a = bar->rare ? pln_say_percent(bar->adopted[from])
                                 : pln_say_sense_value(s, bar->y[from].value);
  g_autofree char *b = bar->rare ? pln_say_percent(bar->adopted[to])
                                 : pln_say_sense_value(s, bar->y[to].value);
  g_autofree char *base = pln_say_sense_value(s, s->base.value);
  return bar->rare          ? g_strdup_printf("adopted in %s to %s", a, b)
         : bar->beyond != 0 ? g_strdup_printf("%s and %s, as stated %s", a, b, base)
                            : g_strdup_printf("%s to %s", a, b);
}

/* "Then RUS's position (62% to 70%) and the rule (…)." */
static void say_next(GString *out, const PlnSensitivity *s) {
  guint said = 0;
  for (guint j = 1; j < s->bars->len && said < 2; j++) {
    const PlnSenseBar *bar = &g_array_index(s->bars, PlnSenseBar, j);
    if (!pln_sense_moves(bar))
      continue;
    g_autofree char *run = pln_say_sense_run(s, bar);
    g_string_append_printf(out, "%s%s (%s)", said++ > 0 ? " and " : " Then ", s->title[bar->dial],
                           run);
  }
  if (said > 0)
    g_string_append_c(out, '.');
}

static void say_tornado(GString *out, const PlnSensitivity *s) {
  const PlnSenseBar *first = &g_array_index(s->bars, PlnSenseBar, 0);
  if (s->adopted < PLN_SENSITIVITY_RARE) {
    g_autofree char *chance = pln_say_percent(s->adopted);
    g_string_append_printf(out, "As stated the protocol is adopted in %s of the draws, too few for "
                                "a day.%s", chance, first->rare ? " " : "");
    if (!first->rare)
      return;
  }
  if (!pln_sense_moves(first)) {
    g_string_append_printf(out, "Nothing that is turned here moves the %s%s.", s->outcome_title,
                           s->drawn ? " by more than chance does" : "");
    return;
  }
  g_string_append_printf(out, "One at a time %s matters most", s->title[first->dial]);
  say_bar(out, s, first);
  g_string_append_c(out, '.');
  say_next(out, s);
}

/* A share is none below nothing or above all, whatever its estimate is. */
static double percent(double share) {
  return 100 * CLAMP(share, 0, 1);
}

/* " (not told apart from Y and 2 more)": whose intervals reach the first one's; @overlap: of those
 * behind it, the first of them at @next */
static char *say_apart(const PlnSensitivity *s, guint overlap, guint next) {
  if (overlap == 0)
    return g_strdup("");
  g_autofree char *more = overlap > 1 ? g_strdup_printf(" and %u more", overlap - 1) : g_strdup("");
  return g_strdup_printf(" (not told apart from %s%s)", s->title[next], more);
}

char *pln_say_indices_apart(const PlnSensitivity *s) {
  double least = g_array_index(s->indices, PlnSenseIndex, 0).index.total_low;
  guint n = 0, next = 0;
  for (guint k = s->indices->len - 1; k > 0; k--) {
    const PlnSenseIndex *i = &g_array_index(s->indices, PlnSenseIndex, k);
    n += i->index.total_high >= least;
    next = i->index.total_high >= least ? i->dial : next;
  }
  return say_apart(s, n, next);
}

char *pln_say_effects_apart(const PlnSensitivity *s) {
  double least = g_array_index(s->effects, PlnSenseEffect, 0).effect.low;
  guint n = 0, next = 0;
  for (guint k = s->effects->len - 1; k > 0; k--) {
    const PlnSenseEffect *e = &g_array_index(s->effects, PlnSenseEffect, k);
    n += e->effect.high >= least;
    next = e->effect.high >= least ? e->dial : next;
  }
  return say_apart(s, n, next);
}

static void say_share(GString *out, const PlnSensitivity *s) {
  const PlnSenseIndex *first = &g_array_index(s->indices, PlnSenseIndex, 0);
  g_autofree char *apart = pln_say_indices_apart(s);
  if (isnan(first->index.total))
    g_string_append_printf(out, "Nothing that is turned here moves the %s.", s->outcome_title);
  else
    g_string_append_printf(out,
                           "What matters most: %s%s: %s of the variance of the %s has to do with "
                           "it (%.0f%%, %.0f%% to %.0f%%).",
                           s->title[first->dial], apart, pln_say_share_of(first->index.total),
                           s->outcome_title, percent(first->index.total),
                           percent(first->index.total_low), percent(first->index.total_high));
}

static gboolean is_words(const PlnSensitivity *s, guint j) {
  return pln_dial_is_words(s->dials->pdata[j]);
}

static void say_effect(GString *out, const PlnSensitivity *s) {
  const PlnSenseEffect *first = &g_array_index(s->effects, PlnSenseEffect, 0);
  g_autofree char *by = pln_say_sense_change(s, first->effect.mu_star);
  g_autofree char *apart = pln_say_effects_apart(s);
  if (!(first->effect.mu_star > 0))
    g_string_append_printf(out, "Nothing that is turned here moves the %s.", s->outcome_title);
  else
    g_string_append_printf(out,
                           "What matters most: %s%s: turned %s it moves the %s by %s on average, "
                           "up or down.",
                           s->title[first->dial], apart,
                           is_words(s, first->dial) ? "to another word" : "by half its range",
                           s->outcome_title, by[0] == '+' ? by + 1 : by);
}

static void say_rank(GString *out, const PlnSensitivity *s) {
  const PlnSenseRank *first = &g_array_index(s->ranks, PlnSenseRank, 0);
  g_autofree char *between = isnan(first->rho.low) ? g_strdup("")
                                                   : g_strdup_printf(" (%.2f to %.2f)", first->rho.low,
                                                                     first->rho.high);
  if (first->few)
    g_string_append_printf(out, "%" G_GUINT64_FORMAT " run%s too few to tell what goes with the %s.",
                           s->runs, s->runs == 1 ? " is" : "s are", s->outcome_title);
  else if (isnan(first->rho.value) && first->ratio >= 0.1) /* one hundredth of the variance */
    g_string_append_printf(out,
                           "What goes most with the %s: %s: the means of its words make %.0f%% of "
                           "the variance over %" G_GUINT64_FORMAT " runs.",
                           s->outcome_title, s->title[first->dial],
                           100 * first->ratio * first->ratio, s->runs);
  else if (isnan(first->rho.value))
    g_string_append_printf(out, "No dial of these runs is seen to go with the %s by itself.",
                           s->outcome_title);
  else
    g_string_append_printf(out,
                           "What goes most with the %s: %s: rank correlation %.2f%s over "
                           "%" G_GUINT64_FORMAT " runs.",
                           s->outcome_title, s->title[first->dial], first->rho.value, between,
                           s->runs);
}

static const char *space_after(const GString *out) {
  return out->len == 0 || out->str[out->len - 1] == ' ' ? "" : " ";
}

static void say_found(GString *out, const PlnSensitivity *s) {
  const PlnDiscovery *d = s->discovery;
  if (!d || d->boxes->len == 0)
    return;
  const PlnDiscoveryBox *box = &g_array_index(d->boxes, PlnDiscoveryBox, 0);
  const PlnPrimCount *held = &box->box->held;
  g_autofree char *words = pln_discovery_sure(box);
  if (d->runs.lead)
    g_string_append_printf(out, "%s%c%s (%s) when %s", space_after(out),
                           g_ascii_toupper(d->runs.lead[0]), d->runs.lead + 1,
                           d->interest.level == 0.5 ? "less than an even chance" : d->said,
                           words);
  else
    g_string_append_printf(out, "%sIt comes to a %s when %s", space_after(out), d->said, words);
  g_autofree char *in = pln_say_part(held->interest, held->rows);
  g_autofree char *of = pln_say_part(held->interest, pln_say_all_of(held));
  g_string_append_printf(out, ": of the runs there %s %s; of all that do %s lie there.", in,
                         d->runs.lead ? "fail" : "do", of);
}

/* What the first sentence must not be read without. */
static void say_warning(GString *out, const PlnSensitivity *s) {
  if (s->runner && s->stated.study == PLN_RUN_PROJECT && !pln_runner_is_stated(s->runner))
    g_string_append(out, "This is no forecast of the question: nothing is stated of who stands "
                         "where, so it is the electorate's average vote. ");
}

char *pln_say_sensitivity(const PlnSensitivity *s) {
  GString *out = g_string_new(NULL);
  say_warning(out, s);
  gsize none = out->len;
  if (s->bars->len > 0)
    say_tornado(out, s);
  else if (s->indices->len > 0)
    say_share(out, s);
  else if (s->effects->len > 0)
    say_effect(out, s);
  else if (s->ranks->len > 0)
    say_rank(out, s);
  say_found(out, s);
  if (out->len == none)
    g_string_append_printf(out,
                           "No part of the dials' ranges was found in which the %s comes out "
                           "otherwise.",
                           s->outcome_title);
  return g_string_free(out, FALSE);
}
