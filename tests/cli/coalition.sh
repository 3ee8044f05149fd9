#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# plenary coalition: what it answers, in every format; that every bound is the value; blocs, who must
# be in; a council with vetoes; the same bytes for any number of threads; what it refuses.
# Usage: coalition.sh PLENARY SOURCE_ROOT
set -u
plenary=$(realpath "$1") root=$(realpath "$2")
scenarios=$root/scenarios
. "$(dirname "$0")/judge.sh"
cd "$tmp" || exit 1

# ---- The answer ----

run 0 "a vote on record" coalition "$scenarios/res-74-247"
file_says out 'res-74-247: 97 of 193 can pass it against all others; the cheapest such 97 are 18 steps'
file_says out 'On record: res-74-247 was adopted \(79 yes, 60 no, 33 abstaining\)'
file_says out 'As they voted \(79 yes, 60 no, 33 abstaining, 21 away\) it passes; to block it takes 10'
file_says out '19 that abstain instead of voting yes, at 19:'
file_says out '97 can block it against all others \(97 of 193 votes\); 70 are enough if the 54'
file_says out 'Proved: of each the bound equals the value'
file_says out 'no set that votes yes is less dear: bound 18 = price 18 after [0-9]+ nodes; nor smaller'
file_says out 'sets of both kinds are not tried'
file_says out 'The pivot is one of 54 at the same price'
file_says out 'verified at the weakest'
! LC_ALL=C.UTF-8 /usr/bin/python3 -c 'import sys; print(*[l for l in open("out", encoding="utf-8") if len(l) > 81])' | grep -q '[a-z]'
judge "in lines" $?

run 0 "two-thirds" coalition --rule two-thirds-present-voting "$scenarios/res-74-247"
file_says out '129 of 193 can pass it against all others'
file_says out '65 can block it against all others'
file_says out '14 more yes, at 28: .* or 21 that abstain instead of voting no, at 21, which is less dear'

run 0 "a vote to come" coalition --proposal terrorism "$scenarios/protocol-offences"
file_says out 'If each gives its likeliest answer \([0-9]+ yes'
file_says out "The projection's chance of adoption: [0-9]+%"
file_says out 'expected to lose [0-9.]+ of their number'
file_says out 'assumed at the weakest'
run 0 "from the talks" coalition --price salience "$scenarios/protocol-package"
file_says out 'from the talks'
run 0 "in full" coalition --full "$scenarios/classroom"
[ "$(grep -c 'or .*EDA' out)" -ge 1 ]
judge "ties are listed" $?
run 0 "fewer than the cheapest" coalition --proposal extremism "$scenarios/protocol-offences"
file_says out 'it takes 21 more yes \(the cheapest are 22\)'
run 0 "nothing stated" coalition "$scenarios/deletions-2024"
file_says out 'On record: article-6-2 was rejected \(23 yes, 102 no, 26 abstaining\); 8 of 193'
file_says out 'Nothing is stated of who stands where'
file_says out "No answer on this question: with the 8 votes on record.* average vote alone \([0-9]+ yes"
sed -n 2p out | grep -q '^On record'
judge "the record first" $?
run 0 "what is on record" coalition -f csv --table seats "$scenarios/deletions-2024"
grep -q '^RUS,.*,Y,' out
judge "Russia's vote is the recorded one" $?
run 0 "adopted without a vote" coalition "$scenarios/adoption-2024"
file_says out 'On record: committee was adopted without a vote; 0 of 193 votes by name'
run 0 "two that point apart" coalition "$scenarios/eu-council"
file_says out 'The two point apart'
run 0 "what if of a recorded vote" coalition --position FRA=100 "$scenarios/res-74-247"
file_says out 'What follows is a what-if'
file_says out 'Price: chance'
run 2 "a record with what if" coalition --position FRA=100 --price record "$scenarios/res-74-247"
file_says why 'the record does not change with --position'

# ---- Blocs, in and out, vetoes ----

run 0 "blocs" coalition --bloc EU --bloc TWO=RUS,CHN --with TWO --without USA "$scenarios/res-74-247"
file_says out 'Must be in: TWO'
file_says out 'May not be in: USA'
run 0 "a bloc of one, and who has no seat" coalition --bloc 'X = FRA, DEU ,USA' --bloc Y=POL --with Y \
  "$scenarios/eu-council"
