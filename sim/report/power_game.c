/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One game for people: who has power in it, the power to act, what abstention does. */
#include <math.h>
#include <string.h>

#include "plenary/compose_power_part.h"
#include "plenary/text.h"

enum { SHOWN = 30, CODES = 5, COLUMNS = 3, TOLD = 40 /* bits: 10^12 */ };

/* ---- What it decides ---- */

static void say_decides(PlnDoc *doc, const PlnPowers *powers, const PlnPowersGame *game) {
  enum { MOST = 6 };
  g_autoptr(GString) ids = g_string_new(NULL);
  for (guint k = 0; k < MIN(game->proposals->len, MOST); k++)
    g_string_append_printf(
        ids, "%s%s", k > 0 ? ", " : "",
        pln_scenario_proposal(powers->scenario, g_array_index(game->proposals, guint, k))->id);
  if (game->proposals->len > MOST)
    g_string_append_printf(ids, " and %u more", game->proposals->len - MOST);
  pln_doc_say(doc, NULL, PLN_SAY_NOTE, "Decides %s: %s [%s; %s, %s].", ids->str, game->rule->name,
              game->why_rule, game->rule->citation, pln_status_words[game->rule->status]);
}

static void say_coalitions(PlnDoc *doc, const PlnPowersGame *game) {
  const PlnGame *g = &game->game;
  g_autoptr(GString) out = g_string_new(NULL);
  if (g->least > g->n) {
    pln_doc_say(doc, NULL, PLN_SAY_PLAIN, "Nothing can win under this rule, whoever votes yes.");
    return;
  }
  g_string_append_printf(out, "If all vote yes or no, it takes %u of %u%s", g->least, g->n,
                         game->vetoes > 0 ? ", every veto holder among them" : "");
  if (g->least_weight > 0) {
    guint64 all = 0;
    for (guint i = 0; i < g->n; i++)
      all += g->weight[i];
    g_autofree char *least = pln_say_thousands(g->least_weight), *sum = pln_say_thousands(all);
    g_string_append_printf(out, " with %s of the weight of %s", least, sum);
    if (g->enough <= g->n)
      g_string_append_printf(out, "; or %u of whatever weight", g->enough);
  }
  g_string_append_c(out, '.');
  if (game->rule->rule.method == PLN_METHOD_CONSENSUS_FIRST)
    g_string_append(out, " (Consensus comes first; this is the vote that follows where it fails.)");
  pln_doc_say(doc, NULL, PLN_SAY_PLAIN, "%s", out->str);
}

/* ---- Blocs: what was left alone, who gave up what ---- */

static void say_blocs(PlnDoc *doc, const PlnPowersGame *game) {
  for (guint k = 0; k < game->left_alone->len; k++)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE,
                "%s has fewer than two votes of its own here and is left alone.",
                (const char *)game->left_alone->pdata[k]);
  for (guint b = 0; b < game->blocs->len; b++) {
    const PlnPowersBloc *bloc = &g_array_index(game->blocs, PlnPowersBloc, b);
    g_autoptr(GString) codes = g_string_new(NULL);
    for (guint k = 0; k < bloc->given_up->len; k++)
      g_string_append_printf(codes, " %s", ((const PlnState *)bloc->given_up->pdata[k])->code);
    if (codes->len > 0)
      pln_doc_say(doc, NULL, PLN_SAY_NOTE, "Of %s vote with a smaller bloc asked for:%s.", bloc->id,
                  codes->str);
  }
}

/* "0.52 to 0.61%" of the members of a bloc, by @index. */
static char *say_inside(const PlnPowersGame *game, guint bloc, PlnPowerIndex index) {
  const guint8 *in = g_array_index(game->blocs, PlnPowersBloc, bloc).in;
  double least = INFINITY, most = -1;
  for (guint i = 0; i < game->roster->n; i++) {
    PlnPowerHow how;
    double error, value = index == PLN_POWER_OWEN ? pln_power_of_seat(game, index, i, &how, &error)
                                                  : pln_power_value(game->power, index, i);
    if (!in[i] || isnan(value))
      continue;
    least = MIN(least, value);
    most = MAX(most, value);
  }
  if (most < 0)
    return g_strdup("?");
  g_autofree char *low = pln_say_share(least), *high = pln_say_share(most);
  return strcmp(low, high) == 0 ? g_strdup(low) : g_strdup_printf("%s-%s", low, high);
}

