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
echo before >"$tmp/appended" && "$plenary" replay -o /dev/stdout "$scenario" >>"$tmp/appended" &&
  { echo before && cat "$tmp/plain"; } | cmp -s - "$tmp/appended"
judge "standard output by its name is appended to, not replaced" $?
"$plenary" replay -o /dev/stdout "$scenario" | cmp -s - "$tmp/plain"
judge "nor need it be a file" $?
"$plenary" replay -o /dev/fd/5 "$scenario" 5>"$tmp/five" && cmp -s "$tmp/plain" "$tmp/five"
judge "what is open already" $?
# Devices of its own: never those of the machine, which a fault would replace.
if mknod "$tmp/null" c 1 3 2>/dev/null && echo >"$tmp/null" 2>/dev/null; then
  mknod "$tmp/full" c 1 7
  "$plenary" replay -o "$tmp/null" "$scenario" && [ -c "$tmp/null" ]
  judge "a device is written to" $?
  "$plenary" replay -o "$tmp/full" "$scenario" 2>"$tmp/why"
  [ $? -eq 1 ] && [ -c "$tmp/full" ] && grep -q "/full: cannot be written: No space" "$tmp/why"
  judge "a device that is full" $?
  ln -s null "$tmp/to-null" && "$plenary" replay -o "$tmp/to-null" "$scenario" && [ -L "$tmp/to-null" ] && [ -c "$tmp/null" ]
  judge "a link to a device" $?
fi
# A file at its limit (in blocks of 512 bytes): said in words, and nothing is left of it.
mkdir "$tmp/limited"
# What a coverage build counts would be cut off too, so it goes elsewhere.
(ulimit -f 2 && GCOV_PREFIX=$tmp/counts "$plenary" replay -f html -o "$tmp/limited/page" "$scenario") 2>"$tmp/why"
[ $? -eq 1 ] && grep -q "limited/page: cannot be written: File too large" "$tmp/why" && [ -z "$(ls -A "$tmp/limited")" ]
judge "a file that may not be so large" $?
"$plenary" replay -o "$tmp/no/such/folder" "$scenario" 2>"$tmp/why"
[ $? -eq 1 ] && [ -s "$tmp/why" ]
judge "a folder that is not there" $?
echo keep >"$tmp/keep"
"$plenary" replay -o "$tmp/keep" --set NOBODY=Y "$scenario" 2>/dev/null
[ $? -eq 2 ] && [ "$(cat "$tmp/keep")" = keep ]
judge "nothing is written where there is an error" $?

cp -r "$scenario" "$tmp/mine"
printf 'bundle,edit,who,value\nA,rule,consensus,\n' >"$tmp/mine/edits.csv"
for input in votes.csv scenario.csv edits.csv; do
  cp "$tmp/mine/$input" "$tmp/before"
  "$plenary" replay -o "$tmp/mine/$input" "$tmp/mine" 2>"$tmp/why"
  [ $? -eq 2 ] && cmp -s "$tmp/before" "$tmp/mine/$input" &&
    grep -qE "/$input (holds what the result is made of|is a table of a scenario)" "$tmp/why"
  judge "a table is not written over: $input" $?
done
ln -s led "$tmp/leads" && "$plenary" replay -o "$tmp/leads" "$scenario" && [ -L "$tmp/leads" ] && cmp -s "$tmp/led" "$tmp/plain"
judge "a link that leads nowhere yet" $?
"$plenary" replay -o "$tmp/again" "$scenario" && "$plenary" replay -o "$tmp/again" "$scenario"
judge "a result is" $?

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

# Pages: whole, for a file or another program; printed by what the system has.
"$plenary" replay -f html -o "$tmp/page.html" "$scenario" && head -1 "$tmp/page.html" | grep -q '^<!doctype html>$' &&
  tail -1 "$tmp/page.html" | grep -q '^</html>$'
judge "a page" $?
"$plenary" replay -f html "$scenario" | cmp -s - "$tmp/page.html"
judge "a page to another program" $?
for words in rules bodies "blocs --as-of 2019-12-27" "roster --as-of 2019-12-27 EU"; do
  # shellcheck disable=SC2086 # words
  "$plenary" $words -f html -o "$tmp/list.html" 2>"$tmp/why" && grep -q '<table' "$tmp/list.html"
  judge "a page of $words" $?
done
for name in chromium weasyprint wkhtmltopdf; do
  mkdir "$tmp/$name" && cat >"$tmp/$name/$name" <<END
