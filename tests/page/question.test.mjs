// SPDX-License-Identifier: GPL-3.0-or-later
// The question put to the forecast kernel, the words of the scale, and how draws are summed up.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { asksOf, filledPosition, goesByMargin, listed, questionOf, rowsOf, ruleOf, stageBlocsOf,
  withPosition, withoutPosition }
  from '../../sim/page/question.js';
import { SCALE, sayLikely, sayOfHundred, sayPercent } from '../../sim/page/likelihood.js';
import { binned, mean, quantiles, sayMargin, spreadOf } from '../../sim/page/spread.js';
import { swarm } from '../../sim/page/swarm.js';
import { dotMargins, dotsAdopted, dotsChart } from '../../sim/page/dots.js';
import { planBins } from '../../sim/page/histogram.js';
import { commandOf } from '../../sim/page/projection_command.js';
import { resultOf } from '../../sim/page/projection_result.js';
import { sayPoints, sayRun, sayStated, sayUnordered, whyNone }
  from '../../sim/page/projection_words.js';

const row = (who, kind, position, seats, more = {}) => ({ who, kind, names: true, line: 2,
  position, sd: 10, status: 'assumed', source: 's', note: '', seats, ...more });

const data = () => ({
  id: 'x',
  states: ['AAA', 'BBB', 'CCC', 'DDD', 'EEE'].map((code) => ({ code, name: `State ${code}` })),
  blocs: [{ id: 'PAIR', name: 'A pair', members: [1, 2] },
    { id: 'WITH_E', name: 'With E', members: [2, 4] }],
  rules: [{ id: 'half', rule: {} }, { id: 'two-thirds', rule: {} }],
  electorate: { name: 'e', state_place: [0, 1, 2, 3, 9], state_absent: [0, 0, 0, 0, 0.25] },
  proposals: [{ id: 'p', rule: 0, projection: {
    rule: 1, roster: [0, 1, 2, 3], place: [0, 1, 2, -1], known: '??N?', absent: [0.1, 0.2, 1, 0],
    likelihood: [1, 1, 1, 0.5, 0.6, 0.7, 1, 1, 1, 1, 1, 1], at: null, status_quo: null, age: 2.5,
    turnout: 0.5,
    rows: [row('PAIR', 'BLOC', 30, [1, 2]), row('AAA', 'STATE', 80, [0], { line: 3 }),
      row('PAIR', 'BLOC', 50, [1, 2], { line: 4, names: false })],
  } }, { id: 'q', rule: 0, projection: null }],
});
const state = (patch = {}) => ({ positions: [], rule: {}, added: [], removed: [], seed: '7',
  draws: 1000, ...patch });

test('an unedited question is the projection as it stands', () => {
  const question = questionOf(data(), state(), 0);
  assert.equal(question.n, 4);
  assert.deepEqual([...question.place], [0, 1, 2, -1]);
  assert.deepEqual([...question.known], [255, 255, 1, 255]);
  assert.deepEqual([...question.absent], [0.1, 0.2, 1, 0]);
  assert.deepEqual([...question.likelihood.slice(3, 6)], [0.5, 0.6, 0.7]);
  assert.deepEqual(question.rows[0], { kind: 'BLOC', names: true, line: 2, position: 30, sd: 10,
    seats: [1, 2] });
  assert.equal(question.age, 2.5);
  assert.equal(question.statusQuo, null);
});

test('nothing is asked where nothing is projected, or no electorate is there', () => {
  assert.equal(questionOf(data(), state(), 1), null);
  assert.equal(questionOf({ ...data(), electorate: null }, state(), 0), null);
});

test('an edit that names the proposal replaces the row that names it, of no line', () => {
  const positions = [{ proposal: 'p', who: 'PAIR', position: 60, sd: 5 }];
  const rows = rowsOf(data(), state({ positions }), 0);
  assert.deepEqual(rows.map((it) => [it.who, it.line, it.position, it.names]),
    [['AAA', 3, 80, true], ['PAIR', 4, 50, false], ['PAIR', 0, 60, true]]);
  assert.equal(rows[2].was.position, 30);
  assert.equal(rows[2].status, 'assumed');
});

