/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ratification in sentences. */
#include <math.h>
#include <string.h>

#include "plenary/compose_project.h"
#include "plenary/compose_ratify.h"

/* Days between the 5 and the 95 % quantile from which the middle is said as a year, and from which
 * the ends are. */
enum { FAR = 730, FARTHER = 3652 };

enum { LOW = 0, MIDDLE = 2, HIGH = 4 };

/* The closest tie that is tried beside the one asked for. */
#define TIED 0.95

const char *const pln_ratify_event_ids[PLN_RATIFY_EVENTS] = {"last-needed", "in-force",
                                                             "conference", "protocol"};
const char *const pln_join_class_ids[PLN_JOIN_CLASSES] = {"signatory", "other"};

/* ---- Names ---- */

const char *pln_say_treaty(const char *id) {
  g_autofree char *name = g_strdup(id);
  if (*name)
    name[0] = g_ascii_toupper(name[0]);
  return g_intern_string(name);
}

const char *pln_say_resolution(const char *symbol) {
  return g_str_has_prefix(symbol, "A/RES/") ? symbol + strlen("A/RES/") : symbol;
}

const char *pln_ratify_name(const PlnRatify *r) {
  for (guint k = 0; k < r->terms->len; k++) {
    const PlnTreatyTerm *term = g_array_index(r->terms, const PlnTreatyTerm *, k);
    if (strcmp(term->treaty, r->options.treaty) == 0 && term->name && *term->name)
      return term->name;
  }
  return pln_say_treaty(r->options.treaty);
}

static const char *the_treaty(const PlnRatify *r) {
  return strstr(pln_ratify_name(r), "Convention") ? "The Convention" : "The treaty";
}

static const char *ordinal(guint n) {
  if (n % 100 >= 11 && n % 100 <= 13)
    return "th";
  return n % 10 == 1 ? "st" : n % 10 == 2 ? "nd" : n % 10 == 3 ? "rd" : "th";
}

char *pln_say_ratify_event(const PlnRatify *r, PlnRatifyEvent event) {
  if (event == PLN_RATIFY_LAST_NEEDED)
    return g_strdup_printf("%u%s instrument", r->threshold, ordinal(r->threshold));
  if (event == PLN_RATIFY_CONFERENCE)
    return g_strdup_printf("%u %s", r->parties, r->parties == 1 ? "party" : "parties");
  return g_strdup(event == PLN_RATIFY_IN_FORCE ? "in force" : "protocol in force");
}

/* ---- Dates ---- */

char *pln_say_ratify_day(PlnDayNumber day, gboolean years) {
  if (day < 0)
    return g_strdup("later");
  PlnDay whole = pln_day_of_number(day);
  return pln_day_words(years ? whole / 10000 * 10000 : whole / 100 * 100);
}

/* Whether the 5 and the 95 % quantile lie @days or more apart. */
static gboolean apart(const PlnRatifyDate *of, int days) {
  return of->quantile[HIGH] < 0 || of->quantile[HIGH] - of->quantile[LOW] >= days;
}

static gboolean is_known(const PlnRatifyDate *of) {
  return of->never <= 0 && of->quantile[LOW] >= 0 && of->quantile[LOW] == of->quantile[HIGH];
}

/* The last year of the horizon. */
static guint horizon(const PlnRatify *r) {
  return r->first_year + r->options.years;
}

/* Where more than half of the draws do not see it come. */
static char *say_unlikely(const PlnRatify *r, const PlnRatifyDate *of) {
  g_autofree char *never = pln_say_percent(of->never);
  g_autofree char *early = pln_say_ratify_day(of->quantile[LOW], apart(of, FARTHER));
  if (of->never >= 1)
    return g_strdup_printf("not by the end of %u in any draw", horizon(r));
  if (of->quantile[LOW] < 0)
    return g_strdup_printf("not by the end of %u in %s of the draws", horizon(r), never);
  return g_strdup_printf("not by the end of %u in %s of the draws, before %s in 1 of 20",
                         horizon(r), never, early);
}

