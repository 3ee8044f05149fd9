/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where all stand on all issues, what each risks, and what would come of it: an election. */
#include <math.h>
#include <string.h>

#include "plenary/spatial_part.h"

void pln_spatial_make(PlnSpatial *s, guint n, guint m) {
  gsize cells = (gsize)n * m + 1;
  s->floor = pln_floor_set_up(n);
  s->actor = g_new(guint, n + 1);
  s->at = g_new(double, cells);
  s->care = g_new(double, cells);
  s->power = g_new(double, n + 1);
  s->has = g_new(gboolean, cells);
  s->contest = pln_contest_set_up(n);
  s->election = pln_election_set_up(n, n + 1);
  s->same = g_new(guint, n + 1);
  s->chance = g_new(double, n + 1);
  s->bargain = g_new(PlnSpatialBargain, n + 1);
  s->point = g_new(double, cells);
  s->change = g_new(double, (gsize)n * n + 1);
  s->next = g_new(double, cells);
  s->of_one = g_new(double, m + 1);
  s->queue = g_new(guint, n + 2);
}

void pln_spatial_clear(PlnSpatial *s) {
  pln_floor_free(s->floor);
  pln_contest_free(s->contest);
  pln_election_free(s->election);
  gpointer rooms[] = {s->actor, s->at,      s->care,  s->power,  s->has,  s->same,   s->chance,
                      s->queue, s->bargain, s->point, s->change, s->next, s->of_one};
  for (guint k = 0; k < G_N_ELEMENTS(rooms); k++)
    g_free(rooms[k]);
}

/* Who takes part in anything, how much it cares about what, and what it can bring to bear. */
static void find_actors(PlnSpatial *s) {
  const PlnTalks *talks = s->run.talks;
  guint m = s->run.m;
  s->n = 0;
  for (guint i = 0; i < s->run.n; i++) {
    guint issues = 0;
    double power = 0;
    for (guint d = 0; d < m; d++) {
      gsize from = (gsize)i * m + d, to = (gsize)s->n * m + d;
      s->has[to] = !isnan(talks->position[from]);
      s->care[to] = s->has[to] ? talks->salience[from] : 0;
      power += s->has[to] ? talks->capability[from] : 0;
      issues += s->has[to] ? 1 : 0;
    }
    if (issues == 0)
      continue;
    s->power[s->n] = power / issues;
    s->actor[s->n++] = i;
  }
}

/* How much each cares over all: the sum over issues, of which nobody's is above 1. */
static void weigh(PlnSpatial *s) {
  double most = 1;
  pln_contest_shape(s->contest, s->n);
  for (guint i = 0; i < s->n; i++) {
    double sum = 0;
    for (guint d = 0; d < s->run.m; d++)
      sum += s->care[(gsize)i * s->run.m + d];
    s->contest->salience[i] = sum;
    most = MAX(most, sum);
  }
  for (guint i = 0; i < s->n; i++) {
    s->contest->salience[i] /= most;
    s->contest->weight[i] = s->contest->salience[i] * s->power[i];
  }
}

void pln_spatial_seat(PlnSpatial *s) {
  find_actors(s);
  weigh(s);
}

/* Positions as shares of the scales.  Where one has none on an issue, its position stands for what
 * the others would come to there. */
static void place(PlnSpatial *s) {
  const PlnTalks *talks = s->run.talks;
  guint m = s->run.m;
  for (guint d = 0; d < m; d++) {
    double low = talks->from[d], range = talks->to[d] - low;
    pln_floor_take(s->floor, talks, d, s->run.position);
    double mean = pln_floor_mean(s->floor);
    mean = isnan(mean) ? pln_floor_plain_mean(s->floor) : mean;
    for (guint i = 0; i < s->n; i++) {
      double x = s->run.position[(gsize)s->actor[i] * m + d];
      x = isnan(x) ? mean : x;
      s->at[(gsize)i * m + d] = isnan(x) ? 0 : (x - low) / range;
    }
  }
}

/* How far @to is from where @who stands, by what it cares about. */
double pln_spatial_distance(const PlnSpatial *s, guint who, const double *to) {
  const double *own = s->at + (gsize)who * s->run.m, *care = s->care + (gsize)who * s->run.m;
  double far = 0, all = 0;
  for (guint d = 0; d < s->run.m; d++) {
    double part = care[d] * (own[d] - to[d]);
    far += part * part;
    all += care[d] * care[d];
  }
  return all > 0 ? sqrt(far / all) : 0;
}

double pln_spatial_utility(const PlnSpatial *s, guint who, double d) {
  return (1 - d) * (1 + d * s->contest->risk[who]);
}

/* The chance of every option of the election that is filled in, all voting with what they have. */
void pln_spatial_elect(PlnSpatial *s) {
  memcpy(s->election->weight, s->power, s->n * sizeof *s->power);
  pln_election_hold(s->election, PLN_LAW_PROPORTIONAL, PLN_CHALLENGERS_CONDITIONAL, 1);
}

