/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Gathering: the votes of a file in bulk as it names them, before they are a matrix.
 *
 *  Roll calls and voters are numbered as they come.  Files hold the same names over and
 *  over in much the same order, so the name that came next the last time is tried before
 *  a hash table is.  Complaints of the same words are one fault, at their first place,
 *  with the number of rows.  Used by the readers of roll calls (roll_calls.h).
 *  Cost: 16 bytes a vote.  Checked by tests/unit/test_roll_calls.c. */
#pragma once
#include "plenary/csv.h"
#include "plenary/roll_calls.h"
#include "plenary/seats.h"

/** What a format may say beside a vote of PlnVote. */
enum { PLN_SAID_NOTHING = 253, PLN_SAID_NO_MEMBER = 254, PLN_SAID_UNREADABLE = -1 };

/** A roll call as a list or the rows state it. */
typedef struct {
  const char *id, *symbol, *title, *session_text, *date_text;
  PlnDay day;
  int session;         /* or -1 */
  gboolean special;    /* a special or emergency special session */
  gboolean kept, listed, stated; /* stated: a row has been read of it */
  guint line, column;  /* of its first row */
  guint32 rows;
  gint64 total[PLN_VOTE_KINDS], members; /* stated, or PLN_NOT_STATED */
  guint32 counted[PLN_VOTE_KINDS];
} PlnGatheredCall;

typedef struct {
  const char *text; /* the file's code of a voter */
  guint line, column;
  guint32 rows;
  guint next; /* the key that followed last */
} PlnKey;

typedef struct {
  guint32 call, line;
  guint16 key, column;
  guint8 vote;
} PlnGatheredVote;

typedef struct {
  const char *file;
  PlnFaults *faults;
  GPtrArray *notes;
  int from, to;
  gboolean leaves_out; /* roll calls that disagree with their totals */
  gboolean assembly; /* sessions are the General Assembly's */
  const char *list;  /* the companion list, or NULL */
  gboolean full;     /* a limit was reached: nothing more is taken */
  GArray *calls, *keys, *votes;
  GHashTable *call_of, *key_of, *complaint_of;
  GPtrArray *complaints;
  GStringChunk *text;
  guint call, key;    /* those of the row before */
  gsize dropped_rows; /* of roll calls outside the sessions asked for */
  gsize no_answer;    /* rows that state no vote */
  guint32 special, derived, no_session;
} PlnGather;

void pln_gather_init(PlnGather *gather, const char *file, const PlnRollCallsOptions *options,
                     PlnFaults *faults);
void pln_gather_clear(PlnGather *gather);

static inline PlnGatheredCall *pln_gather_at(const PlnGather *gather, guint call) {
  return &g_array_index(gather->calls, PlnGatheredCall, call);
}

/** The number of the roll call @id, new ones added. */
guint pln_gather_call(PlnGather *gather, const char *id);

/** The number of the voter @text, which stands at @field; new ones are added.
 *  FALSE: there are too many */
gboolean pln_gather_key(PlnGather *gather, const char *text, const PlnField *field, guint *key);

/** The vote of @key on @call, unless it says nothing. */
void pln_gather_vote(PlnGather *gather, guint call, guint key, int vote, const PlnField *field);

/** What the session and the date of a roll call say; complaints are of @file.  Then
 *  whether it lies in the sessions asked for. */
void pln_gather_when(PlnGather *gather, PlnGatheredCall *call, const PlnField *session,
                     const PlnField *date);
void pln_gather_settle(PlnGather *gather, PlnGatheredCall *call);

/** The roll calls that are kept and have rows, by session, day and id.
 *  Returns: (transfer container) */
PlnGatheredCall **pln_gather_sorted(const PlnGather *gather, guint *n);

/** A fault at @field, told once for all rows that have the same. */
void pln_gather_complain(PlnGather *gather, const PlnField *field, const char *format, ...)
    G_GNUC_PRINTF(3, 4);

/** Adds what was complained of to the faults. */
void pln_gather_tell(PlnGather *gather);

/** Adds a sentence to the notes. */
void pln_gather_note(PlnGather *gather, const char *format, ...) G_GNUC_PRINTF(2, 3);

/** Reads the companion list, before the votes. */
void pln_gather_list(PlnGather *gather, const char *file, GBytes *bytes);

/** What the readers of formats are. */
typedef enum {
  PLN_COLUMN_CALL, PLN_COLUMN_VOTER, PLN_COLUMN_VOTE, PLN_COLUMN_SESSION, PLN_COLUMN_DATE,
  PLN_COLUMN_SYMBOL, PLN_COLUMN_TITLE, PLN_COLUMN_YES, PLN_COLUMN_NO, PLN_COLUMN_ABSTAIN,
  PLN_COLUMN_ABSENT, PLN_COLUMN_MEMBERS, PLN_COLUMN_CHAMBER, PLN_COLUMN_NUMBER, PLN_COLUMN_KINDS
} PlnColumnKind;

typedef struct {
  PlnColumnKind kind;
  const char *name;
  gboolean needed;
} PlnVoteColumn;

/** A format with a vote a row. */
typedef struct {
  const char *name;
  PlnVoteColumn columns[16]; /* ended by a NULL name */
  PlnCodes codes;
  gboolean fills; /* a member without a row did not vote */
  int (*vote)(const char *text); /* a PlnVote or what it says beside; PLN_SAID_UNREADABLE */
  const char *expected; /* of a vote */
} PlnVoteFormat;

extern const PlnVoteFormat pln_votes_undl, pln_votes_voeten, pln_votes_tidy_iso3,
    pln_votes_tidy_country, pln_votes_voteview, pln_votes_own;

/** The letters Y, N, A and X and the words for them, or PLN_SAID_UNREADABLE. */
int pln_votes_word(const char *text);

/** The two matrix formats: a roll call a column or, @by_vote, a voter a column.  The rows
 *  of a header that is not sound are not to be read. */
typedef struct {
  gboolean by_vote;
  GArray *column; /* guint: the roll call or the key of each column after the first */
} PlnGrid;
gboolean pln_grid_header(PlnGrid *grid, PlnGather *gather, const PlnField *field, guint n);
void pln_grid_row(PlnGrid *grid, PlnGather *gather, const PlnField *field, guint n);

/** Reads the rows of the votes, whatever their format.
 *  Returns: the codes and whether absences are filled in; FALSE where no row was read */
gboolean pln_gather_rows(PlnGather *gather, const char *format, GBytes *bytes, PlnCodes *codes,
                         gboolean *fills);

/** Notes a row for @call: its first one is held against the list. */
void pln_gather_row(PlnGather *gather, PlnGatheredCall *call, const PlnField *field);

/** Reads names and parties of voteview's members into a table for pln_gather_matrix(). */
GHashTable *pln_gather_members(PlnGather *gather, const char *file, GBytes *bytes);

/** The matrix of what was gathered.
 *  @members: (nullable): code -> const PlnVoter *
 *  Returns: NULL where there is a fault */
PlnVoteMatrix *pln_gather_matrix(PlnGather *gather, const PlnSeats *seats, PlnCodes codes,
                                 gboolean fills, GHashTable *members);
