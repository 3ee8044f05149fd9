/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The pages of a classroom kit: HTML to be printed, on A4 or Letter, cards and slips cut
 *  along dashed lines.
 *
 *  index.html holds every piece in the order of printing; each stands in a page of its own
 *  as well.  Pages carry one style sheet, no script, and a policy that allows nothing else.
 *  What gives the vote away stands only in the guide, in the cards for after the vote and
 *  in the answers.  The same kit is the same bytes.
 *  Checked by tests/unit/test_kit.c and tests/cli/kit.sh. */
#pragma once
#include "plenary/kit.h"
#include "plenary/write.h"

/** The file that says that a folder is a kit, and how it begins. */
#define PLN_KIT_MARK "kit.txt"
#define PLN_KIT_MARK_BEGINS "plenary kit, format 1\n"

typedef struct {
  char *name, *text;
} PlnKitFile;

/** Returns: (transfer full): PlnKitFile *, which the array owns */
GPtrArray *pln_compose_kit(const PlnKit *kit, const PlnClassroom *classroom,
                           const PlnProvenance *provenance);

/* The pieces, each a section's inside; @out ends with it. */

void pln_kit_guide(GString *out, const PlnKit *kit, const PlnClassroom *classroom);
void pln_kit_plans(GString *out, const PlnKit *kit, const PlnClassroom *classroom);
void pln_kit_rules(GString *out, const PlnKit *kit, const PlnClassroom *classroom);
void pln_kit_chair(GString *out, const PlnKit *kit, const PlnClassroom *classroom);
void pln_kit_question(GString *out, const PlnKit *kit, const PlnClassroom *classroom);
void pln_kit_cards(GString *out, const PlnKit *kit, const PlnClassroom *classroom);
void pln_kit_ballots(GString *out, const PlnKit *kit, const PlnClassroom *classroom);
void pln_kit_slips(GString *out, const PlnKit *kit, const PlnClassroom *classroom);
void pln_kit_tally(GString *out, const PlnKit *kit, const PlnClassroom *classroom);
void pln_kit_after(GString *out, const PlnKit *kit, const PlnClassroom *classroom);
void pln_kit_debrief(GString *out, const PlnKit *kit, const PlnClassroom *classroom);
void pln_kit_answers(GString *out, const PlnKit *kit, const PlnClassroom *classroom);
void pln_kit_neutral(GString *out, const PlnKit *kit, const PlnClassroom *classroom);

/* What the pieces share. */

/** An element with a formatted text.  @class: (nullable) */
void pln_kit_say(GString *out, const char *element, const char *class, const char *format, ...)
    G_GNUC_PRINTF(4, 5);

/** "reported: source", in small print; without a source the status alone. */
void pln_kit_source(GString *out, PlnStatus status, const char *source);

/** Lines to write on. */
void pln_kit_lines(GString *out, guint lines);

/** "1 vote", "54 votes" */
char *pln_kit_votes(const PlnKitDelegation *delegation);

/** @names (const char *) in the order of the alphabet, accents aside, with commas.
 *  (transfer full) */
char *pln_kit_join(GPtrArray *names);

/** The title of the proposal with its symbol.  (transfer full) */
char *pln_kit_title(const PlnKit *kit);

/** Whether the votes of any member are on record, so that there is something to hand out
 *  after the vote. */
gboolean pln_kit_has_votes(const PlnKit *kit);

/** Least yes under @rule where @count is of those that the fraction is taken of, of @n members:
 *  as pln_rule_decide has it.  0: none would do, or nothing is counted */
guint32 pln_kit_needed(const PlnRule *rule, guint32 count, guint32 n);
