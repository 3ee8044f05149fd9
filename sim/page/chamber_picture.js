// SPDX-License-Identifier: GPL-3.0-or-later
// The chamber as a picture that is only looked at: a seat a state, and a ring around those of
// whom the sentence speaks.
import { svg } from './dom.js';
import { arranged, chamber } from './hemicycle.js';
import { ringPath, shapePath } from './shapes.js';

const share = (letter) => (letter === '?' ? 'share share-Q' : `share share-${letter}`);

const seat = (letter, spot, r, isNamed) => svg('g', {
  transform: `translate(${spot.x.toFixed(1)} ${spot.y.toFixed(1)})` },
svg('path', { class: share(letter), d: shapePath(letter, r) }),
svg('text', { class: `seat-letter on-${letter === '?' ? 'Q' : letter}`, 'text-anchor': 'middle',
  dy: '.36em', 'font-size': (r * 1.15).toFixed(1) }, letter),
isNamed ? svg('path', { class: 'named-ring', d: ringPath(r * 1.3) }) : null);

/** ballots of seating.js; named: a Set of the codes that get a ring. */
export const chamberPicture = (data, ballots, named) => {
  const seats = ballots.codes.map((code, i) => ({ code, letter: ballots.letter(i),
    group: data.states[ballots.seats[i]].group || '', position: null }));
  const order = arranged(seats);
  const { spots, radius, width, height } = chamber(seats.length);
  return svg('svg', { class: 'plot chamber-picture', viewBox: `0 0 ${width} ${height}` },
    ...order.map((i, k) => seat(seats[i].letter, spots[k], radius, named.has(seats[i].code))));
};
