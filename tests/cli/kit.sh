#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A classroom kit is written whole or not at all, into a folder of its own; it is the same
# bytes every time, holds no script, links only to what is there, and its cards hold nothing
# that an analyst merely assumed.
# Usage: kit.sh PLENARY SOURCE_ROOT, with PLENARY_DATA set
set -u
plenary=$(realpath "$1") root=$(realpath "$2")
. "$(dirname "$0")/judge.sh"
cd "$tmp" || exit 1

refused() { # EXIT WORDS ARGUMENTS...
  want=$1 words=$2
  shift 2
  "$plenary" kit "$@" >out 2>err
  [ $? -eq "$want" ] && [ ! -s out ] && grep -q -e "$words" err
  judge "refused: $*" $?
}

# One kit for each scenario that is shipped, in every size for one.
for scenario in "$root"/scenarios/*/; do
  name=$(basename "$scenario")
  "$plenary" kit -o "$name" "$scenario" >out 2>err && [ ! -s err ] && [ -s "$name/index.html" ]
  judge "a kit of $name" $?
done
for size in 3 6 12; do
  "$plenary" kit --delegations $size -o "d$size" "$root/scenarios/res-74-247" >out &&
    [ "$(grep -c 'class="ballot"' "d$size/ballots.html")" -eq $((size * 2)) ]
  judge "$size delegations" $?
done
for size in 20 35; do
  "$plenary" kit --states $size -o "s$size" "$root/scenarios/res-74-247" >out &&
    [ "$(grep -c 'class="ballot"' "s$size/ballots.html")" -eq $size ]
  judge "$size states" $?
done
"$plenary" new mine >/dev/null && "$plenary" kit -o new-kit mine >out
judge "a kit of a new scenario" $?

# Nothing but what is in the page: no script, no address but of its own files, all there.
! grep -lE '<script|<iframe|<object|<embed|<form|src=|https?://[^ ]*\.(js|css|png)|@import|url\(' ./*/*.html
judge "no script and nothing from elsewhere" $?
for folder in */; do
  [ -e "$folder/index.html" ] || continue
  sed -n 's/.*href="\([^"#]*\.html\)".*/\1/p' "$folder"/*.html | sort -u | while read -r file; do
    [ -s "$folder/$file" ] || echo "$folder$file"
  done
done >dangling
[ ! -s dangling ]
judge "links lead somewhere" $?
for file in */*.html; do grep -q "Content-Security-Policy.*default-src &#39;none&#39;" "$file" || echo "$file"; done >open
[ ! -s open ]
judge "every page has a policy" $?
! grep -l 'class="source">\(assumed\|reconstructed\|recalled\|disputed\)' protocol-offences/cards.html \
  cosp-rules/cards.html whip-example/cards.html deletions-2024/cards.html res-74-247/cards.html
judge "no card holds an assumption" $?
grep -q 'class="source">assumed' classroom/cards.html
judge "but of members that are made up it does" $?
grep -q 'holds no statement of yours' res-74-247/cards.html && grep -q 'Of your other members nothing is on record' protocol-offences/cards.html
judge "a card says what is not on record" $?
grep -q 'Not for younger classes' protocol-offences/guide.html && ! grep -q 'Not for younger classes' classroom/guide.html
judge "younger classes are warned of" $?
[ ! -e protocol-offences/after.html ] && [ -e res-74-247/after.html ]
judge "cards for after the vote only where there was one" $?

# A vote that the analyst assumes is not the country's, however sure the tally is.
mkdir guessed
cat >guessed/scenario.csv <<'CSV'
key,value
format,1
title,A vote and another
as_of,2024-08-09
body,ad-hoc-committee
CSV
cat >guessed/proposals.csv <<'CSV'
id,title,kind,date,asked_by,record,yes,no,abstain,outcome,earlier,status,source
once,Delete it,deletion,2024-08-08,IRN,partial,23,102,26,rejected,,verified,the record
again,Delete it after all,deletion,2024-08-09,IRN,,,,,,once,assumed,my guess
CSV
cat >guessed/votes.csv <<'CSV'
proposal,state,vote,status,source
once,IRN,Y,inferred,a reading
once,RUS,Y,reported,the press
once,FRA,N,assumed,my guess
CSV
card() { # PIECE STATE: its card, on one line
  tr '\n' ' ' <"guess/$1.html" | sed 's/<article/\n<article/g' | grep "<h3>$2</h3>"
}
for size in 'states 35' 'delegations 12'; do
  rm -rf guess && "$plenary" kit --proposal again --"${size% *}" "${size#* }" -o guess guessed >out 2>err &&
    ! grep -q -e 'my guess' -e 'Asked for by' -e 'asked for this vote' guess/cards.html guess/question.html
  judge "no guess on the cards of $size" $?
