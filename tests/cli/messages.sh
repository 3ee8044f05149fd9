#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Every message of the readers of files is provoked by some test: each format string that
# says what was expected is looked for, as a pattern, in the faults that tests/bad and the
# unit tests expect.
# Usage: messages.sh SOURCE_ROOT
set -u
cd "$1" || exit 1
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT

# The string literals of C files, a line each, adjacent ones joined as the compiler does;
# what stands in a call of pln_cell_unknown is marked, as it is part of a message.
literals() {
  awk '
    function flush() { if (have) print (marked ? "unknown\t" : "\t") text; text = ""; have = 0 }
    { source = source $0 "\n" }
    END {
      n = length(source)
      for (i = 1; i <= n; i++) {
        c = substr(source, i, 1)
        if (substr(source, i, 2) == "/*") { i += index(substr(source, i + 2), "*/") + 2; continue }
        if (c == "\047") { i++; if (substr(source, i, 1) == "\\") i++; i++; continue }
        if (c == "\"") {
          have = 1
          for (i++; (c = substr(source, i, 1)) != "\""; i++) {
            if (c == "\\") {
              c = substr(source, ++i, 1)
              c = c == "n" ? "\n" : c
            }
            text = text c
          }
          continue
        }
        if (match(substr(source, i, 40), /^G_G[A-Z0-9]*_FORMAT/)) { text = text "d"; i += RLENGTH - 1; continue }
        if (c ~ /[ \n]/) continue
        flush()
        if (substr(source, i, 17) == "pln_cell_unknown(") { marked = 1; depth = 0 }
        if (c == "(") depth++
        if (c == ")" && --depth == 0) marked = 0
      }
      flush()
    }' "$@"
}

# A format as an extended regular expression.
patterns() {
  sed -e 's/[][().*+?^${}|\\]/\\&/g' -e 's/%[0-9.\]*[a-z]*[dsucg]/.*/g'
}

for file in sim/load/*.c sim/base/csv.c sim/base/table.c; do
  literals "$file"
done >"$tmp/literals"
{
  grep -v '^unknown' "$tmp/literals" | cut -f2- | grep expected | grep -v '^unknown %s'
  grep '^unknown' "$tmp/literals" | cut -f2- | sed -n 'N; s/\n/ "%s"; expected /; s/^/unknown /; p'
} | sort -u >"$tmp/messages"
{
  cat tests/bad/*/expect.txt tests/electorate/*/expect.txt
  cat tests/cli/bad.sh
  for file in tests/unit/test_*.c; do literals "$file" | cut -f2-; done
} >"$tmp/told"

passed=0 failed=0
patterns <"$tmp/messages" >"$tmp/patterns"
while IFS= read -r pattern; do
  if grep -qE -e "$pattern" "$tmp/told"; then passed=$((passed + 1)); else
    failed=$((failed + 1))
    echo "no test provokes: $pattern"
  fi
done <"$tmp/patterns"
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 60 ]
