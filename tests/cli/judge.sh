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

catches() { # PID SIGNAL HOW: whether the process catches it (Cgt) or ignores it (Ign)
  case $2 in HUP) bit=0 ;; INT) bit=1 ;; TERM) bit=14 ;; esac
  mask=$(awk -v how="Sig$3:" '$1 == how { print substr($2, 9) }' "/proc/$1/status" 2>/dev/null)
  [ -n "$mask" ] && [ $((0x$mask >> bit & 1)) -eq 1 ]
}

# The command, told to end, by SIGNAL twice as timeout tells, SECONDS after it is ready for that,
# however long it takes to begin.
interrupt() { # SIGNAL SECONDS WORDS...: got is its status
  signal=$1 after=$2
  shift 2
  env --default-signal="$signal" "$plenary" "$@" >out 2>why &
  job=$!
  for _ in $(seq 600); do
    if catches $job "$signal" Cgt || ! kill -0 $job 2>/dev/null; then break; fi
    sleep 0.05
  done
  sleep "$after"
  kill -s "$signal" $job 2>/dev/null && kill -s "$signal" $job 2>/dev/null
  wait $job
  got=$?
}
