// SPDX-License-Identifier: GPL-3.0-or-later
// Chance for the tests of the page: from a seed, the same each time.

export function chance(seed) {
  let x = seed >>> 0;
  const next = () => {
    x = (x + 0x6d2b79f5) >>> 0;
    let z = Math.imul(x ^ (x >>> 15), 1 | x);
    z ^= z + Math.imul(z ^ (z >>> 7), 61 | z);
    return (z ^ (z >>> 14)) >>> 0;
  };
  const below = (n) => next() % n;
  const pick = (list) => list[below(list.length)];
  const some = (list, n) => {
    const left = [...list];
    return Array.from({ length: n }, () => left.splice(below(left.length), 1)[0]);
  };
  return { below, pick, some };
}
