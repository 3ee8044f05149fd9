/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sensitivity for people: each method's table, and what the page draws of it. */
#include <math.h>
#include <string.h>

#include "plenary/compose_project.h"
#include "plenary/compose_sensitivity.h"

enum { DIGITS = 6 };

/* A chart whose title begins with a capital, whatever it begins with.  @title is taken over. */
static void add_chart(PlnDoc *doc, const char *kind, char *title) {
  title[0] = g_ascii_toupper(title[0]);
  pln_doc_chart(doc, kind, "%s", title);
  g_free(title);
}

static PlnValue taken(char *text) {
  PlnValue value = pln_text(text);
  g_free(text);
  return value;
}

/* "34% to 37%" */
static PlnValue interval(const PlnSensitivity *s, double low, double high) {
  g_autofree char *a = pln_say_sense_value(s, low), *b = pln_say_sense_value(s, high);
  return isnan(low) || strcmp(a, b) == 0 ? pln_none() : taken(g_strdup_printf("%s to %s", a, b));
}

static PlnValue share_interval(double low, double high) {
  double zero = 0.005; /* no minus before 0.00 */
  return isnan(low) ? pln_none()
                    : taken(g_strdup_printf("%.2f to %.2f", fabs(low) < zero ? 0 : low,
                                            fabs(high) < zero ? 0 : high));
}

static void say_rest(PlnDoc *doc, guint shown, guint all) {
  if (all > shown)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE, "%u more matter less: --full.", all - shown);
}

static guint shown_of(guint all, gboolean full) {
  return full ? all : MIN(all, PLN_SENSE_SHOWN);
}

/* ---- One at a time ---- */

/* "+36 ±0.6": what it is of stands above.  From one end to the other says little where both are
 * beyond what is stated. */
static PlnValue change_cell(const PlnSensitivity *s, const PlnSenseBar *bar) {
  gboolean date = strcmp(pln_sense_unit(s), "year") == 0;
  if (bar->rare)
    return pln_text("no day");
  if (bar->beyond != 0)
    return taken(g_strdup_printf("%s%s", date ? "" : "both ", pln_sense_side(s, bar)));
  double half = 0.5 * (bar->change.high - bar->change.low);
  g_autofree char *change = pln_say_sense_change(s, bar->change.value);
  g_autofree char *by = pln_say_sense_change(s, half);
  change[strcspn(change, " ")] = by[strcspn(by, " ")] = '\0';
  return isnan(half) || half == 0 ? pln_text(change)
                                  : taken(g_strdup_printf("%s ±%s", change, by + 1));
}

/* The outcome at a place: of a protocol that is rarely adopted no day. */
static char *there(const PlnSensitivity *s, const PlnSenseBar *bar, guint k) {
  return isnan(bar->y[k].value) && !isnan(bar->adopted[k]) ? g_strdup("rare")
                                                           : pln_say_sense_brief(s, bar->y[k].value);
}

static void bar_row(PlnDoc *doc, const PlnSensitivity *s, const PlnSenseBar *bar) {
  guint from, to;
  pln_sense_ends(s, bar, &from, &to);
  pln_doc_cell(doc, pln_text(s->title[bar->dial]));
  pln_doc_cell(doc, taken(pln_say_sense_at(s, bar->dial, bar->at[from])));
  pln_doc_cell(doc, taken(pln_say_sense_at(s, bar->dial, bar->at[to])));
  pln_doc_cell(doc, pln_number(bar->y[from].value, DIGITS));
  pln_doc_cell(doc, pln_number(bar->y[to].value, DIGITS));
  pln_doc_cell(doc, pln_number(s->base.value, DIGITS));
  pln_doc_cell(doc, pln_text(pln_sense_unit(s)));
  pln_doc_cell(doc, taken(there(s, bar, from)));
  pln_doc_cell(doc, taken(there(s, bar, to)));
  pln_doc_cell(doc, change_cell(s, bar));
}

