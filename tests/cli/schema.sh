#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Every JSON of plenary replay is valid under the published schema, and verifies; a
# spoilt one does neither.  Every JSON of plenary estimate and of plenary backtest is valid
# under its own, and verifies (tests/cli/estimate.sh).  Forecasts: tests/cli/forecasts.sh.
# Usage: schema.sh PLENARY SOURCE_ROOT
set -u
plenary=$1 root=$2
schemas=$root/data/schema
. "$(dirname "$0")/judge.sh"

valid() { # FILE [SCHEMA]
  /usr/bin/python3 -W ignore -m jsonschema -i "$1" "$schemas/${2:-replay}.schema.json" >"$tmp/why" 2>&1
}

try() { # NAME WORDS...
  name=$1
  shift
  "$plenary" replay --format json -o "$tmp/out.json" "$@" 2>"$tmp/why"
  judge "$name runs" $?
  valid "$tmp/out.json"
  judge "$name is valid" $?
  "$plenary" verify "$tmp/out.json" >"$tmp/why" 2>&1
  judge "$name verifies" $?
}

for scenario in "$root"/scenarios/*/; do
  try "$(basename "$scenario")" "$scenario"
  case $scenario in
    *eu-council* | *security-council* | *cosp-rules* | *protocol-* | *whip-example* | *emission-1994*) ;; # nothing is on record yet
    *adoption*) ;; # no vote, so no other rule could have decided it
    *) try "$(basename "$scenario") by consensus" --rule consensus "$scenario" ;;
  esac
done
s=$root/scenarios
try "a veto" --rule security-council "$s/res-74-247"
try "a veto on a tally" --rule security-council "$s/deletions-2024"
try "weights that are not there" --rule eu-council-qualified "$s/res-74-247"
try "edits" --set RUS=N --set EU27=A --absent vote-with-bloc --abstain-as no "$s/res-74-247"
try "edits of a tally" --set article-6-2:IND=N --abstain-as no --absent yes "$s/deletions-2024"
try "an amendment carried" --set breaks:EDA=Y "$s/classroom"
printf 'who,vote\nEU,X\nFRA,Y\n' >"$tmp/edits.csv"
try "a file of edits" --set-file "$tmp/edits.csv" "$s/res-74-247"

# The other way round: what is spoilt is seen.
"$plenary" replay --format json -o "$tmp/good.json" "$s/res-74-247"
sed 's/"yes": 79/"yes": 80/' "$tmp/good.json" >"$tmp/bad.json"
"$plenary" verify "$tmp/bad.json" >"$tmp/why" 2>&1
[ $? -eq 4 ]
judge "a spoilt output does not verify" $?
sed 's/"outcome": "adopted"/"outcome": "passed"/' "$tmp/good.json" >"$tmp/bad.json"
! valid "$tmp/bad.json"
judge "a spoilt output is not valid" $?
cp -r "$s/res-74-247" "$tmp/res-74-247"
sed -i 's/Fiji/Fidji/; 2s/verified/reported/' "$tmp/res-74-247/votes.csv"
"$plenary" verify "$tmp/good.json" "$tmp/res-74-247" >"$tmp/why" 2>&1
[ $? -eq 4 ] && grep -q 'votes.csv has changed' "$tmp/why"
judge "a changed input is named" $?

# ---- Estimates ----

estimate() { # STATUS NAME WORDS...
  status=$1 name=$2
  shift 2
  "$plenary" estimate --format json -o "$tmp/out.json" "$@" 2>"$tmp/why"
  [ $? -eq "$status" ]
  judge "$name runs" $?
  valid "$tmp/out.json" estimate
  judge "$name is valid" $?
}

# Votes by states of members.csv in three sessions, on days when they were in blocs.
"$plenary" simulate --states 40 --dimensions 2 --roll-calls 60 --sessions 3 --first-session 70 --as own -o "$tmp/drawn.csv"
awk -F, -v OFS=, 'NR == FNR { if (FNR > 1) code[sprintf("S%03d", FNR - 1)] = $1; next }
                  FNR == 1 { print $0, "date"; next } { $2 = code[$2]; print $0, 1945 + $4 "-12-01" }' \
  "$root/data/members.csv" "$tmp/drawn.csv" >"$tmp/votes.csv"
v=$tmp/votes.csv
estimate 0 "a line" "$v"
estimate 0 "a line in two answers" --answers binary --hold-out 0.1 "$v"
estimate 0 "drift" --drift --hold-out 0.1 "$v"
estimate 0 "three dimensions" -d 3 --period 1 --groups "$v"
estimate 0 "as many dimensions as forecast best" -d auto "$v"
estimate 0 "no clusters" --no-clusters --lopsided 0 "$v"
estimate 4 "a sampler cut short" --method bayes --draws 20 --chains 2 "$v"
cp "$tmp/out.json" "$tmp/short.json"
printf 'state,a,b,c\nFRA,Y,Y,X\nGBR,N,N,A\n' >"$tmp/small.csv"
estimate 0 "two states" --lopsided 0 "$tmp/small.csv"
estimate 0 "two states in many dimensions" --lopsided 0 -d 32 "$tmp/small.csv"
spoilt() { # NAME SED
  sed "$2" "$tmp/short.json" >"$tmp/bad.json"
  ! cmp -s "$tmp/short.json" "$tmp/bad.json" && ! valid "$tmp/bad.json" estimate
  judge "$1 is not valid" $?
}
spoilt "another format" 's|plenary-estimate/1|plenary-estimate/2|'
spoilt "a word for a number" 's/"chains": 2/"chains": "2"/'
spoilt "an estimate that has not converged without a warning" '/"warning"/d'
spoilt "another key" 's/"answer"/"reply"/'


# ---- Backtests ----

score() { # STATUS NAME WORDS...
  status=$1 name=$2
  shift 2
  "$plenary" backtest estimate --format json -o "$tmp/out.json" "$@" 2>"$tmp/why"
  [ $? -eq "$status" ]
  judge "$name runs" $?
  valid "$tmp/out.json" backtest
  judge "$name is valid" $?
}
printf 'roll_call,state\n1,%s\n2,%s\n' "$(sed -n '2s/^[^,]*,\([^,]*\),.*/\1/p' "$v")" "$(sed -n '2s/^[^,]*,\([^,]*\),.*/\1/p' "$v")" >"$tmp/hide.csv"
score 0 "a line's scores" "$v"
score 0 "drift's scores" --drift "$v"
score 0 "three dimensions' scores" -d 3 --groups --share 0.3 "$v"
score 0 "scores of two votes" --hide "$tmp/hide.csv" --lopsided 0 "$v"
score 4 "scores of a sampler cut short" --method bayes --draws 8 --chains 2 "$v"
"$plenary" estimate --electorate "$tmp/fit" -d 2 "$v" >/dev/null 2>"$tmp/why"
score 0 "an electorate's scores" --electorate "$tmp/fit" --in-sample "$v"
cp "$tmp/out.json" "$tmp/good.json"
for spoil in 's|plenary-backtest/1|plenary-backtest/2|' 's/"given"/"giving"/' 's/"behind": null/"behind": 1/' \
  's/"command": "plenary backtest /"command": "plenary /'; do
  sed "$spoil" "$tmp/good.json" >"$tmp/bad.json"
  ! cmp -s "$tmp/good.json" "$tmp/bad.json" && ! valid "$tmp/bad.json" backtest
  judge "$spoil: not valid" $?
