/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The electorate's files: a folder of four tables, electorate.csv, states.csv,
 *  dimensions.csv and groups.csv (none where there are no groups), as data/README.md has
 *  them.  A table truth.csv beside them is passed over.
 *
 *  Numbers are written with the fewest digits that read back to the same double, with a dot
 *  in any locale, so that what was read is written again byte for byte: rows come by code
 *  and dimension, whatever their order was.  Limits: PLN_ELECTORATE_*.
 *  Checked by tests/unit/test_electorate.c, tests/electorate and
 *  tests/fuzz/fuzz_electorate.c. */
#pragma once
#include "plenary/electorate.h"
#include "plenary/folder.h"
#include "plenary/world.h"

enum { PLN_ELECTORATE_STATES = 50000, PLN_ELECTORATE_GROUPS = 1000 };

/** The names of the files, NULL-terminated: in the order of PlnElectorateFile. */
typedef enum {
  PLN_ELECTORATE_KEYS,
  PLN_ELECTORATE_BY_STATE,
  PLN_ELECTORATE_BY_DIMENSION,
  PLN_ELECTORATE_BY_GROUP,
  PLN_ELECTORATE_TRUTH,
  PLN_ELECTORATE_FILES
} PlnElectorateFile;
extern const char *const pln_electorate_files[];

/** The keys of electorate.csv in the order in which they are written, NULL-terminated. */
typedef enum {
  PLN_E_FORMAT, PLN_E_DIMENSIONS, PLN_E_CLASSES, PLN_E_CENTRE_MEAN, PLN_E_CENTRE_SD,
  PLN_E_WIDTH_MEAN, PLN_E_WIDTH_SD, /* so far they are needed */
  PLN_E_LAPSE, PLN_E_FROM, PLN_E_TO, PLN_E_FROM_SESSION, PLN_E_TO_SESSION, PLN_E_ROLL_CALLS,
  PLN_E_VOTES, PLN_E_COMMAND, PLN_E_SOURCE, PLN_E_SHA256, PLN_E_HELD_OUT_LOG,
  PLN_E_HELD_OUT_BRIER, PLN_E_HELD_OUT_RIGHT, PLN_E_STATUS, PLN_E_NOTE, PLN_E_KEYS
} PlnElectorateKey;
extern const char *const pln_electorate_keys[];

/** @world: (nullable): a code that no state of it has is the electorate's own, unless it is
 *  the name of a state, or its code in other letters.  Codes and the names of groups are
 *  1 to 64 bytes, nothing in them that is not seen or that a spreadsheet takes for a formula.
 *  Returns: (transfer full): NULL where there is a fault */
PlnElectorate *pln_electorate_read(const PlnFolder *folder, const PlnWorld *world,
                                   PlnFaults *faults);

/** The electorate in the folder @path.
 *  Returns: (transfer full): NULL and PLN_ERROR_DATA, the faults in its message. */
PLN_API PlnElectorate *pln_electorate_load(const PlnWorld *world, const char *path,
                                           GError **error);

/** The text of one of the files but truth.csv.  Returns: (transfer full) */
char *pln_electorate_text(const PlnElectorate *electorate, PlnElectorateFile file);

/** Writes the folder whole or not at all: beside it, then in its place.  A folder that
 *  is there is replaced if it is an electorate and holds nothing else.
 *  @truth: (nullable): the text of truth.csv
 *  Returns: FALSE and PLN_ERROR_DATA where it could not be read again (a code that is none,
 *  say); PLN_ERROR_USAGE where there is something else in its place; PLN_ERROR_FAILED where
 *  the machine says no */
PLN_API gboolean pln_electorate_write(const PlnElectorate *electorate, const char *folder,
                                      GError **error);
gboolean pln_electorate_write_with(const PlnElectorate *electorate, const char *truth,
                                   const char *folder, GError **error);
