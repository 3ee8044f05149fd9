// SPDX-License-Identifier: GPL-3.0-or-later
// What is beside the seats: undo and redo, the starting view, the rule, a whole bloc's vote,
// who sits, and the link that brings all this back.
import { openBlocPicker } from './bloc_picker.js';
import { attr, el, newId, text } from './dom.js';
import { proposalOf } from './marks.js';
import { openMembers } from './members.js';
import { openRuleChooser } from './rule_chooser.js';
import { hasRecord, startOf } from './seating.js';
import { openShare } from './share.js';

const plain = (label, tip, click) => el('button', { type: 'button', text: label, title: tip,
  on: { click } });

function history(lab) {
  const { store } = lab;
  const undo = plain('Undo', '', () => store.undo());
  const redo = plain('Redo', '', () => store.redo());
  const reset = plain('Reset', 'Everything back to the record (key R)', () => store.reset());
  const help = plain('Help', 'Keys and what they do (key ?)', () => lab.help());
  const tools = el('div', { class: 'tools', role: 'group', 'aria-label': 'Changes' },
    undo, redo, reset, help);
  const changed = el('p', { class: 'note changed' });
  const node = el('div', {}, tools, changed);
  const paint = ({ ballots }) => {
    text(changed, changedWords(ballots));
    // A button that is disabled while it is focused would lose the focus to nowhere.
    attr(undo, 'aria-disabled', store.canUndo ? null : 'true');
    attr(redo, 'aria-disabled', store.canRedo ? null : 'true');
    attr(undo, 'title', store.canUndo ? `Undo ${store.undoLabel} (key U)` : 'Nothing to undo');
    attr(redo, 'title', store.canRedo ? `Redo ${store.redoLabel} (Shift and U)`
      : 'Nothing to redo');
  };
  return { node, paint };
}

// The room for it is kept to a line, so that what is below stays where it is.
function changedWords(ballots) {
  const codes = ballots.codes.filter((code) => ballots.edited.has(code));
  if (codes.length === 0) return 'Nothing changed by hand.';
  const words = codes.length === 1 ? '1 vote changed' : `${codes.length} votes changed`;
  return `${words}: ${codes.join(' ')}`;
}

function startsOf(proposal) {
  const recorded = hasRecord(proposal) || proposal.record === 'outcome';
  const { earlier } = proposal;
  return [
    ['record', recorded ? 'The record' : 'As given', true],
    ['blocs', 'Each regional group on its line', hasRecord(proposal)],
    ['abstain', 'All abstain', true],
    ['earlier', earlier ? `The last related vote (${earlier.symbol})` : 'The last related vote',
      Boolean(earlier)],
    ['blank', 'Blank: nobody has voted', true],
  ];
}

/** Chooses a starting view; the edits over the former one go. */
function chooseStart(lab, start, words) {
  const { store } = lab;
  const { id } = proposalOf(lab);
  const { [id]: dropped, ...votes } = store.state.votes;
  const starts = { ...store.state.start, [id]: start };
  if (start === 'record') delete starts[id];
  store.set({ votes, start: starts }, { undo: true, label: `Start: ${words}` });
}

function startChooser(lab) {
  const id = newId('start');
  const select = el('select', { id, on: { change: () => {
    const chosen = select.options[select.selectedIndex];
    chooseStart(lab, chosen.value, chosen.textContent);
  } } });
  const node = el('div', { class: 'field' },
    el('label', { for: id, text: 'Start from' }), select);
  let painted = -1;
  const paint = () => {
    const { state } = lab.store;
    const proposal = proposalOf(lab);
    if (painted !== state.proposal) {
      select.replaceChildren(...startsOf(proposal).map(([value, words, can]) =>
        el('option', { value, text: words, disabled: !can })));
      painted = state.proposal;
    }
    select.value = startOf(state, proposal);
  };
  return { node, paint };
}

/** Returns: {paint(judged)} */
export function mount(place, lab) {
  const parts = [history(lab), startChooser(lab), openRuleChooser(lab), openBlocPicker(lab),
    openMembers(lab), openShare(lab)];
  const ignored = el('p', { class: 'note', hidden: true });
  place.append(ignored, ...parts.map((part) => part.node));
  return {
    paint(judged) {
      parts.forEach((part) => part.paint(judged));
      const left = lab.store.ignored || [];
      ignored.hidden = left.length === 0;
      text(ignored, left.length > 0 ? `Not understood in the link, left out: ${left.join(', ')}`
        : '');
    },
  };
}
