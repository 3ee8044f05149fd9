// SPDX-License-Identifier: GPL-3.0-or-later
// The one state of the page: what is chosen and edited, what undo brings back, and the address
// that says the same.  Panels draw from it and are told when it changes.
import { openAddress } from './address.js';
import { firstState, readFragment, writeFragment } from './fragment.js';

// What a what-if is made of: undo brings these back, and leaves the view as it is.
const WHAT_IF = ['start', 'votes', 'rule', 'added', 'removed', 'positions', 'seed'];
const MOST_UNDONE = 500;

function freeze(value) {
  if (value && typeof value === 'object' && !Object.isFrozen(value)) {
    Object.values(value).forEach(freeze);
    Object.freeze(value);
  }
  return value;
}

const edits = (patch) => WHAT_IF.some((key) => key in patch);

function whatIfOf(state) {
  return Object.fromEntries([...WHAT_IF, 'proposal'].map((key) => [key, state[key]]));
}

function same(a, b) {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** set() puts the former what-if on the undo list where the patch changes one, unless it says
 *  {undo: false}; as while something is dragged: the last set of the drag says {undo: true,
 *  from: state at its beginning}. */
export function openStore(data, fragment) {
  const listeners = new Set();
  const writeAddress = openAddress();
  const undone = [];
  const redone = [];
  const read = readFragment(data, (fragment || '').replace(/^#/, '') || data.opening || '');
  let state = freeze(read.state);
  let written = writeFragment(data, state);

  function change(next, label, ignored = []) {
    const before = state;
    state = freeze(next);
    store.label = label;
    store.ignored = ignored;
    written = writeFragment(data, state);
    writeAddress(written);
    listeners.forEach((fn) => fn(state, before, label));
  }

  function remember(former, label) {
    undone.push({ former: whatIfOf(former), label });
    if (undone.length > MOST_UNDONE) undone.shift();
    redone.length = 0;
  }

  function step(from, to, words) {
    const last = from.pop();
    if (!last) return false;
    to.push({ former: whatIfOf(state), label: last.label });
    change({ ...state, ...last.former }, `${words}: ${last.label || 'the last change'}`);
    return true;
  }

  const store = {
    get state() { return state; },
    get canUndo() { return undone.length > 0; },
    get canRedo() { return redone.length > 0; },
    get undoLabel() { return undone.length > 0 ? undone[undone.length - 1].label : ''; },
    get redoLabel() { return redone.length > 0 ? redone[redone.length - 1].label : ''; },
    label: '',
    ignored: read.ignored,
    set(patch, options = {}) {
      const next = { ...state, ...patch };
      const from = options.from || state;
      if (same(next, state) && same(from, state)) return;
      const keeps = options.undo === undefined ? edits(patch) : options.undo;
      if (keeps && !same(whatIfOf(from), whatIfOf(next))) remember(from, options.label || '');
      change(next, options.label || '');
    },
    undo: () => step(undone, redone, 'Undone'),
    redo: () => step(redone, undone, 'Done again'),
    /** Everything edited, on every proposal, back to the record; can be undone. */
    reset() {
      const first = firstState(data);
      store.set(Object.fromEntries(WHAT_IF.map((key) => [key, first[key]])),
        { undo: true, label: 'Everything back to the record' });
    },
    subscribe(fn) {
      listeners.add(fn);
      return () => listeners.delete(fn);
    },
    fragment: () => written,
    /** An address typed or pasted over this one. */
    open(text) {
      if (text.replace(/^#/, '') === written) return;
      const got = readFragment(data, text);
      remember(state, 'Another link opened');
      change(got.state, 'Opened from the link', got.ignored);
    },
  };
  return store;
}
