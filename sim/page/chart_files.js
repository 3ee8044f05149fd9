// SPDX-License-Identifier: GPL-3.0-or-later
// The files that a chart gives away: its table as CSV, its drawing as SVG.

const SVG_SPACE = 'http://www.w3.org/2000/svg';
const MARGIN = 12; // around the drawing, on paper of its own
const DRAWN = ['fill', 'fill-opacity', 'stroke', 'stroke-width', 'stroke-dasharray',
  'stroke-linecap', 'stroke-linejoin', 'stroke-opacity', 'opacity', 'font-family', 'font-size',
  'font-weight', 'text-anchor', 'dominant-baseline', 'paint-order', 'visibility', 'display'];

// A spreadsheet runs a cell that begins like a formula; the command's CSV guards so too.
const inert = (text) => (/^[=+\-@|%\u0000-\u001f\u007f]/.test(text) ? `'${text}` : text);

const quoted = (text) => (/[",\r\n]|^ | $/.test(text) ? `"${text.replace(/"/g, '""')}"` : text);

const cellText = (cell) => {
  if (cell === null || cell === undefined) return '';
  return typeof cell === 'number' ? String(cell) : quoted(inert(String(cell)));
};

/** The table as the command would write it: keys at the head, one row a line. */
export const csvText = (columns, rows) =>
  [columns.map((column) => column.key), ...rows]
    .map((row) => `${row.map(cellText).join(',')}\n`)
    .join('');

// What is as in the parent is inherited in the file too, but for these, which never are.
const OWN = { opacity: '1', 'dominant-baseline': 'auto', display: 'inline' };

const inlineColours = (from, to, above = {}) => {
  const style = getComputedStyle(from);
  const here = {};
  for (const name of DRAWN) {
    const value = style.getPropertyValue(name);
    here[name] = value;
    to.removeAttribute(name);
    if (value && value !== (OWN[name] || above[name])) to.setAttribute(name, value);
  }
  ['class', 'tabindex', 'role', 'aria-labelledby', 'aria-describedby']
    .forEach((name) => to.removeAttribute(name));
  [...from.children].forEach((child, i) => inlineColours(child, to.children[i], here));
};

const wrapped = (text, most) => {
  const lines = [''];
  for (const word of text.split(/\s+/)) {
    const last = lines[lines.length - 1];
    if (last && last.length + 1 + word.length > most) lines.push(word);
    else lines[lines.length - 1] = last ? `${last} ${word}` : word;
  }
  return lines;
};

const element = (tag, attributes, text = '') => {
  const out = document.createElementNS(SVG_SPACE, tag);
  Object.entries(attributes).forEach(([name, value]) => out.setAttribute(name, value));
  out.textContent = text;
  return out;
};

const boxOf = (svg) => {
  const box = (svg.getAttribute('viewBox') || '').trim().split(/[\s,]+/).map(Number);
  if (box.length === 4 && box.every(Number.isFinite)) return box;
  const { width, height } = svg.getBoundingClientRect();
  return [0, 0, width, height];
};

/** The drawing alone: its colours in it, its title above it and on paper of its own. */
export const svgText = (svg, title) => {
  const [left, y, inner, height] = boxOf(svg);
  const [x, width] = [left - MARGIN, inner + 2 * MARGIN];
  const size = Math.max(10, Math.min(16, width / 40));
  const lines = wrapped(title, Math.floor(width / (size * 0.55)));
  const head = (lines.length + 0.6) * size * 1.3;
  const paper = getComputedStyle(document.body);
  const copy = svg.cloneNode(true);
  inlineColours(svg, copy);
  copy.setAttribute('xmlns', SVG_SPACE);
  copy.setAttribute('viewBox', `${x} ${y - head} ${width} ${height + head + MARGIN}`);
  copy.setAttribute('width', width);
  copy.setAttribute('height', height + head + MARGIN);
  copy.prepend(element('title', {}, title), element('rect', { x, y: y - head, width,
    height: height + head + MARGIN, fill: paper.backgroundColor, stroke: 'none' }));
  lines.forEach((line, i) => copy.append(element('text', { x: left,
    y: y - head + (i + 1) * size * 1.3, fill: paper.color, stroke: 'none',
    'font-family': 'sans-serif', 'font-size': size, 'font-weight': 'bold',
    'text-anchor': 'start' }, line)));
  return `${new XMLSerializer().serializeToString(copy)}\n`;
};

export const save = (name, type, text) => {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
};
