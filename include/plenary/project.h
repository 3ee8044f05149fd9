/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A projection: positions on proposals go in, what the votes on them may come to comes out.
 *
 *  Each proposal is forecast before each body that it comes before (outlook.h, outcome.h), "given
 *  that it is put to a vote".  Then a sitting is drawn: all proposals in the order in which they
 *  are put, so that what falls with an earlier decision falls (fate.h), and stage after stage,
 *  so that only what was adopted goes on.  Where the scenario says how likely a proposal is
 *  pressed to a vote (pressed), or a stage comes about (chance), the sitting says how likely it
 *  is put, and adopted, in all.
 *
 *  *Together.*  In a sitting the turnout is common to all proposals.  What is not known of a
 *  question, and the error of each who's position, are correlated among proposals of one family
 *  (`together`, 0.5 unless asked otherwise: an assumption; no record of votes on such packages
 *  tells it), and independent between families; a proposal without a family stands alone.
 *
 *  *Errors, kept apart.*  Monte Carlo error: the standard error of the number printed.  Error of
 *  the positions: the chance given that the stated positions are off by so much, over
 *  PLN_PROJECT_OFF draws of that, 5 to 95 %; it is part of the chance already.
 *
 *  *What it rests on.*  The chance with a row of the positions left out (its states are then
 *  filled in, or less specific rows hold) and with the row moved by its standard deviation either
 *  way.  Rows in the order of the greatest move.
 *
 *  *Rosters.*  A stage's body as of its day; of a conference of parties also, for comparison
 *  (`what_if`), were all signatories parties.  A body that nobody sits in cannot meet: no error,
 *  it is passed over.
 *
 *  What has been voted already is projected from before the vote, and the record stands beside.
 *  A row that names a bloc drawn from the vote itself, or from a later one, is refused.
 *  The same bytes for any number of threads.  Cost, one core of an AMD EPYC: 16
 *  proposals before 193 states and again before 73 some 4.5 s, two fifths of it the ways.
 *  Checked by tests/unit/test_project.c and tests/cli/project.sh.  Source: reference F9. */
#pragma once
#include "plenary/outcome.h"
#include "plenary/outlook.h"
#include "plenary/progress.h"

/** The chance that a state that would vote no asks for a vote, where none is stated. */
#define PLN_PROJECT_ASKS 0.10
#define PLN_PROJECT_TOGETHER 0.5
/** Parties that a conference must have to take up a protocol (Convention, Articles 61, 62). */
enum { PLN_PROJECT_PARTIES = 60 };
enum { PLN_PROJECT_OFF = 128, PLN_STUDY_PROJECT = 0x50524f01, PLN_STUDY_PROJECT_OFF = 0x50524f02 };

typedef struct {
  const PlnElectorate *electorate;
  PlnPredictor *predictor;   /* of it */
  const PlnElectorate *also; /* (nullable): a second history, for comparison */
  PlnPredictor *also_predictor;
  gboolean in_sample, no_drift;
  gboolean brief; /* the first stage that meets alone, from few points and draws: no ways, rests,
                     blocs, errors of positions, other majority, second history or sitting; what
                     rests on those is NAN or empty.  Some 4 ms a proposal of 193 states. */
  int proposal, stage;        /* the one asked about, or -1: all */
  PlnDay as_of;               /* of all stages, their rosters with it; PLN_DAY_NONE: their own */
  const PlnRuleEntry *rule;   /* (nullable): instead of those that would decide */
  double asks, together;      /* 0 to 1; NAN: the scenario's, else the constants above */
  const GPtrArray *positions; /* (nullable) const PlnStance *: each in place of the rows of
                                      the same who on the same proposal */
  const double *pressed;      /* (nullable) a proposal each, 0 to 1; NAN: the scenario's */
  guint draws, sittings;      /* of each proposal; of the whole */
  guint64 seed;
  guint threads;         /* 0: all processors */
  PlnProgress *progress; /* (nullable): PLN_PROJECT_STEPS a proposal and stage */
} PlnProjectOptions;

/** The chance of one proposal at a stage; and what it rests on. */
enum { PLN_PROJECT_STEPS = 2 };

/** How many steps of progress it will make. */
PLN_API guint64 pln_project_steps(const PlnScenario *scenario);

/** 20000 draws, 2000 sittings, seed 1, one thread, everything; no electorate. */
PLN_API PlnProjectOptions pln_project_options(void);

