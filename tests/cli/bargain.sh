#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# plenary bargain: the check numbers of the literature through the command, nine methods that give
# the same bytes for any number of threads and verify, blocs split and merged, the spread of what is
# uncertain, the outcome put to the vote, and words where there is nothing to bargain for.
# Usage: bargain.sh PLENARY SOURCE_ROOT
set -u
plenary=$(realpath "$1") root=$2
. "$(dirname "$0")/judge.sh"
cd "$tmp" || exit 1
emission=$root/scenarios/emission-1994
methods="compromise median challenge-literal challenge-scholz condorcet nash kalai-smorodinsky exchange spatial"

says() { # NAME PATTERN [FILE]
  tr '\n' ' ' <"${3:-out}" | tr -s ' ' | grep -q -- "$2"
  judge "$1" $?
}
silent() { # NAME PATTERN
  ! { tr '\n' ' ' <out | tr -s ' ' | grep -q -- "$2"; }
  judge "$1" $?
}
table() { # TABLE STATUS NAME WORDS...: the rows of a table, without provenance and heading
  table=$1
  shift
  run "$@" --format csv --table "$table"
  sed 1d out >rows
}
is() { # NAME EXPECTED GOT...: within 1e-6
  awk -v a="$2" -v b="${3:-none}" 'BEGIN { d = a - b; exit !(b != "none" && d * d < 1e-12) }'
  judge "$1: ${3:-none} for $2" $?
}
scenario() { # NAME ISSUES ACTORS: in the folder NAME
  mkdir -p "$1"
  printf 'key,value\nformat,1\ntitle,It\nas_of,2026-12-24\nbody,general-assembly\n' >"$1/scenario.csv"
  printf 'id,title\np1,The whole\n' >"$1/proposals.csv"
  printf 'issue,low,high,from,to,reference,proposal\n%b' "$2" >"$1/issues.csv"
  printf 'issue,who,position,sd,salience,salience_sd,capability,capability_sd,alone\n%b' "$3" >"$1/actors.csv"
}

# A package of three issues on three scales, with everything uncertain and a member that differs.
scenario package \
  'scope,none,all,0,100,20,p1\nsafeguards,none,strict,0,1,.6,p1\nentry,few,many,30,60,40,p1\n' \
  ',EU,,,,,27,3,\n,RUS,,,,,10,4,\n,AFRICA,,,,,40,5,\n,USA,,,,,30,6,\n
scope,EU,15,8,80,5,,,\nsafeguards,EU,.9,.05,95,,,,\nentry,EU,55,4,30,,,,\n
scope,RUS,95,5,90,,,,\nsafeguards,RUS,.1,.1,60,,,,\nentry,RUS,32,3,60,,,,\n
scope,AFRICA,70,15,60,,,,\nsafeguards,AFRICA,.4,.15,40,,,,\nentry,AFRICA,35,5,50,,,,\n
scope,USA,10,10,70,,,,\nsafeguards,USA,.7,.1,80,,,,\nentry,USA,45,5,20,,,,\n
scope,FRA,30,5,70,,,,\n'
sed -i '/^$/d' package/actors.csv
run 0 "the package has no fault" check package

# ---- Check numbers: emission standards, reference F1, F2, F4 ----

