/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Role cards: before the vote what a delegation may know, after it what it did. */
#include <string.h>

#include "plenary/compose.h"
#include "plenary/compose_kit.h"
#include "plenary/html.h"

static const char *const voted[] = {"Yes", "No", "Abstained", "Did not vote"};

/* Names of members; @vote: of those alone that voted so, by @ballots; or PLN_VOTE_KINDS: of all. */
static char *names(const PlnKit *kit, const GArray *seats, PlnVote vote, const PlnBallot *ballots) {
  const PlnRoster *roster = kit->item->proposal->roster;
  g_autoptr(GPtrArray) all = g_ptr_array_new();
  for (guint i = 0; i < seats->len; i++) {
    guint seat = g_array_index(seats, guint, i);
    if (vote == PLN_VOTE_KINDS || ballots[seat].vote == vote)
      g_ptr_array_add(all, (gpointer)roster->state[seat]->name);
  }
  return pln_kit_join(all);
}

/* In rows that are not torn between pages. */
static void each_card(GString *out, const PlnKit *kit, guint a_row,
                      void (*card)(GString *, const PlnKit *, const PlnKitDelegation *)) {
  static const char *const rows[] = {"", "row one", "row two", "row three"};
  for (guint i = 0; i < kit->delegations->len; i++) {
    if (i % a_row == 0)
      pln_html_open(out, "div", "class", rows[a_row], NULL);
    pln_html_open(out, "article", "class", "card", NULL);
    card(out, kit, pln_kit_delegation(kit, i));
    pln_html_close(out, "article");
    if (i % a_row == a_row - 1 || i + 1 == kit->delegations->len)
      pln_html_close(out, "div");
  }
}

static void write_head(GString *out, const PlnKit *kit, const PlnKitDelegation *d) {
  g_autofree char *votes = pln_kit_votes(d), *all = names(kit, d->seats, PLN_VOTE_KINDS, NULL);
  g_string_append(out, "<div class=\"head\">");
  pln_html_element(out, "h3", d->name, NULL);
  pln_html_element(out, "p", votes, "class", "votes", NULL);
  g_string_append(out, "</div>\n");
  if (d->seats->len > 1)
    pln_kit_say(out, "p", "members", "You speak for: %s.", all);
  if (d->vetoes > 0)
    pln_kit_say(out, "p", NULL, "%u of your votes can veto: a no from it rejects the proposal.",
                d->vetoes);
  if (kit->item->rule->rule.weighted)
    pln_kit_say(out, "p", NULL, "In the second count you weigh %" G_GUINT64_FORMAT ".", d->weight);
}

static void write_sponsors(GString *out, const PlnKit *kit, const PlnKitDelegation *d) {
  const PlnProposal *p = kit->item->proposal;
  gboolean text =
      p->kind == PLN_KIND_TEXT || p->kind == PLN_KIND_AMENDMENT || p->kind == PLN_KIND_WHOLE;
  if (d->sponsors->len == 0)
    return;
  g_autofree char *who = names(kit, d->sponsors, PLN_VOTE_KINDS, NULL);
  g_string_append(out, "<li>");
  pln_html_text(out, d->seats->len == 1 ? "You" : who);
  pln_html_text(out, text ? " put this proposal forward. " : " asked for this vote. ");
  pln_kit_source(out, p->status, p->source);
  g_string_append(out, "</li>\n");
}

static char *counted(const guint32 count[PLN_VOTE_KINDS], guint unknown) {
  static const char *const words[] = {"yes", "no", "abstaining", "not voting"};
  GString *out = g_string_new(NULL);
  for (PlnVote k = 0; k < PLN_VOTE_KINDS; k++)
    if (count[k] > 0)
      g_string_append_printf(out, "%s%u %s", out->len > 0 ? ", " : "", count[k], words[k]);
  if (unknown > 0)
    g_string_append_printf(out, "%s%u not on record", out->len > 0 ? ", " : "", unknown);
  return g_string_free(out, FALSE);
}

static PlnVote only_vote(const PlnKitDelegation *d, const PlnBallot *ballots) {
  return ballots[g_array_index(d->seats, guint, 0)].vote;
}

/* The source that all of these votes have: said once for the page.  "": there is none. */
static const char *page_source(const PlnKit *kit, const PlnBallot *ballots) {
  const char *source = NULL;
  for (guint i = 0; i < kit->item->proposal->roster->n; i++) {
    if (ballots[i].vote == PLN_VOTE_UNKNOWN)
      continue;
    if (source && strcmp(source, ballots[i].source) != 0)
      return "";
    source = ballots[i].source;
  }
  return source ? source : "";
}

/* What the members' votes rest on: the weakest status, and their sources, each once.
 * @said: the source that stands on the page already */
