// SPDX-License-Identifier: GPL-3.0-or-later
// The two sides of a comparison: the page's ballots, and what stands beside them.
import { emptyState } from './fragment.js';
import { LETTERS, UNKNOWN } from './seating.js';
import { judge, marginWords } from './verdict.js';

const AGAINST = 'against.';

const nameOf = (proposal) => (proposal.symbol ? `${proposal.title} (${proposal.symbol})`
  : proposal.title);

// Its members may be others under the same codes, with weights of their own.
const againstData = (data) => ({ ...data, ...data.against,
  states: data.against.states || data.states, rules: data.against.rules || data.rules,
  blocs: data.against.blocs || data.blocs });

/** What may stand beside the proposal shown: [{value, name}]. */
export const choicesOf = (data, index) => {
  const proposal = data.proposals[index];
  const earlier = proposal.earlier;
  return [
    { value: '', name: 'The record of this proposal' },
    ...(earlier && earlier.vote ? [{ value: 'earlier',
      name: `Earlier: ${earlier.symbol || earlier.title || 'the last related vote'}` }] : []),
    ...data.proposals.filter((_, i) => i !== index)
      .map((one) => ({ value: one.id, name: `Here: ${nameOf(one)}` })),
    ...(data.against ? data.against.proposals.map((one) => ({ value: AGAINST + one.id,
      name: `${data.against.title}: ${nameOf(one)}` })) : []),
  ];
};

const judgedSide = (name, judged, proposal, data) => ({ name, ballots: judged.ballots,
  counted: judged.counted, proposal, states: data.states,
  rule: judged.rule, decide: judged.counted ? judged.cast : null });

// An earlier vote brings no rule of its own: it is counted by that of the proposal shown.
const countEarlier = (rule, vote) => {
  if (vote.includes(UNKNOWN) || rule.rule.weighted || rule.rule.veto) return null;
  return { vote, unnamed: [0, 0, 0, 0], weight: null, veto: null };
};

const earlierSide = (lab, proposal) => {
  const { data, kernel } = lab;
  const votes = [...proposal.earlier.vote].map((letter) => LETTERS.indexOf(letter));
  const vote = Uint8Array.from(votes, (kind) => (kind < 0 ? UNKNOWN : kind));
  const codes = proposal.roster.map((i) => data.states[i].code);
  const { rule } = lab.judged();
  const decide = countEarlier(rule, vote);
  return { name: proposal.earlier.symbol || proposal.earlier.title || 'The last related vote',
    proposal, states: data.states, rule, decide,
    counted: decide ? kernel.decide(rule.rule, decide) : null,
    ballots: { codes, seats: [...proposal.roster], vote, edited: new Set() } };
};

/** The side that state.compare names; an unknown name falls back to the record. */
export const otherSide = (lab, index, compare) => {
  const { data, kernel, store } = lab;
  const proposal = data.proposals[index];
  if (compare === 'earlier' && proposal.earlier) return earlierSide(lab, proposal);
  if (compare.startsWith(AGAINST) && data.against) {
    const there = againstData(data);
    const at = there.proposals.findIndex((one) => one.id === compare.slice(AGAINST.length));
    if (at >= 0) return judgedSide(nameOf(there.proposals[at]),
      judge(kernel, there, emptyState(), at), there.proposals[at], there);
  }
  const at = data.proposals.findIndex((one) => one.id === compare);
  if (at >= 0 && at !== index) return judgedSide(nameOf(data.proposals[at]),
    judge(kernel, data, store.state, at), data.proposals[at], data);
  return judgedSide(proposal.record === 'none' ? 'Before any vote' : 'On record',
    judge(kernel, data, emptyState(), index), proposal, data);
};

export const thisSide = (lab, index, compare) => {
  const judged = lab.judged();
  const proposal = lab.data.proposals[index];
  const name = judged.onRecord && compare !== '' ? nameOf(proposal)
    : judged.onRecord ? 'On the page (nothing edited)' : 'What if, as edited on the page';
  return judgedSide(name, judged, proposal, lab.data);
};

/** Codes that are one member's on a side and another's on the other, in words. */
export const otherNames = (before, after) => {
  const names = new Map(before.ballots.codes.map((code, i) =>
    [code, before.states[before.ballots.seats[i]].name]));
  return after.ballots.codes.flatMap((code, i) => {
    const here = after.states[after.ballots.seats[i]].name;
    return names.has(code) && names.get(code) !== here
      ? [`${code}: ${here} here, ${names.get(code)} there`] : [];
  });
};

const namedCounts = (vote) => [0, 1, 2, 3].map((kind) =>
  vote.reduce((sum, one) => sum + (one === kind ? 1 : 0), 0));

/** A side as two_bars.js draws it: counted by the rule, else as recorded, else those named. */
export const drawnSide = ({ name, ballots, counted, proposal }) => {
  if (counted)
    return { name, counts: counted.count, needed: counted.needed > 0 ? counted.needed : null,
      margin: counted.needed > 0 ? marginWords(counted) : '' };
  const named = namedCounts(ballots.vote);
  const any = named.some((n) => n > 0);
  return { name, needed: null, margin: '',
    counts: any ? named : (proposal.total || [null, null, null, null]) };
};
