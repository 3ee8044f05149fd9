// SPDX-License-Identifier: GPL-3.0-or-later
// Bars: one number a row, as models by their loss.
import { charts } from './chart.js';
import { fitted, levelAxis, linear, ticks } from './axis.js';
import { svg } from './dom.js';

const LOSSES = ['log_loss', 'log_score', 'brier', 'rps'];

const measured = (table) => {
  const key = LOSSES.find((name) => table.columns.some((column) => column.key === name));
  if (key) return table.columns.find((column) => column.key === key);
  return table.columns.find((column) =>
    table.rows.some((row) => typeof row[column.key] === 'number'));
};

const labelKey = (table) =>
  (table.columns.find((column) => table.rows.some((row) => typeof row[column.key] === 'string'))
    || table.columns[0]).key;

const shown = (value) => Number(value.toPrecision(4)).toString();

const finding = (rows, column) => {
  const best = rows.reduce((least, row) => (row.value < least.value ? row : least));
  const rest = rows.filter((row) => row !== best);
  const next = rest.length
    ? rest.reduce((least, row) => (row.value < least.value ? row : least)) : null;
  const lead = `${best.label} has the lowest ${column.heading.toLowerCase()}, ${
    shown(best.value)}`;
  return next ? `${lead}; next ${next.label}, ${shown(next.value)}` : lead;
};

/** Where the rows lie: names beside their bars, or above them where there is little room. */
const layout = (rows, width) => {
  const stacked = width < 480;
  const longest = Math.max(...rows.map((row) => row.label.length));
  return { row: stacked ? 46 : 30, bar: stacked ? 22 : 6, name: stacked ? 16 : 20,
    left: stacked ? 0 : Math.min(width * 0.42, 12 + 9 * longest),
    room: stacked ? width : Math.min(width * 0.42, 12 + 9 * longest) - 8 };
};

const bar = (row, i, x, at) => svg('g', { class: row.least ? 'bar first' : 'bar' },
  svg('text', { class: 'row-label', x: 0, y: i * at.row + at.name }, fitted(row.label, at.room)),
  svg('rect', { x: x(0), y: i * at.row + at.bar, width: Math.max(1, x(row.value) - x(0)),
    height: 18 }),
  svg('text', { class: 'value', x: x(row.value) + 6, y: i * at.row + at.bar + 14 },
    shown(row.value)));

const draw = (table, width) => {
  const column = measured(table);
  const label = labelKey(table);
  const rows = table.rows.filter((row) => column && typeof row[column.key] === 'number')
    .map((row) => ({ label: String(row[label]), value: row[column.key] }));
  if (rows.length === 0) return null;
  const least = Math.min(...rows.map((row) => row.value));
  rows.forEach((row) => { row.least = row.value === least; });
  const at = layout(rows, width);
  const top = Math.max(0, ...rows.map((row) => row.value)) || 1;
  const x = linear([0, top], [at.left, width - 58]);
  const foot = rows.length * at.row + 6;
  return {
    title: LOSSES.includes(column.key) ? finding(rows, column) : `${column.heading}, row by row`,
    desc: `${rows.map((row) => `${row.label}: ${shown(row.value)}`).join('; ')}.`,
    svg: svg('svg', { class: 'plot', viewBox: `0 0 ${width} ${foot + 44}` },
      levelAxis(x, { y: foot, height: foot - 4, most: ticks(x.domain, 5).length > 8 ? 3 : 4,
        name: LOSSES.includes(column.key) ? `${column.heading} (lower is better)`
          : column.heading }),
      ...rows.map((row, i) => bar(row, i, x, at))),
  };
};

charts.register('bars', draw);
