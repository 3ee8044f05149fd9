/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The coalitions of a vote: who can pass a proposal, who can block it, and at what price.
 *
 *  *Price of a yes*: how far a state is from it.
 *    chance    100 (1 - chance that it votes yes, given that it votes), of the projection, 1 or 0
 *              where a vote of a record in part is known: the
 *              sum over a set is how many of its members, in hundredths, are expected not to come
 *              along
 *    position  100 less its position (support, 0-100): stated, or its bloc's; where no position is
 *              stated, but issues are put as the proposal, 50 + 50 times what the state gains by
 *              the compromise of the talks (method compromise, without salience), over all that
 *              there is to gain (bargain.h)
 *    salience  the same times how much it cares, 0-1 (actors.csv, the mean over those issues):
 *              little for who does not mind
 *    record    steps from yes in the recorded vote: yes 0, abstaining or absent 1, no 2
 *  The price of a no is the mirror of it.  A state whose price is not known under the measure asked
 *  for has the price in the middle (position: 50, salience: 50 times 1, record: 1) and says so; it
 *  is not passed over.  Prices are whole millionths.
 *
 *  *Others.*  Whoever is not in the coalition votes no (`no`: nobody else is needed), or does what
 *  is expected of it (`expected`: its recorded vote where there is one, whatever the price, else
 *  its likeliest answer; those expected to vote yes are in it at price 0 unless they must be out,
 *  which then is to vote no; of whom nothing is expected stays away).  For blocking, yes and no
 *  change places; what is not in it votes yes, or as expected.  Both are searched.  What if
 *  somebody stood elsewhere (positions asked for) leaves the record out.
 *
 *  *Standing aside.*  Beside the sets that vote yes (to block: no) the cheapest set of those that
 *  would vote no (yes) and abstain instead, the others as expected; its price half the way: record
 *  one step, chance 100 times the chance of that no (yes), position what is missing to 50.  Exact
 *  among such sets; sets in which some abstain and others vote yes are not searched.  None where
 *  somebody must be in who would have to change.
 *
 *  *Winning* has up to two ways (count, weight and vetoes; enough members), *blocking* up to five
 *  (a veto, the count, the weight, the floor of yes votes, no yes at all): each is a case of coalition.h, with
 *  what a vote that changes adds to the margins of the rule (margin.h) as amounts, so that
 *  abstentions count as the rule counts them; the best is taken, with its way in words.  A veto
 *  holder that would vote no has to be won; one that stays away has not.  Of each the smallest
 *  (fewest states; the cheapest among these) and the cheapest.
 *
 *  *Swing states.*  Units in the order of their price a state: each with what all up to it cost
 *  together, and the one with whom those in front of it first suffice: the pivot.
 *  *Blocking minorities*: under this rule and the other rules of the body and of reference
 *  (simple majority, two-thirds, of all members), the fewest states that can block: if all others
 *  vote yes, and if those that are expected to stay away or abstain do so.
 *
 *  Checked by tests/unit/test_coalitions.c and tests/cli/coalition.sh. */
#pragma once
#include "plenary/coalition.h"
#include "plenary/game.h"
#include "plenary/project.h"

/** PLN_PRICES as a wish: the usual one: record where every vote is on record, else chance where
 *  there is an electorate (but position where it knows no more than the average vote and positions
 *  or the talks say more), else position where somebody stands somewhere or no vote is on record,
 *  else record.  Of what if, never record. */
typedef enum {
  PLN_PRICE_CHANCE,
  PLN_PRICE_POSITION,
  PLN_PRICE_SALIENCE,
  PLN_PRICE_RECORD,
  PLN_PRICES
} PlnPrice;
PLN_API extern const char *const pln_price_words[PLN_PRICES + 1]; /* NULL-terminated */

typedef enum { PLN_OTHERS_NO, PLN_OTHERS_EXPECTED, PLN_OTHERS } PlnOthers;
PLN_API extern const char *const pln_others_words[PLN_OTHERS + 1];

typedef enum { PLN_COALITION_WINS, PLN_COALITION_BLOCKS, PLN_COALITION_ENDS } PlnCoalitionEnd;
typedef enum { PLN_COALITION_SMALLEST, PLN_COALITION_CHEAPEST, PLN_COALITION_AIMS } PlnCoalitionAim;

#define PLN_PRICE_UNIT 1000000 /* of a price of 1 */

/** What votes as one: a bloc asked for, or a state. */
typedef struct {
  char *name;           /* the bloc's name as asked for, or the state's code */
  const PlnBloc *bloc;  /* or NULL: a state, or a list */
  GArray *seats;        /* guint: of the roster */
  GPtrArray *given_up;  /* const PlnState *: that go with a smaller bloc asked for too */
  gint must;            /* 1 in, -1 out, 0 free */
  gint64 price[PLN_OTHERS][PLN_COALITION_ENDS]; /* of those of its seats that must change */
  guint change[PLN_OTHERS][PLN_COALITION_ENDS]; /* how many they are */
  gint64 aside_price[PLN_COALITION_ENDS]; /* of those that would vote against it and abstain */
  guint aside_change[PLN_COALITION_ENDS]; /* how many they are, others as expected */
} PlnCoalitionUnit;

