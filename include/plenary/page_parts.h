/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The parts of a page that are the same in all: texts that the build makes from sim/page
 *  (see its meson.build and embed.py).  They hold nothing that could end the element they
 *  stand in.  A policy names the SHA-256 of the script and the style it allows.
 *  Checked by tests/unit/test_page.c. */
#pragma once

extern const char pln_page_style[];  /* the style sheets, joined */
extern const char pln_page_script[]; /* main.js and what it imports */
extern const char pln_page_worker[]; /* worker.js and what it imports */
extern const char pln_page_kernel[]; /* kernel.wasm, base64 */
extern const char pln_page_policy[]; /* Content-Security-Policy of a page */

extern const char pln_document_script[]; /* of a page without a laboratory: it draws charts */
extern const char pln_document_policy[]; /* and its policy: no WebAssembly, no worker */

extern const char pln_kit_style[];  /* the style of a classroom kit's pages, which have no script */
extern const char pln_kit_policy[]; /* and their policy */
