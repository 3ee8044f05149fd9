#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Every example that the help shows runs, and so does every command that README shows;
# the five steps of README, for votes and for talks, lead to a scenario that passes and replays.
# Usage: examples.sh PLENARY SOURCE_ROOT
set -u
program=$(realpath "$1") root=$2
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
mkdir -p "$tmp/bin" "$tmp/build"
ln -s "$program" "$tmp/bin/plenary"
ln -s "$program" "$tmp/build/plenary"
cp -r "$root/scenarios" "$tmp/scenarios"
ln -s "$root/data" "$tmp/data"
PATH=$tmp/bin:$PATH
cd "$tmp" || exit 1
passed=0 failed=0

run() { # COMMAND
  if sh -c "$1" >out 2>&1 </dev/null; then passed=$((passed + 1)); else
    failed=$((failed + 1))
    echo "failed: $1"
    cat out
  fi
}

plenary new my-vote >/dev/null # the examples speak of it
plenary simulate "$root/data/positions/s69-73" --roll-calls 352 --sessions 22 --first-session 60 -o votes.csv
# and lists of the roll calls and of votes to hide
awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; print "id,session" }
  NR > 1 && !seen[$at["roll_call"]]++ { print $at["roll_call"] "," $at["session"] }' votes.csv >roll_calls.csv
awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; print "roll_call,state" }
  NR % 10 == 0 { print $at["roll_call"] "," $at["state"] }' votes.csv >mask.csv
sh "$root/tests/talks/decide.sh" >copenhagen.csv # as the help on import has it
mkdir tests
ln -s "$root/tests/talks" tests/talks # samples that README names
cp tests/talks/dossiers.csv tests/talks/capability.csv .
for command in replay report batch estimate simulate project bargain power coalition ratify whatif sensitivity sweep merge whip reconstruct backtest kit export import check new rules bodies blocs roster verify help; do
  plenary help "$command" | sed -n '/^Examples$/,/^$/s/^  \(plenary .*\)/\1/p' >examples
  [ -s examples ] || { echo "failed: $command has no example"; failed=$((failed + 1)); }
  [ "$command" = new ] && rm -rf my-vote my-talks
  while read -r line; do run "$line"; done <examples
done
rm -rf my-vote my-talks copenhagen
sed -n 's/^    \(\$ \)\{0,1\}\(build\/plenary .*\)/\2/p' "$root/README.md" >readme
sed -n 's/^[0-9]\. `\(build\/plenary [^`]*\)`.*/\1/p; s/.*, `\(build\/plenary [^`]*\)`.*/\1/p' "$root/README.md" >>readme
while read -r line; do run "$line"; done <readme

# As the steps say: fill in votes, check, replay.
sed -i 's/,France,/&Y/; s/,Russian Federation,/&N/; s/,Germany,/&Y/; s/,India,/&?/' my-vote/votes.csv
run 'plenary check my-vote'
run 'plenary replay my-vote | tr "\n" " " | grep -q "OUTCOME NOT KNOWN.*Known: 2 yes, 1 no, 0 abstaining, 0 not voting. How the other 190"'
run 'plenary replay --set FRA=N my-vote | grep -q "^WHAT IF: .* rejected"'
sed -i 's/,partial,/,complete,/' my-vote/proposals.csv
run '! plenary check my-vote' # a complete record has every vote
sed -i 's/,,assumed,$/,X,assumed,/; s/,?,assumed,$/,X,assumed,/' my-vote/votes.csv
run 'plenary replay my-vote | grep -q "ADOPTED  2 yes  1 no  0 abstaining  190 not voting"'
run 'plenary new --body security-council council && plenary check council'
run '! plenary new --body conference-of-states-parties --as-of 2020-01-01 nobody'
run '[ ! -e nobody ]'

# Talks from nothing pass as they are, and answer at once; each edit that the steps name does too.
run 'plenary new --talks talks && plenary check --quiet talks'
run 'plenary bargain talks | grep -q "^How large the fund is: [0-9.]* on the scale from 0 (no fund) to 100"'
run 'plenary bargain --then vote talks | grep -q "Adoption is"'
sed -i 's/^D01,Delegation 1/ISLE,The island/' talks/members.csv
run '! plenary check talks' # nobody of actors.csv is D01 now
sed -i 's/D01/ISLE/' talks/actors.csv
run 'plenary bargain --method exchange talks | grep -q "^ISLE .*The island"'
run '! plenary new --talks --body model-un never-talks'
run '! plenary new --talks --from scenarios/classroom never-talks'
run 'plenary new --talks --as-of 2027-05-01 later && grep -qx as_of,2027-05-01 later/scenario.csv'
run '[ ! -e never-talks ]'

# Step 3: of states and blocs.  And the example in scenarios/README.md, table by table.
plenary new --talks states >/dev/null
rm states/members.csv
sed -i 's/^body,.*/body,general-assembly/' states/scenario.csv
sed -i 's/D01/EU/; s/D02/CHN/; s/D03/IND/; s/D04/CARICOM/; s/D05/ASEAN/' states/actors.csv
run 'plenary check --quiet states && plenary bargain states'
mkdir small
sed -n '/^`scenario.csv`/,/^`proposals.csv`/s/^    //p' "$root/scenarios/README.md" >small/scenario.csv
sed -n '/^A small scenario of talks/,/^`plenary bargain`/p' "$root/scenarios/README.md" >section
for table in proposals issues actors; do
  awk -v t="$table" '/^`/ { on = index($0, "`" t ".csv`") == 1 } on && sub(/^    /, "")' section >"small/$table.csv"
done
run 'plenary check --quiet small && plenary bargain small && plenary bargain --then vote small'

# A folder that is there is never written into.
run '! plenary new --talks talks'
run '! plenary new my-vote'
# A copy of the record may be taken, and is held to the record.
run 'plenary new --from scenarios/res-74-247 copy && plenary check copy'
sed -i 's/^FRA,N/FRA,Y/' copy/votes.csv
run 'plenary check copy | grep -q "votes.csv:[0-9]*:[0-9]*: FRA is Y here but N in the record of A/RES/74/247"'

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
