/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Talks as others write them: three formats in, the same three out, and a scenario's folder.
 *
 *    ktab    name, description, actors, dimensions on the first line, then a table with
 *            Actor, Description, Influence, and of each dimension "NAME Position", "NAME Salience"
 *    bdm     a table with Actor, Capability, Position, Salience (in any order)
 *    decide  rows that begin with #A (actor, name, description), #P (issue, title, description),
 *            #M (issue, a point of its scale, what it stands for), #D (actor, issue, position,
 *            salience, power, comment), #O (title), #/ (a comment);
 *            between tabs or semicolons, quoted (' or ") or not, decimals with dot or comma
 *
 *  Saliences are 0-1 or 0-100: all of a file at most 1 means 0-1 (a fault where it has both what
 *  is above 1 and fractions of it; `salience_one` says so).  They are kept as 0-100, the double
 *  that over 100 gives the file's number again, and written as they were.  Positions may be of
 *  any scale: what the file states (#M), 0-100 in ktab and in decide where all lie within, else the
 *  least and greatest position, which is noted.
 *  What is not understood is a fault at its line and column, never passed over.  Texts are made
 *  harmless on the way in (pln_text_visible) and out (pln_text_inert).  Cost: linear.
 *  Columns and what is kept where: scenarios/README.md, Talks from other programs.
 *  Checked by tests/unit/test_talks_file.c, tests/fuzz/fuzz_talks.c and tests/cli/import.sh. */
#pragma once
#include "plenary/fault.h"
#include "plenary/scenario.h"

/** The most actors, issues and positions of a file: what a scenario holds. */
enum { PLN_TALKS_ACTORS = 1000, PLN_TALKS_ISSUES = 200, PLN_TALKS_CELLS = 19000 };

typedef struct {
  char *name, *title; /* as the file has them; title "" where it says no more */
  char *note;         /* "" */
  char *code;         /* made of the name, unlike the others', a state's or a bloc's */
} PlnTalksActor;

typedef struct {
  char *name, *title, *id; /* id made of the name: no blanks, colon, = */
  char *low, *high, *note; /* what the ends stand for; "" */
  double from, to;
  gboolean stated;         /* the scale is the file's own, or its format's */
} PlnTalksIssue;

/** NAN where there is none. */
typedef struct {
  double position, salience, capability; /* salience 0-100 */
  char *note;                            /* or NULL */
} PlnTalksCell;

typedef struct {
  const char *format; /* of the file; of which it is to be written */
  char *title, *about;
  GArray *actors, *issues; /* PlnTalksActor, PlnTalksIssue */
  PlnTalksCell *cell;      /* actors x issues, actor by actor */
  gboolean salience_one;   /* the file has 0-1 */
  GPtrArray *notes;        /* char *: what was decided in reading; what is to be known of what
                              is written, though nothing is lost */
} PlnTalksFile;

/** "ktab", "bdm", "decide"; NULL-terminated. */
PLN_API extern const char *const pln_talks_formats[];

/** @format: one of them; @name: of the file, for faults and, its ending left out, for the title
 *  where the file has none; @world: (nullable): whose states and blocs have codes already
 *  Returns: (transfer full): NULL where a fault was added */
PLN_API PlnTalksFile *pln_talks_file_read(const char *format, const char *name, GBytes *bytes,
                                          const PlnWorld *world, PlnFaults *faults);
PLN_API void pln_talks_file_free(PlnTalksFile *file);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlnTalksFile, pln_talks_file_free)

/** The tables of a scenario of it, by file name: scenario.csv, proposals.csv, members.csv,
 *  issues.csv, actors.csv, each a GBytes.  Passes plenary check.
 *  @source: of all that is in it; @as_of: (nullable): a stand-in, which is said
 *  Returns: (transfer full) */
PLN_API GHashTable *pln_talks_file_scenario(const PlnTalksFile *file, const char *source,
                                            const char *as_of);

/** The scenario's talks; what that format cannot hold is added to @lost as sentences, but for the
 *  scenario's day, and statuses and sources that are the scenario's own: no format has these.
 *  Returns: (transfer full): NULL and PLN_ERROR_DATA where there are none, or none that fit */
PLN_API PlnTalksFile *pln_talks_file_of(const PlnScenario *scenario, const char *format,
                                        GPtrArray *lost, GError **error);

/** In @format.  Returns: (transfer full) */
PLN_API char *pln_talks_file_text(const PlnTalksFile *file, const char *format);
