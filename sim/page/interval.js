// SPDX-License-Identifier: GPL-3.0-or-later
// Intervals: what is expected, between what it lies 9 times of 10, and what is needed.
import { charts } from './chart.js';
import { fitted, levelAxis, linear } from './axis.js';
import { svg } from './dom.js';
import { rounded } from './numbers.js';

const ROW = 34;
const NAMES = ['id', 'title', 'proposal', 'split', 'name'];
const MIDDLES = ['yes', 'expected', 'mean', 'middle'];

const first = (table, keys) =>
  keys.find((key) => table.columns.some((column) => column.key === key));

const readRows = (table) => {
  const name = first(table, NAMES) || table.columns[0].key;
  const middle = first(table, MIDDLES);
  return table.rows
    .map((row) => ({ label: String(row[name] ?? ''), yes: row[middle], low: row.low,
      high: row.high, needed: row.needed }))
    .filter((row) => [row.yes, row.low, row.high].every((one) => typeof one === 'number'));
};

const reaches = (row) => typeof row.needed === 'number' && row.yes >= row.needed;

const finding = (rows) => {
  if (!rows.some((row) => typeof row.needed === 'number'))
    return 'What is expected, and between what it lies 9 times of 10';
  const over = rows.filter(reaches).length;
  const open = rows.filter((row) => row.low < row.needed && row.high >= row.needed).length;
  const head = `${over} of ${rows.length} ${over === 1 ? 'is' : 'are'} expected to reach what is `
    + 'needed';
  return open > 0 ? `${head}; ${open} could go either way` : head;
};

const words = (row) => `${row.label}: ${rounded(row.yes)}, between ${rounded(row.low)} and ${
  rounded(row.high)}${typeof row.needed === 'number' ? `, needs ${row.needed}` : ''}`;

// Reached is a disc, not reached a hollow square: the shape says it, not the colour.
const middleMark = (row, x, y) => (reaches(row)
  ? svg('circle', { class: 'dot', cx: x, cy: y, r: 6 })
  : svg('rect', { class: 'dot hollow', x: x - 5.5, y: y - 5.5, width: 11, height: 11 }));

const needMark = (x, y) => svg('path', { class: 'needed',
  d: `M${x} ${y - 9}V${y + 9}M${x - 4} ${y - 13}h8l-4 6z` });

const line = (row, i, x, left, stacked) => {
  const y = i * ROW * (stacked ? 1.5 : 1) + (stacked ? 40 : 26);
  return svg('g', { class: 'interval' }, svg('title', {}, words(row)),
    svg('text', { class: 'row-label', x: 0, y: stacked ? y - 18 : y + 4 },
      fitted(row.label, stacked ? x.range[1] : left - 10)),
    svg('line', { class: 'whisker thick', x1: x(row.low), x2: x(row.high), y1: y, y2: y }),
    typeof row.needed === 'number' ? needMark(x(row.needed), y) : null,
    middleMark(row, x(row.yes), y));
};

const draw = (table, width) => {
  const rows = readRows(table);
  if (rows.length === 0) return null;
  const stacked = width < 480; // names above their lines, as beside them nothing is left
  const longest = Math.max(...rows.map((row) => row.label.length));
  const left = stacked ? 8 : Math.min(width * 0.4, 14 + 8 * longest);
  const numbers = rows.flatMap((row) => [row.high, row.needed || 0]);
  const x = linear([0, Math.max(...numbers)], [left, width - 14]);
  const foot = rows.length * ROW * (stacked ? 1.5 : 1) + 12;
  return {
    title: finding(rows),
    desc: `${rows.map(words).join('; ')}.`,
    svg: svg('svg', { class: 'plot', viewBox: `0 0 ${width} ${foot + 44}` },
      levelAxis(x, { y: foot, height: foot - 8, most: stacked ? 4 : 6,
        name: stacked ? 'triangle: needed; disc: reaches it, square: not'
          : 'votes; triangle: needed; disc: expected to reach it, square: not' }),
      ...rows.map((row, i) => line(row, i, x, left, stacked))),
  };
};

charts.register('interval', draw);
