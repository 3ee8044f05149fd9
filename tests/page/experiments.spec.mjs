// SPDX-License-Identifier: GPL-3.0-or-later
// Charts of experiments on tables made by hand: tornado, indices, screening, boxes, what if. Marks
// are where the numbers are, words say them, nothing is wider than a phone, and axe-core finds
// nothing, light and dark.

import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import { open, openBrowser, picture, tooWide, violations } from './browser.mjs';
import { figureOf, writeDocument } from './handmade.mjs';
import { proportional } from './twins.mjs';

let browser;
before(async () => { browser = await openBrowser(); });
after(() => browser.close());

const tornado = [
  { dial: 'Rule', low_at: 'simple', high_at: 'two-thirds', low: 0.93, high: 0.12, base: 0.36,
    unit: 'chance' },
  { dial: 'Position of the European Union', low_at: '10', high_at: '45', low: 0.22, high: 0.61,
    base: 0.36, unit: 'chance' },
  { dial: 'Position of ASEAN on surveillance', low_at: '30', high_at: '70', low: 0.31, high: 0.44,
    base: 0.36, unit: 'chance' },
  { dial: 'Reluctance', low_at: '0', high_at: '1', low: 0.41, high: 0.39, base: 0.36,
    unit: 'chance' },
  { dial: 'Presence of the Pacific states', low_at: 'absent', high_at: 'present', low: null,
    high: 0.37, base: 0.36, unit: 'chance' },
];
const indices = [
  { dial: 'African Group', first: 0.12, first_low: 0.08, first_high: 0.17, total: 0.18,
    total_low: 0.13, total_high: 0.24 },
  { dial: 'European Union', first: 0.41, first_low: 0.35, first_high: 0.48, total: 0.66,
    total_low: 0.6, total_high: 0.73 },
  { dial: 'Small island states with a very long name indeed', first: -0.01, first_low: -0.04,
    first_high: 0.02, total: 0.01, total_low: 0, total_high: 0.03 },
];
const screening = [
  { dial: 'African Group', mu_star: 0.08, sigma: 0.11, low: 0.06, high: 0.1, unit: 'chance' },
  { dial: 'European Union', mu_star: 0.22, sigma: 0.05, low: 0.18, high: 0.27, unit: 'chance' },
  { dial: 'Rule', mu_star: 0.002, sigma: 0.001, low: 0, high: 0.004, unit: 'chance' },
];
const boxes = [
  { box: '1', dial: 'European Union', from: 0, to: 0.4, from_word: '0', to_word: '40',
    stated: 0.62, coverage: 0.81, density: 0.92, support: 0.24, rate: 0.27, least: '0', most: '100',
    stated_word: '62' },
  { box: '1', dial: 'Rule', from: 0.5, to: 1, from_word: 'two-thirds', to_word: 'two-thirds',
    stated: null, coverage: 0.81, density: 0.92, support: 0.24 },
  { box: '2', dial: 'African Group', from: 0.3, to: 0.95, from_word: '30', to_word: '95',
    stated: 0.5, coverage: 0.1, density: 0.71, support: 0.05, rate: 0.07, least: '0', most: '100',
    stated_word: '50' },
];
const whatif = [
  { bundle: 'base', chance: 0.36, low: null, high: null, change: null, base: 0.36 },
  { bundle: 'EU moves', chance: 0.61, low: 0.235, high: 0.262, change: 0.25, base: 0.36 },
  { bundle: 'GRULAC splits', chance: 0.355, low: -0.02, high: 0.01, change: -0.005, base: 0.36 },
  { bundle: 'simple majority and all of the above together', chance: 0.995, low: 0.62,
    high: 0.65, change: 0.635, base: 0.36 },
];
const file = () => writeDocument('experiments', figureOf('tornado', 'tornado', tornado),
  figureOf('indices', 'indices', indices), figureOf('screening', 'screening', screening),
  figureOf('boxes', 'boxes', boxes), figureOf('whatif', 'bundles', whatif));
const kinds = ['tornado', 'indices', 'screening', 'boxes', 'whatif'];

/** Attributes of a kind's marks, as numbers where they are. */
const marksOf = (page, kind, selector, ...names) =>
  page.locator(`figure[data-chart="${kind}"] svg`).first().evaluate((svg, [one, all]) =>
    [...svg.querySelectorAll(one)].map((node) => all.map((name) =>
      Number(node.getAttribute(name)))), [selector, names]);

