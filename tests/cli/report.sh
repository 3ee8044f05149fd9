#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# plenary report: a page of every shipped scenario, its order, its data, what-ifs, a second
# scenario; that nothing private is in it unless asked for; the same bytes for any number of
# threads; what it refuses.
# Usage: report.sh PLENARY SOURCE_ROOT
set -u
plenary=$(realpath "$1") root=$(realpath "$2")
. "$(dirname "$0")/judge.sh"
cd "$tmp" || exit 1

has() { # NAME PATTERN... : one after another in out
  name=$1
  shift
  tr '\n' ' ' <out | sed 's/  */ /g' >flat
  at=1
  for pattern in "$@"; do
    found=$(tail -c "+$at" flat | grep -obe "$pattern" | head -1 | cut -d: -f1)
    [ -n "$found" ]
    judge "$name: $pattern" $?
    at=$((at + ${found:-0}))
  done
}

data() { # EXPRESSION : of the laboratory's data d in out
  /usr/bin/python3 -c "import json; d = json.load(open('out')); p = d['proposals']; assert $1" 2>why
  judge "data: $1" $?
}

# ---- A page of everything that is shipped

for scenario in "$root"/scenarios/*/; do
  id=$(basename "$scenario")
  run 0 "page of $id" report "$scenario"
  [ "$(wc -c <out)" -le 1048576 ]
  judge "size of $id" $?
  has "$id" '<!doctype html>' 'Content-Security-Policy' 'id="answer"' 'How sure this is' \
    'What it rests on' 'How it was made' 'id="provenance"' 'id="data"'
  run 0 "JSON of $id" report -f json -o out.json --against "$root/scenarios/classroom" "$scenario"
  /usr/bin/python3 -W ignore -m jsonschema -i out.json "$root/data/schema/report.schema.json" >why 2>&1
  judge "schema of $id" $?
  run 0 "data of $id" report --data "$scenario"
  data "d['format'] == 1 and d['id'] == '$id' and len(p) > 0"
  data "all(len(q['vote']) in (0, len(q['roster'])) for q in p)"
done

# A page that is large says so
cp -r "$root/scenarios/protocol-offences" large
/usr/bin/python3 - large/proposals.csv <<'PYTHON'
import csv, sys
rows = list(csv.DictReader(open(sys.argv[1], encoding='utf-8')))
out = csv.DictWriter(open(sys.argv[1], 'w', encoding='utf-8', newline=''), rows[0].keys())
out.writeheader()
for k in range(5):
    for n, row in enumerate(r for r in rows if r['target']):
        out.writerow({**row, 'id': f"{row['id']}{f'-{k}' if k else ''}", 'order': 20 * k + n + 1})
out.writerow({**next(r for r in rows if not r['target']), 'order': 999})
PYTHON
run 0 "many proposals" report large
grep -q 'the page has 1\.[0-9] MB' why
judge "a large page says so" $?

# ---- What it says

run 0 "a record" report -f text "$root/scenarios/res-74-247"
has "a record" 'Adopted: 79 yes, 60 no' 'Known: how each of the 193 voted. Status: verified' \
  'Everything that it rests on is verified' 'ADOPTED 79 yes'
run 0 "seven rounds" report -f text "$root/scenarios/deletions-2024"
has "seven rounds" 'All 7 proposals were rejected' 'and 5 more: Known: the outcome' 'The weakest link'
run 0 "a projection" report -f text "$root/scenarios/protocol-offences"
has "a projection" 'Given that they are put to a vote' '<1% most unlikely' 'Stands for' '95% and more' \
  'The weakest link: 56 stated positions' 'plenary project says more'
! grep -q -e ' 0%' -e '100%' out
judge "never sure" $?
run 0 "for programs" report -f json -o out.json "$root/scenarios/res-74-247"
/usr/bin/python3 -c "
import json
d = json.load(open('out.json'))
assert d['format'] == 'plenary-report/1' and d['record']['proposals'][0]['outcome'] == 'adopted'
assert d['provenance']['command'] == 'plenary report res-74-247'" 2>why
judge "its JSON" $?

# ---- What-ifs and a second scenario

run 0 "a what-if" report --data --set RUS=N --rule two-thirds-present-voting "$root/scenarios/res-74-247"
data "d['opening'] == 'rule.res-74-247=two-thirds-present-voting&votes.res-74-247=RUS.N'"
data "p[0]['vote'].count('Y') == 79"
run 0 "a what-if in words" report -f text --set RUS=N "$root/scenarios/res-74-247"
has "a what-if in words" 'What if RUS (Russian Federation) had voted no' 'The outcome would stay'
run 0 "beside another" report -f text --against "$root/scenarios/res-73-187" "$root/scenarios/res-74-247"
has "beside another" 'Who moved' 'AGO Angola AFRICA Y X' '40 of 193 moved; 9 to spare here, 17 to spare there'
run 0 "its data" report --data --against "$root/scenarios/classroom" "$root/scenarios/res-74-247"
data "d['against']['id'] == 'classroom'"
data "[d['states'][i]['code'] for i in d['against']['proposals'][0]['roster']][0] == 'ANA'"

# ---- Projections

run 0 "a position" report --data --position terrorism:RUS=10±5 --seed 7 "$root/scenarios/protocol-offences"
data "d['seed'] == '7' and d['draws'] == 100000 and 'terrorism:RUS=10±5' in d['project_options']"
data "any(r['who'] == 'RUS' and r['position'] == 10 and r['line'] == 0 for q in p for r in q['projection']['rows'])"
run 0 "none" report --data --no-projection "$root/scenarios/protocol-offences"
data "d['electorate'] is None and all(q['projection'] is None for q in p)"
run 0 "of a known vote none" report --data "$root/scenarios/res-74-247"
data "d['electorate'] is None"
run 0 "one thread" report --threads 1 -o one.html "$root/scenarios/cosp-rules"
run 0 "four threads" report --threads 4 -o four.html "$root/scenarios/cosp-rules"
cmp -s one.html four.html
judge "the same bytes" $?

run 0 "a rule of votes to come" report --data --rule all-members-two-thirds "$root/scenarios/protocol-offences"
data "all('rule.%s=all-members-two-thirds' % q['id'] in d['opening'] for q in p)"
data "all(d['rules'][q['projection']['said_rule']]['id'] == 'all-members-two-thirds' for q in p)"
data "all(d['rules'][q['projection']['rule']]['id'] == 'ahc-two-thirds' for q in p)"
run 0 "said so" report -f text --rule all-members-two-thirds "$root/scenarios/protocol-offences"
has "said so" 'What if this rule decided: ' 'The projection is under it'
run 2 "a rule that decides nothing" report --data --no-projection --rule all-members-two-thirds "$root/scenarios/protocol-offences"
run 0 "a seed of 64 bits" report --data --seed 18446744073709551615 --draws 1000000 "$root/scenarios/cosp-rules"
data "d['seed'] == '18446744073709551615' and d['draws'] == 1000000"
run 2 "too many draws" report --data --draws 1000001 "$root/scenarios/cosp-rules"
run 0 "options of project" report --data --electorate s69-73 --position EU=40 --position EU=60 "$root/scenarios/cosp-rules"
data "d['project_options'] == '--electorate s69-73 --position EU=40 --position EU=60'"
data "[r['position'] for r in p[0]['projection']['rows'] if r['who'] == 'EU' and not r['names']] == [60]"

# A stage on another day than the scenario's: who belongs to a bloc then
cp -r "$root/scenarios/protocol-offences" days
sed -i 's/^as_of,.*/as_of,2019-12-30/' days/scenario.csv
sed -i 's/,2026-12-24,/,2020-06-01,/' days/stages.csv
run 0 "a stage's day" report --data days
data "{b['id'] for b in p[0]['projection']['blocs']} == {'EU', 'NATO', 'OECD'}"
data "all(len(next(c for c in d['blocs'] if c['id'] == 'EU')['members']) == 28 and len(b['members']) == 27 for b in p[0]['projection']['blocs'] if b['id'] == 'EU')"
run 0 "the same day" report --data "$root/scenarios/protocol-offences"
data "all('blocs' not in q['projection'] for q in p)"

