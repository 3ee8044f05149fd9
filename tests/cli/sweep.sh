#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# plenary sweep and merge: rows by hand, the same bytes whatever the threads, kills, interrupts and
# shards, a store that is read while it grows, one writer, and words for what is wrong.
# Usage: sweep.sh PLENARY SOURCE_ROOT
set -u
plenary=$(realpath "$1") root=$(realpath "$2")
. "$(dirname "$0")/judge.sh"
cd "$tmp" || exit 1
export LC_ALL=C

plan() { # DESIGN RUNS DRAWS: on standard output
  cat <<END
key,value,range
scenario,$root/scenarios/protocol-offences
study,project
proposal,terrorism
design,$1
runs,$2
draws,$3
replicates,2
set,vote RUS=N
vary,position terrorism:NARROW_LIST,10..50
vary,position terrorism:ARAB_LEAGUE,50±20
vary,rule,ahc-two-thirds|simple-majority-present-voting
END
}
same() { # NAME FILE FILE
  cmp "$2" "$3" >why 2>&1
  judge "$1" $?
}
ask() { # SQL EXPECTED [STORE]
  got=$(sqlite3 "${3:-a.db}" "$1" 2>&1)
  [ "$got" = "$2" ]
  result=$?
  echo "$got, not $2" >why
  judge "$1" $result
}
alone() { # STORE: nothing is left beside it
  [ "$(find . -name "$1*" | wc -l)" -eq 1 ]
  judge "nothing is beside $1" $?
}

command -v sqlite3 >/dev/null || { echo "skipped: no sqlite3 here"; exit 77; }
plan sobol 90 100 >plan.csv
mkdir other
plan sobol 91 100 >other/plan.csv
plan latin 1500 500 >long.csv

# What it would take, and what it makes.
run 0 "a dry run" sweep --dry-run -o a.db plan.csv
file_says out "^180 runs of 100 draws, 3 dials, 6 outcomes;"
file_says out "; some [0-9]+ s with "
[ ! -e a.db ]
judge "a dry run writes nothing" $?
run 0 "a sweep" sweep --threads 1 --csv a.csv -o a.db plan.csv
file_says out "All 180 runs of protocol-offences in a.db"
file_says out "chance of adoption share .* 180 "
file_says out "rule simple-majority-present-voting 0[.][0-9]+ 90 "
alone a.db
ask "SELECT count(*), min(run), max(run), sum(draws) FROM runs" "180|0|179|18000"
ask "SELECT count(*) FROM points WHERE draws = 200" 90
ask "SELECT count(*) FROM runs WHERE yes + no + abstain + absent <> 193 * draws" 0
ask "SELECT count(*) FROM runs AS r, results AS s USING (run) WHERE abs(r.adopted - s.adopted * 100) > 1e-9" 0
ask "SELECT name || ' ' || range FROM dials WHERE place = 2" "position terrorism:ARAB_LEAGUE 50±20"
ask "SELECT value FROM meta WHERE key = 'set'" "vote RUS=N"
ask "PRAGMA integrity_check" ok
# Under two-thirds it is adopted no oftener than under a simple majority, draw by draw.
ask "SELECT count(DISTINCT rule) FROM runs" 2
sqlite3 -csv -header a.db "SELECT * FROM results" | tr -d '\r"' | cut -d, -f1-2,5,6 >by_sql
tr -d '"' <a.csv | cut -d, -f1-2,5,6 >by_csv
same "CSV has the rows of SQL" by_csv by_sql
# What they rest on stands in every row, as in every table of ours.
head -1 a.csv | grep -q ',absent,status,plenary,command,inputs_sha256,data_sha256$' &&
  [ "$(sed 1d a.csv | sed 's/.*,assumed,/assumed,/' | sort -u | wc -l)" -eq 1 ] &&
  sed 1d a.csv | grep -qE ',assumed,[0-9.]+,plenary sweep plan.csv,[0-9a-f]{12},[0-9a-f]{12}$'
judge "CSV carries status and provenance" $?
"$plenary" project -f csv --proposal terrorism "$root/scenarios/protocol-offences" 2>why |
  /usr/bin/python3 -c '
import csv, sys
project, sweep = ({row["data_sha256"] for row in csv.DictReader(f)} for f in (sys.stdin, open("a.csv")))
sys.exit(project != sweep or len(sweep) != 1)'
judge "the digest of data is that of every command" $?

