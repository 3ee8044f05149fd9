/* SPDX-License-Identifier: GPL-3.0-or-later */
/** An input: a file that a result was computed from, and what was in it. */
#pragma once
#include <glib.h>

#include "plenary/api.h"

typedef struct {
  char *name;   /* "votes.csv", "data/rules.csv" */
  char *sha256; /* of the bytes that were read */
} PlnInput;

/** Returns: (transfer full): an empty array of PlnInput that owns their strings */
GArray *pln_inputs_new(void);

/** Appends the file @name with the hash of @bytes. */
void pln_inputs_add(GArray *inputs, const char *name, GBytes *bytes);
