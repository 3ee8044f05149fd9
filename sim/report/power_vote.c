/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Empirical power for people: whose vote decides as the votes are projected; and what the page
 * draws of a game. */
#include <math.h>
#include <stdlib.h>

#include "plenary/compose_power_part.h"
#include "plenary/compose_project.h"

enum { MOST = 10, DRAWN = 30 };

#define BORROWED                                                                                   \
  " Nothing is stated of who stands where: this is the electorate's average vote; one of the "     \
  "General Assembly says little of this body."

typedef struct {
  guint k, most;
  double decides;
} Ranked;

static int by_decides(gconstpointer a, gconstpointer b) {
  const Ranked *x = a, *y = b;
  if (x->decides != y->decides)
    return x->decides > y->decides ? -1 : 1;
  return (x->k > y->k) - (x->k < y->k);
}

/* Seats, or blocs, those that decide most first.  Returns: (transfer full): Ranked */
static GArray *ranked(const PlnPowersGame *game, gboolean bloc) {
  GArray *out = g_array_new(FALSE, FALSE, sizeof(Ranked));
  guint n = bloc ? game->looked->len : game->roster->n;
  for (guint k = 0; k < n; k++) {
    Ranked row = {.k = k};
    row.decides = pln_power_decides(game, bloc, k, &row.most);
    if (!isnan(row.decides))
      g_array_append_val(out, row);
  }
  if (out->len > 1)
    qsort(out->data, out->len, sizeof(Ranked), by_decides);
  return out;
}

static const char *proposal_of(const PlnPowers *powers, const PlnPowersGame *game, guint vote) {
  guint place = g_array_index(game->votes, PlnPowersVote, vote).place;
  return pln_scenario_proposal(powers->scenario, place)->id;
}

static guint draws_of(const PlnPowersGame *game, gboolean bloc) {
  const PlnPowersVote *vote = &g_array_index(game->votes, PlnPowersVote, 0);
  return bloc ? vote->bloc_draws : vote->draws;
}

/* ---- The answer ---- */

static gboolean informed(const PlnPowersGame *game) {
  for (guint v = 0; v < game->votes->len; v++)
    if (g_array_index(game->votes, PlnPowersVote, v).informed)
      return TRUE;
  return FALSE;
}

static double mean_of(const GArray *rows) {
  double sum = 0;
  for (guint k = 0; k < rows->len; k++)
    sum += g_array_index(rows, Ranked, k).decides;
  return rows->len > 0 ? sum / rows->len : 0;
}

/* Of a mean as of one vote: the draws of several begin with the same numbers. */
static double error_of(const PlnPowersGame *game, double decides) {
  guint draws = draws_of(game, FALSE);
  double seen = pln_outcome_shown(decides, draws);
  return sqrt(seen * (1 - seen) / MAX(draws, 1));
}

/* More than what the draws leave in doubt. */
static gboolean stands_out(const PlnPowersGame *game, const GArray *rows) {
  double mean = mean_of(rows);
  return mean > 0 && g_array_index(rows, Ranked, 0).decides - mean >= 4 * error_of(game, mean);
}

/* How often at random, in a sentence: as a share beside a share. */
static char *say_random(const PlnPowersGame *game, guint seat, gboolean share) {
  double random = pln_power_value(game->power, PLN_POWER_BANZHAF, seat);
  guint draws = game->power->how[PLN_POWER_BANZHAF] == PLN_POWER_SAMPLED ? game->power->samples : 0;
  if (share)
    return draws > 0 ? pln_say_drawn(random, draws) : pln_say_share(random);
  return draws > 0 ? pln_say_one_in_drawn(random, draws) : pln_say_one_in(random);
}

/* Whose votes they are where nothing is stated. */
static const char *average_of(const PlnPowersGame *game) {
  if (informed(game))
    return "";
  return game->body->roster == PLN_ROSTER_UN
             ? " Nothing is stated of who stands where: this is the electorate's average vote."
             : BORROWED;
}

