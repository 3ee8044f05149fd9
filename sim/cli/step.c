/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A walk through a replay in a terminal, for a classroom: the question, then the answer,
 * then who voted how; a key for each, and back again. */
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "plenary/output.h"
#include "plenary/request.h"

typedef enum { KEY_NEXT, KEY_BACK, KEY_QUIT } Key;

static gboolean more_waits(void) {
  struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};
  return poll(&input, 1, 50) > 0;
}

/* A single byte, or an arrow or page key: Escape, a bracket and a letter or digit. */
static Key read_key(void) {
  char key = 0, tail[2] = {0};
  if (read(STDIN_FILENO, &key, 1) != 1)
    return KEY_QUIT;
  if (key == '\x1b' && more_waits() && read(STDIN_FILENO, tail, 2) == 2) {
    gboolean page = g_ascii_isdigit(tail[1]);
    if (page && read(STDIN_FILENO, &key, 1) != 1) /* its closing ~ */
      return KEY_QUIT;
    return tail[1] == 'D' || tail[1] == 'A' || tail[1] == '5' ? KEY_BACK : KEY_NEXT;
  }
  if (memchr("qQ\x1b\x03\x04\x1a\x1c", key, 7))
    return KEY_QUIT;
  return memchr("bBpP\x7f\b", key, 6) ? KEY_BACK : KEY_NEXT;
}

static Key wait_for_key(void) {
  struct termios was, raw;
  fputs("\n-- next: space or \u2192   back: b or \u2190   end: q --", stderr);
  gboolean can = tcgetattr(STDIN_FILENO, &was) == 0;
  if (can) {
    raw = was;
    raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO | ISIG); /* Ctrl-C must find its way back too */
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &raw);
  }
  Key key = read_key();
  if (can)
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &was);
  fputs("\r                                             \r", stderr);
  return key;
}

enum { SCREENS = 3 }; /* of a proposal */

static void show(const PlnRequest *r, guint screen, const PlnComposeOptions *options) {
  static const PlnReplayStage stages[SCREENS] = {PLN_STAGE_QUESTION, PLN_STAGE_ANSWER, PLN_STAGE_WHO};
  guint place = screen / SCREENS, n = r->replay->items->len;
  gboolean last = screen + 1 == n * SCREENS;
  g_autoptr(PlnDoc) doc = pln_doc_new();
  /* Without the summary, which would give away what comes. */
  pln_doc_say(doc, NULL, PLN_SAY_NOTE, "%s: %u of %u", r->scenario->title, place + 1, n);
  pln_compose_replay_item(doc, r->replay, place, stages[screen % SCREENS], options);
  g_autofree char *text =
      pln_write_text(doc, last ? &r->provenance : NULL, pln_output_width(), pln_output_colour());
  fputs("\x1b[2J\x1b[H", stdout);
  fputs(text, stdout);
  fflush(stdout);
}

void pln_step_through(const PlnRequest *r, const PlnComposeOptions *options) {
  guint screens = r->replay->items->len * SCREENS, screen = 0;
  while (screen < screens) {
    show(r, screen, options);
    Key key = wait_for_key();
    if (key == KEY_QUIT)
      break;
    if (key == KEY_NEXT)
      screen++;
    else if (screen > 0)
      screen--;
  }
}
