/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A whip count: what a delegation has heard before a vote, what it comes to, and whom to call.
 *
 *  A list for each proposal still to be voted: every seat in a bin by what is known of it, the
 *  forecast that all of it together makes (outlook.h: votes on record, answers heard, sponsors,
 *  the electorate, earlier similar roll calls), what follows for the outcome (outcome.h), and
 *  from that two orders of calling.  *Tell*: the seats whose vote would tell most of whether it
 *  is adopted, in bits; those of which the draws cannot tell it from nothing are left out.
 *  *Change*: the seats that may still go either way (yes and no both at least PLN_WHIP_EITHER)
 *  with the largest swing, the chance of adoption where it votes yes less that where it votes
 *  no; those within two standard errors of 0 are left out.  A swing counts whom a state goes
 *  with: who turns one of them has not turned all, so beside it stands how often its vote alone
 *  decides.
 *
 *  Every chance is given that the proposal is put to a vote today, after which no more is
 *  heard.  A proposal whose vote is on record has no list.
 *
 *  Redacting takes the private rows out of the scenario before anything is computed, so that
 *  nothing that follows can hold them.  The hash of whip.csv goes too: who guesses a row could
 *  try it on the hash.
 *
 *  Cost for 193 seats: an outlook (3 ms), the draws and the points of its outcome, and well
 *  below a millisecond for the lists themselves.  The same bytes for any number of threads.
 *  Source: reference F9.  Checked by tests/unit/test_whip.c and tests/cli/whip.sh. */
#pragma once
#include "plenary/outcome.h"
#include "plenary/outlook.h"

/** What is known of a seat, in the order in which bins are shown. */
typedef enum {
  PLN_WHIP_RECORD, /* its vote is on record */
  PLN_WHIP_YES,
  PLN_WHIP_LEANS_YES,
  PLN_WHIP_SPONSOR, /* it put the draft forward; nothing more was heard */
  PLN_WHIP_UNDECIDED,
  PLN_WHIP_LEANS_ABSTAIN,
  PLN_WHIP_ABSTAINS,
  PLN_WHIP_LEANS_NO,
  PLN_WHIP_NO,
  PLN_WHIP_NO_INSTRUCTIONS,
  PLN_WHIP_NOT_HEARD,
  PLN_WHIP_BINS
} PlnWhipBin;

/** "on-record", "yes", "leans-yes", "sponsor" … in the order of PlnWhipBin, NULL-terminated. */
PLN_API extern const char *const pln_whip_words[];

/** A seat may go either way where yes and no are both as likely as this: of rarer answers the
 *  draws show odd worlds, not what a call could change. */
#define PLN_WHIP_EITHER 0.05
/** What was heard is stale where less than this share of what it told is left. */
#define PLN_WHIP_STALE 0.5
/** It disagrees with the electorate where that gives it less than this chance. */
#define PLN_WHIP_SURPRISE 0.25

typedef struct {
  PlnWhipBin bin;
  const PlnPledge *pledge; /* or NULL */
  int days;                /* since it was heard, or -1 */
  double left;             /* share of what it told that is left; NAN where nothing was heard */
  double chance[PLN_VOTE_KINDS];
  double expected;         /* the chance that the rest of the forecast gives to what was heard:
                              yes for who leans yes; NAN where what was heard is no answer */
} PlnWhipSeat;

typedef struct {
  guint seats;
  double expected[PLN_VOTE_KINDS];
} PlnWhipCount;

typedef struct {
  guint place; /* of the proposal in the scenario */
  const PlnProposal *proposal;
  const PlnRuleEntry *rule;
  const char *why_rule;
  PlnOutlook *outlook;
  PlnOutcomeResult *outcome;
  double chance, error; /* of adoption, given that it is put to a vote */
  double bits;          /* that are open: the entropy of the outcome */
  double before;        /* the chance before --say, or NAN */
  PlnWhipSeat *seat;    /* n of the outlook */
  PlnWhipCount count[PLN_WHIP_BINS], all;
  GArray *board;        /* guint: all seats by name, as the voting board has them */
  GArray *tell, *change;/* guint: whom to call, most first */
  GArray *surprise;     /* guint: what was heard is least expected first */
  GArray *stale;        /* guint: heard longest ago first */
} PlnWhipList;

typedef struct {
  PlnOutlookOptions outlook;
  PlnOutcomeOptions outcome;
  const PlnRuleEntry *rule; /* (nullable): in place of each proposal's own */
  int proposal;             /* this one alone, or -1 */
  int left_out;             /* what pln_whip_redact returned, or -1 */
  const double *before;     /* (nullable): of each proposal the chance before pln_whip_say */
} PlnWhipCountOptions;

typedef struct {
  const PlnScenario *scenario;
  PlnWhipCountOptions options;
  GPtrArray *lists;   /* PlnWhipList * */
  GPtrArray *without; /* const PlnProposal *: asked for, but their vote is on record */
  guint assumed;      /* answers that only the analyst assumes */
  PlnStatus weakest;
} PlnWhip;

/** Returns: PLN_ERROR_DATA where the electorate has seen a vote, or no proposal is left to be
 *  voted; PLN_ERROR_USAGE where the rule asks for weights that members do not have */
PLN_API PlnWhip *pln_whip_new(const PlnScenario *scenario, const PlnWhipCountOptions *options,
                              GError **error);
PLN_API void pln_whip_free(PlnWhip *whip);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlnWhip, pln_whip_free)

PLN_API const PlnWhipList *pln_whip_list(const PlnWhip *whip, guint i);

/** Whether @proposal is still to be voted: no outcome, no tally, not every vote on record. */
PLN_API gboolean pln_whip_is_open(const PlnProposal *proposal);

/** Adds or replaces an answer, heard on the scenario's day: "FRA=leans-yes" or
 *  "PROPOSAL:FRA=no".  Level, ask and caller stay.
 *  @place: of the only proposal that is counted, or -1; where @text names none it holds for
 *  every proposal counted
 *  Returns: FALSE and PLN_ERROR_USAGE with a near miss; where it would change nothing too: the
 *  vote is on record, or @text names a proposal that is not counted */
PLN_API gboolean pln_whip_say(PlnScenario *scenario, const char *text, int place, GError **error);

/** Takes the private rows, and the hash of their file, out of @scenario, for good.
 *  Returns: how many rows */
PLN_API guint pln_whip_redact(PlnScenario *scenario);

/** How English names stand on the board: @a before @b; accents and capitals do not count. */
int pln_whip_compare_names(const char *a, const char *b);
