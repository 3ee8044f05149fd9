// SPDX-License-Identifier: GPL-3.0-or-later
// Who sits and how they vote, from the record, the starting views and the edits over them.
import assert from 'node:assert/strict';
import test from 'node:test';
import { commandOf } from '../../sim/page/command.js';
import { firstState } from '../../sim/page/fragment.js';
import { arranged, chamber, share } from '../../sim/page/hemicycle.js';
import { ballotsOf, cycleVote, letterOf, lineOf, setVotes } from '../../sim/page/seating.js';
import { stepFrom } from '../../sim/page/steps.js';
import { openStore } from '../../sim/page/store.js';
import { small } from './small.mjs';

const data = small();
const first = firstState(data);
const votes = (ballots) => [...ballots.vote].map(letterOf).join('');
const at = (patch, place = 0) => ballotsOf(data, { ...first, ...patch }, place);

test('the record, and the views that start from it', () => {
  assert.equal(votes(at({})), 'YYANXN');
  assert.equal(votes(at({ start: { whole: 'blocs' } })), 'YYYNNN');
  assert.equal(votes(at({ start: { whole: 'abstain' } })), 'AAAAAA');
  assert.equal(votes(at({ start: { whole: 'earlier' } })), 'NNNYXY');
  assert.equal(votes(at({ start: { whole: 'blank' } })), 'XXXXXX');
});

test('what is not the record is marked, whatever it started from', () => {
  assert.deepEqual([...at({ votes: { whole: { AAA: 'N', BBB: 'Y' } } }).edited], ['AAA']);
  assert.deepEqual([...at({ start: { whole: 'blocs' } }).edited], ['CCC', 'EEE']);
  assert.equal(at({}).recorded('CCC'), 'A');
});

test('a vote that is not public cannot be edited on the record, and can be tried elsewhere', () => {
  const on = at({ votes: { part: { BBB: 'Y', AAA: 'A' } } }, 1);
  assert.equal(votes(on), 'A????N');
  assert.deepEqual(on.unnamed, [1, 2, 0, 1]);
  assert.equal(on.canEdit('AAA'), true);
  assert.match(on.whyNot('BBB'), /not public/);
  const blank = at({ start: { part: 'blank' }, votes: { part: { BBB: 'Y' } } }, 1);
  assert.equal(votes(blank), 'XYXXXX');
  assert.deepEqual([blank.unnamed, blank.canEdit('BBB')], [[0, 0, 0, 0], true]);
});

test('of an outcome alone nothing is known; a vote to come starts blank', () => {
  assert.equal(votes(at({}, 2)), '??????');
  assert.equal(at({}, 2).canEdit('AAA'), false);
  assert.equal(votes(at({}, 3)), 'XXXXXX');
  assert.deepEqual([at({}, 3).edited.size, at({}, 3).canEdit('AAA')], [0, true]);
});

test('members come and go', () => {
  const ballots = at({ added: ['OBS', 'AAA'], removed: ['BBB', 'ZZZ'] });
  assert.deepEqual(ballots.codes, ['AAA', 'CCC', 'DDD', 'EEE', 'FFF', 'OBS']);
  assert.equal(votes(ballots), 'YANXNX');
  assert.equal(ballots.canEdit('BBB'), false);
  assert.equal(votes(at({ removed: ['BBB'] }, 1)), 'Y????N'); // how it voted is not public
});

test('vetoes follow the bloc, weights the states', () => {
  assert.deepEqual([...at({}).veto(2)], [1, 0, 0, 0, 1, 0]);
  assert.equal(at({}).veto(0), null);
  assert.equal(at({}).weight, null);
  const heavy = small();
  heavy.states[1].weight = 5;
  assert.deepEqual([...ballotsOf(heavy, first, 0).weight], [1, 5, 1, 1, 1, 1]);
});

test('the blocs of another day stand in for those of the scenario', () => {
  const then = small();
  then.proposals[0].blocs = [{ id: 'WEST', members: [3, 4, 5] }];
  const ballots = ballotsOf(then, { ...first, start: { whole: 'blocs' } }, 0);
  assert.equal(votes(ballots), 'YYYNNN');
});

test('a click goes on to the next vote; what is again as it started is no edit', () => {
  const store = openStore(data, '');
  const seen = [];
  for (let i = 0; i < 4; i++) {
    cycleVote(store, data, 'whole', 'AAA');
    seen.push(letterOf(ballotsOf(data, store.state, 0).vote[0]));
  }
  assert.deepEqual(seen, ['A', 'N', 'X', 'Y']);
  assert.deepEqual(store.state.votes, {});
  assert.deepEqual(setVotes(store, data, 'part', ['AAA', 'BBB'], 'N'), ['BBB']);
  assert.deepEqual(store.state.votes, { part: { AAA: 'N' } });
});

