/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words of coalitions. */
#include <math.h>
#include <string.h>

#include "plenary/compose_coalition_part.h"
#include "plenary/compose_project.h"

enum { NAMED = 8, DIGITS = 7 };

const char *const pln_coalition_end_words[PLN_COALITION_ENDS] = {"to pass", "to block"};
const char *const pln_coalition_aim_words[PLN_COALITION_AIMS] = {"fewest", "cheapest"};

char *pln_say_price(const PlnCoalitions *c, gint64 price) {
  char number[G_ASCII_DTOSTR_BUF_SIZE];
  const char *format = c->options.price == PLN_PRICE_RECORD ? "%.0f" : "%.1f";
  return g_strdup(g_ascii_formatd(number, sizeof number, format, (double)price / PLN_PRICE_UNIT));
}

PlnValue pln_price_value(gint64 price) {
  return pln_number((double)price / PLN_PRICE_UNIT, 6);
}

char *pln_say_alike(const PlnCoalition *found) {
  const char *digits = found->alike;
  if (!digits)
    return found->proved ? g_strdup_printf("one of %u or more", MAX(found->sets->len, 1))
                         : g_strdup("not counted");
  if (strcmp(digits, "1") == 0)
    return g_strdup("the only one");
  if (strlen(digits) <= DIGITS)
    return g_strdup_printf("one of %s", digits);
  return g_strdup_printf("one of %c.%ce%u", digits[0], digits[1], (guint)strlen(digits) - 1);
}

char *pln_say_proof(const PlnCoalitions *c, const PlnCoalition *found, PlnCoalitionAim aim) {
  g_autofree char *price = pln_say_price(c, found->price), *bound = pln_say_price(c, found->bound);
  const char *s = found->size == 1 ? "" : "s";
  if (aim == PLN_COALITION_SMALLEST && found->least == found->size && !found->proved)
    return g_strdup_printf("bound %u = %u state%s, of the price of so many bound %s, found %s",
                           found->least, found->size, s, bound, price);
  if (aim == PLN_COALITION_SMALLEST)
    return g_strdup_printf(found->proved ? "bound %u = %u state%s" : "bound %u, found %u state%s",
                           found->least, found->size, s);
  return g_strdup_printf(found->proved ? "bound %s = price %s" : "bound %s, found price %s", bound,
                         price);
}

/* ---- Members ---- */

typedef struct {
  const PlnCoalitionUnit *unit;
  gint64 price;
  guint place;
} Member;

static int by_price(gconstpointer a, gconstpointer b) {
  const Member *x = a, *y = b;
  if (x->price != y->price)
    return x->price < y->price ? -1 : 1;
  return (x->place > y->place) - (x->place < y->place);
}

/* Those of the set that must change.  Returns: (transfer full): Member */
static GArray *members_of(const PlnCoalitions *c, PlnOthers others, PlnCoalitionEnd end,
                          const PlnCoalition *found, guint k) {
  GArray *members = g_array_new(FALSE, FALSE, sizeof(Member));
  const guint8 *in = k < found->sets->len ? found->sets->pdata[k] : NULL;
  for (guint u = 0; in && u < c->units->len; u++) {
    const PlnCoalitionUnit *unit = pln_coalitions_unit(c, u);
    Member member = {unit, unit->price[others][end], u};
    if (in[u] && unit->change[others][end] > 0)
      g_array_append_val(members, member);
  }
  g_array_sort(members, by_price);
  return members;
}

char *pln_say_members(const PlnCoalitions *c, PlnOthers others, PlnCoalitionEnd end,
                      const PlnCoalition *found, guint k, guint most) {
  g_autoptr(GArray) members = members_of(c, others, end, found, k);
  guint shown = most > 0 ? MIN(most, members->len) : members->len;
  GString *out = g_string_new(NULL);
  for (guint m = 0; m < shown; m++) {
    const Member *member = &g_array_index(members, Member, m);
    g_autofree char *price = pln_say_price(c, member->price);
    g_string_append_printf(out, "%s%s (%s)", m > 0 ? ", " : "", member->unit->name, price);
  }
  if (shown < members->len)
    g_string_append_printf(out, " and %u more", members->len - shown);
  return g_string_free(out, FALSE);
}

