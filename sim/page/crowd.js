// SPDX-License-Identifier: GPL-3.0-or-later
// Labels in a crowd: those that stand together share one, and labels keep apart.

/** Marks [{at, label}] in the order of their places, those nearer than `gap` to the one before
 *  in one group: [{at: the mean place, labels: [...]}]. */
export const together = (marks, gap) => {
  const groups = [];
  for (const mark of [...marks].sort((a, b) => a.at - b.at)) {
    const last = groups[groups.length - 1];
    if (last && mark.at - last.end < gap) {
      last.places.push(mark.at);
      last.labels.push(mark.label);
      last.end = mark.at;
    } else {
      groups.push({ places: [mark.at], labels: [mark.label], end: mark.at });
    }
  }
  return groups.map(({ places, labels }) =>
    ({ at: places.reduce((sum, one) => sum + one, 0) / places.length, labels }));
};

/** The labels of a group in about `most` letters: "FRA ITA +3". */
export const shortList = (labels, most) => {
  const all = labels.join(' ');
  if (all.length <= most) return all;
  const said = [];
  let letters = 0;
  for (const label of labels) {
    const rest = labels.length - said.length > 1 ? 4 : 0;
    if (said.length > 0 && letters + label.length + 1 + rest > most) break;
    said.push(label.length > most ? `${label.slice(0, most - 1)}…` : label);
    letters += label.length + 1;
  }
  const left = labels.length - said.length;
  return left > 0 ? `${said.join(' ')} +${left}` : said.join(' ');
};

/** Places for labels that want to be at `at` (ascending), each at least `gap` from the next,
 *  between `from` and `to` where there is room: pushed down, then back up from the end. */
export const apart = (at, gap, [from, to]) => {
  const places = [];
  for (const want of at) {
    const last = places[places.length - 1];
    places.push(Math.max(want, last === undefined ? from : last + gap));
  }
  for (let i = places.length - 1, end = to; i >= 0 && places[i] > end; i -= 1, end -= gap)
    places[i] = end;
  return places;
};

/** Rows for labels [{at, width}] centred at their places, so that none covers another; a label
 *  that finds no row of `most` gets -1. */
export const inRows = (labels, most, space = 6) => {
  const ends = [];
  return labels.map(({ at, width }) => {
    for (let row = 0; row < most; row += 1)
      if (!(ends[row] > at - width / 2)) {
        ends[row] = at + width / 2 + space;
        return row;
      }
    return -1;
  });
};
