/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/drift.h"

#include <math.h>
#include <string.h>

#include "plenary/axis.h"

enum { LEAST_COMMON = 3, ESTIMATES = 12 };

/* The fit in the making: nodes are state-sessions, a state's one after the other. */
typedef struct {
  PlnDrift *drift;
  const PlnCells *cells;
  PlnAxis *axis;
  guint32 *node;            /* n_sessions x n_states */
  guint32 *state, *session; /* n_nodes */
  guint n_nodes;
  double *variance, *together; /* n_nodes: of x; with the node before */
  double *shift, *stretch;     /* n_sessions: position = shift + stretch x */
} Walk;

PlnDriftOptions pln_drift_options(void) {
  return (PlnDriftOptions){.innovation_sd = 0.5,
                           .hold_sd = 1,
                           .slope_sd = 0.7,
                           .cut_sd = 1.8,
                           .gap_shape = 1.5,
                           .gap_rate = 0.5,
                           .plus = -1,
                           .minus = -1,
                           .linked = TRUE,
                           .rounds = 100,
                           .tolerance = 0.1};
}

static void walk_init(Walk *w, const PlnCells *cells, const double *weight) {
  gsize n = cells->n_states, all = n * cells->n_sessions;
  w->cells = cells;
  w->node = g_new(guint32, all + 1);
  w->state = g_new(guint32, all + 1);
  w->session = g_new(guint32, all + 1);
  for (gsize k = 0; k < all; k++)
    w->node[k] = PLN_AXIS_NO_NODE;
  for (guint j = 0; j < cells->n_calls; j++) {
    const guint8 *row = pln_cells_row(cells, j);
    guint32 *at = w->node + n * cells->session[j];
    for (guint i = 0; i < n && (!weight || weight[j] > 0); i++)
      if (row[i] < cells->classes)
        at[i] = 0;
  }
  for (guint i = 0; i < n; i++)
    for (guint s = 0; s < cells->n_sessions; s++)
      if (w->node[s * n + i] == 0) {
        w->state[w->n_nodes] = i;
        w->session[w->n_nodes] = s;
        w->node[s * n + i] = w->n_nodes++;
      }
  w->variance = g_new0(double, w->n_nodes + 1);
  w->together = g_new0(double, w->n_nodes + 1);
  w->shift = g_new0(double, cells->n_sessions + 1);
  w->stretch = g_new0(double, cells->n_sessions + 1);
}

static void walk_clear(Walk *w) {
  pln_axis_free(w->axis);
  g_free(w->node);
  g_free(w->state);
  g_free(w->session);
  g_free(w->variance);
  g_free(w->together);
  g_free(w->shift);
  g_free(w->stretch);
}

static gboolean is_first(const Walk *w, guint k) {
  return k == 0 || w->state[k] != w->state[k - 1];
}

static void set_walk(Walk *w, double innovation_sd, double hold_sd) {
  for (guint k = 0; k < w->n_nodes; k++) {
    w->axis->own[k] = 1 / (hold_sd * hold_sd);
    w->axis->link[k] =
        is_first(w, k) ? 0
                       : 1 / (innovation_sd * innovation_sd * (w->session[k] - w->session[k - 1]));
  }
}

/* The diagonal of the tridiagonal inverse, and what lies beside it: pivots from both ends. */
static void invert_chains(Walk *w) {
  const PlnAxis *axis = w->axis;
  guint n = w->n_nodes;
  g_autofree double *d = g_new0(double, n + 1), *up = g_new0(double, n + 1);
  pln_axis_own_information(axis, d);
  for (guint i = 0; i < n; i++)
    d[i] += axis->own[i] + axis->link[i] + (i + 1 < n ? axis->link[i + 1] : 0);
  for (guint i = n; i-- > 0;) {
    double next = i + 1 < n ? axis->link[i + 1] : 0;
    up[i] = d[i] - (next > 0 ? next * next / up[i + 1] : 0);
  }
  for (guint i = 0; i < n; i++) {
    double link = axis->link[i], by = link / up[i];
    w->variance[i] = 1 / up[i] + (link > 0 ? by * by * w->variance[i - 1] : 0);
    w->together[i] = link > 0 ? by * w->variance[i - 1] : 0;
  }
}

/* The innovations' standard deviation that the steps found, and their errors, ask for. */
static double innovation(const Walk *w) {
  double sum = 0, steps = 0;
  for (guint k = 1; k < w->n_nodes; k++)
    if (!is_first(w, k)) {
      double step = w->axis->x[k] - w->axis->x[k - 1];
      double unsure = w->variance[k] + w->variance[k - 1] - 2 * w->together[k];
      sum += (step * step + MAX(unsure, 0)) / (w->session[k] - w->session[k - 1]);
      steps++;
    }
  return steps > 0 ? sqrt(sum / steps) : 0.5;
}

