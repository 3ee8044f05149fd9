// SPDX-License-Identifier: GPL-3.0-or-later
// The sentences of the projection.  The number comes first, then a word of the printed scale.
import { sayLikely, sayPercent } from './likelihood.js';
import { fixed, significant } from './numbers.js';
import { editsOf, goesByMargin, isSaidRule, projectionOf, rosterOf, ruleOf, unchanged }
  from './question.js';

const sayCount = (n) => n.toLocaleString('en-GB');

/** A standard error in points; so many draws do not tell less than a tenth of one. */
export const sayPoints = (x) => (100 * x < 0.05 ? 'below 0.1' : significant(100 * x, 2));
const many = (n, one, more = `${one}s`) => `${sayCount(n)} ${n === 1 ? one : more}`;

/** Why no projection is drawn, or ''. */
export function whyNone(data, state, index) {
  if (!projectionOf(data, index)) return 'Nothing is projected of this proposal.';
  if (rosterOf(data, state, index).length === 0)
    return 'Nobody is left to vote: there is nothing to project.';
  const { rule } = ruleOf(data, state, index);
  const weighed = data.states.some((it) => it.weight !== undefined);
  return rule.weighted && !weighed ? 'The rule counts weights, and the members have none.' : '';
}

/** Why what has enough yes votes may yet fail, or the other way round; or ''. */
export function sayBeyond(data, state, index) {
  const { rule } = ruleOf(data, state, index);
  return [
    rule.method === 'consensus-first' ? 'What is adopted because nobody asks for a vote counts ' +
      'as adopted whatever the votes would have been.' : '',
    rule.weighted ? 'Weights decide as well, and are not in this picture.' : '',
    rule.veto ? 'A veto may stop what has enough votes.' : '',
    rule.blocking ? 'What is short is adopted all the same where too few withhold their yes to ' +
      'block it.' : '',
    rule.method === 'consensus' ? 'One objection stops it, however many are for it.' : '',
  ].filter(Boolean).join(' ');
}

/** Why the draws have no order by their votes to spare in which all that fail come first; or ''
 *  where they have. */
export function sayUnordered(data, state, index) {
  return goesByMargin(ruleOf(data, state, index).rule) ? ''
    : sayBeyond(data, state, index) || 'The outcome does not go by the yes votes to spare alone.';
}

export const sayFinding = ({ share }) =>
  `${sayPercent(share)} chance of adoption, given that it is put to a vote: ${sayLikely(share)}.`;

/** The same in a few words, for the corner that stays in sight while positions are moved. */
export const sayNow = ({ share }) => `${sayPercent(share)} adopted · ${sayLikely(share)}`;

export const sayRun = ({ done, of, error, yes, needed }) =>
  `${sayCount(done)} of ${sayCount(of)} draws; Monte Carlo error ${sayPoints(error)} points. ` +
  `Yes votes: ${yes[2]} in the middle, 9 times of 10 between ${yes[0]} and ${yes[4]}; ` +
  `about ${needed} are needed.`;

const sayChance = (chance) =>
  (chance < 0.01 || chance > 0.99 ? sayPercent(chance) : `${fixed(100 * chance, 1)}%`);

// Not as the command computed it: positions, members or the rule are others.
const isEdited = (data, state, index) => editsOf(data, state, index).length > 0
  || !isSaidRule(data, state, index)
  || !unchanged(data, index, rosterOf(data, state, index));

/** Under which rule the command computed it, where that is not the proposal's own. */
function sayUnder(data, { rule, said_rule: said = rule }) {
  return said === rule ? '' : ` under \u201c${data.rules[said].name}\u201d`;
}

