// SPDX-License-Identifier: GPL-3.0-or-later
// The index of a batch: its table, which is there without a script, sorts by the heads of its
// columns and shows what is asked for.
import { el, newId, text } from './dom.js';
import { counts, isWanted, order, sortKey, STATUSES } from './batch_rows.js';

const valueOf = (cell) => {
  const exact = cell.dataset.value;
  const shown = cell.textContent.trim();
  if (exact !== undefined && exact !== '') return Number(exact);
  return shown === '' || shown === '?' ? null : shown;
};

const readRows = (heads, body) => [...body.rows].map((tr) => {
  const row = Object.fromEntries([...tr.cells].map((cell, i) => [heads[i].dataset.key,
    valueOf(cell)]));
  row.text = [...tr.cells].filter((cell) => !cell.hidden)
    .map((cell) => cell.textContent).join(' ').toLowerCase();
  return row;
});

/* ---- Sorting ---- */

const setSorted = (heads, head, down) => {
  for (const one of heads) one.removeAttribute('aria-sort');
  head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
};

/** What sorts by a head: at first the least to the top, but of margins and chances the greatest;
 *  again, the other way round. */
const sorterOf = (table, heads, rows, say) => {
  const body = table.tBodies[0];
  const lines = [...body.rows];
  return (head) => {
    const was = head.getAttribute('aria-sort');
    const greatest = ['margin', 'chance', 'yes'].includes(sortKey(head.dataset.key));
    const down = was ? was === 'ascending' : greatest;
    body.append(...order(rows, head.dataset.key, down).map((place) => lines[place]));
    setSorted(heads, head, down);
    say(`, by ${head.textContent.toLowerCase()}, ${down ? 'descending' : 'ascending'}`);
  };
};

const makeSortable = (heads, sort) => {
  for (const head of heads) {
    const button = el('button', { type: 'button', class: 'sort', text: head.textContent });
    button.addEventListener('click', () => sort(head));
    head.replaceChildren(button);
  }
};

/** On a phone, where a row is a card and there are no heads, the same as a list. */
const sortList = (heads, sort) => {
  const list = el('select', {}, el('option', { value: '', text: 'as listed' }),
    ...heads.map((head, i) => el('option', { value: String(i), text: head.textContent })));
  list.addEventListener('change', () => {
    const head = heads[Number(list.value)];
    if (list.value === '') return;
    head.removeAttribute('aria-sort');
    sort(head);
  });
  return list;
};

/* ---- Choosing ---- */

const field = (label, control, more = '') => {
  control.id = newId('batch');
  return el('div', { class: `batch-field${more}` }, el('label', { for: control.id, text: label }),
    control);
};

const chooser = (all, options) => el('select', {}, el('option', { value: '', text: all }),
  ...options.map(([value, words]) => el('option', { value, text: words })));

const number = (least, most) => el('input', { type: 'number', min: least, max: most, step: '1' });

const numberOf = (input) => (input.value.trim() === '' || !Number.isFinite(Number(input.value))
  ? null : Number(input.value));

const controlsOf = (rows) => ({
  words: el('input', { type: 'search' }),
  outcome: chooser('any', counts(rows, 'outcome').map(([one, n]) => [one, `${one} (${n})`])),
  status: chooser('any', STATUSES.filter((one) => rows.some((row) => row.status === one))
    .map((one, i) => [one, i === 0 ? one : `${one} or weaker`])),
  low: number('-10000', '10000'),
  high: number('-10000', '10000'),
  least: number('0', '100'),
  most: number('0', '100'),
});

const LABELS = { words: 'Words', outcome: 'Outcome', status: 'Weakest status',
  low: 'Margin from', high: 'Margin to', least: 'Chance from %', most: 'Chance to %' };

const asked = (controls) => ({
  words: controls.words.value.trim(), outcome: controls.outcome.value,
  status: controls.status.value, low: numberOf(controls.low), high: numberOf(controls.high),
  least: numberOf(controls.least), most: numberOf(controls.most),
});

/** The form whose change calls `change`; emptied by its last button. */
const formOf = (controls, change) => {
  const all = el('button', { type: 'button', class: 'small', text: 'Show all' });
  const form = el('form', { class: 'batch-controls', 'aria-label': 'Which scenarios are shown' },
    ...Object.entries(controls).map(([name, control]) => field(LABELS[name], control, ` is-${name}`)),
    all);
  form.addEventListener('input', change);
  form.addEventListener('submit', (event) => event.preventDefault());
  all.addEventListener('click', () => { form.reset(); change(); });
  return form;
};

/** What a card says before each value: the head of its column. */
const nameCells = (heads, lines) => {
  const names = heads.map((head) => head.textContent);
  for (const line of lines)
    for (let i = 1; i < line.cells.length; i += 1)
      if (!heads[i].hidden) line.cells[i].dataset.label = names[i];
};

/** Makes the table of the figure one that sorts and chooses. */
export const openBatch = (figure) => {
  const table = figure.querySelector('table');
  if (!table || !table.tBodies[0]) return;
  const heads = [...table.tHead.rows[0].cells];
  const rows = readRows(heads, table.tBodies[0]);
  const lines = [...table.tBodies[0].rows];
  const found = el('p', { class: 'note', role: 'status' });
  const controls = controlsOf(rows);
  let sorted = '';
  let shown = rows.length;
  const say = () => text(found, `${shown === rows.length ? `All ${shown}`
    : `${shown} of ${rows.length}`} scenarios${sorted}`);
  const choose = () => {
    const wanted = rows.map((row) => isWanted(row, asked(controls)));
    wanted.forEach((is, i) => { if (lines[i].hidden === is) lines[i].hidden = !is; });
    shown = wanted.filter(Boolean).length;
    say();
  };
  const seen = heads.filter((head) => !head.hidden);
  const sort = sorterOf(table, seen, rows, (words) => { sorted = words; say(); });
  const list = field('Sort by', sortList(seen, sort), ' batch-sort');
  nameCells(heads, lines);
  makeSortable(seen, sort);
  const place = table.closest('.scroll') || table;
  const twin = figure.querySelector('details.twin');
  if (twin) twin.replaceWith(place);
  place.before(formOf(controls, choose), list, found);
  choose(); // a browser may have kept what was asked
};
