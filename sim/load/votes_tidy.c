/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Votes in words: the tidy files that are made of others, and plenary's own. */
#include <string.h>

#include "plenary/gather.h"

int pln_votes_word(const char *text) {
  static const struct {
    const char *word;
    PlnVote vote;
  } words[] = {{"yes", PLN_VOTE_Y},        {"no", PLN_VOTE_N},         {"abstain", PLN_VOTE_A},
               {"abstention", PLN_VOTE_A}, {"absent", PLN_VOTE_X},     {"not voting", PLN_VOTE_X},
               {"did not vote", PLN_VOTE_X}};
  static const char letters[] = "YNAX";
  if (text[0] && !text[1]) {
    const char *found = strchr(letters, text[0]);
    return found ? (int)(found - letters) : PLN_SAID_UNREADABLE;
  }
  for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
    if (g_ascii_strcasecmp(text, words[i].word) == 0)
      return words[i].vote;
  return PLN_SAID_UNREADABLE;
}

/* In plenary's own tables an empty cell or "?" is a vote that is not known. */
static int own_vote(const char *text) {
  return !*text || strcmp(text, "?") == 0 ? PLN_SAID_NOTHING : pln_votes_word(text);
}

#define WORDS "Y, N, A or X, or yes, no, abstain or absent (numbers are of --from voeten)"

const PlnVoteFormat pln_votes_tidy_iso3 = {
    "tidy",
    {{PLN_COLUMN_CALL, "rcid", TRUE},
     {PLN_COLUMN_VOTER, "iso3", TRUE},
     {PLN_COLUMN_VOTE, "vote", TRUE},
     {PLN_COLUMN_SESSION, "session", FALSE},
     {PLN_COLUMN_DATE, "date", FALSE}},
    PLN_CODES_ISO3, TRUE, pln_votes_word, WORDS};

const PlnVoteFormat pln_votes_tidy_country = {
    "tidy",
    {{PLN_COLUMN_CALL, "rcid", TRUE},
     {PLN_COLUMN_VOTER, "country_code", TRUE},
     {PLN_COLUMN_VOTE, "vote", TRUE},
     {PLN_COLUMN_SESSION, "session", FALSE},
     {PLN_COLUMN_DATE, "date", FALSE}},
    PLN_CODES_EITHER, TRUE, pln_votes_word, WORDS};

const PlnVoteFormat pln_votes_own = {
    "own",
    {{PLN_COLUMN_CALL, "roll_call", TRUE},
     {PLN_COLUMN_VOTER, "state", TRUE},
     {PLN_COLUMN_VOTE, "vote", TRUE},
     {PLN_COLUMN_SESSION, "session", FALSE},
     {PLN_COLUMN_DATE, "date", FALSE}},
    PLN_CODES_ISO3, FALSE, own_vote, "Y, N, A or X, or ? where it is not known"};