static void write_vote_source(GString *out, const PlnKitDelegation *d, const PlnBallot *ballots,
                              const char *said) {
  PlnStatus weakest = PLN_STATUS_VERIFIED;
  g_autoptr(GPtrArray) sources = g_ptr_array_new();
  gboolean any = FALSE;
  for (guint i = 0; i < d->seats->len; i++) {
    const PlnBallot *ballot = &ballots[g_array_index(d->seats, guint, i)];
    if (ballot->vote == PLN_VOTE_UNKNOWN)
      continue;
    any = TRUE;
    weakest = MAX(weakest, ballot->status);
    if (*ballot->source && strcmp(ballot->source, said) != 0 &&
        !g_ptr_array_find_with_equal_func(sources, ballot->source, g_str_equal, NULL))
      g_ptr_array_add(sources, (gpointer)ballot->source);
  }
  g_ptr_array_add(sources, NULL);
  g_autofree char *all = g_strjoinv("; ", (char **)sources->pdata);
  if (any)
    pln_kit_source(out, weakest, all);
}

/* @said: the source that stands on the page already */
static void write_earlier(GString *out, const PlnKit *kit, const PlnKitDelegation *d,
                          const char *said) {
  if (!*kit->earlier || d->unknown_before == d->seats->len)
    return;
  g_autofree char *day = pln_day_words(kit->earlier_day);
  g_autofree char *count = counted(d->before.count, d->unknown_before);
  g_string_append(out, "<li>");
  if (d->seats->len == 1)
    pln_kit_say(out, "span", NULL, "The last related vote, %s of %s: you %s. ", kit->earlier, day,
                (const char *[]){"voted yes", "voted no", "abstained",
                                 "did not vote"}[only_vote(d, kit->before)]);
  else
    pln_kit_say(out, "span", NULL, "The last related vote, %s of %s: your members: %s. ",
                kit->earlier, day, count);
  write_vote_source(out, d, kit->before, said);
  g_string_append(out, "</li>\n");
}

static void write_statements(GString *out, const PlnKit *kit, const PlnKitDelegation *d,
                             gboolean before) {
  static const char *const words[] = {"Explaining its vote", "Dissociating itself",
                                      "As a reservation", "In debate"};
  for (guint i = 0; i < d->statements->len; i++) {
    guint at = g_array_index(d->statements, guint, i);
    const PlnStatement *s = &g_array_index(kit->scenario->statements, PlnStatement, at);
    if (pln_kit_said_before(kit, s) != before)
      continue;
    const PlnState *state = pln_world_state(kit->scenario->world, s->state);
    g_autofree char *day = pln_day_words(s->day);
    g_string_append(out, "<li>");
    pln_kit_say(out, "span", NULL, "%s, %s%s%s: \"%s\" ", state ? state->name : s->state,
                words[s->kind], *day ? ", " : "", day, s->summary);
    pln_kit_source(out, s->status, s->source);
    g_string_append(out, "</li>\n");
  }
}

/* 0 firm opposition … 100 firm support; on an issue's own scale the number alone. */
static char *position_words(const PlnProposal *p, double position) {
  static const char *const words[] = {"firmly against", "leaning against", "undecided",
                                      "leaning for", "firmly for"};
  if (p->at >= 0)
    return g_strdup_printf("at %.0f of 100 on the issue's scale (the proposal lies at %.0f)",
                           position, p->at);
  return g_strdup_printf("%s (%.0f of 100)", words[MIN((int)(position / 20), 4)], position);
}

static void write_stances(GString *out, const PlnKit *kit, const PlnKitDelegation *d) {
  for (guint i = 0; i < d->stances->len; i++) {
    const PlnKitStance *stance = &g_array_index(d->stances, PlnKitStance, i);
    const PlnStance *row = stance->row;
    g_autofree char *where = position_words(kit->item->proposal, row->position);
    g_autofree char *whose =
        row->state  ? g_strdup_printf("%s is", row->state->name)
        : row->bloc ? g_strdup_printf("\"%s\", to which %u of you belong%s, is", row->bloc->name,
                                      stance->members, stance->members == 1 ? "s" : "")
                    : g_strdup("Everybody is");
    g_string_append(out, "<li>");
    pln_kit_say(out, "span", NULL, "%s %s to be %s. ", whose,
                row->status == PLN_STATUS_INFERRED ? "taken" : "said", where);
    pln_kit_source(out, row->status, row->source);
    g_string_append(out, "</li>\n");
  }
}

/* Where nothing is on record that is said, and becomes a question to find out. */
static void write_unknown(GString *out, const PlnKit *kit, const PlnKitDelegation *d) {
  gboolean silent = d->statements->len == 0 && d->stances->len == 0, one = d->seats->len == 1;
  const PlnRoster *roster = kit->item->proposal->roster;
  const PlnState *first = roster->state[g_array_index(d->seats, guint, 0)];
  const char *record = "The public record that this card rests on holds no statement of yours on "
                       "this matter.";
  if (!silent && d->unstated == 0)
    return;
  if (silent && pln_kit_is_made_up(first))
    pln_html_element(out, "p", "You have said nothing on it yet. Decide what you stand for.", NULL);
  else if (silent && one)
    pln_kit_say(out, "p", NULL,
                "%s Find out: have you spoken on it elsewhere, and what would it change at home?",
                record);
  else if (silent)
    pln_kit_say(out, "p", NULL,
                "%s Find out: do your members want the same? Who would gain, who would lose?",
                record);
  else if (one)
    pln_html_element(out, "p", "Beyond that the record holds no position of yours.", NULL);
  else
    pln_html_element(out, "p", "Of your other members nothing is on record. Find out what they want.",
                     NULL);
}

