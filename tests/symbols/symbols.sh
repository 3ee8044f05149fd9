#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The shared library exports what public.txt lists, all of it declared in a header that is
# installed, and nothing else.
# Usage: symbols.sh LIBRARY HEADERS
set -eu
export LC_ALL=C
here=$(cd "$(dirname "$0")" && pwd)
exported=$(mktemp)
trap 'rm -f "$exported"' EXIT

nm -D --defined-only "$1" | awk '{ print $3 }' | sort >"$exported"
if ! diff -u "$here/public.txt" "$exported"; then
  echo "the exported symbols are not those of tests/symbols/public.txt"
  exit 1
fi
shift
count=0
while read -r symbol; do
  case $symbol in pln_*) ;; *) echo "$symbol: expected a name that begins with pln_"; exit 1 ;; esac
  if ! cat "$@" | tr '\n' ' ' | grep -qE "PLN_API [^;]*\b$symbol\b"; then
    echo "$symbol: no installed header declares it with PLN_API"
    exit 1
  fi
  count=$((count + 1))
done <"$exported"
echo "$count symbols, as listed"