static void fit(Walk *w, const PlnDriftOptions *options) {
  PlnAxisPrior prior = {options->slope_sd, options->cut_sd, options->gap_shape, options->gap_rate};
  gboolean estimate = options->innovation_sd <= 0;
  double sd = estimate ? 0.3 : options->innovation_sd;
  w->axis = pln_axis_new(w->cells, w->node, w->n_nodes, options->weight, &prior);
  set_walk(w, sd, options->hold_sd);
  pln_axis_start(w->axis, w->state, w->cells->n_states);
  pln_axis_fit(w->axis, options->rounds, options->tolerance);
  w->drift->rounds = w->axis->rounds;
  for (guint k = 0; k < ESTIMATES && estimate; k++) {
    double before = sd;
    invert_chains(w);
    sd = MAX(innovation(w), 1e-3);
    set_walk(w, sd, options->hold_sd);
    pln_axis_fit(w->axis, options->rounds, options->tolerance);
    w->drift->rounds += w->axis->rounds;
    if (fabs(sd - before) < 0.002 * sd)
      break;
  }
  w->drift->innovation_sd = sd;
  w->drift->converged = w->axis->converged;
  w->drift->log_likelihood = w->axis->log_likelihood;
  invert_chains(w);
}

/* Mean and spread of a session's fitted positions, over those that also vote in @other. */
static guint gauge(const Walk *w, guint session, guint other, double *mean, double *spread) {
  guint n = w->cells->n_states, common = 0;
  double sum = 0, square = 0;
  const guint32 *here = w->node + (gsize)session * n, *there = w->node + (gsize)other * n;
  for (guint i = 0; i < n; i++)
    if (here[i] != PLN_AXIS_NO_NODE && there[i] != PLN_AXIS_NO_NODE) {
      sum += w->axis->x[here[i]];
      common++;
    }
  *mean = common > 0 ? sum / common : 0;
  for (guint i = 0; i < n; i++)
    if (here[i] != PLN_AXIS_NO_NODE && there[i] != PLN_AXIS_NO_NODE)
      square += (w->axis->x[here[i]] - *mean) * (w->axis->x[here[i]] - *mean);
  *spread = common > 0 ? sqrt(square / common) : 0;
  return common;
}

/* Each session's unit from that of the session after it, the last one's being its own. */
static void link_sessions(Walk *w, gboolean linked) {
  guint next = G_MAXUINT;
  for (guint s = w->cells->n_sessions; s-- > 0;) {
    double mean, spread, its_mean, its_spread;
    w->shift[s] = 0;
    w->stretch[s] = 1;
    if (!linked || gauge(w, s, s, &mean, &spread) == 0)
      continue;
    if (next == G_MAXUINT || gauge(w, s, next, &mean, &spread) < LEAST_COMMON ||
        gauge(w, next, s, &its_mean, &its_spread) == 0 || spread < 1e-6 || its_spread < 1e-6) {
      gauge(w, s, s, &mean, &spread);
      w->stretch[s] = spread > 1e-6 ? 1 / spread : 1;
      w->shift[s] = -mean * w->stretch[s];
    } else {
      w->stretch[s] = w->stretch[next] * its_spread / spread;
      w->shift[s] = w->shift[next] + w->stretch[next] * its_mean - w->stretch[s] * mean;
    }
    next = s;
  }
}

static double placed(const Walk *w, guint k) {
  return w->shift[w->session[k]] + w->stretch[w->session[k]] * w->axis->x[k];
}

/* Which way is up: as the two states ask, else the first state off the middle is below. */
static double polarity(const Walk *w, const PlnDriftOptions *options) {
  double plus = 0, minus = 0, n_plus = 0, n_minus = 0;
  for (guint k = 0; k < w->n_nodes; k++) {
    if ((int)w->state[k] == options->plus) {
      plus += placed(w, k);
      n_plus++;
    }
    if ((int)w->state[k] == options->minus) {
      minus += placed(w, k);
      n_minus++;
    }
  }
  if (n_plus > 0 || n_minus > 0) {
    double apart = (n_plus > 0 ? plus / n_plus : 0) - (n_minus > 0 ? minus / n_minus : 0);
    return apart < 0 ? -1 : 1;
  }
  for (guint k = 0; k < w->n_nodes; k++)
    if (fabs(placed(w, k)) > 0.5)
      return placed(w, k) > 0 ? -1 : 1;
  return 1;
}

/* All state-sessions together: mean 0, standard deviation 1.  Returns: FALSE where all are
 * alike */
static gboolean settle_unit(Walk *w, const PlnDriftOptions *options) {
  double sum = 0, square = 0, n = MAX(w->n_nodes, 1);
  for (guint k = 0; k < w->n_nodes; k++)
    sum += placed(w, k);
  double mean = sum / n;
  for (guint k = 0; k < w->n_nodes; k++)
    square += (placed(w, k) - mean) * (placed(w, k) - mean);
  double unit = sqrt(square / n);
  gboolean apart = unit > 1e-6;
  unit = apart ? unit : 1;
  for (guint s = 0; s < w->cells->n_sessions; s++) {
    w->shift[s] = (w->shift[s] - mean) / unit;
    w->stretch[s] /= unit;
  }
  double turn = polarity(w, options);
  for (guint s = 0; s < w->cells->n_sessions; s++) {
    w->shift[s] *= turn;
    w->stretch[s] *= turn;
  }
  return apart;
}

