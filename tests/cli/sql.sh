#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A second tally, in SQL and from data/rules.csv itself: the counts, what it takes and the
# outcome of some hundred made-up votes under every rule, against what plenary makes of them.
# Usage: sql.sh PLENARY [SCENARIOS [SEED]]
set -eu
plenary=$(realpath "$1") scenarios=${2:-400} seed=${3:-20191227}
data=$(realpath "${PLENARY_DATA:-$(dirname "$0")/../../data}")
export PLENARY_DATA="$data"
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"

# Rosters of 5 to 193, the permanent members of the Security Council in some, weights in some;
# four votes each, three by name and one a tally.  The same for the tables of plenary and for
# those of SQL: members (s, state, permanent, weight), votes (s, p, state, vote), tallies
# (s, y, n, a, x) and proposals (s, p, rule).
awk -F, 'NR > 1 { print $1 }' "$data/rules.csv" >rules
awk -v scenarios="$scenarios" -v seed="$seed" '
  function drawn(below) { # Park and Miller 1988: the same numbers with any awk
    seed = (seed * 16807) % 2147483647
    return int(seed / 2147483647 * below)
  }
  function vote(i,    u) {
    u = drawn(100)
    if (few >= 0) return i > few ? "Y" : substr("NAX", 1 + u % 3, 1)
    if (u < turnout) return u * 100 < turnout * lean ? "Y" : "N"
    return (u - turnout) * 100 < (100 - turnout) * abstaining ? "A" : "X"
  }
  function draw_members(    i, weight) {
    members = "state,name" (weights ? ",weight" : "") "\n"
    for (i = 1; i <= n; i++) {
      code[i] = i <= seated ? permanent[i] : sprintf("D%03d", i)
      weight = weights ? 1 + drawn(i % 7 ? 90 : 900) : ""
      members = members code[i] "," (i <= seated ? "" : "D") (weights ? "," weight : "") "\n"
      print s "," code[i] "," (i <= seated) "," weight >"members"
    }
  }
  function draw_votes(p, chosen,    i, v, count) {
    turnout = drawn(4) ? 60 + drawn(41) : drawn(101)
    abstaining = drawn(101)
    lean = drawn(3) ? 40 + drawn(40) : drawn(101)
    few = drawn(4) ? -1 : drawn(7) # all but a few for it
    count["Y"] = count["N"] = count["A"] = count["X"] = 0
    for (i = 1; i <= n; i++) {
      v = vote(i)
      count[v]++
      if (p == "tally") continue
      votes = votes p "," code[i] "," v "\n"
      print s "," p "," code[i] "," v >"votes"
    }
    print s "," p "," chosen >"proposals"
    if (p != "tally") return p ",P," chosen ",complete,,,\n"
    print s "," count["Y"] "," count["N"] "," count["A"] "," count["X"] >"tallies"
    return p ",P," chosen ",tally," count["Y"] "," count["N"] "," count["A"] "\n"
  }
  function write(file, text) {
    printf "%s", text >(s "/" file)
    close(s "/" file)
  }
  BEGIN {
    while ((getline line <"rules") > 0) rule[rules++] = line
    split("CHN FRA GBR RUS USA", permanent, " ")
    for (s = 1; s <= scenarios; s++) {
      system("mkdir " s)
      n = s % 3 ? 5 + drawn(24) : 5 + drawn(189)
      weights = drawn(3) == 0
      seated = drawn(2) * 5
      draw_members()
      votes = "proposal,state,vote\n"
      proposals = "id,title,rule,record,yes,no,abstain\n"
      for (p = 1; p <= 4; p++) {
        chosen = rule[drawn(rules)]
        if (weights && p == 1) chosen = "eu-council-qualified"
        if (seated && p == 2) chosen = "security-council"
        proposals = proposals draw_votes(p < 4 ? "p" p : "tally", chosen)
      }
      write("scenario.csv", "key,value\nformat,1\ntitle,T\nas_of,2026-01-15\nbody,model-un\n")
      write("members.csv", members)
      write("votes.csv", votes)
      write("proposals.csv", proposals)
    }
  }'

: >results
s=1
while [ "$s" -le "$scenarios" ]; do
  "$plenary" replay --format csv "$s" >out
  if [ "$s" -eq 1 ]; then awk 'NR == 1 { print "s," $0 }' out >results; fi
  awk -v s="$s" 'NR > 1 { print s "," $0 }' out >>results
  s=$((s + 1))
done

cat >count.sql <<'SQL'
CREATE TABLE members(s, state, permanent INT, weight INT);
CREATE TABLE votes(s, p, state, vote);
CREATE TABLE tallies(s, y INT, n INT, a INT, x INT);
CREATE TABLE proposals(s, p, rule);
.mode csv
.import rules.csv rules
.import members members
.import votes votes
.import tallies tallies
.import proposals proposals
.import results results
.mode list
CREATE INDEX seat ON members(s, state);
CREATE INDEX given ON results(s, id);

