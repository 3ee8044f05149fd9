/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Help, manual pages and completions, all from the table of commands. */
#include <stdio.h>
#include <string.h>

#include "plenary/command.h"
#include "plenary/version.h"

const PlnOption pln_help_options[] = {
    {"man", 0, NULL, "print a manual page", NULL},
    {"completion", 0, "SHELL", "print a completion script", "bash zsh fish"},
    {NULL, 0, NULL, NULL, NULL}};

static void wrap(GString *out, const char *text, guint indent) {
  g_auto(GStrv) words = g_strsplit(text, " ", -1);
  guint column = indent;
  for (gsize i = 0; words[i]; i++) {
    guint n = (guint)g_utf8_strlen(words[i], -1);
    if (i > 0 && column + 1 + n > 79) {
      g_string_append_printf(out, "\n%*s", (int)indent, "");
      column = indent;
    } else if (i > 0) {
      g_string_append_c(out, ' ');
      column++;
    }
    g_string_append(out, words[i]);
    column += n;
  }
  g_string_append_c(out, '\n');
}

static void option_text(GString *out, const PlnOption *o) {
  char letter[8] = "    ";
  if (o->letter)
    g_snprintf(letter, sizeof letter, "-%c, ", o->letter);
  g_autofree char *head = g_strdup_printf("  %s--%s%s%s", letter, o->name, o->value ? " " : "",
                                          o->value ? o->value : "");
  g_string_append_printf(out, "%-26s  ", head);
  if (strlen(head) > 26)
    g_string_append_printf(out, "\n%28s", "");
  wrap(out, o->help, 28);
}

static void examples_text(GString *out, const char *examples) {
  g_auto(GStrv) lines = g_strsplit(examples, "\n", -1);
  for (gsize i = 0; lines[i] && *lines[i]; i++) {
    g_auto(GStrv) parts = g_strsplit(lines[i], " # ", 2);
    if (parts[1])
      g_string_append_printf(out, "  # %s\n", parts[1]);
    g_string_append_printf(out, "  %s\n", parts[0]);
  }
}

static char *program_text(void) {
  GString *out =
      g_string_new("plenary: votes of multilateral negotiations, replayed and questioned\n\n"
                   "Usage: plenary COMMAND [OPTION...] [OPERAND...]\n\nCommands\n");
  for (const PlnCommand *c = pln_commands; c->name; c++)
    g_string_append_printf(out, "  %-8s %s\n", c->name, c->summary);
  g_string_append(out,
                  "\nExample\n"
                  "  plenary replay scenarios/res-74-247\n\n"
                  "plenary help COMMAND explains one. The tables of states, blocs and rules are read\n"
                  "from the folder that PLENARY_DATA names, else from those that came with it.\n");
  return g_string_free(out, FALSE);
}

char *pln_help_text(const PlnCommand *c) {
  if (!c)
    return program_text();
  GString *out = g_string_new(NULL);
  g_string_append_printf(out, "plenary %s: %s\n\nUsage: plenary %s%s%s%s\n\n", c->name, c->summary,
                         c->name, c->options[0].name ? " [OPTION...]" : "", *c->operands ? " " : "",
                         c->operands);
  wrap(out, c->about, 0);
  if (c->options[0].name)
    g_string_append(out, "\nOptions\n");
  for (const PlnOption *o = c->options; o->name; o++)
    option_text(out, o);
  g_string_append(out, "\nExamples\n");
  examples_text(out, c->examples);
  g_string_append(
      out, "\nExit status: 0 done, 1 failed, 2 usage, 3 bad scenario or data, 4 not verified.\n");
  return g_string_free(out, FALSE);
}

/* roff takes a leading dot or quote, a hyphen and a backslash for itself. */
static void roff(GString *out, const char *text) {
  for (const char *p = text; *p; p++) {
    if (*p == '\\')
      g_string_append(out, "\\e");
    else if (*p == '-')
      g_string_append(out, "\\-");
    else if ((*p == '.' || *p == '\'') && (p == text || p[-1] == '\n'))
      g_string_append_printf(out, "\\&%c", *p);
    else
      g_string_append_c(out, *p);
  }
}

static void man_head(GString *out, const char *page, const char *summary) {
  g_autofree char *upper = g_ascii_strup(page, -1);
  g_string_append_printf(out, ".TH \"%s\" 1 \"\" \"plenary %s\" \"plenary\"\n.SH NAME\n", upper,
                         PLN_VERSION);
  roff(out, page);
  g_string_append(out, " \\- ");
  roff(out, summary);
  g_string_append(out, "\n.SH SYNOPSIS\n");
}

