/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <unistd.h>

#include "plenary/load.h"
#include "plenary/output.h"
#include "plenary/text.h"

const PlnOption pln_check_options[] = {
    {"quiet", 'q', NULL, "say nothing where there is no fault", NULL}, {NULL, 0, NULL, NULL, NULL}};

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

/* ", 5 issues, 48 rows of actors", or nothing. */
static char *talks_text(const PlnScenario *s) {
  guint issues = s->issues->len, rows = s->actors->len;
  return issues == 0 ? g_strdup("")
                     : g_strdup_printf(", %u issue%s, %u row%s of actors", issues, plural(issues),
                                       rows, plural(rows));
}

static int check_one(PlnWorld *world, const char *path, gboolean quiet) {
  g_autoptr(GError) why = NULL;
  g_autoptr(PlnFolder) folder = pln_folder_open(path, &why);
  if (!folder) {
    g_autofree char *shown = pln_text_visible(why->message);
    printf("%s\n", shown);
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
  g_autofree char *shown = pln_text_visible(path);
  guint votes = count_votes(s);
  g_autofree char *talks = talks_text(s);
  if (!quiet)
    printf("%s: no fault: %u proposal%s, %u recorded vote%s%s, %u file%s\n", shown,
           s->proposals->len, plural(s->proposals->len), votes, plural(votes), talks,
           s->inputs->len, plural(s->inputs->len));
  return 0;
}

/* On a terminal, once it takes more than a second: how far it is. */
static void show_progress(gint64 since, guint done, guint all) {
  if (g_get_monotonic_time() - since > G_USEC_PER_SEC && done % 50 == 0)
    fprintf(stderr, "\r%u of %u scenarios", done, all);
  if (done == all)
    fputs("\r                              \r", stderr);
}

int pln_run_check(const PlnArgs *args, GError **error) {
  if (!pln_args_operands(args, 1, G_MAXUINT, error))
    return PLN_ERROR_USAGE;
  g_autoptr(PlnWorld) world = pln_open_world(error);
  if (!world)
    return 0;
  gint64 since = g_get_monotonic_time();
  gboolean progress = isatty(STDERR_FILENO);
  guint n = g_strv_length(args->rest);
  int status = 0;
  for (guint i = 0; i < n; i++) {
    int one = check_one(world, args->rest[i], pln_args_flag(args, "quiet"));
    status = MAX(status, one);
    if (progress)
      show_progress(since, i + 1, n);
  }
  return status;
}
