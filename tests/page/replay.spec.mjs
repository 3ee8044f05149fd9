// SPDX-License-Identifier: GPL-3.0-or-later
// Stepping through a scenario in front of a class, side by side, and on the wall.

import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import { openBrowser, picture } from './browser.mjs';
import { barWords, openLab, state } from './laboratory.mjs';

let browser;
before(async () => { browser = await openBrowser(); });
after(() => browser.close());

const mode = (page) => page.evaluate(() => document.documentElement.dataset.mode || '');

for (const size of ['phone', 'projector']) {
  test(`all seven rounds of deletions-2024, by arrow keys, ${size}`, async () => {
    const { page, lab, close } = await openLab(browser, 'deletions-2024', { size });
    await page.keyboard.press('s');
    assert.equal(await mode(page), 'replay');
    const proposals = await page.evaluate(() =>
      document.getElementById('lab').plenary.data.proposals.map((it) => it.id));
    assert.equal(proposals.length, 7);
    const seen = new Map();
    for (let k = 0; k < 200 && seen.size < 200; k++) {
      const { proposal, step } = await state(page);
      seen.set(`${proposal}.${step}`, (await lab.innerText()).length);
      if (k % 12 === 0) await picture(page, `replay-${k}-${size}`);
      await page.keyboard.press('ArrowRight');
      const now = await state(page);
      if (now.proposal === proposal && now.step === step) break;
    }
    const rounds = new Set([...seen.keys()].map((key) => key.split('.')[0]));
    assert.equal(rounds.size, 7, 'every round was shown');
    assert.ok(seen.size > 14, `${seen.size} steps`);
    const last = await state(page);
    await page.keyboard.press('ArrowLeft');
    assert.notDeepEqual(await state(page), last);
    await page.keyboard.press('Escape');
    assert.equal(await mode(page), '');
    await close();
  });
}

test('on the wall: the question, the bar, the seats, and nothing to scroll', async () => {
  for (const name of ['res-74-247', 'deletions-2024', 'protocol-offences']) {
    const { page, close } = await openLab(browser, name);
    await page.keyboard.press('p');
    assert.equal(await mode(page), 'projector');
    await picture(page, `projector-${name}`);
    const found = await page.evaluate(() => ({
      tall: document.documentElement.scrollHeight - window.innerHeight,
      wide: document.documentElement.scrollWidth - window.innerWidth,
      shown: [...document.querySelectorAll('main > *, .lab-table > *, .lab-beside > *, .panel, ' +
        '#lab > *, #answer, header, footer')]
        .filter((it) => it.checkVisibility() && !it.querySelector('.lab-stage, .panel, #lab'))
        .map((it) => it.id),
    }));
    assert.deepEqual(found.shown, ['question', 'bar', 'stage', 'panel-projector']);
    assert.ok(found.tall <= 0 && found.wide <= 0, JSON.stringify(found));
    await page.keyboard.press('Escape');
    assert.equal(await mode(page), '');
    await close();
  }
});

test('side by side: the record and what if', async () => {
  const { page, lab, close } = await openLab(browser, 'res-74-247',
    { fragment: '#votes=RUS.N,FRA.Y' });
  await page.keyboard.press('c');
  assert.equal(await mode(page), 'compare');
  const words = await lab.innerText();
  for (const name of [/Russia/, /France/, /\b79\b/]) assert.match(words, name);
  assert.match(await barWords(page), /adopted|rejected/i);
  await picture(page, 'compare', { fullPage: true });
  await page.keyboard.press('c');
  assert.equal(await mode(page), '');
  await close();
});

test('the whole screen, and the way out of it', async () => {
  const { page, close } = await openLab(browser, 'res-74-247');
  const whole = (wanted) => page.waitForFunction((it) =>
    Boolean(document.fullscreenElement) === it, wanted);
  await page.keyboard.press('p');
  await page.keyboard.press('f');
  await whole(true);
  await page.keyboard.press('f');
  await whole(false);
  await page.getByRole('button', { name: /^Full screen/ }).filter({ visible: true }).click();
  await whole(true);
  await page.keyboard.press('p');
  await whole(false);
  assert.equal(await mode(page), '');
  await close();
});

const focused = (page) => page.evaluate(() => {
  const here = document.activeElement;
  return here.dataset.state || here.textContent.trim().slice(0, 20);
});

for (const [key, name] of [['s', 'Replay'], ['c', 'Compare'], ['p', 'Projector']]) {
  test(`${name} gives the focus back to what it was opened from`, async () => {
    const { page, lab, close } = await openLab(browser, 'res-74-247');
    const opener = lab.getByRole('button', { name, exact: true });
    const there = { Replay: '#replay h2', Compare: '#compare h2', Projector: '#projector button' };
    const isIn = () => page.waitForFunction((it) => document.activeElement.matches(it),
      there[name]);
    await opener.focus();
    await page.keyboard.press('Enter');
    await isIn();
    await page.keyboard.press('Escape');
    assert.equal(await focused(page), name);
    await page.locator('#seats [data-state="FRA"]').focus();
    await page.keyboard.press(key);
    await isIn();
    await page.getByRole('button', { name: /^(Close|Leave \(P)/ }).filter({ visible: true })
      .click();
    assert.equal(await focused(page), 'FRA');
    await page.evaluate(() => document.activeElement.blur());
    await page.keyboard.press(key);
    await isIn();
    await page.keyboard.press(key);
    assert.equal(await focused(page), name, 'from nowhere: the button of the mode');
    await close();
  });
}

test('measures of repaints do not heap up', async () => {
  const { page, close } = await openLab(browser, 'res-74-247');
  await page.locator('#seats [data-state="FRA"]').focus();
  for (const key of 'ynayna') await page.keyboard.press(key);
  const kept = await page.evaluate(() => ['mark', 'measure'].map((type) =>
    performance.getEntriesByType(type).length));
  assert.deepEqual(kept, [0, 1]);
  await close();
});
