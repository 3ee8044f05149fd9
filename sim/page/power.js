// SPDX-License-Identifier: GPL-3.0-or-later
// Power: a bar a voter, what its vote is worth by an index, with its error where it was sampled;
// beside it, on a scale of its own, how often its vote decides as votes are expected.
import { charts } from './chart.js';
import { fitted, levelAxis, linear } from './axis.js';
import { shortList } from './crowd.js';
import { svg } from './dom.js';
import { significant } from './numbers.js';

const ROWS = 30;
const GAP = 28;
const VALUE = 64; // px that a number takes
const WIDE = 1.645; // standard errors to each side of a 90 % interval

const isNumber = (value) => typeof value === 'number' && Number.isFinite(value);
const shown = (value) => `${significant(100 * value, 3)} %`;
const inPercent = (value) => `${significant(100 * value, 6)} %`;
const often = (chance) => `${significant(100 * chance, 2)} %`;
const isBloc = (row) => ['yes', 'true', String(row.who)].includes(String(row.bloc ?? 'no'));

const nameOf = (row) => {
  const who = String(row.who ?? '');
  const name = row.name && row.name !== row.who ? String(row.name) : '';
  if (isBloc(row)) return name ? `${who} as one: ${name}` : `${who} as one`;
  const of = row.bloc && row.bloc !== 'no' ? ` (in ${row.bloc})` : '';
  return `${who}${name ? ` ${name}` : ''}${of}`;
};

/** Neighbours with nothing to tell them apart are one row: a hundred equal voters are no chart. */
const sameAs = (a, b) => a && !isBloc(a.row) && !isBloc(b)
  && [a.row.decides, b.decides, a.row.error, b.error].every((one) => !isNumber(one))
  && (a.row.bloc ?? null) === (b.bloc ?? null)
  && Math.abs(a.row.value - b.value) <= 1e-9 * Math.abs(b.value);

const readRows = (table) => {
  const rows = [];
  for (const row of table.rows.filter((one) => isNumber(one.value))) {
    const last = rows[rows.length - 1];
    if (sameAs(last, row)) last.who.push(String(row.who ?? ''));
    else rows.push({ row, who: [String(row.who ?? '')] });
  }
  return rows.map(({ row, who }) => ({ value: row.value, error: row.error, decides: row.decides,
    bloc: isBloc(row), n: who.length,
    label: who.length > 1 ? `${who.length} alike: ${shortList(who, 40)}` : nameOf(row) }));
};

const words = (row) => `${row.label}: ${shown(row.value)}${
  isNumber(row.error) && row.error > 0 ? `, give or take ${shown(WIDE * row.error)}` : ''}${
  row.n > 1 ? ' each' : ''}${isNumber(row.decides) ? `; decides ${often(row.decides)}` : ''}`;

const finding = (rows) => {
  const most = rows.reduce((best, row) => (row.value > best.value ? row : best));
  return rows.length === 1 ? `Every vote is worth the same, ${shown(most.value)}`
    : `${most.label} is worth most, ${shown(most.value)}`;
};

/** Where the rows lie: names beside their bars, or above them on a phone. */
const layout = (rows, width) => {
  const stacked = width < 480;
  const longest = Math.max(...rows.map((row) => row.label.length));
  const left = stacked ? 0 : Math.min(width * 0.38, 14 + 9.4 * longest);
  const both = rows.some((row) => isNumber(row.decides));
  const rest = width - left - (both ? GAP : 0);
  const middle = both ? left + rest * 0.58 : width;
  return { ...(stacked ? { row: 40, bar: 19, name: 13, room: width - 8 }
    : { row: 22, bar: 4, name: 16, room: left - 8 }),
  stacked, both, left, top: both ? 26 : 6,
  value: [left, middle - VALUE], decides: [middle + GAP, width - VALUE] };
};

const whisker = (row, x, y) => {
  if (!isNumber(row.error) || !(row.error > 0)) return null;
  const [low, high] = [row.value - WIDE * row.error, row.value + WIDE * row.error].map(x);
  const from = Math.max(low, x.range[0]);
  return svg('path', { class: 'error',
    d: `M${from} ${y - 4}V${y + 4}M${from} ${y}H${high}M${high} ${y - 4}V${y + 4}` });
};

