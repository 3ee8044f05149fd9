// SPDX-License-Identifier: GPL-3.0-or-later
// A what-if is the same in the page and on the command line: the numbers of every bloc, the
// command that the page shows, a report that opens with edits, outlines in each view.

import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { after, before } from 'node:test';
import {
  downloaded, open, openBrowser, out, picture, plenaryJson, ready, root, writePage,
} from './browser.mjs';
import { commandSays, openLab, saysTheSame, scenario, seat, state } from './laboratory.mjs';

let browser;
before(async () => { browser = await openBrowser(); });
after(() => browser.close());

const row = (page, id) => page.locator(`#blocs tr[data-bloc="${id}"]`);

// The file of the table of blocs, read: it has numbers in full.
async function tableOf(page) {
  const csv = page.locator('#blocs').getByRole('button', { name: /^CSV/ });
  const [head, ...rows] = (await downloaded(page, () => csv.click())).text.trim().split(/\r?\n/)
    .map((line) => line.match(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g).map((cell) =>
      cell.replace(/,$/, '').replace(/^"|"$/g, '')));
  return new Map(rows.map((cells) =>
    [cells[0], Object.fromEntries(head.map((key, k) => [key, cells[k]]))]));
}

function isSaid(table, blocs) {
  assert.ok(blocs.length > 20);
  for (const said of blocs) {
    const found = table.get(said.bloc);
    assert.ok(found, said.bloc);
    for (const key of ['members', 'yes', 'no', 'abstain', 'not_voting']) {
      assert.equal(Number(found[key]), said[key], `${said.bloc} ${key}`);
    }
    for (const key of ['rice', 'agreement'].filter((it) => said[it] !== null)) {
      assert.ok(Math.abs(found[key] - said[key]) < 1e-4, `${said.bloc} ${key}`);
    }
    if ('YNA'.includes(said.line || '?')) assert.equal(found.line, said.line, said.bloc);
    assert.equal(found.broke_ranks, said.broke_ranks.join(' '), said.bloc);
  }
}

test('every bloc, of the record and of a what-if', async () => {
  const { page, close } = await openLab(browser, 'res-74-247');
  const [record] = plenaryJson('replay', scenario).proposals;
  isSaid(await tableOf(page), record.blocs);
  await row(page, 'GRULAC').locator('.set-bloc [data-vote="N"]').click();
  await seat(page, 'FRA').focus();
  await page.keyboard.press('y');
  const [whatif] = plenaryJson('replay', '--set', 'GRULAC=N', '--set', 'FRA=Y', scenario).proposals;
  isSaid(await tableOf(page), whatif.whatif_blocs);
  await saysTheSame(page, whatif.whatif);
  await close();
});

for (const size of ['phone', 'projector']) {
  test(`a bloc is outlined in every view, ${size}`, async () => {
    const { page, press, close } = await openLab(browser, 'res-74-247', { size });
    await press(row(page, 'EU').locator('.bloc-name'));
    assert.deepEqual((await state(page)).outlines, ['EU']);
    assert.equal(await page.locator('#seats .view-seats .ring').count(), 28);
    for (const [key, view] of [['2', 'tiles'], ['3', 'board']]) {
      await page.keyboard.press(key);
      assert.equal(await page.locator(`#seats .view-${view} [data-ring]`).count(), 28, view);
    }
    assert.match(await page.locator('.legend').innerText(), /European Union/);
    await picture(page, `outlined-${size}`);
    await close();
  });
}

test('the command that is shown does the same', async () => {
  const { page, close } = await openLab(browser, 'res-74-247',
    { fragment: '#start=blocs&votes=RUS.Y,USA.X&rule=two-thirds-present-voting' });
  const shown = await page.locator('#lab-command textarea').inputValue();
  const words = shown.split(' ');
  assert.deepEqual(words.slice(0, 2), ['plenary', 'replay']);
  assert.equal(words[words.length - 1], scenario);
  await saysTheSame(page, commandSays(...words.slice(2, -1)));
  await close();
});

test('a report of a what-if opens with it', async () => {
  const sets = ['--set', 'RUS=N', '--set', 'EU=A', '--rule', 'two-thirds-present-voting'];
  const file = writePage('opening', 'report', ...sets, scenario);
  const opened = await open(browser, file);
  await ready(opened.page);
  await saysTheSame(opened.page, commandSays(...sets));
  await opened.page.keyboard.press('r');
  await saysTheSame(opened.page, commandSays());
  await opened.close();
});

