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
! grep -l '\[assumed: ' protocol-offences/cards.html cosp-rules/cards.html
judge "no card holds an assumption" $?
grep -q 'holds no statement of yours' res-74-247/cards.html && grep -q 'Of [0-9]* of your members the record holds no position' protocol-offences/cards.html
judge "a card says what is not on record" $?
grep -q 'Not for younger classes' protocol-offences/guide.html && ! grep -q 'Not for younger classes' classroom/guide.html
judge "younger classes are warned of" $?
[ ! -e protocol-offences/after.html ] && [ -e res-74-247/after.html ]
judge "cards for after the vote only where there was one" $?

# The same bytes; replaced only when asked, and only a kit.
"$plenary" kit -o again "$root/scenarios/res-74-247" >out && diff -r res-74-247 again
judge "the same bytes" $?
refused 1 'expected --force' -o again "$root/scenarios/res-74-247"
"$plenary" kit --force --states 30 -o again "$root/scenarios/res-74-247" >out && grep -q -e '--states 30' again/kit.txt
judge "a kit is replaced" $?
mkdir empty && "$plenary" kit -o empty "$root/scenarios/classroom" >out && [ -s empty/kit.txt ]
judge "an empty folder is taken" $?
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
