/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One proposal before one body. */
#include <math.h>
#include <string.h>

#include "plenary/error.h"
#include "plenary/project_part.h"

enum { BLOCS = 16, WAY_BLOCS = 5, SWING = 20, FEW_DRAWS = 4000 };
enum { BRIEF_BATCHES = 16, BRIEF_POINTS = 16, BRIEF_DRAWS = 1000 };

PlnOutcomeCase pln_project_case(const PlnProject *project, const PlnProjectStage *stage,
                                const PlnForecast *forecast, const PlnRuleEntry *rule, guint8 **veto) {
  const PlnWorld *world = project->scenario->world;
  const PlnBloc *holders = *rule->veto ? pln_world_bloc(world, rule->veto) : NULL;
  PlnOutcomeCase q = {.forecast = forecast, .rule = &rule->rule, .asks = project->options.asks};
  *veto = NULL;
  if (rule->rule.weighted)
    q.weight = stage->roster->weight;
  if (holders && rule->rule.veto) {
    *veto = g_new0(guint8, stage->roster->n + 1);
    pln_roster_mark(stage->roster, world, holders, *veto);
    q.veto = *veto;
  }
  return q;
}

/* What was voted is forecast from before the vote; of a vote to come what is known is known. */
PlnOutlookOptions pln_project_outlook_of(const PlnProjectOptions *o, const PlnProposal *p) {
  gboolean voted = p->result != PLN_RESULT_NOT_STATED || p->total[PLN_VOTE_Y] >= 0 ||
                   p->record == PLN_RECORD_COMPLETE;
  return (PlnOutlookOptions){.electorate = o->electorate,
                             .predictor = o->predictor,
                             .stances = TRUE,
                             .pledges = TRUE,
                             .record = !voted,
                             .no_drift = o->no_drift,
                             .in_sample = o->in_sample};
}

PlnOutlookOptions pln_project_outlook(const PlnProject *project, const PlnProposal *p) {
  return pln_project_outlook_of(&project->options, p);
}

/* ---- Evidence that is none ---- */

/* Whether @bloc was drawn from a vote that is not surely before that on @p. */
static gboolean has_seen(const PlnScenario *s, const PlnBloc *bloc, const PlnOutlook *o) {
  const PlnRollCall *call = pln_world_roll_call(s->world, bloc->made_from);
  int here = pln_scenario_find(s, bloc->made_from);
  if (!*bloc->made_from)
    return FALSE;
  if (*o->proposal->symbol && strcmp(bloc->made_from, o->proposal->symbol) == 0)
    return TRUE;
  if (call)
    return !pln_day_reached(call->day, o->day) || pln_day_reached(o->day, call->day);
  return here < 0 || pln_scenario_proposal(s, (guint)here) == o->proposal ||
         here >= pln_scenario_find(s, o->proposal->id);
}

gboolean pln_project_bloc_unseen(const PlnScenario *s, const PlnBloc *bloc, const PlnOutlook *o,
                                 GError **error) {
  if (!bloc || !has_seen(s, bloc, o))
    return TRUE;
  g_set_error(error, PLN_ERROR, PLN_ERROR_DATA,
              "the position of %s on %s: the bloc was drawn from %s, which is that vote or not "
              "known to be earlier, and would foretell itself; expected another bloc, or "
              "--in-sample",
              bloc->id, o->proposal->id, bloc->made_from);
  return FALSE;
}

gboolean pln_project_rows_unseen(const PlnScenario *s, const PlnOutlook *o, GError **error) {
  for (guint i = 0; i < o->n && o->stances; i++) {
    const PlnStance *row = o->stances->won[i];
    if (row && !pln_project_bloc_unseen(s, row->bloc, o, error))
      return FALSE;
  }
  return TRUE;
}

gboolean pln_project_has_weights(const PlnRoster *roster, const PlnRuleEntry *rule, GError **error) {
  if (!rule->rule.weighted || roster->weight)
    return TRUE;
  g_set_error(error, PLN_ERROR, PLN_ERROR_DATA,
              "the rule %s counts weights, and the members have none (column weight of "
              "members.csv); expected another rule, or weights",
              rule->id);
  return FALSE;
}

/* ---- Blocs ---- */

static gboolean has_row(const PlnScenario *s, const PlnBloc *bloc) {
  for (guint k = 0; k < s->stances->len; k++)
    if (((const PlnStance *)s->stances->pdata[k])->bloc == bloc)
      return TRUE;
  return FALSE;
}