/* Whether it pays to vote as one. */
static void say_inside_all(PlnDoc *doc, const PlnPowersGame *game) {
  for (guint b = 0; b < game->blocs->len; b++) {
    const PlnPowersBloc *bloc = &g_array_index(game->blocs, PlnPowersBloc, b);
    g_autofree char *inside = say_inside(game, b, PLN_POWER_OWEN);
    g_autofree char *alone = say_inside(game, b, PLN_POWER_SHAPLEY);
    pln_doc_say(doc, NULL, PLN_SAY_PLAIN,
                "A member of %s has %s of the power inside it (Owen), and would have %s if all voted "
                "one by one.",
                bloc->id, inside, alone);
  }
}

/* ---- The table ---- */

static char *codes_of(const PlnPowersGame *game, const PlnPowerRow *row) {
  const PlnRoster *roster = game->roster;
  if (row->bloc >= 0)
    return g_strdup_printf("%u members",
                           g_array_index(game->blocs, PlnPowersBloc, row->bloc).members);
  if (row->count == 1)
    return g_strdup(roster->state[row->seat]->name);
  GString *out = g_string_new(NULL);
  guint said = 0;
  for (guint i = row->seat; i < roster->n && said < CODES; i++) {
    if (game->power->type[i] == game->power->type[row->seat] &&
        (!game->union_of || game->union_of[i] >= game->blocs->len))
      g_string_append_printf(out, "%s%s", said++ > 0 ? " " : "", roster->state[i]->code);
  }
  if (row->count > said)
    g_string_append_printf(out, " +%u", row->count - said);
  return g_string_free(out, FALSE);
}

static char *banzhaf_of(const PlnPowersGame *game, const PlnPowerRow *row) {
  PlnPowerHow how;
  double error;
  return pln_say_one_in(row->bloc >= 0
                            ? pln_power_of_bloc(game, PLN_POWER_BANZHAF, (guint)row->bloc, &error)
                            : pln_power_of_seat(game, PLN_POWER_BANZHAF, row->seat, &how, &error));
}

static void show_rows(PlnDoc *doc, const PlnPowersGame *game, PlnPowerIndex index,
                      const GArray *rows, gboolean full) {
  const PlnDocColumn columns[] = {
      {"-who", "Who"},       {"-share", pln_power_weighted(game) ? "Weight" : "Votes"},
      {"-value", "Power"},   {"-error", "±"},
      {"-times", "x share"}, {"-random", "At random"},
      {"-codes", ""},        {NULL, NULL}};
  guint shown = full ? rows->len : MIN(rows->len, SHOWN);
  g_autofree char *caption = g_strdup_printf(
      "Power: %s. At random: how often its vote decides (Banzhaf)", pln_power_names[index].name);
  pln_doc_table(doc, NULL, PLN_FOR_PEOPLE, caption, columns);
  for (guint k = 0; k < shown; k++) {
    const PlnPowerRow *row = &g_array_index(rows, PlnPowerRow, k);
    g_autofree char *who = pln_say_power_short(game, row), *share = pln_say_share(row->share);
    g_autofree char *value = pln_say_share(row->value), *random = banzhaf_of(game, row);
    g_autofree char *codes = codes_of(game, row), *error = pln_say_share(row->error);
    gboolean times = pln_power_is_share(index) && row->share > 0;
    pln_doc_cell(doc, pln_text(who));
    pln_doc_cell(doc, pln_text(share));
    pln_doc_cell(doc, pln_text(value));
    pln_doc_cell(doc, row->error > 0 ? pln_text(error) : pln_none());
    pln_doc_cell(doc, times ? pln_number(row->value / row->share, 2) : pln_none());
    pln_doc_cell(doc, pln_text(random));
    pln_doc_cell(doc, pln_text(codes));
  }
  if (rows->len > shown)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE, "%u more have less; --full lists them.", rows->len - shown);
}

/* ---- Every index ---- */

static char *value_text(const PlnPowersGame *game, PlnPowerIndex index, guint seat) {
  PlnPowerHow how;
  double error, value = pln_power_of_seat(game, index, seat, &how, &error);
  return isnan(value) ? g_strdup("-") : pln_say_share(value);
}

