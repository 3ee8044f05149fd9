/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "plenary/command.h"
#include "plenary/text.h"
#include "plenary/version.h"

const PlnCommand pln_commands[] = {
    {"replay", "replay recorded votes, and what if", "SCENARIO",
     "Walks through the proposals of a scenario in the order in which they were put: what was asked, "
     "under which rule, the tally, the outcome, the margin, the fewest states that could have turned it, "
     "the blocs and who broke ranks, and who moved since an earlier vote. With --set, --rule, "
     "--abstain-as or --absent it shows the record and the counterfactual side by side; the record itself "
     "is never changed. Edits apply in the order absent, abstain-as, set-file, set, so that the most "
     "specific wins.",
     "plenary replay scenarios/res-74-247 # the vote on resolution 74/247\n"
     "plenary replay --set RUS=N --set EU=A scenarios/res-74-247 # what if\n"
     "plenary replay --rule two-thirds-present-voting scenarios/res-74-247 # under another rule\n"
     "plenary replay --format csv --table votes scenarios/res-74-247 # every state's vote as CSV\n",
     pln_replay_options, pln_run_replay},
    {"report", "write one page that answers, and is a laboratory", "SCENARIO",
     "Writes one HTML file that opens anywhere, without a server or a network: the verdict first, how sure it is, "
     "what it rests on, then every proposal in full; and a laboratory in which the reader changes votes, rules, "
     "members and positions and sees at once what comes of it, by the same rules and the same draws as this program. "
     "What-ifs (--set, --rule, --abstain-as, --absent) open beside the record, as in plenary replay. Where there are "
     "positions or a vote to come a brief projection is made; plenary project says more. Private entries of whip.csv "
     "stay out unless --private keeps them.",
     "plenary report -o vote.html scenarios/res-74-247 # a page to send\n"
     "plenary report --against scenarios/res-73-187 -o moved.html scenarios/res-74-247 # two votes side by side\n"
     "plenary report --position terrorism:GRULAC=60 -o offences.html scenarios/protocol-offences # a vote to come\n"
     "plenary report --data scenarios/res-74-247 # what its laboratory knows, as JSON\n",
     pln_report_options, pln_run_report},
    {"batch", "write a report of each of many scenarios, and an index", "DIR|MANIFEST.csv",
     "Writes FOLDER/NAME.html for every scenario, as plenary report does, beside each what it was made from (NAME.json), "
     "and an index (index.html, .csv, .json) that sorts and searches by outcome, margin, chance and weakest status. The scenarios "
     "are the folders in DIR, or the rows of MANIFEST.csv: a column scenario, where wanted name, proposal and a column "
     "an option of plenary report, several values with semicolons between them. Only what changed is made again: files of the "
     "scenario, options, shipped tables, the program's own bytes, a page that is not as it was written. A faulty scenario, or "
     "row of the manifest, costs its own line in the index, and exit status 3 at the end. A file that is no batch's is never "
     "written over. With --shard a part of the reports is made and no index; the run without "
     "it makes what is missing. Once interrupted or killed, the same command goes on where it was.",
     "plenary batch -o reports scenarios # one of each\n"
     "plenary batch --no-projection -o records scenarios # what is on record alone\n"
     "plenary batch --shard 1/2 -o parts scenarios && plenary batch -o parts scenarios # a share, then the rest\n",
     pln_batch_options, pln_run_batch},
    {"check", "report every fault of a scenario", "SCENARIO...",
     "Reads scenarios and lists every fault of every file, one line each: file:line:column, what is "
     "wrong, what was expected, and a near miss if there is one. Exit status 3 where there is a fault.",
     "plenary check my-vote # what is wrong with my-vote\n"
     "plenary check --quiet scenarios/*/ # only what is wrong, in all of them\n",
     pln_check_options, pln_run_check},
    {"new", "write a scenario to start from", "DIR",
     "Writes a folder with a scenario that passes plenary check: fill in votes.csv with a spreadsheet. "
     "With --talks it is talks for plenary bargain instead: issues.csv and actors.csv, made up, to overwrite. "
     "With --from it is a copy of another scenario.",
     "plenary new my-vote # all 193 members, nobody has voted yet\n"
     "plenary new --body model-un my-class # ten delegations to rename\n"
     "plenary new --talks my-talks # two issues, five delegations to rename\n"
     "plenary new --from scenarios/res-74-247 my-copy\n",
     pln_new_options, pln_run_new_scenario},
    {"estimate", "estimate where states stand from how they vote", "ROLLCALLS",
     "Learns from a file of recorded votes where states stand, how sure that is, and how they vary together: "
     "no, abstain and yes in order, each roll call with cut points and a discrimination of its own. One "
     "dimension is for people to look at; with --electorate DIR it fits many and writes what forecasts start "
     "from. Absences have a model of their own and are never taken for abstentions. Exit status 4 where the "
     "fit has not converged, with the reason in words.",
     "plenary estimate votes.csv --roll-calls roll_calls.csv --orient USA+,CUB-\n"
     "plenary estimate votes.csv --drift --compare 60-64,70-74 # who moved\n"
     "plenary estimate votes.csv --dimensions auto # as many as forecast hidden votes best\n"
     "plenary estimate votes.csv --method bayes --answers binary # sampled, with its convergence\n"
     "plenary estimate votes.csv --sessions 69-73 --electorate electorate # for forecasts\n"
     "plenary simulate | plenary estimate - # without any data\n",
     pln_estimate_cli_options, pln_run_estimate},
    {"simulate", "draw roll calls from an electorate", "[ELECTORATE]",
     "Draws roll calls from an electorate, a folder that plenary estimate --electorate wrote, or without one from a "
     "made-up electorate, and prints the votes as CSV, so that anyone can try plenary estimate without downloading "
     "anything. The same seed draws the same votes.",
     "plenary simulate | plenary estimate -\n"
     "plenary simulate --states 50 --dimensions 2 --roll-calls 500 --truth truth -o made.csv\n",
     pln_simulate_options, pln_run_simulate},
    {"project", "forecast votes from stated positions", "SCENARIO",
     "Positions of states and blocs (positions.csv), each with its uncertainty, condition the electorate, which fills "
     "in the states without one; presence is modelled; the rule decides. Shown: the chance of adoption, its Monte Carlo "
     "error apart from that of the positions, the tally's distribution, who could turn it, what it rests on, several "
     "proposals in one sitting, stage by stage. Every chance is given that the item is put to a vote, unless the "
     "scenario states the chance of that.",
     "plenary project scenarios/protocol-offences # the offences that a protocol may add\n"
     "plenary project --proposal extremism scenarios/protocol-offences # one of them, in full\n"
     "plenary project --position extremism:GRULAC=60 scenarios/protocol-offences # what if\n"
     "plenary project --also rights-60-74 scenarios/protocol-offences # under another history too\n",
     pln_project_cli_options, pln_run_project},
    {"bargain", "run the talks before a vote: how positions move", "SCENARIO",
     "Runs the talks on the issues of a scenario (issues.csv, actors.csv): states and blocs with a position, salience and "
     "capability move towards each other, round by round, by one of nine methods. Shown: the forecast of each issue on its "
     "own scale with its spread, who moved, challenged or traded with whom and why, winners and losers, what exchanges "
     "mean to third parties, and why the talks end. What is stated with a standard deviation is drawn again and again. "
     "Edits apply in the order split, merge, position, salience, capability, leave. --then vote puts the outcome to "
     "the vote: a state prefers it to the reference point by the difference of its two distances, weighted by salience.",
     "plenary bargain scenarios/protocol-package # a package, by the probabilistic Condorcet election\n"
     "plenary bargain --method challenge-literal scenarios/emission-1994 # who challenges whom\n"
     "plenary bargain --method exchange --full scenarios/protocol-package # positions traded, issue for issue\n"
     "plenary bargain --compare scenarios/emission-1994 # all methods side by side\n"
     "plenary bargain --then vote scenarios/protocol-package # and what the vote comes to\n",
     pln_bargain_cli_options, pln_run_bargain},
    {"power", "say what a vote is worth: who has power under a rule", "SCENARIO",
     "Counts, exactly, how often each member's vote decides under the rules of a scenario: Shapley-Shubik, Banzhaf, "
     "Coleman, Johnston, Deegan-Packel and the public-good index; with --bloc members that vote as one (Owen, Banzhaf-Owen, "
     "symmetric coalitional Banzhaf); and with abstention as a third option. Fractions are exact up to 193 members and more; "
     "where a count is out of reach it is sampled, and says so. An index knows the rule alone; where there is an electorate "
     "it also says whose vote decides as the votes are projected (of a council of which nothing is stated, if --electorate "
     "names one).",
     "plenary power scenarios/protocol-offences # what one of 193 votes is worth\n"
     "plenary power --bloc EU --bloc AFRICA scenarios/res-74-247 # blocs that vote as one\n"
     "plenary power --rule two-thirds-present-voting scenarios/classroom # under another rule\n"
     "plenary power --rule eu-double-majority scenarios/eu-council # without the blocking minority of four\n"
     "plenary power --no-empirical --format csv scenarios/res-74-247 # every index as CSV\n",
     pln_power_cli_options, pln_run_power},
    {"coalition", "say who can pass it and who can block it, and at what price", "SCENARIO",
     "Finds the smallest and the cheapest coalitions that pass a proposal or block it, against all others or as these are "
     "expected to vote, each with the proof that there is none better; those as good are counted, and listed up to a limit. "
     "The price of a state's yes is how far it is from it: its chance by the projection, its position, that times how much "
     "it cares, or its recorded vote. Shown too: the states in the order of their price and the one with whom it suffices, "
     "and the fewest that can block under each rule. --bloc makes a bloc vote as one, --with and --without say who must be in "
     "and who may not.",
     "plenary coalition scenarios/res-74-247 # who carried it, and who could have stopped it\n"
     "plenary coalition --proposal terrorism scenarios/protocol-offences # a vote to come\n"
     "plenary coalition --bloc EU --bloc AFRICA --without RUS scenarios/res-74-247 # blocs that vote as one\n"
     "plenary coalition --others expected --price position scenarios/protocol-offences # whom to win over\n",
     pln_coalition_cli_options, pln_run_coalition},
    {"ratify", "from adoption to force: who joins, when, and who is bound", "SCENARIO",
     "From the signatures and deposits known so far, the day on which the last instrument needed is deposited and the "
     "treaty comes into force, the day on which there are parties enough to consider a protocol, who they are by then "
     "(parties of the Budapest Convention, others that voted against 74/247, others; who holds a blocking third), the vote "
     "of their conference, and the protocol's own force and whom it binds: adopting is not joining. Each state's hazard of "
     "joining is fitted on the Budapest Convention, with the Palermo Convention as the fast bound; joining goes with "
     "support. The treaty's clauses are shown with how sure they are.",
     "plenary ratify scenarios/protocol-offences # the Hanoi Convention, and a protocol to it\n"
     "plenary ratify --threshold 60 scenarios/protocol-offences # what if 60 instruments were needed\n"
     "plenary ratify --set EU=2028-06-30 --set RUS=never scenarios/protocol-offences # what if\n"
     "plenary ratify --set G77=Y --proposal extremism scenarios/protocol-offences # a vote that is known\n"
     "plenary ratify --no-vote scenarios/res-74-247 # dates and parties alone\n",
     pln_ratify_cli_options, pln_run_ratify},
    {"whatif", "compare what-ifs with the scenario as it is", "SCENARIO",
     "Bundles of changes, each under a name, beside the scenario as it is: how the chance of adoption changes and how sure "
     "that is, what turns, who moves. Every case is drawn from the same numbers, so what differs is due to the changes. "
     "What is asked follows the record and the changes: a vote on record is replayed, one to come projected; salience and "
     "capability are of the talks (bargain), deposits and the tie of ratify. One change alone is also `plenary replay --set` or "
     "`plenary project --position`, in full; here several are weighed against each other.",
     "plenary whatif --set 'position EU=30±10' --set 'Asia: position ASEAN=70; vote IND=Y' --proposal terrorism scenarios/protocol-offences # side by side\n"
     "plenary whatif --set 'rule two-thirds-present-voting' --set 'vote EU=A' scenarios/res-74-247 # a vote on record\n"
     "plenary whatif --set 'Asia: position ASEAN=70' --format csv scenarios/protocol-offences # every proposal, as CSV\n",
     pln_whatif_options, pln_run_whatif},
    {"sensitivity", "what matters for the outcome, and what would have to be true", "SCENARIO",
     "Turns what the scenario states to be uncertain (positions with their standard deviations, positions, salience and "
     "capability in talks, the tie of ratification, the rule where the other usual majority exists) and what --vary names, and "
     "says what of it matters: one at a time (tornado), by Morris' screening, by Sobol's shares of the variance, each with "
     "its interval, and by scenario discovery what would have to be true for it to fail. All runs are on the same draws. With "
     "--store the runs are those of a sweep.",
     "plenary sensitivity --proposal terrorism scenarios/protocol-offences # everything that is stated\n"
     "plenary sensitivity --method tornado --outcome margin scenarios/protocol-offences # votes to spare\n"
     "plenary sensitivity --only --vary 'position EU=20..80' --vary 'rule=simple-majority-present-voting|two-thirds-present-voting' --proposal terrorism scenarios/protocol-offences # two things alone\n"
     "plenary sensitivity --outcome 'position scope' --method morris scenarios/protocol-package # where the talks end\n",
     pln_sensitivity_cli_options, pln_run_sensitivity},
    {"whip", "count votes that are promised, and forecast the others", "SCENARIO",
     "The delegation's working list (whip.csv): what each state was heard to say, how sure that is and how old; the "
     "rest is forecast. Shown: the count, the tally with intervals, the chance of adoption, whom to call next, the list "
     "itself, with --board in the order of the voting board. --redact leaves every private entry out, and everything "
     "computed from it. With --history earlier roll calls that resemble it enter the forecast.",
     "plenary whip scenarios/whip-example\n"
     "plenary whip --say BRA=leans-yes scenarios/whip-example # what if\n"
     "plenary whip --board --redact scenarios/whip-example # to hand on\n"
     "plenary whip --history votes.csv --roll-calls roll_calls.csv my-vote # with earlier roll calls\n",
     pln_whip_cli_options, pln_run_whip},
    {"reconstruct", "who may have voted how, where a tally is public", "SCENARIO",
     "Where only totals and a few named votes are on record, each state's chance of each vote given exactly that tally. "
     "Reconstructed is not recorded: the status says so everywhere. Without a tally nothing is reconstructed.",
     "plenary reconstruct scenarios/deletions-2024 # Article 6(2): 23-102-26\n"
     "plenary reconstruct --without IRN scenarios/deletions-2024 # without the name that is inferred\n",
     pln_reconstruct_options, pln_run_reconstruct},
    {"backtest", "score a model on votes that it has not seen", "estimate|whip|reconstruct|bargain|ratify FILE",
     "Hides votes and holds the chances that a model gives against them, beside baselines computed in the same run. "
     "estimate: votes are hidden at random or by a list, the model is fitted to the rest. whip: roll call by roll call "
     "through history, only the sessions before and the votes revealed are known; tally and adoption as well. "
     "reconstruct: only the tally and eight votes are known. bargain: every method of bargaining on dossiers whose "
     "outcome is known (a row an issue, a position and a salience of each actor, as in the data on decision making in "
     "the European Union), with intervals against the compromise. ratify: a treaty's first years foretell its next, state "
     "by state; it reads no FILE. A CSV for --capability has the columns actor (as in "
     "the dossiers without the p: com, ep, de) and capability; where wanted from and to (days), procedure (COD: the "
     "Parliament decides with the Council, CNS: it is consulted), status, source and note.",
     "plenary backtest estimate votes.csv -d 32 # a tenth of the votes hidden\n"
     "plenary backtest estimate votes.csv -d 32 --hide mask.csv # these votes hidden\n"
     "plenary backtest whip votes.csv --roll-calls roll_calls.csv --sessions 70-74 # a fifth revealed\n"
     "plenary backtest whip votes.csv --roll-calls roll_calls.csv --sessions 70-74 --older 0,3,5,7 # as it ages\n"
     "plenary backtest reconstruct votes.csv --roll-calls roll_calls.csv --sessions 70-74\n"
     "plenary backtest bargain dossiers.csv # talks whose outcome is known\n"
     "plenary backtest bargain --capability capability.csv dossiers.csv # with capabilities of one's own\n"
     "plenary backtest ratify # the Budapest Convention: ten years foretell the next ten\n",
     pln_backtest_options, pln_run_backtest},
    {"kit", "write a classroom kit: role cards, ballots, a plan", "SCENARIO",
     "Writes a folder of pages to print for playing the scenario's vote in class, on A4 or Letter: a facilitator's guide "
     "with plans for 45 and 90 minutes, a script for the chair, role cards, slips for amendments, ballots, a sheet to tally "
     "by hand, what the real ones did, debrief questions with computed answers. Cards hold what is on record with its "
     "source, never what an analyst assumes. A note names what is unsuitable for younger classes; a neutral question is "
     "in every kit.",
     "plenary kit -o my-kit scenarios/res-74-247 # six delegations that carry all members' votes\n"
     "plenary kit --states 30 -o states-kit scenarios/res-74-247 # thirty single states\n"
     "plenary kit --delegations 3 -o class-kit scenarios/classroom\n",
     pln_kit_options, pln_run_kit},
    {"import", "write a scenario of talks that another program holds", "ktab|bdm|decide FILE DIR",
     "Reads actors with position, salience and capability from a file and writes a folder with a scenario that passes "
     "plenary check, for plenary bargain. ktab: a line with name, description, numbers of actors and dimensions, then "
     "Actor, Description, Influence, and a position and a salience of each dimension. bdm: a table with Actor, Capability, "
     "Position, Salience. decide: rows that begin with #A, #P, #M, #D. The scale of the positions is kept. What is not "
     "understood is a fault, and nothing is written.",
     "plenary import bdm emission.csv emission\n"
     "plenary import decide --as-of 2009-12-07 copenhagen.csv copenhagen\n",
     pln_import_options, pln_run_import},
    {"export", "write a scenario's talks for another program", "ktab|bdm|decide SCENARIO",
     "Writes the positions, saliences and capabilities of a scenario in one of the formats of plenary import. Where the "
     "format cannot hold all of them (a bloc's members, a standard deviation, a reference point) nothing is written, and "
     "what would be lost is listed; with --lossy it is written, and listed as well. Exit status 3 where it is refused.",
     "plenary export bdm --lossy -o emission.csv scenarios/emission-1994\n"
     "plenary export decide --lossy scenarios/protocol-package\n",
     pln_export_options, pln_run_export},
    {"rules", "list the decision rules", "",
     "Lists the decision rules with what they ask and where they are written down. --format csv gives "
     "every field.",
     "plenary rules\n", pln_list_options, pln_run_rules},
    {"bodies", "list the bodies", "",
     "Lists the bodies that vote, with the rules that they decide by.", "plenary bodies\n",
     pln_list_options, pln_run_bodies},
    {"blocs", "list the blocs", "", "Lists the blocs with the number of their members on a day.",
     "plenary blocs --as-of 2019-12-27\n", pln_roster_options, pln_run_blocs},
    {"roster", "list who sits in a body, bloc or treaty on a day", "NAME",
     "Lists the members of a body (general-assembly), a bloc (EU) or the states of a treaty (hanoi, "
     "budapest) as of a day, with the dates of signature and ratification for a treaty.",
     "plenary roster general-assembly --as-of 2019-12-27\n"
     "plenary roster hanoi --as-of 2026-04-30 # who signed, who is a party\n",
     pln_roster_options, pln_run_roster},
    {"verify", "run an output's command again and compare", "OUTPUT [SCENARIO | VOTES LIST...]",
     "Reads an output of plenary replay, project, bargain, power, coalition, ratify, whatif, sensitivity, whip, "
     "reconstruct, estimate, backtest or report with --format json, or a page of report, replay, project, bargain, "
     "power, coalition, ratify, whatif, sensitivity, whip or reconstruct, runs the command that it names on the "
     "same inputs, and compares. The scenario, or the votes, lists and electorate, are looked for by name: among the "
     "operands, beside the output, in the current folder. Nothing is written. Exit status 4 where an input has changed "
     "or the bytes differ.",
     "plenary replay --format json -o vote.json scenarios/res-74-247 && plenary verify vote.json\n"
     "plenary estimate votes.csv -f json -o line.json && plenary verify line.json votes.csv\n"
     "plenary backtest estimate votes.csv --hide mask.csv -f json -o score.json && plenary verify score.json\n",
     pln_verify_options, pln_run_verify},
    {"sweep", "make the runs of a plan, into a store", "PLAN.csv",
     "A plan (scenarios/README.md, Plans) names a scenario, changes, dials with their ranges, a design and draws; sweep "
     "makes a run of each point and writes a row a run, with its parameters, into an SQLite file that may be read "
     "while it grows (data/README.md). A sweep that was interrupted or killed goes on where it was when the same "
     "command is given again, and ends with the same bytes. --shard makes a part of the runs, which plenary merge puts "
     "together. At the end the range and mean of each outcome, and which dials go most with the first. Exit status "
     "130 where it was interrupted.",
     "plenary sweep --dry-run scenarios/protocol-offences.plan.csv # how many runs, how long, how large\n"
     "plenary sweep -o runs.db --csv runs.csv scenarios/protocol-offences.plan.csv\n"
     "plenary sweep -o part-1.db --shard 1/2 scenarios/protocol-offences.plan.csv # one of two parts\n"
     "plenary sweep -o part-2.db --shard 2/2 scenarios/protocol-offences.plan.csv # plenary merge puts them together\n",
     pln_sweep_options, pln_run_sweep},
    {"merge", "put the shards of a sweep together", "STORE...",
     "Puts the stores of all shards of one plan together, with the same bytes as a single sweep would have written. "
     "Runs that are missing, or there twice, and stores of another plan are refused, with which they are.",
     "plenary merge -o whole.db part-1.db part-2.db\n",
     pln_merge_options, pln_run_merge},
    {"help", "help on a command", "[COMMAND]",
     "Prints help; with --man a manual page, with --completion a completion script for a shell.",
     "plenary help replay\n", pln_help_options, pln_run_help},
    {NULL, NULL, NULL, NULL, NULL, NULL, NULL},
};

