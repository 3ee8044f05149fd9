// SPDX-License-Identifier: GPL-3.0-or-later
// The projection of the proposal shown: how likely it is adopted, given that it is put to a
// vote, from positions that may be moved.  The draws are those of `plenary project`.
import { attr, text } from './dom.js';
import { openDots } from './dots.js';
import { openFan } from './fan.js';
import { seedOf } from './fragment.js';
import { openHistogram } from './histogram.js';
import { openPositions } from './positions.js';
import { commandOf } from './projection_command.js';
import { openParts, widthOf } from './projection_parts.js';
import { openRuns } from './projection_runs.js';
import { fanItems, sayBeyond, sayFinding, sayNow, sayRecord, sayRests, sayRun, sayStated,
  sayUnordered, whyNone } from './projection_words.js';
import { asksOf, questionOf, rowsOf, ruleOf, withPosition, withoutPosition }
  from './question.js';
import { openSpectrum } from './spectrum.js';

const WATCHED = ['proposal', 'positions', 'rule', 'seed', 'draws', 'added', 'removed'];
const READ_OUT = ['positions', 'seed'];
const FAN_NOTE = 'Line: 9 draws of 10. Bar: half of them. Disc: the middle. Needle: what is ' +
  'needed. The proposal shown is drawn here; the others are as the report has them.';

/** How many seats each row holds for. */
const holdsOf = (rows, forecast) =>
  rows.map((_, k) => forecast.won.reduce((n, won) => n + (won === k ? 1 : 0), 0));

const isProjected = ({ data, kernel, draws }) => Boolean(data.electorate && kernel.forecast &&
  draws && data.proposals.some((proposal) => proposal.projection));

/** What the draws said; `whole`: also what is not drawn while something is dragged. */
function paintResult(panel, state, result, whole) {
  const { data, parts, charts } = panel;
  const index = state.proposal;
  text(parts.finding, sayFinding(result));
  text(parts.now, sayNow(result));
  text(parts.run, sayRun(result));
  text(parts.stated, sayStated(data, state, index, result));
  charts.dots.update({ ...result, width: widthOf(parts.dots),
    unordered: sayUnordered(data, state, index) });
  charts.histogram.update({ ...result, width: widthOf(parts.margin),
    beyond: sayBeyond(data, state, index) });
  if (!whole) return;
  charts.fan.update({ items: fanItems(data, state, index, result), width: widthOf(parts.fan),
    note: FAN_NOTE });
}

/** Who stands where, and what the projection rests on. */
function paintPositions(panel, state) {
  const { data, kernel, parts, charts } = panel;
  const index = state.proposal;
  const question = questionOf(data, state, index);
  const forecast = kernel.forecast(question);
  const rows = rowsOf(data, state, index);
  const holds = holdsOf(rows, forecast);
  charts.spectrum.update({ index, question, forecast, rows, width: widthOf(parts.spectrum) });
  charts.positions.update({ index, rows, holds, roster: question.roster });
  text(parts.rests, sayRests(data, index, rows, holds, forecast));
  const command = commandOf(data, state, index);
  parts.command.show(command.line);
  text(parts.otherwise, command.notes.join(' '));
  parts.warning.hidden = forecast.basis.some((it) => !['model', 'shares'].includes(it));
}

/** Whether there is anything to draw; else it says why not. */
function paintHead({ data, parts }, state) {
  const none = whyNone(data, state, state.proposal);
  const record = sayRecord(data.proposals[state.proposal]);
  text(parts.none, none);
  parts.none.hidden = !none;
  parts.body.hidden = Boolean(none);
  text(parts.record, record);
  parts.record.hidden = !record;
  if (document.activeElement !== parts.seed) parts.seed.value = state.seed;
  return !none;
}

