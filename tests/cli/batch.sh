#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# plenary batch: each page the very one of plenary report; a faulty scenario costs its line; only
# what changed is made again; shards, threads and kills change no byte; manifests; what is refused.
# Usage: batch.sh PLENARY SOURCE_ROOT
set -u
plenary=$(realpath "$1") root=$(realpath "$2")
. "$(dirname "$0")/judge.sh"
cd "$tmp" || exit 1

says() { # WORDS: of the last run, out or why
  cat out why | tr -s '\n ' '  ' | grep -qE -- "$1"
  judge "it says: $1" $?
}
same() { # NAME A B: the same files with the same bytes
  diff -r "$2" "$3" >why 2>&1
  judge "$1" $?
}
index() { # EXPRESSION: of the index d of reports, its rows by name r
  /usr/bin/python3 -c "
import json
d = json.load(open('reports/index.json'))
r = {row['name']: row for row in d['scenarios']}
assert $1" 2>why
  judge "index: $1" $?
}

mkdir many
for name in res-74-247 res-73-187 deletions-2024 cosp-rules whip-example classroom; do
  cp -r "$root/scenarios/$name" many/
done
mkdir many/no-scenario
echo 'not a scenario' >many/notes.txt

# ---- What is written

run 0 "a folder" batch -o reports many
says "^6 scenarios, by each one's first proposal: 2 adopted, 2 not adopted, 1 likely, 1 unlikely 2[0-9] proposals in all: .* 6 made, 0 kept"
[ "$(awk '{ if (length($0) > 80) n++ } END { print n + 0 }' out)" -eq 0 ]
judge "lines of 80 columns" $?
for id in res-74-247 cosp-rules whip-example; do
  run 0 "report of $id" report -o one.html "many/$id"
  cmp one.html "reports/$id.html" >why 2>&1
  judge "the page of $id is that of plenary report" $?
done
[ "$(find reports -type f | wc -l)" -eq 15 ]
judge "two files each, and three of the index" $?
/usr/bin/python3 -W ignore -m jsonschema -i reports/index.json "$root/data/schema/batch.schema.json" >why 2>&1
judge "schema" $?
index "r['res-74-247'] | {'yes': 79, 'no': 60, 'abstain': 33, 'not_voting': 21, 'margin': 9} == r['res-74-247']"
index "r['res-74-247']['outcome'] == 'adopted' and r['res-74-247']['status'] == 'verified'"
index "r['res-74-247']['chance'] is None and r['res-74-247']['page'] == 'res-74-247.html'"
index "r['res-74-247']['report'] == 'plenary report res-74-247'"
index "r['deletions-2024']['margin'] == -61 and r['deletions-2024']['proposals'] == 7"
index "r['cosp-rules']['outcome'] == 'likely' and 0.6 <= r['cosp-rules']['chance'] < 1"
index "[row['name'] for row in d['scenarios']] == sorted(r)"
index "d['answer']['all_proposals']['proposals'] == sum(row['proposals'] for row in d['scenarios'])"
index "sum(d['answer']['all_proposals'].values()) == 2 * d['answer']['all_proposals']['proposals']"
# The chance is that of plenary project: within a point and the draws' own error.
run 0 "a proposal that some have" batch --proposal unknown-2 -o some many
grep -q '^deletions-2024,.*,unknown-2,2,7,' some/index.csv && grep -q '^cosp-rules,.*,1,5,likely,' some/index.csv
judge "the others show their first" $?
run 0 "cosp-rules projected" project -f json -o one.json many/cosp-rules
run 0 "with private rows" batch --private -o private many
run 0 "whip-example projected" project -f json -o two.json many/whip-example
/usr/bin/python3 -c "
import json
def near(index, name, file):
  rows = json.load(open(index + '/index.json'))['scenarios']
  row = next(row for row in rows if row['name'] == name)
  p = json.load(open(file))['proposals'][0]
  is_near = abs(p['chance']['adopted'] - row['chance']) <= 0.01
  assert p['id'] == row['proposal'] and is_near, (p['chance'], row)
  assert row['chance_error'] <= 0.004 and round(row['chance'], 3) == row['chance']
