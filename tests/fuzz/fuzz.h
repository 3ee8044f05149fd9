/* SPDX-License-Identifier: GPL-3.0-or-later */
/** What the fuzz targets share: an assertion that stops the fuzzer in any build, and
 *  the sanity of texts that leave the program. */
#pragma once
#include <glib.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* By abort(), which a fuzzer takes for a crash: it keeps the input. */
#define MUST(truth)                                                                        \
  do {                                                                                     \
    if (!(truth)) {                                                                        \
      fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #truth);                  \
      abort();                                                                             \
    }                                                                                      \
  } while (0)

static inline void stop(const char *domain, GLogLevelFlags level, const char *message, gpointer data) {
  (void)level, (void)data;
  fprintf(stderr, "%s: %s\n", domain ? domain : "", message);
  abort();
}

/** Makes GLib's complaints crashes as well. */
static inline void stop_at_complaints(void) {
  g_log_set_default_handler(stop, NULL);
}

/** UTF-8 without control characters but line ends and, where @colour, the escapes of
 *  colours. */
static inline void must_be_harmless(const char *text, gboolean colour) {
  MUST(g_utf8_validate(text, -1, NULL));
  for (const char *p = text; *p; p = g_utf8_next_char(p)) {
    gunichar c = g_utf8_get_char(p);
    if (colour && c == 0x1b) {
      gsize n = strspn(p + 1, "[0123456789;");
      MUST(p[1] == '[' && p[n + 1] == 'm');
    } else {
      MUST(c == '\n' || (g_unichar_type(c) != G_UNICODE_CONTROL && g_unichar_type(c) != G_UNICODE_FORMAT));
    }
  }
}
