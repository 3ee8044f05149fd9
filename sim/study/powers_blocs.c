/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Blocs that vote as one, as a game has them. */
#include "plenary/powers_part.h"
#include "plenary/voting_blocs.h"

static void bloc_clear(gpointer data) {
  PlnPowersBloc *bloc = data;
  g_free(bloc->in);
  g_ptr_array_unref(bloc->given_up);
}

GArray *pln_powers_blocs_new(void) {
  GArray *blocs = g_array_new(FALSE, FALSE, sizeof(PlnPowersBloc));
  g_array_set_clear_func(blocs, bloc_clear);
  return blocs;
}

gboolean pln_powers_ask_blocs(PlnPowers *powers, GError **error) {
  powers->asked = pln_voting_blocs_read(powers->scenario->world, powers->options.blocs, error);
  return powers->asked != NULL;
}

/* Blocs first, then everybody else, each by itself. */
static void number_unions(PlnPowersGame *game) {
  guint n = game->roster->n;
  game->unions = game->blocs->len;
  if (game->unions == 0)
    return;
  game->union_of = g_new(guint, n + 1);
  for (guint i = 0; i < n; i++) {
    guint of = 0;
    while (of < game->blocs->len && !g_array_index(game->blocs, PlnPowersBloc, of).in[i])
      of++;
    game->union_of[i] = of < game->blocs->len ? of : game->unions++;
  }
}

void pln_powers_seat_blocs(const PlnPowers *powers, PlnPowersGame *game) {
  game->seated = pln_voting_blocs_seat(powers->asked, powers->scenario->world, game->roster);
  for (guint k = 0; k < game->seated->len; k++) {
    const PlnVotingBloc *seated = game->seated->pdata[k];
    if (seated->alone) {
      g_ptr_array_add(game->left_alone, (gpointer)seated->id);
      continue;
    }
    PlnPowersBloc bloc = {.id = seated->id,
                          .name = seated->name,
                          .bloc = seated->bloc,
                          .in = g_memdup2(seated->in, game->roster->n + 1),
                          .given_up = g_ptr_array_ref(seated->given_up),
                          .members = seated->members};
    g_array_append_val(game->blocs, bloc);
  }
  number_unions(game);
}