/* "One at a time; as stated 43%; change in points" */
static char *heading_of(const PlnSensitivity *s) {
  gboolean date = strcmp(pln_sense_unit(s), "year") == 0;
  g_autofree char *base = pln_say_sense_value(s, s->base.value);
  const char *in = strcmp(pln_sense_unit(s), "chance") == 0 ? "; change in points"
                   : date                                   ? "; change in months"
                                                            : "";
  return g_strdup_printf("One at a time; as stated %s%s", isnan(s->base.value) ? "rare" : base, in);
}

/* A page's title: "One at a time NARROW_LIST's position moves the chance of adoption most". */
static char *title_of(const PlnSensitivity *s) {
  const PlnSenseBar *first = &g_array_index(s->bars, PlnSenseBar, 0);
  g_autofree char *run = pln_say_sense_run(s, first);
  g_autofree char *base = pln_say_sense_value(s, s->base.value);
  const char *name = s->title[first->dial];
  if (!pln_sense_moves(first))
    return g_strdup_printf("Nothing moves the %s: as stated %s", s->outcome_title, base);
  if (first->rare)
    return g_strdup_printf("One at a time %s moves most: %s of the draws", name, run);
  return g_strdup_printf(first->beyond != 0 ? "One at a time %s moves the %s most: %s"
                                            : "One at a time %s moves the %s most: %s; as stated %s",
                         name, s->outcome_title, run, base);
}

/* How likely there is the day that stands above. */
static void add_adopted(PlnDoc *doc, const PlnSensitivity *s, guint n) {
  static const PlnDocColumn columns[] = {{"-dial", "Adopted"}, {"-from", "from"}, {"-to", "to"},
                                         {"-low", "there"},    {"-high", "there"}, {NULL, NULL}};
  g_autofree char *base = pln_say_percent(s->adopted);
  g_autofree char *heading = g_strdup_printf("The share of draws in which it is adopted; as stated %s",
                                             base);
  if (isnan(s->adopted))
    return;
  pln_doc_table(doc, NULL, PLN_FOR_PEOPLE, heading, columns);
  for (guint k = 0; k < n; k++) {
    const PlnSenseBar *bar = &g_array_index(s->bars, PlnSenseBar, k);
    guint from, to;
    pln_sense_ends(s, bar, &from, &to);
    pln_doc_cell(doc, pln_text(s->title[bar->dial]));
    pln_doc_cell(doc, taken(pln_say_sense_at(s, bar->dial, bar->at[from])));
    pln_doc_cell(doc, taken(pln_say_sense_at(s, bar->dial, bar->at[to])));
    pln_doc_cell(doc, taken(pln_say_percent(bar->adopted[from])));
    pln_doc_cell(doc, taken(pln_say_percent(bar->adopted[to])));
  }
  pln_doc_say(doc, NULL, PLN_SAY_NOTE,
              "The day is that of the draws in which it is adopted; rare: in fewer than %.0f%% of "
              "the draws it is, and no day is said.", 100 * PLN_SENSITIVITY_RARE);
}

static void add_tornado(PlnDoc *doc, const PlnSensitivity *s, gboolean full) {
  static const PlnDocColumn columns[] = {{"dial", "One at a time"},
                                         {"low_at", "from"},
                                         {"high_at", "to"},
                                         {"low", NULL},
                                         {"high", NULL},
                                         {"base", NULL},
                                         {"unit", NULL},
                                         {"-low", "there"},
                                         {"-high", "there"},
                                         {"-change", "change"},
                                         {NULL, NULL}};
  guint n = shown_of(s->bars->len, full);
  if (n == 0)
    return;
  g_autofree char *heading = heading_of(s);
  add_chart(doc, "tornado", title_of(s));
  pln_doc_table(doc, NULL, PLN_FOR_PEOPLE, heading, columns);
  for (guint k = 0; k < n; k++)
    bar_row(doc, s, &g_array_index(s->bars, PlnSenseBar, k));
  say_rest(doc, n, s->bars->len);
  add_adopted(doc, s, n);
}