test('side by side with another scenario', async () => {
  const file = writePage('against', 'report', scenario, '--against', 'scenarios/res-73-187');
  const opened = await open(browser, file);
  await ready(opened.page);
  await opened.page.keyboard.press('c');
  const words = await opened.page.locator('#compare').innerText();
  for (const number of ['79', '94']) assert.match(words, new RegExp(`\\b${number}\\b`));
  await picture(opened.page, 'against', { fullPage: true });
  await opened.close();
});

// The class of twelve as a council, where the first has so much weight and another name.
function council(name, weight, first) {
  const folder = join(out, 'made', name);
  mkdirSync(folder, { recursive: true });
  const read = (file) => readFileSync(join(root, 'scenarios/classroom', file), 'utf8');
  for (const file of ['proposals.csv', 'votes.csv']) writeFileSync(join(folder, file), read(file));
  writeFileSync(join(folder, 'scenario.csv'), read('scenario.csv')
    .replace(/^body,.*$/m, 'body,eu-council'));
  const [head, one, ...others] = read('members.csv').trim().split('\n');
  const [code, , ...rest] = one.split(',');
  writeFileSync(join(folder, 'members.csv'), [`${head},weight`,
    `${[code, first, ...rest].join(',')},${weight}`, ...others.map((line) => `${line},1`), '']
    .join('\n'));
  return folder;
}

test('side by side with members of the same codes and other weights', async () => {
  const [here, there] = [council('heavy', 50, 'First Ana'), council('light', 7, 'Third Ana')];
  const file = writePage('councils', 'report', here, '--against', there);
  const opened = await open(browser, file, { fragment: '#proposal=whole&mode=compare' });
  await ready(opened.page);
  await opened.page.getByLabel('Compare with').selectOption('against.whole');
  const weights = await opened.page.evaluate(() => {
    const { data, lab } = document.getElementById('lab').plenary;
    const by = (it) => it.states.filter((one) => one.code === 'ANA').map((one) => one.weight);
    return { here: by(data), there: by(data.against), judged: lab.judged().counted.weightYes };
  });
  assert.deepEqual(weights, { here: [50], there: [7], judged: 55 });
  const words = await opened.page.locator('#compare').innerText();
  assert.match(words, /not the same name: ANA: First Ana here, Third Ana there/);
  await opened.close();
});

test('a what-if that has no names is said above the seats', async () => {
  const file = writePage('no-names', 'report', 'scenarios/deletions-2024', '--abstain-as', 'no');
  const opened = await open(browser, file);
  await ready(opened.page);
  const note = opened.page.locator('.opening-note');
  assert.match(await note.innerText(), /what-if that was asked for.*document/s);
  const seats = await opened.page.locator('#seats').boundingBox();
  assert.ok((await note.boundingBox()).y < seats.y);
  await opened.close();
  const plain = await openLab(browser, 'deletions-2024');
  assert.equal(await plain.page.locator('.opening-note').count(), 0);
  await plain.close();
});

for (const view of ['seats', 'tiles', 'board']) {
  test(`the ${view} can be taken away, as a table and as a drawing`, async () => {
    const { page, close } = await openLab(browser, 'res-74-247', {
      fragment: `#view=${view}&votes=RUS.N` });
    const take = (name) => downloaded(page, () =>
      page.locator('.stage-files').getByRole('button', { name }).click());
    const csv = await take(/^CSV/);
    assert.equal(csv.name, 'res-74-247-votes.csv');
    const lines = csv.text.trim().split('\n');
    assert.equal(lines[0], 'state,name,group,vote,on_record');
    assert.equal(lines.length, 1 + 193);
    assert.ok(lines.includes('RUS,Russian Federation,EASTERN_EUROPE,N,Y'));
    const svg = (await take(/^SVG/)).text;
    assert.equal(svg.match(/<path/g).length, 193);
    assert.match(svg, /<title>[^<]*adopted[^<]*78 yes, 61 no/i);
    assert.doesNotMatch(svg, /var\(|class=/);
    await page.locator('.stage-files summary').click();
    const rows = page.locator('.stage-files tbody tr');
    await rows.first().waitFor();
    assert.equal(await rows.count(), 193);
    await close();
  });
}
