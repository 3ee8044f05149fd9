// SPDX-License-Identifier: GPL-3.0-or-later
// The page of plenary bargain: each line of a trajectory is where the JSON of the same talks says,
// each stem of a distribution as high as its chance; on a phone and a projector; axe-core finds
// nothing, and hostile texts stay texts.

import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { after, before } from 'node:test';
import {
  downloaded, open, openBrowser, out, picture, plenaryJson, ready, tooWide, violations, writePage,
} from './browser.mjs';

let browser;
before(async () => { browser = await openBrowser(); });
after(() => browser.close());

const talks = [
  ['literal', ['bargain', '--method', 'challenge-literal', 'scenarios/emission-1994'],
    ['trajectories']],
  ['condorcet', ['bargain', 'scenarios/emission-1994'], ['distribution']],
  ['package', ['bargain', '--method', 'exchange', 'scenarios/protocol-package'],
    ['trajectories', 'distribution']],
];

const places = (d) => [...d.matchAll(/[ML]([-\d.]+) ([-\d.]+)/g)]
  .map(([, x, y]) => [Number(x), Number(y)]);

/** Whether drawn places are those numbers but for a shift and a factor, higher ones drawn higher. */
const alike = (drawn, numbers) => {
  const [low, high] = [Math.min(...numbers), Math.max(...numbers)];
  const at = (value) => drawn[numbers.indexOf(value)];
  if (high === low) return drawn.every((one) => Math.abs(one - drawn[0]) < 0.01);
  const factor = (at(high) - at(low)) / (high - low);
  assert.ok(factor < 0, 'up is more');
  return drawn.every((one, i) => Math.abs(one - at(low) - factor * (numbers[i] - low)) < 0.05);
};

for (const [name, words, kinds] of talks) {
  for (const size of ['phone', 'projector']) {
    test(`${name}, ${size}`, async () => {
      const file = writePage(`bargain-${name}`, ...words, '--format', 'html');
      const opened = await open(browser, file, { size });
      const { page } = opened;
      await ready(page);
      for (const kind of kinds) {
        const figure = page.locator(`figure[data-chart="${kind}"]`).first();
        assert.ok(await figure.locator('svg[role="img"]').isVisible(), `${kind} is drawn`);
        assert.ok((await figure.locator('figcaption').innerText()).trim(), 'a finding');
        const csv = await downloaded(page, () =>
          figure.getByRole('button', { name: /CSV/ }).click());
        assert.match(csv.text, /^what,who,/);
      }
      assert.deepEqual(await tooWide(page), []);
      await picture(page, `bargain-${name}-${size}`, { fullPage: true });
      await opened.close();
    });
  }
  for (const colorScheme of ['light', 'dark']) {
    test(`${name}: axe-core, ${colorScheme}`, async () => {
      const file = writePage(`bargain-${name}`, ...words, '--format', 'html');
      const opened = await open(browser, file, { size: 'phone', colorScheme, bypassCSP: true });
      await ready(opened.page);
      assert.deepEqual(await violations(opened.page), []);
      await opened.close();
    });
  }
}

test('every line goes where its delegation goes, and the bold one with the forecast', async () => {
  const [, words] = talks[0];
  const said = plenaryJson(...words);
  const opened = await open(browser, writePage('bargain-literal', ...words, '--format', 'html'));
  await ready(opened.page);
  const drawn = await opened.page.evaluate(() => ({
    lines: [...document.querySelectorAll('g.trajectory')].map((line) => ({
      who: line.querySelector('title').textContent.split(':')[0],
      moves: line.classList.contains('moves'), d: line.querySelector('path').getAttribute('d') })),
    forecast: document.querySelector('g.trajectory-forecast path').getAttribute('d'),
  }));
  const starts = said.positions.filter((row) => row.round === 0);
  assert.deepEqual(drawn.lines.map((line) => line.who).sort(), starts.map((row) => row.who).sort());
  const numbers = [];
  const ys = [];
  for (const line of drawn.lines) {
    const course = said.positions.filter((row) => row.who === line.who).map((row) => row.position);
    assert.equal(line.moves, new Set(course).size > 1, line.who);
    numbers.push(...course);
    ys.push(...places(line.d).map(([, y]) => y));
  }
  numbers.push(...said.outcomes.map((row) => row.outcome));
  ys.push(...places(drawn.forecast).map(([, y]) => y));
  assert.equal(ys.length, numbers.length);
  assert.ok(alike(ys, numbers.map((one) => Number(one.toFixed(4)))));
  await opened.close();
});

