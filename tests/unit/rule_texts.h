/* SPDX-License-Identifier: GPL-3.0-or-later */
/** What the rules' texts say of a vote: the definition the kernel is tested against.
 *
 *  One predicate for each rule of data/rules.csv, written from the text it cites
 *  and not from the kernel: nothing here knows of a basis, a fraction or a PlnRule.
 *  Slow and plain on purpose.
 */
#pragma once
#include <stdbool.h>
#include <stdint.h>

typedef enum { TEXT_REJECTED, TEXT_ADOPTED, TEXT_TIED } RuleText;

/** What the text of @rule_id makes of @vote (PLN_VOTE_*, @n of them) at @stage
 *  (PLN_STAGE_*).  TEXT_TIED: equally divided, pending a second vote.
 *  @weight: population by delegation, or NULL: each 1
 *  @veto: nonzero for the permanent members, or NULL: none
 *  Aborts at a rule it has no text for. */
RuleText rule_text_adopts(const char *rule_id, const uint8_t *vote, const uint32_t *weight,
                          const uint8_t *veto, uint32_t n, int stage);

/** How many rules have a text here. */
uint32_t rule_text_count(void);
