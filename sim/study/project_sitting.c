/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sittings: all proposals in the order put, stage after stage. */
#include <math.h>
#include <string.h>

#include "plenary/fate.h"
#include "plenary/project_part.h"
#include "plenary/workers.h"

enum { CHUNK = 100 }; /* sittings of a task: fixed, so that sums have one order */

/* A row's error on one proposal; what it has in common with others of the family and the same
 * who is a number of its own. */
typedef struct {
  guint place;
  const PlnStance *row;
  int common; /* -1: a proposal without a family */
} RowError;

/* The numbers of one sitting, standard normal, in this order: turnout, a stage each; what is
 * common to families (families x shared); each proposal's own (proposals x shared); the rows'
 * common parts; their own. */
typedef struct {
  PlnProject *project;
  guint n, stages, shared, families, commons;
  int *family;    /* n, or -1 */
  GArray *errors; /* RowError */
  gsize at_family, at_own, at_common, at_error, size;
  guint **error_of;  /* a stage's item each, in its order: of each row the place in errors */
  struct Sums *sums; /* a task each */
} Sitting;

/* Of one item: counts in all, all pressed. */
typedef struct {
  double put, adopted, falls, chance;
} ItemSums;

typedef struct Sums {
  ItemSums **item; /* by stage */
  double **both;   /* by stage: k x k: both chances */
  double **passed, **in_all;
  double *comes;
} Sums;

/* ---- What is common to whom ---- */

static gboolean same_who(const PlnStance *a, const PlnStance *b) {
  return a->who == b->who && a->state == b->state && a->bloc == b->bloc;
}

static void find_families(Sitting *s) {
  g_autoptr(GPtrArray) names = g_ptr_array_new();
  for (guint p = 0; p < s->n; p++) {
    const char *name = pln_scenario_proposal(s->project->scenario, p)->family;
    guint at = 0;
    s->family[p] = -1;
    if (!*name)
      continue;
    while (at < names->len && strcmp(names->pdata[at], name) != 0)
      at++;
    if (at == names->len)
      g_ptr_array_add(names, (gpointer)name);
    s->family[p] = (int)at;
  }
  s->families = names->len;
}

static guint error_at(Sitting *s, guint place, const PlnStance *row) {
  RowError fresh = {place, row, s->family[place] < 0 ? -1 : (int)s->commons};
  for (guint k = 0; k < s->errors->len; k++) {
    const RowError *e = &g_array_index(s->errors, RowError, k);
    if (e->place == place && e->row == row)
      return k;
    if (s->family[place] >= 0 && s->family[e->place] == s->family[place] && same_who(e->row, row))
      fresh.common = e->common;
  }
  s->commons += fresh.common == (int)s->commons;
  g_array_append_val(s->errors, fresh);
  return s->errors->len - 1;
}

static void find_errors(Sitting *s) {
  guint at = 0;
  for (guint t = 0; t < s->stages; t++) {
    const PlnProjectStage *stage = pln_project_stage(s->project, t);
    for (guint k = 0; k < stage->items->len; k++, at++) {
      const PlnProjectItem *item = pln_project_item(stage, k);
      const GPtrArray *rows = item->outlook->rows;
      s->shared = MAX(s->shared, item->outlook->shared);
      s->error_of[at] = g_new(guint, rows->len + 1);
      for (guint r = 0; r < rows->len; r++)
        s->error_of[at][r] = error_at(s, item->place, rows->pdata[r]);
    }
  }
}

static guint count_items(const PlnProject *project) {
  guint items = 0;
  for (guint t = 0; t < project->stages->len; t++)
    items += pln_project_stage(project, t)->items->len;
  return items;
}

static void sitting_init(Sitting *s, PlnProject *project) {
  *s = (Sitting){
      .project = project, .n = project->scenario->proposals->len, .stages = project->stages->len};
  s->family = g_new(int, s->n + 1);
  s->errors = g_array_new(FALSE, FALSE, sizeof(RowError));
  s->error_of = g_new0(guint *, count_items(project) + 1);
  find_families(s);
  find_errors(s);
  s->at_family = s->stages;
  s->at_own = s->at_family + (gsize)s->families * s->shared;
  s->at_common = s->at_own + (gsize)s->n * s->shared;
  s->at_error = s->at_common + s->commons;
  s->size = s->at_error + s->errors->len;
}

