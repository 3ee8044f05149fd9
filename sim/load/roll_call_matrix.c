/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From what was gathered to the matrix: codes become voters, day by day. */
#include <stdlib.h>
#include <string.h>

#include "plenary/gather.h"
#include "plenary/table.h"

/* What a code stands for, and what became of its rows. */
typedef struct {
  GArray *seats;      /* PlnSeat */
  guint *voter;       /* of each seat */
  gsize *rows;        /* of each seat */
  PlnDay from, to;    /* a roll call surely in here is the first seat's */
  gsize outside, early, undated;
  guint first_outside; /* a roll call */
} Code;

typedef struct {
  PlnGather *g;
  const PlnSeats *seats;
  PlnCodes codes;
  gboolean fills;
  GHashTable *members;
  Code *code;      /* one a key */
  PlnWhen *when;   /* one a roll call */
  GArray *voters;  /* PlnSeat, as they come; its name and group */
  GHashTable *voter_of;
  guint *rank;     /* of a voter in the matrix */
  int *place;      /* of a roll call in the matrix, or -1 */
  guint n_calls;
  gsize same, filled, no_member;
  gsize unsound;             /* roll calls left out as they disagree with their totals */
  const char *first_unsound;
} Build;

static const char *const expected[] = {"a code", "an ISO alpha-3 code",
                                       "an ISO alpha-2 or alpha-3 code",
                                       "a Correlates of War number"};

static void unknown(const Build *b, const PlnKey *key, const char *const *codes) {
  g_autofree char *hint = pln_faults_hint(b->g->faults, key->text, codes);
  pln_faults_add(b->g->faults, b->g->file, key->line, key->column,
                 "unknown code \"%s\" (rows: %u); expected %s%s", key->text, key->rows,
                 expected[b->codes], hint);
}

static guint voter_number(Build *b, const PlnSeat *seat) {
  gpointer found = g_hash_table_lookup(b->voter_of, seat->voter);
  if (found)
    return GPOINTER_TO_UINT(found) - 1;
  PlnSeat voter = *seat;
  const PlnVoter *member = b->members ? g_hash_table_lookup(b->members, seat->voter) : NULL;
  if (member) {
    voter.name = member->name;
    voter.group = member->group;
  }
  g_array_append_val(b->voters, voter);
  g_hash_table_insert(b->voter_of, (gpointer)seat->voter, GUINT_TO_POINTER(b->voters->len));
  return b->voters->len - 1;
}

/* The days on which a roll call is the first seat's, whatever else the code stands for. */
static void set_span(const Build *b, Code *code) {
  const PlnSeat *seat = &g_array_index(code->seats, PlnSeat, 0);
  PlnWhen always = {101, 99991231, FALSE};
  code->from = seat->from <= PLN_DAY_UNKNOWN ? 101 : pln_day_last(seat->from);
  code->to = seat->to <= PLN_DAY_UNKNOWN ? 99991231 : pln_day_first(seat->to);
  PlnSeat open = *seat;
  open.from = open.to = PLN_DAY_NONE;
  if (!pln_seats_sat(b->seats, &open, &always)) /* there is a gap somewhere */
    code->to = 0;
}

static void look_up_codes(Build *b) {
  const char **codes = NULL;
  b->code = g_new0(Code, b->g->keys->len + 1);
  for (guint i = 0; i < b->g->keys->len; i++) {
    const PlnKey *key = &g_array_index(b->g->keys, PlnKey, i);
    Code *code = &b->code[i];
    code->seats = g_array_new(FALSE, FALSE, sizeof(PlnSeat));
    if (!pln_seats_of(b->seats, b->codes, key->text, code->seats)) {
      if (!codes)
        codes = pln_seats_codes(b->seats, b->codes);
      unknown(b, key, codes);
    }
    code->voter = g_new(guint, code->seats->len + 1);
    code->rows = g_new0(gsize, code->seats->len + 1);
    for (guint k = 0; k < code->seats->len; k++)
      code->voter[k] = G_MAXUINT;
    code->from = 1; /* no day, until there is a seat */
    if (code->seats->len > 0)
      set_span(b, code);
  }
  g_free(codes);
}

