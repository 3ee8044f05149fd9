/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Changes and bundles: each form that may be typed and what it comes to, and every refusal with the
 * near miss that it offers. */
#include "plenary/change.h"

#include <math.h>
#include <string.h>

#include "plenary/error.h"
#include "suite.h"

static PlnChange *read(const char *text) {
  g_autoptr(GError) error = NULL;
  PlnChange *change = pln_change_read(text, &error);
  if (!change)
    printf("\n  %s\n", error->message);
  CU_ASSERT_PTR_NOT_NULL_FATAL(change);
  return change;
}

/* Whether @text is read, is @canonical in its own words, and those are read as the same. */
static gboolean comes_to(const char *text, const char *canonical, const char *target) {
  g_autoptr(GError) error = NULL;
  PlnChange *change = read(text);
  g_autofree char *words = pln_change_text(change), *of = pln_change_target(change);
  PlnChange *again = pln_change_read(words, &error);
  g_autofree char *twice = again ? pln_change_text(again) : g_strdup(error->message);
  gboolean same = strcmp(words, canonical) == 0 && strcmp(of, target) == 0 &&
                  strcmp(twice, canonical) == 0;
  if (!same)
    printf("\n  %s: %s, of %s, again %s\n", text, words, of, twice);
  pln_change_free(change);
  pln_change_free(again);
  return same;
}

/* Whether @text is refused as a wrong use, with exactly @message. */
static gboolean refused(const char *text, const char *message) {
  g_autoptr(GError) error = NULL;
  PlnChange *change = pln_change_read(text, &error);
  gboolean fits = !change && g_error_matches(error, PLN_ERROR, PLN_ERROR_USAGE) &&
                  strcmp(error->message, message) == 0;
  if (!fits)
    printf("\n  %s: %s\n", text, change ? "was read" : error->message);
  pln_change_free(change);
  return fits;
}

static void test_words(void) {
  CU_ASSERT_EQUAL(g_strv_length((char **)pln_change_words), PLN_CHANGE_KINDS);
  CU_ASSERT_STRING_EQUAL(pln_change_words[PLN_CHANGE_POSITION], "position");
  CU_ASSERT_STRING_EQUAL(pln_change_words[PLN_CHANGE_RULE], "rule");
  CU_ASSERT_STRING_EQUAL(pln_change_words[PLN_CHANGE_ASSUME], "assume");
}

static void test_forms(void) {
  CU_ASSERT_TRUE(comes_to("position EU27=30", "position EU27=30", "position EU27"));
  CU_ASSERT_TRUE(comes_to(" position  p1:EU27 = 30 +- 10 ", "position p1:EU27=30±10",
                          "position p1:EU27"));
  CU_ASSERT_TRUE(comes_to("position RUS=12.5±2.25", "position RUS=12.5±2.25", "position RUS"));
  CU_ASSERT_TRUE(comes_to("salience scope:IND=60±0", "salience scope:IND=60±0",
                          "salience scope:IND"));
  CU_ASSERT_TRUE(comes_to("capability EU=2.5e3", "capability EU=2500", "capability EU"));
  CU_ASSERT_TRUE(comes_to("vote 74/247:RUS=Y", "vote 74/247:RUS=Y", "vote 74/247:RUS"));
  CU_ASSERT_TRUE(comes_to("vote ALL=X", "vote ALL=X", "vote ALL"));
  CU_ASSERT_TRUE(comes_to("presence ALL=80", "presence ALL=80", "presence ALL"));
  CU_ASSERT_TRUE(comes_to("member SYR=out", "member SYR=out", "member SYR"));
  CU_ASSERT_TRUE(comes_to("member\tPSE = in", "member PSE=in", "member PSE"));
  CU_ASSERT_TRUE(comes_to("rule consensus", "rule consensus", "rule"));
  CU_ASSERT_TRUE(comes_to("rule = consensus", "rule consensus", "rule"));
  CU_ASSERT_TRUE(comes_to("split EU27", "split EU27", "split EU27"));
  CU_ASSERT_TRUE(comes_to("split EU27: HUN , POL", "split EU27:HUN,POL", "split EU27:HUN,POL"));
  CU_ASSERT_TRUE(comes_to("join AOSIS=MDV|FJI", "join AOSIS=MDV,FJI", "join AOSIS=MDV,FJI"));
  CU_ASSERT_TRUE(comes_to("deposit DEU=2028-06-30", "deposit DEU=2028-06-30", "deposit DEU"));
  CU_ASSERT_TRUE(comes_to("deposit DEU=2028", "deposit DEU=2028", "deposit DEU"));
  CU_ASSERT_TRUE(comes_to("deposit DEU=never", "deposit DEU=never", "deposit DEU"));
  CU_ASSERT_TRUE(comes_to("position EU27=-0.0", "position EU27=0", "position EU27"));
  CU_ASSERT_TRUE(comes_to("assume tie=-0.5", "assume tie=-0.5", "assume tie"));
  CU_ASSERT_TRUE(comes_to("assume asks=25", "assume asks=25", "assume asks"));
}

