/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The vote on the outcome in sentences: what is put alone counts, and what is filled in is said. */
#include <math.h>
#include <string.h>

#include "plenary/bargain_vote_part.h"
#include "plenary/compose_project.h"

void pln_bargain_vote_sides(const PlnProjectItem *item, guint *n) {
  const PlnStances *stances = item->outlook->stances;
  for (guint k = 0; k < PLN_SIDES; k++)
    n[k] = 0;
  for (guint seat = 0; seat < item->outlook->n; seat++) {
    double support = stances && stances->won[seat] ? stances->position[seat] : NAN;
    n[isnan(support)               ? PLN_SIDE_NOT_KNOWN
      : pln_floor_tie(support, 50) ? PLN_SIDE_INDIFFERENT
      : support > 50               ? PLN_SIDE_OUTCOME
                                   : PLN_SIDE_REFERENCE]++;
  }
}

const PlnBargainTurn *pln_bargain_vote_turn(const PlnBargainVote *vote, guint place) {
  for (guint k = 0; k < vote->turns->len; k++)
    if (g_array_index(vote->turns, PlnBargainTurn, k).place == place)
      return &g_array_index(vote->turns, PlnBargainTurn, k);
  return NULL;
}

double pln_bargain_vote_chance(const PlnBargainVote *vote, const PlnProjectItem *item) {
  const PlnBargainTurn *turn = pln_bargain_vote_turn(vote, item->place);
  if (!turn || turn->words)
    return NAN;
  return isnan(turn->overall) ? item->outcome->adopted.value : turn->overall;
}

double pln_bargain_vote_at(const PlnBargainVote *vote, const PlnProjectItem *item) {
  const PlnBargainTurn *turn = pln_bargain_vote_turn(vote, item->place);
  return !turn || turn->at ? NAN : item->outcome->adopted.value;
}

/* ---- The answer ---- */

/* What there is to say of the proposals that issues are put as. */
typedef struct {
  GString *put, *at, *not_put; /* "offences 35%", "offences 44%", "entry, as …" */
  guint n, n_put, likely;
  double chance; /* of the last that is put */
} Said;

static void say_unput(Said *said, const PlnBargainVote *vote, const PlnProjectStage *stage) {
  const char *last = NULL;
  for (guint k = 0; k < stage->items->len; k++) {
    const PlnProjectItem *item = pln_project_item(stage, k);
    const PlnBargainTurn *turn = pln_bargain_vote_turn(vote, item->place);
    if (!turn || !turn->words)
      continue;
    if (last && strcmp(last, turn->words) != 0)
      g_string_append_printf(said->not_put, " (%s)", last);
    g_string_append_printf(said->not_put, "%s%s", last ? ", " : "", item->proposal->id);
    last = turn->words;
  }
  if (last)
    g_string_append_printf(said->not_put, " (%s)", last);
}

static void say_items(Said *said, const PlnBargainVote *vote, const PlnProjectStage *stage) {
  enum { LIKELY = 60 };
  for (guint k = 0; k < stage->items->len; k++) {
    const PlnProjectItem *item = pln_project_item(stage, k);
    const PlnBargainTurn *turn = pln_bargain_vote_turn(vote, item->place);
    double chance = pln_bargain_vote_chance(vote, item);
    said->n += turn != NULL;
    if (!turn || turn->words)
      continue;
    g_autofree char *percent = pln_say_percent(chance);
    g_autofree char *at = turn->at ? g_strdup_printf("not put (%s)", turn->at)
                                   : pln_say_percent(item->outcome->adopted.value);
    g_string_append_printf(said->put, "%s%s %s", said->n_put > 0 ? ", " : "", item->proposal->id,
                           percent);
    g_string_append_printf(said->at, "%s%s %s", said->n_put++ > 0 ? ", " : "", item->proposal->id,
                           at);
    said->likely += 100 * chance >= LIKELY;
    said->chance = chance;
  }
  say_unput(said, vote, stage);
}

/* The text that the proposals change, which no issue is put as. */
static void say_text(const PlnBargainVote *vote, const PlnProjectStage *stage, GString *out) {
  for (guint k = 0; k < stage->items->len; k++) {
    const PlnProjectItem *item = pln_project_item(stage, k);
    gboolean target = FALSE;
    for (guint p = 0; p < stage->items->len && !target; p++)
      target = pln_bargain_vote_turn(vote, pln_project_item(stage, p)->place) &&
               pln_project_item(stage, p)->proposal->target == (int)item->place;
    if (!target || pln_bargain_vote_turn(vote, item->place))
      continue;
    g_autofree char *percent = pln_say_percent(item->outcome->adopted.value);
    g_string_append_printf(out, " The text as it then stands (%s): %s.", item->proposal->id, percent);
  }
}

