/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Several delegations as one. */
#include <math.h>
#include <string.h>

#include "plenary/asked.h"
#include "plenary/delegation_part.h"

/* Adds up what @value gives of the cells of those that take part in the issue. */
static double weigh(const GPtrArray *parts, guint issue, double (*value)(const PlnSeatCell *)) {
  double sum = 0;
  for (guint k = 0; k < parts->len; k++) {
    const PlnSeatCell *cell = &((const PlnSeat *)parts->pdata[k])->cell[issue];
    sum += isnan(cell->position) ? 0 : value(cell);
  }
  return sum;
}

static double one(const PlnSeatCell *cell) {
  (void)cell;
  return 1;
}

static double power(const PlnSeatCell *cell) {
  return cell->capability;
}

static double weight(const PlnSeatCell *cell) {
  return cell->capability * cell->salience;
}

/* The mean by @value, and its deviation; all alike where nobody has any weight.
 * @at, @sd: where in a cell they lie.  @disagree: also what they disagree about */
static void average(const GPtrArray *parts, guint issue, double (*value)(const PlnSeatCell *),
                    gsize at, gsize sd, gboolean disagree, PlnSeatCell *out) {
  double sum = weigh(parts, issue, value), mean = 0, variance = 0;
  if (!(sum > 0)) {
    value = one;
    sum = weigh(parts, issue, one);
  }
  for (guint pass = 0; pass < 2; pass++)
    for (guint k = 0; k < parts->len; k++) {
      const PlnSeatCell *cell = &((const PlnSeat *)parts->pdata[k])->cell[issue];
      double p = isnan(cell->position) ? 0 : value(cell) / sum;
      double x = G_STRUCT_MEMBER(double, cell, at), s = G_STRUCT_MEMBER(double, cell, sd);
      if (p > 0 && pass == 0)
        mean += p * x;
      if (p > 0 && pass == 1)
        variance += p * p * s * s + (disagree ? p * (x - mean) * (x - mean) : 0);
    }
  G_STRUCT_MEMBER(double, out, at) = mean;
  G_STRUCT_MEMBER(double, out, sd) = sqrt(variance);
}

static PlnSeatCell merged_cell(const GPtrArray *parts, guint issue) {
  PlnSeatCell cell = ((const PlnSeat *)parts->pdata[0])->cell[issue];
  double variance = 0;
  if (weigh(parts, issue, one) == 0)
    return cell;
  average(parts, issue, power, G_STRUCT_OFFSET(PlnSeatCell, salience),
          G_STRUCT_OFFSET(PlnSeatCell, salience_sd), FALSE, &cell);
  average(parts, issue, weight, G_STRUCT_OFFSET(PlnSeatCell, position),
          G_STRUCT_OFFSET(PlnSeatCell, sd), TRUE, &cell);
  cell.capability = weigh(parts, issue, power);
  for (guint k = 0; k < parts->len; k++) {
    const PlnSeatCell *part = &((const PlnSeat *)parts->pdata[k])->cell[issue];
    if (isnan(part->position))
      continue;
    variance += part->capability_sd * part->capability_sd;
    cell.status = MAX(cell.status, part->status);
  }
  cell.capability_sd = sqrt(variance);
  cell.left = FALSE;
  return cell;
}

static PlnSeat *put_together(const PlnSeats *seats, const char *name, const GPtrArray *parts) {
  g_autoptr(GString) title = g_string_new("");
  for (guint k = 0; k < parts->len; k++)
    g_string_append_printf(title, "%s%s", k > 0 ? ", " : "",
                           ((const PlnSeat *)parts->pdata[k])->who->title);
  PlnSeat *seat = pln_seat_new(seats, name, title->str);
  for (guint k = 0; k < parts->len; k++) {
    const PlnSeat *part = parts->pdata[k];
    g_ptr_array_extend(seat->blocs, part->blocs, NULL, NULL);
    g_ptr_array_extend(seat->states, part->states, NULL, NULL);
  }
  for (guint p = 0; p < seats->m; p++) {
    seat->cell[p] = merged_cell(parts, p);
    pln_seat_mark(seat, p);
  }
  return seat;
}

static gboolean check_name(const PlnSeats *seats, const char *name, GError **error) {
  const PlnWorld *world = seats->scenario->world;
  if (pln_seats_find(seats, name) < 0 && !pln_world_state(world, name) && !pln_world_bloc(world, name))
    return TRUE;
  return pln_asked_refuse(error, "the name is taken:", name,
                          "one that no state, bloc or delegation has", NULL);
}

gboolean pln_seats_merge(PlnSeats *seats, const PlnTalksEdit *edit, GError **error) {
  g_autoptr(GPtrArray) parts = g_ptr_array_new();
  if (!check_name(seats, edit->who, error))
    return FALSE;
  for (guint k = 0; edit->list[k]; k++) {
    PlnSeat *seat = pln_seats_called(seats, edit->list[k], error);
    if (!seat)
      return FALSE;
    g_ptr_array_add(parts, seat);
  }
  PlnSeat *seat = put_together(seats, edit->who, parts);
  guint place = 0;
  g_ptr_array_find(seats->seats, parts->pdata[0], &place);
  g_ptr_array_insert(seats->seats, (int)place, seat);
  for (guint k = 0; k < parts->len; k++)
    g_ptr_array_remove(seats->seats, parts->pdata[k]);
  return TRUE;
}
