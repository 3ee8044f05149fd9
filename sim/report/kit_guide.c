/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the facilitator reads: the guide, the plans, Model UN beside the United Nations. */
#include <string.h>

#include "plenary/compose.h"
#include "plenary/compose_kit.h"
#include "plenary/html.h"

static void row(GString *out, const char *term, const char *text) {
  pln_html_element(out, "dt", term, NULL);
  pln_html_element(out, "dd", text, NULL);
}

static char *how_made(const PlnKit *kit) {
  guint n = kit->delegations->len;
  guint members = kit->item->proposal->roster->n;
  if (kit->states && n == members)
    return g_strdup_printf("%u delegations, each one member, each with one vote.", n);
  if (kit->states)
    return g_strdup_printf(
        "%u single states of %u, each with one vote. They are spread over groups and over how "
        "states voted, where that is on record, so that the class leans as the body did. Within "
        "these come first the sponsors, permanent members of the Security Council, those that moved or broke "
        "ranks, and those with something on record; the others are taken evenly along the alphabet. "
        "Nothing is drawn at random.",
        n, members);
  return g_strdup_printf("%u delegations that carry the votes of all %u members: a delegation's "
                         "weight is the number of its members.",
                         n, members);
}

static void write_facts(GString *out, const PlnKit *kit) {
  const PlnProposal *p = kit->item->proposal;
  g_autofree char *question = pln_proposal_question(p), *day = pln_day_words(p->day);
  g_autofree char *title = pln_kit_title(kit), *made = how_made(kit);
  g_autofree char *where = g_strdup_printf("%s, %s", p->body->name, day);
  g_autofree char *rule =
      g_strdup_printf("%s (%s; %s)", kit->item->rule->name, kit->item->rule->citation,
                      pln_status_words[kit->item->rule->status]);
  g_autofree char *yes = g_strdup_printf("A yes %s.", pln_kind_yes(p->kind));
  pln_html_open(out, "dl", "class", "facts", NULL);
  row(out, "The matter", title);
  row(out, "The question", question);
  row(out, "Yes means", yes);
  row(out, "Where and when", where);
  row(out, "The rule", rule);
  row(out, "Delegations", made);
  row(out, "Level", "No knowledge of the matter is needed; ages 15 and up, 6 to 35 pupils.");
  pln_html_close(out, "dl");
}

/* In words, and what to do instead; nothing is hidden from the facilitator. */
static void write_warning(GString *out, const PlnKit *kit) {
  pln_html_open(out, "div", "class", kit->topics->len > 0 ? "box warning" : "box", NULL);
  pln_html_element(out, "h3", "Younger classes", NULL);
  if (kit->topics->len == 0) {
    pln_html_element(
        out, "p",
        "None of the words that mark a matter as unsuitable were found in what this kit "
        "takes from the scenario. Words are all that is looked for: read the cards first.",
        NULL);
  } else {
    g_autoptr(GString) list = g_string_new(NULL);
    for (guint i = 0; i < kit->topics->len; i++) {
      const PlnClassTopic *topic = kit->topics->pdata[i];
      g_string_append_printf(list, "%s%s", i > 0 ? "; " : "", topic->topic);
    }
    pln_kit_say(out, "p", NULL,
                "Not for younger classes as it stands. The scenario's own words touch: %s. For "
                "them, and wherever someone in the room may be touched by it, take the neutral "
                "question at the end of this kit: the same delegations, the same ballots, the same "
                "counting.",
                list->str);
    const PlnClassTopic *first = kit->topics->pdata[0];
    pln_kit_source(out, first->status, first->source);
  }
  pln_html_close(out, "div");
}

typedef struct {
  const char *what, *how_many;
} Print;

static void write_printing(GString *out, const PlnKit *kit) {
  guint n = kit->delegations->len;
  const Print rows[] = {{"The question", "one for each delegation"},
                        {"Role cards", "one set, cut"},
                        {"Slips for amendments", "one page, cut; copy if they run out"},
                        {"Ballots", "one set for each vote: two for 45 minutes, three for 90"},
                        {"Tally sheet", "one, or drawn on the board"},
                        {"After the vote", "one set, cut; keep it back until the vote is over"},
                        {"Debrief: questions", "one for each delegation"}};
  pln_kit_say(out, "h3", NULL, "What to print, for %u delegations", n);
  g_string_append(out, "<table class=\"plain tight\"><thead><tr><th scope=\"col\">Piece</th>"
                       "<th scope=\"col\">How many</th></tr></thead><tbody>\n");
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    if (i == 5 && !pln_kit_has_votes(kit))
      continue;
    g_string_append(out, "<tr>");
    pln_html_element(out, "td", rows[i].what, NULL);
    pln_html_element(out, "td", rows[i].how_many, NULL);
    g_string_append(out, "</tr>\n");
  }
  g_string_append(out, "</tbody></table>\n");
}

