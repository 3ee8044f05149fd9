/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words of power. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "plenary/compose_power_part.h"
#include "plenary/compose_project.h"
#include "plenary/text.h"

/* ---- Numbers ---- */

char *pln_say_thousands(guint64 number) {
  g_autofree char *digits = g_strdup_printf("%" G_GUINT64_FORMAT, number);
  gsize n = strlen(digits);
  GString *out = g_string_new(NULL);
  for (gsize k = 0; k < n; k++) {
    if (k > 0 && (n - k) % 3 == 0)
      g_string_append_c(out, ',');
    g_string_append_c(out, digits[k]);
  }
  return g_string_free(out, FALSE);
}

char *pln_say_share(double share) {
  double percent = 100 * share;
  if (isnan(share))
    return g_strdup("?");
  if (percent == 0)
    return g_strdup("0%");
  if (percent < 0.01)
    return g_strdup("<0.01%");
  if (percent < 100 && percent >= 99.95)
    return g_strdup(">99.9%");
  int digits = percent >= 9.95 ? 1 : percent >= 0.095 ? 2 : 3;
  return g_strdup_printf("%.*f%%", digits, percent);
}

/* What was drawn so often is never 0 or 1. */
char *pln_say_drawn(double share, guint draws) {
  double one = 100.0 / MAX(draws, 1);
  if (share <= 0)
    return one < 0.01 ? g_strdup("<0.01%") : g_strdup_printf("<%.*f%%", one < 0.95 ? 2 : 0, one);
  if (share >= 1)
    return one < 0.05 ? g_strdup(">99.9%") : g_strdup_printf(">%.1f%%", 100 - one);
  return pln_say_share(share);
}

/* Three digits are meant. */
static guint64 round_three(double number) {
  guint64 unit = 1;
  while (number / (double)unit >= 1000)
    unit *= 10;
  return (guint64)(number / (double)unit + 0.5) * unit;
}

char *pln_say_one_in(double chance) {
  if (isnan(chance))
    return g_strdup("?");
  if (chance <= 0)
    return g_strdup("none");
  if (chance > 0.1)
    return pln_say_share(chance);
  if (chance < 1e-12)
    return g_strdup_printf("1 in %.1e", 1 / chance);
  double number = 1 / chance;
  if (number < 100) {
    int digits = fabs(number - floor(number + 0.5)) < 0.05 ? 0 : 1;
    return g_strdup_printf("1 in %.*f", digits, number);
  }
  g_autofree char *words = pln_say_thousands(round_three(number));
  return g_strdup_printf("1 in %s", words);
}

char *pln_say_one_in_drawn(double chance, guint draws) {
  if (chance <= 0) {
    g_autofree char *all = pln_say_thousands(draws);
    return g_strdup_printf("<1 in %s", all);
  }
  return chance >= 1 ? pln_say_drawn(chance, draws) : pln_say_one_in(chance);
}

char *pln_say_fraction(mpq_srcptr fraction) {
  char *text = mpq_get_str(NULL, 10, fraction), *copy = g_strdup(text);
  void (*release)(void *, size_t);
  mp_get_memory_functions(NULL, NULL, &release);
  release(text, strlen(text) + 1);
  return copy;
}

/* ---- What a game is called ---- */

/* "65%", "two-thirds", "more than half", "7/13". */
static char *say_weight(const PlnMajority *m) {
  const char *more = m->strict ? "more than " : "";
  if (m->num * 2 == m->den)
    return g_strdup_printf("%shalf", more);
  if (m->num == m->den)
    return g_strdup("all");
  if (m->den > 0 && (guint64)m->num * 100 % m->den == 0)
    return g_strdup_printf("%s%u%%", more, (guint)((guint64)m->num * 100 / m->den));
  return m->num == 2 && m->den == 3 ? g_strdup_printf("%stwo-thirds", more)
                                    : g_strdup_printf("%s%u/%u", more, m->num, m->den);
}

