// SPDX-License-Identifier: GPL-3.0-or-later
// Under the seats, tiles or board: the same as a table, and both as files.
import { chamberPicture } from './chamber_picture.js';
import { downloads, listTable } from './chart.js';
import { el } from './dom.js';
import { proposalOf } from './marks.js';
import { boardPicture, tilesPicture } from './wall_picture.js';

const COLUMNS = [{ key: 'state', heading: 'State' }, { key: 'name', heading: 'Name' },
  { key: 'group', heading: 'Group' }, { key: 'vote', heading: 'Vote' },
  { key: 'on_record', heading: 'On record' }];

const order = new Intl.Collator('en').compare;

const rowsOf = (lab, ballots) => ballots.codes.map((code, i) => {
  const state = lab.data.states[ballots.seats[i]];
  return [code, state.name, state.group || '', ballots.letter(i), ballots.recorded(code)];
}).sort((a, b) => order(a[1], b[1]));

function picture(lab, ballots) {
  const { view } = lab.store.state;
  if (view === 'tiles') return tilesPicture(lab.data, ballots);
  if (view === 'board') {
    return boardPicture(rowsOf(lab, ballots).map(([, name, , letter]) => [name, letter]));
  }
  return chamberPicture(lab.data, ballots, new Set());
}

const finding = (lab) => {
  const { title, margin } = lab.judged();
  return [`${proposalOf(lab).title}: ${title}`, margin].filter(Boolean).join(' ');
};

const nameOf = ({ data, store }) => (data.proposals.length > 1
  ? `${data.id}-${data.proposals[store.state.proposal].id}-votes` : `${data.id}-votes`);

/** Returns: {node, paint(judged)} */
export function openStageFiles(lab) {
  const body = el('div', { class: 'scroll', tabindex: '0', role: 'region',
    'aria-label': 'Who voted how' });
  const twin = el('details', { class: 'twin' }, el('summary', { text: 'Table' }), body);
  const paper = el('div', { class: 'unseen', 'aria-hidden': 'true' });
  const files = downloads(() => {
    const { ballots } = lab.judged();
    const drawn = picture(lab, ballots);
    paper.replaceChildren(drawn); // its colours are those that it has in the page
    setTimeout(() => paper.replaceChildren());
    return { title: finding(lab), name: nameOf(lab),
      svg: drawn, columns: COLUMNS, rows: rowsOf(lab, ballots) };
  });
  const fill = ({ ballots }) => {
    if (twin.open) body.replaceChildren(listTable(finding(lab), COLUMNS, rowsOf(lab, ballots)));
  };
  twin.addEventListener('toggle', () => fill(lab.judged()));
  return { node: el('div', { class: 'chart-foot stage-files' }, twin, files, paper), paint: fill };
}
