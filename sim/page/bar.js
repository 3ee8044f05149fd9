// SPDX-License-Identifier: GPL-3.0-or-later
// The tally bar: those for and those against on one scale, a mark where the rule's threshold
// lies, and the count of the others beside.  The scale is the membership, so that a bar moves
// only as far as votes do.
import { attr, el, text } from './dom.js';
import { LETTERS, voteWord } from './seating.js';
import { needWords, noneYet } from './verdict.js';

function row(letter) {
  return el('div', { class: 'bar-row', 'data-vote': letter, 'aria-hidden': 'true' },
    el('span', { class: 'bar-letter', text: letter }),
    el('span', { class: 'bar-track' }, el('span', { class: 'bar-fill' })),
    el('span', { class: 'bar-count' }));
}

function fill(node, n, of) {
  node.children[1].firstChild.style.width = `${of > 0 ? (100 * n) / of : 0}%`;
  text(node.lastChild, n);
}

function countsNode() {
  return el('p', { class: 'bar-counts' }, LETTERS.split('').map((letter) => el('span',
    { class: 'bar-chip', 'data-vote': letter },
    el('b', { class: 'chip-letter', 'aria-hidden': 'true', text: letter }),
    el('span', { class: 'chip-count' }), ' ',
    el('span', { class: 'chip-word', text: voteWord(letter) }))));
}

// In a vote by consensus, with a veto or weights, the yes needed is not the whole story.
function barWords(judged, hasProjection) {
  const { counted, rule, margin, why } = judged;
  if (!counted) return why;
  if (noneYet(judged)) {
    return `Nobody has voted: set votes by hand${hasProjection ? ', or see the projection' : ''}.`;
  }
  const plain = ['majority', 'short', 'floor'].includes(counted.reason) && !rule.rule.weighted;
  return plain ? needWords(counted) : margin;
}

/** Returns: {paint(judged)} */
export function mount(place, lab) {
  const verdict = el('p', { class: 'verdict', id: 'lab-verdict' });
  const mark = el('span', { class: 'bar-mark' });
  const need = el('p', { class: 'bar-need' });
  const rows = [row('Y'), row('N')];
  const counts = countsNode();
  const chips = [...counts.children].map((chip) => chip.children[1]);
  const lead = el('p', { class: 'bar-lead' });
  const body = el('div', { class: 'bar-body' }, ...rows,
    el('span', { class: 'bar-scale', 'aria-hidden': 'true' }, mark));
  place.append(verdict, body, el('div', { class: 'bar-words' }, need, counts, lead));

  function paintCounts(judged) {
    const { counted, ballots } = judged;
    const of = ballots.codes.length;
    fill(rows[0], counted.count[0], of);
    fill(rows[1], counted.count[1], of);
    counted.count.forEach((n, k) => text(chips[k], n));
    const marked = counted.needed > 0 && counted.needed <= of && !noneYet(judged);
    mark.hidden = !marked;
    if (marked) mark.style.insetInlineStart = `${(100 * counted.needed) / of}%`;
  }

  function paint(judged) {
    const none = noneYet(judged);
    const { projection } = lab.data.proposals[lab.store.state.proposal];
    attr(place, 'data-end', judged.end);
    attr(place, 'data-record', judged.onRecord);
    text(verdict, judged.heading);
    body.hidden = !judged.counted;
    counts.hidden = !judged.counted || none;
    text(need, barWords(judged, Boolean(projection)));
    if (judged.counted) paintCounts(judged);
    text(lead, judged.ways.length > 0 && !none ? judged.lead : '');
  }

  return { paint };
}
