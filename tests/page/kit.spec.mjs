// SPDX-License-Identifier: GPL-3.0-or-later
// The classroom kit in a browser: it can be read by everybody, prints, holds no script, and
// what a scenario says stays text in it.

import assert from 'node:assert/strict';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import test, { after, before } from 'node:test';
import { open, openBrowser, out, picture, plenary, tooWide, violations } from './browser.mjs';

let browser;
before(async () => { browser = await openBrowser(); });
after(() => browser.close());

function kitOf(name, scenario, ...words) {
  const folder = join(out, 'pages', `kit-${name}`);
  rmSync(folder, { recursive: true, force: true });
  plenary('kit', '-o', folder, ...words, scenario);
  return folder;
}

for (const [name, words] of [['blocs', []], ['states', ['--states', '24']]]) {
  test(`a kit of ${name} is for everybody, and is printed`, async () => {
    const folder = kitOf(name, 'scenarios/res-74-247', ...words);
    assert.ok(readdirSync(folder).filter((file) => file.endsWith('.html')).length > 10);
    for (const size of ['phone', 'projector']) {
      const { page, close } = await open(browser, join(folder, 'index.html'),
        { size, bypassCSP: true });
      assert.deepEqual(await violations(page), []);
      if (size === 'phone') assert.deepEqual(await tooWide(page), []);
      await picture(page, `kit-${name}-${size}`);
      await close();
    }
    const { page, close } = await open(browser, join(folder, 'index.html'));
    for (const format of ['A4', 'Letter']) {
      const paper = await page.pdf({ format, path: join(out, 'screenshots', `kit-${name}-${format}.pdf`) });
      const leaves = paper.toString('latin1').match(/\/Type\s*\/Page\b/g).length;
      assert.ok(leaves >= 12 && leaves <= 45, `${leaves} leaves of ${format}`);
    }
    await close();
  });
}

test('what a hostile scenario says stays text in its kit', async () => {
  const folder = kitOf('hostile', 'tests/page/hostile-record');
  for (const file of readdirSync(folder).filter((it) => it.endsWith('.html'))) {
    const { page, close } = await open(browser, join(folder, file));
    assert.equal(await page.evaluate(() => window.pwned), undefined);
    assert.equal(await page.locator('script, img, iframe, object, embed, base, form').count(), 0);
    await close();
  }
});
