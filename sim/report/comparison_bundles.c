/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What each bundle of a comparison sets, and what was there before. */
#include <math.h>
#include <string.h>

#include "plenary/actor.h"
#include "plenary/compose.h"
#include "plenary/compose_comparison.h"
#include "plenary/compose_project.h"
#include "plenary/ratify.h"
#include "plenary/stance.h"

enum { NAME_WIDTH = 20 };

/* ---- What was there before ---- */

static char *say_number(double value, double sd) {
  char number[G_ASCII_DTOSTR_BUF_SIZE], either[G_ASCII_DTOSTR_BUF_SIZE];
  if (isnan(value))
    return g_strdup("none stated");
  g_ascii_formatd(number, sizeof number, "%.6g", value);
  g_ascii_formatd(either, sizeof either, "%.6g", sd);
  return isnan(sd) ? g_strdup(number) : g_strdup_printf("%s±%s", number, either);
}

/* In talks: the row of its own on the issue, which is the one there is or named, else on all. */
static char *of_talks(const PlnScenario *s, const PlnChange *change) {
  int issue = !change->where && s->issues->len == 1 ? 0 : pln_scenario_find_issue(s, change->where);
  double value = NAN, sd = NAN;
  gboolean own = FALSE;
  for (guint k = 0; k < s->actors->len; k++) {
    const PlnActor *row = s->actors->pdata[k];
    if (strcmp(pln_actor_name(row), change->who) != 0 || (row->issue >= 0 && row->issue != issue))
      continue;
    gboolean stands = change->kind == PLN_CHANGE_POSITION, cares = change->kind == PLN_CHANGE_SALIENCE;
    double there = stands ? row->position : cares ? row->salience : row->capability;
    if (isnan(there) || (own && row->issue < 0))
      continue;
    value = there;
    sd = stands ? row->sd : cares ? row->salience_sd : row->capability_sd;
    own = row->issue >= 0;
  }
  /* Of several issues, or delegations, at once there is not one that was. */
  if (isnan(value) && (!change->where || strcmp(change->who, "ALL") == 0))
    return g_strdup("each its own");
  return say_number(value, sd);
}

/* Of several proposals at once: whether one that is asked about has a row of its own. */
static gboolean differs(const PlnComparison *c, const PlnChange *change) {
  const GPtrArray *stances = c->scenario->stances;
  for (guint k = 0; k < stances->len; k++) {
    const PlnStance *row = stances->pdata[k];
    for (guint i = 0; row->proposal >= 0 && i < c->items->len; i++)
      if (strcmp(pln_stance_name(row), change->who) == 0 &&
          pln_scenario_proposal(c->scenario, (guint)row->proposal) ==
              pln_comparison_item(c, i)->proposal)
        return TRUE;
  }
  return FALSE;
}

static char *of_stances(const PlnComparison *c, const PlnChange *change, const PlnProposal *p) {
  const PlnScenario *s = c->scenario;
  const char *id = change->where ? change->where : p ? p->id : NULL;
  int place = id ? pln_scenario_find(s, id) : -1;
  const PlnStance *best = NULL;
  for (guint k = 0; k < s->stances->len; k++) {
    const PlnStance *row = s->stances->pdata[k];
    if (strcmp(pln_stance_name(row), change->who) == 0 &&
        (row->proposal == place || (row->proposal < 0 && (!best || best->proposal < 0))))
      best = row;
  }
  if (!id && differs(c, change))
    return g_strdup("by proposal");
  return best ? say_number(best->position, best->sd) : g_strdup("none stated");
}

