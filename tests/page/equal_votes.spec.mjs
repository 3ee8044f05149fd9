// SPDX-License-Identifier: GPL-3.0-or-later
// The page's verdict is the command's, for 1,000 random edited states of A/RES/74/247.
// Each state is a starting view, up to sixty edits and a rule.  The page gets it as a patch of
// its state; `plenary replay --format json` gets it as --set and --rule, without the page
// having a say in the words.  Compared: yes, no, abstaining, not voting; outcome; base; needed;
// seen; all twelve numbers of the table of what could turn it; and the counts that the bar shows.
// And the command that the page shows for a state, for 200 of them, comes to the same.
//
// Then random states of scenarios whose records are not complete, and of one with weights: the
// command that the page prints is run and says the same, or none is printed and the page says
// why.  Removed members have no command: what they change is held against sums made here.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { after, before } from 'node:test';
import { command, open, openBrowser, out, plenaryJson, ready, reportOf, root }
  from './browser.mjs';
import { chance } from './chance.mjs';

const STATES = 1000;
const LINES = 200;
const EACH = 40; // states of each scenario more
const STARTS = ['record', 'record', 'record', 'abstain', 'blank', 'earlier', 'blocs'];
const scenario = 'scenarios/res-74-247';
let browser;
before(async () => { browser = await openBrowser(); });
after(() => browser.close());

// What each starting view is on the command line; "blocs" is asked of the record's own lines.
function startWords(record, start) {
  if (start === 'abstain') return ['ALL=A'];
  if (start === 'blank') return ['ALL=X'];
  if (start === 'earlier') return record.votes.map((it) => `${it.state}=${it.before || 'X'}`);
  if (start === 'blocs') return groupLines(record);
  return [];
}

function groupLines(record) {
  const line = new Map(record.blocs.map((bloc) => [bloc.bloc, bloc.line]));
  return record.votes.filter((it) => 'YNA'.includes(line.get(it.group) || '?'))
    .map((it) => `${it.state}=${line.get(it.group)}`);
}

function randomState(some, record, rules) {
  const codes = record.votes.map((it) => it.state);
  const start = some.pick(STARTS);
  const edits = some.some(codes, some.below(61)).map((code) => [code, some.pick('YNAX')]);
  return { start, votes: Object.fromEntries(edits), rule: some.pick(['', ...rules]) };
}

function wordsOf(record, state) {
  const start = startWords(record, state.start)
    .filter((it) => !(it.slice(0, 3) in state.votes));
  const edits = Object.entries(state.votes).map(([code, vote]) => `${code}=${vote}`);
  const sets = [...start, ...edits].flatMap((it) => ['--set', it]);
  return ['replay', '--format', 'json', ...(state.rule ? ['--rule', state.rule] : []),
    ...sets, scenario];
}

function ask(words, place = 0) {
  return new Promise((resolve, reject) => {
    const options = { cwd: root, maxBuffer: 1 << 26 };
    execFile(command, words, options, (error, text) =>
      (error ? reject(error) : resolve(JSON.parse(text).proposals[place])));
  });
}

// As many answers, two processes at a time.
async function askAll(all) {
  const answers = [];
  let next = 0;
  const work = async () => {
    for (let k = next++; k < all.length; k = next++) {
      answers[k] = await ask(all[k].words || all[k], all[k].place);
    }
  };
  await Promise.all([work(), work()]);
  return answers;
}

// What the command said, in the page's terms.
function saidByCommand(answer) {
  const it = answer.whatif || answer.count;
  const turn = it.turn.map((move) => [move.from, move.to, move.states || 0]);
  return {
    count: [it.yes, it.no, it.abstain, it.not_voting],
    outcome: it.outcome, base: it.base, needed: it.needed, seen: it.seen, turn,
  };
}

// In the page: its own modules on each state.
function saidByPage(states) {
  const { data, kernel, store, ballotsOf } = document.getElementById('lab').plenary;
  const { id } = data.proposals[0];
  const letters = 'YNAX';
  return states.map((state) => {
    store.set({
      start: { [id]: state.start }, votes: { [id]: state.votes },
      rule: state.rule ? { [id]: state.rule } : {},
    }, { undo: false });
    const chosen = state.rule ? data.rules.findIndex((it) => it.id === state.rule)
      : data.proposals[0].rule;
    const { rule } = data.rules[chosen];
    const ballots = ballotsOf(data, store.state, 0);
    const given = { ...ballots, veto: ballots.veto(chosen) };
    const verdict = kernel.decide(rule, given);
    const table = kernel.turn(rule, given);
    const turn = [0, 1, 2, 3].flatMap((from) => [0, 1, 2, 3].filter((to) => to !== from)
      .map((to) => [letters[from], letters[to], table[from][to]]));
    const { count, outcome, base, needed, seen } = verdict;
    const shown = [...document.querySelectorAll('.bar-counts .chip-count')]
      .map((node) => Number(node.textContent));
    const line = document.querySelector('#lab-command textarea').value;
    return { count, outcome, base, needed, seen, turn, shown, line };
  });
}

