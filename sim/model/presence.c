/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/presence.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sf_gamma.h>
#include <gsl/gsl_sf_psi.h>
#include <math.h>

#include "plenary/cells.h"
#include "plenary/normal.h"

enum { MOST_STEPS = 100 };
#define LEAST_PARAMETER 1e-3 /* of the prior; a share that all states have alike is at the most */
#define MOST_PARAMETER 1e5

/* The weights of a state's roll calls: absent, present. */
typedef struct {
  double absent, present;
} Seen;

/* The log likelihood at a prior, and its derivatives by the logarithms of a and b. */
typedef struct {
  double log, by_a, by_b, by_aa, by_ab, by_bb;
} Slope;

static double weight_of(const PlnVoteMatrix *matrix, const PlnPresenceOptions *options,
                        guint call) {
  if (!pln_session_within(matrix->call[call].session, options->from, options->to))
    return 0;
  return options->weight ? options->weight[call] : 1;
}

static guint8 vote_at(const PlnVoteMatrix *matrix, const PlnPresenceOptions *options, guint call,
                      guint state) {
  gsize cell = (gsize)call * matrix->n_voters + state;
  return options->hide && options->hide[cell] ? PLN_VOTE_UNKNOWN : matrix->vote[cell];
}

/* @session: (out): n_calls of the matrix, -1 where it is not looked at */
static void find_sessions(PlnPresence *presence, const PlnVoteMatrix *matrix,
                          const PlnPresenceOptions *options, int *session) {
  presence->session_name = g_new(int, matrix->n_calls);
  for (guint j = 0; j < matrix->n_calls; j++) {
    session[j] = -1;
    if (weight_of(matrix, options, j) <= 0)
      continue;
    session[j] = (int)pln_session_place(matrix->call[j].session, presence->session_name,
                                        &presence->n_sessions);
    presence->n_calls++;
  }
  presence->eligible = g_new0(guint, (gsize)presence->n_sessions * matrix->n_voters);
  presence->absent = g_new0(guint, (gsize)presence->n_sessions * matrix->n_voters);
}

static void count(PlnPresence *presence, const PlnVoteMatrix *matrix,
                  const PlnPresenceOptions *options, const int *session, Seen *seen) {
  guint n = presence->n_states;
  for (guint j = 0; j < matrix->n_calls; j++) {
    if (session[j] < 0)
      continue;
    double weight = weight_of(matrix, options, j);
    gsize row = (gsize)session[j] * n;
    for (guint i = 0; i < n; i++) {
      guint8 vote = vote_at(matrix, options, j, i);
      if (vote == PLN_VOTE_UNKNOWN)
        continue;
      gboolean absent = vote == PLN_VOTE_X;
      presence->eligible[row + i]++;
      presence->absent[row + i] += absent;
      presence->state[i].eligible++;
      presence->state[i].absent += absent;
      *(absent ? &seen[i].absent : &seen[i].present) += weight;
    }
  }
}

static double chance_in(const PlnPresence *presence, int session, guint state) {
  gsize at = (gsize)session * presence->n_states + state;
  return presence->eligible[at] ? (double)presence->absent[at] / presence->eligible[at] : 0;
}

/* Rates of the session: what changes from one session to the next is no bunching.  That they
 * are estimated makes both sums too small by the same factor. */
static double bunching(const PlnPresence *presence, const PlnVoteMatrix *matrix,
                       const PlnPresenceOptions *options, const int *session) {
  double squares = 0, variance = 0;
  for (guint j = 0; j < matrix->n_calls; j++) {
    double off = 0;
    for (guint i = 0; session[j] >= 0 && i < presence->n_states; i++) {
      guint8 vote = vote_at(matrix, options, j, i);
      if (vote == PLN_VOTE_UNKNOWN)
        continue;
      double chance = chance_in(presence, session[j], i);
      off += (vote == PLN_VOTE_X) - chance;
      variance += chance * (1 - chance);
    }
    squares += off * off;
  }
  return variance > 0 ? squares / variance : (double)NAN;
}

/* From one session to the next, so that a slow drift, which a decay follows, counts little. */
static double clumping(const PlnPresence *presence) {
  double changes = 0, spread = 0;
  for (guint i = 0; i < presence->n_states; i++) {
    double sum = 0, squares = 0, last = 0;
    guint sessions = 0;
    for (guint s = 0; s < presence->n_sessions; s++) {
      if (presence->eligible[(gsize)s * presence->n_states + i] == 0)
        continue;
      double share = chance_in(presence, (int)s, i);
      squares += sessions > 0 ? (share - last) * (share - last) / 2 : 0;
      sum += share;
      last = share;
      sessions++;
    }
    if (sessions < 2)
      continue;
    changes += squares / (sessions - 1);
    spread += sum / sessions * (1 - sum / sessions);
  }
  return spread > 0 ? MIN(changes / spread, 1) : (double)NAN;
}

