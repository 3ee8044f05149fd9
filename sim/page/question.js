// SPDX-License-Identifier: GPL-3.0-or-later
// From the data and what was edited to the question that the forecast kernel is asked: the
// seats, what is known of them, and the rows of positions that speak of them.  Which row holds
// for a seat the kernel decides, as `plenary project` does.  Nothing here touches the page.

import { own } from './fragment.js';

const LETTERS = { Y: 0, N: 1, A: 2, X: 3, '?': 255 };
const UNKNOWN = 255;

/** The standard deviation of a position that states none (stance.h, PLN_STANCE_SD). */
export const USUAL_SD = 10;

/** Support at position 100, and half the band of indifference (outlook.h). */
const FIRM = 2.08;
const BAND = 0.674;

/** Half the band of indifference, in points of a position: 16.2. */
export const BAND_POINTS = (BAND / FIRM) * 50;

export const projectionOf = (data, index) =>
  data.electorate ? data.proposals[index]?.projection ?? null : null;

/** The blocs as they are on the stage's day, on which the projection's members sit; a
 *  proposal's own day, on which the record's members sat, may be another. */
export function stageBlocsOf(data, index) {
  const then = new Map((data.proposals[index].projection?.blocs ?? [])
    .map((bloc) => [bloc.id, bloc]));
  return data.blocs.map((bloc) => (then.has(bloc.id) ? { ...bloc, ...then.get(bloc.id) } : bloc));
}

const concerns = (edit, id) => edit.proposal === null || edit.proposal === id;

/** The edits that speak of the proposal, in the order in which they were made. */
export const editsOf = (data, state, index) =>
  (state.positions ?? []).filter((edit) => concerns(edit, data.proposals[index].id));

export function kindOf(data, index, who) {
  if (who === 'ALL') return 'ALL';
  return stageBlocsOf(data, index).some((bloc) => bloc.id === who) ? 'BLOC' : 'STATE';
}

/** The name in full of a state or a bloc. */
export function nameOf(data, index, who) {
  if (who === 'ALL') return 'All states';
  const named = stageBlocsOf(data, index).find((bloc) => bloc.id === who) ??
    data.states.find((state) => state.code === who);
  return named?.name ?? who;
}

/** Who sits: indices of data.states, the projection's roster less who was removed and, at the
 *  end, who was added. */
export function rosterOf(data, state, index) {
  const { roster } = data.proposals[index].projection;
  const gone = new Set(state.removed ?? []);
  const sits = new Set(roster);
  const added = [...new Set(state.added ?? [])]
    .map((code) => data.states.findIndex((it) => it.code === code))
    .filter((at) => at >= 0 && !sits.has(at));
  return [...roster, ...added].filter((at) => !gone.has(data.states[at].code));
}

/** The seats of the roster that `who` speaks for. */
function seatsOf(data, index, who, roster) {
  const kind = kindOf(data, index, who);
  if (kind === 'ALL') return roster.map((_, seat) => seat);
  const bloc = stageBlocsOf(data, index).find((it) => it.id === who);
  const members = new Set(bloc ? bloc.members
    : [data.states.findIndex((state) => state.code === who)]);
  return roster.flatMap((state, seat) => (members.has(state) ? [seat] : []));
}

export const unchanged = (data, index, roster) => {
  const given = data.proposals[index].projection.roster;
  return roster.length === given.length && roster.every((it, seat) => it === given[seat]);
};

// An edit gives way to nothing and takes the place of the rows of the same who; one that names
// the proposal leaves a row for every proposal standing, which it outranks anyhow.
const replaced = (row, edits) =>
  edits.some((edit) => edit.who === row.who && (edit.proposal === null || row.names));

function rowOfEdit(data, index, edit, rows, roster) {
  const same = rows.filter((row) => row.who === edit.who);
  const was = same.find((row) => row.names) ?? same[0] ?? null;
  return {
    who: edit.who,
    kind: was?.kind ?? kindOf(data, index, edit.who),
    names: edit.proposal !== null,
    line: 0,
    position: edit.position,
    sd: edit.sd,
    status: 'assumed',
    source: 'asked for',
    note: '',
    seats: was && unchanged(data, index, roster) ? was.seats
      : seatsOf(data, index, edit.who, roster),
    edited: true,
    was,
  };
}

/** The rows that the forecast goes by: those of the scenario that nobody replaced, in their
 *  order, then the edits; each with `edited`, an edit with `was` (the row before, or null).
 *  Rows that speak of nobody who sits are there only if `all` is asked for. */
export function rowsOf(data, state, index, all = false) {
  const { rows } = data.proposals[index].projection;
  const edits = editsOf(data, state, index);
  const roster = rosterOf(data, state, index);
  const same = unchanged(data, index, roster);
  const kept = rows.filter((row) => !replaced(row, edits)).map((row) => ({ ...row,
    seats: same ? row.seats : seatsOf(data, index, row.who, roster), edited: false, was: null }));
  const added = edits.map((edit) => rowOfEdit(data, index, edit, rows, roster));
  return [...kept, ...added].filter((row) => all || row.seats.length > 0);
}

