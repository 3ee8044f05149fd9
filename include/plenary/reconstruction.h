/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A reconstruction: a scenario's votes of which only a tally and some names are public.
 *
 *  For each proposal whose record is partial or a tally, with its totals, the votes that nobody
 *  is named for are placed on the members (placing.h): chances, with the status `reconstructed`,
 *  that are never mixed with recorded votes.  Of a complete record there is nothing to
 *  reconstruct.  Where no tally is on record there is no reconstruction but a projection, and
 *  that is said: where a proposal of the same kind, asked for by the same, has a tally and
 *  names, it is what the electorate expected of that one from the names alone; else what it
 *  expects of a question of which nothing is known.
 *
 *  The electorate must not have seen a vote that it reconstructs.  What its age adds is as in an
 *  outlook.  Checked by tests/unit/test_reconstruction.c and tests/cli/reconstruct.sh. */
#pragma once
#include "plenary/placing.h"
#include "plenary/scenario.h"

typedef enum {
  PLN_REBUILT,          /* reconstructed */
  PLN_REBUILT_COMPLETE, /* every vote is on record */
  PLN_REBUILT_UNTOLD,   /* voted on, no tally: a projection */
  PLN_REBUILT_NEVER,    /* not voted on, as far as the record says */
} PlnRebuilt;

/** "reconstructed", "complete", "projection", "none". */
PLN_API extern const char *const pln_rebuilt_words[];

/** A bloc's members together: named votes, and expected ones of those not named. */
typedef struct {
  const PlnBloc *bloc;
  guint members, named;
  double expected[PLN_VOTE_KINDS], scaled[PLN_VOTE_KINDS];
} PlnRebuiltBloc;

/** A chance from which a vote counts as placed. */
#define PLN_REBUILT_PLACED 0.8

typedef struct {
  const PlnProposal *proposal;
  guint place;
  PlnRebuilt kind;
  PlnVote *vote; /* roster's n: as named and used; PLN_VOTE_UNKNOWN */
  int *group;    /* n: the regional group, in the order of @groups of the result */
  guint named[PLN_VOTE_KINDS], names;
  GPtrArray *left_out;          /* const PlnState *: named, but asked to be left out */
  PlnStatus weakest;            /* of the names used */
  PlnPlacing *placing;          /* of what is reconstructed, else NULL */
  guint placed[PLN_VOTE_KINDS]; /* of the unnamed, with a chance of PLN_REBUILT_PLACED */
  GArray *blocs;                /* PlnRebuiltBloc, of two members at least */
  int like; /* of a projection: the place of the one that it is taken from, or -1 */
  double projected[PLN_VOTE_KINDS]; /* expected totals, the tally not known */
  double gap;                       /* years from the electorate's last vote; NAN: not known */
  int gap_days;                     /* the same to the day, or -1 */
} PlnRebuiltItem;

typedef struct {
  const PlnScenario *scenario;
  const PlnElectorate *electorate;
  GPtrArray *items;  /* PlnRebuiltItem * */
  GPtrArray *groups; /* const PlnBloc *: regional groups */
  guint n_rebuilt;
  PlnStatus weakest;
} PlnReconstruction;

typedef struct {
  int proposal;               /* its place, or -1: all */
  const char *const *without; /* codes of named states to leave out; NULL-terminated; or NULL */
  gboolean in_sample;         /* allow an electorate that has seen the vote */
  PlnReconstructOptions draws;
} PlnReconstructionOptions;

/** @progress: (nullable): told PLN_RECONSTRUCT_STEPS for each proposal with a tally
 *  Returns: (transfer full), or NULL and an error: PLN_ERROR_USAGE where a state to leave out is
 *  not named, PLN_ERROR_DATA where the electorate has seen a vote, or totals cannot be */
PLN_API PlnReconstruction *pln_reconstruction_new(const PlnScenario *scenario,
                                                  const PlnElectorate *electorate,
                                                  PlnPredictor *predictor,
                                                  const PlnReconstructionOptions *options,
                                                  PlnProgress *progress, GError **error);
PLN_API void pln_reconstruction_free(PlnReconstruction *reconstruction);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlnReconstruction, pln_reconstruction_free)

PLN_API const PlnRebuiltItem *pln_reconstruction_item(const PlnReconstruction *reconstruction,
                                                      guint i);

/** Whether the totals of yes, no and abstaining are on record and some votes are not. */
PLN_API gboolean pln_reconstruction_has_tally(const PlnProposal *proposal);
