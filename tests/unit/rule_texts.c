/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rule_texts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plenary/rule.h"

/* Who sits in the room and what each did.  The texts are paraphrased above each
 * predicate; a predicate stands for itself and may repeat its neighbour, because
 * two rules that read alike today are still two rules. */
typedef struct {
  const uint8_t *vote;
  const uint32_t *weight;
  const uint8_t *veto;
  uint32_t n;
  bool second_vote;
} Room;

/* Delegations that did @what, counted one by one. */
static uint32_t cast(const Room *room, uint8_t what) {
  uint32_t delegations = 0;
  for (uint32_t i = 0; i < room->n; i++)
    if (room->vote[i] == what) delegations++;
  return delegations;
}

static uint32_t in_favour(const Room *room) { return cast(room, PLN_VOTE_Y); }
static uint32_t against(const Room *room) { return cast(room, PLN_VOTE_N); }
static uint32_t abstaining(const Room *room) { return cast(room, PLN_VOTE_A); }

static RuleText adopted_if(bool adopted) { return adopted ? TEXT_ADOPTED : TEXT_REJECTED; }

/* Usage, with rule 86 for who is present and voting: those that cast an affirmative
 * or a negative vote; an abstention is not a vote.  More than half of them is more
 * for than against. */
static RuleText simple_majority_present_voting(const Room *room) {
  return adopted_if(in_favour(room) > against(room));
}

/* Usage, rule 86 again: two of every three that voted, thus two for each one against.
 * Somebody has to be for it. */
static RuleText two_thirds_present_voting(const Room *room) {
  uint32_t yes = in_favour(room);
  return adopted_if(yes > 0 && yes >= 2 * against(room));
}

/* Rule 85 (Charter 18(3)): other questions by a majority of the members present and
 * voting.  Rule 86: abstainers are taken as not voting.  Rule 95: an equally divided
 * vote is taken again at a meeting within 48 hours; equal again, the proposal is
 * regarded as rejected.  Rule 67 (a majority present for any decision) concerns the
 * room and not the ballots: it does not decide here. */
static RuleText ga_simple_majority(const Room *room) {
  uint32_t yes = in_favour(room), no = against(room);
  if (yes == no && yes > 0) return room->second_vote ? TEXT_REJECTED : TEXT_TIED;
  return adopted_if(yes > no);
}

/* Charter 18(2), rules 83 and 84: important questions, amendments to them and parts of
 * them, by two-thirds of the members present and voting (rule 86).  Rule 95 speaks of any
 * vote equally divided, whatever the majority required. */
static RuleText ga_important_questions(const Room *room) {
  uint32_t yes = in_favour(room), no = against(room);
  if (yes == no && yes > 0) return room->second_vote ? TEXT_REJECTED : TEXT_TIED;
  return adopted_if(yes > 0 && yes >= 2 * no);
}

/* Rule 81: what was adopted or rejected is not reconsidered at that session unless the
 * Assembly so decides by two-thirds of the members present and voting.  Rule 95 as above. */
static RuleText ga_reconsideration(const Room *room) {
  uint32_t yes = in_favour(room), no = against(room);
  if (yes == no && yes > 0) return room->second_vote ? TEXT_REJECTED : TEXT_TIED;
  return adopted_if(yes > 0 && yes >= 2 * no);
}

/* Rule 125: a committee decides by a majority of the members present and voting (126).
 * Rule 133: equally divided, the proposal is regarded as rejected, with no second vote. */
static RuleText committee_simple_majority(const Room *room) {
  return adopted_if(in_favour(room) > against(room));
}

/* Rule 123: a committee reconsiders by two-thirds of the members present and voting. */
static RuleText committee_reconsideration(const Room *room) {
  uint32_t yes = in_favour(room);
  return adopted_if(yes > 0 && yes >= 2 * against(room));
}

/* Resolution 75/282: the Ad Hoc Committee seeks consensus; that exhausted, substance is
 * approved by two-thirds of the representatives present and voting.  Rule 133 for a tie,
 * which two-thirds never is. */
static RuleText ahc_two_thirds(const Room *room) {
  uint32_t yes = in_favour(room);
  return adopted_if(yes > 0 && yes >= 2 * against(room));
}

/* Procedure in the Ad Hoc Committee is that of a committee: rules 125, 126 and 133. */
static RuleText ahc_procedural(const Room *room) {
  return adopted_if(in_favour(room) > against(room));
}

/* Convention against Cybercrime, Articles 61, 62 and 66: the Conference makes every effort
 * at consensus; as a last resort two-thirds of the States Parties present and voting. */
static RuleText cosp_protocol(const Room *room) {
  uint32_t yes = in_favour(room);
  return adopted_if(yes > 0 && yes >= 2 * against(room));
}

/* Assumed as in the Ad Hoc Committee: rules 125, 126 and 133. */
static RuleText cosp_procedural(const Room *room) {
  return adopted_if(in_favour(room) > against(room));
}

/* UN practice, resolution 60/286, annex: adopted without a vote when nobody objects
 * formally.  Nobody need speak for it, but there has to be somebody who could object. */
static RuleText consensus(const Room *room) {
  for (uint32_t i = 0; i < room->n; i++)
    if (room->vote[i] == PLN_VOTE_N) return TEXT_REJECTED;
  return adopted_if(room->n > 0);
}

/* Decision 74/544: circulated, and adopted when the time runs out with silence unbroken. */
static RuleText silence_procedure(const Room *room) {
  uint32_t broke_silence = against(room);
  return adopted_if(room->n > 0 && broke_silence == 0);
}

