/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A change: one thing that a what-if has otherwise than the scenario; a bundle: changes that are
 *  made together, under a name.
 *
 *  A change is words, as a person types them and a table holds them; what its names name is
 *  known when it is laid over a scenario (runner.h).
 *
 *      position [WHERE:]WHO=P[±SD]    where it stands, 0 to 100, or on an issue's scale
 *      salience [ISSUE:]WHO=S[±SD]    0 to 100             capability [ISSUE:]WHO=C[±SD]
 *      vote [PROPOSAL:]WHO=Y|N|A|X    it votes so, whatever it thinks
 *      presence WHO=PERCENT           the chance that it is there to vote
 *      member STATE=in|out            whether it has a seat
 *      rule RULE                      which rule decides
 *      split BLOC | BLOC:A,B          the bloc dissolves, or these leave it
 *      join BLOC=A,B                  these stand where the bloc stands; in talks one delegation
 *      deposit WHO=DAY|never          joins the treaty then
 *      assume NAME=NUMBER             an assumption of the model: tie (-1 to 1), reluctance (0 to 1),
 *                                     asks (percent)
 *
 *  WHERE is a proposal or an issue; WHO a state, a bloc or ALL.  ± may be typed +-.  Short: WHO=Y,
 *  N, A or X is a vote, WHO=NUMBER a position, rule=RULE a rule.  A bundle is "NAME: CHANGE;
 *  CHANGE", NAME ended by a colon and a blank; without one its words are its name.
 *  Nothing here knows a scenario.  Checked by tests/unit/test_change.c. */
#pragma once
#include <glib.h>

#include "plenary/day.h"
#include "plenary/rule.h"
#include "plenary/status.h"

typedef enum {
  PLN_CHANGE_POSITION,
  PLN_CHANGE_SALIENCE,
  PLN_CHANGE_CAPABILITY,
  PLN_CHANGE_VOTE,
  PLN_CHANGE_PRESENCE,
  PLN_CHANGE_MEMBER,
  PLN_CHANGE_RULE,
  PLN_CHANGE_SPLIT,
  PLN_CHANGE_JOIN,
  PLN_CHANGE_DEPOSIT,
  PLN_CHANGE_ASSUME,
  PLN_CHANGE_KINDS
} PlnChangeKind;

/** "position" …, NULL-terminated. */
PLN_API extern const char *const pln_change_words[];

typedef struct {
  PlnChangeKind kind;
  char *where;      /* a proposal's or an issue's id; NULL: all, or the one asked about */
  char *who;        /* a code, a bloc's id, ALL; a rule's id; an assumption's name */
  double value, sd; /* of position, salience, capability, presence (0 to 100), assume; sd NAN: as
                       stated; else NAN */
  PlnVote vote;     /* of vote, else PLN_VOTE_UNKNOWN */
  gboolean in;      /* of member */
  PlnDay day;       /* of deposit: PLN_DAY_NONE: never */
  char **list;      /* of split (or NULL) and join */
  PlnStatus status; /* assumed where nothing else is stated */
  char *source;     /* or NULL */
  guint line;       /* of edits.csv, or 0 */
} PlnChange;

typedef struct {
  char *name;
  GPtrArray *changes; /* PlnChange *, in the order made */
  char *note;         /* or NULL */
} PlnBundle;

/** Which part of a change a fault is about. */
typedef enum {
  PLN_CHANGE_AT_KIND,
  PLN_CHANGE_AT_WHERE,
  PLN_CHANGE_AT_WHO,
  PLN_CHANGE_AT_VALUE,
  PLN_CHANGE_AT_SD
} PlnChangePart;

/** Returns: (transfer full); NULL and PLN_ERROR_USAGE that says what was expected, a near miss. */
PLN_API PlnChange *pln_change_read(const char *text, GError **error);

/** The same of its parts, as the columns of a table have them; "" where there is none.  A rule is
 *  @value (or @who), the members of split and join are @value, between commas or bars.
 *  @at: (out) (optional): which part is at fault */
PLN_API PlnChange *pln_change_of(PlnChangeKind kind, const char *where, const char *who,
                                 const char *value, const char *sd, PlnChangePart *at,
                                 GError **error);

/** The widest that a number of @kind may be; of assume that of @who.  Positions: any that a scale
 *  may have, as which scale it is a scenario says.  Returns: FALSE where @kind has no number */
PLN_API gboolean pln_change_bounds(PlnChangeKind kind, const char *who, double *least,
                                   double *most);

/** A decimal number and nothing behind it: no "inf", no "0x1".  @value: left alone if not */
PLN_API gboolean pln_change_number(const char *text, double *value);

PLN_API PlnChange *pln_change_copy(const PlnChange *change);
PLN_API void pln_change_free(gpointer change);

/** In canonical form, which pln_change_read takes: "position EU27=30±10".  (transfer full) */
PLN_API char *pln_change_text(const PlnChange *change);

/** What it changes, without to what: "position EU27"; two changes of one target are told apart by
 *  their order: the later holds.  Of split and join all of it, as several of one bloc add up.
 *  (transfer full) */
PLN_API char *pln_change_target(const PlnChange *change);

/** "CHANGE; CHANGE" of PlnChange *, as pln_bundle_read takes them.  (transfer full) */
PLN_API char *pln_changes_text(const GPtrArray *changes);

PLN_API PlnBundle *pln_bundle_new(const char *name);
PLN_API PlnBundle *pln_bundle_read(const char *text, GError **error);
PLN_API void pln_bundle_free(gpointer bundle);
/** "NAME: CHANGE; CHANGE", or the changes alone where they are its name.  (transfer full) */
PLN_API char *pln_bundle_text(const PlnBundle *bundle);