/* The day on which the treaty came into force, where it had when the tables end. */
static PlnDay force_known(const PlnRatify *r) {
  const PlnWorld *world = r->scenario->world;
  const PlnTreatyTerm *term = world ? pln_world_term(world, r->options.treaty, "in_force") : NULL;
  return term ? term->day : PLN_DAY_NONE;
}

/* What had come when the tables end is known to have come by then; of force alone the day is. */
static char *say_known(const PlnRatify *r, const PlnRatifyDate *of) {
  PlnDay day = of == &r->date[PLN_RATIFY_IN_FORCE] ? force_known(r) : PLN_DAY_NONE;
  g_autofree char *words = pln_day_words(pln_day_of_number(of->quantile[LOW]));
  if (of->quantile[LOW] != r->known)
    return g_steal_pointer(&words);
  return day > PLN_DAY_UNKNOWN ? pln_day_words(day) : g_strdup_printf("%s or before", words);
}

char *pln_say_ratify_date(const PlnRatify *r, const PlnRatifyDate *of) {
  if (is_known(of))
    return say_known(r, of);
  if (of->quantile[MIDDLE] < 0)
    return say_unlikely(r, of);
  g_autofree char *middle = pln_say_ratify_day(of->quantile[MIDDLE], apart(of, FAR));
  g_autofree char *low = pln_say_ratify_day(of->quantile[LOW], apart(of, FARTHER));
  g_autofree char *high = pln_say_ratify_day(of->quantile[HIGH], apart(of, FARTHER));
  if (of->quantile[HIGH] >= 0)
    return g_strdup_printf("about %s (9 of 10: %s to %s)", middle, low, high);
  g_autofree char *never = pln_say_percent(of->never);
  return g_strdup_printf("about %s (19 of 20 after %s; not by the end of %u in %s)", middle, low,
                         horizon(r), never);
}

char *pln_say_ratify_draws(double chance) {
  if (isnan(chance))
    return g_strdup("?");
  if (chance < 0.05)
    return g_strdup("in fewer than 1 of 20 draws");
  if (chance > 0.95)
    return g_strdup("in more than 19 of 20 draws");
  guint tenths = MIN((guint)(10 * chance + 0.5), 9);
  return g_strdup_printf("in %u of 10 draws", MAX(tenths, 1));
}

/* ---- The answer ---- */

/* (transfer full) */
static char *say_deposits(const PlnRatify *r) {
  const char *s = r->deposits == 1 ? "" : "s", *are = r->deposits == 1 ? "is" : "are";
  if (r->deposits > r->threshold)
    return g_strdup_printf("%u instrument%s %s deposited, where it takes %u;", r->deposits, s, are,
                           r->threshold);
  return g_strdup_printf("%u of %u instrument%s %s deposited,", r->deposits, r->threshold,
                         r->threshold == 1 ? "" : "s", are);
}

char *pln_say_ratify_force(const PlnRatify *r) {
  const PlnRatifyDate *force = &r->date[PLN_RATIFY_IN_FORCE];
  g_autofree char *date = pln_say_ratify_date(r, force), *deposits = say_deposits(r);
  gboolean unlikely = force->quantile[MIDDLE] < 0; /* "not by the end of …" */
  const char *verb = is_known(force) && force->quantile[LOW] <= r->known ? "has been in force since"
                     : is_known(force)                                   ? "enters into force on"
                     : unlikely ? "does not enter into force"
                                : "is expected to enter into force";
  return g_strdup_printf("%s %s %s: %s %u state%s signed.", the_treaty(r), verb,
                         unlikely ? date + strlen("not ") : date, deposits, r->signatories,
                         r->signatories == 1 ? " has" : "s have");
}

