/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/outlook.h"

#include <math.h>
#include <string.h>

#include "plenary/error.h"
#include "plenary/normal.h"

const char *const pln_seat_basis_words[] = {"record", "stated", "heard", "model", "shares", NULL};

enum { NO, ABSTAIN, YES, ANSWERS };
static const double CERTAIN = 9;      /* a cutpoint so far out that nothing lies beyond it */
static const double USUAL_GAP = 1;    /* years: an electorate's forecasts were scored a session on */
static const double LOST = 0.03;      /* how often the forecast of a state that was heard is taken
                                         to know nothing of it: its own word then stands alone */
static const double TIED_MOST = 0.98; /* of a seat's variance that may be common */

double pln_outlook_years(PlnDay from, PlnDay to) {
  if (from <= PLN_DAY_UNKNOWN || to <= PLN_DAY_UNKNOWN)
    return 0;
  double a = from / 10000 + (from / 100 % 100) / 12.0 + (from % 100) / 365.0;
  double b = to / 10000 + (to / 100 % 100) / 12.0 + (to % 100) / 365.0;
  return b - a;
}

void pln_outlook_support(const PlnProposal *p, double position, double sd, double *support,
                         double *support_sd) {
  if (p->at < 0) {
    *support = PLN_OUTLOOK_FIRM * (position - 50) / 50;
    *support_sd = PLN_OUTLOOK_FIRM * sd / 50;
    return;
  }
  /* Between the two the difference of the distances changes by two a step. */
  double apart = MAX(fabs(p->at - p->status_quo), 1);
  double gain = fabs(position - p->status_quo) - fabs(position - p->at);
  *support = PLN_OUTLOOK_FIRM * gain / apart;
  *support_sd = PLN_OUTLOOK_FIRM * 2 * sd / apart;
}

void pln_outlook_position(const PlnProposal *p, double position, double sd, double chance[3]) {
  double u, u_sd;
  pln_outlook_support(p, position, sd, &u, &u_sd);
  pln_update_chances(u, PLN_OUTLOOK_BAND, u_sd * u_sd, 0, chance);
}

void pln_outlook_free(PlnOutlook *o) {
  if (!o)
    return;
  gpointer all[] = {o->place, o->basis, o->status, o->known, o->chance, o->without, o->absent, o->arrays};
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
  o->basis[i] = o->place[i] >= 0 ? PLN_SEAT_FILLED : PLN_SEAT_SHARES;
  if (o->known[i] == PLN_VOTE_UNKNOWN)
    return;
  o->basis[i] = PLN_SEAT_RECORD;
  o->status[i] = p->ballot[seat].status;
}

/* The likelihoods of what was heard, and of its having sponsored the draft. */
static gboolean read_pledge(const PlnScenario *s, const PlnPledge *pledge, double likelihood[3]) {
  const PlnPledgeReliability *answer =
      pledge->answer == PLN_PLEDGE_NOT_HEARD
          ? NULL
          : pln_world_reliability(s->world, pln_pledge_words[pledge->answer]);
  const PlnPledgeReliability *sponsor =
      pledge->sponsor ? pln_world_reliability(s->world, "sponsor") : NULL;
  double told[PLN_TOLD_KINDS];
  for (guint k = 0; k < ANSWERS; k++)
    likelihood[k] = 1;
  const PlnPledgeReliability *both[] = {answer, sponsor};
  for (guint b = 0; b < 2; b++) {
    if (!both[b])
      continue;
    pln_pledge_likelihood(both[b], pln_pledge_age(pledge, s->as_of), told);
    likelihood[NO] *= told[PLN_TOLD_NO];
    likelihood[ABSTAIN] *= told[PLN_TOLD_ABSTAIN];
    likelihood[YES] *= told[PLN_TOLD_YES];
  }
  return likelihood[NO] != likelihood[ABSTAIN] || likelihood[ABSTAIN] != likelihood[YES];
}

static void read_pledges(const PlnScenario *s, guint place, PlnOutlook *o) {
  for (guint k = 0; k < s->pledges->len; k++) {
    const PlnPledge *pledge = &g_array_index(s->pledges, PlnPledge, k);
    int seat = pledge->proposal == (int)place ? pln_roster_find(o->roster, pledge->state) : -1;
    if (seat >= 0)
      o->pledge->pdata[seat] = (gpointer)pledge;
  }
}

