/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Votes and what they were drawn with, as CSV. */
#include <string.h>

#include "plenary/simulate.h"
#include "plenary/text.h"

const char *const pln_votes_forms[] = {"own", "tidy", "matrix", NULL};

static void add_text(GString *out, const char *text) {
  g_autofree char *visible = pln_text_visible(text), *inert = pln_text_inert(visible);
  if (!strpbrk(inert, ",\"")) {
    g_string_append(out, inert);
    return;
  }
  g_string_append_c(out, '"');
  for (const char *c = inert; *c; c++)
    g_string_append_printf(out, *c == '"' ? "\"\"" : "%c", *c);
  g_string_append_c(out, '"');
}

static char *as_written(const char *text) {
  GString *out = g_string_new(NULL);
  add_text(out, text);
  return g_string_free(out, FALSE);
}

/* Each voter's code as it is written, once. */
static char **codes_of(const PlnVoteMatrix *m) {
  char **codes = g_new0(char *, m->n_voters + 1);
  for (guint i = 0; i < m->n_voters; i++)
    codes[i] = as_written(m->voter[i].code);
  return codes;
}

static void add_own(GString *out, const PlnVoteMatrix *m, char **codes) {
  g_string_append(out, "roll_call,state,vote,session\n");
  for (guint j = 0; j < m->n_calls; j++) {
    g_autofree char *session =
        m->call[j].session >= 0 ? g_strdup_printf("%d", m->call[j].session) : g_strdup("");
    g_autofree char *id = as_written(m->call[j].id);
    const guint8 *row = pln_vote_matrix_row(m, j);
    for (guint i = 0; i < m->n_voters; i++) {
      if (row[i] == PLN_VOTE_UNKNOWN)
        continue;
      g_string_append(out, id);
      g_string_append_c(out, ',');
      g_string_append(out, codes[i]);
      g_string_append_c(out, ',');
      g_string_append_c(out, "YNAX"[row[i]]);
      g_string_append_c(out, ',');
      g_string_append(out, session);
      g_string_append_c(out, '\n');
    }
  }
}

static void add_tidy(GString *out, const PlnVoteMatrix *m, char **codes) {
  static const char *const words[] = {",yes\n", ",no\n", ",abstain\n"};
  g_string_append(out, "rcid,country_code,vote\n");
  for (guint j = 0; j < m->n_calls; j++) {
    g_autofree char *id = as_written(m->call[j].id);
    const guint8 *row = pln_vote_matrix_row(m, j);
    for (guint i = 0; i < m->n_voters; i++) {
      if (row[i] >= G_N_ELEMENTS(words))
        continue;
      g_string_append(out, id);
      g_string_append_c(out, ',');
      g_string_append(out, codes[i]);
      g_string_append(out, words[row[i]]);
    }
  }
}

static void add_matrix(GString *out, const PlnVoteMatrix *m, char **codes) {
  g_string_append(out, "state");
  for (guint j = 0; j < m->n_calls; j++) {
    g_string_append_c(out, ',');
    add_text(out, m->call[j].id);
  }
  g_string_append_c(out, '\n');
  for (guint i = 0; i < m->n_voters; i++) {
    g_string_append(out, codes[i]);
    for (guint j = 0; j < m->n_calls; j++) {
      guint8 vote = pln_vote_matrix_row(m, j)[i];
      g_string_append_c(out, ',');
      if (vote != PLN_VOTE_UNKNOWN)
        g_string_append_c(out, "YNAX"[vote]);
    }
    g_string_append_c(out, '\n');
  }
}

char *pln_votes_text(const PlnVoteMatrix *m, PlnVotesForm form) {
  GString *out = g_string_new(NULL);
  g_auto(GStrv) codes = codes_of(m);
  if (form == PLN_VOTES_OWN)
    add_own(out, m, codes);
  else if (form == PLN_VOTES_TIDY)
    add_tidy(out, m, codes);
  else
    add_matrix(out, m, codes);
  return g_string_free(out, FALSE);
}

/* 17 digits always: what is drawn has that many. */
static void add_number(GString *out, double value) {
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  g_string_append_c(out, ',');
  g_string_append(out, g_ascii_formatd(text, sizeof text, "%.17g", value));
}

char *pln_simulation_truth(const PlnSimulation *s) {
  GString *out = g_string_new("roll_call,c,h");
  for (guint k = 1; k <= s->d; k++)
    g_string_append_printf(out, ",b%u", k);
  g_string_append_c(out, '\n');
  for (guint j = 0; j < s->matrix->n_calls; j++) {
    add_text(out, s->matrix->call[j].id);
    add_number(out, s->centre[j]);
    add_number(out, s->width[j]);
    for (guint k = 0; k < s->d; k++)
      add_number(out, s->slope[(gsize)j * s->d + k]);
    g_string_append_c(out, '\n');
  }
  return g_string_free(out, FALSE);
}
