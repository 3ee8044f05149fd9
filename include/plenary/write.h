/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The writers: a document as text for people, as CSV or JSON for programs.
 *
 *  Each is the same bytes for the same document.  Whatever came from a file is made
 *  harmless: no terminal escapes in text, no formulas in CSV.  Checked by
 *  tests/unit/test_write.c. */
#pragma once
#include "plenary/document.h"
#include "plenary/input.h"

/** Where a result comes from; printed with it. */
typedef struct {
  const char *version;
  const char *command; /* in canonical form: without paths, threads and time */
  const char *status;  /* the weakest that the result rests on */
  const char *rules;   /* citations of the rules applied */
  const GArray *inputs, *data; /* PlnInput */
} PlnProvenance;

/** Text, @width columns wide (40 to 120) at the most where lines can be broken.
 *  @provenance: (nullable): not shown then
 *  Returns: (transfer full) */
char *pln_write_text(const PlnDoc *doc, const PlnProvenance *provenance, guint width,
                     gboolean colour);

/** JSON with sorted keys, two blanks a level.  Returns: (transfer full) */
char *pln_write_json(const PlnDoc *doc, const PlnProvenance *provenance);

/** The provenance alone, compact, with sorted keys.  Returns: (transfer full) */
char *pln_write_provenance_json(const PlnProvenance *provenance);

/** The tables under @key as one in CSV.  Where they stand in sections told apart by an
 *  id, that comes first, then, where they stand in a part of it (the count on record, the
 *  what-if), its key.  The last columns are the provenance.
 *  Returns: (transfer full), or NULL and PLN_ERROR_USAGE where there is no such table */
char *pln_write_csv(const PlnDoc *doc, const PlnProvenance *provenance, const char *key,
                    GError **error);

/** A text as a cell of CSV: RFC 4180, harmless. */
void pln_csv_add_text(GString *out, const char *text);

/** The heads of the last columns of every table, and their cells, the same in all rows. */
#define PLN_CSV_PROVENANCE "plenary,command,inputs_sha256,data_sha256"
char *pln_csv_provenance(const PlnProvenance *provenance);

/** Returns: (transfer full): SHA-256 over the hashes of @inputs, its first 12 digits */
char *pln_inputs_digest(const GArray *inputs);
