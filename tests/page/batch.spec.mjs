// SPDX-License-Identifier: GPL-3.0-or-later
// The index of plenary batch: it sorts and chooses by mouse, keys and touch, leads to the reports,
// is a plain table without a script, and stays quick with 2,000 scenarios.

import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { after, before } from 'node:test';
import { open, openBrowser, out, picture, plenary, root, tooWide, violations } from './browser.mjs';
import { openPageClock } from './clocks.mjs';
import { figureOf, writeDocument } from './handmade.mjs';

let browser;
let index;
const scenarios = join(out, 'batch-scenarios');
const MOST = 600; // ms: some 250 where nothing else runs
const bad = '<img src=x onerror=alert(1)>';

before(async () => {
  rmSync(scenarios, { recursive: true, force: true });
  mkdirSync(join(scenarios, bad.replace(/\//g, '')), { recursive: true });
  for (const name of ['res-74-247', 'res-73-187', 'cosp-rules', 'classroom', 'whip-example'])
    symlinkSync(join(root, 'scenarios', name), join(scenarios, name));
  writeFileSync(join(scenarios, bad.replace(/\//g, ''), 'scenario.csv'), `key,value\n${bad},1\n`);
  try {
    plenary('batch', '-o', join(out, 'pages', 'batch'), scenarios);
    assert.fail('a faulty scenario ends with status 3');
  } catch (error) {
    assert.equal(error.status, 3);
  }
  index = join(out, 'pages', 'batch', 'index.html');
  browser = await openBrowser();
});
after(() => browser.close());

const shown = (page) => page.locator('figure[data-chart="batch"] tbody tr:visible').evaluateAll(
  (rows) => rows.map((row) => row.cells[0].textContent));
const row = 'img-src-x-onerror-alert-1--';

for (const size of ['phone', 'projector']) {
  for (const colorScheme of ['light', 'dark']) {
    test(`the index, ${size}, ${colorScheme}`, async () => {
      const opened = await open(browser, index, { size, colorScheme, bypassCSP: true });
      const { page } = opened;
      assert.match(await page.locator('#answer').innerText(),
        /6 scenarios, by each one's first proposal: 2 adopted, 1 not adopted, 1 likely, .*1 faulty/);
      assert.match(await page.locator('#answer').innerText(), /proposals in all: 3 adopted/);
      assert.equal((await shown(page)).length, 6);
      assert.equal(await page.locator('img').count(), 0);
      assert.deepEqual(await tooWide(page), []);
      await picture(page, `batch-${size}-${colorScheme}`, { fullPage: true });
      assert.deepEqual(await violations(page), []);
      await opened.close();
    });
  }
}

test('sorts by mouse and keys, and says so', async () => {
  const opened = await open(browser, index);
  const { page } = opened;
  const head = page.locator('th', { hasText: 'Margin' });
  await head.getByRole('button').click();
  assert.equal(await head.getAttribute('aria-sort'), 'descending');
  assert.deepEqual((await shown(page)).slice(0, 2), ['res-73-187', 'res-74-247']);
  assert.match((await shown(page))[5], new RegExp(row));
  await head.getByRole('button').focus();
  await page.keyboard.press('Enter');
  assert.equal(await head.getAttribute('aria-sort'), 'ascending');
  assert.equal((await shown(page))[0], 'whip-example');
  assert.match(await page.getByRole('status').innerText(), /All 6 scenarios, by margin, ascending/);
  await page.locator('th', { hasText: 'Weakest' }).getByRole('button').click();
  assert.equal((await shown(page))[0], 'res-74-247');
  assert.equal(await head.getAttribute('aria-sort'), null);
  await opened.close();
});

test('shows what is asked for, and all again', async () => {
  const opened = await open(browser, index);
  const { page } = opened;
  await page.getByLabel('Outcome', { exact: true }).selectOption('adopted');
  assert.deepEqual(await shown(page), ['res-73-187', 'res-74-247']);
  await page.getByLabel('Margin to', { exact: true }).fill('9');
  assert.deepEqual(await shown(page), ['res-74-247']);
  assert.match(await page.getByRole('status').innerText(), /1 of 6 scenarios/);
  await page.getByRole('button', { name: 'Show all' }).click();
  assert.equal((await shown(page)).length, 6);
  await page.getByLabel('Margin from', { exact: true }).fill('-7');
  await page.getByLabel('Margin to', { exact: true }).fill('-1');
  assert.deepEqual(await shown(page), ['classroom', 'whip-example']);
  await page.getByRole('button', { name: 'Show all' }).click();
  await page.getByLabel('Outcome', { exact: true }).selectOption('not adopted');
  assert.deepEqual(await shown(page), ['classroom']);
  await page.getByRole('button', { name: 'Show all' }).click();
  await page.getByLabel('Chance from %', { exact: true }).fill('50');
  assert.deepEqual(await shown(page), ['cosp-rules']);
  await page.getByRole('button', { name: 'Show all' }).click();
  await page.getByLabel('Weakest status', { exact: true }).selectOption('assumed');
  assert.deepEqual(await shown(page), ['classroom', 'cosp-rules', 'whip-example']);
  await page.getByLabel('Words', { exact: true }).fill('phones');
  assert.deepEqual(await shown(page), ['classroom']);
  await opened.close();
});

test('on a phone rows are cards, sorted by a list', async () => {
  const opened = await open(browser, index, { size: 'phone' });
  await opened.page.getByLabel('Sort by', { exact: true }).selectOption({ label: 'Chance' });
  assert.equal((await shown(opened.page))[0], 'cosp-rules');
  await opened.close();
});

test('leads to the reports, and the faulty one to none', async () => {
  const opened = await open(browser, index);
  const links = await opened.page.locator('tbody a').evaluateAll((all) =>
    all.map((one) => one.getAttribute('href')));
  assert.equal(links.length, 5);
  for (const link of links) assert.ok(existsSync(join(out, 'pages', 'batch', link)), link);
  await opened.close();
});

test('without a script: the answer, the table, the links', async () => {
  const opened = await open(browser, index, { javaScriptEnabled: false });
  assert.equal((await shown(opened.page)).length, 6);
  assert.equal(await opened.page.locator('tbody a').count(), 5);
  assert.equal(await opened.page.getByLabel('Outcome', { exact: true }).count(), 0);
  await opened.close();
});

test('2,000 scenarios: opened, sorted and chosen quickly', async () => {
  const outcomes = ['adopted', 'rejected', 'likely', 'open'];
  const many = Array.from({ length: 2000 }, (_, i) => ({ link: `scenario-${i}.html`,
    outcome: outcomes[i % 4], tally: `${i % 193}-${i % 60}-3`, margin: (i * 37) % 120 - 60,
    chance_words: `${i % 100}%`, status: i % 3 ? 'assumed' : 'verified', proposal: 'text',
    title: `A vote on something that is said at some length, ${i}`, yes: i % 193,
    chance: (i % 100) / 100 }));
  const file = writeDocument('batch-2000', figureOf('batch', '-scenarios', many,
    { hidden: ['yes', 'chance'] }));
  assert.ok(readFileSync(file).length < 3 << 20);
  const opened = await open(browser, file);
  const clock = await openPageClock(opened.page);
  const timed = async (name, act, words) => {
    const begun = await clock();
    await opened.page.evaluate(act, words);
    await opened.page.evaluate(() => document.body.offsetHeight); // laid out, too
    const time = Math.round(await clock() - begun);
    console.log(`2,000 scenarios, ${name}: ${time} ms of the thread's own`);
    assert.ok(time < MOST, `${name}: ${time} ms`);
  };
  const press = (i) => document.querySelectorAll('button.sort')[i].click();
  const choose = (value) => {
    const list = document.querySelector('.batch-controls select');
    list.value = value;
    list.dispatchEvent(new Event('input', { bubbles: true }));
  };
  await timed('sorted', press, 3);
  await timed('the other way round', press, 3);
  await timed('chosen', choose, 'likely');
  await timed('all again', choose, '');
  await opened.page.locator('.batch-controls select').first().selectOption('likely');
  assert.equal((await shown(opened.page)).length, 500);
  await opened.close();
});
