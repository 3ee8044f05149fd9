/* SPDX-License-Identifier: GPL-3.0-or-later */
/* plenary-mpi: a sweep by the ranks of an MPI job.  Rank 0 holds the store and hands out runs to
 * the others as they come free; with one rank it is `plenary sweep`.  Rows are addressed and the
 * store takes blocks in any order, so its bytes are the same.  Checked by scripts/cluster/check.
 *
 * A rank that fails, or is killed, ends the whole job, as MPI has it; what is in the store stands,
 * and the same command goes on from there.  Rank 0, told to end, closes its store
 * first; mpirun, told to, leaves it no time. */
#include <locale.h>
#include <mpi.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "plenary/command.h"
#include "plenary/sweep_request.h"
#include "plenary/text.h"
#include "plenary/version.h"
#include "plenary/votes_request.h"

enum { TAG_ROWS = 1, TAG_BLOCK = 2, EXIT_INTERRUPTED = 130 };

/* A block should take about this long: short enough that ranks end together and little is lost by
 * a kill, long enough that rank 0, which asks for news each POLL, keeps none waiting. */
#define BLOCK_SECONDS 0.5
enum { POLL_MICROSECONDS = 200 };

/* Runs first to below end; none: there are no more. */
typedef struct {
  guint64 first, end;
} Block;

/* What rank 0 knows of another. */
typedef struct {
  guint64 size; /* of its next block */
  gint64 since; /* when it got its last */
} Worker;

typedef struct {
  PlnSweepRequest *sweep;
  PlnStore *store;
  PlnProgress *progress;
  PlnExperimentRow *rows; /* PLN_EXPERIMENT_BLOCK */
  Worker *worker;         /* by rank */
  guint64 from;           /* runs before it are made or on their way */
  guint at_work;          /* ranks that have a block, or have not asked yet */
  int rank, ranks;
} Job;

static const PlnOption mpi_options[] = {
    {"output", 'o', "STORE", "the store to make, or to go on with", NULL},
    {"threads", 0, "N", "threads of each rank (default 1)", NULL},
    {"csv", 0, "FILE", "all rows as CSV too, when the last run is in", NULL},
    {"in-sample", 0, NULL, "allow an electorate that was fitted to the vote itself", NULL},
    {"format", 'f', "FORMAT", "of the summary: text (default) or json", "text json"},
    {NULL, 0, NULL, NULL, NULL}};

static int run_mpi(const PlnArgs *args, GError **error);

/* The one command of this program, in place of main.c's table, which what is shared with
 * `plenary` asks for. */
const PlnCommand pln_commands[] = {
    {"mpi", "make a sweep by the ranks of an MPI job", "PLAN.csv",
     "Does what plenary sweep does, by as many processes as mpirun begins, on one machine or many: the first "
     "writes the store, the others make runs, each getting more as it comes free. The store is the same to the "
     "byte, and either goes on where the other was ended. The plan, its scenario and this program's data must be "
     "readable at the same place on every machine; the store need be on the first's alone.",
     "mpirun -n 5 plenary-mpi plan.csv -o store.db # four make runs, one writes\n",
     mpi_options, run_mpi},
    {NULL, NULL, NULL, NULL, NULL, NULL, NULL}};

const PlnCommand *pln_command_find(const char *name) {
  return strcmp(name, pln_commands[0].name) == 0 ? &pln_commands[0] : NULL;
}

static void report(const GError *error) {
  gboolean faults = g_error_matches(error, PLN_ERROR, PLN_ERROR_DATA);
  g_auto(GStrv) lines = g_strsplit(error->message, "\n", -1);
  for (gsize i = 0; lines[i]; i++) {
    g_autofree char *line = pln_text_visible(lines[i]);
    fprintf(stderr, "%s%s\n", i == 0 && !faults ? "plenary-mpi: " : "", line);
  }
}

/* ---- Rank 0 ---- */

/* The next runs to be made; none where all are made or on their way. */
static gboolean next_block(Job *job, int rank, Block *block, GError **error) {
  GError *fault = NULL;
  *block = (Block){0, 0};
  if (!pln_store_missing(job->store, job->from, &block->first, &block->end, &fault)) {
    *block = (Block){0, 0};
    if (!fault)
      return TRUE;
    g_propagate_error(error, fault);
    return FALSE;
  }
  block->end = MIN(block->end, block->first + job->worker[rank].size);
  job->from = block->end;
  return TRUE;
}

/* Blocks grow and shrink towards their time, by what the rank's last one took. */
static void measure(Worker *worker, int n) {
  double seconds = (double)(g_get_monotonic_time() - worker->since) / G_USEC_PER_SEC;
  if (n > 0 && seconds < BLOCK_SECONDS / 2)
    worker->size = MIN(2 * worker->size, (guint64)PLN_EXPERIMENT_BLOCK);
  else if (n > 0 && seconds > BLOCK_SECONDS * 2)
    worker->size = MAX(worker->size / 2, 1);
}

