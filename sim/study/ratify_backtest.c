/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/ratify_backtest.h"

#include <math.h>
#include <string.h>

#include "plenary/error.h"
#include "plenary/normal.h"
#include "plenary/ratify_part.h"
#include "plenary/workers.h"

enum { BATCH = 500 };

PlnRatifyBacktestOptions pln_ratify_backtest_options(void) {
  return (PlnRatifyBacktestOptions){.treaty = "budapest",
                                    .fast = "",
                                    .split = 10,
                                    .years = 10,
                                    .draws = 20000,
                                    .bootstrap = 1000,
                                    .seed = 1,
                                    .threads = 1};
}

void pln_ratify_backtest_free(PlnRatifyBacktest *b) {
  if (!b)
    return;
  g_array_unref(b->years);
  g_array_unref(b->variants);
  g_array_unref(b->scored);
  g_free(b);
}

/* What is drawn and what came, of the states that had not joined. */
typedef struct {
  PlnRatifyBacktest *out;
  PlnJoinSeats seats;
  guint8 *join_class, *together;
  double *support, *joined; /* joined: years since the opening, as it came; NAN */
  const PlnState **state;
  double from, lean[PLN_JOIN_PACES];
  double end[PLN_RATIFY_YEARS]; /* of each year, in years since the opening */
  guint threads;
  guint32 *by, *many; /* a thread: years x n, years x (n + 1) */
  double *room;       /* a thread: 4 n */
} Job;

static PlnDayNumber anniversary(PlnDayNumber day, guint years) {
  GDate date;
  g_date_clear(&date, 1);
  g_date_set_julian(&date, (guint32)day);
  g_date_add_years(&date, years);
  return (PlnDayNumber)g_date_get_julian(&date);
}

/* ---- Draws ---- */

static void draw_one(const Job *job, guint thread, guint32 k) {
  const PlnRatifyBacktest *b = job->out;
  guint n = job->seats.n, years = b->options.years;
  double *factor = job->room + (gsize)thread * 4 * n, *uniform = factor + n, *time = uniform + n;
  guint32 *by = job->by + (gsize)thread * years * n;
  guint32 *many = job->many + (gsize)thread * years * (n + 1);
  PlnDraw stream = pln_draw_stream(b->options.seed, PLN_STUDY_RATIFY_BACKTEST, k), common = stream;
  PlnJoinPace pace;
  pln_join_draw(&b->fit, job->lean, job->from, years, &common, &pace);
  pln_join_factors(&pace, &job->seats, factor);
  pln_draw_skip(&stream, PLN_JOIN_NUMBERS);
  pln_draw_uniforms(&stream, n, uniform);
  pln_logs(n, uniform, uniform);
  for (guint i = 0; i < n; i++)
    uniform[i] = -uniform[i];
  pln_join_times(&pace, &job->seats, factor, job->from, uniform, time);
  for (guint y = 0; y < years; y++) {
    guint joined = 0;
    for (guint i = 0; i < n; i++) {
      gboolean in = time[i] <= job->end[y];
      by[(gsize)y * n + i] += in;
      joined += in;
    }
    many[(gsize)y * (n + 1) + joined]++;
  }
}

static void run_task(guint task, guint thread, gpointer data) {
  const Job *job = data;
  guint draws = job->out->options.draws;
  for (guint k = task * BATCH; k < MIN((task + 1) * BATCH, draws); k++)
    draw_one(job, thread, k);
}

static void run(Job *job) {
  const PlnRatifyBacktestOptions *o = &job->out->options;
  gsize n = job->seats.n, tasks = (o->draws + BATCH - 1) / BATCH;
  job->threads = pln_workers_count(o->threads, (guint)tasks);
  gsize states = o->years * n, crowds = o->years * (n + 1);
  job->by = g_new0(guint32, job->threads * states + 1);
  job->many = g_new0(guint32, job->threads * crowds + 1);
  job->room = g_new0(double, job->threads * 4 * n + 1);
  pln_workers_run(o->threads, (guint)tasks, run_task, job);
  for (guint t = 1; t < job->threads; t++) {
    for (gsize k = 0; k < states; k++)
      job->by[k] += job->by[t * states + k];
    for (gsize k = 0; k < crowds; k++)
      job->many[k] += job->many[t * crowds + k];
  }
}

