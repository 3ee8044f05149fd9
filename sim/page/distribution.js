// SPDX-License-Identifier: GPL-3.0-or-later
// A distribution: where an outcome may lie on an issue's own scale, and where delegations stand.
// Bars are shares of the draws; without draws stems are the chances of the positions.
import { charts } from './chart.js';
import { fitted, levelAxis, linear, percent } from './axis.js';
import { inRows, shortList, together } from './crowd.js';
import { svg } from './dom.js';
import { significant } from './numbers.js';

const SIDE = 16;
const TOP = 64;
const HEIGHT = 150;
const ROWS = 4;
const LETTER = 7;

const isNumber = (value) => typeof value === 'number' && Number.isFinite(value);
const shown = (value) => significant(value, 3);
const named = (end) => (end.label ? `${shown(end.at)}: ${end.label}` : shown(end.at));

const readSpread = (table) => {
  const read = { bins: [], stand: [] };
  const single = { 'low end': 'low', 'high end': 'high', 'without agreement': 'reference',
    'on record': 'record', forecast: 'forecast', '5 % below': 'p05', '95 % below': 'p95' };
  for (const row of table.rows) {
    if (!isNumber(row.position)) continue;
    const one = { at: row.position, to: row.to, share: row.share, label: String(row.who ?? '') };
    if (single[row.what]) read[single[row.what]] = one;
    else if (row.what === 'part of the draws') read.bins.push(one);
    else if (String(row.what).startsWith('delegation')) {
      read.stand.push(one);
      read.dots = row.what === 'delegation' ? 'where delegations start'
        : 'where delegations stand at the end';
    }
  }
  return read.low && read.high ? read : null;
};

/** Positions with their chances: actors at one position share it. */
const stemsOf = (read) => {
  const at = new Map();
  for (const one of read.stand)
    if (isNumber(one.share)) at.set(one.at, (at.get(one.at) ?? 0) + one.share);
  return [...at].map(([place, share]) => ({ at: place, share: Math.min(share, 1) }))
    .sort((a, b) => a.at - b.at);
};

const words = (read, stems) => {
  const said = [];
  if (read.forecast) said.push(`forecast ${shown(read.forecast.at)}`);
  if (read.p05 && read.p95)
    said.push(`nine of ten between ${shown(read.p05.at)} and ${shown(read.p95.at)}`);
  if (read.reference) said.push(`without agreement ${shown(read.reference.at)}`);
  if (read.record) said.push(`on record ${shown(read.record.at)}`);
  if (read.bins.length === 0)
    stems.forEach((stem) => said.push(`${shown(stem.at)}: ${percent(stem.share)}`));
  return `${said.join('; ')}. Delegations: ${
    read.stand.slice(0, 40).map((one) => `${one.label} ${shown(one.at)}`).join(', ')}.`;
};

const barOf = (bin, x, y, foot) => svg('g', { class: 'chance-bar' },
  svg('title', {}, `${shown(bin.at)} to ${shown(bin.to)}: ${percent(bin.share)}`),
  svg('rect', { x: x(bin.at) + 0.5, y: y(bin.share), width: Math.max(1, x(bin.to) - x(bin.at) - 1),
    height: foot - y(bin.share) }));

const ROOM = 44; // px that a chance takes

const stemOf = (stem, x, y, foot) => svg('g', { class: 'stem' },
  svg('title', {}, `${shown(stem.at)}: ${percent(stem.share)}`),
  svg('line', { x1: x(stem.at), x2: x(stem.at), y1: foot, y2: y(stem.share) }),
  svg('circle', { class: 'dot', cx: x(stem.at), cy: y(stem.share), r: 5 }),
  x(stem.at) + ROOM < x.range[1] + SIDE
    ? svg('text', { class: 'value', x: x(stem.at) + 8, y: y(stem.share) + 4 }, percent(stem.share))
    : svg('text', { class: 'value', x: x(stem.at) - 8, y: y(stem.share) + 4,
      'text-anchor': 'end' }, percent(stem.share)));

