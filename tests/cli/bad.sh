#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Every fault that a scenario can have is reported, in one run and one line each, with exit
# status 3 and nothing written: tests/bad has a folder for each, expect.txt in it the lines.
# What git would take for binary, or is large, is made here.  What spreadsheets do without
# harm (tests/good) is accepted and replays the same.
# Usage: bad.sh PLENARY, with PLENARY_DATA set
set -u
plenary=$(realpath "$1")
tests=$(dirname "$(dirname "$(realpath "$0")")")
. "$(dirname "$0")/judge.sh"

listing() { # FOLDER: everything that a run could change in it
  find "$1" -printf '%p %y %m %s %T@\n' | sort
}

# The lines expected, and the summary that must follow from them.
with_summary() { # EXPECTED
  cat "$1"
  awk -F: '/^and [0-9]+ more fault/ { n += $2 ? 0 : 0; split($0, word, " "); n += word[2]; next }
           { n++; if (!($1 in seen)) { seen[$1]; files++ } }
           END { printf "%d fault%s in %d file%s; nothing was written\n",
                        n, n == 1 ? "" : "s", files, files == 1 ? "" : "s" }' "$1"
}

refused() { # FOLDER EXPECTED: from the folder above it
  listing "$1" >"$tmp/before"
  with_summary "$2" >"$tmp/want"
  timeout "${PLENARY_BAD_SECONDS:-10}" "$plenary" check "$1" >"$tmp/out" 2>"$tmp/err"
  [ $? -eq 3 ] && [ ! -s "$tmp/err" ] && diff "$tmp/want" "$tmp/out"
  judge "$1 is checked" $?
  timeout "${PLENARY_BAD_SECONDS:-10}" "$plenary" replay "$1" >"$tmp/out" 2>"$tmp/err"
  [ $? -eq 3 ] && [ ! -s "$tmp/out" ] && diff "$tmp/want" "$tmp/err"
  judge "$1 is not replayed" $?
  listing "$1" | diff "$tmp/before" -
  judge "$1 is left as it was" $?
}

cd "$tests/bad" || exit 1
for folder in */; do
  refused "${folder%/}" "${folder}expect.txt"
done

# ---- Made here ----

mkdir "$tmp/made"
cd "$tmp/made" || exit 1

begin() { # NAME: a sound scenario with one vote, for one of its files to be spoilt
  mkdir "$1"
  printf 'key,value\nformat,1\ntitle,A vote\nas_of,2026-01-15\nbody,general-assembly\n' >"$1/scenario.csv"
  printf 'id,title,record\np1,A proposal,partial\n' >"$1/proposals.csv"
  printf 'state,vote\nFRA,Y\n' >"$1/votes.csv"
}

expect() { # NAME LINE...: refused with these
  name=$1
  shift
  printf '%s\n' "$@" >"$tmp/expect.txt"
  refused "$name" "$tmp/expect.txt"
}

begin nul
printf 'state,vote\nFR\0A,Y\n' >nul/votes.csv
expect nul 'nul/votes.csv:2:3: a NUL byte; expected text'

begin utf-16
printf '\377\376s\0t\0a\0t\0e\0\n\0' >utf-16/votes.csv
printf '\376\377\0i\0d\0\n' >utf-16/proposals.csv
printf 'k\0e\0y\0\n\0' >utf-16/scenario.csv # without a byte-order mark
expect utf-16 'utf-16/proposals.csv:1:1: the file is UTF-16; expected UTF-8 (save it as "CSV UTF-8")' \
  'utf-16/scenario.csv:1:2: a NUL byte; expected text' \
  'utf-16/votes.csv:1:1: the file is UTF-16; expected UTF-8 (save it as "CSV UTF-8")'

begin latin-1
printf 'state,vote,source\nFRA,Y,none\nCIV,Y,C\364te d'\''Ivoire\n' >latin-1/votes.csv
expect latin-1 'latin-1/votes.csv:3:7: bytes that are not UTF-8; expected the file saved as UTF-8 ("CSV UTF-8" in a spreadsheet)'

begin utf-8-cut
printf 'state,vote,source\nFRA,Y,none \303' >utf-8-cut/votes.csv
expect utf-8-cut 'utf-8-cut/votes.csv:2:7: bytes that are not UTF-8; expected the file saved as UTF-8 ("CSV UTF-8" in a spreadsheet)'

begin columns
awk 'BEGIN { printf "state,vote"; for (i = 2; i <= 16384; i++) printf ","; print "" }' >columns/votes.csv
expect columns 'columns/votes.csv:1:16394: more than 16384 fields in a row; expected fewer'

begin folder-for-a-file
rm folder-for-a-file/votes.csv
mkdir folder-for-a-file/votes.csv
mkfifo folder-for-a-file/blocs.csv
ln -s /dev/zero folder-for-a-file/rules.csv
ln -s nowhere folder-for-a-file/claims.csv
expect folder-for-a-file 'folder-for-a-file/blocs.csv: not a regular file; expected a table in CSV' \
  'folder-for-a-file/claims.csv: there is no such file; expected a table in CSV' \
  'folder-for-a-file/rules.csv: not a regular file; expected a table in CSV' \
  'folder-for-a-file/votes.csv: not a regular file; expected a table in CSV'

