/* SPDX-License-Identifier: GPL-3.0-or-later */
/* plenary ratify: from adoption to force, and who is bound. */
#include <string.h>
#include <unistd.h>

#include "plenary/asked.h"
#include "plenary/compose_ratify.h"
#include "plenary/forecast_request.h"
#include "plenary/output.h"
#include "plenary/votes_request.h"
#include "plenary/words.h"

const PlnOption pln_ratify_cli_options[] = {
    {"treaty", 0, "ID", "which is to come into force (default hanoi)", "hanoi"},
    {"threshold", 0, "N", "what if so many instruments brought it into force", NULL},
    {"parties", 0, "N", "what if so many parties allowed a protocol to be considered", NULL},
    {"protocol-threshold", 0, "N", "what if so many instruments brought the protocol into force",
     NULL},
    {"years", 0, "N", "how many years ahead, 1 to 60 (default 25)", NULL},
    {"set", 0, "WHO=WHAT",
     "what if a state or bloc joined on a day (2027-03-01), never, or voted Y, N, A or X on the "
     "protocol; repeatable",
     NULL},
    {"proposal", 0, "ID",
     "what the conference votes on (default: the scenario's last, where all states are still to "
     "decide it)",
     NULL},
    {"tie", 0, "R",
     "how far joining early and supporting the protocol go together, -1 to 1 (default 0.5)", NULL},
    {"reluctance", 0, "R",
     "how fast those that voted against the protocol join it, beside the others, 0 to 1 (default "
     "0.25)",
     NULL},
    {"no-support", 0, NULL,
     "what if joining did not hang on the vote on the resolution that began the treaty", NULL},
    {"draws", 0, "N", "draws (default 100000)", NULL},
    {"no-vote", 0, NULL, "no vote: dates and parties alone", NULL},
    {"full", 0, NULL, "every state and every year", NULL},
    PLN_FORECAST_OPTIONS,
    PLN_OUTPUT_OPTIONS,
    {NULL, 0, NULL, NULL, NULL}};

/* How many draws say what the answer would be were support not to matter: to a point or so. */
enum { MOST_INSTRUMENTS = 250, LEAST_DRAWS = 100, MOST_DRAWS = 1000000, APART_DRAWS = 5000 };

/* What the words ask, and what came of it. */
typedef struct {
  PlnForecastRequest *r;
  PlnRatifyOptions options;
  PlnProjectOptions project;
  GArray *edits; /* PlnRatifyEdit */
  char *no_business;
  gboolean changed; /* the treaty's own numbers, or what is known: to be held against them */
  PlnRatify *ratify, *base, *apart;
} Asked;

static void asked_clear(Asked *a) {
  pln_ratify_free(a->apart);
  pln_ratify_free(a->base);
  pln_ratify_free(a->ratify);
  g_array_unref(a->edits);
  g_free(a->no_business);
}

/* ---- The words ---- */

static gboolean read_treaty(Asked *a, const PlnArgs *args, GError **error) {
  const char *id = pln_args_value(args, "treaty");
  if (!id)
    return TRUE;
  a->options.treaty = pln_asked_treaty(a->r->world, id, error);
  if (!a->options.treaty)
    return FALSE;
  const PlnTreatyTerm *force = pln_world_term(a->r->world, id, "in_force");
  g_autofree char *since = force ? pln_day_words(force->day) : NULL;
  if (force)
    return pln_asked_fail(error,
                          "%s has been in force since %s; expected one that is still to come into "
                          "force, as hanoi",
                          id, since);
  pln_words_add_option(a->r->command, "treaty", id);
  return TRUE;
}

static gboolean read_numbers(Asked *a, const PlnArgs *args, GError **error) {
  static const char *const of_treaty[] = {"threshold", "parties", "protocol-threshold"};
  PlnRatifyOptions *o = &a->options;
  guint *const number[] = {&o->threshold, &o->parties, &o->protocol};
  for (gsize k = 0; k < G_N_ELEMENTS(of_treaty); k++) {
    if (!pln_forecast_request_count(a->r, args, of_treaty[k], 1, MOST_INSTRUMENTS, number[k], error))
      return FALSE;
    a->changed |= pln_args_value(args, of_treaty[k]) != NULL;
  }
  return pln_forecast_request_count(a->r, args, "years", 1, PLN_RATIFY_YEARS, &o->years, error) &&
         pln_forecast_request_count(a->r, args, "draws", LEAST_DRAWS, MOST_DRAWS, &o->draws, error);
}

