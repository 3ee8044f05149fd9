/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/recurrence.h"

#include <math.h>
#include <string.h>

#include "plenary/normal.h"
#include "plenary/titles.h"

/* Found on sessions 60-69, with histories of the five sessions before (scripts/tune-whip). */
static const double RETURNED = 0.9;     /* agreement from which a roll call is the other's return */
static const double AGE = 0.105;        /* what a session back costs: -log 0.9 */
static const double TITLE = 4, DAY = 2; /* what the same title, and the same day of the year, gain */
enum { DAYS = 15 };                     /* from so far apart in the year on it tells nothing */
static const double UNTITLED = 0.15; /* likeness of a titled question and an untitled roll call */
static const double RATE_PRIOR = 40; /* roll calls that the mean rate of change counts for */
static const double RATE = 0.1;      /* of change, where nothing returned within the window */
static const double LEAST_CHANGE = 0.002, MOST_CHANGE = 0.6;
static const double NO_WEIGHT = 1e-15; /* of a roll call, that no chance tells from none */

struct PlnRecurrence {
  const PlnVoteMatrix *history;
  guint n, m, first; /* states; roll calls from row first on */
  guint8 *answer;    /* m x n: 0 no, 1 abstain, 2 yes, 3 none */
  double *turn;      /* n x 9: of a state, from what it answered to what it answers now */
  PlnTitles *titles;
};

void pln_recurrence_free(PlnRecurrence *r) {
  if (!r)
    return;
  g_free(r->answer);
  g_free(r->turn);
  pln_titles_free(r->titles);
  g_free(r);
}

const PlnVoteMatrix *pln_recurrence_history(const PlnRecurrence *r) {
  return r->history;
}

/* Roll calls are sorted by session: the window's are neighbours. */
static void find_window(PlnRecurrence *r, int from, int to) {
  const PlnVoteMatrix *h = r->history;
  while (r->first < h->n_calls && h->call[r->first].session < from)
    r->first++;
  while (r->first + r->m < h->n_calls && h->call[r->first + r->m].session <= to)
    r->m++;
}

static void read_answers(PlnRecurrence *r, const char *const *code) {
  static const guint8 answer_of[PLN_VOTE_KINDS] = {2, 0, 1, 3}; /* Y N A X */
  memset(r->answer, 3, (gsize)r->m * r->n);
  for (guint i = 0; i < r->n; i++) {
    int voter = pln_vote_matrix_voter(r->history, code[i]);
    for (guint t = 0; voter >= 0 && t < r->m; t++) {
      guint8 vote = pln_vote_matrix_row(r->history, r->first + t)[voter];
      if (vote < PLN_VOTE_KINDS)
        r->answer[(gsize)t * r->n + i] = answer_of[vote];
    }
  }
}

static double agreement(const PlnRecurrence *r, guint s, guint t) {
  const guint8 *a = r->answer + (gsize)s * r->n, *b = r->answer + (gsize)t * r->n;
  guint both = 0, same = 0;
  for (guint i = 0; i < r->n; i++) {
    both += a[i] < 3 && b[i] < 3;
    same += a[i] == b[i] && a[i] < 3;
  }
  return 2 * both >= r->n && both > 0 ? (double)same / both : 0;
}

/* Of each roll call the roll call of an earlier session that it is the return of, or -1. */
static int earlier_of(const PlnRecurrence *r, guint t) {
  const PlnCalled *call = r->history->call + r->first;
  double best = RETURNED;
  int found = -1;
  for (guint s = 0; s < t && call[s].session < call[t].session; s++) {
    double now = agreement(r, s, t);
    if (now > best || (now == best && found < 0)) {
      best = now;
      found = (int)s;
    }
  }
  return found;
}

/* How often each answer became each other, and each state changed, between returns. */
typedef struct {
  double turned[9], *changed, *seen, all_changed, all_seen;
} PlnChanges;

static void count_changes(const PlnRecurrence *r, guint t, guint s, PlnChanges *c) {
  const guint8 *now = r->answer + (gsize)t * r->n, *then = r->answer + (gsize)s * r->n;
  for (guint i = 0; i < r->n; i++) {
    if (now[i] > 2 || then[i] > 2)
      continue;
    c->turned[3 * then[i] + now[i]]++;
    c->changed[i] += now[i] != then[i];
    c->seen[i]++;
    c->all_changed += now[i] != then[i];
    c->all_seen++;
  }
}

