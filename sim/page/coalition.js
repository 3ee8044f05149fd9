// SPDX-License-Identifier: GPL-3.0-or-later
// A coalition: voters in the order of their price, cheapest first, and what all up to each cost
// together. The first with whom they suffice is the pivot; who is in the cheapest set is filled.
import { charts } from './chart.js';
import { fitted, levelAxis, linear, uprightAxis } from './axis.js';
import { shortList } from './crowd.js';
import { svg } from './dom.js';
import { significant } from './numbers.js';

const LEFT = 52;
const RIGHT = 16;
const TOP = 44;
const LEAST = 5; // px of a member that costs nothing
const LETTER = 6.6; // px of small text

const isNumber = (value) => typeof value === 'number' && Number.isFinite(value);
const shown = (value) => significant(value, 4);
const isYes = (value) => ['yes', 'true', '1'].includes(String(value));

const readSteps = (table) => {
  let before = 0;
  let cost = 0;
  return table.rows.filter((row) => isNumber(row.states) && isNumber(row.sum)).map((row) => {
    const step = { who: String(row.who ?? ''), price: row.price, from: before, to: row.states,
      below: cost, sum: row.sum, member: isYes(row.in), enough: isYes(row.enough) };
    before = row.states;
    cost = row.sum;
    return step;
  });
};

const pivotOf = (steps) => steps.findIndex((step) => step.enough);

/** How many have the pivot's price, a state: among these the order is that of the alphabet. */
const alikeOf = (steps) => {
  const pivot = steps[pivotOf(steps)];
  const each = (step) => step.price / (step.to - step.from);
  return steps.filter((step) => each(step) === each(pivot)).length;
};

const sameOf = (steps) => {
  const alike = alikeOf(steps);
  return alike > 1 ? `, one of ${alike} at the same price` : '';
};

const counted = (n) => `${n} ${n === 1 ? 'state' : 'states'}`;

const finding = (steps) => {
  const pivot = steps[pivotOf(steps)];
  if (!pivot) return `All ${steps[steps.length - 1].to} together do not suffice`;
  return `The ${counted(pivot.to)} that cost the least each suffice, at ${shown(pivot.sum)}: ${
    pivot.who} is the pivot${sameOf(steps)}`;
};

const words = (steps) => {
  const pivot = pivotOf(steps);
  const members = steps.filter((step) => step.member);
  const near = steps.slice(Math.max(0, pivot - 5), pivot + 6).map((step) =>
    `${step.who} ${isNumber(step.price) ? shown(step.price) : '?'}`);
  return `${finding(steps)}. In the cheapest set: ${members.length > 0
    ? members.map((step) => step.who).join(', ') : 'none'}.${
    pivot >= 0 ? ` Prices about the pivot: ${near.join(', ')}.` : ''}`;
};

const titleOf = (step) => svg('title', {}, `${step.who}: price ${
  isNumber(step.price) ? shown(step.price) : '?'}; ${counted(step.to)} up to it cost ${
  shown(step.sum)}${step.member ? '; in the cheapest set' : ''}${
  step.enough ? '; enough' : ''}`);

// A hair of paper between neighbours where there is room for it.
const barOf = (step, x, y, foot, pivot) => {
  const wide = x(step.to) - x(step.from);
  const hair = wide > 4 ? 1 : 0;
  const tall = Math.max(step.member ? LEAST : 0, foot - y(step.sum));
  return svg('g', { class: `coalition-step${step.member ? ' member' : ''}${
    pivot ? ' pivot' : ''}` }, titleOf(step),
  svg('rect', { x: x(step.from) + hair / 2, y: foot - tall, width: Math.max(0.5, wide - hair),
    height: tall }));
};

const curve = (steps, x, y) => svg('path', { class: 'coalition-curve',
  d: steps.map((step, i) => (i === 0 ? `M${x(step.from)} ${y(step.sum)}` : `V${y(step.sum)}`)
    + `H${x(step.to)}`).join('') });

/** The line from which on they suffice, and the pivot's name at its head. */
const pivotMark = (steps, step, x, y, foot) => {
  const at = x(step.to);
  const [from, to] = x.range;
  const room = Math.max(at - from, to - at) - 8;
  const name = `pivot: ${step.who}${sameOf(steps)}`;
  const said = [`${name}; ${counted(step.to)}, at ${shown(step.sum)}`, name,
    `pivot: ${step.who}, one of ${alikeOf(steps)}`].find((one) => one.length * LETTER < room)
    || `pivot: ${step.who}`;
  const left = at - from > to - at;
  return svg('g', { class: 'pivot-mark' },
    svg('line', { class: 'quota', x1: at, x2: at, y1: TOP - 16, y2: foot }),
    svg('path', { class: 'needed', d: `M${at - 4} ${TOP - 22}h8l-4 6z` }),
    svg('text', { class: 'side', x: at + (left ? -8 : 8), y: TOP - 18,
      'text-anchor': left ? 'end' : 'start' }, fitted(said, room, 11)),
    svg('circle', { class: 'dot hollow', cx: at, cy: y(step.sum), r: 5 }));
};

/** Names on bars that are wide enough, as a bloc's is. */
const nameOn = (step, x, y) => {
  const wide = x(step.to) - x(step.from);
  if (wide < 26 || step.who.length * LETTER > wide) return null;
  return svg('text', { class: 'code', x: (x(step.from) + x(step.to)) / 2, y: y(step.sum) - 5,
    'text-anchor': 'middle' }, step.who);
};

/** Who comes before the pivot and who after, where the bars are too narrow for names. */
const neighbours = (steps, pivot, width, y) => {
  if (pivot < 0) return [];
  const letters = Math.floor((width - 110) / LETTER);
  const whoOf = (some) => shortList(some.map((step) => step.who), letters);
  const before = steps.slice(Math.max(0, pivot - 6), pivot).reverse();
  const after = steps.slice(pivot + 1, pivot + 7);
  const line = (label, some, row) => (some.length === 0 ? [] : [
    svg('text', { class: 'side', x: 0, y: y + row * 17 }, label),
    svg('text', { class: 'code', x: 104, y: y + row * 17 }, whoOf(some))]);
  return [...line('just before it', before, 0), ...line('next after it', after, 1)];
};

const draw = (table, width) => {
  const steps = readSteps(table);
  if (steps.length === 0) return null;
  const pivot = pivotOf(steps);
  const last = steps[steps.length - 1];
  const height = Math.max(180, Math.min(width * 0.45, 300));
  const foot = TOP + height;
  const x = linear([0, last.to], [LEFT, width - RIGHT]);
  const y = linear([0, last.sum || 1], [foot, TOP]);
  return {
    title: finding(steps),
    desc: words(steps),
    svg: svg('svg', { class: 'plot coalition', viewBox: `0 0 ${width} ${foot + 88}` },
      uprightAxis(y, { x: LEFT, width: width - LEFT - RIGHT, name: '' }),
      ...steps.map((step, i) => barOf(step, x, y, foot, i === pivot)),
      curve(steps, x, y),
      levelAxis(x, { y: foot, height: 0, most: width < 480 ? 4 : 8, name: width < 480
        ? 'states, cheapest first; filled: in the set'
        : 'states, cheapest first (height: what all up to it cost; filled: in the cheapest set)' }),
      ...steps.map((step) => nameOn(step, x, y)),
      pivot >= 0 ? pivotMark(steps, steps[pivot], x, y, foot) : null,
      ...neighbours(steps, pivot, width, foot + 60)),
  };
};

charts.register('coalition', draw);
