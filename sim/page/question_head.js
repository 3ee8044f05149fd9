// SPDX-License-Identifier: GPL-3.0-or-later
// What is put to the vote, and which of the scenario's votes it is.
import { el, newId, text } from './dom.js';

const capital = (words) => words.charAt(0).toUpperCase() + words.slice(1);

function chooser(lab) {
  const { proposals } = lab.data;
  const id = newId('proposal');
  const go = (to) => lab.store.set({ proposal: to }, { label: proposals[to].title });
  const select = el('select', { id, on: { change: () => go(select.selectedIndex) } },
    proposals.map((one, i) => el('option', { value: one.id, text: `${i + 1}. ${one.title}` })));
  const step = (words, by) => el('button', { type: 'button', class: 'quiet', text: words,
    'aria-label': by < 0 ? 'Previous proposal' : 'Next proposal',
    on: { click: () => go(lab.store.state.proposal + by) } });
  const before = step('‹', -1);
  const after = step('›', 1);
  const node = el('div', { class: 'chooser' }, el('label', { for: id, text: 'Proposal' }), before,
    select, after);
  node.hidden = proposals.length < 2;
  const paint = (place) => {
    select.selectedIndex = place;
    before.disabled = place === 0;
    after.disabled = place === proposals.length - 1;
  };
  return { node, paint };
}

/** Returns: {paint()} */
export function mount(place, lab) {
  const title = el('h2', { id: 'lab-title' });
  const asked = el('p', { class: 'asked' });
  const choice = chooser(lab);
  place.append(choice.node, title, asked);
  return {
    paint() {
      const { proposal } = lab.store.state;
      const one = lab.data.proposals[proposal];
      choice.paint(proposal);
      text(title, one.symbol ? `${one.title} (${one.symbol})` : one.title);
      text(asked, [one.question, one.question_words && `${capital(one.question_words)}.`]
        .filter(Boolean).join(' '));
    },
  };
}
