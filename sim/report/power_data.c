/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Power for programs: everything, in tables. */
#include <math.h>

#include "plenary/compose_power_part.h"
#include "plenary/compose_project.h"

enum { DIGITS = 6 };

static const char *const hows[] = {
    [PLN_POWER_EXACT] = "exact", [PLN_POWER_SAMPLED] = "sampled", [PLN_POWER_LEFT_OUT] = "left out"};

/* ---- Cells ---- */

static void text_cell(PlnDoc *doc, const char *text) {
  pln_doc_cell(doc, text && *text ? pln_text(text) : pln_none());
}

/* As it is, however small: a share of 1e-6 rounded to six places would be none. */
static void real_cell(PlnDoc *doc, double value) {
  pln_doc_cell(doc, isnan(value) ? pln_none() : pln_real(value, DIGITS));
}

static void fraction_cell(PlnDoc *doc, mpq_srcptr fraction, gboolean exact) {
  g_autofree char *text = exact ? pln_say_fraction(fraction) : g_strdup("");
  text_cell(doc, text);
}

static void count_cell(PlnDoc *doc, mpz_srcptr count, gboolean exact) {
  mpq_t whole;
  mpq_init(whole);
  mpq_set_z(whole, count);
  fraction_cell(doc, whole, exact);
  mpq_clear(whole);
}

static void day_cell(PlnDoc *doc, PlnDay day) {
  g_autofree char *text = pln_day_text(day);
  text_cell(doc, text);
}

/* ---- Games ---- */

static char *proposals_of(const PlnPowers *powers, const PlnPowersGame *game) {
  GString *ids = g_string_new(NULL);
  for (guint k = 0; k < game->proposals->len; k++)
    g_string_append_printf(
        ids, "%s%s", k > 0 ? " " : "",
        pln_scenario_proposal(powers->scenario, g_array_index(game->proposals, guint, k))->id);
  return g_string_free(ids, FALSE);
}

/* What it takes to win, and how many ways there are. */
static void winning_cells(PlnDoc *doc, const PlnPowersGame *game) {
  const PlnPower *power = game->power;
  const PlnGame *g = &game->game;
  guint64 weight = 0;
  for (guint i = 0; i < g->n && g->weight; i++)
    weight += g->weight[i];
  pln_doc_cell(doc, power ? pln_int(g->least) : pln_none());
  pln_doc_cell(doc, power && g->weight ? pln_int((gint64)g->least_weight) : pln_none());
  pln_doc_cell(doc, power && g->weight ? pln_int((gint64)weight) : pln_none());
  pln_doc_cell(doc, power && g->enough <= g->n ? pln_int(g->enough) : pln_none());
  pln_doc_cell(doc, power ? pln_int(power->types) : pln_none());
  if (!power) {
    for (guint k = 0; k < 6; k++)
      pln_doc_cell(doc, pln_none());
    return;
  }
  count_cell(doc, power->winning, power->how_act == PLN_POWER_EXACT);
  count_cell(doc, power->minimal, power->how_minimal == PLN_POWER_EXACT);
  real_cell(doc, power->act_value);
  fraction_cell(doc, power->act, power->how_act == PLN_POWER_EXACT);
  real_cell(doc, power->act_error);
  text_cell(doc, hows[power->how_act]);
}

static void game_row(PlnDoc *doc, const PlnPowers *powers, const PlnPowersGame *game) {
  g_autofree char *id = pln_power_game_id(powers, game), *proposals = proposals_of(powers, game);
  text_cell(doc, id);
  text_cell(doc, game->stage ? game->stage->id : NULL);
  text_cell(doc, game->stage ? pln_status_words[game->stage->status] : NULL);
  text_cell(doc, game->body->id);
  text_cell(doc, pln_status_words[game->body->status]);
  day_cell(doc, game->day);
  text_cell(doc, game->rule->id);
  text_cell(doc, game->why_rule);
  text_cell(doc, game->rule->citation);
  text_cell(doc, pln_status_words[game->rule->status]);
  pln_doc_cell(doc, pln_words(proposals));
  pln_doc_cell(doc, pln_int(game->roster->n));
  pln_doc_cell(doc, pln_int(game->vetoes));
  winning_cells(doc, game);
}

