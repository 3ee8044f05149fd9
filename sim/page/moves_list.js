// SPDX-License-Identifier: GPL-3.0-or-later
// What must still move: the ways to turn the outcome, the fewest states first.
import { clear, el, text } from './dom.js';
import { noneYet } from './verdict.js';

const MOST = 8;

/** Returns: {paint(judged)} */
export function mount(place) {
  const title = el('h3', { id: 'moves-title' });
  const list = el('ul', { id: 'moves', 'aria-labelledby': 'moves-title' });
  const none = el('p', { class: 'note' });
  place.append(title, list, none);
  let painted = '';
  return {
    paint(judged) {
      const { ways, counted } = judged;
      const adopted = counted && counted.outcome === 'adopted';
      text(title, adopted ? 'What would still block it' : 'What must still move to pass it');
      text(none, counted && ways.length === 0
        ? 'No number of states that change alike is enough.' : '');
      place.hidden = noneYet(judged) || !counted;
      const now = JSON.stringify(ways);
      if (now === painted) return;
      painted = now;
      clear(list).append(...ways.slice(0, MOST).map(({ n, from, to, words }) =>
        el('li', { 'data-from': from, 'data-to': to, 'data-states': n, text: words })));
    },
  };
}
