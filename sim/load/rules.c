/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rulebook: rules.csv and bodies.csv. */
#include <string.h>

#include "plenary/tables.h"

enum {
  RULE, NAME, METHOD, BASIS, MAJORITY, MIN_YES, TIE, ABSTAIN, ABSENT, VETO, WEIGHT_BASIS,
  WEIGHT_MAJORITY, BLOCKING, QUORUM, CITATION, STATUS, SOURCE, NOTE
};

const PlnColumn pln_rules_columns[] = {
    {"rule", TRUE},      {"name", TRUE},          {"method", TRUE},
    {"basis", FALSE},    {"majority", FALSE},     {"min_yes", FALSE},
    {"tie", FALSE},      {"abstain", FALSE},      {"absent", FALSE},
    {"veto", FALSE},     {"weight_basis", FALSE}, {"weight_majority", FALSE},
    {"blocking", FALSE}, {"quorum", FALSE},       {"citation", TRUE},
    {"status", TRUE},    {"source", TRUE},        {"note", FALSE},
    {NULL, FALSE}};

static const char *const methods[] = {"vote", "consensus", "consensus-first", NULL};
static const char *const bases[] = {"voting", "present", "members", NULL};
static const char *const ties[] = {"rejected", "second-vote", NULL};
static const char *const counts[] = {"", "yes", "no", NULL};

/* ">1/2" is more than a half, ">=2/3" two-thirds at the least. */
static PlnMajority majority(const PlnTable *table, guint row, guint column, PlnFaults *faults) {
  const char *text = pln_table_text(table, row, column);
  PlnMajority m = {.num = 0, .den = 1, .strict = text[0] == '>' && text[1] != '='};
  if (!*text)
    return m;
  const char *number = text + (m.strict ? 1 : 2);
  g_auto(GStrv) parts = g_str_has_prefix(text, ">") ? g_strsplit(number, "/", 3) : NULL;
  guint64 num, den;
  if (!parts || g_strv_length(parts) != 2 ||
      !g_ascii_string_to_unsigned(parts[0], 10, 1, 1000000, &num, NULL) ||
      !g_ascii_string_to_unsigned(parts[1], 10, 1, 1000000, &den, NULL)) {
    pln_table_fault(table, row, column, faults,
                    "the majority is \"%s\"; expected >1/2 (more than) or >=2/3 (at least)", text);
    return m;
  }
  if (num > den || (m.strict && num == den)) {
    pln_table_fault(table, row, column, faults,
                    "the majority is \"%s\", which nobody can reach; expected a fraction up to one",
                    text);
    return m;
  }
  m.num = (guint32)num;
  m.den = (guint32)den;
  return m;
}

static guint32 number(const PlnTable *table, guint row, guint column, PlnFaults *faults) {
  gint64 value = pln_table_count(table, row, column, 1000000, faults);
  if (value == PLN_UNKNOWN)
    pln_table_fault(table, row, column, faults,
                    "a rule asks for \"?\"; expected a whole number, or nothing");
  return value > 0 ? (guint32)value : 0;
}

/* What a rule must say beside its cells being sound. */
static void check_rule(const PlnTable *table, guint i, const PlnRule *rule, PlnFaults *faults) {
  if (rule->method != PLN_METHOD_CONSENSUS && rule->majority.num == 0 && rule->min_yes == 0)
    pln_table_fault(table, i, MAJORITY, faults,
                    "the rule has neither a majority nor min_yes; expected one of them");
  if (!*pln_table_text(table, i, WEIGHT_BASIS) != !*pln_table_text(table, i, WEIGHT_MAJORITY))
    pln_table_fault(table, i, WEIGHT_BASIS, faults,
                    "weight_basis and weight_majority go together; expected both or neither");
}

static PlnRule rule_of_row(const PlnTable *table, guint i, PlnFaults *faults) {
  guint before = pln_faults_count(faults);
  PlnRule rule = {
      .method = (PlnRuleMethod)pln_table_word(table, i, METHOD, methods, PLN_METHOD_VOTE, faults),
      .basis = (PlnBasis)pln_table_word(table, i, BASIS, bases, PLN_BASIS_VOTING, faults),
      .majority = majority(table, i, MAJORITY, faults),
      .min_yes = number(table, i, MIN_YES, faults),
      .tie = (PlnTie)pln_table_word(table, i, TIE, ties, PLN_TIE_REJECTS, faults),
      .abstain = (PlnCountAs)pln_table_word(table, i, ABSTAIN, counts, PLN_COUNT_AS_IS, faults),
      .absent = (PlnCountAs)pln_table_word(table, i, ABSENT, counts, PLN_COUNT_AS_IS, faults),
      .veto = *pln_table_text(table, i, VETO) != '\0',
      .weight_basis =
          (PlnBasis)pln_table_word(table, i, WEIGHT_BASIS, bases, PLN_BASIS_VOTING, faults),
      .weight_majority = majority(table, i, WEIGHT_MAJORITY, faults),
      .blocking = number(table, i, BLOCKING, faults),
      .quorum = majority(table, i, QUORUM, faults)};
  rule.weighted = rule.weight_majority.num > 0;
  if (pln_faults_count(faults) == before)
    check_rule(table, i, &rule, faults);
  return rule;
}

