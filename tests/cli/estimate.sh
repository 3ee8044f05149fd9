#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# From votes that were drawn back to where those who cast them stand, and forward again: each
# fit, the electorate that it leaves, its scores on hidden votes; the same bytes for any
# number of threads, any order of rows and any folder, and others only for another seed.
# Usage: estimate.sh PLENARY SOURCE_ROOT
set -u
plenary=$(realpath "$1") root=$(realpath "$2")
. "$(dirname "$0")/judge.sh"
cd "$tmp" || exit 1
export LC_ALL=C

says() { # WORDS: in out, however it is folded
  tr -s '\n ' '  ' <out | grep -qE -- "$1"
  result=$?
  [ "$result" -eq 0 ] || cp out why
  judge "it says: $1" $result
}

# Rows of CSV without the header and without the columns that say what they are from.
rows() { # FILE
  sed '1d; s/,[^,]*,"\{0,1\}plenary [a-z].*$//' "$1"
}

# Votes of made-up states under the codes of real ones, so that files by state hold them.
draw() { # NAME WORDS...: NAME.csv, and NAME.truth.csv: code, where it stands
  name=$1
  shift
  "$plenary" simulate --as own --truth "$name.truth" "$@" -o "$name.drawn.csv" || return 1
  awk -F, -v OFS=, 'NR == FNR { if (FNR > 1) code[sprintf("S%03d", FNR - 1)] = $1; next }
                    FNR > 1 { $2 = code[$2] } { print }' "$root/data/members.csv" "$name.drawn.csv" >"$name.csv"
  awk -F, 'NR == FNR { if (FNR > 1) code[sprintf("S%03d", FNR - 1)] = $1; next }
           FNR == 1 { for (k = 1; k <= NF; k++) { if ($k == "x1") one = k; if ($k == "x2") two = k }; next }
           { print code[$1] "," $one "," (two ? $two : 0) }' \
    "$root/data/members.csv" "$name.truth/states.csv" >"$name.truth.csv"
}

# TRUTH FOUND: code,x,y and code,x[,y] each; the least multiple correlation of a true dimension
# with the found ones, which may be turned and mirrored against it, must be above 0.97.
recovered() {
  awk -F, 'NR == FNR { x[$1] = $2; y[$1] = $3; next }
    $1 in x { a[++n] = $2; b[n] = NF > 2 ? $3 : 0; t[1, n] = x[$1]; t[2, n] = y[$1] }
    END {
      for (i = 1; i <= n; i++) { ma += a[i] / n; mb += b[i] / n; mt[1] += t[1, i] / n; mt[2] += t[2, i] / n }
      for (i = 1; i <= n; i++) {
        p = a[i] - ma; q = b[i] - mb; aa += p * p; bb += q * q; ab += p * q
        for (k = 1; k <= 2; k++) { r = t[k, i] - mt[k]; at[k] += p * r; bt[k] += q * r; tt[k] += r * r }
      }
      for (k = 1; k <= 2; k++) {
        if (tt[k] == 0) continue
        det = aa * bb - ab * ab
        u = bb > 0 ? (at[k] * bb - bt[k] * ab) / det : at[k] / aa
        v = bb > 0 ? (bt[k] * aa - at[k] * ab) / det : 0
        square = (u * at[k] + v * bt[k]) / tt[k]
        printf "dimension %d: %d states, correlation %.4f\n", k, n, sqrt(square)
        if (n < 10 || square <= 0.97 * 0.97) bad = 1
      }
      exit bad || !n
    }' "$1" "$2" >why
}

draw line --states 60 --dimensions 1 --groups 2 --roll-calls 300 --sessions 6 --seed 5
judge "votes on a line are drawn" $?
draw plane --states 60 --dimensions 2 --groups 0 --roll-calls 400 --sessions 4 --seed 6
judge "votes on a plane are drawn" $?

# ---- What is drawn is found ----

run 0 "one dimension" estimate -f csv line.csv
rows out | cut -d, -f1,2 >found
recovered line.truth.csv found
judge "one dimension is found" $?
run 0 "two dimensions" estimate -d 2 --period 0 -f csv --table positions plane.csv
rows out | awk -F, '$4 == 1 { x[$1] = $5 } $4 == 2 { print $1 "," x[$1] "," $5 }' >found
recovered plane.truth.csv found
judge "two dimensions are found" $?
run 0 "drift" estimate --drift -f csv line.csv
rows out | cut -d, -f1,2 >found
recovered line.truth.csv found
judge "drift finds those who stay" $?
run 0 "drift in words" estimate --drift line.csv
says 'Who moved most, sessions 1 to 2 against 5 to 6'
run 0 "drift between given sessions" estimate --drift --compare 1-3,4-6 line.csv
says 'Who moved most, sessions 1 to 3 against 4 to 6'
run 0 "drift, held out" estimate --drift --hold-out 0.1 line.csv
says 'out of sample: shares of the roll call'

