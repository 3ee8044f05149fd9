/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Votes in bulk that are refused: a file of tests/votes for each fault, and the limits. */
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "faulty.h"
#include "plenary/input.h"
#include "plenary/seats.h"
#include "scene.h"
#include "suite.h"
#include "votes.h"

typedef struct {
  const char *votes, *list, *members, *format, *faults;
} Case;

static const Case cases[] = {
    {"undl-total.csv", NULL, NULL, NULL,
     "undl-total.csv:2:1: roll call 3841023: the total of Y is 1 but 0 rows have it; expected the "
     "same (--leave-out passes over such roll calls)\n"
     "undl-total.csv:2:1: roll call 3841023: the total of N is 1 but 2 rows have it; expected the "
     "same (--leave-out passes over such roll calls)\n"},
    {"undl-total-members.csv", NULL, NULL, NULL,
     "undl-total-members.csv:2:1: roll call 1: the total of members is 3 but 2 rows have it; "
     "expected the same (--leave-out passes over such roll calls)\n"},
    {"undl-total-no-number.csv", NULL, NULL, NULL,
     "undl-total-no-number.csv:2:73: the total is \"one\"; expected a number\n"},
    {"undl-vote.csv", NULL, NULL, NULL,
     "undl-vote.csv:2:12: the vote is \"Yes\"; expected Y, N, A or X (2 times)\n"},
    {"undl-session.csv", NULL, NULL, NULL,
     "undl-session.csv:2:25: the session is \"seventy-four\"; expected a number, or as 10emsp, "
     "ES-10, 29sp or S-29 a special one\n"},
    {"undl-date.csv", NULL, NULL, NULL,
     "undl-date.csv:2:14: the date is \"27/12/2019\"; expected YYYY-MM-DD\n"},
    {"undl-two-days.csv", NULL, NULL, NULL,
     "undl-two-days.csv:3:14: the date of roll call 1 is \"2019-12-28\" here and \"2019-12-27\" "
     "elsewhere; expected the same\n"},
    {"undl-two-sessions.csv", NULL, NULL, NULL,
     "undl-two-sessions.csv:3:25: the session of roll call 1 is \"75\" here and \"74\" elsewhere; "
     "expected the same\n"},
    {"voeten-vote.csv", NULL, NULL, NULL,
     "voeten-vote.csv:3:6: the vote is \"7\"; expected 1 (yes), 2 (abstain), 3 (no), 8 (absent) or "
     "9 (not a member)\n"},
    {"voeten-code.csv", NULL, NULL, NULL,
     "voeten-code.csv:3:3: unknown code \"1000\" (rows: 2); expected a Correlates of War number; "
     "did you mean 100?\n"},
    {"tidy-numbers.csv", NULL, NULL, NULL,
     "tidy-numbers.csv:2:7: the vote is \"1\"; expected Y, N, A or X, or yes, no, abstain or "
     "absent (numbers are of --from voeten) (2 times)\n"
     "tidy-numbers.csv:4:7: the vote is \"3\"; expected Y, N, A or X, or yes, no, abstain or "
     "absent (numbers are of --from voeten)\n"},
    {"tidy-unknown.csv", NULL, NULL, NULL,
     "tidy-unknown.csv:2:3: unknown code \"FRX\" (rows: 2); expected an ISO alpha-3 code; did you "
     "mean FRA?\n"
     "tidy-unknown.csv:5:3: unknown code \"QQQ\" (rows: 1); expected an ISO alpha-3 code\n"},
    {"tidy-doubled.csv", NULL, NULL, NULL,
     "tidy-doubled.csv:4:3: the vote of FRA on roll call 1 is N here and Y before; expected one "
     "row, or the same\n"},
    {"tidy-no-id.csv", NULL, NULL, NULL,
     "tidy-no-id.csv:2:1: the roll call has no id; expected one\n"},
    {"tidy-no-code.csv", NULL, NULL, NULL,
     "tidy-no-code.csv:2:3: the voter has no code; expected one\n"},
    {"tidy-no-vote.csv", NULL, NULL, NULL,
     "tidy-no-vote.csv:2:7: the vote is \"\"; expected Y, N, A or X, or yes, no, abstain or "
     "absent (numbers are of --from voeten)\n"},
    {"tidy-cells.csv", NULL, NULL, NULL,
     "tidy-cells.csv:2:1: the row has 2 cells; expected 3 as in the header\n"
     "tidy-cells.csv:3:1: the row has 4 cells; expected 3 as in the header\n"},
    {"tidy-column-twice.csv", NULL, NULL, NULL,
     "tidy-column-twice.csv:1:11: the column vote stands twice; expected it once\n"},
    {"header-two-formats.csv", NULL, NULL, NULL,
     "header-two-formats.csv:1:1: the header is that of the formats voeten and tidy; expected one: "
     "name it with --from\n"},
    {"header-two-formats.csv", NULL, NULL, "undl",
     "header-two-formats.csv:1:1: the header lacks the column undl_id; expected it in the format "
     "undl\n"},
    {"header-unknown.csv", NULL, NULL, NULL,
     "header-unknown.csv:1:1: the header is of no format that is known; expected the columns "
     "undl_id, ms_code, ms_vote, date (undl), rcid, ccode, vote (voeten), rcid, iso3 or "
     "country_code, vote (tidy), congress, chamber, rollnumber, icpsr, cast_code (voteview), "
     "roll_call, state, vote (own), or state and then a roll call each (matrix)\n"},
    {"header-unknown.csv", NULL, NULL, "matrix",
     "header-unknown.csv:1:1: the first column is \"id\"; expected state, voter or country\n"},
    {"matrix.csv", NULL, NULL, "matrix-by-vote",
     "matrix.csv:1:1: the first column is \"voter\"; expected roll_call, rcid, id or vote\n"},
    {"header-unknown.csv", NULL, NULL, "undle",
     "header-unknown.csv: unknown format \"undle\"; expected one of undl, voeten, tidy, voteview, "
     "matrix, matrix-by-vote, own; did you mean undl?\n"},
    {"header-semicolons.csv", NULL, NULL, NULL,
     "header-semicolons.csv:1:1: the columns are separated by semicolons; expected commas: save it "
     "as \"CSV UTF-8 (comma delimited)\", or in the export dialogue choose the comma as field "
     "separator\n"},
    {"header-only.csv", NULL, NULL, NULL,
     "header-only.csv: no vote is left; expected votes\n"},
    {"empty.csv", NULL, NULL, NULL, "empty.csv:1:1: the file is empty; expected a header\n"},
    {"tidy-listed.csv", "empty.csv", NULL, NULL,
     "empty.csv:1:1: the file is empty; expected a header\n"},
    {"tidy-unlisted.csv", "list.csv", NULL, NULL,
     "tidy-unlisted.csv:3:1: the roll call \"7\" is not in list.csv; expected a row of it there\n"},
    {"tidy-unlisted.csv", "list-twice.csv", NULL, NULL,
     "list-twice.csv:3:1: the roll call \"1\" stands twice; expected it once\n"},
    {"matrix.csv", "list-no-id.csv", NULL, NULL,
     "list-no-id.csv:2:1: the roll call has no id; expected one\n"},
    {"tidy-no-id.csv", "list-no-column.csv", NULL, NULL,
     "list-no-column.csv:1:1: the list names no roll calls; expected a column rcid, roll_call, "
     "undl_id or id, or congress, chamber and rollnumber\n"
     "tidy-no-id.csv:2:1: the roll call has no id; expected one\n"},
    {"header-only.csv", "list-cells.csv", NULL, NULL,
     "list-cells.csv:2:1: the row has 1 cells; expected 2 as in the header\n"},
    {"voteview-vote.csv", NULL, NULL, NULL,
     "voteview-vote.csv:2:19: the vote is \"yea\"; expected 1-3 (yea), 4-6 (nay), 7-9 (not voting) "
     "or 0 (not a member)\n"},
    {"voteview.csv", NULL, "members-header.csv", NULL,
     "members-header.csv:1:1: the members' header lacks a column; expected icpsr, bioname and "
     "party_code\n"},
    {"voteview.csv", NULL, "members-cells.csv", NULL,
     "members-cells.csv:2:1: the row is shorter than the header; expected as many cells\n"},
    {"matrix-vote.csv", NULL, NULL, NULL,
     "matrix-vote.csv:2:5: the vote is \"1\"; expected Y, N, A or X, or an empty cell\n"},
    {"matrix-voter-twice.csv", NULL, NULL, NULL,
     "matrix-voter-twice.csv:3:1: the voter \"ANA\" stands twice; expected one row or column\n"},
    {"matrix-call-twice.csv", NULL, NULL, NULL,
     "matrix-call-twice.csv:1:10: the roll call \"v1\" stands twice; expected it once\n"},
    {"matrix-no-voter.csv", NULL, NULL, NULL,
     "matrix-no-voter.csv:2:1: the voter has no name; expected one in the first cell\n"},
    {"matrix-no-call.csv", NULL, NULL, NULL,
     "matrix-no-call.csv:1:10: a column without a name; expected a roll call in the header\n"},
    {"matrix-cells.csv", NULL, NULL, NULL,
     "matrix-cells.csv:2:1: the row has 2 cells; expected 3 as in the header\n"},
    {"matrix-by-vote-no-call.csv", NULL, NULL, "matrix-by-vote",
     "matrix-by-vote-no-call.csv:2:1: the roll call has no name; expected one in the first cell\n"},
    {"matrix-by-vote-no-voter.csv", NULL, NULL, "matrix-by-vote",
     "matrix-by-vote-no-voter.csv:1:15: a column without a name; expected a voter in the header\n"},
    {"own-vote.csv", NULL, NULL, NULL,
     "own-vote.csv:2:7: the vote is \"maybe\"; expected Y, N, A or X, or ? where it is not "
     "known\n"},
};

