// SPDX-License-Identifier: GPL-3.0-or-later
// The votes answer to touch: on a phone by tapping, on a projector by mouse, and by keys
// alone; and each time the bar says what the command says.

import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import { open, openBrowser, picture, ready, reportOf } from './browser.mjs';
import {
  barWords, button, chooser, commandSays, fragment, link, openLab, saysTheSame, seat, state, voteOf,
} from './laboratory.mjs';

let browser;
before(async () => { browser = await openBrowser(); });
after(() => browser.close());

const views = [['1', 'Seats', 'seats'], ['2', 'Tiles', 'tiles'], ['3', 'Board', 'board']];

// A test of both sizes, on a report of its own.
function onBoth(name, run, options = {}) {
  for (const size of ['phone', 'projector']) {
    test(`${name}, ${size}`, async () => {
      const opened = await openLab(browser, options.scenario || 'res-74-247', { ...options, size });
      await run(opened, size);
      await opened.close();
    });
  }
}

onBoth('three views of 193 states, by key and by button', async ({ page, press }, size) => {
  for (const [key, name, view] of [...views].reverse()) {
    for (const choose of [() => page.keyboard.press(key), () => press(button(page, name))]) {
      await page.keyboard.press(view === 'seats' ? '3' : '1');
      await choose();
      assert.equal((await state(page)).view, view);
      const seats = page.locator('.lab-stage [data-state]').filter({ visible: true });
      assert.equal(await seats.count(), 193, `${view} has every state`);
    }
    assert.match(await seat(page, 'AFG').getAttribute('aria-label'), /^Afghanistan.*not voting/);
    await page.locator('.lab-stage').scrollIntoViewIfNeeded();
    await picture(page, `view-${view}-${size}`);
  }
});

onBoth('a touch cycles yes, abstaining, no, not voting', async ({ page, press }) => {
  await page.keyboard.press('3');
  for (const vote of ['A', 'N', 'X', 'Y']) {
    await press(seat(page, 'BRA'));
    assert.equal(await voteOf(page, 'BRA'), { A: 'N', N: 'X', X: 'Y', Y: 'A' }[vote]);
    await saysTheSame(page, commandSays('--set', `BRA=${await voteOf(page, 'BRA')}`));
  }
});

for (const [key, , view] of views) {
  test(`by keys alone: ${view}`, async () => {
    const { page, close } = await openLab(browser, 'res-74-247');
    await page.keyboard.press(key);
    await seat(page, 'CHN').focus();
    for (const vote of ['N', 'A', 'X', 'Y']) {
      await page.keyboard.press(vote.toLowerCase());
      assert.equal(await voteOf(page, 'CHN'), vote);
      await saysTheSame(page, commandSays('--set', `CHN=${vote}`));
    }
    await page.keyboard.press('Enter');
    assert.equal(await voteOf(page, 'CHN'), 'A');
    await page.keyboard.press('Space');
    assert.equal(await voteOf(page, 'CHN'), 'N');
    const focused = () => page.evaluate(() => document.activeElement.dataset.state);
    const seen = new Set([await focused()]);
    for (const arrow of ['ArrowRight', 'ArrowDown', 'ArrowLeft']) {
      await page.keyboard.press(arrow);
      seen.add(await focused());
    }
    assert.ok(seen.size >= 3, `arrows move: ${[...seen]}`);
    const stops = await page.locator('.lab-stage [data-state][tabindex="0"]')
      .filter({ visible: true }).count();
    assert.equal(stops, 1, 'one stop of the tabulator');
    await close();
  });
}

onBoth('undo, redo and reset, by button and by key', async ({ page, press }) => {
  const record = commandSays();
  const edited = commandSays('--set', 'BRA=N');
  await page.keyboard.press('3');
  const edit = async () => {
    await seat(page, 'BRA').focus();
    await page.keyboard.press('n');
    await saysTheSame(page, edited, 'edited: ');
  };
  await edit();
  const ways = [
    [() => press(button(page, /^Undo/)), () => press(button(page, /^Redo/))],
    [() => page.keyboard.press('u'), () => page.keyboard.press('Shift+U')],
    [() => page.keyboard.press('Control+z'), () => page.keyboard.press('Control+Shift+Z')],
  ];
  for (const [undo, redo] of ways) {
    await undo();
    await saysTheSame(page, record, 'undone: ');
    await redo();
    await saysTheSame(page, edited, 'done again: ');
  }
  await press(button(page, /^Reset/));
  await saysTheSame(page, record, 'reset: ');
  await edit();
  await page.locator('.lab-stage').click({ position: { x: 1, y: 1 } });
  await page.keyboard.press('r');
  await saysTheSame(page, record, 'reset by key: ');
});