const wordsOf = (page, kind) => page.locator(`figure[data-chart="${kind}"]`).evaluate((it) => ({
  title: it.querySelector('figcaption').textContent,
  desc: it.querySelector('desc').textContent,
  rows: [...it.querySelectorAll('svg .row-label')].map((one) => one.textContent) }));

for (const size of ['phone', 'projector']) {
  for (const colorScheme of ['light', 'dark']) {
    test(`all, ${size}, ${colorScheme}`, async () => {
      const opened = await open(browser, file(), { size, colorScheme });
      for (const kind of kinds) {
        const figure = opened.page.locator(`figure[data-chart="${kind}"]`);
        assert.ok(await figure.locator('svg[role="img"]').isVisible(), kind);
        assert.ok((await wordsOf(opened.page, kind)).title.length > 10, kind);
      }
      assert.deepEqual(await tooWide(opened.page), []);
      await picture(opened.page, `experiments-${size}-${colorScheme}`, { fullPage: true });
      assert.deepEqual(await violations(opened.page), []);
      await opened.close();
    });
  }
}

/** Letters within the drawing: none cut off, whatever the width. */
for (const width of [320, 390, 1280]) {
  test(`no word leaves its drawing at ${width} px`, async () => {
    const opened = await open(browser, file(), { viewport: { width, height: 800 } });
    const cut = await opened.page.evaluate(() => [...document.querySelectorAll('svg.plot')]
      .flatMap((svg) => {
        const box = svg.getBoundingClientRect();
        return [...svg.querySelectorAll('text')].filter((one) => {
          const at = one.getBoundingClientRect();
          return at.left < box.left - 1 || at.right > box.right + 1
            || at.bottom > box.bottom + 1;
        }).map((one) => `${svg.getAttribute('class')}: ${one.textContent}`);
      }));
    assert.deepEqual(cut, []);
    await opened.close();
  });
}

test('tornado: in the table\'s order, both ends where they are, a dial of one end', async () => {
  const opened = await open(browser, file());
  const { page } = opened;
  const said = await wordsOf(page, 'tornado');
  assert.equal(said.title, 'Rule matters most: from 93 % to 12 %');
  assert.deepEqual(said.rows.map((one) => one.slice(0, 12)), ['Rule', 'Position of ',
    'Position of ', 'Reluctance', 'Presence of ']);
  assert.match(said.desc, /Reluctance: 41 % at 0, 39 % at 1, 36 % as it stands/);
  const ends = [...(await marksOf(page, 'tornado', '.tornado-low', 'x', 'width'))
    .map(([x, wide], i) => (i === 0 ? x + wide : i === 3 ? x + wide : x)),
  ...(await marksOf(page, 'tornado', '.tornado-high', 'x', 'width'))
    .map(([x, wide], i) => (i === 0 ? x : x + wide))];
  const [[base]] = await marksOf(page, 'tornado', '.reference', 'x1');
  proportional([...ends, base], [0.93, 0.22, 0.31, 0.41, 0.12, 0.61, 0.44, 0.39, 0.37, 0.36], 1);
  await opened.close();
});

test('tornado: dates are months, on the axis too', async () => {
  const opened = await open(browser, writeDocument('experiments-dates', figureOf('tornado',
    'tornado', [{ dial: 'Reluctance', low_at: '0', high_at: '1', low: 2037.2, high: 2038.7,
      base: 2037.5, unit: 'year' }])));
  const said = await wordsOf(opened.page, 'tornado');
  assert.equal(said.title, 'Reluctance matters most: from Mar 2037 to Sep 2038');
  assert.match(said.desc, /Jul 2037 as it stands \(\+18 months apart\)/);
  const drawn = await opened.page.locator('figure[data-chart="tornado"] svg').textContent();
  assert.doesNotMatch(drawn, /203[78]\.\d/);
  const names = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');
  const ticks = await opened.page.locator('figure[data-chart="tornado"] .tick-label')
    .evaluateAll((all) => all.map((one) => [one.textContent, Number(one.getAttribute('x'))]));
  assert.ok(ticks.length >= 3);
  proportional(ticks.map(([, x]) => x), ticks.map(([said]) => {
    const [month, year] = said.split(' ');
    return 12 * Number(year) + names.indexOf(month);
  }), 1);
  const [[base]] = await marksOf(opened.page, 'tornado', '.reference', 'x1');
  proportional([...ticks.map(([, x]) => x), base], [...ticks.map(([said]) => {
    const [month, year] = said.split(' ');
    return Number(year) + names.indexOf(month) / 12;
  }), 2037.5], 1);
  await opened.close();
});

