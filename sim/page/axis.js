// SPDX-License-Identifier: GPL-3.0-or-later
// Scales and axes of drawings: numbers to places, round ticks, the lines and their labels.
import { svg } from './dom.js';
import { rounded } from './numbers.js';

/** linear([0, 1], [40, 600])(0.5) = 320; .domain and .range are kept. */
export const linear = ([from, to], [start, end]) => {
  const place = (value) => start + ((value - from) / (to - from || 1)) * (end - start);
  place.domain = [from, to];
  place.range = [start, end];
  return place;
};

const roundStep = (span, most) => {
  const rough = span / Math.max(1, most);
  const power = 10 ** Math.floor(Math.log10(rough));
  return [1, 2, 5, 10].map((k) => k * power).find((step) => step >= rough * 0.999);
};

/** Round numbers within the domain, about `most` of them. */
export const ticks = ([from, to], most = 5) => {
  if (!(to > from)) return [from];
  const step = roundStep(to - from, most);
  const out = [];
  for (let k = Math.ceil(from / step - 1e-9); k * step <= to + step * 1e-9; k += 1)
    out.push(Number((k * step).toPrecision(12)));
  return out;
};

/** The domain widened to round ends, so that marks do not lie on the frame. */
export const roundDomain = (values, most = 5) => {
  const from = Math.min(...values);
  const to = Math.max(...values);
  const step = roundStep(to - from || Math.abs(to) || 1, most);
  return [Math.floor(from / step) * step, Math.ceil(to / step) * step];
};

const tickMark = (x, y, height, label) => svg('g', { class: 'tick' },
  svg('line', { class: 'grid', x1: x, x2: x, y1: y - height, y2: y }),
  svg('text', { class: 'tick-label', x, y: y + 16, 'text-anchor': 'middle' }, label));

/** A level axis at y with grid lines `height` high, and its name under the numbers. */
export const levelAxis = (scale, { y, height, name, format = String, most = 5 }) => {
  const middle = (scale.range[0] + scale.range[1]) / 2;
  return svg('g', { class: 'axis' },
    svg('line', { class: 'axis-line', x1: scale.range[0], x2: scale.range[1], y1: y, y2: y }),
    ...ticks(scale.domain, most).map((t) => tickMark(scale(t), y, height, format(t))),
    svg('text', { class: 'axis-name', x: middle, y: y + 34, 'text-anchor': 'middle' }, name));
};

/** An upright axis at x; its name stands above it, level, so that it can be read. */
export const uprightAxis = (scale, { x, width, name, format = String, most = 5 }) =>
  svg('g', { class: 'axis' },
    ...ticks(scale.domain, most).map((t) => svg('g', { class: 'tick' },
      svg('line', { class: 'grid', x1: x, x2: x + width, y1: scale(t), y2: scale(t) }),
      svg('text', { class: 'tick-label', x: x - 6, y: scale(t) + 4, 'text-anchor': 'end' },
        format(t)))),
    svg('text', { class: 'axis-name', x: x - 6, y: Math.min(...scale.range) - 12,
      'text-anchor': 'start' }, name));

/** 0.42 as 42 %; never nought or all of a thing that was estimated. */
export const percent = (share) => {
  if (share > 0 && share < 0.01) return 'under 1 %';
  if (share < 1 && share > 0.99) return 'over 99 %';
  return `${rounded(100 * share)} %`;
};

/** The text cut so that it takes about `width` px at `size` px. */
export const fitted = (text, width, size = 13) => {
  const most = Math.max(3, Math.floor(width / (size * 0.62)));
  return text.length <= most ? text : `${text.slice(0, most - 1).trimEnd()}…`;
};
