// SPDX-License-Identifier: GPL-3.0-or-later
// A whole bloc at once: its vote, and a line around its seats.
import { attr, el, newId, text } from './dom.js';
import { proposalOf } from './marks.js';
import { blocsOf, LETTERS, setVotes, voteWord } from './seating.js';

const ALL = '';

const nameOf = ({ id, name }) => (name ? `${name} · ${id}` : id);

function membersOf(lab, id) {
  const { ballots } = lab.judged();
  if (id === ALL) return ballots.codes;
  const bloc = blocsOf(lab.data, lab.store.state.proposal).find((one) => one.id === id);
  const members = new Set(bloc ? bloc.members : []);
  return ballots.codes.filter((_, i) => members.has(ballots.seats[i]));
}

function setBloc(lab, id, letter) {
  const codes = membersOf(lab, id);
  const refused = setVotes(lab.store, lab.data, proposalOf(lab).id, codes, letter);
  if (refused.length === 0) return;
  const why = lab.judged().ballots.whyNot(refused[0]);
  lab.announce(`${refused.length} of ${codes.length} could not be changed. ${why}`);
}

function toggleOutline(lab, id) {
  const { outlines } = lab.store.state;
  const has = outlines.includes(id);
  const { name } = lab.data.blocs.find((bloc) => bloc.id === id);
  lab.store.set({ outlines: has ? outlines.filter((one) => one !== id) : [...outlines, id] },
    { label: `${name || id} ${has ? 'no longer outlined' : 'outlined'}` });
}

export function openBlocPicker(lab) {
  const id = newId('bloc');
  const select = el('select', { id, on: { change: () => paint() } },
    el('option', { value: ALL, text: 'Everybody' }),
    lab.data.blocs.map((bloc) => el('option', { value: bloc.id, text: nameOf(bloc) })));
  const buttons = LETTERS.split('').map((letter) => el('button', { type: 'button',
    class: 'vote-button', 'data-vote': letter, 'data-bloc-vote': letter, text: letter,
    title: `All: ${voteWord(letter)}`,
    on: { click: () => setBloc(lab, select.value, letter) } }));
  const outline = el('button', { type: 'button', class: 'quiet', text: 'Outline',
    on: { click: () => toggleOutline(lab, select.value) } });
  const size = el('span', { class: 'note' });
  const node = el('div', { class: 'field' }, el('label', { for: id, text: 'A whole bloc' }), select,
    el('div', { class: 'row', role: 'group', 'aria-label': 'Vote of the whole bloc' }, buttons,
      outline, size));
  const paint = () => {
    const name = select.options[select.selectedIndex].textContent;
    buttons.forEach((button, k) => attr(button, 'aria-label', `${name}: ${voteWord(LETTERS[k])}`));
    outline.hidden = select.value === ALL;
    attr(outline, 'aria-pressed', String(lab.store.state.outlines.includes(select.value)));
    const n = membersOf(lab, select.value).length;
    text(size, `${n} ${n === 1 ? 'seat' : 'seats'}`);
  };
  return { node, paint };
}