test('every stem is as high as the chance of its position', async () => {
  const [, words] = talks[1];
  const said = plenaryJson(...words);
  const opened = await open(browser, writePage('bargain-condorcet', ...words, '--format', 'html'));
  await ready(opened.page);
  const heights = await opened.page.evaluate(() => [...document.querySelectorAll('g.stem line')]
    .map((line) => Number(line.getAttribute('y1')) - Number(line.getAttribute('y2'))));
  const chances = new Map();
  for (const row of said.chances)
    chances.set(row.position, (chances.get(row.position) ?? 0) + row.chance);
  const expected = [...chances].sort((a, b) => a[0] - b[0]).map(([, chance]) => chance);
  assert.equal(heights.length, expected.length);
  const factor = heights[0] / expected[0];
  heights.forEach((height, i) => assert.ok(Math.abs(height / factor - expected[i]) < 0.002));
  await opened.close();
});

test('the vote is drawn, and who gains and it come before the courses', async () => {
  const words = ['bargain', '--then', 'vote', '--method', 'exchange', 'scenarios/protocol-package'];
  const opened = await open(browser, writePage('bargain-vote', ...words, '--format', 'html'),
    { size: 'phone', bypassCSP: true });
  await ready(opened.page);
  const kinds = await opened.page.locator('figure[data-chart]').evaluateAll((all) =>
    all.map((one) => one.dataset.chart));
  assert.equal(kinds[0], 'interval');
  const main = await opened.page.locator('#main').innerText();
  assert.ok(main.indexOf('Against no agreement') < main.indexOf('Put\t')
    || main.indexOf('Against no agreement') < main.indexOf('Then vote\n'));
  assert.match(main, /votes on .* at .* instead of .*, then stands at/);
  const dots = await opened.page.locator('figure[data-chart="distribution"] .axis-name')
    .first().textContent();
  assert.match(dots, /stand at the end/);
  assert.deepEqual(await tooWide(opened.page), []);
  assert.deepEqual(await violations(opened.page), []);
  await opened.close();
});

test('hostile texts stay texts', async () => {
  const folder = join(out, 'hostile-bargain');
  const bad = '<img src=x onerror=alert(1)></script><script>alert(2)</script>';
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'scenario.csv'), `key,value\nformat,1\ntitle,${bad}\n`
    + 'as_of,2024-05-01\nbody,general-assembly\n');
  writeFileSync(join(folder, 'proposals.csv'), `id,title\np,${bad}\n`);
  writeFileSync(join(folder, 'issues.csv'),
    `issue,title,low,high,unit,reference\n<b>i</b>,${bad},${bad},${bad},${bad},10\n`);
  writeFileSync(join(folder, 'actors.csv'),
    'issue,who,position,sd\n,FRA,20,5\n,USA,60,5\n,CHN,90,5\n');
  const words = ['bargain', '--method', 'challenge-literal', folder];
  const opened = await open(browser,
    writePage('bargain-hostile', ...words, '--format', 'html'));
  await ready(opened.page);
  assert.equal(await opened.page.locator('img').count(), 0);
  assert.ok(await opened.page.locator('figure[data-chart] svg').count() > 0);
  assert.match(await opened.page.locator('#main').innerText(), /onerror/);
  await opened.close();
});
