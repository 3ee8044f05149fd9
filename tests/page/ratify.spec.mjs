// SPDX-License-Identifier: GPL-3.0-or-later
// The pages of plenary ratify and its backtest: the fan, what is known and the layers of parties
// are where the JSON of the same draws says; the marks stand at the dates' medians, and say the
// dates that the answer says.

import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import { levelOf, timeOf } from '../../sim/page/timeline.js';
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

test('a level is read from its heading and the days in its column', () => {
  const table = { columns: [{ key: 'needed', heading: '40 for force' }],
    rows: [{ needed: '5 %: 2029-04-24; 50 %: 2029-12-31' }, {}, { needed: '95 %: 2033-03-02' }] };
  assert.deepEqual(levelOf(table, 'needed'), { key: 'needed', name: 'for force', at: 40,
    early: '2029-04-24', middle: '2029-12-31', late: '2033-03-02' });
  assert.equal(levelOf(table, 'conference'), null);
  const bare = { columns: table.columns, rows: [{}, { needed: '5 %: 2029-04-24' }] };
  assert.equal(levelOf(bare, 'needed').middle, null);
  assert.equal(timeOf('2030-01-01'), 2030);
  assert.equal(timeOf('2030-07-01'), 2030.5);
});

const timelineOf = (page) => page.evaluate(() => {
  const figure = document.querySelector('figure[data-chart="timeline"]');
  const d = (name) => figure.querySelector(name)?.getAttribute('d') ?? '';
  return { middle: d('.fan-middle'), wide: d('.fan-wide'), half: d('.fan-half'),
    known: d('.timeline-known'), rival: d('.timeline-rival'),
    places: [...figure.querySelectorAll('.timeline-middle')].map((one) => ({
      day: one.dataset.day, x: Number(one.getAttribute('x')) + 5 })),
    axis: [...figure.querySelectorAll('.tick-label[text-anchor="middle"]')].map((one) => ({
      year: Number(one.textContent), x: Number(one.getAttribute('x')) })),
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

test('a mark stands at the command\'s date, and says the dates of the answer', async () => {
  const said = plenaryJson(...treaty);
  const opened = await open(browser, writePage('ratify-treaty', ...treaty, '--format', 'html'));
  await ready(opened.page);
  const drawn = await timelineOf(opened.page);
  for (const [event, words] of [['in-force', 'for force'], ['conference', 'for a protocol']]) {
    const date = said.dates.find((row) => row.event === event);
    const mark = drawn.marks.find((one) => one.includes(words));
    for (const day of [date.q05, date.q50, date.q95])
      assert.ok(day && mark.includes(day.slice(0, 4)), `${event}: ${day} in ${mark}`);
    assert.ok(drawn.places.some((place) => place.day === date.q50), event);
  }
  const all = [...drawn.axis.map(({ year, x }) => [x, year]),
    ...drawn.places.map(({ day, x }) => [x, timeOf(day)])];
  proportional(all.map(([x]) => x), all.map(([, year]) => year), 1);
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
