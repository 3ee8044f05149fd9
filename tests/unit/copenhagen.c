/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "copenhagen.h"

#include <math.h>
#include <string.h>

enum { CELLS = COPENHAGEN_ACTORS * COPENHAGEN_ISSUES };

const char *const copenhagen_actors[] = {"USA",
                                         "EU (incl Norway)",
                                         "Australia",
                                         "Canadas",
                                         "Japans",
                                         "Russia",
                                         "China India",
                                         "Brazil",
                                         "Least Developed Countries",
                                         "Developing Countries",
                                         "Alliance of Small Island States",
                                         NULL};
const char *const copenhagen_issues[] = {"Newtreaty",   "DevlopC2020", "Domestred", "MRVdecrease",
                                         "Commitments", "Control",     "Extra",     NULL};

static guint place(const char *const *names, const char *name) {
  guint k = 0;
  while (names[k] && strcmp(names[k], name) != 0)
    k++;
  if (!names[k])
    g_error("copenhagen.csv: %s", name);
  return k;
}

const PlnTalks *copenhagen(void) {
  static double position[CELLS], salience[CELLS], capability[CELLS], to[COPENHAGEN_ISSUES],
      from[COPENHAGEN_ISSUES], reference[COPENHAGEN_ISSUES];
  static const PlnTalks talks = {
      COPENHAGEN_ACTORS, COPENHAGEN_ISSUES, position, salience, capability, from, to, reference};
  g_autofree char *path =
      g_build_filename(g_getenv("PLENARY_DATA"), "..", "tests", "talks", "copenhagen.csv", NULL);
  g_autofree char *text = NULL;
  if (!g_file_get_contents(path, &text, NULL, NULL))
    g_error("no %s", path);
  for (guint k = 0; k < CELLS; k++)
    position[k] = NAN;
  for (guint k = 0; k < COPENHAGEN_ISSUES; k++) {
    to[k] = 100;
    reference[k] = NAN;
  }
  g_auto(GStrv) rows = g_strsplit(g_strchomp(text), "\n", -1);
  for (guint k = 1; rows[k]; k++) {
    g_auto(GStrv) cell = g_strsplit(rows[k], ",", -1);
    guint at =
        place(copenhagen_actors, cell[0]) * COPENHAGEN_ISSUES + place(copenhagen_issues, cell[1]);
    position[at] = g_ascii_strtod(cell[2], NULL);
    salience[at] = g_ascii_strtod(cell[3], NULL);
    capability[at] = g_ascii_strtod(cell[4], NULL);
  }
  return &talks;
}