static void hand_over_positions(const Walk *w) {
  PlnDrift *drift = w->drift;
  gsize n = drift->n_states;
  g_autofree guint *seen = g_new0(guint, n + 1);
  for (guint s = 0; s < drift->n_sessions; s++)
    drift->unit[s] = fabs(w->stretch[s]);
  for (gsize k = 0; k < n * drift->n_sessions; k++)
    drift->position[k] = drift->error[k] = NAN;
  for (guint k = 0; k < w->n_nodes; k++) {
    gsize at = w->session[k] * n + w->state[k];
    drift->position[at] = placed(w, k);
    drift->error[at] = drift->unit[w->session[k]] * sqrt(w->variance[k]);
    drift->mean[w->state[k]] += drift->position[at];
    seen[w->state[k]]++;
  }
  for (guint i = 0; i < n; i++)
    drift->mean[i] = seen[i] > 0 ? drift->mean[i] / seen[i] : NAN;
}

static void hand_over_curves(const Walk *w) {
  PlnDrift *drift = w->drift;
  for (guint j = 0; j < drift->n_calls; j++) {
    guint s = drift->session[j] = w->cells->session[j];
    const PlnCurve *from = &w->axis->curve[j];
    double slope = from->slope / w->stretch[s], *v = drift->curve_covariance + 6 * (gsize)j;
    drift->curve[j] =
        (PlnCurve){slope, from->low + slope * w->shift[s], from->high + slope * w->shift[s]};
    pln_axis_curve_covariance(w->axis, j, w->variance, w->shift[s], w->stretch[s], v);
    guint high = drift->classes == 3 ? 5 : 2;
    drift->curve_error[j] = (PlnCurve){sqrt(v[0]), sqrt(v[2]), sqrt(v[high])};
  }
}

static char *say(const Walk *w, gboolean apart) {
  if (w->n_nodes == 0)
    return g_strdup("no answers are left: there are no positions");
  if (!apart)
    return g_strdup("the voters do not differ in their answers: all stand at 0");
  if (!w->drift->converged)
    return g_strdup_printf("the fit had not settled after %u rounds; its figures are near "
                           "the best but not at it",
                           w->drift->rounds);
  return NULL;
}

PlnDrift *pln_drift_new(const PlnCells *cells, const PlnDriftOptions *options) {
  PlnDrift *drift = g_new0(PlnDrift, 1);
  Walk w = {.drift = drift};
  gsize calls = cells->n_calls, all = (gsize)cells->n_states * cells->n_sessions;
  drift->n_states = cells->n_states;
  drift->n_sessions = cells->n_sessions;
  drift->n_calls = cells->n_calls;
  drift->classes = cells->classes;
  drift->position = g_new0(double, all + 1);
  drift->error = g_new0(double, all + 1);
  drift->mean = g_new0(double, cells->n_states + 1);
  drift->unit = g_new0(double, cells->n_sessions + 1);
  drift->session = g_new0(guint, calls + 1);
  drift->curve = g_new0(PlnCurve, calls + 1);
  drift->curve_error = g_new0(PlnCurve, calls + 1);
  drift->curve_covariance = g_new0(double, 6 * calls + 1);
  walk_init(&w, cells, options->weight);
  fit(&w, options);
  link_sessions(&w, options->linked);
  gboolean apart = settle_unit(&w, options);
  hand_over_positions(&w);
  hand_over_curves(&w);
  drift->n_positions = w.n_nodes;
  drift->words = say(&w, apart);
  walk_clear(&w);
  return drift;
}

void pln_drift_free(PlnDrift *drift) {
  if (!drift)
    return;
  g_free(drift->position);
  g_free(drift->error);
  g_free(drift->mean);
  g_free(drift->unit);
  g_free(drift->session);
  g_free(drift->curve);
  g_free(drift->curve_error);
  g_free(drift->curve_covariance);
  g_free(drift->words);
  g_free(drift);
}

/* The session nearest to @session in which the state has a position, the earlier of two; or
 * G_MAXUINT. */
static guint nearest(const PlnDrift *drift, guint state, guint session) {
  for (guint away = 0; away < drift->n_sessions; away++) {
    guint before = session - away, after = session + away;
    if (away <= session && !isnan(drift->position[(gsize)before * drift->n_states + state]))
      return before;
    if (after < drift->n_sessions && !isnan(drift->position[(gsize)after * drift->n_states + state]))
      return after;
  }
  return G_MAXUINT;
}

void pln_drift_chance(const PlnDrift *drift, guint state, guint call, double *chance) {
  guint session = drift->session[call], best = nearest(drift, state, session);
  if (best == G_MAXUINT) {
    for (guint c = 0; c < drift->classes; c++)
      chance[c] = 1.0 / drift->classes;
    return;
  }
  guint away = best > session ? best - session : session - best;
  gsize at = (gsize)best * drift->n_states + state;
  double step = drift->innovation_sd * drift->unit[best], walked = step * step * away;
  pln_curve_chance(&drift->curve[call], drift->curve_covariance + 6 * (gsize)call, drift->classes,
                   drift->position[at], sqrt(drift->error[at] * drift->error[at] + walked), chance);
}
