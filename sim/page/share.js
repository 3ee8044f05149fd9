// SPDX-License-Identifier: GPL-3.0-or-later
// The link that brings this page back as it stands.
import { copyField } from './copy.js';
import { el } from './dom.js';

export function openShare(lab) {
  const link = copyField(lab, { label: 'Link to what you see', button: 'Copy link' });
  const node = el('div', { class: 'field' }, link.node);
  const base = () => location.href.replace(/#.*$/, '');
  return {
    node,
    paint() {
      const fragment = lab.store.fragment();
      link.show(fragment ? `${base()}#${fragment}` : base());
    },
  };
}
