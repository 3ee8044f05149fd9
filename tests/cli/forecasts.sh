#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What leaves project, whip and reconstruct, over the shipped scenarios and their options: every
# JSON is valid under its schema and verifies, a spoilt one does neither; files from elsewhere are
# operands of verify; every table and the text run; no chance is certain and nothing is not a number.
# Usage: forecasts.sh PLENARY SOURCE_ROOT
set -u
plenary=$(realpath "$1") root=$(realpath "$2")
. "$(dirname "$0")/judge.sh"
s=$root/scenarios
cd "$tmp" || exit 1

valid() { # FILE SCHEMA
  /usr/bin/python3 -W ignore -m jsonschema -i "$1" "$root/data/schema/$2.schema.json" >why 2>&1
}

# Numbers that are none: under a key of JSON, in a cell of CSV, between blanks in text.
sound() { # NAME FILE
  grep -qiE '(^|[ ,:[(-])(nan|inf|infinity)($|[] ,%)])' "$2"
  [ $? -eq 1 ]
  judge "$1: every number is one" $?
}

try() { # COMMAND WORDS...: in out.json
  command=$1
  shift
  "$plenary" "$command" -f json -o out.json "$@" 2>why
  judge "$command $* runs" $?
  valid out.json "$command"
  judge "$command $* is valid" $?
  sound "$command $*" out.json
  "$plenary" verify out.json >why 2>&1
  judge "$command $* verifies" $?
}

refused() { # STATUS MESSAGE WORDS...: by verify
  status=$1 message=$2
  shift 2
  "$plenary" verify "$@" >why 2>&1
  [ $? -eq "$status" ] && grep -q -- "$message" why
  judge "verify says: $message" $?
}

spoil() { # COMMAND SED...: each makes of out.json one that is not valid
  command=$1
  shift
  for spoil in "$@"; do
    sed "$spoil" out.json >bad.json
    ! cmp -s out.json bad.json && ! valid bad.json "$command"
    judge "$command, $spoil: not valid" $?
  done
}

# ---- Over the scenarios ----

