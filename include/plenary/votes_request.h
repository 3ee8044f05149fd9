/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A request about many roll calls: the words that estimate and backtest have in common, read
 *  once; and the study that they ask for, which the command and verify do alike.
 *
 *  The canonical command names files without the folders they lie in: together with their
 *  hashes that is enough to run it again.  Checked by tests/cli/estimate.sh. */
#pragma once
#include "plenary/command.h"
#include "plenary/document.h"
#include "plenary/electorate.h"
#include "plenary/estimate.h"
#include "plenary/fault.h"
#include "plenary/write.h"

#define PLN_VOTES_OPTIONS                                                                          \
  {"from", 0, "FORMAT", "the file's format, where its header does not tell: undl, voeten, tidy, "  \
   "voteview, matrix, matrix-by-vote, own", "undl voeten tidy voteview matrix matrix-by-vote own"},\
      {"roll-calls", 0, "FILE", "sessions, days and titles of the roll calls", NULL},              \
      {"members", 0, "FILE", "names and parties of Voteview's members", NULL},                     \
      {"sessions", 0, "FROM-TO", "only these sessions: 69-73, or one", NULL},                      \
      {"about", 0, "WORDS", "only roll calls whose title has one of these words, or phrases, between " \
       "commas: human rights,information", NULL},                                                  \
      {"lopsided", 0, "SHARE", "leave out roll calls whose smaller side, yes against not yes, is " \
       "below this share (default 0.025; 0 keeps all)", NULL},                                     \
      {"leave-out", 0, NULL, "pass over roll calls whose rows disagree with their stated totals", NULL},\
      {"answers", 0, "WHICH", "ordered: no, abstain, yes (default); binary: yes against the rest", \
       "ordered binary"},                                                                          \
      {"dimensions", 'd', "N", "how many dimensions, 1 to 64, or auto: by held-out score "        \
       "(default 1)", "1 2 auto"},                                                                 \
      {"method", 0, "METHOD", "fast (default) or bayes: sampled, one dimension", "fast bayes"},    \
      {"drift", 0, NULL, "positions move from session to session (one dimension)", NULL},          \
      {"period", 0, "N", "with many dimensions: sessions in which positions stay (default 3; 0: "  \
       "all)", NULL},                                                                              \
      {"decay", 0, "RATE", "weight of a session beside the next, 0.5 to 1 (default 1)", NULL},     \
      {"groups", 0, NULL, "with many dimensions: groups deviate together", NULL},                  \
      {"penalty", 0, "P", "with many dimensions: precision of the priors of positions and slopes " \
       "(default 7.5)", NULL},                                                                     \
      {"stiffness", 0, "P", "precision of a position's deviations from period to period (default " \
       "4)", NULL},                                                                                \
      {"flatten", 0, "SHARE", "a dimension of this share of the largest's size is shrunk half as " \
       "much; 0: all alike (default 0.4)", NULL},                                                  \
      {"orient", 0, "WHO", "USA+,CUB-: which way round; further pairs for further dimensions",     \
       NULL},                                                                                      \
      {"chains", 0, "N", "bayes: chains (default 4)", NULL},                                       \
      {"draws", 0, "N", "bayes: draws kept of each (default 2000)", NULL},                         \
      {"seed", 0, "N", "of everything that chance decides (default 1)", NULL},                     \
      {"threads", 0, "N", "threads, which change the time only (default: all processors)", NULL}

typedef struct {
  PlnWorld *world;
  PlnVoteMatrix *matrix; /* of --about: those roll calls alone, whose strings are in @whole */
  PlnVoteMatrix *whole;  /* or NULL */
  PlnEstimateOptions options;
  GString *command; /* in canonical form; the caller adds its own options before finishing */
  char *name;       /* of the file of votes; NULL: none is read */
  char **orient;
  GPtrArray *notes; /* char *: what was dropped or mapped */
  GArray *inputs;   /* PlnInput */
  PlnProvenance provenance; /* filled by pln_votes_request_finish */
} PlnVotesRequest;

/** @path: the file of votes; @command: its name.  Returns: NULL and an error */
PlnVotesRequest *pln_votes_request_new(const PlnArgs *args, const char *command, const char *path,
                                       GError **error);
void pln_votes_request_free(PlnVotesRequest *request);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlnVotesRequest, pln_votes_request_free)

/** FALSE and PLN_ERROR_USAGE where an option was given that the fit asked for has no use for.
 *  (Not part of pln_votes_request_new: --electorate of estimate changes the fit.) */
gboolean pln_votes_request_suits(const PlnVotesRequest *request, const PlnArgs *args,
                                 GError **error);

/** Adds " --option value" to the canonical command; of a file or folder its name alone. */
void pln_votes_request_say(PlnVotesRequest *request, const char *option, const char *value);
void pln_votes_request_say_file(PlnVotesRequest *request, const char *option, const char *path);

/** The file's name, where there is one, ends the command; the provenance is complete. */
void pln_votes_request_finish(PlnVotesRequest *request);

/** A study: opened, when every file that it needs has been read and hashed; then run. */
typedef struct PlnVotesStudy PlnVotesStudy;
struct PlnVotesStudy {
  PlnVotesRequest *request;
  gboolean (*run)(PlnVotesStudy *study, GError **error);
  guint8 *hide;              /* of backtest: cells of the matrix, 1 = hidden, till it is run */
  PlnElectorate *electorate; /* of backtest --electorate, else NULL */
  gboolean in_sample;
  PlnEstimate *estimate;     /* of estimate, once it is run */
  PlnDoc *doc;               /* what came of it, once it is run */
  char *words;               /* why it is not to be relied on; NULL: it is */
  void (*clear)(PlnVotesStudy *study); /* (nullable): of what is the study's own, before the rest */
};

/** @args: of the command, its operands the files' paths.  Nothing is written.
 *  Returns: NULL and the error whose code is the exit status */
PlnVotesStudy *pln_votes_study_estimate(const PlnArgs *args, GError **error);
PlnVotesStudy *pln_votes_study_backtest(const PlnArgs *args, GError **error);
void pln_votes_study_free(PlnVotesStudy *study);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlnVotesStudy, pln_votes_study_free)

/** Returns: FALSE and an error, or none where it was interrupted */
gboolean pln_votes_study_run(PlnVotesStudy *study, GError **error);

/** Writes the document as @args ask, with a near miss for a table that is none.
 *  Returns: the exit status, 0 for a study that is not to be relied on too */
int pln_votes_study_output(const PlnVotesStudy *study, const PlnArgs *args, const char *table,
                           GError **error);

/** The value of @option as a whole number, or as a number, within bounds; as it was where it
 *  is not given.  Returns: FALSE and PLN_ERROR_USAGE */
gboolean pln_args_count(const PlnArgs *args, const char *option, guint least, guint most,
                        guint *count, GError **error);
gboolean pln_args_number(const PlnArgs *args, const char *option, double least, double most,
                         double *number, GError **error);
