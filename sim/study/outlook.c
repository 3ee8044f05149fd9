/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/outlook.h"

#include <math.h>
#include <string.h>

#include "plenary/error.h"

const char *const pln_seat_basis_words[] = {"record", "stated", "heard", "model", "shares", NULL};

enum { NO, ABSTAIN, YES, ANSWERS };
static const double USUAL_GAP = 1; /* years: an electorate's forecasts were scored a session on */

double pln_outlook_years(PlnDay from, PlnDay to) {
  if (from <= PLN_DAY_UNKNOWN || to <= PLN_DAY_UNKNOWN)
    return 0;
  double a = from / 10000 + (from / 100 % 100) / 12.0 + (from % 100) / 365.0;
  double b = to / 10000 + (to / 100 % 100) / 12.0 + (to % 100) / 365.0;
  return b - a;
}

void pln_outlook_support(const PlnProposal *p, double position, double sd, double *support,
                         double *support_sd) {
  pln_chamber_support(p->at, p->status_quo, position, sd, support, support_sd);
}

void pln_outlook_position(const PlnProposal *p, double position, double sd, double chance[3]) {
  pln_chamber_position(p->at, p->status_quo, position, sd, chance);
}

void pln_outlook_free(PlnOutlook *o) {
  if (!o)
    return;
  gpointer all[] = {o->place, o->basis, o->status, o->known, o->likelihood,
                    o->chance, o->without, o->absent, o->arrays};
  for (gsize k = 0; k < G_N_ELEMENTS(all); k++)
    g_free(all[k]);
  g_clear_pointer(&o->rows, g_ptr_array_unref);
  g_clear_pointer(&o->pledge, g_ptr_array_unref);
  pln_stances_free(o->stances);
  pln_prediction_free(o->prediction);
  g_free(o);
}

static PlnOutlook *outlook_new(const PlnScenario *scenario, guint place, const PlnRoster *roster,
                               PlnDay day) {
  const PlnProposal *p = pln_scenario_proposal(scenario, place);
  PlnOutlook *o = g_new0(PlnOutlook, 1);
  o->proposal = p;
  o->roster = roster ? roster : p->roster;
  o->day = day != PLN_DAY_NONE ? day : p->day != PLN_DAY_NONE ? p->day : scenario->as_of;
  gsize n = o->n = o->roster->n;
  o->place = g_new(int, n + 1);
  o->basis = g_new0(PlnSeatBasis, n + 1);
  o->status = g_new0(PlnStatus, n + 1);
  o->known = g_malloc(n + 1);
  o->likelihood = g_new(double, ANSWERS * n + 1);
  o->chance = g_new0(double, ANSWERS * n + 1);
  o->without = g_new0(double, ANSWERS * n + 1);
  o->absent = g_new0(double, n + 1);
  o->rows = g_ptr_array_new();
  o->pledge = g_ptr_array_new();
  g_ptr_array_set_size(o->pledge, (int)n);
  return o;
}

/* What is on record of a seat. */
static void read_record(PlnOutlook *o, guint i, gboolean record) {
  const PlnProposal *p = o->proposal;
  int seat = pln_roster_find(p->roster, o->roster->state[i]->code);
  o->known[i] = seat >= 0 && record ? p->ballot[seat].vote : PLN_VOTE_UNKNOWN;
  if (o->known[i] != PLN_VOTE_UNKNOWN)
    o->status[i] = p->ballot[seat].status;
}

/* The likelihoods of what was heard, and of its having sponsored the draft. */
static void read_pledge(const PlnScenario *s, const PlnPledge *pledge, double likelihood[3]) {
  const PlnPledgeReliability *answer =
      pledge->answer == PLN_PLEDGE_NOT_HEARD
          ? NULL
          : pln_world_reliability(s->world, pln_pledge_words[pledge->answer]);
  const PlnPledgeReliability *sponsor =
      pledge->sponsor ? pln_world_reliability(s->world, "sponsor") : NULL;
  double told[PLN_TOLD_KINDS];
  const PlnPledgeReliability *both[] = {answer, sponsor};
  for (guint b = 0; b < 2; b++) {
    if (!both[b])
      continue;
    pln_pledge_likelihood(both[b], pln_pledge_age(pledge, s->as_of), told);
    likelihood[NO] *= told[PLN_TOLD_NO];
    likelihood[ABSTAIN] *= told[PLN_TOLD_ABSTAIN];
    likelihood[YES] *= told[PLN_TOLD_YES];
  }
}