/* ---- Scores ---- */

/* What a hazard that never changes gives by so many years more. */
static double constant_chance(double joined, double exposed, double years) {
  return exposed > 0 ? 1 - pln_exp(-joined / exposed * years) : 0;
}

typedef struct {
  double model, constant, by_class;
} Chances;

static Chances chances(const Job *job, guint i, guint y) {
  const PlnRatifyBacktest *b = job->out;
  const PlnJoinClassFit *c = b->fit.class_fit, *own = &c[job->join_class[i]];
  double all = c[0].years + c[1].years;
  return (Chances){(double)job->by[(gsize)y * job->seats.n + i] / b->options.draws,
                   constant_chance(b->fit.joiners, all, y + 1),
                   constant_chance(own->joined + 0.5, own->years, y + 1)};
}

static double square(double x) {
  return x * x;
}

static void score_year(const Job *job, guint y) {
  PlnRatifyBacktest *b = job->out;
  guint n = job->seats.n, joined = 0;
  PlnRatifyYear year = {.parties = b->parties};
  const guint32 *many = job->many + (gsize)y * (n + 1);
  year.day = anniversary(b->opened, b->options.split + y + 1);
  year.year = pln_day_of_number(year.day) / 10000;
  year.mean = year.constant = b->parties;
  for (guint i = 0; i < n; i++) {
    Chances p = chances(job, i, y);
    gboolean in = job->joined[i] <= job->end[y];
    joined += in;
    year.mean += p.model;
    year.constant += p.constant;
    year.brier += square(p.model - in) / n;
    year.brier_constant += square(p.constant - in) / n;
    year.brier_class += square(p.by_class - in) / n;
  }
  year.parties += joined;
  for (guint q = 0; q < PLN_RATIFY_QUANTILES; q++)
    year.quantile[q] = b->parties + pln_ratify_quantile(many, n + 1, b->options.draws,
                                                        pln_ratify_levels[q]);
  year.inside = year.parties >= year.quantile[0] && year.parties <= year.quantile[4];
  b->inside += year.inside;
  g_array_append_val(b->years, year);
}

static int by_chance(gconstpointer a, gconstpointer b) {
  const PlnRatifyScored *x = a, *y = b;
  if (x->chance != y->chance)
    return x->chance > y->chance ? -1 : 1;
  return strcmp(x->state->code, y->state->code);
}

static int by_value(gconstpointer a, gconstpointer b) {
  double x = *(const double *)a, y = *(const double *)b;
  return x < y ? -1 : x > y;
}

/* Over states drawn with replacement: what other states of the same kind might have shown; the
 * path of the treaty itself stays the one it is. */
static void bootstrap(PlnRatifyBacktest *b, const double *better, guint n) {
  guint draws = b->options.bootstrap;
  b->better_low = b->better_high = NAN;
  if (draws == 0)
    return;
  g_autofree double *mean = g_new0(double, draws);
  for (guint k = 0; k < draws; k++) {
    PlnDraw stream = pln_draw_stream(b->options.seed, PLN_STUDY_RATIFY_BOOTSTRAP, k);
    for (guint i = 0; i < n; i++)
      mean[k] += better[pln_draw_below(&stream, n)] / n;
  }
  qsort(mean, draws, sizeof *mean, by_value);
  b->better_low = mean[(guint)(0.025 * (draws - 1))];
  b->better_high = mean[(guint)ceil(0.975 * (draws - 1))];
}