static void date_calls(Build *b) {
  b->when = g_new(PlnWhen, b->g->calls->len + 1);
  for (guint j = 0; j < b->g->calls->len; j++) {
    const PlnGatheredCall *call = pln_gather_at(b->g, j);
    PlnDay day = call->day;
    if (day > PLN_DAY_UNKNOWN)
      b->when[j] = (PlnWhen){pln_day_first(day), pln_day_last(day), day % 100 != 0};
    else
      b->when[j] = pln_seats_session(b->g->assembly ? call->session : -1);
  }
}

/* The seat that the vote is of, or -1: the code had none then. */
static int seat_of(Build *b, const PlnGatheredVote *vote, Code *code) {
  const PlnWhen *when = &b->when[vote->call];
  const PlnSeat *seats = (const PlnSeat *)(const void *)code->seats->data;
  if (b->codes == PLN_CODES_OWN || (code->from <= when->first && when->last <= code->to))
    return 0;
  int seat = pln_seats_pick(b->seats, seats, code->seats->len, when);
  if (seat < 0) {
    if (code->outside++ == 0)
      code->first_outside = vote->call;
  } else if (when->first == PLN_DAY_NONE) {
    code->undated++;
  } else if (when->exact && !pln_seats_sat(b->seats, &seats[seat], when)) {
    code->early++;
  }
  return seat;
}

/* Votes come to name voters in place of codes; those outside say nothing from here on. */
static void seat_votes(Build *b) {
  for (guint i = 0; i < b->g->votes->len; i++) {
    PlnGatheredVote *vote = &g_array_index(b->g->votes, PlnGatheredVote, i);
    Code *code = &b->code[vote->key];
    if (vote->vote == PLN_SAID_NO_MEMBER) {
      b->no_member++;
      if (pln_seats_pick(b->seats, (const PlnSeat *)(const void *)code->seats->data,
                         code->seats->len, &b->when[vote->call]) < 0) {
        vote->vote = PLN_SAID_NOTHING; /* nor was it one */
        continue;
      }
    }
    int seat = seat_of(b, vote, code);
    if (seat < 0) {
      vote->vote = PLN_SAID_NOTHING;
      continue;
    }
    if (code->voter[seat] == G_MAXUINT)
      code->voter[seat] = voter_number(b, &g_array_index(code->seats, PlnSeat, seat));
    code->rows[seat]++;
    vote->key = (guint16)code->voter[seat];
  }
}

typedef struct {
  const char *name;
  guint number;
} Named;

static int by_name(const void *a, const void *b) {
  return strcmp(((const Named *)a)->name, ((const Named *)b)->name);
}

static void rank_voters(Build *b) {
  g_autofree Named *named = g_new(Named, b->voters->len + 1);
  b->rank = g_new(guint, b->voters->len + 1);
  for (guint i = 0; i < b->voters->len; i++)
    named[i] = (Named){g_array_index(b->voters, PlnSeat, i).voter, i};
  qsort(named, b->voters->len, sizeof *named, by_name);
  for (guint i = 0; i < b->voters->len; i++)
    b->rank[named[i].number] = i;
}

static PlnGatheredCall **place_calls(Build *b) {
  PlnGatheredCall **sorted = pln_gather_sorted(b->g, &b->n_calls);
  b->place = g_new(int, b->g->calls->len + 1);
  for (guint j = 0; j < b->g->calls->len; j++)
    b->place[j] = -1;
  for (guint j = 0; j < b->n_calls; j++)
    b->place[sorted[j] - pln_gather_at(b->g, 0)] = (int)j;
  return sorted;
}

