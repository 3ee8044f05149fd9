/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How sure a change is. */
#include <math.h>

#include "plenary/comparison_part.h"

/* The 97.5 % points of the normal distribution and of Student's t with 19 degrees of freedom. */
static const double normal_reach = 1.959963984540054, parts_reach = 2.093024054408263;

PlnComparisonOutcome pln_comparison_pairs(double value, guint64 gained, guint64 lost, guint64 n) {
  double d = (double)gained - (double)lost, all = (double)gained + (double)lost, of = (double)n;
  double error = sqrt(MAX(all - d * d / of, 0)) / of;
  double reach = error > 0 ? normal_reach * error : 3 / of;
  return (PlnComparisonOutcome){value, d / of, MAX(d / of - reach, -1), MIN(d / of + reach, 1)};
}

PlnComparisonOutcome pln_comparison_apart(double value, double base, guint64 n) {
  double error = sqrt((value * (1 - value) + base * (1 - base)) / (double)n);
  double d = value - base, reach = error > 0 ? normal_reach * error : 3 / (double)n;
  return (PlnComparisonOutcome){value, d, MAX(d - reach, -1), MIN(d + reach, 1)};
}

PlnComparisonOutcome pln_comparison_by_parts(double value, double base, const double *change,
                                             guint n, double least) {
  double mean = 0, sum = 0;
  for (guint k = 0; k < n; k++)
    mean += change[k] / n;
  for (guint k = 0; k < n; k++)
    sum += (change[k] - mean) * (change[k] - mean);
  if (sum == 0 && n == PLN_COMPARISON_PARTS)
    return (PlnComparisonOutcome){value, value - base, value - base - least, value - base + least};
  double reach = n == PLN_COMPARISON_PARTS ? parts_reach * sqrt(sum / (n - 1) / n) : NAN;
  return (PlnComparisonOutcome){value, value - base, value - base - reach, value - base + reach};
}
