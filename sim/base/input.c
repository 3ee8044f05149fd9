/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/input.h"

static void clear(gpointer data) {
  PlnInput *input = data;
  g_free(input->name);
  g_free(input->sha256);
}

GArray *pln_inputs_new(void) {
  GArray *inputs = g_array_new(FALSE, FALSE, sizeof(PlnInput));
  g_array_set_clear_func(inputs, clear);
  return inputs;
}

void pln_inputs_add(GArray *inputs, const char *name, GBytes *bytes) {
  PlnInput input = {g_strdup(name), g_compute_checksum_for_bytes(G_CHECKSUM_SHA256, bytes)};
  g_array_append_val(inputs, input);
}
