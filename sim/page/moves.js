// SPDX-License-Identifier: GPL-3.0-or-later
// Who moved between two ballots, what is known of why, and what it did to the margin.
import { ABSENT, blocPart, listedFirst } from './cohesion.js';
import { statesNamed } from './narration.js';
import { letterOf } from './seating.js';
import { marginWords } from './verdict.js';

const KINDS = 5; // Y, N, A, X, and not known
const LINE_AT_LEAST = 3; // answers: a line of one or two is but their own votes

const answers = ({ count }) => count[0] + count[1] + count[2];

const kindOf = (vote) => (vote <= ABSENT ? vote : KINDS - 1);

/** moves(before, after): ballots are {codes, vote}. -> {matrix[from][to] over Y N A X ?,
 *  moved: [{code, from, to}] with both known, untold: how many are not known on a side,
 *  joined, left: codes that sit on one side only, same: how many voted alike}. */
export const moves = (before, after) => {
  const place = new Map(before.codes.map((code, i) => [code, i]));
  const out = { matrix: Array.from({ length: KINDS }, () => Array(KINDS).fill(0)), moved: [],
    untold: 0, same: 0, joined: [], left: [] };
  after.codes.forEach((code, i) => {
    if (!place.has(code)) {
      out.joined.push(code);
      return;
    }
    const from = kindOf(before.vote[place.get(code)]);
    const to = kindOf(after.vote[i]);
    place.delete(code);
    out.matrix[from][to] += 1;
    if (from === KINDS - 1 || to === KINDS - 1) out.untold += 1;
    else if (from === to) out.same += 1;
    else out.moved.push({ code, from, to });
  });
  out.left = [...place.keys()];
  return out;
};

/** The moves by kind, the commonest first: [{from, to, codes}]. */
export const moveClasses = (moved) => {
  const classes = new Map();
  for (const { code, from, to } of moved) {
    const key = from * KINDS + to;
    if (!classes.has(key)) classes.set(key, { from, to, codes: [] });
    classes.get(key).codes.push(code);
  }
  return [...classes.values()].sort((a, b) =>
    b.codes.length - a.codes.length || a.from - b.from || a.to - b.to);
};

/** Votes to spare (lacking: negative), or null where the rule counts nothing. */
const marginOf = (counted) =>
  (counted && counted.needed > 0 ? counted.yes - counted.needed : null);

const spareWords = (counted) => (marginOf(counted) === null ? 'not counted' : marginWords(counted));

/** What each class of moves alone does to the margin: a recount of `before` in which only
 *  that class has moved. decide(vote) -> counted. */
export const classEffects = (before, classes, decide) => {
  const start = marginOf(decide(before.vote));
  const place = new Map(before.codes.map((code, i) => [code, i]));
  return classes.map(({ to, codes }) => {
    const vote = before.vote.slice();
    codes.forEach((code) => { vote[place.get(code)] = to; });
    const margin = marginOf(decide(vote));
    return start === null || margin === null ? null : margin - start;
  });
};

// A bloc as it is on the day of the projection, of which the rows speak.
const rowBlocs = (data, projection, blocs) => {
  const then = new Map(((projection && projection.blocs) || []).map((bloc) => [bloc.id, bloc]));
  return (data.blocs || blocs).map((bloc) => ({ ...bloc, ...then.get(bloc.id) }));
};

/** What bears on one state's vote, gathered once for a comparison:
 *  {parts, edited, statements, rows, blocs (those that the rows name), states}. */
export const gatherReasons = (data, proposal, ballots, blocs) => ({
  parts: blocs.map((bloc) => blocPart(bloc, ballots))
    .filter((part) => part.line !== null && listedFirst(part.bloc, part.places.length)
      && answers(part) >= LINE_AT_LEAST),
  edited: ballots.edited || new Set(),
  statements: ((proposal && proposal.narration) || []).filter((n) => n.kind === 'statement')
    .map(({ text }) => ({ text, codes: statesNamed(text, data.states) })),
  rows: (proposal && proposal.projection && proposal.projection.rows) || [],
  blocs: rowBlocs(data, proposal && proposal.projection, blocs),
  states: new Map(data.states.map((state, i) => [state.code, { ...state, index: i }])),
});

const rowHolds = (row, state, blocs) => row.who === state.code || row.who === 'ALL' ||
  blocs.some((bloc) => bloc.id === row.who && bloc.members.includes(state.index));

const lineWords = (parts, state, from, to) => {
  const own = parts.filter((part) => part.bloc.members.includes(state.index));
  const ids = (list) => list.slice(0, 4).map((part) =>
    `${part.bloc.id} (${letterOf(part.line)})`).join(', ');
  const withLine = own.filter((part) => part.line === to);
  const leaves = own.filter((part) => part.line === from && !part.broke.includes(state.code));
  const against = own.filter((part) => part.broke.includes(state.code));
  return [withLine.length && `with the line of ${ids(withLine)}`,
    leaves.length && `leaves the line of ${ids(leaves)}`,
    against.length && `breaks from ${ids(against)}`].filter(Boolean);
};

// A row of its own says more than a bloc's, and a bloc's more than one for all.
const nearestRow = (rows, state, blocs) => {
  const rank = (row) => (row.who === state.code ? 0 : row.who === 'ALL' ? 2 : 1);
  return rows.filter((row) => rowHolds(row, state, blocs)).sort((a, b) => rank(a) - rank(b))[0];
};

/** Words on why a state moved, as far as the data tell; they state what goes with the move,
 *  never a cause. Empty: the data do not say. */
export const whyMoved = ({ code, from, to }, reasons) => {
  const state = reasons.states.get(code);
  if (!state) return [];
  const out = reasons.edited.has(code) ? ['edited by hand'] : [];
  out.push(...lineWords(reasons.parts, state, from, to));
  const said = reasons.statements.find((statement) => statement.codes.has(code));
  if (said) out.push(`said on record: ${said.text}`);
  const row = nearestRow(reasons.rows, state, reasons.blocs);
  if (row)
    out.push(`position on file ${row.position}${row.who === code ? '' : ` (${row.who})`}${
      row.status ? `, ${row.status}` : ''}`);
  return out;
};

/** The finding: "12 moved; 9 to spare became 3 short: the outcome turns". */
export const compareFinding = (found, before, after) => {
  const n = found.moved.length;
  const who = n === 0 ? 'Nobody moved' : `${n} moved`;
  if (found.untold > 0 && n === 0) return 'Who moved is not known';
  const seats = [found.joined.length && `${found.joined.length} joined`,
    found.left.length && `${found.left.length} left`].filter(Boolean).join(', ');
  const head = seats ? `${who}, ${seats}` : who;
  if (marginOf(before) === null || marginOf(after) === null) return head;
  const same = spareWords(before) === spareWords(after);
  const margin = same ? `still ${spareWords(after)}`
    : `${spareWords(before)} became ${spareWords(after)}`;
  const turned = (before.outcome === 'adopted') !== (after.outcome === 'adopted');
  return `${head}; ${margin}: the outcome ${turned ? 'turns' : 'stays'}, ${after.outcome}`;
};
