/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/powers.h"

#include <string.h>

#include "plenary/error.h"
#include "plenary/powers_part.h"

PlnPowersOptions pln_powers_options(void) {
  return (PlnPowersOptions){.proposal = -1, .stage = -1, .power = pln_power_options()};
}

static void vote_clear(gpointer data) {
  PlnPowersVote *vote = data;
  g_free(vote->decides);
  g_free(vote->bloc_decides);
}

static void game_free(gpointer data) {
  PlnPowersGame *game = data;
  g_array_unref(game->proposals);
  g_array_unref(game->blocs);
  g_array_unref(game->looked);
  g_array_unref(game->votes);
  g_ptr_array_unref(game->left_alone);
  g_clear_pointer(&game->seated, g_ptr_array_unref);
  pln_power_free(game->power);
  pln_powers_sampled_free(game->sampled);
  pln_ternary_free(game->ternary);
  g_free(game->union_of);
  g_free(game->veto);
  g_free(game);
}

static void roster_free(gpointer roster) {
  pln_roster_free(roster);
}

static void project_free(gpointer project) {
  pln_project_free(project);
}

void pln_powers_free(PlnPowers *powers) {
  if (!powers)
    return;
  g_ptr_array_unref(powers->games);
  g_ptr_array_unref(powers->projects);
  g_ptr_array_unref(powers->rosters);
  g_clear_pointer(&powers->asked, g_ptr_array_unref);
  g_free(powers->no_votes);
  g_free(powers);
}

const PlnPowersGame *pln_powers_game(const PlnPowers *powers, guint k) {
  return powers->games->pdata[k];
}

/* ---- Which games there are ---- */

/* The roster of @body as of the day asked for: one of a body. */
static const PlnRoster *roster_as_of(PlnPowers *powers, const PlnBody *body) {
  const PlnScenario *s = powers->scenario;
  for (guint k = 0; k < powers->games->len; k++)
    if (pln_powers_game(powers, k)->body == body)
      return pln_powers_game(powers, k)->roster;
  PlnRoster *roster = pln_roster_new(s->world, body, s->own, powers->options.as_of);
  g_ptr_array_add(powers->rosters, roster);
  return roster;
}

static PlnPowersGame *find_game(const PlnPowers *powers, const PlnPowersGame *like) {
  for (guint k = 0; k < powers->games->len; k++) {
    PlnPowersGame *game = powers->games->pdata[k];
    if (game->stage == like->stage && game->roster == like->roster && game->rule == like->rule)
      return game;
  }
  return NULL;
}

/* Whose roster has them, of stages by their names: another of the scenario's may do without. */
static gboolean has_weights(const PlnPowersGame *game, GError **error) {
  if (!game->rule->rule.weighted || game->roster->n == 0 || game->roster->weight)
    return TRUE;
  g_set_error(error, PLN_ERROR, PLN_ERROR_DATA,
              "%s%s%sthe rule %s counts weights, and the members have none (column weight of "
              "members.csv); expected another rule, or weights%s",
              game->stage ? "stage " : "", game->stage ? game->stage->id : "",
              game->stage ? ": " : "", game->rule->id,
              game->stage ? ", or another stage alone (--stage)" : "");
  return FALSE;
}

static PlnPowersGame *add_game(PlnPowers *powers, const PlnPowersGame *like) {
  PlnPowersGame *game = g_memdup2(like, sizeof *like);
  game->proposals = g_array_new(FALSE, FALSE, sizeof(guint));
  game->left_alone = g_ptr_array_new();
  game->blocs = pln_powers_blocs_new();
  game->looked = pln_powers_blocs_new();
  game->votes = g_array_new(FALSE, FALSE, sizeof(PlnPowersVote));
  g_array_set_clear_func(game->votes, vote_clear);
  g_ptr_array_add(powers->games, game);
  return game;
}

static gboolean add_proposal(PlnPowers *powers, const PlnStageEntry *stage, guint place,
                             GError **error) {
  const PlnScenario *s = powers->scenario;
  const PlnProposal *p = pln_scenario_proposal(s, place);
  PlnDay own = p->day != PLN_DAY_NONE ? p->day : s->as_of;
  PlnPowersGame like = {.stage = stage,
                        .body = stage ? stage->body : p->body,
                        .roster = stage ? stage->roster : p->roster,
                        .day = stage ? stage->day : own,
                        .own = s->own != NULL};
  like.rule = pln_scenario_rule_at(s, p, stage, &like.why_rule);
  if (powers->options.rule) {
    like.rule = powers->options.rule;
    like.why_rule = "asked for";
  }
  if (powers->options.as_of != PLN_DAY_NONE) {
    like.day = powers->options.as_of;
    like.roster = roster_as_of(powers, like.body);
  }
  PlnPowersGame *game = find_game(powers, &like);
  if (!game && !has_weights(&like, error))
    return FALSE;
  if (!game)
    game = add_game(powers, &like);
  g_array_append_val(game->proposals, place);
  return TRUE;
}

