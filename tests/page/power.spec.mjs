// SPDX-License-Identifier: GPL-3.0-or-later
// The page of plenary power: each bar is as long as the index in the JSON of the same game, each
// stem as long as its vote decides often, each whisker as its error.

import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import { open, openBrowser, plenaryJson, ready, writePage } from './browser.mjs';
import { hostileScenario, proportional, staysText, twinOf, wholePages } from './twins.mjs';

let browser;
before(async () => { browser = await openBrowser(); });
after(() => browser.close());

const pages = {
  blocs: ['power', '--bloc', 'EU', '--bloc', 'AFRICA', '--no-empirical', 'scenarios/res-74-247'],
  veto: ['power', '--no-empirical', 'scenarios/security-council'],
  sampled: ['power', '--sample', '--samples', '2000', '--no-empirical',
    'scenarios/security-council'],
  expected: ['power', '--bloc', 'WEOG', '--bloc', 'GRULAC', '--bloc', 'ASIA_PACIFIC', '--proposal',
    'extremism', '--draws', '2000', 'scenarios/protocol-offences'],
  alone: ['power', '--proposal', 'extremism', '--draws', '2000', 'scenarios/protocol-offences'],
  weights: ['power', '--electorate', 's70-74', '--draws', '2000', 'scenarios/eu-council'],
};
const pageOf = (name) => writePage(`power-${name}`, ...pages[name], '--format', 'html');

wholePages(() => browser, 'power', Object.entries(pages).map(([name, words]) =>
  [name, words, { power: /^who,name,value,error,decides,bloc\n/ }]));

const rowsOf = (page) => page.evaluate(() => {
  const number = (node, name) => (node ? Number(node.getAttribute(name)) : null);
  const figure = document.querySelector('figure[data-chart="power"]');
  return [...figure.querySelectorAll('.power-row')].map((row) => ({
    bloc: row.classList.contains('bloc'),
    width: number(row.querySelector('rect'), 'width'),
    end: row.querySelector('rect') ? number(row.querySelector('rect'), 'x')
      + number(row.querySelector('rect'), 'width') : null,
    stem: row.querySelector('circle') ? number(row.querySelector('circle'), 'cx')
      - number(row.querySelector('line'), 'x1') : null,
    whisker: row.querySelector('.error')?.getAttribute('d') ?? null,
  }));
});

const drawnAndSaid = async (name) => {
  const opened = await open(browser, pageOf(name));
  await ready(opened.page);
  const both = { drawn: await rowsOf(opened.page), twin: await twinOf(opened.page, 'power') };
  await opened.close();
  return both;
};

for (const name of ['blocs', 'veto', 'expected', 'weights']) {
  test(`${name}: every bar is as long as the index of its voter`, async () => {
    const { drawn, twin } = await drawnAndSaid(name);
    assert.equal(drawn.length, twin.length);
    proportional(drawn.map((row) => row.width), twin.map((row) => row.value), 1);
    assert.deepEqual(drawn.map((row) => row.bloc), twin.map((row) => row.bloc === row.who));
  });
}

test('what is drawn is what the JSON says', async () => {
  const said = plenaryJson(...pages.veto).indices
    .filter((one) => one.index === 'shapley-shubik');
  const { twin } = await drawnAndSaid('veto');
  for (const value of said.map((one) => one.value))
    assert.ok(twin.some((row) => Math.abs(row.value - value) < 1e-8), `${value} is drawn`);
  // 9 of 15 with five vetoes (Shapley and Shubik 1954, for 15 seats): 421/2145 and 4/2145.
  const [most, least] = [twin[0].value, twin[twin.length - 1].value];
  assert.ok(Math.abs(most - 421 / 2145) < 1e-8 && Math.abs(least - 4 / 2145) < 1e-8);
});

test('what is sampled has a whisker of nine in ten', async () => {
  const { drawn, twin } = await drawnAndSaid('sampled');
  const bars = linearOf(drawn, twin);
  const sampled = twin.map((row, i) => [row, drawn[i]]).filter(([row]) => row.error > 0);
  assert.ok(sampled.length > 0);
  for (const [row, mark] of sampled) {
    const [end] = mark.whisker.match(/H([-\d.]+)/).slice(1).map(Number);
    assert.ok(Math.abs(end - bars(row.value + 1.645 * row.error)) < 0.05);
  }
});

/** The place of a value, from two bars. */
function linearOf(drawn, twin) {
  const last = twin.length - 1;
  const factor = (drawn[0].end - drawn[last].end) / (twin[0].value - twin[last].value);
  return (value) => drawn[0].end + factor * (value - twin[0].value);
}

for (const name of ['expected', 'alone', 'weights']) {
  test(`${name}: how often a vote decides is on a scale of its own`, async () => {
    const { drawn, twin } = await drawnAndSaid(name);
    const rows = twin.map((row, i) => [row, drawn[i]])
      .filter(([row]) => row.decides !== undefined);
    assert.ok(rows.length > 1);
    proportional(rows.map(([, mark]) => mark.stem), rows.map(([row]) => row.decides), 1);
  });
}

test('values, axis and title are in percent, and the title is short', async () => {
  for (const name of ['weights', 'veto', 'alone', 'sampled']) {
    const { page, close } = await open(browser, pageOf(name));
    await ready(page);
    const figure = page.locator('figure[data-chart="power"]').first();
    const title = (await figure.locator('figcaption').innerText()).trim();
    assert.ok(title.length < 100 && /%|error of sampling/.test(title), title);
    const labels = await figure.locator('.power-row .value').allTextContents();
    assert.ok(labels.length > 1 && labels.every((label) => / %$/.test(label)), labels.join());
    const ticks = await figure.locator('.tick-label').allTextContents();
    assert.ok(ticks.every((tick) => / %$/.test(tick)), ticks.join());
    await close();
  }
});

test('hostile texts stay texts', async () => {
  const folder = hostileScenario('hostile-power', {});
  await staysText(browser, 'power', ['power', '--no-empirical', '--bloc', 'EU', folder]);
});
