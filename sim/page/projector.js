// SPDX-License-Identifier: GPL-3.0-or-later
// Projector mode: the question, the bar and the seats, large, and nothing else.  The parts stay
// where they are; modes.css shows those three alone.
import { attr, el } from './dom.js';
import { fullScreenButton, leaveFullScreen } from './full_screen.js';

export function mount(place, lab) {
  const { store } = lab;
  const close = el('button', { type: 'button', class: 'small', text: 'Leave (P)',
    on: { click: () => store.set({ mode: '' }, { undo: false, label: 'Projector mode left' }) } });
  const bar = el('div', { id: 'projector', class: 'mode-buttons projector-buttons' },
    fullScreenButton(), close);
  place.append(bar);
  const draw = (state, before) => {
    place.hidden = state.mode !== 'projector';
    attr(document.documentElement, 'data-mode', state.mode || null);
    if (before.mode && !state.mode) leaveFullScreen();
    if (state.mode !== 'projector' || before.mode === 'projector') return;
    window.scrollTo(0, 0);
    close.focus({ preventScroll: true });
  };
  draw(store.state, store.state);
  store.subscribe(draw);
}
