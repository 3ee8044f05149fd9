// SPDX-License-Identifier: GPL-3.0-or-later
// How the spectrum is drawn: the ground with its axis, a mark a state above it, a lane for each
// row that speaks of several below it.  Elements are kept and their attributes changed.
import { levelAxis, linear } from './axis.js';
import { attr, svg, text } from './dom.js';
import { BAND_POINTS } from './question.js';
import { sayMark, sayNumber, sayRow } from './spectrum_marks.js';
import { swarm, tallest } from './swarm.js';

const SIDE = 12;
const LANE = 30;
const AXIS = 44;
const TOP = 24;
const NARROW = 420; // px

const share = (position) => Math.min(1, Math.max(0, position / 100));

/** Where all lies for this width: the scale, the places of the marks, the lanes. */
export function planOf(marks, lanes, width) {
  const pitch = width < NARROW ? 8 : 10;
  const columns = Math.floor((width - 2 * SIDE) / pitch);
  const places = swarm(marks.map((mark) => share(mark.position)), columns);
  const axisY = TOP + Math.max(6, tallest(places)) * pitch + 6;
  return { width, pitch, columns, places, axisY, scale: linear([0, 100], [SIDE, width - SIDE]),
    height: axisY + AXIS + lanes.length * LANE + 6 };
}

/** The centre of a seat's mark, or null where it has none. */
export function placeOf(plan, seat) {
  const at = plan.places[seat];
  return at && {
    x: SIDE + (at.column + 0.5) * ((plan.width - 2 * SIDE) / plan.columns),
    y: plan.axisY - 5 - (at.row + 0.5) * plan.pitch,
  };
}

/** The position at x, rounded but not limited to the scale. */
export const positionAt = (plan, x) => Math.round((100 * (x - SIDE)) / (plan.width - 2 * SIDE));

const end = (x, anchor, words) =>
  svg('text', { class: 'end', x, y: 12, 'text-anchor': anchor }, words);

function indifferent(plan) {
  const [from, to] = [plan.scale(50 - BAND_POINTS), plan.scale(50 + BAND_POINTS)];
  return svg('rect', { class: 'indifference', x: from, y: 18, width: to - from,
    height: plan.height - 18 });
}

function ends(plan) {
  const short = plan.width < NARROW;
  return [
    end(0, 'start', short ? '0 opposed' : '0 firm opposition'),
    end(plan.width / 2, 'middle', 'indifferent'),
    end(plan.width, 'end', short ? 'support 100' : 'firm support 100'),
  ];
}

function landmark(plan, position, words) {
  const x = plan.scale(position);
  return svg('g', { class: 'on-scale' },
    svg('line', { x1: x, x2: x, y1: 18, y2: plan.height }),
    end(x, position > 60 ? 'end' : 'start', words));
}

/** What lies under the marks: shade or landmarks, words at the ends, the axis. */
export function groundOf(plan, projection) {
  const scaled = projection.at !== null;
  return [
    ...(scaled
      ? [landmark(plan, projection.status_quo, 'what holds now'),
        landmark(plan, projection.at, 'the proposal')]
      : [indifferent(plan), ...ends(plan)]),
    levelAxis(plan.scale, { y: plan.axisY, height: 0, most: 4,
      name: scaled ? 'place on the issue\u2019s scale' : 'position' }),
  ];
}

const slider = (attrs, ...parts) => svg('g', { role: 'slider', 'aria-valuemin': 0,
  'aria-valuemax': 100, ...attrs }, ...parts);

export const stateNode = () => slider({ class: 'state', tabindex: -1 }, svg('circle', {}));

export const laneNode = () => slider({ class: 'lane', tabindex: 0 },
  svg('rect', { class: 'unsure', height: 12, y: -6 }),
  svg('rect', { class: 'hit', width: 28, height: LANE, y: -LANE / 2, x: -14 }),
  svg('path', { class: 'diamond', d: 'M0-8L8 0L0 8L-8 0Z' }),
  svg('text', { y: 4 }));

export function setValue(node, name, position, words) {
  attr(node, 'aria-label', name);
  attr(node, 'aria-valuenow', Math.round(position));
  attr(node, 'aria-valuetext', words);
}

export function paintState(node, mark, plan, rows) {
  const place = placeOf(plan, mark.seat);
  node.classList.toggle('filled-in', mark.basis === 'model');
  node.classList.toggle('edited', Boolean(rows[mark.row]?.edited));
  attr(node, 'data-code', mark.code);
  attr(node, 'transform', null);
  attr(node, 'visibility', place ? null : 'hidden');
  setValue(node, mark.name, place ? mark.position : 50, sayMark(mark, rows));
  if (!place) return;
  attr(node.lastChild, 'cx', place.x.toFixed(1));
  attr(node.lastChild, 'cy', place.y.toFixed(1));
  attr(node.lastChild, 'r', (plan.pitch * 0.42).toFixed(1));
}

export function paintLane(node, row, k, plan) {
  const [band, hit, diamond, label] = node.children;
  const x = plan.scale(row.position);
  const from = plan.scale(Math.max(0, row.position - row.sd));
  const to = plan.scale(Math.min(100, row.position + row.sd));
  const after = x < plan.width / 2;
  node.classList.toggle('edited', row.edited);
  attr(node, 'transform', `translate(0 ${plan.axisY + AXIS + (k + 0.5) * LANE})`);
  attr(band, 'x', from);
  attr(band, 'width', to - from);
  [hit, diamond].forEach((part) => attr(part, 'transform', `translate(${x} 0)`));
  attr(label, 'x', after ? x + 14 : x - 14);
  attr(label, 'text-anchor', after ? 'start' : 'end');
  text(label, `${row.who} ${sayNumber(row.position)} ± ${sayNumber(row.sd)}`);
  setValue(node, row.who, row.position, sayRow(row));
}

/** What a state's position may be off by, as a line through its mark. */
export function paintError(line, mark, plan) {
  const at = mark ? placeOf(plan, mark.seat) : null;
  const shown = at && Number.isFinite(mark.sd);
  attr(line, 'visibility', shown ? null : 'hidden');
  if (!shown) return;
  attr(line, 'x1', plan.scale(Math.max(0, mark.position - mark.sd)));
  attr(line, 'x2', plan.scale(Math.min(100, mark.position + mark.sd)));
  attr(line, 'y1', at.y);
  attr(line, 'y2', at.y);
}
