/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The composer of a whip count: a delegation's working list as a document.
 *
 *  People get the answer first, then list by list the bins, the tally to expect, whom to call,
 *  what does not fit and what is old, then what it rests on; the paper itself, a row a state, for
 *  one list or with @full, or as the Assembly's board.  Programs get everything: the tables
 *  counts, tally, calls, list, states, yes, likes, reliability.  A chance is never shown as 0 or
 *  100 %; of a vote on record none is shown.  Checked by tests/cli/whip.sh and by
 *  data/schema/whip.schema.json. */
#pragma once
#include "plenary/document.h"
#include "plenary/vote_matrix.h"
#include "plenary/whip.h"

typedef struct {
  gboolean board;  /* all seats in columns in the order of the voting board */
  gboolean full;   /* every list's paper, and every seat */
  guint calls;     /* how many calls of each kind people are shown; 0: as many as is usual */
  const PlnVoteMatrix *history; /* (nullable): the earlier roll calls */
  const GPtrArray *notes;       /* char * */
  const char *const *said;      /* NULL-terminated: the answers of --say */
} PlnWhipShow;

void pln_compose_whip(PlnDoc *doc, const PlnWhip *whip, const PlnWhipShow *show);

/** The rules' citations, each once.  Returns: (transfer full) */
char *pln_compose_whip_citations(const PlnWhip *whip);

/* Parts of it, each in a file of its own. */

/** A proposal's list. */
void pln_compose_whip_list(PlnDoc *doc, const PlnWhip *whip, const PlnWhipList *list,
                           const PlnWhipShow *show);

/** Its working paper: a row a state; the same for programs; the board. */
void pln_compose_whip_paper(PlnDoc *doc, const PlnWhip *whip, const PlnWhipList *list,
                            const PlnWhipShow *show);

/** What the chances rest on: electorate, earlier roll calls, how far answers are trusted. */
void pln_compose_whip_basis(PlnDoc *doc, const PlnWhip *whip, const PlnWhipShow *show);

/* Words that they share. */

/** "21 firm or leaning yes, 8 against … 160 not heard from".  Returns: (transfer full) */
char *pln_whip_say_heard(const PlnWhipList *list);

/** "adopted, 83 in 100", "not adopted, more than 99 in 100".  Returns: (transfer full) */
char *pln_whip_say_outcome(const PlnWhipList *list);

/** How many seats say yes, no, abstain (firm, leaning or on record), are open (undecided, no
 *  instructions), or were not heard from. */
typedef struct {
  guint yes, no, abstain, open, silent;
} PlnWhipHeard;
PlnWhipHeard pln_whip_heard(const PlnWhipList *list);

/** In 100, three columns wide: " 83", " <1", ">99". */
char *pln_whip_percent(double chance);

/** "firm yes", "leans yes" …: a bin as people call it. */
const char *pln_whip_bin_name(PlnWhipBin bin);
