// SPDX-License-Identifier: GPL-3.0-or-later
// What answers to touch: the seats, the tiles or the board; which of the three is shown; and a
// line that says who is pointed at.
import * as board from './board.js';
import { attr, clear, el, text } from './dom.js';
import { proposalOf } from './marks.js';
import * as seats from './seats.js';
import { blocsOf, LETTERS, setVotes, startOf, voteWord } from './seating.js';
import { openStageFiles } from './stage_files.js';
import * as tiles from './tiles.js';

const VIEWS = [['seats', 'Seats', seats], ['tiles', 'Tiles', tiles], ['board', 'Board', board]];

const HINTS = {
  seats: 'For on the left, against on the right. Seats stay put while you change votes.',
  tiles: 'One tile a state, near where it lies.',
  board: 'In the alphabetical order of the Assembly.',
};

function viewButtons(lab) {
  return VIEWS.map(([id, name], k) => el('button', {
    type: 'button', class: 'choice', 'data-view': id, title: `Key ${k + 1}`, text: name,
    on: { click: () => lab.store.set({ view: id }, { label: name }) },
  }));
}

/** The line under the view: who is pointed at or picked, and four buttons for the picked. */
function openStrip(lab) {
  const words = el('p', { class: 'strip-words' });
  const buttons = LETTERS.split('').map((letter) => el('button', {
    type: 'button', class: 'vote-button', 'data-vote': letter, text: letter,
    on: { click: () => setVotes(lab.store, lab.data, proposalOf(lab).id, [lab.picked()], letter) },
  }));
  const node = el('div', { class: 'strip' }, words,
    el('div', { class: 'strip-buttons', role: 'group', 'aria-label': 'Vote of the chosen state' },
      buttons));

  function describe(ballots, i) {
    const code = ballots.codes[i];
    const state = lab.data.states[ballots.seats[i]];
    const was = ballots.recorded(code);
    const parts = [`${state.name} (${code})`, groupName(lab, state),
      ballots.word(i)];
    if (ballots.edited.has(code)) parts.push(was ? `on record: ${voteWord(was)}` : 'edited');
    if (!ballots.canEdit(code)) parts.push(ballots.whyNot(code));
    return parts.filter(Boolean).join(' · ');
  }

  function paint(ballots, shown) {
    const code = shown || lab.picked();
    const i = ballots.codes.indexOf(code);
    const held = ballots.codes.indexOf(lab.picked());
    text(words, i < 0 ? 'Choose a state: click or tap to go through yes, abstaining, no and not '
      + 'voting.' : describe(ballots, i));
    buttons.forEach((button, k) => {
      const can = held >= 0 && ballots.canEdit(ballots.codes[held]);
      button.disabled = !can;
      attr(button, 'aria-pressed', String(can && ballots.vote[held] === k));
      attr(button, 'aria-label', held < 0 ? voteWord(LETTERS[k])
        : `${lab.data.states[ballots.seats[held]].name}: ${voteWord(LETTERS[k])}`);
    });
  }

  return { node, paint };
}

function groupName(lab, state) {
  const bloc = lab.data.blocs.find((one) => one.id === state.group);
  return bloc ? bloc.name : state.group || '';
}

function legend(lab) {
  const node = el('ul', { class: 'legend', 'aria-label': 'Outlined blocs' });
  const paint = () => {
    const { outlines, proposal } = lab.store.state;
    const blocs = blocsOf(lab.data, proposal);
    clear(node).append(...outlines.map((id, place) => {
      const bloc = blocs.find((one) => one.id === id);
      return el('li', { 'data-ring': place % 4 }, el('span', { class: 'swatch' }),
        bloc && bloc.name ? `${bloc.name} · ${id}` : id);
    }));
    node.hidden = outlines.length === 0;
  };
  return { node, paint };
}

// Seats are arranged anew where another vote is shown or another start is chosen, never by an
// edit: a seat must not jump away under the finger.
function arrangement(lab) {
  const { proposal, added, removed } = lab.store.state;
  return JSON.stringify([proposal, startOf(lab.store.state, lab.data.proposals[proposal]),
    added, removed]);
}

/** Returns: {paint(judged), focus()} */
export function mount(place, lab) {
  const choices = viewButtons(lab);
  const shown = el('div', { id: 'seats', class: 'views' });
  const places = new Map(VIEWS.map(([id]) => [id, el('div', { class: `view view-${id}` })]));
  const views = new Map();
  const strip = openStrip(lab);
  const outlined = legend(lab);
  const files = openStageFiles(lab);
  const hint = el('span', { class: 'hint' });
  const arrange = el('button', { type: 'button', class: 'quiet', text: 'Arrange',
    title: 'Put the seats in order again', on: { click: () => { paint(lab.judged(), true); } } });
  place.append(
    lab.data.opening_note
      ? el('p', { class: 'opening-note', role: 'note', text: lab.data.opening_note }) : '',
    el('div', { class: 'stage-head' },
      el('div', { class: 'choices', role: 'group', 'aria-label': 'View' }, choices), hint, arrange),
    shown, strip.node, outlined.node, files.node);
  let arrangedFor = '';
  let outlinesPainted = null;

  function viewOf(id) {
    if (!views.has(id)) {
      views.set(id, VIEWS.find(([name]) => name === id)[2].mount(places.get(id), lab));
    }
    return views.get(id);
  }

  function paintFrame(state) {
    choices.forEach((button) => attr(button, 'aria-pressed',
      String(button.dataset.view === state.view)));
    attr(place, 'data-view', state.view);
    text(hint, HINTS[state.view]);
    arrange.hidden = state.view !== 'seats';
    if (outlinesPainted !== state.outlines) outlined.paint();
    outlinesPainted = state.outlines;
  }

  // Only the view that is shown is in the page; who was in focus there is so here too.
  function show(id) {
    const place = places.get(id);
    if (place.parentNode === shown) return () => {};
    const focused = shown.contains(document.activeElement);
    shown.replaceChildren(place);
    return () => { if (focused) viewOf(id).focus(lab.picked()); };
  }

  function paint(judged, again) {
    const { state } = lab.store;
    const shownNow = show(state.view);
    const now = arrangement(lab);
    paintFrame(state);
    const afresh = again || (state.view === 'seats' && now !== arrangedFor);
    viewOf(state.view).paint(judged, afresh);
    if (state.view === 'seats') arrangedFor = now;
    strip.paint(judged.ballots, '');
    files.paint(judged);
    shownNow();
  }

  return {
    paint,
    pick(code) {
      viewOf(lab.store.state.view).pick(code);
      strip.paint(lab.judged().ballots, '');
    },
    glance: (code) => strip.paint(lab.judged().ballots, code),
    focus: () => viewOf(lab.store.state.view).focus(lab.picked()),
  };
}