outcome_of() { # ROUND: of the table of outcomes
  awk -F, -v r="$1" '$1 == r { print $3 }' rows
}
table issues 0 compromise bargain --method compromise "$emission"
says "the weighted mean" '7.3899556869'
table outcomes 0 "the scholz reading" bargain --method challenge-scholz "$emission"
is "its round 1" 8.415932315426764 "$(outcome_of 1)"
is "its round 2" 9.610859134120188 "$(outcome_of 2)"
is "its round 3" 9.961979590401311 "$(outcome_of 3)"
run 0 "for people" bargain --method challenge-scholz "$emission"
says "it is a replication" 'replication, not a forecast'
says "which depends on the direction" 'direction of the scale'
says "which reading" 'scholz reading, without a reference point'
table outcomes 0 "the literal reading" bargain --method challenge-literal "$emission"
is "its round 1" 9.529952167929899 "$(outcome_of 1)"
run 0 "for people" bargain --method challenge-literal "$emission"
says "which reading" 'literal reading, without a reference point'
run 0 "with a reference point" bargain --method challenge-literal --reference-point package
says "it is told" 'with a reference point\|with the reference point'
table deals 0 "who challenges whom" bargain --method challenge-literal --rounds 1 "$emission"
grep -q ',DNK,years,4.0*,4.09696' rows && grep -q ',GRC,years,7.0*,9.52995' rows
judge "the literal moves" $?
table chances 0 "the election" bargain "$emission"
chance_at() { awk -F, -v p="$1" '$3 == p { sum += $4 } END { print sum }' OFMT=%.9f rows; }
is "the chance of 4" .24594033 "$(chance_at 4)"
is "the chance of 7" .39204622 "$(chance_at 7)"
is "the chance of 10" .36201345 "$(chance_at 10)"
table chances 0 "conditional challengers" bargain --challengers conditional "$emission"
is "the chance of 7, conditional" .41981383 "$(chance_at 7)"
run 0 "in words" bargain "$emission"
says "the forecast is a distribution" '9 times of 10 from 4 to 10'
for law in proportional binary mostly-proportional mixed cubic; do
  for q in 1 2 4 8; do
    for who in uniform conditional incentive; do
      "$plenary" bargain --law $law --exponent $q --challengers $who --draws 0 -f csv package 2>>why |
        grep '^scope' | cut -d, -f16
    done
  done
done | sort -u | wc -l >count
[ "$(cat count)" -eq 60 ]
judge "five laws, four exponents, three challengers: 60 forecasts ($(cat count))" $?
run 0 "with risk" bargain --risk --weights capability "$emission"
scenario two 's,,,0,100,0,p1\n' ',EU,40,,,,,,\n,RUS,60,,,,,,\n'
sed -i 's/^s,,,0,100,0/s,,,0,100,0/' two/issues.csv
run 0 "worst disagreement" bargain --method nash --disagreement worst two

# ---- All methods, formats, threads ----

schema=$root/data/schema/bargain.schema.json
for method in $methods; do
  for format in text csv json; do
    for threads in 1 2 8; do
      "$plenary" bargain --method "$method" --draws 200 --threads $threads -f $format package \
        >"out.$threads" 2>why || echo "exit $?" >>"out.$threads.no"
    done
    [ -s out.1 ] && cmp -s out.1 out.2 && cmp -s out.1 out.8
    judge "$method as $format: the same bytes for 1, 2 and 8 threads" $?
  done
  cp out.1 "$method.json"
  /usr/bin/python3 -W ignore -m jsonschema -i "$method.json" "$schema" >why 2>&1
  judge "$method is valid" $?
  run 0 "$method verifies" verify "$method.json"
done
sed 's/"outcome": [0-9.]*/"outcome": 1.5/' condorcet.json >bad.json
run 4 "a spoilt output does not" verify bad.json
run 0 "a page" bargain --method spatial -f html package
grep -q trajectories out
judge "has the trajectories" $?
for method in $methods; do "$plenary" bargain --method "$method" package 2>>why; done >out
/usr/bin/python3 - out >why <<'PY'
import sys
long = [l for l in open(sys.argv[1], encoding='utf-8') if len(l.rstrip('\n')) > 80 and '/' not in l]
print(''.join(long))
sys.exit(bool(long))
PY
judge "80 columns" $?
! grep -E '(^|[^0-9.])(0|100)%' out >why
judge "no chance is none or sure" $?

# ---- Side by side ----

table methods 0 "compared" bargain --compare package
[ "$(wc -l <rows)" -eq 27 ]
judge "nine methods on three issues" $?
run 0 "options of all are taken then" bargain --compare --law cubic --stay .5 package

# ---- Who is at the table ----

