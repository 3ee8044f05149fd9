/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

#include "plenary/load.h"
#include "plenary/output.h"
#include "plenary/text.h"

const PlnOption pln_new_options[] = {
    {"body", 0, "BODY", "who votes (default general-assembly)",
     "general-assembly third-committee ad-hoc-committee model-un security-council"},
    {"as-of", 0, "DAY", "the day of the vote (default 2026-01-01)", NULL},
    {"from", 0, "SCENARIO", "copy this scenario instead", NULL},
    {"talks", 0, NULL, "talks for plenary bargain: two issues, five delegations to rename", NULL},
    {NULL, 0, NULL, NULL, NULL}};

static gboolean write_file(const char *dir, const char *file, const char *text, GError **error) {
  g_autofree char *path = g_build_filename(dir, file, NULL);
  return g_file_set_contents(path, text, -1, error);
}

static gboolean make_folder(const char *dir, GError **error) {
  if (g_mkdir(dir, 0777) == 0)
    return TRUE;
  g_set_error(error, PLN_ERROR, PLN_ERROR_FAILED, "%s cannot be made: %s%s", dir, g_strerror(errno),
              errno == EEXIST ? "; expected a folder that is not there yet" : "");
  return FALSE;
}

static char *scenario_text(const PlnBody *body, const char *day) {
  return g_strdup_printf("key,value\n"
                         "format,1\n"
                         "title,My vote\n"
                         "as_of,%s\n"
                         "body,%s\n"
                         "about,\n"
                         "status,assumed\n",
                         day, body->id);
}

/* Partial, and nobody's vote filled in: what is missing cannot be mistaken for a fact. */
static const char proposals[] =
    "id,title,kind,target,question,record,outcome,status,source\n"
    "p1,A proposal,text,,Shall the proposal be adopted?,partial,,assumed,made up\n";

static void add_vote(GString *votes, const char *code, const char *name) {
  gboolean quoted = strchr(name, ',') != NULL;
  g_string_append_printf(votes, "p1,%s,%s%s%s,,assumed,\n", code, quoted ? "\"" : "", name,
                         quoted ? "\"" : "");
}

static const char *const permanent[] = {"CHN", "FRA", "GBR", "RUS", "USA"};

/* Ten delegations to rename: a class, or the elected members beside the permanent ones. */
static char *members_text(const PlnWorld *world, const PlnBody *body, GString *votes) {
  gboolean council = strcmp(body->id, "security-council") == 0;
  GString *members = g_string_new("state,name,group\n");
  for (gsize i = 0; council && i < G_N_ELEMENTS(permanent); i++) {
    const char *name = pln_world_state(world, permanent[i])->name;
    g_string_append_printf(members, "%s,%s,Permanent\n", permanent[i], name);
    add_vote(votes, permanent[i], name);
  }
  for (int i = 1; i <= 10; i++) {
    g_autofree char *code = g_strdup_printf("%s%02d", council ? "E" : "D", i);
    g_autofree char *name = g_strdup_printf("%s %d", council ? "Elected member" : "Delegation", i);
    g_string_append_printf(members, "%s,%s,%s\n", code, name,
                           council  ? "Elected"
                           : i <= 5 ? "East"
                                    : "West");
    add_vote(votes, code, name);
  }
  return g_string_free(members, FALSE);
}

static gboolean add_roster(GString *votes, const PlnWorld *world, const PlnBody *body, PlnDay day,
                           GError **error) {
  g_autoptr(PlnRoster) roster = pln_roster_new(world, body, NULL, day);
  g_autofree char *text = pln_day_text(day);
  for (guint i = 0; i < roster->n; i++)
    add_vote(votes, roster->state[i]->code, roster->state[i]->name);
  if (roster->n == 0)
    g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE,
                "nobody has a vote in %s on %s; expected another --as-of", body->name, text);
  return roster->n > 0;
}

static gboolean write_tables(const char *dir, const PlnWorld *world, const PlnBody *body,
                             PlnDay day, GError **error) {
  g_autoptr(GString) votes = g_string_new("proposal,state,name,vote,status,source\n");
  g_autofree char *text = pln_day_text(day), *scenario = scenario_text(body, text), *members = NULL;
  if (body->roster == PLN_ROSTER_OWN)
    members = members_text(world, body, votes);
  else if (!add_roster(votes, world, body, day, error))
    return FALSE;
  return make_folder(dir, error) && write_file(dir, "scenario.csv", scenario, error) &&
         write_file(dir, "proposals.csv", proposals, error) &&
         (!members || write_file(dir, "members.csv", members, error)) &&
         write_file(dir, "votes.csv", votes->str, error);
}

/* ---- Talks ---- */

/* What every cell stands for is plain from its own: a fund, and how often it is looked at.  Rows
 * for every issue, numbers less sure than others, and one that takes no part show what cells do. */
static const char talks_issues[] =
    "issue,title,low,high,from,to,unit,reference,proposal,status,source,note\n"
    "fund,How large the fund is,no fund,all that was asked for,0,100,,0,p1,assumed,made up,"
    "reference: what holds without agreement\n"
    "review,Years between two reviews,every year,every ten years,1,10,years,10,p1,assumed,made up,\n";

