#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Backtests of whip counts on drawn votes: their tables, the same bytes for any number of
# threads and any order of rows, what is refused; and a model that does worse says so first.
# Usage: backtest_whip.sh PLENARY SOURCE_ROOT
set -u
plenary=$(realpath "$1") root=$(realpath "$2")
. "$(dirname "$0")/judge.sh"
cd "$tmp" || exit 1
export LC_ALL=C

whip() { # STATUS NAME WORDS...: sessions 66 and 67 from the five before
  status=$1 name=$2
  shift 2
  run "$status" "$name" backtest whip --roll-calls calls.csv --sessions 66-67 -d 3 "$@"
}

"$plenary" simulate "$root/data/positions/s69-73" --roll-calls 240 -o drawn.csv
judge "votes are drawn" $?
cut -d, -f1-3 drawn.csv >votes.csv
awk -F, 'NR == 1 { print "id,session" } NR > 1 && !seen[$1]++ { n++; print $1 "," 60 + int((n - 1) / 30) }' votes.csv >calls.csv

whip 0 "a fifth revealed" votes.csv
file_says out 'hidden votes of [0-9]+ roll calls, sessions 66 to 67, forecast from'
file_says out 'Log loss 0\.[0-9]+, Brier 0\.[0-9]+, [0-9.]+ % right; the best baseline'
file_says out 'Given that it is put to a recorded vote'
file_says out 'know no order of the answers have log loss 0\.[0-9]+, .* 0\.[0-9]+: [-+]0\.[0-9]+ \(95 % interval'
file_says out 'Of [0-9]+ roll calls? with five of each answer or more, in [0-9]+ the abstainers'
file_says out 'the title of 0 roll calls names an amendment'

for table in models splits scores tally adoption order ages reliability reliability_by_answer roll_calls; do
  whip 0 "table $table" -f csv --table $table votes.csv
  [ "$(wc -l <out)" -gt 1 ]
  judge "$table has rows" $?
done
whip 0 "eight methods" -f csv votes.csv
[ "$(wc -l <out)" -eq 9 ]
judge "the model, five baselines and their pool, one without order" $?

whip 0 "on one thread" --threads 1 --older 0,1 --history 3 -f json -o one.json votes.csv
whip 0 "on eight" --threads 8 --older 0,1 --history 3 -f json -o eight.json votes.csv
cmp -s one.json eight.json
judge "the same bytes for 1 and 8 threads" $?
/usr/bin/python3 -W ignore -m jsonschema -i one.json "$root/data/schema/backtest-whip.schema.json" >why 2>&1
judge "its JSON is valid" $?
sed 's/"worse_in"/"worse"/' one.json >bad.json
! /usr/bin/python3 -W ignore -m jsonschema -i bad.json "$root/data/schema/backtest-whip.schema.json" >why 2>&1
judge "a spoilt one is not" $?
whip 0 "by another seed" --seed 2 --older 0,1 --history 3 -f json -o other.json votes.csv
! cmp -s one.json other.json
judge "another seed reveals others" $?

# A list of what is revealed: every third vote of session 67.
awk -F, 'NR == FNR { session[$1] = $2; next } FNR == 1 { print "rcid,iso3,revealed"; next }
         session[$1] == 67 && $3 != "X" { n++; print $1 "," $2 "," (n % 3 == 0) }' calls.csv votes.csv >reveal.csv
whip 0 "a list of what is revealed" --reveal reveal.csv -f csv --table roll_calls votes.csv
awk -F, 'NR > 1 && $2 != 67 { bad = 1 } NR > 1 { n += $6; h += $7 } END { exit bad || n == 0 || h < 1.9 * n || h > 2.1 * n }' out
judge "its roll calls alone, a third known" $?
{ head -1 reveal.csv; sed 1d reveal.csv | sort -r; } >turned.csv
mv out first
whip 0 "the list in another order" --reveal turned.csv -f csv --table roll_calls votes.csv
cut -d, -f1-15 first >a
cut -d, -f1-15 out >b
cmp -s a b
judge "the same forecasts" $?

run 2 "no sessions" backtest whip --roll-calls calls.csv votes.csv
file_says why 'expected --sessions'
whip 2 "a number of sessions twice" --older 3,3 votes.csv
whip 2 "both a share and a list" --share 0.3 --reveal reveal.csv votes.csv
whip 2 "--hide is another's" --hide reveal.csv votes.csv
file_says why 'hide is of no use to backtest whip'
whip 2 "dimensions by held-out score" -d auto votes.csv
run 2 "--reveal is not estimate's" backtest estimate --reveal reveal.csv votes.csv
whip 3 "no history so far back" --older 20 votes.csv
file_says why 'session 66 has no history'
whip 3 "nothing there" --sessions 90 votes.csv
file_says why 'nothing to forecast'
cut -d, -f1,2 reveal.csv >plain.csv
whip 3 "a list that does not say what is revealed" --reveal plain.csv votes.csv
file_says why 'plain.csv:1:1: no column says what is revealed; expected'

# Votes by chance: nothing is to be learned from positions, and the shares do better.
awk -F, -v OFS=, 'NR > 1 { s = (s * 16807 + 7) % 2147483647; $3 = substr("YYYYYNNNAA", 1 + int(s / 214748365), 1) } { print }' votes.csv >chance.csv
whip 0 "votes by chance" chance.csv
head -3 out | grep -q 'The model does worse than a baseline'
judge "a model that does worse says so at the top" $?
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
