/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A comparison in sentences. */
#include <math.h>
#include <string.h>

#include "plenary/compose_comparison.h"
#include "plenary/compose_project.h"

enum { SENTENCES = 6, FURTHEST = 3 };

/* What is said of talks and of ratification beside the vote: not drawn, or a middle day. */
static gboolean is_value(const PlnRunOutcome *o) {
  return strcmp(o->unit, "year") == 0 || strcmp(o->unit, "scale") == 0;
}

gboolean pln_comparison_matters(const PlnComparisonItem *item, const PlnComparisonCase *one) {
  const PlnComparisonOutcome *o = item->adopted < 0 ? NULL : &one->outcome[item->adopted];
  for (guint k = 0; k < pln_runner_outcomes(item->runner); k++)
    if (is_value(pln_runner_outcome(item->runner, k)) && one->outcome[k].change != 0 &&
        !isnan(one->outcome[k].change))
      return TRUE;
  if (one->paired && o)
    return one->gained + one->lost > 0 && (o->low > 0 || o->high < 0);
  return !one->same;
}

/* ---- One bundle ---- */

static char *thousands(guint64 n) {
  return n < 1000 ? g_strdup_printf("%" G_GUINT64_FORMAT, n)
                  : g_strdup_printf("%" G_GUINT64_FORMAT ",%03u", n / 1000, (guint)(n % 1000));
}

gboolean pln_comparison_sure(const PlnComparisonItem *item, const PlnComparisonCase *one) {
  const PlnComparisonOutcome *c = item->adopted < 0 ? NULL : &one->outcome[item->adopted];
  return c && !isnan(c->change) && c->change != 0 && (isnan(c->low) || c->low > 0 || c->high < 0);
}

gboolean pln_comparison_slight(const PlnComparisonItem *item, const PlnComparisonCase *one) {
  return pln_comparison_sure(item, one) && !isnan(one->outcome[item->adopted].low) &&
         fabs(one->outcome[item->adopted].change) < 0.01;
}

gboolean pln_comparison_turns(const PlnComparisonItem *item, const PlnComparisonCase *one) {
  return one->turned && item->adopted >= 0 && !isnan(one->outcome[item->adopted].change);
}

/* "adopted in 34% of the draws instead of 28% (5.8 ±0.5 points more)" */
static char *say_drawn(const PlnComparison *all, const PlnComparisonItem *item,
                       const PlnComparisonCase *one) {
  const PlnComparisonOutcome *c = &one->outcome[item->adopted];
  g_autofree char *now = pln_say_percent(c->value);
  g_autofree char *base = pln_say_percent(item->base.value[item->adopted]);
  g_autofree char *draws = thousands(item->draws), *by = pln_say_points(c);
  gboolean sure = pln_comparison_sure(item, one);
  if (c->change == 0 && one->paired && one->gained + one->lost == 0)
    return g_strdup_printf("adopted in %s of the draws, as without it (no draw of %s differs: less "
                           "than %.2g points)",
                           now, draws, 300 / (double)item->draws);
  if (c->change == 0)
    return g_strdup_printf("adopted in %s of the draws, as without it", now);
  /* Of talks that are not drawn chance is the least of the doubt. */
  if (!sure && all->run.study != PLN_RUN_BARGAIN)
    return g_strdup_printf("adopted in %s of the draws instead of %s, which may be chance (%s)", now,
                           base, by);
  if (strcmp(now, base) == 0)
    return g_strdup_printf("adopted in %s of the draws, %s than without it", now, by);
  return g_strdup_printf("adopted in %s of the draws instead of %s (%s)", now, base, by);
}

/* "9 to spare", "19 short"; "9" alone behind one of the same sign, @beside */
static char *say_spare(double margin, double beside) {
  if (isnan(margin))
    return g_strdup("not counted");
  if (margin == 0)
    return g_strdup("exactly enough");
  if (margin * beside > 0)
    return g_strdup_printf("%.0f", fabs(margin));
  return g_strdup_printf("%.0f %s", fabs(margin), margin < 0 ? "short" : "to spare");
}