# The same bytes.
run 0 "with two threads" sweep --threads 2 -o b.db plan.csv
same "two threads, the same bytes" a.db b.db
run 0 "complete already" sweep -o b.db plan.csv
file_says why "b.db is complete already"
same "left as it was" a.db b.db
for i in 1 2 3; do run 0 "shard $i" sweep --shard $i/3 -o part-$i.db plan.csv; done
file_says out "What came of it, over the 60 runs of this part"
run 0 "merged" merge -o c.db --csv c.csv part-3.db part-1.db part-2.db
same "shards, the same bytes" a.db c.db
same "shards, the same CSV" a.csv c.csv
alone c.db
run 0 "a summary as JSON" merge -o c.db --format json part-1.db part-2.db part-3.db
file_says out '"rows": 180'
/usr/bin/python3 -W ignore -m jsonschema -i out "$root/data/schema/sweep.schema.json" >why 2>&1
judge "the summary is valid" $?

# Runs that end the talks where nothing is put have no votes, and none are averaged in.
{ printf 'key,value,range\nscenario,%s\nstudy,bargain\nproposal,entry\ndraws,100\n' \
    "$root/scenarios/protocol-package"
  for who in WIDE_LIST NARROW_LIST AFRICA GRULAC ARAB_LEAGUE CARICOM ASEAN IND IRN AZE; do
    echo "set,position entry:$who=40"
  done
  echo 'vary,position entry:EU,40|60'; } >talks.csv
run 0 "talks" sweep -o talks.db talks.csv
ask "SELECT count(*), count(adopted), count(margin), count(yes) FROM runs" "2|2|1|1" talks.db
ask "SELECT value FROM meta WHERE key = 'status'" assumed talks.db
# Of a question on which nobody's stand is stated no forecast is made, and that is said.
run 0 "a new scenario" new fresh
printf 'key,value,range\nscenario,fresh\nstudy,project\ndraws,50\nvary,vote FRA,Y|N\n' >fresh.csv
run 0 "nothing stated" sweep -o fresh.db fresh.csv
file_says out "nothing is stated of who stands where"
run 0 "the same as JSON" merge -o fresh2.db --format json fresh.db
file_says out '"stated": false'
/usr/bin/python3 -W ignore -m jsonschema -i out "$root/data/schema/sweep.schema.json" >why 2>&1
judge "and valid" $?

# Killed, interrupted, read meanwhile.
run 0 "a longer one" sweep -o long.db long.csv
"$plenary" sweep -o d.db long.csv >out 2>why &
job=$!
for _ in $(seq 600); do
  [ -z "$(sqlite3 -readonly d.db 'SELECT 1 FROM results LIMIT 1' 2>/dev/null)" ] || break
  kill -0 $job 2>/dev/null || break
  sleep 0.05
done
ask "SELECT count(*) > 0 FROM results" 1 d.db
"$plenary" sweep -o d.db long.csv >out 2>second
second=$?
kill -KILL $job
wait $job 2>why
if [ $second -eq 0 ]; then echo "skipped: it was done before it could be disturbed"; else
  [ $second -eq 1 ] && grep -q "d.db: another sweep or merge is writing it" second
  judge "another writer is refused" $?
fi
for seconds in 0.3 0.5; do
  timeout -s KILL $seconds "$plenary" sweep -o d.db long.csv >out 2>why
  interrupt INT $seconds sweep -o d.db long.csv
done
run 0 "gone on with to its end" sweep -o d.db long.csv
same "kills and interrupts, the same bytes" long.db d.db
alone d.db
plan random 200000 1000 >endless.csv
interrupt INT 0.5 sweep -o e.db endless.csv
interrupt INT 0.5 sweep -o e.db endless.csv
[ $got -eq 130 ]
judge "interrupted: exit $got" $?
file_says why "interrupted: .* of 400000 runs are in e.db; the same command goes on"
ask "PRAGMA integrity_check" ok e.db

# Words.
run 3 "another plan's store" sweep -o a.db other/plan.csv
file_says why "a.db: it is of another sweep: plan.csv has been changed since"
run 3 "another plan of the same name" sweep --shard 1/2 -o a.db plan.csv
file_says why "it is of the runs 0 to 179, not 0 to 89"
run 3 "no store" sweep -o plan.csv plan.csv
file_says why "plan.csv: it is no store"
run 1 "no such folder" sweep -o none/a.db plan.csv
run 2 "no -o" sweep plan.csv
run 2 "no shard" sweep --shard 4/3 -o x.db plan.csv
run 3 "no plan" sweep -o x.db none.csv
run 3 "a shard is missing" merge -o f.db part-1.db part-3.db
file_says why "f.db: runs 60 to 119 of 180 are missing"
run 3 "a shard is there twice" merge -o f.db part-1.db part-2.db part-2.db part-3.db
file_says why "runs 60 to 119 are in part-2.db too"
run 3 "a shard of another plan" merge -o f.db part-1.db part-2.db long.db
[ ! -e f.db ] && [ ! -e f.db.lock ]
judge "nothing was written" $?
run 2 "onto a shard" merge -o part-1.db part-1.db part-2.db part-3.db