const valueEnd = (row, x) =>
  x(row.value + (isNumber(row.error) ? WIDE * row.error : 0)) + 6;

const barOf = (row, y, x, at) => [
  svg('rect', { x: x(0), y: y + at.bar, width: Math.max(1, x(row.value) - x(0)), height: 14 }),
  whisker(row, x, y + at.bar + 7),
  svg('text', { class: 'value', x: valueEnd(row, x), y: y + at.bar + 11 }, shown(row.value)),
];

// A line to a disc, not a second bar: it is another quantity, on another scale.
const stemOf = (row, y, x, at) => (isNumber(row.decides) ? [
  svg('line', { class: 'whisker', x1: x(0), x2: x(row.decides), y1: y + at.bar + 7,
    y2: y + at.bar + 7 }),
  svg('circle', { class: 'dot', cx: x(row.decides), cy: y + at.bar + 7, r: 4.5 }),
  svg('text', { class: 'value', x: x(row.decides) + 9, y: y + at.bar + 11 },
    often(row.decides)),
] : []);

const rowOf = (row, i, scales, at) => {
  const y = at.top + i * at.row;
  return svg('g', { class: row.bloc ? 'power-row bloc' : 'power-row' },
    svg('title', {}, words(row)),
    svg('text', { class: 'row-label', x: 0, y: y + at.name }, fitted(row.label, at.room, 15.5)),
    ...barOf(row, y, scales.value, at),
    ...(scales.decides ? stemOf(row, y, scales.decides, at) : []));
};

const heads = (at, column) => (at.both ? [
  svg('text', { class: 'side', x: at.left, y: 12 },
    fitted(column, at.value[1] + VALUE - at.left, 12)),
  svg('text', { class: 'side', x: at.decides[0], y: 12 },
    fitted('its vote decides', at.decides[1] + VALUE - at.decides[0], 11)),
] : []);

const scalesOf = (rows, at) => {
  const top = Math.max(...rows.map((row) => row.value + WIDE * (row.error || 0))) || 1;
  const most = Math.max(1e-6, ...rows.map((row) => row.decides || 0));
  return { value: linear([0, top], at.value),
    decides: at.both ? linear([0, most], at.decides) : null };
};

const axes = (scales, at, foot, names) => [
  levelAxis(scales.value, { y: foot, height: foot - at.top + 2, most: at.both ? 3 : 5,
    format: inPercent, name: names[0] }),
  scales.decides ? levelAxis(scales.decides, { y: foot, height: foot - at.top + 2, most: 3,
    format: often, name: names[1] }) : null,
];

/** Under the scales: what they measure, where no head says it, and what a whisker is. */
const axisNames = (rows, at, heading) => {
  const sampled = rows.some((row) => row.error > 0);
  if (at.both) return [sampled ? 'whisker: 9 of 10' : '', at.stacked ? 'as expected'
    : 'as votes are expected'];
  return [sampled ? `${heading} (whisker: 9 of 10)` : heading, ''];
};

const draw = (table, width) => {
  const all = readRows(table);
  if (all.length === 0) return null;
  const rows = all.slice(0, ROWS);
  const heading = (table.columns.find((one) => one.key === 'value') || {}).heading || 'value';
  const at = layout(rows, width);
  const scales = scalesOf(rows, at);
  const foot = at.top + rows.length * at.row + 4;
  return {
    title: finding(all),
    desc: `${rows.map(words).join('; ')}.${
      all.length > ROWS ? ` ${all.length - ROWS} more are in the table.` : ''}`,
    svg: svg('svg', { class: 'plot power', viewBox: `0 0 ${width} ${foot + 44}` },
      ...axes(scales, at, foot, axisNames(rows, at, heading)), ...heads(at, heading),
      ...rows.map((row, i) => rowOf(row, i, scales, at)),
      all.length > ROWS ? svg('text', { class: 'side', x: 0, y: foot + 16 },
        `+ ${all.length - ROWS} more`) : null),
  };
};

charts.register('power', draw);