static char *say_recorded(const PlnComparisonItem *item, const PlnComparisonCase *one) {
  static const char *const ends[] = {"not adopted", "adopted"};
  int margin = pln_runner_find(item->runner, "margin");
  gboolean now = one->outcome[item->adopted].value > 0.5;
  double spare = margin < 0 ? NAN : one->outcome[margin].value;
  double base = margin < 0 ? NAN : item->base.value[margin];
  g_autofree char *after = say_spare(spare, 0), *before = say_spare(base, spare);
  if (isnan(one->outcome[item->adopted].value))
    return g_strdup("not known what comes of it: the rule has no answer to these votes");
  if (isnan(item->base.value[item->adopted]))
    return g_strdup_printf("%s (%s), where as it is the votes are not known", ends[now], after);
  if (pln_comparison_turns(item, one))
    return g_strdup_printf("%s instead of %s (%s instead of %s)", ends[now], ends[!now], after,
                           before);
  return spare == base ? g_strdup_printf("%s all the same (%s)", ends[now], after)
                       : g_strdup_printf("%s all the same (%s instead of %s)", ends[now], after,
                                         before);
}

/* Of talks and dates, where there is a vote: what is adopted is not the question of the title. */
static char *say_vote(const PlnComparison *c, const PlnComparisonItem *item,
                      const PlnComparisonCase *one) {
  const char *what = item->proposal ? item->proposal->id : "it";
  if (item->adopted < 0 || isnan(item->base.value[item->adopted]))
    return NULL;
  if (isnan(one->outcome[item->adopted].value))
    return g_strdup_printf("%s is put to the vote in no draw", what);
  g_autofree char *drawn = say_drawn(c, item, one);
  return c->run.study == PLN_RUN_BARGAIN ? g_strdup_printf("at the forecast %s is %s", what, drawn)
                                         : g_strdup_printf("%s %s", what, drawn);
}

/* As far as it is shown. */
static gboolean is_seen(const PlnComparison *c, const PlnComparisonItem *item,
                        const PlnComparisonCase *one, guint k) {
  const PlnRunOutcome *o = pln_runner_outcome(item->runner, k);
  g_autofree char *now = pln_say_outcome(c, o, one->outcome[k].value);
  g_autofree char *base = pln_say_outcome(c, o, item->base.value[k]);
  return is_value(o) && strcmp(now, base) != 0;
}

/* Positions: those that went furthest. */
static void add_positions(GString *out, const PlnComparison *c, const PlnComparisonItem *item,
                          const PlnComparisonCase *one) {
  static const char prefix[] = "forecast position: ";
  gboolean done[PLN_RUN_OUTCOMES] = {FALSE};
  for (guint n = 0; n < FURTHEST; n++) {
    int best = -1;
    for (guint k = 0; k < pln_runner_outcomes(item->runner); k++) {
      double change = fabs(one->outcome[k].change);
      if (is_seen(c, item, one, k) && !done[k] && change > 0 &&
          (best < 0 || change > fabs(one->outcome[best].change)))
        best = (int)k;
    }
    if (best < 0)
      break;
    const PlnRunOutcome *o = pln_runner_outcome(item->runner, (guint)best);
    g_autofree char *now = pln_say_outcome(c, o, one->outcome[best].value);
    g_autofree char *base = pln_say_outcome(c, o, item->base.value[best]);
    done[best] = TRUE;
    const char *title = o->title + (g_str_has_prefix(o->title, prefix) ? strlen(prefix) : 0);
    g_string_append_printf(out, "%s%s %s instead of %s", out->len > 0 ? "; " : "", title, now, base);
  }
}

/* Talks in which nobody cares, or can do anything, end nowhere. */
static gboolean has_forecast(const PlnComparisonItem *item, const PlnComparisonCase *one) {
  for (guint k = 0; k < pln_runner_outcomes(item->runner); k++)
    if (is_value(pln_runner_outcome(item->runner, k)) && !isnan(one->outcome[k].value))
      return TRUE;
  return FALSE;
}