static void test_short_forms(void) {
  CU_ASSERT_TRUE(comes_to("RUS=N", "vote RUS=N", "vote RUS"));
  CU_ASSERT_TRUE(comes_to("p1:EU27=A", "vote p1:EU27=A", "vote p1:EU27"));
  CU_ASSERT_TRUE(comes_to("EU27 = 30±5", "position EU27=30±5", "position EU27"));
  CU_ASSERT_TRUE(comes_to("scope:EU=-2.5", "position scope:EU=-2.5", "position scope:EU"));
  CU_ASSERT_TRUE(comes_to("entry:EU=2028", "position entry:EU=2028", "position entry:EU"));
  CU_ASSERT_TRUE(comes_to("rule=consensus", "rule consensus", "rule"));
}

static void test_fields(void) {
  PlnChange *c = read("position p1:EU27=30±10");
  CU_ASSERT_EQUAL(c->kind, PLN_CHANGE_POSITION);
  CU_ASSERT_STRING_EQUAL(c->where, "p1");
  CU_ASSERT_STRING_EQUAL(c->who, "EU27");
  CU_ASSERT_EQUAL(c->value, 30);
  CU_ASSERT_EQUAL(c->sd, 10);
  CU_ASSERT_EQUAL(c->vote, PLN_VOTE_UNKNOWN);
  CU_ASSERT_EQUAL(c->status, PLN_STATUS_ASSUMED);
  CU_ASSERT_PTR_NULL(c->source);
  CU_ASSERT_EQUAL(c->line, 0);
  pln_change_free(c);
  c = read("RUS=N");
  CU_ASSERT_EQUAL(c->kind, PLN_CHANGE_VOTE);
  CU_ASSERT_EQUAL(c->vote, PLN_VOTE_N);
  CU_ASSERT_PTR_NULL(c->where);
  CU_ASSERT_TRUE(isnan(c->value) && isnan(c->sd));
  pln_change_free(c);
  c = read("member SYR=out");
  CU_ASSERT_FALSE(c->in);
  pln_change_free(c);
  c = read("member SYR=in");
  CU_ASSERT_TRUE(c->in);
  pln_change_free(c);
  c = read("deposit DEU=2028-06-30");
  CU_ASSERT_EQUAL(c->day, 20280630);
  pln_change_free(c);
  c = read("deposit DEU=never");
  CU_ASSERT_EQUAL(c->day, PLN_DAY_NONE);
  pln_change_free(c);
  c = read("split EU27");
  CU_ASSERT_PTR_NULL(c->list);
  pln_change_free(c);
}

static void test_copies(void) {
  PlnChange *c = read("split EU27:HUN,POL"), *copy;
  c->source = g_strdup("a note of 2026");
  c->line = 7;
  copy = pln_change_copy(c);
  pln_change_free(c);
  CU_ASSERT_STRING_EQUAL(copy->who, "EU27");
  CU_ASSERT_STRING_EQUAL(copy->list[1], "POL");
  CU_ASSERT_STRING_EQUAL(copy->source, "a note of 2026");
  CU_ASSERT_EQUAL(copy->line, 7);
  pln_change_free(copy);
  pln_change_free(NULL);
  pln_bundle_free(NULL);
}

