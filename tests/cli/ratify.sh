#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# plenary ratify: dates in their order, what is known and what is set is sure, thresholds move the
# dates the right way, the vote goes with what is set, the same bytes for any number of threads,
# outputs that verify, words where there is nothing to go by.
# Usage: ratify.sh PLENARY SOURCE_ROOT
set -u
plenary=$(realpath "$1") root=$(realpath "$2")
. "$(dirname "$0")/judge.sh"
cd "$tmp" || exit 1
export LC_ALL=C
protocol=$root/scenarios/protocol-offences
few="--draws 4000 --seed 7"

says() { # NAME PATTERN [FILE]
  tr '\n' ' ' <"${3:-out}" | tr -s ' ' | grep -qE -- "$2"
  result=$?
  [ "$result" -eq 0 ] || [ "${3:-out}" = why ] || cp "${3:-out}" why
  judge "$1" $result
}
ratify() { # STATUS NAME WORDS...
  status=$1 name=$2
  shift 2
  # shellcheck disable=SC2086
  run "$status" "$name" ratify $few "$@"
}
table() { # TABLE NAME WORDS...: its rows, without the heading
  table=$1
  shift
  ratify 0 "$1: table $table" --format csv --table "$table" --no-vote "$protocol"
  sed 1d out >rows
}
column() { # NAME: of the table in out, its place
  head -1 out | tr , '\n' | grep -nx "$1" | cut -d: -f1
}
date_of() { # EVENT COLUMN WORDS...: from the table of dates
  event=$1 column=$2
  shift 2
  # shellcheck disable=SC2086
  "$plenary" ratify $few --format csv --table dates "$@" >out 2>why
  awk -F, -v e="$event" -v c="$column" \
    'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i } $1 == e { print $at[c] }' out
}
holds() { # NAME AWK-CONDITION, with a and b
  awk -v a="$3" -v b="$4" "BEGIN { exit !(a != \"\" && b != \"\" && ($2)) }"
  judge "$1: $3, $4" $?
}

# ---- For people ----

ratify 0 "the flagship" "$protocol"
says "the treaty's name" 'United Nations Convention against Cybercrime'
says "how many it takes" '40'
says "the article" 'Art\. 65\(1\)'
says "that the clause on protocols is recalled" 'recalled'
says "Qatar's reservations are kept" 'Articles 14-16 and 63'
says "that adopting is not joining" 'not joining|joined|bound'
[ "$(LC_ALL=C.UTF-8 wc -L <out)" -le 80 ]
judge "no line is wider than 80" $?
cp out plain
ratify 0 "in full" --full "$protocol"
[ "$(wc -l <out)" -gt "$(wc -l <plain)" ]
judge "in full it is longer" $?
says "every state is shown" 'URY '

# ---- Dates ----

ratify 0 "dates" --format csv "$protocol"
awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
  { n++; last = ""
    for (i = at["q05"]; i <= at["q95"]; i++) if ($i != "") { if ($i < last) bad = 1; last = $i } }
  END { exit bad || n != 4 }' out
judge "four events, the quantiles of each in their order" $?
awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next } { day[$1] = $at["q50"] }
  END { for (e in day) n++; exit !(n == 4) }' out
judge "each event once" $?
for quantile in q05 q50; do
  deposit=$(date_of last-needed $quantile "$protocol") force=$(date_of in-force $quantile "$protocol")
  [ -n "$deposit" ] && [ "$(date -u -d "$deposit + 90 days" +%F)" = "$force" ]
  judge "$quantile: force $force is the ninetieth day after $deposit" $?
done
early=$(date_of in-force q50 --threshold 30 "$protocol") usual=$(date_of in-force q50 "$protocol")
late=$(date_of in-force q50 --threshold 60 "$protocol")
holds "30 instruments come sooner than 40" 'a < b' "$early" "$usual"
holds "60 come later" 'a < b' "$usual" "$late"
holds "what was, beside it" 'a == b' "$usual" "$(date_of in-force base_q50 --threshold 60 "$protocol")"
holds "nobody is a party before force" 'a <= b' "$(date_of in-force q50 --threshold 60 "$protocol")" \
  "$(date_of conference q50 --threshold 60 "$protocol")"
holds "fewer parties meet sooner" 'a < b' "$(date_of conference q50 --parties 45 "$protocol")" \
  "$(date_of conference q50 "$protocol")"
never=$(date_of in-force never --years 1 "$protocol")
holds "forty do not come within a year or so" 'a > b' "$never" 0.5
[ -z "$(date_of in-force q50 --years 1 "$protocol")" ]
judge "no date stands for what is not likely to come" $?

# ---- Tables ----

for name in dates years states composition terms reservations milestones vote; do
  ratify 0 "table $name" --format csv --table "$name" "$protocol"
  [ "$(wc -l <out)" -gt 1 ]
  judge "table $name has rows" $?
