#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Records of votes of every shape: each is an answer without a number that is none, or a
# sentence and the exit status that goes with it; never an abort.
# Usage: robust.sh PLENARY, with PLENARY_DATA set
set -u
plenary=$(realpath "$1")
. "$(dirname "$0")/judge.sh"
cd "$tmp" || exit 1
export LC_ALL=C

no_number() { # FILE...: it holds nan or inf
  grep -iE '(^|[^a-z])(nan|inf|infinity)([^a-z]|$)' "$@" >why
}

# Every form of the answer: text, JSON and each table of CSV, with the exit status of each.
answers() { # STATUS NAME COMMAND WORDS...: COMMAND is estimate, or backtest
  status=$1 name=$2 command=$3
  shift 3
  [ "$command" = estimate ] || set -- estimate "$@"
  timeout 20 "$plenary" "$command" "$@" >out.text 2>why
  got=$?
  [ "$got" -eq "$status" ] && [ -s out.text ]
  judge "$name: text (exit $got)" $?
  timeout 20 "$plenary" "$command" -f json "$@" >out.json 2>why
  got=$?
  [ "$got" -eq "$status" ] && grep -q '"provenance"' out.json
  judge "$name: JSON (exit $got)" $?
  tables=$("$plenary" "$command" -f csv --table none-of-this "$@" 2>&1 |
    sed -n 's/.*expected one of //p' | tr -d ,)
  [ -n "$tables" ]
  judge "$name: tables" $?
  rm -f out.*.csv
  for table in $tables; do
    timeout 20 "$plenary" "$command" -f csv --table "$table" "$@" >"out.$table.csv" 2>why
    got=$?
    [ "$got" -eq "$status" ] && [ -s "out.$table.csv" ]
    judge "$name: table $table (exit $got)" $?
  done
  ! no_number out.text out.json out.*.csv
  judge "$name: numbers are numbers" $?
}

estimates() { # NAME WORDS...
  name=$1
  shift
  answers 0 "$name" estimate "$@"
}

refuses() { # STATUS PATTERN WORDS...: with a sentence in which PATTERN is, and nothing else
  status=$1 pattern=$2
  shift 2
  timeout 20 "$plenary" "$@" >out.text 2>why
  got=$?
  [ "$got" -eq "$status" ] && [ ! -s out.text ] && grep -qE -- "$pattern" why &&
    ! grep -iE 'nan|critical|assert|sanitizer' why | grep -qv ' is "nan"'
  judge "refused with $status: $* (exit $got)" $?
}

names() { # CODE...: the voters of the last answer in CSV
  cut -d, -f1 out.states.csv | grep -v '^#' | sed 1d | sort | tr '\n' ' ' >names
  [ "$(cat names)" = "$* " ]
  result=$?
  cp names why
  return $result
}

says() { # WORDS: in the text of the last answer, however it is folded
  tr -s '\n ' '  ' <out.text >why
  grep -qF -- "$1" why
}

# ---- Shapes of the record ----

"$plenary" simulate --states 12 --dimensions 1 --groups 2 --roll-calls 30 -o twelve.csv
"$plenary" simulate --states 5 --roll-calls 40 --no-absences -o five.csv

