/* SPDX-License-Identifier: GPL-3.0-or-later */
/** What a state did about a treaty: signed it, consented to be bound, came under it; on which
 *  terms the treaty comes into force; when others came to how many instruments; what states
 *  reserved.  Owned by its world. */
#pragma once
#include "plenary/day.h"
#include "plenary/status.h"

typedef struct {
  const char *treaty, *state;
  PlnDay signature, consent, in_force; /* consent: the instrument deposited */
  PlnStatus status;
  const char *source, *note;
} PlnTreatyAct;

/** A clause or a fact of a treaty that a model needs: key "instruments", "days", "parties_protocol",
 *  "opened", "known_to" … (data/README.md, treaty_terms.csv). */
typedef struct {
  const char *treaty, *key, *name; /* name: of the treaty, in words */
  gint64 number;     /* -1 where the value is a day or words */
  PlnDay day;        /* or PLN_DAY_NONE */
  const char *words; /* or "": a clause that is shown, not computed with */
  PlnStatus status;
  const char *citation, *source, *note;
} PlnTreatyTerm;

/** When a treaty had come to so many instruments. */
typedef struct {
  const char *treaty;
  guint number;
  PlnDay day;
  PlnStatus status;
  const char *source, *note;
} PlnTreatyMilestone;

/** What a state will not be bound by, though it joins. */
typedef struct {
  const char *treaty, *state, *provisions; /* "Articles 14-16 and 63" */
  PlnStatus status;
  const char *source, *note;
} PlnReservation;
