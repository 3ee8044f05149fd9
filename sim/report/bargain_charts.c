/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the page draws of bargaining: of each issue its course, round by round, and where its
 * outcome may lie.  A table of a drawing has a row a mark, so that its twin can be read; it has no
 * key, as programs have the same in tables of their own. */
#include <math.h>
#include <string.h>

#include "plenary/compose_bargain.h"

/* A page holds so many marks of courses, some 100 bytes each; beyond, rounds are left out. */
enum { MARKS = 4000, DRAWN = 24 };

static void mark(PlnDoc *doc, const char *what, const char *who, PlnValue round, PlnValue at) {
  pln_doc_cell(doc, pln_text(what));
  pln_doc_cell(doc, *who ? pln_text(who) : pln_none());
  pln_doc_cell(doc, round);
  pln_doc_cell(doc, at);
}

static PlnValue place(const PlnIssue *issue, double position) {
  return pln_number(position, pln_bargain_digits(issue) + 2);
}

/* The ends of the scale, the reference point and the outcome on record.  A course has the round
 * before the position, a distribution two cells behind it. */
static void frame_rows(PlnDoc *doc, const PlnIssue *issue, gboolean course) {
  const struct {
    const char *what, *who;
    double at;
  } rows[] = {{"low end", issue->low, issue->from},
              {"high end", issue->high, issue->to},
              {"without agreement", "", issue->reference},
              {"on record", "", issue->outcome}};
  for (gsize k = 0; k < G_N_ELEMENTS(rows); k++) {
    if (isnan(rows[k].at))
      continue;
    pln_doc_cell(doc, pln_text(rows[k].what));
    pln_doc_cell(doc, *rows[k].who ? pln_text(rows[k].who) : pln_none());
    if (course)
      pln_doc_cell(doc, pln_none());
    pln_doc_cell(doc, place(issue, rows[k].at));
    if (!course) {
      pln_doc_cell(doc, pln_none());
      pln_doc_cell(doc, pln_none());
    }
  }
}

/* ---- The course ---- */

/* Every how many rounds there is room for, of @drawn courses. */
static guint step_of(const PlnBargain *b, guint issue, guint drawn) {
  guint step = 1;
  while ((guint64)b->issue[issue].taking_part * (b->course->rounds / step + 2) > MARKS / drawn &&
         step < b->course->rounds)
    step++;
  return step;
}

static void course_rows(PlnDoc *doc, const PlnBargain *b, guint issue, guint step) {
  const PlnCourse *c = b->course;
  const PlnIssue *scale = b->issue[issue].issue;
  for (guint r = 0; r <= c->rounds; r++)
    mark(doc, "forecast", "", pln_int(r), place(scale, c->outcome[(gsize)r * c->m + issue]));
  for (guint i = 0; i < c->n; i++)
    for (guint r = 0; r <= c->rounds; r++)
      if (!isnan(pln_course_at(c, 0, i, issue)) && (r % step == 0 || r == c->rounds))
        mark(doc, "delegation", pln_delegation(b->table, i)->name, pln_int(r),
             place(scale, pln_course_at(c, r, i, issue)));
}

/* What is to be seen. */
static char *say_course(const PlnBargain *b, const PlnBargainIssue *item) {
  g_autofree char *before = pln_say_position(item->issue, item->before);
  g_autofree char *outcome = pln_say_position(item->issue, item->outcome);
  const char *title = item->issue->title, *s = b->course->rounds == 1 ? "" : "s";
  if (isnan(item->outcome))
    return g_strdup_printf("%s: no forecast", title);
  if (strcmp(before, outcome) == 0)
    return g_strdup_printf("%s: after %u round%s the forecast is %s, as before", title,
                           b->course->rounds, s, outcome);
  return g_strdup_printf("%s: the forecast goes from %s to %s in %u round%s", title, before, outcome,
                         b->course->rounds, s);
}

static void add_course(PlnDoc *doc, const PlnBargain *b, guint issue, guint drawn) {
  static const PlnDocColumn columns[] = {
      {"what", "What"}, {"who", "Who"}, {"round", "Round"}, {"position", "Position"}, {NULL, NULL}};
  const PlnBargainIssue *item = &b->issue[issue];
  g_autofree char *finding = say_course(b, item);
  if (b->course->rounds == 0 || item->taking_part == 0)
    return;
  pln_doc_chart(doc, "trajectories", "%s", finding);
  pln_doc_table(doc, NULL, PLN_FOR_PROGRAMS, NULL, columns);
  frame_rows(doc, item->issue, TRUE);
  course_rows(doc, b, issue, step_of(b, issue, drawn));
}