static Slope slope_at(const Seen *seen, guint n, double a, double b) {
  Slope s = {0};
  double by_a = 0, by_b = 0, by_aa = 0, by_ab = 0, by_bb = 0;
  for (guint i = 0; i < n; i++) {
    double absent = seen[i].absent, present = seen[i].present, all = absent + present;
    if (all <= 0)
      continue;
    s.log += gsl_sf_lngamma(absent + a) - gsl_sf_lngamma(a) + gsl_sf_lngamma(present + b) -
             gsl_sf_lngamma(b) - gsl_sf_lngamma(all + a + b) + gsl_sf_lngamma(a + b);
    double both = gsl_sf_psi(a + b) - gsl_sf_psi(all + a + b);
    double both_2 = gsl_sf_psi_1(a + b) - gsl_sf_psi_1(all + a + b);
    by_a += gsl_sf_psi(absent + a) - gsl_sf_psi(a) + both;
    by_b += gsl_sf_psi(present + b) - gsl_sf_psi(b) + both;
    by_aa += gsl_sf_psi_1(absent + a) - gsl_sf_psi_1(a) + both_2;
    by_bb += gsl_sf_psi_1(present + b) - gsl_sf_psi_1(b) + both_2;
    by_ab += both_2;
  }
  s.by_a = a * by_a;
  s.by_b = b * by_b;
  s.by_aa = a * a * by_aa + s.by_a;
  s.by_bb = b * b * by_bb + s.by_b;
  s.by_ab = a * b * by_ab;
  return s;
}

static double stepped(double parameter, double step) {
  double next = parameter * pln_exp(pln_clamp(step, 1));
  return CLAMP(next, LEAST_PARAMETER, MOST_PARAMETER);
}

/* Newton's method on the logarithms, held back (Levenberg 1944) until a step does good. */
static void fit_prior(PlnPresence *presence, const Seen *seen) {
  double hold = 1, a = 0.5, b = 0.5;
  Slope s = slope_at(seen, presence->n_states, a, b);
  for (guint step = 0; step < MOST_STEPS && hold < 1e12; step++) {
    double aa = hold - s.by_aa, bb = hold - s.by_bb, area = aa * bb - s.by_ab * s.by_ab;
    if (aa <= 0 || area <= 0) {
      hold *= 10;
      continue;
    }
    double next_a = stepped(a, (s.by_a * bb + s.by_b * s.by_ab) / area);
    double next_b = stepped(b, (s.by_b * aa + s.by_a * s.by_ab) / area);
    Slope next = slope_at(seen, presence->n_states, next_a, next_b);
    if (next.log < s.log) {
      hold *= 10;
      continue;
    }
    gboolean settled = pln_abs(next_a - a) <= 1e-10 * a && pln_abs(next_b - b) <= 1e-10 * b;
    a = next_a;
    b = next_b;
    s = next;
    hold /= 10;
    if (settled)
      break;
  }
  presence->a = a;
  presence->b = b;
}

static void choose_prior(PlnPresence *presence, const Seen *seen) {
  guint states = 0;
  double absent = 0, present = 0;
  for (guint i = 0; i < presence->n_states; i++) {
    states += seen[i].absent + seen[i].present > 0;
    absent += seen[i].absent;
    present += seen[i].present;
  }
  presence->a = presence->b = 0.5;
  presence->fitted = states > 1 && absent > 0 && present > 0;
  if (presence->fitted)
    fit_prior(presence, seen);
}

/* By halving: GSL's own inverse calls its error handler, which aborts, where it does not
 * converge.  @share: 0 … 1 */
static double quantile(double share, double a, double b) {
  double low = 0, high = 1;
  for (guint step = 0; step < 44; step++) {
    double middle = (low + high) / 2;
    if (gsl_cdf_beta_P(middle, a, b) < share)
      low = middle;
    else
      high = middle;
  }
  return (low + high) / 2;
}

/* Of a state's share in a session nothing is known better than its chance is. */
static void find_intervals(PlnAbsence *it, double clumped) {
  double size = it->a + it->b;
  it->chance = it->a / size;
  it->low = quantile(0.05, it->a, it->b);
  it->high = quantile(0.95, it->a, it->b);
  it->session_low = it->low;
  it->session_high = it->high;
  if (!(clumped > 1 / (size + 1)))
    return;
  double of_session = MAX(1 / clumped - 1, LEAST_PARAMETER);
  it->session_low = quantile(0.05, it->chance * of_session, (1 - it->chance) * of_session);
  it->session_high = quantile(0.95, it->chance * of_session, (1 - it->chance) * of_session);
}

PlnPresence *pln_presence_new(const PlnVoteMatrix *matrix, const PlnPresenceOptions *options) {
  static const PlnPresenceOptions all = {NULL, NULL, -1, -1};
  PlnPresence *presence = g_new0(PlnPresence, 1);
  guint n = presence->n_states = matrix->n_voters;
  g_autofree Seen *seen = g_new0(Seen, n);
  g_autofree int *session = g_new(int, matrix->n_calls);
  options = options ? options : &all;
  presence->state = g_new0(PlnAbsence, n);
  find_sessions(presence, matrix, options, session);
  count(presence, matrix, options, session, seen);
  presence->bunching = bunching(presence, matrix, options, session);
  presence->clumping = clumping(presence);
  choose_prior(presence, seen);
  for (guint i = 0; i < n; i++) {
    PlnAbsence *it = &presence->state[i];
    it->a = presence->a + seen[i].absent;
    it->b = presence->b + seen[i].present;
    find_intervals(it, presence->clumping);
  }
  return presence;
}

void pln_presence_free(PlnPresence *presence) {
  if (!presence)
    return;
  g_free(presence->state);
  g_free(presence->session_name);
  g_free(presence->eligible);
  g_free(presence->absent);
  g_free(presence);
}

void pln_presence_decay(const PlnVoteMatrix *matrix, double rate, double *weight) {
  int last = -1;
  for (guint j = 0; j < matrix->n_calls; j++)
    last = MAX(last, matrix->call[j].session);
  for (guint j = 0; j < matrix->n_calls; j++) {
    int session = matrix->call[j].session;
    weight[j] = 1;
    for (int s = session; session >= 0 && s < last && weight[j] > 0; s++)
      weight[j] *= rate;
  }
}
