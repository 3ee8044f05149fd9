/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/reconstruction.h"

#include <math.h>
#include <string.h>

#include "plenary/error.h"
#include "plenary/outlook.h"

enum { K = PLN_VOTE_KINDS };
static const double USUAL_GAP = 1; /* years: as an outlook has it */

const char *const pln_rebuilt_words[] = {"reconstructed", "complete", "projection", "none", NULL};

typedef struct {
  PlnReconstruction *out;
  const PlnScenario *scenario;
  const PlnElectorate *electorate;
  PlnPredictor *predictor;
  const PlnReconstructionOptions *options;
  PlnProgress *progress;
} Run;

static void item_free(gpointer data) {
  PlnRebuiltItem *item = data;
  g_free(item->vote);
  g_free(item->group);
  g_ptr_array_unref(item->left_out);
  pln_placing_free(item->placing);
  g_array_unref(item->blocs);
  g_free(item);
}

void pln_reconstruction_free(PlnReconstruction *r) {
  if (!r)
    return;
  g_ptr_array_unref(r->items);
  g_ptr_array_unref(r->groups);
  g_free(r);
}

const PlnRebuiltItem *pln_reconstruction_item(const PlnReconstruction *r, guint i) {
  return r->items->pdata[i];
}

static guint count_named(const PlnProposal *p) {
  guint n = 0;
  for (guint i = 0; i < p->roster->n; i++)
    n += p->ballot[i].vote != PLN_VOTE_UNKNOWN;
  return n;
}

gboolean pln_reconstruction_has_tally(const PlnProposal *p) {
  return (p->record == PLN_RECORD_PARTIAL || p->record == PLN_RECORD_TALLY) &&
         p->total[PLN_VOTE_Y] >= 0 && p->total[PLN_VOTE_N] >= 0 && p->total[PLN_VOTE_A] >= 0 &&
         count_named(p) < p->roster->n;
}

/* A vote without totals, or only its outcome, was a vote; adopted without one it was none. */
static PlnRebuilt kind_of(const PlnProposal *p) {
  gboolean voted = p->result == PLN_RESULT_ADOPTED || p->result == PLN_RESULT_REJECTED ||
                   p->record == PLN_RECORD_PARTIAL || p->record == PLN_RECORD_TALLY;
  if (p->record == PLN_RECORD_COMPLETE || (p->roster->n > 0 && count_named(p) == p->roster->n))
    return PLN_REBUILT_COMPLETE;
  if (pln_reconstruction_has_tally(p))
    return PLN_REBUILT;
  return voted ? PLN_REBUILT_UNTOLD : PLN_REBUILT_NEVER;
}

static gboolean is_left_out(const PlnReconstructionOptions *o, const char *code) {
  return o->without && g_strv_contains(o->without, code);
}

/* ---- What is known ---- */

static void read_names(const Run *run, PlnRebuiltItem *item) {
  const PlnProposal *p = item->proposal;
  item->vote = g_malloc(p->roster->n + 1);
  for (guint i = 0; i < p->roster->n; i++) {
    const PlnBallot *ballot = &p->ballot[i];
    item->vote[i] = ballot->vote;
    if (ballot->vote == PLN_VOTE_UNKNOWN)
      continue;
    if (is_left_out(run->options, p->roster->state[i]->code)) {
      item->vote[i] = PLN_VOTE_UNKNOWN;
      g_ptr_array_add(item->left_out, (gpointer)p->roster->state[i]);
      continue;
    }
    item->named[ballot->vote]++;
    item->names++;
    item->weakest = MAX(item->weakest, ballot->status);
  }
}

