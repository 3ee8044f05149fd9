// SPDX-License-Identifier: GPL-3.0-or-later
// What the rule makes of the ballots, and the words for it: the command's words.
import { ballotsOf, isCounted, LETTERS, ruleIndexOf, startOf, UNKNOWN, voteWord }
  from './seating.js';

const plural = (n, one, many) => (n === 1 ? one : many || `${one}s`);

const BASIS = { voting: 'Present and voting', present: 'Present', members: 'All members' };

const ENDS = {
  adopted: 'Adopted', 'adopted-without-vote': 'Adopted without a vote', rejected: 'Rejected',
  tied: 'Tied', 'not-put': 'Not put to the vote',
  withdrawn: 'Withdrawn', unknown: 'Outcome not known',
};

export const endWord = (end) => ENDS[end] || ENDS.unknown;

/** Whether every seat's vote is known, with nothing counted that has no name. */
const named = (ballots) => !ballots.vote.includes(UNKNOWN);

/** Why nothing can be computed; '' where it can. */
function reasonNot(rule, ballots) {
  const unnamed = ballots.unnamed.reduce((sum, n) => sum + n, 0);
  const unknown = ballots.vote.filter((vote) => vote === UNKNOWN).length;
  if (unknown > unnamed) {
    return ballots.noVote ? 'Nobody asked for a vote, so none was taken: nobody\'s vote is on record.'
      : 'Only the outcome is public; nothing is computed from it.';
  }
  if (rule.weighted && !ballots.weight) {
    return 'The rule counts weights, and the members have none.';
  }
  if (!named(ballots) && rule.weighted) {
    return 'The rule counts weights, and the record does not name every vote.';
  }
  if (!named(ballots) && rule.veto) {
    return 'The rule has a veto, and the record does not name every vote.';
  }
  return '';
}

/** What is counted of ballots: their own counts, or null where they are not known. */
export function count(kernel, entry, ballots, ruleIndex) {
  const cast = { vote: ballots.vote, unnamed: ballots.unnamed, weight: ballots.weight,
    veto: ballots.veto(ruleIndex) };
  const why = reasonNot(entry.rule, ballots);
  if (why) return { why, cast, counted: null };
  return { why, cast, counted: kernel.decide(entry.rule, cast) };
}

/** Whether nothing of this proposal is other than the record. */
function isRecord(data, state, proposalIndex, ballots) {
  const proposal = data.proposals[proposalIndex];
  return startOf(state, proposal) === 'record' && ballots.edited.size === 0
    && ruleIndexOf(data, state, proposalIndex) === proposal.rule
    && ballots.codes.length === proposal.roster.length
    && ballots.seats.every((index) => proposal.roster.includes(index));
}

// The record stands: where the rule gives another outcome than was recorded, a what-if turns
// the outcome only where it turns the rule's answer.
function endOf(proposal, counted, onRecord) {
  const recorded = proposal.end || proposal.result || '';
  if (onRecord && recorded && recorded !== 'unknown') return recorded;
  if (onRecord && !isCounted(proposal)) return 'unknown';
  return counted ? counted.outcome : 'unknown';
}

/** "9 to spare", "61 more needed", "exactly enough". */
export function marginWords(counted) {
  const spare = counted.yes - counted.needed;
  if (spare === 0) return 'exactly enough';
  return spare > 0 ? `${spare} to spare` : `${-spare} more needed`;
}

/** "needs 70: 9 to spare" */
export const needWords = (counted) => `needs ${counted.needed}: ${marginWords(counted)}`;

function fractionWords(rule, counted) {
  const margin = marginWords(counted);
  if (rule.num === 0) return `It takes ${counted.needed} affirmative votes: ${margin}.`;
  return `${BASIS[rule.basis]}: ${counted.base}. Adoption takes ${counted.needed} yes: ${margin}.`;
}

function vetoes(cast) {
  return cast.vote.filter((vote, i) => vote === 1 && cast.veto && cast.veto[i]).length;
}