draw few --states 15 --dimensions 1 --groups 0 --roll-calls 120 --seed 7
run 0 "sampled" estimate --method bayes --draws 1000 --answers binary -f csv few.csv
rows out | cut -d, -f1,2 >found
recovered few.truth.csv found
judge "the sampler finds them" $?
run 4 "sampled too briefly" estimate --method bayes --draws 4 --chains 2 few.csv
says 'Not to be relied on: .*of 15 states'
grep -q '^plenary: not to be relied on: ' why
judge "and says so where the output is not read" $?
run 4 "the same in JSON" estimate --method bayes --draws 4 --chains 2 -f json few.csv
says '"converged": false'

first=$(sort -t, -k2,2g line.truth.csv | head -1 | cut -d, -f1)
last=$(sort -t, -k2,2g line.truth.csv | tail -1 | cut -d, -f1)
for way in "$first+,$last-" "$last+,$first-"; do
  run 0 "oriented $way" estimate --orient "$way" -f csv line.csv
  rows out | awk -F, -v up="${way%%+*}" -v down="${way#*,}" '
    $1 == up { u = $2 } $1 "-" == down { d = $2 } END { exit !(u > d) }'
  judge "it stands the way it was asked to" $?
done

run 0 "as many as forecast best" estimate -d auto --period 0 plane.csv
says 'How many dimensions'
run 0 "the ladder" estimate -d auto --period 0 -f csv --table ladder plane.csv
rows out | awk -F, '$NF == "chosen" { n++; d = $1 } END { exit !(n == 1 && d == 2) }'
judge "two of two are chosen" $?

# ---- Every table, and text that agrees with JSON ----

run 2 "a table that is none" estimate --drift --hold-out 0.1 -f csv --table none line.csv
tables=$(sed -n 's/.*expected one of //p' why | tr -d ,)
for table in states positions dimensions moves fit sessions roll_calls surprises clusters; do
  case " $tables " in *" $table "*) listed=0 ;; *) listed=1 ;; esac
  judge "$table is listed" $listed
done
for table in $tables; do
  run 0 "the table $table" estimate --drift --hold-out 0.1 -f csv --table "$table" line.csv
  [ "$(wc -l <out)" -gt 1 ] && head -1 out | grep -q '^[a-z_,0-9]*,plenary,command,inputs_sha256,data_sha256$'
  judge "$table has rows" $?
done
run 0 "without clusters" estimate --no-clusters -f json line.csv
! grep -q '"clusters"' out
judge "--no-clusters leaves them out" $?

# ---- An electorate, and what it forecasts ----

run 0 "an electorate" estimate --electorate fitted -d 2 --period 0 plane.csv
[ -s fitted/electorate.csv ] && grep -qx 'dimensions,2' fitted/electorate.csv && ! grep -rq "$tmp" fitted
judge "the electorate is a folder, and does not say where it was made" $?
run 0 "the electorate again" estimate --electorate fitted -d 2 --period 0 plane.csv
run 0 "an electorate elsewhere" estimate --electorate other -d 2 --period 0 --threads 8 plane.csv
diff -r fitted other >why
judge "the same electorate" $?
"$plenary" simulate fitted --roll-calls 60 --seed 3 -o later.csv 2>why
judge "roll calls drawn from the electorate" $?
grep -q '^1,[A-Z]*,[YNAX],5$' later.csv
judge "they come after those it was fitted to" $?
"$plenary" simulate fitted --roll-calls 60 --seed 3 --truth fitted-truth -o later-again.csv && cmp later.csv later-again.csv >why
judge "the same roll calls" $?

