#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# plenary whatif: what it answers of a record, a vote to come, talks and dates; side by side; the same
# numbers as the commands that it stands beside; every format; the same bytes for any number of
# threads; what it refuses.
# Usage: whatif.sh PLENARY SOURCE_ROOT
set -u
plenary=$(realpath "$1") root=$(realpath "$2")
scenarios=$root/scenarios
. "$(dirname "$0")/judge.sh"
cd "$tmp" || exit 1

in_lines() { # NAME: no line of out is wider than 80 columns
  ! LC_ALL=C.UTF-8 /usr/bin/python3 -c '
import sys
print(*[l for l in open("out", encoding="utf-8") if len(l) > 81])' | grep -q '[a-z]'
  judge "in lines: $1" $?
}

row_says() { # WORDS: one line of out
  LC_ALL=C.UTF-8 grep -qE -- "$1" out
  judge "a line says: $1" $?
}

agree() { # NAME PYTHON: with d the JSON of the file out
  /usr/bin/python3 -c "import json, csv; d = json.load(open('out')); $2" >why 2>&1
  judge "$1" $?
}

# ---- A vote on record ----

run 0 "a record" whatif --set 'rule two-thirds-present-voting' --set 'Europe: vote EU=A' \
  --set 'Twice: vote RUS=Y; vote RUS=N' --set 'As it was: vote RUS=Y' "$scenarios/res-74-247"
file_says out 'rule two-thirds-present-voting: not adopted instead of adopted'
file_says out 'Europe: adopted all the same \(23 to spare instead of 9\)\.'
file_says out 'As it was: nothing comes out otherwise, in no draw and of no seat\.'
file_says out '"Twice" sets vote RUS twice: vote RUS=Y and then vote RUS=N; the later holds'
row_says '^Twice +vote RUS=Y +Y$'
row_says '^ +vote RUS=N +Y$'
row_says '^Europe +vote EU=A +28 N$'
row_says '^What if .*Seats turned$'
file_says out 'EU: European Union; RUS: Russian Federation'
file_says out 'Turned by Europe: the vote of 28 of 193 seats \(28 from no to abstaining: AUT BEL'
file_says out 'verified at the weakest\. A change'
file_says out 'assumed at the weakest\. Rules'
in_lines "a record"
run 0 "its own edits" whatif "$scenarios/res-74-247"
file_says out "$(sed -n '2s/,.*//p' "$scenarios/res-74-247/edits.csv")"
file_says out "$(sed -n '2s/.*,//p' "$scenarios/res-74-247/edits.csv")"
in_lines "its own edits"
# The same as replay, state by state.
"$plenary" replay -f csv --table votes --set AFRICAN_UNION=N "$scenarios/res-74-247" >replay.csv
run 0 "as data" whatif -f json --set 'vote AFRICAN_UNION=N' "$scenarios/res-74-247"
agree "the replay's answer" "
rows = {r['bundle']: r for r in d['compared']}
assert rows['as it is']['chance'] == 1 and rows['as it is']['yes'] == 79
assert rows['vote AFRICAN_UNION=N']['chance'] == 0 and rows['vote AFRICAN_UNION=N']['turned']
assert rows['vote AFRICAN_UNION=N']['no'] == 60 + sum(m['likeliest'] == 'N' for m in d['moves'])
assert all(m['how'] == 'set' and m['moved'] == 1 for m in d['moves'])"

# ---- A vote to come ----

run 0 "a vote to come" whatif --proposal terrorism --set 'Europe: position EU=30±10' \
  --set 'Asia: position ASEAN=70; vote IND=Y' "$scenarios/protocol-offences"