matrix() { # ROW...: a row a state
  printf 'state,a,b,c,d\n'
  printf '%s\n' "$@"
}
matrix FRA,Y,Y,Y,Y GBR,Y,Y,Y,Y DEU,Y,Y,Y,Y ITA,N,N,N,N >same.csv
estimates "the same sides again and again" same.csv
estimates "the same, two dimensions" -d 2 same.csv
estimates "the same, in two answers" --answers binary same.csv
estimates "the same, drifting" --drift same.csv
matrix FRA,Y,Y,Y,Y GBR,N,N,N,N >two.csv
estimates "two states" two.csv
estimates "two states, three dimensions" -d 3 two.csv
answers 0 "two states, backtested" backtest --share 0.4 two.csv
matrix FRA,Y,N,A,Y GBR,Y,N,A,Y >alike.csv
refuses 3 'nothing to fit.*expected at least one that divides two voters' estimate alike.csv
estimates "two states that always agree, all kept" --lopsided 0 alike.csv
matrix FRA,Y,Y,Y,Y >one.csv
refuses 3 'nothing to fit' estimate one.csv
refuses 3 'nothing to fit' estimate --lopsided 0 one.csv
refuses 3 'nothing to score: no hidden vote' backtest estimate --lopsided 0 one.csv
answers 4 "one state, backtested" backtest --lopsided 0 --share 0.9 one.csv
printf 'state,a\nFRA,Y\nGBR,N\nDEU,A\nITA,Y\n' >one-call.csv
estimates "one roll call" one-call.csv
estimates "one roll call, two dimensions" -d 2 one-call.csv
estimates "one roll call, drifting" --drift one-call.csv
answers 4 "one roll call, sampled" estimate --method bayes --draws 20 --chains 2 one-call.csv
answers 4 "one chain of four draws" estimate --method bayes --draws 4 --chains 1 same.csv
answers 4 "two states, sampled" estimate --method bayes --draws 4 --chains 2 two.csv
answers 4 "two states that agree, sampled" estimate --lopsided 0 --method bayes --draws 20 alike.csv
matrix FRA,X,X,X,X GBR,X,X,X,X >absent.csv
refuses 3 '4 were answered by nobody' estimate absent.csv
refuses 3 '4 were answered by nobody' estimate --lopsided 0 -d auto absent.csv
refuses 3 'nothing to score: no hidden vote' backtest estimate absent.csv
matrix FRA,A,A,A,A GBR,A,A,A,A DEU,A,A,A,A >abstain.csv
refuses 3 'nothing to fit' estimate abstain.csv
estimates "only abstentions, all kept" --lopsided 0 abstain.csv
matrix FRA,Y,Y,Y,Y GBR,X,X,X,X DEU,N,Y,N,A ITA,,,, >silent.csv
estimates "one is always absent and one never asked" silent.csv
estimates "the same, two dimensions" -d 2 silent.csv

awk 'BEGIN { printf "state"; for (j = 1; j <= 20; j++) printf ",r%d", j; print ""
             for (i = 1; i <= 60; i++) { printf "S%03d", i
               for (j = 1; j <= 20; j++) printf ",%s", ((j % 2 ? i <= 25 + j % 5 : i > 1) ? "Y" : "N")
               print "" } }' >near.csv
estimates "near-unanimous votes dropped" near.csv
[ "$(sed -n 's/.*Left out: //p' out.text)" != "" ] && tr '\n' ' ' <out.text | grep -q 'Left out: 10 roll  *calls'
judge "they are counted" $?
estimates "near-unanimous votes kept" --lopsided 0 near.csv
tr '\n' ' ' <out.text | grep -q 'Left out: 0 roll *calls'
judge "none is left out" $?

estimates "many dimensions on few states" -d 32 five.csv
estimates "most dimensions on few states" -d 64 five.csv
estimates "auto on few states" -d auto five.csv
estimates "groups that are not there" -d 3 --groups five.csv
answers 4 "a twentieth of the votes, which is of one side" backtest --share 0.95 five.csv
answers 0 "a twentieth, many dimensions" backtest -d 32 --share 0.95 five.csv
answers 0 "a twentieth of more" backtest -d 2 --share 0.95 twelve.csv
answers 0 "hardly a vote" backtest -d 2 --share 0.99 two.csv
estimates "most votes held out" --hold-out 0.9 five.csv
estimates "nearly nothing held out" --hold-out 0.001 two.csv
refuses 3 'nothing to score: no hidden vote' backtest estimate --share 0.001 two.csv

# ---- Nothing left after hiding ----

