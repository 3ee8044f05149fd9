/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text for people: the answer first, numbers in columns, colour as a second voice. */
#include <string.h>

#include "plenary/text.h"
#include "plenary/write.h"

typedef struct {
  GString *out;
  guint width;
  gboolean colour;
} Writer;

/* By PlnSay. */
static const char *const styles[] = {"\x1b[1m", "\x1b[1;32m", "\x1b[1;31m",
                                     "\x1b[1m", "",           "\x1b[2m"};

static void open_style(const Writer *w, PlnSay say) {
  if (w->colour)
    g_string_append(w->out, styles[say]);
}

static void close_style(const Writer *w, PlnSay say) {
  if (w->colour && *styles[say])
    g_string_append(w->out, "\x1b[0m");
}

/* Words of @text in lines of the width; from the second line on @hang blanks first. */
static void wrap(const Writer *w, const char *text, guint at, guint hang) {
  g_auto(GStrv) words = g_strsplit(text, " ", -1);
  guint column = at;
  for (gsize i = 0; words[i]; i++) {
    guint n = pln_text_width(words[i]);
    gboolean first = i == 0, fits = column + (first ? 0 : 1) + n <= w->width;
    if (!fits && column > hang) {
      while (w->out->len > 0 && w->out->str[w->out->len - 1] == ' ')
        g_string_truncate(w->out, w->out->len - 1);
      g_string_append_printf(w->out, "\n%*s", (int)hang, "");
      column = hang;
    } else if (!first) {
      g_string_append_c(w->out, ' ');
      column++;
    }
    g_string_append(w->out, words[i]);
    column += n;
  }
}

static void write_say(const Writer *w, const PlnNode *node) {
  g_autofree char *text = pln_text_visible(node->text);
  open_style(w, node->say);
  wrap(w, text, 0, node->say == PLN_SAY_NOTE ? 2 : 0);
  close_style(w, node->say);
  g_string_append_c(w->out, '\n');
}

static char *cell_text(const PlnValue *v) {
  g_autofree char *text = pln_value_text(v);
  return pln_text_visible(text);
}

typedef struct {
  guint width;
  gboolean right, shown;
} Column;

/* A column without a heading, or with nothing under it, is not shown. */
static Column measure(const PlnNode *table, guint c) {
  Column column = {0};
  for (guint r = 0; r < pln_node_rows(table); r++) {
    const PlnValue *v = pln_node_cell(table, r, c);
    g_autofree char *text = cell_text(v);
    column.width = MAX(column.width, pln_text_width(text));
    column.right |= pln_value_is_number(v);
  }
  const char *heading = table->columns[c].heading;
  column.shown = heading && column.width > 0;
  if (column.shown)
    column.width = MAX(column.width, pln_text_width(heading));
  return column;
}

/* One cell, @at columns from the left; the last of a row may take several lines. */
static void put_cell(const Writer *w, const char *text, guint at, Column column, gboolean last,
                     gboolean head) {
  int room = (int)(column.width - MIN(column.width, pln_text_width(text)));
  if (at > 0)
    g_string_append(w->out, "  ");
  guint left = at > 0 ? at + 2 : 0;
  if (last && !column.right && !head)
    wrap(w, text, left, MIN(left, w->width - 16)); /* some room, however wide the table */
  else
    g_string_append_printf(w->out, "%*s%s%*s", column.right ? room : 0, "", text,
                           column.right || last ? 0 : room, "");
}

static void end_line(const Writer *w) {
  while (w->out->len > 0 && w->out->str[w->out->len - 1] == ' ')
    g_string_truncate(w->out, w->out->len - 1);
  g_string_append_c(w->out, '\n');
}

enum { HEAD = -1 };

/* Row @r of the table, or its headings. */
static void write_row(const Writer *w, const PlnNode *table, const Column columns[], int r) {
  guint at = 0, last = 0;
  for (guint c = 0; c < table->n_columns; c++)
    if (columns[c].shown)
      last = c;
  for (guint c = 0; c <= last; c++) {
    if (!columns[c].shown)
      continue;
    g_autofree char *text = r == HEAD ? g_strdup(table->columns[c].heading)
                                      : cell_text(pln_node_cell(table, (guint)r, c));
    put_cell(w, text, at, columns[c], c == last, r == HEAD);
    at += columns[c].width + (at > 0 ? 2 : 0);
  }
  end_line(w);
}

