#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# plenary backtest ratify: ten years of the Budapest Convention foretell the next ten; the path as it
# came, the tables, the same bytes for any number of threads, what is refused.
# Usage: backtest_ratify.sh PLENARY SOURCE_ROOT
set -u
plenary=$(realpath "$1") root=$(realpath "$2")
. "$(dirname "$0")/judge.sh"
cd "$tmp" || exit 1
export LC_ALL=C
few="--draws 2000 --bootstrap 200"

back() { # STATUS NAME WORDS...
  status=$1 name=$2
  shift 2
  # shellcheck disable=SC2086
  run "$status" "$name" backtest ratify $few "$@"
}
says() { # NAME PATTERN [FILE]
  tr '\n' ' ' <"${3:-out}" | tr -s ' ' | grep -qE -- "$2"
  judge "$1" $?
}

back 0 "the Budapest Convention"
says "which, cut when" 'Budapest, opened 23 November 2001: fitted on what was known 10 years after'
says "one treaty is one path" 'One treaty is one path: its 10 counts hang together'
says "a score against a constant hazard" 'Brier score 0?\.[0-9]+, a constant hazard.s, the same for all, 0?\.1671'
says "with an interval" '95 ?% interval over states'
back 0 "the number once more" --format json
/usr/bin/python3 - out <<'END' >why 2>&1
import json, sys
b = json.load(open(sys.argv[1]))
for v in b["variants"]:
    assert v["difference_low"] <= v["difference"] <= v["difference_high"], v
END
judge "an interval holds its value" $?
back 0 "no bootstrap" --bootstrap 0
says "no interval is claimed" 'Brier score'
! grep -q 'interval over states:' out
judge "of no draws" $?
back 0 "nor in JSON" --bootstrap 0 --format json -o none.json
/usr/bin/python3 -W ignore -m jsonschema -i none.json "$root/data/schema/backtest-ratify.schema.json" >why 2>&1
judge "which is valid" $?
back 0 "the Budapest Convention again"
[ "$(LC_ALL=C.UTF-8 wc -L <out)" -le 80 ]
judge "no line is wider than 80" $?

# The path as it came, counted from the shipped table by other means: who had deposited by the day of
# the opening in each year, 23 November.
back 0 "its years" --format csv
awk -F, 'FNR == 1 { f++; for (i = 1; i <= NF; i++) at[f, $i] = i; next }
  f == 1 && $1 == "budapest" && $at[1, "consent"] ~ /^[0-9]/ { day[++days] = $at[1, "consent"]; next }
  f == 2 && $1 ~ /^[0-9]/ { n = 0; for (k in day) n += day[k] <= $1 "-11-23"
    got[$1] = $at[2, "parties"]; if (n != $at[2, "parties"]) { print $1, n, $at[2, "parties"]; bad = 1 } rows++ }
  END { exit bad || rows < 9 }' "$root/data/treaties.csv" out >why
judge "the parties of each year as in treaties.csv" $?
for table in years states; do
  back 0 "table $table" --format csv --table $table
  [ "$(wc -l <out)" -gt 9 ]
  judge "table $table has rows" $?
done
back 0 "another split" --split 8 --years 5 --format csv
awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
  $at["q05"] > $at["q95"] { bad = 1 } END { exit bad }' out
judge "the fan is no knot" $?

back 0 "one thread" --threads 1 --format json -o one.json
back 0 "three" --threads 3 --format json -o three.json
cmp -s one.json three.json
judge "the same bytes for any number of threads" $?
/usr/bin/python3 -W ignore -m jsonschema -i one.json "$root/data/schema/backtest-ratify.schema.json" >why 2>&1
judge "valid" $?
run 0 "verified" verify one.json
sed 's/"split": "/"split": "1/' one.json >spoilt.json
run 4 "a spoilt one is not" verify spoilt.json
run 2 "nor is a file of it" verify one.json "$root/data/treaties.csv"
says "as there is none" 'nothing that the output was made from; expected no further operand' why

back 2 "a file" "$root/data/treaties.csv"
says "is one too many" 'too many|expected' why
back 2 "an unknown treaty" --treaty budapst
says "a near miss" 'unknown treaty "budapst"; expected .*did you mean budapest\?' why
back 2 "an option of others" --hide x.csv
says "of no use" '\-\-hide is of no use to backtest ratify' why
run 2 "its option elsewhere" backtest estimate votes.csv --split 3
says "of no use there" '\-\-split is of no use to backtest estimate' why
back 2 "no years" --years 0
back 2 "a treaty that has no ten years yet" --treaty hanoi
says "in words" 'hanoi: .*expected fewer \(--split, --years\)' why

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
