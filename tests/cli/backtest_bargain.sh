#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Backtests of methods of bargaining on made dossiers: the tables, the same bytes for any number
# of threads and any kind of separator, what is refused; and, where PLENARY_REFERENCE names a
# folder with deu3_dev.csv, the figures published of it.
# Usage: backtest_bargain.sh PLENARY SOURCE_ROOT
set -u
plenary=$(realpath "$1") root=$(realpath "$2")
. "$(dirname "$0")/judge.sh"
cd "$tmp" || exit 1
export LC_ALL=C

bargain() { # STATUS NAME WORDS...
  status=$1 name=$2
  shift 2
  run "$status" "$name" backtest bargain "$@"
}

same() { # NAME FILE FILE: but for the command and the hashes that end each row
  sed 's/,[^,]*,plenary backtest.*//' "$2" >left
  sed 's/,[^,]*,plenary backtest.*//' "$3" >right
  cmp -s left right
  judge "$1" $?
}

# Forty issues of dossiers of one to five, eleven actors, the outcome near their mean.
awk 'function chance(n) { seed = (seed * 16807 + 7) % 2147483647; return int(seed / 2147483647 * n) }
  BEGIN {
    seed = 42; OFS = ";"
    n = split("com ep de fr it uk nl pl es se at", actor, " ")
    head = "prnr;prname;isnr;type;proc;counvte;intro;finact"
    for (i = 1; i <= n; i++) head = head ";p" actor[i]
    for (i = 1; i <= n; i++) head = head ";s" actor[i]
    print head ";rp;out"
    for (j = 0; j < 40; j++) {
      if (j == 0 || left == 0) { dossier++; left = 1 + dossier % 5 }
      left--
      row = "d" dossier ";name " dossier ";d" dossier "i" j ";Dir;" (dossier % 2 ? "COD" : "CNS") ";QMV;11-05-" (dossier % 3 ? "05" : "98") ";999"
      sum = 0
      for (i = 1; i <= n; i++) { x = 10 * chance(11); sum += x; row = row ";" (j == 7 && i == 2 ? "" : x) }
      for (i = 1; i <= n; i++) row = row ";" (j == 9 && i == 4 ? "999" : 5 + 5 * chance(19))
      out = int(sum / n + chance(41) - 20)
      out = out < 0 ? 0 : out > 100 ? 100 : out
      print row ";" (j % 4 ? 10 * chance(11) : "") ";" (j == 11 ? "" : out)
    }
  }' >made.csv

bargain 0 "made dossiers" made.csv
file_says out '39 issues of [0-9]+ dossiers whose outcome is known, 11 actors, capability: equal'
file_says out 'The Condorcet election, the default, misses the outcome by [0-9.]+ points of 100 on average, the compromise by'
file_says out '95 % interval: [0-9.]+ (less|more) to [0-9.]+ (less|more)'
file_says out 'Challenge, Scholz \*'
file_says out 'One issue has no outcome: it is not scored'
file_says out 'One position has no salience: it takes no part'
file_says out 'One value outside 0-100 counts as missing'
[ "$(awk 'length > 80' out | wc -l)" -eq 0 ]
judge "no line is wider than 80" $?

for table in methods procedures sizes issues forecasts; do
  bargain 0 "table $table" -f csv --table $table made.csv
  [ "$(wc -l <out)" -gt 3 ]
  judge "$table has rows" $?
done
bargain 0 "the methods" -f csv made.csv
for method in compromise mean median plain-median middle positions condorcet condorcet-conditional \
  condorcet-incentive condorcet-binary condorcet-mostly condorcet-mixed condorcet-cubic \
  condorcet-exponent-2 condorcet-exponent-4 condorcet-exponent-8 challenge-literal \
  challenge-literal-reference challenge-scholz nash nash-worst kalai-smorodinsky \
  kalai-smorodinsky-worst exchange exchange-round-1 spatial; do
  grep -q "^$method," out
  judge "$method is scored" $?
done

bargain 0 "on one thread" --threads 1 -f json -o one.json made.csv
bargain 0 "on eight" --threads 8 -f json -o eight.json made.csv
cmp -s one.json eight.json
judge "the same bytes for 1 and 8 threads" $?
/usr/bin/python3 -W ignore -m jsonschema -i one.json "$root/data/schema/backtest-bargain.schema.json" >why 2>&1
judge "its JSON is valid" $?
sed 's/"crps_spread"/"spread"/' one.json >bad.json
! /usr/bin/python3 -W ignore -m jsonschema -i bad.json "$root/data/schema/backtest-bargain.schema.json" >why 2>&1
judge "a spoilt one is not" $?
run 0 "it verifies" verify one.json made.csv