static const char talks_actors[] =
    "issue,who,position,sd,salience,capability,status,source,note\n"
    ",D01,,,,3,assumed,made up,a row for every issue: capability counts in all of them\n"
    ",D02,,,,2,assumed,made up,\n"
    ",D03,,,,2,assumed,made up,\n"
    ",D04,,,,1,assumed,made up,\n"
    ",D05,,,,1,assumed,made up,\n"
    "fund,D01,20,10,80,,assumed,made up,position on the issue's scale; sd: how sure that is\n"
    "fund,D02,70,10,60,,assumed,made up,salience 0 to 100: how much it cares\n"
    "fund,D03,50,20,40,,assumed,made up,\n"
    "fund,D04,90,5,90,,assumed,made up,\n"
    "fund,D05,60,15,50,,assumed,made up,\n"
    "review,D01,2,1,70,,assumed,made up,\n"
    "review,D02,5,1,50,,assumed,made up,\n"
    "review,D03,4,2,30,,assumed,made up,\n"
    "review,D04,8,1,60,,assumed,made up,D05 takes no part in this one\n";

static gboolean write_talks(const char *dir, const char *day, GError **error) {
  g_autofree char *scenario = g_strdup_printf("key,value\nformat,1\ntitle,My talks\nas_of,%s\n"
                                              "body,model-un\nabout,\nstatus,assumed\n",
                                              day);
  g_autoptr(GString) members = g_string_new("state,name,group\n");
  for (int i = 1; i <= 5; i++)
    g_string_append_printf(members, "D%02d,Delegation %d,\n", i, i);
  return make_folder(dir, error) && write_file(dir, "scenario.csv", scenario, error) &&
         write_file(dir, "members.csv", members->str, error) &&
         write_file(dir, "proposals.csv",
                    "id,title,question,status,source\n"
                    "p1,The package,Shall the outcome of the talks be adopted?,assumed,made up\n",
                    error) &&
         write_file(dir, "issues.csv", talks_issues, error) &&
         write_file(dir, "actors.csv", talks_actors, error);
}

/* ---- The whole ---- */

static gboolean write_new(const char *dir, const PlnArgs *args, GError **error) {
  const char *name = pln_args_value(args, "body"), *text = pln_args_value(args, "as-of");
  gboolean talks = pln_args_flag(args, "talks");
  g_autoptr(PlnWorld) world = pln_open_world(error);
  if (!world)
    return FALSE;
  const PlnBody *body = pln_world_body(world, name ? name : "general-assembly");
  PlnDay day;
  if (!body) {
    g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE,
                "unknown body \"%s\"; expected one that `plenary bodies` lists", name);
    return FALSE;
  }
  text = text ? text : "2026-01-01";
  if (!pln_day_parse(text, &day) || day % 100 == 0 || day <= PLN_DAY_UNKNOWN) {
    g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE,
                "no such day \"%s\"; expected one such as 2026-01-01", text);
    return FALSE;
  }
  return talks ? write_talks(dir, text, error) : write_tables(dir, world, body, day, error);
}

static gboolean copy_file(const PlnFolder *from, const char *file, const char *dir, GError **error) {
  g_autofree char *source = pln_folder_label(from, file), *text = NULL;
  gsize length;
  g_autofree char *target = g_build_filename(dir, file, NULL);
  return g_file_get_contents(source, &text, &length, error) &&
         g_file_set_contents(target, text, (gssize)length, error);
}

static gboolean write_copy(const char *dir, const char *path, GError **error) {
  g_autoptr(PlnWorld) world = pln_open_world(error);
  g_autoptr(PlnScenario) sound = world ? pln_scenario_load(world, path, error) : NULL;
  g_autoptr(PlnFolder) from = sound ? pln_folder_open(path, error) : NULL;
  if (!from || !make_folder(dir, error))
    return FALSE;
  const char *const *files = pln_folder_tables(from);
  for (gsize i = 0; files[i]; i++)
    if (!copy_file(from, files[i], dir, error))
      return FALSE;
  return TRUE;
}

static gboolean goes_together(const PlnArgs *args, GError **error) {
  gboolean body = pln_args_value(args, "body") != NULL, talks = pln_args_flag(args, "talks");
  if (pln_args_value(args, "from") && (body || talks || pln_args_value(args, "as-of"))) {
    g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE,
                "--from copies a scenario as it is; expected it without --body, --as-of and --talks");
    return FALSE;
  }
  if (body && talks)
    g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE,
                "--talks has delegations of its own; expected it without --body");
  return !(body && talks);
}

int pln_run_new_scenario(const PlnArgs *args, GError **error) {
  if (!pln_args_operands(args, 1, 1, error))
    return PLN_ERROR_USAGE;
  const char *dir = args->rest[0], *from = pln_args_value(args, "from");
  if (!goes_together(args, error))
    return PLN_ERROR_USAGE;
  if (!(from ? write_copy(dir, from, error) : write_new(dir, args, error)))
    return PLN_ERROR_FAILED;
  g_autofree char *shown = pln_text_visible(dir), *quoted = g_shell_quote(shown);
  printf("%s is written and passes plenary check.\n", shown);
  if (pln_args_flag(args, "talks"))
    printf("All of it is made up. Rename the delegations in members.csv, say in issues.csv\n"
           "what is at stake and in actors.csv where each stands, then:\n"
           "  plenary check %s\n  plenary bargain %s\n",
           quoted, quoted);
  else if (!from)
    printf("Fill in the column vote of votes.csv (Y, N, A, X) with a spreadsheet or an editor, then:\n"
           "  plenary check %s\n  plenary replay %s\n",
           quoted, quoted);
  return 0;
}
