/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Edits of the talks as they are done: numbers changed, blocs split; delegation_merge.c. */
#include <math.h>
#include <string.h>

#include "plenary/asked.h"
#include "plenary/delegation_part.h"
#include "plenary/error.h"

static PlnSeat *seat_at(const PlnSeats *seats, guint i) {
  return seats->seats->pdata[i];
}

static const PlnIssue *issue_at(const PlnSeats *seats, guint p) {
  return &g_array_index(seats->scenario->issues, PlnIssue, p);
}

void pln_seat_mark(PlnSeat *seat, guint issue) {
  seat->who->edited = TRUE;
  seat->cell[issue].status = MAX(seat->cell[issue].status, PLN_STATUS_ASSUMED);
}

/* ---- Who is meant ---- */

/* The delegation that speaks for the state called @name, or NULL. */
static const PlnSeat *spoken_by(const PlnSeats *seats, const char *name) {
  for (guint i = 0; i < seats->seats->len; i++) {
    const GPtrArray *members = seat_at(seats, i)->who->members;
    for (guint k = 0; k < members->len; k++)
      if (strcmp(((const PlnState *)members->pdata[k])->code, name) == 0)
        return seat_at(seats, i);
  }
  return NULL;
}

/* Those at the table, of blocs alone where so asked; NULL-terminated, not copied. */
static const char **names_of(const PlnSeats *seats, gboolean blocs) {
  const char **names = g_new0(const char *, seats->seats->len + 1);
  for (guint i = 0, n = 0; i < seats->seats->len; i++)
    if (!blocs || seat_at(seats, i)->who->bloc)
      names[n++] = seat_at(seats, i)->who->name;
  return names;
}

/* "EU, AOSIS or USA"; of many the first, with how many more.  (transfer full) */
static char *listed(const char *const *names) {
  enum { SHOWN = 12 };
  guint n = g_strv_length((char **)names), shown = n > SHOWN ? SHOWN - 1 : n;
  g_autoptr(GString) out = g_string_new(NULL);
  for (guint i = 0; i < shown; i++)
    g_string_append_printf(out, "%s%s", i == 0 ? "" : i + 1 == n ? " or " : ", ", names[i]);
  if (shown < n)
    g_string_append_printf(out, " or %u more", n - shown);
  return g_string_free(g_steal_pointer(&out), FALSE);
}

/* The code of a state at the table, or spoken for there, whose name begins with @name; or NULL. */
static const char *state_named(const PlnSeats *seats, const char *name) {
  for (guint i = 0; i < seats->seats->len; i++) {
    const GPtrArray *members = seat_at(seats, i)->who->members;
    for (guint k = 0; k < members->len; k++) {
      const PlnState *state = members->pdata[k];
      if (g_ascii_strncasecmp(state->name, name, strlen(name)) == 0)
        return state->code;
    }
  }
  return NULL;
}

static gboolean refuse_name(const PlnSeats *seats, const char *name, GError **error) {
  const PlnSeat *seat = spoken_by(seats, name);
  if (seat) {
    g_autofree char *expected = g_strdup_printf("--split %s:%s as well", seat->who->name, name);
    g_autofree char *what = g_strdup_printf("%s speaks for", seat->who->name);
    return pln_asked_refuse(error, what, name, seat->who->bloc ? expected : "that delegation", NULL);
  }
  g_autofree const char **names = names_of(seats, FALSE);
  g_autofree char *all = listed(names);
  const char *code = strlen(name) < 3 ? NULL : state_named(seats, name);
  if (!code)
    return pln_asked_refuse(error, "nobody at the table is called", name, all, names);
  g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE,
              "nobody at the table is called \"%s\"; expected %s; did you mean %s?", name, all, code);
  return FALSE;
}

PlnSeat *pln_seats_called(const PlnSeats *seats, const char *name, GError **error) {
  int place = pln_seats_find(seats, name);
  if (place >= 0)
    return seat_at(seats, (guint)place);
  refuse_name(seats, name, error);
  return NULL;
}

/* Whether the edit is of @issue: the one it names, or any in which the seat takes part. */
static gboolean meant(const PlnSeat *seat, const PlnTalksEdit *edit, guint issue) {
  return edit->issue < 0 ? !isnan(seat->cell[issue].position) : edit->issue == (int)issue;
}

