/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Scenario discovery: what would have to be true for runs to come out so.
 *
 *  From the runs of an experiment, its own or a store's: which of them are of interest ("below
 *  0.5"), and the boxes of the dials' ranges in which those are frequent (prim.h), each side in the words
 *  of its dial, and how far it is from what the scenario states.
 *
 *  Time grows with runs times dials: where those are more than PLN_DISCOVERY_CELLS, a random sample
 *  of the runs, each as likely, is looked at (`looked` of `known`), and the document says so.
 *  Bryant and Lempert 2010.  Checked by tests/unit/test_discovery.c. */
#pragma once
#include "plenary/dial.h"
#include "plenary/prim.h"

enum { PLN_STUDY_DISCOVERY = 0x44495343, PLN_DISCOVERY_CELLS = 2000000 };

/** A side's quasi-p-value beyond which it is doubtful. */
#define PLN_DISCOVERY_DOUBTFUL 0.05

typedef enum {
  PLN_INTEREST_BELOW,
  PLN_INTEREST_ABOVE,
  PLN_INTEREST_AT_MOST,
  PLN_INTEREST_AT_LEAST,
  PLN_INTEREST_NONE, /* runs without a value: never in force */
  PLN_INTEREST_KINDS
} PlnInterestKind;

typedef struct {
  PlnInterestKind kind;
  double level;
} PlnInterest;

/** "below 0.5", "above 3", "at most 2", "at least 60"; of dates "before 2030", "after 2032.5";
 *  "none"; a level with % is hundredths.
 *  Returns: FALSE and PLN_ERROR_USAGE, with what was expected */
PLN_API gboolean pln_interest_read(const char *text, PlnInterest *interest, GError **error);
/** In canonical form, which pln_interest_read takes.  (transfer full) */
PLN_API char *pln_interest_text(const PlnInterest *interest);
PLN_API gboolean pln_interest_holds(const PlnInterest *interest, double y); /* NAN: no value */

/** The runs.  Kept by the caller as long as the discovery. */
typedef struct {
  const GPtrArray *dials; /* PlnDial *: d */
  const double *stated;   /* (nullable): d: the scenario's own value, or place of the word; NAN */
  guint64 rows;
  const double *x;        /* rows x d: pln_dial_value */
  const double *y;        /* rows: the outcome; NAN: the run has no value */
  const char *outcome;    /* its title: "chance of adoption" */
  const char *unit;       /* (nullable): "year": levels are said as months */
  const char *lead;       /* (nullable): "it fails", before "when"; else of outcome, interest */
  char *const *title;     /* (nullable): d: what people call each: "the EU's position" */
  guint64 cells;          /* runs times dials looked at, at most; 0: PLN_DISCOVERY_CELLS */
} PlnDiscoveryRuns;

/** One dial's side of a box that is restricted. */
typedef struct {
  guint dial;
  double from, to;           /* shares of the dial's range (of a normal: three deviations either
                                way), 0 to 1; of words: of their places */
  char *from_word, *to_word; /* "0", "40": of a dial of words both all the words that are in; where
                                the box has no bound, the last value there is */
  double stated;             /* share of the range where the scenario stands; NAN: not known */
  gboolean holds_stated;     /* what is stated lies in the side */
  double away;               /* how far what is stated is from the side, in the dial's unit; 0: in
                                it; NAN: not known, or words */
  char *words;               /* "EU27 stands below 40" */
  double p, reproduced;      /* as of PlnPrimSide */
} PlnDiscoverySide;

typedef struct {
  GArray *sides;         /* PlnDiscoverySide, the best borne out first */
  char *words;           /* "EU27 stands below 40 and the rule is two-thirds" */
  gboolean knows_stated; /* of some side it is known what is stated */
  gboolean holds_stated; /* and all such lie in the box */
  const PlnPrimBox *box; /* counts */
} PlnDiscoveryBox;

typedef struct {
  PlnDiscoveryRuns runs;
  PlnInterest interest;
  char *said;          /* "chance of adoption below 0.5", "day of force after May 2037" */
  guint64 known;       /* rows with a value, or all where the interest is in none */
  guint64 looked;      /* of these those that boxes are made of and judged by */
  PlnPrim *prim;
  GArray *boxes;       /* PlnDiscoveryBox */
  char *why;           /* where there is none; else NULL */
} PlnDiscovery;

/** Returns: (transfer full): always an answer */
PLN_API PlnDiscovery *pln_discovery_find(const PlnDiscoveryRuns *runs, const PlnInterest *interest,
                                         const PlnPrimOptions *options);
PLN_API void pln_discovery_free(PlnDiscovery *discovery);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlnDiscovery, pln_discovery_free)