code=$(sed -n 2p twelve.csv | cut -d, -f1)
awk -v s="$code" 'BEGIN { print "rcid,iso3"; for (j = 1; j <= 30; j++) print j "," s }' >hide-state.csv
awk -F, 'BEGIN { print "rcid,iso3" } NR > 1 { print "7," $1 }' twelve.csv >hide-call.csv
awk -F, 'BEGIN { print "rcid,iso3" } NR > 1 { for (j = 1; j <= 30; j++) print j "," $1 }' twelve.csv >hide-all.csv
for hide in state call; do
  answers 0 "all of one $hide hidden" backtest --hide hide-$hide.csv twelve.csv
  answers 0 "all of one $hide hidden, two dimensions" backtest -d 2 --hide hide-$hide.csv twelve.csv
done
answers 4 "everything hidden" backtest --hide hide-all.csv twelve.csv
says 'no answers are left'
judge "it is said" $?
answers 0 "everything hidden, two dimensions" backtest -d 2 --hide hide-all.csv twelve.csv
answers 0 "all of one state hidden, drifting" backtest --drift --hide hide-state.csv twelve.csv
answers 4 "all of one state hidden, sampled" backtest --method bayes --draws 40 --hide hide-state.csv twelve.csv
printf 'rcid,iso3\n' >hide-none.csv
refuses 3 'nothing to score: no hidden vote' backtest estimate --hide hide-none.csv twelve.csv
: >hide-empty.csv
refuses 3 'the file is empty; expected a header' backtest estimate --hide hide-empty.csv twelve.csv
printf 'rcid,iso3\n7,S001\n77,S001\n8,S01\n' >hide-wrong.csv
refuses 3 'hide-wrong.csv:3:1: no roll call "77" among those read' backtest estimate --hide hide-wrong.csv twelve.csv
refuses 3 'hide-wrong.csv:4:3: no voter "S01" among those read.*did you mean S0' backtest estimate --hide hide-wrong.csv twelve.csv
refuses 3 'hide-none-such.csv: .*expected a file that can be read' backtest estimate --hide hide-none-such.csv twelve.csv

# ---- What files of others hold ----

: >empty.csv
refuses 3 'empty.csv:1:1: the file is empty; expected a header' estimate empty.csv
printf '\n\n' >blank.csv
refuses 3 'blank.csv:' estimate blank.csv
echo 'rcid,iso3,vote' >header.csv
refuses 3 'header.csv: no vote is left; expected votes' estimate header.csv
echo 'state' >header-only.csv
refuses 3 '.' estimate header-only.csv
printf 'rcid,iso3,vote\n1,FRA,yes\n1,FRA,yes\n1,GBR,no\n' >twice.csv
estimates "a row twice, the same" twice.csv
printf 'rcid,iso3,vote\n1,FRA,yes\n1,FRA,no\n1,GBR,no\n' >against.csv
refuses 3 'against.csv:3:[0-9]+: .*FRA' estimate against.csv
printf 'rcid,country_code,vote\n1,NA,yes\n1,FR,no\n1,DE,yes\n2,NA,no\n2,FR,yes\n2,DE,yes\n' >namibia.csv
estimates "Namibia is no missing value" namibia.csv
names DEU FRA NAM
judge "NA is Namibia" $?
{ echo 'rcid,iso3,vote,date'
  for year in 1991 1992 2001; do
    echo "$year,SRB,yes,$year-01-15"
    echo "$year,FRA,no,$year-01-15"
    echo "$year,GBR,yes,$year-01-15"
  done; } >serbia.csv
