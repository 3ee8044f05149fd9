// SPDX-License-Identifier: GPL-3.0-or-later
// The places of the projection's panel, in the order in which they are read.
import { copyField } from './copy.js';
import { el, newId } from './dom.js';
import { sayScale } from './likelihood.js';

// Words, not a number: a seed may have more digits than the script's numbers hold.
const seedInput = () => el('input', { type: 'text', id: 'seed', inputmode: 'numeric',
  pattern: '[0-9]{1,20}', autocomplete: 'off' });

function places(lab) {
  return {
    finding: el('p', { id: 'projection-finding', class: 'projection-finding' }),
    warning: el('p', { class: 'projection-warning', text: 'Nothing is stated of who stands ' +
      'where: this is no forecast of this question, only the electorate\u2019s average vote.' }),
    stated: el('p', { id: 'projection-stated' }),
    record: el('p', { id: 'projection-record' }),
    seed: seedInput(),
    now: el('p', { class: 'projection-now', 'aria-hidden': 'true' }),
    run: el('p', { class: 'note', id: 'projection-run' }),
    dots: el('div', {}), margin: el('div', {}), spectrum: el('div', {}),
    rests: el('p', { id: 'projection-rests' }), positions: el('div', {}), fan: el('div', {}),
    command: copyField(lab, { label: 'The same projection on the command line',
      button: 'Copy command', lines: 2 }),
    otherwise: el('p', { class: 'note', id: 'projection-otherwise' }),
  };
}

const body = (parts) => el('div', {},
  parts.finding, parts.warning, parts.stated, parts.record,
  el('p', { class: 'projection-seed' },
    el('label', { for: 'seed', text: 'Seed of the draws ' }), parts.seed),
  parts.run,
  el('div', { class: 'projection-pair' }, parts.dots, parts.margin),
  el('h3', { text: 'Who stands where' }), parts.spectrum,
  el('h3', { text: 'What it rests on' }), parts.rests, parts.positions,
  el('h3', { text: 'All that is put, one by one' }), parts.fan,
  el('p', { class: 'note', text: `In words: ${sayScale()}.` }),
  parts.command.node, parts.otherwise,
  parts.now);

export function openParts(place, lab) {
  const heading = newId('projection-heading');
  const parts = places(lab);
  const all = { ...parts, none: el('p', { class: 'note' }), body: body(parts) };
  place.append(el('section', { id: 'projection', class: 'projection',
    'aria-labelledby': heading },
  el('h2', { id: heading, text: 'Projection' }), all.none, all.body));
  return all;
}

/** In CSS px, so that the letters of a drawing keep their size. */
export const widthOf = (node) =>
  Math.max(280, Math.floor(node.getBoundingClientRect().width));