/* ---- Effects ---- */

/* An effect has no sign that anybody should read: "56 points"; @bare: "56". */
static char *effect_text(const PlnSensitivity *s, double effect, gboolean bare) {
  g_autofree char *said = pln_say_sense_change(s, effect);
  char *text = g_strdup(said + (said[0] == '+'));
  if (bare)
    text[strcspn(text, " ")] = '\0';
  return text;
}

static void effect_row(PlnDoc *doc, const PlnSensitivity *s, const PlnSenseEffect *of) {
  const PlnMorrisEffect *e = &of->effect;
  g_autofree char *low = effect_text(s, e->low, TRUE), *high = effect_text(s, e->high, TRUE);
  pln_doc_cell(doc, pln_text(s->title[of->dial]));
  pln_doc_cell(doc, pln_number(e->mu_star, DIGITS));
  pln_doc_cell(doc, pln_number(e->sigma, DIGITS));
  pln_doc_cell(doc, pln_number(e->low, DIGITS));
  pln_doc_cell(doc, pln_number(e->high, DIGITS));
  pln_doc_cell(doc, pln_text(pln_sense_unit(s)));
  pln_doc_cell(doc, taken(effect_text(s, e->mu_star, FALSE)));
  pln_doc_cell(doc, taken(g_strdup_printf("%s to %s", low, high)));
  pln_doc_cell(doc, taken(effect_text(s, e->sigma, FALSE)));
}

static void add_screening(PlnDoc *doc, const PlnSensitivity *s, gboolean full) {
  static const PlnDocColumn columns[] = {{"dial", "Screening (Morris)"},
                                         {"mu_star", NULL},
                                         {"sigma", NULL},
                                         {"low", NULL},
                                         {"high", NULL},
                                         {"unit", NULL},
                                         {"-mu_star", "moves it by"},
                                         {"-interval", "between"},
                                         {"-sigma", "unevenly by"},
                                         {NULL, NULL}};
  guint n = shown_of(s->effects->len, full);
  if (n == 0)
    return;
  const PlnSenseEffect *first = &g_array_index(s->effects, PlnSenseEffect, 0);
  g_autofree char *apart = pln_say_effects_apart(s);
  add_chart(doc, "screening",
            first->effect.mu_star > 0
                ? g_strdup_printf("On average over the others %s moves the %s most%s",
                                  s->title[first->dial], s->outcome_title, apart)
                : g_strdup_printf("Nothing moves the %s", s->outcome_title));
  pln_doc_table(doc, NULL, PLN_FOR_PEOPLE,
                "Turned by half its range, or to another word, wherever the others stand", columns);
  for (guint k = 0; k < n; k++)
    effect_row(doc, s, &g_array_index(s->effects, PlnSenseEffect, k));
  say_rest(doc, n, s->effects->len);
}

/* ---- Indices ---- */

/* Between 0 and 1, where an index is: its estimates may lie beyond. */
static PlnValue share_text(double share) {
  return isnan(share)   ? pln_text("?")
         : share < 0.01 ? pln_text("<0.01")
                        : taken(g_strdup_printf("%.2f", MIN(share, 1)));
}

static PlnValue index_interval(double low, double high) {
  if (isnan(low))
    return pln_none();
  return high < 0.01 ? pln_text("<0.01")
                     : taken(g_strdup_printf("%.2f to %.2f", CLAMP(low, 0, 1), MIN(high, 1)));
}

