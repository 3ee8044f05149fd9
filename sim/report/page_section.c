/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/page_section.h"

#include <string.h>

#include "plenary/html.h"

enum { LONG = 40 }; /* a cell of more bytes gets some width of its own */

/* By PlnSay. */
static const char *const elements[] = {"h2", "p", "p", "p", "p", "p"};
static const char *const classes[] = {NULL, "good", "bad", "lead", NULL, "note"};

/* What is written now: of a document, the nodes between two places in reading order. */
typedef struct {
  const PlnNode *title; /* said at the top, and not again */
  const char *id;       /* of the section, where it is one of several */
  guint at, from, to;
  gboolean strong_only, weak_only;
} Reader;

/* ---- Tables ---- */

static char *cell_text(const PlnValue *v) {
  return g_strstrip(pln_value_text(v)); /* blanks set it right in text */
}

/* ".81", ">99%", "34 %", "+12": a number in words of its own. */
static gboolean looks_number(const char *text) {
  enum { MOST = 12 };
  const char *digit = text + strspn(text, " <>+-.");
  const char *rest = digit + strspn(digit, "0123456789.");
  return rest > digit && strlen(text) <= MOST && rest[strspn(rest, " %")] == '\0';
}

typedef struct {
  char *key, *heading;
  gboolean shown, number;
  gboolean aside; /* there for the drawing and its file, not to be read */
} Column;

static void column_clear(gpointer data) {
  g_free(((Column *)data)->key);
  g_free(((Column *)data)->heading);
}

/* "came_true" reads "came true". */
static char *words_of_key(const char *key) {
  return g_strdelimit(g_strdup(key), "_", ' ');
}

/* Whether people are meant to read it; else it is for programs alone. */
static gboolean has_headings(const PlnNode *table) {
  for (guint c = 0; c < table->n_columns; c++)
    if (table->columns[c].heading)
      return TRUE;
  return FALSE;
}

/* As in text a column without a heading, or with nothing in it, is not shown; but a table that is
 * drawn holds all that have a key. */
static Column column_of(const PlnNode *table, guint c, gboolean drawn) {
  const char *key = table->columns[c].key, *heading = table->columns[c].heading;
  gboolean any = drawn, words = FALSE, alike = FALSE;
  Column column = {.key = g_strdup(key + (*key == '-'))};
  for (guint r = 0; r < pln_node_rows(table); r++) {
    const PlnValue *v = pln_node_cell(table, r, c);
    column.number |= pln_value_is_number(v);
    if (v->kind == PLN_VALUE_TEXT && *v->text) {
      alike |= looks_number(v->text);
      words |= !looks_number(v->text);
    }
    any |= pln_value_is_number(v) || v->kind == PLN_VALUE_BOOL || v->kind == PLN_VALUE_UNKNOWN ||
           (v->text && *v->text);
  }
  column.number |= alike && !words;
  column.heading = heading && *heading ? g_strdup(heading) : words_of_key(column.key);
  column.shown = any && (heading || (drawn && *column.key));
  column.aside = !heading && has_headings(table);
  return column;
}

static GArray *columns_of(const PlnNode *table, gboolean drawn) {
  GArray *columns = g_array_new(FALSE, FALSE, sizeof(Column));
  g_array_set_clear_func(columns, column_clear);
  for (guint c = 0; c < table->n_columns; c++) {
    Column column = column_of(table, c, drawn);
    g_array_append_val(columns, column);
  }
  return columns;
}

