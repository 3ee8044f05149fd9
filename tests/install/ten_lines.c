/* The library as its users meet it: ./ten_lines SCENARIO */
#include <plenary/plenary.h>
int main(int argc, char **argv) {
  g_autoptr(GError) error = NULL;
  g_autofree char *data = pln_data_folder(&error);
  g_autoptr(PlnWorld) world = data ? pln_world_load(data, &error) : NULL;
  g_autoptr(PlnScenario) scenario = world ? pln_scenario_load(world, argv[argc - 1], &error) : NULL;
  g_autoptr(PlnReplay) replay = scenario ? pln_replay_new(scenario, NULL, &error) : NULL;
  return g_print("%s\n", replay ? pln_end_word(pln_replay_item(replay, 0)->end) : error->message), !replay;
}
