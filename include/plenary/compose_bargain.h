/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The composers of bargaining into a document: for people the forecast in words first, then how
 *  it came about; for programs everything.  Checked by tests/unit/test_bargain_words.c,
 *  tests/cli/bargain.sh, tests/page/bargain.spec.mjs and the published schema. */
#pragma once
#include "plenary/bargain.h"
#include "plenary/bargain_backtest.h"
#include "plenary/document.h"

typedef struct {
  gboolean full;              /* people are shown every deal, every delegation, every round */
  const PlnIssue *issue;      /* (nullable): that one alone */
  const PlnBargainVote *vote; /* (nullable): what the outcome comes to when it is put to the vote */
  const char *not_put;        /* (nullable): why it was not, where that was asked for */
  const GPtrArray *compare;   /* (nullable) const PlnBargain *: the same talks by other methods */
  const GPtrArray *notes;     /* (nullable) char *: what reading said */
} PlnComposeBargainOptions;

void pln_compose_bargain(PlnDoc *doc, const PlnBargain *bargain,
                         const PlnComposeBargainOptions *options);

/* Parts, in files of their own. */

/** Whether people asked for @issue, of its place. */
gboolean pln_bargain_shows(const PlnBargain *bargain, const PlnComposeBargainOptions *options,
                           guint issue);

/** How many decimals an issue's positions are shown with: a 250th of its scale. */
int pln_bargain_digits(const PlnIssue *issue);

/** A position, as people read it.  Returns: (transfer full): "?" for NAN */
char *pln_say_position(const PlnIssue *issue, double position);

/** The distribution to be shown: of the draws, else the method's own, else NULL. */
const PlnBargainSpread *pln_bargain_spread(const PlnBargainIssue *item);

/** The least share that makes a camp. */
#define PLN_BARGAIN_CAMP 0.2

/** Where the outcome is most likely, from-to below the forecast and from-to above it. */
typedef struct {
  double at[4];
} PlnBargainCamps;

/** Whether the outcome is likely on both sides of a forecast that is not: less than half as likely,
 *  in a twentieth of the scale with its neighbours, as the likeliest such part on either side, and
 *  PLN_BARGAIN_CAMP or more on each. */
gboolean pln_bargain_camps(const PlnBargainIssue *item, const PlnBargainSpread *spread,
                           PlnBargainCamps *camps);

/** What an issue comes to, in a sentence.  Returns: (transfer full) */
char *pln_say_bargain_issue(const PlnBargain *bargain, guint issue);

/** Why the talks ended where they did; which reading, which options; who moved.
 *  Returns: (transfer full), the last NULL where nobody did */
char *pln_say_bargain_end(const PlnBargain *bargain);
char *pln_say_bargain_method(const PlnBargain *bargain);
char *pln_say_bargain_moves(const PlnBargain *bargain, guint issue);

/** The edits asked for.  Returns: (transfer full): "" where there are none */
char *pln_say_bargain_edits(const PlnBargain *bargain);

/** An exchange of positions and whom else it touches, in a sentence.  Returns: (transfer full) */
char *pln_say_bargain_exchange(const PlnBargain *bargain, const PlnCourseDeal *deal);

/** For people: the scales, the chances of positions, who gets what, positions by round, deals,
 *  members that differ. */
void pln_compose_bargain_scales(PlnDoc *doc, const PlnBargain *bargain,
                                const PlnComposeBargainOptions *options);
void pln_compose_bargain_chances(PlnDoc *doc, const PlnBargain *bargain,
                                 const PlnComposeBargainOptions *options);
void pln_compose_bargain_sides(PlnDoc *doc, const PlnBargain *bargain,
                               const PlnComposeBargainOptions *options);
void pln_compose_bargain_rounds(PlnDoc *doc, const PlnBargain *bargain,
                                const PlnComposeBargainOptions *options);
void pln_compose_bargain_deals(PlnDoc *doc, const PlnBargain *bargain,
                               const PlnComposeBargainOptions *options);
void pln_compose_bargain_differing(PlnDoc *doc, const PlnBargain *bargain,
                                   const PlnComposeBargainOptions *options);

/** Who stands where at the start, and how much each cares: on several issues. */
void pln_compose_bargain_stands(PlnDoc *doc, const PlnBargain *bargain,
                                const PlnComposeBargainOptions *options);

/** The issues shown from *next on for which a line has room, at least one: their places.
 *  @left: letters that other columns take.  @widest: m: of a cell of each issue.
 *  Returns: how many; 0: none is left */
guint pln_bargain_columns(const PlnBargain *bargain, const PlnComposeBargainOptions *options,
                          guint *next, guint left, const guint *widest, guint *place);

/** The id of an issue as a heading; a document keeps no headings. */
const char *pln_bargain_heading(const PlnIssue *issue);

/** Methods side by side on several issues: a row a method. */
void pln_compose_bargain_grid(PlnDoc *doc, const PlnBargain *bargain,
                              const PlnComposeBargainOptions *options);

/** The forecasts of several methods side by side, for people and for programs. */
void pln_compose_bargain_compare(PlnDoc *doc, const PlnBargain *bargain,
                                 const PlnComposeBargainOptions *options);

/** What the page draws: the course of an issue and the distribution of its outcome. */
void pln_compose_bargain_charts(PlnDoc *doc, const PlnBargain *bargain,
                                const PlnComposeBargainOptions *options);

/** The vote on the outcome, for people and for programs. */
void pln_compose_bargain_vote(PlnDoc *doc, const PlnBargain *bargain,
                              const PlnComposeBargainOptions *options);

/** Everything, for programs. */
void pln_compose_bargain_data(PlnDoc *doc, const PlnBargain *bargain,
                              const PlnComposeBargainOptions *options);

/** A number on the scale of @issue for programs: eight digits more than are shown. */
PlnValue pln_bargain_value(const PlnIssue *issue, double position);

void pln_compose_bargain_backtest(PlnDoc *doc, const PlnBargainBacktest *backtest,
                                  const char *capability);
