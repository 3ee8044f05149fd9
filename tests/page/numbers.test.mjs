// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers are rounded as C's printf rounds them (python3 is asked for the same), and marks of a
// swarm stand about their place.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import test from 'node:test';
import { fixed, rounded, significant } from '../../sim/page/numbers.js';
import { swarm } from '../../sim/page/swarm.js';
import { chance } from './chance.mjs';

test('what lies midway goes to the even digit', () => {
  assert.deepEqual([0.125, 0.375, 0.625, 0.875].map((x) => fixed(x, 2)),
    ['0.12', '0.38', '0.62', '0.88']);
  assert.deepEqual([0.5, 1.5, 2.5, 3.5, -0.5, -1.5, -2.5].map((x) => fixed(x, 0)),
    ['0', '2', '2', '4', '-0', '-2', '-2']);
  assert.equal(rounded(2.5), 2);
});

test('midway in decimal is not midway in binary', () => {
  assert.deepEqual([0.15, 0.25, 0.35, 1.005, 2.675].map((x) => fixed(x, x < 1 ? 1 : 2)),
    ['0.1', '0.2', '0.3', '1.00', '2.67']);
});

test('as printf of C, for every share of up to 64 and others by chance', () => {
  const some = chance(16);
  const all = [0.00012345, 0.0009765625, 1234.5, 123456.7, 99.996, 3];
  for (let n = 1; n <= 64; n++) for (let k = 1; k <= n; k++) all.push(k / n);
  for (let k = 0; k < 2000; k++) all.push((some.below(2 ** 20) + 1) / 2 ** some.below(12));
  const program = `import sys
for x in map(float, sys.stdin.read().split()):
    print("%.0f %.2f %.3f %.2f" % (100 * x, x, x, -x), float("%.4g" % x))`;
  const said = execFileSync('python3', ['-c', program], { input: all.join('\n'),
    encoding: 'utf8' }).trim().split('\n');
  all.forEach((x, i) => {
    const [whole, two, three, below, four] = said[i].split(' ');
    assert.deepEqual([fixed(100 * x, 0), fixed(x, 2), fixed(x, 3), fixed(-x, 2)],
      [whole, two, three, below], String(x));
    const exact = Number.isInteger(x) ? x : Number(four);
    assert.equal(Number(significant(x, 4)), exact, String(x));
  });
  assert.equal(significant(0, 4), '0');
});

test('a heap of marks does not lean, and nobody passes a nearer place that is lower', () => {
  const normal = Array.from({ length: 193 }, (_, i) => {
    const odds = (i + 0.5) / 193;
    return 0.5 + 0.07 * Math.log(odds / (1 - odds));
  });
  for (const columns of [29, 90]) {
    const marks = swarm(normal, columns);
    const off = marks.map(({ column }, i) => column + 0.5 - normal[i] * columns);
    const mean = off.reduce((sum, one) => sum + one, 0) / off.length;
    assert.ok(Math.abs(mean) < 0.02, `${mean} of a column to one side`);
    const height = new Array(columns).fill(0);
    marks.forEach(({ column }) => { height[column] += 1; });
    const left = height.slice(0, Math.floor(columns / 2)).reduce((sum, n) => sum + n, 0);
    const right = height.slice(Math.ceil(columns / 2)).reduce((sum, n) => sum + n, 0);
    assert.ok(Math.abs(left - right) <= 2, `${left} left, ${right} right`);
    marks.forEach(({ column, row }, i) => {
      const own = Math.floor(normal[i] * columns);
      assert.ok(row <= height[own], 'no higher than its own column');
      assert.ok(Math.abs(column - own) <= 8);
    });
  }
  const alike = swarm(new Array(31).fill(0.5125), 40);
  const steps = alike.map(({ column }) => column - 20);
  assert.ok(Math.abs(steps.reduce((sum, one) => sum + one, 0)) <= 2, 'to either side in turn');
});