/* Charter 27(3): nine members for it, the permanent ones concurring.  By settled practice
 * a permanent member that abstains or stays away concurs well enough. */
static RuleText security_council(const Room *room) {
  uint32_t affirmative = 0;
  for (uint32_t i = 0; i < room->n; i++) {
    bool permanent = room->veto != NULL && room->veto[i] != 0;
    if (permanent && room->vote[i] == PLN_VOTE_N) return TEXT_REJECTED;
    if (room->vote[i] == PLN_VOTE_Y) affirmative++;
  }
  return adopted_if(affirmative >= 9);
}

/* Charter 27(2): on procedure nine members for it, whichever they are. */
static RuleText security_council_procedural(const Room *room) {
  return adopted_if(in_favour(room) >= 9);
}

/* Resolution 60/251, para 7, for the Human Rights Council: a majority of the members of the
 * Assembly, so more than all the others together, whatever those did. */
static RuleText all_members_majority(const Room *room) {
  uint32_t yes = in_favour(room), others = room->n - yes;
  return adopted_if(yes > others);
}

/* Charter 108, first step: a vote of two-thirds of the members of the Assembly. */
static RuleText all_members_two_thirds(const Room *room) {
  uint32_t yes = in_favour(room), others = room->n - yes;
  return adopted_if(yes > 0 && yes >= 2 * others);
}

/* No rule of the United Nations: two-thirds misread as of those in the room, where an
 * abstention weighs as much as a vote against. */
static RuleText two_thirds_present(const Room *room) {
  uint32_t yes = in_favour(room);
  return adopted_if(yes > 0 && yes >= 2 * (against(room) + abstaining(room)));
}

/* TEU 16(4): at least 55 % of the members of the Council, with at least 65 % of the Union's
 * population.  A blocking minority includes at least four members, failing which the
 * qualified majority is deemed attained. */
static RuleText eu_council_qualified(const Room *room) {
  uint32_t yes = 0;
  uint64_t population = 0, population_for = 0;
  for (uint32_t i = 0; i < room->n; i++) {
    uint64_t people = room->weight == NULL ? 1 : room->weight[i];
    population += people;
    if (room->vote[i] != PLN_VOTE_Y) continue;
    yes++;
    population_for += people;
  }
  if (yes == 0) return TEXT_REJECTED;
  if (room->n - yes < 4) return TEXT_ADOPTED;
  bool enough_members = 100 * (uint64_t)yes >= 55 * (uint64_t)room->n;
  bool enough_people = 100 * population_for >= 65 * population;
  return adopted_if(enough_members && enough_people);
}

/* Model UN custom: more for than against; a tie fails. */
static RuleText mun_simple_majority(const Room *room) {
  return adopted_if(in_favour(room) > against(room));
}

/* Model UN custom: important questions by two-thirds of the votes cast. */
static RuleText mun_two_thirds(const Room *room) {
  uint32_t yes = in_favour(room);
  return adopted_if(yes > 0 && yes >= 2 * against(room));
}

/* Model UN custom: all have declared themselves present and voting, hence may not abstain;
 * one that does is counted against. */
static RuleText mun_present_and_voting(const Room *room) {
  return adopted_if(in_favour(room) > against(room) + abstaining(room));
}

/* Model UN custom, acclamation: whoever keeps silent or is out agrees, one vote against
 * defeats it, and at least one has to say yes. */
static RuleText mun_consent(const Room *room) {
  return adopted_if(in_favour(room) > 0 && against(room) == 0);
}

static const struct {
  const char *id;
  RuleText (*says)(const Room *room);
} TEXTS[] = {
  {"simple-majority-present-voting", simple_majority_present_voting},
  {"two-thirds-present-voting", two_thirds_present_voting},
  {"ga-simple-majority", ga_simple_majority},
  {"ga-important-questions", ga_important_questions},
  {"ga-reconsideration", ga_reconsideration},
  {"committee-simple-majority", committee_simple_majority},
  {"committee-reconsideration", committee_reconsideration},
  {"ahc-two-thirds", ahc_two_thirds},
  {"ahc-procedural", ahc_procedural},
  {"cosp-protocol", cosp_protocol},
  {"cosp-procedural", cosp_procedural},
  {"consensus", consensus},
  {"silence-procedure", silence_procedure},
  {"security-council", security_council},
  {"security-council-procedural", security_council_procedural},
  {"all-members-majority", all_members_majority},
  {"all-members-two-thirds", all_members_two_thirds},
  {"two-thirds-present", two_thirds_present},
  {"eu-council-qualified", eu_council_qualified},
  {"mun-simple-majority", mun_simple_majority},
  {"mun-two-thirds", mun_two_thirds},
  {"mun-present-and-voting", mun_present_and_voting},
  {"mun-consent", mun_consent},
};

uint32_t rule_text_count(void) { return (uint32_t)(sizeof TEXTS / sizeof *TEXTS); }

RuleText rule_text_adopts(const char *rule_id, const uint8_t *vote, const uint32_t *weight,
                          const uint8_t *veto, uint32_t n, int stage) {
  Room room = {vote, weight, veto, n, stage == PLN_STAGE_SECOND_VOTE};
  for (uint32_t i = 0; i < rule_text_count(); i++) {
    if (strcmp(TEXTS[i].id, rule_id) != 0) continue;
    /* Until somebody asks for a vote every body adopts without one, and then the majority
     * its rule asks for is not counted. */
    if (stage == PLN_STAGE_CONSENSUS) return consensus(&room);
    return TEXTS[i].says(&room);
  }
  fprintf(stderr, "no text for rule %s\n", rule_id);
  abort();
}