char *pln_say_aside(const PlnCoalitions *c, PlnCoalitionEnd end, guint most) {
  const PlnCoalition *found = c->aside[end].found;
  const guint8 *in = found && found->sets->len > 0 ? found->sets->pdata[0] : NULL;
  GString *out = g_string_new(NULL);
  guint named = 0;
  for (guint u = 0; in && u < c->units->len; u++) {
    const PlnCoalitionUnit *unit = pln_coalitions_unit(c, u);
    if (!in[u] || ++named > most)
      continue;
    g_autofree char *price = pln_say_price(c, unit->aside_price[end]);
    g_string_append_printf(out, "%s%s (%s)", named > 1 ? ", " : "", unit->name, price);
  }
  if (named > most)
    g_string_append_printf(out, " and %u more", named - most);
  return g_string_free(out, FALSE);
}

/* The seats of regional group @name in the set and in all. */
static guint count_group(const PlnCoalitions *c, const GArray *members, const char *name) {
  guint n = 0;
  for (guint m = 0; m < members->len; m++) {
    const PlnCoalitionUnit *unit = g_array_index(members, Member, m).unit;
    for (guint j = 0; j < unit->seats->len && unit->seats->len == 1; j++)
      n += strcmp(c->roster->state[g_array_index(unit->seats, guint, j)]->group, name) == 0;
  }
  return n;
}

static guint count_all(const PlnCoalitions *c, const char *name) {
  guint n = 0;
  for (guint i = 0; i < c->roster->n; i++)
    n += strcmp(c->roster->state[i]->group, name) == 0;
  return n;
}

char *pln_say_groups(const PlnCoalitions *c, PlnOthers others, PlnCoalitionEnd end,
                     const PlnCoalition *found, guint k) {
  g_autoptr(GArray) members = members_of(c, others, end, found, k);
  g_autoptr(GPtrArray) said = g_ptr_array_new();
  GString *out = g_string_new(NULL);
  for (guint m = 0; m < members->len; m++) {
    const PlnCoalitionUnit *unit = g_array_index(members, Member, m).unit;
    if (unit->seats->len > 1)
      g_string_append_printf(out, "%s%s (%u states as one)", out->len > 0 ? ", " : "", unit->name,
                             unit->seats->len);
  }
  for (guint i = 0; i < c->roster->n; i++) {
    const char *group = c->roster->state[i]->group;
    if (g_ptr_array_find_with_equal_func(said, group, g_str_equal, NULL))
      continue;
    g_ptr_array_add(said, (gpointer)group);
    guint n = count_group(c, members, group);
    if (n > 0)
      g_string_append_printf(out, "%s%s %u of %u", out->len > 0 ? ", " : "",
                             *group ? group : "no group", n, count_all(c, group));
  }
  return g_string_free(out, FALSE);
}

/* ---- The answer ---- */

static const PlnCoalition *found_of(const PlnCoalitions *c, PlnOthers others, PlnCoalitionEnd end,
                                    PlnCoalitionAim aim) {
  return c->answer[others][end][aim].found;
}

/* What a sum of prices means. */
static void say_sum(const PlnCoalitions *c, gint64 price, guint states, GString *out) {
  char number[G_ASCII_DTOSTR_BUF_SIZE];
  g_autofree char *sum = pln_say_price(c, price);
  double lost = (double)price / PLN_PRICE_UNIT / 100;
  if (c->options.price == PLN_PRICE_CHANCE)
    g_string_append_printf(out, "expected to lose %s of %s number",
                           g_ascii_formatd(number, sizeof number, "%.1f", lost),
                           states == 1 ? "its" : "their");
  else if (c->options.price == PLN_PRICE_RECORD)
    g_string_append_printf(out, "%s steps from it on record", sum);
  else
    g_string_append_printf(out, "at a price of %s", sum);
}

char *pln_say_passing(const PlnCoalitions *c) {
  const PlnCoalition *few = found_of(c, PLN_OTHERS_NO, PLN_COALITION_WINS, PLN_COALITION_SMALLEST);
  const PlnCoalition *cheap =
      found_of(c, PLN_OTHERS_NO, PLN_COALITION_WINS, PLN_COALITION_CHEAPEST);
  GString *out = g_string_new(NULL);
  if (!few || !cheap)
    return g_string_append(out, "Nobody that may be in can pass it against the others."),
           g_string_free(out, FALSE);
  g_string_append_printf(out, "%u of %u can pass it against all others", few->size, c->roster->n);
  if (cheap->size == 0)
    return g_string_assign(out, "It passes whatever those do that may change."),
           g_string_free(out, FALSE);
  if (cheap->size == few->size && cheap->size == 1)
    g_string_append(out, "; the cheapest such is ");
  else if (cheap->size == few->size)
    g_string_append_printf(out, "; the cheapest such %u are ", cheap->size);
  else
    g_string_append_printf(out, "; the cheapest that can are %u, ", cheap->size);
  say_sum(c, cheap->price, cheap->size, out);
  g_string_append_c(out, '.');
  return g_string_free(out, FALSE);
}

