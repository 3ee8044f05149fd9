/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Power with abstention as a third option, for people. */
#include <math.h>

#include "plenary/compose_power_part.h"

enum { STEPS_SHOWN = 6 };

static double step_of(const PlnTernary *t, guint type, PlnStep step) {
  return mpq_get_d(t->step[type * PLN_STEPS + step]);
}

/* Why there is none: of a rule with weights, as ternary.h has it. */
static const char *why_not(const PlnRule *rule) {
  if (rule->method == PLN_METHOD_CONSENSUS)
    return "There is no vote, so nobody abstains: to keep silent is to agree.";
  return rule->weighted ? "Abstention as a third option is out of reach here: there are too many "
                          "profiles of these weights to count."
                        : "Abstention as a third option is out of reach here.";
}

static int by_value(gconstpointer a, gconstpointer b) {
  const PlnPowerRow *x = a, *y = b;
  if (x->value != y->value)
    return x->value > y->value ? -1 : 1;
  return (x->seat > y->seat) - (x->seat < y->seat);
}

/* A kind of members a row, those whose turning round defeats most first. */
static GArray *steps_of(const PlnPowersGame *game) {
  const PlnTernary *t = game->ternary;
  GArray *rows = g_array_new(FALSE, FALSE, sizeof(PlnPowerRow));
  for (guint type = 0; type < t->types; type++) {
    PlnPowerRow row = {.bloc = -1, .value = step_of(t, type, PLN_STEP_YES_NO)};
    for (guint i = game->roster->n; i-- > 0;)
      if (t->type[i] == type) {
        row.seat = i;
        row.count++;
      }
    g_array_append_val(rows, row);
  }
  g_array_sort(rows, by_value);
  return rows;
}

static void show_steps(PlnDoc *doc, const PlnPowersGame *game) {
  static const PlnDocColumn columns[] = {{"-who", "With abstention"},
                                         {"-yn", "yes to no"},
                                         {"-ya", "yes to abstain"},
                                         {"-an", "abstain to no"},
                                         {NULL, NULL}};
  g_autoptr(GArray) rows = steps_of(game);
  pln_doc_table(doc, NULL, PLN_FOR_PEOPLE, NULL, columns);
  for (guint k = 0; k < rows->len; k++) {
    const PlnPowerRow *row = &g_array_index(rows, PlnPowerRow, k);
    guint type = game->ternary->type[row->seat];
    g_autofree char *who = pln_say_power_short(game, row);
    pln_doc_cell(doc, pln_text(who));
    for (guint step = 0; step < PLN_STEPS; step++) {
      g_autofree char *text = pln_say_share(step_of(game->ternary, type, step));
      pln_doc_cell(doc, pln_text(text));
    }
  }
}

void pln_compose_power_abstention(PlnDoc *doc, const PlnPowersGame *game, gboolean full) {
  const PlnTernary *t = game->ternary;
  if (!t) {
    pln_doc_say(doc, NULL, PLN_SAY_NOTE, "%s", why_not(&game->rule->rule));
    return;
  }
  g_autofree char *passes = pln_say_one_in(mpq_get_d(t->passes));
  const char *apart = game->blocs->len > 0 ? ", each member by itself" : "";
  if (t->types > 1) {
    pln_doc_say(doc, NULL, PLN_SAY_PLAIN,
                "With abstention as likely as yes and as no%s, %s %s adopted.", apart, passes,
                mpq_get_d(t->passes) > 0.1 ? "are" : "is");
    if (t->types <= STEPS_SHOWN || full)
      show_steps(doc, game);
    return;
  }
  g_autofree char *no = pln_say_one_in(step_of(t, 0, PLN_STEP_YES_NO));
  g_autofree char *abstain = pln_say_one_in(step_of(t, 0, PLN_STEP_YES_ABSTAIN));
  g_autofree char *back = pln_say_one_in(step_of(t, 0, PLN_STEP_ABSTAIN_NO));
  double worth = step_of(t, 0, PLN_STEP_YES_ABSTAIN) / step_of(t, 0, PLN_STEP_YES_NO);
  g_autofree char *half = pln_say_share(worth);
  pln_doc_say(doc, NULL, PLN_SAY_PLAIN,
              "With abstention as likely as yes and as no%s, %s %s adopted. A member's going from yes "
              "to no defeats %s, from yes to abstaining %s, from abstaining to no %s%s%s%s.",
              apart, passes, mpq_get_d(t->passes) > 0.1 ? "are" : "is", no, abstain, back,
              isnan(worth) ? "" : ": not to vote yes does ", isnan(worth) ? "" : half,
              isnan(worth) ? "" : " of what a no does");
}
