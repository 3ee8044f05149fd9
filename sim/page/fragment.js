// SPDX-License-Identifier: GPL-3.0-or-later
// The state of the page as the end of its address, so that a link brings back what was seen:
// #proposal=article-6-2&view=tiles&votes=RUS.N,DEU.A&seed=7
// What belongs to another proposal than the one shown carries its id: votes.article-9=RUS.N

const VIEWS = ['seats', 'tiles', 'board'];
const STARTS = ['record', 'blocs', 'abstain', 'earlier', 'blank'];
const MODES = ['', 'projector', 'replay', 'compare'];
const EVERY = 'all'; // in the place of a proposal's id: positions that hold for all of them
const LEAST_DRAWS = 100; // as the command takes them
const MOST_DRAWS = 1000000;
const MOST_SEED = 2n ** 64n - 1n;

export function emptyState() {
  return {
    proposal: 0, view: 'seats', start: {}, votes: {}, rule: {}, added: [], removed: [],
    positions: [], seed: '1', draws: 100000, outlines: [], mode: '', step: 0, compare: '',
  };
}

/** A seed is a whole number of 64 bits, more than a number of the script holds: its digits.
 *  Returns: them, or undefined where the text is no seed */
export function seedOf(text) {
  const number = /^\d{1,20}$/.test(text) ? BigInt(text) : -1n;
  return number >= 0n && number <= MOST_SEED ? String(number) : undefined;
}

/** The state that a page opens with where its address says nothing. */
export function firstState(data) {
  const state = emptyState();
  const draws = whole(String(data.draws), LEAST_DRAWS, MOST_DRAWS);
  return { ...state, seed: seedOf(String(data.seed)) ?? state.seed, draws: draws ?? state.draws };
}

// A dot parts the fields, so the decimal point is written as an underscore.
const decimal = (number) => String(number).replace('.', '_');
const undecimal = (text) => (text === '' ? NaN : Number(text.replace('_', '.')));

export const own = (object, key) => (Object.prototype.hasOwnProperty.call(object, key)
  ? object[key] : undefined);

const plain = (text) => encodeURIComponent(text);

function votesText(votes) {
  return Object.keys(votes).sort().map((code) => `${plain(code)}.${votes[code]}`).join(',');
}

function positionsText(rows) {
  return rows.map((row) => `${plain(row.who)}.${decimal(row.position)}.${decimal(row.sd)}`)
    .join(',');
}

function proposalParts(state, id, suffix) {
  const parts = [];
  const start = own(state.start, id);
  const votes = own(state.votes, id) || {};
  const rows = state.positions.filter((row) => row.proposal === id);
  if (start && start !== 'record') parts.push(`start${suffix}=${start}`);
  if (Object.keys(votes).length > 0) parts.push(`votes${suffix}=${votesText(votes)}`);
  if (own(state.rule, id)) parts.push(`rule${suffix}=${plain(state.rule[id])}`);
  if (rows.length > 0) parts.push(`positions${suffix}=${positionsText(rows)}`);
  return parts;
}

const list = (name, items) => (items.length > 0 ? [`${name}=${items.map(plain).join(',')}`] : []);

const unlessFirst = (state, first, name) => (state[name] === first[name]
  ? [] : [`${name}=${state[name]}`]);

/** The fragment without its #; '' for the state that the page opens with. */
export function writeFragment(data, state) {
  const first = firstState(data);
  const here = data.proposals[state.proposal];
  const common = state.positions.filter((row) => row.proposal === null);
  const parts = state.proposal === 0 || !here ? [] : [`proposal=${plain(here.id)}`];
  parts.push(...unlessFirst(state, first, 'view'));
  data.proposals.forEach((proposal, i) => {
    const suffix = i === state.proposal ? '' : `.${plain(proposal.id)}`;
    parts.push(...proposalParts(state, proposal.id, suffix));
  });
  if (common.length > 0) parts.push(`positions.${EVERY}=${positionsText(common)}`);
  parts.push(...list('added', state.added), ...list('removed', state.removed),
    ...list('outlines', state.outlines));
  for (const name of ['mode', 'step', 'seed', 'draws']) {
    parts.push(...unlessFirst(state, first, name));
  }
  if (state.compare !== '') parts.push(`compare=${plain(state.compare)}`);
  // An empty address would open what the report was asked for with --set.
  if (parts.length === 0 && data.opening) return 'start=record';
  return parts.join('&');
}

function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const whole = (text, least, most) => {
  const number = /^\d{1,15}$/.test(text) ? Number(text) : NaN;
  return number >= least && number <= most ? number : undefined;
};

const among = (values, text) => (values.includes(text) ? text : undefined);

// Keeps of `items` what `read` understands; the others are told to `ignore`.
function keep(items, read, ignore) {
  return items.flatMap((item) => {
    const got = read(item);
    if (got === undefined) ignore(item);
    return got === undefined ? [] : [got];
  });
}

