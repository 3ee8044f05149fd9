#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Writes copenhagen.csv as the exchange model's own program has it: rows #A, #P, #M, #D.
# Usage: decide.sh >FILE
awk -F, -v q="'" '
  function text(s) { return q s q }
  NR == 1 { next }
  !($1 in actor) { actor[$1]; actors = actors text("#A") "\t" text($1) "\t" text($1) "\t" text("") "\n" }
  !($2 in issue) { issue[$2]
    issues = issues text("#P") "\t" text($2) "\t" text($2) "\t" text("") "\n"
    issues = issues text("#M") "\t" text($2) "\t0\n" text("#M") "\t" text($2) "\t100\n" }
  { rows = rows text("#D") "\t" text($1) "\t" text($2) "\t" $3 "\t" $4 "\t" $5 "\n" }
  END { printf "%s%s%s", actors, issues, rows }' "$(dirname "$0")/copenhagen.csv"
