// SPDX-License-Identifier: GPL-3.0-or-later
// Replay mode: the proposals one after the other, each told sentence by sentence; the outcome
// is kept back until it is told.
import { chamberPicture } from './chamber_picture.js';
import { attr, el, newId, text } from './dom.js';
import { foreseen } from './foreseen.js';
import { emptyState } from './fragment.js';
import { fullScreenButton, toggleFullScreen } from './full_screen.js';
import { isTold, movedSince, placeOf, sentencesOf, statesNamed, stepBy, tallyWords }
  from './narration.js';
import { drawSides, sidesWords } from './two_bars.js';
import { endWord, judge, marginWords } from './verdict.js';

const KINDS = {
  question: 'The question', rule: 'The rule', answer: 'The answer', margin: 'The margin',
  turn: 'What would have turned it', blocs: 'The blocs', moved: 'Who moved',
  unknown: 'What is known', note: 'To be noted', claim: 'A claim', statement: 'A statement',
  source: 'The source',
};

const TOLD = 4; // sentences kept in sight after they were said

const kindWord = (kind) => KINDS[kind] || 'More';

// The record as it stands, whatever has been edited in the laboratory.
const recordOf = (lab, index) => judge(lab.kernel, lab.data, emptyState(), index);

const sideOf = (lab, index) => {
  const proposal = lab.data.proposals[index];
  const { counted, onRecord, end } = recordOf(lab, index);
  const total = proposal.total || [null, null, null, null];
  const isKnown = counted && onRecord && end !== 'unknown';
  return { name: endWord(end), counts: isKnown ? counted.count : total,
    needed: isKnown ? counted.needed : null,
    margin: isKnown && counted.needed > 0 ? marginWords(counted) : '' };
};

/** The proposals in a row; the tally of one is there once it has been told. */
const makeRail = (data, go) => {
  const tallies = data.proposals.map(() => el('span', { class: 'round-tally' }));
  const buttons = data.proposals.map((proposal, i) => el('button', { type: 'button',
    class: 'round', on: { click: () => go({ proposal: i, step: 0 }) } },
  el('span', { class: 'round-number', text: String(i + 1) }),
  el('span', { class: 'round-title', text: proposal.title }), tallies[i]));
  const rail = el('nav', { class: 'rounds', 'aria-label': 'Proposals' }, ...buttons);
  rail.hidden = data.proposals.length < 2;
  const update = (index, isShown) => buttons.forEach((button, i) => {
    attr(button, 'aria-current', i === index ? 'step' : null);
    text(tallies[i], i < index || (i === index && isShown) ? tallyWords(data.proposals[i]) : '');
  });
  return { rail, update };
};

const makeTold = () => {
  const list = el('ol', { class: 'told' });
  const update = (sentences) => list.replaceChildren(...sentences.map((one) =>
    el('li', {}, el('span', { class: 'told-kind', text: kindWord(one.kind) }),
      el('span', { text: one.text }))));
  return { list, update };
};

const pictured = (svg, words) => {
  attr(svg, 'role', 'img');
  attr(svg, 'aria-label', words);
  return svg;
};

/** The bars and the chamber of the record, once the outcome has been told. */
const makeTally = (lab) => {
  const place = el('div', { class: 'replay-tally' });
  const wait = el('p', { class: 'note', text: 'The outcome comes with the next steps.' });
  let shown = '';
  const update = (index, isShown, { kind, text: sentence }) => {
    const width = Math.max(280, Math.min(620, place.clientWidth || 480));
    const key = isShown ? `${index} ${width} ${sentence}` : '';
    if (key === shown && place.firstChild) return;
    shown = key;
    if (!isShown) {
      place.replaceChildren(wait);
      return;
    }
    const proposal = lab.data.proposals[index];
    if (proposal.record === 'none') {
      place.replaceChildren(...foreseen(proposal, width));
      return;
    }
    const { ballots } = recordOf(lab, index);
    const named = kind === 'moved'
      ? new Set(ballots.codes.filter((_, i) => movedSince(proposal, i)))
      : statesNamed(sentence, ballots.seats.map((i) => lab.data.states[i]));
    const side = sideOf(lab, index);
    place.replaceChildren(pictured(drawSides([side], width), sidesWords([side])),
      pictured(chamberPicture(lab.data, ballots, named), named.size > 0
        ? `The chamber; ringed: ${[...named].join(' ')}` : 'The chamber, a seat a state'));
  };
  return { place, update };
};

