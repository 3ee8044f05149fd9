/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who probably voted how, where only a tally and some names are public. */
#include <math.h>
#include <string.h>

#include "plenary/compose.h"
#include "plenary/compose_reconstruct.h"

enum { K = PLN_VOTE_KINDS, LIKELIEST = 12 };

static const char *const voted[K] = {"yes", "no", "abstaining", "not voting"};

/* Two digits, never 0 nor 1: these are chances.  (transfer full) */
static char *chance_text(double chance) {
  if (chance < 0.005)
    return g_strdup("<.01");
  if (chance > 0.995)
    return g_strdup(">.99");
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  return g_strdup(g_ascii_formatd(text, sizeof text, "%.2f", chance) + 1);
}

static const PlnState *state_of(const PlnRebuiltItem *item, guint unnamed) {
  return item->proposal->roster->state[item->placing->seat[unnamed]];
}

static double chance_of(const PlnRebuiltItem *item, guint unnamed, guint kind) {
  return item->placing->given->chance[unnamed * K + kind];
}

typedef struct {
  double chance;
  guint unnamed;
} Ranked;

static int by_chance(gconstpointer a, gconstpointer b) {
  const Ranked *x = a, *y = b;
  return x->chance > y->chance ? -1 : x->chance < y->chance ? 1 : (int)x->unnamed - (int)y->unnamed;
}

/* Those not named, the likeliest of @kind first.  (transfer full) */
static Ranked *rank(const PlnRebuiltItem *item, guint kind) {
  guint n = item->placing->unnamed;
  Ranked *ranked = g_new(Ranked, n + 1);
  for (guint i = 0; i < n; i++)
    ranked[i] = (Ranked){chance_of(item, i, kind), i};
  qsort(ranked, n, sizeof *ranked, by_chance);
  return ranked;
}

static guint most_interesting(const PlnRebuiltItem *item) {
  const guint32 *left = item->placing->left; /* the smaller side of yes and no */
  return left[PLN_VOTE_Y] <= left[PLN_VOTE_N] ? PLN_VOTE_Y : PLN_VOTE_N;
}

static char *say_likeliest(const PlnRebuiltItem *item, guint kind) {
  GString *out = g_string_new(NULL);
  g_autofree Ranked *ranked = rank(item, kind);
  guint left = item->placing->left[kind], n = MIN(MIN(left, LIKELIEST), item->placing->unnamed);
  g_string_append_printf(out, "Of the %u %s%s votes on \"%s\" the likeliest are:", left,
                         item->named[kind] > 0 ? "other " : "", voted[kind], item->proposal->title);
  for (guint i = 0; i < n; i++) {
    g_autofree char *chance = chance_text(ranked[i].chance);
    g_string_append_printf(out, "%s %s %s", i > 0 ? "," : "",
                           state_of(item, ranked[i].unnamed)->code, chance);
  }
  g_string_append_c(out, '.');
  return g_string_free(out, FALSE);
}

/* How many of each kind are placed with a chance that counts as such. */
static char *say_placed(const PlnRebuiltItem *item) {
  GString *out = g_string_new("Placed with a chance above .8:");
  gboolean first = TRUE;
  for (guint k = 0; k < K; k++) {
    if (item->placing->left[k] == 0)
      continue;
    g_string_append_printf(out, "%s %u of the %u %s", first ? "" : ",", item->placed[k],
                           item->placing->left[k], voted[k]);
    first = FALSE;
  }
  g_string_append_c(out, '.');
  return g_string_free(out, FALSE);
}

static char *say_names(const PlnRebuiltItem *item) {
  GString *out = g_string_new(NULL);
  const PlnProposal *p = item->proposal;
  for (guint status = 0; status < PLN_STATUS_KINDS; status++)
    for (guint k = 0; k < K; k++) {
      gboolean first = TRUE;
      for (guint i = 0; i < p->roster->n; i++) {
        if (item->vote[i] != k || p->ballot[i].status != (PlnStatus)status)
          continue;
        if (first)
          g_string_append_printf(out, "%s%s, %s:", out->len > 0 ? "; " : "", voted[k],
                                 pln_status_words[status]);
        g_string_append_printf(out, " %s", p->roster->state[i]->code);
        first = FALSE;
      }
    }
  return g_string_free(out, FALSE);
}

/* ---- Tables ---- */

static const char *group_of(const PlnReconstruction *r, const PlnRebuiltItem *item, guint seat) {
  int group = item->group[seat];
  return group >= 0 ? ((const PlnBloc *)r->groups->pdata[group])->id : "";
}