file_says out 'Europe: adopted in [0-9]+% of the draws instead of [0-9]+% \([0-9.]+ ±[0-9.]+ points more\)\.'
row_says '^Europe +position EU=30±10 +none stated$'
file_says out '± is what the draws leave to chance, 19 times of 20'
row_says '^[A-Z]{3} .*filled in +[0-9]'
row_says '^IND +set +[0-9]+% to >99%'
file_says out 'Every case is drawn from the same numbers'
in_lines "a vote to come"
run 0 "what does nothing there" whatif --proposal terrorism --set 'position extremism:EU=30' "$scenarios/protocol-offences"
file_says out 'position extremism:EU=30: nothing that is asked about here is set\.'
file_says out 'Not asked about here, and so left out: position extremism:EU=30\.'
! grep -q 'nothing comes out otherwise' out
judge "what is left out is not said to make no difference" $?
run 0 "a part of it does nothing there" whatif --draws 400 --proposal terrorism \
  --set 'Both: position extremism:EU=30; position EU=40' "$scenarios/protocol-offences"
file_says out 'Both: adopted in'
file_says out 'Not asked about here, and so left out of Both: position extremism:EU=30\.'
run 0 "the talks' change is left out of ratification" whatif --draws 400 --study ratify \
  --set 'position terrorism:EU=30' "$scenarios/protocol-offences"
file_says out 'position terrorism:EU=30: nothing that is asked about here is set\.'
run 0 "a seat that votes as it would" whatif --proposal subversive-armed-activities --draws 2000 --set "vote USA=N" "$scenarios/protocol-offences"
file_says out 'no draw of 2,000 differs: less than 0\.15 points'
run 0 "in full" whatif --full --proposal terrorism "$scenarios/protocol-offences"
in_lines "in full"
run 0 "several proposals" whatif --draws 400 --set "Dissolved: split ARAB_LEAGUE" \
  --set "Away: presence AFRICAN_UNION=50" "$scenarios/protocol-offences"
file_says out 'of 16 proposals adoption is .*likelier on'
file_says out 'Dissolved does nothing on [0-9]+ of 16 proposals'
row_says '^A  Dissolved +split ARAB_LEAGUE +one bloc of 21$'
row_says '^B  Away +presence AFRICAN_UNION=50 +drawn$'
row_says '^Proposal +As it is +A +B$'
row_says '^terrorism +[0-9]+% '
in_lines "several proposals"
run 0 "several proposals, one by one" whatif --full --draws 400 --set "Dissolved: split ARAB_LEAGUE" \
  --set "Away: presence AFRICAN_UNION=50" "$scenarios/protocol-offences"
row_says '^Proposal +What if +Adopted +Points, ± chance$'
run 0 "from where to where" whatif --draws 400 --proposal terrorism \
  --set 'position SPONSORS_74_247=45±20; rule simple-majority-present-voting' "$scenarios/protocol-offences"
row_says 'position SPONSORS_74_247=45±20 +76±20$'
row_says 'rule simple-majority-present-voting +ahc-two-thirds$'
run 0 "little, and beyond chance" whatif --study project --set 'member USA=out; vote USA=Y' "$scenarios/res-74-247"
file_says out 'member USA=out; vote USA=Y: adopted in [0-9]+% of the draws, 0\.0[0-9] ±0\.0[0-9] points more'
run 0 "a vote on record, projected" whatif --set 'member USA=out' "$scenarios/deletions-2024"
head -4 out >first && mv first out
file_says out 'On record: article-6-2 was rejected \(23 yes, 102 no, 26 abstaining\), unknown-2 was rejected'
file_says out 'and 4 more\. What follows is a projection, as if before the vote'
run 0 'a seat taken from a record' whatif --draws 100 --set 'member USA=out' "$root/scenarios/res-74-247"
file_says out 'The record without the vote of USA: vote USA=X, alone or with a rule[.]'
run 0 "by less than is shown" whatif --set 'member USA=out' "$scenarios/deletions-2024"
file_says out 'nothing is stated of who stands where on article-6-2.*average vote\. member USA=out: of'
file_says out 'of 7 proposals adoption is different by less than a point on 7; turned on none\. '
! grep -q 'furthest' out
judge "the furthest is not of two equal numbers" $?
row_says '^member USA=out +member USA=out +in$'
run 0 "by less than is shown, beside others" whatif --set 'rule two-thirds-present-voting' \
  --set 'position ALL=60' "$scenarios/cosp-rules"
