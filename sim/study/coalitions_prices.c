/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a state's yes and no cost, and what it is expected to do. */
#include <math.h>

#include "plenary/chamber.h"
#include "plenary/coalitions_part.h"
#include "plenary/error.h"
#include "plenary/outlook.h"
#include "plenary/table.h"

const char *const pln_price_words[PLN_PRICES + 1] = {"chance", "position", "salience", "record",
                                                     NULL};
const char *const pln_others_words[PLN_OTHERS + 1] = {"no", "expected", NULL};

/* Of a position whose standard deviation is not carried along. */
static const double usual_sd = PLN_STANCE_SD;

static gint64 millionths(double price) {
  return (gint64)floor(price * PLN_PRICE_UNIT + 0.5);
}

static const PlnBallot *ballot_of(const PlnCoalitions *c, guint seat) {
  const PlnProposal *p = c->proposal;
  int place = p->roster ? pln_roster_find(p->roster, c->roster->state[seat]->code) : -1;
  return place >= 0 ? &p->ballot[place] : NULL;
}

static PlnVote recorded(const PlnCoalitions *c, guint seat) {
  const PlnBallot *ballot = ballot_of(c, seat);
  return ballot ? ballot->vote : PLN_VOTE_UNKNOWN;
}

static guint count_recorded(const PlnCoalitions *c) {
  guint n = 0;
  for (guint i = 0; i < c->roster->n; i++)
    n += recorded(c, i) != PLN_VOTE_UNKNOWN;
  return n;
}

/* ---- What is expected ---- */

/* The item of the projection before the stage asked about, or NULL. */
static const PlnProjectItem *item_of(const PlnCoalitions *c) {
  for (guint t = 0; c->project && t < c->project->stages->len; t++) {
    const PlnProjectStage *stage = pln_project_stage(c->project, t);
    for (guint k = 0; k < stage->items->len && stage->entry == c->stage && !stage->what_if; k++) {
      const PlnProjectItem *item = pln_project_item(stage, k);
      if (item->place == c->place && item->outlook->n == c->roster->n)
        return item;
    }
  }
  return NULL;
}

/* The likeliest; of equals the one that comes first in the order yes, no, abstain, away. */
static PlnVote likeliest(const double chance[3], double absent) {
  double each[PLN_VOTE_KINDS] = {chance[2] * (1 - absent), chance[0] * (1 - absent),
                                 chance[1] * (1 - absent), absent};
  PlnVote best = PLN_VOTE_Y;
  for (PlnVote v = PLN_VOTE_N; v < PLN_VOTE_KINDS; v++)
    if (each[v] > each[best])
      best = v;
  return best;
}

/* A support: without the scale of the issue. */
static PlnVote likeliest_at(double position) {
  PlnProposal plain = {.at = PLN_NOT_STATED, .status_quo = PLN_NOT_STATED};
  double chance[3];
  pln_outlook_position(&plain, position, usual_sd, chance);
  return likeliest(chance, 0);
}

/* Positions asked for: then what is on record is not what is asked about. */
static gboolean is_what_if(const PlnCoalitions *c) {
  const PlnProjectOptions *project = c->options.project;
  return project && project->positions && project->positions->len > 0;
}

/* The record; the projection, where it knows more than the average vote or nothing else is known;
 * where a state stands. */
static PlnVote expect_of(const PlnCoalitions *c, const PlnProjectItem *item, double position,
                         guint i) {
  if (c->options.price == PLN_PRICE_RECORD ||
      (!is_what_if(c) && recorded(c, i) != PLN_VOTE_UNKNOWN))
    return recorded(c, i);
  if (item && item->outlook->known[i] != PLN_VOTE_UNKNOWN)
    return item->outlook->known[i];
  gboolean informed = item && (item->informed || c->options.price == PLN_PRICE_CHANCE);
  if (!informed && !isnan(position))
    return likeliest_at(position);
  return item ? likeliest(item->outlook->chance + 3 * (gsize)i, item->outlook->absent[i])
              : PLN_VOTE_UNKNOWN;
}

static void expect(PlnCoalitions *c, const double *position) {
  const PlnProjectItem *item = item_of(c);
  gboolean counts = c->options.price == PLN_PRICE_RECORD || !is_what_if(c);
  for (guint i = 0; i < c->roster->n; i++) {
    c->seat[i].expected = expect_of(c, item, position[i], i);
    c->on_record += counts && recorded(c, i) != PLN_VOTE_UNKNOWN;
  }
  gboolean same = item && item->rule == c->rule &&
                  (item->informed || c->options.price == PLN_PRICE_CHANCE);
  c->adopted = same && item->outcome
                   ? pln_outcome_shown(item->outcome->adopted.value, item->outcome->draws)
                   : NAN;
}

