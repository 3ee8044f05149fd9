/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A simulation: roll calls drawn from an electorate, and what they were drawn with.
 *
 *  Each roll call is drawn from the model as electorate.h has it: its slope, its cut, the
 *  width of its band, the deviation of each group, then each state's answer.  With the
 *  share lapse an answer is any of the classes alike.  A state's chance to be absent is
 *  drawn once, from its Beta, and holds for all roll calls.  With two classes an answer
 *  that is not yes is written as no.
 *
 *  A roll call has a stream of its own (draw.h; replicate: its number), and a state four
 *  numbers in it.  So roll calls are the same whichever thread draws them and in whatever
 *  order, the first hundred are those of a longer simulation, and without absences
 *  the answers are what they were.
 *  Cost: 70 ns a cell.  Checked by tests/unit/test_simulate.c against the model's moments. */
#pragma once
#include "plenary/electorate.h"
#include "plenary/vote_matrix.h"

/** The studies of its streams: the replicate is a roll call, a state, a state. */
enum {
  PLN_STUDY_SIMULATE_CALLS = 0x53494d01,
  PLN_STUDY_SIMULATE_ABSENCES = 0x53494d02,
  PLN_STUDY_SIMULATE_ELECTORATE = 0x53494d03
};

/** The most roll calls, and cells. */
enum { PLN_SIMULATE_CALLS = 100000, PLN_SIMULATE_CELLS = 1 << 24 };

typedef struct {
  guint n_calls;
  guint sessions;    /* 1 … n_calls: as evenly as can be, in order */
  int first_session;
  guint64 seed;
  gboolean absences;
} PlnSimulateOptions;

typedef struct {
  const PlnElectorate *electorate; /* borrowed */
  guint64 seed;
  PlnVoteMatrix *matrix; /* ids "1", "2" … */
  guint d;
  double *slope;         /* n_calls x d: b */
  double *centre, *width; /* n_calls: c and h */
  double *absent;        /* n: each state's chance */
  double *root;          /* d x d: of the slopes' covariance */
} PlnSimulation;

/** 200 roll calls in session 1, or in the one after the electorate's last; seed 1. */
PlnSimulateOptions pln_simulation_options(const PlnElectorate *electorate);

/** Nothing drawn as yet but the chances to be absent: all cells PLN_VOTE_UNKNOWN.
 *  Returns: (transfer full) */
PlnSimulation *pln_simulation_new(const PlnElectorate *electorate,
                                  const PlnSimulateOptions *options);
void pln_simulation_free(PlnSimulation *simulation);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlnSimulation, pln_simulation_free)

/** Draws one roll call.  Threads may draw different ones at the same time. */
void pln_simulation_draw(PlnSimulation *simulation, guint call);

/** All of them.  Returns: (transfer full) */
PLN_API PlnSimulation *pln_simulate(const PlnElectorate *electorate,
                                    const PlnSimulateOptions *options);

/** An electorate that nobody voted for: states S001, S002 … at N(0, I), in @groups of one
 *  size G1, G2 …; three answers, of which about half are yes; absent one time in 20.
 *  @states, @dimensions: at least 1
 *  Returns: (transfer full) */
PLN_API PlnElectorate *pln_electorate_made_up(guint states, guint dimensions, guint groups,
                                              guint64 seed);

/* Its texts in CSV, by sim/report/simulate.c. */

/** Forms of votes.  OWN: roll_call, state, vote, session; TIDY: rcid, country_code, vote in
 *  words, no row where absent; MATRIX: a row a state, a column a roll call. */
typedef enum { PLN_VOTES_OWN, PLN_VOTES_TIDY, PLN_VOTES_MATRIX } PlnVotesForm;
extern const char *const pln_votes_forms[]; /* "own" …, NULL-terminated */

/** Returns: (transfer full) */
char *pln_votes_text(const PlnVoteMatrix *matrix, PlnVotesForm form);

/** truth.csv: roll_call, c, h, b1 … bd.  Returns: (transfer full) */
char *pln_simulation_truth(const PlnSimulation *simulation);