static void write_head(GString *out, const PlnNode *table, const GArray *columns, gboolean drawn) {
  g_string_append(out, "<thead><tr>");
  for (guint c = 0; c < columns->len; c++) {
    const Column *column = &g_array_index(columns, Column, c);
    const char *heading = table->columns[c].heading;
    gboolean silent = !drawn && heading && !*heading; /* a heading for those who hear it */
    if (!column->shown)
      continue;
    pln_html_open(out, "th", "scope", "col", "data-key", *column->key ? column->key : NULL, "class",
                  column->number ? "n" : NULL, "hidden", column->aside ? "" : NULL, NULL);
    if (silent)
      g_string_append(out, "<span class=\"hidden\">");
    pln_html_text(out, *column->heading ? column->heading : "what");
    g_string_append(out, silent ? "</span></th>" : "</th>");
  }
  g_string_append(out, "</tr></thead>\n");
}

/* In a column of links the name of a page beside this one leads there. */
static void write_cell_text(GString *out, const char *text, const Column *column) {
  gboolean link = strcmp(column->key, "link") == 0 && g_str_has_suffix(text, ".html");
  g_autofree char *name = g_strndup(text, strlen(text) - (link ? strlen(".html") : 0));
  if (link)
    pln_html_open(out, "a", "href", text, NULL);
  pln_html_text(out, name);
  g_string_append(out, link ? "</a>" : "");
}

static void write_cell(GString *out, const PlnValue *v, const Column *column) {
  char number[G_ASCII_DTOSTR_BUF_SIZE] = "";
  g_autofree char *text = cell_text(v);
  gboolean wide = strlen(text) > LONG, word = !wide && !strchr(text, ' ');
  if (v->kind == PLN_VALUE_REAL || v->kind == PLN_VALUE_ROUNDED)
    g_ascii_formatd(number, sizeof number, "%.17g", v->real);
  else if (v->kind == PLN_VALUE_INT)
    g_snprintf(number, sizeof number, "%" G_GINT64_FORMAT, v->number);
  pln_html_open(out, "td", "data-value", *number ? number : NULL, "class",
                column->number ? "n"
                : wide         ? "long"
                : word         ? "word"
                               : NULL,
                "hidden", column->aside ? "" : NULL, NULL);
  write_cell_text(out, text, column);
  g_string_append(out, "</td>");
}

/* A name for the region that scrolls: the caption, else the shown headings; and of what. */
static char *table_name(const PlnNode *table, const GArray *columns, const char *id) {
  GString *name = g_string_new(table->text ? table->text : "Table:");
  for (guint c = 0; !table->text && c < columns->len; c++)
    if (g_array_index(columns, Column, c).shown && !g_array_index(columns, Column, c).aside)
      g_string_append_printf(name, " %s", g_array_index(columns, Column, c).heading);
  if (id)
    g_string_append_printf(name, ", %s", id);
  return g_string_free(name, FALSE);
}

static void write_table(GString *out, const PlnNode *table, const char *id, gboolean drawn) {
  g_autoptr(GArray) columns = columns_of(table, drawn);
  g_autofree char *name = table_name(table, columns, id);
  if (pln_node_rows(table) == 0)
    return;
  pln_html_open(out, "div", "class", "scroll", "tabindex", "0", "role", "region", "aria-label",
                name, NULL);
  pln_html_open(out, "table", "data-key", table->key, NULL);
  if (table->text)
    pln_html_element(out, "caption", table->text, NULL);
  write_head(out, table, columns, drawn);
  g_string_append(out, "<tbody>\n");
  for (guint r = 0; r < pln_node_rows(table); r++) {
    g_string_append(out, "<tr>");
    for (guint c = 0; c < columns->len; c++)
      if (g_array_index(columns, Column, c).shown)
        write_cell(out, pln_node_cell(table, r, c), &g_array_index(columns, Column, c));
    g_string_append(out, "</tr>\n");
  }
  g_string_append(out, "</tbody></table></div>\n");
}

/* The script draws the figure; without one it is its title and its twin. */
static void write_chart(GString *out, const PlnNode *chart, const PlnNode *table, const char *id) {
  if (pln_node_rows(table) == 0)
    return;
  pln_html_open(out, "figure", "class", "chart", "data-chart", chart->chart, "data-table",
                table->key, NULL);
  pln_html_element(out, "figcaption", chart->text, NULL);
  g_string_append(out, "<details class=\"twin\" open><summary>Table</summary>\n");
  write_table(out, table, id, TRUE);
  g_string_append(out, "</details></figure>\n");
}

