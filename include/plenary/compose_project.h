/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The composers of a projection into a document: for people the answer in words first, then what
 *  carries it; for programs everything.  Chances are never shown as 0 or 1: "<1%" and ">99%" to
 *  people, half a draw from them to programs.  Checked by tests/cli/project.sh and the published
 *  schema. */
#pragma once
#include "plenary/document.h"
#include "plenary/project.h"

typedef struct {
  gboolean full;          /* people are shown every proposal in full */
  const char *also;       /* the name of the second history, or NULL */
  const GPtrArray *notes; /* (nullable) char *: what reading said */
} PlnComposeProjectOptions;

void pln_compose_project(PlnDoc *doc, const PlnProject *project,
                         const PlnComposeProjectOptions *options);

/** The rules' citations, each once.  Returns: (transfer full) */
char *pln_compose_project_citations(const PlnProject *project);

/* Parts, in files of their own. */

/** One proposal before one stage, in full, for people. */
void pln_compose_project_item(PlnDoc *doc, const PlnProject *project, const PlnProjectStage *stage,
                              const PlnProjectItem *item);

/** Everything of it, for programs. */
void pln_compose_project_data(PlnDoc *doc, const PlnProject *project, const PlnProjectStage *stage,
                              const PlnProjectItem *item);

/** For people: chances and tallies before a stage; for programs: a row of each, all stages. */
void pln_compose_project_tables(PlnDoc *doc, const PlnProject *project, const PlnProjectStage *stage);
void pln_compose_project_summary(PlnDoc *doc, const PlnProject *project);

/** The package: how many pass, what stands or falls together; the same for programs. */
void pln_compose_project_package(PlnDoc *doc, const PlnProject *project,
                                 const PlnProjectStage *stage);
void pln_compose_project_package_data(PlnDoc *doc, const PlnProjectStage *stage, guint draws);

/** A sentence on a stage; how the verdict turns on stages and majority, as a table. */
void pln_compose_project_stage(PlnDoc *doc, const PlnProjectStage *stage);
void pln_compose_project_stages(PlnDoc *doc, const PlnProject *project);

/** The stage whose verdict is the answer: the first that somebody sits in, or NULL. */
const PlnProjectStage *pln_project_main_stage(const PlnProject *project);

/** What a stage is called: its id, "parties" behind it for the roster of comparison.
 *  Returns: (transfer full) */
char *pln_say_stage(const PlnProjectStage *stage);

/** "<1%", "71%", ">99%"; "?" for NAN.  Returns: (transfer full) */
char *pln_say_percent(double chance);

/** The scale of likelihood, ended by a NULL word: each word holds below its number. */
typedef struct {
  double below;
  const char *word;
} PlnLikely;
extern const PlnLikely pln_likely_scale[];

/** "unlikely", "open", "very likely" … */
const char *pln_say_likely(double chance);

/** "two-thirds of those voting", "consensus, else two-thirds of those voting".
 *  Returns: (transfer full) */
char *pln_say_majority(const PlnRule *rule);

/** The answer.  Returns: (transfer full) */
char *pln_say_project(const PlnProject *project);

/** The fewest states that could turn it, as codes, @most of them and how many more.
 *  Returns: (transfer full): "" where there is no way */
char *pln_say_nearest(const PlnProjectItem *item, guint most);

/** A chance for programs: half a draw from 0 and 1 at the nearest; nothing for NAN. */
PlnValue pln_chance_value(double chance, guint draws);