function readVotes(codes, items, ignore) {
  const pairs = keep(items, (item) => {
    const at = item.lastIndexOf('.');
    const code = item.slice(0, at);
    const letter = item.slice(at + 1);
    return codes.has(code) && 'YNAX'.includes(letter) && letter.length === 1
      ? [code, letter] : undefined;
  }, ignore);
  return Object.fromEntries(pairs);
}

function readPositions(names, id, items, ignore) {
  return keep(items, (item) => {
    const match = /^(.+)\.([0-9_]+)\.([0-9_]+)$/.exec(item);
    const position = match ? undecimal(match[2]) : NaN;
    const sd = match ? undecimal(match[3]) : NaN;
    return match && names.has(match[1]) && position >= 0 && position <= 100 && sd > 0 && sd <= 100
      ? { proposal: id, who: match[1], position, sd } : undefined;
  }, ignore);
}

function namesOf(data) {
  const codes = new Set(data.states.map((state) => state.code));
  const blocs = new Set(data.blocs.map((bloc) => bloc.id));
  for (const proposal of data.proposals) {
    for (const bloc of proposal.blocs || []) blocs.add(bloc.id);
  }
  return {
    codes, blocs, all: new Set([...codes, ...blocs, 'ALL']),
    rules: new Set(data.rules.map((rule) => rule.id)),
    compared: new Set(['', 'earlier', ...data.proposals.map((one) => one.id),
      ...(data.against ? data.against.proposals : []).map((one) => `against.${one.id}`)]),
    proposals: new Map(data.proposals.map((proposal, i) => [proposal.id, i])),
  };
}

function readOfProposal(state, names, { part, key, items }, id, ignore) {
  const text = items[0] || '';
  if (key === 'votes') {
    state.votes[id] = readVotes(names.codes, items, ignore);
  } else if (key === 'positions') {
    state.positions.push(...readPositions(names.all, id, items, ignore));
  } else if (key === 'start' && STARTS.includes(text)) {
    state.start[id] = text;
  } else if (key === 'rule' && names.rules.has(text)) {
    state.rule[id] = text;
  } else {
    ignore(part);
  }
}

function readOfPage(state, names, { part, key, id, items }, ignore) {
  const text = items[0] || '';
  const codes = () => [...new Set(keep(items, (code) => among([...names.codes], code), ignore))];
  const readers = {
    view: () => among(VIEWS, text),
    mode: () => among(MODES, text),
    seed: () => seedOf(text),
    draws: () => whole(text, LEAST_DRAWS, MOST_DRAWS),
    step: () => whole(text, 0, 1e6),
    compare: () => (names.compared.has(text) ? text : undefined),
    added: codes,
    removed: codes,
    outlines: () => [...new Set(keep(items, (id) => among([...names.blocs], id), ignore))],
  };
  const value = id === null && own(readers, key) ? readers[key]() : undefined;
  if (value === undefined) ignore(part);
  else state[key] = value;
}

function partsOf(text) {
  return text.replace(/^#/, '').split('&').filter((part) => part !== '').map((part) => {
    const equals = part.indexOf('=');
    const name = equals < 0 ? part : part.slice(0, equals);
    const dot = name.indexOf('.');
    return {
      part,
      key: dot < 0 ? name : name.slice(0, dot),
      id: dot < 0 ? null : decode(name.slice(dot + 1)),
      items: equals < 0 ? [] : part.slice(equals + 1).split(',').map(decode),
    };
  });
}

/** Reads an address; what it does not understand is left out and listed, never thrown.
 *  Returns: {state, ignored: ['votes=XXX.Q', …]} */
export function readFragment(data, text) {
  const state = firstState(data);
  const names = namesOf(data);
  const ignored = [];
  const ignore = (what) => ignored.push(what);
  const parts = partsOf(text || '');
  const chosen = parts.find((part) => part.key === 'proposal' && part.id === null);
  const place = chosen ? names.proposals.get(chosen.items[0]) : 0;
  if (place === undefined) ignore(chosen.part);
  state.proposal = place || 0;
  const here = data.proposals[state.proposal];
  for (const one of parts) {
    const { part, key, id, items } = one;
    if (key === 'proposal' && id === null) continue;
    if (!['start', 'votes', 'rule', 'positions'].includes(key)) {
      readOfPage(state, names, one, ignore);
    } else if (key === 'positions' && id === EVERY && !names.proposals.has(EVERY)) {
      state.positions.push(...readPositions(names.all, null, items, ignore));
    } else if (id === null ? !here : !names.proposals.has(id)) {
      ignore(part);
    } else {
      readOfProposal(state, names, one, id === null ? here.id : id, ignore);
    }
  }
  return { state, ignored };
}