static void index_row(PlnDoc *doc, const PlnSensitivity *s, const PlnSenseIndex *of) {
  const PlnSaltelliIndex *i = &of->index;
  pln_doc_cell(doc, pln_text(s->title[of->dial]));
  pln_doc_cell(doc, pln_number(i->first, DIGITS));
  pln_doc_cell(doc, pln_number(i->first_low, DIGITS));
  pln_doc_cell(doc, pln_number(i->first_high, DIGITS));
  pln_doc_cell(doc, share_text(MIN(i->first, i->total)));
  pln_doc_cell(doc, index_interval(i->first_low, i->first_high));
  pln_doc_cell(doc, pln_number(i->total, DIGITS));
  pln_doc_cell(doc, pln_number(i->total_low, DIGITS));
  pln_doc_cell(doc, pln_number(i->total_high, DIGITS));
  pln_doc_cell(doc, share_text(i->total));
  pln_doc_cell(doc, index_interval(i->total_low, i->total_high));
}

/* Alone never makes more than in all; by chance its estimate may. */
static void say_equal(PlnDoc *doc, const PlnSensitivity *s) {
  gboolean cut = FALSE;
  for (guint k = 0; k < s->indices->len; k++) {
    const PlnSaltelliIndex *i = &g_array_index(s->indices, PlnSenseIndex, k).index;
    cut |= rint(100 * MAX(i->first, 0)) > rint(100 * MAX(i->total, 0));
  }
  if (cut)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE,
                "Alone is said as no more than in all, which by chance its estimate may be.");
}

/* What the indices of words rest on: how likely each is taken to be. */
static void say_words(PlnDoc *doc, const PlnSensitivity *s) {
  g_autoptr(GString) out = g_string_new(NULL);
  for (guint k = 0; k < s->indices->len; k++) {
    guint j = g_array_index(s->indices, PlnSenseIndex, k).dial;
    const PlnDial *dial = s->dials->pdata[j];
    if (dial->kind != PLN_RANGE_LIST)
      continue;
    g_string_append_printf(out, "%s%s (", out->len > 0 ? ", " : "", s->title[j]);
    for (guint w = 0; w < dial->n; w++) {
      g_autofree char *word = pln_say_sense_at(s, j, dial->numbers ? dial->choice[w]->value : w);
      g_string_append_printf(out, "%s%s", w == 0 ? "" : w + 1 < dial->n ? ", " : " or ", word);
    }
    g_string_append_printf(out, ", 1 in %u each)", dial->n);
  }
  if (out->len > 0)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE, "Each word is taken to be as likely as the others: %s. Held "
                "to be less likely, it accounts for less.", out->str);
}

static gboolean has_words(const PlnSensitivity *s) {
  gboolean has = FALSE;
  for (guint k = 0; k < s->indices->len; k++) {
    const PlnDial *dial = s->dials->pdata[g_array_index(s->indices, PlnSenseIndex, k).dial];
    has |= dial->kind == PLN_RANGE_LIST;
  }
  return has;
}

static void add_indices(PlnDoc *doc, const PlnSensitivity *s) {
  static const PlnDocColumn columns[] = {{"dial", "Share of the variance"},
                                         {"first", NULL},
                                         {"first_low", NULL},
                                         {"first_high", NULL},
                                         {"-alone", "alone"},
                                         {"-first", "between"},
                                         {"total", NULL},
                                         {"total_low", NULL},
                                         {"total_high", NULL},
                                         {"-in_all", "in all"},
                                         {"-total", "between"},
                                         {NULL, NULL}};
  if (s->indices->len == 0)
    return;
  const PlnSenseIndex *first = &g_array_index(s->indices, PlnSenseIndex, 0);
  g_autofree char *together = pln_say_sense_together(s);
  if (isnan(first->index.total)) {
    pln_doc_say(doc, NULL, PLN_SAY_PLAIN, "Indices: the %s does not vary with these.",
                s->outcome_title);
    return;
  }
  g_autofree char *apart = pln_say_indices_apart(s);
  gboolean words = has_words(s);
  add_chart(doc, "indices",
            g_strdup_printf("%s (%.0f%% to %.0f%%) of the variance of the %s has to do with %s%s%s",
                            pln_say_share_of(first->index.total),
                            100 * CLAMP(first->index.total_low, 0, 1),
                            100 * CLAMP(first->index.total_high, 0, 1), s->outcome_title,
                            s->title[first->dial], apart, words ? ", each word as likely" : ""));
  pln_doc_table(doc, NULL, PLN_FOR_PEOPLE, "Whose doubt it is (Sobol indices)", columns);
  for (guint k = 0; k < s->indices->len; k++)
    index_row(doc, s, &g_array_index(s->indices, PlnSenseIndex, k));
  say_equal(doc, s);
  if (*together)
    pln_doc_say(doc, NULL, PLN_SAY_PLAIN, "%s", together);
  say_words(doc, s);
  if (s->dials->len > s->indices->len)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE,
                "Indices of the %u weightiest of %u, by the screening; the others stay as stated.",
                s->indices->len, s->dials->len);
}

