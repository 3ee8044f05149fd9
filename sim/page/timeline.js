// SPDX-License-Identifier: GPL-3.0-or-later
// A timeline: how many have joined a treaty by the end of each year; what is known as a line,
// what is forecast as a fan, and on the numbers that something hangs on the days on which it comes.
import { charts } from './chart.js';
import { levelAxis, linear, uprightAxis } from './axis.js';
import { svg } from './dom.js';
import { significant } from './numbers.js';

const LEFT = 44;
const RIGHT = 22;
const TOP = 40;
const LETTER = 6.6;
const LEVELS = ['needed', 'conference'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const QUANTILES = ['q05', 'q25', 'q50', 'q75', 'q95'];

const isNumber = (value) => typeof value === 'number' && Number.isFinite(value);
const shown = (value) => significant(value, 3);
// Counts are of the years' ends, or of a day in each.
const whenOf = (row) => (row.day ? String(row.day) : `End of ${row.year}`);

/** "2030-05-12" as 2030.36: a year begins at its number. */
export const timeOf = (day) => {
  const [year, month, date] = String(day).split('-').map(Number);
  return year + (month - 1 + (date - 1) / 31) / 12;
};

// The end of a year is the beginning of the next.
const at = (row) => (row.day ? timeOf(row.day) : row.year + 1);

/** The days of a level, from cells such as "5 %: 2029-04-24; 50 %: 2029-12-03": null where it does
 *  not come; null for a table without the level. */
export const levelOf = (table, key) => {
  const column = table.columns.find((one) => one.key === key);
  const [, number, name] = (column ? column.heading : '').match(/^(\d+) (.*)$/) || [];
  if (!number) return null;
  const said = table.rows.map((row) => row[key]).filter((cell) => typeof cell === 'string')
    .join('; ');
  const day = (share) => (said.match(new RegExp(`(?:^|; )${share} %: ([0-9-]+)`)) || [])[1] || null;
  return { key, name, at: Number(number), early: day(5), middle: day(50), late: day(95) };
};

const readCourse = (table) => {
  const rows = table.rows.filter((row) => isNumber(row.year))
    .sort((a, b) => a.year - b.year);
  const fan = rows.filter((row) => QUANTILES.every((key) => isNumber(row[key])));
  const known = rows.filter((row) => isNumber(row.parties));
  const rival = rows.filter((row) => isNumber(row.constant));
  const levels = LEVELS.map((key) => levelOf(table, key)).filter(Boolean);
  return { rows, fan, known, rival, levels };
};

const courseOf = (fan, key) => fan.map((row) => [at(row), row[key]]);

const monthOf = (day) => `${MONTHS[Number(day.slice(5, 7)) - 1]} ${day.slice(0, 4)}`;
const yearOf = (day) => day.slice(0, 4);

/** When a level is reached, as the answer in words has it: the middle as a year where nine of ten
 *  lie two years apart. @brief: years alone */
const sayWhen = (level, end, brief) => {
  const { early, middle, late } = level;
  const when = brief ? yearOf : monthOf;
  if (!middle) return early ? `after ${end} in most draws, ${when(early)} at the earliest`
    : `not by ${end}`;
  const far = !late || timeOf(late) - timeOf(early) >= 2;
  const said = far || brief ? yearOf(middle) : monthOf(middle);
  return early === late ? said : `${said} (${when(early)} to ${late ? when(late) : 'later'})`;
};

const sayLevels = (levels, end) =>
  levels.map((level) => `${level.at} ${level.name}: ${sayWhen(level, end, false)}`).join('; ');

const finding = (read, end) => (read.levels.length > 0 ? sayLevels(read.levels, end)
  : `${shown(read.fan[read.fan.length - 1].q50)} parties expected by the end of ${end}`);

const words = (read, end) => {
  const last = read.fan[read.fan.length - 1];
  return `${sayLevels(read.levels, end)}${read.levels.length > 0 ? '. ' : ''}${whenOf(last)}: ${
    shown(last.q50)}, nine times of ten ${shown(last.q05)} to ${shown(last.q95)}.`;
};

const path = (points, x, y) =>
  points.map(([year, at], i) => `${i > 0 ? 'L' : 'M'}${x(year)} ${y(at)}`).join('');

const band = (fan, low, high, kind, x, y) => svg('path', { class: kind,
  d: `${path(courseOf(fan, high), x, y)}L${
    path(courseOf(fan, low).reverse(), x, y).slice(1)}Z` });

const knownLine = (known, x, y) => (known.length === 0 ? [] : [
  svg('path', { class: 'timeline-known', d: path(known.map((row) => [at(row), row.parties]), x,
    y) }),
  ...(known.length > 40 ? [] : known).map((row) => svg('circle', { class: 'timeline-known-dot',
    cx: x(at(row)), cy: y(row.parties), r: 3 }, svg('title', {},
    `${whenOf(row)}: ${row.parties}`))),
]);

/** From the last known count to the first that is forecast: the year that is not over. */
const link = (read, x, y) => {
  const last = read.known[read.known.length - 1];
  const next = read.fan[0];
  return last && last.year < next.year ? svg('path', { class: 'timeline-link',
    d: path([[at(last), last.parties], [at(next), next.q50]], x, y) }) : null;
};

/** A level line, its spread of days on it, and its words above at the side that has room. */
const eventMark = (event, x, y, end, brief) => {
  const height = y(event.at);
  const said = `${event.at} ${event.name}: ${sayWhen(event, end, brief)}`;
  const [from, to] = x.range;
  const place = (day) => Math.min(Math.max(x(timeOf(day)), from), to);
  const early = event.early ? place(event.early) : null;
  const late = event.late ? place(event.late) : to;
  const left = said.length * LETTER < (early ?? to) - from;
  return svg('g', { class: 'timeline-event' }, svg('title', {}, said),
    svg('line', { class: 'reference', x1: from, x2: to, y1: height, y2: height }),
    early === null ? null
      : svg('line', { class: 'timeline-spread', x1: early, x2: late, y1: height, y2: height }),
    event.middle ? svg('rect', { class: 'timeline-middle', 'data-day': event.middle,
      x: place(event.middle) - 5, y: height - 5, width: 10, height: 10,
      transform: `rotate(45 ${place(event.middle)} ${height})` }) : null,
    svg('text', { class: 'side halo', x: left ? from + 4 : to, y: height - 9,
      'text-anchor': left ? 'start' : 'end' }, said));
};

const fanParts = (fan, x, y) => (fan.length === 0 ? [] : [
  band(fan, 'q05', 'q95', 'fan-wide', x, y),
  band(fan, 'q25', 'q75', 'fan-half', x, y),
  svg('path', { class: 'fan-middle', d: path(courseOf(fan, 'q50'), x, y) }),
  ...fan.map((row) => svg('rect', { class: 'touch', x: x(at(row)) - 4, y: y(row.q95), width: 8,
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
    read.levels.length > 0 ? ['middle day', '◆'] : null].filter(Boolean);
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
  const x = linear([at(read.rows[0]), Math.max(...read.rows.map(at))], [LEFT, width - RIGHT]);
  const y = linear([0, most], [foot, TOP]);
  return {
    title: finding(read, end),
    desc: words(read, end),
    svg: svg('svg', { class: 'plot timeline', viewBox: `0 0 ${width} ${foot + 44}` },
      legend(read, width),
      uprightAxis(y, { x: LEFT, width: width - LEFT - RIGHT, name: '' }),
      levelAxis(x, { y: foot, height: 0, most: Math.min(years.length, width < 480 ? 5 : 10),
        name: `${read.levels.length > 0 ? 'instruments' : 'parties'}; a year begins at its mark` }),
      ...fanParts(read.fan, x, y),
      read.rival.length > 0 ? svg('path', { class: 'timeline-rival',
        d: path(courseOf(read.rival, 'constant'), x, y) }) : null,
      link(read, x, y), ...knownLine(read.known, x, y),
      ...read.levels.map((level) => eventMark(level, x, y, end, width < 480))),
  };
};

charts.register('timeline', draw);