static void test_cases(void) {
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    const Case *c = &cases[i];
    g_autoptr(PlnFaults) faults = pln_faults_new();
    PlnRollCallsOptions o = {.votes = c->votes, .list = c->list, .members = c->members,
                             .format = c->format, .from = -1, .to = -1};
    g_autoptr(PlnVoteMatrix) m = votes_read(&o, faults);
    CU_ASSERT_PTR_NULL(m);
    CU_ASSERT_TRUE(faults_are(faults, c->faults));
  }
}

/* A disagreement that a session filter leaves out is none; nothing may be left. */
static void test_nothing_left(void) {
  g_autoptr(PlnFaults) faults = pln_faults_new();
  PlnRollCallsOptions o = {.votes = "tidy-listed.csv", .list = "list.csv", .from = 70, .to = 74};
  CU_ASSERT_PTR_NULL(votes_read(&o, faults));
  CU_ASSERT_TRUE(faults_are(
      faults, "tidy-listed.csv: no vote is left; expected votes of the sessions asked for\n"));
}

static void refuses(const char *text, const char *expected) {
  g_autoptr(PlnFaults) faults = pln_faults_new();
  PlnRollCallsOptions o = {.votes = "f", .from = -1, .to = -1};
  CU_ASSERT_PTR_NULL(votes_of(text, NULL, &o, faults));
  CU_ASSERT_TRUE(faults_are(faults, expected));
}

