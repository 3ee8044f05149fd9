/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sensitivity: the answer in words first, then the tables, then what it rests on. */
#include <math.h>
#include <string.h>

#include "plenary/compose.h"
#include "plenary/compose_discovery.h"
#include "plenary/compose_project.h"
#include "plenary/compose_sensitivity.h"
#include "plenary/replay.h"

const PlnIssue *pln_sense_issue(const PlnSensitivity *s) {
  const char *id = g_str_has_prefix(s->outcome, "position ") ? s->outcome + strlen("position ") : NULL;
  for (guint k = 0; id && s->scenario && k < s->scenario->issues->len; k++) {
    const PlnIssue *issue = &g_array_index(s->scenario->issues, PlnIssue, k);
    if (strcmp(issue->id, id) == 0)
      return issue;
  }
  return NULL;
}

char *pln_say_sense_scale(const PlnSensitivity *s) {
  const PlnIssue *issue = pln_sense_issue(s);
  if (!issue)
    return g_strdup("");
  return g_strdup_printf("%s%s, on a scale from %g%s%s%s to %g%s%s%s", *issue->unit ? " " : "",
                         issue->unit, issue->from, *issue->low ? " (" : "", issue->low,
                         *issue->low ? ")" : "", issue->to, *issue->high ? " (" : "", issue->high,
                         *issue->high ? ")" : "");
}

/* What the votes on record came to, beside a number of votes to come. */
static void say_record(PlnDoc *doc, const PlnSensitivity *s) {
  const PlnProposal *p = s->runner ? pln_runner_proposal(s->runner) : NULL;
  if (!p || p->record == PLN_RECORD_NONE || s->stated.study == PLN_RUN_REPLAY)
    return;
  g_autoptr(PlnReplay) replay = pln_replay_new(s->scenario, NULL, NULL);
  int place = pln_scenario_find(s->scenario, p->id);
  const PlnReplayItem *item = replay && place >= 0 ? pln_replay_item(replay, (guint)place) : NULL;
  if (!item || item->end == PLN_END_UNKNOWN)
    return;
  const guint32 *count = item->record ? item->record->tally.count : NULL;
  g_autofree char *votes =
      count ? g_strdup_printf(": %u yes, %u no, %u abstaining, %u absent", count[PLN_VOTE_Y],
                              count[PLN_VOTE_N], count[PLN_VOTE_A], count[PLN_VOTE_X])
            : g_strdup("");
  pln_doc_say(doc, NULL, PLN_SAY_PLAIN, "On record it was %sadopted%s.",
              pln_end_adopted(item->end) ? "" : "not ", votes);
}

static void add_head(PlnDoc *doc, const PlnSensitivity *s, const PlnComposeSensitivityOptions *how) {
  const PlnProposal *p = s->runner ? pln_runner_proposal(s->runner) : NULL;
  const PlnIssue *issue = pln_sense_issue(s);
  const char *by = s->stated.study != PLN_RUN_BARGAIN || how->store ? NULL
                   : s->stated.method                       ? s->stated.method->name
                                                            : "condorcet";
  g_autofree char *answer = pln_say_sensitivity(s);
  pln_doc_fact(doc, "format", pln_text("plenary-sensitivity/1"));
  if (s->scenario)
    pln_say_scenario(doc, s->scenario);
  pln_doc_say(doc, NULL, PLN_SAY_TITLE, "%s",
              issue         ? issue->title
              : p           ? p->title
              : s->scenario ? s->scenario->title
                            : s->outcome_title);
  if (how->store)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE,
                "What goes with the %s in %s%" G_GUINT64_FORMAT " runs of %s%s%s%s%s.",
                s->outcome_title, how->unfinished ? "" : "the ", s->runs, how->store,
                how->unfinished ? " so far, whose sweep is not finished" : "",
                how->corner ? ", a corner of the grid, not all of it" : "",
                how->proposal ? ", on " : "", how->proposal ? how->proposal : "");
  else
    pln_doc_say(doc, NULL, PLN_SAY_NOTE, "What matters for the %s (%s%s%s, %u thing%s turned).",
                s->outcome_title, pln_run_study_words[s->stated.study], by ? " by " : "", by ? by : "",
                s->dials->len, s->dials->len == 1 ? "" : "s");
  pln_doc_say(doc, "answer", PLN_SAY_LEAD, "%s", answer);
  say_record(doc, s);
}

/* Who the ids are that dials are called by. */
static void say_names(PlnDoc *doc, const PlnSensitivity *s) {
  g_autoptr(GString) out = g_string_new(NULL);
  g_autoptr(GHashTable) said = g_hash_table_new(g_str_hash, g_str_equal);
  for (guint j = 0; s->scenario && j < s->dials->len; j++) {
    const char *who = ((const PlnDial *)s->dials->pdata[j])->change->who;
    const PlnBloc *bloc = who ? pln_world_bloc(s->scenario->world, who) : NULL;
    const PlnState *state = who && !bloc ? pln_world_state(s->scenario->world, who) : NULL;
    const char *name = bloc ? bloc->name : state ? state->name : NULL;
    if (name && strcmp(name, who) != 0 && g_hash_table_add(said, (gpointer)who))
      g_string_append_printf(out, "%s%s: %s", out->len > 0 ? "; " : "", who, name);
  }
  if (out->len > 0)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE, "%s.", out->str);
}