/* Regional groups on the day; later ones do not overwrite an earlier. */
static void read_groups(const Run *run, PlnRebuiltItem *item) {
  const PlnRoster *roster = item->proposal->roster;
  g_autofree guint8 *in = g_malloc(roster->n + 1);
  item->group = g_new(int, roster->n + 1);
  for (guint i = 0; i < roster->n; i++)
    item->group[i] = -1;
  for (guint g = 0; g < run->out->groups->len; g++) {
    pln_roster_mark(roster, run->scenario->world, run->out->groups->pdata[g], in);
    for (guint i = 0; i < roster->n; i++)
      if (in[i] && item->group[i] < 0)
        item->group[i] = (int)g;
  }
}

static int days_between(PlnDay from, PlnDay to) {
  GDate *a = NULL, *b = NULL;
  if (from % 100 == 0 || to % 100 == 0 || from <= PLN_DAY_UNKNOWN || to <= PLN_DAY_UNKNOWN)
    return -1;
  a = g_date_new_dmy(from % 100, (GDateMonth)(from / 100 % 100), (GDateYear)(from / 10000));
  b = g_date_new_dmy(to % 100, (GDateMonth)(to / 100 % 100), (GDateYear)(to / 10000));
  int days = g_date_days_between(a, b);
  g_date_free(a);
  g_date_free(b);
  return days;
}

static PlnDay day_of(const Run *run, const PlnProposal *p) {
  return p->day > PLN_DAY_UNKNOWN ? p->day : run->scenario->as_of;
}

static void read_gap(const Run *run, PlnRebuiltItem *item) {
  PlnDay to = day_of(run, item->proposal), from = run->electorate->to_day;
  item->gap = from > PLN_DAY_UNKNOWN ? pln_outlook_years(from, to) : NAN;
  item->gap_days = days_between(from, to);
}

/* ---- One proposal ---- */

static gboolean is_unseen(const Run *run, const PlnProposal *p, GError **error) {
  PlnDay day = day_of(run, p);
  if (run->options->in_sample ||
      !pln_electorate_has_seen(run->electorate, day, run->scenario->session))
    return TRUE;
  g_autofree char *text = pln_day_text(day);
  g_set_error(error, PLN_ERROR, PLN_ERROR_DATA,
              "the vote on %s (%s) lies in the window that the electorate was fitted to: it would be "
              "read off, not reconstructed; expected an earlier electorate (--electorate), or "
              "--in-sample",
              p->id, text);
  return FALSE;
}

/* Those that did not vote are the members less those that did. */
static gboolean read_totals(const PlnProposal *p, guint32 total[K], GError **error) {
  gint64 sum = 0;
  for (guint k = 0; k < PLN_VOTE_X; k++)
    sum += total[k] = (guint32)p->total[k];
  gint64 rest = (gint64)p->roster->n - sum;
  total[PLN_VOTE_X] = (guint32)MAX(rest, 0);
  if (rest >= 0 && (p->total[PLN_VOTE_X] < 0 || p->total[PLN_VOTE_X] == rest))
    return TRUE;
  g_set_error(error, PLN_ERROR, PLN_ERROR_DATA,
              "%s: the totals do not add up to the %u members; expected those that did not vote to "
              "be the rest, or not stated",
              p->id, p->roster->n);
  return FALSE;
}

/* @share: room for the groups' shares */
static PlnPlacingCase case_of(const Run *run, const PlnRebuiltItem *item, int *place, double *share) {
  const PlnRoster *roster = item->proposal->roster;
  double age = isnan(item->gap) ? 0 : MAX(item->gap - USUAL_GAP, 0);
  for (guint i = 0; i < roster->n; i++)
    place[i] = pln_electorate_find(run->electorate, roster->state[i]->code);
  PlnPlacingCase known = {.electorate = run->electorate,
                          .predictor = run->predictor,
                          .question = {.title = item->proposal->title,
                                       .day = day_of(run, item->proposal),
                                       .session = run->scenario->session,
                                       .age = age},
                          .n = roster->n,
                          .place = place,
                          .vote = item->vote,
                          .group = item->group,
                          .n_groups = run->out->groups->len,
                          .share = share,
                          .options = run->options->draws};
  pln_placing_shares(&known, share);
  return known;
}

