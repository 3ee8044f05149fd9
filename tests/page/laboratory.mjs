// SPDX-License-Identifier: GPL-3.0-or-later
// The laboratory as a reader meets it: seats, words, controls.

import assert from 'node:assert/strict';
import { plenaryJson, reportOf, open, ready } from './browser.mjs';

export const scenario = 'scenarios/res-74-247';

// Opens a scenario's report; press(control) taps on a phone and clicks elsewhere.
export async function openLab(browser, name, options = {}) {
  const opened = await open(browser, reportOf(name), options);
  await ready(opened.page);
  const press = (control) => (options.size === 'phone' ? control.tap() : control.click());
  return { ...opened, press, lab: opened.page.locator('#lab') };
}

export const seat = (page, code) =>
  page.locator(`.lab-stage [data-state="${code}"]`).filter({ visible: true }).first();

export const voteOf = (page, code) => seat(page, code).getAttribute('data-vote');

export const button = (page, name) =>
  page.locator('#lab').getByRole('button', { name }).filter({ visible: true }).first();

// A select (or its like) of the laboratory by its label.
export const chooser = (page, name) =>
  page.locator('#lab').getByLabel(name, { exact: true }).first();

export const barWords = (page) => page.locator('.lab-bar').innerText();

export const state = (page) => page.evaluate(() =>
  structuredClone(document.getElementById('lab').plenary.store.state));

// The end of the address, once it says what the store holds: it is written a little later.
export async function link(page) {
  await page.waitForFunction(() => {
    const words = document.getElementById('lab').plenary.store.fragment();
    return location.hash === (words ? `#${words}` : '');
  });
  return page.evaluate(() => location.hash);
}

export const fragment = async (page) => decodeURIComponent(await link(page));

// What the command says of the same.
export function commandSays(...words) {
  const [it] = plenaryJson('replay', ...words, scenario).proposals;
  return it.whatif || it.count;
}

// The bar says what the command says: tally, outcome and margin; and beside it is what must
// still move, the fewest states first.
export async function saysTheSame(page, said, because = '') {
  const words = (await barWords(page)).replace(/\s+/g, ' ');
  const spare = said.spare === 0 ? 'exactly enough'
    : said.spare > 0 ? `${said.spare} to spare` : `${-said.spare} more needed`;
  const tally = [`${said.yes} yes`, `${said.no} no`, `${said.abstain} abstaining`,
    `${said.not_voting} not voting`];
  // Without a single yes there are other words for what is missing.
  for (const part of said.yes > 0 ? [...tally, spare] : tally) {
    assert.ok(words.includes(part), `${because}${part}: ${words}`);
  }
  assert.match(words, new RegExp(said.outcome, 'i'), because);
  assert.deepEqual(await movesOf(page), movesSaid(said), because);
}

const movesOf = (page) => page.locator('#moves li').evaluateAll((all) =>
  all.map(({ dataset }) => `${dataset.states} ${dataset.from} to ${dataset.to}`));

function movesSaid(said) {
  const order = (move) => 4 * 'YNAX'.indexOf(move.from) + 'YNAX'.indexOf(move.to);
  return said.turn.filter((move) => move.states)
    .sort((a, b) => a.states - b.states || order(a) - order(b))
    .slice(0, 8).map((move) => `${move.states} ${move.from} to ${move.to}`);
}
