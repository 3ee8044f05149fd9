-- SPDX-License-Identifier: GPL-3.0-or-later
-- What `plenary sweep` and `plenary merge` write: an SQLite file that holds one row a run.
--
-- This file is executed as it stands, but for the lines with a name in braces: a line that has
-- {dial} is written once for each dial of the plan, one that has {outcome} once for each outcome
-- of its study, with the column's name in its place.  {type} is then REAL for a dial of numbers,
-- TEXT for one of words, INTEGER for an outcome that is counted, REAL for one that is not; {said}
-- is its unit and whether it is a sum; {over} is what an outcome's mean is taken over.
--
--   sqlite3 STORE.db 'SELECT * FROM results LIMIT 10'     may be asked while a sweep runs

-- What the sweep was: format, version, command, plan, scenario, electorate, study, proposal, stage,
-- as_of, rule with its citation, method, status (the weakest that the results rest on), stated (no: the
-- scenario states nothing of who stands where, so that a projection is no forecast), design, points,
-- replicates, runs, draws, seed, set; "input NAME" with the SHA-256 of each file that was read;
-- first and end: the runs that this store is of, from first to below end;
-- state: "running", or "complete" once all of them are in and the file was written anew;
-- digest, of a complete one: the SHA-256 of all that it holds, which it is held to when it is read.
CREATE TABLE meta (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
);

-- What was varied, in the order of the plan.
CREATE TABLE dials (
  place INTEGER PRIMARY KEY, -- 1, 2 ...
  name TEXT NOT NULL,        -- "position EU27", "rule"
  range TEXT NOT NULL,       -- as plans have it: "30..70", "50±10", "a|b|c"
  kind TEXT NOT NULL,        -- even, normal or list
  status TEXT NOT NULL,      -- of the uncertainty: "assumed"
  column_name TEXT NOT NULL  -- in runs: the name, with a number behind it where it is taken
);

-- What came of it.
CREATE TABLE outcomes (
  place INTEGER PRIMARY KEY,
  id TEXT NOT NULL,          -- "adopted", "margin"
  title TEXT NOT NULL,       -- "chance of adoption"
  unit TEXT NOT NULL,        -- share, votes, scale, year
  counted INTEGER NOT NULL,  -- 1: a whole number added up over the draws; 0: a value
  column_name TEXT NOT NULL  -- in runs
);

-- One row a run.  Run k is point k / replicates of the design, replicate k % replicates.
CREATE TABLE runs (
  run INTEGER PRIMARY KEY,   -- 0, 1 ...
  replicate INTEGER NOT NULL
  , "{dial}" "{type}"
  , draws INTEGER NOT NULL   -- 0: nothing is drawn, or there was no answer
  , "{outcome}" "{type}"  -- "{said}"
);

-- The same with what is counted as means over the draws: a chance, a mean margin.
CREATE VIEW results AS -- shares and means, no sums: adopted is from 0 to 1
SELECT run
  , replicate
  , "{dial}"
  , draws
  , 1.0 * "{outcome}" / "{over}" AS "{outcome}"
FROM runs;

-- The same with the replicates of a point added up: counts exactly, values as their mean.
CREATE VIEW points AS -- shares and means, no sums, over the draws of all replicates that have a value
SELECT run / (SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'replicates') AS point
  , "{dial}"
  , sum(draws) AS draws
  , 1.0 * sum("{outcome}") / sum("{over}") AS "{outcome}"
FROM runs
GROUP BY 1;
