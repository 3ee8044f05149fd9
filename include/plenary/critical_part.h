/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The parts of critical.h: what the walk through winning coalitions has and leaves.
 *
 *  Critical in a winning coalition are its veto holders and, of the others, nobody where it is
 *  larger than enough, all where it is just as large as need be, else those that weigh more than
 *  it has to spare.  As kinds go by weight these are a beginning of the order, which is where the
 *  walk came through: what is found further down is counted at that depth and shared out among its
 *  members once, on the way back. */
#pragma once
#include "plenary/critical.h"
#include "plenary/limbs.h"

/* Members without a veto that are alike. */
typedef struct {
  guint n, type;
  guint64 weight;
} PlnCriticalKind;

typedef struct {
  PlnGame own; /* in which enough is more than least */
  const PlnGame *game;
  guint n, kinds, vetoes, limbs;
  PlnCriticalKind *kind;
  guint64 veto_weight;
  guint64 *weight_left; /* kinds + 1: of this kind and all later ones */
  guint *left;          /* likewise, members */
  gsize *binomial;      /* of each kind: where its row of ways starts */
  mp_limb_t *ways;      /* rows of n + 1 binomials */
  guint *chosen;        /* kinds: so many of each */
  guint *size;          /* kinds + 1: at each depth */
  mp_limb_t *times;     /* kinds + 1: in how many ways that is chosen */
  mp_limb_t *heavy;     /* kinds + 1: coalitions whose critical members end at this depth */
  mp_limb_t *all;       /* (kinds + 1) x 2: coalitions critical as a whole: of least, of enough */
  mp_limb_t *whole;     /* kinds x 2: memberships in those */
  mp_limb_t *least;     /* (kinds + 1) x (n + 2): those of least that end with so many more, of any
                           kinds: in how many ways they begin */
  mp_limb_t *above;     /* likewise: ways to have so many more of those left, or still more */
  mp_limb_t *room;      /* 1 */
  mp_limb_t *critical;  /* kinds x (n + 1): memberships, by how many are critical */
  mp_limb_t *minimal;   /* likewise, of minimal coalitions, by size */
  mp_limb_t *coalitions, *minimals; /* n + 1: all of them */
  guint64 visited, most;
} PlnCriticalRun;

static inline mp_limb_t *pln_critical_at(const PlnCriticalRun *run, mp_limb_t *row, gsize k) {
  return row + k * run->limbs;
}

/** Goes through all, unless they are clearly too many: visited is then more than most. */
void pln_critical_walk(PlnCriticalRun *run);
