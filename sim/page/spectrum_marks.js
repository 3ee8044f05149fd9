// SPDX-License-Identifier: GPL-3.0-or-later
// Who stands where on the spectrum: a mark a seat, from the forecast and the rows.
import { BAND_POINTS, filledPosition } from './question.js';

const sayIn = (position) =>
  (position > 50 + BAND_POINTS ? 'for' : position < 50 - BAND_POINTS ? 'against' : 'between');

/** A mark a seat: {seat, code, name, position, sd (NaN where filled in), row (index or -1),
 *  basis: 'stated'|'heard'|'model'|'record'}; position NaN where it has no place on the scale. */
export function marksOf(data, projection, question, forecast) {
  const scaled = projection.at !== null;
  return question.roster.map((state, seat) => {
    const { code, name } = data.states[state];
    const mark = { seat, code, name, row: forecast.won[seat] };
    if (question.known[seat] !== 255)
      return { ...mark, basis: 'record', position: NaN, sd: NaN };
    const heard = forecast.basis[seat] === 'heard';
    if (mark.row >= 0 && !heard) {
      const position = forecast.position[seat];
      return { ...mark, basis: 'stated', position, sd: forecast.sd[seat] };
    }
    const filled = filledPosition(forecast.below[seat], forecast.above[seat]);
    return { ...mark, row: -1, basis: heard ? 'heard' : 'model', position: scaled ? NaN : filled,
      sd: NaN };
  });
}

export const sayNumber = (number) => String(Math.round(number * 10) / 10);

/** "GRULAC", as the source of a mark's position. */
export function sayMark(mark, rows) {
  if (!Number.isFinite(mark.position)) return `${mark.name} (${mark.code}): no place here`;
  const at = `${mark.name} (${mark.code}): ${sayNumber(mark.position)}`;
  if (mark.basis === 'model') return `${at}, filled in by the model: nothing is stated of it`;
  if (mark.basis === 'heard') return `${at}, by what was heard of it and how it voted before`;
  const row = rows[mark.row];
  const whose = row.kind === 'STATE' ? 'its own' : `as stated of ${row.who}`;
  return `${at}, give or take ${sayNumber(mark.sd)}, ${whose} (${row.status}` +
    `${row.edited ? ', edited here' : ''})`;
}

export const sayRow = (row) => `${row.who}: ${sayNumber(row.position)}, give or take ` +
  `${sayNumber(row.sd)} (${row.status}${row.edited ? ', edited here' : ''})`;

const isNearer = ({ at, status_quo: now }) =>
  (mark) => Math.abs(mark.position - now) > Math.abs(mark.position - at);

/** The finding: how many stand on either side of the band of indifference; or, on an issue's
 *  own scale, how many are nearer to the proposal than to what holds now. */
export function sayAllMarks(marks, projection) {
  const placed = marks.filter((mark) => Number.isFinite(mark.position));
  if (projection.at !== null)
    return `Of ${placed.length} states with a place on the scale ` +
      `${placed.filter(isNearer(projection)).length} are nearer to the proposal than to what ` +
      'holds now';
  const count = { for: 0, against: 0, between: 0 };
  placed.forEach((mark) => { count[sayIn(mark.position)] += 1; });
  return `Of ${placed.length} states ${count.for} lean for it, ${count.against} against, ` +
    `${count.between} are near indifferent`;
}

export const COLUMNS = [
  { key: 'state', heading: 'State' },
  { key: 'name', heading: 'Name' },
  { key: 'position', heading: 'Position', number: true, digits: 1 },
  { key: 'sd', heading: 'Give or take', number: true, digits: 1 },
  { key: 'from', heading: 'Stated of' },
  { key: 'status', heading: 'Status' },
];

const FROM = { heard: 'what was heard', model: 'the model' };

export const tableRows = (marks, rows) => marks
  .filter((mark) => Number.isFinite(mark.position))
  .map((mark) => {
    const row = rows[mark.row];
    return [mark.code, mark.name, mark.position, Number.isFinite(mark.sd) ? mark.sd : null,
      row ? row.who : FROM[mark.basis], row ? row.status : 'inferred'];
  });
