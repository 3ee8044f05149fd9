#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# plenary project: the answer first and in 80 columns, no chance shown as none or sure, JSON that
# is valid and verifies, the same bytes for any number of threads, what is wrong said with a near
# miss.
# Usage: project.sh PLENARY SOURCE_ROOT
set -u
plenary=$1 root=$2
. "$(dirname "$0")/judge.sh"
s=$root/scenarios
offences=$s/protocol-offences rules=$s/cosp-rules

project() { # STATUS NAME WORDS...
  status=$1 name=$2
  shift 2
  "$plenary" project --draws 1000 "$@" >"$tmp/out" 2>"$tmp/why"
  [ $? -eq "$status" ]
  judge "$name: exit status $status" $?
}
says() { # NAME PATTERN [FILE]
  tr '\n' ' ' <"${3:-$tmp/out}" | tr -s ' ' | grep -q -- "$2"
  judge "$1" $?
}

# ---- For people ----

project 0 "the offences" "$offences"
sed -n 2p "$tmp/out" | grep -q '^Given that they are put to a vote, '
judge "the answer comes first" $?
says "who could turn it" 'To turn it'
says "the position's table" 'What a position means here.*50: 25% yes, 50% abstain, 25% no'
says "assumed positions are counted" 'positions, [0-9]* of them assumed'
says "the gap to the electorate" '7.0 years before'
says "too few parties" 'may be taken up with 60 parties: 58 are wanting'
says "whom it touches, with its source" 'extremism ([^)]*): Opposition, independent media, religious minorities \[Law Library'
says "the package" 'of the 15 are adopted (9 of 10)'
says "what falls together" 'Stand or fall together most'
says "the other majority" 'at half'
says "the assumption on consensus" 'with the chance 10% (stated); --asks changes it'
! grep -E '(^|[^0-9.])(0|100)%' "$tmp/out" >"$tmp/why"
judge "no chance is none or sure" $?
/usr/bin/python3 - "$tmp/out" >"$tmp/why" <<'END'
import sys
long = [l for l in open(sys.argv[1], encoding='utf-8') if len(l.rstrip('\n')) > 80 and '/' not in l]
print(''.join(long))
sys.exit(bool(long))
END
judge "80 columns, but for addresses" $?

project 0 "one proposal" --proposal drugs "$offences"
says "it is the one asked about" 'Given that it is put to a vote, drugs is'
says "its swing states" 'Swing states'
says "its ways" 'Fewest states, [0-9]*:'
says "what it rests on" 'Rests most on'
says "who is filled in" 'filled in by the electorate'

project 0 "seven deletions" "$s/deletions-2024"
says "what nothing is stated of is no forecast" 'this is no forecast of these questions'
says "the record stands beside" 'article-6-2 rejected (23 yes, 102 no, 26 abstaining)'
says "and it is no reconstruction" 'it is no reconstruction'

# ---- Stages, days, rules, histories ----

project 0 "a conference before anybody consented" --as-of 2020-01-01 --stage conference "$offences"
says "it cannot meet" 'it cannot meet'
project 0 "as of another day" --as-of 2027-01-01 --proposal rules "$rules"
says "is the day of the vote" '1 January 2027'
project 0 "another majority" --rule simple-majority-present-voting --proposal rules "$rules"
says "is the one that decides" 'more than half of those voting'
project 0 "another history" --also s69-73 --proposal drugs "$offences"
says "stands beside the first" 'The other history is the electorate s69-73'
project 0 "a position" --position 'drugs:ALL=97±3' --position drugs:NARROW_LIST=97+-3 --proposal drugs "$offences"
says "turns it" 'almost sure to be adopted'
project 0 "a position said twice" --format csv --position EU=10 --position EU=90 --proposal drugs "$offences"
sed 's/ --position EU=10//' "$tmp/out" >"$tmp/twice"
project 0 "and once" --format csv --position EU=90 --proposal drugs "$offences"
cmp -s "$tmp/out" "$tmp/twice"
judge "is where it was said last" $?
project 0 "pressed" --pressed ALL=1 "$rules"
says "hardly anything passes" 'Pressed as likely as is stated: 0 to 0'

