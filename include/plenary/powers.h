/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The powers of a scenario: each game that decides its proposals, before each of its bodies, and
 *  what the members' votes are worth in it.
 *
 *  Proposals before the same roster under the same rule are one game.  A roster is a stage's as of
 *  its day.  *Blocs* asked for vote as one: a member of several goes with the smallest, which is
 *  said; a bloc of which fewer than two sit there is left alone (voting_blocs.h).
 *
 *  *Empirical power*: under the projected votes (project.h), how often a state's vote decides: the
 *  proposal is adopted with its yes and not with its no, the others voting as drawn; and a bloc's,
 *  all its members yes against all no.  What is known of where they stand is in it, as it is not in
 *  the indices.  Besides the blocs asked for, regional groups and those that positions name are
 *  looked at.  Where no vote can be projected `no_votes` says why, and the indices stand alone.
 *  Before a body that is not of all members of the United Nations, where nothing is stated of who
 *  stands where, none is projected unless `borrow` asks for it: the electorates are of votes of the
 *  General Assembly, which say little of a council.
 *
 *  Cost, two threads of an AMD EPYC: 193 states some 0.1 s a proposal and stage, nearly all of it
 *  the projected votes; the indices: power.h.
 *  Checked by tests/unit/test_powers.c and tests/cli/power.sh. */
#pragma once
#include "plenary/power.h"
#include "plenary/progress.h"
#include "plenary/project.h"
#include "plenary/ternary.h"

enum {
  PLN_POWERS_BLOCS = 24, /* whose empirical power is looked at, at the most */
  PLN_STUDY_POWERS_BLOCS = 0x504f5702,
};

/** A bloc that votes as one in a game. */
typedef struct {
  const char *id, *name;
  const PlnBloc *bloc;     /* or NULL: of a list given by the caller */
  guint members;           /* that vote with it here */
  guint8 *in;              /* roster->n: nonzero votes with it */
  GPtrArray *given_up;     /* const PlnState *: that go with a smaller one asked for too */
  double shapley, banzhaf; /* of `looked`: as one, all others one by one; NAN where weights count */
} PlnPowersBloc;

/** Of a game with blocs, where unions.h is out of reach: from random orders of the unions, members
 *  in random order inside the one that turns it, and random coalitions of unions.  No standard error
 *  is 0 (power.h); the same for any number of threads. */
typedef struct {
  double *shapley, *banzhaf; /* 2 x unions: values, then their standard errors */
  double *owen;              /* 2 x roster->n */
} PlnPowersSampled;

/** How often a vote decides, of a proposal. */
typedef struct {
  guint place; /* of the proposal */
  PlnOutcomeChance adopted;
  double *decides;      /* roster->n: chance that the outcome hangs on this seat's vote */
  double *bloc_decides; /* of the game's `looked`: with all yes adopted, with all no not; NAN where
                           the draws hold none to tell */
  guint draws, bloc_draws;
  gboolean informed; /* something is known of where somebody stands */
} PlnPowersVote;

/** Why none of a game's votes is projected, where they are of others. */
typedef enum {
  PLN_POWERS_VOTES,      /* they are, or none was asked for */
  PLN_POWERS_NO_VOTE,    /* consensus: one objection stops it */
  PLN_POWERS_DEAD,       /* nothing wins */
  PLN_POWERS_UNINFORMED, /* nothing is stated, and the body is not of all members */
} PlnPowersWhy;

typedef struct {
  const PlnStageEntry *stage; /* NULL: a scenario without stages */
  const PlnBody *body;
  const PlnRoster *roster;
  PlnDay day;
  const PlnRuleEntry *rule;
  const char *why_rule;
  gboolean own;      /* the scenario names who sits there */
  GArray *proposals; /* guint: places, that it decides */
  guint8 *veto;      /* roster->n, or NULL */
  guint vetoes;
  PlnGame game;          /* n = 0: nobody sits there, nothing below is filled */
  gboolean dead;         /* nothing wins, whoever votes yes */
  GPtrArray *seated;     /* PlnVotingBloc * (voting_blocs.h): each asked for; NULL where n = 0 */
  GArray *blocs;         /* PlnPowersBloc: of those, that vote as one here */
  GPtrArray *left_alone; /* const char *: ids of those of which fewer than two sit there */
  guint *union_of;       /* roster->n, or NULL without blocs: blocs first, in their order */
  guint unions;
  PlnPower *power;
  PlnPowersSampled *sampled; /* between blocs, where power->unions is NULL; else NULL */
  PlnTernary *ternary;       /* or NULL: out of reach, or consensus */
  GArray *looked;            /* PlnPowersBloc: whose empirical power is told: `blocs` first */
  GArray *votes;             /* PlnPowersVote; empty where no vote is projected */
  PlnPowersWhy why_none;     /* then */
} PlnPowersGame;

typedef struct {
  const GPtrArray *blocs;           /* (nullable) char *: ids of blocs, or NAME=A,B */
  int proposal, stage;              /* or -1: all */
  PlnDay as_of;                     /* of all stages; PLN_DAY_NONE: their own */
  const PlnRuleEntry *rule;         /* (nullable): instead of those that would decide */
  PlnPowerOptions power;            /* its unions are filled in */
  const PlnProjectOptions *project; /* (nullable): with an electorate: empirical power as well.
                                       brief, and what is named above, are filled in */
  gboolean borrow;                  /* project though nothing is stated, before any body */
} PlnPowersOptions;

/** Everything; no blocs, nothing projected. */
PLN_API PlnPowersOptions pln_powers_options(void);

typedef struct {
  const PlnScenario *scenario;
  PlnPowersOptions options;
  GPtrArray *asked;    /* PlnVotingAsked * (voting_blocs.h) */
  GPtrArray *games;    /* PlnPowersGame *, in the order of stages, then of proposals */
  GPtrArray *projects; /* PlnProject *: a stage each */
  char *no_votes;      /* why no vote is projected, or NULL */
  GPtrArray *rosters;  /* owned */
  PlnStatus weakest;
} PlnPowers;

/** Returns: NULL and PLN_ERROR_USAGE for a bloc that is none, with a near miss; PLN_ERROR_DATA for
 *  a rule that counts weights where the members have none */
PLN_API PlnPowers *pln_powers_new(const PlnScenario *scenario, const PlnPowersOptions *options,
                                  GError **error);
PLN_API void pln_powers_free(PlnPowers *powers);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlnPowers, pln_powers_free)

PLN_API const PlnPowersGame *pln_powers_game(const PlnPowers *powers, guint k);
