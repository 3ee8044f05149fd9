// SPDX-License-Identifier: GPL-3.0-or-later
// One that draws, in a worker or, where none can be had, in the page itself.

import { openKernelNow } from './kernel.js';

/** Draws that are summed up at once, as in the program: sums have one order. */
export const CHUNK = 1000;

function draw(kernel, { run, seed, first, draws, rule, asks }) {
  let all = null;
  const adopted = [];
  for (let done = 0; done < draws; done += CHUNK) {
    const sums = kernel.sums(seed, first + done, Math.min(CHUNK, draws - done), rule, asks);
    adopted.push(sums.adopted);
    if (!all) {
      all = sums;
      continue;
    }
    sums.count.forEach((many, k) => { all.count[k] += many; });
    sums.margin.forEach((many, k) => { all.margin[k] += many; });
  }
  return { run, first, draws, adopted, count: all.count, margin: all.margin };
}

/** A function that takes messages, in their order: open, ask, draw; the last is answered. */
export function openDrawer() {
  let kernel = null;
  return (message) => {
    if (message.type === 'open') {
      kernel = openKernelNow(message.bytes);
      kernel.electorate(message.electorate);
    } else if (message.type === 'ask') {
      kernel.forecast(message.question);
    } else {
      return draw(kernel, message);
    }
    return null;
  };
}
