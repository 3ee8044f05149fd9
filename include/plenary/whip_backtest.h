/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A backtest of whip counts: roll call by roll call through history, only the past visible.
 *
 *  For each session tested an electorate and the weights of recurrence are made from the
 *  sessions before it alone.  Of each roll call some votes are revealed; the others are
 *  forecast, by the model (predictor.h) and by its rivals (rivals.h), and held against what
 *  was voted.  Told apart: roll calls that an earlier one resembles, and new ones; parts of a
 *  text and whole ones, as far as the record says; sessions.  Then the number of yes, the
 *  chance of adoption, and how it all wears off as the history ends earlier.
 *
 *  Whether abstaining lies between no and yes: of each roll call where those that gave each
 *  answer stood on the history's one dimension, and what an order of the answers is worth to
 *  a forecast from it (rivals.h: scale against unordered).
 *
 *  Roll calls, not votes, are taken as independent: the intervals of differences are from
 *  resampling them.  Only what was put to a recorded vote is in the record, so that every
 *  chance here is given that it was.
 *
 *  A history that has seen a roll call tested, by its day or its session, is refused.
 *  The same bytes for any number of threads.  Cost: 422 roll calls with their five fits 3.3 s, one thread, AMD EPYC.
 *  Source: reference F9.  Checked by tests/unit/test_whip_backtest.c. */
#pragma once
#include "plenary/estimate.h"
#include "plenary/predictor.h"
#include "plenary/rivals.h"

/** The model, then its rivals in their order. */
enum {
  PLN_WHIP_TEST_MODEL,
  PLN_WHIP_TEST_RIVAL,
  PLN_WHIP_TEST_METHODS = PLN_WHIP_TEST_RIVAL + PLN_RIVALS
};
extern const char *const pln_whip_test_names[PLN_WHIP_TEST_METHODS];

/** Of each cell of the matrix: not looked at, known beforehand, to be forecast. */
typedef enum { PLN_WHIP_TEST_NOT, PLN_WHIP_TEST_REVEALED, PLN_WHIP_TEST_HIDDEN } PlnWhipTestMark;

enum { PLN_WHIP_TEST_OLDER = 8 };

typedef struct {
  PlnEstimateOptions estimate; /* how an electorate is fitted; its cells.from and to: the
                                  sessions tested, both stated */
  guint history;               /* sessions that it is fitted to: 5 */
  guint older[PLN_WHIP_TEST_OLDER], n_older; /* sessions that the history ends earlier; everything
                                  is told of the first, the others are compared with it */
  guint draws;     /* of the common factors, for tallies; even: 64 */
  guint resamples; /* 2000 */
  guint64 seed;
  guint threads;   /* 0: as many as there are processors */
} PlnWhipTestOptions;

PLN_API PlnWhipTestOptions pln_whip_test_options(void);

/** Reveals each vote of the contested roll calls of the sessions tested with chance @share and
 *  hides the rest.  Returns: (transfer full): PlnWhipTestMark, n_calls x n_voters */
PLN_API guint8 *pln_whip_test_draw(const PlnVoteMatrix *matrix, const PlnWhipTestOptions *options,
                                   double share);

/** What the record says of what was voted on. */
typedef enum {
  PLN_WHIP_TEST_SAID,   /* the title names an amendment, a paragraph, a separate vote, a motion */
  PLN_WHIP_TEST_SHARED, /* several under one symbol: at most one was on the whole text */
  PLN_WHIP_TEST_ALONE,  /* the only roll call under its symbol */
  PLN_WHIP_TEST_UNSAID  /* neither a symbol nor a title that says so */
} PlnWhipTestKind;

/** Where those that gave each answer, revealed or hidden, stood beforehand: on the history's one
 *  dimension, in its standard deviations.  Told afterwards; no forecast sees it. */
typedef struct {
  guint n[3];     /* no, abstain, yes: voters with a vote in the history */
  double mean[3]; /* NAN: none */
  gboolean enough; /* five of each or more; else what follows is NAN */
  double beyond;  /* how far the abstainers' mean lies outside the other two; inside: below 0 */
  double error;   /* standard error of that, from the scatter of either side */
} PlnWhipTestOrder;

typedef struct {
  guint call; /* row of the matrix */
  int session;
  gsize first, n; /* its hidden cells */
  guint revealed;
  double likeness; /* most agreement with a contested roll call of the history, 0 to 1 */
  gboolean is_new; /* below 0.9 */
  PlnWhipTestKind kind;
  guint yes, no, abstain;        /* as voted, revealed and hidden */
  double mean;                   /* yes: expected */
  guint low, high;               /* the central 90 % interval */
  double within;                 /* the chance that the forecast gives to it */
  double adoption, usual;        /* chance that yes outnumber no; how often they did before */
  gboolean adopted;
  PlnWhipTestOrder order;
} PlnWhipTestCall;

typedef struct {
  guint voter;
  guint8 answer;
  float chance[PLN_WHIP_TEST_METHODS][3];
} PlnWhipTestCell;

/** One pass with the history ending @older sessions earlier. */
typedef struct {
  guint older, n_calls;
  gsize n_cells;
  PlnWhipTestCall *call;
  PlnWhipTestCell *cell;
  guint unknown;  /* hidden cells of voters that the electorate does not know: group shares */
  guint late;     /* roll calls of earlier sessions that stayed out of the history, by their days */
  guint restless; /* roll calls whose mode was not found */
} PlnWhipTestRun;

/** @behind: log loss less the model's on the same votes; low and high: its 95 % interval;
 *  NAN for the model. */
