// SPDX-License-Identifier: GPL-3.0-or-later
// The page's verdict is the command's, for 1,000 random edited states of A/RES/74/247.
// Each state is a starting view, up to sixty edits and a rule.  The page gets it as a patch of
// its state; `plenary replay --format json` gets it as --set and --rule, without the page
// having a say in the words.  Compared: yes, no, abstaining, not voting; outcome; base; needed;
// seen; all twelve numbers of the table of what could turn it; and the counts that the bar shows.
// And the command that the page shows for a state, for 200 of them, comes to the same.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import test, { after, before } from 'node:test';
import { command, open, openBrowser, plenaryJson, ready, reportOf, root } from './browser.mjs';
import { chance } from './chance.mjs';

const STATES = 1000;
const LINES = 200;
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
  const start = some.pick(['record', 'record', 'record', 'abstain', 'blank', 'earlier', 'blocs']);
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

function ask(words) {
  return new Promise((resolve, reject) => {
    const options = { cwd: root, maxBuffer: 1 << 26 };
    execFile(command, words, options, (error, text) =>
      (error ? reject(error) : resolve(JSON.parse(text).proposals[0])));
  });
}

// As many answers, two processes at a time.
async function askAll(all) {
  const answers = [];
  let next = 0;
  const work = async () => {
    for (let k = next++; k < all.length; k = next++) answers[k] = await ask(all[k]);
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
