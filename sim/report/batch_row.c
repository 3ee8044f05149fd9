/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a report says, in a line. */
#include <math.h>
#include <string.h>

#include "plenary/asked.h"
#include "plenary/compose_batch.h"
#include "plenary/runner.h"
#include "plenary/text.h"

PlnBatchRow *pln_batch_row_new(const char *name, const char *scenario) {
  PlnBatchRow *row = g_new0(PlnBatchRow, 1);
  row->name = g_strdup(name);
  row->scenario = g_strdup(scenario);
  char **texts[] = {&row->title,  &row->proposal, &row->outcome,
                    &row->status, &row->fault,    &row->command};
  for (gsize k = 0; k < G_N_ELEMENTS(texts); k++)
    *texts[k] = g_strdup("");
  for (PlnVote k = 0; k < PLN_VOTE_KINDS; k++)
    row->tally[k] = PLN_BATCH_NOT_KNOWN;
  row->margin = PLN_BATCH_NOT_KNOWN;
  row->chance = row->chance_error = NAN;
  return row;
}

void pln_batch_row_free(PlnBatchRow *row) {
  if (!row)
    return;
  g_free(row->name);
  g_free(row->scenario);
  g_free(row->title);
  g_free(row->proposal);
  g_free(row->outcome);
  g_free(row->status);
  g_free(row->fault);
  g_free(row->command);
  g_free(row);
}

static void set(char **text, const char *to) {
  g_free(*text);
  *text = g_strdup(to);
}

/* The one at @place, of the first stage that has it. */
static const PlnProjectItem *projected(const PlnProject *project, guint place) {
  for (guint k = 0; project && k < project->stages->len; k++) {
    const PlnProjectStage *stage = pln_project_stage(project, k);
    for (guint i = 0; i < stage->items->len; i++)
      if (pln_project_item(stage, i)->place == place)
        return pln_project_item(stage, i);
  }
  return NULL;
}

static void fill_count(PlnBatchRow *row, const PlnPoll *poll) {
  for (PlnVote k = 0; k < PLN_VOTE_KINDS; k++)
    row->tally[k] = (int)poll->tally.count[k];
  if (pln_poll_counts(poll))
    row->margin = (int)poll->verdict.yes - (int)poll->verdict.needed;
}

/* ---- The chance ---- */

/* To thousandths, and the error of the rounded number, neither of which is nought. */
static void set_chance(PlnBatchRow *row, double chance, double error) {
  row->chance = rint(1000 * chance) / 1000;
  row->chance_error = (1 + floor(1000 * error)) / 1000;
}

/* The page's own number, from few points, where the runner has no answer. */
static void fill_chance(PlnBatchRow *row, const PlnProject *project, const PlnProjectItem *item) {
  enum { BRIEF_OFF = 20 }; /* thousandths */
  PlnRunnerOptions asked = pln_runner_options();
  PlnRunResult run;
  asked.electorate = project->options.electorate;
  asked.in_sample = project->options.in_sample;
  asked.rule = project->options.rule;
  asked.seed = project->options.seed;
  asked.proposal = (int)item->place;
  asked.draws = PLN_BATCH_DRAWS;
  g_autoptr(PlnRunner) runner = pln_runner_new(project->view, &asked, NULL, NULL);
  int place = runner ? pln_runner_find(runner, "adopted") : -1;
  if (place < 0 || !pln_runner_run(runner, 0, NULL, 0, 0, NULL, &run, NULL)) {
    set_chance(row, item->outcome->adopted.value, BRIEF_OFF / 1000.0);
    return;
  }
  double chance = run.value[place];
  set_chance(row, chance, sqrt(chance * (1 - chance) / PLN_BATCH_DRAWS));
}

/* The bands are those of the report's answer. */
static const char *say_chance(double chance) {
  return chance >= 0.6 ? "likely" : chance >= 0.4 ? "open" : "unlikely";
}

