// SPDX-License-Identifier: GPL-3.0-or-later
// The world as tiles: one of the same size for each state, near where it lies; no borders.
import { attr, el } from './dom.js';
import { keep, mark, outlinesOf } from './marks.js';
import { placesOf } from './tile_places.js';

function tile(code, [column, row]) {
  const node = el('button', { type: 'button', class: 'tile', 'data-state': code },
    el('span', { class: 'face', 'aria-hidden': 'true' },
      el('span', { class: 'letter' }), el('span', { class: 'code', text: code })),
    el('span', { class: 'dot', 'aria-hidden': 'true' }));
  node.style.gridColumn = String(column);
  node.style.gridRow = String(row);
  return node;
}

function paintTile(lab, node, ballots, i, blocs) {
  if (mark(lab, node, ballots, i)) {
    attr(node.firstChild.firstChild, 'data-letter', ballots.letter(i));
  }
  const outlines = outlinesOf(lab, blocs, ballots.seats[i]);
  attr(node, 'data-outline', outlines.length > 0 ? outlines.join(' ') : null);
  attr(node, 'data-ring', outlines.length > 0 ? String(outlines[0] % 4) : null);
}

/** Returns: {paint(judged), focus(code), pick(code)} */
export function mount(place, lab) {
  const grid = el('div', { class: 'tiles', role: 'group',
    'aria-label': 'Map of tiles: arrows move, Y N A X set a vote, Enter goes on to the next' });
  const frame = el('div', { class: 'tiles-scroll' }, grid);
  place.append(frame);

  function make(ballots) {
    const { at, columns } = placesOf(lab.data, ballots);
    grid.style.setProperty('--columns', String(columns));
    return new Map(ballots.codes.map((code) => [code, tile(code, at.get(code))]));
  }

  const view = keep(lab, grid, make, (...seat) => paintTile(lab, ...seat));
  let middle = false;

  // On a phone the map is wider than its place: begin in its middle.
  function paint(judged) {
    view.paint(judged);
    if (!middle) frame.scrollLeft = (frame.scrollWidth - frame.clientWidth) / 2;
    middle = true;
  }

  return { ...view, paint };
}
