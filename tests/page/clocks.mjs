// SPDX-License-Identifier: GPL-3.0-or-later
// What the tests of speed read time from.  Other work on the machine is in the time that
// passes, but not in the processor's time of a thread.

import { readdirSync, readFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';

// How many want each processor, in the last minute.
export const crowd = () => loadavg()[0] / cpus().length;

// The processor's time of the page's own thread in ms, since it was opened.
export async function openPageClock(page) {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  return async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return 1000 * metrics.find((it) => it.name === 'TaskDuration').value;
  };
}

const ofTask = (folder, name) => readFileSync(`${folder}/${name}`, 'utf8').trim();

// Of one process: the processor's time of each thread of that name in ms, by its number.
function threadsOf(pid, name) {
  const tasks = `/proc/${pid}/task`;
  return readdirSync(tasks).filter((tid) => ofTask(`${tasks}/${tid}`, 'comm') === name)
    .map((tid) => [tid, Number(ofTask(`${tasks}/${tid}`, 'schedstat').split(' ')[0]) / 1e6]);
}

// The processor's time of the workers of all pages that are open, in ms: the sum, and how
// many there are.  As Linux counts it; elsewhere this fails, and says what is missing.
export async function openWorkersClock(browser) {
  const session = await browser.newBrowserCDPSession();
  return async () => {
    const { processInfo } = await session.send('SystemInfo.getProcessInfo');
    const times = processInfo.filter(({ type }) => type === 'renderer')
      .flatMap(({ id }) => threadsOf(id, 'DedicatedWorker')).map(([, ms]) => ms);
    return { sum: times.reduce((sum, ms) => sum + ms, 0), workers: times.length };
  };
}