// Of two rows of one who the one for every proposal holds for nobody.
const outranked = (row, rows) => !row.names &&
  rows.some((it) => it.who === row.who && it.names);

/** The order in which rows are shown: as the scenario lists them, an edited one where it was,
 *  added ones at the end; of each who that which holds.  Returns: their places among `rows`. */
export function listed(data, index, rows) {
  const given = data.proposals[index].projection.rows;
  const placeOf = (row) => {
    const at = given.findIndex((it) => it.who === row.who);
    return at < 0 ? given.length : at;
  };
  return [...rows.keys()].filter((k) => !outranked(rows[k], rows))
    .sort((a, b) => placeOf(rows[a]) - placeOf(rows[b]) || a - b);
}

const plain = ({ kind, names, line, position, sd, seats }) =>
  ({ kind, names, line, position, sd, seats });

// What each seat of the roster brings: of those that the projection has, as it has it.
function seatData(data, index, roster) {
  const { projection } = data.proposals[index];
  const { state_place: places = [], state_absent: absences = [] } = data.electorate;
  const at = roster.map((state) => projection.roster.indexOf(state));
  const each = (list, other) => at.map((k, seat) => (k >= 0 ? list[k] : other(roster[seat])));
  const heard = projection.likelihood;
  return {
    place: Int32Array.from(each(projection.place, (state) => places[state] ?? -1)),
    known: Uint8Array.from(each([...projection.known], () => '?'),
      (letter) => LETTERS[letter] ?? UNKNOWN),
    absent: Float64Array.from(each(projection.absent, (state) => absences[state] ?? 0)),
    likelihood: heard && Float64Array.from(at.flatMap((k) =>
      (k >= 0 ? heard.slice(3 * k, 3 * k + 3) : [1, 1, 1]))),
  };
}

// Weights and vetoes, where the rule counts them.
function powersOf(data, state, index, roster) {
  const { rule, veto } = ruleOf(data, state, index);
  const bloc = stageBlocsOf(data, index).find((it) => it.id === veto);
  const holds = new Set(bloc ? bloc.members : []);
  const weight = (k) => data.states[k].weight ?? 1;
  return {
    ...(rule.weighted ? { weight: Uint32Array.from(roster, weight) } : {}),
    ...(rule.veto ? { veto: Uint8Array.from(roster, (k) => (holds.has(k) ? 1 : 0)) } : {}),
  };
}

/** The question for kernel.forecast, or null where the proposal has no projection; with
 *  `roster`, which states sit in it. */
export function questionOf(data, state, index) {
  const projection = projectionOf(data, index);
  if (!projection) return null;
  const roster = rosterOf(data, state, index);
  return {
    n: roster.length,
    roster,
    ...seatData(data, index, roster),
    ...powersOf(data, state, index, roster),
    rows: rowsOf(data, state, index).map(plain),
    at: projection.at,
    statusQuo: projection.status_quo,
    age: projection.age,
    turnout: projection.turnout,
  };
}

/** The positions with `edit` in place of what was edited of the same who on the same
 *  proposal; it keeps its turn, so that a drag does not reorder rows. */
export function withPosition(positions, edit) {
  const same = (it) => it.who === edit.who && it.proposal === edit.proposal;
  return positions.some(same)
    ? positions.map((it) => (same(it) ? edit : it))
    : [...positions, edit];
}

export const withoutPosition = (positions, proposal, who) =>
  positions.filter((it) => !(it.who === who && concerns(it, proposal)));

/** The entry in data.rules by which the projection is decided. */
export function ruleOf(data, state, index) {
  const proposal = data.proposals[index];
  const chosen = data.rules.find((rule) => rule.id === own(state.rule ?? {}, proposal.id));
  return chosen ?? data.rules[proposal.projection.rule];
}

/** Whether the rule in force is the one under which the command computed what it says. */
export function isSaidRule(data, state, index) {
  const { rule, said_rule: said = rule } = data.proposals[index].projection;
  return ruleOf(data, state, index) === data.rules[said];
}

/** Whether the outcome of a draw goes by its votes to spare alone. */
export function goesByMargin({ method, weighted, veto, blocking, abstain, absent }) {
  return method === 'vote' && !weighted && !veto && !blocking &&
    abstain !== 'yes' && absent !== 'yes';
}

/** The chance that a state that would vote no asks for a vote; null where the rule has a vote
 *  in any case. */
export function asksOf(data, state, index) {
  const { rule } = ruleOf(data, state, index);
  if (rule.method !== 'consensus-first') return null;
  return data.proposals[index].projection.asks;
}

/** Where a state that nothing is stated of stands, by its cutpoints: 0 to 100. */
export function filledPosition(below, above) {
  const position = 50 - (25 * (below + above)) / FIRM;
  return Math.min(100, Math.max(0, position));
}

/** Position and standard deviation as the command takes and the link carries them. */
export const roundPosition = (position) => Math.min(100, Math.max(0, Math.round(position)));