static gboolean read_share(Asked *a, const PlnArgs *args, const char *option, double least,
                           double *share, GError **error) {
  if (!pln_args_number(args, option, least, 1, share, error))
    return FALSE;
  if (pln_args_value(args, option))
    pln_words_add_option(a->r->command, option, pln_args_value(args, option));
  return TRUE;
}

/* Why the conference is not asked of its own accord, or NULL: what has been decided, and what is
 * before a body of others than all states, is none of its business.  (transfer full) */
static char *no_business(const PlnScenario *s, const char *treaty) {
  if (s->proposals->len == 0)
    return NULL;
  const PlnProposal *p = pln_scenario_proposal(s, s->proposals->len - 1);
  const PlnBody *body = p->body ? p->body : s->body;
  gboolean decided = p->record != PLN_RECORD_NONE || p->result != PLN_RESULT_NOT_STATED;
  gboolean conference = body->roster == PLN_ROSTER_PARTIES && strcmp(body->roster_of, treaty) == 0;
  for (guint k = 0; k < s->stages->len; k++) {
    const PlnBody *at = g_array_index(s->stages, PlnStageEntry, k).body;
    conference |= at->roster == PLN_ROSTER_PARTIES && strcmp(at->roster_of, treaty) == 0;
  }
  if (decided)
    return g_strdup_printf("the scenario's proposal %s has been decided", p->id);
  return conference || body->roster == PLN_ROSTER_UN
             ? NULL
             : g_strdup_printf("the scenario's proposal %s is before another body (%s)", p->id,
                               body->name);
}

/* What is of use to a vote alone. */
static gboolean read_vote(Asked *a, const PlnArgs *args, GError **error) {
  static const char *const of_vote[] = {"proposal",           "tie",        "reluctance",
                                        "protocol-threshold", "electorate", "in-sample"};
  gboolean none = pln_args_flag(args, "no-vote");
  for (gsize k = 0; none && k < G_N_ELEMENTS(of_vote); k++)
    if (strcmp(of_vote[k], "in-sample") == 0 ? pln_args_flag(args, of_vote[k])
                                             : pln_args_value(args, of_vote[k]) != NULL)
      return pln_asked_fail(error, "--%s is of no use with --no-vote; expected one of the two",
                            of_vote[k]);
  if (none)
    pln_words_add_option(a->r->command, "no-vote", NULL);
  else if (a->r->no_electorate)
    g_ptr_array_add(a->r->notes,
                    g_strdup_printf("No vote is forecast, so dates and parties stand alone: %s.",
                                    a->r->no_electorate));
  else if (!pln_args_value(args, "proposal") &&
           (a->no_business = no_business(a->r->scenario, a->options.treaty)))
    g_ptr_array_add(a->r->notes, g_strdup_printf("No vote is forecast, so dates and parties stand "
                                                 "alone: %s; --proposal asks the parties all the "
                                                 "same.",
                                                 a->no_business));
  for (gsize k = 1; a->no_business && k < G_N_ELEMENTS(of_vote); k++)
    if (k < 4 && pln_args_value(args, of_vote[k]))
      return pln_asked_fail(error, "--%s is of no use, as %s; expected --proposal too, or no --%s",
                            of_vote[k], a->no_business, of_vote[k]);
  a->project = pln_project_options();
  a->project.electorate = a->r->electorate;
  a->project.predictor = a->r->predictor;
  a->project.in_sample = a->r->in_sample;
  a->project.seed = a->r->seed;
  a->project.threads = a->r->threads;
  a->options.project = a->r->electorate && !a->no_business ? &a->project : NULL;
  return pln_forecast_request_proposal(a->r, args, &a->options.proposal, error) &&
         read_share(a, args, "tie", -1, &a->options.tie, error) &&
         read_share(a, args, "reluctance", 0, &a->options.reluctance, error);
}

/* ---- What if ---- */

/* Up to the last day known the tables say who has joined. */
static gboolean can_be(const Asked *a, const PlnRatifyEdit *edit, GError **error) {
  const PlnTreatyTerm *known = pln_world_term(a->r->world, a->options.treaty, "known_to");
  if (edit->kind == PLN_RATIFY_SET_VOTE && !a->options.project)
    return pln_asked_fail(error,
                          "\"%s\" sets a vote, and none is forecast; expected a day or never, or %s",
                          edit->text,
                          a->r->no_electorate ? "an electorate by --electorate"
                          : a->no_business    ? "a --proposal that the parties are asked"
                                              : "no --no-vote");
  if (edit->kind != PLN_RATIFY_SET_DAY || !known || edit->day > pln_day_number(known->day))
    return TRUE;
  g_autofree char *day = pln_day_words(known->day),
                  *next = pln_day_text(pln_day_of_number(pln_day_number(known->day) + 1));
  return pln_asked_fail(error,
                        "\"%s\" lies in what is known: the tables say who had joined by %s; expected a "
                        "later day, %s or after",
                        edit->text, day, next);
}