row_says '^annual-sessions +43% +~ +50%$'
in_lines "beside others"
run 0 "without a seat" whatif --draws 400 --proposal terrorism --set 'member USA=out' "$scenarios/protocol-offences"
file_says out '1 from no to no seat: USA'
run 0 "of several proposals" whatif --draws 200 --set 'position SPONSORS_74_247=40' "$scenarios/protocol-offences"
row_says 'position SPONSORS_74_247=40 +by proposal$'
run 0 "no record to turn from" whatif --study replay --set 'vote EU=Y' --proposal terrorism "$scenarios/protocol-offences"
file_says out 'adopted \(9 to spare\), where as it is the votes are not known'
! grep -q 'from no vote\|  turned' out
judge "nobody turns from what is not known" $?

run 0 "drawn, as data" whatif -f json --proposal terrorism --set 'Asia: position ASEAN=70; vote IND=Y' "$scenarios/protocol-offences"
cp out drawn.json
agree "pairs add up, and seats" "
n = d['asked']['draws']
base, asia = d['compared']
assert n == 20000 and asia['base'] == base['chance'] and base['change'] is None
assert abs(asia['change'] - (asia['gained'] - asia['lost']) / n) < 1e-6
se = (asia['gained'] + asia['lost'] - (asia['gained'] - asia['lost']) ** 2 / n) ** .5 / n
assert abs(asia['high'] - asia['change'] - 1.959964 * se) < 2e-6 and abs(asia['change'] - asia['low'] - 1.959964 * se) < 2e-6
assert asia['margin_low'] < asia['margin_change'] < asia['margin_high']
moves = [m['moved'] for m in d['moves']]
assert moves == sorted(moves, reverse=True)
set_ = {m['state'] for m in d['moves'] if m['how'] == 'set'}
assert 'IND' in set_ and 'IDN' in set_ and 'FRA' not in set_
for m in d['moves']:
    for at in ('', '_before'):
        assert abs(sum(m[k + at] for k in ('yes', 'no', 'abstain', 'absent')) - 1) < 1e-5"
# The same chance as project gives, up to the error of both.
"$plenary" project -f json --proposal terrorism --position ASEAN=70 "$scenarios/protocol-offences" >project.json
run 0 "one position" whatif -f json --proposal terrorism --set 'position ASEAN=70' "$scenarios/protocol-offences"
agree "the projection's chance" "
p = json.load(open('project.json'))
there = [s for s in p['summary'] if s['id'] == 'terrorism'][0]['adopted']
assert abs(d['compared'][1]['chance'] - there) < .015, (d['compared'][1]['chance'], there)"

# ---- Talks, and dates ----

run 0 "talks" whatif --set 'More: position scope:AFRICA=8±1.5' --set 'First: salience safeguards:EU=100' \
  "$scenarios/protocol-package"
file_says out 'More: at the forecast offences is adopted in [0-9]+% of the draws instead of [0-9]+% \(.*'
file_says out 'points fewer\); How many further offences [0-9.]+ instead of [0-9.]+\.'
file_says out 'First: at the forecast offences is adopted in .* Safeguards [0-9.]+ instead of [0-9.]+\.'
row_says '^Adopted, if the talks end exactly at the forecast and it is put as offences$'
row_says '^What if +At the forecast +Points, ± chance'
row_says '^as it is +4\.71 +54 +59\.2 +3\.22$'
row_says '^More +5\.36 \+0\.65 '
file_says out 'the number that it opens with is over all that the talks may come to, and another\.'
file_says out 'The vote is that on offences alone, the first that is made of issues; --proposal asks about another: safeguards, cooperation, entry\.'
file_says out 'scope: How many further offences; '
row_says '^First +salience safeguards:EU=100 +90$'
file_says out 'Forecasts, each on the scale of its issue'
in_lines "talks"
run 0 "an issue of a proposal's name" whatif --proposal offences --set 'First: salience safeguards:EU=100' \
  --set 'position entry:EU=60' "$scenarios/protocol-package"
