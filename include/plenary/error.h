/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Errors of the user's making: a GError of this domain whose code is the exit
 *  status of the command.  Faults in files are collected apart (fault.h). */
#pragma once
#include <glib.h>

#include "plenary/api.h"

typedef enum {
  PLN_ERROR_FAILED = 1,   /* the machine said no: a file cannot be read or written */
  PLN_ERROR_USAGE = 2,    /* the command's words are off */
  PLN_ERROR_DATA = 3,     /* a scenario or table is faulty */
  PLN_ERROR_VERIFIED = 4, /* not verified */
} PlnError;

#define PLN_ERROR (pln_error_quark())
PLN_API GQuark pln_error_quark(void);
