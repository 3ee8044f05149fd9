/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The laboratory's projections: questions and electorate as the kernel takes them. */
#include <math.h>
#include <string.h>

#include "plenary/compose.h"
#include "plenary/compose_project.h"
#include "plenary/laboratory_part.h"

/* ---- The electorate ---- */

static json_t *bytes_json(const double *number, gsize n) {
  g_autofree guint64 *little = g_new(guint64, n + 1);
  for (gsize k = 0; k < n; k++) {
    memcpy(&little[k], &number[k], sizeof *little);
    little[k] = GUINT64_TO_LE(little[k]);
  }
  g_autofree char *text = g_base64_encode((const guchar *)little, n * sizeof *little);
  return json_string(text);
}

static void set_arrays(json_t *to, const PlnPrior *prior) {
  json_object_set_new(to, "n", json_integer(prior->n));
  json_object_set_new(to, "p", json_integer(prior->p));
  json_object_set_new(to, "width_sd", json_real(prior->width_sd));
  json_object_set_new(to, "lapse", json_real(prior->lapse));
  json_object_set_new(to, "two", json_boolean(prior->two));
  json_object_set_new(to, "row", bytes_json(prior->row, (gsize)prior->n * prior->p));
  json_object_set_new(to, "offset", bytes_json(prior->offset, prior->n));
  json_object_set_new(to, "log_width", bytes_json(prior->log_width, prior->n));
}

/* Where the states of the list are in it, for members that are added by hand. */
static void set_places(json_t *to, const PlnLab *lab, const PlnElectorate *e) {
  json_t *place = json_array(), *absent = json_array();
  double a = 0, b = 0;
  for (guint i = 0; i < e->n; i++) {
    a += e->absent_a[i];
    b += e->absent_b[i];
  }
  for (guint i = 0; i < lab->states->len; i++) {
    int at = pln_electorate_find(e, ((const PlnState *)lab->states->pdata[i])->code);
    double own = at >= 0     ? e->absent_a[at] / (e->absent_a[at] + e->absent_b[at])
                 : a + b > 0 ? a / (a + b)
                             : 0;
    json_array_append_new(place, json_integer(at));
    json_array_append_new(absent, json_real(own));
  }
  json_object_set_new(to, "state_place", place);
  json_object_set_new(to, "state_absent", absent);
}

json_t *pln_lab_electorate(const PlnLab *lab, const PlnProject *project) {
  const PlnElectorate *e = project ? project->options.electorate : NULL;
  if (!e || !pln_project_main_stage(project))
    return json_null();
  g_autofree char *name = g_strdup_printf("s%d-%d", e->from_session, e->to_session);
  json_t *to = json_pack("{s:s, s:o, s:o, s:s}", "name", e->from_session >= 0 ? name : "", "from",
                         pln_lab_day(e->from_day), "to", pln_lab_day(e->to_day), "status",
                         pln_status_words[e->status]);
  set_arrays(to, pln_predictor_prior(project->options.predictor));
  set_places(to, lab, e);
  return to;
}

/* ---- A question ---- */

static json_t *number_or_null(double value) {
  return isfinite(value) ? json_real(value) : json_null();
}

/* A chance as the document shows it: never 0 or 1. */
static json_t *chance_json(double chance, guint draws) {
  return isfinite(chance) ? json_real(pln_outcome_shown(chance, draws)) : json_null();
}

static json_t *seats_of(const PlnScenario *s, const PlnRoster *roster, const PlnStance *row) {
  g_autofree guint8 *in = g_new0(guint8, roster->n + 1);
  json_t *array = json_array();
  if (row->bloc)
    pln_roster_mark(roster, s->world, row->bloc, in);
  for (guint i = 0; i < roster->n; i++)
    if (in[i] || row->who == PLN_STANCE_ALL || roster->state[i] == row->state)
      json_array_append_new(array, json_integer(i));
  return array;
}

/* The rows that may speak of the proposal, in the order of the file. */
static json_t *rows_json(const PlnScenario *s, const PlnRoster *roster, guint place) {
  static const char *const kinds[] = {"ALL", "BLOC", "STATE"};
  json_t *array = json_array();
  for (guint k = 0; k < s->stances->len; k++) {
    const PlnStance *row = s->stances->pdata[k];
    if (row->proposal >= 0 && row->proposal != (int)place)
      continue;
    json_array_append_new(
        array, json_pack("{s:o, s:s, s:b, s:I, s:f, s:f, s:s, s:o, s:o, s:o}", "who",
                         pln_lab_text(pln_stance_name(row)), "kind", kinds[row->who], "names",
                         row->proposal >= 0, "line", (json_int_t)row->line, "position",
                         row->position, "sd", row->sd, "status", pln_status_words[row->status],
                         "source", pln_lab_text(row->source), "note", pln_lab_text(row->note),
                         "seats", seats_of(s, roster, row)));
  }
  return array;
}

