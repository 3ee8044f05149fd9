/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "votes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "scene.h"

char *votes_path(const char *name) {
  return g_build_filename(g_getenv("PLENARY_DATA"), "..", "tests", "votes", name, NULL);
}

static GBytes *bytes_of(const char *name) {
  g_autofree char *path = votes_path(name);
  char *text;
  gsize length;
  if (!g_file_get_contents(path, &text, &length, NULL)) {
    printf("%s: not there\n", path);
    exit(1);
  }
  return g_bytes_new_take(text, length);
}

PlnVoteMatrix *votes_read(const PlnRollCallsOptions *options, PlnFaults *faults) {
  g_autoptr(GBytes) votes = bytes_of(options->votes);
  g_autoptr(GBytes) list = options->list ? bytes_of(options->list) : NULL;
  g_autoptr(GBytes) members = options->members ? bytes_of(options->members) : NULL;
  return pln_roll_calls_parse(scene_world(), votes, list, members, options, faults);
}

PlnVoteMatrix *votes_of(const char *text, const char *list, const PlnRollCallsOptions *options,
                        PlnFaults *faults) {
  g_autoptr(GBytes) votes = g_bytes_new(text, strlen(text));
  g_autoptr(GBytes) calls = list ? g_bytes_new(list, strlen(list)) : NULL;
  return pln_roll_calls_parse(scene_world(), votes, calls, NULL, options, faults);
}

char *votes_text(const PlnVoteMatrix *m) {
  GString *out = g_string_new(NULL);
  for (guint i = 0; m && i < m->n_voters; i++)
    g_string_append_printf(out, "%s%c", m->voter[i].code, i + 1 < m->n_voters ? ' ' : '\n');
  for (guint j = 0; m && j < m->n_calls; j++) {
    g_autofree char *day = pln_day_text(m->call[j].day);
    g_string_append_printf(out, "%s %d %s ", m->call[j].id, m->call[j].session, day);
    for (guint i = 0; i < m->n_voters; i++) {
      guint8 vote = pln_vote_matrix_row(m, j)[i];
      g_string_append_c(out, vote < PLN_VOTE_KINDS ? "YNAX"[vote]
                             : vote == PLN_VOTE_UNKNOWN ? '?' : '!');
    }
    g_string_append_c(out, '\n');
  }
  return g_string_free(out, FALSE);
}
