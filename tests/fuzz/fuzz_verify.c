/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An output from a stranger, whose command plenary verify runs again: a replay of a shipped
 * scenario, or a study of the few votes here, which are given it as operands. */
#include <glib/gstdio.h>
#include <unistd.h>

#include "fuzz.h"
#include "plenary/command.h"

static int file;
static char *path, *folder;

/* Their hashes stand in tests/fuzz/corpus/verify, with those of data/: where a table there has
 * changed, the outputs are to be made again from these, or no study is run. */
static const char *const given[][2] = {
    {"votes.csv", "roll_call,state,vote,session\n1,FRA,Y,70\n1,GBR,N,70\n1,USA,N,70\n1,IND,A,70\n"
                  "2,FRA,N,70\n2,GBR,Y,70\n2,USA,Y,70\n2,IND,N,70\n"
                  "3,FRA,Y,71\n3,GBR,Y,71\n3,USA,N,71\n3,IND,N,71\n"},
    {"calls.csv", "id,session\n1,70\n2,70\n3,71\n"},
    {"hide.csv", "roll_call,state\n1,FRA\n3,USA\n"},
};
static char *given_path[G_N_ELEMENTS(given)];

static void remove_given(void) {
  for (gsize k = 0; k < G_N_ELEMENTS(given); k++)
    g_unlink(given_path[k]);
  g_rmdir(folder);
}

static void write_given(void) {
  folder = g_dir_make_tmp("plenary-fuzz-XXXXXX", NULL);
  MUST(folder);
  for (gsize k = 0; k < G_N_ELEMENTS(given); k++) {
    given_path[k] = g_build_filename(folder, given[k][0], NULL);
    MUST(g_file_set_contents(given_path[k], given[k][1], -1, NULL));
  }
  atexit(remove_given);
}

/* Whether @text is in the output; what is escaped there is not found, and need not be. */
static gboolean holds(const uint8_t *data, size_t size, const char *text) {
  return g_strstr_len((const char *)data, (gssize)size, text) != NULL;
}

int LLVMFuzzerInitialize(int *argc, char ***argv) {
  (void)argc, (void)argv;
  stop_at_complaints();
  file = g_file_open_tmp("plenary-fuzz-XXXXXX", &path, NULL);
  MUST(file >= 0 && g_unlink(path) == 0);
  g_free(path);
  path = g_strdup_printf("/proc/self/fd/%d", file);
  write_given();
  return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  MUST(ftruncate(file, 0) == 0 && pwrite(file, data, size, 0) == (ssize_t)size);
  g_autoptr(GError) error = NULL;
  char *words[1 + G_N_ELEMENTS(given)] = {path};
  int n = 1;
  if (holds(data, size, "bayes")) /* any number of draws may be asked for: hours of them */
    return 0;
  for (gsize k = 0; k < G_N_ELEMENTS(given) && !holds(data, size, "plenary replay"); k++)
    if (holds(data, size, given[k][0]))
      words[n++] = given_path[k];
  g_autoptr(PlnArgs) args = pln_args_parse(pln_command_find("verify"), n, words, &error);
  MUST(args);
  int status = pln_run_verify(args, &error);
  MUST(!error || (error->domain == PLN_ERROR && *error->message));
  MUST(error || status == 0);
  if (error)
    must_be_harmless(error->message, FALSE);
  return 0;
}
