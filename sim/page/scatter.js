// SPDX-License-Identifier: GPL-3.0-or-later
// A scatter: the first two columns of numbers against each other, a mark a row.
import { charts } from './chart.js';
import { levelAxis, linear, roundDomain, uprightAxis } from './axis.js';
import { svg } from './dom.js';
import { fixed } from './numbers.js';

const NAMED = 40; // beyond so many marks their labels would cover each other

const readPoints = (table) => {
  const numbers = table.columns.filter((column) =>
    table.rows.some((row) => typeof row[column.key] === 'number'));
  const label = table.columns.find((column) => !numbers.includes(column));
  if (numbers.length < 2) return null;
  const [across, up] = numbers;
  return { across, up, points: table.rows
    .map((row) => ({ x: row[across.key], y: row[up.key],
      label: label ? String(row[label.key] ?? '') : '' }))
    .filter((point) => typeof point.x === 'number' && typeof point.y === 'number') };
};

/** Pearson's r of the points; 0 where one of the two does not vary. */
const correlation = (points) => {
  const n = points.length;
  const mean = (key) => points.reduce((sum, point) => sum + point[key], 0) / n;
  const [mx, my] = [mean('x'), mean('y')];
  const sum = (fn) => points.reduce((total, point) => total + fn(point), 0);
  const xy = sum((p) => (p.x - mx) * (p.y - my));
  const xx = sum((p) => (p.x - mx) ** 2);
  const yy = sum((p) => (p.y - my) ** 2);
  return xx > 0 && yy > 0 ? xy / Math.sqrt(xx * yy) : 0;
};

const finding = ({ across, up, points }) => {
  const r = correlation(points);
  const how = Math.abs(r) < 0.2 ? 'hardly go' : r > 0 ? 'go' : 'go against each other, and not';
  return `${across.heading} and ${up.heading.toLowerCase()} ${how} together (correlation ${
    fixed(r, 2)} over ${points.length})`;
};

const draw = (table, width) => {
  const read = readPoints(table);
  if (!read || read.points.length === 0) return null;
  const height = Math.min(width, 360);
  const x = linear(roundDomain(read.points.map((point) => point.x)), [56, width - 30]);
  const y = linear(roundDomain(read.points.map((point) => point.y)), [28 + height, 28]);
  const most = width < 480 ? 4 : 6;
  return {
    title: finding(read),
    desc: `${finding(read)}. Each row is in the table.`,
    svg: svg('svg', { class: 'plot', viewBox: `0 0 ${width} ${height + 76}` },
      uprightAxis(y, { x: 56, width: width - 86, name: read.up.heading }),
      levelAxis(x, { y: 28 + height, height, name: read.across.heading, most }),
      ...read.points.map((point) => svg('g', { class: 'point' },
        svg('title', {}, `${point.label}: ${point.x}, ${point.y}`),
        svg('circle', { class: 'voter', cx: x(point.x), cy: y(point.y), r: 4 }),
        read.points.length <= NAMED ? svg('text', { class: 'code', x: x(point.x) + 6,
          y: y(point.y) + 4 }, point.label.slice(0, 14)) : null))),
  };
};

charts.register('scatter', draw);
