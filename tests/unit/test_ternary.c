/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Power with abstention: the reference's table, every profile of small bodies, closed forms. */
#include "plenary/ternary.h"

#include <math.h>

#include "made_games.h"
#include "suite.h"

enum { COLUMNS = 6, MOST_PLAIN = 6 };

static const PlnRule two_thirds = {.majority = {2, 3, false}};
static const PlnRule council = {
    .basis = PLN_BASIS_MEMBERS, .majority = {9, 15, false}, .veto = true};
static const guint8 permanent[15] = {1, 1, 1, 1, 1};

/* Whether @value, as a program prints a double, is the double nearest to @exact. */
static gboolean is_nearest(const mpq_t exact, const char *value) {
  double at = g_ascii_strtod(value, NULL);
  mpq_t off, other;
  mpq_inits(off, other, NULL);
  mpq_set_d(off, at);
  mpq_sub(off, exact, off);
  mpq_abs(off, off);
  gboolean nearest = TRUE;
  for (int k = -1; k <= 1; k += 2) {
    mpq_set_d(other, nextafter(at, k));
    mpq_sub(other, exact, other);
    mpq_abs(other, other);
    nearest = nearest && mpq_cmp(off, other) <= 0;
  }
  mpq_clears(off, other, NULL);
  return nearest;
}

static void check_row(char **cell) {
  gboolean security = g_str_equal(cell[0], "security-council");
  guint n = (guint)g_ascii_strtoull(cell[1], NULL, 10), step = 0;
  g_autoptr(PlnTernary) ternary =
      pln_ternary_new(security ? &council : &two_thirds, n, NULL, security ? permanent : NULL);
  CU_ASSERT_PTR_NOT_NULL_FATAL(ternary);
  while (step < PLN_STEPS && !g_str_equal(cell[3], pln_step_words[step]))
    step++;
  guint type = ternary->type[g_str_equal(cell[2], "elected") ? 14 : 0];
  mpq_t *share = step == PLN_STEPS ? &ternary->passes : &ternary->step[type * PLN_STEPS + step];
  CU_ASSERT_TRUE(step < PLN_STEPS || g_str_equal(cell[3], "passes"));
  CU_ASSERT_TRUE(!*cell[4] || made_is(*share, cell[4]));
  CU_ASSERT_TRUE(is_nearest(*share, cell[5]));
}

static void test_reference(void) {
  g_autofree char *path =
      g_build_filename(g_getenv("PLENARY_DATA"), "..", "tests", "power", "abstention.csv", NULL);
  g_autofree char *text = NULL;
  CU_ASSERT_TRUE_FATAL(g_file_get_contents(path, &text, NULL, NULL));
  g_auto(GStrv) line = g_strsplit(text, "\n", -1);
  guint rows = 0;
  for (guint k = 1; line[k] && *line[k]; k++, rows++) {
    g_auto(GStrv) cell = g_strsplit(line[k], ",", -1);
    CU_ASSERT_EQUAL_FATAL(g_strv_length(cell), COLUMNS);
    check_row(cell);
  }
  CU_ASSERT_EQUAL(rows, 23);
}

static gboolean passes(const PlnRule *rule, const PlnBallots *ballots) {
  PlnTally tally = pln_tally(ballots);
  return pln_rule_decide(rule, &tally, PLN_STAGE_VOTE).outcome == PLN_OUTCOME_ADOPTED;
}

static gboolean is_share(const mpq_t fraction, guint part, guint all) {
  mpq_t share;
  mpq_init(share);
  made_add(share, part, all);
  gboolean same = mpq_equal(fraction, share);
  mpq_clear(share);
  return same;
}

/* Profile by profile, with each member's vote put in turn. */
static void check_plainly(const PlnRule *rule, guint n, const guint32 *weight, const guint8 *veto) {
  static const PlnVote votes[] = {PLN_VOTE_Y, PLN_VOTE_A, PLN_VOTE_N};
  PlnVote vote[MOST_PLAIN];
  guint adopted = 0, turned[MOST_PLAIN][PLN_STEPS] = {{0}}, profiles = 1;
  for (guint i = 0; i < n; i++)
    profiles *= 3;
  PlnBallots ballots = {n, vote, weight, veto};
  for (guint profile = 0; profile < profiles; profile++) {
    for (guint i = 0, rest = profile; i < n; i++, rest /= 3)
      vote[i] = votes[rest % 3];
    adopted += passes(rule, &ballots);
    for (guint i = 0; i < n; i++) {
      gboolean with[3];
      if (vote[i] != PLN_VOTE_Y)
        continue;
      for (guint k = 0; k < 3; k++) {
        vote[i] = votes[k];
        with[k] = passes(rule, &ballots);
      }
      vote[i] = PLN_VOTE_Y;
      turned[i][PLN_STEP_YES_NO] += with[0] && !with[2];
      turned[i][PLN_STEP_YES_ABSTAIN] += with[0] && !with[1];
      turned[i][PLN_STEP_ABSTAIN_NO] += with[1] && !with[2];
    }
  }
  g_autoptr(PlnTernary) ternary = pln_ternary_new(rule, n, weight, veto);
  CU_ASSERT_PTR_NOT_NULL_FATAL(ternary);
  CU_ASSERT_TRUE(is_share(ternary->passes, adopted, profiles));
  for (guint i = 0; i < n; i++)
    for (guint s = 0; s < PLN_STEPS; s++)
      CU_ASSERT_TRUE(
          is_share(ternary->step[ternary->type[i] * PLN_STEPS + s], turned[i][s], profiles / 3));
}