/* "N", "31 Y, 8 A, 14 X": the votes on record. */
static char *of_record(const PlnScenario *s, const PlnChange *change, const PlnProposal *p) {
  static const PlnVote kinds[] = {PLN_VOTE_Y, PLN_VOTE_N, PLN_VOTE_A, PLN_VOTE_X};
  const PlnBloc *bloc = pln_world_bloc(s->world, change->who);
  gboolean all = strcmp(change->who, "ALL") == 0;
  guint n[PLN_VOTE_KINDS] = {0};
  g_autofree guint8 *in = g_new0(guint8, p->roster->n + 1);
  g_autoptr(GString) out = g_string_new(NULL);
  int one = bloc || all ? -1 : pln_roster_find(p->roster, change->who);
  if (bloc)
    pln_roster_mark(p->roster, s->world, bloc, in);
  for (guint i = 0; i < p->roster->n; i++)
    if ((all || in[i] || (int)i == one) && p->ballot[i].vote < PLN_VOTE_KINDS)
      n[p->ballot[i].vote]++;
  for (gsize k = 0; k < G_N_ELEMENTS(kinds); k++)
    if (n[kinds[k]] > 0) {
      g_autofree char *count = g_strdup_printf("%u ", n[kinds[k]]);
      g_string_append_printf(out, "%s%s%s", out->len > 0 ? ", " : "", one >= 0 ? "" : count,
                             pln_vote_letter(kinds[k]));
    }
  return g_string_free(g_steal_pointer(&out), FALSE);
}

static char *of_rule(const PlnComparison *c) {
  const PlnRuleEntry *rule = pln_runner_rule(pln_comparison_item(c, 0)->runner);
  for (guint k = 1; k < c->items->len; k++)
    if (pln_runner_rule(pln_comparison_item(c, k)->runner) != rule)
      return g_strdup("their own rules");
  return g_strdup(rule ? rule->id : "");
}

static char *of_assumption(const PlnScenario *s, const char *name) {
  PlnRatifyOptions o = pln_ratify_options();
  double value = strcmp(name, "tie") == 0           ? o.tie
                 : strcmp(name, "reluctance") == 0  ? o.reluctance
                 : s->asks_for_vote >= 0            ? s->asks_for_vote
                                                    : NAN;
  return isnan(value) ? g_strdup("") : say_number(value, NAN);
}

/* How many speak as one. */
static char *of_bloc(const PlnComparison *c, const PlnChange *change) {
  const PlnBloc *bloc = pln_world_bloc(c->scenario->world, change->who);
  const PlnRunner *runner = pln_comparison_item(c, 0)->runner;
  PlnDay day = pln_runner_asked(runner)->as_of;
  if (!bloc)
    return g_strdup("");
  const PlnProposal *p = pln_runner_proposal(runner);
  if (day <= PLN_DAY_UNKNOWN)
    day = p && p->day > PLN_DAY_UNKNOWN ? p->day : c->scenario->as_of;
  g_autoptr(GHashTable) members = pln_world_bloc_members(c->scenario->world, bloc, day);
  return g_strdup_printf("one bloc of %u", g_hash_table_size(members));
}

/* Whether it has a seat, as the chances of its answers say. */
static char *of_member(const PlnComparison *c, const PlnChange *change) {
  const PlnComparisonItem *item = pln_comparison_item(c, 0);
  for (guint i = 0; i < item->seats; i++) {
    const double *chance = item->chance + (gsize)i * PLN_VOTE_KINDS;
    if (strcmp(pln_runner_seat(item->runner, i)->code, change->who) == 0)
      return g_strdup(pln_comparison_likeliest(chance) == PLN_VOTE_UNKNOWN ? "out" : "in");
  }
  return g_strdup("");
}

char *pln_say_before(const PlnComparison *c, const PlnChange *change) {
  const PlnProposal *p =
      c->items->len == 1 || c->run.study == PLN_RUN_RATIFY ? pln_comparison_item(c, 0)->proposal : NULL;
  gboolean talks = c->run.study == PLN_RUN_BARGAIN;
  switch (change->kind) {
  case PLN_CHANGE_POSITION:
    return talks ? of_talks(c->scenario, change) : of_stances(c, change, p);
  case PLN_CHANGE_SALIENCE:
  case PLN_CHANGE_CAPABILITY:
    return of_talks(c->scenario, change);
  case PLN_CHANGE_VOTE:
    return c->run.study == PLN_RUN_REPLAY && p ? of_record(c->scenario, change, p) : g_strdup("");
  case PLN_CHANGE_RULE:
    return of_rule(c);
  case PLN_CHANGE_ASSUME:
    return of_assumption(c->scenario, change->who);
  case PLN_CHANGE_SPLIT:
    return of_bloc(c, change);
  case PLN_CHANGE_MEMBER:
    return of_member(c, change);
  case PLN_CHANGE_PRESENCE:
  case PLN_CHANGE_DEPOSIT:
    return g_strdup("drawn");
  default:
    return g_strdup("");
  }
}

