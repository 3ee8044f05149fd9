/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The composer of scenario discovery: its boxes in words, as a table, and as the chart "boxes".
 *  Checked by tests/unit/test_discovery.c and tests/cli/sensitivity.sh. */
#pragma once
#include "plenary/discovery.h"
#include "plenary/document.h"

/** A part of runs: "6 of 6"; of a hundred or more "84%".  (transfer full) */
char *pln_say_part(guint64 part, guint64 all);

/** How many runs of interest there are beside those that @count counts: by its coverage. */
guint64 pln_say_all_of(const PlnPrimCount *count);

/** A section "discovery": for people what would have to be true; for programs all of it.
 *  @full: with the way of peeling */
void pln_compose_discovery(PlnDoc *doc, const PlnDiscovery *discovery, gboolean full);
