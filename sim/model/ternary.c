/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Power with abstention: a rule that counts heads by how many vote which way, one that weighs them
 * by the sets of those that vote yes where to abstain is not to vote for it, else profile by
 * profile.  reference F7 */
#include "plenary/ternary.h"

#include "plenary/choices.h"
#include "plenary/swings.h"

enum { MOST_PROFILED = 15 };

const char *const pln_step_words[PLN_STEPS] = {"yes to no", "yes to abstain", "abstain to no"};

typedef struct {
  const PlnRule *rule;
  guint n;
  const guint32 *weight; /* NULL where the rule does not weigh */
  const guint8 *veto;    /* NULL where nobody holds one */
  guint vetoes;
  PlnGame kinds; /* for pln_game_types alone */
  PlnTernary *out;
} Run;

static gboolean is_veto(const Run *run, guint member) {
  return run->veto && run->veto[member];
}

static gboolean adopts(const Run *run, const PlnTally *tally) {
  return pln_rule_decide(run->rule, tally, PLN_STAGE_VOTE).outcome == PLN_OUTCOME_ADOPTED;
}

/* @share = @sum of the 3^@members profiles. */
static void set_share(mpq_t share, const mpz_t sum, guint members) {
  mpz_set(mpq_numref(share), sum);
  mpz_ui_pow_ui(mpq_denref(share), 3, members);
  mpq_canonicalize(share);
}

static guint first_of(const Run *run, guint type) {
  guint i = 0;
  while (run->out->type[i] != type)
    i++;
  return i;
}

/* Heads alone: profiles by yes, abstain and whether a veto holder votes no. */

typedef struct {
  guint8 *adopted; /* (n + 1) x (n + 1) x 2 */
  mpz_t *binomial; /* (n + 1) x (n + 1): row by row */
} Heads;

static gsize head(const Run *run, guint yes, guint abstain, guint vetoed) {
  return ((gsize)yes * (run->n + 1) + abstain) * 2 + vetoed;
}

static void decide_heads(const Run *run, Heads *heads) {
  guint n = run->n;
  heads->adopted = g_new0(guint8, (gsize)(n + 1) * (n + 1) * 2);
  for (guint yes = 0; yes <= n; yes++)
    for (guint abstain = 0; yes + abstain <= n; abstain++) {
      guint no = n - yes - abstain;
      PlnTally tally = {{yes, no, abstain, 0}, {yes, no, abstain, 0}, 0};
      for (guint vetoed = 0; vetoed < 2; vetoed++) {
        tally.vetoes = vetoed;
        heads->adopted[head(run, yes, abstain, vetoed)] = adopts(run, &tally);
      }
    }
}

static void find_binomials(const Run *run, Heads *heads) {
  guint n = run->n;
  heads->binomial = g_new(mpz_t, (gsize)(n + 1) * (n + 1));
  for (guint k = 0; k <= n; k++)
    for (guint j = 0; j <= n; j++) {
      mpz_t *cell = &heads->binomial[(gsize)k * (n + 1) + j];
      mpz_init_set_ui(*cell, j == 0);
      if (j > 0 && k > 0)
        mpz_add(*cell, *(cell - (n + 1)), *(cell - (n + 1) - 1));
    }
}

static const mpz_t *binomial(const Run *run, const Heads *heads, guint n, guint k) {
  return (const mpz_t *)&heads->binomial[(gsize)n * (run->n + 1) + k];
}

/* Profiles of @plain members and @vetoes holders with so many yes and abstaining: @none where no
 * holder votes no, @some where one does. */
static void count_heads(const Run *run, const Heads *heads, guint plain, guint vetoes, guint yes,
                        guint abstain, mpz_t none, mpz_t some, mpz_t room) {
  guint n = plain + vetoes;
  mpz_set_ui(none, 0);
  mpz_mul(some, *binomial(run, heads, n, yes), *binomial(run, heads, n - yes, abstain));
  for (guint k = 0; k <= MIN(vetoes, yes); k++) {
    guint held = vetoes - k, rest = yes - k;
    if (held > abstain || rest + abstain - held > plain)
      continue;
    mpz_mul(room, *binomial(run, heads, vetoes, k), *binomial(run, heads, plain, rest));
    mpz_addmul(none, room, *binomial(run, heads, plain - rest, abstain - held));
  }
  mpz_sub(some, some, none);
}

typedef struct {
  mpz_t none, some, room, sum[PLN_STEPS], passes;
} Sums;

