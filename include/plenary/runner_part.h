/* SPDX-License-Identifier: GPL-3.0-or-later */
/** What the files of a runner share: who may be named, the frame of a vote (the fixed places of its
 *  seats and factors), the room of a thread, and the four studies.
 *
 *  *The frame* is made once and then read alone, by all threads.  Its seats are those of the base by
 *  code and then those that some change puts in; who is not seated in a run is absent for certain,
 *  says nothing of others and is counted with nobody.  Its factors are the electorate's, then one
 *  for each bloc (or ALL) that some row speaks of, then those that changes alone speak of, which are
 *  drawn behind all else; a row of one state ties nobody to anybody and has none.  So the base comes
 *  out the same whatever the changes.
 *
 *  *The room* keeps what the last run of its thread worked out: the chances by the rows that held,
 *  the tallies by what the seats were made to do.  Checked by tests/unit/test_runner.c. */
#pragma once
#include "plenary/bargain.h"
#include "plenary/ratify.h"
#include "plenary/runner.h"

enum { PLN_STUDY_RUNNER_ASKS = 0x52554e02, PLN_RUN_KEPT = 1 << 16, PLN_RUN_VOTES = 256,
       PLN_RUN_NORMALS = 1 << 14 };

/** The places of a vote's outcomes, in all studies the first. */
enum { PLN_RUN_ADOPTED, PLN_RUN_MARGIN, PLN_RUN_COUNT, PLN_RUN_VOTE = PLN_RUN_COUNT + PLN_VOTE_KINDS };

/** Somebody that rows or changes name. */
typedef struct {
  PlnStanceWho kind;
  const PlnState *state; /* or NULL */
  const PlnBloc *bloc;   /* or NULL; both NULL: ALL */
  guint8 *in;            /* n: the seats that are meant */
  guint size;            /* of those seated in the base */
} PlnRunWho;

/** A row of positions, as it is laid over a run. */
typedef struct {
  guint who, line, names; /* names: the proposal, rather than every one */
  guint spare;            /* 0: rows are compared byte by byte */
  double position, sd;
} PlnRunRow;

typedef struct {
  const PlnScenario *scenario;
  const PlnProposal *proposal;
  guint place;
  const PlnStageEntry *entry; /* or NULL */
  PlnDay day;
  const PlnRuleEntry *rule;
  const char *why_rule;
  double asks; /* percent */
  PlnRoster *roster;   /* all seats: those of the base by code, then the extra by code */
  guint n, extra;      /* of them, the last: those that only some run seats */
  guint8 *seated;      /* n: in the base */
  PlnOutlook *outlook; /* of all seats: what no change touches */
  GArray *who;         /* PlnRunWho */
  GHashTable *named;   /* state or bloc (NULL: ALL) -> its place + 1 */
  GArray *row;         /* PlnRunRow: the scenario's on the proposal */
  guint most;          /* rows that a run may have */
  guint own;           /* of who, the first: those that the base names */
  GArray *tied;        /* gint32: of who: those with a factor */
  guint late;          /* of these, the last: those that changes alone speak of */
} PlnRunFrame;

/** A thread's room. */
typedef struct {
  PlnPredictor *predictor;
  GArray *row, *last_row;   /* PlnRunRow: those that hold; of the chances below */
  guint8 *mark, *last_mark; /* most x n: of whom each speaks */
  double at, status_quo;
  gboolean asked; /* the chances below are those of last_row and last_mark */
  PlnSpoken *spoken;
  gint32 *won, *said;    /* n: who holds; of those seated alone */
  double *position, *sd; /* n */
  PlnSeatBasis *basis;   /* n */
  PlnEvidence *own, *evidence;
  double *chance, *without, *arrays;
  PlnForecast forecast; /* of nothing made to happen */
  PlnVote *answer, *last_answer; /* n: that it is made to give, or PLN_VOTE_UNKNOWN */
  double *present, *last_present; /* n: the chance that it was given, or below 0 */
  guint8 *out, *last_out;         /* n: not seated */
  double *below, *above, *absent; /* n_pad: of the run */
  guint outs;
  guint32 *weight; /* n, of the run; NULL: none has one */
  guint8 *veto;    /* n, of veto_of */
  const PlnRuleEntry *veto_of;
  double *silent, *room;
  guint32 *tally; /* those of the draws from `first` on, of what the room's last_… hold */
  guint32 first, tallied;
  double *normal; /* the factors of all draws from `drawn` on, which hang on no change; NULL: of too
                     many draws to be kept */
  guint32 drawn;
  gboolean has_normal;
  PlnVote *vote; /* PLN_RUN_VOTES x n */
} PlnRunRoom;

struct PlnRunner {
  PlnRunnerOptions options;
  const PlnScenario *scenario;
  const GPtrArray *changes;
  PlnRunFrame *frame; /* NULL: nothing is voted on */
  PlnRunRoom **room;  /* threads; or NULL */
  GArray *outcome;    /* PlnRunOutcome */
  GPtrArray *texts;   /* of outcomes */
  const PlnRuleEntry *rule;
  const PlnProposal *proposal; /* or NULL */
  gboolean stated;  /* of votes: where somebody stands, or what somebody answered */
  PlnStatus weakest;
  PlnProjectOptions project; /* of ratify */
  PlnPredictor **predictor;  /* of ratify: threads */
};

/* ---- Who is named ---- */