static char *say_majority(const PlnRule *rule) {
  static const char *const all[] = {"all of those voting", "all of those present", "all members"};
  if (rule->method == PLN_METHOD_CONSENSUS || rule->majority.num == 0 ||
      rule->majority.num != rule->majority.den)
    return pln_say_majority(rule);
  return g_strdup_printf("%s%s", rule->method == PLN_METHOD_CONSENSUS_FIRST ? "consensus, else " : "",
                         all[rule->basis]);
}

char *pln_say_power_rule(const PlnPowersGame *game) {
  const PlnRule *rule = &game->rule->rule;
  GString *out = g_string_new(NULL);
  g_autofree char *majority = say_majority(rule), *weight = say_weight(&rule->weight_majority);
  g_string_append(out, majority);
  if (rule->weighted)
    g_string_append_printf(out, " with %s of the weight", weight);
  if (rule->blocking > 0)
    g_string_append_printf(out, " (fewer than %u cannot block)", rule->blocking);
  if (game->vetoes > 0)
    g_string_append_printf(out, " without a veto of %s", game->rule->veto);
  return g_string_free(out, FALSE);
}

char *pln_say_power_game(const PlnPowersGame *game) {
  g_autofree char *day = pln_day_words(game->day);
  return game->stage ? g_strdup_printf("%s: %s, %s", game->stage->id, game->stage->title, day)
                     : g_strdup_printf("%s, %s", game->body->name, day);
}

char *pln_power_game_id(const PlnPowers *powers, const PlnPowersGame *game) {
  const char *id = game->stage ? game->stage->id : game->body->id;
  guint same = 0, like = 0, before = 0;
  for (guint k = 0; k < powers->games->len; k++) {
    const PlnPowersGame *other = pln_powers_game(powers, k);
    if (strcmp(other->stage ? other->stage->id : other->body->id, id) != 0)
      continue;
    same++;
    like += other->rule == game->rule;
    before += other->rule == game->rule && other->day < game->day;
  }
  if (same == 1)
    return g_strdup(id);
  return like == 1 ? g_strdup_printf("%s/%s", id, game->rule->id)
                   : g_strdup_printf("%s/%s/%u", id, game->rule->id, before + 1);
}

/* ---- Who ---- */

static gboolean is_like(const PlnPowersGame *game, const PlnPowerRow *row, guint i) {
  if (row->bloc >= 0)
    return g_array_index(game->blocs, PlnPowersBloc, row->bloc).in[i] != 0;
  return game->power->type[i] == game->power->type[row->seat] &&
         (!game->union_of || game->union_of[i] >= game->blocs->len);
}

char *pln_say_power_who(const PlnPowersGame *game, const PlnPowerRow *row, guint most) {
  const PlnRoster *roster = game->roster;
  if (row->bloc >= 0)
    return g_strdup_printf("%s as one", g_array_index(game->blocs, PlnPowersBloc, row->bloc).id);
  if (row->count == 1)
    return g_strdup(roster->state[row->seat]->code);
  GString *out = g_string_new(NULL);
  gboolean veto = game->veto && game->veto[row->seat];
  g_string_append_printf(out, "each of %u%s:", row->count, veto ? " with a veto" : "");
  for (guint i = row->seat, said = 0; i < roster->n && said <= most; i++) {
    if (!is_like(game, row, i))
      continue;
    if (said++ == most && row->count > most)
      g_string_append_printf(out, " +%u", row->count - most);
    else
      g_string_append_printf(out, " %s", roster->state[i]->code);
  }
  return g_string_free(out, FALSE);
}

char *pln_say_power_short(const PlnPowersGame *game, const PlnPowerRow *row) {
  if (row->bloc >= 0 || row->count == 1)
    return pln_say_power_who(game, row, 0);
  return g_strdup_printf("each of %u%s", row->count,
                         game->veto && game->veto[row->seat] ? " with a veto" : "");
}

