// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers as the command prints them: rounded by their exact value in binary, and where that
// lies midway, to the even digit, as C's printf does.  (toFixed and Math.round go up there.)

const isOdd = (digit) => '13579'.includes(digit);

/** C's "%.{digits}f" of a finite number. */
export function fixed(value, digits) {
  const there = value.toFixed(digits);
  // Midway between two: an odd number of halves of the last digit, so it ends in binary too.
  if (digits > 90 || !Number.isInteger(value * 2 ** (digits + 1))) return there;
  const whole = value.toFixed(digits + 1);
  if (!whole.endsWith('5')) return there;
  const cut = whole.slice(0, -1).replace(/\.$/, '');
  return isOdd(cut[cut.length - 1]) ? there : cut;
}

/** The number that fixed() prints. */
export const rounded = (value, digits = 0) => Number(fixed(value, digits));

/** So many digits that count, nought at the end left out; a whole number stays whole. */
export function significant(value, digits) {
  if (Number.isInteger(value) || !Number.isFinite(value)) return String(value);
  const power = Number(value.toExponential().split('e')[1]);
  const places = digits - 1 - power;
  return String(places >= 0 && places <= 90 ? rounded(value, places)
    : Number(value.toPrecision(digits)));
}