static void test_limits(void) {
  g_autoptr(GString) voters = g_string_new("state,v1\n");
  g_autoptr(GString) calls = g_string_new("roll_call,state,vote\n");
  for (guint i = 0; i <= PLN_ROLL_CALLS_VOTERS; i++)
    g_string_append_printf(voters, "V%u,Y\n", i);
  refuses(voters->str, "f: more than 50000 voters; expected fewer: cut the file by sessions\n");
  for (guint i = 0; i <= PLN_ROLL_CALLS_CALLS; i++)
    g_string_append_printf(calls, "%u,FRA,Y\n", i);
  refuses(calls->str, "f: more than 500000 roll calls; expected fewer: cut the file by sessions\n");
  g_autoptr(GString) cells = g_string_new("congress,chamber,rollnumber,icpsr,cast_code\n");
  for (guint i = 0; i < 20000; i++)
    g_string_append_printf(cells, "1,House,%u,%u,1\n", i, i);
  refuses(cells->str, "f: 20000 roll calls of 20000 voters; expected at most 268435456 cells: ask "
                      "for fewer sessions\n");
}

static void loads_none(const char *votes, const char *expected) {
  g_autoptr(PlnFaults) faults = pln_faults_new();
  PlnRollCallsOptions o = {.votes = votes, .from = -1, .to = -1};
  CU_ASSERT_PTR_NULL(pln_roll_calls_load(scene_world(), &o, faults));
  g_autofree char *text = pln_faults_text(faults);
  if (!g_str_has_prefix(text, expected))
    printf("\n  expected\n%s\n  got\n%s", expected, text);
  CU_ASSERT_TRUE(g_str_has_prefix(text, expected));
}