file_says out 'Of X have no seat here, and are left out: USA\.'
file_says out 'Y has fewer than two votes of its own here and is left alone\.'
file_says out 'Must be in: POL'
run 0 "blocs as data" coalition -f csv --bloc EU --bloc AFRICA --without EU "$scenarios/res-74-247"
! grep -q '^win,[a-z]*,[a-z]*,[0-9]*,EU,' out && grep -q ',AFRICA,54,' out
judge "a bloc that may not be in is not" $?
run 0 "a council with vetoes" coalition "$scenarios/security-council"
file_says out '9 of 15 can pass it'
file_says out '1 can block it against all others \(a veto\); without a veto it takes 7'
file_says out '1 that abstains instead of voting no, at [0-9.]+, which is less dear: USA'
! awk 'length($0) > 80' out | grep -q .
judge "in lines with vetoes" $?
run 0 "a double majority" coalition "$scenarios/eu-council"
file_says out '4 can block it against all others'

# ---- For programs ----

for scenario in res-74-247 classroom protocol-offences security-council; do
  run 0 "as JSON: $scenario" coalition -f json -o $scenario.json "$scenarios/$scenario"
  /usr/bin/python3 -W ignore -m jsonschema -i $scenario.json "$root/data/schema/coalition.schema.json" >why 2>&1
  judge "as published: $scenario" $?
  run 0 "again: $scenario" verify $scenario.json "$scenarios/$scenario"
  /usr/bin/python3 - $scenario.json <<'EOF' >why 2>&1
import json, sys
d = json.load(open(sys.argv[1]))
for a in d["answers"]:
    assert not a["exists"] or (a["proved"] and a["bound"] == a["price"] and a["least"] == a["states"]), a
    if a["exists"]:
        own = [m for m in d["coalitions"] if (m["end"], m["aim"], m["others"], m["set"]) ==
               (a["end"], a["aim"], a["others"], 1)]
        assert abs(sum(m["price"] for m in own) - a["price"]) < 1e-6, a
        assert sum(m["change"] for m in own) == a["states"], a
EOF
  judge "bounds are values, and members add up: $scenario" $?
done
for table in coalitions answers aside order order_blocking seats minorities units; do
  run 0 "the table $table" coalition -f csv --table $table "$scenarios/classroom"
done
for threads in 1 3; do
  run 0 "$threads threads" coalition -f json --threads $threads --proposal terrorism "$scenarios/protocol-offences"
  cp out threads-$threads
done
cmp threads-1 threads-3 >why
judge "the same bytes for any number of threads" $?
run 0 "a page" coalition -f html -o page.html "$scenarios/res-74-247"
grep -q 'is the pivot' page.html
judge "the order is drawn" $?

# ---- What it refuses ----

run 2 "who is both" coalition --with RUS --without RUS "$scenarios/res-74-247"
file_says why 'RUS is both in and out'
run 2 "nobody" coalition --with RUSS "$scenarios/res-74-247"
file_says why 'did you mean RUS'
run 2 "no bloc" coalition --bloc EUU "$scenarios/res-74-247"
file_says why 'unknown state or bloc "EUU"'
run 2 "a bloc of nobody" coalition --bloc X= "$scenarios/res-74-247"
file_says why 'names nobody'
run 2 "a bloc nobody of which sits there" coalition --bloc BRICS "$scenarios/eu-council"
file_says why 'BRICS has no vote in eu-council then'
run 2 "a state as a bloc" coalition --bloc FRA "$scenarios/eu-council"
file_says why 'FRA is a state, which votes as one anyway; expected a bloc, or NAME=FRA,'
run 2 "a bloc twice" coalition --bloc G7 --bloc ' G7' "$scenarios/eu-council"
file_says why 'asked for twice: the bloc "G7"'
run 2 "not a member" coalition --with PSE "$scenarios/res-74-247"
file_says why 'PSE has no vote'
run 2 "no such price" coalition --price costs "$scenarios/res-74-247"
file_says why 'expected one of chance, position, salience, record'
run 2 "no positions" coalition --price position "$scenarios/res-74-247"
file_says why 'there is no price by position'
run 2 "no votes" coalition --price record "$scenarios/whip-example"
file_says why 'there is no price by record'
run 2 "no day" coalition --as-of 2026-13-01 "$scenarios/res-74-247"

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
