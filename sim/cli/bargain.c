/* SPDX-License-Identifier: GPL-3.0-or-later */
/* plenary bargain: how positions move before the vote. */
#include <math.h>
#include <string.h>
#include <unistd.h>

#include "plenary/asked.h"
#include "plenary/compose_bargain.h"
#include "plenary/compose_project.h"
#include "plenary/forecast_request.h"
#include "plenary/output.h"
#include "plenary/votes_request.h"
#include "plenary/words.h"

#define METHOD_WORDS \
  "compromise median challenge-literal challenge-scholz condorcet nash kalai-smorodinsky " \
  "exchange spatial"

const PlnOption pln_bargain_cli_options[] = {
    {"method", 0, "METHOD",
     "compromise, median, challenge-literal, challenge-scholz, condorcet (default), nash, "
     "kalai-smorodinsky, exchange or spatial",
     METHOD_WORDS},
    {"rounds", 0, "N", "at most so many rounds (default: the method's usual number)", NULL},
    {"issue", 0, "ID", "show one issue alone; all are run", NULL},
    {"full", 0, NULL, "every delegation, every round, every deal", NULL},
    {"compare", 0, NULL, "the forecast by every method, side by side", NULL},
    {"reference-point", 0, NULL,
     "challenge: each values the status quo by its distance from the reference point", NULL},
    {"stay", 0, "CHANCE", "challenge: the chance, 0 to 1, that the other would stay (default 1)",
     NULL},
    {"law", 0, "LAW",
     "condorcet: how a vote grows with what it gains: proportional (default), binary, "
     "mostly-proportional, mixed or cubic",
     "proportional binary mostly-proportional mixed cubic"},
    {"challengers", 0, "WHO", "condorcet: uniform (default), conditional or incentive",
     "uniform conditional incentive"},
    {"exponent", 0, "Q", "condorcet: how sharply the stronger side wins: 1 (default), 2, 4 or 8",
     "1 2 4 8"},
    {"risk", 0, NULL, "condorcet: with risk attitudes from a first election", NULL},
    {"weights", 0, "WHAT", "condorcet: capability-salience (default) or capability",
     "capability capability-salience"},
    {"disagreement", 0, "WHAT",
     "nash, kalai-smorodinsky: what is left where talks fail: the reference point (default) or "
     "worst, what is no better to anybody than any position held",
     "reference worst"},
    {"tie-orders", 0, NULL, "exchange: each draw breaks ties in an order of its own", NULL},
    {"split", 0, "BLOC", "what if a bloc negotiated member by member; BLOC:A,B: these leave it",
     NULL},
    {"merge", 0, "NAME=A,B", "what if these were one delegation", NULL},
    {"position", 0, "WHO=P",
     "where a delegation stands, on the issue's scale; ISSUE:WHO=P±SD; repeatable", NULL},
    {"salience", 0, "WHO=S", "how much it cares, 0 to 100; ISSUE:WHO=S±SD; repeatable", NULL},
    {"capability", 0, "WHO=C", "what it can bring to bear; ISSUE:WHO=C±SD; repeatable", NULL},
    {"leave", 0, "WHO", "what if it took no part; ISSUE:WHO; repeatable", NULL},
    {"draws", 0, "N", "draws of what is uncertain (default 1000; 0: none)", NULL},
    {"then", 0, "vote", "put the outcome to the vote, and forecast it as plenary project does",
     "vote"},
    {"rule", 0, "RULE", "the vote: what if this rule decided (plenary rules lists them)", NULL},
    {"stage", 0, "ID", "the vote: one stage alone", NULL},
    PLN_FORECAST_OPTIONS,
    PLN_OUTPUT_OPTIONS,
    {NULL, 0, NULL, NULL, NULL}};

/* Spatial's rounds grow with the third power of the delegations, some 15 ms of 300 on an AMD EPYC, and
 * are up to 50: with more than this it is compared only where it is the method asked for. */
enum { MOST_COMPARED = 300, MOST_ROUNDS = 1000, MOST_DRAWS = 1000000 };

/* What the words ask, and what came of it. */
typedef struct {
  PlnForecastRequest *r;
  PlnBargainOptions options;
  GArray *edits; /* PlnTalksEdit */
  const PlnIssue *issue;
  PlnProjectOptions project;
  PlnBargain *bargain;
  GPtrArray *compared; /* PlnBargain *, or NULL */
  PlnBargainVote *vote;
  char *not_put; /* why there is none */
} Asked;

