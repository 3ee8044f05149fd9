/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The line, where it is shown and where not, and the interrupt. */
#define _GNU_SOURCE 1 /* posix_openpt */
#include "plenary/progress.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "plenary/workers.h"
#include "suite.h"

static void line_is(guint64 done, guint64 n, double seconds, guint columns, const char *expected) {
  g_autofree char *line = pln_progress_line("fitting", done, n, seconds, columns);
  CU_ASSERT_STRING_EQUAL(line, expected);
  CU_ASSERT(g_utf8_validate(line, -1, NULL));
}

static void test_line(void) {
  line_is(0, 10, 2, 80, "fitting  ░░░░░░░░░░░░░░░░░░░░░░░░   0 %  ? left");
  line_is(5, 10, 2, 80, "fitting  ████████████░░░░░░░░░░░░  50 %  2s left");
  line_is(10, 10, 2, 80, "fitting  ████████████████████████ 100 %  0s left");
  line_is(12, 10, 2, 80, "fitting  ████████████████████████ 100 %  0s left");
  line_is(1, 4, 100, 80, "fitting  ██████░░░░░░░░░░░░░░░░░░  25 %  5m 00s left");
  line_is(1, 100, 100, 80, "fitting  ░░░░░░░░░░░░░░░░░░░░░░░░   1 %  2h 45m left");
  line_is(1, G_MAXUINT64, 1e6, 80, "fitting  ░░░░░░░░░░░░░░░░░░░░░░░░   0 %  99h 59m left");
  line_is(5, 10, 2, 12, "fitting  ███");
  line_is(7, 0, 61.5, 80, "fitting  1m 02s");
}

/* A terminal whose far end is read here. */
static int open_terminal(int *fd) {
  int master = posix_openpt(O_RDWR | O_NOCTTY);
  if (master < 0 || grantpt(master) != 0 || unlockpt(master) != 0)
    return -1;
  *fd = open(ptsname(master), O_RDWR | O_NOCTTY);
  fcntl(master, F_SETFL, O_NONBLOCK);
  return master;
}

static char *shown(int master) {
  char bytes[65536];
  gssize n = read(master, bytes, sizeof bytes - 1);
  return g_strndup(bytes, n > 0 ? (gsize)n : 0);
}

static void step(guint task, guint thread, gpointer data) {
  (void)task;
  (void)thread;
  pln_progress_step(data, 1);
  g_usleep(2500);
}

/* Two threads, 1.5 seconds or more: nothing in the first second, then at most ten times a
 * second. */
static void test_terminal(void) {
  int fd = -1, master = open_terminal(&fd);
  if (master < 0 || fd < 0) {
    fprintf(stderr, "skipped: no pseudo-terminal here\n");
    return;
  }
  g_setenv("TERM", "xterm", TRUE);
  gint64 begun = g_get_monotonic_time();
  PlnProgress *progress = pln_progress_new(fd, "fitting", 1200);
  pln_workers_run(2, 600, step, progress);
  gint64 half = g_get_monotonic_time() - begun;
  g_autofree char *early = shown(master);
  if (half < G_USEC_PER_SEC) /* as a rule it is three quarters of one */
    CU_ASSERT_STRING_EQUAL(early, "");
  pln_workers_run(2, 600, step, progress);
  double late_seconds = (double)(g_get_monotonic_time() - begun) / G_USEC_PER_SEC - 1;
  g_autofree char *late = shown(master);
  guint times = 0;
  for (const char *at = late; (at = strstr(at, "\rfitting  █")); at++)
    times++;
  CU_ASSERT(times >= 1 && times <= 1 + 10 * late_seconds);
  CU_ASSERT_PTR_NOT_NULL(strstr(late, " left\033[K"));
  pln_progress_free(progress);
  g_autofree char *end = shown(master);
  CU_ASSERT_STRING_EQUAL(end, "\r\033[K");
  close(fd);
  close(master);
}

static void run_silent(int fd) {
  PlnProgress *progress = pln_progress_new(fd, "fitting", 0);
  g_usleep(1100000);
  CU_ASSERT_TRUE(pln_progress_step(progress, 1));
  pln_progress_free(progress);
}

static void test_silent(void) {
  int fd = -1, master = open_terminal(&fd), ends[2];
  if (master >= 0 && fd >= 0) {
    g_setenv("TERM", "dumb", TRUE);
    run_silent(fd);
    g_autofree char *text = shown(master);
    CU_ASSERT_STRING_EQUAL(text, "");
    close(fd);
    close(master);
  }
  g_setenv("TERM", "xterm", TRUE);
  CU_ASSERT_FATAL(pipe(ends) == 0);
  fcntl(ends[0], F_SETFL, O_NONBLOCK);
  run_silent(ends[1]);
  g_autofree char *piped = shown(ends[0]);
  CU_ASSERT_STRING_EQUAL(piped, "");
  close(ends[0]);
  close(ends[1]);
  CU_ASSERT_TRUE(pln_progress_step(NULL, 1));
  pln_progress_free(NULL);
}

/* In a process of its own: 0 where @first is a flag, and so is @then, if any, @after microseconds. */
static int flagged(int first, int then, gulong after) {
  int status = 0;
  pid_t child = fork();
  CU_ASSERT_FATAL(child >= 0);
  if (child == 0) {
    pln_progress_catch();
    gboolean before = pln_progress_interrupted() || !pln_progress_step(NULL, 1);
    raise(first);
    if (before || !pln_progress_interrupted() || pln_progress_step(NULL, 1))
      _exit(1);
    g_usleep(after);
    raise(then);
    _exit(0);
  }
  CU_ASSERT_EQUAL(waitpid(child, &status, 0), child);
  return status;
}

/* The first interrupt is a flag, a second of its kind the end, but for one that comes with the first,
 * as timeout's do; a terminal's end may be told twice. */
static void test_interrupt(void) {
  const gulong later = 600000;
  CU_ASSERT_FALSE(pln_progress_interrupted());
  int twice = flagged(SIGINT, SIGINT, later), ended = flagged(SIGTERM, SIGTERM, later);
  CU_ASSERT(WIFSIGNALED(twice) && WTERMSIG(twice) == SIGINT);
  CU_ASSERT(WIFSIGNALED(ended) && WTERMSIG(ended) == SIGTERM);
  CU_ASSERT_EQUAL(flagged(SIGINT, SIGINT, 0), 0);
  CU_ASSERT_EQUAL(flagged(SIGTERM, SIGTERM, 0), 0);
  CU_ASSERT_EQUAL(flagged(SIGTERM, SIGINT, later), 0); /* a scheduler's, and a person's */
  CU_ASSERT_EQUAL(flagged(SIGHUP, SIGHUP, later), 0);
}

/* What nohup does. */
static void test_ignored(void) {
  int status = 0;
  pid_t child = fork();
  CU_ASSERT_FATAL(child >= 0);
  if (child == 0) {
    signal(SIGHUP, SIG_IGN);
    signal(SIGTERM, SIG_IGN);
    pln_progress_catch();
    raise(SIGHUP);
    raise(SIGTERM);
    _exit(pln_progress_interrupted() ? 1 : 0);
  }
  CU_ASSERT_EQUAL(waitpid(child, &status, 0), child);
  CU_ASSERT(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

int main(void) {
  CU_TestInfo tests[] = {{"the line", test_line},
                         {"on a terminal", test_terminal},
                         {"not on a terminal", test_silent},
                         {"interrupts", test_interrupt},
                         {"interrupts that are ignored", test_ignored},
                         CU_TEST_INFO_NULL};
  return suite_run("progress", tests);
}