test('an edit for every proposal replaces both rows of the same who', () => {
  const positions = [{ proposal: null, who: 'PAIR', position: 60, sd: 5 }];
  const rows = rowsOf(data(), state({ positions }), 0);
  assert.deepEqual(rows.map((it) => [it.who, it.names]), [['AAA', true], ['PAIR', false]]);
});

test('rows are shown in the scenario\'s order, of each who the one that holds', () => {
  const shown = (positions) => {
    const rows = rowsOf(data(), state({ positions }), 0);
    return listed(data(), 0, rows).map((k) => `${rows[k].who} ${rows[k].position}`);
  };
  assert.deepEqual(shown([]), ['PAIR 30', 'AAA 80']);
  assert.deepEqual(shown([{ proposal: 'p', who: 'WITH_E', position: 1, sd: 1 },
    { proposal: 'p', who: 'PAIR', position: 60, sd: 5 }]), ['PAIR 60', 'AAA 80', 'WITH_E 1']);
});

test('edits of other proposals are no business of this one', () => {
  const positions = [{ proposal: 'q', who: 'PAIR', position: 60, sd: 5 }];
  assert.equal(rowsOf(data(), state({ positions }), 0).length, 3);
});

test('an edit may speak of who had no row: a state, a bloc, all', () => {
  const of = (who) => rowsOf(data(),
    state({ positions: [{ proposal: 'p', who, position: 1, sd: 1 }] }), 0).at(-1);
  assert.deepEqual([of('DDD').kind, of('DDD').seats], ['STATE', [3]]);
  assert.deepEqual([of('WITH_E').kind, of('WITH_E').seats], ['BLOC', [2]]);
  assert.deepEqual([of('ALL').kind, of('ALL').seats], ['ALL', [0, 1, 2, 3]]);
  assert.equal(of('EEE').who, 'PAIR', 'a state without a seat has no row');
});

test('members are added and removed with what is known of them', () => {
  const question = questionOf(data(), state({ added: ['EEE'], removed: ['BBB'] }), 0);
  assert.deepEqual(question.roster, [0, 2, 3, 4]);
  assert.deepEqual([...question.place], [0, 2, -1, 9]);
  assert.deepEqual([...question.known], [255, 1, 255, 255]);
  assert.deepEqual([...question.absent], [0.1, 1, 0, 0.25]);
  assert.deepEqual([...question.likelihood.slice(9)], [1, 1, 1]);
  assert.deepEqual(question.rows[0].seats, [1]);
});

test('positions are replaced in their place, and taken back', () => {
  const first = [{ proposal: 'p', who: 'A', position: 1, sd: 1 },
    { proposal: 'p', who: 'B', position: 2, sd: 1 }];
  const moved = withPosition(first, { proposal: 'p', who: 'A', position: 9, sd: 1 });
  assert.deepEqual(moved.map((it) => it.position), [9, 2]);
  assert.equal(withPosition(first, { proposal: 'q', who: 'A', position: 9, sd: 1 }).length, 3);
  assert.deepEqual(withoutPosition(moved, 'p', 'A').map((it) => it.who), ['B']);
});

test('the rule is the projection\'s unless another is chosen', () => {
  assert.equal(ruleOf(data(), state(), 0).id, 'two-thirds');
  assert.equal(ruleOf(data(), state({ rule: { p: 'half' } }), 0).id, 'half');
});

const END = '--seed 7 --draws 1000 --proposal p scenarios/x';
const lineOf = (it, patch) => commandOf(it, state(patch), 0).line;

test('the command line says the same', () => {
  const positions = [{ proposal: 'p', who: 'PAIR', position: 60, sd: 5 },
    { proposal: null, who: 'AAA', position: 12.5, sd: 0.1 },
    { proposal: 'q', who: 'BBB', position: 1, sd: 1 }];
  assert.equal(lineOf(data(), {}), `plenary project ${END}`);
  assert.equal(lineOf(data(), { positions, rule: { p: 'half' } }),
    `plenary project --position p:PAIR=60±5 --position AAA=12.5±0.1 --rule half ${END}`);
  assert.equal(lineOf(data(), { rule: { p: 'two-thirds' } }), `plenary project ${END}`,
    'its own rule need not be asked for');
});