test(`${STATES} random edited states: the page counts as the command does`, async () => {
  const began = Date.now();
  const [record] = plenaryJson('replay', scenario).proposals;
  const opened = await open(browser, reportOf('res-74-247'));
  await ready(opened.page);
  const rules = await opened.page.evaluate(() =>
    document.getElementById('lab').plenary.data.rules.filter((it) => !it.rule.weighted)
      .map((it) => it.id));
  const some = chance(74247);
  const states = Array.from({ length: STATES }, () => randomState(some, record, rules));
  const answers = await askAll(states.map((state) => wordsOf(record, state)));
  const pages = await opened.page.evaluate(saidByPage, states);
  pages.forEach(({ shown, line, ...page }, k) => {
    const said = saidByCommand(answers[k]);
    if (said.needed === null) Object.assign(page, { base: null, needed: null });
    assert.deepEqual(page, said, JSON.stringify(states[k]));
    assert.deepEqual(shown, said.count, 'as the bar shows it');
  });
  const lines = pages.slice(0, LINES).map((page) => page.line.split(' ').slice(1, -1));
  const again = await askAll(lines.map((words) => [...words, '--format', 'json', scenario]));
  again.forEach((answer, k) =>
    assert.deepEqual(saidByCommand(answer), saidByCommand(answers[k]), pages[k].line));
  console.log(`compared: ${STATES} edited states under ${rules.length} rules, page and ` +
    `command, in ${((Date.now() - began) / 1000).toFixed(0)} s`);
  await opened.close();
});

// A council of twelve whose members have weights, from the class of twelve.
function weightedScenario() {
  const from = join(root, 'scenarios/classroom');
  const folder = join(out, 'made', 'weighted');
  mkdirSync(folder, { recursive: true });
  for (const name of ['proposals.csv', 'votes.csv']) {
    copyFileSync(join(from, name), join(folder, name));
  }
  const [head, ...members] = readFileSync(join(from, 'members.csv'), 'utf8').trim().split('\n');
  writeFileSync(join(folder, 'members.csv'), [`${head},weight`,
    ...members.map((line, k) => `${line},${[29, 3, 14, 7][k % 4] + k}`), ''].join('\n'));
  writeFileSync(join(folder, 'scenario.csv'), readFileSync(join(from, 'scenario.csv'), 'utf8')
    .replace(/^body,.*$/m, 'body,eu-council'));
  return folder;
}

const idsIn = (page) => page.evaluate(() => {
  const { data } = document.getElementById('lab').plenary;
  return { rules: data.rules.map((it) => it.id), proposals: data.proposals.map((it) => ({
    id: it.id, codes: it.roster.map((k) => data.states[k].code),
    isWhole: it.record === 'complete' || it.record === 'none' })) };
});

function randomOf(some, { rules, proposals }) {
  const place = some.below(proposals.length);
  const { codes } = proposals[place];
  const edits = some.some(codes, some.below(Math.min(30, codes.length)))
    .map((code) => [code, some.pick('YNAX')]);
  return { place, start: some.pick(STARTS), votes: Object.fromEntries(edits),
    rule: some.pick(['', some.pick(rules)]), removed: [] };
}

// In the page: what is judged of each state, and the command that is printed.
function judgedByPage(states) {
  const { data, store, lab } = document.getElementById('lab').plenary;
  return states.map(({ place, start, votes, rule, removed }) => {
    const { id } = data.proposals[place];
    store.set({ proposal: place, start: { [id]: start }, votes: { [id]: votes },
      rule: rule ? { [id]: rule } : {}, removed }, { undo: false });
    const { counted, turn, ballots } = lab.judged();
    const field = document.querySelector('#lab-command textarea');
    const moves = counted && [0, 1, 2, 3].flatMap((from) => [0, 1, 2, 3]
      .filter((to) => to !== from).map((to) => ['YNAX'[from], 'YNAX'[to], turn[from][to]]));
    return { counted, moves, line: field.checkVisibility() ? field.value : '',
      note: document.querySelector('#lab-command .note').textContent,
      ballots: ballots.codes.map((code, i) => [code, 'YNAX'[ballots.vote[i]] || '?']) };
  });
}

