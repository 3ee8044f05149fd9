/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ratification for people: dates, years, who the parties are, who joins soon, who is bound. */
#include <math.h>
#include <string.h>

#include "plenary/compose_project.h"
#include "plenary/compose_ratify.h"

/* Years shown one by one, then every fifth; states shown; years ahead that are "soon"; states
 * named of those alike. */
enum { NEAR = 10, STEP = 5, ROWS = 20, SOON = 3, CODES = 3 };

static void percent(PlnDoc *doc, double chance) {
  g_autofree char *said = isnan(chance) ? g_strdup("") : pln_say_percent(chance);
  pln_doc_cell(doc, pln_text(said));
}

static gboolean shows_year(const PlnComposeRatifyOptions *options, guint k) {
  return options->full || k <= NEAR || k % STEP == 0;
}

/* ---- Dates ---- */

/* "Mar 2028".  (transfer full) */
static char *short_day(PlnDayNumber day) {
  g_autofree char *words = pln_say_ratify_day(day, FALSE);
  const char *year = strrchr(words, ' ');
  return day < 0 || !year ? g_strdup(words) : g_strdup_printf("%.3s%s", words, year);
}

static void add_dates(PlnDoc *doc, const PlnRatify *r) {
  static const PlnDocColumn columns[] = {{"-event", "Date"},  {"-q05", "5 %"},  {"-q25", "25 %"},
                                         {"-q50", "50 %"},    {"-q75", "75 %"}, {"-q95", "95 %"},
                                         {"-never", "Never"}, {NULL, NULL}};
  g_autofree char *caption =
      g_strdup_printf("When it comes: so many of 100 draws by then; never: not by the end of %u",
                      r->first_year + r->options.years);
  pln_doc_table(doc, NULL, PLN_FOR_PEOPLE, caption, columns);
  for (PlnRatifyEvent e = 0; e < PLN_RATIFY_EVENTS; e++) {
    const PlnRatifyDate *date = &r->date[e];
    g_autofree char *event = pln_say_ratify_event(r, e);
    if (e == PLN_RATIFY_PROTOCOL && (!r->voted || isnan(r->vote.adopted)))
      continue;
    event[0] = g_ascii_toupper(event[0]);
    pln_doc_cell(doc, pln_text(e == PLN_RATIFY_PROTOCOL ? "Protocol, if adopted" : event));
    for (guint q = 0; q < PLN_RATIFY_QUANTILES; q++) {
      g_autofree char *day = short_day(date->quantile[q]);
      pln_doc_cell(doc, pln_text(day));
    }
    gboolean known = date->quantile[0] >= 0 && date->quantile[PLN_RATIFY_QUANTILES - 1] <= r->known;
    percent(doc, known ? NAN : date->never);
  }
}

/* ---- Years ---- */

static void add_years(PlnDoc *doc, const PlnRatify *r, const PlnComposeRatifyOptions *options) {
  g_autofree char *parties = g_strdup_printf("%u by", r->parties);
  gboolean voted = r->voted && !isnan(r->vote.adopted);
  const PlnDocColumn columns[] = {{"-year", "Year"},
                                  {"-q05", "5 %"},
                                  {"-q25", "25 %"},
                                  {"-q50", "50 %"},
                                  {"-q75", "75 %"},
                                  {"-q95", "95 %"},
                                  {"-mean", "Mean"},
                                  {"-force", "In force by"},
                                  {"-conference", g_intern_string(parties)},
                                  {"-protocol", voted ? "Protocol by" : NULL},
                                  {NULL, NULL}};
  pln_doc_table(doc, NULL, PLN_FOR_PEOPLE,
                "Instruments at the year's end, and the chance that it has come by then", columns);
  for (guint k = 0; k <= r->options.years; k++) {
    if (!shows_year(options, k))
      continue;
    pln_doc_cell(doc, pln_int(r->first_year + k));
    for (guint q = 0; q < PLN_RATIFY_QUANTILES; q++)
      pln_doc_cell(doc, pln_number(r->fan[k * PLN_RATIFY_QUANTILES + q], 0));
    pln_doc_cell(doc, pln_number(r->mean[k], 1));
    percent(doc, r->date[PLN_RATIFY_IN_FORCE].by[k]);
    percent(doc, r->date[PLN_RATIFY_CONFERENCE].by[k]);
    percent(doc, voted ? pln_ratify_protocol_by(r, k) : NAN);
  }
}

/* ---- Who the parties are ---- */

