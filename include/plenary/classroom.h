/* SPDX-License-Identifier: GPL-3.0-or-later */
/** What a class is told beside the record: which delegations share the members of the
 *  United Nations out among 3, 6 or 12 tables, how the customs of Model UN differ from
 *  the rules of the General Assembly, and which words mark a matter as unsuitable for
 *  younger classes.
 *
 *  Three shipped tables, data/class_*.csv; their columns are described in data/README.md.
 *  They are read by `plenary kit` alone and are no part of the world, so no other output
 *  rests on them.  Immutable once read.  Checked by tests/unit/test_kit.c. */
#pragma once
#include "plenary/folder.h"
#include "plenary/world.h"

/** A word of a matter; one that ends with an asterisk stands for any ending. */
typedef struct {
  const char *word, *topic, *source;
  PlnStatus status;
} PlnClassTopic;

/** One of @size delegations: the members of any of @blocs (ids with blanks between) that
 *  no delegation above it of the same size has, and, where @within is not "", that are in
 *  that bloc too. */
typedef struct {
  guint size; /* 3, 6 or 12 */
  const char *name, *blocs, *within, *source, *note;
  PlnStatus status;
} PlnClassDelegation;

typedef struct {
  const char *matter, *assembly, *citation, *model_un, *source;
  PlnStatus assembly_status, status;
} PlnClassRule;

typedef struct {
  GArray *topics;      /* PlnClassTopic */
  GArray *delegations; /* PlnClassDelegation, in the order of the table */
  GArray *rules;       /* PlnClassRule */
  GArray *inputs;      /* PlnInput */
  GStringChunk *text;  /* owns the strings */
} PlnClassroom;

/** The tables in @folder; every bloc that they name must be one of @world.
 *  Returns: (transfer full): NULL where there is a fault */
PlnClassroom *pln_classroom_read(const PlnFolder *folder, const PlnWorld *world, PlnFaults *faults);

/** The shipped ones.  Returns: (transfer full): NULL and PLN_ERROR_DATA, or
 *  PLN_ERROR_FAILED where they are not to be found */
PlnClassroom *pln_classroom_load(const PlnWorld *world, GError **error);

void pln_classroom_free(PlnClassroom *classroom);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlnClassroom, pln_classroom_free)

/** Whether @text has @word, capitals aside, as a word or, where it ends with an asterisk,
 *  at the beginning of one. */
gboolean pln_classroom_has_word(const char *text, const char *word);
