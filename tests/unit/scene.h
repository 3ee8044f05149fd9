/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Scenes for tests: scenarios written in the test itself, over the shipped world
 *  ($PLENARY_DATA), and the shipped ones ($PLENARY_SCENARIOS).
 *
 *  A scene that has faults ends the program: the test is then written wrongly. */
#pragma once
#include "plenary/replay.h"
#include "plenary/scenario.h"

/** The shipped world, loaded once; freed by scene_end(). */
PlnWorld *scene_world(void);
void scene_end(void);

/** A scenario from the texts of its tables: name and text in turn, ended by NULL.
 *  Returns: (transfer full) */
PlnScenario *scene_read(const char *file, ...) G_GNUC_NULL_TERMINATED;

/** The same, with a scenario.csv that says @body and the day 2026-01-15, and the table of
 *  proposals and, where not NULL, of votes and members. */
PlnScenario *scene_of(const char *body, const char *proposals, const char *votes,
                      const char *members);

PlnScenario *scene_shipped(const char *name);

/** Edits: "--rule=R", "--absent=A", "--abstain-as=A", else as --set takes them; ended by
 *  NULL.  Returns: (transfer full) */
PlnWhatIf *scene_whatif(const PlnScenario *scenario, const char *edit, ...) G_GNUC_NULL_TERMINATED;

/** The replay, which must succeed.  @whatif: (nullable) */
PlnReplay *scene_replay(const PlnScenario *scenario, const PlnWhatIf *whatif);

/** Whether the replay is refused with PLN_ERROR_USAGE and a message that has @part. */
gboolean scene_refused(const PlnScenario *scenario, const PlnWhatIf *whatif, const char *part);

/** The item of the proposal @id. */
const PlnReplayItem *scene_item(const PlnReplay *replay, const char *id);

/** Whether @error is of PLN_ERROR with @code and a message that has @part; clears it. */
gboolean scene_error(GError **error, int code, const char *part);

/** Whether they are so many; prints them where they are not. */
gboolean scene_counts(const guint32 count[PLN_VOTE_KINDS], guint32 yes, guint32 no,
                      guint32 abstain, guint32 absent);
