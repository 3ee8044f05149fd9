/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sentences of bargaining. */
#include <math.h>
#include <string.h>

#include "plenary/compose_bargain.h"

enum { MOST_DIGITS = 12, NAMED = 5, TOUCHED = 4, APART = 6 };

/* ---- Numbers ---- */

int pln_bargain_digits(const PlnIssue *issue) {
  double fine = (issue->to - issue->from) / 250, step = 1;
  int digits = 0;
  for (; step > fine && digits < MOST_DIGITS; step /= 10)
    digits++;
  return digits;
}

PlnValue pln_bargain_value(const PlnIssue *issue, double position) {
  return pln_number(position, MIN(pln_bargain_digits(issue) + 8, 15));
}

char *pln_say_position(const PlnIssue *issue, double position) {
  g_auto(GStrv) parts = NULL;
  if (isnan(position))
    return g_strdup("?");
  PlnValue value = pln_number(position, pln_bargain_digits(issue));
  char *text = pln_value_text(&value);
  parts = g_strsplit(text, ".", 2);
  if (parts[1] && strspn(parts[1], "0") == strlen(parts[1])) { /* 10, not 10.00 */
    g_free(text);
    text = g_strdup(parts[0]);
  }
  return text;
}

/* Three digits that count, as the field prints utilities. */
static char *say_utility(double utility) {
  char number[G_ASCII_DTOSTR_BUF_SIZE];
  double size = fabs(utility);
  const char *format = size < 1 ? "%.3f" : size < 1000 ? "%.3g" : "%.0f";
  return g_strdup(g_ascii_formatd(number, sizeof number, format, utility));
}

const PlnBargainSpread *pln_bargain_spread(const PlnBargainIssue *item) {
  return item->has_drawn ? &item->drawn : item->has_spread ? &item->spread : NULL;
}

gboolean pln_bargain_shows(const PlnBargain *bargain, const PlnComposeBargainOptions *options,
                           guint issue) {
  return !options->issue || options->issue == bargain->issue[issue].issue;
}

/* ---- What an issue comes to ---- */

static void say_scale(const PlnIssue *issue, GString *out) {
  g_autofree char *from = pln_say_position(issue, issue->from);
  g_autofree char *to = pln_say_position(issue, issue->to);
  g_string_append_printf(out, " on the scale from %s", from);
  if (*issue->low)
    g_string_append_printf(out, " (%s)", issue->low);
  g_string_append_printf(out, " to %s", to);
  if (*issue->high)
    g_string_append_printf(out, " (%s)", issue->high);
}

/* Between what it lies nine times of ten. */
static void say_spread(const PlnBargain *bargain, const PlnBargainIssue *item, GString *out) {
  const PlnBargainSpread *spread = pln_bargain_spread(item);
  if (!spread || (!item->has_drawn && spread->quantile[0] == spread->quantile[4]))
    return;
  g_autofree char *low = pln_say_position(item->issue, spread->quantile[0]);
  g_autofree char *high = pln_say_position(item->issue, spread->quantile[4]);
  if (strcmp(low, high) == 0)
    g_string_append_printf(out, "; 9 %s of 10 at %s", item->has_drawn ? "draws" : "times", low);
  else if (item->has_drawn)
    g_string_append_printf(out, "; 90 %% of draws %s to %s", low, high);
  else
    g_string_append_printf(out, "; 9 times of 10 from %s to %s", low, high);
  if (item->has_drawn && fabs(spread->quantile[2] - item->outcome) >
                             (spread->quantile[4] - spread->quantile[0]) / APART) {
    g_autofree char *middle = pln_say_position(item->issue, spread->quantile[2]);
    g_string_append_printf(out, ", their middle %s (the forecast is without draws)", middle);
  }
  if (item->without > 0)
    g_string_append_printf(out, ", no answer in %u of %u draws", item->without,
                           bargain->options.draws);
}

static void say_camps(const PlnBargainIssue *item, GString *out) {
  const PlnBargainSpread *spread = pln_bargain_spread(item);
  PlnBargainCamps camps;
  if (!spread || !pln_bargain_camps(item, spread, &camps))
    return;
  char *text[4];
  for (guint k = 0; k < 4; k++)
    text[k] = pln_say_position(item->issue, camps.at[k]);
  g_string_append_printf(out, " Two camps: most likely near %s to %s or %s to %s; the forecast between "
                              "them is unlikely itself.",
                         text[0], text[1], text[2], text[3]);
  for (guint k = 0; k < 4; k++)
    g_free(text[k]);
}

