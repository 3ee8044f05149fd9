// SPDX-License-Identifier: GPL-3.0-or-later
// The steps of a replay: proposal by proposal, sentence by sentence.  Pure.

// Sentences up to here may be read before the outcome is shown.
const BEFORE = ['question', 'rule', 'source'];

/** The sentences of a proposal: its narration, or what little there is to say of it. */
export const sentencesOf = (proposal) => {
  const told = proposal.narration || [];
  const said = told.length > 0 ? told
    : [{ kind: 'question', text: proposal.question || proposal.title }];
  const known = proposal.known || '';
  return known && !said.some((one) => one.text.includes(known))
    ? [...said, { kind: 'unknown', text: known }] : said;
};

const clampStep = (proposal, step) => Math.min(Math.max(0, step), sentencesOf(proposal).length - 1);

/** The place that state names, brought within the proposal's sentences. */
export const placeOf = (data, state) =>
  ({ proposal: state.proposal, step: clampStep(data.proposals[state.proposal], state.step) });

/** One step on (by = 1) or back (by = -1), over the border of proposals; null at the ends. */
export const stepBy = (data, place, by) => {
  const step = place.step + by;
  const sentences = sentencesOf(data.proposals[place.proposal]);
  if (step >= 0 && step < sentences.length) return { ...place, step };
  const next = data.proposals[place.proposal + by];
  if (!next) return null;
  return { proposal: place.proposal + by, step: by > 0 ? 0 : sentencesOf(next).length - 1 };
};

/** Whether the outcome has been told by this step, so that it may be seen. */
export const isTold = (proposal, step) =>
  sentencesOf(proposal).slice(0, step + 1).some((one) => !BEFORE.includes(one.kind));

/** A proposal in a line: its tally, or what stands in for one. */
export const tallyWords = (proposal) => {
  const total = proposal.total || [];
  const shown = [0, 1, 2].map((k) => (typeof total[k] === 'number' ? total[k] : '?'));
  if (shown.some((one) => one !== '?')) return shown.join('–');
  if (proposal.record === 'none') return 'not voted yet';
  const result = (proposal.result || '').replace(/-/g, ' ');
  if (result.includes('without')) return result;
  return result ? `${result}, tally not known` : 'tally not known';
};

/** Whether seat i of a proposal's roster voted otherwise in the earlier vote; false where either
 *  is not known. */
export const movedSince = (proposal, i) => {
  const before = ((proposal.earlier || {}).vote || '')[i] || '?';
  const now = (proposal.vote || '')[i] || '?';
  return before !== '?' && now !== '?' && before !== now;
};

const letter = /[\p{L}\p{N}]/u;

const standsAlone = (text, at, length) =>
  !letter.test(text[at - 1] || '') && !letter.test(text[at + length] || '');

/** The codes of the states that a sentence names, by name or code.  Longer names are looked
 *  for first and taken out, so that Nigeria is not Niger. */
export const statesNamed = (sentence, states) => {
  let rest = sentence;
  const take = (word) => {
    let found = false;
    for (let at = rest.indexOf(word); word && at >= 0; at = rest.indexOf(word, at + 1)) {
      if (!standsAlone(rest, at, word.length)) continue;
      found = true;
      rest = rest.slice(0, at) + ' '.repeat(word.length) + rest.slice(at + word.length);
    }
    return found;
  };
  const words = states.flatMap(({ name, code }) => [[name, code], [code, code]]);
  words.sort((a, b) => b[0].length - a[0].length);
  return new Set(words.filter(([word]) => take(word)).map(([, code]) => code));
};
