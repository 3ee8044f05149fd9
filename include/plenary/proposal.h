/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A proposal: what a body was asked, as it was asked, and what is on record.
 *
 *  Its kind and the question fix what a yes means: an amendment that deletes
 *  (rules 90, 130) has yes delete, a separate vote on a paragraph (rules 89, 129)
 *  has yes keep.  A record is complete (every member), partial (some of them, with
 *  or without totals), a tally (totals only) or an outcome (not even those).
 *  Strings are owned by the scenario.  Checked by tests/unit/test_proposal.c. */
#pragma once
#include <glib.h>

#include "plenary/day.h"
#include "plenary/roster.h"
#include "plenary/rule.h"
#include "plenary/status.h"

typedef enum {
  PLN_KIND_TEXT,
  PLN_KIND_AMENDMENT,
  PLN_KIND_DELETION,  /* an amendment that deletes: yes deletes */
  PLN_KIND_PARAGRAPH, /* put separately: yes keeps */
  PLN_KIND_MOTION,
  PLN_KIND_WHOLE, /* the text as amended, voted last */
} PlnKind;

typedef enum {
  PLN_MOTION_NONE,
  PLN_MOTION_NO_ACTION,
  PLN_MOTION_DIVISION,
  PLN_MOTION_COMPETENCE,
  PLN_MOTION_ADJOURN,
  PLN_MOTION_CLOSURE,
  PLN_MOTION_RECONSIDER, /* two-thirds */
} PlnMotion;

typedef enum {
  PLN_RECORD_NONE, /* not voted yet, or nothing known */
  PLN_RECORD_COMPLETE,
  PLN_RECORD_PARTIAL,
  PLN_RECORD_TALLY,
  PLN_RECORD_OUTCOME,
} PlnRecord;

/** What the record says came of it. */
typedef enum {
  PLN_RESULT_NOT_STATED,
  PLN_RESULT_ADOPTED,
  PLN_RESULT_REJECTED,
  PLN_RESULT_WITHOUT_VOTE, /* adopted by consensus */
  PLN_RESULT_NOT_PUT,
  PLN_RESULT_WITHDRAWN,
  PLN_RESULT_UNKNOWN,
} PlnResult;

/** Why a member did not vote, where that is known. */
typedef enum {
  PLN_REASON_NOT_STATED,
  PLN_REASON_ABSENT,
  PLN_REASON_PRESENT,     /* present, not participating */
  PLN_REASON_ARREARS,     /* Charter Article 19 */
  PLN_REASON_CREDENTIALS,
} PlnNotVoting;

/** The words of the tables, each in the order of its enum, NULL-terminated. */
PLN_API extern const char *const pln_kind_words[], *const pln_motion_words[],
    *const pln_record_words[], *const pln_result_words[], *const pln_not_voting_words[];

/** One member's ballot.  What it later said it meant is another field. */
typedef struct {
  PlnVote vote, meant; /* PLN_VOTE_UNKNOWN: not on record; not said */
  PlnNotVoting reason;
  PlnStatus status;
  const char *source;
} PlnBallot;

/** This proposal is not put where proposal @other came out so. */
typedef struct {
  guint other;
  gboolean adopted;
} PlnFallsIf;

typedef struct {
  const char *id, *title, *symbol, *question, *provision, *earlier, *note, *source;
  const char *asked_by;       /* codes between blanks, "?" or "" */
  const char *touches, *touches_source; /* whom it touches, and who says so; "" */
  const char *matter;         /* what it would do, in a sentence that does not tell what came of
                                 it; "" */
  const char *family;         /* a word for proposals of a kind, such as speech; "" */
  PlnKind kind;
  PlnMotion motion;
  int target;                 /* the proposal it changes, or -1 */
  gint64 order;               /* ruled by the Chair; PLN_NOT_STATED, PLN_UNKNOWN */
  gint64 parts;               /* operative parts of a text; PLN_NOT_STATED */
  double at, status_quo;      /* 0-100: where it and what holds now lie on the scale;
                                 then positions are ideal points.  Both PLN_NOT_STATED else */
  double pressed;             /* 0-100: the chance that it comes to a vote; PLN_NOT_STATED */
  PlnDay day;
  const PlnBody *body;
  const PlnRuleEntry *rule;   /* named by the scenario, or NULL: follows kind and body */
  gboolean important;         /* an important question: the body's larger majority */
  GArray *falls_if;           /* PlnFallsIf */
  PlnRecord record;
  gint64 total[PLN_VOTE_KINDS]; /* PLN_NOT_STATED, PLN_UNKNOWN */
  PlnResult result;
  PlnStatus status;
  const PlnRoster *roster;
  PlnBallot *ballot;          /* roster->n */
} PlnProposal;

/** What a yes to a proposal of @kind does: "adopts", "deletes", "keeps" … */
PLN_API const char *pln_kind_yes(PlnKind kind);

/** Whether its votes can be counted: every one is named, or the totals of yes, no and
 *  abstaining are on record. */
gboolean pln_proposal_counted(const PlnProposal *proposal);

/** The votes of a proposal that can be counted; or of one without totals, for a what-if,
 *  which then takes it that whoever is not named does not vote.
 *  @unnamed: (out): how many more of each kind the totals hold than are named; those that
 *  did not vote are the members less those that voted or abstained
 *  Returns: (transfer full): roster->n, PLN_VOTE_UNKNOWN where the vote is not named */
PlnVote *pln_proposal_votes(const PlnProposal *proposal, guint32 unnamed[PLN_VOTE_KINDS]);

/** The question as put, or the usual one of its kind.  Returns: (transfer full) */
PLN_API char *pln_proposal_question(const PlnProposal *proposal);
