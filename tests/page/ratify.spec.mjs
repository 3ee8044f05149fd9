// SPDX-License-Identifier: GPL-3.0-or-later
// The pages of plenary ratify and its backtest: the fan, what is known and the layers of parties
// are where the JSON of the same draws says; the marks stand in the years of the dates' medians.

import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import { crossing } from '../../sim/page/timeline.js';
import { open, openBrowser, plenaryJson, ready, writePage } from './browser.mjs';
import { placesOf, proportional, twinOf, wholePages } from './twins.mjs';

let browser;
before(async () => { browser = await openBrowser(); });
after(() => browser.close());

const treaty = ['ratify', '--draws', '5000', 'scenarios/cosp-rules'];
const tried = ['backtest', 'ratify', '--draws', '2000', '--bootstrap', '100'];

wholePages(() => browser, 'ratify', [
  ['treaty', treaty, { timeline: /^year,parties,q05,/, parties: /^year,past,against,other/ }],
  ['backtest', tried, { timeline: /^year,day,parties,q05,/ }],
]);

test('a course comes to a number within the year, at its first count, or not', () => {
  const course = [[2030, 10], [2031, 30], [2032, 30], [2033, 50]];
  assert.equal(crossing(course, 20), 2030.5);
  assert.equal(crossing(course, 30), 2031);
  assert.equal(crossing(course, 40), 2032.5);
  assert.equal(crossing(course, 10), 2030);
  assert.equal(crossing(course, 51), null);
});

const timelineOf = (page) => page.evaluate(() => {
  const figure = document.querySelector('figure[data-chart="timeline"]');
  const d = (name) => figure.querySelector(name)?.getAttribute('d') ?? '';
  return { middle: d('.fan-middle'), wide: d('.fan-wide'), half: d('.fan-half'),
    known: d('.timeline-known'), rival: d('.timeline-rival'),
    marks: [...figure.querySelectorAll('.timeline-event title')].map((one) => one.textContent) };
});

for (const [name, words] of [['treaty', treaty], ['backtest', tried]]) {
  test(`${name}: fan and known counts are drawn where the numbers are`, async () => {
    const opened = await open(browser, writePage(`ratify-${name}`, ...words, '--format', 'html'));
    await ready(opened.page);
    const twin = await twinOf(opened.page, 'timeline');
    const fan = twin.filter((row) => row.q50 !== undefined);
    const known = twin.filter((row) => row.parties !== undefined);
    const drawn = await timelineOf(opened.page);
    const [middle, wide, half, past] = [drawn.middle, drawn.wide, drawn.half, drawn.known]
      .map(placesOf);
    const upDown = (high, low) => [...fan.map((row) => row[high]),
      ...fan.map((row) => row[low]).reverse()];
    proportional([...middle, ...wide, ...half, ...past].map(([, y]) => y),
      [...fan.map((row) => row.q50), ...upDown('q95', 'q05'), ...upDown('q75', 'q25'),
        ...known.map((row) => row.parties)], -1);
    const rival = twin.filter((row) => row.constant !== undefined);
    assert.equal(rival.length > 0, name === 'backtest');
    proportional([...middle, ...placesOf(drawn.rival)].map(([, y]) => y),
      [...fan.map((row) => row.q50), ...rival.map((row) => row.constant)], -1);
    proportional([...middle, ...past].map(([x]) => x), [...fan, ...known].map((row) => row.year),
      1);
    await opened.close();
  });
}

test('a mark stands in the year of the date that the command gives', async () => {
  const said = plenaryJson(...treaty);
  const opened = await open(browser, writePage('ratify-treaty', ...treaty, '--format', 'html'));
  await ready(opened.page);
  const drawn = await timelineOf(opened.page);
  for (const [event, words] of [['last-needed', 'for force'], ['conference', 'for a protocol']]) {
    const date = said.dates.find((row) => row.event === event);
    const mark = drawn.marks.find((one) => one.includes(words));
    if (date.q50) assert.match(mark, new RegExp(`: ${date.q50.slice(0, 4)}`), event);
    else assert.match(mark, /earliest|not by/);
  }
  await opened.close();
});

test('layers of parties: past ones from the ground, those against from the top', async () => {
  const opened = await open(browser, writePage('ratify-treaty', ...treaty, '--format', 'html'));
  await ready(opened.page);
  const twin = await twinOf(opened.page, 'parties');
  const all = twin.map((row) => row.past + row.against + row.other);
  const drawn = await opened.page.evaluate(() => {
    const figure = document.querySelector('figure[data-chart="parties"]');
    const d = (name) => figure.querySelector(`.parties-layer.${name} path.ground`)
      .getAttribute('d');
    return { past: d('past'), other: d('other'), against: d('against'),
      third: figure.querySelector('path.third').getAttribute('d') };
  });
  const both = (upper, lower) => [...upper, ...[...lower].reverse()];
  const past = twin.map((row) => row.past);
  const rest = twin.map((row, i) => all[i] - row.against);
  const ground = twin.map(() => 0);
  proportional(['past', 'other', 'against', 'third'].flatMap((name) => placesOf(drawn[name]))
    .map(([, y]) => y), [...both(past, ground), ...both(rest, past), ...both(all, rest),
    ...all.map((one) => one / 3)], -1);
  await opened.close();
});