static void bargain_free(gpointer bargain) {
  pln_bargain_free(bargain);
}

static void asked_clear(Asked *a) {
  pln_bargain_vote_free(a->vote);
  g_free(a->not_put);
  g_clear_pointer(&a->compared, g_ptr_array_unref);
  pln_bargain_free(a->bargain);
  g_array_unref(a->edits);
}

static gboolean is_given(const PlnArgs *args, const char *option) {
  return pln_args_flag(args, option) || pln_args_value(args, option);
}

/* ---- The method and its options ---- */

static gboolean read_method(Asked *a, const PlnArgs *args, GError **error) {
  const char *names[PLN_METHODS + 1] = {NULL}, *name = pln_args_value(args, "method");
  for (gsize k = 0; pln_methods[k]; k++)
    names[k] = pln_methods[k]->name;
  if (!name)
    return TRUE;
  a->options.method = pln_method_find(name);
  g_autofree char *all = g_strjoinv(", ", (char **)names);
  g_autofree char *expected = g_strdup_printf("one of %s", all);
  if (!a->options.method)
    return pln_asked_refuse(error, "unknown method", name, expected, names);
  pln_words_add_option(a->r->command, "method", name);
  return TRUE;
}

/* An option, and the methods that have a use for it. */
static const struct {
  const char *option, *methods[3];
} uses[] = {{"reference-point", {"challenge-literal", "challenge-scholz"}},
            {"stay", {"challenge-literal", "challenge-scholz"}},
            {"law", {"condorcet"}},
            {"challengers", {"condorcet"}},
            {"exponent", {"condorcet"}},
            {"risk", {"condorcet"}},
            {"weights", {"condorcet"}},
            {"disagreement", {"nash", "kalai-smorodinsky"}},
            {"tie-orders", {"exchange"}}};

/* With --compare all of them are run. */
static gboolean suits(const Asked *a, const PlnArgs *args, GError **error) {
  const PlnMethod *method = a->options.method;
  gboolean all = pln_args_flag(args, "compare");
  for (gsize k = 0; k < G_N_ELEMENTS(uses); k++) {
    if (all || !is_given(args, uses[k].option) ||
        g_strv_contains(uses[k].methods, method->name))
      continue;
    const char *other = uses[k].methods[1];
    g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE,
                "--%s is of no use to the method %s; expected --method %s%s%s, or it to be left "
                "out",
                uses[k].option, method->name, uses[k].methods[0], other ? " or " : "",
                other ? other : "");
    return FALSE;
  }
  if (all || method->rounds || !is_given(args, "rounds"))
    return TRUE;
  g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE,
              "--rounds is of no use to the method %s, which has none: it forecasts from where the "
              "delegations stand; expected it to be left out",
              method->name);
  return FALSE;
}

static gboolean read_flag(Asked *a, const PlnArgs *args, const char *option) {
  gboolean given = pln_args_flag(args, option);
  if (given)
    pln_words_add_option(a->r->command, option, NULL);
  return given;
}

static gboolean read_how(Asked *a, const PlnArgs *args, GError **error) {
  static const char *const weights[] = {"capability-salience", "capability", NULL},
                           *const exponents[] = {"1", "2", "4", "8", NULL};
  PlnMethodOptions *how = &a->options.how;
  guint law = how->law, challengers = how->challengers, disagree = how->disagree, alone = 0,
        power = 0;
  if (!pln_forecast_request_word(a->r, args, "law", pln_law_words, &law, error) ||
      !pln_forecast_request_word(a->r, args, "challengers", pln_challengers_words, &challengers,
                                 error) ||
      !pln_forecast_request_word(a->r, args, "exponent", exponents, &power, error) ||
      !pln_forecast_request_word(a->r, args, "weights", weights, &alone, error) ||
      !pln_forecast_request_word(a->r, args, "disagreement", pln_disagree_words, &disagree,
                                 error) ||
      !pln_args_number(args, "stay", 0, 1, &how->q, error))
    return FALSE;
  if (is_given(args, "stay"))
    pln_words_add_option(a->r->command, "stay", pln_args_value(args, "stay"));
  how->law = (PlnLaw)law;
  how->challengers = (PlnChallengers)challengers;
  how->disagree = (PlnDisagree)disagree;
  how->exponent = 1u << power;
  how->capability_alone = alone == 1;
  how->reference = read_flag(a, args, "reference-point");
  how->risk = read_flag(a, args, "risk");
  a->options.tie_orders = read_flag(a, args, "tie-orders");
  return TRUE;
}

