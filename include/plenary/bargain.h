/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Bargaining: the talks of a scenario run by a method, and what came of them for whom.
 *
 *  *Forecast.*  Of each issue the outcome at the end; of a method that gives a distribution its
 *  spread as well.  *Uncertainty.*  Where standard deviations are stated, `draws` times positions
 *  (normal, cut off at the ends of the scale), salience (normal, cut off at 0 and 1) and capability
 *  (lognormal with that mean and deviation, common to the issues of a delegation) are drawn and the
 *  method run again; the spread is then of the draws' outcomes, each with its own distribution
 *  where the method gives one.  What states no deviation stays as it is.  Draw k is the stream
 *  (seed, PLN_STUDY_BARGAIN, k); each delegation draws from a place in it that its name fixes, each
 *  quantity from one number there, whether or not others are drawn: methods, edits, splits and
 *  mergers are compared on the same draws.  The same bytes for any number of threads.
 *  Draws in which a method has no answer are counted, not passed over in silence.
 *
 *  *Winners and losers.*  A delegation's loss on an issue is salience times its distance from the
 *  outcome, over the length of the scale, from its ideal point: the position of round 0.  Its loss
 *  in all is the mean over its issues that have a forecast.  Beside it the same at the forecast of
 *  round 0 and, where all these issues have one, at the reference point.
 *
 *  *Lever.*  How far the compromise of round 0 moves when the delegation moves by one (F1).
 *  Checked by tests/unit/test_bargain.c and tests/cli/bargain.sh. */
#pragma once
#include "plenary/course.h"
#include "plenary/delegation.h"
#include "plenary/progress.h"
#include "plenary/project.h"
#include "plenary/stance.h"

enum { PLN_STUDY_BARGAIN = 0x42415201, PLN_BARGAIN_BINS = 20, PLN_BARGAIN_QUANTILES = 5 };

/** .05, .25, .5, .75, .95. */
PLN_API extern const double pln_bargain_quantiles[PLN_BARGAIN_QUANTILES];

typedef struct {
  const PlnMethod *method;
  PlnMethodOptions how;
  guint rounds;          /* 0: the method's usual number */
  const GArray *edits;   /* (nullable): PlnTalksEdit */
  guint draws;           /* 0: none */
  gboolean tie_orders;   /* exchange: each draw also with an order of ties of its own */
  guint64 seed;
  guint threads;         /* 0: all processors */
  PlnProgress *progress; /* (nullable): a step a draw */
} PlnBargainOptions;

/** The condorcet election, 1000 draws, seed 1, one thread. */
PLN_API PlnBargainOptions pln_bargain_options(void);

/** A distribution on an issue's scale. */
typedef struct {
  double mean, sd;
  double quantile[PLN_BARGAIN_QUANTILES]; /* the least value up to which so much lies */
  double share[PLN_BARGAIN_BINS];  /* of as many equal parts of the scale */
} PlnBargainSpread;

typedef struct {
  const PlnIssue *issue;
  guint taking_part;
  double mean, plain_mean, median; /* of the positions of round 0: weighted, plain, Condorcet's */
  double before, outcome;  /* the method's forecast at round 0 and at the end; NAN: none */
  const char *words;       /* why none, or what else there is to say; or NULL */
  gboolean has_spread, has_drawn;
  PlnBargainSpread spread; /* the method's own distribution */
  PlnBargainSpread drawn;  /* with the uncertainty of what was stated */
  guint without;           /* draws in which the method had no answer */
  PlnStatus weakest;
} PlnBargainIssue;

/** What it comes to for a delegation, over all its issues; NAN where it cannot be said. */
typedef struct {
  double loss, loss_before, loss_reference; /* 0 to 1 */
  double moved;                             /* how far it moved in all, in shares of the scales */
  double externality;                       /* of others' exchanges, in utility: sum over issues */
} PlnBargainSide;

typedef struct {
  const PlnScenario *scenario;
  PlnBargainOptions options;
  PlnDelegations *table;
  PlnCourse *course;
  PlnBargainIssue *issue; /* m */
  PlnBargainSide *side;   /* n */
  double *lever;          /* n x m; NAN where it takes no part */
  PlnStatus weakest;
} PlnBargain;

/** @scenario, what @options points to: kept by the caller as long as the result.
 *  Cost: the method's, once and for each draw; the draws' distributions are kept until they are
 *  summed up: 32 bytes a draw and issue; of a method that gives chances 40 a draw, issue and
 *  delegation.
 *  Returns: NULL and the error of pln_delegations_new; PLN_ERROR_USAGE where these would take more
 *  than 512 MB; PLN_ERROR_FAILED where interrupted */
