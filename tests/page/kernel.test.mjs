// SPDX-License-Identifier: GPL-3.0-or-later
// The kernel and what draws with it, in node: a made electorate and a made chamber, and sums
// beside the tallies that they are of.  That the numbers are the program's own, equal_votes
// and equal_draws hold; the kernel is that of the build (PAGE_BUILD).
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import test from 'node:test';
import { openDraws } from '../../sim/page/draws.js';
import { decodeElectorate, openKernel, openKernelNow } from '../../sim/page/kernel.js';

const file = join(resolve(process.env.PAGE_BUILD || 'build-page'), 'sim/page/kernel.wasm');
const options = { skip: existsSync(file) ? false : `${file} is not built` };
const bytes = options.skip ? null : readFileSync(file);

const N = 12;
const P = 2;
const half = { method: 'vote', basis: 'voting', num: 1, den: 2, strict: true, tie: 'rejected',
  abstain: 'as-is', absent: 'as-is' };
const asking = { ...half, method: 'consensus-first' };

const base64 = (numbers) => Buffer.from(Float64Array.from(numbers).buffer).toString('base64');

function madeElectorate() {
  const each = (of) => Array.from({ length: N }, (_, i) => of(i));
  return { n: N, p: P, two: false, width_sd: 0.3, lapse: 0.003,
    row: base64(each((i) => [0.5, (i - 5) / 4]).flat()),
    offset: base64(each((i) => (i - 6) / 5)), log_width: base64(each(() => -0.8)) };
}

function madeQuestion(rows = []) {
  const n = N;
  return { n, place: Int32Array.from({ length: n }, (_, i) => (i === 3 ? -1 : i)),
    known: Uint8Array.from({ length: n }, (_, i) => (i === 0 ? 1 : 255)), likelihood: null,
    absent: Float64Array.from({ length: n }, (_, i) => (i === 0 ? 0 : 0.1)), rows, at: null,
    statusQuo: null, age: 2, turnout: 0.5 };
}

const row = (kind, seats, position, more = {}) =>
  ({ kind, names: false, line: 2, position, sd: 10, seats, ...more });

function opened() {
  const kernel = openKernelNow(bytes);
  kernel.electorate(madeElectorate());
  return kernel;
}

test('votes are counted, and who would turn it', options, async () => {
  const kernel = await openKernel(bytes);
  const vote = Uint8Array.from([79, 60, 33, 21].flatMap((many, kind) => Array(many).fill(kind)));
  const said = kernel.decide(half, { vote });
  assert.deepEqual(said.count, [79, 60, 33, 21]);
  assert.deepEqual([said.outcome, said.reason, said.yes, said.base, said.needed, said.seen],
    ['adopted', 'majority', 79, 139, 70, 172]);
  assert.deepEqual(kernel.turn(half, { vote })[0], [0, 10, 19, 19]);
  const unnamed = [79, 60, 33, 21];
  assert.deepEqual(kernel.decide(half, { vote: new Uint8Array(193).fill(255), unnamed }), said);
  const veto = Uint8Array.from(vote, (kind) => (kind === 1 ? 1 : 0));
  assert.equal(kernel.decide({ ...half, veto: true }, { vote, veto }).reason, 'veto');
  const weight = Uint32Array.from(vote, (kind) => (kind === 1 ? 1000000000 : 1));
  const weighted = { ...half, weighted: true, weight_num: 1, weight_den: 2 };
  assert.equal(kernel.decide(weighted, { vote, weight }).reason, 'weight');
  assert.equal(kernel.decide(half, { vote: new Uint8Array(0) }).reason, 'no-members');
  const consensus = { ...half, method: 'consensus' };
  assert.equal(kernel.decide(consensus, { vote }, 0).reason, 'objection');
});

test('the row that holds, and what a seat rests on', options, () => {
  const kernel = opened();
  const question = madeQuestion([row('ALL', [...Array(N).keys()], 50, { line: 3 }),
    row('BLOC', [1, 2, 4], 80), row('STATE', [1], 20), row('BLOC', [2, 4, 5], 60, { line: 9 })]);
  question.likelihood = new Float64Array(3 * N).fill(1);
  question.likelihood[3 * 7 + 2] = 5;
  const f = kernel.forecast(question);
  assert.deepEqual([...f.won.slice(1, 6)], [2, 1, 0, 1, 3]);
  assert.equal(f.position[1], 20);
  assert.equal(f.position[2], 70); // two blocs of a size, as sure as one another
  assert.ok(f.sd[2] > 10);
  assert.deepEqual([f.basis[0], f.basis[1], f.basis[7]], ['record', 'stated', 'heard']);
  assert.deepEqual([...f.chance.slice(0, 3)], [1, 0, 0]);
  for (let i = 0; i < N; i += 1) {
    const sum = f.chance[3 * i] + f.chance[3 * i + 1] + f.chance[3 * i + 2];
    assert.ok(Math.abs(sum - 1) < 1e-12 && f.below[i] <= f.above[i]);
  }
  const bare = kernel.forecast(madeQuestion());
  assert.deepEqual([bare.basis[3], bare.basis[4], bare.won[4]], ['shares', 'model', -1]);
  assert.equal(bare.f, P + 1);
});

