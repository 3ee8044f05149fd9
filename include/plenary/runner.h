/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A runner: one scenario and one question, asked again and again with changes laid over it.
 *
 *  *Studies.*  `replay`: the votes on record, what the rule makes of them (no draws).  `project`:
 *  the vote on one proposal before one body, drawn.  `bargain`: the talks by one method without
 *  draws, and, where the proposal is made of issues, the vote on what they end with.  `ratify`:
 *  dates and parties, and the vote of the conference.
 *
 *  *What a change does.*  position: evidence as `plenary project --position` is: those of whom
 *  nothing is stated are filled in given it; a state's own holds before its bloc's, whatever their
 *  order.  vote, presence, member: interventions: they set what the seat does, the later of them
 *  for good, and nothing is inferred from them of others: who is put in says nothing of those that
 *  sat there, who is put out has said what it said.  rule: which rule decides.  split: those that
 *  leave (or all) no longer hold the bloc's row; join: they hold it and no other.  salience,
 *  capability, and split and join of delegations: of the talks, where who joins a bloc makes one
 *  delegation with it.  deposit, assume tie, reluctance: of ratify; assume asks (percent): of votes
 *  where consensus is tried first: whether somebody asks is drawn, too.  A change that the study has
 *  no use for is refused, with the study that has.
 *
 *  *Common random numbers.*  All runs of a runner, and the base, share their draws: a seat is drawn
 *  from the same numbers whoever else sits, a row's error is the same factor whichever other rows
 *  there are.  For that the places of seats and factors are fixed when the runner is made, from all
 *  the changes that any run may make: a seat that is not a member in a run is absent for certain and
 *  counted with nobody.  Those that only changes bring come behind all others, so that the base is
 *  the same whatever the changes.  So the difference between two runs is that of the changes, draw by draw.
 *  Draw k of replicate r is the stream (seed, PLN_STUDY_RUNNER, r draws + k).
 *
 *  *Counts.*  What is counted is an integer sum over draws, so that parts add up exactly in any
 *  order and on any machine.  Under a rule of consensus alone the margin is minus the number of
 *  those that object, so that it agrees with the verdict.  Chances are counts over draws.  A study without draws has draws 0 and
 *  values alone; so have dates and positions.
 *
 *  *Cost.*  project, 193 states, 37 factors, AMD EPYC with AVX-512, one core, milliseconds: 0.73 a
 *  1000 draws, 1.15 where they are of another replicate than those before or more than 16384 at
 *  once; beside them 0.18 where positions changed and the electorate is asked anew (0.5 with earlier
 *  roll calls), 0.014 where presence or votes did, and 0.02 in all where the rule alone did: what the
 *  last run of a thread has in common with the next is kept.  bargain: the method's, and the vote.
 *  ratify: 18 a run and 18 a 1000 draws.  Rules that ask who has which vote (veto, weights) take a
 *  third more.  Memory: per thread, not per run: 16 bytes a draw up to 65536; of no more than 16384
 *  draws also 8 a draw and factor.  Checked by tests/unit/test_runner.c; scripts/bench-sweep. */
#pragma once
#include "plenary/change.h"
#include "plenary/method.h"
#include "plenary/outlook.h"
#include "plenary/project.h"

enum { PLN_STUDY_RUNNER = 0x52554e01, PLN_RUN_OUTCOMES = 24 };

typedef enum {
  PLN_RUN_REPLAY,
  PLN_RUN_PROJECT,
  PLN_RUN_BARGAIN,
  PLN_RUN_RATIFY,
  PLN_RUN_STUDIES
} PlnRunStudy;

/** "replay", "project", "bargain", "ratify", NULL-terminated. */
PLN_API extern const char *const pln_run_study_words[];

/** What a run comes to, one outcome of several. */
typedef struct {
  const char *id;    /* "adopted", "margin", "yes", "no", "abstain", "absent"; "position ISSUE";
                        "force", "conference", "protocol" (median days, as years and shares of them:
                        2030.42), "comes" (that it is in force by the horizon), "parties" (mean, at
                        the horizon) */
  const char *title; /* "chance of adoption", "votes beyond those needed" … */
  const char *unit;  /* "share", "votes", "scale", "year", "parties" */
  gboolean counted;  /* an integer sum over draws; else a value alone */
} PlnRunOutcome;

typedef struct {
  guint64 draws;
  gint64 count[PLN_RUN_OUTCOMES]; /* of those counted; 0 */
  double value[PLN_RUN_OUTCOMES]; /* count / draws, or the value; NAN: there is none */
  gint64 unasked; /* draws adopted without a vote although the votes fall short: nobody asks */
  gint64 unseen;  /* draws (of replay: 1) in which fewer take part than a quorum, or nobody does:
                     presence is presumed, and the outcome stands */
} PlnRunResult;