static void test_kinds_refused(void) {
  CU_ASSERT_TRUE(refused("positon EU27=30",
                         "unknown change \"positon\"; expected position, salience, capability, "
                         "vote, presence, member, rule, split, join, deposit, assume; did you mean "
                         "position?"));
  CU_ASSERT_TRUE(refused("frobnicate EU27=30",
                         "unknown change \"frobnicate\"; expected position, salience, capability, "
                         "vote, presence, member, rule, split, join, deposit, assume"));
  CU_ASSERT_TRUE(refused("positin", "the change says \"positin\"; expected position, salience, "
                                    "capability, vote, presence, member, rule, split, join, "
                                    "deposit, assume; did you mean position?"));
  CU_ASSERT_TRUE(refused("", "the change says \"\"; expected position, salience, capability, vote, "
                             "presence, member, rule, split, join, deposit, assume"));
  CU_ASSERT_TRUE(refused("rule", "the change says \"rule\"; expected rule RULE"));
  CU_ASSERT_TRUE(refused("split", "the change says \"split\"; expected split BLOC or BLOC:A,B"));
  CU_ASSERT_TRUE(refused("vote RUS", "the change says \"RUS\"; expected vote [PROPOSAL:]WHO=Y, N, A "
                                     "or X"));
  CU_ASSERT_TRUE(refused("position EU27=", "the change says \"EU27=\"; expected position "
                                           "[WHERE:]WHO=P or P±SD"));
  CU_ASSERT_TRUE(refused("position :EU27=3", "the change says \":EU27=3\"; expected position "
                                             "[WHERE:]WHO=P or P±SD"));
  CU_ASSERT_TRUE(refused("rule two=thirds", "the change says \"two=thirds\"; expected rule RULE"));
  CU_ASSERT_TRUE(refused("vote=Y", "the change says \"vote=Y\"; expected vote [PROPOSAL:]WHO=Y, N, "
                                   "A or X"));
}

#define SHORT                                                                                  \
  "expected a vote (WHO=Y, N, A or X), a position (WHO=0-100), rule=RULE, or the kind of the " \
  "change before it"

static void test_short_refused(void) {
  CU_ASSERT_TRUE(refused("SYR=out", "the change says \"SYR=out\"; " SHORT "; did you mean member "
                                    "SYR=out?"));
  CU_ASSERT_TRUE(refused("PSE=in", "the change says \"PSE=in\"; " SHORT "; did you mean member "
                                   "PSE=in?"));
  CU_ASSERT_TRUE(refused("DEU=never", "the change says \"DEU=never\"; " SHORT "; did you mean "
                                      "deposit DEU=never?"));
  CU_ASSERT_TRUE(refused("DEU=2028-06-30", "the change says \"DEU=2028-06-30\"; " SHORT "; did you "
                                           "mean deposit DEU=2028-06-30?"));
  CU_ASSERT_TRUE(refused("EU27=up", "the change says \"EU27=up\"; " SHORT));
  CU_ASSERT_TRUE(refused("EU27=", "the change says \"EU27=\"; " SHORT));
  CU_ASSERT_TRUE(refused("RUS=Z", "the vote is \"Z\"; expected Y (yes), N (no), A (abstains) or X "
                                  "(does not vote)"));
  CU_ASSERT_TRUE(refused("RUS=Yes", "the vote is \"Yes\"; expected Y (yes), N (no), A (abstains) or "
                                    "X (does not vote); did you mean Y?"));
  CU_ASSERT_TRUE(refused("RUS=a", "the vote is \"a\"; expected Y (yes), N (no), A (abstains) or X "
                                  "(does not vote); did you mean A?"));
}