onBoth('the same votes under another rule', async ({ page }) => {
  await chooser(page, 'Rule').selectOption('two-thirds-present-voting');
  const said = commandSays('--rule', 'two-thirds-present-voting');
  assert.equal(said.outcome, 'rejected');
  await saysTheSame(page, said);
  assert.match(await fragment(page), /rule=two-thirds-present-voting/);
});

onBoth('starting views', async ({ page }) => {
  const words = { abstain: ['--set', 'ALL=A'], blank: ['--set', 'ALL=X'], record: [] };
  for (const [start, sets] of Object.entries(words)) {
    await startWith(page, start);
    await saysTheSame(page, commandSays(...sets), `${start}: `);
  }
  await startWith(page, 'earlier');
  for (const part of ['94 yes', '59 no', '33 abstaining', '7 not voting']) {
    await barHas(page, part);
  }
  await page.keyboard.press('3');
  await startWith(page, 'blocs');
  assert.equal(await voteOf(page, 'CPV'), 'Y', 'Cabo Verde votes as its group');
  assert.equal(await voteOf(page, 'RUS'), 'N', 'Russia as well');
});

async function startWith(page, start) {
  await chooser(page, 'Start from').selectOption(start);
  assert.equal((await state(page)).start['res-74-247'] || 'record', start);
}

onBoth('a whole bloc at once', async ({ page, press }) => {
  await chooser(page, 'A whole bloc').selectOption('EU');
  await press(page.locator('#controls [data-bloc-vote="A"]'));
  await saysTheSame(page, commandSays('--set', 'EU=A'));
  await page.keyboard.press('u');
  await saysTheSame(page, commandSays());
});

onBoth('members leave and join', async ({ page, press }) => {
  const before = commandSays();
  const members = page.locator('#lab details.members');
  await press(members.locator('summary'));
  await members.getByLabel('Remove a member').selectOption('RUS');
  await press(members.getByRole('button', { name: 'Remove' }));
  await barHas(page, `${before.yes - 1} yes`);
  assert.match(await fragment(page), /removed=RUS/);
  await members.getByLabel('Add a member').selectOption('VAT');
  await press(members.getByRole('button', { name: 'Add' }));
  await page.keyboard.press('3');
  await seat(page, 'VAT').focus();
  await page.keyboard.press('n');
  await barHas(page, `${before.no + 1} no`);
});

async function barHas(page, words) {
  const bar = (await barWords(page)).replace(/\s+/g, ' ');
  assert.ok(bar.includes(words), `${words}: ${bar}`);
}

test('a link brings back what was seen', async () => {
  const first = await openLab(browser, 'res-74-247');
  const { page } = first;
  await page.keyboard.press('2');
  for (const [code, key] of [['RUS', 'n'], ['DEU', 'a'], ['BRA', 'x']]) {
    await seat(page, code).focus();
    await page.keyboard.press(key);
  }
  await chooser(page, 'Rule').selectOption('two-thirds-present-voting');
  const written = await link(page);
  const [was, bar] = [await state(page), await barWords(page)];
  const second = await openLab(browser, 'res-74-247', { fragment: written });
  assert.deepEqual(await state(second.page), was);
  assert.equal(await barWords(second.page), bar);
  const said = commandSays('--set', 'RUS=N', '--set', 'DEU=A', '--set', 'BRA=X',
    '--rule', 'two-thirds-present-voting');
  await saysTheSame(second.page, said);
  await first.close();
  await second.close();
});

test('an address typed over the page is taken up', async () => {
  const { page, close } = await openLab(browser, 'res-74-247');
  await page.evaluate(() => { location.hash = '#votes=RUS.N'; });
  await page.waitForFunction(() =>
    document.getElementById('lab').plenary.store.state.votes['res-74-247']);
  await saysTheSame(page, commandSays('--set', 'RUS=N'));
  await close();
});

test('what is not public is not edited, and the page says why', async () => {
  const opened = await open(browser, reportOf('deletions-2024'));
  const { page } = opened;
  await ready(page);
  const unknown = page.locator('.lab-stage [data-vote="?"]').filter({ visible: true }).first();
  await unknown.focus();
  const code = await unknown.getAttribute('data-state');
  await page.keyboard.press('y');
  assert.equal(await voteOf(page, code), '?');
  const words = await page.locator('#lab').innerText();
  assert.match(words, /not public|outcome of this vote is public/i);
  await opened.close();
});

test('the keys are listed', async () => {
  const { page, close } = await openLab(browser, 'res-74-247');
  await page.keyboard.press('?');
  const dialog = page.getByRole('dialog');
  assert.ok(await dialog.isVisible());
  assert.match(await dialog.innerText(), /undo/i);
  await picture(page, 'help');
  await page.keyboard.press('Escape');
  assert.equal(await dialog.isVisible(), false);
  await close();
});
