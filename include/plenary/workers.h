/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Workers: the threads that share out tasks 0 … n - 1 among themselves.
 *
 *  A task writes to places of its own and reads nothing that another writes; what it makes
 *  must not depend on the thread it runs in.  Then the result is the same for any number
 *  of threads.  Sums over tasks are taken afterwards, in the order of the tasks.
 *
 *  The thread is a number below the count of threads, for scratch space: no two tasks that
 *  run at once have the same.  The calling thread is one of the workers, thread 0; with
 *  one thread, or one task, no other is made.  A task that itself runs workers runs those
 *  tasks in turn, as thread 0 of them.
 *
 *  Threads are made for each call and are gone when it returns: some 20 microseconds each,
 *  so a task should take longer than that.  Where the system gives no more threads, those
 *  that there are do the work.  Checked by tests/unit/test_workers.c. */
#pragma once
#include <glib.h>

typedef void (*PlnTask)(guint task, guint thread, gpointer data);

/** How many threads pln_workers_run uses at most: @n_threads, no more than tasks, and one
 *  within a task.  @n_threads 0: as many as the processors that the program may use. */
guint pln_workers_count(guint n_threads, guint n_tasks);

/** Runs every task once; returns when all are done.  Tasks begin in their order. */
void pln_workers_run(guint n_threads, guint n_tasks, PlnTask task, gpointer data);
