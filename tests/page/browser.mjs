// SPDX-License-Identifier: GPL-3.0-or-later
// What the tests of the page share: a real Chromium, pages opened from disk, and what
// they asked of the network or complained of.
//
// From the environment (scripts/page-test sets all): PLENARY the command, PAGE_OUT the
// folder for pages and screenshots, PAGE_MODULES the folder of the packages, CHROMIUM.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
export const out = resolve(process.env.PAGE_OUT || join(root, 'build-page'));
export const command = resolve(process.env.PLENARY || join(out, 'plenary'));
const modules = resolve(process.env.PAGE_MODULES || join(out, 'npm'));
export const require = createRequire(join(modules, 'package.json'));

const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };
const projector = { viewport: { width: 1920, height: 1080 } };
export const sizes = { phone, projector };

// What a command prints.
export function plenary(...words) {
  return execFileSync(command, words, {
    cwd: root, encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'pipe'],
  });
}

// What a command prints with --format json, read.
export function plenaryJson(...words) {
  return JSON.parse(plenary(...words, '--format', 'json'));
}

// The page that a command writes, once a name; its path.
export function writePage(name, ...words) {
  const file = join(out, 'pages', `${name}.html`);
  mkdirSync(dirname(file), { recursive: true });
  plenary(...words, '-o', file);
  assert.ok(existsSync(file), `${words.join(' ')} wrote ${file}`);
  return file;
}

export function reportOf(scenario) {
  const folder = scenario.includes('/') ? scenario : join('scenarios', scenario);
  return writePage(folder.split('/').pop(), 'report', folder);
}

export function openBrowser() {
  const { chromium } = require('playwright-core');
  const args = process.getuid && process.getuid() === 0 ? ['--no-sandbox'] : [];
  return chromium.launch({
    executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args,
  });
}

// Complaints and requests, as they come.  What the page makes of itself (blob:, data:)
// is no request to anyone.
function listen(page, file) {
  const seen = { requests: [], faults: [], dialogs: [] };
  page.on('request', (request) => {
    const url = request.url();
    const own = url.split('#')[0] === file || url.startsWith('blob:') || url.startsWith('data:');
    if (!own) seen.requests.push(url);
  });
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) seen.faults.push(message.text());
  });
  page.on('pageerror', (error) => seen.faults.push(String(error)));
  page.on('dialog', (dialog) => { seen.dialogs.push(dialog.message()); dialog.dismiss(); });
  return seen;
}

// Opens a file in a context of its own; close() ends it and holds that nothing was
// asked of a network and nothing complained of.
export async function open(browser, path, options = {}) {
  const { size = 'projector', fragment = '', ...rest } = options;
  const context = await browser.newContext({ acceptDownloads: true, ...sizes[size], ...rest });
  const page = await context.newPage();
  page.setDefaultTimeout(8000);
  const file = pathToFileURL(path).href;
  const seen = listen(page, file);
  await page.goto(file + fragment);
  const calm = () => {
    assert.deepEqual(seen.requests, [], 'no request');
    assert.deepEqual(seen.faults, [], 'no error, no warning');
    assert.deepEqual(seen.dialogs, [], 'no dialog');
  };
  return { page, context, seen, calm, close: async () => { await context.close(); calm(); } };
}

export async function picture(page, name, options = {}) {
  const path = join(out, 'screenshots', `${name}.png`);
  mkdirSync(dirname(path), { recursive: true });
  await page.screenshot({ path, ...options });
}

// The bytes of what a click downloads, and the file's name.
export async function downloaded(page, click) {
  const [download] = await Promise.all([page.waitForEvent('download'), click()]);
  const stream = await download.createReadStream();
  const parts = [];
  for await (const part of stream) parts.push(part);
  return { name: download.suggestedFilename(), text: Buffer.concat(parts).toString('utf8') };
}

// Once the laboratory is there, if the page has one.
export function ready(page) {
  return page.waitForFunction(() => !document.getElementById('data') ||
    document.getElementById('lab').dataset.ready === 'true');
}

// What is wider than the screen, where the page is: nothing should be.
export function tooWide(page) {
  return page.evaluate(() => {
    const root = document.documentElement;
    if (root.scrollWidth <= root.clientWidth) return [];
    const wide = [...document.body.querySelectorAll('*')].filter((node) =>
      node.getBoundingClientRect().right > root.clientWidth + 0.5 && !node.closest('.scroll'));
    return wide.slice(0, 5).map((node) => `${node.tagName}.${node.getAttribute('class')} ` +
      `${node.id} to ${Math.round(node.getBoundingClientRect().right)} px`);
  });
}

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

// What axe-core finds against WCAG 2.2 AA; the page's policy must have been put aside (bypassCSP).
export async function violations(page) {
  await page.addScriptTag({ path: require.resolve('axe-core') });
  const found = await page.evaluate((only) =>
    window.axe.run(document, { runOnly: { type: 'tag', values: only } }), tags);
  return found.violations.map((it) => ({
    rule: it.id,
    where: it.nodes.slice(0, 4).map((node) =>
      `${node.target.join(' ')}: ${node.failureSummary.split('\n')[1] || ''}`.trim()),
    times: it.nodes.length,
  }));
}
