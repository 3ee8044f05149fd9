/* SPDX-License-Identifier: GPL-3.0-or-later */
/* plenary backtest whip: the words, the files, the study. */
#include <string.h>
#include <unistd.h>

#include "plenary/asked.h"
#include "plenary/backtest.h"
#include "plenary/cell_list.h"
#include "plenary/compose_backtest.h"

/* The study that the request's functions know, and what is this one's own. */
typedef struct {
  PlnVotesStudy study; /* first: it is freed as one; its hide are the marks */
  PlnWhipTestOptions options;
} WhipStudy;

static gboolean read_older(const PlnArgs *args, PlnWhipTestOptions *o, GError **error) {
  const char *value = pln_args_value(args, "older");
  g_auto(GStrv) words = g_strsplit(value ? value : "0", ",", -1);
  guint n = g_strv_length(words);
  gboolean fine = n > 0 && n <= PLN_WHIP_TEST_OLDER;
  for (guint k = 0; k < n && fine; k++) {
    guint64 older;
    fine = g_ascii_string_to_unsigned(words[k], 10, 0, 100, &older, NULL);
    for (guint l = 0; l < k && fine; l++)
      fine = o->older[l] != older;
    if (fine)
      o->older[k] = (guint)older;
  }
  o->n_older = n;
  if (!fine)
    pln_asked_fail(error,
                   "--older is \"%s\"; expected up to %d numbers of sessions from 0 to 100, each once, "
                   "with commas, as 0,3,5,7", value, PLN_WHIP_TEST_OLDER);
  return fine;
}

/* The options of the fit are those of estimate; its dimensions and decay have defaults of
 * their own. */
static gboolean read_options(const PlnVotesRequest *r, const PlnArgs *args, PlnWhipTestOptions *o,
                             GError **error) {
  PlnWhipTestOptions own = pln_whip_test_options();
  *o = own;
  o->estimate.cells = r->options.cells;
  o->estimate.groups = r->options.groups;
  o->estimate.fit = r->options.fit;
  o->estimate.fit.kind = PLN_FIT_SPACE;
  if (!pln_args_value(args, "dimensions"))
    o->estimate.fit.space.dimensions = own.estimate.fit.space.dimensions;
  if (!pln_args_value(args, "decay"))
    o->estimate.fit.decay = own.estimate.fit.decay;
  o->seed = r->options.fit.space.seed;
  o->threads = r->options.fit.space.threads;
  if (r->options.choose) {
    g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE,
                "--dimensions is \"auto\"; expected a number: how many is not chosen anew for each "
                "session");
    return FALSE;
  }
  return pln_backtest_sessions(args, &o->estimate.cells, error) &&
         pln_args_count(args, "history", 1, 100, &o->history, error) && read_older(args, o, error);
}

static guint8 *read_marks(PlnVotesRequest *r, const PlnArgs *args, const PlnWhipTestOptions *o,
                          GError **error) {
  const char *path = pln_args_value(args, "reveal"), *share_said = pln_args_value(args, "share");
  double share = 0.2;
  if (path && share_said) {
    g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE,
                "both --reveal and --share are given; expected one");
    return NULL;
  }
  if (!path) {
    if (!pln_args_number(args, "share", 0.001, 0.99, &share, error))
      return NULL;
    if (share_said)
      pln_votes_request_say(r, "share", share_said);
    return pln_whip_test_draw(r->matrix, o, share);
  }
  g_autoptr(PlnFaults) faults = pln_faults_new();
  pln_votes_request_say_file(r, "reveal", path);
  guint8 *listed = pln_cell_list_load_revealed(path, r->matrix, r->inputs, faults);
  g_autofree char *text = pln_faults_text(faults);
  if (!listed)
    g_set_error(error, PLN_ERROR, PLN_ERROR_DATA, "%snothing was written", text);
  gsize cells = (gsize)r->matrix->n_calls * r->matrix->n_voters;
  for (gsize k = 0; listed && k < cells; k++) /* the list's words are not the study's */
    listed[k] = listed[k] == PLN_CELL_REVEALED ? PLN_WHIP_TEST_REVEALED
                : listed[k] == PLN_CELL_HIDDEN ? PLN_WHIP_TEST_HIDDEN
                                               : PLN_WHIP_TEST_NOT;
  return listed;
}

/* Of --only: the marks of all other roll calls are taken away. */
static gboolean keep_only(PlnVotesRequest *r, const PlnArgs *args, guint8 *mark, GError **error) {
  const char *only = pln_args_value(args, "only");
  const PlnVoteMatrix *m = r->matrix;
  gboolean found = FALSE;
  if (!only)
    return TRUE;
  for (guint j = 0; j < m->n_calls; j++) {
    guint8 *row = mark + (gsize)j * m->n_voters;
    if (strcmp(m->call[j].id, only) != 0 && strcmp(m->call[j].symbol, only) != 0)
      memset(row, PLN_WHIP_TEST_NOT, m->n_voters);
    else
      found |= memchr(row, PLN_WHIP_TEST_HIDDEN, m->n_voters) != NULL;
  }
  if (found)
    pln_votes_request_say(r, "only", only);
  else
    pln_asked_fail(error,
                   "--only is \"%s\"; expected the id or the symbol of a contested roll call of "
                   "--sessions that has votes to forecast", only);
  return found;
}

static gboolean run(PlnVotesStudy *study, GError **error) {
  WhipStudy *whip = (WhipStudy *)study;
  PlnVotesRequest *r = study->request;
  g_autofree guint8 *mark = g_steal_pointer(&study->hide);
  guint64 steps = pln_whip_backtest_steps(r->matrix, &whip->options, mark);
  g_autoptr(PlnProgress) progress = pln_progress_new(STDERR_FILENO, "forecasting", steps);
  g_autoptr(PlnWhipBacktest) backtest =
      pln_whip_backtest_new(r->matrix, r->world, &whip->options, mark, progress, error);
  g_clear_pointer(&progress, pln_progress_free);
  if (!backtest)
    return FALSE;
  study->doc = pln_doc_new();
  pln_doc_fact(study->doc, "format", pln_text("plenary-backtest-whip/1"));
  pln_compose_whip_backtest(study->doc, backtest, r->notes);
  return TRUE;
}

PlnVotesStudy *pln_votes_study_backtest_whip(const PlnArgs *args, GError **error) {
  static const char *const strange[] = {"hide",      "electorate", "answers", "method",
                                        "drift",     "orient",     "chains",  "draws",
                                        "in-sample", "calls",      "shown",   "capability",
                                        "bootstrap", NULL};
  static const char *const said[] = {"history", "older"};
  PlnCellsOptions cells;
  if (!pln_backtest_refuses(args, "whip", strange, error) ||
      !pln_backtest_sessions(args, &cells, error))
    return NULL; /* before a large file is read */
  WhipStudy *whip = g_new0(WhipStudy, 1);
  g_autoptr(PlnVotesStudy) study = &whip->study;
  PlnVotesRequest *r = study->request = pln_backtest_open(args, "plenary backtest whip", error);
  if (!r || !read_options(r, args, &whip->options, error))
    return NULL;
  for (gsize k = 0; k < G_N_ELEMENTS(said); k++)
    if (pln_args_value(args, said[k]))
      pln_votes_request_say(r, said[k], pln_args_value(args, said[k]));
  study->hide = read_marks(r, args, &whip->options, error);
  if (!study->hide || !keep_only(r, args, study->hide, error))
    return NULL;
  pln_votes_request_finish(r);
  study->run = run;
  return g_steal_pointer(&study);
}
