/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A thread's room: rows laid over a run, the chances that follow, what seats are made to do. */
#include <math.h>
#include <string.h>

#include "plenary/asked.h"
#include "plenary/normal.h"
#include "plenary/runner_part.h"

enum { ANSWERS = 3 };
static const double SURELY = 1e6; /* a cutpoint that no factor reaches */

PlnRunRoom *pln_run_room_new(const PlnRunFrame *f, const PlnRunnerOptions *o, GError **error) {
  PlnPredictor *predictor = pln_predictor_new(o->electorate, o->recurrence, error);
  if (!predictor)
    return NULL;
  PlnRunRoom *r = g_new0(PlnRunRoom, 1);
  gsize n = f->n + 8, marks = (gsize)(f->most + 1) * n, factors = f->outlook->shared + f->tied->len;
  r->predictor = predictor;
  r->at = f->proposal->at;
  r->status_quo = f->proposal->status_quo;
  r->row = g_array_sized_new(FALSE, FALSE, sizeof(PlnRunRow), f->most + 1);
  r->last_row = g_array_sized_new(FALSE, FALSE, sizeof(PlnRunRow), f->most + 1);
  r->mark = g_malloc0(marks);
  r->last_mark = g_malloc0(marks);
  r->spoken = g_new0(PlnSpoken, f->most + 1);
  r->won = g_new(gint32, n);
  r->said = g_new(gint32, n);
  r->position = g_new0(double, n);
  r->sd = g_new0(double, n);
  r->basis = g_new0(PlnSeatBasis, n);
  r->own = g_new0(PlnEvidence, n);
  r->evidence = g_new0(PlnEvidence, o->electorate->n + 1);
  r->chance = g_new0(double, ANSWERS * n);
  r->without = g_new0(double, ANSWERS * n);
  r->arrays = g_new0(double, PLN_CHAMBER_ROOM(f->n, factors) + 1);
  r->answer = g_malloc0(n);
  r->last_answer = g_malloc0(n);
  r->present = g_new0(double, n);
  r->last_present = g_new0(double, n);
  r->out = g_malloc0(n);
  r->last_out = g_malloc0(n);
  r->below = g_new0(double, n);
  r->above = g_new0(double, n);
  r->absent = g_new0(double, n);
  r->weight = f->roster->weight ? g_new0(guint32, n) : NULL;
  r->veto = g_malloc0(n);
  r->silent = g_new0(double, n);
  r->room = g_new(double, PLN_FORECAST_ROOM((f->n + 7) / 8 * 8, factors));
  r->tally = g_new(guint32, (gsize)PLN_VOTE_KINDS * MIN(o->draws, PLN_RUN_KEPT) + 1);
  r->normal = o->draws <= PLN_RUN_NORMALS ? g_new(double, (1 + factors) * o->draws) : NULL;
  r->vote = g_malloc((gsize)PLN_RUN_VOTES * n);
  return r;
}

void pln_run_room_free(PlnRunRoom *r) {
  if (!r)
    return;
  gpointer all[] = {r->mark,    r->last_mark, r->spoken, r->won,         r->said,   r->position,
                    r->sd,      r->basis,     r->own,    r->evidence,    r->chance, r->without,
                    r->arrays,  r->answer,    r->last_answer, r->present, r->last_present, r->out,
                    r->last_out, r->below,    r->above,  r->absent,      r->weight, r->veto,
                    r->silent,  r->room,      r->tally,  r->vote, r->normal};
  for (gsize k = 0; k < G_N_ELEMENTS(all); k++)
    g_free(all[k]);
  g_array_unref(r->row);
  g_array_unref(r->last_row);
  pln_predictor_free(r->predictor);
  g_free(r);
}

/* ---- Rows ---- */

/* The place of who @name is; -1 where no change was known to name it. */
static int find_who(const PlnRunFrame *f, const char *name) {
  const PlnState *state;
  const PlnBloc *bloc;
  if (!pln_run_named(f->scenario, name, &state, &bloc, NULL))
    return -1;
  return pln_run_frame_who(f, state ? (gconstpointer)state : (gconstpointer)bloc);
}

static int need_who(const PlnRunFrame *f, const char *name, GError **error) {
  int who = find_who(f, name);
  if (who < 0)
    pln_asked_fail(error, "the runner was not made for changes of %s", name);
  return who;
}

