/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pages of a kit put together, and what its pieces share. */
#include <string.h>

#include "plenary/compose_kit.h"
#include "plenary/html.h"
#include "plenary/page_parts.h"

typedef void (*Write)(GString *out, const PlnKit *kit, const PlnClassroom *classroom);

typedef struct {
  const char *id, *title, *use;
  Write write;
} Piece;

/* In the order of printing. */
static const Piece pieces[] = {
    {"guide", "Facilitator's guide", "for you: what to print, who plays whom, background",
     pln_kit_guide},
    {"plans", "Plans for 45 and 90 minutes", "for you", pln_kit_plans},
    {"chair", "Script for the chair", "for the chair", pln_kit_chair},
    {"rules", "Model UN beside the United Nations", "for you and the chair", pln_kit_rules},
    {"question", "The question", "one for each delegation", pln_kit_question},
    {"cards", "Role cards", "cut; one for each delegation", pln_kit_cards},
    {"slips", "Slips for amendments", "cut; as many as you like", pln_kit_slips},
    {"ballots", "Ballots", "cut; one for each delegation and vote", pln_kit_ballots},
    {"tally", "Tally sheet", "for whoever counts, or on the wall", pln_kit_tally},
    {"after", "After the vote: what they did", "cut; hand out only after the vote", pln_kit_after},
    {"debrief", "Debrief: questions", "one for each delegation, after the vote", pln_kit_debrief},
    {"answers", "Debrief: answers", "for you", pln_kit_answers},
    {"neutral", "A neutral question instead", "for younger classes, or to practise", pln_kit_neutral},
};

void pln_kit_say(GString *out, const char *element, const char *class, const char *format, ...) {
  va_list rest;
  va_start(rest, format);
  g_autofree char *text = g_strdup_vprintf(format, rest);
  va_end(rest);
  pln_html_element(out, element, text, "class", class, NULL);
}

void pln_kit_source(GString *out, PlnStatus status, const char *source) {
  if (*source)
    pln_kit_say(out, "small", "source", "%s: %s", pln_status_words[status], source);
  else
    pln_kit_say(out, "small", "source", "%s", pln_status_words[status]);
}

void pln_kit_lines(GString *out, guint lines) {
  for (guint i = 0; i < lines; i++)
    pln_html_element(out, "div", "", "class", "line", NULL);
}

char *pln_kit_votes(const PlnKitDelegation *d) {
  return g_strdup_printf("%u vote%s", d->seats->len, d->seats->len == 1 ? "" : "s");
}

static int by_alphabet(gconstpointer a, gconstpointer b) {
  return pln_kit_alphabet(*(const char *const *)a, *(const char *const *)b);
}

char *pln_kit_join(GPtrArray *names) {
  GString *out = g_string_new(NULL);
  g_ptr_array_sort(names, by_alphabet);
  for (guint i = 0; i < names->len; i++)
    g_string_append_printf(out, "%s%s", i > 0 ? ", " : "", (const char *)names->pdata[i]);
  return g_string_free(out, FALSE);
}

char *pln_kit_title(const PlnKit *kit) {
  const PlnProposal *p = kit->item->proposal;
  return *p->symbol ? g_strdup_printf("%s (%s)", p->title, p->symbol) : g_strdup(p->title);
}

gboolean pln_kit_has_votes(const PlnKit *kit) {
  for (guint i = 0; i < kit->item->proposal->roster->n; i++)
    if (kit->now[i].vote != PLN_VOTE_UNKNOWN)
      return TRUE;
  return FALSE;
}

guint32 pln_kit_needed(const PlnRule *rule, guint32 count, guint32 n) {
  PlnTally tally = {.count = {[PLN_VOTE_Y] = count, [PLN_VOTE_X] = n - count}};
  memcpy(tally.weight, (guint64[]){count, 0, 0, n - count}, sizeof tally.weight);
  return pln_rule_decide(rule, &tally, PLN_STAGE_VOTE).needed;
}

static gboolean has_piece(const PlnKit *kit, const Piece *piece) {
  return piece->write != pln_kit_after || pln_kit_has_votes(kit);
}