/* ---- The answer ---- */

guint pln_power_drawn(const PlnPowersGame *game, PlnPowerIndex index) {
  gboolean blocs = game->blocs->len > 0;
  gboolean sampled = blocs ? game->sampled != NULL : game->power->how[index] == PLN_POWER_SAMPLED;
  return sampled ? game->power->samples : 0;
}

char *pln_say_power_value(const PlnPowersGame *game, PlnPowerIndex index, double value) {
  guint draws = pln_power_drawn(game, index);
  return draws > 0 && value <= 0 ? pln_say_drawn(value, draws) : pln_say_share(value);
}

static char *say_value(const PlnPowersGame *game, PlnPowerIndex index, double value) {
  g_autofree char *share = pln_say_power_value(game, index, value);
  if (index == PLN_POWER_SHAPLEY || index == PLN_POWER_OWEN)
    return g_strdup_printf("%s of the power", share);
  if (pln_power_is_share(index))
    return g_strdup_printf("%s of the power (%s)", share, pln_power_names[index].name);
  return g_strdup_printf("%s (%s)", share, pln_power_names[index].name);
}

static const char *weighed(const PlnPowersGame *game) {
  return pln_power_weighted(game) ? "weight" : "votes";
}

static void say_times(GString *out, const PlnPowersGame *game, PlnPowerIndex index,
                      const PlnPowerRow *row) {
  if (pln_power_is_share(index) && row->share > 0 && row->value > 0)
    g_string_append_printf(out, ", %.2f times its share of the %s", row->value / row->share,
                           weighed(game));
}

/* By its index the Banzhaf index too is the same where no member is told apart from another. */
static void say_equal(GString *out, const PlnPowersGame *game, PlnPowerIndex index,
                      const PlnPowerRow *row) {
  g_autofree char *value = say_value(game, index, row->value);
  g_autofree char *share = pln_say_share(row->value);
  double banzhaf = pln_power_value(game->power, PLN_POWER_BANZHAF, row->seat);
  guint draws = pln_power_drawn(game, PLN_POWER_BANZHAF);
  g_autofree char *chance =
      draws > 0 ? pln_say_one_in_drawn(banzhaf, draws) : pln_say_one_in(banzhaf);
  g_string_append_printf(out, "each of the %u has the same power, ", game->roster->n);
  if (pln_power_is_share(index))
    g_string_append_printf(out, "1/%u of all (%s)", game->roster->n, share);
  else
    g_string_append(out, value);
  if (draws > 0 || banzhaf > 0)
    g_string_append_printf(out,
                           ": if all others voted yes or no at random, its vote would decide "
                           "%s%s",
                           chance, banzhaf > 0.1 ? " of the time" : " votes");
  g_string_append_printf(out, "%s.", draws > 0 ? " (sampled)" : "");
}

static void say_blocs(GString *out, const PlnPowersGame *game, PlnPowerIndex index,
                      const GArray *rows) {
  guint blocs = game->blocs->len;
  for (guint k = 0; k < MIN(blocs, 3); k++) {
    const PlnPowerRow *row = &g_array_index(rows, PlnPowerRow, k);
    const PlnPowersBloc *bloc = &g_array_index(game->blocs, PlnPowersBloc, row->bloc);
    g_autofree char *value = say_value(game, index, row->value);
    g_autofree char *share = pln_say_share(row->share);
    g_string_append_printf(out, "%s%s as one (%u members, %s of the %s) has %s", k > 0 ? "; " : "",
                           bloc->id, row->count, share, weighed(game), value);
    say_times(out, game, index, row);
  }
  if (rows->len > blocs) {
    const PlnPowerRow *first = &g_array_index(rows, PlnPowerRow, blocs);
    const PlnPowerRow *last = &g_array_index(rows, PlnPowerRow, rows->len - 1);
    g_autofree char *most = pln_say_power_value(game, index, first->value);
    g_autofree char *least = pln_say_power_value(game, index, last->value);
    if (rows->len == blocs + 1)
      g_string_append_printf(out, "; each of the %u others %s", first->count, most);
    else
      g_string_append_printf(out, "; of the others the most that one has is %s, the least %s", most,
                             least);
  }
  g_string_append(out, pln_power_drawn(game, index) > 0 ? " (sampled)." : ".");
}