for scenario in "$s"/*/; do
  case $scenario in
    *res-73-187* | *emission-1994*) ;; # no shipped electorate is as old
    *classroom* | *res-74-247*) try reconstruct "$scenario" && try project "$scenario" ;;
    *) try reconstruct "$scenario" ;; # whole projections take seconds; in part below
  esac
done
try reconstruct --without IRN --without IND --seed 5 --proposal article-6-2 "$s/deletions-2024"
cp out.json without.json
try reconstruct --electorate s69-73 "$s/deletions-2024"
spoil reconstruct 's|plenary-reconstruct/1|plenary-reconstruct/2|' 's/"named": "Y"/"named": "yes"/' \
  's/"kind": "projection"/"kind": "reconstructed"/' 's/"effective_draws"/"draws_effective"/' \
  's/"named": "Y"/"named": null/' 's/"command": "plenary reconstruct/"command": "plenary project/'
[ "$(grep -c '"status": "reconstructed"' out.json)" -gt "$(grep -c '"named": "Y"' out.json)" ]
judge "reconstructed where it is not named" $?
try project --stage committee --proposal narrow-scope --full --draws 1000 "$s/protocol-offences"
try project --proposal stakeholder-access --electorate rights-60-74 "$s/cosp-rules"
try project --proposal whole --also s69-73 --position EU27=90 --position 'no-action:RUS=5±5' \
  --pressed ALL=100 --asks 50 --together 0 --seed 3 "$s/whip-example"
cp out.json also.json
try project --full --rule two-thirds-present-voting --draws 1000 "$s/whip-example"
spoil project 's|plenary-project/1|plenary-project/2|' 's/"basis": "heard"/"basis": "guessed"/' \
  's/"status": "assumed"/"status": "made up"/' '/"rule":/d' 's/"command": "plenary project/"command": "plenary whip/'
try whip "$s/cosp-rules"
try whip --proposal whole --say IND=yes --draws 1000 --rule two-thirds-present-voting "$s/whip-example"
try whip --redact --board --seed 4 --draws 1000 "$s/whip-example"
cp out.json redacted.json

# ---- What is spoilt does not verify ----

sed 's/"draws": [0-9]*,/"draws": 2047,/' without.json >bad.json
refused 4 'not verified: bad.json:[0-9]* differs' bad.json
sed 's/ --without IND//' without.json >bad.json
refused 4 'differs from what plenary reconstruct .* gives now' bad.json
cp -r "$s/deletions-2024" .
sed -i '$s/reported\|inferred/recalled/' deletions-2024/votes.csv
refused 4 'the input votes.csv has changed since' without.json deletions-2024
rm -r deletions-2024
cp -r "$s/whip-example" .
echo 'whole,TUV,yes,2026-12-04,,made up,,,,,yes,assumed,' >>whip-example/whip.csv
refused 4 'redacted.json:[0-9]* differs' redacted.json whip-example # how many were left out is said
rm -r whip-example
sed 's/--also s69-73/--also s70-74/' also.json >bad.json
refused 4 'not verified' bad.json

# ---- Files from elsewhere ----

mkdir elsewhere other
cp -r "$root/data/positions/s69-73" elsewhere/fitted
cp -r "$root/data/positions/s69-73" elsewhere/s70-74 # the name of a shipped one
"$plenary" simulate "$root/data/positions/s70-74" --roll-calls 60 --sessions 5 --first-session 76 -o drawn.csv
cut -d, -f1-3 drawn.csv >elsewhere/votes.csv
awk -F, 'NR == 1 { print "id,session" } NR > 1 && !seen[$1]++ { print $1 "," $4 }' drawn.csv >other/votes.csv
w=$s/whip-example
"$plenary" whip -f json -o far.json --draws 1000 --electorate elsewhere/fitted --history elsewhere/votes.csv \
  --roll-calls other/votes.csv "$w" 2>why && valid far.json whip
judge "an electorate, votes and a list from other folders" $?
! grep -qE '"(file|command)": .*(elsewhere|other)' far.json
judge "it does not say where they lay" $?
refused 1 'votes.csv, which the output was made from, is not to be found' far.json
for operands in "elsewhere/fitted elsewhere/votes.csv other/votes.csv" "other/votes.csv $w elsewhere/fitted/ elsewhere/votes.csv"; do
  # shellcheck disable=SC2086 # words
  "$plenary" verify far.json $operands >why 2>&1
  judge "verifies with $operands" $?
done
refused 2 'elsewhere/s70-74 is nothing that the output was made from' far.json elsewhere/s70-74
cp -r elsewhere changed
sed -i '$d' changed/votes.csv
refused 4 'the input changed/votes.csv has changed since' far.json elsewhere/fitted changed/votes.csv other/votes.csv
sed -i '2s/[0-9]/7/' changed/fitted/groups.csv
refused 4 'fitted/groups.csv has changed since' far.json changed/fitted elsewhere/votes.csv other/votes.csv

"$plenary" reconstruct -f json -o own.json --electorate elsewhere/s70-74 "$s/res-74-247" 2>why
judge "an electorate called like a shipped one" $?
refused 4 'electorate.csv has changed since' own.json
"$plenary" verify own.json elsewhere/s70-74 >why 2>&1
judge "verifies with the one that it was made from" $?
(cd elsewhere && "$plenary" verify ../own.json s70-74) >why 2>&1
judge "and from beside it" $?
"$plenary" project -f json -o both.json --also elsewhere/fitted "$s/classroom" 2>why &&
  "$plenary" verify both.json elsewhere/fitted >why 2>&1
judge "a second history from elsewhere verifies" $?

# An output is a stranger's: it names no folder but its own.
for words in '--electorate ../positions' '--also ../../data/positions/s69-73' '--history /etc/passwd' '--electorate ..' \
  '--also .'; do
  printf '{"provenance": {"command": "plenary project %s classroom"}}' "$words" >bad.json
  refused 3 'not in canonical form' bad.json
done
for words in '--threads 2 classroom' '-o here classroom' '--format csv classroom' 'classroom classroom' ''; do
  printf '{"provenance": {"command": "plenary whip %s"}}' "$words" >bad.json
  ! "$plenary" verify bad.json >why 2>&1 && [ ! -e here ]
  judge "does not run: whip $words" $?
done
printf '{"provenance": {"command": "plenary whip ../whip-example"}}' >bad.json
refused 3 'it names "../whip-example"' bad.json

# ---- Text and tables ----

# Chances in text: whole percents, or two digits after a point, never certain.
certain='(^|[^0-9.])(0|100) %|(^| )(0\.00|1\.00) |(^|[^0-9])(0|100) in 100'
say() { # WORDS...: in out
  "$plenary" "$@" >out 2>why
  judge "$*" $?
  sound "$*" out
  ! grep -v '^no-instructions' out | grep -nE "$certain" >why # of an answer that tells nothing: as likely
  judge "$*: no chance is certain" $?
}
say project --proposal stakeholder-access "$s/cosp-rules"
say project --full --draws 1000 "$s/whip-example"
say project --stage conference --as-of 2027-12-01 "$s/protocol-offences"
say project --full --pressed ALL=0 --position ALL=0±0.1 "$s/classroom"
say project --full --position ALL=100±0.1 --together 100 "$s/classroom"
say whip --full "$s/cosp-rules"
say whip --board --redact "$s/whip-example"
say whip --history elsewhere/votes.csv --roll-calls other/votes.csv "$s/whip-example"
say reconstruct "$s/deletions-2024"
say reconstruct --in-sample --electorate s70-74 "$s/res-74-247"

tables() { # COMMAND WORDS...: those that it says it has, each with a header that names its source
  "$plenary" "$@" -f csv --table none >out 2>why
  [ $? -eq 2 ] && [ ! -s out ]
  judge "$*: a table that is none" $?
  for table in $(sed -n 's/.*expected one of //p' why | tr -d ,); do
    "$plenary" "$@" -f csv --table "$table" >out 2>why
    [ $? -eq 0 ] && head -1 out | grep -q '^[a-z_,0-9]*,plenary,command,inputs_sha256,data_sha256$'
    judge "$*: the table $table" $?
    sound "$*: the table $table" out
  done
  "$plenary" "$@" -f csv >out 2>why && [ "$(wc -l <out)" -gt 1 ]
  judge "$*: a table by default" $?
}
tables project --full --draws 100 "$s/classroom"
tables whip --draws 1000 "$s/whip-example"
tables reconstruct --proposal article-6-2 "$s/deletions-2024"

# ---- Backtests of them ----

"$plenary" simulate --roll-calls 60 --sessions 6 --seed 3 "$root/data/positions/s70-74" --as own -o past.csv 2>why
for kind in reconstruct whip; do
  calls=$([ $kind = whip ] || echo '--calls 4')
  # shellcheck disable=SC2086 # words
  "$plenary" backtest $kind -d 2 --sessions 79-80 --history 3 $calls -f json -o out.json past.csv 2>why
  judge "backtest $kind" $?
  valid out.json backtest-$kind
  judge "backtest $kind is valid" $?
  sound "backtest $kind" out.json
  "$plenary" verify out.json past.csv >why 2>&1
  judge "backtest $kind verifies" $?
  spoil backtest-$kind "s|plenary-backtest-$kind/1|plenary-backtest-$kind/2|" 's/"brier"/"briar"/' \
    's/"command": "plenary backtest/"command": "plenary/'
  sed 's/"brier": 0/"brier": 1/' out.json >bad.json
  refused 4 'differs from what' bad.json past.csv
done
"$plenary" backtest reconstruct -d 2 --sessions 79-80 --history 3 --calls 4 past.csv >out 2>why
judge "backtest reconstruct in words" $?
sound "backtest reconstruct in words" out

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