gboolean pln_comparison_if_adopted(const PlnRunOutcome *o) {
  return strcmp(o->id, "protocol") == 0;
}

gboolean pln_comparison_rare(const PlnComparisonItem *item, const PlnComparisonCase *one) {
  return item->adopted >= 0 && (one ? one->outcome[item->adopted].value
                                    : item->base.value[item->adopted]) < PLN_COMPARISON_RARE;
}

/* The protocol's day is one of the draws in which it is adopted: where these are others, what stands
 * between two such days is no gain and no loss. */
static void add_protocol(GString *out, const PlnComparison *c, const PlnComparisonItem *item,
                         const PlnComparisonCase *one, guint k) {
  const PlnRunOutcome *o = pln_runner_outcome(item->runner, k);
  double value = one->outcome[k].value, before = item->base.value[k];
  g_autofree char *now = pln_say_outcome(c, o, value), *base = pln_say_outcome(c, o, before);
  g_autofree char *of = pln_say_percent(one->outcome[item->adopted].value);
  g_autofree char *of_base = pln_say_percent(item->base.value[item->adopted]);
  if (isnan(one->outcome[item->adopted].value))
    return; /* no vote, and that is said */
  g_string_append(out, out->len > 0 ? "; " : "");
  if (pln_comparison_rare(item, one))
    g_string_append(out, "too seldom adopted for a day of the protocol's force to be told");
  else if (isnan(value))
    g_string_append_printf(out, "if adopted (%s), the protocol in force within the horizon in less "
                                "than half of those draws", of);
  else if (isnan(before) || pln_comparison_rare(item, NULL))
    g_string_append_printf(out, "if adopted (%s), the protocol in force in %s", of, now);
  else if (pln_comparison_sure(item, one))
    g_string_append_printf(out, "if adopted (%s), the protocol in force in %s, as it is, if adopted "
                                "(%s), in %s", of, now, of_base, base);
  else {
    g_autofree char *by = pln_say_months(before, value);
    g_string_append_printf(out, "if adopted, the protocol in force %s", by);
  }
}

/* Dates, by how many months they move; the days themselves are in the table. */
static void add_dates(GString *out, const PlnComparison *c, const PlnComparisonItem *item,
                      const PlnComparisonCase *one) {
  static const char *const words[][2] = {{"force", "in force"},
                                         {"conference", "parties enough for a protocol"},
                                         {"protocol", NULL}};
  for (gsize i = 0; i < G_N_ELEMENTS(words); i++) {
    int k = pln_runner_find(item->runner, words[i][0]);
    if (k < 0 || !is_seen(c, item, one, (guint)k))
      continue;
    if (!words[i][1]) {
      add_protocol(out, c, item, one, (guint)k);
      continue;
    }
    const PlnRunOutcome *o = pln_runner_outcome(item->runner, (guint)k);
    double value = one->outcome[k].value, before = item->base.value[k];
    g_autofree char *now = pln_say_outcome(c, o, value), *base = pln_say_outcome(c, o, before);
    g_autofree char *by = isnan(value) || isnan(before) ? NULL : pln_say_months(before, value);
    g_string_append_printf(out, "%s%s ", out->len > 0 ? "; " : "", words[i][1]);
    if (isnan(value))
      g_string_append_printf(out, "in less than half of the draws, instead of in %s", base);
    else if (isnan(before))
      g_string_append_printf(out, "in %s, without it in less than half of the draws", now);
    else
      g_string_append_printf(out, "%s", by);
  }
}

