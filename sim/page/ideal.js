// SPDX-License-Identifier: GPL-3.0-or-later
// The spectrum of an estimate: where each voter stands, with its error, a lane a group.
import { charts } from './chart.js';
import { levelAxis, linear, roundDomain } from './axis.js';
import { svg } from './dom.js';
import { fixed, rounded } from './numbers.js';
import { swarm, tallest } from './swarm.js';

const NINETY = 1.6448536269514722; // standard errors to each side of a 90 % interval
const DOT = 10;
const NAME = 20;
const SHAPES = ['disc', 'square', 'diamond', 'ring', 'triangle', 'cross'];

const errorOf = (row) => {
  if (typeof row.error === 'number') return NINETY * row.error;
  return typeof row.high === 'number' && typeof row.low === 'number'
    ? (row.high - row.low) / 2 : 0;
};

const positionKey = (table) => ['position', 'position_1', 'first', 'ideal']
  .find((key) => table.columns.some((column) => column.key === key));

const readVoters = (table) => {
  const key = positionKey(table);
  return table.rows.filter((row) => key && typeof row[key] === 'number').map((row) => ({
    code: String(row.state || row.code || row.voter || row.name || ''),
    name: String(row.name || row.state || row.code || ''), group: String(row.group || ''),
    at: row[key], error: errorOf(row) }));
};

const lanesOf = (voters) => {
  const groups = [...new Set(voters.map((voter) => voter.group))].sort();
  const lanes = groups.length > 1 && groups.length <= 12 ? groups : [null];
  return lanes.map((group, i) => ({ group: group || '', shape: SHAPES[i % SHAPES.length],
    voters: voters.filter((voter) => group === null || voter.group === group)
      .sort((a, b) => a.at - b.at || (a.code < b.code ? -1 : 1)) }));
};

const quantile = (sorted, share) => sorted[Math.round(share * (sorted.length - 1))];

const finding = (voters) => {
  const sorted = [...voters].sort((a, b) => a.at - b.at);
  const low = sorted[0];
  const high = sorted[sorted.length - 1];
  const half = quantile(sorted, 0.75).at - quantile(sorted, 0.25).at;
  const share = rounded((100 * half) / (high.at - low.at || 1));
  return `From ${low.code} at one end to ${high.code} at the other; the middle half stand within ${
    share} % of that span`;
};

const markPath = {
  square: (x, y) => `M${x - 3.5} ${y - 3.5}h7v7h-7z`,
  diamond: (x, y) => `M${x} ${y - 5}l5 5-5 5-5-5z`,
  triangle: (x, y) => `M${x} ${y - 5}l5 9h-10z`,
  cross: (x, y) => `M${x - 4} ${y - 4}l8 8m0-8l-8 8`,
};

const mark = (shape, x, y) => {
  if (shape === 'disc') return svg('circle', { class: 'voter', cx: x, cy: y, r: 4 });
  if (shape === 'ring') return svg('circle', { class: 'voter open', cx: x, cy: y, r: 3.6 });
  return svg('path', { class: shape === 'cross' ? 'voter open' : 'voter',
    d: markPath[shape](x, y) });
};

const voterMark = (voter, shape, x, place) => svg('g', {},
  svg('title', {}, `${voter.name}: ${fixed(voter.at, 2)}${
    voter.error ? ` ± ${fixed(voter.error, 2)}` : ''}`),
  voter.error ? svg('line', { class: 'whisker faint', x1: x(voter.at - voter.error),
    x2: x(voter.at + voter.error), y1: place.y, y2: place.y }) : null,
  mark(shape, place.x, place.y));

// The two outermost of a lane are named; the rest are named on pointing and in the table.
const endLabels = (lane, places) => {
  const last = lane.voters.length - 1;
  const label = (i, anchor, dx) => svg('text', { class: 'code', x: places[i].x + dx,
    y: places[i].y + 4, 'text-anchor': anchor }, lane.voters[i].code);
  return last < 0 ? [] : [label(0, 'end', -8), last > 0 ? label(last, 'start', 8) : null];
};

/** One lane: its name above, its marks stacked upwards from its floor, each in the middle of its
 *  column, so that none lies on another; the line of its error is where it is. */
const drawLane = (lane, top, x) => {
  const [from, to] = x.domain;
  const [left, right] = x.range;
  const columns = Math.max(8, Math.floor((right - left) / DOT));
  const marks = swarm(lane.voters.map((voter) => (voter.at - from) / (to - from || 1)), columns);
  const height = NAME + tallest(marks) * DOT + 10;
  const places = marks.map(({ column, row }) => ({ y: top + height - 8 - row * DOT,
    x: left + ((column + 0.5) / columns) * (right - left) }));
  return { height, node: svg('g', { class: 'lane' },
    svg('text', { class: 'row-label', x: 0, y: top + 14 },
      lane.group ? `${lane.group} (${lane.voters.length})` : ''),
    ...lane.voters.map((voter, i) => voterMark(voter, lane.shape, x, places[i])),
    ...endLabels(lane, places)) };
};

const draw = (table, width) => {
  const voters = readVoters(table);
  if (voters.length < 2) return null;
  const x = linear(roundDomain(voters.map((voter) => voter.at)), [34, width - 34]);
  const nodes = [];
  let top = 0;
  for (const lane of lanesOf(voters)) {
    const { node, height } = drawLane(lane, top, x);
    nodes.push(node);
    top += height + 4;
  }
  return {
    title: finding(voters),
    desc: `${finding(voters)}. ${voters.length} voters; each is in the table.`,
    svg: svg('svg', { class: 'plot', viewBox: `0 0 ${width} ${top + 46}` },
      levelAxis(x, { y: top + 4, height: top, most: width < 480 ? 4 : 6,
        name: 'position; the lines are errors (9 times of 10)' }),
      ...nodes),
  };
};

charts.register('spectrum', draw);
