/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A batch's index: a row a scenario, what its report says in a line, and the document of them.
 *
 *  A row speaks of one proposal, the first or the one asked for: its outcome in words, the tally,
 *  the margin (yes votes less those needed), the chance of adoption, and the weakest status that
 *  the whole report rests on.  Of a vote on record these are the record's (or the what-if's, where
 *  one was asked for); of a vote to come the projection's: the middle of its draws, and as the
 *  outcome "likely", "open" or "unlikely", by the chance.  Where nothing is stated of who stands
 *  where, the projection is but the electorate's average vote: "no forecast", and no number.  A
 *  scenario that cannot be read has its first fault instead, and how many more there are.
 *
 *  *Chance.*  The brief projection of a page is off by up to some 2 points (measured: 1.5), so
 *  that this one proposal is asked again with pln_runner, PLN_BATCH_DRAWS draws, 25 ms, and the
 *  number rounded to thousandths.  How the other proposals stand is as the page has it.
 *
 *  A row lives on in a sidecar beside the report, with what the report was made from and a hash of
 *  all of this, so that the next batch makes again only what changed.
 *  Checked by tests/unit/test_batch.c and tests/cli/batch.sh. */
#pragma once
#include <glib.h>

#include "plenary/document.h"
#include "plenary/project.h"
#include "plenary/replay.h"

enum { PLN_BATCH_NOT_KNOWN = G_MAXINT, PLN_BATCH_DRAWS = 20000 };

/** What may come of a proposal, in the order in which it is said. */
typedef enum {
  PLN_BATCH_ADOPTED,
  PLN_BATCH_NOT_ADOPTED,
  PLN_BATCH_NOT_PUT, /* or withdrawn */
  PLN_BATCH_LIKELY,
  PLN_BATCH_OPEN,
  PLN_BATCH_UNLIKELY,
  PLN_BATCH_NO_FORECAST,
  PLN_BATCH_UNKNOWN,
  PLN_BATCH_FAULT,
  PLN_BATCH_KINDS
} PlnBatchKind;

/** As JSON has them: "not_adopted"; NULL-terminated. */
extern const char *const pln_batch_kinds[];

/** Texts are owned, "" where there is nothing to say. */
typedef struct {
  char *name;     /* of the report: NAME.html */
  char *scenario; /* its id */
  char *title, *proposal, *outcome;
  guint proposals, place;     /* of the scenario; which of them, from 1, 0 where faulty */
  guint all[PLN_BATCH_KINDS]; /* how many of the proposals came to what */
  guint left_out;             /* private rows of whip.csv, that report and row do without */
  int tally[PLN_VOTE_KINDS];  /* or PLN_BATCH_NOT_KNOWN, as the margin */
  int margin;
  double chance;       /* of adoption; NAN: there is no projection, or it is no forecast */
  double chance_error; /* its standard error; NAN */
  char *status;        /* the weakest; "" where faulty */
  char *fault;         /* the first; then all but names is empty */
  guint faults;        /* in all */
  char *command;       /* that makes the report, in canonical form */
} PlnBatchRow;

PlnBatchRow *pln_batch_row_new(const char *name, const char *scenario);
void pln_batch_row_free(PlnBatchRow *row);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlnBatchRow, pln_batch_row_free)

/** Fills in what the report says.  @project: (nullable); @proposal: (nullable): the one asked for
 *  Returns: FALSE and PLN_ERROR_USAGE where there is no such proposal */
gboolean pln_batch_row_fill(PlnBatchRow *row, const PlnReplay *replay, const PlnProject *project,
                            const char *proposal, GError **error);

/** The first of the faults in @message, and how many they are.
 *  @folder: the scenario's, which goes from the head of the fault */
void pln_batch_row_fail(PlnBatchRow *row, const char *message, const char *folder);

/** What a report was made from; and of the report, so that a broken one is made again. */
typedef struct {
  char *digest;      /* of the scenario's files, options, tables and the program's version */
  char *page_sha256; /* NULL: faulty, there is none */
} PlnBatchMade;

void pln_batch_made_clear(PlnBatchMade *made);

/** Whether @text is a sidecar of @name, be it of another version or with a row of another kind. */
gboolean pln_batch_record_is(const char *name, const char *text);

/** The names in an index.json.  Returns: (transfer full), or NULL where it is no index of a batch */
GHashTable *pln_batch_index_names(const char *text);

/** The sidecar as JSON with sorted keys.  (transfer full) */
char *pln_batch_record_write(const PlnBatchRow *row, const PlnBatchMade *made);

/** Reads what pln_batch_record_write wrote of @name.
 *  @made: (out): to be cleared; Returns: NULL where it is anything else, or broken */
PlnBatchRow *pln_batch_record_read(const char *name, const char *text, PlnBatchMade *made);

/** What came of all: how many rows are of each kind, and how many proposals. */
typedef struct {
  guint scenarios, proposals;
  guint kind[PLN_BATCH_KINDS], all[PLN_BATCH_KINDS];
  gboolean first; /* each row speaks of its scenario's first proposal */
} PlnBatchSum;

PlnBatchSum pln_batch_sum(const GPtrArray *rows);

/** Of a row's outcome ("adopted-without-vote", "likely", …). */
PlnBatchKind pln_batch_kind(const char *outcome);

/** "12 scenarios: 7 adopted, 4 not adopted, 1 faulty"; where some have several proposals "12
 *  scenarios, by each one's first proposal: …".  (transfer full) */
char *pln_say_batch(const PlnBatchSum *sum);

/** "40 proposals in all: 17 adopted, …"; NULL where each has one.  (transfer full) */
char *pln_say_batch_all(const PlnBatchSum *sum);

/** The weakest status of all rows; "" where all are faulty. */
const char *pln_batch_weakest(const GPtrArray *rows);

/** @rows: PlnBatchRow *; @title: "Reports on my-scenarios" */
void pln_compose_batch(PlnDoc *doc, const char *title, const GPtrArray *rows);
