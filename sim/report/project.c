/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A projection: the answer first, then what carries it, then what it rests on. */
#include "plenary/compose_project.h"

#include <math.h>
#include <string.h>

#include "plenary/compose.h"

static gboolean shown(const PlnProject *project, const PlnProjectItem *item) {
  return project->options.proposal < 0 || project->options.proposal == (int)item->place;
}

/* ---- Head ---- */

static void add_head(PlnDoc *doc, const PlnProject *project) {
  const PlnScenario *s = project->scenario;
  g_autofree char *answer = pln_say_project(project);
  pln_doc_fact(doc, "format", pln_text("plenary-project/1"));
  pln_say_scenario(doc, s);
  pln_doc_say(doc, NULL, PLN_SAY_TITLE, "%s", s->title);
  pln_doc_say(doc, "answer", PLN_SAY_LEAD, "%s", answer);
}

/* What has been voted is projected from before the vote; that is no reconstruction. */
static void say_voted(PlnDoc *doc, const PlnProject *project) {
  static const char *const ends[] = {"",        "adopted",   "rejected", "adopted without a vote",
                                     "not put", "withdrawn", "voted on"};
  g_autoptr(GString) out = g_string_new(NULL);
  const PlnProjectStage *stage = pln_project_main_stage(project);
  guint n = 0;
  for (guint k = 0; stage && k < stage->items->len; k++) {
    const PlnProposal *p = pln_project_item(stage, k)->proposal;
    if (!shown(project, pln_project_item(stage, k)) ||
        (p->result == PLN_RESULT_NOT_STATED && p->total[PLN_VOTE_Y] < 0))
      continue;
    g_string_append_printf(out, "%s%s %s", n++ > 0 ? ", " : "", p->id,
                           p->result == PLN_RESULT_NOT_STATED ? "voted on" : ends[p->result]);
    if (p->total[PLN_VOTE_Y] >= 0)
      g_string_append_printf(out, " (%d yes, %d no, %d abstaining)", (int)p->total[PLN_VOTE_Y],
                             (int)p->total[PLN_VOTE_N], (int)p->total[PLN_VOTE_A]);
  }
  if (n > 0)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE,
                "On record: %s. What stands here is a projection, as if before the vote; it is no "
                "reconstruction, and the record stands.",
                out->str);
}

/* ---- What a position means ---- */

static void scale_rows(PlnDoc *doc, const PlnProposal *p, GString *words) {
  for (guint position = 0; position <= 100; position += 25) {
    double chance[3];
    pln_outlook_position(p, position, 0, chance);
    if (words) {
      g_autofree char *yes = pln_say_percent(chance[2]), *no = pln_say_percent(chance[0]);
      g_autofree char *abstain = pln_say_percent(chance[1]);
      g_string_append_printf(words, "%s%u: %s yes, %s abstain, %s no", position > 0 ? " · " : "",
                             position, yes, abstain, no);
      continue;
    }
    pln_doc_cell(doc, p->id ? pln_text(p->id) : pln_none());
    pln_doc_cell(doc, pln_int(position));
    pln_doc_cell(doc, pln_number(chance[2], 4));
    pln_doc_cell(doc, pln_number(chance[1], 4));
    pln_doc_cell(doc, pln_number(chance[0], 4));
  }
}

static void add_scale(PlnDoc *doc, const PlnProject *project) {
  static const PlnDocColumn columns[] = {{"proposal", ""}, {"position", ""}, {"yes", ""},
                                         {"abstain", ""},  {"no", ""},       {NULL, NULL}};
  PlnProposal plain = {.at = -1, .status_quo = -1};
  g_autoptr(GString) words = g_string_new(NULL);
  scale_rows(doc, &plain, words);
  pln_doc_say(doc, NULL, PLN_SAY_NOTE,
              "What a position means here, given that it is known and the state "
              "votes: %s. (Firm support checked: of the 47 sponsors of 74/247 42 voted yes, none no.)",
              words->str);
  pln_doc_table(doc, "scale", PLN_FOR_PROGRAMS, NULL, columns);
  scale_rows(doc, &plain, NULL);
  for (guint p = 0; p < project->scenario->proposals->len; p++) {
    const PlnProposal *own = pln_scenario_proposal(project->scenario, p);
    if (own->at < 0)
      continue;
    scale_rows(doc, own, NULL);
    pln_doc_say(
        doc, NULL, PLN_SAY_NOTE,
        "On %s a position is an ideal point: what holds now lies at %.0f, the proposal at %.0f.",
        own->id, own->status_quo, own->at);
  }
}

/* ---- What it rests on ---- */

