/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An output from a stranger, whose command plenary verify runs again. */
#include <glib/gstdio.h>
#include <unistd.h>

#include "fuzz.h"
#include "plenary/command.h"

static int file;
static char *path;

int LLVMFuzzerInitialize(int *argc, char ***argv) {
  (void)argc, (void)argv;
  stop_at_complaints();
  file = g_file_open_tmp("plenary-fuzz-XXXXXX", &path, NULL);
  MUST(file >= 0 && g_unlink(path) == 0);
  g_free(path);
  path = g_strdup_printf("/proc/self/fd/%d", file);
  return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  MUST(ftruncate(file, 0) == 0 && pwrite(file, data, size, 0) == (ssize_t)size);
  g_autoptr(GError) error = NULL;
  g_autoptr(PlnArgs) args = pln_args_parse(pln_command_find("verify"), 1, &path, &error);
  MUST(args);
  int status = pln_run_verify(args, &error);
  MUST(!error || (error->domain == PLN_ERROR && *error->message));
  MUST(error || status == 0);
  if (error)
    must_be_harmless(error->message, FALSE);
  return 0;
}
