// SPDX-License-Identifier: GPL-3.0-or-later
// The sums of blocs are those that `plenary replay` prints.
import assert from 'node:assert/strict';
import test from 'node:test';
import { blocPart, blocsFinding, breaksRanks, cohesion, listedFirst }
  from '../../sim/page/cohesion.js';

const [Y, N, A, X, Q] = [0, 1, 2, 3, 255];
const many = (...counts) => counts.flatMap((n, vote) => Array(n).fill(vote));

test('indices of groups on A/RES/74/247', () => {
  const africa = cohesion(many(31, 1, 8, 14));
  assert.equal(africa.rice, 0.9375);
  assert.equal(africa.agreement, 0.6625);
  assert.equal(africa.line, Y);
  const grulac = cohesion(many(9, 7, 15, 2));
  assert.equal(grulac.rice, 0.125);
  assert.ok(Math.abs(grulac.agreement - 0.2258064516129032) < 1e-15);
  assert.equal(grulac.line, null);
  assert.equal(cohesion(many(0, 28, 1, 0)).rice, 1);
});

test('a line takes more than half of those that answered', () => {
  assert.equal(cohesion(many(2, 1, 1, 9)).line, null);
  assert.equal(cohesion(many(3, 1, 1, 9)).line, Y);
  assert.equal(cohesion(many(0, 1, 4, 0)).line, A);
});

test('nobody answered: no index and no line, not nought', () => {
  assert.deepEqual(cohesion([X, X, Q]),
    { count: [0, 0, 0, 2], unknown: 1, rice: null, agreement: null, line: null });
  assert.equal(cohesion([A, A]).rice, null);
});

test('to abstain is not to break ranks, to vote against a line of abstention is', () => {
  assert.equal(breaksRanks(Y, N), true);
  assert.equal(breaksRanks(Y, A), false);
  assert.equal(breaksRanks(N, X), false);
  assert.equal(breaksRanks(A, Y), true);
  assert.equal(breaksRanks(null, N), false);
  assert.equal(breaksRanks(Y, Q), false);
});

test('a bloc counts those of its members that sit', () => {
  const ballots = { codes: ['AAA', 'BBB', 'CCC', 'DDD'], seats: [0, 2, 5, 7],
    vote: Uint8Array.of(Y, Y, N, X) };
  const part = blocPart({ id: 'B', members: [0, 1, 2, 5, 9] }, ballots);
  assert.deepEqual(part.codes, ['AAA', 'BBB', 'CCC']);
  assert.deepEqual(part.broke, ['CCC']);
  assert.deepEqual(part.count, [2, 1, 0, 0]);
});

test('the finding names the split blocs', () => {
  const part = (id, counts) => ({ bloc: { id }, broke: [], ...cohesion(many(...counts)) });
  assert.equal(blocsFinding([part('EU', [0, 28, 0, 0]), part('GRULAC', [9, 7, 15, 2])]),
    'Split: GRULAC; no one broke ranks in EU');
  assert.equal(blocsFinding([part('EU', [0, 0, 0, 27])]),
    'No bloc has voted yes, no or to abstain');
  const unnamed = { ...part('EU', [1, 0, 0, 0]), unknown: 26 };
  assert.equal(blocsFinding([unnamed]),
    'How the blocs voted is not known state by state');
});

test('groups, own blocs and large organizations come first', () => {
  assert.equal(listedFirst({ kind: 'regional-group' }, 3), true);
  assert.equal(listedFirst({ kind: '' }, 3), true);
  assert.equal(listedFirst({ kind: 'organization', made_from: '' }, 24), false);
  assert.equal(listedFirst({ kind: 'organization', made_from: '' }, 25), true);
  assert.equal(listedFirst({ kind: 'organization', made_from: 'EU' }, 40), false);
  assert.equal(listedFirst({ kind: 'fixed-list', made_from: '' }, 40), false);
});
