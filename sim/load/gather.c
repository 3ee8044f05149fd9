/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/gather.h"

#include <stdlib.h>
#include <string.h>

#include "plenary/table.h"

typedef struct {
  char *text;
  guint line, column;
  gsize rows;
} Complaint;

static void complaint_free(gpointer data) {
  g_free(((Complaint *)data)->text);
  g_free(data);
}

void pln_gather_init(PlnGather *g, const char *file, const PlnRollCallsOptions *options,
                     PlnFaults *faults) {
  *g = (PlnGather){.file = file, .faults = faults, .notes = options->notes,
                   .from = options->from, .to = options->to, .leaves_out = options->leave_out};
  g->calls = g_array_new(FALSE, FALSE, sizeof(PlnGatheredCall));
  g->keys = g_array_new(FALSE, FALSE, sizeof(PlnKey));
  g->votes = g_array_new(FALSE, FALSE, sizeof(PlnGatheredVote));
  g->call_of = g_hash_table_new(g_str_hash, g_str_equal);
  g->key_of = g_hash_table_new(g_str_hash, g_str_equal);
  g->complaint_of = g_hash_table_new(g_str_hash, g_str_equal);
  g->complaints = g_ptr_array_new_with_free_func(complaint_free);
  g->text = g_string_chunk_new(1 << 16);
}

void pln_gather_clear(PlnGather *g) {
  g_array_unref(g->calls);
  g_array_unref(g->keys);
  g_array_unref(g->votes);
  g_hash_table_unref(g->call_of);
  g_hash_table_unref(g->key_of);
  g_hash_table_unref(g->complaint_of);
  g_ptr_array_unref(g->complaints);
  g_string_chunk_free(g->text);
}

static void stop(PlnGather *g, const char *what, int most) {
  if (!g->full)
    pln_faults_add(g->faults, g->file, 0, 0,
                   "more than %d %s; expected fewer: cut the file by sessions", most, what);
  g->full = TRUE;
}

guint pln_gather_call(PlnGather *g, const char *id) {
  if (g->call < g->calls->len && strcmp(pln_gather_at(g, g->call)->id, id) == 0)
    return g->call;
  gpointer found = g_hash_table_lookup(g->call_of, id);
  if (found)
    return g->call = GPOINTER_TO_UINT(found) - 1;
  if (g->calls->len >= PLN_ROLL_CALLS_CALLS) {
    stop(g, "roll calls", PLN_ROLL_CALLS_CALLS);
    return g->call;
  }
  PlnGatheredCall call = {.id = g_string_chunk_insert(g->text, id), .symbol = "", .title = "",
                          .session_text = "", .date_text = "", .session = -1, .kept = TRUE,
                          .members = PLN_NOT_STATED};
  for (guint k = 0; k < PLN_VOTE_KINDS; k++)
    call.total[k] = PLN_NOT_STATED;
  g_array_append_val(g->calls, call);
  g->call = g->calls->len - 1;
  g_hash_table_insert(g->call_of, (gpointer)call.id, GUINT_TO_POINTER(g->calls->len));
  return g->call;
}

static PlnKey *key_at(const PlnGather *g, guint key) {
  return &g_array_index(g->keys, PlnKey, key);
}

gboolean pln_gather_key(PlnGather *g, const char *text, const PlnField *field, guint *key) {
  guint guess = g->keys->len > 0 ? key_at(g, g->key)->next : 0;
  if (guess >= g->keys->len || strcmp(key_at(g, guess)->text, text) != 0) {
    gpointer found = g_hash_table_lookup(g->key_of, text);
    if (!found && g->keys->len >= PLN_ROLL_CALLS_VOTERS) {
      stop(g, "voters", PLN_ROLL_CALLS_VOTERS);
      return FALSE;
    }
    guess = found ? GPOINTER_TO_UINT(found) - 1 : g->keys->len;
    if (!found) {
      PlnKey fresh = {g_string_chunk_insert(g->text, text), field->line, field->column, 0, 0};
      g_array_append_val(g->keys, fresh);
      g_hash_table_insert(g->key_of, (gpointer)fresh.text, GUINT_TO_POINTER(g->keys->len));
    }
    key_at(g, g->key)->next = guess;
  }
  key_at(g, guess)->rows++;
  *key = g->key = guess;
  return TRUE;
}

void pln_gather_vote(PlnGather *g, guint call, guint key, int vote, const PlnField *field) {
  if (vote == PLN_SAID_NOTHING) {
    g->no_answer++;
    return;
  }
  if (g->votes->len >= PLN_ROLL_CALLS_VOTES) {
    stop(g, "votes", PLN_ROLL_CALLS_VOTES);
    return;
  }
  if (vote < PLN_VOTE_KINDS)
    pln_gather_at(g, call)->counted[vote]++;
  PlnGatheredVote cast = {call, field->line, (guint16)key,
                          (guint16)MIN(field->column, G_MAXUINT16), (guint8)vote};
  g_array_append_val(g->votes, cast);
}

