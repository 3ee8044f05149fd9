/* SPDX-License-Identifier: GPL-3.0-or-later */
/** What the files of a ratification share: a treaty's history as the model takes it, what a draw
 *  needs, what draws count.  Counts are whole numbers, so their sums hang on no order.
 *  Checked by tests/unit/test_ratify.c. */
#pragma once
#include "plenary/ratify.h"

#define PLN_RATIFY_UNION "EU"
#define PLN_RATIFY_YEAR 365.25 /* days */

/** No day within the horizon, while drawing. */
enum { PLN_RATIFY_NEVER = G_MAXINT32, PLN_RATIFY_FREE = -2 };

/** The states that may join a treaty and what they have done, by code. */
typedef struct {
  guint n;
  const PlnState **state;   /* n */
  const PlnTreatyAct **act; /* n, or NULL */
  PlnJoinState *history;    /* n */
  PlnDayNumber opened, until;
  double years; /* from one to the other */
} PlnRatifyHistory;

/** @until: what came later is not known; -1: the treaty's known_to.
 *  Returns: NULL and PLN_ERROR_DATA where the treaty has no opening, or nothing is known */
PlnRatifyHistory *pln_ratify_history_new(const PlnWorld *world, const char *treaty,
                                         PlnDayNumber until, GError **error);
void pln_ratify_history_free(PlnRatifyHistory *history);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlnRatifyHistory, pln_ratify_history_free)

/** Support from the roll call @began: @yes for Y, -@yes for N, else 0. */
void pln_ratify_history_support(PlnRatifyHistory *history, const PlnRollCall *began, double yes);

double pln_ratify_years(const PlnRatifyHistory *history, PlnDayNumber day);

/** Fits the fast bound to the milestones of @treaty that were known on @until.
 *  @used: (nullable): const PlnTreatyMilestone * are added */
void pln_ratify_fast(const PlnWorld *world, const char *treaty, PlnDayNumber until,
                     PlnJoinFit *fit, GPtrArray *used);

/** The place of each quantile among @n counts: the first with so much at or below it. */
extern const double pln_ratify_levels[PLN_RATIFY_QUANTILES];
guint pln_ratify_quantile(const guint32 *count, guint n, guint64 all, double level);

/** The @k-th smallest of @n days, 1 the first; NEVER where there are fewer.  Reorders them. */
PlnDayNumber pln_ratify_nth(PlnDayNumber *day, guint n, guint k);

/** Who the parties were, summed over draws. */
typedef struct {
  guint64 draws, parties, square, kind[PLN_PARTY_KINDS], third[PLN_PARTY_KINDS], against_third;
} PlnRatifyCrowd;

/** What draws count; one a thread. */
typedef struct {
  guint32 *day[PLN_RATIFY_EVENTS]; /* span: days since known */
  guint32 *month;                  /* n x months: joined in that month or, in the first, before */
  PlnDayNumber past[PLN_RATIFY_EVENTS]; /* where it has come by `known`, in every draw; else 0 */
  guint32 *fan;                    /* (years + 1) x (n + 1) */
  PlnRatifyCrowd force, conference, *at_year;
  guint32 *in_force, *at_conference; /* n */
  guint32 *vote;                     /* n x PLN_VOTE_KINDS */
  guint32 *bound, *bound_many;       /* n; n + 1 */
  guint64 adopted[3], compared, all, past_blocks, against_blocks, count[PLN_VOTE_KINDS], needed;
} PlnRatifyCounts;

/** Room of one thread. */
typedef struct {
  double *factor, *uniform, *exponential, *time, *score; /* n */
  PlnDayNumber *day, *sorted;                            /* n */
  guint64 *month;                                        /* months: joined in each, packed */
  double *z, *own, *common, *absent, *since;             /* of the vote */
  PlnVote *said;                                         /* n: what does not hang on support */
  PlnVote *ballot[3];                                    /* as tied, apart, twice */
} PlnRatifyRoom;

enum { PLN_RATIFY_TIED, PLN_RATIFY_APART, PLN_RATIFY_TWICE, PLN_RATIFY_TIES };

typedef struct {
  PlnRatify *ratify;
  guint n, years, months;   /* months: twelve of each year from first_year on */
  PlnDayNumber known, last; /* of the horizon */
  double from;              /* years that are known */
  guint span;               /* days of the horizon */
  guint days_party, protocol_days, protocol;
  PlnJoinSeats seats;
  guint8 *join_class, *together, *kind, *against;
  double *support;
  PlnDayNumber *fixed; /* n: a day, NEVER, or FREE */
  guint16 *month_of;   /* span: its month */
  PlnDayNumber *month_end; /* months: its last day */
  guint64 *packed;     /* n: what it adds to a count of parties, see PLN_RATIFY_COUNT */
  double lean[PLN_JOIN_PACES];
  /* The vote, where there is one: places among the forecast's seats, or -1. */
  const PlnForecast *forecast;
  int *seat;
  PlnVote *said;                                         /* n: by edit, or UNKNOWN */
  double *tied[PLN_RATIFY_TIES], *rest[PLN_RATIFY_TIES]; /* n: of own, what is the joining's */
  guint threads;
  PlnRatifyCounts *counts;
  PlnRatifyRoom *room;
} PlnRatifyJob;

/** The facts and fits of @ratify, the seats of a draw.  Returns: FALSE and an error */
gboolean pln_ratify_job_fill(PlnRatifyJob *job, GError **error);

/** The proposal before all that may join, where a vote is asked for.  Returns: FALSE and an error */
gboolean pln_ratify_vote_fill(PlnRatifyJob *job, GError **error);

/** Four counts of 16 bits in a word, as in memory each would wait for the last: all parties, those
 *  of the first two kinds, those that voted against. */
#define PLN_RATIFY_COUNT(packed, k) ((guint)((packed) >> (16 * (k)) & 0xffff))

void pln_ratify_draw(const PlnRatifyJob *job, PlnRatifyRoom *room, PlnRatifyCounts *counts,
                     guint32 k);

/** The conference of @day and what follows: the parties' votes, the protocol.
 *  @pace: of this draw; room->day, room->uniform as drawn */
void pln_ratify_conference(const PlnRatifyJob *job, PlnRatifyRoom *room, PlnRatifyCounts *counts,
                           guint32 k, const PlnJoinPace *pace, PlnDayNumber force,
                           PlnDayNumber conference);

/** From counts to what is told. */
void pln_ratify_sum(PlnRatifyJob *job);

void pln_ratify_job_clear(PlnRatifyJob *job);
