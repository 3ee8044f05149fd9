// SPDX-License-Identifier: GPL-3.0-or-later
// Who sits: states that are added, as observers given a vote, and states that are left out.
import { clear, el, newId, text } from './dom.js';

const byName = new Intl.Collator('en').compare;

function add(lab, code) {
  const { added, removed } = lab.store.state;
  const name = lab.data.states.find((state) => state.code === code).name;
  const gone = removed.includes(code);
  lab.store.set(gone ? { removed: removed.filter((one) => one !== code) }
    : { added: [...added, code] }, { undo: true, label: `${name} sits` });
}

function remove(lab, code) {
  const { added, removed } = lab.store.state;
  const name = lab.data.states.find((state) => state.code === code).name;
  const guest = added.includes(code);
  lab.store.set(guest ? { added: added.filter((one) => one !== code) }
    : { removed: [...removed, code] }, { undo: true, label: `${name} does not sit` });
}

function picker(words, act) {
  const id = newId('member');
  const select = el('select', { id });
  const button = el('button', { type: 'button', text: words.button,
    on: { click: () => { if (select.value) act(select.value); } } });
  const node = el('div', { class: 'row' },
    el('label', { for: id, class: 'row-label', text: words.label }), select, button);
  const fill = (states) => {
    const kept = select.value;
    clear(select).append(...states.map((state) => el('option', { value: state.code,
      text: state.observer ? `${state.name} (observer)` : state.name })));
    if (states.some((state) => state.code === kept)) select.value = kept;
    node.hidden = states.length === 0;
  };
  return { node, fill };
}

function changesWords(lab) {
  const name = (code) => lab.data.states.find((state) => state.code === code).name;
  const { added, removed } = lab.store.state;
  const say = (words, codes) => (codes.length > 0
    ? `${words}: ${codes.map(name).join(', ')}.` : '');
  return [say('Added', added), say('Left out', removed)].filter(Boolean).join(' ');
}

export function openMembers(lab) {
  const adding = picker({ label: 'Add a member', button: 'Add' }, (code) => add(lab, code));
  const removing = picker({ label: 'Remove a member', button: 'Remove' },
    (code) => remove(lab, code));
  const count = el('span');
  const changes = el('p', { class: 'note' });
  const node = el('details', { class: 'field members' }, el('summary', {}, 'Members: ', count),
    adding.node, removing.node, changes);
  let filledFor = '';
  const fill = (ballots) => {
    const sitting = new Set(ballots.codes);
    const states = [...lab.data.states].sort((a, b) => byName(a.name, b.name));
    adding.fill(states.filter((state) => !sitting.has(state.code)));
    removing.fill(states.filter((state) => sitting.has(state.code)
      && ballots.canEdit(state.code)));
  };
  const paint = ({ ballots }) => {
    text(count, ballots.codes.length);
    text(changes, changesWords(lab));
    const { proposal, start } = lab.store.state;
    const now = JSON.stringify([ballots.codes, proposal, start]);
    if (!node.open || now === filledFor) return;
    fill(ballots);
    filledFor = now;
  };
  node.addEventListener('toggle', () => paint(lab.judged()));
  return { node, paint };
}