/** The page's number beside the command's. */
export function sayStated(data, state, index, { share }) {
  const projection = projectionOf(data, index);
  if (!Number.isFinite(projection.chance)) return '';
  const error = sayPoints(projection.error ?? 0);
  const within = /^\d/.test(error) ? `± ${error}` : `error ${error} points`;
  const command = `${sayChance(projection.chance)} (${within})`;
  if (!isEdited(data, state, index))
    return `The answer above, computed another way, says ${command}; these draws ` +
      `say ${sayChance(share)}.`;
  const by = 100 * (share - projection.chance);
  const moved = Math.abs(by) < 0.5 ? 'as good as no change'
    : `a change of ${by > 0 ? '+' : '−'}${fixed(Math.abs(by), 0)} points`;
  return `As stated in the scenario${sayUnder(data, projection)} it is ${command}: ${moved}.`;
}

/** The vote on record beside a projection of it. */
export function sayRecord(proposal) {
  if (proposal.record === 'none' || (!proposal.total && !proposal.result)) return '';
  const total = (proposal.total ?? []).map((k) => k ?? '?');
  const counts = total.length > 0
    ? ` ${total[0]} yes, ${total[1]} no, ${total[2]} abstaining, ${total[3]} not voting` : '';
  const result = proposal.result ? ` ${proposal.result}` : '';
  return `On record:${result}${result && counts ? ',' : ''}${counts}. The projection is from ` +
    'before the vote and does not know it.';
}

const sayDay = (day) => (/^\d{4}-\d\d-\d\d$/.test(day)
  ? new Date(`${day}T00:00Z`).toLocaleDateString('en-GB',
    { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' })
  : day);

const sayWhere = (stage, day) => {
  const where = [stage && `Stage \u201c${stage}\u201d`, day && sayDay(day)].filter(Boolean);
  return where.length > 0 ? `${where.join(', ')}: ` : '';
};

const sum = (list) => list.reduce((all, k) => all + k, 0);

const isAre = (n) => (n === 1 ? 'is' : 'are');

function sayRows(rows, holds) {
  const held = holds.filter((n) => n > 0).length;
  if (held === 0) return 'No row of positions.';
  const assumed = rows.map((row, k) => (row.status === 'assumed' ? holds[k] : 0));
  const weak = assumed.filter((n) => n > 0).length;
  return `${many(held, 'row')} of positions for ${many(sum(holds), 'state')}` +
    (weak > 0
      ? `, ${weak} of them assumed (${many(sum(assumed), 'state')}): the weakest link.` : '.');
}

function sayFilled(n, electorate, age) {
  const { name, to } = electorate;
  return `${many(n, 'state')} ${isAre(n)} filled in from how states voted before (${name}` +
    `${to ? `, up to ${to}` : ''}).` +
    (age >= 0.5 ? ` Its votes are ${fixed(age, 0)} years older than usual, which widens the ` +
      'forecast.' : '');
}

/** What it rests on: how many rows, how many assumed, how many seats the model fills in. */
export function sayRests(data, index, rows, holds, forecast) {
  const { age, stage, day } = projectionOf(data, index);
  const seats = (basis) => forecast.basis.filter((it) => it === basis).length;
  const heard = seats('heard');
  const recorded = seats('record');
  return [
    `${sayWhere(stage, day)}${many(forecast.won.length, 'member')}.`,
    sayRows(rows, holds),
    heard > 0 ? `Of ${many(heard, 'state')} something was heard.` : '',
    recorded > 0 ? `${many(recorded, 'vote')} ${isAre(recorded)} on record.` : '',
    sayFilled(seats('model') + seats('shares'), data.electorate, age),
  ].filter(Boolean).join(' ');
}

/** The proposals in the order in which they are put; the one shown by the draws made here. */
export function fanItems(data, state, index, result) {
  return data.proposals.flatMap((proposal, k) => {
    const it = proposal.projection;
    const current = k === index;
    if (!it || (!current && !it.yes)) return [];
    return [{
      title: proposal.title || proposal.id,
      yes: current ? result.yes : it.yes,
      needed: !current || !isEdited(data, state, k) ? it.needed ?? result.needed : result.needed,
      chance: current ? result.share : it.chance,
      current,
    }];
  });
}