test('a draw is the same wherever one begins', options, () => {
  const kernel = opened();
  kernel.forecast(madeQuestion([row('ALL', [...Array(N).keys()], 60)]));
  for (const seed of [1, 2 ** 40 + 5]) {
    const all = kernel.tallies(seed, 0, 50);
    assert.deepEqual(kernel.tallies(seed, 30, 20), all.slice(120));
    for (let d = 0; d < 50; d += 1) {
      assert.equal(all.slice(4 * d, 4 * d + 4).reduce((sum, many) => sum + many, 0), N);
    }
  }
  assert.notDeepEqual(kernel.tallies(1, 0, 50), kernel.tallies(2 ** 32 + 1, 0, 50));
});

test('a seed of 64 bits is given in digits', options, () => {
  const kernel = opened();
  kernel.forecast(madeQuestion([row('ALL', [...Array(N).keys()], 60)]));
  const drawn = (seed) => kernel.tallies(seed, 0, 50);
  assert.deepEqual(drawn('7'), drawn(7));
  assert.deepEqual(drawn('18446744073709551615'), drawn(2n ** 64n - 1n));
  assert.notDeepEqual(drawn('9007199254740993'), drawn('9007199254740992'));
  assert.notDeepEqual(drawn('18446744073709551615'), drawn('4294967295'));
});

test('sums are those of the tallies, with weights and vetoes too', options, () => {
  const kernel = opened();
  const question = madeQuestion([row('ALL', [...Array(N).keys()], 60)]);
  kernel.forecast({ ...question, weight: new Uint32Array(N).fill(1), veto: new Uint8Array(N) });
  const tallies = kernel.tallies(7, 1000, 500);
  const yes = new Uint32Array(N + 1);
  let adopted = 0;
  for (let d = 0; d < 500; d += 1) {
    yes[tallies[4 * d]] += 1;
    adopted += tallies[4 * d] > tallies[4 * d + 1] ? 1 : 0;
  }
  const sums = kernel.sums(7, 1000, 500, half, 0);
  assert.deepEqual(sums.count.slice(0, N + 1), yes);
  assert.equal(sums.adopted, adopted);
  assert.equal(sums.margin.reduce((sum, many) => sum + many, 0), 500);
  assert.deepEqual(kernel.sums(7, 1000, 500, { ...half, veto: true }, 0), sums);
  const quiet = kernel.sums(7, 1000, 500, asking, 0).adopted;
  assert.equal(quiet, 500); // nobody asks: nobody can object
  const likely = kernel.sums(7, 1000, 500, asking, 0.1).adopted;
  assert.ok(likely > adopted && likely < 500);
});

const runOf = (draws, question, settings) => new Promise((done) => {
  const parts = [];
  draws.run(question, settings, (part) => {
    parts.push(part);
    if (part.last) done(parts);
  });
});

test('draws: ten thousand first, then all; a newer run takes the place of an older', options,
  async () => {
    const draws = openDraws(bytes, '', madeElectorate());
    const question = madeQuestion([row('ALL', [...Array(N).keys()], 60)]);
    const settings = { seed: 3, draws: 12500, rule: asking, asks: 0.1 };
    draws.run(question, { ...settings, seed: 4 }, () => assert.fail('the older run'));
    const parts = await runOf(draws, question, settings);
    assert.deepEqual(parts.map((part) => [part.done, part.of]), [[10000, 12500], [12500, 12500]]);
    const kernel = opened();
    kernel.forecast(question);
    let adopted = 0;
    for (let first = 0; first < 12500; first += 1000) {
      adopted += kernel.sums(3, first, Math.min(1000, 12500 - first), asking, 0.1).adopted;
    }
    assert.equal(parts[1].adopted, adopted);
    assert.deepEqual(parts[1].margin.from, -N - 1);
    for (const list of [parts[1].yes, parts[1].no, parts[1].abstain, parts[1].absent]) {
      assert.equal(list.reduce((sum, many) => sum + many, 0), 12500);
    }
    draws.run(question, settings, () => assert.fail('cancelled'));
    draws.cancel();
    const few = await runOf(draws, question, { ...settings, draws: 100 });
    assert.deepEqual(few.map((part) => part.done), [100]);
  });

test('an empty chamber and a decoded electorate', options, () => {
  const kernel = openKernelNow(bytes);
  kernel.electorate(decodeElectorate(decodeElectorate(madeElectorate())));
  const nobody = { n: 0, place: [], known: [], likelihood: null, absent: [], rows: [], at: 80,
    statusQuo: 20, age: 0, turnout: 0.5 };
  assert.equal(kernel.forecast(nobody).n, 0);
  assert.deepEqual([...kernel.tallies(1, 0, 2)], [0, 0, 0, 0, 0, 0, 0, 0]);
  assert.equal(kernel.sums(1, 0, 10, half, 0).adopted, 0);
  assert.equal(kernel.sums(1, 0, 10, asking, 0.1).adopted, 0, 'silence of nobody adopts nothing');
});
