// SPDX-License-Identifier: GPL-3.0-or-later
// What if: each bundle of changes against the base, with the interval of its change.  A disc: the
// interval leaves the base out; a square: it does not, so the change may be chance.
import { charts } from './chart.js';
import { levelAxis, linear } from './axis.js';
import { svg } from './dom.js';
import { changeIn, domainIn, inUnit, isNumber, moreOf, nameOf, onAxis, placesOf, unitOf }
  from './row_places.js';
import { significant } from './numbers.js';

const ROWS = 30;
const MARKS = 16;

const isSure = (row) => isNumber(row.low) && isNumber(row.high)
  && (row.low > 0 || row.high < 0);

/** Those that fit, the furthest first where not all do. */
const chosen = (all) => (all.length <= ROWS ? all
  : [...all].sort((a, b) => Number(isSure(b)) - Number(isSure(a))
    || Math.abs(b.change) - Math.abs(a.change)).slice(0, ROWS));

const readRows = (table) => table.rows
  .filter((row) => isNumber(row.chance) && isNumber(row.base) && isNumber(row.change))
  .map((row) => ({ ...row,
    label: String(row.bundle ?? '') }));

/** Several proposals: the label says of which. */
const readLabelled = (table) => {
  const several = new Set(table.rows.map((row) => row.proposal)).size > 1;
  return readRows(table).map((row) => (several
    ? { ...row, label: `${row.proposal}: ${row.bundle ?? ''}` } : row));
};

/** Not where nothing touches it: it is certainly as it was. */
const hasInterval = (row) => isNumber(row.low) && isNumber(row.high) && row.low < row.high;

const words = (row, unit) => `${row.label}: ${inUnit(row.chance, unit)}, ${
  changeIn(row.change, unit)}${hasInterval(row)
  ? ` (between ${changeIn(row.low, unit)} and ${changeIn(row.high, unit)})` : ''}${
  isSure(row) || !hasInterval(row) ? '' : ', which may be chance'}`;

const finding = (rows, unit) => {
  const sure = rows.filter(isSure);
  if (sure.length === 0) return 'No bundle changes the outcome by more than chance may';
  const most = sure.reduce((best, row) =>
    (Math.abs(row.change) > Math.abs(best.change) ? row : best));
  const [from, to] = [inUnit(most.base, unit), inUnit(most.chance, unit)];
  return from === to ? `${most.label} changes it most, and by little: ${
    changeIn(most.change, unit)}` : `${most.label} changes it most, from ${from} to ${to}`;
};

/** "+25 points, 24 to 26" */
const withInterval = (row, unit) => {
  const bare = (value) => significant(unit === 'chance' ? 100 * value : value, 2);
  return `${changeIn(row.change, unit)}${hasInterval(row)
    ? `, ${bare(row.low)} to ${bare(row.high)}` : ''}`;
};

/** The end of an interval of the change, no further than a chance can go. */
const endOf = (row, change, unit) => (unit === 'chance'
  ? Math.min(1, Math.max(0, row.base + change)) : row.base + change);

const middleOf = (row, x, y) => (isSure(row)
  ? svg('circle', { class: 'dot', cx: x(row.chance), cy: y, r: 6 })
  : svg('rect', { class: 'dot hollow', x: x(row.chance) - 5.5, y: y - 5.5, width: 11,
    height: 11 }));

const rowOf = (row, i, unit, at, x, width) => {
  const y = at.top + i * at.row;
  const middle = y + at.middle;
  return svg('g', { class: 'bundle-row' }, svg('title', {}, words(row, unit)),
    nameOf(row.label, y, at),
    svg('line', { class: 'leader', x1: x(row.base), x2: x(row.chance), y1: middle, y2: middle }),
    hasInterval(row) ? svg('line', { class: 'whisker thick',
      x1: x(endOf(row, row.low, unit)), x2: x(endOf(row, row.high, unit)), y1: middle,
      y2: middle }) : null,
    svg('line', { class: 'base-tick', x1: x(row.base), x2: x(row.base), y1: middle - 9,
      y2: middle + 9 }),
    middleOf(row, x, middle),
    svg('text', { class: 'value', x: width, y: middle + 4, 'text-anchor': 'end' },
      at.stacked ? changeIn(row.change, unit) : withInterval(row, unit)));
};

const draw = (table, width) => {
  const all = readLabelled(table);
  if (all.length === 0) return null;
  const rows = chosen(all);
  const unit = unitOf(table) || 'chance';
  const at = placesOf(rows.map((row) => row.label), width, { marks: MARKS, top: 26,
    share: 0.5 });
  const values = rows.flatMap((row) => [row.chance, row.base, endOf(row, row.low ?? 0, unit),
    endOf(row, row.high ?? 0, unit)]);
  const x = linear(domainIn(values, unit), [at.left + 16, width - (at.stacked ? 92 : 170)]);
  const foot = at.top + rows.length * at.row + 4;
  const base = rows[0].base;
  const one = rows.every((row) => row.base === base);
  return {
    title: finding(all, unit),
    desc: `${one ? `Base: ${inUnit(base, unit)}. ` : ''}${
      rows.map((row) => words(row, unit)).join('; ')}.`,
    svg: svg('svg', { class: 'plot bundles', viewBox: `0 0 ${width} ${foot + 64}` },
      levelAxis(x, { y: foot, height: foot - 18, format: onAxis(unit), most: at.stacked ? 3 : 5,
        name: at.stacked ? 'disc: beyond chance; square: not'
          : 'line: the base; disc: beyond chance, square: not; bar: 95 %' }),
      one ? svg('line', { class: 'reference', x1: x(base), x2: x(base), y1: 16, y2: foot }) : null,
      one ? svg('text', { class: 'side', x: x(base), y: 11, 'text-anchor': x(base) > width * 0.7
        ? 'end' : x(base) < 70 ? 'start' : 'middle' }, `base: ${inUnit(base, unit)}`) : null,
      ...rows.map((row, i) => rowOf(row, i, unit, at, x, width)),
      moreOf(all.length - rows.length, foot + 56)),
  };
};

charts.register('whatif', draw);