static void test_values_refused(void) {
  CU_ASSERT_TRUE(refused("salience EU=120", "salience is \"120\"; expected a number from 0 to 100"));
  CU_ASSERT_TRUE(refused("position EU=inf", "position is \"inf\"; expected a number from -1e+09 to "
                                            "1e+09"));
  CU_ASSERT_TRUE(refused("position EU=nan", "position is \"nan\"; expected a number from -1e+09 to "
                                            "1e+09"));
  CU_ASSERT_TRUE(refused("position EU=1e999", "position is \"1e999\"; expected a number from -1e+09 "
                                              "to 1e+09"));
  CU_ASSERT_TRUE(refused("capability EU=-1", "capability is \"-1\"; expected a number from 0 to "
                                             "1e+12"));
  CU_ASSERT_TRUE(refused("presence ALL=80%", "presence is \"80%\"; expected a number from 0 to 100; "
                                             "did you mean 80?"));
  CU_ASSERT_TRUE(refused("position EU=30,5", "position is \"30,5\"; expected a number from -1e+09 "
                                             "to 1e+09; did you mean 30.5?"));
  CU_ASSERT_TRUE(refused("assume tie=2", "assume tie is \"2\"; expected a number from -1 to 1"));
  CU_ASSERT_TRUE(refused("assume reluctance=1.5", "assume reluctance is \"1.5\"; expected a number "
                                                  "from 0 to 1"));
  CU_ASSERT_TRUE(refused("assume asks=101", "assume asks is \"101\"; expected a number from 0 to "
                                            "100"));
  CU_ASSERT_TRUE(refused("assume relutance=1", "unknown assumption \"relutance\"; expected tie, "
                                               "reluctance or asks; did you mean reluctance?"));
  CU_ASSERT_TRUE(refused("member SYR=ou", "member is \"ou\"; expected in or out; did you mean out?"));
  CU_ASSERT_TRUE(refused("deposit DEU=nevr", "the deposit is \"nevr\"; expected a day, such as "
                                             "2028-06-30, or never; did you mean never?"));
  CU_ASSERT_TRUE(refused("deposit DEU=?", "the deposit is \"?\"; expected a day, such as 2028-06-30, "
                                          "or never"));
  CU_ASSERT_TRUE(refused("deposit DEU=2028-02-30", "the deposit is \"2028-02-30\"; expected a day, "
                                                   "such as 2028-06-30, or never"));
}

static void test_spread_refused(void) {
  CU_ASSERT_TRUE(refused("position EU=30±0", "the standard deviation is \"0\"; expected a number "
                                             "above 0"));
  CU_ASSERT_TRUE(refused("position EU=30±-1", "the standard deviation is \"-1\"; expected a number "
                                              "above 0"));
  CU_ASSERT_TRUE(refused("salience EU=30±101", "the standard deviation is \"101\"; expected a number "
                                               "from 0"));
  CU_ASSERT_TRUE(refused("salience EU=30±x", "the standard deviation is \"x\"; expected a number "
                                             "from 0"));
  CU_ASSERT_TRUE(refused("position EU=30±", "the value is \"30±\"; expected a standard deviation "
                                            "behind ±"));
  CU_ASSERT_TRUE(refused("presence EU=30±5", "the standard deviation is \"5\"; expected none: "
                                             "position, salience and capability have one"));
}

static void test_names_refused(void) {
  CU_ASSERT_TRUE(refused("presence p1:EU=30", "presence has a proposal or an issue, \"p1\"; expected "
                                              "none: position, salience, capability and vote have "
                                              "one"));
  CU_ASSERT_TRUE(refused("position a b:EU=30", "the proposal or issue is \"a b\"; expected its id, "
                                               "without blanks"));
  CU_ASSERT_TRUE(refused("position E U=30", "who is changed is \"E U\"; expected a state's code, a "
                                            "bloc's id or ALL"));
  CU_ASSERT_TRUE(refused("=30", "who is changed is \"\"; expected a state's code, a bloc's id or "
                                "ALL"));
  CU_ASSERT_TRUE(refused("assume a b=3", "the assumption is \"a b\"; expected tie, reluctance or "
                                         "asks"));
  CU_ASSERT_TRUE(refused("rule two thirds", "the rule is \"two thirds\"; expected its id, as "
                                            "`plenary rules` has it"));
  CU_ASSERT_TRUE(refused("split EU27:", "the change says \"EU27:\"; expected split BLOC or BLOC:A,B"));
  CU_ASSERT_TRUE(refused("split EU27:HUN,,POL", "the members are \"HUN,,POL\"; expected their codes "
                                                "between commas, such as HUN,POL"));
  CU_ASSERT_TRUE(refused("join X=HUN,POL,HUN", "named twice: \"HUN\"; expected each once"));
  CU_ASSERT_TRUE(refused("vote R\033S=Z", "the vote is \"Z\"; expected Y (yes), N (no), A (abstains) "
                                          "or X (does not vote)"));
  CU_ASSERT_TRUE(refused("\033[2J", "the change says \"\\x1b[2J\"; expected position, salience, "
                                    "capability, vote, presence, member, rule, split, join, "
                                    "deposit, assume"));
}

