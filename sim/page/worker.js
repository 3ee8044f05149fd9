// SPDX-License-Identifier: GPL-3.0-or-later
// A worker that draws: it holds a kernel of its own, is told the question once and then sums
// up the draws that it is asked for.  What it answers hangs on their numbers alone, not on
// who draws them.

import { openDrawer } from './drawer.js';

const drawer = openDrawer();

self.onmessage = ({ data }) => {
  const answer = drawer(data);
  if (answer) self.postMessage(answer);
};
