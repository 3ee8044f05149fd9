/* SPDX-License-Identifier: GPL-3.0-or-later */
/* plenary rules, blocs, roster: what the shipped tables hold. */
#include <string.h>

#include "plenary/compose.h"
#include "plenary/output.h"
#include "plenary/text.h"
#include "plenary/version.h"

const PlnOption pln_list_options[] = {PLN_OUTPUT_OPTIONS, {NULL, 0, NULL, NULL, NULL}};

const PlnOption pln_roster_options[] = {
    {"as-of", 0, "DAY", "the day, such as 2019-12-27 (needed)", NULL},
    PLN_OUTPUT_OPTIONS,
    {NULL, 0, NULL, NULL, NULL}};

static int put(const PlnDoc *doc, const PlnWorld *world, const char *command, const PlnArgs *args,
               const char *table, GError **error) {
  g_autoptr(GArray) none = pln_inputs_new();
  PlnProvenance provenance = {PLN_VERSION, command, "", "", none, pln_world_inputs(world)};
  return pln_output(doc, &provenance, args, table, error);
}

static int list(const PlnArgs *args, void (*compose)(PlnDoc *, const PlnWorld *), const char *table,
                GError **error) {
  if (!pln_args_operands(args, 0, 0, error))
    return PLN_ERROR_USAGE;
  g_autoptr(PlnWorld) world = pln_open_world(error);
  if (!world)
    return 0;
  g_autoptr(PlnDoc) doc = pln_doc_new();
  g_autofree char *command = g_strconcat("plenary ", table, NULL);
  compose(doc, world);
  return put(doc, world, command, args, table, error);
}

int pln_run_rules(const PlnArgs *args, GError **error) {
  return list(args, pln_compose_rules, "rules", error);
}

int pln_run_bodies(const PlnArgs *args, GError **error) {
  return list(args, pln_compose_bodies, "bodies", error);
}

/* The clock is never read, so the day has to be said. */
static gboolean read_day(const PlnArgs *args, PlnDay *day, GError **error) {
  const char *text = pln_args_value(args, "as-of");
  if (text && pln_day_parse(text, day) && *day > PLN_DAY_UNKNOWN && *day % 100 > 0)
    return TRUE;
  g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE, "%s; expected --as-of and a day such as 2019-12-27",
              text ? "no such day" : "the day is missing");
  return FALSE;
}

int pln_run_blocs(const PlnArgs *args, GError **error) {
  PlnDay day;
  if (!pln_args_operands(args, 0, 0, error) || !read_day(args, &day, error))
    return PLN_ERROR_USAGE;
  g_autoptr(PlnWorld) world = pln_open_world(error);
  if (!world)
    return 0;
  g_autoptr(PlnDoc) doc = pln_doc_new();
  g_autofree char *text = pln_day_text(day);
  g_autofree char *command = g_strconcat("plenary blocs --as-of ", text, NULL);
  pln_compose_blocs(doc, world, day);
  return put(doc, world, command, args, "blocs", error);
}

/* The roster that @name means: of a body, a bloc or a treaty. */
static gboolean find(const PlnWorld *world, const char *name, PlnBody *body, GPtrArray **acts,
                     GError **error) {
  const PlnBody *known = pln_world_body(world, name);
  const PlnBloc *bloc = pln_world_bloc(world, name);
  *acts = NULL;
  *body = (PlnBody){
      .id = name, .name = bloc ? bloc->name : name, .roster = PLN_ROSTER_BLOC, .roster_of = name};
  if (known)
    *body = *known;
  if (body->roster == PLN_ROSTER_OWN) {
    g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE,
                "%s has no fixed members: a scenario's members.csv names them", name);
    return FALSE;
  }
  if (known || bloc)
    return TRUE;
  *acts = pln_world_acts(world, name);
  body->roster = PLN_ROSTER_PARTIES;
  if ((*acts)->len > 0)
    return TRUE;
  g_autoptr(GPtrArray) names = g_ptr_array_new(), bodies = pln_world_bodies(world),
                       blocs = pln_world_blocs(world);
  for (guint i = 0; i < bodies->len; i++)
    g_ptr_array_add(names, (gpointer)((const PlnBody *)bodies->pdata[i])->id);
  for (guint i = 0; i < blocs->len; i++)
    g_ptr_array_add(names, (gpointer)((const PlnBloc *)blocs->pdata[i])->id);
  g_ptr_array_add(names, (gpointer) "hanoi");
  g_ptr_array_add(names, (gpointer) "budapest");
  g_ptr_array_add(names, NULL);
  const char *near = pln_text_near(name, (const char *const *)names->pdata);
  g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE,
              "unknown roster \"%s\"; expected a body, a bloc or a treaty%s%s%s", name,
              near ? "; did you mean " : "", near ? near : "", near ? "?" : "");
  return FALSE;
}

int pln_run_roster(const PlnArgs *args, GError **error) {
  PlnDay day;
  if (!pln_args_operands(args, 1, 1, error) || !read_day(args, &day, error))
    return PLN_ERROR_USAGE;
  g_autoptr(PlnWorld) world = pln_open_world(error);
  if (!world)
    return 0;
  PlnBody body;
  g_autoptr(GPtrArray) acts = NULL;
  if (!find(world, args->rest[0], &body, &acts, error))
    return PLN_ERROR_USAGE;
  g_autoptr(PlnRoster) roster = pln_roster_new(world, &body, NULL, day);
  g_autoptr(PlnDoc) doc = pln_doc_new();
  g_autofree char *text = pln_day_text(day);
  g_autofree char *command = g_strdup_printf("plenary roster %s --as-of %s", args->rest[0], text);
  pln_compose_roster(doc, body.name, roster, acts, world);
  return put(doc, world, command, args, acts ? "acts" : "roster", error);
}
