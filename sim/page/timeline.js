// SPDX-License-Identifier: GPL-3.0-or-later
// A timeline: how many parties a treaty has at the end of each year; what is known as a line,
// what is forecast as a fan, and where the fan crosses the numbers that something hangs on.
import { charts } from './chart.js';
import { levelAxis, linear, uprightAxis } from './axis.js';
import { svg } from './dom.js';
import { significant } from './numbers.js';

const LEFT = 44;
const RIGHT = 22;
const TOP = 40;
const LETTER = 6.6;
const LEVELS = { needed: 'for force', conference: 'for a protocol' };
const QUANTILES = ['q05', 'q25', 'q50', 'q75', 'q95'];

const isNumber = (value) => typeof value === 'number' && Number.isFinite(value);
const shown = (value) => significant(value, 3);
// Counts are of the years' ends, or of a day in each.
const whenOf = (row) => (row.day ? String(row.day) : `End of ${row.year}`);

const readCourse = (table) => {
  const rows = table.rows.filter((row) => isNumber(row.year))
    .sort((a, b) => a.year - b.year);
  const fan = rows.filter((row) => QUANTILES.every((key) => isNumber(row[key])));
  const known = rows.filter((row) => isNumber(row.parties));
  const level = (key) => {
    const row = rows.find((one) => isNumber(one[key]));
    return row ? [{ key, at: row[key], name: LEVELS[key] }] : [];
  };
  const rival = rows.filter((row) => isNumber(row.constant));
  return { rows, fan, known, rival, levels: Object.keys(LEVELS).flatMap(level) };
};

/** The year in which a course comes to a number, within it by a straight line; null: not here. */
export const crossing = (points, at) => {
  const k = points.findIndex(([, value]) => value >= at);
  if (k < 0) return null;
  if (k === 0) return points[0][0];
  const [[before, low], [year, high]] = [points[k - 1], points[k]];
  return before + (year - before) * ((at - low) / (high - low));
};

const courseOf = (fan, key) => fan.map((row) => [row.year, row[key]]);

/** When a number is reached: by the middle of the draws, by the fastest and slowest of nine in
 *  ten. As counts only grow, the fan cut level is the spread of the day. */
const reached = (fan, level) => ({
  ...level,
  middle: crossing(courseOf(fan, 'q50'), level.at),
  early: crossing(courseOf(fan, 'q95'), level.at),
  late: crossing(courseOf(fan, 'q05'), level.at),
});

const inYear = (at) => (at === null ? null : Math.ceil(at - 1e-9));

const sayWhen = (event, end) => {
  if (event.middle === null)
    return event.early === null ? `not by ${end}` : `${inYear(event.early)} at the earliest`;
  const late = event.late === null ? `after ${end}` : inYear(event.late);
  return `${inYear(event.middle)} (${inYear(event.early)} to ${late})`;
};

const finding = (read, events, end) => (events.length > 0
  ? events.map((event) => `${event.at} ${event.name}: ${sayWhen(event, end)}`).join('; ')
  : `${shown(read.fan[read.fan.length - 1].q50)} parties expected by the end of ${end}`);

const words = (read, events, end) => {
  const last = read.fan[read.fan.length - 1];
  return `${events.map((event) => `${event.at} ${event.name}: ${sayWhen(event, end)}`).join('; ')
  }${events.length > 0 ? '. ' : ''}${whenOf(last)}: ${shown(last.q50)}, nine times of `
    + `ten ${shown(last.q05)} to ${shown(last.q95)}.`;
};

const path = (points, x, y) =>
  points.map(([year, at], i) => `${i > 0 ? 'L' : 'M'}${x(year)} ${y(at)}`).join('');

const band = (fan, low, high, kind, x, y) => svg('path', { class: kind,
  d: `${path(courseOf(fan, high), x, y)}L${
    path(courseOf(fan, low).reverse(), x, y).slice(1)}Z` });

const knownLine = (known, x, y) => (known.length === 0 ? [] : [
  svg('path', { class: 'timeline-known', d: path(known.map((row) => [row.year, row.parties]), x,
    y) }),
  ...(known.length > 40 ? [] : known).map((row) => svg('circle', { class: 'timeline-known-dot',
    cx: x(row.year), cy: y(row.parties), r: 3 }, svg('title', {},
    `${whenOf(row)}: ${row.parties} parties`))),
]);