static gboolean add_games(PlnPowers *powers, GError **error) {
  const PlnScenario *s = powers->scenario;
  const PlnPowersOptions *o = &powers->options;
  for (guint t = 0; t < MAX(s->stages->len, 1); t++) {
    const PlnStageEntry *stage =
        s->stages->len > 0 ? &g_array_index(s->stages, PlnStageEntry, t) : NULL;
    if (o->stage >= 0 && o->stage != (int)t)
      continue;
    for (guint p = 0; p < s->proposals->len; p++)
      if ((o->proposal < 0 || o->proposal == (int)p) && !add_proposal(powers, stage, p, error))
        return FALSE;
  }
  return TRUE;
}

/* ---- What they are worth ---- */

static void mark_vetoes(const PlnPowers *powers, PlnPowersGame *game) {
  const PlnWorld *world = powers->scenario->world;
  const PlnRuleEntry *rule = game->rule;
  const PlnBloc *holders = rule->rule.veto && *rule->veto ? pln_world_bloc(world, rule->veto) : NULL;
  if (!holders)
    return;
  game->veto = g_new0(guint8, game->roster->n + 1);
  game->vetoes = pln_roster_mark(game->roster, world, holders, game->veto);
}

static gboolean is_dead(const PlnGame *game) {
  g_autofree guint8 *all = g_new(guint8, game->n);
  memset(all, 1, game->n);
  return !pln_game_wins(game, all);
}

static void fill_game(PlnPowers *powers, PlnPowersGame *game) {
  const PlnRule *rule = &game->rule->rule;
  const PlnRoster *roster = game->roster;
  PlnPowerOptions options = powers->options.power;
  powers->weakest = MAX(powers->weakest, game->rule->status);
  powers->weakest = MAX(powers->weakest, game->body->status);
  if (game->stage)
    powers->weakest = MAX(powers->weakest, game->stage->status);
  for (guint i = 0; i < roster->n; i++)
    powers->weakest = MAX(powers->weakest, roster->state[i]->status);
  if (roster->n == 0)
    return;
  mark_vetoes(powers, game);
  game->game = pln_game_of_rule(rule, roster->n, roster->weight, game->veto);
  game->dead = is_dead(&game->game);
  pln_powers_seat_blocs(powers, game);
  options.union_of = game->union_of;
  options.unions = game->unions;
  game->power = pln_power_new(&game->game, &options);
  if (game->union_of && !game->power->unions)
    game->sampled = pln_powers_sample(game, &options);
  if (rule->method != PLN_METHOD_CONSENSUS)
    game->ternary =
        pln_ternary_new(rule, roster->n, rule->weighted ? roster->weight : NULL, game->veto);
}

PlnPowers *pln_powers_new(const PlnScenario *scenario, const PlnPowersOptions *options,
                          GError **error) {
  g_autoptr(PlnPowers) powers = g_new0(PlnPowers, 1);
  powers->scenario = scenario;
  powers->options = *options;
  powers->games = g_ptr_array_new_with_free_func(game_free);
  powers->projects = g_ptr_array_new_with_free_func(project_free);
  powers->rosters = g_ptr_array_new_with_free_func(roster_free);
  powers->weakest = scenario->status;
  if (options->rule || options->as_of != PLN_DAY_NONE || options->blocs)
    powers->weakest = PLN_STATUS_ASSUMED;
  if (!pln_powers_ask_blocs(powers, error) || !add_games(powers, error))
    return NULL;
  for (guint k = 0; k < powers->games->len; k++) {
    fill_game(powers, powers->games->pdata[k]);
    if (pln_progress_interrupted()) {
      g_set_error(error, PLN_ERROR, PLN_ERROR_FAILED, "interrupted; nothing was written");
      return NULL;
    }
  }
  if (options->project && !pln_powers_vote(powers, error))
    return NULL;
  return g_steal_pointer(&powers);
}