static void say_most(PlnDoc *doc, const PlnPowersGame *game, const GArray *rows) {
  const Ranked *first = &g_array_index(rows, Ranked, 0);
  double mean = mean_of(rows);
  gboolean often = first->decides > 0.1 && stands_out(game, rows);
  guint draws = draws_of(game, FALSE);
  g_autofree char *decides =
      often ? pln_say_drawn(first->decides, draws) : pln_say_one_in(first->decides);
  g_autofree char *all = often ? pln_say_drawn(mean, draws) : pln_say_one_in_drawn(mean, draws);
  g_autofree char *at_random = say_random(game, first->k, often);
  pln_doc_say(doc, NULL, PLN_SAY_PLAIN, "%s", "");
  if (first->decides <= 0) {
    pln_doc_say(doc, NULL, PLN_SAY_PLAIN,
                "As the votes are projected, no single state's vote decides in any of the draws: the "
                "margins are too wide.");
    return;
  }
  const char *average = average_of(game);
  const char *of = game->votes->len > 1 ? " (mean of the proposals)" : "";
  if (!stands_out(game, rows)) {
    pln_doc_say(doc, NULL, PLN_SAY_PLAIN,
                "As the votes are projected%s, no state stands out: the vote of each decides about as "
                "often as another's, %s in the mean (--full lists them); at random it would be %s.%s",
                of, all, at_random, average);
    return;
  }
  pln_doc_say(doc, NULL, PLN_SAY_PLAIN,
              "As the votes are projected%s, %s decides most often: %s%s, %.1f times the mean of all "
              "members (%s); at random it would be %s.%s",
              of, game->roster->state[first->k]->name, decides, often ? " of the time" : " votes",
              first->decides / mean, all, at_random, average);
}

const char *pln_say_power_no_votes(const PlnPowersGame *game) {
  static const char *const why[] = {
      [PLN_POWERS_NO_VOTE] = "by consensus there is no vote; one objection stops it",
      [PLN_POWERS_DEAD] = "nothing can be adopted under this rule",
      [PLN_POWERS_UNINFORMED] =
          "nothing is stated of who stands where, and votes of the General Assembly, which is all "
          "that there is to go by, say little of this body (--electorate ID projects all the same)"};
  return game->votes->len > 0 ? NULL : why[game->why_none];
}

char *pln_say_power_votes(const PlnPowersGame *game) {
  g_autoptr(GArray) seats = ranked(game, FALSE), blocs = ranked(game, TRUE);
  const Ranked *bloc = blocs->len > 0 ? &g_array_index(blocs, Ranked, 0) : NULL;
  if (game->votes->len == 0 || game->roster->n == 1 || g_array_index(seats, Ranked, 0).decides <= 0)
    return NULL;
  const Ranked *seat = &g_array_index(seats, Ranked, 0);
  GString *out = g_string_new("As the votes are projected");
  g_string_append(out, informed(game) ? ", " : " (an average vote of the electorate), ");
  gboolean one = stands_out(game, seats);
  double decides = one ? seat->decides : mean_of(seats);
  g_autofree char *chance = pln_say_one_in_drawn(decides, draws_of(game, FALSE));
  g_string_append_printf(out, "%s decides %s%s",
                         one ? game->roster->state[seat->k]->name : "one state's vote", chance,
                         decides > 0.1 ? " of the time" : " votes");
  if (bloc && bloc->decides > 0) {
    g_autofree char *share = pln_say_one_in_drawn(bloc->decides, draws_of(game, TRUE));
    g_string_append_printf(out, "; of the blocs that could vote as one %s decides most, %s",
                           g_array_index(game->looked, PlnPowersBloc, bloc->k).id, share);
  }
  g_string_append_c(out, '.');
  return g_string_free(out, FALSE);
}

/* What has been voted is projected all the same, as if it had not. */
static void say_voted(PlnDoc *doc, const PlnPowers *powers, const PlnPowersGame *game) {
  g_autoptr(GString) out = g_string_new(NULL);
  for (guint v = 0; v < game->votes->len; v++) {
    guint place = g_array_index(game->votes, PlnPowersVote, v).place;
    const PlnProposal *p = pln_scenario_proposal(powers->scenario, place);
    if (p->result == PLN_RESULT_NOT_STATED && p->total[PLN_VOTE_Y] < 0)
      continue;
    g_string_append_printf(out, "%s%s", out->len > 0 ? ", " : "", p->id);
    if (p->total[PLN_VOTE_Y] >= 0)
      g_string_append_printf(out, " (%d yes, %d no, %d abstaining)", (int)p->total[PLN_VOTE_Y],
                             (int)p->total[PLN_VOTE_N], (int)p->total[PLN_VOTE_A]);
  }
  if (out->len > 0)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE,
                "On record: %s. What stands here is a projection, as if before the vote.", out->str);
}

