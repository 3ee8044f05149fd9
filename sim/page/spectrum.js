// SPDX-License-Identifier: GPL-3.0-or-later
// The spectrum of positions: who stands where, from firm opposition to firm support.  A state
// or a bloc is dragged to where it is thought to stand, or moved there by arrow keys.
import { frame } from './chart.js';
import { attr, el, svg, text } from './dom.js';
import { openGrip } from './grip.js';
import { USUAL_SD, listed, roundPosition } from './question.js';
import { groundOf, laneNode, paintError, paintLane, paintState, placeOf, planOf, positionAt,
  setValue, stateNode } from './spectrum_drawing.js';
import { COLUMNS, marksOf, sayAllMarks, sayMark, sayRow, tableRows } from './spectrum_marks.js';

const NEAR = 22; // px: how far off a mark a finger may be

const HELP = 'Drag a state, or the diamond of a bloc. By keys: up and down go from state to ' +
  'state, left and right move it by 1, with Shift by 5.';
const LEGEND = 'A full disc: stated of it or of its bloc. A ring: filled in by the model. ' +
  'Shaded: the band of indifference, in which abstaining is likeliest. Bars: how unsure a row ' +
  'is. Marks that would cover one another stand side by side.';
const LEGEND_SCALE = 'A disc: stated. Of whom nothing is stated the model knows no place on this ' +
  'scale.';

const isPlaced = (mark) => Number.isFinite(mark.position);

function openLayers() {
  const layers = {
    ground: svg('g', { class: 'ground' }), lanes: svg('g', { class: 'lanes' }),
    error: svg('line', { class: 'error', visibility: 'hidden' }),
    states: svg('g', { class: 'states' }), said: el('p', { class: 'spectrum-said note' }),
  };
  layers.drawing = svg('svg', { class: 'plot spectrum' },
    layers.ground, layers.lanes, layers.error, layers.states);
  return layers;
}

function keepNodes(place, many, make) {
  while (place.children.length > many) place.lastChild.remove();
  while (place.children.length < many) place.append(make());
}

// A target is what can be held: {node, mark} a state, or {node, row} a lane.

function targetAt(layers, now, node) {
  if (!now || !layers.drawing.contains(node)) return null;
  const lane = node.closest('.lane');
  if (lane) return { node: lane, row: now.lanes[[...layers.lanes.children].indexOf(lane)] };
  const state = node.closest('.state');
  return state && { node: state, mark: now.marks[[...layers.states.children].indexOf(state)] };
}

function nearest(layers, now, x, y) {
  let best = null;
  let least = NEAR;
  now.marks.forEach((mark, seat) => {
    const at = placeOf(now.plan, seat);
    const away = at ? Math.hypot(at.x - x, at.y - y) : Infinity;
    if (!(away < least)) return;
    least = away;
    best = { node: layers.states.children[seat], mark };
  });
  return best;
}

/** A state without a row of its own gets one, as unsure as a row that does not say. */
function editOf(target, now) {
  const row = target.row ?? now.rows[target.mark.row];
  if (target.row) return { who: row.who, position: row.position, sd: row.sd };
  return { who: target.mark.code, position: roundPosition(target.mark.position),
    sd: row?.kind === 'STATE' ? row.sd : USUAL_SD };
}

/** While a bloc is dragged the states that its row holds for go with it. */
function moveLane(layers, now, { node, row }, edit) {
  const moved = { ...row, position: edit.position, edited: true };
  const by = now.plan.scale(edit.position) - now.plan.scale(row.position);
  const at = now.rows.indexOf(row);
  paintLane(node, moved, now.lanes.indexOf(row), now.plan);
  now.marks.forEach((mark, seat) => mark.row === at &&
    attr(layers.states.children[seat], 'transform', `translate(${by} 0)`));
  text(layers.said, sayRow(moved));
}

function moveState(layers, now, { node, mark }, edit) {
  const words = `${mark.name}: ${edit.position}, give or take ${edit.sd}`;
  attr(node.lastChild, 'cx', now.plan.scale(edit.position));
  setValue(node, mark.name, edit.position, words);
  text(layers.said, words);
  paintError(layers.error, { ...mark, ...edit }, now.plan);
}

