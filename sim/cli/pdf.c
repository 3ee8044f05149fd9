/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/pdf.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "plenary/error.h"

enum { LIMIT = 60 /* seconds a converter has */, LOOK = 10000 /* microseconds */ };

typedef struct {
  const char *program;
  gboolean browser;
} Converter;

static const Converter converters[] = {
    {"chromium", TRUE},    {"chromium-browser", TRUE}, {"google-chrome", TRUE},
    {"weasyprint", FALSE}, {"wkhtmltopdf", FALSE},
};

/* What would end the program is held back while there is a folder to remove: it is looked
 * for between two looks at the converter, and comes through at the end. */
typedef struct {
  sigset_t held, before;
} Signals;

static const int ending[] = {SIGHUP, SIGINT, SIGTERM};

/* Those that are ignored stay so (a program in the background, one under nohup). */
static void hold_signals(Signals *signals) {
  sigemptyset(&signals->held);
  for (gsize i = 0; i < G_N_ELEMENTS(ending); i++) {
    struct sigaction now;
    if (sigaction(ending[i], NULL, &now) == 0 && now.sa_handler != SIG_IGN)
      sigaddset(&signals->held, ending[i]);
  }
  sigprocmask(SIG_BLOCK, &signals->held, &signals->before);
}

/* Returns: the signal that came, or 0 */
static int signal_that_came(const Signals *signals) {
  sigset_t waiting;
  sigpending(&waiting);
  for (gsize i = 0; i < G_N_ELEMENTS(ending); i++)
    if (sigismember(&signals->held, ending[i]) == 1 && sigismember(&waiting, ending[i]) == 1)
      return ending[i];
  return 0;
}

/* A signal that came ends the program here, as it would have: nothing is left to be done in
 * good order, and whoever waits for the program sees by what it ended. */
static void let_signals_through(const Signals *signals) {
  int number = signal_that_came(signals);
  if (number)
    signal(number, SIG_DFL);
  sigprocmask(SIG_SETMASK, &signals->before, NULL);
}

/* Folders that a browser leaves go with what is in them; links are not followed. */
static gboolean remove_folder(const char *path) {
  g_autoptr(GDir) folder = g_dir_open(path, 0, NULL);
  for (const char *name = folder ? g_dir_read_name(folder) : NULL; name;
       name = g_dir_read_name(folder)) {
    g_autofree char *inner = g_build_filename(path, name, NULL);
    if (g_file_test(inner, G_FILE_TEST_IS_DIR) && !g_file_test(inner, G_FILE_TEST_IS_SYMLINK))
      remove_folder(inner);
    else
      g_unlink(inner);
  }
  return g_rmdir(path) == 0;
}

/* What was killed may write a moment longer. */
static void remove_folder_surely(const char *path) {
  for (int tries = 0; !remove_folder(path) && tries < 50; tries++)
    g_usleep(LOOK);
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

/* In the converter's process: a group of its own, so that all it starts ends with it. */
static void begin_group(gpointer mask) {
  setpgid(0, 0);
  sigprocmask(SIG_SETMASK, mask, NULL);
}

static guint seconds_allowed(void) {
  const char *said = g_getenv("PLENARY_PDF_SECONDS");
  guint64 seconds;
  return said && g_ascii_string_to_unsigned(said, 10, 1, 3600, &seconds, NULL) ? (guint)seconds
                                                                                : LIMIT;
}

/* Until it has ended, its time is up, or the program is asked to end; then its group is
 * killed, before @pid is given back and could be another's.  Where the system waits for
 * children itself (SIGCHLD ignored), what was printed tells how it went. */
static gboolean wait_for(GPid pid, const Signals *signals, GError **error) {
  guint seconds = seconds_allowed();
  gint64 deadline = g_get_monotonic_time() + seconds * G_TIME_SPAN_SECOND;
  siginfo_t ended = {0};
  int got, number = 0, status = 0;
  while ((got = waitid(P_PID, (id_t)pid, &ended, WEXITED | WNOHANG | WNOWAIT)) == 0 &&
         ended.si_pid == 0 && !(number = signal_that_came(signals)) &&
         g_get_monotonic_time() < deadline)
    g_usleep(LOOK);
  if (got != 0)
    return TRUE;
  kill(-pid, SIGKILL);
  waitpid(pid, &status, 0);
  if (ended.si_pid != 0)
    return g_spawn_check_wait_status(status, error);
  if (number)
    g_set_error(error, PLN_ERROR, PLN_ERROR_FAILED, "interrupted");
  else
    g_set_error(error, PLN_ERROR, PLN_ERROR_FAILED, "not done after %u seconds", seconds);
  return FALSE;
}

static GBytes *read_pdf(const char *path, GError **error) {
  char *bytes;
  gsize n;
  if (!g_file_get_contents(path, &bytes, &n, error))
    return NULL;
  if (n > 4 && memcmp(bytes, "%PDF", 4) == 0)
    return g_bytes_new_take(bytes, n);
  g_free(bytes);
  g_set_error(error, PLN_ERROR, PLN_ERROR_FAILED, "what it wrote is no PDF");
  return NULL;
}

/* What the converter itself keeps for a while is also in @folder, and goes with it. */
static GBytes *print_in(const char *folder, const Converter *converter, const char *path,
                        const char *text, Signals *signals, GError **error) {
  g_autofree char *page = g_build_filename(folder, "page.html", NULL);
  g_autofree char *pdf = g_build_filename(folder, "page.pdf", NULL);
  g_autoptr(GPtrArray) words = words_of(converter, path, folder, page, pdf);
  g_auto(GStrv) environment = g_environ_setenv(g_get_environ(), "TMPDIR", folder, TRUE);
  GPid pid;
  if (!g_file_set_contents(page, text, -1, error) ||
      !g_spawn_async(folder, (char **)words->pdata, environment,
                     G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDOUT_TO_DEV_NULL |
                         G_SPAWN_STDERR_TO_DEV_NULL,
                     begin_group, &signals->before, &pid, error) ||
      !wait_for(pid, signals, error))
    return NULL;
  return read_pdf(pdf, error);
}

static GBytes *print_by(const Converter *converter, const char *path, const char *text,
                        GError **error) {
  Signals signals;
  hold_signals(&signals);
  g_autofree char *folder = g_dir_make_tmp("plenary-XXXXXX", error);
  GBytes *pdf = folder ? print_in(folder, converter, path, text, &signals, error) : NULL;
  if (folder)
    remove_folder_surely(folder);
  let_signals_through(&signals);
  return pdf;
}

GBytes *pln_print_pdf(const char *page, GError **error) {
  g_autoptr(GString) failed = g_string_new(NULL);
  for (gsize i = 0; i < G_N_ELEMENTS(converters); i++) {
    g_autofree char *path = g_find_program_in_path(converters[i].program);
    if (!path)
      continue;
    g_autoptr(GError) why = NULL;
    GBytes *pdf = print_by(&converters[i], path, page, &why);
    if (pdf)
      return pdf;
    g_string_append_printf(failed, "%s%s did not print the page: %s", failed->len ? "; " : "",
                           converters[i].program, why->message);
  }
  if (failed->len)
    g_set_error_literal(error, PLN_ERROR, PLN_ERROR_FAILED, failed->str);
  else
    g_set_error(error, PLN_ERROR, PLN_ERROR_FAILED,
                "nothing here prints a page; expected chromium, weasyprint or wkhtmltopdf "
                "(--format html writes the page itself)");
  return NULL;
}
