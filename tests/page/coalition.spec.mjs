// SPDX-License-Identifier: GPL-3.0-or-later
// The page of plenary coalition: steps as wide as their states and as high as what all up to them
// cost; the first that is enough is the pivot; who is in the cheapest set is filled.

import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import { open, openBrowser, plenaryJson, ready, writePage } from './browser.mjs';
import {
  hostileScenario, placesOf, proportional, staysText, twinOf, wholePages,
} from './twins.mjs';

let browser;
before(async () => { browser = await openBrowser(); });
after(() => browser.close());

const states = ['coalition', '--price', 'record', 'scenarios/res-74-247'];
const blocs = ['coalition', '--price', 'record', '--bloc', 'EU', '--bloc', 'AFRICA',
  'scenarios/res-74-247'];
const header = { coalition: /^place,who,price,sum,states,in,enough/ };

wholePages(() => browser, 'coalition', [
  ['states', states, header],
  ['blocs', blocs, header],
  ['chance', ['coalition', '--proposal', 'extremism', 'scenarios/protocol-offences'], header],
]);

const drawnOf = (page) => page.evaluate(() => {
  const figure = document.querySelector('figure[data-chart="coalition"]');
  const number = (node, name) => Number(node.getAttribute(name));
  return {
    steps: [...figure.querySelectorAll('.coalition-step')].map((step) => ({
      who: step.querySelector('title').textContent.split(':')[0],
      member: step.classList.contains('member'), pivot: step.classList.contains('pivot'),
      x: number(step.querySelector('rect'), 'x'),
      width: number(step.querySelector('rect'), 'width') })),
    curve: figure.querySelector('.coalition-curve').getAttribute('d'),
    quota: figure.querySelector('.quota') ? number(figure.querySelector('.quota'), 'x1') : null,
    said: figure.querySelector('.pivot-mark text')?.textContent ?? '',
  };
});

for (const [name, words] of [['states', states], ['blocs', blocs]]) {
  test(`${name}: every step is as wide as its states and as high as their sum`, async () => {
    const opened = await open(browser, writePage(`coalition-${name}`, ...words, '--format',
      'html'));
    await ready(opened.page);
    const twin = await twinOf(opened.page, 'coalition');
    const drawn = await drawnOf(opened.page);
    assert.deepEqual(drawn.steps.map((step) => step.who), twin.map((row) => row.who));
    assert.deepEqual(drawn.steps.map((step) => step.member), twin.map((row) => row.in === 'yes'));
    const ends = placesOf(drawn.curve).filter((place, i) => i % 2 === 1);
    proportional(ends.map(([x]) => x), twin.map((row) => row.states), 1);
    proportional(ends.map(([, y]) => y), twin.map((row) => row.sum), -1);
    const pivot = twin.findIndex((row) => row.enough === 'yes');
    assert.deepEqual(drawn.steps.map((step) => step.pivot), twin.map((row, i) => i === pivot));
    assert.ok(Math.abs(drawn.quota - ends[pivot][0]) < 0.01);
    assert.match(drawn.said, new RegExp(`pivot: ${twin[pivot].who}`));
    if (name === 'states') assert.match(drawn.said, /one of 54/); // the alphabet chose among these
    await opened.close();
  });
}

test('the order drawn is that of the JSON, and the pivot its own', async () => {
  const said = plenaryJson(...states);
  const opened = await open(browser, writePage('coalition-states', ...states, '--format',
    'html'));
  await ready(opened.page);
  const twin = await twinOf(opened.page, 'coalition');
  const order = said.order.filter((row) => row.end === said.order[0].end);
  assert.deepEqual(twin.map((row) => row.who), order.map((row) => row.who));
  assert.deepEqual(twin.map((row) => row.enough === 'yes'), order.map((row) => row.enough));
  await opened.close();
});

test('hostile texts stay texts', async () => {
  const folder = hostileScenario('hostile-coalition', {
    'votes.csv': 'proposal,state,vote\np,FRA,Y\np,USA,N\np,CHN,A\n' }, 'partial');
  await staysText(browser, 'coalition', ['coalition', '--price', 'record', folder]);
});
