/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>

#include "plenary/load.h"
#include "plenary/output.h"

const PlnOption pln_check_options[] = {{"quiet", 'q', NULL, "say nothing where there is no fault", NULL},
                                       {NULL, 0, NULL, NULL, NULL}};

static guint count_votes(const PlnScenario *s) {
  guint votes = 0;
  for (guint k = 0; k < s->proposals->len; k++) {
    const PlnProposal *p = pln_scenario_proposal(s, k);
    for (guint i = 0; i < p->roster->n; i++)
      votes += p->ballot[i].vote != PLN_VOTE_UNKNOWN;
  }
  return votes;
}

static const char *plural(guint n) {
  return n == 1 ? "" : "s";
}

static int check_one(PlnWorld *world, const char *path, gboolean quiet) {
  g_autoptr(GError) why = NULL;
  g_autoptr(PlnFolder) folder = pln_folder_open(path, &why);
  if (!folder) {
    printf("%s\n", why->message);
    return PLN_ERROR_DATA;
  }
  g_autoptr(PlnFaults) faults = pln_faults_new();
  g_autoptr(PlnScenario) s = pln_scenario_read(world, folder, faults);
  if (!s) {
    guint n = pln_faults_count(faults), in = pln_faults_files(faults);
    g_autofree char *text = pln_faults_text(faults);
    printf("%s%u fault%s in %u file%s; nothing was written\n", text, n, plural(n), in, plural(in));
    return PLN_ERROR_DATA;
  }
  guint votes = count_votes(s);
  if (!quiet)
    printf("%s: no fault: %u proposal%s, %u recorded vote%s, %u file%s\n", path, s->proposals->len,
           plural(s->proposals->len), votes, plural(votes), s->inputs->len, plural(s->inputs->len));
  return 0;
}

int pln_run_check(const PlnArgs *args, GError **error) {
  if (!pln_args_operands(args, 1, G_MAXUINT, error))
    return PLN_ERROR_USAGE;
  g_autoptr(PlnWorld) world = pln_open_world(error);
  if (!world)
    return 0;
  int status = 0;
  for (gsize i = 0; args->rest[i]; i++)
    status = MAX(status, check_one(world, args->rest[i], pln_args_flag(args, "quiet")));
  return status;
}
