/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows of a file of votes: which format its header shows, and a vote a row. */
#include <string.h>

#include "plenary/gather.h"
#include "plenary/table.h"

const char *const pln_roll_calls_formats[] = {"undl",   "voeten",         "tidy", "voteview",
                                              "matrix", "matrix-by-vote", "own",  NULL};

static const PlnVoteFormat *const formats[] = {&pln_votes_undl,        &pln_votes_voeten,
                                               &pln_votes_tidy_iso3,   &pln_votes_tidy_country,
                                               &pln_votes_voteview,    &pln_votes_own};

typedef struct {
  PlnGather *g;
  const char *asked;           /* a format's name, or NULL */
  const PlnVoteFormat *format; /* or NULL: a grid */
  int at[PLN_COLUMN_KINDS];    /* a column's place, or -1 */
  guint width;                 /* of the header */
  gboolean begun;
  PlnGrid grid;
} Rows;

static int find(const PlnField *field, guint n, const char *name) {
  for (guint i = 0; i < n; i++)
    if (g_ascii_strcasecmp(field[i].text, name) == 0)
      return (int)i;
  return -1;
}

/* The first needed column that the header lacks, or NULL. */
static const char *lacks(const PlnVoteFormat *format, const PlnField *field, guint n) {
  for (const PlnVoteColumn *c = format->columns; c->name; c++)
    if (c->needed && find(field, n, c->name) < 0)
      return c->name;
  return NULL;
}

static gboolean opens_grid(const PlnField *field, gboolean by_vote) {
  static const char *const voter[] = {"state", "voter", "country", NULL};
  static const char *const call[] = {"roll_call", "rcid", "id", "vote", NULL};
  const char *const *names = by_vote ? call : voter;
  for (; *names; names++)
    if (g_ascii_strcasecmp(field->text, *names) == 0)
      return TRUE;
  return FALSE;
}

/* The format that was asked for, its columns all there. */
static gboolean take_asked(Rows *r, const PlnField *field, guint n) {
  gboolean by_vote = strcmp(r->asked, "matrix-by-vote") == 0;
  const char *missing = NULL;
  if (by_vote || strcmp(r->asked, "matrix") == 0) {
    r->grid.by_vote = by_vote;
    if (opens_grid(field, by_vote))
      return TRUE;
    pln_gather_complain(r->g, field, "the first column is \"%s\"; expected %s", field->text,
                        by_vote ? "roll_call, rcid, id or vote" : "state, voter or country");
    return FALSE;
  }
  for (gsize i = 0; i < G_N_ELEMENTS(formats); i++) {
    if (strcmp(formats[i]->name, r->asked) != 0)
      continue;
    r->format = formats[i];
    missing = lacks(formats[i], field, n);
    if (!missing)
      return TRUE;
  }
  pln_gather_complain(r->g, field, "the header lacks the column %s; expected it in the format %s",
                      missing, r->asked);
  return FALSE;
}

/* The one format whose columns are all there. */
static gboolean take_shown(Rows *r, const PlnField *field, guint n) {
  for (gsize i = 0; i < G_N_ELEMENTS(formats); i++) {
    if (lacks(formats[i], field, n))
      continue;
    if (r->format && strcmp(r->format->name, formats[i]->name) != 0) {
      pln_gather_complain(r->g, field,
                          "the header is that of the formats %s and %s; expected one: name it "
                          "with --from", r->format->name, formats[i]->name);
      return FALSE;
    }
    if (!r->format)
      r->format = formats[i];
  }
  if (r->format || opens_grid(field, FALSE))
    return TRUE;
  pln_gather_complain(
      r->g, field,
      "the header is of no format that is known; expected the columns undl_id, ms_code, ms_vote, "
      "date (undl), rcid, ccode, vote (voeten), rcid, iso3 or country_code, vote (tidy), "
      "congress, chamber, rollnumber, icpsr, cast_code (voteview), roll_call, state, vote (own), "
      "or state and then a roll call each (matrix)");
  return FALSE;
}

