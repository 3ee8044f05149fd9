/* SPDX-License-Identifier: GPL-3.0-or-later */
/** How often GLib was asked for memory: the linker wraps its functions (tests/meson.build). */
#pragma once
#include <glib.h>

guint counted_allocations(void);
