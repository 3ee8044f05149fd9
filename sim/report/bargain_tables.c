/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bargaining for people: the scales, who gets what, members that differ. */
#include <math.h>
#include <string.h>

#include "plenary/compose_bargain.h"
#include "plenary/text.h"

enum { LINE = 25, ROWS = 20, POINTS = 100, FULL = 100 };

static const PlnIssue *issue_of(const PlnBargain *b, guint issue) {
  return b->issue[issue].issue;
}

/* The issue, where people are shown one alone; else -1. */
static int only_issue(const PlnBargain *b, const PlnComposeBargainOptions *options) {
  int only = -1;
  for (guint k = 0; k < b->course->m; k++)
    if (pln_bargain_shows(b, options, k)) {
      if (only >= 0)
        return -1;
      only = (int)k;
    }
  return only;
}

static PlnValue position_cell(const PlnIssue *issue, double position) {
  return pln_number(position, pln_bargain_digits(issue));
}

/* ---- A scale in a line ---- */

static guint place_on(const PlnIssue *issue, double position) {
  double share = (position - issue->from) / (issue->to - issue->from);
  return (guint)(CLAMP(share, 0, 1) * (LINE - 1) + 0.5);
}

/* "├─●──R─━━┃━━──●┤": later marks cover earlier ones, the forecast all. */
static char *draw_line(const PlnBargain *b, guint issue) {
  const PlnBargainIssue *item = &b->issue[issue];
  const PlnBargainSpread *spread = pln_bargain_spread(item);
  const char *mark[LINE];
  for (guint k = 0; k < LINE; k++)
    mark[k] = "─";
  for (guint k = spread ? place_on(item->issue, spread->quantile[0]) : LINE;
       spread && k <= place_on(item->issue, spread->quantile[4]); k++)
    mark[k] = "━";
  for (guint i = 0; i < b->course->n; i++)
    if (!isnan(pln_course_at(b->course, 0, i, issue)))
      mark[place_on(item->issue, pln_course_at(b->course, 0, i, issue))] = "●";
  if (!isnan(item->issue->reference))
    mark[place_on(item->issue, item->issue->reference)] = "R";
  if (!isnan(item->issue->outcome))
    mark[place_on(item->issue, item->issue->outcome)] = "O";
  if (!isnan(item->outcome))
    mark[place_on(item->issue, item->outcome)] = "┃";
  GString *out = g_string_new("├");
  for (guint k = 0; k < LINE; k++)
    g_string_append(out, mark[k]);
  g_string_append(out, "┤");
  return g_string_free(out, FALSE);
}

/* Which marks there are, in words. */
static void say_marks(PlnDoc *doc, const PlnBargain *b, const PlnComposeBargainOptions *options) {
  gboolean spread = FALSE, reference = FALSE, record = FALSE;
  for (guint k = 0; k < b->course->m; k++) {
    if (!pln_bargain_shows(b, options, k))
      continue;
    spread |= pln_bargain_spread(&b->issue[k]) != NULL;
    reference |= !isnan(issue_of(b, k)->reference);
    record |= !isnan(issue_of(b, k)->outcome);
  }
  pln_doc_say(doc, NULL, PLN_SAY_NOTE, "┃ forecast, ● where delegations start%s%s%s.",
              spread ? ", ━ 9 of 10" : "", reference ? ", R without agreement" : "",
              record ? ", O on record (no method sees it)" : "");
}

static PlnValue between_cell(const PlnBargainIssue *item) {
  const PlnBargainSpread *spread = pln_bargain_spread(item);
  if (!spread)
    return pln_none();
  g_autofree char *low = pln_say_position(item->issue, spread->quantile[0]);
  g_autofree char *high = pln_say_position(item->issue, spread->quantile[4]);
  g_autofree char *both = strcmp(low, high) == 0 ? g_strdup(low)
                                                 : g_strdup_printf("%s to %s", low, high);
  return pln_text(both);
}

static guint widest_end(const PlnBargain *b) {
  guint widest = 0;
  for (guint k = 0; k < b->course->m; k++) {
    g_autofree char *from = pln_say_position(issue_of(b, k), issue_of(b, k)->from);
    widest = MAX(widest, pln_text_width(from));
  }
  return widest;
}