static void add_electorate(PlnDoc *doc, const char *key, const PlnElectorate *e, double gap) {
  g_autofree char *from = pln_day_text(e->from_day), *to = pln_day_text(e->to_day);
  pln_doc_open(doc, key);
  pln_doc_fact(doc, "from_session", e->from_session < 0 ? pln_none() : pln_int(e->from_session));
  pln_doc_fact(doc, "to_session", e->to_session < 0 ? pln_none() : pln_int(e->to_session));
  pln_doc_text(doc, "from", from);
  pln_doc_text(doc, "to", to);
  pln_doc_fact(doc, "states", pln_int(e->n));
  pln_doc_fact(doc, "roll_calls", pln_int(e->n_calls));
  pln_doc_fact(doc, "gap_years", pln_number(gap, 2));
  pln_doc_text(doc, "status", pln_status_words[e->status]);
  pln_doc_close(doc);
}

static void say_electorate(PlnDoc *doc, const PlnProject *project) {
  const PlnElectorate *e = project->options.electorate;
  g_autofree char *to = pln_day_words(e->to_day);
  g_autofree char *sessions =
      e->from_session >= 0 ? g_strdup_printf(" of sessions %d to %d", e->from_session, e->to_session)
                           : g_strdup("");
  if (isnan(project->gap))
    pln_doc_say(doc, NULL, PLN_SAY_NOTE,
                "An electorate%s, of whose votes the last day is not stated: the gap to this vote is "
                "not known, and nothing is added for it.",
                sessions);
  else
    pln_doc_say(doc, NULL, PLN_SAY_NOTE,
                "An electorate%s, whose last vote was on %s, %.1f years before: what has drifted "
                "since %s. Most of the Assembly's votes are on other matters (the Middle East, "
                "disarmament); --also shows another history.",
                sessions, to, project->gap,
                project->options.no_drift ? "is left out" : "is added to the doubt");
}

static void say_rests(PlnDoc *doc, const PlnProject *project) {
  const PlnProjectStage *stage = pln_project_main_stage(project);
  guint assumed = 0, rows = 0, conflicts = 0, heard = 0;
  const GPtrArray *stances = project->view->stances;
  for (guint k = 0; k < stances->len; k++) {
    const PlnStance *row = stances->pdata[k];
    gboolean counts = project->options.proposal < 0 || row->proposal < 0 ||
                      row->proposal == project->options.proposal;
    rows += counts;
    assumed += counts && row->status == PLN_STATUS_ASSUMED;
  }
  for (guint k = 0; k < stage->items->len; k++) {
    const PlnProjectItem *item = pln_project_item(stage, k);
    heard += item->basis[PLN_SEAT_HEARD];
    if (shown(project, item) && item->outlook->stances)
      conflicts += item->outlook->stances->conflicts->len;
  }
  pln_doc_say(doc, NULL, PLN_SAY_PLAIN, "%s", "");
  if (rows > 0)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE,
                "Rests on: %u positions, %u of them assumed (%u conflicts or rows overridden%s). "
                "States without a position are filled in.",
                rows, assumed, conflicts, project->options.proposal < 0 ? "; --full lists them" : "");
  else
    pln_doc_say(
        doc, NULL, PLN_SAY_NOTE,
        "Rests on: no stated position%s; every other state without a vote on record is filled in.",
        heard > 0 ? ", but what was heard of some states" : "");
  say_electorate(doc, project);
}

static double error_of(const PlnProjectStage *stage) {
  double most = 0;
  for (guint k = 0; k < stage->items->len; k++)
    most = MAX(most, pln_project_item(stage, k)->outcome->adopted.error);
  return most;
}

static void say_assumptions(PlnDoc *doc, const PlnProject *project) {
  const PlnProjectStage *stage = pln_project_main_stage(project);
  gboolean consensus = FALSE;
  for (guint k = 0; k < stage->items->len; k++)
    consensus |= pln_project_item(stage, k)->rule->rule.method == PLN_METHOD_CONSENSUS_FIRST;
  if (consensus)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE,
                "Consensus is tried first: each state that would vote no is taken to ask for a vote "
                "with the chance %.0f%%%s; --asks changes it.",
                100 * project->options.asks,
                project->asks_stated ? " (stated)" : " (assumed, as nothing is stated)");
  pln_doc_say(doc, NULL, PLN_SAY_NOTE,
              "Presence: each state's own rate of absence in the electorate, absences in bunches; the "
              "Assembly's, for other bodies too. A chance is given that the proposal is put to a vote, unless it says otherwise. "
              "\"Positions off\" is the chance when the stated positions err as they may (9 of 10); "
              "that is in the chance already. The Monte Carlo error is at most %.2g points.",
              100 * error_of(stage));
}