static void sitting_clear(Sitting *s) {
  for (guint k = count_items(s->project); k > 0; k--)
    g_free(s->error_of[k - 1]);
  g_free(s->error_of);
  g_free(s->family);
  g_array_unref(s->errors);
}

/* The factors of item @at: of stage @t, at @place. */
static void fill_factors(const Sitting *s, guint t, guint at, const PlnProjectItem *item,
                         const double *x, double *z) {
  double rho = s->project->options.together, common = sqrt(rho), own = sqrt(1 - rho);
  int family = s->family[item->place];
  z[0] = x[t];
  for (guint k = 0; k < item->outlook->shared; k++) {
    double mine = x[s->at_own + (gsize)item->place * s->shared + k];
    z[1 + k] =
        family < 0 ? mine : common * x[s->at_family + (gsize)family * s->shared + k] + own * mine;
  }
  for (guint r = 0; r < item->outlook->rows->len; r++) {
    guint e = s->error_of[at][r];
    int shared = g_array_index(s->errors, RowError, e).common;
    double mine = x[s->at_error + e];
    z[1 + item->outlook->shared + r] =
        shared < 0 ? mine : common * x[s->at_common + (gsize)shared] + own * mine;
  }
}

/* ---- One sitting ---- */

/* What a task has for itself. */
typedef struct {
  const Sitting *s;
  Sums *sums;
  PlnOutcomeGiven **given; /* an item each */
  PlnOutcomeCase *question;
  guint8 **veto;
  double **silent;
  double *x, *z, *chance; /* chance: of the items, given the factors */
  PlnVote *vote;
  PlnEnd *ends, *ends_put; /* in all; all being put */
  guint8 *came;            /* n: adopted at the stage before, in all */
} Task;

/* The chance of adoption at the factors; by a vote drawn where the rule is no margin. */
static double chance_at(Task *t, guint at, PlnDraw *draw) {
  PlnOutcomeGiven *g = t->given[at];
  PlnVerdict verdict;
  pln_outcome_given_at(g, t->z);
  if (g->exact)
    return pln_outcome_parts(g).adopted;
  for (guint i = 0; i < g->question->forecast->n; i++) {
    double u = pln_draw_uniform(draw) - g->yes[i];
    t->vote[i] = u < 0                          ? PLN_VOTE_Y
                 : u < g->no[i]                 ? PLN_VOTE_N
                 : u < g->no[i] + g->abstain[i] ? PLN_VOTE_A
                                                : PLN_VOTE_X;
  }
  PlnTally tally = pln_outcome_tally(g->question, t->vote);
  return pln_outcome_of_tally(g->question, t->silent[at], &tally, &verdict);
}

/* Whether what goes on from the stage before goes on with the text that it changes. */
static gboolean goes_on(const Task *t, const PlnProjectItem *item, gboolean first) {
  int target = item->proposal->target;
  return first || (t->came[item->place] && (target < 0 || t->came[target]));
}

/* @first: whether it is the first stage, where it is decided what is pressed to a vote.  @pressed,
 * @by: uniform */
static void sit_item(Task *t, const PlnProjectItem *item, double chance, double pressed, double by,
                     gboolean first, gboolean comes, ItemSums *sums) {
  const PlnScenario *s = t->s->project->scenario;
  PlnEnd end = by < chance ? PLN_END_ADOPTED : PLN_END_REJECTED;
  gboolean put_if = pln_fate(s, item->place, t->ends_put) == PLN_FATE_PUT;
  gboolean may = comes && pln_fate(s, item->place, t->ends) == PLN_FATE_PUT;
  gboolean put = may && (isnan(item->pressed) || !first || pressed < item->pressed);
  double share = !may ? 0 : isnan(item->pressed) || !first ? 1 : item->pressed;
  t->ends_put[item->place] = put_if ? end : PLN_END_NOT_PUT;
  t->ends[item->place] = put ? end : PLN_END_NOT_PUT;
  sums->chance += chance;
  sums->falls += !put_if;
  sums->put += share;
  sums->adopted += share * chance;
}

static void count_parts(Task *t, const PlnProjectStage *stage, guint at_stage) {
  guint passed = 0, in_all = 0;
  for (guint i = 0; i < stage->k; i++) {
    guint place = pln_project_item(stage, stage->part[i])->place;
    passed += t->ends_put[place] == PLN_END_ADOPTED;
    in_all += t->ends[place] == PLN_END_ADOPTED;
    for (guint j = 0; j < stage->k; j++)
      t->sums->both[at_stage][i * stage->k + j] +=
          t->chance[stage->part[i]] * t->chance[stage->part[j]];
  }
  t->sums->passed[at_stage][passed] += 1;
  t->sums->in_all[at_stage][in_all] += 1;
}

