// SPDX-License-Identifier: GPL-3.0-or-later
// The blocs as they vote now: a table that follows every edit, outlines a bloc's seats, and
// sets the vote of a whole bloc.
import { csvText, save } from './chart_files.js';
import { blocPart, blocsFinding, listedFirst } from './cohesion.js';
import { attr, el, newId, svg, text } from './dom.js';
import { fixed } from './numbers.js';
import { LETTERS, blocsOf, letterOf, setVotes, startOf, voteWord } from './seating.js';

const STRIP = 120; // width of the strip of shares, in units of its own
const HEADS = [['Bloc', ''], ['Y', 'n'], ['N', 'n'], ['A', 'n'], ['X', 'n'], ['Share', ''],
  ['Rice', 'n'], ['Agr.', 'n'], ['Line', ''], ['Broke ranks', ''], ['Set all to', '']];
const HELP = 'Rice: cohesion over yes and no. Agr.: over yes, no and abstaining. Line: how more '
  + 'than half of those that voted or abstained did. Broke ranks: voted the other way; '
  + 'abstaining is not breaking ranks.';

const index = (value) => (value === null ? '?' : fixed(value, 2));

// Where some of a bloc are not known by name, its line is not ours to tell.
const guarded = (part) =>
  (part.unknown > 0 ? { ...part, rice: null, agreement: null, line: null, broke: [] } : part);

const lineWord = (part) => {
  if (part.unknown > 0 || part.agreement === null) return '?';
  return part.line === null ? 'split' : letterOf(part.line);
};

// Of those that are not known some may have voted so too.
const countWord = (part, i) => {
  if (part.unknown === 0) return part.count[i];
  return part.count[i] > 0 ? `${part.count[i]}+` : '?';
};

const cell = (label, cls) => el('td', { role: 'cell', class: cls, 'data-label': label });

/** The strip of shares: Y, N, A, X in turn, each a rectangle of its own pattern class. */
const makeStrip = () => {
  const rects = [...LETTERS, 'Q'].map((letter) =>
    svg('rect', { class: `share share-${letter}`, y: 0, height: 14 }));
  const strip = svg('svg', { class: 'share-strip', viewBox: `0 0 ${STRIP} 14`,
    preserveAspectRatio: 'none', 'aria-hidden': 'true' }, ...rects);
  const update = (part) => {
    const counts = [...part.count, part.unknown];
    const all = counts.reduce((sum, n) => sum + n, 0) || 1;
    let x = 0;
    counts.forEach((n, i) => {
      attr(rects[i], 'x', x.toFixed(2));
      attr(rects[i], 'width', ((n / all) * STRIP).toFixed(2));
      x += (n / all) * STRIP;
    });
  };
  return { strip, update };
};

const makeRow = (bloc, act) => {
  const outline = el('button', { type: 'button', class: 'bloc-name', 'aria-pressed': 'false',
    title: `${bloc.name || bloc.id}: outline its seats`,
    on: { click: () => act.outline(bloc.id) } },
  el('span', { class: 'bloc-id', text: bloc.id }), el('span', { class: 'bloc-size' }));
  const counts = LETTERS.split('').map((letter) => cell(letter, 'n count'));
  const { strip, update: updateStrip } = makeStrip();
  const rice = cell('Rice', 'n');
  const agreement = cell('Agr.', 'n');
  const line = cell('Line', 'line');
  const broke = cell('Broke ranks', 'broke');
  const set = el('td', { role: 'cell', class: 'set-bloc', 'data-label': 'Set all to' },
    ...LETTERS.split('').map((letter) => el('button', { type: 'button', class: 'letter',
      'data-vote': letter, text: letter,
      'aria-label': `All of ${bloc.id} to ${letter}, ${voteWord(letter)}`,
      title: `All of ${bloc.id}: ${voteWord(letter)}`,
      on: { click: () => act.setAll(bloc, letter) } })));
  const row = el('tr', { role: 'row', 'data-bloc': bloc.id },
    el('th', { scope: 'row', role: 'rowheader' }, outline), ...counts,
    el('td', { role: 'cell', class: 'strip-cell' }, strip), rice, agreement, line, broke, set);
  const update = (part, outlined, shown) => {
    row.hidden = !shown;
    if (!shown) return;
    attr(outline, 'aria-pressed', outlined ? 'true' : 'false');
    text(outline.lastChild, `(${part.places.length})`);
    counts.forEach((place, i) => text(place, countWord(part, i)));
    updateStrip(part);
    text(rice, index(part.rice));
    text(agreement, index(part.agreement));
    text(line, lineWord(part));
    text(broke, part.unknown > 0 ? `${part.unknown} not known` : part.broke.join(' '));
  };
  return { row, update };
};