/** How the count came to its outcome, in a sentence or two. */
export function say(rule, counted, cast) {
  const special = {
    objection: () => `${counted.count[1]} against: each a formal objection, so there is no `
      + 'consensus.',
    'no-objection': () => 'Nobody objects.',
    'no-members': () => 'Nobody has a vote here.',
    'no-yes': () => 'Nobody voted for it, and without an affirmative vote nothing is adopted.',
    veto: () => `Vetoed: ${vetoes(cast)} of those that hold a veto voted against.`,
    tie: () => `As many for as against${counted.outcome === 'tied'
      ? ': a second vote is due within 48 hours' : ''}. ${fractionWords(rule, counted)}`,
    'no-block': () => `${fractionWords(rule, counted)} Too few stand against it to block.`,
  }[counted.reason];
  if (special) return special();
  if (!rule.weighted) return fractionWords(rule, counted);
  return `${fractionWords(rule, counted)} By weight ${counted.weightYes} of `
    + `${counted.weightBase}, and it takes ${counted.weightNeeded}.`;
}

function countWords(counted) {
  return LETTERS.split('').map((letter, k) => `${counted.count[k]} ${voteWord(letter)}`);
}

/** The ways to turn an outcome, the fewest states first.
 *  Returns: [{n, from: 'Y', to: 'N', words: '10 from yes to no'}] */
export function waysOf(turn) {
  const ways = [];
  turn.forEach((row, i) => row.forEach((n, j) => {
    if (n > 0) ways.push({ n, from: LETTERS[i], to: LETTERS[j], order: 4 * i + j });
  }));
  ways.sort((a, b) => a.n - b.n || a.order - b.order);
  return ways.map(({ n, from, to }) => ({
    n, from, to, words: `${n} from ${voteWord(from)} to ${voteWord(to)}`,
  }));
}

/** The fewest states that must still move, in a sentence; '' where nothing is computed. */
function leadWords(judged) {
  if (judged.why) return '';
  const aim = judged.counted.outcome === 'adopted' ? 'To block it' : 'To pass it';
  const [first] = judged.ways;
  if (!first) return `${aim}: no number of states that change alike is enough.`;
  const states = plural(first.n, 'state');
  return `${aim}: ${first.n} ${states} from ${voteWord(first.from)} to ${voteWord(first.to)}`;
}

/** Whether nobody has voted, on record or by hand. */
export const noneYet = ({ onRecord, end }) => onRecord && end === 'unknown';

function noVoteYet(proposal) {
  return proposal.record === 'none' ? 'No vote yet' : ENDS.unknown;
}

/** "Adopted", "Still adopted in this what-if", "Rejected in this what-if; on record adopted" */
function headingOf(judged, proposal) {
  const end = endWord(judged.end);
  if (noneYet(judged)) return noVoteYet(proposal);
  if (judged.onRecord) return proposal.disputed ? `${end} (the rule would say otherwise)` : end;
  const was = proposal.end || 'unknown';
  if (was === judged.end) return `Still ${end.toLowerCase()} in this what-if`;
  return `${end} in this what-if${was === 'unknown' ? ''
    : `; on record ${endWord(was).toLowerCase()}`}`;
}

function titleOf(judged) {
  if (!judged.counted || noneYet(judged)) return `${judged.heading}.`;
  return `${judged.heading}: ${countWords(judged.counted).join(', ')}.`;
}

/** Judges a proposal as it stands.
 *  Returns: {ballots, rule (the entry), ruleIndex, counted or null, why, cast, turn (4x4) or
 *  null, ways (fewest first), end, onRecord, heading, title (with the tally), margin, lead} */
export function judge(kernel, data, state, proposalIndex) {
  const proposal = data.proposals[proposalIndex];
  const ballots = ballotsOf(data, state, proposalIndex);
  const ruleIndex = ruleIndexOf(data, state, proposalIndex);
  const rule = data.rules[ruleIndex];
  const judged = { ballots, rule, ruleIndex, ...count(kernel, rule, ballots, ruleIndex) };
  judged.onRecord = isRecord(data, state, proposalIndex, ballots);
  judged.end = endOf(proposal, judged.counted, judged.onRecord);
  judged.turn = judged.counted ? kernel.turn(rule.rule, judged.cast) : null;
  judged.ways = judged.turn ? waysOf(judged.turn) : [];
  judged.heading = headingOf(judged, proposal);
  judged.title = titleOf(judged);
  judged.margin = judged.counted ? say(rule.rule, judged.counted, judged.cast) : judged.why;
  judged.lead = leadWords(judged);
  return judged;
}

/** The same ballots under each rule of the data.
 *  Returns: [{entry, index, counted or null, why}] */
export function underEveryRule(kernel, data, ballots) {
  return data.rules.map((entry, index) => {
    const { counted, why } = count(kernel, entry, ballots, index);
    return { entry, index, counted, why };
  });
}