char *pln_say_bargain_issue(const PlnBargain *bargain, guint issue) {
  const PlnBargainIssue *item = &bargain->issue[issue];
  g_autofree char *outcome = pln_say_position(item->issue, item->outcome);
  g_autofree char *reference = pln_say_position(item->issue, item->issue->reference);
  GString *out = g_string_new(item->issue->title);
  if (isnan(item->outcome)) {
    g_string_append_printf(out, ": no forecast: %s", item->words ? item->words : "none can be made");
    if (item->has_drawn)
      g_string_append_printf(out, "; in %u of %u draws of what was stated there is one",
                             bargain->options.draws - item->without, bargain->options.draws);
    g_string_append_c(out, '.');
    return g_string_free(out, FALSE);
  }
  g_string_append_printf(out, ": %s%s%s", outcome, *item->issue->unit ? " " : "",
                         item->issue->unit);
  say_scale(item->issue, out);
  say_spread(bargain, item, out);
  if (!isnan(item->issue->reference))
    g_string_append_printf(out, "; without agreement %s", reference);
  if (item->words)
    g_string_append_printf(out, " (%s)", item->words);
  g_string_append_c(out, '.');
  say_camps(item, out);
  return g_string_free(out, FALSE);
}

/* ---- Who moved ---- */

typedef struct {
  guint who;
  double size;
} Move;

static int by_size(gconstpointer a, gconstpointer b) {
  const Move *x = a, *y = b;
  if (x->size != y->size)
    return x->size > y->size ? -1 : 1;
  return (x->who > y->who) - (x->who < y->who);
}

char *pln_say_bargain_moves(const PlnBargain *bargain, guint issue) {
  const PlnCourse *c = bargain->course;
  const PlnIssue *scale = bargain->issue[issue].issue;
  double apart = pln_floor_apart(scale->from, scale->to);
  g_autoptr(GArray) moves = g_array_new(FALSE, FALSE, sizeof(Move));
  for (guint i = 0; i < c->n; i++) {
    double from = pln_course_at(c, 0, i, issue), to = pln_course_at(c, c->rounds, i, issue);
    Move move = {i, fabs(to - from)};
    if (!isnan(from) && move.size > apart)
      g_array_append_val(moves, move);
  }
  if (moves->len == 0)
    return NULL;
  g_array_sort(moves, by_size);
  GString *out = g_string_new(NULL);
  g_string_append_printf(out, "%u of the %u delegations on %s %s: ", moves->len,
                         bargain->issue[issue].taking_part, scale->id,
                         moves->len == 1 ? "has moved" : "have moved");
  for (guint k = 0; k < MIN(moves->len, NAMED); k++) {
    guint i = g_array_index(moves, Move, k).who;
    g_autofree char *from = pln_say_position(scale, pln_course_at(c, 0, i, issue));
    g_autofree char *to = pln_say_position(scale, pln_course_at(c, c->rounds, i, issue));
    g_string_append_printf(out, "%s%s from %s to %s", k > 0 ? ", " : "",
                           pln_delegation(bargain->table, i)->name, from, to);
  }
  g_string_append(out, moves->len > NAMED ? " and others." : ".");
  return g_string_free(out, FALSE);
}

/* ---- How it ended ---- */

/* How many delegations moved in the last round. */
static guint last_movers(const PlnBargain *b) {
  const PlnCourse *c = b->course;
  guint n = 0;
  for (guint i = 0; i < c->n && c->rounds > 0; i++) {
    gboolean moved = FALSE;
    for (guint issue = 0; issue < c->m; issue++) {
      double before = pln_course_at(c, c->rounds - 1, i, issue);
      double apart = pln_floor_apart(b->table->from[issue], b->table->to[issue]);
      moved |= fabs(before - pln_course_at(c, c->rounds, i, issue)) > apart; /* not of NAN */
    }
    n += moved;
  }
  return n;
}

/* The literal reading looks at the median alone, whoever else still moves. */
static char *say_settled(const PlnBargain *b) {
  const PlnCourse *c = b->course;
  guint movers = last_movers(b);
  const char *s = c->rounds == 1 ? "" : "s";
  if (strcmp(c->method->name, "challenge-literal") != 0)
    return g_strdup_printf("It settles: after %u round%s moves have become too small to count.",
                           c->rounds, s);
  g_autofree char *still =
      movers > 0 ? g_strdup_printf(", though %u delegation%s still moved in the last", movers,
                                   movers == 1 ? "" : "s")
                 : g_strdup("");
  return g_strdup_printf("After %u round%s the median has moved less than half a percent of the range "
                         "in two rounds running, which is where this method stops%s.",
                         c->rounds, s, still);
}

