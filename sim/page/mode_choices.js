// SPDX-License-Identifier: GPL-3.0-or-later
// The three modes for those who do not use keys: replay, compare, projector; and where the focus
// goes when one is left: to what it was opened from.
import { attr, el } from './dom.js';

const MODES = [['replay', 'Replay', 'S'], ['compare', 'Compare', 'C'],
  ['projector', 'Projector', 'P']];

const isSeen = (node) => node.isConnected && node.getClientRects().length > 0;

/** Once a mode is closed, and what was in focus is gone with it, its opener has the focus again;
 *  where that is gone too, the mode's own button. */
function keepFocus(store, buttonOf) {
  let opener = null;
  store.subscribe((state, before) => {
    if (!before.mode && state.mode) opener = document.activeElement;
    if (!before.mode || state.mode) return;
    queueMicrotask(() => { // the others draw first
      const here = document.activeElement;
      if (here && here !== document.body && isSeen(here)) return;
      const there = opener && opener !== document.body && isSeen(opener);
      (there ? opener : buttonOf(before.mode)).focus({ preventScroll: !there });
    });
  });
}

/** The buttons stand beside the question, as that is where a replay or a talk begins. */
export function mount(place, lab) {
  const { store } = lab;
  const toggle = (mode, name) => {
    const now = store.state.mode === mode ? '' : mode;
    store.set({ mode: now }, { undo: false, label: now ? name : `${name} closed` });
  };
  const buttons = MODES.map(([mode, name, key]) => el('button', { type: 'button',
    class: 'small', title: `Key ${key}`, text: name, 'data-mode-choice': mode,
    on: { click: () => toggle(mode, name) } }));
  const group = el('div', { class: 'mode-choices', role: 'group', 'aria-label': 'Modes' }, buttons);
  (document.getElementById('question') || place).prepend(group);
  const draw = (state) => buttons.forEach((button) =>
    attr(button, 'aria-pressed', String(button.dataset.modeChoice === state.mode)));
  draw(store.state);
  store.subscribe(draw);
  keepFocus(store, (mode) => buttons.find((button) => button.dataset.modeChoice === mode));
}
