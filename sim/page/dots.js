// SPDX-License-Identifier: GPL-3.0-or-later
// The projection as 100 dots, each one per cent of the draws.  Adopted: a full disc; not adopted:
// a ring with a cross.  Where the outcome goes by the votes to spare the dots lie in their order;
// where it does not (a veto, weights, consensus first) they have none, and say nothing of votes.
import { frame } from './chart.js';
import { svg } from './dom.js';
import { sayLikely, sayOfHundred } from './likelihood.js';
import { quantiles, sayMargin } from './spread.js';

const DOTS = 100;
const OUTCOME = { key: 'outcome', heading: 'Outcome' };
const DOT = { key: 'dot', heading: 'Dot', number: true };
const SPARE = { key: 'to_spare', heading: 'Yes votes to spare', number: true };
const FULL = 'Full: adopted. Ring with a cross: not adopted.';

/** No chance of a vote to come is 0 % or 100 %: a dot is left on either side. */
export const dotsAdopted = (share) => Math.min(DOTS - 1, Math.max(1, Math.round(DOTS * share)));

/** What is to spare at each dot, of draws in which the outcome goes by it: at a dot that is not
 *  adopted of the draws that fail, at one that is of those that do not; null where none did. */
export function dotMargins({ share, margin }) {
  const first = DOTS - dotsAdopted(share);
  const levels = Array.from({ length: DOTS }, (_, k) => (k < first
    ? (1 - share) * ((k + 0.5) / first)
    : 1 - share + share * ((k - first + 0.5) / (DOTS - first))));
  const none = (k) => (k < first ? share >= 1 : share <= 0);
  return quantiles(margin, levels).map((it, k) => (none(k) ? null : it));
}

/** Twenty columns of five where there is room, else ten of ten. */
const layout = (width) => {
  const columns = width >= 380 ? 20 : 10;
  const pitch = Math.min(30, Math.floor(width / columns));
  return { columns, rows: DOTS / columns, pitch };
};

function dot(k, { rows, pitch }) {
  const x = (Math.floor(k / rows) + 0.5) * pitch;
  const y = ((k % rows) + 0.5) * pitch;
  const r = pitch * 0.36;
  const arm = r * 0.42;
  return svg('g', { class: 'draw-dot', transform: `translate(${x} ${y})` },
    svg('circle', { r }),
    svg('path', { class: 'cross',
      d: `M${-arm} ${-arm}L${arm} ${arm}M${-arm} ${arm}L${arm} ${-arm}` }));
}

function drawing(width) {
  const plan = layout(width);
  const dots = Array.from({ length: DOTS }, (_, k) => dot(k, plan));
  const box = `0 0 ${plan.columns * plan.pitch} ${plan.rows * plan.pitch}`;
  return { width, dots, svg: svg('svg', { viewBox: box, class: 'plot dots' }, ...dots) };
}

const outcomeOf = (share) => (k) => (k >= DOTS - dotsAdopted(share) ? 'adopted' : 'not adopted');

const saysLess = (share) => (share < 0.01 || share > 0.99
  ? ' One dot at least is of either kind: no vote to come is certain.' : '');

function ordered(result) {
  const outcome = outcomeOf(result.share);
  const [low, middle, high] = quantiles(result.margin, [0.05, 0.5, 0.95]);
  return {
    desc: `A hundred dots in order of the votes to spare, ${dotsAdopted(result.share)} of them ` +
      `full: adopted. The middle of the draws is ${sayMargin(middle)}; nine of ten lie between ` +
      `${sayMargin(low)} and ${sayMargin(high)}.`,
    note: `Each dot is one draw in a hundred, from the most short to the most to spare. ${FULL}` +
      saysLess(result.share),
    columns: [DOT, SPARE, OUTCOME],
    rows: () => dotMargins(result).map((it, k) => [k + 1, it, outcome(k)]),
  };
}

function unordered({ share, unordered: why }) {
  const outcome = outcomeOf(share);
  return {
    desc: `A hundred dots, ${dotsAdopted(share)} of them full: adopted. ${why}`,
    note: `Each dot is one draw in a hundred, in no order but by the outcome. ${FULL} ${why}` +
      saysLess(share),
    columns: [DOT, OUTCOME],
    rows: () => Array.from({ length: DOTS }, (_, k) => [k + 1, outcome(k)]),
  };
}

/** What the chart says and holds, but for its drawing; unordered: why the outcome does not go
 *  by the votes to spare, or ''. */
export const dotsChart = (result) => ({
  id: 'chart-dots',
  title: `Adopted in ${sayOfHundred(result.share)}: ${sayLikely(result.share)}`,
  ...(result.unordered ? unordered(result) : ordered(result)),
});

/** update({share, margin: spread, width, unordered}) */
export function openDots(place) {
  let drawn = drawing(place.clientWidth || 360);
  let chart = null;
  return {
    update(result) {
      if (Math.abs(result.width - drawn.width) > 1) drawn = drawing(result.width);
      const first = DOTS - dotsAdopted(result.share);
      drawn.dots.forEach((it, k) => it.classList.toggle('adopted', k >= first));
      const options = { ...dotsChart(result), svg: drawn.svg };
      if (chart) chart.update(options);
      else chart = frame(place, options);
    },
  };
}