function openCharts(data, parts, edits) {
  return {
    dots: openDots(parts.dots),
    histogram: openHistogram(parts.margin),
    fan: openFan(parts.fan),
    spectrum: openSpectrum(parts.spectrum, { data, onDrag: edits.drag, onDrop: edits.drop,
      onCancel: edits.cancel }),
    positions: openPositions(parts.positions, { data, ...edits }),
  };
}

/** The corner repeats the finding only where the finding itself is out of sight. */
function watchFinding({ finding, now }) {
  new IntersectionObserver(([seen]) => now.classList.toggle('away', seen.isIntersecting))
    .observe(finding);
}

function listenToSeed(input, store) {
  input.addEventListener('change', () => {
    const seed = seedOf(input.value.trim());
    if (seed !== undefined)
      store.set({ seed }, { undo: true, label: `Seed ${seed}` });
    else input.value = store.state.seed;
  });
}

/** What the hand does to positions: drag(edit), drop(edit), cancel(), back(who), an edit being
 *  {who, position, sd}; and draft(), what is being dragged, or null. */
function openEdits(data, store, { dragged, still }) {
  let draft = null;
  const named = (edit) => ({ proposal: data.proposals[store.state.proposal].id, ...edit });
  const end = () => {
    const was = draft !== null;
    draft = null;
    return was;
  };
  return {
    draft: () => draft,
    drag(edit) {
      draft = named(edit);
      dragged();
    },
    drop(edit) {
      const was = end();
      const before = store.state;
      store.set({ positions: withPosition(before.positions, named(edit)) }, { undo: true,
        label: `${edit.who} at ${edit.position}, give or take ${edit.sd}` });
      if (was && store.state === before) still();
    },
    cancel: () => end() && still(),
    back(who) {
      const { positions } = store.state;
      store.set({ positions: withoutPosition(positions, named({}).proposal, who) },
        { undo: true, label: `${who} as the scenario has it` });
    },
  };
}

export function mount(place, lab) {
  const { data, kernel, store, draws } = lab;
  if (!isProjected(lab)) {
    place.hidden = true;
    return;
  }
  kernel.electorate(data.electorate);
  const edits = openEdits(data, store, { dragged: () => runs.first(), still: () => refresh() });
  const parts = openParts(place, lab);
  const panel = { data, kernel, parts, charts: openCharts(data, parts, edits) };
  let last = null; // what the draws said last, and of which state
  let width = widthOf(place);
  let moved = false; // by hand, and what it led to has not been read out

  function ask() {
    const draft = edits.draft();
    const { state } = store;
    const then = draft ? { ...state, positions: withPosition(state.positions, draft) } : state;
    const index = state.proposal;
    const { rule } = ruleOf(data, then, index);
    return {
      state: then,
      question: questionOf(data, then, index),
      needed: (vote) => kernel.decide(rule, { vote }).needed,
      options: { seed: state.seed, rule, asks: asksOf(data, then, index) },
    };
  }

  const runs = openRuns(draws, ask, (result, { state }) => {
    if (state.proposal !== store.state.proposal) return;
    last = { result, state };
    if (result.done === result.of && moved && !edits.draft()) {
      lab.announce(`${store.label}. ${sayFinding(result)}`);
      moved = false;
    }
    paintResult(panel, state, result, !edits.draft());
  });

  function refresh() {
    if (!paintHead(panel, store.state)) {
      runs.stop();
      return;
    }
    paintPositions(panel, store.state);
    runs.all(store.state.draws);
  }

  new ResizeObserver(() => {
    const now = widthOf(place);
    if (now === width || edits.draft() || parts.body.hidden) return;
    width = now;
    paintPositions(panel, store.state);
    if (last) paintResult(panel, last.state, last.result, true);
  }).observe(place);
  watchFinding(parts);
  listenToSeed(parts.seed, store);
  store.subscribe((state, before) => {
    moved = moved || READ_OUT.some((key) => state[key] !== before[key]);
    if (WATCHED.some((key) => state[key] !== before[key])) refresh();
  });
  refresh();
  attr(parts.body, 'data-ready', 'true');
}