void pln_rules_read(const PlnTable *table, PlnWorld *world, PlnFaults *faults) {
  for (guint i = 0; i < pln_table_rows(table); i++) {
    const char *id = pln_table_needed(table, i, RULE, faults);
    if (*id && pln_world_rule(world, id)) {
      pln_table_fault(table, i, RULE, faults,
                      "the rule %s is there already; expected a name of its own", id);
      continue;
    }
    pln_table_needed(table, i, METHOD, faults);
    pln_table_needed(table, i, STATUS, faults);
    const char *veto = pln_table_text(table, i, VETO);
    if (*veto && !pln_world_bloc(world, veto))
      pln_cell_unknown(table, i, VETO, "bloc", veto, "the bloc that holds the veto",
                       pln_world_blocs, world, faults);
    PlnRuleEntry entry = {
        .id = pln_world_keep(world, id),
        .name = pln_world_keep(world, pln_table_needed(table, i, NAME, faults)),
        .rule = rule_of_row(table, i, faults),
        .veto = pln_cell_keep(table, i, VETO, world),
        .citation = pln_world_keep(world, pln_table_needed(table, i, CITATION, faults)),
        .source = pln_world_keep(world, pln_table_needed(table, i, SOURCE, faults)),
        .note = pln_cell_keep(table, i, NOTE, world),
        .status = pln_cell_status(table, i, STATUS, PLN_STATUS_UNKNOWN, faults)};
    pln_world_add_rule(world, &entry);
  }
}

enum {
  B_BODY, B_NAME, B_ROSTER, B_SUBSTANCE, B_IMPORTANT, B_MOTION, B_RECONSIDER, B_CITATION, B_STATUS,
  B_SOURCE, B_NOTE
};

const PlnColumn pln_bodies_columns[] = {
    {"body", TRUE},            {"name", TRUE},     {"roster", TRUE}, {"substance", TRUE},
    {"important", TRUE},       {"motion", TRUE},   {"reconsideration", TRUE},
    {"citation", TRUE},        {"status", TRUE},   {"source", TRUE}, {"note", FALSE},
    {NULL, FALSE}};

static const char *rule_id(const PlnTable *table, guint row, guint column, PlnWorld *world,
                           PlnFaults *faults) {
  const char *id = pln_table_text(table, row, column);
  if (!pln_world_rule(world, id))
    pln_cell_unknown(table, row, column, "rule", id, "one of rules.csv", pln_world_rules, world,
                     faults);
  return pln_world_keep(world, id);
}

/* "un-members", "own", "parties:hanoi", "bloc:EU" */
static void roster(const PlnTable *table, guint row, PlnWorld *world, PlnBody *body,
                   PlnFaults *faults) {
  static const char *const kinds[] = {"un-members", "parties", "bloc", "own", NULL};
  const char *text = pln_table_text(table, row, B_ROSTER);
  g_auto(GStrv) parts = g_strsplit(text, ":", 2);
  const char *of = parts[0] && parts[1] ? parts[1] : "";
  body->roster_of = pln_world_keep(world, of);
  for (int k = 0; kinds[k] && parts[0]; k++) {
    gboolean needs = k == PLN_ROSTER_PARTIES || k == PLN_ROSTER_BLOC;
    if (strcmp(parts[0], kinds[k]) != 0 || needs != (*of != '\0') ||
        (k == PLN_ROSTER_BLOC && !pln_world_bloc(world, of)))
      continue;
    body->roster = (PlnRosterKind)k;
    return;
  }
  pln_table_fault(table, row, B_ROSTER, faults,
                  "the roster is \"%s\"; expected un-members, parties:TREATY, bloc:BLOC or own",
                  text);
}

void pln_bodies_read(const PlnTable *table, PlnWorld *world, PlnFaults *faults) {
  for (guint i = 0; i < pln_table_rows(table); i++) {
    PlnBody body = {.id = pln_world_keep(world, pln_table_needed(table, i, B_BODY, faults)),
                    .name = pln_world_keep(world, pln_table_needed(table, i, B_NAME, faults)),
                    .substance = rule_id(table, i, B_SUBSTANCE, world, faults),
                    .important = rule_id(table, i, B_IMPORTANT, world, faults),
                    .motion = rule_id(table, i, B_MOTION, world, faults),
                    .reconsideration = rule_id(table, i, B_RECONSIDER, world, faults),
                    .citation = pln_cell_keep(table, i, B_CITATION, world),
                    .source = pln_cell_keep(table, i, B_SOURCE, world),
                    .note = pln_cell_keep(table, i, B_NOTE, world),
                    .status = pln_cell_status(table, i, B_STATUS, PLN_STATUS_UNKNOWN, faults)};
    if (pln_world_body(world, body.id))
      pln_table_fault(table, i, B_BODY, faults, "the body %s stands twice; expected it once",
                      body.id);
    roster(table, i, world, &body, faults);
    pln_world_add_body(world, &body);
  }
}
