# SPDX-License-Identifier: GPL-3.0-or-later
# Sourced by check and measure: the plans that they sweep.

# Of a vote of all 193 members, a position inferred from others': some milliseconds a run.
plan_of_votes() { # RUNS DRAWS
  cat <<END
key,value,range
scenario,$PWD/scenarios/protocol-offences,
study,project,
proposal,terrorism,
design,latin,
runs,$1,
draws,$2,
seed,3,
vary,position EU27,0..100
vary,position GRULAC,60±20
vary,rule,two-thirds-present-voting|simple-majority-present-voting
END
}