test('tornado: months of a short time are whole and never twice', async () => {
  const opened = await open(browser, writeDocument('experiments-months', figureOf('tornado',
    'tornado', [{ dial: 'Tie', low_at: '0', high_at: '1', low: 2037.42, high: 2037.55,
      base: 2037.45, unit: 'year' }])));
  const said = await opened.page.locator('figure[data-chart="tornado"] .tick-label')
    .allTextContents();
  assert.deepEqual(said, ['Jun 2037', 'Jul 2037', 'Aug 2037']);
  await opened.close();
});

test('indices: by themselves and in all, with intervals', async () => {
  const opened = await open(browser, file());
  const said = await wordsOf(opened.page, 'indices');
  assert.equal(said.title,
    'European Union makes most of the difference, 66 % of the variance, 41 % of it by itself');
  assert.match(said.desc, /African Group: by itself 12 % \(8 % to 17 %\), in all 18 %/);
  assert.match(said.desc, /by itself <1 % \(<1 % to 2 %\), in all 1 %/);
  const discs = await marksOf(opened.page, 'indices', 'circle', 'cx');
  const squares = (await marksOf(opened.page, 'indices', 'rect', 'x')).map(([x]) => x + 5);
  const lines = await marksOf(opened.page, 'indices', '.whisker', 'x1', 'x2');
  proportional([...discs.flat(), ...squares, ...lines.flat()], [0.41, 0.12, -0.01, 0.66, 0.18,
    0.01, 0.35, 0.48, 0.6, 0.73, 0.08, 0.17, 0.13, 0.24, -0.04, 0.02, 0, 0.03], 1);
  await opened.close();
});

test('of two columns with one key the one of numbers is drawn', async () => {
  const twice = figureOf('screening', 'twice', [{ dial: 'A', mu_star: 0.5, sigma: 0.1 },
    { dial: 'B', mu_star: 0.25, sigma: 0.1 }])
    .replace('</tr></thead>', '<th scope="col" data-key="mu_star">moves it by</th></tr></thead>')
    .replace(/<\/tr>(?!<\/thead>)/g, '<td>so and so</td></tr>');
  const opened = await open(browser, writeDocument('experiments-twice', twice));
  const bars = await marksOf(opened.page, 'screening', 'rect', 'x', 'width');
  proportional([bars[0][0], ...bars.map(([x, wide]) => x + wide)], [0, 0.5, 0.25], 1);
  await opened.close();
});

test('screening: how far, and how that differs', async () => {
  const opened = await open(browser, file());
  const said = await wordsOf(opened.page, 'screening');
  assert.equal(said.title, 'European Union moves the outcome most, by 22.0 points a step');
  assert.match(said.desc,
    /African Group: a step moves it by 8.0 points \(6.0 points to 10.0 points\)/);
  const bars = await marksOf(opened.page, 'screening', 'rect', 'x', 'width');
  proportional([bars[0][0], ...bars.map(([x, wide]) => x + wide)], [0, 0.22, 0.08, 0.002], 1);
  const drawn = await opened.page.locator('figure[data-chart="screening"] .axis').textContent();
  assert.match(drawn, /points/);
  assert.doesNotMatch(drawn, /%/);
  await opened.close();
});

test('boxes: ranges in words, their part of the range, how sure', async () => {
  const opened = await open(browser, file());
  const said = await wordsOf(opened.page, 'boxes');
  assert.equal(said.title, 'It comes about where European Union is up to 40 and Rule is '
    + 'two-thirds: so in 92 % of those runs');
  assert.match(said.desc,
    /92 % of its runs are so \(of all runs 27 %\), 81 % of all that are so lie in it/);
  assert.match(said.desc,
    /Box 2: African Group 30 to 95; 71 % of its runs are so \(outside box 1 7 %\)/);
  const under = await opened.page.locator('figure[data-chart="boxes"] .box-row .side')
    .allTextContents();
  assert.deepEqual(under, ['0', '100', '62', '0', '100', '50']);
  const ranges = await marksOf(opened.page, 'boxes', '.box-range', 'x', 'width');
  proportional(ranges.flatMap(([x, wide]) => [x, x + wide]), [0, 0.4, 0.3, 0.95], 1);
  assert.equal(await opened.page.locator('figure[data-chart="boxes"] .needed').count(), 2);
  await opened.close();
});

