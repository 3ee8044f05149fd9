/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The library: load the world, load a scenario, replay it, ask what if.
 *
 *    g_autoptr(PlnWorld) world = pln_world_load("…/share/plenary/data", &error);
 *    g_autoptr(PlnScenario) scenario = pln_scenario_load(world, "res-74-247", &error);
 *    g_autoptr(PlnReplay) replay = pln_replay_new(scenario, NULL, &error);
 */
#pragma once
#include "plenary/api.h"
#include "plenary/error.h"
#include "plenary/load.h"
#include "plenary/replay.h"
#include "plenary/rule.h"
#include "plenary/scenario.h"
#include "plenary/version.h"
#include "plenary/whatif.h"
#include "plenary/world.h"
