// SPDX-License-Identifier: GPL-3.0-or-later
// When the draws are made: all of them once things are still; the first ones only, and one run
// at a time, while something is dragged.
import { resultOf } from './projection_result.js';

export const FIRST_DRAWS = 10000;

/** ask() -> {question, options} of draws.run, but for how many, and needed(votes); each answer
 *  is told as tell(result, asked). */
export function openRuns(draws, ask, tell) {
  let busy = false;    // a run while dragging has not answered yet
  let waiting = false; // and another is wanted after it

  function run(most) {
    const asked = ask();
    busy = true;
    draws.run(asked.question, { ...asked.options, draws: most }, (part) => {
      busy = false;
      tell(resultOf(part, asked.needed), asked);
      if (waiting) run(FIRST_DRAWS);
      waiting = false;
    });
  }

  return {
    all(most) {
      waiting = false;
      run(most);
    },
    first() {
      if (busy) waiting = true;
      else run(FIRST_DRAWS);
    },
    stop() {
      busy = false;
      waiting = false;
      draws.cancel();
    },
  };
}
