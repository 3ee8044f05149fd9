/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/shard.h"

#include <stdio.h>

#include "plenary/experiment.h"
#include "plenary/text.h"

enum { MOST = 1000000 };

gboolean pln_shard_read(const PlnArgs *args, PlnShard *shard, GError **error) {
  const char *text = pln_args_value(args, "shard");
  int length = 0;
  *shard = (PlnShard){0, 0};
  if (!text)
    return TRUE;
  gboolean digits = g_ascii_isdigit(*text);
  if (digits && sscanf(text, "%7u/%7u%n", &shard->i, &shard->n, &length) == 2 &&
      text[length] == '\0' && shard->i >= 1 && shard->i <= shard->n && shard->n <= MOST)
    return TRUE;
  g_autofree char *shown = pln_text_visible(text);
  g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE,
              "--shard is \"%s\"; expected I/N with I from 1 to N, such as 3/8", shown);
  return FALSE;
}

void pln_shard_range(const PlnShard *shard, guint64 count, guint64 *first, guint64 *end) {
  pln_experiment_shard(count, MAX(shard->i, 1), MAX(shard->n, 1), first, end);
}
