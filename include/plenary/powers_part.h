/* SPDX-License-Identifier: GPL-3.0-or-later */
/** What the files of the powers share: blocs that vote as one, and the projected votes.
 *  Checked by tests/unit/test_powers.c. */
#pragma once
#include "plenary/powers.h"

/** Reads what was asked for into @powers.  Returns: FALSE and PLN_ERROR_USAGE */
gboolean pln_powers_ask_blocs(PlnPowers *powers, GError **error);

/** Who votes with which bloc in @game: fills its seated, blocs, left_alone, union_of. */
void pln_powers_seat_blocs(const PlnPowers *powers, PlnPowersGame *game);

/** Fills the votes of all games; where none can be projected @powers->no_votes says why.
 *  Returns: FALSE and an error where it was interrupted */
gboolean pln_powers_vote(PlnPowers *powers, GError **error);

GArray *pln_powers_blocs_new(void);

/** The power between the blocs of @game, from so many orders and coalitions as @options say. */
PlnPowersSampled *pln_powers_sample(const PlnPowersGame *game, const PlnPowerOptions *options);
void pln_powers_sampled_free(PlnPowersSampled *sampled);
