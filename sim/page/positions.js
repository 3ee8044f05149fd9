// SPDX-License-Identifier: GPL-3.0-or-later
// The rows of positions that a projection rests on, as a list: each with its status and source,
// a slider and two numbers.  What the spectrum does by dragging is done here without it.
import { attr, clear, el, newId, text } from './dom.js';
import { USUAL_SD, listed, nameOf, stageBlocsOf } from './question.js';
import { sayNumber } from './spectrum_marks.js';

const inRange = (value, least, most) =>
  Number.isFinite(value) && value >= least && value <= most;

const holdsFor = (n) => (n === 0 ? 'holds for nobody: other rows are more specific'
  : `holds for ${n} ${n === 1 ? 'state' : 'states'}`);

function numberInput(label, min, act) {
  return el('input', { type: 'number', class: 'position-number', min, max: 100, step: 'any',
    'aria-label': label, on: { change: act } });
}

/** One row of the list; paint(row, holds) fills it. */
function openRow(name, act) {
  let now = null;
  const edit = (patch) => ({ who: now.who, position: now.position, sd: now.sd, ...patch });
  const position = () => numberInput(`Position of ${name}`, 0, (event) => {
    const value = event.target.valueAsNumber;
    if (inRange(value, 0, 100)) act.drop(edit({ position: value }));
    else paint(now, now.holds);
  });
  const sd = () => numberInput(`How unsure the position of ${name} is`, 0.1, (event) => {
    const value = event.target.valueAsNumber;
    if (inRange(value, 0.1, 100)) act.drop(edit({ sd: value }));
    else paint(now, now.holds);
  });
  const range = el('input', { type: 'range', min: 0, max: 100, step: 1,
    'aria-label': `Position of ${name}, slider`,
    on: {
      input: (event) => act.drag(edit({ position: event.target.valueAsNumber })),
      change: (event) => act.drop(edit({ position: event.target.valueAsNumber })),
    } });
  const parts = {
    name: el('strong', { text: name }), who: el('span', { class: 'note' }),
    status: el('span', { class: 'tag' }), holds: el('span', { class: 'note' }),
    position: position(), sd: sd(),
    back: el('button', { type: 'button', class: 'small', on: { click: () => act.back(now.who) } }),
    source: el('p', { class: 'note' }),
  };
  const node = el('li', { class: 'position' },
    el('div', { class: 'position-head' }, parts.name, parts.who, parts.status, parts.holds),
    el('div', { class: 'position-set' }, range, parts.position,
      el('span', { 'aria-hidden': 'true', text: '±' }), parts.sd, parts.back),
    el('details', {}, el('summary', { text: 'Source' }), parts.source));

  function paint(row, holds) {
    now = { ...row, holds };
    text(parts.who, name === row.who ? '' : row.who);
    text(parts.status, row.edited ? 'set here' : row.status);
    attr(parts.status, 'class', row.status === 'assumed' ? 'tag assumed' : 'tag');
    text(parts.holds, holdsFor(holds));
    range.value = row.position;
    attr(range, 'aria-valuetext', `${sayNumber(row.position)} of 100`);
    parts.position.value = row.position;
    parts.sd.value = row.sd;
    parts.back.hidden = !row.edited;
    text(parts.back, row.was ? `back to ${sayNumber(row.was.position)} ± ` +
      `${sayNumber(row.was.sd)}` : 'remove');
    attr(parts.back, 'aria-label', `${parts.back.textContent}: ${name}`);
    text(parts.source, [row.source, row.note].filter(Boolean).join(' · '));
  }
  return { node, paint };
}

const byName = new Intl.Collator('en');

const option = ([value, label]) => el('option', { value, text: label });

function choices(data, index, rows, roster) {
  const taken = new Set(rows.map((row) => row.who));
  const sits = new Set(roster);
  const blocs = stageBlocsOf(data, index)
    .filter((bloc) => bloc.members.some((member) => sits.has(member)))
    .map((bloc) => [bloc.id, `${bloc.name} (${bloc.id})`]);
  const states = roster.map((k) => [data.states[k].code,
    `${data.states[k].name} (${data.states[k].code})`]);
  const free = (list) => list.filter(([id]) => !taken.has(id))
    .sort((a, b) => byName.compare(a[1], b[1])).map(option);
  return [
    ...(taken.has('ALL') ? [] : [option(['ALL', 'All states'])]),
    el('optgroup', { label: 'Blocs' }, ...free(blocs)),
    el('optgroup', { label: 'States' }, ...free(states)),
  ];
}

function openAdder(act) {
  const id = newId('add-position');
  const select = el('select', { id });
  const node = el('p', { class: 'position-add' },
    el('label', { for: id, text: 'Say where another stands: ' }), select, ' ',
    el('button', { type: 'button', text: 'Add', on: { click: () => {
      if (select.value) act.drop({ who: select.value, position: 50, sd: USUAL_SD });
    } } }));
  return { node, fill: (options) => clear(select).append(...options) };
}

/** openPositions(place, {data, drag(edit), drop(edit), back(who)}) -> {update({index, rows,
 *  holds: how many seats each row holds for, roster})}. */
export function openPositions(place, { data, ...act }) {
  const list = el('ul', { id: 'positions', class: 'positions' });
  const adder = openAdder(act);
  let shown = new Map();
  let key = '';
  place.append(list, adder.node);

  function relist(index, rows, roster) {
    const known = shown;
    shown = new Map(rows.map((row) =>
      [row.who, known.get(row.who) ?? openRow(nameOf(data, index, row.who), act)]));
    const nodes = [...shown.values()].map((row) => row.node);
    [...list.children].filter((node) => !nodes.includes(node)).forEach((node) => node.remove());
    nodes.forEach((node, k) => {
      if (list.children[k] !== node) list.insertBefore(node, list.children[k] ?? null);
    });
    adder.fill(choices(data, index, rows, roster));
  }

  return {
    update({ index, rows, holds, roster }) {
      const order = listed(data, index, rows);
      const next = [index, roster.length, ...order.map((k) => rows[k].who)].join(',');
      if (next !== key) relist(index, order.map((k) => rows[k]), roster);
      key = next;
      order.forEach((k) => shown.get(rows[k].who).paint(rows[k], holds[k]));
    },
  };
}