typedef struct {
  PlnRunStudy study;
  const PlnElectorate *electorate;  /* (nullable) of replay and bargain */
  const PlnRecurrence *recurrence;  /* (nullable) */
  int proposal, stage;              /* -1: the first; the first that meets */
  PlnDay as_of;                     /* PLN_DAY_NONE: the stage's */
  const PlnRuleEntry *rule;         /* (nullable): as asked */
  const PlnMethod *method;          /* (nullable) of bargain: condorcet */
  gboolean in_sample;
  guint32 draws;                    /* of a run */
  guint64 seed;
  guint threads;                    /* that will run at the most: each has a predictor and room */
} PlnRunnerOptions;

/** project, 1000 draws, seed 1, one thread, no electorate. */
PLN_API PlnRunnerOptions pln_runner_options(void);

typedef struct PlnRunner PlnRunner;

/** replay where the proposal asked about has its votes on record (and no change but votes and rules
 *  asks for more), bargain where a change is of salience or capability, its WHERE is an issue (or,
 *  in a scenario with issues, nothing known), or what it joins is no bloc: a delegation made there;
 *  ratify where one is a deposit, tie or reluctance; else project.
 *  @changes: (nullable): PlnChange * */
PLN_API PlnRunStudy pln_runner_study_for(const PlnScenario *scenario, int proposal,
                                         const GPtrArray *changes);

/** @changes: (nullable): PlnChange *: every change that any run may make (of dials some value of
 *  each, and each of a list's): names are checked here, and places fixed
 *  @scenario, @options' pointers, @changes: kept by the caller as long as the runner
 *  Returns: NULL and PLN_ERROR_USAGE (a name, a change of no use to the study), with a near miss, or
 *  PLN_ERROR_DATA */
PLN_API PlnRunner *pln_runner_new(const PlnScenario *scenario, const PlnRunnerOptions *options,
                                  const GPtrArray *changes, GError **error);
PLN_API void pln_runner_free(PlnRunner *runner);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlnRunner, pln_runner_free)

/** Frees what only runs need, most of its memory: outcomes, seats, rule and what was asked stand;
 *  there are no runs any more. */
PLN_API void pln_runner_rest(PlnRunner *runner);

PLN_API const PlnRunnerOptions *pln_runner_asked(const PlnRunner *runner); /* filled in */
PLN_API guint pln_runner_outcomes(const PlnRunner *runner);
PLN_API const PlnRunOutcome *pln_runner_outcome(const PlnRunner *runner, guint k);
/** The place of the outcome @id, or -1. */
PLN_API int pln_runner_find(const PlnRunner *runner, const char *id);
PLN_API const PlnProposal *pln_runner_proposal(const PlnRunner *runner); /* or NULL */
PLN_API const PlnRuleEntry *pln_runner_rule(const PlnRunner *runner);    /* without changes; or NULL */
/** Of votes: whether the scenario states where somebody stands, or what somebody answered; without,
 *  a projection is no forecast of the question, only the electorate's average vote.  TRUE of replay,
 *  and of talks. */
PLN_API gboolean pln_runner_is_stated(const PlnRunner *runner);
PLN_API PlnStatus pln_runner_weakest(const PlnRunner *runner); /* of what the base rests on */

/** One run.  Several threads may run at once, each with its own @thread below options.threads.
 *  @changes: n, in order: the later of one target holds; of those that pln_runner_new was given, or
 *  the same with another value
 *  @adopted: (nullable) (out): draws bytes, 1 where it is adopted in that draw: for paired
 *  comparison; left alone by a study without draws
 *  Returns: FALSE and the error where the study has no answer; PLN_ERROR_USAGE where a vote's draws
 *  (@replicate + 1) x draws are more than the 2^32 that have an address */
PLN_API gboolean pln_runner_run(PlnRunner *runner, guint thread, const PlnChange *const *changes,
                                guint n, guint32 replicate, guint8 *adopted, PlnRunResult *run,
                                GError **error);

/** As if both had been drawn in one: @into must be of the same outcomes.  What is not counted is
 *  averaged by draws; NAN where either has none, as a mean of the days that come alone would leave
 *  out those that do not. */
PLN_API void pln_run_add(const PlnRunner *runner, PlnRunResult *into, const PlnRunResult *more);

/** Of project, and replay: seat by seat what each would do with @changes.  Same seats for all runs
 *  of the runner: n: those of the base by code, then by code those that some change puts in.
 *  @chance: (out): n x PLN_VOTE_KINDS: Y, N, A, X; of one that is no member all 0 */
PLN_API guint pln_runner_seats(const PlnRunner *runner);
PLN_API const PlnState *pln_runner_seat(const PlnRunner *runner, guint i);
PLN_API gboolean pln_runner_chances(PlnRunner *runner, const PlnChange *const *changes, guint n,
                                    double *chance, GError **error);
