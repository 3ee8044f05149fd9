/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An estimate's voters: where they stand, what moved, who is absent, the ends of dimensions. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "plenary/compose_estimate.h"

static const double NINETY = 1.6448536269514722; /* standard errors to each side of a 90 % interval */
enum { BANDS = 16, OUTERMOST = 5, ENDS = 5, MOVES = 12, ABSENT = 12 };

static const char *code_of(const PlnEstimate *e, guint state) {
  return e->matrix->voter[e->cells->state[state]].code;
}

/* Voters by a number, the largest first; equal ones by code. */
typedef struct {
  double value;
  guint at;
} Ranked;

static int by_value(const void *a, const void *b) {
  const Ranked *x = a, *y = b;
  if (x->value != y->value)
    return x->value < y->value ? 1 : -1;
  return x->at < y->at ? -1 : 1;
}

/* Those whose position in @dimension is known.  Returns: (transfer full) */
static Ranked *rank_states(const PlnEstimate *e, guint dimension, guint *n) {
  Ranked *out = g_new(Ranked, e->cells->n_states + 1);
  *n = 0;
  for (guint i = 0; i < e->cells->n_states; i++) {
    int last = pln_fit_last(e->fit, i);
    if (last >= 0)
      out[(*n)++] = (Ranked){pln_fit_position(e->fit, (guint)last, i, dimension), i};
  }
  qsort(out, *n, sizeof *out, by_value);
  return out;
}

double pln_compose_spread(const PlnEstimate *e) {
  guint n;
  g_autofree Ranked *ranked = rank_states(e, 0, &n);
  return n > 0 ? ranked[0].value - ranked[n - 1].value : 0;
}

/* Where positions move: of which time those shown are. */
static char *when_words(const PlnEstimate *e) {
  int from = G_MAXINT, to = e->cells->session_name[e->cells->n_sessions - 1];
  if (e->fit->n_times < 2 || to < 0)
    return NULL;
  if (e->fit->kind == PLN_FIT_DRIFT)
    return g_strdup("The latest position of each, that of the last session it voted in");
  for (guint j = 0; j < e->cells->n_calls; j++)
    if (e->fit->time[j] == e->fit->n_times - 1)
      from = MIN(from, e->cells->session_name[e->cells->session[j]]);
  return g_strdup_printf("Positions in sessions %d to %d", from, to);
}

/* The spectrum: bands of positions, the voters in each by code. */
static void add_spectrum(PlnDoc *doc, const PlnEstimate *e) {
  static const PlnDocColumn columns[] = {
      {"-from", "From"}, {"-to", "to"}, {"-n", "Voters"}, {"-who", ""}, {NULL, NULL}};
  guint n;
  g_autofree Ranked *ranked = rank_states(e, 0, &n);
  if (n < 2)
    return;
  double high = ranked[0].value, low = ranked[n - 1].value;
  double width = MAX(ceil((high - low) / BANDS / 0.05), 1) * 0.05, top = ceil(high / width) * width;
  g_autofree char *when = when_words(e);
  pln_doc_table(doc, NULL, PLN_FOR_PEOPLE, when, columns);
  for (guint k = 0; k < n;) {
    double from = top - (floor((top - ranked[k].value) / width) + 1) * width;
    g_autoptr(GPtrArray) codes = g_ptr_array_new();
    for (; k < n && ranked[k].value > from; k++)
      g_ptr_array_add(codes, (gpointer)code_of(e, ranked[k].at));
    if (codes->len == 0) /* on the border itself */
      g_ptr_array_add(codes, (gpointer)code_of(e, ranked[k++].at));
    guint in_band = codes->len;
    g_ptr_array_add(codes, NULL);
    g_autofree char *who = g_strjoinv(" ", (char **)codes->pdata);
    pln_doc_cell(doc, pln_number(from, 2));
    pln_doc_cell(doc, pln_number(from + width, 2));
    pln_doc_cell(doc, pln_int(in_band));
    pln_doc_cell(doc, pln_text(who));
  }
}

static void interval(const PlnEstimate *e, guint time, guint state, guint dimension, double *low,
                     double *high) {
  double x = pln_fit_position(e->fit, time, state, dimension),
         error = pln_fit_error(e->fit, time, state, dimension);
  *low = x - NINETY * error;
  *high = x + NINETY * error;
  if (e->fit->posterior) {
    *low = e->fit->posterior->quantile[state * PLN_POSTERIOR_QUANTILES + 1];
    *high = e->fit->posterior->quantile[state * PLN_POSTERIOR_QUANTILES + 3];
  }
}

