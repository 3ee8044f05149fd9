// SPDX-License-Identifier: GPL-3.0-or-later
// The state of the page: undo and redo, and the address that brings it back.
import assert from 'node:assert/strict';
import test from 'node:test';
import { firstState, readFragment, writeFragment } from '../../sim/page/fragment.js';
import { openStore } from '../../sim/page/store.js';
import { small } from './small.mjs';

const data = small();
const first = firstState(data);

const trip = (state) => readFragment(data, writeFragment(data, state));

test('an untouched page has an empty address', () => {
  assert.equal(openStore(data, '').fragment(), '');
  assert.deepEqual(openStore(data, '').state, first);
  assert.deepEqual([first.seed, first.draws], ['7', 1000]);
});

test('every part of the state comes back from its address', () => {
  const state = {
    ...first, proposal: 1, view: 'board', start: { part: 'blank', whole: 'blocs' },
    votes: { part: { AAA: 'N', CCC: 'X' }, open: { BBB: 'Y' } }, rule: { part: 'two-thirds' },
    added: ['OBS'], removed: ['BBB', 'CCC'], seed: '12', draws: 20000, outlines: ['CLUB', 'EAST'],
    mode: 'compare', step: 3, compare: 'whole',
    positions: [{ proposal: 'part', who: 'EAST', position: 47.5, sd: 10 },
      { proposal: 'open', who: 'ALL', position: 0, sd: 0.25 },
      { proposal: null, who: 'AAA', position: 60, sd: 10 }],
  };
  const back = trip(state);
  assert.deepEqual(back.ignored, []);
  assert.deepEqual({ ...back.state, positions: [] }, { ...state, positions: [] });
  for (const row of state.positions) {
    assert.ok(back.state.positions.some((one) => JSON.stringify(one) === JSON.stringify(row)));
  }
});

test('an address can be read by people', () => {
  const state = { ...first, votes: { whole: { BBB: 'N', AAA: 'A' } }, removed: ['CCC'] };
  assert.equal(writeFragment(data, state), 'votes=AAA.A,BBB.N&removed=CCC');
  const other = { ...first, proposal: 1, votes: { whole: { AAA: 'N' } } };
  assert.equal(writeFragment(data, other), 'proposal=part&votes.whole=AAA.N');
});

test('a seed has 64 bits, from the data and from the address, and none is rounded', () => {
  const most = '18446744073709551615';
  const asked = { ...small(), seed: '9007199254740993' };
  assert.equal(firstState(asked).seed, '9007199254740993');
  assert.equal(writeFragment(asked, firstState(asked)), '');
  assert.equal(writeFragment(asked, { ...firstState(asked), seed: most }), `seed=${most}`);
  assert.deepEqual(readFragment(asked, `seed=${most}`),
    { state: { ...firstState(asked), seed: most }, ignored: [] });
  assert.equal(readFragment(asked, 'seed=007').state.seed, '7');
  for (const bad of ['18446744073709551616', '-1', '1e3', '', 'x', '123456789012345678901']) {
    assert.deepEqual(readFragment(asked, `seed=${bad}`).ignored, [`seed=${bad}`]);
  }
});

test('as many draws as the data say, and as many as the address says', () => {
  const asked = { ...small(), draws: 250000 };
  assert.equal(firstState(asked).draws, 250000);
  assert.equal(writeFragment(asked, firstState(asked)), '');
  assert.equal(readFragment(asked, 'draws=5000').state.draws, 5000);
  assert.equal(firstState({ ...small(), draws: 1e7 }).draws, 100000);
});

test('what is not understood is left out and said, never thrown', () => {
  const { state, ignored } = readFragment(data, '#votes=AAA.N,AAA.Q,ZZZ.Y,__proto__.Y,A.A.A'
    + '&view=moon&seed=-3&hello&proposal=nowhere&rule=none&start=%zz&constructor=1&votes.x=AAA.Y'
    + '&positions=EAST.101.2,EAST.5,NOBODY.5.5,EAST.5.5&mode=%3Cscript%3E&removed=AAA,AAA,QQQ&=&&');
  assert.deepEqual(state, { ...first, votes: { whole: { AAA: 'N' } }, removed: ['AAA'],
    positions: [{ proposal: 'whole', who: 'EAST', position: 5, sd: 5 }] });
  for (const part of ['view=moon', 'ZZZ.Y', 'hello']) assert.ok(ignored.includes(part), part);
  assert.equal({}.Y, undefined);
});

test('undo and redo walk through what was edited, and leave the view', () => {
  const store = openStore(data, '');
  store.set({ votes: { whole: { AAA: 'N' } } }, { label: 'one' });
  store.set({ view: 'tiles' });
  store.set({ rule: { whole: 'two-thirds' } }, { label: 'two' });
  assert.equal(store.undoLabel, 'two');
  store.undo();
  assert.deepEqual([store.state.rule, store.state.view, store.redoLabel], [{}, 'tiles', 'two']);
  store.undo();
  assert.deepEqual([store.state.votes, store.canUndo], [{}, false]);
  assert.equal(store.undo(), false);
  store.redo();
  store.redo();
  assert.deepEqual(store.state.rule, { whole: 'two-thirds' });
  store.undo();
  store.set({ seed: '9' });
  assert.equal(store.canRedo, false);
});

test('a drag is one step', () => {
  const store = openStore(data, '');
  const from = store.state;
  const row = (position) => [{ proposal: 'whole', who: 'AAA', position, sd: 10 }];
  store.set({ positions: row(10) }, { undo: false });
  store.set({ positions: row(20) }, { undo: false });
  store.set({ positions: row(20) }, { undo: true, label: 'AAA at 20', from });
  store.undo();
  assert.deepEqual([store.state.positions, store.canUndo], [[], false]);
});

test('reset is undone like any other step, and nothing can be changed by hand', () => {
  const store = openStore(data, 'votes=AAA.N&view=board');
  store.reset();
  assert.deepEqual([store.state.votes, store.state.view], [{}, 'board']);
  store.undo();
  assert.deepEqual(store.state.votes, { whole: { AAA: 'N' } });
  assert.throws(() => { store.state.votes.whole.AAA = 'Y'; }, TypeError);
});

test('listeners hear the state, what it was, and what it is called', () => {
  const store = openStore(data, '');
  const heard = [];
  const stop = store.subscribe((state, before, label) =>
    heard.push([state.seed, before.seed, label]));
  store.set({ seed: '8' }, { label: 'seed 8' });
  store.set({ seed: '8' });
  stop();
  store.set({ seed: '9' });
  assert.deepEqual(heard, [['8', '7', 'seed 8']]);
});

test('a report opens as it was asked for, and the record has an address of its own', () => {
  const asked = { ...small(), opening: 'votes.whole=AAA.N' };
  const store = openStore(asked, '');
  assert.deepEqual(store.state.votes, { whole: { AAA: 'N' } });
  store.reset();
  assert.equal(store.fragment(), 'start=record');
  assert.deepEqual(openStore(asked, store.fragment()).state.votes, {});
});
