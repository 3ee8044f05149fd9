#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Talks of other programs in and out: what is written passes plenary check, comes out as it went
# in, and is written whole or not at all; what a format cannot hold is said; what is hostile is
# refused in time.  The real samples are read where they are (PLENARY_REFERENCE); else that is
# skipped.
# Usage: import.sh PLENARY SOURCE_ROOT, with PLENARY_DATA set
set -u
plenary=$(realpath "$1") root=$(realpath "$2")
. "$(dirname "$0")/judge.sh"
cd "$tmp" || exit 1

says() { # NAME FILE WORDS
  grep -q -F -e "$3" "$2"
  judge "$1: \"$3\" in $2" $?
}

# In and out again, byte for byte; and in again, the same scenario.
around() { # FORMAT FILE
  base=$(basename "$2")
  run 0 "import $1 $2" import "$1" "$2" "in-$base"
  says "import $1 $2" out "in-$base is written and passes plenary check"
  run 0 "check in-$base" check --quiet "in-$base"
  mkdir -p again
  run 0 "export $1 in-$base" export "$1" -o "again/$base" "in-$base"
  [ ! -s why ]
  judge "nothing of $base is lost" $?
  run 0 "import again/$base" import "$1" "again/$base" "again-$base"
  diff -r "in-$base" "again-$base" >why
  judge "$base in, out and in again" $?
}

# ---- Made up ----

sh "$root/tests/talks/decide.sh" >copenhagen.csv
around decide copenhagen.csv
cmp copenhagen.csv again/copenhagen.csv >why
judge "copenhagen comes out as it went in" $?
grep -q '^Newtreaty,USA1,10,90,0.26,' in-copenhagen.csv/actors.csv
judge "positions, saliences and powers are kept" $?

# With semicolons, decimal commas and double quotes it is the same scenario.
sed "s/\\t/;/g; s/\\([0-9]\\)\\.\\([0-9]\\)/\\1,\\2/g; s/'/\"/g" copenhagen.csv >commas.csv
run 0 "import commas.csv" import decide --title copenhagen --source copenhagen.csv commas.csv commas
says "decimal commas" out "Decimal commas are read as decimal points."
diff -r in-copenhagen.csv commas >why
judge "semicolons and decimal commas" $?

# The samples that README names, and what a vote on imported talks still lacks.
for format in ktab bdm decide; do
  run 0 "the sample of $format" import "$format" "$root/tests/talks/$format.csv" "sample-$format"
  says "the sample of $format" out "--then vote cannot"
  run 0 "bargain over the sample of $format" bargain "sample-$format"
done
run 3 "a vote on the stand-in day" bargain --then vote sample-ktab
says "a vote on the stand-in day" why "or the true day as as_of in scenario.csv where it is a stand-in"
grep -q '^about,"The file states no day: .* talks\. A made-up sample, three states' sample-ktab/scenario.csv
judge "whole sentences, one after the other" $?
sed -i 's/^as_of,.*/as_of,2026-01-01/' sample-ktab/scenario.csv
sed -i '1s/,to,/,to,reference,/; 2,$s/,0,100,/,0,100,0,/' sample-ktab/issues.csv
run 0 "a vote once these are stated" bargain --then vote sample-ktab

printf 'Oil; scen 0 ,"Made up, of two", 2, 1, \nActor,Description,Influence,Oil Position,Oil Salience, \nAB, Someone,  100.0, 30,24.5, \nUSA,US Gov,8,100,50\n' >oil.csv
around ktab oil.csv
printf '\357\273\277position,ACTOR,Salience,Capability\r\n4,Netherlands,80,.08\r\n10,UK,90,.16\r\n7,"Greece, of course",70,.08\r\n' >emission.csv
around bdm emission.csv
says "a scale that is found" out "its ends are the least and the greatest position"

# Beside saliences of 60 and 80 one of 0.5 would not be read again: all go back to 0 to 1.
printf 'Actor,Capability,Position,Salience\na,1,1,0.005\nb,1,2,0.6\nc,1,9,0.8\n' >small.csv
around bdm small.csv
cmp small.csv again/small.csv >why
judge "small saliences come out as they went in" $?

# Saliences go out on the scale on which they came in, and names of issues as they were.
printf 'Actor,Capability,Position,Salience\na,1,1,0.5\nb,1,9,1\n' >ones.csv
around bdm ones.csv
cmp ones.csv again/ones.csv >why
judge "saliences of 0 to 1 come out as they went in" $?
printf '#A\tFr\n#A\tDe\n#P\ta b\n#P\ta:b\n#P\ta-b\n#D\tFr\ta b\t2\t50\t.4\n#D\tDe\ta:b\t8\t60\t.4\n#D\tDe\ta-b\t8\t60\t5\n' >names.csv
run 0 "names of issues" import decide names.csv names
says "names of issues" out 'The id of the issue "a b" is a-b-2.'
run 0 "names of issues, out, with a power above 1" export decide names
says "names of issues, out" out "'#D'	'De'	'a:b'	8.0	60.0	0.4"
says "names of issues, out" out "'#P'	'a-b'"
says "a limit of others" why "plenary: note: 1 power is above 1, which some programs of this format refuse"

