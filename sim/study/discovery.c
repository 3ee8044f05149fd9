/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/discovery.h"

#include <math.h>
#include <string.h>

#include "plenary/discovery_part.h"
#include "plenary/draw.h"

/* ---- Rows ---- */

/* The rows that count, as PRIM takes them. */
typedef struct {
  guint d;
  guint64 rows;
  double *x;
  guint *words;
  guint8 *y;
} Kept;

static const PlnDial *dial_of(const PlnDiscovery *discovery, guint j) {
  return g_ptr_array_index(discovery->runs.dials, j);
}

static gboolean is_known(const PlnDiscovery *discovery, guint64 row) {
  return !isnan(discovery->runs.y[row]) || discovery->interest.kind == PLN_INTEREST_NONE;
}

/* As many of the known rows as may be looked at. */
static void count_rows(PlnDiscovery *discovery) {
  const PlnDiscoveryRuns *runs = &discovery->runs;
  guint64 most = (runs->cells ? runs->cells : PLN_DISCOVERY_CELLS) / MAX(runs->dials->len, 1);
  for (guint64 i = 0; i < runs->rows; i++)
    discovery->known += is_known(discovery, i);
  discovery->looked = MIN(discovery->known, MAX(most, PLN_PRIM_ROWS_LEAST));
}

/* Of more rows than are looked at every set of so many is as likely (Knuth's algorithm S): every
 * n-th would fall in step with a grid. */
static Kept keep(const PlnDiscovery *discovery, guint64 seed) {
  const PlnDiscoveryRuns *runs = &discovery->runs;
  guint d = runs->dials->len;
  guint64 left = discovery->known;
  PlnDraw stream = pln_draw_stream(seed, PLN_STUDY_DISCOVERY, 0);
  Kept kept = {d, 0, g_new(double, discovery->looked *d + 1), g_new0(guint, d + 1),
               g_new(guint8, discovery->looked + 1)};
  for (guint j = 0; j < d; j++)
    kept.words[j] = pln_discovery_words(dial_of(discovery, j));
  for (guint64 i = 0; i < runs->rows; i++) {
    if (!is_known(discovery, i))
      continue;
    guint64 wanted = discovery->looked - kept.rows, of = left--;
    if (wanted < of && pln_draw_below(&stream, of) >= wanted)
      continue;
    memcpy(kept.x + kept.rows * d, runs->x + i * d, d * sizeof *kept.x);
    kept.y[kept.rows++] = (guint8)pln_interest_holds(&discovery->interest, runs->y[i]);
  }
  return kept;
}

static void drop_kept(Kept *kept) {
  g_free(kept->x);
  g_free(kept->words);
  g_free(kept->y);
}

/* ---- Sides ---- */

static double share_of(const PlnDial *dial, double value) {
  double from, to;
  pln_discovery_ends(dial, &from, &to);
  return to > from ? CLAMP((value - from) / (to - from), 0, 1) : NAN;
}

static void set_numbers(const PlnDial *dial, const PlnPrimSide *side, double stated,
                        PlnDiscoverySide *said) {
  double from, to;
  pln_discovery_ends(dial, &from, &to);
  said->from = side->low > -INFINITY ? share_of(dial, side->low) : 0;
  said->to = side->high < INFINITY ? share_of(dial, side->high) : 1;
  pln_discovery_last(dial, &from, &to);
  said->from_word = pln_discovery_number(dial, fmax(side->low, from));
  said->to_word = pln_discovery_number(dial, fmin(side->high, to));
  said->stated = isnan(stated) ? NAN : share_of(dial, stated);
  said->holds_stated = stated > side->low && stated < side->high;
  said->away = isnan(stated) ? NAN : fmax(fmax(side->low - stated, stated - side->high), 0);
}

static void set_words(const PlnDial *dial, const PlnPrimSide *side, double stated,
                      PlnDiscoverySide *said) {
  guint first = (guint)__builtin_ctzll(side->in), last = 63 - (guint)__builtin_clzll(side->in);
  said->from = (double)first / dial->n;
  said->to = (last + 1.0) / dial->n;
  said->from_word = pln_discovery_list(dial, side->in);
  said->to_word = g_strdup(said->from_word);
  said->stated = isnan(stated) ? NAN : (stated + 0.5) / dial->n;
  said->holds_stated = !isnan(stated) && (side->in >> (guint)stated & 1);
  said->away = said->holds_stated ? 0 : NAN;
}

static PlnDiscoverySide side_of(const PlnDiscovery *discovery, const PlnPrimBox *box, guint j) {
  const PlnDial *dial = dial_of(discovery, j);
  const PlnPrimSide *side = &box->side[j];
  double stated = discovery->runs.stated ? discovery->runs.stated[j] : NAN;
  PlnDiscoverySide said = {.dial = j, .p = side->p, .reproduced = side->reproduced};
  if (pln_discovery_words(dial) > 0)
    set_words(dial, side, stated, &said);
  else
    set_numbers(dial, side, stated, &said);
  said.words = pln_discovery_side_words(dial, side);
  return said;
}