done
ratify 2 "a table that is none" --format csv --table year "$protocol"
says "and which there are" 'years' why
ratify 0 "composition" --format csv --table composition "$protocol"
awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
  $1 == "year" { n++; d = $at["past"] + $at["against"] + $at["other"] - $at["parties"]
    if (d * d > .01) bad = 1; if ($at["parties"] + .001 < last) bad = 1; last = $at["parties"] }
  END { exit bad || n != 26 }' out
judge "the kinds add up to the parties, who are never fewer" $?
ratify 0 "states" --format csv --table states "$protocol"
awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next } $1 == "QAT" { sure = $at["in_force"] }
  $1 == "EUE" { organization = 1 } END { exit !(sure == 1 && !organization) }' out
judge "Qatar has joined; the European Union is no state" $?

# ---- What if ----

ratify 0 "the Union joins on a day" --format csv --table states --set EU=2028-06-30 --set RUS=never "$protocol"
awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
  $1 == "FRA" && ($at["median"] != "2028-06-30" || $at["horizon"] != 1) { bad = 1 }
  $1 == "RUS" && ($at["horizon"] != 0 || $at["median"] != "") { bad = 1 }
  $1 == "FRA" || $1 == "RUS" { n++ } END { exit bad || n != 2 }' out
judge "France then for sure, Russia never" $?
ratify 0 "later edits stand in for earlier ones" --format csv --table states --set EU=never --set FRA=2028-06-30 "$protocol"
awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
  $1 == "FRA" { fra = $at["horizon"] } $1 == "DEU" { deu = $at["horizon"] }
  END { exit !(fra == 1 && deu == 0) }' out
judge "France joins, Germany does not" $?
adopted() { # WORDS...
  # shellcheck disable=SC2086
  "$plenary" ratify $few --format csv --table vote "$@" "$protocol" 2>why | awk -F, '$1 == "adopted" { print $2 }'
}
holds "all vote yes" 'a > .99' "$(adopted --set ALL=Y)" 0
holds "all vote no" 'a < .01' "$(adopted --set ALL=N)" 0
ratify 0 "what changed is said" --set EU=never "$protocol"
says "the edit" 'EU=never'

holds "instruments on record stay" 'a == 2' "$(
  "$plenary" ratify $few --no-vote --format csv --table composition --set ALL=never "$protocol" 2>why |
    awk -F, '$1 == "year" && $2 == 2026 { print $3 }'
)" 0
holds "a threshold that is past has its own day" 'a == b' \
  "$(date_of last-needed q50 --threshold 1 "$protocol")" 2026-02-28
holds "a protocol that needs more than there are is never in force" 'a > .999' \
  "$(date_of protocol never --protocol-threshold 200 "$protocol")" 0
holds "and binds nobody" 'a < .001' "$(
  "$plenary" ratify $few --format csv --table states --protocol-threshold 200 "$protocol" 2>why |
    awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next } $at["bound"] > most { most = $at["bound"] } END { print most + 0 }'
)" 0

# ---- Without a vote ----

ratify 0 "dates alone" --no-vote --format csv "$protocol"
[ "$(grep -c . out)" -eq 4 ]
judge "three events without a vote" $?
holds "the same dates without the vote" 'a == b' "$(date_of in-force q50 --no-vote "$protocol")" "$usual"
ratify 0 "no electorate is old enough" "$root/scenarios/res-73-187"
says "and it says so" 'No vote is forecast.*no electorate'
ratify 2 "a vote set where none is forecast" --set RUS=N "$root/scenarios/res-73-187"
says "what would do" 'sets a vote, and none is forecast; expected a day or never, or an electorate by --electorate' why
ratify 2 "a vote set with --no-vote" --no-vote --set RUS=N "$protocol"
says "and so" 'expected a day or never, or no --no-vote' why
ratify 2 "a tie of nothing" --no-vote --tie 0.3 "$protocol"
says "which is of no use" '\-\-tie is of no use with --no-vote' why

# ---- No business of the conference ----

for name in classroom deletions-2024 eu-council security-council res-74-247; do
  ratify 0 "no vote on $name" --format csv "$root/scenarios/$name"
  [ "$(grep -c . out)" -eq 4 ]
  judge "three events of $name" $?
done
ratify 0 "and why" "$root/scenarios/classroom"
says "it says so" 'No vote is forecast.*proposal whole has been decided; --proposal asks the parties all the same'
ratify 0 "another body" "$root/scenarios/eu-council"
says "which" 'proposal act is before another body \(Council of the European Union\)'
ratify 0 "asked for by name" --format csv --proposal act "$root/scenarios/eu-council"
[ "$(grep -c . out)" -eq 5 ]
judge "it is voted" $?
ratify 0 "a scenario without stages" --format csv "$root/scenarios/protocol-package"
[ "$(grep -c . out)" -eq 5 ]
judge "that all states are to decide is voted" $?
ratify 2 "a vote set" --set FRA=N "$root/scenarios/classroom"
says "what would do then" 'expected a day or never, or a --proposal that the parties are asked' why
ratify 2 "a tie" --tie 0.2 "$root/scenarios/deletions-2024"
says "which is of no use here" '\-\-tie is of no use, as the scenario.s proposal unknown-7 has been decided' why
ratify 0 "made-up members" --format csv --table states --no-vote "$root/scenarios/classroom"
[ "$(sed 1d out | grep -c .)" -eq 195 ]
judge "join no treaty" $?