typedef struct {
  double log_loss, brier, rps, right;
  double behind, low, high;
} PlnWhipTestScore;

typedef struct {
  char *key, *name; /* "new", "new questions" */
  guint n_calls;
  gsize n_cells;
  PlnWhipTestScore score[PLN_WHIP_TEST_METHODS];
  /* Log loss of one dimension without an order of the answers, less that with it; its 95 %
   * interval. */
  double unordered, unordered_low, unordered_high;
} PlnWhipTestSplit;

typedef struct {
  char *key, *name;
  guint n_calls;
  double covered, within; /* shares: of intervals that held the number; what they promised */
  double width, error, bias; /* votes: mean width, mean absolute error, mean error */
  guint adopted;
  double log_loss, brier, right; /* of the chance of adoption */
  double usual_log_loss, usual_brier; /* of how often they were before */
  double always_brier, always_right;  /* of certainty */
} PlnWhipTestTally;

typedef struct {
  const PlnVoteMatrix *matrix;
  PlnWhipTestOptions options;
  PlnWhipTestRun *run;   /* options.n_older */
  GArray *splits;    /* PlnWhipTestSplit: all, recurring, new, of the kinds, of the sessions */
  GArray *tallies;   /* PlnWhipTestTally: likewise */
  GArray *ages;      /* PlnWhipTestSplit: all, then new, for each of older */
  GArray *orders;    /* PlnWhipTestSplit: all, new; enough of each answer; abstainers between,
                        outside */
  PlnReliability reliability[4]; /* of no, abstain, yes, all */
  guint kinds[PLN_WHIP_TEST_UNSAID + 1];
} PlnWhipBacktest;

/** @world: of whose regional groups the voters are, where @matrix names no groups
 *  @mark: PlnWhipTestMark, n_calls x n_voters
 *  Returns: (transfer full), or NULL and an error: PLN_ERROR_DATA where nothing is hidden, a
 *  session has no history or the history has seen what is tested; PLN_ERROR_FAILED where
 *  interrupted */
PLN_API PlnWhipBacktest *pln_whip_backtest_new(const PlnVoteMatrix *matrix, const PlnWorld *world,
                                               const PlnWhipTestOptions *options,
                                               const guint8 *mark, PlnProgress *progress,
                                               GError **error);
PLN_API void pln_whip_backtest_free(PlnWhipBacktest *backtest);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlnWhipBacktest, pln_whip_backtest_free)

/** How many steps of progress it makes. */
guint64 pln_whip_backtest_steps(const PlnVoteMatrix *matrix, const PlnWhipTestOptions *options,
                                const guint8 *mark);

/** Its parts, each in a file of its own. */

/** Everything that the forecasts of a session start from. */
typedef struct {
  int session, from, to; /* tested; first and last of the history */
  PlnElectorate *electorate;
  PlnRecurrence *recurrence;
  PlnRivals *rivals;
  int *group;  /* n_voters, or -1 */
  PlnVoteMatrix *history; /* its roll calls alone; strings are the whole matrix's */
  PlnCells *contested;    /* of it */
  guint late;  /* left out of it: dated after the first roll call tested */
  double usual; /* share of its contested roll calls with more yes than no */
  double age;
} PlnWhipTestPast;

/** Of session @session, whose roll calls @mark tells, ending @older sessions earlier than usual.
 *  Returns: (transfer full): NULL and an error as above */
PLN_API PlnWhipTestPast *pln_whip_test_past_new(const PlnVoteMatrix *matrix, const PlnWorld *world,
                                                const PlnWhipTestOptions *options,
                                                const guint8 *mark, int session, guint older,
                                                GError **error);
PLN_API void pln_whip_test_past_free(PlnWhipTestPast *past);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlnWhipTestPast, pln_whip_test_past_free)

/** Whether roll call @call lies after all that @past was made from.
 *  Returns: FALSE and PLN_ERROR_DATA where it does not */
PLN_API gboolean pln_whip_test_past_unseen(const PlnWhipTestPast *past, const PlnVoteMatrix *matrix,
                                           guint call, GError **error);

/** Fills in @call, whose row, cells' place and number are set, and its cells.
 *  Returns: how many of its hidden cells the electorate does not know; *at_rest */
guint pln_whip_test_call(const PlnWhipTestPast *past, PlnPredictor *predictor,
                         const PlnVoteMatrix *matrix, const PlnWhipTestOptions *options,
                         const guint8 *mark, PlnWhipTestCall *call, PlnWhipTestCell *cell,
                         gboolean *at_rest);

/** The number of yes and the chance of adoption, of @call's cells.
 *  @place: of each cell in the prediction, or -1 */
void pln_whip_test_tally(const PlnPrediction *prediction, const PlnWhipTestOptions *options,
                         const PlnWhipTestCell *cell, const int *place, guint yes, guint no,
                         PlnWhipTestCall *call);

PlnWhipTestKind pln_whip_test_kind(const PlnVoteMatrix *matrix, guint call);

/** Whether the abstainers' mean lies outside the others'; of those with enough. */
static inline gboolean pln_whip_test_outside(const PlnWhipTestOrder *order) {
  return order->enough && order->beyond > 0;
}

/** @vote: n_voters: as voted.  @mark: likewise; what is not looked at does not count */
PlnWhipTestOrder pln_whip_test_order(const PlnRivals *rivals, guint n_voters, const guint8 *vote,
                                     const guint8 *mark);

/** Fills in splits, tallies, ages, orders and reliability from the runs. */
void pln_whip_test_score(PlnWhipBacktest *backtest);