const makeTable = (caption) => {
  const body = el('tbody', { role: 'rowgroup' });
  const table = el('table', { class: 'blocs', role: 'table' },
    el('caption', { class: 'hidden', text: caption }),
    el('thead', { role: 'rowgroup' }, el('tr', { role: 'row' }, ...HEADS.map(([head, cls]) =>
      el('th', { scope: 'col', role: 'columnheader', class: cls, text: head })))),
    body);
  return { table, body };
};

const csvOf = (parts) => csvText(
  ['bloc', 'name', 'members', 'yes', 'no', 'abstain', 'not_voting', 'not_known', 'rice',
    'agreement', 'line', 'broke_ranks'].map((key) => ({ key })),
  parts.map((part) => [part.bloc.id, part.bloc.name, part.places.length, ...part.count,
    part.unknown, part.rice, part.agreement, lineWord(part), part.broke.join(' ')]));

// Regional groups first, then the scenario's own blocs, then the rest: the order of `replay`.
const rank = ({ kind }) => (kind === 'regional-group' ? 0 : kind ? 2 : 1);

const partsNow = (data, state, ballots) =>
  [...blocsOf(data, state.proposal)].sort((a, b) => rank(a) - rank(b))
    .map((bloc) => guarded(blocPart(bloc, ballots)))
    .filter((part) => part.places.length > 0);

export function mount(place, lab) {
  const { data, store } = lab;
  let rows = new Map();
  let parts = [];
  const titleId = newId('blocs-title');
  const finding = el('h2', { id: titleId });
  const note = el('p', { class: 'note', text: HELP });
  const { table, body } = makeTable('Blocs: votes, cohesion, line and who broke ranks');
  const every = el('input', { type: 'checkbox', on: { change: () => draw() } });
  const csv = el('button', { type: 'button', class: 'small', text: 'CSV',
    'aria-label': 'CSV: download the table of blocs',
    on: { click: () => save('blocs.csv', 'text/csv;charset=utf-8', csvOf(parts)) } });
  const act = {
    outline(id) {
      const on = store.state.outlines.includes(id);
      const outlines = on ? store.state.outlines.filter((one) => one !== id)
        : [...store.state.outlines, id];
      store.set({ outlines }, { undo: false,
        label: on ? `${id} is no longer outlined` : `${id} is outlined` });
    },
    setAll(bloc, letter) {
      const part = parts.find((one) => one.bloc.id === bloc.id);
      const proposal = data.proposals[store.state.proposal];
      if (part) setVotes(store, data, proposal.id, part.codes, letter);
    },
  };

  // The rows are made again only where another proposal has other blocs.
  const keepRows = () => {
    const ids = parts.map((part) => part.bloc.id);
    if (ids.length === rows.size && ids.every((id) => rows.has(id))) return;
    rows = new Map(parts.map((part) => [part.bloc.id, makeRow(part.bloc, act)]));
    body.replaceChildren(...[...rows.values()].map(({ row }) => row));
  };

  const draw = () => {
    const { state } = store;
    const { ballots } = lab.judged();
    parts = partsNow(data, state, ballots);
    keepRows();
    const first = (part) => listedFirst(part.bloc, part.places.length);
    const outlined = (part) => state.outlines.includes(part.bloc.id);
    parts.forEach((part) => rows.get(part.bloc.id).update(part, outlined(part),
      every.checked || first(part) || outlined(part)));
    const regular = parts.filter(first);
    if (parts.length === 0) text(finding, 'No blocs in this body');
    else if (ballots.noVote) text(finding, 'No vote was taken');
    else text(finding, ballots.waiting ? 'Nobody has voted yet' : blocsFinding(regular));
    attr(table, 'data-start', startOf(state, data.proposals[state.proposal]));
  };

  place.append(el('section', { id: 'blocs', class: 'blocs-panel', 'aria-labelledby': titleId },
    finding,
    el('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'Table of blocs' },
      table),
    note,
    el('div', { class: 'chart-foot' },
      el('label', { class: 'tick-box' }, every, ' Smaller and special blocs too'), csv)));
  draw();
  store.subscribe(draw);
}
