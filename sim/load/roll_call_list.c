/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The companion of a file of votes: what its roll calls were, and when. */
#include <string.h>

#include "plenary/gather.h"

enum { ID, SESSION, DATE, SYMBOL, TITLE, CHAMBER, NUMBER, KINDS };

/* Each under the names that lists have for it. */
static const char *const names[KINDS][5] = {{"rcid", "roll_call", "undl_id", "id", NULL},
                                            {"session", NULL},
                                            {"date", NULL},
                                            {"resolution", "symbol", "unres", NULL},
                                            {"title", "short", "descr", "vote_desc", NULL},
                                            {"chamber", NULL},
                                            {"rollnumber", NULL}};

typedef struct {
  PlnGather *g;
  int at[KINDS];
  gboolean begun;
  guint width;
} List;

static int find(const PlnField *field, guint n, const char *const *any) {
  for (; *any; any++)
    for (guint i = 0; i < n; i++)
      if (g_ascii_strcasecmp(field[i].text, *any) == 0)
        return (int)i;
  return -1;
}

/* In voteview's list a roll call is three columns, and its session is another thing. */
static gboolean read_header(List *l, const PlnField *field, guint n) {
  static const char *const congress[] = {"congress", NULL};
  l->begun = TRUE;
  l->width = n;
  for (guint k = 0; k < KINDS; k++)
    l->at[k] = find(field, n, names[k]);
  gboolean threefold = l->at[CHAMBER] >= 0 && l->at[NUMBER] >= 0 && find(field, n, congress) >= 0;
  if (threefold) {
    l->at[SESSION] = find(field, n, congress);
    l->at[ID] = -1;
  } else if (l->at[ID] < 0) {
    pln_gather_complain(l->g, field,
                        "the list names no roll calls; expected a column rcid, roll_call, undl_id "
                        "or id, or congress, chamber and rollnumber");
    return FALSE;
  }
  return TRUE;
}

static const PlnField *cell(const List *l, const PlnField *field, guint kind) {
  return l->at[kind] >= 0 ? &field[l->at[kind]] : NULL;
}

static const char *kept(const List *l, const PlnField *field, guint kind) {
  const PlnField *it = cell(l, field, kind);
  return it && *it->text ? g_string_chunk_insert_const(l->g->text, it->text) : "";
}

static gboolean read_row(const PlnField *field, guint n, gpointer data) {
  List *l = data;
  if (!l->begun)
    return read_header(l, field, n);
  while (n > l->width && !*field[n - 1].text)
    n--;
  if (n != l->width) {
    pln_gather_complain(l->g, field, "the row has %u cells; expected %u as in the header", n,
                        l->width);
    return TRUE;
  }
  const PlnField *id = cell(l, field, ID);
  g_autofree char *made =
      id ? g_strdup(id->text)
         : g_strdup_printf("%.60s-%.60s-%.60s", cell(l, field, SESSION)->text,
                           cell(l, field, CHAMBER)->text, cell(l, field, NUMBER)->text);
  if (!*made) {
    pln_gather_complain(l->g, id, "the roll call has no id; expected one");
    return TRUE;
  }
  PlnGatheredCall *call = pln_gather_at(l->g, pln_gather_call(l->g, made));
  if (l->g->full)
    return FALSE;
  if (call->listed) {
    pln_gather_complain(l->g, id ? id : field,
                        "the roll call \"%s\" stands twice; expected it once", made);
    return TRUE;
  }
  call->listed = TRUE;
  call->symbol = kept(l, field, SYMBOL);
  call->title = kept(l, field, TITLE);
  pln_gather_when(l->g, call, cell(l, field, SESSION), cell(l, field, DATE));
  return TRUE;
}

void pln_gather_list(PlnGather *g, const char *file, GBytes *bytes) {
  List list = {.g = g};
  const char *votes = g->file;
  gsize length;
  const char *text = g_bytes_get_data(bytes, &length);
  guint before = pln_faults_count(g->faults);
  g->file = file; /* whose faults they are */
  gboolean whole = pln_csv_read(file, text ? text : "", length, read_row, &list, g->faults);
  pln_gather_tell(g);
  if (whole && !list.begun)
    pln_faults_add(g->faults, file, 1, 1, "the file is empty; expected a header");
  g->file = votes;
  /* What a broken list lacks is not told as another fault. */
  g->list = pln_faults_count(g->faults) == before ? file : NULL;
}