/* A rank keeps to itself why a run has no answer: rank 0 makes the first such run again to know. */
static void know_why(Job *job, int n) {
  PlnExperimentRow row;
  for (int k = 0; k < n && !pln_experiment_why(job->sweep->experiment); k++)
    if (job->rows[k].failed) {
      guint64 run = job->rows[k].run;
      pln_experiment_make(job->sweep->experiment, run, run + 1, &row, NULL);
    }
}

/* Takes the rows that a rank has made; it gets its next block before they are written. */
static gboolean serve(Job *job, const MPI_Status *news, GError **error) {
  int bytes = 0, rank = news->MPI_SOURCE;
  Block block;
  MPI_Get_count(news, MPI_BYTE, &bytes);
  MPI_Recv(job->rows, bytes, MPI_BYTE, rank, TAG_ROWS, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
  int n = bytes / (int)sizeof *job->rows;
  measure(&job->worker[rank], n);
  if (!next_block(job, rank, &block, error))
    return FALSE;
  job->worker[rank].since = g_get_monotonic_time();
  MPI_Send(&block, sizeof block, MPI_BYTE, rank, TAG_BLOCK, MPI_COMM_WORLD);
  job->at_work -= block.first == block.end;
  if (n > 0 && !pln_store_add(job->rows, (guint)n, job->store, error))
    return FALSE;
  know_why(job, n);
  pln_progress_step(job->progress, (guint64)n);
  return TRUE;
}

/* Sleeps between messages: waiting in MPI_Recv would keep a processor busy that a rank can use. */
static gboolean hand_out(Job *job, GError **error) {
  job->worker = g_new0(Worker, job->ranks);
  for (int k = 1; k < job->ranks; k++)
    job->worker[k].size = 8;
  job->at_work = (guint)job->ranks - 1;
  gboolean going = TRUE;
  while (going && job->at_work > 0) {
    MPI_Status news;
    int here = 0;
    if (!pln_progress_step(job->progress, 0)) {
      g_set_error(error, PLN_ERROR, PLN_ERROR_FAILED, "interrupted; the same command goes on");
      break;
    }
    MPI_Iprobe(MPI_ANY_SOURCE, TAG_ROWS, MPI_COMM_WORLD, &here, &news);
    if (here)
      going = serve(job, &news, error);
    else
      g_usleep(POLL_MICROSECONDS);
  }
  g_free(job->worker);
  return going && job->at_work == 0;
}

/* One rank makes the runs itself. */
static gboolean alone(Job *job, GError **error) {
  guint64 first = job->sweep->first, end = 0;
  GError *fault = NULL;
  while (pln_store_missing(job->store, first, &first, &end, &fault)) {
    if (!pln_experiment_run(job->sweep->experiment, first, end, pln_store_add, job->store,
                            job->progress, error))
      return FALSE;
    first = end;
  }
  if (fault)
    g_propagate_error(error, fault);
  return !fault;
}

static gboolean lead(Job *job, const PlnArgs *args, GError **error) {
  guint64 left = job->sweep->end - job->sweep->first - pln_store_rows(job->store);
  job->progress = pln_progress_new(STDERR_FILENO, "making runs", left);
  job->from = job->sweep->first;
  pln_progress_catch();
  gboolean done = job->ranks > 1 ? hand_out(job, error) : alone(job, error);
  pln_progress_free(job->progress);
  return done && pln_store_finish(job->store, error) &&
         pln_sweep_request_end(job->store, pln_experiment_why(job->sweep->experiment),
                               pln_args_value(args, "csv"), pln_args_value(args, "format"), error);
}

/* ---- The others ---- */

/* Sends no rows at first: it asks for work. */
static void follow(Job *job) {
  Block block = {0, 0};
  guint n = 0;
  while (TRUE) {
    MPI_Send(job->rows, (int)(n * sizeof *job->rows), MPI_BYTE, 0, TAG_ROWS, MPI_COMM_WORLD);
    MPI_Recv(&block, sizeof block, MPI_BYTE, 0, TAG_BLOCK, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
    if (block.first == block.end)
      return;
    n = pln_experiment_make(job->sweep->experiment, block.first, block.end, job->rows, NULL);
  }
}

/* ---- All ---- */

/* A plan or a scenario that differs between machines would mix two experiments: what the store is
 * to say of its origin must be the same everywhere. */
static gboolean all_agree(const Job *job, GError **error) {
  g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
  for (const PlnStoreMeta *m = (void *)job->sweep->meta->data; m->key; m++) {
    g_checksum_update(sum, (const guchar *)m->key, (gssize)strlen(m->key) + 1);
    g_checksum_update(sum, (const guchar *)m->value, (gssize)strlen(m->value) + 1);
  }
  char first[65];
  g_strlcpy(first, g_checksum_get_string(sum), sizeof first);
  MPI_Bcast(first, sizeof first, MPI_BYTE, 0, MPI_COMM_WORLD);
  int differs = strcmp(first, g_checksum_get_string(sum)) != 0, any = 0;
  MPI_Allreduce(&differs, &any, 1, MPI_INT, MPI_MAX, MPI_COMM_WORLD);
  if (any)
    g_set_error(error, PLN_ERROR, PLN_ERROR_DATA,
                "the plan, the scenario or the program is not the same on all machines; expected "
                "the same files and version everywhere");
  return !any;
}

static int status_of(const GError *error) {
  return !error ? 0 : error->domain == PLN_ERROR ? error->code : PLN_ERROR_FAILED;
}

/* Where one rank has a fault all end, with the highest status. */
static int highest(const GError *error) {
  int status = status_of(error), all = 0;
  MPI_Allreduce(&status, &all, 1, MPI_INT, MPI_MAX, MPI_COMM_WORLD);
  return all;
}

/* The store and the CSV are rank 0's: their folders need not be on the machines of the others. */
static PlnSweepRequest *asked(const PlnArgs *args, int rank, GError **error) {
  guint threads = 1;
  if (!pln_args_operands(args, 1, 1, error))
    return NULL;
  if ((rank == 0 && !pln_sweep_words(args, TRUE, (const char *const *)args->rest, "the plan", error)) ||
      !pln_args_count(args, "threads", 1, 1024, &threads, error))
    return NULL;
  return pln_sweep_request_new(args->rest[0], NULL, threads, pln_args_flag(args, "in-sample"),
                               error);
}

/* The others wait for rank 0 and know nothing of its fault: MPI ends them. */
static int work(Job *job, const PlnArgs *args, GError **error) {
  job->rows = g_new(PlnExperimentRow, PLN_EXPERIMENT_BLOCK);
  int status = 0;
  if (job->rank > 0) {
    follow(job);
  } else if (!lead(job, args, error)) {
    status = pln_progress_interrupted() ? EXIT_INTERRUPTED : status_of(*error);
    g_clear_pointer(&job->store, pln_store_close); /* while there is time */
    if (job->ranks > 1) {
      report(*error);
      MPI_Abort(MPI_COMM_WORLD, status);
    }
  }
  g_free(job->rows);
  return status;
}

static int run_mpi(const PlnArgs *args, GError **error) {
  GError *fault = NULL;
  Job job = {0};
  MPI_Comm_rank(MPI_COMM_WORLD, &job.rank);
  MPI_Comm_size(MPI_COMM_WORLD, &job.ranks);
  job.sweep = asked(args, job.rank, &fault);
  int status = highest(fault);
  if (status == 0 && all_agree(&job, &fault) && job.rank == 0)
    job.store = pln_sweep_request_store(job.sweep, pln_args_value(args, "output"), &fault);
  if (status == 0)
    status = highest(fault);
  if (status == 0)
    status = work(&job, args, &fault);
  g_clear_pointer(&job.store, pln_store_close);
  g_clear_pointer(&job.sweep, pln_sweep_request_free);
  if (fault)
    g_propagate_error(error, fault);
  return status;
}

/* It is a program, not a word behind `plenary`. */
static void print_help(void) {
  g_autofree char *text = pln_help_text(pln_commands);
  g_autoptr(GString) words = g_string_new(text);
  g_string_replace(words, "plenary mpi", "plenary-mpi", 0);
  g_string_replace(words, "Usage: plenary-mpi", "Usage: mpirun -n RANKS plenary-mpi", 0);
  fputs(words->str, stdout);
}

static int run(int rank, int argc, char **argv, GError **error) {
  for (int i = 1; i < argc; i++) {
    if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0) {
      if (rank == 0)
        print_help();
      return 0;
    }
    if (strcmp(argv[i], "--version") == 0) {
      if (rank == 0)
        puts("plenary-mpi " PLN_VERSION);
      return 0;
    }
  }
  g_autoptr(PlnArgs) args = pln_args_parse(pln_commands, argc - 1, argv + 1, error);
  return args ? run_mpi(args, error) : PLN_ERROR_USAGE;
}

/* Of one fault that several have the first says it. */
int main(int argc, char **argv) {
  setlocale(LC_CTYPE, "C.UTF-8");
  signal(SIGXFSZ, SIG_IGN); /* a file at its limit is an error in words, as a full disk is */
  int provided = 0, rank = 0, first = 0;
  MPI_Init_thread(&argc, &argv, MPI_THREAD_FUNNELED, &provided);
  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  g_autoptr(GError) error = NULL;
  int status = run(rank, argc, argv, &error), mine = error ? rank : G_MAXINT;
  MPI_Allreduce(&mine, &first, 1, MPI_INT, MPI_MIN, MPI_COMM_WORLD);
  if (error && first == rank)
    report(error);
  MPI_Finalize();
  return status;
}