static void add_state(PlnDoc *doc, const PlnEstimate *e, guint state) {
  const PlnVoter *voter = &e->matrix->voter[e->cells->state[state]];
  const PlnAbsence *absence = &e->presence->state[e->cells->state[state]];
  int last = pln_fit_last(e->fit, state);
  double low = NAN, high = NAN, x = NAN, error = NAN;
  if (last >= 0) {
    interval(e, (guint)last, state, 0, &low, &high);
    x = pln_fit_position(e->fit, (guint)last, state, 0);
    error = pln_fit_error(e->fit, (guint)last, state, 0);
  }
  pln_doc_cell(doc, pln_text(voter->code));
  pln_doc_cell(doc, pln_number(x, 3));
  pln_doc_cell(doc, pln_number(error, 3));
  pln_doc_cell(doc, pln_number(low, 3));
  pln_doc_cell(doc, pln_number(high, 3));
  pln_compose_measures(doc, &e->by_state[state]);
  pln_doc_cell(doc, e->clusters ? pln_int(e->clusters->of[state] + 1) : pln_none());
  pln_doc_cell(doc, pln_text(voter->name));
  pln_doc_cell(doc, pln_text(voter->group));
  pln_doc_cell(doc, pln_int(absence->eligible));
  pln_doc_cell(doc, pln_int(absence->absent));
  pln_doc_cell(doc, pln_number(absence->chance, 4));
  pln_doc_cell(doc, pln_number(absence->low, 4));
  pln_doc_cell(doc, pln_number(absence->high, 4));
}

static void add_states(PlnDoc *doc, const PlnEstimate *e) {
  static const PlnDocColumn columns[] = {
      {"state", NULL},       {"position", NULL},     {"error", NULL},   {"low", NULL},
      {"high", NULL},        PLN_MEASURE_COLUMNS,    {"cluster", NULL}, {"name", NULL},
      {"group", NULL},       {"eligible", NULL},     {"absent", NULL},  {"absence", NULL},
      {"absence_low", NULL}, {"absence_high", NULL}, {NULL, NULL}};
  guint n;
  g_autofree Ranked *ranked = rank_states(e, 0, &n);
  if (n > 1)
    pln_doc_chart(doc, "spectrum", "From %s to %s: where %u voters stand, and how far that is off",
                  code_of(e, ranked[n - 1].at), code_of(e, ranked[0].at), n);
  pln_doc_table(doc, "states", PLN_FOR_PROGRAMS, NULL, columns);
  for (guint k = 0; k < n; k++)
    add_state(doc, e, ranked[k].at);
}

/* The outermost with their intervals: how far the order can be trusted at a glance. */
static void add_outermost(PlnDoc *doc, const PlnEstimate *e) {
  static const PlnDocColumn columns[] = {{"-state", "Outermost"},
                                         {"-position", "Position"},
                                         {"-low", "5 %"},
                                         {"-high", "95 %"},
                                         {"-right", "Right"},
                                         {"-name", ""},
                                         {NULL, NULL}};
  guint n;
  g_autofree Ranked *ranked = rank_states(e, 0, &n);
  pln_doc_table(doc, NULL, PLN_FOR_PEOPLE, NULL, columns);
  for (guint k = 0; k < n; k++) {
    if (k >= OUTERMOST && k + OUTERMOST < n)
      continue;
    guint state = ranked[k].at, last = (guint)pln_fit_last(e->fit, state);
    double low, high;
    interval(e, last, state, 0, &low, &high);
    pln_doc_cell(doc, pln_text(code_of(e, state)));
    pln_doc_cell(doc, pln_number(ranked[k].value, 2));
    pln_doc_cell(doc, pln_number(low, 2));
    pln_doc_cell(doc, pln_number(high, 2));
    pln_doc_cell(doc, pln_number(e->by_state[state].right, 3));
    pln_doc_cell(doc, pln_text(e->matrix->voter[e->cells->state[state]].name));
  }
  pln_doc_say(doc, NULL, PLN_SAY_NOTE,
              "Between 5 %% and 95 %% a position lies nine times in ten%s. All of them: --format csv "
              "--table states.",
              e->fit->kind == PLN_FIT_SPACE   ? ", were the roll calls known for certain"
              : e->fit->kind == PLN_FIT_DRIFT ? ", what all states share in a session apart"
                                              : "");
}

