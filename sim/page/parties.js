// SPDX-License-Identifier: GPL-3.0-or-later
// Those that have joined: of whom they consist from year to year, in layers. Those of the past
// treaty stand on the ground and those that voted against hang from the top, so that each can be
// held to the line of a third that is nearest: a layer that passes it blocks what needs two-thirds.
import { charts } from './chart.js';
import { fitted, levelAxis, linear, uprightAxis } from './axis.js';
import { newId, svg } from './dom.js';
import { significant } from './numbers.js';

const LEFT = 44;
const RIGHT = 22;
const KINDS = ['past', 'other', 'against']; // from the ground up
const LETTERS = { past: 'P', other: 'O', against: 'A' };
const ROW = 17;

const isNumber = (value) => typeof value === 'number' && Number.isFinite(value);
const shown = (value) => significant(value, 3);
const whole = (row) => KINDS.reduce((sum, kind) => sum + row[kind], 0);

const headingOf = (table, key) =>
  (table.columns.find((column) => column.key === key) || {}).heading || key;

const readRows = (table) => table.rows
  .filter((row) => isNumber(row.year) && KINDS.every((kind) => isNumber(row[kind])))
  .sort((a, b) => a.year - b.year);

const blocks = (row, kind) => row[kind] > whole(row) / 3;

const finding = (rows, names) => {
  const last = rows[rows.length - 1];
  const able = ['past', 'against'].filter((kind) => blocks(last, kind)).map((kind) => names[kind]);
  const lead = `By the end of ${last.year}, of ${shown(whole(last))} expected to have joined `;
  return able.length === 0 ? `${lead}neither group holds a third`
    : `${lead}more than a third: ${able.join(' and ')}`;
};

const words = (rows, names) => rows.filter((row, i) => i % 5 === 0 || i === rows.length - 1)
  .map((row) => `${row.year}: ${KINDS.map((kind) => `${names[kind]} ${shown(row[kind])}${
    kind !== 'other' && blocks(row, kind) ? ' (more than a third)' : ''}`).join(', ')}`)
  .join('; ');

/** Where layer `kind` begins and ends in a year. */
const edges = (row, kind) => {
  const under = KINDS.slice(0, KINDS.indexOf(kind)).reduce((sum, one) => sum + row[one], 0);
  return [under, under + row[kind]];
};

const line = (points) => points.map(([x, y], i) => `${i > 0 ? 'L' : 'M'}${x} ${y}`).join('');

const layer = (rows, kind, x, y, fill) => {
  const upper = rows.map((row) => [x(row.year), y(edges(row, kind)[1])]);
  const lower = rows.map((row) => [x(row.year), y(edges(row, kind)[0])]).reverse();
  const d = `${line([...upper, ...lower])}Z`;
  return svg('g', { class: `parties-layer ${kind}` }, svg('path', { class: 'ground', d }),
    fill ? svg('path', { class: 'weave', d, fill: `url(#${fill})` }) : null);
};

// Weaves, so that layers are told apart without a colour: slanting lines, and dots.
const weaves = (ids) => svg('defs', {},
  svg('pattern', { id: ids.past, width: 7, height: 7, patternUnits: 'userSpaceOnUse',
    patternTransform: 'rotate(45)' },
  svg('line', { class: 'thread', x1: 0, x2: 0, y1: 0, y2: 7 })),
  svg('pattern', { id: ids.against, width: 7, height: 7, patternUnits: 'userSpaceOnUse' },
    svg('circle', { class: 'knot', cx: 3.5, cy: 3.5, r: 1.4 })));

/** The letter of a layer where it is thickest; of the middle one between the lines of a third. */
const letterOf = (rows, kind, x, y) => {
  const inner = rows.slice(Math.floor(rows.length * 0.15), Math.ceil(rows.length * 0.7));
  const row = inner.reduce((best, one) => (one[kind] > best[kind] ? one : best), inner[0]);
  const [low, high] = edges(row, kind).map(y);
  if (low - high < 18) return null;
  const half = y(whole(row) / 2);
  const at = kind === 'other' && half < low - 8 && half > high + 8 ? half : (low + high) / 2;
  return svg('text', { class: 'layer-letter halo', x: x(row.year), y: at + 5,
    'text-anchor': 'middle' }, LETTERS[kind]);
};

const thirds = (rows, x, y) => [1, 2].map((k) => svg('path', { class: 'third',
  d: line(rows.map((row) => [x(row.year), y((whole(row) * k) / 3)])) }));

const thirdNames = (rows, x, y) => {
  const last = rows[rows.length - 1];
  if (y(0) - y(whole(last) / 3) < 40) return [];
  return [[1, 'a third'], [2, 'two-thirds']].map(([k, said]) =>
    svg('text', { class: 'side halo', x: x(last.year) - 4, y: y((whole(last) * k) / 3) - 8,
      'text-anchor': 'end' }, said));
};

const legend = (names, ids, width) => ['against', 'other', 'past'].flatMap((kind, i) => [
  svg('g', { class: `parties-layer ${kind}` },
    svg('rect', { class: 'ground', x: 0, y: 3 + i * ROW, width: 22, height: 12 }),
    ids[kind] ? svg('rect', { class: 'weave', x: 0, y: 3 + i * ROW, width: 22, height: 12,
      fill: `url(#${ids[kind]})` }) : null),
  svg('text', { class: 'side', x: 30, y: 13 + i * ROW },
    fitted(`${LETTERS[kind]}  ${names[kind]}`, width - 30, 11.5))]);

const touch = (rows, names, x, y) => rows.map((row) => svg('rect', { class: 'touch',
  x: x(row.year) - 4, y: y(whole(row)), width: 8, height: Math.max(1, y(0) - y(whole(row))) },
svg('title', {}, `End of ${row.year}: ${KINDS.map((kind) => `${names[kind]} ${
  shown(row[kind])}`).join(', ')}; a third is ${shown(whole(row) / 3)}`)));

const draw = (table, width) => {
  const rows = readRows(table);
  if (rows.length < 2) return null;
  const names = Object.fromEntries(KINDS.map((kind) => [kind, headingOf(table, kind)]));
  const ids = { past: newId('weave'), against: newId('weave') };
  const top = 3 * ROW + 22;
  const foot = top + Math.max(200, Math.min(width * 0.42, 280));
  const x = linear([rows[0].year, rows[rows.length - 1].year], [LEFT, width - RIGHT]);
  const y = linear([0, Math.max(1, ...rows.map(whole))], [foot, top]);
  return {
    title: finding(rows, names),
    desc: `${words(rows, names)}.`,
    svg: svg('svg', { class: 'plot parties', viewBox: `0 0 ${width} ${foot + 44}` },
      weaves(ids), ...legend(names, ids, width),
      uprightAxis(y, { x: LEFT, width: width - LEFT - RIGHT, name: '' }),
      ...KINDS.map((kind) => layer(rows, kind, x, y, ids[kind])),
      levelAxis(x, { y: foot, height: 0, most: Math.min(rows.length, width < 480 ? 5 : 10),
        name: 'expected to have joined by the end of the year' }),
      ...thirds(rows, x, y), ...thirdNames(rows, x, y),
      ...KINDS.map((kind) => letterOf(rows, kind, x, y)), ...touch(rows, names, x, y)),
  };
};

charts.register('parties', draw);
