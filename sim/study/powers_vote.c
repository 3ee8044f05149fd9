/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Empirical power: how often a vote decides, as the votes are projected. */
#include <math.h>
#include <string.h>

#include "plenary/error.h"
#include "plenary/powers_part.h"
#include "plenary/project_part.h"

/* ---- Which blocs are looked at ---- */

static gboolean is_looked(const PlnPowersGame *game, const PlnBloc *bloc) {
  for (guint k = 0; k < game->looked->len; k++)
    if (g_array_index(game->looked, PlnPowersBloc, k).bloc == bloc)
      return TRUE;
  return FALSE;
}

static void look_at(const PlnPowers *powers, PlnPowersGame *game, const PlnBloc *bloc) {
  if (game->looked->len >= PLN_POWERS_BLOCS || is_looked(game, bloc))
    return;
  PlnPowersBloc it = {.id = bloc->id,
                      .name = bloc->name,
                      .bloc = bloc,
                      .in = g_new0(guint8, game->roster->n + 1),
                      .given_up = g_ptr_array_new()};
  it.members = pln_roster_mark(game->roster, powers->scenario->world, bloc, it.in);
  g_array_append_val(game->looked, it);
  if (it.members < 2 || it.members == game->roster->n)
    g_array_remove_index(game->looked, game->looked->len - 1);
}

static gboolean has_row(const PlnScenario *s, const PlnBloc *bloc) {
  for (guint k = 0; k < s->stances->len; k++)
    if (((const PlnStance *)s->stances->pdata[k])->bloc == bloc)
      return TRUE;
  return FALSE;
}

/* By the rule alone, as one among all others one by one: to hold what is projected against. */
static void weigh(const PlnPowersGame *game, PlnPowersBloc *bloc) {
  guint n = game->roster->n, m = 1;
  g_autofree guint *of = g_new(guint, n + 1);
  bloc->shapley = bloc->banzhaf = NAN;
  for (guint i = 0; i < n; i++)
    of[i] = bloc->in[i] ? 0 : m++;
  g_autoptr(PlnUnions) unions = game->game.weight ? NULL : pln_unions_new(&game->game, of, m);
  if (!unions)
    return;
  bloc->shapley = mpq_get_d(unions->shapley[0]);
  bloc->banzhaf = mpq_get_d(unions->banzhaf[0]);
}

/* Those asked for, as they vote here; regional groups, the European Union, those that positions
 * name.  Where they overlap each is looked at whole. */
static void find_looked(const PlnPowers *powers, PlnPowersGame *game) {
  const PlnScenario *s = powers->scenario;
  g_autoptr(GPtrArray) all = pln_world_blocs(s->world);
  for (guint k = 0; k < game->blocs->len; k++) {
    PlnPowersBloc bloc = g_array_index(game->blocs, PlnPowersBloc, k);
    bloc.in = g_memdup2(bloc.in, game->roster->n + 1);
    bloc.given_up = g_ptr_array_ref(bloc.given_up);
    g_array_append_val(game->looked, bloc);
  }
  for (int regional = 1; regional >= 0; regional--)
    for (guint k = 0; k < all->len; k++) {
      const PlnBloc *bloc = all->pdata[k];
      gboolean is_regional = strcmp(bloc->kind, "regional-group") == 0;
      if (is_regional == regional && (regional || strcmp(bloc->id, "EU") == 0 || has_row(s, bloc)))
        look_at(powers, game, bloc);
    }
  for (guint k = 0; k < game->looked->len; k++)
    weigh(game, &g_array_index(game->looked, PlnPowersBloc, k));
}

static guint8 *members_of(const PlnPowersGame *game) {
  guint n = game->roster->n;
  guint8 *member = g_new0(guint8, (gsize)game->looked->len * n + 1);
  for (guint k = 0; k < game->looked->len; k++)
    memcpy(member + (gsize)k * n, g_array_index(game->looked, PlnPowersBloc, k).in, n);
  return member;
}

/* ---- The votes ---- */

static void add_vote(PlnPowers *powers, PlnPowersGame *game, const PlnProject *project,
                     const PlnProjectStage *stage, const PlnProjectItem *item) {
  guint n = game->roster->n;
  g_autofree guint8 *veto = NULL, *member = members_of(game);
  PlnProjectStage own = *stage;
  own.roster = item->outlook->roster;
  PlnOutcomeCase question =
      pln_project_case(project, &own, &item->outlook->forecast, item->rule, &veto);
  PlnOutcomeOptions options = pln_outcome_options();
  options.seed = powers->options.project->seed;
  options.draws = powers->options.project->draws;
  options.threads = powers->options.project->threads;
  options.n_blocs = game->looked->len;
  options.member = member;
  g_autoptr(PlnOutcomeResult) r = pln_outcome_new(&question, &options);
  PlnPowersVote vote = {.place = item->place,
                        .adopted = r->adopted,
                        .decides = g_new(double, n + 1),
                        .bloc_decides = g_new(double, game->looked->len + 1),
                        .draws = r->draws,
                        .bloc_draws = r->draws / PLN_OUTCOME_EVERY,
                        .informed = item->informed};
  for (guint i = 0; i < n; i++)
    vote.decides[i] = r->seat[i].decides;
  for (guint k = 0; k < game->looked->len; k++)
    vote.bloc_decides[k] = r->bloc[k].decides;
  g_array_append_val(game->votes, vote);
}

