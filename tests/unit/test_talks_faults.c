/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is wrong with talks of other programs: each fault, at its line and column. */
#include <string.h>

#include "faulty.h"
#include "plenary/talks_file.h"
#include "scene.h"
#include "suite.h"

static gboolean fails(const char *format, const char *text, const char *expected) {
  g_autoptr(PlnFaults) faults = pln_faults_new();
  g_autoptr(GBytes) bytes = g_bytes_new_static(text, strlen(text));
  g_autoptr(PlnTalksFile) talks = pln_talks_file_read(format, "t", bytes, scene_world(), faults);
  return !talks && faults_are(faults, expected);
}

#define BDM "Actor,Capability,Position,Salience\n"
#define KTAB "T,A,1,1\nActor,Description,Influence,P Position,P Salience\n"

#define TABS "\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t"

static const struct {
  const char *format, *text, *fault;
} faults[] = {
    {"bdm", "", "t: the file is empty; expected a header: Actor,Capability,Position,Salience\n"},
    {"bdm", BDM, "t:1:1: no actor; expected a row for each\n"},
    {"bdm", "Actor;Capability;Position;Salience\n",
     "t:1:1: the columns are separated by semicolons; expected commas: save it as \"CSV UTF-8 (comma "
     "delimited)\", or in the export dialogue choose the comma as field separator\n"},
    {"bdm", "Actor,Capabilty,Position,Salience\nA,1,1,1\n",
     "t:1:1: there is no column Capability; expected one\n"
     "t:1:7: unknown column \"Capabilty\"; expected Actor, Capability, Position, Salience and, where "
     "wanted, Description; did you mean Capability?\n"},
    {"bdm", "Actor,Capability,Power,Position,Salience\n",
     "t:1:18: column \"Power\" stands for one that is there already; expected it once\n"},
    {"bdm", BDM "A,1,2\n", "t:2:1: 3 cells; expected 4, as many as columns\n"},
    {"bdm", "Capability,Position,Salience,Actor\n1,10,.5,xxxxxxxxxxn\n2,20,.6\n",
     "t:3:1: 3 cells; expected 4, as many as columns\n"},
    {"bdm", "Capability,Position,Salience,Actor\n2,20,.6,\n",
     "t:2:9: no name; expected an actor\n"},
    {"bdm", BDM "City,2,4,\n,,,\n",
     "t:2:10: the salience is empty; expected a number from 0 to 1, or from 0 to 100\n"},
    {"ktab", KTAB "A,b,1,50,\n",
     "t:3:10: the salience is empty; expected a number from 0 to 1, or from 0 to 100\n"},
    {"bdm", BDM "A,1,2,3,4\n", "t:2:1: 5 cells; expected 4, as many as columns\n"},
    {"bdm", BDM "A,1,2,3\nA,1,2,3\n",
     "t:3:1: A stands twice (first on line 2); expected an actor once\n"},
    {"bdm", BDM ",1,2,3\n", "t:2:1: no name; expected an actor\n"},
    {"bdm", BDM "A,-1,x,101\n",
     "t:2:3: the capability is \"-1\"; expected a number from 0 to 1e12\n"
     "t:2:6: the position is \"x\"; expected a number from -1e9 to 1e9\n"
     "t:2:8: the salience is \"101\"; expected a number from 0 to 1, or from 0 to 100\n"},
    {"bdm", BDM "A,1,,nan\n",
     "t:2:5: the position is empty; expected a number from -1e9 to 1e9\n"
     "t:2:6: the salience is \"nan\"; expected a number from 0 to 1, or from "
     "0 to 100\n"},
    {"bdm", BDM "A,\"0,5\",2,3\n",
     "t:2:3: the capability is \"0,5\"; expected a number from 0 to 1e12; "
     "did you mean 0.5?\n"},
    {"bdm", BDM "A,1,2,0.5\nB,1,2,50\n",
     "t:2:7: the salience 0.5 is a fraction, but others go up to 50; expected all from 0 to 1, or all "
     "from 0 to 100 (one less than 1 of 100 as 0 or 1)\n"},
    {"bdm", BDM "A,1,2,0.123456789\nB,1,2,50.1234567\n",
     "t:2:7: the salience 0.123456789 is a fraction, but others go up to 50.1234567; expected all "
     "from 0 to 1, or all from 0 to 100 (one less than 1 of 100 as 0 or 1)\n"},
    {"ktab", "",
     "t: the file is empty; expected a line with a name, a description, how many actors, how "
     "many dimensions\n"},
    {"ktab", "Actor,Description,Influence,P Position,P Salience\n",
     "t:1:1: 5 fields; expected 4: the name, a description, how many actors, how many dimensions\n"},
    {"ktab", "T;A;1;1\n", "t:1:1: the columns are separated by semicolons or tabs; expected commas\n"},
    {"ktab", "T,A,many,0\n",
     "t:1:5: the number of actors is \"many\"; expected a whole number from 1 to 1000\n"
     "t:1:10: the number of dimensions is \"0\"; expected a whole number from 1 to 200\n"},
    {"ktab", "T,A,1,1,\n",
     "t:2:1: the file ends; expected a line with Actor, Description, Influence …\n"},
    {"ktab", "T,A,1,2\nActor,Description,Influence,P Position,P Salience\n",
     "t:2:1: 5 columns; expected 7, as there are 2 dimensions: Actor, Description, Influence, and of each "
     "its position and its salience\n"},
    {"ktab", "T,A,1,1\nActors,Description,Influence,P Position,Q Salience\n",
     "t:2:1: the column is \"Actors\"; expected Actor; did you mean Actor?\n"
     "t:2:41: the column is \"Q Salience\"; expected the salience of \"P\" beside its position\n"},
    {"ktab", "T,A,1,1\nActor,Description,Influence,P,P Salience\n",
     "t:2:29: the column is \"P\"; expected one such as \"Policy Position\"\n"},
    {"ktab", KTAB "A,b,1,2,3\nB,b,1,2,3\n",
     "t:1:5: 1 actors are announced but 2 listed; expected the same\n"},
    {"ktab", KTAB "A,b, c,1,2,3\n",
     "t:3:1: 6 cells; expected 5, as many as columns (does a description with a comma stand without "
     "quotes?)\n"},
    {"ktab", KTAB "A,b,1,101,3\n",
     "t:3:7: the position is \"101\"; expected a number from 0 to 100\n"},
    {"decide", "",
     "t: there is no position; expected rows #D with actor, issue, position, salience, power\n"},
    {"decide", "Actor,Capability,Position,Salience\n",
     "t:1:1: no tab or semicolon after the first word but a comma; expected rows such as #A, a tab, a name "
     "(or is the file of another format: ktab or bdm?)\n"},
    {"decide", "#A\tx\n#X\ty\n",
     "t:2:1: the row begins with \"#X\"; expected #A, #P, #M, #D, #O or #/; "
     "did you mean #A?\n"},
    {"decide", "#A\tx\n#P\tp\n#D\tx\tp\t1\t.5\n",
     "t:3:1: 5 fields; expected #D, the actor, the issue, the position, the salience, the power and, where "
     "wanted, a comment\n"},
    {"decide", "#A\tFrance\n#P\tp\n#D\tFrnace\tq\t1\t.5\t1\n",
     "t:3:4: no actor \"Frnace\"; expected one that has a row #A; did you mean France?\n"
     "t:3:11: no issue \"q\"; expected one that has a row #P\n"},
    {"decide", "#A\tx\n#P\tp\n#D\tx\tp\t1\t.5\t1\n#D\tx\tp\t1\t.5\t1\n",
     "t:4:4: x has two positions on p (first on line 3); expected one\n"},
    {"decide", "#A;x\n#P;p\n#D;x;p;1,5;.5;1\n",
     "t:3:12: \".5\" has a decimal point, but line 3 a decimal comma; expected one of them throughout\n"},
    {"decide", "#A\tx\n#P\tp\n#M\tp\t0\n#D\tx\tp\t1\t.5\t1\n",
     "t:3:4: the scale of p has one end; expected rows #M for two\n"},
    {"decide", "#A\tx\n#M\tq\t0\t1\n#D\tx\tp\t1\t.5\t1\n",
     "t:2:4: no issue \"q\"; expected a row #P for it\n"},
    {"decide", "#A\tx\n#P\tp\n#M\tp\t0\t1\n#D\tx\tp\t1.5\t.5\t1\n",
     "t:4:8: the position 1.5 lies off the scale of p; expected one from 0 to 1\n"},
    {"decide", "#A\tx\n#P\tp\n#M\tp\t1234567\t2234567\n#D\tx\tp\t1234566\t.5\t1\n",
     "t:4:8: the position 1234566 lies off the scale of p; expected one from 1234567 to 2234567\n"},
    {"decide", "#A\t\"x\n",
     "t:1:4: a quotation mark is opened and never closed in \"#A \"x\"; expected \" "
     "before the next tab\n"},
    {"decide", "'#P'\t'p'\t'One\t''\n",
     "t:1:10: an apostrophe is opened and never closed in \"'#P' 'p' 'One ''\"; expected ' before "
     "the next tab\n"},
    {"decide", "'#P';'p';'One;'x'\n",
     "t:1:10: an apostrophe is opened and never closed in \"'#P';'p';'One;'x'\"; expected ' before "
     "the next semicolon\n"},
    {"decide", "#A\tx\n#A\tb\xff\n",
     "t:2:5: bytes that are not UTF-8; expected the file saved as UTF-8\n"},
    {"decide", "#A\tx;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;\n#A" TABS TABS TABS TABS "x\n",
     "t:2:66: more than 64 fields in a row; expected fewer\n"},
    {"decide", "\xff\xfe#", "t:1:1: the file is UTF-16; expected UTF-8\n"},
};

