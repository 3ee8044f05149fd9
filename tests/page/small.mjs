// SPDX-License-Identifier: GPL-3.0-or-later
// A body of six with two votes, for the tests of the modules: a record that names every vote,
// and one of which only two names are public.
const rule = (id, num, den, strict) => ({
  id, name: id, citation: `${id} cited`, status: 'verified', veto: '',
  rule: { method: 'vote', basis: 'voting', num, den, strict, min_yes: 0, tie: 'rejected',
    abstain: 'as-is', absent: 'as-is', veto: false, weighted: false },
});

const state = (code, group, place) => ({ code, name: `State ${code}`, group, column: place,
  row: 0 });

const proposal = (id, more) => ({
  id, title: `Title of ${id}`, symbol: '', question: 'Shall it?', kind: 'text', rule: 0,
  roster: [0, 1, 2, 3, 4, 5], unnamed: [0, 0, 0, 0], total: null, earlier: null, narration: [],
  projection: null, counted: true, record: 'complete', vote: '', result: '', end: 'unknown',
  ...more,
});

export const small = () => ({
  format: 1, id: 'small', seed: 7, draws: 1000, opening: '',
  states: [state('AAA', 'EAST', 0), state('BBB', 'EAST', 1), state('CCC', 'EAST', 2),
    state('DDD', 'WEST', 3), state('EEE', 'WEST', 4), state('FFF', '', 5),
    { ...state('OBS', '', 6), observer: true }],
  blocs: [
    { id: 'EAST', name: 'East', kind: 'regional-group', members: [0, 1, 2] },
    { id: 'WEST', name: 'West', kind: 'regional-group', members: [3, 4] },
    { id: 'CLUB', name: 'Club', kind: 'organization', members: [0, 4] },
  ],
  rules: [rule('half', 1, 2, true), rule('two-thirds', 2, 3, false),
    { ...rule('veto', 1, 2, true), veto: 'CLUB' }],
  proposals: [
    proposal('whole', { vote: 'YYANXN', result: 'adopted', end: 'adopted',
      earlier: { symbol: 'R/1', day: '2001-01-01', vote: 'NNNY?Y' } }),
    proposal('part', { record: 'partial', vote: 'Y????N', unnamed: [1, 2, 0, 1],
      total: [2, 3, 0, null], end: 'rejected', result: 'rejected' }),
    proposal('told', { record: 'outcome', counted: false, end: 'rejected', result: 'rejected' }),
    proposal('open', { record: 'none', counted: false }),
  ],
  electorate: null, against: null,
});
