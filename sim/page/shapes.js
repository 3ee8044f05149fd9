// SPDX-License-Identifier: GPL-3.0-or-later
// A vote's shape, for eyes that do not tell the colours: Y disc, N square, A diamond, X ring.

const circle = (r) => `M${-r} 0A${r} ${r} 0 1 1 ${r} 0A${r} ${r} 0 1 1 ${-r} 0Z`;

const square = (r) => `M${-r} ${-r}H${r}V${r}H${-r}Z`;

const diamond = (r) => `M0 ${-r}L${r} 0L0 ${r}L${-r} 0Z`;

const round = (number) => Math.round(number * 100) / 100;

/** The outline of a vote around 0,0; the areas are near enough alike. */
export function shapePath(letter, r) {
  if (letter === 'N') return square(round(r * 0.88));
  if (letter === 'A') return diamond(round(r * 1.16));
  if (letter === 'X') return circle(round(r * 0.92));
  return circle(round(r));
}

export const ringPath = (r) => circle(round(r));
