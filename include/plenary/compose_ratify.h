/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The composers of ratification into a document: for people the answer in words first, then the
 *  tables that carry it, then what it rests on; for programs everything.
 *
 *  Dates are months to people ("March 2028"), or years where nine of ten lie years apart, and days
 *  to programs.  What does not come within the horizon is said so: no date stands for it.
 *  Checked by tests/unit/test_ratify_words.c, tests/cli/ratify.sh and the published schemas. */
#pragma once
#include "plenary/document.h"
#include "plenary/ratify_backtest.h"

typedef struct {
  gboolean full;             /* people are shown every state, every year */
  const PlnRatify *base;     /* (nullable): the same without the edits, for comparison */
  const PlnRatify *apart;    /* (nullable): the same were support not to matter */
  const GPtrArray *notes;    /* (nullable) char * */
} PlnComposeRatifyOptions;

void pln_compose_ratify(PlnDoc *doc, const PlnRatify *ratify, const PlnComposeRatifyOptions *options);
void pln_compose_ratify_backtest(PlnDoc *doc, const PlnRatifyBacktest *backtest);

/** The citations of terms and rule, "; " between.  Returns: (transfer full) */
char *pln_compose_ratify_citations(const PlnRatify *ratify);

/* Words.  Returns, where not said otherwise: (transfer full). */

/** "March 2028"; of @years "2028"; "later" for -1. */
char *pln_say_ratify_day(PlnDayNumber day, gboolean years);

/** "about March 2028 (9 of 10: …)"; where it is known "1 July 2004"; where it is not likely to come
 *  "not by the end of 2051 in 62% of the draws".  @of: what comes, of @ratify's draws. */
char *pln_say_ratify_date(const PlnRatify *ratify, const PlnRatifyDate *of);

/** "in 7 of 10 draws", "in fewer than 1 of 20 draws"; "?" for NAN. */
char *pln_say_ratify_draws(double chance);

/** "Budapest": a treaty of which an id is known alone.  Nothing of it need be freed. */
const char *pln_say_treaty(const char *id);

/** "74/247": a resolution's symbol without its organ.  Part of @symbol. */
const char *pln_say_resolution(const char *symbol);

/** The name of the treaty in words, by its terms.  Owned by the world. */
const char *pln_ratify_name(const PlnRatify *ratify);

/** The answer, sentence by sentence: force; 60 parties; who these are; the vote of the conference
 *  (where none can be held that), and the protocol's force (NULL where nothing is voted). */
char *pln_say_ratify_force(const PlnRatify *ratify);
char *pln_say_ratify_conference(const PlnRatify *ratify);
char *pln_say_ratify_parties(const PlnRatify *ratify);
char *pln_say_ratify_vote(const PlnRatify *ratify);
char *pln_say_ratify_protocol(const PlnRatify *ratify);

/** What the vote hangs on most and no data say; NULL where nothing is voted. */
char *pln_say_ratify_assumed(const PlnRatify *ratify);

/** What it would be were support not to matter.  @apart: of no_support */
char *pln_say_ratify_apart(const PlnRatify *ratify, const PlnRatify *apart);

/** What was asked: "30 instruments instead of 40; EU27=never"; "" where nothing was.  @base: (nullable) */
char *pln_say_ratify_asked(const PlnRatify *ratify, const PlnRatify *base);

/** What that changes: "in force in 2031 instead of 2028; …". */
char *pln_say_ratify_against(const PlnRatify *ratify, const PlnRatify *base);

/* Parts, in files of their own. */

/** What an event is called, with its number: "40th instrument", "60 parties". */
char *pln_say_ratify_event(const PlnRatify *ratify, PlnRatifyEvent event);

/** Ids of events and of the parties' kinds, for programs. */
extern const char *const pln_ratify_event_ids[PLN_RATIFY_EVENTS];
extern const char *const pln_join_class_ids[PLN_JOIN_CLASSES];

/** A state's chance for programs: what is deposited, or set, is sure; else as pln_chance_value. */
PlnValue pln_ratify_chance(const PlnRatify *ratify, const PlnRatifyState *state, double chance);

/** A composition in whole numbers that add up: the greatest remainders are rounded up.
 *  @all, @kind: (out) */
void pln_ratify_whole(const PlnRatifyComposition *of, guint *all, guint kind[PLN_PARTY_KINDS]);

/** The chance that the protocol has been adopted and is in force by the end of year @k, of all draws:
 *  never more than that it could be considered by then; NAN where nothing is voted. */
double pln_ratify_protocol_by(const PlnRatify *ratify, guint k);

/** Whether its instrument lies with the depositary. */
gboolean pln_ratify_deposited(const PlnRatify *ratify, const PlnRatifyState *state);

/** For people: dates, years, parties, states, who is bound. */
void pln_compose_ratify_tables(PlnDoc *doc, const PlnRatify *ratify,
                               const PlnComposeRatifyOptions *options);

/** For people: terms, the fit, milestones, reservations, what is assumed. */
void pln_compose_ratify_rests(PlnDoc *doc, const PlnRatify *ratify);

/** A fit, for programs: a section "fit".  @pace: quantiles */
void pln_compose_join_fit(PlnDoc *doc, const PlnJoinFit *fit, const double *pace);

/** What the page draws, and everything, for programs. */
void pln_compose_ratify_charts(PlnDoc *doc, const PlnRatify *ratify);
void pln_compose_ratify_data(PlnDoc *doc, const PlnRatify *ratify,
                             const PlnComposeRatifyOptions *options);
