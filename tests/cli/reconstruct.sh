#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Reconstructions: the answer, what is kept, what is refused; the same bytes for any threads; chances
# that add up; the backtest on made votes.
# Usage: reconstruct.sh PLENARY SOURCE_ROOT
set -u
plenary=$1 scenario=$2/scenarios/deletions-2024
. "$(dirname "$0")/judge.sh"

"$plenary" reconstruct "$scenario" --threads 1 >"$tmp/text"
judge "deletions-2024" $?
tr -s '\n ' '  ' <"$tmp/text" >"$tmp/line"
grep -q 'Of the 15 other yes votes on "Delete Article 6(2)" the likeliest are: CHN' "$tmp/line" &&
  grep -q 'yes, inferred: IRN' "$tmp/line" && grep -q '1686 days (4.6 years)' "$tmp/line"
judge "the answer, the names, the gap" $?
grep -q '^Not reconstructed: no tally is on record.' "$tmp/text" &&
  grep -q 'Projection only, never a reconstruction' "$tmp/text"
judge "six rounds without a tally" $?
"$plenary" reconstruct "$scenario" --threads 2 | cmp -s - "$tmp/text"
judge "two threads, the same bytes" $?
! grep -Eq '(^| )(0|1)\.00 ' "$tmp/text"
judge "no chance printed as 0 or 1" $?

"$plenary" reconstruct "$scenario" --proposal article-6-2 -f csv >"$tmp/csv"
awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
  /"/ { next } # a name with a comma in it
  { if ($at["yes"] != "") { n++; all = $at["yes"] + $at["no"] + $at["abstain"] + $at["not_voting"]
      if (all < 1 - 1e-9 || all > 1 + 1e-9 || $at["status"] != "reconstructed") bad++ }
    else if ($at["named"] == "" || $at["status"] == "reconstructed") bad++ }
  END { exit !(n > 180 && bad == 0) }' "$tmp/csv"
judge "rows: named or reconstructed, never both" $?

"$plenary" reconstruct "$scenario" --without IRN -f csv --proposal article-6-2 | grep -q ',IRN,.*,reconstructed,'
judge "a name left out" $?
"$plenary" reconstruct "$scenario" --without USA >"$tmp/out" 2>"$tmp/why"
[ $? -eq 2 ] && [ ! -s "$tmp/out" ] && grep -q 'USA: no vote is named' "$tmp/why"
judge "a name that is none" $?
"$plenary" reconstruct "$scenario" --proposal article-6 2>"$tmp/why"
[ $? -eq 2 ] && grep -q 'did you mean article-6-2' "$tmp/why"
judge "a proposal that is none" $?
"$plenary" reconstruct "$2/scenarios/res-74-247" | grep -q 'nothing to reconstruct'
judge "a complete record" $?

"$plenary" simulate --roll-calls 90 --sessions 9 --seed 3 "$2/data/positions/s70-74" --as own >"$tmp/votes.csv" 2>/dev/null
"$plenary" backtest reconstruct "$tmp/votes.csv" --sessions 81-83 --calls 8 --threads 1 >"$tmp/one" 2>"$tmp/why"
judge "the backtest" $?
"$plenary" backtest reconstruct "$tmp/votes.csv" --sessions 81-83 --calls 8 --threads 2 2>/dev/null | cmp -s - "$tmp/one"
judge "the backtest, two threads" $?
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