test('the command line holds what the report was asked for, unless it is edited', () => {
  const it = data();
  const others = "--electorate 's60 it'\\''s' --in-sample";
  it.project_options = `--position 'p:PAIR=5±3' ${others} --position EEE=90`;
  it.proposals[0].projection.rows.push(row('PAIR', 'BLOC', 5, [1, 2], { line: 0, sd: 3 }),
    row('EEE', 'STATE', 90, [], { line: 0, names: false }));
  const asked = `plenary project ${others}`;
  assert.equal(lineOf(it, {}),
    `${asked} --position p:PAIR=5±3 --position EEE=90±10 ${END}`);
  const positions = [{ proposal: 'p', who: 'PAIR', position: 60, sd: 5 }];
  assert.equal(lineOf(it, { positions }),
    `${asked} --position EEE=90±10 --position p:PAIR=60±5 ${END}`);
  assert.equal(questionOf(it, state(), 0).rows.length, 4, 'who does not sit asks nothing');
});

test('what the command would do otherwise is said', () => {
  const notes = (it, patch) => commandOf(it, state(patch), 0).notes.join(' ');
  assert.equal(notes(data(), {}), '');
  assert.match(notes(data(), { added: ['EEE'] }), /members\.csv/);
  assert.match(notes({ ...data(), left_out: 1 }, {}), /1 private entry of whip.csv.* use it\./);
  assert.match(notes({ ...data(), left_out: 3 }, {}), /3 private entries.* use them\./);
});

test('blocs are those of the stage\u2019s day, whatever the proposal\u2019s', () => {
  const it = data();
  it.proposals[0].blocs = [{ id: 'PAIR', members: [0] }];
  it.proposals[0].projection.blocs = [{ id: 'PAIR', members: [1, 2, 3] }];
  assert.deepEqual(stageBlocsOf(it, 0).map(({ id, name, members }) => [id, name, members]),
    [['PAIR', 'A pair', [1, 2, 3]], ['WITH_E', 'With E', [2, 4]]]);
  assert.deepEqual(stageBlocsOf(it, 1)[0].members, [1, 2]);
  const positions = [{ proposal: 'p', who: 'PAIR', position: 60, sd: 5 }];
  const removed = questionOf(it, state({ positions, removed: ['AAA'] }), 0);
  assert.deepEqual(removed.rows.at(-1).seats, [0, 1, 2]);
  it.rules[1] = { id: 'two-thirds', veto: 'PAIR', rule: { veto: true } };
  assert.deepEqual([...questionOf(it, state(), 0).veto], [0, 1, 1, 1]);
});

test('with everybody removed nothing is projected, and why is said', () => {
  assert.equal(whyNone(data(), state(), 0), '');
  const removed = ['AAA', 'BBB', 'CCC', 'DDD'];
  assert.match(whyNone(data(), state({ removed }), 0), /^Nobody is left/);
  assert.equal(whyNone(data(), state({ removed, added: ['EEE'] }), 0), '');
});

test('the command\u2019s number is beside the page\u2019s under the same rule alone', () => {
  const it = data();
  it.rules[0].name = 'A half';
  Object.assign(it.proposals[0].projection, { chance: 0.25, error: 0.0123, said_rule: 0 });
  const said = (patch) => sayStated(it, state(patch), 0, { share: 0.5 });
  assert.match(said({ rule: { p: 'half' } }), /^The answer above, .* says 25\.0% \(± 1\.2\)/);
  assert.match(said({}), /^As stated in the scenario under \u201cA half\u201d it is 25\.0%.*\+25/);
  delete it.proposals[0].projection.said_rule;
  assert.match(said({}), /^The answer above/);
  assert.match(said({ rule: { p: 'half' } }), /^As stated in the scenario it is 25\.0%/);
  assert.match(said({ removed: ['AAA'] }), /^As stated in the scenario it is/);
});