static void write_background(GString *out, const PlnKit *kit) {
  const PlnScenario *s = kit->scenario;
  pln_html_element(out, "h3", "Background, for you", NULL);
  pln_html_element(out, "p", "This may tell what came of it: do not read it out before the vote.",
                   "class", "note", NULL);
  if (*s->about)
    pln_html_element(out, "p", s->about, NULL);
  pln_kit_source(out, s->status, s->source);
  if (*kit->item->proposal->note) {
    pln_html_element(out, "p", kit->item->proposal->note, NULL);
    pln_kit_source(out, kit->item->proposal->status, kit->item->proposal->source);
  }
}

/* Why a single state is there; without a word of its own it stands for its kind. */
static char *why_chosen(const PlnKitDelegation *d) {
  static const char *const words[] = {"sponsor",
                                      "permanent member",
                                      "moved since the earlier vote",
                                      "broke ranks with its group",
                                      "said something on record",
                                      "has a position on record"};
  GString *out = g_string_new(NULL);
  for (guint bit = 0; bit < G_N_ELEMENTS(words); bit++)
    if (d->chosen & (1u << bit))
      g_string_append_printf(out, "%s%s", out->len > 0 ? "; " : "", words[bit]);
  if (out->len == 0)
    g_string_append(out, "one of its kind");
  return g_string_free(out, FALSE);
}

static void write_delegations(GString *out, const PlnKit *kit) {
  const PlnRoster *roster = kit->item->proposal->roster;
  gboolean chosen = kit->states && kit->delegations->len < roster->n;
  pln_html_element(out, "h3", "Who plays whom", NULL);
  g_string_append_printf(
      out,
      "<table class=\"plain tight\"><thead><tr><th scope=\"col\">Delegation</th>"
      "<th scope=\"col\" class=\"n\">Votes</th><th scope=\"col\">%s</th></tr></thead><tbody>\n",
      chosen ? "Why it was chosen" : "Made of");
  for (guint i = 0; i < kit->delegations->len; i++) {
    const PlnKitDelegation *d = pln_kit_delegation(kit, i);
    const PlnState *first = roster->state[g_array_index(d->seats, guint, 0)];
    g_autofree char *why = chosen ? why_chosen(d) : NULL;
    g_string_append(out, "<tr>");
    pln_html_element(out, "th", d->name, "scope", "row", NULL);
    pln_kit_say(out, "td", "n", "%u", d->seats->len);
    pln_html_open(out, "td", NULL);
    if (why)
      pln_html_text(out, why);
    else if (d->made) {
      pln_html_text(out, *d->made->note ? d->made->note : "The regional group");
      g_string_append(out, ". ");
      pln_kit_source(out, d->made->status, d->made->source);
    } else
      pln_html_text(out, d->seats->len == 1 ? first->group : "Members of one group, or neighbours");
    g_string_append(out, "</td></tr>\n");
  }
  g_string_append(out, "</tbody></table>\n");
}

/* A provision that is not known cannot be talked about. */
static gboolean can_be_played(const PlnProposal *p) {
  return strcmp(p->provision, "?") != 0;
}

/* The scenario's other questions, for a second lesson; with what they touch. */
static void write_others(GString *out, const PlnKit *kit, const PlnClassroom *classroom) {
  guint n = kit->scenario->proposals->len, others = 0;
  for (guint i = 0; i < n; i++)
    others += i != kit->place && can_be_played(pln_scenario_proposal(kit->scenario, i));
  if (others == 0)
    return;
  pln_html_element(out, "h3", "Other questions of this scenario", NULL);
  pln_kit_say(out, "p", NULL, "A kit of one of them: plenary kit --proposal NAME -o FOLDER %s",
              kit->scenario->id);
  g_string_append(out, "<ul class=\"tight\">\n");
  for (guint i = 0; i < n; i++) {
    const PlnProposal *p = pln_scenario_proposal(kit->scenario, i);
    g_autoptr(GPtrArray) topics = g_ptr_array_new();
    pln_kit_find_topics(classroom, p->title, topics);
    pln_kit_find_topics(classroom, p->question, topics);
    if (i == kit->place || !can_be_played(p))
      continue;
    const PlnClassTopic *topic = topics->len > 0 ? topics->pdata[0] : NULL;
    pln_kit_say(out, "li", NULL, "%s: %s%s%s", p->id, p->title,
                topic ? ". Not for younger classes: " : "", topic ? topic->topic : "");
  }
  g_string_append(out, "</ul>\n");
}

void pln_kit_guide(GString *out, const PlnKit *kit, const PlnClassroom *classroom) {
  pln_html_element(out, "p",
                   "Your class plays one vote of an international body: it prepares, talks, amends, "
                   "votes, counts by hand, and then learns what the real ones did, and what would have "
                   "changed it.",
                   "class", "lead", NULL);
  write_facts(out, kit);
  write_warning(out, kit);
  write_printing(out, kit);
  write_delegations(out, kit);
  write_background(out, kit);
  write_others(out, kit, classroom);
  pln_html_element(
      out, "p",
      "Every fact in this kit has a status: verified, reported (one secondary source) or inferred. "
      "What an analyst merely assumes of a country is on no card.",
      "class", "note", NULL);
}

typedef struct {
  guint minutes;
  const char *what, *with;
} Step;

