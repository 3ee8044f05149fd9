/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dossiers and capabilities: what is read from files of every kind, what is missing, faults. */
#include <math.h>
#include <string.h>

#include "faulty.h"
#include "plenary/capabilities.h"
#include "plenary/dossiers.h"
#include "suite.h"

static PlnDossiers *parse(const char *text, PlnFaults *faults) {
  g_autoptr(GBytes) bytes = g_bytes_new_static(text, strlen(text));
  return pln_dossiers_parse("d.csv", bytes, faults);
}

static const PlnDossierIssue *issue_at(const PlnDossiers *d, guint j) {
  return d->issues->pdata[j];
}

static const char plain[] =
    "prnr;prname;isnr;proc;counvte;type;intro;finact;pcom;pde;pfr;pep;scom;sde;sfr;sep;rp;out\n"
    "a;one;a1;COD;QMV;Dir;26-01-00;30-05-01;100;40;0;;50;80;10;;20;60\n"
    "a;one;a2;CNS;Unan;Reg;00-03-98;;0;50;999;7,5;100;;60;40;;\n"
    "b;two;b1;COD;QMV;Dec;999;14-12-1999;10;20;30;;0;1;2;;.;-1\n"
    "a;one;a3;COD;QMV;Dir;2016-09-14;;1;2;;;1;1;;;NA;5\n";

static void test_what_is_read(void) {
  g_autoptr(PlnFaults) faults = pln_faults_new();
  g_autoptr(PlnDossiers) d = parse(plain, faults);
  CU_ASSERT_TRUE(faults_are(faults, ""));
  CU_ASSERT_PTR_NOT_NULL_FATAL(d);
  CU_ASSERT_EQUAL(d->actors->len, 4);
  CU_ASSERT_STRING_EQUAL(d->actors->pdata[3], "ep");
  CU_ASSERT_EQUAL(d->dossiers->len, 2);
  const PlnDossier *one = d->dossiers->pdata[0];
  CU_ASSERT_STRING_EQUAL(one->name, "one");
  CU_ASSERT_EQUAL(one->issues->len, 3);
  CU_ASSERT_EQUAL(g_array_index(one->issues, guint, 2), 3);
  const PlnDossierIssue *issue = issue_at(d, 0);
  CU_ASSERT_STRING_EQUAL(issue->id, "a1");
  CU_ASSERT_STRING_EQUAL(issue->procedure, "COD");
  CU_ASSERT_STRING_EQUAL(issue->vote, "QMV");
  CU_ASSERT_STRING_EQUAL(issue->type, "Dir");
  CU_ASSERT_EQUAL(issue->position[0], 100);
  CU_ASSERT_EQUAL(issue->salience[1], 0.8);
  CU_ASSERT_EQUAL(issue->reference, 20);
  CU_ASSERT_EQUAL(issue->outcome, 60);
  CU_ASSERT_EQUAL(issue->taking_part, 3);
}

static void test_what_is_missing(void) {
  g_autoptr(PlnFaults) faults = pln_faults_new();
  g_autoptr(PlnDossiers) d = parse(plain, faults);
  const PlnDossierIssue *issue = issue_at(d, 1);
  CU_ASSERT_TRUE(isnan(issue->position[2])); /* 999 */
  CU_ASSERT_EQUAL(issue->position[3], 7.5);  /* a comma before decimals */
  CU_ASSERT_TRUE(isnan(issue->salience[1]));
  CU_ASSERT_FALSE(pln_dossier_issue_has(issue, 1));
  CU_ASSERT_EQUAL(issue->taking_part, 2);
  CU_ASSERT_TRUE(isnan(issue->reference) && isnan(issue->outcome));
  CU_ASSERT_TRUE(isnan(issue_at(d, 2)->reference) && isnan(issue_at(d, 2)->outcome));
  CU_ASSERT_TRUE(pln_dossier_issue_scored(issue_at(d, 0)));
  for (guint j = 1; j < 4; j++)
    CU_ASSERT_FALSE(pln_dossier_issue_scored(issue_at(d, j)));
  CU_ASSERT_EQUAL(d->out_of_range, 2);
  CU_ASSERT_EQUAL(d->without_outcome, 2);
  CU_ASSERT_EQUAL(d->without_salience, 1);
  CU_ASSERT_EQUAL(d->thin, 1);
  CU_ASSERT_EQUAL(d->notes->len, 4);
}