static gboolean read_edits(Asked *a, const PlnArgs *args, GError **error) {
  const char *const *texts = pln_args_values(args, "set");
  for (gsize k = 0; texts[k]; k++) {
    PlnRatifyEdit edit = {0};
    if (!pln_ratify_edit_read(a->r->scenario, texts[k], &edit, error))
      return FALSE;
    g_array_append_val(a->edits, edit);
    if (!can_be(a, &edit, error))
      return FALSE;
    pln_words_add_option(a->r->command, "set", texts[k]);
  }
  a->options.edits = a->edits->len > 0 ? a->edits : NULL;
  a->changed |= a->edits->len > 0;
  return TRUE;
}

static gboolean read_all(Asked *a, const PlnArgs *args, GError **error) {
  a->options = pln_ratify_options();
  a->options.seed = a->r->seed;
  a->options.threads = a->r->threads;
  a->options.no_support = pln_args_flag(args, "no-support");
  a->changed |= a->options.no_support;
  if (a->options.no_support)
    pln_words_add_option(a->r->command, "no-support", NULL);
  return read_treaty(a, args, error) && read_numbers(a, args, error) && read_vote(a, args, error) &&
         read_edits(a, args, error);
}

/* ---- The work ---- */

/* The same by the treaty's own numbers, with nobody set. */
static PlnRatify *without_edits(const Asked *a, GError **error) {
  PlnRatifyOptions options = a->options;
  options.threshold = options.parties = options.protocol = 0;
  options.edits = NULL;
  options.no_support = FALSE;
  return pln_ratify_new(a->r->scenario, &options, error);
}

/* The same were support not to matter: who the first parties are hangs on it. */
static PlnRatify *without_support(const Asked *a, GError **error) {
  PlnRatifyOptions options = a->options;
  options.no_support = TRUE;
  options.draws = MIN(options.draws, APART_DRAWS);
  options.progress = NULL;
  return pln_ratify_new(a->r->scenario, &options, error);
}

static gboolean work(Asked *a, GError **error) {
  g_autoptr(PlnProgress) progress = pln_progress_new(
      STDERR_FILENO, "drawing", pln_ratify_steps(&a->options) * (a->changed ? 2 : 1));
  a->options.progress = progress;
  a->ratify = pln_ratify_new(a->r->scenario, &a->options, error);
  if (a->ratify && a->changed)
    a->base = without_edits(a, error);
  gboolean done = a->ratify && (a->base || !a->changed);
  if (done && !a->options.no_support)
    a->apart = without_support(a, error);
  a->options.progress = NULL;
  return done && (a->apart || a->options.no_support);
}

static PlnDoc *compose(Asked *a, const PlnArgs *args) {
  PlnDoc *doc = pln_doc_new();
  g_autofree char *citations = pln_compose_ratify_citations(a->ratify);
  PlnComposeRatifyOptions how = {
      .full = pln_args_flag(args, "full"), .base = a->base, .apart = a->apart, .notes = a->r->notes};
  pln_compose_ratify(doc, a->ratify, &how);
  if (how.full && pln_output_is_page(args))
    pln_words_add_option(a->r->command, "full", NULL);
  pln_forecast_request_finish(a->r, a->ratify->weakest, pln_world_keep(a->r->world, citations));
  return doc;
}

PlnDoc *pln_ratify_document(PlnForecastRequest *r, const PlnArgs *args, GError **error) {
  Asked asked = {.r = r, .edits = g_array_new(FALSE, FALSE, sizeof(PlnRatifyEdit))};
  g_array_set_clear_func(asked.edits, pln_ratify_edit_clear);
  gboolean done = read_all(&asked, args, error) && work(&asked, error);
  PlnDoc *doc = done ? compose(&asked, args) : NULL;
  asked_clear(&asked);
  return doc;
}

int pln_run_ratify(const PlnArgs *args, GError **error) {
  return pln_forecast_request_run(args, "plenary ratify", pln_ratify_document, "dates", error);
}
