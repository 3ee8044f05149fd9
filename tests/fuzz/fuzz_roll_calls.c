/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Votes in bulk from a stranger: they are a matrix or they are faults, whatever they are.
 *
 * The first byte asks for a format and for sessions.  A line "=== list" or "=== members"
 * begins a companion. */

#include "fuzz.h"
#include "plenary/input.h"
#include "plenary/load.h"
#include "plenary/roll_calls.h"

static PlnWorld *world;
static PlnHistorical *historical;

int LLVMFuzzerInitialize(int *argc, char ***argv) {
  (void)argc, (void)argv;
  stop_at_complaints();
  g_autoptr(GError) error = NULL;
  g_autoptr(PlnFaults) faults = pln_faults_new();
  g_autofree char *data = pln_data_folder(&error);
  world = data ? pln_world_load(data, &error) : NULL;
  historical = world ? pln_historical_load(world, faults) : NULL;
  MUST(historical);
  return 0;
}

static void look_at(const PlnVoteMatrix *m, const PlnRollCallsOptions *o) {
  MUST(m->n_voters > 0 && m->n_calls > 0);
  for (guint i = 0; i < m->n_voters; i++) {
    MUST(*m->voter[i].code && m->voter[i].name && m->voter[i].group);
    MUST(i == 0 || strcmp(m->voter[i - 1].code, m->voter[i].code) < 0);
    MUST(pln_vote_matrix_voter(m, m->voter[i].code) == (int)i);
  }
  for (guint j = 0; j < m->n_calls; j++) {
    const PlnCalled *call = &m->call[j];
    MUST(*call->id && call->symbol && call->title && call->session >= -1);
    MUST(o->from < 0 || call->session >= o->from);
    MUST(o->to < 0 || (call->session >= 0 && call->session <= o->to));
    MUST(j == 0 || call[-1].session <= call->session);
    for (guint i = 0; i < m->n_voters; i++) {
      guint8 vote = pln_vote_matrix_row(m, j)[i];
      MUST(vote < PLN_VOTE_KINDS || vote == PLN_VOTE_UNKNOWN);
    }
  }
}

/* The part of [*from, @end) up to the next companion, which *from is then at. */
static GBytes *part(const char **from, const char *end, const char *mark) {
  const char *start = *from, *stop = end;
  const char *found = start < end ? g_strstr_len(start, end - start, mark) : NULL;
  if (found)
    stop = found;
  *from = found ? found + strlen(mark) : end;
  return g_bytes_new(start, (gsize)(stop - start));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  g_autoptr(PlnFaults) faults = pln_faults_new();
  g_autoptr(GPtrArray) notes = g_ptr_array_new_with_free_func(g_free);
  g_autoptr(GArray) inputs = pln_inputs_new();
  if (size == 0)
    return 0;
  guint asked = data[0] % 8, which = data[0] / 8 % 8;
  const char *from = (const char *)data + 1, *end = (const char *)data + size;
  g_autoptr(GBytes) votes = part(&from, end, "=== list\n");
  g_autoptr(GBytes) list = part(&from, end, "=== members\n");
  g_autoptr(GBytes) members = part(&from, end, "=== end\n");
  PlnRollCallsOptions o = {.votes = "votes.csv", .list = "list.csv", .members = "members.csv",
                           .format = pln_roll_calls_formats[asked], .notes = notes,
                           .from = which & 1 ? 10 : -1, .to = which & 2 ? 74 : -1,
                           .inputs = inputs, .historical = historical};
  gboolean has_list = g_bytes_get_size(list) > 0, has_members = g_bytes_get_size(members) > 0;
  g_autoptr(PlnVoteMatrix) m = pln_roll_calls_parse(world, votes, has_list ? list : NULL,
                                                    has_members ? members : NULL, &o, faults);
  MUST((m == NULL) == (pln_faults_count(faults) > 0));
  MUST(inputs->len == 2u + has_list + has_members);
  if (m)
    look_at(m, &o);
  g_autofree char *text = pln_faults_text(faults);
  must_be_harmless(text, FALSE);
  return 0;
}
