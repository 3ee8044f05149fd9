// SPDX-License-Identifier: GPL-3.0-or-later
// Who sits in a vote and how each votes: the record or another starting view, and the edits
// over it.  Pure: data and state in, ballots out.
import { own } from './fragment.js';

export const LETTERS = 'YNAX';
export const UNKNOWN = 255;

const REGIONAL = 'regional-group';

const letterAt = (text, i) => {
  const kind = LETTERS.indexOf((text || '')[i] || '?');
  return kind < 0 ? UNKNOWN : kind;
};

export const letterOf = (vote) => LETTERS[vote] || '?';

/** The blocs on the proposal's day: a proposal lists those whose members were others then. */
export function blocsOf(data, proposalIndex) {
  const proposal = data.proposals[proposalIndex];
  const then = new Map(((proposal && proposal.blocs) || []).map((bloc) => [bloc.id, bloc]));
  return then.size === 0 ? data.blocs
    : data.blocs.map((bloc) => ({ ...bloc, ...then.get(bloc.id) }));
}

export function ruleIndexOf(data, state, proposalIndex) {
  const proposal = data.proposals[proposalIndex];
  const chosen = own(state.rule, proposal.id);
  const at = chosen ? data.rules.findIndex((rule) => rule.id === chosen) : -1;
  return at < 0 ? proposal.rule : at;
}

export function startOf(state, proposal) {
  return own(state.start, proposal.id) || 'record';
}

/** Whether the record names any vote. */
export const hasRecord = (proposal) => proposal.vote !== '' && proposal.record !== 'outcome';

/** Whether the votes on record can be counted: all are named, or the totals are public. */
export const isCounted = (proposal) => (proposal.counted === undefined
  ? ['complete', 'partial', 'tally'].includes(proposal.record) : proposal.counted);

/** The line of those marked: how more than half of those that gave an answer voted; UNKNOWN
 *  where they are split or silent.  (The same as the command's.) */
export function lineOf(votes) {
  const count = [0, 0, 0];
  for (const vote of votes) if (vote < 3) count[vote] += 1;
  const answers = count[0] + count[1] + count[2];
  const most = count.indexOf(Math.max(...count));
  return 2 * count[most] > answers ? most : UNKNOWN;
}

function regionalGroups(data, proposalIndex, roster) {
  const groups = blocsOf(data, proposalIndex).filter((bloc) => bloc.kind === REGIONAL);
  if (groups.length > 0) return groups.map((bloc) => new Set(bloc.members));
  const names = [...new Set(roster.map((i) => data.states[i].group).filter(Boolean))];
  return names.map((name) => new Set(roster.filter((i) => data.states[i].group === name)));
}

/** Each regional group votes its line; whoever belongs to none, or to a group that is split,
 *  votes as on record. */
function blocLines(data, proposalIndex, roster, record) {
  const votes = record.slice();
  for (const group of regionalGroups(data, proposalIndex, roster)) {
    const seats = roster.map((_, seat) => seat).filter((seat) => group.has(roster[seat]));
    const line = lineOf(seats.map((seat) => record[seat]));
    if (line !== UNKNOWN) seats.forEach((seat) => { votes[seat] = line; });
  }
  return votes;
}

/** Whether a vote that has not been taken, or not been counted, may be tried out. */
export const isOpen = (proposal) => ['none', 'partial'].includes(proposal.record)
  && !isCounted(proposal) && !proposal.total
  && ['', 'unknown', 'not-put', 'withdrawn'].includes(proposal.end || proposal.result || '');

// In an open one a what-if takes it that whoever is not named does not vote, as the command
// does; an outcome alone says nothing of anyone.
function recordVotes(proposal) {
  const open = isOpen(proposal);
  return proposal.roster.map((_, seat) => {
    const vote = hasRecord(proposal) ? letterAt(proposal.vote, seat) : UNKNOWN;
    return vote === UNKNOWN && open ? LETTERS.indexOf('X') : vote;
  });
}

/** The starting view of a proposal on its own roster, before members come and go.
 *  Returns: an array of votes, seat by seat */
function startVotes(data, state, proposalIndex) {
  const proposal = data.proposals[proposalIndex];
  const start = startOf(state, proposal);
  const record = recordVotes(proposal);
  const views = {
    record: () => record,
    blocs: () => blocLines(data, proposalIndex, proposal.roster, record)
      .map((vote) => (vote === UNKNOWN ? 3 : vote)),
    abstain: () => record.map(() => 2),
    earlier: () => record.map((_, seat) => {
      const vote = letterAt(proposal.earlier && proposal.earlier.vote, seat);
      return vote === UNKNOWN ? 3 : vote;
    }),
    blank: () => record.map(() => 3),
  };
  return (views[start] || views.record)();
}

/** Why the vote of a seat cannot be edited, in words; '' where it can. */
function refusal(proposal, start, votes, seat) {
  if (start !== 'record' || votes[seat] !== UNKNOWN) return '';
  if (!isCounted(proposal)) {
    return 'The votes on this were not made public: choose another starting view to try votes.';
  }
  return 'How it voted is not public, so there is no vote to change: '
    + 'choose another starting view to try.';
}