static PlnDay day_of(const PlnRatifyBacktest *b, double years) {
  return pln_day_of_number(b->opened + (PlnDayNumber)floor(years * PLN_RATIFY_YEAR + 0.5));
}

static void score_states(const Job *job) {
  PlnRatifyBacktest *b = job->out;
  guint n = job->seats.n, last = b->options.years - 1;
  double end = job->end[last];
  g_autofree double *better = g_new0(double, n + 1);
  for (guint i = 0; i < n; i++) {
    Chances p = chances(job, i, last);
    gboolean in = job->joined[i] <= end;
    PlnRatifyScored scored = {job->state[i], job->join_class[i], p.model, p.constant,
                              in ? day_of(b, job->joined[i]) : PLN_DAY_NONE};
    g_array_append_val(b->scored, scored);
    better[i] = square(p.model - in) - square(p.constant - in);
    b->better += better[i] / n;
  }
  const PlnRatifyYear *year = &g_array_index(b->years, PlnRatifyYear, last);
  b->brier = year->brier;
  b->brier_constant = year->brier_constant;
  b->brier_class = year->brier_class;
  bootstrap(b, better, n);
  g_array_sort(b->scored, by_chance);
}

/* ---- What is known on the day of the split, and what came ---- */

static void add_seat(Job *job, const PlnRatifyHistory *then, const PlnRatifyHistory *now, guint i) {
  const PlnJoinState *s = &then->history[i];
  guint at = job->seats.n, j = 0;
  if (s->joined_at <= then->years) {
    job->out->parties++;
    return;
  }
  while (j < now->n && now->state[j] != then->state[i])
    j++;
  job->state[at] = then->state[i];
  job->join_class[at] = s->signed_at <= then->years ? PLN_JOIN_SIGNATORY : PLN_JOIN_OTHER;
  job->together[at] = s->together_from <= then->years && !(s->together_to <= then->years);
  job->joined[at] = j < now->n ? now->history[j].joined_at : NAN;
  job->seats.n++;
}

static void fill_seats(Job *job, const PlnRatifyHistory *then, const PlnRatifyHistory *now) {
  guint n = then->n;
  job->join_class = g_new0(guint8, n + 1);
  job->together = g_new0(guint8, n + 1);
  job->support = g_new0(double, n + 1);
  job->joined = g_new0(double, n + 1);
  job->state = g_new0(const PlnState *, n + 1);
  job->from = then->years;
  job->seats = (PlnJoinSeats){0, job->join_class, job->together, job->support};
  for (guint i = 0; i < n; i++)
    add_seat(job, then, now, i);
  job->out->states = n;
  job->out->at_risk = job->seats.n;
}

/* Quantiles of u. */
static void fill_lean(Job *job, const PlnRatifyHistory *then) {
  PlnRatifyBacktest *b = job->out;
  pln_join_lean(&b->fit, then->history, then->n, then->years, job->lean);
  for (guint q = 0; q < PLN_RATIFY_QUANTILES; q++) {
    guint k = 0;
    while (k + 1 < PLN_JOIN_PACES && job->lean[k] < pln_ratify_levels[q])
      k++;
    b->pace[q] = k / (PLN_JOIN_PACES - 1.0);
  }
}

