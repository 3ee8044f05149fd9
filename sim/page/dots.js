// SPDX-License-Identifier: GPL-3.0-or-later
// The projection as 100 dots, each one per cent of the draws, from the most short of what is
// needed to the most to spare.  Adopted: a full disc; not adopted: a ring with a cross.
import { frame } from './chart.js';
import { svg } from './dom.js';
import { sayLikely, sayOfHundred } from './likelihood.js';
import { quantiles, sayMargin } from './spread.js';

const DOTS = 100;
const LEVELS = Array.from({ length: DOTS }, (_, k) => (k + 0.5) / DOTS);
const COLUMNS = [
  { key: 'dot', heading: 'Dot', number: true },
  { key: 'to_spare', heading: 'Yes votes to spare', number: true },
  { key: 'outcome', heading: 'Outcome' },
];

export const dotsAdopted = (share) => Math.round(DOTS * share);

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
  const dots = LEVELS.map((_, k) => dot(k, plan));
  const box = `0 0 ${plan.columns * plan.pitch} ${plan.rows * plan.pitch}`;
  return { width, dots, svg: svg('svg', { viewBox: box, class: 'plot dots' }, ...dots) };
}

/** update({share, margin: spread, width}) */
export function openDots(place) {
  let drawn = drawing(place.clientWidth || 360);
  let chart = null;
  const options = ({ share, margin }) => {
    const margins = quantiles(margin, LEVELS);
    const first = DOTS - dotsAdopted(share);
    const [low, middle, high] = [margins[5], margins[50], margins[94]];
    return {
      id: 'chart-dots',
      title: `Adopted in ${sayOfHundred(share)}: ${sayLikely(share)}`,
      desc: `A hundred dots in order of the votes to spare, ${dotsAdopted(share)} of them full: ` +
        `adopted. The middle one is ${sayMargin(middle)}; nine of ten lie between ` +
        `${sayMargin(low)} and ${sayMargin(high)}.`,
      note: 'Each dot is one draw in a hundred, from the most short to the most to spare. Full: ' +
        'adopted. Ring with a cross: not adopted.',
      columns: COLUMNS,
      rows: () => margins.map((it, k) => [k + 1, it, k >= first ? 'adopted' : 'not adopted']),
      svg: drawn.svg,
    };
  };
  return {
    update(result) {
      if (Math.abs(result.width - drawn.width) > 1) drawn = drawing(result.width);
      const first = DOTS - dotsAdopted(result.share);
      drawn.dots.forEach((it, k) => it.classList.toggle('adopted', k >= first));
      if (chart) chart.update(options(result));
      else chart = frame(place, options(result));
    },
  };
}
