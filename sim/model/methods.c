/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The methods of bargaining, by name. */
#include <string.h>

#include "plenary/method.h"

const PlnMethod *const pln_methods[] = {
    &pln_method_compromise,
    &pln_method_median,
    &pln_method_challenge_literal,
    &pln_method_challenge_scholz,
    &pln_method_condorcet,
    &pln_method_nash,
    &pln_method_kalai_smorodinsky,
    &pln_method_exchange,
    &pln_method_spatial,
    NULL};

const PlnMethod *pln_method_find(const char *name) {
  for (gsize k = 0; pln_methods[k]; k++)
    if (strcmp(pln_methods[k]->name, name) == 0)
      return pln_methods[k];
  return NULL;
}
