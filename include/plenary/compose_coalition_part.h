/* SPDX-License-Identifier: GPL-3.0-or-later */
/** What the composers of coalitions share: prices, ends and sets in words.
 *  Checked by tests/cli/coalition.sh. */
#pragma once
#include "plenary/compose_power.h"

/** "31.2"; of a recorded vote, whose prices are steps, "2".  Returns: (transfer full) */
char *pln_say_price(const PlnCoalitions *coalitions, gint64 price);

/** A price for programs. */
PlnValue pln_price_value(gint64 price);

/** "to pass", "to block"; "fewest", "cheapest". */
extern const char *const pln_coalition_end_words[PLN_COALITION_ENDS];
extern const char *const pln_coalition_aim_words[PLN_COALITION_AIMS];

/** How many sets are as good: "the only one", "one of 12", "one of 1.1e52".
 *  Returns: (transfer full) */
char *pln_say_alike(const PlnCoalition *found);

/** "bound 12.3 = price 12.3".  Returns: (transfer full) */
char *pln_say_proof(const PlnCoalitions *coalitions, const PlnCoalition *found,
                    PlnCoalitionAim aim);

/** The members of set @k that must change: codes with prices, the dearest last, @most of them and
 *  how many more; 0: all.  Returns: (transfer full) */
char *pln_say_members(const PlnCoalitions *coalitions, PlnOthers others, PlnCoalitionEnd end,
                      const PlnCoalition *found, guint k, guint most);

/** The same by regional group: "African Group 40 of 54, …"; blocs that go as one by name.
 *  Returns: (transfer full) */
char *pln_say_groups(const PlnCoalitions *coalitions, PlnOthers others, PlnCoalitionEnd end,
                     const PlnCoalition *found, guint k);

/** Those that abstain instead, with prices, @most of them.  Returns: (transfer full) */
char *pln_say_aside(const PlnCoalitions *coalitions, PlnCoalitionEnd end, guint most);

/** Whether what is expected of everybody is its recorded vote. */
gboolean pln_is_as_voted(const PlnCoalitions *coalitions);

/** How many units of an order have the pivot's price, a state, as free as it is; 1: it alone. */
guint pln_count_pivots(const PlnCoalitions *coalitions, PlnCoalitionEnd end);

/** How many votes on the proposal are on record by name. */
guint pln_count_named(const PlnCoalitions *coalitions);

/** What the record says came of it; NULL where it is silent. */
char *pln_say_on_record(const PlnCoalitions *coalitions);

/** The projection's chance beside what is expected; NULL where there is none. */
char *pln_say_projected(const PlnCoalitions *coalitions);

/** The answer: who passes it alone, what it takes as others are expected to vote, who blocks. */
char *pln_say_passing(const PlnCoalitions *coalitions);
char *pln_say_expected(const PlnCoalitions *coalitions);
char *pln_say_blocking(const PlnCoalitions *coalitions);

/** For people: the searches, the sets, the order around the pivot, blocking minorities. */
void pln_compose_coalition_tables(PlnDoc *doc, const PlnCoalitions *coalitions, gboolean full);

/** The orders of prices, for programs, and as the page draws them. */
void pln_compose_coalition_orders(PlnDoc *doc, const PlnCoalitions *coalitions);

/** Everything else, for programs. */
void pln_compose_coalition_data(PlnDoc *doc, const PlnCoalitions *coalitions);