static void test_days(void) {
  g_autoptr(PlnFaults) faults = pln_faults_new();
  g_autoptr(PlnDossiers) d = parse(plain, faults);
  static const PlnDay days[] = {20000126, 19980300, 19991214, 20160914};
  for (guint j = 0; j < 4; j++)
    CU_ASSERT_EQUAL(issue_at(d, j)->day, days[j]);
  static const struct {
    const char *text;
    PlnDay day;
  } more[] = {{"01-02-49", 20490201},
              {"01-02-50", 19500201},
              {"1-2-07", 20070201},
              {"31-02-07", 0},
              {"soon", 0},
              {"01-02-123", 0},
              {"00-00-07", 20070000},
              {"05/12/2001", 0}, /* 5 December or 12 May */
              {"05.12.2001", 0}};
  for (gsize k = 0; k < G_N_ELEMENTS(more); k++) {
    g_autofree char *text =
        g_strdup_printf("prnr,isnr,out,intro,px,sx,py,sy\na,b,1,%s,1,1,1,1\n", more[k].text);
    g_autoptr(PlnDossiers) one = parse(text, faults);
    CU_ASSERT_EQUAL(issue_at(one, 0)->day, more[k].day);
    const char *last = one->notes->pdata[one->notes->len - 1]; /* of two actors it is not scored */
    CU_ASSERT_EQUAL(more[k].day == 0,
                    strcmp(last, "One day is not understood and counts as not stated.") == 0);
  }
}

/* The same issue whatever is between its cells and around them. */
static void test_kinds_of_files(void) {
  static const char *const texts[] = {
      "isnr,prnr,out,pde,sde,pfr,sfr,pit,sit\ni,d,50,1.5,20,3,40,5,60\n",
      "ISNR;PRNR;Out;PDE;SDE;PFR;SFR;PIT;SIT\ni;d;50;1,5;20;3;40;5;60\n",
      "isnr\tprnr\tout\tpde\tsde\tpfr\tsfr\tpit\tsit\r\ni\td\t50\t1.5\t20\t3\t40\t5\t60\r\n\r\n",
      ("\xef\xbb\xbf\"isnr\";\"prnr\";\"out\";\"pde\";\"sde\";\"pfr\";\"sfr\";\"pit\";\"sit\"\n"
       "\"i\";\"d\";\"50\";\"1.5\";\"20\";\"3\";\"40\";\"5\";\"60\";;\n;;;;;;;;\n"),
      "isnr;prnr;out;pde;sde;pfr;sfr;pit;sit\n\"i\";\"d\";\"50,0\";\"1,5\";20;3;\"40,0\";5;60\n",
      "isnr\tprnr\tout\tpde\tsde\tpfr\tsfr\tpit\tsit\ni\td\t50\t\"1,5\"\t20\t3\t40\t5\t60\n",
      "sit;sfr;sde;note;pit;pfr;pde;out;prnr;isnr\n60;40;20;\"a;b, \"\"c\"\"\";5;3;1.5;50;d;i"};
  for (gsize k = 0; k < G_N_ELEMENTS(texts); k++) {
    g_autoptr(PlnFaults) faults = pln_faults_new();
    g_autoptr(PlnDossiers) d = parse(texts[k], faults);
    CU_ASSERT_TRUE(faults_are(faults, ""));
    CU_ASSERT_PTR_NOT_NULL_FATAL(d);
    CU_ASSERT_EQUAL(d->issues->len, 1);
    guint de = k == G_N_ELEMENTS(texts) - 1 ? 2 : 0;
    CU_ASSERT_STRING_EQUAL(d->actors->pdata[de], "de");
    CU_ASSERT_EQUAL(issue_at(d, 0)->position[de], 1.5);
    CU_ASSERT_EQUAL(issue_at(d, 0)->salience[1], 0.4);
    CU_ASSERT_EQUAL(issue_at(d, 0)->outcome, 50);
  }
}

