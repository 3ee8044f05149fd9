/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The shipped scenarios replayed: the record as it stands, to the number; and every rule on
 * a vote that is small enough to work out by hand. */
#include "plenary/replay.h"

#include <string.h>

#include "scene.h"
#include "suite.h"

enum { Y = PLN_VOTE_Y, N = PLN_VOTE_N, A = PLN_VOTE_A, X = PLN_VOTE_X };

static const PlnBlocPart *part_of(const PlnReplayItem *item, const char *bloc) {
  for (guint i = 0; i < item->blocs->len; i++)
    if (strcmp(g_array_index(item->blocs, PlnBlocPart, i).bloc->id, bloc) == 0)
      return &g_array_index(item->blocs, PlnBlocPart, i);
  return NULL;
}

/* The rule's numbers: base, needed, and yes beyond or short of it. */
static gboolean numbers(const PlnPoll *poll, guint32 base, guint32 needed, int spare) {
  const PlnVerdict *v = &poll->verdict;
  gboolean fits = v->base == base && v->needed == needed && (int)v->yes - (int)v->needed == spare;
  if (!fits)
    printf("\n  %s: base %u, needed %u, yes %u\n", poll->rule->id, v->base, v->needed, v->yes);
  return fits;
}

static void test_74_247(void) {
  g_autoptr(PlnScenario) s = scene_shipped("res-74-247");
  g_autoptr(PlnReplay) replay = scene_replay(s, NULL);
  CU_ASSERT_EQUAL_FATAL(replay->items->len, 1);
  const PlnReplayItem *item = pln_replay_item(replay, 0);
  CU_ASSERT_EQUAL(item->end, PLN_END_ADOPTED);
  CU_ASSERT_FALSE(item->disputed);
  CU_ASSERT_EQUAL(item->fate, PLN_FATE_PUT);
  CU_ASSERT_STRING_EQUAL(item->rule->id, "ga-simple-majority");
  CU_ASSERT_TRUE(scene_counts(item->record->tally.count, 79, 60, 33, 21));
  CU_ASSERT_TRUE(numbers(item->record, 139, 70, 9));
  CU_ASSERT_EQUAL(item->record->verdict.seen, 172);
  CU_ASSERT_EQUAL(item->record->verdict.quorum, 97);
  CU_ASSERT_TRUE(item->record->by_state);
  CU_ASSERT_TRUE(scene_counts(item->record->turn[Y], 0, 10, 19, 19));
  CU_ASSERT_TRUE(scene_counts(item->record->turn[N], 0, 0, 0, 0));
  CU_ASSERT_TRUE(scene_counts(item->record->turn[A], 0, 19, 0, 0));
  CU_ASSERT_TRUE(scene_counts(item->record->turn[X], 0, 19, 0, 0));
  CU_ASSERT_STRING_EQUAL(item->other->rule->id, "two-thirds-present-voting");
  CU_ASSERT_TRUE(numbers(item->other, 139, 93, -14));
  CU_ASSERT_FALSE(pln_poll_adopted(item->other));
  CU_ASSERT_PTR_NULL(item->whatif);
  CU_ASSERT_FALSE(replay->whatif);
  CU_ASSERT_EQUAL(replay->weakest, PLN_STATUS_VERIFIED);
  CU_ASSERT_EQUAL(item->changes->len, 0);
  CU_ASSERT_PTR_NOT_NULL(item->shift);
}

static void test_blocs_of_74_247(void) {
  static const struct {
    const char *bloc;
    guint32 members, count[4];
    PlnVote line;
    guint32 turn_by;
  } parts[] = {{"AFRICA", 54, {31, 1, 8, 14}, Y, 10},
               {"ASIA_PACIFIC", 54, {34, 6, 9, 5}, Y, 10},
               {"EASTERN_EUROPE", 23, {5, 18, 0, 0}, N, 0},
               {"GRULAC", 33, {9, 7, 15, 2}, PLN_VOTE_UNKNOWN, 0},
               {"WEOG", 29, {0, 28, 1, 0}, N, 0},
               {"EU", 28, {0, 28, 0, 0}, N, 0},
               {"EU27", 27, {0, 27, 0, 0}, N, 0},
               {"P5", 5, {2, 3, 0, 0}, N, 0}};
  g_autoptr(PlnScenario) s = scene_shipped("res-74-247");
  g_autoptr(PlnReplay) replay = scene_replay(s, NULL);
  const PlnReplayItem *item = pln_replay_item(replay, 0);
  for (guint i = 0; i < G_N_ELEMENTS(parts); i++) {
    const PlnBlocPart *part = part_of(item, parts[i].bloc);
    const guint32 *c = parts[i].count;
    CU_ASSERT_PTR_NOT_NULL_FATAL(part);
    CU_ASSERT_EQUAL(part->members, parts[i].members);
    CU_ASSERT_TRUE(scene_counts(part->record.count, c[Y], c[N], c[A], c[X]));
    CU_ASSERT_EQUAL(part->record.line, parts[i].line);
    CU_ASSERT_EQUAL(part->turn_by, parts[i].turn_by);
  }
  for (guint i = 0; i < item->blocs->len; i++) { /* the five regional groups come first */
    const char *kind = g_array_index(item->blocs, PlnBlocPart, i).bloc->kind;
    CU_ASSERT_EQUAL(strcmp(kind, "regional-group") == 0, i < 5);
  }
  /* Drawn from this very vote, they would agree with themselves. */
  CU_ASSERT_PTR_NULL(part_of(item, "NO_74_247"));
  CU_ASSERT_PTR_NULL(part_of(item, "SPONSORS_74_247"));
}

