// SPDX-License-Identifier: GPL-3.0-or-later
// The page's draws are the command's, for 1,000 random sets of edited positions of
// protocol-offences.  Each is a proposal, up to five edits of states and blocs, a seed and
// forty draws from anywhere in the stream.  The page asks its own kernel (kernel.forecast,
// kernel.tallies) the question that its own modules make of the edited state; the other side
// is tests/page/oracle.c, which goes through the functions of `plenary project` from the
// scenario's files.  Compared: yes, no, abstaining and not voting of each draw, exactly.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import test, { after, before } from 'node:test';
import { openBrowser, root } from './browser.mjs';
import { chance } from './chance.mjs';
import { openLab } from './laboratory.mjs';

const QUESTIONS = 1000;
const DRAWS = 40;
const scenario = 'scenarios/protocol-offences';
const oracle = resolve(process.env.PAGE_BUILD || 'build-page', 'tests/page_oracle');
let browser;
before(async () => { browser = await openBrowser(); });
after(() => browser.close());

// Who may be spoken of, by the scenario's own words.
function namesInPage() {
  const { data } = document.getElementById('lab').plenary;
  return data.proposals.filter((it) => it.projection).map((it) => ({
    id: it.id,
    codes: it.projection.roster.map((seat) => data.states[seat].code),
    blocs: data.blocs.filter((bloc) =>
      bloc.members.some((seat) => it.projection.roster.includes(seat))).map((bloc) => bloc.id),
  }));
}

function randomQuestion(some, names) {
  const { id, codes, blocs } = some.pick(names);
  const states = some.some(codes, some.below(4));
  const named = some.some(blocs, some.below(3));
  const positions = [...states, ...named].map((who) =>
    ({ who, position: some.below(101), sd: 1 + some.below(30) }));
  const seed = some.below(1000000);
  return { proposal: id, positions, seed, first: some.below(90000), draws: DRAWS };
}

function talliesInPage(questions) {
  const { data, kernel, store, questionOf } = document.getElementById('lab').plenary;
  return questions.map((it) => {
    const index = data.proposals.findIndex((proposal) => proposal.id === it.proposal);
    const positions = it.positions.map((edit) => ({ proposal: it.proposal, ...edit }));
    const question = questionOf(data, { ...store.state, positions }, index);
    kernel.electorate(data.electorate);
    kernel.forecast(question);
    return [...kernel.tallies(it.seed, it.first, it.draws)];
  });
}

test(`${QUESTIONS} random edited positions: the page draws as the command does`, async () => {
  const began = Date.now();
  const { page, close } = await openLab(browser, 'protocol-offences');
  const names = await page.evaluate(namesInPage);
  const some = chance(2026);
  const questions = Array.from({ length: QUESTIONS }, () => randomQuestion(some, names));
  const text = execFileSync(oracle, [scenario], {
    cwd: root, encoding: 'utf8', maxBuffer: 1 << 28,
    input: questions.map((it) => `${JSON.stringify(it)}\n`).join(''),
  });
  const said = text.trim().split('\n').map((line) => JSON.parse(line).tallies.flat());
  const drawn = await page.evaluate(talliesInPage, questions);
  assert.equal(said.length, QUESTIONS);
  drawn.forEach((tallies, k) =>
    assert.deepEqual(tallies, said[k], JSON.stringify(questions[k])));
  console.log(`compared: ${QUESTIONS} edited projections of ${DRAWS} draws, page and oracle, ` +
    `in ${((Date.now() - began) / 1000).toFixed(0)} s`);
  await close();
});