table differing 0 "a member that differs" bargain package
says "is shown" '^scope,FRA,EU,30' rows
table delegations 0 "split" bargain --split EU:FRA package
says "it negotiates" 'FRA,France,state,1' rows
table differing 0 "split" bargain --split EU:FRA package
[ ! -s rows ]
judge "and differs no more" $?
table delegations 0 "dissolved" bargain --split EU package
[ "$(wc -l <rows)" -eq 30 ]
judge "27 members and three others" $?
table delegations 0 "merged" bargain --merge SOUTH=RUS,AFRICA package
grep -q '^SOUTH,' rows && [ "$(wc -l <rows)" -eq 3 ]
judge "are one delegation" $?
run 0 "a position of the merged" bargain --position scope:SOUTH=50 --merge SOUTH=RUS,AFRICA package
table issues 0 "a position" bargain --method compromise --draws 0 --position scope:USA=10 package
cut -d, -f16 rows >same
table issues 0 "none" bargain --method compromise --draws 0 package
cut -d, -f16 rows | cmp -s - same
judge "as stated changes nothing" $?
run 0 "one leaves" bargain --leave USA package
silent "and is gone" 'United States'
run 2 "an unknown one" bargain --position scope:UAS=10 package
says "near miss" 'did you mean USA' why
run 2 "off the scale" bargain --position safeguards:EU=10 package

# ---- What is uncertain ----

table issues 0 "drawn" bargain --method compromise package
grep -q ',draws,' rows
judge "the spread is that of the draws" $?
cp rows one
table issues 0 "another seed" bargain --method compromise --seed 2 package
! cut -d, -f17-24 rows | cmp -s - one
judge "draws others" $?
table spread 0 "no draws" bargain --method compromise --draws 0 package
[ ! -s rows ]
judge "no spread" $?
# Common random numbers: an edit of one issue leaves the spread of the others alone.
table spread 0 "before" bargain --method compromise package
grep '^entry,' rows | cut -d, -f1-5 >before
table spread 0 "after an edit" bargain --method compromise --position scope:RUS=80 package
grep '^entry,' rows | cut -d, -f1-5 | cmp -s - before
judge "other issues draw as before" $?
run 2 "more draws than memory" bargain --draws 1000000 "$root/scenarios/protocol-package"
says "says how many" 'do not fit into memory; expected at most [1-9]' why
run 0 "orders of ties" bargain --method exchange --tie-orders --draws 50 package

# ---- Then vote ----

run 0 "then vote" bargain --then vote package
says "in words" 'Then vote'
says "how it turns with the outcome" 'furthest (95 %)'
says "at the forecast beside it" 'exactly at'
"$plenary" bargain --then vote --draws 200 -f json -o vote.json package
/usr/bin/python3 -W ignore -m jsonschema -i vote.json "$schema" >why 2>&1
judge "the vote is valid" $?
run 0 "the vote verifies" verify vote.json
for threads in 1 8; do
  "$plenary" bargain --then vote --draws 200 --threads $threads package >"out.$threads" 2>why