/* Every position: of each time and dimension. */
static void add_positions(PlnDoc *doc, const PlnEstimate *e) {
  static const PlnDocColumn columns[] = {
      {"state", NULL},    {"from_session", NULL}, {"to_session", NULL}, {"dimension", NULL},
      {"position", NULL}, {"error", NULL},        {NULL, NULL}};
  if (e->fit->d == 1 && e->fit->n_times == 1)
    return;
  g_autofree int *from = g_new(int, e->fit->n_times), *to = g_new(int, e->fit->n_times);
  for (guint t = 0; t < e->fit->n_times; t++)
    from[t] = to[t] = -1;
  for (guint j = 0; j < e->cells->n_calls; j++) {
    guint t = e->fit->time[j];
    int session = e->cells->session_name[e->cells->session[j]];
    from[t] = from[t] < 0 ? session : MIN(from[t], session);
    to[t] = MAX(to[t], session);
  }
  pln_doc_table(doc, "positions", PLN_FOR_PROGRAMS, NULL, columns);
  for (guint i = 0; i < e->cells->n_states; i++)
    for (guint t = 0; t < e->fit->n_times; t++)
      for (guint k = 0; k < e->fit->d && !isnan(pln_fit_position(e->fit, t, i, k)); k++) {
        pln_doc_cell(doc, pln_text(code_of(e, i)));
        pln_doc_cell(doc, from[t] < 0 ? pln_none() : pln_int(from[t]));
        pln_doc_cell(doc, to[t] < 0 ? pln_none() : pln_int(to[t]));
        pln_doc_cell(doc, pln_int(k + 1));
        pln_doc_cell(doc, pln_number(pln_fit_position(e->fit, t, i, k), 4));
        pln_doc_cell(doc, pln_number(pln_fit_error(e->fit, t, i, k), 4));
      }
}

static char *end_states(const PlnEstimate *e, const Ranked *ranked, guint n, gboolean high) {
  GString *out = g_string_new(NULL);
  for (guint k = 0; k < MIN(ENDS, n / 2); k++)
    g_string_append_printf(out, "%s%s", k > 0 ? " " : "",
                           code_of(e, ranked[high ? k : n - 1 - k].at));
  return g_string_free(out, FALSE);
}

/* The roll calls that the dimension divides most: those in which the spread of its positions
 * moves support farthest. */
static char *end_calls(const PlnEstimate *e, guint dimension, gboolean high) {
  guint n = e->cells->n_calls;
  g_autofree Ranked *ranked = g_new(Ranked, n + 1);
  GString *out = g_string_new(NULL);
  for (guint j = 0; j < n; j++)
    ranked[j] = (Ranked){e->fit->slope[(gsize)j * e->fit->d + dimension] * (high ? 1 : -1), j};
  qsort(ranked, n, sizeof *ranked, by_value);
  for (guint k = 0; k < MIN(3, n) && ranked[k].value > 0; k++) {
    const PlnCalled *called = &e->matrix->call[e->cells->call[ranked[k].at]];
    g_string_append_printf(out, "%s%s%s%s", k > 0 ? "; " : "", pln_compose_called(e, ranked[k].at),
                           *called->title ? " " : "", called->title);
  }
  return g_string_free(out, FALSE);
}

/* Dimensions have no names: the voters and the roll calls at their ends say what they are. */
static void add_ends(PlnDoc *doc, const PlnEstimate *e) {
  static const PlnDocColumn columns[] = {
      {"dimension", "Dim."},       {"size", "Size"}, {"end", "End"}, {"states", "Voters there"},
      {"roll_calls", "Their yes"}, {NULL, NULL}};
  pln_doc_table(doc, "dimensions", PLN_FOR_BOTH,
                e->fit->d > 1 ? "Who and what is at the ends of each dimension"
                              : "Who and what is at the ends",
                columns);
  for (guint k = 0; k < e->fit->d; k++) {
    guint n;
    g_autofree Ranked *ranked = rank_states(e, k, &n);
    for (int high = 1; high >= 0; high--) {
      g_autofree char *states = end_states(e, ranked, n, high), *calls = end_calls(e, k, high);
      pln_doc_cell(doc, pln_int(k + 1));
      pln_doc_cell(doc, e->fit->space ? pln_number(e->fit->space->size[k], 0) : pln_none());
      pln_doc_cell(doc, pln_text(high ? "+" : "-"));
      pln_doc_cell(doc, pln_words(states));
      pln_doc_cell(doc, pln_text(calls));
    }
  }
}

