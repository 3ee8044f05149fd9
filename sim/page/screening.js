// SPDX-License-Identifier: GPL-3.0-or-later
// Screening by Morris: how far one step of each thing, by half its range or to another word, moves
// the outcome (the bar, with its interval), and how much that differs from place to place (the
// diamond): a diamond beyond the bar says that it acts together with others, or not in a straight
// line.
import { charts } from './chart.js';
import { levelAxis, linear } from './axis.js';
import { svg } from './dom.js';
import { isNumber, moreOf, nameOf, onAxis, placesOf, unitOf } from './row_places.js';
import { fixed, significant } from './numbers.js';

const ROWS = 20;
const BAR = 14;

const shownIn = (unit) => (value) => (unit === 'chance' ? `${fixed(100 * value, 1)} points`
  : `${significant(value, 3)}${unit ? ` ${unit}` : ''}`);

/** A difference of chances is points, not a chance. */
const onStep = (unit) => (unit === 'chance' ? (value) => significant(100 * value, 3)
  : onAxis(unit));

const readRows = (table) => table.rows.filter((row) => isNumber(row.mu_star))
  .map((row) => ({ ...row, label: String(row.dial ?? '') }))
  .sort((a, b) => b.mu_star - a.mu_star);

const isMixed = (row) => isNumber(row.sigma) && row.sigma > row.mu_star;

const words = (row, say) => `${row.label}: a step moves it by ${say(row.mu_star)}${
  isNumber(row.low) && isNumber(row.high) ? ` (${say(row.low)} to ${say(row.high)})` : ''}${
  isNumber(row.sigma) ? `, differing by ${say(row.sigma)}` : ''}`;

const finding = (rows, say) => {
  const [row] = rows;
  if (!(row.mu_star > 0)) return 'Nothing that was turned moves the outcome';
  return `${row.label} moves the outcome most, by ${say(row.mu_star)} a step${
    isMixed(row) ? '; how much depends on the rest' : ''}`;
};

const diamond = (x, y) => svg('path', { class: 'dot hollow',
  d: `M${x} ${y - 6.5}l6.5 6.5-6.5 6.5-6.5-6.5z` });

const whisker = (row, x, y) => (isNumber(row.low) && isNumber(row.high)
  ? svg('path', { class: 'error', d: `M${x(row.low)} ${y - 4}V${y + 4}M${x(row.low)} ${y}H${
    x(row.high)}M${x(row.high)} ${y - 4}V${y + 4}` }) : null);

const rowOf = (row, i, at, x, say) => {
  const y = at.top + i * at.row;
  const middle = y + at.middle;
  return svg('g', { class: 'bar' }, svg('title', {}, words(row, say)), nameOf(row.label, y, at),
    svg('rect', { x: x(0), y: middle - BAR / 2, width: Math.max(1, x(row.mu_star) - x(0)),
      height: BAR }),
    whisker(row, x, middle),
    isNumber(row.sigma) ? diamond(x(row.sigma), middle) : null);
};

const draw = (table, width) => {
  const all = readRows(table);
  if (all.length === 0) return null;
  const rows = all.slice(0, ROWS);
  const unit = unitOf(table);
  const say = shownIn(unit);
  const at = placesOf(rows.map((row) => row.label), width, { marks: BAR + 6 });
  const most = Math.max(...rows.flatMap((row) => [row.mu_star, row.sigma, row.high]
    .filter(isNumber))) || 1;
  const x = linear([0, most], [at.left + 16, width - 18]);
  const foot = at.top + rows.length * at.row + 4;
  return {
    title: finding(all, say),
    desc: `${rows.map((row) => words(row, say)).join('; ')}.`,
    svg: svg('svg', { class: 'plot screening', viewBox: `0 0 ${width} ${foot + 64}` },
      levelAxis(x, { y: foot, height: foot - 4, format: onStep(unit), most: at.stacked ? 4 : 6,
        name: `${unit === 'chance' ? 'points; ' : ''}${
          at.stacked ? 'a step is half the range, or another word'
            : 'how far a step, half the range or another word, moves it (diamond: unevenly)'}` }),
      ...rows.map((row, i) => rowOf(row, i, at, x, say)),
      moreOf(all.length - rows.length, foot + 56)),
  };
};

charts.register('screening', draw);
