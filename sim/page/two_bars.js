// SPDX-License-Identifier: GPL-3.0-or-later
// For and against as bars on one scale, with the mark of what is needed; one ballot, or two to
// be compared, one under the other.
import { svg } from './dom.js';

const BAR = 24;
const SIDE = 118;
const LEFT = 24;

const known = (n) => typeof n === 'number';

const numberWord = (n) => (known(n) ? String(n) : '?');

const scaleOf = (sides, width) => {
  const most = Math.max(1, ...sides.flatMap((side) =>
    [side.counts[0], side.counts[1], side.needed].filter(known)));
  return (n) => (n / most) * (width - LEFT - 52);
};

const oneBar = (letter, n, y, scale) => {
  const long = known(n) ? scale(n) : 40;
  return svg('g', {},
    svg('text', { class: 'bar-letter', x: 0, y: y + 17 }, letter),
    svg('rect', { class: known(n) ? `share share-${letter}` : 'share share-Q', x: LEFT, y,
      width: Math.max(1, long), height: BAR - 4 }),
    svg('text', { class: 'bar-number', x: LEFT + long + 6, y: y + 16 }, numberWord(n)));
};

const needMark = (side, y, scale, width) => {
  if (!known(side.needed) || side.needed <= 0) return null;
  const x = LEFT + scale(side.needed);
  const end = x > width - 90;
  return svg('g', {},
    svg('line', { class: 'needed', x1: x, x2: x, y1: y - 8, y2: y + 2 * BAR }),
    svg('text', { class: 'bar-note', x: end ? x + 4 : x - 4, y: y - 11,
      'text-anchor': end ? 'end' : 'middle' }, `needs ${side.needed}`));
};

const rest = (side) => `abstaining ${numberWord(side.counts[2])}, not voting ${
  numberWord(side.counts[3])}${side.margin ? `; ${side.margin}` : ''}`;

const drawSide = (side, top, scale, width) => svg('g', { class: 'side' },
  side.name ? svg('text', { class: 'bar-title', x: 0, y: top + 14 }, side.name) : null,
  needMark(side, top + 40, scale, width),
  oneBar('Y', side.counts[0], top + 40, scale),
  oneBar('N', side.counts[1], top + 40 + BAR, scale),
  svg('text', { class: 'bar-note', x: LEFT, y: top + 106 }, rest(side)));

/** sides: [{name, counts: [Y, N, A, X] (null: not known), needed?, margin?}] */
export const drawSides = (sides, width) => {
  const scale = scaleOf(sides, width);
  return svg('svg', { class: 'plot sides', viewBox: `0 0 ${width} ${sides.length * SIDE}` },
    ...sides.map((side, i) => drawSide(side, i * SIDE, scale, width)));
};

export const sidesWords = (sides) => sides.map((side) => `${side.name}: ${
  numberWord(side.counts[0])} yes, ${numberWord(side.counts[1])} no, ${rest(side)}`).join('. ');