static void test_73_187(void) {
  g_autoptr(PlnScenario) s = scene_shipped("res-73-187");
  g_autoptr(PlnReplay) replay = scene_replay(s, NULL);
  const PlnReplayItem *item = pln_replay_item(replay, 0);
  CU_ASSERT_EQUAL(item->end, PLN_END_ADOPTED);
  CU_ASSERT_TRUE(scene_counts(item->record->tally.count, 94, 59, 33, 7));
  CU_ASSERT_TRUE(numbers(item->record, 153, 77, 17));
  CU_ASSERT_TRUE(numbers(item->other, 153, 102, -8));
  CU_ASSERT_EQUAL(replay->weakest, PLN_STATUS_REPORTED);
  CU_ASSERT_PTR_NULL(item->shift);
  CU_ASSERT_PTR_NULL(part_of(item, "NO_74_247")); /* drawn from a later vote */
}

/* Article 6(2): 23-102-26, two-thirds of 125 is 84; eight of 193 are named. */
static void test_deletions(void) {
  g_autoptr(PlnScenario) s = scene_shipped("deletions-2024");
  g_autoptr(PlnReplay) replay = scene_replay(s, NULL);
  CU_ASSERT_EQUAL_FATAL(replay->items->len, 7);
  const PlnReplayItem *item = scene_item(replay, "article-6-2");
  CU_ASSERT_EQUAL(item->end, PLN_END_REJECTED);
  CU_ASSERT_TRUE(scene_counts(item->record->tally.count, 23, 102, 26, 42));
  CU_ASSERT_TRUE(numbers(item->record, 125, 84, -61));
  CU_ASSERT_EQUAL(item->record->verdict.reason, PLN_REASON_SHORT);
  CU_ASSERT_TRUE(scene_counts(item->record->turn[N], 61, 0, 91, 91));
  CU_ASSERT_TRUE(scene_counts(item->record->turn[A], 0, 0, 0, 0));
  CU_ASSERT_TRUE(scene_counts(item->record->turn[X], 0, 0, 0, 0));
  CU_ASSERT_TRUE(numbers(item->other, 125, 63, -40));
  CU_ASSERT_FALSE(item->record->by_state);
  CU_ASSERT_EQUAL(item->blocs->len, 0); /* numbers only: no bloc can be told */
  CU_ASSERT_PTR_NULL(item->shift);
  CU_ASSERT_EQUAL(replay->weakest, PLN_STATUS_INFERRED); /* that Iran voted for it */
}

/* Of the other six nothing but the outcome is known, so nothing is computed. */
static void test_unknown_rounds(void) {
  g_autoptr(PlnScenario) s = scene_shipped("deletions-2024");
  g_autoptr(PlnReplay) replay = scene_replay(s, NULL);
  g_autoptr(PlnWhatIf) w = scene_whatif(s, "--rule=ahc-procedural", "--absent=yes", NULL);
  g_autoptr(PlnReplay) whatif = scene_replay(s, w);
  for (guint i = 1; i < 7; i++) {
    const PlnReplayItem *item = pln_replay_item(replay, i), *edited = pln_replay_item(whatif, i);
    CU_ASSERT_TRUE(g_str_has_prefix(item->proposal->id, "unknown-"));
    CU_ASSERT_EQUAL(item->end, PLN_END_REJECTED);
    CU_ASSERT_FALSE(item->disputed);
    CU_ASSERT_TRUE(!item->record && !item->other && !item->shift && item->blocs->len == 0);
    CU_ASSERT_TRUE(!edited->record && !edited->whatif && edited->whatif_end == PLN_END_REJECTED);
  }
  CU_ASSERT_EQUAL(pln_replay_item(whatif, 0)->whatif_end, PLN_END_REJECTED); /* 65 to 102 */
  CU_ASSERT_TRUE(scene_counts(pln_replay_item(whatif, 0)->whatif->tally.count, 65, 102, 26, 0));
}