/* @filled: most votes are, and how likely adoption is cannot be put in a word. */
static void say_count(const Said *said, gboolean filled, GString *out) {
  if (said->n_put < said->n)
    g_string_append_printf(out, "%u of %u %s put", said->n_put, said->n,
                           said->n_put == 1 ? "is" : "are");
  if (said->n_put == 1 && filled)
    g_string_append_printf(out, "%s rests on votes that are filled in",
                           said->n > 1 ? "; its adoption" : "Adoption");
  else if (said->n_put == 1)
    g_string_append_printf(out, "%s%s", said->n > 1 ? " and " : "Adoption is ",
                           pln_say_likely(said->chance));
  else if (said->n_put > 1 && said->n_put < said->n && said->likely == 0)
    g_string_append(out, ", none of them likely to be adopted");
  else if (said->n_put > 1 && said->n_put < said->n)
    g_string_append_printf(out, ", %u of them likely to be adopted", said->likely);
  else if (said->n_put > 1 && said->likely == 0)
    g_string_append_printf(out, "none of the %u is likely to be adopted", said->n);
  else if (said->n_put > 1)
    g_string_append_printf(out, "%u of the %u are likely to be adopted", said->likely, said->n);
}

char *pln_say_bargain_vote(const PlnBargainVote *vote) {
  const PlnProjectStage *stage = pln_project_main_stage(vote->project);
  if (!stage || stage->roster->n < stage->parties)
    return pln_say_project(vote->project); /* who cannot meet, or is too few to say */
  Said said = {g_string_new(NULL), g_string_new(NULL), g_string_new(NULL), 0, 0, 0, NAN};
  GString *out = g_string_new(NULL);
  say_items(&said, vote, stage);
  say_count(&said, pln_bargain_vote_is_filled(vote), out);
  if (said.n_put > 0)
    g_string_append_printf(
        out, "%s: %s", vote->turned ? ", over all that the talks may come to" : "", said.put->str);
  if (said.not_put->len > 0)
    g_string_append_printf(out, "; not put: %s", said.not_put->str);
  g_string_append_c(out, '.');
  if (vote->turned && said.n_put > 0)
    g_string_append_printf(out, " If they end exactly at the forecast: %s.", said.at->str);
  say_text(vote, stage, out);
  g_string_free(said.put, TRUE);
  g_string_free(said.at, TRUE);
  g_string_free(said.not_put, TRUE);
  return g_string_free(out, FALSE);
}

/* ---- Who is not known ---- */

char *pln_say_bargain_vote_doubt(const PlnBargainVote *vote) {
  const PlnProjectStage *stage = pln_project_main_stage(vote->project);
  GString *out = g_string_new(NULL);
  for (guint k = 0; stage && k < stage->items->len; k++) {
    const PlnProjectItem *item = pln_project_item(stage, k);
    guint n[PLN_SIDES];
    if (isnan(pln_bargain_vote_chance(vote, item)))
      continue;
    const PlnBargainTurn *turn = pln_bargain_vote_turn(vote, item->place);
    pln_bargain_vote_sides(item, n);
    guint known = turn->at ? turn->known : item->outlook->n - n[PLN_SIDE_NOT_KNOWN];
    if (item->outlook->n - known <= known)
      continue;
    if (turn->at) { /* which side depends on where they end */
      g_string_append_printf(out,
                             "%s%s: of %u states the side of %u follows from the talks; the %u "
                             "others decide",
                             out->len > 0 ? "; " : "", item->proposal->id, item->outlook->n, known,
                             item->outlook->n - known);
      continue;
    }
    g_string_append_printf(out,
                           "%s%s: of the %u states whose side follows from the talks %u prefer "
                           "it and %u what holds; the %u others decide",
                           out->len > 0 ? "; " : "", item->proposal->id, known, n[PLN_SIDE_OUTCOME],
                           n[PLN_SIDE_REFERENCE], n[PLN_SIDE_NOT_KNOWN]);
    if ((n[PLN_SIDE_OUTCOME] > n[PLN_SIDE_REFERENCE]) != (item->outcome->adopted.value > 0.5))
      g_string_append(out, ", against those");
  }
  if (out->len > 0)
    g_string_append(out, ". These stand for no delegation here: how they vote is filled in from "
                         "past votes and the sides that are known, and is no forecast of the "
                         "talks.");
  return g_string_free(out, out->len == 0);
}

gboolean pln_bargain_vote_is_filled(const PlnBargainVote *vote) {
  g_autofree char *doubt = pln_say_bargain_vote_doubt(vote);
  return doubt != NULL;
}
