// SPDX-License-Identifier: GPL-3.0-or-later
// What stands below the bar and the seats, in this order.  A new panel is a file that exports
// mount(place, lab), and a row here.
import * as blocs from './blocs.js';
import * as compare from './compare.js';
import * as modeChoices from './mode_choices.js';
import * as projection from './projection.js';
import * as projector from './projector.js';
import * as replay from './replay.js';

export { drawDocument } from './document_charts.js';

export const panels = [
  ['modes', modeChoices],
  ['replay', replay],
  ['compare', compare],
  ['projection', projection],
  ['blocs', blocs],
  ['projector', projector],
];