/* ---- The tables ---- */

static void show_seats(PlnDoc *doc, const PlnPowers *powers, const PlnPowersGame *game,
                       const GArray *rows, gboolean full) {
  gboolean several = game->votes->len > 1;
  const PlnDocColumn columns[] = {{"-who", "State"},
                                  {"-decides", "Decides"},
                                  {"-error", "±"},
                                  {"-times", "x mean"},
                                  {"-power", "By rule"},
                                  {"-name", ""},
                                  {"-on", several ? "Most on" : ""},
                                  {NULL, NULL}};
  double mean = mean_of(rows);
  pln_doc_table(doc, NULL, PLN_FOR_PEOPLE,
                "Whose vote decides as projected; by rule: its Shapley-Shubik share", columns);
  for (guint k = 0; k < (full ? rows->len : MIN(rows->len, MOST)); k++) {
    const Ranked *row = &g_array_index(rows, Ranked, k);
    const PlnPowersVote *most = &g_array_index(game->votes, PlnPowersVote, row->most);
    g_autofree char *decides = pln_say_drawn(row->decides, most->draws);
    g_autofree char *power = pln_say_share(pln_power_value(game->power, PLN_POWER_SHAPLEY, row->k));
    g_autofree char *chance = pln_say_drawn(most->decides[row->k], most->draws);
    g_autofree char *on = g_strdup_printf("%s %s", proposal_of(powers, game, row->most), chance);
    pln_doc_cell(doc, pln_text(game->roster->state[row->k]->code));
    g_autofree char *error = pln_say_share(error_of(game, row->decides));
    pln_doc_cell(doc, pln_text(decides));
    pln_doc_cell(doc, row->decides > 0 ? pln_text(error) : pln_none());
    pln_doc_cell(doc, mean > 0 ? pln_number(row->decides / mean, 1) : pln_none());
    pln_doc_cell(doc, pln_text(power));
    pln_doc_cell(doc, several ? pln_none() : pln_text(game->roster->state[row->k]->name));
    pln_doc_cell(doc, several && row->decides > 0 ? pln_text(on) : pln_none());
  }
}

static gboolean any_weighed(const PlnPowersGame *game) {
  for (guint k = 0; k < game->looked->len; k++)
    if (!isnan(g_array_index(game->looked, PlnPowersBloc, k).shapley))
      return TRUE;
  return FALSE;
}

static void show_blocs(PlnDoc *doc, const PlnPowers *powers, const PlnPowersGame *game,
                       gboolean full) {
  gboolean several = game->votes->len > 1;
  const PlnDocColumn columns[] = {{"-who", "Bloc"},
                                  {"-n", "Votes"},
                                  {"-decides", "Decides"},
                                  {"-random", "At random"},
                                  {"-power", "By rule"},
                                  {"-name", ""},
                                  {"-on", several ? "Most on" : ""},
                                  {NULL, NULL}};
  g_autoptr(GArray) rows = ranked(game, TRUE);
  pln_doc_table(doc, NULL, PLN_FOR_PEOPLE,
                any_weighed(game)
                    ? "Which bloc decides, as projected; if it alone voted as one: at random, by rule"
                    : "Which bloc decides as one, as projected",
                columns);
  for (guint k = 0; k < (full ? rows->len : MIN(rows->len, MOST)); k++) {
    const Ranked *row = &g_array_index(rows, Ranked, k);
    const PlnPowersBloc *bloc = &g_array_index(game->looked, PlnPowersBloc, row->k);
    const PlnPowersVote *most = &g_array_index(game->votes, PlnPowersVote, row->most);
    g_autofree char *decides = pln_say_drawn(row->decides, most->bloc_draws);
    g_autofree char *chance = pln_say_drawn(most->bloc_decides[row->k], most->bloc_draws);
    g_autofree char *on = g_strdup_printf("%s %s", proposal_of(powers, game, row->most), chance);
    pln_doc_cell(doc, pln_text(bloc->id));
    g_autofree char *random = pln_say_share(bloc->banzhaf), *power = pln_say_share(bloc->shapley);
    pln_doc_cell(doc, pln_int(bloc->members));
    pln_doc_cell(doc, pln_text(decides));
    pln_doc_cell(doc, isnan(bloc->banzhaf) ? pln_none() : pln_text(random));
    pln_doc_cell(doc, isnan(bloc->shapley) ? pln_none() : pln_text(power));
    pln_doc_cell(doc, several ? pln_none() : pln_text(bloc->name));
    pln_doc_cell(doc, several && row->decides > 0 ? pln_text(on) : pln_none());
  }
}