estimates "a code before its state" serbia.csv
names FRA GBR SRB YUG
judge "Serbia before its seat is Yugoslavia" $?
says 'Votes coded SRB, counted as those of YUG'
judge "it is said" $?
printf 'rcid,iso3,vote,session,date\n' >overlap.csv
for call in 9:30:1975-12-01 10:30:1976-01-20 8:31:1976-09-25 7:31:1977-01-10 100:32:1977-09-30; do
  id=${call%%:*} rest=${call#*:}
  for state in FRA:yes GBR:no USA:abstain ITA:yes; do
    echo "$id,${state%:*},${state#*:},${rest%%:*},${rest#*:}"
  done
done >>overlap.csv
estimates "sessions over the turn of the year, ids in no order" overlap.csv
cut -d, -f1-3 out.roll_calls.csv | grep '^[0-9]' | tr '\n' ' ' >why
[ "$(cat why)" = "9,30,1975-12-01 10,30,1976-01-20 8,31,1976-09-25 7,31,1977-01-10 100,32,1977-09-30 " ]
judge "roll calls are in the order of time" $?
estimates "drift over the turn of the year" --drift --compare 30-30,31-32 overlap.csv
says 'Who moved most, sessions 30 to 30 against 31 to 32'
judge "it compares the sessions" $?
estimates "no sessions to drift in" --drift five.csv
says 'nobody can drift'
judge "it is said that nobody can" $?
estimates "one of the sessions" --sessions 31 overlap.csv
grep -c '^[0-9]' out.roll_calls.csv >why
[ "$(cat why)" -eq 2 ]
judge "its roll calls only" $?
refuses 3 'no vote is left; expected votes of the sessions asked for' estimate --sessions 40-50 overlap.csv
printf 'rcid,ccode,vote\n1,220,1\n1,200,2\n1,2,3\n1,325,8\n1,260,9\n' >voeten.csv
estimates "numbers of Voeten" --lopsided 0 voeten.csv
grep -c . out.surprises.csv >why
cut -d, -f1-3 out.surprises.csv | sort >why
grep -qx 'GBR,1,abstain' why && grep -qx 'USA,1,no' why && grep -qx 'FRA,1,yes' why
judge "Voeten's 2 is an abstention" $?
{ echo 'congress,chamber,rollnumber,icpsr,cast_code'
  for vote in 100,2 101,5 102,1 103,6 104,7 105,9; do echo "117,Senate,1,$vote"; done; } >voteview.csv
estimates "numbers of Voteview" voteview.csv
cut -d, -f1,3 out.surprises.csv | sort >why
grep -qx '100,yes' why && grep -qx '101,no' why
judge "Voteview's 2 is a paired yea" $?
printf 'rcid,iso3,vote\n1,FRA,1\n1,GBR,3\n' >numeric.csv
refuses 3 'numeric.csv:2:7: the vote is "1"; expected .*--from voeten' estimate numeric.csv
printf 'rcid,iso3,vote\n1,FRX,yes\n1,GBR,no\n1,Frence,no\n2,FRX,no\n' >unmatched.csv
refuses 3 'unmatched.csv:2:3: unknown code "FRX".*did you mean FRA\?' estimate unmatched.csv
refuses 3 'unmatched.csv:4:3: unknown code "Frence"' estimate unmatched.csv
refuses 3 '2 faults; nothing was written' backtest estimate unmatched.csv
printf 'rcid,iso3,vote\n1,FRA,yes\n1,GBR,perhaps\n' >perhaps.csv
refuses 3 'perhaps.csv:3:7: the vote is "perhaps"; expected Y, N, A or X' estimate perhaps.csv

# ---- Words that are none ----

refuses 2 '--sessions is "x"; expected one session or two with a dash' estimate --sessions x five.csv
refuses 2 '--sessions is "9-8"' estimate --sessions 9-8 five.csv
refuses 2 '--sessions is ""' estimate --sessions '' five.csv
for number in nan inf -inf -1 0.6 1e400 '' ' ' 0,1; do
  refuses 2 "--lopsided is \"$number\"; expected a number from 0 to 0.5" estimate "--lopsided=$number" five.csv
done
refuses 2 '--decay is "nan"; expected a number from 0.5 to 1' estimate --decay nan five.csv
refuses 2 '--decay is "0.4"' estimate --decay 0.4 five.csv
refuses 2 '--hold-out is "1"; expected a number from 0 to 0.9' estimate --hold-out 1 five.csv
refuses 2 '--share is "0"; expected a number from 0.001 to 0.99' backtest --share 0 estimate five.csv
refuses 2 '--share is "inf"' backtest --share inf estimate five.csv
for option in dimensions:1:64 period:0:1000 chains:1:64 draws:4:1000000 seed:0:4294967295 threads:1:1024; do
  name=${option%%:*} rest=${option#*:}
  for number in x -1 1.5 99999999999999999999 ''; do
    refuses 2 "--$name is \"$number\"; expected .*${rest%:*} to ${rest#*:}" estimate "--$name=$number" five.csv
  done
done
refuses 2 '--dimensions is "65"' estimate -d 65 five.csv
refuses 2 '--dimensions is "0"' estimate -d 0 five.csv
refuses 2 '--dimensions is "Auto".*auto' estimate -d Auto five.csv
for option in penalty stiffness flatten; do
  for number in nan inf -1 x 1e7; do
    refuses 2 "--$option is \"$number\"; expected a number from 0.* to 1e\+06" estimate -d 2 "--$option=$number" five.csv
  done
  for number in 0.01 1e6; do
    estimates "--$option $number" -d 2 --period 1 "--$option=$number" overlap.csv
  done
done
estimates "the least decay" --decay 0.5 --drift overlap.csv
estimates "the greatest share of the smaller side" --lopsided 0.5 --sessions 30-32 overlap.csv
for option in period=2 penalty=2 stiffness=2 flatten=2 groups; do
  refuses 2 "--${option%=*} is for many dimensions; expected --dimensions" estimate "--$option" five.csv
done
refuses 2 '--draws is for sampling; expected --method bayes' backtest estimate --draws 50 five.csv
refuses 2 '--chains is for sampling; expected --method bayes' estimate -d 2 --chains 2 five.csv
refuses 2 '--method bayes weighs all votes alike; expected no --decay' estimate --method bayes --decay 0.9 five.csv
refuses 2 '--method is "bays"; expected fast or bayes.*did you mean bayes\?' estimate --method bays five.csv
refuses 2 '--answers is "ordred"; expected ordered or binary.*did you mean ordered\?' estimate --answers ordred five.csv
refuses 2 '--from is "vouten"; expected one of undl, .*did you mean voeten\?' estimate --from vouten five.csv
refuses 2 '--compare is "5"; expected two spans' estimate --drift --compare 5 five.csv
refuses 2 '--compare is "7-8,1-2"' estimate --drift --compare 7-8,1-2 five.csv
refuses 2 '--compare: no voter has votes both in sessions 1 to 2 and in 3 to 4' estimate --drift --compare 1-2,3-4 five.csv
refuses 2 '--compare: no voter has votes both in sessions 30 to 31 and in 40 to 41' estimate --drift --compare 30-31,40-41 overlap.csv
refuses 2 '--compare goes with --drift' estimate --compare 1-2,3-4 five.csv
refuses 2 '--drift is for one dimension' estimate --drift -d 2 five.csv
refuses 2 '--method bayes is for one dimension' estimate --method bayes -d 2 five.csv
refuses 2 'expected no --method bayes' estimate --method bayes --drift five.csv
refuses 2 '--electorate' estimate --drift --electorate e five.csv
refuses 2 '--orient has "S001"; expected a voter and its side' estimate --orient S001 five.csv
refuses 2 '--orient is ""; expected voters and their sides' estimate --orient '' five.csv
refuses 2 '--orient names "S01", who has no vote in these roll calls; did you mean S0' estimate --orient S01+ five.csv
refuses 2 '[Uu]nknown option --lopsidde.*did you mean --lopsided\?' estimate --lopsidde 1 five.csv
refuses 2 '.' estimate
refuses 2 '.' estimate five.csv twelve.csv
refuses 2 '"estimat" has no backtest; expected estimate' backtest estimat five.csv
refuses 2 '.' backtest estimate
refuses 2 'both --hide and --share' backtest --hide hide-all.csv --share 0.1 estimate twelve.csv
refuses 2 '--dimensions auto chooses by held-out score' backtest -d auto estimate five.csv
refuses 2 'no table "stats" here; expected one of states, dimensions, fit, ' estimate -f csv --table stats five.csv
refuses 2 '"yaml"' estimate -f yaml five.csv
refuses 2 '--roll-calls is "0"; expected a whole number from 1' simulate --roll-calls 0
refuses 2 '--as is "tiddy"; expected own, tidy or matrix; did you mean tidy\?' simulate --as tiddy
refuses 2 '--seed is "-1"' simulate --seed -1
refuses 2 '--sessions is "500"; expected a whole number from 1 to 200' simulate --sessions 500
refuses 3 'there is no such file; expected votes in CSV' estimate none-such.csv
refuses 3 'not a regular file; expected votes in CSV' estimate .
refuses 3 'there is no such file' estimate --roll-calls none-such.csv five.csv

# ---- Where it goes, where it comes from ----

mkdir full
echo kept >full/diary.txt
refuses 2 'full: the folder holds diary.txt; expected one that is an electorate' estimate --electorate full -d 2 twelve.csv
[ "$(cat full/diary.txt)" = kept ] && [ "$(ls full)" = diary.txt ]
judge "a folder that is no electorate is left as it was" $?
refuses 2 'full: the folder holds diary.txt; expected one that is an electorate' simulate --truth full --states 5
refuses 2 'twelve.csv: there is something already' estimate --electorate twelve.csv -d 2 twelve.csv
refuses 3 'full' simulate full
refuses 3 'none-such' simulate none-such
refuses 3 'none-such' backtest --electorate none-such estimate five.csv
refuses 1 'none-such' estimate -o none-such/out five.csv

"$plenary" estimate five.csv >out.text 2>why
"$plenary" estimate - <five.csv >out.piped 2>why
judge "votes from standard input" $?
cat five.csv | "$plenary" estimate - 2>why >out.cat
judge "votes from a pipe" $?
cmp out.piped out.cat >why && [ "$(sed '/^plenary 0/,$d' out.text)" = "$(sed '/^plenary 0/,$d' out.piped)" ]
judge "the same answer" $?
"$plenary" estimate - </dev/null >out.none 2>why
[ $? -eq 3 ] && grep -q 'the file is empty' why
judge "nothing on standard input" $?
"$plenary" estimate -o - five.csv >out.dash 2>why
[ $? -eq 0 ] && cmp out.text out.dash >why && [ ! -e ./- ]
judge "-o - is standard output" $?
cp five.csv "my votes; rm.csv"
"$plenary" estimate -f json "my votes; rm.csv" >out.json 2>why
grep -qF "\"command\": \"plenary estimate --seed 1 'my votes; rm.csv'\"" out.json
judge "the command is as a shell needs it" $?
escape=$(printf '\033')
printf 'state,a,"=b"\n%s[31mred,Y,N\n"=1+1",N,Y\n@x,Y,Y\n' "$escape" >odd.csv
estimates "names that are orders to a terminal or a spreadsheet" --lopsided 0 odd.csv
! grep -q "$escape" out.text out.json out.*.csv && ! grep -qE '(^|,)"?[=@+]' out.states.csv out.clusters.csv
judge "they are not given on" $?
early() { # NAME WORDS...: the reader goes after one line
  name=$1
  shift
  { timeout 20 "$plenary" "$@" 2>why; echo $? >status; } | head -1 >first
  [ -s first ] && { [ "$(cat status)" -lt 128 ] || [ "$(cat status)" -eq 141 ]; } &&
    ! grep -qiE 'abort|fault|critical|sanitizer' why
  judge "$name, its pipe closed early (exit $(cat status))" $?
}
early "an estimate" estimate -f json twelve.csv
early "roll calls" simulate --states 193 --roll-calls 2000
early "a backtest" backtest -f json estimate twelve.csv
"$plenary" estimate twelve.csv >/dev/full 2>why
[ $? -eq 1 ] && [ -s why ]
judge "a full disk is said" $?

# An estimate is run again from its output.
"$plenary" estimate -f json five.csv >five.json
"$plenary" verify five.json >out.text 2>why
judge "an estimate is verified" $?

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
