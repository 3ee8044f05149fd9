// SPDX-License-Identifier: GPL-3.0-or-later
// The proposals in the order in which they are put: between what the yes votes lie 9 times of
// 10 and half the time, their middle, and what is needed.
import { frame } from './chart.js';
import { fitted, levelAxis, linear } from './axis.js';
import { svg } from './dom.js';
import { sayLikely, sayPercent } from './likelihood.js';

const COLUMNS = [
  { key: 'proposal', heading: 'Proposal' },
  { key: 'p5', heading: 'Yes, 5%', number: true },
  { key: 'p25', heading: '25%', number: true },
  { key: 'p50', heading: 'Middle', number: true },
  { key: 'p75', heading: '75%', number: true },
  { key: 'p95', heading: '95%', number: true },
  { key: 'needed', heading: 'Needed', number: true },
  { key: 'chance', heading: 'Adopted' },
  { key: 'said', heading: 'In a word' },
];
const ROW = 52;
const TOP = 6;

const words = (item) => `${sayPercent(item.chance)}, ${sayLikely(item.chance)}`;

function names(item, y, width) {
  const said = words(item);
  const room = width - 7.4 * said.length - 16;
  const lead = item.current ? '▸ ' : '';
  return [
    svg('text', { class: item.current ? 'name current' : 'name', x: 4, y: y + 17 },
      fitted(lead + item.title, room, 13)),
    svg('text', { class: 'said', x: width - 4, y: y + 17, 'text-anchor': 'end' }, said),
  ];
}

function needle(x, y) {
  return svg('g', { class: 'needed' },
    svg('line', { x1: x, x2: x, y1: y - 9, y2: y + 9 }),
    svg('path', { d: `M${x - 4} ${y - 10}h8l-4 5z` }));
}

function strip(item, y, scale) {
  const [low, quarter, middle, third, high] = item.yes.map(scale);
  const mid = y + 36;
  return [
    svg('line', { class: 'whisker', x1: low, x2: high, y1: mid, y2: mid }),
    svg('rect', { class: 'half', x: quarter, y: mid - 5, width: Math.max(1, third - quarter),
      height: 10 }),
    svg('circle', { class: 'middle', cx: middle, cy: mid, r: 4 }),
    ...(Number.isFinite(item.needed) ? [needle(scale(item.needed), mid)] : []),
  ];
}

function domainOf(items) {
  const all = items.flatMap((item) => [item.yes[0], item.yes[4], item.needed])
    .filter(Number.isFinite);
  const from = Math.floor(Math.max(0, Math.min(...all) - 3) / 10) * 10;
  return [from, Math.ceil((Math.max(...all) + 3) / 10) * 10];
}

function drawing(items, width) {
  const scale = linear(domainOf(items), [14, width - 14]);
  const bottom = TOP + items.length * ROW;
  const rows = items.map((item, k) => svg('g', { class: item.current ? 'fan current' : 'fan' },
    svg('line', { class: 'rule', x1: 0, x2: width, y1: TOP + k * ROW, y2: TOP + k * ROW }),
    ...names(item, TOP + k * ROW, width), ...strip(item, TOP + k * ROW, scale)));
  const axis = levelAxis(scale, { y: bottom + 4, height: bottom - TOP, name: 'yes votes',
    most: width < 420 ? 5 : 10 });
  return svg('svg', { viewBox: `0 0 ${width} ${bottom + 46}`, class: 'plot fan-chart' }, axis,
    ...rows);
}

const isAre = (n) => (n === 1 ? 'is' : 'are');

/** "Of 15 proposals 5 are likely to be adopted, 4 are open, 6 are unlikely". */
function sayAll(items) {
  const likely = items.filter((item) => item.chance >= 0.6).length;
  const open = items.filter((item) => item.chance >= 0.4 && item.chance < 0.6).length;
  const not = items.length - likely - open;
  if (items.length === 1)
    return `Yes votes expected: ${items[0].yes[2]}, needed ${items[0].needed}`;
  const parts = [[likely, 'likely to be adopted'], [open, 'open'], [not, 'unlikely']]
    .filter(([n]) => n > 0).map(([n, what]) => `${n} ${isAre(n)} ${what}`);
  return `Of ${items.length} proposals ${parts.join(', ')}`;
}

const sayOne = (item) => `${item.title}: ${item.yes[2]} yes in the middle, nine times of ten ` +
  `${item.yes[0]} to ${item.yes[4]}, needed ${item.needed}`;

/** update({items: [{title, yes: five quantiles, needed, chance, current}], width, note}) */
export function openFan(place) {
  let chart = null;
  const options = ({ items, width, note }) => ({
    id: 'chart-fan',
    title: sayAll(items),
    desc: `${items.map(sayOne).join('. ')}.`,
    note,
    columns: COLUMNS,
    rows: () => items.map((item) => [item.title, ...item.yes, item.needed,
      sayPercent(item.chance), sayLikely(item.chance)]),
    svg: drawing(items, width),
  });
  return {
    update(result) {
      if (chart) chart.update(options(result));
      else chart = frame(place, options(result));
    },
  };
}