/* What was heard, or null where that tells nothing of anybody. */
static json_t *likelihood_json(const PlnOutlook *o) {
  gboolean any = FALSE;
  for (guint i = 0; i < o->n; i++) {
    const double *l = o->likelihood + 3 * (gsize)i;
    any |= l[0] != l[1] || l[1] != l[2];
  }
  json_t *array = any ? json_array() : json_null();
  for (gsize k = 0; any && k < 3 * (gsize)o->n; k++)
    json_array_append_new(array, json_real(o->likelihood[k]));
  return array;
}

static void set_seats(json_t *to, const PlnOutlook *o) {
  json_t *place = json_array(), *absent = json_array();
  GString *known = g_string_new(NULL);
  for (guint i = 0; i < o->n; i++) {
    json_array_append_new(place, json_integer(o->place[i]));
    json_array_append_new(absent, json_real(o->absent[i]));
    g_string_append(known, pln_vote_letter(o->known[i]));
  }
  json_object_set_new(to, "place", place);
  json_object_set_new(to, "known", json_string(known->str));
  json_object_set_new(to, "absent", absent);
  g_string_free(known, TRUE);
}

static void set_answer(json_t *to, const PlnProjectItem *item) {
  const PlnOutcomeResult *r = item->outcome;
  json_t *yes = json_array();
  for (guint q = 0; q < PLN_OUTCOME_QUANTILES; q++)
    json_array_append_new(yes, json_integer(r->count[PLN_VOTE_Y].quantile[q]));
  json_object_set_new(to, "chance", chance_json(r->adopted.value, r->draws));
  json_object_set_new(to, "error", number_or_null(r->adopted.error));
  json_object_set_new(to, "low", chance_json(item->low, r->draws));
  json_object_set_new(to, "high", chance_json(item->high, r->draws));
  json_object_set_new(to, "said", json_string(pln_say_likely(r->adopted.value)));
  json_object_set_new(to, "needed", json_integer(item->needed));
  json_object_set_new(to, "yes", yes);
  json_object_set_new(to, "informed", json_boolean(item->informed));
  json_object_set_new(to, "status", json_string(pln_status_words[item->outlook->weakest]));
}

const PlnProjectItem *pln_lab_item(const PlnProject *project, guint place) {
  const PlnProjectStage *stage = project ? pln_project_main_stage(project) : NULL;
  for (guint k = 0; stage && k < stage->items->len; k++)
    if (pln_project_item(stage, k)->place == place)
      return pln_project_item(stage, k);
  return NULL;
}

const PlnRuleEntry *pln_lab_own_rule(const PlnProject *project, const PlnProposal *proposal) {
  const char *why = NULL;
  return pln_scenario_rule_at(project->scenario, proposal, pln_project_main_stage(project)->entry,
                              &why);
}

/* The rule that decides, that under which the command computed, and who belongs where then. */
static void set_stage(json_t *to, PlnLab *lab, const PlnProject *project,
                      const PlnProjectItem *item) {
  const PlnRuleEntry *own = pln_lab_own_rule(project, item->proposal);
  json_t *blocs =
      pln_lab_blocs_then(lab, project->scenario->world, item->outlook->roster->day);
  json_object_set_new(to, "rule", json_integer(pln_lab_rule(lab, own)));
  json_object_set_new(to, "said_rule", json_integer(pln_lab_rule(lab, item->rule)));
  if (json_array_size(blocs) > 0)
    json_object_set(to, "blocs", blocs);
  json_decref(blocs);
}

json_t *pln_lab_projection(PlnLab *lab, const PlnProject *project, guint place) {
  const PlnProjectItem *item = pln_lab_item(project, place);
  if (!item)
    return json_null();
  const PlnOutlook *o = item->outlook;
  const PlnProposal *p = item->proposal;
  gboolean spatial = p->at >= 0;
  g_autofree char *stage = pln_say_stage(pln_project_main_stage(project));
  json_t *to = json_pack(
      "{s:o, s:o, s:f, s:o, s:o, s:o, s:o, s:o, s:f, s:o}", "stage", pln_lab_text(stage),
      "day", pln_lab_day(o->day), "age", o->age,
      "roster", pln_lab_roster(lab, o->roster), "likelihood", likelihood_json(o), "rows",
      rows_json(project->view, o->roster, place), "at", spatial ? json_real(p->at) : json_null(),
      "status_quo", spatial ? json_real(p->status_quo) : json_null(), "turnout",
      o->forecast.turnout, "asks", json_real(project->options.asks));
  set_stage(to, lab, project, item);
  set_seats(to, o);
  set_answer(to, item);
  return to;
}
