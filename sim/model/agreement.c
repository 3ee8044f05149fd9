/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/agreement.h"

#include <math.h>

#include "plenary/cohesion.h"

/* The answers of each state as sets of roll calls, @words words each. */
typedef struct {
  gsize words;
  guint64 *low, *middle, *high; /* no, abstain, yes; of two classes middle is empty */
} Sets;

static void sets_fill(Sets *sets, const PlnCells *cells, const guint *calls, guint n_calls) {
  guint8 top = (guint8)(cells->classes - 1);
  gsize room = MAX(cells->n_states * sets->words, 1);
  sets->low = g_new0(guint64, room);
  sets->middle = g_new0(guint64, room);
  sets->high = g_new0(guint64, room);
  for (guint j = 0; j < n_calls; j++) {
    const guint8 *row = pln_cells_row(cells, calls ? calls[j] : j);
    gsize word = j / 64;
    guint64 bit = (guint64)1 << j % 64;
    for (guint i = 0; i < cells->n_states; i++, word += sets->words) {
      sets->low[word] |= row[i] == 0 ? bit : 0;
      sets->high[word] |= row[i] == top ? bit : 0;
      sets->middle[word] |= row[i] > 0 && row[i] < top ? bit : 0;
    }
  }
}

static void sets_clear(Sets *sets) {
  g_free(sets->low);
  g_free(sets->middle);
  g_free(sets->high);
}

/* As the compilers' own is a call where the machine is not known to have the instruction. */
static inline guint32 ones(guint64 x) {
  x -= (x >> 1) & 0x5555555555555555;
  x = (x & 0x3333333333333333) + ((x >> 2) & 0x3333333333333333);
  x = (x + (x >> 4)) & 0x0f0f0f0f0f0f0f0f;
  return (guint32)((x * 0x0101010101010101) >> 56);
}

static void count_pair(PlnAgreement *agreement, const Sets *sets, guint a, guint b) {
  gsize at = a * sets->words, bt = b * sets->words;
  guint32 both = 0, same = 0, opposed = 0;
  for (gsize w = 0; w < sets->words; w++) {
    guint64 low = sets->low[at + w], middle = sets->middle[at + w], high = sets->high[at + w];
    guint64 low_b = sets->low[bt + w], middle_b = sets->middle[bt + w];
    guint64 high_b = sets->high[bt + w];
    both += ones((low | middle | high) & (low_b | middle_b | high_b));
    same += ones((low & low_b) | (middle & middle_b) | (high & high_b));
    opposed += ones((low & high_b) | (high & low_b));
  }
  gsize n = agreement->n, ab = a * n + b, ba = b * n + a;
  agreement->both[ab] = agreement->both[ba] = both;
  agreement->same[ab] = agreement->same[ba] = same;
  agreement->opposed[ab] = agreement->opposed[ba] = opposed;
}

PlnAgreement *pln_agreement_new(const PlnCells *cells, const guint *calls, guint n_calls) {
  PlnAgreement *agreement = g_new0(PlnAgreement, 1);
  gsize n = agreement->n = cells->n_states;
  n_calls = calls ? n_calls : cells->n_calls;
  Sets sets = {.words = ((gsize)n_calls + 63) / 64};
  agreement->both = g_new0(guint32, n * n);
  agreement->same = g_new0(guint32, n * n);
  agreement->opposed = g_new0(guint32, n * n);
  sets_fill(&sets, cells, calls, n_calls);
  for (guint a = 0; a < n; a++)
    for (guint b = a; b < n; b++)
      count_pair(agreement, &sets, a, b);
  sets_clear(&sets);
  return agreement;
}

void pln_agreement_free(PlnAgreement *agreement) {
  if (!agreement)
    return;
  g_free(agreement->both);
  g_free(agreement->same);
  g_free(agreement->opposed);
  g_free(agreement);
}

/* What they agree in, in roll calls and halves of one. */
static double agreed(const PlnAgreement *agreement, PlnAgreementKind kind, gsize pair) {
  guint32 same = agreement->same[pair];
  guint32 half = agreement->both[pair] - same - agreement->opposed[pair];
  return kind == PLN_AGREEMENT_HALF_WAY ? same + 0.5 * half : same;
}

double pln_agreement_of(const PlnAgreement *agreement, PlnAgreementKind kind, guint a, guint b) {
  gsize pair = (gsize)a * agreement->n + b;
  guint32 both = agreement->both[pair];
  return both ? agreed(agreement, kind, pair) / both : (double)NAN;
}