static void man_option(GString *out, const PlnOption *o) {
  g_string_append(out, ".TP\n");
  if (o->letter)
    g_string_append_printf(out, "\\fB\\-%c\\fR, ", o->letter);
  g_string_append(out, "\\fB\\-\\-");
  roff(out, o->name);
  g_string_append(out, "\\fR");
  if (o->value)
    g_string_append_printf(out, " \\fI%s\\fR", o->value);
  g_string_append_c(out, '\n');
  roff(out, o->help);
  g_string_append_c(out, '\n');
}

static void man_examples(GString *out, const char *examples) {
  g_auto(GStrv) lines = g_strsplit(examples, "\n", -1);
  g_string_append(out, ".SH EXAMPLES\n");
  for (gsize i = 0; lines[i] && *lines[i]; i++) {
    g_auto(GStrv) parts = g_strsplit(lines[i], " # ", 2);
    g_string_append(out, ".TP\n\\fB");
    roff(out, parts[0]);
    g_string_append(out, "\\fR\n");
    roff(out, parts[1] ? parts[1] : "As said above");
    g_string_append_c(out, '\n');
  }
}

static char *man_program(void) {
  GString *out = g_string_new(NULL);
  man_head(out, "plenary", "votes of multilateral negotiations, replayed and questioned");
  g_string_append(
      out,
      "\\fBplenary\\fR \\fICOMMAND\\fR [\\fIOPTION\\fR...] [\\fIOPERAND\\fR...]\n.SH COMMANDS\n");
  for (const PlnCommand *c = pln_commands; c->name; c++) {
    g_string_append_printf(out, ".TP\n\\fBplenary\\-%s\\fR(1)\n", c->name);
    roff(out, c->summary);
    g_string_append_c(out, '\n');
  }
  g_string_append(out,
                  ".SH ENVIRONMENT\n.TP\nPLENARY_DATA\nthe folder of the tables of states, blocs and "
                  "rules\n.TP\nNO_COLOR\nno colour, where it is set to anything\n.TP\n"
                  "PLENARY_PDF_SECONDS\nhow long a program that prints a page may take (60)\n");
  g_string_append(
      out, ".SH EXIT STATUS\n0 done, 1 failed, 2 usage, 3 bad scenario or data, 4 not verified\n");
  return g_string_free(out, FALSE);
}

char *pln_help_man(const PlnCommand *c) {
  if (!c)
    return man_program();
  GString *out = g_string_new(NULL);
  g_autofree char *page = g_strdup_printf("plenary-%s", c->name);
  man_head(out, page, c->summary);
  g_string_append_printf(out, "\\fBplenary %s\\fR", c->name);
  g_string_append(out, c->options[0].name ? " [\\fIOPTION\\fR...] " : " ");
  roff(out, c->operands);
  g_string_append(out, "\n.SH DESCRIPTION\n");
  roff(out, c->about);
  g_string_append_c(out, '\n');
  if (c->options[0].name)
    g_string_append(out, ".SH OPTIONS\n");
  for (const PlnOption *o = c->options; o->name; o++)
    man_option(out, o);
  man_examples(out, c->examples);
  g_string_append(
      out, ".SH EXIT STATUS\n0 done, 1 failed, 2 usage, 3 bad scenario or data, 4 not verified\n"
           ".SH SEE ALSO\n\\fBplenary\\fR(1)\n");
  return g_string_free(out, FALSE);
}

static char *bash_completion(void) {
  GString *out = g_string_new(
      "# bash completion for plenary\n_plenary() {\n"
      "  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]}\n"
      "  COMPREPLY=()\n  if [ \"$COMP_CWORD\" -eq 1 ]; then\n    COMPREPLY=($(compgen -W \"");
  for (const PlnCommand *c = pln_commands; c->name; c++)
    g_string_append_printf(out, "%s%s", c == pln_commands ? "" : " ", c->name);
  g_string_append(out, "\" -- \"$cur\"))\n    return\n  fi\n  case \"${COMP_WORDS[1]} $prev\" in\n");
  for (const PlnCommand *c = pln_commands; c->name; c++)
    for (const PlnOption *o = c->options; o->name; o++)
      if (o->words)
        g_string_append_printf(
            out, "    '%s --%s') COMPREPLY=($(compgen -W \"%s\" -- \"$cur\")); return ;;\n",
            c->name, o->name, o->words);
  g_string_append(out, "  esac\n  case \"${COMP_WORDS[1]} $cur\" in\n");
  for (const PlnCommand *c = pln_commands; c->name; c++) {
    g_string_append_printf(out, "    '%s -'*) COMPREPLY=($(compgen -W \"--help", c->name);
    for (const PlnOption *o = c->options; o->name; o++)
      g_string_append_printf(out, " --%s", o->name);
    g_string_append(out, "\" -- \"$cur\")) ;;\n");
  }
  g_string_append(out, "    *) COMPREPLY=($(compgen -f -- \"$cur\")) ;;\n  esac\n}\n"
                       "complete -o filenames -F _plenary plenary\n");
  return g_string_free(out, FALSE);
}

