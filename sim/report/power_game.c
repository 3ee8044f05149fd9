/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One game for people: who has power in it, the power to act, what abstention does. */
#include <math.h>
#include <string.h>

#include "plenary/compose_power_part.h"
#include "plenary/text.h"
#include "plenary/voting_blocs.h"

/* TOLD: bits, 10^12; LONG_NAME: of an index, beside the rest of a caption in 80 columns. */
enum { SHOWN = 30, CODES = 5, COLUMNS = 3, TOLD = 40, LONG_NAME = 24 };

/* ---- What it decides ---- */

static void say_proposals(PlnDoc *doc, const PlnPowers *powers, const PlnPowersGame *game) {
  enum { MOST = 6 };
  g_autoptr(GString) ids = g_string_new(NULL);
  for (guint k = 0; k < MIN(game->proposals->len, MOST); k++)
    g_string_append_printf(
        ids, "%s%s", k > 0 ? ", " : "",
        pln_scenario_proposal(powers->scenario, g_array_index(game->proposals, guint, k))->id);
  if (game->proposals->len > MOST)
    g_string_append_printf(ids, " and %u more", game->proposals->len - MOST);
  pln_doc_say(doc, NULL, PLN_SAY_NOTE, "Proposal%s %s. Rule: %s [%s; %s, %s].",
              game->proposals->len == 1 ? "" : "s", ids->str, game->rule->name, game->why_rule,
              game->rule->citation, pln_status_words[game->rule->status]);
}

static void say_coalitions(PlnDoc *doc, const PlnPowersGame *game) {
  const PlnGame *g = &game->game;
  g_autoptr(GString) out = g_string_new(NULL);
  if (game->dead) {
    pln_doc_say(doc, NULL, PLN_SAY_PLAIN,
                "Nothing can be adopted under this rule, whoever votes yes: no index has anything to "
                "count.");
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

/* Those named that do not sit here; a state that is in no list is refused before. */
static void say_absent(PlnDoc *doc, const PlnPowersGame *game) {
  for (guint k = 0; game->seated && k < game->seated->len; k++) {
    const PlnVotingBloc *bloc = game->seated->pdata[k];
    g_autoptr(GString) codes = g_string_new(NULL);
    for (guint c = 0; c < bloc->unseated->len; c++)
      g_string_append_printf(codes, " %s", (const char *)bloc->unseated->pdata[c]);
    if (codes->len > 0)
      pln_doc_say(doc, NULL, PLN_SAY_NOTE, "Of %s have no seat here, and are left out:%s.",
                  bloc->id, codes->str);
  }
}

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
  double error, value = row->bloc >= 0
                            ? pln_power_of_bloc(game, PLN_POWER_BANZHAF, (guint)row->bloc, &error)
                            : pln_power_of_seat(game, PLN_POWER_BANZHAF, row->seat, &how, &error);
  return pln_say_power_value(game, PLN_POWER_BANZHAF, value);
}

/* Of a weight of next to nothing any power is millions of times its share. */
enum { TIMES_TOLD = 1000 };

static PlnValue times_of(PlnPowerIndex index, const PlnPowerRow *row) {
  gboolean unseen = row->error > 0 && row->value <= 0;
  double times = row->share > 0 && !unseen ? row->value / row->share : NAN;
  return pln_power_is_share(index) && times < TIMES_TOLD ? pln_number(times, 2) : pln_none();
}

static void show_rows(PlnDoc *doc, const PlnPowersGame *game, PlnPowerIndex index,
                      const GArray *rows, gboolean full) {
  const PlnDocColumn columns[] = {
      {"-who", "Who"},       {"-share", pln_power_weighted(game) ? "Weight" : "Votes"},
      {"-value", "Power"},   {"-error", "±"},
      {"-times", "x share"}, {"-random", "At random"},
      {"-codes", ""},        {NULL, NULL}};
  guint shown = full ? rows->len : MIN(rows->len, SHOWN);
  const char *name = pln_power_names[index].name;
  g_autofree char *caption =
      g_strdup_printf("Power: %s. At random: %s", name,
                      strlen(name) <= LONG_NAME ? "how often its vote decides (Banzhaf)" : "Banzhaf");
  pln_doc_table(doc, NULL, PLN_FOR_PEOPLE, caption, columns);
  for (guint k = 0; k < shown; k++) {
    const PlnPowerRow *row = &g_array_index(rows, PlnPowerRow, k);
    g_autofree char *who = pln_say_power_short(game, row), *share = pln_say_share(row->share);
    g_autofree char *value = pln_say_power_value(game, index, row->value);
    g_autofree char *random = banzhaf_of(game, row), *codes = codes_of(game, row);
    g_autofree char *error = pln_say_share(row->error);
    pln_doc_cell(doc, pln_text(who));
    pln_doc_cell(doc, pln_text(share));
    pln_doc_cell(doc, pln_text(value));
    pln_doc_cell(doc, row->error > 0 ? pln_text(error) : pln_none());
    pln_doc_cell(doc, times_of(index, row));
    pln_doc_cell(doc, pln_text(random));
    pln_doc_cell(doc, pln_text(codes));
  }
  if (rows->len > shown)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE, "%u more %s; --full lists them.", rows->len - shown,
                pln_power_is_noise(game, index, rows) ? "follow" : "have less, or as much");
}