void pln_compose_power_votes(PlnDoc *doc, const PlnPowers *powers, const PlnPowersGame *game,
                             const PlnComposePowerOptions *options) {
  if (game->votes->len == 0) {
    const char *why = pln_power_any_votes(powers) ? pln_say_power_no_votes(game) : NULL;
    if (why)
      pln_doc_say(doc, NULL, PLN_SAY_NOTE, "No votes are projected here: %s.", why);
    return;
  }
  g_autoptr(GArray) rows = ranked(game, FALSE);
  const PlnPowersVote *first = &g_array_index(game->votes, PlnPowersVote, 0);
  g_autofree char *draws = pln_say_thousands(first->draws);
  if (game->roster->n > 1)
    say_most(doc, game, rows);
  say_voted(doc, powers, game);
  if (options->full || stands_out(game, rows))
    show_seats(doc, powers, game, rows, options->full);
  show_blocs(doc, powers, game, options->full);
  g_autofree char *error = pln_say_share(sqrt(0.25 / MAX(first->draws, 1)));
  g_autofree char *bloc_error = pln_say_share(sqrt(0.25 / MAX(first->bloc_draws, 1)));
  pln_doc_say(doc, NULL, PLN_SAY_NOTE,
              "Decides: adopted with its yes and not with its no, the others as drawn (%s draws, "
              "standard error %s at the most, of blocs %s), given that it is put to a vote; a bloc: "
              "all its members yes against all no.%s",
              draws, error, bloc_error,
              any_weighed(game) ? " Beside a bloc: it as one, all others one by one; at random "
                                  "(Banzhaf), by rule (its Shapley-Shubik share)."
                                : "");
}

/* ---- What the page draws ---- */

static void chart_row(PlnDoc *doc, const char *who, const char *name, double value, double error,
                      double decides, const char *bloc) {
  pln_doc_cell(doc, pln_text(who));
  pln_doc_cell(doc, name ? pln_text(name) : pln_none());
  pln_doc_cell(doc, pln_number(value, 9));
  pln_doc_cell(doc, error > 0 ? pln_number(error, 9) : pln_none());
  pln_doc_cell(doc, pln_number(decides, 6));
  pln_doc_cell(doc, bloc ? pln_text(bloc) : pln_none());
}

/* Of members all alike blocs are drawn, each as one. */
static void chart_looked(PlnDoc *doc, const PlnPowersGame *game, PlnPowerIndex index) {
  g_autoptr(GArray) rows = ranked(game, TRUE);
  for (guint k = 0; k < MIN(rows->len, DRAWN); k++) {
    const Ranked *row = &g_array_index(rows, Ranked, k);
    const PlnPowersBloc *bloc = &g_array_index(game->looked, PlnPowersBloc, row->k);
    chart_row(doc, bloc->id, bloc->name, pln_power_is_share(index) ? bloc->shapley : bloc->banzhaf,
              0, row->decides, bloc->id);
  }
}

