// SPDX-License-Identifier: GPL-3.0-or-later
// Who moved, by how much it changed the margin, and what the data say of why.
import assert from 'node:assert/strict';
import test from 'node:test';
import { classEffects, compareFinding, gatherReasons, moveClasses, moves, whyMoved }
  from '../../sim/page/moves.js';
import { emptyState } from '../../sim/page/fragment.js';
import { drawnSide, otherNames, otherSide, thisSide } from '../../sim/page/sides.js';
import { judge } from '../../sim/page/verdict.js';
import { small } from './small.mjs';

const [Y, N, A, X, Q] = [0, 1, 2, 3, 255];
const ballots = (votes) => ({ codes: Object.keys(votes), seats: Object.keys(votes).map((_, i) => i),
  vote: Uint8Array.from(Object.values(votes)) });

const simple = (vote) => {
  const yes = vote.filter((v) => v === Y).length;
  const no = vote.filter((v) => v === N).length;
  const needed = Math.floor((yes + no) / 2) + 1;
  return { yes, needed, outcome: yes >= needed ? 'adopted' : 'rejected' };
};

test('moved, alike, not told, joined and left', () => {
  const found = moves(ballots({ AAA: Y, BBB: N, CCC: Q, DDD: A }),
    ballots({ AAA: Y, BBB: A, CCC: Y, EEE: N }));
  assert.deepEqual(found.moved, [{ code: 'BBB', from: N, to: A }]);
  assert.equal(found.same, 1);
  assert.equal(found.untold, 1);
  assert.deepEqual(found.joined, ['EEE']);
  assert.deepEqual(found.left, ['DDD']);
  assert.equal(found.matrix[N][A], 1);
  assert.equal(found.matrix[4][Y], 1);
});

test('classes of moves, the commonest first', () => {
  const classes = moveClasses([{ code: 'A', from: N, to: A }, { code: 'B', from: Y, to: X },
    { code: 'C', from: Y, to: X }]);
  assert.deepEqual(classes.map(({ from, to, codes }) => [from, to, codes.length]),
    [[Y, X, 2], [N, A, 1]]);
});

test('the effect of a class alone is a recount', () => {
  const before = ballots({ AAA: Y, BBB: Y, CCC: Y, DDD: N, EEE: A });
  const classes = [{ from: Y, to: N, codes: ['AAA', 'BBB'] }, { from: A, to: Y, codes: ['EEE'] }];
  assert.deepEqual(classEffects(before, classes, simple), [-2, 1]);
  assert.deepEqual([...before.vote], [Y, Y, Y, N, A]);
});

test('the finding says who moved and whether the outcome turns', () => {
  const before = ballots({ AAA: Y, BBB: Y, CCC: N });
  const after = ballots({ AAA: N, BBB: Y, CCC: N });
  assert.equal(compareFinding(moves(before, after), simple(before.vote), simple(after.vote)),
    '1 moved; exactly enough became 1 more needed: the outcome turns, rejected');
  assert.equal(compareFinding(moves(before, before), simple(before.vote), simple(before.vote)),
    'Nobody moved; still exactly enough: the outcome stays, adopted');
});

test('why: what goes with a move, and nothing where the data are silent', () => {
  const data = { states: ['AAA', 'BBB', 'CCC', 'DDD'].map((code) => ({ code, name: `State ${code}`,
    group: 'G' })) };
  const blocs = [{ id: 'G', kind: 'regional-group', members: [0, 1, 2] }];
  const after = { ...ballots({ AAA: N, BBB: Y, CCC: Y, DDD: N }), edited: new Set(['AAA']) };
  const proposal = { narration: [{ kind: 'statement', text: 'State BBB explained its vote.' }],
    projection: { rows: [{ who: 'G', position: 60, status: 'assumed' },
      { who: 'BBB', position: 70, status: 'reported' }] } };
  const reasons = gatherReasons(data, proposal, after, blocs);
  assert.deepEqual(whyMoved({ code: 'AAA', from: Y, to: N }, reasons),
    ['edited by hand', 'breaks from G (Y)', 'position on file 60 (G), assumed']);
  assert.deepEqual(whyMoved({ code: 'BBB', from: N, to: Y }, reasons), ['with the line of G (Y)',
    'said on record: State BBB explained its vote.', 'position on file 70, reported']);
  assert.deepEqual(whyMoved({ code: 'DDD', from: Y, to: N }, reasons), []);
  // On the day of the projection D had joined.
  const later = { ...proposal, projection: { ...proposal.projection,
    blocs: [{ id: 'G', members: [0, 1, 2, 3] }] } };
  assert.deepEqual(whyMoved({ code: 'DDD', from: Y, to: N },
    gatherReasons(data, later, after, blocs)), ['position on file 60 (G), assumed']);
});

test('another scenario brings its own members, weights and blocs', () => {
  const data = small();
  data.rules = data.rules.map((entry) => ({ ...entry, rule: { ...entry.rule, weighted: true } }));
  data.states = data.states.map((state) => ({ ...state, weight: 1 }));
  data.against = { id: 'other', title: 'Other',
    // In an order of its own: index 0 is another's.
    states: [...data.states].reverse().map((state) => (state.code === 'AAA'
      ? { ...state, name: 'Third A', weight: 7 } : state)),
    blocs: [{ id: 'EAST', kind: 'regional-group', members: [6, 5, 4] }],
    proposals: [{ ...data.proposals[0], roster: [6, 5, 4, 3, 2, 1] }] };
  const kernel = {
    decide: (rule, { vote, weight }) => {
      const sum = (kind) => vote.reduce((all, one, i) => all + (one === kind ? weight[i] : 0), 0);
      return { count: [0, 1, 2, 3].map((kind) => vote.filter((one) => one === kind).length),
        weightYes: sum(0), yes: 2, needed: 2, outcome: 'adopted', reason: 'weight' };
    },
    turn: () => [0, 0, 0, 0].map(() => [0, 0, 0, 0]),
  };
  const lab = { data, kernel, store: { state: emptyState() },
    judged: () => judge(kernel, data, emptyState(), 0) };
  const there = otherSide(lab, 0, 'against.whole');
  const here = thisSide(lab, 0, 'against.whole');
  assert.deepEqual(there.ballots.codes, here.ballots.codes);
  assert.deepEqual([...there.ballots.vote], [...here.ballots.vote]);
  assert.deepEqual([there.counted.weightYes, here.counted.weightYes], [8, 2]);
  assert.deepEqual(otherNames(there, here), ['AAA: State AAA here, Third A there']);
  assert.deepEqual(drawnSide(there).counts, [2, 2, 1, 1]);
  delete data.against.states;
  delete data.against.blocs;
  data.against.proposals = [data.proposals[0]];
  assert.equal(otherSide(lab, 0, 'against.whole').counted.weightYes, 2);
});
