/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Power: what a member's vote is worth before anything is known of who wants what.
 *
 *  All the indices of one game, exact fractions where they are within reach, else sampled with a
 *  standard error, and it says which.
 *    shapley-shubik        Σ swings(s) s!(n-1-s)!/n!            (Shapley and Shubik 1954)
 *    banzhaf               swings / 2^(n-1)                     (Penrose 1946; Banzhaf 1965)
 *    banzhaf-normalised    swings / all members' swings
 *    coleman-prevent       swings / winning coalitions          (Coleman 1971)
 *    coleman-initiate      swings / losing coalitions
 *    johnston, deegan-packel, public-good                       critical.h
 *    owen, banzhaf-owen, symmetric-coalitional-banzhaf          unions.h
 *  and of the whole: Coleman's power to act, winning coalitions / 2^n; how many coalitions win,
 *  how many minimally.  Where nothing wins all are 0.
 *
 *  *Sampling*: Shapley-Shubik by random orders of the members (who is pivotal), Banzhaf and
 *  Coleman by random coalitions of the others, the same ones for all members; the indices of
 *  critical.h from the same coalitions are not sampled (few are minimal): they are left out.
 *  Members of one type share what was seen of them; Coleman's are left out where no sample shows
 *  what they are shares of.  A standard error is never 0 where the exact number may not be what was
 *  seen: half a hit is put in.
 *  Streams (seed, PLN_STUDY_POWER, k): the same for any number of threads.
 *
 *  Checked by tests/unit/test_power.c: UN Security Council 106/635, EEC 1958, every row of the
 *  reference's table (tests/power/indices.csv); sampling against exact ones. */
#pragma once
#include <gmp.h>

#include "plenary/critical.h"
#include "plenary/swings.h"
#include "plenary/unions.h"

enum { PLN_STUDY_POWER = 0x504f5701 };

typedef enum {
  PLN_POWER_SHAPLEY,
  PLN_POWER_BANZHAF,
  PLN_POWER_BANZHAF_NORMALISED,
  PLN_POWER_COLEMAN_PREVENT,
  PLN_POWER_COLEMAN_INITIATE,
  PLN_POWER_JOHNSTON,
  PLN_POWER_DEEGAN_PACKEL,
  PLN_POWER_PUBLIC_GOOD,
  PLN_POWER_OWEN,
  PLN_POWER_BANZHAF_OWEN,
  PLN_POWER_SYMMETRIC,
  PLN_POWER_INDICES
} PlnPowerIndex;

/** Its id ("shapley-shubik"), its name in words, where it comes from. */
typedef struct {
  const char *id, *name, *source;
} PlnPowerName;
PLN_API extern const PlnPowerName pln_power_names[PLN_POWER_INDICES];

typedef enum {
  PLN_POWER_EXACT,   /* fraction and value */
  PLN_POWER_SAMPLED, /* value and its standard error */
  PLN_POWER_LEFT_OUT, /* out of reach, or no unions were asked for: value NAN */
} PlnPowerHow;

typedef struct {
  const guint *union_of; /* (nullable) n: of each member, 0 to unions - 1 */
  guint unions;
  gboolean sample;       /* sample though it could be exact */
  guint samples;         /* default 100000 */
  guint64 seed;
  guint threads;
} PlnPowerOptions;

/** No unions, 100000 samples, seed 1, one thread. */
PLN_API PlnPowerOptions pln_power_options(void);

typedef struct {
  guint n, types;
  guint samples;  /* that were, or would be, drawn */
  guint *type;    /* n: as pln_game_types */
  PlnPowerHow how[PLN_POWER_INDICES];
  double *value;  /* PLN_POWER_INDICES x n; NAN where left out */
  double *error;  /* likewise: standard error; 0 where exact */
  mpq_t *fraction; /* PLN_POWER_INDICES x n, canonical; 0 where not exact */
  mpz_t *swings;  /* n: coalitions that the member decides; 0 where not exact */
  mpz_t winning, minimal; /* 0 where not exact */
  mpq_t act;
  double act_value, act_error;
  PlnPowerHow how_act, how_minimal;
  PlnUnions *unions; /* or NULL */
} PlnPower;

/** Cost: swings.h, critical.h, unions.h. */
PLN_API PlnPower *pln_power_new(const PlnGame *game, const PlnPowerOptions *options);
PLN_API void pln_power_free(PlnPower *power);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlnPower, pln_power_free)

PLN_API double pln_power_value(const PlnPower *power, PlnPowerIndex index, guint member);
