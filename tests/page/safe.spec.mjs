// SPDX-License-Identifier: GPL-3.0-or-later
// Everything from a scenario is data: no field of one becomes markup, script or a request,
// and the policy of the page lets nothing run but what is inside it.

import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import test, { after, before } from 'node:test';
import { open, openBrowser, picture, ready, reportOf, writePage } from './browser.mjs';

let browser;
before(async () => { browser = await openBrowser(); });
after(() => browser.close());

// What no page of ours holds: handlers, frames, pictures and links from data, styles by
// attribute; and one script of each kind.
function strangers() {
  const own = new Set(['data', 'kernel', 'worker', 'made']);
  const odd = [...document.querySelectorAll('*')].filter((node) =>
    ['IMG', 'IFRAME', 'OBJECT', 'EMBED', 'BASE', 'PLAINTEXT'].includes(node.tagName) ||
    (node.tagName === 'SCRIPT' && node.id && !own.has(node.id)) ||
    [...node.attributes].some((it) => /^on/i.test(it.name) || /^\s*javascript:/i.test(it.value)));
  const scripts = [...document.scripts].filter((it) => !it.id);
  return {
    odd: odd.map((node) => node.outerHTML.slice(0, 120)),
    scripts: scripts.length,
    pwned: typeof window.pwned,
  };
}

async function holdsNothingStrange(page) {
  const found = await page.evaluate(strangers);
  assert.deepEqual(found, { odd: [], scripts: 1, pwned: 'undefined' });
}

for (const name of ['hostile-record', 'hostile-project']) {
  test(`${name}: no field becomes markup or script`, async () => {
    const opened = await open(browser, reportOf(`tests/page/${name}`));
    await ready(opened.page);
    await holdsNothingStrange(opened.page);
    for (const mode of ['p', 'Escape', 's', 'ArrowRight', 'Escape', 'c', 'Escape', '2', '3', '?']) {
      await opened.page.keyboard.press(mode);
      await holdsNothingStrange(opened.page);
    }
    await picture(opened.page, `safe-${name}`, { fullPage: true });
    await opened.close();
  });
}

test('a hostile fragment is ignored and does no harm', async () => {
  const bad = encodeURIComponent('</script><img src=x onerror=window.pwned=1>');
  const fragment = `#view=${bad}&votes=${bad}.Y,XXX.Q&rule=${bad}&proposal=${bad}&__proto__=1` +
    `&positions=${bad}.x.y&seed=1e999&%E0%A4%A&step=-1&removed=constructor&start=toString`;
  for (const name of ['res-74-247', 'protocol-offences']) {
    const opened = await open(browser, reportOf(name), { fragment });
    await ready(opened.page);
    await holdsNothingStrange(opened.page);
    await opened.close();
  }
});

// What a page that is not ours might try: each is refused, and told of.
function tryAll(server) {
  window.refused = [];
  document.addEventListener('securitypolicyviolation', (event) =>
    window.refused.push(event.effectiveDirective));
  const add = (tag, props) =>
    document.body.append(Object.assign(document.createElement(tag), props));
  add('script', { textContent: 'window.pwned = 1' });
  add('script', { src: `${server}x.js` });
  add('style', { textContent: 'body { outline: 7px solid red }' });
  add('img', { src: `${server}x.png` });
  add('iframe', { src: `${server}x.html` });
  const handler = document.createElement('div');
  handler.setAttribute('onclick', 'window.pwned = 1');
  document.body.append(handler);
  handler.click();
  setTimeout('window.pwned = 1', 0);
  fetch(server).catch(() => {});
}

test('the policy: no other script, style or request', async () => {
  const asked = [];
  const server = createServer((request, answer) => { asked.push(request.url); answer.end(); });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const { page, context } = await open(browser, reportOf('res-74-247'));
  await ready(page);
  await page.evaluate(tryAll, `http://127.0.0.1:${server.address().port}/`);
  await page.waitForTimeout(200);
  const found = await page.evaluate(() => ({
    pwned: typeof window.pwned,
    outline: getComputedStyle(document.body).outlineWidth,
    refused: [...new Set(window.refused)].sort(),
  }));
  assert.equal(found.pwned, 'undefined');
  assert.notEqual(found.outline, '7px');
  assert.deepEqual(found.refused, ['connect-src', 'frame-src', 'img-src', 'script-src',
    'script-src-attr', 'script-src-elem', 'style-src-elem']);
  assert.deepEqual(asked, []);
  await context.close();
  server.close();
});

test('one file, at most 1 MB, that names no host to ask', () => {
  for (const name of ['res-74-247', 'protocol-offences', 'deletions-2024']) {
    const file = reportOf(name);
    const { size } = statSync(file);
    console.log(`measured: ${name}.html ${(size / 1024).toFixed(0)} KB`);
    assert.ok(size <= 1e6, `${name} has ${size} bytes`);
    const text = readFileSync(file, 'utf8');
    assert.doesNotMatch(text, /<(link|script|img|iframe)[^>]*(src|href)="?(https?:)?\/\//i);
    assert.doesNotMatch(text, /@import|sourceMappingURL/);
  }
});

test('the same page twice is the same bytes', () => {
  const write = () => readFileSync(writePage('same', 'report', 'scenarios/protocol-offences'));
  assert.ok(write().equals(write()));
});