static void begin(GString *out, const char *title) {
  g_string_append(out, "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                       "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
  pln_html_open(out, "meta", "http-equiv", "Content-Security-Policy", "content", pln_kit_policy,
                NULL);
  g_string_append(out, "\n<link rel=\"icon\" href=\"data:,\">\n");
  pln_html_element(out, "title", title, NULL);
  g_string_append(out, "<style>");
  g_string_append(out, pln_kit_style);
  g_string_append(out, "</style>\n</head>\n<body>\n");
}

static void end(GString *out) {
  g_string_append(out, "</main>\n</body>\n</html>\n");
}

static void write_piece(GString *out, const Piece *piece, const PlnKit *kit,
                        const PlnClassroom *classroom) {
  g_autofree char *heading = g_strconcat(piece->id, "-heading", NULL);
  pln_html_open(out, "section", "class", "piece", "id", piece->id, "aria-labelledby", heading, NULL);
  pln_html_element(out, "h2", piece->title, "id", heading, NULL);
  piece->write(out, kit, classroom);
  pln_html_close(out, "section");
}

/* Where it comes from, in words: the last thing of the guide and of the mark. */
static void write_provenance(GString *out, const PlnKit *kit, const PlnProvenance *provenance) {
  g_autofree char *digest = pln_inputs_digest(provenance->inputs);
  g_autofree char *data = pln_inputs_digest(provenance->data);
  pln_kit_say(out, "p", "source",
              "Made by plenary %s: %s. Scenario \"%s\" %s, data %s. The weakest status that it "
              "rests on: %s.",
              provenance->version, provenance->command, kit->scenario->title, digest, data,
              provenance->status);
}

/* The names of files are the program's own. */
static void write_contents(GString *out, const PlnKit *kit) {
  g_string_append(out, "<nav class=\"contents\" aria-label=\"Contents\">\n<ol>\n");
  for (gsize i = 0; i < G_N_ELEMENTS(pieces); i++) {
    const Piece *piece = &pieces[i];
    if (has_piece(kit, piece))
      g_string_append_printf(out,
                             "<li><a href=\"#%s\">%s</a>: %s <a class=\"alone\" href=\"%s.html\">"
                             "by itself<span class=\"unseen\">, %s</span></a></li>\n",
                             piece->id, piece->title, piece->use, piece->id, piece->title);
  }
  g_string_append(out, "</ol>\n</nav>\n");
}

static char *index_text(const PlnKit *kit, const PlnClassroom *classroom,
                        const PlnProvenance *provenance) {
  GString *out = g_string_new(NULL);
  g_autofree char *title = g_strdup_printf("Classroom kit: %s", kit->scenario->title);
  begin(out, title);
  g_string_append(out, "<header>\n");
  pln_html_element(out, "h1", title, NULL);
  g_string_append(out, "<p>A vote to play in class. Print this page for everything, in order, on "
                       "A4 or Letter paper; or print pieces alone. Cards and slips are cut along "
                       "the dashed lines.</p>\n");
  write_contents(out, kit);
  write_provenance(out, kit, provenance);
  g_string_append(out, "</header>\n<main>\n");
  for (gsize i = 0; i < G_N_ELEMENTS(pieces); i++)
    if (has_piece(kit, &pieces[i]))
      write_piece(out, &pieces[i], kit, classroom);
  end(out);
  return g_string_free(out, FALSE);
}

static char *piece_text(const Piece *piece, const PlnKit *kit, const PlnClassroom *classroom) {
  GString *out = g_string_new(NULL);
  g_autofree char *title = g_strdup_printf("%s: %s", piece->title, kit->scenario->title);
  begin(out, title);
  g_string_append(out, "<header class=\"alone\">\n");
  pln_html_element(out, "h1", kit->scenario->title, NULL);
  g_string_append(out, "<p><a href=\"index.html\">The whole kit</a></p>\n</header>\n<main>\n");
  write_piece(out, piece, kit, classroom);
  end(out);
  return g_string_free(out, FALSE);
}

/* For programs, and for who finds the folder: what it is. */
static char *mark_text(const PlnProvenance *provenance) {
  GString *out = g_string_new(PLN_KIT_MARK_BEGINS);
  g_string_append_printf(out, "version %s\ncommand %s\nstatus %s\nrules %s\n", provenance->version,
                         provenance->command, provenance->status, provenance->rules);
  const GArray *all[] = {provenance->inputs, provenance->data};
  for (gsize k = 0; k < G_N_ELEMENTS(all); k++)
    for (guint i = 0; i < all[k]->len; i++) {
      const PlnInput *input = &g_array_index(all[k], PlnInput, i);
      g_string_append_printf(out, "input %s %s\n", input->sha256, input->name);
    }
  g_string_append(out, "open index.html in a browser\n");
  return g_string_free(out, FALSE);
}

static void file_free(gpointer data) {
  PlnKitFile *file = data;
  g_free(file->name);
  g_free(file->text);
  g_free(file);
}

static void add_file(GPtrArray *files, char *name, char *text) {
  PlnKitFile *file = g_new(PlnKitFile, 1);
  *file = (PlnKitFile){name, text};
  g_ptr_array_add(files, file);
}

GPtrArray *pln_compose_kit(const PlnKit *kit, const PlnClassroom *classroom,
                           const PlnProvenance *provenance) {
  GPtrArray *files = g_ptr_array_new_with_free_func(file_free);
  add_file(files, g_strdup("index.html"), index_text(kit, classroom, provenance));
  for (gsize i = 0; i < G_N_ELEMENTS(pieces); i++)
    if (has_piece(kit, &pieces[i]))
      add_file(files, g_strconcat(pieces[i].id, ".html", NULL),
               piece_text(&pieces[i], kit, classroom));
  add_file(files, g_strdup(PLN_KIT_MARK), mark_text(provenance));
  return files;
}
