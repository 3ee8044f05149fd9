/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Dossiers: talks whose outcome is known, to score methods on.
 *
 *  The layout of Decision Making in the European Union (Thomson, Stokman, Achen and König 2006;
 *  Arregui and Perarnaud 2021, doi:10.34810/data53): a row an issue, columns in any order and in
 *  any capitals, `;`, commas or tabs between them (the header tells), fields quoted or not:
 *
 *    needed     isnr, prnr (the dossier), out, and of two actors or more p<actor>, a position, and
 *               s<actor>, its salience (pcom and scom, pde and sde)
 *    used       rp (the reference point), proc, counvte, type, prname, intro and finact: days as
 *               DD-MM-YY (YY from 50 on is 19YY), DD-MM-YYYY or YYYY-MM-DD; a day 00 is some day;
 *               with / or dots (day or month first?) they count as not stated, which is noted
 *    passed over everything else
 *
 *  Positions, saliences, reference points and outcomes are 0-100, with a dot, or between semicolons
 *  and tabs a comma, in quotes or not, before decimals.  Missing is what is empty, ".", "?", "NA",
 *  or, counted, lies outside 0-100 (999, say); anything else is a fault.  A row that is an earlier
 *  one cell by cell is read once, counted; of two that have an id alone in common both are.
 *
 *  Who takes part in an issue: an actor whose position and salience are both stated there.  (That
 *  is how the published simple forecasts of these data come about.)  Issues of one prnr are one
 *  dossier.  An issue without an outcome, or in which fewer than three take part, is read, noted
 *  and not scored.
 *  Checked by tests/unit/test_dossiers.c. */
#pragma once
#include "plenary/day.h"
#include "plenary/fault.h"
#include "plenary/input.h"

enum { PLN_DOSSIERS_ISSUES = 100000, PLN_DOSSIERS_ACTORS = 200, PLN_DOSSIERS_LEAST = 3 };

typedef struct {
  char *id;
  guint dossier;               /* its place among the dossiers */
  char *procedure, *vote, *type; /* COD, QMV, Reg; "" */
  PlnDay day;                  /* of introduction, else of the final act; PLN_DAY_NONE */
  double reference, outcome;   /* NAN: missing */
  double *position, *salience; /* n_actors; NAN: missing; salience 0-1 */
  guint taking_part;           /* actors that have both */
} PlnDossierIssue;

typedef struct {
  char *id, *name; /* prnr; prname or "" */
  GArray *issues;  /* guint: places among the issues, in the order of the file */
} PlnDossier;

typedef struct {
  GPtrArray *actors;   /* char *: "com", "ep", "at" … as in the columns, without the p, small */
  GPtrArray *issues;   /* PlnDossierIssue * */
  GPtrArray *dossiers; /* PlnDossier * */
  guint out_of_range, without_salience, without_outcome, thin; /* values; positions; issues, the
                          last of those with an outcome in which too few take part */
  GPtrArray *notes;    /* char *: what was passed over or decided in reading, a sentence each, in
                          which names are as the file has them */
} PlnDossiers;

/** Whether actor @i takes part in @issue. */
PLN_API gboolean pln_dossier_issue_has(const PlnDossierIssue *issue, guint i);

/** Whether a forecast of @issue can be scored: it has an outcome, and enough take part. */
PLN_API gboolean pln_dossier_issue_scored(const PlnDossierIssue *issue);

/** @inputs: (nullable): the file is added, under its name without folders.
 *  Returns: (transfer full): NULL where a fault was added */
PLN_API PlnDossiers *pln_dossiers_load(const char *path, GArray *inputs, PlnFaults *faults);
PLN_API PlnDossiers *pln_dossiers_parse(const char *name, GBytes *bytes, PlnFaults *faults);
PLN_API void pln_dossiers_free(PlnDossiers *dossiers);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlnDossiers, pln_dossiers_free)
