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

# The command, run in $tmp: its output is out, what it says else is why.
run() { # STATUS NAME WORDS...: its output is out
  status=$1 name=$2
  shift 2
  timeout 60 "$plenary" "$@" >out 2>why
  got=$?
  [ "$got" -eq "$status" ]
  judge "$name (exit $got)" $?
}

file_says() { # FILE WORDS: in it, however it is folded
  tr -s '\n ' '  ' <"$1" | grep -qE -- "$2"
  result=$?
  [ "$result" -eq 0 ] || cat "$1" >&2
  judge "it says: $2" $result
}
