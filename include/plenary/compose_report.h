/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The composer of a report: what a minister's office reads, in this order: the answer; how sure
 *  it is, the number first, then a word from a printed scale; what it rests on, with the weakest
 *  link by name; the method in a paragraph; then every proposal in full.
 *
 *  Of a vote on record it says what is recorded and what is not; of a vote to come what it may
 *  come to, from a brief projection; never as sure or as impossible.  A second scenario stands
 *  beside the first: who moved, why as far as the data tell, what it did to the margin.
 *  For programs: sections "answer", "sure", "rests", "method", "record", "projection" and
 *  "against".  Checked by tests/unit/test_laboratory.c and tests/cli/report.sh. */
#pragma once
#include "plenary/compose.h"
#include "plenary/project.h"

typedef struct {
  const PlnReplay *replay;
  const PlnProject *project; /* (nullable): brief */
  const char *not_projected; /* (nullable): why not, a sentence */
  const PlnReplay *against;  /* (nullable) */
  guint left_out;            /* private rows of whip.csv */
  const char *blocs;         /* as of PlnComposeOptions */
} PlnReport;

void pln_compose_report(PlnDoc *doc, const PlnReport *report);

/* Parts, in files of their own. */

/** Whether anything of it has been voted or decided. */
gboolean pln_report_on_record(const PlnReplay *replay);

void pln_compose_report_answer(PlnDoc *doc, const PlnReport *report);
void pln_compose_report_sure(PlnDoc *doc, const PlnReport *report);
void pln_compose_report_rests(PlnDoc *doc, const PlnReport *report);
void pln_compose_report_method(PlnDoc *doc, const PlnReport *report);
void pln_compose_report_against(PlnDoc *doc, const PlnReport *report);

/** The comparison in a sentence, for the answer; nothing where there is none. */
void pln_say_report_against(PlnDoc *doc, const PlnReport *report);