static void fill_turns(PlnRecurrence *r, const PlnChanges *c) {
  double mean = c->all_seen > 0 ? c->all_changed / c->all_seen : RATE;
  mean = MAX(mean, LEAST_CHANGE);
  for (guint i = 0; i < r->n; i++) {
    double rate = (c->changed[i] + RATE_PRIOR * mean) / (c->seen[i] + RATE_PRIOR);
    for (guint v = 0; v < 3; v++) {
      const double *row = c->turned + 3 * v;
      double all = row[0] + row[1] + row[2], off = all - row[v];
      double change = CLAMP(rate * (off / all) / mean, LEAST_CHANGE, MOST_CHANGE);
      for (guint k = 0; k < 3; k++)
        r->turn[9 * (gsize)i + 3 * v + k] = k == v ? 1 - change : change * row[k] / off;
    }
  }
}

static void learn_changes(PlnRecurrence *r) {
  PlnChanges c = {.changed = g_new0(double, r->n + 1), .seen = g_new0(double, r->n + 1)};
  for (guint k = 0; k < 9; k++)
    c.turned[k] = k % 4 == 0 ? 3.3 : 0.3; /* so that nothing is impossible */
  for (guint t = 0; t < r->m; t++) {
    int s = earlier_of(r, t);
    if (s >= 0)
      count_changes(r, t, (guint)s, &c);
  }
  fill_turns(r, &c);
  g_free(c.changed);
  g_free(c.seen);
}

PlnRecurrence *pln_recurrence_new(const PlnVoteMatrix *history, int from, int to, guint n,
                                  const char *const *code) {
  g_autoptr(PlnRecurrence) r = g_new0(PlnRecurrence, 1);
  r->history = history;
  r->n = n;
  find_window(r, from, to);
  if (r->m == 0)
    return NULL;
  r->answer = g_malloc((gsize)r->m * n + 1);
  r->turn = g_new(double, 9 * (gsize)n + 1);
  read_answers(r, code);
  learn_changes(r);
  g_autofree const char **title = g_new(const char *, r->m);
  for (guint t = 0; t < r->m; t++)
    title[t] = history->call[r->first + t].title;
  r->titles = pln_titles_new(r->m, title);
  return g_steal_pointer(&r);
}

/* How far into the year, as if all months had 31 days; -1 where it is not known. */
static int day_of_year(PlnDay day) {
  return day <= PLN_DAY_UNKNOWN || day % 100 == 0 ? -1 : (int)(day / 100 % 100 * 31 + day % 100);
}

static double day_gain(PlnDay a, PlnDay b) {
  int at = day_of_year(a), other = day_of_year(b), apart = ABS(at - other);
  if (at < 0 || other < 0)
    return 0;
  return -DAY * MIN(MIN(apart, 12 * 31 - apart), DAYS) / DAYS;
}

static void fill_prior(const PlnRecurrence *r, const char *title, PlnDay day, int session,
                       double *prior) {
  pln_titles_likeness(r->titles, title, UNTITLED, prior);
  for (guint t = 0; t < r->m; t++) {
    const PlnCalled *call = &r->history->call[r->first + t];
    prior[t] = TITLE * prior[t] + day_gain(call->day, day);
    if (session >= 0)
      prior[t] -= AGE * (session - call->session);
  }
}

/* Adds @times a piece of evidence to the answers counted. */
static void count_answer(const PlnEvidence *e, double times, double count[3]) {
  double sum = e->likelihood[0] + e->likelihood[1] + e->likelihood[2];
  for (guint k = 0; k < 3 && e->kind == PLN_EVIDENCE_ANSWER; k++)
    count[k] += times * e->likelihood[k] / sum;
}

/* The shares of the answers known, one of each added. */
static void known_shares(const PlnEvidence *evidence, guint n, double share[3]) {
  double count[3] = {1, 1, 1};
  for (guint i = 0; i < n; i++)
    count_answer(&evidence[i], 1, count);
  for (guint k = 0; k < 3; k++)
    share[k] = count[k] / (count[0] + count[1] + count[2]);
}

/* The logs of a piece of evidence's chances, by what the state answered; the last where it did
 * not. */
static void log_parts(const PlnRecurrence *r, guint i, const PlnEvidence *e, const double share[3],
                      double part[4]) {
  const double *l = e->likelihood;
  for (guint v = 0; v < 4; v++) {
    const double *p = v < 3 ? r->turn + 9 * (gsize)i + 3 * v : share;
    part[v] = pln_log(l[0] * p[0] + l[1] * p[1] + l[2] * p[2]);
  }
}

PlnFitting *pln_recurrence_fit(const PlnRecurrence *r, const char *title, PlnDay day, int session,
                               const PlnEvidence *evidence) {
  PlnFitting *f = g_new0(PlnFitting, 1);
  f->m = r->m;
  f->fit = g_new0(double, r->m);
  f->prior = g_new(double, r->m);
  fill_prior(r, title, day, session, f->prior);
  known_shares(evidence, r->n, f->share);
  g_autofree double *part = g_new(double, 4 * (gsize)r->n + 1);
  g_autofree guint *state = g_new(guint, r->n + 1);
  guint pieces = 0;
  for (guint i = 0; i < r->n; i++)
    if (evidence[i].kind == PLN_EVIDENCE_ANSWER) {
      log_parts(r, i, &evidence[i], f->share, part + 4 * (gsize)pieces);
      state[pieces++] = i;
    }
  for (guint t = 0; t < r->m; t++) {
    const guint8 *answer = r->answer + (gsize)t * r->n;
    for (guint k = 0; k < pieces; k++)
      f->fit[t] += part[4 * k + answer[state[k]]];
  }
  return f;
}

