// SPDX-License-Identifier: GPL-3.0-or-later
// The projection in the page: its charts, dragging positions by mouse and by keys, and the
// same draws as `plenary project`.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { dirname } from 'node:path';
import test, { after, before } from 'node:test';
import { command, downloaded, open, openBrowser, picture, plenaryJson, ready, root, writePage }
  from './browser.mjs';
import { fragment, link, openLab, state } from './laboratory.mjs';

const scenario = 'scenarios/protocol-offences';
let browser;
before(async () => { browser = await openBrowser(); });
after(() => browser.close());

const charts = ['chart-dots', 'chart-margin', 'chart-spectrum', 'chart-fan'];

for (const size of ['phone', 'projector']) {
  for (const id of charts) {
    test(`${id}: finding, drawing, table, files, ${size}`, async () => {
      const { page, close, press } = await openLab(browser, 'protocol-offences', { size });
      await drawn(page);
      const figure = page.locator(`#${id}`);
      await figure.scrollIntoViewIfNeeded();
      const finding = (await figure.locator('figcaption').innerText()).trim();
      assert.match(finding, /\d/, 'a finding with its number');
      const drawing = figure.locator('.drawing > svg');
      assert.match(await drawing.getAttribute('role'), /^(img|group)$/);
      const words = await drawing.evaluate((it) =>
        document.getElementById(it.getAttribute('aria-describedby')).textContent);
      assert.ok(words.length > 10, 'a text alternative');
      const csv = await downloaded(page, () => press(figure.getByRole('button', { name: /CSV/ })));
      const svg = await downloaded(page, () => press(figure.getByRole('button', { name: /SVG/ })));
      assert.match(csv.name, /\.csv$/);
      assert.match(svg.name, /\.svg$/);
      assert.match(svg.text, /<svg[^>]*xmlns=/);
      assert.ok(!/var\(--|currentColor/.test(svg.text), 'its colours are in it');
      await press(figure.locator('details.twin summary'));
      await figure.locator('details.twin tbody tr').first().waitFor();
      const rows = await figure.locator('details.twin tbody tr').count();
      assert.equal(csv.text.trim().split(/\r?\n/).length, rows + 1, 'the table is the file');
      await picture(page, `${id}-${size}`);
      await close();
    });
  }
}

// All draws are done and nothing is being drawn.
async function drawn(page) {
  await page.waitForFunction(() =>
    document.getElementById('projection')?.textContent.includes('100,000 of 100,000 draws'));
}

const adoptedOf = async (page) =>
  (await page.locator('#chart-dots figcaption').innerText()).match(/\d+/)[0];

// Where the first bloc's diamond is, in sight.
async function blocAt(page) {
  const lane = page.locator('#chart-spectrum .lane').first();
  await lane.scrollIntoViewIfNeeded();
  const box = await lane.locator('.diamond').boundingBox();
  return [box.x + box.width / 2, box.y + box.height / 2];
}

// Takes it with the mouse.
async function gripBloc(page) {
  const [x, y] = await blocAt(page);
  await page.mouse.move(x, y);
  await page.mouse.down();
  return [x, y];
}

test('dragging a bloc: other draws, in the address, undone in one step', async () => {
  const { page, close } = await openLab(browser, 'protocol-offences');
  await drawn(page);
  const first = await adoptedOf(page);
  const [x, y] = await gripBloc(page);
  for (let k = 1; k <= 8; k++) await page.mouse.move(x + (k * (x > 900 ? -300 : 300)) / 8, y);
  assert.deepEqual((await state(page)).positions.length <= 1, true);
  await picture(page, 'dragging-a-bloc');
  await page.mouse.up();
  const [edit] = (await state(page)).positions;
  assert.ok(edit && edit.position >= 0 && edit.position <= 100);
  assert.match(await fragment(page), new RegExp(`positions=${edit.who}\\.`));
  await drawn(page);
  const second = await adoptedOf(page);
  assert.notEqual(second, first, 'drawn again');
  await page.locator('body').press('u');
  assert.deepEqual((await state(page)).positions, []);
  await drawn(page);
  await page.waitForFunction((was) =>
    document.querySelector('#chart-dots figcaption').innerText.match(/\d+/)[0] === was, first);
  await close();
});

test('moving a state and a bloc by arrow keys', async () => {
  const { page, close } = await openLab(browser, 'protocol-offences');
  await drawn(page);
  for (const target of ['.lane', '.state[tabindex="0"]']) {
    const slider = page.locator(`#chart-spectrum ${target}`).first();
    const before = Number(await slider.getAttribute('aria-valuenow'));
    const step = before > 50 ? -1 : 1;
    await slider.focus();
    await page.keyboard.press(step > 0 ? 'Shift+ArrowRight' : 'Shift+ArrowLeft');
    await page.keyboard.press(step > 0 ? 'ArrowRight' : 'ArrowLeft');
    const { positions } = await state(page);
    const edit = positions[positions.length - 1];
    assert.ok(Math.abs(edit.position - (before + 6 * step)) <= 1, `${before} to ${edit.position}`);
  }
  await close();
});

test('a finger drags a state on a phone', async () => {
  const { page, context, close } = await openLab(browser, 'protocol-offences', { size: 'phone' });
  await drawn(page);
  const [x, y] = await blocAt(page);
  const touch = await context.newCDPSession(page);
  const send = (type, at) => touch.send('Input.dispatchTouchEvent',
    { type, touchPoints: type === 'touchEnd' ? [] : [{ x: at, y }] });
  await send('touchStart', x);
  for (let k = 1; k <= 6; k++) await send('touchMove', x + (x > 180 ? -10 : 10) * k);
  await send('touchEnd', x);
  await page.waitForFunction(() =>
    document.getElementById('lab').plenary.store.state.positions.length === 1);
  await close();
});

test('a link brings back positions and seed', async () => {
  const given = '#proposal=data-protection&positions=GRULAC.60.10,BRA.12_5.4&seed=7';
  const first = await openLab(browser, 'protocol-offences', { fragment: given });
  await drawn(first.page);
  const { positions, seed } = await state(first.page);
  assert.deepEqual([positions.length, positions[1].position, seed], [2, 12.5, '7']);
  const written = await link(first.page);
  const second = await openLab(browser, 'protocol-offences', { fragment: written });
  await drawn(second.page);
  assert.deepEqual(await state(second.page), await state(first.page));
  const finding = (page) => page.locator('#chart-dots figcaption').innerText();
  assert.equal(await finding(second.page), await finding(first.page));
  await first.close();
  await second.close();
});

// Draws of the page in its workers, as chances of each number of yes.
function drawInPage({ positions, seed, draws }) {
  const { data, store, draws: pool, questionOf } = document.getElementById('lab').plenary;
  const { proposal } = store.state;
  const { id } = data.proposals[proposal];
  store.set({ positions: positions.map((it) => ({ proposal: id, ...it })) }, { undo: false });
  const { projection } = data.proposals[proposal];
  const settings = { seed, draws, rule: data.rules[projection.rule].rule, asks: projection.asks };
  return new Promise((resolve) => {
    pool.run(questionOf(data, store.state, proposal), settings, (part) => {
      if (part.done < part.of) return;
      resolve({ yes: [...part.yes].map((n, yes) => [yes, n / draws]).filter(([, n]) => n > 0) });
    });
  });
}

// The command itself, on some edited positions: its whole distribution of yes votes.
test('the page draws what `plenary project` draws', async () => {
  const { page, close } = await openLab(browser, 'protocol-offences');
  await drawn(page);
  const first = await page.evaluate(() =>
    document.getElementById('lab').plenary.data.proposals[0].id);
  const cases = [
    { positions: [], seed: 1, draws: 20000 },
    { positions: [{ who: 'GRULAC', position: 70, sd: 5 }], seed: 2, draws: 12345 },
    { positions: [{ who: 'AFRICA', position: 35, sd: 12 }, { who: 'BRA', position: 3, sd: 4 }],
      seed: 3, draws: 20000 },
  ];
  for (const it of cases) {
    const words = it.positions.flatMap((edit) =>
      ['--position', `${first}:${edit.who}=${edit.position}±${edit.sd}`]);
    const said = plenaryJson('project', '--proposal', first, '--seed', String(it.seed),
      '--draws', String(it.draws), ...words, scenario).proposals[0];
    const page1 = await page.evaluate(drawInPage, it);
    assert.deepEqual(page1.yes.map(([yes]) => yes), said.yes_distribution.map((row) => row.yes));
    page1.yes.forEach(([yes, chance], k) =>
      assert.ok(Math.abs(chance - said.yes_distribution[k].chance) < 1e-6, `${yes} yes`));
  }
  console.log(`compared: ${cases.length} projections with plenary project, all numbers of yes`);
  await close();
});

// The projection shown: its command, and what its draws said, in full.
function shownInPage() {
  const { data, store, draws: pool, questionOf } = document.getElementById('lab').plenary;
  const { state } = store;
  const { id, projection } = data.proposals[state.proposal];
  const { rule } = data.rules.find((it) => it.id === state.rule[id]) ?? data.rules[projection.rule];
  const { seed, draws } = state;
  const line = [...document.querySelectorAll('#projection textarea')].at(-1).value;
  const words = document.getElementById('projection-otherwise').textContent;
  const stated = document.getElementById('projection-stated').textContent;
  return new Promise((resolve) => {
    pool.run(questionOf(data, state, state.proposal), { seed, draws, rule, asks: projection.asks },
      (part) => part.last && resolve({ line, words, stated, draws,
        drawn: part.adopted / part.done,
        yes: [...part.yes].map((n, yes) => [yes, n / draws]).filter(([, n]) => n > 0) }));
  });
}

// A line as a shell takes it, with the program under test for `plenary`.
function run(line) {
  const text = execFileSync('sh', ['-c', `${line} --format json`], { cwd: root, encoding: 'utf8',
    maxBuffer: 1 << 28, env: { ...process.env, PATH: `${dirname(command)}:${process.env.PATH}` } });
  return JSON.parse(text).proposals[0];
}

async function drawnAll(page) {
  await page.waitForFunction(() => {
    const words = document.getElementById('projection-run')?.textContent ?? '';
    const [, done, of] = /^([\d,]+) of ([\d,]+) draws/.exec(words) ?? [];
    return done && done === of;
  });
}

async function saysTheSameAs(page, because) {
  await drawnAll(page);
  const shown = await page.evaluate(shownInPage);
  const said = run(shown.line);
  const told = `${because}: ${shown.line}`;
  const rows = said.yes_distribution;
  assert.deepEqual(shown.yes.map(([yes]) => yes), rows.map((row) => row.yes), told);
  shown.yes.forEach(([yes, chance], k) =>
    assert.ok(Math.abs(chance - rows[k].chance) < 1e-6, `${told}: ${yes} yes`));
  // Never said to be 0 or 1: less than a draw off.
  const near = shown.drawn > 0 && shown.drawn < 1 ? 1e-5 : 1 / shown.draws;
  assert.ok(Math.abs(shown.drawn - said.chance.drawn) < near,
    `${told}: ${shown.drawn} and ${said.chance.drawn}`);
  return shown;
}

// The line that the page prints, run.
const lines = [
  ['a report as it is', [], '', ''],
  ['positions edited in the page', ['--draws', '3000'],
    '#proposal=data-protection&positions=GRULAC.60.10,BRA.12_5.4&positions.all=DEU.70.9&seed=9',
    ''],
  ['another rule, chosen in the page', ['--draws', '3000'],
    '#rule=simple-majority-present-voting', ''],
  ['a seed of 64 bits, rule, electorate and positions asked for',
    ['--seed', '18446744073709551615', '--draws', '3000', '--rule', 'all-members-two-thirds',
      '--electorate', 's69-73', '--in-sample', '--position', 'narrow-scope:GRULAC=70±5',
      '--position', 'FRA=20'], '', 'The answer above'],
  ['one of those positions edited', ['--draws', '3000', '--position', 'narrow-scope:GRULAC=70±5',
    '--position', 'FRA=20'], '#positions=GRULAC.30.8', 'As stated'],
];

lines.forEach(([because, words, fragment, stated], k) => {
  test(`the printed command says what the page says: ${because}`, async () => {
    const file = writePage(`printed-${k}`, 'report', ...words, scenario);
    const { page, close } = await open(browser, file, { fragment });
    await ready(page);
    const shown = await saysTheSameAs(page, because);
    assert.ok(shown.stated.includes(stated), shown.stated);
    assert.equal(shown.words, '');
    assert.equal(shown.draws, words.length > 0 ? 3000 : 100000);
    await close();
  });
});

test('a report\u2019s rule, set back: the command\u2019s number is not its own', async () => {
  const file = writePage('printed-rule', 'report', '--draws', '3000', '--rule',
    'simple-majority-present-voting', scenario);
  const { page, close } = await open(browser, file);
  await ready(page);
  assert.match((await saysTheSameAs(page, 'the rule asked for')).line, / --rule simple-majority/);
  await page.evaluate(() => document.getElementById('lab').plenary.store.reset());
  await page.getByText(/^As stated in the scenario under/).waitFor();
  const shown = await saysTheSameAs(page, 'its own rule');
  assert.ok(!shown.line.includes('--rule'), shown.line);
  await close();
});

test('with everybody removed there is no projection', async () => {
  const { page, close } = await openLab(browser, 'protocol-offences');
  await drawn(page);
  await page.evaluate(() => {
    const { data, store } = document.getElementById('lab').plenary;
    const { roster } = data.proposals[store.state.proposal].projection;
    store.set({ removed: roster.map((k) => data.states[k].code) });
  });
  await page.getByText('Nobody is left to vote').waitFor();
  assert.equal(await page.locator('#projection-finding').isVisible(), false);
  await close();
});

test('a second finger on the spectrum drops nothing', async () => {
  const { page, close } = await openLab(browser, 'protocol-offences');
  await drawn(page);
  const [x, y] = await gripBloc(page);
  await page.mouse.move(x + (x > 900 ? -100 : 100), y, { steps: 4 });
  const other = (type) => page.locator('#chart-spectrum .drawing > svg').dispatchEvent(type,
    { pointerId: 77, bubbles: true });
  await other('pointerup');
  await other('pointercancel');
  assert.equal((await state(page)).positions.length, 0, 'still held');
  await page.mouse.up();
  assert.equal((await state(page)).positions.length, 1);
  await close();
});

test('a seed of 64 bits can be typed, and what is none is put back', async () => {
  const { page, close } = await openLab(browser, 'protocol-offences');
  const type = async (words) => {
    await page.locator('#seed').fill(words);
    await page.locator('#seed').press('Enter');
    return (await state(page)).seed;
  };
  assert.equal(await type('18446744073709551615'), '18446744073709551615');
  assert.match(await fragment(page), /seed=18446744073709551615/);
  assert.equal(await type('18446744073709551616'), '18446744073709551615');
  assert.equal(await page.locator('#seed').inputValue(), '18446744073709551615');
  await close();
});
