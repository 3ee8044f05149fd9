// SPDX-License-Identifier: GPL-3.0-or-later
// The page's draws are the command's, for 1,000 random sets of edited positions of
// protocol-offences, and 200 of the same held on another day than the scenario's, on which
// blocs have other members.  Each is a proposal, up to five edits of states and blocs, a seed
// and forty draws from anywhere in the stream.  The page asks its own kernel (kernel.forecast,
// kernel.tallies) the question that its own modules make of the edited state; the other side
// is tests/page/oracle.c, which goes through the functions of `plenary project` from the
// scenario's files.  Compared: yes, no, abstaining and not voting of each draw, exactly.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import test, { after, before } from 'node:test';
import { openBrowser, out, root } from './browser.mjs';
import { chance } from './chance.mjs';
import { openLab } from './laboratory.mjs';

const DRAWS = 40;
const scenario = 'scenarios/protocol-offences';
const oracle = resolve(process.env.PAGE_BUILD || 'build-page', 'tests/page_oracle');
let browser;
before(async () => { browser = await openBrowser(); });
after(() => browser.close());

// The scenario as of a day on which the United Kingdom is in the European Union, its stages on
// one on which it is not.
function onAnotherDay() {
  const folder = join(out, 'scenarios', 'stage-on-another-day');
  const write = (name, from, to) => {
    const text = readFileSync(join(root, scenario, name), 'utf8');
    assert.ok(from.test(text), `${name} holds ${from}`);
    writeFileSync(join(folder, name), text.replace(from, to));
  };
  rmSync(folder, { recursive: true, force: true });
  cpSync(join(root, scenario), folder, { recursive: true });
  write('scenario.csv', /^as_of,.*$/m, 'as_of,2019-12-30');
  write('stages.csv', /,\d{4}-\d\d-\d\d,/g, ',2020-06-01,');
  return folder;
}

// Who may be spoken of, by the scenario's own words.
function namesInPage() {
  const { data } = document.getElementById('lab').plenary;
  return data.proposals.filter((it) => it.projection).map(({ id, projection }) => {
    const { roster, blocs = [] } = projection;
    const then = new Map(blocs.map((bloc) => [bloc.id, bloc.members]));
    const members = (bloc) => then.get(bloc.id) ?? bloc.members;
    return {
      id,
      codes: roster.map((seat) => data.states[seat].code),
      blocs: data.blocs.filter((bloc) => members(bloc).some((seat) => roster.includes(seat)))
        .map((bloc) => bloc.id),
      others: blocs.map((bloc) => bloc.id),
    };
  });
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

// Compares so many questions of the scenario in the folder; wanted(names): what holds of them.
async function compare(folder, name, many, wanted) {
  const began = Date.now();
  const { page, close } = await openLab(browser, name);
  const names = await page.evaluate(namesInPage);
  wanted(names);
  const some = chance(2026);
  const questions = Array.from({ length: many }, () => randomQuestion(some, names));
  const text = execFileSync(oracle, [folder], {
    cwd: root, encoding: 'utf8', maxBuffer: 1 << 28,
    input: questions.map((it) => `${JSON.stringify(it)}\n`).join(''),
  });
  const said = text.trim().split('\n').map((line) => JSON.parse(line).tallies.flat());
  const drawn = await page.evaluate(talliesInPage, questions);
  assert.equal(said.length, many);
  drawn.forEach((tallies, k) =>
    assert.deepEqual(tallies, said[k], JSON.stringify(questions[k])));
  console.log(`compared: ${many} edited projections of ${DRAWS} draws, page and oracle, ` +
    `in ${((Date.now() - began) / 1000).toFixed(0)} s`);
  await close();
}

test('1,000 random edited positions: the page draws as the command does', () =>
  compare(scenario, 'protocol-offences', 1000, () => {}));

test('200 on a day on which blocs have other members', () => {
  const folder = onAnotherDay();
  return compare(folder, folder, 200, (names) =>
    assert.ok(names.every(({ others }) => others.includes('EU')), 'the Union is another'));
});
