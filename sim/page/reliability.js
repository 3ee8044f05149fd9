// SPDX-License-Identifier: GPL-3.0-or-later
// Reliability: when it said so, how often was it so.
import { charts } from './chart.js';
import { levelAxis, linear, percent, uprightAxis } from './axis.js';
import { svg } from './dom.js';
import { rounded } from './numbers.js';

const NINETY = 1.6448536269514722; // standard errors to each side of a 90 % interval

const binsOf = (table) =>
  table.rows.filter((row) => row.given > 0 && row.mean !== null && row.came_true !== null);

const gapOf = (bins) => {
  const given = bins.reduce((sum, bin) => sum + bin.given, 0);
  return bins.reduce((sum, bin) =>
    sum + (bin.given / given) * Math.abs(bin.mean - bin.came_true), 0);
};

const finding = (bins) => {
  const points = 100 * gapOf(bins);
  const off = points < 0.95 ? 'less than a point' : `${rounded(points)} points`;
  return points > 5
    ? `What was given a chance came true ${off} more or less often, on average`
    : `What was given a chance came true about as often: off by ${off} on average`;
};

const words = (bins) => bins.map((bin) =>
  `said ${percent(bin.mean)}, was so ${percent(bin.came_true)} of ${bin.given}`).join('; ');

// Votes of one roll call go together, so the true error is larger: the bar is a least one.
const errorOf = (bin) =>
  NINETY * Math.sqrt(Math.max(bin.came_true * (1 - bin.came_true), 1e-4) / bin.given);

const mark = (bin, x, y, radius) => {
  const error = errorOf(bin);
  return svg('g', { class: 'point' },
    svg('title', {}, `Said ${percent(bin.mean)}: so in ${percent(bin.came_true)} of ${bin.given}`),
    svg('line', { class: 'whisker', x1: x(bin.mean), x2: x(bin.mean),
      y1: y(Math.max(0, bin.came_true - error)), y2: y(Math.min(1, bin.came_true + error)) }),
    svg('circle', { class: 'dot', cx: x(bin.mean), cy: y(bin.came_true), r: radius }));
};

const draw = (table, width) => {
  const bins = binsOf(table);
  if (bins.length === 0) return null;
  const side = Math.min(width - 72, 400);
  const x = linear([0, 1], [48, 48 + side]);
  const y = linear([0, 1], [28 + side, 28]);
  const most = Math.max(...bins.map((bin) => bin.given));
  const format = (share) => `${rounded(100 * share)} %`;
  return {
    title: finding(bins),
    desc: `Chances given against what came true. ${words(bins)}.`,
    svg: svg('svg', { class: 'plot', viewBox: `0 0 ${width} ${side + 76}` },
      uprightAxis(y, { x: 48, width: side, name: 'came true', format }),
      levelAxis(x, { y: 28 + side, height: side, name: 'chance given', format }),
      svg('line', { class: 'reference', x1: x(0), y1: y(0), x2: x(1), y2: y(1) }),
      svg('polyline', { class: 'course',
        points: bins.map((bin) => `${x(bin.mean)},${y(bin.came_true)}`).join(' ') }),
      ...bins.map((bin) => mark(bin, x, y, 3.5 + 6 * Math.sqrt(bin.given / most))),
      svg('text', { class: 'tick-label', x: x(0.98), y: y(0.06), 'text-anchor': 'end' },
        side > 240 ? 'on the line: just as often' : '')),
  };
};

charts.register('reliability', draw);
