// SPDX-License-Identifier: GPL-3.0-or-later
// Compare mode: the ballots of the page beside the record, an earlier vote, another proposal or
// another scenario: who moved, what is known of why, and what it did to the margin.
import { frame } from './chart.js';
import { csvText, save } from './chart_files.js';
import { el, newId, text } from './dom.js';
import { fullScreenButton } from './full_screen.js';
import { classEffects, compareFinding, gatherReasons, moveClasses, moves, whyMoved }
  from './moves.js';
import { blocsOf, letterOf, voteWord } from './seating.js';
import { choicesOf, drawnSide, otherNames, otherSide, thisSide } from './sides.js';
import { drawSides, sidesWords } from './two_bars.js';

const KINDS = ['Y', 'N', 'A', 'X', '?'];
const BAR_COLUMNS = [{ key: 'side', heading: 'Side' },
  ...[['yes', 'Yes'], ['no', 'No'], ['abstain', 'Abstaining'], ['not_voting', 'Not voting'],
    ['needed', 'Needed']].map(([key, heading]) => ({ key, heading, number: true }))];
const MOVE_COLUMNS = [['state', 'State'], ['name', 'Name'], ['group', 'Group'], ['from', 'From'],
  ['to', 'To'], ['why', 'What goes with it']].map(([key, heading]) => ({ key, heading }));

const badge = (letter) => el('span', { class: 'vote-badge', 'data-vote': letter, text: letter,
  title: voteWord(letter) });

const head = (names) => el('thead', {}, el('tr', {}, ...names.map((name) =>
  el('th', { scope: 'col', class: name.n ? 'n' : null, text: name.text || name }))));

const scrolled = (label, table) =>
  el('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': label }, table);

const matrixTable = (found) => {
  const kinds = KINDS.map((_, k) => k).filter((k) => k < 4 ||
    found.matrix[4].some((n) => n > 0) || found.matrix.some((row) => row[4] > 0));
  return el('table', { class: 'matrix' },
    el('caption', { text: 'From (rows) to (columns), states' }),
    el('thead', {}, el('tr', {}, el('td', {}),
      ...kinds.map((k) => el('th', { scope: 'col', class: 'n', text: KINDS[k] })))),
    el('tbody', {}, ...kinds.map((from) => el('tr', {},
      el('th', { scope: 'row', text: KINDS[from] }),
      ...kinds.map((to) => el('td', { class: from === to ? 'n same' : 'n',
        text: found.matrix[from][to] || '·' }))))));
};

const signed = (n) => (n > 0 ? `+${n}` : n < 0 ? `−${-n}` : '0');

const classesTable = (classes, effects) => el('table', { class: 'classes' },
  el('caption', { text: 'What each kind of move alone does to the margin' }),
  head(['Move', { text: 'States', n: true }, { text: 'Margin', n: true }, 'Who']),
  el('tbody', {}, ...classes.map((one, i) => el('tr', {},
    el('td', { class: 'move' }, badge(letterOf(one.from)), ' → ', badge(letterOf(one.to))),
    el('td', { class: 'n', text: one.codes.length }),
    el('td', { class: 'n', text: effects[i] === null ? '?' : signed(effects[i]) }),
    el('td', { class: 'long', text: one.codes.join(' ') })))));

const moveRow = (move, lab, reasons) => {
  const state = lab.data.states.find((one) => one.code === move.code) || { name: '', group: '' };
  return [move.code, state.name, state.group, letterOf(move.from), letterOf(move.to),
    whyMoved(move, reasons).join('; ') || 'the data do not say'];
};

const movesTable = (rows) => el('table', { class: 'movers' },
  el('caption', { text: 'State by state' }), head(MOVE_COLUMNS.slice(1).map((c) => c.heading)),
  el('tbody', {}, ...rows.map(([code, name, group, from, to, why]) => el('tr', {},
    el('td', { text: `${name || code}` }), el('td', { text: group }),
    el('td', {}, badge(from)), el('td', {}, badge(to)), el('td', { class: 'long', text: why })))));

const seatWords = ({ found, others }) => [
  found.untold > 0 && `${found.untold} are not known by name on one side or the other, so whether `
    + 'they moved cannot be told.',
  found.joined.length > 0 && `Only on the page: ${found.joined.join(' ')}.`,
  found.left.length > 0 && `Only on the other side: ${found.left.join(' ')}.`,
  others.length > 0 && `The same code, but not the same name: ${others.join('; ')}.`,
].filter(Boolean);

