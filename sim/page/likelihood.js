// SPDX-License-Identifier: GPL-3.0-or-later
// A chance in words: the printed scale of likelihood, the same as pln_say_likely and
// pln_say_percent (sim/report/project_say.c).  No chance of a vote to come is 0 % or 100 %.

/** Each word holds from the bound before it up to below its own. */
export const SCALE = [
  { below: 0.05, word: 'most unlikely' },
  { below: 0.2, word: 'very unlikely' },
  { below: 0.4, word: 'unlikely' },
  { below: 0.6, word: 'open' },
  { below: 0.8, word: 'likely' },
  { below: 0.95, word: 'very likely' },
  { below: Infinity, word: 'almost sure' },
];

export const sayLikely = (chance) => SCALE.find((step) => chance < step.below)?.word ?? '?';

export function sayPercent(chance) {
  if (!Number.isFinite(chance)) return '?';
  if (chance < 0.01) return '<1%';
  if (chance > 0.99) return '>99%';
  return `${Math.floor(100 * chance + 0.5)}%`;
}

/** "38 of 100 draws", "fewer than 1 of 100 draws". */
export function sayOfHundred(chance) {
  if (chance < 0.01) return 'fewer than 1 of 100 draws';
  if (chance > 0.99) return 'more than 99 of 100 draws';
  return `${Math.floor(100 * chance + 0.5)} of 100 draws`;
}

/** The printed scale in a line: "most unlikely below 5%, …". */
export function sayScale() {
  const percent = (x) => `${Math.round(100 * x)}%`;
  return SCALE.map((step, k) => k + 1 < SCALE.length
    ? `${step.word} below ${percent(step.below)}`
    : `${step.word} from ${percent(SCALE[k - 1].below)}`).join(', ');
}