/** From the last known count to the first that is forecast: the year that is not over. */
const link = (read, x, y) => {
  const last = read.known[read.known.length - 1];
  const next = read.fan[0];
  return last && last.year < next.year ? svg('path', { class: 'timeline-link',
    d: path([[last.year, last.parties], [next.year, next.q50]], x, y) }) : null;
};

/** A level line, its spread of days on it, and its words above at the side that has room. */
const eventMark = (event, x, y, end) => {
  const at = y(event.at);
  const said = `${event.at} ${event.name}: ${sayWhen(event, end)}`;
  const [from, to] = x.range;
  const early = event.early === null ? null : x(event.early);
  const late = event.late === null ? to : x(event.late);
  const left = said.length * LETTER < (early ?? to) - from;
  return svg('g', { class: 'timeline-event' }, svg('title', {}, said),
    svg('line', { class: 'reference', x1: from, x2: to, y1: at, y2: at }),
    early === null ? null
      : svg('line', { class: 'timeline-spread', x1: early, x2: late, y1: at, y2: at }),
    event.middle === null ? null
      : svg('rect', { class: 'timeline-middle', x: x(event.middle) - 5, y: at - 5, width: 10,
        height: 10, transform: `rotate(45 ${x(event.middle)} ${at})` }),
    svg('text', { class: 'side halo', x: left ? from + 4 : to, y: at - 9,
      'text-anchor': left ? 'start' : 'end' }, said));
};

const fanParts = (fan, x, y) => (fan.length === 0 ? [] : [
  band(fan, 'q05', 'q95', 'fan-wide', x, y),
  band(fan, 'q25', 'q75', 'fan-half', x, y),
  svg('path', { class: 'fan-middle', d: path(courseOf(fan, 'q50'), x, y) }),
  ...fan.map((row) => svg('rect', { class: 'touch', x: x(row.year) - 4, y: y(row.q95), width: 8,
    height: Math.max(1, y(row.q05) - y(row.q95)) }, svg('title', {}, `${whenOf(row)}: ${
    shown(row.q50)}, half the time ${shown(row.q25)} to ${shown(row.q75)}, nine of ten ${
    shown(row.q05)} to ${shown(row.q95)}`))),
]);

/** What stands for what, on a line of its own over the drawing. */
const legend = (read, width) => {
  const came = read.fan.some((row) => isNumber(row.parties));
  const parts = [read.known.length > 0 ? [came ? 'as it came' : 'known', '●'] : null,
    read.fan.length > 0 ? ['middle', '━'] : null,
    read.fan.length > 0 ? [width < 480 ? 'half, 9 of 10'
      : 'dark: half of the draws, light: nine of ten', '▒'] : null,
    read.rival.length > 0 ? ['constant hazard', '┄'] : null,
    read.levels.length > 0 ? ['reached', '◆'] : null].filter(Boolean);
  return svg('text', { class: 'side', x: 0, y: 12 },
    parts.map(([name, mark]) => `${mark} ${name}`).join(' · '));
};

const draw = (table, width) => {
  const read = readCourse(table);
  if (read.rows.length < 2 || read.fan.length < 2) return null;
  const years = read.rows.map((row) => row.year);
  const end = years[years.length - 1];
  const height = Math.max(220, Math.min(width * 0.5, 340));
  const foot = TOP + height;
  const most = Math.max(...read.fan.map((row) => row.q95), ...read.known.map((row) => row.parties),
    ...read.rival.map((row) => row.constant),
    ...read.levels.map((level) => level.at * 1.1));
  const x = linear([years[0], end], [LEFT, width - RIGHT]);
  const y = linear([0, most], [foot, TOP]);
  const events = read.levels.map((level) => reached(read.fan, level));
  return {
    title: finding(read, events, end),
    desc: words(read, events, end),
    svg: svg('svg', { class: 'plot timeline', viewBox: `0 0 ${width} ${foot + 44}` },
      legend(read, width),
      uprightAxis(y, { x: LEFT, width: width - LEFT - RIGHT, name: '' }),
      levelAxis(x, { y: foot, height: 0, most: Math.min(years.length, width < 480 ? 5 : 10),
        name: read.rows[0].day ? 'parties, year after year' : 'parties at the end of the year' }),
      ...fanParts(read.fan, x, y),
      read.rival.length > 0 ? svg('path', { class: 'timeline-rival',
        d: path(read.rival.map((row) => [row.year, row.constant]), x, y) }) : null,
      link(read, x, y), ...knownLine(read.known, x, y),
      ...events.map((event) => eventMark(event, x, y, end))),
  };
};

charts.register('timeline', draw);