static void add_composition(PlnDoc *doc, const char *at, const PlnRatifyComposition *of) {
  guint all, kind[PLN_PARTY_KINDS];
  if (isnan(of->parties) || of->parties <= 0)
    return;
  pln_ratify_whole(of, &all, kind);
  pln_doc_cell(doc, pln_text(at));
  pln_doc_cell(doc, pln_int(all));
  pln_doc_cell(doc, pln_number(of->sd, 0));
  pln_doc_cell(doc, pln_int(kind[PLN_PARTY_PAST]));
  percent(doc, of->past_third);
  pln_doc_cell(doc, pln_int(kind[PLN_PARTY_AGAINST]));
  percent(doc, of->against_third);
  pln_doc_cell(doc, pln_int(kind[PLN_PARTY_OTHER]));
}

static void add_parties(PlnDoc *doc, const PlnRatify *r, const PlnComposeRatifyOptions *options) {
  const char *past = pln_say_treaty(r->options.past), *began = pln_say_resolution(r->options.began);
  g_autofree char *conference = pln_say_ratify_event(r, PLN_RATIFY_CONFERENCE);
  const PlnDocColumn columns[] = {{"-at", "At"},
                                  {"-n", "States"},
                                  {"-sd", "±"},
                                  {"-past", past},
                                  {"-past_third", "> 1/3"},
                                  {"-against", "Against"},
                                  {"-against_third", "all > 1/3"},
                                  {"-other", "Others"},
                                  {NULL, NULL}};
  pln_doc_table(doc, NULL, PLN_FOR_PEOPLE,
                "Who the parties are, on average; of a year: who has deposited by its end", columns);
  add_composition(doc, "in force", &r->at_force);
  add_composition(doc, conference, &r->at_conference);
  for (guint k = 0; k <= r->options.years; k++) {
    g_autofree char *year = g_strdup_printf("%u", r->first_year + k);
    if (options->full || k % STEP == 0)
      add_composition(doc, year, &r->at_year[k]);
  }
  pln_doc_say(doc, NULL, PLN_SAY_NOTE,
              "> 1/3: the chance that the %s parties are more than a third, which blocks two-thirds "
              "where all vote. Against: others that voted against %s; all: the chance that those and "
              "the %s parties that did so are more than a third.",
              past, began, past);
}

/* ---- States ---- */

typedef struct {
  guint place;
  int first; /* percent, as it is shown: a draw more or less makes no order */
  double then;
  const char *code;
} Row;

/* The greatest first; of equals by code. */
static int by_chance(gconstpointer a, gconstpointer b) {
  const Row *x = a, *y = b;
  if (x->first != y->first)
    return y->first - x->first;
  if (x->then != y->then)
    return x->then > y->then ? -1 : 1;
  return strcmp(x->code, y->code);
}

/* States that are still to join, by the chance of by[@soon]. */
static GArray *joining(const PlnRatify *r, guint soon) {
  GArray *rows = g_array_new(FALSE, FALSE, sizeof(Row));
  for (guint i = 0; i < r->n; i++) {
    const PlnRatifyState *s = &r->state[i];
    Row row = {i, (int)(100 * s->by[soon] + 0.5), 0, s->state->code};
    if (!pln_ratify_deposited(r, s))
      g_array_append_val(rows, row);
  }
  g_array_sort(rows, by_chance);
  return rows;
}

/* Those that the protocol may bind; of equals those that are likelier to vote for it first. */
static GArray *bound(const PlnRatify *r) {
  GArray *rows = g_array_new(FALSE, FALSE, sizeof(Row));
  for (guint i = 0; i < r->n; i++) {
    const PlnRatifyState *s = &r->state[i];
    double yes = s->vote[PLN_VOTE_Y];
    Row row = {i, 0, isnan(yes) ? 0 : yes, s->state->code};
    if (isnan(s->bound))
      continue;
    row.first = (int)(100 * s->bound + 0.5);
    g_array_append_val(rows, row);
  }
  g_array_sort(rows, by_chance);
  return rows;
}

static const PlnRatifyState *row_state(const PlnRatify *r, const GArray *rows, guint k) {
  return &r->state[g_array_index(rows, Row, k).place];
}

static const char *letter(PlnVote vote) {
  static const char *const letters[PLN_VOTE_KINDS] = {"Y", "N", "A", "X"};
  return vote < PLN_VOTE_KINDS ? letters[vote] : "";
}

static void say_deposited(PlnDoc *doc, const PlnRatify *r) {
  g_autoptr(GString) out = g_string_new(NULL);
  for (guint i = 0; i < r->n; i++)
    if (pln_ratify_deposited(r, &r->state[i]))
      g_string_append_printf(out, " %s", r->state[i].state->code);
  if (out->len > 0)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE, "Deposited already:%s.", out->str);
}

