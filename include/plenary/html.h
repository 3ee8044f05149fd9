/* SPDX-License-Identifier: GPL-3.0-or-later */
/** HTML, written element by element: whatever comes from a file stays text.
 *
 *  Names of elements and attributes are the program's own; texts and values of attributes
 *  may be anybody's.  They are made visible as on a terminal (pln_text_visible: controls,
 *  invalid bytes and marks that reorder are spelled out), then & < > " ' are escaped, so
 *  that no field can end an element, an attribute or a script.  An address (href, src)
 *  that is neither a place in the page (#...), a page beside it (letters, digits, . _ - and
 *  .html at the end) nor http(s) is left out: a field cannot become a script by way of a link.  Each call appends to @out.
 *  Checked by tests/unit/test_html.c. */
#pragma once
#include <glib.h>

/** Appends @text, escaped. */
void pln_html_text(GString *out, const char *text);

/** <element name="value" ...>; attributes are pairs of name and value, ended by a NULL name.
 *  A value of NULL leaves its attribute out, an empty one writes the bare name. */
void pln_html_open(GString *out, const char *element, ...) G_GNUC_NULL_TERMINATED;

/** </element> and a line's end. */
void pln_html_close(GString *out, const char *element);

/** An element with @text in it, on a line of its own; attributes as above. */
void pln_html_element(GString *out, const char *element, const char *text, ...) G_GNUC_NULL_TERMINATED;

/** Appends @json for a script element: < > & and the line separators, which only strings
 *  hold, as \uXXXX. */
void pln_html_json(GString *out, const char *json);