function seatsOf(data, state, proposal, votes, start) {
  const gone = new Set(state.removed);
  const here = new Set(proposal.roster.map((i) => data.states[i].code));
  const rows = proposal.roster.map((index, seat) => ({
    index, seat, vote: votes[seat], why: refusal(proposal, start, votes, seat),
  })).filter((row) => row.why || !gone.has(data.states[row.index].code));
  data.states.forEach((one, index) => {
    if (!here.has(one.code) && state.added.includes(one.code) && !gone.has(one.code)) {
      rows.push({ index, seat: -1, vote: LETTERS.indexOf('X'), why: '' });
    }
  });
  const code = (row) => data.states[row.index].code;
  return rows.sort((a, b) => (code(a) < code(b) ? -1 : 1));
}

function vetoOf(data, proposalIndex, rows, ruleIndex) {
  const id = data.rules[ruleIndex].veto;
  const bloc = id ? blocsOf(data, proposalIndex).find((one) => one.id === id) : null;
  if (!id) return null;
  const members = new Set(bloc ? bloc.members : []);
  return Uint8Array.from(rows, (row) => (members.has(row.index) ? 1 : 0));
}

function weightOf(data, rows) {
  if (!rows.some((row) => data.states[row.index].weight !== undefined)) return null;
  return Uint32Array.from(rows, (row) => {
    const weight = data.states[row.index].weight;
    return weight === undefined ? 1 : weight;
  });
}

/** The ballots of a proposal as they stand.
 *  Returns: {codes, seats (state indices), vote (Uint8Array; 255 unknown), unnamed [y,n,a,x],
 *  edited (Set of codes whose vote is not the one on record, or, without a record, not the
 *  starting view's), waiting (nobody has voted, and nothing has been tried), noVote (it was
 *  adopted without one), letter(i) and word(i) (what a seat shows), recorded (code -> letter or
 *  ''), canEdit(code), whyNot(code), weight, veto(ruleIndex)} */
export function ballotsOf(data, state, proposalIndex) {
  const proposal = data.proposals[proposalIndex];
  const start = startOf(state, proposal);
  const rows = seatsOf(data, state, proposal, startVotes(data, state, proposalIndex), start);
  const codes = rows.map((row) => data.states[row.index].code);
  const by = new Map(codes.map((code, i) => [code, rows[i]]));
  const votes = own(state.votes, proposal.id) || {};
  const recorded = (row) => (row.seat >= 0 && hasRecord(proposal)
    ? letterAt(proposal.vote, row.seat) : UNKNOWN);
  const edited = new Set();
  const vote = Uint8Array.from(rows, (row, i) => {
    const letter = own(votes, codes[i]);
    const now = letter && !row.why ? LETTERS.indexOf(letter) : row.vote;
    const was = recorded(row) === UNKNOWN ? row.vote : recorded(row);
    if (now !== was) edited.add(codes[i]);
    return now;
  });
  const waiting = isOpen(proposal) && edited.size === 0 && !own(state.start, proposal.id);
  const silent = (i) => waiting && recorded(rows[i]) === UNKNOWN;
  const letter = (i) => (silent(i) ? '?' : letterOf(vote[i]));
  const whyNot = (code) => (by.has(code) ? by.get(code).why : 'It has no seat in this vote.');
  return {
    codes,
    seats: rows.map((row) => row.index),
    vote,
    unnamed: start === 'record' && isCounted(proposal) && proposal.unnamed
      ? [...proposal.unnamed] : [0, 0, 0, 0],
    edited,
    waiting,
    noVote: start === 'record' && proposal.end === 'adopted-without-vote',
    letter,
    word: (i) => (silent(i) ? 'no vote yet' : voteWord(letter(i))),
    recorded: (code) => (by.has(code) && recorded(by.get(code)) !== UNKNOWN
      ? LETTERS[recorded(by.get(code))] : ''),
    starting: (code) => (by.has(code) ? letterOf(by.get(code).vote) : ''),
    canEdit: (code) => whyNot(code) === '',
    whyNot,
    weight: weightOf(data, rows),
    veto: (ruleIndex) => vetoOf(data, proposalIndex, rows, ruleIndex),
  };
}

const WORDS = { Y: 'yes', N: 'no', A: 'abstaining', X: 'not voting', '?': 'not known' };

export const voteWord = (letter) => WORDS[letter] || WORDS['?'];

/** Sets the vote of `codes`, one step to undo; who cannot be edited is passed over.
 *  Returns: the codes that were passed over */
export function setVotes(store, data, proposalId, codes, letter) {
  const place = data.proposals.findIndex((proposal) => proposal.id === proposalId);
  const ballots = ballotsOf(data, store.state, place);
  const votes = { ...own(store.state.votes, proposalId) };
  const can = codes.filter((code) => ballots.canEdit(code));
  for (const code of can) {
    if (ballots.starting(code) === letter) delete votes[code];
    else votes[code] = letter;
  }
  const all = { ...store.state.votes, [proposalId]: votes };
  if (Object.keys(votes).length === 0) delete all[proposalId];
  const one = can.length === 1 ? data.states.find((state) => state.code === can[0]) : null;
  const who = one ? one.name : `${can.length} states`;
  const label = `${who}: ${voteWord(letter)}`;
  if (can.length > 0) store.set({ votes: all }, { undo: true, label });
  return codes.filter((code) => !ballots.canEdit(code));
}

const NEXT = { Y: 'A', A: 'N', N: 'X', X: 'Y' };

/** The next vote round: Y, A, N, X. */
export function cycleVote(store, data, proposalId, code) {
  const place = data.proposals.findIndex((proposal) => proposal.id === proposalId);
  const ballots = ballotsOf(data, store.state, place);
  const letter = letterOf(ballots.vote[ballots.codes.indexOf(code)]);
  return setVotes(store, data, proposalId, [code], NEXT[letter] || 'Y');
}
