// SPDX-License-Identifier: GPL-3.0-or-later
// Blocs as bars of shares: yes, no, abstaining, not voting, with the letter in each part, and
// the bloc's cohesion at its end.
import { charts } from './chart.js';
import { fitted } from './axis.js';
import { svg } from './dom.js';
import { fixed } from './numbers.js';

const ROW = 28;
const PARTS = [['yes', 'Y'], ['no', 'N'], ['abstain', 'A'], ['not_voting', 'X']];

const readBlocs = (table) => table.rows.map((row) => ({
  id: String(row.bloc || row.id || '').replace(/ \(\d+\)$/, ''), name: String(row.name || ''),
  counts: PARTS.map(([key]) => Number(row[key]) || 0),
  rice: typeof row.rice === 'number' && row.rice >= 0 ? row.rice : null,
  agreement: typeof row.agreement === 'number' && row.agreement >= 0 ? row.agreement : null,
  line: String(row.line || '') }))
  .map((bloc) => ({ ...bloc, all: bloc.counts.reduce((sum, n) => sum + n, 0) }))
  .filter((bloc) => bloc.id && bloc.all > 0);

const finding = (blocs) => {
  const split = blocs.filter((bloc) => bloc.line === 'split');
  const known = blocs.filter((bloc) => bloc.agreement !== null);
  if (known.length === 0) return 'How the blocs voted';
  const least = known.reduce((a, b) => (b.agreement < a.agreement ? b : a));
  const most = known.reduce((a, b) => (b.agreement > a.agreement ? b : a));
  const head = `Most united ${most.id}, least ${least.id} (agreement ${
    fixed(most.agreement, 2)} and ${fixed(least.agreement, 2)})`;
  return split.length === 0 ? head : `${head}; ${split.length} of ${blocs.length} without a line`;
};

const words = (bloc) => `${bloc.id}: ${PARTS.map(([, letter], i) =>
  `${letter} ${bloc.counts[i]}`).join(' ')}`;

/** The parts of one bar from x0 on, `width` wide in all; empty parts are left out. */
const shares = (counts, x0, y, width) => {
  const all = counts.reduce((sum, n) => sum + n, 0);
  let x = x0;
  return counts.map((n, i) => {
    const [, letter] = PARTS[i];
    const wide = (n / all) * width;
    const at = x;
    x += wide;
    return n === 0 ? null : svg('g', {},
      svg('rect', { class: `share share-${letter}`, x: at, y, width: Math.max(0.5, wide - 1),
        height: 18 }),
      wide > 16 ? svg('text', { class: `share-word on-${letter}`, x: at + wide / 2, y: y + 13.5,
        'text-anchor': 'middle' }, wide > 40 ? `${letter} ${n}` : letter) : null);
  });
};

/** Names beside the bars, or above them where there is little room; `end`: for the cohesion. */
const layout = (blocs, full) => {
  const stacked = full < 480;
  const longest = Math.max(...blocs.map((bloc) => `${bloc.id} (${bloc.all})`.length));
  const left = stacked ? 0 : Math.min(full * 0.42, 10 + 9.7 * longest);
  const end = stacked ? 0 : 88;
  return { stacked, left, end, row: stacked ? 44 : ROW, bar: stacked ? 22 : 0,
    width: full - left - end - 2, room: stacked ? full - 90 : left - 6 };
};

const cohesionWords = (bloc) =>
  `${bloc.rice === null ? '–' : fixed(bloc.rice, 2)}  ${bloc.line}`;

const row = (bloc, i, at, full) => {
  const top = i * at.row + 22;
  return svg('g', { class: 'bloc' },
    svg('title', {}, `${bloc.name || bloc.id}. ${words(bloc)}`),
    svg('text', { class: 'row-label', x: 0, y: top + 15 },
      fitted(`${bloc.id} (${bloc.all})`, at.room)),
    ...shares(bloc.counts, at.left, top + at.bar, at.width),
    svg('text', { class: 'value', x: at.stacked ? full : full - at.end + 8, y: top + 15,
      'text-anchor': at.stacked ? 'end' : 'start' }, cohesionWords(bloc)));
};

const draw = (table, full) => {
  const blocs = readBlocs(table);
  if (blocs.length === 0) return null;
  const at = layout(blocs, full);
  return {
    title: finding(blocs),
    desc: `${blocs.map(words).join('; ')}.`,
    svg: svg('svg', { class: 'plot', viewBox: `0 0 ${full} ${blocs.length * at.row + 28}` },
      svg('text', { class: 'tick-label', x: at.left, y: 13 }, 'share of the members'),
      svg('text', { class: 'tick-label', x: at.stacked ? full : full - at.end + 8, y: 13,
        'text-anchor': at.stacked ? 'end' : 'start' }, 'Rice, line'),
      ...blocs.map((bloc, i) => row(bloc, i, at, full))),
  };
};

charts.register('blocs', draw);