/* ---- Ranks ---- */

static void add_ranks(PlnDoc *doc, const PlnSensitivity *s, gboolean full) {
  static const PlnDocColumn columns[] = {
      {"-dial", "Goes with it"}, {"-rho", "rank correlation"}, {"-interval", "between"}, {NULL, NULL}};
  guint n = shown_of(s->ranks->len, full);
  gboolean words = FALSE;
  if (n == 0)
    return;
  pln_doc_table(doc, NULL, PLN_FOR_PEOPLE, NULL, columns);
  for (guint k = 0; k < n; k++) {
    const PlnSenseRank *r = &g_array_index(s->ranks, PlnSenseRank, k);
    pln_doc_cell(doc, pln_text(s->title[r->dial]));
    g_autofree char *ratio = g_strdup_printf("%.2f, of words", r->ratio);
    pln_doc_cell(doc, !isnan(r->rho.value) ? pln_number(r->rho.value, 2)
                      : r->few             ? pln_text("(too few runs)")
                      : !isnan(r->ratio)   ? pln_text(ratio)
                                           : pln_text("(nothing varies)"));
    pln_doc_cell(doc, share_interval(r->rho.low, r->rho.high));
    words |= !isnan(r->ratio);
  }
  if (words)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE,
                "Of words, which have no order: the correlation ratio, the root of the share of the "
                "variance that their means make, beyond what noise would.");
  say_rest(doc, n, s->ranks->len);
}

/* The interval is what the draws leave to chance, not how sure a forecast is: of a date, which is
 * that of the middle draw, it would be read as just that. */
static void say_base(PlnDoc *doc, const PlnSensitivity *s) {
  g_autofree char *base = pln_say_sense_value(s, s->base.value);
  g_autofree char *chance = isnan(s->adopted) ? NULL : pln_say_percent(s->adopted);
  gboolean year = strcmp(pln_sense_unit(s), "year") == 0;
  PlnValue between = year ? pln_none() : interval(s, s->base.low, s->base.high);
  g_autofree char *by = between.text ? g_strdup_printf(" (%s by chance in the draws)", between.text)
                                     : g_strdup(year ? ", of the middle draw" : "");
  g_autofree char *in = chance ? g_strdup_printf("; it is adopted in %s of the draws", chance)
                               : pln_say_sense_scale(s);
  if (isnan(s->base.value) && chance)
    pln_doc_say(doc, NULL, PLN_SAY_PLAIN,
                "As stated, the protocol is adopted in %s of the draws: no day is said.", chance);
  else
    pln_doc_say(doc, NULL, PLN_SAY_PLAIN, "As stated, the %s is %s%s%s.", s->outcome_title, base, by,
                in);
  g_free(between.text);
}

void pln_compose_sense_tables(PlnDoc *doc, const PlnSensitivity *s, gboolean full) {
  if (s->runner)
    say_base(doc, s);
  add_tornado(doc, s, full);
  add_indices(doc, s);
  add_screening(doc, s, full);
  add_ranks(doc, s, full);
}
