// SPDX-License-Identifier: GPL-3.0-or-later
// Documents made by hand, as report/page.c writes them: tables to draw, under the page's own
// style and the script that the build made of its modules.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { out, root } from './browser.mjs';

const build = process.env.PAGE_BUILD || out;
const sheets = ['base.css', 'lab.css', 'projection.css', 'charts.css', 'batch.css', 'modes.css'];
const escaped = (text) => String(text).replace(/&/g, '&amp;').replace(/</g, '&lt;');

const cellOf = (key, value) => {
  if (typeof value === 'number') return `<td class="n" data-value="${value}">${value}</td>`;
  const shown = escaped(value ?? '');
  return key === 'link' && shown.endsWith('.html')
    ? `<td><a href="${shown}">${shown.slice(0, -5)}</a></td>` : `<td>${shown}</td>`;
};

/** A figure of `kind` that draws `rows` ({key: number or text}); hidden: keys out of sight. */
export const figureOf = (kind, key, rows, { caption = '', hidden = [] } = {}) => {
  const keys = Object.keys(rows[0]);
  const aside = (one) => (hidden.includes(one) ? ' hidden=""' : '');
  const heads = keys.map((one) =>
    `<th scope="col" data-key="${one}"${aside(one)}>${one.replace(/_/g, ' ')}</th>`).join('');
  const body = rows.map((row) => `<tr>${keys.map((one) =>
    cellOf(one, row[one]).replace('<td', `<td${aside(one)}`)).join('')}</tr>`).join('\n');
  return `<figure class="chart" data-chart="${kind}" data-table="${key}"><figcaption>${
    escaped(caption)}</figcaption><details class="twin" open><summary>Table</summary>
<div class="scroll" tabindex="0" role="region" aria-label="${kind}"><table data-key="${key}">
<thead><tr>${heads}</tr></thead><tbody>${body}</tbody></table></div></details></figure>`;
};

/** The file of a page of `figures`. */
export const writeDocument = (name, ...figures) => {
  const file = join(out, 'pages', `${name}.html`);
  const style = sheets.map((sheet) =>
    readFileSync(join(root, 'sim/page', sheet), 'utf8')).join('');
  const script = readFileSync(join(build, 'sim/page/document.js'), 'utf8');
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">
<title>${name}</title><style>${style}</style></head><body><header class="top"><h1>${name}</h1>
</header><main id="main"><article id="document">${figures.join('\n')}</article></main>
<script>${script}</script></body></html>`);
  return file;
};