static void test_many_members(void) {
  g_autoptr(GError) error = NULL;
  g_autoptr(GString) text = g_string_new("join X=");
  for (int k = 0; k < 257; k++)
    g_string_append_printf(text, "%sS%d", k ? "," : "", k);
  CU_ASSERT_PTR_NULL(pln_change_read(text->str, &error));
  CU_ASSERT_TRUE(g_str_has_suffix(error->message, "expected at most 256"));
}

/* As a table has it: the part at fault is named. */
static gboolean part_is(PlnChangeKind kind, const char *where, const char *who, const char *value,
                        const char *sd, PlnChangePart expected) {
  g_autoptr(GError) error = NULL;
  PlnChangePart at = PLN_CHANGE_AT_KIND;
  PlnChange *change = pln_change_of(kind, where, who, value, sd, &at, &error);
  gboolean fits = !change && error && at == expected;
  if (!fits)
    printf("\n  %s=%s: %s, part %d\n", who, value, error ? error->message : "read", (int)at);
  pln_change_free(change);
  return fits;
}

static void test_parts(void) {
  PlnChange *c = pln_change_of(PLN_CHANGE_POSITION, "p1", "EU27", "30", "4", NULL, NULL);
  CU_ASSERT_EQUAL(c->sd, 4);
  pln_change_free(c);
  c = pln_change_of(PLN_CHANGE_RULE, "", "", "consensus", "", NULL, NULL);
  CU_ASSERT_STRING_EQUAL(c->who, "consensus");
  pln_change_free(c);
  c = pln_change_of(PLN_CHANGE_RULE, "", "consensus", "", "", NULL, NULL);
  CU_ASSERT_STRING_EQUAL(c->who, "consensus");
  pln_change_free(c);
  CU_ASSERT_TRUE(part_is(PLN_CHANGE_POSITION, "a b", "EU", "3", "", PLN_CHANGE_AT_WHERE));
  CU_ASSERT_TRUE(part_is(PLN_CHANGE_MEMBER, "p1", "SYR", "in", "", PLN_CHANGE_AT_WHERE));
  CU_ASSERT_TRUE(part_is(PLN_CHANGE_POSITION, "", "", "3", "", PLN_CHANGE_AT_WHO));
  CU_ASSERT_TRUE(part_is(PLN_CHANGE_POSITION, "", "EU", "", "", PLN_CHANGE_AT_VALUE));
  CU_ASSERT_TRUE(part_is(PLN_CHANGE_POSITION, "", "EU", "3±0", "", PLN_CHANGE_AT_VALUE));
  CU_ASSERT_TRUE(part_is(PLN_CHANGE_POSITION, "", "EU", "3", "0", PLN_CHANGE_AT_SD));
  CU_ASSERT_TRUE(part_is(PLN_CHANGE_POSITION, "", "EU", "3±1", "2", PLN_CHANGE_AT_SD));
  CU_ASSERT_TRUE(part_is(PLN_CHANGE_PRESENCE, "", "EU", "3", "1", PLN_CHANGE_AT_SD));
  CU_ASSERT_TRUE(part_is(PLN_CHANGE_VOTE, "", "EU", "Y", "1", PLN_CHANGE_AT_SD));
  CU_ASSERT_TRUE(part_is(PLN_CHANGE_VOTE, "", "EU", "", "", PLN_CHANGE_AT_VALUE));
  CU_ASSERT_TRUE(part_is(PLN_CHANGE_RULE, "", "", "", "", PLN_CHANGE_AT_VALUE));
  CU_ASSERT_TRUE(part_is(PLN_CHANGE_RULE, "", "a", "b", "", PLN_CHANGE_AT_VALUE));
  CU_ASSERT_TRUE(part_is(PLN_CHANGE_RULE, "", "a b", "", "", PLN_CHANGE_AT_WHO));
  CU_ASSERT_TRUE(part_is(PLN_CHANGE_JOIN, "", "X", "", "", PLN_CHANGE_AT_VALUE));
}

