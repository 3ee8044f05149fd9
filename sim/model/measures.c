/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/measures.h"

#include <math.h>

#include "plenary/normal.h"

enum { MOST_CLASSES = 3 };
#define LEAST_CHANCE 0x1p-149

/* Which sum a cell is added to. */
typedef enum { BY_NOTHING, BY_STATE, BY_CALL, BY_SESSION } By;

typedef struct {
  gsize n;
  double right, frequent, log, brier; /* frequent: right by the most frequent answer */
} Sum;

static gboolean is_scored(const PlnScored *scored, gsize cell) {
  return scored->answer[cell] != PLN_ANSWER_NONE && (!scored->which || scored->which[cell]);
}

/* How right it is to name the greatest of @value: for each of them 1 over their number. */
static void credit(guint n, const double *value, double *out) {
  double most = value[0];
  guint equal = 0;
  for (guint k = 1; k < n; k++)
    most = MAX(most, value[k]);
  for (guint k = 0; k < n; k++)
    equal += value[k] == most;
  for (guint k = 0; k < n; k++)
    out[k] = value[k] == most ? 1.0 / equal : 0;
}

static void frequent_answers(const PlnScored *scored, guint call, double *out) {
  double count[MOST_CLASSES] = {0};
  gsize cell = (gsize)call * scored->n_states;
  for (guint i = 0; i < scored->n_states; i++, cell++)
    if (is_scored(scored, cell))
      count[scored->answer[cell]]++;
  credit(scored->classes, count, out);
}

static void add_cell(Sum *sum, guint classes, const float *chance, guint8 answer) {
  double p[MOST_CLASSES] = {0}, right[MOST_CLASSES], squares = 0;
  for (guint k = 0; k < classes; k++) {
    double off = (p[k] = (double)chance[k]) - (k == answer);
    squares += off * off;
  }
  credit(classes, p, right);
  sum->n++;
  sum->right += right[answer];
  sum->log += pln_log(MAX(p[answer], LEAST_CHANCE));
  sum->brier += classes == 2 ? (p[1] - answer) * (p[1] - answer) : squares;
}

static void add_up(const PlnScored *scored, By by, const guint *session, Sum *sums) {
  gsize cell = 0;
  for (guint j = 0; j < scored->n_calls; j++) {
    double frequent[MOST_CLASSES];
    frequent_answers(scored, j, frequent);
    guint place = by == BY_CALL ? j : by == BY_SESSION ? session[j] : 0;
    for (guint i = 0; i < scored->n_states; i++, cell++) {
      if (!is_scored(scored, cell))
        continue;
      Sum *sum = &sums[by == BY_STATE ? i : place];
      add_cell(sum, scored->classes, scored->chance + cell * scored->classes, scored->answer[cell]);
      sum->frequent += frequent[scored->answer[cell]];
    }
  }
}

static PlnMeasures measures_of(const Sum *sum) {
  double n = (double)sum->n, by_frequent = n - sum->frequent;
  if (sum->n == 0)
    return (PlnMeasures){0, NAN, NAN, NAN, NAN, NAN};
  PlnMeasures m = {.n = sum->n, .right = sum->right / n, .apre = NAN};
  /* Thirds do not add up exactly: what is left of nothing is nothing. */
  if (by_frequent > 1e-9 * n)
    m.apre = (by_frequent - (n - sum->right)) / by_frequent;
  m.log_score = -sum->log / n;
  m.gmp = pln_exp(sum->log / n);
  m.brier = sum->brier / n;
  return m;
}

static void measure(const PlnScored *scored, By by, const guint *session, guint n,
                    PlnMeasures *out) {
  g_return_if_fail(scored->classes == 2 || scored->classes == 3);
  g_autofree Sum *sums = g_new0(Sum, n);
  add_up(scored, by, session, sums);
  for (guint i = 0; i < n; i++)
    out[i] = measures_of(&sums[i]);
}

PlnMeasures pln_measures(const PlnScored *scored) {
  PlnMeasures all = {0};
  measure(scored, BY_NOTHING, NULL, 1, &all);
  return all;
}

void pln_measures_by_state(const PlnScored *scored, PlnMeasures *out) {
  measure(scored, BY_STATE, NULL, scored->n_states, out);
}

void pln_measures_by_call(const PlnScored *scored, PlnMeasures *out) {
  measure(scored, BY_CALL, NULL, scored->n_calls, out);
}

void pln_measures_by_session(const PlnScored *scored, const guint *session, guint n_sessions,
                             PlnMeasures *out) {
  measure(scored, BY_SESSION, session, n_sessions, out);
}

static gboolean is_before(const PlnSurprise *a, const PlnSurprise *b) {
  if (a->chance != b->chance)
    return a->chance < b->chance;
  return a->call != b->call ? a->call < b->call : a->state < b->state;
}

/* Puts @it into the heap of @n at @at, where the last in order stands on top. */
static void sink(PlnSurprise *heap, guint n, guint at, PlnSurprise it) {
  for (guint child; (child = 2 * at + 1) < n; at = child) {
    if (child + 1 < n && is_before(&heap[child], &heap[child + 1]))
      child++;
    if (!is_before(&it, &heap[child]))
      break;
    heap[at] = heap[child];
  }
  heap[at] = it;
}

static void rise(PlnSurprise *heap, guint at, PlnSurprise it) {
  for (; at > 0 && is_before(&heap[(at - 1) / 2], &it); at = (at - 1) / 2)
    heap[at] = heap[(at - 1) / 2];
  heap[at] = it;
}

/* The heap holds the least likely so far; on top is the one that the next may drive out. */
guint pln_measures_surprises(const PlnScored *scored, guint most, PlnSurprise *out) {
  guint n = 0;
  gsize cell = 0;
  for (guint j = 0; j < scored->n_calls && most > 0; j++)
    for (guint i = 0; i < scored->n_states; i++, cell++) {
      if (!is_scored(scored, cell))
        continue;
      guint8 answer = scored->answer[cell];
      PlnSurprise it = {j, i, answer, (double)scored->chance[cell * scored->classes + answer]};
      if (n < most)
        rise(out, n++, it);
      else if (is_before(&it, &out[0]))
        sink(out, n, 0, it);
    }
  for (guint left = n; left-- > 1;) {
    PlnSurprise last = out[left];
    out[left] = out[0];
    sink(out, left, 0, last);
  }
  return n;
}