done
cmp -s out.1 out.8
judge "the same vote for any number of threads" $?
run 0 "under another rule" bargain --then vote --rule two-thirds-present-voting package
says "which decides" 'two-thirds\|two thirds'
# A position is no support: one that wants less than there is prefers what is there.
scenario less 'scope,none,all,0,100,60,p1\n' ',EU,90,,,,1,,\n,GRULAC,90,,,,1,,\n,RUS,10,,,,0.1,,\n'
run 0 "those that want it" bargain --method compromise --then vote less
says "are for it" 'p1 [<>0-9]*% [56][0-9] 1 '
# The outcome is 181/2.1 of 100: EU and GRULAC gain all there is, RUS loses as much.
table vote 0 "support" bargain --method compromise --then vote less
cut -d, -f2,3 rows >adopted
table summary 0 "as stated by hand" project --position EU=100 --position GRULAC=100 --position RUS=0 less
says "is what the vote is told" "$(cut -d, -f2 adopted)" rows
run 0 "no improvement" bargain --method nash --draws 0 --then vote package
says "the reference point stays" 'the reference point stays'
says "and there is nothing to vote on" 'nothing to vote on: p1: the talks end at the reference point'
"$plenary" bargain --method nash --draws 0 --then vote -f json -o unput.json package 2>why
grep -q '"answer": "There is nothing to vote on: p1: the talks end' unput.json
judge "and the JSON says so" $?
/usr/bin/python3 -W ignore -m jsonschema -i unput.json "$schema" >why 2>&1
judge "and is valid" $?
table vote 0 "an empty table" bargain --method nash --draws 0 --then vote package
[ ! -s rows ]
judge "has no rows" $?
scenario tied 's,,,0,100,50,p1\n' ',EU,0,,50,,1,,\n,RUS,100,,50,,1,,\n'
run 0 "a forecast at the reference point that lies at neither end" bargain --then vote tied
says "is put to the vote" 'Then vote: Adoption '
says "but not at the forecast" 'p1 not put (the talks end at the reference point)'
scenario half 's,,,0,100,50,p1\nt,,,0,100,,p1\n' ',EU,0,,50,,1,,\n,RUS,90,,50,,1,,\n'
run 3 "a proposal that can never be put" bargain --then vote half
says "says why" 'has no reference point' why
# What is not put counts for nothing, and what is filled in is said.
"$plenary" bargain --then vote --method nash --draws 100 -f json -o nash.json \
  "$root/scenarios/protocol-package"
/usr/bin/python3 - nash.json <<'EOF'
import json, math, sys
it = json.load(open(sys.argv[1]))["then_vote"]
put = [row for row in it["vote"] if row["overall"] is not None]
unput = [row["proposal"] for row in it["vote"] if row["overall"] is None]
assert put and unput and all(row["not_put"] for row in it["vote"] if row["overall"] is None), it
assert it["answer"].startswith(f"{len(put)} of 4 "), it["answer"]
assert f"not put: {', '.join(unput)} (the talks end at" in it["answer"], it["answer"]
assert all((row["adopted"] is None) == bool(row["not_put"]) for row in it["vote"])
band = {.05: .15, .25: .225, .5: .25, .75: .225, .95: .15}
for row in put:
    chance = {at["change_below"]: at["adopted"] or 0 for at in it["vote_at"]
              if at["proposal"] == row["proposal"]}
    assert math.isclose(row["overall"], sum(band[q] * chance[q] for q in band), abs_tol=1e-3), row
EOF
judge "what is not put enters no count, and the mean over the spread leads" $?
scenario few 'scope,none,all,0,100,60,p1\n' ',EU,90,,,,1,,\n,RUS,10,,,,0.1,,\n'
run 0 "most states have no seat" bargain --method compromise --then vote few
says "it says so at the top" 'Caution: most of those votes are filled in'
says "and how the known are split" 'of the 2[0-9] states whose side follows'
scenario unput 'scope,,,0,100,20,\n' ',EU,40,,,,,,\n,RUS,60,,,,,,\n'
run 3 "no proposal" bargain --then vote unput
says "says what was expected" 'no issue is put as a proposal; expected' why
run 2 "a rule without a vote" bargain --rule consensus package
says "says so" 'of no use without a vote' why
run 2 "a wrong stage" bargain --then vote --stage plenery "$root/scenarios/protocol-package"
says "says so" 'unknown stage' why
run 2 "then what" bargain --then vite package
says "near miss" '"vite"; expected vote; did you mean vote' why

# ---- What nobody states ----

run 0 "nothing stated" bargain two
says "is said" 'Nobody states capability or salience: all count, and care, alike'
run 0 "nothing but an edit" bargain --capability EU=4 two
says "says what the others have" 'Nobody states capability: all but those that were edited count 1'
says "and of the rest" 'Nobody states salience: all care alike'

# ---- Pages are made again ----