static gboolean fails(const char *text, const char *expected) {
  g_autoptr(PlnFaults) faults = pln_faults_new();
  g_autoptr(PlnDossiers) d = parse(text, faults);
  g_autofree char *lines = g_strconcat(expected, "\n", NULL);
  return !d && faults_are(faults, lines);
}

static void test_faults(void) {
  CU_ASSERT_TRUE(fails("", "d.csv:1:1: the file is empty; expected a header"));
  CU_ASSERT_TRUE(fails("isnr,prnr,out,px,sx,py,sy\n",
                       "d.csv:1:1: there is no issue; expected a row for each"));
  CU_ASSERT_TRUE(fails(
      "isnr,px,sx,py,sy\n",
      "d.csv:1:1: column \"prnr\" is missing; expected it in the first line: the dossier that "
      "it is of\n"
      "d.csv:1:1: column \"out\" is missing; expected it in the first line: the outcome"));
  CU_ASSERT_TRUE(fails(
      "isnr,prnr,out,px,sx,pde\n",
      "d.csv:1:1: 1 actors have a column p… for positions and one s… for saliences; expected 2 "
      "to 200, as pde and sde\n"
      "d.csv:1:21: column \"pde\" has no \"sde\" beside it; expected of each actor a position p… "
      "and a salience s…"));
  CU_ASSERT_TRUE(
      fails("isnr,prnr,out,px,sx,py,sy\ni,d,50,far,1,1,1\n,d,50,1,1,1,1\nj,d,1\n",
            "d.csv:2:8: a position is \"far\"; expected a number from 0 to 100, or nothing\n"
            "d.csv:3:1: the issue has no id; expected one\n"
            "d.csv:4:1: the row has 3 cells; expected 7 as in the header"));
  CU_ASSERT_TRUE(fails(
      "isnr;prnr;out;px;sx;py;sy\ni;d;5,0%;1;1;1;1\n",
      "d.csv:2:5: an outcome is \"5,0%\"; expected a number from 0 to 100, or nothing; did you "
      "mean 5.0?"));
  /* Between commas a comma before decimals is refused, and told. */
  CU_ASSERT_TRUE(fails("isnr,prnr,out,px,sx,py,sy\ni,d,\"5,5\",1,1,1,1\n",
                       "d.csv:2:5: an outcome is \"5,5\"; expected a number from 0 to 100, or "
                       "nothing; did you mean 5.5?"));
  CU_ASSERT_TRUE(fails("isnr,prnr,out,px,sx,py,sy,px\n",
                       "d.csv:1:27: column \"px\" stands twice; expected it once"));
}

static void test_twice(void) {
  g_autoptr(PlnFaults) faults = pln_faults_new();
  g_autoptr(PlnDossiers) d = parse(
      "isnr,prnr,out,px,sx,py,sy\ni,,50,1,1,1,1\ni,d,50,1,1,1,1\ni,d,50,1,1,1,1\nj,d,5,1,1,999,1\n",
      faults);
  CU_ASSERT_PTR_NOT_NULL_FATAL(d);
  CU_ASSERT_EQUAL(d->issues->len, 3);
  CU_ASSERT_EQUAL(d->dossiers->len, 2); /* that of the issue without one is its own */
  CU_ASSERT_EQUAL_FATAL(d->notes->len, 5);
  CU_ASSERT_STRING_EQUAL(
      d->notes->pdata[1], "One value outside 0-100 counts as missing, in line 5, column 11.");
  CU_ASSERT_STRING_EQUAL(d->notes->pdata[2], "One row is an earlier one again: it is read once.");
  CU_ASSERT_STRING_EQUAL(d->notes->pdata[3], "One issue has the id of another: both are read.");
  CU_ASSERT_STRING_EQUAL(d->notes->pdata[4], "One issue names no dossier: it is one by itself.");
}

/* ---- Capabilities ---- */

static PlnCapabilities *capabilities(const char *text, const char *table, PlnFaults *faults) {
  g_autoptr(GBytes) bytes = g_bytes_new_static(text, strlen(text));
  return pln_capabilities_parse("c.csv", bytes, table, faults);
}