/* Regional groups, then those that positions name.  Returns: (transfer full): bloc x seats */
static guint8 *mark_blocs(const PlnProject *project, const PlnProjectStage *stage,
                          PlnProjectItem *item) {
  const PlnScenario *s = project->view;
  g_autoptr(GPtrArray) all = pln_world_blocs(s->world);
  guint n = stage->roster->n;
  guint8 *member = g_new0(guint8, (gsize)BLOCS * n + 1);
  for (int regional = 1; regional >= 0; regional--)
    for (guint k = 0; k < all->len && item->blocs->len < BLOCS; k++) {
      const PlnBloc *bloc = all->pdata[k];
      gboolean is_regional = strcmp(bloc->kind, "regional-group") == 0;
      if (is_regional != regional || (!regional && !has_row(s, bloc)) ||
          has_seen(s, bloc, item->outlook))
        continue;
      guint8 *in = member + (gsize)item->blocs->len * n;
      PlnProjectBloc it = {bloc, pln_roster_mark(stage->roster, s->world, bloc, in)};
      if (it.members >= 2)
        g_array_append_val(item->blocs, it);
      else
        memset(in, 0, n);
    }
  return member;
}

/* ---- Chances ---- */

static PlnOutcomeOptions outcome_options(const PlnProject *project) {
  PlnOutcomeOptions o = pln_outcome_options();
  o.seed = project->options.seed;
  o.threads = project->options.threads;
  o.draws = project->options.draws;
  o.batches = project->options.brief ? BRIEF_BATCHES : 32;
  o.points = project->options.brief ? BRIEF_POINTS : 128;
  return o;
}

/* Under two-thirds, or under one half: the other one. */
static const PlnRuleEntry *other_rule(const PlnRuleEntry *rule, const PlnWorld *world) {
  gboolean half = rule->rule.majority.num * 2 == rule->rule.majority.den;
  if (rule->rule.basis != PLN_BASIS_VOTING || rule->rule.method == PLN_METHOD_CONSENSUS)
    return NULL;
  return pln_world_rule(world, half ? "two-thirds-present-voting" : "simple-majority-present-voting");
}

/* The same procedure, the fraction of @other: so that the difference is the majority's alone. */
static void ask_other(const PlnProject *project, const PlnProjectStage *stage, PlnProjectItem *item) {
  item->other = (PlnOutcomeChance){NAN, NAN};
  item->other_rule = other_rule(item->rule, project->scenario->world);
  if (!item->other_rule)
    return;
  PlnRuleEntry changed = *item->rule;
  changed.rule.majority = item->other_rule->rule.majority;
  g_autofree guint8 *veto = NULL;
  PlnOutcomeCase q = pln_project_case(project, stage, &item->outlook->forecast, &changed, &veto);
  PlnOutcomeOptions options = outcome_options(project);
  options.batches = 16;
  PlnOutcomeResult r = {0};
  pln_outcome_chances(&q, &options, &r);
  item->other = r.adopted;
}

/* The second history. */
static gboolean ask_also(PlnProject *project, const PlnProjectStage *stage, PlnProjectItem *item,
                         GError **error) {
  item->also = (PlnOutcomeChance){NAN, NAN};
  item->also_yes.mean = NAN;
  if (!project->options.also)
    return TRUE;
  PlnOutlookOptions how = pln_project_outlook(project, item->proposal);
  how.electorate = project->options.also;
  how.predictor = project->options.also_predictor;
  g_autoptr(PlnOutlook) o =
      pln_outlook_new(project->view, item->place, stage->roster, stage->day, &how, error);
  if (!o)
    return FALSE;
  g_autofree guint8 *veto = NULL;
  PlnOutcomeCase q = pln_project_case(project, stage, &o->forecast, item->rule, &veto);
  PlnOutcomeOptions options = outcome_options(project);
  options.draws = MIN(options.draws, FEW_DRAWS);
  g_autoptr(PlnOutcomeResult) r = pln_outcome_new(&q, &options);
  item->also = r->adopted;
  item->also_yes = r->count[PLN_VOTE_Y];
  return TRUE;
}

/* The least yes that the rule takes at the tally that is expected. */
static guint needed_of(const PlnProjectItem *item) {
  PlnTally t = {.count = {0}};
  for (guint k = 0; k < PLN_VOTE_KINDS; k++) {
    double mean = item->outcome->count[k].mean;
    t.count[k] = isnan(mean) ? 0 : (guint32)(mean + 0.5);
    t.weight[k] = t.count[k];
  }
  return pln_rule_decide(&item->rule->rule, &t, PLN_STAGE_VOTE).needed;
}

