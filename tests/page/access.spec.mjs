// SPDX-License-Identifier: GPL-3.0-or-later
// axe-core finds nothing against WCAG 2.2 AA: each view and mode, light and dark, on a phone
// and a projector; and the page keeps to a narrow screen.  The policy of the page would not
// let axe in: it is put aside in these tests, and in these only.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import test, { after, before } from 'node:test';
import {
  open, openBrowser, out, picture, plenary, ready, reportOf, tooWide, violations, writePage,
} from './browser.mjs';

let browser;
before(async () => { browser = await openBrowser(); });
after(() => browser.close());

const scenes = [
  ['res-74-247', ''], ['res-74-247', '#view=tiles&votes=RUS.N,DEU.A'],
  ['res-74-247', '#view=board&votes=RUS.N'], ['res-74-247', '#mode=projector'],
  ['res-74-247', '#mode=replay'], ['res-74-247', '#mode=compare&votes=RUS.N,FRA.Y'],
  ['deletions-2024', ''], ['deletions-2024', '#mode=replay&step=9'],
  ['protocol-offences', ''], ['protocol-offences', '#mode=projector'],
];

// On a phone every scene in both schemes; large, the dark wall alone again.
const looks = [['light', 'phone', scenes], ['dark', 'phone', scenes],
  ['light', 'projector', scenes],
  ['dark', 'projector', scenes.filter(([, fragment]) => fragment.includes('projector'))]];

for (const [colorScheme, size, all] of looks) {
  for (const [name, fragment] of all) {
    test(`${name} ${fragment}, ${colorScheme}, ${size}`, async () => {
      const opened = await open(browser, reportOf(name),
        { size, colorScheme, fragment, bypassCSP: true });
      await ready(opened.page);
      const found = await violations(opened.page);
      const scene = fragment.replace(/[^a-z]+/g, '-');
      await picture(opened.page, `access-${name}${scene}-${colorScheme}-${size}`,
        { fullPage: !fragment.includes('projector') });
      assert.deepEqual(found, []);
      await opened.close();
    });
  }
}

const drawn = join(out, 'drawn-for-access.csv');
const documents = [
  ['rules', ['rules']], ['whip', ['whip', 'scenarios/whip-example']],
  ['estimate', ['estimate', drawn]], ['backtest', ['backtest', 'estimate', drawn]],
];

for (const [name, words] of documents) {
  for (const colorScheme of ['light', 'dark']) {
    test(`the document of ${name}, ${colorScheme}`, async () => {
      plenary('simulate', 'data/positions/s70-74', '--roll-calls', '80', '-o', drawn);
      const file = writePage(`${name}-access`, ...words, '--format', 'html');
      const opened = await open(browser, file, { size: 'phone', colorScheme, bypassCSP: true });
      await ready(opened.page);
      assert.deepEqual(await violations(opened.page), []);
      await opened.close();
    });
  }
}

for (const name of ['res-74-247', 'protocol-offences']) {
  test(`${name} at 320 px: nothing wider than the screen`, async () => {
    const viewport = { width: 320, height: 640 };
    const opened = await open(browser, reportOf(name), { viewport });
    await ready(opened.page);
    for (const key of ['1', '2', '3', 's', 'Escape', 'c', 'Escape']) {
      await opened.page.keyboard.press(key);
      assert.deepEqual(await tooWide(opened.page), [], `after ${key}`);
    }
    await opened.close();
  });
}
