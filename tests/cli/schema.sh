#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Every JSON of plenary replay is valid under the published schema, and verifies; a
# spoilt one does neither.
# Usage: schema.sh PLENARY SOURCE_ROOT
set -u
plenary=$1 root=$2
schema=$root/data/schema/replay.schema.json
. "$(dirname "$0")/judge.sh"

valid() { /usr/bin/python3 -W ignore -m jsonschema -i "$1" "$schema" >"$tmp/why" 2>&1; }

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

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
