/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whom and what changes name, and which study has use for them. */
#include <string.h>

#include "plenary/asked.h"
#include "plenary/runner_part.h"

enum {
  REPLAY = 1 << PLN_RUN_REPLAY,
  PROJECT = 1 << PLN_RUN_PROJECT,
  BARGAIN = 1 << PLN_RUN_BARGAIN,
  RATIFY = 1 << PLN_RUN_RATIFY,
  VOTES = PROJECT | BARGAIN,
};

/* Which studies have use for a kind. */
static const int of_use[PLN_CHANGE_KINDS] = {
    [PLN_CHANGE_POSITION] = VOTES | RATIFY, [PLN_CHANGE_SALIENCE] = BARGAIN,
    [PLN_CHANGE_CAPABILITY] = BARGAIN,      [PLN_CHANGE_VOTE] = REPLAY | VOTES | RATIFY,
    [PLN_CHANGE_PRESENCE] = VOTES,          [PLN_CHANGE_MEMBER] = VOTES,
    [PLN_CHANGE_RULE] = REPLAY | VOTES | RATIFY, [PLN_CHANGE_SPLIT] = VOTES,
    [PLN_CHANGE_JOIN] = VOTES,              [PLN_CHANGE_DEPOSIT] = RATIFY,
    [PLN_CHANGE_ASSUME] = VOTES | RATIFY,
};

gboolean pln_run_named(const PlnScenario *s, const char *name, const PlnState **state,
                       const PlnBloc **bloc, GError **error) {
  *state = NULL;
  *bloc = NULL;
  if (strcmp(name, "ALL") == 0)
    return TRUE;
  *bloc = pln_world_bloc(s->world, name);
  *state = *bloc ? NULL : pln_world_state(s->world, name);
  if (*bloc || *state)
    return TRUE;
  g_autoptr(GPtrArray) names = g_ptr_array_new();
  pln_asked_add_names(names, pln_world_blocs(s->world));
  pln_asked_add_names(names, pln_world_states(s->world));
  g_ptr_array_add(names, NULL);
  return pln_asked_refuse(error, "unknown state or bloc", name, "a code, a bloc's id or ALL",
                          (const char *const *)names->pdata);
}

gboolean pln_run_is_here(const PlnScenario *s, guint place, const PlnChange *change) {
  return !change->where || pln_scenario_find(s, change->where) == (int)place;
}

/* Returns: FALSE and the study that has use for it */
static gboolean useless(PlnRunStudy study, const PlnChange *change, const char *why, int uses,
                        GError **error) {
  g_autofree char *text = pln_change_text(change);
  g_autoptr(GString) studies = g_string_new(NULL);
  for (int k = 0; k < PLN_RUN_STUDIES; k++)
    if (uses & (1 << k))
      g_string_append_printf(studies, "%s%s", studies->len > 0 ? " or " : "", pln_run_study_words[k]);
  return pln_asked_fail(error, "the change \"%s\" is of no use to the study %s%s; expected the study %s",
                        text, pln_run_study_words[study], why, studies->str);
}

/* WHERE: a proposal, or of talks an issue. */
static gboolean check_where(const PlnScenario *s, PlnRunStudy study, const PlnChange *c,
                            GError **error) {
  int proposal;
  gboolean of_talks = c->kind == PLN_CHANGE_SALIENCE || c->kind == PLN_CHANGE_CAPABILITY ||
                      (c->kind == PLN_CHANGE_POSITION && study == PLN_RUN_BARGAIN);
  if (!c->where)
    return TRUE;
  gboolean issue = pln_scenario_find_issue(s, c->where) >= 0, there = pln_scenario_find(s, c->where) >= 0;
  if (of_talks && !issue && there)
    return useless(study, c, ", whose positions on proposals come out of the talks",
                   of_use[PLN_CHANGE_POSITION] & ~BARGAIN, error);
  if (!of_talks && issue && !there)
    return useless(study, c, ", which knows no issues", BARGAIN, error);
  if (!of_talks || issue)
    return of_talks || pln_asked_proposal(s, c->where, &proposal, error);
  g_autoptr(GPtrArray) names = g_ptr_array_new();
  for (guint k = 0; k < s->issues->len; k++)
    g_ptr_array_add(names, (gpointer)g_array_index(s->issues, PlnIssue, k).id);
  g_ptr_array_add(names, NULL);
  return pln_asked_refuse(error, "unknown issue", c->where, "one of the scenario's",
                          (const char *const *)names->pdata);
}