file_says out 'First: .* Safeguards [0-9.]+ instead of 59\.2'
file_says out 'position entry:EU=60: .* Ratifications until it is in force 45\.1 instead of 44\.9\.'
run 0 "an issue's name alone" whatif --proposal offences --set 'position entry:EU=60' "$scenarios/protocol-package"
file_says out 'position entry:EU=60: .* Ratifications until it is in force 45\.1 instead of 44\.9\.'
run 0 "a proposal's name" whatif --draws 200 --set 'position entry:EU=60' "$scenarios/protocol-package"
file_says out 'position entry:EU=60 is read as of the vote on the proposal entry; as of the issue entry'
run 0 "less than chance leaves" whatif --study bargain --set 'split EU' "$scenarios/protocol-package"
! grep -q 'which may' out
judge "of talks it is not chance that is in doubt" $?
row_says '^split EU +split EU +one bloc of 27$'
run 0 "less than is shown" whatif --study bargain --proposal protocol --set 'split EU' "$scenarios/protocol-package"
file_says out 'split EU: forecasts move, but by less than is shown\.'
run 2 "a state does not fall apart" whatif --set 'split DEU' "$scenarios/protocol-package"
file_says why '"split DEU" is of a state; expected a bloc.s id, or "split BLOC:DEU"'
run 0 "another method" whatif --method nash --set 'salience scope:EU=90' "$scenarios/protocol-package"
run 0 "dates" whatif --draws 2000 --set 'Europe joins: deposit EU=2028-06-30' --set 'assume tie=0' "$scenarios/protocol-offences"
file_says out 'Europe joins: protocol adopted in [0-9]+% of the draws instead of [0-9]+% '
file_says out 'in force [0-9]+ months earlier; parties enough for a protocol [0-9]+ months earlier; if adopted \(3[0-9]%\), the protocol in force in [A-Z][a-z]+ 2034, as it is, if adopted \((79|8[0-3])%\), in [A-Z][a-z]+ 2037\.'
! grep -q 'the protocol in force [0-9]* month' out
judge "an earlier day of fewer draws is no gain" $?
row_says '^Middle days and months of change; mean parties at the end of 2051$'
row_says '^What if +In force +Conference +Protocol, if adopted +Parties$'
row_says '^Europe joins +Sep 2028 -[0-9]+ +[A-Z][a-z]+ 2030 -[0-9]+ +[A-Z][a-z]+ 2034 +[0-9.]+ \+[0-9.]+$'
row_says '^Europe joins +deposit EU=2028-06-30 +drawn$'
/usr/bin/python3 -c '
import re, time
rows = {l[:12]: re.findall(r"([A-Z][a-z]{2}) (20[0-9]{2})(?: ([+-][0-9]+))?", l) for l in open("out") if re.search(r"[A-Z][a-z]{2} 20[0-9]{2} ", l)}
at = lambda cell: 12 * int(cell[1]) + time.strptime(cell[0], "%b").tm_mon
for was, now in list(zip(rows["as it is    "], rows["Europe joins"]))[:2]:
    assert at(now) - at(was) == int(now[2]), (was, now)' >why 2>&1
