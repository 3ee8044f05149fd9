/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/html.h"

#include <string.h>

#include "plenary/text.h"

static const char *entity(char c) {
  switch (c) {
  case '&':
    return "&amp;";
  case '<':
    return "&lt;";
  case '>':
    return "&gt;";
  case '"':
    return "&quot;";
  case '\'':
    return "&#39;";
  default:
    return NULL;
  }
}

void pln_html_text(GString *out, const char *text) {
  g_autofree char *visible = pln_text_visible(text);
  const char *from = visible;
  for (const char *p = visible; *p; p++) {
    const char *instead = entity(*p);
    if (!instead)
      continue;
    g_string_append_len(out, from, p - from);
    g_string_append(out, instead);
    from = p + 1;
  }
  g_string_append(out, from);
}

static gboolean is_address(const char *name) {
  return strcmp(name, "href") == 0 || strcmp(name, "src") == 0;
}

/* A page beside this one: "res-74-247.html", without a folder or a scheme. */
static gboolean is_neighbour(const char *value) {
  if (!g_ascii_isalnum(*value) || !g_str_has_suffix(value, ".html"))
    return FALSE;
  return value[strspn(value, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "._-")] == '\0';
}

static gboolean harmless_address(const char *value) {
  return value[0] == '#' || is_neighbour(value) || g_ascii_strncasecmp(value, "https://", 8) == 0 ||
         g_ascii_strncasecmp(value, "http://", 7) == 0;
}

static void attribute(GString *out, const char *name, const char *value) {
  if (!value || (is_address(name) && !harmless_address(value)))
    return;
  g_string_append_c(out, ' ');
  g_string_append(out, name);
  if (!*value)
    return;
  g_string_append(out, "=\"");
  pln_html_text(out, value);
  g_string_append_c(out, '"');
}

static void open_with(GString *out, const char *element, va_list pairs) {
  g_string_append_c(out, '<');
  g_string_append(out, element);
  for (const char *name = va_arg(pairs, const char *); name; name = va_arg(pairs, const char *))
    attribute(out, name, va_arg(pairs, const char *));
  g_string_append_c(out, '>');
}

void pln_html_open(GString *out, const char *element, ...) {
  va_list pairs;
  va_start(pairs, element);
  open_with(out, element, pairs);
  va_end(pairs);
}

void pln_html_close(GString *out, const char *element) {
  g_string_append_printf(out, "</%s>\n", element);
}

void pln_html_element(GString *out, const char *element, const char *text, ...) {
  va_list pairs;
  va_start(pairs, text);
  open_with(out, element, pairs);
  va_end(pairs);
  pln_html_text(out, text);
  pln_html_close(out, element);
}

void pln_html_json(GString *out, const char *json) {
  for (const char *p = json; *p; p++) {
    if (*p == '<' || *p == '>' || *p == '&')
      g_string_append_printf(out, "\\u%04x", (unsigned)*p);
    else if (strncmp(p, "\xe2\x80\xa8", 3) == 0 || strncmp(p, "\xe2\x80\xa9", 3) == 0) {
      g_string_append(out, p[2] == '\xa8' ? "\\u2028" : "\\u2029");
      p += 2;
    } else
      g_string_append_c(out, *p);
  }
}
