// SPDX-License-Identifier: GPL-3.0-or-later
// Draws of a forecast, shared out among workers.  A first picture comes of ten thousand, then
// all that were asked for; the numbers are the same whatever their number and who was first.

import { CHUNK, openDrawer } from './drawer.js';
import { decodeElectorate } from './kernel.js';

const FIRST = 10000; // draws of the first picture
const SHARE = 5000; // draws that a worker is asked for at once, later on
const MOST = 4; // workers

/** Pieces of work: [first draw, how many]. */
function piecesOf(draws, workers) {
  const early = Math.min(FIRST, draws);
  const share = Math.ceil(early / workers / CHUNK) * CHUNK;
  const pieces = [];
  for (let at = 0; at < early; at += share) pieces.push([at, Math.min(share, early - at)]);
  for (let at = early; at < draws; at += SHARE) pieces.push([at, Math.min(SHARE, draws - at)]);
  return pieces;
}

function emptySums(n) {
  return { count: new Uint32Array(4 * (n + 1)), margin: new Uint32Array(2 * (n + 1)), adopted: [] };
}

function addTo(sums, answer) {
  for (let k = 0; k < answer.count.length; k += 1) sums.count[k] += answer.count[k];
  for (let k = 0; k < answer.margin.length; k += 1) sums.margin[k] += answer.margin[k];
  answer.adopted.forEach((many, k) => { sums.adopted[answer.first / CHUNK + k] = many; });
}

/** What is known so far, as panels take it. */
function partOf(sums, n, done, of) {
  const kind = (k) => sums.count.slice(k * (n + 1), (k + 1) * (n + 1));
  return {
    done, of, last: done === of,
    yes: kind(0), no: kind(1), abstain: kind(2), absent: kind(3),
    margin: { from: -n - 1, count: sums.margin.slice() },
    adopted: sums.adopted.reduce((sum, many) => sum + many, 0),
  };
}

/** One that draws in this thread, a piece at a time, between which the page may breathe. */
function openLocal(onanswer) {
  const drawer = openDrawer();
  const send = (message) => {
    if (message.type !== 'draw') drawer(message);
    else setTimeout(() => onanswer(drawer(message)), 0);
  };
  return { send, close: () => {} };
}

function openWorker(address, onanswer, onfailure) {
  const worker = new Worker(address);
  worker.onmessage = ({ data }) => onanswer(data);
  worker.onerror = (event) => {
    event.preventDefault();
    onfailure();
  };
  return { send: (message) => worker.postMessage(message), close: () => worker.terminate() };
}

/** Functions cannot be sent, and rows carry more than the kernel reads. */
function plainQuestion(question) {
  const rows = question.rows.map(({ kind, names, line, position, sd, seats }) =>
    ({ kind, names, line, position, sd, seats }));
  const { n, place, known, likelihood, absent, at, statusQuo, age, turnout } = question;
  return { n, place, known, likelihood, absent, rows, at, statusQuo, age, turnout,
    weight: question.weight || null, veto: question.veto || null };
}

/**
 * @param {Uint8Array} kernelBytes of kernel.wasm
 * @param {string} workerText of worker.js, bundled
 * @param {object} electorate as in the data, or decoded
 * @returns {{run: function, cancel: function}} a newer run takes the place of an older one
 */
export function openDraws(kernelBytes, workerText, electorate) {
  const opening = { type: 'open', bytes: kernelBytes, electorate: decodeElectorate(electorate) };
  let drawers = null;
  let now = null; // the run
  let runs = 0;
  let alone = false; // no worker could be had

  function answered(drawer, answer) {
    drawer.busy = false;
    if (now && answer.run === now.run) {
      addTo(now.sums, answer);
      now.done += answer.draws;
      report();
    }
    give(drawer);
  }

  function report() {
    const { done, of, early, shown } = now;
    const due = done === of || (shown === 0 && done >= early);
    if (!due) return;
    now.shown = done;
    now.onpart(partOf(now.sums, now.question.n, done, of));
  }

  /** The next piece; those of the first picture wait for one another before the rest begins. */
  function give(drawer) {
    if (!now || drawer.busy || now.next >= now.pieces.length) return;
    const [first, draws] = now.pieces[now.next];
    if (first >= now.early && now.done < now.early) return;
    now.next += 1;
    drawer.busy = true;
    if (drawer.asked !== now.run) drawer.send({ type: 'ask', question: now.question });
    drawer.asked = now.run;
    drawer.send({ type: 'draw', run: now.run, seed: now.seed, first, draws, rule: now.rule,
      asks: now.asks });
  }

  const giveAll = () => drawers.forEach(give);

  /** Without workers the page draws itself, from the beginning. */
  function failed() {
    if (alone) return;
    alone = true;
    drawers.forEach((it) => it.close());
    drawers = [makeDrawer(openLocal)];
    if (now) run(now.question, now, now.onpart);
  }

  function makeDrawer(open) {
    const drawer = { busy: false, asked: 0 };
    Object.assign(drawer, open((answer) => {
      answered(drawer, answer);
      giveAll();
    }));
    drawer.send(opening);
    return drawer;
  }

  function openAll() {
    const many = Math.min(MOST, (globalThis.navigator && navigator.hardwareConcurrency) || 1);
    try {
      const address = URL.createObjectURL(new Blob([workerText], { type: 'text/javascript' }));
      drawers = Array.from({ length: many }, () =>
        makeDrawer((onanswer) => openWorker(address, onanswer, failed)));
    } catch (error) {
      drawers = [makeDrawer(openLocal)];
    }
  }

  function run(question, { seed, draws, rule, asks }, onpart) {
    if (!drawers) openAll();
    runs += 1;
    now = {
      run: runs, question: plainQuestion(question), seed, draws, rule, asks: asks || 0, onpart,
      of: draws, done: 0, shown: 0, early: Math.min(FIRST, draws), next: 0,
      pieces: piecesOf(draws, drawers.length), sums: emptySums(question.n),
    };
    giveAll();
  }

  return { run, cancel: () => { now = null; } };
}
