/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Cells made for a test: blank ones, and votes drawn from known positions and curves. */
#pragma once
#include "plenary/cells.h"
#include "plenary/curve.h"
#include "plenary/draw.h"

/** No answers; call j is of session j * n_sessions / n_calls. */
PlnCells *made_blank(guint n_states, guint n_calls, guint n_sessions, guint classes);

/** Draws every answer; a share @absent of them stays out.
 *  @x: n_sessions x n_states, the position in each; @curve: n_calls */
void made_draw(PlnCells *cells, const double *x, const PlnCurve *curve, double absent, PlnDraw *draw);

/** Curves with slopes of either sign, of size 0.5 to 2, and cuts around 0. */
void made_curves(guint n_calls, guint classes, PlnDraw *draw, PlnCurve *curve);

/** To mean 0 and standard deviation 1. */
void made_standard(guint n, double *x);

double made_correlation(guint n, const double *a, const double *b);
