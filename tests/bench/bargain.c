/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Times of the methods of bargaining, on one thread, without what draws, keeps or prints them;
 * scripts/bench-bargain runs it.
 * Usage: bench_bargain [growth]
 * Prints a name, a blank and a number a line: challenge_…_s, 10,000 draws of a game of ten actors
 * and four rounds; round_…_ms, the forecast and a round of 193 actors on one issue (exchange: two);
 * spatial_30_ms, the same of 30 actors; exchange_ms, ten rounds of 15 actors on 13 issues, made up.
 * growth: METHOD N M MILLISECONDS, a forecast and a round. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "plenary/draw.h"
#include "plenary/method.h"

enum { DRAWS = 10000, GAME = 10, GAME_ROUNDS = 4, STATES = 193, SPATIAL = 30, REPEAT = 15 };

typedef struct {
  PlnTalks talks;
  double *position, *salience, *capability, *from, *to, *reference;
} Made;

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static Made made_new(guint n, guint m, PlnDraw *draw) {
  gsize cells = (gsize)n * m;
  Made made = {.position = g_new(double, cells),
               .salience = g_new(double, cells),
               .capability = g_new(double, cells),
               .from = g_new0(double, m),
               .to = g_new(double, m),
               .reference = g_new(double, m)};
  for (gsize at = 0; at < cells; at++) {
    made.position[at] = 100 * pln_draw_uniform(draw);
    made.salience[at] = 0.1 + 0.9 * pln_draw_uniform(draw);
    made.capability[at] = at % m ? made.capability[at - 1] : 0.1 + pln_draw_uniform(draw);
  }
  for (guint issue = 0; issue < m; issue++) {
    made.to[issue] = 100;
    made.reference[issue] = 100 * pln_draw_uniform(draw);
  }
  made.talks = (PlnTalks){n,         m,       made.position, made.salience, made.capability,
                          made.from, made.to, made.reference};
  return made;
}

static void made_clear(Made *made) {
  g_free(made->position);
  g_free(made->salience);
  g_free(made->capability);
  g_free(made->from);
  g_free(made->to);
  g_free(made->reference);
}

/* @rounds at most; the seconds. */
static double play(const PlnMethod *method, PlnRun *run, const PlnTalks *talks, guint rounds) {
  double start = now();
  method->start(run, talks);
  while (run->round < rounds && method->converged(run) == PLN_TALKS_END_NOT_YET)
    method->step(run);
  return now() - start;
}

/* The best of several: what else runs on the machine only adds. */
static double best_of(const char *name, guint n, guint m, guint rounds, guint times) {
  PlnDraw draw = pln_draw_stream(7, 1, n * 100 + m);
  const PlnMethod *method = pln_method_find(name);
  PlnMethodOptions options = pln_method_options();
  /* Else nash and kalai-smorodinsky see at once that nothing is better for everybody. */
  options.disagree = PLN_DISAGREE_WORST;
  Made made = made_new(n, m, &draw);
  PlnRun *run = method->set_up(n, m, &options);
  double best = play(method, run, &made.talks, rounds);
  for (guint k = 1; k < times; k++)
    best = MIN(best, play(method, run, &made.talks, rounds));
  method->free(run);
  made_clear(&made);
  return best;
}

/* Positions, saliences and capabilities are drawn again for each game, in the time. */
static double monte_carlo(const char *name, gboolean reference) {
  const PlnMethod *method = pln_method_find(name);
  PlnMethodOptions options = pln_method_options();
  options.reference = reference;
  PlnDraw draw = pln_draw_stream(7, 2, 0);
  Made made = made_new(GAME, 1, &draw);
  PlnRun *run = method->set_up(GAME, 1, &options);
  double start = now(), sum = 0;
  for (guint k = 0; k < DRAWS; k++) {
    double u[3 * GAME];
    pln_draw_uniforms(&draw, 3 * GAME, u);
    for (guint i = 0; i < GAME; i++) {
      made.position[i] = 100 * u[i];
      made.salience[i] = u[GAME + i];
      made.capability[i] = u[2 * GAME + i];
    }
    play(method, run, &made.talks, GAME_ROUNDS);
    sum += run->outcome[0];
  }
  double took = now() - start;
  method->free(run);
  made_clear(&made);
  return sum > 0 ? took : -1;
}

static void times(void) {
  printf("challenge_literal_s %.4f\n", monte_carlo("challenge-literal", FALSE));
  printf("challenge_literal_reference_s %.4f\n", monte_carlo("challenge-literal", TRUE));
  printf("challenge_scholz_s %.4f\n", monte_carlo("challenge-scholz", FALSE));
  for (guint k = 0; pln_methods[k]; k++) {
    const char *name = pln_methods[k]->name;
    guint issues = strcmp(name, "exchange") == 0 ? 2 : 1;
    printf("round_%s_ms %.4f\n", name, 1e3 * best_of(name, STATES, issues, 1, REPEAT));
  }
  printf("spatial_30_ms %.4f\n", 1e3 * best_of("spatial", SPATIAL, 1, 1, REPEAT));
  printf("exchange_ms %.3f\n", 1e3 * best_of("exchange", 15, 13, 10, REPEAT));
}

static void growth(void) {
  static const guint actors[] = {25, 50, 100, 200}, issues[] = {1, 5, 10};
  for (guint k = 0; pln_methods[k]; k++)
    for (guint n = 0; n < G_N_ELEMENTS(actors); n++)
      for (guint m = 0; m < G_N_ELEMENTS(issues); m++) {
        const char *name = pln_methods[k]->name;
        printf("%s %u %u %.4f\n", name, actors[n], issues[m],
               1e3 * best_of(name, actors[n], issues[m], 1, 7));
        fflush(stdout);
      }
}

int main(int argc, char **argv) {
  if (argc > 2 || (argc == 2 && strcmp(argv[1], "growth") != 0))
    return fputs("usage: bench_bargain [growth]\n", stderr), 2;
  if (argc == 2)
    growth();
  else
    times();
  return 0;
}