# What is there already and is no store.
cp plan.csv kept.csv
ln a.db hard.db
mkfifo pipe
run 2 "CSV onto the store" sweep -o a.db --csv a.db plan.csv
run 2 "CSV onto the store by another name" sweep -o a.db --csv hard.db plan.csv
file_says why "hard.db is the store itself"
run 2 "CSV onto a store to be" sweep -o new.db --csv ./new.db plan.csv
run 2 "CSV onto the plan" sweep -o new.db --csv plan.csv plan.csv
run 2 "CSV onto a shard" merge -o new.db --csv part-1.db part-1.db part-2.db part-3.db
run 2 "CSV into a pipe" sweep -o new.db --csv pipe plan.csv
run 2 "a store in a pipe's place" sweep -o pipe plan.csv
run 2 "merged in a pipe's place" merge -o pipe part-1.db part-2.db part-3.db
run 1 "CSV into no folder" sweep -o new.db --csv none/a.csv plan.csv
[ -p pipe ] && [ ! -e new.db ] && cmp plan.csv kept.csv && cmp a.db c.db
judge "all is as it was" $?
cp a.db altered.db
sqlite3 altered.db "UPDATE runs SET margin = 257000 WHERE run = 7"
for words in "sweep -o altered.db plan.csv" "merge -o new.db altered.db" \
  "sensitivity --store altered.db $root/scenarios/protocol-offences"; do
  run 3 "altered: ${words%% *}" $words
  file_says why "altered.db: it is damaged, or was altered"
done

# What the scenario does not know is a fault in the plan.
bad() { # ROW FAULT
  { printf 'key,value,range\nscenario,%s\nproposal,terrorism\n' "$root/scenarios/protocol-offences"
    echo "$1"; } >bad.csv
  run 3 "$1" sweep --dry-run bad.csv
  file_says why "$2"
}
bad 'vary,position NOBODY,20..60/2' '^bad.csv:4:6: unknown state or bloc "NOBODY"'
bad 'vary,rule,foo|bar' '^bad.csv:4:11: unknown rule "foo"'
bad 'vary,position EU,-20..160/3' '^bad.csv:4:18: .* from 0 to 100'
bad 'set,member ALL=out' '^bad.csv:4:5: "ALL" is no state'
bad 'rule,foo' '^bad.csv:4:6: unknown rule "foo"'
printf 'key,value,range\nscenario,%s\nstudy,bargain\nvary,position EU,20..60/3\n' \
  "$root/scenarios/protocol-package" >bad.csv
run 3 "an issue that is not named" sweep --dry-run bad.csv
file_says why '^bad.csv:4:18: .*expected one of them, as "position ISSUE:EU"'
bad 'stage,nowhere' '^bad.csv:4:7: unknown stage "nowhere"'

# What a slip of a name would destroy.
cp -r "$root/scenarios/protocol-offences" mine
printf 'key,value,range\nscenario,mine\nproposal,terrorism\ndraws,50\nvary,vote IND,Y|N\n' >mine.csv
for csv in mine/positions.csv mine/edits.csv mine.csv '' s s.db; do
  store=s.db
  [ "$csv" != s ] || store=s.part
  cp -r mine before
  cp mine.csv before.csv
  run 2 "--csv \"$csv\"" sweep -o $store --csv "$csv" mine.csv
  diff -r mine before >/dev/null && cmp -s mine.csv before.csv && [ ! -e $store ]
  judge "nothing is written: --csv \"$csv\"" $?
  rm -rf before
done
echo precious >s.db.part
run 2 "what lies beside" sweep -o s.db mine.csv
file_says s.db.part precious
rm s.db.part
ln -s led.db link.db
ln -s led.csv link.csv
run 0 "links that lead nowhere yet" sweep -o link.db --csv link.csv mine.csv
[ -L link.db ] && [ -L link.csv ] && [ -s led.db ] && [ -s led.csv ]
judge "they lead there now" $?

# A disk that is full: a file may grow no longer.  What a coverage build counts would be cut off
# too, so it goes elsewhere.
(ulimit -f 20 && trap '' XFSZ && export GCOV_PREFIX="$PWD/counts" && timeout 60 "$plenary" sweep -o g.db long.csv >out 2>why)
[ $? -eq 1 ] && grep -q "^plenary: g.db: " why
judge "a full disk: exit 1, in words" $?
if [ -s g.db ]; then ask "PRAGMA integrity_check" ok g.db; fi
run 0 "gone on with when there is room" sweep -o g.db long.csv
same "a full disk, the same bytes" long.db g.db

echo "sweep: $passed passed, $failed failed"
[ "$failed" -eq 0 ]
