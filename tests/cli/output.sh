#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Where results go: a file whole or not at all, a link or a pipe left as it is, and no
# success where nothing could be written.
# Usage: output.sh PLENARY SOURCE_ROOT
set -u
plenary=$1 scenario=$2/scenarios/classroom
. "$(dirname "$0")/judge.sh"

"$plenary" replay "$scenario" >"$tmp/plain"
"$plenary" replay -o "$tmp/file" "$scenario" && cmp -s "$tmp/plain" "$tmp/file"
judge "a new file" $?
echo old >"$tmp/real" && ln -s real "$tmp/link"
"$plenary" replay -o "$tmp/link" "$scenario" && [ -L "$tmp/link" ] && cmp -s "$tmp/plain" "$tmp/real"
judge "a link is followed" $?
mkfifo "$tmp/pipe" && { timeout 20 cat "$tmp/pipe" >"$tmp/piped" & } &&
  "$plenary" replay -o "$tmp/pipe" "$scenario" && wait && [ -p "$tmp/pipe" ] && cmp -s "$tmp/plain" "$tmp/piped"
judge "a pipe is written to" $?
"$plenary" replay -o "$tmp/no/such/folder" "$scenario" 2>"$tmp/why"
[ $? -eq 1 ] && [ -s "$tmp/why" ]
judge "a folder that is not there" $?
echo keep >"$tmp/keep"
"$plenary" replay -o "$tmp/keep" --set NOBODY=Y "$scenario" 2>/dev/null
[ $? -eq 2 ] && [ "$(cat "$tmp/keep")" = keep ]
judge "nothing is written where there is an error" $?

if [ -c /dev/full ]; then
  for words in "replay $scenario" help --version "help replay" rules "check $scenario"; do
    # shellcheck disable=SC2086 # words
    "$plenary" $words >/dev/full 2>"$tmp/why"
    [ $? -eq 1 ] && [ "$(wc -l <"$tmp/why")" -eq 1 ]
    judge "a full disk: $words" $?
  done
fi

escape=$(printf '\033')
"$plenary" check "$tmp/${escape}[31mred" >"$tmp/out" 2>&1
[ $? -eq 3 ] && ! grep -q "$escape" "$tmp/out"
judge "a folder's name cannot move the terminal" $?
"$plenary" "${escape}[31m" >"$tmp/out" 2>&1
[ $? -eq 2 ] && ! grep -q "$escape" "$tmp/out"
judge "nor can a command's" $?
"$plenary" new "$tmp/my vote" >"$tmp/out" && grep -q "plenary check '" "$tmp/out"
judge "a folder with a blank is quoted" $?
"$plenary" replay "$scenario" </dev/null | head -1 >/dev/null
judge "a reader that goes early" $?

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