static gboolean take_columns(Rows *r, const PlnField *field, guint n) {
  for (guint k = 0; k < PLN_COLUMN_KINDS; k++)
    r->at[k] = -1;
  for (const PlnVoteColumn *c = r->format->columns; c->name; c++) {
    int place = find(field, n, c->name);
    r->at[c->kind] = place;
    if (place >= 0 && find(field + place + 1, n - (guint)place - 1, c->name) >= 0) {
      pln_gather_complain(r->g, &field[place], "the column %s stands twice; expected it once",
                          c->name);
      return FALSE;
    }
  }
  return TRUE;
}

static gboolean read_header(Rows *r, const PlnField *field, guint n) {
  char separator = n == 1 ? field->text[strcspn(field->text, ";\t")] : 0;
  r->begun = TRUE;
  r->width = n;
  if (separator) {
    pln_csv_separator_fault(r->g->file, field->line, field->column, separator, r->g->faults);
    return FALSE;
  }
  if (r->asked ? !take_asked(r, field, n) : !take_shown(r, field, n))
    return FALSE;
  if (r->format) {
    r->g->assembly = r->format->fills;
    return take_columns(r, field, n);
  }
  return pln_grid_header(&r->grid, r->g, field, n);
}

/* Totals come as 120 or, through a spreadsheet of others, as 120.0. */
static gint64 read_total(PlnGather *g, const PlnField *field) {
  gsize n = strspn(field->text, "0123456789");
  if (!*field->text)
    return PLN_NOT_STATED;
  if (n > 0 && n < 7 && (!field->text[n] || strcmp(field->text + n, ".0") == 0))
    return g_ascii_strtoll(field->text, NULL, 10);
  pln_gather_complain(g, field, "the total is \"%s\"; expected a number", field->text);
  return PLN_NOT_STATED;
}

static const PlnField *cell(const Rows *r, const PlnField *field, PlnColumnKind kind) {
  return r->at[kind] >= 0 ? &field[r->at[kind]] : NULL;
}

static void keep(PlnGather *g, const char **to, const PlnField *from) {
  if (from && *from->text && !**to)
    *to = g_string_chunk_insert_const(g->text, from->text);
}

void pln_gather_row(PlnGather *g, PlnGatheredCall *call, const PlnField *field) {
  call->rows++;
  if (call->stated)
    return;
  call->stated = TRUE;
  call->line = field->line;
  call->column = field->column;
  if (g->list && !call->listed)
    pln_gather_complain(g, field, "the roll call \"%s\" is not in %s; expected a row of it there",
                        call->id, g->list);
}

static void first_row(Rows *r, PlnGatheredCall *call, const PlnField *field) {
  keep(r->g, &call->symbol, cell(r, field, PLN_COLUMN_SYMBOL));
  keep(r->g, &call->title, cell(r, field, PLN_COLUMN_TITLE));
  pln_gather_when(r->g, call, cell(r, field, PLN_COLUMN_SESSION), cell(r, field, PLN_COLUMN_DATE));
  pln_gather_settle(r->g, call);
  for (guint k = 0; k < PLN_VOTE_KINDS; k++) {
    const PlnField *total = cell(r, field, PLN_COLUMN_YES + k);
    call->total[k] = total ? read_total(r->g, total) : PLN_NOT_STATED;
  }
  const PlnField *members = cell(r, field, PLN_COLUMN_MEMBERS);
  call->members = members ? read_total(r->g, members) : PLN_NOT_STATED;
}

/* A roll call that is on two days, or in two sessions, is two of one name. */
static void check_same(PlnGather *g, const char *before, const PlnField *now, const char *what,
                       const char *id) {
  if (now && *now->text && *before && strcmp(now->text, before) != 0)
    pln_gather_complain(g, now,
                        "the %s of roll call %s is \"%s\" here and \"%s\" elsewhere; expected the "
                        "same", what, id, now->text, before);
}