/* Without a vote: no tally, and none can be made up. */
static void test_adoption(void) {
  g_autoptr(PlnScenario) s = scene_shipped("adoption-2024");
  g_autoptr(PlnReplay) replay = scene_replay(s, NULL);
  CU_ASSERT_EQUAL_FATAL(replay->items->len, 2);
  for (guint i = 0; i < 2; i++) {
    const PlnReplayItem *item = pln_replay_item(replay, i);
    CU_ASSERT_EQUAL(item->end, PLN_END_WITHOUT_VOTE);
    CU_ASSERT_TRUE(!item->record && !item->other && !item->shift && item->blocs->len == 0);
  }
  CU_ASSERT_EQUAL(replay->weakest, PLN_STATUS_REPORTED);
  g_autoptr(PlnWhatIf) edit = scene_whatif(s, "USA=N", NULL);
  CU_ASSERT_TRUE(scene_refused(s, edit, "USA=N: the record holds no votes"));
  g_autoptr(PlnWhatIf) rule = scene_whatif(s, "--rule=consensus", NULL);
  CU_ASSERT_TRUE(scene_refused(s, rule, "the record holds no votes"));
}

/* The tie defeats the amendment, the no strikes the paragraph, the whole is adopted. */
static void test_classroom(void) {
  g_autoptr(PlnScenario) s = scene_shipped("classroom");
  g_autoptr(PlnReplay) replay = scene_replay(s, NULL);
  const PlnReplayItem *breaks = scene_item(replay, "breaks"), *fines = scene_item(replay, "fines");
  const PlnReplayItem *whole = scene_item(replay, "whole");
  CU_ASSERT_TRUE(scene_counts(breaks->record->tally.count, 4, 4, 3, 1));
  CU_ASSERT_TRUE(numbers(breaks->record, 8, 5, -1));
  CU_ASSERT_EQUAL(breaks->record->verdict.reason, PLN_REASON_TIE);
  CU_ASSERT_EQUAL(breaks->end, PLN_END_REJECTED);
  CU_ASSERT_TRUE(scene_counts(fines->record->tally.count, 3, 6, 2, 1));
  CU_ASSERT_TRUE(numbers(fines->record, 9, 5, -2));
  CU_ASSERT_EQUAL(fines->end, PLN_END_REJECTED);
  CU_ASSERT_TRUE(scene_counts(whole->record->tally.count, 6, 3, 2, 1));
  CU_ASSERT_TRUE(numbers(whole->record, 9, 5, 1));
  CU_ASSERT_EQUAL(whole->end, PLN_END_ADOPTED);
  CU_ASSERT_TRUE(numbers(whole->other, 9, 6, 0)); /* two-thirds exactly */
  CU_ASSERT_TRUE(pln_poll_adopted(whole->other));
  CU_ASSERT_EQUAL_FATAL(whole->changes->len, 1); /* what it is as changed by */
  CU_ASSERT_EQUAL(g_array_index(whole->changes, guint, 0), 1);
  CU_ASSERT_EQUAL(replay->weakest, PLN_STATUS_ASSUMED);
}

typedef struct {
  const char *rule;
  PlnEnd end;
  guint32 yes, base, needed;
  guint32 yes_to_no, no_to_yes; /* fewest that turn it */
  guint32 quorum;
} ByHand;

#define ADOPTED PLN_END_ADOPTED
#define REJECTED PLN_END_REJECTED