function isSame({ counted, moves }, answer, words) {
  const it = answer.whatif || answer.count;
  if (!it || it.not_computed) {
    assert.equal(counted, null, words);
    return;
  }
  assert.ok(counted, words);
  const { turn, ...said } = saidByCommand(answer);
  const { count, outcome, base, needed, seen } = counted;
  const page = { count, outcome, base, needed, seen };
  if (said.needed === null) Object.assign(page, { base: null, needed: null });
  assert.deepEqual(page, said, words);
  assert.deepEqual(moves, turn, words);
}

const cases = [['deletions-2024', () => 'scenarios/deletions-2024'],
  ['adoption-2024', () => 'scenarios/adoption-2024'], ['with weights', weightedScenario]];

for (const [name, make] of cases) {
  test(`${name}: the command that is printed says the same, or none is`, async () => {
    const path = make();
    const { page, close } = await open(browser, reportOf(path));
    await ready(page);
    const ids = await idsIn(page);
    const some = chance(20 + name.length);
    const states = Array.from({ length: EACH }, () => randomOf(some, ids));
    const judged = await page.evaluate(judgedByPage, states);
    judged.forEach(({ line, note }, k) => {
      const { start, place } = states[k];
      const isPublic = start === 'record' || ids.proposals[place].isWhole;
      assert.equal(line !== '', isPublic, JSON.stringify(states[k]));
      if (!isPublic) assert.match(note, /not public/);
    });
    const printed = [...judged.keys()].filter((k) => judged[k].line !== '');
    assert.ok(printed.length > EACH / 4, `${printed.length} printed`);
    const answers = await askAll(printed.map((k) => ({ place: states[k].place,
      words: [...judged[k].line.split(' ').slice(1, -1), '--format', 'json', path] })));
    printed.forEach((k, i) => isSame(judged[k], answers[i], judged[k].line));
    console.log(`compared: ${printed.length} printed commands of ${name}; none printed for ${
      EACH - printed.length} states`);
    await close();
  });
}

test('with weights: the page counts as the command does, asked in words of its own', async () => {
  const path = weightedScenario();
  const { page, close } = await open(browser, reportOf(path));
  await ready(page);
  const ids = await idsIn(page);
  const records = plenaryJson('replay', path).proposals;
  const some = chance(352);
  const states = Array.from({ length: EACH }, () => randomOf(some, ids));
  const judged = await page.evaluate(judgedByPage, states);
  const asked = states.map((state) => {
    const { id } = ids.proposals[state.place];
    const words = wordsOf(records[state.place], state).slice(0, -1);
    return { place: state.place,
      words: [...words.map((it) => (it.includes('=') ? `${id}:${it}` : it)), path] };
  });
  const answers = await askAll(asked);
  judged.forEach((one, k) => isSame(one, answers[k], asked[k].words.join(' ')));
  await close();
});

// What each rule needs, by hand.
const NEEDS = {
  'simple-majority-present-voting': (y, n) => Math.floor((y + n) / 2) + 1,
  'two-thirds-present-voting': (y, n) => Math.ceil((2 * (y + n)) / 3),
  'all-members-majority': (y, n, members) => Math.floor(members / 2) + 1,
};

test('members removed: counted without them, and no command is printed', async () => {
  const { page, close } = await open(browser, reportOf('res-74-247'));
  await ready(page);
  const ids = await idsIn(page);
  const some = chance(193);
  const states = Array.from({ length: EACH }, () => ({ ...randomOf(some, ids),
    rule: some.pick(Object.keys(NEEDS)),
    removed: some.some(ids.proposals[0].codes, 1 + some.below(40)) }));
  const judged = await page.evaluate(judgedByPage, states);
  const whole = await page.evaluate(judgedByPage, states.map((it) => ({ ...it, removed: [] })));
  judged.forEach(({ counted, line, note }, k) => {
    const { removed, rule } = states[k];
    const left = whole[k].ballots.filter(([code]) => !removed.includes(code));
    const sums = [...'YNAX'].map((letter) => left.filter((it) => it[1] === letter).length);
    assert.deepEqual(counted.count, sums, JSON.stringify(states[k]));
    const [y, n] = sums;
    const needed = NEEDS[rule](y, n, left.length);
    assert.deepEqual([counted.needed, counted.outcome],
      [needed, y >= needed ? 'adopted' : 'rejected'], JSON.stringify(states[k]));
    assert.equal(line, '');
    assert.match(note, /members\.csv/);
  });
  await close();
});
