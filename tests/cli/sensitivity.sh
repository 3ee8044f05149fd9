#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# plenary sensitivity: the answer first, each method, each study, outputs that are valid and verify,
# the same bytes for any number of threads, a sweep's store, words where there is nothing to turn.
# Usage: sensitivity.sh PLENARY SOURCE_ROOT
set -u
plenary=$(realpath "$1") root=$(realpath "$2")
. "$(dirname "$0")/judge.sh"
cd "$tmp" || exit 1
export LC_ALL=C.UTF-8
protocol=$root/scenarios/protocol-offences
package=$root/scenarios/protocol-package
few="--runs 128 --draws 100"

says() { # NAME PATTERN [FILE]
  file_says "${3:-out}" "$2" 2>said
  result=$?
  [ "$result" -eq 0 ] || cp said why
  judge "$1" $result
}
sense() { # STATUS NAME WORDS...
  status=$1 name=$2
  shift 2
  # shellcheck disable=SC2086
  run "$status" "$name" sensitivity $few "$@"
}
proves() { # NAME WORDS...: its JSON is valid and verifies
  name=$1
  shift
  sense 0 "$name" --format json -o it.json "$@"
  /usr/bin/python3 -W ignore -m jsonschema -i it.json "$root/data/schema/sensitivity.schema.json" >why 2>&1
  judge "$name is valid" $?
  "$plenary" verify it.json >why 2>&1
  judge "$name verifies" $?
}

# ---- For people ----

sense 0 "everything" --proposal terrorism "$protocol"
says "the answer first" 'One at a time .* matters most: (from|with|at) .* the chance of adoption'
says "what would have to be true" 'It fails .*when|No box'
says "what an index is" 'An index is the share of the outcome'
says "interaction" 'is interaction'
says "who the ids are" 'CPV: Cabo Verde'
grep -B1 '^What would have to be true$' out | head -n 1 | grep -q '^$'
judge "what would have to be true has a heading of its own" $?
says "the rule is turned" 'the rule +two-thirds'
[ "$(wc -L <out)" -le 80 ]
judge "no line is wider than 80" $?
sense 0 "in votes" --method tornado --outcome margin --proposal terrorism "$protocol"
says "the margin" 'the margin in votes runs'
! grep -q 'Sobol' out
judge "one method alone" $?
sense 0 "talks" --method tornado --outcome 'position scope' "$package"
says "the forecast" "AFRICA's position matters most: from .* the forecast on scope runs from"
says "nothing is drawn" 'in which nothing is drawn'
says "by which method" 'bargain by condorcet'
says "in which unit" 'offences, on a scale from 0 .* to 10'
says "how far off" 'off by about a quarter of their scale'
! grep -q 'Rule as stated' out && ! grep -q 'as doubtful as' out
judge "no rule, and no doubt, that plays no part" $?
sense 0 "a dial that is not monotone" --method tornado --outcome adopted --study bargain "$package"
says "both its ends are lower" "AFRICA's position on scope +1.3 +8.7 +26% +32% +both lower"
says "than as stated" 'One at a time; as stated 4[0-9]%; change in points'
sense 0 "two things alone" --only --method sobol --vary 'position EU=20..80' \
  --vary 'rule=simple-majority-present-voting|two-thirds-present-voting' --proposal terrorism "$protocol"
says "their two" "EU's position"
! grep -q NARROW_LIST out
judge "nothing that is stated" $?
sense 0 "a record, one vote turned" --method tornado --only --vary 'vote IND=Y|N' "$root/scenarios/res-74-247"

sense 0 "what is not told apart" --method sobol --outcome protocol "$protocol"
says "is said not to be" 'not told apart from'
! grep -Eq ' -[0-9]+\.[0-9]+ | 0\.00  ' out
judge "no share is below nothing" $?

# ---- For programs ----

proves "all methods" --proposal terrorism "$protocol"
proves "a tornado" --method tornado "$package"
proves "screening" --method morris --outcome 'position entry' --talks nash "$package"
proves "a record" --method tornado --vary 'vote IND=Y|N|A' --outcome margin "$root/scenarios/res-74-247"
proves "what fails" --method prim --fails 'above 0.5' --vary 'position EU=0..100' --set 'position RUS=50' \
  --proposal terrorism "$protocol"