static char *say_one(const PlnComparison *c, const PlnComparisonItem *item,
                     const PlnComparisonCase *one) {
  if (c->run.study == PLN_RUN_REPLAY)
    return say_recorded(item, one);
  if (c->run.study == PLN_RUN_PROJECT)
    return say_drawn(c, item, one);
  g_autofree char *vote = say_vote(c, item, one);
  g_autoptr(GString) out = g_string_new(vote);
  if (c->run.study == PLN_RUN_BARGAIN)
    add_positions(out, c, item, one);
  else
    add_dates(out, c, item, one);
  if (out->len == 0)
    g_string_append(out, c->run.study != PLN_RUN_BARGAIN
                             ? "some numbers alone come out otherwise (below)"
                         : has_forecast(item, one) ? "forecasts move, but by less than is shown"
                                                   : "there is no forecast");
  return g_string_free(g_steal_pointer(&out), FALSE);
}

/* ---- Several proposals ---- */

typedef struct {
  guint more, fewer, slight, alike, turned;
  guint furthest; /* item */
  GString *ids;   /* of those turned */
} Count;

static Count count_bundle(const PlnComparison *c, guint b) {
  Count count = {.ids = g_string_new(NULL)};
  double most = -1;
  for (guint k = 0; k < c->items->len; k++) {
    const PlnComparisonItem *item = pln_comparison_item(c, k);
    const PlnComparisonCase *one = pln_comparison_case(item, b);
    double change = item->adopted < 0 ? 0 : one->outcome[item->adopted].change;
    gboolean sure = pln_comparison_sure(item, one), slight = pln_comparison_slight(item, one);
    count.more += sure && !slight && change > 0;
    count.fewer += sure && !slight && change < 0;
    count.slight += slight;
    count.alike += !sure;
    if (pln_comparison_turns(item, one) && ++count.turned <= SENTENCES)
      g_string_append_printf(count.ids, "%s%s", count.ids->len > 0 ? ", " : "", item->proposal->id);
    if (sure && fabs(change) > most) {
      most = fabs(change);
      count.furthest = k;
    }
  }
  if (count.turned > SENTENCES)
    g_string_append_printf(count.ids, " and %u more", count.turned - SENTENCES);
  return count;
}

static char *say_several(const PlnComparison *c, guint b) {
  Count n = count_bundle(c, b);
  g_autoptr(GString) ids = n.ids, out = g_string_new(NULL);
  const PlnComparisonItem *item = pln_comparison_item(c, n.furthest);
  const PlnComparisonCase *one = pln_comparison_case(item, b);
  const struct {
    guint n;
    const char *words;
  } parts[] = {{n.more, "likelier"},
               {n.fewer, "less likely"},
               {n.slight, "different by less than a point"},
               {n.alike, "no different beyond chance"}};
  g_string_append_printf(out, "of %u proposals ", c->items->len);
  gboolean drawn = c->run.study == PLN_RUN_PROJECT, first = TRUE;
  for (gsize k = 0; drawn && k < G_N_ELEMENTS(parts); k++)
    if (parts[k].n > 0) {
      g_string_append_printf(out, "%s%s on %u", first ? "adoption is " : ", ", parts[k].words,
                             parts[k].n);
      first = FALSE;
    }
  g_string_append(out, drawn ? "; " : "adoption is ");
  if (n.turned > 0)
    g_string_append_printf(out, "turned on %u (%s)", n.turned, ids->str);
  else
    g_string_append(out, "turned on none");
  if (drawn && n.more + n.fewer > 0) {
    g_autofree char *now = pln_say_percent(one->outcome[item->adopted].value);
    g_autofree char *base = pln_say_percent(item->base.value[item->adopted]);
    g_string_append_printf(out, "; furthest %s, %s instead of %s", item->proposal->id, now, base);
  }
  return g_string_free(g_steal_pointer(&out), FALSE);
}

/* ---- All ---- */

static void add(PlnDoc *doc, GString *all, PlnSay say, const char *text) {
  pln_doc_say(doc, NULL, say, "%s", text);
  g_string_append_printf(all, "%s%s", all->len > 0 ? " " : "", text);
}