static PlnVoteMatrix *make(Build *b, PlnGatheredCall *const *calls) {
  PlnVoteMatrix *m = pln_vote_matrix_new(b->voters->len, b->n_calls);
  for (guint i = 0; i < b->voters->len; i++) {
    const PlnSeat *from = &g_array_index(b->voters, PlnSeat, i);
    m->voter[b->rank[i]] = (PlnVoter){pln_vote_matrix_keep(m, from->voter),
                                      pln_vote_matrix_keep(m, from->name),
                                      pln_vote_matrix_keep(m, from->group)};
  }
  for (guint j = 0; j < b->n_calls; j++)
    m->call[j] = (PlnCalled){pln_vote_matrix_keep(m, calls[j]->id),
                             pln_vote_matrix_keep(m, calls[j]->symbol),
                             pln_vote_matrix_keep(m, calls[j]->title), calls[j]->day,
                             calls[j]->session};
  return m;
}

static const char *letter(guint8 vote) {
  static const char *const letters[] = {"Y", "N", "A", "X"};
  return vote < PLN_VOTE_KINDS ? letters[vote] : "not a member";
}

static void fill_in(Build *b, PlnVoteMatrix *m) {
  for (guint i = 0; i < b->g->votes->len; i++) {
    const PlnGatheredVote *vote = &g_array_index(b->g->votes, PlnGatheredVote, i);
    if (vote->vote == PLN_SAID_NOTHING || b->place[vote->call] < 0)
      continue;
    guint8 *cell = pln_vote_matrix_row(m, (guint)b->place[vote->call]) + b->rank[vote->key];
    if (*cell == PLN_VOTE_UNKNOWN)
      *cell = vote->vote;
    else if (*cell == vote->vote)
      b->same++;
    else
      pln_faults_add(b->g->faults, b->g->file, vote->line, vote->column,
                     "the vote of %s on roll call %s is %s here and %s before; expected one row, "
                     "or the same", m->voter[b->rank[vote->key]].code,
                     pln_gather_at(b->g, vote->call)->id, letter(vote->vote), letter(*cell));
  }
}

/* A voter's own seat, whatever code its votes came under. */
static PlnSeat own_seat(const Build *b, const PlnSeat *voter) {
  g_autoptr(GArray) seats = g_array_new(FALSE, FALSE, sizeof(PlnSeat));
  if (voter->by && voter->by->kind == PLN_PAST_FORMER)
    return *voter;
  pln_seats_of(b->seats, PLN_CODES_ISO3, voter->voter, seats);
  return seats->len > 0 ? g_array_index(seats, PlnSeat, 0) : *voter;
}

/* Members that have no row did not vote; who is said to be no member stays unknown. */
static void fill_up(Build *b, PlnVoteMatrix *m) {
  for (guint i = 0; b->fills && i < b->voters->len; i++) {
    Code own = {.seats = g_array_new(FALSE, FALSE, sizeof(PlnSeat))};
    PlnSeat seat = own_seat(b, &g_array_index(b->voters, PlnSeat, i));
    g_array_append_val(own.seats, seat);
    set_span(b, &own);
    g_array_unref(own.seats);
    for (guint j = 0; j < b->g->calls->len; j++) {
      if (b->place[j] < 0)
        continue;
      guint8 *cell = pln_vote_matrix_row(m, (guint)b->place[j]) + b->rank[i];
      const PlnWhen *when = &b->when[j];
      if (*cell == PLN_VOTE_UNKNOWN &&
          ((own.from <= when->first && when->last <= own.to) ||
           (own.to == 0 && pln_seats_sat(b->seats, &seat, when)))) {
        *cell = PLN_VOTE_X;
        b->filled++;
      }
    }
  }
  gsize cells = (gsize)m->n_calls * m->n_voters;
  for (gsize i = 0; b->no_member > 0 && i < cells; i++)
    if (m->vote[i] == PLN_SAID_NO_MEMBER)
      m->vote[i] = PLN_VOTE_UNKNOWN;
}

