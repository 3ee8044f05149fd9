/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/prior.h"

#include "plenary/normal.h"

static const double NO_BAND = -6; /* the log of its half with two answers: none to speak of */

static double grown(double age) {
  return age > 0 ? age : 0;
}

double pln_prior_shrink(double age) {
  return 1 / __builtin_sqrt(1 + PLN_PRIOR_DRIFT * grown(age));
}

PlnUpdateCase pln_prior_case(const PlnPrior *prior, double age, double *room) {
  size_t n = prior->n, p = prior->p;
  double shrink = pln_prior_shrink(age), log = pln_log(shrink);
  double *row = room, *offset = room + n * p, *log_width = offset + n;
  for (size_t k = 0; k < n * p; k++)
    row[k] = prior->row[k] * shrink;
  for (size_t i = 0; i < n; i++) {
    offset[i] = prior->offset[i] * shrink;
    log_width[i] = prior->two ? NO_BAND : prior->log_width[i] + log;
  }
  return (PlnUpdateCase){.n = prior->n,
                         .p = prior->p,
                         .row = row,
                         .offset = offset,
                         .log_width = log_width,
                         .seen_offset = offset,
                         .seen_log_width = log_width,
                         .width_sd = prior->two ? 0 : prior->width_sd,
                         .lapse = prior->lapse};
}

PlnEvidence pln_prior_evidence(const PlnEvidence *evidence, double age) {
  double shrink = pln_prior_shrink(age);
  PlnEvidence out = *evidence;
  out.support *= shrink;
  out.variance = (out.variance + PLN_PRIOR_DRIFT * grown(age)) * shrink * shrink;
  return out;
}
