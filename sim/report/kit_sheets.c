/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is written on: ballots, slips for amendments, the sheet to tally by hand. */
#include <string.h>

#include "plenary/compose_kit.h"
#include "plenary/html.h"

static void ballot(GString *out, const PlnKit *kit, const PlnKitDelegation *d) {
  g_autofree char *votes = pln_kit_votes(d);
  pln_html_open(out, "article", "class", "ballot", NULL);
  g_string_append(out, "<div class=\"head\">");
  pln_html_element(out, "h3", d->name, NULL);
  pln_html_element(out, "p", votes, "class", "votes", NULL);
  g_string_append(out, "</div>\n");
  g_string_append(out, "<p class=\"on\">On: ____________________</p>\n<p class=\"choices\">"
                       "<span class=\"tick\"></span> Yes <span class=\"tick\"></span> No "
                       "<span class=\"tick\"></span> Abstain</p>\n");
  pln_html_close(out, "article");
  (void)kit;
}

void pln_kit_ballots(GString *out, const PlnKit *kit, const PlnClassroom *classroom) {
  guint sets = kit->delegations->len > 12 ? 1 : 2;
  (void)classroom;
  pln_kit_say(
      out, "p", "note",
      "One for each delegation and vote: %s. One tick; a ballot without one did not vote. By Model UN rules, "
      "strike \"Abstain\" on the ballots of those that answered \"present and voting\".",
      sets == 1 ? "print this set once for every vote" : "here are two sets");
  for (guint set = 0, place = 0; set < sets; set++)
    for (guint i = 0; i < kit->delegations->len; i++, place++) {
      gboolean last = set + 1 == sets && i + 1 == kit->delegations->len;
      if (place % 3 == 0)
        pln_html_open(out, "div", "class", "row three", NULL);
      ballot(out, kit, pln_kit_delegation(kit, i));
      if (place % 3 == 2 || last)
        pln_html_close(out, "div");
    }
}

static void slip(GString *out, const char *title, const char *words) {
  pln_html_open(out, "article", "class", "slip", NULL);
  pln_html_element(out, "h3", title, NULL);
  if (words)
    pln_html_element(out, "p", words, NULL);
  else
    g_string_append(
        out,
        "<p>Delegation: __________________________</p>\n<p>Supported by: _______________________</p>\n"
        "<p><span class=\"tick\"></span> add <span class=\"tick\"></span> strike "
        "<span class=\"tick\"></span> replace, in these words:</p>\n");
  pln_kit_lines(out, words ? 1 : 4);
  g_string_append(out,
                  "<p>So that: ____________________________</p>\n"
                  "<p class=\"chair\">Chair: no. ___ \xc2\xb7 yes ___ no ___ abstain ___<br>"
                  "<span class=\"tick\"></span> adopted <span class=\"tick\"></span> rejected</p>\n");
  pln_html_close(out, "article");
}

void pln_kit_slips(GString *out, const PlnKit *kit, const PlnClassroom *classroom) {
  guint ready = kit->amendments->len, all = MAX(6, (ready + 3) / 2 * 2);
  (void)classroom;
  pln_kit_say(out, "p", "note", "Write one change a slip and hand it to the chair.%s",
              ready > 0 ? " The first ones are changes that were really put." : "");
  for (guint i = 0; i < all; i++) {
    if (i % 2 == 0)
      pln_html_open(out, "div", "class", "row two", NULL);
    if (i < ready) {
      const PlnProposal *p =
          pln_scenario_proposal(kit->scenario, g_array_index(kit->amendments, guint, i));
      g_autofree char *question = pln_proposal_question(p);
      slip(out, p->title, question);
    } else
      slip(out, "Amendment", NULL);
    if (i % 2 == 1)
      pln_html_close(out, "div");
  }
}

static guint32 votes_of(const PlnKit *kit) {
  guint32 votes = 0;
  for (guint i = 0; i < kit->delegations->len; i++)
    votes += pln_kit_delegation(kit, i)->seats->len;
  return votes;
}

/* In plain words what the count at the top of the table is of. */
static const char *base_words(const PlnRule *rule) {
  if (rule->basis == PLN_BASIS_PRESENT || rule->abstain != PLN_COUNT_AS_IS)
    return "yes + no + abstaining";
  return "yes + no";
}

static gboolean base_is_fixed(const PlnRule *rule) {
  return rule->basis == PLN_BASIS_MEMBERS || rule->absent != PLN_COUNT_AS_IS;
}

static void write_rows(GString *out, const PlnKit *kit) {
  pln_html_open(out, "div", "class", "scroll", "tabindex", "0", "role", "region", "aria-label",
                "Tally, delegation by delegation", NULL);
  g_string_append_printf(out, "<table class=\"tally%s\">", kit->delegations->len > 12 ? " many" : "");
  g_string_append(
      out,
      "<thead><tr><th scope=\"col\" rowspan=\"2\">Delegation</th>"
      "<th scope=\"col\" rowspan=\"2\" class=\"n\">Votes</th><th scope=\"col\" rowspan=\"2\">Here</th>"
      "<th scope=\"colgroup\" colspan=\"3\">Amendment</th>"
      "<th scope=\"colgroup\" colspan=\"3\">The proposal</th></tr>\n<tr>");
  for (guint i = 0; i < 2; i++)
    g_string_append(
        out, "<th scope=\"col\">Yes</th><th scope=\"col\">No</th><th scope=\"col\">Abst.</th>");
  g_string_append(out, "</tr></thead><tbody>\n");
  for (guint i = 0; i < kit->delegations->len; i++) {
    const PlnKitDelegation *d = pln_kit_delegation(kit, i);
    g_string_append(out, "<tr>");
    pln_html_element(out, "th", d->name, "scope", "row", NULL);
    pln_kit_say(out, "td", "n", "%u", d->seats->len);
    g_string_append(out, "<td></td><td></td><td></td><td></td><td></td><td></td><td></td></tr>\n");
  }
  g_string_append(out, "</tbody><tfoot><tr><th scope=\"row\">All</th>");
  pln_kit_say(out, "td", "n", "%u", votes_of(kit));
  g_string_append(
      out, "<td></td><td></td><td></td><td></td><td></td><td></td><td></td></tr></tfoot></table>\n");
  pln_html_close(out, "div");
}

