// SPDX-License-Identifier: GPL-3.0-or-later
// The page comes alive: charts of the document, and where there are data for it, the
// laboratory: kernel, store, and everything that draws from them.
import * as bar from './bar.js';
import * as command from './command.js';
import * as controls from './controls.js';
import { attr, el, listen, text } from './dom.js';
import { openDraws } from './draws.js';
import { openHelp } from './help.js';
import { openKernel } from './kernel.js';
import { addLabKeys, openKeys } from './keys.js';
import { proposalOf } from './marks.js';
import * as movesList from './moves_list.js';
import { drawDocument, panels } from './panels.js';
import { questionOf } from './question.js';
import * as questionHead from './question_head.js';
import { ballotsOf } from './seating.js';
import * as stage from './stage.js';
import { openStore } from './store.js';
import { judge, needWords, noneYet } from './verdict.js';

const PAUSE = 250; // ms before what changed is read out, so that the last of many is

function bytesOf(base64) {
  return Uint8Array.from(atob(base64.trim()), (letter) => letter.charCodeAt(0));
}

const textOf = (id) => {
  const node = document.getElementById(id);
  return node ? node.textContent : '';
};

/** Says what changed, once things are still. */
function announcer(place) {
  let timer = 0;
  return (words) => {
    clearTimeout(timer);
    timer = setTimeout(() => text(place, words), PAUSE);
  };
}

/** The judgement of the proposal shown, made once a state. */
function judgeOnce(lab) {
  let of = null;
  let judged = null;
  return () => {
    const { state } = lab.store;
    if (of !== state) judged = judge(lab.kernel, lab.data, state, state.proposal);
    of = state;
    return judged;
  };
}

function openLab(data, kernel, draws) {
  const lab = { data, kernel, draws, store: openStore(data, location.hash), keys: openKeys() };
  const said = el('div', { id: 'said', class: 'hidden', role: 'status', 'aria-live': 'polite' });
  document.body.append(said);
  lab.announce = announcer(said);
  lab.judged = judgeOnce(lab);
  let picked = '';
  lab.picked = () => picked;
  lab.pick = (code) => { picked = code; };
  lab.glance = () => {};
  return lab;
}

function places(root) {
  const place = (id, cls) => el('div', { id, class: cls });
  const at = {
    question: place('question', 'lab-question'), bar: place('bar', 'lab-bar'),
    stage: place('stage', 'lab-stage'), side: place('controls', 'lab-side'),
    moves: place('lab-moves', 'lab-moves'), command: place('lab-command', 'lab-command'),
    panels: place('lab-panels', 'lab-panels'),
  };
  root.append(at.question, at.bar, el('div', { class: 'lab-table' }, at.stage, at.moves,
    el('div', { class: 'lab-beside' }, at.side, at.command)), at.panels);
  return at;
}

/** Of a vote to come the projection is the answer: it stands before the seats. */
function placeProjection(at, lab) {
  const panel = document.getElementById('panel-projection');
  const home = document.createComment('projection');
  panel.before(home);
  return () => {
    const { record, projection } = proposalOf(lab);
    const first = record === 'none' && projection;
    if (first && panel.nextSibling !== at.bar) at.bar.before(panel);
    if (!first && panel.previousSibling !== home) home.after(panel);
  };
}

function mountPanels(place, lab) {
  for (const [name, panel] of panels) {
    const own = el('div', { class: 'panel', id: `panel-${name}` });
    place.append(own);
    panel.mount(own, lab);
  }
}

function mountLab(root, lab) {
  const at = places(root);
  root.hidden = false; // before anything is measured
  lab.help = openHelp(root, lab);
  addLabKeys(lab);
  const seats = stage.mount(at.stage, lab);
  const parts = [questionHead.mount(at.question, lab), bar.mount(at.bar, lab), seats,
    movesList.mount(at.moves, lab), controls.mount(at.side, lab), command.mount(at.command, lab)];
  const { pick } = lab;
  lab.pick = (code) => { pick(code); seats.pick(code); };
  lab.glance = (code) => seats.glance(code);
  const paint = () => {
    performance.clearMeasures('repaint'); // the last alone is kept
    performance.mark('paint');
    const judged = lab.judged();
    attr(document.documentElement, 'data-mode', lab.store.state.mode || null);
    parts.forEach((part) => part.paint(judged));
    performance.measure('repaint', 'paint');
    performance.clearMarks('paint');
  };
  paint();
  lab.store.subscribe((state, before, label) => {
    paint();
    const { title, counted, why } = lab.judged();
    const margin = counted && counted.needed > 0 && !noneYet(lab.judged())
      ? `It ${needWords(counted)}.` : why;
    lab.announce([label && `${label}.`, title, margin].filter(Boolean).join(' '));
  });
  mountPanels(at.panels, lab);
  const place = placeProjection(at, lab);
  place();
  lab.store.subscribe(place);
}

async function start() {
  drawDocument(document.getElementById('document'));
  const root = document.getElementById('lab');
  if (!root || !document.getElementById('data')) return;
  const data = JSON.parse(textOf('data'));
  if (data.proposals.length === 0) return;
  const bytes = bytesOf(textOf('kernel'));
  const kernel = await openKernel(bytes);
  const draws = data.electorate ? openDraws(bytes, textOf('worker'), data.electorate) : null;
  const lab = openLab(data, kernel, draws);
  attr(document.documentElement, 'data-lab', 'true');
  mountLab(root, lab);
  listen(window, 'hashchange', () => lab.store.open(location.hash));
  // For those that try the page from outside: what it is made of.
  root.plenary = { data, kernel, store: lab.store, draws, ballotsOf, questionOf, lab };
  attr(root, 'data-ready', 'true');
}

start().catch((error) => {
  const root = document.getElementById('lab');
  if (!root) return;
  root.hidden = false;
  root.append(el('p', { class: 'note', text: 'The laboratory could not be opened in this '
    + `browser (${error.message}). The report below is complete without it.` }));
});