static const PlnRunWho *who_at(const PlnRunFrame *f, guint k) {
  return &g_array_index(f->who, PlnRunWho, k);
}

/* As sure as the scenario is of who it is: of the proposal itself before that of all. */
static double stated_sd(const GArray *rows, guint who) {
  double stated = PLN_STANCE_SD;
  guint names = 0;
  for (guint k = 0; k < rows->len; k++) {
    const PlnRunRow *row = &g_array_index(rows, PlnRunRow, k);
    if (row->who != who || row->names < names)
      continue;
    stated = row->sd;
    names = row->names;
  }
  return stated;
}

/* In place of what stood there of the same who; as sure as in @rows where nothing else is said. */
static gboolean lay_position(const PlnRunFrame *f, PlnRunRoom *r, const GArray *rows,
                             const PlnChange *c, GError **error) {
  int who = need_who(f, c->who, error);
  PlnRunRow it = {(guint)who, 0, c->where != NULL, 0, c->value, c->sd};
  guint kept = 0;
  if (who < 0)
    return FALSE;
  if (!(c->value >= 0 && c->value <= 100)) /* a dial may have gone beyond what was looked at */
    return pln_asked_fail(error, "the position of %s is %g; expected one from 0 to 100", c->who,
                          c->value);
  for (guint k = 0; k < r->row->len; k++) {
    PlnRunRow *old = &g_array_index(r->row, PlnRunRow, k);
    gboolean replaced = old->who == it.who && (!it.names || old->names);
    if (!replaced)
      g_array_index(r->row, PlnRunRow, kept++) = *old;
  }
  g_array_set_size(r->row, kept);
  it.sd = isnan(it.sd) ? stated_sd(rows, it.who) : it.sd;
  if (r->row->len <= f->most)
    g_array_append_val(r->row, it);
  return TRUE;
}

/* The seats of those named; all where nobody is.  (transfer full) */
static guint8 *mark_listed(const PlnRunFrame *f, char **list) {
  guint8 *listed = g_new0(guint8, f->n + 1);
  memset(listed, !list, f->n);
  for (char **name = list; name && *name; name++) {
    int who = find_who(f, *name);
    for (guint i = 0; who >= 0 && i < f->n; i++)
      listed[i] |= who_at(f, (guint)who)->in[i];
  }
  return listed;
}

/* Who leaves a bloc no longer holds its row; who joins one holds it and no other. */
static void lay_members(const PlnRunFrame *f, PlnRunRoom *r, const PlnChange *c) {
  int who = find_who(f, c->who);
  gboolean joins = c->kind == PLN_CHANGE_JOIN;
  g_autofree guint8 *listed = mark_listed(f, c->list);
  for (guint i = 0; i < f->n; i++) {
    if (!listed[i])
      continue;
    for (guint k = 0; k < r->row->len; k++) {
      guint8 *in = r->mark + (gsize)k * f->n + i;
      gboolean of_bloc = (int)g_array_index(r->row, PlnRunRow, k).who == who;
      *in = joins ? of_bloc : of_bloc ? 0 : *in;
    }
  }
}

static gboolean has_row(const PlnRunRoom *r, int who) {
  for (guint k = 0; k < r->row->len; k++)
    if ((int)g_array_index(r->row, PlnRunRow, k).who == who)
      return TRUE;
  return FALSE;
}

gboolean pln_run_silent(const PlnRunFrame *f, const PlnChange *c, GError **error) {
  return pln_asked_fail(error, "%s has no position on %s, so that leaving or joining it changes "
                               "nothing; expected a bloc that has one, or a position for it",
                        c->who, f->proposal->id);
}

static gboolean lay_rows(const PlnRunFrame *f, PlnRunRoom *r, const GArray *rows,
                         const PlnChange *const *changes, guint n, GError **error) {
  g_array_set_size(r->row, 0);
  g_array_append_vals(r->row, rows->data, rows->len);
  for (guint k = 0; k < n; k++)
    if (changes[k]->kind == PLN_CHANGE_POSITION &&
        pln_run_is_here(f->scenario, f->place, changes[k]) && !lay_position(f, r, rows, changes[k], error))
      return FALSE;
  for (guint k = 0; k < r->row->len; k++)
    memcpy(r->mark + (gsize)k * f->n, who_at(f, g_array_index(r->row, PlnRunRow, k).who)->in, f->n);
  for (guint k = 0; k < n; k++) {
    const PlnChange *c = changes[k];
    if (c->kind != PLN_CHANGE_SPLIT && c->kind != PLN_CHANGE_JOIN)
      continue;
    if (!has_row(r, find_who(f, c->who)))
      return pln_run_silent(f, c, error);
    lay_members(f, r, c);
  }
  return TRUE;
}