/** A row of the positions, and what it does to the chance. */
typedef struct {
  const PlnStance *row;
  guint seats;              /* that it holds for */
  double without, down, up; /* the chance without it, and moved by a standard deviation */
  double move;              /* the greatest distance of these from the chance */
} PlnProjectRest;

/** How the answers of one bloc fall. */
typedef struct {
  const PlnBloc *bloc;
  guint members;
} PlnProjectBloc;

typedef struct {
  guint place; /* of the proposal */
  const PlnProposal *proposal;
  const PlnRuleEntry *rule, *other_rule; /* other: the other usual majority, or NULL */
  const char *why_rule;
  PlnOutlook *outlook;
  PlnOutcomeResult *outcome; /* given that it is put */
  PlnOutcomeChance other;    /* adopted under other_rule */
  PlnOutcomeChance also;     /* by the second history; NAN */
  PlnOutcomeSpread also_yes;
  double low, middle, high; /* the chance over the positions' errors: 5, 50, 95 %; NAN where
                                 there are none */
  gboolean informed;        /* something is known of where somebody stands; else it is no more
                                 than the electorate's average vote */
  guint assumed;            /* seats whose position is assumed */
  guint basis[PLN_SEAT_SHARES + 1]; /* how many seats rest on what */
  guint needed;                     /* yes votes that the rule takes at the expected tally */
  double pressed;                   /* 0 to 1; NAN: not modelled */
  double put, adopted;              /* in all, by the sittings: the stages before, fate, pressed */
  double falls;  /* that it is not put as an earlier decision implies it, if all is pressed */
  GArray *rests; /* PlnProjectRest, the weightiest first */
  GArray *blocs; /* PlnProjectBloc, beside outcome->bloc */
  GArray *swing; /* guint: seats, those whose answer goes furthest with the outcome
                                 first */
} PlnProjectItem;

typedef struct {
  const PlnStageEntry *entry; /* NULL: a scenario without stages */
  const PlnBody *body;
  const PlnRoster *roster;
  PlnDay day;
  gboolean what_if; /* a roster for comparison, through which nothing goes on */
  guint parties;    /* of a body of parties: how many it asks for, else 0 */
  gboolean meets;   /* somebody sits in it */
  double chance;    /* that it comes about, 0 to 1; NAN: not modelled */
  double comes;     /* by the sittings: that something comes before it and is put */
  GPtrArray *items; /* PlnProjectItem *; none where it does not meet */
  /* Of the items that change a text (or, where there are none, of all): */
  guint k;
  guint *part;           /* k: their place among the items */
  double *passed;        /* k + 1: the chance that so many are adopted, all being put */
  double *passed_in_all; /* k + 1: with what is pressed and what comes about */
  double *adopted;       /* k: in the sittings, all being put */
  double *together;      /* k x k: correlations of adoption, all being put */
} PlnProjectStage;

typedef struct {
  const PlnScenario *scenario; /* as given */
  PlnScenario *view;           /* with the positions asked for: shallow */
  PlnProjectOptions options;   /* filled in */
  gboolean asks_stated;        /* by the scenario or the caller */
  GPtrArray *stages;           /* PlnProjectStage * */
  GPtrArray *rosters;          /* owned */
  double gap;                  /* years from the electorate's last vote to the first day; NAN */
  PlnStatus weakest;
} PlnProject;

/** @scenario, what @options points to: kept by the caller as long as the projection.
 *  Returns: NULL and PLN_ERROR_DATA where the electorate, or a bloc, has seen the vote;
 *  PLN_ERROR_USAGE where a position asked for holds for no seat */
PLN_API PlnProject *pln_project_new(const PlnScenario *scenario, const PlnProjectOptions *options,
                                    GError **error);
PLN_API void pln_project_free(PlnProject *project);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlnProject, pln_project_free)

PLN_API const PlnProjectStage *pln_project_stage(const PlnProject *project, guint k);
PLN_API const PlnProjectItem *pln_project_item(const PlnProjectStage *stage, guint k);

/** Reads "[PROPOSAL:]WHO=P[±SD]" (or P+-SD): who is a state, a bloc or ALL.
 *  @stance: (out): assumed, of no line
 *  Returns: FALSE and PLN_ERROR_USAGE, with a near miss */
PLN_API gboolean pln_project_position(const PlnScenario *scenario, const char *text,
                                      PlnStance *stance, GError **error);

/** Reads "PROPOSAL=PERCENT" ("ALL=PERCENT"); @place: (out): of the proposal, -1 for all. */
PLN_API gboolean pln_project_pressed(const PlnScenario *scenario, const char *text, int *place,
                                     double *chance, GError **error);
