// SPDX-License-Identifier: GPL-3.0-or-later
// The kernel: the program's own rules and draws (sim/core), in WebAssembly.
// What it answers is what the command answers.

const METHODS = ['vote', 'consensus', 'consensus-first'];
const BASES = ['voting', 'present', 'members'];
const TIES = ['rejected', 'second-vote'];
const COUNTS = ['as-is', 'yes', 'no'];
const OUTCOMES = ['rejected', 'adopted', 'tied'];
const REASONS = ['majority', 'no-block', 'no-objection', 'objection', 'no-members', 'no-yes',
  'veto', 'tie', 'short', 'floor', 'weight'];
const STANCES = ['ALL', 'BLOC', 'STATE'];
const BASES_OF_SEATS = ['record', 'stated', 'heard', 'model', 'shares'];
const KINDS = 4;
const PAGE = 65536;

/** The rule as the numbers that kernel.c reads, in its order. */
function numbersOfRule(rule) {
  const place = (words, word) => Math.max(0, words.indexOf(word));
  return Uint32Array.of(
    place(METHODS, rule.method), place(BASES, rule.basis), rule.num || 0, rule.den || 1,
    rule.strict ? 1 : 0, rule.min_yes || 0, place(TIES, rule.tie),
    place(COUNTS, rule.abstain), place(COUNTS, rule.absent), rule.veto ? 1 : 0,
    rule.weighted ? 1 : 0, place(BASES, rule.weight_basis), rule.weight_num || 0,
    rule.weight_den || 1, rule.weight_strict ? 1 : 0, rule.blocking || 0,
    rule.quorum_num || 0, rule.quorum_den || 1, rule.quorum_strict ? 1 : 0);
}

/** Room in the module's memory, handed out upwards and given back down to a mark. */
function openRoom(exports) {
  let top = exports.__heap_base.value;
  const memory = exports.memory;

  function take(bytes) {
    const at = (top + 15) & ~15;
    top = at + bytes;
    const lacking = top - memory.buffer.byteLength;
    if (lacking > 0) memory.grow(Math.ceil(lacking / PAGE));
    return at;
  }

  /** A copy of a typed array; where there is none, the null pointer. */
  function copy(array) {
    if (!array) return 0;
    const at = take(array.byteLength);
    new Uint8Array(memory.buffer, at, array.byteLength)
      .set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
    return at;
  }

  return {
    take,
    copy,
    mark: () => top,
    release: (mark) => { top = mark; },
    read: (Kind, at, length) => new Kind(memory.buffer, at, length).slice(),
  };
}

function verdictOf(x) {
  const four = (at) => Array.from(x.subarray(at, at + KINDS));
  return {
    count: four(0), weight: four(4), outcome: OUTCOMES[x[8]], reason: REASONS[x[9]],
    yes: x[10], base: x[11], needed: x[12],
    weightYes: x[13], weightBase: x[14], weightNeeded: x[15], seen: x[16], quorum: x[17],
  };
}

/** Ballots as arguments of kernel.c. */
function ballotArguments(room, rule, stage, ballots) {
  return [
    room.copy(numbersOfRule(rule)), stage, ballots.vote.length,
    room.copy(ballots.vote), room.copy(Uint32Array.from(ballots.unnamed || [0, 0, 0, 0])),
    room.copy(ballots.weight), room.copy(ballots.veto),
  ];
}

/**
 * @param {BufferSource} bytes of kernel.wasm
 * @returns {Promise<object>} decide, turn; electorate, then forecast, then tallies and sums
 */
export async function openKernel(bytes) {
  const module = await WebAssembly.compile(bytes);
  return kernelOf(await WebAssembly.instantiate(module, {}));
}

/** The same at once, for a worker, which may wait. */
export function openKernelNow(bytes) {
  return kernelOf(new WebAssembly.Instance(new WebAssembly.Module(bytes), {}));
}

/** Little-endian doubles in base64, as the data carry them. */
function doublesOf(base64) {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  return new Float64Array(bytes.buffer);
}

/** The data's electorate, decoded once; it can be sent to a worker as it is. */
export function decodeElectorate(from) {
  if (!from || typeof from.row !== 'string') return from;
  return {
    n: from.n, p: from.p, two: from.two, width_sd: from.width_sd, lapse: from.lapse,
    row: doublesOf(from.row), offset: doublesOf(from.offset),
    log_width: doublesOf(from.log_width),
  };
}

function copyElectorate(room, it) {
  return room.copy(Uint32Array.of(it.n, it.p, it.two ? 1 : 0,
    room.copy(it.row), room.copy(it.offset), room.copy(it.log_width)));
}

/** Of each row a byte a seat: whether it speaks of it. */
function marksOf(rows, n) {
  const marks = new Uint8Array(rows.length * n);
  rows.forEach((row, k) => row.seats.forEach((seat) => { marks[k * n + seat] = 1; }));
  return marks;
}

