// SPDX-License-Identifier: GPL-3.0-or-later
// What stands in a replay where no vote is on record: the projection, if there is one.
import { charts } from './chart.js';
import { el } from './dom.js';
import './interval.js';
import { sayPercent } from './likelihood.js';

const COLUMNS = ['name', 'yes', 'low', 'high', 'needed'].map((key) => ({ key, heading: key }));

/** "45%, open: ..." */
const foreseenWords = ({ chance, said, yes, needed }) =>
  `${sayPercent(chance)} (${said}) that it is adopted, given that it is put to a vote. Yes votes: `
  + `${yes[2]}, between ${yes[0]} and ${yes[4]} 9 times of 10; ${needed} needed.`;

/** Nodes to show for a proposal that has no vote on record. */
export const foreseen = (proposal, width) => {
  const { projection } = proposal;
  if (!projection) return [el('p', { class: 'note', text: 'No vote is on record.' })];
  const { yes, needed } = projection;
  const row = { name: 'Yes votes', yes: yes[2], low: yes[0], high: yes[4], needed };
  const { svg } = charts.get('interval')({ columns: COLUMNS, rows: [row] }, width);
  svg.setAttribute('role', 'img');
  svg.setAttribute('aria-label', foreseenWords(projection));
  return [el('p', { class: 'foreseen', text: foreseenWords(projection) }), svg];
};
