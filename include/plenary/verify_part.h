/* SPDX-License-Identifier: GPL-3.0-or-later */
/** What the files of verify share.  An output is a stranger's: of what it names nothing is read
 *  but scenarios and shipped tables by their plain names, and files that the operands give.
 *  Checked by tests/cli/report.sh and schema.sh. */
#pragma once
#include <jansson.h>

#include "plenary/command.h"
#include "plenary/forecast_request.h"

/** Sets @error, its words made visible.  Returns: FALSE */
gboolean pln_verify_fail(GError **error, int code, const char *format, ...) G_GNUC_PRINTF(3, 4);

/** Where the scenario called @id lies: as @named, beside @output, or in scenarios/.
 *  Returns: (transfer full), or NULL */
char *pln_verify_scenario(const char *id, const char *named, const char *output, GError **error);

/** Says which inputs are not those of the output.  @where: "the scenario's" */
gboolean pln_verify_inputs(const json_t *listed, const GArray *inputs, const char *where,
                           GError **error);

/** Compares what is computed now, @again, with the output's bytes; prints that they are the
 *  same. */
gboolean pln_verify_compare(const char *path, const char *text, const json_t *provenance,
                            const char *again, const char *command, GError **error);

/** Whether @text is a page, or the JSON of a report: the two that follow read those. */
gboolean pln_verify_is_page(const char *text);

/** Makes the page, or the report's JSON, again.  @args: of verify: the output, then scenarios
 *  @provenance: that of a report's JSON; NULL: a page, which holds it */
gboolean pln_verify_page(const PlnArgs *args, const char *text, const json_t *provenance,
                         GError **error);

/** A command that forecasts: "project", "plenary project", and what it says. */
typedef struct {
  const char *name, *words;
  PlnDoc *(*document)(PlnForecastRequest *request, const PlnArgs *args, GError **error);
} PlnVerifyForecast;

/** The one of that name, or NULL. */
const PlnVerifyForecast *pln_verify_forecast(const char *command);
