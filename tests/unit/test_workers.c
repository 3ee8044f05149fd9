/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every task once, whatever the threads; the same results; tasks within tasks. */
#include "plenary/workers.h"
#include "suite.h"

enum { TASKS = 1000 };

typedef struct {
  gint times[TASKS], busy[16], in_two; /* atomic */
  guint64 result[TASKS];
  guint n_threads;
  GThread *caller;
  gint elsewhere; /* tasks in another thread than the caller's; atomic */
} Record;

static guint64 churn(guint task) {
  guint64 x = task + 1;
  for (guint i = 0; i < 1000 + task % 7 * 500; i++)
    x = x * 6364136223846793005u + 1442695040888963407u;
  return x;
}

static void note(guint task, guint thread, gpointer data) {
  Record *record = data;
  if (thread >= record->n_threads)
    g_error("a thread %u of %u", thread, record->n_threads); /* CUnit is not for threads */
  if (g_atomic_int_add(&record->busy[thread], 1) != 0)
    g_atomic_int_inc(&record->in_two);
  g_atomic_int_inc(&record->times[task]);
  record->result[task] = churn(task);
  if (g_thread_self() != record->caller)
    g_atomic_int_inc(&record->elsewhere);
  g_atomic_int_add(&record->busy[thread], -1);
}

static Record *run(guint n_threads, guint n_tasks) {
  Record *record = g_new0(Record, 1);
  record->caller = g_thread_self();
  record->n_threads = pln_workers_count(n_threads, n_tasks);
  pln_workers_run(n_threads, n_tasks, note, record);
  return record;
}

static void test_once_each(void) {
  for (guint n_threads = 1; n_threads <= 9; n_threads += 2) {
    g_autofree Record *record = run(n_threads, TASKS);
    guint wrong = 0;
    for (guint i = 0; i < TASKS; i++)
      wrong += record->times[i] != 1 || record->result[i] != churn(i);
    CU_ASSERT_EQUAL(wrong, 0);
    CU_ASSERT_EQUAL(record->in_two, 0);
    if (n_threads == 1)
      CU_ASSERT_EQUAL(record->elsewhere, 0);
  }
}

static void test_count(void) {
  CU_ASSERT_EQUAL(pln_workers_count(4, 100), 4);
  CU_ASSERT_EQUAL(pln_workers_count(4, 3), 3);
  CU_ASSERT_EQUAL(pln_workers_count(4, 0), 1);
  CU_ASSERT_EQUAL(pln_workers_count(0, 100000), g_get_num_processors());
  g_autofree Record *none = run(4, 0);
  CU_ASSERT_EQUAL(none->times[0], 0);
  g_autofree Record *one = run(4, 1);
  CU_ASSERT_EQUAL(one->times[0], 1);
  CU_ASSERT_EQUAL(one->elsewhere, 0);
}

typedef struct {
  gint sum, strays; /* atomic */
} Nest;

static void inner(guint task, guint thread, gpointer data) {
  Nest *nest = data;
  g_atomic_int_add(&nest->sum, (gint)task);
  if (thread != 0)
    g_atomic_int_inc(&nest->strays);
}

static void outer(guint task, guint thread, gpointer data) {
  (void)task;
  (void)thread;
  Nest *nest = data;
  if (pln_workers_count(4, 10) != 1)
    g_atomic_int_inc(&nest->strays);
  pln_workers_run(4, 10, inner, nest);
  pln_workers_run(4, 10, inner, nest); /* still within a task after the first */
}

static void test_nested(void) {
  Nest nest = {0, 0};
  pln_workers_run(3, 20, outer, &nest);
  CU_ASSERT_EQUAL(nest.sum, 2 * 20 * 45);
  CU_ASSERT_EQUAL(nest.strays, 0);
  CU_ASSERT_EQUAL(pln_workers_count(4, 10), 4);
}

int main(void) {
  CU_TestInfo tests[] = {{"every task once", test_once_each},
                         {"how many threads", test_count},
                         {"tasks within tasks", test_nested},
                         CU_TEST_INFO_NULL};
  return suite_run("workers", tests);
}