/* Whether each step of a member turns adoption into defeat, the others being so. */
static gboolean find_turns(const Run *run, const Heads *heads, guint yes, guint abstain,
                           guint vetoed, gboolean veto, gboolean turns[PLN_STEPS]) {
  const guint8 *adopted = heads->adopted;
  gboolean yea = adopted[head(run, yes + 1, abstain, vetoed)];
  gboolean neither = adopted[head(run, yes, abstain + 1, vetoed)];
  gboolean nay = adopted[head(run, yes, abstain, vetoed || veto)];
  turns[PLN_STEP_YES_NO] = yea && !nay;
  turns[PLN_STEP_YES_ABSTAIN] = yea && !neither;
  turns[PLN_STEP_ABSTAIN_NO] = neither && !nay;
  return turns[PLN_STEP_YES_NO] || turns[PLN_STEP_YES_ABSTAIN] || turns[PLN_STEP_ABSTAIN_NO];
}

static void step_heads(const Run *run, const Heads *heads, guint type, Sums *sums) {
  gboolean veto = is_veto(run, first_of(run, type));
  guint plain = run->n - run->vetoes - !veto, vetoes = run->vetoes - veto;
  for (guint s = 0; s < PLN_STEPS; s++)
    mpz_set_ui(sums->sum[s], 0);
  for (guint yes = 0; yes < run->n; yes++)
    for (guint abstain = 0; yes + abstain < run->n; abstain++) {
      gboolean turns[2][PLN_STEPS];
      gboolean any = find_turns(run, heads, yes, abstain, 0, veto, turns[0]);
      any = find_turns(run, heads, yes, abstain, 1, veto, turns[1]) || any;
      if (!any) /* most are far from the threshold */
        continue;
      count_heads(run, heads, plain, vetoes, yes, abstain, sums->none, sums->some, sums->room);
      for (guint s = 0; s < PLN_STEPS; s++) {
        if (turns[0][s])
          mpz_add(sums->sum[s], sums->sum[s], sums->none);
        if (turns[1][s])
          mpz_add(sums->sum[s], sums->sum[s], sums->some);
      }
    }
  for (guint s = 0; s < PLN_STEPS; s++)
    set_share(run->out->step[type * PLN_STEPS + s], sums->sum[s], run->n - 1);
}

static void pass_heads(const Run *run, const Heads *heads, Sums *sums) {
  mpz_set_ui(sums->passes, 0);
  for (guint yes = 0; yes <= run->n; yes++)
    for (guint abstain = 0; yes + abstain <= run->n; abstain++) {
      const guint8 *adopted = heads->adopted + head(run, yes, abstain, 0);
      if (!adopted[0] && !adopted[1])
        continue;
      count_heads(run, heads, run->n - run->vetoes, run->vetoes, yes, abstain, sums->none,
                  sums->some, sums->room);
      if (adopted[0])
        mpz_add(sums->passes, sums->passes, sums->none);
      if (adopted[1])
        mpz_add(sums->passes, sums->passes, sums->some);
    }
  set_share(run->out->passes, sums->passes, run->n);
}

static gboolean by_heads(Run *run) {
  Heads heads;
  Sums sums;
  decide_heads(run, &heads);
  find_binomials(run, &heads);
  mpz_inits(sums.none, sums.some, sums.room, sums.passes, NULL);
  for (guint s = 0; s < PLN_STEPS; s++)
    mpz_init(sums.sum[s]);
  pass_heads(run, &heads, &sums);
  for (guint type = 0; type < run->out->types; type++)
    step_heads(run, &heads, type, &sums);
  for (guint s = 0; s < PLN_STEPS; s++)
    mpz_clear(sums.sum[s]);
  mpz_clears(sums.none, sums.some, sums.room, sums.passes, NULL);
  for (gsize k = 0; k < (gsize)(run->n + 1) * (run->n + 1); k++)
    mpz_clear(heads.binomial[k]);
  g_free(heads.binomial);
  g_free(heads.adopted);
  return TRUE;
}

/* Sets of those that vote yes: each other member may do two things, one that holds a veto but
 * abstain. */

/* Whether to abstain is not to vote for it: every base is then the whole body's. */
static gboolean is_yes_or_not(const PlnRule *rule) {
  return rule->abstain == PLN_COUNT_AS_NO ||
         (rule->abstain == PLN_COUNT_AS_IS && rule->basis != PLN_BASIS_VOTING &&
          rule->weight_basis != PLN_BASIS_VOTING);
}