consensus() { # ASKS
  "$plenary" project --draws 1000 --asks "$1" --format csv "$rules" |
    /usr/bin/python3 -c 'import csv, sys
print(*[r["adopted"] for r in csv.DictReader(sys.stdin)])'
}
[ "$(consensus 0 | tr ' ' '\n' | sort -u | wc -l)" -eq 1 ]
judge "where nobody asks, all is adopted by consensus" $?
consensus 5 >"$tmp/rarely"
consensus 100 >"$tmp/always"
/usr/bin/python3 - "$tmp/rarely" "$tmp/always" >"$tmp/why" <<'END'
import sys
a, b = ([float(x) for x in open(f).read().split()] for f in sys.argv[1:])
sys.exit(not (len(a) == 5 and all(x > y - 1e-3 for x, y in zip(a, b)) and sum(a) > sum(b)))
END
judge "the more ask, the fewer pass" $?

# ---- For programs ----

json() { # SCENARIO WORDS...
  scenario=$1
  shift
  project 0 "$scenario as JSON" --format json -o "$tmp/out.json" "$@" "$s/$scenario"
  /usr/bin/python3 -W ignore -m jsonschema -i "$tmp/out.json" "$root/data/schema/project.schema.json" >"$tmp/why" 2>&1
  judge "$scenario is valid" $?
  "$plenary" verify "$tmp/out.json" "$s/$scenario" >"$tmp/why" 2>&1
  judge "$scenario verifies" $?
}
json classroom
json whip-example
json deletions-2024 --proposal unknown-2
json protocol-offences --proposal drugs
one() { # THREADS
  "$plenary" project --draws 1000 --threads "$1" --position 'annual-sessions:EU=40±20' --also s69-73 \
    --seed 7 --format json "$rules" 2>"$tmp/why"
}
one 1 >"$tmp/one.json"
for threads in 2 8; do
  one $threads >"$tmp/many.json"
  cmp "$tmp/one.json" "$tmp/many.json" >"$tmp/why" 2>&1
  judge "the same bytes with $threads threads" $?
done
/usr/bin/python3 -W ignore -m jsonschema -i "$tmp/one.json" "$root/data/schema/project.schema.json" >"$tmp/why" 2>&1
judge "a second history is valid" $?
for spoil in 's|plenary-project/1|plenary-project/2|' 's/"drawn": 0\.[0-9]*/"drawn": 1.0/' \
  's/"answer"/"reply"/' 's/"plenary project /"plenary replay /'; do
  sed "$spoil" "$tmp/one.json" >"$tmp/bad.json"
  ! /usr/bin/python3 -W ignore -m jsonschema -i "$tmp/bad.json" "$root/data/schema/project.schema.json" >"$tmp/why" 2>&1
  judge "$spoil: not valid" $?
done
for table in summary states ways rests_on passed together; do
  project 0 "the table $table" --format csv --table $table --proposal stakeholder-access "$rules"
  [ "$(wc -l <"$tmp/out")" -gt 1 ]
  judge "has rows" $?
done

# ---- What is wrong ----

wrong() { # STATUS MESSAGE WORDS...
  status=$1 message=$2
  shift 2
  project "$status" "$message" "$@"
  says "says so" "$message" "$tmp/why"
}
wrong 2 'unknown proposal "drug"; .* did you mean drugs?' --proposal drug "$offences"
wrong 2 'unknown stage "conferenc"; .* did you mean conference?' --stage conferenc "$offences"
wrong 2 'unknown rule "ahc-two-third"; .* did you mean' --rule ahc-two-third "$offences"
wrong 2 'expected a position of 0 to 100' --position EU=101 "$offences"
wrong 2 'unknown state or bloc' --position XXXX=10 "$offences"
wrong 2 'expected PROPOSAL=PERCENT' --pressed drugs "$offences"
wrong 2 'expected a percentage' --asks most "$offences"
wrong 2 'expected a day' --as-of 2026 "$offences"
wrong 3 'no such folder' --also s1 "$offences"
wrong 3 'counts weights, and the members have none' --rule eu-council-qualified "$rules"
wrong 3 'lies in the window' --electorate s70-74 "$s/res-74-247"
project 0 "in sample, as asked" --electorate s70-74 --in-sample "$s/res-74-247"

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
