#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# plenary whip: what it answers, in every format; that nothing private, nor anything made of it,
# is in what is redacted; the same bytes for any number of threads; what it refuses.
# Usage: whip.sh PLENARY SOURCE_ROOT
set -u
plenary=$1 root=$2
example=$root/scenarios/whip-example
. "$(dirname "$0")/judge.sh"

whip() { # WORDS... : writes $tmp/out
  "$plenary" whip "$@" >"$tmp/out" 2>"$tmp/why"
}

valid() { # FILE
  /usr/bin/python3 -W ignore -m jsonschema -i "$1" "$root/data/schema/whip.schema.json" >"$tmp/why" 2>&1
}

has() { # NAME PATTERN...
  name=$1
  shift
  for pattern in "$@"; do
    tr '\n' ' ' <"$tmp/out" | sed 's/  */ /g' | grep -q -e "$pattern"
    judge "$name: $pattern" $?
  done
}

# ---- What it answers ----

whip "$example"
judge "all lists" $?
has "all lists" 'If put today: no-action' 'given that it is put to a vote' 'Not put where no-action is adopted' \
  'To call first' 'To win over first' 'No earlier roll calls were given' 'half of what an answer told' \
  'years before 15 December 2026' 'assumed at the weakest'
! awk 'length($0) > 200' "$tmp/out" | grep -q . # bytes: a column may take three
judge "in lines" $?
whip --proposal whole "$example"
has "one list" '17 firm or leaning yes, 5 against, 5 abstaining, 5 undecided, 2 without instructions' \
  'What was heard, and what the forecast makes of it' 'The working list' 'PRIVATE' 'more than 99 in 100'
! grep -q -e '100 %' -e ' 0 %' -e '100 in 100' "$tmp/out"
judge "no chance is certain" $?
has "one list" 'Not to be sent around: [0-9]* rows are private' 'needs [0-9]'
whip --proposal whole --board "$example"
has "the board" 'Afghanistan' "Côte d'Ivoire" 'Zimbabwe'
whip --proposal no-action --say KEN=yes "$example"
has "what if" 'What if today were heard: KEN=yes' 'Without what is said'
cp "$tmp/out" "$tmp/said"
whip --say no-action:KEN=yes --proposal no-action "$example" && tail -n 2 "$tmp/out" | grep -q 'no-action:KEN=yes'
judge "the command says what was said" $?
whip --proposal no-action --full "$example" && [ "$(grep -c 'Zimbabwe' "$tmp/out")" -ge 1 ]
judge "every state with --full" $?
for table in summary counts tally calls list states yes likes reliability; do
  whip -f csv --table $table "$example" && head -1 "$tmp/out" | grep -q 'inputs_sha256'
  judge "the table $table" $?
done
[ "$("$plenary" whip -f csv --proposal whole --table states "$example" | wc -l)" -eq 194 ]
judge "a row a state" $?
"$plenary" whip -f csv --proposal whole --table states --board "$example" | cut -d, -f2 | sed -n '2,5p' |
  tr '\n' ' ' | grep -q '^AFG ALB DZA AND '
judge "in the order of the board" $?

# ---- The schema ----

for words in "$example" "--redact --board $example" "--proposal whole --say whole:IND=yes $example" \
  "--rule two-thirds-present-voting $example" "$root/scenarios/cosp-rules"; do
  # shellcheck disable=SC2086 # words
  whip -f json -o "$tmp/out.json" $words && valid "$tmp/out.json"
  judge "valid: $words" $?
done
for spoil in 's|plenary-whip/1|plenary-whip/2|' 's/"why": "tells"/"why": "told"/' 's/"redacted": false/"redacted": 0/' \
  's/"bin": "all"/"bin": "most"/'; do
  "$plenary" whip -f json "$example" | sed "$spoil" >"$tmp/bad.json"
  ! valid "$tmp/bad.json"
  judge "$spoil: not valid" $?
done

for words in "" "--redact --board" "--proposal whole --say IND=yes --draws 2000"; do
  # shellcheck disable=SC2086 # words
  whip -f json -o "$tmp/out.json" $words "$example" && "$plenary" verify "$tmp/out.json" "$example" >"$tmp/why" 2>&1
  judge "verifies: $words" $?
done

# ---- Redacted ----

# The same list with private rows, and without: every text of them is a word of its own.
mkdir -p "$tmp/with" "$tmp/without"
for side in with without; do
  cp -r "$example" "$tmp/$side/list"
  printf 'proposal,state,answer,heard,level,source,instruction,ask,caller,sponsor,private,status,note\n' \
    >"$tmp/$side/list/whip.csv"
  cat >>"$tmp/$side/list/whip.csv" <<'END'