judge "months of change are those between the months" $?
row_says '^assume tie=0 +assume tie=0 +0\.5$'
file_says out 'The vote is that on protocol alone, the last proposal; --proposal asks about another: .* and 11 more\.'
in_lines "dates"
run 0 "hardly ever adopted" whatif --draws 2000 --study ratify --set 'position protocol:SPONSORS_74_247=23±1' "$scenarios/protocol-offences"
file_says out 'too seldom adopted for a day of the protocol.s force to be told\.'
row_says ' too seldom +[0-9.]+$'
in_lines "hardly ever adopted"
run 0 "the same month" whatif --study ratify --set 'rule simple-majority-present-voting' --proposal terrorism "$scenarios/protocol-offences"
! grep -qE 'rule simple.*20[0-9]{2} [+-][0-9]' out
judge "no month of change where the month is the same" $?
run 0 "one is of no use" whatif --draws 400 --set 'presence ALL=0' --set 'deposit ALL=never' "$scenarios/protocol-offences"
file_says out 'presence ALL=0: left out, as nothing here has a use for it \(below\)\.'
file_says out 'Left out: presence ALL=0: .* of no use to the study ratify'
file_says out 'deposit ALL=never: protocol is put to the vote in no draw; '
run 0 "one has no answer" whatif --set 'rule two-thirds-present-voting' --set 'vote EU=A' "$scenarios/deletions-2024"
file_says out 'Left out: vote EU=A: .*how AUT voted is not public'
run 2 "a slip beside others" whatif --set 'vote RUSS=N' --set 'vote EU=A' "$scenarios/res-74-247"
file_says why 'did you mean RUS'
run 0 "never" whatif --draws 400 --set 'deposit ALL=never' "$scenarios/protocol-offences"
file_says out 'deposit ALL=never: protocol is put to the vote in no draw; '
row_says '^deposit ALL=never +beyond +beyond +beyond '
row_says '^deposit ALL=never +no vote$'
! grep -q '^Turned' out
judge "what is not known does not turn" $?
in_lines "never"
run 0 "no rule" whatif --set 'salience DEU=90' "$scenarios/emission-1994"
row_says '^The outcomes rest on facts that are assumed at the weakest\.$'
file_says out 'salience DEU=90: Years until the standards apply 7\.28 instead of 7\.35\.'
row_says '^salience DEU=90 +salience DEU=90 +[0-9]+$'

run 0 "no forecast" whatif --set 'salience ALL=0' "$scenarios/emission-1994"
file_says out 'salience ALL=0: there is no forecast\.'

# A position that one bundle gives a bloc is none in another.
run 0 "a bloc that says nothing" whatif --draws 400 --proposal terrorism --set 'a: position EU=60' \
  --set 'g: join EU=NOR' "$scenarios/protocol-offences"
file_says out 'g: left out, as nothing here has a use for it'

# ---- Adopted, and yet short ----

run 0 "nobody there" whatif --draws 400 --set 'presence ALL=0' --proposal terrorism "$scenarios/protocol-offences"
in_lines "nobody there"
file_says out 'in >99% of the draws terrorism is adopted without a vote'
file_says out 'fewer take part than a quorum'
run 0 "some there" whatif --draws 400 --set 'presence EU=20' --proposal terrorism "$scenarios/protocol-offences"
! grep -q 'quorum' out
judge "a quorum is there" $?

# ---- For programs ----

cat >mine.csv <<'END'
bundle,edit,who,value
Europe,vote,EU,A
END
try() { # NAME WORDS...
  which=$1
  shift
  run 0 "as JSON: $which" whatif -f json -o "$which.json" "$@"
  /usr/bin/python3 -W ignore -m jsonschema -i "$which.json" "$root/data/schema/whatif.schema.json" >why 2>&1
  judge "as published: $which" $?
  for last in "$@"; do :; done
  run 0 "again: $which" verify "$which.json" "$last"
}
try record "$scenarios/res-74-247"
try talks "$scenarios/protocol-package"
try offences --draws 200 "$scenarios/protocol-offences"
try dates --draws 1000 --set 'assume tie=0' "$scenarios/protocol-offences"
try norule --set 'salience DEU=90' "$scenarios/emission-1994"
try file --edits mine.csv --set 'vote CHN=N' "$scenarios/res-74-247"
sed -i 's/,A/,X/' mine.csv
run 4 "a file that has changed" verify file.json "$scenarios/res-74-247"
for table in compared changes clashes outcomes moves left_out; do
  run 0 "the table $table" whatif -f csv --table $table "$scenarios/res-74-247"
