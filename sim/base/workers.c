/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/workers.h"

/* Nothing is ever kept here but whether this thread is within a task. */
static GPrivate within = G_PRIVATE_INIT(NULL);

typedef struct {
  PlnTask task;
  gpointer data;
  guint n_tasks;
  gint next; /* the first task that no thread has taken; atomic */
} Work;

typedef struct {
  Work *work;
  guint thread;
} Worker;

static gpointer work_on(gpointer data) {
  Worker *worker = data;
  Work *work = worker->work;
  gpointer before = g_private_get(&within);
  g_private_set(&within, work);
  for (;;) {
    guint task = (guint)g_atomic_int_add(&work->next, 1);
    if (task >= work->n_tasks)
      break;
    work->task(task, worker->thread, work->data);
  }
  g_private_set(&within, before);
  return NULL;
}

guint pln_workers_count(guint n_threads, guint n_tasks) {
  guint n = n_threads > 0 ? n_threads : g_get_num_processors();
  if (g_private_get(&within))
    return 1;
  return CLAMP(n_tasks, 1, n);
}

void pln_workers_run(guint n_threads, guint n_tasks, PlnTask task, gpointer data) {
  guint n = pln_workers_count(n_threads, n_tasks);
  /* Each thread steps beyond the last task once, and the counter must not come round. */
  g_return_if_fail(n_tasks < G_MAXINT - n);
  Work work = {task, data, n_tasks, 0};
  g_autofree Worker *worker = g_new(Worker, n);
  g_autofree GThread **thread = g_new0(GThread *, n);
  for (guint i = 0; i < n; i++)
    worker[i] = (Worker){&work, i};
  for (guint i = 1; i < n; i++)
    thread[i] = g_thread_try_new("worker", work_on, &worker[i], NULL);
  work_on(&worker[0]);
  for (guint i = 1; i < n; i++)
    if (thread[i])
      g_thread_join(thread[i]);
}