/* ---- The four prices ---- */

/* Of a record in part: what is on it is sure. */
static void know(PlnCoalitionSeat *seat, const PlnBallot *ballot) {
  if (!ballot || ballot->vote == PLN_VOTE_UNKNOWN || ballot->vote == PLN_VOTE_X)
    return;
  gboolean yes = ballot->vote == PLN_VOTE_Y, no = ballot->vote == PLN_VOTE_N;
  seat->price[PLN_COALITION_WINS] = millionths(yes ? 0 : 100);
  seat->price[PLN_COALITION_BLOCKS] = millionths(no ? 0 : 100);
  seat->aside[PLN_COALITION_WINS] = millionths(no ? 100 : 0);
  seat->aside[PLN_COALITION_BLOCKS] = millionths(yes ? 100 : 0);
  seat->status = ballot->status;
}

static void by_chance(PlnCoalitions *c) {
  const PlnOutlook *o = item_of(c)->outlook;
  c->taken = "the projection: chances of each state, given that it votes";
  c->informed = item_of(c)->informed;
  for (guint i = 0; i < c->roster->n; i++) {
    PlnCoalitionSeat *seat = &c->seat[i];
    seat->price[PLN_COALITION_WINS] = millionths(100 * (1 - o->chance[3 * (gsize)i + 2]));
    seat->price[PLN_COALITION_BLOCKS] = millionths(100 * (1 - o->chance[3 * (gsize)i]));
    seat->aside[PLN_COALITION_WINS] = millionths(100 * o->chance[3 * (gsize)i]);
    seat->aside[PLN_COALITION_BLOCKS] = millionths(100 * o->chance[3 * (gsize)i + 2]);
    seat->known = TRUE;
    seat->status = o->status[i];
  }
  for (guint i = 0; i < c->roster->n && !is_what_if(c) && count_recorded(c) < c->roster->n; i++)
    know(&c->seat[i], ballot_of(c, i));
}

static void by_position(PlnCoalitions *c, const double *position, const PlnStatus *status) {
  g_autofree double *salience = g_new(double, c->roster->n + 1);
  g_autofree PlnStatus *sure = g_new0(PlnStatus, c->roster->n + 1);
  gboolean weighed = c->options.price == PLN_PRICE_SALIENCE;
  if (weighed)
    pln_coalitions_salience(c, salience, sure);
  for (guint i = 0; i < c->roster->n; i++) {
    PlnCoalitionSeat *seat = &c->seat[i];
    double at = isnan(position[i]) ? 50 : position[i];
    double cares = weighed && !isnan(salience[i]) ? salience[i] : 1;
    seat->price[PLN_COALITION_WINS] = millionths((100 - at) * cares);
    seat->price[PLN_COALITION_BLOCKS] = millionths(at * cares);
    seat->aside[PLN_COALITION_WINS] = millionths(MAX(50 - at, 0) * cares);
    seat->aside[PLN_COALITION_BLOCKS] = millionths(MAX(at - 50, 0) * cares);
    seat->known = !isnan(position[i]) && !(weighed && isnan(salience[i]));
    seat->status = seat->known ? MAX(status[i], sure[i]) : PLN_STATUS_ASSUMED;
  }
}

static void by_record(PlnCoalitions *c) {
  static const gint64 to_yes[PLN_VOTE_KINDS] = {0, 2, 1, 1};
  static const gint64 to_no[PLN_VOTE_KINDS] = {2, 0, 1, 1};
  c->taken = "the recorded vote: a step from no to abstaining, a step from there to yes";
  for (guint i = 0; i < c->roster->n; i++) {
    PlnCoalitionSeat *seat = &c->seat[i];
    const PlnBallot *ballot = ballot_of(c, i);
    PlnVote vote = recorded(c, i);
    seat->known = vote != PLN_VOTE_UNKNOWN;
    seat->price[PLN_COALITION_WINS] = PLN_PRICE_UNIT * (seat->known ? to_yes[vote] : 1);
    seat->price[PLN_COALITION_BLOCKS] = PLN_PRICE_UNIT * (seat->known ? to_no[vote] : 1);
    seat->aside[PLN_COALITION_WINS] = PLN_PRICE_UNIT;
    seat->aside[PLN_COALITION_BLOCKS] = PLN_PRICE_UNIT;
    seat->status = seat->known ? ballot->status : PLN_STATUS_ASSUMED;
  }
}

/* ---- Which one ---- */

static gboolean has_electorate(const PlnCoalitions *c) {
  return c->options.project && c->options.project->electorate;
}

