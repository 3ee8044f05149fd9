/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The page: a document as one HTML file that needs nothing else, on paper or on a screen.
 *
 *  Without a script it is the answer, then the rest of the document, then where it comes
 *  from.  A script draws its charts, and where a laboratory comes along (laboratory.h) fills
 *  in what can be touched; the kernels of core run in it as WebAssembly.  A policy in the
 *  page allows its own script and style by their hashes, and no request to anywhere; without
 *  a laboratory the script is a small one, and there is no WebAssembly.
 *  Whatever came from a file is text (html.h).  The same bytes for the same input.
 *
 *  A new chart is a kind: a composer calls pln_doc_chart before a table, and a module in
 *  sim/page registers a function that draws the kind from the table's columns (see chart.js
 *  and the list in document_charts.js there).  Nothing here changes for it.
 *
 *  Cost: under 10 ms and 1 MB for a vote of the Assembly.  Checked by tests/unit/test_page.c
 *  and, in a browser, by tests/page. */
#pragma once
#include "plenary/write.h"

/** @laboratory: (nullable): JSON for the script
 *  @title: (nullable): the document's own title, else the command
 *  Returns: (transfer full) */
char *pln_write_page(const PlnDoc *doc, const PlnProvenance *provenance, const char *laboratory,
                     const char *title);
