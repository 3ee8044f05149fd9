// SPDX-License-Identifier: GPL-3.0-or-later
// The whole screen, with a way out; where a page may not have it, the button is not shown.
import { el, listen, text } from './dom.js';

const fullScreenThere = () => Boolean(document.fullscreenEnabled);

export const leaveFullScreen = () => {
  if (document.fullscreenElement) document.exitFullscreen().catch(() => {});
};

export const toggleFullScreen = () => {
  if (document.fullscreenElement) leaveFullScreen();
  else if (fullScreenThere()) document.documentElement.requestFullscreen().catch(() => {});
};

export const fullScreenButton = () => {
  const button = el('button', { type: 'button', class: 'small full-screen',
    hidden: !fullScreenThere(), on: { click: toggleFullScreen } });
  const name = () => text(button, document.fullscreenElement ? 'Leave full screen (F)'
    : 'Full screen (F)');
  listen(document, 'fullscreenchange', name);
  name();
  return button;
};
