/* SPDX-License-Identifier: GPL-3.0-or-later */
/* plenary backtest ratify: a treaty's first years foretell its next; no file, the dates are
 * shipped. */
#include "plenary/asked.h"
#include "plenary/backtest.h"
#include "plenary/compose_ratify.h"
#include "plenary/output.h"

/* The study that the request's functions know, and what is this one's own. */
typedef struct {
  PlnVotesStudy study; /* first: it is freed as one */
  PlnRatifyBacktestOptions options;
} RatifyStudy;

/* Everything that roll calls and dossiers want, dates do not. */
static gboolean refuses(const PlnArgs *args, GError **error) {
  static const char *const wanted[] = {"treaty",  "split",  "years", "draws",  "bootstrap", "seed",
                                       "threads", "format", "table", "output", NULL};
  for (guint k = 0; args->options[k].name; k++) {
    const char *const one[] = {args->options[k].name, NULL};
    if (!g_strv_contains(wanted, one[0]) && !pln_backtest_refuses(args, "ratify", one, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean read_options(RatifyStudy *own, const PlnArgs *args, GError **error) {
  PlnRatifyBacktestOptions *o = &own->options;
  guint seed = 1;
  *o = pln_ratify_backtest_options();
  if (!pln_args_count(args, "split", 1, PLN_RATIFY_YEARS, &o->split, error) ||
      !pln_args_count(args, "years", 1, PLN_RATIFY_YEARS, &o->years, error) ||
      !pln_args_count(args, "draws", 100, 1000000, &o->draws, error) ||
      !pln_args_count(args, "bootstrap", 0, 100000, &o->bootstrap, error) ||
      !pln_args_count(args, "seed", 0, G_MAXUINT, &seed, error) ||
      !pln_args_count(args, "threads", 1, 1024, &o->threads, error))
    return FALSE;
  o->seed = seed;
  return TRUE;
}

static void say_options(PlnVotesRequest *r, const RatifyStudy *own) {
  const PlnRatifyBacktestOptions *o = &own->options;
  const struct {
    const char *option;
    guint64 value;
  } said[] = {{"split", o->split},
              {"years", o->years},
              {"draws", o->draws},
              {"bootstrap", o->bootstrap},
              {"seed", o->seed}};
  pln_votes_request_say(r, "treaty", o->treaty);
  for (gsize k = 0; k < G_N_ELEMENTS(said); k++) {
    g_autofree char *text = g_strdup_printf("%" G_GUINT64_FORMAT, said[k].value);
    pln_votes_request_say(r, said[k].option, text);
  }
}

static gboolean run(PlnVotesStudy *study, GError **error) {
  RatifyStudy *own = (RatifyStudy *)study;
  PlnVotesRequest *r = study->request;
  g_autoptr(PlnRatifyBacktest) backtest = pln_ratify_backtest_new(r->world, &own->options, error);
  if (!backtest)
    return FALSE;
  study->doc = pln_doc_new();
  pln_compose_ratify_backtest(study->doc, backtest);
  const PlnTreatyTerm *opened = pln_world_term(r->world, own->options.treaty, "opened");
  g_autofree char *cited = g_strdup_printf("%s, %s", opened->name, opened->citation);
  r->provenance.status = pln_status_words[backtest->weakest];
  r->provenance.rules = pln_world_keep(r->world, cited);
  return TRUE;
}

PlnVotesStudy *pln_votes_study_backtest_ratify(const PlnArgs *args, GError **error) {
  if (!refuses(args, error))
    return NULL;
  RatifyStudy *own = g_new0(RatifyStudy, 1);
  g_autoptr(PlnVotesStudy) study = &own->study;
  PlnVotesRequest *r = study->request = g_new0(PlnVotesRequest, 1);
  r->command = g_string_new("plenary backtest ratify");
  r->inputs = pln_inputs_new();
  r->notes = g_ptr_array_new_with_free_func(g_free);
  r->world = read_options(own, args, error) ? pln_open_world(error) : NULL;
  if (r->world && pln_args_value(args, "treaty"))
    own->options.treaty = pln_asked_treaty(r->world, pln_args_value(args, "treaty"), error);
  if (!r->world || !own->options.treaty)
    return NULL;
  say_options(r, own);
  pln_votes_request_finish(r);
  study->run = run;
  return g_steal_pointer(&study);
}
