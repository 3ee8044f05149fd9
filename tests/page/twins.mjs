// SPDX-License-Identifier: GPL-3.0-or-later
// What the tests of charts of the document share: the table that a chart draws, read from the
// page without the chart's own reader; and what every such chart is held to.

import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import test from 'node:test';
import {
  downloaded, open, out, picture, ready, tooWide, violations, writePage,
} from './browser.mjs';

/** Rows of the twin of the nth figure of a kind: {key: number or text}, empty cells left out. */
export const twinOf = (page, kind, n = 0) =>
  page.locator(`figure[data-chart="${kind}"] table`).nth(n).evaluate((table) => {
    const keys = [...table.querySelectorAll('thead th')].map((head) => head.dataset.key);
    return [...table.querySelectorAll('tbody tr')].map((tr) => Object.fromEntries(
      [...tr.cells].map((cell, i) => [keys[i], cell.dataset.value !== undefined
        ? Number(cell.dataset.value) : cell.textContent.trim()])
        .filter(([, value]) => value !== '')));
  });

/** Points of a path of M and L (and of V and H where it has them). */
export const placesOf = (d) => {
  const places = [];
  let [x, y] = [0, 0];
  for (const [, letter, one, two] of d.matchAll(/([MLHV])([-\d.e]+)(?: ([-\d.e]+))?/g)) {
    if (letter === 'H') x = Number(one);
    else if (letter === 'V') y = Number(one);
    else [x, y] = [Number(one), Number(two)];
    places.push([x, y]);
  }
  return places;
};

/** That drawn places are those numbers but for a shift and one factor of the sign given. */
export const proportional = (drawn, numbers, sign) => {
  assert.equal(drawn.length, numbers.length);
  const low = numbers.indexOf(Math.min(...numbers));
  const high = numbers.indexOf(Math.max(...numbers));
  assert.notEqual(numbers[low], numbers[high], 'numbers differ');
  const factor = (drawn[high] - drawn[low]) / (numbers[high] - numbers[low]);
  assert.equal(Math.sign(factor), sign);
  drawn.forEach((one, i) => assert.ok(
    Math.abs(one - drawn[low] - factor * (numbers[i] - numbers[low])) < 0.05,
    `mark ${i} of ${numbers[i]} is at ${one}`));
};

/** Pages of commands, each with the kinds of chart that it has: drawn with a finding, a twin to
 *  take away, no wider than a phone; nothing that axe-core finds, light and dark; on paper. */
export const wholePages = (browser, room, pages) => {
  for (const [name, words, kinds] of pages) {
    const file = () => writePage(`${room}-${name}`, ...words, '--format', 'html');
    for (const size of ['phone', 'projector']) {
      test(`${name}, ${size}`, async () => {
        const opened = await open(browser(), file(), { size });
        const { page } = opened;
        await ready(page);
        for (const [kind, header] of Object.entries(kinds)) {
          const figure = page.locator(`figure[data-chart="${kind}"]`).first();
          assert.ok(await figure.locator('svg[role="img"]').isVisible(), `${kind} is drawn`);
          assert.ok((await figure.locator('figcaption').innerText()).trim(), 'a finding');
          assert.ok((await figure.locator('svg > desc').textContent()).length > 20, 'in words');
          const csv = await downloaded(page, () =>
            figure.getByRole('button', { name: /CSV/ }).click());
          assert.match(csv.text, header);
        }
        assert.deepEqual(await tooWide(page), []);
        await picture(page, `${room}-${name}-${size}`, { fullPage: true });
        await opened.close();
      });
    }
    for (const colorScheme of ['light', 'dark']) {
      test(`${name}: axe-core, ${colorScheme}`, async () => {
        const opened = await open(browser(), file(),
          { size: 'phone', colorScheme, bypassCSP: true });
        await ready(opened.page);
        assert.deepEqual(await violations(opened.page), []);
        await opened.close();
      });
    }
  }
};

/** A scenario whose texts try to become markup or script, of states that vote in the Assembly. */
export const hostileScenario = (name, votes, record = '') => {
  const folder = join(out, name);
  const bad = '<img src=x onerror=alert(1)></script><script>alert(2)</script>';
  const files = {
    'scenario.csv': `key,value\nformat,1\ntitle,${bad}\nas_of,2019-12-27\n`
      + 'body,general-assembly\n',
    'proposals.csv': `id,title,question,record\np,${bad},${bad},${record}\n`,
    ...votes,
  };
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  return folder;
};

/** That a page of hostile texts shows them and runs none. */
export const staysText = async (browser, room, words) => {
  const opened = await open(browser, writePage(`${room}-hostile`, ...words, '--format', 'html'));
  await ready(opened.page);
  assert.equal(await opened.page.locator('img').count(), 0);
  assert.ok(await opened.page.locator('figure[data-chart] svg').count() > 0);
  assert.match(await opened.page.locator('body').innerText(), /onerror/);
  await opened.close();
};
