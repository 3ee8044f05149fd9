// SPDX-License-Identifier: GPL-3.0-or-later
// The same on the command line: the edits as options of plenary replay.
import { copyField } from './copy.js';
import { el, text } from './dom.js';
import { ballotsOf, blocsOf, hasRecord, isCounted, isOpen, letterOf, lineOf, ruleIndexOf, startOf,
  UNKNOWN }
  from './seating.js';

// As a shell takes it whole.
const quoted = (word) => (/^[A-Za-z0-9_.,:=/-]+$/.test(word) ? word
  : `'${word.replace(/'/g, "'\\''")}'`);

function recordState(state, proposal) {
  const { [proposal.id]: dropped, ...start } = state.start;
  return { ...state, start, votes: {}, added: [], removed: [] };
}

// The groups whose line is theirs, in the order of the data: --set GROUP=LETTER each.
function groupSets(data, place, record) {
  return blocsOf(data, place).filter((bloc) => bloc.kind === 'regional-group').flatMap((bloc) => {
    const votes = record.codes.flatMap((code, i) => (bloc.members.includes(record.seats[i])
      ? [record.vote[i]] : []));
    const line = lineOf(votes);
    return line === UNKNOWN ? [] : [[bloc.id, letterOf(line)]];
  });
}

// Blocs that vote as one stand for their members: the one that saves most first.
function gathered(data, place, now, single) {
  const left = new Map(single);
  const sets = [];
  for (;;) {
    const best = blocsOf(data, place).reduce((held, bloc) => {
      const seats = now.seats.flatMap((index, i) => (bloc.members.includes(index) ? [i] : []));
      const letters = new Set(seats.map((i) => letterOf(now.vote[i])));
      const saved = seats.filter((i) => left.has(now.codes[i]));
      return letters.size === 1 && saved.length > held.saved.length
        ? { id: bloc.id, letter: [...letters][0], saved } : held;
    }, { saved: [] });
    if (best.saved.length < 3) return [...sets, ...left];
    sets.push([best.id, best.letter]);
    best.saved.forEach((i) => left.delete(now.codes[i]));
  }
}

/** The options --set of one proposal; null where the command could not make these edits: votes
 *  that are not public stay so there, whatever the page lets one try. */
function setsOf(data, state, place) {
  const proposal = data.proposals[place];
  const record = ballotsOf(data, recordState(state, proposal), place);
  const now = ballotsOf(data, state, place);
  const start = startOf(state, proposal);
  const free = record.vote.every((vote) => vote !== UNKNOWN);
  const changed = now.codes.filter((code) => now.edited.has(code));
  if (!free && start !== 'record') return null;
  if (changed.length > 0 && !hasRecord(proposal) && !isOpen(proposal)) return null;
  const wide = { abstain: [['ALL', 'A']], blank: [['ALL', 'X']] }[start]
    || (start === 'blocs' ? groupSets(data, place, record) : []);
  const before = wide.length > 0
    ? ballotsOf(data, { ...state, votes: {} }, place) : record;
  const at = new Map(before.codes.map((code, i) => [code, before.vote[i]]));
  const single = now.codes.flatMap((code, i) => (at.has(code) && at.get(code) !== now.vote[i]
    ? [[code, letterOf(now.vote[i])]] : []));
  return [...wide, ...gathered(data, place, now, single)];
}

/** Returns: {line ('' where no command comes to what is shown), notes: [what it does otherwise, or
 *  why there is none]} */
export function commandOf(data, state) {
  const notes = [];
  const several = data.proposals.length > 1;
  const options = [];
  const members = state.added.length + state.removed.length > 0;
  let same = !members;
  data.proposals.forEach((proposal, place) => {
    const sets = setsOf(data, state, place);
    if (sets === null) {
      same = same && place !== state.proposal;
      notes.push('The command does not change votes that are not public: what is tried out on '
        + `"${proposal.title}" has no command.`);
    }
    for (const [who, letter] of sets || []) {
      options.push('--set', several ? `${proposal.id}:${who}=${letter}` : `${who}=${letter}`);
    }
  });
  const here = data.proposals[state.proposal];
  const rule = ruleIndexOf(data, state, state.proposal);
  const computed = options.length > 0 || data.proposals.some(isCounted);
  if (rule !== here.rule && !computed) {
    notes.push('Where no votes are public the command computes nothing from a rule.');
  } else if (rule !== here.rule) {
    options.push('--rule', data.rules[rule].id);
    if (several) notes.push('On the command line the rule holds for every proposal.');
  }
  if (members) {
    notes.push('No option adds or removes members: the file members.csv of a scenario does.');
  }
  const words = ['plenary', 'replay', ...options, `scenarios/${data.id}`];
  return { line: same ? words.map(quoted).join(' ') : '', notes };
}

export function mount(place, lab) {
  const field = copyField(lab, { label: 'The same on the command line', button: 'Copy command',
    lines: 2 });
  const notes = el('p', { class: 'note' });
  place.append(el('div', { class: 'field' }, field.node, notes));
  return {
    paint() {
      const command = commandOf(lab.data, lab.store.state);
      field.node.hidden = command.line === '';
      field.show(command.line);
      text(notes, command.notes.join(' '));
    },
  };
}