/* ---- Bars ---- */

static void write_share(GString *out, const char *name, guint32 part, guint32 most, int y) {
  g_string_append_printf(out, "<rect class=\"%s\" x=\"0\" y=\"%d\" height=\"22\" width=\"%.3f%%\"/>",
                         name, y, 100.0 * part / most);
}

static void write_bar(GString *out, const PlnBar *bar) {
  guint32 most = MAX(MAX(bar->part[0], bar->part[1]), MAX(bar->mark, 1));
  g_autofree char *needs =
      bar->mark > 0 ? g_strdup_printf(", %u needed (the line)", bar->mark) : g_strdup("");
  g_autofree char *words =
      g_strdup_printf("%u yes above, %u no below%s", bar->part[0], bar->part[1], needs);
  pln_html_open(out, "figure", "class", "tally", NULL);
  g_string_append(out, "<svg role=\"img\" ");
  g_string_append_printf(out, "aria-label=\"%s\">", words);
  write_share(out, "yes", bar->part[0], most, 2);
  write_share(out, "no", bar->part[1], most, 28);
  if (bar->mark > 0)
    g_string_append_printf(out,
                           "<line class=\"mark\" x1=\"%.3f%%\" x2=\"%.3f%%\" y1=\"0\" y2=\"52\"/>",
                           100.0 * bar->mark / most, 100.0 * bar->mark / most);
  g_string_append(out, "</svg>");
  pln_html_element(out, "figcaption", words, NULL);
  pln_html_close(out, "figure");
}

/* ---- Reading order ---- */

static gboolean is_strong(const PlnNode *node) {
  return node->kind == PLN_NODE_SAY && node->say >= PLN_SAY_GOOD && node->say <= PLN_SAY_LEAD;
}

static gboolean is_answer(const PlnNode *node) {
  return node->kind == PLN_NODE_SECTION && g_strcmp0(node->key, "answer") == 0;
}

static const PlnNode *find_answer(const PlnDoc *doc) {
  const GPtrArray *nodes = pln_doc_root(doc)->nodes;
  for (guint i = 0; i < nodes->len; i++)
    if (is_answer(nodes->pdata[i]))
      return nodes->pdata[i];
  return NULL;
}

static const PlnNode *find_title(const PlnNode *section) {
  for (guint i = 0; i < section->nodes->len; i++) {
    const PlnNode *node = section->nodes->pdata[i];
    if (node->audience == PLN_FOR_PROGRAMS)
      continue;
    const PlnNode *found = node->kind == PLN_NODE_SECTION ? find_title(node) : NULL;
    if (found)
      return found;
    if (node->kind == PLN_NODE_SAY && node->say == PLN_SAY_TITLE && *node->text)
      return node;
  }
  return NULL;
}

const char *pln_page_title(const PlnDoc *doc) {
  const PlnNode *title = find_title(pln_doc_root(doc));
  return title ? title->text : NULL;
}

/* One of several: such a section begins the rest of the document. */
static gboolean has_sibling(const GPtrArray *nodes, guint place) {
  const PlnNode *node = nodes->pdata[place];
  for (guint i = 0; node->kind == PLN_NODE_SECTION && node->each && i < nodes->len; i++) {
    const PlnNode *other = nodes->pdata[i];
    if (i != place && other->kind == PLN_NODE_SECTION && other->each &&
        g_strcmp0(other->key, node->key) == 0)
      return TRUE;
  }
  return FALSE;
}

/* Counts nodes in reading order up to the first that is no paragraph or bar.
 * Returns: whether it was reached */