static void free_side(gpointer data) {
  PlnDiscoverySide *side = data;
  g_free(side->from_word);
  g_free(side->to_word);
  g_free(side->words);
}

static int by_p(gconstpointer a, gconstpointer b) {
  const PlnDiscoverySide *p = a, *q = b;
  return p->p != q->p ? (p->p > q->p) - (p->p < q->p) : (p->dial > q->dial) - (p->dial < q->dial);
}

/* ---- Boxes ---- */

gboolean pln_discovery_doubtful(const PlnDiscoverySide *side) {
  return side->p > PLN_DISCOVERY_DOUBTFUL || side->reproduced < 0.5;
}

/* "A, B and C", of all sides (@which -1), those that are doubtful (1), or that are not (0). */
static char *join_words(const GArray *sides, int which) {
  GString *out = g_string_new(NULL);
  guint n = 0, k = 0;
  for (guint i = 0; i < sides->len; i++)
    n += which < 0 || pln_discovery_doubtful(&g_array_index(sides, PlnDiscoverySide, i)) == which;
  for (guint i = 0; i < sides->len; i++) {
    const PlnDiscoverySide *side = &g_array_index(sides, PlnDiscoverySide, i);
    if (which >= 0 && pln_discovery_doubtful(side) != which)
      continue;
    g_string_append_printf(out, "%s%s", k == 0 ? "" : k + 1 == n ? " and " : ", ", side->words);
    k++;
  }
  return g_string_free(out, FALSE);
}

char *pln_discovery_sure(const PlnDiscoveryBox *box) {
  g_autofree char *sure = join_words(box->sides, 0), *doubtful = join_words(box->sides, 1);
  if (!*doubtful)
    return g_steal_pointer(&sure);
  return *sure ? g_strdup_printf("%s (and perhaps %s)", sure, doubtful)
               : g_strdup_printf("perhaps %s", doubtful);
}

static void add_box(PlnDiscovery *discovery, const PlnPrimBox *box) {
  PlnDiscoveryBox found = {.box = box, .sides = g_array_new(FALSE, TRUE, sizeof(PlnDiscoverySide))};
  gboolean known = FALSE, outside = FALSE;
  g_array_set_clear_func(found.sides, free_side);
  for (guint j = 0; j < discovery->prim->d; j++) {
    if (!box->side[j].restricted)
      continue;
    PlnDiscoverySide side = side_of(discovery, box, j);
    known |= !isnan(side.stated);
    outside |= !isnan(side.stated) && !side.holds_stated;
    g_array_append_val(found.sides, side);
  }
  g_array_sort(found.sides, by_p);
  found.words = join_words(found.sides, -1);
  found.knows_stated = known;
  found.holds_stated = known && !outside;
  g_array_append_val(discovery->boxes, found);
}

static void free_box(gpointer data) {
  PlnDiscoveryBox *box = data;
  g_array_unref(box->sides);
  g_free(box->words);
}

static char *say_interest(const PlnDiscovery *discovery) {
  const PlnInterest *interest = &discovery->interest;
  gboolean date = g_strcmp0(discovery->runs.unit, "year") == 0;
  g_autofree char *text = date && interest->kind != PLN_INTEREST_NONE ? pln_discovery_date(interest)
                                                                      : pln_interest_text(interest);
  const char *title = discovery->runs.outcome ? discovery->runs.outcome : "the outcome";
  return g_strdup_printf(discovery->interest.kind == PLN_INTEREST_NONE ? "%s: %s" : "%s %s", title,
                         text);
}

PlnDiscovery *pln_discovery_find(const PlnDiscoveryRuns *runs, const PlnInterest *interest,
                                 const PlnPrimOptions *options) {
  PlnDiscovery *discovery = g_new0(PlnDiscovery, 1);
  discovery->runs = *runs;
  discovery->interest = *interest;
  discovery->said = say_interest(discovery);
  discovery->boxes = g_array_new(FALSE, TRUE, sizeof(PlnDiscoveryBox));
  g_array_set_clear_func(discovery->boxes, free_box);
  count_rows(discovery);
  Kept kept = keep(discovery, options->seed);
  PlnPrimRows rows = {kept.rows, kept.d, kept.x, kept.words, kept.y};
  discovery->prim = pln_prim_find(&rows, options);
  for (guint k = 0; k < discovery->prim->boxes->len; k++)
    add_box(discovery, g_ptr_array_index(discovery->prim->boxes, k));
  discovery->why = g_strdup(discovery->prim->why);
  drop_kept(&kept);
  return discovery;
}

void pln_discovery_free(PlnDiscovery *discovery) {
  if (!discovery)
    return;
  g_array_unref(discovery->boxes);
  pln_prim_free(discovery->prim);
  g_free(discovery->said);
  g_free(discovery->why);
  g_free(discovery);
}
