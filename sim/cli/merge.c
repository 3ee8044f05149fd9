/* SPDX-License-Identifier: GPL-3.0-or-later */
/* plenary merge: shards of one sweep put together. */
#include <stdio.h>
#include <unistd.h>

#include "plenary/sweep_request.h"

const PlnOption pln_merge_options[] = {
    {"output", 'o', "STORE", "the SQLite file that is written, whole or not at all", NULL},
    {"csv", 0, "FILE", "all rows as CSV too", NULL},
    {"format", 'f', "FORMAT", "of the summary: text (default) or json", "text json"},
    {NULL, 0, NULL, NULL, NULL}};

int pln_run_merge(const PlnArgs *args, GError **error) {
  if (!pln_args_operands(args, 1, 1000000, error) ||
      !pln_sweep_words(args, TRUE, (const char *const *)args->rest, "one of the shards", error))
    return PLN_ERROR_USAGE;
  const char *into = pln_args_value(args, "output");
  pln_progress_catch();
  PlnProgress *progress = pln_progress_new(STDERR_FILENO, "merging", 0);
  gboolean merged = pln_store_merge(into, (const char *const *)args->rest,
                                    g_strv_length(args->rest), progress, error);
  pln_progress_free(progress);
  if (!merged && pln_progress_interrupted() && g_error_matches(*error, PLN_ERROR, PLN_ERROR_FAILED)) {
    g_clear_error(error);
    fputs("plenary: interrupted; nothing was written\n", stderr);
    return 130;
  }
  g_autoptr(PlnStore) store = merged ? pln_store_read(into, error) : NULL;
  return store && pln_sweep_request_end(store, NULL, pln_args_value(args, "csv"),
                                        pln_args_value(args, "format"), error)
             ? 0
             : PLN_ERROR_FAILED;
}
