// SPDX-License-Identifier: GPL-3.0-or-later
// The document of a page: --format html of other commands, its charts, on paper, and where no
// script runs.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import test, { after, before } from 'node:test';
import {
  downloaded, open, openBrowser, out, picture, plenary, ready, reportOf, tooWide, writePage,
} from './browser.mjs';

let browser;
before(async () => {
  browser = await openBrowser();
  plenary('simulate', 'data/positions/s70-74', '--roll-calls', '80', '-o', drawn);
});
after(() => browser.close());
const drawn = join(out, 'drawn.csv');

// Commands that lead to a page, and the kinds of chart that each must have.
const documents = [
  ['estimate', ['estimate', drawn], ['spectrum']],
  ['backtest', ['backtest', 'estimate', drawn], ['reliability']],
  ['replay', ['replay', 'scenarios/res-74-247'], []],
  ['rules', ['rules'], []],
  ['bodies', ['bodies'], []],
  ['blocs', ['blocs', '--as-of', '2019-12-27'], []],
  ['roster', ['roster', 'EU', '--as-of', '2019-12-27'], []],
  ['whip', ['whip', 'scenarios/whip-example'], []],
];

async function chartIsWhole(page, figure) {
  assert.ok((await figure.locator('figcaption').innerText()).trim(), 'a finding');
  const drawing = figure.locator('svg[role]').first();
  assert.ok(await drawing.isVisible(), 'a drawing');
  const twin = figure.locator('details.twin');
  await twin.locator('summary').click();
  assert.ok(await twin.locator('tbody tr').count() > 0, 'a twin');
  await twin.locator('summary').click();
  const press = (name) => () => figure.getByRole('button', { name }).first().click();
  const csv = await downloaded(page, press(/CSV/));
  assert.match(csv.name, /\.csv$/);
  assert.ok(csv.text.trim().split('\n').length > 1, 'rows in the CSV');
  const svg = await downloaded(page, press(/SVG/));
  assert.match(svg.name, /\.svg$/);
  assert.match(svg.text, /^(<\?xml[^>]*>\s*)?<svg/);
  assert.match(svg.text, /<title[ >]/);
}

for (const [name, words, kinds] of documents) {
  for (const size of ['phone', 'projector']) {
    test(`${name} as a page, ${size}`, async () => {
      const file = writePage(`${name}-document`, ...words, '--format', 'html');
      const opened = await open(browser, file, { size });
      const { page } = opened;
      await ready(page);
      assert.ok(await page.locator('h1').innerText());
      assert.ok(await page.locator('#main').innerText());
      assert.ok(await page.locator('#provenance').innerText());
      for (const kind of kinds) {
        const figure = page.locator(`#document figure[data-chart="${kind}"]`).first();
        await chartIsWhole(page, figure);
      }
      assert.deepEqual(await tooWide(page), []);
      await picture(page, `document-${name}-${size}`, { fullPage: true });
      await opened.close();
    });
  }
}

test('without script the answer, the tables and the sources are there', async () => {
  const opened = await open(browser, reportOf('res-74-247'), { javaScriptEnabled: false });
  const { page } = opened;
  assert.match(await page.locator('#answer').innerText(), /79/);
  assert.equal(await page.locator('#lab').isVisible(), false);
  assert.ok(await page.locator('#document table').count() > 2);
  assert.ok(await page.getByText(/\bAFG\b/).count() > 0);
  assert.match(await page.locator('#provenance').innerText(), /plenary report/);
  await picture(page, 'without-script', { fullPage: true });
  await opened.close();
});

test('on paper: the document, not what answers to touch', async () => {
  const opened = await open(browser, reportOf('res-74-247'));
  const { page } = opened;
  await ready(page);
  await page.emulateMedia({ media: 'print' });
  assert.ok(await page.locator('#answer').isVisible());
  assert.equal(await page.getByRole('button', { name: 'Undo' }).isVisible(), false);
  for (const format of ['A4', 'Letter']) {
    const paper = await page.pdf({ format, path: join(out, 'screenshots', `paper-${format}.pdf`) });
    const pages = paper.toString('latin1').match(/\/Type \/Page\b/g).length;
    assert.ok(pages >= 2 && pages <= 40, `${pages} pages`);
  }
  await opened.close();
});