/* With the reason, where the issues have one in common. */
static char *say_nothing(const PlnCourse *c) {
  const char *why = c->m > 0 ? c->words[0] : NULL;
  for (guint k = 1; k < c->m; k++)
    if (g_strcmp0(why, c->words[k]) != 0)
      why = NULL;
  return why ? g_strdup_printf("Nobody bargains: %s.", why)
             : g_strdup("Nobody bargains; why not, is said of each issue.");
}

static char *say_ended(const PlnBargain *b) {
  const PlnCourse *c = b->course;
  switch (c->end) {
  case PLN_TALKS_END_ONCE:
    return g_strdup("The method has no rounds: it forecasts from where the delegations stand.");
  case PLN_TALKS_END_STILL:
    return c->rounds == 0 ? g_strdup("Nobody moves at all.")
                          : g_strdup_printf("After %u round%s nobody moves any more.", c->rounds,
                                            c->rounds == 1 ? "" : "s");
  case PLN_TALKS_END_SETTLED:
    return say_settled(b);
  default:
    return say_nothing(c);
  }
}

char *pln_say_bargain_end(const PlnBargain *bargain) {
  const PlnCourse *c = bargain->course;
  if (c->why == PLN_COURSE_ENDED)
    return say_ended(bargain);
  if (c->why == PLN_COURSE_CYCLE && c->period == 1)
    return g_strdup_printf("From round %u on all stand where they stand at the end, though the method "
                           "goes on to round %u.",
                           c->back, c->rounds);
  if (c->why == PLN_COURSE_CYCLE)
    return g_strdup_printf("They do not come to rest: from round %u on they go round, every %u "
                           "rounds; the forecast is that of round %u.",
                           c->back, c->period, c->rounds);
  return g_strdup_printf("After %u round%s, %s, the talks have not come to rest.", c->rounds,
                         c->rounds == 1 ? "" : "s",
                         bargain->options.rounds > 0 ? "as many as were asked for"
                                                     : "as many as are usual for this method");
}

/* ---- Which method, which reading ---- */

static void say_options(const PlnBargain *bargain, GString *out) {
  const PlnMethodOptions *how = &bargain->options.how;
  const char *name = bargain->options.method->name;
  if (g_str_has_prefix(name, "challenge-")) {
    g_autofree char *q = say_utility(how->q);
    g_string_append_printf(out, " The %s reading, %s; the chance that the other would stay "
                                "unless challenged: %s.",
                           name + strlen("challenge-"),
                           how->reference ? "with the reference point as what holds now"
                                          : "without a reference point",
                           how->q == 1 ? "sure (Q = 1)" : q);
  } else if (strcmp(name, "condorcet") == 0) {
    g_string_append_printf(out, " Votes %s to the difference of utility, challengers %s, exponent %u"
                                "%s.",
                           how->law == PLN_LAW_PROPORTIONAL ? "in proportion" : pln_law_words[how->law],
                           pln_challengers_words[how->challengers], how->exponent,
                           how->risk ? ", with attitudes to risk from a first election" : "");
  } else if (strcmp(name, "nash") == 0 || strcmp(name, "kalai-smorodinsky") == 0) {
    g_string_append(out, how->disagree == PLN_DISAGREE_REFERENCE
                             ? " Where the talks fail the reference point holds."
                             : " Failed talks are taken to be worse to each than any position held.");
  } else if (strcmp(name, "exchange") == 0) {
    g_string_append(out, how->both_ways
                             ? " The scale has no direction."
                             : " As in its authors' program plans to move up are bounded, so a "
                               "mirrored scale may end a little elsewhere.");
  }
  if (how->capability_alone)
    g_string_append(out, " Weights are of capability alone, without salience.");
}

char *pln_say_bargain_method(const PlnBargain *bargain) {
  const PlnMethod *method = bargain->options.method;
  GString *out = g_string_new(NULL);
  gboolean named = g_str_has_prefix(method->title, method->name);
  g_string_append_printf(out, "Method: %s%s%s (%s).", named ? "" : method->name, named ? "" : ", ",
                         method->title, method->source);
  say_options(bargain, out);
  return g_string_free(out, FALSE);
}

/* ---- What was asked ---- */

