// SPDX-License-Identifier: GPL-3.0-or-later
// The list of keys, in a dialog of the browser's own.
import { clear, el, newId } from './dom.js';

const ON_A_STATE = [
  ['Arrows', 'Move from state to state'],
  ['Y N A X', 'Yes, no, abstaining, not voting, for the chosen state'],
  ['Enter or Space', 'Go on to the next vote: yes, abstaining, no, not voting'],
];

const SHOWN = { Escape: 'Esc', ArrowLeft: '←', ArrowRight: '→' };

const rows = (pairs) => pairs.map(([key, words]) => el('tr', {},
  el('th', { scope: 'row' }, el('kbd', { text: SHOWN[key] || key })), el('td', { text: words })));

/** Returns: a function that opens it */
export function openHelp(place, lab) {
  const title = newId('help');
  const single = newId('keys');
  const body = el('tbody');
  const turn = el('input', { type: 'checkbox', id: single, checked: true,
    on: { change: () => lab.keys.turn(turn.checked) } });
  const dialog = el('dialog', { id: 'help', 'aria-labelledby': title },
    el('h2', { id: title, text: 'Keys' }),
    el('p', { text: 'Click or tap a state to change its vote. Everything is kept in the address: '
      + 'copy the link to bring it back. The record itself never changes.' }),
    el('table', {}, body),
    el('p', {}, turn, ' ', el('label', { for: single, text: 'Single keys are on' })),
    el('form', { method: 'dialog' }, el('button', { text: 'Close', autofocus: '' })));
  place.append(dialog);
  return () => {
    const listed = lab.keys.list().map(({ key, words }) => [key, words]);
    clear(body).append(...rows(ON_A_STATE), ...rows(listed));
    dialog.showModal();
  };
}