/* Returns: whether what is stated is what was counted, or nothing is stated */
static gboolean agrees(const Build *b, const PlnGatheredCall *call, const char *what,
                       gint64 stated, guint32 counted) {
  if (stated < 0 || stated == counted)
    return TRUE;
  if (!b->g->leaves_out)
    pln_faults_add(b->g->faults, b->g->file, call->line, call->column,
                   "roll call %s: the total of %s is %" G_GINT64_FORMAT " but %u rows have it; "
                   "expected the same (--leave-out passes over such roll calls)",
                   call->id, what, stated, counted);
  return FALSE;
}

/* The absent are counted only where a file lists them.  A roll call that disagrees with its
 * totals is a fault, or is left out whole where that was asked for. */
static void check_totals(Build *b) {
  for (guint j = 0; j < b->g->calls->len; j++) {
    PlnGatheredCall *call = pln_gather_at(b->g, j);
    gboolean lists = call->counted[PLN_VOTE_X] > 0, sound = TRUE;
    if (!call->stated || !call->kept)
      continue;
    for (PlnVote k = PLN_VOTE_Y; k < PLN_VOTE_KINDS; k++)
      if (k != PLN_VOTE_X || lists)
        sound &= agrees(b, call, letter(k), call->total[k], call->counted[k]);
    if (lists)
      sound &= agrees(b, call, "members", call->members,
                      call->counted[PLN_VOTE_Y] + call->counted[PLN_VOTE_N] +
                          call->counted[PLN_VOTE_A] + call->counted[PLN_VOTE_X]);
    if (sound)
      continue;
    b->first_unsound = b->unsound++ == 0 ? call->id : b->first_unsound;
    call->kept = FALSE;
    call->stated = FALSE;
  }
}

static void note_code(const Build *b, guint i) {
  const Code *code = &b->code[i];
  const char *text = g_array_index(b->g->keys, PlnKey, i).text;
  for (guint k = 0; k < code->seats->len; k++) {
    const PlnSeat *seat = &g_array_index(code->seats, PlnSeat, k);
    if (seat->by && code->rows[k] > 0 && strcmp(seat->voter, text) != 0)
      pln_gather_note(b->g, "Votes coded %s, counted as those of %s (%s, by historical.csv): %"
                      G_GSIZE_FORMAT ".", text, seat->voter, seat->by->name, code->rows[k]);
  }
  if (code->outside > 0) {
    const PlnGatheredCall *call = pln_gather_at(b->g, code->first_outside);
    g_autofree char *day = pln_day_text(call->day);
    pln_gather_note(b->g, "Votes coded %s, left out as it was no member then: %" G_GSIZE_FORMAT
                    " (first on roll call %s%s%s).", text, code->outside, call->id,
                    *day ? " of " : "", day);
  }
}

static gsize sum(const Build *b, gsize at) {
  gsize all = 0;
  for (guint i = 0; i < b->g->keys->len; i++)
    all += G_STRUCT_MEMBER(gsize, &b->code[i], at);
  return all;
}

static gsize rows_of(const Code *code) {
  gsize all = 0;
  for (guint k = 0; k < code->seats->len; k++)
    all += code->rows[k];
  return all;
}

static void note_if(const Build *b, gsize n, const char *what) {
  if (n > 0)
    pln_gather_note(b->g, "%s: %" G_GSIZE_FORMAT ".", what, n);
}