# The same dossiers between commas, in quotes, in capitals, with the line ends of another system.
sed 's/;/","/g; s/^/"/; s/$/"\r/; 1s/.*/\U&/' made.csv >other.csv
bargain 0 "other separators" -f csv made.csv
mv out first
bargain 0 "in quotes and capitals" -f csv other.csv
same "the same scores" first out

bargain 0 "by votes of the Council" --capability votes made.csv
file_says out 'capability: votes, status assumed'
bargain 0 "by population" --capability population -f csv made.csv
[ "$(grep '^compromise,' first | cut -d, -f7)" != "$(grep '^compromise,' out | cut -d, -f7)" ]
judge "capabilities make a difference" $?
{ echo "actor,capability"; for a in com ep de fr it uk nl pl es se at; do echo "$a,7"; done; } >mine.csv
bargain 0 "by a table of one's own" --capability mine.csv -f csv made.csv
same "of equal numbers: as equal" first out
bargain 0 "its JSON" --capability mine.csv -f json -o mine.json made.csv
run 0 "it verifies beside the table" verify mine.json
echo "at,8" >>mine.csv
run 4 "not once the table has changed" verify mine.json
sed -i '/^se,/d' mine.csv
bargain 3 "a table without an actor" --capability mine.csv made.csv
file_says why 'says nothing of "se", which takes part in issue d1i0 under COD; expected a row for it; it has com, ep, de'
file_says why 'the table "mine.csv" of capabilities'

bargain 0 "by another seed" --seed 2 -f csv made.csv
cut -d, -f1-13 first >a
cut -d, -f1-13 out >b
cmp -s a b && [ "$(grep '^mean,' first | cut -d, -f14)" != "$(grep '^mean,' out | cut -d, -f14)" ]
judge "another seed moves the intervals alone" $?
bargain 0 "no intervals" --bootstrap 0 -f csv made.csv
grep -q '^mean,.*,,' out
judge "are empty" $?
bargain 0 "none in words" --bootstrap 0 made.csv
! grep -q nan out
judge "no interval is no number" $?

bargain 2 "--hide is another's" --hide made.csv made.csv
file_says why 'hide is of no use to backtest bargain'
run 2 "--capability is bargain's" backtest estimate --capability votes made.csv
file_says why 'capability is of no use to backtest estimate'
bargain 2 "a word that is no table" --capability vote made.csv
file_says why 'expected equal, votes, population or a file that is there; did you mean votes'
bargain 2 "no such table" --bootstrap 0 -f csv --table nosuch made.csv
file_says why 'no table "nosuch" here; expected one of methods,'
run 2 "no such backtest" backtest haggle made.csv
file_says why 'expected estimate, whip, reconstruct, bargain or ratify'
cut -d';' -f1-12 made.csv >few.csv
bargain 3 "columns that are missing" few.csv
file_says why 'few.csv:1:1: column "out" is missing; expected it in the first line: the outcome'
file_says why 'column "pde" has no "sde" beside it'
sed '3s/;Dir;/;Dir;;/' made.csv >wide.csv
bargain 3 "a row that is too wide" wide.csv
file_says why 'wide.csv:3:1: the row has 33 cells; expected 32'
awk -F';' -v OFS=';' 'NR > 1 { $NF = "" } { print }' made.csv >open.csv
bargain 3 "no outcome at all" open.csv
file_says why 'nothing can be scored'
bargain 3 "no file" nobody.csv
file_says why 'nobody.csv: there is no such file'

# The published figures, to half of their last digit.
file=${PLENARY_REFERENCE-}/deu3_dev.csv
if [ -f "$file" ]; then
  bargain 0 "the European Union's" -f csv "$file"
  awk -F, 'function near(x, y) { return x - y < .0051 && y - x < .0051 }
    $1 == "compromise" { n += near($7, 24.33) } $1 == "mean" { n += near($7, 24.30) }
    $1 == "condorcet" { n += near($7, 23.98) + near($11, 18.04) } $1 == "positions" { n += near($11, 19.36) }
    END { exit n != 5 }' out
  judge "24.33, 24.30, 23.98, 18.04, 19.36" $?
else
  echo "skipped: no deu3_dev.csv (PLENARY_REFERENCE names its folder)"
fi
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
