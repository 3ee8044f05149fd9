/* SPDX-License-Identifier: GPL-3.0-or-later */
/** What power is made of: the part of it that is sampled. */
#pragma once
#include "plenary/power.h"

/** Fills Shapley-Shubik to Coleman's initiative, and the power to act, of @power, whose types are
 *  there; an index of which some member's value was never seen is left out.
 *  Cost: a sample of 193 members 2.4 microseconds (AMD EPYC). */
void pln_power_sample(const PlnGame *game, const PlnPowerOptions *options, PlnPower *power);
