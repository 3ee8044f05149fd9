// SPDX-License-Identifier: GPL-3.0-or-later
// Boxes of the scenario discovery: within which ranges it comes to what was looked for.  Each box
// is a head, what it covers and how sure it is, and a row a dial: its part of the whole range,
// whose ends stand under it, with a triangle and its value where the dial is stated to be.
import { charts } from './chart.js';
import { fitted } from './axis.js';
import { svg } from './dom.js';
import { rounded } from './numbers.js';
import { isNumber, nameOf, placesOf } from './row_places.js';

const BAR = 14;
const HEAD = 64;
const ENDS = 14; // px for the words under a track
const GAP = 14;
const LETTER = 6.3;

const shown = (share) => `${rounded(100 * share)} %`;

const readBoxes = (table) => {
  const boxes = new Map();
  for (const row of table.rows.filter((one) => isNumber(one.from) && isNumber(one.to))) {
    const name = String(row.box ?? '');
    if (!boxes.has(name)) boxes.set(name, { ...row, name, earlier: boxes.size, rows: [] });
    boxes.get(name).rows.push({ ...row, label: String(row.dial ?? '') });
  }
  return [...boxes.values()];
};

/** Words have no order and no ends: which of them are in is said, not drawn. */
const isWords = (row) => Boolean(row.from_word) && row.from_word === row.to_word && !row.least;

const rangeOf = (row) => {
  const [from, to] = [String(row.from_word ?? ''), String(row.to_word ?? '')];
  if (from && from === to) return from;
  if (row.from <= 0 && to) return `up to ${to}`;
  if (row.to >= 1 && from) return `from ${from}`;
  return `${from} to ${to}`;
};

const besides = (box) => {
  if (!isNumber(box.rate)) return '';
  const earlier = ['of all runs', 'outside box 1', `outside boxes 1 to ${box.earlier}`];
  return ` (${earlier[Math.min(box.earlier, 2)]} ${shown(box.rate)})`;
};

/** Shares of fewer runs than this are said as their numbers. */
const MANY = 100;
const partOf = (share, part, all) => (isNumber(part) && all < MANY ? `${part} of ${all}`
  : shown(share));
const densityOf = (box) => partOf(box.density, box.hits, box.runs);
const coverageOf = (box) => partOf(box.coverage, box.hits, box.coverage > 0
  ? Math.round(box.hits / box.coverage) : MANY);

/** Density, beside what it is elsewhere as the text says it, and coverage. */
const measures = (box) => [
  isNumber(box.density) ? `${densityOf(box)} of its runs are so${besides(box)}` : '',
  isNumber(box.coverage) ? `${coverageOf(box)} of all that are so lie in it` : '']
  .filter(Boolean);

const sayBox = (box) => `Box ${box.name}: ${
  box.rows.map((row) => `${row.label} ${rangeOf(row)}`).join(' and ')}; ${
  measures(box).join(', ')}`;

const finding = (boxes) => {
  const [box] = boxes;
  return `It comes about where ${box.rows.map((row) => `${row.label} is ${rangeOf(row)}`)
    .join(' and ')}${isNumber(box.density) ? `: so in ${densityOf(box)} of those runs` : ''}`;
};

const statedMark = (x, y) => svg('path', { class: 'needed',
  d: `M${x} ${y - BAR / 2 - 1}V${y + BAR / 2 + 1}M${x - 4} ${y - BAR / 2 - 6}h8l-4 6z` });

/** The words of a range stand where the track leaves room, clear of what is stated; over it where
 *  there is none. */
const rangeWords = (row, x, middle, end) => {
  const said = rangeOf(row);
  const wide = said.length * LETTER;
  const [from, to] = [x(row.from), x(row.to)];
  const mark = isNumber(row.stated) ? x(row.stated) : NaN;
  const clear = (left) => !(left < mark + 10 && left + wide > mark - 10);
  const beside = [to + 6, mark + 12].filter((left) => left > to && left + wide < end);
  const before = [from - 6, mark - 12].filter((right) => right < from && right - wide > x(0));
  const left = beside.find(clear) ?? before.map((right) => right - wide).find(clear);
  if (left !== undefined)
    return svg('text', { class: 'code halo', y: middle + 4, x: left, 'text-anchor': 'start' },
      said);
  const inside = [from + 6, mark + 12].find((at) => clear(at) && at + wide < to) ?? from + 6;
  return svg('text', { class: 'on-range', x: inside, y: middle + 4 }, said);
};