PLN_API PlnBargain *pln_bargain_new(const PlnScenario *scenario, const PlnBargainOptions *options,
                                    GError **error);
PLN_API void pln_bargain_free(PlnBargain *bargain);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlnBargain, pln_bargain_free)

/* ---- Then vote ---- */

/** What the vote is handed: @bargain's outcome (or @outcome, m, in its place) as support of each
 *  state for the outcome against the reference point.  For the proposal that one or more issues are
 *  put as, support is
 *
 *      50 + 50 Σ s (|x - reference| - |x - outcome|)/R  /  Σ |outcome - reference|/R
 *
 *  over those issues, x the ideal point of the delegation, or of the member that differs: 100 of
 *  one that cares fully and gains all that there is to gain, 50 of one that gains nothing or does
 *  not care.  Its standard deviation is 50 sqrt Σ (2 s sd/R)² / Σ |outcome - reference|/R, as
 *  between the two points the gain changes by two a step; at least that of a row of positions.csv
 *  that states none (PLN_STANCE_SD), as the step from a gain to a vote is no surer than that, at
 *  most 100.  Rows as those of positions.csv: a bloc's for its members, a state's own before it:
 *  of one that negotiates for itself, of a member that differs, and of one for which several blocs
 *  speak, each on other issues of the proposal.
 *  Returns: (transfer full): PlnStance *, owned; NULL and PLN_ERROR_DATA where no proposal can be
 *  put: none is made of issues, or one of these has no reference point or forecast, or all end
 *  there */
PLN_API GPtrArray *pln_bargain_stances(const PlnBargain *bargain, const double *outcome,
                                       GError **error);

/** @scenario with @stances in place of every position on the proposals that issues are put as, and
 *  without their `at` and `status_quo`: what pln_project_new is given.  A proposal that cannot be
 *  put is pressed with the chance 0.  Shallow; kept alive by @bargain and @stances. */
PLN_API PlnScenario *pln_bargain_view_new(const PlnBargain *bargain, const double *outcome,
                                          GPtrArray *stances);
PLN_API void pln_bargain_view_free(PlnScenario *view);

/** Why the proposal at @place cannot be put with that outcome (static text); NULL where it can.
 *  @outcome: (nullable): m: the forecast */
PLN_API const char *pln_bargain_not_put(const PlnBargain *bargain, const double *outcome,
                                        guint place);

/** Whether some proposal can be put, at the forecast or anywhere along the spread of the outcome.
 *  Returns: FALSE and why not, as pln_bargain_stances */
PLN_API gboolean pln_bargain_can_put(const PlnBargain *bargain, GError **error);

/** How the vote on a proposal that issues are put as turns with the outcome. */
typedef struct {
  guint place;       /* of the proposal */
  const char *words; /* why it is not put, wherever the talks may end; or NULL */
  const char *at;    /* why it is not put where they end at the forecast; or NULL */
  guint known;       /* states with a side there, at the last place where it is put */
  double chance[PLN_BARGAIN_QUANTILES]; /* of adoption, given that it is put, before the first stage
                                           that meets; NAN: not put there, or nothing to turn it */
  double overall; /* of being put and adopted, over all of these: pln_bargain_overall */
} PlnBargainTurn;

/** The mean of what holds at the five quantiles, each for what lies nearest to it: .15, .225, .25,
 *  .225, .15.  NAN counts as nothing, 0; NAN where all are. */
double pln_bargain_overall(const double *at);

typedef struct {
  GPtrArray *stances; /* PlnStance * */
  PlnScenario *view;
  PlnProject *project; /* with the forecast */
  gboolean turned;     /* the outcome has a spread, and so there are chances along it */
  double *outcome;     /* PLN_BARGAIN_QUANTILES x m: the quantiles of each issue's spread, of the
                          draws or else the method's own, counted away from the reference point:
                          from the least change to the most, all issues together; the forecast
                          of one without spread */
  GArray *turns;       /* PlnBargainTurn, in the order of the proposals */
} PlnBargainVote;

/** @options: of the projection of the forecast; the others are brief.  Kept by the caller.  A
 *  forecast that lies at the reference point alone is no reason against a vote: it may be the mean
 *  of two ends.
 *  Returns: NULL and the error of pln_bargain_can_put or pln_project_new */
PLN_API PlnBargainVote *pln_bargain_vote_new(const PlnBargain *bargain,
                                             const PlnProjectOptions *options, GError **error);
PLN_API void pln_bargain_vote_free(PlnBargainVote *vote);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlnBargainVote, pln_bargain_vote_free)