/* What zsh and fish put between single quotes. */
static char *unquoted(const char *text) {
  g_auto(GStrv) parts = g_strsplit(text, "'", -1);
  return g_strjoinv("", parts);
}

static char *zsh_completion(void) {
  GString *out = g_string_new("#compdef plenary\n_plenary() {\n  local -a commands=(\n");
  for (const PlnCommand *c = pln_commands; c->name; c++) {
    g_autofree char *summary = unquoted(c->summary);
    g_string_append_printf(out, "    '%s:%s'\n", c->name, summary);
  }
  g_string_append(
      out, "  )\n  if (( CURRENT == 2 )); then\n    _describe command commands\n    return\n  fi\n"
           "  case $words[2] in\n");
  for (const PlnCommand *c = pln_commands; c->name; c++) {
    g_string_append_printf(out, "    %s) shift words; (( CURRENT-- )); _arguments", c->name);
    for (const PlnOption *o = c->options; o->name; o++) {
      g_autofree char *help = unquoted(o->help);
      g_strdelimit(help, "[]:", ' ');
      g_string_append_printf(out, " \\\n      '*--%s[%s]", o->name, help);
      if (o->words)
        g_string_append_printf(out, ":%s:(%s)", o->value, o->words);
      else if (o->value)
        g_string_append_printf(out, ":%s:_files", o->value);
      g_string_append_c(out, '\'');
    }
    g_string_append(out, " \\\n      '*:file:_files' ;;\n");
  }
  g_string_append(out, "  esac\n}\n_plenary \"$@\"\n");
  return g_string_free(out, FALSE);
}

static char *fish_completion(void) {
  GString *out = g_string_new("# fish completion for plenary\n");
  for (const PlnCommand *c = pln_commands; c->name; c++) {
    g_autofree char *summary = unquoted(c->summary);
    g_string_append_printf(out, "complete -c plenary -n __fish_use_subcommand -a %s -d '%s'\n",
                           c->name, summary);
    for (const PlnOption *o = c->options; o->name; o++) {
      g_autofree char *help = unquoted(o->help);
      g_string_append_printf(out,
                             "complete -c plenary -n '__fish_seen_subcommand_from %s' -l %s -d '%s'",
                             c->name, o->name, help);
      if (o->words)
        g_string_append_printf(out, " -x -a '%s'", o->words);
      else if (o->value)
        g_string_append(out, " -r");
      g_string_append_c(out, '\n');
    }
  }
  return g_string_free(out, FALSE);
}

char *pln_help_completion(const char *shell) {
  if (strcmp(shell, "bash") == 0)
    return bash_completion();
  if (strcmp(shell, "zsh") == 0)
    return zsh_completion();
  return strcmp(shell, "fish") == 0 ? fish_completion() : NULL;
}

int pln_run_help(const PlnArgs *args, GError **error) {
  if (!pln_args_operands(args, 0, 1, error))
    return PLN_ERROR_USAGE;
  const char *shell = pln_args_value(args, "completion"), *name = args->rest[0];
  const PlnCommand *command = name ? pln_command_find(name) : NULL;
  if (name && !command) {
    g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE, "no command \"%s\"; plenary help lists them",
                name);
    return PLN_ERROR_USAGE;
  }
  g_autofree char *text = shell                        ? pln_help_completion(shell)
                          : pln_args_flag(args, "man") ? pln_help_man(command)
                                                       : pln_help_text(command);
  if (!text) {
    g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE,
                "no completion for \"%s\"; expected bash, zsh or fish", shell);
    return PLN_ERROR_USAGE;
  }
  fputs(text, stdout);
  return 0;
}
