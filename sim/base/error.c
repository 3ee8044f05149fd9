/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/error.h"

G_DEFINE_QUARK(plenary, pln_error)
