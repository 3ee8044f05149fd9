#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The record agrees with itself, by SQL alone: the votes on resolutions 73/187 and 74/247 in
# the scenarios are those of data/roll_calls.csv, and their tallies those of the list.
# Usage: record.sh SOURCE_ROOT
set -eu
cd "$1"
passed=0 failed=0

# Every roll call of the list has a row for each of the 193 members of its day, and its totals.
list=$(sqlite3 -bail :memory: <<'SQL'
.mode csv
.import data/roll_call_list.csv list
.import data/roll_calls.csv calls
.import data/members.csv members
.mode list
SELECT roll_call || ': ' || (
    yes = sum(vote = 'Y') || '' AND no = sum(vote = 'N') || ''
    AND abstain = sum(vote = 'A') || '' AND not_voting = sum(vote = 'X') || ''
    AND count(DISTINCT calls.state) = count(*)
    AND NOT EXISTS (
      SELECT 1 FROM members WHERE kind = 'member' AND member_from <= date AND state NOT IN (
        SELECT state FROM calls AS other WHERE other.roll_call = list.roll_call))
    AND sum(calls.state NOT IN (
      SELECT state FROM members WHERE kind = 'member' AND member_from <= date)) = 0
    AND min(calls.status = list.status) = 1)
  FROM list JOIN calls USING (roll_call) GROUP BY roll_call;
SQL
)

# One scenario's votes against the roll call that its proposal has the symbol of.
compare() {
  sqlite3 -bail :memory: <<SQL
.mode csv
.import data/roll_call_list.csv list
.import data/roll_calls.csv calls
.import scenarios/$1/proposals.csv proposals
.import scenarios/$1/votes.csv votes
.mode list
SELECT '$1 votes: ' || (count(*) = 193 AND (SELECT count(*) FROM votes) = 193
    AND (SELECT count(DISTINCT state) FROM votes) = 193)
  FROM votes JOIN calls USING (state, vote) JOIN proposals ON symbol = roll_call;
SELECT '$1 tally: ' || ((SELECT count(*) FROM proposals) = 1 AND count(*) = 1)
  FROM proposals JOIN list ON symbol = roll_call AND proposals.yes = list.yes
    AND proposals.no = list.no AND proposals.abstain = list.abstain
    AND proposals.not_voting = list.not_voting AND proposals.date = list.date
    AND list.body = 'general-assembly' AND proposals.record = 'complete'
    AND proposals.status = list.status;
SQL
}

# The tallies as every account of them has it.
known() {
  sqlite3 -bail :memory: <<SQL
.mode csv
.import data/roll_call_list.csv list
.mode list
SELECT '$1 $2: ' || (yes || '-' || no || '-' || abstain || '-' || not_voting = '$2')
  FROM list WHERE roll_call = '$1';
SQL
}

while read -r what; do
  case $what in
    *': 1') passed=$((passed + 1)) ;;
    *) failed=$((failed + 1)); echo "failed: $what" ;;
  esac
done <<EOF
$list
$(compare res-73-187)
$(compare res-74-247)
$(known A/RES/73/187 94-59-33-7)
$(known A/RES/74/247 79-60-33-21)
EOF
echo "$passed passed, $failed failed"
[ "$passed" -ge 8 ] && [ "$failed" -eq 0 ]