# A bloc that is empty on the scenario's day has members on the vote's
cp -r "$root/scenarios/res-74-247" later
sed -i 's/^as_of,.*/as_of,2014-06-01/' later/scenario.csv
run 0 "a later bloc" report --data later
data "[b['members'] for b in d['blocs'] if b['id'] == 'EAEU'] == [[]]"
data "[len(b['members']) for b in p[0]['blocs'] if b['id'] == 'EAEU'] == [5]"

# The same code, another member
cp -r "$root/scenarios/classroom" others
sed -i 's/^ANA,Ana,/ANA,Anna,/' others/members.csv
run 0 "others of the same codes" report --data --against others "$root/scenarios/classroom"
data "d['states'][0]['name'] == 'Ana' and d['against']['states'][0]['name'] == 'Anna'"

run 0 "a what-if without names" report --data --abstain-as no "$root/scenarios/deletions-2024"
data "d['opening'] == '' and 'article-6-2' in d['opening_note']"

# ---- Nothing private

run 0 "what was heard" report "$root/scenarios/whip-example"
cp out page
run 0 "all of it" report --private --data "$root/scenarios/whip-example"
cp out all
run 0 "the rest" report --data "$root/scenarios/whip-example"
! cmp -s out all
judge "private entries count" $?
/usr/bin/python3 - "$root/scenarios/whip-example/whip.csv" page out 2>why <<'PYTHON'
import csv, sys
rows = list(csv.DictReader(open(sys.argv[1], encoding='utf-8')))
open_words = {v for r in rows if r['private'] != 'yes' for v in r.values() if v}
private = {v for r in rows if r['private'] == 'yes' for k, v in r.items()
           if v and len(v) > 12 and v not in open_words}