void pln_compose_bargain_scales(PlnDoc *doc, const PlnBargain *b,
                                const PlnComposeBargainOptions *options) {
  static const PlnDocColumn columns[] = {{"-issue", "Issue"},
                                         {"-forecast", "Forecast"},
                                         {"-between", "9 of 10"},
                                         {"-record", "On record"},
                                         {"-line", "On its scale"},
                                         {NULL, NULL}};
  pln_doc_table(doc, NULL, PLN_FOR_PEOPLE, NULL, columns);
  for (guint k = 0; k < b->course->m; k++) {
    const PlnBargainIssue *item = &b->issue[k];
    const PlnIssue *issue = item->issue;
    if (!pln_bargain_shows(b, options, k))
      continue;
    g_autofree char *from = pln_say_position(issue, issue->from);
    g_autofree char *to = pln_say_position(issue, issue->to);
    g_autofree char *line = draw_line(b, k);
    g_autofree char *scale = g_strdup_printf("%*s %s %s", (int)widest_end(b), from, line, to);
    pln_doc_cell(doc, pln_text(issue->id));
    pln_doc_cell(doc, isnan(item->outcome) ? pln_unknown() : position_cell(issue, item->outcome));
    pln_doc_cell(doc, between_cell(item));
    pln_doc_cell(doc, position_cell(issue, issue->outcome));
    pln_doc_cell(doc, pln_text(scale));
  }
  say_marks(doc, b, options);
}

/* ---- Winners and losers ---- */

typedef struct {
  guint who;
  double loss;
} Rank;

static int by_loss(gconstpointer a, gconstpointer b) {
  const Rank *x = a, *y = b;
  if (x->loss != y->loss)
    return x->loss < y->loss ? -1 : 1;
  return (x->who > y->who) - (x->who < y->who);
}

/* Salience times distance over the length of the scale: of one issue as the side has it over all. */
static double loss_at(const PlnBargain *b, guint i, guint issue, double position) {
  const PlnDelegations *t = b->table;
  gsize at = (gsize)i * t->m + issue;
  return t->salience[at] * fabs(position - t->position[at]) / (t->to[issue] - t->from[issue]);
}

static double loss_of(const PlnBargain *b, int only, guint i) {
  return only < 0 ? b->side[i].loss : loss_at(b, i, (guint)only, b->issue[only].outcome);
}

static double loss_without(const PlnBargain *b, int only, guint i) {
  return only < 0 ? b->side[i].loss_reference
                  : loss_at(b, i, (guint)only, issue_of(b, (guint)only)->reference);
}

/* Those that lose least first; who has no loss to speak of is left out. */
static GArray *ranked(const PlnBargain *b, int only) {
  GArray *ranks = g_array_new(FALSE, FALSE, sizeof(Rank));
  for (guint i = 0; i < b->course->n; i++) {
    Rank rank = {i, loss_of(b, only, i)};
    if (!isnan(rank.loss))
      g_array_append_val(ranks, rank);
  }
  g_array_sort(ranks, by_loss);
  return ranks;
}

/* How much less is lost than without agreement, on its issues that have a reference point and a
 * forecast; NAN where none has both. */
static double gain_of(const PlnBargain *b, int only, guint i) {
  double gain = 0;
  guint n = 0;
  for (guint k = 0; k < b->table->m; k++) {
    double one = loss_at(b, i, k, issue_of(b, k)->reference) - loss_at(b, i, k, b->issue[k].outcome);
    if (isnan(one) || (only >= 0 && (guint)only != k))
      continue;
    gain += one;
    n++;
  }
  return n > 0 ? gain : NAN;
}

/* Which issues cannot be compared: "review, fund".  (transfer full) (nullable) */
static char *list_without(const PlnBargain *b, int only) {
  enum { NAMED = 4 };
  GString *out = g_string_new(NULL);
  guint n = 0;
  for (guint k = 0; k < b->table->m; k++)
    if (isnan(issue_of(b, k)->reference) && (only < 0 || (guint)only == k) && n++ < NAMED)
      g_string_append_printf(out, "%s%s", n > 1 ? ", " : "", issue_of(b, k)->id);
  if (n > NAMED)
    g_string_append_printf(out, " and %u more", n - NAMED);
  return g_string_free(out, n == 0);
}

