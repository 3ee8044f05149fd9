/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/whip.h"

#include <math.h>
#include <string.h>

#include "plenary/error.h"
#include "plenary/normal.h"
#include "plenary/table.h"

#define LN_2 0.6931471805599453

const char *const pln_whip_words[] = {
    "on-record", "yes",      "leans-yes", "sponsor",         "undecided", "leans-abstain",
    "abstains",  "leans-no", "no",        "no-instructions", "not-heard", NULL};

static void list_free(gpointer data) {
  PlnWhipList *l = data;
  GArray *all[] = {l->board, l->tell, l->change, l->surprise, l->stale};
  pln_outlook_free(l->outlook);
  pln_outcome_free(l->outcome);
  g_free(l->seat);
  for (gsize k = 0; k < G_N_ELEMENTS(all); k++)
    g_array_unref(all[k]);
  g_free(l);
}

void pln_whip_free(PlnWhip *w) {
  if (!w)
    return;
  g_ptr_array_unref(w->lists);
  g_ptr_array_unref(w->without);
  g_free(w);
}

const PlnWhipList *pln_whip_list(const PlnWhip *w, guint i) {
  return w->lists->pdata[i];
}

/* ---- Seats ---- */

static PlnWhipBin bin_of(const PlnOutlook *o, guint i) {
  static const PlnWhipBin bins[] = {
      PLN_WHIP_NOT_HEARD,       PLN_WHIP_YES,      PLN_WHIP_LEANS_YES,
      PLN_WHIP_UNDECIDED,       PLN_WHIP_LEANS_NO, PLN_WHIP_NO,
      PLN_WHIP_NO_INSTRUCTIONS, PLN_WHIP_ABSTAINS, PLN_WHIP_LEANS_ABSTAIN};
  const PlnPledge *pledge = o->pledge->pdata[i];
  if (o->known[i] != PLN_VOTE_UNKNOWN)
    return PLN_WHIP_RECORD;
  if (!pledge)
    return PLN_WHIP_NOT_HEARD;
  return pledge->answer == PLN_PLEDGE_NOT_HEARD && pledge->sponsor ? PLN_WHIP_SPONSOR
                                                                   : bins[pledge->answer];
}

/* Which of the outlook's three answers the bin says, or -1. */
static int answer_of(PlnWhipBin bin) {
  switch (bin) {
  case PLN_WHIP_YES:
  case PLN_WHIP_LEANS_YES:
  case PLN_WHIP_SPONSOR:
    return 2;
  case PLN_WHIP_LEANS_ABSTAIN:
  case PLN_WHIP_ABSTAINS:
    return 1;
  case PLN_WHIP_LEANS_NO:
  case PLN_WHIP_NO:
    return 0;
  default:
    return -1;
  }
}

static double left_of(const PlnScenario *s, const PlnPledge *pledge, int days) {
  const PlnPledgeReliability *r =
      pledge->answer == PLN_PLEDGE_NOT_HEARD
          ? NULL
          : pln_world_reliability(s->world, pln_pledge_words[pledge->answer]);
  if (!r)
    return NAN;
  return r->half_life > 0 ? pln_exp(-LN_2 * days / r->half_life) : 1;
}

static void read_seat(const PlnScenario *s, const PlnOutlook *o, guint i, PlnWhipSeat *seat) {
  const double *chance = o->chance + 3 * (gsize)i;
  double present = 1 - o->absent[i];
  seat->bin = bin_of(o, i);
  seat->pledge = o->pledge->pdata[i];
  seat->days = -1;
  seat->left = seat->expected = NAN;
  seat->chance[PLN_VOTE_Y] = present * chance[2];
  seat->chance[PLN_VOTE_N] = present * chance[0];
  seat->chance[PLN_VOTE_A] = present * chance[1];
  seat->chance[PLN_VOTE_X] = o->absent[i];
  if (seat->pledge && seat->pledge->heard > PLN_DAY_UNKNOWN) {
    seat->days = pln_pledge_age(seat->pledge, s->as_of);
    seat->left = left_of(s, seat->pledge, seat->days);
  }
  int answer = answer_of(seat->bin);
  if (answer >= 0)
    seat->expected = o->without[3 * (gsize)i + (guint)answer];
}

static void count_seats(PlnWhipList *l) {
  for (guint i = 0; i < l->outlook->n; i++) {
    const PlnWhipSeat *seat = &l->seat[i];
    PlnWhipCount *to[] = {&l->count[seat->bin], &l->all};
    for (guint k = 0; k < 2; k++) {
      to[k]->seats++;
      for (PlnVote v = 0; v < PLN_VOTE_KINDS; v++)
        to[k]->expected[v] += seat->chance[v];
    }
  }
}

/* ---- Orders ---- */

