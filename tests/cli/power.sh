#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# plenary power: the check numbers of the literature through the command, the answer in words, blocs
# that vote as one, abstention, sampling beside counting, whose vote decides as projected, what is
# left out and why; the same bytes for any number of threads; JSON valid under its schema, and
# verified; and words where something is asked for that is none.
# Usage: power.sh PLENARY SOURCE_ROOT
set -u
plenary=$(realpath "$1") root=$(realpath "$2")
. "$(dirname "$0")/judge.sh"
cd "$tmp" || exit 1
s=$root/scenarios

says() { # NAME PATTERN [FILE]
  tr '\n' ' ' <"${3:-out}" | tr -s ' ' | grep -q -- "$2"
  judge "$1" $?
}
silent() { # NAME PATTERN
  ! { tr '\n' ' ' <out | tr -s ' ' | grep -q -- "$2"; }
  judge "$1" $?
}
narrow() { # NAME: no line is wider than a terminal
  [ "$(awk '{ gsub(/[\200-\277]/, ""); if (length > 80) print }' out | wc -l)" -eq 0 ]
  judge "$1: 80 columns" $?
}
table() { # TABLE NAME WORDS...: its rows, without provenance and heading
  table=$1
  shift
  run 0 "$@" --format csv --table "$table"
  sed 1d out >rows
}
row() { # NAME PATTERN: a row of the table begins so
  grep -q "^$2" rows
  judge "$1: $2" $?
}
scenario() { # NAME BODY MEMBERS: in the folder NAME
  mkdir -p "$1"
  printf 'key,value\nformat,1\ntitle,It\nas_of,2026-01-15\nbody,%s\n' "$2" >"$1/scenario.csv"
  printf 'id,title\np1,The whole\n' >"$1/proposals.csv"
  printf '%b' "$3" >"$1/members.csv"
}
valid() { # NAME
  /usr/bin/python3 -W ignore -m jsonschema -i out.json "$root/data/schema/power.schema.json" >why 2>&1
  judge "$1 is valid" $?
  ! grep -qiE '(nan|inf)[,}]' out.json
  judge "$1: every number is one" $?
}

# ---- Check numbers: the Security Council, reference F7 ----

table indices "the council of fifteen" power --no-empirical "$s/security-council"
row "Shapley-Shubik of a veto" 'security-council,shapley-shubik,CHN,state,,0.0666[0-9]*,0.19627[0-9]*,421/2145,,exact'
row "Shapley-Shubik without" 'security-council,shapley-shubik,LVA,state,,0.0666[0-9]*,0.00186[0-9]*,4/2145,,exact'
row "Banzhaf, normalised" 'security-council,banzhaf-normalised,FRA,state,,[0-9.]*,[0-9.]*,106/635,'
row "Banzhaf, absolute" 'security-council,banzhaf,USA,state,,[0-9.]*,[0-9.]*,53/1024,'
row "Banzhaf without a veto" 'security-council,banzhaf,PAN,state,,[0-9.]*,[0-9.]*,21/4096,'
[ "$(wc -l <rows)" -eq $((15 * 8)) ]
judge "no index of blocs without blocs" $?
table abstention "abstention" power --no-empirical "$s/security-council"
row "adopted" 'security-council,,adopted,0.01023[0-9]*,48932/4782969'
row "a veto from yes to no" 'security-council,RUS,yes to no,[0-9.]*,36112/1594323'
row "from yes to abstaining" 'security-council,RUS,yes to abstain,[0-9.]*,2588/177147'
row "an elected member" 'security-council,COL,yes to no,[0-9.]*,5906/531441'
row "whose abstention is a no" 'security-council,COL,abstain to no,0,0'

# ---- In words ----

run 0 "the council in words" power "$s/security-council"
says "the answer" 'each of the 5 with a veto has 19.6% of the power, each of the other 10 0.19%: 105 times as much'
says "two kinds in two rows" 'each of 5 with a veto .*CHN FRA GBR RUS USA'
says "every index, as there are two kinds" 'Johnston index'
says "of five vetoes in percent, and never two forms in a column" 'each of 10 6.67% 0.19% 0.03 0.51%'
says "abstention too" 'each of 10 1.11% 1.11% 0%'
says "the power to act" '1 in 38.6 is adopted; 848 coalitions win'
says "exact says so" 'All of it is exact'
says "votes of another body are not borrowed" 'is left out: nothing is stated of who stands where'
silent "nor spoken of" 'roll calls to'
says "the rule's citation and status" 'UN Charter Article 27(3), recalled'
narrow "the council"
for index in coleman-initiate banzhaf-normalised johnston; do
  run 0 "--index $index" power --index $index --no-empirical "$s/security-council"
  narrow "--index $index"
