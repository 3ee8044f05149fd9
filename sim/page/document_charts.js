// SPDX-License-Identifier: GPL-3.0-or-later
// The charts of the document: each figure holds the table that it draws, so without a script
// there is the table and nothing is missing.
import { charts, downloads, nameDrawing } from './chart.js';
import { el, listen, newId } from './dom.js';
import { openBatch } from './batch.js';
import './bars.js';
import './blocs_chart.js';
import './boxes.js';
import './bundles.js';
import './coalition.js';
import './distribution.js';
import './ideal.js';
import './indices.js';
import './interval.js';
import './parties.js';
import './power.js';
import './reliability.js';
import './scatter.js';
import './screening.js';
import './timeline.js';
import './tornado.js';
import './trajectories.js';

const LEAST = 280;
const MOST = 760;

const valueOf = (cell) => {
  const exact = cell.getAttribute('data-value');
  if (exact !== null && exact !== '') return Number(exact);
  const shown = cell.textContent.trim();
  if (shown === '' || shown === '?') return null;
  return /^[+-]?\d+(\.\d+)?$/.test(shown) ? Number(shown) : shown;
};

/** Of columns with one key, as a number to draw and words of it to read, the one of numbers, or
 *  that is out of sight where both are. */
const drawnOf = (columns) => columns.filter((one) => {
  const alike = columns.filter((other) => other.key === one.key);
  return one.key === '' || one === (alike.find((other) => other.number && other.aside)
    || alike.find((other) => other.number) || alike[0]);
});

const readTable = (table) => {
  const all = [...table.querySelectorAll('thead th')].map((head, place) => ({
    key: (head.dataset.key || '').replace(/^-/, ''),
    heading: head.textContent.trim(),
    number: head.classList.contains('n'),
    aside: head.hidden,
    place,
  }));
  const columns = drawnOf(all);
  const rows = [...table.querySelectorAll('tbody tr')].map((tr) =>
    Object.fromEntries(columns.map(({ key, place }) => [key, valueOf(tr.cells[place])])));
  const caption = table.querySelector('caption');
  return { key: table.dataset.key || '', caption: caption ? caption.textContent : '', columns,
    rows };
};

const tableOf = (figure) => figure.querySelector('table')
  || document.querySelector(`#document table[data-key="${CSS.escape(figure.dataset.table)}"]`);

const ordered = (table) =>
  table.rows.map((row) => table.columns.map((column) => row[column.key]));

const captionOf = (figure) => {
  const there = figure.querySelector('figcaption');
  const caption = there || el('figcaption');
  if (!there) figure.prepend(caption);
  if (!caption.id) caption.id = newId('chart-title');
  return caption;
};

const widthOf = (figure) =>
  Math.round(Math.min(MOST, Math.max(LEAST, figure.clientWidth || MOST)));

// The table is open where nothing is drawn: without a script, and on paper.
const closeTwin = (figure) => {
  const twin = figure.querySelector('details.twin');
  if (!twin) return;
  let was = false;
  twin.open = false;
  listen(window, 'beforeprint', () => {
    was = twin.open;
    twin.open = true;
  });
  listen(window, 'afterprint', () => { twin.open = was; });
};

/** Draws one figure and draws it again when its width changes. */
const drawFigure = (figure) => {
  const draw = charts.get(figure.dataset.chart);
  const source = tableOf(figure);
  if (!draw || !source) return;
  const table = readTable(source);
  const caption = captionOf(figure);
  const place = el('div', { class: 'drawing' });
  const own = caption.textContent.trim() === '';
  let drawn = 0;
  let svg = null;
  const redraw = () => {
    const width = widthOf(figure);
    if (width === drawn) return;
    drawn = width;
    const made = draw(table, width);
    if (!made) return;
    svg = made.svg;
    if (own) caption.textContent = made.title || table.caption;
    nameDrawing(svg, caption.id, made.desc, false);
    place.replaceChildren(svg);
  };
  redraw();
  if (!svg) return;
  caption.after(place);
  closeTwin(figure);
  figure.append(el('div', { class: 'chart-foot' }, figure.querySelector('details.twin'),
    downloads(() => ({ title: caption.textContent, svg, columns: table.columns,
      name: `${figure.dataset.chart}-${table.key || 'table'}`, rows: ordered(table) }))));
  if (typeof ResizeObserver === 'function') new ResizeObserver(redraw).observe(figure);
};

export function drawDocument(root = document.getElementById('document')) {
  if (!root) return;
  root.querySelectorAll('figure.chart[data-chart]').forEach((figure) =>
    (figure.dataset.chart === 'batch' ? openBatch(figure) : drawFigure(figure)));
}