static void add_chances(PlnDoc *doc, const double *chance) {
  for (guint k = 0; k < K; k++) {
    g_autofree char *text = chance_text(chance[k]);
    pln_doc_cell(doc, pln_text(text));
  }
}

static void add_states_text(PlnDoc *doc, const PlnReconstruction *r, const PlnRebuiltItem *item,
                            guint kind) {
  static const PlnDocColumn columns[] = {
      {"-", "State"}, {"-", "Y"},      {"-", "N"},       {"-", "A"},
      {"-", "X"},     {"-", "Untold"}, {"-", "Group's"}, {"-", "Regional group"},
      {"-", ""},      {NULL, NULL}};
  g_autofree Ranked *ranked = rank(item, kind);
  g_autofree char *caption =
      g_strdup_printf("Reconstructed: chances given the tally, by %s", voted[kind]);
  pln_doc_table(doc, NULL, PLN_FOR_PEOPLE, caption, columns);
  for (guint i = 0; i < item->placing->unnamed; i++) {
    guint at = ranked[i].unnamed, seat = item->placing->seat[at];
    g_autofree char *before = chance_text(item->placing->before[at * K + kind]);
    g_autofree char *scaled = chance_text(item->placing->scaled[at * K + kind]);
    pln_doc_cell(doc, pln_text(state_of(item, at)->code));
    add_chances(doc, item->placing->given->chance + at * K);
    pln_doc_cell(doc, pln_text(before));
    pln_doc_cell(doc, pln_text(scaled));
    pln_doc_cell(doc, pln_text(group_of(r, item, seat)));
    pln_doc_cell(doc, pln_text(state_of(item, at)->name));
  }
  pln_doc_say(doc, NULL, PLN_SAY_NOTE,
              "Untold: the chance of %s were the tally not known. Group's: by group majorities scaled to "
              "the tally.",
              voted[kind]);
}

static void add_four(PlnDoc *doc, const double *four) {
  for (guint k = 0; k < K; k++)
    pln_doc_cell(doc, four ? pln_real(four[k], 4) : pln_none());
}

/* Every member: its named vote or its chances, never both. */
static void add_states_data(PlnDoc *doc, const PlnReconstruction *r, const PlnRebuiltItem *item) {
  static const PlnDocColumn columns[] = {{"state", NULL},
                                         {"name", NULL},
                                         {"group", NULL},
                                         {"named", NULL},
                                         {"status", NULL},
                                         {"yes", NULL},
                                         {"no", NULL},
                                         {"abstain", NULL},
                                         {"not_voting", NULL},
                                         {"error_yes", NULL},
                                         {"error_no", NULL},
                                         {"error_abstain", NULL},
                                         {"error_not_voting", NULL},
                                         {"untold_yes", NULL},
                                         {"untold_no", NULL},
                                         {"untold_abstain", NULL},
                                         {"untold_not_voting", NULL},
                                         {"by_group_yes", NULL},
                                         {"by_group_no", NULL},
                                         {"by_group_abstain", NULL},
                                         {"by_group_not_voting", NULL},
                                         {NULL, NULL}};
  const PlnProposal *p = item->proposal;
  pln_doc_table(doc, "states", PLN_FOR_PROGRAMS, NULL, columns);
  for (guint i = 0, at = 0; i < p->roster->n; i++) {
    gboolean named = item->vote[i] < K;
    const PlnPlacing *x = named ? NULL : item->placing;
    pln_doc_cell(doc, pln_text(p->roster->state[i]->code));
    pln_doc_cell(doc, pln_text(p->roster->state[i]->name));
    pln_doc_cell(doc, pln_text(group_of(r, item, i)));
    pln_doc_cell(doc, named ? pln_vote_value(item->vote[i]) : pln_none());
    pln_doc_cell(doc,
                 pln_text(pln_status_words[named ? p->ballot[i].status : PLN_STATUS_RECONSTRUCTED]));
    add_four(doc, x ? x->given->chance + at * K : NULL);
    add_four(doc, x ? x->given->error + at * K : NULL);
    add_four(doc, x ? x->before + at * K : NULL);
    add_four(doc, x ? x->scaled + at * K : NULL);
    at += !named;
  }
}

static gboolean bloc_shown(const PlnRebuiltBloc *part) {
  const char *kind = part->bloc->kind;
  return strcmp(kind, "regional-group") == 0 || !*kind ||
         (part->members >= 25 && strcmp(kind, "fixed-list") != 0);
}