char *pln_say_ratify_conference(const PlnRatify *r) {
  g_autofree char *date = pln_say_ratify_date(r, &r->date[PLN_RATIFY_CONFERENCE]);
  return g_strdup_printf("%u %s, so that a protocol can be considered: %s.", r->parties,
                         r->parties == 1 ? "party" : "parties", date);
}

/* Who holds more than a third; nobody, where hardly ever. */
static char *say_blocks(const PlnRatify *r) {
  const PlnRatifyComposition *at = &r->at_conference;
  const char *past = pln_say_treaty(r->options.past), *began = pln_say_resolution(r->options.began);
  g_autofree char *one = pln_say_ratify_draws(at->past_third);
  g_autofree char *two = pln_say_ratify_draws(at->against_third);
  if (!(at->past_third >= 0.05) && !(at->against_third >= 0.05))
    return g_strdup_printf(
        "neither the %s parties nor those that voted against %s hold a blocking third", past, began);
  if (strcmp(one, two) == 0)
    return g_strdup_printf("the %s parties alone hold a blocking third %s, as do all that voted "
                           "against %s",
                           past, one, began);
  if (g_str_has_suffix(two, " draws")) /* said of the first */
    two[strlen(two) - strlen(" draws")] = '\0';
  return g_strdup_printf("the %s parties alone hold a blocking third %s, all that voted against %s %s",
                         past, one, began, two);
}

void pln_ratify_whole(const PlnRatifyComposition *of, guint *all, guint kind[PLN_PARTY_KINDS]) {
  guint sum = 0;
  *all = (guint)(of->parties + 0.5);
  for (guint k = 0; k < PLN_PARTY_KINDS; k++) {
    kind[k] = (guint)of->kind[k];
    sum += kind[k];
  }
  for (; sum < *all; sum++) {
    guint most = 0;
    for (guint k = 1; k < PLN_PARTY_KINDS; k++)
      if (of->kind[k] - kind[k] > of->kind[most] - kind[most])
        most = k;
    kind[most]++;
  }
}

char *pln_say_ratify_parties(const PlnRatify *r) {
  const PlnRatifyComposition *at = &r->at_conference;
  guint all, kind[PLN_PARTY_KINDS];
  if (isnan(at->parties) || at->parties <= 0)
    return NULL;
  g_autofree char *blocks = say_blocks(r);
  pln_ratify_whole(at, &all, kind);
  guint against = kind[PLN_PARTY_AGAINST];
  g_autofree char *others = against > 0 ? g_strdup_printf("%u", against) : g_strdup("hardly any");
  gboolean may_not = r->date[PLN_RATIFY_CONFERENCE].never > 0.05;
  return g_strdup_printf("%s these %u, on average, %u %s %s part%s, %s other%s voted against %s, %u "
                         "did neither: %s.",
                         may_not ? "Where they come, of" : "Of", all, kind[PLN_PARTY_PAST],
                         kind[PLN_PARTY_PAST] == 1 ? "is a" : "are", pln_say_treaty(r->options.past),
                         kind[PLN_PARTY_PAST] == 1 ? "y" : "ies", others, against > 1 ? "s" : "",
                         pln_say_resolution(r->options.began), kind[PLN_PARTY_OTHER], blocks);
}

static const char *proposal_id(const PlnRatify *r) {
  const GPtrArray *all = r->scenario->proposals;
  int place = r->options.proposal >= 0 ? r->options.proposal : (int)all->len - 1;
  return place >= 0 && place < (int)all->len ? pln_scenario_proposal(r->scenario, (guint)place)->id
                                             : "";
}

