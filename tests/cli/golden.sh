#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What the command prints, and its exit status, are what tests/golden has; hashes of
# inputs aside, which change with every source.
# Usage: golden.sh PLENARY SOURCE_ROOT [--update]
set -u
plenary=$(realpath "$1") golden=$2/tests/golden update=${3:-}
cd "$2" || exit 1
tmp=$(mktemp) || exit 1
trap 'rm -f "$tmp"' EXIT
passed=0 failed=0

while IFS='|' read -r name status words; do
  case $name in ''|'#'*) continue ;; esac
  # shellcheck disable=SC2086 # the words of a case are words
  "$plenary" $words >"$tmp" 2>&1 </dev/null
  got=$?
  sed -i -E 's/(inputs|data) [0-9a-f]{12}/\1 .../g; s/(,[0-9a-f]{12})+$/,.../; s/"sha256": "[0-9a-f]{64}"/"sha256": "..."/' "$tmp"
  if [ "$update" = --update ]; then
    cp "$tmp" "$golden/$name.txt"
    [ "$got" -eq "$status" ] || echo "$name: exit $got, the case says $status"
  elif [ "$got" -eq "$status" ] && diff -u "$golden/$name.txt" "$tmp"; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    echo "failed: $name (exit $got, expected $status)"
  fi
done <"$golden/cases"
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
