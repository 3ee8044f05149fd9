/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The commands: one table, from which parsing, help, manual pages and completions
 *  all come.  A command reads its words from PlnArgs and may run any number of times.
 *  Checked by tests/cli. */
#pragma once
#include <glib.h>

#include "plenary/error.h"
#include "plenary/world.h"

typedef struct {
  const char *name;  /* "set", given as --set */
  char letter;       /* 'o', or 0 */
  const char *value; /* "WHO=VOTE"; NULL: a flag */
  const char *help;
  const char *words; /* what it may be, between blanks, for completion; or NULL */
} PlnOption;

/** The words of one call: each option's values in order, and what is left. */
typedef struct {
  const char *command, *operands; /* for what is said of them */
  const PlnOption *options;       /* ended by a NULL name */
  char ***value;            /* of each option, NULL-terminated, or NULL */
  gboolean *flag;
  char **rest; /* NULL-terminated */
} PlnArgs;

typedef struct {
  const char *name, *summary, *operands; /* "SCENARIO" */
  const char *about;                     /* a paragraph or more */
  const char *examples;                  /* lines: a command, then what it does behind " # " */
  const PlnOption *options;
  /** Where @error is set it is printed and its code is the exit status, else what is
   *  returned. */
  int (*run)(const PlnArgs *args, GError **error);
} PlnCommand;

/** Ended by a NULL name. */
extern const PlnCommand pln_commands[];

const PlnCommand *pln_command_find(const char *name);

/** Returns: NULL and PLN_ERROR_USAGE with a near miss.  @argv: without the command. */
PlnArgs *pln_args_parse(const PlnCommand *command, int argc, char **argv, GError **error);
void pln_args_free(PlnArgs *args);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlnArgs, pln_args_free)

gboolean pln_args_flag(const PlnArgs *args, const char *option);

/** The last value given, or NULL. */
const char *pln_args_value(const PlnArgs *args, const char *option);

/** All values given; NULL-terminated, never NULL. */
const char *const *pln_args_values(const PlnArgs *args, const char *option);

/** FALSE and PLN_ERROR_USAGE unless there are @least to @most operands. */
gboolean pln_args_operands(const PlnArgs *args, guint least, guint most, GError **error);

/** Help on @command, or on all for NULL, as text for a terminal.  (transfer full) */
char *pln_help_text(const PlnCommand *command);

/** A manual page in mdoc-free man(7), of @command or of the program for NULL. */
char *pln_help_man(const PlnCommand *command);

/** A completion script for @shell ("bash", "zsh", "fish"), or NULL. */
char *pln_help_completion(const char *shell);

int pln_run_replay(const PlnArgs *args, GError **error);
int pln_run_report(const PlnArgs *args, GError **error);
int pln_run_batch(const PlnArgs *args, GError **error);
int pln_run_estimate(const PlnArgs *args, GError **error);
int pln_run_simulate(const PlnArgs *args, GError **error);
int pln_run_project(const PlnArgs *args, GError **error);
int pln_run_bargain(const PlnArgs *args, GError **error);
int pln_run_power(const PlnArgs *args, GError **error);
int pln_run_coalition(const PlnArgs *args, GError **error);
int pln_run_whatif(const PlnArgs *args, GError **error);
int pln_run_ratify(const PlnArgs *args, GError **error);
int pln_run_sensitivity(const PlnArgs *args, GError **error);
int pln_run_whip(const PlnArgs *args, GError **error);
int pln_run_reconstruct(const PlnArgs *args, GError **error);
int pln_run_backtest(const PlnArgs *args, GError **error);
int pln_run_check(const PlnArgs *args, GError **error);
int pln_run_new_scenario(const PlnArgs *args, GError **error);
int pln_run_import(const PlnArgs *args, GError **error);
int pln_run_export(const PlnArgs *args, GError **error);
int pln_run_verify(const PlnArgs *args, GError **error);
int pln_run_rules(const PlnArgs *args, GError **error);
int pln_run_bodies(const PlnArgs *args, GError **error);
int pln_run_blocs(const PlnArgs *args, GError **error);
int pln_run_roster(const PlnArgs *args, GError **error);
int pln_run_kit(const PlnArgs *args, GError **error);
int pln_run_sweep(const PlnArgs *args, GError **error);
int pln_run_merge(const PlnArgs *args, GError **error);
int pln_run_help(const PlnArgs *args, GError **error);

extern const PlnOption pln_coalition_cli_options[];
extern const PlnOption pln_whatif_options[];
extern const PlnOption pln_report_options[], pln_ratify_cli_options[];
extern const PlnOption pln_sensitivity_cli_options[];
extern const PlnOption pln_kit_options[], pln_batch_options[];
extern const PlnOption pln_sweep_options[], pln_merge_options[];
extern const PlnOption pln_import_options[], pln_export_options[];

/** Whether @format is one of talks_file.h's; FALSE and PLN_ERROR_USAGE with a near miss. */
gboolean pln_talks_format_known(const char *format, GError **error);

extern const PlnOption pln_replay_options[], pln_estimate_cli_options[], pln_simulate_options[],
    pln_project_cli_options[], pln_bargain_cli_options[], pln_power_cli_options[], pln_whip_cli_options[], pln_reconstruct_options[],
    pln_backtest_options[], pln_check_options[], pln_new_options[],
    pln_verify_options[], pln_list_options[], pln_roster_options[], pln_help_options[];
