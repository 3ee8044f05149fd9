// SPDX-License-Identifier: GPL-3.0-or-later
// The frame of a chart, and the list of kinds of chart.
//
// Every chart states its finding in words above the drawing, has a text alternative, its
// numbers as a table, and the two as files. A new chart is added in three steps: a file that
// draws a table, a line that registers it, and a table that asks for it (in C,
// pln_doc_chart(doc, "KIND", …) before pln_doc_table). For example, in tornado.js:
//
//   import { charts } from './chart.js';
//   charts.register('tornado', (table, width) => ({
//     title: `${table.rows[0].what} matters most`,      // the finding, where the table has none
//     desc: table.rows.map((row) => `${row.what}: ${row.effect}`).join('; '),
//     svg: drawing(table.rows, width),                  // an <svg viewBox="0 0 width …">
//   }));
//
// and in document_charts.js: import './tornado.js';
import { el } from './dom.js';
import { csvText, save, svgText } from './chart_files.js';
import { fixed, significant } from './numbers.js';

const kinds = new Map();

/** charts.register(kind, draw); draw(table, width) -> {svg, title?, desc?} or null where the
 *  table has nothing to draw. table = {key, caption, columns: [{key, heading, number}],
 *  rows: [{key: number or text or null}]}; width in CSS px, so that letters keep their size. */
export const charts = {
  register: (kind, draw) => kinds.set(kind, draw),
  get: (kind) => kinds.get(kind),
  kinds: () => [...kinds.keys()],
};

let given = 0;
const freshId = (stem) => `${stem}-${(given += 1)}`;

const fileName = (text) =>
  (text || 'chart').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '').slice(0, 60);

const shownCell = (cell, column) => {
  if (cell === null || cell === undefined) return '';
  if (typeof cell !== 'number') return String(cell);
  if (column.digits !== undefined) return fixed(cell, column.digits);
  return significant(cell, 4);
};

const tableRow = (columns, row) => el('tr', {}, ...columns.map((column, i) =>
  el('td', { class: column.number ? 'n' : '', text: shownCell(row[i], column) })));

/** A table with its caption; cells as people read them. */
export const listTable = (caption, columns, rows) => el('table', {},
  el('caption', { text: caption }),
  el('thead', {}, el('tr', {}, ...columns.map((column) =>
    el('th', { scope: 'col', class: column.number ? 'n' : '', text: column.heading })))),
  el('tbody', {}, ...rows.map((row) => tableRow(columns, row))));

/** Ties a drawing to its words. Charts that are handled (dragged, stepped through) are
 *  groups, as an image has no parts that can be reached. */
export const nameDrawing = (svg, titleId, desc, interactive) => {
  const space = 'http://www.w3.org/2000/svg';
  svg.setAttribute('role', interactive ? 'group' : 'img');
  svg.setAttribute('aria-labelledby', titleId);
  const words = svg.querySelector(':scope > desc') || document.createElementNS(space, 'desc');
  if (!words.id) words.id = freshId('chart-desc');
  words.textContent = desc || 'Its numbers are in the table below the drawing.';
  svg.prepend(words);
  svg.setAttribute('aria-describedby', words.id);
};

/** The two buttons; get() -> {title, name, svg, columns, rows} when one is pressed. */
export const downloads = (get) => {
  const button = (label, tip, act) => el('button', { type: 'button', class: 'small', text: label,
    'aria-label': tip, title: tip, on: { click: act } });
  return el('div', { class: 'chart-files' },
    button('CSV', 'CSV: download the table', () => {
      const { name, columns, rows } = get();
      save(`${name}.csv`, 'text/csv;charset=utf-8', csvText(columns, rows));
    }),
    button('SVG', 'SVG: download the drawing', () => {
      const { name, svg, title } = get();
      save(`${name}.svg`, 'image/svg+xml', svgText(svg, title));
    }));
};

const listRows = (rows) => (typeof rows === 'function' ? rows() : rows) || [];

/** frame(place, {id, title, svg, columns, rows, note?, desc?, interactive?}) -> {figure, update}.
 *  rows may be a function that returns them: it is called when the table is open or a file
 *  is asked for, so that a repaint need not make a table. update takes any of these. */
export const frame = (place, options) => {
  const now = { ...options };
  const titleId = freshId(`${now.id || 'chart'}-title`);
  const caption = el('figcaption', { id: titleId });
  const drawing = el('div', { class: 'drawing' });
  const note = el('p', { class: 'note' });
  const body = el('div', { class: 'scroll', tabindex: '0', role: 'region' });
  const twin = el('details', { class: 'twin' }, el('summary', { text: 'Table' }), body);
  const tools = downloads(() => ({ title: now.title, name: fileName(now.id || now.title),
    svg: now.svg, columns: now.columns, rows: listRows(now.rows) }));
  const figure = el('figure', { class: 'chart' }, caption, drawing, note,
    el('div', { class: 'chart-foot' }, twin, tools));
  const fillTable = () => {
    if (!twin.open) return;
    body.setAttribute('aria-label', now.title);
    body.replaceChildren(listTable(now.title, now.columns, listRows(now.rows)));
  };
  const update = (patch = {}) => {
    Object.assign(now, patch);
    if (caption.textContent !== now.title) caption.textContent = now.title;
    if (drawing.firstChild !== now.svg) drawing.replaceChildren(now.svg);
    nameDrawing(now.svg, titleId, now.desc, now.interactive);
    note.textContent = now.note || '';
    note.hidden = !now.note;
    fillTable();
  };
  twin.addEventListener('toggle', fillTable);
  if (now.id) figure.id = now.id;
  place.append(figure);
  update();
  return { figure, update };
};
