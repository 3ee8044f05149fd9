/* SPDX-License-Identifier: GPL-3.0-or-later */
/** data/rules.csv typed by hand, one row a rule, in its order: so that the kernel's test
 *  needs no reader of files, and the reader has something to be tested against.  What a row
 *  leaves blank is zero here, a majority with num = den = 0 included. */
#pragma once
#include "plenary/rule.h"

typedef struct {
  const char *id;
  PlnRule rule;
} RuleRow;

#define MORE_THAN_HALF {.num = 1, .den = 2, .strict = true}
#define TWO_THIRDS {.num = 2, .den = 3, .strict = false}

static const RuleRow RULES[] = {
  {"simple-majority-present-voting", {.basis = PLN_BASIS_VOTING, .majority = MORE_THAN_HALF}},
  {"two-thirds-present-voting", {.basis = PLN_BASIS_VOTING, .majority = TWO_THIRDS}},
  {"ga-simple-majority",
   {.basis = PLN_BASIS_VOTING,
    .majority = MORE_THAN_HALF,
    .tie = PLN_TIE_SECOND_VOTE,
    .quorum = MORE_THAN_HALF}},
  {"ga-important-questions",
   {.basis = PLN_BASIS_VOTING,
    .majority = TWO_THIRDS,
    .tie = PLN_TIE_SECOND_VOTE,
    .quorum = MORE_THAN_HALF}},
  {"ga-reconsideration",
   {.basis = PLN_BASIS_VOTING,
    .majority = TWO_THIRDS,
    .tie = PLN_TIE_SECOND_VOTE,
    .quorum = MORE_THAN_HALF}},
  {"committee-simple-majority",
   {.basis = PLN_BASIS_VOTING, .majority = MORE_THAN_HALF, .quorum = MORE_THAN_HALF}},
  {"committee-reconsideration",
   {.basis = PLN_BASIS_VOTING, .majority = TWO_THIRDS, .quorum = MORE_THAN_HALF}},
  {"ahc-two-thirds",
   {.method = PLN_METHOD_CONSENSUS_FIRST,
    .basis = PLN_BASIS_VOTING,
    .majority = TWO_THIRDS,
    .quorum = MORE_THAN_HALF}},
  {"ahc-procedural",
   {.basis = PLN_BASIS_VOTING, .majority = MORE_THAN_HALF, .quorum = MORE_THAN_HALF}},
  {"cosp-protocol",
   {.method = PLN_METHOD_CONSENSUS_FIRST, .basis = PLN_BASIS_VOTING, .majority = TWO_THIRDS}},
  {"cosp-procedural", {.basis = PLN_BASIS_VOTING, .majority = MORE_THAN_HALF}},
  {"consensus", {.method = PLN_METHOD_CONSENSUS}},
  {"silence-procedure", {.method = PLN_METHOD_CONSENSUS}},
  {"security-council", {.basis = PLN_BASIS_MEMBERS, .min_yes = 9, .veto = true}},
  {"security-council-procedural", {.basis = PLN_BASIS_MEMBERS, .min_yes = 9}},
  {"all-members-majority", {.basis = PLN_BASIS_MEMBERS, .majority = MORE_THAN_HALF}},
  {"all-members-two-thirds", {.basis = PLN_BASIS_MEMBERS, .majority = TWO_THIRDS}},
  {"two-thirds-present", {.basis = PLN_BASIS_PRESENT, .majority = TWO_THIRDS}},
  {"eu-council-qualified",
   {.basis = PLN_BASIS_MEMBERS,
    .majority = {.num = 11, .den = 20, .strict = false},
    .weighted = true,
    .weight_basis = PLN_BASIS_MEMBERS,
    .weight_majority = {.num = 13, .den = 20, .strict = false},
    .blocking = 4}},
  {"mun-simple-majority", {.basis = PLN_BASIS_VOTING, .majority = MORE_THAN_HALF}},
  {"mun-two-thirds", {.basis = PLN_BASIS_VOTING, .majority = TWO_THIRDS}},
  {"mun-present-and-voting",
   {.basis = PLN_BASIS_VOTING, .majority = MORE_THAN_HALF, .abstain = PLN_COUNT_AS_NO}},
  {"mun-consent",
   {.basis = PLN_BASIS_MEMBERS,
    .majority = {.num = 1, .den = 1, .strict = false},
    .abstain = PLN_COUNT_AS_YES,
    .absent = PLN_COUNT_AS_YES}},
};

enum { RULES_LEN = sizeof RULES / sizeof *RULES };