static void add_games(PlnDoc *doc, const PlnPowers *powers) {
  static const PlnDocColumn columns[] = {
      {"game", NULL},        {"stage", NULL},        {"stage_status", NULL}, {"body", NULL},
      {"body_status", NULL}, {"date", NULL},         {"rule", NULL},         {"why_rule", NULL},
      {"citation", NULL},    {"rule_status", NULL},  {"proposals", NULL},    {"members", NULL},
      {"vetoes", NULL},      {"least", NULL},        {"least_weight", NULL}, {"weight", NULL},
      {"enough", NULL},      {"types", NULL},        {"winning", NULL},      {"minimal", NULL},
      {"act", NULL},         {"act_fraction", NULL}, {"act_error", NULL},    {"act_how", NULL},
      {NULL, NULL}};
  pln_doc_table(doc, "games", PLN_FOR_PROGRAMS, NULL, columns);
  for (guint k = 0; k < powers->games->len; k++)
    game_row(doc, powers, pln_powers_game(powers, k));
}

/* ---- Indices ---- */

static void index_row(PlnDoc *doc, const char *game, PlnPowerIndex index, const char *who,
                      const char *kind, const char *bloc, double share, double value,
                      mpq_srcptr fraction, double error, PlnPowerHow how) {
  text_cell(doc, game);
  text_cell(doc, pln_power_names[index].id);
  text_cell(doc, who);
  text_cell(doc, kind);
  text_cell(doc, bloc);
  real_cell(doc, share);
  real_cell(doc, value);
  fraction_cell(doc, fraction, how == PLN_POWER_EXACT);
  real_cell(doc, how == PLN_POWER_SAMPLED ? error : NAN);
  text_cell(doc, hows[how]);
}

static const char *bloc_of(const PlnPowersGame *game, guint seat) {
  guint of = game->union_of ? game->union_of[seat] : game->blocs->len;
  return of < game->blocs->len ? g_array_index(game->blocs, PlnPowersBloc, of).id : NULL;
}

/* Of members as if all voted one by one; of the indices of blocs, inside these. */
static void seat_rows(PlnDoc *doc, const PlnPowersGame *game, const char *id, PlnPowerIndex index) {
  const PlnPower *power = game->power;
  for (guint i = 0; i < power->n; i++) {
    gsize at = (gsize)index * power->n + i;
    PlnPowerHow how = power->how[index];
    double value = power->value[at], error = power->error[at];
    if (index == PLN_POWER_OWEN && game->sampled)
      value = pln_power_of_seat(game, index, i, &how, &error);
    index_row(doc, id, index, game->roster->state[i]->code, "state", bloc_of(game, i),
              pln_power_share(game, i), value, power->fraction[at], error, how);
  }
}

static void bloc_rows(PlnDoc *doc, const PlnPowersGame *game, const char *id, guint b) {
  const PlnPowersBloc *bloc = &g_array_index(game->blocs, PlnPowersBloc, b);
  const PlnUnions *unions = game->power->unions;
  PlnPowerHow how = unions ? PLN_POWER_EXACT : PLN_POWER_SAMPLED;
  double share = 0, error;
  for (guint i = 0; i < game->roster->n; i++)
    share += bloc->in[i] ? pln_power_share(game, i) : 0;
  for (PlnPowerIndex index = PLN_POWER_SHAPLEY; index <= PLN_POWER_BANZHAF; index++) {
    double value = pln_power_of_bloc(game, index, b, &error);
    mpq_srcptr fraction = !unions                      ? NULL
                          : index == PLN_POWER_SHAPLEY ? unions->shapley[b]
                                                       : unions->banzhaf[b];
    index_row(doc, id, index, bloc->id, "bloc", bloc->id, share, value, fraction, error, how);
  }
}

static void game_indices(PlnDoc *doc, const PlnPowersGame *game, const char *id) {
  for (guint k = 0; k < PLN_POWER_INDICES; k++)
    if (k < PLN_POWER_OWEN || game->blocs->len > 0)
      seat_rows(doc, game, id, k);
  for (guint b = 0; b < game->blocs->len; b++)
    bloc_rows(doc, game, id, b);
}

static void add_indices(PlnDoc *doc, const PlnPowers *powers) {
  static const PlnDocColumn columns[] = {{"game", NULL},  {"index", NULL},    {"who", NULL},
                                         {"kind", NULL},  {"bloc", NULL},     {"share", NULL},
                                         {"value", NULL}, {"fraction", NULL}, {"error", NULL},
                                         {"how", NULL},   {NULL, NULL}};
  pln_doc_table(doc, "indices", PLN_FOR_PROGRAMS, NULL, columns);
  for (guint k = 0; k < powers->games->len; k++) {
    const PlnPowersGame *game = pln_powers_game(powers, k);
    g_autofree char *id = pln_power_game_id(powers, game);
    if (game->power)
      game_indices(doc, game, id);
  }
}

