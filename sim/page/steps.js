// SPDX-License-Identifier: GPL-3.0-or-later
// Where an arrow key leads from one of many points in the plane.  Pure.

const AHEAD = {
  ArrowLeft: ([dx, dy]) => [-dx, dy],
  ArrowRight: ([dx, dy]) => [dx, dy],
  ArrowUp: ([dx, dy]) => [-dy, dx],
  ArrowDown: ([dx, dy]) => [dy, dx],
};

export const isStep = (key) => key in AHEAD || key === 'Home' || key === 'End';

/** The nearest point ahead, with what lies aside counted double.
 *  @points: [[x, y]]
 *  Returns: the index; `from` where nothing lies ahead */
export function stepFrom(points, from, key) {
  if (key === 'Home') return 0;
  if (key === 'End') return points.length - 1;
  let best = from;
  let least = Infinity;
  points.forEach(([x, y], i) => {
    const [ahead, aside] = AHEAD[key]([x - points[from][0], y - points[from][1]]);
    const cost = ahead + 2 * Math.abs(aside);
    if (ahead > 0.5 && Math.abs(aside) <= 1.5 * ahead && cost < least) {
      least = cost;
      best = i;
    }
  });
  return best;
}