for name in sys.argv[2:]:
    text = open(name, encoding='utf-8').read()
    found = [v for v in private if v in text]
    assert not found, (name, found)
PYTHON
judge "nothing private" $?
cp page out
has "left out" '10 private entries of whip.csv are left out'

# Nor what tells of it: the file's hash, or how likely an answer became
hash=$(sha256sum "$root/scenarios/whip-example/whip.csv" | cut -c1-12)
open() { # NAME WORDS... : the page of them holds no hash of the file
  name=$1
  shift
  run 0 "$name" "$@"
  ! grep -q "$hash" out
  judge "$name: no hash of what was heard" $?
}
likelihoods() { # FILE
  /usr/bin/python3 -c "
import json, re, sys
d = json.loads(re.search(r'id=\"data\">(.*?)</script>', open(sys.argv[1], encoding='utf-8').read(), re.S)[1])
print(d['left_out'], [q['projection'] and q['projection']['likelihood'] for q in d['proposals']])" "$1"
}
whip=$root/scenarios/whip-example
open "a report" report "$whip"
likelihoods out >reported
open "a report beside it" report --against "$whip" "$root/scenarios/res-74-247"
open "a page of project" project --draws 1000 -f html "$whip"
likelihoods out >projected
has "a page of project" '10 private entries of whip.csv are left out'
open "a page of whip" whip --draws 1000 -f html "$whip"
has "a page of whip" '10 private rows were left out'
open "a page of replay" replay -f html "$whip"
has "a page of replay" '10 private entries of whip.csv are left out'
cmp -s reported projected && grep -q '^10 ' reported
judge "what is left out counts nowhere" $?
for command in report "project --draws 1000" "whip --draws 1000" replay; do
  run 0 "$command, all of it" $command -f html --private "$whip"
  grep -q "$hash" out
  judge "$command: kept where asked" $?
done
run 0 "project, all of it" project --draws 1000 -f html --private "$whip"
likelihoods out >kept
! cmp -s kept projected
judge "and counts" $?
run 2 "both" whip --redact --private -f html "$whip"

# ---- Verified

verified() { # STATUS NAME WORDS... : a page of them
  expected=$1 made=$2
  shift 2
  run 0 "$made" "$@" -o page.html
  run "$expected" "verify $made" verify page.html
}

verified 0 "a page" report --set RUS=N --against "$root/scenarios/classroom" "$root/scenarios/res-74-247"
verified 0 "a projected page" report --position terrorism:RUS=10±5 --seed 7 "$root/scenarios/protocol-offences"
verified 0 "a page with what is private" report --private "$root/scenarios/whip-example"
verified 0 "a projection with it" project --draws 1000 --format html --private "$root/scenarios/whip-example"
verified 0 "a projection without" project --draws 1000 --format html "$root/scenarios/whip-example"
verified 0 "a replay with it" replay --format html --private "$root/scenarios/whip-example"
verified 0 "a rule's page" report --rule all-members-two-thirds --draws 5000 "$root/scenarios/protocol-offences"
verified 0 "a replay's page" replay --format html --blocs all "$root/scenarios/deletions-2024"
verified 0 "a projection's page" project --format html --full "$root/scenarios/cosp-rules"
verified 0 "a report in JSON" report --format json "$root/scenarios/res-74-247"
verified 3 "a page of rules" rules --format html
run 0 "a page to change" report -o page.html "$root/scenarios/res-74-247"
sed -i 's/79 yes/80 yes/' page.html
run 4 "a changed page" verify page.html
sed -i 's/"plenary report res-74-247"/"plenary report --set-file a res-74-247"/' page.html
run 3 "a page that names a file" verify page.html

# ---- What it refuses

run 2 "a rule that is not" report -o no.html --rule two-third-present-voting "$root/scenarios/res-74-247"
run 2 "an electorate that is not" report -o no.html --electorate s70-75 "$root/scenarios/protocol-offences"
run 2 "a format that is not" report -o no.html --format htm "$root/scenarios/res-74-247"
run 2 "a state that is not" report -o no.html --set FRX=N "$root/scenarios/res-74-247"
run 3 "a second that is not" report -o no.html --against nowhere "$root/scenarios/res-74-247"
[ ! -e no.html ]
judge "nothing written" $?

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