char *pln_say_ratify_vote(const PlnRatify *r) {
  const PlnRatifyVote *v = &r->vote;
  if (!r->voted)
    return NULL;
  if (isnan(v->adopted))
    return g_strdup_printf("No vote: in no draw %s there %u %s by the end of %u.",
                           r->parties == 1 ? "is" : "are", r->parties,
                           r->parties == 1 ? "party" : "parties", horizon(r));
  g_autofree char *adopted = pln_say_percent(v->adopted), *all = pln_say_percent(v->all);
  g_autofree char *majority = r->rule ? pln_say_majority(&r->rule->rule) : g_strdup("");
  const char *id = proposal_id(r);
  gboolean open = v->adopted >= 0.4 && v->adopted < 0.6;
  GString *out = g_string_new(NULL);
  g_string_append_printf(out, "%s%s%s%s, %s %s%s (%s%s%s)",
                         r->stage ? "The protocol as projected"
                                  : "The scenario has no conference of the parties; its proposal",
                         *id ? " (" : "", id, *id ? ")" : "",
                         r->stage ? "put to these parties, is" : "were it put to them, is",
                         pln_say_likely(v->adopted), open ? "" : " to be adopted", adopted,
                         *majority ? "; it takes " : "", majority);
  if (!isnan(v->all))
    g_string_append_printf(out, "; were all that may join voting: %s", all);
  g_string_append_c(out, '.');
  return g_string_free(out, FALSE);
}

char *pln_say_ratify_assumed(const PlnRatify *r) {
  const PlnRatifyVote *v = &r->vote;
  double tie = r->options.tie, twice = fabs(2 * tie) > TIED ? copysign(TIED, tie) : 2 * tie;
  if (!r->voted || isnan(v->adopted))
    return NULL;
  g_autoptr(GString) other = g_string_new(NULL);
  g_autofree char *unbound = pln_say_percent(v->apart), *closer = pln_say_percent(v->twice);
  if (!isnan(v->apart))
    g_string_append_printf(other, "; at 0 %s adopt it", unbound);
  if (fabs(twice) > fabs(tie) && !isnan(v->twice))
    g_string_append_printf(other, "%s %.2g %s", other->len > 0 ? ", at" : "; at", twice, closer);
  if (tie == 0)
    return g_strdup_printf("Assumed most: support and joining go apart (--tie 0), and it is put to the "
                           "vote on the very day of %u %s.",
                           r->parties, r->parties == 1 ? "party" : "parties");
  return g_strdup_printf("Assumed most: who supports it joins %s (correlation %.2g, --tie%s), and it "
                         "is put to the vote on the very day of %u %s.",
                         tie < 0 ? "later" : "sooner", tie, other->str, r->parties,
                         r->parties == 1 ? "party" : "parties");
}

char *pln_say_ratify_protocol(const PlnRatify *r) {
  const double *bound = r->vote.bound;
  if (!r->voted || isnan(r->vote.adopted) || isnan(bound[MIDDLE]))
    return NULL;
  const PlnRatifyDate *force = &r->date[PLN_RATIFY_PROTOCOL];
  g_autofree char *date = pln_say_ratify_date(r, force);
  if (bound[MIDDLE] <= 0) /* not in force by then: it binds nobody */
    return g_strdup_printf("Where it is adopted, its own force: %s: in most draws it binds no state. "
                           "Adopting is not joining.",
                           date);
  return g_strdup_printf(
      "Where it is adopted, its own force: %s; by the end of %u it binds %.0f state%s "
      "(9 of 10: %.0f to %.0f). Adopting is not joining.",
      date, horizon(r), bound[MIDDLE], bound[MIDDLE] == 1 ? "" : "s", bound[LOW], bound[HIGH]);
}

char *pln_say_ratify_apart(const PlnRatify *r, const PlnRatify *apart) {
  g_autofree char *force = pln_say_ratify_date(apart, &apart->date[PLN_RATIFY_IN_FORCE]),
                  *third = pln_say_ratify_draws(apart->at_conference.past_third),
                  *adopted = apart->voted && !isnan(apart->vote.adopted)
                                 ? pln_say_percent(apart->vote.adopted)
                                 : NULL;
  const char *past = pln_say_treaty(r->options.past);
  return g_strdup_printf("Joining hangs on the vote on %s as it did for %s, turned round; were it not "
                         "to: in force %s, the %s parties a blocking third of the %u %s%s%s (%u "
                         "draws).",
                         pln_say_resolution(r->options.began), past, force, past, r->parties, third,
                         adopted ? ", the protocol adopted " : "", adopted ? adopted : "",
                         apart->options.draws);
}