static void add_blocs(PlnDoc *doc, const PlnRebuiltItem *item) {
  static const PlnDocColumn people[] = {
      {"-", "Bloc"}, {"-", "Y"}, {"-", "N"}, {"-", "A"},       {"-", "X"},     {"-", "Group's Y"},
      {"-", "N"},    {"-", "A"}, {"-", "X"}, {"-", "Members"}, {"-", "Named"}, {NULL, NULL}};
  static const PlnDocColumn data[] = {{"bloc", NULL},
                                      {"name", NULL},
                                      {"members", NULL},
                                      {"named", NULL},
                                      {"yes", NULL},
                                      {"no", NULL},
                                      {"abstain", NULL},
                                      {"not_voting", NULL},
                                      {"by_group_yes", NULL},
                                      {"by_group_no", NULL},
                                      {"by_group_abstain", NULL},
                                      {"by_group_not_voting", NULL},
                                      {NULL, NULL}};
  pln_doc_table(doc, NULL, PLN_FOR_PEOPLE, "Votes expected by bloc, the named ones counted", people);
  for (guint i = 0; i < item->blocs->len; i++) {
    const PlnRebuiltBloc *part = &g_array_index(item->blocs, PlnRebuiltBloc, i);
    if (!bloc_shown(part))
      continue;
    pln_doc_cell(doc, pln_text(part->bloc->id));
    for (guint k = 0; k < K; k++)
      pln_doc_cell(doc, pln_real(part->expected[k], 1));
    for (guint k = 0; k < K; k++)
      pln_doc_cell(doc, pln_real(part->scaled[k], 1));
    pln_doc_cell(doc, pln_int(part->members));
    pln_doc_cell(doc, pln_int(part->named));
  }
  pln_doc_table(doc, "blocs", PLN_FOR_PROGRAMS, NULL, data);
  for (guint i = 0; i < item->blocs->len; i++) {
    const PlnRebuiltBloc *part = &g_array_index(item->blocs, PlnRebuiltBloc, i);
    pln_doc_cell(doc, pln_text(part->bloc->id));
    pln_doc_cell(doc, pln_text(part->bloc->name));
    pln_doc_cell(doc, pln_int(part->members));
    pln_doc_cell(doc, pln_int(part->named));
    add_four(doc, part->expected);
    add_four(doc, part->scaled);
  }
}

/* ---- What it rests on ---- */

static void say_electorate(PlnDoc *doc, const PlnReconstruction *r, const PlnRebuiltItem *item) {
  const PlnElectorate *e = r->electorate;
  g_autofree char *from = pln_day_words(e->from_day), *to = pln_day_words(e->to_day);
  if (item->gap_days >= 0)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE,
                "Electorate: sessions %d to %d, %s to %s; its last vote lies %d days (%.1f years) "
                "before this one, which widens what it says.",
                e->from_session, e->to_session, from, to, item->gap_days, item->gap);
  else
    pln_doc_say(doc, NULL, PLN_SAY_NOTE,
                "Electorate: sessions %d to %d; how long before this vote its last one lies is not "
                "known.",
                e->from_session, e->to_session);
}

static void add_rests(PlnDoc *doc, const PlnReconstruction *r, const PlnRebuiltItem *item) {
  const PlnReconstruct *x = item->placing->given;
  g_autofree char *names = say_names(item);
  if (x->effective < PLN_RECONSTRUCT_FEW)
    pln_doc_say(doc, "warning", PLN_SAY_BAD,
                "Not to be relied on: the draws are worth %.0f independent ones; the tally lies far "
                "from what the electorate expects.",
                x->effective);
  say_electorate(doc, r, item);
  pln_doc_say(doc, NULL, PLN_SAY_NOTE, "Named votes, which are kept: %s.", *names ? names : "none");
  for (guint i = 0; i < item->left_out->len; i++)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE, "Left out, as asked: the vote named for %s.",
                ((const PlnState *)item->left_out->pdata[i])->name);
  pln_doc_say(doc, NULL, PLN_SAY_NOTE,
              "Assumed: each member is absent as often as in the electorate's votes, whatever the body "
              "and the question; members that it does not know (%u) have the mean of the others.",
              item->placing->unknown);
  pln_doc_say(doc, NULL, PLN_SAY_NOTE,
              "%u weighted draws, worth %.0f independent ones; largest standard error of a chance "
              "%.3f; the chances add up to the tally.",
              x->draws, x->effective, x->worst);
}

