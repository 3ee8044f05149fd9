// SPDX-License-Identifier: GPL-3.0-or-later
// The keys of the page, and the list of them that help shows.  A single letter does nothing
// while something is typed, and all of them can be turned off.

const TYPED = 'input, select, textarea, [contenteditable], dialog';

const command = (event) => event.ctrlKey || event.metaKey;

function nameOf(event) {
  const letter = event.key.length === 1 ? event.key.toUpperCase() : event.key;
  const shift = event.shiftKey && /^[A-Z]$/.test(letter) ? 'Shift+' : '';
  return `${command(event) ? 'Ctrl+' : ''}${shift}${letter}`;
}

/** Returns: {add(key, words, fn), list(), on(), turn(on)}; fn(event) returns false where the key
 *  is not for it.  A later key of the same name is asked first. */
export function openKeys() {
  const keys = [];
  let active = true;

  function handle(event) {
    if (event.defaultPrevented || event.altKey) return;
    const typed = event.target instanceof Element && event.target.closest(TYPED);
    if (typed || (!active && !command(event) && event.key !== 'Escape')) return;
    const name = nameOf(event);
    for (let i = keys.length - 1; i >= 0; i--) {
      if (keys[i].key === name && keys[i].fn(event) !== false) {
        event.preventDefault();
        return;
      }
    }
  }

  document.addEventListener('keydown', handle);
  return {
    add: (key, words, fn) => { keys.push({ key, words, fn }); },
    list: () => keys.filter(({ words }) => words).map(({ key, words }) => ({ key, words })),
    on: () => active,
    turn: (on) => { active = on; },
  };
}

function toggleMode(lab, mode, words) {
  const now = lab.store.state.mode === mode ? '' : mode;
  lab.store.set({ mode: now }, { label: now ? words : `${words} closed` });
}

export function addLabKeys(lab) {
  const { keys, store } = lab;
  [['seats', 'Seats'], ['tiles', 'Tiles'], ['board', 'Board']].forEach(([view, words], k) => {
    keys.add(String(k + 1), words, () => store.set({ view }, { label: words }));
  });
  keys.add('U', 'Undo', () => { store.undo(); });
  keys.add('Shift+U', 'Redo', () => { store.redo(); });
  keys.add('Ctrl+Z', '', () => { store.undo(); });
  keys.add('Ctrl+Shift+Z', '', () => { store.redo(); });
  keys.add('Ctrl+Y', '', () => { store.redo(); });
  keys.add('R', 'Reset: everything back to the record', () => { store.reset(); });
  keys.add('P', 'Projector: the question, the bar, the seats', () => toggleMode(lab, 'projector',
    'Projector'));
  keys.add('S', 'Replay, step by step', () => toggleMode(lab, 'replay', 'Replay'));
  keys.add('C', 'Compare', () => toggleMode(lab, 'compare', 'Compare'));
  keys.add('?', 'This list', () => { lab.help(); });
  keys.add('Escape', 'Back', () => {
    if (store.state.mode === '') return false;
    store.set({ mode: '' }, { label: 'Back' });
    return true;
  });
}