static gboolean fill(Job *job, const PlnWorld *world, GError **error) {
  PlnRatifyBacktest *b = job->out;
  const PlnRatifyBacktestOptions *o = &b->options;
  g_autoptr(PlnRatifyHistory) now = pln_ratify_history_new(world, o->treaty, -1, error);
  if (!now)
    return FALSE;
  b->opened = now->opened;
  b->split = anniversary(now->opened, o->split);
  b->end = anniversary(now->opened, o->split + o->years);
  for (guint y = 0; y < o->years; y++)
    job->end[y] = pln_ratify_years(now, anniversary(now->opened, o->split + y + 1));
  g_autoptr(PlnRatifyHistory) then = pln_ratify_history_new(world, o->treaty, b->split, error);
  if (!then)
    return FALSE;
  if (b->end > now->until || !pln_join_fit(then->history, then->n, then->years, &b->fit)) {
    g_set_error(error, PLN_ERROR, b->end > now->until ? PLN_ERROR_USAGE : PLN_ERROR_DATA,
                b->end > now->until
                    ? "%s: the years asked for end later than its dates are known; expected fewer "
                      "(--split, --years)"
                    : "%s: nobody had joined by the split; expected a later one (--split)",
                o->treaty);
    return FALSE;
  }
  if (o->fast && *o->fast)
    pln_ratify_fast(world, o->fast, b->split, &b->fit, NULL);
  for (guint i = 0; i < now->n; i++)
    if (now->act[i])
      b->weakest = MAX(b->weakest, now->act[i]->status);
  for (guint c = 0; c < PLN_JOIN_CLASSES && o->still; c++)
    for (guint j = 0; j < PLN_JOIN_WANDERS; j++)
      b->fit.class_fit[c].wander[j] = 1;
  fill_seats(job, then, now);
  fill_lean(job, then);
  return TRUE;
}

static void job_clear(Job *job) {
  gpointer all[] = {job->join_class, job->together, job->support, job->joined,
                    job->state,      job->by,       job->many,    job->room};
  for (gsize k = 0; k < G_N_ELEMENTS(all); k++)
    g_free(all[k]);
}

static void add_variant(PlnRatifyBacktest *b, const char *name, const PlnRatifyBacktest *of) {
  const PlnRatifyYear *last = &g_array_index(of->years, PlnRatifyYear, of->years->len - 1);
  PlnRatifyVariant variant = {
      name,      of->inside, last->quantile[0],  last->quantile[PLN_RATIFY_QUANTILES - 1],
      of->brier, of->better, of->better_low, of->better_high};
  g_array_append_val(b->variants, variant);
}

/* The same, made otherwise; what failed for it could not be made for the variant either. */
static void add_variants(PlnRatifyBacktest *b, const PlnWorld *world) {
  PlnRatifyBacktestOptions fast = b->options, still = b->options;
  fast.alone = still.alone = still.still = TRUE;
  fast.fast = "palermo";
  add_variant(b, "as forecast here", b);
  g_autoptr(PlnRatifyBacktest) with = pln_ratify_backtest_new(world, &fast, NULL);
  g_autoptr(PlnRatifyBacktest) without = pln_ratify_backtest_new(world, &still, NULL);
  if (with && with->fit.has_fast)
    add_variant(b, "with the fast bound, as plenary ratify", with);
  if (without)
    add_variant(b, "pace without wandering", without);
}

PlnRatifyBacktest *pln_ratify_backtest_new(const PlnWorld *world,
                                           const PlnRatifyBacktestOptions *options,
                                           GError **error) {
  g_autoptr(PlnRatifyBacktest) b = g_new0(PlnRatifyBacktest, 1);
  Job job = {.out = b};
  b->options = *options;
  b->options.draws = MAX(options->draws, 100);
  b->options.split = CLAMP(options->split, 1, PLN_RATIFY_YEARS);
  b->options.years = CLAMP(options->years, 1, PLN_RATIFY_YEARS);
  b->years = g_array_new(FALSE, FALSE, sizeof(PlnRatifyYear));
  b->scored = g_array_new(FALSE, FALSE, sizeof(PlnRatifyScored));
  b->variants = g_array_new(FALSE, FALSE, sizeof(PlnRatifyVariant));
  gboolean done = fill(&job, world, error);
  if (done) {
    run(&job);
    for (guint y = 0; y < b->options.years; y++)
      score_year(&job, y);
    score_states(&job);
    if (!options->alone)
      add_variants(b, world);
  }
  job_clear(&job);
  return done ? g_steal_pointer(&b) : NULL;
}