for threads in 1 3; do
  sense 0 "$threads threads" --threads "$threads" --format json --proposal terrorism -o "$threads.json" "$protocol"
done
cmp 1.json 3.json >why 2>&1
judge "the same bytes for any number of threads" $?
for table in tornado screening indices dials; do
  sense 0 "table $table" --proposal terrorism --format csv --table "$table" "$protocol"
  [ "$(wc -l <out)" -gt 5 ]
  judge "table $table has rows" $?
done
sense 0 "another seed" --seed 2 --format json --proposal terrorism -o other.json "$protocol"
! cmp -s 1.json other.json
judge "another seed is another sample" $?
sense 0 "a page" --format html --proposal terrorism -o page.html "$protocol"
grep -q 'tornado' page.html && grep -q 'indices' page.html && grep -q 'screening' page.html
judge "the page has the drawings" $?
run 0 "the page verifies" verify page.html

# ---- Sentences that must be true ----

run 0 "the help" sensitivity --help
says "which proposal is asked about" 'of ratification *the last|of ratification$'
sense 0 "one thing alone" --only --method sobol --vary 'vote IND=Y|N|A' --proposal terrorism "$protocol"
! grep -q interaction out
judge "has nothing to act together with" $?
says "how likely each word is" 'IND.s vote \(Y, N or A, 1 in 3'
sense 0 "the screening" --only --method morris --vary 'position NARROW_LIST=0..60' --proposal terrorism "$protocol"
says "half its range" 'turned by half its range it moves the chance of adoption by [0-9.]{1,4} points'
sense 0 "a vote that changes nothing" --method tornado --only --vary 'vote FJI=Y|N|A' --outcome adopted "$root/scenarios/res-74-247"
says "from one word to another" "FJI's vote +Y +A "
! grep -q 'than chance' out
judge "of a record, which has none" $?
sense 0 "the margin of a record" --method tornado --only --vary 'vote IND=Y|N' "$root/scenarios/res-74-247"
says "is what is asked about" 'What matters for the margin in votes'
sense 0 "dates" --outcome force --method tornado "$protocol"
says "in months" 'change in months'
says "of the middle draw" 'of the middle draw'
says "what a tie is" 'tie: how far'
[ "$(wc -L <out)" -le 80 ] && ! grep -Eq '^ {30,}[+-]' out
judge "a table of dates fits" $?
sense 0 "the chance to be in force" --outcome comes --method tornado "$protocol"
says "as a chance" 'the chance to be in force is (<|>)?[0-9]+%'
sense 0 "a protocol's day" --outcome protocol --method tornado "$protocol"
says "if it is adopted" "the day of the protocol's force if adopted"
says "how likely that is" 'it is adopted in [0-9]+% of the draws'
says "where it is rarely so" "SPONSORS_74_247's position +23 +93 +rare"
says "which matters most" 'the protocol is adopted in <1% of the draws, too few for a day'
[ "$(wc -L <out)" -le 80 ]
judge "whose tables fit" $?
proves "a protocol's day, its chance beside it" --outcome protocol --method tornado "$protocol"
sense 0 "a protocol that is late" --outcome protocol --method prim --fails 'after 2037.25' "$protocol"
says "in months" 'after March 2037'
[ "$(wc -L <out)" -le 80 ]
judge "in no wider a table" $?
proves "a number of parties" --outcome parties --method tornado "$protocol"
proves "talks without a vote" --method tornado --only --vary 'salience DEU=0..100' "$root/scenarios/emission-1994"
sense 0 "a normal is cut to the issue's scale" --only --method tornado --outcome 'position scope' \
  --vary 'position scope:EU=6±5' "$package"
! grep -q '?' out
judge "so that every run has an answer" $?

sense 0 "nothing is stated" --only --method tornado --vary 'vote FRA=Y|N' "$root/scenarios/eu-council"
says "so it is no forecast" 'no forecast of the question'
sense 0 "a record's electorate" --only --method tornado --outcome yes --vary 'position EU=20..80' "$root/scenarios/res-74-247"
sed -n 3p out | grep -q '^This is no forecast of the question'
judge "what it is not stands first" $?
says "what the record is" 'On record it was adopted: 79 yes, 60 no, 33 abstaining, 21 absent'

# ---- A sweep's runs ----