static gboolean headed(const PlnNode *table) {
  for (guint c = 0; c < table->n_columns; c++)
    if (table->columns[c].heading && *table->columns[c].heading)
      return TRUE;
  return FALSE;
}

static void write_table(const Writer *w, const PlnNode *table) {
  g_autofree Column *columns = g_new0(Column, table->n_columns);
  if (pln_node_rows(table) == 0)
    return;
  for (guint c = 0; c < table->n_columns; c++)
    columns[c] = measure(table, c);
  if (headed(table))
    g_string_append_c(w->out, '\n');
  if (table->text)
    g_string_append_printf(w->out, "%s\n", table->text);
  if (headed(table)) {
    open_style(w, PLN_SAY_TITLE);
    write_row(w, table, columns, HEAD);
    close_style(w, PLN_SAY_TITLE);
  }
  for (guint r = 0; r < pln_node_rows(table); r++)
    write_row(w, table, columns, (int)r);
}

/* Two bars on one scale, one under the other, with the mark of what is needed. */
static void write_bar(const Writer *w, const PlnNode *node) {
  static const char *const names[] = {"Y", "N"};
  const PlnBar *bar = &node->bar;
  guint32 most = MAX(MAX(bar->part[0], bar->part[1]), MAX(bar->mark, 1));
  guint room = MIN(w->width, 100) - 24;
  guint mark = bar->mark > 0 ? (guint)((guint64)bar->mark * room / most) : room + 1;
  for (int k = 0; k < 2; k++) {
    guint filled = (guint)((guint64)bar->part[k] * room / most);
    if (w->colour)
      g_string_append(w->out, k == 0 ? "\x1b[32m" : "\x1b[31m");
    for (guint i = 0; i < room + 1; i++)
      g_string_append(w->out, i < filled && i + 1 != mark ? "█" : i + 1 == mark ? "│" : " ");
    if (w->colour)
      g_string_append(w->out, "\x1b[0m");
    g_string_append_printf(w->out, " %s %u", names[k], bar->part[k]);
    if (k == 0 && bar->mark > 0)
      g_string_append_printf(w->out, "  │ needs %u", bar->mark);
    end_line(w);
  }
}

static void write_section(const Writer *w, const PlnNode *section) {
  for (guint i = 0; i < section->nodes->len; i++) {
    const PlnNode *node = section->nodes->pdata[i];
    if (node->audience == PLN_FOR_PROGRAMS)
      continue;
    if (node->kind == PLN_NODE_SECTION)
      write_section(w, node);
    else if (node->kind == PLN_NODE_SAY)
      write_say(w, node);
    else if (node->kind == PLN_NODE_TABLE)
      write_table(w, node);
    else if (node->kind == PLN_NODE_BAR)
      write_bar(w, node);
  }
}

static void write_provenance(const Writer *w, const PlnProvenance *p) {
  g_autofree char *inputs = pln_inputs_digest(p->inputs), *data = pln_inputs_digest(p->data);
  g_autofree char *rests = g_strdup_printf(
      "The outcomes rest on facts that are %s at the weakest.%s%s", p->status,
      *p->rules ? " Rules: " : "", p->rules);
  gboolean any = p->inputs->len > 0;
  g_autofree char *from =
      g_strdup_printf("plenary %s%s%s · data %s · %s", p->version, any ? " · inputs " : "",
                      any ? inputs : "", data, p->command);
  const char *lines[] = {rests, from};
  g_string_append_c(w->out, '\n');
  for (int i = *p->status ? 0 : 1; i < 2; i++) {
    g_autofree char *text = pln_text_visible(lines[i]);
    open_style(w, PLN_SAY_NOTE);
    wrap(w, text, 0, 2);
    close_style(w, PLN_SAY_NOTE);
    g_string_append_c(w->out, '\n');
  }
}

char *pln_write_text(const PlnDoc *doc, const PlnProvenance *provenance, guint width,
                     gboolean colour) {
  Writer w = {g_string_new(NULL), CLAMP(width, 40, 120), colour};
  write_section(&w, pln_doc_root(doc));
  if (provenance)
    write_provenance(&w, provenance);
  return g_string_free(w.out, FALSE);
}