/* Median votes do not add up to the members; each is the middle of its own draws. */
static void fill_forecast(PlnBatchRow *row, const PlnProjectItem *item) {
  enum { MIDDLE = PLN_OUTCOME_QUANTILES / 2 };
  for (PlnVote k = 0; k < PLN_VOTE_KINDS; k++)
    row->tally[k] = item->outcome->count[k].quantile[MIDDLE];
  row->margin = item->outcome->margin.quantile[MIDDLE];
}

/* ---- Of all proposals ---- */

/* In a word, what came or may come of a proposal, with @chance of its forecast. */
static const char *outcome_of(PlnEnd end, const PlnProjectItem *to_come, double chance) {
  if (end != PLN_END_UNKNOWN)
    return pln_end_word(end);
  if (!to_come)
    return "not known";
  return to_come->informed ? say_chance(chance) : "no forecast";
}

static PlnEnd end_of(const PlnReplay *replay, const PlnReplayItem *item) {
  return replay->whatif ? item->whatif_end : item->end;
}

static void fill_all(PlnBatchRow *row, const PlnReplay *replay, const PlnProject *project) {
  for (guint k = 0; k < replay->items->len; k++) {
    const PlnProjectItem *to_come = projected(project, k);
    double chance = k + 1 == row->place ? row->chance
                    : to_come           ? to_come->outcome->adopted.value
                                        : NAN;
    const char *outcome = outcome_of(end_of(replay, pln_replay_item(replay, k)), to_come, chance);
    row->all[pln_batch_kind(outcome)]++;
  }
}

gboolean pln_batch_row_fill(PlnBatchRow *row, const PlnReplay *replay, const PlnProject *project,
                            const char *proposal, GError **error) {
  int place = 0;
  if (proposal && !pln_asked_proposal(replay->scenario, proposal, &place, error))
    return FALSE;
  const PlnReplayItem *item = pln_replay_item(replay, (guint)place);
  const PlnProjectItem *to_come = projected(project, (guint)place);
  const PlnPoll *poll = item->whatif ? item->whatif : item->record;
  PlnEnd end = end_of(replay, item);
  gboolean forecast = to_come && to_come->informed;
  PlnStatus weakest = project ? MAX(replay->weakest, project->weakest) : replay->weakest;
  set(&row->scenario, replay->scenario->id);
  set(&row->title, replay->scenario->title);
  set(&row->proposal, item->proposal->id);
  row->proposals = replay->items->len;
  row->place = (guint)place + 1;
  set(&row->status, pln_status_words[weakest]);
  if (poll)
    fill_count(row, poll);
  if (forecast)
    fill_chance(row, project, to_come);
  if (forecast && end == PLN_END_UNKNOWN)
    fill_forecast(row, to_come);
  set(&row->outcome, outcome_of(end, to_come, row->chance));
  fill_all(row, replay, project);
  return TRUE;
}

/* The last line of many tells how many there were; a sentence alone is the fault itself. */
static guint count_faults(char **lines) {
  guint n = g_strv_length(lines), faults = 0;
  while (n > 0 && !*lines[n - 1])
    n--;
  if (n > 1 && strstr(lines[n - 1], " fault") &&
      (faults = (guint)g_ascii_strtoull(lines[n - 1], NULL, 10)) > 0)
    return faults;
  return n;
}

void pln_batch_row_fail(PlnBatchRow *row, const char *message, const char *folder) {
  g_auto(GStrv) lines = g_strsplit(message, "\n", -1);
  const char *first = lines[0] ? lines[0] : "";
  gsize n = strlen(folder);
  while (n > 1 && folder[n - 1] == G_DIR_SEPARATOR)
    n--;
  if (strncmp(first, folder, n) == 0 && first[n] == G_DIR_SEPARATOR)
    first += n + 1;
  else if (strncmp(first, folder, n) == 0 && strncmp(first + n, ": ", 2) == 0)
    first += n + 2;
  g_autofree char *shown = pln_text_visible(first);
  set(&row->fault, shown);
  set(&row->outcome, "faulty");
  row->faults = MAX(count_faults(lines), 1);
  row->place = row->proposals = row->left_out = 0;
  memset(row->all, 0, sizeof row->all);
}