/** Whether a name stands left of its line: away from `other`, as far as there is room. */
const standsLeft = (at, other, room, [from, to]) => {
  const left = other === null ? at > (from + to) / 2 : at < other;
  if (left && at - from < room) return false;
  return left || to - at < room;
};

/** An upright line with its name in a row of its own above the drawing. */
const upright = (mark, row, kind, name, { x, foot, other }) => {
  if (!mark) return null;
  const at = x(mark.at);
  const words = `${name} ${shown(mark.at)}`;
  const end = standsLeft(at, other, words.length * LETTER, x.range);
  return svg('g', { class: kind },
    svg('line', { class: kind, x1: at, x2: at, y1: 8 + row * 16, y2: foot }),
    svg('text', { class: 'side', x: at + (end ? -5 : 5), y: 12 + row * 16,
      'text-anchor': end ? 'end' : 'start' }, words));
};

/** Delegations under the scale: a dot each, codes in rows. */
const standing = (read, x, top) => {
  const groups = together(read.stand.map((one) => ({ at: x(one.at), label: one.label })), 9);
  const labels = groups.map((group) => {
    const text = shortList(group.labels, 16);
    const width = text.length * LETTER;
    const [from, to] = x.range;
    return { text, width, dot: group.at,
      at: Math.min(Math.max(group.at, from - SIDE + width / 2), to + SIDE - width / 2) };
  });
  const rows = inRows(labels, ROWS);
  return {
    used: Math.max(0, ...rows.map((row) => row + 1)),
    nodes: labels.flatMap((label, i) => [
      svg('circle', { class: 'voter', cx: label.dot, cy: top, r: 4 }),
      rows[i] < 0 ? null : svg('text', { class: 'code', x: label.at, y: top + 17 + rows[i] * 14,
        'text-anchor': 'middle' }, label.text),
    ]),
  };
};

const scaleEnds = (read, width, y) => [
  svg('text', { class: 'scale-end', x: 0, y },
    fitted(`← ${named(read.low)}`, width, 12)),
  svg('text', { class: 'scale-end', x: width, y: y + 18, 'text-anchor': 'end' },
    fitted(`${named(read.high)} →`, width, 12)),
];

const draw = (table, width) => {
  const read = readSpread(table);
  if (!read) return null;
  const stems = stemsOf(read);
  const marks = read.bins.length > 0 ? read.bins : stems;
  const height = marks.length > 0 ? HEIGHT : 24;
  const foot = TOP + height;
  const x = linear([read.low.at, read.high.at], [SIDE, width - SIDE]);
  const y = linear([0, Math.max(0.01, ...marks.map((mark) => mark.share))], [foot, TOP]);
  const other = read.forecast ? x(read.forecast.at) : null;
  const below = foot + 52;
  const stand = standing(read, x, below);
  const bottom = below + 22 + stand.used * 14;
  return {
    desc: words(read, stems),
    svg: svg('svg', { class: 'plot distribution', viewBox: `0 0 ${width} ${bottom + 30}` },
      levelAxis(x, { y: foot, height: 0, most: width < 480 ? 4 : 8,
        name: `${read.bins.length > 0 ? 'bars: draws; ' : marks.length > 0 ? 'stems: chances; '
          : ''}dots: ${read.dots}` }),
      ...read.bins.map((bin) => barOf(bin, x, y, foot)),
      ...(read.bins.length > 0 ? [] : stems).map((stem) => stemOf(stem, x, y, foot)),
      read.p05 && read.p95 ? svg('line', { class: 'whisker thick', x1: x(read.p05.at),
        x2: x(read.p95.at), y1: foot, y2: foot }) : null,
      upright(read.reference, 1, 'reference', 'without agreement', { x, foot, other }),
      upright(read.record, 2, 'record', 'on record', { x, foot, other }),
      upright(read.forecast, 0, 'forecast', 'forecast', { x, foot, other: null }),
      ...stand.nodes,
      ...scaleEnds(read, width, bottom + 4)),
  };
};

charts.register('distribution', draw);