/* ---- The errors of the positions ---- */

static int by_value(gconstpointer a, gconstpointer b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

/* The part of @direction from @first on, @n long, a unit vector. */
static double *part_of(const double *direction, guint first, guint n) {
  double *part = g_new(double, n + 1), square = 0;
  for (guint k = 0; k < n; k++)
    square += direction[first + k] * direction[first + k];
  for (guint k = 0; k < n; k++)
    part[k] = square > 1e-12 ? direction[first + k] / sqrt(square) : k == 0;
  return part;
}

void pln_project_off(const PlnProject *project, const PlnProjectStage *stage, PlnProjectItem *item) {
  enum { INNER = 16 };
  const PlnForecast *f = &item->outlook->forecast;
  guint common = 1 + item->outlook->shared, rows = f->f + 1 - common;
  g_autofree guint8 *veto = NULL;
  PlnOutcomeCase q = pln_project_case(project, stage, f, item->rule, &veto);
  PlnOutcomeGiven *given = pln_outcome_given_new(&q);
  item->low = item->middle = item->high = NAN;
  if (given->exact && rows > 0) {
    g_autofree double *direction = g_new(double, 1 + f->f), *z = g_new(double, 1 + f->f);
    pln_outcome_direction(given, direction);
    g_autofree double *of_common = part_of(direction, 0, common),
                      *of_rows = part_of(direction, common, rows);
    g_autofree double *inner = g_new(double, (gsize)INNER *common),
                      *outer = g_new(double, (gsize)PLN_PROJECT_OFF *rows);
    double chance[PLN_PROJECT_OFF] = {0};
    guint64 seed = project->options.seed;
    pln_outcome_batch(common - 1, of_common, pln_draw_stream(seed, PLN_STUDY_PROJECT_OFF, 0), INNER,
                      inner);
    pln_outcome_batch(rows - 1, of_rows, pln_draw_stream(seed, PLN_STUDY_PROJECT_OFF, 1),
                      PLN_PROJECT_OFF, outer);
    for (guint j = 0; j < PLN_PROJECT_OFF; j++) {
      memcpy(z + common, outer + (gsize)j * rows, rows * sizeof *z);
      for (guint i = 0; i < INNER; i++) {
        memcpy(z, inner + (gsize)i * common, common * sizeof *z);
        pln_outcome_given_at(given, z);
        chance[j] += pln_outcome_parts(given).adopted / INNER;
      }
    }
    qsort(chance, PLN_PROJECT_OFF, sizeof *chance, by_value);
    item->low = chance[PLN_PROJECT_OFF / 20];
    item->middle = chance[PLN_PROJECT_OFF / 2];
    item->high = chance[PLN_PROJECT_OFF - 1 - PLN_PROJECT_OFF / 20];
  }
  pln_outcome_given_free(given);
}

/* ---- The item ---- */

typedef struct {
  double bits;
  guint seat;
} Ranked;

static int by_bits(gconstpointer a, gconstpointer b) {
  const Ranked *x = a, *y = b;
  if (x->bits != y->bits)
    return x->bits > y->bits ? -1 : 1;
  return (x->seat > y->seat) - (x->seat < y->seat);
}

static void rank_swing(PlnProjectItem *item) {
  guint n = item->outcome->n;
  g_autofree Ranked *all = g_new(Ranked, n + 1);
  guint m = 0;
  for (guint i = 0; i < n; i++) {
    double bits = item->outcome->seat[i].bits;
    if (!isnan(bits) && !isnan(item->outcome->seat[i].swing) &&
        item->outlook->basis[i] != PLN_SEAT_RECORD)
      all[m++] = (Ranked){bits, i};
  }
  qsort(all, m, sizeof *all, by_bits);
  for (guint i = 0; i < MIN(m, SWING); i++)
    g_array_append_val(item->swing, all[i].seat);
}

static void count_seats(PlnProjectItem *item) {
  const PlnOutlook *o = item->outlook;
  for (guint i = 0; i < o->n; i++) {
    item->basis[o->basis[i]]++;
    item->informed |= o->basis[i] <= PLN_SEAT_HEARD;
    item->assumed += o->basis[i] == PLN_SEAT_STANCE && o->status[i] == PLN_STATUS_ASSUMED;
  }
}

void pln_project_item_free(gpointer data) {
  PlnProjectItem *item = data;
  pln_outlook_free(item->outlook);
  pln_outcome_free(item->outcome);
  g_array_unref(item->rests);
  g_array_unref(item->blocs);
  g_array_unref(item->swing);
  g_free(item);
}

static PlnProjectItem *item_new(PlnProject *project, const PlnProjectStage *stage, guint place) {
  PlnProjectItem *item = g_new0(PlnProjectItem, 1);
  const double *asked = project->options.pressed;
  item->place = place;
  item->proposal = pln_scenario_proposal(project->scenario, place);
  item->rule = pln_scenario_rule_at(project->scenario, item->proposal, stage->entry, &item->why_rule);
  if (project->options.rule) {
    item->rule = project->options.rule;
    item->why_rule = "asked for";
  }
  double stated = item->proposal->pressed;
  item->pressed = asked && !isnan(asked[place]) ? asked[place] : stated < 0 ? NAN : stated / 100;
  item->rests = g_array_new(FALSE, FALSE, sizeof(PlnProjectRest));
  item->blocs = g_array_new(FALSE, FALSE, sizeof(PlnProjectBloc));
  item->swing = g_array_new(FALSE, FALSE, sizeof(guint));
  return item;
}

PlnProjectItem *pln_project_item_new(PlnProject *project, const PlnProjectStage *stage, guint place,
                                     GError **error) {
  PlnProjectItem *item = item_new(project, stage, place);
  PlnOutlookOptions how = pln_project_outlook(project, item->proposal);
  if (pln_project_has_weights(stage->roster, item->rule, error))
    item->outlook = pln_outlook_new(project->view, place, stage->roster, stage->day, &how, error);
  item->low = item->middle = item->high = item->other.value = NAN;
  gboolean unseen = item->outlook && (project->options.in_sample ||
                                      pln_project_rows_unseen(project->scenario, item->outlook, error));
  if (unseen && ask_also(project, stage, item, error)) {
    count_seats(item);
    return item;
  }
  pln_project_item_free(item);
  return NULL;
}

/* Whether anything is known of anybody: who would have to move from where, else means nothing. */
static gboolean is_any_known(const PlnOutlook *o) {
  for (guint i = 0; i < o->n; i++)
    if (o->basis[i] == PLN_SEAT_RECORD || o->basis[i] == PLN_SEAT_STANCE ||
        o->basis[i] == PLN_SEAT_HEARD)
      return TRUE;
  return FALSE;
}

/* The ways to turn it: within a bloc only those are looked through that decide most as one. */
static void find_ways(const PlnOutcomeCase *q, PlnOutcomeOptions options, PlnProjectItem *item) {
  guint n = item->outcome->n, blocs[WAY_BLOCS], found = 0;
  g_autofree guint8 *member = g_new(guint8, (gsize)WAY_BLOCS * n + 1);
  for (; found < MIN(item->blocs->len, WAY_BLOCS); found++) {
    int best = -1;
    for (guint b = 0; b < item->blocs->len; b++) {
      gboolean taken = FALSE;
      for (guint k = 0; k < found; k++)
        taken |= blocs[k] == b;
      if (!taken && (best < 0 || item->outcome->bloc[b].decides > item->outcome->bloc[best].decides))
        best = (int)b;
    }
    blocs[found] = (guint)best;
    memcpy(member + (gsize)found * n, options.member + (gsize)best * n, n);
  }
  options.n_blocs = found;
  options.member = member;
  pln_outcome_ways(q, &options, item->outcome);
  for (guint k = 0; k < PLN_WAYS; k++)
    if (item->outcome->way[k].bloc >= 0)
      item->outcome->way[k].bloc = (gint)blocs[item->outcome->way[k].bloc];
}

void pln_project_item_run(const PlnProject *project, const PlnProjectStage *stage,
                          PlnProjectItem *item, gboolean full) {
  g_autofree guint8 *veto = NULL, *member = full ? mark_blocs(project, stage, item) : NULL;
  PlnOutcomeCase q = pln_project_case(project, stage, &item->outlook->forecast, item->rule, &veto);
  PlnOutcomeOptions options = outcome_options(project);
  guint few = project->options.brief ? BRIEF_DRAWS : FEW_DRAWS;
  options.draws = full ? options.draws : MIN(options.draws, few);
  options.n_blocs = item->blocs->len;
  options.member = member;
  item->outcome = pln_outcome_new(&q, &options);
  if (full && is_any_known(item->outlook))
    find_ways(&q, options, item);
  item->needed = needed_of(item);
  rank_swing(item);
  if (full || stage->what_if)
    ask_other(project, stage, item);
  if (full)
    pln_project_off(project, stage, item);
}
