/* SPDX-License-Identifier: GPL-3.0-or-later */
/* stages.csv: before which bodies a package comes, one after the other. */
#include <string.h>

#include "plenary/tables.h"

enum { ID, TITLE, BODY, RULE, DATE, CHANCE, STATUS, SOURCE, NOTE };

const PlnColumn pln_stages_columns[] = {{"stage", TRUE},   {"title", FALSE},  {"body", TRUE},
                                        {"rule", FALSE},   {"date", FALSE},   {"chance", FALSE},
                                        {"status", FALSE}, {"source", FALSE}, {"note", FALSE},
                                        {NULL, FALSE}};

static void check_id(const PlnTable *table, guint row, const PlnScenario *s, PlnFaults *faults) {
  const char *id = pln_table_needed(table, row, ID, faults);
  if (strpbrk(id, ": =\t\r\n"))
    pln_table_fault(table, row, ID, faults,
                    "the stage \"%s\" holds a blank, a colon or =; expected none", id);
  for (guint k = 0; *id && k < s->stages->len; k++)
    if (strcmp(g_array_index(s->stages, PlnStageEntry, k).id, id) == 0) {
      pln_table_fault(table, row, ID, faults,
                      "the stage %s stands twice (first on line %u); expected one row a stage", id,
                      pln_table_line(table, k));
      return;
    }
}

static void read_body(const PlnTable *table, guint row, const PlnScenario *s, PlnStageEntry *stage,
                      PlnFaults *faults) {
  const char *id = pln_table_needed(table, row, BODY, faults);
  stage->body = pln_world_body(s->world, id);
  if (*id && !stage->body)
    pln_cell_unknown(table, row, BODY, "body", id, "one of data/bodies.csv", pln_world_bodies,
                     s->world, faults);
  if (stage->body && stage->body->roster == PLN_ROSTER_OWN && !s->own)
    pln_table_fault(table, row, BODY, faults,
                    "%s has no fixed members; expected the scenario's own members.csv",
                    stage->body->id);
}

static void read_rule(const PlnTable *table, guint row, const PlnScenario *s, PlnStageEntry *stage,
                      PlnFaults *faults) {
  const char *id = pln_table_text(table, row, RULE);
  stage->rule = *id ? pln_world_rule(s->world, id) : NULL;
  if (*id && !stage->rule)
    pln_cell_unknown(table, row, RULE, "rule", id, "one of data/rules.csv or of the scenario's",
                     pln_world_rules, s->world, faults);
}

/* A package comes to the next body when the one before is done with it. */
static void read_day(const PlnTable *table, guint row, const PlnScenario *s, PlnStageEntry *stage,
                     PlnFaults *faults) {
  const PlnStageEntry *before =
      row > 0 ? &g_array_index(s->stages, PlnStageEntry, row - 1) : NULL;
  stage->day = pln_table_day(table, row, DATE, faults);
  if (stage->day <= PLN_DAY_UNKNOWN)
    stage->day = s->as_of;
  if (before && before->roster && stage->day > PLN_DAY_UNKNOWN &&
      pln_day_last(stage->day) < pln_day_first(before->day))
    pln_table_fault(table, row, DATE, faults,
                    "the day lies before that of the stage %s; expected the stages in order",
                    before->id);
}

static void read_row(const PlnTable *table, guint row, PlnScenario *s, PlnFaults *faults) {
  const char *id = pln_table_text(table, row, ID), *title = pln_table_text(table, row, TITLE);
  guint already = pln_faults_count(faults);
  PlnStageEntry stage = {.id = pln_world_keep(s->world, id),
                         .title = pln_world_keep(s->world, *title ? title : id),
                         .chance = pln_cell_number(table, row, CHANCE, "chance",
                                                   &pln_bounds_percent, PLN_NOT_STATED, faults),
                         .status = pln_cell_status(table, row, STATUS, PLN_STATUS_ASSUMED, faults),
                         .source = pln_cell_keep(table, row, SOURCE, s->world),
                         .note = pln_cell_keep(table, row, NOTE, s->world)};
  check_id(table, row, s, faults);
  read_body(table, row, s, &stage, faults);
  read_rule(table, row, s, &stage, faults);
  read_day(table, row, s, &stage, faults);
  if (pln_faults_count(faults) == already && stage.body && stage.day > PLN_DAY_UNKNOWN) {
    PlnRoster *roster = pln_roster_new(s->world, stage.body, s->own, stage.day);
    g_ptr_array_add(s->rosters, roster);
    stage.roster = roster;
  }
  g_array_append_val(s->stages, stage);
}

void pln_stages_read(const PlnTable *table, PlnScenario *s, PlnFaults *faults) {
  guint n = pln_table_rows(table);
  if (n > PLN_STAGES_MOST)
    pln_table_fault(table, PLN_STAGES_MOST, ID, faults, "more than %d stages; expected fewer",
                    PLN_STAGES_MOST);
  for (guint i = 0; i < MIN(n, PLN_STAGES_MOST); i++)
    read_row(table, i, s, faults);
}