const endWord = (said, x, y, anchor) => svg('text', { class: 'side', x, y, 'text-anchor': anchor },
  said);

/** Under a track: where it begins and ends, and what is stated; an end gives way to that. */
const scaleOf = (row, x, y) => {
  const [least, most] = [String(row.least ?? ''), String(row.most ?? '')];
  const stated = isNumber(row.stated) ? String(row.stated_word ?? '') : '';
  const half = stated.length * LETTER / 2;
  const middle = isNumber(row.stated)
    ? Math.min(Math.max(x(row.stated), x(0) + half), x(1) - half) : NaN;
  const clear = (from, to) => !stated || to < middle - half - 4 || from > middle + half + 4;
  return [
    least && clear(x(0), x(0) + least.length * LETTER) ? endWord(least, x(0), y, 'start') : null,
    most && clear(x(1) - most.length * LETTER, x(1)) ? endWord(most, x(1), y, 'end') : null,
    stated ? endWord(stated, middle, y, 'middle') : null];
};

const wordsOf = (row, y, at, x, end) => svg('g', { class: 'box-row' },
  svg('title', {}, `${row.label}: ${rangeOf(row)}`), nameOf(row.label, y, at),
  svg('text', { class: 'code', x: x(0), y: y + at.middle + 4 }, fitted(rangeOf(row), end - x(0))),
  row.stated_word ? endWord(`stated: ${row.stated_word}`, x(0), y + at.middle + BAR / 2 + ENDS - 2,
    'start') : null);

const rowOf = (row, y, at, x, end) => {
  const middle = y + at.middle;
  return svg('g', { class: 'box-row' },
    svg('title', {}, `${row.label}: ${rangeOf(row)}`), nameOf(row.label, y, at),
    svg('rect', { class: 'box-track', x: x(0), y: middle - BAR / 2, width: x(1) - x(0),
      height: BAR }),
    svg('rect', { class: 'box-range', x: x(row.from), y: middle - BAR / 2,
      width: Math.max(3, x(row.to) - x(row.from)), height: BAR }),
    isNumber(row.stated) ? statedMark(x(row.stated), middle) : null,
    rangeWords(row, x, middle, end), ...scaleOf(row, x, middle + BAR / 2 + ENDS - 2));
};

const boxOf = (box, y, at, x, width) => svg('g', { class: 'box' },
  svg('title', {}, sayBox(box)),
  svg('text', { class: 'row-label', x: 0, y: y + 14 }, fitted(`Box ${box.name}`, width)),
  ...measures(box).map((said, i) => svg('text', { class: 'side', x: 0, y: y + 32 + 17 * i },
    fitted(said, width, 10.5))),
  ...box.rows.map((row, i) => (isWords(row) ? wordsOf : rowOf)(row, y + HEAD + i * at.row, at, x,
    width)));

/** Names that do not fit beside the tracks stand over them, as on a phone. */
const placesIn = (labels, width) => {
  const marks = { marks: BAR + 10 };
  const beside = placesOf(labels, width, marks);
  const cut = labels.some((label) => fitted(label, beside.room, 14.5) !== label);
  const at = cut ? { ...placesOf(labels, 0, marks), room: width - 8 } : beside;
  return { ...at, row: at.row + ENDS };
};

const draw = (table, width) => {
  const boxes = readBoxes(table);
  if (boxes.length === 0) return null;
  const at = placesIn(boxes.flatMap((box) => box.rows.map((row) => row.label)), width);
  const place = (share) => at.left + 4 + share * (width - 8 - at.left - 4);
  let y = 0;
  const drawn = boxes.map((box) => {
    const one = boxOf(box, y, at, place, width);
    y += HEAD + box.rows.length * at.row + GAP;
    return one;
  });
  const stated = boxes.some((box) => box.rows.some((row) => isNumber(row.stated)
    && !isWords(row)));
  return {
    title: finding(boxes),
    desc: `${boxes.map(sayBox).join('. ')}.`,
    svg: svg('svg', { class: 'plot boxes', viewBox: `0 0 ${width} ${y + 16}` }, ...drawn,
      svg('text', { class: 'axis-name', x: 0, y: y + 6 }, stated
        ? 'filled: in the box; triangle: as stated' : 'filled: in the box')),
  };
};

charts.register('boxes', draw);