done
run 0 "asked for all the same" power --electorate s70-74 --draws 2000 "$s/security-council"
says "whose vote decides" 'As the votes are projected, .* decides most often'
says "in the answer too" 'As the votes are projected (an average vote of the electorate), United States'
says "what that is worth" 'average vote; one of the General Assembly says little of this body'
says "what stands beside a bloc" 'Beside a bloc: it as one, all others one by one'
narrow "the council, asked for"
run 0 "193 equal members" power "$s/res-74-247"
says "once for all" 'each of the 193 has the same power, 1/193 of all (0.52%)'
says "it was voted on" 'On record: res-74-247 (79 yes, 60 no, 33 abstaining). What stands here is a projection'
says "Banzhaf of 193" 'its vote would decide 1 in 17.4 votes'
silent "no row a member" '^AFG '
narrow "193 equal members"
run 0 "two-thirds of 193" power --rule two-thirds-present-voting --no-empirical "$s/res-74-247"
says "far less" 'decide 1 in 865,000 votes'
says "abstention, reference" '1 in 11,800 is adopted.* from yes to no defeats 1 in 17,100, from yes to abstaining 1 in 41,600, from abstaining to no 1 in 29,100'
says "what if" 'What if: the rule two-thirds-present-voting'
says "beside the rule that would decide" 'Under the rule that would decide: General Assembly, 193 members, more than half'
silent "no projected vote" 'projected'
run 0 "by weight" power "$s/eu-council"
says "the most and the least" 'Germany has the most, 17.6% of the power with 18.5% of the weight; Malta the least, 0.86% with 0.12%'
says "what wins" 'it takes 15 of 27 with 6,501 of the weight of 10,001; or 24 of whatever weight'
says "ranked" 'DEU 18.5% 17.6% 0.95 .* FRA .* MLT'
narrow "by weight"
run 0 "by weight, projected" power --electorate s70-74 --draws 500 --bloc EU --bloc X=FRA,ITA,GBR "$s/eu-council"
says "no columns are promised that are not there" 'Which bloc decides as one, as projected Bloc Votes Decides EU'
says "who has no seat" 'Of X have no seat here, and are left out: GBR'
says "always, of so many draws" 'EU [0-9]* >99.2%'
says "whose power to act" 'Power to act (Coleman), each member by itself, no bloc as one'
narrow "by weight, projected"
table empirical "never sure" power --electorate s70-74 --draws 500 --bloc EU "$s/eu-council"
row "seen always" 'eu-council,act,EU,bloc,0.996[0]*,0.005[0-9]*,'
run 0 "without the blocking minority" power --rule eu-double-majority --no-empirical "$s/eu-council"
says "no number is enough" 'it takes 15 of 27 with 6,501 of the weight of 10,001\. '
says "a little less for the smallest" 'Under the rule that would decide: .* Malta the least, 0.86%'
run 0 "in full" power --full "$s/eu-council"
says "every index" 'Every index, each member voting by itself'
narrow "in full"

# ---- Blocs ----