whole,NOR,yes,2026-12-04,ambassador,heard in the hall,received,stay,Ambassador,yes,,assumed,
no-action,KEN,leans-no,2026-12-03,expert,heard in the hall,awaited,vote no,First Secretary,,,assumed,
END
done
cat >>"$tmp/with/list/whip.csv" <<'END'
no-action,BRA,yes,2026-11-03,zq-level,zq-source,zq-instruction,zq-ask,zq-caller,,yes,reported,zq-note
no-action,IND,no,2026-12-01,zq-level2,zq-source2,zq-instruction2,"zq-ask, 2",zq-caller2,yes,yes,assumed,"zq ""note"" 2"
whole,CHN,leans-no,2026-12-02,zq-level3,zq-source3,zq-instruction3,zq-ask3,zq-caller3,,yes,assumed,zq-note3
END

# The number left out is said; it is all that may differ.
blank() { # FILE
  sed -e 's/Redacted: [0-9]* private rows* w[aeris]* left out/Redacted/' \
    -e 's/"rows_left_out": [0-9]*/"rows_left_out": n/' "$1"
}
alike() { # NAME WORDS...
  name=$1
  shift
  "$plenary" whip --redact --draws 2000 "$@" "$tmp/with/list" >"$tmp/a" 2>&1 &&
    "$plenary" whip --redact --draws 2000 "$@" "$tmp/without/list" >"$tmp/b" 2>&1
  judge "$name: redacted" $?
  ! grep -q -i -e 'zq' -e '2026-11-03' "$tmp/a"
  judge "$name: no private text" $?
  ! grep -q -e "$(sha256sum "$tmp/with/list/whip.csv" | cut -c1-12)" "$tmp/a"
  judge "$name: no hash of it" $?
  blank "$tmp/a" >"$tmp/c" && blank "$tmp/b" | cmp -s - "$tmp/c"
  judge "$name: as if they had never been" $?
}
alike text
alike full --full
alike board --board
alike "one list" --proposal no-action
alike "what if" --say no-action:FRA=no
alike json -f json
for table in summary counts tally calls list states yes likes reliability; do
  alike "csv $table" -f csv --table $table
done
"$plenary" whip --redact "$tmp/with/list" | grep -q 'Redacted: 3 private rows were left out'
judge "how many were left out is said" $?
"$plenary" whip -f json --redact "$tmp/with/list" | grep -q '"sha256": "redacted"'
judge "the list's hash is redacted" $?
"$plenary" whip --full "$tmp/with/list" | grep -q 'zq-ask'
judge "it is there for its own delegation" $?
! "$plenary" whip -f json "$tmp/with/list" | grep -v -e zq | cmp -s - "$tmp/a"
judge "and counts" $?

# ---- Earlier roll calls ----

"$plenary" simulate "$root/data/positions/s69-73" --roll-calls 200 --sessions 5 --first-session 76 -o "$tmp/votes.csv"
whip --history "$tmp/votes.csv" --proposal whole "$example"
judge "with earlier roll calls" $?
has "with earlier roll calls" 'Earlier roll calls that it resembles' 'In the mixture the electorate has the power'
whip -f json -o "$tmp/out.json" --history "$tmp/votes.csv" "$example" && valid "$tmp/out.json"
judge "valid with earlier roll calls" $?

# ---- The same bytes ----

"$plenary" whip -f json --threads 1 "$example" >"$tmp/one"
for n in 2 8; do
  "$plenary" whip -f json --threads $n "$example" | cmp -s - "$tmp/one"
  judge "$n threads" $?
done
! "$plenary" whip -f json --seed 2 "$example" | cmp -s - "$tmp/one"
judge "another seed" $?

# ---- What it refuses ----

refuse() { # STATUS MESSAGE WORDS...
  status=$1 message=$2
  shift 2
  whip "$@"
  [ $? -eq "$status" ] && grep -q "$message" "$tmp/why" && [ ! -s "$tmp/out" ]
  judge "refused: $message" $?
}
refuse 2 'did you mean whole?' --proposal whol "$example"
refuse 2 'did you mean FRA?' --say whole:FRX=yes "$example"
refuse 2 'did you mean leans-yes?' --say whole:FRA=leansyes "$example"
refuse 2 'not counted here' --proposal whole --say no-action:FRA=yes "$example"
refuse 2 'unknown rule' --rule none "$example"
refuse 2 'counts weights' --rule eu-council-qualified "$example"
refuse 2 'did you mean s70-74?' --electorate s70-75 "$example"
refuse 2 '\-\-draws' --draws 1 "$example"
refuse 2 'something is missing'
refuse 3 'nothing is left to be voted' "$root/scenarios/res-74-247"

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