run 0 "a page" bargain --then vote --draws 50 --method exchange -f html -o page.html "$root/scenarios/protocol-package"
run 0 "verify it" verify page.html "$root/scenarios/protocol-package"
sed 's/<title>/<title>!/' page.html >changed.html
run 4 "verify it, changed" verify changed.html "$root/scenarios/protocol-package"
run 0 "a backtest's page" backtest bargain -f html -o backtest.html "$root/tests/talks/dossiers.csv"
run 3 "is not verified" verify backtest.html
says "says so" 'pages are not verified of plenary backtest; expected a page of' why
run 3 "an output that is not there" verify absent.csv
says "says so" 'absent.csv: there is no such file; expected an output of plenary' why

# ---- Words ----

run 0 "blanks around a deviation" bargain --draws 0 --position 'scope:EU=20 ± 5' package
run 2 "a position off the scale" bargain --position 'scope:EU=120' package
says "of which issue" '--position of EU on scope is "120"; expected a position from 0 to 100, the scale of scope' why
run 2 "nobody of that name" bargain --leave ATLANTIS package
says "who is there" 'called "ATLANTIS"; expected EU, RUS, AFRICA or USA' why
run 2 "a name for a code" bargain --leave 'Russian Fed' package
says "its code" 'did you mean RUS?' why
run 2 "a state for a bloc" bargain --split USA package
says "the blocs" 'USA is a state, not a bloc; --split expects EU or AFRICA' why
run 2 "a member for a bloc" bargain --split DEU package
says "its bloc" 'DEU is a state, not a bloc; --split expects EU:DEU' why
cp -r package typo
sed -i 's/^scope,EU,/scope,EUU,/; s/^entry,RUS,/entry,Russian Federation,/' typo/actors.csv
run 3 "names off the table" check typo
says "those at the table first" '"EUU"; [^?]*did you mean EU?' out
says "a name" '"Russian Federation"; [^?]*did you mean RUS?' out

run 2 "a wrong method" bargain --method condorset package
says "near miss" 'did you mean condorcet' why
run 2 "another method's option" bargain --stay .5 package
says "says whose it is" 'of no use to the method condorcet; expected --method challenge-literal' why
run 2 "rounds of what has none" bargain --rounds 3 package
says "says so" 'which has none' why
run 2 "a wrong issue" bargain --issue scop package
says "near miss" 'did you mean scope' why
run 0 "one issue" bargain --issue scope package
silent "no other" 'Ratif\|entry:'
run 2 "a wrong law" bargain --law cubik package
run 2 "a wrong exponent" bargain --exponent 3 package
run 3 "a scenario without issues" bargain "$root/scenarios/res-74-247"
says "says so" 'issues.csv' why

# ---- Nothing to bargain for ----

both='s,,,0,100,20,\nt,,,0,100,20,\n'
scenario alone "$both" ',EU,40,,50,,1,,\n'
scenario agreed "$both" ',EU,40,,50,,1,,\n,RUS,40,,20,,2,,\n'
scenario careless "$both" ',EU,40,,0,,1,,\n,RUS,70,,0,,2,,\n'
scenario powerless "$both" ',EU,40,,50,,0,,\n,RUS,70,,20,,0,,\n'
degenerate() { # FOLDER WORDS
  for method in $methods; do
    run 0 "$1 by $method" bargain --method "$method" "$1"
    says "$1 by $method says why" "$2"
    ! grep -i '\bnan\b\|\binf\b' out >why
    judge "$1 by $method: no number from nowhere" $?
  done
}
degenerate alone 'one actor alone'
degenerate agreed 'all stand at one position'
degenerate careless 'every salience is 0'
degenerate powerless 'every capability is 0'
scenario tie 's,,,0,100,,\n' ',EU,40,,50,,1,,\n,RUS,70,,50,,1,,\n'
table issues 0 "a tie" bargain --method median tie
is "the lower of the two" 40 "$(cut -d, -f16 rows)"

# ---- Interrupted ----

interrupt INT 1 bargain --method spatial --draws 1000000 package
[ $got -eq 130 ] && [ ! -s out ] && grep -q 'nothing was written' why
judge "interrupted (exit $got)" $?

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
