/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Small voting games drawn at random, and what is needed to go through their coalitions. */
#pragma once
#include <gmp.h>

#include "plenary/draw.h"
#include "plenary/game.h"

enum { MADE_MOST = 8 };

typedef struct {
  PlnGame game;
  guint32 weight[MADE_MOST];
  guint8 veto[MADE_MOST];
} MadeGame;

/** A game of 1 to @most members: some with weights (few different ones), vetoes, enough. */
void made_game(PlnDraw *draw, guint most, MadeGame *made);

/** Whether the coalition of the members whose bits are set wins. */
gboolean made_wins(const PlnGame *game, guint members);

/** @fraction + @add / @of */
void made_add(mpq_t fraction, guint64 add, guint64 of);

/** Whether @fraction is that of @text ("106/635"). */
gboolean made_is(const mpq_t fraction, const char *text);