/* Each count of those that count, beside the least yes: as the rule kernel has it. */
static void write_thresholds(GString *out, const PlnKit *kit) {
  const PlnRule *rule = &kit->item->rule->rule;
  guint32 n = votes_of(kit), columns = n > 60 ? 12 : 9, rows = (n + columns - 1) / columns;
  pln_kit_say(out, "h3", NULL, "What it takes: of so many (%s), so many yes", base_words(rule));
  pln_html_open(out, "div", "class", "scroll", "tabindex", "0", "role", "region", "aria-label",
                "What it takes", NULL);
  g_string_append(out, "<table class=\"needs\"><tbody>\n");
  for (guint32 r = 0; r < rows; r++) {
    g_string_append(out, "<tr>");
    for (guint32 c = 0; c < columns; c++) {
      guint32 count = 1 + c * rows + r;
      if (count <= n)
        g_string_append_printf(out, "<td>%u<span class=\"unseen\"> need</span> <b>%u</b></td>",
                               count, pln_kit_needed(rule, count, n));
      else
        g_string_append(out, "<td></td>");
    }
    g_string_append(out, "</tr>\n");
  }
  g_string_append(out, "</tbody></table>\n");
  pln_html_close(out, "div");
}

/* A second count, a veto, a floor: what the table alone does not tell. */
static void write_besides(GString *out, const PlnKit *kit) {
  const PlnRule *rule = &kit->item->rule->rule;
  if (rule->min_yes > 0)
    pln_kit_say(out, "p", NULL, "At least %u yes in any case.", rule->min_yes);
  if (rule->veto)
    pln_html_element(
        out, "p",
        "A no from a member that holds a veto rejects, whatever the count; its card says so.", NULL);
  if (rule->weighted)
    pln_kit_say(out, "p", NULL,
                "The yes votes must also have %s %u/%u of the weight, which the cards give.",
                rule->weight_majority.strict ? "more than" : "at least", rule->weight_majority.num,
                rule->weight_majority.den);
  if (rule->blocking > 0)
    pln_kit_say(out, "p", NULL, "Fewer than %u members that do not vote yes cannot block.",
                rule->blocking);
  pln_html_element(
      out, "p",
      rule->tie == PLN_TIE_SECOND_VOTE
          ? "As many yes as no: vote a second time; if it is so again, it is rejected. Without a "
            "single yes nothing is adopted."
          : "As many yes as no rejects. Without a single yes nothing is adopted.",
      NULL);
}

void pln_kit_tally(GString *out, const PlnKit *kit, const PlnClassroom *classroom) {
  const PlnRuleEntry *rule = kit->item->rule;
  guint32 n = votes_of(kit);
  (void)classroom;
  if (kit->states)
    pln_html_element(out, "p",
                     "Tick who is here; then each delegation has one tick a vote. Add up columns.",
                     NULL);
  else
    pln_html_element(
        out, "p",
        "Tick who is here. Write the delegation's number of votes, not a tick, into the column that it voted "
        "for; then add up columns.",
        NULL);
  write_rows(out, kit);
  pln_html_open(out, "div", "class", "box keep", NULL);
  pln_kit_say(out, "p", NULL, "Rule: %s (%s; %s).", rule->name, rule->citation,
              pln_status_words[rule->status]);
  if (rule->rule.method == PLN_METHOD_CONSENSUS) {
    pln_html_element(out, "p", "There is no vote: a single formal objection stops it.", NULL);
  } else if (base_is_fixed(&rule->rule)) {
    pln_kit_say(out, "p", "sum", "It takes %u of all %u. Yes: ____   Adopted? ____",
                pln_kit_needed(&rule->rule, n, n), n);
  } else {
    pln_html_element(
        out, "p",
        rule->rule.basis == PLN_BASIS_VOTING && rule->rule.abstain == PLN_COUNT_AS_IS
            ? "\"Present and voting\" are those that vote yes or no. Whoever abstains or stays away is not counted."
            : "Those that abstain count in the number of which the majority is taken.",
        NULL);
    pln_kit_say(
        out, "p", "sum",
        "Yes ____  No ____  Abstaining ____ \xc2\xb7 %s = ____, so it takes ____ \xc2\xb7 Adopted? ____",
        base_words(&rule->rule));
  }
  pln_html_close(out, "div");
  if (rule->rule.method == PLN_METHOD_CONSENSUS)
    return;
  pln_html_open(out, "div", "class", "keep", NULL);
  if (!base_is_fixed(&rule->rule))
    write_thresholds(out, kit);
  write_besides(out, kit);
  pln_html_close(out, "div");
}