/* ---- Who holds ---- */

static void resolve(const PlnRunFrame *f, PlnRunRoom *r) {
  guint rows = r->row->len;
  for (guint k = 0; k < rows; k++) {
    const PlnRunRow *row = &g_array_index(r->row, PlnRunRow, k);
    const guint8 *in = r->mark + (gsize)k * f->n;
    PlnStanceWho kind = who_at(f, row->who)->kind;
    guint size = 0;
    for (guint i = 0; i < f->n && kind == PLN_STANCE_BLOC; i++)
      size += in[i] && f->seated[i];
    r->spoken[k] = (PlnSpoken){k,       kind, row->names, row->line, row->position,
                               row->sd, in,   kind == PLN_STANCE_BLOC ? size : f->n};
  }
  pln_spoken_sort(rows, r->spoken);
  for (guint i = 0; i < f->n; i++) {
    guint first = pln_spoken_first(rows, r->spoken, i);
    r->won[i] = -1;
    r->position[i] = r->sd[i] = 0;
    if (first < rows) {
      r->won[i] = (gint32)g_array_index(r->row, PlnRunRow, r->spoken[first].row).who;
      pln_spoken_merge(rows, r->spoken, first, i, &r->position[i], &r->sd[i]);
    }
    r->said[i] = f->seated[i] ? r->won[i] : -1;
  }
}

gboolean pln_run_holds(const PlnRunFrame *f, PlnRunRoom *r, const PlnChange *change) {
  r->asked = FALSE;
  int who = find_who(f, change->who);
  if (!lay_rows(f, r, f->row, &change, 1, NULL))
    return FALSE;
  resolve(f, r);
  for (guint i = 0; i < f->n; i++)
    if (r->won[i] == who)
      return TRUE;
  return FALSE;
}

/* ---- Chances ---- */

static PlnChamber chamber_of(const PlnRunFrame *f, const PlnRunRoom *r, const gint32 *won) {
  return (PlnChamber){.n = f->n,
                      .place = f->outlook->place,
                      .known = f->outlook->known,
                      .likelihood = f->outlook->likelihood,
                      .won = won,
                      .position = r->position,
                      .sd = r->sd,
                      .at = r->at,
                      .status_quo = r->status_quo};
}

/* Evidence is what those seated in the base say: who is put in tells nothing of others. */
static PlnPrediction *consult(const PlnRunFrame *f, PlnRunRoom *r, guint n_electorate) {
  const PlnOutlook *o = f->outlook;
  PlnChamber seated = chamber_of(f, r, r->said);
  pln_chamber_evidence(&seated, r->basis, r->own);
  memset(r->evidence, 0, n_electorate * sizeof *r->evidence);
  for (guint i = 0; i < f->n; i++)
    if (o->place[i] >= 0 && f->seated[i])
      r->evidence[o->place[i]] = r->own[i];
  PlnQuestion question = {f->proposal->title, o->day, f->scenario->session, r->evidence, o->age};
  return pln_predictor_ask(r->predictor, &question);
}

static void fill(const PlnRunFrame *f, PlnRunRoom *r, const PlnPrediction *x) {
  PlnChamber all = chamber_of(f, r, r->won);
  PlnChamberAnswer answer = {x->f, x->chance, x->without, x->loading};
  if (f->extra > 0)
    pln_chamber_evidence(&all, r->basis, r->own);
  pln_chamber_chances(&all, r->basis, r->own, &answer, r->chance, r->without);
  r->forecast = pln_chamber_forecast(&all, r->basis, &answer, r->chance, f->outlook->absent,
                                     PLN_OUTLOOK_TURNOUT, f->tied->len,
                                     (const gint32 *)(gpointer)f->tied->data, r->arrays);
  r->forecast.late = f->late;
}

