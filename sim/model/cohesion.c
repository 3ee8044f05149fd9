/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/cohesion.h"

PlnCohesion pln_cohesion(const PlnVote *vote, const guint8 *in, guint n) {
  PlnCohesion c = {.rice = -1, .agreement = -1, .line = PLN_VOTE_UNKNOWN};
  for (guint i = 0; i < n; i++)
    if (in[i] && vote[i] != PLN_VOTE_UNKNOWN)
      c.count[vote[i]]++;
  double y = c.count[PLN_VOTE_Y], no = c.count[PLN_VOTE_N], all = y + no + c.count[PLN_VOTE_A];
  if (y + no > 0)
    c.rice = (y > no ? y - no : no - y) / (y + no);
  if (all == 0)
    return c;
  PlnVote most = PLN_VOTE_Y;
  for (PlnVote v = PLN_VOTE_N; v <= PLN_VOTE_A; v++)
    if (c.count[v] > c.count[most])
      most = v;
  c.agreement = (c.count[most] - (all - c.count[most]) / 2) / all;
  if (2 * c.count[most] > all)
    c.line = most;
  return c;
}

gboolean pln_cohesion_breaks(PlnVote line, PlnVote vote) {
  if (line == PLN_VOTE_UNKNOWN || (vote != PLN_VOTE_Y && vote != PLN_VOTE_N))
    return FALSE;
  return vote != line;
}