/* NULL and a complaint where the row does not name one. */
static PlnGatheredCall *call_of(Rows *r, const PlnField *field, guint *number) {
  PlnGather *g = r->g;
  const PlnField *id = cell(r, field, PLN_COLUMN_CALL);
  if (id) {
    if (!*id->text) {
      pln_gather_complain(g, id, "the roll call has no id; expected one");
      return NULL;
    }
    *number = pln_gather_call(g, id->text);
  } else {
    char made[200];
    id = cell(r, field, PLN_COLUMN_SESSION);
    g_snprintf(made, sizeof made, "%.60s-%.60s-%.60s", id->text,
               cell(r, field, PLN_COLUMN_CHAMBER)->text, cell(r, field, PLN_COLUMN_NUMBER)->text);
    *number = pln_gather_call(g, made);
  }
  if (g->full)
    return NULL;
  PlnGatheredCall *call = pln_gather_at(g, *number);
  gboolean first = !call->stated;
  pln_gather_row(g, call, id);
  if (first)
    first_row(r, call, field);
  check_same(g, call->session_text, cell(r, field, PLN_COLUMN_SESSION), "session", call->id);
  check_same(g, call->date_text, cell(r, field, PLN_COLUMN_DATE), "date", call->id);
  return call;
}

static void read_vote(Rows *r, const PlnField *field) {
  PlnGather *g = r->g;
  const PlnField *voter = &field[r->at[PLN_COLUMN_VOTER]], *said = &field[r->at[PLN_COLUMN_VOTE]];
  guint number, key;
  const PlnGatheredCall *call = call_of(r, field, &number);
  if (!call)
    return;
  int vote = r->format->vote(said->text);
  if (vote == PLN_SAID_UNREADABLE)
    pln_gather_complain(g, said, "the vote is \"%s\"; expected %s", said->text,
                        r->format->expected);
  else if (!*voter->text)
    pln_gather_complain(g, voter, "the voter has no code; expected one");
  else if (!call->kept)
    g->dropped_rows++;
  else if (pln_gather_key(g, voter->text, voter, &key))
    pln_gather_vote(g, number, key, vote, voter);
}

static gboolean read_row(const PlnField *field, guint n, gpointer data) {
  Rows *r = data;
  if (!r->begun)
    return read_header(r, field, n);
  while (n > r->width && !*field[n - 1].text)
    n--;
  if (!r->format)
    pln_grid_row(&r->grid, r->g, field, n);
  else if (n != r->width)
    pln_gather_complain(r->g, field, "the row has %u cells; expected %u as in the header", n,
                        r->width);
  else
    read_vote(r, field);
  return !r->g->full;
}

gboolean pln_gather_rows(PlnGather *g, const char *format, GBytes *bytes, PlnCodes *codes,
                         gboolean *fills) {
  Rows r = {.g = g, .asked = format};
  if (format && !g_strv_contains(pln_roll_calls_formats, format)) {
    g_autofree char *hint = pln_faults_hint(g->faults, format, pln_roll_calls_formats);
    g_autofree char *all = g_strjoinv(", ", (char **)pln_roll_calls_formats);
    pln_faults_add(g->faults, g->file, 0, 0, "unknown format \"%s\"; expected one of %s%s", format,
                   all, hint);
    return FALSE;
  }
  gsize length;
  const char *text = g_bytes_get_data(bytes, &length);
  r.grid.column = g_array_new(FALSE, FALSE, sizeof(guint));
  gboolean whole = pln_csv_read(g->file, text ? text : "", length, read_row, &r, g->faults);
  g_array_unref(r.grid.column);
  pln_gather_tell(g);
  if (whole && !r.begun)
    pln_faults_add(g->faults, g->file, 1, 1, "the file is empty; expected a header");
  *codes = r.format ? r.format->codes : PLN_CODES_OWN;
  *fills = r.format && r.format->fills;
  return whole && r.begun;
}