static void expect(const PlnRebuiltItem *item, const PlnPlacing *placing, double expected[K]) {
  for (guint k = 0; k < K; k++)
    expected[k] = item->named[k];
  for (guint i = 0; i < placing->unnamed; i++)
    for (guint k = 0; k < K; k++)
      expected[k] += placing->before[i * K + k];
}

static void count_placed(PlnRebuiltItem *item) {
  const double *chance = item->placing->given->chance;
  for (guint i = 0; i < item->placing->unnamed; i++)
    for (guint k = 0; k < K; k++)
      item->placed[k] += chance[i * K + k] > PLN_REBUILT_PLACED;
}

static gboolean place(const Run *run, PlnRebuiltItem *item, GError **error) {
  const PlnProposal *p = item->proposal;
  g_autofree int *seats = g_new(int, p->roster->n + 1);
  g_autofree double *share = g_new0(double, (run->out->groups->len + 1) * K);
  PlnPlacingCase known = case_of(run, item, seats, share);
  if (!read_totals(p, known.total, error))
    return FALSE;
  item->placing = pln_placing_new(&known, run->progress, error);
  if (!item->placing) {
    g_prefix_error(error, "%s: ", p->id);
    return FALSE;
  }
  expect(item, item->placing, item->projected);
  count_placed(item);
  return TRUE;
}

/* ---- By bloc ---- */

static void add_bloc(PlnRebuiltItem *item, const PlnScenario *s, const PlnBloc *bloc) {
  const PlnRoster *roster = item->proposal->roster;
  g_autofree guint8 *in = g_malloc(roster->n + 1);
  PlnRebuiltBloc part = {.bloc = bloc};
  const PlnPlacing *p = item->placing;
  part.members = pln_roster_mark(roster, s->world, bloc, in);
  if (part.members < 2)
    return;
  for (guint i = 0; i < roster->n; i++)
    if (in[i] && item->vote[i] < K) {
      part.named++;
      part.expected[item->vote[i]]++;
      part.scaled[item->vote[i]]++;
    }
  for (guint i = 0; i < p->unnamed; i++)
    for (guint k = 0; k < K && in[p->seat[i]]; k++) {
      part.expected[k] += p->given->chance[i * K + k];
      part.scaled[k] += p->scaled[i * K + k];
    }
  g_array_append_val(item->blocs, part);
}

/* Blocs drawn from a vote are left out: it may be this one, or a later. */
static void add_blocs(const Run *run, PlnRebuiltItem *item) {
  g_autoptr(GPtrArray) blocs = pln_world_blocs(run->scenario->world);
  for (int regional = 1; regional >= 0; regional--)
    for (guint b = 0; b < blocs->len; b++) {
      const PlnBloc *bloc = blocs->pdata[b];
      if ((strcmp(bloc->kind, "regional-group") == 0) == regional && !*bloc->made_from)
        add_bloc(item, run->scenario, bloc);
    }
}

/* ---- All of it ---- */

/* The proposal with a tally that @item is most like: of its kind, asked for by the same. */
static int like_of(const Run *run, const PlnRebuiltItem *item) {
  for (guint k = 0; k < run->scenario->proposals->len; k++) {
    const PlnProposal *other = pln_scenario_proposal(run->scenario, k), *p = item->proposal;
    if (k != item->place && pln_reconstruction_has_tally(other) && other->kind == p->kind &&
        *p->asked_by && strcmp(p->asked_by, "?") != 0 && strcmp(other->asked_by, p->asked_by) == 0)
      return (int)k;
  }
  return -1;
}

static PlnRebuiltItem *item_new(const Run *run, guint at) {
  PlnRebuiltItem *item = g_new0(PlnRebuiltItem, 1);
  item->proposal = pln_scenario_proposal(run->scenario, at);
  item->place = at;
  item->like = -1;
  item->kind = kind_of(item->proposal);
  item->left_out = g_ptr_array_new();
  item->blocs = g_array_new(FALSE, FALSE, sizeof(PlnRebuiltBloc));
  read_names(run, item);
  read_groups(run, item);
  read_gap(run, item);
  return item;
}