/* ---- What each sets ---- */

static void put_change(PlnDoc *doc, const PlnComparison *c, const PlnChange *change,
                       const char *name) {
  g_autofree char *text = pln_change_text(change), *before = pln_say_before(c, change);
  pln_doc_cell(doc, name ? pln_text(name) : pln_none());
  pln_doc_cell(doc, pln_text(text));
  pln_doc_cell(doc, *before ? pln_text(before) : pln_none());
}

static gboolean is_said(const PlnComparison *c, const PlnBundle *bundle, gboolean letters) {
  g_autofree char *name = pln_say_bundle(bundle, NAME_WIDTH), *set = pln_changes_text(bundle->changes);
  gboolean said = letters || strcmp(name, set) != 0;
  for (guint k = 0; !said && k < bundle->changes->len; k++) {
    g_autofree char *before = pln_say_before(c, bundle->changes->pdata[k]);
    said = *before;
  }
  return said;
}

/* A row a change: to what, and from what where the scenario says it. */
static void add_bundles(PlnDoc *doc, const PlnComparison *c, gboolean letters) {
  static const PlnDocColumn columns[] = {
      {"-name", "What if"}, {"-set", "is set"}, {"-was", "was"}, {NULL, NULL}};
  pln_doc_table(doc, NULL, PLN_FOR_PEOPLE, NULL, columns);
  for (guint b = 0; b < c->bundles->len; b++) {
    const PlnBundle *bundle = c->bundles->pdata[b];
    g_autofree char *name = pln_say_bundle(bundle, NAME_WIDTH);
    g_autofree char *lettered = g_strdup_printf("%c  %s", 'A' + (char)b, name);
    if (!is_said(c, bundle, letters))
      continue;
    for (guint k = 0; k < bundle->changes->len; k++)
      put_change(doc, c, bundle->changes->pdata[k], k > 0 ? NULL : letters ? lettered : name);
    if (bundle->changes->len == 0) {
      pln_doc_cell(doc, pln_text(letters ? lettered : name));
      pln_doc_cell(doc, pln_text("nothing"));
      pln_doc_cell(doc, pln_none());
    }
  }
}

/* ---- What is said of them ---- */

/* Codes and ids that the changes name, each once. */
static char *say_names(const PlnComparison *c) {
  GString *out = g_string_new(NULL);
  g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
  for (guint b = 0; b < c->bundles->len; b++) {
    const PlnBundle *bundle = c->bundles->pdata[b];
    for (guint k = 0; k < bundle->changes->len; k++) {
      const PlnChange *change = bundle->changes->pdata[k];
      if (change->kind == PLN_CHANGE_RULE || change->kind == PLN_CHANGE_ASSUME || !change->who)
        continue;
      const PlnState *state = pln_world_state(c->scenario->world, change->who);
      const PlnBloc *bloc = state ? NULL : pln_world_bloc(c->scenario->world, change->who);
      const char *name = state ? state->name : bloc ? bloc->name : NULL;
      if (name && g_hash_table_add(seen, change->who))
        g_string_append_printf(out, "%s%s: %s", out->len > 0 ? "; " : "", change->who, name);
    }
  }
  return g_string_free(out, FALSE);
}