function tell(layers, now, target) {
  text(layers.said, !target ? HELP : target.row ? sayRow(target.row)
    : sayMark(target.mark, now.rows));
  paintError(layers.error, target?.mark, now.plan);
}

/** Of all states one is reached by Tab, the others from it: rove(seat), step(mark, by). */
function openRoving(states, marks) {
  let seat = -1;
  const rove = (next) => {
    attr(states.children[seat], 'tabindex', -1);
    seat = next;
    attr(states.children[seat], 'tabindex', 0);
  };
  return {
    rove,
    keep() {
      if (seat < 0 || !marks()[seat] || !isPlaced(marks()[seat]))
        seat = marks().findIndex(isPlaced);
      [...states.children].forEach((node, k) => attr(node, 'tabindex', k === seat ? 0 : -1));
    },
    step(mark, by) {
      const order = marks().filter(isPlaced)
        .sort((a, b) => a.position - b.position || a.seat - b.seat);
      const k = order.findIndex((it) => it.seat === mark.seat) + by;
      rove(order[Math.min(order.length - 1, Math.max(0, k))].seat);
      states.children[seat].focus();
    },
  };
}

function options(layers, { marks, rows, projection }) {
  const scaled = projection.at !== null;
  return {
    id: 'chart-spectrum',
    title: sayAllMarks(marks, projection),
    desc: `Positions of ${marks.length} states from 0 to 100` +
      `${scaled ? ' on the issue\u2019s scale' : ', firm opposition to firm support'}. ` +
      'Every state and its position is in the table; the same positions are set in the list below.',
    note: scaled ? LEGEND_SCALE : LEGEND,
    interactive: true,
    columns: COLUMNS,
    rows: () => tableRows(marks, rows),
    svg: layers.drawing,
  };
}

/** openSpectrum(place, {data, onDrag(edit), onDrop(edit), onCancel()}); an edit is {who,
 *  position, sd}.  update({index, question, forecast, rows, width}) draws all anew; while
 *  something is dragged only that moves. */
export function openSpectrum(place, { data, onDrag, onDrop, onCancel }) {
  const layers = openLayers();
  let chart = null;
  let now = null; // what is drawn: {projection, rows, marks, lanes, plan}
  const roving = openRoving(layers.states, () => now.marks);

  openGrip(layers.drawing, {
    targetOf: (node, x, y) => targetAt(layers, now, node) ?? nearest(layers, now, x, y),
    editOf: (target) => editOf(target, now),
    positionAt: (x) => positionAt(now.plan, x),
    scale: () => now.plan.width / layers.drawing.getBoundingClientRect().width,
    onHover: (target) => tell(layers, now, target),
    onFocus(target) {
      if (target.mark) roving.rove(target.mark.seat);
      tell(layers, now, target);
    },
    onStep: (target, by) => target.mark && roving.step(target.mark, by),
    onMove(target, edit) {
      (target.row ? moveLane : moveState)(layers, now, target, edit);
      onDrag(edit);
    },
    onDrop,
    onCancel,
  });

  function paint() {
    const { marks, lanes, plan, rows, projection } = now;
    keepNodes(layers.states, marks.length, stateNode);
    keepNodes(layers.lanes, lanes.length, laneNode);
    attr(layers.drawing, 'viewBox', `0 0 ${plan.width} ${plan.height}`);
    layers.ground.replaceChildren(...groundOf(plan, projection));
    lanes.forEach((row, k) => paintLane(layers.lanes.children[k], row, k, plan));
    marks.forEach((mark, k) => paintState(layers.states.children[k], mark, plan, rows));
    roving.keep();
    tell(layers, now, targetAt(layers, now, document.activeElement));
  }

  function show() {
    if (chart) {
      chart.update(options(layers, now));
      return;
    }
    chart = frame(place, options(layers, now));
    chart.figure.querySelector('.drawing').after(layers.said);
  }

  return {
    update({ index, question, forecast, rows, width }) {
      const { projection } = data.proposals[index];
      const marks = marksOf(data, projection, question, forecast);
      const lanes = listed(data, index, rows).map((k) => rows[k])
        .filter((row) => row.kind !== 'STATE');
      now = { projection, rows, marks, lanes, plan: planOf(marks, lanes, width) };
      paint();
      show();
    },
  };
}