/* ---- The rest of the words ---- */

static gboolean read_issue(Asked *a, const PlnArgs *args, GError **error) {
  const char *id = pln_args_value(args, "issue");
  const GArray *issues = a->r->scenario->issues;
  g_autoptr(GPtrArray) names = g_ptr_array_new();
  for (guint k = 0; k < issues->len && id; k++) {
    const PlnIssue *issue = &g_array_index(issues, PlnIssue, k);
    g_ptr_array_add(names, (gpointer)issue->id);
    if (strcmp(issue->id, id) == 0)
      a->issue = issue;
  }
  g_ptr_array_add(names, NULL);
  if (id && !a->issue)
    return pln_asked_refuse(error, "unknown issue", id, "one of issues.csv",
                            (const char *const *)names->pdata);
  if (id)
    pln_words_add_option(a->r->command, "issue", id);
  return TRUE;
}

/* Who is at the table first, then what they want: a merger can be given a position. */
static gboolean read_edits(Asked *a, const PlnArgs *args, GError **error) {
  static const PlnTalksEditKind order[] = {PLN_TALKS_SPLIT,    PLN_TALKS_MERGE,
                                           PLN_TALKS_POSITION, PLN_TALKS_SALIENCE,
                                           PLN_TALKS_CAPABILITY, PLN_TALKS_LEAVE};
  for (gsize k = 0; k < G_N_ELEMENTS(order); k++) {
    const char *option = pln_talks_edit_words[order[k]];
    const char *const *texts = pln_args_values(args, option);
    for (gsize t = 0; texts[t]; t++) {
      PlnTalksEdit edit = {0};
      if (!pln_talks_edit_read(a->r->scenario, order[k], texts[t], &edit, error))
        return FALSE;
      g_array_append_val(a->edits, edit);
      pln_words_add_option(a->r->command, option, texts[t]);
    }
  }
  a->options.edits = a->edits->len > 0 ? a->edits : NULL;
  return TRUE;
}

static gboolean read_vote(Asked *a, const PlnArgs *args, GError **error) {
  static const char *const of_vote[] = {"rule", "stage", "electorate", "in-sample", NULL};
  static const char *const then[] = {"vote", NULL};
  guint place = 0;
  for (gsize k = 0; of_vote[k] && !is_given(args, "then"); k++) {
    if (!is_given(args, of_vote[k]))
      continue;
    g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE,
                "--%s is of no use without a vote; expected --then vote with it, or it to be left "
                "out",
                of_vote[k]);
    return FALSE;
  }
  a->project = pln_project_options();
  a->project.electorate = a->r->electorate;
  a->project.predictor = a->r->predictor;
  a->project.in_sample = a->r->in_sample;
  a->project.seed = a->r->seed;
  a->project.threads = a->r->threads;
  return pln_forecast_request_word(a->r, args, "then", then, &place, error) &&
         pln_forecast_request_stage(a->r, args, &a->project.stage, error) &&
         pln_forecast_request_rule(a->r, args, &a->project.rule, error);
}

static gboolean read_all(Asked *a, const PlnArgs *args, GError **error) {
  a->options.seed = a->r->seed;
  a->options.threads = a->r->threads;
  return read_method(a, args, error) && suits(a, args, error) &&
         pln_forecast_request_count(a->r, args, "rounds", 1, MOST_ROUNDS, &a->options.rounds,
                                    error) &&
         read_how(a, args, error) && read_issue(a, args, error) && read_edits(a, args, error) &&
         pln_forecast_request_count(a->r, args, "draws", 0, MOST_DRAWS, &a->options.draws,
                                    error) &&
         read_vote(a, args, error);
}

/* ---- The work ---- */

static gboolean is_compared(const Asked *a, const PlnMethod *method) {
  gboolean slow = strcmp(method->name, "spatial") == 0 && a->bargain->table->n > MOST_COMPARED;
  return !slow || method == a->options.method;
}