test('an error too small to tell is not told in digits', () => {
  assert.deepEqual([0, 5.9e-17, 0.00049, 0.0005, 0.00158, 0.0123].map(sayPoints),
    ['below 0.1', 'below 0.1', 'below 0.1', '0.05', '0.16', '1.2']);
  const run = { done: 1, of: 1, error: 5.9e-17, yes: [1, 1, 1, 1, 1], needed: 1 };
  assert.match(sayRun(run), /Monte Carlo error below 0\.1 points/);
  const it = data();
  Object.assign(it.proposals[0].projection, { chance: 0.25, error: 5.9e-17 });
  assert.match(sayStated(it, state(), 0, { share: 0.5 }), /25\.0% \(error below 0\.1 points\)/);
});

test('a state filled in stands where its cutpoints say', () => {
  assert.equal(filledPosition(-0.674, 0.674), 50);
  assert.ok(Math.abs(filledPosition(-0.674 - 2.08, 0.674 - 2.08) - 100) < 1e-9);
  assert.equal(filledPosition(9, 9), 0);
});

test('words of the printed scale, and never 0 % or 100 %', () => {
  const at = [[0, 'most unlikely'], [0.05, 'very unlikely'], [0.2, 'unlikely'], [0.4, 'open'],
    [0.6, 'likely'], [0.8, 'very likely'], [0.95, 'almost sure'], [1, 'almost sure']];
  at.forEach(([chance, word]) => assert.equal(sayLikely(chance), word));
  assert.equal(SCALE.length, 7);
  assert.deepEqual([0, 0.0099, 0.01, 0.385, 0.99, 0.995, 1].map(sayPercent),
    ['<1%', '<1%', '1%', '39%', '99%', '>99%', '>99%']);
  assert.equal(sayPercent(NaN), '?');
  assert.equal(sayOfHundred(0), 'fewer than 1 of 100 draws');
  assert.equal(sayOfHundred(1), 'more than 99 of 100 draws');
});

test('never 0 or 100 of a hundred dots', () => {
  assert.deepEqual([0, 0.004, 0.385, 0.994, 0.997, 1].map(dotsAdopted), [1, 1, 39, 99, 99, 99]);
  const all = { share: 1, margin: spreadOf([0, 0, 0, 5, 5], -2) };
  const rows = dotsChart(all).rows();
  assert.deepEqual(rows[0], [1, null, 'not adopted'], 'no draw failed, so it has no margin');
  assert.deepEqual(rows[1], [2, 1, 'adopted']);
  assert.match(dotsChart(all).note, /no vote to come is certain/);
  assert.match(dotsChart(all).title, /more than 99 of 100/);
});

test('a dot has the margin of draws that ended as it says', () => {
  for (const failed of [1, 3, 250, 996, 999]) {
    const margin = spreadOf([failed / 2, failed / 2, 1000 - failed], -2);
    const first = 100 - dotsAdopted(1 - failed / 1000);
    dotMargins({ share: 1 - failed / 1000, margin }).forEach((it, k) =>
      assert.ok(k < first ? it === -2 || it === -1 : it === 0, `${failed}: dot ${k} ${it}`));
  }
});

test('where the outcome does not go by the margin the dots say nothing of margins', () => {
  const vote = { method: 'vote', abstain: 'as-is', absent: 'as-is' };
  assert.ok(goesByMargin(vote));
  assert.ok(goesByMargin({ ...vote, veto: false, weighted: false, blocking: 0 }));
  for (const more of [{ veto: true }, { weighted: true }, { blocking: 4 }, { abstain: 'yes' },
    { method: 'consensus-first' }, { method: 'consensus' }]) {
    const it = data();
    it.rules[1].rule = { ...vote, ...more };
    const why = sayUnordered(it, state(), 0);
    assert.notEqual(why, '', JSON.stringify(more));
    const chart = dotsChart({ share: 0.4, margin: spreadOf([1, 1]), unordered: why });
    assert.deepEqual(chart.columns.map((column) => column.key), ['dot', 'outcome']);
    assert.deepEqual(chart.rows()[60], [61, 'adopted']);
    assert.ok(!/to spare, \d|most short/.test(chart.desc + chart.note));
  }
  const plain = data();
  plain.rules[1].rule = vote;
  assert.equal(sayUnordered(plain, state(), 0), '');
});

