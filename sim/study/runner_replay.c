/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The votes on record, and what the rule makes of them with changes laid over. */
#include <math.h>
#include <string.h>

#include "plenary/asked.h"
#include "plenary/error.h"
#include "plenary/replay.h"
#include "plenary/runner_part.h"

static PlnWhatIf *whatif_of(const PlnRunner *runner, const PlnChange *const *changes, guint n,
                            GError **error) {
  const PlnScenario *s = runner->scenario;
  g_autoptr(PlnWhatIf) whatif = pln_whatif_new();
  const PlnRuleEntry *none = runner->options.rule;
  whatif->rule = pln_run_rule(s, none, changes, n, error);
  for (guint k = 0; k < n; k++) {
    const PlnChange *c = changes[k];
    if (c->kind == PLN_CHANGE_RULE && !whatif->rule)
      return NULL;
    if (c->kind != PLN_CHANGE_VOTE)
      continue;
    PlnEdit edit = {c->where ? pln_scenario_find(s, c->where) : -1, c->who, c->vote};
    g_array_append_val(whatif->edits, edit);
  }
  return g_steal_pointer(&whatif);
}

/* The proposal asked about, replayed with the changes; the caller frees @whatif and @replay. */
static const PlnReplayItem *item_of(const PlnRunner *runner, const PlnChange *const *changes, guint n,
                                    PlnWhatIf **whatif, PlnReplay **replay, GError **error) {
  *replay = NULL;
  *whatif = whatif_of(runner, changes, n, error);
  if (*whatif)
    *replay = pln_replay_new(runner->scenario, *whatif, error);
  return *replay ? pln_replay_item(*replay, (guint)runner->options.proposal) : NULL;
}

static const PlnPoll *poll_of(const PlnReplay *replay, const PlnReplayItem *item) {
  return replay->whatif && item->whatif ? item->whatif : item->record;
}

/* No draws: what it comes to, once. */
gboolean pln_runner_replay(PlnRunner *runner, guint thread, const PlnChange *const *changes, guint n,
                        guint32 replicate, guint8 *adopted, PlnRunResult *run, GError **error) {
  (void)thread, (void)replicate, (void)adopted;
  PlnWhatIf *whatif = NULL;
  PlnReplay *replay = NULL;
  const PlnReplayItem *item = item_of(runner, changes, n, &whatif, &replay, error);
  *run = (PlnRunResult){0};
  for (guint k = 0; item && k < runner->outcome->len; k++)
    run->value[k] = NAN;
  if (item) {
    PlnEnd end = replay->whatif ? item->whatif_end : item->end;
    const PlnPoll *poll = poll_of(replay, item);
    run->value[PLN_RUN_ADOPTED] = end == PLN_END_UNKNOWN ? NAN : pln_end_adopted(end);
    if (poll && !poll->why_not) {
      const PlnVerdict *v = &poll->verdict;
      run->value[PLN_RUN_MARGIN] = (double)pln_run_margin(&poll->rule->rule, v, &poll->tally);
      run->unseen = v->seen < v->quorum || v->seen == 0;
    }
    for (guint k = 0; poll && k < PLN_VOTE_KINDS; k++)
      run->value[PLN_RUN_COUNT + k] = poll->tally.count[k];
  }
  gboolean done = item != NULL;
  pln_replay_free(replay);
  pln_whatif_free(whatif);
  return done;
}

gboolean pln_run_replay_chances(PlnRunner *runner, const PlnChange *const *changes, guint n,
                                double *chance, GError **error) {
  PlnWhatIf *whatif = NULL;
  PlnReplay *replay = NULL;
  const PlnReplayItem *item = item_of(runner, changes, n, &whatif, &replay, error);
  const PlnPoll *poll = item ? poll_of(replay, item) : NULL;
  memset(chance, 0, (gsize)runner->proposal->roster->n * PLN_VOTE_KINDS * sizeof *chance);
  for (guint i = 0; poll && poll->by_state && i < poll->n; i++)
    chance[(gsize)i * PLN_VOTE_KINDS + poll->vote[i]] = 1;
  gboolean done = item != NULL;
  pln_replay_free(replay);
  pln_whatif_free(whatif);
  return done;
}

/* Changes that cannot be laid over this record are found now, one by one. */
static gboolean changes_hold(PlnRunner *runner, GError **error) {
  const GPtrArray *changes = runner->changes;
  PlnRunResult run;
  if (!pln_runner_replay(runner, 0, NULL, 0, 0, NULL, &run, error))
    return FALSE;
  for (guint k = 0; changes && k < changes->len; k++) {
    const PlnChange *one = changes->pdata[k];
    if (!pln_runner_replay(runner, 0, &one, 1, 0, NULL, &run, error))
      return FALSE;
  }
  return TRUE;
}

gboolean pln_run_replay_new(PlnRunner *runner, GError **error) {
  const PlnScenario *s = runner->scenario;
  runner->proposal = pln_scenario_proposal(s, (guint)runner->options.proposal);
  runner->rule = runner->options.rule ? runner->options.rule
                                      : pln_scenario_rule(s, runner->proposal, NULL);
  g_autoptr(PlnReplay) replay = pln_replay_new(s, NULL, error);
  if (!replay)
    return FALSE;
  runner->weakest = runner->options.rule ? PLN_STATUS_ASSUMED : replay->weakest;
  pln_run_vote_outcomes(runner, FALSE);
  return changes_hold(runner, error);
}
