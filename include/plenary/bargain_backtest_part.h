/* SPDX-License-Identifier: GPL-3.0-or-later */
/** What the files of the backtest of bargaining (bargain_backtest.h) share, and nobody else. */
#pragma once
#include "plenary/bargain_backtest.h"
#include "plenary/bargain_score.h"

typedef struct {
  PlnBargainBacktest *out;
  PlnBargainRivalSpec *spec; /* of each rival */
  double *capability;        /* issues x actors; NAN: takes no part */
  guint *unit;               /* of each issue that is scored: its dossier among theirs */
  PlnScoreDraws *draws;
} PlnDossierJob;

/** Scores of all rivals, whose forecasts are made, and their intervals; sets @job's draws. */
void pln_dossier_job_score(PlnDossierJob *job);
