// SPDX-License-Identifier: GPL-3.0-or-later
// Labels in a crowd: who stands together shares one, none covers another, none is lost unsaid.
import assert from 'node:assert/strict';
import test from 'node:test';
import { apart, inRows, shortList, together } from '../../sim/page/crowd.js';
import { chance } from './chance.mjs';

test('those nearer than the gap share a label, the others do not', () => {
  const marks = [{ at: 50, label: 'C' }, { at: 10, label: 'A' }, { at: 12, label: 'B' }];
  assert.deepEqual(together(marks, 5),
    [{ at: 11, labels: ['A', 'B'] }, { at: 50, labels: ['C'] }]);
  assert.deepEqual(together([], 5), []);
  assert.equal(together(marks, 2).length, 3);
});

test('a list that is too long says how many are left', () => {
  assert.equal(shortList(['FRA', 'ITA', 'GBR'], 11), 'FRA ITA GBR');
  assert.equal(shortList(['FRA', 'ITA', 'GBR'], 10), 'FRA +2');
  assert.equal(shortList(['FRA', 'ITA', 'GBR', 'DEU'], 12), 'FRA ITA +2');
  assert.equal(shortList(['NARROW_LIST'], 6), 'NARRO…');
});

test('nobody is lost: those said and those counted are all', () => {
  const some = chance(7);
  for (let k = 0; k < 300; k += 1) {
    const labels = Array.from({ length: 1 + some.below(12) }, (_, i) => `L${i}`);
    const said = shortList(labels, 2 + some.below(30));
    const left = Number(/\+(\d+)$/.exec(said)?.[1] ?? 0);
    assert.equal(said.replace(/ \+\d+$/, '').split(' ').length + left, labels.length);
  }
});

test('places keep apart and, where there is room, inside', () => {
  assert.deepEqual(apart([10, 12, 14], 5, [0, 100]), [10, 15, 20]);
  assert.deepEqual(apart([96, 98, 99], 5, [0, 100]), [90, 95, 100]);
  const some = chance(8);
  for (let k = 0; k < 300; k += 1) {
    const want = Array.from({ length: 1 + some.below(8) }, () => some.below(100))
      .sort((a, b) => a - b);
    const got = apart(want, 10, [0, 100]);
    got.forEach((at, i) => {
      assert.ok(at >= 0 && at <= 100);
      assert.ok(i === 0 || at - got[i - 1] >= 10 - 1e-9);
    });
  }
});

test('no label covers another in its row; what finds no row is left out', () => {
  const labels = [{ at: 20, width: 30 }, { at: 30, width: 30 }, { at: 40, width: 30 },
    { at: 90, width: 30 }];
  assert.deepEqual(inRows(labels, 2), [0, 1, -1, 0]);
  assert.deepEqual(inRows(labels, 3), [0, 1, 2, 0]);
});