static void say_more(PlnDoc *doc, guint left) {
  if (left > 0)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE, "%u more with --full.", left);
}

/* What the model tells states apart by, and what was set. */
static gboolean alike(const PlnRatifyState *a, const PlnRatifyState *b) {
  return a->join_class == b->join_class && a->began == b->began && a->in_union == b->in_union &&
         a->edit == b->edit;
}

/* "AZE BLR BRN +30": those that are alike, by code.  @n: (out): how many  (transfer full) */
static char *say_alike(const PlnRatify *r, const PlnRatifyState *of, guint *n) {
  GString *who = g_string_new(NULL);
  *n = 0;
  for (guint i = 0; i < r->n; i++)
    if (alike(&r->state[i], of) && !pln_ratify_deposited(r, &r->state[i]) && (*n)++ < CODES)
      g_string_append_printf(who, "%s%s", *n > 1 ? " " : "", r->state[i].state->code);
  if (*n > CODES)
    g_string_append_printf(who, " +%u", *n - CODES);
  return g_string_free(who, FALSE);
}

static void add_group(PlnDoc *doc, const PlnRatify *r, const GArray *rows, guint first,
                      gboolean *said) {
  const PlnRatifyState *of = row_state(r, rows, first);
  double by[SOON + 1] = {0}, force = 0, conference = 0;
  guint n;
  g_autofree char *who = say_alike(r, of, &n);
  for (guint k = first; k < rows->len; k++) {
    const PlnRatifyState *s = row_state(r, rows, k);
    if (!alike(s, of))
      continue;
    said[k] = TRUE;
    for (guint y = 0; y <= MIN(SOON, r->options.years); y++)
      by[y] += s->by[y];
    force += s->in_force;
    conference += s->conference;
  }
  pln_doc_cell(doc, pln_text(of->join_class == PLN_JOIN_SIGNATORY ? "yes" : "no"));
  pln_doc_cell(doc, pln_text(letter(of->began)));
  pln_doc_cell(doc, pln_text(of->in_union ? "yes" : "no"));
  pln_doc_cell(doc, pln_int(n));
  for (guint y = 0; y <= SOON; y++)
    percent(doc, y <= r->options.years ? by[y] / n : NAN);
  percent(doc, force / n);
  percent(doc, conference / n);
  pln_doc_cell(doc, pln_text(who));
}

/* @year: SOON + 1 headings, NULL beyond the horizon. */
static void soon_years(const PlnRatify *r, const char **year) {
  for (guint k = 0; k <= SOON; k++) {
    g_autofree char *words = g_strdup_printf("%u", r->first_year + k);
    year[k] = k <= r->options.years ? g_intern_string(words) : NULL;
  }
}

static void add_groups(PlnDoc *doc, const PlnRatify *r) {
  const char *year[SOON + 1];
  soon_years(r, year);
  g_autofree char *parties = g_strdup_printf("%u", r->parties);
  const PlnDocColumn columns[] = {
      {"-signed", "Signed"}, {"-began", g_intern_string(pln_say_resolution(r->options.began))},
      {"-union", "EU"},      {"-n", "States"},
      {"-y0", year[0]},      {"-y1", year[1]},
      {"-y2", year[2]},      {"-y3", year[3]},
      {"-force", "Force"},   {"-conference", g_intern_string(parties)},
      {"-who", "Who"},       {NULL, NULL}};
  g_autoptr(GArray) rows = joining(r, MIN(SOON, r->options.years));
  g_autofree gboolean *said = g_new0(gboolean, rows->len + 1);
  gboolean forced = !isnan(r->at_force.parties), met = !isnan(r->at_conference.parties);
  g_autofree char *note =
      met ? g_strdup_printf("Force, %s: a party on the day of force, of so many parties. ", parties)
          : g_strdup("Force: a party on the day of force. ");
  pln_doc_table(doc, NULL, PLN_FOR_PEOPLE,
                "Who joins soon: chance to have deposited by the year's end", columns);
  for (guint k = 0; k < rows->len; k++)
    if (!said[k])
      add_group(doc, r, rows, k, said);
  say_deposited(doc, r);
  pln_doc_say(doc, NULL, PLN_SAY_NOTE,
              "%sStates are told apart by their signature, their vote on %s and the European Union "
              "alone%s.",
              forced ? note : "", pln_say_resolution(r->options.began),
              r->options.edits ? ", and by what was set" : "");
}