static void say_gains(PlnDoc *doc, const PlnBargain *b, int only, const GArray *ranks) {
  guint n[3] = {0}, all = 0;
  for (guint k = 0; k < ranks->len; k++) {
    double gain = gain_of(b, only, g_array_index(ranks, Rank, k).who);
    if (isnan(gain))
      continue;
    n[fabs(gain) <= PLN_TIE ? 1 : gain > 0 ? 2 : 0]++;
    all++;
  }
  g_autofree char *without = list_without(b, only);
  g_autofree char *left_out = all < ranks->len
                                  ? g_strdup_printf(" Not compared: %u, on none of whose issues one "
                                                    "is stated.",
                                                    ranks->len - all)
                                  : g_strdup("");
  if (all == 0)
    return;
  pln_doc_say(doc, NULL, PLN_SAY_PLAIN, "%s", "");
  if (all == 1)
    pln_doc_say(doc, NULL, PLN_SAY_PLAIN, "Against no agreement one delegation %s.%s",
                n[2] > 0 ? "gains" : n[0] > 0 ? "loses" : "neither gains nor loses", left_out);
  else
    pln_doc_say(doc, NULL, PLN_SAY_PLAIN,
              "Against no agreement %u of %u delegations gain, %u lose%s%s%s%s.%s", n[2], all, n[0],
              n[1] > 0 ? ", the others neither" : "", without ? " (" : "",
              without ? without : "", without ? ", without a reference point, not counted)" : "",
              left_out);
}

/* The name in words, cut to the room that the table leaves. */
static PlnValue title_cell(const PlnBargain *b, int only, guint i) {
  const PlnDelegation *d = pln_delegation(b->table, i);
  gboolean full = only >= 0 && b->course->rounds > 0 && !isnan(loss_without(b, only, i));
  glong most = only < 0 ? 40 : full ? 9 : 15;
  if (strcmp(d->title, d->name) == 0)
    return pln_none();
  if (g_utf8_strlen(d->title, -1) <= most)
    return pln_text(d->title);
  g_autofree char *start = g_utf8_substring(d->title, 0, most - 1);
  g_autofree char *cut = g_strconcat(g_strchomp(start), "…", NULL);
  return pln_text(cut);
}

/* What the talks brought one of them, on the issue or over all. */
static void side_cells(PlnDoc *doc, const PlnBargain *b, int only, const Rank *rank) {
  guint i = rank->who;
  const PlnDelegation *d = pln_delegation(b->table, i);
  const PlnDelegations *t = b->table;
  const PlnIssue *issue = only >= 0 ? issue_of(b, (guint)only) : NULL;
  gsize at = (gsize)i * t->m + (gsize)MAX(only, 0);
  pln_doc_cell(doc, pln_text(d->name));
  pln_doc_cell(doc, issue ? position_cell(issue, t->position[at]) : pln_none());
  pln_doc_cell(doc, issue && b->course->rounds > 0
                        ? position_cell(issue, pln_course_at(b->course, b->course->rounds, i,
                                                             (guint)only))
                        : pln_none());
  pln_doc_cell(doc, issue && !t->equal_salience ? pln_number(FULL * t->salience[at], 0) : pln_none());
  pln_doc_cell(doc, issue && !t->equal_capability ? pln_number(t->capability[at], 2) : pln_none());
  pln_doc_cell(doc, issue ? pln_number(b->lever[at], 3) : pln_none());
  pln_doc_cell(doc, pln_number(POINTS * rank->loss, 1));
  pln_doc_cell(doc, pln_number(POINTS * loss_without(b, only, i), 1));
  pln_doc_cell(doc, only < 0 && b->course->rounds > 0 ? pln_number(POINTS * b->side[i].moved, 1)
                                                      : pln_none());
  pln_doc_cell(doc, only < 0 && b->course->exchanges > 0 ? pln_number(b->side[i].externality, 1)
                                                         : pln_none());
  pln_doc_cell(doc, title_cell(b, only, i));
}