/* Why it is asked, as the file of bundles has it. */
static void say_notes(PlnDoc *doc, const PlnComparison *c) {
  for (guint b = 0; b < c->bundles->len; b++) {
    const PlnBundle *bundle = c->bundles->pdata[b];
    const PlnChange *first = bundle->changes->len > 0 ? bundle->changes->pdata[0] : NULL;
    const char *source = first && first->source ? first->source : "";
    if (bundle->note && *bundle->note)
      pln_doc_say(doc, NULL, PLN_SAY_NOTE, "%s: %s%s%s%s.", bundle->name, bundle->note,
                  *source ? " (source: " : "", source, *source ? ")" : "");
  }
}

static void say_clashes(PlnDoc *doc, const PlnComparison *c) {
  for (guint k = 0; k < c->clashes->len; k++) {
    const PlnComparisonClash *clash = &g_array_index(c->clashes, PlnComparisonClash, k);
    g_autofree char *name = pln_say_bundle(clash->bundle, 40);
    g_autofree char *target = pln_change_target(clash->later);
    g_autofree char *earlier = pln_change_text(clash->earlier);
    g_autofree char *later = pln_change_text(clash->later);
    if (strcmp(earlier, later) == 0)
      pln_doc_say(doc, NULL, PLN_SAY_NOTE, "\"%s\" sets %s twice, and the same.", name, target);
    else
      pln_doc_say(doc, NULL, PLN_SAY_NOTE, "\"%s\" sets %s twice: %s and then %s; the later holds.",
                  name, target, earlier, later);
  }
}

gboolean pln_comparison_is_elsewhere(const PlnComparison *c, guint b, const PlnChange *change) {
  for (guint k = 0; k < c->items->len; k++)
    if (!g_ptr_array_find(pln_comparison_case(pln_comparison_item(c, k), b)->elsewhere, change, NULL))
      return FALSE;
  return TRUE;
}

/* Changes that name another proposal say nothing of the one asked about, and do nothing. */
static void say_elsewhere(PlnDoc *doc, const PlnComparison *c) {
  for (guint b = 0; b < c->bundles->len; b++) {
    const PlnBundle *bundle = c->bundles->pdata[b];
    g_autoptr(GString) out = g_string_new(NULL);
    for (guint k = 0; k < bundle->changes->len; k++) {
      g_autofree char *text = pln_change_text(bundle->changes->pdata[k]);
      if (pln_comparison_is_elsewhere(c, b, bundle->changes->pdata[k]))
        g_string_append_printf(out, "%s%s", out->len > 0 ? "; " : "", text);
    }
    if (out->len > 0)
      pln_doc_say(doc, NULL, PLN_SAY_NOTE, "Not asked about here, and so left out%s%s: %s.",
                  strcmp(out->str, bundle->name) == 0 ? "" : " of ",
                  strcmp(out->str, bundle->name) == 0 ? "" : bundle->name, out->str);
  }
}

/* What is called as an issue is, too. */
static void say_issues(PlnDoc *doc, const PlnComparison *c) {
  for (guint b = 0; c->run.study != PLN_RUN_BARGAIN && b < c->bundles->len; b++) {
    const PlnBundle *bundle = c->bundles->pdata[b];
    for (guint k = 0; k < bundle->changes->len; k++) {
      const PlnChange *change = bundle->changes->pdata[k];
      g_autofree char *text = pln_change_text(change);
      if (change->kind == PLN_CHANGE_POSITION && pln_scenario_find_issue(c->scenario, change->where) >= 0)
        pln_doc_say(doc, NULL, PLN_SAY_NOTE,
                    "%s is read as of the vote on the proposal %s; as of the issue %s, which the "
                    "talks are about, by --study bargain.", text, change->where, change->where);
    }
  }
}

void pln_compose_comparison_bundles(PlnDoc *doc, const PlnComparison *c, gboolean letters) {
  g_autofree char *names = say_names(c);
  add_bundles(doc, c, letters);
  pln_doc_say(doc, NULL, PLN_SAY_PLAIN, "%s", "");
  if (*names)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE, "%s.", names);
  say_notes(doc, c);
  say_clashes(doc, c);
  say_elsewhere(doc, c);
  say_issues(doc, c);
}
