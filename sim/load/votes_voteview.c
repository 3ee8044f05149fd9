/* SPDX-License-Identifier: GPL-3.0-or-later */
/* voteview.com's votes of the members of the United States Congress, and who they are. */
#include <string.h>

#include "plenary/gather.h"

/* Yea, paired yea, announced yea; the same of nay; present (two codes) and not voting. */
static int vote(const char *text) {
  if (text[0] < '0' || text[0] > '9' || text[1] != '\0')
    return PLN_SAID_UNREADABLE;
  if (text[0] == '0')
    return PLN_SAID_NO_MEMBER;
  return text[0] <= '3' ? PLN_VOTE_Y : text[0] <= '6' ? PLN_VOTE_N : PLN_VOTE_X;
}

const PlnVoteFormat pln_votes_voteview = {
    "voteview",
    {{PLN_COLUMN_SESSION, "congress", TRUE},
     {PLN_COLUMN_CHAMBER, "chamber", TRUE},
     {PLN_COLUMN_NUMBER, "rollnumber", TRUE},
     {PLN_COLUMN_VOTER, "icpsr", TRUE},
     {PLN_COLUMN_VOTE, "cast_code", TRUE}},
    PLN_CODES_OWN, FALSE, vote,
    "1-3 (yea), 4-6 (nay), 7-9 (not voting) or 0 (not a member)"};

typedef struct {
  PlnGather *gather;
  GHashTable *members;
  int code, name, party;
  gboolean begun;
} Members;

static gboolean read_member(const PlnField *field, guint n, gpointer data) {
  Members *m = data;
  if (!m->begun) {
    m->begun = TRUE;
    for (guint i = 0; i < n; i++) {
      m->code = strcmp(field[i].text, "icpsr") == 0 ? (int)i : m->code;
      m->name = strcmp(field[i].text, "bioname") == 0 ? (int)i : m->name;
      m->party = strcmp(field[i].text, "party_code") == 0 ? (int)i : m->party;
    }
    if (m->code < 0 || m->name < 0 || m->party < 0)
      pln_gather_complain(m->gather, field, "the members' header lacks a column; expected icpsr, "
                                            "bioname and party_code");
    return m->code >= 0 && m->name >= 0 && m->party >= 0;
  }
  if ((int)n <= MAX(m->code, MAX(m->name, m->party))) {
    pln_gather_complain(m->gather, field, "the row is shorter than the header; expected as many "
                                          "cells");
    return TRUE;
  }
  /* A member of many congresses has many rows: the first will do. */
  if (g_hash_table_contains(m->members, field[m->code].text))
    return TRUE;
  GStringChunk *text = m->gather->text;
  PlnVoter *voter = g_new(PlnVoter, 1);
  *voter = (PlnVoter){g_string_chunk_insert(text, field[m->code].text),
                      g_string_chunk_insert(text, field[m->name].text),
                      g_string_chunk_insert_const(text, field[m->party].text)};
  g_hash_table_insert(m->members, (gpointer)voter->code, voter);
  return TRUE;
}

GHashTable *pln_gather_members(PlnGather *g, const char *file, GBytes *bytes) {
  Members m = {g, g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free), -1, -1, -1, FALSE};
  const char *votes = g->file;
  gsize length;
  const char *text = g_bytes_get_data(bytes, &length);
  g->file = file; /* whose faults they are */
  pln_csv_read(file, text ? text : "", length, read_member, &m, g->faults);
  pln_gather_tell(g);
  g->file = votes;
  return m.members;
}