/* 6 yes, 3 no, 2 abstaining, 1 absent, of 12. */
static const ByHand BY_HAND[] = {
    {"simple-majority-present-voting", ADOPTED, 6, 9, 5, 2, 0, 0},
    {"two-thirds-present-voting", ADOPTED, 6, 9, 6, 1, 0, 0},
    {"ga-simple-majority", ADOPTED, 6, 9, 5, 2, 0, 7},
    {"ga-important-questions", ADOPTED, 6, 9, 6, 1, 0, 7},
    {"ga-reconsideration", ADOPTED, 6, 9, 6, 1, 0, 7},
    {"committee-simple-majority", ADOPTED, 6, 9, 5, 2, 0, 7},
    {"committee-reconsideration", ADOPTED, 6, 9, 6, 1, 0, 7},
    {"ahc-two-thirds", ADOPTED, 6, 9, 6, 1, 0, 7},
    {"ahc-procedural", ADOPTED, 6, 9, 5, 2, 0, 7},
    {"cosp-protocol", ADOPTED, 6, 9, 6, 1, 0, 0},
    {"cosp-procedural", ADOPTED, 6, 9, 5, 2, 0, 0},
    {"consensus", REJECTED, 0, 0, 0, 0, 3, 0},         /* three object */
    {"silence-procedure", REJECTED, 0, 0, 0, 0, 3, 0}, /* three break it */
    {"security-council", REJECTED, 6, 12, 9, 0, 3, 0}, /* nobody here has a veto */
    {"security-council-procedural", REJECTED, 6, 12, 9, 0, 3, 0},
    {"all-members-majority", REJECTED, 6, 12, 7, 0, 1, 0},
    {"all-members-two-thirds", REJECTED, 6, 12, 8, 0, 2, 0},
    {"two-thirds-present", REJECTED, 6, 11, 8, 0, 2, 0}, /* 22/3, rounded up */
    {"eu-council-qualified", PLN_END_UNKNOWN, 0, 0, 0, 0, 0, 0}, /* the class has no weights */
    {"mun-simple-majority", ADOPTED, 6, 9, 5, 2, 0, 0},
    {"mun-two-thirds", ADOPTED, 6, 9, 6, 1, 0, 0},
    {"mun-present-and-voting", ADOPTED, 6, 11, 6, 1, 0, 0}, /* 6 to 3 and 2 */
    {"mun-consent", REJECTED, 9, 12, 12, 0, 3, 0},          /* silence agrees, three do not */
};

static void test_whole_under_every_rule(void) {
  g_autoptr(PlnScenario) s = scene_shipped("classroom");
  g_autoptr(GPtrArray) rules = pln_world_rules(scene_world());
  CU_ASSERT_EQUAL(rules->len, G_N_ELEMENTS(BY_HAND)); /* none is left out */
  for (guint i = 0; i < G_N_ELEMENTS(BY_HAND); i++) {
    const ByHand *hand = &BY_HAND[i];
    g_autoptr(PlnWhatIf) w = pln_whatif_new();
    CU_ASSERT_TRUE(pln_whatif_rule(w, s, hand->rule, NULL));
    g_autoptr(PlnReplay) replay = scene_replay(s, w);
    const PlnReplayItem *whole = scene_item(replay, "whole");
    const PlnPoll *poll = whole->whatif;
    CU_ASSERT_STRING_EQUAL(poll->rule->id, hand->rule);
    CU_ASSERT_EQUAL(whole->end, PLN_END_ADOPTED); /* the record stays */
    CU_ASSERT_EQUAL(whole->whatif_end, hand->end);
    CU_ASSERT_TRUE(numbers(poll, hand->base, hand->needed, (int)hand->yes - (int)hand->needed));
    CU_ASSERT_EQUAL(poll->turn[Y][N], hand->yes_to_no);
    CU_ASSERT_EQUAL(poll->turn[N][Y], hand->no_to_yes);
    CU_ASSERT_EQUAL(poll->verdict.quorum, hand->quorum);
    CU_ASSERT_EQUAL(poll->why_not != NULL, hand->end == PLN_END_UNKNOWN);
  }
}

/* 4 to 4: only the plenary of the Assembly votes a second time (rule 95). */
static void test_tie_under_every_rule(void) {
  g_autoptr(PlnScenario) s = scene_shipped("classroom");
  for (guint i = 0; i < G_N_ELEMENTS(BY_HAND); i++) {
    g_autoptr(PlnWhatIf) w = pln_whatif_new();
    CU_ASSERT_TRUE(pln_whatif_rule(w, s, BY_HAND[i].rule, NULL));
    g_autoptr(PlnReplay) replay = scene_replay(s, w);
    gboolean again = g_str_has_prefix(BY_HAND[i].rule, "ga-");
    PlnEnd end = BY_HAND[i].end == PLN_END_UNKNOWN ? PLN_END_UNKNOWN
                 : again                           ? PLN_END_TIED
                                                   : PLN_END_REJECTED;
    CU_ASSERT_EQUAL(scene_item(replay, "breaks")->whatif_end, end);
  }
}

int main(void) {
  CU_TestInfo tests[] = {{"resolution 74/247", test_74_247},
                         {"blocs of 74/247", test_blocs_of_74_247},
                         {"resolution 73/187", test_73_187},
                         {"deletions of 2024", test_deletions},
                         {"unknown rounds", test_unknown_rounds},
                         {"adoption without a vote", test_adoption},
                         {"classroom", test_classroom},
                         {"the whole under every rule", test_whole_under_every_rule},
                         {"a tie under every rule", test_tie_under_every_rule},
                         CU_TEST_INFO_NULL};
  int status = suite_run("replay", tests);
  scene_end();
  return status;
}