static void test_capabilities(void) {
  static const char text[] =
      "table,actor,from,to,procedure,capability,status,source\n"
      "v,de,2000-01-01,2003-12-31,,10,reported,s\nv,DE,2004-01-01,,,29,verified,s\n"
      "v,ep,,,,2,assumed,s\nv,ep,,,COD,10,assumed,s\nw,de,,,,1,,\n";
  g_autoptr(PlnFaults) faults = pln_faults_new();
  g_autoptr(PlnCapabilities) c = capabilities(text, "v", faults);
  CU_ASSERT_PTR_NOT_NULL_FATAL(c);
  CU_ASSERT_EQUAL(c->rows->len, 4);
  CU_ASSERT_EQUAL(c->weakest, PLN_STATUS_ASSUMED);
  CU_ASSERT_EQUAL(pln_capabilities_at(c, "de", "COD", 20031231), 10);
  CU_ASSERT_EQUAL(pln_capabilities_at(c, "de", "CNS", 20040101), 29);
  CU_ASSERT_EQUAL(pln_capabilities_at(c, "de", "", 19900600), 10); /* before its first row */
  CU_ASSERT_EQUAL(pln_capabilities_at(c, "ep", "CNS", 20040101), 2);
  CU_ASSERT_EQUAL(pln_capabilities_at(c, "ep", "COD", 20040101), 10);
  CU_ASSERT_EQUAL(pln_capabilities_at(c, "ep", "COD", PLN_DAY_NONE), 10);
  CU_ASSERT_TRUE(isnan(pln_capabilities_at(c, "de", "COD", PLN_DAY_NONE)));
  CU_ASSERT_TRUE(isnan(pln_capabilities_at(c, "fr", "COD", 20040101)));
}

/* The nearest in time is so by days: yyyymmdd jumps at the end of a month and of a year.  "?" is an
 * end that is open. */
static void test_nearest(void) {
  static const char text[] = "actor,from,to,capability\n"
                             "de,2000-01-01,2003-12-20,10\nde,2004-02-20,,29\n"
                             "fr,,2001-02,1\nfr,2001-03-03,,2\n"
                             "it,,2004-02-01,1\nit,2004-02-05,,2\n"
                             "es,2000-01-01,?,1\nes,2010-01-01,,2\n";
  g_autoptr(PlnFaults) faults = pln_faults_new();
  g_autoptr(PlnCapabilities) c = capabilities(text, NULL, faults);
  CU_ASSERT_PTR_NOT_NULL_FATAL(c);
  CU_ASSERT_EQUAL(pln_capabilities_at(c, "de", "", 20040110), 10); /* 21 days after, 41 before */
  CU_ASSERT_EQUAL(pln_capabilities_at(c, "de", "", 20040120), 10); /* 31 and 31: the first */
  CU_ASSERT_EQUAL(pln_capabilities_at(c, "de", "", 20040121), 29);
  CU_ASSERT_EQUAL(pln_capabilities_at(c, "fr", "", 20010301), 1); /* the day after the 28th */
  CU_ASSERT_EQUAL(pln_capabilities_at(c, "fr", "", 20010302), 2);
  CU_ASSERT_EQUAL(pln_capabilities_at(c, "it", "", 20040203), 1); /* 2 and 2 */
  CU_ASSERT_EQUAL(pln_capabilities_at(c, "es", "", 20050101), 1);
}

/* Of many tables the first are named. */
static void test_many_tables(void) {
  g_autoptr(GString) text = g_string_new("table,actor,capability\n");
  for (guint k = 1; k <= 60000; k++)
    g_string_append_printf(text, "t%u,de,1\n", k);
  g_autoptr(PlnFaults) faults = pln_faults_new();
  CU_ASSERT_PTR_NULL(capabilities(text->str, NULL, faults));
  CU_ASSERT_PTR_NULL(capabilities(text->str, "u", faults));
  CU_ASSERT_TRUE(faults_are(
      faults, "c.csv:1:1: there are 60000 tables: t1, t2, t3, t4, t5, t6, t7, t8, t9, t10 and 59990 "
              "more; expected one in a file\n"
              "c.csv:1:1: there is no table \"u\"; expected one of t1, t2, t3, t4, t5, t6, t7, t8, "
              "t9, t10 and 59990 more\n"));
}

