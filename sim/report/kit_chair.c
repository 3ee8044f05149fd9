/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is read out: the question, the script for the chair, the neutral question. */
#include <string.h>

#include "plenary/compose.h"
#include "plenary/compose_kit.h"
#include "plenary/html.h"

static void spoken(GString *out, const char *format, ...) G_GNUC_PRINTF(2, 3);
static void spoken(GString *out, const char *format, ...) {
  va_list rest;
  va_start(rest, format);
  g_autofree char *text = g_strdup_vprintf(format, rest);
  va_end(rest);
  pln_html_element(out, "p", text, "class", "spoken", NULL);
}

static void does(GString *out, const char *text) {
  pln_html_element(out, "p", text, "class", "does", NULL);
}

/* What the rule asks, said with its own numbers. */
static char *what_it_takes(const PlnKit *kit, guint32 votes) {
  const PlnRule *rule = &kit->item->rule->rule;
  guint32 all = pln_kit_needed(rule, votes, votes), less = votes - votes / 5;
  guint32 then = pln_kit_needed(rule, less, votes);
  if (rule->method == PLN_METHOD_CONSENSUS)
    return g_strdup("There is no vote: it is adopted if nobody objects.");
  if (rule->basis == PLN_BASIS_MEMBERS || rule->absent != PLN_COUNT_AS_IS)
    return g_strdup_printf("It takes %u yes of %u, however many abstain.", all, votes);
  return g_strdup_printf("If all %u votes are yes or no, it takes %u yes. If only %u are, because %u "
                         "abstain, it takes %u: to abstain is not to be counted.",
                         votes, all, less, votes - less, then);
}

static guint32 votes_of(const PlnKit *kit) {
  guint32 votes = 0;
  for (guint i = 0; i < kit->delegations->len; i++)
    votes += pln_kit_delegation(kit, i)->seats->len;
  return votes;
}

void pln_kit_question(GString *out, const PlnKit *kit, const PlnClassroom *classroom) {
  const PlnProposal *p = kit->item->proposal;
  g_autofree char *question = pln_proposal_question(p), *day = pln_day_words(p->day);
  g_autofree char *asked = pln_say_asked_by(p, kit->scenario->world);
  g_autofree char *takes = what_it_takes(kit, votes_of(kit)), *title = pln_kit_title(kit);
  (void)classroom;
  pln_kit_say(out, "p", NULL, "%s, %s", p->body->name, day);
  pln_html_element(out, "p", title, "class", "matter", NULL);
  pln_html_element(out, "p", question, "class", "lead", NULL);
  if (*p->matter)
    pln_html_element(out, "p", p->matter, NULL);
  pln_kit_say(out, "p", NULL, "A yes %s.", pln_kind_yes(p->kind));
  if (asked && pln_kit_may_name_sponsors(kit))
    pln_html_element(out, "p", asked, NULL);
  if (*p->touches) {
    pln_kit_say(out, "p", NULL, "Whom it touches: %s.", p->touches);
    pln_kit_source(out, p->status, p->touches_source);
  }
  pln_html_element(out, "h3", "What it takes", NULL);
  pln_kit_say(out, "p", NULL, "%s: %s", kit->item->rule->name, takes);
  pln_kit_source(out, kit->item->rule->status, kit->item->rule->citation);
  pln_html_element(out, "h3", "Before you speak", NULL);
  g_string_append(out, "<ol>\n<li>What would change if this were adopted? For whom?</li>\n"
                       "<li>What does your delegation gain, and what does it fear?</li>\n"
                       "<li>Which words would you add or strike so that you could say yes?</li>\n"
                       "<li>Who could you persuade, and who could persuade you?</li>\n</ol>\n");
  pln_kit_lines(out, 6);
}

static void open_meeting(GString *out, const PlnKit *kit, const char *title, const char *question) {
  pln_html_element(out, "h3", "1. Opening", NULL);
  spoken(out, "I call the meeting to order. I shall call the roll; please answer: present.");
  does(out,
       "Tick names on the tally sheet. Whoever is present may vote yes, vote no, or abstain. By Model "
       "UN rules ask instead: \"present, or present and voting?\"; whoever says \"present and voting\" "
       "may not abstain.");
  spoken(out, "We have one matter before us: %s. The question is: %s", title, question);
  if (kit->item->rule->rule.method == PLN_METHOD_VOTE)
    return;
  spoken(out, "We shall first try to agree without a vote.");
}

static void debate(GString *out) {
  pln_html_element(out, "h3", "2. Debate", NULL);
  spoken(
      out,
      "The floor is open. I recognize the delegation of \xe2\x80\xa6 You have the time on the plan.");
  does(out, "Keep a list; alternate those for and those against. Warn ten seconds before the end.");
  spoken(out, "The meeting is suspended for informal talks. We meet again at \xe2\x80\xa6");
}

static void amendments(GString *out, const PlnKit *kit) {
  pln_html_element(out, "h3", "3. Amendments", NULL);
  does(out,
       "Order the slips: the one that changes most is voted first. What the first decides may make the "
       "next pointless: then it is not put.");
  spoken(out,
         "We vote on the amendment of \xe2\x80\xa6: \xe2\x80\xa6 One speaker for, one against. All in favour? "
         "Against? Abstaining?");
  if (kit->item->rule->rule.majority.num * 2 == kit->item->rule->rule.majority.den)
    does(out, "The same majority as for the text. A tie rejects.");
  else
    does(out,
         "The same majority as for the text: what is adopted by a larger majority is changed by it too.");
}