static void say_vetoes(GString *out, const PlnPowersGame *game, PlnPowerIndex index,
                       const GArray *rows) {
  const PlnPowerRow *a = &g_array_index(rows, PlnPowerRow, 0);
  const PlnPowerRow *b = &g_array_index(rows, PlnPowerRow, 1);
  g_autofree char *most = say_value(game, index, a->value);
  g_autofree char *least = pln_say_power_value(game, index, b->value);
  g_string_append_printf(out, "each of the %u with a veto has %s, each of the other %u %s",
                         a->count, most, b->count, least);
  if (b->value > 0)
    g_string_append_printf(out, ": %.*f times as much", a->value / b->value < 10 ? 1 : 0,
                           a->value / b->value);
}

static void say_ranked(GString *out, const PlnPowersGame *game, PlnPowerIndex index,
                       const GArray *rows) {
  const PlnPowerRow *first = &g_array_index(rows, PlnPowerRow, 0);
  const PlnPowerRow *last = &g_array_index(rows, PlnPowerRow, rows->len - 1);
  g_autofree char *most = say_value(game, index, first->value);
  g_autofree char *least = pln_say_power_value(game, index, last->value);
  g_autofree char *share = pln_say_share(first->share), *small = pln_say_share(last->share);
  const char *each = first->count > 1 ? "each" : "";
  g_string_append_printf(out, "%s%s%s has the most, %s with %s of the %s; %s the least, %s with %s",
                         game->roster->state[first->seat]->name, *each ? " and those alike, " : "",
                         each, most, share, weighed(game), game->roster->state[last->seat]->name,
                         least, small);
}

/* Of random numbers one is always the greatest: it must be so beyond what was left to chance. */
gboolean pln_power_is_noise(const PlnPowersGame *game, PlnPowerIndex index, const GArray *rows) {
  double sum = 0;
  guint n = 0;
  if (pln_power_drawn(game, index) == 0 || game->blocs->len > 0)
    return FALSE;
  for (guint k = 0; k < rows->len; k++) {
    const PlnPowerRow *row = &g_array_index(rows, PlnPowerRow, k);
    sum += row->count * row->value;
    n += row->count;
  }
  const PlnPowerRow *first = &g_array_index(rows, PlnPowerRow, 0);
  return n > 0 && first->value - sum / n < 4 * first->error;
}

static void say_noise(GString *out, const PlnPowersGame *game, const GArray *rows) {
  const PlnPowerRow *first = &g_array_index(rows, PlnPowerRow, 0);
  double sum = 0;
  for (guint k = 0; k < rows->len; k++)
    sum += g_array_index(rows, PlnPowerRow, k).count * g_array_index(rows, PlnPowerRow, k).value;
  g_autofree char *mean = pln_say_share(sum / game->roster->n);
  g_autofree char *error = pln_say_share(first->error);
  g_string_append_printf(out,
                         "no member stands out beyond the error of sampling: %s each in the "
                         "mean, standard error of one %s",
                         mean, error);
}

static void say_members(GString *out, const PlnPowersGame *game, PlnPowerIndex index,
                        const GArray *rows) {
  const PlnPowerRow *first = &g_array_index(rows, PlnPowerRow, 0);
  if (isnan(first->value)) {
    g_string_append_printf(out, "%s is out of reach here.", pln_power_names[index].name);
    return;
  }
  gboolean noise = pln_power_is_noise(game, index, rows);
  if (noise)
    say_noise(out, game, rows);
  else if (game->power->types == 2 && game->vetoes > 0 && rows->len == 2)
    say_vetoes(out, game, index, rows);
  else
    say_ranked(out, game, index, rows);
  g_autofree char *error = pln_say_share(first->error);
  if (first->error > 0 && !noise)
    g_string_append_printf(out, " (sampled, standard error %s)", error);
  g_string_append_c(out, '.');
}

