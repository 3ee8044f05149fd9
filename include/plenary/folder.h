/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A folder of files to read: on disk, or in memory for tests and fuzzing. */
#pragma once
#include <glib.h>

#include "plenary/fault.h"

typedef struct PlnFolder PlnFolder;

/** Returns: NULL and PLN_ERROR_DATA where @path is no folder that can be read. */
PlnFolder *pln_folder_open(const char *path, GError **error);

/** @files: (transfer none): name -> GBytes */
PlnFolder *pln_folder_in_memory(const char *name, GHashTable *files);

void pln_folder_free(PlnFolder *folder);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlnFolder, pln_folder_free)

/** The last part of the folder's path. */
const char *pln_folder_name(const PlnFolder *folder);

/** Names of the files in it that end in .csv, in whatever capitals, sorted;
 *  NULL-terminated. */
const char *const *pln_folder_tables(const PlnFolder *folder);

gboolean pln_folder_has(const PlnFolder *folder, const char *file);

/** Returns: (transfer full): "folder/file", as faults name it */
char *pln_folder_label(const PlnFolder *folder, const char *file);

/** The most bytes of a file: some two million votes with their sources. */
#define PLN_FILE_MOST ((gsize)256 << 20)

/** Reads the file @path, which its faults name.
 *  Returns: (transfer full): NULL and a fault where it is missing, no regular file, or
 *  of more than PLN_FILE_MOST bytes */
GBytes *pln_file_read(const char *path, PlnFaults *faults);

/** Returns: (transfer full): the bytes of @file, or NULL and a fault */
GBytes *pln_folder_read(const PlnFolder *folder, const char *file, PlnFaults *faults);