/* ---- The distribution ---- */

static void spread_row(PlnDoc *doc, const char *what, const char *who, PlnValue from, PlnValue to,
                       PlnValue share) {
  pln_doc_cell(doc, pln_text(what));
  pln_doc_cell(doc, *who ? pln_text(who) : pln_none());
  pln_doc_cell(doc, from);
  pln_doc_cell(doc, to);
  pln_doc_cell(doc, share);
}

static void bin_rows(PlnDoc *doc, const PlnBargainIssue *item) {
  const PlnIssue *issue = item->issue;
  double part = (issue->to - issue->from) / PLN_BARGAIN_BINS;
  for (guint k = 0; k < PLN_BARGAIN_BINS && item->has_drawn; k++)
    if (item->drawn.share[k] > 0)
      spread_row(doc, "part of the draws", "", place(issue, issue->from + k * part),
                 place(issue, issue->from + (k + 1) * part),
                 pln_number(CLAMP(item->drawn.share[k], 1e-4, 1 - 1e-4), 4));
}

static void distribution_rows(PlnDoc *doc, const PlnBargain *b, guint issue) {
  static const char *const quantiles[] = {"5 % below", NULL, "50 % below", NULL, "95 % below"};
  const PlnBargainIssue *item = &b->issue[issue];
  const PlnBargainSpread *spread = pln_bargain_spread(item);
  const PlnCourse *c = b->course;
  spread_row(doc, "forecast", "", place(item->issue, item->outcome), pln_none(), pln_none());
  for (guint q = 0; q < 5 && spread; q += 2)
    spread_row(doc, quantiles[q], "", place(item->issue, spread->quantile[q]), pln_none(),
               pln_none());
  for (guint i = 0; i < c->n; i++) {
    double chance = c->chance ? c->chance[(gsize)i * c->m + issue] : NAN;
    if (!isnan(pln_course_at(c, 0, i, issue)))
      spread_row(doc, c->rounds > 0 ? "delegation, at the end" : "delegation",
                 pln_delegation(b->table, i)->name,
                 place(item->issue, pln_course_at(c, c->rounds, i, issue)), pln_none(),
                 isnan(chance) ? pln_none() : pln_number(CLAMP(chance, 1e-4, 1 - 1e-4), 4));
  }
  bin_rows(doc, item);
}

static void add_distribution(PlnDoc *doc, const PlnBargain *b, guint issue) {
  static const PlnDocColumn columns[] = {{"what", "What"},         {"who", "Who"},
                                         {"position", "Position"}, {"to", "to"},
                                         {"share", "Chance"},      {NULL, NULL}};
  const PlnBargainIssue *item = &b->issue[issue];
  const PlnBargainSpread *spread = pln_bargain_spread(item);
  if (isnan(item->outcome) || (!spread && b->course->rounds > 0))
    return;
  g_autofree char *outcome = pln_say_position(item->issue, item->outcome);
  g_autofree char *low = spread ? pln_say_position(item->issue, spread->quantile[0]) : NULL;
  g_autofree char *high = spread ? pln_say_position(item->issue, spread->quantile[4]) : NULL;
  if (spread)
    pln_doc_chart(doc, "distribution", "%s: the outcome lies between %s and %s in 9 %s of 10%s",
                  item->issue->title, low, high, item->has_drawn ? "draws" : "cases",
                  item->has_spread ? "" : ", by the doubt about what was stated alone");
  else
    pln_doc_chart(doc, "distribution", "%s: where the delegations stand, and the forecast, %s",
                  item->issue->title, outcome);
  pln_doc_table(doc, NULL, PLN_FOR_PROGRAMS, NULL, columns);
  frame_rows(doc, item->issue, FALSE);
  distribution_rows(doc, b, issue);
}

void pln_compose_bargain_charts(PlnDoc *doc, const PlnBargain *b,
                                const PlnComposeBargainOptions *options) {
  guint shown = 0, drawn = 0;
  for (guint k = 0; k < b->course->m; k++)
    shown += pln_bargain_shows(b, options, k);
  for (guint k = 0; k < b->course->m; k++) {
    if (!pln_bargain_shows(b, options, k) || drawn++ >= DRAWN)
      continue;
    add_course(doc, b, k, MIN(shown, DRAWN));
    add_distribution(doc, b, k);
  }
}