done

# ---- Bargaining ----

talks() { # NAME WORDS...
  name=$1
  shift
  "$plenary" bargain --format json -o "$tmp/out.json" "$@" 2>"$tmp/why"
  judge "$name runs" $?
  valid "$tmp/out.json" bargain
  judge "$name is valid" $?
}
for method in compromise median challenge-literal challenge-scholz condorcet nash kalai-smorodinsky \
  exchange spatial; do
  talks "$method" --method "$method" --draws 20 "$s/protocol-package"
  talks "$method without a reference point" --method "$method" --draws 0 "$s/emission-1994"
done
talks "one issue by all methods" --issue scope --compare --draws 20 "$s/protocol-package"
cp "$tmp/out.json" "$tmp/good.json"
talks "edits" --merge BOTH=EU,NARROW_LIST --leave IND --position scope:IRN=5±1 "$s/protocol-package"
for spoil in 's|plenary-bargain/1|plenary-bargain/2|' 's/"replication": false/"replication": true/' \
  's/"name": "condorcet"/"name": "concorde"/' 's/"chance": [0-9.e-]*/"chance": 1.5/' 's/"answer"/"reply"/'; do
  sed "$spoil" "$tmp/good.json" >"$tmp/bad.json"
  ! cmp -s "$tmp/good.json" "$tmp/bad.json" && ! valid "$tmp/bad.json" bargain
  judge "$spoil: not valid" $?
done

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
