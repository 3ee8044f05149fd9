/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who has power: rows of blocs, of members that are alike, of members. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "plenary/compose_power_part.h"

enum { KINDS = 6 }; /* up to so many kinds of members stand in a row each */

gboolean pln_power_weighted(const PlnPowersGame *game) {
  return game->rule->rule.weighted && game->roster->weight;
}

gboolean pln_power_is_too_few(const PlnPowersGame *game) {
  return game->roster->n < PLN_PROJECT_PARTIES && game->body->roster == PLN_ROSTER_PARTIES &&
         !game->own;
}

double pln_power_share(const PlnPowersGame *game, guint seat) {
  const PlnRoster *roster = game->roster;
  guint64 all = 0;
  if (!pln_power_weighted(game))
    return 1.0 / roster->n;
  for (guint i = 0; i < roster->n; i++)
    all += roster->weight[i];
  return all > 0 ? (double)roster->weight[seat] / (double)all : NAN;
}

PlnPowerIndex pln_power_shown(const PlnComposePowerOptions *options) {
  for (guint k = 0; options->index && k < PLN_POWER_INDICES; k++)
    if (strcmp(pln_power_names[k].id, options->index) == 0)
      return (PlnPowerIndex)k;
  return PLN_POWER_SHAPLEY;
}

gboolean pln_power_is_share(PlnPowerIndex index) {
  return index != PLN_POWER_BANZHAF && index != PLN_POWER_COLEMAN_PREVENT &&
         index != PLN_POWER_COLEMAN_INITIATE && index != PLN_POWER_BANZHAF_OWEN &&
         index != PLN_POWER_SYMMETRIC;
}

/* Which of the two indices between unions stands behind @index: 0 Shapley-Shubik, 1 Banzhaf, 2 the
 * latter normalised, -1 none. */
static int kind_of(PlnPowerIndex index) {
  if (index == PLN_POWER_SHAPLEY || index == PLN_POWER_OWEN)
    return 0;
  if (index == PLN_POWER_BANZHAF || index == PLN_POWER_BANZHAF_OWEN || index == PLN_POWER_SYMMETRIC)
    return 1;
  return index == PLN_POWER_BANZHAF_NORMALISED ? 2 : -1;
}

static double between_one(const PlnPowersGame *game, gboolean banzhaf, guint at, double *error) {
  const PlnUnions *unions = game->power->unions;
  const PlnPowersSampled *sampled = game->sampled;
  *error = 0;
  if (unions)
    return mpq_get_d(banzhaf ? unions->banzhaf[at] : unions->shapley[at]);
  if (!sampled)
    return NAN;
  const double *value = banzhaf ? sampled->banzhaf : sampled->shapley;
  *error = value[game->unions + at];
  return value[at];
}

/* Of the unions as players, by the index or the one that it has between unions. */
static double between(const PlnPowersGame *game, PlnPowerIndex index, guint at, double *error) {
  int kind = kind_of(index);
  *error = 0;
  if (kind < 0)
    return NAN;
  double value = between_one(game, kind > 0, at, error), sum = 0, other;
  if (kind < 2)
    return value;
  for (guint u = 0; u < game->unions; u++)
    sum += between_one(game, TRUE, u, &other);
  *error = sum > 0 ? *error / sum : 0;
  return sum > 0 ? value / sum : NAN;
}

double pln_power_of_bloc(const PlnPowersGame *game, PlnPowerIndex index, guint bloc, double *error) {
  return between(game, index, bloc, error);
}

double pln_power_of_seat(const PlnPowersGame *game, PlnPowerIndex index, guint seat,
                         PlnPowerHow *how, double *error) {
  const PlnPower *power = game->power;
  gboolean plain = game->blocs->len == 0;
  gboolean alone = !plain && game->union_of[seat] >= game->blocs->len;
  *how = power->how[index];
  *error = 0;
  if (alone && (power->unions || game->sampled)) {
    *how = power->unions ? PLN_POWER_EXACT : PLN_POWER_SAMPLED;
    return between(game, index, game->union_of[seat], error);
  }
  if (index == PLN_POWER_OWEN && !power->unions && game->sampled) {
    *how = PLN_POWER_SAMPLED;
    *error = game->sampled->owen[power->n + seat];
    return game->sampled->owen[seat];
  }
  *error = power->error[(gsize)index * power->n + seat];
  return pln_power_value(power, index, seat);
}

