// SPDX-License-Identifier: GPL-3.0-or-later
// The voting board on the Assembly's wall: the states in the alphabetical order of their
// English names, column by column, each with its lamp.
import { attr, el } from './dom.js';
import { keep, mark, outlinesOf } from './marks.js';

const order = new Intl.Collator('en').compare;

function row(state) {
  return el('button', { type: 'button', class: 'board-row', 'data-state': state.code },
    el('span', { class: 'lamp', 'aria-hidden': 'true' }),
    el('span', { class: 'name', 'aria-hidden': 'true', text: state.name }),
    el('span', { class: 'was', 'aria-hidden': 'true' }));
}

function paintRow(lab, node, ballots, i, blocs) {
  const code = ballots.codes[i];
  mark(lab, node, ballots, i);
  attr(node.firstChild, 'data-letter', ballots.letter(i));
  const was = ballots.recorded(code) || '–';
  attr(node.lastChild, 'data-was', ballots.edited.has(code) ? was : null);
  const outlines = outlinesOf(lab, blocs, ballots.seats[i]);
  attr(node, 'data-ring', outlines.length > 0 ? String(outlines[0] % 4) : null);
}

/** Returns: {paint(judged), focus(code), pick(code)} */
export function mount(place, lab) {
  const wall = el('div', { class: 'board', role: 'group',
    'aria-label': 'Voting board: arrows move, Y N A X set a vote, Enter goes on to the next' });
  place.append(wall);

  const make = (ballots) => new Map(ballots.seats.map((index) => lab.data.states[index])
    .sort((a, b) => order(a.name, b.name))
    .map((state) => [state.code, row(state)]));

  return keep(lab, wall, make, (...seat) => paintRow(lab, ...seat));
}