/* ---- Numbers ---- */

/* One that joins an issue brings to it what it has on another where it states nothing. */
static void bring_capability(const PlnSeats *seats, PlnSeat *seat, guint issue) {
  for (guint p = 0; p < seats->m && isnan(seat->cell[issue].capability); p++) {
    seat->cell[issue].capability = seat->cell[p].capability;
    seat->cell[issue].capability_sd = seat->cell[p].capability_sd;
  }
}

static gboolean set_position(const PlnSeats *seats, PlnSeat *seat, guint issue,
                             const PlnTalksEdit *edit, GError **error) {
  const PlnIssue *it = issue_at(seats, issue);
  double sd = isnan(edit->sd) ? 0 : edit->sd;
  if (edit->value < it->from || edit->value > it->to || sd > it->to - it->from) {
    g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE,
                "--position of %s does not fit the scale of %s; expected a number from %.12g to "
                "%.12g, or --position %s:%s=… on single issues",
                seat->who->name, it->id, it->from, it->to, it->id, seat->who->name);
    return FALSE;
  }
  seat->cell[issue].position = edit->value;
  seat->cell[issue].left = FALSE;
  if (!isnan(edit->sd))
    seat->cell[issue].sd = edit->sd;
  bring_capability(seats, seat, issue);
  return TRUE;
}

static void set_salience(PlnSeat *seat, guint issue, const PlnTalksEdit *edit) {
  seat->cell[issue].salience = edit->value / 100;
  if (!isnan(edit->sd))
    seat->cell[issue].salience_sd = edit->sd / 100;
}

static void set_capability(PlnSeat *seat, guint issue, const PlnTalksEdit *edit) {
  seat->cell[issue].capability = edit->value;
  if (!isnan(edit->sd))
    seat->cell[issue].capability_sd = edit->sd;
}

static gboolean change_on(PlnSeats *seats, PlnSeat *seat, guint p, const PlnTalksEdit *edit,
                          GError **error) {
  if (edit->kind == PLN_TALKS_POSITION && !set_position(seats, seat, p, edit, error))
    return FALSE;
  if (edit->kind == PLN_TALKS_SALIENCE)
    set_salience(seat, p, edit);
  if (edit->kind == PLN_TALKS_CAPABILITY)
    set_capability(seat, p, edit);
  pln_seat_mark(seat, p);
  return TRUE;
}

/* ALL: whoever takes part in what is meant. */
static gboolean change_all(PlnSeats *seats, const PlnTalksEdit *edit, GError **error) {
  for (guint i = 0; i < seats->seats->len; i++) {
    PlnSeat *seat = seat_at(seats, i);
    for (guint p = 0; p < seats->m; p++)
      if (meant(seat, edit, p) && !isnan(seat->cell[p].position) &&
          !change_on(seats, seat, p, edit, error))
        return FALSE;
  }
  return TRUE;
}

static gboolean change(PlnSeats *seats, const PlnTalksEdit *edit, GError **error) {
  if (strcmp(edit->who, "ALL") == 0 && pln_seats_find(seats, "ALL") < 0)
    return change_all(seats, edit, error);
  PlnSeat *seat = pln_seats_called(seats, edit->who, error);
  gboolean any = FALSE;
  for (guint p = 0; seat && p < seats->m; p++) {
    if (!meant(seat, edit, p))
      continue;
    any = TRUE;
    if (!change_on(seats, seat, p, edit, error))
      return FALSE;
  }
  if (seat && !any)
    return pln_asked_refuse(error, "no issue is taken part in by", edit->who,
                            "--position ISSUE:WHO=P, which joins one", NULL);
  return seat != NULL;
}

static gboolean refuse_leaving(const PlnSeats *seats, const PlnTalksEdit *edit, GError **error) {
  const char *issue = edit->issue < 0 ? "any issue" : issue_at(seats, (guint)edit->issue)->id;
  g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE,
              "%s takes no part in %s, so it cannot leave it; expected one that takes part",
              edit->who, issue);
  return FALSE;
}

