// SPDX-License-Identifier: GPL-3.0-or-later
// The rows of a batch's index: in which order they come, and which are wanted.
import assert from 'node:assert/strict';
import test from 'node:test';
import { counts, isWanted, order } from '../../sim/page/batch_rows.js';

const rows = [
  { link: 'b-10', outcome: 'adopted', tally: '79-60-33', yes: 79, margin: 9, chance: null,
    status: 'verified' },
  { link: 'b-9', outcome: 'rejected', tally: '100-90-1', yes: 100, margin: -14, chance: 0.02,
    status: 'assumed' },
  { link: 'a', outcome: 'likely', tally: '9-1-0', yes: 9, margin: 3, chance: 0.71,
    status: 'inferred' },
  { link: 'broken', outcome: 'faulty', tally: null, yes: null, margin: null, chance: null,
    status: null },
].map((row) => ({ ...row, text: `${row.link} ${row.outcome}` }));
const nothing = { words: '', outcome: '', status: '', low: null, high: null, least: null, most: null };
const wanted = (asked) => rows.filter((row) => isWanted(row, { ...nothing, ...asked }))
  .map((row) => row.link);

test('numbers by what they are, statuses by how sure, empty cells last either way', () => {
  assert.deepEqual(order(rows, 'margin', true), [0, 2, 1, 3]);
  assert.deepEqual(order(rows, 'margin', false), [1, 2, 0, 3]);
  assert.deepEqual(order(rows, 'chance_words', true), [2, 1, 0, 3]);
  assert.deepEqual(order(rows, 'tally', true), [1, 0, 2, 3]);
  assert.deepEqual(order(rows, 'status', false), [0, 2, 1, 3]);
  assert.deepEqual(order(rows, 'link', false), [2, 1, 0, 3]);
});

test('wanted by words, outcome, margin with its sign, chance, and a status or a weaker one', () => {
  assert.deepEqual(wanted({}), ['b-10', 'b-9', 'a', 'broken']);
  assert.deepEqual(wanted({ words: 'B-' }), ['b-10', 'b-9']);
  assert.deepEqual(wanted({ outcome: 'likely' }), ['a']);
  assert.deepEqual(wanted({ high: 5 }), ['b-9', 'a']);
  assert.deepEqual(wanted({ low: -14, high: 3 }), ['b-9', 'a']);
  assert.deepEqual(wanted({ low: 3 }), ['b-10', 'a']);
  assert.deepEqual(wanted({ low: -13, high: 0 }), []);
  assert.deepEqual(wanted({ least: 2, most: 50 }), ['b-9']);
  assert.deepEqual(wanted({ least: 0 }), ['b-9', 'a']);
  assert.deepEqual(wanted({ status: 'inferred' }), ['b-9', 'a']);
  assert.deepEqual(wanted({ status: 'assumed', outcome: 'likely' }), []);
});

test('how often each outcome', () => {
  assert.deepEqual(counts([...rows, rows[2]], 'outcome')[0], ['likely', 2]);
});
