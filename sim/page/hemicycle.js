// SPDX-License-Identifier: GPL-3.0-or-later
// Where the seats of a chamber stand, and who sits where.  Pure.

const INNER = 0.36; // of the outer radius: room in the middle, rows that are not too flat

const radii = (rows) => Array.from({ length: rows }, (_, k) => INNER + ((1 - INNER) / rows)
  * (k + 0.5));

const capacity = (rows) => radii(rows).reduce((sum, r) => sum + Math.PI * r, 0)
  / ((1 - INNER) / rows);

function rowsFor(n) {
  let rows = 1;
  while (rows < 40 && capacity(rows) < n * 0.97) rows += 1;
  return rows;
}

/** Shares n seats among rows in proportion to their length, the largest remainders first. */
export function share(n, lengths) {
  const all = lengths.reduce((sum, length) => sum + length, 0);
  const exact = lengths.map((length) => (n * length) / all);
  const seats = exact.map(Math.floor);
  const order = exact.map((x, k) => [x - seats[k], k]).sort((a, b) => b[0] - a[0] || b[1] - a[1]);
  const left = n - seats.reduce((sum, k) => sum + k, 0);
  for (let i = 0; i < left; i++) seats[order[i][1]] += 1;
  return seats;
}

/** n places on concentric half rings, from the left to the right.
 *  Returns: {spots: [{x, y}] in units of the width 1000, radius: a seat's, width, height} */
export function chamber(n) {
  const rows = rowsFor(n);
  const lengths = radii(rows);
  const step = (1 - INNER) / rows;
  const spots = [];
  share(n, lengths).forEach((seats, k) => {
    for (let i = 0; i < seats; i++) {
      const turn = seats === 1 ? 0.5 : i / (seats - 1);
      spots.push({ turn, r: lengths[k] });
    }
  });
  spots.sort((a, b) => a.turn - b.turn || b.r - a.r);
  const most = lengths[rows - 1] + step * 0.5;
  const scale = 496 / most; // the outermost seats reach the edge
  const bottom = 4 + 496;
  return {
    radius: Math.min(40, step * scale * 0.42),
    width: 1000,
    height: bottom + step * scale * 0.5 + 4,
    spots: spots.map(({ turn, r }) => ({
      x: 500 - Math.cos(Math.PI * turn) * r * scale,
      y: bottom - Math.sin(Math.PI * turn) * r * scale,
    })),
  };
}

// Those for on the left, those against on the right, who keeps out of it between them.
const PLACE = { Y: 0, A: 1, '?': 2, X: 3, N: 4 };

/** The order of seats from left to right.
 *  @seats: [{code, letter, group, position (or null)}]
 *  Returns: indices of @seats */
export function arranged(seats) {
  const order = seats.map((_, i) => i);
  const at = (seat) => (seat.position === null || seat.position === undefined
    ? 50 : seat.position);
  return order.sort((i, j) => {
    const a = seats[i];
    const b = seats[j];
    return PLACE[a.letter] - PLACE[b.letter] || at(b) - at(a)
      || (a.group < b.group ? -1 : a.group > b.group ? 1 : 0) || (a.code < b.code ? -1 : 1);
  });
}