const PlnCommand *pln_command_find(const char *name) {
  for (const PlnCommand *c = pln_commands; c->name; c++)
    if (strcmp(c->name, name) == 0)
      return c;
  return NULL;
}

static int unknown(const char *name) {
  const char *names[G_N_ELEMENTS(pln_commands)] = {NULL};
  for (gsize i = 0; pln_commands[i].name; i++)
    names[i] = pln_commands[i].name;
  const char *near = pln_text_near(name, names);
  g_autofree char *shown = pln_text_visible(name);
  fprintf(stderr, "plenary: unknown command \"%s\"%s%s%s; plenary help lists them\n", shown,
          near ? "; did you mean " : "", near ? near : "", near ? "?" : "");
  return PLN_ERROR_USAGE;
}

static gboolean asks_for_help(int argc, char **argv) {
  for (int i = 0; i < argc && strcmp(argv[i], "--") != 0; i++)
    if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0)
      return TRUE;
  return FALSE;
}

/* Line by line: faults are a line each, and what they quote cannot move the terminal. */
static void report(const GError *error) {
  gboolean faults = g_error_matches(error, PLN_ERROR, PLN_ERROR_DATA);
  g_auto(GStrv) lines = g_strsplit(error->message, "\n", -1);
  for (gsize i = 0; lines[i]; i++) {
    g_autofree char *line = pln_text_visible(lines[i]);
    fprintf(stderr, "%s%s\n", i == 0 && !faults ? "plenary: " : "", line);
  }
}