static void test_files(void) {
  loads_none("/nowhere/votes.csv",
             "/nowhere/votes.csv: there is no such file; expected votes in CSV\n");
  loads_none("/", "/: not a regular file; expected votes in CSV\n");
  static const char odd[] = "/sys/kernel/uevent_seqnum"; /* regular, and cannot be mapped */
  if (g_file_test(odd, G_FILE_TEST_EXISTS))
    loads_none(odd, "/sys/kernel/uevent_seqnum: the file cannot be read; expected votes in CSV: ");
  else
    printf("\n  skipped: there is no %s\n", odd);
  g_autofree char *path = NULL;
  int fd = g_file_open_tmp("plenary-XXXXXX.csv", &path, NULL);
  CU_ASSERT_EQUAL(ftruncate(fd, (off_t)PLN_ROLL_CALLS_BYTES + (2 << 20)), 0);
  close(fd);
  g_autofree char *expected = g_strdup_printf(
      "%s: the file has more than 2050 MB; expected at most 2048\n", path);
  loads_none(path, expected);
  g_unlink(path);
  CU_ASSERT_PTR_NOT_NULL(freopen("/", "r", stdin));
  loads_none("-", "-: standard input cannot be read; expected votes in CSV\n");
}

#define COLUMNS \
  "code,name,kind,iso2,iso3,cow,from,to,continued_by,also_coded_as,status,source,note\n"

static void refuses_past(const char *rows, const char *expected) {
  g_autofree char *text = g_strconcat(COLUMNS, rows, NULL);
  g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));
  g_autoptr(PlnFaults) faults = pln_faults_new();
  g_autoptr(PlnHistorical) h = pln_historical_read("h", bytes, scene_world(), faults);
  CU_ASSERT_EQUAL(h == NULL, *expected != '\0');
  CU_ASSERT_TRUE(faults_are(faults, expected));
}

static void test_historical(void) {
  refuses_past("OLD,Old,former,,OLD,,1946,1950,,FRA DEU,recalled,s,\n", "");
  refuses_past("FRA,Old,former,,,,,,,,recalled,s,\n",
               "h:2:1: FRA is a state of members.csv; expected another code, or the kind gap\n");
  refuses_past("OLD,Old,former,,,,,,,FRA OLE,recalled,s,\n",
               "h:2:22: unknown state \"OLE\"; expected codes of members.csv, with blanks between "
               "them\n");
  refuses_past("OLD,Old,continued,,,,,,FRX,,recalled,s,\n",
               "h:2:24: unknown state \"FRX\"; expected an ISO alpha-3 code; did you mean FRA?\n");
  refuses_past("OLD,Old,gap,,,,,,,,recalled,s,\n",
               "h:2:1: unknown state \"OLD\"; expected an ISO alpha-3 code; did you mean NLD?\n");
}

/* Without the shipped table nothing is read: which seats there were is not guessed. */
static void test_no_historical(void) {
  g_autofree char *was = g_strdup(g_getenv("PLENARY_DATA"));
  scene_world();
  g_setenv("PLENARY_DATA", "/nowhere", TRUE);
  g_autoptr(PlnFaults) faults = pln_faults_new();
  CU_ASSERT_PTR_NULL(pln_historical_load(scene_world(), faults));
  CU_ASSERT_TRUE(faults_are(faults, "/nowhere/historical.csv: there is no such file; expected a "
                                    "table in CSV\n"));
  PlnRollCallsOptions o = {.votes = "f", .from = -1, .to = -1};
  CU_ASSERT_PTR_NULL(votes_of("rcid,iso3,vote\n1,FRA,Y\n", NULL, &o, faults));
  g_setenv("PLENARY_DATA", was, TRUE);
  pln_historical_free(NULL);
  pln_seats_free(NULL);
}

int main(void) {
  CU_TestInfo tests[] = {{"a file a fault", test_cases},
                         {"nothing left", test_nothing_left},
                         {"limits", test_limits},
                         {"files", test_files},
                         {"historical", test_historical},
                         {"no historical", test_no_historical},
                         CU_TEST_INFO_NULL};
  int status = suite_run("roll calls' faults", tests);
  scene_end();
  return status;
}
