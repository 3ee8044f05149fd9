// SPDX-License-Identifier: GPL-3.0-or-later
// Where a state's tile lies: near where the state does, one place a state.
const WIDTH = 29; // columns of the grid where the states do not say more

/** Columns and rows from 1, by code: {at: Map, columns}.  Who has no place on the map stands
 *  under it, in a row of their own. */
export function placesOf(data, ballots) {
  const known = ballots.seats.map((index) => data.states[index]);
  const placed = (state) => state.column >= 0 && state.row >= 0;
  const lost = known.filter((state) => !placed(state));
  const found = known.filter(placed);
  const columns = Math.max(WIDTH, ...found.map((state) => state.column + 1));
  const rows = Math.max(0, ...found.map((state) => state.row + 2));
  const at = new Map(found.map((state) => [state.code, [state.column + 1, state.row + 1]]));
  lost.forEach((state, k) => at.set(state.code,
    [1 + (k % columns), rows + 1 + Math.floor(k / columns)]));
  return { at, columns };
}
