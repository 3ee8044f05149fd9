// SPDX-License-Identifier: GPL-3.0-or-later
// The end of the page's address, kept equal to its state.

// Browsers refuse more than about a hundred changes in half a minute: so many are written at
// once, and further ones only so often.
const AT_ONCE = 30;
const PAUSE = 500; // ms

// A page opened from a file or inside a frame may not be allowed to write its address.
function write(fragment) {
  try {
    history.replaceState(null, '', fragment ? `#${fragment}` : location.pathname + location.search);
  } catch {
    // the link can still be copied by hand from its field
  }
}

/** Returns: a function that takes the fragment; of many soon after one another the last is
 *  written */
export function openAddress() {
  let left = AT_ONCE;
  let next = null;
  let timer = 0;
  function flush() {
    if (next === null || left === 0) return;
    write(next);
    next = null;
    left -= 1;
    if (!timer) timer = setInterval(refill, PAUSE);
  }
  function refill() {
    left += 1;
    flush();
    if (left < AT_ONCE) return;
    clearInterval(timer);
    timer = 0;
  }
  return (fragment) => {
    if (typeof history === 'undefined' || typeof location === 'undefined') return;
    next = fragment;
    flush();
  };
}
