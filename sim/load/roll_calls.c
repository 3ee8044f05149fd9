/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/roll_calls.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "plenary/gather.h"

/* Above this a hash costs more than starting a thread for it. */
enum { HASH_ASIDE = 4 << 20, STDIN_PIECE = 1 << 16 };

static gpointer hash(gpointer bytes) {
  return g_compute_checksum_for_bytes(G_CHECKSUM_SHA256, bytes);
}

static void add_input(GArray *inputs, const char *name, char *sha256) {
  PlnInput input = {g_strdup(name), sha256};
  g_array_append_val(inputs, input);
}

static void too_large(const char *name, gsize bytes, PlnFaults *faults) {
  pln_faults_add(faults, name, 0, 0,
                 "the file has more than %" G_GSIZE_FORMAT " MB; expected at most %" G_GSIZE_FORMAT,
                 bytes >> 20, PLN_ROLL_CALLS_BYTES >> 20);
}

static GBytes *read_stdin(PlnFaults *faults) {
  g_autoptr(GByteArray) all = g_byte_array_new();
  char piece[STDIN_PIECE];
  gsize n;
  while ((n = fread(piece, 1, sizeof piece, stdin)) > 0) {
    if (all->len + n > PLN_ROLL_CALLS_BYTES) {
      too_large("-", PLN_ROLL_CALLS_BYTES, faults);
      return NULL;
    }
    g_byte_array_append(all, (const guint8 *)piece, (guint)n);
  }
  if (ferror(stdin)) {
    pln_faults_add(faults, "-", 0, 0, "standard input cannot be read; expected votes in CSV");
    return NULL;
  }
  return g_byte_array_free_to_bytes(g_steal_pointer(&all));
}

/* Mapped, as one may be large; a pipe or device is read only where it is asked for by "-". */
static GBytes *read_file(const char *path, PlnFaults *faults) {
  GStatBuf about;
  g_autoptr(GError) error = NULL;
  if (strcmp(path, "-") == 0)
    return read_stdin(faults);
  if (g_stat(path, &about) != 0) {
    pln_faults_add(faults, path, 0, 0, "there is no such file; expected votes in CSV");
    return NULL;
  }
  if (!S_ISREG(about.st_mode)) {
    pln_faults_add(faults, path, 0, 0, "not a regular file; expected votes in CSV");
    return NULL;
  }
  if ((guint64)about.st_size > PLN_ROLL_CALLS_BYTES) {
    too_large(path, (gsize)about.st_size, faults);
    return NULL;
  }
  g_autoptr(GMappedFile) file = g_mapped_file_new(path, FALSE, &error);
  if (!file) {
    pln_faults_add(faults, path, 0, 0, "the file cannot be read; expected votes in CSV: %s",
                   error->message);
    return NULL;
  }
  return g_mapped_file_get_bytes(file);
}

/* A list or members before the votes: they are small. */
static void add_small(const PlnRollCallsOptions *options, const char *name, GBytes *bytes) {
  if (bytes)
    add_input(options->inputs, name, hash(bytes));
}

static PlnVoteMatrix *read_votes(PlnGather *g, const PlnWorld *world, GBytes *votes,
                                 GBytes *list, GBytes *members, const PlnRollCallsOptions *options,
                                 const PlnHistorical *historical) {
  guint before = pln_faults_count(g->faults);
  g_autoptr(GHashTable) names = NULL;
  g_autoptr(PlnSeats) seats = pln_seats_new(world, historical);
  PlnCodes codes;
  gboolean fills;
  if (list)
    pln_gather_list(g, options->list ? options->list : "list", list);
  if (members)
    names = pln_gather_members(g, options->members ? options->members : "members", members);
  if (!pln_gather_rows(g, options->format, votes, &codes, &fills) ||
      pln_faults_count(g->faults) > before)
    return NULL;
  return pln_gather_matrix(g, seats, codes, fills, names);
}

PlnVoteMatrix *pln_roll_calls_parse(const PlnWorld *world, GBytes *votes, GBytes *list,
                                    GBytes *members, const PlnRollCallsOptions *options,
                                    PlnFaults *faults) {
  const char *name = options->votes ? options->votes : "votes";
  g_autoptr(PlnHistorical) own = NULL;
  const PlnHistorical *historical = options->historical;
  if (!historical)
    historical = own = pln_historical_load(world, faults);
  if (!historical)
    return NULL;
  gboolean aside = options->inputs && g_bytes_get_size(votes) > HASH_ASIDE;
  GThread *hasher = aside ? g_thread_new("hash", hash, votes) : NULL;
  PlnGather g;
  pln_gather_init(&g, name, options, faults);
  PlnVoteMatrix *matrix = read_votes(&g, world, votes, list, members, options, historical);
  pln_gather_clear(&g);
  if (options->inputs) {
    add_input(options->inputs, name, hasher ? g_thread_join(hasher) : hash(votes));
    add_small(options, options->list ? options->list : "list", list);
    add_small(options, options->members ? options->members : "members", members);
    add_input(options->inputs, historical->name, g_strdup(historical->sha256));
  }
  return matrix;
}

PlnVoteMatrix *pln_roll_calls_load(const PlnWorld *world, const PlnRollCallsOptions *options,
                                   PlnFaults *faults) {
  guint before = pln_faults_count(faults);
  g_autoptr(GBytes) votes = read_file(options->votes, faults);
  g_autoptr(GBytes) list = options->list ? read_file(options->list, faults) : NULL;
  g_autoptr(GBytes) members = options->members ? read_file(options->members, faults) : NULL;
  if (pln_faults_count(faults) > before)
    return NULL;
  return pln_roll_calls_parse(world, votes, list, members, options, faults);
}