cat >plan.csv <<END
key,value,range
scenario,$protocol,
proposal,terrorism,
study,project,
design,latin,
runs,200,
draws,100,
vary,position NARROW_LIST,0..100
vary,position EU,0..100
END
run 0 "a sweep" sweep plan.csv -o sweep.db
run 0 "of a store" sensitivity --store sweep.db "$protocol"
says "what goes with it" "What goes most with the chance of adoption: NARROW_LIST's position: rank correlation"
run 0 "a store's JSON" sensitivity --store sweep.db --format json -o store.json "$protocol"
/usr/bin/python3 -W ignore -m jsonschema -i store.json "$root/data/schema/sensitivity.schema.json" >why 2>&1
judge "a store's JSON is valid" $?
run 0 "a store's JSON verifies" verify store.json
/usr/bin/python3 -c 'import json, sys
sides = json.load(open("store.json"))["discovery"]["sides"]
sys.exit(0 if any(side["stated_word"] == "20" for side in sides) else 1)' >why 2>&1
judge "where the scenario stands is said of a store's boxes" $?
run 0 "prim is what a store is for" sensitivity --store sweep.db --method prim "$protocol"
run 2 "other methods make runs" sensitivity --store sweep.db --method sobol "$protocol"
run 2 "no date of a chance" sensitivity --store sweep.db --fails 'before 2030' "$protocol"
run 2 "a store has its runs" sensitivity --store sweep.db --draws 50 "$protocol"
says "why not" 'of no use with --store' why
run 2 "another scenario's store" sensitivity --store sweep.db "$package"
says "whose it is" 'protocol-offences' why

cat >grid.csv <<END
key,value,range
scenario,$protocol,
proposal,terrorism,
study,project,
design,grid,
draws,100,
vary,position NARROW_LIST,0..100/8
vary,position EU,0..100/8
END
run 0 "a grid" sweep grid.csv -o grid.db
run 0 "of all of it" sensitivity --store grid.db "$protocol"
! grep -q 'corner' out && ! grep -Eq '[0-9] to [0-9.]+$' out
judge "a grid is no sample" $?
run 0 "a part of it" sweep grid.csv --shard 1/2 -o part.db
run 0 "of a part" sensitivity --store part.db "$protocol"
says "which is a corner" 'a corner of the grid, not all of it'
sed 's/^design.*/design,grid,/; s|/8|/2|' grid.csv >few.csv
run 0 "four runs" sweep few.csv -o few.db
run 0 "of four runs" sensitivity --store few.db "$protocol"
says "which tell nothing" '4 runs are too few to tell what goes with the chance of adoption'

# ---- What is refused ----

sense 2 "a record" "$root/scenarios/res-74-247"
says "nothing is uncertain" 'a record states nothing that is uncertain' why
sense 2 "an unknown outcome" --outcome adoptd --proposal terrorism "$protocol"
says "a near miss" 'did you mean adopted' why
sense 2 "no range" --vary 'position EU' "$protocol"
says "what was expected" 'expected WHAT=RANGE' why
sense 2 "a range upside down" --vary 'position EU=60..20' "$protocol"
sense 2 "an unknown state" --vary 'position FRX=20..60' --proposal terrorism "$protocol"
says "who was meant" 'did you mean' why
for study in "--proposal terrorism" "--proposal terrorism --method prim"; do
  # shellcheck disable=SC2086
  sense 2 "a range beyond the scale" --only --vary 'position NARROW_LIST=60..130' $study "$protocol"
  says "the scale" 'from 0 to 100' why
done
sed 's/NARROW_LIST,0..100/NARROW_LIST,60..130/' plan.csv >beyond.csv
"$plenary" sweep beyond.csv -o beyond.db >out 2>why
[ $? -ge 2 ] && [ ! -e beyond.db ] && grep -q '100' why
judge "a plan beyond the scale is refused before the first run" $?
sense 2 "an issue that is none" --outcome 'position scop' "$package"
says "which was meant" 'did you mean position scope' why
sense 2 "a date of a chance" --fails 'before 2030' --proposal terrorism "$protocol"
says "what a chance is" 'a number from 0 to 1' why
sense 2 "a level" --level 20 "$protocol"
sense 2 "an interest" --fails 'beneath 3' "$protocol"
sense 2 "only, and nothing" --only --proposal terrorism "$protocol"
sense 2 "a method" --method mories "$protocol"
says "which one" 'did you mean morris' why

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