static void sit_stage(Task *t, guint at_stage, guint first_item, gboolean first, PlnDraw *draw) {
  const PlnProjectStage *stage = pln_project_stage(t->s->project, at_stage);
  gboolean held = pln_draw_uniform(draw) < (isnan(stage->chance) ? 1 : stage->chance), any = FALSE;
  for (guint p = 0; p < t->s->n; p++)
    t->ends[p] = t->ends_put[p] = PLN_END_UNKNOWN;
  for (guint k = 0; k < stage->items->len; k++) {
    const PlnProjectItem *item = pln_project_item(stage, k);
    double pressed = pln_draw_uniform(draw), by = pln_draw_uniform(draw);
    gboolean comes = held && goes_on(t, item, first);
    fill_factors(t->s, at_stage, first_item + k, item, t->x, t->z);
    t->chance[k] = chance_at(t, first_item + k, draw);
    sit_item(t, item, t->chance[k], pressed, by, first, comes, &t->sums->item[at_stage][k]);
    any |= t->ends[item->place] != PLN_END_NOT_PUT;
  }
  t->sums->comes[at_stage] += any;
  count_parts(t, stage, at_stage);
  for (guint p = 0; p < t->s->n; p++)
    t->came[p] = t->ends[p] == PLN_END_ADOPTED;
}

static void sit(Task *t, guint sitting) {
  guint64 seed = t->s->project->options.seed;
  PlnDraw normals = pln_draw_stream(seed, PLN_STUDY_PROJECT, 2 * sitting);
  PlnDraw draw = pln_draw_stream(seed, PLN_STUDY_PROJECT, 2 * sitting + 1);
  guint item = 0;
  gboolean first = TRUE;
  pln_draw_normals(&normals, t->s->size, t->x);
  for (guint k = 0; k < t->s->stages; k++) {
    const PlnProjectStage *stage = pln_project_stage(t->s->project, k);
    if (!stage->what_if && stage->meets) { /* what cannot meet is passed over */
      sit_stage(t, k, item, first, &draw);
      first = FALSE;
    }
    item += stage->items->len;
  }
}

/* ---- Tasks ---- */

static void sums_init(Sums *sums, const PlnProject *project) {
  guint n = project->stages->len;
  sums->item = g_new0(ItemSums *, n + 1);
  sums->both = g_new0(double *, n + 1);
  sums->passed = g_new0(double *, n + 1);
  sums->in_all = g_new0(double *, n + 1);
  sums->comes = g_new0(double, n + 1);
  for (guint t = 0; t < n; t++) {
    const PlnProjectStage *stage = pln_project_stage(project, t);
    sums->item[t] = g_new0(ItemSums, stage->items->len + 1);
    sums->both[t] = g_new0(double, (gsize)stage->k * stage->k + 1);
    sums->passed[t] = g_new0(double, stage->k + 1);
    sums->in_all[t] = g_new0(double, stage->k + 1);
  }
}

static void sums_clear(Sums *sums, guint n) {
  for (guint t = 0; t < n; t++) {
    g_free(sums->item[t]);
    g_free(sums->both[t]);
    g_free(sums->passed[t]);
    g_free(sums->in_all[t]);
  }
  g_free(sums->item);
  g_free(sums->both);
  g_free(sums->passed);
  g_free(sums->in_all);
  g_free(sums->comes);
}

static void sums_join(Sums *to, const Sums *from, const PlnProject *project) {
  for (guint t = 0; t < project->stages->len; t++) {
    const PlnProjectStage *stage = pln_project_stage(project, t);
    to->comes[t] += from->comes[t];
    for (guint k = 0; k < stage->items->len; k++) {
      to->item[t][k].put += from->item[t][k].put;
      to->item[t][k].adopted += from->item[t][k].adopted;
      to->item[t][k].falls += from->item[t][k].falls;
      to->item[t][k].chance += from->item[t][k].chance;
    }
    for (guint k = 0; k < stage->k * stage->k; k++)
      to->both[t][k] += from->both[t][k];
    for (guint k = 0; k <= stage->k; k++) {
      to->passed[t][k] += from->passed[t][k];
      to->in_all[t][k] += from->in_all[t][k];
    }
  }
}

