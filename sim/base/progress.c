/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/progress.h"

#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

enum { FIRST = G_USEC_PER_SEC, EVERY = G_USEC_PER_SEC / 10, BAR = 24, COLUMNS = 80 };
enum { AGAIN = G_USEC_PER_SEC / 2 }; /* from the first signal: what comes later is another */

struct PlnProgress {
  int fd;
  gboolean visible; /* fd is a terminal that can go back to the start of its line */
  char *label;
  guint64 n_steps, done; /* done: atomic */
  gint64 begun, due;     /* microseconds; due, when the line is next shown: atomic */
  GMutex drawing;
  gboolean drawn; /* under drawing */
};

/* What a signal changes, and so global: whether one came, and when the first of either kind whose
 * second is not caught. */
static volatile sig_atomic_t interrupted;
static _Atomic gint64 first_int, first_term;

/* clock_gettime may be called by a handler, which GLib does not promise of its own. */
static gint64 now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (gint64)t.tv_sec * G_USEC_PER_SEC + t.tv_nsec / 1000;
}

/* One cause may tell twice at once: timeout tells its child and then the group that it is in, a
 * scheduler all of a task, whose shell hands on one of its own; of a terminal that goes, the system
 * and the shell both tell. */
static void on_interrupt(int number) {
  interrupted = 1;
  if (number == SIGHUP)
    return;
  gint64 unset = 0, at = now();
  _Atomic gint64 *first = number == SIGINT ? &first_int : &first_term;
  if (atomic_compare_exchange_strong(first, &unset, at) || at - unset < AGAIN)
    return;
  signal(number, SIG_DFL);
  raise(number);
}

static void catch(int number) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = on_interrupt;
  action.sa_flags = SA_RESTART;
  sigemptyset(&action.sa_mask);
  sigaction(number, &action, NULL);
}

static gboolean is_ignored(int number) {
  struct sigaction set;
  return sigaction(number, NULL, &set) == 0 && set.sa_handler == SIG_IGN;
}

void pln_progress_catch(void) {
  interrupted = 0;
  atomic_store(&first_int, 0);
  atomic_store(&first_term, 0);
  catch(SIGINT);
  if (!is_ignored(SIGTERM))
    catch(SIGTERM);
  if (!is_ignored(SIGHUP)) /* nohup's */
    catch(SIGHUP);
}

gboolean pln_progress_interrupted(void) {
  return interrupted != 0;
}

static gboolean can_show(int fd) {
  const char *term = g_getenv("TERM");
  return isatty(fd) && term && *term && strcmp(term, "dumb") != 0;
}

PlnProgress *pln_progress_new(int fd, const char *label, guint64 n_steps) {
  PlnProgress *progress = g_new0(PlnProgress, 1);
  progress->fd = fd;
  progress->visible = can_show(fd);
  progress->label = g_strdup(label);
  progress->n_steps = n_steps;
  progress->begun = g_get_monotonic_time();
  progress->due = progress->begun + FIRST;
  g_mutex_init(&progress->drawing);
  return progress;
}

/* A progress line that cannot be written is no loss. */
static void put(int fd, const char *text) {
  gsize length = strlen(text);
  while (length > 0) {
    gssize written = write(fd, text, length);
    if (written <= 0)
      return;
    text += written;
    length -= (gsize)written;
  }
}

void pln_progress_free(PlnProgress *progress) {
  if (!progress)
    return;
  if (progress->drawn)
    put(progress->fd, "\r\033[K");
  g_mutex_clear(&progress->drawing);
  g_free(progress->label);
  g_free(progress);
}

static char *span(double seconds) {
  guint64 s = (guint64)(CLAMP(seconds, 0, 359999 - 1) + 0.999); /* a second begun is shown */
  if (s < 60)
    return g_strdup_printf("%us", (guint)s);
  if (s < 3600)
    return g_strdup_printf("%um %02us", (guint)(s / 60), (guint)(s % 60));
  return g_strdup_printf("%uh %02um", (guint)(s / 3600), (guint)(s / 60 % 60));
}

/* What does not fit is cut off at the end of a character, not of a byte. */
static char *cut(char *line, guint columns) {
  if (g_utf8_strlen(line, -1) > (glong)columns)
    *g_utf8_offset_to_pointer(line, (glong)columns) = '\0';
  return line;
}

char *pln_progress_line(const char *label, guint64 done, guint64 n_steps, double seconds,
                        guint columns) {
  if (n_steps == 0) {
    g_autofree char *so_far = span(seconds);
    return cut(g_strdup_printf("%s  %s", label, so_far), columns);
  }
  double share = (double)MIN(done, n_steps) / (double)n_steps;
  g_autofree char *left = share > 0 ? span(seconds * (1 - share) / share) : g_strdup("?");
  guint full = (guint)(share * BAR), percent = (guint)(share * 100);
  GString *line = g_string_new(label);
  g_string_append(line, "  ");
  for (guint i = 0; i < BAR; i++)
    g_string_append(line, i < full ? "█" : "░");
  g_string_append_printf(line, " %3u %%  %s left", percent, left);
  return cut(g_string_free(line, FALSE), columns);
}

static guint width(int fd) {
  struct winsize size;
  gboolean known = ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col > 1;
  return known ? size.ws_col - 1u : COLUMNS - 1; /* the last column would wrap */
}

static void draw(PlnProgress *progress, gint64 now) {
  guint64 done = __atomic_load_n(&progress->done, __ATOMIC_RELAXED);
  double seconds = (double)(now - progress->begun) / G_USEC_PER_SEC;
  g_autofree char *line = pln_progress_line(progress->label, done, progress->n_steps, seconds,
                                            width(progress->fd));
  g_autofree char *all = g_strconcat("\r", line, "\033[K", NULL);
  put(progress->fd, all);
  progress->drawn = TRUE;
}

/* Who moves the due time on shows the line; a thread that finds another at it goes on. */
gboolean pln_progress_step(PlnProgress *progress, guint64 n_steps) {
  if (!progress)
    return !interrupted;
  __atomic_fetch_add(&progress->done, n_steps, __ATOMIC_RELAXED);
  if (!progress->visible)
    return !interrupted;
  gint64 now = g_get_monotonic_time();
  gint64 due = __atomic_load_n(&progress->due, __ATOMIC_RELAXED);
  if (now >= due && __atomic_compare_exchange_n(&progress->due, &due, now + EVERY, FALSE,
                                                __ATOMIC_RELAXED, __ATOMIC_RELAXED) &&
      g_mutex_trylock(&progress->drawing)) {
    draw(progress, now);
    g_mutex_unlock(&progress->drawing);
  }
  return !interrupted;
}