static char *say_number(double value) {
  char number[G_ASCII_DTOSTR_BUF_SIZE];
  return g_strdup(g_ascii_formatd(number, sizeof number, "%.10g", value));
}

/* "position scope:IRN=5±1", "merge BOTH=EU,GRULAC": as it would be written. */
static void say_edit(const PlnBargain *bargain, const PlnTalksEdit *edit, GString *out) {
  g_autofree char *value = say_number(edit->value), *sd = say_number(edit->sd);
  g_autofree char *list = edit->list ? g_strjoinv(",", edit->list) : NULL;
  g_string_append_printf(out, "%s%s ", out->len > 0 ? "; " : "", pln_talks_edit_words[edit->kind]);
  if (edit->issue >= 0)
    g_string_append_printf(out, "%s:", bargain->issue[edit->issue].issue->id);
  g_string_append(out, edit->who);
  if (edit->kind <= PLN_TALKS_CAPABILITY)
    g_string_append_printf(out, "=%s%s%s", value, isnan(edit->sd) ? "" : "±",
                           isnan(edit->sd) ? "" : sd);
  else if (list)
    g_string_append_printf(out, "%s%s", edit->kind == PLN_TALKS_MERGE ? "=" : ":", list);
}

char *pln_say_bargain_edits(const PlnBargain *bargain) {
  const GArray *edits = bargain->options.edits;
  GString *out = g_string_new(NULL);
  for (guint k = 0; edits && k < edits->len; k++)
    say_edit(bargain, &g_array_index(edits, PlnTalksEdit, k), out);
  return g_string_free(out, FALSE);
}

/* ---- Exchanges ---- */

/* The greatest externalities on others than the two: "AOSIS gains 1.2, LDC loses 0.7". */
static void say_touched(const PlnBargain *bargain, const PlnCourseDeal *deal, GString *out) {
  const PlnCourse *c = bargain->course;
  const double *row = c->externality + (gsize)deal->externality * c->n;
  g_autoptr(GArray) touched = g_array_new(FALSE, FALSE, sizeof(Move));
  for (guint i = 0; i < c->n; i++) {
    Move move = {i, fabs(row[i])};
    if (i != deal->deal.actor && i != deal->deal.other && move.size >= 0.0005)
      g_array_append_val(touched, move);
  }
  g_array_sort(touched, by_size);
  for (guint k = 0; k < MIN(touched->len, TOUCHED); k++) {
    guint i = g_array_index(touched, Move, k).who;
    g_autofree char *much = say_utility(fabs(row[i]));
    g_string_append_printf(out, "%s%s %s %s", k > 0 ? ", " : "; ",
                           pln_delegation(bargain->table, i)->name, row[i] > 0 ? "gains" : "loses",
                           much);
  }
}

/* "USA votes on cut at 95 instead of 30, then stands at 49.5": after all its plans of that round. */
static void say_plan(const PlnBargain *bargain, guint round, guint who, guint issue, double from,
                     double to, GString *out) {
  const PlnIssue *scale = bargain->issue[issue].issue;
  double stands = round <= bargain->course->rounds
                      ? pln_course_at(bargain->course, round, who, issue)
                      : NAN;
  g_autofree char *was = pln_say_position(scale, from), *votes = pln_say_position(scale, to);
  g_autofree char *then = pln_say_position(scale, stands);
  g_string_append_printf(out, "%s votes on %s at %s instead of %s",
                         pln_delegation(bargain->table, who)->name, scale->id, votes, was);
  if (!isnan(stands))
    g_string_append_printf(out, ", then stands at %s", then);
  g_string_append(out, "; ");
}

char *pln_say_bargain_exchange(const PlnBargain *bargain, const PlnCourseDeal *kept) {
  const PlnDeal *deal = &kept->deal;
  g_autofree char *own = say_utility(deal->own), *others = say_utility(deal->others);
  GString *out = g_string_new(NULL);
  say_plan(bargain, kept->round, deal->actor, deal->issue, deal->from, deal->to, out);
  say_plan(bargain, kept->round, deal->other, (guint)deal->issue2, deal->from2, deal->to2, out);
  if (strcmp(own, others) == 0)
    g_string_append_printf(out, "both gain %s", own);
  else
    g_string_append_printf(out, "%s gains %s, %s %s",
                           pln_delegation(bargain->table, deal->actor)->name, own,
                           pln_delegation(bargain->table, deal->other)->name, others);
  say_touched(bargain, kept, out);
  return g_string_free(out, FALSE);
}
