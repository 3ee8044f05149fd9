// SPDX-License-Identifier: GPL-3.0-or-later
// A beeswarm: marks of one size by their place on a line, stacked where they would overlap.  A
// mark goes to its own column or, where that stands tall, to the nearest that does not, to either
// side alike, so that a heap does not lean.

const COST_OF_A_COLUMN = 3; // rows that a mark climbs before it steps aside by a column
const MIDDLE = 1e-6; // so near to the middle of a column is in it

/** The lowest place for its distance; of two alike, the one on the side `first` (-1 or 1). */
function bestColumn(heights, ideal, first) {
  let best = ideal;
  let least = heights[ideal];
  for (let away = 1; away * COST_OF_A_COLUMN < least; away += 1) {
    for (const column of [ideal + first * away, ideal - first * away]) {
      const cost = (heights[column] ?? Infinity) + away * COST_OF_A_COLUMN;
      if (cost >= least) continue;
      best = column;
      least = cost;
    }
  }
  return best;
}

const columnOf = (share, columns) =>
  Math.max(0, Math.min(columns - 1, Math.floor(share * columns)));

/** Column by column, who stands in the middle of it first: [{k, own, off: from the middle}]. */
function queues(shares, columns) {
  const out = Array.from({ length: columns }, () => []);
  shares.forEach((share, k) => {
    if (!Number.isFinite(share)) return;
    const own = columnOf(share, columns);
    out[own].push({ k, own, off: share * columns - own - 0.5 });
  });
  out.forEach((queue) => queue.sort((a, b) => Math.abs(a.off) - Math.abs(b.off) || a.k - b.k));
  return out;
}

/** shares: places of 0 to 1, NaN for a mark that has none -> [{column, row} or null]. */
export function swarm(shares, columns) {
  const heights = new Array(columns).fill(0);
  const turn = new Array(columns).fill(-1); // the side for those in the middle, either in turn
  const out = shares.map(() => null);
  const waiting = queues(shares, columns);
  const rounds = Math.max(0, ...waiting.map((queue) => queue.length));
  for (let round = 0; round < rounds; round += 1) { // a row of all, from left or right in turn
    const row = waiting.flatMap((queue) => (queue[round] ? [queue[round]] : []));
    if (round % 2) row.reverse();
    for (const { k, own, off } of row) {
      const side = Math.abs(off) < MIDDLE ? turn[own] : Math.sign(off);
      const column = bestColumn(heights, own, side);
      if (column !== own) turn[own] = -turn[own];
      out[k] = { column, row: heights[column] };
      heights[column] += 1;
    }
  }
  return out;
}

export const tallest = (marks) =>
  marks.reduce((most, mark) => Math.max(most, mark ? mark.row + 1 : 0), 1);