static void write_plan(GString *out, const char *title, const Step *steps, gsize n) {
  guint at = 0;
  pln_html_open(out, "div", "class", "plan", NULL);
  pln_html_element(out, "h3", title, NULL);
  g_string_append(
      out, "<table class=\"plain\"><thead><tr><th scope=\"col\">Minutes</th><th scope=\"col\">What</th>"
           "<th scope=\"col\">With</th></tr></thead><tbody>\n");
  for (gsize i = 0; i < n; i++) {
    g_string_append(out, "<tr>");
    pln_kit_say(out, "td", "when", "%u\xe2\x80\x93%u", at, at + steps[i].minutes);
    pln_html_element(out, "td", steps[i].what, NULL);
    pln_html_element(out, "td", steps[i].with, NULL);
    g_string_append(out, "</tr>\n");
    at += steps[i].minutes;
  }
  g_string_append(out, "</tbody></table>\n");
  pln_html_close(out, "div");
}

/* All speak where there is time for it. */
static char *speaking(guint delegations, guint minutes) {
  if (delegations > 12)
    return g_strdup_printf("Statements: a speakers' list of %u, 45 seconds each.", minutes * 60 / 45);
  guint seconds = minutes * 60 / delegations;
  return g_strdup_printf("Statements: each delegation speaks, %u seconds at most.",
                         MIN(seconds - seconds % 15, 120));
}

void pln_kit_plans(GString *out, const PlnKit *kit, const PlnClassroom *classroom) {
  guint n = kit->delegations->len;
  (void)classroom;
  g_autofree char *six = speaking(n, 6), *twelve = speaking(n, 12);
  gboolean votes = pln_kit_has_votes(kit);
  const char *reveal =
      votes ? "What the real ones did; debrief." : "What is on record so far; debrief.";
  const char *with = votes ? "After the vote; debrief" : "Debrief";
  const Step brief[] = {
      {5, "Scene and question; delegations are handed out. The rule: what it takes.",
       "The question; role cards"},
      {8, "Delegations read and decide: yes, no or abstain, and what would change that.",
       "Role cards"},
      {9, "Informal talks, standing: find votes, or votes against.",
       "A slip, if somebody has an amendment"},
      {6, six, "Script for the chair"},
      {4, "One amendment at the most, voted first by raised cards.", "Slip; tally sheet"},
      {6, "The vote, by ballot; two pupils count aloud; the chair declares.", "Ballots; tally sheet"},
      {7, reveal, with}};
  const Step full[] = {
      {8, "Scene and question; delegations are handed out. The rule, with an example on the board.",
       "The question; role cards; tally sheet"},
      {12, "Delegations read, note aims, and look up what their card does not tell.",
       "Role cards; a library or a screen"},
      {12, twelve, "Script for the chair"},
      {15, "Informal talks; amendments are written, and sponsors found for them.", "Slips"},
      {10,
       "Amendments: each is presented by one speaker, opposed by one, and voted; that which changes most goes first.",
       "Slips; tally sheet"},
      {5, "Last talks: who still needs convincing?", ""},
      {8, "The vote, by roll call; two pupils count; the chair declares.",
       "Ballots; tally sheet; script"},
      {5, "Explanations of vote: three speakers, one minute each.", "Script for the chair"},
      {15, reveal, with}};
  pln_html_element(
      out, "p", "Before: put tables together, lay out cards, choose a chair and two tellers.", NULL);
  write_plan(out, "45 minutes", brief, G_N_ELEMENTS(brief));
  write_plan(out, "90 minutes", full, G_N_ELEMENTS(full));
  pln_html_element(
      out, "p",
      "Behind time? Leave out amendments first, never the count and the debrief: they are the lesson.",
      "class", "note", NULL);
}

void pln_kit_rules(GString *out, const PlnKit *kit, const PlnClassroom *classroom) {
  (void)kit;
  pln_html_element(
      out, "p",
      "Agree before the vote by which of the two your class plays. This kit counts by the "
      "United Nations' way. The pitfall is the first row: the same words mean two things.",
      NULL);
  g_string_append(
      out,
      "<table class=\"plain\"><thead><tr><th scope=\"col\">Matter</th><th scope=\"col\">United Nations</th>"
      "<th scope=\"col\">Model UN</th></tr></thead><tbody>\n");
  for (guint i = 0; i < classroom->rules->len; i++) {
    const PlnClassRule *r = &g_array_index(classroom->rules, PlnClassRule, i);
    g_string_append(out, "<tr>");
    pln_html_element(out, "th", r->matter, "scope", "row", NULL);
    pln_html_open(out, "td", NULL);
    pln_html_text(out, r->assembly);
    g_string_append_c(out, ' ');
    pln_kit_source(out, r->assembly_status, r->citation);
    pln_html_close(out, "td");
    pln_html_open(out, "td", NULL);
    pln_html_text(out, r->model_un);
    g_string_append_c(out, ' ');
    pln_kit_source(out, r->status, r->source);
    g_string_append(out, "</td></tr>\n");
  }
  g_string_append(out, "</tbody></table>\n");
}
