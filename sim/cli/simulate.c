/* SPDX-License-Identifier: GPL-3.0-or-later */
/* plenary simulate: votes that were never cast, to try things on. */
#include "plenary/simulate.h"

#include <stdio.h>
#include <string.h>

#include "plenary/asked.h"
#include "plenary/csv.h"
#include "plenary/electorate_file.h"
#include "plenary/electorate_tables.h"
#include "plenary/output.h"
#include "plenary/text.h"

const PlnOption pln_simulate_options[] = {
    {"roll-calls", 0, "N", "how many roll calls (default 200)", NULL},
    {"sessions", 0, "N", "spread over so many sessions (default 1)", NULL},
    {"first-session", 0, "N", "of the first (default 1, or after the electorate's last)", NULL},
    {"seed", 0, "N", "another seed, other votes (default 1)", NULL},
    {"no-absences", 0, NULL, "everyone votes on everything", NULL},
    {"states", 0, "N", "of the electorate that is made up (default 193)", NULL},
    {"dimensions", 0, "N", "of the same (default 2)", NULL},
    {"groups", 0, "N", "of the same (default 5)", NULL},
    {"as", 0, "FORMAT", "own, tidy or matrix (default own, or matrix where codes are no states')",
     "own tidy matrix"},
    {"truth", 0, "DIR", "write the electorate into DIR, what was drawn as its truth.csv", NULL},
    {"output", 'o', "FILE", "write FILE, whole or not at all, instead of standard output", NULL},
    {NULL, 0, NULL, NULL, NULL}};

/* The option's whole number of @least to @most, left alone where it was not given. */
static gboolean read_number(const PlnArgs *args, const char *option, guint64 least, guint64 most,
                            guint64 *value, GError **error) {
  const char *text = pln_args_value(args, option);
  if (!text || g_ascii_string_to_unsigned(text, 10, least, most, value, NULL))
    return TRUE;
  return pln_asked_fail(error,
                        "--%s is \"%s\"; expected a whole number from %" G_GUINT64_FORMAT
                        " to %" G_GUINT64_FORMAT, option, text, least, most);
}

static PlnElectorate *make_up(const PlnArgs *args, guint64 seed, GError **error) {
  guint64 states = 193, dimensions = 2, groups = 5;
  if (!read_number(args, "states", 1, PLN_ELECTORATE_STATES, &states, error) ||
      !read_number(args, "dimensions", 1, PLN_ELECTORATE_DIMENSIONS, &dimensions, error) ||
      !read_number(args, "groups", 0, PLN_ELECTORATE_GROUPS, &groups, error))
    return NULL;
  return pln_electorate_made_up((guint)states, (guint)dimensions, (guint)groups, seed);
}

static PlnElectorate *open_electorate(const PlnArgs *args, const PlnWorld *world, guint64 seed,
                                      GError **error) {
  static const char *const made_up[] = {"states", "dimensions", "groups"};
  if (!args->rest[0])
    return make_up(args, seed, error);
  for (gsize i = 0; i < G_N_ELEMENTS(made_up); i++)
    if (pln_args_value(args, made_up[i])) {
      g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE,
                  "--%s is of an electorate that is made up; expected it without ELECTORATE",
                  made_up[i]);
      return NULL;
    }
  return pln_electorate_load(world, args->rest[0], error);
}

static gboolean read_options(const PlnArgs *args, const PlnElectorate *e,
                             PlnSimulateOptions *options, GError **error) {
  guint64 n = 200, sessions = 1, first = (guint64)options->first_session;
  if (!read_number(args, "roll-calls", 1, PLN_SIMULATE_CALLS, &n, error) ||
      !read_number(args, "sessions", 1, n, &sessions, error) ||
      !read_number(args, "first-session", 0, 100000, &first, error))
    return FALSE;
  options->n_calls = (guint)n;
  options->sessions = (guint)sessions;
  options->first_session = (int)first;
  options->absences = !pln_args_flag(args, "no-absences");
  if (n * e->n <= PLN_SIMULATE_CELLS)
    return TRUE;
  g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE,
              "%u roll calls of %u states are too many votes; expected at most %d of them",
              options->n_calls, e->n, (int)(PLN_SIMULATE_CELLS / e->n));
  return FALSE;
}

static gboolean are_states(const PlnElectorate *e, const PlnWorld *world) {
  for (guint i = 0; i < e->n; i++)
    if (!pln_world_state(world, e->code[i]))
      return FALSE;
  return TRUE;
}

/* A file of votes by state is read again only where the codes are states'; a matrix has as
 * many columns as a row may have. */
static gboolean read_form(const PlnArgs *args, const PlnElectorate *e, const PlnWorld *world,
                          guint n_calls, PlnVotesForm *form, GError **error) {
  const char *text = pln_args_value(args, "as");
  int at = 0;
  if (text)
    while (pln_votes_forms[at] && strcmp(pln_votes_forms[at], text) != 0)
      at++;
  else
    at = are_states(e, world) ? PLN_VOTES_OWN : PLN_VOTES_MATRIX;
  *form = (PlnVotesForm)at;
  if (!pln_votes_forms[at]) {
    const char *near = pln_text_near(text, pln_votes_forms);
    return pln_asked_fail(error, "--as is \"%s\"; expected own, tidy or matrix%s%s%s", text,
                          near ? "; did you mean " : "", near ? near : "", near ? "?" : "");
  }
  if (at != PLN_VOTES_MATRIX || n_calls < PLN_CSV_FIELDS)
    return TRUE;
  g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE,
              "a matrix has no room for %u roll calls; expected at most %d, or --as own", n_calls,
              PLN_CSV_FIELDS - 1);
  return FALSE;
}

/* Only our own form has a place for sessions: who asked for some is told. */
static void note_sessions(const PlnArgs *args, PlnVotesForm form) {
  if (form != PLN_VOTES_OWN && (pln_args_value(args, "sessions") || pln_args_value(args, "first-session")))
    fputs("plenary: the sessions are not written, this form of file has no place for them; --as own "
          "has, where codes are states'\n", stderr);
}

static gboolean write_truth(const PlnSimulation *s, const char *folder, GError **error) {
  g_autofree char *truth = pln_simulation_truth(s);
  return pln_electorate_write_with(s->electorate, truth, folder, error);
}

int pln_run_simulate(const PlnArgs *args, GError **error) {
  guint64 seed = 1;
  if (!pln_args_operands(args, 0, 1, error) ||
      !read_number(args, "seed", 0, G_MAXUINT64, &seed, error))
    return PLN_ERROR_USAGE;
  g_autoptr(PlnWorld) world = pln_open_world(error);
  g_autoptr(PlnElectorate) e = world ? open_electorate(args, world, seed, error) : NULL;
  if (!e)
    return PLN_ERROR_USAGE;
  PlnSimulateOptions options = pln_simulation_options(e);
  PlnVotesForm form;
  options.seed = seed;
  if (!read_options(args, e, &options, error) ||
      !read_form(args, e, world, options.n_calls, &form, error))
    return PLN_ERROR_USAGE;
  note_sessions(args, form);
  g_autoptr(PlnSimulation) s = pln_simulate(e, &options);
  const char *folder = pln_args_value(args, "truth");
  if (folder && !write_truth(s, folder, error))
    return PLN_ERROR_FAILED;
  g_autofree char *votes = pln_votes_text(s->matrix, form);
  return pln_output_text(votes, args, error);
}