/* ---- Rows ---- */

/* Members alike: of one type of the game and, being in a bloc, of that bloc. */
static gboolean are_alike(const PlnPowersGame *game, guint i, guint j) {
  guint blocs = game->blocs->len;
  guint a = blocs > 0 ? MIN(game->union_of[i], blocs) : 0;
  guint b = blocs > 0 ? MIN(game->union_of[j], blocs) : 0;
  return game->power->type[i] == game->power->type[j] && a == b;
}

static gboolean is_first(const PlnPowersGame *game, guint i) {
  for (guint j = 0; j < i; j++)
    if (are_alike(game, j, i))
      return FALSE;
  return TRUE;
}

guint pln_power_kinds(const PlnPowersGame *game) {
  guint kinds = 0;
  for (guint i = 0; i < game->roster->n; i++)
    kinds += is_first(game, i);
  return kinds;
}

static int by_value(gconstpointer a, gconstpointer b) {
  const PlnPowerRow *x = a, *y = b;
  double p = isnan(x->value) ? -1 : x->value, q = isnan(y->value) ? -1 : y->value;
  if ((x->bloc >= 0) != (y->bloc >= 0))
    return x->bloc >= 0 ? -1 : 1;
  if (p != q)
    return p > q ? -1 : 1;
  if (x->share != y->share)
    return x->share > y->share ? -1 : 1;
  return (x->seat > y->seat) - (x->seat < y->seat);
}

static PlnPowerRow bloc_row(const PlnPowersGame *game, PlnPowerIndex index, guint b) {
  const PlnPowersBloc *bloc = &g_array_index(game->blocs, PlnPowersBloc, b);
  PlnPowerRow row = {(int)b, 0, bloc->members, 0, 0, 0};
  row.value = pln_power_of_bloc(game, index, b, &row.error);
  for (guint i = game->roster->n; i-- > 0;)
    if (bloc->in[i]) {
      row.seat = i;
      row.share += pln_power_share(game, i);
    }
  return row;
}

/* Those in a bloc stand behind it: they are told in its own row. */
GArray *pln_power_rows(const PlnPowersGame *game, PlnPowerIndex index, gboolean full) {
  GArray *rows = g_array_new(FALSE, FALSE, sizeof(PlnPowerRow));
  gboolean together = !full && pln_power_kinds(game) <= KINDS + game->blocs->len;
  for (guint b = 0; b < game->blocs->len; b++) {
    PlnPowerRow row = bloc_row(game, index, b);
    g_array_append_val(rows, row);
  }
  for (guint i = 0; i < game->roster->n; i++) {
    PlnPowerHow how;
    PlnPowerRow row = {-1, i, 1, pln_power_share(game, i), 0, 0};
    if ((game->union_of && game->union_of[i] < game->blocs->len) || (together && !is_first(game, i)))
      continue;
    for (guint j = i + 1; together && j < game->roster->n; j++)
      row.count += are_alike(game, i, j);
    row.value = pln_power_of_seat(game, index, i, &how, &row.error);
    g_array_append_val(rows, row);
  }
  if (rows->len > 1)
    qsort(rows->data, rows->len, sizeof(PlnPowerRow), by_value);
  return rows;
}

/* ---- Empirical power ---- */

gboolean pln_power_any_votes(const PlnPowers *powers) {
  for (guint k = 0; k < powers->games->len; k++)
    if (pln_powers_game(powers, k)->votes->len > 0)
      return TRUE;
  return FALSE;
}

double pln_power_decides(const PlnPowersGame *game, gboolean bloc, guint k, guint *most) {
  double sum = 0, greatest = -1;
  guint n = 0;
  *most = 0;
  for (guint v = 0; v < game->votes->len; v++) {
    const PlnPowersVote *vote = &g_array_index(game->votes, PlnPowersVote, v);
    double chance = bloc ? vote->bloc_decides[k] : vote->decides[k];
    if (isnan(chance))
      continue;
    sum += chance;
    n++;
    if (chance > greatest) {
      greatest = chance;
      *most = v;
    }
  }
  return n > 0 ? sum / n : NAN;
}