/* What the assumptions are that dials turn. */
static void say_assumptions(PlnDoc *doc, const PlnSensitivity *s) {
  static const char *const known[][2] = {
      {"tie", "how far joining early and supporting the protocol go together"},
      {"reluctance", "how fast those that voted against the protocol join it, beside the others"},
      {"asks", "how likely somebody asks for a vote where consensus is tried first"}};
  for (guint j = 0; j < s->dials->len; j++) {
    const PlnChange *c = ((const PlnDial *)s->dials->pdata[j])->change;
    for (gsize k = 0; c->kind == PLN_CHANGE_ASSUME && k < G_N_ELEMENTS(known); k++)
      if (strcmp(c->who, known[k][0]) == 0)
        pln_doc_say(doc, NULL, PLN_SAY_NOTE, "%s: %s.", known[k][0], known[k][1]);
  }
}

/* Whether discovery turns something further than it is stated. */
static gboolean is_widened(const PlnSensitivity *s) {
  for (guint j = 0; s->whole && j < s->whole->len; j++)
    if (((const PlnDial *)s->whole->pdata[j])->kind != ((const PlnDial *)s->dials->pdata[j])->kind)
      return TRUE;
  return FALSE;
}

/* A deviation: "43 points", "0.3 points", "14 months". */
static char *say_spread(const PlnSensitivity *s) {
  double spread = sqrt(s->sum.variance);
  if (strcmp(s->unit, "share") == 0)
    return 100 * spread < 1.95 ? g_strdup_printf("%.2g points", 100 * spread)
                               : g_strdup_printf("%.0f points", 100 * spread);
  return strcmp(s->unit, "year") == 0 ? g_strdup_printf("%.2g months", 12 * spread)
                       : g_strdup_printf("%.2g", spread);
}

/* How far the sum of the first orders may be off: as if each were off by itself. */
static double reach_of_sum(const PlnSensitivity *s) {
  double square = 0;
  for (guint k = 0; k < s->indices->len; k++) {
    const PlnSaltelliIndex *i = &g_array_index(s->indices, PlnSenseIndex, k).index;
    double half = 0.5 * (i->first_high - i->first_low);
    square += isnan(half) ? 0 : half * half;
  }
  return sqrt(square);
}

/* What is left beside one by one; at most so much where that is not told apart from nothing. */
static void say_interaction(GString *out, const PlnSensitivity *s) {
  double more = 1 - s->first_sum, reach = reach_of_sum(s);
  g_string_append_printf(out, ": one by one they account for %.0f%% of the variance",
                         100 * CLAMP(s->first_sum, 0, 1));
  if (more < -0.02)
    g_string_append(out, " (they add up to more by chance)");
  else if (more < reach)
    g_string_append_printf(out, "; at most %.0f%% of it is interaction", 100 * CLAMP(more + reach, 0, 1));
  else
    g_string_append_printf(out, "; %s of it is interaction",
                           more < 0.02 ? "next to nothing" : pln_say_share_of(more));
}

char *pln_say_sense_together(const PlnSensitivity *s) {
  if (s->indices->len == 0 || isnan(s->first_sum))
    return g_strdup("");
  GString *out = g_string_new(NULL);
  g_autofree char *spread = say_spread(s);
  gboolean alone = s->indices->len == 1;
  g_string_append_printf(out, "With %s the %s has a standard deviation of %s",
                         alone ? "this turned" : "these turned together", s->outcome_title, spread);
  if (!alone)
    say_interaction(out, s);
  g_string_append_c(out, '.');
  return g_string_free(out, FALSE);
}