/** A state, a bloc or ALL.  Returns: FALSE and PLN_ERROR_USAGE, with a near miss */
gboolean pln_run_named(const PlnScenario *scenario, const char *name, const PlnState **state,
                       const PlnBloc **bloc, GError **error);

/** Whether @change is of use to the study, and names what there is.
 *  @voted: whether something is voted on.  Returns: FALSE and PLN_ERROR_USAGE */
gboolean pln_runner_check(const PlnScenario *scenario, PlnRunStudy study, gboolean voted,
                       const PlnChange *change, GError **error);

/** Whether the change is of the vote on the proposal at @place. */
gboolean pln_run_is_here(const PlnScenario *scenario, guint place, const PlnChange *change);

/** The rule by the changes, or @rule; NULL and PLN_ERROR_USAGE. */
const PlnRuleEntry *pln_run_rule(const PlnScenario *scenario, const PlnRuleEntry *rule,
                                 const PlnChange *const *changes, guint n, GError **error);

/** The value of the assumption @name by the changes, or @stated. */
double pln_run_assumed(const char *name, double stated, const PlnChange *const *changes, guint n);

/* ---- The frame, and a thread's room ---- */

/** @talks: the rows are not the scenario's own, but of whoever sits at its table */
PlnRunFrame *pln_run_frame_new(const PlnScenario *scenario, const PlnRunnerOptions *options,
                               const GPtrArray *changes, gboolean talks, GError **error);
void pln_run_frame_free(PlnRunFrame *frame);

/** The place of who, or -1. */
int pln_run_frame_who(const PlnRunFrame *frame, gconstpointer state_or_bloc);

/** Whether a row, or a position among @changes, is of it. */
gboolean pln_run_frame_speaks(const PlnRunFrame *frame, guint who, const GPtrArray *changes);
/** Returns: FALSE and PLN_ERROR_USAGE: nobody leaves or joins a bloc that no row speaks of */
gboolean pln_run_silent(const PlnRunFrame *frame, const PlnChange *change, GError **error);

PlnRunRoom *pln_run_room_new(const PlnRunFrame *frame, const PlnRunnerOptions *options,
                             GError **error);
void pln_run_room_free(PlnRunRoom *room);

/* ---- The vote ---- */

/** Lays @rows and the positions, splits and joins of @changes; works out the chances, where the last
 *  run's were others. */
gboolean pln_run_ask(const PlnRunFrame *frame, PlnRunRoom *room, const GArray *rows,
                     const PlnChange *const *changes, guint n, GError **error);

/** Whether the position of @change alone holds for a seat. */
gboolean pln_run_holds(const PlnRunFrame *frame, PlnRunRoom *room, const PlnChange *change);

/** Votes, presence, membership of @changes.  After pln_run_ask. */
gboolean pln_run_intervene(const PlnRunFrame *frame, PlnRunRoom *room,
                           const PlnChange *const *changes, guint n, GError **error);

/** Draws, where the last run's draws were others, and counts. */
void pln_run_draw(const PlnRunFrame *frame, PlnRunRoom *room, const PlnRunnerOptions *options,
                  const PlnRuleEntry *rule, double asks, guint32 replicate, guint8 *adopted,
                  PlnRunResult *run);

/** Votes beyond those needed; of consensus alone minus the number of those that object. */
gint64 pln_run_margin(const PlnRule *rule, const PlnVerdict *verdict, const PlnTally *tally);

/** n x PLN_VOTE_KINDS. */
void pln_run_chances(const PlnRunFrame *frame, const PlnRunRoom *room, double *chance);

/* ---- The studies ---- */

/** Each fills outcomes and what the runs of @runner need. */
gboolean pln_run_vote_new(PlnRunner *runner, GError **error);
gboolean pln_run_replay_new(PlnRunner *runner, GError **error);
gboolean pln_run_talks_new(PlnRunner *runner, GError **error);
gboolean pln_run_ratify_new(PlnRunner *runner, GError **error);

gboolean pln_runner_vote(PlnRunner *runner, guint thread, const PlnChange *const *changes, guint n,
                      guint32 replicate, guint8 *adopted, PlnRunResult *run, GError **error);
gboolean pln_runner_replay(PlnRunner *runner, guint thread, const PlnChange *const *changes, guint n,
                        guint32 replicate, guint8 *adopted, PlnRunResult *run, GError **error);
gboolean pln_runner_talks(PlnRunner *runner, guint thread, const PlnChange *const *changes, guint n,
                       guint32 replicate, guint8 *adopted, PlnRunResult *run, GError **error);
gboolean pln_runner_ratify(PlnRunner *runner, guint thread, const PlnChange *const *changes, guint n,
                        guint32 replicate, guint8 *adopted, PlnRunResult *run, GError **error);
gboolean pln_run_replay_chances(PlnRunner *runner, const PlnChange *const *changes, guint n,
                                double *chance, GError **error);

/** Adds an outcome; its texts, where not static, are taken from @runner->texts. */
void pln_run_outcome(PlnRunner *runner, const char *id, const char *title, const char *unit,
                     gboolean counted);
/** adopted, margin and the four counts, @counted or alone. */
void pln_run_vote_outcomes(PlnRunner *runner, gboolean counted);

/** values = counts / draws of those counted. */
void pln_run_values(const PlnRunner *runner, PlnRunResult *run);