const deciderOf = (lab, side) => (side.decide
  ? (vote) => lab.kernel.decide(side.rule.rule, { ...side.decide, vote }) : () => null);

/** All that a comparison shows, from the two sides. */
const compareSides = (lab, before, after) => {
  const found = moves(before.ballots, after.ballots);
  const classes = moveClasses(found.moved);
  const index = lab.store.state.proposal;
  const reasons = gatherReasons(lab.data, after.proposal, after.ballots,
    blocsOf(lab.data, index));
  return { found, classes, others: otherNames(before, after),
    sides: [drawnSide(before), drawnSide(after)],
    effects: classEffects(before.ballots, classes, deciderOf(lab, before)),
    rows: found.moved.map((move) => moveRow(move, lab, reasons)),
    finding: compareFinding(found, before.counted, after.counted) };
};

const makeChooser = (lab) => {
  const select = el('select', { id: newId('compare-with'), on: {
    change: () => lab.store.set({ compare: select.value }, { undo: false, label: '' }) } });
  let shown = -1;
  const update = (state) => {
    if (shown !== state.proposal) {
      shown = state.proposal;
      select.replaceChildren(...choicesOf(lab.data, shown).map(({ value, name }) =>
        el('option', { value, text: name })));
    }
    select.value = state.compare || '';
    if (select.selectedIndex < 0) select.value = '';
  };
  return { line: el('p', { class: 'chooser' },
    el('label', { for: select.id, text: 'Compare with ' }), select), update };
};

const makeParts = (lab) => {
  const heading = el('h2', { id: newId('compare-title'), tabindex: '-1', text: 'Compare' });
  const chooser = makeChooser(lab);
  const bars = el('div', { class: 'compare-bars' });
  const tables = el('div', { class: 'compare-tables' });
  const seats = el('div', { class: 'note' });
  const close = el('button', { type: 'button', class: 'small', text: 'Close (Esc)',
    on: { click: () => lab.store.set({ mode: '' },
      { undo: false, label: 'Comparison closed' }) } });
  const section = el('section', { id: 'compare', class: 'mode', 'aria-labelledby': heading.id },
    el('div', { class: 'mode-buttons' }, fullScreenButton(), close),
    heading, chooser.line, bars, seats, tables);
  return { heading, chooser, bars, tables, seats, section };
};

const fillTables = (parts, made) => {
  const rows = made.rows;
  parts.tables.replaceChildren(...(rows.length === 0 ? [] : [
    el('div', { class: 'compare-pair' }, scrolled('From and to', matrixTable(made.found)),
      scrolled('Moves and the margin', classesTable(made.classes, made.effects))),
    scrolled('Who moved, state by state', movesTable(rows)),
    el('p', { class: 'note', text: 'What goes with a move is not its cause: the data say who '
      + 'voted how, and what was said; they do not say why.' }),
    el('div', { class: 'chart-files' }, el('button', { type: 'button', class: 'small', text: 'CSV',
      'aria-label': 'CSV: download who moved', on: { click: () =>
        save('moved.csv', 'text/csv;charset=utf-8', csvText(MOVE_COLUMNS, rows)) } }))]));
};

export function mount(place, lab) {
  const { store } = lab;
  const parts = makeParts(lab);
  place.append(parts.section);
  let chart = null;

  const show = (made) => {
    const width = Math.max(280, Math.min(720, parts.bars.clientWidth || 640));
    const options = { id: 'chart-compare', title: made.finding, svg: drawSides(made.sides, width),
      desc: sidesWords(made.sides), columns: BAR_COLUMNS,
      rows: () => made.sides.map((side) => [side.name, ...side.counts, side.needed]) };
    if (chart) chart.update(options);
    else chart = frame(parts.bars, options);
    parts.seats.replaceChildren(...seatWords(made).map((words) => el('p', { text: words })));
    fillTables(parts, made);
  };

  const draw = (state, before) => {
    const here = state.mode === 'compare';
    place.hidden = !here;
    if (!here) return;
    const compare = state.compare || '';
    const proposal = lab.data.proposals[state.proposal];
    text(parts.heading, `Compare: ${proposal.title}`);
    parts.chooser.update(state);
    show(compareSides(lab, otherSide(lab, state.proposal, compare),
      thisSide(lab, state.proposal, compare)));
    if (before.mode === 'compare') return;
    requestAnimationFrame(() => { // a page opened in this mode is not laid out yet
      parts.heading.focus({ preventScroll: true });
      parts.section.scrollIntoView({ block: 'start' });
    });
  };
  draw(store.state, { mode: '' });
  store.subscribe(draw);
}