/* Of a price by position what is expected comes from it too, where it can; else from positions. */
static gboolean project(PlnCoalitions *c, GError **error) {
  PlnProjectOptions how = *c->options.project;
  how.brief = TRUE;
  how.proposal = (int)c->place;
  how.stage = -1;
  for (guint k = 0; k < c->scenario->stages->len; k++)
    if (&g_array_index(c->scenario->stages, PlnStageEntry, k) == c->stage)
      how.stage = (int)k;
  how.as_of = c->options.as_of;
  how.rule = c->options.rule;
  c->project = pln_project_new(c->scenario, &how, error);
  return c->project != NULL;
}

static gboolean refuse(GError **error, PlnPrice price, const char *needs) {
  g_autoptr(GString) others = g_string_new(NULL);
  for (guint k = 0; k < PLN_PRICES; k++)
    if (k != price)
      g_string_append_printf(others, "%s%s", others->len > 0 ? ", " : "", pln_price_words[k]);
  g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE,
              "there is no price by %s here: %s; expected another --price (%s)",
              pln_price_words[price], needs, others->str);
  return FALSE;
}

static PlnPrice usual_price(const PlnCoalitions *c, gboolean stands) {
  guint named = count_recorded(c);
  if (named == c->roster->n && !is_what_if(c))
    return PLN_PRICE_RECORD;
  if (has_electorate(c))
    return PLN_PRICE_CHANCE;
  return is_what_if(c) || stands || named == 0 ? PLN_PRICE_POSITION : PLN_PRICE_RECORD;
}

static gboolean can(const PlnCoalitions *c, gboolean stands, GError **error) {
  switch (c->options.price) {
  case PLN_PRICE_CHANCE:
    return has_electorate(c) || refuse(error, PLN_PRICE_CHANCE,
                                       "it takes an electorate (--electorate) that knows states "
                                       "before the vote");
  case PLN_PRICE_RECORD:
    if (is_what_if(c))
      return refuse(error, PLN_PRICE_RECORD, "the record does not change with --position");
    return count_recorded(c) > 0 ||
           refuse(error, PLN_PRICE_RECORD, "no vote on the proposal is on record by name");
  default:
    return stands || refuse(error, c->options.price,
                            "no position of anybody who votes is stated (positions.csv), and there "
                            "are no talks that give one: issues put as the proposal, with a "
                            "reference and actors (issues.csv, actors.csv)");
  }
}

static void count_up(PlnCoalitions *c) {
  for (guint i = 0; i < c->roster->n; i++) {
    const PlnCoalitionSeat *seat = &c->seat[i];
    c->unknown += !seat->known;
    c->unexpected += seat->expected == PLN_VOTE_UNKNOWN;
    c->expected[seat->expected == PLN_VOTE_UNKNOWN ? PLN_VOTE_X : seat->expected]++;
    c->weakest = MAX(c->weakest, seat->status);
  }
}

static gboolean is_anything_known(const PlnCoalitions *c) {
  for (guint i = 0; i < c->roster->n; i++)
    if (c->seat[i].known)
      return TRUE;
  return FALSE;
}

gboolean pln_coalitions_price(PlnCoalitions *c, GError **error) {
  guint n = c->roster->n;
  g_autofree double *position = g_new(double, n + 1);
  g_autofree PlnStatus *status = g_new0(PlnStatus, n + 1);
  const char *from = pln_coalitions_positions(c, position, status);
  gboolean usual = c->options.price == PLN_PRICES;
  if (usual)
    c->options.price = usual_price(c, from != NULL);
  if (!can(c, from != NULL, error))
    return FALSE;
  gboolean must = c->options.price == PLN_PRICE_CHANCE;
  if (has_electorate(c) && c->options.price != PLN_PRICE_RECORD &&
      !project(c, must ? error : NULL) && must)
    return FALSE;
  if (usual && must && from && item_of(c) && !item_of(c)->informed)
    c->options.price = PLN_PRICE_POSITION; /* which says more than the average vote */
  c->seat = g_new0(PlnCoalitionSeat, n + 1);
  c->taken = from;
  c->informed = TRUE;
  if (c->options.price == PLN_PRICE_CHANCE)
    by_chance(c);
  else if (c->options.price == PLN_PRICE_RECORD)
    by_record(c);
  else
    by_position(c, position, status);
  if (c->options.price == PLN_PRICE_SALIENCE && !is_anything_known(c))
    return refuse(error, PLN_PRICE_SALIENCE, "how much anybody cares is not stated (actors.csv)");
  expect(c, position);
  count_up(c);
  return TRUE;
}