run 0 "blocs" power --bloc EU --bloc AFRICA --bloc BRICS "$s/res-74-247"
says "the answer" 'AFRICA as one (53 members, 27.5% of the votes) has 35.4% of the power, 1.29 times its share'
says "a member of two goes with the smaller" 'Of AFRICA vote with a smaller bloc asked for: ZAF'
says "inside" 'A member of EU has 0.47% of the power inside it (Owen), and would have 0.52%'
narrow "blocs"
scenario benelux model-un 'state,name\nDEU,\nFRA,\nITA,\nNLD,\nBEL,\nLUX,\n'
printf 'state,weight\nDEU,4\nFRA,4\nITA,4\nNLD,2\nBEL,2\nLUX,1\n' >benelux/members.csv
printf 'rule,name,method,basis,majority,weight_basis,weight_majority,citation,status,source\nrome,Rome,vote,members,>=1/6,members,>=12/17,Treaty of Rome,recalled,reference\n' >benelux/rules.csv
table indices "the Six, 1958" power --rule rome --no-empirical --bloc BENELUX=BEL,NLD,LUX benelux
row "Shapley-Shubik, one by one" 'model-un,shapley-shubik,DEU,state,,[0-9.]*,[0-9.]*,7/30,'
row "who is nobody" 'model-un,shapley-shubik,LUX,state,BENELUX,[0-9.]*,0,0,'
row "Benelux as one" 'model-un,shapley-shubik,BENELUX,bloc,BENELUX,'
table blocs "who is in it" power --rule rome --no-empirical --bloc BENELUX=BEL,NLD,LUX benelux
row "its members" 'model-un,BENELUX,BENELUX,3,BEL LUX NLD,'
run 0 "a bloc of one" power --bloc BRICS --bloc X=DEU benelux
says "is left alone" 'X has fewer than two votes of its own here and is left alone'
run 0 "who has no seat" power --no-empirical --bloc 'X = FRA, DEU ,USA' benelux
says "is listed" 'Of X have no seat here, and are left out: USA'
run 2 "a state as a bloc" power --bloc FRA benelux
says "what it is" 'FRA is a state, which votes as one anyway; expected a bloc, or NAME=FRA,' why
run 2 "a name that is taken" power --bloc FRA=FRA,DEU benelux
says "by what" "FRA is a state's code already" why
run 2 "a bloc that is none" power --bloc EUU "$s/res-74-247"
says "a near miss" 'did you mean EU?' why
run 2 "an index that is none" power --index banzhav "$s/res-74-247"
says "a near miss of it" 'did you mean banzhaf?' why
run 2 "of blocs, without one" power --index owen "$s/res-74-247"
says "what it needs" 'expected --bloc with it' why
run 3 "weights that are not there" power --rule eu-council-qualified "$s/res-74-247"
says "why not" 'counts weights, and the members have none' why

# ---- Sampled beside counted ----

run 0 "sampled" power --sample --samples 20000 --no-empirical --format csv "$s/security-council"
sed 1d out >sampled
awk -F, '$2 == "shapley-shubik" { exact = $3 == "CHN" || $3 == "FRA" || $3 == "GBR" || $3 == "RUS" || $3 == "USA" ? 421 / 2145 : 4 / 2145
  d = ($7 - exact) / $9; if ($10 != "sampled" || $8 != "" || d * d > 25) bad++; n++ } END { exit !(n == 15 && !bad) }' sampled
judge "within five standard errors, and it says sampled" $?
run 0 "sampled in words" power --sample --samples 20000 --no-empirical "$s/security-council"
says "why, and how well" 'Sampled, as asked for: 20,000 random orders and coalitions, seed 1; standard error 0.[0-9]*% at the most'
says "what cannot be" 'Left out, as they cannot be counted here nor sampled well: Johnston'
silent "not exact" 'All of it is exact'

run 0 "nothing seen" power --sample --samples 1000 --no-empirical "$s/protocol-package"
says "is not never" 'its vote would decide <1 in 1,000 votes (sampled)'
says "nor of the whole" 'at random, <1 in 1,000 is adopted (sampled'
silent "no word of it" 'never\|nothing can win'
run 0 "few samples" power --sample --samples 100 --no-empirical "$s/eu-council"
says "the answer has its error" 'Latvia the least, <1% with 0.42% (sampled, standard error 4.07%)'
scenario even model-un 'state,name,weight\nA1,One,1000\nA2,Two,999\nA3,Three,998\nA4,Four,997\nA5,Five,996\n'
printf 'rule,name,method,basis,majority,weight_basis,weight_majority,min_yes,citation,status,source\nmost,Most,vote,members,>1/2,members,>=2/3,,here,assumed,made up\nseven,Seven,vote,members,>=1/1,,,7,here,assumed,made up\n' >even/rules.csv
run 0 "weights that tell nobody apart" power --rule most even
says "the same power" 'two-thirds of the weight: each of the 5 has the same power, 1/5 of all (20.0%)'
run 0 "sampled, nobody stands out" power --rule most --sample --samples 200 --no-empirical even
says "noise is not a ranking" 'no member stands out beyond the error of sampling'
run 0 "nothing can be adopted" power --rule seven even
says "so nobody has power" 'all members: nothing can be adopted, whoever votes yes, so nobody has power'
silent "nothing else is said" 'Coleman\|margins\|never\|Shapley'
printf 'stage,title,body,rule,date\nfirst,First,model-un,mun-simple-majority,2026-03-01\nsecond,Second,general-assembly,most,2026-04-01\n' >even/stages.csv
cp -r even odd
printf 'state,name\nA1,One\nA2,Two\n' >odd/members.csv
run 3 "a stage that counts weights that are not there" power odd
says "which" 'stage second: the rule most counts weights' why