/* Without risk, over all positions; each one's chance makes its attitude to risk. */
static void find_risk(PlnSpatial *s) {
  PlnContest *c = s->contest;
  for (guint j = 0; j < s->n; j++) {
    const double *to = s->at + (gsize)j * s->run.m;
    for (guint k = 0; k < s->n; k++)
      c->distance[(gsize)j * c->stride + k] = pln_spatial_distance(s, k, to);
  }
  pln_election_shape(s->election, s->n, s->n);
  for (guint k = 0; k < s->n; k++)
    for (guint j = 0; j < s->n; j++)
      s->election->utility[(gsize)k * s->n + j] = 1 - c->distance[(gsize)j * c->stride + k];
  pln_spatial_elect(s);
  pln_election_risk(s->election->chance, s->n, c->risk);
}

/* Whether both take part in issue @d, and at one position. */
static gboolean is_with(const PlnSpatial *s, guint i, guint j, guint d) {
  guint m = s->run.m;
  const double *position = s->run.position;
  double apart = pln_floor_apart(s->run.talks->from[d], s->run.talks->to[d]);
  return s->has[(gsize)i * m + d] && s->has[(gsize)j * m + d] &&
         fabs(position[(gsize)s->actor[i] * m + d] - position[(gsize)s->actor[j] * m + d]) <= apart;
}

static gboolean is_same(const PlnSpatial *s, guint i, guint j) {
  gsize a = (gsize)i * s->run.m, b = (gsize)j * s->run.m;
  for (guint d = 0; d < s->run.m; d++)
    if ((s->has[a + d] || s->has[b + d]) && !is_with(s, i, j, d))
      return FALSE;
  return TRUE;
}

/* The election over the distinct positions, with risk: s->chance, shared alike. */
static void forecast(PlnSpatial *s) {
  guint options = 0;
  for (guint i = 0; i < s->n; i++) {
    s->same[i] = 0;
    while (!is_same(s, s->same[i], i))
      s->same[i]++;
    if (s->same[i] == i)
      s->queue[options++] = i;
  }
  pln_election_shape(s->election, s->n, options);
  for (guint a = 0; a < options; a++) {
    const double *far = s->contest->distance + (gsize)s->queue[a] * s->contest->stride;
    for (guint k = 0; k < s->n; k++)
      s->election->utility[(gsize)k * options + a] = pln_spatial_utility(s, k, far[k]);
  }
  pln_spatial_elect(s);
  for (guint i = 0; i < s->n; i++)
    s->chance[i] = 0;
  for (guint a = 0; a < options; a++) {
    guint holders = 0;
    for (guint i = 0; i < s->n; i++)
      holders += s->same[i] == s->queue[a];
    for (guint i = 0; i < s->n; i++)
      s->chance[i] = s->same[i] == s->queue[a] ? s->election->chance[a] / holders : s->chance[i];
  }
}

/* In s->queue the first of those on issue @d who stands there where each does. */
static void group(PlnSpatial *s, guint d) {
  for (guint i = 0; i < s->n; i++) {
    guint first = 0;
    while (first < i && (s->queue[first] != first || !is_with(s, first, i, d)))
      first++;
    s->queue[i] = first;
  }
}

/* Who takes part and what it weighs stays as it was: new since the start can be one position. */
static const char *words_of(const PlnSpatial *s, guint d) {
  const char *words = pln_floor_words(s->floor), *before = s->run.words[d];
  if (!words || s->run.round == 0)
    return words;
  return before ? before : "all have come to one position";
}

/* The forecast of issue @d: of those who take part in it, alike where none of them has a chance over
 * all issues; those who stand there at one position, though apart elsewhere, share theirs alike. */
static void show(PlnSpatial *s, guint d) {
  guint m = s->run.m, there = 0;
  double all = 0, sum = 0;
  pln_floor_take(s->floor, s->run.talks, d, s->run.position);
  s->run.words[d] = words_of(s, d);
  s->run.settled[d] = s->run.words[d] != NULL;
  group(s, d);
  for (guint i = 0; i < s->n; i++) {
    all += s->has[(gsize)i * m + d] ? s->chance[i] : 0;
    there += s->has[(gsize)i * m + d];
  }
  gboolean any = pln_floor_weight(s->floor) > 0;
  for (guint i = 0; i < s->n && any; i++) {
    double p = 0, holders = 0;
    for (guint k = 0; k < s->n && s->has[(gsize)i * m + d]; k++) {
      gboolean with = s->has[(gsize)k * m + d] && s->queue[k] == s->queue[i];
      p += !with ? 0 : all > 0 ? s->chance[k] / all : 1.0 / there;
      holders += with;
    }
    gsize cell = (gsize)s->actor[i] * m + d;
    s->run.chance[cell] = holders > 0 ? p / holders : NAN;
    sum += holders > 0 ? p / holders * s->run.position[cell] : 0;
  }
  s->run.outcome[d] = any ? sum : NAN;
}

/* Where they stand now: who risks what, and what would come of it. */
void pln_spatial_assess(PlnSpatial *s) {
  place(s);
  if (s->n > 0) {
    find_risk(s);
    forecast(s);
  }
  s->nothing = TRUE;
  for (guint d = 0; d < s->run.m; d++) {
    show(s, d);
    s->nothing = s->nothing && s->run.words[d];
  }
}