/* Σ over the sets of @game's yes votes of 2^(others without a veto that do not vote yes). */
static gboolean by_swings(Run *run, const PlnGame *game) {
  g_autoptr(PlnSwings) swings = pln_swings_new(game, PLN_SWINGS_CHEAPER);
  if (!swings)
    return FALSE;
  mpz_t sum, part;
  mpz_inits(sum, part, NULL);
  for (guint size = 0; size <= run->n; size++) {
    mpz_mul_2exp(part, swings->winning[size], run->n - size);
    mpz_add(sum, sum, part);
  }
  set_share(run->out->passes, sum, run->n);
  for (guint type = 0; type < run->out->types; type++) {
    const mpz_t *swing = (const mpz_t *)swings->swing + swings->type[first_of(run, type)] * run->n;
    mpz_set_ui(sum, 0);
    for (guint size = 0; size < run->n; size++) {
      mpz_mul_2exp(part, swing[size], run->n - 1 - size);
      mpz_add(sum, sum, part);
    }
    set_share(run->out->step[type * PLN_STEPS + PLN_STEP_YES_NO], sum, run->n - 1);
    set_share(run->out->step[type * PLN_STEPS + PLN_STEP_YES_ABSTAIN], sum, run->n - 1);
  }
  mpz_clears(sum, part, NULL);
  return TRUE;
}

/* Σ 2^(@plain - tokens) of the choices that win with @member more. */
static void sum_choices(const PlnChoices *choices, guint plain, guint limbs, PlnLot member,
                        mpz_t sum) {
  mpz_t seen, part;
  mp_limb_t *winning = g_new0(mp_limb_t, (gsize)(plain + 1) * limbs);
  pln_choices_count(choices, member.members, member.weight, winning);
  mpz_init(part);
  mpz_set_ui(sum, 0);
  for (guint t = 0; t <= plain; t++) {
    pln_limbs_see(seen, winning + (gsize)t * limbs, limbs);
    mpz_mul_2exp(part, seen, plain - t);
    mpz_add(sum, sum, part);
  }
  mpz_clear(part);
  g_free(winning);
}

/* The others than @but, or all; a token is a member without a veto. */
static PlnChoices *others_of(const Run *run, const PlnGame *game, guint but, guint limbs) {
  g_autofree PlnLot *lot = g_new(PlnLot, run->n);
  guint n = 0;
  for (guint i = 0; i < run->n; i++)
    if (i != but)
      lot[n++] = (PlnLot){!is_veto(run, i), 1, run->weight[i]};
  return pln_choices_new(game, lot, n, (PlnLot){0}, limbs);
}

static gboolean choose_type(Run *run, const PlnGame *game, guint type, guint limbs) {
  guint i = first_of(run, type);
  gboolean veto = is_veto(run, i);
  guint plain = run->n - run->vetoes - !veto;
  g_autoptr(PlnChoices) others = others_of(run, game, i, limbs);
  if (!others)
    return FALSE;
  mpz_t with, without;
  mpz_inits(with, without, NULL);
  sum_choices(others, plain, limbs, (PlnLot){0, 1, run->weight[i]}, with);
  sum_choices(others, plain, limbs, (PlnLot){0}, without);
  mpq_t *step = run->out->step + type * PLN_STEPS;
  if (veto) {
    set_share(step[PLN_STEP_YES_NO], with, run->n - 1);
    set_share(step[PLN_STEP_ABSTAIN_NO], without, run->n - 1);
  }
  mpz_sub(with, with, without);
  set_share(step[PLN_STEP_YES_ABSTAIN], with, run->n - 1);
  if (!veto)
    set_share(step[PLN_STEP_YES_NO], with, run->n - 1);
  mpz_clears(with, without, NULL);
  return TRUE;
}

static gboolean by_choices(Run *run, const PlnGame *game) {
  guint limbs = pln_limbs_of_bits(run->n + 1);
  g_autoptr(PlnChoices) all = others_of(run, game, run->n, limbs);
  if (!all || pln_choices_cost(all) * (run->out->types + 1) > 1e9)
    return FALSE;
  mpz_t sum;
  mpz_init(sum);
  sum_choices(all, run->n - run->vetoes, limbs, (PlnLot){0}, sum);
  set_share(run->out->passes, sum, run->n);
  mpz_clear(sum);
  for (guint type = 0; type < run->out->types; type++)
    if (!choose_type(run, game, type, limbs))
      return FALSE;
  return TRUE;
}

