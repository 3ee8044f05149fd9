/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who moved, seat by seat. */
#include "plenary/comparison_part.h"

#include <math.h>
#include <string.h>

PlnVote pln_comparison_likeliest(const double chance[PLN_VOTE_KINDS]) {
  PlnVote best = PLN_VOTE_Y;
  for (PlnVote k = 1; k < PLN_VOTE_KINDS; k++)
    if (chance[k] > chance[best])
      best = k;
  return chance[best] > 0 ? best : (PlnVote)PLN_VOTE_UNKNOWN;
}

static void mark_who(const PlnScenario *s, const PlnRunner *runner, const char *who, guint8 *named) {
  const PlnBloc *bloc = pln_world_state(s->world, who) ? NULL : pln_world_bloc(s->world, who);
  PlnDay day = pln_runner_asked(runner)->as_of;
  const PlnProposal *p = pln_runner_proposal(runner);
  if (day <= PLN_DAY_UNKNOWN)
    day = p && p->day > PLN_DAY_UNKNOWN ? p->day : s->as_of;
  g_autoptr(GHashTable) members = bloc ? pln_world_bloc_members(s->world, bloc, day) : NULL;
  for (guint i = 0; i < pln_runner_seats(runner); i++) {
    const char *code = pln_runner_seat(runner, i)->code;
    named[i] |= strcmp(who, "ALL") == 0 || strcmp(who, code) == 0 ||
                (members && g_hash_table_contains(members, code));
  }
}

/* The seats that a change names, or the blocs that they are in. */
static guint8 *mark_named(const PlnScenario *s, const PlnRunner *runner, const GPtrArray *changes) {
  guint8 *named = g_new0(guint8, pln_runner_seats(runner) + 1);
  for (guint k = 0; k < changes->len; k++) {
    const PlnChange *change = changes->pdata[k];
    if (change->kind == PLN_CHANGE_RULE || change->kind == PLN_CHANGE_ASSUME)
      continue;
    if (!change->list)
      mark_who(s, runner, change->who, named);
    for (char **who = change->list; who && *who; who++)
      mark_who(s, runner, *who, named);
  }
  return named;
}

static double distance(const double *before, const double *after) {
  double sum = 0, seat[2] = {0, 0};
  for (guint k = 0; k < PLN_VOTE_KINDS; k++) {
    sum += fabs(after[k] - before[k]) / 2;
    seat[0] += before[k];
    seat[1] += after[k];
  }
  return (seat[0] > 0) != (seat[1] > 0) ? 1 : sum;
}

static int by_distance(gconstpointer a, gconstpointer b) {
  const PlnComparisonMove *x = a, *y = b;
  if (x->moved != y->moved)
    return x->moved > y->moved ? -1 : 1;
  return (x->seat > y->seat) - (x->seat < y->seat);
}

void pln_comparison_find_moves(const PlnScenario *s, const PlnComparisonItem *item,
                               PlnComparisonCase *one) {
  g_autofree guint8 *named = mark_named(s, item->runner, one->changes);
  gboolean recorded = pln_runner_asked(item->runner)->study == PLN_RUN_REPLAY;
  for (guint i = 0; i < item->seats; i++) {
    const double *before = item->chance + (gsize)i * PLN_VOTE_KINDS;
    const double *after = one->chance + (gsize)i * PLN_VOTE_KINDS;
    PlnComparisonMove move = {.seat = i, .directly = named[i], .moved = distance(before, after)};
    gboolean unknown = recorded && pln_comparison_likeliest(before) == PLN_VOTE_UNKNOWN;
    if (move.moved == 0 || (unknown && !move.directly))
      continue; /* no vote on record: that it does not vote now is no move */
    move.before = pln_comparison_likeliest(before);
    move.after = pln_comparison_likeliest(after);
    move.turned = move.before != move.after && !unknown;
    one->seats_turned += move.turned;
    one->named += move.directly;
    g_array_append_val(one->moves, move);
  }
  g_array_sort(one->moves, by_distance);
}
