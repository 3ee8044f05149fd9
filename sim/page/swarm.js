// SPDX-License-Identifier: GPL-3.0-or-later
// A beeswarm: marks of one size by their place on a line, stacked where they would overlap.  A
// mark goes to its own column or, where that stands tall, to one beside it.

const COST_OF_A_COLUMN = 3; // rows that a mark climbs before it steps aside by a column

function bestColumn(heights, ideal) {
  let best = ideal;
  let least = heights[ideal];
  for (let away = 1; away * COST_OF_A_COLUMN < least; away += 1) {
    for (const column of [ideal - away, ideal + away]) {
      const cost = (heights[column] ?? Infinity) + away * COST_OF_A_COLUMN;
      if (cost >= least) continue;
      best = column;
      least = cost;
    }
  }
  return best;
}

/** shares: places of 0 to 1, NaN for a mark that has none -> [{column, row} or null]. */
export function swarm(shares, columns) {
  const heights = new Array(columns).fill(0);
  const out = shares.map(() => null);
  const order = [...out.keys()].filter((k) => Number.isFinite(shares[k]));
  order.sort((a, b) => shares[a] - shares[b] || a - b);
  for (const k of order) {
    const ideal = Math.min(columns - 1, Math.floor(shares[k] * columns));
    const column = bestColumn(heights, ideal);
    out[k] = { column, row: heights[column] };
    heights[column] += 1;
  }
  return out;
}

export const tallest = (marks) =>
  marks.reduce((most, mark) => Math.max(most, mark ? mark.row + 1 : 0), 1);