/* ---- What was asked, and what it changes ---- */

static void add_number(GString *out, guint asked, guint was, const char *one, const char *many) {
  if (asked != was)
    g_string_append_printf(out, "%s%u %s instead of %u", out->len > 0 ? "; " : "", asked,
                           asked == 1 ? one : many, was);
}

char *pln_say_ratify_asked(const PlnRatify *r, const PlnRatify *base) {
  GString *out = g_string_new(NULL);
  if (base) {
    add_number(out, r->threshold, base->threshold, "instrument", "instruments");
    add_number(out, r->parties, base->parties, "party for a protocol", "parties for a protocol");
    add_number(out, r->options.protocol, base->options.protocol,
               "instrument for the protocol's force", "instruments for the protocol's force");
  }
  if (r->options.no_support)
    g_string_append_printf(out, "%sjoining does not hang on support", out->len > 0 ? "; " : "");
  for (guint k = 0; r->options.edits && k < r->options.edits->len; k++)
    g_string_append_printf(out, "%s%s", out->len > 0 ? "; " : "",
                           g_array_index(r->options.edits, PlnRatifyEdit, k).text);
  return g_string_free(out, FALSE);
}

/* "in force in 2031 instead of 2028", by months where the years are the same; nothing where those
 * are too. */
static void add_moved(GString *out, const char *what, const PlnRatifyDate *now,
                      const PlnRatifyDate *was) {
  for (guint months = 0; months < 2; months++) {
    g_autofree char *new = pln_say_ratify_day(now->quantile[MIDDLE], months == 0);
    g_autofree char *old = pln_say_ratify_day(was->quantile[MIDDLE], months == 0);
    if (strcmp(new, old) == 0)
      continue;
    g_string_append_printf(out, "%s%s %s instead of %s", out->len > 0 ? "; " : "", what,
                           now->quantile[MIDDLE] < 0 ? "not within the horizon" : new,
                           was->quantile[MIDDLE] < 0 ? "not within the horizon" : old);
    return;
  }
}

char *pln_say_ratify_against(const PlnRatify *r, const PlnRatify *base) {
  GString *out = g_string_new(NULL);
  for (PlnRatifyEvent e = PLN_RATIFY_IN_FORCE; e < PLN_RATIFY_EVENTS; e++) {
    g_autofree char *what = pln_say_ratify_event(r, e);
    if (e != PLN_RATIFY_PROTOCOL || (r->voted && base->voted))
      add_moved(out, what, &r->date[e], &base->date[e]);
  }
  if (r->voted && base->voted && isnan(r->vote.adopted) != isnan(base->vote.adopted)) {
    g_string_append_printf(out, "%s%s", out->len > 0 ? "; " : "",
                           isnan(r->vote.adopted) ? "no vote on the protocol"
                                                  : "a vote on the protocol, where none was");
  } else if (r->voted && base->voted) {
    g_autofree char *new = pln_say_percent(r->vote.adopted),
                    *old = pln_say_percent(base->vote.adopted);
    if (strcmp(new, old) != 0)
      g_string_append_printf(out, "%sthe protocol adopted %s instead of %s",
                             out->len > 0 ? "; " : "", new, old);
  }
  if (out->len == 0)
    g_string_append(out, "no date in the middle moves by as much as a month");
  g_string_append_c(out, '.');
  out->str[0] = g_ascii_toupper(out->str[0]);
  return g_string_free(out, FALSE);
}