test('a line takes more than half of those that answered', () => {
  assert.deepEqual([lineOf([0, 0, 1]), lineOf([0, 1]), lineOf([3, 255, 2]), lineOf([])],
    [0, 255, 2, 255]);
});

test('the same on the command line', () => {
  const line = (patch) => commandOf(data, { ...first, ...patch });
  assert.equal(line({}).line, 'plenary replay scenarios/small');
  assert.equal(line({ votes: { whole: { AAA: 'N' } }, rule: { whole: 'two-thirds' } }).line,
    'plenary replay --set whole:AAA=N --rule two-thirds scenarios/small');
  assert.equal(line({ start: { whole: 'blank' }, votes: { whole: { AAA: 'N' } } }).line,
    'plenary replay --set whole:ALL=X --set whole:AAA=N scenarios/small');
  assert.equal(line({ start: { whole: 'blocs' } }).line,
    'plenary replay --set whole:EAST=Y --set whole:WEST=N scenarios/small');
  assert.equal(line({ votes: { whole: { AAA: 'N', BBB: 'N', CCC: 'N' } } }).line,
    'plenary replay --set whole:EAST=N scenarios/small');
  // Of what is not public nothing can be set, with votes or by a starting view alone.
  const hidden = { start: { part: 'blank', told: 'abstain' }, votes: { part: { BBB: 'Y' } } };
  assert.equal(line(hidden).line, 'plenary replay scenarios/small');
  assert.equal(line(hidden).notes.length, 2);
  assert.match(line(hidden).notes[0], /not public/);
  for (const start of ['blocs', 'abstain', 'earlier', 'blank']) {
    assert.equal(line({ proposal: 1, start: { part: start } }).line, '', start);
    assert.equal(line({ proposal: 2, start: { told: start } }).line, '', start);
    assert.match(line({ proposal: 3, start: { open: start } }).line, /^plenary/, start);
  }
  assert.equal(line({ removed: ['AAA'] }).line, '');
  assert.match(line({ removed: ['AAA'] }).notes[0], /members\.csv/);
  const told = { ...data, proposals: [data.proposals[2]] };
  const ruled = commandOf(told, { ...first, rule: { told: 'veto' } });
  assert.equal(ruled.line, 'plenary replay scenarios/small');
  assert.match(ruled.notes[0], /computes nothing/);
});

test('seats are shared among the rows, and each has a place of its own', () => {
  assert.deepEqual(share(10, [1, 1, 3]), [2, 2, 6]);
  for (const n of [1, 2, 5, 15, 54, 193, 400]) {
    const { spots, radius, width, height } = chamber(n);
    assert.equal(spots.length, n);
    spots.forEach(({ x, y }, i) => {
      assert.ok(x >= radius && x <= width - radius && y >= radius && y <= height - radius);
      spots.slice(i + 1).forEach((other) =>
        assert.ok(Math.hypot(x - other.x, y - other.y) > 1.9 * radius, `${n}`));
    });
  }
});

test('for on the left, against on the right, the nearer to a yes the further left', () => {
  const seat = (code, letter, position = null, group = '') => ({ code, letter, position, group });
  const seats = [seat('A', 'N'), seat('B', 'X'), seat('C', 'Y', 60), seat('D', 'Y', 90),
    seat('E', 'A'), seat('F', '?')];
  assert.deepEqual(arranged(seats).map((i) => seats[i].code), ['D', 'C', 'E', 'F', 'B', 'A']);
});

test('arrows lead to the nearest ahead', () => {
  const grid = [[0, 0], [10, 0], [20, 0], [0, 10], [10, 10], [20, 10]];
  assert.equal(stepFrom(grid, 0, 'ArrowRight'), 1);
  assert.equal(stepFrom(grid, 4, 'ArrowUp'), 1);
  assert.equal(stepFrom(grid, 2, 'ArrowRight'), 2);
  assert.equal(stepFrom(grid, 2, 'Home'), 0);
});

test('a seat that nobody has voted from shows "?" until something is tried', () => {
  const shown = (ballots) => ballots.codes.map((_, i) => ballots.letter(i)).join('');
  assert.equal(shown(at({}, 3)), '??????');
  assert.ok(at({}, 3).waiting);
  assert.equal(at({}, 3).word(0), 'no vote yet');
  assert.equal(shown(at({ votes: { open: { BBB: 'Y' } } }, 3)), 'XYXXXX');
  assert.equal(shown(at({ start: { open: 'blank' } }, 3)), 'XXXXXX');
  assert.equal(shown(at({}, 1)), 'Y????N');
  assert.equal(at({}, 1).word(1), 'not known');
});