/* Who abstains instead of voting against it, where that does. */
static void say_aside(const PlnCoalitions *c, PlnCoalitionEnd end, gint64 than, GString *out) {
  const PlnCoalition *found = c->aside[end].found;
  if (!found || found->size == 0 || found->price > than)
    return;
  g_autofree char *price = pln_say_price(c, found->price);
  g_autofree char *names = pln_say_aside(c, end, NAMED);
  gboolean less = found->price < than && than < G_MAXINT64;
  g_string_append_printf(out, "; or %u that abstain%s instead of voting %s, at %s%s: %s",
                         found->size, found->size == 1 ? "s" : "",
                         end == PLN_COALITION_WINS ? "no" : "yes", price,
                         less ? ", which is less dear" : "", names);
}

static void say_taking(const PlnCoalitions *c, PlnCoalitionEnd end, GString *out) {
  const PlnCoalition *few = found_of(c, PLN_OTHERS_EXPECTED, end, PLN_COALITION_SMALLEST);
  const PlnCoalition *cheap = found_of(c, PLN_OTHERS_EXPECTED, end, PLN_COALITION_CHEAPEST);
  const char *what = end == PLN_COALITION_WINS ? "to pass" : "to block";
  const char *vote = end == PLN_COALITION_WINS ? "yes" : "no";
  if (!cheap || !few) {
    g_string_append_printf(out, "; nobody that may change to %s makes it %s", vote,
                           end == PLN_COALITION_WINS ? "pass" : "fail");
    say_aside(c, end, G_MAXINT64, out);
    return;
  }
  g_autofree char *names = pln_say_members(c, PLN_OTHERS_EXPECTED, end, cheap, 0, NAMED);
  g_autofree char *price = pln_say_price(c, cheap->price);
  if (!*names)
    return;
  g_string_append_printf(out, "; %s it takes %u more %s", what, few->size, vote);
  if (few->size < cheap->size)
    g_string_append_printf(out, " (the cheapest are %u)", cheap->size);
  g_string_append_printf(out, ", at %s: %s", price, names);
  say_aside(c, end, cheap->price, out);
}

gboolean pln_is_as_voted(const PlnCoalitions *c) {
  return c->on_record == c->roster->n;
}

/* What the others' votes are, in front of their count. */
static void say_premise(const PlnCoalitions *c, GString *out) {
  if (pln_is_as_voted(c))
    g_string_append(out, "As they voted");
  else if (c->options.price == PLN_PRICE_RECORD)
    g_string_append_printf(out,
                           "No answer on this question: with the %u vote%s on record by name, "
                           "nobody else voting", c->on_record,
                           c->on_record == 1 ? "" : "s");
  else if (c->on_record > 0)
    g_string_append_printf(out, "%s the %u vote%s on record, and each other's likeliest answer%s",
                           c->informed ? "With" : "No answer on this question: with",
                           c->on_record, c->on_record == 1 ? "" : "s",
                           c->informed ? "" : " by the electorate's average vote alone");
  else
    g_string_append(out, c->informed
                             ? "If each gives its likeliest answer"
                             : "No answer on this question: if each gave its likeliest answer by "
                               "the electorate's average vote alone");
}

char *pln_say_expected(const PlnCoalitions *c) {
  static const char *const ends[] = {"fails", "passes", "would fail", "would pass"};
  gboolean would = !pln_is_as_voted(c) || c->options.rule != NULL;
  GString *out = g_string_new(NULL);
  if (c->unexpected == c->roster->n)
    return g_string_append(out, "What anybody would do is not known: no votes are expected."),
           g_string_free(out, FALSE);
  say_premise(c, out);
  g_string_append_printf(out, " (%u yes, %u no, %u abstaining, %u away) it %s",
                         c->expected[PLN_VOTE_Y], c->expected[PLN_VOTE_N], c->expected[PLN_VOTE_A],
                         c->expected[PLN_VOTE_X], ends[2 * would + (c->passes != 0)]);
  say_taking(c, c->passes ? PLN_COALITION_BLOCKS : PLN_COALITION_WINS, out);
  g_string_append_c(out, '.');
  return g_string_free(out, FALSE);
}

