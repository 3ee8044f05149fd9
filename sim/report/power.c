/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Power: the answer first, then each game, then what the indices ask and what it rests on. */
#include <math.h>
#include <string.h>

#include "plenary/compose.h"
#include "plenary/compose_power_part.h"

enum { ANSWERS = 3 };

/* ---- The answer ---- */

static gboolean sits(const PlnPowersGame *game) {
  return game->roster->n > 0 && !pln_power_is_too_few(game);
}

static char *answer_of(const PlnPowers *powers, PlnPowerIndex index) {
  GString *out = g_string_new(NULL);
  guint said = 0, seated = 0;
  for (guint k = 0; k < powers->games->len; k++)
    seated += sits(pln_powers_game(powers, k));
  for (guint k = 0; k < powers->games->len && said < ANSWERS; k++) {
    const PlnPowersGame *game = pln_powers_game(powers, k);
    if (!sits(game) && seated > 0)
      continue;
    g_autofree char *one = pln_say_power_answer(game, index);
    g_autofree char *votes = pln_say_power_votes(game);
    g_string_append_printf(out, "%s%s%s%s", said++ > 0 ? " " : "", one, votes ? " " : "",
                           votes ? votes : "");
  }
  if (seated > said)
    g_string_append_printf(out, " %u more games below.", seated - said);
  return g_string_free(out, FALSE);
}

/* Why no vote at all is projected, where one was asked for. */
static const char *why_no_votes(const PlnPowers *powers) {
  const char *why = powers->no_votes;
  for (guint k = 0; k < powers->games->len && !why && !pln_power_any_votes(powers); k++)
    why = pln_say_power_no_votes(pln_powers_game(powers, k));
  return why;
}

static void add_head(PlnDoc *doc, const PlnPowers *powers, PlnPowerIndex index) {
  const PlnScenario *s = powers->scenario;
  g_autofree char *answer = answer_of(powers, index);
  pln_doc_fact(doc, "format", pln_text("plenary-power/1"));
  pln_say_scenario(doc, s);
  pln_doc_say(doc, NULL, PLN_SAY_TITLE, "%s", s->title);
  pln_doc_say(doc, "answer", PLN_SAY_LEAD, "%s", answer);
  const char *why = why_no_votes(powers);
  if (why)
    pln_doc_say(doc, "no_votes", PLN_SAY_NOTE,
                "Whose vote decides as the votes are projected is left out: %s.", why);
}

/* ---- What the indices ask ---- */

static gboolean is_any(const PlnPowers *powers, gboolean blocs) {
  for (guint k = 0; k < powers->games->len; k++) {
    const PlnPowersGame *game = pln_powers_game(powers, k);
    if (!game->power)
      continue;
    if (blocs ? game->power->unions != NULL : game->power->types > 1 && game->blocs->len == 0)
      return TRUE;
  }
  return FALSE;
}

static gboolean is_told(const PlnPowers *powers, PlnPowerIndex index, PlnPowerIndex shown,
                        gboolean full) {
  if (index == shown || index == PLN_POWER_BANZHAF)
    return TRUE;
  if (index >= PLN_POWER_OWEN)
    return is_any(powers, TRUE) && (full || index == PLN_POWER_OWEN);
  return index == PLN_POWER_SHAPLEY || full || is_any(powers, FALSE);
}

static gboolean any_lives(const PlnPowers *powers) {
  for (guint k = 0; k < powers->games->len; k++)
    if (pln_powers_game(powers, k)->power && !pln_powers_game(powers, k)->dead)
      return TRUE;
  return FALSE;
}

static void say_indices(PlnDoc *doc, const PlnPowers *powers, PlnPowerIndex shown, gboolean full) {
  if (!any_lives(powers))
    return;
  pln_doc_say(doc, NULL, PLN_SAY_PLAIN, "%s", "");
  for (guint k = 0; k < PLN_POWER_INDICES; k++)
    if (is_told(powers, k, shown, full))
      pln_doc_say(doc, NULL, PLN_SAY_NOTE, "%s: %s (%s).", pln_power_names[k].name,
                  pln_say_power_question(k), pln_power_names[k].source);
  pln_doc_say(doc, NULL, PLN_SAY_NOTE,
              "An index knows the rule and the roster alone, nothing of who wants what: it is the "
              "power that a rule gives, not a forecast.");
}