typedef struct {
  gint64 price[PLN_COALITION_ENDS]; /* of a yes, of a no */
  gint64 aside[PLN_COALITION_ENDS]; /* of abstaining instead of a no, instead of a yes */
  PlnVote expected; /* PLN_VOTE_UNKNOWN: nothing is; counted as not voting */
  gboolean known;   /* by the measure asked for */
  PlnStatus status; /* of what the price rests on */
} PlnCoalitionSeat;

typedef struct {
  PlnCoalition *found; /* its sets are of units; size: states that must change; NULL: no way leads
                          there */
  const char *way;     /* "129 of 193 votes", "a veto", …: static or owned by the study */
} PlnCoalitionAnswer;

/** A unit in the order of prices. */
typedef struct {
  guint unit;
  gint64 price, sum; /* of all up to it */
  guint states;      /* likewise; all its seats */
  gboolean enough;   /* all up to it suffice */
} PlnCoalitionStep;

/** Fewest states that can block under a rule, by the count and the weight alone. */
typedef struct {
  const PlnRuleEntry *rule;
  guint all, expected; /* all others voting yes; but those expected to stay away or abstain (0: it
                          falls already) */
  gboolean veto;       /* one veto holder suffices */
} PlnBlockingMinority;

typedef struct {
  int proposal, stage; /* -1: the first; the first that somebody sits in */
  PlnDay as_of;
  const PlnRuleEntry *rule;      /* (nullable) */
  PlnPrice price;
  PlnOthers others;              /* of the order; both are searched */
  const GPtrArray *blocs;        /* (nullable) char *: vote as one: ids of blocs, or NAME=A,B
                                    (voting_blocs.h) */
  const GPtrArray *with, *without; /* (nullable) const char *: states or blocs */
  guint ties;
  const PlnProjectOptions *project; /* (nullable): what chance is asked of; positions what-if */
} PlnCoalitionsOptions;

/** The usual price, others no, ten ties. */
PLN_API PlnCoalitionsOptions pln_coalitions_options(void);

typedef struct {
  const PlnScenario *scenario;
  PlnScenario *view;         /* with the positions asked for */
  PlnCoalitionsOptions options; /* price: the one taken */
  const PlnProposal *proposal;
  guint place;
  const PlnStageEntry *stage; /* or NULL */
  const PlnBody *body;
  const PlnRoster *roster;
  PlnDay day;
  const PlnRuleEntry *rule;
  const char *why_rule;
  guint8 *veto;              /* or NULL */
  PlnGame game;
  PlnCoalitionSeat *seat;    /* roster->n */
  const char *taken;         /* what the prices were taken from, in words */
  gboolean informed;         /* something is known of where somebody stands; else chances are no
                                more than the electorate's average vote */
  guint unknown;             /* seats whose price is not known */
  guint expected[PLN_VOTE_KINDS]; /* how many are expected to do what */
  guint unexpected;          /* of whom nothing is; they are among the X */
  guint on_record;           /* of whom it is the recorded vote */
  double adopted;            /* the projection's chance of adoption by the same rule; NAN: none */
  gboolean passes;           /* if all do what is expected */
  GPtrArray *units;          /* PlnCoalitionUnit *: blocs first, then states by code */
  GPtrArray *asked, *seated; /* PlnVotingAsked *, PlnVotingBloc * (voting_blocs.h); those alone
                                are no units */
  PlnCoalitionAnswer answer[PLN_OTHERS][PLN_COALITION_ENDS][PLN_COALITION_AIMS];
  PlnCoalitionAnswer aside[PLN_COALITION_ENDS]; /* the cheapest that abstain instead */
  GArray *order[PLN_COALITION_ENDS]; /* PlnCoalitionStep: dearest last; those that must be in first,
                                        without those that must be out */
  int pivot[PLN_COALITION_ENDS];     /* place in order; -1: they do not suffice,
                                        or it is so already, others as expected */
  GArray *minorities;        /* PlnBlockingMinority: the rule's own first */
  PlnProject *project;       /* or NULL */
  GPtrArray *rosters, *words; /* owned */
  PlnStatus weakest;
} PlnCoalitions;

/** Returns: NULL and PLN_ERROR_USAGE (who is both in and out; a price that the scenario cannot
 *  give, with what it needs) or PLN_ERROR_DATA */
PLN_API PlnCoalitions *pln_coalitions_new(const PlnScenario *scenario,
                                          const PlnCoalitionsOptions *options, GError **error);
PLN_API void pln_coalitions_free(PlnCoalitions *coalitions);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlnCoalitions, pln_coalitions_free)

PLN_API const PlnCoalitionUnit *pln_coalitions_unit(const PlnCoalitions *coalitions, guint k);
