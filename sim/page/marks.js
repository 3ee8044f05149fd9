// SPDX-License-Identifier: GPL-3.0-or-later
// What the three views of a vote have in common: an item a state, that says how it votes, can
// be reached by arrows and takes Y, N, A, X.
import { attr, clear } from './dom.js';
import { blocsOf, cycleVote, setVotes, voteWord } from './seating.js';
import { isStep, stepFrom } from './steps.js';

export const proposalOf = (lab) => lab.data.proposals[lab.store.state.proposal];

/** "Russian Federation, RUS: yes; on record no" */
function stateWords(lab, ballots, i) {
  const code = ballots.codes[i];
  const name = lab.data.states[ballots.seats[i]].name;
  const was = ballots.recorded(code);
  const changed = ballots.edited.has(code);
  const record = was ? `; on record ${voteWord(was)}` : '; edited';
  return `${name}, ${code}: ${ballots.word(i)}${changed ? record : ''}`;
}

/** Makes an item show a seat's vote; the caller draws what differs from view to view.
 *  Returns: whether its letter changed */
export function mark(lab, node, ballots, i) {
  const code = ballots.codes[i];
  const letter = ballots.letter(i);
  const shows = [letter, ballots.edited.has(code), ballots.recorded(code),
    ballots.canEdit(code)].join();
  if (shown.get(node) === shows) return false;
  shown.set(node, shows);
  const changed = node.dataset.vote !== letter;
  attr(node, 'data-vote', letter);
  attr(node, 'data-edited', ballots.edited.has(code) ? 'true' : null);
  attr(node, 'aria-label', stateWords(lab, ballots, i));
  attr(node, 'aria-disabled', ballots.canEdit(code) ? null : 'true');
  return changed;
}

const shown = new WeakMap(); // what each item shows, so that only changes are painted

const itemOf = (event) => event.target.closest('[data-state]');

function setOne(lab, code, letter) {
  const refused = letter ? setVotes(lab.store, lab.data, proposalOf(lab).id, [code], letter)
    : cycleVote(lab.store, lab.data, proposalOf(lab).id, code);
  if (refused.length > 0) lab.announce(lab.judged().ballots.whyNot(code));
}

function moveFocus(items, from, key) {
  const nodes = items();
  const boxes = nodes.map((node) => node.getBoundingClientRect());
  const points = boxes.map((box) => [box.left + box.width / 2, box.top + box.height / 2]);
  const to = stepFrom(points, nodes.indexOf(from), key);
  nodes[to].focus();
}

const plainKey = (event) => !event.ctrlKey && !event.metaKey && !event.altKey;

function onKey(lab, items, event) {
  const item = itemOf(event);
  if (!item || !plainKey(event)) return;
  const letter = event.key.toUpperCase();
  const isButton = item.tagName === 'BUTTON';
  if (isStep(event.key)) {
    moveFocus(items, item, event.key);
  } else if (letter.length === 1 && 'YNAX'.includes(letter) && lab.keys.on()) {
    setOne(lab, item.dataset.state, letter);
  } else if ((event.key === ' ' || event.key === 'Enter') && !isButton) {
    setOne(lab, item.dataset.state, '');
  } else {
    return;
  }
  event.preventDefault();
  event.stopPropagation();
}

/** Listens on a container whose items carry data-state.  One of them is in the order of the tab
 *  key; @items gives them as they are now. */
export function takeVotes(lab, container, items) {
  container.addEventListener('click', (event) => {
    const item = itemOf(event);
    if (!item) return;
    lab.pick(item.dataset.state);
    setOne(lab, item.dataset.state, '');
  });
  container.addEventListener('keydown', (event) => onKey(lab, items, event));
  container.addEventListener('focusin', (event) => {
    const item = itemOf(event);
    if (item) lab.pick(item.dataset.state);
  });
  container.addEventListener('pointerover', (event) => {
    const item = itemOf(event);
    if (item && event.pointerType === 'mouse') lab.glance(item.dataset.state);
  });
  container.addEventListener('pointerleave', () => lab.glance(''));
}

/** Keeps one item in the order of the tab key: the picked one, or else the first. */
export function rove(items, code) {
  const chosen = items.find((node) => node.dataset.state === code) || items[0];
  for (const node of items) {
    attr(node, 'tabindex', node === chosen ? '0' : '-1');
    attr(node, 'data-picked', node.dataset.state === code ? 'true' : null);
  }
}

/** A view whose items are made once and then painted: @make(ballots) gives them anew, a Map by
 *  code, where the members have changed; @paintOne(node, ballots, i, blocs) shows a seat.
 *  Returns: {paint(judged), focus(code), pick(code)} */
export function keep(lab, container, make, paintOne) {
  let nodes = new Map();
  const list = () => [...nodes.values()];
  takeVotes(lab, container, list);

  function paint({ ballots }) {
    const blocs = blocsOf(lab.data, lab.store.state.proposal);
    if (nodes.size !== ballots.codes.length || ballots.codes.some((code) => !nodes.has(code))) {
      nodes = make(ballots);
      clear(container);
      container.append(...nodes.values());
    }
    ballots.codes.forEach((code, i) => paintOne(nodes.get(code), ballots, i, blocs));
    rove(list(), lab.picked());
  }

  function focus(code) {
    const node = nodes.get(code) || list()[0];
    if (node) node.focus();
  }

  return { paint, focus, pick: (code) => rove(list(), code) };
}

/** Which of the outlined blocs, by their place in the list, a seat belongs to. */
export function outlinesOf(lab, blocs, stateIndex) {
  return lab.store.state.outlines.flatMap((id, place) => {
    const bloc = blocs.find((one) => one.id === id);
    return bloc && bloc.members.includes(stateIndex) ? [place] : [];
  });
}