void pln_agreement_distances(const PlnAgreement *agreement, PlnAgreementKind kind, double *out) {
  guint n = agreement->n, known = 0;
  double sum = 0;
  for (guint a = 0; a < n; a++)
    for (guint b = 0; b < a; b++) {
      double distance = 1 - pln_agreement_of(agreement, kind, a, b);
      out[(gsize)a * n + b] = out[(gsize)b * n + a] = distance;
      sum += isnan(distance) ? 0 : distance;
      known += !isnan(distance);
    }
  double mean = known ? sum / known : 1;
  for (gsize i = 0; i < (gsize)n * n; i++)
    if (i % (n + 1) == 0)
      out[i] = 0;
    else if (isnan(out[i]))
      out[i] = mean;
}

static void add_pairs(PlnGroupAgreement *group, const PlnAgreement *agreement, const guint8 *in) {
  double same = 0, half_way = 0;
  for (guint a = 0; a < agreement->n; a++) {
    group->members += in[a] != 0;
    for (guint b = 0; b < a; b++) {
      if (!in[a] || !in[b] || agreement->both[(gsize)a * agreement->n + b] == 0)
        continue;
      group->pairs++;
      same += pln_agreement_of(agreement, PLN_AGREEMENT_SAME, a, b);
      half_way += pln_agreement_of(agreement, PLN_AGREEMENT_HALF_WAY, a, b);
    }
  }
  group->same = group->pairs ? same / group->pairs : (double)NAN;
  group->half_way = group->pairs ? half_way / group->pairs : (double)NAN;
}

static PlnVote vote_of(guint8 answer, guint classes) {
  if (answer == PLN_ANSWER_NONE)
    return PLN_VOTE_UNKNOWN;
  return answer == 0 ? PLN_VOTE_N : answer == classes - 1 ? PLN_VOTE_Y : PLN_VOTE_A;
}

static void add_calls(PlnGroupAgreement *group, const PlnCells *cells, const guint8 *in) {
  g_autofree PlnVote *vote = g_new(PlnVote, cells->n_states);
  double cohesion = 0, rice = 0;
  for (guint j = 0; j < cells->n_calls; j++) {
    const guint8 *row = pln_cells_row(cells, j);
    for (guint i = 0; i < cells->n_states; i++)
      vote[i] = vote_of(row[i], cells->classes);
    PlnCohesion c = pln_cohesion(vote, in, cells->n_states);
    guint sided = c.count[PLN_VOTE_Y] + c.count[PLN_VOTE_N];
    if (sided + c.count[PLN_VOTE_A] < 2)
      continue;
    group->calls++;
    group->split += c.line == PLN_VOTE_UNKNOWN;
    cohesion += c.agreement;
    group->rice_calls += sided >= 2;
    rice += sided >= 2 ? c.rice : 0;
  }
  group->cohesion = group->calls ? cohesion / group->calls : (double)NAN;
  group->rice = group->rice_calls ? rice / group->rice_calls : (double)NAN;
}

PlnGroupAgreement pln_agreement_group(const PlnAgreement *agreement, const PlnCells *cells,
                                      const guint8 *in) {
  PlnGroupAgreement group = {0};
  add_pairs(&group, agreement, in);
  add_calls(&group, cells, in);
  return group;
}

/* The variance of the mean over independent roll calls, one of each kind added. */
static double variance_of(const PlnAgreement *agreement, PlnAgreementKind kind, gsize pair) {
  double n = agreement->both[pair] + 2.0, same = agreement->same[pair] + 1.0;
  double mean = (agreed(agreement, kind, pair) + 1) / n;
  double half = kind == PLN_AGREEMENT_HALF_WAY ? n - same - (agreement->opposed[pair] + 1.0) : 0;
  return ((same + 0.25 * half) / n - mean * mean) / n;
}

PlnAgreementChange pln_agreement_change(const PlnAgreement *before, const PlnAgreement *after,
                                        PlnAgreementKind kind, guint a, guint b) {
  gsize pair = (gsize)a * before->n + b;
  PlnAgreementChange change = {.n_before = before->both[pair], .n_after = after->both[pair]};
  change.before = pln_agreement_of(before, kind, a, b);
  change.after = pln_agreement_of(after, kind, a, b);
  change.change = change.after - change.before;
  change.error = isnan(change.change)
                     ? (double)NAN
                     : sqrt(variance_of(before, kind, pair) + variance_of(after, kind, pair));
  return change;
}
