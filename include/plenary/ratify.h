/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Ratification: from adoption to force, and who is bound.
 *
 *  From what is known (signatures, deposits) on the day that the tables end, each draw gives every
 *  state a day on which it deposits its instrument, or none within the horizon (joining.h); from
 *  these the day of the instrument that brings the treaty into force (the 40th; a regional
 *  organization's is not counted) and of force (so many days after), the day on which so many
 *  parties (60) allow a protocol to be considered, and at every year's end who the parties are.
 *
 *  *The vote of the conference.*  With an electorate each draw also draws every state's support
 *  for the protocol and its vote (forecast.h), tied to its joining: the normal score of its own
 *  time of joining correlates by `tie` with its support, through what is the state's own in that
 *  (so at most by as much as is its own; neither the dates nor the forecast change by themselves).
 *  An assumption, varied in the output: 0 and twice as well; what is fitted is how joining goes with
 *  the vote on the resolution that began it.  The parties on the day of 60 vote: adopted or not, by
 *  the rule of the stage.  So that the two-thirds of those that joined, not of all, decide.
 *
 *  *The protocol.*  Where it is adopted, on that day its own clock starts: only parties may join it,
 *  each from when it is one, with signatories' hazards begun anew, those that voted against it
 *  `reluctance` times as fast (assumed); its own threshold, and not in force before the Convention.
 *
 *  Draw k is the streams (seed, PLN_STUDY_RATIFY, k) and (seed, PLN_STUDY_RATIFY_VOTE, k): an edit
 *  changes only what it edits, and the same bytes for any number of threads.
 *  Cost: 10^5 draws of 195 states, see scripts/bench-power.
 *  Checked by tests/unit/test_ratify.c and tests/cli/ratify.sh. */
#pragma once
#include "plenary/joining.h"
#include "plenary/progress.h"
#include "plenary/project.h"
#include "plenary/treaty.h"

enum {
  PLN_STUDY_RATIFY = 0x52415401,
  PLN_STUDY_RATIFY_VOTE = 0x52415402,
  PLN_RATIFY_QUANTILES = 5, /* .05 .25 .5 .75 .95 */
  PLN_RATIFY_YEARS = 60,    /* horizon at the most */
  PLN_RATIFY_COMPARED = 20000,
};

typedef enum {
  PLN_RATIFY_LAST_NEEDED, /* the instrument that is needed is deposited */
  PLN_RATIFY_IN_FORCE,
  PLN_RATIFY_CONFERENCE,  /* parties enough for a protocol to be considered */
  PLN_RATIFY_PROTOCOL,    /* the protocol in force, where it is adopted */
  PLN_RATIFY_EVENTS
} PlnRatifyEvent;

/** How the parties are divided: each is in the first that holds. */
typedef enum {
  PLN_PARTY_PAST,     /* parties of the past treaty */
  PLN_PARTY_AGAINST,  /* others that voted against the resolution that began it */
  PLN_PARTY_OTHER,
  PLN_PARTY_KINDS
} PlnPartyKind;

/** A day in the Gregorian calendar counted as GDate does; -1: not within the horizon.  What has come
 *  already by the tables has its day there, which is before the last day known. */
typedef gint32 PlnDayNumber;

typedef struct {
  PlnDayNumber quantile[PLN_RATIFY_QUANTILES];
  double *by;      /* years + 1: the chance that it has come by the end of first_year + k; of the
                      protocol too given that it is adopted */
  double never;    /* not within the horizon; of the protocol all given that it is adopted */
} PlnRatifyDate;

/** Who the parties are, on average over draws, at some time. */
typedef struct {
  double parties, sd;
  double kind[PLN_PARTY_KINDS];  /* mean numbers */
  double third[PLN_PARTY_KINDS]; /* the chance that it alone is more than a third: blocks */
  double past_third, against_third; /* the chance that parties of the past treaty, and all that
                                       voted against, whether or not past parties, do */
} PlnRatifyComposition;

/** An edit: WHO=DAY (deposits then), WHO=never, WHO=Y|N|A|X (votes so on the protocol).  Deposits on
 *  record stay: of ALL or a bloc the others are set, and a state that has deposited is refused. */
typedef struct {
  char *text;             /* as given */
  GArray *seats;          /* guint: places among the states */
  enum { PLN_RATIFY_SET_DAY, PLN_RATIFY_SET_NEVER, PLN_RATIFY_SET_VOTE } kind;
  PlnDayNumber day;
  PlnVote vote;
} PlnRatifyEdit;

typedef struct {
  const char *treaty;   /* default hanoi */
  const char *past;     /* the treaty that it is fitted on: budapest */
  const char *fast;     /* the treaty of the fast bound: palermo; "" none */
  const char *began;    /* the roll call that the parties are divided by: A/RES/74/247 */
  guint threshold;      /* instruments for force; 0: the treaty's */
  guint parties;        /* for a protocol; 0: the treaty's */
  guint protocol;       /* instruments for the protocol's own force; 0: assumed as the treaty's */
  guint years;          /* horizon: to the end of first_year + years; default 25 */
  const GArray *edits;  /* (nullable) PlnRatifyEdit */
  int proposal;         /* that the conference votes on; -1: the scenario's last */
  double tie;           /* -1 to 1, default 0.5 */
  double reluctance;    /* 0 to 1, default 0.25 */
  gboolean no_support;  /* joining does not hang on the vote on the resolution: b = 0 */
  guint draws;          /* 100000 */
  guint64 seed;
  guint threads;
  const PlnProjectOptions *project; /* (nullable): without it nothing is voted */
  PlnProgress *progress;
} PlnRatifyOptions;

PLN_API PlnRatifyOptions pln_ratify_options(void);

/** How many steps of progress it will make. */
PLN_API guint64 pln_ratify_steps(const PlnRatifyOptions *options);

typedef struct {
  const PlnState *state;
  const PlnTreatyAct *act;  /* of the treaty, or NULL */
  const PlnTreatyAct *past; /* of the past treaty, or NULL */
  PlnVote began;            /* its vote on the resolution; PLN_VOTE_UNKNOWN */
  PlnPartyKind kind;
  PlnJoinClass join_class;
  double support;           /* x of joining.h: 1 for, -1 against the resolution, else 0 */
  gboolean in_union;
  const PlnRatifyEdit *edit; /* or NULL: the last of its days */
  double in_force, conference; /* the chance that it is a party on those days, given that they come */
  double *by;               /* years + 1: a party by the year's end */
  PlnDayNumber median;      /* -1: later than the horizon */
  double bound;             /* by the protocol, by the horizon, given that it is adopted: it has
                               joined and the protocol is in force */
  double vote[PLN_VOTE_KINDS]; /* on the protocol, where it is a party by the conference */
} PlnRatifyState;

typedef struct {
  double adopted, error;    /* given that the conference comes about within the horizon */
  double apart, twice;      /* the same with tie 0 and 2 tie (at most .95), from the first
                               PLN_RATIFY_COMPARED draws */
  double compared_error;    /* the greatest that their standard error can be */
  double all;               /* the chance if all that may join voted; of those draws too */
  double count[PLN_VOTE_KINDS]; /* means */
  double needed;            /* mean least yes */
  double past_blocks, against_blocks; /* the chance that it fails and would not without the no of
                                         past parties, of those that voted against */
  double bound[PLN_RATIFY_QUANTILES]; /* states bound by the horizon, given it is adopted; none
                                         where it is not in force by then */
} PlnRatifyVote;

typedef struct {
  const PlnScenario *scenario;
  PlnRatifyOptions options; /* filled in */
  PlnDayNumber opened, known; /* opening; the last day that the tables speak of */
  guint first_year;         /* of by[]: the year of `known` */
  guint threshold, days, parties;   /* as used; days from the last instrument to force */
  guint days_party, protocol_days;  /* from a later deposit to force for that state; the protocol's */
  GArray *terms;            /* const PlnTreatyTerm *: what these rest on */
  GPtrArray *milestones;    /* const PlnTreatyMilestone *: of the fast bound */
  GPtrArray *reservations;  /* const PlnReservation *: of the treaty, kept */
  PlnJoinFit fit;
  double pace[PLN_RATIFY_QUANTILES]; /* of u given what has been joined so far: 0 the past
                                        treaty's pace, 1 the fast one's */
  guint n;                  /* states that may join, by code; organizations are left out */
  PlnRatifyState *state;    /* n */
  guint deposits, signatories; /* so far, of states */
  PlnRatifyDate date[PLN_RATIFY_EVENTS];
  double *fan;              /* (years + 1) x PLN_RATIFY_QUANTILES: parties at the years' ends */
  double *mean;             /* years + 1 */
  PlnRatifyComposition at_force, at_conference, *at_year; /* years + 1 */
  gboolean voted;
  const PlnRuleEntry *rule; /* of the conference */
  PlnRatifyVote vote;
  const PlnStageEntry *stage; /* of the conference, or NULL: the body of the treaty's parties */
  const char *why_rule;
  PlnRoster *roster;        /* its seats: all states that may join */
  PlnOutlook *outlook;      /* of the proposal before all states that may join; or NULL */
  PlnStatus weakest;
} PlnRatify;

/** Returns: NULL and PLN_ERROR_DATA (a treaty without an opening, terms or dates to fit) or
 *  PLN_ERROR_USAGE */
PLN_API PlnRatify *pln_ratify_new(const PlnScenario *scenario, const PlnRatifyOptions *options,
                                  GError **error);
PLN_API void pln_ratify_free(PlnRatify *ratify);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlnRatify, pln_ratify_free)

/** Reads "WHO=2027-03-01", "WHO=never", "WHO=Y": who is a state, a bloc or ALL.
 *  Returns: FALSE and PLN_ERROR_USAGE, with a near miss.  @edit: (out): to be cleared */
PLN_API gboolean pln_ratify_edit_read(const PlnScenario *scenario, const char *text,
                                      PlnRatifyEdit *edit, GError **error);
PLN_API void pln_ratify_edit_clear(gpointer edit);

/** Of a partial date the last day; -1 where it is not known. */
PLN_API PlnDayNumber pln_day_number(PlnDay day);
PLN_API PlnDay pln_day_of_number(PlnDayNumber number);