static gboolean count_lead(const PlnNode *section, guint *n) {
  for (guint i = 0; i < section->nodes->len; i++) {
    const PlnNode *node = section->nodes->pdata[i];
    gboolean hidden = node->audience == PLN_FOR_PROGRAMS;
    if (node->kind == PLN_NODE_CHART || has_sibling(section->nodes, i) ||
        (node->kind == PLN_NODE_TABLE && !hidden && pln_node_rows(node) > 0))
      return TRUE;
    if (node->kind == PLN_NODE_SECTION && !hidden && count_lead(node, n))
      return TRUE;
    *n += node->kind == PLN_NODE_SECTION ? 0 : 1;
  }
  return FALSE;
}

static void write_say(GString *out, const PlnNode *node) {
  if (*node->text)
    pln_html_element(out, elements[node->say], node->text, "class", classes[node->say], NULL);
}

static void write_leaf(GString *out, const PlnNode *node, const PlnNode *before, const char *id) {
  gboolean drawn = before && before->kind == PLN_NODE_CHART;
  if (node->kind == PLN_NODE_TABLE && drawn)
    write_chart(out, before, node, id);
  else if (node->audience == PLN_FOR_PROGRAMS)
    return;
  else if (node->kind == PLN_NODE_SAY)
    write_say(out, node);
  else if (node->kind == PLN_NODE_TABLE)
    write_table(out, node, id, FALSE);
  else if (node->kind == PLN_NODE_BAR)
    write_bar(out, &node->bar);
}

static gboolean wanted(const Reader *reader, const PlnNode *node) {
  gboolean strong = is_strong(node);
  return reader->at >= reader->from && reader->at < reader->to && node != reader->title &&
         !(reader->strong_only && !strong) && !(reader->weak_only && strong);
}

static void read_section(Reader *reader, const PlnNode *section, GString *out);

/* A section inside; one with nothing to show leaves no trace. */
static void read_inner(Reader *reader, const PlnNode *section, GString *out) {
  g_autoptr(GString) inside = g_string_new(NULL);
  gboolean plain = reader->strong_only || reader->weak_only;
  const char *id = reader->id;
  reader->id = section->each ? section->text : id;
  read_section(reader, section, inside);
  reader->id = id;
  if (inside->len == 0)
    return;
  if (!plain)
    pln_html_open(out, "section", "data-key", section->key, "data-id",
                  section->each ? section->text : NULL, NULL);
  g_string_append_len(out, inside->str, (gssize)inside->len);
  if (!plain)
    pln_html_close(out, "section");
}

static void read_section(Reader *reader, const PlnNode *section, GString *out) {
  for (guint i = 0; i < section->nodes->len; i++) {
    const PlnNode *node = section->nodes->pdata[i];
    if (node->kind == PLN_NODE_SECTION) {
      if (node->audience != PLN_FOR_PROGRAMS && !is_answer(node))
        read_inner(reader, node, out);
      continue;
    }
    if (wanted(reader, node))
      write_leaf(out, node, i > 0 ? section->nodes->pdata[i - 1] : NULL, reader->id);
    reader->at++;
  }
}

void pln_page_body(const PlnDoc *doc, const char *title, GString *answer, GString *rest) {
  const PlnNode *root = pln_doc_root(doc), *said = find_title(root), *own = find_answer(doc);
  if (said && g_strcmp0(said->text, title) != 0)
    said = NULL;
  guint lead = 0;
  if (!own)
    count_lead(root, &lead);
  Reader strong = {said, NULL, 0, 0, own ? G_MAXUINT : lead, TRUE, FALSE};
  Reader weak = {said, NULL, 0, 0, own ? G_MAXUINT : lead, FALSE, TRUE};
  Reader all = {said, NULL, 0, lead, G_MAXUINT, FALSE, FALSE};
  read_section(&strong, own ? own : root, answer);
  read_section(&weak, own ? own : root, answer);
  read_section(&all, root, rest);
}