static void add_numbers(PlnDoc *doc, const PlnReconstruction *r, const PlnRebuiltItem *item) {
  static const char *const keys[K] = {"yes", "no", "abstain", "not_voting"};
  const PlnReconstruct *x = item->placing->given;
  pln_doc_open(doc, "rests_on");
  pln_doc_fact(doc, "electorate_from_session", pln_int(r->electorate->from_session));
  pln_doc_fact(doc, "electorate_to_session", pln_int(r->electorate->to_session));
  g_autofree char *to = pln_day_text(r->electorate->to_day);
  pln_doc_fact(doc, "electorate_to", pln_text(to));
  pln_doc_fact(doc, "gap_days", item->gap_days >= 0 ? pln_int(item->gap_days) : pln_none());
  pln_doc_fact(doc, "named", pln_int(item->names));
  pln_doc_fact(doc, "weakest_named", pln_text(pln_status_words[item->weakest]));
  pln_doc_fact(doc, "draws", pln_int(x->draws));
  pln_doc_fact(doc, "effective_draws", pln_real(x->effective, 1));
  pln_doc_fact(doc, "largest_error", pln_real(x->worst, 4));
  pln_doc_fact(doc, "log_chance_of_the_tally", pln_number(x->log, 6));
  pln_doc_fact(doc, "unknown_to_the_electorate", pln_int(item->placing->unknown));
  pln_doc_close(doc);
  const char *const parts[] = {"tally", "left", "placed"};
  for (guint part = 0; part < G_N_ELEMENTS(parts); part++) {
    pln_doc_open(doc, parts[part]);
    for (guint k = 0; k < K; k++)
      pln_doc_fact(doc, keys[k],
                   pln_int(part == 0   ? item->placing->left[k] + item->named[k]
                           : part == 1 ? item->placing->left[k]
                                       : item->placed[k]));
    pln_doc_close(doc);
  }
}

/* ---- Proposals ---- */

static void add_rebuilt(PlnDoc *doc, const PlnReconstruction *r, const PlnRebuiltItem *item) {
  guint kind = most_interesting(item);
  const guint32 *left = item->placing->left;
  g_autofree char *likeliest = say_likeliest(item, kind), *placed = say_placed(item);
  pln_doc_say(doc, "answer", PLN_SAY_LEAD, "%s", likeliest);
  pln_doc_say(doc, NULL, PLN_SAY_PLAIN, "%s", placed);
  if (item->placing->unknown > item->placing->unnamed / 2)
    pln_doc_say(doc, NULL, PLN_SAY_BAD,
                "The electorate knows less than half of those not named: most chances are shares.");
  pln_doc_say(doc, NULL, PLN_SAY_PLAIN,
              "Tally: %u yes, %u no, %u abstaining, %u not voting; named: %u. Everything below is "
              "reconstructed, not recorded.",
              left[PLN_VOTE_Y] + item->named[PLN_VOTE_Y],
              left[PLN_VOTE_N] + item->named[PLN_VOTE_N], left[PLN_VOTE_A] + item->named[PLN_VOTE_A],
              left[PLN_VOTE_X] + item->named[PLN_VOTE_X], item->names);
  add_numbers(doc, r, item);
  add_blocs(doc, item);
  add_states_text(doc, r, item, kind);
  add_states_data(doc, r, item);
  add_rests(doc, r, item);
}

/* Of which no more is known than of the one before. */
static gboolean says_no_more(const PlnReconstruction *r, guint at) {
  if (at == 0)
    return FALSE;
  const PlnRebuiltItem *item = pln_reconstruction_item(r, at);
  const PlnRebuiltItem *before = pln_reconstruction_item(r, at - 1);
  return item->kind == PLN_REBUILT_UNTOLD && before->kind == PLN_REBUILT_UNTOLD &&
         memcmp(item->projected, before->projected, sizeof item->projected) == 0;
}

/* What the electorate made of the one with a tally, beside what that came to. */
static void say_like(PlnDoc *doc, const PlnReconstruction *r, const PlnRebuiltItem *item) {
  const PlnProposal *like = pln_scenario_proposal(r->scenario, (guint)item->like);
  const double *e = item->projected;
  const gint64 *t = like->total;
  pln_doc_say(
      doc, NULL, PLN_SAY_PLAIN,
      "Projection only, never a reconstruction: voted as %s was (assumed), about %d yes, %d no, "
      "%d abstaining. The electorate by itself, told no more than whom the press named there, "
      "expected %.0f yes, %.0f no, %.0f abstaining of that one: it has seen few votes like "
      "these, and says little of them.",
      like->id, (int)t[PLN_VOTE_Y], (int)t[PLN_VOTE_N], (int)t[PLN_VOTE_A], e[PLN_VOTE_Y],
      e[PLN_VOTE_N], e[PLN_VOTE_A]);
}