/* ---- Blocs ---- */

static void add_blocs(PlnDoc *doc, const PlnPowers *powers) {
  static const PlnDocColumn columns[] = {{"game", NULL},    {"bloc", NULL},   {"name", NULL},
                                         {"members", NULL}, {"states", NULL}, {"given_up", NULL},
                                         {NULL, NULL}};
  pln_doc_table(doc, "blocs", PLN_FOR_PROGRAMS, NULL, columns);
  for (guint k = 0; k < powers->games->len; k++) {
    const PlnPowersGame *game = pln_powers_game(powers, k);
    g_autofree char *id = pln_power_game_id(powers, game);
    for (guint b = 0; b < game->blocs->len; b++) {
      const PlnPowersBloc *bloc = &g_array_index(game->blocs, PlnPowersBloc, b);
      g_autoptr(GString) states = g_string_new(NULL), gone = g_string_new(NULL);
      for (guint i = 0; i < game->roster->n; i++)
        if (bloc->in[i])
          g_string_append_printf(states, "%s%s", states->len > 0 ? " " : "",
                                 game->roster->state[i]->code);
      for (guint i = 0; i < bloc->given_up->len; i++)
        g_string_append_printf(gone, "%s%s", i > 0 ? " " : "",
                               ((const PlnState *)bloc->given_up->pdata[i])->code);
      text_cell(doc, id);
      text_cell(doc, bloc->id);
      text_cell(doc, bloc->name);
      pln_doc_cell(doc, pln_int(bloc->members));
      pln_doc_cell(doc, pln_words(states->str));
      pln_doc_cell(doc, pln_words(gone->str));
    }
  }
}

/* ---- Abstention ---- */

static void add_abstention(PlnDoc *doc, const PlnPowers *powers) {
  static const PlnDocColumn columns[] = {{"game", NULL},  {"who", NULL},      {"step", NULL},
                                         {"value", NULL}, {"fraction", NULL}, {NULL, NULL}};
  pln_doc_table(doc, "abstention", PLN_FOR_PROGRAMS, NULL, columns);
  for (guint k = 0; k < powers->games->len; k++) {
    const PlnPowersGame *game = pln_powers_game(powers, k);
    const PlnTernary *t = game->ternary;
    g_autofree char *id = pln_power_game_id(powers, game);
    if (!t)
      continue;
    text_cell(doc, id);
    text_cell(doc, NULL);
    text_cell(doc, "adopted");
    real_cell(doc, mpq_get_d(t->passes));
    fraction_cell(doc, t->passes, TRUE);
    for (guint i = 0; i < t->n; i++)
      for (guint step = 0; step < PLN_STEPS; step++) {
        mpq_srcptr value = t->step[t->type[i] * PLN_STEPS + step];
        text_cell(doc, id);
        text_cell(doc, game->roster->state[i]->code);
        text_cell(doc, pln_step_words[step]);
        real_cell(doc, mpq_get_d(value));
        fraction_cell(doc, value, TRUE);
      }
  }
}

/* ---- Empirical power ---- */

static void empirical_row(PlnDoc *doc, const char *game, const char *proposal, const char *who,
                          const char *kind, double decides, guint draws, double random) {
  text_cell(doc, game);
  text_cell(doc, proposal);
  text_cell(doc, who);
  text_cell(doc, kind);
  pln_doc_cell(doc, pln_chance_value(decides, draws));
  double seen = isnan(decides) ? NAN : pln_outcome_shown(decides, draws);
  real_cell(doc, sqrt(seen * (1 - seen) / MAX(draws, 1)));
  real_cell(doc, random);
}