begin too-large
truncate -s 257M too-large/votes.csv
expect too-large 'too-large/votes.csv: the file has 257 MB; expected at most 256'

# A line of 100 MB must be refused in two seconds.
PLENARY_BAD_SECONDS=2
begin long-line
head -c 104857600 /dev/zero | tr '\0' a >long-line/votes.csv
expect long-line 'long-line/votes.csv:1:1: a field of more than 65536 bytes; expected less (is a quote or a line end missing?)'
begin long-line-quoted
{ printf 'state,vote,source\nFRA,Y,"'; head -c 104857600 /dev/zero | tr '\0' '\n'; } >long-line-quoted/votes.csv
expect long-line-quoted 'long-line-quoted/votes.csv:2:7: a field of more than 65536 bytes; expected less (is a quote or a line end missing?)'
begin long-line-of-commas
{ printf 'state,vote\n'; head -c 104857600 /dev/zero | tr '\0' ,; } >long-line-of-commas/votes.csv
expect long-line-of-commas 'long-line-of-commas/votes.csv:2:16385: more than 16384 fields in a row; expected fewer'
rm -rf long-line*
PLENARY_BAD_SECONDS=10

# What is long must not take long: a hundred thousand rows each.
rows=100000
begin many-proposals
awk -v n=$rows 'BEGIN { print "id,title,target,falls_if"; for (i = 1; i <= n; i++) printf "p%d,A,p%d,\n", i, i + 1 }' >many-proposals/proposals.csv
sed -i '10002,$s/$/x=adopted/' many-proposals/proposals.csv
expect many-proposals 'many-proposals/proposals.csv:10001:10: unknown proposal "p10001"; expected an id of proposals.csv; did you mean p1000?' \
  'many-proposals/proposals.csv:10002:1: more than 10000 proposals; expected fewer'

begin many-days
awk 'BEGIN { print "id,title,date"; for (i = 0; i < 9999; i++) printf "p%d,A,%04d-%02d-%02d\n", i, 1946 + int(i / 336), 1 + int(i / 28) % 12, 1 + i % 28 }' >many-days/proposals.csv
printf 'proposal,state,vote\nq,FRA,Y\n' >many-days/votes.csv
expect many-days 'many-days/votes.csv:2:1: unknown proposal "q"; expected an id of proposals.csv'

begin many-members
awk -v n=$rows 'BEGIN { print "state,name"; for (i = 1; i <= n; i++) printf "S%d,A\n", i }' >many-members/members.csv
expect many-members 'many-members/members.csv:1002:1: more than 1000 members; expected fewer'

begin many-blocs
awk -v n=$rows 'BEGIN { print "bloc,member"; for (i = 1; i <= n; i++) printf "B%d,B%d\n", i, i + 1 }' >many-blocs/blocs.csv
expect many-blocs 'many-blocs/blocs.csv:1002:1: more than 1000 blocs; expected fewer'

begin deep-blocs # each in the next, all in all that come later, the last in the first
awk 'BEGIN { print "bloc,member"
             for (i = 1; i < 1000; i++) for (j = 1; j <= 100 && i + j <= 1000; j++) printf "B%d,B%d\n", i, i + j
             print "B1000,B1" }' >deep-blocs/blocs.csv
expect deep-blocs 'deep-blocs/blocs.csv:94952:7: B1 is a member of itself, through B1000; expected blocs without a circle'

begin long-bloc # in and out of it, day by day
awk -v n=$rows 'BEGIN { print "bloc,member,from,to"
                        for (i = 0; i < n; i++) { d = sprintf("%04d-%02d-%02d", 1000 + int(i / 336), 1 + int(i / 28) % 12, 1 + i % 28); printf "B,FRA,%s,%s\n", d, d }
                        print "B,FRA,1000-01-01,1000-01-01" }' >long-bloc/blocs.csv
expect long-bloc 'long-bloc/blocs.csv:100002:3: FRA is in B twice at one time (see line 2); expected one row, or days that do not overlap'

talks() { # NAME: a sound scenario with an issue to bargain for
  begin "$1"
  printf 'issue\nx\n' >"$1/issues.csv"
}

talks many-actors
awk 'BEGIN { print "state,name"; for (i = 1; i <= 1000; i++) printf "S%d,A\n", i }' >many-actors/members.csv
awk 'BEGIN { print "who,position"; for (i = 1; i <= 1000; i++) printf "S%d,5\n", i; print "FRA,5" }' >many-actors/actors.csv
rm many-actors/votes.csv
expect many-actors 'many-actors/actors.csv:1002:1: more than 1000 states and blocs at the table; expected fewer'