static void note_all(const Build *b) {
  gsize outside = 0, bare = 0, mute = 0;
  for (guint j = 0; j < b->g->calls->len; j++) {
    const PlnGatheredCall *call = pln_gather_at(b->g, j);
    outside += call->stated && !call->kept;
    bare += call->listed && !call->stated;
  }
  for (guint i = 0; i < b->g->keys->len; i++)
    mute += b->code[i].outside == 0 && rows_of(&b->code[i]) == 0;
  if (outside > 0)
    pln_gather_note(b->g, "Roll calls left out, not of the sessions asked for: %" G_GSIZE_FORMAT
                    " (votes: %" G_GSIZE_FORMAT ").", outside, b->g->dropped_rows);
  if (b->unsound > 0)
    pln_gather_note(b->g, "Roll calls left out, as their rows disagree with their totals: %" G_GSIZE_FORMAT
                    " (first roll call %s).", b->unsound, b->first_unsound);
  note_if(b, b->g->no_session, "Roll calls among them whose session is not stated");
  note_if(b, bare, "Roll calls of the list that have no votes");
  note_if(b, b->g->special, b->g->assembly
          ? "Roll calls of special sessions, counted in the regular session of their date"
          : "Roll calls of special sessions");
  note_if(b, b->g->derived, "Roll calls that state no session, counted in that of their date");
  note_if(b, b->g->no_answer, "Rows that say the vote is not known");
  note_if(b, b->same, "Votes that stand twice, both times the same");
  note_if(b, mute, "Voters left out, as no vote of theirs is known");
  for (guint i = 0; i < b->g->keys->len; i++)
    note_code(b, i);
  note_if(b, sum(b, G_STRUCT_OFFSET(Code, early)),
          "Votes dated outside the membership but in its first or last month, kept as days of old "
          "roll calls are not exact");
  note_if(b, sum(b, G_STRUCT_OFFSET(Code, undated)),
          "Votes on roll calls without date and session, taken for those of members");
  note_if(b, b->no_member, "Rows that say the voter was not a member");
  note_if(b, b->filled, "Cells of members without a row, taken for X (did not vote)");
}

static void clear(Build *b) {
  for (guint i = 0; b->code && i < b->g->keys->len; i++) {
    g_array_unref(b->code[i].seats);
    g_free(b->code[i].voter);
    g_free(b->code[i].rows);
  }
  g_free(b->code);
  g_free(b->when);
  g_free(b->rank);
  g_free(b->place);
  g_array_unref(b->voters);
  g_hash_table_unref(b->voter_of);
}

/* Whether there is something to make a matrix of, and not too much. */
static gboolean fits(const Build *b) {
  if (b->n_calls == 0 || b->voters->len == 0)
    pln_faults_add(b->g->faults, b->g->file, 0, 0, "no vote is left; expected votes%s%s",
                   b->g->from >= 0 || b->g->to >= 0 ? " of the sessions asked for" : "",
                   b->g->no_session > 0 ? " (these state no session: a list of roll calls does, --roll-calls)" : "");
  else if ((gsize)b->n_calls * b->voters->len > PLN_ROLL_CALLS_CELLS)
    pln_faults_add(b->g->faults, b->g->file, 0, 0,
                   "%u roll calls of %u voters; expected at most %d cells: ask for fewer sessions",
                   b->n_calls, b->voters->len, PLN_ROLL_CALLS_CELLS);
  else
    return TRUE;
  return FALSE;
}

PlnVoteMatrix *pln_gather_matrix(PlnGather *g, const PlnSeats *seats, PlnCodes codes,
                                 gboolean fills, GHashTable *members) {
  guint before = pln_faults_count(g->faults);
  g_autoptr(PlnVoteMatrix) matrix = NULL;
  Build b = {.g = g, .seats = seats, .codes = codes, .fills = fills, .members = members};
  b.voters = g_array_new(FALSE, FALSE, sizeof(PlnSeat));
  b.voter_of = g_hash_table_new(g_str_hash, g_str_equal);
  look_up_codes(&b);
  date_calls(&b);
  seat_votes(&b);
  rank_voters(&b);
  check_totals(&b);
  g_autofree PlnGatheredCall **calls = place_calls(&b);
  if (pln_faults_count(g->faults) == before && fits(&b)) {
    matrix = make(&b, calls);
    fill_in(&b, matrix);
    fill_up(&b, matrix);
    note_all(&b);
  }
  clear(&b);
  return pln_faults_count(g->faults) == before ? g_steal_pointer(&matrix) : NULL;
}