/* An index a row, the kinds of members beside one another. */
static void show_indices(PlnDoc *doc, const PlnPowersGame *game, const GArray *rows) {
  PlnDocColumn columns[COLUMNS + 2] = {{"-index", "Index"}};
  for (guint k = 0; k < rows->len; k++) {
    g_autofree char *who = pln_say_power_short(game, &g_array_index(rows, PlnPowerRow, k));
    g_autofree char *visible = pln_text_visible(who);
    columns[k + 1] = (PlnDocColumn){"-kind", g_intern_string(visible)}; /* a heading is not copied */
  }
  pln_doc_table(doc, NULL, PLN_FOR_PEOPLE, NULL, columns);
  for (guint index = 0; index < PLN_POWER_OWEN; index++) {
    if (game->power->how[index] == PLN_POWER_LEFT_OUT)
      continue;
    pln_doc_cell(doc, pln_text(pln_power_names[index].name));
    for (guint k = 0; k < rows->len; k++) {
      g_autofree char *text = value_text(game, index, g_array_index(rows, PlnPowerRow, k).seat);
      pln_doc_cell(doc, pln_text(text));
    }
  }
}

/* A member a row, all indices beside one another. */
static void show_everybody(PlnDoc *doc, const PlnPowersGame *game, const GArray *rows) {
  static const PlnDocColumn columns[] = {
      {"-who", "Who"},     {"-s", "Shapley"},  {"-b", "Banzhaf"},
      {"-p", "Prevent"},   {"-i", "Initiate"}, {"-j", "Johnston"},
      {"-d", "Deegan-P."}, {"-g", "Pub.good"}, {NULL, NULL}};
  static const PlnPowerIndex index[] = {PLN_POWER_SHAPLEY,         PLN_POWER_BANZHAF_NORMALISED,
                                        PLN_POWER_COLEMAN_PREVENT, PLN_POWER_COLEMAN_INITIATE,
                                        PLN_POWER_JOHNSTON,        PLN_POWER_DEEGAN_PACKEL,
                                        PLN_POWER_PUBLIC_GOOD};
  pln_doc_table(doc, NULL, PLN_FOR_PEOPLE, "Every index, each member voting by itself", columns);
  for (guint k = 0; k < rows->len; k++) {
    const PlnPowerRow *row = &g_array_index(rows, PlnPowerRow, k);
    if (row->bloc >= 0)
      continue;
    g_autofree char *who = pln_say_power_short(game, row);
    pln_doc_cell(doc, pln_text(who));
    for (gsize c = 0; c < G_N_ELEMENTS(index); c++) {
      double value = pln_power_value(game->power, index[c], row->seat);
      g_autofree char *text = isnan(value) ? g_strdup("-") : pln_say_share(value);
      pln_doc_cell(doc, pln_text(text));
    }
  }
}

/* ---- The power to act ---- */

static void say_act(PlnDoc *doc, const PlnPowersGame *game) {
  const PlnPower *power = game->power;
  g_autofree char *act = pln_say_one_in(power->act_value), *error = pln_say_share(power->act_error);
  g_autoptr(GString) out = g_string_new("Power to act (Coleman): if everybody votes yes or no at "
                                        "random, ");
  g_string_append_printf(out, "%s %s", act, power->act_value > 0.1 ? "are adopted" : "is adopted");
  if (power->how_act == PLN_POWER_SAMPLED)
    g_string_append_printf(out, " (sampled, standard error %s)", error);
  if (power->how_act == PLN_POWER_EXACT && mpz_sizeinbase(power->winning, 2) <= TOLD) {
    g_autofree char *winning = pln_say_thousands(mpz_get_ui(power->winning));
    g_string_append_printf(out, "; %s coalition%s", winning,
                           mpz_cmp_ui(power->winning, 1) == 0 ? " wins" : "s win");
    if (power->how_minimal == PLN_POWER_EXACT) {
      g_autofree char *minimal = pln_say_thousands(mpz_get_ui(power->minimal));
      g_string_append_printf(out, ", %s of which can spare nobody", minimal);
    }
  }
  double prevent = pln_power_value(power, PLN_POWER_COLEMAN_PREVENT, 0);
  double initiate = pln_power_value(power, PLN_POWER_COLEMAN_INITIATE, 0);
  if (power->types == 1 && game->blocs->len == 0 && !isnan(prevent) && game->roster->n > 1) {
    g_autofree char *a = pln_say_one_in(prevent), *b = pln_say_one_in(initiate);
    g_string_append_printf(out,
                           ". Each member could undo %s of those that win, and save %s of those "
                           "that lose",
                           a, b);
  }
  pln_doc_say(doc, NULL, PLN_SAY_PLAIN, "%s.", out->str);
}