/* Who is put in by a change sits behind the others, out of the order of codes. */
static int find_seat(const PlnRoster *roster, const char *code) {
  for (guint i = 0; i < roster->n; i++)
    if (strcmp(roster->state[i]->code, code) == 0)
      return (int)i;
  return -1;
}

static void read_pledges(const PlnScenario *s, guint place, PlnOutlook *o) {
  for (guint k = 0; k < s->pledges->len; k++) {
    const PlnPledge *pledge = &g_array_index(s->pledges, PlnPledge, k);
    int seat = pledge->proposal == (int)place ? find_seat(o->roster, pledge->state) : -1;
    if (seat >= 0)
      o->pledge->pdata[seat] = (gpointer)pledge;
  }
}

/* What was heard, as likelihoods; nothing where a vote is on record. */
static void fill_likelihoods(const PlnScenario *s, PlnOutlook *o) {
  for (guint k = 0; k < ANSWERS * o->n; k++)
    o->likelihood[k] = 1;
  for (guint i = 0; i < o->n; i++)
    if (o->pledge->pdata[i] && o->known[i] == PLN_VOTE_UNKNOWN)
      read_pledge(s, o->pledge->pdata[i], o->likelihood + ANSWERS * (gsize)i);
}

/* What a seat's chances rest on is as sure as this. */
static void fill_statuses(PlnOutlook *o) {
  for (guint i = 0; i < o->n; i++) {
    const PlnPledge *pledge = o->pledge->pdata[i];
    if (o->basis[i] == PLN_SEAT_RECORD)
      continue;
    gboolean stated = o->stances && o->stances->won[i];
    o->status[i] = stated ? o->stances->status[i] : PLN_STATUS_INFERRED;
    if (o->basis[i] == PLN_SEAT_HEARD)
      o->status[i] = MAX(MAX(o->status[i], PLN_STATUS_INFERRED), pledge->status);
  }
}

static void fill_absences(PlnOutlook *o, const PlnElectorate *e, gboolean none) {
  double a = 0, b = 0;
  for (guint i = 0; i < e->n; i++) {
    a += e->absent_a[i];
    b += e->absent_b[i];
  }
  for (guint i = 0; i < o->n; i++) {
    int at = o->place[i];
    double chance = at >= 0 ? e->absent_a[at] / (e->absent_a[at] + e->absent_b[at])
                            : a + b > 0 ? a / (a + b) : 0;
    o->absent[i] = o->basis[i] == PLN_SEAT_RECORD ? o->known[i] == PLN_VOTE_X : none ? 0 : chance;
  }
}

/* The rows that hold, for seats as the chamber reads them. */
static PlnChamber chamber_of(const PlnOutlook *o, const int *none) {
  return (PlnChamber){.n = o->n,
                      .place = o->place,
                      .known = o->known,
                      .likelihood = o->likelihood,
                      .won = o->stances ? o->stances->row : none,
                      .position = o->stances ? o->stances->position : NULL,
                      .sd = o->stances ? o->stances->sd : NULL,
                      .at = o->proposal->at,
                      .status_quo = o->proposal->status_quo};
}

/* Asks the electorate, with the seats' evidence at its states. */
static void ask(const PlnScenario *s, PlnOutlook *o, const PlnEvidence *own,
                const PlnOutlookOptions *options) {
  g_autofree PlnEvidence *evidence = g_new0(PlnEvidence, options->electorate->n + 1);
  for (guint i = 0; i < o->n; i++)
    if (o->place[i] >= 0)
      evidence[o->place[i]] = own[i];
  PlnQuestion question = {o->proposal->title, o->day, s->session, evidence, o->age};
  o->prediction = pln_predictor_ask(options->predictor, &question);
}