static void add_moves(PlnDoc *doc, const PlnEstimate *e) {
  static const PlnDocColumn columns[] = {{"state", "Voter"},          {"before", "Before"},
                                         {"after", "After"},          {"change", "Change"},
                                         {"error", "Standard error"}, {NULL, NULL}};
  if (!e->move)
    return;
  g_autofree Ranked *ranked = g_new(Ranked, e->cells->n_states + 1);
  guint n = 0;
  for (guint i = 0; i < e->cells->n_states; i++)
    if (!isnan(e->move[i].change))
      ranked[n++] = (Ranked){fabs(e->move[i].change), i};
  qsort(ranked, n, sizeof *ranked, by_value);
  g_autofree char *caption = g_strdup_printf("Who moved most, sessions %d to %d against %d to %d",
                                             e->span[0], e->span[1], e->span[2], e->span[3]);
  for (int all = 0; all <= 1; all++) {
    pln_doc_table(doc, "moves", all ? PLN_FOR_PROGRAMS : PLN_FOR_PEOPLE, caption, columns);
    for (guint k = 0; k < (all ? n : MIN(n, MOVES)); k++) {
      const PlnMove *move = &e->move[ranked[k].at];
      pln_doc_cell(doc, pln_text(code_of(e, ranked[k].at)));
      pln_doc_cell(doc, pln_number(move->before, 2));
      pln_doc_cell(doc, pln_number(move->after, 2));
      pln_doc_cell(doc, pln_number(move->change, 2));
      pln_doc_cell(doc, pln_number(move->error, 2));
    }
  }
}

static void add_absences(PlnDoc *doc, const PlnEstimate *e) {
  static const PlnDocColumn columns[] = {
      {"-state", "Voter"}, {"-absent", "Absent"}, {"-of", "of"}, {"-chance", "Chance"},
      {"-low", "5 %"},     {"-high", "95 %"},     {NULL, NULL}};
  g_autofree Ranked *ranked = g_new(Ranked, e->cells->n_states + 1);
  guint n = 0;
  for (guint i = 0; i < e->cells->n_states; i++)
    if (e->presence->state[e->cells->state[i]].eligible > 0)
      ranked[n++] = (Ranked){e->presence->state[e->cells->state[i]].chance, i};
  qsort(ranked, n, sizeof *ranked, by_value);
  pln_doc_fact(doc, "bunching", pln_number(e->presence->bunching, 2));
  if (n == 0 || e->presence->state[e->cells->state[ranked[0].at]].absent == 0)
    return;
  pln_doc_table(doc, NULL, PLN_FOR_PEOPLE, "Most often absent", columns);
  for (guint k = 0; k < MIN(n, ABSENT); k++) {
    const PlnAbsence *a = &e->presence->state[e->cells->state[ranked[k].at]];
    pln_doc_cell(doc, pln_text(code_of(e, ranked[k].at)));
    pln_doc_cell(doc, pln_int(a->absent));
    pln_doc_cell(doc, pln_int(a->eligible));
    pln_doc_cell(doc, pln_number(a->chance, 3));
    pln_doc_cell(doc, pln_number(a->low, 3));
    pln_doc_cell(doc, pln_number(a->high, 3));
  }
  if (!isnan(e->presence->bunching))
    pln_doc_say(
        doc, NULL, PLN_SAY_NOTE,
        "An absence is no abstention and tells the positions nothing. Absences come in bunches: the "
        "variance of their number is %.1f times that of states that stay away independently.",
        e->presence->bunching);
}

void pln_compose_estimate_states(PlnDoc *doc, const PlnEstimate *e) {
  add_states(doc, e);
  add_spectrum(doc, e);
  add_outermost(doc, e);
  add_positions(doc, e);
  add_ends(doc, e);
  add_moves(doc, e);
  add_absences(doc, e);
}