static void say_how(PlnDoc *doc, const PlnPowers *powers, const PlnPowersGame *game) {
  const PlnPower *power = game->power;
  g_autoptr(GString) out = g_string_new(NULL);
  guint sampled = 0;
  double most = 0;
  for (guint k = 0; k < PLN_POWER_INDICES; k++) {
    if (power->how[k] == PLN_POWER_LEFT_OUT && k < PLN_POWER_OWEN)
      g_string_append_printf(out, "%s%s", out->len > 0 ? ", " : "", pln_power_names[k].name);
    sampled += power->how[k] == PLN_POWER_SAMPLED;
    for (guint i = 0; i < power->n && power->how[k] == PLN_POWER_SAMPLED; i++)
      most = MAX(most, power->error[(gsize)k * power->n + i]);
  }
  g_autofree char *samples = pln_say_thousands(powers->options.power.samples);
  g_autofree char *error = pln_say_share(most);
  if (sampled > 0)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE,
                "Sampled, %s: %s random orders and coalitions, seed %" G_GUINT64_FORMAT
                "; standard error %s at the most.",
                powers->options.power.sample ? "as asked for"
                                             : "as exact counts are out of reach here",
                samples, powers->options.power.seed, error);
  else
    pln_doc_say(doc, NULL, PLN_SAY_NOTE,
                "All %sis exact: counted, not sampled; JSON and CSV have the fractions.",
                game->sampled ? "but that between blocs " : "of it ");
  if (game->sampled)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE,
                "Between blocs it is sampled, as with these weights it is out of reach of counting: %s "
                "random orders of the blocs and the others.",
                samples);
  if (out->len > 0)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE,
                "Left out, as they cannot be counted here nor sampled well: %s.", out->str);
}

/* ---- The game ---- */

static gboolean is_equal(const PlnPowersGame *game) {
  return game->power->types == 1 && game->blocs->len == 0;
}

static void show_power(PlnDoc *doc, const PlnPowersGame *game, PlnPowerIndex index, gboolean full) {
  g_autoptr(GArray) rows = pln_power_rows(game, index, FALSE);
  if (!is_equal(game))
    show_rows(doc, game, index, rows, full);
  if (full && !is_equal(game) && rows->len > COLUMNS)
    show_everybody(doc, game, rows);
  else if ((!is_equal(game) || full) && game->blocs->len == 0 && rows->len <= COLUMNS)
    show_indices(doc, game, rows);
}

void pln_compose_power_game(PlnDoc *doc, const PlnPowers *powers, const PlnPowersGame *game,
                            const PlnComposePowerOptions *options) {
  PlnPowerIndex index = pln_power_shown(options);
  g_autofree char *head = pln_say_power_game(game);
  pln_doc_say(doc, NULL, PLN_SAY_PLAIN, "%s", "");
  pln_doc_say(doc, NULL, PLN_SAY_TITLE, "%s", head);
  if (game->roster->n == 0) {
    pln_doc_say(doc, NULL, PLN_SAY_PLAIN,
                "Passed over: nobody sits in it on that day%s. --as-of asks about another day.",
                game->body->roster == PLN_ROSTER_PARTIES
                    ? ", as it is a conference of parties and there is none yet"
                    : "");
    return;
  }
  say_decides(doc, powers, game);
  if (pln_power_is_too_few(game))
    pln_doc_say(doc, NULL, PLN_SAY_PLAIN,
                "A conference of %u: the Convention asks for %u parties before a protocol may be taken "
                "up, so what follows says little. --as-of asks about a later day.",
                game->roster->n, PLN_PROJECT_PARTIES);
  say_coalitions(doc, game);
  say_blocs(doc, game);
  pln_compose_power_chart(doc, game, index);
  show_power(doc, game, index, options->full);
  say_inside_all(doc, game);
  say_act(doc, game);
  pln_compose_power_abstention(doc, game, options->full);
  say_how(doc, powers, game);
  pln_compose_power_votes(doc, powers, game, options);
}