static void fill_forecast(const PlnScenario *s, PlnOutlook *o, const PlnChamber *chamber,
                          const PlnChamberAnswer *answer) {
  g_autofree int *row = g_new(int, o->n + 1);
  guint rows = pln_chamber_rows(chamber, o->basis, answer->f, row);
  for (guint k = 0; k < rows; k++)
    g_ptr_array_add(o->rows, s->stances->pdata[row[k]]);
  o->shared = answer->f;
  o->arrays = g_new(double, PLN_CHAMBER_ROOM(o->n, answer->f + rows) + 1);
  o->forecast = pln_chamber_forecast(chamber, o->basis, answer, o->chance, o->absent,
                                     PLN_OUTLOOK_TURNOUT, rows, row, o->arrays);
}

static void fill(const PlnScenario *s, PlnOutlook *o, const PlnOutlookOptions *options) {
  g_autofree int *none = g_new(int, o->n + 1);
  g_autofree PlnEvidence *own = g_new0(PlnEvidence, o->n + 1);
  for (guint i = 0; i < o->n; i++)
    none[i] = -1;
  PlnChamber chamber = chamber_of(o, none);
  pln_chamber_evidence(&chamber, o->basis, own);
  ask(s, o, own, options);
  const PlnPrediction *x = o->prediction;
  PlnChamberAnswer answer = {x->f, x->chance, x->without, x->loading};
  pln_chamber_chances(&chamber, o->basis, own, &answer, o->chance, o->without);
  fill_statuses(o);
  fill_absences(o, options->electorate, options->no_absence);
  fill_forecast(s, o, &chamber, &answer);
}

static gboolean unseen(const PlnOutlook *o, const PlnScenario *s, const PlnOutlookOptions *options,
                       GError **error) {
  const PlnElectorate *e = options->electorate;
  if (options->in_sample || !pln_electorate_has_seen(e, o->day, s->session))
    return TRUE;
  g_autofree char *day = pln_day_text(o->day), *to = pln_day_text(e->to_day);
  g_set_error(error, PLN_ERROR, PLN_ERROR_DATA,
              "the vote on %s (%s) lies in the window that the electorate was fitted to (until "
              "%s): to forecast it would be no forecast; expected an earlier electorate "
              "(--electorate), or --in-sample",
              o->proposal->id, day, *to ? to : "that session");
  return FALSE;
}

PlnOutlook *pln_outlook_new(const PlnScenario *scenario, guint place, const PlnRoster *roster,
                            PlnDay day, const PlnOutlookOptions *options, GError **error) {
  g_autoptr(PlnOutlook) o = outlook_new(scenario, place, roster, day);
  const PlnElectorate *e = options->electorate;
  if (!unseen(o, scenario, options, error))
    return NULL;
  if (options->stances && scenario->stances->len > 0)
    o->stances = pln_stances_resolve_on(scenario, place, o->roster);
  if (options->pledges)
    read_pledges(scenario, place, o);
  for (guint i = 0; i < o->n; i++) {
    o->place[i] = pln_electorate_find(e, o->roster->state[i]->code);
    read_record(o, i, options->record);
  }
  o->gap = e->to_day > PLN_DAY_UNKNOWN ? pln_outlook_years(e->to_day, o->day) : NAN;
  o->age = options->no_drift || isnan(o->gap) ? 0 : MAX(o->gap - USUAL_GAP, 0);
  fill_likelihoods(scenario, o);
  fill(scenario, o, options);
  o->weakest = o->proposal->status == PLN_STATUS_ASSUMED ? PLN_STATUS_INFERRED : o->proposal->status;
  for (guint i = 0; i < o->n; i++)
    o->weakest = MAX(o->weakest, o->status[i]);
  return g_steal_pointer(&o);
}