done
rm -rf guess && "$plenary" kit --proposal again --states 35 -o guess guessed >out 2>err
card cards France | grep -q '1 vote' && ! card cards France | grep -q 'you voted'
judge "a guessed vote is not on the card" $?
card cards 'Russian Federation' | grep -q 'you voted yes.*class="source">reported: the press'
judge "a reported vote is reported on the card" $?
rm -rf guess && "$plenary" kit --proposal again --delegations 12 -o guess guessed >out 2>err
tr '\n' ' ' <guess/cards.html | grep -q 'your members: 1 yes, 9 not on record[^/]*</span> <small class="source">inferred: a reading<'
judge "an inferred vote is inferred on the card" $?
rm -rf guess && "$plenary" kit --states 35 -o guess guessed >out 2>err &&
  ! grep -q 'my guess' guess/cards.html guess/after.html && card after France | grep -q 'not on record'
judge "nor among what they did" $?
card cards 'Iran[^<]*' | grep -q 'You asked for this vote. .*class="source">verified: the record'
judge "who asked for a vote is on the card where that is on record" $?

# What somebody was told in confidence is not in a kit: not even which file it was.
hash=$(sha256sum <"$root/scenarios/whip-example/whip.csv" | cut -c1-64)
grep -q '^input redacted whip.csv$' whip-example/kit.txt && ! grep -rq "$hash" whip-example
judge "no hash of what was heard" $?

# The same bytes; replaced only when asked, and only a kit.
"$plenary" kit -o again "$root/scenarios/res-74-247" >out && diff -r res-74-247 again
judge "the same bytes" $?
refused 1 'expected --force' -o again "$root/scenarios/res-74-247"
"$plenary" kit --force --states 30 -o again "$root/scenarios/res-74-247" >out && grep -q -e '--states 30' again/kit.txt
judge "a kit is replaced" $?
mkdir empty && place=$(stat -c %i empty)
"$plenary" kit -o empty "$root/scenarios/classroom" >out && [ -s empty/kit.txt ] &&
  [ "$(stat -c %i empty)" = "$place" ] && diff -r empty classroom
judge "an empty folder is taken, and stays the same folder" $?
mkdir here && place=$(stat -c %i here)
(cd here && "$plenary" kit -o . "$root/scenarios/res-74-247" >../out && [ -s index.html ]) &&
  [ "$(stat -c %i here)" = "$place" ] && [ "$(ls -A here)" = "$(ls -A res-74-247)" ]
judge "the current folder is taken, and stays the same folder" $?
(cd here && "$plenary" kit --force -o . "$root/scenarios/protocol-offences" >../out && [ -s index.html ]) &&
  [ "$(stat -c %i here)" = "$place" ] && diff -r here protocol-offences
judge "a kit in it is replaced, and nothing of the old one stays" $?
refused 2 'output has no name; expected a folder' --force -o '' "$root/scenarios/classroom"
(mkdir nothing && cd nothing && ! "$plenary" kit -o '' "$root/scenarios/classroom" 2>../err && [ -z "$(ls -A)" ])
judge "the current folder stays where there is no name" $?
cp -r classroom folder && rm folder/slips.html && mkdir folder/slips.html
refused 1 'something else than a kit' --force -o folder "$root/scenarios/classroom"
echo mine >again/notes.txt
refused 1 'something else than a kit' --force -o again "$root/scenarios/classroom"
[ "$(cat again/notes.txt)" = mine ] && [ -s again/index.html ]
judge "what is somebody's own stays" $?
mkdir other && echo mine >other/file
refused 1 'something else than a kit' --force -o other "$root/scenarios/classroom"
echo mine >file
refused 1 'something else than a kit' --force -o file "$root/scenarios/classroom"
refused 1 'cannot be made' -o nowhere/kit "$root/scenarios/classroom"
refused 2 'expected -o DIR' "$root/scenarios/classroom"
refused 2 'expected 3, 6 or 12' --delegations 5 -o x "$root/scenarios/classroom"
refused 2 'expected 3, 6 or 12' --delegations many -o x "$root/scenarios/classroom"
refused 2 'expected 20 to 35' --states 12 -o x "$root/scenarios/classroom"
refused 2 'exclude each other' --states 20 --delegations 3 -o x "$root/scenarios/classroom"
refused 2 'did you mean breaks' --proposal break -o x "$root/scenarios/classroom"
refused 3 'no such folder' -o x missing
[ ! -e x ] && [ -z "$(find . -name '*.part-*')" ]
judge "nothing is left behind" $?

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