function copyQuestion(room, q) {
  const { rows, n } = q;
  const words = (of) => room.copy(Uint32Array.from(rows, of));
  const numbers = (of) => room.copy(Float64Array.from(rows, of));
  return room.copy(Uint32Array.of(
    n, room.copy(Int32Array.from(q.place)), room.copy(Uint8Array.from(q.known)),
    q.likelihood ? room.copy(Float64Array.from(q.likelihood)) : 0,
    room.copy(Float64Array.from(q.absent)), rows.length,
    words((row) => STANCES.indexOf(row.kind)), words((row) => (row.names ? 1 : 0)),
    words((row) => row.line || 0),
    words((row) => (row.kind === 'BLOC' ? row.seats.length : n)),
    numbers((row) => row.position), numbers((row) => row.sd), room.copy(marksOf(rows, n))));
}

function numbersOfQuestion(electorate, q) {
  const spatial = typeof q.at === 'number';
  return Float64Array.of(electorate.width_sd, electorate.lapse, spatial ? q.at : -1,
    spatial ? q.statusQuo : 0, q.age || 0, q.turnout);
}

/** What kernel.c wrote of a forecast. */
function readForecast(room, at) {
  const [n, f, chance, below, above, position, sd, won, basis] = room.read(Uint32Array, at, 10);
  const list = (address) => room.read(Float64Array, address, n);
  return {
    n, f, chance: room.read(Float64Array, chance, 3 * n), below: list(below), above: list(above),
    position: list(position), sd: list(sd), won: room.read(Int32Array, won, n),
    basis: Array.from(room.read(Uint32Array, basis, n), (k) => BASES_OF_SEATS[k]),
  };
}

function kernelOf(instance) {
  const wasm = instance.exports;
  const room = openRoom(wasm);
  let electorate = null; // decoded; where it lies; the mark above it
  let loaded = null; // the forecast: where it lies, its question, the mark above it

  function decide(rule, ballots, stage = 1) {
    const mark = room.mark();
    const given = ballotArguments(room, rule, stage, ballots);
    const out = room.take(18 * 8);
    wasm.decide(...given, out);
    const verdict = verdictOf(room.read(Float64Array, out, 18));
    room.release(mark);
    return verdict;
  }

  function turn(rule, ballots, who) {
    const mark = room.mark();
    const given = ballotArguments(room, rule, 1, ballots);
    const marked = room.copy(who);
    const scratch = room.take(ballots.vote.length + 1);
    const out = room.take(KINDS * KINDS * 4);
    wasm.turn(...given, marked, scratch, out);
    const flat = Array.from(room.read(Uint32Array, out, KINDS * KINDS));
    room.release(mark);
    return [0, 4, 8, 12].map((from) => flat.slice(from, from + KINDS));
  }

  const bottom = room.mark();

  function setElectorate(from) {
    const it = decodeElectorate(from);
    room.release(bottom);
    loaded = null;
    electorate = { it, at: copyElectorate(room, it), mark: room.mark() };
  }

  /** The forecast stays where it is until the next one. */
  function forecast(question) {
    room.release(electorate.mark);
    const at = copyQuestion(room, question);
    const numbers = room.copy(numbersOfQuestion(electorate.it, question));
    const out = room.take(10 * 4);
    const work = room.take(wasm.forecast_room(electorate.at, at) >>> 0);
    wasm.forecast(electorate.at, at, numbers, work, out);
    loaded = {
      out, weight: room.copy(question.weight), veto: room.copy(question.veto), n: question.n,
      mark: room.mark(),
    };
    return readForecast(room, out);
  }

  function ask(rule, seed, first, draws) {
    const whole = BigInt(seed);
    return room.copy(Uint32Array.of(rule ? room.copy(numbersOfRule(rule)) : 0, loaded.weight,
      loaded.veto, Number(whole & 0xffffffffn), Number(whole >> 32n & 0xffffffffn), first, draws));
  }

  function tallies(seed, first, draws) {
    const asked = ask(null, seed, first, draws);
    const out = room.take(draws * KINDS * 4);
    const work = room.take(wasm.draws_room(loaded.out, draws) >>> 0);
    wasm.tallies(loaded.out, asked, work, out);
    const read = room.read(Uint32Array, out, draws * KINDS);
    room.release(loaded.mark);
    return read;
  }

  /** Of so many draws: how often each count and each margin, and how many were adopted. */
  function sums(seed, first, draws, rule, asks) {
    const each = loaded.n + 1;
    const asked = ask(rule, seed, first, draws);
    const count = room.copy(new Uint32Array(KINDS * each));
    const margin = room.copy(new Uint32Array(2 * each));
    const work = room.take(wasm.draws_room(loaded.out, draws) >>> 0);
    const adopted = wasm.sums(loaded.out, asked, asks || 0, work, count, margin);
    const answer = {
      adopted, count: room.read(Uint32Array, count, KINDS * each),
      margin: room.read(Uint32Array, margin, 2 * each),
    };
    room.release(loaded.mark);
    return answer;
  }

  return { decide, turn, electorate: setElectorate, forecast, tallies, sums };
}