talks many-actor-rows
awk 'BEGIN { print "issue"; for (i = 1; i <= 200; i++) printf "x%d\n", i }' >many-actor-rows/issues.csv
tail -n +2 "$PLENARY_DATA/members.csv" | cut -d, -f1 | head -101 >"$tmp/codes"
awk 'BEGIN { print "issue,who,position" } { for (i = 1; i <= 200; i++) printf "x%d,%s,5\n", i, $1 }' "$tmp/codes" >many-actor-rows/actors.csv
expect many-actor-rows 'many-actor-rows/actors.csv:20002:4: more than 20000 rows of actors; expected fewer'

talks actors-of-long-blocs # one bloc of a hundred thousand rows, in twenty others
awk -v n=$rows 'BEGIN { print "bloc,member,from,to"
                        for (i = 0; i < n; i++) { d = sprintf("%04d-%02d-%02d", 1700 + int(i / 336), 1 + int(i / 28) % 12, 1 + i % 28); printf "B,FRA,%s,%s\n", d, d }
                        for (i = 1; i <= 20; i++) printf "B%d,B,,\nB%d,DEU,,\n", i, i }' >actors-of-long-blocs/blocs.csv
awk 'BEGIN { print "who,position"; for (i = 1; i <= 20; i++) printf "B%d,5\n", i }' >actors-of-long-blocs/actors.csv
expect actors-of-long-blocs 'actors-of-long-blocs/actors.csv:21:1: the blocs up to B20 have more than 2000000 members; expected fewer'

begin many-faults # the first thousand are told, the others counted
awk -v n=$rows 'BEGIN { print "state,vote,reason"; for (i = 1; i <= n; i++) print "Fance,Y," }' >many-faults/votes.csv
awk -v n=1000 'BEGIN { for (i = 2; i <= 1001; i++) printf "many-faults/votes.csv:%d:1: unknown state \"Fance\"; expected an ISO alpha-3 code; did you mean FRA?\n", i }' >"$tmp/many.txt"
sed -i '511,$s/; did you mean FRA?//' "$tmp/many.txt" # near misses are looked for in bounds
echo "and $((rows - 1000)) more faults" >>"$tmp/many.txt"
refused many-faults "$tmp/many.txt"

begin many-rows
awk 'BEGIN { print "state,vote"; for (i = 1; i <= 2097153; i++) print "FRX,q" }' >many-rows/votes.csv
timeout 10 "$plenary" check many-rows >"$tmp/out"
[ $? -eq 3 ] && tail -1 "$tmp/out" | grep -qx '4194305 faults in 1 file; nothing was written'
judge "a table has an end" $?

# ---- A path that is none ----

"$plenary" check "$tmp/nowhere" >"$tmp/out" 2>"$tmp/err"
[ $? -eq 3 ] && [ "$(cat "$tmp/out" "$tmp/err")" = "$tmp/nowhere: there is no such folder; expected a scenario's folder" ]
judge "no such folder" $?
"$plenary" check "$tmp/want" >"$tmp/out" 2>"$tmp/err"
[ $? -eq 3 ] && [ "$(cat "$tmp/out" "$tmp/err")" = "$tmp/want: not a folder that can be read; expected a scenario's folder" ]
judge "a file is no folder" $?
PLENARY_DATA=$tmp/nowhere "$plenary" check nul >"$tmp/out" 2>"$tmp/err"
[ $? -eq 3 ] && grep -q 'nowhere: no folder that can be read; expected the shipped tables (set PLENARY_DATA)' "$tmp/err"
judge "no shipped tables" $?

# ---- Where the shipped tables are ----

mkdir -p build share/bin share/share/plenary lost/bin
cp "$plenary" build/plenary
cp "$plenary" share/bin/plenary
cp "$plenary" lost/bin/plenary
ln -s "$PLENARY_DATA" data
ln -s "$PLENARY_DATA" share/share/plenary/data
for program in build/plenary share/bin/plenary; do
  env -u PLENARY_DATA "$program" rules >"$tmp/out" 2>"$tmp/err"
  judge "$program finds the tables" $?
done
env -u PLENARY_DATA lost/bin/plenary rules >"$tmp/out" 2>"$tmp/err"
case $? in # 0 where they are installed
0) judge "installed tables are found" 0 ;;
*) grep -q 'set PLENARY_DATA to the folder that holds members.csv' "$tmp/err"
  judge "tables that are not found are asked for" $? ;;
esac

# ---- What does no harm ----

replayed() { # FOLDER: what is shown of it, hashes aside
  rm -rf "$tmp/scenario"
  cp -r "$1" "$tmp/scenario"
  "$plenary" check "$tmp/scenario" || return
  "$plenary" replay --blocs all "$tmp/scenario" &&
    "$plenary" replay --format json "$tmp/scenario"
} 2>&1

unhashed() {
  sed -E 's/(inputs|data) [0-9a-f]{12}/\1/; s/"sha256": "[0-9a-f]{64}"//'
}

cd "$tests/good" || exit 1
replayed plain >"$tmp/plain"
judge "plain is replayed" $?
for folder in */; do
  replayed "$folder" >"$tmp/out"
  judge "$folder is replayed" $?
  unhashed <"$tmp/plain" >"$tmp/want"
  unhashed <"$tmp/out" | diff "$tmp/want" -
  judge "$folder replays like the plain one" $?
done

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