/* The forecasts alone. */
static gboolean compare(Asked *a, GError **error) {
  a->compared = g_ptr_array_new_with_free_func(bargain_free);
  for (gsize k = 0; pln_methods[k]; k++) {
    PlnBargainOptions options = a->options;
    options.method = pln_methods[k];
    options.draws = 0;
    options.progress = NULL;
    if (pln_progress_interrupted())
      return FALSE;
    PlnBargain *other = is_compared(a, pln_methods[k])
                            ? pln_bargain_new(a->r->scenario, &options, error)
                            : NULL;
    if (other)
      g_ptr_array_add(a->compared, other);
    else if (is_compared(a, pln_methods[k]))
      return FALSE;
    else
      g_ptr_array_add(a->r->notes,
                      g_strdup_printf("%s is left out of the comparison: with %u delegations it "
                                      "takes long; --method %s asks for it.",
                                      pln_methods[k]->name, a->bargain->table->n,
                                      pln_methods[k]->name));
  }
  return TRUE;
}

/* Whether all issues that @place is made of have a reference point. */
static gboolean is_stated(const GArray *issues, int place) {
  guint n = 0;
  for (guint k = 0; k < issues->len; k++) {
    const PlnIssue *issue = &g_array_index(issues, PlnIssue, k);
    if (issue->proposal == place && isnan(issue->reference))
      return FALSE;
    n += issue->proposal == place;
  }
  return n > 0;
}

/* Whether the scenario has what a vote needs, whatever comes of the talks: if then nothing is put,
 * nothing came of them, which is an answer; else it is a fault of the scenario. */
static gboolean could_be_put(const Asked *a) {
  for (guint p = 0; p < a->r->scenario->proposals->len; p++)
    if (is_stated(a->r->scenario->issues, (int)p))
      return TRUE;
  return FALSE;
}

static gboolean vote(Asked *a, GError **error) {
  g_autoptr(GError) why = NULL;
  if (!pln_bargain_can_put(a->bargain, &why) && could_be_put(a)) {
    a->not_put = g_strdup_printf("%s.", why->message);
    return TRUE;
  }
  g_autoptr(PlnProgress) progress =
      pln_progress_new(STDERR_FILENO, "projecting", pln_project_steps(a->r->scenario));
  a->project.progress = progress;
  a->vote = pln_bargain_vote_new(a->bargain, &a->project, error);
  return a->vote != NULL;
}

static gboolean work(Asked *a, const PlnArgs *args, GError **error) {
  g_autoptr(PlnProgress) progress =
      pln_progress_new(STDERR_FILENO, "bargaining", a->options.draws);
  a->options.progress = progress;
  a->bargain = pln_bargain_new(a->r->scenario, &a->options, error);
  g_clear_pointer(&progress, pln_progress_free);
  if (!a->bargain)
    return FALSE;
  if (read_flag(a, args, "compare") && !compare(a, error))
    return FALSE;
  return !is_given(args, "then") || vote(a, error);
}

static char *citations_of(const Asked *a) {
  g_autofree char *rules = a->vote ? pln_compose_project_citations(a->vote->project) : g_strdup("");
  return g_strjoin(*rules ? "; " : "", a->options.method->source, rules, NULL);
}

static PlnDoc *compose(Asked *a, const PlnArgs *args) {
  PlnDoc *doc = pln_doc_new();
  g_autofree char *citations = citations_of(a);
  PlnComposeBargainOptions how = {.full = pln_args_flag(args, "full"),
                                  .issue = a->issue,
                                  .compare = a->compared,
                                  .vote = a->vote,
                                  .not_put = a->not_put,
                                  .notes = a->r->notes};
  PlnStatus weakest = a->bargain->weakest;
  if (a->vote)
    weakest = MAX(weakest, a->vote->project->weakest);
  pln_compose_bargain(doc, a->bargain, &how);
  if (how.full && pln_output_is_page(args))
    pln_words_add_option(a->r->command, "full", NULL);
  pln_forecast_request_finish(a->r, weakest, pln_world_keep(a->r->world, citations));
  return doc;
}

PlnDoc *pln_bargain_document(PlnForecastRequest *r, const PlnArgs *args, GError **error) {
  Asked asked = {.r = r,
                 .options = pln_bargain_options(),
                 .edits = g_array_new(FALSE, FALSE, sizeof(PlnTalksEdit))};
  g_array_set_clear_func(asked.edits, pln_talks_edit_clear);
  gboolean done = read_all(&asked, args, error) && work(&asked, args, error);
  PlnDoc *doc = done ? compose(&asked, args) : NULL;
  asked_clear(&asked);
  return doc;
}

int pln_run_bargain(const PlnArgs *args, GError **error) {
  return pln_forecast_request_run(args, "plenary bargain", pln_bargain_document, "issues", error);
}