test('boxes: a triangle lies beside the words, few runs are counted', async () => {
  const opened = await open(browser, writeDocument('experiments-few', figureOf('boxes', 'boxes',
    [{ box: '1', dial: 'African Group', from: 0, to: 0.42, from_word: '0', to_word: '4.2',
      stated: 0.47, coverage: 0.75, density: 1, support: 0.1, least: '0', most: '10',
      stated_word: '4.7', runs: 6, hits: 6 }])));
  const said = await wordsOf(opened.page, 'boxes');
  assert.match(said.desc, /6 of 6 of its runs are so, 6 of 8 of all that are so lie in it/);
  const box = await opened.page.locator('figure[data-chart="boxes"] .box-row .code').boundingBox();
  const mark = await opened.page.locator('figure[data-chart="boxes"] .needed').boundingBox();
  assert.ok(box.x >= mark.x + mark.width || box.x + box.width <= mark.x);
  await opened.close();
});

test('what if: bundles against the base; what may be chance is a square', async () => {
  const opened = await open(browser, file());
  const said = await wordsOf(opened.page, 'whatif');
  assert.equal(said.title, 'simple majority and all of the above together changes it most, from '
    + '36 % to >99 %');
  assert.match(said.desc, /GRULAC splits: 36 %, -0.5 points .*, which may be chance/);
  const discs = await marksOf(opened.page, 'whatif', 'circle', 'cx');
  const [[square]] = await marksOf(opened.page, 'whatif', 'rect', 'x');
  const lines = await marksOf(opened.page, 'whatif', '.whisker', 'x1', 'x2');
  proportional([...discs.flat(), square + 5.5, ...lines.flat()],
    [0.61, 0.995, 0.355, 0.595, 0.622, 0.34, 0.37, 0.98, 1], 1);
  await opened.close();
});

test('what if, of many proposals: those that move furthest, under whole names', async () => {
  const many = Array.from({ length: 60 }, (_, i) => ({ proposal: `counterfeit-${i}`,
    bundle: 'Simple majority', chance: 0.2 + i / 100, base: 0.2, change: i / 100,
    low: i ? i / 100 - 0.005 : 0, high: i ? i / 100 + 0.005 : 0 }));
  const opened = await open(browser, writeDocument('experiments-many',
    figureOf('whatif', 'many', many)));
  const said = await wordsOf(opened.page, 'whatif');
  assert.equal(said.rows.length, 30);
  assert.equal(said.rows[0], 'counterfeit-59: Simple majority');
  assert.equal(said.rows[29], 'counterfeit-30: Simple majority');
  assert.match(said.desc, /counterfeit-59: Simple majority: 79 %, \+59 points/);
  await opened.close();
});

test('what if: what is read as the same number twice is told by its change', async () => {
  const opened = await open(browser, writeDocument('experiments-little',
    figureOf('whatif', 'little', [{ bundle: 'One away', chance: 0.9321, base: 0.93,
      change: 0.0021, low: 0.0014, high: 0.0028 }])));
  const said = await wordsOf(opened.page, 'whatif');
  assert.match(said.title, /^One away changes it most, and by little: \+0\.2\d? points/);
  await opened.close();
});

test('hostile words stay words; nothing to draw leaves the table', async () => {
  const bad = '<img src=x onerror=alert(1)>';
  const opened = await open(browser, writeDocument('experiments-hostile',
    figureOf('tornado', 't', [{ dial: bad, low_at: bad, high_at: bad, low: 0, high: 1, base: 0.5,
      unit: bad }]),
    figureOf('boxes', 'b', [{ box: bad, dial: bad, from: 0.2, to: 0.3, from_word: bad,
      to_word: bad, stated: 0, coverage: 1, density: 1, support: 1 }]),
    figureOf('whatif', 'w', [{ bundle: 'x', chance: null, low: null, high: null, change: null,
      base: null }]), figureOf('indices', 'i', [{ dial: bad, first: null, total: null }])));
  assert.equal(await opened.page.locator('img').count(), 0);
  assert.equal(await opened.page.locator('figure[data-chart="whatif"] details[open] table')
    .isVisible(), true);
  await opened.close();
});