near('reports', 'cosp-rules', 'one.json')
near('private', 'whip-example', 'two.json')" 2>why
judge "the chance is plenary project's within a point" $?
index "r['whip-example']['left_out'] > 0 and r['cosp-rules']['left_out'] == 0"
grep -q 'private entries of whip.csv are left out' reports/index.html &&
  ! grep -q 'private entries of whip.csv are left out' private/index.html
judge "the index says that private rows are left out" $?
# Where nothing is stated of who stands where there is no forecast.
mkdir average && cp -r "$root/scenarios/protocol-package" average/
run 0 "an average vote" batch -o average-reports average
says '1 with no forecast'
/usr/bin/python3 -c "
import json
d = json.load(open('average-reports/index.json'))
row, = d['scenarios']
assert row['outcome'] == 'no forecast' and row['chance'] is row['margin'] is row['yes'] is None
assert d['answer']['no_forecast'] == 1 and d['answer']['likely'] == 0" 2>why
judge "an average vote is no forecast" $?
[ "$(/usr/bin/python3 -c "
import csv
print(sum(1 for _ in csv.DictReader(open('reports/index.csv', encoding='utf-8'))))")" -eq 6 ]
judge "a row each in the CSV" $?
grep -q '<a href="res-74-247.html">res-74-247</a>' reports/index.html && ! grep -q "$tmp" reports/*
judge "links, and no paths" $?

# ---- Only what changed is made again

cp -rp reports before
touch mark
run 0 "again" batch -o reports many
says '0 made, 6 kept'
[ -z "$(find reports -name '*.html' ! -name index.html -newer mark)" ]
judge "no page is touched" $?
same "again the same" before reports
printf '\n' >>many/classroom/proposals.csv
run 0 "a file changed" batch -o reports many
says '1 made, 5 kept'
echo 'half' >reports/res-74-247.html
rm reports/cosp-rules.html
sed -i 's/"rejected"/"adopted"/' reports/classroom.json
printf '{' >reports/whip-example.json
run 0 "broken outputs" batch -o reports many
says '4 made, 2 kept'
index "r['classroom']['outcome'] == 'rejected'"
cmp before/res-74-247.html reports/res-74-247.html >why 2>&1
judge "a broken page is made again" $?
cp -r "$root/data" data
PLENARY_DATA=$tmp/data run 0 "a copy of the tables" batch -o reports many
says '0 made, 6 kept'
printf '\n' >>data/blocs.csv
PLENARY_DATA=$tmp/data run 0 "other tables" batch -o reports many
says '6 made, 0 kept'
run 0 "an option" batch --rule two-thirds-present-voting -o reports many
says '6 made, 0 kept'
index "r['res-74-247']['outcome'] == 'rejected' and r['res-74-247']['margin'] == -14"
index "r['res-74-247']['report'] == 'plenary report --rule two-thirds-present-voting res-74-247'"
run 0 "threads are none" batch --threads 1 --rule two-thirds-present-voting -o reports many
says '0 made, 6 kept'

# ---- A faulty scenario

run 0 "to begin with" batch -o reports many
sed -i 's/^\([A-Z]*\),Y/XXQ,Y/' many/res-73-187/votes.csv
run 3 "a faulty one" batch -o reports many
says '^6 scenarios, .*: 1 adopted, .*, 1 faulty .* 0 made, 5 kept'
says 'res-73-187: votes.csv:[0-9]+:[0-9]+: .*XXQ.*\(and [0-9]+ more\)'
[ ! -e reports/res-73-187.html ]
judge "its stale page is gone" $?
index "r['res-73-187']['outcome'] == 'faulty' and r['res-73-187']['page'] is None"
index "r['res-73-187']['faults'] > 10 and r['res-73-187']['fault'].startswith('votes.csv:')"
/usr/bin/python3 -W ignore -m jsonschema -i reports/index.json "$root/data/schema/batch.schema.json" >why 2>&1
judge "schema with a fault" $?
cp reports/index.json faulty.json
run 3 "still faulty" batch -o reports many
cmp faulty.json reports/index.json
judge "the same index" $?
cp "$root/scenarios/res-73-187/votes.csv" many/res-73-187/
run 0 "mended" batch -o reports many
says '1 made, 5 kept'

# ---- Shards and threads

run 0 "whole" batch --threads 1 -o whole many
run 0 "two threads" batch --threads 2 -o two many
same "the same bytes for any threads" whole two
for i in 3 1 4 2; do
  run 0 "shard $i" batch --shard $i/4 -o parts many
done
[ ! -e parts/index.html ] && [ "$(find parts -name '*.html' | wc -l)" -eq 6 ]
judge "shards make every page and no index" $?
run 0 "the rest of shards" batch -o parts many
says '0 made, 6 kept'
same "shards together are the whole" whole parts
run 0 "more shards than scenarios" batch --shard 1/40 -o none many
says '0 made'

# ---- Killed, and gone on with

for seen in 0 1 2 3 4; do
  "$plenary" batch --threads 2 -o killed many >/dev/null 2>&1 &
  job=$!
  for _ in $(seq 1000); do
    [ ! -d killed ] || [ "$(find killed -name '*.html*' | wc -l)" -lt $seen ] || break
    kill -0 $job 2>/dev/null || break
    sleep 0.01
  done
  kill -KILL $job 2>/dev/null
  wait $job 2>/dev/null
  /usr/bin/python3 -c "
import glob, json
assert all(open(p, encoding='utf-8').read().endswith('</html>\n') for p in glob.glob('killed/*.html'))
for p in glob.glob('killed/*.json'): json.load(open(p))" 2>why
  judge "no half file when killed at $seen" $?
done
: >killed/res-74-247.html.AB12CD
: >killed/index.json.AB12CD
: >killed/mine.html.AB12CD
run 0 "gone on with" batch -o killed many
[ -e killed/mine.html.AB12CD ] && rm killed/mine.html.AB12CD
judge "what is somebody else's stays" $?
same "the same as unbroken" whole killed

# ---- Interrupted

mkdir more
for k in 1 2 3 4 5 6 7 8 9 10 11 12; do
  for id in res-74-247 deletions-2024 cosp-rules whip-example classroom; do
    cp -r "many/$id" "more/$id-$k"
  done
done
interrupt INT 0.1 batch --threads 1 -o more-reports more
[ "$got" -eq 130 ] || [ "$got" -eq 0 ] # a fast machine is done by then
judge "an interrupt ends it in good order (exit $got)" $?
[ "$got" -eq 0 ] || says 'interrupted; [0-9]+ of [0-9]+ reports are there, the same command goes on'
run 0 "gone on with after it" batch -o more-reports more
run 0 "in one go" batch -o in-one-go more
same "the same as not interrupted" in-one-go more-reports

# A page can be verified as any report's.
run 0 "verified" verify whole/cosp-rules.html many/cosp-rules

# ---- A manifest

cat >list.csv <<'CSV'
scenario,name,proposal,set,rule,no-projection,seed
many/res-74-247,as-it-was,,,,,
res-74-247,turned,,RUS=N; CHN=N;EU=A,,,
many/res-74-247,,,,two-thirds-present-voting,,
many/cosp-rules,bare,,,,yes,
many/cosp-rules,,review-by-tac,,,,7
missing,,,,,,
many/classroom,,nonesuch,,,,
CSV
run 3 "a manifest" batch -o reports list.csv
! grep -q CRITICAL why
judge "no complaint of a library" $?
index "[row['name'] for row in d['scenarios']] == ['as-it-was', 'turned', 'res-74-247', 'bare', 'cosp-rules', 'missing', 'classroom']"
index "r['turned']['report'] == 'plenary report --set RUS=N --set CHN=N --set EU=A res-74-247'"
index "r['as-it-was']['margin'] == 9 and r['res-74-247']['margin'] == -14"
index "r['bare']['chance'] is None and r['missing']['outcome'] == 'faulty'"
index "'nonesuch' in r['classroom']['fault'] and d['provenance']['inputs'][0]['file'] == 'list.csv'"
run 0 "as report" report --set RUS=N --set CHN=N --set EU=A -o one.html many/res-74-247
cmp one.html reports/turned.html >why 2>&1
judge "a row's page is that of plenary report" $?
cat >wrong.csv <<'CSV'
scenario,name,private,set
many/classroom,../up,perhaps,
many/classroom,same,,
many/classroom,same,,
many/res-74-247,,,EU=30
,,yes,
CSV
run 3 "a faulty manifest" batch -o refused wrong.csv
says 'classroom: wrong.csv:2:16: the name is "../up".*and 1 more'
says 'classroom-2: wrong.csv:4:16: the name "same" is taken'
says 'res-74-247: wrong.csv:5:[0-9]+: "EU=30" is a position; .*the column position'
says 'row-6: wrong.csv:6:1: scenario is empty; expected'
says '5 scenarios, .*: 1 not adopted, 4 faulty .* 1 made, 0 kept'
[ -e refused/same.html ] && [ "$(find refused -name '*.html' | wc -l)" -eq 2 ]
judge "a faulty row costs its own line" $?
printf 'scenario\n' >head.csv
run 3 "a head alone" batch -o refused head.csv
says 'head.csv: no row; expected a scenario a row'

# ---- What is somebody else's

mkdir few strange taken
cp -r many/classroom many/cosp-rules few/
echo mine >strange/classroom.html
run 2 "a stranger's page" batch -o strange few
says "classroom.html is no batch's"
echo mine | cmp - strange/classroom.html && [ "$(find strange -type f | wc -l)" -eq 1 ]
judge "nothing is written over, nothing written" $?
run 2 "a stranger's page, in a shard" batch --shard 1/2 -o strange few
run 0 "a shard that does not touch it" batch --shard 2/2 -o strange few
echo mine >taken/index.html
run 2 "a stranger's index" batch -o taken few
says "index.html is no batch's"
run 0 "a shard makes no index" batch --shard 1/2 -o taken few
run 2 "among the scenarios" batch -o few few
run 2 "in a scenario" batch -o few/classroom few
[ "$(find few -name '*.html' | wc -l)" -eq 0 ]
judge "no page among the scenarios" $?

# ---- Scenarios that went

run 0 "two" batch -o went few
mv few/cosp-rules few/rules
run 0 "one renamed" batch -o went few
says '1 page of no scenario any more: cosp-rules.html'
rm few/rules/scenario.csv
ln -s nowhere few/link
mkdir few/empty
run 3 "without scenario.csv" batch -o went few
says 'rules: scenario.csv: the file is missing'
says 'link: there is no such folder'
says '3 scenarios, .*, 2 faulty'

# ---- What is refused

run 2 "no folder to write" batch many
says 'expected -o FOLDER'
run 2 "no scenarios" batch -o reports many/no-scenario
says 'holds no folder with a scenario.csv'
run 2 "a scenario" batch -o reports many/classroom
says 'plenary report writes its page'
run 2 "nothing there" batch -o reports nowhere
run 2 "a wrong shard" batch --shard 3/2 -o reports many
says 'expected I/N'
: >file
run 1 "no folder" batch -o file many
if command -v flock >/dev/null; then
  flock reports sh -c "\"$plenary\" batch -o reports many >out 2>why; [ \$? -eq 1 ]"
  judge "two at once" $?
  says 'another plenary batch is at work'
fi
if [ "$(id -u)" -ne 0 ]; then
  mkdir closed && chmod 555 closed
  run 1 "a folder that cannot be written" batch -o closed many
  chmod 755 closed
fi
# A file may be no larger than this: as on a full disk.
(ulimit -f 100; export GCOV_PREFIX="$PWD/counts"; "$plenary" batch --threads 1 -o full many >out 2>why)
[ $? -eq 1 ] && [ -z "$(find full -type f ! -name '*.json')" ]
judge "a full disk: a clear end, no half file" $?
says 'full/[a-z0-9-]+.html cannot be written: File too large; .*the same command goes on'
run 0 "room again" batch -o full many
says '6 made, 0 kept'

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