static gboolean matters_at_all(const PlnComparison *c, guint b, gboolean *same) {
  gboolean matters = FALSE;
  *same = TRUE;
  for (guint k = 0; k < c->items->len; k++) {
    const PlnComparisonItem *item = pln_comparison_item(c, k);
    matters |= pln_comparison_matters(item, pln_comparison_case(item, b));
    *same &= pln_comparison_case(item, b)->same;
  }
  return matters;
}

gboolean pln_comparison_touches(const PlnComparison *c, guint b) {
  for (guint k = 0; k < c->items->len; k++) {
    const PlnComparisonCase *one = pln_comparison_case(pln_comparison_item(c, k), b);
    if (one->changes->len > 0 || one->refused)
      return TRUE;
  }
  return ((const PlnBundle *)c->bundles->pdata[b])->changes->len == 0; /* nothing is set at all */
}

/* Those of which there is no sentence of their own, by why. */
typedef struct {
  GString *names;
  const char *words;
} Rest;

enum { ALIKE, SAME, ELSEWHERE, USELESS, RESTS };

static void add_name(Rest *rest, const char *name) {
  g_string_append_printf(rest->names, "%s%s", rest->names->len > 0 ? ", " : "", name);
}

static void add_rest(PlnDoc *doc, GString *all, const Rest *rest) {
  g_autofree char *text = g_strdup_printf("%s: %s.", rest->names->str, rest->words);
  if (rest->names->len > 0)
    add(doc, all, all->len > 0 ? PLN_SAY_PLAIN : PLN_SAY_LEAD, text);
  g_string_free(rest->names, TRUE);
}

/* What is to be known before the numbers. */
static void add_before(PlnDoc *doc, GString *all, const PlnComparison *c) {
  g_autofree char *voted = pln_say_comparison_voted(c), *stated = pln_say_comparison_stated(c);
  if (voted)
    add(doc, all, PLN_SAY_LEAD, voted);
  if (stated)
    add(doc, all, PLN_SAY_LEAD, stated);
}

char *pln_compose_comparison_answer(PlnDoc *doc, const PlnComparison *c) {
  g_autoptr(GString) all = g_string_new(NULL);
  Rest rest[RESTS] = {{g_string_new(NULL), "no difference beyond chance"},
                      {g_string_new(NULL), "nothing comes out otherwise, in no draw and of no seat"},
                      {g_string_new(NULL), "nothing that is asked about here is set"},
                      {g_string_new(NULL), "left out, as nothing here has a use for it (below)"}};
  guint said = 0;
  add_before(doc, all, c);
  for (guint b = 0; b < c->bundles->len; b++) {
    g_autofree char *name = pln_say_bundle(c->bundles->pdata[b], 60);
    const PlnComparisonItem *first = pln_comparison_item(c, 0);
    gboolean same, matters = matters_at_all(c, b, &same);
    /* A single one that makes no difference is the answer all the same. */
    if (same || (!matters && c->bundles->len > 1)) {
      add_name(&rest[!pln_comparison_touches(c, b) ? ELSEWHERE : same ? SAME : ALIKE], name);
      continue;
    }
    if (said++ >= SENTENCES)
      continue;
    g_autofree char *what = c->items->len > 1 ? say_several(c, b)
                                              : say_one(c, first, pln_comparison_case(first, b));
    g_autofree char *text = g_strdup_printf("%s: %s.", name, what);
    add(doc, all, PLN_SAY_LEAD, text);
  }
  g_autofree char *more = g_strdup_printf("%u more differ: see below.", said - MIN(said, SENTENCES));
  if (said > SENTENCES)
    add(doc, all, PLN_SAY_PLAIN, more);
  for (guint b = 0; b < c->useless->len; b++) {
    g_autofree char *name = pln_say_bundle(c->useless->pdata[b], 60);
    add_name(&rest[USELESS], name);
  }
  for (guint k = 0; k < RESTS; k++)
    add_rest(doc, all, &rest[k]);
  return g_string_free(g_steal_pointer(&all), FALSE);
}
