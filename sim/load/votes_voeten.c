/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Voeten's data on the General Assembly: a row a state and roll call, in numbers. */
#include "plenary/gather.h"

static int vote(const char *text) {
  if (text[0] == '\0' || text[1] != '\0')
    return PLN_SAID_UNREADABLE;
  switch (text[0]) {
  case '1':
    return PLN_VOTE_Y;
  case '2':
    return PLN_VOTE_A;
  case '3':
    return PLN_VOTE_N;
  case '8':
    return PLN_VOTE_X;
  case '9':
    return PLN_SAID_NO_MEMBER;
  default:
    return PLN_SAID_UNREADABLE;
  }
}

const PlnVoteFormat pln_votes_voeten = {
    "voeten",
    {{PLN_COLUMN_CALL, "rcid", TRUE},
     {PLN_COLUMN_VOTER, "ccode", TRUE},
     {PLN_COLUMN_VOTE, "vote", TRUE},
     {PLN_COLUMN_SESSION, "session", FALSE},
     {PLN_COLUMN_DATE, "date", FALSE},
     {PLN_COLUMN_SYMBOL, "unres", FALSE}},
    PLN_CODES_COW, TRUE, vote, "1 (yes), 2 (abstain), 3 (no), 8 (absent) or 9 (not a member)"};