static gboolean check_assumption(PlnRunStudy study, const PlnChange *c, GError **error) {
  static const char *const names[] = {"asks", "tie", "reluctance", NULL};
  if (!g_strv_contains(names, c->who))
    return pln_asked_refuse(error, "unknown assumption", c->who, "asks, tie or reluctance", names);
  gboolean asks = strcmp(c->who, "asks") == 0;
  double least = strcmp(c->who, "tie") == 0 ? -1 : 0, most = asks ? 100 : 1;
  if ((study == PLN_RUN_RATIFY) == asks)
    return useless(study, c, "", asks ? VOTES : RATIFY, error);
  if (!(c->value >= least && c->value <= most))
    return pln_asked_fail(error, "the assumption %s is %g; expected a number of %g to %g", c->who,
                          c->value, least, most);
  return TRUE;
}

/* A position lies on the scale that it is meant on. */
static gboolean check_position(const PlnScenario *s, PlnRunStudy study, const PlnChange *c,
                               GError **error) {
  double from = 0, to = 100;
  int at = pln_scenario_find_issue(s, c->where);
  if (c->kind != PLN_CHANGE_POSITION || (study == PLN_RUN_BARGAIN && at < 0))
    return TRUE; /* on several scales: the talks look at each */
  if (study == PLN_RUN_BARGAIN) {
    from = g_array_index(s->issues, PlnIssue, at).from;
    to = g_array_index(s->issues, PlnIssue, at).to;
  }
  if (c->sd > to - from)
    return pln_asked_fail(error, "the standard deviation of the position of %s is %g; expected one "
                                 "no wider than the scale, %g", c->who, c->sd, to - from);
  if (c->value >= from && c->value <= to)
    return TRUE;
  return pln_asked_fail(error, "the position of %s is %g; expected one from %g to %g", c->who,
                        c->value, from, to);
}

/* Those that leave a bloc, or join one. */
static gboolean check_list(const PlnScenario *s, PlnRunStudy study, const PlnChange *c,
                           GError **error) {
  const PlnState *state;
  const PlnBloc *bloc;
  for (char **name = c->list; name && *name; name++)
    if (!pln_run_named(s, *name, &state, &bloc, error))
      return FALSE;
  if (study == PLN_RUN_BARGAIN)
    return TRUE; /* a merger has a name of its own */
  return pln_run_named(s, c->who, &state, &bloc, error) &&
         (bloc || pln_asked_fail(error, "\"%s\" is no bloc; expected a bloc's id", c->who));
}

gboolean pln_runner_check(const PlnScenario *s, PlnRunStudy study, gboolean voted, const PlnChange *c,
                       GError **error) {
  const PlnState *state;
  const PlnBloc *bloc;
  gboolean of_vote = c->kind == PLN_CHANGE_VOTE || c->kind == PLN_CHANGE_PRESENCE ||
                     c->kind == PLN_CHANGE_MEMBER || c->kind == PLN_CHANGE_RULE ||
                     c->kind == PLN_CHANGE_ASSUME;
  if (!(of_use[c->kind] & (1 << study)))
    return useless(study, c, "", of_use[c->kind], error);
  if (!voted && (of_vote || (study == PLN_RUN_RATIFY && c->kind == PLN_CHANGE_POSITION)))
    return useless(study, c, ", as nothing is voted on in it here",
                   of_use[c->kind] & ~(1 << study), error);
  if (!check_where(s, study, c, error) || !check_position(s, study, c, error))
    return FALSE;
  if (c->kind == PLN_CHANGE_ASSUME)
    return check_assumption(study, c, error);
  if (c->kind == PLN_CHANGE_RULE)
    return pln_asked_rule(s, c->who, error) != NULL;
  if (c->kind == PLN_CHANGE_SPLIT || c->kind == PLN_CHANGE_JOIN)
    return check_list(s, study, c, error);
  if (study == PLN_RUN_BARGAIN && !of_vote)
    return TRUE; /* who sits at the table is known to the talks */
  if (!pln_run_named(s, c->who, &state, &bloc, error))
    return FALSE;
  return c->kind != PLN_CHANGE_MEMBER || state ||
         pln_asked_fail(error, "\"%s\" is no state; expected the code of one to be put in or out",
                        c->who);
}

const PlnRuleEntry *pln_run_rule(const PlnScenario *s, const PlnRuleEntry *rule,
                                 const PlnChange *const *changes, guint n, GError **error) {
  for (guint k = n; k > 0; k--)
    if (changes[k - 1]->kind == PLN_CHANGE_RULE)
      return pln_asked_rule(s, changes[k - 1]->who, error);
  return rule;
}

double pln_run_assumed(const char *name, double stated, const PlnChange *const *changes, guint n) {
  for (guint k = n; k > 0; k--)
    if (changes[k - 1]->kind == PLN_CHANGE_ASSUME && strcmp(changes[k - 1]->who, name) == 0)
      return changes[k - 1]->value;
  return stated;
}
