/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Roll calls in bulk: the files in which others publish votes, read into a vote matrix.
 *
 *  Six formats, told apart by the header alone or named; never by their content:
 *
 *    undl            UN Digital Library: undl_id, ms_code, ms_vote, date …
 *    voeten          rcid, ccode, vote …: 1 yes, 2 abstain, 3 no, 8 absent, 9 no member
 *    tidy            rcid, then iso3 or country_code, and vote: in letters or words
 *    voteview        congress, chamber, rollnumber, icpsr, cast_code
 *    matrix          a row a voter, a column a roll call: Y, N, A, X or empty
 *    matrix-by-vote  a row a roll call, a column a voter; by name only
 *    own             roll_call, state, vote, as in data/roll_calls.csv
 *
 *  Rows may come in any order.  A code of a UN source (undl, voeten, tidy, own) is a state
 *  by members.csv and historical.csv, on the day of the roll call; a vote outside any
 *  membership is left out, with a note.  In undl, voeten and tidy a voter of the file that
 *  was a member for certain and has no row did not vote (X).  Nothing is dropped or mapped
 *  without a note, and nothing that contradicts itself is read: the totals of undl, a vote
 *  told twice in two ways, a code that nobody has.
 *
 *  Sources of the formats: the Digital Library's description of its General Assembly voting
 *  data; Voeten's codebook; voteview.com's of member votes.  Limits: PLN_ROLL_CALLS_*.
 *  Cost: one pass over the file, 16 bytes a vote and a byte a cell; a file of more than
 *  4 MB is hashed by a second thread.  Checked by tests/unit/test_roll_calls.c and
 *  tests/fuzz/fuzz_roll_calls.c. */
#pragma once
#include "plenary/fault.h"
#include "plenary/historical.h"
#include "plenary/vote_matrix.h"
#include "plenary/world.h"

/** The most bytes of a file, votes of one, voters, and cells of the matrix. */
#define PLN_ROLL_CALLS_BYTES ((gsize)2 << 30)
enum {
  PLN_ROLL_CALLS_VOTES = 1 << 26,
  PLN_ROLL_CALLS_VOTERS = 50000,
  PLN_ROLL_CALLS_CALLS = 500000,
  PLN_ROLL_CALLS_CELLS = 1 << 28
};

typedef struct {
  const char *votes;   /* the file; "-": standard input */
  const char *list;    /* roll calls: rcid or id (or roll_call, undl_id; or congress, chamber
                          and rollnumber), session, date, resolution or symbol, title or short;
                          or NULL */
  const char *members; /* of voteview: icpsr, bioname, party_code; or NULL */
  const char *format;  /* one of pln_roll_calls_formats; or NULL: by the header */
  int from, to;        /* sessions to keep, both included; -1: open */
  gboolean leave_out;  /* pass over roll calls whose rows disagree with their totals, with a note;
                          else they are faults */
  const PlnHistorical *historical; /* or NULL: the shipped table */
  GPtrArray *notes;    /* to add to: char *, a sentence each, in which names are as the file
                          has them (pln_text_visible before they are shown); or NULL */
  GArray *inputs;      /* to add to: PlnInput, a file each; or NULL */
} PlnRollCallsOptions;

/** Names, NULL-terminated. */
PLN_API extern const char *const pln_roll_calls_formats[];

/** Returns: (transfer full): NULL where a fault was added */
PLN_API PlnVoteMatrix *pln_roll_calls_load(const PlnWorld *world,
                                           const PlnRollCallsOptions *options, PlnFaults *faults);

/** The same from memory; @options name the files.
 *  @list, @members: (nullable) */
PLN_API PlnVoteMatrix *pln_roll_calls_parse(const PlnWorld *world, GBytes *votes, GBytes *list,
                                            GBytes *members, const PlnRollCallsOptions *options,
                                            PlnFaults *faults);