typedef struct {
  const PlnProjectItem *item;
  const PlnProjectRest *rest;
} Weight;

static int by_move(gconstpointer a, gconstpointer b) {
  const Weight *x = a, *y = b;
  if (x->rest->move != y->rest->move)
    return x->rest->move > y->rest->move ? -1 : 1;
  return (x->item->place > y->item->place) - (x->item->place < y->item->place);
}

/* The rows of all proposals that move a chance most. */
static void show_weights(PlnDoc *doc, const PlnProjectStage *stage) {
  static const PlnDocColumn columns[] = {
      {"-p", "Rests most on"}, {"-w", "Position of"}, {"-v", ""},       {"-c", "Chance"},
      {"-o", "Left out"},      {"-m", "Moved"},       {"-s", "Status"}, {NULL, NULL}};
  g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(Weight));
  for (guint k = 0; k < stage->items->len; k++) {
    const PlnProjectItem *item = pln_project_item(stage, k);
    for (guint r = 0; r < item->rests->len; r++) {
      Weight w = {item, &g_array_index(item->rests, PlnProjectRest, r)};
      g_array_append_val(all, w);
    }
  }
  g_array_sort(all, by_move);
  pln_doc_table(doc, NULL, PLN_FOR_PEOPLE, NULL, columns);
  for (guint k = 0; k < MIN(all->len, 5); k++) {
    const Weight *w = &g_array_index(all, Weight, k);
    g_autofree char *position =
        g_strdup_printf("%.0f±%.0f", w->rest->row->position, w->rest->row->sd);
    g_autofree char *chance = pln_say_percent(w->item->outcome->adopted.value);
    g_autofree char *without = pln_say_percent(w->rest->without);
    g_autofree char *down = pln_say_percent(w->rest->down), *up = pln_say_percent(w->rest->up);
    g_autofree char *moved = g_strdup_printf("%s/%s", down, up);
    pln_doc_cell(doc, pln_text(w->item->proposal->id));
    pln_doc_cell(doc, pln_text(pln_stance_name(w->rest->row)));
    pln_doc_cell(doc, pln_text(position));
    pln_doc_cell(doc, pln_text(chance));
    pln_doc_cell(doc, pln_text(without));
    pln_doc_cell(doc, pln_text(moved));
    pln_doc_cell(doc, pln_text(pln_status_words[w->rest->row->status]));
  }
}

/* ---- Whom it touches ---- */

static void say_touches(PlnDoc *doc, const PlnProject *project, const PlnProjectStage *stage) {
  guint n = 0;
  for (guint k = 0; k < stage->items->len; k++) {
    const PlnProjectItem *item = pln_project_item(stage, k);
    const PlnProposal *p = item->proposal;
    if (!shown(project, item) || !*p->touches)
      continue;
    g_autofree char *percent = pln_say_percent(item->outcome->adopted.value);
    g_autofree char *in_all = pln_say_percent(item->adopted), *put = pln_say_percent(item->put);
    g_autofree char *both = isnan(item->pressed) ? g_strdup_printf("%s", percent)
                                                 : g_strdup_printf("%s; put %s, put and adopted %s",
                                                                   percent, put, in_all);
    if (n++ == 0) {
      pln_doc_say(doc, NULL, PLN_SAY_PLAIN, "%s", "");
      pln_doc_say(doc, NULL, PLN_SAY_TITLE, "Whom it touches");
    }
    pln_doc_say(doc, NULL, PLN_SAY_NOTE, "%s (%s): %s [%s]", p->id, both, p->touches,
                *p->touches_source ? p->touches_source : "no source stated");
  }
}

/* ---- The whole ---- */

static void add_assumptions(PlnDoc *doc, const PlnProject *project) {
  const PlnProjectOptions *o = &project->options;
  pln_doc_open(doc, "assumptions");
  pln_doc_fact(doc, "asks_for_vote", pln_number(o->asks, 6));
  pln_doc_fact(doc, "asks_stated", pln_bool(project->asks_stated));
  pln_doc_fact(doc, "together", pln_number(o->together, 6));
  pln_doc_fact(doc, "turnout", pln_number(PLN_OUTLOOK_TURNOUT, 6));
  pln_doc_fact(doc, "firm", pln_number(PLN_OUTLOOK_FIRM, 6));
  pln_doc_fact(doc, "band", pln_number(PLN_OUTLOOK_BAND, 6));
  pln_doc_fact(doc, "draws", pln_int(o->draws));
  pln_doc_fact(doc, "sittings", pln_int(o->sittings));
  pln_doc_close(doc);
  add_electorate(doc, "electorate", o->electorate, project->gap);
  if (o->also)
    add_electorate(doc, "second_history", o->also, NAN);
}