static void chart_rows(PlnDoc *doc, const PlnPowersGame *game, PlnPowerIndex index) {
  g_autoptr(GArray) rows = pln_power_rows(game, index, FALSE);
  for (guint k = 0; k < MIN(rows->len, DRAWN); k++) {
    const PlnPowerRow *row = &g_array_index(rows, PlnPowerRow, k);
    guint most;
    gboolean bloc = row->bloc >= 0, votes = game->votes->len > 0;
    double decides = !votes || (!bloc && row->count > 1)
                         ? NAN
                         : pln_power_decides(game, bloc, bloc ? (guint)row->bloc : row->seat, &most);
    g_autofree char *who = pln_say_power_who(game, row, 3);
    const PlnPowersBloc *of = bloc ? &g_array_index(game->blocs, PlnPowersBloc, row->bloc) : NULL;
    const char *name = of                ? of->name
                       : row->count == 1 ? game->roster->state[row->seat]->name
                                         : NULL;
    chart_row(doc, of ? of->id : who, name, row->value, row->error, decides, of ? of->id : NULL);
  }
}

/* The title of the drawing: who has most, in a few words; the rest is in the answer. */
static char *finding_of(const PlnPowersGame *game, PlnPowerIndex index) {
  g_autoptr(GArray) rows = pln_power_rows(game, index, FALSE);
  const PlnPowerRow *first = &g_array_index(rows, PlnPowerRow, 0);
  const PlnPowerRow *last = &g_array_index(rows, PlnPowerRow, rows->len - 1);
  g_autofree char *most = pln_say_power_value(game, index, first->value);
  g_autofree char *least = pln_say_power_value(game, index, last->value);
  g_autofree char *who = first->bloc >= 0 || first->count > 1
                             ? pln_say_power_short(game, first)
                             : g_strdup(game->roster->state[first->seat]->name);
  const char *of = pln_power_is_share(index) ? " of the power" : "";
  if (pln_power_is_equal(game, index, rows))
    return g_strdup_printf("Each of the %u has %s%s", game->roster->n, most, of);
  if (pln_power_is_noise(game, index, rows))
    return g_strdup_printf("No member stands out beyond the error of sampling");
  who[0] = g_ascii_toupper(who[0]);
  return first->bloc >= 0 ? g_strdup_printf("%s has %s%s", who, most, of)
                          : g_strdup_printf("%s has %s%s, the least %s", who, most, of, least);
}

/* Of equal members: what the greatest bloc would have; there may be several as great. */
static char *finding_of_looked(const PlnPowersGame *game, gboolean share) {
  const PlnPowersBloc *most = &g_array_index(game->looked, PlnPowersBloc, 0);
  for (guint k = 1; k < game->looked->len; k++) {
    const PlnPowersBloc *bloc = &g_array_index(game->looked, PlnPowersBloc, k);
    if (bloc->members > most->members)
      most = bloc;
  }
  g_autofree char *value = pln_say_share(share ? most->shapley : most->banzhaf);
  g_autofree char *alone =
      pln_say_share(pln_power_value(game->power, share ? PLN_POWER_SHAPLEY : PLN_POWER_BANZHAF, 0));
  return g_strdup_printf(share ? "%u votes cast as one would have %s of the power, one alone %s"
                               : "%u votes cast as one would decide %s of the time, one alone %s",
                         most->members, value, alone);
}

void pln_compose_power_chart(PlnDoc *doc, const PlnPowersGame *game, PlnPowerIndex index) {
  gboolean equal = game->power->types == 1 && game->blocs->len == 0;
  PlnPowerIndex drawn = !equal                      ? index
                        : pln_power_is_share(index) ? PLN_POWER_SHAPLEY
                                                    : PLN_POWER_BANZHAF;
  const PlnDocColumn columns[] = {{"-who", "Who"},
                                  {"-name", "Name"},
                                  {"-value", pln_power_names[drawn].name},
                                  {"-error", "Standard error"},
                                  {"-decides", "Decides"},
                                  {"-bloc", "Bloc"},
                                  {NULL, NULL}};
  if (game->roster->n < 2 || (equal && (game->votes->len == 0 || game->looked->len == 0)))
    return;
  g_autofree char *finding =
      equal ? finding_of_looked(game, pln_power_is_share(index)) : finding_of(game, index);
  pln_doc_chart(doc, "power", "%s", finding);
  pln_doc_table(doc, NULL, PLN_FOR_PROGRAMS, NULL, columns);
  if (equal)
    chart_looked(doc, game, index);
  else
    chart_rows(doc, game, index);
}