static gboolean by_sets(Run *run) {
  PlnGame game = pln_game_of_rule(run->rule, run->n, run->weight, NULL);
  if (run->vetoes == 0 && by_swings(run, &game))
    return TRUE;
  return by_choices(run, &game);
}

/* Profile by profile: of 3^n, the digit of member i is its vote. */

static gsize power_of_three(guint n) {
  gsize power = 1;
  while (n-- > 0)
    power *= 3;
  return power;
}

static void decide_profiles(const Run *run, guint member, gsize at, const PlnTally *tally,
                            guint8 *adopted) {
  static const PlnVote vote[] = {PLN_VOTE_Y, PLN_VOTE_A, PLN_VOTE_N};
  if (member == run->n) {
    adopted[at] = adopts(run, tally);
    return;
  }
  for (guint k = 0; k < 3; k++) {
    PlnTally next = *tally;
    next.count[vote[k]]++;
    next.weight[vote[k]] += run->weight ? run->weight[member] : 1;
    next.vetoes += vote[k] == PLN_VOTE_N && is_veto(run, member);
    decide_profiles(run, member + 1, at * 3 + k, &next, adopted);
  }
}

static void step_profiles(const Run *run, guint type, const guint8 *adopted, gsize profiles) {
  gsize stride = power_of_three(run->n - 1 - first_of(run, type)), count[PLN_STEPS] = {0};
  for (gsize block = 0; block < profiles; block += 3 * stride)
    for (gsize k = block; k < block + stride; k++) {
      guint yea = adopted[k], neither = adopted[k + stride], nay = adopted[k + 2 * stride];
      count[PLN_STEP_YES_NO] += yea > nay;
      count[PLN_STEP_YES_ABSTAIN] += yea > neither;
      count[PLN_STEP_ABSTAIN_NO] += neither > nay;
    }
  mpz_t sum;
  mpz_init(sum);
  for (guint s = 0; s < PLN_STEPS; s++) {
    mpz_set_ui(sum, count[s]);
    set_share(run->out->step[type * PLN_STEPS + s], sum, run->n - 1);
  }
  mpz_clear(sum);
}

static gboolean by_profiles(Run *run) {
  if (run->n > MOST_PROFILED)
    return FALSE;
  gsize profiles = power_of_three(run->n), passes = 0;
  guint8 *adopted = g_new(guint8, profiles);
  PlnTally none = {{0}, {0}, 0};
  decide_profiles(run, 0, 0, &none, adopted);
  for (gsize k = 0; k < profiles; k++)
    passes += adopted[k];
  mpz_t sum;
  mpz_init_set_ui(sum, passes);
  set_share(run->out->passes, sum, run->n);
  mpz_clear(sum);
  for (guint type = 0; type < run->out->types; type++)
    step_profiles(run, type, adopted, profiles);
  g_free(adopted);
  return TRUE;
}

static PlnTernary *new_ternary(const PlnGame *kinds) {
  PlnTernary *out = g_new0(PlnTernary, 1);
  out->n = kinds->n;
  out->type = g_new(guint, kinds->n + 1);
  out->types = kinds->n ? pln_game_types(kinds, out->type) : 0;
  mpq_init(out->passes);
  out->step = pln_fractions_new(out->types * PLN_STEPS);
  return out;
}

void pln_ternary_free(PlnTernary *ternary) {
  if (!ternary)
    return;
  pln_fractions_free(ternary->step, ternary->types * PLN_STEPS);
  mpq_clear(ternary->passes);
  g_free(ternary->type);
  g_free(ternary);
}

PlnTernary *pln_ternary_new(const PlnRule *rule, guint n, const guint32 *weight,
                            const guint8 *veto) {
  gboolean weighs = rule->weighted && rule->method != PLN_METHOD_CONSENSUS;
  gboolean holds = rule->veto && rule->method != PLN_METHOD_CONSENSUS;
  Run run = {.rule = rule, .n = n, .weight = weighs ? weight : NULL, .veto = holds ? veto : NULL};
  for (guint i = 0; i < n; i++)
    run.vetoes += is_veto(&run, i);
  PlnGame kinds = {.n = n, .weight = run.weight, .veto = run.veto};
  run.out = new_ternary(&kinds);
  gboolean done = n == 0                ? TRUE
                  : !run.weight         ? by_heads(&run)
                  : is_yes_or_not(rule) ? by_sets(&run)
                                        : by_profiles(&run);
  if (!done)
    g_clear_pointer(&run.out, pln_ternary_free);
  return run.out;
}