static PlnMajority draw_majority(PlnDraw *draw) {
  guint den = 1 + (guint)pln_draw_below(draw, 5);
  return (PlnMajority){(guint32)pln_draw_below(draw, den + 1), den, pln_draw_below(draw, 2)};
}

static PlnRule draw_rule(PlnDraw *draw) {
  PlnRule rule = {.method =
                      pln_draw_below(draw, 8) == 0 ? PLN_METHOD_CONSENSUS_FIRST : PLN_METHOD_VOTE,
                  .basis = (PlnBasis)pln_draw_below(draw, 3),
                  .majority = draw_majority(draw),
                  .min_yes = (guint32)pln_draw_below(draw, 4),
                  .tie = (PlnTie)pln_draw_below(draw, 2),
                  .abstain = (PlnCountAs)pln_draw_below(draw, 3),
                  .veto = pln_draw_below(draw, 2)};
  if (pln_draw_below(draw, 2)) {
    rule.weighted = true;
    rule.weight_basis = (PlnBasis)pln_draw_below(draw, 3);
    rule.weight_majority = draw_majority(draw);
  }
  if (pln_draw_below(draw, 3) == 0)
    rule.blocking = (guint32)pln_draw_below(draw, 5);
  return rule;
}

static void test_drawn(void) {
  PlnDraw draw = pln_draw_stream(74, 0, 0);
  for (guint k = 0; k < 600; k++) {
    PlnRule rule = draw_rule(&draw);
    guint n = 1 + (guint)pln_draw_below(&draw, k % 10 == 0 ? MOST_PLAIN : MOST_PLAIN - 1);
    guint32 weight[MOST_PLAIN];
    guint8 veto[MOST_PLAIN];
    for (guint i = 0; i < n; i++) {
      weight[i] = (guint32)pln_draw_below(&draw, 6);
      veto[i] = pln_draw_below(&draw, 4) == 0;
    }
    check_plainly(&rule, n, pln_draw_below(&draw, 4) ? weight : NULL,
                  pln_draw_below(&draw, 4) ? veto : NULL);
  }
}

/* No objection: (2/3)^n; to abstain is as good as yes. */
static void test_consensus(void) {
  const PlnRule rule = {.method = PLN_METHOD_CONSENSUS};
  g_autoptr(PlnTernary) ternary = pln_ternary_new(&rule, 7, NULL, NULL);
  CU_ASSERT_TRUE(made_is(ternary->passes, "128/2187"));
  CU_ASSERT_TRUE(made_is(ternary->step[PLN_STEP_YES_NO], "64/729"));
  CU_ASSERT_TRUE(made_is(ternary->step[PLN_STEP_YES_ABSTAIN], "0"));
  CU_ASSERT_TRUE(made_is(ternary->step[PLN_STEP_ABSTAIN_NO], "64/729"));
}

/* Equal weights are heads: 27 and 40 members counted by their sets of yes votes, with a blocking
 * minority, and with vetoes, where the swings of game.h would not do. */
static void test_weights(void) {
  guint32 weight[40];
  guint8 veto[40] = {0};
  veto[3] = veto[11] = 1;
  for (guint i = 0; i < 40; i++)
    weight[i] = 500;
  for (guint k = 0; k < 8; k++) {
    guint n = k & 1 ? 27 : 40;
    PlnRule heads = {.basis = PLN_BASIS_MEMBERS,
                     .majority = {13, 20, false},
                     .blocking = k & 2 ? 11 : 0,
                     .veto = (k & 4) != 0};
    PlnRule weighs = heads;
    weighs.majority = (PlnMajority){11, 20, false};
    weighs.weighted = true;
    weighs.weight_basis = PLN_BASIS_MEMBERS;
    weighs.weight_majority = (PlnMajority){13, 20, false};
    g_autoptr(PlnTernary) a = pln_ternary_new(&heads, n, NULL, veto);
    g_autoptr(PlnTernary) b = pln_ternary_new(&weighs, n, weight, veto);
    CU_ASSERT_PTR_NOT_NULL_FATAL(b);
    CU_ASSERT_TRUE(a->types == b->types && mpq_equal(a->passes, b->passes));
    for (guint s = 0; s < a->types * PLN_STEPS; s++)
      CU_ASSERT_TRUE(mpq_equal(a->step[s], b->step[s]));
  }
}

/* With weights of those that vote alone every profile is gone through: up to fifteen members. */
static void test_reach(void) {
  guint32 weight[16];
  PlnRule rule = {.majority = {1, 2, true},
                  .weighted = true,
                  .weight_basis = PLN_BASIS_VOTING,
                  .weight_majority = {1, 2, true}};
  for (guint i = 0; i < 16; i++)
    weight[i] = 3;
  g_autoptr(PlnTernary) heads = pln_ternary_new(&two_thirds, 10, NULL, NULL);
  rule.majority = rule.weight_majority = two_thirds.majority;
  g_autoptr(PlnTernary) within = pln_ternary_new(&rule, 10, weight, NULL);
  CU_ASSERT_TRUE(mpq_equal(heads->passes, within->passes));
  for (guint s = 0; s < PLN_STEPS; s++)
    CU_ASSERT_TRUE(mpq_equal(heads->step[s], within->step[s]));
  CU_ASSERT_PTR_NULL(pln_ternary_new(&rule, 16, weight, NULL));
}

int main(void) {
  CU_TestInfo tests[] = {{"reference", test_reference}, {"drawn", test_drawn},
                         {"consensus", test_consensus}, {"weights", test_weights},
                         {"reach", test_reach},         CU_TEST_INFO_NULL};
  return suite_run("ternary", tests);
}