/* The letters that order a name: accents, capitals and what is no letter do not. */
static char *letters_of(const char *name) {
  g_autofree char *plain = g_str_to_ascii(name, "C");
  GString *out = g_string_new(NULL);
  for (const char *c = plain; *c; c++)
    if (g_ascii_isalnum(*c) || *c == ' ')
      g_string_append_c(out, g_ascii_tolower(*c));
  return g_string_free(out, FALSE);
}

int pln_whip_compare_names(const char *a, const char *b) {
  g_autofree char *x = letters_of(a), *y = letters_of(b);
  int order = strcmp(x, y);
  return order ? order : strcmp(a, b);
}

/* @data: the letters of each seat's name */
static int by_letters(gconstpointer a, gconstpointer b, gpointer data) {
  char **letters = data;
  guint x = *(const guint *)a, y = *(const guint *)b;
  int order = strcmp(letters[x], letters[y]);
  return order ? order : x < y ? -1 : x > y;
}

/* By @key, the largest first; of equals the earlier seat. */
static int by_key(gconstpointer a, gconstpointer b, gpointer data) {
  const double *key = data;
  guint x = *(const guint *)a, y = *(const guint *)b;
  if (key[x] != key[y])
    return key[x] > key[y] ? -1 : 1;
  return x < y ? -1 : x > y;
}

/* The seats whose @key is no NAN, the largest first. */
static GArray *order_by(guint n, double *key) {
  GArray *seats = g_array_new(FALSE, FALSE, sizeof(guint));
  for (guint i = 0; i < n; i++)
    if (!isnan(key[i]))
      g_array_append_val(seats, i);
  g_array_sort_with_data(seats, by_key, key);
  return seats;
}

/* Of a seat that tells nothing 2 ln 2 draws bits is chi-squared with three degrees of freedom
 * (Y, N, A, X against two outcomes), less its mean; 12 above its mean is one in 500. */
static double least_bits(guint draws) {
  return 12 / (2 * LN_2 * MAX(draws, 1));
}

static gboolean goes_either_way(const PlnWhipSeat *seat) {
  return seat->chance[PLN_VOTE_Y] >= PLN_WHIP_EITHER && seat->chance[PLN_VOTE_N] >= PLN_WHIP_EITHER;
}

static void order_calls(PlnWhipList *l) {
  guint n = l->outlook->n;
  g_autofree double *tell = g_new(double, n + 1), *change = g_new(double, n + 1);
  for (guint i = 0; i < n; i++) {
    const PlnOutcomeSeat *seat = &l->outcome->seat[i];
    gboolean open = l->seat[i].bin != PLN_WHIP_RECORD;
    tell[i] = open && seat->bits > least_bits(l->outcome->draws) ? seat->bits : NAN;
    change[i] = open && goes_either_way(&l->seat[i]) && seat->swing > 2 * seat->swing_error
                    ? seat->swing
                    : NAN;
  }
  l->tell = order_by(n, tell);
  l->change = order_by(n, change);
}

static void order_heard(PlnWhipList *l) {
  guint n = l->outlook->n;
  g_autofree double *surprise = g_new(double, n + 1), *stale = g_new(double, n + 1);
  for (guint i = 0; i < n; i++) {
    const PlnWhipSeat *seat = &l->seat[i];
    gboolean open = seat->bin != PLN_WHIP_RECORD;
    surprise[i] = open && seat->expected < PLN_WHIP_SURPRISE ? -seat->expected : NAN;
    stale[i] = open && seat->left < PLN_WHIP_STALE ? seat->days : NAN;
  }
  l->surprise = order_by(n, surprise);
  l->stale = order_by(n, stale);
}

static void order_board(PlnWhipList *l) {
  guint n = l->outlook->n;
  g_auto(GStrv) letters = g_new0(char *, n + 1);
  l->board = g_array_new(FALSE, FALSE, sizeof(guint));
  for (guint i = 0; i < n; i++) {
    letters[i] = letters_of(l->outlook->roster->state[i]->name);
    g_array_append_val(l->board, i);
  }
  g_array_sort_with_data(l->board, by_letters, letters);
}

/* ---- Lists ---- */

static gboolean may_decide(const PlnRuleEntry *rule, const PlnRoster *roster, GError **error) {
  if (!rule->rule.weighted || roster->weight)
    return TRUE;
  g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE,
              "the rule %s counts weights, and the members have none; expected a column weight in "
              "members.csv, or another rule",
              rule->id);
  return FALSE;
}

static double entropy(double chance) {
  if (!(chance > 0 && chance < 1))
    return 0;
  return -(chance * pln_log(chance) + (1 - chance) * pln_log(1 - chance)) / LN_2;
}

/* What follows for the outcome, once it is put to a vote: where the rule tries consensus first
 * somebody has asked for one. */
