/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/request.h"

#include <string.h>

#include "plenary/edits.h"
#include "plenary/output.h"
#include "plenary/version.h"
#include "plenary/whip.h"
#include "plenary/words.h"

static gboolean set_all(PlnRequest *r, const char *const *edits, GString *command, GError **error) {
  for (gsize i = 0; edits[i]; i++) {
    if (!pln_whatif_set(r->whatif, r->scenario, edits[i], error))
      return FALSE;
    pln_words_add_option(command, "set", edits[i]);
  }
  return TRUE;
}

/* Files of edits first, then single ones: what is typed wins over what is filed.  The
 * canonical command holds the edits themselves, so that no path is needed again. */
static gboolean read_edits(PlnRequest *r, const PlnArgs *args, GString *command, GError **error) {
  const char *const *files = pln_args_values(args, "set-file");
  for (gsize i = 0; files[i]; i++) {
    g_auto(GStrv) edits = pln_edits_load(files[i], error);
    if (!edits || !set_all(r, (const char *const *)edits, command, error))
      return FALSE;
  }
  return set_all(r, pln_args_values(args, "set"), command, error);
}

static gboolean read_whatif(PlnRequest *r, const PlnArgs *args, GString *command, GError **error) {
  const char *rule = pln_args_value(args, "rule"), *abstain = pln_args_value(args, "abstain-as");
  const char *absent = pln_args_value(args, "absent");
  r->whatif = pln_whatif_new();
  if (rule) {
    if (!pln_whatif_rule(r->whatif, r->scenario, rule, error))
      return FALSE;
    pln_words_add_option(command, "rule", rule);
  }
  if (absent) {
    if (!pln_whatif_absent(r->whatif, absent, error))
      return FALSE;
    pln_words_add_option(command, "absent", absent);
  }
  if (abstain) {
    if (!pln_whatif_abstain_as(r->whatif, abstain, error))
      return FALSE;
    pln_words_add_option(command, "abstain-as", abstain);
  }
  return read_edits(r, args, command, error);
}

static gboolean is_report(const PlnArgs *args) {
  return strcmp(args->command, "report") == 0;
}

/* Which blocs text shows is no part of what replay computes, but of a page. */
static void add_blocs(const PlnArgs *args, GString *command) {
  const char *blocs = pln_args_value(args, "blocs");
  if (blocs && (is_report(args) || pln_output_is_page(args)))
    pln_words_add_option(command, "blocs", blocs);
}

/* A page, and every report, goes to others.  What report keeps it adds to its command itself. */
static void redact(PlnRequest *r, const PlnArgs *args, GString *command) {
  if (!is_report(args) && !pln_output_is_page(args))
    return;
  if (!pln_args_flag(args, "private"))
    r->left_out = pln_whip_redact(r->scenario);
  else if (!is_report(args))
    pln_words_add_option(command, "private", NULL);
}

/* Whether nothing but a rule was asked for, and that of votes to come. */
static gboolean is_rule_alone(const PlnRequest *r, const PlnArgs *args) {
  const PlnWhatIf *w = r->whatif;
  if (!is_report(args) || !w->rule || w->edits->len > 0 || w->abstain_as != PLN_VOTE_UNKNOWN ||
      w->absent != PLN_ABSENT_AS_RECORDED)
    return FALSE;
  for (guint k = 0; k < r->scenario->proposals->len; k++)
    if (pln_proposal_counted(pln_scenario_proposal(r->scenario, k)))
      return FALSE;
  return TRUE;
}

PlnRequest *pln_request_new(const PlnArgs *args, const char *path, GError **error) {
  g_autoptr(PlnRequest) r = g_new0(PlnRequest, 1);
  g_autoptr(GString) command = g_string_new("plenary ");
  g_string_append(command, args->command);
  r->world = pln_open_world(error);
  r->scenario = r->world ? pln_scenario_load(r->world, path, error) : NULL;
  if (!r->scenario || !read_whatif(r, args, command, error))
    return NULL;
  add_blocs(args, command);
  redact(r, args, command);
  r->options = g_strdup(command->str);
  pln_words_add(command, r->scenario->id);
  r->command = g_strdup(command->str);
  r->rule_alone = is_rule_alone(r, args);
  r->replay = pln_replay_new(r->scenario, r->rule_alone ? NULL : r->whatif, error);
  if (!r->replay)
    return NULL;
  r->citations = pln_compose_citations(r->replay);
  r->provenance =
      (PlnProvenance){PLN_VERSION,  r->command,          pln_status_words[r->replay->weakest],
                      r->citations, r->scenario->inputs, pln_world_inputs(r->world)};
  return g_steal_pointer(&r);
}

void pln_request_free(PlnRequest *r) {
  if (!r)
    return;
  pln_replay_free(r->replay);
  pln_whatif_free(r->whatif);
  pln_scenario_free(r->scenario);
  g_clear_pointer(&r->world, pln_world_unref);
  g_free(r->command);
  g_free(r->options);
  g_free(r->citations);
  g_free(r);
}