/* How many seats each stance row speaks for. */
static guint seats_of(const PlnOutlook *o, const PlnStance *row) {
  guint n = 0;
  for (guint i = 0; i < o->n; i++)
    n += o->stances->won[i] == row;
  return n;
}

/* What is known of seat @i as evidence to the electorate; sets what its chances rest on.  What it
 * said itself comes before what was stated of it, or of its bloc. */
static PlnEvidence evidence_of(const PlnScenario *s, PlnOutlook *o, guint i) {
  PlnEvidence none = {PLN_EVIDENCE_NONE, {1, 1, 1}, 0, 0}, e = none;
  static const int answer[] = {YES, NO, ABSTAIN}; /* of Y N A */
  const PlnPledge *pledge = o->pledge->pdata[i];
  gboolean stated = o->stances && o->stances->won[i];
  if (o->basis[i] == PLN_SEAT_RECORD)
    return o->known[i] < PLN_VOTE_X ? pln_evidence_vote((guint)answer[o->known[i]]) : none;
  o->status[i] = stated ? o->stances->status[i] : PLN_STATUS_INFERRED;
  if (pledge && read_pledge(s, pledge, e.likelihood)) {
    o->basis[i] = PLN_SEAT_HEARD;
    o->status[i] = MAX(MAX(o->status[i], PLN_STATUS_INFERRED), pledge->status);
    e.kind = PLN_EVIDENCE_ANSWER;
  } else if (stated) {
    double sd;
    o->basis[i] = PLN_SEAT_STANCE;
    e.kind = PLN_EVIDENCE_SUPPORT;
    pln_outlook_support(o->proposal, o->stances->position[i], o->stances->sd[i], &e.support, &sd);
    e.variance = 1 + sd * sd * seats_of(o, o->stances->won[i]);
  }
  return e;
}

/* Shares of the answers expected of the seats that the electorate knows. */
static void fill_shares(PlnOutlook *o, double share[3]) {
  double sum = ANSWERS;
  for (guint k = 0; k < ANSWERS; k++)
    share[k] = 1;
  for (guint i = 0; i < o->n; i++)
    for (guint k = 0; k < ANSWERS && o->place[i] >= 0; k++) {
      share[k] += o->prediction->chance[ANSWERS * (gsize)o->place[i] + k];
      sum += o->prediction->chance[ANSWERS * (gsize)o->place[i] + k];
    }
  for (guint k = 0; k < ANSWERS; k++)
    share[k] /= sum;
}

/* What seat @i would do for all that is known, but for what it said itself. */
static void chance_without(const PlnOutlook *o, guint i, const double share[3], double chance[3]) {
  const PlnPrediction *x = o->prediction;
  for (guint k = 0; k < ANSWERS; k++)
    chance[k] = o->place[i] >= 0 ? x->without[ANSWERS * (gsize)o->place[i] + k] : share[k];
  if (o->basis[i] != PLN_SEAT_RECORD && o->stances && o->stances->won[i])
    pln_outlook_position(o->proposal, o->stances->position[i], o->stances->sd[i], chance);
}

