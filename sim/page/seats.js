// SPDX-License-Identifier: GPL-3.0-or-later
// The chamber: a seat a state on concentric rows, those for on the left, those against on the
// right.  A seat stays where it is while votes change, until "Arrange" is asked for.
import { attr, clear, svg, text } from './dom.js';
import { arranged, chamber } from './hemicycle.js';
import { mark, outlinesOf, rove, takeVotes } from './marks.js';
import { blocsOf } from './seating.js';
import { ringPath, shapePath } from './shapes.js';

const KINDS = ['ALL', 'BLOC', 'STATE'];

// A state's position where it is stated: what is said of the state before what is said of its
// bloc, and what is said of this proposal before what is said of all.
function positionsOf(proposal) {
  const at = new Map();
  const rows = proposal.projection ? [...proposal.projection.rows] : [];
  rows.sort((a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) || a.names - b.names);
  for (const row of rows) {
    for (const seat of row.seats) at.set(proposal.projection.roster[seat], row.position);
  }
  return at;
}

function orderOf(lab, ballots) {
  const proposal = lab.data.proposals[lab.store.state.proposal];
  const positions = positionsOf(proposal);
  return arranged(ballots.codes.map((code, i) => ({
    code,
    letter: ballots.letter(i),
    group: lab.data.states[ballots.seats[i]].group || '',
    position: positions.has(ballots.seats[i]) ? positions.get(ballots.seats[i]) : null,
  }))).map((i) => ballots.codes[i]);
}

const hatch = () => svg('pattern', {
  id: 'hatch', width: 6, height: 6, patternUnits: 'userSpaceOnUse',
  patternTransform: 'rotate(45)',
}, svg('rect', { width: 6, height: 6, class: 'hatch-paper' }),
svg('rect', { width: 2, height: 6, class: 'hatch-line' }));

const at = ({ x, y }) => `translate(${Math.round(x * 10) / 10} ${Math.round(y * 10) / 10})`;

function seat(code, r) {
  return svg('g', { class: 'seat', role: 'button', 'data-state': code },
  svg('circle', { class: 'hit', r: r * 1.19 }),
  svg('path', { class: 'shape' }),
  svg('text', { class: 'letter', 'font-size': r * 1.15, dy: '.36em' }),
  svg('circle', { class: 'dot', r: r * 0.36, cx: r * 0.8, cy: -r * 0.8 }));
}

function paintSeat(lab, node, ballots, i, r) {
  if (mark(lab, node, ballots, i)) {
    const letter = ballots.letter(i);
    attr(node.children[1], 'd', shapePath(letter, r));
    text(node.children[2], letter);
  }
}

function paintOutlines(lab, nodes, ballots, r) {
  const blocs = blocsOf(lab.data, lab.store.state.proposal);
  ballots.codes.forEach((code, i) => {
    const node = nodes.get(code);
    node.querySelectorAll('.ring').forEach((ring) => ring.remove());
    outlinesOf(lab, blocs, ballots.seats[i]).forEach((place, k) => {
      node.append(svg('path', { class: `ring outline-${place % 4}`,
        d: ringPath(r * (1.14 + 0.13 * k)) }));
    });
  });
}

/** Returns: {paint(judged, afresh), focus(code)}; afresh: seats are arranged anew */
export function mount(place, lab) {
  let nodes = new Map();
  const list = () => [...nodes.values()];
  const hall = svg('g', { class: 'seats' });
  const picture = svg('svg', { class: 'chamber', role: 'group',
    'aria-label': 'Seats: arrows move, Y N A X set a vote, Enter goes on to the next' },
  svg('defs', {}, hatch()), hall);
  place.append(picture);
  takeVotes(lab, hall, list);
  let plan = null;
  let radius = 0;
  let outlined = null;

  function build(ballots) {
    plan = chamber(ballots.codes.length);
    radius = plan.radius;
    attr(picture, 'viewBox', `0 0 ${plan.width} ${Math.ceil(plan.height)}`);
    nodes = new Map(ballots.codes.map((code) => [code, seat(code, radius)]));
    outlined = null;
  }

  // In the page the seats stand from left to right, as the tab key and a reader meet them.
  function arrange(ballots) {
    const order = orderOf(lab, ballots);
    order.forEach((code, k) => attr(nodes.get(code), 'transform', at(plan.spots[k])));
    nodes = new Map(order.map((code) => [code, nodes.get(code)]));
    clear(hall).append(...nodes.values());
  }

  function paint(judged, afresh) {
    const { ballots } = judged;
    const hadFocus = hall.contains(document.activeElement);
    const stale = nodes.size !== ballots.codes.length
      || ballots.codes.some((code) => !nodes.has(code));
    if (stale) build(ballots);
    if (afresh || stale) arrange(ballots);
    ballots.codes.forEach((code, i) => paintSeat(lab, nodes.get(code), ballots, i, radius));
    if (outlined !== lab.store.state.outlines) paintOutlines(lab, nodes, ballots, radius);
    outlined = lab.store.state.outlines;
    rove(list(), lab.picked());
    if (hadFocus && (afresh || stale)) focus(lab.picked());
  }

  function focus(code) {
    const node = nodes.get(code) || list()[0];
    if (node) node.focus();
  }

  return { paint, focus, pick: (code) => rove(list(), code) };
}