static void say_untold(PlnDoc *doc, const PlnReconstruction *r, guint at) {
  const PlnRebuiltItem *item = pln_reconstruction_item(r, at);
  g_autoptr(GString) ids = g_string_new(item->proposal->id);
  const double *e = item->projected;
  if (says_no_more(r, at))
    return;
  for (guint k = at + 1; k < r->items->len && says_no_more(r, k); k++)
    g_string_append_printf(ids, ", %s", pln_reconstruction_item(r, k)->proposal->id);
  pln_doc_say(doc, NULL, PLN_SAY_PLAIN, "%s", "");
  pln_doc_say(doc, NULL, PLN_SAY_TITLE, "%s", ids->str);
  pln_doc_say(doc, NULL, PLN_SAY_LEAD, "Not reconstructed: no tally is on record.");
  if (item->like >= 0)
    say_like(doc, r, item);
  else
    pln_doc_say(doc, NULL, PLN_SAY_PLAIN,
                "Projection only, never a reconstruction: %.0f yes, %.0f no, %.0f abstaining, %.0f not "
                "voting is what the electorate expects of a question of which %s is known. What came "
                "of the vote is not used.",
                e[PLN_VOTE_Y], e[PLN_VOTE_N], e[PLN_VOTE_A], e[PLN_VOTE_X],
                item->names > 0 ? "no more than the named votes" : "nothing");
}

static void add_untold(PlnDoc *doc, const PlnReconstruction *r, const PlnRebuiltItem *item) {
  static const char *const keys[K] = {"yes", "no", "abstain", "not_voting"};
  pln_doc_fact(doc, "answer", pln_text("not reconstructed: no tally is on record"));
  pln_doc_open(doc, "projection"); /* by the electorate, the tally of the like one not known */
  for (guint k = 0; k < K; k++)
    pln_doc_fact(doc, keys[k], pln_real(item->projected[k], 1));
  if (item->like >= 0) {
    const PlnProposal *like = pln_scenario_proposal(r->scenario, (guint)item->like);
    pln_doc_fact(doc, "like", pln_text(like->id));
    for (guint k = 0; k < PLN_VOTE_X; k++) {
      g_autofree char *key = g_strdup_printf("like_%s", keys[k]);
      pln_doc_fact(doc, key, pln_int(like->total[k]));
    }
  }
  pln_doc_close(doc);
}

static void add_item(PlnDoc *doc, const PlnReconstruction *r, guint at) {
  const PlnRebuiltItem *item = pln_reconstruction_item(r, at);
  const PlnProposal *p = item->proposal;
  gboolean rebuilt = item->kind == PLN_REBUILT;
  if (item->kind == PLN_REBUILT_UNTOLD)
    say_untold(doc, r, at);
  pln_doc_open_each(doc, "proposals", p->id);
  pln_doc_fact(doc, "id", pln_text(p->id));
  pln_doc_fact(doc, "title", pln_text(p->title));
  pln_doc_fact(doc, "kind", pln_text(pln_rebuilt_words[item->kind]));
  pln_doc_fact(doc, "status",
               pln_text(pln_status_words[rebuilt ? PLN_STATUS_RECONSTRUCTED : p->status]));
  if (rebuilt)
    add_rebuilt(doc, r, item);
  else if (item->kind == PLN_REBUILT_UNTOLD)
    add_untold(doc, r, item);
  else
    pln_doc_say(doc, "answer", PLN_SAY_PLAIN, "%s: %s", p->title,
                item->kind == PLN_REBUILT_COMPLETE
                    ? "every vote is on record: there is nothing to reconstruct."
                    : "no vote is on record: there is nothing to reconstruct.");
  pln_doc_close(doc);
}

void pln_compose_reconstruction(PlnDoc *doc, const PlnReconstruction *r) {
  pln_doc_fact(doc, "format", pln_text("plenary-reconstruct/1"));
  pln_doc_say(doc, "title", PLN_SAY_TITLE, "%s", r->scenario->title);
  for (guint i = 0; i < r->items->len; i++)
    add_item(doc, r, i);
}
