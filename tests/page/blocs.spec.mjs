// SPDX-License-Identifier: GPL-3.0-or-later
// The table of blocs: the command's numbers, and what its buttons do; modes by their buttons.

import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import { openBrowser, picture, plenary, plenaryJson } from './browser.mjs';
import { openLab, state } from './laboratory.mjs';

let browser;
before(async () => { browser = await openBrowser(); });
after(() => browser.close());

const tableOf = (page) => page.evaluate(() => Object.fromEntries(
  [...document.querySelectorAll('#blocs tr[data-bloc]:not([hidden])')].map((row) =>
    [row.dataset.bloc, [...row.querySelectorAll('td[data-label]:not(.set-bloc)')]
      .map((cell) => cell.textContent)])));

// A row as the command prints it for people, Rice and agreement rounded; of two tables the first,
// which is the what-if's.
function printed(...words) {
  const rows = new Map();
  for (const line of plenary('replay', '--blocs', 'all', ...words).split('\n')) {
    const cells = line.trim().split(/\s+/);
    if (/^\(\d+\)$/.test(cells[1]) && !rows.has(cells[0])) rows.set(cells[0], cells.slice(2, 8));
  }
  return rows;
}

function sameAs(shown, blocs, lines) {
  assert.ok(Object.keys(shown).length > 10);
  for (const { bloc: id, line, broke_ranks: broke } of blocs.filter((it) => shown[it.bloc])) {
    assert.ok(lines.has(id), id);
    assert.deepEqual(shown[id], [...lines.get(id), line, broke.join(' ')], id);
  }
}

for (const size of ['phone', 'projector']) {
  test(`blocs: the command's numbers, a whole bloc, undo, outlines, ${size}`, async () => {
    const { page, press, close } = await openLab(browser, 'res-74-247', { size });
    const [record] = plenaryJson('replay', 'scenarios/res-74-247').proposals;
    const lines = printed('scenarios/res-74-247');
    assert.equal(lines.get('GRULAC')[4], '0.12', '2 of 16 are midway');
    sameAs(await tableOf(page), record.blocs, lines);

    const row = page.locator('#blocs tr[data-bloc="EU"]');
    await press(row.getByRole('button', { name: /to Y/ }));
    const [votes] = Object.values((await state(page)).votes);
    assert.equal(Object.keys(votes).length, 28);
    const [whatif] = plenaryJson('replay', '--set', 'EU=Y', 'scenarios/res-74-247').proposals;
    sameAs(await tableOf(page), whatif.whatif_blocs,
      printed('--set', 'EU=Y', 'scenarios/res-74-247'));
    await page.keyboard.press('u');
    sameAs(await tableOf(page), record.blocs, lines);

    const name = row.locator('.bloc-name');
    await press(name);
    assert.deepEqual((await state(page)).outlines, ['EU']);
    assert.equal(await name.getAttribute('aria-pressed'), 'true');
    await picture(page, `blocs-${size}`);
    await name.press('Enter');
    assert.deepEqual((await state(page)).outlines, []);
    await close();
  });
}

test('replay, compare and projector by their buttons', async () => {
  const { page, close } = await openLab(browser, 'deletions-2024', { size: 'projector' });
  const mode = () => page.evaluate(() => document.documentElement.dataset.mode || '');
  await page.getByRole('button', { name: 'Replay' }).click();
  assert.equal(await mode(), 'replay');
  const said = await page.locator('[data-narration]').innerText();
  await page.getByRole('button', { name: /Next/ }).click();
  assert.notEqual(await page.locator('[data-narration]').innerText(), said);
  await page.getByRole('button', { name: /Back/ }).click();
  assert.equal(await page.locator('[data-narration]').innerText(), said);
  await page.getByRole('button', { name: /Close/ }).filter({ visible: true }).click();
  await page.getByRole('button', { name: 'Compare' }).click();
  assert.equal(await mode(), 'compare');
  await page.getByLabel('Compare with').selectOption('unknown-2');
  assert.match(await page.locator('#compare figcaption').innerText(), /not known/);
  await page.getByRole('button', { name: /Close/ }).filter({ visible: true }).click();
  await page.getByRole('button', { name: 'Projector' }).click();
  assert.equal(await mode(), 'projector');
  await page.getByRole('button', { name: /Leave/ }).click();
  assert.equal(await mode(), '');
  await close();
});

test('the outcome is kept back until it is told', async () => {
  const { page, close } = await openLab(browser, 'res-74-247', { fragment: '#mode=replay' });
  const words = () => page.locator('#replay').innerText();
  assert.doesNotMatch(await words(), /\b79\b/);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  assert.match(await words(), /\b79\b/);
  await close();
});