static void test_faults(void) {
  for (gsize i = 0; i < G_N_ELEMENTS(faults); i++)
    CU_ASSERT_TRUE(fails(faults[i].format, faults[i].text, faults[i].fault));
}

static void test_too_many(void) {
  g_autoptr(GString) text = g_string_new(BDM);
  for (guint i = 0; i <= PLN_TALKS_ACTORS; i++)
    g_string_append_printf(text, "A%u,1,%u,50\n", i, i);
  CU_ASSERT_TRUE(fails("bdm", text->str, "t:1002:1: more than 1000 actors; expected fewer\n"));
  g_string_assign(text, "#A\tx\n#P\tp\n");
  for (guint k = 0; k <= PLN_TALKS_CELLS; k++)
    g_string_append_printf(text, "#M\tp\t%u\n", k);
  CU_ASSERT_TRUE(
      fails("decide", text->str, "t:19003:1: more than 19000 points of scales; expected fewer\n"));
  g_string_assign(text, "#A\tx\n#P\tp\n");
  for (guint k = 0; k <= PLN_TALKS_CELLS; k++)
    g_string_append(text, "#D\tx\tp\t1\t1\t1\n");
  CU_ASSERT_TRUE(fails("decide", text->str, "t:19003:4: more than 19000 positions; expected fewer\n"));
  g_string_assign(text, "#A\tx\n#A\t");
  for (guint k = 0; k < 8192; k++)
    g_string_append(text, "too long");
  CU_ASSERT_TRUE(fails("decide", text->str,
                       "t:2:1: a line of more than 65536 bytes; expected less (is a line end "
                       "missing?)\n"));
  g_string_assign(text, "#A\tx\n");
  for (guint k = 0; k <= PLN_TALKS_ISSUES; k++)
    g_string_append_printf(text, "#P\tp%u\n", k);
  CU_ASSERT_TRUE(fails("decide", text->str, "t:202:4: more than 200 issues; expected fewer\n"));
}

/* A byte that is none of text, which no string here can hold. */
static void test_nul(void) {
  static const char text[] = "#A\tx\0\n";
  g_autoptr(PlnFaults) found = pln_faults_new();
  g_autoptr(GBytes) bytes = g_bytes_new_static(text, sizeof text - 1);
  CU_ASSERT_PTR_NULL(pln_talks_file_read("decide", "t", bytes, NULL, found));
  CU_ASSERT_TRUE(faults_are(found, "t:1:5: a NUL byte; expected text\n"));
}

int main(void) {
  CU_TestInfo tests[] = {{"faults", test_faults},
                         {"too many", test_too_many},
                         {"a NUL byte", test_nul},
                         CU_TEST_INFO_NULL};
  int status = suite_run("talks_faults", tests);
  scene_end();
  return status;
}
