/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/day.h"

#include <math.h>
#include <string.h>

static const char *const months[] = {"January",   "February", "March",    "April",
                                     "May",       "June",     "July",     "August",
                                     "September", "October",  "November", "December"};

/* Digits of text[at..at+n) as a number, or -1. */
static int digits(const char *text, int at, int n) {
  int value = 0;
  for (int i = at; i < at + n; i++) {
    if (!g_ascii_isdigit(text[i]))
      return -1;
    value = 10 * value + (text[i] - '0');
  }
  return value;
}

gboolean pln_day_parse(const char *text, PlnDay *day) {
  gsize n = strlen(text);
  *day = PLN_DAY_NONE;
  if (n == 0)
    return TRUE;
  if (n == 1 && text[0] == '?') {
    *day = PLN_DAY_UNKNOWN;
    return TRUE;
  }
  if ((n != 4 && n != 7 && n != 10) || (n > 4 && text[4] != '-') || (n > 7 && text[7] != '-'))
    return FALSE;
  int y = digits(text, 0, 4);
  int m = n > 4 ? digits(text, 5, 2) : 0;
  int d = n > 7 ? digits(text, 8, 2) : 0;
  if (y < 1 || (n > 4 && (m < 1 || m > 12)))
    return FALSE;
  if (n > 7 && (d < 1 || !g_date_valid_dmy((GDateDay)d, (GDateMonth)m, (GDateYear)y)))
    return FALSE;
  *day = (PlnDay)(10000 * y + 100 * m + d);
  return TRUE;
}

char *pln_day_text(PlnDay day) {
  guint y = day / 10000, m = day / 100 % 100, d = day % 100;
  if (day == PLN_DAY_NONE || day == PLN_DAY_UNKNOWN)
    return g_strdup(day == PLN_DAY_NONE ? "" : "?");
  if (d > 0)
    return g_strdup_printf("%04u-%02u-%02u", y, m, d);
  return m > 0 ? g_strdup_printf("%04u-%02u", y, m) : g_strdup_printf("%04u", y);
}

char *pln_day_words(PlnDay day) {
  guint y = day / 10000, m = day / 100 % 100, d = day % 100;
  if (m == 0)
    return pln_day_text(day);
  return d > 0 ? g_strdup_printf("%u %s %u", d, months[m - 1], y)
               : g_strdup_printf("%s %u", months[m - 1], y);
}

char *pln_day_brief(PlnDay day) {
  return g_strdup_printf("%.3s %u", months[day / 100 % 100 - 1], (guint)day / 10000);
}

PlnDay pln_day_first(PlnDay day) {
  if (day % 10000 == 0)
    return day + 101;
  return day % 100 == 0 ? day + 1 : day;
}

/* No month has a 32nd day, but yyyymm31 compares as rightly as the real last day. */
PlnDay pln_day_last(PlnDay day) {
  if (day % 10000 == 0)
    return day + 1231;
  return day % 100 == 0 ? day + 31 : day;
}

gboolean pln_day_reached(PlnDay event, PlnDay day) {
  return event > PLN_DAY_UNKNOWN && pln_day_last(event) <= pln_day_last(day);
}

gboolean pln_day_within(PlnDay from, PlnDay to, PlnDay day) {
  if (from != PLN_DAY_NONE && !pln_day_reached(from, day))
    return FALSE;
  return to <= PLN_DAY_UNKNOWN || pln_day_last(day) <= pln_day_last(to);
}

PlnDay pln_day_month(double year) {
  GDate date;
  GDateYear whole = (GDateYear)CLAMP(floor(year), 1, 9999);
  g_date_set_dmy(&date, 1, G_DATE_JANUARY, whole);
  g_date_add_days(&date, (guint)lround((year - whole) * (g_date_is_leap_year(whole) ? 366 : 365)));
  return (PlnDay)(10000 * g_date_get_year(&date) + 100 * g_date_get_month(&date));
}