/* ---- Every index ---- */

static char *value_text(const PlnPowersGame *game, PlnPowerIndex index, guint seat) {
  PlnPowerHow how;
  double error, value = pln_power_of_seat(game, index, seat, &how, &error);
  return isnan(value) ? g_strdup("-") : pln_say_power_value(game, index, value);
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
      gboolean unseen = game->power->how[index[c]] == PLN_POWER_SAMPLED && value <= 0;
      g_autofree char *text = isnan(value) ? g_strdup("-")
                              : unseen     ? pln_say_drawn(value, game->power->samples)
                                           : pln_say_share(value);
      pln_doc_cell(doc, pln_text(text));
    }
  }
}

/* ---- The power to act ---- */

static void say_winning(GString *out, const PlnPower *power) {
  g_autofree char *winning = pln_say_thousands(mpz_get_ui(power->winning));
  g_string_append_printf(out, "; %s coalition%s", winning,
                         mpz_cmp_ui(power->winning, 1) == 0 ? " wins" : "s win");
  if (power->how_minimal == PLN_POWER_EXACT) {
    g_autofree char *minimal = pln_say_thousands(mpz_get_ui(power->minimal));
    g_string_append_printf(out, ", %s of which can spare nobody", minimal);
  }
}

/* What each of equal members could undo and save. */
static void say_each(GString *out, const PlnPowersGame *game) {
  const PlnPower *power = game->power;
  double prevent = pln_power_value(power, PLN_POWER_COLEMAN_PREVENT, 0);
  double initiate = pln_power_value(power, PLN_POWER_COLEMAN_INITIATE, 0);
  guint draws = power->how[PLN_POWER_COLEMAN_PREVENT] == PLN_POWER_SAMPLED ? power->samples : 0;
  if (power->types > 1 || game->blocs->len > 0 || isnan(prevent) || isnan(initiate) || power->n < 2)
    return;
  g_autofree char *a = draws > 0 ? pln_say_one_in_drawn(prevent, draws) : pln_say_one_in(prevent);
  g_autofree char *b = draws > 0 ? pln_say_one_in_drawn(initiate, draws) : pln_say_one_in(initiate);
  g_string_append_printf(out,
                         ". Each member could undo %s of those that win, and save %s of those "
                         "that lose",
                         a, b);
}

static void say_act(PlnDoc *doc, const PlnPowersGame *game) {
  const PlnPower *power = game->power;
  gboolean sampled = power->how_act == PLN_POWER_SAMPLED;
  g_autofree char *act = sampled ? pln_say_one_in_drawn(power->act_value, power->samples)
                                 : pln_say_one_in(power->act_value);
  g_autofree char *error = pln_say_share(power->act_error);
  g_autoptr(GString) out = g_string_new("Power to act (Coleman)");
  g_string_append_printf(out, "%s: if everybody votes yes or no at random, %s %s",
                         game->blocs->len > 0 ? ", each member by itself, no bloc as one" : "", act,
                         power->act_value > 0.1 ? "are adopted" : "is adopted");
  if (sampled)
    g_string_append_printf(out, " (sampled, standard error %s)", error);
  else if (mpz_sizeinbase(power->winning, 2) <= TOLD)
    say_winning(out, power);
  say_each(out, game);
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

static void show_power(PlnDoc *doc, const PlnPowersGame *game, PlnPowerIndex index, gboolean full) {
  g_autoptr(GArray) rows = pln_power_rows(game, index, FALSE);
  gboolean equal = game->power->types == 1 && game->blocs->len == 0;
  if (!equal)
    show_rows(doc, game, index, rows, full);
  if (full && !equal && rows->len > COLUMNS)
    show_everybody(doc, game, rows);
  else if ((!equal || full) && game->blocs->len == 0 && rows->len <= COLUMNS)
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
  say_proposals(doc, powers, game);
  if (pln_power_is_too_few(game))
    pln_doc_say(doc, NULL, PLN_SAY_PLAIN,
                "A conference of %u: the Convention asks for %u parties before a protocol may be taken "
                "up, so what follows says little. `plenary ratify` asks who may join until then.",
                game->roster->n, PLN_PROJECT_PARTIES);
  say_coalitions(doc, game);
  if (game->dead)
    return;
  say_absent(doc, game);
  say_blocs(doc, game);
  pln_compose_power_chart(doc, game, index);
  show_power(doc, game, index, options->full);
  say_inside_all(doc, game);
  say_act(doc, game);
  pln_compose_power_abstention(doc, game, options->full);
  say_how(doc, powers, game);
  pln_compose_power_votes(doc, powers, game, options);
}
