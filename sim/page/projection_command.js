// SPDX-License-Identifier: GPL-3.0-or-later
// The projection shown, on the command line: the line of `plenary project` that draws the same.
import { rosterOf, rowsOf, ruleOf, unchanged } from './question.js';

// As a shell takes it whole.
const quoted = (word) => (/^[A-Za-z0-9_.,:=/±-]+$/.test(word) ? word
  : `'${word.replace(/'/g, "'\\''")}'`);

// Those that the report was asked for (rows of no line) and those edited here: the others are in
// the scenario's file.
const positionOptions = (data, state, index) => rowsOf(data, state, index, true)
  .filter((row) => row.line === 0)
  .flatMap(({ who, names, position, sd }) => ['--position',
    `${names ? `${data.proposals[index].id}:` : ''}${who}=${position}±${sd}`]);

// What else the report was asked for, as it was written for a shell; positions among it are rows
// here, which an edit may have replaced.
function otherOptions(text) {
  const words = text.match(/(?:'[^']*'|\\.|[^\s'\\])+/g) ?? [];
  return words.filter((word, k) => word !== '--position' && words[k - 1] !== '--position');
}

function notesOf(data, state, index) {
  const moved = !unchanged(data, index, rosterOf(data, state, index));
  const out = data.left_out ?? 0;
  return [
    moved ? 'Members are added and removed in the file members.csv of the scenario: the command ' +
      'has them as they are there.' : '',
    out > 0 ? `This page leaves out ${out} private ${out === 1 ? 'entry' : 'entries'} of ` +
      `whip.csv; the command, run where that file is, would use ${out === 1 ? 'it' : 'them'}.` : '',
  ].filter(Boolean);
}

/** The same on the command line of `plenary project`.
 *  Returns: {line, notes: [what the command does otherwise]} */
export function commandOf(data, state, index) {
  const { id, projection } = data.proposals[index];
  const rule = ruleOf(data, state, index).id;
  const other = rule === data.rules[projection.rule].id ? [] : ['--rule', rule];
  const words = [...positionOptions(data, state, index), ...other, '--seed', String(state.seed),
    '--draws', String(state.draws), '--proposal', id, `scenarios/${data.id}`].map(quoted);
  const asked = otherOptions(data.project_options ?? '');
  return { line: ['plenary', 'project', ...asked, ...words].join(' '),
    notes: notesOf(data, state, index) };
}