score() { # MODEL: its log score in out, CSV
  awk -F, -v model="$1" 'NR == 1 { for (k = 1; k <= NF; k++) at[$k] = k; next }
    index($0, model) == 1 || index($0, "\"" model) == 1 { print $(at["log_score"] + ($0 ~ /^"/)); exit }' out
}
better() { # A B: both are numbers, and the first is smaller
  awk -v a="$1" -v b="$2" 'BEGIN { print a, b; exit !(a != "" && b != "" && a + 0 < b + 0) }' >why
}
run 0 "a backtest" backtest estimate -d 2 -f csv plane.csv
better "$(score space)" "$(score 'shares of the roll call')"
judge "the space beats shares" $?
better "$(score space)" "$(score scale)"
judge "and a line, where there are two dimensions" $?
run 0 "a backtest of half the votes" backtest estimate -d 2 --share 0.5 plane.csv
says 'hidden votes of [0-9]+, 60 voters'
awk -F, 'BEGIN { print "roll_call,state" } NR > 1 && ($1 * 31 + length($2) + NR) % 9 == 0 { print $1 "," $2 }' plane.csv >hide.csv
run 0 "a backtest of these votes" backtest estimate -d 2 --hide hide.csv -f csv plane.csv
better "$(score space)" "$(score 'shares of the roll call')"
judge "the space beats shares there" $?
cp out hidden.csv
{ head -1 hide.csv; sed '1d' hide.csv | sort -r; } >hide-again.csv
run 0 "an electorate's backtest" backtest estimate --electorate fitted --share 0.3 -f csv later.csv
better "$(score electorate)" "$(score 'shares of the roll call')"
judge "the electorate beats shares on later votes" $?
run 3 "an electorate on what it was fitted to" backtest estimate --electorate fitted plane.csv
tr -s '\n ' '  ' <why >out
says 'lie in the window that the electorate was fitted to \(sessions 1 to 4\): scoring them would be no forecast; expected later ones \(--sessions\), or --in-sample'
run 0 "in sample where that is asked for" backtest estimate --electorate fitted --in-sample plane.csv
run 2 "other answers than the electorate's" backtest estimate --electorate fitted --answers binary later.csv

# ---- The same bytes ----

bytes() { # NAME COMMAND WORDS...: for any number of threads, and twice
  name=$1
  shift
  for threads in 1 2 8 8; do
    timeout 30 "$plenary" "$@" --threads "$threads" >"bytes.$threads" 2>why
    [ -s "bytes.$threads" ] && { [ "$threads" -eq 1 ] || cmp bytes.1 "bytes.$threads" >why; }
    judge "$name: $threads threads" $?
  done
}
bytes "one dimension" estimate -f json line.csv
bytes "drift" estimate --drift --hold-out 0.1 -f json line.csv
bytes "two dimensions" estimate -d 2 -f json plane.csv
bytes "many dimensions" estimate -d 12 --period 2 --decay 0.9 --groups -f json plane.csv
bytes "auto" estimate -d auto -f json line.csv
bytes "sampled" estimate --method bayes --draws 40 -f json few.csv
bytes "a backtest" backtest estimate -d 3 -f json plane.csv
bytes "an electorate's backtest" backtest estimate --electorate fitted -f json later.csv

masked() { # without the hash of the votes
  sed 's/"sha256": "[0-9a-f]*"/"sha256"/; s/inputs [0-9a-f]*/inputs/' "$1"
}
mkdir elsewhere
{ head -1 plane.csv; sed 1d plane.csv | awk '{ print (NR * 7919) % 10007 " " $0 }' | sort -n | cut -d' ' -f2-; } >elsewhere/plane.csv
! cmp -s plane.csv elsewhere/plane.csv && [ "$(sort plane.csv | cksum)" = "$(sort elsewhere/plane.csv | cksum)" ]
judge "the rows are in another order" $?
for words in "estimate" "estimate -d 2" "estimate --drift" "estimate -d 4 --hold-out 0.1" "backtest estimate -d 2" \
  "backtest --hide hide.csv estimate"; do
  # shellcheck disable=SC2086 # words
  "$plenary" $words -f json plane.csv >rows.1 2>why
  # shellcheck disable=SC2086
  "$plenary" $words -f json elsewhere/plane.csv >rows.2 2>>why
  ! cmp -s rows.1 rows.2 && masked rows.1 >masked.1 && masked rows.2 >masked.2 && [ -s masked.1 ] && cmp masked.1 masked.2 >>why
  judge "$words: the order of rows and the folder change the hash only" $?
done
"$plenary" backtest --hide hide-again.csv -f csv -d 2 estimate plane.csv >out 2>why
! cmp -s hide.csv hide-again.csv && rows out >why && [ "$(cat why)" = "$(rows hidden.csv)" ]
judge "the order of a list of hidden votes changes nothing" $?

differ() { # TABLE WORDS...: with another seed
  table=$1
  shift
  "$plenary" "$@" -f csv --table "$table" --seed 1 >out 2>why
  rows out >seed.1
  "$plenary" "$@" -f csv --table "$table" --seed 2 >out 2>why
  rows out >seed.2
  [ -s seed.1 ] && [ -s seed.2 ] || return 2
  ! cmp -s seed.1 seed.2
}
differ roll_calls estimate line.csv
[ $? -eq 1 ] && { differ states estimate --no-clusters --drift line.csv; [ $? -eq 1 ]; }
judge "a fit by itself knows no chance" $?
differ clusters estimate line.csv
judge "another seed: clusters drawn anew" $?
differ fit estimate --hold-out 0.1 line.csv
judge "another seed: other votes held out" $?
differ models backtest estimate line.csv
judge "another seed: other votes hidden" $?
differ models backtest --hide hide.csv estimate plane.csv
[ $? -eq 1 ]
judge "another seed: the same votes hidden, where they are listed" $?
differ states estimate --method bayes --draws 40 few.csv
judge "another seed: other draws" $?
"$plenary" simulate --seed 1 >seed.1 && "$plenary" simulate --seed 2 >seed.2 && ! cmp -s seed.1 seed.2 &&
  "$plenary" simulate | cmp seed.1 - >why
judge "another seed: other votes drawn" $?


# ---- Run again from the output ----

cut -d, -f1-3 few.csv >bare.csv && mv bare.csv few.csv # sessions come from a list
awk -F, 'NR == 1 { print "id,session" } NR > 1 && !seen[$1]++ { print $1 "," 70 + int($1 / 30) }' few.csv >calls.csv
high=$(sed -n '2s/,.*//p' few.truth.csv) low=$(sed -n '3s/,.*//p' few.truth.csv)
mkdir made moved
cp few.csv calls.csv made
awk -F, 'BEGIN { print "roll_call,state" } NR > 1 && NR % 9 == 0 { print $1 "," $2 }' few.csv >made/hide.csv
cd made || exit 1

verified() { # STATUS NAME WORDS...: of the command that writes NAME.json
  status=$1 name=$2
  shift 2
  timeout 30 "$plenary" "$@" -f json -o "$name.json" >../out 2>../why
  [ $? -eq "$status" ]
  judge "$name is written" $?
  before=$(find . -type f -exec cksum {} + | sort)
  timeout 30 "$plenary" verify "$name.json" >../out 2>../why && grep -q "^$name.json: verified: plenary .* gives the same bytes$" ../out
  judge "$name is verified" $?
  [ "$before" = "$(find . -type f -exec cksum {} + | sort)" ]
  judge "$name: nothing was written" $?
}
verified 0 scale estimate few.csv --roll-calls ./calls.csv --orient "$high+,$low-"
verified 0 drifting estimate --drift --hold-out 0.1 --roll-calls "$tmp/made/calls.csv" few.csv
verified 0 space estimate -d 2 --period 0 --electorate fit --roll-calls calls.csv --sessions 70-72 few.csv
verified 0 auto estimate -d auto few.csv --threads 1
verified 4 brief estimate --method bayes --draws 8 --chains 2 --seed 7 few.csv
verified 0 binary estimate --from own --answers binary --no-clusters --lopsided 0 few.csv
verified 0 hidden backtest estimate --hide hide.csv -d 2 few.csv
verified 0 drawn backtest estimate --share 0.2 --roll-calls calls.csv few.csv
verified 4 sampled backtest estimate --method bayes --draws 8 --chains 2 few.csv
grep -q ' of 15 states ([A-Z]' sampled.json
judge "a backtest names states that have not converged" $?
verified 0 forecast backtest estimate --electorate fit --in-sample few.csv
cp few.csv ./-odd.csv
verified 0 odd estimate ./-odd.csv
cd ..

says_why() { # WORDS: in why
  tr -s '\n ' '  ' <why | grep -qE -- "$1"
  judge "it says: $1" $?
}
grep -q '"command": "plenary estimate --roll-calls calls.csv ' made/scale.json
judge "the command names the list, and not its folder" $?
grep -q '"command": "plenary backtest estimate --seed 1 --electorate fit --in-sample few.csv"' made/forecast.json
judge "and the electorate" $?
cp made/*.json moved
rm few.csv calls.csv hide.csv
run 1 "the votes are not there" verify moved/binary.json
says_why 'few.csv, which the output was made from, is not to be found; expected it beside the output'
run 1 "the list is not there" verify moved/scale.json made/few.csv
says_why 'calls.csv, which the output was made from, is not to be found'
run 0 "operands in any order" verify moved/scale.json made/calls.csv made/few.csv
run 0 "one beside the output, one given" verify made/scale.json made/calls.csv
run 0 "an electorate given" verify moved/forecast.json made/few.csv made/fit/
cp made/few.csv .
run 0 "votes in the current folder" verify moved/binary.json
run 1 "the hidden votes are not there" verify moved/hidden.json
run 3 "an operand that is not there" verify moved/binary.json nowhere/few.csv
run 2 "a file that it was not made from" verify made/binary.json made/calls.csv
says_why 'calls.csv is nothing that the output was made from; expected few.csv'
run 2 "a misspelt one" verify made/scale.json call.csv 
says_why 'did you mean calls.csv\?'
"$plenary" estimate -f json -o piped.json - <few.csv
run 1 "votes from standard input" verify piped.json
says_why 'expected - as operand, and them there'
timeout 30 "$plenary" verify piped.json - <few.csv >out 2>why
judge "votes from standard input again" $?

changed() { # FILE NAME: of the output that tells that FILE has changed
  run 4 "$1 has changed" verify "made/$2.json"
  says_why "not verified: the input made/$1 has changed since \\([0-9a-f]{12} then, [0-9a-f]{12} now\\)"
}
for file in few.csv calls.csv hide.csv fit/states.csv; do
  cp "made/$file" kept
  case $file in
    few.csv) sed -i '2s/,.$/,?/' "made/$file" ;;
    *) echo 'no "such row' >>"made/$file" ;; # changed, and faulty too
  esac
  case $file in
    few.csv) for name in scale drifting space brief drawn; do changed "$file" "$name"; done ;;
    calls.csv) changed "$file" drifting ;;
    hide.csv) changed "$file" hidden ;;
    *) changed "$file" forecast ;;
  esac
  cp kept "made/$file"
done
for name in scale drifting space brief hidden; do
  awk '!done && /"(gmp|mean)": 0\.[0-9]/ { sub(/0\.[0-9]/, "0.0"); done = 1 } { print }' "made/$name.json" >made/spoilt.json
  ! cmp -s "made/$name.json" made/spoilt.json
  judge "$name: a number is another" $?
  run 4 "$name: it does not verify" verify made/spoilt.json
  says_why '^plenary: not verified: made/spoilt.json:[0-9]+ differs from what plenary (backtest )?estimate '
done
cp -r "$root/data" data && echo >>data/blocs.csv
PLENARY_DATA=$tmp/data timeout 30 "$plenary" verify made/scale.json >out 2>why
[ $? -eq 4 ] && grep -q 'the shipped data/blocs.csv has changed since' why
judge "shipped data have changed" $?

# A stranger's output chooses no file.
for words in "few.csv -o written" "--output=written few.csv" "made/few.csv" "../few.csv" ".." \
  "--roll-calls made/calls.csv few.csv" "--threads 1 few.csv" "-f text few.csv" "few.csv few.csv"; do
  sed "s|\"command\": \"plenary estimate .*\"|\"command\": \"plenary estimate $words\"|" made/binary.json >strange.json
  run 3 "refused: $words" verify strange.json
  says_why 'not in canonical form'
done
sed 's|"plenary backtest estimate |"plenary backtest replay |' made/drawn.json >strange.json
run 3 "refused: a backtest of something else" verify strange.json
[ ! -e written ]
judge "nothing was written" $?

# ---- Words that do not go together ----

run 2 "a voter on both sides" estimate --orient "$first+,$first-" few.csv
says_why 'on both sides; expected two voters'
run 2 "more pairs than dimensions" estimate --orient "$first+,$last-,$last+" few.csv
says_why 'has 2 pairs and there is 1 dimension; expected a pair for each'
run 0 "a pair for each dimension" estimate -d 2 --orient "$first+,$last-,$last+" line.csv
run 2 "a table misspelt" estimate -f csv --table state few.csv
says_why 'expected one of states, .*; did you mean states\?'
run 2 "a table of a backtest misspelt" backtest estimate -f csv --table model few.csv
says_why 'did you mean models\?'

run 3 "totals that the rows contradict" estimate "$root/tests/votes/undl-total-one.csv"
says_why '--leave-out passes over such roll calls'
run 0 "roll calls passed over" estimate --leave-out --lopsided 0 "$root/tests/votes/undl-total-one.csv"

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