static void consensus(GString *out, const PlnKit *kit) {
  gboolean first = kit->item->rule->rule.method == PLN_METHOD_CONSENSUS_FIRST;
  spoken(
      out,
      "Is there any objection to adopting the text without a vote? \xe2\x80\xa6 I see none. It is so decided.");
  if (first)
    does(out, "If somebody objects, say:");
  if (first)
    spoken(out, "I declare that every effort at consensus has been made. We proceed to the vote.");
}

static void voting(GString *out, const PlnKit *kit) {
  gboolean counts = kit->item->rule->rule.method != PLN_METHOD_CONSENSUS;
  pln_html_element(out, "h3", "4. The vote", NULL);
  if (kit->item->rule->rule.method != PLN_METHOD_VOTE)
    consensus(out, kit);
  if (!counts)
    return;
  spoken(out, "Does anybody wish to explain the vote before it is cast? One minute each.");
  spoken(out, "We now begin the vote. Nobody may interrupt it, except on how it is done.");
  does(out, kit->states
                ? "Collect the ballots; or call the names in the order of the tally sheet."
                : "Collect the ballots; or call the names in the order of the tally sheet. Each delegation "
                  "casts all the votes of its members alike.");
  spoken(out, "Has everybody voted? The voting is closed. The tellers count aloud.");
  pln_html_element(out, "h3", "5. The result", NULL);
  spoken(out,
         "In favour ____, against ____, abstaining ____. Yes and no together are ____; it takes ____. The %s is: "
         "adopted / not adopted.",
         kit->item->proposal->kind == PLN_KIND_TEXT ? "draft" : "proposal");
  does(out, "Read \"it takes\" off the tally sheet. Do not comment on the result.");
  spoken(out, "Does anybody wish to explain the vote? Thank you. The meeting is adjourned.");
}

void pln_kit_chair(GString *out, const PlnKit *kit, const PlnClassroom *classroom) {
  g_autofree char *question = pln_proposal_question(kit->item->proposal);
  (void)classroom;
  pln_html_element(
      out, "p",
      "You are neutral: you do not vote and do not say what you think. What is indented you say; "
      "the rest you do. Whoever wants to speak raises the card.",
      NULL);
  open_meeting(out, kit, kit->item->proposal->title, question);
  debate(out);
  amendments(out, kit);
  voting(out, kit);
  pln_html_element(out, "h3", "If something goes wrong", NULL);
  g_string_append(
      out,
      "<ul>\n<li>A point of order: hear it at once, rule on it, go on.</li>\n"
      "<li>A motion to close the debate: two may speak against it, then it is voted.</li>\n"
      "<li>A request to vote a part separately: if somebody objects, vote on the request first.</li>\n"
      "<li>A miscount: count again; a vote once declared stands.</li>\n</ul>\n");
}

void pln_kit_neutral(GString *out, const PlnKit *kit, const PlnClassroom *classroom) {
  guint32 votes = votes_of(kit);
  g_autofree char *takes = what_it_takes(kit, votes);
  (void)classroom;
  pln_html_element(
      out, "p",
      "Made up for classes; it touches nobody's safety. Use the same delegations, ballots, slips and "
      "tally sheet; leave the role cards aside and let each table decide for itself.",
      "class", "note", NULL);
  pln_html_element(out, "p", "A quiet hour in the school library", "class", "matter", NULL);
  g_string_append(
      out,
      "<div class=\"box\">\n<p>The assembly of the school,</p>\n"
      "<p><em>Noting</em> that the library is the only room that is open to all before lessons,</p>\n"
      "<p><em>Aware</em> that some come to read and others to work together,</p>\n<ol>\n"
      "<li><em>Decides</em> that the first hour of every day is a quiet hour in the library;</li>\n"
      "<li><em>Decides also</em> that food stays outside, and that water is allowed;</li>\n"
      "<li><em>Asks</em> two pupils of each form to look after the room in turn;</li>\n"
      "<li><em>Agrees</em> to look at this rule again after one term.</li>\n</ol>\n</div>\n");
  pln_html_element(out, "p", "Shall the rule be adopted?", "class", "lead", NULL);
  pln_html_element(out, "p", takes, NULL);
  pln_html_element(out, "h3", "Amendments to offer", NULL);
  g_string_append(out, "<ul>\n<li>In paragraph 1, \"hour\" becomes \"half an hour\".</li>\n"
                       "<li>Strike paragraph 3.</li>\n"
                       "<li>Vote on paragraph 2 separately: a yes keeps it.</li>\n</ul>\n");
  pln_html_element(out, "h3", "Afterwards", NULL);
  g_string_append(out, "<ol>\n<li>What would it have taken to turn the result?</li>\n"
                       "<li>Whom did abstaining help, and why?</li>\n"
                       "<li>Would it have passed under two-thirds?</li>\n"
                       "<li>Which amendment moved the most votes?</li>\n</ol>\n");
}
