// SPDX-License-Identifier: GPL-3.0-or-later
// Sobol indices: the share of the outcome's variance that each thing makes by itself (a disc),
// and with all that it acts together with (a square), each with its interval.
import { charts } from './chart.js';
import { levelAxis, linear, ticks } from './axis.js';
import { svg } from './dom.js';
import { rounded } from './numbers.js';
import { isNumber, moreOf, nameOf, placesOf } from './row_places.js';

const ROWS = 20;
const HALF = 8; // px from the middle of a row to each of its two marks

const shown = (share) => `${rounded(100 * share)} %`;

/** An index is none below nothing, whatever its estimate is. */
const said = (share) => (share < 0.01 ? '<1 %' : shown(share));

const readRows = (table) => table.rows
  .filter((row) => isNumber(row.first) || isNumber(row.total))
  .map((row) => ({ ...row, label: String(row.dial ?? '') }))
  .sort((a, b) => (b.total ?? b.first) - (a.total ?? a.first));

const between = (low, high) => (isNumber(low) && isNumber(high)
  ? ` (${said(low)} to ${said(high)})` : '');

const words = (row) => [`${row.label}:`,
  isNumber(row.first) ? `by itself ${said(row.first)}${between(row.first_low, row.first_high)}`
    : '',
  isNumber(row.total)
    ? `in all ${said(row.total)}${between(row.total_low, row.total_high)}` : '']
  .filter(Boolean).join(' ').replace(') in all', '), in all');

const finding = (rows) => {
  const [row] = rows;
  const total = row.total ?? row.first;
  return `${row.label} makes most of the difference, ${shown(total)} of the variance${
    isNumber(row.first) && isNumber(row.total) && row.total - row.first > 0.1
      ? `, ${shown(Math.max(0, row.first))} of it by itself` : ''}`;
};

const whisker = (low, high, x, y) => (isNumber(low) && isNumber(high)
  ? svg('line', { class: 'whisker thick', x1: x(low), x2: x(high), y1: y, y2: y }) : null);

const marksOf = (row, middle, x) => [
  whisker(row.first_low, row.first_high, x, middle - HALF),
  isNumber(row.first)
    ? svg('circle', { class: 'dot', cx: x(row.first), cy: middle - HALF, r: 5.5 }) : null,
  whisker(row.total_low, row.total_high, x, middle + HALF),
  isNumber(row.total) ? svg('rect', { class: 'dot hollow', x: x(row.total) - 5,
    y: middle + HALF - 5, width: 10, height: 10 }) : null];

const rowOf = (row, i, at, x) => {
  const y = at.top + i * at.row;
  return svg('g', { class: 'index-row' }, svg('title', {}, words(row)),
    nameOf(row.label, y, at), ...marksOf(row, y + at.middle, x));
};

const domainOf = (rows) => {
  const values = rows.flatMap((row) => [row.first, row.total, row.first_low, row.first_high,
    row.total_low, row.total_high].filter(isNumber));
  return [Math.min(0, ...values), Math.max(0.2, ...values)];
};

const draw = (table, width) => {
  const all = readRows(table);
  if (all.length === 0) return null;
  const rows = all.slice(0, ROWS);
  const at = placesOf(rows.map((row) => row.label), width, { marks: 2 * HALF + 12 });
  const x = linear(domainOf(rows), [at.left + 16, width - 18]);
  const foot = at.top + rows.length * at.row + 4;
  return {
    title: finding(all),
    desc: `${rows.map(words).join('; ')}.`,
    svg: svg('svg', { class: 'plot indices', viewBox: `0 0 ${width} ${foot + 64}` },
      levelAxis(x, { y: foot, height: foot - 4, format: shown,
        most: ticks(x.domain, 6).length > 8 || at.stacked ? 4 : 6,
        name: at.stacked ? 'share of variance; disc: by itself, square: in all'
          : 'share of the variance (disc: by itself; square: with all it acts together with)' }),
      ...rows.map((row, i) => rowOf(row, i, at, x)),
      moreOf(all.length - rows.length, foot + 56)),
  };
};

charts.register('indices', draw);
