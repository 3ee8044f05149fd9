/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The rulebook: decision rules with their citations, and which of them a body
 *  uses for what.  Owned by the world that they were added to. */
#pragma once
#include "plenary/rule.h"
#include "plenary/status.h"

typedef struct {
  const char *id, *name;
  PlnRule rule;
  const char *veto; /* the bloc that holds a veto, or "" */
  const char *citation, *source, *note;
  PlnStatus status;
} PlnRuleEntry;

/** Who votes in a body. */
typedef enum {
  PLN_ROSTER_UN,      /* the members of the United Nations */
  PLN_ROSTER_PARTIES, /* the parties to a treaty, regional organizations apart */
  PLN_ROSTER_BLOC,    /* the members of a bloc */
  PLN_ROSTER_OWN,     /* those that the scenario's members.csv names */
} PlnRosterKind;

typedef struct {
  const char *id, *name;
  PlnRosterKind roster;
  const char *roster_of; /* the treaty or bloc, or "" */
  const char *substance, *important, *motion, *reconsideration; /* rules */
  const char *citation, *source, *note;
  PlnStatus status;
} PlnBody;
