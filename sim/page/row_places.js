// SPDX-License-Identifier: GPL-3.0-or-later
// Charts of one row a name: where rows and names lie, and numbers in their unit. Beside its marks
// a name stands where there is room, above them on a phone.
import { fitted, roundDomain } from './axis.js';
import { svg } from './dom.js';
import { fixed, significant } from './numbers.js';

const NARROW = 480;
const LETTER = 9.5;

export const isNumber = (value) => typeof value === 'number' && Number.isFinite(value);

/** {stacked, left, top, row, name, middle, room}: names have `share` of the width at most; `middle` is that of a row's marks, which are
 *  `marks` px high; `name` the base line of its name. */
export const placesOf = (labels, width, { marks, top = 8, share = 0.36 }) => {
  const stacked = width < NARROW;
  const longest = Math.max(...labels.map((label) => label.length));
  const left = stacked ? 0 : Math.min(width * share, 16 + LETTER * longest);
  return stacked
    ? { stacked, left, top, row: marks + 28, name: 14, middle: 20 + marks / 2, room: width - 8 }
    : { stacked, left, top, row: marks + 10, name: marks / 2 + 9, middle: marks / 2 + 5,
      room: left - 10 };
};

export const nameOf = (label, y, at) =>
  svg('text', { class: 'row-label halo', x: 0, y: y + at.name }, fitted(label, at.room, 14.5));

export const unitOf = (table) => {
  const row = table.rows.find((one) => one.unit);
  return row ? String(row.unit) : '';
};

/** A chance is never said to be nought or one. */
const chance = (value) => {
  if (value > 0 && value < 0.01) return '<1 %';
  if (value < 1 && value > 0.99) return '>99 %';
  return `${fixed(100 * value, 0)} %`;
};

/** A number as people read it: "71 %", "2031.5", "12 votes". */
export const inUnit = (value, unit) => {
  if (unit === 'chance') return chance(value);
  if (unit === 'year') return fixed(value, 1);
  return `${significant(value, 3)}${unit ? ` ${unit}` : ''}`;
};

/** The same for a difference: "+12 points", of a chance. */
export const changeIn = (value, unit) => {
  const sign = value > 0 ? '+' : '';
  if (unit === 'chance') return `${sign}${significant(100 * value, 2)} points`;
  return `${sign}${significant(value, 3)}${unit === 'year' ? ' years' : unit ? ` ${unit}` : ''}`;
};

/** A number on an axis, without its unit's word. */
export const onAxis = (unit) => (value) => (unit === 'chance' ? `${fixed(100 * value, 0)} %`
  : significant(value, 5));

/** Round ends about the numbers; a chance's within 0 and 1. */
export const domainIn = (values, unit) => {
  const [from, to] = roundDomain(values);
  return unit === 'chance' ? [Math.max(0, from), Math.min(1, to)] : [from, to];
};

/** What lies beside the drawing of many rows. */
export const moreOf = (n, y) => (n > 0
  ? svg('text', { class: 'side', x: 0, y }, `+ ${n} more in the table`) : null);