static void add_empirical(PlnDoc *doc, const PlnPowers *powers) {
  static const PlnDocColumn columns[] = {{"game", NULL},      {"proposal", NULL}, {"who", NULL},
                                         {"kind", NULL},      {"decides", NULL},  {"error", NULL},
                                         {"at_random", NULL}, {NULL, NULL}};
  pln_doc_table(doc, "empirical", PLN_FOR_PROGRAMS, NULL, columns);
  for (guint k = 0; k < powers->games->len; k++) {
    const PlnPowersGame *game = pln_powers_game(powers, k);
    g_autofree char *id = pln_power_game_id(powers, game);
    for (guint v = 0; v < game->votes->len; v++) {
      const PlnPowersVote *vote = &g_array_index(game->votes, PlnPowersVote, v);
      const char *proposal = pln_scenario_proposal(powers->scenario, vote->place)->id;
      for (guint b = 0; b < game->looked->len; b++)
        empirical_row(doc, id, proposal, g_array_index(game->looked, PlnPowersBloc, b).id, "bloc",
                      vote->bloc_decides[b], vote->bloc_draws,
                      g_array_index(game->looked, PlnPowersBloc, b).banzhaf);
      for (guint i = 0; i < game->roster->n; i++)
        empirical_row(doc, id, proposal, game->roster->state[i]->code, "state", vote->decides[i],
                      vote->draws, pln_power_value(game->power, PLN_POWER_BANZHAF, i));
    }
  }
}

static void add_votes(PlnDoc *doc, const PlnPowers *powers) {
  static const PlnDocColumn columns[] = {
      {"game", NULL},  {"proposal", NULL},   {"adopted", NULL},  {"error", NULL},
      {"draws", NULL}, {"bloc_draws", NULL}, {"informed", NULL}, {NULL, NULL}};
  pln_doc_table(doc, "votes", PLN_FOR_PROGRAMS, NULL, columns);
  for (guint k = 0; k < powers->games->len; k++) {
    const PlnPowersGame *game = pln_powers_game(powers, k);
    g_autofree char *id = pln_power_game_id(powers, game);
    for (guint v = 0; v < game->votes->len; v++) {
      const PlnPowersVote *vote = &g_array_index(game->votes, PlnPowersVote, v);
      text_cell(doc, id);
      text_cell(doc, pln_scenario_proposal(powers->scenario, vote->place)->id);
      pln_doc_cell(doc, pln_chance_value(vote->adopted.value, vote->draws));
      real_cell(doc, vote->adopted.error);
      pln_doc_cell(doc, pln_int(vote->draws));
      pln_doc_cell(doc, pln_int(vote->bloc_draws));
      pln_doc_cell(doc, pln_bool(vote->informed));
    }
  }
}

/* ---- What the indices are, what was asked ---- */

static void add_names(PlnDoc *doc) {
  static const PlnDocColumn columns[] = {
      {"index", NULL}, {"name", NULL}, {"question", NULL}, {"source", NULL}, {NULL, NULL}};
  pln_doc_table(doc, "names", PLN_FOR_PROGRAMS, NULL, columns);
  for (guint k = 0; k < PLN_POWER_INDICES; k++) {
    text_cell(doc, pln_power_names[k].id);
    text_cell(doc, pln_power_names[k].name);
    text_cell(doc, pln_say_power_question(k));
    text_cell(doc, pln_power_names[k].source);
  }
}

static void add_electorate(PlnDoc *doc, const PlnPowers *powers) {
  const PlnElectorate *e = powers->options.project->electorate;
  g_autofree char *from = pln_day_text(e->from_day), *to = pln_day_text(e->to_day);
  pln_doc_open(doc, "electorate");
  pln_doc_fact(doc, "from_session", e->from_session < 0 ? pln_none() : pln_int(e->from_session));
  pln_doc_fact(doc, "to_session", e->to_session < 0 ? pln_none() : pln_int(e->to_session));
  pln_doc_text(doc, "from", from);
  pln_doc_text(doc, "to", to);
  pln_doc_text(doc, "status", pln_status_words[e->status]);
  pln_doc_close(doc);
}

void pln_compose_power_data(PlnDoc *doc, const PlnPowers *powers, PlnPowerIndex shown) {
  const PlnPowerOptions *o = &powers->options.power;
  pln_doc_open(doc, "asked");
  pln_doc_text(doc, "index", pln_power_names[shown].id);
  pln_doc_fact(doc, "sample", pln_bool(o->sample));
  pln_doc_fact(doc, "samples", pln_int(o->samples));
  pln_doc_close(doc);
  if (pln_power_any_votes(powers))
    add_electorate(doc, powers);
  add_indices(doc, powers);
  add_games(doc, powers);
  add_blocs(doc, powers);
  add_abstention(doc, powers);
  add_votes(doc, powers);
  add_empirical(doc, powers);
  add_names(doc);
}