static void test_capability_faults(void) {
  g_autoptr(PlnFaults) faults = pln_faults_new();
  g_autoptr(PlnCapabilities) unnamed = capabilities("actor,capability\nde,1\n", NULL, faults);
  CU_ASSERT_STRING_EQUAL(unnamed->name, "c.csv");
  CU_ASSERT_PTR_NULL(
      capabilities("table,actor,capability\nvotes,de,1\npeople,de,2\n", NULL, faults));
  CU_ASSERT_PTR_NULL(capabilities("table,actor,capability\nvotes,de,1\n", "vote", faults));
  CU_ASSERT_PTR_NULL(capabilities("table,actor,capability\n,de,1\nvotes,de,1\n", NULL, faults));
  CU_ASSERT_PTR_NULL(capabilities("actor,capability\n", NULL, faults));
  CU_ASSERT_PTR_NULL(capabilities("actor,capability\nde,-1\n", NULL, faults));
  CU_ASSERT_PTR_NULL(capabilities("actor,capability\nde,\n", NULL, faults));
  CU_ASSERT_TRUE(faults_are(
      faults, "c.csv:1:1: there are 2 tables: votes, people; expected one in a file\n"
              "c.csv:1:1: there is no table \"vote\"; expected one of votes; did you mean votes?\n"
              "c.csv:1:1: there are 2 tables: one without a name, votes; expected one in a file\n"
              "c.csv:1:1: there is no row; expected one for each actor\n"
              "c.csv:2:4: capability is \"-1\"; expected a number from 0 to 1e12\n"
              "c.csv:2:4: capability is empty; expected a value in every row\n"));
}

/* What every actor of the layout had on a day of each period; votes of the Council add up. */
static void test_shipped(void) {
  static const char *const actors[] = {"at", "be", "bu", "cr", "cy", "cz", "dk", "ee", "fi",  "fr",
                                       "de", "el", "hu", "ie", "it", "lv", "lt", "lu", "mt",  "nl",
                                       "pl", "pt", "ro", "si", "sk", "es", "se", "uk", "com", "ep"};
  static const char *const tables[] = {"votes", "population"};
  for (guint t = 0; t < 2; t++) {
    g_autoptr(PlnFaults) faults = pln_faults_new();
    g_autoptr(GArray) inputs = pln_inputs_new();
    g_autoptr(PlnCapabilities) c = pln_capabilities_shipped(tables[t], inputs, faults);
    CU_ASSERT_TRUE(faults_are(faults, ""));
    CU_ASSERT_PTR_NOT_NULL_FATAL(c);
    double sum = 0;
    for (gsize k = 0; k < G_N_ELEMENTS(actors); k++) {
      for (PlnDay day = 19960101; day <= 20200101; day += 10000)
        CU_ASSERT_TRUE(pln_capabilities_at(c, actors[k], "COD", day) > 0);
      sum += k < 28 ? pln_capabilities_at(c, actors[k], "COD", t == 0 ? 20140101 : 20160101) : 0;
    }
    /* All votes under the Treaty of Nice; Eurostat's own total of the 28 of 2016. */
    CU_ASSERT_TRUE(t == 0 ? sum == 352 : fabs(sum - 510277177) < 5000);
    CU_ASSERT_TRUE(pln_capabilities_at(c, "ep", "CNS", 20140101) <
                   pln_capabilities_at(c, "ep", "COD", 20140101));
    CU_ASSERT_EQUAL(inputs->len, 1);
  }
}

int main(void) {
  CU_TestInfo tests[] = {{"what is read", test_what_is_read},
                         {"what is missing", test_what_is_missing},
                         {"days", test_days},
                         {"kinds of files", test_kinds_of_files},
                         {"faults", test_faults},
                         {"ids that stand twice", test_twice},
                         {"capabilities", test_capabilities},
                         {"the nearest in time", test_nearest},
                         {"faults of capabilities", test_capability_faults},
                         {"many tables", test_many_tables},
                         {"what is shipped", test_shipped},
                         CU_TEST_INFO_NULL};
  return suite_run("dossiers", tests);
}
