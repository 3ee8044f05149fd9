# SPDX-License-Identifier: GPL-3.0-or-later
# Sourced by the scripts beside it: a folder of their own, and how many checks passed.  What
# a check leaves in $tmp/why is shown where it fails.
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
passed=0 failed=0

judge() { # NAME STATUS
  if [ "$2" -eq 0 ]; then passed=$((passed + 1)); else
    failed=$((failed + 1))
    echo "failed: $1"
    [ ! -s "$tmp/why" ] || head -5 "$tmp/why"
  fi
}
