# SPDX-License-Identifier: GPL-3.0-or-later
# Sourced by the scripts that measure what is promised: a table of figures, asked and measured,
# and how they are taken.  The caller sets plenary, the program, and dir, a folder of its own.
# shellcheck shell=bash
figures=0 missed=0 skipped=0

# ---- the table

line() {
  local text
  printf -v text '%-61s  %-10s  %-25s  %s' "$1" "$2" "$3" "${4-}"
  echo "${text%"${text##*[! ]}"}"
}

# A figure: name, asked (such as "<= .158" or ".88 - .92"), its number, how it is shown, peer.
figure() {
  local verdict
  figures=$((figures + 1))
  verdict=$(awk -v asked="$2" -v is="$3" 'BEGIN {
    split(asked, a, " ")
    kept = is >= a[1] + 0 && is <= a[3] + 0
    if (a[1] == "<=") kept = is <= a[2] + 0
    if (a[1] == ">=") kept = is >= a[2] + 0
    print is == "" || !kept ? "  MISSED" : ""
  }')
  [ -z "$verdict" ] || missed=$((missed + 1))
  line "$1" "$2" "${4:-$3}$verdict" "${5-}"
}

# Figures that cannot be measured: why, then name and asked of each.
skip() {
  local why=$1
  shift
  while [ $# -gt 0 ]; do
    skipped=$((skipped + 1))
    line "$1" "$2" "skipped: $why" ""
    shift 2
  done
}

# ---- measuring

run() { taskset -c 0 "$plenary" "$@"; }

# Sets took and busy to the median seconds of $1 runs of the rest, of the wall's clock and of
# the processor, and shown to both.
timed() {
  local n=$1 i
  shift
  for ((i = 0; i < n; i++)); do
    { time run "$@" >/dev/null 2>&1; } 2>&1 || { took='' shown=failed; return 0; }
  done >"$dir/times"
  took=$(sort -n "$dir/times" | awk -v n="$n" 'NR == int((n + 1) / 2) { print $1 }')
  busy=$(awk '{ printf "%.3f\n", $2 + $3 }' "$dir/times" | sort -n | sed -n "$(((n + 1) / 2))p")
  shown="$took s ($busy)"
}

# Megabytes that the rest had resident at most: GNU time where there is one, else the mark
# that the kernel keeps, read again and again until the process is over.
megabytes() {
  local pid
  if [ -x /usr/bin/time ] && /usr/bin/time -f %M true >/dev/null 2>&1; then
    /usr/bin/time -f %M -o "$dir/kb" taskset -c 0 "$plenary" "$@" >/dev/null
  else
    run "$@" >/dev/null &
    pid=$!
    while sed -n 's/^VmHWM:[^0-9]*\([0-9]*\).*/\1/p' "/proc/$pid/status" >"$dir/now" 2>/dev/null; do
      [ ! -s "$dir/now" ] || cp "$dir/now" "$dir/kb"
      [ -s "$dir/now" ] || break # over, and only its exit status is left
      sleep .005
    done
    wait "$pid"
  fi
  awk '{ printf "%.0f\n", $1 / 1024 }' "$dir/kb"
}

# pick FILE COLUMN...: these columns of a CSV by their names, without the header.
pick() {
  local file=$1
  shift
  awk -v names="$*" '
    function cells(line, cell,   n, c, i, quoted, text) {
      n = 0; text = ""; quoted = 0
      for (i = 1; i <= length(line); i++) {
        c = substr(line, i, 1)
        if (c == "\"") quoted = !quoted
        else if (c == "," && !quoted) { cell[++n] = text; text = "" }
        else text = text c
      }
      cell[++n] = text
      return n
    }
    index($0, "\"") { n = cells($0, cell) }
    !index($0, "\"") { n = split($0, cell, ",") }
    NR == 1 { k = split(names, name, " "); for (i = 1; i <= n; i++) at[cell[i]] = i; next }
    { row = cell[at[name[1]]]
      for (i = 2; i <= k; i++) row = row "," cell[at[name[i]]]
      print row }' "$file"
}