CREATE TABLE expected AS WITH
majority AS ( -- ">1/2" is more than, ">=2/3" at least; 0/0: the rule has none
  SELECT rule, method, basis, tie, abstain, absent, weight_basis, veto <> '' AS has_veto,
    CAST(min_yes AS INT) AS min_yes, CAST(blocking AS INT) AS blocking,
    majority NOT LIKE '>=%' AS strict, CAST(ltrim(majority, '>=') AS INT) AS num,
    CAST(substr(majority, instr(majority, '/') + 1) AS INT) AS den,
    weight_majority <> '' AS weighted, weight_majority NOT LIKE '>=%' AS weight_strict,
    CAST(ltrim(weight_majority, '>=') AS INT) AS weight_num,
    CAST(substr(weight_majority, instr(weight_majority, '/') + 1) AS INT) AS weight_den
  FROM rules),
counted AS (
  SELECT s, p, 1 AS named, min(weight <> '') AS weighs,
    sum(vote = 'Y') AS y, sum(vote = 'N') AS n, sum(vote = 'A') AS a, sum(vote = 'X') AS x,
    sum((vote = 'Y') * weight) AS weight_y, sum((vote = 'N') * weight) AS weight_n,
    sum((vote = 'A') * weight) AS weight_a, sum((vote = 'X') * weight) AS weight_x,
    sum(vote = 'N' AND permanent) AS vetoes
  FROM votes JOIN members USING (s, state) GROUP BY s, p
  UNION ALL SELECT s, 'tally', 0, 0, y, n, a, x, 0, 0, 0, 0, 0 FROM tallies),
sided AS ( -- with those that the rule counts with either side, and whom the basis takes in
  SELECT *, y + a * (abstain = 'yes') + x * (absent = 'yes') AS pro,
    y + n + a * (abstain <> '' OR basis <> 'voting')
      + x * (absent <> '' OR basis = 'members') AS base,
    weight_y + weight_n + weight_a * (weight_basis <> 'voting')
      + weight_x * (weight_basis = 'members') AS weight_base,
    (weighted AND NOT (named AND weighs)) OR (has_veto AND NOT named) AS not_computed
  FROM counted JOIN proposals USING (s, p) JOIN majority USING (rule)),
tested AS (
  SELECT *, CASE WHEN strict THEN pro * den > base * num ELSE pro * den >= base * num END
      OR num = 0 AS had,
    NOT weighted OR CASE WHEN weight_strict THEN weight_y * weight_den > weight_base * weight_num
      ELSE weight_y * weight_den >= weight_base * weight_num END AS weight_had,
    CASE WHEN num = 0 THEN 0 WHEN strict THEN base * num / den + 1
      ELSE (base * num + den - 1) / den END AS fraction
  FROM sided)
SELECT s, p, rule, y, n, a, x, base,
  CASE WHEN not_computed OR method = 'consensus' THEN ''
    ELSE max(fraction, min_yes, 1) END AS needed,
  CASE WHEN not_computed THEN 'unknown'
    WHEN method = 'consensus' THEN iif(n > 0, 'rejected', 'adopted')
    WHEN y = 0 OR (has_veto AND vetoes > 0) THEN 'rejected'
    WHEN had AND weight_had AND y >= min_yes THEN 'adopted'
    WHEN y + n + a + x - pro < blocking THEN 'adopted'
    WHEN y = n AND num > 0 AND tie = 'second-vote' THEN 'tied'
    ELSE 'rejected' END AS came_of_it
FROM tested;

CREATE TABLE compared AS SELECT expected.*, results.needed AS told, results.*,
  y || ' ' || n || ' ' || a || ' ' || x || ' ' || expected.needed || ' ' || came_of_it
    = yes || ' ' || no || ' ' || results.abstain || ' ' || not_voting || ' ' || results.needed
      || ' ' || outcome AS same
FROM expected LEFT JOIN results ON results.s = expected.s AND results.id = p;
SELECT 'vote ' || s || ', ' || p || ', ' || rule || ': ' || y || '-' || n || '-' || a || '-' || x
  || ' of ' || base || ' needs ' || needed || ', ' || came_of_it || '; plenary has ' || yes || '-'
  || no || '-' || abstain || '-' || not_voting || ' needs ' || told || ', ' || outcome
  FROM compared WHERE same IS NOT 1 LIMIT 10;
SELECT 'outcomes: ' || group_concat(word, ', ')
  FROM (SELECT count(*) || ' ' || came_of_it AS word FROM compared GROUP BY came_of_it);
SELECT count(DISTINCT rule) || ' of ' || (SELECT count(*) FROM rules) || ' rules' FROM compared;
SELECT ifnull(sum(same IS 1), 0) || ' passed, ' || ifnull(sum(same IS NOT 1), 0) || ' failed'
  FROM compared;
SQL
cp "$data/rules.csv" rules.csv
sqlite3 -bail :memory: <count.sql >said
cat said
tail -n 1 said | grep -q '^[1-9][0-9]* passed, 0 failed$'