/* Each state's likeliest answer may be only just that; the chance counts how likely it is. */
char *pln_say_projected(const PlnCoalitions *c) {
  if (isnan(c->adopted) || c->unexpected == c->roster->n)
    return NULL;
  g_autofree char *chance = pln_say_percent(c->adopted);
  gboolean apart = (c->adopted >= 0.5) != (c->passes != 0);
  const char *as_if = c->proposal->result != PLN_RESULT_NOT_STATED ? ", as if before the vote" : "";
  return g_strdup_printf("The projection's chance of adoption%s: %s%s%s", as_if, chance,
                         c->informed ? "" : ", of the electorate's average vote too",
                         apart ? ". The two point apart: a likeliest answer may be only just the "
                                 "likeliest, which the chance counts."
                               : ".");
}

guint pln_count_named(const PlnCoalitions *c) {
  const PlnProposal *p = c->proposal;
  guint named = 0;
  for (guint i = 0; p->roster && i < p->roster->n; i++)
    named += p->ballot[i].vote != PLN_VOTE_UNKNOWN;
  return named;
}

char *pln_say_on_record(const PlnCoalitions *c) {
  static const char *const ends[] = {"was voted on", "was adopted", "was rejected",
                                     "was adopted without a vote", "was not put", "was withdrawn",
                                     "was voted on"};
  const PlnProposal *p = c->proposal;
  if (p->result == PLN_RESULT_NOT_STATED && p->total[PLN_VOTE_Y] < 0)
    return NULL;
  GString *out = g_string_new(NULL);
  g_string_append_printf(out, "On record: %s %s", p->id, ends[p->result]);
  if (p->total[PLN_VOTE_Y] >= 0 && p->total[PLN_VOTE_N] >= 0 && p->total[PLN_VOTE_A] >= 0)
    g_string_append_printf(out, " (%d yes, %d no, %d abstaining)", (int)p->total[PLN_VOTE_Y],
                           (int)p->total[PLN_VOTE_N], (int)p->total[PLN_VOTE_A]);
  if (!pln_is_as_voted(c))
    g_string_append_printf(out, "; %u of %u votes by name. What follows is a what-if, as if before "
                           "the vote",
                           pln_count_named(c), p->roster ? p->roster->n : 0);
  g_string_append_c(out, '.');
  return g_string_free(out, FALSE);
}

char *pln_say_blocking(const PlnCoalitions *c) {
  const PlnCoalition *few =
      found_of(c, PLN_OTHERS_NO, PLN_COALITION_BLOCKS, PLN_COALITION_SMALLEST);
  const PlnBlockingMinority *own = &g_array_index(c->minorities, PlnBlockingMinority, 0);
  guint away = c->expected[PLN_VOTE_A] + c->expected[PLN_VOTE_X];
  GString *out = g_string_new(NULL);
  if (!few)
    return g_string_append(out, "Nobody that may be in can block it."), g_string_free(out, FALSE);
  const char *way = c->answer[PLN_OTHERS_NO][PLN_COALITION_BLOCKS][PLN_COALITION_SMALLEST].way;
  g_string_append_printf(out, "%u can block it against all others (%s)", few->size, way);
  if (own->veto && own->all <= c->roster->n)
    g_string_append_printf(out, "; without a veto it takes %u", own->all);
  if (c->unexpected < c->roster->n && away > 0) {
    g_autofree char *who =
        away == 1 ? g_strdup(pln_is_as_voted(c) ? "the one that abstained or stayed away does again"
                                                : "the one likely to abstain or stay away does")
                  : g_strdup_printf(pln_is_as_voted(c)
                                        ? "the %u that abstained or stayed away do so again"
                                        : "the %u likely to abstain or stay away do so",
                                    away);
    if (own->expected > c->roster->n)
      g_string_append_printf(out, "; if %s, nobody", who);
    else if (own->expected == 0)
      g_string_append_printf(out, "; it falls by itself if %s", who);
    else if (own->expected != own->all)
      g_string_append_printf(out, "; %u are enough if %s", own->expected, who);
  }
  g_string_append_c(out, '.');
  return g_string_free(out, FALSE);
}