/* What the electorate expects where those named on the proposal that it is most like, or on
 * itself, vote as they did there. */
static void project(const Run *run, PlnRebuiltItem *item) {
  item->like = like_of(run, item);
  PlnRebuiltItem *known = item->like < 0 ? item : item_new(run, (guint)item->like);
  g_autofree int *seats = g_new(int, known->proposal->roster->n + 1);
  g_autofree double *share = g_new0(double, (run->out->groups->len + 1) * K);
  PlnPlacingCase asked = case_of(run, known, seats, share);
  g_autoptr(PlnPlacing) placing = pln_placing_untold(&asked);
  expect(known, placing, item->projected);
  if (known != item)
    item_free(known);
}

static gboolean add_item(const Run *run, guint at, GError **error) {
  PlnRebuiltItem *item = item_new(run, at);
  g_ptr_array_add(run->out->items, item);
  if (item->kind == PLN_REBUILT_COMPLETE || item->kind == PLN_REBUILT_NEVER)
    return TRUE;
  if (!is_unseen(run, item->proposal, error))
    return FALSE;
  if (item->kind == PLN_REBUILT_UNTOLD) {
    project(run, item);
    return TRUE;
  }
  if (!place(run, item, error))
    return FALSE;
  add_blocs(run, item);
  run->out->n_rebuilt++;
  run->out->weakest = MAX(run->out->weakest, MAX(item->weakest, PLN_STATUS_RECONSTRUCTED));
  return TRUE;
}

static gboolean names_known(const Run *run, GError **error) {
  for (gsize w = 0; run->options->without && run->options->without[w]; w++) {
    const char *code = run->options->without[w];
    gboolean found = FALSE;
    for (guint k = 0; k < run->scenario->proposals->len && !found; k++) {
      const PlnProposal *p = pln_scenario_proposal(run->scenario, k);
      int seat = pln_roster_find(p->roster, code);
      found = seat >= 0 && p->ballot[seat].vote != PLN_VOTE_UNKNOWN;
    }
    if (found)
      continue;
    g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE,
                "--without %s: no vote is named for it; expected the code of a state that votes.csv "
                "names",
                code);
    return FALSE;
  }
  return TRUE;
}

static GPtrArray *regional_groups(const PlnScenario *s) {
  g_autoptr(GPtrArray) blocs = pln_world_blocs(s->world);
  GPtrArray *groups = g_ptr_array_new();
  for (guint b = 0; b < blocs->len; b++) {
    const PlnBloc *bloc = blocs->pdata[b];
    if (strcmp(bloc->kind, "regional-group") == 0 && !*bloc->made_from)
      g_ptr_array_add(groups, (gpointer)bloc);
  }
  return groups;
}

PlnReconstruction *pln_reconstruction_new(const PlnScenario *scenario,
                                          const PlnElectorate *electorate, PlnPredictor *predictor,
                                          const PlnReconstructionOptions *options,
                                          PlnProgress *progress, GError **error) {
  g_autoptr(PlnReconstruction) out = g_new0(PlnReconstruction, 1);
  Run run = {out, scenario, electorate, predictor, options, progress};
  out->scenario = scenario;
  out->electorate = electorate;
  out->items = g_ptr_array_new_with_free_func(item_free);
  out->groups = regional_groups(scenario);
  out->weakest = MAX(scenario->status, electorate->status);
  if (!names_known(&run, error))
    return NULL;
  for (guint i = 0; i < scenario->proposals->len; i++)
    if ((options->proposal < 0 || (guint)options->proposal == i) && !add_item(&run, i, error))
      return NULL;
  return g_steal_pointer(&out);
}
