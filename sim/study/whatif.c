/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/whatif.h"

#include <string.h>

#include "plenary/asked.h"
#include "plenary/cohesion.h"
#include "plenary/error.h"
#include "plenary/text.h"

PlnWhatIf *pln_whatif_new(void) {
  PlnWhatIf *w = g_new0(PlnWhatIf, 1);
  w->abstain_as = w->absent_vote = PLN_VOTE_UNKNOWN;
  w->edits = g_array_new(FALSE, FALSE, sizeof(PlnEdit));
  return w;
}

void pln_whatif_free(PlnWhatIf *w) {
  if (!w)
    return;
  g_array_unref(w->edits);
  g_free(w);
}

gboolean pln_whatif_any(const PlnWhatIf *w) {
  return w->rule || w->abstain_as != PLN_VOTE_UNKNOWN || w->absent != PLN_ABSENT_AS_RECORDED ||
         w->edits->len > 0;
}

static const char all[] = "ALL";

static gboolean find_who(const PlnScenario *s, const char *text, const char **who,
                         GError **error) {
  const PlnState *state = pln_world_state(s->world, text);
  const PlnBloc *bloc = pln_world_bloc(s->world, text);
  *who = strcmp(text, all) == 0 ? all : state ? state->code : bloc ? bloc->id : NULL;
  if (*who)
    return TRUE;
  g_autoptr(GPtrArray) names = g_ptr_array_new();
  g_ptr_array_add(names, (gpointer)all);
  pln_asked_add_names(names, pln_world_states(s->world));
  pln_asked_add_names(names, pln_world_blocs(s->world));
  g_ptr_array_add(names, NULL);
  return pln_asked_refuse(error, "unknown state or bloc", text,
                "an alpha-3 code, a bloc (`plenary blocs` lists them) or ALL",
                (const char *const *)names->pdata);
}

static gboolean find_vote(const char *text, PlnVote *vote, GError **error) {
  static const char letters[] = "YNAX";
  const char *found = *text && !text[1] ? strchr(letters, *text) : NULL;
  if (!found)
    return pln_asked_refuse(error, "unknown vote", text, "Y, N, A or X", NULL);
  *vote = (PlnVote)(found - letters);
  return TRUE;
}

gboolean pln_whatif_set(PlnWhatIf *w, const PlnScenario *s, const char *text, GError **error) {
  PlnEdit edit = {.proposal = -1};
  g_autofree char *left = g_strdup(text);
  char *equals = strrchr(left, '=');
  if (!equals || equals == left)
    return pln_asked_refuse(error, "unreadable edit", text, "such as RUS=N, EU27=A or ALL=X", NULL);
  *equals = '\0';
  const char *who = left;
  char *colon = strchr(left, ':');
  if (colon) {
    *colon = '\0';
    who = colon + 1;
    if (!pln_asked_proposal(s, left, &edit.proposal, error))
      return FALSE;
  }
  if (!find_who(s, who, &edit.who, error) || !find_vote(equals + 1, &edit.vote, error))
    return FALSE;
  g_array_append_val(w->edits, edit);
  return TRUE;
}

gboolean pln_whatif_rule(PlnWhatIf *w, const PlnScenario *s, const char *rule, GError **error) {
  w->rule = pln_asked_rule(s, rule, error);
  return w->rule != NULL;
}

gboolean pln_whatif_abstain_as(PlnWhatIf *w, const char *as, GError **error) {
  static const char *const words[] = {"yes", "no", "absent", NULL};
  static const PlnVote votes[] = {PLN_VOTE_Y, PLN_VOTE_N, PLN_VOTE_X};
  for (int i = 0; words[i]; i++)
    if (strcmp(as, words[i]) == 0) {
      w->abstain_as = votes[i];
      return TRUE;
    }
  return pln_asked_refuse(error, "unknown --abstain-as", as, "yes, no or absent", words);
}

gboolean pln_whatif_absent(PlnWhatIf *w, const char *as, GError **error) {
  static const char *const words[] = {"yes", "no", "abstain", "vote-with-bloc", NULL};
  for (int i = 0; words[i]; i++)
    if (strcmp(as, words[i]) == 0) {
      w->absent = i == 3 ? PLN_ABSENT_WITH_BLOC : PLN_ABSENT_VOTE;
      w->absent_vote = i == 3 ? PLN_VOTE_UNKNOWN : (PlnVote)i;
      return TRUE;
    }
  return pln_asked_refuse(error, "unknown --absent", as, "yes, no, abstain or vote-with-bloc", words);
}

