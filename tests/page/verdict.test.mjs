// SPDX-License-Identifier: GPL-3.0-or-later
// The words of a verdict, from what the kernel counts.  The kernel here is a stand-in that
// counts a fraction of those voting; the true one is tested against the command.
import assert from 'node:assert/strict';
import test from 'node:test';
import { firstState } from '../../sim/page/fragment.js';
import { judge, say, underEveryRule, waysOf } from '../../sim/page/verdict.js';
import { small } from './small.mjs';

const kernel = {
  decide(rule, { vote, unnamed }) {
    const count = [0, 1, 2, 3].map((kind) => vote.filter((one) => one === kind).length
      + unnamed[kind]);
    const base = count[0] + count[1];
    const needed = rule.strict ? Math.floor((base * rule.num) / rule.den) + 1
      : Math.max(1, Math.ceil((base * rule.num) / rule.den));
    const adopted = count[0] >= needed && count[0] > 0;
    return { count, yes: count[0], base, needed, outcome: adopted ? 'adopted' : 'rejected',
      reason: adopted ? 'majority' : 'short' };
  },
  turn: () => [[0, 3, 0, 2], [1, 0, 0, 0], [0, 0, 0, 0], [2, 0, 0, 0]],
};

const data = small();
const first = firstState(data);
const at = (patch, place = 0) => judge(kernel, data, { ...first, ...patch }, place);

test('the record is what was recorded, also where the rule would say otherwise', () => {
  const judged = at({});
  assert.deepEqual(judged.counted.count, [2, 2, 1, 1]);
  assert.equal(judged.onRecord, true);
  assert.equal(judged.heading, 'Adopted'); // 2 of 4 do not carry: the record stands
  assert.equal(judged.title, 'Adopted: 2 yes, 2 no, 1 abstaining, 1 not voting.');
});

test('a what-if says so, and what was on record', () => {
  assert.equal(at({ votes: { whole: { AAA: 'N' } } }).heading,
    'Rejected in this what-if; on record adopted');
  assert.equal(at({ votes: { whole: { CCC: 'Y' } } }).heading, 'Still adopted in this what-if');
  assert.equal(at({ rule: { whole: 'two-thirds' } }).onRecord, false);
  assert.equal(at({ removed: ['FFF'] }).onRecord, false);
  assert.equal(at({ added: ['OBS'] }).onRecord, false);
});

test('how far from the threshold', () => {
  assert.equal(at({ votes: { whole: { CCC: 'Y' } } }).margin,
    'Present and voting: 5. Adoption takes 3 yes: exactly enough.');
  assert.equal(at({ votes: { whole: { AAA: 'N' } } }).margin,
    'Present and voting: 4. Adoption takes 3 yes: 2 more needed.');
});

test('votes without a name are counted; what has none and no number is not', () => {
  const part = at({}, 1);
  assert.deepEqual([part.counted.count, part.end], [[2, 3, 0, 1], 'rejected']);
  const told = at({}, 2);
  assert.deepEqual([told.counted, told.turn, told.title], [null, null, 'Rejected.']);
  assert.match(told.why, /Only the outcome is public/);
  assert.equal(at({}, 3).heading, 'No vote yet');
});

test('a veto needs every name', () => {
  const judged = at({ rule: { part: 'veto' } }, 1);
  const named = judge(kernel, { ...data, rules: data.rules.map((entry) => ({ ...entry,
    rule: { ...entry.rule, veto: entry.id === 'veto' } })) },
  { ...first, rule: { part: 'veto' } }, 1);
  assert.equal(judged.counted !== null, true);
  assert.match(named.why, /does not name every vote/);
});

test('the fewest states first', () => {
  assert.deepEqual(waysOf(kernel.turn()).map(({ words }) => words), ['1 from no to yes',
    '2 from yes to not voting', '2 from not voting to yes', '3 from yes to no']);
  assert.match(at({}).lead, /^To (pass|block) it: 1 state from no to yes$/);
});

test('the words of each reason', () => {
  const rule = data.rules[0].rule;
  const counted = { count: [1, 4, 0, 0], yes: 1, needed: 3, base: 5 };
  const words = (reason) => say(rule, { ...counted, reason }, { vote: [1, 1, 0], veto: [1, 0, 1] });
  assert.match(words('objection'), /^4 against: each a formal objection/);
  assert.match(words('no-yes'), /without an affirmative vote/);
  assert.match(words('veto'), /^Vetoed: 1 of those/);
  assert.match(words('tie'), /^As many for as against/);
  assert.match(words('short'), /2 more needed/);
});

test('the same votes under each rule', () => {
  const rows = underEveryRule(kernel, data, at({ votes: { whole: { CCC: 'Y' } } }).ballots);
  assert.deepEqual(rows.map(({ entry, counted }) => `${entry.id} ${counted.outcome}`),
    ['half adopted', 'two-thirds rejected', 'veto adopted']);
});