#!/bin/sh
for word; do case \$word in --print-to-pdf=*) out=\${word#*=} ;; --*) ;; *) last=\$word ;; esac; done
echo "%PDF by $name" >"\${out-\$last}"
END
  chmod +x "$tmp/$name/$name"
  PATH=$tmp/$name "$plenary" replay -f pdf -o "$tmp/$name.pdf" "$scenario" 2>"$tmp/why" &&
    grep -q "by $name" "$tmp/$name.pdf"
  judge "a page printed by $name" $?
done
# fake NAME FOLDER...: a converter of that name in each folder, made of $tmp/script.
fake() {
  name=$1
  shift
  for folder; do
    mkdir -p "$tmp/$folder"
    cp "$tmp/script" "$tmp/$folder/$name" && chmod +x "$tmp/$folder/$name"
  done
}
mkdir "$tmp/none" "$tmp/folders"
printf '#!/bin/sh\nexit 1\n' >"$tmp/script"
fake chromium broken broken-first
fake weasyprint broken
# shellcheck disable=SC2016 # the script expands it
printf '#!/bin/sh\nfor last; do :; done\necho sorry >"$last"\n' >"$tmp/script"
fake wkhtmltopdf broken
cp "$tmp/weasyprint/weasyprint" "$tmp/script"
fake weasyprint broken-first slow-first
# One that does not end, with a child: both hold the pipe open for as long as they live.
cat >"$tmp/script" <<END
#!/bin/sh
exec 9>"$tmp/alive"
echo left >"\$TMPDIR/left"
echo begun >&9
$(command -v sleep) 300 &
wait
END
fake chromium slow slow-first
mkfifo "$tmp/alive"

# print_by FOLDER SECONDS: with what lies there; temporary folders in a place of their own.
print_by() {
  PATH=$tmp/$1 TMPDIR=$tmp/folders PLENARY_PDF_SECONDS=$2 \
    "$plenary" replay -f pdf -o "$tmp/printed.pdf" "$scenario" 2>"$tmp/why"
}
# nothing_left: the pipe has ended, which it does once all that held it are gone, and no
# folder is there.
watch() {
  rm -f "$tmp/printed.pdf" "$tmp/begun"
  timeout 60 cat "$tmp/alive" >"$tmp/begun" &
  watcher=$!
}
nothing_left() { wait "$watcher" && [ -z "$(ls -A "$tmp/folders")" ]; }

print_by none 60
[ $? -eq 1 ] && grep -q 'expected chromium, weasyprint or wkhtmltopdf' "$tmp/why" && [ ! -e "$tmp/printed.pdf" ]
judge "nothing that prints a page" $?
print_by broken 60
[ $? -eq 1 ] && grep -q 'chromium did not print the page: .*; weasyprint did not print the page: ' "$tmp/why" &&
  grep -q 'wkhtmltopdf did not print the page: what it wrote is no PDF' "$tmp/why" && [ ! -e "$tmp/printed.pdf" ]
judge "all that fail" $?
print_by broken-first 60 && grep -q 'by weasyprint' "$tmp/printed.pdf" && [ -z "$(ls -A "$tmp/folders")" ]
judge "the next after one that fails" $?
watch
print_by slow-first 1 && grep -q 'by weasyprint' "$tmp/printed.pdf" && nothing_left
judge "the next after one that does not end" $?
watch
print_by slow 1
[ $? -eq 1 ] && grep -q 'chromium did not print the page: not done after 1 second' "$tmp/why" &&
  [ ! -e "$tmp/printed.pdf" ] && nothing_left
judge "one that does not end" $?

# send SIGNAL SECONDS HOW: sent while the converter that does not end is at it; HOW is what
# env does with the signal, which a shell may have its background ignore.
send() {
  watch
  PATH=$tmp/slow-first:$PATH TMPDIR=$tmp/folders PLENARY_PDF_SECONDS=$2 env "--$3-signal=$1" \
    "$plenary" replay -f pdf -o "$tmp/printed.pdf" "$scenario" 2>"$tmp/why" &
  printer=$!
  for _ in $(seq 300); do
    [ ! -s "$tmp/begun" ] || break
    sleep 0.1
  done
  kill -s "$1" "$printer"
  wait "$printer" 2>/dev/null
}
for signal in HUP INT TERM; do
  send $signal 60 default
  [ "$(kill -l $?)" = $signal ] && [ ! -e "$tmp/printed.pdf" ] && nothing_left
  judge "$signal ends the converter too" $?
done
send HUP 2 ignore && grep -q 'by weasyprint' "$tmp/printed.pdf" && nothing_left
judge "a signal that is ignored" $?

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
