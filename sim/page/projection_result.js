// SPDX-License-Identifier: GPL-3.0-or-later
// What the draws answered, as the charts take it.
import { mean, quantiles, spreadOf } from './spread.js';

const LEVELS = [0.05, 0.25, 0.5, 0.75, 0.95];

/** The tally to be expected, as ballots: the mean of each answer, rounded. */
function expectedVotes(part) {
  const kinds = [part.yes, part.no, part.abstain, part.absent];
  return Uint8Array.from(kinds.flatMap((count, kind) =>
    new Array(Math.floor(mean(spreadOf(count)) + 0.5)).fill(kind)));
}

/** part: of draws.js; needed(votes): the least yes that the rule takes.
 *  Returns: {done, of, share, error, yes: five quantiles, margin: spread, needed}; the error is
 *  the standard error of the share, as far as chance in drawing goes. */
export function resultOf(part, needed) {
  const share = part.adopted / part.done;
  return {
    done: part.done,
    of: part.of,
    share,
    error: Math.sqrt(Math.max(share * (1 - share), 0) / part.done),
    yes: quantiles(spreadOf(part.yes), LEVELS),
    margin: spreadOf(part.margin.count, part.margin.from),
    needed: needed(expectedVotes(part)),
  };
}