/* ---- What it rests on ---- */

static void say_rests(PlnDoc *doc, const PlnPowers *powers) {
  const PlnElectorate *e = pln_power_any_votes(powers) ? powers->options.project->electorate : NULL;
  for (guint k = 0; k < powers->games->len; k++) {
    const PlnPowersGame *game = pln_powers_game(powers, k);
    const char *stage = game->stage ? pln_status_words[game->stage->status] : NULL;
    PlnStatus seats = PLN_STATUS_VERIFIED;
    for (guint i = 0; i < game->roster->n; i++)
      seats = MAX(seats, game->roster->state[i]->status);
    g_autofree char *id = pln_power_game_id(powers, game);
    pln_doc_say(doc, NULL, PLN_SAY_NOTE, "%s rests on: the rule %s (%s), the body (%s)%s%s%s%s.",
                id, game->rule->id, pln_status_words[game->rule->status],
                pln_status_words[game->body->status], stage ? ", the stage (" : "",
                stage ? stage : "", stage ? ")" : "",
                game->roster->n > 0 && seats > PLN_STATUS_VERIFIED ? ", members of which some are "
                                                                     "not verified"
                                                                   : "");
  }
  if (!e)
    return;
  g_autofree char *to = pln_day_words(e->to_day);
  pln_doc_say(doc, NULL, PLN_SAY_NOTE,
              "Projected votes: the positions stated, else an electorate of %u roll calls to %s (%s); "
              "plenary project says more.",
              e->n_calls, to, pln_status_words[e->status]);
}

/* What changes with the rule that is asked for. */
static void say_usual(PlnDoc *doc, const PlnPowers *usual, PlnPowerIndex index) {
  for (guint k = 0; k < usual->games->len; k++) {
    const PlnPowersGame *game = pln_powers_game(usual, k);
    if (!sits(game))
      continue;
    g_autofree char *answer = pln_say_power_answer(game, index);
    pln_doc_say(doc, "otherwise", PLN_SAY_PLAIN, "Under the rule that would decide: %s", answer);
    return;
  }
}

static void say_asked(PlnDoc *doc, const PlnPowers *powers) {
  if (powers->options.rule)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE,
                "What if: the rule %s (%s) is asked for, in place of those "
                "that would decide.",
                powers->options.rule->id, powers->options.rule->name);
}

void pln_compose_power(PlnDoc *doc, const PlnPowers *powers, const PlnComposePowerOptions *options) {
  PlnPowerIndex shown = pln_power_shown(options);
  add_head(doc, powers, shown);
  say_asked(doc, powers);
  if (options->usual)
    say_usual(doc, options->usual, shown);
  for (guint k = 0; k < powers->games->len; k++)
    pln_compose_power_game(doc, powers, pln_powers_game(powers, k), options);
  say_indices(doc, powers, shown, options->full);
  say_rests(doc, powers);
  for (guint k = 0; options->notes && k < options->notes->len; k++)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE, "%s", (const char *)options->notes->pdata[k]);
  if (*powers->scenario->about)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE, "About: %s", powers->scenario->about);
  pln_compose_power_data(doc, powers, shown);
}

char *pln_compose_power_citations(const PlnPowers *powers) {
  g_autoptr(GPtrArray) said = g_ptr_array_new();
  for (guint k = 0; k < powers->games->len; k++) {
    gpointer text = (gpointer)pln_powers_game(powers, k)->rule->citation;
    if (!g_ptr_array_find_with_equal_func(said, text, g_str_equal, NULL))
      g_ptr_array_add(said, text);
  }
  g_ptr_array_add(said, NULL);
  return g_strjoinv("; ", (char **)said->pdata);
}