static void say_columns(PlnDoc *doc, const PlnBargain *b, int only, const GArray *ranks) {
  gboolean without = FALSE;
  for (guint k = 0; k < ranks->len; k++)
    without |= !isnan(loss_without(b, only, g_array_index(ranks, Rank, k).who));
  pln_doc_say(doc, NULL, PLN_SAY_NOTE,
              "In points: hundredths of a scale, times how much one cares, as a share of 100. "
              "Loss: the distance from what it wants; 0 is all it wants%s.%s%s%s%s",
              only < 0 ? "; the mean of its issues" : "",
              without ? " Without: the same without agreement." : "",
              only >= 0 ? " Lever: how far the weighted mean moves when it moves by 1." : "",
              only < 0 && b->course->rounds > 0
                  ? " Moved: hundredths of the scales, summed over its issues."
                  : "",
              only < 0 && b->course->exchanges > 0
                  ? " Others': what exchanges of others were to bring it, summed over all rounds."
                  : "");
}

void pln_compose_bargain_sides(PlnDoc *doc, const PlnBargain *b,
                               const PlnComposeBargainOptions *options) {
  static const PlnDocColumn columns[] = {
      {"-who", "Delegation"}, {"-start", "Starts"},     {"-end", "Ends"},
      {"-salience", "Cares"}, {"-weight", "Capability"}, {"-lever", "Lever"},
      {"-loss", "Loss"},      {"-without", "Without"},  {"-moved", "Moved"},
      {"-others", "Others'"}, {"-title", ""},           {NULL, NULL}};
  int only = only_issue(b, options);
  g_autoptr(GArray) ranks = ranked(b, only);
  guint shown = options->full || ranks->len <= ROWS ? ranks->len : ROWS;
  if (ranks->len == 0)
    return;
  say_gains(doc, b, only, ranks);
  pln_doc_table(doc, NULL, PLN_FOR_PEOPLE, NULL, columns);
  for (guint k = 0; k < ranks->len; k++)
    if (k < (shown + 1) / 2 || k >= ranks->len - shown / 2)
      side_cells(doc, b, only, &g_array_index(ranks, Rank, k));
  say_columns(doc, b, only, ranks);
  if (shown < ranks->len)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE, "Those between, %u, are left out; --full shows all.",
                ranks->len - shown);
}

/* ---- Members that differ ---- */

void pln_compose_bargain_differing(PlnDoc *doc, const PlnBargain *b,
                                   const PlnComposeBargainOptions *options) {
  static const PlnDocColumn columns[] = {{"-who", "Differs"},  {"-bloc", "from"},
                                         {"-issue", "on"},     {"-own", "Its own"},
                                         {"-bloc_s", "Bloc's"}, {"-cares", "Cares"},
                                         {NULL, NULL}};
  guint n = 0;
  pln_doc_table(doc, NULL, PLN_FOR_PEOPLE, NULL, columns);
  for (guint k = 0; k < b->table->differing->len; k++) {
    const PlnDiffering *d = &g_array_index(b->table->differing, PlnDiffering, k);
    if (!pln_bargain_shows(b, options, d->issue) || (n++ >= ROWS && !options->full))
      continue;
    pln_doc_cell(doc, pln_text(pln_actor_name(d->row)));
    pln_doc_cell(doc, pln_text(pln_delegation(b->table, d->delegation)->name));
    pln_doc_cell(doc, pln_text(issue_of(b, d->issue)->id));
    pln_doc_cell(doc, position_cell(issue_of(b, d->issue), d->position));
    pln_doc_cell(doc, position_cell(issue_of(b, d->issue), d->position - d->distance));
    pln_doc_cell(doc, b->table->equal_salience ? pln_none() : pln_number(FULL * d->salience, 0));
  }
  if (n > 0)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE,
                "A member that differs does not sit at the table, but votes for itself%s.",
                n > ROWS && !options->full ? "; --full shows all" : "");
}