# Sixty weights up to a thousand million: too much to count.
awk 'BEGIN { print "state,name,weight"; x = 7; for (i = 1; i <= 60; i++) { x = (x * 16807) % 2147483647
  printf "M%d,Member %d,%d\n", i, i, 1 + x % 900000000 } }' >sixty.csv
scenario sixty model-un ''
cp sixty.csv sixty/members.csv
cp benelux/rules.csv sixty/rules.csv
run 0 "sixty weights" power --rule rome --bloc X=M1,M2,M3 --no-empirical --samples 20000 sixty
says "it says that it samples, and why" 'Sampled, as exact counts are out of reach here: 20,000 random orders'
says "between blocs too" 'Between blocs it is sampled'
says "abstention is out of reach" 'Abstention as a third option is out of reach here'
narrow "sixty weights"
table indices "sixty weights, a bloc" power --rule rome --bloc X=M1,M2,M3 --no-empirical --samples 20000 sixty
row "the bloc" 'model-un,shapley-shubik,X,bloc,X,[0-9.]*,[0-9.]*,,0.00[0-9]*,sampled'
awk -F, '$2 == "owen" { sum += $7; n++ } END { exit !(n == 60 && sum > 0.999999 && sum < 1.000001) }' rows
judge "Owen shares it out" $?

# ---- Games, and what is passed over ----

run 0 "several stages" power "$s/protocol-offences"
says "the committee first" 'Ad Hoc Committee of resolution 75/282, 193 members, consensus, else two-thirds'
says "a conference of too few" 'A conference of 2: the Convention asks for 60 parties'
says "consensus comes first" 'Consensus comes first'
narrow "several stages"
run 0 "another day" power --stage conference --as-of 2025-01-01 "$s/protocol-offences"
says "nobody sits there" 'Passed over: nobody sits in it on that day'
run 0 "an old vote" power "$s/res-73-187"
says "no electorate is as old" 'is left out: no electorate of data/positions ends before'
run 0 "what is in the electorate" power --no-empirical "$s/adoption-2024"
run 3 "asked for by name" power --electorate s70-74 "$s/res-74-247"
run 0 "no vote at all" power --rule consensus "$s/classroom"
says "why no vote is projected" 'is left out: by consensus there is no vote; one objection stops it'
silent "and none is spoken of" 'Projected votes'
says "everybody can stop it" 'it takes 12 of 12'
says "to keep silent" 'to keep silent is to agree'

# ---- Bytes, schema, verify ----

for words in "$s/res-74-247" "--bloc EU $s/security-council" "--rule consensus $s/classroom" \
  "--sample --samples 1000 $s/eu-council" "--proposal arms $s/protocol-offences" "$s/res-73-187" \
  "--stage conference --as-of 2025-01-01 $s/protocol-offences"; do
  # shellcheck disable=SC2086 # words
  "$plenary" power $words --threads 1 --format json -o out.json 2>why
  judge "power $words" $?
  # shellcheck disable=SC2086 # words
  "$plenary" power $words --threads 3 --format json -o other.json 2>why && cmp -s out.json other.json
  judge "power $words: the same bytes with three threads" $?
  valid "power $words"
  run 0 "power $words verifies" verify out.json
done
sed 's/"value": 0\.1/"value": 0.2/' out.json >bad.json
"$plenary" power --no-empirical --format json -o out.json "$s/security-council"
sed 's|421/2145|422/2145|' out.json >bad.json
run 4 "a spoilt fraction does not verify" verify bad.json
sed 's/"how": "exact"/"how": "guessed"/' out.json >bad.json
mv bad.json out.json
! /usr/bin/python3 -W ignore -m jsonschema -i out.json "$root/data/schema/power.schema.json" >why 2>&1
judge "a spoilt output is not valid" $?
run 0 "a page" power --format html -o page.html "$s/security-council"
run 0 "which verifies" verify page.html

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
