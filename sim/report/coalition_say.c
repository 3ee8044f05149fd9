/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words of coalitions. */
#include <string.h>

#include "plenary/compose_coalition_part.h"

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
    return g_strdup("one of very many");
  if (strcmp(digits, "1") == 0)
    return g_strdup("the only one");
  if (strlen(digits) <= DIGITS)
    return g_strdup_printf("one of %s", digits);
  return g_strdup_printf("one of %c.%ce%u", digits[0], digits[1], (guint)strlen(digits) - 1);
}

char *pln_say_proof(const PlnCoalitions *c, const PlnCoalition *found, PlnCoalitionAim aim) {
  g_autofree char *price = pln_say_price(c, found->price), *bound = pln_say_price(c, found->bound);
  const char *is = found->proved ? "=" : "<";
  if (aim == PLN_COALITION_SMALLEST)
    return g_strdup_printf("bound %u %s %u states", found->least, is, found->size);
  return g_strdup_printf("bound %s %s price %s", bound, is, price);
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
static void say_sum(const PlnCoalitions *c, gint64 price, GString *out) {
  char number[G_ASCII_DTOSTR_BUF_SIZE];
  g_autofree char *sum = pln_say_price(c, price);
  double lost = (double)price / PLN_PRICE_UNIT / 100;
  if (c->options.price == PLN_PRICE_CHANCE)
    g_string_append_printf(out, "expected to lose %s of their number",
                           g_ascii_formatd(number, sizeof number, "%.1f", lost));
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
  if (cheap->size == few->size)
    g_string_append_printf(out, "; the cheapest such %u are ", cheap->size);
  else
    g_string_append_printf(out, "; the cheapest that can are %u, ", cheap->size);
  say_sum(c, cheap->price, out);
  g_string_append_c(out, '.');
  return g_string_free(out, FALSE);
}

static void say_taking(const PlnCoalitions *c, PlnCoalitionEnd end, GString *out) {
  const PlnCoalition *cheap = found_of(c, PLN_OTHERS_EXPECTED, end, PLN_COALITION_CHEAPEST);
  const char *what = end == PLN_COALITION_WINS ? "to pass" : "to block";
  if (!cheap) {
    g_string_append_printf(out, "; nothing that may change makes it %s",
                           end == PLN_COALITION_WINS ? "pass" : "fail");
    return;
  }
  g_autofree char *names = pln_say_members(c, PLN_OTHERS_EXPECTED, end, cheap, 0, NAMED);
  if (*names)
    g_string_append_printf(out, "; %s it takes %u more: %s", what, cheap->size, names);
}

char *pln_say_expected(const PlnCoalitions *c) {
  GString *out = g_string_new(NULL);
  if (c->unexpected == c->roster->n)
    return g_string_append(out, "What anybody would do is not known: no votes are expected."),
           g_string_free(out, FALSE);
  g_string_append_printf(out,
                         "As they are expected to vote (%u yes, %u no, %u abstaining, %u away) it "
                         "%s",
                         c->expected[PLN_VOTE_Y], c->expected[PLN_VOTE_N], c->expected[PLN_VOTE_A],
                         c->expected[PLN_VOTE_X], c->passes ? "passes" : "fails");
  say_taking(c, c->passes ? PLN_COALITION_BLOCKS : PLN_COALITION_WINS, out);
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
  if (c->unexpected < c->roster->n && away > 0 && own->expected > c->roster->n)
    g_string_append_printf(out, "; if the %u expected to abstain or stay away do, nobody", away);
  else if (c->unexpected < c->roster->n && away > 0 && own->expected == 0)
    g_string_append_printf(
        out, "; it falls by itself if the %u expected to abstain or stay away do so", away);
  else if (c->unexpected < c->roster->n && away > 0 && own->expected != own->all)
    g_string_append_printf(out, "; %u are enough if the %u expected to abstain or stay away do so",
                           own->expected, away);
  g_string_append_c(out, '.');
  return g_string_free(out, FALSE);
}