static gboolean leave(const PlnSeats *seats, const PlnTalksEdit *edit, GError **error) {
  PlnSeat *seat = pln_seats_called(seats, edit->who, error);
  gboolean any = FALSE;
  for (guint p = 0; seat && p < seats->m; p++) {
    if (!meant(seat, edit, p) || isnan(seat->cell[p].position))
      continue;
    any = TRUE;
    seat->cell[p].position = NAN;
    seat->cell[p].left = TRUE;
    pln_seat_mark(seat, p);
  }
  if (seat && !any)
    return refuse_leaving(seats, edit, error);
  return seat != NULL;
}

/* ---- Splitting ---- */

/* The number of the actor whose rows are those of @state, or -1. */
static int actor_of(const PlnSeats *seats, const PlnState *state) {
  for (guint i = 0; i < seats->actors->n; i++)
    if (pln_actors_who(seats->actors, i)->state == state)
      return (int)i;
  return -1;
}

/* What @state takes with it on @issue: its own rows, and what they leave empty from @share. */
static PlnSeatCell cell_of_member(const PlnSeats *seats, const PlnState *state,
                                  const PlnSeatCell *share, guint issue) {
  int actor = actor_of(seats, state);
  PlnSeatCell cell = *share;
  if (actor < 0)
    return cell;
  PlnSeatCell own = pln_seats_cell(seats, (guint)actor, issue);
  if (!isnan(own.position)) {
    cell.position = own.position;
    cell.sd = own.sd;
    cell.status = own.status;
  }
  PlnActor row = pln_actors_cell(seats->actors, (guint)actor, issue);
  if (!isnan(row.salience)) {
    cell.salience = own.salience;
    cell.salience_sd = own.salience_sd;
  }
  if (!isnan(row.capability)) {
    cell.capability = own.capability;
    cell.capability_sd = own.capability_sd;
  }
  return cell;
}

/* The bloc keeps what its members do not take, as uncertain in proportion. */
static void take_away(PlnSeatCell *bloc, double capability) {
  double left = MAX(0, bloc->capability - capability);
  if (bloc->capability > 0)
    bloc->capability_sd *= left / bloc->capability;
  bloc->capability = left;
}

/* Its own seat where it has one on another issue; else one behind the bloc's. */
static PlnSeat *seat_for(PlnSeats *seats, const PlnState *state, const PlnSeatCell *share,
                         guint *next) {
  int place = pln_seats_find(seats, state->code);
  if (place >= 0)
    return seat_at(seats, (guint)place);
  PlnSeat *seat = pln_seat_new(seats, state->code, state->name);
  seat->who->state = state;
  g_ptr_array_add(seat->states, (gpointer)state);
  for (guint p = 0; p < seats->m; p++) {
    seat->cell[p] = share[p];
    seat->cell[p].position = NAN;
  }
  g_ptr_array_insert(seats->seats, (int)(*next)++, seat);
  return seat;
}

/* What one of those for whom @bloc speaks has of it, issue by issue: capability evenly; where it
 * takes no part, what it would be of all of them.
 * Returns: (transfer full) */
static PlnSeatCell *even_share(PlnSeats *seats, const PlnSeat *bloc) {
  const GPtrArray *members = bloc->who->members;
  PlnSeatCell *share = g_memdup2(bloc->cell, sizeof *share * (seats->m + 1));
  for (guint p = 0; p < seats->m; p++) {
    guint among = 0;
    for (guint k = 0; k < members->len; k++)
      among += pln_seats_speaker(seats, members->pdata[k], p) == bloc;
    share[p].capability /= among > 0 ? among : members->len;
    share[p].capability_sd /= among > 0 ? among : members->len;
  }
  return share;
}

/* Where the bloc speaks for it; elsewhere it sits itself already, or another bloc speaks on. */
static void take_out(PlnSeats *seats, PlnSeat *bloc, const PlnSeatCell *share,
                     const PlnState *state, guint *next) {
  PlnSeat *seat = seat_for(seats, state, share, next);
  for (guint p = 0; p < seats->m; p++) {
    if (pln_seats_speaker(seats, state, p) != bloc)
      continue;
    seat->cell[p] = cell_of_member(seats, state, &share[p], p);
    take_away(&bloc->cell[p], seat->cell[p].capability);
    pln_seat_mark(seat, p);
    pln_seat_mark(bloc, p);
  }
  pln_seats_part(seats, state, bloc->who->bloc);
}

