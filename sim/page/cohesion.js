// SPDX-License-Identifier: GPL-3.0-or-later
// How much a bloc votes as one, and on which line: the same sums as sim/world/cohesion.c.

const YES = 0;
const NO = 1;
const ABSTAIN = 2;
export const ABSENT = 3;

const LARGE = 25; // members of an organization that is listed without being asked for

/** Of the votes of some seats: {count: [Y, N, A, X], unknown, rice, agreement, line}; the
 *  indices are null where nobody answered, the line where it is split. Abstaining is an
 *  answer to the agreement index and to the line, not to Rice's. */
export const cohesion = (votes) => {
  const count = [0, 0, 0, 0];
  let unknown = 0;
  for (const vote of votes) {
    if (vote <= ABSENT) count[vote] += 1;
    else unknown += 1;
  }
  const [y, n, a] = count;
  const all = y + n + a;
  const rice = y + n > 0 ? Math.abs(y - n) / (y + n) : null;
  if (all === 0) return { count, unknown, rice, agreement: null, line: null };
  const most = [YES, NO, ABSTAIN].reduce((best, v) => (count[v] > count[best] ? v : best));
  const agreement = (count[most] - (all - count[most]) / 2) / all;
  return { count, unknown, rice, agreement, line: 2 * count[most] > all ? most : null };
};

/** The other of yes and no, or either where the line is to abstain; to abstain from a line
 *  of yes or no is not to break it. */
export const breaksRanks = (line, vote) =>
  line !== null && (vote === YES || vote === NO) && vote !== line;

/** By default the regional groups, the scenario's own blocs and large organizations, as in
 *  `plenary replay`. */
export const listedFirst = (bloc, members) =>
  bloc.kind === 'regional-group' || !bloc.kind ||
  (members >= LARGE && bloc.kind !== 'fixed-list' && !bloc.made_from);

/** A bloc's part of a ballot: its members' places among the seats, its sums, and who broke
 *  ranks, by code. ballots = {codes, seats, vote} of seating.js. */
export const blocPart = (bloc, ballots) => {
  const members = new Set(bloc.members);
  const places = [];
  ballots.seats.forEach((state, i) => members.has(state) && places.push(i));
  // A seat that shows "?" has not voted yet, or how it voted is not public.
  const shown = (i) => (ballots.letter && ballots.letter(i) === '?' ? 255 : ballots.vote[i]);
  const sums = cohesion(places.map(shown));
  const broke = places.filter((i) => breaksRanks(sums.line, ballots.vote[i]))
    .map((i) => ballots.codes[i]);
  return { bloc, places, codes: places.map((i) => ballots.codes[i]), broke, ...sums };
};

const named = (parts) => parts.map((part) => part.bloc.id).join(', ');

/** The finding in a sentence: which blocs voted as one and which were split. */
export const blocsFinding = (parts) => {
  const known = parts.filter((part) => part.agreement !== null && !part.unknown);
  if (parts.every((part) => !part.unknown && part.agreement === null))
    return 'No bloc has voted yes, no or to abstain';
  if (known.length === 0) return 'How the blocs voted is not known state by state';
  const split = known.filter((part) => part.line === null);
  const united = known.filter((part) => part.line !== null && part.broke.length === 0);
  const some = (list) => (list.length > 3 ? `${named(list.slice(0, 3))} and ${
    list.length - 3} more` : named(list));
  if (split.length === 0)
    return united.length === known.length ? 'No bloc broke ranks'
      : `No bloc was split; ranks were broken in ${known.length - united.length} of ${
        known.length}`;
  return `Split: ${some(split)}${united.length ? `; no one broke ranks in ${some(united)}` : ''}`;
};
