/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A shard: part i of N of a list of runs or reports, for a scheduler to hand out (--shard i/N).
 *
 *  Shard i of R things is those from floor((i-1) R / N) up to floor(i R / N): together the shards
 *  are the whole, none twice.  Checked by tests/cli/batch.sh. */
#pragma once
#include "plenary/command.h"

/** The option, for a command's table. */
#define PLN_SHARD_OPTION                                                                           \
  {"shard", 0, "I/N", "only part I of N (1/8 to 8/8), as a scheduler hands them out", NULL}

typedef struct {
  guint i, n; /* 1 to n; n 0: no shard was asked for */
} PlnShard;

/** Reads --shard.  Returns: FALSE and PLN_ERROR_USAGE */
gboolean pln_shard_read(const PlnArgs *args, PlnShard *shard, GError **error);

/** The things of @count that are the shard's: @first to below @end; all where there is none. */
void pln_shard_range(const PlnShard *shard, guint64 count, guint64 *first, guint64 *end);