static void task_init(Task *t, const Sitting *s) {
  guint items = count_items(s->project), at = 0, seats = 0;
  t->given = g_new0(PlnOutcomeGiven *, items + 1);
  t->question = g_new0(PlnOutcomeCase, items + 1);
  t->veto = g_new0(guint8 *, items + 1);
  t->silent = g_new0(double *, items + 1);
  for (guint k = 0; k < s->stages; k++) {
    const PlnProjectStage *stage = pln_project_stage(s->project, k);
    for (guint i = 0; i < stage->items->len; i++, at++) {
      const PlnProjectItem *item = pln_project_item(stage, i);
      t->question[at] =
          pln_project_case(s->project, stage, &item->outlook->forecast, item->rule, &t->veto[at]);
      t->given[at] = pln_outcome_given_new(&t->question[at]);
      t->silent[at] = pln_outcome_silent(&t->question[at]);
      seats = MAX(seats, item->outlook->n);
    }
  }
  t->x = g_new(double, s->size + 1);
  t->z = g_new(double, 1 + PLN_FORECAST_FACTORS);
  t->chance = g_new(double, s->n + 1);
  t->vote = g_new(PlnVote, seats + 1);
  t->ends = g_new(PlnEnd, s->n + 1);
  t->ends_put = g_new(PlnEnd, s->n + 1);
  t->came = g_new0(guint8, s->n + 1);
}

static void task_clear(Task *t) {
  for (guint k = 0; t->given[k]; k++) {
    pln_outcome_given_free(t->given[k]);
    g_free(t->veto[k]);
    g_free(t->silent[k]);
  }
  gpointer all[] = {t->given,  t->question, t->veto, t->silent,   t->x,   t->z,
                    t->chance, t->vote,     t->ends, t->ends_put, t->came};
  for (gsize k = 0; k < G_N_ELEMENTS(all); k++)
    g_free(all[k]);
}

static void run(guint task, guint thread, gpointer data) {
  (void)thread;
  const Sitting *s = data;
  Task t = {.s = s, .sums = &s->sums[task]};
  guint end = MIN((task + 1) * CHUNK, s->project->options.sittings);
  sums_init(t.sums, s->project);
  task_init(&t, s);
  for (guint k = task * CHUNK; k < end; k++) {
    memset(t.came, 0, s->n + 1);
    sit(&t, k);
  }
  task_clear(&t);
}

/* ---- What they say ---- */

static double correlation(double both, double a, double b) {
  double variance = a * (1 - a) * b * (1 - b);
  return variance > 1e-12 ? CLAMP((both - a * b) / sqrt(variance), -1, 1) : 0;
}

static void report_stage(PlnProjectStage *stage, guint at, const Sums *sums, double n) {
  guint k = stage->k;
  stage->comes = stage->what_if ? NAN : sums->comes[at] / n;
  for (guint i = 0; i < stage->items->len; i++) {
    PlnProjectItem *item = stage->items->pdata[i];
    item->put = stage->what_if ? NAN : sums->item[at][i].put / n;
    item->adopted = stage->what_if ? NAN : sums->item[at][i].adopted / n;
    item->falls = stage->what_if ? NAN : sums->item[at][i].falls / n;
  }
  for (guint i = 0; i < k; i++)
    stage->adopted[i] = sums->item[at][stage->part[i]].chance / n;
  for (guint i = 0; i < k; i++)
    for (guint j = 0; j < k; j++)
      stage->together[i * k + j] =
          i == j ? 1
                 : correlation(sums->both[at][i * k + j] / n, stage->adopted[i], stage->adopted[j]);
  for (guint i = 0; i <= k; i++) {
    stage->passed[i] = sums->passed[at][i] / n;
    stage->passed_in_all[i] = sums->in_all[at][i] / n;
  }
}

void pln_project_sit(PlnProject *project) {
  guint sittings = project->options.sittings, tasks = (sittings + CHUNK - 1) / CHUNK;
  Sitting s;
  sitting_init(&s, project);
  s.sums = g_new0(Sums, tasks + 1);
  pln_workers_run(project->options.threads, tasks, run, &s);
  Sums *all = &s.sums[tasks];
  sums_init(all, project);
  for (guint k = 0; k < tasks; k++) {
    sums_join(all, &s.sums[k], project);
    sums_clear(&s.sums[k], s.stages);
  }
  for (guint t = 0; t < s.stages; t++)
    report_stage(project->stages->pdata[t], t, all, sittings);
  sums_clear(all, s.stages);
  g_free(s.sums);
  sitting_clear(&s);
}