gboolean pln_power_is_equal(const PlnPowersGame *game, PlnPowerIndex index, const GArray *rows) {
  const PlnPowerRow *first = &g_array_index(rows, PlnPowerRow, 0);
  const PlnPowerRow *last = &g_array_index(rows, PlnPowerRow, rows->len - 1);
  if (game->blocs->len > 0)
    return FALSE;
  if (game->power->types == 1)
    return TRUE;
  return game->power->how[index] == PLN_POWER_EXACT && first->value == last->value &&
         pln_power_value(game->power, PLN_POWER_BANZHAF, first->seat) ==
             pln_power_value(game->power, PLN_POWER_BANZHAF, last->seat);
}

char *pln_say_power_finding(const PlnPowersGame *game, PlnPowerIndex index) {
  if (game->dead)
    return g_strdup("nothing can be adopted, whoever votes yes, so nobody has power.");
  if (game->roster->n == 1)
    return g_strdup_printf("%s, the only one, decides alone.", game->roster->state[0]->name);
  GString *out = g_string_new(NULL);
  g_autoptr(GArray) rows = pln_power_rows(game, index, FALSE);
  if (game->blocs->len > 0)
    say_blocs(out, game, index, rows);
  else if (pln_power_is_equal(game, index, rows))
    say_equal(out, game, index, &g_array_index(rows, PlnPowerRow, 0));
  else
    say_members(out, game, index, rows);
  return g_string_free(out, FALSE);
}

char *pln_say_power_answer(const PlnPowersGame *game, PlnPowerIndex index) {
  if (game->roster->n == 0)
    return g_strdup_printf("%s: nobody sits there, so there is no power to share.", game->body->name);
  g_autofree char *rule = pln_say_power_rule(game), *found = pln_say_power_finding(game, index);
  return g_strdup_printf("%s, %u member%s, %s: %s", game->body->name, game->roster->n,
                         game->roster->n == 1 ? "" : "s", rule, found);
}

const char *pln_say_power_question(PlnPowerIndex index) {
  static const char *const asks[PLN_POWER_INDICES] = {
      [PLN_POWER_SHAPLEY] = "how often it is the one that turns the vote, when the members come to "
                            "the yes side one by one in random order; adds up to 100%",
      [PLN_POWER_BANZHAF] = "how often its vote decides, when all others vote yes or no at random",
      [PLN_POWER_BANZHAF_NORMALISED] = "the same as a share of all members' deciding votes",
      [PLN_POWER_COLEMAN_PREVENT] = "of the coalitions that win, how many lose without it: what it "
                                    "can prevent",
      [PLN_POWER_COLEMAN_INITIATE] = "of those that lose, how many win with it: what it can bring "
                                     "about",
      [PLN_POWER_JOHNSTON] = "how often it can leave a winning coalition in ruins, shared with the "
                             "others that could",
      [PLN_POWER_DEEGAN_PACKEL] = "its part of the winning coalitions that can spare nobody, each "
                                  "shared equally by its members",
      [PLN_POWER_PUBLIC_GOOD] = "in how many winning coalitions that can spare nobody it is",
      [PLN_POWER_OWEN] = "Shapley-Shubik where each bloc comes as one, its members one by one inside",
      [PLN_POWER_BANZHAF_OWEN] = "Banzhaf between the blocs and again inside its own",
      [PLN_POWER_SYMMETRIC] = "Banzhaf between the blocs, Shapley-Shubik inside its own"};
  return asks[index];
}
