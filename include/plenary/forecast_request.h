/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A request for a forecast: the words that project, whip, reconstruct and bargain have in common,
 *  read once: the scenario, the electorate, earlier roll calls, the seed.
 *
 *  The electorate is the one named by --electorate (a folder, or a name of data/positions),
 *  else by the scenario, else the newest of data/positions whose window ends before the
 *  first proposal's day; where there is none, an error says so.  --history with --roll-calls
 *  gives earlier roll calls; those of the five sessions before the scenario's are read.
 *  A command that has --then has an electorate only where that is given; one that has
 *  --no-empirical, --no-vote or --price does without where no shipped one is old enough.
 *  Checked by tests/cli. */
#pragma once
#include "plenary/command.h"
#include "plenary/document.h"
#include "plenary/load.h"
#include "plenary/outlook.h"
#include "plenary/write.h"

#define PLN_FORECAST_OPTIONS                                                                     \
  {"electorate", 0, "NAME", "a folder as estimate --electorate writes it, or a name of "         \
   "data/positions (default: the scenario's, else the newest before the vote)", NULL},           \
      {"in-sample", 0, NULL, "allow an electorate that was fitted to the vote itself", NULL},    \
      {"seed", 0, "N", "of everything that chance decides (default 1)", NULL},                   \
      {"threads", 0, "N", "threads, which change the time only (default: all processors)", NULL}

/* A command that has these has those above; report has those alone. */
#define PLN_HISTORY_OPTIONS                                                                      \
  {"history", 0, "FILE", "earlier roll calls, in any format that estimate reads", NULL},         \
      {"roll-calls", 0, "FILE", "sessions, days and titles of the earlier roll calls", NULL}

typedef struct {
  PlnWorld *world;
  PlnScenario *scenario;
  char *folder; /* where the scenario lies */
  PlnElectorate *electorate; /* or NULL, and so the predictor: see above */
  PlnVoteMatrix *history;    /* or NULL */
  PlnRecurrence *recurrence; /* or NULL */
  PlnPredictor *predictor;
  char *no_electorate;   /* why there is none, where a command may do without: else NULL */
  guint64 seed;
  guint threads;
  gboolean in_sample;
  GPtrArray *notes;  /* char * */
  GString *command;  /* in canonical form; the caller adds its own options before finishing */
  GArray *inputs;    /* PlnInput: the scenario's, the electorate's, the history's */
  char *laboratory; /* of a page, or NULL */
  GString *project_options; /* " --option value": those of `plenary project` that a page's state
                               does not hold */
  GPtrArray *positions;     /* PlnStance *: of --position */
  guint left_out;           /* private rows of whip.csv */
  PlnProvenance provenance; /* filled by pln_forecast_request_finish */
} PlnForecastRequest;

/** @command: "plenary project"; @path: the scenario's folder
 *  Returns: NULL and the error whose code is the exit status */
PlnForecastRequest *pln_forecast_request_new(const PlnArgs *args, const char *command,
                                             const char *path, GError **error);
/** The same in a world that is open already. */
PlnForecastRequest *pln_forecast_request_in(PlnWorld *world, const PlnArgs *args,
                                            const char *command, const char *path, GError **error);
void pln_forecast_request_free(PlnForecastRequest *request);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlnForecastRequest, pln_forecast_request_free)

/** The place of --proposal, -1 where it is not given.  Returns: FALSE and PLN_ERROR_USAGE */
gboolean pln_forecast_request_proposal(PlnForecastRequest *request, const PlnArgs *args, int *place,
                                       GError **error);

/** The place of --stage, likewise. */
gboolean pln_forecast_request_stage(PlnForecastRequest *request, const PlnArgs *args, int *place,
                                    GError **error);

/** --rule in place of those that would decide; left alone where it is not given. */
gboolean pln_forecast_request_rule(PlnForecastRequest *request, const PlnArgs *args,
                                   const PlnRuleEntry **rule, GError **error);

/** The option's whole number of @least to @most; left alone where it is not given. */
gboolean pln_forecast_request_count(PlnForecastRequest *request, const PlnArgs *args,
                                    const char *option, guint least, guint most, guint *count,
                                    GError **error);

/** --as-of, a whole day; left alone where it is not given. */
gboolean pln_forecast_request_day(PlnForecastRequest *request, const PlnArgs *args, PlnDay *day,
                                  GError **error);

/** The place of the option's value among @words, ended by NULL; left alone where it is not given. */
gboolean pln_forecast_request_word(PlnForecastRequest *request, const PlnArgs *args,
                                   const char *option, const char *const *words, guint *place,
                                   GError **error);

/** --position: a later one stands in for an earlier one of the same who on the same proposal, so
 *  that what a reader of a page adds to a command holds.
 *  Returns: FALSE and PLN_ERROR_USAGE */
gboolean pln_forecast_request_positions(PlnForecastRequest *request, const PlnArgs *args,
                                        GError **error);

/** A page goes to others: private rows of whip.csv are left out, and a note says how many,
 *  unless --private keeps them, which is then part of the command. */
void pln_forecast_request_redact(PlnForecastRequest *request, const PlnArgs *args);

/** What each command says of @request, which its options complete: done once for the command
 *  and again by verify.  Returns: (transfer full), or NULL and an error */
PlnDoc *pln_project_document(PlnForecastRequest *request, const PlnArgs *args, GError **error);
PlnDoc *pln_whip_document(PlnForecastRequest *request, const PlnArgs *args, GError **error);
PlnDoc *pln_bargain_document(PlnForecastRequest *request, const PlnArgs *args, GError **error);
PlnDoc *pln_power_document(PlnForecastRequest *request, const PlnArgs *args, GError **error);
PlnDoc *pln_coalition_document(PlnForecastRequest *request, const PlnArgs *args, GError **error);
PlnDoc *pln_reconstruct_document(PlnForecastRequest *request, const PlnArgs *args, GError **error);
PlnDoc *pln_whatif_document(PlnForecastRequest *request, const PlnArgs *args, GError **error);
PlnDoc *pln_ratify_document(PlnForecastRequest *request, const PlnArgs *args, GError **error);
PlnDoc *pln_sensitivity_document(PlnForecastRequest *request, const PlnArgs *args, GError **error);

/** The scenario's name ends the command; the provenance is complete.
 *  @weakest: of what the result rests on; @citations: of the rules applied, kept by the caller */
void pln_forecast_request_finish(PlnForecastRequest *request, PlnStatus weakest,
                                 const char *citations);

/** What all of these commands do with the scenario that they are given: ask, make the document,
 *  write it; an interrupt ends it in good order.  @table: the one that csv writes by default.
 *  Returns: the exit status */
int pln_forecast_request_run(const PlnArgs *args, const char *command,
                             PlnDoc *(*document)(PlnForecastRequest *, const PlnArgs *, GError **),
                             const char *table, GError **error);
