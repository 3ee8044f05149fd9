/* SPDX-License-Identifier: GPL-3.0-or-later */
/** What the files of scenario discovery share.  Checked by tests/unit/test_discovery.c. */
#pragma once
#include "plenary/discovery.h"

/** How many words PRIM sees in a dial; 0: numbers. */
guint pln_discovery_words(const PlnDial *dial);

/** Where a dial's numbers begin and end: of a normal as far as three standard deviations. */
void pln_discovery_ends(const PlnDial *dial, double *from, double *to);

/** The least and the greatest value that it can have: of a normal where it is cut off. */
void pln_discovery_last(const PlnDial *dial, double *from, double *to);

/** A number to a hundredth of the dial's range, in as few digits.  (transfer full) */
char *pln_discovery_number(const PlnDial *dial, double value);

/** The words whose bits are set: "A or B".  (transfer full) */
char *pln_discovery_list(const PlnDial *dial, guint64 in);

/** The level of a date as people say it: "after May 2037", "before 2040".  (transfer full) */
char *pln_discovery_date(const PlnInterest *interest);

/** Whether as much may come by chance (p above PLN_DISCOVERY_DOUBTFUL), or most other halvings of the
 *  runs do without the side. */
gboolean pln_discovery_doubtful(const PlnDiscoverySide *side);

/** The words of a box, what is doubtful apart: "EU27 stands below 40 (and perhaps RUS stands above
 *  20)".  (transfer full) */
char *pln_discovery_sure(const PlnDiscoveryBox *box);

/** A word of a dial, of the two usual rules a short one where no other of the dial's goes by it:
 *  "two-thirds".  (transfer full) */
char *pln_discovery_short(const PlnDial *dial, double place);

/** The side in words: "EU27 stands below 40".  (transfer full) */
char *pln_discovery_side_words(const PlnDial *dial, const PlnPrimSide *side);