/* "74"; "10emsp", "ES-10", "29sp" and "S-29" are special; "12(II)" is the twelfth. */
static gboolean read_session(const char *text, int *session, gboolean *special) {
  gboolean of_special = g_str_has_prefix(text, "ES-") || g_str_has_prefix(text, "S-");
  const char *digits = of_special ? strchr(text, '-') + 1 : text;
  gsize n = strspn(digits, "0123456789");
  *special = of_special || strcmp(digits + n, "emsp") == 0 || strcmp(digits + n, "sp") == 0;
  if (n == 0 || n > 4 || (digits[n] && !*special && digits[n] != '('))
    return FALSE;
  *session = *special ? -1 : (int)g_ascii_strtoll(digits, NULL, 10);
  return TRUE;
}

void pln_gather_when(PlnGather *g, PlnGatheredCall *call, const PlnField *session,
                     const PlnField *date) {
  if (session && *session->text && !*call->session_text) {
    call->session_text = g_string_chunk_insert_const(g->text, session->text);
    if (!read_session(session->text, &call->session, &call->special))
      pln_gather_complain(g, session,
                          "the session is \"%s\"; expected a number, or as 10emsp, ES-10, 29sp or "
                          "S-29 a special one", session->text);
  }
  if (date && *date->text && !*call->date_text) {
    call->date_text = g_string_chunk_insert_const(g->text, date->text);
    if (!pln_day_parse(date->text, &call->day) || call->day == PLN_DAY_UNKNOWN) {
      call->day = PLN_DAY_NONE;
      pln_gather_complain(g, date, "the date is \"%s\"; expected YYYY-MM-DD", date->text);
    }
  }
}

/* A roll call of the Assembly in a special session counts as one of the regular session
 * in which it falls: a history is cut by sessions, and its neighbours in time are there. */
void pln_gather_settle(PlnGather *g, PlnGatheredCall *call) {
  if (g->assembly && call->session < 0) {
    call->session = pln_seats_session_on(call->day);
    if (call->session >= 0 && !call->special)
      g->derived++;
  }
  if (call->special)
    g->special++;
  if (call->session < 0 && (g->from >= 0 || g->to >= 0))
    g->no_session++;
  call->kept = (g->from < 0 || call->session >= g->from) &&
               (g->to < 0 || (call->session >= 0 && call->session <= g->to));
}

/* Numbers in names compare as numbers: 99 before 100, A/RES/9/1 before A/RES/10/1. */
static int compare_ids(const char *a, const char *b) {
  while (*a && *b) {
    gsize n = strspn(a, "0123456789"), m = strspn(b, "0123456789");
    if (n == 0 || m == 0) {
      if (*a != *b)
        return (guchar)*a < (guchar)*b ? -1 : 1;
      a++, b++;
      continue;
    }
    for (; *a == '0' && n > 1; n--)
      a++;
    for (; *b == '0' && m > 1; m--)
      b++;
    int order = n != m ? (n < m ? -1 : 1) : strncmp(a, b, n);
    if (order != 0)
      return order;
    a += n, b += m;
  }
  return *a ? 1 : *b ? -1 : 0;
}

static int by_time(const void *a, const void *b) {
  const PlnGatheredCall *x = *(PlnGatheredCall *const *)a, *y = *(PlnGatheredCall *const *)b;
  if (x->session != y->session)
    return x->session < y->session ? -1 : 1;
  if (x->day != y->day)
    return x->day < y->day ? -1 : 1;
  int order = compare_ids(x->id, y->id);
  return order != 0 ? order : strcmp(x->id, y->id);
}

PlnGatheredCall **pln_gather_sorted(const PlnGather *g, guint *n) {
  PlnGatheredCall **sorted = g_new(PlnGatheredCall *, g->calls->len + 1);
  *n = 0;
  for (guint j = 0; j < g->calls->len; j++) {
    PlnGatheredCall *call = pln_gather_at(g, j);
    if (call->stated && call->kept)
      sorted[(*n)++] = call;
  }
  qsort(sorted, *n, sizeof *sorted, by_time);
  return sorted;
}

void pln_gather_complain(PlnGather *g, const PlnField *field, const char *format, ...) {
  va_list args;
  va_start(args, format);
  g_autofree char *text = g_strdup_vprintf(format, args);
  va_end(args);
  Complaint *same = g_hash_table_lookup(g->complaint_of, text);
  if (same) {
    same->rows++;
  } else if (g->complaints->len >= PLN_FAULTS_KEPT) {
    pln_faults_add(g->faults, g->file, field->line, field->column, "%s", text);
  } else {
    same = g_new(Complaint, 1);
    *same = (Complaint){g_steal_pointer(&text), field->line, field->column, 1};
    g_ptr_array_add(g->complaints, same);
    g_hash_table_insert(g->complaint_of, same->text, same);
  }
}

void pln_gather_tell(PlnGather *g) {
  for (guint i = 0; i < g->complaints->len; i++) {
    const Complaint *c = g->complaints->pdata[i];
    if (c->rows > 1)
      pln_faults_add(g->faults, g->file, c->line, c->column, "%s (%" G_GSIZE_FORMAT " times)",
                     c->text, c->rows);
    else
      pln_faults_add(g->faults, g->file, c->line, c->column, "%s", c->text);
  }
  g_hash_table_remove_all(g->complaint_of);
  g_ptr_array_set_size(g->complaints, 0);
}

void pln_gather_note(PlnGather *g, const char *format, ...) {
  if (!g->notes)
    return;
  va_list args;
  va_start(args, format);
  g_ptr_array_add(g->notes, g_strdup_vprintf(format, args));
  va_end(args);
}
