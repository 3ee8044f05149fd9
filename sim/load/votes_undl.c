/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The UN Digital Library's votes of the General Assembly, in bulk. */
#include <string.h>

#include "plenary/gather.h"

/* Its description of 2024 has NV where the files have X. */
static int vote(const char *text) {
  static const char letters[] = "YNAX";
  const char *found = *text && !text[1] ? strchr(letters, *text) : NULL;
  if (found)
    return (int)(found - letters);
  return strcmp(text, "NV") == 0 ? PLN_VOTE_X : PLN_SAID_UNREADABLE;
}

const PlnVoteFormat pln_votes_undl = {
    "undl",
    {{PLN_COLUMN_CALL, "undl_id", TRUE},
     {PLN_COLUMN_VOTER, "ms_code", TRUE},
     {PLN_COLUMN_VOTE, "ms_vote", TRUE},
     {PLN_COLUMN_DATE, "date", TRUE},
     {PLN_COLUMN_SESSION, "session", FALSE},
     {PLN_COLUMN_SYMBOL, "resolution", FALSE},
     {PLN_COLUMN_TITLE, "title", FALSE},
     {PLN_COLUMN_YES, "total_yes", FALSE},
     {PLN_COLUMN_NO, "total_no", FALSE},
     {PLN_COLUMN_ABSTAIN, "total_abstentions", FALSE},
     {PLN_COLUMN_ABSENT, "total_non_voting", FALSE},
     {PLN_COLUMN_MEMBERS, "total_ms", FALSE}},
    PLN_CODES_ISO3, TRUE, vote, "Y, N, A or X"};
