/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs a fuzz target over the files named, once each, without a fuzzer: so that what was
 * found once is looked at by every compiler, sanitizer and valgrind from then on. */
#include "fuzz.h"

#undef main /* the command's own goes by another name in fuzz_verify */
int main(int argc, char **argv) {
  LLVMFuzzerInitialize(&argc, &argv);
  for (int i = 1; i < argc; i++) {
    g_autofree char *bytes = NULL;
    gsize length;
    MUST(g_file_get_contents(argv[i], &bytes, &length, NULL));
    uint8_t *exact = malloc(length + (length == 0)); /* no NUL behind it to run into */
    memcpy(exact, bytes, length);
    LLVMFuzzerTestOneInput(exact, length);
    free(exact);
  }
  printf("%d files\n", argc - 1);
  return argc > 1 ? EXIT_SUCCESS : EXIT_FAILURE;
}
