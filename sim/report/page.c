/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/page.h"

#include <string.h>

#include "plenary/html.h"
#include "plenary/page_parts.h"
#include "plenary/page_section.h"

enum { ROOM = 1 << 17 };

/* The icon is empty, so that no browser asks anybody for one. */
static void write_head(GString *out, const char *title, gboolean laboratory) {
  g_string_append(out, "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                       "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
  g_string_append_printf(out, "<meta http-equiv=\"Content-Security-Policy\" content=\"%s\">",
                         laboratory ? pln_page_policy : pln_document_policy);
  g_string_append(out, "\n<link rel=\"icon\" href=\"data:,\">\n");
  pln_html_element(out, "title", title, NULL);
  g_string_append_printf(out, "<style>%s</style>\n</head>\n<body>\n", pln_page_style);
}

static void write_main(GString *out, const PlnDoc *doc, const char *title, gboolean laboratory) {
  g_autoptr(GString) answer = g_string_sized_new(ROOM), rest = g_string_sized_new(ROOM);
  pln_page_body(doc, title, answer, rest);
  g_string_append(out, "<a class=\"skip\" href=\"#main\">Skip to the answer</a>\n"
                       "<header class=\"top\">");
  pln_html_element(out, "h1", title, "id", "title", NULL);
  g_string_append(out, "</header>\n<main id=\"main\" tabindex=\"-1\">\n");
  if (answer->len > 0)
    g_string_append_printf(out, "<section id=\"answer\" aria-labelledby=\"title\">\n%s</section>\n",
                           answer->str);
  if (laboratory)
    g_string_append(out, "<section id=\"lab\" hidden aria-label=\"Laboratory\"></section>\n");
  g_string_append_printf(out, "<article id=\"document\">\n%s</article>\n</main>\n", rest->str);
}

static void write_inputs(GString *out, const GArray *inputs) {
  for (guint i = 0; i < inputs->len; i++) {
    const PlnInput *input = &g_array_index(inputs, PlnInput, i);
    g_string_append(out, "<li>");
    pln_html_text(out, input->name);
    g_string_append(out, " <code>");
    pln_html_text(out, input->sha256);
    g_string_append(out, "</code></li>\n");
  }
}

static void write_provenance(GString *out, const PlnProvenance *p) {
  g_autofree char *inputs = pln_inputs_digest(p->inputs), *data = pln_inputs_digest(p->data);
  gboolean any = p->inputs->len > 0;
  g_autofree char *from = g_strdup_printf("plenary %s%s%s · data %s", p->version,
                                          any ? " · inputs " : "", any ? inputs : "", data);
  g_string_append(out, "<footer id=\"provenance\">\n<h2>Where this comes from</h2>\n");
  if (*p->status) {
    g_autofree char *rests = g_strdup_printf(
        "The outcomes rest on facts that are %s at the weakest.%s%s", p->status,
      *p->rules ? " Rules: " : "", p->rules);
    pln_html_element(out, "p", rests, NULL);
  }
  pln_html_element(out, "p", from, NULL);
  g_string_append(out, "<p>Made by <code id=\"made-by\">");
  pln_html_text(out, p->command);
  g_string_append(out,
                  "</code></p>\n<details><summary>Files read, with their SHA-256</summary>\n<ul>\n");
  write_inputs(out, p->inputs);
  write_inputs(out, p->data);
  g_string_append(out, "</ul></details>\n</footer>\n");
}

static void write_scripts(GString *out, const PlnProvenance *p, const char *laboratory) {
  if (p) {
    g_autofree char *made = pln_write_provenance_json(p);
    g_string_append(out, "<script type=\"application/json\" id=\"made\">");
    pln_html_json(out, made);
    g_string_append(out, "</script>\n");
  }
  if (laboratory) {
    g_string_append(out, "<script type=\"application/json\" id=\"data\">");
    pln_html_json(out, laboratory);
    g_string_append_printf(out, "</script>\n<script type=\"text/plain\" id=\"kernel\">%s</script>\n",
                           pln_page_kernel);
    g_string_append_printf(out, "<script type=\"text/plain\" id=\"worker\">%s</script>\n",
                           pln_page_worker);
  }
  g_string_append_printf(out, "<script>%s</script>\n</body>\n</html>\n",
                         laboratory ? pln_page_script : pln_document_script);
}

char *pln_write_page(const PlnDoc *doc, const PlnProvenance *provenance, const char *laboratory,
                     const char *title) {
  GString *out = g_string_sized_new(4 * ROOM);
  if (!title)
    title = pln_page_title(doc);
  if (!title)
    title = provenance ? provenance->command : "plenary";
  write_head(out, title, laboratory != NULL);
  write_main(out, doc, title, laboratory != NULL);
  if (provenance)
    write_provenance(out, provenance);
  write_scripts(out, provenance, laboratory);
  return g_string_free(out, FALSE);
}
