/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "made_games.h"

void made_game(PlnDraw *draw, guint most, MadeGame *made) {
  guint n = 1 + (guint)pln_draw_below(draw, most);
  guint kinds = 1 + (guint)pln_draw_below(draw, 9);
  guint64 sum = 0;
  for (guint i = 0; i < n; i++) {
    sum += made->weight[i] = (guint32)pln_draw_below(draw, kinds + 1);
    made->veto[i] = pln_draw_below(draw, 4) == 0;
  }
  made->game = (PlnGame){.n = n, .least = 1 + (guint)pln_draw_below(draw, n), .enough = n + 1};
  if (pln_draw_below(draw, 3) > 0 && sum > 0) {
    made->game.weight = made->weight;
    made->game.least_weight = 1 + pln_draw_below(draw, sum);
    if (pln_draw_below(draw, 2))
      made->game.least = 1;
  }
  if (pln_draw_below(draw, 3) == 0)
    made->game.veto = made->veto;
  if (pln_draw_below(draw, 3) == 0)
    made->game.enough = 1 + (guint)pln_draw_below(draw, n + 1);
}

gboolean made_wins(const PlnGame *game, guint members) {
  guint8 in[MADE_MOST];
  for (guint i = 0; i < game->n; i++)
    in[i] = members >> i & 1;
  return pln_game_wins(game, in);
}

void made_add(mpq_t fraction, guint64 add, guint64 of) {
  mpq_t more;
  mpq_init(more);
  mpq_set_ui(more, add, of);
  mpq_canonicalize(more);
  mpq_add(fraction, fraction, more);
  mpq_clear(more);
}

gboolean made_is(const mpq_t fraction, const char *text) {
  mpq_t known;
  mpq_init(known);
  gboolean same = mpq_set_str(known, text, 10) == 0;
  mpq_canonicalize(known);
  same = same && mpq_equal(known, fraction);
  mpq_clear(known);
  return same;
}