static void front(GString *out, const PlnKit *kit, const PlnKitDelegation *d) {
  gboolean full = d->stances->len + d->statements->len > 2; /* still half a page */
  write_head(out, kit, d);
  gsize at = out->len;
  g_string_append(out, "<h4>On record</h4>\n<ul>\n");
  gsize empty = out->len;
  write_sponsors(out, kit, d);
  write_earlier(out, kit, d, "");
  write_statements(out, kit, d, TRUE);
  write_stances(out, kit, d);
  if (out->len == empty)
    g_string_truncate(out, at);
  else
    g_string_append(out, "</ul>\n");
  write_unknown(out, kit, d);
  g_string_append(out, "<h4>What we want, and what we cannot accept</h4>\n");
  pln_kit_lines(out, full ? 2 : 3);
  g_string_append(out, "<h4>Whom we must talk to</h4>\n");
  pln_kit_lines(out, kit->states || full ? 1 : 2);
}

void pln_kit_cards(GString *out, const PlnKit *kit, const PlnClassroom *classroom) {
  (void)classroom;
  pln_html_element(
      out, "p",
      "Cut along the dashed lines. How the delegation voted in the end is not on these cards.",
      "class", "note", NULL);
  each_card(out, kit, kit->states ? 2 : 1, front);
}

/* One line a vote, the members by name. */
static void write_record(GString *out, const PlnKit *kit, const PlnKitDelegation *d) {
  if (d->seats->len == 1) {
    PlnVote vote = only_vote(d, kit->now);
    pln_html_element(out, "p", vote < PLN_VOTE_KINDS ? voted[vote] : "Its vote is not on record",
                     "class", "did", NULL);
    return;
  }
  g_autofree char *count = counted(d->record.count, d->unknown);
  pln_html_element(out, "p", count, "class", "did", NULL);
  for (PlnVote k = 0; k < PLN_VOTE_KINDS; k++)
    if (d->record.count[k] > 0) {
      g_autofree char *who = names(kit, d->seats, k, kit->now);
      pln_kit_say(out, "p", "members", "%s: %s.", voted[k], who);
    }
}

static void write_broke(GString *out, const PlnKit *kit, const PlnKitDelegation *d) {
  const PlnProposal *p = kit->item->proposal;
  g_autoptr(GPtrArray) all = g_ptr_array_new();
  if (d->unknown > 0 || d->seats->len < 2 || d->record.line == PLN_VOTE_UNKNOWN)
    return;
  for (guint i = 0; i < d->seats->len; i++) {
    guint seat = g_array_index(d->seats, guint, i);
    if (pln_cohesion_breaks(d->record.line, kit->now[seat].vote))
      g_ptr_array_add(all, (gpointer)p->roster->state[seat]->name);
  }
  g_autofree char *who = pln_kit_join(all);
  if (*who)
    pln_kit_say(out, "p", NULL, "Broke ranks: %s.", who);
}

static void back(GString *out, const PlnKit *kit, const PlnKitDelegation *d) {
  g_string_append(out, "<div class=\"head\">");
  pln_html_element(out, "h3", d->name, NULL);
  g_string_append(out, "</div>\n");
  write_record(out, kit, d);
  write_broke(out, kit, d);
  g_string_append(out, "<p>");
  write_vote_source(out, d, kit->now, page_source(kit, kit->now));
  g_string_append(out, "</p>\n");
  gsize at = out->len;
  g_string_append(out, "<ul>\n");
  gsize empty = out->len;
  write_earlier(out, kit, d, page_source(kit, kit->before));
  write_statements(out, kit, d, FALSE);
  if (out->len == empty)
    g_string_truncate(out, at);
  else
    g_string_append(out, "</ul>\n");
}

void pln_kit_after(GString *out, const PlnKit *kit, const PlnClassroom *classroom) {
  g_autofree char *day = pln_day_words(kit->item->proposal->day), *title = pln_kit_title(kit);
  (void)classroom;
  pln_kit_say(out, "p", "note", "Keep these back until the class has voted. %s, %s.", title, day);
  if (*page_source(kit, kit->now))
    pln_kit_say(out, "p", "source", "Source of the votes: %s.", page_source(kit, kit->now));
  if (*page_source(kit, kit->before))
    pln_kit_say(out, "p", "source", "Source of the votes on %s: %s.", kit->earlier,
                page_source(kit, kit->before));
  pln_html_open(out, "div", "class", "backs", NULL);
  each_card(out, kit, kit->states ? 3 : 1, back);
  pln_html_close(out, "div");
}