test('the scale is the command\'s', () => {
  const source = readFileSync(new URL('../../sim/report/project_say.c', import.meta.url), 'utf8');
  const steps = [...source.matchAll(/\{([0-9.]+), "([a-z ]+)"\}/g)]
    .map(([, below, word]) => ({ below: Number(below), word }));
  assert.equal(steps.length, SCALE.length);
  assert.deepEqual(SCALE.map(({ below, word }) => ({ below: Math.min(below, 1), word })), steps);
});

test('quantiles are the least value with so many at or below', () => {
  const spread = spreadOf([1, 0, 2, 1], -1);
  assert.deepEqual(quantiles(spread, [0.05, 0.25, 0.26, 0.75, 0.95]), [-1, -1, 1, 1, 2]);
  assert.equal(mean(spread), 0.75);
  assert.deepEqual([...binned(spread, -1, 2, 2)], [1, 3]);
  assert.ok(Number.isNaN(quantiles(spreadOf([0, 0]), [0.5])[0]));
  assert.deepEqual([-3, 0, 2].map(sayMargin), ['3 short', 'just enough', '2 to spare']);
});

test('no bar lies on both sides of what is needed', () => {
  for (let low = 1; low < 190; low += 7) {
    const count = new Array(2 * 193 + 2).fill(0);
    for (let k = 194 - low; k < 194 + 60; k += 1) count[k] = 1;
    const plan = planBins(spreadOf(count, -194), 24);
    assert.equal(Math.abs(plan.from % plan.step), 0);
    assert.ok(plan.bins <= 26, `${plan.bins} bins`);
    assert.ok(plan.from <= -low + 1);
  }
});

test('marks of a swarm never lie on one another', () => {
  const marks = swarm([...new Array(60).fill(0.5), 0, 1, NaN], 40);
  const seen = new Set(marks.filter(Boolean).map(({ column, row: at }) => `${column} ${at}`));
  assert.equal(seen.size, 62);
  assert.equal(marks[62], null);
  assert.deepEqual([marks[60].column, marks[61].column], [0, 39]);
});

test('what the draws answered is summed up', () => {
  const margin = { from: -4, count: new Uint32Array(8) };
  margin.count[3] = 1;
  margin.count[5] = 3;
  const part = { done: 4, of: 8, adopted: 3, margin, yes: Uint32Array.of(0, 1, 2, 1),
    no: Uint32Array.of(2, 2, 0, 0), abstain: Uint32Array.of(3, 1, 0, 0),
    absent: Uint32Array.of(4, 0, 0, 0) };
  let asked = null;
  const result = resultOf(part, (votes) => {
    asked = [...votes];
    return 7;
  });
  assert.equal(result.share, 0.75);
  assert.ok(Math.abs(result.error - Math.sqrt(0.75 * 0.25 / 4)) < 1e-12);
  assert.deepEqual(result.yes, [1, 1, 2, 2, 3]);
  assert.deepEqual(quantiles(result.margin, [0.05, 0.5]), [-1, 1]);
  assert.deepEqual(asked, [0, 0, 1], 'two yes, half a no rounded up, nobody else');
  assert.equal(result.needed, 7);
});

test('weights and vetoes go along where the rule counts them', () => {
  const it = data();
  it.states[1].weight = 5;
  it.rules[1] = { id: 'two-thirds', veto: 'PAIR', rule: { weighted: true, veto: true } };
  const question = questionOf(it, state(), 0);
  assert.deepEqual([...question.weight], [1, 5, 1, 1]);
  assert.deepEqual([...question.veto], [0, 1, 1, 0]);
  assert.equal(questionOf(data(), state(), 0).weight, undefined);
});

test('who asks for a vote matters only where consensus comes first', () => {
  assert.equal(asksOf(data(), state(), 0), null);
  const it = data();
  it.rules[1].rule.method = 'consensus-first';
  it.proposals[0].projection.asks = 0.3;
  assert.equal(asksOf(it, state(), 0), 0.3);
});