static gboolean refuse_member(const PlnSeat *bloc, const char *name, GError **error) {
  const GPtrArray *members = bloc->who->members;
  g_autofree const char **codes = g_new0(const char *, members->len + 1);
  for (guint k = 0; k < members->len; k++)
    codes[k] = ((const PlnState *)members->pdata[k])->code;
  g_autofree char *what = g_strdup_printf("%s does not speak for", bloc->who->name);
  return pln_asked_refuse(error, what, name, "the code of a member it speaks for", codes);
}

/* The members that @edit names, or all.  Returns: (transfer container): NULL and an error */
static GPtrArray *leavers(const PlnSeat *bloc, const PlnTalksEdit *edit, GError **error) {
  const GPtrArray *members = bloc->who->members;
  g_autoptr(GPtrArray) out = g_ptr_array_new();
  for (guint k = 0; !edit->list && k < members->len; k++)
    g_ptr_array_add(out, members->pdata[k]);
  for (guint j = 0; edit->list && edit->list[j]; j++) {
    guint before = out->len;
    for (guint k = 0; k < members->len; k++)
      if (strcmp(((const PlnState *)members->pdata[k])->code, edit->list[j]) == 0)
        g_ptr_array_add(out, members->pdata[k]);
    if (out->len == before) {
      refuse_member(bloc, edit->list[j], error);
      return NULL;
    }
  }
  return g_steal_pointer(&out);
}

static gboolean refuse_bloc(const PlnSeats *seats, const PlnSeat *seat, GError **error) {
  g_autofree const char **blocs = names_of(seats, TRUE);
  g_autofree char *all = listed(blocs);
  const char *why = seat->who->bloc    ? "speaks for nobody"
                    : seat->who->state ? "is a state, not a bloc"
                                       : "is a merger, not a bloc";
  g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE, "%s %s; --split expects %s", seat->who->name, why,
              *all ? all : "a bloc at the table, and there is none");
  return FALSE;
}

/* TRUE and an error where it is no bloc that is named, but one for whom a bloc speaks. */
static gboolean is_member(const PlnSeats *seats, const PlnTalksEdit *edit, GError **error) {
  const PlnSeat *seat = pln_seats_find(seats, edit->who) < 0 ? spoken_by(seats, edit->who) : NULL;
  if (!seat || !seat->who->bloc)
    return FALSE;
  g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE,
              "%s is a state, not a bloc; --split expects %s:%s to take it out of its bloc",
              edit->who, seat->who->name, edit->who);
  return TRUE;
}

static gboolean split(PlnSeats *seats, const PlnTalksEdit *edit, GError **error) {
  PlnSeat *bloc = is_member(seats, edit, error) ? NULL : pln_seats_called(seats, edit->who, error);
  if (!bloc)
    return FALSE;
  guint among = bloc->who->members->len, next = (guint)pln_seats_find(seats, edit->who) + 1;
  if (!bloc->who->bloc || among == 0)
    return refuse_bloc(seats, bloc, error);
  g_autoptr(GPtrArray) out = leavers(bloc, edit, error);
  if (!out)
    return FALSE;
  g_autofree PlnSeatCell *share = even_share(seats, bloc);
  for (guint k = 0; k < out->len; k++)
    take_out(seats, bloc, share, out->pdata[k], &next);
  if (out->len == among) /* nobody is left to speak for */
    g_ptr_array_remove(seats->seats, bloc);
  return TRUE;
}

static gboolean apply(PlnSeats *seats, const PlnTalksEdit *edit, GError **error) {
  switch (edit->kind) {
  case PLN_TALKS_SPLIT:
    return split(seats, edit, error);
  case PLN_TALKS_MERGE:
    return pln_seats_merge(seats, edit, error);
  case PLN_TALKS_LEAVE:
    return leave(seats, edit, error);
  default:
    return change(seats, edit, error);
  }
}

gboolean pln_seats_edit(PlnSeats *seats, const PlnTalksEdit *edit, GError **error) {
  if (!apply(seats, edit, error))
    return FALSE;
  pln_seats_find_members(seats);
  return TRUE;
}
