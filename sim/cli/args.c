/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "plenary/command.h"
#include "plenary/text.h"

static guint count_options(const PlnOption *options) {
  guint n = 0;
  while (options[n].name)
    n++;
  return n;
}

static int find_option(const PlnArgs *args, const char *name) {
  for (int i = 0; args->options[i].name; i++)
    if (strcmp(args->options[i].name, name) == 0)
      return i;
  g_return_val_if_reached(0);
}

static PlnArgs *args_new(const PlnCommand *command) {
  PlnArgs *args = g_new0(PlnArgs, 1);
  guint n = count_options(command->options);
  args->command = command->name;
  args->operands = command->operands;
  args->options = command->options;
  args->value = g_new0(char **, n + 1);
  args->flag = g_new0(gboolean, n + 1);
  return args;
}

void pln_args_free(PlnArgs *args) {
  if (!args)
    return;
  for (guint i = 0; args->options[i].name; i++)
    g_strfreev(args->value[i]);
  g_strfreev(args->rest);
  g_free(args->value);
  g_free(args->flag);
  g_free(args);
}

/* GLib's words for an unknown option, with the nearest that there is. */
static void explain(const PlnCommand *command, const char *said, GError **error) {
  g_autofree char *message = pln_text_visible(said);
  g_autoptr(GPtrArray) names = g_ptr_array_new();
  for (guint i = 0; command->options[i].name; i++)
    g_ptr_array_add(names, (gpointer)command->options[i].name);
  g_ptr_array_add(names, NULL);
  const char *dash = strstr(message, "--");
  g_autofree char *word = dash ? g_strndup(dash + 2, strcspn(dash + 2, "= ")) : NULL;
  const char *near = word ? pln_text_near(word, (const char *const *)names->pdata) : NULL;
  if (near && strcmp(near, word) != 0)
    g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE, "%s; did you mean --%s?", message, near);
  else
    g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE, "%s; plenary help %s lists the options", message,
                command->name);
}

PlnArgs *pln_args_parse(const PlnCommand *command, int argc, char **argv, GError **error) {
  g_autoptr(PlnArgs) args = args_new(command);
  guint n = count_options(command->options);
  g_autofree GOptionEntry *entries = g_new0(GOptionEntry, n + 2);
  for (guint i = 0; i < n; i++) {
    const PlnOption *option = &command->options[i];
    entries[i] = (GOptionEntry){.long_name = option->name,
                                .short_name = option->letter,
                                .arg = option->value ? G_OPTION_ARG_STRING_ARRAY : G_OPTION_ARG_NONE,
                                .arg_data = option->value ? (gpointer)&args->value[i]
                                                          : (gpointer)&args->flag[i]};
  }
  entries[n] = (GOptionEntry){
      .long_name = G_OPTION_REMAINING, .arg = G_OPTION_ARG_FILENAME_ARRAY, .arg_data = &args->rest};
  g_autoptr(GOptionContext) context = g_option_context_new(NULL);
  g_option_context_add_main_entries(context, entries, NULL);
  g_option_context_set_help_enabled(context, FALSE);
  g_autoptr(GPtrArray) words = g_ptr_array_new_with_free_func(g_free);
  g_ptr_array_add(words, g_strdup("plenary"));
  for (int i = 0; i < argc; i++)
    g_ptr_array_add(words, g_strdup(argv[i]));
  g_ptr_array_add(words, NULL);
  g_auto(GStrv) list = g_strdupv((char **)words->pdata);
  g_autoptr(GError) why = NULL;
  if (!g_option_context_parse_strv(context, &list, &why)) {
    explain(command, why->message, error);
    return NULL;
  }
  if (!args->rest)
    args->rest = g_new0(char *, 1);
  return g_steal_pointer(&args);
}

gboolean pln_args_flag(const PlnArgs *args, const char *option) {
  return args->flag[find_option(args, option)];
}

const char *const *pln_args_values(const PlnArgs *args, const char *option) {
  static const char *const none[] = {NULL};
  char **values = args->value[find_option(args, option)];
  return values ? (const char *const *)values : none;
}

const char *pln_args_value(const PlnArgs *args, const char *option) {
  const char *const *values = pln_args_values(args, option);
  guint n = g_strv_length((char **)values);
  return n > 0 ? values[n - 1] : NULL;
}

gboolean pln_args_operands(const PlnArgs *args, guint least, guint most, GError **error) {
  guint n = g_strv_length(args->rest);
  if (n >= least && n <= most)
    return TRUE;
  if (n < least)
    g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE, "something is missing; expected plenary %s %s",
                args->command, args->operands);
  if (n <= most)
    return FALSE;
  g_autofree char *extra = pln_text_visible(args->rest[most]);
  g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE,
              "\"%s\" is one word too many; expected plenary %s %s", extra, args->command,
              args->operands);
  return FALSE;
}