const makeButtons = (lab, move) => {
  const button = (name, by) => el('button', { type: 'button', class: 'step', text: name,
    on: { click: () => move(by) } });
  const back = button('← Back', -1);
  const next = button('Next →', 1);
  const close = el('button', { type: 'button', class: 'small', text: 'Close (Esc)',
    on: { click: () => lab.store.set({ mode: '' }, { undo: false, label: 'Replay closed' }) } });
  return { back, next, bar: el('div', { class: 'mode-buttons' }, back, next, fullScreenButton(),
    close) };
};

const addKeys = (lab, move, go) => {
  if (!lab.keys) return;
  const inReplay = () => lab.store.state.mode === 'replay';
  const when = (act) => () => (inReplay() ? (act(), true) : false);
  const { data, store } = lab;
  lab.keys.add('ArrowRight', 'Replay: next step', when(() => move(1)));
  lab.keys.add('ArrowLeft', 'Replay: back', when(() => move(-1)));
  lab.keys.add('PageDown', 'Replay: next step', when(() => move(1)));
  lab.keys.add('PageUp', 'Replay: back', when(() => move(-1)));
  lab.keys.add('Home', 'Replay: first step', when(() => go({ proposal: 0, step: 0 })));
  lab.keys.add('End', 'Replay: last proposal',
    when(() => go({ proposal: data.proposals.length - 1, step: 0 })));
  lab.keys.add('F', 'Full screen', () => (store.state.mode ? (toggleFullScreen(), true) : false));
};

const makeParts = (lab, move, go) => {
  const heading = el('h2', { id: newId('replay-title'), tabindex: '-1' });
  const where = el('p', { class: 'note where' });
  const kind = el('p', { class: 'sentence-kind' });
  const sentence = el('p', { class: 'sentence', 'data-narration': '' });
  const saying = el('div', { class: 'saying', 'aria-live': 'polite' }, kind, sentence);
  const told = makeTold();
  const tally = makeTally(lab);
  const rail = makeRail(lab.data, go);
  const buttons = makeButtons(lab, move);
  buttons.bar.prepend(where);
  const section = el('section', { id: 'replay', class: 'mode', 'aria-labelledby': heading.id },
    buttons.bar, heading, el('div', { class: 'replay-body' },
      el('div', {}, saying, told.list), tally.place), rail.rail);
  return { heading, where, kind, sentence, told, tally, rail, buttons, section };
};

export function mount(place, lab) {
  const { data, store } = lab;
  const go = (to) => store.set(to, { undo: false, label: '' });
  const now = () => placeOf(data, store.state);
  const move = (by) => {
    const to = stepBy(data, now(), by);
    if (to) go(to);
  };
  const parts = makeParts(lab, move, go);
  place.append(parts.section);
  addKeys(lab, move, go);

  const draw = (state, before) => {
    const here = state.mode === 'replay';
    place.hidden = !here;
    if (!here) return;
    const at = now();
    const proposal = data.proposals[at.proposal];
    const sentences = sentencesOf(proposal);
    const isShown = isTold(proposal, at.step);
    text(parts.heading, proposal.title);
    text(parts.where, `Proposal ${at.proposal + 1} of ${data.proposals.length}, step ${
      at.step + 1} of ${sentences.length}`);
    text(parts.kind, kindWord(sentences[at.step].kind));
    text(parts.sentence, sentences[at.step].text);
    parts.told.update(sentences.slice(Math.max(0, at.step - TOLD), at.step));
    parts.tally.update(at.proposal, isShown, sentences[at.step]);
    parts.rail.update(at.proposal, isShown);
    parts.buttons.back.disabled = !stepBy(data, at, -1);
    parts.buttons.next.disabled = !stepBy(data, at, 1);
    if (!before || before.mode !== 'replay') parts.heading.focus();
  };
  draw(store.state, store.state);
  store.subscribe(draw);
}