# ---- Words that are refused ----

ratify 2 "what is deposited already" --set QAT=never "$protocol"
says "since when it is" 'QAT has deposited its instrument already .February 2026.*expected a state that has not, or a vote on the protocol, as QAT=N' why

ratify 2 "an unknown treaty" --treaty hanio "$protocol"
says "a near miss" 'unknown treaty "hanio"; expected .*hanoi.*did you mean hanoi\?' why
ratify 2 "a treaty in force" --treaty budapest "$protocol"
says "since when" 'budapest has been in force since 1 July 2004; expected one that is still to come' why
ratify 2 "an unknown state" --set FRX=never "$protocol"
says "a near miss of it" 'did you mean FRA\?' why
ratify 2 "no such day" --set FRA=2028-02-30 "$protocol"
says "what a day is" '2028-02-30.*expected' why
ratify 2 "a day that is known already" --set FRA=2026-01-31 "$protocol"
says "to what day" 'lies in what is known: the tables say who had joined by 31 July 2026; expected a later day, 2026-08-01 or after' why
ratify 2 "no such word" --set FRA=nevr "$protocol"
says "a near miss of never" 'did you mean .*never' why
ratify 2 "no instruments" --threshold 0 "$protocol"
ratify 2 "too many years" --years 61 "$protocol"
ratify 2 "no such tie" --tie 1.5 "$protocol"
ratify 2 "no such proposal" --proposal extremist "$protocol"
says "a near miss of extremism" 'did you mean extremism\?' why
ratify 0 "another proposal" --proposal extremism "$protocol"

# ---- The same bytes, and verified ----

ratify 0 "one thread" --threads 1 --format json -o one.json "$protocol"
ratify 0 "three threads" --threads 3 --format json -o three.json "$protocol"
cmp -s one.json three.json
judge "the same bytes for any number of threads" $?
/usr/bin/python3 -W ignore -m jsonschema -i one.json "$root/data/schema/ratify.schema.json" >why 2>&1
judge "valid" $?
run 0 "it verifies" verify one.json
sed 's/"threshold": 40/"threshold": 41/' one.json >spoilt.json
run 4 "a spoilt one does not" verify spoilt.json
ratify 0 "what if, in JSON" --threshold 60 --set EU=2028-06-30 --set G77=Y --set RUS=never --tie -0.2 --reluctance 0 \
  --protocol-threshold 20 --parties 50 --years 30 --proposal extremism --format json -o if.json "$protocol"
/usr/bin/python3 -W ignore -m jsonschema -i if.json "$root/data/schema/ratify.schema.json" >why 2>&1
judge "valid too" $?
run 0 "and verifies" verify if.json

# What it would be were support not to matter: by itself, and beside the answer.
apart() { # FIELD: of without_support
  sed -n '/"without_support": {/,/}/p' one.json | sed -n "s/.*\"$1\": \"*\([^\",]*\).*/\1/p"
}
date_of in-force q50 --no-support "$protocol" >alone
apart in_force >beside
cmp -s alone beside && [ -s alone ]
judge "without support: the same date alone as beside" $?
chance=$(apart past_third_conference)
ratify 0 "the block with support" --format csv --table composition "$protocol"
past=$(column past_third)
awk -F, -v k="$past" -v chance="$chance" '$1 == "conference" { found = chance > $k + .1 } END { exit !found }' out
judge "without support the parties of the past treaty block more often" $?
ratify 0 "no-support in JSON" --no-support --format json -o plain.json "$protocol"
grep -q '"no_support": true' plain.json && ! grep -q without_support plain.json
judge "and it is said" $?
run 0 "and verifies" verify plain.json

ratify 0 "no vote, in JSON" --no-vote --format json -o dates.json "$protocol"
/usr/bin/python3 -W ignore -m jsonschema -i dates.json "$root/data/schema/ratify.schema.json" >why 2>&1
judge "valid without a vote" $?
run 0 "verifies without a vote" verify dates.json
ratify 0 "the treaty by name" --treaty hanoi --no-vote --format json -o hanoi.json "$protocol"
run 0 "and that verifies" verify hanoi.json
ratify 0 "a page" --format html --full -o page.html "$protocol"
run 0 "the page verifies" verify page.html
mkdir far
cp -r "$root/data/positions/s69-73" far/fitted
ratify 0 "an electorate of one's own" --electorate far/fitted --format json -o far.json "$protocol"
run 0 "verifies with it" verify far.json far/fitted
echo >>far/fitted/states.csv
run 4 "and not with another" verify far.json far/fitted
file_says one.json '"command": "plenary ratify --seed 7 --draws 4000 protocol-offences"'

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
