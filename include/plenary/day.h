/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A day of the record, as exact as its source: YYYY-MM-DD, YYYY-MM or YYYY.
 *
 *  A partial date is some day of that month or year; it has surely come once the
 *  month or year is over, and surely ended only then as well.  The clock is never
 *  read.  Checked by tests/unit/test_day.c. */
#pragma once
#include <glib.h>

#include "plenary/api.h"

/** yyyymmdd; dd or mmdd are 0 in a partial date. */
typedef guint32 PlnDay;
enum { PLN_DAY_NONE = 0, PLN_DAY_UNKNOWN = 1 }; /* not stated; looked for, not found ("?") */

/** Returns: FALSE where @text is no date; empty gives NONE, "?" UNKNOWN. */
PLN_API gboolean pln_day_parse(const char *text, PlnDay *day);

/** Returns: (transfer full): "" for NONE, "?" for UNKNOWN */
PLN_API char *pln_day_text(PlnDay day);

/** Returns: (transfer full): "27 December 2019", "February 2026", "2025" */
PLN_API char *pln_day_words(PlnDay day);

/** The month alone, for a table: "Feb 2026".  @day: its month stated.  Returns: (transfer full) */
char *pln_day_brief(PlnDay day);

/** Whether @event has surely come on @day.  An unknown or unstated event has not. */
PLN_API gboolean pln_day_reached(PlnDay event, PlnDay day);

/** Whether @day lies in the membership @from..@to, both days included.  An unstated
 *  @from is always, an unstated @to is open; an unknown @from never. */
PLN_API gboolean pln_day_within(PlnDay from, PlnDay to, PlnDay day);

/** The first and the last day that a partial date can mean; of a whole date itself,
 *  of PLN_DAY_NONE and PLN_DAY_UNKNOWN no day.  For comparing, not for showing: every
 *  month is taken to have 31 days. */
PlnDay pln_day_first(PlnDay day);
PlnDay pln_day_last(PlnDay day);

/** The month, as a partial date, in which a year and a share of it lie, counted in whole days:
 *  2030.42 is June 2030. */
PlnDay pln_day_month(double year);