static void find_outcome(const PlnWhip *w, PlnWhipList *l) {
  const PlnRuleEntry *rule = l->rule;
  const PlnRoster *roster = l->outlook->roster;
  const PlnScenario *s = w->scenario;
  g_autofree guint8 *veto = *rule->veto ? g_new0(guint8, roster->n + 1) : NULL;
  if (veto)
    pln_roster_mark(roster, s->world, pln_world_bloc(s->world, rule->veto), veto);
  PlnOutcomeCase question = {.forecast = &l->outlook->forecast,
                             .rule = &rule->rule,
                             .weight = rule->rule.weighted ? roster->weight : NULL,
                             .veto = veto,
                             .asks = s->asks_for_vote >= 0 ? s->asks_for_vote / 100 : 1};
  l->outcome = pln_outcome_new(&question, &w->options.outcome);
  gboolean asked = rule->rule.method == PLN_METHOD_CONSENSUS_FIRST;
  PlnOutcomeChance chance = asked ? l->outcome->by_vote : l->outcome->adopted;
  l->chance = isnan(chance.value) ? l->outcome->adopted.value : chance.value;
  l->error = isnan(chance.value) ? l->outcome->adopted.error : chance.error;
  l->bits = entropy(l->chance);
  l->before = w->options.before ? w->options.before[l->place] : NAN;
}

static void add_status(PlnWhip *w, const PlnWhipList *l) {
  w->weakest = MAX(w->weakest, MAX(l->outlook->weakest, l->rule->status));
  for (guint i = 0; i < l->outlook->n; i++) {
    const PlnWhipSeat *seat = &l->seat[i];
    if (l->outlook->basis[i] != PLN_SEAT_HEARD)
      continue;
    /* How far an answer is to be trusted is itself assumed. */
    w->weakest = MAX(w->weakest, PLN_STATUS_ASSUMED);
    w->assumed += seat->pledge->status == PLN_STATUS_ASSUMED;
  }
}

static gboolean add_list(PlnWhip *w, guint place, GError **error) {
  const PlnScenario *s = w->scenario;
  const PlnProposal *p = pln_scenario_proposal(s, place);
  const char *why = "asked for";
  const PlnRuleEntry *rule = w->options.rule ? w->options.rule : pln_scenario_rule(s, p, &why);
  if (!may_decide(rule, p->roster, error))
    return FALSE;
  g_autoptr(PlnOutlook) o = pln_outlook_new(s, place, NULL, PLN_DAY_NONE, &w->options.outlook, error);
  if (!o)
    return FALSE;
  PlnWhipList *l = g_new0(PlnWhipList, 1);
  *l = (PlnWhipList){.place = place, .proposal = p, .rule = rule, .why_rule = why};
  l->outlook = g_steal_pointer(&o);
  l->seat = g_new0(PlnWhipSeat, l->outlook->n + 1);
  for (guint i = 0; i < l->outlook->n; i++)
    read_seat(s, l->outlook, i, &l->seat[i]);
  count_seats(l);
  find_outcome(w, l);
  order_board(l);
  order_calls(l);
  order_heard(l);
  add_status(w, l);
  g_ptr_array_add(w->lists, l);
  return TRUE;
}

/* Of a vote that has been taken there is nothing left to count; named votes alone are no tally. */
gboolean pln_whip_is_open(const PlnProposal *p) {
  gboolean open = p->record == PLN_RECORD_NONE || p->record == PLN_RECORD_PARTIAL;
  for (PlnVote v = 0; v < PLN_VOTE_KINDS; v++)
    open &= p->total[v] == PLN_NOT_STATED;
  return open && p->result == PLN_RESULT_NOT_STATED;
}

PlnWhip *pln_whip_new(const PlnScenario *scenario, const PlnWhipCountOptions *options,
                      GError **error) {
  g_autoptr(PlnWhip) w = g_new0(PlnWhip, 1);
  w->scenario = scenario;
  w->options = *options;
  w->lists = g_ptr_array_new_with_free_func(list_free);
  w->without = g_ptr_array_new();
  for (guint i = 0; i < scenario->proposals->len; i++) {
    const PlnProposal *p = pln_scenario_proposal(scenario, i);
    if (options->proposal >= 0 && (guint)options->proposal != i)
      continue;
    if (!pln_whip_is_open(p))
      g_ptr_array_add(w->without, (gpointer)p);
    else if (!add_list(w, i, error))
      return NULL;
  }
  if (w->lists->len > 0)
    return g_steal_pointer(&w);
  g_set_error(error, PLN_ERROR, PLN_ERROR_DATA,
              "nothing is left to be voted: what came of %s is on record; expected a proposal still "
              "open (`plenary replay` shows what is on record, `plenary reconstruct` fills a tally)",
              w->without->len > 0 ? ((const PlnProposal *)w->without->pdata[0])->id : "it");
  return NULL;
}
