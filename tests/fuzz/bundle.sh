#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Writes what the fuzzers start from into OUT, a folder each: the shipped scenarios, those of
# tests/bad and tests/good, the electorates of tests/electorate, and the seeds kept here.
# Usage: tests/fuzz/bundle.sh OUT
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
mkdir -p "$1/scenario" "$1/csv" "$1/verify" "$1/roll_calls" "$1/electorate" "$1/cell_list" "$1/talks" "$1/dossiers" "$1/plan"
out=$(cd "$1" && pwd)

# The last line end belongs to the next file's mark: a file without one stays without.
bundle() {
  mark=''
  for table in "$1"/*.[cC][sS][vV]; do
    [ -f "$table" ] || continue
    printf '%s=== %s\n' "$mark" "${table##*/}"
    cat "$table"
    mark='
'
  done
}

cd "$root"
find scenarios tests/bad tests/good -type d | sort | while IFS= read -r folder; do
  name=$(printf %s "$folder" | tr -c 'A-Za-z0-9.\n' -)
  bundle "$folder" >"$out/scenario/$name"
  [ -s "$out/scenario/$name" ] || rm "$out/scenario/$name"
  for table in "$folder"/*.csv; do
    [ ! -f "$table" ] || head -c 2000 "$table" >"$out/csv/$name-${table##*/}"
  done
done
for folder in tests/electorate/*/; do
  bundle "$folder" >"$out/electorate/$(basename "$folder")"
done
for table in scenarios/*.plan.csv scenarios/*/edits.csv; do
  [ ! -f "$table" ] || cp "$table" "$out/plan/$(printf %s "$table" | tr / -)"
done
for kind in scenario csv verify roll_calls electorate cell_list talks dossiers plan; do
  cp tests/fuzz/corpus/$kind/* "$out/$kind/"
done
echo "$(find "$out/scenario" -type f | wc -l) scenarios, $(find "$out/csv" -type f | wc -l) tables," \
  "$(find "$out/verify" -type f | wc -l) outputs"
