// SPDX-License-Identifier: GPL-3.0-or-later
// A tornado: what comes out where each thing is turned to its one end, and to its other, all else
// as it was; in the table's order.  Two bars a row, so that both can lie on one side of the base.
import { charts } from './chart.js';
import { levelAxis, linear, roundDomain } from './axis.js';
import { svg } from './dom.js';
import { changeIn, domainIn, inUnit, isNumber, moreOf, nameOf, onAxis, placesOf, unitOf }
  from './row_places.js';

const ROWS = 20;
const BAR = 13;
const LETTER = 6.3;
const DAY = 24 * 3600 * 1000; // milliseconds

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** A date is a month, not a share of a year. */
const dayIn = (value) => {
  const year = Math.floor(value);
  const [from, to] = [Date.UTC(year, 0, 1), Date.UTC(year + 1, 0, 1)];
  const day = new Date(from + Math.round((value - year) * (to - from) / DAY) * DAY);
  return `${MONTHS[day.getUTCMonth()]} ${day.getUTCFullYear()}`;
};
/** Whole months, and from this many on whole years or halves of them. */
const YEARS = 30;

/** What the axis of dates counts in, so that its lines are whole months and equally far apart. */
const monthsAxis = (values, most) => {
  const [from, to] = [Math.floor(12 * Math.min(...values)), Math.ceil(12 * Math.max(...values))];
  const months = Math.max(1, to - from);
  const per = months < YEARS ? 12 : 1;
  const ends = [from, from + months].map((month) => month * per / 12);
  return { per, most: per === 12 ? Math.min(most, months) : most, domain: roundDomain(ends, most),
    format: (at) => {
      const month = Math.round(at * 12 / per);
      return `${MONTHS[month % 12]} ${Math.floor(month / 12)}`;
    } };
};

const axisOf = (values, unit, most) => (unit === 'year' ? monthsAxis(values, most)
  : { per: 1, most, domain: domainIn(values, unit), format: onAxis(unit) });

const saidIn = (value, unit) => (unit === 'year' ? dayIn(value) : inUnit(value, unit));
const WHAT = new Map([['chance', 'chance'], ['year', 'month']]);
const apartIn = (value, unit) => (unit === 'year' ? changeIn(12 * value, 'months')
  : changeIn(value, unit));

const reach = (row) => Math.max(...[row.low, row.high].filter(isNumber)
  .map((value) => Math.abs(value - row.base)), 0);
const spanOf = (row) => (isNumber(row.low) && isNumber(row.high)
  ? Math.abs(row.high - row.low) : reach(row));

const readRows = (table) => table.rows
  .filter((row) => isNumber(row.base) && (isNumber(row.low) || isNumber(row.high)))
  .map((row) => ({ ...row, label: String(row.dial ?? ''), low_at: String(row.low_at ?? 'low'),
    high_at: String(row.high_at ?? 'high') }));

const words = (row, unit) => `${row.label}: ${isNumber(row.low)
  ? `${saidIn(row.low, unit)} at ${row.low_at}, ` : ''}${isNumber(row.high)
  ? `${saidIn(row.high, unit)} at ${row.high_at}, ` : ''}${saidIn(row.base, unit)} as it stands`;

const finding = (rows, unit) => {
  const [first] = rows;
  if (!(spanOf(first) > 0)) return 'Nothing that was turned changes the outcome';
  return `${first.label} matters most: from ${saidIn(isNumber(first.low) ? first.low : first.base,
    unit)} to ${saidIn(isNumber(first.high) ? first.high : first.base, unit)}`;
};

/** The bar of one end; its words stand beyond it where there is room, else within. */
const endOf = (name, value, said, y, { x, base, width, left }) => {
  if (!isNumber(value)) return [];
  const [from, to] = [x(base), x(value)].sort((a, b) => a - b);
  const wide = said.length * LETTER;
  const after = value >= base ? to + 5 + wide <= width : from - 5 - wide < left;
  return [
    svg('rect', { class: `tornado-${name}`, x: from, y, width: Math.max(1, to - from),
      height: BAR }),
    svg('text', { class: 'code halo', x: after ? Math.min(to + 5, width - wide) : from - 5,
      y: y + 10, 'text-anchor': after ? 'start' : 'end' }, said)];
};

const rowOf = (row, i, unit, at, scale) => {
  const y = at.top + i * at.row;
  const place = { ...scale, base: row.base };
  return svg('g', { class: 'tornado-row' },
    svg('title', {}, words(row, unit)), nameOf(row.label, y, at),
    ...endOf('low', row.low, row.low_at, y + at.middle - BAR, place),
    ...endOf('high', row.high, row.high_at, y + at.middle, place));
};

const draw = (table, width) => {
  const all = readRows(table);
  if (all.length === 0) return null;
  const rows = all.slice(0, ROWS);
  const unit = unitOf(table);
  const at = placesOf(rows.map((row) => row.label), width, { marks: 2 * BAR, top: 26 });
  const values = rows.flatMap((row) => [row.low, row.high, row.base].filter(isNumber));
  const axis = axisOf(values, unit, at.stacked ? 4 : 6);
  const along = linear(axis.domain, [at.left + 16, width - 40]);
  const x = (value) => along(value * axis.per);
  const foot = at.top + rows.length * at.row + 4;
  const base = rows[0].base;
  return {
    title: finding(all, unit),
    desc: `${rows.map((row) => `${words(row, unit)} (${apartIn(spanOf(row), unit)} apart)`)
      .join('; ')}.`,
    svg: svg('svg', { class: 'plot tornado', viewBox: `0 0 ${width} ${foot + 64}` },
      levelAxis(along, { y: foot, height: foot - 18, most: axis.most, format: axis.format,
        name: at.stacked ? 'open: low end; filled: high end'
          : `${WHAT.get(unit) ?? (unit || 'outcome')
          } (open bar: at its low end; filled: at its high end)`,
      }),
      svg('line', { class: 'reference', x1: x(base), x2: x(base), y1: 16, y2: foot }),
      ...rows.map((row, i) => rowOf(row, i, unit, at, { x, width, left: at.left })),
      svg('text', { class: 'side', x: x(base), y: 11, 'text-anchor': x(base) > width * 0.7 ? 'end'
        : x(base) < 80 ? 'start' : 'middle' }, `as it stands: ${saidIn(base, unit)}`),
      moreOf(all.length - rows.length, foot + 56)),
  };
};

charts.register('tornado', draw);
