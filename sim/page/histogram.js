// SPDX-License-Identifier: GPL-3.0-or-later
// The draws by how many yes votes they have to spare, or are short of what is needed.  What is
// needed changes with how many vote, so it is the margin that has a fixed line: nought.
import { frame } from './chart.js';
import { levelAxis, linear } from './axis.js';
import { svg } from './dom.js';
import { binned, quantiles, sayMargin } from './spread.js';

const COLUMNS = [
  { key: 'from', heading: 'Yes votes to spare, from', number: true },
  { key: 'to', heading: 'to', number: true },
  { key: 'share', heading: 'Share of the draws', number: true, digits: 4 },
  { key: 'yes_votes', heading: 'Yes votes' },
];
const HEIGHT = 150;
const TOP = 34;
const SIDE = 18;

/** Bins of a round width such that one begins at nought and about `most` hold nearly all. */
export function planBins(margin, most) {
  const [low, high] = quantiles(margin, [0.002, 0.998]);
  const from = Math.min(low, -1);
  const to = Math.max(high, 1);
  const step = [1, 2, 5, 10, 20, 50].find((it) => (to - from) / it <= most) ?? 100;
  const first = Math.floor(from / step);
  const bins = Math.floor(to / step) - first + 1;
  return { from: first * step, step, bins };
}

function bar(k, plan, share, scaleX, scaleY) {
  const from = plan.from + k * plan.step;
  const x = scaleX(from) + 1;
  const y = scaleY(share);
  return svg('rect', { class: from >= 0 ? 'bar enough' : 'bar', x, y,
    width: Math.max(1, scaleX(from + plan.step) - x - 1), height: TOP + HEIGHT - y });
}

const side = (x, anchor, text) =>
  svg('text', { class: 'side', x, y: 12, 'text-anchor': anchor }, text);

function labels(scaleX, width) {
  const zero = scaleX(0);
  const y = TOP - 16;
  return svg('g', {},
    svg('line', { class: 'needed', x1: zero, x2: zero, y1: y, y2: TOP + HEIGHT }),
    zero > 110 ? side(zero - 8, 'end', '□ too few') : side(SIDE, 'start', ''),
    width - zero > 80 ? side(zero + 8, 'start', '■ enough yes') : side(width, 'end', ''));
}

function drawing({ margin, width }) {
  const plan = planBins(margin, width < 420 ? 24 : 44);
  const counts = binned(margin, plan.from, plan.step, plan.bins);
  const all = counts.reduce((sum, k) => sum + k, 0);
  const shares = Array.from(counts, (count) => count / all);
  const scaleX = linear([plan.from, plan.from + plan.bins * plan.step], [SIDE, width - SIDE]);
  const scaleY = linear([0, Math.max(...shares)], [TOP + HEIGHT, TOP]);
  const bars = shares.map((share, k) => bar(k, plan, share, scaleX, scaleY));
  const axis = levelAxis(scaleX, { y: TOP + HEIGHT, height: 0, most: width < 420 ? 4 : 8,
    name: 'yes votes: short of what is needed, or to spare',
    format: (it) => (it > 0 ? `+${it}` : String(it).replace('-', '−')) });
  const box = `0 0 ${width} ${TOP + HEIGHT + 42}`;
  return { plan, shares,
    svg: svg('svg', { viewBox: box, class: 'plot histogram' }, axis, ...bars,
      labels(scaleX, width)) };
}

const rowsOf = ({ plan, shares }) => shares.map((share, k) => {
  const from = plan.from + k * plan.step;
  return [from, from + plan.step - 1, share, from >= 0 ? 'enough' : 'too few'];
});

/** update({margin: spread, width, beyond: a note}) */
export function openHistogram(place) {
  let chart = null;
  const options = (result) => {
    const drawn = drawing(result);
    const [low, quarter, middle, third, high] =
      quantiles(result.margin, [0.05, 0.25, 0.5, 0.75, 0.95]);
    return {
      id: 'chart-margin',
      title: `Half the draws end between ${sayMargin(quarter)} and ${sayMargin(third)}`,
      desc: `The draws by yes votes to spare: the middle is ${sayMargin(middle)}, nine of ten ` +
        `lie between ${sayMargin(low)} and ${sayMargin(high)}. The upright line is what is ` +
        'needed; right of it the proposal has enough.',
      note: result.beyond,
      columns: COLUMNS,
      rows: () => rowsOf(drawn),
      svg: drawn.svg,
    };
  };
  return {
    update(result) {
      if (chart) chart.update(options(result));
      else chart = frame(place, options(result));
    },
  };
}