# ---- Whole or not at all ----

run 1 "a folder that is there" import bdm emission.csv in-emission.csv
says "a folder that is there" why "expected a folder that is not there yet"
run 1 "no folder above it" import bdm emission.csv nowhere/talks
printf 'Actor,Capability,Position,Salience\nA,x,1,2\n' >faulty.csv
run 3 "a faulty file" import bdm faulty.csv talks
says "a faulty file" why 'faulty.csv:2:3: the capability is "x"; expected a number from 0 to 1e12'
says "a faulty file" why '1 fault; nothing was written'
run 3 "no file" import bdm absent.csv talks
run 2 "no format" import bmd emission.csv talks
says "no format" why 'unknown format "bmd"; expected ktab, bdm or decide; did you mean bdm?'
run 2 "no day" import bdm --as-of 2009-02-30 emission.csv talks
run 2 "too few words" import bdm emission.csv
printf 'Capability,Position,Salience,Actor\n1,10,.5,abcdefghijkl\n2,20,.6\n3,30,.7,m\n' >short.csv
run 3 "a row without its last cell, the name" import bdm short.csv talks
says "a row without its last cell" why 'short.csv:3:1: 3 cells; expected 4, as many as columns'
printf "'#A'\t'x'\n'#P'\t'p'\t'One\t''\n" >open.csv
run 3 "an apostrophe that is never closed" import decide open.csv talks
says "an apostrophe that is never closed" why "open.csv:2:10: an apostrophe is opened and never closed"
[ ! -e talks ] && [ -z "$(find . -name '.talks*')" ]
judge "nothing is left behind" $?
run 0 "a day, a title, a source" import bdm --as-of 1994-06-01 --title Cars --source 'a paper' emission.csv talks
grep -qx 'as_of,1994-06-01' talks/scenario.csv && grep -qx 'title,Cars' talks/scenario.csv &&
  grep -qx 'source,a paper' talks/scenario.csv && grep -qx 'about,' talks/scenario.csv
judge "as asked" $?

# ---- What is lost ----

run 3 "export with a loss" export bdm in-oil.csv
says "export with a loss" why "bdm cannot hold all of it; expected --lossy"
says "export with a loss" why "the scale of Oil, from 0 to 100"
[ ! -s out ]
judge "nothing is written" $?
run 0 "export --lossy" export bdm --lossy in-oil.csv
says "export --lossy" why "plenary: lost: the scale of Oil"
says "export --lossy" out "AB,100,30,24.5"
run 3 "no talks" export decide "$root/scenarios/classroom"
says "no talks" why "classroom has no talks; expected issues.csv and actors.csv"

# ---- Hostile ----

head -c 50000000 /dev/zero | tr '\0' a >long.csv
for format in ktab bdm decide; do
  run 3 "a line of 50 MB as $format" import $format long.csv talks2
done
awk 'BEGIN { print "#A\tx\n#P\tp"; for (i = 0; i < 1000000; i++) print "#D\ty\tq\t1\t.5\t1" }' >many.csv
run 3 "a million rows" import decide many.csv talks2
says "a million rows" why "more than 19000 positions; expected fewer"
awk 'BEGIN { for (i = 0; i < 1000; i++) print "#A\tactor " i; for (k = 0; k < 19; k++) print "#P\tissue " k
             for (i = 0; i < 1000; i++) for (k = 0; k < 19; k++) print "#D\tactor " i "\tissue " k "\t" (i * k) % 97 "\t0.5\t1" }' >large.csv
run 0 "as large as can be" import decide large.csv large
run 0 "as large as can be, out" export decide -o large2.csv large
run 0 "as large as can be, again" import decide --title large --source large.csv large2.csv large2
diff -r large large2 >why
judge "as large as can be comes back" $?

# ---- The real ones ----

reference=${PLENARY_REFERENCE:-}
if [ -n "$reference" ] && [ -r "$reference/ktab_soe_policy.csv" ]; then
  cp "$reference/ktab_soe_policy.csv" "$reference/exchange_copenhagen.csv" .
  around ktab ktab_soe_policy.csv
  around decide exchange_copenhagen.csv
  cmp exchange_copenhagen.csv again/exchange_copenhagen.csv >why
  judge "the real file comes out as it went in" $?
else
  echo "skipped: the samples of other programs (set PLENARY_REFERENCE to their folder)"
fi

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
