/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/pdf.h"

#include <glib/gstdio.h>
#include <unistd.h>

#include "plenary/error.h"

typedef struct {
  const char *program;
  gboolean browser;
} Converter;

static const Converter converters[] = {
    {"chromium", TRUE},    {"chromium-browser", TRUE}, {"google-chrome", TRUE},
    {"weasyprint", FALSE}, {"wkhtmltopdf", FALSE},
};

/* Folders that a browser leaves go with what is in them; links are not followed. */
static void remove_folder(const char *path) {
  g_autoptr(GDir) folder = g_dir_open(path, 0, NULL);
  for (const char *name = folder ? g_dir_read_name(folder) : NULL; name;
       name = g_dir_read_name(folder)) {
    g_autofree char *inner = g_build_filename(path, name, NULL);
    if (g_file_test(inner, G_FILE_TEST_IS_DIR) && !g_file_test(inner, G_FILE_TEST_IS_SYMLINK))
      remove_folder(inner);
    else
      g_unlink(inner);
  }
  g_rmdir(path);
}

/* A browser keeps its profile in @folder, apart from that of its user.  It shuts itself into a
 * sandbox, which as root it cannot; the page's policy lets nothing out either way. */
static GPtrArray *words_of(const Converter *converter, const char *path, const char *folder,
                           const char *page, const char *pdf) {
  static const char *const flags[] = {
      "--headless", "--disable-gpu", "--no-first-run",
      "--virtual-time-budget=5000", /* milliseconds, till the script has drawn */
      "--no-pdf-header-footer", "--print-to-pdf-no-header"}; /* the same, new and old */
  GPtrArray *words = g_ptr_array_new_with_free_func(g_free);
  g_ptr_array_add(words, g_strdup(path));
  if (converter->browser) {
    for (gsize i = 0; i < G_N_ELEMENTS(flags); i++)
      g_ptr_array_add(words, g_strdup(flags[i]));
    if (geteuid() == 0)
      g_ptr_array_add(words, g_strdup("--no-sandbox"));
    g_ptr_array_add(words, g_strdup_printf("--user-data-dir=%s/profile", folder));
    g_ptr_array_add(words, g_strdup_printf("--print-to-pdf=%s", pdf));
    g_ptr_array_add(words, g_filename_to_uri(page, NULL, NULL));
  } else {
    g_ptr_array_add(words, g_strdup(page));
    g_ptr_array_add(words, g_strdup(pdf));
  }
  g_ptr_array_add(words, NULL);
  return words;
}

static GBytes *print_by(const Converter *converter, const char *path, const char *folder,
                        const char *text, GError **error) {
  g_autofree char *page = g_build_filename(folder, "page.html", NULL);
  g_autofree char *pdf = g_build_filename(folder, "page.pdf", NULL);
  g_autoptr(GPtrArray) words = words_of(converter, path, folder, page, pdf);
  char *bytes;
  gsize n;
  int status;
  if (!g_file_set_contents(page, text, -1, error))
    return NULL;
  if (g_spawn_sync(folder, (char **)words->pdata, NULL,
                   G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, NULL, NULL,
                   &status, error) &&
      g_spawn_check_wait_status(status, error) && g_file_get_contents(pdf, &bytes, &n, error))
    return g_bytes_new_take(bytes, n);
  return NULL;
}

GBytes *pln_print_pdf(const char *page, GError **error) {
  for (gsize i = 0; i < G_N_ELEMENTS(converters); i++) {
    g_autofree char *path = g_find_program_in_path(converters[i].program);
    if (!path)
      continue;
    g_autoptr(GError) why = NULL;
    g_autofree char *folder = g_dir_make_tmp("plenary-XXXXXX", &why);
    GBytes *pdf = folder ? print_by(&converters[i], path, folder, page, &why) : NULL;
    if (folder)
      remove_folder(folder);
    if (!pdf)
      g_set_error(error, PLN_ERROR, PLN_ERROR_FAILED, "%s did not print the page: %s",
                  converters[i].program, why->message);
    return pdf;
  }
  g_set_error(error, PLN_ERROR, PLN_ERROR_FAILED,
              "nothing here prints a page; expected chromium, weasyprint or wkhtmltopdf "
              "(--format html writes the page itself)");
  return NULL;
}