done
run 2 "no such table" whatif -f csv --table nosuch "$scenarios/res-74-247"
file_says why 'no table "nosuch" here; expected one of compared, changes'
try useless --draws 400 --set 'presence ALL=0' --set 'deposit ALL=never' "$scenarios/protocol-offences"
try elsewhere --draws 200 --proposal terrorism --set 'Both: position extremism:EU=30; position EU=40' "$scenarios/protocol-offences"
for threads in 1 3; do
  run 0 "$threads threads" whatif -f json --draws 400 --threads $threads "$scenarios/protocol-offences"
  cp out threads-$threads
  run 0 "$threads threads, one" whatif -f json --draws 400 --threads $threads --proposal arms "$scenarios/protocol-offences"
  cp out one-$threads
done
cmp threads-1 threads-3 >why && cmp one-1 one-3 >why
judge "the same bytes for any number of threads" $?
run 0 "a page" whatif -f html -o page.html --proposal terrorism "$scenarios/protocol-offences"
grep -q 'data-chart="whatif"' page.html
judge "it is drawn" $?
grep -q '[0-9] of 6 move the chance of adoption by more than the draws leave to chance' page.html
judge "its title counts what is beyond chance" $?
run 0 "the page again" verify page.html "$scenarios/protocol-offences"

# ---- What it refuses ----

run 2 "nothing" whatif "$scenarios/classroom"
file_says why 'nothing is asked; expected --set'
run 2 "nobody" whatif --set 'vote RUSS=N' "$scenarios/res-74-247"
file_says why 'did you mean RUS'
run 2 "no change" whatif --set 'votes RUS=N' "$scenarios/res-74-247"
run 3 "no electorate old enough" whatif --set "presence ALL=50" "$scenarios/res-73-187"
file_says why 'a projection rests on an electorate: no electorate of data/positions ends before'
run 2 "two of a name" whatif --set 'A: vote RUS=N' --set 'A: vote CHN=N' "$scenarios/res-74-247"
file_says why 'two bundles are called "A"'
run 2 "twice in one" whatif --set 'vote FRA=Y; vote FRA=N' "$scenarios/res-74-247"
file_says why 'vote FRA is set twice in one bundle; expected it once, or a bundle each'
run 2 "the beginning of a rule's name" whatif --set 'rule two-thirds' "$scenarios/res-74-247"
file_says why 'did you mean two-thirds-present or two-thirds-present-voting\?'
run 2 "the base's name" whatif --set 'as it is: vote RUS=N' "$scenarios/res-74-247"
run 2 "no such study" whatif --study replays --set 'vote RUS=N' "$scenarios/res-74-247"
file_says why 'did you mean replay'
run 2 "no such proposal" whatif --proposal terrorisms --set 'vote RUS=N' "$scenarios/protocol-offences"
run 2 "no such method" whatif --method nashh --set 'salience scope:EU=90' "$scenarios/protocol-package"
file_says why 'did you mean nash'
run 2 "a study without use for it" whatif --study replay --set 'salience EU=90' "$scenarios/res-74-247"
run 2 "too few draws" whatif --draws 3 --set 'vote RUS=N' "$scenarios/protocol-offences"
printf 'bundle,edit,who,value\nA,votes,RUS,N\n' >bad.csv
run 3 "a file with a fault" whatif --edits bad.csv "$scenarios/res-74-247"
file_says why 'bad.csv:2:3'
printf 'bundle,edit,who,value\nA,vote,AFRICAN_UNON,N\n' >bad.csv
run 3 "a file with a name that is nobody's" whatif --edits bad.csv "$scenarios/res-74-247"
file_says why 'bad.csv:2:8: .*AFRICAN_UNION'

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
