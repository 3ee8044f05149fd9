/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/pledge.h"

#include "plenary/normal.h"

const char *const pln_pledge_words[] = {"",         "yes",           "leans-yes",
                                        "undecided", "leans-no",     "no",
                                        "no-instructions", "abstains", "leans-abstain", NULL};
const char *const pln_reliability_words[] = {"yes",          "leans-yes", "undecided",
                                             "leans-no",     "no",        "no-instructions",
                                             "abstains",     "leans-abstain", "sponsor", NULL};

#define LN_2 0.6931471805599453

/* Towards the mean and not towards one: the cells are relative, and a table with all of a
 * row doubled must fade alike. */
void pln_pledge_likelihood(const PlnPledgeReliability *r, double days, double out[PLN_TOLD_KINDS]) {
  const double *told = r->likelihood;
  double left = r->half_life > 0 ? pln_exp(-LN_2 * days / r->half_life) : 1;
  double mean = (told[PLN_TOLD_YES] + told[PLN_TOLD_ABSTAIN] + told[PLN_TOLD_NO]) / PLN_TOLD_KINDS;
  for (int k = 0; k < PLN_TOLD_KINDS; k++)
    out[k] = left * told[k] + (1 - left) * mean;
}

static GDate date_of(PlnDay day) {
  GDate date;
  g_date_clear(&date, 1);
  g_date_set_dmy(&date, (GDateDay)(day % 100), (GDateMonth)(day / 100 % 100),
                 (GDateYear)(day / 10000));
  return date;
}

int pln_pledge_age(const PlnPledge *pledge, PlnDay day) {
  if (pledge->heard <= PLN_DAY_UNKNOWN)
    return 0;
  GDate heard = date_of(pledge->heard), now = date_of(day);
  return g_date_days_between(&heard, &now);
}
