// SPDX-License-Identifier: GPL-3.0-or-later
// The sentences of the projection.  The number comes first, then a word of the printed scale.
import { sayLikely, sayPercent } from './likelihood.js';
import { editsOf, projectionOf, rosterOf, ruleOf, unchanged } from './question.js';
import { own } from './fragment.js';

const sayCount = (n) => n.toLocaleString('en-GB');
const points = (x) => String(Number((100 * x).toPrecision(2)));
const many = (n, one, more = `${one}s`) => `${sayCount(n)} ${n === 1 ? one : more}`;

/** Why no projection is drawn, or ''. */
export function whyNone(data, state, index) {
  if (!projectionOf(data, index)) return 'Nothing is projected of this proposal.';
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
  ].filter(Boolean).join(' ');
}

export const sayFinding = ({ share }) =>
  `${sayPercent(share)} chance of adoption, given that it is put to a vote: ${sayLikely(share)}.`;

/** The same in a few words, for the corner that stays in sight while positions are moved. */
export const sayNow = ({ share }) => `${sayPercent(share)} adopted · ${sayLikely(share)}`;

export const sayRun = ({ done, of, error, yes, needed }) =>
  `${sayCount(done)} of ${sayCount(of)} draws; Monte Carlo error ${points(error)} points. ` +
  `Yes votes: ${yes[2]} in the middle, 9 times of 10 between ${yes[0]} and ${yes[4]}; ` +
  `about ${needed} are needed.`;

const sayChance = (chance) =>
  (chance < 0.01 || chance > 0.99 ? sayPercent(chance) : `${(100 * chance).toFixed(1)}%`);

const isEdited = (data, state, index) => editsOf(data, state, index).length > 0
  || own(state.rule ?? {}, data.proposals[index].id) !== undefined
  || !unchanged(data, index, rosterOf(data, state, index));

/** The page's number beside the command's. */
export function sayStated(data, state, index, { share }) {
  const projection = projectionOf(data, index);
  if (!Number.isFinite(projection.chance)) return '';
  const command = `${sayChance(projection.chance)} (± ${points(projection.error ?? 0)})`;
  if (!isEdited(data, state, index))
    return `The command, which computes the chance another way, says ${command}; these draws ` +
      `say ${sayChance(share)}.`;
  const by = 100 * (share - projection.chance);
  const moved = Math.abs(by) < 0.5 ? 'as good as no change'
    : `a change of ${by > 0 ? '+' : '−'}${Math.abs(by).toFixed(0)} points`;
  return `As stated in the scenario it is ${command}: ${moved}.`;
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
    (age >= 0.5 ? ` Its votes are ${age.toFixed(0)} years older than usual, which widens the ` +
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
