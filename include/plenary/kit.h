/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A classroom kit: one vote of a scenario, and who sits at which table to play it.
 *
 *  Either the members are shared out among 3, 6 or 12 delegations, each of which carries
 *  the votes of all its members (data/class_delegations.csv; members that a scenario
 *  names itself go by their groups), or 20 to 35 single states are chosen.  The choice is
 *  proportional, by largest remainders, to how many members there are of each group and
 *  vote on record, so that a class of 30 leans as the Assembly did; the first sponsor is
 *  always there; within a group and vote those come first that are sponsors, permanent
 *  members of the Security Council, that moved since the earlier vote, that broke ranks with
 *  their group, that said something or that have a position on record; of others alike some
 *  are taken evenly along the order of codes.  Nothing is drawn at random.  Where there are
 *  no more members than places, each is a delegation of its own.
 *
 *  Of each delegation: what is on record and what was said, by whom, how sure.  Votes,
 *  sponsors, positions and statements of the status assumed, or any weaker than inferred, are
 *  never handed on: they are an analyst's, not a country's.  To the kit such a vote is not on
 *  record.
 *  Checked by tests/unit/test_kit.c. */
#pragma once
#include "plenary/classroom.h"
#include "plenary/cohesion.h"
#include "plenary/replay.h"
#include "plenary/stance.h"

enum { PLN_KIT_STATES_LEAST = 20, PLN_KIT_STATES_MOST = 35 };

typedef struct {
  guint size;           /* 3, 6 or 12 delegations, 0: 6, or 12 where no more than 12 are
                           members; with states 20 to 35 */
  gboolean states;      /* single states */
  const char *proposal; /* (nullable): its id; NULL: the first text with votes by name, else
                           the first proposal whose votes can be counted, else the first */
} PlnKitOptions;

/** Why a single state was chosen, beside the number of its kind. */
typedef enum {
  PLN_CHOSEN_SPONSOR = 1 << 0,
  PLN_CHOSEN_PERMANENT = 1 << 1, /* a permanent member of the Security Council */
  PLN_CHOSEN_MOVED = 1 << 2,
  PLN_CHOSEN_BROKE_RANKS = 1 << 3,
  PLN_CHOSEN_SPOKE = 1 << 4,
  PLN_CHOSEN_POSITION = 1 << 5,
} PlnChosen;

/** A position that may stand on a card: verified, reported or inferred. */
typedef struct {
  const PlnStance *row;
  guint members; /* of the delegation for whom it holds */
} PlnKitStance;

typedef struct {
  char *name;
  const PlnClassDelegation *made; /* the row that it comes from, or NULL */
  GArray *seats;                  /* guint: of the roster, ascending */
  guint64 weight;                 /* of a rule's second count; the members where there is none */
  guint vetoes;                   /* members that hold a veto under the rule */
  guint8 *in;                     /* n of the roster, 1 for a member */
  PlnCohesion record, before;     /* of the vote, and of the earlier one */
  guint unknown, unknown_before;  /* members whose vote is not on record */
  GArray *sponsors;               /* guint: seats of those that put it forward or asked for it */
  GArray *statements;             /* guint: of scenario->statements; as surely known as stances */
  GArray *stances;                /* PlnKitStance, by line of the file */
  guint unstated;                 /* members of whom no position may be shown */
  guint chosen;                   /* of a single state: PlnChosen, together */
} PlnKitDelegation;

typedef struct {
  const PlnScenario *scenario;
  PlnReplay *replay;
  guint place;               /* of the proposal played */
  const PlnReplayItem *item; /* it */
  gboolean states;           /* each delegation is one member */
  GPtrArray *delegations;    /* PlnKitDelegation *; single states by the alphabet */
  PlnBallot *now;            /* n: PLN_VOTE_UNKNOWN where none is on record or may be shown */
  const char *earlier;       /* the earlier vote's symbol or id; "" where there is none */
  PlnDay earlier_day;
  PlnBallot *before;  /* n: that vote's, likewise */
  GArray *amendments; /* guint: places of the proposals that change this one */
  GPtrArray *topics;  /* const PlnClassTopic *: what is unsuitable for younger classes, each once */
  gboolean played;    /* every delegation has a line on record: what follows is known */
  PlnTally tally;     /* had each cast all its votes on its line */
  PlnVerdict verdict;
} PlnKit;

/** @scenario, @classroom: kept by the caller as long as the kit.
 *  Returns: (transfer full): NULL and PLN_ERROR_USAGE for a size that is none, or a proposal
 *  that is none, with a near miss */
PlnKit *pln_kit_new(const PlnScenario *scenario, const PlnClassroom *classroom,
                    const PlnKitOptions *options, GError **error);
void pln_kit_free(PlnKit *kit);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlnKit, pln_kit_free)

const PlnKitDelegation *pln_kit_delegation(const PlnKit *kit, guint i);

/** How it would have cast its votes as one: the most frequent of yes, no and abstaining of
 *  its members on record; the most frequent two alike, abstaining; nobody answered, not
 *  voting.  PLN_VOTE_UNKNOWN where a member's vote is not on record. */
PlnVote pln_kit_line(const PlnKitDelegation *delegation);

/** Whether a scenario made the member up: then what it says is no country's view, and what
 *  the scenario assumes of it may be handed on. */
gboolean pln_kit_is_made_up(const PlnState *state);

/** Whether a statement of the kit's scenario speaks of this proposal or of all, and was
 *  made before the vote, so that a card may hold it without giving the vote away. */
gboolean pln_kit_said_before(const PlnKit *kit, const PlnStatement *statement);

/** The topics of @classroom that @text names, appended to @topics, each once. */
void pln_kit_find_topics(const PlnClassroom *classroom, const char *text, GPtrArray *topics);

/** How the delegations are made up; for pln_kit_new.  Adds to kit->delegations. */
void pln_kit_share_out(PlnKit *kit, const PlnClassroom *classroom, guint size);
void pln_kit_choose_states(PlnKit *kit, guint size);

/** Adds an empty delegation.  @name: copied.  (transfer none) */
PlnKitDelegation *pln_kit_add(PlnKit *kit, const char *name);
void pln_kit_seat(PlnKit *kit, PlnKitDelegation *delegation, guint seat);

/** The order of names in the alphabet, capitals and accents aside, whatever the locale. */
int pln_kit_alphabet(const char *a, const char *b);

/** Whether the member at @seat put it forward or asked for it, and that may be shown. */
gboolean pln_kit_is_sponsor(const PlnKit *kit, guint seat);

/** Whether all that put it forward or asked for it may be named. */
gboolean pln_kit_may_name_sponsors(const PlnKit *kit);