void pln_fitting_free(PlnFitting *f) {
  if (!f)
    return;
  g_free(f->fit);
  g_free(f->prior);
  g_free(f);
}

/* Weights that sum to 1 of log weights. */
static void normalise(guint m, double *weight) {
  double most = weight[0], sum = 0;
  for (guint t = 1; t < m; t++)
    most = MAX(most, weight[t]);
  for (guint t = 0; t < m; t++)
    weight[t] -= most;
  pln_exps(m, weight, weight);
  for (guint t = 0; t < m; t++)
    sum += weight[t];
  for (guint t = 0; t < m; t++)
    weight[t] /= sum;
}

/* What a state's answers in the roll calls, so weighted, make of it. */
static void turn_answers(const PlnRecurrence *r, guint i, const double mass[4],
                         const double share[3], double chance[3]) {
  const double *turn = r->turn + 9 * (gsize)i;
  for (guint k = 0; k < 3; k++)
    chance[k] =
        mass[0] * turn[k] + mass[1] * turn[3 + k] + mass[2] * turn[6 + k] + mass[3] * share[k];
}

static guint find_likes(const PlnRecurrence *r, const double *weight, PlnLike *like) {
  guint n = 0;
  for (guint t = 0; t < r->m; t++) {
    guint place = n;
    while (place > 0 && like[place - 1].weight < weight[t])
      place--;
    if (place >= PLN_LIKES)
      continue;
    n = MIN(n + 1, PLN_LIKES);
    memmove(like + place + 1, like + place, sizeof *like * (n - place - 1));
    like[place] = (PlnLike){r->first + t, weight[t]};
  }
  return n;
}

/* A state with evidence, had it none: the roll calls weighed by what the others say.  Those in
 * which it answered alike lose alike, so that the sums of their weights are enough.
 * @all: pieces of evidence and the one of each answer added */
static void leave_out(const PlnRecurrence *r, const PlnFitting *f, const PlnEvidence *evidence,
                      guint i, double kappa, double all, const double mass[4], double chance[3]) {
  double part[4], left[4], share[3], count[3], sum = 0, most = -INFINITY;
  log_parts(r, i, &evidence[i], f->share, part);
  for (guint v = 0; v < 4; v++)
    if (mass[v] > 0)
      most = MAX(most, -kappa * part[v]);
  for (guint v = 0; v < 4; v++)
    sum += left[v] = mass[v] > 0 ? mass[v] * pln_exp(-kappa * part[v] - most) : 0;
  for (guint v = 0; v < 4; v++)
    left[v] /= sum;
  for (guint k = 0; k < 3; k++)
    count[k] = f->share[k] * all;
  count_answer(&evidence[i], -1, count);
  for (guint k = 0; k < 3; k++)
    share[k] = count[k] / (all - 1);
  turn_answers(r, i, left, share, chance);
}

guint pln_recurrence_chances(const PlnRecurrence *r, const PlnFitting *f, const PlnEvidence *evidence,
                             double kappa, double *chance, double *without, PlnLike *like) {
  g_autofree double *weight = g_new(double, r->m), *mass = g_new0(double, 4 * (gsize)r->n + 1);
  double all = 3;
  for (guint i = 0; i < r->n; i++)
    all += evidence[i].kind == PLN_EVIDENCE_ANSWER;
  for (guint t = 0; t < r->m; t++)
    weight[t] = kappa * f->fit[t] + f->prior[t];
  normalise(r->m, weight);
  for (guint t = 0; t < r->m; t++) {
    const guint8 *answer = r->answer + (gsize)t * r->n;
    double own = weight[t];
    for (guint i = 0; i < r->n && own > NO_WEIGHT; i++)
      mass[4 * i + answer[i]] += own;
  }
  for (guint i = 0; i < r->n; i++) {
    const double *own = mass + 4 * (gsize)i;
    turn_answers(r, i, own, f->share, chance + 3 * (gsize)i);
    if (evidence[i].kind == PLN_EVIDENCE_ANSWER)
      leave_out(r, f, evidence, i, kappa, all, own, without + 3 * (gsize)i);
    else
      memcpy(without + 3 * (gsize)i, chance + 3 * (gsize)i, 3 * sizeof *without);
  }
  return like ? find_likes(r, weight, like) : 0;
}
