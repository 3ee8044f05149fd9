// SPDX-License-Identifier: GPL-3.0-or-later
// How a number (yes votes, votes to spare) is spread over the draws: counts by value from a
// least value on.  Quantiles as the command takes them (spread_of in outcome_draws.c).

export const spreadOf = (count, least = 0) => ({ count, least });

const total = ({ count }) => count.reduce((sum, k) => sum + k, 0);

/** The least value with at least the share `level` of the draws at or below it. */
export function quantiles(spread, levels) {
  const { count, least } = spread;
  const all = total(spread);
  if (!(all > 0)) return levels.map(() => NaN);
  let below = 0;
  let value = -1;
  return levels.map((level) => {
    while (value < 0 || (below < level * all * (1 - 1e-12) && value < count.length - 1)) {
      value += 1;
      below += count[value];
    }
    return least + value;
  });
}

export function mean(spread) {
  const { count, least } = spread;
  let sum = 0;
  for (let k = 0; k < count.length; k += 1) sum += count[k] * (least + k);
  return sum / total(spread);
}

/** How many draws lie in each bin from `from` on, `step` values wide, `bins` of them; what
 *  lies outside counts in the first or the last. */
export function binned({ count, least }, from, step, bins) {
  const out = new Float64Array(bins);
  for (let k = 0; k < count.length; k += 1) {
    const bin = Math.floor((least + k - from) / step);
    out[Math.min(bins - 1, Math.max(0, bin))] += count[k];
  }
  return out;
}

/** "12 short", "just enough", "7 to spare". */
export function sayMargin(margin) {
  if (margin === 0) return 'just enough';
  return margin < 0 ? `${-margin} short` : `${margin} to spare`;
}