/* Whether the chances that stand are of these rows. */
static gboolean stands(const PlnRunFrame *f, const PlnRunRoom *r) {
  gsize rows = r->row->len;
  return r->asked && rows == r->last_row->len &&
         (rows == 0 || (memcmp(r->row->data, r->last_row->data, rows * sizeof(PlnRunRow)) == 0 &&
                        memcmp(r->mark, r->last_mark, rows * f->n) == 0));
}

gboolean pln_run_ask(const PlnRunFrame *f, PlnRunRoom *r, const GArray *rows,
                     const PlnChange *const *changes, guint n, GError **error) {
  if (!lay_rows(f, r, rows, changes, n, error)) {
    r->asked = FALSE;
    return FALSE;
  }
  if (stands(f, r))
    return TRUE;
  resolve(f, r);
  g_autoptr(PlnPrediction) prediction =
      consult(f, r, (guint)pln_predictor_prior(r->predictor)->n);
  fill(f, r, prediction);
  g_array_set_size(r->last_row, 0);
  g_array_append_vals(r->last_row, r->row->data, r->row->len);
  memcpy(r->last_mark, r->mark, (gsize)r->row->len * f->n);
  r->asked = TRUE;
  r->tallied = 0;
  return TRUE;
}

/* ---- What seats are made to do ---- */

static void make(const PlnRunFrame *f, PlnRunRoom *r, const PlnChange *c, const guint8 *in) {
  for (guint i = 0; i < f->n; i++) {
    if (!in[i])
      continue;
    if (c->kind == PLN_CHANGE_VOTE) {
      r->answer[i] = c->vote;
      r->present[i] = c->vote != PLN_VOTE_X;
    } else if (c->kind == PLN_CHANGE_PRESENCE) {
      r->present[i] = c->value / 100;
      if (r->answer[i] == PLN_VOTE_X)
        r->answer[i] = PLN_VOTE_UNKNOWN;
    } else {
      r->out[i] = !c->in;
    }
  }
}

static double absence(double chance) {
  return chance <= 0 ? -PLN_INF : chance >= 1 ? PLN_INF : pln_normal_inverse(chance);
}

static void apply(const PlnRunFrame *f, PlnRunRoom *r) {
  const PlnForecast *base = &r->forecast;
  r->outs = 0;
  for (guint i = 0; i < base->n_pad; i++) {
    r->below[i] = base->below[i];
    r->above[i] = base->above[i];
    r->absent[i] = base->absent[i];
  }
  for (guint i = 0; i < f->n; i++) {
    if (r->answer[i] < PLN_VOTE_X) {
      r->below[i] = r->answer[i] == PLN_VOTE_N ? SURELY : -SURELY;
      r->above[i] = r->answer[i] == PLN_VOTE_Y ? -SURELY : SURELY;
    }
    if (r->present[i] >= 0)
      r->absent[i] = absence(1 - r->present[i]);
    if (r->out[i])
      r->absent[i] = PLN_INF;
    r->outs += r->out[i];
    if (r->weight)
      r->weight[i] = r->out[i] ? 0 : f->roster->weight[i];
  }
}

gboolean pln_run_intervene(const PlnRunFrame *f, PlnRunRoom *r, const PlnChange *const *changes,
                           guint n, GError **error) {
  gsize seats = f->n;
  memset(r->answer, PLN_VOTE_UNKNOWN, seats);
  for (guint i = 0; i < f->n; i++) {
    r->present[i] = -1;
    r->out[i] = !f->seated[i];
  }
  for (guint k = 0; k < n; k++) {
    const PlnChange *c = changes[k];
    gboolean makes = c->kind == PLN_CHANGE_VOTE || c->kind == PLN_CHANGE_PRESENCE ||
                     c->kind == PLN_CHANGE_MEMBER;
    if (!makes || !pln_run_is_here(f->scenario, f->place, c))
      continue;
    int who = need_who(f, c->who, error);
    if (who < 0)
      return FALSE;
    make(f, r, c, who_at(f, (guint)who)->in);
  }
  if (memcmp(r->answer, r->last_answer, seats) != 0 || memcmp(r->out, r->last_out, seats) != 0 ||
      memcmp(r->present, r->last_present, seats * sizeof *r->present) != 0)
    r->tallied = 0;
  memcpy(r->last_answer, r->answer, seats);
  memcpy(r->last_out, r->out, seats);
  memcpy(r->last_present, r->present, seats * sizeof *r->present);
  if (r->tallied == 0)
    apply(f, r);
  return TRUE;
}
