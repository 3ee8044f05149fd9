/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Winning coalitions one by one, kind by kind, the heaviest first. */
#include "plenary/critical_part.h"
#include "plenary/draw.h"

enum { PROBES = 2000, TOO_MANY = 2, PLN_STUDY_PROBE = 0x43524901 };

/* Adds to @sum the coalitions from @depth on with @from to @to - 1 more members, of any kinds. */
static void add_ways(PlnCriticalRun *run, guint depth, guint from, guint to, mp_limb_t *sum) {
  mp_limb_t *row = pln_critical_at(run, run->above, (gsize)depth * (run->n + 2));
  to = MIN(to, run->left[depth] + 1);
  if (from >= to)
    return;
  pln_limbs_difference(run->room, pln_critical_at(run, row, from), pln_critical_at(run, row, to),
                       run->limbs);
  pln_limbs_add_product(sum, pln_critical_at(run, run->times, depth), run->room, run->limbs);
}

static gboolean can_win(const PlnCriticalRun *run, guint depth, guint size, guint64 weight) {
  guint most = size + run->left[depth];
  return (most >= run->game->least &&
          weight + run->weight_left[depth] >= run->game->least_weight) ||
         most >= run->game->enough;
}

/* How many kinds weigh more than @spare; of the first @most. */
static guint heavier(const PlnCriticalRun *run, guint64 spare, guint most) {
  guint low = 0, high = most;
  while (low < high) {
    guint middle = (low + high) / 2;
    if (run->kind[middle].weight > spare)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

/* A coalition all of whose members are critical: those chosen above @depth. */
static void note_minimal(PlnCriticalRun *run, guint depth, const mp_limb_t *times) {
  guint size = run->size[depth];
  pln_limbs_add(pln_critical_at(run, run->minimals, size), times, run->limbs);
  for (guint t = 0; t < depth; t++)
    if (run->chosen[t])
      pln_limbs_add_times(pln_critical_at(run, run->minimal, (gsize)t * (run->n + 1) + size), times,
                          run->chosen[t], run->limbs);
}

/* Whether in all coalitions from here on it hangs on their size alone who is critical: then they
 * are counted by binomials. */
static gboolean take_all(PlnCriticalRun *run, guint depth, guint size, guint64 weight) {
  const PlnGame *game = run->game;
  if (size > game->enough) {
    add_ways(run, depth, 0, G_MAXUINT, run->heavy);
    return TRUE;
  }
  if (weight < game->least_weight)
    return FALSE;
  guint64 spare = weight - game->least_weight;
  guint last = heavier(run, spare, MIN(depth + 1, run->kinds));
  if (last > depth || (last > 0 && run->kind[last - 1].weight <= spare + run->weight_left[depth]))
    return FALSE;
  guint enough = game->enough - size, more = 0;
  if (size <= game->least) {
    guint least = game->least - size;
    more = least + 1;
    pln_limbs_add(pln_critical_at(run, run->least, (gsize)depth * (run->n + 2) + least),
                  pln_critical_at(run, run->times, depth), run->limbs);
    add_ways(run, depth, least, least + 1, pln_critical_at(run, run->all, 2 * depth));
  } else if (run->size[last] == size) { /* nobody in it but those that are critical */
    note_minimal(run, last, pln_critical_at(run, run->times, depth));
  }
  add_ways(run, depth, more, enough + 1, pln_critical_at(run, run->heavy, last));
  add_ways(run, depth, enough + 1, G_MAXUINT, run->heavy);
  return TRUE;
}

/* On the way back from @depth: what was counted there goes to its members. */
static void share_out(PlnCriticalRun *run, guint depth) {
  mp_limb_t *heavy = pln_critical_at(run, run->heavy, depth);
  if (pln_limbs_is_zero(heavy, run->limbs))
    return;
  guint members = run->size[depth];
  for (guint t = 0; t < depth; t++)
    if (run->chosen[t])
      pln_limbs_add_times(pln_critical_at(run, run->critical, (gsize)t * (run->n + 1) + members),
                          heavy, run->chosen[t], run->limbs);
  pln_limbs_add(pln_critical_at(run, run->coalitions, members), heavy, run->limbs);
  pln_limbs_clear(heavy, run->limbs);
}

/* Coalitions critical as a whole: to the kind chosen last, and on to the depth before. */
static void hand_back(PlnCriticalRun *run, guint depth) {
  for (guint way = 0; way < 2; way++) {
    mp_limb_t *all = pln_critical_at(run, run->all, 2 * (depth + 1) + way);
    if (pln_limbs_is_zero(all, run->limbs))
      continue;
    pln_limbs_add_times(pln_critical_at(run, run->whole, 2 * depth + way), all, run->chosen[depth],
                        run->limbs);
    pln_limbs_add(pln_critical_at(run, run->all, 2 * depth + way), all, run->limbs);
    pln_limbs_clear(all, run->limbs);
  }
}

static void descend(PlnCriticalRun *run, guint depth, guint size, guint64 weight);

static void branch(PlnCriticalRun *run, guint depth, guint size, guint64 weight) {
  const PlnCriticalKind *kind = &run->kind[depth];
  mp_limb_t *times = pln_critical_at(run, run->times, depth + 1);
  for (guint k = kind->n + 1; k-- > 0;) {
    if (!can_win(run, depth + 1, size + k, weight + k * kind->weight))
      break;
    run->chosen[depth] = k;
    pln_limbs_clear(times, run->limbs);
    pln_limbs_add_product(times, pln_critical_at(run, run->times, depth),
                          pln_critical_at(run, run->ways, run->binomial[depth] + k), run->limbs);
    descend(run, depth + 1, size + k, weight + k * kind->weight);
    hand_back(run, depth);
  }
}

static void descend(PlnCriticalRun *run, guint depth, guint size, guint64 weight) {
  if (++run->visited > run->most)
    return;
  run->size[depth] = size;
  gboolean taken = take_all(run, depth, size, weight);
  if (!taken && depth < run->kinds)
    branch(run, depth, size, weight);
  else if (!taken && size == run->game->enough) /* too light: all of them must be there */
    pln_limbs_add(pln_critical_at(run, run->all, 2 * depth + 1),
                  pln_critical_at(run, run->times, depth), run->limbs);
  share_out(run, depth);
}

/* Least number of @depth's kind with which something can still win; more than there are: none. */
static guint least_chosen(const PlnCriticalRun *run, guint depth, guint size, guint64 weight) {
  const PlnCriticalKind *kind = &run->kind[depth];
  guint least = kind->n + 1;
  while (least > 0 &&
         can_win(run, depth + 1, size + least - 1, weight + (least - 1) * kind->weight))
    least--;
  return least;
}

/* A guess at how many steps there are, by walks down at random (Knuth 1975,
 * Mathematics of Computation 29:122-136): what is far out of reach is not begun. */
static double probe(const PlnCriticalRun *run) {
  PlnDraw draw = pln_draw_stream(1, PLN_STUDY_PROBE, 0);
  double sum = 0;
  for (guint walk = 0; walk < PROBES; walk++) {
    guint size = run->vetoes, depth = 0;
    guint64 weight = run->veto_weight;
    for (double branches = 1; depth < run->kinds; depth++) {
      const PlnCriticalKind *kind = &run->kind[depth];
      guint least = least_chosen(run, depth, size, weight);
      sum += branches;
      if (least > kind->n)
        break;
      guint k = least + (guint)pln_draw_below(&draw, kind->n + 1 - least);
      branches *= kind->n + 1 - least;
      size += k;
      weight += k * kind->weight;
    }
  }
  return sum / PROBES;
}

void pln_critical_walk(PlnCriticalRun *run) {
  if (probe(run) > TOO_MANY * (double)run->most)
    run->visited = run->most + 1;
  else if (can_win(run, 0, run->vetoes, run->veto_weight))
    descend(run, 0, run->vetoes, run->veto_weight);
}
