/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a chance rests on most: each row of the positions left out, and moved. */
#include <math.h>

#include "plenary/project_part.h"

/* Rows that are tried: those that hold for most seats. */
enum { RESTS = 8 };

static PlnOutcomeOptions quick(const PlnProject *project) {
  PlnOutcomeOptions o = pln_outcome_options();
  o.seed = project->options.seed;
  o.threads = project->options.threads;
  o.draws = 2000;
  o.batches = 4;
  o.points = 64;
  return o;
}

/* The chance in @view; of what it is without its own error's help, see the header. */
static double chance_in(const PlnProject *project, const PlnProjectStage *stage,
                        const PlnProjectItem *item, const PlnScenario *view) {
  PlnOutlookOptions how = pln_project_outlook(project, item->proposal);
  g_autoptr(PlnOutlook) o = pln_outlook_new(view, item->place, stage->roster, stage->day, &how, NULL);
  g_autofree guint8 *veto = NULL;
  if (!o)
    return NAN;
  PlnOutcomeCase q = pln_project_case(project, stage, &o->forecast, item->rule, &veto);
  PlnOutcomeOptions options = quick(project);
  PlnOutcomeResult r = {0};
  pln_outcome_chances(&q, &options, &r);
  return r.adopted.value;
}

static double chance_but(const PlnProject *project, const PlnProjectStage *stage,
                         const PlnProjectItem *item, const PlnStance *row, const PlnStance *instead) {
  PlnScenario *view = pln_project_view_but(project->view, row, instead);
  double chance = chance_in(project, stage, item, view);
  pln_project_view_free(view);
  return chance;
}

static double moved(const PlnProject *project, const PlnProjectStage *stage,
                    const PlnProjectItem *item, const PlnStance *row, double by) {
  PlnStance instead = *row;
  instead.position = CLAMP(row->position + by, 0, 100);
  return chance_but(project, stage, item, row, &instead);
}

static int by_seats(gconstpointer a, gconstpointer b) {
  const PlnProjectRest *x = a, *y = b;
  if (x->seats != y->seats)
    return x->seats > y->seats ? -1 : 1;
  return (x->row->line > y->row->line) - (x->row->line < y->row->line);
}

static int by_move(gconstpointer a, gconstpointer b) {
  const PlnProjectRest *x = a, *y = b;
  if (x->move != y->move)
    return x->move > y->move ? -1 : 1;
  return by_seats(a, b);
}

void pln_project_rests(const PlnProject *project, const PlnProjectStage *stage, PlnProjectItem *item) {
  const PlnOutlook *o = item->outlook;
  for (guint k = 0; k < o->rows->len; k++) {
    PlnProjectRest rest = {.row = o->rows->pdata[k]};
    for (guint i = 0; i < o->n; i++)
      rest.seats += o->stances->won[i] == rest.row && o->basis[i] == PLN_SEAT_STANCE;
    g_array_append_val(item->rests, rest);
  }
  g_array_sort(item->rests, by_seats);
  if (item->rests->len > RESTS)
    g_array_set_size(item->rests, RESTS);
  double chance = item->outcome->adopted.value;
  for (guint k = 0; k < item->rests->len; k++) {
    PlnProjectRest *rest = &g_array_index(item->rests, PlnProjectRest, k);
    rest->without = chance_but(project, stage, item, rest->row, NULL);
    rest->down = moved(project, stage, item, rest->row, -rest->row->sd);
    rest->up = moved(project, stage, item, rest->row, rest->row->sd);
    rest->move =
        MAX(MAX(fabs(rest->without - chance), fabs(rest->down - chance)), fabs(rest->up - chance));
  }
  g_array_sort(item->rests, by_move);
}
