// SPDX-License-Identifier: GPL-3.0-or-later
// The steps of a replay: none is passed over, and no outcome is shown before it is told.
import assert from 'node:assert/strict';
import test from 'node:test';
import { isTold, movedSince, placeOf, sentencesOf, statesNamed, stepBy, tallyWords }
  from '../../sim/page/narration.js';

const one = { title: 'One', known: 'All is known.', total: [3, 1, 0, 0], narration: [
  { kind: 'question', text: 'Shall it?' }, { kind: 'rule', text: 'More than half.' },
  { kind: 'answer', text: 'Adopted.' }] };
const two = { title: 'Two', question: 'And this?', known: '', narration: [], total: null };
const data = { proposals: [one, two] };

test('every sentence is a step, over the border of proposals and back', () => {
  const seen = [];
  for (let at = { proposal: 0, step: 0 }; at; at = stepBy(data, at, 1))
    seen.push(sentencesOf(data.proposals[at.proposal])[at.step].text);
  assert.deepEqual(seen,
    ['Shall it?', 'More than half.', 'Adopted.', 'All is known.', 'And this?']);
  assert.deepEqual(stepBy(data, { proposal: 1, step: 0 }, -1), { proposal: 0, step: 3 });
  assert.equal(stepBy(data, { proposal: 0, step: 0 }, -1), null);
});

test('a step of the address beyond the last is the last', () => {
  assert.deepEqual(placeOf(data, { proposal: 1, step: 99 }), { proposal: 1, step: 0 });
  assert.deepEqual(placeOf(data, { proposal: 0, step: -4 }), { proposal: 0, step: 0 });
});

test('the outcome is not shown with the question and the rule', () => {
  assert.equal(isTold(one, 1), false);
  assert.equal(isTold(one, 2), true);
  assert.equal(isTold(two, 0), false);
});

test('what is not known is said so', () => {
  assert.equal(tallyWords(one), '3–1–0');
  assert.equal(tallyWords(two), 'tally not known');
  assert.equal(tallyWords({ total: [23, 102, null, null] }), '23–102–?');
  assert.equal(tallyWords({ record: 'none', total: null }), 'not voted yet');
  assert.equal(tallyWords({ record: 'outcome', result: 'rejected' }), 'rejected, tally not known');
});

test('states are named by name or code, and the longer name wins', () => {
  const states = [['Iran (Islamic Republic of)', 'IRN'], ['Niger', 'NER'], ['Nigeria', 'NGA'],
    ['Guinea', 'GIN'], ['Equatorial Guinea', 'GNQ']].map(([name, code]) => ({ name, code }));
  const named = (sentence) => [...statesNamed(sentence, states)].sort().join(' ');
  assert.equal(named('Asked for by IRN.'), 'IRN');
  assert.equal(named('Iran (Islamic Republic of) asked.'), 'IRN');
  assert.equal(named('The IRNA agency.'), '');
  assert.equal(named('Nigeria and Equatorial Guinea.'), 'GNQ NGA');
  assert.equal(named('Niger; Nigeria; Guinea.'), 'GIN NER NGA');
});

test('who moved since the earlier vote, where both are known', () => {
  const proposal = { vote: 'YNA?', earlier: { vote: 'YYN?' } };
  assert.deepEqual([0, 1, 2, 3].map((i) => movedSince(proposal, i)), [false, true, true, false]);
  assert.equal(movedSince({ vote: 'Y', earlier: null }, 0), false);
});