/* What each number is, in a line. */
static void say_methods(PlnDoc *doc, const PlnSensitivity *s) {
  if (s->indices->len > 0)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE,
                "An index is the share of the outcome's variance that a dial accounts for: alone, "
                "what would go if it became known; in all, what would stay if all others did. "
                "%u rows, Saltelli's and Jansen's estimators, bootstrapped.",
                s->options.rows);
  if (s->effects->len > 0)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE,
                "Screening: how far the outcome moves when a dial is turned by half its range, or to "
                "another word, on average (mu*), and how unevenly (sigma: not linear, or hanging on "
                "others). %u "
                "trajectories.",
                s->options.trajectories);
  if (s->bars->len > 0)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE,
                "One at a time: what is stated with a deviation at its 5 and 95%% points, a range at "
                "both ends. %s",
                s->stated.study == PLN_RUN_REPLAY ? "The others are as on record."
                : s->stated.study == PLN_RUN_BARGAIN
                    ? "The others stand where they are stated to, whose doubt is left out."
                    : "A place that is turned to is known, to within a point; the others are as "
                      "doubtful as stated.");
  for (guint k = 0; k < s->bars->len; k++)
    if (g_array_index(s->bars, PlnSenseBar, k).beyond != 0) {
      pln_doc_say(doc, NULL, PLN_SAY_NOTE,
                  "%s: it is so at both ends, beside what is stated, and the change from end to end "
                  "says little.", strcmp(s->unit, "year") == 0 ? "Earlier, later" : "Both");
      break;
    }
  if (s->discovery && s->runner)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE,
                "What would have to be true: %u runs of a Latin hypercube, %s.", s->options.runs,
                is_widened(s) ? "positions that are stated anywhere on their scale, however likely "
                                "that is"
                              : "each dial anywhere in its range");
}

static void say_runs(PlnDoc *doc, const PlnSensitivity *s) {
  if (s->runner && s->drawn)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE,
                "%" G_GUINT64_FORMAT " runs of %u draws, all on the same draws; seed %" G_GUINT64_FORMAT
                ". Intervals: %.4g%%.",
                s->runs, s->options.runner.draws, s->options.runner.seed, 100 * s->options.level);
  else if (s->runner)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE, "%" G_GUINT64_FORMAT " runs, in which nothing is drawn.",
                s->runs);
  if (s->without > 0)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE,
                "%" G_GUINT64_FORMAT " of these have no %s%s and are left out.", s->without,
                s->outcome_title, isnan(s->adopted) ? "" : ", or one of few draws,");
  if (!s->runner && strcmp(s->outcome, "protocol") == 0)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE,
                "A run's day is that of the draws in which the protocol is adopted, however few.");
}

static void say_rests(PlnDoc *doc, const PlnSensitivity *s) {
  guint n[PLN_STATUS_KINDS] = {0};
  g_autoptr(GString) out = g_string_new(NULL);
  for (guint j = 0; j < s->dials->len; j++)
    n[((const PlnDial *)s->dials->pdata[j])->status]++;
  for (guint k = 0; k < PLN_STATUS_KINDS; k++)
    if (n[k] > 0)
      g_string_append_printf(out, "%s%u %s", out->len > 0 ? ", " : "", n[k], pln_status_words[k]);
  pln_doc_say(doc, NULL, PLN_SAY_NOTE, "Of what is turned: %s.%s", out->str,
              s->runner ? " What the scenario does not call uncertain is not turned; --vary does."
                        : "");
  if (pln_sense_issue(s))
    pln_doc_say(doc, NULL, PLN_SAY_NOTE,
                "Forecasts of talks are off by about a quarter of their scale (plenary backtest "
                "bargain).");
  else if (s->stated.rule)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE, "Rule as stated: %s (%s, %s).", s->stated.rule->name,
                s->stated.rule->citation, pln_status_words[s->stated.rule->status]);
}

/* What discovery looked at, and how much of it the boxes hold. */
static void add_found(PlnDoc *doc, const PlnDiscovery *d) {
  static const PlnDocColumn columns[] = {{"-runs", "Runs"},
                                         {"-interest", "Looked for"},
                                         {"-so", "So"},
                                         {"-boxes", "Of these in a box"},
                                         {NULL, NULL}};
  guint64 so = d->prim->interest, boxed = (guint64)rint(d->prim->coverage * (double)so);
  g_autofree char *share = so == 0 ? g_strdup("none") : pln_say_part(so, d->prim->rows);
  g_autofree char *in = pln_say_part(boxed, so);
  const char *level = d->said + (d->runs.outcome ? strlen(d->runs.outcome) : 0);
  pln_doc_table(doc, NULL, PLN_FOR_PEOPLE, "What would have to be true", columns);
  pln_doc_cell(doc, pln_int((gint64)d->prim->rows));
  pln_doc_cell(doc, pln_text(level + strspn(level, ": ")));
  pln_doc_cell(doc, pln_text(share));
  pln_doc_cell(doc, d->boxes->len > 0 ? pln_text(in) : pln_none());
}

void pln_compose_sensitivity(PlnDoc *doc, const PlnSensitivity *s,
                             const PlnComposeSensitivityOptions *how) {
  add_head(doc, s, how);
  pln_compose_sense_tables(doc, s, how->full);
  if (s->discovery) {
    add_found(doc, s->discovery);
    pln_compose_discovery(doc, s->discovery, how->full);
  }
  say_names(doc, s);
  say_assumptions(doc, s);
  say_methods(doc, s);
  say_runs(doc, s);
  say_rests(doc, s);
  for (guint k = 0; how->notes && k < how->notes->len; k++)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE, "%s", (const char *)how->notes->pdata[k]);
  pln_compose_sense_data(doc, s, how);
}