static void add_states(PlnDoc *doc, const PlnRatify *r) {
  const char *year[SOON + 1];
  soon_years(r, year);
  g_autofree char *parties = pln_say_ratify_event(r, PLN_RATIFY_CONFERENCE);
  const PlnDocColumn columns[] = {{"-state", "State"},
                                  {"-signed", "Signed"},
                                  {"-began", g_intern_string(pln_say_resolution(r->options.began))},
                                  {"-y0", year[0]},
                                  {"-y1", year[1]},
                                  {"-y2", year[2]},
                                  {"-y3", year[3]},
                                  {"-force", "In force"},
                                  {"-conference", g_intern_string(parties)},
                                  {"-median", "Middle"},
                                  {NULL, NULL}};
  guint soon = MIN(SOON, r->options.years);
  g_autoptr(GArray) rows = joining(r, soon);
  pln_doc_table(doc, NULL, PLN_FOR_PEOPLE, "State by state", columns);
  for (guint k = 0; k < rows->len; k++) {
    const PlnRatifyState *s = row_state(r, rows, k);
    g_autofree char *median = short_day(s->median);
    pln_doc_cell(doc, pln_text(s->state->code));
    pln_doc_cell(doc, pln_text(s->join_class == PLN_JOIN_SIGNATORY ? "yes" : "no"));
    pln_doc_cell(doc, pln_text(letter(s->began)));
    for (guint y = 0; y <= SOON; y++)
      percent(doc, y <= soon ? s->by[y] : NAN);
    percent(doc, s->in_force);
    percent(doc, s->conference);
    pln_doc_cell(doc, pln_text(median));
  }
}

static void say_vote(PlnDoc *doc, const PlnRatify *r) {
  const PlnRatifyVote *v = &r->vote;
  g_autofree char *past = pln_say_percent(v->past_blocks);
  g_autofree char *against = pln_say_percent(v->against_blocks);
  pln_doc_say(doc, NULL, PLN_SAY_PLAIN, "%s", "");
  pln_doc_say(
      doc, NULL, PLN_SAY_PLAIN,
      "The vote, on average: %.0f yes, %.0f no, %.0f abstaining, %.0f not voting; it takes %.0f "
      "yes. In %s of the draws it fails and would not without the no of the %s parties, in %s without "
      "that of all that voted against %s. Monte Carlo error: %.2g points, of what it would be "
      "otherwise %.2g at the most.",
      v->count[PLN_VOTE_Y], v->count[PLN_VOTE_N], v->count[PLN_VOTE_A], v->count[PLN_VOTE_X],
      v->needed, past, pln_say_treaty(r->options.past), against,
      pln_say_resolution(r->options.began), 100 * v->error, 100 * v->compared_error);
}

static void add_bound(PlnDoc *doc, const PlnRatify *r, const PlnComposeRatifyOptions *options) {
  static const PlnDocColumn columns[] = {
      {"-state", "State"}, {"-bound", "Bound"},     {"-party", "Party"},   {"-yes", "Yes"},
      {"-no", "No"},       {"-abstain", "Abstain"}, {"-absent", "Absent"}, {NULL, NULL}};
  if (!r->voted || isnan(r->vote.adopted))
    return;
  say_vote(doc, r);
  g_autoptr(GArray) rows = bound(r);
  if (rows->len == 0)
    return;
  g_autofree char *parties = pln_say_ratify_event(r, PLN_RATIFY_CONFERENCE);
  guint shown = options->full ? rows->len : MIN(rows->len, ROWS);
  pln_doc_table(doc, NULL, PLN_FOR_PEOPLE, "Whom the protocol would bind, if it is adopted", columns);
  for (guint k = 0; k < shown; k++) {
    const PlnRatifyState *s = row_state(r, rows, k);
    pln_doc_cell(doc, pln_text(s->state->code));
    percent(doc, s->bound);
    percent(doc, s->conference);
    for (guint v = 0; v < PLN_VOTE_KINDS; v++)
      percent(doc, s->vote[v]);
  }
  say_more(doc, rows->len - shown);
  pln_doc_say(doc, NULL, PLN_SAY_NOTE,
              "Bound: by the end of %u. Party: on the day of %s; its vote where it is one.",
              r->first_year + r->options.years, parties);
}

void pln_compose_ratify_tables(PlnDoc *doc, const PlnRatify *ratify,
                               const PlnComposeRatifyOptions *options) {
  add_dates(doc, ratify);
  add_years(doc, ratify, options);
  add_parties(doc, ratify, options);
  add_groups(doc, ratify);
  if (options->full)
    add_states(doc, ratify);
  add_bound(doc, ratify, options);
}
