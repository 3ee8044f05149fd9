/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Estimates made for a test, from votes that made_cells.h draws. */
#pragma once
#include "made_cells.h"
#include "plenary/estimate.h"

/** Of few voters, on one thread, without clusters. */
PlnEstimateOptions made_options(PlnFitKind kind, guint dimensions);

/** Thirty voters in ninety roll calls.  @x: as of made_votes */
PlnVoteMatrix *made_line(guint d, guint n_sessions, double *x);

/** In a world without blocs, and without an error; NULL for @matrix lets that world go. */
PlnEstimate *made_estimate(const PlnVoteMatrix *matrix, const PlnEstimateOptions *options);