static void test_bounds(void) {
  double least, most, value = 7;
  CU_ASSERT_TRUE(pln_change_bounds(PLN_CHANGE_SALIENCE, "EU", &least, &most));
  CU_ASSERT_TRUE(least == 0 && most == 100);
  CU_ASSERT_TRUE(pln_change_bounds(PLN_CHANGE_ASSUME, "tie", &least, &most));
  CU_ASSERT_TRUE(least == -1 && most == 1);
  CU_ASSERT_FALSE(pln_change_bounds(PLN_CHANGE_VOTE, "EU", &least, &most));
  CU_ASSERT_FALSE(pln_change_bounds(PLN_CHANGE_DEPOSIT, "EU", &least, &most));
  CU_ASSERT_TRUE(pln_change_number("-2.5e1", &value) && value == -25);
  CU_ASSERT_FALSE(pln_change_number("0x1", &value) || pln_change_number("", &value) ||
                  pln_change_number("1e", &value) || pln_change_number("inf", &value));
  CU_ASSERT_EQUAL(value, -25);
}

static gboolean bundle_is(const char *text, const char *name, const char *words, guint n) {
  g_autoptr(GError) error = NULL;
  PlnBundle *bundle = pln_bundle_read(text, &error);
  if (!bundle) {
    printf("\n  %s: %s\n", text, error->message);
    return FALSE;
  }
  g_autofree char *again = pln_bundle_text(bundle);
  gboolean fits = strcmp(bundle->name, name) == 0 && strcmp(again, words) == 0 &&
                  bundle->changes->len == n && !bundle->note;
  if (!fits)
    printf("\n  %s: %s | %s\n", text, bundle->name, again);
  pln_bundle_free(bundle);
  return fits;
}

static void test_bundles(void) {
  CU_ASSERT_TRUE(bundle_is("EU27=30; RUS=Y", "position EU27=30; vote RUS=Y",
                           "position EU27=30; vote RUS=Y", 2));
  CU_ASSERT_TRUE(bundle_is("Plan B: EU27=30;rule=consensus ;", "Plan B",
                           "Plan B: position EU27=30; rule consensus", 2));
  CU_ASSERT_TRUE(bundle_is("p1:EU27=30", "position p1:EU27=30", "position p1:EU27=30", 1));
  CU_ASSERT_TRUE(bundle_is("split EU27:HUN", "split EU27:HUN", "split EU27:HUN", 1));
  CU_ASSERT_TRUE(bundle_is("EU27=30; x:y=3", "position EU27=30; position x:y=3",
                           "position EU27=30; position x:y=3", 2));
}

static gboolean bundle_refused(const char *text, const char *part) {
  g_autoptr(GError) error = NULL;
  PlnBundle *bundle = pln_bundle_read(text, &error);
  gboolean fits = !bundle && g_error_matches(error, PLN_ERROR, PLN_ERROR_USAGE) &&
                  strstr(error->message, part);
  if (!fits)
    printf("\n  %s: %s\n", text, error ? error->message : "was read");
  pln_bundle_free(bundle);
  return fits;
}

static void test_bundles_refused(void) {
  CU_ASSERT_TRUE(bundle_refused("", "no change in \"\"; expected CHANGE; CHANGE"));
  CU_ASSERT_TRUE(bundle_refused("Plan B: ", "no change in \"\""));
  CU_ASSERT_TRUE(bundle_refused(": EU27=30", "the bundle has no name: \": EU27=30\""));
  CU_ASSERT_TRUE(bundle_refused("EU27=30;;RUS=Y", "a change is empty in \"EU27=30;;RUS=Y\""));
  CU_ASSERT_TRUE(bundle_refused(";", "a change is empty in \";\""));
  CU_ASSERT_TRUE(bundle_refused("EU27=30; RUS=maybe", "the change says \"RUS=maybe\""));
}

int main(void) {
  CU_TestInfo tests[] = {{"words", test_words},
                         {"forms", test_forms},
                         {"short forms", test_short_forms},
                         {"fields", test_fields},
                         {"copies", test_copies},
                         {"kinds refused", test_kinds_refused},
                         {"short refused", test_short_refused},
                         {"values refused", test_values_refused},
                         {"deviations refused", test_spread_refused},
                         {"names refused", test_names_refused},
                         {"many members", test_many_members},
                         {"parts", test_parts},
                         {"bounds", test_bounds},
                         {"bundles", test_bundles},
                         {"bundles refused", test_bundles_refused},
                         CU_TEST_INFO_NULL};
  return suite_run("change", tests);
}
