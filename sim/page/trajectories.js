// SPDX-License-Identifier: GPL-3.0-or-later
// Trajectories: where each delegation stands, round by round, on an issue's own scale; the
// forecast as a bold line; what holds without agreement dashed.
import { charts } from './chart.js';
import { fitted, levelAxis, linear, uprightAxis } from './axis.js';
import { apart, shortList, together } from './crowd.js';
import { svg } from './dom.js';
import { significant } from './numbers.js';

const LEFT = 52;
const TOP = 30;
const LETTER = 7.2; // px of a letter of a code
const LINE = 14;

const isNumber = (value) => typeof value === 'number' && Number.isFinite(value);

/** {low, high, reference, record: {at, label}, forecast: [[round, at]…], lines: [{who, points}]} */
const readCourse = (table) => {
  const read = { forecast: [], lines: new Map() };
  const ends = { 'low end': 'low', 'high end': 'high', 'without agreement': 'reference',
    'on record': 'record' };
  for (const row of table.rows) {
    if (!isNumber(row.position)) continue;
    const who = String(row.who ?? '');
    if (ends[row.what]) {
      read[ends[row.what]] = { at: row.position, label: who };
    } else if (row.what === 'forecast') {
      read.forecast.push([row.round, row.position]);
    } else {
      if (!read.lines.has(who)) read.lines.set(who, { who, points: [] });
      read.lines.get(who).points.push([row.round, row.position]);
    }
  }
  read.lines = [...read.lines.values()];
  return read.low && read.high && read.lines.length > 0 ? read : null;
};

const first = (line) => line.points[0][1];
const last = (line) => line.points[line.points.length - 1][1];
const moves = (line) => line.points.some(([, at]) => Math.abs(at - first(line)) > 1e-9);
const shown = (value) => significant(value, 3);
const named = (end) => (end.label ? `${shown(end.at)}: ${end.label}` : shown(end.at));

const words = (read) => {
  const movers = read.lines.filter(moves);
  const said = movers.slice(0, 12).map((line) =>
    `${line.who} from ${shown(first(line))} to ${shown(last(line))}`);
  const course = read.forecast.map(([, at]) => shown(at)).join(', ');
  return `${movers.length} of ${read.lines.length} delegations move${
    said.length > 0 ? `: ${said.join('; ')}` : ''}${movers.length > 12 ? '; and others' : ''}. `
    + `Forecast by round: ${course}.`;
};

const path = (points, x, y) =>
  points.map(([round, at], i) => `${i > 0 ? 'L' : 'M'}${x(round)} ${y(at)}`).join('');

const lineOf = (line, x, y) => svg('g', { class: moves(line) ? 'trajectory moves' : 'trajectory' },
  svg('title', {}, `${line.who}: ${line.points.map(([, at]) => shown(at)).join(', ')}`),
  svg('path', { d: path(line.points, x, y) }),
  ...(moves(line) ? line.points : []).map(([round, at]) =>
    svg('circle', { cx: x(round), cy: y(at), r: 2.5 })));

/** Lines that end together share a label; so do nearer ones where there is no room for all. */
const endGroups = (lines, y, most) => {
  const ends = lines.map((line) => ({ at: y(last(line)), label: line.who }));
  let gap = 1;
  while (gap < 400 && together(ends, gap).length > most) gap *= 1.5;
  return together(ends, gap);
};

/** Codes at the ends of the lines. */
const endLabels = (lines, y, place) => {
  const groups = endGroups(lines, y, Math.floor((place.foot - TOP) / LINE));
  const at = apart(groups.map((group) => group.at), LINE, [TOP, place.foot + LINE]);
  return groups.flatMap((group, i) => [
    svg('line', { class: 'leader', x1: place.x + 4, y1: group.at, x2: place.x + 14, y2: at[i] }),
    svg('text', { class: 'code', x: place.x + 17, y: at[i] + 4 },
      shortList(group.labels, place.letters)),
  ]);
};

const levelMark = (read, key, x, y, text) => (read[key]
  ? svg('g', { class: key },
    svg('line', { class: key === 'reference' ? 'reference' : 'record', x1: x.range[0],
      x2: x.range[1], y1: y(read[key].at), y2: y(read[key].at) }),
    svg('text', { class: 'code', x: x.range[0] + 4,
      y: y(read[key].at) + (y(read[key].at) < TOP + LINE ? LINE : -5) }, text))
  : null);

const endNames = (read, width, foot) => [
  svg('text', { class: 'scale-end', x: 0, y: 14 },
    fitted(`↑ ${named(read.high)}`, width, 12)),
  svg('text', { class: 'scale-end', x: 0, y: foot + 54 },
    fitted(`↓ ${named(read.low)}`, width, 12)),
];

const forecastMark = (read, x, y) => {
  const [round, at] = read.forecast[read.forecast.length - 1];
  return svg('g', { class: 'trajectory-forecast' },
    svg('title', {}, `Forecast: ${read.forecast.map(([, one]) => shown(one)).join(', ')}`),
    svg('path', { d: path(read.forecast, x, y) }),
    svg('rect', { x: x(round) - 4, y: y(at) - 4, width: 8, height: 8 }));
};

const draw = (table, width) => {
  const read = readCourse(table);
  if (!read) return null;
  const rounds = Math.max(...read.lines.flatMap((line) => line.points.map(([round]) => round)));
  const codes = Math.max(...read.lines.map((line) => line.who.length));
  const right = Math.min(width * 0.3, 24 + LETTER * Math.max(codes, 11));
  const height = Math.max(220, Math.min(width * 0.6, 380));
  const foot = TOP + height;
  const x = linear([0, Math.max(1, rounds)], [LEFT, width - right]);
  const y = linear([read.low.at, read.high.at], [foot, TOP]);
  return {
    desc: words(read),
    svg: svg('svg', { class: 'plot trajectories', viewBox: `0 0 ${width} ${foot + 62}` },
      uprightAxis(y, { x: LEFT, width: width - right - LEFT, name: '' }),
      levelAxis(x, { y: foot, height: 0, most: Math.min(Math.max(1, rounds), width < 480 ? 5 : 10),
        name: read.forecast.length > 0 ? 'round (bold: forecast)' : 'round' }),
      levelMark(read, 'reference', x, y, 'without agreement'),
      levelMark(read, 'record', x, y, 'on record'),
      ...read.lines.filter((line) => !moves(line)).map((line) => lineOf(line, x, y)),
      ...read.lines.filter(moves).map((line) => lineOf(line, x, y)),
      read.forecast.length > 0 ? forecastMark(read, x, y) : null,
      ...endLabels(read.lines, y, { x: x(rounds), foot,
        letters: Math.floor((right - 20) / LETTER) }),
      ...endNames(read, width, foot)),
  };
};

charts.register('trajectories', draw);
