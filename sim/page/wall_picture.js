// SPDX-License-Identifier: GPL-3.0-or-later
// The map of tiles and the voting board as pictures to take away; the views of the page itself
// are buttons, which no file can hold.
import { svg } from './dom.js';
import { shapePath } from './shapes.js';
import { placesOf } from './tile_places.js';

const TILE = 34;
const ROW = 22;
const COLUMN = 230;
const COLUMNS = 5;

const kind = (letter) => (letter === '?' ? 'Q' : letter);

const lamp = (letter, x, y, r) => svg('g', { transform: `translate(${x} ${y})` },
  svg('path', { class: `share share-${kind(letter)}`, d: shapePath(letter, r) }),
  svg('text', { class: `seat-letter on-${kind(letter)}`, 'text-anchor': 'middle', dy: '.36em',
    'font-size': r * 1.15 }, letter));

const words = (text, x, y, size, anchor) => svg('text', { class: 'plot-words', x, y,
  'font-size': size, 'text-anchor': anchor }, text);

/** ballots of seating.js; a tile a state, its code under its vote. */
export function tilesPicture(data, ballots) {
  const { at, columns } = placesOf(data, ballots);
  const rows = Math.max(...[...at.values()].map(([, row]) => row));
  return svg('svg', { class: 'plot', viewBox: `0 0 ${columns * TILE} ${rows * TILE}` },
    ...ballots.codes.flatMap((code, i) => {
      const [column, row] = at.get(code);
      const [x, y] = [(column - 0.5) * TILE, (row - 0.5) * TILE];
      return [lamp(ballots.letter(i), x, y - 4, 10), words(code, x, y + 14, 9, 'middle')];
    }));
}

/** The same by columns in the order given: [[name, letter]]. */
export function boardPicture(lines) {
  const deep = Math.ceil(lines.length / COLUMNS);
  return svg('svg', { class: 'plot', viewBox: `0 0 ${COLUMNS * COLUMN} ${deep * ROW}` },
    ...lines.flatMap(([name, letter], k) => {
      const [x, y] = [Math.floor(k / deep) * COLUMN, (k % deep) * ROW + ROW / 2];
      const short = name.length > 30 ? `${name.slice(0, 29)}…` : name;
      return [lamp(letter, x + 10, y, 8), words(short, x + 26, y + 4, 12, 'start')];
    }));
}
