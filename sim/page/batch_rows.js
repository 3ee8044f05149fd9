// SPDX-License-Identifier: GPL-3.0-or-later
// The rows of a batch's index: what they are sorted and chosen by, apart from any page.

/** From the surest to the weakest: the words of status.h. */
export const STATUSES = ['verified', 'reported', 'inferred', 'recalled', 'disputed',
  'reconstructed', 'assumed', 'unknown'];

const NUMBERS = new Set(['margin', 'chance', 'proposals', 'faults']);

/** What is seen in one column is sorted by another. */
const SORTED_BY = { chance_words: 'chance', tally: 'yes' };

export const sortKey = (key) => SORTED_BY[key] || key;

const isEmpty = (value) => value === null || value === undefined || value === '';

const rank = (key, value) => {
  if (isEmpty(value)) return null;
  if (key === 'status') return STATUSES.indexOf(value);
  return NUMBERS.has(key) || typeof value === 'number' ? Number(value) : String(value);
};

const compare = (a, b) => (typeof a === 'number' && typeof b === 'number' ? a - b
  : String(a).localeCompare(String(b), 'en', { numeric: true }));

/** The places of the rows in the order of a column; empty cells last, either way round. */
export const order = (rows, key, down) => {
  const by = sortKey(key);
  const marks = rows.map((row) => rank(by, row[by]));
  return rows.map((_, i) => i).sort((a, b) => {
    if (marks[a] === null || marks[b] === null)
      return (marks[a] === null) - (marks[b] === null) || a - b;
    return (down ? -1 : 1) * compare(marks[a], marks[b]) || a - b;
  });
};

const within = (value, least, most) => {
  if (least === null && most === null) return true;
  if (isEmpty(value)) return false;
  return (least === null || value >= least) && (most === null || value <= most);
};

/** Whether a row is wanted: {words, outcome, status, low, high, least, most}; '' and null ask
 *  nothing.  low, high: of the margin, with its sign; least, most: of the chance, in %; status:
 *  this or a weaker one. */
export const isWanted = (row, asked) => {
  if (asked.outcome && row.outcome !== asked.outcome) return false;
  if (asked.status && !(STATUSES.indexOf(row.status) >= STATUSES.indexOf(asked.status)))
    return false;
  if (!within(row.margin, asked.low, asked.high)) return false;
  const chance = isEmpty(row.chance) ? null : 100 * row.chance;
  if (!within(chance, asked.least, asked.most)) return false;
  return !asked.words || row.text.includes(asked.words.toLowerCase());
};

/** {outcome: how often}, the commonest first. */
export const counts = (rows, key) => {
  const all = new Map();
  for (const row of rows) if (row[key]) all.set(row[key], (all.get(row[key]) || 0) + 1);
  return [...all].sort((a, b) => b[1] - a[1]);
};