static gboolean decides(const PlnPowersGame *game, guint place) {
  for (guint k = 0; k < game->proposals->len; k++)
    if (g_array_index(game->proposals, guint, k) == place)
      return TRUE;
  return FALSE;
}

static gboolean is_interrupted(GError **error) {
  if (!pln_progress_interrupted())
    return FALSE;
  g_set_error(error, PLN_ERROR, PLN_ERROR_FAILED, "interrupted; nothing was written");
  return TRUE;
}

static PlnPowersWhy why_none(const PlnPowersGame *game) {
  if (game->rule->rule.method == PLN_METHOD_CONSENSUS)
    return PLN_POWERS_NO_VOTE;
  return game->dead ? PLN_POWERS_DEAD : PLN_POWERS_VOTES;
}

/* An electorate is of votes of all members: where nothing else is known it says little of some. */
static gboolean is_told(const PlnPowers *powers, const PlnPowersGame *game,
                        const PlnProjectItem *item) {
  return item->informed || powers->options.borrow || game->body->roster == PLN_ROSTER_UN;
}

static void add_item(PlnPowers *powers, PlnPowersGame *game, const PlnProject *project,
                     const PlnProjectStage *stage, const PlnProjectItem *item) {
  if (!decides(game, item->place) || item->outlook->n != game->roster->n)
    return;
  if (is_told(powers, game, item))
    add_vote(powers, game, project, stage, item);
  else
    game->why_none = PLN_POWERS_UNINFORMED;
}

/* All games of the stage that @project is of. */
static gboolean add_votes(PlnPowers *powers, const PlnProject *project, const PlnStageEntry *entry,
                          GError **error) {
  for (guint t = 0; t < project->stages->len; t++) {
    const PlnProjectStage *stage = pln_project_stage(project, t);
    for (guint k = 0; k < powers->games->len; k++) {
      PlnPowersGame *game = powers->games->pdata[k];
      if (game->stage != entry || game->roster->n == 0)
        continue;
      game->why_none = why_none(game);
      if (game->why_none != PLN_POWERS_VOTES)
        continue;
      for (guint i = 0; i < stage->items->len; i++) {
        const PlnProjectItem *item = pln_project_item(stage, i);
        if (is_interrupted(error))
          return FALSE;
        add_item(powers, game, project, stage, item);
        if (powers->options.project->progress)
          pln_progress_step(powers->options.project->progress, 1);
      }
    }
  }
  return TRUE;
}

static gboolean any_votes(const PlnPowers *powers, const PlnStageEntry *stage) {
  for (guint k = 0; k < powers->games->len; k++)
    if (pln_powers_game(powers, k)->stage == stage && pln_powers_game(powers, k)->votes->len > 0)
      return TRUE;
  return FALSE;
}

/* The forecasts of a stage, from few draws: what they come to is drawn anew. */
static PlnProject *forecast(const PlnPowers *powers, int stage, GError **error) {
  PlnProjectOptions options = *powers->options.project;
  options.brief = TRUE;
  options.stage = stage;
  options.proposal = powers->options.proposal;
  options.as_of = powers->options.as_of;
  options.rule = powers->options.rule;
  options.progress = NULL;
  return pln_project_new(powers->scenario, &options, error);
}

gboolean pln_powers_vote(PlnPowers *powers, GError **error) {
  const PlnScenario *s = powers->scenario;
  for (guint k = 0; k < powers->games->len; k++)
    find_looked(powers, powers->games->pdata[k]);
  for (guint t = 0; t < MAX(s->stages->len, 1) && s->proposals->len > 0; t++) {
    const PlnStageEntry *entry =
        s->stages->len > 0 ? &g_array_index(s->stages, PlnStageEntry, t) : NULL;
    g_autoptr(GError) why = NULL;
    if (powers->options.stage >= 0 && powers->options.stage != (int)t)
      continue;
    PlnProject *project = forecast(powers, entry ? (int)t : -1, &why);
    if (is_interrupted(error)) {
      pln_project_free(project);
      return FALSE;
    }
    if (!project) { /* the vote is in the electorate, say: the indices need none */
      g_free(powers->no_votes);
      powers->no_votes = g_strdup(why->message);
      continue;
    }
    g_ptr_array_add(powers->projects, project);
    if (!add_votes(powers, project, entry, error))
      return FALSE;
    if (any_votes(powers, entry))
      powers->weakest = MAX(powers->weakest, project->weakest);
  }
  return TRUE;
}
