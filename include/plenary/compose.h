/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The composers: a study's result into a document.  They know the studies and the
 *  document, and no format.  Checked by tests/golden and by the published schema. */
#pragma once
#include "plenary/document.h"
#include "plenary/replay.h"

/** Which blocs the text shows. */
typedef struct {
  const char *blocs; /* NULL: regional groups, the scenario's own and large ones; "all"; "EU,BRICS" */
  gboolean within;   /* part of a report, which has said the title, the answer and what it is about */
} PlnComposeOptions;

void pln_compose_replay(PlnDoc *doc, const PlnReplay *replay, const PlnComposeOptions *options);

/** What people are shown of a proposal: all, a stage of a walk through it, or nothing. */
typedef enum {
  PLN_STAGE_ALL,
  PLN_STAGE_QUESTION,
  PLN_STAGE_ANSWER, /* question and answer */
  PLN_STAGE_WHO,
  PLN_STAGE_DATA, /* for programs only */
} PlnReplayStage;

/** One proposal of it alone. */
void pln_compose_replay_item(PlnDoc *doc, const PlnReplay *replay, guint place, PlnReplayStage stage,
                             const PlnComposeOptions *options);

/** The rule's citations, each once.  Returns: (transfer full) */
char *pln_compose_citations(const PlnReplay *replay);

/** Who sits in @roster.  @what: its name in words; @acts: (nullable): what each did
 *  about a treaty */
void pln_compose_roster(PlnDoc *doc, const char *what, const PlnRoster *roster, const GPtrArray *acts,
                        const PlnWorld *world);

void pln_compose_rules(PlnDoc *doc, const PlnWorld *world);
void pln_compose_bodies(PlnDoc *doc, const PlnWorld *world);
void pln_compose_blocs(PlnDoc *doc, const PlnWorld *world, PlnDay day);

/* Sentences of the replay, shared by its composers. */

/** The outcome in capitals and the count.  Returns: (transfer full) */
char *pln_say_verdict(const PlnPoll *poll, PlnEnd end);

/** What came of several: "3 rejected", "2 with an outcome not known".  Behind a number. */
const char *pln_say_end(PlnEnd end);

/** @n: (out): PLN_END_WITHDRAWN + 1: how many came to each end */
void pln_replay_count_ends(const PlnReplay *replay, guint *n);

/** What the fraction was taken of, what it took and what was to spare.
 *  Returns: (transfer full) */
char *pln_say_margin(const PlnPoll *poll);

/** The least changes that would turn it, behind @lead.  Returns: (transfer full), or NULL */
char *pln_say_turn(const PlnPoll *poll, const char *lead);

/** The codes of those, with blanks between.  Returns: (transfer full) */
char *pln_say_decisive_codes(const PlnRoster *roster, const PlnPoll *poll);

/** Who could have turned it alone.  Returns: (transfer full), or NULL */
char *pln_say_decisive(const PlnReplayItem *item);

/** Who moved since an earlier vote, in numbers.  Returns: (transfer full) */
char *pln_say_shift(const PlnShift *shift);

/** "Russian Federation and 7 others (BLR CHN …)".  Returns: (transfer full), or NULL */
char *pln_say_asked_by(const PlnProposal *proposal, const PlnWorld *world);

/** A section for programs: whose scenario it is. */
void pln_say_scenario(PlnDoc *doc, const PlnScenario *scenario);

/** What was asked, in words.  Returns: (transfer full) */
char *pln_say_whatif(const PlnReplay *replay);

/* Parts of a replay's proposal, each in a file of its own. */

void pln_compose_blocs_of(PlnDoc *doc, const PlnReplay *replay, const PlnReplayItem *item,
                          const PlnComposeOptions *options);
void pln_compose_board(PlnDoc *doc, const PlnReplay *replay, const PlnReplayItem *item);
void pln_compose_votes(PlnDoc *doc, const PlnReplayItem *item);
void pln_compose_shift(PlnDoc *doc, const PlnReplayItem *item);

/** What was stated on proposal @place, or for -1 on the scenario as a whole. */
void pln_compose_statements(PlnDoc *doc, const PlnReplay *replay, int place);
void pln_compose_claims(PlnDoc *doc, const PlnReplay *replay, guint place);

/** "Y", "N", "A", "X", or "?" where the record does not say. */
const char *pln_vote_letter(PlnVote vote);
PlnValue pln_vote_value(PlnVote vote);