static void add_stages_data(PlnDoc *doc, const PlnProject *project) {
  for (guint t = 0; t < project->stages->len; t++) {
    const PlnProjectStage *stage = pln_project_stage(project, t);
    g_autofree char *name = pln_say_stage(stage), *day = pln_day_text(stage->day);
    pln_doc_open_each(doc, "stages", name);
    pln_doc_hide(doc);
    pln_doc_text(doc, "id", name);
    pln_doc_text(doc, "body", stage->body->id);
    pln_doc_text(doc, "date", day);
    pln_doc_fact(doc, "members", pln_int(stage->roster->n));
    pln_doc_fact(doc, "meets", pln_bool(stage->meets));
    pln_doc_fact(doc, "parties_asked_for", stage->parties > 0 ? pln_int(stage->parties) : pln_none());
    pln_doc_fact(doc, "comparison", pln_bool(stage->what_if));
    pln_doc_fact(doc, "chance", pln_chance_value(stage->chance, project->options.sittings));
    pln_doc_fact(doc, "comes", pln_chance_value(stage->comes, project->options.sittings));
    pln_compose_project_package_data(doc, stage, project->options.sittings);
    pln_doc_close(doc);
  }
}

static void add_notes(PlnDoc *doc, const PlnProject *project,
                      const PlnComposeProjectOptions *options) {
  if (options->also)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE,
                "The other history is the electorate %s, in place of the first.", options->also);
  for (guint k = 0; options->notes && k < options->notes->len; k++)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE, "%s", (const char *)options->notes->pdata[k]);
  if (*project->scenario->about)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE, "About: %s", project->scenario->about);
}

static void add_people(PlnDoc *doc, const PlnProject *project,
                       const PlnComposeProjectOptions *options) {
  const PlnProjectStage *main = pln_project_main_stage(project);
  gboolean one = project->options.proposal >= 0 || main->items->len == 1;
  pln_compose_project_tables(doc, project, main);
  pln_compose_project_package(doc, project, main);
  for (guint t = 0; t < project->stages->len; t++) {
    const PlnProjectStage *stage = pln_project_stage(project, t);
    gboolean tells = !stage->what_if && stage->roster->n >= stage->parties;
    for (guint k = 0; k < stage->items->len && (one || options->full) && tells; k++)
      if (shown(project, pln_project_item(stage, k)))
        pln_compose_project_item(doc, project, stage, pln_project_item(stage, k));
  }
  pln_compose_project_stages(doc, project);
  pln_doc_say(doc, NULL, PLN_SAY_PLAIN, "%s", "");
  for (guint t = 0; t < project->stages->len; t++)
    pln_compose_project_stage(doc, pln_project_stage(project, t));
  if (!one)
    show_weights(doc, main);
  say_rests(doc, project);
  add_scale(doc, project);
  say_assumptions(doc, project);
  if (!one && !options->full)
    say_touches(doc, project, main);
}

void pln_compose_project(PlnDoc *doc, const PlnProject *project,
                         const PlnComposeProjectOptions *options) {
  add_head(doc, project);
  add_assumptions(doc, project);
  say_voted(doc, project);
  if (pln_project_main_stage(project)) {
    add_people(doc, project, options);
  } else {
    for (guint t = 0; t < project->stages->len; t++)
      pln_compose_project_stage(doc, pln_project_stage(project, t));
    add_scale(doc, project);
  }
  add_notes(doc, project, options);
  pln_compose_project_summary(doc, project);
  add_stages_data(doc, project);
  for (guint t = 0; t < project->stages->len; t++)
    for (guint k = 0; k < pln_project_stage(project, t)->items->len; k++)
      if (shown(project, pln_project_item(pln_project_stage(project, t), k)))
        pln_compose_project_data(doc, project, pln_project_stage(project, t),
                                 pln_project_item(pln_project_stage(project, t), k));
}

char *pln_compose_project_citations(const PlnProject *project) {
  g_autoptr(GPtrArray) said = g_ptr_array_new();
  for (guint t = 0; t < project->stages->len; t++) {
    const PlnProjectStage *stage = pln_project_stage(project, t);
    for (guint k = 0; k < stage->items->len; k++) {
      gpointer text = (gpointer)pln_project_item(stage, k)->rule->citation;
      if (!g_ptr_array_find_with_equal_func(said, text, g_str_equal, NULL))
        g_ptr_array_add(said, text);
    }
  }
  g_ptr_array_add(said, NULL);
  return g_strjoinv("; ", (char **)said->pdata);
}