static int run(const PlnCommand *command, int argc, char **argv) {
  g_autoptr(GError) error = NULL;
  if (asks_for_help(argc, argv)) {
    g_autofree char *help = pln_help_text(command);
    fputs(help, stdout);
    return 0;
  }
  g_autoptr(PlnArgs) args = pln_args_parse(command, argc, argv, &error);
  int status = args ? command->run(args, &error) : PLN_ERROR_USAGE;
  if (!error)
    return status;
  report(error);
  return error->domain == PLN_ERROR ? error->code : PLN_ERROR_FAILED;
}

static int dispatch(int argc, char **argv) {
  setlocale(LC_CTYPE, "C.UTF-8"); /* texts are UTF-8 and numbers have dots, whatever the locale */
  g_autofree char *help = NULL;
  if (argc < 2) {
    help = pln_help_text(NULL);
    fputs(help, stderr);
    return PLN_ERROR_USAGE;
  }
  if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0) {
    help = pln_help_text(NULL);
    fputs(help, stdout);
    return 0;
  }
  if (strcmp(argv[1], "--version") == 0) {
    puts("plenary " PLN_VERSION);
    return 0;
  }
  const PlnCommand *command = pln_command_find(argv[1]);
  return command ? run(command, argc - 2, argv + 2) : unknown(argv[1]);
}

int main(int argc, char **argv) {
  signal(SIGXFSZ, SIG_IGN); /* a file at its limit is an error in words, as a full disk is */
  int status = dispatch(argc, argv);
  if (fflush(stdout) == 0 && !ferror(stdout))
    return status;
  if (status == 0) /* else it has been said already */
    fputs("plenary: standard output cannot be written\n", stderr);
  return status == 0 ? PLN_ERROR_FAILED : status;
}
