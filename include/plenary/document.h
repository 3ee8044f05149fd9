/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A document: what a command has to say, before anyone decides how it looks.
 *
 *  A tree of sections that hold paragraphs, facts, tables, bars and charts.  A composer fills
 *  it, knowing nothing of formats; the writers (write.h) turn it into text, CSV or
 *  JSON, knowing nothing of votes.  Keys name things for programs: a section becomes a
 *  JSON object, a table an array of objects.  Checked by tests/unit/test_document.c. */
#pragma once
#include <glib.h>

typedef enum {
  PLN_VALUE_NONE,    /* nothing to say: an empty cell, null */
  PLN_VALUE_UNKNOWN, /* not ours to know: "?", null */
  PLN_VALUE_INT,
  PLN_VALUE_REAL,
  PLN_VALUE_ROUNDED, /* a real of which no more digits are meant than are shown */
  PLN_VALUE_BOOL,
  PLN_VALUE_TEXT,
  PLN_VALUE_WORDS, /* words between blanks: an array */
} PlnValueKind;

typedef struct {
  PlnValueKind kind;
  gint64 number;
  double real;
  int digits;
  char *text;
} PlnValue;

PlnValue pln_none(void);
PlnValue pln_unknown(void);
PlnValue pln_int(gint64 number);
PlnValue pln_real(double real, int digits); /* a negative @real: nothing to say */
PlnValue pln_number(double real, int digits); /* rounded to so many; NAN: nothing to say */
PlnValue pln_bool(gboolean truth);
PlnValue pln_text(const char *text);  /* copied; "?" is unknown */
PlnValue pln_words(const char *text); /* copied */

/** As people read it: a number with its digits, "yes" or "no", "?"; texts as they are.
 *  Returns: (transfer full) */
char *pln_value_text(const PlnValue *value);
gboolean pln_value_is_number(const PlnValue *value);

/** How a paragraph weighs. */
typedef enum {
  PLN_SAY_TITLE,
  PLN_SAY_GOOD, /* the answer: adopted */
  PLN_SAY_BAD,  /* the answer: not adopted */
  PLN_SAY_LEAD, /* the answer, neither */
  PLN_SAY_PLAIN,
  PLN_SAY_NOTE,
} PlnSay;

/** What shows an item: text for people, data for programs, or both. */
typedef enum { PLN_FOR_BOTH, PLN_FOR_PEOPLE, PLN_FOR_PROGRAMS } PlnAudience;

typedef enum {
  PLN_NODE_SECTION,
  PLN_NODE_FACT,
  PLN_NODE_SAY,
  PLN_NODE_TABLE,
  PLN_NODE_BAR,
  PLN_NODE_CHART, /* of the table that follows */
} PlnNodeKind;

typedef struct {
  const char *key, *heading;
} PlnDocColumn;

/** Two bars on one scale, with a mark. */
typedef struct {
  guint32 part[2]; /* those for, those against */
  guint32 mark;    /* needed, 0 = none */
} PlnBar;

typedef struct PlnNode PlnNode;
struct PlnNode {
  PlnNodeKind kind;
  PlnAudience audience;
  char *key;    /* NULL: for people only */
  char *text;   /* a section's id, a paragraph, a table's caption, a chart's finding */
  char *chart;  /* a chart's kind */
  gboolean each; /* a section that is one of several under its key */
  PlnSay say;
  PlnValue value;
  PlnBar bar;
  GPtrArray *nodes; /* of a section */
  guint n_columns;
  PlnDocColumn *columns;
  GArray *cells; /* PlnValue, row by row */
};

typedef struct PlnDoc PlnDoc;

PlnDoc *pln_doc_new(void);
void pln_doc_free(PlnDoc *doc);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlnDoc, pln_doc_free)

/** The root section. */
const PlnNode *pln_doc_root(const PlnDoc *doc);

/** Opens a section: what follows goes into it, until it is closed. */
void pln_doc_open(PlnDoc *doc, const char *key);

/** Opens one of several sections under @key, told apart by @id. */
void pln_doc_open_each(PlnDoc *doc, const char *key, const char *id);
void pln_doc_close(PlnDoc *doc);

/** Shows the section that is open to programs only. */
void pln_doc_hide(PlnDoc *doc);

/** A value for programs.  (@value is taken over.) */
void pln_doc_fact(PlnDoc *doc, const char *key, PlnValue value);

/** A text for programs, nothing where it is empty. */
void pln_doc_text(PlnDoc *doc, const char *key, const char *text);

/** A paragraph; under @key for programs too, where one is given. */
void pln_doc_say(PlnDoc *doc, const char *key, PlnSay say, const char *format, ...)
    G_GNUC_PRINTF(4, 5);

/** A table; its columns end with a NULL key.  A key that begins with "-" is shown to
 *  people only, a heading of NULL hides a column from them. */
void pln_doc_table(PlnDoc *doc, const char *key, PlnAudience audience, const char *caption,
                   const PlnDocColumn *columns);

/** The next cell of the table opened last.  (@value is taken over.) */
void pln_doc_cell(PlnDoc *doc, PlnValue value);

void pln_doc_bar(PlnDoc *doc, PlnBar bar);

/** The table opened next, shown to whom it may be, is also drawn as @kind ("reliability",
 *  "interval", "bars", "spectrum", "blocs"), under a title that states what is to be seen.
 *  Only the page (page.h) draws; its twin has all columns of the table that have a key. */
void pln_doc_chart(PlnDoc *doc, const char *kind, const char *format, ...) G_GNUC_PRINTF(3, 4);

guint pln_node_rows(const PlnNode *table);
const PlnValue *pln_node_cell(const PlnNode *table, guint row, guint column);
