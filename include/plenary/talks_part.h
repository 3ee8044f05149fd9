/* SPDX-License-Identifier: GPL-3.0-or-later */
/** What the three formats of talks_file.h share: rows in, numbers, names, and rows out.
 *  For sim/load/talks_*.c alone. */
#pragma once
#include "plenary/csv.h"
#include "plenary/talks_file.h"

/* ---- Reading ---- */

/** A file that is being read.  Actors and issues come when they come; a cell waits by name until
 *  all are there. */
typedef struct {
  const char *file;
  PlnFaults *faults;
  PlnTalksFile *talks;
  GHashTable *actor, *issue; /* name -> the line it stood on, and place + 1: PlnTalksPlace */
  GArray *waiting;           /* PlnTalksWaiting */
  GStringChunk *texts;       /* of names that wait */
  gboolean commas;           /* decimal commas are read */
  guint point, comma;        /* the first line with a decimal point, with a decimal comma; 0 */
  guint breaks;              /* names and texts that hold a line break or a tab */
  gboolean mixed;            /* both: told once */
} PlnTalksReading;

typedef struct {
  guint place, line;
} PlnTalksPlace;

/** A salience as it stands, and a hundred of them. */
typedef struct {
  double one, hundred;
} PlnTalksSalience;

typedef struct {
  int actor_at, issue_at;       /* their places, or -1: to be found by name */
  PlnField actor, issue, where; /* where: of the salience */
  double position, capability;
  guint position_column;
  PlnTalksSalience salience;
  char *note; /* or NULL */
} PlnTalksWaiting;

/** Returns: the place, or -1 and a fault where the name is empty, stands already, or is one too
 *  many.
 *  The texts are copied and made harmless. */
int pln_talks_add_actor(PlnTalksReading *reading, const PlnField *name, const char *title,
                        const char *note);
int pln_talks_add_issue(PlnTalksReading *reading, const PlnField *name, const char *title,
                        const char *note);

/** A number of @least to @most, or NAN and a fault that calls it @name. */
double pln_talks_number(PlnTalksReading *reading, const PlnField *field, const char *name,
                        double least, double most, const char *words);
double pln_talks_position(PlnTalksReading *reading, const PlnField *field);
double pln_talks_capability(PlnTalksReading *reading, const PlnField *field, const char *name);
PlnTalksSalience pln_talks_salience(PlnTalksReading *reading, const PlnField *field);

/** A cell, to be found its place by the names; FALSE and a fault where it is one too many. */
gboolean pln_talks_wait(PlnTalksReading *reading, const PlnTalksWaiting *waiting);

/** A text as it is kept: control characters and marks visible, blanks at the ends left out, the
 *  apostrophe of pln_text_inert taken off again.  Returns: (transfer full) */
char *pln_talks_tidy(const char *text);

/** How many fields there are before those at the end that are empty. */
guint pln_talks_filled(const PlnField *field, guint n);

/** How many cells a row of @n has of the @least that are needed: all before the empty ones at its
 *  end, and of these as many as it needs and has. */
guint pln_talks_cells(const PlnField *field, guint n, guint least);

/** The rows of the format with #: between tabs or semicolons, whichever ends the first key.
 *  The fields of rows that begin with #/ are one, not cut.  Returns: FALSE where a fault
 *  stops it */
gboolean pln_talks_split(const char *file, const char *bytes, gsize length, PlnCsvRow row,
                         gpointer data, PlnFaults *faults);

/** The readers: they add actors, issues and cells.  FALSE where reading broke off. */
typedef gboolean (*PlnTalksReader)(PlnTalksReading *reading, const char *bytes, gsize length);
gboolean pln_talks_read_ktab(PlnTalksReading *reading, const char *bytes, gsize length);
gboolean pln_talks_read_bdm(PlnTalksReading *reading, const char *bytes, gsize length);
gboolean pln_talks_read_decide(PlnTalksReading *reading, const char *bytes, gsize length);

/* ---- Names, scales ---- */

/** Fills the codes of the actors and the ids of the issues. */
void pln_talks_name(PlnTalksFile *talks, const PlnWorld *world);

/** "Oil Policy" as an id: Oil-Policy.  Returns: (transfer full) */
char *pln_talks_id(const char *name);

/** The scale of issue @k where the file states none: 0 to 100 where @hundred and all positions lie
 *  within, else the least and greatest position; where these are one, one less and more.
 *  Returns: why it is that, a sentence */
const char *pln_talks_scale(const PlnTalksFile *talks, guint k, gboolean hundred, double *from,
                            double *to);

/** The sentences of pln_talks_scale that stand in an issue's note. */
extern const char pln_talks_range[], pln_talks_stand_in[];

/** The sentence of scenario.csv's `about` where as_of is a stand-in. */
extern const char pln_talks_no_day[];

/** The day of that. */
#define PLN_TALKS_DAY "2000-01-01"

/** The sentence of `about` where a file has its saliences on another scale than files of its format
 *  mostly do: 0-1 in ktab and bdm, 0-100 in decide.  NULL where it does not. */
const char *pln_talks_scale_said(const PlnTalksFile *talks);

/** Whether @format mostly has 0-1. */
gboolean pln_talks_mostly_one(const char *format);

extern const char pln_talks_ones[], pln_talks_hundreds[];

/* ---- Writing ---- */

/** A field of CSV: inert, in quotes where it must be. */
void pln_talks_add_field(GString *out, const char *text);

/** A salience (0-100), or, where not @hundred, in 0-1 what is read as it again. */
void pln_talks_add_salience(GString *out, double salience, gboolean hundred);

/** Whether saliences are written as 0-100: not where that is not asked for (salience_one), all are
 *  at most 1, which would be read as 0-1 again, or some are fractions of 1, which beside greater
 *  ones are refused. */
gboolean pln_talks_writes_hundred(const PlnTalksFile *talks);

/** A hundred times the number @text, whose value is @one: what over 100 gives @one again, where
 *  any double does. */
double pln_talks_hundred(const char *text, double one);

/** Adjusts @talks, which were read from a scenario, to what the format holds; what is lost is added
 *  to @lost. */
void pln_talks_fit(PlnTalksFile *talks, const char *format, GPtrArray *lost);

/** Adds a sentence to what is lost, or noted. */
void pln_talks_lose(GPtrArray *lost, const char *format, ...) G_GNUC_PRINTF(2, 3);

/** The texts of the three formats. */
char *pln_talks_text_ktab(const PlnTalksFile *talks);
char *pln_talks_text_bdm(const PlnTalksFile *talks);
char *pln_talks_text_decide(const PlnTalksFile *talks);

static inline PlnTalksActor *pln_talks_actor(const PlnTalksFile *talks, guint i) {
  return &g_array_index(talks->actors, PlnTalksActor, i);
}

static inline PlnTalksIssue *pln_talks_issue(const PlnTalksFile *talks, guint k) {
  return &g_array_index(talks->issues, PlnTalksIssue, k);
}

static inline PlnTalksCell *pln_talks_cell(const PlnTalksFile *talks, guint i, guint k) {
  return &talks->cell[(gsize)i * talks->issues->len + k];
}

/** An empty one, its cells yet to be made.  (transfer full) */
PlnTalksFile *pln_talks_file_new(void);

/** Frees the strings of one. */
void pln_talks_actor_clear(gpointer actor);
void pln_talks_issue_clear(gpointer issue);

/** Makes the cells, all NAN, once actors and issues are there. */
void pln_talks_file_lay_out(PlnTalksFile *talks);