/* Whoever joins its group's line makes it the firmer: the lines stay those of the record. */
static void vote_with_bloc(const PlnRoster *roster, PlnVote *vote) {
  guint n = roster->n;
  g_autofree guint8 *in = g_new(guint8, n + 1);
  for (guint i = 0; i < n; i++) {
    if (vote[i] != PLN_VOTE_X || !*roster->state[i]->group)
      continue;
    for (guint j = 0; j < n; j++)
      in[j] = strcmp(roster->state[j]->group, roster->state[i]->group) == 0;
    PlnCohesion c = pln_cohesion(vote, in, n);
    if (c.line != PLN_VOTE_UNKNOWN)
      vote[i] = c.line;
  }
}

static void move_all(PlnVote from, PlnVote to, PlnVote *vote, guint n,
                     guint32 unnamed[PLN_VOTE_KINDS]) {
  for (guint i = 0; i < n; i++)
    if (vote[i] == from)
      vote[i] = to;
  guint32 moved = unnamed[from];
  unnamed[from] -= moved;
  unnamed[to] += moved;
}

/* Marks the members that the edit means.  Returns: how many they are */
static guint mark_meant(const PlnEdit *edit, const PlnScenario *s, const PlnRoster *roster,
                        guint8 *in) {
  if (strcmp(edit->who, all) == 0) {
    memset(in, 1, roster->n);
    return roster->n;
  }
  if (!pln_world_state(s->world, edit->who))
    return pln_roster_mark(roster, s->world, pln_world_bloc(s->world, edit->who), in);
  int seat = pln_roster_find(roster, edit->who);
  if (seat < 0)
    return 0;
  in[seat] = 1;
  return 1;
}

static gboolean apply_edit(const PlnEdit *edit, const PlnScenario *s, const PlnProposal *p,
                           PlnVote *vote, GError **error) {
  const PlnRoster *roster = p->roster;
  char letter = "YNAX"[edit->vote];
  g_autofree guint8 *in = g_new0(guint8, roster->n + 1);
  if (mark_meant(edit, s, roster, in) == 0) {
    g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE,
                "%s=%c on %s: %s had no vote there; expected a member of the body on that day",
                edit->who, letter, p->id, edit->who);
    return FALSE;
  }
  for (guint i = 0; i < roster->n; i++) {
    if (!in[i])
      continue;
    if (vote[i] == PLN_VOTE_UNKNOWN) {
      g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE,
                  "%s=%c on %s: how %s voted is not public, so there is nothing to take its vote "
                  "from; expected a state whose vote the record names",
                  edit->who, letter, p->id, roster->state[i]->code);
      return FALSE;
    }
    vote[i] = edit->vote;
  }
  return TRUE;
}

/* Who is not named has no group to vote with. */
static gboolean absent_with_bloc(const PlnProposal *p, PlnVote *vote,
                                 const guint32 unnamed[PLN_VOTE_KINDS], GError **error) {
  if (unnamed[PLN_VOTE_X] > 0) {
    g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE,
                "--absent vote-with-bloc on %s: who did not vote is not public; expected a record "
                "that names them",
                p->id);
    return FALSE;
  }
  vote_with_bloc(p->roster, vote);
  return TRUE;
}

gboolean pln_whatif_apply(const PlnWhatIf *w, const PlnScenario *s, guint place, PlnVote *vote,
                          guint32 unnamed[PLN_VOTE_KINDS], GError **error) {
  const PlnProposal *p = pln_scenario_proposal(s, place);
  if (w->absent == PLN_ABSENT_WITH_BLOC && !absent_with_bloc(p, vote, unnamed, error))
    return FALSE;
  if (w->absent == PLN_ABSENT_VOTE)
    move_all(PLN_VOTE_X, w->absent_vote, vote, p->roster->n, unnamed);
  if (w->abstain_as != PLN_VOTE_UNKNOWN)
    move_all(PLN_VOTE_A, w->abstain_as, vote, p->roster->n, unnamed);
  for (guint i = 0; i < w->edits->len; i++) {
    const PlnEdit *edit = &g_array_index(w->edits, PlnEdit, i);
    if ((edit->proposal < 0 || (guint)edit->proposal == place) &&
        !apply_edit(edit, s, p, vote, error))
      return FALSE;
  }
  return TRUE;
}
