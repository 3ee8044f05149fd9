/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A document's body as HTML, in two parts: the answer, which stands first, and the rest.
 *
 *  The answer is what the section keyed "answer" holds; where there is none, what is said
 *  before the first table, and of that what carries the answer (good, bad, lead) first.
 *  What is for programs only is left out, save a table that is drawn.
 *  Checked by tests/unit/test_page.c. */
#pragma once
#include "plenary/document.h"

/** The document's title, or NULL.  Returns: (transfer none) */
const char *pln_page_title(const PlnDoc *doc);

/** Appends both parts.  @title: the heading of the page, which is not said again */
void pln_page_body(const PlnDoc *doc, const char *title, GString *answer, GString *rest);