static void fill_chances(PlnOutlook *o, const PlnEvidence *own) {
  double share[ANSWERS];
  fill_shares(o, share);
  for (guint i = 0; i < o->n; i++) {
    double *chance = o->chance + ANSWERS * (gsize)i, *without = o->without + ANSWERS * (gsize)i;
    gboolean heard = own[i].kind == PLN_EVIDENCE_ANSWER;
    double sum = 0, lost = o->basis[i] == PLN_SEAT_HEARD ? LOST : 0;
    chance_without(o, i, share, without);
    for (guint k = 0; k < ANSWERS; k++) {
      chance[k] = (1 - lost) * without[k] + lost / ANSWERS;
      sum += chance[k] *= heard ? own[i].likelihood[k] : 1;
    }
    for (guint k = 0; k < ANSWERS; k++)
      chance[k] /= sum;
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

/* A factor for each stance row, as far as there is room: those that speak for most first. */
static void find_rows(PlnOutlook *o) {
  for (guint i = 0; i < o->n && o->stances; i++) {
    gpointer row = (gpointer)o->stances->won[i];
    if (row && o->basis[i] == PLN_SEAT_STANCE && !g_ptr_array_find(o->rows, row, NULL))
      g_ptr_array_add(o->rows, row);
  }
  while (o->rows->len + o->shared > PLN_FORECAST_FACTORS) {
    guint least = 0;
    for (guint k = 1; k < o->rows->len; k++)
      if (seats_of(o, o->rows->pdata[k]) < seats_of(o, o->rows->pdata[least]))
        least = k;
    g_ptr_array_remove_index(o->rows, least);
  }
}

static void tie_seat(PlnOutlook *o, guint i, double *loading, gsize n_pad) {
  guint row;
  if (o->basis[i] == PLN_SEAT_RECORD)
    return;
  if (o->basis[i] == PLN_SEAT_STANCE) {
    double u, sd;
    pln_outlook_support(o->proposal, o->stances->position[i], o->stances->sd[i], &u, &sd);
    if (g_ptr_array_find(o->rows, o->stances->won[i], &row))
      loading[(o->shared + row) * n_pad + i] = MIN(sd / sqrt(1 + sd * sd), sqrt(TIED_MOST));
    return;
  }
  const PlnPrediction *x = o->prediction;
  for (guint k = 0; k < x->f && o->place[i] >= 0; k++)
    loading[k * n_pad + i] = x->loading[(gsize)o->place[i] * x->f + k];
}

static double own_part(const PlnForecast *f, double *loading, guint i) {
  double sum = 0;
  for (guint k = 0; k < f->f; k++)
    sum += loading[k * f->n_pad + i] * loading[k * f->n_pad + i];
  if (sum > TIED_MOST)
    for (guint k = 0; k < f->f; k++)
      loading[k * f->n_pad + i] *= sqrt(TIED_MOST / sum);
  return sqrt(1 - MIN(sum, TIED_MOST));
}

static void fill_forecast(PlnOutlook *o) {
  PlnForecast *f = &o->forecast;
  o->shared = o->prediction->f;
  find_rows(o);
  f->n = o->n;
  f->n_pad = (o->n + 7) / 8 * 8;
  f->f = o->shared + o->rows->len;
  gsize pad = f->n_pad;
  double *at = o->arrays = g_new0(double, pad * (4 + f->f) + 1);
  double *below = at, *above = at + pad, *own = at + 2 * pad, *absent = at + 3 * pad;
  double *loading = at + 4 * pad;
  for (guint i = 0; i < pad; i++) {
    absent[i] = -INFINITY;
    own[i] = 1;
  }
  for (guint i = 0; i < o->n; i++) {
    const double *chance = o->chance + ANSWERS * (gsize)i;
    below[i] = CLAMP(pln_normal_inverse(chance[NO]), -CERTAIN, CERTAIN);
    above[i] = MAX(CLAMP(-pln_normal_inverse(chance[YES]), -CERTAIN, CERTAIN), below[i]);
    absent[i] = o->absent[i] <= 0 ? -INFINITY : o->absent[i] >= 1 ? INFINITY
                                                                  : pln_normal_inverse(o->absent[i]);
    tie_seat(o, i, loading, pad);
    own[i] = own_part(f, loading, i);
  }
  f->below = below;
  f->above = above;
  f->own = own;
  f->absent = absent;
  f->loading = loading;
  f->turnout = PLN_OUTLOOK_TURNOUT;
}

/* Asks the electorate, with the seats' evidence at its states. */
static void ask(const PlnScenario *s, PlnOutlook *o, const PlnOutlookOptions *options) {
  guint n = options->electorate->n;
  g_autofree PlnEvidence *own = g_new0(PlnEvidence, o->n + 1);
  g_autofree PlnEvidence *evidence = g_new0(PlnEvidence, n + 1);
  for (guint i = 0; i < o->n; i++) {
    own[i] = evidence_of(s, o, i);
    if (o->place[i] >= 0)
      evidence[o->place[i]] = own[i];
  }
  PlnQuestion question = {o->proposal->title, o->day, s->session, evidence, o->age};
  o->prediction = pln_predictor_ask(options->predictor, &question);
  fill_chances(o, own);
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
  ask(scenario, o, options);
  fill_absences(o, e, options->no_absence);
  fill_forecast(o);
  o->weakest = o->proposal->status == PLN_STATUS_ASSUMED ? PLN_STATUS_INFERRED : o->proposal->status;
  for (guint i = 0; i < o->n; i++)
    o->weakest = MAX(o->weakest, o->status[i]);
  return g_steal_pointer(&o);
}
